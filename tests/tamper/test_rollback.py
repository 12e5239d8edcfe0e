"""A copy from yesterday, put back and appended to, is refused every time."""

import random
import shutil
from pathlib import Path

import pytest
from attrs import evolve

from embargo_monitor.errors import RolledBackError
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.witness import Witness
from embargo_monitor.seeds import seed_report

ROUNDS, IN_FULL = 10, 100
SEED = seed_report().report


def another(number):
    """The article once more, under another name: its exhibit is there already."""
    return evolve(SEED, id=f"r-{number}")


@pytest.fixture
def folder(tmp_path):
    """The folder of a log, with the article and its exhibit, signed."""
    place = tmp_path / "desk"
    place.mkdir()
    with EventLog.create(place / "monitor.db") as log:
        log.append(seed_report())
        log.checkpoint()
    return place


def restore_file(yesterday, folder):
    """Put the database back alone."""
    shutil.copy(yesterday / "monitor.db", folder / "monitor.db")


def restore_folder(yesterday, folder):
    """Put back all that lies there: database, lock, exhibits."""
    shutil.rmtree(folder)
    shutil.copytree(yesterday, folder)


def append(folder, count, custody=None):
    """Append and sign, as `add` does."""
    with EventLog.open(folder / "monitor.db", custody=custody) as log:
        for _ in range(count):
            log.append(another(log.size))
        log.checkpoint()
        return log.size


def rolled_back(folder, chance, restore, custody=None):
    """Let a day pass, then put back what was copied the day before; return its size."""
    yesterday = folder.with_name("yesterday")
    shutil.rmtree(yesterday, ignore_errors=True)
    shutil.copytree(folder, yesterday)
    size = append(folder, chance.randint(1, 3), custody)
    today = folder.with_name("today")
    shutil.rmtree(today, ignore_errors=True)
    shutil.copytree(folder, today)
    restore(yesterday, folder)
    return size


def state(folder: Path):
    """All that is to be seen of a log from outside."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".db-shm", ".db-wal")
    }


@pytest.mark.parametrize("restore", [restore_file, restore_folder])
def test_a_copy_from_yesterday_is_refused_each_time(folder, restore, is_full):
    chance, refused = random.Random(20251222), 0
    rounds = IN_FULL if is_full else ROUNDS
    for _ in range(rounds):
        size = rolled_back(folder, chance, restore)
        before = state(folder)
        # One more entry, as many as were lost, or more: none is let in.
        for count in (1, size, 40):
            entries = [another(1_000 + number) for number in range(count)]
            with (
                EventLog.open(folder / "monitor.db") as log,
                pytest.raises(RolledBackError) as found,
            ):
                log.append_all(entries)
            assert found.value.size < found.value.seen_size == size
        refused += 1
        assert state(folder) == before
        restore(folder.with_name("today"), folder)
    assert refused == rounds


@pytest.mark.parametrize("restore", [restore_file, restore_folder])
def test_without_the_witness_file_it_is_accepted_each_time(
    folder, restore, tmp_path, is_full
):
    """The control: nothing but the note that lies elsewhere refuses it."""
    chance, user = random.Random(20251222), Custody.of_user()
    rounds = IN_FULL if is_full else ROUNDS
    for turn in range(rounds):
        blind = evolve(user, witness=Witness(tmp_path / "blind" / str(turn)))
        size = rolled_back(folder, chance, restore, blind)
        forgetful = evolve(user, witness=Witness(tmp_path / "forgot" / str(turn)))
        assert append(folder, 1, forgetful) <= size
        with EventLog.open(folder / "monitor.db", custody=forgetful) as log:
            log.verify()


@pytest.mark.parametrize("restore", [restore_file, restore_folder])
def test_what_was_forked_where_nothing_was_seen_is_refused_here(
    folder, restore, tmp_path
):
    """Another machine goes on with the copy, past the size that was seen here."""
    size = rolled_back(folder, random.Random(1), restore)
    elsewhere = evolve(Custody.of_user(), witness=Witness(tmp_path / "elsewhere"))
    with EventLog.open(folder / "monitor.db", custody=elsewhere) as log:
        log.append_all([evolve(SEED, id=f"f-{n}") for n in range(size + 3)])
        log.checkpoint()
    with (
        EventLog.open(folder / "monitor.db") as log,
        pytest.raises(RolledBackError, match="its history was rewritten"),
    ):
        log.append(another(1))


def test_the_log_of_today_is_accepted_when_it_comes_back(folder):
    size = rolled_back(folder, random.Random(2), restore_folder)
    restore_folder(folder.with_name("today"), folder)
    assert append(folder, 1) == size + 1
