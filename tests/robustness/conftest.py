"""Processes of our own, which end with the test, and scripts that they run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import embargo_monitor

ROOT = Path(embargo_monitor.__file__).parents[1]

WRITER = '''
import sys, time
from datetime import UTC, datetime
import embargo_monitor as em
from embargo_monitor.authoring import author

def report(id):
    """A small report, with an exhibit of its own."""
    text = f"Ten trucks were delivered, {id} told us.".encode()
    form = {
        "report": id,
        "document": {
            "titles": {"en": "Ten trucks"},
            "publisher": "page",
            "exhibits": {"text": {"file": "text"}},
        },
        "sources": {"page": {"kind": "outlet", "names": {"en": "The Page"}}},
        "voices": {"page": ["page"]},
        "events": {"deal": {"kind": "transfer", "title": "Ten trucks"}},
        "claims": [{"voice": "page", "about": "deal", "goods": "vehicle: trucks",
                    "quantity": "10 items", "quote": "Ten trucks were delivered"}],
    }
    return author(form, read=lambda name: text)
'''
"""What every script of a writer begins with."""


@pytest.fixture
def writer():
    """Give the script of a writer, which has `report` to make what it appends."""
    return lambda script: WRITER + script


@pytest.fixture(scope="session")
def report():
    """Make a small report with an exhibit of its own, as the writers do."""
    names = {}
    exec(WRITER, names)  # noqa: S102 (the text above)
    return names["report"]


@pytest.fixture
def start():
    """Start Python on a script or a file; what it prints can be read, line by line."""
    children = []

    def started(script, *arguments):
        how = [script] if isinstance(script, Path) else ["-c", script]
        child = subprocess.Popen(
            [sys.executable, "-W", "error", *how, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        return child

    yield started
    for child in children:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()
