"""The register in words: a list of regimes, and the history of one."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from embargo_monitor.regimes import (
    Amendment,
    Cited,
    Coverage,
    Exemption,
    InForce,
    Measure,
    Phase,
    Regime,
    Register,
    confirmed_until,
)
from embargo_monitor.show.text import WIDTH, hung, isolated, labelled, number_of
from embargo_monitor.structuring import unstructure

_ID, _DAYS, _BINDING = 29, 24, 11
_ENDS = "Both days are included, the first and the last."
_CODING = "In brackets: our coding of the words. Where they differ, the words hold."
_COVERED = {
    Coverage.YES: "barred",
    Coverage.NO: "free",
    Coverage.CONDITIONAL: "on conditions",
    Coverage.NOTIFY: "after notice",
    Coverage.UNCLEAR: "unclear",
}
_NO_ADVICE = "Nothing here is legal advice."


def days(first: date | None, last: date | None) -> str:
    """Say from when to when, both ends included.

    >>> print(days(date(2011, 2, 26), None))
    2011-02-26 on
    """
    if first is None:
        return f"to {last}" if last else "as long as the regime"
    return f"{first} to {last}" if last else f"{first} on"


def regime_lines(
    found: Iterable[Regime | InForce], register: Register, width: int = WIDTH
) -> Iterator[str]:
    """Give a list of regimes, or of answers about them; MAYBE is said, and why."""
    count = maybe = 0
    for one in found:
        regime = one.regime if isinstance(one, InForce) else one
        count += 1
        cells = f"{regime.id:<{_ID}} {days(regime.first, regime.last):<{_DAYS}}"
        binding = ", ".join(kind.value for kind in one.bindings)
        yield f"{cells} {binding:<{_BINDING}} {regime.mark.value}"
        yield hung(isolated(regime.title), "    ", "    ", width)
        if isinstance(one, InForce) and one.truth.value == "maybe":
            maybe += 1
            yield labelled("MAYBE", isolated(one.because), "    ", width, column=6)
    told = number_of(count, "regime", "regimes")
    doubtful = f", {maybe} of them MAYBE" if maybe else ""
    yield f"{told}{doubtful}. {_ENDS}"
    yield edition_line(register)


def edition_line(register: Register) -> str:
    """Say which register it is, how old, and how far its sources reach."""
    edition = register.edition
    return (
        f"Register of {edition.compiled}, newest source {edition.latest_source},"
        f" digest {register.digest[:16]}"
    )


def plain_regime(one: Regime | InForce) -> dict[str, Any]:
    """Return a line of the list as JSON."""
    regime = one.regime if isinstance(one, InForce) else one
    plain: dict[str, Any] = {
        "id": regime.id,
        "title": regime.title,
        "issuer": regime.issuer,
        "binding": [kind.value for kind in one.bindings],
        "status": regime.status.value,
        "first": regime.first.isoformat(),
        "mark": regime.mark.value,
    }
    if regime.last:
        plain["last"] = regime.last.isoformat()
    if isinstance(one, InForce):
        plain |= {"in_force": one.truth.value, "because": one.because}
    return plain


def plain_history(regime: Regime, register: Register) -> dict[str, Any]:
    """Return all of a regime as JSON, with the sources that it cites."""
    sources = {key: unstructure(register.source(key)) for key in regime.sources}
    return {"regime": unstructure(regime), "sources": sources}


def history_lines(
    regime: Regime, register: Register, width: int = WIDTH
) -> Iterator[str]:
    """Give the history of a regime as a timeline, with marks and sources."""
    yield hung(isolated(str(regime)), "", "  ", width)
    yield from _head(regime, register, width)
    yield "Timeline"
    for _, _, lines in sorted(_timeline(regime, width), key=lambda one: one[:2]):
        yield from lines
    yield from _exemptions(regime, width)
    yield from _rest(regime, width)
    yield "Sources"
    for key in regime.sources:
        source = register.source(key)
        text = f"{isolated(source.publisher)}: {isolated(source.title)}"
        yield labelled(key, f"{text} {isolated(source.url)}".rstrip(), "  ", width)
    yield _CODING
    yield f"{_ENDS} {_NO_ADVICE}"
    yield edition_line(register)


def _head(regime: Regime, register: Register, width: int) -> Iterator[str]:
    body = register.body(regime.bound)
    how = regime.binding.value
    rows = [
        ("issuer", regime.issuer),
        ("binding", f"{how}; who is bound or asked: {body.name}"),
        *(("target", _target(one)) for one in regime.targets),
        ("scope", regime.arms),
        ("services", ", ".join(one.value for one in regime.services)),
        ("in force", days(regime.first, regime.last)),
        ("status", _status(regime)),
        ("verified", f"{regime.mark.value} (the weaker of start and end)"),
        ("related", ", ".join(regime.related)),
        ("note", regime.note),
    ]
    for name, text in rows:
        if text:
            yield labelled(name, isolated(text), "  ", width)


def _target(target: Any) -> str:
    id_ = f" [{target.gazetteer}]" if target.gazetteer else ""
    was = [f"{one.gazetteer} until {one.until}" for one in target.former]
    notes = "; ".join([*was, *([target.note] if target.note else [])])
    return f"{target.name}{id_} ({target.type.value}{'; ' if notes else ''}{notes})"


def _status(regime: Regime) -> str:
    if regime.evidence is None:
        return regime.status.value
    told = f"{regime.status.value}; confirmed to {confirmed_until(regime)}"
    if sunset := regime.evidence.sunset:
        told += f"; {sunset.instrument} runs to {sunset.until} ({sunset.mark.value})"
        later = sunset.renewal_after
        told += f", a later renewal: {later}" if later else ""
    note = f"; {regime.evidence.note}" if regime.evidence.note else ""
    return f"{told}; newest evidence {regime.evidence.latest}{note}"


_Dated = tuple[date, int, Iterable[str]]


def _timeline(regime: Regime, width: int) -> Iterator[_Dated]:
    """Give what happened, with its day; on one day acts come before their phase."""
    yield regime.start.date, 0, _act("begins", regime.start, width)
    for amendment in regime.amendments:
        yield amendment.date, 1, _act(amendment.kind.value, amendment, width)
    for gap in regime.gaps:
        text = f"not in force to {gap.last}: {isolated(gap.why)}"
        yield (
            gap.first,
            2,
            [labelled(gap.first.isoformat(), text, "  ", width, column=12)],
        )
    for phase in regime.phases:
        yield phase.first, 2, _phase(regime, phase, width)
    if regime.end:
        kind = regime.end.kind.value if regime.end.kind else "ends"
        yield regime.end.date, 3, _act(kind, regime.end, width)


def _dated(day: date | None, text: str, width: int) -> str:
    """Return a line of the timeline; further ones of an act have no day."""
    return labelled(day.isoformat() if day else "", text, "  ", width, column=12)


def _act(what: str, act: Cited, width: int) -> Iterator[str]:
    text = f"{what}: {isolated(act.instrument)} ({_doubts(act)})"
    yield _dated(act.date, text, width)
    change = act.change if isinstance(act, Amendment) else ""
    detail = act.detail_mark if isinstance(act, Amendment) else ""
    other = ""
    if act.alt_date:
        note = f" ({act.alt_date.note})" if act.alt_date.note else ""
        mark = act.alt_date.mark.value
        other = f"another date: {act.alt_date.date}{note}, {mark}"
    told = [change, act.note, other, f"what it did: {detail}" if detail else ""]
    for line in [*told, f"sources: {', '.join(act.sources)}" if act.sources else ""]:
        if line:
            yield _dated(None, isolated(line), width)


def _doubts(act: Cited) -> str:
    doubts = [act.mark.value]
    doubts += ["day recalled"] * act.day_recalled
    doubts += ["number recalled"] * act.number_recalled
    return "; ".join(doubts)


def _phase(regime: Regime, phase: Phase, width: int) -> Iterator[str]:
    until = f"to {phase.last}" if phase.last else "on"
    head = f"phase {until}: {phase.target_kind.value}"
    binding = f"; {phase.binding.value}" if phase.binding else ""
    covered = (
        f"{head}; government {_COVERED[phase.state_forces]}, armed groups"
        f" {_COVERED[phase.non_state_forces]}, territory {phase.territory.value}"
        f"{binding}"
        f" ({regime.mark_of(phase).value})"
    )
    yield _dated(phase.first, covered, width)
    for measure in phase.measures:
        text = f"{measure.direction.value} it: {isolated(measure.arms)}"
        yield _dated(None, f"{text} [{_coding(measure)}]", width)
    if phase.note:
        yield _dated(None, isolated(phase.note), width)


def _coding(measure: Measure) -> str:
    """Say our coding of the words: `arms, ammunition; if military aircraft; ...`."""
    parts = [
        ("", measure.covers),
        ("if military ", measure.covers_if_military),
        ("maybe ", measure.may_cover),
    ]
    told = [
        head + ", ".join(nature.value for nature in natures)
        for head, natures in parts
        if natures
    ]
    for head, categories in (
        ("", measure.covers_categories),
        ("not ", measure.excludes_categories),
    ):
        if categories:
            told.append(head + ", ".join(map(str, categories)))
    return "; ".join(told)


def _exemptions(regime: Regime, width: int) -> Iterator[str]:
    if regime.exemptions:
        yield "Exemptions, with what must be done before"
    for one in regime.exemptions:
        yield hung(f"{isolated(one.ref)} ({_exemption(one)})", "  ", "    ", width)
        yield hung(isolated(one.text), "    ", "    ", width)


def _exemption(one: Exemption) -> str:
    sources = f"; {', '.join(one.sources)}" if one.sources else ""
    procedure, span = one.procedure.value, days(one.first, one.last)
    return f"procedure: {procedure}; {span}; {one.mark.value}{sources}"


def _rest(regime: Regime, width: int) -> Iterator[str]:
    parts = [
        f"{one.part} to {one.until}: {one.instrument} ({one.mark})"
        for one in regime.dated_parts
    ]
    answers = [
        f"{one.question} {one.answer} {' '.join(one.routes)} {one.supplier_bound}"
        f" {one.claim_to_record} ({one.mark})"
        for one in regime.questions
    ]
    for head, texts in (
        ("Parts that run out by themselves", parts),
        ("Where sources differ", regime.disagreements),
        ("Corrected in review", regime.corrections),
        ("Answered by hand", answers),
    ):
        if texts:
            yield head
        for text in texts:
            yield hung(isolated(text), "  ", "    ", width)
