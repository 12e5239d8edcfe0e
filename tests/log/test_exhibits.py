"""Exhibits: bytes under their digest, whole or not at all, for one's own eyes."""

import hashlib
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embargo_monitor.digests import digest_of, salted_digest_of
from embargo_monitor.errors import ExhibitError, InvalidValueError, NotStoredError
from embargo_monitor.log.exhibits import ExhibitStore

SALT = bytes(range(32))
PHOTO = b"\xff\xd8\xff\xe0 not text at all \x00"


@pytest.fixture
def store(tmp_path):
    return ExhibitStore(tmp_path / "monitor.db-exhibits")


def keyed_hash(key, message):
    """HMAC as RFC 2104 defines it, for SHA-256 and a key within one block."""
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message).digest()
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner)
    return outer.hexdigest()


def test_a_public_digest_is_the_sha256_that_everybody_knows():
    # FIPS 180-4, the example "abc".
    assert digest_of(b"abc") == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


@given(st.binary(max_size=300), st.binary(min_size=32, max_size=32))
def test_a_salted_digest_is_the_keyed_hash_of_rfc_2104(data, salt):
    assert salted_digest_of(data, salt) == f"hmac-sha256:{keyed_hash(salt, data)}"


@pytest.mark.parametrize("salt", [b"", b"short", bytes(31), bytes(33)])
def test_a_salt_of_another_length_is_refused_and_never_shown(salt):
    with pytest.raises(InvalidValueError, match=f"salt must be 32, got {len(salt)}"):
        salted_digest_of(PHOTO, salt)


@settings(max_examples=25)
@given(st.binary(max_size=200), st.sampled_from([b"", SALT]))
def test_what_is_put_is_read_again_under_its_digest(data, salt):
    with tempfile.TemporaryDirectory() as folder:
        store = ExhibitStore(folder)
        digest = store.put(data, salt)
        assert store.read(digest) == data


def test_the_same_bytes_again_change_nothing(store):
    def files():
        found = [(file.name, file.stat()) for file in store.folder.iterdir()]
        return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found}

    once = [store.put(PHOTO), store.put(PHOTO, SALT)]
    before = files()
    assert [store.put(PHOTO), store.put(PHOTO, SALT)] == once
    assert files() == before


def test_the_same_bytes_under_two_salts_are_two_exhibits(store):
    other = bytes(reversed(SALT))
    assert store.put(PHOTO, SALT) != store.put(PHOTO, other)
    assert len(list(store.folder.iterdir())) == 4


def test_exhibits_and_salts_are_for_their_owner_alone(store):
    mask = os.umask(0)
    try:
        store.put(PHOTO)
        store.put(PHOTO, SALT)
    finally:
        os.umask(mask)
    modes = {file.stat().st_mode & 0o777 for file in store.folder.iterdir()}
    assert modes == {0o600}
    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_the_salt_lies_beside_the_exhibit(store):
    digest = store.put(PHOTO, SALT)
    name = digest.replace(":", "-")
    assert {file.name: file.read_bytes() for file in store.folder.iterdir()} == {
        name: PHOTO,
        f"{name}.salt": SALT,
    }


def test_nothing_half_written_is_left_behind(store):
    store.put(PHOTO)
    assert len(list(store.folder.iterdir())) == 1


def test_bytes_that_lie_under_the_name_already_are_never_overwritten(store):
    digest = store.put(PHOTO)
    [file] = store.folder.iterdir()
    file.write_bytes(b"something else")
    with pytest.raises(ExhibitError, match="other bytes lie at"):
        store.put(PHOTO)
    assert file.read_bytes() == b"something else"
    with pytest.raises(ExhibitError, match="not those that were bound"):
        store.read(digest)


def test_another_salt_under_the_name_is_never_overwritten(store):
    digest = store.put(PHOTO, SALT)
    salt = store.folder / f"{digest.replace(':', '-')}.salt"
    salt.write_bytes(bytes(32))
    with pytest.raises(ExhibitError, match="other bytes lie at"):
        store.put(PHOTO, SALT)
    assert salt.read_bytes() == bytes(32)


@pytest.mark.parametrize("salt", [b"", SALT])
def test_every_flipped_bit_is_noticed(store, salt):
    digest = store.put(PHOTO, salt)
    file = store.folder / digest.replace(":", "-")
    for place in range(len(PHOTO) * 8):
        flipped = bytearray(PHOTO)
        flipped[place // 8] ^= 1 << place % 8
        file.write_bytes(flipped)
        with pytest.raises(ExhibitError, match="not those that were bound"):
            store.read(digest)


def test_a_missing_exhibit_is_named(store):
    digest = store.put(PHOTO)
    (store.folder / digest.replace(":", "-")).unlink()
    with pytest.raises(ExhibitError, match=f"{digest}.*No such file") as caught:
        store.read(digest)
    assert caught.value.digest == digest


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (Path.unlink, "No such file"),
        (lambda salt: salt.write_bytes(b"short"), "its salt is damaged"),
        (lambda salt: salt.write_bytes(bytes(32)), "not those that were bound"),
    ],
)
def test_without_its_salt_an_exhibit_cannot_be_checked(store, damage, words):
    digest = store.put(PHOTO, SALT)
    damage(store.folder / f"{digest.replace(':', '-')}.salt")
    with pytest.raises(ExhibitError, match=words):
        store.read(digest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sha256:",
        "../" * 5 + "etc/passwd",
        "sha256:../../etc/passwd",
        "sha256:" + "A" * 64,
        "sha256:" + "0" * 63,
        "sha256:" + "0" * 64 + "\n",
        "sha256:" + "٠" * 64,
        "sha512:" + "0" * 64,
        " sha256:" + "0" * 64,
        "sha256-" + "0" * 64,
        "\u202esha256:" + "0" * 64,
    ],
)
def test_what_is_no_digest_never_becomes_a_path(store, text):
    store.put(PHOTO)
    with pytest.raises(ExhibitError, match="no digest of an exhibit") as caught:
        store.read(text)
    assert "\u202e" not in str(caught.value)


def test_a_store_without_a_folder_is_empty_and_makes_none(store):
    with pytest.raises(ExhibitError):
        store.read("sha256:" + "0" * 64)
    assert not store.folder.exists()


def test_where_the_folder_cannot_be_made_nothing_is_kept(tmp_path):
    store = ExhibitStore(tmp_path / "missing" / "exhibits")
    with pytest.raises(NotStoredError, match="exhibits: No such file"):
        store.put(PHOTO)


def test_a_store_stays_where_it_was_when_the_process_moves(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = ExhibitStore("exhibits")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    digest = store.put(PHOTO)
    assert ExhibitStore(tmp_path / "exhibits").read(digest) == PHOTO


def test_the_salt_of_an_exhibit_is_given_with_it(tmp_path):
    store = ExhibitStore(tmp_path / "exhibits")
    salt = bytes(range(32))
    closed, open_ = store.put(b"a scan", salt), store.put(b"a text")
    assert (store.salt_of(closed), store.salt_of(open_)) == (salt, b"")
    [file] = (tmp_path / "exhibits").glob("*.salt")
    file.unlink()
    with pytest.raises(ExhibitError, match="No such file"):
        store.salt_of(closed)
