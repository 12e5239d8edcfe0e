"""The guards in the database stop what goes past the library by accident."""

import sqlite3
from contextlib import closing

import pytest

from embargo_monitor.log.entries import keep_node
from embargo_monitor.log.merkle import Node
from embargo_monitor.log.signed import Cosignature
from embargo_monitor.log.storage import Storage

LEAF = "zeroblob(32)"
SIGNED = ("node", "signer", "checkpoint", "cosignature")
UPSERT = "ON CONFLICT DO UPDATE SET body = excluded.body"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "monitor.db"
    created = "2025-12-22T10:00:00Z"
    with (
        Storage.create(path, "example.org/log", created, verifier="a") as storage,
        storage.writing() as writer,
    ):
        writer.append("k0", b"zero")
        writer.append("k1", b"one")
        keep_node(writer._connection, Node(1, 0, hash=bytes(32)))
        writer.kept.add_checkpoint(2, b"note")
        writer.kept.add_cosignature(Cosignature(2, verifier="a", line="line"))
    return path


def content(driver):
    return [
        driver.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
        for table in ("log", "head", "entry", *SIGNED)
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
        *(f"DELETE FROM {table}" for table in SIGNED),
        "UPDATE node SET hash = x'00'",
        f"INSERT OR REPLACE INTO node VALUES (1, 0, {LEAF})",
        "UPDATE signer SET verifier = 'b'",
        "UPDATE signer SET since = 1",
        "INSERT OR REPLACE INTO signer VALUES (0, 'b')",
        "INSERT INTO signer VALUES (-1, 'b')",
        "UPDATE checkpoint SET note = x'00'",
        "INSERT OR REPLACE INTO checkpoint VALUES (2, x'00')",
        "INSERT INTO checkpoint VALUES (1, x'00')",
        "UPDATE cosignature SET line = 'other'",
        "REPLACE INTO cosignature VALUES (2, 'a', 'line')",
        "REPLACE INTO cosignature VALUES (2, 'a', 'other')",
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
