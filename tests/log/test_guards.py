"""The guards in the database stop what goes past the library by accident."""

import sqlite3
from contextlib import closing

import pytest

from embargo_monitor.log.storage import Storage

LEAF = "zeroblob(32)"
UPSERT = "ON CONFLICT DO UPDATE SET body = excluded.body"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "monitor.db"
    with (
        Storage.create(path, "example.org/log", "2025-12-22T10:00:00Z") as storage,
        storage.writing() as writer,
    ):
        writer.append("k0", b"zero")
        writer.append("k1", b"one")
    return path


def content(driver):
    return [
        driver.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
        for table in ("log", "head", "entry")
    ]


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE entry SET body = x'00' WHERE position = 0",
        "UPDATE entry SET key = 'k2' WHERE position = 0",
        "UPDATE OR REPLACE entry SET position = 1 WHERE position = 0",
        "UPDATE OR IGNORE entry SET leaf = x''",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE position = 1",
        f"INSERT INTO entry VALUES (0, 'k2', {LEAF}, x'00')",
        f"INSERT OR REPLACE INTO entry VALUES (0, 'k2', {LEAF}, x'00')",
        f"INSERT OR REPLACE INTO entry VALUES (2, 'k0', {LEAF}, x'00')",
        f"REPLACE INTO entry VALUES (1, 'k1', {LEAF}, x'00')",
        f"INSERT INTO entry VALUES (0, 'k2', {LEAF}, x'00') {UPSERT}",
        f"INSERT INTO entry VALUES (2, 'k0', {LEAF}, x'00') {UPSERT}",
        f"INSERT OR IGNORE INTO entry VALUES (7, 'k2', {LEAF}, x'00')",
        f"INSERT INTO entry VALUES (3, 'k2', {LEAF}, x'00')",
        f"INSERT INTO entry VALUES (-1, 'k2', {LEAF}, x'00')",
        f"INSERT INTO entry (key, leaf, body) VALUES ('k2', {LEAF}, x'00')",
        f"INSERT INTO entry VALUES (2, 'k2', {LEAF}, 'text')",
        f"INSERT INTO entry VALUES (2, NULL, {LEAF}, x'00')",
        "UPDATE head SET size = 1",
        "UPDATE head SET size = 3",
        "UPDATE head SET size = 2, stack = zeroblob(32)",
        "UPDATE head SET stack = zeroblob(32)",
        "DELETE FROM head",
        "INSERT INTO head VALUES (0, 2, zeroblob(32))",
        "INSERT INTO head VALUES (1, 2, zeroblob(32))",
        "REPLACE INTO head VALUES (0, 2, zeroblob(32))",
        "UPDATE log SET origin = 'other'",
        "DELETE FROM log",
        "REPLACE INTO log VALUES (0, 'other', '')",
        "INSERT INTO log VALUES (1, 'other', '')",
    ],
)
def test_nothing_in_a_log_is_changed_removed_or_replaced(path, attack, recursive):
    with closing(sqlite3.connect(path)) as driver:
        driver.execute(f"PRAGMA recursive_triggers = {recursive}")
        before = content(driver)
        with pytest.raises(sqlite3.IntegrityError):
            driver.execute(attack)
        driver.commit()
        assert content(driver) == before
