"""What we export, as somebody else's program sees it."""

import pytest

from embargo_monitor.log.checkpoints import (
    Policy,
    TreeHead,
    open_checkpoint,
    sign_checkpoint,
)
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.merkle import root_at
from embargo_monitor.log.signers import SigningKey
from embargo_monitor.log.static import Export
from embargo_monitor.log.storage import Storage

ORIGIN, CREATED = "example.org/arms-log", "2025-12-22T10:00:00Z"
KEY = SigningKey(ORIGIN, 0x01, seed=bytes(32))
STEP = 100_000


@pytest.fixture
def log(tmp_path):
    with Storage.create(tmp_path / "monitor.db", ORIGIN, CREATED) as storage:
        yield storage


def grow(storage, size):
    with storage.reading() as reader:
        first = reader.size
    for start in range(first, size, STEP):
        with storage.writing() as writer:
            for place in range(start, min(start + STEP, size)):
                writer.append(f"key {place}", b"entry %d " % place * (place % 7))


def export(storage, size, folder):
    with storage.reading() as reader:
        head = TreeHead(ORIGIN, size, root=root_at(size, reader.hashes))
        note = sign_checkpoint(head, KEY)
        checkpoint = open_checkpoint(note, Policy(KEY.verifier))
        with Folder(folder).writing() as writer:
            Export.begin(reader, checkpoint, writer).write(lambda *_: None)


def audited(auditor, folder):
    return auditor.ask(do="audit", vkey=str(KEY.verifier), dir=folder)


def test_our_exports_are_sound_at_every_small_size(auditor, log, tmp_path):
    """One folder that grows: what is left of smaller sizes is looked at as well."""
    for size in range(301):
        grow(log, size)
        export(log, size, tmp_path / "static")
        assert audited(auditor, tmp_path / "static") == {"ok": True}, size


def test_our_exports_are_sound_where_tiles_become_full(auditor, log, full, tmp_path):
    for size in (65_535, 65_536, 65_537, *([1_000_000] if full else [])):
        grow(log, size)
        export(log, size, tmp_path / "static")
        assert audited(auditor, tmp_path / "static") == {"ok": True}, size


def test_an_export_with_a_changed_tile_is_found(auditor, log, tmp_path):
    grow(log, 300)
    export(log, 300, tmp_path / "static")
    tile = tmp_path / "static" / "tile" / "0" / "001.p" / "44"
    tile.write_bytes(tile.read_bytes()[:-1] + b"\0")
    assert "not of these entries" in audited(auditor, tmp_path / "static")["why"]
