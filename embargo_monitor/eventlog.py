"""EventLog: where what is reported and how it is kept meet.

The log keeps bytes and knows nothing of arms; records know nothing of how they are
kept. This is the only place that knows both.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from typing import Self

from embargo_monitor.authoring import (
    Attached,
    Given,
    taken_apart,
)
from embargo_monitor.canonical import MAX_ENTRY
from embargo_monitor.clock import Clock, now, require_utc
from embargo_monitor.encoding import decode, encode, envelope_of, key_of, sizes_of
from embargo_monitor.errors import (
    ConflictError,
    EncodingError,
    EntryTooLargeError,
    ExhibitError,
    InvalidValueError,
    LogError,
    ReferringError,
    UnknownNameError,
    VerificationError,
)
from embargo_monitor.log.audit import verify as audit
from embargo_monitor.log.entries import Writer
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.log.origin import draw_origin, require_origin
from embargo_monitor.log.storage import Storage
from embargo_monitor.logged import Logged, Receipt
from embargo_monitor.model.records import Correction, Record
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import Standing, standing
from embargo_monitor.referring import (
    later,
    records_of,
    require_targets,
    standing_of,
)
from embargo_monitor.verifying import (
    Rereading,
    Verified,
    exhibit_problems,
    exhibits_of,
)

Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are."""

_REFUSALS = (ConflictError, EntryTooLargeError, ExhibitError, ReferringError)


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


class EventLog(AbstractContextManager["EventLog"]):
    """An append-only log of records about reported arms transfers.

    Nothing in it is ever edited or deleted. Threads may share one; a fork may not.

    >>> import embargo_monitor as em, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with em.EventLog.create(f"{folder.name}/monitor.db") as log:
    ...     log.append(em.seed_report())
    ...     log.append(em.seed_report())
    ...     log.size
    Receipt(index=0, new=True)
    Receipt(index=0, new=False)
    1
    >>> folder.cleanup()
    """

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._exhibits = ExhibitStore(f"{storage.path}-exhibits")

    @classmethod
    def create(
        cls, path: str | os.PathLike[str], *, origin: str = "", clock: Clock = now
    ) -> Self:
        """Create a log in a new SQLite file.

        Args:
            path: Where; its exhibits and lock lie beside it under its name.
            origin: The log's name; drawn if not given. It can never be changed.
            clock: Gives the present instant: UTC, whole seconds.

        Raises:
            InvalidValueError: The name cannot stand in a checkpoint, or the clock
                gives no UTC instant in whole seconds.
            LogExistsError: There is something already. Open it instead.
            NotStoredError: The disk refused; the text says why.
        """
        name = origin or draw_origin()
        require_origin(name)
        instant = require_utc(clock())
        created = instant.strftime("%Y-%m-%dT%H:%M:%SZ")
        return cls(Storage.create(path, name, created), clock)

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, clock: Clock = now) -> Self:
        """Open a log that is there.

        Raises:
            LogMissingError: There is none. Create it first.
            NotALogError: The file is no log of ours, or of a newer version.
        """
        return cls(Storage.open(path), clock)

    def close(self) -> None:
        """Let go of the file. Closing twice is fine."""
        self._storage.close()

    def __exit__(self, *_: object) -> None:
        """Close at the end of a `with` block."""
        self.close()

    @property
    def path(self) -> str:
        """Where the log lies."""
        return str(self._storage.path)

    @property
    def origin(self) -> str:
        """The log's name, drawn when it was created."""
        return self._storage.origin

    @property
    def created(self) -> str:
        """When it was created, as the recorder's clock said: UTC."""
        return self._storage.created

    @property
    def size(self) -> int:
        """How many entries it has."""
        with self._storage.reading() as reader:
            return reader.size

    @property
    def root(self) -> bytes:
        """Root of the Merkle tree over its entries (RFC 6962, section 2.1)."""
        with self._storage.reading() as reader:
            return reader.frontier.root()

    def append(self, what: Given, *, by: str = "unnamed") -> Receipt:
        """Append a record; the receipt is given when it is durable.

        The same record again gives the old receipt.

        Args:
            what: A record, or a report with the exhibits that it rests on.
            by: Who records it; a label or pseudonym. It can never be removed.

        Raises:
            ConflictError: The id is taken, with other content.
            EntryTooLargeError: Over 65,535 bytes; the parts are named.
            EncodingError: A field holds a value of another type than it should.
            ExhibitError: An exhibit is neither given nor in the log already, or a
                quote lies outside of it.
            ReferringError: What it refers to is not in the log, or does not fit it.
            NotStoredError: The disk failed; nothing was added.
        """
        [receipt] = self.append_all([what], by=by)
        return receipt

    def append_all(
        self,
        what: Iterable[Given],
        *,
        by: str = "unnamed",
        progress: Progress = _silent,
    ) -> list[Receipt]:
        """Append records in one transaction and at one instant, each whole or not.

        What comes before a record that is refused is appended; what comes after it
        is not.

        Args:
            what: Records, or reports with their exhibits.
            by: Who records them.
            progress: Called after each one.

        Raises:
            ConflictError: As `append`; so for the rest. The error's `receipts` are
                those of what was appended before it.
        """
        receipts: list[Receipt] = []
        refused: LogError | None = None
        items = list(what)
        with self._storage.writing() as writer:
            instant = self._instant(writer)
            for item in items:
                try:
                    receipts.append(self._append(writer, item, instant, by))
                except _REFUSALS as error:
                    refused = error
                    break
                progress(len(receipts), len(items))
        if refused is not None:
            refused.receipts = tuple(receipts)
            raise refused
        return receipts

    def _append(
        self,
        writer: Writer,
        what: Given,
        instant: datetime,
        by: str,
    ) -> Receipt:
        record, attached = taken_apart(what)
        key = key_of(record.kind, record.id)
        held = writer.find(key)
        if held is not None:
            if decode(held.body).record != record:
                raise ConflictError(record.kind, record.id, held.position)
            # An exhibit that was lost comes back with the report that binds it.
            self._keep_exhibits(record, attached, record)
            return Receipt(held.position, new=False)
        data = encode(record, recorded=instant, by=by)
        if len(data) > MAX_ENTRY:
            raise EntryTooLargeError(len(data), MAX_ENTRY, sizes_of(record))
        # Python does not hold fields to their types: what cannot be read again as it
        # is must not enter, for it could never leave.
        if decode(data).record != record:
            raise EncodingError("$.body: a field holds a value of another type")
        require_targets(writer, record)
        whole = record
        if isinstance(record, Correction):
            logged = (*records_of(writer, [record.report]), record)
            whole = standing(logged).reports[record.report]
        self._keep_exhibits(record, attached, whole)
        return Receipt(writer.append(key, data).position, new=True)

    def _instant(self, writer: Writer) -> datetime:
        # A clock that was set back must not make an entry older than the one before.
        last = writer.last()
        instant = require_utc(self._clock())
        return max(instant, envelope_of(last.body).recorded) if last else instant

    def _keep_exhibits(
        self, record: Record, attached: Mapping[str, Attached], whole: Record
    ) -> None:
        """Keep what *record* binds; quotes are looked up in all that *whole* binds."""
        for exhibit in exhibits_of(record):
            if exhibit.digest in attached:
                given = attached[exhibit.digest]
                if given.digest != exhibit.digest:
                    reason = f"the bytes given are {given.digest}"
                    raise ExhibitError(exhibit.digest, reason)
                self._exhibits.put(given.data, given.salt)
        for problem in exhibit_problems(self._exhibits, whole):
            raise problem

    def entries(self, start: int = 0) -> Iterator[Logged]:
        """Give the entries from *start* on, in order, streaming.

        Raises:
            EncodingError: An entry is damaged: `verify` names all that are.
        """
        with self._storage.reading() as reader:
            for stored in reader.entries(start):
                yield Logged.of(stored)

    def entry(self, index: int) -> Logged:
        """Return the entry at *index*, counted from 0.

        Raises:
            InvalidValueError: The log is shorter.
        """
        with self._storage.reading() as reader:
            if not 0 <= index < reader.size:
                wanted = f"that of an entry; the log has {reader.size}"
                raise InvalidValueError("index", index, wanted)
            return Logged.of(reader.entry(index))

    def find(self, kind: str, id: str) -> Logged:
        """Return the entry of that kind and id.

        Raises:
            UnknownNameError: There is none.
        """
        with self._storage.reading() as reader:
            stored = reader.find(key_of(kind, id))
        if stored is None:
            raise UnknownNameError(kind, id)
        return Logged.of(stored)

    def reports(self) -> Iterator[Report]:
        """Give the reports that can be read here, in the order of the log."""
        for logged in self.entries():
            if isinstance(logged.entry.record, Report):
                yield logged.entry.record

    def later(self, kind: str, id: str) -> list[Logged]:
        """Return the records that refer to that one, in the order of the log.

        Corrections of a report, withdrawals of any record, assessments of a report's
        claims, links of its parts.
        """
        with self._storage.reading() as reader:
            return [Logged.of(stored) for stored, _ in later(reader, kind, id)]

    def standing(self) -> Standing:
        """Return what the log says as it stands: corrected, nothing withdrawn in it.

        It reads the whole log.
        """
        entries = (logged.entry.record for logged in self.entries())
        return standing(record for record in entries if record is not None)

    def standing_of(self, *reports: str) -> Standing:
        """Return what the log says of some reports as it stands; all it withdrew."""
        with self._storage.reading() as reader:
            return standing_of(reader, reports)

    def report(self, id: str) -> Report:
        """Return a report as it stands: corrected by what came later.

        Raises:
            UnknownNameError: There is none of that id.
            ReferringError: It was withdrawn; `find` still gives it, as logged.
        """
        stands = self.standing_of(id)
        withdrawn = stands.withdrawals.get((Report.kind, id))
        if withdrawn is not None:
            raise ReferringError(
                Report.kind,
                id,
                f"it was withdrawn by {withdrawn.by}: {withdrawn.reason};"
                " `show` still gives it",
            )
        if id not in stands.reports:
            raise UnknownNameError(Report.kind, id)
        return stands.reports[id]

    def check_targets(self, record: Record) -> None:
        """Refuse a record that refers to what is not there; append nothing.

        Raises:
            ReferringError: What it refers to is not in the log, or does not fit it.
        """
        with self._storage.reading() as reader:
            require_targets(reader, record)

    def exhibit(self, digest: str) -> bytes:
        """Return an exhibit's bytes, hashed again.

        Raises:
            ExhibitError: It is missing, or its bytes are not those that were bound.
        """
        return self._exhibits.read(digest)

    def texts(self, report: Report) -> dict[str, str]:
        """Return the texts of a report's exhibits, by local id; those it can read."""
        found = {}
        for exhibit in report.document.exhibits:
            if exhibit.media_type.startswith("text/"):
                with suppress(ExhibitError, UnicodeDecodeError):
                    found[exhibit.id] = self.exhibit(exhibit.digest).decode()
        return found

    def verify(self, progress: Progress = _silent) -> Verified:
        """Hash every entry and exhibit again, and go on to the end.

        Without a checkpoint that somebody else holds, this says only that the log
        agrees with itself: whoever owns the file could have rewritten all of it.

        Args:
            progress: Called as entries are done.

        Raises:
            VerificationError: With every problem found.
        """
        reading = Rereading(self._exhibits)
        frontier, found = audit(self._storage, progress, reading.take)
        problems = sorted(
            (*found, *reading.problems),
            key=lambda problem: (problem.position is None, problem.position or 0),
        )
        if problems:
            raise VerificationError([str(problem) for problem in problems])
        return Verified(
            self.origin,
            frontier.size,
            frontier.root(),
            len(reading.exhibits),
            reading.needs_newer,
        )
