"""Digests of exhibits: plain for what is public, keyed with a salt above that.

A plain SHA-256 lets anybody confirm a guess of the content. Above public the digest
is HMAC-SHA256 (RFC 2104) keyed with 32 random bytes that stay beside the exhibit, so
that only who holds the salt can.
"""

import hashlib
import hmac

from embargo_monitor.errors import InvalidValueError

SALT_BYTES = 32
"""Bytes of a salt; they come from `secrets.token_bytes`, anew for each exhibit."""


def digest_of(data: bytes) -> str:
    """Return the digest of a public exhibit: `sha256:` and 64 hexadecimal digits.

    >>> digest_of(b"")[:15]
    'sha256:e3b0c442'
    """
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def salted_digest_of(data: bytes, salt: bytes) -> str:
    """Return the digest of an exhibit that is not public: HMAC-SHA256 (RFC 2104).

    Args:
        data: The exhibit.
        salt: The key, 32 random bytes: who lacks it cannot test a guess.

    Raises:
        InvalidValueError: The salt is not 32 bytes.

    >>> salted_digest_of(b"", bytes(32))[:20]
    'hmac-sha256:b613679a'
    """
    if len(salt) != SALT_BYTES:
        # Of a salt only the length is told: it is a secret.
        raise InvalidValueError("length of the salt", len(salt), str(SALT_BYTES))
    return f"hmac-sha256:{hmac.digest(salt, data, 'sha256').hex()}"
