"""The doors that hostile input comes to. Run as a program, in a process of its own.

It prints one JSON object: how many inputs each door took and refused, what went wrong,
the slowest input, and the most memory that the process ever held. `test_hostile.py`
starts it.
"""

import argparse
import itertools
import json
import re
import resource
import runpy
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import embargo_monitor as em
from embargo_monitor import canonical
from embargo_monitor.authoring import Amended, author_file, read_written
from embargo_monitor.authoring.exhibits import Attached
from embargo_monitor.encoding import body_of
from embargo_monitor.errors import (
    AuthoringError,
    ConflictError,
    EncodingError,
    InvalidValueError,
    LogError,
    NewerVersionError,
    ReferringError,
)
from embargo_monitor.model.goods import Category
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.records import Correction
from embargo_monitor.model.reports import Report
from embargo_monitor.model.rules import Rule

# Beside this file, which is a program and no module of a package.
HOSTILE = runpy.run_path(str(Path(__file__).with_name("hostile.py")))
GOLDEN, SEEDS, RECORDED = (HOSTILE[name] for name in ("GOLDEN", "SEEDS", "RECORDED"))
written = HOSTILE["written"]

NOW = datetime.fromisoformat(RECORDED)
LOG_LASTS = 400
"""Inputs after which a new log is begun: a long one would time its own length."""

KINDS = ("report", "correction", "withdrawal", "assessment", "link")
PARSERS = {
    "date": em.ImpreciseDate,
    "amount": em.Amount.parse,
    "identifier": Identifier.parse,
    "rule": Rule.parse,
    "about": em.About.parse,
    "category": Category.parse,
}


class Wrong(Exception):  # noqa: N818 (a finding, no error of the library)
    """What a door did and must not do."""


def require(fact, words):
    if not fact:
        raise Wrong(words)


def told_well(error):
    """Hold a refusal to what is promised of all: where, and nothing raw in its text."""
    text = str(error)
    text.encode()
    raw = re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    require(raw is None, f"{raw and raw[0]!r} stands raw in the message {text[:300]!r}")
    if isinstance(error, AuthoringError | EncodingError):
        faults = getattr(error, "faults", ()) or [text]
        named = isinstance(error, NewerVersionError) or all(
            fault.startswith("$") for fault in faults
        )
        require(named, f"a fault names no path: {text[:300]!r}")
    elif isinstance(error, InvalidValueError):
        require(error.field, "a refused value has no field")
    elif isinstance(error, ConflictError | ReferringError):
        require(error.id in text, "a refused record is not named")


class Doors:
    """Where inputs come in; each door returns whether it took one."""

    def __init__(self, folder):
        self._folder = Path(folder)
        self._logs = 0
        self._log = None
        self._taken = 0
        files = (GOLDEN / "exhibits").iterdir()
        exhibits = [
            Attached(
                file.read_bytes(),
                salt.read_bytes()
                if (salt := file.with_name(f"{file.name}.salt")).is_file()
                else b"",
            )
            for file in files
            if file.suffix != ".salt"
        ]
        self._exhibits = {one.digest: one for one in exhibits}
        for file in SEEDS.glob("*.txt"):
            data = file.read_bytes()
            (self._folder / file.name).write_bytes(data)
            self._exhibits[Attached(data).digest] = Attached(data)

    @property
    def log(self):
        """A log that holds the golden entries and the seed; anew now and then."""
        if self._log is None or self._taken % LOG_LASTS == 0:
            self.close()
            self._logs += 1
            path = self._folder / f"{self._logs}.db"
            self._log = em.EventLog.create(path, clock=lambda: NOW)
            order = (GOLDEN / "leaves.txt").read_text("utf-8").split()[1:-2:2]
            golden = [em.decode((GOLDEN / name).read_bytes()) for name in order]
            self._log.append_all([self._given(one.record) for one in golden])
            self._log.append(em.seed_report())
        self._taken += 1
        return self._log

    def close(self):
        if self._log is not None:
            self._log.verify()
            self._log.close()

    def _given(self, record):
        if isinstance(record, Report):
            return em.Authored(record, self._exhibits, ())
        if isinstance(record, Correction):
            return Amended(record, self._exhibits)
        return record

    def _logged(self, given, record, by):
        """Append it, and hold what the log gives back to what was given."""
        log = self.log
        try:
            receipt = log.append(given, by=by)
        except LogError as error:
            told_well(error)
            return False
        logged = log.entry(receipt.index)
        require(logged.entry.record == record, "the log gives another record back")
        wanted = {
            "v": 1,
            "kind": record.kind,
            "kv": 1,
            "id": record.id,
            "recorded": RECORDED,
            "by": by,
            "body": body_of(record),
        }
        if receipt.new:
            require(logged.data == written(wanted).encode(), "other bytes in the log")
        for exhibit in getattr(getattr(record, "document", None), "exhibits", ()):
            log.exhibit(exhibit.digest)
        return True

    def entry(self, data, must):
        """Bytes of an entry: decoded, encoded again, and its record appended."""
        entry = em.decode(data)
        value = json.loads(data)
        require(written(value).encode() == data, "bytes that are not canonical")
        if entry.record is None:
            newer = value["v"] > 1 or value["kv"] > 1 or value["kind"] == "sighting"
            require(newer or value["kind"] not in KINDS, "a record was not read")
            return True
        envelope = entry.envelope
        again = em.encode(entry.record, recorded=envelope.recorded, by=envelope.by)
        require(again == data, "an entry is written again in other bytes")
        taken = self._logged(self._given(entry.record), entry.record, envelope.by)
        require(not (taken and must == "log"), "the log took it")
        return taken

    def form(self, data, _):
        """An authoring file, from the disk or as `add` reads it; then appended."""
        if len(data) % 2:
            path = self._folder / "form.json"
            path.write_bytes(data)
            made = [author_file(path)]
        else:
            made = list(read_written(data, name="form.json", folder=self._folder))
        return self._all(made)

    def lines(self, data, _):
        """JSON Lines of records and forms, as `add` reads them; then appended."""
        return self._all(read_written(data, name="some.jsonl", folder=self._folder))

    def _all(self, made):
        taken = []
        for one in list(made):
            record = one.report if isinstance(one, em.Authored) else one
            given = one if isinstance(one, em.Authored) else self._given(one)
            taken.append(self._logged(given, record, "desk"))
        return all(taken)

    def text(self, data, _):
        """A date, an amount, an identifier, a rule, about, a category, as text."""
        name, text = data
        value = PARSERS[name](text)
        if name == "amount":
            require(em.Amount.parse(str(value)) == value, "another amount")
        else:
            require(str(value) == text, "another text")
        return True


# The run.


def no_check(*_):
    return None


GUARDS = {
    "depth": lambda: setattr(canonical, "_check_depth", no_check),
    "twice": lambda: setattr(canonical, "_members", dict),
    "surrogates": lambda: setattr(canonical, "_text_fault", lambda _: ""),
    "size": lambda: setattr(canonical, "_check_size", no_check),
}
"""What a control takes away."""


def shown(data):
    text = repr(data)
    return text if len(text) < 600 else f"{text[:300]} ... {text[-200:]}"


def run(made):
    """Bring all inputs to their doors, and tell what came of them."""
    came, wrong, refusals = Counter(), [], Counter()
    slowest, total = (0.0, "", 0), 0
    with tempfile.TemporaryDirectory() as folder:
        doors = Doors(folder)
        for door, data, must, how in made:
            total += 1
            start = time.process_time()
            try:
                took = getattr(doors, door)(data, must)
                came[f"{door} {'taken' if took else 'refused by the log'}"] += 1
                if must == "refused":
                    wrong.append(f"taken: {door} {how} {shown(data)}")
            except em.EmbargoMonitorError as error:
                came[f"{door} refused"] += 1
                refusals[type(error).__name__] += 1
                try:
                    told_well(error)
                except Exception as fault:  # noqa: BLE001 (any is a finding)
                    wrong.append(f"{fault!r}: {door} {how} {shown(data)}")
            except Exception as error:  # noqa: BLE001 (any is a finding)
                wrong.append(f"{error!r:.400}: {door} {how} {shown(data)}")
            took_seconds = time.process_time() - start
            if took_seconds > slowest[0]:
                slowest = (took_seconds, f"{door}: {', '.join(how)}", len(data))
        doors.close()
    return {
        "inputs": total,
        "came": dict(came),
        "refusals": dict(refusals),
        "wrong": wrong,
        "seconds": slowest[0],
        "slowest": slowest[1:],
        "megabytes": _peak() / 1e6,
    }


def _peak():
    """Return the most bytes of memory that this process has had."""
    if sys.platform == "linux":
        # Its maxrss may be that of the parent, before the program was replaced.
        status = Path("/proc/self/status").read_text("ascii")
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--drawn", type=int, default=0, help="how many of the small")
    asked.add_argument("--large", type=int, default=0, help="how many of the large")
    asked.add_argument(
        "--entangled", type=int, nargs="*", default=[], help="how many parts they have"
    )
    asked.add_argument("--without", choices=sorted(GUARDS))
    given = asked.parse_args()
    if given.without:
        GUARDS[given.without]()
    made = itertools.chain(
        itertools.islice(HOSTILE["large"](), given.large),
        *map(HOSTILE["entangled"], given.entangled),
        HOSTILE["stretched"]() if given.entangled else (),
        HOSTILE["drawn"](given.seed, given.drawn),
    )
    json.dump(run(made), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
