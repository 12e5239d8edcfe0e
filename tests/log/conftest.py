"""Processes of our own, which end with the test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import embargo_monitor.log


@pytest.fixture
def start():
    """Start Python scripts that can import the library, whatever starts the tests."""
    root = Path(embargo_monitor.log.__file__).parents[2]
    children = []

    def started(script, *arguments):
        child = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(root)},
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        return child

    yield started
    for child in children:
        child.kill()
        child.wait()
        child.stdout.close()
