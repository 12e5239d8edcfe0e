"""Digests of exhibits: plain for what is public, keyed with a salt above that."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.digests import digest_of, salted_digest_of
from embargo_monitor.errors import InvalidValueError

SALTS = st.binary(min_size=32, max_size=32)


def test_a_public_digest_is_sha_256():
    # FIPS 180-4, example "abc".
    assert digest_of(b"abc") == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_a_salted_digest_is_hmac_sha_256():
    # RFC 4231, test case 2, its key filled up with zeros to 32 bytes: HMAC does so
    # with every key shorter than 64 bytes (RFC 2104, section 2).
    assert salted_digest_of(b"what do ya want for nothing?", b"Jefe" + bytes(28)) == (
        "hmac-sha256:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


@given(st.binary(), SALTS)
def test_a_salted_digest_is_made_as_rfc_2104_says(data, salt):
    key = salt + bytes(32)
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + data).digest()
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key) + inner).hexdigest()
    assert salted_digest_of(data, salt) == f"hmac-sha256:{outer}"


@given(st.binary(), SALTS)
def test_a_salted_digest_confirms_no_guess_without_its_salt(data, salt):
    other = bytes([salt[0] ^ 1]) + salt[1:]
    assert salted_digest_of(data, salt) != salted_digest_of(data, other)
    assert digest_of(data)[7:] not in salted_digest_of(data, salt)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_is_32_bytes_and_never_shown(length):
    with pytest.raises(InvalidValueError, match=f"must be 32, got {length}$"):
        salted_digest_of(b"", bytes(length))
