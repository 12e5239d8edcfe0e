"""What a record of relevance takes, and what it refuses."""

import re

import pytest
from attrs import evolve

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.relevances import (
    ActAnswered,
    Exempt,
    Mark,
    Outcome,
    RelevanceRecord,
    Rung,
    StepTaken,
)
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth

YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO


def step(answer):
    return StepTaken(Rung.SCOPE, answer=answer, sentence="so", mark=Mark.ONE_SOURCE)


def outcome(relevant, *steps, acts=None, **more):
    acts = acts or (ActAnswered(stage=Stage.AGREED, relevant=relevant),)
    steps = tuple(map(step, steps))
    told = {"exemption": Exempt.UNKNOWN, **more}
    return Outcome("un-x", relevant=relevant, acts=acts, steps=steps, **told)


def record(*outcomes, **more):
    told = {"event": "r#deal", "log_size": 1, "library": "1", "by": "desk", **more}
    edition = {"register_edition": "ours", "register_digest": "0" * 64}
    return RelevanceRecord("a", outcomes=outcomes, **edition, **told)


@pytest.mark.parametrize(
    ("relevant", "steps"),
    [(YES, [YES, YES]), (MAYBE, [YES, MAYBE]), (MAYBE, [YES]), (NO, [NO])],
)
def test_steps_that_give_the_answer_are_taken(relevant, steps):
    assert outcome(relevant, *steps).relevant is relevant


@pytest.mark.parametrize(
    ("relevant", "steps"),
    [(YES, [YES, MAYBE]), (YES, []), (MAYBE, [NO]), (NO, [YES]), (NO, [NO, MAYBE])],
)
def test_steps_that_give_another_answer_are_refused(relevant, steps):
    with pytest.raises(InvalidValueError, match=f"steps that give {relevant}"):
        outcome(relevant, *steps)


def test_the_answer_is_that_of_the_act_on_which_it_bears_most():
    acts = (ActAnswered(relevant=NO), ActAnswered(relevant=MAYBE))
    assert outcome(MAYBE, MAYBE, acts=acts).relevant is MAYBE
    with pytest.raises(InvalidValueError, match="must be MAYBE, as its acts"):
        outcome(NO, NO, acts=acts)


def test_a_finding_is_a_position():
    with pytest.raises(InvalidValueError, match="must be one of the positions"):
        outcome(YES, YES, positions=("r#a",), findings=("r#b",))


def test_no_regime_and_no_event_comes_twice():
    one = outcome(YES, YES)
    with pytest.raises(InvalidValueError, match="outcomes must be named once"):
        record(one, one)
    with pytest.raises(InvalidValueError, match="outcomes must be named once"):
        record(one, by_list=("un-x",))
    with pytest.raises(InvalidValueError, match="linked must be named once"):
        record(linked=("r#deal",), follows_links=True)


def test_events_are_linked_only_where_links_were_followed():
    assert record(linked=("s#deal",), follows_links=True).linked == ("s#deal",)
    with pytest.raises(InvalidValueError, match="no link followed"):
        record(linked=("s#deal",))


@pytest.mark.parametrize(
    ("field", "value"),
    [("event", "deal"), ("register_digest", "0" * 63), ("log_size", -1)],
)
def test_malformed_fields_are_refused(field, value):
    with pytest.raises(InvalidValueError, match=re.escape(field)):
        record(**{field: value}) if field != "register_digest" else evolve(
            record(), register_digest=value
        )


def test_an_outcome_is_found_by_its_regime():
    one = outcome(YES, YES)
    assert record(one).of("un-x") == one
    assert record(one).of("un-y") is None
