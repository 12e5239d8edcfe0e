"""What was seen of logs is never forgotten by accident, nor taken back unnoticed."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from embargo_monitor.errors import FormatError, NotStoredError, WitnessError
from embargo_monitor.log import witness as module
from embargo_monitor.log.checkpoints import TreeHead
from embargo_monitor.log.merkle import EMPTY
from embargo_monitor.log.signers import SigningKey
from embargo_monitor.log.witness import Seen, Witness

ORIGIN = "example.com/log"
KEY = SigningKey(ORIGIN, 1, seed=bytes(32)).verifier
OTHER_KEY = SigningKey(ORIGIN, 1, seed=bytes([1] * 32)).verifier


def head_of(size, byte=0, **more):
    root = EMPTY.root() if size == 0 else bytes([byte] * 32)
    return TreeHead(ORIGIN, size, root=root, **more)


@pytest.fixture
def witness(tmp_path):
    return Witness(tmp_path / "state" / "witness")


def test_nothing_was_seen_at_first(witness):
    assert witness.seen(ORIGIN) is None
    assert not witness.folder.exists()


def test_what_was_noted_is_seen_by_everybody(witness):
    witness.advance(KEY, head_of(3), None)
    seen = Seen(KEY, head_of(3))
    assert witness.seen(ORIGIN) == seen
    assert Witness(witness.folder).seen(ORIGIN) == seen
    assert witness.seen("example.com/other") is None


def test_the_file_is_plain_text_under_the_hash_of_the_name(witness):
    witness.advance(KEY, head_of(3), None)
    path = witness.folder / hashlib.sha256(b"example.com/log").hexdigest()
    assert path == witness.path_of(ORIGIN)
    assert path.read_text("utf-8") == (
        f"{KEY}\nexample.com/log\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    )
    assert stat.S_IMODE(witness.folder.stat().st_mode) == 0o700
    assert {file.name for file in witness.folder.iterdir()} == {
        path.name,
        f"{path.name}.lock",
    }


def test_a_log_grows(witness):
    seen = None
    for size in (0, 1, 5, 5, 1000):
        witness.advance(KEY, head_of(size), seen)
        seen = witness.seen(ORIGIN)
        assert seen == Seen(KEY, head_of(size))


def test_the_same_again_writes_nothing(witness):
    witness.advance(KEY, head_of(3), None)
    before = witness.path_of(ORIGIN).stat().st_ino
    witness.advance(KEY, head_of(3), Seen(KEY, head_of(3)))
    assert witness.path_of(ORIGIN).stat().st_ino == before


def test_a_log_may_change_its_key(witness):
    witness.advance(KEY, head_of(3), None)
    witness.advance(OTHER_KEY, head_of(3), witness.seen(ORIGIN))
    assert witness.seen(ORIGIN) == Seen(OTHER_KEY, head_of(3))


@pytest.mark.parametrize("head", [head_of(2), head_of(3, 1), head_of(0)])
def test_what_cannot_go_on_from_what_was_seen_is_refused(witness, head):
    witness.advance(KEY, head_of(3), None)
    seen = witness.seen(ORIGIN)
    with pytest.raises(WitnessError, match="cannot continue") as refused:
        witness.advance(KEY, head, seen)
    assert refused.value.origin == ORIGIN
    assert witness.seen(ORIGIN) == seen


@pytest.mark.parametrize(
    "expected",
    [
        None,
        Seen(KEY, head_of(2)),
        Seen(OTHER_KEY, head_of(3)),
        Seen(KEY, head_of(3, 1)),
    ],
)
def test_whoever_compared_with_something_else_is_refused(witness, expected):
    witness.advance(KEY, head_of(3), None)
    with pytest.raises(
        WitnessError, match=r"a size of 3 with the root 0000.* meanwhile"
    ):
        witness.advance(KEY, head_of(4), expected)
    assert witness.seen(ORIGIN) == Seen(KEY, head_of(3))


def test_a_note_that_was_taken_away_is_noticed(witness):
    witness.advance(KEY, head_of(3), None)
    seen = witness.seen(ORIGIN)
    witness.path_of(ORIGIN).unlink()
    with pytest.raises(WitnessError, match="was taken away"):
        witness.advance(KEY, head_of(4), seen)


def test_extensions_are_left_out(witness):
    witness.advance(KEY, head_of(3, extensions=("more",)), None)
    assert witness.seen(ORIGIN) == Seen(KEY, head_of(3))
    witness.replace(KEY, head_of(2, extensions=("more",)))
    assert witness.seen(ORIGIN) == Seen(KEY, head_of(2))


def test_going_on_after_a_loss_keeps_what_was_seen(witness):
    assert witness.replace(KEY, head_of(9)) is None
    before = witness.path_of(ORIGIN).read_bytes()
    kept = witness.replace(KEY, head_of(2))
    assert kept == witness.folder / f"{witness.path_of(ORIGIN).name}.1"
    assert kept.read_bytes() == before
    assert witness.seen(ORIGIN) == Seen(KEY, head_of(2))
    assert witness.replace(KEY, head_of(1)).suffix == ".2"
    assert kept.read_bytes() == before


def whole():
    return f"{KEY}\n".encode() + head_of(3).text()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\xff\xfe",
        whole()[:-1],
        whole() + b"\n",
        whole().replace(b"\n3\n", b"\n03\n"),
        whole().replace(b"log\n", b"log2\n"),
        whole().split(b"\n", 1)[1],
        whole().replace(b"+", b"-", 1),
    ],
)
def test_a_damaged_note_is_told_with_what_to_do(witness, data):
    witness.folder.mkdir(parents=True)
    path = witness.path_of(ORIGIN)
    path.write_bytes(data)
    for act in (
        lambda: witness.seen(ORIGIN),
        lambda: witness.advance(KEY, head_of(9), None),
    ):
        with pytest.raises(FormatError, match="take the file from a backup") as refused:
            act()
        assert refused.value.what == str(path)
    # It can be set aside like any other.
    kept = witness.replace(KEY, head_of(3))
    assert kept.read_bytes() == data
    assert witness.seen(ORIGIN) == Seen(KEY, head_of(3))


def test_a_note_that_cannot_be_read_is_told(witness):
    witness.path_of(ORIGIN).mkdir(parents=True)
    with pytest.raises(NotStoredError, match="Is a directory"):
        witness.seen(ORIGIN)
    with pytest.raises(NotStoredError, match="Is a directory"):
        witness.replace(KEY, head_of(3))


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotStoredError, match="nothing was added"):
        Witness(tmp_path / "file" / "witness").advance(KEY, head_of(3), None)


def test_a_note_that_cannot_be_written_leaves_the_old_one(witness, monkeypatch):
    witness.advance(KEY, head_of(3), None)

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotStoredError, match="No space left on device"):
        witness.advance(KEY, head_of(4), witness.seen(ORIGIN))
    assert witness.seen(ORIGIN) == Seen(KEY, head_of(3))


RACER = """
import sys
from embargo_monitor.errors import WitnessError
from embargo_monitor.log.checkpoints import TreeHead
from embargo_monitor.log.signers import SigningKey
from embargo_monitor.log.witness import Witness

origin = "example.com/log"
witness = Witness(sys.argv[1])
key = SigningKey(origin, 1, seed=bytes(32)).verifier
won = 0
for _ in range(50):
    seen = witness.seen(origin)
    at = seen.head.size if seen else 0
    try:
        witness.advance(key, TreeHead(origin, at + 1, root=bytes(32)), seen)
        won += 1
    except WitnessError:
        pass
print(won)
"""


def test_of_two_who_note_at_once_only_one_succeeds(witness, start):
    racers = [start(RACER, witness.folder) for _ in range(3)]
    won = [int(racer.communicate()[0]) for racer in racers]
    assert witness.seen(ORIGIN).head.size == sum(won)


def test_the_user_may_say_where_it_lies(tmp_path, monkeypatch):
    monkeypatch.setenv("EMBARGO_MONITOR_STATE", str(tmp_path))
    assert Witness.of_user().folder == Path(os.path.realpath(tmp_path)) / "witness"


def test_else_it_lies_in_the_users_state(tmp_path, monkeypatch):
    monkeypatch.delenv("EMBARGO_MONITOR_STATE", raising=False)
    monkeypatch.setattr(module, "user_state_path", lambda name: tmp_path / name)
    expected = Path(os.path.realpath(tmp_path)) / "embargo_monitor" / "witness"
    assert Witness.of_user().folder == expected


def test_another_key_is_accepted_for_what_was_seen(witness):
    witness.advance(KEY, head_of(3), None)
    before = witness.path_of(ORIGIN).read_bytes()
    assert witness.accept(OTHER_KEY) == Seen(KEY, head_of(3))
    assert witness.seen(ORIGIN) == Seen(OTHER_KEY, head_of(3))
    assert witness.path_of(ORIGIN).with_suffix(".1").read_bytes() == before
    # The same again changes nothing.
    assert witness.accept(OTHER_KEY) == Seen(OTHER_KEY, head_of(3))
    assert not witness.path_of(ORIGIN).with_suffix(".2").exists()


def test_of_a_log_that_was_never_seen_no_key_is_accepted(witness):
    with pytest.raises(WitnessError, match="nothing was seen of it here"):
        witness.accept(KEY)
    assert witness.seen(ORIGIN) is None
