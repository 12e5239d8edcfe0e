"""The tables of a log, and the triggers that guard them.

The guards stop accidents and our own mistakes. Whoever owns the file can remove them:
the evidence is a root that somebody else holds.
"""

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

VERSION = 1
"""The version of these tables, in SQLite's `user_version`."""

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

_NEXT = "(SELECT coalesce(max(position), -1) + 1 FROM entry)"

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
)


def lay_out(connection: Connection, *, origin: str, created: str) -> None:
    """Make the tables of an empty log, with their guards, in an empty database."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
    metadata.create_all(connection)
    for number, (table, event, when, words) in enumerate(_GUARDS):
        connection.exec_driver_sql(
            f"CREATE TRIGGER guard_{number} BEFORE {event} ON {table} WHEN {when}"
            f" BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
    connection.execute(log.insert().values(id=0, origin=origin, created=created))
    connection.execute(head.insert().values(id=0, size=0, stack=b""))
