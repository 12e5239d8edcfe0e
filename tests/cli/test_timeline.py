"""`timeline`: day by day, who says what was then."""

import csv
import io
import json

import pytest

DEAL = "seed-article#deal"


def test_each_date_stands_once_and_the_undated_at_the_end(run):
    run.article()
    lines = run("timeline", DEAL).out.splitlines()
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert heads == [
        "between 2025-12-13 and 2025-12-23",
        "no day is given; told as past, so not after 2025-12-23 (inferred)",
    ]
    assert "  stage      agreed (date by the rule after@1, inferred)" in lines


def test_by_publication_the_day_is_that_of_the_page(run):
    run.article()
    lines = run("timeline", DEAL, "--by-publication").out.splitlines()
    assert lines[0] == "2025-12-23 (uncertain)"


def test_without_an_event_all_that_matches_stands_on_it(run):
    run.article()
    said = run("timeline", "--actor", "lna").out
    assert "signed, by Libyan National Army and Pakistan Army" in said
    assert "no day is given\n" not in said
    one = run("timeline", "--actor", "lna", "--limit", "1", "--json").out
    assert len(one.splitlines()) == 1


def test_filters_go_with_an_event_too(run):
    run.article()
    told = run("timeline", DEAL, "--source", "Reuters", "--json").out.splitlines()
    assert [json.loads(one)["id"] for one in told] == [
        "seed-article#deal-reuters.stage"
    ]
    certain = run("timeline", DEAL, "--source", "Reuters", "--certain", "--json").out
    assert len(certain.splitlines()) <= 1


def test_json_gives_both_ends_and_no_day_where_there_is_none(run):
    run.article()
    first, second = map(json.loads, run("timeline", DEAL, "--json").out.splitlines())
    assert (first["first"], first["last"]) == ("2025-12-13", "2025-12-23")
    assert first["told_by"] is None
    assert (second["date"], second["first"], second["last"]) == (None, None, None)
    assert second["told_by"] == "2025-12-23"
    assert second["taken_back_by"] == []


def test_csv_is_a_row_for_each_claim(run):
    run.article()
    rows = [*csv.DictReader(io.StringIO(run("timeline", DEAL, "--csv").out))]
    assert [row["first"] for row in rows] == ["2025-12-13", ""]
    assert {row["event"] for row in rows} == {DEAL}
    assert {row["content"] for row in rows} == {"agreed"}


def test_what_was_taken_back_is_marked(run):
    run("init", "--empty")
    form = {
        "report": "r",
        "form": 1,
        "document": {"titles": {"en": "A page"}, "language": "en", "publisher": "p"},
        "sources": {"p": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"p": ["p"]},
        "events": {"e": {"kind": "transfer", "title": "An event"}},
        "claims": [
            {"id": "c", "voice": "p", "about": "e", "stage": "agreed"},
            {
                "id": "w",
                "voice": "p",
                "about": "e",
                "stage": "agreed",
                "stance": "withdraws",
                "answers": "c",
            },
        ],
    }
    with open("r.report.json", "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(form, file)
    assert run("add", "r.report.json", "--yes", "--by", "ana").code == 0
    said = run("timeline", "r#e").out
    assert "no day is given" in said
    assert "[TAKEN BACK by The Paper]" in said
    assert "[WITHDRAWS] agreed" in said
    rows = [*csv.DictReader(io.StringIO(run("timeline", "r#e", "--csv").out))]
    assert [row["taken_back"] for row in rows] == ["r#w.stage", ""]


def test_where_nothing_matches_it_says_so(run):
    run.article()
    said = run("timeline", "--stage", "delivered")
    assert (said.code, said.out) == (0, "")
    assert "no claim of a step" in said.err


@pytest.mark.parametrize("how", [("--sort", "id"), ("--explain",)])
def test_what_does_not_go_with_it_is_refused(run, how):
    run.article()
    assert run("timeline", *how).code == 2


def test_unknown_names_are_told(run):
    run.article()
    assert "unknown" in run("timeline", "seed-article#dael").err
    assert "near" in run("timeline", "--actor", "Libian National Army").err
    assert run("timeline", DEAL, "--at", "0").code == 1
