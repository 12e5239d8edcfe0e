"""Who may see an exhibit: whoever may by every entry of the log that cites it.

A later entry can say that an exhibit is more delicate than was thought when it was
logged. Before anything is given out, all of the log is asked, signed or not.
"""

import hashlib
import re
from collections.abc import Collection, Iterator

import orjson
from attrs import define, field

from embargo_monitor.encoding import ENVELOPE_VERSION, KIND_VERSIONS, decode
from embargo_monitor.errors import EncodingError, ExhibitError
from embargo_monitor.log.entries import Reader, Stored
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.model.quotes import Exhibit, Handling
from embargo_monitor.structuring import structure
from embargo_monitor.verifying import exhibits_of

Cited = tuple[Exhibit, ...] | None
"""The exhibits that an entry cites; None if only a newer version can read it."""

# In canonical JSON a member is written in one way: what lacks it cites none.
_CITING = b'"exhibits"'
_DIGEST = re.compile(rb'"((?:hmac-)?sha256:[0-9a-f]{64})"')
_UNKNOWN = max(Handling, key=lambda one: one.strictness)


def cited_by(entry: bytes) -> Cited:
    """Return what an entry cites; its other parts are not read, which takes longer.

    Raises:
        EncodingError: It is damaged: verify the log.
    """
    try:
        value = orjson.loads(entry)
        known = (ENVELOPE_VERSION, KIND_VERSIONS[value["kind"]])
        plain = value["body"]["document"]["exhibits"]
        if (value["v"], value["kv"]) == known:
            return tuple(structure(one, Exhibit, "$") for one in plain)
    except (EncodingError, LookupError, TypeError, ValueError):
        pass  # whatever is odd about it, reading it whole tells
    record = decode(entry).record
    return None if record is None else exhibits_of(record)


@define
class Disclosure:
    """What a log says about who may see its exhibits.

    Attributes:
        handling: The strictest handling that any entry asks for, by digest.
        first: Where each is cited first, by digest.
        unread: Where entries stand that only a newer version can read, and that may
            cite exhibits. What they name is taken to be as delicate as can be.
    """

    handling: dict[str, Handling] = field(factory=dict)
    first: dict[str, int] = field(factory=dict)
    unread: list[int] = field(factory=list)
    _sizes: dict[int, set[str]] = field(factory=dict)

    def take(self, stored: Stored, cited: Cited) -> None:
        """Note what one entry says; entries come in their order."""
        if cited is None:
            self.unread.append(stored.position)
            for digest in _DIGEST.findall(stored.body):
                self._note(digest.decode(), _UNKNOWN)
            return
        for one in cited:
            self._note(one.digest, one.handling)
            self.first.setdefault(one.digest, stored.position)
            self._sizes.setdefault(one.size, set()).add(one.digest)

    def _note(self, digest: str, handling: Handling) -> None:
        before = self.handling.get(digest, handling)
        self.handling[digest] = max(before, handling, key=lambda one: one.strictness)

    def join(self, exhibits: ExhibitStore) -> None:
        """Handle bytes that were bound twice, by two digests, as the stricter of them.

        A salt is drawn anew for each binding, so the digests do not tell.
        """
        for digests in self._sizes.values():
            if len({self.handling[one] for one in digests}) > 1:
                same: dict[str, list[str]] = {}
                for digest, content in _contents(digests, exhibits):
                    same.setdefault(content, []).append(digest)
                for alike in same.values():
                    for digest in alike:
                        for other in alike:
                            self._note(digest, self.handling[other])


def _contents(
    digests: Collection[str], exhibits: ExhibitStore
) -> Iterator[tuple[str, str]]:
    """Give digests with the plain one of their bytes, where these can be had."""
    for digest in digests:
        method, _, plain = digest.partition(":")
        if method != "sha256":
            try:
                plain = hashlib.sha256(exhibits.read(digest)).hexdigest()
            except ExhibitError:
                continue
        yield digest, plain


def disclosure_of(reader: Reader, exhibits: ExhibitStore) -> Disclosure:
    """Ask all entries of a log who may see the exhibits that they cite.

    Args:
        reader: The log, with what was not signed yet.
        exhibits: Its exhibits.

    Raises:
        EncodingError: An entry is damaged: verify the log.
        VerificationError: Likewise.
    """
    return _disclosure(reader, exhibits, (b"",))


def disclosure_among(
    reader: Reader, exhibits: ExhibitStore, asked: Collection[Exhibit]
) -> Disclosure:
    """Ask all entries who may see some exhibits; entries without them are not read.

    Raises:
        EncodingError: As `disclosure_of`.
        VerificationError: Likewise.
    """
    marks = [one.digest.encode() for one in asked]
    # The same bytes under another digest have the same size.
    marks += [b'"size":%d%c' % (one.size, end) for one in asked for end in b",}"]
    return _disclosure(reader, exhibits, marks)


def _disclosure(
    reader: Reader, exhibits: ExhibitStore, marks: Collection[bytes]
) -> Disclosure:
    found = Disclosure()
    for stored in reader.entries():
        body = stored.body
        if _CITING in body and any(mark in body for mark in marks):
            found.take(stored, cited_by(body))
    found.join(exhibits)
    return found
