"""Statements of somebody else, put to the index: they read its tables and nothing else.

What a statement may do is listed; all else is refused before anything runs: it reads
tables and calls the functions below. It cannot open, write or change a file, nor learn
what other files there are. How long it may run and how much it may answer is bounded.
"""

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import (
    InvalidValueError,
    LogError,
    UnknownNameError,
)
from embargo_monitor.query.tabled import opened

_CALLED = {
    "texts": (
        "char concat concat_ws format glob hex instr length like lower ltrim "
        "octet_length printf quote replace rtrim substr substring trim unicode "
        "upper"
    ),
    "numbers": "abs avg count group_concat max min round sign string_agg sum total",
    "days": "date datetime julianday strftime time unixepoch",
    "choices": "coalesce ifnull iif likely nullif typeof unlikely",
    "windows": (
        "cume_dist dense_rank first_value lag last_value lead nth_value ntile "
        "percent_rank rank row_number"
    ),
    "json": (
        "-> ->> json json_array json_array_length json_extract json_group_array "
        "json_group_object json_object json_quote json_type json_valid"
    ),
}

FUNCTIONS = frozenset(name for names in _CALLED.values() for name in names.split())
"""The functions that a statement may call."""

_READING = (
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_RECURSIVE,
)

_BOUNDS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 200_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}

ROWS, SECONDS = 1_000, 10.0
"""How many rows are answered, and how long a statement may run, unless said."""

_MOST_ROWS, _MOST_SECONDS = 1_000_000, 3_600.0
_MOST_BYTES = 100_000_000
_STEPS = 10_000


@frozen
class Answered:
    """What the tables answer.

    Attributes:
        columns: The names of the columns, as the statement names them.
        rows: The rows: text, whole numbers, doubles, bytes, or None.
        is_cut: Whether there were more rows than were asked for.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...] = field(repr=False)
    is_cut: bool


def ask(
    index: Path,
    statement: str,
    values: Mapping[str, Any] | None = None,
    *,
    limit: int = ROWS,
    seconds: float = SECONDS,
) -> Answered:
    """Put a statement to an index.

    Args:
        index: Where it lies, as `EventLog.tables` gives it.
        statement: One SELECT, in the SQL of SQLite.
        values: What `:name` in it stands for.
        limit: At most so many rows, from 1 to 1,000,000.
        seconds: At most so long, up to an hour.

    Raises:
        InvalidValueError: It is no statement that only reads, or a bound is none.
        UnknownNameError: There is no such table or column; the error names the near.
        LogError: It took too long or answered too much; or the index cannot be read.
    """
    _require_bounds(limit, seconds)
    with opened(index) as tables:
        _bind(tables)
        until = time.monotonic() + seconds
        tables.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            with closing(tables.execute(statement, dict(values or {}))) as found:
                if found.description is None:
                    raise InvalidValueError("sql", statement, "a SELECT")
                columns = tuple(name for name, *_ in found.description)
                rows = _read(found, limit)
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            raise _explained(tables, statement, seconds, error) from error
    return Answered(columns, tuple(rows[:limit]), len(rows) > limit)


def _require_bounds(limit: int, seconds: float) -> None:
    if not 1 <= limit <= _MOST_ROWS:
        raise InvalidValueError("limit", limit, f"1 to {_MOST_ROWS:,} rows")
    if not 0 < seconds <= _MOST_SECONDS:
        wanted = f"above 0, and at most {_MOST_SECONDS:,.0f} seconds"
        raise InvalidValueError("seconds", seconds, wanted)


def _bind(tables: sqlite3.Connection) -> None:
    # SQLite declares such a table when it is first used, which is refused later.
    tables.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')")
    for bound, value in _BOUNDS.items():
        tables.setlimit(bound, value)
    tables.set_authorizer(_allowed)


def _allowed(action: int, first: str | None, second: str | None, *_: Any) -> int:
    """Answer whether a statement may do that: what is not listed, it may not."""
    del first
    if action == sqlite3.SQLITE_FUNCTION:
        known = (second or "").lower() in FUNCTIONS
        return sqlite3.SQLITE_OK if known else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _read(found: sqlite3.Cursor, limit: int) -> list[tuple[Any, ...]]:
    """Read one row more than is asked for, to know whether there are more."""
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in found:
        rows.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, str | bytes))
        if size > _MOST_BYTES:
            raise LogError(
                f"the answer is over {_MOST_BYTES:,} characters: ask for less"
            )
        if len(rows) > limit:
            break
    return rows


def _explained(
    tables: sqlite3.Connection, statement: str, seconds: float, error: Exception
) -> Exception:
    """Say what a statement that failed should have been."""
    if isinstance(error, InvalidValueError):
        return error
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_INTERRUPT:
        return LogError(
            f"the statement ran longer than {seconds:g} seconds: ask for less"
        )
    if code == sqlite3.SQLITE_AUTH or "not authorized" in str(error):
        wanted = f"one that only reads tables and calls known functions ({error})"
        return InvalidValueError("sql", statement, wanted)
    what, _, name = str(error).rpartition(": ")
    if what in ("no such table", "no such column"):
        known = _names(tables, what.removeprefix("no such "))
        near = get_close_matches(name.rpartition(".")[2], dict.fromkeys(known))
        return UnknownNameError(what.removeprefix("no such "), name, near)
    return InvalidValueError("sql", statement, f"one statement of SQLite ({error})")


def _names(tables: sqlite3.Connection, what: str) -> list[str]:
    tables.set_authorizer(None)
    found = [
        name
        for (name,) in tables.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
    ]
    if what == "table":
        return found
    columns = (tables.execute(f"PRAGMA table_info({name})") for name in found)
    return [name for several in columns for _, name, *_ in several]
