"""The index: what a log says as tables, in a file of their own beside it.

It is derived. Deleting the file is always safe, and what is asked next builds it anew;
it is evidence of nothing. It says itself of which log it is and how far it got, so that
the index of another log, or of a log that went back, is thrown away and not believed.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from embargo_monitor.errors import NotALogError, NotStoredError
from embargo_monitor.log.entries import Reader
from embargo_monitor.log.merkle import root_at
from embargo_monitor.logged import Logged, Progress, silent
from embargo_monitor.query.following import follow
from embargo_monitor.query.tables import TABLES

_APPLICATION = 0x656D6978  # "emix"
_LAYOUT = 1
_BATCH = 500
_PATIENCE = 30.0
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_LOOKUPS = (
    ("entries", "kind, id"),
    ("later", "of_kind, of_id"),
    ("later", "entry"),
    ("reports", "id"),
    ("events", "report"),
    ("claims", "id"),
    ("claims", "report"),
    ("claims", "event"),
    ("claims", "kind, role"),
    ("named", "claim"),
    ("named", "actor"),
    ("items", "claim"),
    ("refs", "claim"),
    ("refs", "other"),
    ("speakers", "voice"),
    ("likenesses", "likeness"),
    ("actors", "report"),
    ("sources", "report"),
    ("names", "whose"),
    ("names", "folded"),
    ("links", "id"),
    ("links", "first"),
    ("links", "second"),
    ("assessments", "id"),
    ("assessments", "claim"),
    ("relevance", "event"),
    ("relevance", "regime"),
)


def index_path(log: str | os.PathLike[str]) -> Path:
    """Return where the index of a log lies: beside it, under its name."""
    path = Path(os.path.realpath(log))
    return path.with_name(f"{path.name}-index")


def catch_up(
    path: Path, reader: Reader, origin: str, progress: Progress = silent
) -> Path:
    """Build the index as far as a log goes; only what is new in it is read.

    Several programs may do so at once. Entries that are there are not done twice.

    Args:
        path: Where it lies, or is to lie.
        reader: The log.
        origin: Its name.
        progress: Called after each batch.

    Returns:
        Where it lies.

    Raises:
        NotALogError: What lies there is no index: move it away, or delete it.
        NotStoredError: The disk or the database failed; the text says why.
        EncodingError: An entry is damaged: verify the log.
    """
    with _failing(path), closing(_connected(path)) as tables:
        size = _built(tables, reader, origin)
        while size is None or size < reader.size:
            with _writing(tables):
                size = _built(tables, reader, origin)
                if size is None:
                    _lay_out(tables)
                    size = 0
                batch = islice(reader.entries(size), _BATCH)
                for stored in batch:
                    follow(tables, reader, Logged.of(stored))
                    size += 1
                _note(tables, reader, origin, size)
            progress(min(size, reader.size), reader.size)
    return path


def _connected(path: Path) -> sqlite3.Connection:
    # For the log's owner alone, as the log is: SQLite would let everybody read it.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    tables = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    [application] = tables.execute("PRAGMA application_id").fetchone()
    [objects] = tables.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != _APPLICATION and objects:
        tables.close()
        raise NotALogError(str(path), "it is no index of a log")
    tables.execute(f"PRAGMA application_id = {_APPLICATION}")
    # What is lost with the power is built anew; what was half written must not stay.
    tables.execute("PRAGMA journal_mode = WAL")
    tables.execute("PRAGMA synchronous = NORMAL")
    return tables


@contextmanager
def _writing(tables: sqlite3.Connection) -> Iterator[None]:
    tables.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        tables.execute("ROLLBACK")
        raise
    tables.execute("COMMIT")


@contextmanager
def _failing(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _DAMAGED:
            raise NotALogError(str(path), "delete this index: it is damaged") from error
        raise NotStoredError(f"the index {path}: {error}") from error
    except OSError as error:
        raise NotStoredError(f"the index {path}: {error.strerror}") from error


def _built(tables: sqlite3.Connection, reader: Reader, origin: str) -> int | None:
    """Return how many entries are built; None of an index that does not fit the log.

    Others may have built it further than the log went when we began to read it. That
    disturbs nobody: what came later is told apart by its position.
    """
    if not tables.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'built'"
    ).fetchone():
        return None
    held = tables.execute("SELECT origin, maker, size, root FROM built").fetchone()
    of, maker, size, root = held or ("", "", 0, "")
    if (of, maker) != (origin, _maker()):
        return None
    if size <= reader.size:
        return int(size) if root == root_at(size, reader.hashes).hex() else None
    return int(size) if _begins_alike(tables, reader) else None


def _begins_alike(tables: sqlite3.Connection, reader: Reader) -> bool:
    """Whether the first entries of the index are those of a log that is shorter."""
    for first in range(0, reader.size, _BATCH):
        count = min(_BATCH, reader.size - first)
        leaves = [leaf.hex() for leaf in reader.hashes(0, first, count)]
        held = tables.execute(
            "SELECT leaf FROM entries WHERE entry BETWEEN ? AND ? ORDER BY entry",
            (first, first + count - 1),
        )
        if [leaf for (leaf,) in held] != leaves:
            return False
    return True


def _maker() -> str:
    return f"embargo_monitor {version('embargo_monitor')}, layout {_LAYOUT}"


def _note(tables: sqlite3.Connection, reader: Reader, origin: str, size: int) -> None:
    root = root_at(size, reader.hashes).hex()
    tables.execute("DELETE FROM built")
    tables.execute(
        "INSERT INTO built VALUES (?, ?, ?, ?)", (origin, _maker(), size, root)
    )


def _lay_out(tables: sqlite3.Connection) -> None:
    """Make the tables anew, without a row."""
    tables.execute("DROP TABLE IF EXISTS built")
    tables.execute(
        "CREATE TABLE built (origin TEXT, maker TEXT, size INTEGER, root TEXT)"
    )
    for table in TABLES:
        columns = ", ".join(f"{one.name} {one.type}" for one in table.columns)
        tables.execute(f"DROP TABLE IF EXISTS {table.name}")
        tables.execute(f"CREATE TABLE {table.name} ({columns})")
    for name, sought in _LOOKUPS:
        by = sought.replace(", ", "_")
        tables.execute(f"CREATE INDEX {name}_by_{by} ON {name} ({sought})")
    tables.execute(
        "CREATE INDEX claims_that_take_back ON claims (id) WHERE stance = 'withdraws'"
    )
