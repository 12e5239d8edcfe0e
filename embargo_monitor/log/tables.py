"""The tables of a log, and the triggers that guard them.

The guards stop accidents and our own mistakes. Whoever owns the file can remove them:
the evidence is a root that somebody else holds.
"""

import re
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

APPLICATION_ID = 0x454D4C47
"""Marks the file as ours in SQLite's header: "EMLG" in ASCII."""

VERSION = 2
"""The version of these tables, in SQLite's `user_version`."""

WITHOUT_KEYS = 1
"""The version before keys: it lacks the tables `node`, `signer`, `checkpoint` and
`cosignature`, and is brought up to this one when it is opened."""

metadata = MetaData()

log = Table(
    "log",
    metadata,
    Column("id", Integer, CheckConstraint("id = 0"), primary_key=True),
    Column("origin", Text, nullable=False),
    Column("created", Text, nullable=False),
    sqlite_strict=True,
)
"""One row: whose log it is."""

head = Table(
    "head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 0"), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("stack", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""One row: the tree's frontier, its stack as hashes of 32 bytes end to end."""

entry = Table(
    "entry",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("leaf", LargeBinary, nullable=False),
    # Last, so that the others are read without its overflow pages.
    Column("body", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""One row for each entry, at positions from 0 without a gap."""

node = Table(
    "node",
    metadata,
    Column("level", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""One row for each complete subtree of 256 entries (level 1), of 65,536 (level 2) and
so on: what proofs read instead of the entries below. Written once, when complete."""

signer = Table(
    "signer",
    metadata,
    Column("since", Integer, primary_key=True),
    Column("verifier", Text, nullable=False),
    sqlite_strict=True,
)
"""The verifier keys of the log, each with the size from which it signs."""

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", Integer, primary_key=True),
    Column("note", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""The checkpoints that were signed: signed notes, by the size of the tree."""

cosignature = Table(
    "cosignature",
    metadata,
    Column("size", Integer, primary_key=True),
    Column("verifier", Text, primary_key=True),
    Column("line", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What others signed of our checkpoints: for the size of the tree and the verifier key
of each, the signature line."""

_NEXT = "(SELECT coalesce(max(position), -1) + 1 FROM entry)"

_THIS_NODE = (
    "EXISTS (SELECT 1 FROM node WHERE level = NEW.level AND position = NEW.position)"
)
_THIS_COSIGNATURE = (
    "EXISTS (SELECT 1 FROM cosignature"
    " WHERE size = NEW.size AND verifier = NEW.verifier)"
)

# INSERT OR REPLACE and upserts remove a row without asking the DELETE trigger, so the
# INSERT triggers refuse whatever is there already.
_GUARDS = (
    (
        "entry",
        "INSERT",
        f"NEW.position IS NOT {_NEXT}",
        "an entry takes the next position",
    ),
    (
        "entry",
        "INSERT",
        "EXISTS (SELECT 1 FROM entry WHERE key = NEW.key)",
        "this key has an entry",
    ),
    ("entry", "UPDATE", "TRUE", "an entry is never changed"),
    ("entry", "DELETE", "TRUE", "an entry is never removed"),
    ("log", "INSERT", "EXISTS (SELECT 1 FROM log)", "a log has one origin"),
    ("log", "UPDATE", "TRUE", "a log never changes its origin"),
    ("log", "DELETE", "TRUE", "a log never loses its origin"),
    ("head", "INSERT", "EXISTS (SELECT 1 FROM head)", "a log has one head"),
    (
        "head",
        "UPDATE",
        f"NEW.size <= OLD.size OR NEW.size IS NOT {_NEXT}",
        "the head grows with the entries",
    ),
    ("head", "DELETE", "TRUE", "a log never loses its head"),
    *(
        (table, event, "TRUE", f"a {table} is never {done}")
        for table in ("node", "signer", "checkpoint", "cosignature")
        for event, done in (("UPDATE", "changed"), ("DELETE", "removed"))
    ),
    (
        "node",
        "INSERT",
        _THIS_NODE,
        "this node is there",
    ),
    (
        "signer",
        "INSERT",
        "NEW.since <= (SELECT max(since) FROM signer)",
        "a key signs from a later size than the key before it",
    ),
    (
        "checkpoint",
        "INSERT",
        "NEW.size <= (SELECT max(size) FROM checkpoint)",
        "a checkpoint is of a larger tree than the one before it",
    ),
    (
        "cosignature",
        "INSERT",
        _THIS_COSIGNATURE,
        "this witness has cosigned that",
    ),
)


def lay_out(
    connection: Connection, *, origin: str, created: str, verifier: str
) -> None:
    """Make the tables of an empty log, with their guards, in an empty database."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    complete(connection)
    connection.execute(log.insert().values(id=0, origin=origin, created=created))
    connection.execute(head.insert().values(id=0, size=0, stack=b""))
    if verifier:
        connection.execute(signer.insert().values(since=0, verifier=verifier))


def complete(connection: Connection) -> None:
    """Make the tables and guards that are missing, and mark the file as of now."""
    metadata.create_all(connection)
    for number, (*guard, words) in enumerate(_GUARDS):
        name, beginning = _guard(number, *guard)
        connection.exec_driver_sql(
            f"CREATE TRIGGER IF NOT EXISTS {name}{beginning}'{words}'); END"
        )
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _guard(number: int, table: str, event: str, when: str) -> tuple[str, str]:
    """Return a guard's name, and what it does, up to its words."""
    does = f" BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, "
    return f"guard_{number}", does


def faults_of_guards(connection: Connection) -> list[str]:
    """Return the names of guards that are missing or were changed, and of others.

    Their words may be those of another version.
    """
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    rows = connection.exec_driver_sql(query).all()
    kept: dict[Any, Any] = {row.name: row.sql for row in rows}
    sound = set()
    for number, (*guard, _) in enumerate(_GUARDS):
        name, beginning = _guard(number, *guard)
        wanted = re.escape(f"CREATE TRIGGER {name}{beginning}") + r"'[^']*'\); END"
        if re.fullmatch(wanted, str(kept.get(name))):
            sound.add(name)
    wanted_names = {f"guard_{number}" for number in range(len(_GUARDS))}
    return sorted((wanted_names | kept.keys()) - sound)
