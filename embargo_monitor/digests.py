"""Digests of exhibits: plain for what is public, keyed with a salt above that.

A plain SHA-256 lets anybody confirm a guess of the content. Above public the digest
is HMAC-SHA256 (RFC 2104) keyed with 32 random bytes that stay beside the exhibit, so
that only who holds the salt can.
"""

import hashlib
import hmac

from embargo_monitor.errors import InvalidValueError

SALT_BYTES = 32


def digest_of(data: bytes) -> str:
    """Return the digest of public bytes.

    >>> digest_of(b"")
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()


def salted_digest_of(data: bytes, salt: bytes) -> str:
    """Return the digest of bytes above public.

    Raises:
        InvalidValueError: The salt is not 32 bytes; draw it with `secrets`.
    """
    if len(salt) != SALT_BYTES:
        raise InvalidValueError("salt", f"{len(salt)} bytes", "32 random bytes")
    return "hmac-sha256:" + hmac.new(salt, data, hashlib.sha256).hexdigest()
