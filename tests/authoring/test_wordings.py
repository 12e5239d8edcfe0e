"""Wordings of dates in English and Arabic: what they may mean, and what not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.authoring.wordings import Suggestion, suggest
from embargo_monitor.errors import EmbargoMonitorError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.rules import Rule

WEEK_BEFORE = [f"previous-week-{week}@1" for week in ("any", "mon", "sun", "sat")]
WEEK_NOW = [f"same-week-{week}@1" for week in ("any", "mon", "sun", "sat")]
WEEK_AFTER = [f"next-week-{week}@1" for week in ("any", "mon", "sun", "sat")]
TUESDAY = [
    "weekday-on-or-before@1 tuesday",
    "weekday-before@1 tuesday",
    "weekday-after@1 tuesday",
]
LAST_TUESDAY = ["weekday-before@1 tuesday", "weekday-on-or-before@1 tuesday"]
NEXT_FRIDAY = ["weekday-after@1 friday", "next-week-any@1"]
IN_JULY = [
    "month-of-year@1 july",
    "latest-month-before@1 july",
    "next-month-of-name@1 july",
]
SIXTIES = ["decade-of-last-century@1 60", "196X"]

# Wording, and all that is suggested: a rule, `of` what it counts from where the
# wording names that, or a date.
KNOWN = [
    # Weekdays
    ("on Tuesday", TUESDAY),
    ("TUESDAY", TUESDAY),
    ("Tuesday evening", TUESDAY),
    ("الثلاثاء", TUESDAY),
    ("يوم الثلاثاء", TUESDAY),
    ("الثُّلاثاء", TUESDAY),
    ("مساء يوم الثلاثاء", TUESDAY),
    ("last Tuesday", LAST_TUESDAY),
    ("الثلاثاء الماضي", LAST_TUESDAY),
    ("يوم الثلاثاء المنصرم", LAST_TUESDAY),
    ("this Tuesday", ["weekday-on-or-before@1 tuesday", "weekday-after@1 tuesday"]),
    ("next Friday", NEXT_FRIDAY),
    ("الجمعة المقبل", NEXT_FRIDAY),
    ("يوم الجمعة القادمة", NEXT_FRIDAY),
    ("الإثنين الماضي", ["weekday-before@1 monday", "weekday-on-or-before@1 monday"]),
    ("Tuesday of last week", ["previous-week-any@1"]),
    # Days
    ("today", ["days-before@1 0"]),
    ("اليوم", ["days-before@1 0"]),
    ("اليوم الثلاثاء", ["days-before@1 0", "weekday-on-or-before@1 tuesday"]),
    ("yesterday", ["days-before@1 1"]),
    ("أمس", ["days-before@1 1"]),
    ("مساء أمس الثلاثاء", ["days-before@1 1", "weekday-on-or-before@1 tuesday"]),
    ("the day before yesterday", ["days-before@1 2"]),
    ("أول أمس", ["days-before@1 2"]),
    ("last night", ["days-before@1 1", "days-before@1 0"]),
    ("tomorrow", ["days-after@1 1"]),
    ("بعد غد", ["days-after@1 2"]),
    ("hours ago", ["days-before@1 0", "days-before@1 1"]),
    ("قبل 5 ساعات", ["days-before@1 0", "days-before@1 1"]),
    # Weeks
    ("last week", WEEK_BEFORE),
    ("the past week", WEEK_BEFORE),
    ("الأسبوع الماضي", WEEK_BEFORE),
    ("الأسبوع المنصرم", WEEK_BEFORE),
    ("خلال الأسبوع الفائت", WEEK_BEFORE),
    ("late last week", ["previous-week-any@1"]),
    ("this week", WEEK_NOW),
    ("هذا الأسبوع", WEEK_NOW),
    ("الأسبوع الجاري", WEEK_NOW),
    ("next week", WEEK_AFTER),
    ("الأسبوع المقبل", WEEK_AFTER),
    # Months
    ("last month", ["month-before@1"]),
    ("الشهر الماضي", ["month-before@1"]),
    ("earlier this month", ["same-month@1"]),
    ("مطلع الشهر الجاري", ["same-month@1"]),
    ("next month", ["month-after@1"]),
    ("الشهر القادم", ["month-after@1"]),
    ("last July", ["latest-month-before@1 july"]),
    ("في يوليو الماضي", ["latest-month-before@1 july"]),
    ("في شهر يوليو الماضي", ["latest-month-before@1 july"]),
    ("تموز الماضي", ["latest-month-before@1 july"]),
    ("يوليو/تموز الماضي", ["latest-month-before@1 july"]),
    ("جويلية الماضي", ["latest-month-before@1 july"]),
    ("يوليوز الماضي", ["latest-month-before@1 july"]),
    ("كانون الأول الماضي", ["latest-month-before@1 december"]),
    ("كانون الثاني المقبل", ["next-month-of-name@1 january"]),
    ("تشرين الثاني الفائت", ["latest-month-before@1 november"]),
    ("أوت الماضي", ["latest-month-before@1 august"]),
    ("آب الماضي", ["latest-month-before@1 august"]),
    ("غشت الماضي", ["latest-month-before@1 august"]),
    ("next February", ["next-month-of-name@1 february"]),
    ("in July", IN_JULY),
    ("في يوليو", IN_JULY),
    ("early July", ["early@1 of YYYY-07", *IN_JULY]),
    ("in mid-July", ["mid@1 of YYYY-07", *IN_JULY]),
    ("at the end of July", ["late@1 of YYYY-07", *IN_JULY]),
    ("في أوائل تموز", ["early@1 of YYYY-07", *IN_JULY]),
    ("منتصف يوليو/تموز", ["mid@1 of YYYY-07", *IN_JULY]),
    ("أواخر يوليو", ["late@1 of YYYY-07", *IN_JULY]),
    ("أواخر يوليو/آب", []),
    ("15 July", IN_JULY),
    ("July 15", IN_JULY),
    ("15 يوليو الماضي", ["latest-month-before@1 july"]),
    (
        "مطلع ديسمبر الماضي",
        ["early@1 of YYYY-12", "latest-month-before@1 december"],
    ),
    # Years
    ("last year", ["year-before@1"]),
    ("العام الماضي", ["year-before@1"]),
    ("السنة الماضية", ["year-before@1"]),
    ("this year", ["same-year@1"]),
    ("العام الجاري", ["same-year@1"]),
    ("next year", ["year-after@1"]),
    ("العام المقبل", ["year-after@1"]),
    ("July of last year", ["year-before@1"]),
    ("يوليو من العام الماضي", ["year-before@1"]),
    ("أواخر العام الماضي", ["year-before@1"]),
    ("the third quarter of this year", ["same-year@1"]),
    # So many units ago, or on
    ("three days ago", ["days-before@1 3"]),
    ("قبل ثلاثة أيام", ["days-before@1 3"]),
    ("قبل ٣ أيام", ["days-before@1 3"]),
    ("منذ ثلاثة أيام", ["days-before@1 3"]),
    ("قبل يومين", ["days-before@1 2"]),
    ("قبل 12 يوما", ["days-before@1 12"]),
    ("a week ago", ["weeks-before@1 1"]),
    ("قبل أسبوعين", ["weeks-before@1 2"]),
    ("three months ago", ["months-before@1 3"]),
    ("قبل شهر", ["months-before@1 1"]),
    ("two years ago", ["years-before@1 2"]),
    ("قبل عامين", ["years-before@1 2"]),
    ("قبل خمس سنوات", ["years-before@1 5"]),
    ("in three days", ["days-after@1 3"]),
    ("بعد أسبوعين", ["days-after@1 14"]),
    ("two days later", ["days-after@1 2"]),
    ("قبل أيام", ["before@1"]),
    ("مؤخراً", ["before@1"]),
    ("recently", ["before@1"]),
    # Decades and parts of a period
    ("the sixties of the last century", SIXTIES),
    ("ستينيات القرن الماضي", SIXTIES),
    ("في الستينات من القرن الماضي", SIXTIES),
    ("the eighties", ["decade-of-last-century@1 80", "198X"]),
    ("the 1960s", ["196X"]),
    ("early 2017", ["early@1 of 2017"]),
    ("at the beginning of 2017", ["early@1 of 2017"]),
    ("mid-2017", ["mid@1 of 2017"]),
    ("early 1450", ["early@1 of 1450"]),
    ("late May 2017", ["late@1 of 2017-05"]),
    ("the late 1960s", ["late@1 of 196X"]),
    ("مطلع عام 2017", ["early@1 of 2017"]),
    ("في أوائل سنة ٢٠١٧", ["early@1 of 2017"]),
    ("منتصف 2017", ["mid@1 of 2017"]),
    ("أواخر مايو 2017", ["late@1 of 2017-05"]),
    ("نهاية عام 2017", ["late@1 of 2017"]),
    ("أواخر الستينيات", ["late@1 of 196X"]),
    ("the third quarter of 2017", ["quarter@1 3 of 2017"]),
    ("Q3 2017", ["quarter@1 3 of 2017"]),
    ("2017 Q3", ["quarter@1 3 of 2017"]),
    ("الربع الثالث من عام 2017", ["quarter@1 3 of 2017"]),
    ("the first half of 2024", ["half@1 1 of 2024"]),
    ("H2 2024", ["half@1 2 of 2024"]),
    ("النصف الأول من 2024", ["half@1 1 of 2024"]),
    # Printed dates
    ("23 December 2025", ["2025-12-23"]),
    ("23rd of December 2025", ["2025-12-23"]),
    ("on 23 Dec 2025", ["2025-12-23"]),
    ("December 23, 2025", ["2025-12-23"]),
    ("Tuesday, 23 December 2025", ["2025-12-23"]),
    ("٢٣ ديسمبر ٢٠٢٥", ["2025-12-23"]),
    ("23 ديسمبر/كانون الأول 2025", ["2025-12-23"]),
    ("الثلاثاء ٢٣ كانون الأول ٢٠٢٥ م", ["2025-12-23"]),
    ("December 2025", ["2025-12"]),
    ("في ديسمبر 2025", ["2025-12"]),
    ("2017", ["2017"]),
    ("في عام ٢٠١٧", ["2017"]),
    ("about 2017", ["2017~"]),
    ("حوالي عام 2017", ["2017~"]),
    ("2025-12-23", ["2025-12-23"]),
    ("23/12/2025", ["2025-12-23"]),
    ("12/23/2025", ["2025-12-23"]),
    ("03/04/2020", ["2020-04-03", "2020-03-04"]),
    ("٠٣/٠٤/٢٠٢٠", ["2020-04-03", "2020-03-04"]),
    ("3.4.2020 م", ["2020-04-03", "2020-03-04"]),
    ("between 2015 and 2017", ["[2015..2017]", "2015/2017"]),
    ("بين 2015 و2017", ["[2015..2017]", "2015/2017"]),
    ("من 2015 إلى 2017", ["[2015..2017]", "2015/2017"]),
    ("2015–2017", ["[2015..2017]", "2015/2017"]),
    ("between March 2015 and 2017", ["2015-03/2017"]),
    ("since 2019", ["2019/"]),
    ("منذ عام 2019", ["2019/"]),
    # Other calendars
    ("12 ربيع الأول 1444", ["hijri-lunar@1 1444-03-12"]),
    ("١٢ ربيع الأول ١٤٤٤ هـ", ["hijri-lunar@1 1444-03-12"]),
    ("الجمعة 3 رجب 1447", ["hijri-lunar@1 1447-07-03"]),
    ("رجب ١٤٤٧هـ", ["hijri-lunar@1 1447-07"]),
    ("1447 هـ", ["hijri-lunar@1 1447"]),
    ("3 Rajab 1447 AH", ["hijri-lunar@1 1447-07-03"]),
    ("30 جمادى الآخرة 1447", ["hijri-lunar@1 1447-06-30"]),
    ("١٤٤٤/٣/١٢ هـ", ["hijri-lunar@1 1444-03-12"]),
    ("۱۰ دی ۱۳۹۶", ["hijri-solar@1 1396-10-10"]),
    ("دی ۱۳۹۶", ["hijri-solar@1 1396-10"]),
    ("22 Bahman 1357", ["hijri-solar@1 1357-11-22"]),
    ("8 ثور 1371", ["hijri-solar@1 1371-02-08"]),
    ("۱۳۹۶ ش", ["hijri-solar@1 1396"]),
    ("1396/10/30", ["hijri-lunar@1 1396-10-30", "hijri-solar@1 1396-10-30"]),
    ("1444", ["hijri-lunar@1 1444", "hijri-solar@1 1444", "1444"]),
    ("25 October 1917 (O.S.)", ["julian@1 1917-10-25"]),
    ("October 1917 Old Style", ["julian@1 1917-10"]),
]


def _said(suggestion):
    named = suggestion.printed or suggestion.day
    return (suggestion.rule or suggestion.date) + (f" of {named}" if named else "")


@pytest.mark.parametrize(("wording", "expected"), KNOWN)
def test_a_wording_may_mean_these_and_no_others(wording, expected):
    assert [_said(one) for one in suggest(wording)] == expected


@pytest.mark.parametrize("wording", [wording for wording, _ in KNOWN])
def test_what_is_suggested_can_be_written_and_says_why(wording):
    for one in suggest(wording):
        assert bool(one.rule) is not bool(one.date)
        assert one.why
        assert Rule.parse(one.rule) if one.rule else ImpreciseDate(one.date)
        assert one.day or one.meaning(ImpreciseDate("2025-12-23"))
        assert one.why in str(one)


UNKNOWN = [
    "",
    "   ",
    "Su-24",
    "T-72",
    "MiG-29",
    "S-400",
    "JF-17",
    "16 items",
    "Resolution 1591",
    "القرار 1970",
    "about 3 billion",
    "ten trucks",
    "ago",
    "last",
    "الماضي",
    "قبل",
    "last day",
    "this day",
    "early this day",
    "Ramadan",
    "رمضان الماضي",
    "spring",
    "the third quarter",
    "third half of 2017",
    "quarter 2017",
    "early Tuesday 23 December 2025",
    "Tuesday or Wednesday",
    "on the second Tuesday of May",
    "يوليو/آب الماضي",
    "23 July/August 2025",
    "31 February 2025",
    "13/13/2020",
    "1/2/3",
    "2025-12-23-01",
    "12/3/1444 x",
    "14 Farvardin 99",
    "31 رجب 1447",
    "31/31/1444 هـ",
    "early 23 December 2025",
    "between 2017 and 2015 and",
    "since Tuesday",
    "one thousand years ago",
    "1000 years ago",
    "0 weeks ago",
    "in two months",
    "within three days",
    "الأحد عشر",
]


@pytest.mark.parametrize("wording", UNKNOWN)
def test_of_what_is_not_understood_as_a_whole_nothing_is_guessed(wording):
    assert suggest(wording) == ()


def test_a_weekday_that_is_not_that_of_the_printed_day_is_told():
    [one] = suggest("Monday, 23 December 2025")
    assert str(one) == "2025-12-23 (as printed; but that day was a Tuesday)"
    [one] = suggest("الاثنين 23 ديسمبر 2025")
    assert one.why == "as printed; but that day was a Tuesday"
    assert suggest("Monday, 31 February 2025") == ()
    [one] = suggest("Tuesday December 2025")
    assert one.why == "as printed"


def test_a_suggestion_is_written_as_the_form_has_it():
    assert Suggestion("x", rule="month-before@1").written() == {
        "rule": "month-before@1"
    }
    assert Suggestion("x", date="2017~").written() == {"date": "2017~"}
    [part] = suggest("early 2017")
    assert part.written() == {"rule": "early@1", "anchor": {"printed": "2017"}}
    assert str(part) == "early@1, anchor printed 2017 (the first half of it)"
    ours, *_ = suggest("early March")
    anchor = {"day": "YYYY-03", "reason": "..."}
    assert ours.written() == {"rule": "early@1", "anchor": anchor}
    assert str(ours) == (
        'early@1, anchor {"day": "YYYY-03", "reason": ...} (the first half of it: no'
        " year is printed, so give it, and a reason)"
    )


def test_what_a_suggestion_would_mean_counts_from_the_day_of_publication():
    published = ImpreciseDate("2025-12-23?")
    assert [str(one.meaning(published)) for one in suggest("last week")] == [
        "[2025-12-13..2025-12-21]",
        "[2025-12-15..2025-12-21]",
        "[2025-12-14..2025-12-20]",
        "[2025-12-13..2025-12-19]",
    ]
    [lunar] = suggest("3 Rajab 1447")
    assert str(lunar.meaning(published)) == "[2025-12-22..2025-12-24]"


def test_what_a_suggestion_cannot_mean_is_refused():
    [lunar] = suggest("3 Rajab 1300")
    with pytest.raises(EmbargoMonitorError, match="in the years 1343 to 1500"):
        lunar.meaning(ImpreciseDate("2025-12-23"))
    early, *_ = suggest("in early March")
    with pytest.raises(EmbargoMonitorError, match="does not name the year"):
        early.meaning(ImpreciseDate("2025-12-23"))


WORDS = ["قبل", "last", "3", "2017", "week", "May", "من", "/", "-", "هـ", "الأول"]


@given(st.text() | st.lists(st.sampled_from(WORDS)))
def test_any_text_has_suggestions_that_can_be_written_or_none(text):
    for one in suggest(text if isinstance(text, str) else " ".join(text)):
        assert Rule.parse(one.rule) if one.rule else ImpreciseDate(one.date)


def test_of_what_is_longer_than_any_wording_nothing_is_tried():
    """Each word of it could begin a date: a million take an hour."""
    assert suggest("on the " * 150_000) == ()


@pytest.mark.parametrize("wording", ["by next Friday", "بحلول يوم الجمعة المقبل"])
def test_a_wording_that_bounds_a_date_is_taken_for_no_day(wording):
    assert suggest(wording) == ()
