"""What grows with a log: the benchmark runs, and a small log catches a catastrophe."""

import subprocess
import sys
from pathlib import Path

import embargo_monitor as em
from embargo_monitor.query.filters import Filters
from tests.benchmarks.growth import drawn, fill, real, timed

SCRIPT = Path(__file__).with_name("growth.py")


def test_a_question_and_a_page_do_not_take_the_time_of_all_entries(tmp_path):
    kinds = [*drawn(10), *real()]
    fill(tmp_path / "monitor.db", 400, kinds)
    with em.EventLog.open(tmp_path / "monitor.db") as log:
        log.tables()
        view = log.view()
        filters = Filters(stage_at_least="agreed")
        found = [one.id for one in view.each_event(filters)]
        asking = min(timed(lambda: [*view.each_event(filters)])[0] for _ in range(3))
        page = min(timed(lambda: view.cluster(found[0]).origins)[0] for _ in range(3))
        reading, entries = timed(lambda: [*log.entries()])
    assert len(entries) == 400
    assert asking < reading / 2
    assert page < reading / 2


def test_the_benchmark_gives_its_figures():
    asked = [sys.executable, SCRIPT, "--reports", "60", "--kinds", "5"]
    ran = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert ran.stdout.count(", ratio ") == 4
    assert "memory at its peak" in ran.stdout
