import re
from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from embargo_monitor.authoring.calendars import convert
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.rules import RULES, Rule, resolve

WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]
MONTHS = [
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
]
PLAIN = [
    "previous-week-mon@1",
    "previous-week-sun@1",
    "previous-week-sat@1",
    "previous-week-any@1",
    "same-week-mon@1",
    "same-week-sun@1",
    "same-week-sat@1",
    "same-week-any@1",
    "next-week-mon@1",
    "next-week-sun@1",
    "next-week-sat@1",
    "next-week-any@1",
    "month-before@1",
    "year-before@1",
    "same-month@1",
    "same-year@1",
    "month-after@1",
    "year-after@1",
]
GIVEN = [
    "hijri-lunar@1 1444-03-12",
    "hijri-solar@1 1396-10",
    "julian@1 1917-10-25",
    "reading@1",
]
days = st.dates(date(1000, 1, 1), date(8999, 12, 31)) | st.dates(
    date(2023, 12, 1), date(2025, 2, 1)
)
weekday_names = st.sampled_from(WEEKDAYS)
month_names = st.sampled_from(MONTHS)
day_rules = st.one_of(
    st.sampled_from(PLAIN),
    weekday_names.map("weekday-on-or-before@1 {}".format),
    weekday_names.map("weekday-before@1 {}".format),
    st.integers(0, 400).map("days-before@1 {}".format),
    weekday_names.map("weekday-after@1 {}".format),
    st.integers(1, 400).map("days-after@1 {}".format),
    st.builds(
        "{}-before@1 {}".format,
        st.sampled_from(["weeks", "months", "years"]),
        st.integers(1, 40),
    ),
    month_names.map("latest-month-before@1 {}".format),
    month_names.map("next-month-of-name@1 {}".format),
    month_names.map("month-of-year@1 {}".format),
    st.sampled_from(range(0, 100, 10)).map("decade-of-last-century@1 {:02}".format),
).map(Rule.parse)


def by(rule, anchor, bound=None):
    if isinstance(anchor, date):
        anchor = anchor.isoformat()
    bound = bound and ImpreciseDate(bound)
    return resolve(Rule.parse(rule), ImpreciseDate(anchor), bound)


# --- Known results ---------------------------------------------------------------


# 23 December 2025 was a Tuesday. Rule, anchor, result.
KNOWN = [
    # The first article, told on a Tuesday, its publication inferred.
    ("weekday-on-or-before@1 tuesday", "2025-12-23?", "2025-12-23"),
    ("previous-week-mon@1", "2025-12-23?", "[2025-12-15..2025-12-21]"),
    ("previous-week-sat@1", "2025-12-23?", "[2025-12-13..2025-12-19]"),
    ("previous-week-any@1", "2025-12-23?", "[2025-12-13..2025-12-21]"),
    ("latest-month-before@1 july", "2025-12-23?", "2025-07"),
    ("decade-of-last-century@1 60", "2025-12-23?", "196X"),
    # The rest by the calendar.
    ("weekday-before@1 tuesday", "2025-12-23", "2025-12-16"),
    ("weekday-on-or-before@1 wednesday", "2025-12-23", "2025-12-17"),
    ("weekday-before@1 monday", "2025-12-23", "2025-12-22"),
    ("previous-week-sun@1", "2025-12-23", "[2025-12-14..2025-12-20]"),
    ("previous-week-sat@1", "2025-12-26", "[2025-12-13..2025-12-19]"),
    ("previous-week-sat@1", "2025-12-27", "[2025-12-20..2025-12-26]"),
    ("previous-week-sun@1", "2025-12-27", "[2025-12-14..2025-12-20]"),
    ("previous-week-mon@1", "2025-12-28", "[2025-12-15..2025-12-21]"),
    ("previous-week-any@1", "2025-12-27", "[2025-12-14..2025-12-26]"),
    ("previous-week-any@1", "2025-12-28", "[2025-12-15..2025-12-27]"),
    ("previous-week-any@1", "2025-12-29", "[2025-12-20..2025-12-28]"),
    ("days-before@1 0", "2025-12-23", "2025-12-23"),
    ("days-before@1 1", "2024-03-01", "2024-02-29"),
    ("days-before@1 365", "2025-12-23", "2024-12-23"),
    ("month-before@1", "2025-12-23", "2025-11"),
    ("month-before@1", "2024-03-31", "2024-02"),
    ("month-before@1", "2025-01-01", "2024-12"),
    ("year-before@1", "2025-12-23", "2024"),
    ("year-before@1", "2024-02-29", "2023"),
    ("latest-month-before@1 july", "2025-08-01", "2025-07"),
    ("latest-month-before@1 july", "2025-07-31", "2024-07"),
    ("latest-month-before@1 july", "2025-06-30", "2024-07"),
    ("latest-month-before@1 february", "2025-01-31", "2024-02"),
    ("month-of-year@1 july", "2025-12-23", "2025-07"),
    ("month-of-year@1 december", "2025-01-31", "2025-12"),
    ("month-of-year@1 february", "2024-12-31", "2024-02"),
    ("decade-of-last-century@1 00", "2025-12-23", "190X"),
    ("decade-of-last-century@1 90", "2000-01-01", "199X"),
    ("decade-of-last-century@1 90", "1999-12-31", "189X"),
    # Now.
    ("same-week-mon@1", "2025-12-23", "[2025-12-22..2025-12-28]"),
    ("same-week-sun@1", "2025-12-23", "[2025-12-21..2025-12-27]"),
    ("same-week-sat@1", "2025-12-23", "[2025-12-20..2025-12-26]"),
    ("same-week-any@1", "2025-12-23", "[2025-12-20..2025-12-28]"),
    ("same-week-any@1", "2025-12-28", "[2025-12-22..2026-01-03]"),
    ("same-month@1", "2024-02-29", "2024-02"),
    ("same-year@1", "2025-12-23", "2025"),
    # Ahead.
    ("weekday-after@1 tuesday", "2025-12-23", "2025-12-30"),
    ("weekday-after@1 wednesday", "2025-12-23", "2025-12-24"),
    ("weekday-after@1 monday", "2025-12-23", "2025-12-29"),
    ("next-week-mon@1", "2025-12-23", "[2025-12-29..2026-01-04]"),
    ("next-week-sun@1", "2025-12-23", "[2025-12-28..2026-01-03]"),
    ("next-week-sat@1", "2025-12-23", "[2025-12-27..2026-01-02]"),
    ("next-week-any@1", "2025-12-23", "[2025-12-27..2026-01-04]"),
    ("days-after@1 3", "2025-12-30", "2026-01-02"),
    ("month-after@1", "2025-12-23", "2026-01"),
    ("month-after@1", "2024-01-31", "2024-02"),
    ("year-after@1", "2025-12-23", "2026"),
    ("next-month-of-name@1 february", "2025-12-23", "2026-02"),
    ("next-month-of-name@1 february", "2026-01-31", "2026-02"),
    ("next-month-of-name@1 february", "2026-02-01", "2027-02"),
    ("next-month-of-name@1 december", "2025-12-23", "2026-12"),
    # So many units ago, however they are counted.
    ("weeks-before@1 1", "2025-12-23", "[2025-12-10..2025-12-22]"),
    ("weeks-before@1 3", "2025-12-23", "[2025-11-26..2025-12-08]"),
    ("months-before@1 1", "2025-12-23", "[2025-10-24..2025-12-22]"),
    ("months-before@1 3", "2025-12-23", "[2025-08-24..2025-10-22]"),
    ("months-before@1 1", "2025-03-31", "[2025-02-01..2025-03-30]"),
    ("years-before@1 2", "2025-12-23", "[2022-12-24..2024-12-22]"),
    ("years-before@1 1", "2024-02-29", "[2022-03-01..2024-02-28]"),
    # Parts of a period that the calendar names.
    ("early@1", "2017", "[2017-01-01..2017-07-02]"),
    ("mid@1", "2017", "[2017-04-02..2017-10-01]"),
    ("late@1", "2017", "[2017-07-02..2017-12-31]"),
    ("early@1", "2016", "[2016-01-01..2016-07-01]"),
    ("late@1", "2016", "[2016-07-02..2016-12-31]"),
    ("early@1", "2017-05", "[2017-05-01..2017-05-16]"),
    ("mid@1", "2017-05", "[2017-05-08..2017-05-24]"),
    ("late@1", "2017-05", "[2017-05-16..2017-05-31]"),
    ("early@1", "2023-02", "[2023-02-01..2023-02-14]"),
    ("mid@1", "2023-02", "[2023-02-08..2023-02-21]"),
    ("late@1", "2023-02", "[2023-02-15..2023-02-28]"),
    ("early@1", "199X", "[1990..1994]"),
    ("late@1", "196X", "[1964-12-31..1969-12-31]"),
    ("mid@1", "19XX", "[1925..1974]"),
    ("early@1", "2017~", "[2017-01-01..2017-07-02]"),
    ("early@1", "2017-05-XX", "[2017-05-01..2017-05-16]"),
    ("early@1", "[1960..1969]", "[1960..1964]"),
    ("quarter@1 1", "2017", "[2017-01..2017-03]"),
    ("quarter@1 3", "2017?", "[2017-07..2017-09]"),
    ("quarter@1 4", "2017-XX", "[2017-10..2017-12]"),
    ("half@1 1", "2024", "[2024-01..2024-06]"),
    ("half@1 2", "2024", "[2024-07..2024-12]"),
    ("before@1", "[2025-12-13..2025-12-21]", "[..2025-12-21]"),
    ("before@1", "2025", "[..2025]"),
    ("before@1", "../2025-12-23", "[..2025-12-23]"),
    # Imprecise anchors: the hull over all their days.
    ("weekday-on-or-before@1 tuesday", "2025-12", "[2025-11-25..2025-12-30]"),
    ("days-before@1 1", "[2025-12-13,2025-12-21]", "[2025-12-12..2025-12-20]"),
    ("previous-week-mon@1", "2025-12-22/2025-12-28", "[2025-12-15..2025-12-21]"),
    ("month-before@1", "2025", "[2024-12..2025-11]"),
    ("latest-month-before@1 july", "2025", "[2024-07..2025-07]"),
    ("month-of-year@1 july", "2025", "2025-07"),
    ("year-before@1", "202X", "[2019..2028]"),
    ("decade-of-last-century@1 60", "20XX", "196X"),
    ("weekday-after@1 tuesday", "2025-12", "[2025-12-02..2026-01-06]"),
    ("same-year@1", "[2024-12-30..2025-01-02]", "[2024..2025]"),
    # Open ends stay open.
    ("month-after@1", "[2025-11-23..]", "[2025-12..]"),
    ("year-before@1", "2025/..", "[2024..]"),
    ("month-before@1", "[..2025-12-23]", "[..2025-11]"),
]


@pytest.mark.parametrize(("rule", "anchor", "result"), KNOWN)
def test_a_wording_means_the_days_that_its_rule_gives(rule, anchor, result):
    assert str(by(rule, anchor)) == result


AFTER = [
    ("[2025-12-13..2025-12-21]", "2025-12-23?", "[2025-12-13..2025-12-23]"),
    ("2025-12-21", "2025-12-21", "2025-12-21"),
    ("2025-12", "2025-12-15", "[2025-12-01..2025-12-15]"),
    ("[..2025-12-21]", "2025-12-23", "[..2025-12-23]"),
    ("2025-12-21", "2025-12-23/..", "[2025-12-21..]"),
]


@pytest.mark.parametrize(("anchor", "bound", "result"), AFTER)
def test_after_runs_from_the_anchor_to_its_bound(anchor, bound, result):
    assert str(by("after@1", anchor, bound)) == result


# --- Properties ------------------------------------------------------------------


@given(days, st.integers(0, 6))
def test_a_weekday_is_found_in_the_seven_days_before(anchor, number):
    on_or_before = by(f"weekday-on-or-before@1 {WEEKDAYS[number]}", anchor).earliest
    before = by(f"weekday-before@1 {WEEKDAYS[number]}", anchor).earliest
    assert on_or_before.weekday() == before.weekday() == number
    assert timedelta(0) <= anchor - on_or_before <= timedelta(6)
    assert timedelta(1) <= anchor - before <= timedelta(7)


@given(days, st.sampled_from([("mon", 0), ("sat", 5), ("sun", 6)]))
def test_the_previous_week_is_the_seven_days_before_the_anchors_week(anchor, week):
    name, number = week
    found = by(f"previous-week-{name}@1", anchor)
    assert found.earliest.weekday() == number
    assert found.latest - found.earliest == timedelta(6)
    assert timedelta(1) <= anchor - found.latest <= timedelta(7)


@given(days, month_names)
def test_the_latest_month_is_one_of_the_twelve_before(anchor, name):
    found = by(f"latest-month-before@1 {name}", anchor)
    months_back = (anchor.year - found.earliest.year) * 12
    months_back += anchor.month - found.earliest.month
    assert MONTHS[found.earliest.month - 1] == name
    assert 1 <= months_back <= 12
    assert len(str(found)) == len("YYYY-MM")


@given(days, month_names)
def test_the_month_of_a_year_is_whole_and_in_that_year(anchor, name):
    found = by(f"month-of-year@1 {name}", anchor)
    month = MONTHS.index(name) + 1
    assert found.earliest == date(anchor.year, month, 1)
    assert found.latest.day == monthrange(anchor.year, month)[1]


@given(days, st.integers(0, 6))
def test_the_next_weekday_is_found_in_the_seven_days_after(anchor, number):
    found = by(f"weekday-after@1 {WEEKDAYS[number]}", anchor).earliest
    assert found.weekday() == number
    assert timedelta(1) <= found - anchor <= timedelta(7)


@given(
    days,
    st.sampled_from([("mon", 0), ("sat", 5), ("sun", 6)]),
    st.sampled_from([("same", 0), ("next", 7)]),
)
def test_this_week_and_the_next_are_seven_days_each(anchor, week, which):
    (name, number), (kind, off) = week, which
    found = by(f"{kind}-week-{name}@1", anchor)
    assert found.earliest.weekday() == number
    assert found.latest - found.earliest == timedelta(6)
    assert found.earliest <= anchor + timedelta(off) <= found.latest


@given(days, st.sampled_from(["previous", "same", "next"]))
def test_a_week_not_known_is_the_hull_of_three_weeks(anchor, kind):
    weeks = [by(f"{kind}-week-{name}@1", anchor) for name in ("mon", "sun", "sat")]
    assert by(f"{kind}-week-any@1", anchor) == ImpreciseDate.between(
        min(week.earliest for week in weeks), max(week.latest for week in weeks)
    )


@given(days, month_names)
def test_the_next_month_of_a_name_is_one_of_the_twelve_after(anchor, name):
    found = by(f"next-month-of-name@1 {name}", anchor)
    months_on = (found.earliest.year - anchor.year) * 12
    months_on += found.earliest.month - anchor.month
    assert MONTHS[found.earliest.month - 1] == name
    assert 1 <= months_on <= 12
    assert len(str(found)) == len("YYYY-MM")


def test_days_after_undo_days_before():
    for count in (1, 28, 365, 99999):
        after = by(f"days-after@1 {count}", date(2025, 12, 23))
        assert str(by(f"days-before@1 {count}", str(after))) == "2025-12-23"


UNITS = {
    "weeks": lambda day: (day - timedelta(days=day.weekday())).toordinal() // 7,
    "months": lambda day: 12 * day.year + day.month,
    "years": lambda day: day.year,
}


@pytest.mark.parametrize("unit", UNITS)
@given(days, st.integers(1, 4))
def test_so_many_units_ago_holds_every_day_that_the_calendar_counts_so(
    unit, anchor, count
):
    """And so every way to round the time that has passed, up or down."""
    number = UNITS[unit]
    before = (anchor - timedelta(days=passed) for passed in range(366 * (count + 1)))
    counted = {day for day in before if number(anchor) - number(day) == count}
    found = by(f"{unit}-before@1 {count}", anchor)
    assert found.earliest <= min(counted)
    assert max(counted) <= found.latest < anchor


@given(days, st.integers(1, 50))
def test_so_many_weeks_ago_is_less_than_a_week_off(anchor, count):
    found = by(f"weeks-before@1 {count}", anchor)
    assert (anchor - found.earliest).days == 7 * count + 6
    assert (anchor - found.latest).days == 7 * count - 6


periods = st.one_of(
    st.integers(1, 9999).map("{:04}".format),
    st.builds("{:04}-{:02}".format, st.integers(1, 9999), st.integers(1, 12)),
    st.integers(1, 999).map("{:03}X".format),
    st.integers(1, 99).map("{:02}XX".format),
)


@given(periods)
def test_early_mid_and_late_are_half_a_period_each_and_overlap(period):
    """The vague word leaves out only days that nobody would call so."""
    whole = ImpreciseDate(period)
    length = (whole.latest - whole.earliest).days + 1
    early, mid, late = (by(f"{part}@1", period) for part in ("early", "mid", "late"))
    assert (early.earliest, late.latest) == (whole.earliest, whole.latest)
    for part in (early, mid, late):
        assert length <= 2 * ((part.latest - part.earliest).days + 1) <= length + 3
    before = (mid.earliest - whole.earliest).days
    assert before == (whole.latest - mid.latest).days
    assert mid.earliest <= early.latest
    assert early.latest + timedelta(1) >= late.earliest
    assert late.earliest <= mid.latest


@given(st.integers(1, 9999).map("{:04}".format), st.sampled_from([4, 2]))
def test_quarters_and_halves_divide_a_year(year, parts):
    name = {4: "quarter", 2: "half"}[parts]
    found = [by(f"{name}@1 {number}", year) for number in range(1, parts + 1)]
    whole = ImpreciseDate(year)
    assert (found[0].earliest, found[-1].latest) == (whole.earliest, whole.latest)
    for one, following in pairwise(found):
        assert one.latest + timedelta(1) == following.earliest
    assert {one.earliest.day for one in found} == {1}


@given(day_rules, days, st.integers(0, 60))
def test_an_imprecise_anchor_gives_the_hull_over_its_days(rule, first, length):
    assume(first <= date.max - timedelta(days=length))
    anchor = ImpreciseDate.between(first, first + timedelta(days=length))
    singly = [
        resolve(rule, ImpreciseDate.day(first + timedelta(days=passed)))
        for passed in range(length + 1)
    ]
    found = resolve(rule, anchor)
    assert found.earliest == min(one.earliest for one in singly)
    assert found.latest == max(one.latest for one in singly)


@given(day_rules, days, st.sampled_from("?~%"))
def test_doubt_about_the_anchor_stays_with_the_anchor(rule, anchor, mark):
    found = resolve(rule, ImpreciseDate(f"{anchor}{mark}"))
    assert found == resolve(rule, ImpreciseDate.day(anchor))
    assert (found.qualifiers, found.is_span) == (frozenset(), False)


# --- Refusals --------------------------------------------------------------------


LEAVES_THE_CALENDAR = [
    ("weekday-before@1 monday", "0001-01-01"),
    ("previous-week-mon@1", "0001-01-07"),
    ("previous-week-any@1", "0001"),
    ("days-before@1 99999", "0200"),
    ("month-before@1", "0001-01-31"),
    ("year-before@1", "0001"),
    ("latest-month-before@1 july", "0001-07-01"),
    ("decade-of-last-century@1 60", "0099"),
    ("decade-of-last-century@1 00", "0150"),
    ("same-week-sat@1", "0001-01-01"),
    ("months-before@1 12", "0002-01-01"),
    ("weeks-before@1 1", "0001-01-10"),
]
AFTER_ALL = [
    ("weekday-after@1 monday", "9999-12-31"),
    ("next-week-sat@1", "9999-12-25"),
    ("same-week-any@1", "9999-12-31"),
    ("days-after@1 99999", "9900"),
    ("month-after@1", "9999-12-01"),
    ("year-after@1", "9999"),
    ("next-month-of-name@1 july", "9999-07-01"),
]


@pytest.mark.parametrize(("rule", "anchor"), LEAVES_THE_CALENDAR)
def test_a_result_before_year_1_is_refused(rule, anchor):
    with pytest.raises(
        InvalidValueError, match=r"late enough that .* within the years 0001 to 9999"
    ) as caught:
        by(rule, anchor)
    assert (caught.value.field, caught.value.value) == ("anchor", anchor)


@pytest.mark.parametrize(("rule", "anchor"), AFTER_ALL)
def test_a_result_after_year_9999_is_refused(rule, anchor):
    with pytest.raises(
        InvalidValueError, match=r"early enough that .* within the years 0001 to 9999"
    ) as caught:
        by(rule, anchor)
    assert (caught.value.field, caught.value.value) == ("anchor", anchor)


def test_a_result_in_year_1_is_given():
    assert str(by("year-before@1", "0002")) == "0001"
    assert str(by("decade-of-last-century@1 60", "0100")) == "006X"


@pytest.mark.parametrize("rule", GIVEN)
def test_a_reading_and_a_date_of_another_calendar_compute_nothing(rule):
    assert not Rule.parse(rule).counts
    with pytest.raises(InvalidValueError, match="one that computes a date"):
        by(rule, "2025-12-23")


@pytest.mark.parametrize("rule", ["early@1", "mid@1", "late@1"])
@pytest.mark.parametrize(
    "anchor",
    [
        "2025-12-23",
        "[2025-12-13..2025-12-21]",
        "[2025-11..2025-12]",
        "[2025..2026]",
        "[2025,2027]",
        "2025/2025",
        "2025-01/2025-06",
        "2025/..",
        "[..2025]",
        "[2025..]",
        "[..2023,2025..]",
    ],
)
def test_only_a_period_that_the_calendar_names_has_a_beginning_and_an_end(rule, anchor):
    """Two months may be the hull of one that is not known: half of them is not."""
    wanted = f"one month, year, decade or century for {rule}"
    with pytest.raises(InvalidValueError, match=wanted) as caught:
        by(rule, anchor)
    assert (caught.value.field, caught.value.value) == ("anchor", anchor)


@pytest.mark.parametrize("rule", ["quarter@1 3", "half@1 2"])
@pytest.mark.parametrize(
    "anchor", ["2025-12-23", "2025-12", "202X", "20XX", "2025/2025", "[2025..]"]
)
def test_only_a_year_has_quarters_and_halves(rule, anchor):
    with pytest.raises(InvalidValueError, match=f"anchor must be one year for {rule}"):
        by(rule, anchor)


@pytest.mark.parametrize("rule", ["before@1", "month-before@1"])
def test_only_after_takes_a_bound(rule):
    with pytest.raises(InvalidValueError, match="bound must be given with after@1"):
        by(rule, "2025-12-23", "2025-12-24")


def test_after_needs_a_bound():
    with pytest.raises(InvalidValueError, match="bound must be given with after@1"):
        by("after@1", "2025-12-23")


def test_after_cannot_end_before_it_begins():
    with pytest.raises(InvalidValueError, match="on or after 2025-12-23"):
        by("after@1", "2025-12-23", "2025-12-22")


@pytest.mark.parametrize(
    ("rule", "anchor", "bound"),
    [
        ("before@1", "2025/..", None),
        ("after@1", "../2025", "2025/.."),
        ("month-before@1", "[..2023,2025..]", None),
    ],
)
def test_a_result_of_no_bounds_is_refused(rule, anchor, bound):
    with pytest.raises(InvalidValueError, match="bounded at one end"):
        by(rule, anchor, bound)


# --- The written form ------------------------------------------------------------


@given(day_rules)
def test_a_rule_reads_back_as_it_is_written(rule):
    assert Rule.parse(str(rule)) == rule


@pytest.mark.parametrize("text", GIVEN)
def test_a_rule_that_counts_from_nothing_reads_back_too(text):
    assert str(Rule.parse(text)) == text


@pytest.mark.parametrize("name", ["after@1", "before@1", "reading@1"])
def test_a_rule_without_argument_is_its_name(name):
    assert str(Rule(name)) == name
    assert Rule.parse(name) == Rule(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "previous-week",
        "previous-week-mon",
        "previous-week-mon@2",
        "Previous-week-mon@1",
        " previous-week-mon@1",
        "previous-week-mon@1\n",
        "weekday-before@1\ttuesday",
    ],
)
def test_an_unknown_rule_is_refused_with_the_known_ones(text):
    with pytest.raises(
        InvalidValueError, match="one of weekday-on-or-before@1, "
    ) as it:
        Rule.parse(text)
    assert it.value.field == "rule"
    assert all(name in it.value.wanted for name in RULES)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("weekday-before@1", "one of monday, tuesday"),
        ("weekday-before@1 Tuesday", "one of monday, tuesday"),
        ("weekday-before@1 tue", "one of monday, tuesday"),
        ("weekday-on-or-before@1  tuesday", "one of monday, tuesday"),
        ("weekday-on-or-before@1 july", "one of monday, tuesday"),
        ("weekday-on-or-before@1 monday tuesday", "one of monday, tuesday"),
        ("latest-month-before@1", "one of january, february"),
        ("month-of-year@1 7", "one of january, february"),
        ("decade-of-last-century@1", "one of 00, 10"),
        ("decade-of-last-century@1 65", "one of 00, 10"),
        ("decade-of-last-century@1 1960", "one of 00, 10"),
        ("decade-of-last-century@1 ٦0", "one of 00, 10"),
        ("days-before@1", "a number of days, 0 to 99999"),
        ("days-before@1 -1", "a number of days, 0 to 99999"),
        ("days-before@1 01", "a number of days, 0 to 99999"),
        ("days-before@1 ٣", "a number of days, 0 to 99999"),
        ("days-before@1 100000", "a number of days, 0 to 99999"),
        ("days-before@1 1\n", "a number of days, 0 to 99999"),
        ("days-after@1 0", "a number of days, 1 to 99999"),
        ("weeks-before@1", "a number, 1 to 999"),
        ("months-before@1 0", "a number, 1 to 999"),
        ("years-before@1 1000", "a number, 1 to 999"),
        ("quarter@1 5", "1, 2, 3 or 4"),
        ("quarter@1", "1, 2, 3 or 4"),
        ("half@1 3", "1 or 2"),
        ("next-month-of-name@1 Feb", "one of january, february"),
        ("hijri-lunar@1", "a date of that calendar"),
        ("hijri-lunar@1 1444-03-31", "a date of that calendar"),
        ("hijri-lunar@1 1444-13", "a date of that calendar"),
        ("hijri-lunar@1 1444-00", "a date of that calendar"),
        ("hijri-lunar@1 1444-03-00", "a date of that calendar"),
        ("hijri-lunar@1 144-03-01", "a date of that calendar"),
        ("hijri-lunar@1 ١٤٤٤", "a date of that calendar"),
        ("hijri-lunar@1 0000", "a date of that calendar"),
        ("hijri-solar@1 1396-07-31", "a date of that calendar"),
        ("hijri-solar@1 1396-12-31", "a date of that calendar"),
        ("julian@1 1917-02-29", "a date of that calendar"),
        ("julian@1 1917-10-32", "a date of that calendar"),
        ("month-before@1 july", "left out"),
        ("early@1 2017", "left out"),
        ("after@1 monday", "left out"),
        ("reading@1  ", "left out"),
    ],
)
def test_an_argument_that_a_rule_does_not_take_is_refused(text, wanted):
    with pytest.raises(InvalidValueError, match=f"argument must be {wanted}"):
        Rule.parse(text)


@pytest.mark.parametrize("text", ["month-before@1 ", "weekday-before@1 "])
def test_a_rule_ends_without_a_space(text):
    with pytest.raises(InvalidValueError, match="without a space at its end"):
        Rule.parse(text)


def test_each_rule_is_told_in_one_line_that_nobody_can_change():
    assert set(RULES) == {
        *PLAIN,
        *(rule.split()[0] for rule in GIVEN),
        "weekday-on-or-before@1",
        "weekday-before@1",
        "weekday-after@1",
        "days-before@1",
        "days-after@1",
        "weeks-before@1",
        "months-before@1",
        "years-before@1",
        "latest-month-before@1",
        "next-month-of-name@1",
        "month-of-year@1",
        "decade-of-last-century@1",
        "early@1",
        "mid@1",
        "late@1",
        "quarter@1",
        "half@1",
        "after@1",
        "before@1",
    }
    assert all(told and "\n" not in told for told in RULES.values())
    with pytest.raises(TypeError):
        RULES["month-before@1"] = "something else"


# --- The page of the docs ----------------------------------------------------------

PAGE = Path(__file__).parent.parent.parent / "docs" / "dates.md"
ROW = re.compile(r"\| `([a-z-]+@1)` \| (.*?) ?\| (.*?) \| (.*?) ?\|")


def rows_of_the_page():
    return [match.groups() for match in ROW.finditer(PAGE.read_text("utf-8"))]


def test_the_page_tells_every_rule_once_and_in_the_same_words():
    told = {name: meaning for name, _, meaning, _ in rows_of_the_page()}
    assert told == dict(RULES)
    assert len(rows_of_the_page()) == len(RULES)


@pytest.mark.parametrize(
    ("name", "example"), [(name, example) for name, *_, example in rows_of_the_page()]
)
def test_the_examples_of_the_page_are_what_the_rules_give(name, example):
    argument = re.match(r"`([^`]+)`(?=:| of)", example)
    rule = Rule(name, argument[1] if argument else "")
    if name == "reading@1":
        assert example == ""
        return
    anchor = re.search(r"of `([^`]+)`", example)
    until = re.match(r"until `([^`]+)`", example)
    if rule.counts:
        found = resolve(
            rule,
            ImpreciseDate(anchor[1] if anchor else "2019-05-14"),
            until and ImpreciseDate(until[1]),
        )
    else:
        found = convert(rule)
    assert example.endswith(f"`{found}`")
