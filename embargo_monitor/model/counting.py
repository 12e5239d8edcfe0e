"""The arithmetic of the rules: from one day, or from a period, to the days meant.

What counts from a day takes that day and the rule's argument, and gives the first and
the last day meant. Neither falls as the day rises: only so do both ends of an
imprecise anchor give the hull. What narrows a period takes its first and last day.
"""

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta, weekday

Days = tuple[date, date]
"""A first and a last day, both included."""

FromDay = Callable[[date, str], Days]
"""From one day, and an argument."""

FromPeriod = Callable[[date, date, str], Days]
"""From the first and last day of a period, and an argument."""

WEEKDAYS = {
    "monday": MO,
    "tuesday": TU,
    "wednesday": WE,
    "thursday": TH,
    "friday": FR,
    "saturday": SA,
    "sunday": SU,
}
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
DECADES = tuple(f"{decade}0" for decade in range(10))

_DAY = timedelta(days=1)


def weekday_on_or_before(day: date, name: str) -> Days:
    """Give the latest such weekday that is not after *day*."""
    found = day + relativedelta(weekday=WEEKDAYS[name](-1))
    return found, found


def weekday_before(day: date, name: str) -> Days:
    """Give the latest such weekday before *day*."""
    return weekday_on_or_before(day - _DAY, name)


def weekday_after(day: date, name: str) -> Days:
    """Give the earliest such weekday after *day*."""
    found = day + _DAY + relativedelta(weekday=WEEKDAYS[name](+1))
    return found, found


def week(begins_on: weekday, weeks: int) -> FromDay:
    """Return what gives the week so many weeks after that of a day."""

    def days(day: date, _: str) -> Days:
        first = day + relativedelta(weeks=weeks, weekday=begins_on(-1))
        return first, first + timedelta(days=6)

    return days


def week_any(weeks: int) -> FromDay:
    """Return what gives the hull of three such weeks: from Saturday, Sunday, Monday."""
    each = [week(begins_on, weeks) for begins_on in (SA, SU, MO)]

    def days(day: date, _: str) -> Days:
        found = [one(day, "") for one in each]
        return min(first for first, _ in found), max(last for _, last in found)

    return days


def days_before(day: date, count: str) -> Days:
    """Give the day so many days before *day*."""
    found = day - timedelta(days=int(count))
    return found, found


def days_after(day: date, count: str) -> Days:
    """Give the day so many days after *day*."""
    found = day + timedelta(days=int(count))
    return found, found


def ago(unit: relativedelta) -> FromDay:
    """Return what gives all days less than one unit off so many units before a day.

    There it lies however the speaker counts: the time that has passed, rounded up or
    down, or the weeks, months or years of the calendar.
    """

    def days(day: date, count: str) -> Days:
        units = int(count)
        return day - unit * (units + 1) + _DAY, day - unit * (units - 1) - _DAY

    return days


def month(months: int) -> FromDay:
    """Return what gives the month so many months after that of a day."""
    return lambda day, _: _month_from(day + relativedelta(months=months, day=1))


def year(years: int) -> FromDay:
    """Return what gives the year so many years after that of a day."""
    return lambda day, _: _year_from(day + relativedelta(years=years, month=1, day=1))


def latest_month_before(day: date, name: str) -> Days:
    """Give the latest month of that name that began before the month of *day*."""
    first, last = month_of_year(day, name)
    if first < day.replace(day=1):
        return first, last
    return _month_from(first - relativedelta(years=1))


def next_month_of_name(day: date, name: str) -> Days:
    """Give the earliest month of that name that begins after the month of *day*."""
    first, last = month_of_year(day, name)
    if first > day:
        return first, last
    return _month_from(first + relativedelta(years=1))


def month_of_year(day: date, name: str) -> Days:
    """Give the month of that name in the year of *day*."""
    return _month_from(day.replace(month=MONTHS.index(name) + 1, day=1))


def decade_of_last_century(day: date, decade: str) -> Days:
    """Give that decade of the hundred years before those of *day*."""
    century = (day.year // 100 - 1) * 100 + int(decade)
    return date(century, 1, 1), date(century + 9, 12, 31)


def early(first: date, last: date, _: str) -> Days:
    """Give the first half of the days, one more where they are odd."""
    return first, first + _half(first, last)


def mid(first: date, last: date, _: str) -> Days:
    """Give the middle half of the days, one or two more where they do not divide."""
    quarter = timedelta(days=((last - first).days + 1) // 4)
    return first + quarter, last - quarter


def late(first: date, last: date, _: str) -> Days:
    """Give the second half of the days, one more where they are odd."""
    return last - _half(first, last), last


def part_of_year(parts: int) -> FromPeriod:
    """Return what gives one of so many equal parts of a year, by its number."""
    months = 12 // parts

    def days(first: date, _: date, number: str) -> Days:
        begins = first + relativedelta(months=months * (int(number) - 1))
        return begins, begins + relativedelta(months=months - 1, day=31)

    return days


def _half(first: date, last: date) -> timedelta:
    return timedelta(days=(last - first).days // 2)


def _month_from(first: date) -> Days:
    return first, first + relativedelta(day=31)


def _year_from(first: date) -> Days:
    return first, first + relativedelta(month=12, day=31)
