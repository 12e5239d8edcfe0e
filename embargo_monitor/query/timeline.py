"""Claims in the order of time: of what happened when, or of what was published when.

On a timeline stand the steps of a transfer, dated or not, and whatever else carries a
date: a figure of 2024, a position taken on a day. It says what is *told* to have been
then. Dates are imprecise, and nothing is moved to a day that nobody gives.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from attrs import field, frozen

from embargo_monitor.model.claims import StageIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.stances import Weight
from embargo_monitor.model.views import Told
from embargo_monitor.query.tellings import published_of
from embargo_monitor.regimes.grounds import bound_of


@frozen
class Point:
    """A claim, at its place in time.

    Attributes:
        told: The claim.
        date: When that was: whole civil days, both ends included; None where nobody
            says.
        told_by: Where nobody says, the last day on which it can have been, inferred
            from that it was told as past; None where that is not known either.
    """

    told: Told
    date: ImpreciseDate | None
    told_by: dt.date | None = field(default=None)


def happened(told: Iterable[Told]) -> tuple[Point, ...]:
    """Return claims in the order of what they are told to have been when.

    The order is that of the first day that a date may mean, an open beginning first;
    of equal ones that of the last day, an open end last; else that in which they were
    given. What has no date comes last, by the day by which it was told.

    >>> import embargo_monitor as em
    >>> report = em.seed_report().report
    >>> for point in happened(em.told_in(report))[:2]:
    ...     print(point.date, point.told.claim.id)
    196X sixties.says
    2025-07 july-visit.stage
    """
    return _in_order(told, _when)


def published(told: Iterable[Told]) -> tuple[Point, ...]:
    """Return the same claims in the order in which their reports were published."""
    return _in_order(told, published_of)


def _when(one: Told) -> ImpreciseDate | None:
    when = getattr(one.claim, "when", None)
    return when.date if when else None


def _in_order(
    told: Iterable[Told], dated: Callable[[Told], ImpreciseDate | None]
) -> tuple[Point, ...]:
    points = (
        Point(one, dated(one), _bound(one) if dated is _when else None)
        for one in told
        if isinstance(one.claim, StageIs) or _when(one)
    )
    return tuple(sorted(points, key=_place))


def _bound(one: Told) -> dt.date | None:
    """Return the day by which an undated step was told of, where it was told at all."""
    if _when(one) or one.claim.stance.weight is not Weight.FOR:
        return None
    found = bound_of((one,))
    return found.day.latest if found else None


def _place(point: Point) -> tuple[bool, dt.date, dt.date]:
    if point.date is None:
        told_by = point.told_by or dt.date.max
        return True, told_by, told_by
    first, last = point.date.earliest, point.date.latest
    return False, first or dt.date.min, last or dt.date.max
