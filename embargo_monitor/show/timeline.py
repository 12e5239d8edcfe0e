"""A timeline in words, JSON and CSV: day by day, who says what was then."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from attrs import field, frozen

from embargo_monitor.model.stances import Known
from embargo_monitor.model.views import Told, taken_back
from embargo_monitor.query.timeline import Point
from embargo_monitor.show.claims import ClaimPrinter, taken_line, voice_line
from embargo_monitor.show.dates import date_line
from embargo_monitor.show.matches import csv_row, plain_claim
from embargo_monitor.show.text import (
    WIDTH,
    hung,
    labelled,
    without_isolates,
)

COLUMNS = (
    *("first", "last", "date", "told_by", "label", "content", "stance", "hedge"),
    *("taken_back", "voice", "claim", "event"),
)
"""The columns of the table that `timeline_csv` writes."""


@frozen
class Shown:
    """What is shown of a timeline.

    Attributes:
        points: The claims, in their order.
        beside: Claims that may take back what these say.
    """

    points: Sequence[Point]
    beside: tuple[Told, ...] = field(default=(), repr=False)

    def printer(self, told: Told) -> ClaimPrinter:
        """Return what prints a claim."""
        return ClaimPrinter(told.report, {}, beside=self.beside)

    def taken_back(self) -> Mapping[str, tuple[Told, ...]]:
        """Return who took back which claim, by its id."""
        return taken_back((*(one.told for one in self.points), *self.beside))


def timeline_lines(shown: Shown, width: int = WIDTH) -> Iterator[str]:
    """Give a timeline: each date once, and under it what is told of it."""
    for at, (head, points) in enumerate(groupby(shown.points, key=_head)):
        yield from [""] * bool(at)
        yield hung(head, "", "  ", width)
        for point in points:
            yield from _point_lines(shown, point, width)


def _head(point: Point) -> str:
    if point.date is not None:
        return date_line(point.date)
    if point.told_by is None:
        return "no day is given"
    return f"no day is given; told as past, so not after {point.told_by} (inferred)"


def _point_lines(shown: Shown, point: Point, width: int) -> Iterator[str]:
    told = point.told
    printer = shown.printer(told)
    label, content = printer.content(told.claim)
    said = f"{taken_line(told.claim)}{content}{_read(told)}{printer.mark(told)}"
    yield labelled(label, said, width=width)
    yield labelled("", f"{voice_line(told)}  [{told.id}]", width=width)


def _read(told: Told) -> str:
    """Say how the date was read, where the source does not print it."""
    when = getattr(told.claim, "when", None)
    if when is None or when.rule is None:
        return ""
    inferred = ", inferred" if when.known is Known.INFERRED else ""
    return f" (date by the rule {when.rule}{inferred})"


def plain_points(shown: Shown) -> Iterator[dict[str, Any]]:
    """Give the points as JSON."""
    back = shown.taken_back()
    for point in shown.points:
        low = point.date.earliest if point.date else None
        high = point.date.latest if point.date else None
        yield {
            "date": str(point.date) if point.date else None,
            "first": low.isoformat() if low else None,
            "last": high.isoformat() if high else None,
            "told_by": point.told_by.isoformat() if point.told_by else None,
            "taken_back_by": [one.id for one in back.get(point.told.id, ())],
            **plain_claim(point.told),
        }


def timeline_csv(shown: Shown) -> Iterator[str]:
    """Give the points as CSV, the heads of the columns first; no cell is a formula."""
    yield csv_row(COLUMNS)
    for point, plain in zip(shown.points, plain_points(shown), strict=True):
        told = point.told
        label, content = shown.printer(told).content(told.claim)
        cells = {
            **plain,
            "label": label,
            "content": without_isolates(content),
            "stance": told.claim.stance.value,
            "hedge": told.claim.hedge.value,
            "taken_back": "; ".join(plain["taken_back_by"]),
            "claim": told.id,
            "event": f"{told.report.id}#{told.claim.about.id}",
        }
        yield csv_row(str(cells[name] or "") for name in COLUMNS)
