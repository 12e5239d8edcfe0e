"""How two answers of a register differ, in words."""

import pytest
from attrs import evolve

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
from embargo_monitor.regimes.outcomes import Difference, differences

YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO

STEP = StepTaken(Rung.COVERS, answer=MAYBE, sentence="so", mark=Mark.ONE_SOURCE)
WAS = Outcome(
    "un-x",
    relevant=MAYBE,
    acts=(ActAnswered(stage=Stage.AGREED, relevant=MAYBE),),
    steps=(STEP,),
    exemption=Exempt.UNKNOWN,
)
RECORD = RelevanceRecord(
    "a",
    event="r#deal",
    log_size=1,
    library="1",
    register_edition="ours",
    register_digest="0" * 64,
    outcomes=(WAS,),
    by="desk",
)


def compared(*outcomes):
    return differences(RECORD, evolve(RECORD, outcomes=outcomes))


def stepped(**changed):
    return {"steps": (evolve(STEP, **changed),)}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"exemption": Exempt.GRANTED}, "exemption was unknown and is granted"),
        ({"remains": YES}, "what remained was not asked and is YES"),
        ({"positions": ("r#p",)}, "position is new: r#p"),
        ({"rests_on": ("a day",)}, "rests on is new: a day"),
        ({"ask_next": ("When?",)}, "open question is new: When?"),
        (stepped(answer=YES), "step covers was MAYBE and is YES"),
        (stepped(sentence="as"), "step covers is MAYBE for another reason"),
        (stepped(claims=("r#c",)), "step covers is MAYBE for another reason"),
        (
            stepped(mark=Mark.TWO_SOURCES),
            "step covers was marked one source, now two sources",
        ),
        (stepped(citations=("a list",)), "step covers cites otherwise"),
    ],
)
def test_a_difference_is_told_in_words(changed, told):
    [found] = compared(evolve(WAS, **changed))
    assert found == Difference("un-x", MAYBE, MAYBE, (told,))


def test_acts_that_came_or_went_are_told():
    acts = (*WAS.acts, ActAnswered(relevant=NO))
    [found] = compared(evolve(WAS, acts=acts))
    assert found.what == ("the supply as such was not asked and is NO",)


def test_what_is_gone_is_told():
    record = evolve(RECORD, outcomes=(evolve(WAS, positions=("r#p",)),))
    [found] = differences(record, RECORD)
    assert found.what == ("position is gone: r#p",)


def test_another_answer_is_told_before_its_reasons():
    now = evolve(
        WAS,
        relevant=NO,
        acts=(ActAnswered(stage=Stage.AGREED, relevant=NO),),
        steps=(evolve(STEP, rung=Rung.BOUND, answer=NO),),
    )
    [found] = compared(now)
    assert (found.was, found.is_) == (MAYBE, NO)
    assert found.what == (
        "relevant was MAYBE and is NO",
        "act agreed was MAYBE and is NO",
    )


def test_regimes_that_came_or_went_are_told():
    other = evolve(WAS, regime="eu-x")
    gone, came = compared(other)
    maybe, absent = "aimed at somebody: MAYBE", "not among the answers"
    assert gone == Difference("un-x", MAYBE, None, (f"was {maybe} and is {absent}",))
    assert came == Difference("eu-x", None, MAYBE, (f"was {absent} and is {maybe}",))


def test_regimes_that_are_open_for_want_of_names_are_compared_too():
    vague = evolve(RECORD, outcomes=(), left_open=("un-x",), by_list=("un-y",))
    [found, listed] = differences(vague, RECORD)
    assert (found.regime, found.was, found.is_) == ("un-x", MAYBE, MAYBE)
    assert found.what == (
        "was open: nobody says who or where and is aimed at somebody: MAYBE",
    )
    assert (listed.regime, listed.was, listed.is_) == ("un-y", MAYBE, None)
    assert differences(vague, vague) == ()


def test_steps_that_came_or_went_of_an_open_answer_are_told():
    more = evolve(WAS, steps=(STEP, evolve(STEP, rung=Rung.BOUND)))
    [found] = compared(more)
    assert found.what == ("step bound decides too",)
    [found] = differences(evolve(RECORD, outcomes=(more,)), RECORD)
    assert found.what == ("step bound is closed",)


def test_equal_answers_in_another_order_differ_in_nothing():
    other = evolve(WAS, regime="eu-x")
    record = evolve(RECORD, outcomes=(WAS, other))
    assert differences(record, evolve(record, outcomes=(other, WAS))) == ()
