"""EventLog: where what is reported and how it is kept meet.

The log keeps bytes and knows nothing of arms; records know nothing of how they are
kept. This is the only place that knows both.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Self

from embargo_monitor import referring
from embargo_monitor.appending import Appending
from embargo_monitor.authoring import Given
from embargo_monitor.bundling import make_bundle
from embargo_monitor.clock import Clock, now
from embargo_monitor.encoding import key_of
from embargo_monitor.errors import UnknownNameError
from embargo_monitor.founding import found
from embargo_monitor.judging import Asked, relevance_record
from embargo_monitor.log.checkpoints import Checkpoint
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.log.signing import Signing
from embargo_monitor.log.storage import Storage
from embargo_monitor.logged import Logged, Progress, Receipt, silent
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.quotes import Handling
from embargo_monitor.model.records import Record
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import Standing
from embargo_monitor.publishing import Published, publish
from embargo_monitor.query.diffing import Changes, diff
from embargo_monitor.query.view import View
from embargo_monitor.query.viewing import At, Source, tables_of, view_of
from embargo_monitor.regimes.register import Register
from embargo_monitor.resuming import Accepted, Resuming, accept, resume
from embargo_monitor.verifying import Verified, texts_in, verify


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

    def __init__(self, storage: Storage, clock: Clock, custody: Custody) -> None:
        self._storage, self._clock = storage, clock
        self._signing = Signing(storage, custody)
        self._exhibits = ExhibitStore(f"{storage.path}-exhibits")
        self._source = Source(storage.origin, self.path, storage.reading, self.texts)

    @classmethod
    def create(
        cls,
        path: str | os.PathLike[str],
        *,
        origin: str = "",
        clock: Clock = now,
        custody: Custody | None = None,
    ) -> Self:
        """Create a log in a new SQLite file, and draw the key that signs it.

        Args:
            path: Where; its exhibits and lock lie beside it under its name.
            origin: The log's name; drawn if not given. It can never be changed.
            clock: Gives the present instant: UTC, whole seconds.
            custody: Where key and witness file lie; the user's own folders.

        Raises:
            InvalidValueError: The name cannot stand in a checkpoint, or the instant is
                none in whole seconds of UTC.
            LogExistsError: There is something already. Open it instead.
            NotStoredError: The disk refused.
        """
        custody = custody or Custody.of_user()
        return cls(found(path, origin, clock, custody), clock, custody)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        clock: Clock = now,
        custody: Custody | None = None,
    ) -> Self:
        """Open a log that is there. `signing.regression` says whether it went back.

        Raises:
            LogMissingError: There is none. Create it first.
            NotALogError: The file is no log of ours, or of a newer version.
        """
        custody = custody or Custody.of_user()
        custody.warn_beside(path)
        return cls(Storage.open(path), clock, custody)

    def close(self) -> None:
        """Let go of the file. Closing twice is fine."""
        self._storage.close()

    def __exit__(self, *_: object) -> None:
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

    @property
    def signing(self) -> Signing:
        """Its keys and checkpoints, and what was seen of it."""
        return self._signing

    @property
    def verifier_key(self) -> str:
        """The key that checks its checkpoints (C2SP signed-note); empty without one."""
        return self._signing.verifier_key

    def append(self, what: Given, *, by: str = "unnamed") -> Receipt:
        """Append a record; the receipt, old for a known one, comes when it is durable.

        Args:
            what: A record, or a report with the exhibits that it rests on.
            by: Who records it; a label or pseudonym. It can never be removed.

        Raises:
            ConflictError: The id is taken, with other content.
            EntryTooLargeError: Over 65,535 bytes; the parts are named.
            EncodingError: A field holds a value of another type than it should.
            ExhibitError: An exhibit is not there, or a quote lies outside of it.
            ReferringError: What it refers to is not in the log, or does not fit it.
            RolledBackError, KeyChangedError: The log is not what was seen of it.
            NotStoredError: The disk failed; nothing was added.
        """
        [receipt] = self.append_all([what], by=by)
        return receipt

    def append_all(
        self, what: Iterable[Given], *, by: str = "unnamed", progress: Progress = silent
    ) -> list[Receipt]:
        """Append records in one transaction and at one instant, each whole or not.

        What comes before a record that is refused is appended; what comes after is not.

        Raises:
            LogError: As `append`; its `receipts` are of what was appended before it.
        """
        with self._storage.writing() as writer:
            self._signing.require_onward(writer)
            appending = Appending.now(writer, self._exhibits, self._clock, by)
            receipts, refused = appending.append_all(list(what), progress)
        if refused is not None:
            refused.receipts = tuple(receipts)
            raise refused
        return receipts

    def assess_relevance(
        self,
        event: str,
        *,
        id: str,
        by: str = "unnamed",
        register: Register | None = None,
        follow_links: bool = False,
    ) -> Receipt:
        """Append which embargoes bear on an event, by all that the log says now.

        The event is named `report-id#event-id`; the register is the bundled one unless
        given.

        Raises:
            UnknownNameError: The log has no such event; otherwise as `append`.
        """
        asked, register = Asked(event, follow_links), register or Register.bundled()
        record = relevance_record(self.records(), asked, register, id=id, by=by)
        return self.append(record, by=by)

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

    def records(self) -> Iterator[Record | None]:
        """Give the records in order; None for one that needs a newer version."""
        return (logged.entry.record for logged in self.entries())

    def reports(self) -> Iterator[Report]:
        """Give the reports that can be read here, in the order of the log."""
        return (one for one in self.records() if isinstance(one, Report))

    def later(self, kind: str, id: str) -> list[Logged]:
        """Return the records that refer to that one, in the order of the log."""
        with self._storage.reading() as reader:
            speaking = referring.later(reader, kind, id)
            return [Logged.of(stored) for stored, _ in speaking]

    def view(
        self,
        at: At = None,
        published_until: ImpreciseDate | date | str | None = None,
        progress: Progress = silent,
    ) -> View:
        """Return what the log said as of then, on two clocks; see `view_of`."""
        return view_of(self._source, at, published_until, progress)

    def tables(self, progress: Progress = silent) -> Path:
        """Build the index as far as the log goes, and return its SQLite file, to read.

        Raises:
            NotALogError, NotStoredError: It is no index, or the disk failed.
        """
        return tables_of(self._source, progress)

    def diff(self, before: At, after: At = None) -> Changes:
        """Tell what the log said at *after*, all of it by default, and not before."""
        return diff(self.view(before), self.view(after))

    def standing_of(self, *reports: str) -> Standing:
        """Return what the log says of some reports as it stands; all it withdrew."""
        with self._storage.reading() as reader:
            return referring.standing_of(reader, reports)

    def report(self, id: str) -> Report:
        """Return a report as it stands: corrected by what came later.

        Raises:
            UnknownNameError: There is none.
            ReferringError: It was withdrawn; `find` still gives it, as logged.
        """
        return referring.standing_report(self.standing_of(id), id)

    def check_targets(self, record: Record) -> None:
        """Refuse a record that refers to what is not there; append nothing.

        Raises:
            ReferringError: What it refers to is not in the log, or does not fit it.
        """
        with self._storage.reading() as reader:
            referring.require_targets(reader, record)

    def exhibit(self, digest: str) -> bytes:
        """Return an exhibit's bytes, hashed again.

        Raises:
            ExhibitError: It is missing, or its bytes are not those that were bound.
        """
        return self._exhibits.read(digest)

    def texts(self, report: Report) -> dict[str, str]:
        """Return the texts of a report's exhibits, by local id; those it can read."""
        return dict(texts_in(report, self._exhibits))

    def checkpoint(self) -> Checkpoint:
        """Sign the log as it stands: give what comes back to somebody else.

        Raises:
            RolledBackError, KeyChangedError: The log is not what was seen of it.
            SigningKeyError: There is no key here to sign with.
            VerificationError: What is read back is not what was appended.
        """
        return self._signing.checkpoint()

    def prove(self, index: int, *, handling: Handling = Handling.PUBLIC) -> bytes:
        """Return a bundle: an entry, its exhibits up to *handling*, and its proof.

        Raises:
            InvalidValueError: There is no such entry, or no checkpoint covers it yet.
            NewerVersionError: Only a newer version of this library can read it.
            VerificationError: The log is damaged.
        """
        with self._storage.reading() as reader:
            return make_bundle(reader, self._exhibits, index, handling)

    def export(
        self,
        folder: str | os.PathLike[str],
        *,
        handling: Handling = Handling.PUBLIC,
        progress: Progress = silent,
    ) -> Published:
        """Write the log, as it was signed last, into a folder for everybody.

        What lies there of an earlier time stays; *handling* is the strictest of
        exhibits that go along.

        Raises:
            ExportError: The folder cannot be written, or holds something else.
            VerificationError: The log is damaged: verify it.
        """
        with self._storage.reading() as reader:
            return publish(reader, self._exhibits, Folder(folder), handling, progress)

    def resume(self, *, id: str, reason: str, by: str) -> Checkpoint:
        """Go on with a log that is not what was seen of it, or whose key is lost.

        Another key is drawn. That, what was seen last, *reason* and *by* are logged.

        Raises:
            SigningKeyError: Nothing is lost, or the log never had a key.
            VerificationError: It is damaged besides: verify it.
        """
        why = Resuming(id, reason, by)
        return resume(self._signing, self._exhibits, self._clock, why)

    def accept_key(self, key: str | VerifierKey) -> Accepted:
        """Let *key*, got by a way that you trust, sign the log from now on.

        Raises:
            SigningKeyError: It does not sign the log, or no entry announces it.
            VerificationError: The log is damaged: verify it.
        """
        return accept(self._signing, VerifierKey.of(key))

    def verify(
        self,
        progress: Progress = silent,
        *,
        against: Checkpoint | Iterable[Checkpoint] = (),
        key: str | VerifierKey | None = None,
    ) -> Verified:
        """Hash every entry and exhibit again, and go on to the end.

        Args:
            progress: Called as entries are done.
            against: Checkpoints that somebody else kept (`signing.opened`). They alone
                show that its owner did not rewrite all of it; without them it is
                compared with what was seen on this machine.
            key: A verifier key that must be one of the log's.

        Raises:
            VerificationError: With every problem found.
        """
        several = (against,) if isinstance(against, Checkpoint) else against
        heads = tuple(one.head for one in several)
        known = None if key is None else VerifierKey.of(key)
        return verify(self._signing, self._exhibits, heads, known, progress)
