"""How questions, appending and the index grow with a log; beside SQL written by hand.

    python tests/benchmarks/growth.py --reports 1000 10000 100000

Reports are drawn from the strategies of `embargo_monitor.testing` with a fixed seed and
mixed with those of the article and the ten cases; each is logged many times under other
ids. So many match each question that what is measured is finding, not missing.

Each question is asked of the library, which streams all matches, and in turns by a
statement on the same index. The statement gives the same ids; a run in which it does
not is no run. Medians are of several rounds, for the machine may be busy.
"""

import argparse
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, seed, settings

import embargo_monitor as em
from embargo_monitor import testing
from embargo_monitor.authoring import read_written, taken_apart
from embargo_monitor.encoding import encode, key_of
from embargo_monitor.log.storage import Storage
from embargo_monitor.query.filters import Filters
from embargo_monitor.query.index import index_path

CASES = Path(__file__).parents[1] / "data" / "cases"
START = datetime(2026, 1, 1, tzinfo=UTC)
ROUNDS = 5

STOOD = "{0}.entry < :at AND ({0}.superseded_at IS NULL OR {0}.superseded_at >= :at)"
C, E, R = (STOOD.format(row) for row in "cer")
REACHED = (
    "('agreed', 'signed', 'licensed', 'paid', 'in production', 'shipped', 'in transit',"
    " 'delivered')"
)
QUESTIONS = {
    "events that got at least as far as agreed": (
        "each_event",
        {"stage_at_least": "agreed"},
        (
            "WITH best AS (SELECT c.event, max(CASE"
            f" WHEN c.stage IN {REACHED} THEN 1 + (c.hedge = 'none')"
            " WHEN c.stage IN ('in use', 'found') THEN 1 ELSE 0 END) AS answer"
            " FROM claims AS c WHERE c.kind = 'stage_is'"
            f" AND c.stance IN ('asserts', 'confirms') AND {C} GROUP BY c.event)"
            " SELECT e.id FROM events AS e LEFT JOIN best ON best.event = e.id"
            f" WHERE coalesce(best.answer, 1) > 0 AND {E} ORDER BY e.rowid"
        ),
    ),
    "claims of at least a billion dollars": (
        "each_claim",
        {"value": "at least 1000000000 USD"},
        (
            "SELECT c.id FROM claims AS c WHERE c.kind = 'value_is' AND CASE"
            " WHEN c.unit <> 'USD' THEN c.value_of NOT IN ('delivery period', 'TIV')"
            " WHEN c.bound = 'about' THEN c.high * 1.25 >= 1e9"
            " WHEN c.bound = 'less than' THEN c.high > 1e9"
            f" ELSE c.high IS NULL OR c.high >= 1e9 END AND {C} ORDER BY c.rowid"
        ),
    ),
    "Arabic reports of December 2025": (
        "each_report",
        {"published": "2025-12", "language": "ar"},
        (
            "SELECT r.id FROM reports AS r WHERE"
            " coalesce(r.published_low, '0001') <= '2025-12-31'"
            " AND coalesce(r.published_high, '9999') >= '2025-12-01'"
            " AND EXISTS (SELECT 1 FROM claims AS c WHERE c.report = r.id"
            " AND c.stance IN ('asserts', 'confirms')"
            " AND (instr(c.languages, ' ar ') OR instr(c.languages, ' ar-')"
            f" OR trim(c.languages) = '') AND {C}) AND {R} ORDER BY r.rowid"
        ),
    ),
    "claims first said in 2025": (
        "each_claim",
        {"said": "2025"},
        (
            "SELECT c.id FROM claims AS c"
            " WHERE coalesce(c.said_low, '0001') <= '2025-12-31'"
            " AND coalesce(c.said_high, '9999') >= '2025-01-01'"
            f" AND {C} ORDER BY c.rowid"
        ),
    ),
}


def drawn(count):
    """Draw reports that make claims, the same ones always."""
    found = []

    @seed(1)
    @settings(
        max_examples=2 * count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(testing.reports())
    def draw(report):
        found.append(report)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        draw()
    return [report for report in found if report.claims][:count]


def real():
    """Give the reports of the article and of the ten cases."""
    yield em.seed_report().report
    for file in sorted(CASES.glob("*/*.json")):
        for given_ in read_written(file.read_bytes(), name=file.name, folder=CASES):
            record = taken_apart(given_)[0]
            if record.kind == "report":
                yield record


def fill(path, count, kinds):
    """Make a log of so many reports; return how long it took."""
    chance, started = random.Random(2), time.perf_counter()
    with Storage.create(path, "example.org/growth", "2026-01-01T00:00:00Z") as storage:
        for first in range(0, count, 1_000):
            with storage.writing() as writer:
                for at in range(first, min(first + 1_000, count)):
                    one = evolve(chance.choice(kinds), id=f"r{at:07}", repeats="")
                    recorded = START + timedelta(seconds=at)
                    data = encode(one, recorded=recorded, by="ana")
                    writer.append(key_of(one.kind, one.id), data)
    return time.perf_counter() - started


def timed(do):
    """Return how many seconds it takes, and what comes of it."""
    started = time.perf_counter()
    found = do()
    return time.perf_counter() - started, found


def medians(*several):
    """Do things in turns, and return the median of the seconds that each takes."""
    rounds = [[timed(do)[0] for do in several] for _ in range(ROUNDS)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def by_hand(index, statement, at):
    with closing(sqlite3.connect(index)) as tables:
        return [id_ for (id_,) in tables.execute(statement, {"at": at})]


def by_us(view, kind, asked):
    return [one.id for one in getattr(view, kind)(Filters(**asked))]


def measure(path, kinds):
    """Measure one log, and print what was found."""
    with em.EventLog.open(path) as log:
        caught_up, index = timed(log.tables)
        view = log.view()
        print(f"index, from nothing  {caught_up / log.size * 1e3:.2f} ms a report")
        for name, (kind, asked, statement) in QUESTIONS.items():
            mine, theirs = by_us(view, kind, asked), by_hand(index, statement, log.size)
            assert mine == theirs, (name, len(mine), len(theirs))
            ours, hand = medians(
                partial(by_us, view, kind, asked),
                partial(by_hand, index, statement, log.size),
            )
            print(
                f"{name}  {len(mine):,} found  {ours * 1e3:,.0f} ms, by hand"
                f" {hand * 1e3:,.0f} ms, ratio {ours / hand:.2f}"
            )
        event = next(one.id for one in view.each_event(Filters(recipient="lna")))
        opening, page, citing = medians(
            log.view, lambda: view.cluster(event).origins, lambda: view.cite("asked")
        )
        print(f"a view  {opening * 1e3:.1f} ms")
        print(f"the cluster of one event, with its origins  {page * 1e3:.1f} ms")
        print(f"a footnote  {citing * 1e3:.1f} ms")
        several = [evolve(kinds[0], id=f"more-{nth}") for nth in range(ROUNDS * 40)]
        batches = [several[nth::ROUNDS] for nth in range(ROUNDS)]
        appended = [timed(lambda b=batch: log.append_all(b))[0] for batch in batches]
        print(f"appending 40 reports  {statistics.median(appended) * 1e3:.1f} ms")
    ran = [sys.executable, __file__, "--stream", str(path)]
    peak = subprocess.run(ran, capture_output=True, text=True, check=True).stdout
    print(f"memory at its peak, all claims streamed  {peak.strip()}")


def stream(path):
    """Stream claims, and print how much memory that took at its peak."""
    with em.EventLog.open(path) as log:
        found = log.view().each_claim(Filters(published="../2030"))
        count = sum(1 for _ in found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{peak:.0f} MiB for {count:,} claims")


def main():
    """Measure logs of these sizes, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000])
    parser.add_argument("--kinds", type=int, default=200)
    parser.add_argument("--stream", metavar="LOG")
    asked = parser.parse_args()
    if asked.stream:
        stream(asked.stream)
        return
    kinds = [evolve(one, repeats="") for one in [*drawn(asked.kinds), *[*real()] * 4]]
    for count in asked.reports:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "monitor.db"
            took = fill(path, count, kinds)
            print(f"{count:,} reports, {took / count * 1e3:.2f} ms each to write")
            measure(path, kinds)
            size = index_path(path).stat().st_size / path.stat().st_size
            print(f"size of the index, beside the log's  {size:.2f}", flush=True)


if __name__ == "__main__":
    main()
