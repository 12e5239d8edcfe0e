"""The pages' transcripts are what the commands print today, line for line."""

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import define

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(page.name for page in DOCS.glob("*.md"))
ASKING = {"correct", "withdraw", "assess", "link"}
RUN = {
    "check",
    "show",
    "event",
    "events",
    "claims",
    "sql",
    "log",
    "gazetteer",
    "dates",
    "regimes",
    "cite",
    "diff",
    "relevance",
    "timeline",
}
RUN |= {"init", "add", "verify", *ASKING}

# What is drawn, timed or hashed over it differs from log to log.
_MOVING = re.compile(r"[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:]{8}Z|[a-z.-]+/[a-z2-7]{16}")


def _row(form, id):
    return next(row for row in form["claims"] if row["id"] == id)


def _renamed(row):
    row["suplier"] = row.pop("supplier")


def _first(form):
    """Leave what step 1 of "How to log" begins with."""
    for name in ("graded", "actors", "places", "events"):
        form.pop(name)
    form["document"].pop("note")
    form["sources"] = {"courier": form["sources"]["courier"]}
    form["sources"]["courier"].pop("reliability")
    form["voices"] = {"courier": ["courier"]}
    form["claims"] = []


# The forms that the pages tell of, each by its one change to the whole one.
CHANGED = {
    "first": _first,
    "changed": lambda f: f["document"].update(note="another note"),
    "mended": lambda f: _row(f, "handed-over")["when"].update(
        rule="previous-week-mon@1"
    ),
    "ambiguous": lambda f: _row(f, "handed-over").update(quote="patrol boats"),
    "missing": lambda f: _row(f, "deal").update(
        quote="Ruritania has agreed to buy seven patrol boats"
    ),
    "person": lambda f: f["actors"].update(
        mate={"kind": "person", "names": {"en": "A. Mate"}}
    ),
    "stage": lambda f: _row(f, "deal").update(stage="ordered"),
    "field": lambda f: _renamed(_row(f, "deal")),
    "voice": lambda f: f["voices"].update(pilot=["courier", "pilot"]),
    "number": lambda f: _row(f, "price").update(value=40.5),
    "when": lambda f: _row(f, "handed-over").update(when={"wording": "last week"}),
    "amount": lambda f: _row(f, "price").update(value="up to 40 million USD"),
    "printed": lambda f: _row(f, "handed-over")["when"].update(
        rule="early@1", anchor={"printed": "2019"}
    ),
    "country": lambda f: f["actors"]["ruritania"].update(country="RU1"),
}


@define
class Ran:
    """A command as a page shows it, and what it printed."""

    page: str
    command: str
    shown: list[str]
    output: list[str]


EMPTY = {"tutorial.md"}
"""The pages that begin in a folder without a log."""


def _scene(folder, page=""):
    """Lay out the example, its changed forms, and a log that holds it."""
    shutil.copytree(DOCS / "example", folder)
    (folder / "tests").symlink_to(DOCS.parent / "tests")
    if page in EMPTY:
        return
    whole = (folder / "courier.report.json").read_text("utf-8")
    for name, change in CHANGED.items():
        form = json.loads(whole)
        change(form)
        (folder / f"{name}.report.json").write_text(json.dumps(form), "utf-8")
    _run(folder, "embargo-monitor init")
    _run(folder, "embargo-monitor add courier.report.json --yes --by desk")


def _run(folder, command):
    """Run a command; one that asks is told yes, at a terminal of 88 columns."""
    words = [sys.executable, "-m", "embargo_monitor"]
    for word in shlex.split(command)[1:]:
        # As a shell would, of all that it does for a reader.
        found = sorted(folder.glob(word)) if "*" in word else []
        words += [str(one.relative_to(folder)) for one in found] or [word]
    if words[3] in ASKING and "--yes" not in words:
        return _answered(folder, words)
    ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr


def _answered(folder, words):
    """Run a command at a terminal, as it asks for one, and answer with yes."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "COLUMNS": "88", "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        words, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=env
    ):
        os.close(theirs)
        said = bytearray()
        asked = False
        while part := _read(ours):
            said += part
            if not asked and said.endswith(b"[y/N]: "):
                asked = True
                os.write(ours, b"y\n")
    os.close(ours)
    return said.decode().replace("\r\n", "\n")


def _read(terminal):
    """Read on; at the end Linux raises, and others give nothing."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def _spoil(folder):
    """Change a byte of the example's exhibit beside the log."""
    for exhibit in (folder / "monitor.db-exhibits").iterdir():
        data = exhibit.read_bytes()
        if b"Ruritania" in data:
            exhibit.chmod(0o600)
            exhibit.write_bytes(data.replace(b"Ruritania", b"Lurinatia", 1))


def transcripts(page):
    """Give the commands of a page, with what it shows that each prints."""
    text = (DOCS / page).read_text("utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"(?m)^\$ ", block)[1:]:
            command, *shown = part.splitlines()
            if command.startswith("embargo-monitor "):
                yield command, shown


@pytest.fixture(scope="module", params=PAGES)
def ran(request, tmp_path_factory):
    """All that a page shows, run in its order in a folder of its own."""
    shown_there = list(transcripts(request.param))
    if not shown_there:
        pytest.skip("no transcripts")
    folder = tmp_path_factory.mktemp("scene") / "example"
    _scene(folder, request.param)
    told = []
    for command, shown in shown_there:
        words = command.split()
        files = [word for word in words if word.endswith(".json")]
        if words[1] not in RUN or not all([*folder.glob(one)] for one in files):
            continue
        if "NOT VERIFIED" in shown:
            _spoil(folder)
        output = _run(folder, command).splitlines()
        told.append(Ran(request.param, command, shown, output))
    return told


def still(line):
    """A line without what moves."""
    return _MOVING.sub("*", line.rstrip())


def test_every_line_of_a_transcript_is_printed_in_its_order(ran):
    for one in ran:
        left = iter([still(line) for line in one.output])
        for line in one.shown:
            if line and line != "...":
                wanted = still(line)
                printed = any(wanted == other for other in left)
                assert printed, f"{one.page}: $ {one.command}: {line}"


def test_what_is_left_out_of_a_transcript_is_marked(ran):
    for one in ran:
        left = [still(line) for line in one.output if line]
        shown = [still(line) for line in one.shown if line]
        if shown and "..." not in shown:
            assert shown == left, f"{one.page}: $ {one.command}"


@pytest.mark.parametrize(
    ("page", "least"), [("how-to-log.md", 120), ("reading-the-output.md", 180)]
)
def test_the_pages_for_people_show_what_was_run(page, least):
    shown = [line for _, lines in transcripts(page) for line in lines]
    assert len(shown) >= least
