"""The ten cases, each in a log of its own, and all that can be read out of it."""

import contextlib
import io
import json
import re
import sys
from functools import cached_property
from pathlib import Path

import pytest
from attrs import define

import embargo_monitor as em
from embargo_monitor.authoring import read_written
from embargo_monitor.cli import main

CASES = Path(__file__).parents[1] / "data" / "cases"


def run(*args):
    """Run a command as a shell would, and return what it printed."""
    out, before = io.StringIO(), (sys.argv, sys.stdout)
    sys.argv, sys.stdout = ["embargo-monitor", *map(str, args)], out
    try:
        with contextlib.suppress(SystemExit):
            main()
    finally:
        sys.argv, sys.stdout = before
    # The digits of a hash are drawn by chance, and say nothing.
    return re.sub(r"\b[0-9a-f]{64}\b", "HASH", out.getvalue())


@define(slots=False)
class Case:
    """A case: its log, and what the library and the commands say of it."""

    path: str

    @cached_property
    def reports(self):
        """The case's reports as the log gives them back, by id."""
        with em.EventLog.open(self.path) as log:
            return {report.id: report for report in log.reports()}

    @cached_property
    def records(self):
        """All of its records, in the order of the log."""
        with em.EventLog.open(self.path) as log:
            return [logged.entry.record for logged in log.entries()]

    def told(self, event="", report=""):
        """The claims of all reports; those about one event id or of one report."""
        return tuple(
            told
            for one in self.reports.values()
            if report in ("", one.id)
            for told in em.told_in(one)
            if event in ("", told.claim.about.id)
        )

    @cached_property
    def json(self):
        """Every JSON value that `show`, `events` and `event` print."""
        texts = [run("show", at, "--json", "--log", self.path) for at in self._all]
        texts += [run("events", "--json", "--log", self.path)]
        texts += [
            run("event", id_, "--json", "--log", self.path) for id_ in self._events
        ]
        return [json.loads(line) for text in texts for line in text.splitlines()]

    @cached_property
    def text(self):
        """All that `log`, `show`, `events` and `event` print for people."""
        texts = [run("show", at, "--log", self.path) for at in self._all]
        texts += [run("log", "--log", self.path), run("events", "--log", self.path)]
        texts += [run("event", id_, "--log", self.path) for id_ in self._events]
        return "\n".join(texts)

    @property
    def _all(self):
        return range(len(self.records))

    @property
    def _events(self):
        return [f"{r.id}#{e.id}" for r in self.reports.values() for e in r.events]

    def objects(self, **fields):
        """Every JSON object printed anywhere with these fields and values."""
        return [
            one
            for one in _objects(self.json)
            if all(one.get(name) == value for name, value in fields.items())
        ]


def _objects(value):
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _objects(one)
    elif isinstance(value, list):
        for one in value:
            yield from _objects(one)


def _files(name):
    """The case's files in the order of the log: reports, then the rest."""
    folder = CASES / name
    return [*sorted(folder.glob("*.report.json")), *sorted(folder.glob("*.jsonl"))]


def _logged(path, written):
    """A log at *path* of these written things: (name, value or bytes) each."""
    with em.EventLog.create(path) as log:
        for name, data in written:
            log.append_all(list(read_written(data, name=name, folder=CASES)), by="test")
    return Case(str(path))


@pytest.fixture(scope="session")
def case(tmp_path_factory):
    """Give a case by name, logged once for all tests: `case("c01")`."""
    made = {}

    def give(name):
        if name not in made:
            path = tmp_path_factory.mktemp(name) / "monitor.db"
            made[name] = _logged(path, [(f.name, f.read_bytes()) for f in _files(name)])
        return made[name]

    return give


@pytest.fixture
def spoilt(tmp_path):
    """Give a case with one file changed, for the controls.

    `spoilt("c01", "a.report.json", change)`: *change* is called with the file's JSON
    value and alters it in place; the case is then logged as any other. What *change*
    returns, if it does, is logged as one more file.
    """

    def give(name, file, change):
        written = []
        for one in _files(name):
            data = one.read_bytes()
            if one.name == file:
                value = json.loads(data)
                more = change(value)
                data = json.dumps(value, ensure_ascii=False).encode()
                if more:
                    written.append((one.name, data))
                    data = json.dumps(more, ensure_ascii=False).encode()
            written.append((one.name, data))
        return _logged(tmp_path / f"{len(list(tmp_path.iterdir()))}.db", written)

    return give
