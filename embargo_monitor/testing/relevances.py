"""Records of relevance, whose steps give their answers."""

from functools import cache

from hypothesis import strategies as st

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
from embargo_monitor.testing.choosing import any_of, few, one_or_two, some_of
from embargo_monitor.testing.texts import labels, lines, prose

_ANSWERS = {
    Truth.YES: (Truth.YES,),
    Truth.MAYBE: (Truth.MAYBE, Truth.YES),
    Truth.NO: (Truth.NO,),
}


@cache
def _outside() -> st.SearchStrategy[str]:
    return st.builds("{}#{}".format, labels(), labels())


@cache
def _steps(answers: tuple[Truth, ...]) -> st.SearchStrategy[StepTaken]:
    return st.builds(
        StepTaken,
        any_of(Rung),
        answer=any_of(answers),
        sentence=prose(),
        citations=few(prose()),
        mark=any_of(Mark),
        claims=few(_outside()),
    )


@cache
def _acts() -> st.SearchStrategy[ActAnswered]:
    return st.builds(ActAnswered, stage=any_of((None, *Stage)), relevant=any_of(Truth))


@st.composite
def _outcomes(draw: st.DrawFn, regime: str) -> Outcome:
    acts = draw(one_or_two(_acts()))
    relevant = Truth.any_of(one.relevant for one in acts)
    positions = draw(few(_outside()))
    optional = {
        "remains": any_of(Truth),
        "possible_exemptions": few(lines()),
        "findings": st.just(positions[:1]),
        "rests_on": few(prose()),
        "ask_next": few(prose()),
    }
    return Outcome(
        regime,
        relevant=relevant,
        acts=acts,
        steps=draw(one_or_two(_steps(_ANSWERS[relevant]))),
        exemption=draw(any_of(Exempt)),
        positions=positions,
        **some_of(draw, optional),
    )


@st.composite
def relevances(draw: st.DrawFn) -> RelevanceRecord:
    """Build records of relevance; what they speak of is in no report."""
    regimes = draw(any_of(((), ("un-libya-2011",), ("eu-libya-2011", "X" * 64))))
    event = draw(_outside())
    linked = draw(any_of(((), ("b#deal",), ("b#deal", "c#deal"))))
    follows = draw(any_of((False, True)))
    return RelevanceRecord(
        draw(labels()),
        event=event,
        follows_links=follows,
        linked=tuple(one for one in linked if follows and one != event),
        log_size=draw(st.integers(0, 2**53 - 1)),
        library=draw(lines()),
        register_edition=draw(lines()),
        register_digest=draw(st.binary(min_size=32, max_size=32).map(bytes.hex)),
        outcomes=tuple(draw(_outcomes(one)) for one in regimes),
        left_open=draw(any_of(((), ("un-somalia-1992", "un-iraq-1990")))),
        by_list=draw(any_of(((), ("un-taliban-2002",)))),
        by=draw(lines()),
    )
