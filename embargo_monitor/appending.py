"""One record, appended: encoded, compared with what the log has, its exhibits kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from embargo_monitor.authoring import Attached, Given, taken_apart
from embargo_monitor.canonical import MAX_ENTRY
from embargo_monitor.clock import Clock, require_utc
from embargo_monitor.encoding import decode, encode, envelope_of, key_of, sizes_of
from embargo_monitor.errors import (
    ConflictError,
    EncodingError,
    EntryTooLargeError,
    ExhibitError,
    LogError,
    ReferringError,
)
from embargo_monitor.log.entries import Writer
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.logged import Receipt
from embargo_monitor.model.records import Correction, Record
from embargo_monitor.model.standing import standing
from embargo_monitor.referring import records_of, require_targets
from embargo_monitor.verifying import exhibit_problems, exhibits_of

_REFUSALS = (ConflictError, EntryTooLargeError, ExhibitError, ReferringError)


@frozen
class Appending:
    """What is appended in one transaction, at one instant, by one recorder.

    Attributes:
        writer: The log.
        exhibits: Where its exhibits are kept.
        instant: When all of it is recorded.
        by: Who records it.
    """

    writer: Writer
    exhibits: ExhibitStore
    instant: datetime
    by: str

    @classmethod
    def now(
        cls, writer: Writer, exhibits: ExhibitStore, clock: Clock, by: str
    ) -> "Appending":
        """Begin at the clock's instant.

        Raises:
            InvalidValueError: The clock gives no UTC instant in whole seconds.
        """
        # A clock that was set back must not make an entry older than the one before.
        last, instant = writer.last(), require_utc(clock())
        if last is not None:
            instant = max(instant, envelope_of(last.body).recorded)
        return cls(writer, exhibits, instant, by)

    def append_all(
        self, items: Sequence[Given], progress: Callable[[int, int], None]
    ) -> tuple[list[Receipt], LogError | None]:
        """Append records, up to the first that is refused.

        Args:
            items: Records, or reports with their exhibits.
            progress: Called after each one, with how many are done, and how many there
                are.

        Returns:
            The receipts, and why the next one was refused, if one was.
        """
        receipts: list[Receipt] = []
        for item in items:
            try:
                receipts.append(self.append(item))
            except _REFUSALS as error:
                return receipts, error
            progress(len(receipts), len(items))
        return receipts, None

    def append(self, what: Given) -> Receipt:
        """Append a record, or tell that it is there already.

        Raises:
            ConflictError: The id is taken, with other content.
            EntryTooLargeError: It is over the limit; the parts are named.
            EncodingError: A field holds a value of another type than it should.
            ExhibitError: An exhibit is neither given nor kept already, or a quote lies
                outside of it.
            ReferringError: What it refers to is not in the log, or does not fit it.
        """
        record, attached = taken_apart(what)
        key = key_of(record.kind, record.id)
        held = self.writer.find(key)
        if held is not None:
            if decode(held.body).record != record:
                raise ConflictError(record.kind, record.id, held.position)
            # An exhibit that was lost comes back with the report that binds it.
            self._keep_exhibits(record, attached, record)
            return Receipt(held.position, new=False)
        data = encode(record, recorded=self.instant, by=self.by)
        if len(data) > MAX_ENTRY:
            raise EntryTooLargeError(len(data), MAX_ENTRY, sizes_of(record))
        # Python does not hold fields to their types: what cannot be read again as it
        # is must not enter, for it could never leave.
        if decode(data).record != record:
            raise EncodingError("$.body: a field holds a value of another type")
        require_targets(self.writer, record)
        self._keep_exhibits(record, attached, self._whole(record))
        return Receipt(self.writer.append(key, data).position, new=True)

    def _whole(self, record: Record) -> Record:
        """Return the report that a correction leads to; any other record itself."""
        if not isinstance(record, Correction):
            return record
        logged = (*records_of(self.writer, [record.report]), record)
        return standing(logged).reports[record.report]

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
                self.exhibits.put(given.data, given.salt)
        for problem in exhibit_problems(self.exhibits, whole):
            raise problem
