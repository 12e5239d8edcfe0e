"""A log of records as a folder for everybody, and such a folder read again.

The log's half knows tiles and bundles of bytes. Which exhibits go along, and whether
the bytes are records that rest on them, is said here.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from attrs import define, field, frozen

from embargo_monitor.digests import SALT_BYTES, digest_of, salted_digest_of
from embargo_monitor.disclosing import Disclosure, disclosure_of
from embargo_monitor.encoding import decode
from embargo_monitor.errors import (
    EncodingError,
    ExhibitError,
    ExportError,
    FormatError,
    InvalidValueError,
    VerificationError,
)
from embargo_monitor.log.audit import Kind, Problem
from embargo_monitor.log.checkpoints import Checkpoint, Policy, TreeHead
from embargo_monitor.log.entries import Reader
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.log.folders import Folder, FolderWriter
from embargo_monitor.log.signing import kept_checkpoint
from embargo_monitor.log.static import Export
from embargo_monitor.log.static_audit import audit_folder, open_published
from embargo_monitor.model.quotes import Handling
from embargo_monitor.verifying import exhibit_problems, exhibits_of

MAX_EXHIBIT = 2 * 1024**3
"""Bytes that an exhibit in a folder may have."""


_MOST_STRAYS = 1000


def _unheeded(_done: int, _size: int) -> None:
    """Nobody asked to be told."""


@frozen
class Published:
    """What was written into a folder.

    Attributes:
        checkpoint: What the folder holds now.
        newer: How many entries came after it, and are not in the folder.
        files: How many files of the log were written.
        exhibits: How many exhibits were written.
        withheld: How many exhibits are not there for their handling.
        unavailable: Why others are not there: lost, or not what was bound.
        unread: How many entries that may cite exhibits only a newer version of this
            library can read; what they cite is not there.
    """

    checkpoint: Checkpoint
    newer: int = field(kw_only=True)
    files: int = field(kw_only=True)
    exhibits: int = field(kw_only=True)
    withheld: int = field(kw_only=True)
    unavailable: tuple[ExhibitError, ...] = field(kw_only=True)
    unread: int = field(kw_only=True)


def publish(
    reader: Reader,
    exhibits: ExhibitStore,
    folder: Folder,
    handling: Handling,
    progress: Callable[[int, int], None] = _unheeded,
) -> Published:
    """Write the log as its last checkpoint has it, and its exhibits, into a folder.

    What lies there of an earlier time stays, and only what is new is written. It may
    be stopped at any instant: what lies there is a whole log, and the next run goes on.

    Args:
        reader: The log.
        exhibits: Its exhibits.
        folder: Where; it is made if only the last part of its path is not there.
        handling: The strictest handling of exhibits that go along, with their salts,
            as all of the log has it: also what was not signed yet. The entries go
            whole, whatever they name.
        progress: Told how many entries were written, and of how many.

    Raises:
        InvalidValueError: No checkpoint was signed yet: sign one.
        ExportError: The folder cannot be written, holds another log or another history,
            or exhibits that are to be withheld: the text says what to do.
        EncodingError: An entry is damaged: verify the log. So for the next two.
        VerificationError: Entries, tree and checkpoint do not fit each other.
        SignatureError: The checkpoint is not signed by the log's key.
    """
    last = reader.kept.latest()
    if last is None:
        wanted = "at least one (`embargo-monitor checkpoint` signs it)"
        raise InvalidValueError("number of checkpoints", 0, wanted)
    checkpoint = kept_checkpoint(reader, last.size)
    with folder.writing() as writer:
        export = Export.begin(reader, checkpoint, writer)
        found = disclosure_of(reader, exhibits)
        moving = _Moving(exhibits, writer, handling)
        moving.sort(found, last.size)
        moving.move()
        written = export.write(progress)
    return Published(
        checkpoint,
        newer=reader.size - last.size,
        files=written,
        exhibits=moving.moved,
        withheld=len(moving.withheld),
        unavailable=tuple(moving.unavailable),
        unread=sum(position < last.size for position in found.unread),
    )


@define
class _Moving:
    """The exhibits that a log cites, on their way into a folder."""

    store: ExhibitStore
    writer: FolderWriter
    handling: Handling
    allowed: list[str] = field(factory=list)
    withheld: dict[str, Handling] = field(factory=dict)
    unavailable: list[ExhibitError] = field(factory=list)
    moved: int = 0

    def sort(self, found: Disclosure, size: int) -> None:
        """See which of those that the first entries cite may go along."""
        for digest, first in found.first.items():
            if first < size:
                strictest = found.handling[digest]
                if strictest.is_stricter_than(self.handling):
                    self.withheld[digest] = strictest
                else:
                    self.allowed.append(digest)

    def move(self) -> None:
        folder = self.writer.folder
        for digest, handling in self.withheld.items():
            for name in (_name(digest), _salt_name(digest)):
                if folder.holds(name):
                    reason = (
                        f"{name}: it is {handling.value} and lies there already;"
                        " allow that by --handling, or choose another folder"
                    )
                    raise ExportError(str(folder.path), reason)
        for digest in self.allowed:
            if not folder.holds(_name(digest)):
                try:
                    self.move_one(digest)
                except ExhibitError as error:
                    self.unavailable.append(error)

    def move_one(self, digest: str) -> None:
        data, salt = self.store.read(digest), self.store.salt_of(digest)
        if len(data) > MAX_EXHIBIT:
            reason = f"{len(data):,} bytes are more than a folder may hold in one"
            raise ExhibitError(digest, reason)
        if salt:
            # First: an exhibit that is there can be checked at once.
            self.writer.put(_salt_name(digest), salt)
        self.writer.put(_name(digest), data)
        self.moved += 1


def _name(digest: str) -> str:
    return f"exhibits/{digest.replace(':', '-')}"


def _salt_name(digest: str) -> str:
    return f"{_name(digest)}.salt"


@frozen
class Audited:
    """What a folder is that holds what its checkpoint says.

    Attributes:
        checkpoint: What was signed, and by whom of the known keys.
        exhibits: How many exhibits were hashed again.
        absent: The digests of those that are cited, and not in the folder.
        strays: Files in the folder that are none of the log's, so nothing vouches for
            them; a thousand at most.
        needs_newer: How many entries only a newer version of this library can read.
        foreign: Whether the entries are no records of ours: they were hashed, and not
            read.
        against: The tree heads that it was compared with, and goes on from.
    """

    checkpoint: Checkpoint
    exhibits: int = field(kw_only=True)
    absent: tuple[str, ...] = field(kw_only=True)
    strays: tuple[str, ...] = field(kw_only=True)
    needs_newer: int = field(kw_only=True)
    foreign: bool = field(kw_only=True)
    against: tuple[TreeHead, ...] = field(kw_only=True)


def audit(
    folder: Folder,
    policy: Policy,
    *,
    note: bytes | None = None,
    against: Iterable[TreeHead] = (),
    progress: Callable[[int, int], None] = _unheeded,
) -> Audited:
    """Verify a folder from its files alone, whoever wrote it.

    Args:
        folder: The folder (C2SP tlog-tiles).
        policy: Whose signatures its checkpoint must have, by keys that you got in
            another way than the folder.
        note: The checkpoint, where it is not the one in the folder.
        against: What the log was at other times: heads of checkpoints that were kept
            elsewhere, opened with the same key.
        progress: Told how many entries were hashed, and of how many.

    Raises:
        VerificationError: With every problem found, each with the name of its file.
    """
    checkpoint = open_published(folder, policy, note)
    reading, heads = _Reading(_Served(folder)), tuple(against)
    found = audit_folder(
        folder, checkpoint.head, against=heads, read=reading.take, progress=progress
    )
    problems = sorted(
        (*found, *reading.problems),
        key=lambda problem: (problem.position is None, problem.position or 0),
    )
    if problems:
        raise VerificationError(problems)
    return Audited(
        checkpoint,
        exhibits=len(reading.served.hashed),
        absent=tuple(sorted(reading.served.absent)),
        strays=folder.unread(_MOST_STRAYS),
        needs_newer=reading.needs_newer,
        foreign=bool(reading.foreign),
        against=heads,
    )


@define
class _Served:
    """The exhibits in a folder of somebody else."""

    folder: Folder
    sizes: dict[str, int] = field(factory=dict)
    hashed: set[str] = field(factory=set)
    absent: set[str] = field(factory=set)

    def read(self, digest: str) -> bytes:
        """Return an exhibit, hashed again.

        Raises:
            ExhibitError: It is not there, or not what was bound.
        """
        name = _name(digest)
        try:
            data = self.folder.read(name, min(self.sizes[digest], MAX_EXHIBIT))
            if data is None:
                self.absent.add(digest)
                raise ExhibitError(digest, f"{name}: it is not there")
            found = self._digest(digest, data)
        except FormatError as error:
            raise ExhibitError(digest, str(error)) from error
        if found != digest:
            raise ExhibitError(digest, f"{name}: it is not what was bound")
        self.hashed.add(digest)
        return data

    def _digest(self, digest: str, data: bytes) -> str:
        if digest.startswith("sha256:"):
            return digest_of(data)
        name = _salt_name(digest)
        salt = self.folder.read(name, SALT_BYTES) or b""
        if len(salt) != SALT_BYTES:
            reason = f"{name}: no salt of {SALT_BYTES} bytes is there"
            raise ExhibitError(digest, reason)
        found = salted_digest_of(data, salt)
        if found != digest:
            reason = f"{_name(digest)} with {name}: not what was bound"
            raise ExhibitError(digest, reason)
        return found


@define
class _Reading:
    """The entries of a folder, read as records one after another."""

    served: _Served
    problems: list[Problem] = field(factory=list)
    needs_newer: int = 0
    foreign: bool | None = None
    last: datetime | None = None

    def take(self, position: int, body: bytes) -> None:
        """Read one entry, and note what is wrong with it."""
        if self.foreign:
            return
        try:
            entry = decode(body)
        except EncodingError as error:
            if self.foreign is None:
                self.foreign = True
            else:
                self.blame(position, "body", str(error))
            return
        self.foreign = False
        recorded = entry.envelope.recorded
        if self.last is not None and recorded < self.last:
            self.blame(position, "time", "recorded before the entry before it")
        self.last = recorded
        if entry.record is None:
            self.needs_newer += 1
            return
        self.served.sizes = {one.digest: one.size for one in exhibits_of(entry.record)}
        for problem in exhibit_problems(self.served, entry.record):
            if problem.digest not in self.served.absent:
                self.blame(position, "exhibit", str(problem))

    def blame(self, position: int, kind: Kind, detail: str) -> None:
        self.problems.append(Problem(position, kind, detail=detail))
