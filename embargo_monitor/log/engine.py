"""How SQLite is opened for a log, and what its failures mean in words."""

import sqlite3
import sys
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from embargo_monitor.errors import LogError

PATIENCE = 10.0
"""Seconds to wait for a lock that a program other than ours holds."""

PAGE_BYTES = 16_384
"""Bytes of a page: most entries fit into one."""

_OLDEST = (3, 37)

# FULL: NORMAL loses acknowledged commits when the power fails. No automatic
# checkpoint and no memory map: before 3.51.3 SQLite can corrupt a database when a
# checkpoint and a commit of two connections meet, so ours come in turn.
_EACH_CONNECTION = """
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA mmap_size = 0;
    PRAGMA foreign_keys = ON;
    PRAGMA recursive_triggers = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA secure_delete = ON;
"""

# sqlite3.LEGACY_TRANSACTION_CONTROL, without which Python 3.16 begins transactions of
# its own.
_LEGACY: dict[str, Any] = {"autocommit": -1} if sys.version_info >= (3, 12) else {}

_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write",
    sqlite3.SQLITE_BUSY: "another program keeps the database locked",
    sqlite3.SQLITE_READONLY: "the file may not be written",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_CORRUPT: "the database file is damaged",
    sqlite3.SQLITE_NOTADB: "it is no SQLite database",
}

UNREADABLE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""Failures that say what the file is, and not what went wrong just now."""


def connect(path: Path, *, patience: float) -> sqlite3.Connection:
    """Open the SQLite file at *path*, an absolute one, and never create it.

    Transactions begin only where they are begun in words.

    Raises:
        LogError: Python's SQLite is too old for what the tables need.
        sqlite3.Error: The file cannot be opened as a database.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        raise LogError(
            "SQLite must be 3.37 or later (STRICT tables), and that of this Python is"
            f" {sqlite3.sqlite_version}; use another Python"
        )
    driver: sqlite3.Connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        **_LEGACY,
    )
    try:
        driver.executescript(_EACH_CONNECTION)
    except sqlite3.Error:
        driver.close()
        raise
    except UnicodeDecodeError as error:
        # SQLite names the damaged part of the schema, and Python cannot read the name.
        driver.close()
        damaged = sqlite3.DatabaseError("malformed database schema")
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damaged from error
    return driver


def engine_at(path: Path, *, patience: float) -> Engine:
    """Make the engine for the SQLite file at *path*; it opens the file when used.

    A connection with the execution option `writes` takes the write lock as it begins,
    since one that reads first and then writes fails as soon as another has written.
    """
    engine = create_engine(
        "sqlite://",
        creator=partial(connect, path, patience=patience),
        poolclass=QueuePool,
        max_overflow=-1,
        # What an entry says must not leak through an error's text.
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def failure(error: DBAPIError | sqlite3.Error) -> int:
    """Return SQLite's primary result code of a failure, or 0 where it gave none."""
    # The low byte is the primary code, whatever details stand above it.
    return int(getattr(_cause(error), "sqlite_errorcode", 0)) & 0xFF


def reason(error: DBAPIError | sqlite3.Error) -> str:
    """Say a failure of SQLite in words."""
    return _WORDS.get(failure(error), str(_cause(error)))


def _cause(error: DBAPIError | sqlite3.Error) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error
