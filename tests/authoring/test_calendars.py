"""Printed dates of other calendars become days while a form is read, and only then."""

import subprocess
import sys
from datetime import date

import pytest

from embargo_monitor.authoring.calendars import convert
from embargo_monitor.errors import AuthoringError, InvalidValueError
from embargo_monitor.model.calendars import require_fitting
from embargo_monitor.model.rules import Rule


def by(rule):
    return str(convert(Rule.parse(rule)))


# A day of Umm al-Qura, and a day either way.
@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("hijri-lunar@1 1447-07-03", "[2025-12-22..2025-12-24]"),
        ("hijri-lunar@1 1444-03-12", "[2022-10-07..2022-10-09]"),
        ("hijri-lunar@1 1447-07", "[2025-12-20..2026-01-20]"),
        ("hijri-lunar@1 1447", "[2025-06-25..2026-06-16]"),
        ("hijri-lunar@1 1447-02-30", "[2025-08-23..2025-08-25]"),
        ("hijri-lunar@1 1343", "[1924-07-31..1925-07-23]"),
        ("hijri-lunar@1 1500-12-30", "[2077-11-15..2077-11-17]"),
        ("hijri-solar@1 1357-11-22", "1979-02-11"),
        ("hijri-solar@1 1404-01-01", "2025-03-21"),
        ("hijri-solar@1 1399-12-30", "2021-03-20"),
        ("hijri-solar@1 1396-10", "[2017-12-22..2018-01-20]"),
        ("hijri-solar@1 1396", "[2017-03-21..2018-03-20]"),
        ("hijri-solar@1 1304-01-01", "1925-03-21"),
        ("hijri-solar@1 1500-12-29", "2122-03-20"),
        ("julian@1 1917-10-25", "1917-11-07"),
        ("julian@1 1917-10", "[1917-10-14..1917-11-13]"),
        ("julian@1 1917", "[1917-01-14..1918-01-13]"),
    ],
)
def test_a_printed_date_means_days_of_the_gregorian_calendar(rule, days):
    assert by(rule) == days


# First days of months as countries announced them, one of them a day after another.
@pytest.mark.parametrize(
    ("printed", "announced"),
    [
        ("1445-09-01", "2024-03-11"),  # Ramadan in Saudi Arabia
        ("1445-09-01", "2024-03-12"),  # and in Pakistan and Iran
        ("1446-10-01", "2025-03-30"),  # Shawwal in Saudi Arabia
        ("1446-10-01", "2025-03-31"),  # and in Pakistan, Egypt and Morocco
        ("1446-12-10", "2025-06-06"),
        ("1446-12-10", "2025-06-07"),
        ("1447-01-01", "2025-06-26"),
        ("1447-01-01", "2025-06-27"),
    ],
)
def test_a_day_either_way_holds_what_countries_announced(printed, announced):
    days = convert(Rule("hijri-lunar@1", printed))
    assert days.earliest <= date.fromisoformat(announced) <= days.latest


@pytest.mark.parametrize(
    ("name", "years"),
    [("hijri-lunar@1", range(1343, 1501)), ("hijri-solar@1", range(1304, 1501))],
)
def test_the_model_refuses_nothing_that_the_tables_give(name, years):
    for year in years:
        for printed in (
            f"{year}",
            *(f"{year}-{month:02}" for month in range(1, 13)),
            *(f"{year}-{month:02}-29" for month in range(1, 13)),
        ):
            require_fitting(name, printed, convert(Rule(name, printed)))


def test_the_years_of_the_solar_calendar_follow_one_another():
    for year in range(1304, 1500):
        last = convert(Rule("hijri-solar@1", f"{year}")).latest
        following = convert(Rule("hijri-solar@1", f"{year + 1}-01-01"))
        assert last.toordinal() + 1 == following.earliest.toordinal()


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("hijri-lunar@1 1342-12-29", "in the years 1343 to 1500"),
        ("hijri-lunar@1 1501", "in the years 1343 to 1500"),
        ("hijri-solar@1 1303-12-29", "in the years 1304 to 1500"),
        ("hijri-solar@1 1501-01", "in the years 1304 to 1500"),
        ("hijri-solar@1 1400-12-30", "a day of that month, which has 29"),
        ("julian@1 0001-01-02", "in the years 0001 to 9999"),
        ("julian@1 9999", "in the years 0001 to 9999"),
    ],
)
def test_what_no_table_has_is_refused(rule, wanted):
    with pytest.raises(InvalidValueError, match=f"^argument must be .*{wanted}"):
        by(rule)


@pytest.mark.parametrize(
    ("rule", "package"),
    [
        ("hijri-lunar@1 1447-07-03", "hijridate"),
        ("hijri-solar@1 1396-10", "persiantools.jdatetime"),
    ],
)
def test_without_the_extra_it_is_said_what_to_install(rule, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        AuthoringError,
        match=r"needs the extra calendars: install embargo-monitor\[calendars\]",
    ):
        by(rule)


def test_a_julian_date_needs_no_extra(monkeypatch):
    for package in ("hijridate", "persiantools", "persiantools.jdatetime"):
        monkeypatch.setitem(sys.modules, package, None)
    assert by("julian@1 1917-10-25") == "1917-11-07"


def test_a_record_is_read_without_the_extra():
    """In a process that can import neither package."""
    code = """
import sys
sys.modules.update(dict.fromkeys(("hijridate", "persiantools")))
from embargo_monitor.model.when import When
from embargo_monitor.structuring import structure
plain = {"date": "[2025-12-22..2025-12-24]", "rule": "hijri-lunar@1 1447-07-03"}
print(structure(plain, When, "$").rule)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert ran.stdout == "hijri-lunar@1 1447-07-03\n"
