"""Other calendars by arithmetic: what days a printed date of theirs may mean.

Two of them no arithmetic settles: a lunar month begins when the moon is seen, and a
solar Hijri year with the equinox. So a record keeps the days that somebody else's
table gave, and this only tells whether they can be those of the printed date. Nothing
here hangs on a table or a package: a record stays as readable as it was.
"""

import re
from collections.abc import Callable
from datetime import date

from attrs import frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate

_PRINTED = re.compile(r"(?!0000)([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# 1 Muharram 1, 1 Farvardin 1 and 1 January 1 of the Julian calendar, in the Gregorian,
# as days from 31 December of the year 0.
_LUNAR_EPOCH = date(622, 7, 19).toordinal()
_SOLAR_EPOCH = date(622, 3, 21).toordinal()
_JULIAN_EPOCH = -1


def _lunar(year: int, month: int) -> int:
    """Count the days to a month's first: 11 leap years of 355 days in 30."""
    passed = year - 1
    leaps = (11 * passed + 14) // 30
    return _LUNAR_EPOCH + 354 * passed + leaps + 30 * (month - 1) - (month - 1) // 2


def _solar(year: int, month: int) -> int:
    """Count the days to a month's first: 8 leap years in 33; six months have 31."""
    long = min(month - 1, 6)
    leaps = (8 * year + 21) // 33
    return _SOLAR_EPOCH + 365 * (year - 1) + leaps + 30 * (month - 1) + long


def _julian(year: int, month: int) -> int:
    """Count the days to a month's first: every fourth year is a leap year."""
    leap = month > 2 and year % 4 == 0  # noqa: PLR2004 (after February)
    passed = year - 1
    return (
        _JULIAN_EPOCH + 365 * passed + passed // 4 + sum(_LENGTHS[: month - 1]) + leap
    )


@frozen
class Calendar:
    """A calendar, and how far the days of a right record may lie from its arithmetic.

    Attributes:
        begins: Counts the days to a month's first from 31 December of the year 0.
        longest: How many days each month has at most.
        slack: By how many days each end may lie off.
    """

    begins: Callable[[int, int], int]
    longest: tuple[int, ...]
    slack: int

    def days(self, printed: str) -> tuple[int, int] | None:
        """Give the first and the last day of a printed date, as Gregorian ordinals.

        Args:
            printed: `1444`, `1444-03` or `1444-03-12`.

        Returns:
            The two, also where they leave the years 0001 to 9999; None if that is no
            date of the calendar.
        """
        match = _PRINTED.fullmatch(printed)
        if match is None:
            return None
        year, month, day = (int(part or 0) for part in match.groups())
        if not match[2]:
            return self.begins(year, 1), self.begins(year + 1, 1) - 1
        if not 1 <= month <= len(self.longest):
            return None
        first = self.begins(year, month)
        last = self.begins(year + month // 12, month % 12 + 1) - 1
        if not match[3]:
            return first, last
        # Where the arithmetic is not the calendar, the longest month may have come.
        longest = self.longest[month - 1] if self.slack else last - first + 1
        return (first + day - 1,) * 2 if 1 <= day <= longest else None


CALENDARS = {
    "hijri-lunar@1": Calendar(_lunar, (30,) * 12, slack=5),
    "hijri-solar@1": Calendar(_solar, (31,) * 6 + (30,) * 6, slack=3),
    "julian@1": Calendar(_julian, _LENGTHS, slack=0),
}
"""The calendars that rules name, by the rule."""


def require_fitting(rule: str, printed: str, days: ImpreciseDate) -> None:
    """Refuse days that the printed date of another calendar cannot mean.

    Raises:
        InvalidValueError: An end is open, or lies further from where arithmetic puts
            it than any table or sighting does; or the text is not the shortest.
    """
    calendar = CALENDARS[rule]
    reckoned = calendar.days(printed)
    ends = (days.earliest, days.latest)
    fits = reckoned is not None and all(
        end is not None and abs(end.toordinal() - by_arithmetic) <= calendar.slack
        for end, by_arithmetic in zip(ends, reckoned, strict=True)
    )
    if not fits or days != ImpreciseDate.between(*ends):
        wanted = f"days that {printed} can mean by {rule}, in the shortest text"
        raise InvalidValueError("date", str(days), wanted)
