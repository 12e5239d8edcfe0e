"""The benchmark still runs, on a tiny sample; its figures: docs/performance.md."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("proofs.py")
PEER = os.environ.get("EMBARGO_MONITOR_PEER", "")
"""An interpreter that has pymerkle."""


@pytest.mark.parametrize("peer", ["", PEER], ids=["alone", "beside pymerkle"])
def test_the_benchmark_gives_its_ratios(full, peer, request):
    if not full:
        pytest.skip("figures are measured with --full only")
    if not peer and "beside" in request.node.name:
        pytest.skip("no interpreter with pymerkle: name it by EMBARGO_MONITOR_PEER")
    asked = [sys.executable, SCRIPT, "--entries=3000", "--records=3", "--proofs=20"]
    asked += [f"--peer={peer}"] if peer else []
    ran = subprocess.run(asked, capture_output=True, text=True, check=True)
    found = [line.split("  ")[0] for line in ran.stdout.splitlines()]
    wanted = {"ratio of verify to one piece", "ratio of EventLog.verify to that"}
    if peer:
        wanted |= {"ratio of first proofs", "ratio of checks"}
    assert wanted <= set(found)
