"""Statements of anybody, put to the tables: they read, or they are refused."""

import hashlib
import sqlite3
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import embargo_monitor as em
from embargo_monitor.errors import (
    EmbargoMonitorError,
    InvalidValueError,
    LogError,
    UnknownNameError,
)
from embargo_monitor.query.statements import ask


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The index of the article, in a folder that holds its log and nothing else."""
    path = tmp_path_factory.mktemp("sql") / "monitor.db"
    with em.EventLog.create(path) as log:
        log.append(em.seed_report())
        return log.tables()


def state_of(folder):
    """Return the names and bytes of all files in a folder, but for SQLite's own."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


HOSTILE = [
    "ATTACH 'other.db' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH main",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "PRAGMA writable_schema = ON",
    "PRAGMA query_only = OFF",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA table_info(claims)",
    "PRAGMA temp_store_directory = '/tmp'",
    "SELECT * FROM pragma_table_info('claims')",
    "SELECT * FROM pragma_database_list",
    "SELECT load_extension('evil')",
    "SELECT load_extension('evil', 'entry')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('written', 'x')",
    "SELECT edit('x', 'vi')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT sqlite_compileoption_get(1)",
    "SELECT * FROM sqlite_dbpage",
    "SELECT * FROM dbstat",
    "SELECT * FROM fsdir('/')",
    "SELECT * FROM csv('x')",
    "INSERT INTO claims (id) VALUES ('mine')",
    "INSERT INTO claims (id) VALUES ('mine') RETURNING id",
    "WITH mine AS (SELECT 1) INSERT INTO claims (id) SELECT * FROM mine",
    "REPLACE INTO claims (id) VALUES ('mine')",
    "UPDATE claims SET stance = 'denies'",
    "UPDATE claims SET stance = e.kind FROM events AS e",
    "DELETE FROM claims",
    "DROP TABLE claims",
    "DROP INDEX claims_by_event",
    "ALTER TABLE claims RENAME TO mine",
    "ALTER TABLE claims ADD COLUMN mine",
    "CREATE TABLE mine (x)",
    "CREATE TEMP TABLE mine (x)",
    "CREATE TEMP VIEW mine AS SELECT 1",
    "CREATE TEMP TRIGGER mine AFTER INSERT ON claims BEGIN SELECT 1; END",
    "CREATE INDEX mine ON claims (id)",
    "CREATE VIRTUAL TABLE mine USING fts5 (x)",
    "CREATE TABLE mine AS SELECT * FROM claims",
    "ANALYZE",
    "REINDEX",
    "BEGIN",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT mine",
    "RELEASE mine",
    "SELECT 1; DROP TABLE claims",
    "SELECT 1; SELECT 2",
    "SELECT 1 /* ; */ ; -- a comment\n DELETE FROM claims",
    "EXPLAIN DELETE FROM claims",
    "SELECT zeroblob(1000000000)",
    "SELECT randomblob(1000000000)",
    "SELECT group_concat(hex(c.chain || c.id)) FROM claims AS c, claims, claims AS b",
    "SELECT replace(hex(printf('%.90000c', 'a')), '6', 'aaaaaaaaaaaaaaaa')",
    "SELECT " + "(" * 5_000 + "1" + ")" * 5_000,
    "SELECT " + " UNION ALL SELECT ".join("1" * 1_000),
    "SELECT '" + "x" * 10_000_000 + "'",
    "SELECT id FROM claims WHERE id LIKE '" + "%a" * 200 + "'",
    "SELECT '\x00'",
    "SELECT '\ud800'",
    "\x00",
    "",
    "   -- nothing",
    ";",
    "SELECT",
    "SELEC id FROM claims",
    "صفقة",
    "SELECT nothing FROM claims",
    "SELECT * FROM clams",
    "SELECT :missing",
    "SELECT ?",
]


@pytest.mark.parametrize("statement", HOSTILE, ids=range(len(HOSTILE)))
def test_what_does_more_than_read_is_refused_and_leaves_all_as_it_was(
    index, statement, monkeypatch
):
    monkeypatch.chdir(index.parent)
    before = state_of(index.parent)
    with pytest.raises(EmbargoMonitorError):
        ask(index, statement, {"at": 1}, seconds=5)
    assert state_of(index.parent) == before
    assert ask(index, "SELECT count(*) FROM reports").rows == ((1,),)


MANY = "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more)"


@pytest.mark.parametrize(
    "statement",
    [
        f"{MANY} SELECT count(*) FROM more",
        "SELECT count(*) FROM claims a, claims b, claims c, claims d, claims e, claims",
    ],
)
def test_what_runs_without_an_end_is_ended(index, statement):
    with pytest.raises(LogError, match=r"ran longer than 0\.2 seconds"):
        ask(index, statement, seconds=0.2)


def test_an_answer_without_measure_is_refused(index):
    with pytest.raises(LogError, match="the answer is over 100,000,000 characters"):
        ask(
            index,
            f"{MANY} SELECT printf('%.190000c', 'x') FROM more",
            limit=1_000_000,
            seconds=60,
        )


def test_what_only_reads_is_answered(index):
    answered = ask(
        index,
        "WITH RECURSIVE two(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM two LIMIT 2)"
        " SELECT n, upper('a') AS big, j.value, NULL, x'00ff',"
        " row_number() OVER (ORDER BY n DESC) FROM two, json_each('[7]') AS j"
        " ORDER BY n",
    )
    assert answered.columns[:3] == ("n", "big", "value")
    assert answered.rows == tuple((n, "A", 7, None, b"\x00\xff", 3 - n) for n in (1, 2))
    assert not answered.is_cut


def test_values_are_bound_and_never_read_as_sql(index):
    evil = "x'; DROP TABLE claims; --"
    assert ask(index, "SELECT :evil", {"evil": evil}).rows == ((evil,),)


def test_the_plan_of_a_statement_can_be_asked(index):
    [row] = ask(index, "EXPLAIN QUERY PLAN SELECT * FROM claims WHERE event = 'x'").rows
    assert "claims_by_event" in row[-1]


def test_more_rows_than_were_asked_for_are_told(index):
    assert ask(index, "SELECT id FROM claims", limit=3).is_cut
    few = ask(index, "SELECT id FROM claims LIMIT 3", limit=3)
    assert (len(few.rows), few.is_cut) == (3, False)


def test_refusals_say_what_was_wrong(index):
    with pytest.raises(InvalidValueError, match="only reads tables and calls known"):
        ask(index, "ATTACH 'x' AS y")
    with pytest.raises(InvalidValueError, match='near "SELEC": syntax error'):
        ask(index, "SELEC 1")
    with pytest.raises(UnknownNameError, match="unknown table 'clams'; near: claims"):
        ask(index, "SELECT * FROM clams")
    with pytest.raises(UnknownNameError, match=r"unknown column 'c\.chian'; near"):
        ask(index, "SELECT c.chian FROM claims AS c")
    with pytest.raises(InvalidValueError, match="sql must be a SELECT"):
        ask(index, "")


@pytest.mark.parametrize("limit", [0, -1, 1_000_001])
def test_a_limit_that_is_none_is_refused(index, limit):
    with pytest.raises(InvalidValueError, match="limit must be 1 to 1,000,000 rows"):
        ask(index, "SELECT 1", limit=limit)


@pytest.mark.parametrize("seconds", [0, -1, 3_601, float("nan"), float("inf")])
def test_a_time_that_is_none_is_refused(index, seconds):
    with pytest.raises(InvalidValueError, match="seconds must be above 0"):
        ask(index, "SELECT 1", seconds=seconds)


def test_an_index_that_is_not_there_is_told_and_not_made(tmp_path):
    with pytest.raises(LogError, match="cannot be read"):
        ask(tmp_path / "nothing", "SELECT 1")
    assert not [*tmp_path.iterdir()]


WORDS = st.sampled_from(
    [
        *("SELECT", "INSERT", "UPDATE", "DELETE", "FROM", "WHERE", "claims", "events"),
        *("id", ";", ",", "(", ")", "*", "'", '"', "--", "/*", "*/", "=", "ATTACH"),
        *("PRAGMA", "WITH", "RECURSIVE", "AS", "UNION ALL", "VALUES", "1", "NULL", "?"),
        *("x'00'", ":at", "JOIN", "ON", "CREATE", "TEMP", "TABLE", "DROP", "INTO"),
        *("SET", "BEGIN", "COMMIT", "load_extension('x')", "LIMIT", "ORDER", "BY"),
    ]
)


@given(st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=40)))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_written_reads_or_is_refused(index, statement):
    before = index.read_bytes()
    with suppress(EmbargoMonitorError):
        ask(index, statement, {"at": 1}, limit=5, seconds=5)
    assert index.read_bytes() == before


def test_the_tables_are_plain_sqlite_for_other_tools(index):
    with sqlite3.connect(index) as tables:
        [(count,)] = tables.execute("SELECT count(*) FROM claims")
    assert count == 31
