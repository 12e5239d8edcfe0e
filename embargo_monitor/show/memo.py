"""What a register says of a question, as a short legal memo, or as plain values."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from embargo_monitor.model.stances import Hedge, Weight
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.answers import Act, Answers, Judged, Relevance
from embargo_monitor.regimes.asking import ExemptionOn
from embargo_monitor.regimes.covering import Tie
from embargo_monitor.regimes.exempting import Stand
from embargo_monitor.regimes.ladder import Step
from embargo_monitor.regimes.register import Register
from embargo_monitor.show.text import WIDTH, isolated, shown

NO_BREACH = (
    "That an embargo bears on an act does not say that the act breaches it: an"
    " exemption may apply, and what was told may be wrong."
)
NO_ADVICE = (
    "This is no legal advice. It puts reported claims beside a register that was"
    " compiled from public sources; before you rest anything on it, read the acts."
)


def memo_lines(
    answers: Answers,
    register: Register,
    *,
    title: str = "",
    width: int = WIDTH,
) -> Iterator[str]:
    """Give the memo: the question, the answer, the reasons, and what stays open.

    Args:
        answers: What the register says.
        register: The register that was asked.
        title: What was asked about; nothing for a question from plain arguments.
        width: Columns.
    """
    yield from _wrapped(
        f"Which arms embargoes bear on: {title or 'a supply'}", "", width
    )
    yield ""
    yield "THE QUESTION, AS UNDERSTOOD"
    yield from _points(answers.asked or [NOTHING], width)
    yield ""
    yield "THE ANSWER"
    yield from _answer(answers, width)
    for one in answers:
        if is_told(one):
            yield ""
            yield from _reasons(one, width)
    yield ""
    yield from _foot(answers, register, width)


NOTHING = (
    "Nobody says that anything was done: what is expected or feared feeds nothing."
)


def _wrapped(text: str, indent: str, width: int) -> Iterator[str]:
    """Give *text* in lines under *indent*, isolated, with no id broken in two."""
    lines = textwrap.wrap(
        shown(text),
        max(width - len(indent), 20),
        break_on_hyphens=False,
        break_long_words=False,
    )
    for line in lines:
        yield indent + isolated(line)


def _points(texts: Iterable[str], width: int) -> Iterator[str]:
    for text in texts:
        yield from _hung(text, "  - ", width)


def _hung(text: str, head: str, width: int) -> Iterator[str]:
    """Give *text* after *head*, its further lines under its first."""
    first, *others = _wrapped(text, " " * len(head), width)
    yield head + first[len(head) :]
    yield from others


def is_told(one: Relevance) -> bool:
    """Whether it has reasons of its own: it bears on it, may, or would if bound."""
    if one.tie is not Tie.TARGET:
        return False
    held = any(act.lead.fell_at != "in force" for act in one.acts)
    return one.relevant is not Truth.NO or one.remains is not None or held


def _answer(answers: Answers, width: int) -> Iterator[str]:
    aimed = [one for one in answers if one.tie is Tie.TARGET]
    for one in aimed:
        why = ""
        if one.relevant is Truth.NO:
            why = f", by step {one.lead.fell_step}, {one.lead.fell_at}"
        yield from _hung(f"{one.regime}{why}", f"  {one.relevant!s:<7}", width)
        if one.relevant is not Truth.NO:
            found = len(one.findings)
            told = f"{found} reported" if found else "none reported"
            text = f"exemption: {one.exemption}; findings of a breach: {told}"
            yield from _wrapped(text, " " * 9, width)
        if one.against:
            text = "part of it is denied or was taken back; the answer is of it as told"
            yield from _wrapped(text, " " * 9, width)
    if not aimed:
        yield "  No regime of the register is aimed at anybody who is told of."
    for tie, words in TIES.items():
        ids = [one.regime.id for one in answers if one.tie is tie]
        if ids:
            yield from _wrapped(f"{words}: {', '.join(ids)}.", "  ", width)
    yield from _wrapped(NO_BREACH, "  ", width)


TIES = {
    Tie.OPEN: "Open only because nobody says who or where it is",
    Tie.LIST: "Open by a list of names alone, which the register does not carry",
    Tie.NONE: "Aimed at others",
}


def _reasons(one: Relevance, width: int) -> Iterator[str]:
    yield from _wrapped(f"{one.regime}: {one.relevant}", "", width)
    for act in one.acts:
        yield from _act(act, one, width)
    if one.remains:
        yield "  What remained when it began"
        yield from _judged(one.remains, width)
    if one.relevant is not Truth.NO or one.remains:
        yield from _exemptions(one, width)
    yield from _claimed(one, width)
    yield from _section("It rests on", map(str, one.rests_on), width)
    asked = [*one.ask_next, *(one.remains.ask_next if one.remains else ())]
    yield from _section("What would settle what is open", asked, width)


def _section(title: str, texts: Iterable[str], width: int) -> Iterator[str]:
    told = tuple(dict.fromkeys(texts))
    if told:
        yield f"  {title}"
        for text in told:
            yield from _hung(text, "    - ", width)


def _act(act: Act, one: Relevance, width: int) -> Iterator[str]:
    name = act.stage.value if act.stage else "the supply"
    if len(one.acts) > 1 or act.differs:
        yield f"  The act `{name}`: {act.relevant}"
    if len(one.acts) > 1 and act is not one.act and not act.differs:
        fell = act.lead.fell_at
        opened = [s.name for s in act.lead.steps if s.answer is Truth.MAYBE]
        why = f"no at: {fell}" if fell else f"open at: {', '.join(opened) or 'nothing'}"
        yield from _wrapped(f"on {act.lead.question.days}; {why}", "    ", width)
        return
    if not act.differs:
        yield from _judged(act.lead, width)
        return
    yield from _wrapped(
        "Claims that cannot all hold answer it differently.", "  ", width
    )
    for reading in act.readings:
        yield from _hung(f"as: {reading.question}", f"  {reading.relevant!s:<7}", width)
        claims = ", ".join(act.making_the_difference(reading)) or "no claim of its own"
        yield from _wrapped(f"by: {claims}", " " * 9, width)
    yield from _judged(act.lead, width)


def _judged(judged: Judged, width: int) -> Iterator[str]:
    for number, step in enumerate(judged.steps, 1):
        yield from _step(number, step, width)


def _step(number: int, step: Step, width: int) -> Iterator[str]:
    head = f"  {number} {step.name:<10}{step.answer!s:<7}"
    yield from _hung(step.sentence, head, width)
    indent = " " * len(head)
    yield from _wrapped(f"Cites: {'; '.join(step.citations)}", indent, width)
    yield from _wrapped(f"Verified by: {step.mark.value}", indent, width)
    if step.claims:
        yield from _wrapped(f"Claims: {', '.join(step.claims)}", indent, width)


def _exemptions(one: Relevance, width: int) -> Iterator[str]:
    yield "  Exemptions"
    if not one.exemption.stands:
        told = "Nobody says that one was notified, asked for, granted or refused."
        yield from _wrapped(told, "    ", width)
    else:
        told = f"As claimed: {one.exemption}. See what was claimed."
        yield from _wrapped(told, "    ", width)
    possible = one.possible_exemptions
    if possible:
        told = "Those of the register that were open then, if their terms are met:"
        yield from _wrapped(told, "    ", width)
    else:
        yield from _wrapped("The register has none that was open then.", "    ", width)
    for exemption in possible:
        yield from _hung(exemption_line(exemption), "    - ", width)


def exemption_line(one: ExemptionOn) -> str:
    """Say an exemption that was open: its act, procedure, mark and terms."""
    exemption = one.exemption
    text = " ".join(exemption.text.split())
    doubt = "" if one.truth is Truth.YES else "; it may not have been open"
    return (
        f"{exemption.ref}; procedure: {exemption.procedure.value};"
        f" {exemption.mark.value}{doubt}. {text}"
    )


def _claimed(one: Relevance, width: int) -> Iterator[str]:
    yield from _section("What was claimed", map(stand_line, one.positions), width)
    found = [stand_line(stand) for stand in one.findings]
    if not found and one.relevant is not Truth.NO:
        found = ["No finding is reported."]
    yield from _section("What bodies with a mandate found", found, width)
    denied = (
        f"{against.by} {against.stance.value}: {against.what} ({against.claim})"
        for against in one.against
    )
    yield from _section("Who denies it, or takes it back", denied, width)


def stand_line(stand: Stand) -> str:
    """Say what somebody claimed of a regime, and by which claim."""
    actors = f", of {' and '.join(stand.actors)}" if stand.actors else ""
    told = f"`{stand.position.value}`{actors}: {stand.by} {stand.stance.value}"
    if stand.hedge is not Hedge.NONE:
        told += f", as {stand.hedge.value}"
    if stand.taken_back:
        told += "; taken back"
    elif stand.weight is Weight.NEITHER:
        told += "; counts for nothing"
    elif stand.departs_from:
        told += f"; made of {', '.join(sorted(stand.departs_from))}"
    return f"{told} ({stand.claim})"


def _foot(answers: Answers, register: Register, width: int) -> Iterator[str]:
    edition = register.edition
    text = (
        f"Register of {edition.compiled}, newest source {edition.latest_source}, digest"
        f" {answers.register_digest[:16]}. Where sources differ on a regime:"
        " `regimes show ID`."
    )
    yield from _wrapped(text, "", width)
    yield from _wrapped(NO_ADVICE, "", width)


def plain_answers(answers: Answers) -> dict[str, Any]:
    """Return the answers as plain values, for JSON."""
    return {
        "asked": list(answers.asked),
        "register": answers.register_digest,
        "regimes": [_plain(one) for one in answers],
    }


def _plain(one: Relevance) -> dict[str, Any]:
    return {
        "regime": one.regime.id,
        "relevant": one.relevant.value,
        "tie": one.tie.value,
        "acts": [
            {
                "act": act.stage.value if act.stage else "",
                "relevant": act.relevant.value,
                "readings": [_plain_judged(reading) for reading in act.readings],
            }
            for act in one.acts
        ],
        "remains": _plain_judged(one.remains) if one.remains else None,
        "exemption": one.exemption.status.value,
        "possible_exemptions": [
            {
                "ref": found.exemption.ref,
                "procedure": found.exemption.procedure.value,
                "open": found.truth.value,
                "mark": found.exemption.mark.value,
            }
            for found in one.possible_exemptions
        ],
        "positions": [_plain_stand(stand) for stand in one.positions],
        "findings": [stand.claim for stand in one.findings],
        "against": [against.claim for against in one.against],
        "ask_next": list(one.ask_next),
    }


def _plain_judged(judged: Judged) -> dict[str, Any]:
    return {
        "question": str(judged.question),
        "relevant": judged.relevant.value,
        "steps": [
            {
                "step": step.name,
                "answer": step.answer.value,
                "sentence": step.sentence,
                "citations": list(step.citations),
                "mark": step.mark.value,
                "claims": list(step.claims),
                "ask_next": step.ask_next,
            }
            for step in judged.steps
        ],
        "rests_on": [str(ground) for ground in judged.rests_on],
    }


def _plain_stand(stand: Stand) -> dict[str, Any]:
    return {
        "position": stand.position.value,
        "by": stand.by,
        "actors": list(stand.actors),
        "stance": stand.stance.value,
        "counts": stand.counts,
        "claim": stand.claim,
    }
