"""Writers killed at any moment: what was acknowledged stays, and the log goes on."""

import random
import signal
import time

import pytest

import embargo_monitor as em

APPEND_FOR_EVER = """
from itertools import count
path, name, bulk = sys.argv[1], sys.argv[2], int(sys.argv[3])
with em.EventLog.open(path) as log:
    print(flush=True)
    for turn in count():
        ids = [f"{name}-{turn}-{nth}" for nth in range(bulk)]
        given = [report(id) for id in ids]
        if bulk == 1:
            receipts = [log.append(given[0], by=name)]
        else:
            receipts = log.append_all(given, by=name)
        told = [f"{one.index} {id}" for one, id in zip(receipts, ids)]
        print(*told, sep=";", flush=True)
"""

ACKNOWLEDGE_TOO_EARLY = """
path, name, bulk = sys.argv[1:]
with em.EventLog.open(path) as log:
    print(log.size, f"{name}-early", flush=True)
    sys.stdin.readline()
"""

KEEP_THE_EXHIBIT_TOO_LATE = """
from embargo_monitor.appending import Appending

path, name, bulk = sys.argv[1:]
Appending._keep_exhibits = lambda *_: None
with em.EventLog.open(path) as log:
    receipt = log.append(report(f"{name}-late"), by=name)
    print(receipt.index, f"{name}-late", flush=True)
    sys.stdin.readline()
"""

COMMIT_IN_BETWEEN = """
from embargo_monitor.log.entries import Writer
path, name, bulk = sys.argv[1:]

def append(writer, key, body, really=Writer.append):
    stored = really(writer, key, body)
    writer._connection.exec_driver_sql("COMMIT")
    print(flush=True)
    sys.stdin.readline()

Writer.append = append
with em.EventLog.open(path) as log:
    log.append(report(f"{name}-torn"), by=name)
"""


@pytest.fixture
def path(tmp_path):
    em.EventLog.create(tmp_path / "monitor.db").close()
    return tmp_path / "monitor.db"


@pytest.fixture
def begun(path, start, writer):
    """Start a writer that has yet to be told to go on."""

    def one(script, name, bulk=1):
        return start(writer(f"sys.stdin.readline()\n{script}"), path, name, bulk)

    return one


def killed(child, *, lines=1, wait=0.0):
    """Let a writer go on, kill it some time after it printed *lines* lines.

    Returns what it had acknowledged until then.
    """
    child.stdin.write("go\n")
    child.stdin.flush()
    told = [child.stdout.readline() for _ in range(lines)]
    end = time.perf_counter() + wait
    while time.perf_counter() < end:
        pass  # awake: a sleep would end with the system's own tick
    child.kill()
    told += child.communicate()[0].splitlines()
    assert child.returncode == -signal.SIGKILL
    return [one.strip() for line in told for one in line.split(";") if one.strip()]


def require_kept(path, acknowledged, following):
    """The log opens, verifies, holds all of it, and takes the next; return its size."""
    with em.EventLog.open(path) as log:
        verified = log.verify()
        held = {f"{one.index} {one.entry.envelope.id}" for one in log.entries()}
        assert set(acknowledged) <= held
        assert len(held) == verified.exhibits == verified.size
        receipt = log.append(following, by="after")
        assert (receipt.index, receipt.new) == (verified.size, True)
    return verified.size + 1


def test_no_kill_loses_what_was_acknowledged(path, begun, report, full):
    """Single appends and bulk ones by turns; each kill at a moment of its own."""
    chance, kills = random.Random(5), 200 if full else 20
    acknowledged, cut_off = [], 0
    child = begun(APPEND_FOR_EVER, "w0")
    for number in range(kills):
        lines, wait = chance.randrange(1, 5), chance.random() * 0.05
        acknowledged += killed(child, lines=lines, wait=wait)
        # It takes its time to start, and opens nothing before it is told to go on.
        child = begun(APPEND_FOR_EVER, f"w{number + 1}", 1 if number % 2 else 10)
        following = f"after-{number}"
        size = require_kept(path, acknowledged, report(following))
        acknowledged.append(f"{size - 1} {following}")
        cut_off = size - len(acknowledged)
    folders = len(list(path.parent.glob(f"{path.name}-exhibits/.new-*")))
    print(
        f"{kills} kills: {size} entries, {len(acknowledged)} acknowledged,"
        f" {cut_off} durable and not yet acknowledged, {folders} exhibits half kept"
    )
    assert len(acknowledged) > 2 * kills


@pytest.mark.parametrize(
    "script",
    [ACKNOWLEDGE_TOO_EARLY, KEEP_THE_EXHIBIT_TOO_LATE, COMMIT_IN_BETWEEN],
    ids=["acknowledged too early", "exhibit kept too late", "two transactions"],
)
def test_with_a_guard_taken_away_one_kill_is_enough(path, begun, report, script):
    """The controls: a receipt, an exhibit, the head, each at the wrong moment."""
    acknowledged = killed(begun(script, "w"))
    with pytest.raises((AssertionError, em.EmbargoMonitorError)):
        require_kept(path, acknowledged, report("after"))
