"""What a log said as of then: a naive reading of what was done to it says the same."""

import json
import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import embargo_monitor as em
from embargo_monitor.errors import LogError
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.witness import Witness
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
    Withdrawal,
)
from embargo_monitor.query.filters import Filters
from embargo_monitor.query.index import index_path
from embargo_monitor.show.changes import plain_changes
from embargo_monitor.show.matches import plain_claim, plain_match
from tests.query.conftest import report_of

NAMES = ("r0", "r1", "r2")
DAYS = [date(2011, 3, day) for day in (1, 2, 3)]
CLAIMS = ("c0.value", "c1.value", "x.value", "y.value")

names = st.sampled_from(NAMES)
claims = st.sampled_from(CLAIMS)
days = st.sampled_from(DAYS)
sums = st.integers(1, 9)


@lru_cache
def report(name, published):
    rows = [{"value": "1 million USD"}, {"value": "2 million USD"}]
    return report_of(name, *rows, published=published.isoformat()).report


def claim(id, millions):
    [found] = report_of("r", {"value": f"{millions} million USD"}).report.claims
    return evolve(found, id=id)


# --- the naive reading: rows of a list, asked by what they mean ---------------------
#
# A row has a kind and an id, and then: a report its day of publication; a correction
# its report, how it corrects, which claim, and the right sum; a withdrawal kind and id
# of its target; an assessment its claim and day; a link its two reports.


def is_gone(rows, kind, id):
    """Whether some withdrawal of it stands."""
    return any(
        row[0] == "withdrawal"
        and row[2:] == (kind, id)
        and not is_gone(rows, "withdrawal", row[1])
        for row in rows
    )


def told(rows, name):
    """Return the report's sums in millions, claim by claim; and whether all fits."""
    found, fits = {"c0.value": 1, "c1.value": 2}, True
    for row in rows:
        if row[0] != "correction" or row[2] != name or is_gone(rows, *row[:2]):
            continue
        how, id, millions = row[3:]
        if (id in found) == (how == "adds"):
            fits = False
        elif how == "withdraws":
            del found[id]
        else:
            found[id] = millions
    return found, fits


def stands(rows, name):
    logged = any(row[:2] == ("report", name) for row in rows)
    return logged and not is_gone(rows, "report", name)


def all_fits(rows):
    return all(told(rows, name)[1] for name in NAMES if stands(rows, name))


def is_taken(rows, row):
    """Whether a log that says *rows* takes one more."""
    kind, after = row[0], [*rows, row]
    if kind == "report":
        return not any(one[:2] == row[:2] for one in rows)
    if kind == "correction":
        return stands(rows, row[2]) and all_fits(after)
    if kind == "withdrawal":
        there = any(one[:2] == row[2:] for one in rows)
        return there and not is_gone(rows, *row[2:]) and all_fits(after)
    if kind == "assessment":
        name, _, local = row[2].partition("#")
        return stands(rows, name) and local in told(rows, name)[0]
    return stands(rows, row[2]) and stands(rows, row[3])


def said_naively(rows, until=None):
    """Return what rows say: sums, assessments and links, of what was published by.

    Without a day, what was judged of a withdrawn report stands beside it.
    """
    published = until or date.max
    counted = [
        row[1]
        for row in rows
        if row[0] == "report" and stands(rows, row[1]) and row[2] <= published
    ]
    left = [row for row in rows if not is_gone(rows, *row[:2])]
    return {
        "sums": {name: told(rows, name)[0] for name in counted},
        "assessments": [
            row[1]
            for row in left
            if row[0] == "assessment"
            and row[3] <= published
            and (until is None or row[2].partition("#")[0] in counted)
        ],
        "links": [
            row[1]
            for row in left
            if row[0] == "link" and row[2] in counted and row[3] in counted
        ],
    }


# --- the same, asked of a view ------------------------------------------------------


def said_by(view):
    standing = view.standing
    return {
        "sums": {
            name: {one.id: int(one.amount.low) // 1_000_000 for one in of.claims}
            for name, of in standing.reports.items()
        },
        "assessments": sorted(
            (one.id for several in standing.assessments.values() for one in several),
            key=lambda id: int(id[1:]),
        ),
        "links": [one.id for one in standing.links],
    }


def claims_of(said):
    """Return the ids of the claims that count, by how many millions they tell of."""
    return {
        f"{name}#{local}": millions
        for name, sums in said["sums"].items()
        for local, millions in sums.items()
    }


def found_in(view):
    """Return the same as the tables have it: each sum is found by its figure."""
    return {
        one.id: millions
        for millions in range(1, 10)
        for one in view.each_claim(Filters(value=f"{millions} million USD"))
    }


def record(row):
    kind, id, *rest = row
    why = {"reason": "so it is", "by": "ana"}
    if kind == "report":
        return report(id, *rest)
    if kind == "correction":
        name, how, local, millions = rest
        what = local if how == "withdraws" else claim(local, millions)
        return Correction(id, report=name, **{how: (what,)}, **why)
    if kind == "withdrawal":
        return Withdrawal(id, entry_kind=rest[0], entry=rest[1], **why)
    if kind == "assessment":
        day = rest[1].isoformat()
        grade = CredibilityGrade(Credibility.DOUBTFUL, by="ana", on=day)
        return Assessment(id, claim=rest[0], credibility=grade, reason="so it is")
    ends = {"first": f"{rest[0]}#deal", "second": f"{rest[1]}#deal"}
    return Link(id, relation=LinkRelation.SAME, linked=Linked.EVENT, **ends, **why)


class Histories(RuleBasedStateMachine):
    """Appends all sorts of records to a log, and to a list."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.rows, self.tried = [], 0
        root = Path(self.folder.name)
        (root / "logs").mkdir()
        self.path = root / "logs" / "monitor.db"
        self.custody = Custody(KeyRing(root / "keys"), Witness(root / "seen"))
        start = datetime(2026, 1, 1, tzinfo=UTC)
        self.clock = lambda: start + timedelta(minutes=len(self.rows))
        made = {"origin": "example.org/log", "clock": self.clock}
        self.log = em.EventLog.create(self.path, custody=self.custody, **made)

    def teardown(self):
        self.log.close()
        self.folder.cleanup()

    def do(self, *row):
        """Append a row to both, where the list says that a log takes it."""
        if is_taken(self.rows, row):
            self.log.append(record(row))
            self.rows.append(row)
        elif row[0] != "report":
            with pytest.raises(LogError):
                self.log.append(record(row))

    def named(self):
        self.tried += 1
        return f"n{self.tried}"

    @rule(name=names, published=days)
    def append(self, name, published):
        self.do("report", name, published)

    @rule(name=names, local=claims, millions=sums, data=st.data())
    def correct(self, name, local, millions, data):
        how = data.draw(st.sampled_from(["adds", "replaces", "withdraws"]))
        self.do("correction", self.named(), name, how, local, millions)

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def withdraw(self, data):
        target = data.draw(st.sampled_from(self.rows))
        self.do("withdrawal", self.named(), *target[:2])

    @rule(name=names, local=claims, day=days)
    def assess(self, name, local, day):
        self.do("assessment", self.named(), f"{name}#{local}", day)

    @rule(ends=st.lists(names, min_size=2, max_size=2, unique=True))
    def link(self, ends):
        self.do("link", self.named(), *ends)

    @rule()
    def reopen(self):
        self.log.close()
        self.log = em.EventLog.open(self.path, clock=self.clock, custody=self.custody)

    @rule()
    def forget_the_tables(self):
        index_path(self.path).unlink(missing_ok=True)

    @rule(until=days, data=st.data())
    def ask(self, until, data):
        size = data.draw(st.integers(0, len(self.rows)))
        view = self.log.view(at=size, published_until=until)
        said = said_naively(self.rows[:size], until)
        assert said_by(view) == said
        assert found_in(view) == claims_of(said)

    @invariant()
    def the_whole_log_says_what_its_records_say(self):
        view, said = self.log.view(), said_naively(self.rows)
        assert said_by(view) == said
        assert {one.id for one in view.each_claim(Filters())} == {*claims_of(said)}


def test_whatever_is_done_to_a_log_it_says_what_a_naive_reading_says(full):
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=2_000 if full else 12,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def answers(log):
    """Return a hundred answers as bytes: at ten sizes, on ten days."""
    for size in range(10):
        for day in range(1, 11):
            view = log.view(at=size, published_until=date(2011, 3, day))
            found = [{**plain_claim(o.claim), **plain_match(o)} for o in view.claims()]
            changes = [] if size == 0 else plain_changes(log.diff(size - 1, size))
            yield json.dumps([view.cite("sums"), found, list(changes)]).encode()


def test_saved_answers_stay_as_they_are_byte_for_byte(log, full):
    for at in range(7):
        day = f"2011-03-{at + 1:02}"
        log.append(report_of(f"r{at}", {"value": f"{at + 1} USD"}, published=day))
    for row in (
        ("correction", "n1", "r0", "replaces", "c0.value", 7),
        ("withdrawal", "n2", "report", "r1"),
        ("assessment", "n3", "r2#c0.value", date(2011, 3, 4)),
    ):
        log.append(record(row))
    saved = list(answers(log))
    assert len(set(saved)) > 50
    more = report_of("more", {"value": "1 USD"}).report
    several = [evolve(more, id=f"more-{at}") for at in range(10_000 if full else 300)]
    gone = [record(("withdrawal", f"g{at}", "report", f"r{at}")) for at in (0, 2, 3)]
    log.append_all([*several, *gone])
    assert list(answers(log)) == saved
