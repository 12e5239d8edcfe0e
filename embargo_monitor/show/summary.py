"""A report in short: one paragraph for each event, nothing in it but what is said."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.claims import (
    AnyClaim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    StageIs,
    ValueIs,
)
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.doubts import doubts
from embargo_monitor.model.events import Event
from embargo_monitor.model.origins import Origins, origins
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stances import Hedge, Weight
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import (
    Dispute,
    Told,
    counted,
    disputed,
    disputes,
    figures,
    parties,
    stages,
    told_in,
)
from embargo_monitor.model.vocabulary import Role
from embargo_monitor.show.claims import ClaimPrinter, goods_line, named_line, voice_line
from embargo_monitor.show.dates import date_line
from embargo_monitor.show.text import isolated, labelled, named


@frozen
class Reached:
    """A stage that claims say was reached, with the first date given for it.

    Attributes:
        stage: The stage, a hedge behind it.
        date: EDTF, or empty where nobody gives one.
        rests_on: What the date rests on that is not printed in the document.
    """

    stage: str
    date: str
    rests_on: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.stage}{_dated(self.date, self.rests_on)}"


def _dated(date: str, rests_on: tuple[str, ...]) -> str:
    """Say a date after something, and what sort of doubt it rests on."""
    if not date:
        return ""
    said = f", {date_line(ImpreciseDate(date))}"
    if not rests_on:
        return said
    inferred = any("inferred" in doubt for doubt in rests_on)
    return f"{said} ({'inferred' if inferred else 'doubtful'})"


def _date(told: Told) -> tuple[str, tuple[str, ...]]:
    """Return the date that a claim gives, if any, and what it rests on."""
    when = getattr(told.claim, "when", None)
    if when is None:
        return "", ()
    rests = doubts(told.report, when, told.claim)
    return str(when.date), tuple(map(str, rests))


@frozen
class Summary:
    """What claims make of one event of one report; nothing in it but what is said.

    Attributes:
        event: `report-id#event-id`.
        kind: What sort of event.
        title: The logger's words for it.
        suppliers: Those whom claims that count call so, a hedge behind the name.
        recipients: The same.
        goods: The same; what is only named is never among them.
        stages: The same, each once.
        not_counted: Claims with a stance that does not count, and whose it is; the
            hedge and the date with each.
        origins: Independent origins of the stages that count.
        disputed: Whether claims about it cannot all hold.
        claims: How many there are.

    Names in these texts are isolated, as for printing; `plain_summary` gives them
    without.
    """

    event: str
    kind: str
    title: str
    suppliers: tuple[str, ...]
    recipients: tuple[str, ...]
    goods: tuple[str, ...]
    stages: tuple[Reached, ...]
    not_counted: tuple[str, ...]
    origins: Origins
    disputed: Truth
    claims: int


def summarise(report: Report, event: Event, beside: tuple[Told, ...] = ()) -> Summary:
    """Say what claims make of an event of a report.

    Args:
        report: The report.
        event: The event.
        beside: Claims of other reports that may take back what the report tells.
    """
    printer = ClaimPrinter(report, {}, beside=beside)
    told = told_in(report, About(AboutKind.EVENT, event.id))
    for_ = counted(told, printer.around)
    return Summary(
        event=f"{report.id}#{event.id}",
        kind=event.kind.value,
        title=event.title,
        suppliers=_sides(report, for_, Role.SUPPLIER),
        recipients=_sides(report, for_, Role.RECIPIENT),
        goods=_goods(for_),
        stages=reached(for_),
        not_counted=_not_counted(printer, told),
        origins=origins(stages(for_)),
        disputed=disputed(told, beside=printer.around),
        claims=len(told),
    )


def summary_lines(report: Report, width: int) -> Iterator[str]:
    """Give a report in short; every part of it stands in full further down."""
    yield "IN SHORT, as reported (recipient <- supplier; A > B: A told, B passed it on)"
    for event in report.events:
        for at, part in enumerate(_parts(report, event)):
            yield labelled("" if at else event.id, part, width=width)


def _parts(report: Report, event: Event) -> Iterator[str]:
    summary = summarise(report, event)
    told = told_in(report, About(AboutKind.EVENT, event.id))
    printer = ClaimPrinter(report, {})
    sides = (summary.recipients, summary.suppliers)
    heads = (
        " <- ".join(", ".join(side) or "unknown" for side in sides)
        if any(sides)
        else named(event.title),
        "; ".join(summary.goods),
        "; ".join(map(str, summary.stages)),
    )
    yield ": ".join(filter(None, heads))
    yield from _figures(printer, told)
    yield f"independent origins: {count_line(summary.origins)}"
    yield from (
        _embargo(one, one.claim)
        for one in counted(told, printer.around)
        if isinstance(one.claim, EmbargoIs)
    )
    yield from summary.not_counted
    for one in told:
        if isinstance(one.claim, MentionIs):
            said = hedged(named_line(report, one.claim), one.claim)
            yield f"NOT goods, {said}{printer.mark(one)}"


def _figures(printer: ClaimPrinter, told: tuple[Told, ...]) -> Iterator[str]:
    found = disputes(told, beside=printer.around)
    yield from (dispute_line(one) for one in found)
    disputed_ = {one.id for dispute in found for one in dispute.told}
    for one in counted(told, printer.around):
        if isinstance(one.claim, ValueIs) and one.id not in disputed_:
            figure = hedged(str(one.claim.amount), one.claim)
            yield f"{one.claim.of.value}: {figure} ({voice_line(one)})"


def hedged(text: str, claim: AnyClaim) -> str:
    """Put the speaker's hedge behind *text*; nothing where there is none."""
    return text if claim.hedge is Hedge.NONE else f"{text} ({claim.hedge.value})"


def _sides(report: Report, told: tuple[Told, ...], role: Role) -> tuple[str, ...]:
    names = {actor.id: named(actor.names[0].text) for actor in report.actors}
    return _once(
        hedged(names[one.claim.actor], one.claim)
        for one in parties(told, role)
        if isinstance(one.claim, PartyIs)
    )


def _goods(told: tuple[Told, ...]) -> tuple[str, ...]:
    return _once(
        hedged(goods_line(one.claim), one.claim)
        for one in told
        if isinstance(one.claim, GoodsAre)
    )


def reached(told: tuple[Told, ...]) -> tuple[Reached, ...]:
    """Return the stages that claims tell of, each once, with its first date."""
    found: dict[str, Reached] = {}
    for one in told:
        if isinstance(one.claim, StageIs):
            stage = hedged(one.claim.stage.value, one.claim)
            if stage not in found or not found[stage].date:
                found[stage] = Reached(stage, *_date(one))
    return tuple(found.values())


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _not_counted(printer: ClaimPrinter, told: tuple[Told, ...]) -> tuple[str, ...]:
    return tuple(
        f"{one.claim.stance.value.upper()} ({voice_line(one)}):"
        f" {hedged(': '.join(printer.content(one.claim, named)), one.claim)}"
        f"{_dated(*_date(one))}{printer.mark(one)}"
        for one in told
        if one.claim.stance.weight is not Weight.FOR
    )


def _embargo(told: Told, claim: EmbargoIs) -> str:
    unclear = "; by whom is unclear" if len(told.voice.starts) > 1 else ""
    said = ClaimPrinter(told.report, {}).content(claim)[1]
    position = hedged(said, claim)
    return f"embargo {position} ({voice_line(told)} {claim.stance.value} it{unclear})"


def count_line(found: Origins) -> str:
    """Say a count of origins: one number where both ends agree."""
    if found.at_least == found.at_most:
        return str(found.at_least)
    return str(found)


def origins_line(found: Origins) -> str:
    """Say a count of origins, and why it is that many."""
    reasons = "; ".join(isolated(reason) for reason in found.reasons)
    why = f": {reasons}" if reasons else ": no claim of a stage counts"
    return f"{count_line(found)} independent{why}"


def dispute_line(dispute: Dispute) -> str:
    """Say a dispute: what it is about, and who says what."""
    sure = "DISPUTED" if dispute.certainty is Truth.YES else "perhaps disputed"
    sides = " against ".join(
        f"{hedged(_side(told, dispute.slot), told.claim)} ({voice_line(told)})"
        for told in dispute.told
    )
    return f"{sure}, {_slot(dispute)}: {sides}"


def _slot(dispute: Dispute) -> str:
    """Say a slot; the name in it, if there is one, is from outside."""
    head, _, rest = dispute.slot.partition(" of ")
    if head == "position":
        return f"position of {named(rest)}"
    if head == "quantity":
        claim = dispute.told[0].claim
        assert isinstance(claim, GoodsAre)  # noqa: S101 (nothing else has quantities)
        line = claim.line or claim.item.name
        return f"quantity of {named(line)}{rest.removeprefix(line)}"
    return dispute.slot


def _side(told: Told, slot: str) -> str:
    """Say what a claim puts into a slot, or what it says or denies; without a hedge."""
    figure = figures(told.claim).get(slot)
    if isinstance(figure, ImpreciseDate):
        return date_line(figure)
    if figure is not None:
        return str(figure)
    if told.claim.stance.weight is Weight.FOR:
        return ": ".join(ClaimPrinter(told.report, {}).content(told.claim, named))
    return told.claim.stance.value
