"""Other calendars by arithmetic: no right record is refused, no gross mistake kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.calendars import CALENDARS, require_fitting
from embargo_monitor.model.dates import ImpreciseDate

LUNAR, SOLAR, JULIAN = "hijri-lunar@1", "hijri-solar@1", "julian@1"


def fits(rule, printed, days):
    try:
        require_fitting(rule, printed, ImpreciseDate(days))
    except InvalidValueError:
        return False
    return True


# The Julian calendar by dates that are well known, or that a calendar year gives.
KNOWN = [
    (JULIAN, "1917-10-25", "1917-11-07"),  # the October Revolution
    (JULIAN, "1918-01-31", "1918-02-13"),  # Russia's last day by it
    (JULIAN, "1752-09-02", "1752-09-13"),  # Britain's
    (JULIAN, "1582-10-04", "1582-10-14"),  # Rome's
    (JULIAN, "1582-10-05", "1582-10-15"),
    (JULIAN, "1900-02-29", "1900-03-13"),  # which the Gregorian year lacks
    (JULIAN, "2025-12-25", "2026-01-07"),  # Orthodox Christmas
    (JULIAN, "0325-05-20", "0325-05-21"),  # the council of Nicaea
    (JULIAN, "0001-01-03", "0001-01-01"),
    (JULIAN, "1917-10", "[1917-10-14..1917-11-13]"),
    (JULIAN, "1900-02", "[1900-02-13..1900-03-13]"),
    (JULIAN, "1917-12", "[1917-12-14..1918-01-13]"),
    (JULIAN, "1917", "[1917-01-14..1918-01-13]"),
]


@pytest.mark.parametrize(("rule", "printed", "days"), KNOWN)
def test_a_julian_date_is_one_day_by_arithmetic_and_no_other(rule, printed, days):
    assert fits(rule, printed, days)
    exact = ImpreciseDate(days)
    for off in (-1, 1):
        if exact.earliest > date(1, 1, 1):
            wrong = ImpreciseDate.between(
                exact.earliest + timedelta(off), exact.latest + timedelta(off)
            )
            assert not fits(rule, printed, str(wrong))


@given(st.integers(1, 9998), st.integers(1, 12))
def test_the_months_of_the_julian_calendar_follow_one_another(year, month):
    calendar = CALENDARS[JULIAN]
    first, last = calendar.days(f"{year:04}-{month:02}")
    lengths = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert last - first + 1 == lengths[month - 1]
    after = f"{year + month // 12:04}-{month % 12 + 1:02}"
    assert calendar.days(after)[0] == last + 1
    assert calendar.days(f"{year:04}-{month:02}-{lengths[month - 1]}") == (last, last)
    assert calendar.days(f"{year:04}-{month:02}-{lengths[month - 1] + 1}") is None


# What almanacs give: the first day of the lunar year 1447 in Umm al-Qura, some days
# of announced sightings, and Nowruz.
ALMANAC = [
    (LUNAR, "1447-01-01", "2025-06-26"),
    (LUNAR, "1444-09-01", "2023-03-23"),
    (LUNAR, "1400-01-01", "1979-11-20"),  # the Grand Mosque of Mecca is seized
    (LUNAR, "0001-01-01", "0622-07-19"),
    (SOLAR, "1404-01-01", "2025-03-21"),
    (SOLAR, "1399-01-01", "2020-03-20"),
    (SOLAR, "1357-11-22", "1979-02-11"),  # the Iranian revolution
    (SOLAR, "1399-12-30", "2021-03-20"),  # the last day of a leap year
]


@pytest.mark.parametrize(("rule", "printed", "day"), ALMANAC)
def test_a_day_that_almanacs_give_fits_by_some_days_either_way(rule, printed, day):
    day = date.fromisoformat(day)
    for off in (-1, 0, 1):
        assert fits(rule, printed, (day + timedelta(off)).isoformat())
    assert fits(rule, printed, f"[{day - timedelta(1)}..{day + timedelta(1)}]")
    for off in (-9, 9, 354, -354, 36524):
        if day.year > 1000:
            assert not fits(rule, printed, (day + timedelta(off)).isoformat())


def test_a_date_whose_day_is_the_printed_one_without_the_calendar_is_refused():
    for rule in CALENDARS:
        assert not fits(rule, "1444-03-12", "1444-03-12")


@pytest.mark.parametrize(
    "days",
    [
        "2025-12-23?",
        "2025-12-23/2025-12-23",
        "[2025-12-23..2025-12-23]",
        "[2025-12-22,2025-12-24]",
        "[2025-12-23..]",
        "[..2025-12-23]",
        "2025-12",
        "2025",
    ],
)
def test_the_days_of_a_printed_date_are_a_closed_stretch_in_the_shortest_text(days):
    assert fits(LUNAR, "1447-07-03", "2025-12-23")
    assert not fits(LUNAR, "1447-07-03", days)


def test_a_refusal_names_the_calendar_and_what_was_printed():
    with pytest.raises(
        InvalidValueError,
        match="date must be days that 1447-07-03 can mean by hijri-lunar@1",
    ):
        require_fitting(LUNAR, "1447-07-03", ImpreciseDate("2026-12-23"))


@pytest.mark.parametrize(
    ("rule", "printed"),
    [
        (LUNAR, "9999-01-01"),
        (SOLAR, "9999-01-01"),
        (JULIAN, "0001-01-01"),
        (JULIAN, "1444-03-32"),
    ],
)
def test_a_printed_date_that_no_day_of_ours_is_fits_none(rule, printed):
    assert not fits(rule, printed, "2025-12-23")
    assert not fits(rule, printed, "0001-01-01")
    assert not fits(rule, printed, "9999-12-31")


def test_a_sighted_month_may_have_the_day_that_arithmetic_lacks():
    """Safar of 1447 has 29 days by arithmetic; some country may have counted 30."""
    first, last = CALENDARS[LUNAR].days("1447-02")
    assert last - first + 1 == 29
    assert CALENDARS[LUNAR].days("1447-02-30") == (last + 1, last + 1)
    assert CALENDARS[LUNAR].days("1447-02-31") is None
