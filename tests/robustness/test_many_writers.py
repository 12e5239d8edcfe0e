"""Many writers of one log, all at once: everybody has turns, and nobody waits long."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest

import embargo_monitor as em

APPEND_FOR = """
import json
path, name, seconds = sys.argv[1:]
turns, failures = [], []
with em.EventLog.open(path) as log:
    print("ready", flush=True)
    sys.stdin.readline()
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        given = report(f"{name}-{len(turns)}")
        start = time.monotonic()
        try:
            receipt = log.append(given, by=name)
        except em.EmbargoMonitorError as error:
            failures.append(str(error))
            break
        turns.append((receipt.index, time.monotonic() - start))
json.dump({"turns": turns, "failures": failures}, sys.stdout)
"""

WITHOUT_THE_QUEUE = """
from contextlib import nullcontext
from embargo_monitor.log import locks
locks.QueueLock.held = lambda self: nullcontext()
"""


@pytest.fixture
def path(tmp_path):
    em.EventLog.create(tmp_path / "monitor.db").close()
    return tmp_path / "monitor.db"


@pytest.fixture
def processes(path, start, writer):
    """Let processes append, all from one moment on; return what each of them did."""

    def together(many, seconds, before=""):
        script = before + writer(APPEND_FOR)
        started = [start(script, path, f"w{nth}", seconds) for nth in range(many)]
        for one in started:
            assert one.stdout.readline() == "ready\n"
        for one in started:
            one.stdin.write("go\n")
        for one in started:
            one.stdin.flush()
        return [json.loads(one.communicate()[0]) for one in started]

    return together


@pytest.fixture
def threads(path, report):
    """Let threads append to one EventLog; return what each of them did."""

    def together(many, seconds):
        barrier = threading.Barrier(many, timeout=60)

        def write(name):
            turns = []
            barrier.wait()
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                given = report(f"{name}-{len(turns)}")
                start = time.monotonic()
                receipt = log.append(given, by=name)
                turns.append((receipt.index, time.monotonic() - start))
            return {"turns": turns, "failures": []}

        with em.EventLog.open(path) as log, ThreadPoolExecutor(many) as pool:
            return list(pool.map(write, [f"t{nth}" for nth in range(many)]))

    return together


def measured(what, told):
    """Print and return how fair the turns were: slowest / fastest, longest wait."""
    counts = [len(one["turns"]) for one in told]
    ratio = min(counts) / max(counts)
    longest = max((wait for one in told for _, wait in one["turns"]), default=0)
    print(
        f"{what}: {sum(counts)} entries, {min(counts)} to {max(counts)} by each writer,"
        f" slowest/fastest {ratio:.2f}, longest wait {longest:.2f} s"
    )
    return ratio, longest


def require_whole(path, told):
    """All that was acknowledged is there, once, without a gap, with its exhibit."""
    assert [one["failures"] for one in told] == [[] for _ in told]
    assert all(one["turns"] for one in told)
    indexes = [[index for index, _ in one["turns"]] for one in told]
    assert all(own == sorted(own) for own in indexes)
    with em.EventLog.open(path) as log:
        verified = log.verify()
        assert sorted(chain(*indexes)) == list(range(verified.size))
        assert verified.exhibits == verified.size
        keys = {logged.entry.envelope.id for logged in log.entries()}
        assert len(keys) == verified.size


def require_fair(ratio, longest, *, full):
    """Hold the promised figures; on a machine with other work, only no starving."""
    assert ratio >= (0.5 if full else 0.05)
    if full:
        assert longest < 2


def test_processes_append_in_turn_without_gap_duplicate_or_busy_error(
    path, processes, full
):
    told = processes(8, 5) if full else processes(4, 1)
    require_whole(path, told)
    require_fair(*measured("processes", told), full=full)


def test_threads_that_share_a_log_append_in_turn(path, threads, full):
    told = threads(8, 5) if full else threads(4, 1)
    require_whole(path, told)
    require_fair(*measured("threads", told), full=full)


def test_without_the_queue_the_same_fails(processes, full):
    """The control: at SQLite's own lock, who waits sleeps, and others go before."""
    told = processes(8, 5 if full else 3, before=WITHOUT_THE_QUEUE)
    ratio, longest = measured("processes without the queue", told)
    failed = any(one["failures"] for one in told)
    assert failed or ratio < 0.5 or longest >= 2
