"""Dates of other calendars, by the tables of two packages and by arithmetic.

Only while a form is read: a record keeps the days, and needs no package to be read.
The packages, `hijridate` and `persiantools`, come with the extra `calendars`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from embargo_monitor.errors import AuthoringError, InvalidValueError
from embargo_monitor.model.calendars import CALENDARS
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.rules import Rule

_DAY = timedelta(days=1)
_LUNAR_YEARS = range(1343, 1501)
_SOLAR_YEARS = range(1304, 1501)

_Month = Callable[[int, int], tuple[date, int]]
"""From a year and month to its first day and its length."""


def convert(rule: Rule) -> ImpreciseDate:
    """Tell which days the printed date of another calendar means.

    >>> print(convert(Rule("hijri-lunar@1", "1447-07-03")))
    [2025-12-22..2025-12-24]
    >>> print(convert(Rule("hijri-solar@1", "1396-10")))
    [2017-12-22..2018-01-20]
    >>> print(convert(Rule("julian@1", "1917-10-25")))
    1917-11-07

    Args:
        rule: `hijri-lunar@1`, `hijri-solar@1` or `julian@1`, with what was printed.

    Returns:
        One day somewhere. The lunar calendar is that of Umm al-Qura, and reaches one
        day further on either side: countries sight the moon for themselves.

    Raises:
        InvalidValueError: The year is in no table (lunar: 1343 to 1500; solar: 1304
            to 1500, before which its months were others), its month has no such day,
            or the days lie outside the years 0001 to 9999.
        AuthoringError: The extra `calendars` is not installed.
    """
    if rule.name == "hijri-lunar@1":
        # A month of 29 days in the table may have had 30 elsewhere.
        first, last = _ends(rule, _LUNAR_YEARS, _lunar(rule), longest=30)
        return ImpreciseDate.between(first - _DAY, last + _DAY)
    if rule.name == "hijri-solar@1":
        return ImpreciseDate.between(*_ends(rule, _SOLAR_YEARS, _solar(rule)))
    return _julian(rule)


def _ends(
    rule: Rule, years: range, month_of: _Month, longest: int = 0
) -> tuple[date, date]:
    year, month, day = map(int, f"{rule.argument}-0-0".split("-")[:3])
    if year not in years:
        wanted = f"a date in the years {years[0]} to {years[-1]} ({rule.name})"
        raise InvalidValueError("argument", rule.argument, wanted)
    first, _ = month_of(year, month or 1)
    begins, length = month_of(year, month or 12)
    if not day:
        return first, begins + (length - 1) * _DAY
    if day > max(length, longest):
        wanted = f"a day of that month, which has {length} ({rule.name})"
        raise InvalidValueError("argument", rule.argument, wanted)
    return (first + (day - 1) * _DAY,) * 2


def _lunar(rule: Rule) -> _Month:
    hijri = _imported("hijridate", rule).Hijri

    def month_of(year: int, month: int) -> tuple[date, int]:
        begins = hijri(year, month, 1)
        return date(*begins.to_gregorian().datetuple()), begins.month_length()

    return month_of


def _solar(rule: Rule) -> _Month:
    jalali = _imported("persiantools.jdatetime", rule).JalaliDate

    def month_of(year: int, month: int) -> tuple[date, int]:
        return jalali(year, month, 1).to_gregorian(), jalali.days_in_month(month, year)

    return month_of


def _imported(module: str, rule: Rule) -> Any:
    try:
        return import_module(module)
    except ModuleNotFoundError:
        way = "install embargo-monitor[calendars]"
        raise AuthoringError(f"{rule.name} needs the extra calendars: {way}") from None


def _julian(rule: Rule) -> ImpreciseDate:
    reckoned = CALENDARS[rule.name].days(rule.argument) or ()
    try:
        return ImpreciseDate.between(*map(date.fromordinal, reckoned))
    except (ValueError, OverflowError):
        wanted = f"a date in the years 0001 to 9999, Gregorian ({rule.name})"
        raise InvalidValueError("argument", rule.argument, wanted) from None
