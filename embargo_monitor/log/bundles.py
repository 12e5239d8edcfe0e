"""Bundles: one entry, what it cites, and the proof that a log held it, in one file.

A text that can be sent by mail and read in any editor:

```
embargo_monitor.bundle@v1
entry <bytes>
<the entry, one line>
exhibit <digest> <bytes> [salt <64 hexadecimal digits>]
<its bytes in base64, lines of 76 characters>
absent <digest> missing|restricted|withheld
<an empty line>
<proof of inclusion, with the signed checkpoint (C2SP tlog-proof)>
```

Exhibits stand in the order of their digests, then those that are absent in the order of
theirs, so that one content has one text. Nothing may be in it that nothing vouches for.
"""

import base64
import binascii
import enum
import re
from typing import Any

from attrs import Attribute, define, field, frozen

from embargo_monitor.canonical import MAX_ENTRY
from embargo_monitor.digests import SALT_BYTES, digest_of, salted_digest_of
from embargo_monitor.errors import (
    ExhibitError,
    FormatError,
    InvalidValueError,
    quoted,
)
from embargo_monitor.log.checkpoints import Checkpoint, Policy, open_checkpoint
from embargo_monitor.log.merkle import hash_leaf
from embargo_monitor.log.notes import parse_decimal
from embargo_monitor.log.proofs import check_inclusion
from embargo_monitor.log.prooftexts import (
    InclusionProof,
    format_inclusion,
    parse_inclusion,
)
from embargo_monitor.log.signers import is_plain

MAX_BUNDLE = 512 * 1024 * 1024
"""Bytes that a bundle may have."""

MAX_EXHIBITS = 1024
"""Exhibits that a bundle may have or say to be absent: an entry cannot cite so many."""

_WHAT = "bundle"
_HEADER = "embargo_monitor.bundle@v1"
_MAX_LINE = 256
_DIGEST = "(?:hmac-)?sha256:[0-9a-f]{64}"
_EXHIBIT = re.compile(rf"exhibit ({_DIGEST}) ([0-9]+)(?: salt ([0-9a-f]{{64}}))?")
_ABSENT = re.compile(rf"absent ({_DIGEST}) (missing|restricted|withheld)")

_LINE_BYTES, _LINE_CHARACTERS = 57, 76
# Decoded some lines at a time, so that a large exhibit is held once and not thrice.
_STEP = 8192 * _LINE_BYTES


class Absence(enum.Enum):
    """Why a bundle has not an exhibit that its entry cites, as whoever gave it says.

    Attributes:
        MISSING: It was lost, or changed.
        RESTRICTED: A later entry is stricter about who may see it than this one.
        WITHHELD: Not everybody may see it, as the entry says.
    """

    MISSING = "missing"
    RESTRICTED = "restricted"
    WITHHELD = "withheld"


def _digest(_: object, attribute: "Attribute[str]", digest: Any) -> None:
    if type(digest) is not str or re.fullmatch(_DIGEST, digest) is None:
        wanted = "sha256: or hmac-sha256: and 64 hex digits"
        raise InvalidValueError(attribute.name, digest, wanted)


@frozen
class BundledExhibit:
    """An exhibit inside a bundle; whether it is what was bound is not checked by this.

    Attributes:
        digest: What it was bound by.
        data: Its bytes.
        salt: 32 bytes where the digest is salted, else none.

    Raises:
        InvalidValueError: The digest is none, or the salt does not go with it.
    """

    digest: str = field(validator=_digest)
    data: bytes = field(repr=False)
    salt: bytes = field(kw_only=True, default=b"", repr=False)

    def __attrs_post_init__(self) -> None:
        wanted = SALT_BYTES if self.digest.startswith("hmac-") else 0
        if len(self.salt) != wanted:
            # Of a salt only the length is told: it is a secret.
            raise InvalidValueError("length of the salt", len(self.salt), str(wanted))

    def check(self) -> None:
        """Hash it again.

        Raises:
            ExhibitError: It is not what was bound: do not believe it.
        """
        if self.salt:
            found = salted_digest_of(self.data, self.salt)
        else:
            found = digest_of(self.data)
        if found != self.digest:
            reason = "the bytes in the bundle are not those that were bound"
            raise ExhibitError(self.digest, reason)


@frozen
class Absent:
    """An exhibit that a bundle has not.

    Attributes:
        digest: What it was bound by.
        absence: Why, as whoever gave the bundle says; nothing vouches for it.
    """

    digest: str = field(validator=_digest)
    absence: Absence


def _line_of_text(_: object, attribute: "Attribute[bytes]", entry: bytes) -> None:
    # What cannot be read as UTF-8 becomes a lone surrogate, which is not plain.
    text = entry.decode(errors="surrogateescape")
    if not 0 < len(entry) <= MAX_ENTRY or not is_plain(text):
        wanted = f"one line of UTF-8, from 1 to {MAX_ENTRY:,} bytes"
        raise InvalidValueError(attribute.name, entry, wanted)


def _without_extra(_: object, __: object, proof: InclusionProof) -> None:
    if proof.extra:
        wanted = "none in a bundle: nothing vouches for it"
        raise InvalidValueError("extra data of the proof", proof.extra, wanted)


def _in_order(_: object, attribute: "Attribute[Any]", parts: Any) -> None:
    digests = [part.digest for part in parts]
    if sorted(set(digests)) != digests:
        wanted = "in the order of their digests, each once"
        raise InvalidValueError(attribute.name, digests, wanted)


@frozen
class Bundle:
    """An entry, the exhibits that go with it, and the proof that a log held it.

    Whether the proof holds is not checked by this: see `check_bundle_proof`.

    Attributes:
        entry: The entry's bytes: one line of text.
        proof: Where it stands, up to the root, with the checkpoint that signs that.
        exhibits: The exhibits, in the order of their digests.
        absent: Those that are not in it, in the order of their digests.

    Raises:
        InvalidValueError: A part cannot be so, an exhibit stands twice, or there are
            more of them than an entry can cite.
    """

    entry: bytes = field(repr=False, validator=_line_of_text)
    proof: InclusionProof = field(validator=_without_extra)
    exhibits: tuple[BundledExhibit, ...] = field(
        kw_only=True, default=(), validator=_in_order
    )
    absent: tuple[Absent, ...] = field(kw_only=True, default=(), validator=_in_order)

    def __attrs_post_init__(self) -> None:
        here = {one.digest for one in self.exhibits}
        away = {one.digest for one in self.absent}
        if here & away:
            wanted = "either in the bundle or absent"
            raise InvalidValueError("exhibit", min(here & away), wanted)
        if len(here | away) > MAX_EXHIBITS:
            wanted = f"at most {MAX_EXHIBITS:,}"
            raise InvalidValueError("number of exhibits", len(here | away), wanted)


def format_bundle(bundle: Bundle) -> bytes:
    """Return a bundle as text.

    Raises:
        InvalidValueError: It would be longer than 512 MiB: leave exhibits out.
    """
    pieces = [f"{_HEADER}\nentry {len(bundle.entry)}\n".encode(), bundle.entry, b"\n"]
    for one in bundle.exhibits:
        salt = f" salt {one.salt.hex()}" if one.salt else ""
        pieces.append(f"exhibit {one.digest} {len(one.data)}{salt}\n".encode())
        pieces.append(base64.encodebytes(one.data))
    pieces += [
        f"absent {one.digest} {one.absence.value}\n".encode() for one in bundle.absent
    ]
    proof = bundle.proof
    pieces += [b"\n", format_inclusion(proof.index, proof.hashes, proof.note)]
    size = sum(map(len, pieces))
    if size > MAX_BUNDLE:
        raise InvalidValueError("bytes of the bundle", size, f"at most {MAX_BUNDLE:,}")
    return b"".join(pieces)


def parse_bundle(data: bytes) -> Bundle:
    """Read a bundle, strictly; whether what is in it holds is not checked.

    What `format_bundle` would write otherwise is refused, so that nobody can hide
    anything in how a bundle is written.

    Raises:
        FormatError: It is none, or damaged; get it again.
    """
    if len(data) > MAX_BUNDLE:
        reason = f"{len(data):,} bytes, and at most {MAX_BUNDLE:,} are read"
        raise FormatError(_WHAT, reason)
    reading = _Reading(data)
    if reading.take_line() != _HEADER:
        raise reading.fault(f"it must begin with {_HEADER}")
    try:
        return _parse_parts(reading)
    except InvalidValueError as error:
        raise FormatError(_WHAT, str(error)) from error


def check_bundle_proof(bundle: Bundle, policy: Policy) -> Checkpoint:
    """Check that a log held the entry, and that exhibits are what their digests say.

    Whether they are those that the entry cites is for whoever can read the entry.

    Args:
        bundle: It.
        policy: The log's key, and whose cosignatures its checkpoint must have.

    Returns:
        The checkpoint that the proof leads to.

    Raises:
        FormatError: The checkpoint is none.
        SignatureError: It is not signed as the policy says.
        ProofError: The log did not hold these bytes at that place.
        ExhibitError: An exhibit is not what was bound.
    """
    proof = bundle.proof
    checkpoint = open_checkpoint(proof.note, policy)
    head = checkpoint.head
    leaf = hash_leaf(bundle.entry)
    check_inclusion(leaf, proof.index, head.size, proof.hashes, head.root)
    for one in bundle.exhibits:
        one.check()
    return checkpoint


@define
class _Reading:
    """A bundle while it is read, and the line that was read last."""

    data: bytes
    line: int = 0
    _at: int = 0

    def take_line(self) -> str:
        """Return the next line, which is one of ours: short, and ASCII."""
        self.line += 1
        end = self.data.find(b"\n", self._at, self._at + _MAX_LINE)
        line = self.data[self._at : max(end, self._at)]
        if end < 0 or not line.isascii():
            raise self.fault("it is cut short, or is no line of a bundle")
        self._at = end + 1
        return line.decode("ascii")

    def take(self, count: int, lines: int) -> bytes:
        """Return that many bytes, which are so many lines with their newlines."""
        taken = self.data[self._at : self._at + count]
        if len(taken) != count or not taken.endswith(b"\n"):
            self.line += 1
            raise self.fault("it is cut short, or its length is not as it says")
        self.line += lines
        self._at += count
        return taken

    def rest(self) -> bytes:
        """Return all that was not read yet."""
        return self.data[self._at :]

    def fault(self, reason: str) -> FormatError:
        """Build the error about the line that was read last."""
        return FormatError(_WHAT, reason, line=self.line)

    def number(self, written: str, limit: int) -> int:
        """Read a number of the line that was read last."""
        return parse_decimal(written, _WHAT, line=self.line, limit=limit)


def _parse_parts(reading: _Reading) -> Bundle:
    written = reading.take_line()
    if not written.startswith("entry "):
        raise reading.fault(f"{quoted(written)} should be 'entry' and a number")
    size = reading.number(written.removeprefix("entry "), MAX_ENTRY)
    entry = reading.take(size + 1, lines=1).removesuffix(b"\n")
    exhibits: list[BundledExhibit] = []
    absent: list[Absent] = []
    while line := reading.take_line():
        if len(exhibits) + len(absent) >= MAX_EXHIBITS:
            raise reading.fault(f"more than {MAX_EXHIBITS:,} exhibits")
        here = _EXHIBIT.fullmatch(line)
        away = _ABSENT.fullmatch(line)
        if here is not None and not absent:
            exhibits.append(_parse_exhibit(reading, *here.groups(default="")))
        elif away is not None:
            absent.append(Absent(away[1], Absence(away[2])))
        else:
            reason = f"{quoted(line)} is no exhibit, or not at its place"
            raise reading.fault(reason)
    proof = parse_inclusion(reading.rest())
    return Bundle(entry, proof, exhibits=tuple(exhibits), absent=tuple(absent))


def _parse_exhibit(
    reading: _Reading, digest: str, written: str, salt: str
) -> BundledExhibit:
    size = reading.number(written, MAX_BUNDLE)
    pieces = []
    for start in range(0, size, _STEP):
        count = min(_STEP, size - start)
        characters = -(-count // 3) * 4
        lines = -(-characters // _LINE_CHARACTERS)
        pieces.append(_decode(reading, reading.take(characters + lines, lines), count))
    return BundledExhibit(digest, b"".join(pieces), salt=bytes.fromhex(salt))


def _decode(reading: _Reading, lines: bytes, count: int) -> bytes:
    try:
        data = base64.decodebytes(lines)
    except binascii.Error:
        data = b""
    # Python passes over what is no base64; only what it would write itself is taken.
    if len(data) != count or base64.encodebytes(data) != lines:
        raise reading.fault("the lines up to here are no base64 of that many bytes")
    return data
