"""`sql`: what the tables answer, as a person and as a program reads it."""

import csv
import io
import json
from pathlib import Path

from embargo_monitor.cli.progress import progress_bar
from tests.cli.conftest import Terminal

PRICES = (
    "SELECT amount, origin_name FROM claims WHERE kind = 'value_is'"
    " AND value_of = 'price' AND event = 'seed-article#deal' ORDER BY low"
)


def test_a_table_is_printed_where_it_fits(run):
    run.article()
    answered = run("sql", PRICES)
    assert answered.out.splitlines() == [
        "amount                   origin_name",
        "-----------------------  ------------------------",
        "about 3 billion USD      a Libyan military source",
        "more than 4 billion USD  Pakistani sources",
        "(2 rows)",
    ]


def test_what_does_not_fit_is_printed_row_by_row(run):
    run.article()
    lines = run("sql", "SELECT * FROM claims LIMIT 2").out.splitlines()
    assert lines[0].split() == ["id", "seed-article#deal-cnn.stage"]
    assert lines.count("") == 1
    assert lines[-1] == "(2 rows)"
    assert "superseded_at   NULL" in lines


def test_rows_are_json_line_by_line(run):
    run.article()
    rows = [*map(json.loads, run("sql", "--json", PRICES).out.splitlines())]
    assert [one["amount"] for one in rows] == [
        "about 3 billion USD",
        "more than 4 billion USD",
    ]
    odd = "SELECT 1 AS a, 2 AS a, x'00ff' AS b, 9007199254740993 AS c"
    row = json.loads(run("sql", "--json", odd).out)
    assert row == {"a": 1, "a_2": 2, "b": "00ff", "c": "9007199254740993"}


def test_rows_are_csv_without_formulas(run):
    run.article()
    answered = run("sql", "--csv", "SELECT '=1+1' AS sum, NULL AS none, 'a,b' AS c")
    assert [*csv.reader(io.StringIO(answered.out))] == [
        ["sum", "none", "c"],
        ["'=1+1", "", "a,b"],
    ]


def test_what_could_scramble_the_screen_is_escaped(run):
    run.article()
    answered = run(
        "sql", "SELECT char(27) || '[31m' AS a, char(8238) AS b, 'صفقة' AS c"
    )
    assert "\x1b" not in answered.out
    assert "\u202e" not in answered.out
    assert "\\x1b[31m" in answered.out
    assert "\u2068صفقة\u2069" in answered.out
    assert "\x1b" not in run("sql", 'SELECT 1 AS "\x1b[31m"').out


def test_more_rows_than_the_limit_are_told(run):
    run.article()
    asked = ("sql", "--limit", "1", PRICES)
    assert "(1 row; there are more: see --limit)" in run(*asked).out
    for how in ("--json", "--csv"):
        assert "there are more than 1 rows" in run(*asked, how).err


def test_the_size_is_bound_and_may_be_an_earlier_one(run):
    run.article()
    assert run("sql", "--json", "SELECT :at AS at").out == '{"at": 1}\n'
    assert run("sql", "--json", "--at", "0", "SELECT :at AS at").out == '{"at": 0}\n'


def test_a_statement_may_come_on_standard_input(run):
    run.article()
    answered = run("sql", "-", "--json", stdin=b"SELECT count(*) AS n FROM reports")
    assert answered.out == '{"n": 1}\n'


def test_the_tables_are_described(run):
    told = run("sql", "--tables").out
    assert "claims: one thing that somebody says" in told
    assert "superseded_at" in told


def test_what_is_refused_says_so_and_changes_nothing(run):
    run.article()
    refused = run("sql", "DROP TABLE claims")
    assert (refused.code, refused.out) == (1, "")
    assert "only reads tables" in refused.err
    assert "31" in run("sql", "SELECT count(*) FROM claims").out


def test_wrong_usage_is_told(run):
    run.article()
    assert run("sql").code == 2
    assert run("sql", "--json", "--csv", PRICES).code == 2
    assert run("sql", "--seconds", "x", PRICES).code == 2


def test_wide_letters_and_marks_take_the_columns_that_they_take(run):
    run.article()
    rows = run("sql", "SELECT '漢字' AS a, 1 AS b UNION ALL SELECT 'é', 2").out
    assert rows.splitlines()[:4] == ["a     b", "----  -", "漢字  1", "é     2"]


def test_a_bar_is_shown_to_a_person_once_something_is_done(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress_bar("index") as advance:
        assert terminal.getvalue() == ""
        advance(1, 2)
        advance(2, 2)
    assert "index" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_a_log_without_an_index_gets_one_beside_it(run):
    run.article()
    Path("monitor.db-index").unlink(missing_ok=True)
    run("sql", PRICES)
    assert Path("monitor.db-index").exists()
