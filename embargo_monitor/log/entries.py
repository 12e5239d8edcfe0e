"""Entries inside a transaction: found and read, or appended with the head.

Bytes are kept as they are; what they say is the caller's.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import field, frozen
from sqlalchemy import Connection, bindparam, select, text, type_coerce
from sqlalchemy.types import NullType

from embargo_monitor.canonical import MAX_ENTRY
from embargo_monitor.errors import (
    EntryTooLargeError,
    InvalidValueError,
    VerificationError,
)
from embargo_monitor.log import tables
from embargo_monitor.log.merkle import (
    EMPTY,
    HASH_BYTES,
    Frontier,
    Node,
    are_hashes,
    completed,
    hash_leaf,
)
from embargo_monitor.log.signed import Kept

_BATCH = 100


@frozen
class Stored:
    """An entry as it is stored.

    Attributes:
        position: Where it stands in the log, from 0.
        key: By what it is found; no two entries share one.
        leaf: Its leaf hash in the tree, 32 bytes.
        body: The entry itself.
    """

    position: int
    key: str
    leaf: bytes = field(kw_only=True, repr=bytes.hex)
    body: bytes = field(kw_only=True, repr=False)


ROWS = select(
    tables.entry.c.position,
    tables.entry.c.key,
    type_coerce(tables.entry.c.leaf, NullType()).label("leaf"),
    type_coerce(tables.entry.c.body, NullType()).label("body"),
)
"""Entries, their columns as the driver gives them: a damaged row can hold text or a
number where bytes were stored."""

AT = ROWS.where(tables.entry.c.position == bindparam("position"))
"""The entry at a position."""

# Built once: SQLAlchemy takes longer to build a statement than SQLite to run it.
_OF_KEY = ROWS.where(tables.entry.c.key == bindparam("key"))
_KEYED = ROWS.where(
    tables.entry.c.key >= bindparam("first"), tables.entry.c.key < bindparam("beyond")
).order_by(tables.entry.c.position)
_WITHIN = ROWS.where(
    tables.entry.c.position.between(bindparam("first"), bindparam("last"))
).order_by(tables.entry.c.position)
_INSERT = tables.entry.insert()
_INSERT_NODE = tables.node.insert()
# As text: what is built of parts is compiled anew for each log that is opened, which
# takes as long as a third of the first proof.
_LEAVES = text(
    "SELECT leaf FROM entry WHERE position BETWEEN :first AND :last ORDER BY position"
)
_NODES = text(
    "SELECT hash FROM node WHERE level = :level AND position BETWEEN :first AND :last"
    " ORDER BY position"
)


def stored(row: Sequence[Any]) -> Stored:
    """Read a row of `rows`.

    Raises:
        VerificationError: It holds something else than was stored.
    """
    position, key, leaf, body = row
    if not (type(key) is str and type(leaf) is bytes and type(body) is bytes):
        raise VerificationError((f"entry {position}: its row is damaged",))
    return Stored(position, key, leaf=leaf, body=body)


def read_head(connection: Connection) -> Frontier:
    """Read the frontier that the head row holds.

    Raises:
        VerificationError: The head is missing, or no frontier.
    """
    row = connection.execute(
        select(tables.head.c.size, type_coerce(tables.head.c.stack, NullType()))
    ).first()
    if row is None:
        raise VerificationError(("the head is missing",))
    size, stack = row
    try:
        return Frontier(
            size,
            tuple(
                stack[start : start + HASH_BYTES]
                for start in range(0, len(stack), HASH_BYTES)
            ),
        )
    except (InvalidValueError, TypeError) as error:
        raise VerificationError((f"the head is damaged: {error}",)) from error


def _at(connection: Connection, position: int) -> Stored:
    row = connection.execute(AT, {"position": position}).first()
    if row is None:
        raise VerificationError((f"entry {position}: missing",))
    return stored(row)


def _found(connection: Connection, key: str) -> Stored | None:
    row = connection.execute(_OF_KEY, {"key": key}).first()
    return None if row is None else stored(row)


def read_hashes(
    connection: Connection, level: int, first: int, count: int
) -> tuple[bytes, ...]:
    """Read hashes of the tree: leaves at level 0, complete subtrees above.

    Raises:
        VerificationError: One of them is missing, or no hash.
    """
    places = {"first": first, "last": first + count - 1}
    if level:
        rows = connection.execute(_NODES, {"level": level, **places})
    else:
        rows = connection.execute(_LEAVES, places)
    found = rows.scalars().all()
    if len(found) != count or not are_hashes(found):
        last = places["last"]
        words = f"nodes {first} to {last} of level {level}: missing or damaged"
        raise VerificationError((words,))
    return tuple(found)


def keep_node(connection: Connection, node: Node) -> None:
    """Keep a node of the tree that is complete now, for ever."""
    row = {"level": node.level, "position": node.position, "hash": node.hash}
    connection.execute(_INSERT_NODE, row)


def keep_all_nodes(connection: Connection) -> None:
    """Keep the complete nodes of all entries, in a log that has none yet.

    Raises:
        VerificationError: A leaf hash is missing or damaged: verify the log.
    """
    size, frontier = read_head(connection).size, EMPTY
    for first in range(0, size, _BATCH):
        count = min(_BATCH, size - first)
        for leaf in read_hashes(connection, 0, first, count):
            for node in completed(frontier, leaf):
                keep_node(connection, node)
            frontier = frontier.appended(leaf)


def _keyed(connection: Connection, start: str) -> Iterator[Stored]:
    beyond = start[:-1] + chr(ord(start[-1]) + 1)
    found = connection.execute(_KEYED, {"first": start, "beyond": beyond})
    yield from map(stored, found)


def _entries(connection: Connection, start: int, size: int) -> Iterator[Stored]:
    for first in range(start, size, _BATCH):
        wanted = range(first, min(first + _BATCH, size))
        batch = connection.execute(
            _WITHIN, {"first": wanted.start, "last": wanted.stop - 1}
        ).all()
        if [row.position for row in batch] != list(wanted):
            words = f"entries {wanted.start} to {wanted.stop - 1}: not all are there"
            raise VerificationError((words,))
        yield from map(stored, batch)


class Reader:
    """The log as it stood at one moment, whatever is appended meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._frontier = read_head(connection)

    @property
    def size(self) -> int:
        """Entries in the log."""
        return self._frontier.size

    @property
    def frontier(self) -> Frontier:
        """The frontier of their tree, as the head row holds it."""
        return self._frontier

    @property
    def kept(self) -> Kept:
        """Keys, checkpoints and cosignatures."""
        return Kept(self._connection)

    def hashes(self, level: int, first: int, count: int) -> tuple[bytes, ...]:
        """Give hashes of the tree, for proofs.

        Args:
            level: 0 for leaves; else for roots of subtrees of 256 ** level leaves.
            first: The position of the first of them at that level.
            count: How many.

        Raises:
            VerificationError: One of them is missing or damaged: verify the log.
        """
        return read_hashes(self._connection, level, first, count)

    def entry(self, position: int) -> Stored:
        """Return the entry at a position, from 0 to size - 1.

        Raises:
            InvalidValueError: There is no such position.
            VerificationError: The entry is missing or damaged: verify the log.
        """
        if not 0 <= position < self.size:
            wanted = f"that of an entry; the log has {self.size}"
            raise InvalidValueError("index", position, wanted)
        return _at(self._connection, position)

    def find(self, key: str) -> Stored | None:
        """Return the entry that has this key, if one has."""
        return _found(self._connection, key)

    def keyed(self, start: str) -> Iterator[Stored]:
        """Give the entries whose keys begin with *start*, in order.

        Raises:
            VerificationError: One of them is damaged: verify the log.
        """
        return _keyed(self._connection, start)

    def entries(self, start: int = 0) -> Iterator[Stored]:
        """Give the entries from a position on, in order, a few in memory at once.

        Raises:
            VerificationError: An entry is missing or damaged: verify the log.
        """
        return _entries(self._connection, start, self.size)


class Writer:
    """The log while it is being written to: what is appended counts at once here.

    Others see it when the block ends, all of it or nothing.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._frontier = self._before = read_head(connection)

    @property
    def size(self) -> int:
        """Entries in the log, with those appended here."""
        return self._frontier.size

    @property
    def frontier(self) -> Frontier:
        """The frontier of their tree."""
        return self._frontier

    @property
    def kept(self) -> Kept:
        """Keys, checkpoints and cosignatures."""
        return Kept(self._connection)

    def hashes(self, level: int, first: int, count: int) -> tuple[bytes, ...]:
        """Give hashes of the tree, as `Reader.hashes` does."""
        return read_hashes(self._connection, level, first, count)

    def find(self, key: str) -> Stored | None:
        """Return the entry that has this key, if one has."""
        return _found(self._connection, key)

    def keyed(self, start: str) -> Iterator[Stored]:
        """Give the entries whose keys begin with *start*, in order.

        Raises:
            VerificationError: One of them is damaged: verify the log.
        """
        return _keyed(self._connection, start)

    def entries(self, start: int = 0) -> Iterator[Stored]:
        """Give the entries from a position on, as `Reader.entries` does."""
        return _entries(self._connection, start, self.size)

    def last(self) -> Stored | None:
        """Return the newest entry, if there is one.

        Raises:
            VerificationError: The entry is missing or damaged: verify the log.
        """
        return _at(self._connection, self.size - 1) if self.size else None

    def append(self, key: str, body: bytes) -> Stored:
        """Append an entry at the next position.

        Args:
            key: By what it will be found; no entry has it yet.
            body: The entry: at most 65,535 bytes.

        Raises:
            EntryTooLargeError: The body is longer.
        """
        if len(body) > MAX_ENTRY:
            raise EntryTooLargeError(len(body), MAX_ENTRY, (("entry", len(body)),))
        new = Stored(self.size, key, leaf=hash_leaf(body), body=body)
        self._connection.execute(
            _INSERT,
            {"position": new.position, "key": key, "leaf": new.leaf, "body": body},
        )
        for node in completed(self._frontier, new.leaf):
            keep_node(self._connection, node)
        self._frontier = self._frontier.appended(new.leaf)
        return new

    def seal(self) -> None:
        """Write the head, if anything was appended."""
        if self._frontier.size > self._before.size:
            self._connection.execute(
                tables.head.update().values(
                    size=self._frontier.size, stack=b"".join(self._frontier.stack)
                )
            )
