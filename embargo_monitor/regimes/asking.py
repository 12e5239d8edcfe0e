"""Asking a regime what was in force on a day, and what it covered then."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.relevances import Mark
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.parts import Exemption, Phase
from embargo_monitor.regimes.regime import Regime
from embargo_monitor.regimes.spans import (
    Span,
    answer,
    day_after,
    day_before,
    days_of,
    joined,
    month_of,
)
from embargo_monitor.regimes.words import Binding, Status, weakest


@frozen(kw_only=True)
class InForce:
    """Whether a regime was in force on a date, and why we say so.

    Attributes:
        regime: The regime.
        truth: The answer.
        because: Why, as a sentence without its full stop.
        mark: How well the acts are verified that it rests on.
        bindings: How it bound then: one, or one of each phase that is possible; none
            where it was not in force.
    """

    regime: Regime
    truth: Truth
    because: str
    mark: Mark
    bindings: tuple[Binding, ...]


@frozen(kw_only=True)
class PhaseOn:
    """A phase that held, or may have held, on a date.

    Attributes:
        phase: The phase.
        truth: YES or MAYBE.
        mark: How well its first day is verified.
    """

    phase: Phase
    truth: Truth
    mark: Mark


@frozen(kw_only=True)
class ExemptionOn:
    """An exemption that was open, or may have been, on a date.

    Attributes:
        exemption: The exemption.
        truth: YES or MAYBE.
    """

    exemption: Exemption
    truth: Truth


def in_force(regime: Regime, on: ImpreciseDate | date) -> InForce:
    """Tell whether *regime* was in force on a date, by its phases.

    MAYBE where the date may be a day within and a day without; within the month of a
    first or last day that is recalled; and after the day to which it is confirmed
    (`confirmed_until`). A gap is NO, and says why.

    Raises:
        InvalidValueError: The date has a clock time: choose the day first.
    """
    blocks = _blocks(regime)
    truth = answer(
        on,
        [one for block in blocks for one in _certain(regime, block)],
        [_possible(regime, block) for block in blocks],
    )
    if truth is Truth.NO:
        told = dict(_why_not(regime, one) for one in days_of(on))
        because, mark = "; ".join(told), weakest(told.values())
    elif truth is Truth.YES:
        because, mark = _since(regime, on), regime.mark
    else:
        because, mark = "; ".join(_why_maybe(regime, on)), regime.mark
    bindings = (regime.binding_in(one.phase) for one in phases_on(regime, on))
    return InForce(
        regime=regime,
        truth=truth,
        because=because,
        mark=mark,
        bindings=tuple(dict.fromkeys(bindings)),
    )


def phases_on(regime: Regime, on: ImpreciseDate | date) -> tuple[PhaseOn, ...]:
    """Return the phases of *regime* that held or may have held on a date, in order.

    Raises:
        InvalidValueError: The date has a clock time: choose the day first.
    """
    found = []
    for phase in regime.phases:
        certain = _certain(regime, phase.span)
        truth = answer(on, certain, [_possible(regime, phase.span)])
        if truth is not Truth.NO:
            mark = regime.mark_of(phase)
            found.append(PhaseOn(phase=phase, truth=truth, mark=mark))
    return tuple(found)


def exemptions_on(regime: Regime, on: ImpreciseDate | date) -> tuple[ExemptionOn, ...]:
    """Return the exemptions that were or may have been open, as the file has them.

    Raises:
        InvalidValueError: The date has a clock time: choose the day first.
    """
    standing = in_force(regime, on).truth
    found = []
    for exemption in regime.exemptions:
        span = exemption.span
        truth = standing & answer(on, [span], [span])
        if truth is not Truth.NO:
            found.append(ExemptionOn(exemption=exemption, truth=truth))
    return tuple(found)


def confirmed_until(regime: Regime) -> date | None:
    """Return the last day for which a regime that lasts is confirmed; None: it ended.

    That is the end of its last known renewal; the newest evidence, where it was
    dormant or disputed; and never later than the day on which it was checked.
    """
    evidence = regime.evidence
    if evidence is None:
        return None
    days = [regime.checked]
    if evidence.sunset:
        days.append(evidence.sunset.until)
    elif regime.status is not Status.IN_FORCE:
        days.append(evidence.latest)
    return min(days)


def _certain(regime: Regime, span: Span) -> Iterator[Span]:
    first, last = span.first, span.last or confirmed_until(regime)
    if first and _is_recalled(regime, first):
        first = day_after(month_of(first).last or first)
    if span.last and _is_recalled(regime, day_after(span.last)):
        last = day_before(month_of(day_after(span.last)).first or span.last)
    if not (first and last and last < first):
        yield Span(first, last)


def _possible(regime: Regime, span: Span) -> Span:
    first, last = span.first, span.last
    if first and _is_recalled(regime, first):
        first = month_of(first).first
    if last and _is_recalled(regime, day_after(last)):
        last = month_of(day_after(last)).last
    return Span(first, last)


def _is_recalled(regime: Regime, day: date) -> bool:
    return any(act.day_recalled for act in regime.acts_on(day))


def _blocks(regime: Regime) -> tuple[Span, ...]:
    """Return the days in force, without the gaps."""
    return joined(phase.span for phase in regime.phases)


def _since(regime: Regime, on: ImpreciseDate | date) -> str:
    [first, *_] = days_of(on)
    [block] = [one for one in _blocks(regime) if one.holds(first)]
    end = f"to {block.last}" if block.last else "on, and not ended"
    return f"in force from {block.first} {end} ({regime.start})"


def _why_not(regime: Regime, days: Span) -> tuple[str, Mark]:
    """Say why nothing was barred on days in a row."""
    for gap in regime.gaps:
        if Span(gap.first, gap.last).holds(days):
            why = gap.why.rstrip(".")
            return f"not in force from {gap.first} to {gap.last}: {why}", regime.mark
    if Span(None, day_before(regime.first)).holds(days):
        return f"begins on {regime.first} ({regime.start})", regime.start.mark
    end = regime.end
    how = f", {end.kind.value}" if end and end.kind else ""
    mark = end.mark if end else regime.mark
    return f"its last day is {regime.last}{how} ({end})", mark


def _why_maybe(regime: Regime, on: ImpreciseDate | date) -> Iterator[str]:
    days = days_of(on)
    confirmed = confirmed_until(regime)
    if confirmed and any(Span(day_after(confirmed)).meets(one) for one in days):
        yield _unconfirmed(regime, confirmed)
    blocks = _blocks(regime)
    for block in blocks:
        for what, day in _recalled_ends(regime, block):
            if any(month_of(day).meets(one) for one in days):
                shown = day_before(day) if what == "last" else day
                yield f"its {what} day, {shown}, is recalled; the sources give less"
    possible = [_possible(regime, block) for block in blocks]
    if answer(on, possible, possible) is not Truth.YES:
        told = ", ".join(f"{one.first} to {one.last or 'now'}" for one in blocks)
        yield f"the date may be a day within or without what was in force: {told}"


def _recalled_ends(regime: Regime, block: Span) -> Iterator[tuple[str, date]]:
    if block.first and _is_recalled(regime, block.first):
        yield "first", block.first
    if block.last and _is_recalled(regime, day_after(block.last)):
        yield "last", day_after(block.last)


def _unconfirmed(regime: Regime, confirmed: date) -> str:
    evidence = regime.evidence
    if regime.status is Status.UNCERTAIN:
        return f"never formally ended, dormant or disputed; confirmed to {confirmed}"
    if evidence and evidence.sunset and evidence.sunset.until == confirmed:
        later = evidence.sunset.renewal_after
        told = f"; a later renewal: {later}" if later else ""
        return f"confirmed to {confirmed} by {evidence.sunset.instrument}{told}"
    return f"confirmed to {confirmed}, when the register was last checked"
