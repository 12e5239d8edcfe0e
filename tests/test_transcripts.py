"""The pages' transcripts are what the commands print today, line for line."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
READING = {"check", "show", "event", "events", "log", "gazetteer"}

# What is drawn, timed or hashed over it differs from log to log.
_MOVING = re.compile(r"[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:]{8}Z|[a-z.-]+/[a-z2-7]{16}")


def _row(form, id):
    return next(row for row in form["claims"] if row["id"] == id)


def _renamed(row):
    row["suplier"] = row.pop("supplier")


# The broken forms that "What refusals look like" tells of, each by its one change.
BROKEN = {
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
}


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A folder with the example, its broken forms, and a log that holds it."""
    folder = tmp_path_factory.mktemp("scene") / "example"
    shutil.copytree(DOCS / "example", folder)
    whole = (folder / "courier.report.json").read_text("utf-8")
    for name, change in BROKEN.items():
        form = json.loads(whole)
        change(form)
        (folder / f"{name}.report.json").write_text(json.dumps(form), "utf-8")
    _run(folder, "embargo-monitor init")
    _run(folder, "embargo-monitor add courier.report.json --yes --by desk")
    return folder


def _run(folder, command):
    ran = subprocess.run(
        [sys.executable, "-m", "embargo_monitor", *shlex.split(command)[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


def _transcripts():
    for page in sorted(DOCS.glob("*.md")):
        for block in re.findall(
            r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL
        ):
            for part in re.split(r"(?m)^\$ ", block)[1:]:
                command, *shown = part.splitlines()
                if command.startswith("embargo-monitor ") and shown:
                    yield page.name, command, shown


def _can_be_run(command, scene):
    words = command.split()
    return words[1] in READING and all(
        (scene / word).exists() for word in words if word.endswith(".json")
    )


def test_every_line_of_a_transcript_is_printed(scene):
    compared = 0
    for page, command, shown in _transcripts():
        if not _can_be_run(command, scene):
            continue
        output = _run(scene, command).splitlines()
        printed = {_MOVING.sub("*", line.rstrip()) for line in output}
        lines = [_MOVING.sub("*", line) for line in shown if line and line != "..."]
        missing = [line for line in lines if line not in printed]
        assert not missing, f"{page}: $ {command}: {missing}"
        compared += len(lines)
    assert compared > 100
