"""Who watches another's log cosigns it as long as it only grows."""

import hashlib
import os
from pathlib import Path

import pytest

from embargo_monitor.errors import (
    FormatError,
    ProofError,
    SignatureError,
    VerificationError,
    WitnessError,
)
from embargo_monitor.log.checkpoints import (
    Policy,
    TreeHead,
    open_checkpoint,
    sign_checkpoint,
)
from embargo_monitor.log.cosigning import Cosigner, brought, hashes_in, read_request
from embargo_monitor.log.proofs import prove_consistency
from embargo_monitor.log.signers import COSIGNATURE, SigningKey
from embargo_monitor.log.witness import Seen, Witness

ORIGIN = "example.org/arms-log"
KEY = SigningKey(ORIGIN, 1, seed=bytes(32))
OURS = SigningKey("institute.example/w", COSIGNATURE, seed=bytes([7] * 32))
LEAVES = [hashlib.sha256(b"\0%d" % number).digest() for number in range(600)]


@pytest.fixture
def cosigner(tmp_path):
    return Cosigner(OURS, Witness(tmp_path / "witness"))


def root_of(leaves):
    """The root, as RFC 6962 defines it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def note_of(leaves, key=KEY):
    return sign_checkpoint(TreeHead(ORIGIN, len(leaves), root=root_of(leaves)), key)


def never(_old, _new):
    raise AssertionError("no proof is needed")


def within(leaves):
    """Prove what is asked for out of the leaves of a log."""

    def hashes(level, first, count):
        width = 256**level
        places = range(first * width, (first + count) * width, width)
        return [root_of(leaves[place : place + width]) for place in places]

    return lambda old, new: prove_consistency(old, new, hashes)


def is_cosigned(note, time):
    policy = Policy(KEY.verifier, witnesses=(OURS.verifier,), quorum=1)
    cosigned = [one for one in open_checkpoint(note, policy).signed if one.time]
    return [(one.key, one.time) for one in cosigned] == [(OURS.verifier, time)]


def test_a_log_seen_for_the_first_time_is_cosigned_and_noted(cosigner):
    given = cosigner.cosign(note_of(LEAVES[:3]), KEY.verifier, never, 17)
    assert given.startswith(note_of(LEAVES[:3]))
    assert is_cosigned(given, 17)
    head = TreeHead(ORIGIN, 3, root=root_of(LEAVES[:3]))
    assert cosigner.witness.seen(ORIGIN) == Seen(KEY.verifier, head)


@pytest.mark.parametrize("sizes", [(1, 2), (3, 600), (256, 257), (300, 300), (0, 5)])
def test_a_log_that_continues_what_was_seen_is_cosigned(cosigner, sizes):
    for time, size in enumerate(sizes, start=1):
        note = note_of(LEAVES[:size])
        given = cosigner.cosign(note, KEY.verifier, within(LEAVES), time)
        assert is_cosigned(given, time)
    assert cosigner.witness.seen(ORIGIN).head.size == sizes[-1]


def refused(cosigner, given, error, words):
    before = cosigner.witness.seen(ORIGIN)
    with pytest.raises(error, match=words):
        cosigner.cosign(*given, 99)
    assert cosigner.witness.seen(ORIGIN) == before


def test_an_older_log_is_not_cosigned(cosigner):
    cosigner.cosign(note_of(LEAVES[:5]), KEY.verifier, never, 1)
    words = "seen with 5 entries, and this is of 4"
    note = note_of(LEAVES[:4])
    refused(cosigner, (note, KEY.verifier, within(LEAVES)), WitnessError, words)


@pytest.mark.parametrize("size", [5, 6, 300])
def test_a_log_of_another_history_is_not_cosigned(cosigner, size):
    cosigner.cosign(note_of(LEAVES[:5]), KEY.verifier, never, 1)
    forked = [bytes(32), *LEAVES[1:size]]
    for proof in (within(forked), within(LEAVES), lambda _old, _new: ()):
        note = note_of(forked)
        refused(cosigner, (note, KEY.verifier, proof), ProofError, "consistency")


def test_a_log_under_another_key_is_not_cosigned(cosigner):
    cosigner.cosign(note_of(LEAVES[:5]), KEY.verifier, never, 1)
    other = SigningKey.draw(ORIGIN)
    note = note_of(LEAVES[:6], other)
    words = "what was seen of it was signed by example"
    refused(cosigner, (note, other.verifier, within(LEAVES)), WitnessError, words)


def test_what_the_log_did_not_sign_is_not_cosigned(cosigner):
    note = note_of(LEAVES[:5], SigningKey.draw(ORIGIN))
    refused(cosigner, (note, KEY.verifier, never), SignatureError, ".")


# Proofs from the folder of a static log, and proofs that were brought


@pytest.fixture
def folder(tmp_path):
    """The tiles of a log of 600 entries (C2SP tlog-tiles): two full ones, and 88."""
    files = {
        "tile/0/000": LEAVES[:256],
        "tile/0/001": LEAVES[256:512],
        "tile/0/002.p/88": LEAVES[512:],
        "tile/1/000.p/1": [root_of(LEAVES[:256])],
        "tile/1/000.p/2": [root_of(LEAVES[:256]), root_of(LEAVES[256:512])],
    }
    for name, hashes in files.items():
        path = Path(tmp_path, "log", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(hashes))
    return tmp_path / "log"


def from_tiles(folder, size):
    hashes = hashes_in(folder, size)
    return lambda old, new: prove_consistency(old, new, hashes)


@pytest.mark.parametrize("old", [1, 255, 256, 257, 512, 513, 599, 600])
def test_a_proof_is_read_from_the_tiles_of_a_folder(cosigner, folder, old):
    cosigner.cosign(note_of(LEAVES[:old]), KEY.verifier, never, 1)
    proof = from_tiles(folder, 600)
    assert is_cosigned(cosigner.cosign(note_of(LEAVES), KEY.verifier, proof, 2), 2)


def test_a_full_tile_serves_for_a_partial_one_that_is_gone(cosigner, folder):
    cosigner.cosign(note_of(LEAVES[:300]), KEY.verifier, never, 1)
    proof = from_tiles(folder, 400)
    given = cosigner.cosign(note_of(LEAVES[:400]), KEY.verifier, proof, 2)
    assert is_cosigned(given, 2)


def test_a_tile_that_is_missing_is_named(cosigner, folder):
    cosigner.cosign(note_of(LEAVES[:5]), KEY.verifier, never, 1)
    (folder / "tile/0/000").unlink()
    proof, words = from_tiles(folder, 600), "tile/0/000: it is missing"
    note = note_of(LEAVES)
    refused(cosigner, (note, KEY.verifier, proof), VerificationError, words)


@pytest.mark.parametrize("make", ["queue", "link", "linked folder", "long", "folder"])
def test_a_strangers_folder_keeps_nobody_waiting_and_leads_nowhere(
    cosigner, folder, tmp_path, make
):
    cosigner.cosign(note_of(LEAVES[:5]), KEY.verifier, never, 1)
    tile = folder / "tile/0/000"
    whole = tile.read_bytes()
    tile.unlink()
    if make == "queue":
        os.mkfifo(tile)
    elif make == "link":
        (tmp_path / "elsewhere").write_bytes(whole)
        tile.symlink_to(tmp_path / "elsewhere")
    elif make == "linked folder":
        tile.write_bytes(whole)
        (folder / "tile/0").rename(tmp_path / "elsewhere")
        (folder / "tile/0").symlink_to(tmp_path / "elsewhere")
    elif make == "long":
        with tile.open("wb") as file:
            file.truncate(2**40)
    else:
        tile.mkdir()
    proof, note = from_tiles(folder, 600), note_of(LEAVES)
    refused(cosigner, (note, KEY.verifier, proof), VerificationError, "tile/0/0")


def test_a_request_that_cannot_be_one_is_not_read(tmp_path):
    file = tmp_path / "checkpoint"
    with pytest.raises(FileNotFoundError):
        read_request(file)
    os.mkfifo(file)
    with pytest.raises(FormatError, match="checkpoint: not read: it is no file"):
        read_request(file)
    file.unlink()
    with file.open("wb") as opened:
        opened.truncate(2**40)
    with pytest.raises(FormatError, match="at most 131,072 can be right"):
        read_request(file)
    file.write_bytes(note_of(LEAVES))
    assert read_request(file) == note_of(LEAVES)


def test_a_damaged_tile_proves_nothing(cosigner, folder):
    cosigner.cosign(note_of(LEAVES[:5]), KEY.verifier, never, 1)
    tile = folder / "tile/0/000"
    cases = (
        (tile.read_bytes()[:99], VerificationError, "missing or damaged"),
        (bytes(8192), ProofError, "consistency is not proved"),
    )
    for data, error, words in cases:
        tile.write_bytes(data)
        proof, note = from_tiles(folder, 600), note_of(LEAVES)
        refused(cosigner, (note, KEY.verifier, proof), error, words)


def test_a_proof_that_was_brought_begins_at_what_was_seen(cosigner):
    cosigner.cosign(note_of(LEAVES[:5]), KEY.verifier, never, 1)
    note = note_of(LEAVES[:9])
    wrong = brought(4, within(LEAVES)(4, 9))
    words = "it begins at size 4, and 5 entries were seen here"
    refused(cosigner, (note, KEY.verifier, wrong), ProofError, words)
    right = brought(5, within(LEAVES)(5, 9))
    assert is_cosigned(cosigner.cosign(note, KEY.verifier, right, 2), 2)
