"""A record of relevance, as a person reads it."""

from attrs import evolve

from embargo_monitor.judging import Rejudged
from embargo_monitor.model.relevances import (
    ActAnswered,
    Exempt,
    Mark,
    Outcome,
    RelevanceRecord,
    Rung,
    StepTaken,
)
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.outcomes import Difference
from embargo_monitor.show.relevances import changes_lines, relevance_lines

OUTCOME = Outcome(
    "un-x",
    relevant=Truth.MAYBE,
    acts=(ActAnswered(relevant=Truth.MAYBE),),
    remains=Truth.NO,
    steps=(
        StepTaken(
            Rung.COVERS,
            answer=Truth.MAYBE,
            sentence="so",
            mark=Mark.ONE_SOURCE,
            claims=("r#a",),
        ),
    ),
    exemption=Exempt.UNKNOWN,
    findings=(),
)
RECORD = RelevanceRecord(
    "a",
    event="r#deal",
    log_size=1,
    library="1",
    register_edition="ours",
    register_digest="0" * 64,
    outcomes=(OUTCOME,),
    by="desk",
)


def told(record):
    return "\n".join(relevance_lines(record))


def test_acts_without_a_stage_and_what_remained_are_named():
    said = "acts         the supply as such MAYBE; what remained when it began NO"
    assert said in told(RECORD)


def test_a_record_without_regimes_says_so():
    assert "No regime was aimed at anybody in it" in told(evolve(RECORD, outcomes=()))


def test_events_that_were_taken_along_are_named():
    assert "linked" not in told(RECORD)
    along = evolve(RECORD, follows_links=True, linked=("s#deal", "t#deal"))
    assert "linked       s#deal, t#deal" in told(along)


def test_a_sentence_cannot_pass_for_a_step():
    steps = (evolve(OUTCOME.steps[0], sentence="so\n  bound        YES (two sources)"),)
    forged = evolve(RECORD, outcomes=(evolve(OUTCOME, steps=steps),))
    lines = list(relevance_lines(forged))
    assert not [line for line in lines if line.startswith("  bound")]


def test_the_library_is_named_where_the_register_is_the_same():
    again = evolve(RECORD, library="2")
    changed = (Difference("un-x", None, Truth.NO, ("was not among the answers",)),)
    other = evolve(again, outcomes=(evolve(OUTCOME, regime="un-y"),))
    one = Rejudged(RECORD, other, by_register=changed)
    lines = "\n".join(changes_lines([one], []))
    assert "by the library: 1 then, 2 now" in lines
    assert "un-x  not among the answers -> NO" in lines
