"""What one view says that another does not, and the footnote that names a view."""

import re

import pytest
from attrs import evolve

import embargo_monitor as em
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
    Withdrawal,
)
from embargo_monitor.query.diffing import diff
from tests.query.conftest import report_of

ACCUSED = {"stage": "delivered"}
TOOK_BACK = {"stage": "delivered", "stance": "withdraws", "answers": "page#c0.stage"}


@pytest.fixture
def apology(log):
    """An accusation of 1 March; a page of 3 March by which it is taken back."""
    log.append(report_of("page", ACCUSED, published="2011-03-01"))
    log.append(report_of("sorry", TOOK_BACK, published="2011-03-03"))
    return log


def stages(view):
    return [one.id for one in em.counted(em.stages(view.told()))]


def test_before_a_withdrawal_was_published_a_view_says_one_thing_after_it_another(
    apology,
):
    before = apology.view(published_until="2011-03-02")
    after = apology.view(published_until="2011-03-03")
    assert (stages(before), stages(after)) == (["page#c0.stage"], [])
    changes = diff(before, after)
    assert changes.taken_back.came == ("page#c0.stage",)
    assert changes.reports.came == ("sorry",)


def test_before_a_withdrawal_was_recorded_a_view_says_one_thing_after_it_another(
    apology,
):
    before, after = apology.view(at=1), apology.view(at=2)
    assert (stages(before), stages(after)) == (["page#c0.stage"], [])
    assert diff(before, after).taken_back.came == ("page#c0.stage",)
    assert before.cite() != after.cite()


def test_a_view_differs_in_nothing_from_itself(apology):
    assert not diff(apology.view(), apology.view())


def test_a_difference_turned_about_is_the_same_the_other_way(apology):
    one, other = apology.view(at=1), apology.view(at=2)
    there, back = diff(one, other), diff(other, one)
    assert there
    for name in ("reports", "events", "claims", "taken_back"):
        came, went = getattr(there, name).came, getattr(there, name).went
        assert (came, went) == (getattr(back, name).went, getattr(back, name).came)


def test_views_of_two_logs_are_not_compared(apology):
    other = evolve(apology.view(), origin="example.org/other")
    with pytest.raises(InvalidValueError, match=r"a view of example\.org/log"):
        diff(apology.view(), other)


def test_records_of_ours_are_told_with_what_they_do(log):
    log.append(report_of("r", {"value": "4 million USD"}))
    log.append(report_of("s", ACCUSED))
    claim = report_of("r", {"value": "5 million USD"}).report.claims[0]
    correction = Correction("c", report="r", reason="so", by="ana", replaces=(claim,))
    ends = {"first": "r#deal", "second": "s#deal", "linked": Linked.EVENT}
    link = Link("l", relation=LinkRelation.SAME, reason="so", by="ana", **ends)
    grade = CredibilityGrade(Credibility.DOUBTFUL, by="ana", on="2026-01-01")
    judged = Assessment("j", claim="r#c0.value", credibility=grade, reason="so")
    gone = Withdrawal("w", entry="s", entry_kind="report", reason="so", by="ana")
    log.append_all([correction, link, judged])
    log.assess_relevance("r#deal", id="rel", by="ana")
    log.append(gone)
    changes = diff(log.view(at=2), log.view(at=6))
    [changed] = changes.changed
    assert (changed.id, changed.by) == ("r#c0.value", ("c",))
    assert changes.corrections.came == (correction,)
    assert changes.links.came == (link,)
    assert changes.assessments.came == (judged,)
    [relevance] = changes.relevances
    assert (relevance.event, relevance.was, relevance.is_.id) == ("r#deal", None, "rel")
    withdrawn = diff(log.view(at=6), log.view())
    assert withdrawn.withdrawals.came == (gone,)
    assert withdrawn.links.went == (link,)
    assert withdrawn.reports.went == ("s",)
    assert withdrawn.claims.went == ("s#c0.stage",)
    assert withdrawn.events.went == ("s#deal",)


def test_a_second_answer_about_an_event_is_told_with_what_differs(log):
    log.append(report_of("r", {"stage": "agreed", "recipient": "ruritania"}))
    log.assess_relevance("r#deal", id="first", by="ana")
    log.assess_relevance("r#deal", id="second", by="ana")
    [found] = diff(log.view(at=2), log.view()).relevances
    assert (found.was.id, found.is_.id, found.what) == ("first", "second", ())


def test_a_footnote_names_log_root_versions_and_question(apology):
    view = apology.view(at=1, published_until="2011-03-02")
    said = view.cite("which stages\nwere reported")
    assert said.startswith("example.org/log, as of 1 entry; recorded until 2026-")
    assert f"root {view.root.hex()}" in said
    assert "of what was published until 2011-03-02" in said
    assert re.search(r"embargo_monitor \d+\.\d+\.\d+;", said)
    assert em.Register.bundled().digest in said
    assert said.endswith("; asked: “which stages were reported”.")


def test_a_footnote_stays_the_same_whatever_is_appended(apology):
    before = apology.view(at=1).cite()
    for at in range(20):
        apology.append(report_of(f"more-{at}", ACCUSED))
    assert apology.view(at=1).cite() == before


def test_a_footnote_says_what_could_not_be_read(apology):
    entries = [
        evolve(one, entry=evolve(one.entry, record=None))
        for one in apology.view().entries[:2]
    ]
    view = evolve(apology.view(), finding=None, read=lambda: entries)
    assert "2 of them unread: they need a newer version" in view.cite()
    empty = evolve(apology.view(at=0))
    assert "as of 0 entries; root e3b0c44298fc1c149afb" in empty.cite()
