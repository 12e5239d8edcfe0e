"""What is found in the tables is what the claims themselves answer, read one by one."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import embargo_monitor as em
from embargo_monitor import testing
from embargo_monitor.authoring import read_written
from embargo_monitor.errors import LogError, UnknownNameError, VerificationError
from embargo_monitor.model.goods import Nature
from embargo_monitor.model.grades import Credibility, CredibilityGrade, Reliability
from embargo_monitor.model.records import Assessment, Correction, Withdrawal
from embargo_monitor.model.stages import Stage
from embargo_monitor.query.filters import Filters
from embargo_monitor.query.index import index_path
from embargo_monitor.query.stepping import LINE
from tests.query.conftest import report_of
from tests.query.test_index import written

CASES = Path(__file__).parents[1] / "data" / "cases"
KINDS = ("each_event", "each_claim", "each_report")
START = datetime(2026, 1, 1, tzinfo=UTC)


def clock_from(start):
    minutes = iter(range(1_000_000))
    return lambda: start + timedelta(minutes=next(minutes))


def told_of(matches):
    return [
        (
            one.id,
            one.certainty,
            [
                (why.filter, why.certainty, [told.id for told in why.claims], why.text)
                for why in one.because
            ],
            one.report,
            one.event,
            one.claim and one.claim.claim,
        )
        for one in matches
    ]


def answered(view, kind, filters):
    """Return what is found, or who is not known."""
    try:
        return told_of(getattr(view, kind)(filters))
    except UnknownNameError as error:
        return str(error)


def require_alike(view, filters):
    """Ask of the tables, and of all claims one by one."""
    one_by_one = evolve(view, finding=None)
    for kind in KINDS:
        found = answered(view, kind, filters)
        assert found == answered(one_by_one, kind, filters)


# --- real reports -------------------------------------------------------------------


def reports_of_the_cases():
    yield em.seed_report()
    for folder in sorted(CASES.iterdir()):
        for file in [*sorted(folder.glob("*.json")), *folder.glob("*.jsonl")]:
            yield from read_written(file.read_bytes(), name=file.name, folder=CASES)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """The article and the ten cases, with judgements and mended slips, in one log."""
    path = tmp_path_factory.mktemp("corpus") / "monitor.db"
    with em.EventLog.create(path, clock=clock_from(START)) as log:
        for one in reports_of_the_cases():
            log.append(one)
        claims = [one.id for one in log.view().told()]
        for nth, id_ in enumerate(claims[::9]):
            on = f"2026-01-{nth % 28 + 1:02}"
            grade = CredibilityGrade(Credibility(str(2 + nth % 5)), by="ana", on=on)
            log.append(
                Assessment(f"a{nth}", claim=id_, credibility=grade, reason="so it is")
            )
        why = {"reason": "a slip", "by": "ana"}
        report = log.report("c02-a")
        mended = evolve(report.claims[0], note="mended")
        log.append(Correction("k1", report="c02-a", replaces=(mended,), **why))
        gone = (report.claims[-1].id,)
        log.append(Correction("k2", report="c02-a", withdraws=gone, **why))
        log.append(Withdrawal("w1", entry="c17-a", entry_kind="report", **why))
        log.append(Withdrawal("w2", entry="a1", entry_kind="assessment", **why))
        yield log


NAMES = ("Pakistan", "lna", "Libya", "LY", "Turkey", "الجيش الوطني الليبي", "CNN")
NAMES += ("Reuters", "Russia", "Iran", "gazetteer:lna", "imo:9074729", "nobody at all")
NAMES += ("a Libyan military source", "unknown publisher", "UN Panel of Experts")
DAYS = ("2025-12", "2025-12-22", "../2020", "2011/2020-06", "2025-12-23/..", "2016")
FIGURES = ("at least 1 billion USD", "about 4 billion USD", "at most 20 items")
REGIMES = ("un-libya-2011", "UN LIBYA 2011", "eu-libya-2011", "no-regime")
ANSWERS = {
    "supplier": st.sampled_from(NAMES),
    "recipient": st.sampled_from(NAMES),
    "party": st.sampled_from(NAMES),
    "actor": st.sampled_from(NAMES),
    "destination": st.sampled_from(("Libya", "LY", "Sudan", "Pakistan")),
    "nature": st.sampled_from(Nature),
    "category": st.sampled_from(("unroca:IV", "sipri:aircraft", "eu-ml:ML10")),
    "stage": st.sampled_from(Stage),
    "stage_at_least": st.sampled_from(sorted({s.value for one in LINE for s in one})),
    "happened": st.sampled_from(DAYS),
    "said": st.sampled_from(DAYS),
    "published": st.sampled_from(DAYS),
    "recorded": st.sampled_from(("2026-01", "2026-01-01", "2025", "2026-01-02/..")),
    "value": st.sampled_from(FIGURES),
    "source": st.sampled_from(NAMES),
    "origin": st.sampled_from(NAMES),
    "reliability": st.sets(st.sampled_from(Reliability), min_size=1),
    "credibility": st.sets(st.sampled_from(Credibility), min_size=1),
    "regime": st.sampled_from(REGIMES),
    "disputed": st.booleans(),
    "language": st.sampled_from(("ar", "en", "fr", "en-GB")),
    "text": st.sampled_from(("libya", "صفقة", "drone", "3")),
    "not_assessed_by": st.sampled_from(("ana", "ben")),
}
ASKED = st.fixed_dictionaries({}, optional=ANSWERS)


def test_every_filter_is_asked_of_the_cases_but_for_the_one_that_takes_long():
    assert set(ANSWERS) == {*Filters.__annotations__} - {"relevance"}


@pytest.mark.parametrize("name", sorted(ANSWERS))
@given(data=st.data())
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_each_filter_answers_as_the_claims_do(corpus, name, data):
    asked = {name: data.draw(ANSWERS[name])}
    size = data.draw(st.sampled_from([None, corpus.size - 1, corpus.size // 2, 1]))
    until = data.draw(st.sampled_from([None, "2025-12-22", "2024", "2011-06"]))
    require_alike(corpus.view(size, until), Filters(**asked))


@given(asked=ASKED, until=st.sampled_from([None, "2025-12-22", "2020"]))
@settings(max_examples=10, deadline=None)
def test_filters_together_answer_as_the_claims_do(corpus, asked, until):
    require_alike(corpus.view(published_until=until), Filters(**asked))


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("name", ["happened", "said", "published", "recorded"])
def test_each_clock_is_asked_with_open_ends_and_without(corpus, name, days):
    require_alike(corpus.view(), Filters(**{name: days}))


def test_relevance_is_found_as_well(corpus):
    filters = Filters(
        relevance="un-libya-2011", published="2025-12", supplier="Pakistan"
    )
    view = corpus.view()
    found = answered(view, "each_event", filters)
    assert found == answered(evolve(view, finding=None), "each_event", filters)
    assert {id_ for id_, *_ in found} >= {"c01-a#deal", "seed-article#deal"}


@pytest.mark.parametrize("until", [None, "2025-12-22", "2020"])
def test_a_part_of_a_view_says_of_its_reports_what_all_of_it_says(corpus, until):
    view = corpus.view(published_until=until)
    whole = evolve(view, finding=None)
    since = whole.since()
    for id_, report in whole.standing.reports.items():
        part = view.part(id_)
        assert part.standing.reports[id_] == report
        assert len(part.entries) < len(view.entries)
        assert part.since().items() <= since.items()
        for event in report.events:
            name = f"{id_}#{event.id}"
            assert part.standing.links_of(name) == whole.standing.links_of(name)
            assert part.cluster(name) == whole.cluster(name) == view.cluster(name)
            mine, all_ = part.cluster(name), whole.cluster(name)
            assert (mine.disputes, mine.origins) == (all_.disputes, all_.origins)
        for claim in report.claims:
            name = f"{id_}#{claim.id}"
            judged = whole.standing.assessments.get(name)
            assert part.standing.assessments.get(name) == judged


def test_where_there_is_no_index_a_part_is_all_of_it(corpus):
    whole = evolve(corpus.view(), finding=None)
    assert whole.part("c01-a") is whole


# --- generated reports --------------------------------------------------------------


@st.composite
def asked_of(draw, reports):
    """Filters whose names and days come from reports, mostly."""
    names = [
        name.text
        for report in reports
        for one in (*report.actors, *report.sources)
        for name in one.names
    ]
    own = st.sampled_from([*names, "Libya"])
    days = st.one_of(
        st.sampled_from(("2025", "../2000", "2000/..")),
        testing.imprecise_dates()
        .filter(lambda one: len(one.ranges) == 1 and not one.qualifiers)
        .map(str),
    )
    answers = {
        **ANSWERS,
        **dict.fromkeys(("supplier", "recipient", "party", "actor"), own),
        **dict.fromkeys(("source", "origin"), own),
        **dict.fromkeys(("happened", "said", "published"), days),
        "value": testing.amounts(),
        "category": testing.categories(),
    }
    return draw(st.fixed_dictionaries({}, optional=answers))


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_reports_say_the_tables_answer_as_they_do(tmp_path_factory, data):
    reports = data.draw(
        st.lists(
            testing.reports(), min_size=1, max_size=3, unique_by=lambda one: one.id
        )
    )
    path = written(tmp_path_factory.mktemp("log") / "monitor.db", reports)
    asked = data.draw(asked_of(reports))
    until = data.draw(st.sampled_from([None, "2000", "2025-06"]))
    with em.EventLog.open(path) as log:
        require_alike(log.view(published_until=until), Filters(**asked))


# --- what is read, and when ---------------------------------------------------------


@pytest.fixture
def small(log):
    for at in range(5):
        log.append(report_of(f"r{at}", {"value": f"{at + 1} million USD"}))
    return log


def test_matches_are_known_before_their_reports_are_read(small, monkeypatch):
    view, read = small.view(), []
    monkeypatch.setattr("embargo_monitor.query.tabled.decode", read.append)
    found = [
        (one.id, one.certainty.name)
        for one in view.each_event(Filters(value="at least 3 million USD"))
    ]
    assert found == [("r2#deal", "YES"), ("r3#deal", "YES"), ("r4#deal", "YES")]
    assert read == []


def test_a_view_of_an_index_that_was_deleted_since_says_so(small):
    view = small.view()
    index_path(small.path).unlink()
    with pytest.raises(LogError, match="ask for a new view"):
        view.events(value="1 million USD")
    assert len(small.view().events(value="1 million USD")) == 1


def test_an_index_that_does_not_agree_with_its_log_is_told(small):
    view = small.view()
    with sqlite3.connect(index_path(small.path)) as tables:
        tables.execute("UPDATE entries SET id = 'r9' WHERE id = 'r1'")
        tables.execute("UPDATE reports SET id = 'r9' WHERE id = 'r1'")
        tables.execute("UPDATE claims SET report = 'r9' WHERE report = 'r1'")
        tables.execute("UPDATE events SET report = 'r9' WHERE report = 'r1'")
    found = view.each_report(Filters(published="2011"))
    [match] = [one for one in found if one.id == "r9"]
    with pytest.raises(VerificationError, match="delete"):
        _ = match.report
