"""The text form of an imprecise date: a profile of EDTF, read into days.

Source: Extended Date/Time Format, Library of Congress, 2019 (ISO 8601-2:2019). Of it:

- level 0: dates (`2025-12-23`, `2025-12`, `2025`) and intervals of them (`A/B`);
- level 1: `?`, `~` or `%` at the end of a date or of an interval's end; unspecified
  digits from the right (`2025-12-XX`, `2025-XX`, `2025-XX-XX`, `202X`, `20XX`);
  intervals with one end open (`2025/..`) or unknown (`2025/`);
- level 2: one of a set (`[2024,2025]`, `[2025-12-13..2025-12-21]`, `[..2025]`,
  `[2025..]`), its members plain dates.

Years run from 0001 to 9999, in the proleptic Gregorian calendar. Whatever else EDTF
has is refused by its name.
"""

import calendar
import re
from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_UNSPECIFIED = re.compile(
    r"[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-XX|[0-9]{4}-XX-XX|[0-9]{4}-[0-9]{2}-XX"
)
_QUALIFIERS = "?~%"
_BEYOND = date.max.toordinal() + 1

# Searched in this order for the first name that fits what was refused.
_NAMES = (
    (r"[^\x00-\x7f]", "it is ASCII, its digits too"),
    (r"\s", "there are no spaces in it"),
    (r"[{}]", "sets of all their members ({}) are not in it; make a claim of each"),
    (r"[0-9]T|:", "date-times are not in it; a clock time is a field of its own"),
    (r"-W", "weeks are not in it; give their days, [2025-12-15..2025-12-21]"),
    (r"^Y|[0-9]E", "years written with a letter are not in it"),
    (r"[0-9]S", "significant digits (level 2) are not in it"),
    (r"^-", "negative years are not in it"),
    (r"[?~%]", "one of ? ~ % stands at the end of a date; level 2 is not in it"),
    (r"X", "X stands at the right, in a year at most twice; level 2 is not in it"),
    (r"^[0-9]{4}-2[1-4]$", "seasons are not in it"),
    (r"^[0-9]{4}-(2[5-9]|3[0-9]|4[01])$", "parts of years (level 2) are not in it"),
)


class _OutsideError(ValueError):
    """A part of the text is outside the profile, for the reason given."""


@frozen
class Stretch:
    """Days in a row, both ends included.

    Attributes:
        first: The first day; None when it is open.
        last: The last day; None when it is open.
    """

    first: date | None
    last: date | None

    @property
    def low(self) -> int:
        """The first day's proleptic Gregorian ordinal; 0, before all, when open."""
        return 0 if self.first is None else self.first.toordinal()

    @property
    def high(self) -> int:
        """The last day's proleptic Gregorian ordinal; one after all when open."""
        return _BEYOND if self.last is None else self.last.toordinal()

    def lies_in(self, other: "Stretch") -> bool:
        """Tell whether every day of this is a day of *other*."""
        return other.low <= self.low and self.high <= other.high

    def meets(self, other: "Stretch") -> bool:
        """Tell whether the two have a day in common."""
        return self.low <= other.high and other.low <= self.high


@frozen
class Reading:
    """What an EDTF text says of days.

    Attributes:
        stretches: The days it may mean, sorted, with a gap between any two.
        first: Where its first day lies.
        last: Where its last day lies; one day somewhere is its own first and last.
        is_span: Whether it lasts from its first to its last day, all days between
            included; otherwise it is one day somewhere.
        qualifiers: Which of `?` (uncertain), `~` (approximate), `%` (both) it bears.
    """

    stretches: tuple[Stretch, ...]
    first: Stretch = field(kw_only=True)
    last: Stretch = field(kw_only=True)
    is_span: bool = field(kw_only=True)
    qualifiers: frozenset[str] = field(kw_only=True)

    @property
    def whole_days(self) -> tuple[Stretch, ...]:
        """The days that all of it may be: of a span, those on which both ends lie."""
        if not self.is_span:
            return self.stretches
        if not self.first.meets(self.last):
            return ()
        return (Stretch(self.last.first, self.first.last),)


def parse_edtf(text: str) -> Reading:
    """Read a date in our profile of EDTF.

    >>> parse_edtf("2025-12-XX").stretches[0].last
    datetime.date(2025, 12, 31)

    Raises:
        InvalidValueError: The text is no EDTF, is EDTF outside the profile, names a
            day that is in no calendar, ends before it begins, or bounds nothing
            (`../..`). The error says which: correct the text.
    """
    if not isinstance(text, str):
        raise InvalidValueError("date", text, "an EDTF date of our profile, as text")
    try:
        return _parse(text)
    except _OutsideError as outside:
        wanted = f"an EDTF date of our profile: {outside}"
        raise InvalidValueError("date", text, wanted) from None


def format_days(first: date | None, last: date | None) -> str:
    """Write one day somewhere from *first* to *last* as the shortest EDTF says it.

    Both ends are included; None is an open end, and at most one end is open.

    >>> format_days(date(2025, 7, 1), date(2025, 7, 31))
    '2025-07'
    >>> format_days(date(1960, 1, 1), date(1969, 12, 31))
    '196X'
    >>> format_days(date(2025, 7, 1), date(2025, 8, 31))
    '[2025-07..2025-08]'
    """
    begins_year = first is None or (first.month, first.day) == (1, 1)
    ends_year = last is None or (last.month, last.day) == (12, 31)
    begins_month = first is None or first.day == 1
    ends_month = last is None or last == _last_of_month(last.year, last.month)
    if begins_year and ends_year:
        length = len("YYYY")
    elif begins_month and ends_month:
        length = len("YYYY-MM")
    else:
        length = len("YYYY-MM-DD")
    low = first.isoformat()[:length] if first else ""
    high = last.isoformat()[:length] if last else ""
    if low == high:
        return low
    if (low[:3] + "0", low[:3] + "9") == (low, high):
        return low[:3] + "X"
    if (low[:2] + "00", low[:2] + "99") == (low, high):
        return low[:2] + "XX"
    return f"[{low}..{high}]"


def _parse(text: str) -> Reading:
    if text.startswith("["):
        reading = _somewhere(_members(text), frozenset())
    elif "/" in text:
        reading = _span(text)
    else:
        stem, qualifiers = _split_qualifier(text)
        reading = _somewhere([_date(stem)], qualifiers)
    if reading.stretches == (Stretch(None, None),):
        raise _OutsideError("open at both ends it bounds nothing; leave it out")
    return reading


def _somewhere(members: Iterable[Stretch], qualifiers: frozenset[str]) -> Reading:
    stretches = _joined(members)
    hull = Stretch(stretches[0].first, stretches[-1].last)
    return Reading(
        stretches, first=hull, last=hull, is_span=False, qualifiers=qualifiers
    )


def _joined(members: Iterable[Stretch]) -> tuple[Stretch, ...]:
    joined: list[Stretch] = []
    for member in sorted(members, key=lambda stretch: stretch.low):
        if joined and member.low <= joined[-1].high + 1:
            longer = max(joined[-1], member, key=lambda stretch: stretch.high)
            joined[-1] = Stretch(joined[-1].first, longer.last)
        else:
            joined.append(member)
    return tuple(joined)


def _span(text: str) -> Reading:
    ends = text.split("/")
    if len(ends) != 2:  # noqa: PLR2004 (a beginning and an end)
        raise _OutsideError("an interval has two ends, A/B")
    (first, first_qualifier), (last, last_qualifier) = map(_end_of_span, ends)
    if first.low > last.high:
        raise _OutsideError("an interval must not end before it begins")
    # 2025-06-15/2025-06 ends in June, but not before the 15th.
    first = Stretch(first.first, min(first, last, key=lambda end: end.high).last)
    last = Stretch(max(first, last, key=lambda end: end.low).first, last.last)
    return Reading(
        (Stretch(first.first, last.last),),
        first=first,
        last=last,
        is_span=True,
        qualifiers=first_qualifier | last_qualifier,
    )


def _end_of_span(text: str) -> tuple[Stretch, frozenset[str]]:
    if text in ("", ".."):
        return Stretch(None, None), frozenset()
    stem, qualifiers = _split_qualifier(text)
    if "X" in stem:
        raise _OutsideError(
            "unspecified digits in an interval's end (level 2) are not in it; write"
            " the month or the year alone"
        )
    return _date(stem), qualifiers


def _members(text: str) -> list[Stretch]:
    """Read `[...]`; a range may be open before the first and after the last member."""
    members = text[1:].removesuffix("]").split(",")
    if not text.endswith("]"):
        raise _OutsideError("one of a set is written [a,b] or [a..b], and ends so")
    if re.search(r"[X?~%]", text):
        raise _OutsideError("the members of a set bear no qualifier and no X")
    if len(members) == 1 and ".." not in members[0]:
        raise _OutsideError("a set has two members at least")
    return [
        _member(
            member,
            may_open=place == 0,
            may_stay_open=place == len(members) - 1,
        )
        for place, member in enumerate(members)
    ]


def _member(text: str, *, may_open: bool, may_stay_open: bool) -> Stretch:
    low, dots, high = text.partition("..")
    if not dots:
        return _plain(low)
    if not low and may_open:
        return Stretch(None, _plain(high).last)
    if not high and may_stay_open:
        return Stretch(_plain(low).first, None)
    first, last = _plain(low), _plain(high)
    if len(low) != len(high):
        raise _OutsideError("both ends of a range are days, or months, or years")
    if first.low > last.low:
        raise _OutsideError("a range must not end before it begins")
    return Stretch(first.first, last.last)


def _split_qualifier(text: str) -> tuple[str, frozenset[str]]:
    stem = text.rstrip(_QUALIFIERS)
    marks = text[len(stem) :]
    if len(marks) > 1:
        raise _OutsideError("one of ? ~ % stands at the end of a date; % is ? and ~")
    return stem, frozenset(marks)


def _date(text: str) -> Stretch:
    if not _UNSPECIFIED.fullmatch(text):
        return _plain(text)
    stem = text.replace("-XX", "")
    return Stretch(
        _plain(stem.replace("X", "0")).first, _plain(stem.replace("X", "9")).last
    )


def _plain(text: str) -> Stretch:
    match = _PLAIN.fullmatch(text)
    named = (reason for name, reason in _NAMES if re.search(name, text))
    if match is None:
        raise _OutsideError(
            next(named, "dates are written YYYY, YYYY-MM or YYYY-MM-DD")
        )
    year, month, day = match.groups()
    if year == "0000":
        raise _OutsideError("years run from 0001 to 9999")
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise _OutsideError(next(named, f"{text} is in no calendar")) from None
    if day:
        return Stretch(first, first)
    return Stretch(first, _last_of_month(first.year, int(month or 12)))


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
