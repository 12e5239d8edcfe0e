"""Which embargoes bear on an event of a log: kept as a record, and asked again."""

import shutil
from pathlib import Path

import pytest
from attrs import evolve

import embargo_monitor as em
from embargo_monitor.errors import ReferringError, UnknownNameError
from embargo_monitor.judging import linked_to, rejudged, unjudged
from embargo_monitor.model.records import (
    Correction,
    Link,
    Linked,
    LinkRelation,
    Withdrawal,
)
from embargo_monitor.model.relevances import Exempt, Rung
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes import Register

DEAL = "seed-article#deal"


@pytest.fixture
def log(tmp_path):
    with em.EventLog.create(tmp_path / "monitor.db") as log:
        log.append(em.seed_report(), by="desk")
        yield log


def assessed(log, id="deal.relevance-1", event=DEAL, **more):
    receipt = log.assess_relevance(event, id=id, by="desk", **more)
    return log.entry(receipt.index).entry.record


def records(log):
    return [logged.entry.record for logged in log.entries()]


def test_a_record_says_what_was_answered_and_from_what(log):
    record = assessed(log)
    assert (record.event, record.log_size, record.by) == (DEAL, 1, "desk")
    assert record.register_digest == Register.bundled().digest
    libya = record.of("un-libya-2011")
    assert (libya.relevant, libya.exemption) == (Truth.YES, Exempt.UNKNOWN)
    assert [step.rung for step in libya.steps] == list(Rung)
    assert libya.positions == ("seed-article#embargo.embargo",)
    assert libya.findings == ()
    assert any("notify, no objection" in one for one in libya.possible_exemptions)
    assert any("inferred" in one for one in libya.rests_on)


def test_a_record_keeps_of_a_no_the_steps_that_say_no(log):
    [step] = assessed(log).of("eu-libya-2011").steps
    assert (step.rung, step.answer) == (Rung.BOUND, Truth.NO)
    assert "Pakistan was not bound" in step.sentence


def test_a_weaker_event_has_its_own_weaker_answer(log):
    record = assessed(log, "visit.relevance-1", "seed-article#visit")
    assert Truth.YES not in {one.relevant for one in record.outcomes}


def test_an_event_that_is_not_there_is_refused_with_those_that_are(log):
    with pytest.raises(UnknownNameError, match="seed-article#deal"):
        assessed(log, event="seed-article#dael")
    with pytest.raises(UnknownNameError):
        assessed(log, event="seed#deal")


def test_a_withdrawn_report_is_asked_about_no_more(log):
    withdraw(log)
    with pytest.raises(ReferringError, match="withdrawn by ana"):
        assessed(log)
    assert log.size == 2


def test_a_record_about_what_is_not_in_the_log_is_refused(log):
    record = evolve(assessed(log), id="another", event="seed-article#dael")
    with pytest.raises(ReferringError, match="near: deal"):
        log.append(record, by="desk")


def withdraw(log):
    why = "logged twice"
    told = {"entry": "seed-article", "entry_kind": "report", "reason": why}
    log.append(Withdrawal("w", by="ana", **told), by="ana")


def test_asked_again_at_once_it_is_as_before(log):
    assessed(log)
    [again] = rejudged(records(log), Register.bundled())
    assert not again.differs
    assert (again.by_claims, again.by_register) == ((), ())


def correct_supplier_away(log):
    report = log.report("seed-article")
    gone = [one.id for one in report.claims if one.id.endswith("deal-cnn.stage")]
    why = "the stage was not said"
    told = {"report": "seed-article", "reason": why, "withdraws": tuple(gone)}
    log.append(Correction("c", by="ana", **told), by="ana")


def test_what_was_corrected_since_makes_a_difference_by_claims(log):
    assessed(log)
    correct_supplier_away(log)
    [again] = rejudged(records(log), Register.bundled())
    assert again.differs
    assert again.by_register == ()
    said = {one.regime: one for one in again.by_claims}["un-libya-2011"]
    assert said.what


def test_what_was_withdrawn_since_is_told_as_gone(log):
    assessed(log)
    withdraw(log)
    [again] = rejudged(records(log), Register.bundled())
    assert again.again is None
    assert again.differs


@pytest.fixture
def other_register(tmp_path):
    """A register in which the embargo on Libya bound nobody but voluntarily."""
    bundled = Path(em.__file__).parent / "regimes" / "register" / "un-libya-2011.toml"
    target = tmp_path / "mine" / "register" / bundled.name
    target.parent.mkdir(parents=True)
    shutil.copy(bundled, target)
    text = target.read_text("utf-8")
    changed = text.replace('binding = "mandatory"', 'binding = "voluntary"')
    assert changed != text
    target.write_text(changed, "utf-8")
    return Register.load(tmp_path / "mine")


def test_another_register_makes_a_difference_by_the_register(log, other_register):
    assessed(log)
    [again] = rejudged(records(log), other_register)
    assert again.by_claims == ()
    [said] = [one for one in again.by_register if one.regime == "un-libya-2011"]
    assert (said.was, said.is_) == (Truth.YES, Truth.NO)
    assert "relevant was YES and is NO" in said.what


def test_of_several_records_of_an_event_the_newest_that_stands_counts(log):
    assessed(log)
    correct_supplier_away(log)
    newest = assessed(log, "deal.relevance-2")
    [again] = rejudged(records(log), Register.bundled())
    assert (again.record, again.differs) == (newest, False)
    told = {"entry": newest.id, "entry_kind": "relevance", "reason": "too early"}
    log.append(Withdrawal("w", by="ana", **told), by="ana")
    [again] = rejudged(records(log), Register.bundled())
    assert (again.record.id, again.differs) == ("deal.relevance-1", True)


def test_events_without_a_record_are_named(log):
    assessed(log)
    left = unjudged(records(log))
    assert DEAL not in left
    assert "seed-article#offer" in left


def link(first, relation, second, linked=Linked.EVENT):
    told = {"linked": linked, "first": first, "second": second}
    return Link("l", relation=relation, reason="so", by="ana", **told)


def test_links_lead_to_the_same_and_to_parts_and_not_to_wholes():
    same, part = LinkRelation.SAME, LinkRelation.PART_OF
    links = [
        link("a#1", same, "b#1"),
        link("c#1", same, "b#1"),
        link("d#1", part, "c#1"),
        link("a#1", part, "whole#1"),
        link("a#1", LinkRelation.FOLLOWS, "e#1"),
        link("a#1", same, "f#1", Linked.ACTOR),
    ]
    assert linked_to(links, "a#1") == ("b#1", "c#1", "d#1")
    assert linked_to(links, "d#1") == ()


def test_a_record_tells_which_linked_events_were_taken_along(log):
    part = LinkRelation.PART_OF
    log.append(link("seed-article#offer", part, DEAL), by="ana")
    alone, along = assessed(log), assessed(log, "along", follow_links=True)
    assert (alone.follows_links, alone.linked) == (False, ())
    assert (along.follows_links, along.linked) == (True, ("seed-article#offer",))


def test_a_link_that_came_since_makes_a_difference_where_links_are_followed(log):
    before = assessed(log, follow_links=True)
    assert before.linked == ()
    log.append(link("seed-article#offer", LinkRelation.PART_OF, DEAL), by="ana")
    [again] = rejudged(records(log), Register.bundled())
    assert again.again.linked == ("seed-article#offer",)
    assert any("act offered" in text for one in again.by_claims for text in one.what)


def test_a_record_that_read_less_than_its_report_is_compared_with_nothing(log):
    record = evolve(assessed(log), id="older", log_size=0)
    log.append(record, by="desk")
    [again] = rejudged(records(log), Register.bundled())
    assert not again.differs
    assert (again.by_claims, again.by_register) == ((), ())


def test_entries_for_a_newer_version_are_passed_over(log):
    assessed(log)
    assert unjudged([*records(log), None]) == unjudged(records(log))


def test_an_event_of_which_little_is_told_fits_an_entry(log):
    form = {
        "report": "vague",
        "form": 1,
        "document": {
            "titles": {"en": "Arms for somebody"},
            "language": "en",
            "publisher": "paper",
            "published": {"date": "2011-03-01"},
        },
        "actors": {"ruritania": {"kind": "state", "names": {"en": "Ruritania"}}},
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"told": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Something"}},
        "claims": [
            {
                "id": "deal",
                "voice": "told",
                "about": "deal",
                "stage": "agreed",
                "recipient": "ruritania",
            }
        ],
    }
    log.append(em.author(form, read={}.__getitem__), by="desk")
    record = assessed(log, "vague.relevance-1", "vague#deal")
    assert record.outcomes == ()
    assert len(record.left_open) > 50
