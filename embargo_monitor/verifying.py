"""Entries read again as what they are, once their bytes were hashed again.

Hashes say that bytes are the same as before. Whether they are records, found under
their own name, in the order of time, with the exhibits that they rest on, is said here.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from attrs import define, field, frozen

from embargo_monitor.encoding import decode, key_of
from embargo_monitor.errors import (
    EncodingError,
    ExhibitError,
    FormatError,
    LogError,
    NotStoredError,
    VerificationError,
    in_ascii,
    quoted,
)
from embargo_monitor.log.audit import Kind, Problem
from embargo_monitor.log.audit import verify as audit
from embargo_monitor.log.checkpoints import TreeHead
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.entries import Reader, Stored
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.log.onward import another_signer
from embargo_monitor.log.signed import Signer
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.log.signing import Signing
from embargo_monitor.log.witness import Seen
from embargo_monitor.model.quotes import Exhibit, Quote
from embargo_monitor.model.records import Correction, Record, Resumption
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
        against: The tree heads that it was compared with and goes on from; without
            one it is only consistent with itself.
        seen: The largest tree head that was seen of it on this machine, if any was.
        key: The verifier key that it was asked for, and has; None if none was.
    """

    origin: str
    size: int
    root: bytes
    exhibits: int
    needs_newer: int
    against: tuple[TreeHead, ...] = ()
    seen: TreeHead | None = None
    key: VerifierKey | None = None


def verify(
    signing: Signing,
    exhibits: ExhibitStore,
    against: tuple[TreeHead, ...],
    key: VerifierKey | None,
    progress: Callable[[int, int], None],
) -> Verified:
    """Hash every entry and exhibit again, and read every entry as what it is.

    Raises:
        VerificationError: With every problem found, in the order of the entries.
    """
    reading, storage = Rereading(exhibits), signing.storage
    heads = [("the checkpoint to compare with", head) for head in against]
    seen, unread = _seen(signing)
    if seen is not None:
        heads.append(("what was seen of the log here", seen.head))
    frontier, found = audit(storage, progress, reading.take, heads)
    signed = _signed_problems(signing, reading, seen, key)
    problems = sorted(
        (*found, *reading.problems, *unread, *signed),
        key=lambda problem: (problem.position is None, problem.position or 0),
    )
    if problems:
        raise VerificationError(problems)
    return Verified(
        storage.origin,
        frontier.size,
        frontier.root(),
        len(reading.exhibits),
        reading.needs_newer,
        against,
        seen.head if seen else None,
        key,
    )


def _seen(signing: Signing) -> tuple[Seen | None, tuple[Problem, ...]]:
    """Return what was seen of the log here, and what keeps that from being read."""
    try:
        return signing.seen(), ()
    except (FormatError, NotStoredError) as error:
        return None, (Problem(None, "witness", detail=str(error)),)


def _signed_problems(
    signing: Signing, reading: "Rereading", seen: Seen | None, key: VerifierKey | None
) -> Iterator[Problem]:
    """Find keys that nobody vouches for, and checkpoints that went out of the log."""
    try:
        with signing.storage.reading() as reader:
            signers = reader.kept.signers()
            yield from _unannounced(signers, reading)
            if key is not None and str(key) not in {one.verifier for one in signers}:
                words = f"the key that was given, {in_ascii(str(key))}, is none of it"
                yield Problem(None, "signature", detail=words)
            if seen is not None:
                yield from _unlike_seen(reader, signers, seen, signing.custody)
    except LogError:
        return  # named by the audit


def _unannounced(
    signers: tuple[Signer, ...], reading: "Rereading"
) -> Iterator[Problem]:
    known: set[str] = set()
    for number, one in enumerate(signers):
        name = f"the key since size {one.since:,}"
        if number and reading.resumed.get(one.since - 1) != one.verifier:
            words = f"{name}: no resumption announces it"
            yield Problem(None, "signature", detail=words)
        if one.verifier in known:
            words = f"{name} signed before, and was given up"
            yield Problem(None, "signature", detail=words)
        known.add(one.verifier)


def _unlike_seen(
    reader: Reader, signers: tuple[Signer, ...], seen: Seen, custody: Custody
) -> Iterator[Problem]:
    other = another_signer(reader, seen, custody)
    if str(seen.verifier) not in {one.verifier for one in signers}:
        words = "it does not know the key that signed what was seen of it here"
        yield Problem(None, "signature", detail=words)
    elif other is not None:
        words = (
            f"another key signs it since size {other.since:,},"
            f" {in_ascii(other.verifier)}; what was seen of it here was signed by"
            f" {in_ascii(str(seen.verifier))}. Ask its owner, by a way that you trust;"
            " `embargo-monitor key accept VKEY` accepts a key"
        )
        yield Problem(None, "signature", detail=words)
    size = seen.head.size
    if size <= reader.size and reader.kept.checkpoint(size) is None:
        words = (
            f"the checkpoint of size {size:,} is gone, which was noted here before it"
            " was signed; if whoever signed was stopped, `embargo-monitor checkpoint`"
            " signs anew"
        )
        yield Problem(None, "checkpoint", detail=words)


@define
class Rereading:
    """The entries of a log, read again one after another.

    Attributes:
        store: The log's exhibits.
        problems: What is wrong with the entries taken so far.
        exhibits: Digests of the exhibits that were hashed again.
        resumed: The key that each resumption announces, by the resumption's index.
        needs_newer: How many entries only a newer version of this library can read.
    """

    store: ExhibitStore
    problems: list[Problem] = field(factory=list)
    exhibits: set[str] = field(factory=set)
    resumed: dict[int, str] = field(factory=dict)
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
            self._blame(stored, "time", "recorded before the entry before it")
        self._last = envelope.recorded
        if entry.record is None:
            self.needs_newer += 1
            return
        if isinstance(entry.record, Resumption):
            self.resumed[stored.position] = entry.record.new_key
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


class Exhibits(Protocol):
    """Where exhibits are read, each by its digest: a log's folder, a bundle."""

    def read(self, digest: str) -> bytes:
        """Return an exhibit that is what was bound, or raise `ExhibitError`."""


def texts_in(report: Report, exhibits: ExhibitStore) -> Iterator[tuple[str, str]]:
    """Give the texts of a report's exhibits, by local id: those that can be read."""
    for exhibit in report.document.exhibits:
        if exhibit.media_type.startswith("text/"):
            with suppress(ExhibitError, UnicodeDecodeError):
                yield exhibit.id, exhibits.read(exhibit.digest).decode()


def exhibit_problems(store: Exhibits, record: Record) -> Iterator[ExhibitError]:
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
