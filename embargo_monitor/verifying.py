"""Entries read again as what they are, once their bytes were hashed again.

Hashes say that bytes are the same as before. Whether they are records, found under
their own name, in the order of time, with the exhibits that they rest on, is said here.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import define, field, frozen

from embargo_monitor.encoding import decode, key_of
from embargo_monitor.errors import EncodingError, ExhibitError, quoted
from embargo_monitor.log.audit import Kind, Problem
from embargo_monitor.log.entries import Stored
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.model.quotes import Exhibit, Quote
from embargo_monitor.model.records import Correction, Record
from embargo_monitor.model.reports import Report


@frozen
class Verified:
    """What a log that holds what it should is.

    Attributes:
        origin: The log's name.
        size: How many entries.
        root: Root of their Merkle tree (RFC 6962, section 2.1).
        exhibits: How many exhibits were hashed again.
        needs_newer: How many entries only a newer version of this library can read.
    """

    origin: str
    size: int
    root: bytes
    exhibits: int
    needs_newer: int


@define
class Rereading:
    """The entries of a log, read again one after another.

    Attributes:
        store: The log's exhibits.
        problems: What is wrong with the entries taken so far.
        exhibits: Digests of the exhibits that were hashed again.
        needs_newer: How many entries only a newer version of this library can read.
    """

    store: ExhibitStore
    problems: list[Problem] = field(factory=list)
    exhibits: set[str] = field(factory=set)
    needs_newer: int = 0
    _last: datetime | None = None

    def take(self, stored: Stored) -> None:
        """Read one entry, and note what is wrong with it."""
        try:
            entry = decode(stored.body)
        except EncodingError as error:
            self._blame(stored, "body", str(error))
            return
        envelope = entry.envelope
        if stored.key != key_of(envelope.kind, envelope.id):
            self._blame(stored, "order", f"found under another name, {stored.key}")
        if self._last is not None and envelope.recorded < self._last:
            self._blame(stored, "order", "recorded before the entry before it")
        self._last = envelope.recorded
        if entry.record is None:
            self.needs_newer += 1
            return
        for problem in exhibit_problems(self.store, entry.record):
            self._blame(stored, "exhibit", str(problem))
        self.exhibits.update(exhibit.digest for exhibit in exhibits_of(entry.record))

    def _blame(self, stored: Stored, kind: Kind, detail: str) -> None:
        self.problems.append(Problem(stored.position, kind, detail=detail))


def exhibits_of(record: Record) -> tuple[Exhibit, ...]:
    """Return the exhibits that a record binds."""
    if isinstance(record, Report | Correction) and record.document is not None:
        return record.document.exhibits
    return ()


def exhibit_problems(store: ExhibitStore, record: Record) -> Iterator[ExhibitError]:
    """Find exhibits that are missing or differ, and quotes that lie outside them."""
    for exhibit in exhibits_of(record):
        try:
            data = store.read(exhibit.digest)
        except ExhibitError as error:
            yield error
        else:
            if len(data) != exhibit.size:
                reason = f"has {len(data):,} bytes, and not {exhibit.size:,}"
                yield ExhibitError(exhibit.digest, reason)
            if isinstance(record, Report):
                yield from _misplaced(record, exhibit, data)


def _misplaced(report: Report, exhibit: Exhibit, data: bytes) -> Iterator[ExhibitError]:
    places = [one for one in _places_of(report) if one.quote.exhibit == exhibit.id]
    if exhibit.media_type.startswith("text/"):
        yield from _misquoted(exhibit, data, places)
    elif places:
        yield ExhibitError(exhibit.digest, "only the words of a text can be quoted")


def _misquoted(
    exhibit: Exhibit, data: bytes, places: Iterable["_Place"]
) -> Iterator[ExhibitError]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        reason = f"is no UTF-8 text at byte {error.start}"
        yield ExhibitError(exhibit.digest, reason)
    else:
        for place in places:
            if place.quote.end > len(text):
                end = place.quote.end
                reason = f"a quote ends at {end} of {len(text)} code points"
                yield ExhibitError(exhibit.digest, reason)
            elif place.wording not in ("", place.quote.words(text)):
                start = place.quote.start
                reason = f"other words than {quoted(place.wording)} stand at {start}"
                yield ExhibitError(exhibit.digest, reason)


@frozen
class _Place:
    """Where words stand, and the words where the record repeats them."""

    quote: Quote
    wording: str


def _places_of(report: Report) -> Iterator[_Place]:
    for claim in report.claims:
        if claim.quote is not None:
            yield _Place(claim.quote, "")
    whens = [getattr(claim, "when", None) for claim in report.claims]
    whens += [one.said for voice in report.voices for one in voice.speakers]
    for when in whens:
        if when is not None and when.quote is not None:
            yield _Place(when.quote, when.wording)
