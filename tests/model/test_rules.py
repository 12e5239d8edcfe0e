from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

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
    "month-before@1",
    "year-before@1",
]
days = st.dates(date(1000, 1, 1)) | st.dates(date(2023, 12, 1), date(2025, 2, 1))
weekday_names = st.sampled_from(WEEKDAYS)
month_names = st.sampled_from(MONTHS)
day_rules = st.one_of(
    st.sampled_from(PLAIN),
    weekday_names.map("weekday-on-or-before@1 {}".format),
    weekday_names.map("weekday-before@1 {}".format),
    st.integers(0, 400).map("days-before@1 {}".format),
    month_names.map("latest-month-before@1 {}".format),
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
    # Open ends stay open.
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


@given(days)
def test_the_week_not_known_is_the_hull_of_the_three_weeks(anchor):
    weeks = [by(f"previous-week-{name}@1", anchor) for name in ("mon", "sun", "sat")]
    assert by("previous-week-any@1", anchor) == ImpreciseDate.between(
        min(week.earliest for week in weeks), max(week.latest for week in weeks)
    )


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
]


@pytest.mark.parametrize(("rule", "anchor"), LEAVES_THE_CALENDAR)
def test_a_result_before_year_1_is_refused(rule, anchor):
    with pytest.raises(
        InvalidValueError, match="within the years 0001 to 9999"
    ) as caught:
        by(rule, anchor)
    assert (caught.value.field, caught.value.value) == ("anchor", anchor)


def test_a_result_in_year_1_is_given():
    assert str(by("year-before@1", "0002")) == "0001"
    assert str(by("decade-of-last-century@1 60", "0100")) == "006X"


def test_a_reading_computes_nothing():
    with pytest.raises(InvalidValueError, match="one that computes a date"):
        by("reading@1", "2025-12-23")


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
        ("month-before@1 july", "left out"),
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
        "weekday-on-or-before@1",
        "weekday-before@1",
        *PLAIN,
        "days-before@1",
        "latest-month-before@1",
        "decade-of-last-century@1",
        "month-of-year@1",
        "after@1",
        "before@1",
        "reading@1",
    }
    assert all(told and "\n" not in told for told in RULES.values())
    with pytest.raises(TypeError):
        RULES["month-before@1"] = "something else"
