"""Imprecise dates: which days a vague or doubtful date may mean, and what follows.

Every question about them has three answers (`Truth`). An answer is YES when it holds
whatever the date turns out to be, NO when it holds in no case, MAYBE otherwise.
"""

from datetime import date, datetime

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.edtf import Reading, Stretch, format_days, parse_edtf
from embargo_monitor.model.truth import Truth

QUALIFIERS = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}
"""What each mark of doubt says (EDTF, ISO 8601-2)."""


@frozen
class ImpreciseDate:
    """A date as precise as its source, and no more.

    Whole civil days as the source uses them: proleptic Gregorian calendar, zone
    unknown, both ends included, an end may be open. It is either *one day somewhere*
    among the days it may mean (`2025-12`: on some day of that month) or a *span*
    that lasts (`2025-01/2025-06`: from some day of January to some day of June, all
    days between included). An end that is open (`2025/..`) and one that is unknown
    (`2025/`) bound nothing alike.

    Two dates are equal when their texts are: `2025` and `2025-XX` mean the same days
    and are not equal. To compare what they mean, ask one of the relations; each takes
    the two dates as independent, even when they are one object.

    >>> told = ImpreciseDate("2025-12-23?")
    >>> visit = ImpreciseDate("[2025-12-13..2025-12-21]")
    >>> print(visit.is_before(told), visit.falls_within(date(2025, 12, 15), None))
    YES MAYBE
    >>> told.earliest, sorted(told.qualifiers)
    (datetime.date(2025, 12, 23), ['?'])

    Attributes:
        edtf: The text, in the profile of EDTF that `embargo_monitor.model.edtf` tells.
        reading: The text, read: where its first and its last day lie.

    Raises:
        InvalidValueError: The text is not in that profile; the error names what it
            holds that is not, or what contradicts itself. Correct the text.
    """

    edtf: str
    reading: Reading = field(init=False, eq=False, repr=False)

    @reading.default
    def _read(self) -> Reading:
        return parse_edtf(self.edtf)

    @classmethod
    def day(cls, day: date) -> "ImpreciseDate":
        """Build the date that means one known day.

        Raises:
            InvalidValueError: Not a `datetime.date`, or one with a clock time: which
                day that is depends on a zone, so choose the day first.
        """
        return cls.between(day, day)

    @classmethod
    def between(cls, earliest: date | None, latest: date | None) -> "ImpreciseDate":
        """Build one day somewhere from *earliest* to *latest*, both included.

        None is an open end. The text is the shortest that says it: a day, a month, a
        year, a decade, a century, else a set.

        >>> print(ImpreciseDate.between(date(2025, 7, 1), date(2025, 7, 31)))
        2025-07
        >>> print(ImpreciseDate.between(None, date(2025, 12, 23)))
        [..2025-12-23]

        Raises:
            InvalidValueError: Both ends are open (leave such a date out), the latest
                day is before the earliest, or an end has a clock time.
        """
        days = _window(earliest, latest)
        if earliest is None and latest is None:
            wanted = "bounded at one end at least; leave a date of no bounds out"
            raise InvalidValueError("date", (earliest, latest), wanted)
        return cls(format_days(days.first, days.last))

    @property
    def ranges(self) -> tuple[tuple[date | None, date | None], ...]:
        """The days it may mean: first and last day of each range, None when open.

        Sorted, and with a day between any two that it cannot mean. A span has one.
        """
        return tuple((days.first, days.last) for days in self.reading.stretches)

    @property
    def earliest(self) -> date | None:
        """The earliest day it may mean, or on which a span may begin; None: open."""
        return self.reading.first.first

    @property
    def latest(self) -> date | None:
        """The latest day it may mean, or on which a span may end; None: open."""
        return self.reading.last.last

    @property
    def is_span(self) -> bool:
        """Whether it lasts (`A/B`); otherwise it is one day somewhere."""
        return self.reading.is_span

    @property
    def qualifiers(self) -> frozenset[str]:
        """The doubt it bears: `?` uncertain, `~` approximate, `%` both.

        Doubt widens no bound and changes no relation; tell it beside the answer.
        """
        return self.reading.qualifiers

    def falls_within(self, start: date | None, end: date | None) -> Truth:
        """Tell whether it lies between *start* and *end*, both included.

        None is an open end. A span lies within when all its days do, and does not
        when none do; MAYBE also stands for a span that lies there in part.

        Raises:
            InvalidValueError: The end is before the start, or one has a clock time.
        """
        window = _window(start, end)
        stretches = self.reading.stretches
        if all(days.lies_in(window) for days in stretches):
            return Truth.YES
        return _possible(any(days.meets(window) for days in stretches))

    def is_before(self, other: "ImpreciseDate") -> Truth:
        """Tell whether its last day is before the first day of *other*."""
        mine, theirs = self.reading.last, other.reading.first
        if mine.high < theirs.low:
            return Truth.YES
        return _possible(mine.low < theirs.high)

    def is_after(self, other: "ImpreciseDate") -> Truth:
        """Tell whether its first day is after the last day of *other*."""
        return other.is_before(self)

    def is_same_day(self, other: "ImpreciseDate") -> Truth:
        """Tell whether the two are one and the same day.

        A span of several days is no day; one that may be of a single day may be it.
        """
        known = self.earliest is not None and self.earliest == self.latest
        if known and self.ranges == other.ranges:
            return Truth.YES
        return _possible(_meet(self.reading.whole_days, other.reading.whole_days))

    def overlaps(self, other: "ImpreciseDate") -> Truth:
        """Tell whether the two have a day in common.

        Of two spans that is any common day; of two days, that they are the same.
        """
        if not _meet(self.reading.stretches, other.reading.stretches):
            return Truth.NO
        return ~self.is_before(other) & ~self.is_after(other)

    def __str__(self) -> str:
        return self.edtf


def _possible(answer: bool) -> Truth:  # noqa: FBT001 (it turns a bool into an answer)
    return Truth.MAYBE if answer else Truth.NO


def _meet(mine: tuple[Stretch, ...], theirs: tuple[Stretch, ...]) -> bool:
    return any(one.meets(other) for one in mine for other in theirs)


def _window(first: date | None, last: date | None) -> Stretch:
    for day in (first, last):
        # A datetime is a date to Python, but which civil day it is hangs on a zone.
        if day is not None and (isinstance(day, datetime) or not isinstance(day, date)):
            raise InvalidValueError("date", day, "a day without a clock time, or None")
    window = Stretch(first, last)
    if window.high < window.low:
        raise InvalidValueError("date", last, f"on or after {first}, where it begins")
    return window
