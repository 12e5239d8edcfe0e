"""Does the log still hold what was appended? Every body is hashed again.

Neither SQLite's own check nor a comparison of stored hashes would do: both pass over
most changes to a body.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias

from attrs import Factory, define, field, frozen
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from embargo_monitor.errors import VerificationError
from embargo_monitor.log import engine as engines
from embargo_monitor.log import tables
from embargo_monitor.log.entries import AT, ROWS, Stored, read_head, stored
from embargo_monitor.log.merkle import EMPTY, HASH_BYTES, Frontier, hash_leaf
from embargo_monitor.log.storage import Storage

Kind: TypeAlias = Literal["body", "exhibit", "order", "root", "database"]

_BATCH = 500
_FIRST, _END = -(2**63), 2**63


@frozen
class Problem:
    """One thing that is wrong with a log.

    Attributes:
        position: The entry it is about, or None when it is about the whole log.
        kind: What is wrong: the `body` of an entry (it is not what was hashed), an
            `exhibit` that it rests on (missing, or not what was bound), the `order`
            of entries (one is missing or out of place), the `root` (the head
            does not fit the entries), the `database` (SQLite cannot read it).
        detail: The same in words.
    """

    position: int | None
    kind: Kind
    detail: str = field(kw_only=True)

    def __str__(self) -> str:
        where = "the log" if self.position is None else f"entry {self.position}"
        return f"{where}: {self.detail}"


def _unheeded(_done: int, _size: int) -> None:
    """Nobody asked to be told."""


def _unread(_entry: Stored) -> None:
    """Nobody asked to read the entries."""


def verify(
    storage: Storage,
    progress: Callable[[int, int], None] = _unheeded,
    read: Callable[[Stored], None] = _unread,
) -> tuple[Frontier, tuple[Problem, ...]]:
    """Hash every body again, and compare with the leaves and the head.

    Without problems the log is consistent with itself. That it is also the log it was
    yesterday only a root shows that was kept elsewhere.

    Args:
        storage: The open log. Writers need not wait; what they append after the start
            is not looked at.
        progress: Told, every so often, how many entries were hashed, and of how many.
        read: Given every entry whose bytes are those that were appended, in order.

    Returns:
        The frontier of the bodies as they are now, and every problem found.

    Raises:
        LogError: The file cannot be opened for reading at all.
    """
    with storage.snapshot() as connection:
        audit = _Audit(connection, read)
        audit.read_head()
        audit.hash_all(progress)
        audit.compare_head()
        audit.check_pages()
    return audit.frontier, tuple(audit.problems)


@define
class _Audit:
    connection: Connection
    read: Callable[[Stored], None]
    head: Frontier | None = None
    frontier: Frontier = EMPTY
    expected: int = 0
    problems: list[Problem] = Factory(list)

    def blame(self, position: int | None, kind: Kind, detail: str) -> None:
        self.problems.append(Problem(position, kind, detail=detail))

    def read_head(self) -> None:
        try:
            self.head = read_head(self.connection)
        except VerificationError as error:
            self.blame(None, "root", str(error))
        except DBAPIError as error:
            self.blame(None, "database", f"the head: {engines.reason(error)}")

    def hash_all(self, progress: Callable[[int, int], None]) -> None:
        size = self.head.size if self.head else 0
        start = _FIRST
        while start < _END:
            try:
                rows = self.connection.execute(
                    ROWS.where(tables.entry.c.position >= start)
                    .order_by(tables.entry.c.position)
                    .limit(_BATCH)
                ).all()
            except DBAPIError as error:
                stop = min(max(start, 0) + _BATCH, self.most())
                if start >= stop:
                    self.blame(None, "database", f"after them: {engines.reason(error)}")
                    break
                self.hash_singly(range(max(start, 0), stop))
                start = stop
                continue
            if not rows:
                break
            for row in rows:
                self.hash_row(row)
            # In damaged pages positions can run backwards; never follow them.
            start = max(start, rows[-1].position) + 1
            progress(self.frontier.size, size)

    def most(self) -> int:
        """Entries that there can be, whatever a damaged head says."""
        pages = self.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        room: int = pages * engines.PAGE_BYTES // HASH_BYTES
        return min(self.head.size, room) if self.head else room

    def hash_singly(self, positions: range) -> None:
        for position in positions:
            try:
                row = self.connection.execute(AT, {"position": position}).first()
            except DBAPIError as error:
                self.arrive(position)
                self.blame(position, "database", engines.reason(error))
            else:
                if row is not None:
                    self.hash_row(row)

    def hash_row(self, row: Sequence[Any]) -> None:
        position = row[0]
        self.arrive(position)
        try:
            entry = stored(row)
        except VerificationError:
            self.blame(position, "body", "its row holds something else than bytes")
            return
        leaf = hash_leaf(entry.body)
        if leaf != entry.leaf:
            self.blame(position, "body", "its bytes are not those that were appended")
        else:
            self.read(entry)
        self.frontier = self.frontier.appended(leaf)

    def arrive(self, position: int) -> None:
        if position > self.expected:
            self.blame_gap(position)
        elif position < self.expected:
            self.blame(position, "order", "out of its place")
        self.expected = max(position + 1, 0)

    def blame_gap(self, end: int) -> None:
        first, last = self.expected, end - 1
        words = "missing" if first == last else f"missing, and all up to {last}"
        self.blame(first, "order", words)

    def compare_head(self) -> None:
        if self.head is None:
            return
        if self.expected < self.head.size:
            self.blame_gap(self.head.size)
        if self.frontier != self.head:
            self.blame(
                None,
                "root",
                f"{self.frontier.size} entries give the root"
                f" {self.frontier.root().hex()}, but the head says {self.head.size} and"
                f" {self.head.root().hex()}",
            )

    def check_pages(self) -> None:
        try:
            lines = self.connection.exec_driver_sql("PRAGMA integrity_check").scalars()
            faults = [line for line in lines if line != "ok"]
        except DBAPIError as error:
            faults = [engines.reason(error)]
        for fault in faults:
            self.blame(None, "database", fault)
