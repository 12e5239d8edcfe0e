"""How fast proofs are made and checked, and logs verified: ratios, in one run.

    python tests/benchmarks/proofs.py --peer PYTHON

PYTHON is an interpreter that has pymerkle (the extra `bench`); without it only what
needs no peer is measured. What is compared runs in turns, round by round, and medians
are taken: the machine may be busy, and the ratios still mean something.
"""

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve

from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.audit import verify
from embargo_monitor.log.proofs import check_inclusion, prove_inclusion
from embargo_monitor.log.storage import Storage
from embargo_monitor.seeds import seed_report

PEER = Path(__file__).with_name("peer.py")
BLOCK = 10_000


def body(number, size):
    """An entry: of that many bytes, and no two alike."""
    return (b"%d " % number * size)[:size]


def fill(path, count, size):
    """Make a log of entries that are bytes alone; return how long it took."""
    started = time.perf_counter()
    with Storage.create(path, "example.org/log", "2026-01-01T00:00:00Z") as storage:
        for first in range(0, count, BLOCK):
            with storage.writing() as writer:
                for number in range(first, min(first + BLOCK, count)):
                    writer.append(f"k{number}", body(number, size))
    return time.perf_counter() - started


def timed(do):
    """Return how many seconds it takes."""
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def hashing(blocks):
    """Hash the same bytes by hashlib, which is C: in one piece, and as a tree.

    The first is the least that hashing can cost. The second makes a call for each leaf
    and each node, as a tree needs them, and does nothing else.
    """
    piece = tree = 0.0
    for bodies in blocks:
        whole = b"".join(bodies)
        piece += timed(lambda whole=whole: hashlib.sha256(whole).digest())
        tree += timed(lambda bodies=bodies: bare_root(bodies))
    return piece, tree


def bare_root(bodies, sha256=hashlib.sha256):
    row = [sha256(b"\0" + one).digest() for one in bodies]
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [sha256(b"\1" + left + right).digest() for left, right in pairs]
    return row[0]


def blocks_of(count, size):
    for first in range(0, count, BLOCK):
        numbers = range(first, min(first + BLOCK, count))
        yield [body(number, size) for number in numbers]


class Peer:
    """The other program, asked line by line."""

    def __init__(self, process):
        self._process = process

    def ask(self, *what):
        print(json.dumps(what), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())


@contextmanager
def peer(interpreter, path):
    with subprocess.Popen(
        [interpreter, PEER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Peer(process)
        process.stdin.close()


def first_proof(path, index):
    """Open a log and prove one entry, from nothing: seconds for both, and for that."""
    started = time.perf_counter()
    with Storage.open(path) as storage, storage.reading() as reader:
        opened = time.perf_counter()
        prove_inclusion(index, reader.size, reader.hashes)
        ended = time.perf_counter()
    return ended - started, ended - opened


def measure_proofs(path, given):
    """Measure proofs beside those of the peer, in turns."""
    chance = random.Random(4)
    count = given.entries
    indices = [chance.randrange(count) for _ in range(given.proofs)]
    with Storage.open(path) as storage, storage.reading() as reader:
        root = reader.frontier.root()
        leaves = [reader.hashes(0, index, 1)[0] for index in indices]
        proofs = [prove_inclusion(index, count, reader.hashes) for index in indices]

    def check():
        for leaf, index, proof in zip(leaves, indices, proofs, strict=True):
            check_inclusion(leaf, index, count, proof, root)

    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        at = f"{folder}/peer.db"
        with peer(given.peer, at) as other:
            other.ask("append", count, given.bytes)
            if other.ask("root") != root.hex():
                raise AssertionError("the two trees differ")
        with peer(given.peer, at) as other:
            other.ask("proofs", indices)
            for turn in range(given.rounds):
                with peer(given.peer, at) as fresh:
                    theirs = fresh.ask("first", indices[turn])
                ours = first_proof(path, indices[turn])
                rounds.append((*ours, theirs, timed(check), other.ask("check")))
    both, proof, first, checked, theirs = map(
        statistics.median, zip(*rounds, strict=True)
    )
    return {
        "opening and first proof": (both, "s"),
        "first proof": (proof, "s"),
        "pymerkle, first proof": (first, "s"),
        "ratio of first proofs": (proof / first, ""),
        "ratio, with our opening": (both / first, ""),
        "check": (checked / given.proofs, "s each"),
        "pymerkle, check": (theirs / given.proofs, "s each"),
        "ratio of checks": (checked / theirs, ""),
    }


def measure_verify(path, given):
    """Measure the audit of bytes and tree beside hashing the same bytes."""
    rounds = []
    for _ in range(given.verify_rounds):
        blocks = blocks_of(given.entries, given.bytes)
        piece, tree = hashing(blocks)
        with Storage.open(path) as storage:
            rounds.append((piece, tree, timed(lambda s=storage: _verify(s))))
    piece, tree, found = map(statistics.median, zip(*rounds, strict=True))
    return {
        "hashing the bytes in one piece": (piece, "s"),
        "hashing leaves and nodes by hashlib": (tree, "s"),
        "log.audit.verify": (found, "s"),
        "ratio of verify to one piece": (found / piece, ""),
        "ratio of verify to leaves and nodes": (found / tree, ""),
    }


def _verify(storage):
    _, problems = verify(storage)
    if problems:
        raise AssertionError(problems)


def measure_records(folder, given):
    """Measure the verification of records, each of which is read again as one."""
    report = seed_report()
    with EventLog.create(folder / "records.db") as log:
        log.append(report)
        more = (
            evolve(report.report, id=f"r-{number}") for number in range(given.records)
        )
        log.append_all(more)
        with log.signing.storage.reading() as reader:
            bodies = [stored.body for stored in reader.entries()]
        rounds = []
        for _ in range(given.verify_rounds):
            piece, _ = hashing([bodies])
            rounds.append((piece, timed(log.verify)))
    piece, found = map(statistics.median, zip(*rounds, strict=True))
    return {
        "records": (len(bodies), f"of {len(bodies[0]):,} bytes"),
        "hashing their bytes in one piece": (piece, "s"),
        "EventLog.verify": (found, "s"),
        "ratio of EventLog.verify to that": (found / piece, ""),
    }


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="an interpreter that has pymerkle")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--bytes", type=int, default=64, help="of an entry")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--verify-rounds", type=int, default=3)
    parser.add_argument("--proofs", type=int, default=1_000, help="checked in a round")
    parser.add_argument("--records", type=int, default=1_000)
    return parser


def measure(given):
    """Measure all, in a folder that is gone afterwards."""
    found = {"entries": (given.entries, f"of {given.bytes:,} bytes")}
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as own:
        # What is drawn and seen here is forgotten with the folder.
        os.environ |= {f"EMBARGO_MONITOR_{one}": own for one in ("CONFIG", "STATE")}
        folder = Path(name)
        found["filling"] = (fill(folder / "log.db", given.entries, given.bytes), "s")
        if given.peer:
            found |= measure_proofs(folder / "log.db", given)
        found |= measure_verify(folder / "log.db", given)
        if given.records:
            found |= measure_records(folder, given)
    return found


if __name__ == "__main__":
    for what, (figure, unit) in measure(arguments().parse_args()).items():
        print(f"{what:40} {figure:>12.6g} {unit}", flush=True)
