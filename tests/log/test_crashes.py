"""What was acknowledged stays: under kills, full disks and failing writes."""

import resource
import shutil
import signal
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import event

from embargo_monitor.errors import NotStoredError
from embargo_monitor.log.audit import verify
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.log.storage import Storage

ORIGIN, CREATED = "example.org/arms-log", "2025-12-22T10:00:00Z"

APPEND_FOR_EVER = """
import sys
from embargo_monitor.log.storage import Storage
path, name = sys.argv[1:]
with Storage.open(path) as storage:
    turn = 0
    while True:
        with storage.writing() as writer:
            entry = writer.append(f"{name}-{turn}", name.encode() * 500)
        print(entry.position, entry.key, flush=True)
        turn += 1
"""

DIE_BEFORE_THE_NAME_IS_TAKEN = """
import os, signal, sys
from embargo_monitor.log.storage import Storage
os.link = lambda *_names, **_options: os.kill(os.getpid(), signal.SIGKILL)
Storage.create(sys.argv[1], "example.org/arms-log", "2025-12-22T10:00:00Z")
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "monitor.db"


def append(storage, body):
    with storage.writing() as writer:
        return writer.append(f"k{writer.size}", body)


def entries(storage):
    with storage.reading() as reader:
        return list(reader.entries())


def test_ten_killed_writers_lose_nothing_that_was_acknowledged(path, start):
    Storage.create(path, ORIGIN, CREATED).close()
    writers = [start(APPEND_FOR_EVER, path, f"writer{n}") for n in range(10)]
    acknowledged = []
    for number, writer in enumerate(writers):
        acknowledged += [writer.stdout.readline() for _ in range(1 + 3 * number)]
        writer.kill()
        acknowledged += writer.communicate()[0].splitlines()
        assert writer.returncode == -signal.SIGKILL
    with Storage.open(path) as storage:
        stored = {f"{entry.position} {entry.key}" for entry in entries(storage)}
        assert {line.strip() for line in acknowledged} - {""} <= stored
        assert append(storage, b"next").position == len(stored)
        assert verify(storage)[1] == ()


def test_a_crash_while_creating_leaves_nothing_under_the_name(path, start):
    creator = start(DIE_BEFORE_THE_NAME_IS_TAKEN, path)
    creator.communicate()
    assert creator.returncode == -signal.SIGKILL
    assert not path.exists()
    with Storage.create(path, ORIGIN, CREATED) as storage:
        append(storage, b"one")


@contextmanager
def files_end_at(size):
    """Let the kernel refuse to write any file beyond a size."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def no_more_bytes(storage):
    """Let SQLite's writes to the file system fail."""
    with files_end_at(Path(f"{storage.path}-wal").stat().st_size + 9_000):
        yield


@contextmanager
def no_more_pages(storage):
    """Let SQLite itself say that the database is full."""

    def narrow(driver, _record):
        [pages] = driver.execute("PRAGMA page_count").fetchone()
        driver.execute(f"PRAGMA max_page_count = {pages}")

    storage._engine.dispose()
    event.listen(storage._engine, "connect", narrow)
    try:
        yield
    finally:
        event.remove(storage._engine, "connect", narrow)
        storage._engine.dispose()


@contextmanager
def no_more_space(storage):
    """Fill the file system to the last byte."""
    ballast = storage.path.with_name("ballast")
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)
    yield
    ballast.unlink()


@pytest.fixture(params=["bytes", "pages", "space"])
def disk(request, tmp_path):
    """A folder, and a way in which its disk is full."""
    ways = {"bytes": no_more_bytes, "pages": no_more_pages, "space": no_more_space}
    if request.param != "space":
        yield tmp_path, ways[request.param]
        return
    mount, umount = shutil.which("mount") or "mount", shutil.which("umount") or "umount"
    try:
        subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", tmp_path],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        # Who may mount nothing limits the size of files instead.
        yield tmp_path, no_more_bytes
        return
    yield tmp_path, no_more_space
    subprocess.run([umount, tmp_path], check=True)


def test_a_full_disk_loses_nothing_and_the_next_append_works(disk):
    folder, full = disk
    with Storage.create(folder / "monitor.db", ORIGIN, CREATED) as storage:
        acknowledged = [append(storage, b"x" * 20_000) for _ in range(4)]

        def fill():
            while len(acknowledged) < 200:
                acknowledged.append(append(storage, b"y" * 20_000))

        with full(storage):
            for _ in range(2):
                with pytest.raises(NotStoredError, match="nothing was added: the disk"):
                    fill()
            assert entries(storage) == acknowledged
        acknowledged.append(append(storage, b"z" * 20_000))
        assert entries(storage) == acknowledged
        assert verify(storage)[1] == ()
    with Storage.open(folder / "monitor.db") as storage:
        assert entries(storage) == acknowledged


def test_a_connection_that_failed_is_never_used_again(path):
    with Storage.create(path, ORIGIN, CREATED) as storage:
        append(storage, b"one")
        assert storage._engine.pool.checkedin() == 1
        with no_more_bytes(storage), pytest.raises(NotStoredError):
            append(storage, b"x" * 60_000)
        assert storage._engine.pool.checkedin() == 0


def test_a_full_disk_refuses_the_whole_block(path):
    with Storage.create(path, ORIGIN, CREATED) as storage:
        one = append(storage, b"one")

        def fill():
            with storage.writing() as writer:
                for number in range(200):
                    writer.append(f"block-{number}", b"x" * 60_000)

        with no_more_bytes(storage), pytest.raises(NotStoredError):
            fill()
        assert entries(storage) == [one]


def test_a_wal_that_cannot_be_moved_into_a_full_database_is_no_loss(path):
    with Storage.create(path, ORIGIN, CREATED) as storage:
        one = append(storage, b"x" * 60_000)
        with files_end_at(path.stat().st_size):
            storage.close()
        assert path.with_name("monitor.db-wal").stat().st_size > 60_000
    with Storage.open(path) as storage:
        assert entries(storage) == [one]


def test_where_there_is_no_room_for_a_log_none_is_made(path):
    with files_end_at(10_000), pytest.raises(NotStoredError, match="the disk failed"):
        Storage.create(path, ORIGIN, CREATED)
    assert list(path.parent.iterdir()) == []


def test_where_there_is_no_room_for_an_exhibit_none_is_kept(tmp_path):
    store = ExhibitStore(tmp_path / "exhibits")
    with files_end_at(10_000), pytest.raises(NotStoredError, match="too large"):
        store.put(b"x" * 20_000)
    assert list(store.folder.iterdir()) == []
    assert store.read(store.put(b"x" * 20_000)) == b"x" * 20_000
