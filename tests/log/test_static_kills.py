"""An export that is killed at any instant leaves a whole log, and can go on."""

import random
import signal

import pytest

from embargo_monitor.errors import VerificationError
from embargo_monitor.log.checkpoints import (
    Policy,
    TreeHead,
    open_checkpoint,
    sign_checkpoint,
)
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.merkle import root_at
from embargo_monitor.log.signers import ED25519, SigningKey
from embargo_monitor.log.static import CHECKPOINT, Export
from embargo_monitor.log.static_audit import audit_folder, open_published
from embargo_monitor.log.storage import Storage

ORIGIN, CREATED = "example.org/arms-log", "2025-12-22T10:00:00Z"
KEY = SigningKey.draw(ORIGIN, ED25519)
POLICY = Policy(KEY.verifier)
SIZE = 1_300

KILLED_ON_THE_WAY = """
import math, os, shutil, signal, sys
from embargo_monitor.log.checkpoints import Policy, open_checkpoint
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.log.static import Export
from embargo_monitor.log.storage import Storage

path, folder, note, key, fraction = sys.argv[1:]
with open(note, "rb") as file:
    signed = open_checkpoint(file.read(), Policy(VerifierKey.parse(key)))
steps, last, there = 0, math.inf, folder + "-counted"

def step(event, arguments):
    # Python tells of it before it opens, makes, moves or removes a file.
    global steps
    if event.split(".")[0] in ("open", "os") and there in repr(arguments):
        steps += 1
        if steps > last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(step)
shutil.rmtree(there, ignore_errors=True)
if os.path.isdir(folder):
    shutil.copytree(folder, there)
with Storage.open(path) as storage, storage.reading() as reader:
    for target in (there, folder):
        steps, there = 0, target
        with Folder(target).writing() as writer:
            export = Export.begin(reader, signed, writer)
            EXPORT
        last = int(steps * float(fraction))
"""

AS_IT_IS = "export.write(lambda done, size: None)"
CHECKPOINT_FIRST = (
    'writer.replace("checkpoint", signed.note); export.write(lambda done, size: None)'
)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "monitor.db"
    with Storage.create(path, ORIGIN, CREATED) as storage:
        with storage.writing() as writer:
            for number in range(SIZE):
                writer.append(f"k{number}", b"entry %d " % number * (number % 50))
        yield storage


def signed(log, size):
    with log.reading() as reader:
        head = TreeHead(ORIGIN, size, root=root_at(size, reader.hashes))
    return open_checkpoint(sign_checkpoint(head, KEY), POLICY)


def export(log, folder, size):
    checkpoint = signed(log, size)
    with log.reading() as reader, Folder(folder).writing() as writer:
        Export.begin(reader, checkpoint, writer).write(lambda _done, _size: None)


def audited(folder):
    """What lies there: the size that its checkpoint says, and all that is wrong."""
    opened = Folder(folder)
    if not opened.holds(CHECKPOINT):
        return None, ()
    try:
        head = open_published(opened, POLICY).head
    except VerificationError as error:
        return None, error.problems
    return head.size, audit_folder(opened, head)


@pytest.fixture
def kill(log, start):
    """Export in a process that is killed when so much of its way is done."""

    def killed(folder, size, fraction, how=AS_IT_IS):
        note = folder.with_name(f"{folder.name}-note")
        note.write_bytes(signed(log, size).note)
        script = KILLED_ON_THE_WAY.replace("EXPORT", how)
        child = start(script, log.path, folder, note, KEY.verifier, fraction)
        assert child.wait() == -signal.SIGKILL

    return killed


def test_a_killed_export_leaves_a_whole_log_and_the_next_run_completes_it(
    log, tmp_path, kill, request
):
    full = request.config.getoption("--full", default=False)
    chance, found = random.Random(20251222), []
    for turn in range(100 if full else 10):
        folder = tmp_path / f"out-{turn}"
        before, after = sorted(chance.sample(range(SIZE + 1), 2))
        if turn % 3:
            export(log, folder, before)
        else:
            before = None
        for _ in range(1 + turn % 2):
            kill(folder, after, chance.random())
            size, problems = audited(folder)
            assert problems == (), (turn, before, after)
            assert size in (before, after)
            found.append(size == before)
        export(log, folder, after)
        assert audited(folder) == (after, ())
        left = {path.name for path in folder.iterdir()}
        assert left <= {".lock", CHECKPOINT, "tile"}
    assert any(found)


def test_an_export_that_writes_the_checkpoint_first_fails_that(log, tmp_path, kill):
    """The control: such kills do find an export that is wrong."""
    found = 0
    for turn, fraction in enumerate((0.2, 0.4, 0.6)):
        folder = tmp_path / f"out-{turn}"
        export(log, folder, 300)
        kill(folder, SIZE, fraction, CHECKPOINT_FIRST)
        _, problems = audited(folder)
        found += problems != ()
    assert found == 3
