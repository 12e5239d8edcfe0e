"""Keys that sign notes and check them (C2SP signed-note, tlog-cosignature).

A key has a name and a kind; both go into its id. Two kinds are understood, both of
Ed25519 (RFC 8032): one signs a text as it is, the other, a witness's, says the time.
"""

import base64
import binascii
import hashlib
import re
import secrets
from typing import Any, Self

from attrs import Attribute, field, frozen
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from embargo_monitor.errors import (
    FormatError,
    InvalidValueError,
    SignatureError,
)

ED25519 = 0x01
"""The kind of key that signs the text of a note as it is: a log's."""

COSIGNATURE = 0x04
"""The kind of key that signs a time and the text of a checkpoint: a witness's."""

KEY_BYTES = 32
"""Bytes of an Ed25519 public key, and of the seed of a private one."""

ID_BYTES = 4
"""Bytes of a key's id."""

MAX_TIME = 2**63 - 1
"""The latest time that a cosignature may say (C2SP tlog-cosignature)."""

DASH = "\N{EM DASH} "
"""How a signature line begins."""

_TIME_BYTES = 8
_SIGNATURE_BYTES = 64
_MAX_KEY_TEXT = 8192
_PRIVATE = "PRIVATE+KEY+"
"""How the text of a private key begins: as x/mod's note package has it."""


def is_plain(text: str) -> bool:
    """Tell whether a line has no control character and can be written as UTF-8."""
    return re.search("[\0-\x1f\ud800-\udfff]", text) is None


def is_name(text: object) -> bool:
    """Tell whether a key may have this name: not empty, no space, no plus.

    >>> is_name("example.com/log"), is_name("a b"), is_name("a+b"), is_name("")
    (True, False, False, False)
    """
    return (
        type(text) is str
        and text != ""
        and "+" not in text
        and is_plain(text)
        and not any(character.isspace() for character in text)
    )


def _named(_: object, attribute: "Attribute[str]", name: Any) -> None:
    if not is_name(name):
        raise InvalidValueError(attribute.name, name, "a name without space and plus")


@frozen
class SignatureLine:
    """A signature under a note, by a key that may be unknown.

    Attributes:
        name: The key's name.
        id: The key's id, 4 bytes.
        signature: What that kind of key makes: at least one byte.
    """

    name: str = field(validator=_named)
    id: bytes = field(repr=bytes.hex)
    signature: bytes = field(kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        if type(self.id) is not bytes or len(self.id) != ID_BYTES:
            raise InvalidValueError("id", self.id, f"{ID_BYTES} bytes")
        if type(self.signature) is not bytes or not self.signature:
            raise InvalidValueError("signature", self.signature, "bytes, at least one")

    def __str__(self) -> str:
        written = base64.b64encode(self.id + self.signature).decode()
        return f"{DASH}{self.name} {written}"


@frozen
class VerifierKey:
    """A public key that checks signatures of notes.

    >>> key = VerifierKey.parse(
    ...     "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    ... )
    >>> key.name, key.kind, key.id.hex()
    ('example.com/foo', 1, '530d903a')

    Attributes:
        name: Whose it is; a log's key has the log's origin as its name.
        kind: 0x01 signs notes, 0x04 cosigns checkpoints; of others only the text is
            understood.
        key_bytes: The key; of the two kinds above, 32 bytes.

    Raises:
        InvalidValueError: No key can be so.
    """

    name: str = field(validator=_named)
    kind: int
    key_bytes: bytes = field(kw_only=True, repr=bytes.hex)

    def __attrs_post_init__(self) -> None:
        if type(self.kind) is not int or self.kind not in range(1, 0x100):
            raise InvalidValueError("kind", self.kind, "from 1 to 255")
        if type(self.key_bytes) is not bytes or not self.key_bytes:
            raise InvalidValueError("key_bytes", self.key_bytes, "bytes, at least one")
        if self.is_supported and len(self.key_bytes) != KEY_BYTES:
            wanted = f"{KEY_BYTES} bytes for this kind"
            raise InvalidValueError("key_bytes", self.key_bytes, wanted)

    @property
    def is_supported(self) -> bool:
        """Whether signatures by this kind of key can be checked."""
        return self.kind in (ED25519, COSIGNATURE)

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart; no strong hash."""
        hashed = self.name.encode() + b"\n" + bytes([self.kind]) + self.key_bytes
        return hashlib.sha256(hashed).digest()[:ID_BYTES]

    def __str__(self) -> str:
        written = base64.b64encode(bytes([self.kind]) + self.key_bytes).decode()
        return f"{self.name}+{self.id.hex()}+{written}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key as text: its name, its id and its bytes, between pluses.

        Raises:
            FormatError: It is no key, or was mistyped; ask for it again.
        """
        name, id_, data = _parse_key(text, "verifier key")
        if len(data) - 1 != KEY_BYTES and data[0] in (ED25519, COSIGNATURE):
            raise FormatError("verifier key", "a key of this kind has 32 bytes")
        key = cls(name, data[0], key_bytes=data[1:])
        if key.id != id_:
            reason = f"its id is {key.id.hex()}, and not {id_.hex()}"
            raise FormatError("verifier key", reason)
        return key

    @classmethod
    def of(cls, key: "str | VerifierKey") -> "VerifierKey":
        """Return a key that is given as such or as text, spaces around it or not.

        Raises:
            FormatError: The text is no key, or was mistyped; ask for it again.
        """
        return key if isinstance(key, VerifierKey) else cls.parse(key.strip())

    def check(self, text: bytes, signature: bytes) -> int | None:
        """Check a signature of a note's text by this key.

        Args:
            text: The text, with its last newline.
            signature: What the signature line has after the key's id.

        Returns:
            For a cosignature the time it says, seconds since 1970 (UTC); else None.

        Raises:
            SignatureError: It is not by this key over this text: do not believe it.
        """
        time, signed, raw = None, text, signature
        if self.kind == COSIGNATURE:
            time = int.from_bytes(signature[:_TIME_BYTES])
            signed, raw = _timed(time, text), signature[_TIME_BYTES:]
        if time is not None and time > MAX_TIME:
            raise SignatureError(self.name, "the cosignature's time is out of range")
        if not self.is_supported or len(raw) != _SIGNATURE_BYTES:
            raise SignatureError(self.name, "no signature that this key could make")
        try:
            Ed25519PublicKey.from_public_bytes(self.key_bytes).verify(raw, signed)
        except InvalidSignature as error:
            raise SignatureError(self.name, "the signature is wrong") from error
        return time


@frozen
class SigningKey:
    """A private key that signs notes. Its seed is never shown, but by `text`.

    Attributes:
        name: Whose it is; for a log's key, the log's origin.
        kind: 0x01 signs notes, 0x04 cosigns checkpoints.
        seed: 32 random bytes (RFC 8032, section 5.1.5): the secret.

    Raises:
        InvalidValueError: No key can be so.
    """

    name: str = field(validator=_named)
    kind: int
    seed: bytes = field(kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.kind not in (ED25519, COSIGNATURE):
            raise InvalidValueError("kind", self.kind, "0x01 or 0x04")
        if type(self.seed) is not bytes or len(self.seed) != KEY_BYTES:
            # Of a seed only the length is told: it is a secret.
            wanted = f"{KEY_BYTES} bytes"
            raise InvalidValueError("seed", "what cannot be shown here", wanted)

    @classmethod
    def draw(cls, name: str, kind: int = ED25519) -> Self:
        """Draw a new key, from the system's source of randomness.

        Raises:
            InvalidValueError: No key may have that name or kind.
        """
        return cls(name, kind, seed=secrets.token_bytes(KEY_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a private key as `text` writes it.

        Raises:
            FormatError: It is none; take the file from a backup.
        """
        if not text.startswith(_PRIVATE):
            raise FormatError("private key", f"it does not begin with {_PRIVATE}")
        name, id_, data = _parse_key(text.removeprefix(_PRIVATE), "private key")
        if data[0] not in (ED25519, COSIGNATURE) or len(data) - 1 != KEY_BYTES:
            raise FormatError("private key", "no kind of key that can sign here")
        key = cls(name, data[0], seed=data[1:])
        if key.verifier.id != id_:
            raise FormatError("private key", "its id is not that of its seed")
        return key

    def text(self) -> str:
        """Return the private key as text, to be kept where nobody else reads."""
        data = base64.b64encode(bytes([self.kind]) + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{data}"

    @property
    def verifier(self) -> VerifierKey:
        """The public key, to be given to everybody."""
        public = self._private().public_key().public_bytes_raw()
        return VerifierKey(self.name, self.kind, key_bytes=public)

    def sign(self, text: bytes) -> SignatureLine:
        """Sign a note's text.

        Args:
            text: The text, with its last newline.

        Raises:
            InvalidValueError: The key is a witness's: it signs with the time alone.
        """
        if self.kind != ED25519:
            raise InvalidValueError("kind", self.kind, "0x01, to sign without a time")
        return self._line(self._private().sign(text))

    def cosign(self, text: bytes, time: int) -> SignatureLine:
        """Sign a checkpoint's text and a time.

        Args:
            text: The text, with its last newline.
            time: Seconds since 1970 (UTC), up to 2**63 - 1.

        Raises:
            InvalidValueError: The key is no witness's, or there is no such time.
        """
        if self.kind != COSIGNATURE:
            raise InvalidValueError("kind", self.kind, "0x04, to sign with a time")
        if type(time) is not int or not 0 <= time <= MAX_TIME:
            raise InvalidValueError("time", time, "whole seconds since 1970")
        signature = self._private().sign(_timed(time, text))
        return self._line(time.to_bytes(_TIME_BYTES) + signature)

    def _line(self, signature: bytes) -> SignatureLine:
        return SignatureLine(self.name, self.verifier.id, signature=signature)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def _timed(time: int, text: bytes) -> bytes:
    return f"cosignature/v1\ntime {time}\n".encode() + text


def _parse_key(text: str, what: str) -> tuple[str, bytes, bytes]:
    """Read name, id and data. What was read is never repeated: it may be a secret."""
    parts = text.split("+", 2) if len(text) <= _MAX_KEY_TEXT else []
    if len(parts) != len(("name", "id", "data")) or not is_name(parts[0]):
        raise FormatError(what, "it must be a name, an id and base64 between pluses")
    name, id_, written = parts
    if re.fullmatch("[0-9a-f]{8}", id_) is None:
        raise FormatError(what, "its second part is no id of eight hexadecimal digits")
    try:
        data = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data[1:] or not data[0] or base64.b64encode(data).decode() != written:
        raise FormatError(what, "its last part is no key in base64")
    return name, bytes.fromhex(id_), data
