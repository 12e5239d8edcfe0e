"""Many writers, one log: they take turns, and nobody is turned away."""

import fcntl
import json
import os
import runpy
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest

from embargo_monitor.errors import LogError
from embargo_monitor.log import locks
from embargo_monitor.log.audit import verify
from embargo_monitor.log.storage import Storage

WRITE_FOR_A_SECOND = """
import json, sys, time
from embargo_monitor.log.storage import Storage
path, name = sys.argv[1:]
positions, end = [], time.monotonic() + 1
with Storage.open(path, patience=30) as storage:
    while time.monotonic() < end:
        with storage.writing() as writer:
            positions.append(writer.append(f"{name}-{len(positions)}", b"x").position)
json.dump(positions, sys.stdout)
"""
WITHOUT_FLOCK = 'import sys; sys.modules["fcntl"] = None'

FORKS = pytest.mark.filterwarnings(
    "ignore:This process.*multi-threaded:DeprecationWarning"
)


@pytest.fixture
def storage(tmp_path):
    with Storage.create(tmp_path / "monitor.db", "example.org/log", "2025") as storage:
        yield storage


def check_turns(storage, turns):
    """Every writer had turns, and together they filled the log without a gap."""
    assert all(turns)
    assert all(own == sorted(own) for own in turns)
    with storage.reading() as reader:
        assert sorted(chain(*turns)) == list(range(reader.size))
    assert verify(storage)[1] == ()


@pytest.mark.parametrize("before", ["", WITHOUT_FLOCK])
def test_processes_append_without_gap_duplicate_or_busy_error(storage, start, before):
    writers = [
        start(f"{before}\n{WRITE_FOR_A_SECOND}", storage.path, name) for name in "abcd"
    ]
    turns = [json.loads(writer.communicate()[0]) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4
    check_turns(storage, turns)


def test_threads_that_share_a_log_append_without_gap_or_duplicate(storage):
    end = time.monotonic() + 1

    def write(name):
        positions = []
        while time.monotonic() < end:
            with storage.writing() as writer:
                key = f"{name}-{len(positions)}"
                positions.append(writer.append(key, b"x").position)
        return positions

    with ThreadPoolExecutor(4) as pool:
        check_turns(storage, list(pool.map(write, "abcd")))


def test_without_flock_threads_still_take_turns(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    lock = runpy.run_path(locks.__file__)["QueueLock"](tmp_path / "lock")
    inside, overlaps = [], []

    def take(name):
        for _ in range(200):
            with lock.held():
                inside.append(name)
                (tmp_path / name).touch()  # while the system works, others may run
                overlaps.extend(inside[1:])
                inside.remove(name)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, "abcd"))
    assert overlaps == []


def test_the_queue_is_free_again_after_an_exception(tmp_path):
    lock = locks.QueueLock(tmp_path / "lock")

    def fail():
        with lock.held():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with lock.held():
        pass


@FORKS
def test_a_child_forked_while_we_write_does_not_keep_our_turn(tmp_path):
    lock = locks.QueueLock(tmp_path / "lock")
    listening, speaking = os.pipe()
    with lock.held():
        child = os.fork()
        if child == 0:
            os.close(speaking)
            os.read(listening, 1)  # until the parent closes its end
            os._exit(0)
    with (tmp_path / "lock").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(listening)
    os.close(speaking)
    os.waitpid(child, 0)


@FORKS
def test_a_fork_is_refused_and_harms_nothing(storage):
    with storage.writing() as writer:
        writer.append("a", b"one")
    child = os.fork()
    if child == 0:
        try:
            with storage, storage.writing() as writer:
                writer.append("b", b"two")
        except LogError:
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    with storage.writing() as writer:
        assert writer.append("b", b"two").position == 1
    assert verify(storage)[1] == ()


def test_in_a_fork_the_refusal_says_what_to_do(storage, monkeypatch):
    parent = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: parent + 1)
    with pytest.raises(LogError, match="do not survive a fork; open it again here"):
        storage.writing().__enter__()
    with pytest.raises(LogError, match="do not survive a fork"):
        storage.reading().__enter__()
    storage.close()
    monkeypatch.undo()
    with storage.reading() as reader:
        assert reader.size == 0


def test_a_thread_that_writes_does_not_stop_those_that_read(storage):
    read = []

    def look():
        with storage.reading() as reader:
            read.append(reader.size)

    with storage.writing() as writer:
        writer.append("a", b"one")
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert read == [0]
