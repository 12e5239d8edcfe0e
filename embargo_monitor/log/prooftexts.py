"""Proofs as text: a proof and the checkpoint it leads to, in one file.

Of inclusion, as C2SP tlog-proof has it; of consistency, as C2SP tlog-witness lets a log
send it to a witness. Reading checks the form alone; whether a proof holds is asked of
`proofs`, and whether the checkpoint does of `checkpoints`.
"""

import base64
from collections.abc import Sequence
from typing import Any

from attrs import Attribute, field, frozen

from embargo_monitor.errors import FormatError, InvalidValueError, quoted
from embargo_monitor.log.checkpoints import parse_hash, parse_tree_head
from embargo_monitor.log.merkle import HASH_BYTES, MAX_SIZE, is_hash
from embargo_monitor.log.notes import (
    MAX_NOTE,
    decode_text,
    parse_base64,
    parse_decimal,
    parse_note,
)
from embargo_monitor.log.proofs import MAX_PROOF

MAX_EXTRA = 64 * 1024
"""Bytes of extra data that a proof of inclusion may bring."""

_MAX_TEXT = 4 * MAX_NOTE
_HEADER = "c2sp.org/tlog-proof@v1"
_INCLUSION = "proof of inclusion"
_CONSISTENCY = "proof of consistency"


def _place(_: object, attribute: "Attribute[Any]", place: Any) -> None:
    if type(place) is not int or not 0 <= place <= MAX_SIZE:
        raise InvalidValueError(attribute.name, place, "a whole number below 2**63")


def _hashes(_: object, attribute: "Attribute[Any]", hashes: Any) -> None:
    if (
        type(hashes) is not tuple
        or len(hashes) > MAX_PROOF
        or not all(map(is_hash, hashes))
    ):
        wanted = f"at most {MAX_PROOF} hashes of {HASH_BYTES} bytes"
        raise InvalidValueError(attribute.name, hashes, wanted)


def _checkpoint(_: object, _attribute: "Attribute[Any]", note: bytes) -> None:
    parse_tree_head(parse_note(note).text)


def _extra(_: object, attribute: "Attribute[Any]", extra: Any) -> None:
    if type(extra) is not bytes or len(extra) > MAX_EXTRA:
        wanted = f"at most {MAX_EXTRA:,} bytes"
        raise InvalidValueError(attribute.name, extra, wanted)


@frozen
class InclusionProof:
    """That an entry is in a log, for a reader who has the log's key.

    Attributes:
        index: The entry's position, from 0.
        hashes: From its neighbour up; at most 63.
        note: The checkpoint, as it is.
        extra: Whatever the sender adds, up to 64 KiB; nothing vouches for it.

    Raises:
        InvalidValueError: A part cannot be so.
        FormatError: The note is no checkpoint.
    """

    index: int = field(validator=_place)
    hashes: tuple[bytes, ...] = field(validator=_hashes)
    note: bytes = field(kw_only=True, repr=False, validator=_checkpoint)
    extra: bytes = field(kw_only=True, default=b"", repr=False, validator=_extra)


@frozen
class ConsistencyProof:
    """That a log continues what a witness saw of it.

    Attributes:
        old: Size of the tree that was seen; 0 with no hashes, if none was.
        hashes: The proof, at most 63.
        note: The later checkpoint, as it is.

    Raises:
        InvalidValueError: A part cannot be so.
        FormatError: The note is no checkpoint.
    """

    old: int = field(validator=_place)
    hashes: tuple[bytes, ...] = field(validator=_hashes)
    note: bytes = field(kw_only=True, repr=False, validator=_checkpoint)

    def __attrs_post_init__(self) -> None:
        if self.old == 0 and self.hashes:
            raise InvalidValueError("hashes", self.hashes, "none, from an empty tree")


def format_inclusion(
    index: int, proof: Sequence[bytes], note: bytes, extra: bytes = b""
) -> bytes:
    """Return a proof of inclusion as text.

    Raises:
        InvalidValueError: As `InclusionProof`.
        FormatError: As `InclusionProof`.
    """
    made = InclusionProof(index, tuple(proof), note=note, extra=extra)
    lines = [_HEADER]
    if made.extra:
        lines.append(f"extra {base64.b64encode(made.extra).decode()}")
    lines.append(f"index {made.index}")
    return _join(lines, made.hashes, made.note)


def parse_inclusion(data: bytes) -> InclusionProof:
    """Read a proof of inclusion, strictly; whether it holds is not checked.

    Raises:
        FormatError: It is none; get it again.
    """
    lines, note = _part(data, _INCLUSION)
    if lines[0] != _HEADER:
        raise FormatError(_INCLUSION, f"it must begin with {_HEADER}", line=1)
    extra, place = b"", 1
    if lines[1:] and lines[1].startswith("extra "):
        extra, place = parse_base64(lines[1][6:], _INCLUSION, line=2), 2
        if not 0 < len(extra) <= MAX_EXTRA:
            reason = f"extra data of {len(extra):,} bytes"
            raise FormatError(_INCLUSION, reason, line=2)
    index = _number(lines, place, "index", _INCLUSION)
    hashes = _parse_hashes(lines, place + 1, _INCLUSION)
    return InclusionProof(index, hashes, note=note, extra=extra)


def format_consistency(old: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """Return a proof of consistency as text.

    Raises:
        InvalidValueError: As `ConsistencyProof`.
        FormatError: As `ConsistencyProof`.
    """
    made = ConsistencyProof(old, tuple(proof), note=note)
    return _join([f"old {made.old}"], made.hashes, made.note)


def parse_consistency(data: bytes) -> ConsistencyProof:
    """Read a proof of consistency, strictly; whether it holds is not checked.

    Raises:
        FormatError: It is none; get it again.
    """
    lines, note = _part(data, _CONSISTENCY)
    old = _number(lines, 0, "old", _CONSISTENCY)
    hashes = _parse_hashes(lines, 1, _CONSISTENCY)
    if old == 0 and hashes:
        reason = "from an empty tree there is nothing to prove"
        raise FormatError(_CONSISTENCY, reason, line=2)
    return ConsistencyProof(old, hashes, note=note)


def _join(lines: list[str], hashes: tuple[bytes, ...], note: bytes) -> bytes:
    lines += [base64.b64encode(one).decode() for one in hashes]
    return "".join(f"{line}\n" for line in (*lines, "")).encode() + note


def _part(data: bytes, what: str) -> tuple[list[str], bytes]:
    head, parted, note = decode_text(data, what, _MAX_TEXT).partition("\n\n")
    if not parted:
        raise FormatError(what, "no empty line parts the proof from the checkpoint")
    return head.split("\n"), note.encode()


def _number(lines: list[str], place: int, word: str, what: str) -> int:
    written = lines[place] if place < len(lines) else ""
    if not written.startswith(f"{word} "):
        reason = f"{quoted(written)} should be {word!r} and a number"
        raise FormatError(what, reason, line=place + 1)
    digits = written.removeprefix(f"{word} ")
    return parse_decimal(digits, what, line=place + 1, limit=MAX_SIZE)


def _parse_hashes(lines: list[str], place: int, what: str) -> tuple[bytes, ...]:
    if len(lines) - place > MAX_PROOF:
        raise FormatError(what, f"more than {MAX_PROOF} hashes", line=place + 1)
    return tuple(
        parse_hash(line, what, line=number)
        for number, line in enumerate(lines[place:], place + 1)
    )
