"""Spans of days, and what follows for a date that is imprecise."""

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.truth import Truth

_DAY = timedelta(days=1)


@frozen
class Span:
    """Days in a row, both ends included; None is an open end.

    Raises:
        InvalidValueError: The last day is before the first.
    """

    first: date | None = None
    last: date | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        require_order(self.first, self.last)

    def holds(self, other: "Span") -> bool:
        """Whether all days of *other* are among these."""
        return self.low <= other.low and other.high <= self.high

    def meets(self, other: "Span") -> bool:
        """Whether some day of *other* is among these."""
        return self.low <= other.high and other.low <= self.high

    @property
    def low(self) -> date:
        """The first day; where it is open, the first of all."""
        return self.first or date.min

    @property
    def high(self) -> date:
        """The last day; where it is open, the last of all."""
        return self.last or date.max


def require_order(first: date | None, last: date | None) -> None:
    """Refuse a last day before the first.

    Raises:
        InvalidValueError: It is; correct one of the two.
    """
    if first and last and last < first:
        raise InvalidValueError("last", last.isoformat(), f"on or after {first}")


def days_of(on: ImpreciseDate | date) -> tuple[Span, ...]:
    """Return the days that *on* may mean.

    Raises:
        InvalidValueError: It has a clock time: which day that is depends on a zone.
    """
    if not isinstance(on, ImpreciseDate):
        on = ImpreciseDate.day(on)
    return tuple(Span(first, last) for first, last in on.ranges)


def answer(
    on: ImpreciseDate | date, certain: Iterable[Span], possible: Iterable[Span]
) -> Truth:
    """Tell whether *on* falls on days for which something holds.

    YES when it holds on every day that is meant, NO when it may hold on none. A date
    that is a span is YES when it holds all along.

    Args:
        on: The date.
        certain: Days on which it holds.
        possible: Days on which it may hold; *certain* ones are among them.
    """
    days = days_of(on)
    sure, open_ = joined(certain), tuple(possible)
    if all(any(span.holds(one) for span in sure) for one in days):
        return Truth.YES
    if any(span.meets(one) for span in open_ for one in days):
        return Truth.MAYBE
    return Truth.NO


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans together that overlap or follow on one another."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.first or date.min):
        before = found[-1] if found else None
        if before and (before.last is None or _touch(before.last, span.first)):
            lasts = (before.last, span.last)
            last = None if None in lasts else max(filter(None, lasts))
            found[-1] = Span(before.first, last)
        else:
            found.append(span)
    return tuple(found)


def _touch(last: date, first: date | None) -> bool:
    return first is None or first <= day_after(last)


def day_after(day: date) -> date:
    """Return the next day."""
    return day + _DAY


def day_before(day: date) -> date:
    """Return the day before."""
    return day - _DAY


def month_of(day: date) -> Span:
    """Return the month in which *day* lies."""
    first = day.replace(day=1)
    return Span(first, day_before((first + 31 * _DAY).replace(day=1)))
