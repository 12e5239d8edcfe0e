"""Signed notes: a text, and lines by those who sign it (C2SP signed-note v1.0.0).

What is read is held to more than what is written: base64 must be as its own encoder
would write it, sizes are capped before any work is done, and of a known key no
signature may be wrong.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen

from embargo_monitor.errors import (
    FormatError,
    InvalidValueError,
    SignatureError,
    quoted,
)
from embargo_monitor.log.signers import (
    DASH,
    ID_BYTES,
    SignatureLine,
    VerifierKey,
    is_name,
    is_plain,
)

MAX_NOTE = 64 * 1024
"""Bytes that a note may have."""

MAX_SIGNATURES = 32
"""Signatures that a note may have; C2SP asks readers to accept at least 16."""


def _signed_text(_: object, attribute: "Attribute[bytes]", text: Any) -> None:
    if type(text) is not bytes or not text.endswith(b"\n") or not _is_decodable(text):
        wanted = "UTF-8 without control characters that ends in a newline"
        raise InvalidValueError(attribute.name, text, wanted)


def _is_decodable(text: bytes) -> bool:
    try:
        return is_plain(text.decode().replace("\n", ""))
    except UnicodeDecodeError:
        return False


@frozen
class Note:
    """A text and its signatures, none of which is checked by this alone.

    Attributes:
        text: What is signed, up to and with its last newline.
        signatures: Between 1 and 32.

    Raises:
        InvalidValueError: The text cannot be signed, the signatures are too many or
            none, or the whole is longer than 64 KiB.
    """

    text: bytes = field(validator=_signed_text)
    signatures: tuple[SignatureLine, ...]

    def __attrs_post_init__(self) -> None:
        count = len(self.signatures)
        if not 1 <= count <= MAX_SIGNATURES:
            wanted = f"from 1 to {MAX_SIGNATURES}"
            raise InvalidValueError("number of signatures", count, wanted)
        size = len(format_note(self))
        if size > MAX_NOTE:
            raise InvalidValueError("bytes of the note", size, f"at most {MAX_NOTE:,}")


def format_note(note: Note) -> bytes:
    """Return the note as it is kept and sent: text, empty line, signature lines."""
    return note.text + b"\n" + "".join(f"{one}\n" for one in note.signatures).encode()


def parse_note(data: bytes) -> Note:
    """Read a note, strictly; its signatures are not checked.

    Raises:
        FormatError: It is no note; nothing in it was trusted.
    """
    text = decode_text(data, "note", MAX_NOTE)
    split = text.rfind("\n\n") + 1
    if not split:
        raise FormatError("note", "no empty line parts the text from signatures")
    first = text.count("\n", 0, split) + 2
    block = text[split + 1 :]
    if not block.endswith("\n"):
        raise FormatError("note", "it must end in a newline after a signature")
    count = block.count("\n")
    if count > MAX_SIGNATURES:
        reason = f"{count} signatures, and at most {MAX_SIGNATURES} are read"
        raise FormatError("note", reason, line=first)
    lines = enumerate(block[:-1].split("\n"), first)
    signatures = tuple(parse_signature(line, line_number=at) for at, line in lines)
    return Note(text[:split].encode(), signatures)


def parse_signature(line: str, *, line_number: int | None = None) -> SignatureLine:
    """Read one signature line, without its newline.

    Args:
        line: It.
        line_number: Where it stood in the note.

    Raises:
        FormatError: It is none.
    """
    name, _, written = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not is_name(name):
        reason = f"{quoted(line)} is no signature: dash, name, base64"
        raise FormatError("note", reason, line=line_number)
    data = parse_base64(written, "note", line=line_number)
    if len(data) <= ID_BYTES:
        raise FormatError("note", "the signature is too short", line=line_number)
    return SignatureLine(name, data[:ID_BYTES], signature=data[ID_BYTES:])


def decode_text(data: bytes, what: str, limit: int) -> str:
    """Decode text as notes have it: UTF-8, no control character but the newline.

    Raises:
        FormatError: It is other, or longer than *limit* bytes; it is about *what*.
    """
    if len(data) > limit:
        raise FormatError(what, f"{len(data):,} bytes, and at most {limit:,} are read")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise FormatError(what, f"no UTF-8 at byte {error.start}") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not is_plain(line):
            reason = f"a control character in {quoted(line)}"
            raise FormatError(what, reason, line=number)
    return text


def parse_base64(written: str, what: str, *, line: int | None = None) -> bytes:
    """Decode base64 (RFC 4648, section 4) that is written as its encoder would.

    Raises:
        FormatError: It is not, also if only unused bits differ; it is about *what*.
    """
    try:
        data = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FormatError(what, f"{quoted(written)} is no base64", line=line) from error
    if base64.b64encode(data).decode() != written:
        raise FormatError(what, f"{quoted(written)} is loose base64", line=line)
    return data


_SIZE = re.compile("0|[1-9][0-9]{0,18}")


def parse_decimal(written: str, what: str, *, line: int, limit: int) -> int:
    """Read a whole number up to *limit* as ASCII digits without a leading zero.

    Raises:
        FormatError: It is none; it is about *what*.
    """
    # int() alone reads signs, spaces, underscores and the digits of every script.
    if _SIZE.fullmatch(written) is None or int(written) > limit:
        reason = f"{quoted(written)} is no whole number up to {limit}"
        raise FormatError(what, reason, line=line)
    return int(written)


@frozen
class Signed:
    """That a known key signed a note, checked.

    Attributes:
        key: The key.
        time: When, as it says itself: seconds since 1970 (UTC), up to 2**63 - 1; None
            for a kind of key that says none.
    """

    key: VerifierKey
    time: int | None


def check_signatures(note: Note, keys: Iterable[VerifierKey]) -> tuple[Signed, ...]:
    """Check the signatures by known keys; those by others are passed over.

    A key is known by its name and id together. Keys of a kind that this version cannot
    check count as unknown.

    Args:
        note: The note.
        keys: Those that you trust.

    Returns:
        Who signed, in the order of the lines; whoever signed twice the same, once.

    Raises:
        SignatureError: A signature by a known key is wrong, or none is by one: do not
            believe the note.
        InvalidValueError: Two different keys share name and id.
    """
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.id), key) != key:
            raise InvalidValueError("keys", str(key), "different in name or id")
    signed: dict[Signed, None] = {}
    for line in note.signatures:
        signer = known.get((line.name, line.id))
        if signer is not None and signer.is_supported:
            signed[Signed(signer, signer.check(note.text, line.signature))] = None
    if not signed:
        names = ", ".join(sorted({key.name for key in known.values()}))
        raise SignatureError(names, "the note has no signature by this key")
    return tuple(signed)
