"""A log as plain files: written as the format has it, and verified from them alone."""

import hashlib
import os
import random
import re
import shutil
import sqlite3
import stat
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from embargo_monitor.errors import ExportError, VerificationError
from embargo_monitor.log import files, locks
from embargo_monitor.log.checkpoints import (
    Policy,
    TreeHead,
    open_checkpoint,
    sign_checkpoint,
)
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.merkle import root_at
from embargo_monitor.log.signers import ED25519, SigningKey, VerifierKey
from embargo_monitor.log.static import Export
from embargo_monitor.log.static_audit import audit_folder, open_published
from embargo_monitor.log.storage import Storage

ROOT = Path(__file__).parent.parent.parent
VECTORS = Path(
    os.environ.get("EMBARGO_MONITOR_VECTORS", ROOT.parent / "shared" / "vectors")
)
TESSERA = VECTORS / "tessera-log" / "log"
TESSERA_KEY = (
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
)
ORIGIN, CREATED = "example.org/arms-log", "2025-12-22T10:00:00Z"
KEY = SigningKey.draw(ORIGIN, ED25519)
POLICY = Policy(KEY.verifier)


def body(number):
    """Entries of many lengths, the empty one among them."""
    return b"entry %d " % number * (number % 7)


def filled(path, count):
    storage = Storage.create(path, ORIGIN, CREATED)
    with storage.writing() as writer:
        for number in range(count):
            writer.append(f"k{number}", body(number))
    return storage


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """An open log of 700 small entries."""
    with filled(tmp_path_factory.mktemp("log") / "monitor.db", 700) as storage:
        yield storage


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """An open log of 65,537 small entries: a tile of level 2 begins with the last."""
    with filled(tmp_path_factory.mktemp("large") / "monitor.db", 65_537) as storage:
        yield storage


@pytest.fixture
def swift(monkeypatch):
    """A disk that keeps nobody waiting, where many files are written."""
    monkeypatch.setattr(files.os, "fsync", lambda _descriptor: None)


def checkpoint(reader, size, key=KEY):
    head = TreeHead(key.name, size, root=root_at(size, reader.hashes))
    return open_checkpoint(sign_checkpoint(head, key), Policy(key.verifier))


def written(reader, signed, writer, told=lambda _done, _size: None):
    return Export.begin(reader, signed, writer).write(told)


def export(storage, folder, size, key=KEY, told=lambda _done, _size: None):
    """Export the first entries; return how many files were written."""
    with storage.reading() as reader, Folder(folder).writing() as writer:
        return written(reader, checkpoint(reader, size, key), writer, told)


def problems(folder, policy=POLICY, note=None, **options):
    """Audit a folder, and return all that is wrong with it."""
    opened = Folder(folder)
    try:
        head = open_published(opened, policy, note).head
    except VerificationError as error:
        return error.problems
    return audit_folder(opened, head, **options)


def told(folder, **options):
    return [str(problem) for problem in problems(folder, **options)]


def kinds(folder, **options):
    return [(one.position, one.kind) for one in problems(folder, **options)]


def names(folder):
    """What lies in a folder, but for the lock of its writers."""
    paths = (path for path in Path(folder).rglob("*") if not path.is_dir())
    return {path.relative_to(folder).as_posix() for path in paths}


# --- A second implementation, of hashlib alone ----------------------------------------


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def naive_root(leaves):
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(naive_root(leaves[:split]), naive_root(leaves[split:]))


def naive_files(bodies):
    """The files of a log of up to 256,000 entries, as C2SP tlog-tiles has them."""
    leaves = [hashlib.sha256(b"\0" + one).digest() for one in bodies]
    given, level, found = leaves, 0, {}

    def put(row, at, count, data):
        found[f"tile/{row}/{at:03}" + ("" if count == 256 else f".p/{count}")] = data

    for start in range(0, len(bodies), 256):
        part = bodies[start : start + 256]
        framed = b"".join(len(one).to_bytes(2, "big") + one for one in part)
        put("entries", start // 256, len(part), framed)
    while given:
        parts = [given[start : start + 256] for start in range(0, len(given), 256)]
        for at, part in enumerate(parts):
            put(level, at, len(part), b"".join(part))
        given = [naive_root(part) for part in parts if len(part) == 256]
        level += 1
    return found, naive_root(leaves)


# --- What is written ------------------------------------------------------------------


@pytest.mark.usefixtures("swift")
def test_a_log_that_grows_by_one_is_at_every_size_as_the_second_says(log, tmp_path):
    bodies = [body(number) for number in range(301)]
    for size in range(301):
        export(log, tmp_path / "out", size)
        wanted, root = naive_files(bodies[:size])
        for name, data in wanted.items():
            assert (tmp_path / "out" / name).read_bytes() == data, (size, name)
        head = open_published(Folder(tmp_path / "out"), POLICY).head
        assert (head.size, head.root) == (size, root)
        assert problems(tmp_path / "out") == ()


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 513])
def test_a_new_folder_holds_these_files_and_no_other(log, tmp_path, size):
    written = export(log, tmp_path / "out", size)
    wanted, _ = naive_files([body(number) for number in range(size)])
    assert names(tmp_path / "out") == {*wanted, "checkpoint"}
    assert written == len(wanted) + 1
    assert problems(tmp_path / "out") == ()


@pytest.mark.usefixtures("swift")
def test_logs_around_a_full_tile_of_level_1_are_exported_and_audited(large, tmp_path):
    wanted, root = naive_files([body(number) for number in range(65_537)])
    for size in (65_535, 65_536, 65_537):
        export(large, tmp_path / "grown", size)
        assert problems(tmp_path / "grown") == ()
    export(large, tmp_path / "new", 65_537)
    assert names(tmp_path / "new") == {*wanted, "checkpoint"}
    for name in ("tile/2/000.p/1", "tile/1/000", "tile/1/001.p/1", "tile/entries/255"):
        if name in wanted:
            assert (tmp_path / "new" / name).read_bytes() == wanted[name]
    assert open_published(Folder(tmp_path / "new"), POLICY).head.root == root
    assert problems(tmp_path / "new") == ()
    assert problems(tmp_path / "grown") == ()


def test_progress_is_told_while_exporting_and_auditing(log, tmp_path):
    seen = []
    export(log, tmp_path / "out", 600, told=lambda *done: seen.append(done))
    assert seen == [(256, 600), (512, 600), (600, 600)]
    again = []
    assert problems(tmp_path / "out", progress=lambda *done: again.append(done)) == ()
    assert again == seen


def test_what_is_published_is_not_written_again(log, tmp_path):
    export(log, tmp_path / "out", 600)
    before = {
        name: (tmp_path / "out" / name).stat() for name in names(tmp_path / "out")
    }
    assert export(log, tmp_path / "out", 600) == 0
    assert export(log, tmp_path / "out", 700) == 3
    for name in ("tile/0/000", "tile/0/001", "tile/entries/001", "tile/1/000.p/2"):
        after = (tmp_path / "out" / name).stat()
        assert (after.st_ino, after.st_mtime_ns) == (
            before[name].st_ino,
            before[name].st_mtime_ns,
        )


def test_the_same_checkpoint_again_changes_nothing(log, tmp_path):
    assert export(log, tmp_path / "out", 3) == 3
    before = (tmp_path / "out" / "checkpoint").stat()
    assert export(log, tmp_path / "out", 3) == 0
    after = (tmp_path / "out" / "checkpoint").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_partial_files_stay_until_the_full_one_is_there(log, tmp_path):
    export(log, tmp_path / "out", 3)
    export(log, tmp_path / "out", 5)
    assert {"tile/0/000.p/3", "tile/0/000.p/5"} < names(tmp_path / "out")
    note = (tmp_path / "out" / "checkpoint").read_bytes()
    (tmp_path / "out" / "tile" / "0" / "000.p" / "mine").touch()
    export(log, tmp_path / "out", 257)
    assert names(tmp_path / "out") == {
        "checkpoint",
        "tile/0/000",
        "tile/0/000.p/mine",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/1",
    }
    assert not (tmp_path / "out" / "tile" / "entries" / "000.p").exists()
    # Who holds the old checkpoint is served by the full files.
    assert problems(tmp_path / "out", note=note) == ()


def test_a_published_file_that_was_lost_is_written_again(log, tmp_path):
    export(log, tmp_path / "out", 300)
    for name in ("tile/0/000", "tile/entries/000"):
        (tmp_path / "out" / name).unlink()
    assert export(log, tmp_path / "out", 300) == 2
    assert problems(tmp_path / "out") == ()


def test_everybody_may_read_what_is_published(log, tmp_path):
    before = os.umask(0o022)
    try:
        export(log, tmp_path / "out", 3)
    finally:
        os.umask(before)
    modes = {
        stat.S_IMODE(path.stat().st_mode): path.is_dir()
        for path in (tmp_path / "out").rglob("*")
    }
    assert modes == {0o644: False, 0o755: True}


# --- What is refused ------------------------------------------------------------------


def refused(log, folder, size, key=KEY, error=ExportError):
    before = names(folder) if folder.is_dir() else None
    with pytest.raises(error) as raised:
        export(log, folder, size, key)
    if before is not None:
        assert names(folder) == before
    return str(raised.value)


def test_a_folder_of_another_log_is_refused(log, tmp_path):
    export(log, tmp_path / "out", 3, SigningKey.draw("example.org/other", ED25519))
    words = refused(log, tmp_path / "out", 5)
    assert "it holds another log, 'example.org/other'; choose another folder" in words


def test_a_folder_that_is_ahead_is_refused(log, tmp_path):
    export(log, tmp_path / "out", 5)
    words = refused(log, tmp_path / "out", 3)
    assert "it holds 5 entries, and the last checkpoint here is of 3" in words


def test_a_folder_of_another_history_is_refused(log, tmp_path):
    with Storage.create(tmp_path / "fork.db", ORIGIN, CREATED) as fork:
        with fork.writing() as writer:
            writer.append("k", b"another entry")
        export(fork, tmp_path / "out", 1)
    words = refused(log, tmp_path / "out", 3)
    assert "one of the two was rewritten" in words


def test_what_lies_there_as_a_checkpoint_and_is_none_is_refused(log, tmp_path):
    (tmp_path / "checkpoint").write_bytes(b"my checkpoint\n")
    assert "is none; choose another folder" in refused(log, tmp_path, 3)


def test_other_bytes_in_the_way_are_not_touched(log, tmp_path):
    target = tmp_path / "out" / "tile" / "entries" / "000"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"other")
    words = refused(log, tmp_path / "out", 300)
    assert "tile/entries/000: other bytes lie there; choose another folder" in words
    assert target.read_bytes() == b"other"


@pytest.mark.parametrize("make", ["folder", "link", "long", "file above"])
def test_no_file_is_written_over_what_is_none(log, tmp_path, make):
    target = tmp_path / "out" / "tile" / "entries" / "000"
    target.parent.mkdir(parents=True)
    if make == "folder":
        target.mkdir()
    elif make == "link":
        target.symlink_to(tmp_path / "elsewhere")
    elif make == "long":
        target.write_bytes(bytes(30_000))
    else:
        target.parent.rmdir()
        target.parent.write_bytes(b"")
    words = refused(log, tmp_path / "out", 300)
    assert "tile/entries/000" in words
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_cannot_be_made_is_refused(log, tmp_path):
    assert "No such file" in refused(log, tmp_path / "none" / "out", 3)
    (tmp_path / "file").touch()
    assert "File exists" in refused(log, tmp_path / "file", 3)


@pytest.mark.parametrize("make", ["folder", "link", "queue"])
def test_a_folder_that_cannot_be_locked_is_refused(log, tmp_path, make):
    lock = tmp_path / "out" / ".lock"
    lock.parent.mkdir()
    if make == "folder":
        lock.mkdir()
    elif make == "link":
        lock.symlink_to(tmp_path / "elsewhere")
    else:
        os.mkfifo(lock)
    assert ".lock" in refused(log, tmp_path / "out", 3)
    assert not (tmp_path / "elsewhere").exists()


def test_no_lock_is_left_and_one_left_by_a_killed_run_is_taken(log, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".lock").touch()
    export(log, tmp_path / "out", 3)
    assert not (tmp_path / "out" / ".lock").exists()
    assert problems(tmp_path / "out") == ()


def test_writers_of_one_folder_take_turns(tmp_path):
    inside, most, done = [], [], []

    def write():
        for _ in range(20):
            with Folder(tmp_path / "out").writing():
                inside.append(1)
                most.append(len(inside))
                inside.pop()
        done.append(1)

    (tmp_path / "out").mkdir()
    threads = [threading.Thread(target=write) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(done) == 6
    assert set(most) == {1}


def test_who_waited_for_a_lock_that_is_gone_makes_another(tmp_path, monkeypatch):
    turns = []

    def flock(_descriptor, _operation):
        if not turns:  # who had it before takes it away
            (tmp_path / "out" / ".lock").unlink()
        turns.append(1)

    monkeypatch.setattr(locks, "flock", flock)
    (tmp_path / "out").mkdir()
    with Folder(tmp_path / "out").writing():
        assert (tmp_path / "out" / ".lock").exists()
    assert len(turns) == 3


def test_what_was_not_read_in_a_folder_is_named(log, tmp_path):
    out = tmp_path / "out"
    export(log, out, 3)
    (out / "tile" / "9").mkdir()
    (out / "tile" / "9" / "000").write_bytes(b"more")
    (out / "tile" / "elsewhere").symlink_to(tmp_path)
    opened = Folder(out)
    head = open_published(opened, POLICY).head
    assert audit_folder(opened, head) == ()
    assert opened.unread(9) == ("tile/9/000", "tile/elsewhere")
    assert len(opened.unread(1)) == 1


def test_a_disk_that_fails_leaves_the_old_checkpoint(log, tmp_path, monkeypatch):
    export(log, tmp_path / "out", 3)
    with monkeypatch.context() as patched:

        def fail(_descriptor):
            raise OSError(28, "No space left on device", "disk")

        patched.setattr(files.os, "fsync", fail)
        with pytest.raises(ExportError, match="disk: No space left on device"):
            export(log, tmp_path / "out", 5)
    assert open_published(Folder(tmp_path / "out"), POLICY).head.size == 3
    assert problems(tmp_path / "out") == ()
    export(log, tmp_path / "out", 5)
    assert problems(tmp_path / "out") == ()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE entry SET body = x'00' WHERE position = 7", "entry 7: its bytes"),
        ("UPDATE node SET hash = zeroblob(32) WHERE position = 0", "the root that was"),
        ("UPDATE entry SET leaf = zeroblob(32) WHERE position = 512", "the root that"),
        ("DELETE FROM node WHERE position = 0", "nodes 0 to 1 of level 1: missing"),
    ],
)
def test_a_damaged_log_is_not_published(tmp_path, damage, words):
    with filled(tmp_path / "monitor.db", 513) as storage:
        with storage.reading() as reader:
            signed = checkpoint(reader, 513)
        alter(storage, damage)
        unpublished(storage, tmp_path / "out", signed, words)


@pytest.mark.usefixtures("swift")
def test_a_damaged_node_that_no_root_is_made_of_is_not_published(large, tmp_path):
    with (
        closing(sqlite3.connect(large.path)) as whole,
        closing(sqlite3.connect(tmp_path / "copy.db")) as copy,
    ):
        whole.backup(copy)
    with large.reading() as reader:
        signed = checkpoint(reader, 65_537)
    with Storage.open(tmp_path / "copy.db") as storage:
        change = "UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND position = 7"
        alter(storage, change)
        words = "node 7 of level 1 is not of its entries"
        unpublished(storage, tmp_path / "out", signed, words)


def alter(storage, change):
    """Change a log past the library, its guards taken away."""
    with closing(sqlite3.connect(storage.path, isolation_level=None)) as driver:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in driver.execute(guards).fetchall():
            driver.execute(f"DROP TRIGGER {name}")
        driver.execute(change)


def unpublished(storage, folder, signed, words):
    with storage.reading() as reader, Folder(folder).writing() as writer:
        with pytest.raises(VerificationError, match=words):
            written(reader, signed, writer)
        assert not writer.folder.holds("checkpoint")


# --- What is found --------------------------------------------------------------------


@pytest.fixture
def out(log, tmp_path):
    """A folder that grew: 280 entries, then 300."""
    export(log, tmp_path / "out", 280)
    export(log, tmp_path / "out", 300)
    return tmp_path / "out"


def flip(path, bit):
    changed = bytearray(path.read_bytes())
    changed[bit // 8] ^= 1 << bit % 8
    path.write_bytes(changed)


def flips(folder, count, seed):
    """Seeded flips of one bit, as many in each file: (name, where) while it is so."""
    chance = random.Random(seed)
    every = sorted(names(folder))
    for turn in range(count):
        name = every[turn % len(every)]
        path = folder / name
        whole = path.read_bytes()
        bit = chance.randrange(len(whole) * 8)
        flip(path, bit)
        yield name, bit
        path.write_bytes(whole)


def test_every_flipped_bit_is_found_and_named_with_its_file(out, request):
    full = request.config.getoption("--full", default=False)
    assert len(names(out)) == 8
    count = 10_000 if full else 2_000
    for name, bit in flips(out, count, 20251222):
        found = told(out)
        assert any(name in one for one in found), (name, bit, found)
    assert told(out) == []


def test_an_audit_that_trusts_tiles_overlooks_changed_entries(out):
    """The control: the test above is no triviality."""

    def trusting(folder):
        head = open_published(Folder(folder), POLICY).head
        tiles = (folder / "tile/0/000", folder / "tile/0/001.p/44")
        data = b"".join(tile.read_bytes() for tile in tiles)
        leaves = [data[at : at + 32] for at in range(0, len(data), 32)]
        return naive_root(leaves) == head.root

    overlooked = 0
    for name, _ in flips(out, 80, 1):
        if "entries" in name:
            assert trusting(out)
            overlooked += 1
    assert overlooked == 30


def test_the_guilty_of_an_entry_and_its_hash_is_named(out):
    assert body(5) in (out / "tile/entries/000").read_bytes()
    flip(out / "tile/0/000", 32 * 8 * 5)
    assert told(out) == ["entry 5: tile/0/000: the hash of entry 5 is another"]
    assert kinds(out) == [(5, "node")]
    flip(out / "tile/0/000", 32 * 8 * 5)
    place = (out / "tile/entries/000").read_bytes().index(body(5))
    flip(out / "tile/entries/000", 8 * place)
    words = "tile/entries/000: its bytes are not those that were signed"
    assert told(out) == [f"entry 5: {words}"]
    flip(out / "tile/0/000", 32 * 8 * 6)
    first, *both, last = told(out)
    assert first == "the log: tile/1/000.p/1: not what the entries give, at 0"
    fits = "tile/entries/000 and tile/0/000 do not fit each other"
    assert both == [f"entry 5: {fits}", f"entry 6: {fits}"]
    words = "the log: the entries give the root .{64}, and checkpoint says .{64}"
    assert re.fullmatch(words, last)


def test_an_entry_changed_together_with_its_hashes_does_not_fit_the_root(log, tmp_path):
    bodies = [body(number) for number in range(300)]
    export(log, tmp_path / "out", 300)
    forged, _ = naive_files([*bodies[:5], b"forged", *bodies[6:]])
    for name, data in forged.items():
        (tmp_path / "out" / name).write_bytes(data)
    assert kinds(tmp_path / "out") == [(None, "root")]


def test_two_entries_that_changed_places_are_found(log, tmp_path):
    export(log, tmp_path / "out", 4)
    bodies = [body(number) for number in (1, 0, 2, 3)]
    bundle = naive_files(bodies)[0]["tile/entries/000.p/4"]
    (tmp_path / "out" / "tile" / "entries" / "000.p" / "4").write_bytes(bundle)
    assert kinds(tmp_path / "out") == [(0, "body"), (1, "body")]


def test_only_entries_that_fit_their_tile_are_read(out):
    read = {}
    assert problems(out, read=read.__setitem__) == ()
    assert read == {number: body(number) for number in range(300)}
    assert list(read) == sorted(read)
    place = (out / "tile/entries/000").read_bytes().index(body(5))
    flip(out / "tile/entries/000", 8 * place)
    read.clear()
    problems(out, read=read.__setitem__)
    assert set(range(300)) - set(read) == {5}


MISSING = {
    "checkpoint": ["the log: checkpoint: it is missing"],
    "tile/entries/000": ["entry 0: tile/entries/000: it is missing"],
    "tile/entries/001.p/44": ["entry 256: tile/entries/001.p/44: it is missing"],
    "tile/0/000": ["the log: tile/0/000: it is missing"],
    "tile/1/000.p/1": ["the log: tile/1/000.p/1: it is missing"],
    "tile/0/001.p/24": [],
}


@pytest.mark.parametrize("name", MISSING)
def test_a_missing_file_is_named_and_the_rest_still_looked_at(out, name):
    (out / name).unlink()
    assert told(out) == MISSING[name]
    if MISSING[name] and name != "checkpoint":
        flip(out / "tile/0/001.p/44", 3)
        assert any("001.p/44" in one for one in told(out))


def test_an_entry_bundle_and_its_tile_may_both_be_missing(out):
    (out / "tile/entries/000").unlink()
    (out / "tile/0/000").unlink()
    # The tile above stands in, so that the root is still compared.
    assert kinds(out) == [(None, "node"), (0, "order")]
    (out / "tile/1/000.p/1").unlink()
    assert kinds(out) == [(None, "node"), (0, "order"), (None, "node")]


@pytest.mark.parametrize("name", [name for name in MISSING if MISSING[name]])
def test_what_is_no_plain_file_is_named_and_followed_nowhere(out, tmp_path, name):
    path, elsewhere = out / name, tmp_path / "elsewhere"
    path.rename(elsewhere)
    started = time.monotonic()
    path.symlink_to(elsewhere)
    [found] = told(out)
    assert f"{name}: a symbolic link leads elsewhere" in found
    path.unlink()
    path.mkdir()
    [found] = told(out)
    assert f"{name}: not read: it is no file" in found
    path.rmdir()
    os.mkfifo(path)
    [found] = told(out)
    assert f"{name}: not read: it is no file" in found
    path.unlink()
    with path.open("wb") as file:
        file.truncate(2**40)
    [found] = told(out)
    assert f"{name}: not read: it has 1,099,511,627,776 bytes, and" in found
    path.unlink()
    path.write_bytes(b"x")
    [found] = told(out)
    assert name in found
    assert time.monotonic() - started < 5


def test_a_folder_that_is_a_link_or_a_file_is_named(out, tmp_path):
    entries = out / "tile" / "entries"
    entries.rename(tmp_path / "elsewhere")
    entries.symlink_to(tmp_path / "elsewhere")
    assert [one.partition(": ")[2] for one in told(out)] == [
        f"{name}: a symbolic link leads elsewhere; only plain files are read"
        for name in ("tile/entries/000", "tile/entries/001.p/44")
    ]
    entries.unlink()
    entries.write_bytes(b"")
    assert [one.partition(": ")[2] for one in told(out)] == [
        f"{name}: not read: Not a directory"
        for name in ("tile/entries/000", "tile/entries/001.p/44")
    ]
    assert told(tmp_path / "none") == ["the log: checkpoint: it is missing"]


@pytest.mark.parametrize(
    "name", ["tile/0/001.p/24", "tile/entries/001.p/24", "tile/0/001.p", "tile/0/000.p"]
)
def test_partial_files_of_older_checkpoints_are_looked_at_too(out, tmp_path, name):
    path = out / name
    if name.endswith(".p"):
        path.mkdir(exist_ok=True)
        (path / "0").write_bytes(b"")
        (path / "256").write_bytes(b"")
        (path / "index.html").write_bytes(b"")
        path = path / "7"
    whole = path.read_bytes() if path.exists() else b""
    path.write_bytes(whole + b"x")
    [found] = told(out)
    assert path.relative_to(out).as_posix() in found
    path.write_bytes(b"y" * len(whole))
    [found] = told(out)
    assert f"{path.relative_to(out).as_posix()}: it is not how tile/" in found
    path.unlink()
    path.symlink_to(tmp_path)
    [found] = told(out)
    assert "symbolic link" in found


def test_a_link_to_partial_files_is_not_followed(out, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "7").write_bytes(b"x")
    (out / "tile" / "0" / "000.p").symlink_to(tmp_path / "elsewhere")
    assert told(out) == []


def test_a_giant_size_does_not_keep_the_audit_for_ever(out):
    head = TreeHead(ORIGIN, 2**63 - 1, root=bytes(32))
    started = time.monotonic()
    found = told(out, note=sign_checkpoint(head, KEY))
    assert time.monotonic() - started < 5
    assert found[0] == "the log: tile/0/001: it is missing"
    assert found[-1] == (
        "the log: 100 files are missing; none was looked for after tile/entries/051"
    )
    assert len(found) == 101


def test_a_checkpoint_that_is_not_the_logs_is_not_believed(out, log):
    other = SigningKey.draw(ORIGIN, ED25519)
    assert kinds(out, policy=Policy(other.verifier)) == [(None, "signature")]
    (out / "checkpoint").write_bytes(b"none\n")
    assert kinds(out) == [(None, "checkpoint")]
    assert told(out) == [
        "the log: checkpoint: no empty line parts the text from signatures"
    ]
    with log.reading() as reader:
        note = checkpoint(reader, 300).note
    assert problems(out, note=note) == ()


def test_a_folder_is_compared_with_checkpoints_kept_elsewhere(log, out):
    sizes = (0, 1, 2, 255, 256, 257, 299, 300)
    with log.reading() as reader:
        heads = [checkpoint(reader, size).head for size in sizes]
        newer = checkpoint(reader, 301).head
    assert problems(out, against=heads) == ()
    forked = [TreeHead(ORIGIN, size, root=bytes(32)) for size in sizes[1:]]
    assert kinds(out, against=forked) == [(None, "checkpoint")] * len(forked)
    [found] = told(out, against=[newer])
    assert "of 301 entries to compare with: the folder has 300, so it is older" in found


def test_where_nothing_can_be_hashed_older_checkpoints_are_not_confirmed(log, out):
    with log.reading() as reader:
        head = checkpoint(reader, 3).head
    (out / "tile/entries/000").unlink()
    (out / "tile/0/000").unlink()
    [found] = [one for one in told(out, against=[head]) if "to compare" in one]
    assert "they give none that can be told" in found


MEASURED = """
import sys
from embargo_monitor.log.checkpoints import Policy, open_checkpoint
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.log.static import Export
from embargo_monitor.log.static_audit import audit_folder
from embargo_monitor.log.storage import Storage
path, folder, note, key = sys.argv[1:]
with open(note, "rb") as file:
    signed = open_checkpoint(file.read(), Policy(VerifierKey.parse(key)))
with Storage.open(path) as storage, storage.reading() as reader:
    with Folder(folder).writing() as writer:
        Export.begin(reader, signed, writer).write(lambda done, size: None)
    HELD
assert audit_folder(Folder(folder), signed.head) == ()
# What getrusage tells of a child can be the peak of the process that started it.
with open("/proc/self/status") as status:
    print(*(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it reads /proc")
@pytest.mark.parametrize(
    ("held", "flat"), [("", True), ("all = [*reader.entries()]", False)]
)
def test_memory_does_not_grow_with_the_log(large, tmp_path, start, held, flat):
    """The control, which holds all entries, shows that the measure would tell."""
    with filled(tmp_path / "small.db", 1_000) as small:
        peaks = []
        for storage, size in ((small, 1_000), (large, 65_537)):
            with storage.reading() as reader:
                (tmp_path / "note").write_bytes(checkpoint(reader, size).note)
            out, script = tmp_path / f"out-{size}", MEASURED.replace("HELD", held)
            given = (storage.path, out, tmp_path / "note", KEY.verifier)
            peaks.append(int(start(script, *given).communicate()[0]))
    print(f"peak memory, 65,537 entries to 1,000: {peaks[1] / peaks[0]:.2f}")
    assert (peaks[1] < 1.25 * peaks[0]) == flat


# --- A log that others wrote ----------------------------------------------------------

tessera = pytest.mark.skipif(
    not TESSERA.is_dir(),
    reason=f"no outside vectors in {VECTORS}: name them by EMBARGO_MONITOR_VECTORS",
)
THEIRS = Policy(VerifierKey.parse(TESSERA_KEY))


@tessera
@pytest.mark.parametrize("size", range(16))
def test_the_tessera_log_is_sound_at_each_of_its_checkpoints(size):
    note = (TESSERA / f"checkpoint.{size}").read_bytes()
    assert open_published(Folder(TESSERA), THEIRS, note).head.size == size
    older = [
        open_published(
            Folder(TESSERA), THEIRS, (TESSERA / f"checkpoint.{at}").read_bytes()
        ).head
        for at in range(size + 1)
    ]
    assert problems(TESSERA, THEIRS, note, against=older) == ()


@tessera
def test_a_flipped_bit_of_the_tessera_log_is_found(tmp_path):
    copy = Path(shutil.copytree(TESSERA, tmp_path / "log"))
    shutil.rmtree(copy / ".state")
    for one in copy.glob("checkpoint.*"):
        one.unlink()
    for name, bit in flips(copy, 300, 7):
        found = told(copy, policy=THEIRS)
        assert any(name in one for one in found), (name, bit, found)
    assert told(copy, policy=THEIRS) == []
