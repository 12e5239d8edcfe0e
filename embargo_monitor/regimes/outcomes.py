"""Answers of a register as a record keeps them, and how two of them differ."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from embargo_monitor.model.relevances import (
    ActAnswered,
    Outcome,
    RelevanceRecord,
    Rung,
    StepTaken,
)
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.answers import Answers, Relevance
from embargo_monitor.regimes.covering import Tie


def outcomes_of(answers: Answers) -> tuple[Outcome, ...]:
    """Return what a record keeps of the regimes that are aimed at somebody told of."""
    return tuple(_outcome(one) for one in answers if one.tie is Tie.TARGET)


def tied(answers: Answers, tie: Tie) -> tuple[str, ...]:
    """Return the ids of the regimes that nothing closer ties to the question."""
    return tuple(one.regime.id for one in answers if one.tie is tie)


def _outcome(one: Relevance) -> Outcome:
    return Outcome(
        one.regime.id,
        relevant=one.relevant,
        acts=tuple(
            ActAnswered(stage=act.stage, relevant=act.relevant) for act in one.acts
        ),
        remains=one.remains.relevant if one.remains else None,
        steps=tuple(_steps(one)),
        exemption=one.exemption.status,
        possible_exemptions=() if one.relevant is Truth.NO else _exemptions(one),
        positions=tuple(dict.fromkeys(stand.claim for stand in one.positions)),
        findings=tuple(dict.fromkeys(stand.claim for stand in one.findings)),
        rests_on=tuple(map(str, one.rests_on)),
        ask_next=one.ask_next,
    )


def _steps(one: Relevance) -> Iterator[StepTaken]:
    # A reading of an open answer may say yes throughout where others differ.
    decides = {step.answer for step in one.steps if step.answer is one.relevant}
    for step in one.steps:
        if not decides or step.answer in decides:
            yield StepTaken(
                Rung(step.name),
                answer=step.answer,
                sentence=step.sentence,
                citations=step.citations,
                mark=step.mark,
                claims=step.claims,
            )


def _exemptions(one: Relevance) -> tuple[str, ...]:
    """Name the exemptions that may have been open, each once."""
    named = (
        f"{found.exemption.ref}: {found.exemption.procedure.value};"
        f" open {found.truth}; {found.exemption.mark.value}"
        for found in one.possible_exemptions
    )
    return tuple(dict.fromkeys(named))


@frozen
class Difference:
    """What of one regime is otherwise than a record has it.

    Attributes:
        regime: The regime's id.
        was: The answer that the record has; None where the regime is not in it.
        is_: The answer now; None where the regime is not among the answers any more.
        what: What differs, each in words; never empty.
    """

    regime: str
    was: Truth | None
    is_: Truth | None
    what: tuple[str, ...]


_LEFT_OPEN = "open: nobody says who or where"
_BY_LIST = "open by a list of names"
_ABSENT = "not among the answers"


def differences(was: RelevanceRecord, is_: RelevanceRecord) -> tuple[Difference, ...]:
    """Compare two records of one event, regime by regime; equal answers left out.

    The regimes come in the order of the first, then those that it does not have.
    """
    before, after = _told(was), _told(is_)
    found = []
    for regime in dict.fromkeys((*before, *after)):
        one, other = before.get(regime, _ABSENT), after.get(regime, _ABSENT)
        what = tuple(_what(one, other))
        if what:
            found.append(Difference(regime, _answer(one), _answer(other), what))
    return tuple(found)


def _told(record: RelevanceRecord) -> dict[str, Outcome | str]:
    """Return what a record says of each regime: an outcome, or why there is none."""
    return {
        **{one.regime: one for one in record.outcomes},
        **dict.fromkeys(record.left_open, _LEFT_OPEN),
        **dict.fromkeys(record.by_list, _BY_LIST),
    }


def _answer(told: Outcome | str) -> Truth | None:
    if isinstance(told, Outcome):
        return told.relevant
    return None if told == _ABSENT else Truth.MAYBE


def _what(was: Outcome | str, is_: Outcome | str) -> Iterator[str]:
    if isinstance(was, str) or isinstance(is_, str):
        if was != is_:
            yield f"was {_in_words(was)} and is {_in_words(is_)}"
        return
    if was.relevant is not is_.relevant:
        yield f"relevant was {was.relevant} and is {is_.relevant}"
    yield from _changed(_acts(was), _acts(is_))
    if was.remains is not is_.remains:
        yield f"what remained was {_said(was.remains)} and is {_said(is_.remains)}"
    yield from _steps_changed(was, is_)
    if was.exemption is not is_.exemption:
        yield f"exemption was {was.exemption.value} and is {is_.exemption.value}"
    for label, name in _LISTS.items():
        yield from _listed(label, getattr(was, name), getattr(is_, name))


_LISTS: Mapping[str, str] = {
    "possible exemption": "possible_exemptions",
    "position": "positions",
    "finding": "findings",
    "rests on": "rests_on",
    "open question": "ask_next",
}


def _in_words(told: Outcome | str) -> str:
    return told if isinstance(told, str) else f"aimed at somebody: {told.relevant}"


def _said(answer: Truth | None) -> str:
    return "not asked" if answer is None else str(answer)


def _acts(one: Outcome) -> dict[str, Truth]:
    named: dict[Stage | None, Truth] = {act.stage: act.relevant for act in one.acts}
    return {
        f"act {stage.value}" if stage else "the supply as such": answer
        for stage, answer in named.items()
    }


def _changed(was: Mapping[str, Truth], is_: Mapping[str, Truth]) -> Iterator[str]:
    for name in dict.fromkeys((*was, *is_)):
        before, after = was.get(name), is_.get(name)
        if before is not after:
            yield f"{name} was {_said(before)} and is {_said(after)}"


def _steps_changed(was: Outcome, is_: Outcome) -> Iterator[str]:
    before = {one.rung: one for one in was.steps}
    after = {one.rung: one for one in is_.steps}
    for rung in Rung:
        old, new = before.get(rung), after.get(rung)
        if old == new:
            continue
        if old is None or new is None:
            # Only a YES keeps the steps that decide nothing.
            if was.relevant is is_.relevant:
                yield f"step {rung.value} {'decides too' if new else 'is closed'}"
        elif old.answer is not new.answer:
            yield f"step {rung.value} was {old.answer} and is {new.answer}"
        elif (old.sentence, old.claims) != (new.sentence, new.claims):
            yield f"step {rung.value} is {new.answer} for another reason"
        elif old.mark is not new.mark:
            yield f"step {rung.value} was marked {old.mark.value}, now {new.mark.value}"
        else:
            yield f"step {rung.value} cites otherwise"


def _listed(label: str, was: tuple[str, ...], is_: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{label} is new: {one}" for one in is_ if one not in was)
    yield from (f"{label} is gone: {one}" for one in was if one not in is_)
