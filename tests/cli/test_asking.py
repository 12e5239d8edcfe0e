"""Commands that ask: events and claims, with filters."""

import csv
import io
import json
from pathlib import Path

import attrs
import pytest

import embargo_monitor as em
from embargo_monitor.query.filters import Filters
from embargo_monitor.show.matches import disarmed

ASKED = ("--recipient", "الجيش الوطني الليبي", "--stage-at-least", "agreed")


def plain(text):
    return " ".join(text.split())


@pytest.fixture
def ask(run):
    """A log of the article, to be asked."""
    run("init")
    return run


def ids(ran):
    return [json.loads(line)["event"] for line in ran.out.splitlines()]


def test_events_are_filtered(ask):
    found = ask("events", *ASKED, "--published", "2025-12", "--json")
    assert ids(found) == ["seed-article#deal"]
    told = ask("events", *ASKED).out
    assert told.startswith("seed-article#deal  (transfer)")
    assert plain(told).endswith("disputed: yes matches: certainly")


def test_what_is_certain_comes_first_and_may_be_asked_for_alone(ask):
    found = ask("events", "--source", "CNN", "--json")
    assert ids(found) == ["seed-article#deal", "seed-article#visit"]
    alone = ask("events", "--source", "CNN", "--certain", "--json")
    assert ids(alone) == ["seed-article#deal"]
    text = plain(ask("events", "--source", "CNN").out)
    assert "possibly; open: source (seed-article#visit-week.stage)" in text


def test_json_says_which_claims_made_a_match(ask):
    [line] = ask("events", *ASKED, "--json").out.splitlines()
    value = json.loads(line)
    assert value["certainty"] == "yes"
    assert value["because"][0] == {
        "filter": "recipient",
        "certainty": "yes",
        "claims": [
            "seed-article#deal-cnn.recipient",
            "seed-article#deal-reuters.recipient",
        ],
        "text": "",
    }


def test_explain_shows_which_claims_made_a_match(ask):
    text = plain(ask("events", "--value", "3 billion USD").out)
    assert "value (seed-article#value-cnn.value)" in text
    text = plain(ask("events", "--text", "deal", "--explain").out)
    assert "text: yes: seed-article#deal-cnn.stage," in text


def test_events_are_listed_as_before_where_nothing_is_asked(ask):
    assert "matches:" not in ask("events").out
    assert "certainty" not in ask("events", "--json").out
    assert len(ids(ask("events", "--json", "--limit", "2"))) == 2
    first = ids(ask("events", "--json", "--sort", "id"))
    assert first == sorted(first)


def test_claims_are_listed_with_their_words(ask):
    told = ask("claims", "--supplier", "PK", "--origin", "Asim Munir").out
    assert told.startswith("seed-article#available.supplier  (party_is) Pakistan to")
    assert "Asim Munir > unknown publisher" in told
    assert plain(told).endswith("matches: certainly")


def test_claims_as_json(ask):
    [line] = ask(
        "claims", "--value", "at least 4 billion USD", "--json"
    ).out.splitlines()
    value = json.loads(line)
    assert value["id"] == "seed-article#value-reuters.value"
    assert value["voice"] == "Pakistani sources > Reuters > unknown publisher"
    assert (value["kind"], value["certainty"]) == ("value_is", "yes")


def test_all_claims_are_listed_where_nothing_is_asked(ask):
    assert len(ask("claims", "--json").out.splitlines()) == 31
    assert len(ask("claims", "--json", "--text", "لشراء أسلحة").out.splitlines()) > 0


def test_recorded_and_text_need_more_than_claims(ask):
    assert ids(ask("events", "--recorded", "1999", "--json")) == []
    assert len(ids(ask("events", "--recorded", "2020/..", "--json"))) == 5
    # Only the article's own words hold it: no title, and no claim of ours.
    assert ids(ask("events", "--text", "لشراء أسلحة", "--json")) == [
        "seed-article#deal"
    ]


def test_a_log_without_reports_says_so(run, tmp_path):
    em.EventLog.create(tmp_path / "monitor.db").close()
    assert "no events: no report" in run("events", "--supplier", "PK").err


@pytest.mark.parametrize("command", ["events", "claims"])
def test_a_table_for_spreadsheets(ask, command):
    ran = ask(command, "--supplier", "PK", "--csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["certainty"] for row in rows] == ["yes"] * len(rows)
    assert rows[0]["title"] == "Pakistan to the LNA: an arms deal"
    assert rows[0]["stance"] == {"events": "", "claims": "asserts"}[command]
    assert rows[0]["because"].startswith("supplier: seed-article#deal-cnn.supplier")


@pytest.mark.parametrize("command", ["events", "claims"])
def test_every_filter_is_an_option_and_stands_in_the_reference(run, command):
    page = Path(__file__).parents[2] / "docs" / "filters.md"
    told, shown = page.read_text("utf-8"), run(command, "--help").out
    for one in attrs.fields(Filters):
        option = f"--{one.name.replace('_', '-')}"
        assert option in shown
        assert f"`{option}`" in told


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'"])
def test_no_cell_is_a_formula_and_all_can_be_read_back(start):
    cell = f"{start}1+1"
    assert disarmed(cell) == "'" + cell
    assert disarmed(cell).removeprefix("'") == cell
    assert disarmed("a=1") == "a=1"


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("--supplier", "Pakistn"), 1, "near: Pakistan"),
        (("--happened", "last week"), 1, "must be"),
        (("--stage", "ordered"), 2, "not one of"),
        (("--limit", "0"), 2, "--limit"),
        (("--json", "--csv"), 2, "not both"),
        (("--text", "<%>"), 1, "letter or digit"),
    ],
)
@pytest.mark.parametrize("command", ["events", "claims"])
def test_what_cannot_be_asked_is_refused(ask, command, given, code, said):
    ran = ask(command, *given)
    assert (ran.code, ran.out) == (code, "")
    assert said in plain(ran.err)


def test_grades_and_disputes_are_asked(ask):
    assert ids(ask("events", "--disputed", "--json")) == ["seed-article#deal"]
    assert "seed-article#deal" not in ids(ask("events", "--undisputed", "--json"))
    graded = ask("claims", "--credibility", "6", "--credibility", "2", "--json")
    claims = [json.loads(line)["claim"] for line in graded.out.splitlines()]
    assert claims
    assert {one["credibility"]["grade"] for one in claims} <= {"6", "2"}
