"""Dates in words."""

import pytest

from embargo_monitor.authoring import author
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.show.dates import date_line, when_lines


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-12-23", "2025-12-23"),
        ("2025-07", "2025-07"),
        ("2025", "2025"),
        ("2025-12-23?", "2025-12-23 (uncertain)"),
        ("2025~", "2025 (approximate)"),
        ("2025%", "2025 (uncertain and approximate)"),
        ("196X", "between 1960 and 1969"),
        ("2025-12-XX", "between 2025-12-01 and 2025-12-31"),
        ("[2025-12-13..2025-12-21]", "between 2025-12-13 and 2025-12-21"),
        ("[2011-02-27,2011-02-28]", "2011-02-27 or 2011-02-28"),
        ("[..2025-12-21]", "not after 2025-12-21"),
        ("[2025-12-21..]", "not before 2025-12-21"),
        ("2023-09-07/2023-10-01", "from 2023-09-07 to 2023-10-01"),
        ("2025-XX", "2025"),
        ("2025-01/2025-06~", "from 2025-01 to 2025-06 (approximate)"),
        ("[2025-01-01..2025-01-05,2025-02]", "2025-01-01 to 2025-01-05 or 2025-02"),
        ("2023-09-07/..", "from 2023-09-07 to open"),
        ("../2023-09-07", "from open to 2023-09-07"),
    ],
)
def test_a_date_is_said_with_both_ends_and_its_doubt(edtf, words):
    assert date_line(ImpreciseDate(edtf)) == words


def dated(when):
    """Return the report of one claim with that date, and the date as read."""
    form = {
        "report": "r-1",
        "translations": {"language": "en", "method": "person", "by": "ana"},
        "document": {
            "titles": {"en": "Trucks"},
            "publisher": "paper",
            "published": {"date": "2025-12-23"},
        },
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"paper": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Trucks"}},
        "claims": [
            {"voice": "paper", "about": "deal", "stage": "agreed", "when": when}
        ],
    }
    report = author(form, read={}.__getitem__).report
    [claim] = report.claims
    return list(when_lines(report, claim.when, claim))


def test_a_printed_date_says_that_it_is_printed():
    assert dated("2025-12-22") == ["2025-12-22, as printed"]
    assert dated(
        {"date": "2025-12-22", "wording": "22 December", "clock": "07:00"}
    ) == ["2025-12-22, at 07:00, from “22 December”, as printed"]


def test_a_rule_says_what_it_counted_from():
    [line] = dated(
        {
            "wording": "hier",
            "translation": "yesterday",
            "rule": "days-before@1 1",
            "anchor": "published",
        }
    )
    assert line == (
        "2025-12-22, from “yesterday” (hier), by the rule days-before@1 1,"
        " counted from publication"
    )


def test_a_reading_says_its_reason():
    lines = dated(
        {
            "wording": "2052",
            "rule": "reading@1",
            "date": "2025?",
            "reason": "a misprint",
        }
    )
    assert lines == [
        "2025 (uncertain), from “2052”, by reading@1: a misprint",
        "rests on: this date is our own reading: a misprint",
        "rests on: this date is uncertain",
    ]


def test_a_day_of_ours_says_its_reason_once():
    anchor = {"day": "2025-12-20", "reason": "the day of the speech"}
    lines = dated({"rule": "days-before@1 1", "anchor": anchor})
    assert lines == [
        (
            "2025-12-19, by the rule days-before@1 1, counted from 2025-12-20, a day of"
            " ours: the day of the speech"
        ),
        "rests on: it counts from 2025-12-20",
    ]


def test_what_the_wording_names_is_told_as_what_it_counted_from():
    when = {"wording": "early 2017", "rule": "early@1", "anchor": {"printed": "2017"}}
    [line] = dated(when)
    assert line == (
        "between 2017-01-01 and 2017-07-02, from “early 2017”, by the rule early@1,"
        " counted from 2017"
    )


def test_a_date_of_another_calendar_is_told_with_what_was_printed():
    [line] = dated({"wording": "٣ رجب ١٤٤٧", "rule": "hijri-lunar@1 1447-07-03"})
    assert line == (
        "between 2025-12-22 and 2025-12-24, from “\u2068٣ رجب ١٤٤٧\u2069”, by the rule"
        " hijri-lunar@1 1447-07-03"
    )


AGAINST = {"rule": "reading@1", "date": "2025-12-15?", "reason": "their own release"}


def test_a_reading_against_a_rule_shows_what_the_rule_gives():
    line, *_ = dated({**AGAINST, "against": "weekday-before@1 tuesday"})
    assert line == (
        "2025-12-15 (uncertain), by reading@1: their own release; against the rule"
        " weekday-before@1 tuesday, counted from publication, which gives 2025-12-16"
    )


def test_a_reading_against_a_bounded_rule_shows_the_bound():
    day = {"day": "2025-12-01", "reason": "the order"}
    against = {"against": "after@1", "anchor": day, "until": "published"}
    line, *_ = dated({**AGAINST, **against})
    assert line.endswith(
        "; against the rule after@1, counted from 2025-12-01, a day of ours:"
        " the order, not after publication,"
        " which gives between 2025-12-01 and 2025-12-23"
    )


def test_a_reading_against_a_calendar_shows_what_was_printed():
    line, *_ = dated({**AGAINST, "against": "hijri-lunar@1 1447-07-03"})
    assert line.endswith("release; against the rule hijri-lunar@1 1447-07-03")


def test_a_bound_that_is_a_day_of_ours_says_its_reason():
    day = {"day": "2025-12", "reason": "the order"}
    line, *_ = dated({"rule": "after@1", "anchor": "published", "until": day})
    assert line.endswith(
        "counted from publication, not after 2025-12, a day of ours: the order"
    )
