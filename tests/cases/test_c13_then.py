"""C13 as of then: what stood before the accusation was taken back, and after.

Every page of the case came out with the apology or after it: none that was published
while the accusation stood is among them, and the Secretary-General's own statement is
known only through them. So no day of publication parts the two, and the clock that
does is that of the log: one page's accusation is logged, and then its apology.
"""

import json

import pytest

import embargo_monitor as em
from embargo_monitor.authoring import read_written
from embargo_monitor.judging import judge_event
from embargo_monitor.model.truth import Truth
from embargo_monitor.query.diffing import diff
from embargo_monitor.regimes import Register
from tests.cases.conftest import CASES, run
from tests.cases.test_c13 import apart

ACCUSED = {
    *("landing.stage", "landing.supplier", "landing.recipient", "landing.goods"),
    "breach.embargo",
}
DELIVERY = "c13-e#delivery"
MONTH = "2011-03-31"


@pytest.fixture
def log(tmp_path):
    """A log of one page, its accusation and then its apology; and of another page."""
    page = json.loads((CASES / "c13" / "e.report.json").read_bytes())
    forms = [
        page,
        apart(page),
        json.loads((CASES / "c13" / "a.report.json").read_bytes()),
    ]
    with em.EventLog.create(
        tmp_path / "monitor.db", origin="example.org/c13"
    ) as created:
        for form in forms:
            written = json.dumps(form).encode()
            created.append_all(
                list(read_written(written, name="page.json", folder=CASES)), by="test"
            )
        yield created


def ids(came):
    return {id_.partition("#")[2] for id_ in came if id_.startswith("c13-e#")}


@pytest.mark.parametrize("until", [None, MONTH])
def test_the_accusation_stands_until_the_apology_is_logged(log, until):
    before, after = log.view(1, until), log.view(2, until)
    asked = {"supplier": "BY", "stage": "delivered"}
    [found] = [one for one in before.events(**asked) if one.id == DELIVERY]
    assert found.certainty is Truth.YES
    # Nobody says any more who delivered: that is no answer, and no denial.
    [found] = [one for one in after.events(**asked) if one.id == DELIVERY]
    assert found.certainty is Truth.MAYBE
    assert {one.text for one in found.because} == {
        "nobody says who supplies",
        "nobody says how far it got",
    }


@pytest.mark.parametrize("until", [None, MONTH])
def test_the_difference_is_that_it_was_taken_back_and_the_claims_are_still_there(
    log, until
):
    changes = diff(log.view(1, until), log.view(2, until))
    assert ids(changes.taken_back.came) == ACCUSED
    assert changes.reports.came == ("c13-z",)
    assert not changes.claims.went
    assert not changes.changed
    back = diff(log.view(2, until), log.view(1, until))
    assert ids(back.taken_back.went) == ACCUSED


def test_both_can_be_cited_and_are_the_same_after_more_was_logged(log):
    then = [log.view(at, MONTH).cite("Who delivered?") for at in (1, 2)]
    for at, footnote in zip((1, 2), then, strict=True):
        assert f"root {log.view(at).root.hex()}" in footnote
        assert "of what was published until 2011-03-31" in footnote
    assert then[0].startswith("example.org/c13, as of 1 entry; ")
    assert then[1].startswith("example.org/c13, as of 2 entries; ")
    assert log.size == 3
    page = (CASES / "c13" / "b.report.json").read_bytes()
    log.append_all(list(read_written(page, name="b.json", folder=CASES)), by="test")
    assert [log.view(at, MONTH).cite("Who delivered?") for at in (1, 2)] == then


def test_the_commands_tell_it_the_same_way(log):
    told = " ".join(run("diff", "1", "2", "--log", log.path).split())
    assert "+ report c13-z" in told
    for id_ in ACCUSED:
        assert f"c13-e#{id_}" in told
    first = run("events", "--at", "1", "--supplier", "BY", "--log", log.path)
    assert "matches: certainly" in first
    both = ("--published-until", MONTH, "--log", log.path)
    second = run("events", "--at", "2", "--supplier", "BY", *both)
    assert "matches: certainly" not in second
    shown = " ".join(run("event", DELIVERY, "--at", "1", *both).split())
    assert "TAKEN BACK" not in shown
    shown = " ".join(run("event", DELIVERY, "--at", "2", *both).split())
    assert "stage delivered [TAKEN BACK in c13-z by Alain Le Roy, 2011-03-02]" in shown
    footnotes = {run("cite", "--at", at, *both) for at in "12"}
    assert len(footnotes) == 2


def test_the_memo_says_from_when_on_it_was_taken_back_in_another_report(log):
    asked = ("relevance", DELIVERY, "--log", log.path)
    then = " ".join(run(*asked, "--at", "1").split())
    now = " ".join(run(*asked, "--at", "2").split())
    assert "un-cote-divoire-2004" in then
    said = "part of it is denied or was taken back; the answer is of it as told"
    assert said not in then
    assert said in now
    register = Register.bundled()
    found = [
        judge_event(log.view(at).standing, DELIVERY, register).of(
            "un-cote-divoire-2004"
        )
        for at in (1, 2)
    ]
    assert [one.relevant for one in found] == [Truth.MAYBE, Truth.MAYBE]
    assert found[0].against == ()
    assert {one.claim.partition(".")[0] for one in found[1].against} == {
        "c13-z#landing-taken-back"
    }
    gone = [[one.taken_back for one in each.positions] for each in found]
    assert gone[0] == [False]
    assert gone[1].count(True) == 1


# The clock of publication, and how far it goes with these pages.


def published(case, until):
    """Return which pages were certainly published by a day, and which may have been."""
    with em.EventLog.open(case("c13").path) as log:
        view = log.view(published_until=until)
        pages = {id_: view.known(id_) for id_ in view.standing.reports}
        return tuple(
            "".join(sorted(id_[-1] for id_, known in pages.items() if known is answer))
            for answer in (Truth.YES, Truth.MAYBE)
        )


@pytest.mark.parametrize(
    ("until", "certainly", "possibly"),
    [
        ("2011-02-28", "", ""),
        # Two pages give no day but the month alone.
        ("2011-03-01", "", "ce"),
        ("2011-03-02", "f", "ce"),
        ("2011-03-03", "abdf", "ce"),
        (MONTH, "abcdef", ""),
    ],
)
def test_no_page_is_of_a_day_before_the_apology(case, until, certainly, possibly):
    """One that is would let the clock of publication show it: log it, and test it."""
    assert published(case, until) == (certainly, possibly)


def test_the_first_page_has_the_apology_and_the_next_day_has_what_it_is_for(case):
    with em.EventLog.open(case("c13").path) as log:
        first = log.view(published_until="2011-03-02")
        second = log.view(published_until="2011-03-03")
        changes = diff(first, second)
        cited = [view.cite() for view in (first, second)]
    assert changes.reports.came == ("c13-a", "c13-b", "c13-d")
    assert {"c13-a#breach.embargo", "c13-b#breach.embargo", "c13-d#landing.stage"} <= (
        set(changes.taken_back.came)
    )
    assert [one.partition("published until ")[2][:10] for one in cited] == [
        "2011-03-02",
        "2011-03-03",
    ]
    assert len(set(cited)) == 2
