"""Checkpoints: signed statements of a log's name, size and root (C2SP tlog-checkpoint).

A log is known by its key. The name in a checkpoint only has to fit the key; it never
says which key to use.
"""

import base64
from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen

from embargo_monitor.errors import (
    FormatError,
    InvalidValueError,
    SignatureError,
    quoted,
)
from embargo_monitor.log.merkle import EMPTY, HASH_BYTES, MAX_SIZE, is_hash
from embargo_monitor.log.notes import (
    MAX_NOTE,
    Note,
    Signed,
    check_signatures,
    decode_text,
    format_note,
    parse_base64,
    parse_decimal,
    parse_note,
)
from embargo_monitor.log.signers import (
    COSIGNATURE,
    ED25519,
    SignatureLine,
    SigningKey,
    VerifierKey,
    is_plain,
)

_WHAT = "checkpoint"
_LINES = ("origin", "size", "root")


def _line(_: object, attribute: "Attribute[Any]", text: Any) -> None:
    if type(text) is not str or not text or not is_plain(text):
        wanted = "one line of text that is not empty"
        raise InvalidValueError(attribute.name, text, wanted)


def _lines(_: object, attribute: "Attribute[Any]", texts: Any) -> None:
    if type(texts) is not tuple:
        raise InvalidValueError(attribute.name, texts, "a tuple of lines")
    for text in texts:
        _line(_, attribute, text)


@frozen
class TreeHead:
    """What a checkpoint states.

    Attributes:
        origin: The log's name.
        size: How many entries, up to 2**63 - 1.
        root: Root of their Merkle tree, 32 bytes.
        extensions: Lines after these, which only the log's own readers understand.
            They are kept when read; we write none, for some cosignatures do not cover
            them.

    Raises:
        InvalidValueError: No tree head can be so.
    """

    origin: str = field(validator=_line)
    size: int
    root: bytes = field(kw_only=True, repr=bytes.hex)
    extensions: tuple[str, ...] = field(kw_only=True, default=(), validator=_lines)

    def __attrs_post_init__(self) -> None:
        if type(self.size) is not int or not 0 <= self.size <= MAX_SIZE:
            raise InvalidValueError("size", self.size, "a whole number below 2**63")
        if not is_hash(self.root):
            raise InvalidValueError("root", self.root, f"{HASH_BYTES} bytes")
        if self.size == 0 and self.root != EMPTY.root():
            raise InvalidValueError("root", self.root, "that of an empty tree")

    def text(self) -> bytes:
        """Return the text that is signed: each on a line of its own.

        >>> print(TreeHead("example.com/log", 0, root=EMPTY.root()).text().decode())
        example.com/log
        0
        47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
        """
        root = base64.b64encode(self.root).decode()
        lines = (self.origin, str(self.size), root, *self.extensions)
        return "".join(f"{line}\n" for line in lines).encode()


def parse_tree_head(text: bytes) -> TreeHead:
    """Read the text of a checkpoint, strictly.

    Raises:
        FormatError: It is none; nothing in it was trusted.
    """
    lines = decode_text(text, _WHAT, MAX_NOTE).split("\n")
    if lines.pop() or len(lines) < len(_LINES) or not all(lines):
        reason = "it must be an origin, a size and a root, each on a line, none empty"
        raise FormatError(_WHAT, reason)
    origin, written, encoded, *extensions = lines
    size = parse_decimal(written, _WHAT, line=2, limit=MAX_SIZE)
    root = parse_hash(encoded, _WHAT, line=3)
    if size == 0 and root != EMPTY.root():
        raise FormatError(_WHAT, "that is not the root of an empty tree", line=3)
    return TreeHead(origin, size, root=root, extensions=tuple(extensions))


def parse_hash(written: str, what: str, *, line: int) -> bytes:
    """Read a hash as base64.

    Raises:
        FormatError: It is none; it is about *what*.
    """
    value = parse_base64(written, what, line=line)
    if not is_hash(value):
        reason = f"a hash has {HASH_BYTES} bytes, and this has {len(value)}"
        raise FormatError(what, reason, line=line)
    return value


@frozen
class Policy:
    """Whose signatures a checkpoint must have.

    Attributes:
        log: The log's own key, of kind 0x01; its name is the log's origin.
        witnesses: Keys of those who cosign, of kind 0x04 to count.
        quorum: How many of them must have cosigned.

    Raises:
        InvalidValueError: The log's key is of another kind, one key stands twice, or
            more are asked for than can be checked.
    """

    log: VerifierKey
    witnesses: tuple[VerifierKey, ...] = field(kw_only=True, default=())
    quorum: int = field(kw_only=True, default=0)

    def __attrs_post_init__(self) -> None:
        if self.log.kind != ED25519:
            raise InvalidValueError("kind of the log's key", self.log.kind, "0x01")
        keys = [key.key_bytes for key in (self.log, *self.witnesses)]
        if len(set(keys)) < len(keys):
            # One holder of one key would be counted for two.
            raise InvalidValueError("keys", len(keys), "different from each other")
        able = sum(key.kind == COSIGNATURE for key in self.witnesses)
        if type(self.quorum) is not int or not 0 <= self.quorum <= able:
            wanted = f"from 0 to {able}, the witnesses of kind 0x04"
            raise InvalidValueError("quorum", self.quorum, wanted)


@frozen
class Checkpoint:
    """A checkpoint whose signatures were checked.

    Attributes:
        head: What it states.
        note: It as it was read, with all signatures, byte for byte.
        signed: Who of the known keys signed it, the log among them.
    """

    head: TreeHead
    note: bytes = field(kw_only=True, repr=False)
    signed: tuple[Signed, ...] = field(kw_only=True)


def sign_checkpoint(head: TreeHead, key: SigningKey) -> bytes:
    """Sign a tree head; whether it may be signed is to be asked before.

    Args:
        head: It, without extensions.
        key: The log's own, with the origin as its name.

    Raises:
        InvalidValueError: The key is another's or a witness's, or there are extensions.
    """
    if key.name != head.origin:
        raise InvalidValueError("name of the key", key.name, quoted(head.origin))
    if head.extensions:
        raise InvalidValueError("extensions", head.extensions, "none, to be signed")
    text = head.text()
    return format_note(Note(text, (key.sign(text),)))


def open_checkpoint(note: bytes, policy: Policy) -> Checkpoint:
    """Read a checkpoint and check who signed it.

    Args:
        note: It, as it was received.
        policy: Whose signatures it must have.

    Raises:
        FormatError: It is no checkpoint; get it again.
        SignatureError: It is not signed as the policy says: do not believe it.
    """
    read = parse_note(note)
    signed = check_signatures(read, (policy.log, *policy.witnesses))
    keys = {one.key for one in signed}
    if policy.log not in keys:
        raise SignatureError(policy.log.name, "the log itself has not signed this")
    head = parse_tree_head(read.text)
    if head.origin != policy.log.name:
        reason = f"its key has signed for another origin, {quoted(head.origin)}"
        raise SignatureError(policy.log.name, reason)
    cosigned = sum(key.kind == COSIGNATURE for key in keys)
    if cosigned < policy.quorum:
        reason = f"{cosigned} known witnesses cosigned, and {policy.quorum} must have"
        raise SignatureError(policy.log.name, reason)
    return Checkpoint(head, note=note, signed=signed)


def read_checkpoint(
    note: bytes,
    *,
    key: str | VerifierKey,
    witnesses: Iterable[str | VerifierKey] = (),
    quorum: int = 0,
) -> Checkpoint:
    """Read a checkpoint and check who signed it; keys may be given as text.

    Args:
        note: It, as it was received.
        key: The log's verifier key, got by a way that you trust.
        witnesses: Those of others who may have cosigned it.
        quorum: How many of them must have.

    Raises:
        FormatError: It is no checkpoint, or a key is none.
        SignatureError: It is not signed as is asked for: do not believe it.
        InvalidValueError: More cosignatures are asked for than there are witnesses.
    """
    others = tuple(map(VerifierKey.of, witnesses))
    policy = Policy(VerifierKey.of(key), witnesses=others, quorum=quorum)
    return open_checkpoint(note, policy)


def cosign(note: bytes, key: SigningKey, time: int) -> bytes:
    """Add a cosignature to a checkpoint: that it continues all that was seen before.

    That it does, and that the log has signed it, is to be checked before.

    Args:
        note: The checkpoint.
        key: The witness's, of kind 0x04.
        time: Now, in seconds since 1970 (UTC).

    Returns:
        The checkpoint with one line more, or as it was if it has that very line.

    Raises:
        FormatError: The note is no checkpoint.
        InvalidValueError: The key is no witness's, there is no such time, or the note
            has as many signatures as it may.
    """
    read = parse_note(note)
    parse_tree_head(read.text)
    return with_signatures(note, (key.cosign(read.text, time),))


def with_signatures(note: bytes, lines: Iterable[SignatureLine]) -> bytes:
    """Add signature lines to a note, each once; they are not checked.

    Raises:
        FormatError: The note is none.
        InvalidValueError: It would have more signatures or bytes than a note may.
    """
    read = parse_note(note)
    signatures = dict.fromkeys((*read.signatures, *lines))
    return format_note(Note(read.text, tuple(signatures)))
