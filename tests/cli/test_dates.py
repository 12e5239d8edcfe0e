"""The command that suggests what a wording means, and does no more."""

import json

from click.testing import CliRunner

from embargo_monitor.cli.dates import dates
from embargo_monitor.errors import InvalidValueError


def asked(*args):
    return CliRunner().invoke(dates, args)


def test_a_wording_is_answered_with_suggestions_and_their_meaning():
    ran = asked("last Tuesday", "--published", "2025-12-23?")
    assert ran.exit_code == 0
    assert ran.output.splitlines() == [
        "last Tuesday",
        "  rule weekday-before@1 tuesday",
        "    why        the latest such day before the anchor's",
        "    means      2025-12-16",
        "  rule weekday-on-or-before@1 tuesday",
        "    why        the latest such day, which may be the anchor's own",
        "    means      2025-12-23",
        "Suggestions only: which of them the source means, you decide.",
    ]


def test_without_a_day_of_publication_no_meaning_is_told():
    ran = asked("مطلع عام 2017")
    assert ran.output.splitlines() == [
        "\u2068مطلع عام 2017\u2069",
        "  rule early@1, anchor printed 2017",
        "    why        the first half of it",
        "Suggestions only: which of them the source means, you decide.",
    ]


def test_a_year_that_is_not_printed_is_left_to_the_analyst():
    ran = asked("in early March", "--published", "2024-05-14")
    _, rule, why, *cannot = ran.output.splitlines()
    assert rule == '  rule early@1, anchor {"day": "YYYY-03", "reason": ...}'
    assert why.endswith(
        "the first half of it: no year is printed, so give it, and a reason"
    )
    assert cannot[0].startswith("    cannot     day must be completed by you: the wor")
    line, *_ = asked("أوائل آذار", "--json").output.splitlines()
    anchor = {"day": "YYYY-03", "reason": "..."}
    assert json.loads(line)["anchor"] == anchor


def test_a_printed_date_is_suggested_as_one():
    assert "  date 2025-12-23\n" in asked("٢٣ ديسمبر ٢٠٢٥").output


def test_what_a_suggestion_cannot_mean_is_said_beside_it():
    ran = asked("3 Rajab 1300", "--published", "2025-12-23")
    assert ran.exit_code == 0
    assert "cannot     argument must be a date in the years 1343" in ran.output


def test_as_json_there_is_a_suggestion_on_a_line():
    lines = asked("early 2017", "--published", "2025-12-23", "--json").output
    assert [json.loads(line) for line in lines.splitlines()] == [
        {
            "rule": "early@1",
            "anchor": {"printed": "2017"},
            "means": "[2017-01-01..2017-07-02]",
            "why": "the first half of it",
        }
    ]
    assert json.loads(asked("2017", "--json").output) == {
        "date": "2017",
        "why": "as printed",
    }


def test_a_wording_that_is_not_known_is_said_to_be_and_nothing_is_guessed():
    ran = asked("Su-24")
    assert (ran.exit_code, ran.output.splitlines()[0]) == (0, "Su-24")
    assert "not known. Nothing is guessed of it" in ran.output
    assert asked("Su-24", "--json").output == ""


def test_a_day_of_publication_that_is_no_date_is_refused():
    ran = asked("last week", "--published", "yesterday")
    assert isinstance(ran.exception, InvalidValueError)


def test_a_wording_cannot_scramble_the_terminal():
    assert "\u202e" not in asked("last \u202e week").output
