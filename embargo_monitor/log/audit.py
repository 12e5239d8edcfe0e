"""Does the log still hold what was appended? Every body is hashed again.

Neither SQLite's own check nor a comparison of stored hashes would do: both pass over
most changes to a body.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias

from attrs import Factory, define, field, frozen
from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType

from embargo_monitor.errors import (
    FormatError,
    SignatureError,
    VerificationError,
    escaped,
    quoted,
)
from embargo_monitor.log import cosignatures, tables
from embargo_monitor.log import engine as engines
from embargo_monitor.log.checkpoints import Policy, TreeHead, open_checkpoint
from embargo_monitor.log.entries import AT, ROWS, Stored, read_head, stored
from embargo_monitor.log.merkle import (
    EMPTY,
    HASH_BYTES,
    Frontier,
    completed,
    hash_leaf,
)
from embargo_monitor.log.notes import parse_note
from embargo_monitor.log.signed import Cosignature, Kept, SignedNote, Signer
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.log.storage import Storage

Kind: TypeAlias = Literal[
    "body",
    "exhibit",
    "order",
    "time",
    "node",
    "root",
    "checkpoint",
    "signature",
    "witness",
    "database",
]

_BATCH = 500
_FIRST, _END = -(2**63), 2**63


@frozen
class Problem:
    """One thing that is wrong with a log.

    Attributes:
        position: The entry it is about, or None when it is about the whole log.
        kind: What is wrong: the `body` of an entry (it is not what was hashed), an
            `exhibit` that it rests on (missing, or not what was bound), the `order`
            of entries (one is missing or out of place), the `time` (an entry is
            recorded before the one before it), a `node` of the tree, the `root`
            (the head does not fit the entries), a `checkpoint` (the entries are not
            those that were signed, or it is gone), a `signature` (it is not by the
            log's key or the cosigner's, or that key is not the one to sign), the
            `witness` (what was seen of the log here cannot be read), the `database`
            (SQLite cannot read it, or its guards are gone).
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
    against: Iterable[tuple[str, TreeHead]] = (),
) -> tuple[Frontier, tuple[Problem, ...]]:
    """Hash every body again, and compare with all that is kept of the tree.

    Without problems the log is consistent with itself. That it is also the log it was
    yesterday only a tree head shows that was kept elsewhere.

    Args:
        storage: The open log. Writers need not wait; what they append after the start
            is not looked at.
        progress: Told, every so often, how many entries were hashed, and of how many.
        read: Given every entry whose bytes are those that were appended, in order.
        against: What the log was at other times: tree heads that were kept elsewhere,
            each with what it is called in a problem.

    Returns:
        The frontier of the bodies as they are now, and every problem found.

    Raises:
        LogError: The file cannot be opened for reading at all.
    """
    with storage.snapshot() as connection:
        audit = _Audit(connection, storage.origin, read)
        audit.read_head()
        audit.read_signers()
        audit.read_checkpoints(against)
        audit.hash_all(progress)
        audit.compare_head()
        audit.compare_nodes()
        audit.compare_checkpoints()
        audit.check_cosignatures()
        audit.check_guards()
        audit.check_pages()
    return audit.frontier, tuple(audit.problems)


@define
class _Audit:
    connection: Connection
    origin: str
    read: Callable[[Stored], None]
    head: Frontier | None = None
    frontier: Frontier = EMPTY
    expected: int = 0
    nodes: dict[tuple[int, int], bytes] = Factory(dict)
    roots: dict[int, bytes] = Factory(dict)
    heads: list[tuple[str, TreeHead]] = Factory(list)
    texts: dict[int, bytes] = Factory(dict)
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

    def read_signers(self) -> None:
        """Read the log's keys: each must be of this log, and of a size that it had."""
        try:
            for one in Kept(self.connection).signers():
                self.read_signer(one)
        except VerificationError as error:
            self.blame(None, "signature", str(error))
        except DBAPIError as error:
            self.blame(None, "database", f"the keys: {engines.reason(error)}")

    def read_signer(self, one: Signer) -> None:
        name = f"the key since size {one.since:,}"
        try:
            of = VerifierKey.parse(one.verifier).name
        except FormatError as error:
            self.blame(None, "signature", f"{name}: {error}")
            return
        if of != self.origin:
            words = f"{name} is of {quoted(of)}, and the log is {quoted(self.origin)}"
            self.blame(None, "signature", words)
        if self.head is not None and not 0 <= one.since <= self.head.size:
            self.blame(None, "signature", f"{name}: the log never had that size")

    def read_checkpoints(self, against: Iterable[tuple[str, TreeHead]]) -> None:
        """Read what was signed of the log here, and what others have of it."""
        kept = Kept(self.connection)
        try:
            for one in kept.checkpoints():
                self.read_checkpoint(kept, one)
        except VerificationError as error:
            self.blame(None, "checkpoint", str(error))
        except DBAPIError as error:
            self.blame(None, "database", f"the checkpoints: {engines.reason(error)}")
        self.heads += against
        self.roots = {head.size: b"" for _, head in self.heads}
        if 0 in self.roots:
            self.roots[0] = EMPTY.root()

    def read_checkpoint(self, kept: Kept, one: SignedNote) -> None:
        name = f"the checkpoint of size {one.size:,}"
        signer = kept.signer_of(one.size)
        try:
            key = VerifierKey.parse(signer.verifier if signer else "")
            head = open_checkpoint(one.note, Policy(key)).head
        except (FormatError, SignatureError) as error:
            self.blame(None, "signature", f"{name}: {error}")
            return
        if head.size != one.size:
            self.blame(None, "checkpoint", f"{name} is of size {head.size:,}")
        self.heads.append((name, head))
        self.texts[one.size] = parse_note(one.note).text

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
        for node in completed(self.frontier, leaf):
            self.nodes[node.level, node.position] = node.hash
        self.frontier = self.frontier.appended(leaf)
        if self.frontier.size in self.roots:
            self.roots[self.frontier.size] = self.frontier.root()

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

    def compare_nodes(self) -> None:
        columns = tables.node.c
        rows = select(
            columns.level, columns.position, type_coerce(columns.hash, NullType())
        )
        kept = {}
        try:
            kept = {
                (level, at): node for level, at, node in self.connection.execute(rows)
            }
        except DBAPIError as error:
            self.blame(None, "database", f"the nodes: {engines.reason(error)}")
            return
        for level, at in sorted(kept.keys() | self.nodes.keys()):
            name = f"node {at} of level {level}"
            if (level, at) not in self.nodes:
                self.blame(None, "node", f"{name} is of no entries that are here")
            elif (level, at) not in kept:
                self.blame(None, "node", f"{name} is missing")
            elif kept[level, at] != self.nodes[level, at]:
                self.blame(None, "node", f"{name} is not what its entries give")

    def compare_checkpoints(self) -> None:
        for name, head in self.heads:
            if head.size > self.frontier.size:
                words = f"{name} is of {head.size:,} entries: some were cut off"
                self.blame(None, "checkpoint", words)
            elif self.roots[head.size] != head.root:
                words = (
                    f"{name} says that the first {head.size:,} entries give the root"
                    f" {head.root.hex()}, and they give {self.roots[head.size].hex()}:"
                    " they were changed since it was signed"
                )
                self.blame(None, "checkpoint", words)

    def check_cosignatures(self) -> None:
        """Check what others signed, each by the key that was kept with it."""
        try:
            for one in Kept(self.connection).cosignatures():
                self.check_cosignature(one)
        except VerificationError as error:
            self.blame(None, "signature", str(error))
        except DBAPIError as error:
            self.blame(None, "database", f"the cosignatures: {engines.reason(error)}")

    def check_cosignature(self, one: Cosignature) -> None:
        name = f"a cosignature of the checkpoint of size {one.size:,}"
        if one.size not in self.texts:
            self.blame(None, "signature", f"{name}: no such checkpoint is kept")
            return
        try:
            cosignatures.check(one, self.texts[one.size])
        except (FormatError, SignatureError) as error:
            self.blame(None, "signature", f"{name}: {error}")

    def check_guards(self) -> None:
        try:
            faults = tables.faults_of_guards(self.connection)
        except DBAPIError as error:
            self.blame(None, "database", f"the guards: {engines.reason(error)}")
            return
        if faults:
            words = "triggers that guard it are gone, changed or not ours"
            self.blame(None, "database", f"{words}: {escaped(', '.join(faults))}")

    def check_pages(self) -> None:
        try:
            lines = self.connection.exec_driver_sql("PRAGMA integrity_check").scalars()
            faults = [line for line in lines if line != "ok"]
        except DBAPIError as error:
            faults = [engines.reason(error)]
        for fault in faults:
            self.blame(None, "database", fault)
