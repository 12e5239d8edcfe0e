"""The second verifier by itself: it takes what is right, and refuses what is not."""

import base64
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
VECTORS = Path(
    os.environ.get("EMBARGO_MONITOR_VECTORS", ROOT.parent / "shared" / "vectors")
)
TESSERA = VECTORS / "tessera-log" / "log"
TESSERA_KEY = (
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
)
ORIGIN = "example.org/arms-log"

# signed-note v1.0.0, "Verifier keys" and the example beside it.
KNOWN_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
KNOWN_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXm"
    "RKuwHjG1Yu72IneyaQM=\n"
).encode()


@pytest.mark.usefixtures("auditor_binary")
def test_the_sources_are_formatted_and_vetted(go):
    """After the binary, so that two workers do not compile the library twice."""
    for command in (("gofmt", "-l", "src/auditor"), ("go", "vet", "auditor")):
        found = go.run(*command)
        assert (found.stdout, found.stderr, found.returncode) == ("", "", 0)


def test_the_note_of_the_specification_is_taken(auditor):
    assert auditor.ask(do="note", vkey=KNOWN_KEY, note=KNOWN_NOTE) == {"ok": True}


def test_any_other_text_under_that_signature_is_refused(auditor):
    forged = KNOWN_NOTE.replace(b"message", b"massage")
    answer = auditor.ask(do="note", vkey=KNOWN_KEY, note=forged)
    assert "invalid signature" in answer["why"]


tessera = pytest.mark.skipif(
    not TESSERA.is_dir(),
    reason=f"no outside vectors in {VECTORS}: name them by EMBARGO_MONITOR_VECTORS",
)


@pytest.fixture
def tessera_log(tmp_path):
    return Path(shutil.copytree(TESSERA, tmp_path / "log"))


@tessera
@pytest.mark.parametrize("size", range(16))
def test_the_tessera_log_is_sound_at_each_of_its_checkpoints(
    auditor, tessera_log, size
):
    shutil.copyfile(TESSERA / f"checkpoint.{size}", tessera_log / "checkpoint")
    answer = auditor.ask(do="audit", vkey=TESSERA_KEY, dir=tessera_log)
    assert answer == {"ok": True}


@tessera
def test_a_changed_entry_of_the_tessera_log_is_found(auditor, tessera_log):
    for bundle in (tessera_log / "tile" / "entries" / "000.p").iterdir():
        bundle.write_bytes(bundle.read_bytes().replace(b"two", b"tow"))
    answer = auditor.ask(do="audit", vkey=TESSERA_KEY, dir=tessera_log)
    assert "the entries have the root" in answer["why"]


def _entries(count):
    """Entries of many lengths, empty ones and equal ones among them."""
    return [b"entry %d " % place * (place % 7) for place in range(count)]


@pytest.mark.parametrize(
    "sizes", [range(9), range(254, 259), (511, 512, 513), (65_537,)]
)
def test_logs_that_another_program_writes_are_sound(auditor, makers, tmp_path, sizes):
    key, tree = makers.Key(ORIGIN), makers.Tree(_entries(max(sizes)))
    for size in sizes:
        tree.publish(tmp_path, size, key)
        answer = auditor.ask(do="audit", vkey=key.vkey, dir=tmp_path)
        assert answer == {"ok": True}, size


def test_a_full_tile_stands_in_for_the_partial_one_that_was_deleted(
    auditor, makers, tmp_path
):
    """tlog-tiles, "Partial Tiles": a log may delete it, once the full one is there."""
    key, tree = makers.Key(ORIGIN), makers.Tree(_entries(256))
    tree.publish(tmp_path, 256, key)
    text = makers.head_text(ORIGIN, 200, tree.root(200))
    (tmp_path / "checkpoint").write_bytes(text + b"\n" + key.line(text))
    request = {"do": "audit", "vkey": key.vkey, "dir": tmp_path}
    assert auditor.ask(**request) == {"ok": True}
    tile = tmp_path / "tile" / "0" / "000"
    tile.rename(tile.with_name("moved"))
    assert "no such file" in auditor.ask(**request)["why"]
    # One that is wider, but not full, is no substitute.
    partial = tile.with_name("000.p")
    partial.mkdir()
    (partial / "255").write_bytes(tile.with_name("moved").read_bytes()[: 255 * 32])
    assert "no such file" in auditor.ask(**request)["why"]


@tessera
def test_a_changed_bundle_for_readers_of_older_checkpoints_is_found(
    auditor, tessera_log
):
    bundle = tessera_log / "tile" / "entries" / "000.p" / "7"
    bundle.write_bytes(bundle.read_bytes().replace(b"two", b"tow"))
    answer = auditor.ask(do="audit", vkey=TESSERA_KEY, dir=tessera_log)
    assert "is not how the wider one begins" in answer["why"]


def test_every_byte_of_a_log_is_looked_at(auditor, makers, tmp_path):
    key, tree = makers.Key(ORIGIN), makers.Tree([b"one", b"two", b"three"] * 86)
    tree.publish(tmp_path, 258, key)
    request = {"do": "audit", "vkey": key.vkey, "dir": tmp_path}
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        sound = path.read_bytes()
        for place in range(0, len(sound), max(1, len(sound) // 50)):
            changed = bytearray(sound)
            changed[place] ^= 1
            path.write_bytes(changed)
            assert not auditor.ask(**request)["ok"], (path, place)
        path.write_bytes(sound)
    assert auditor.ask(**request) == {"ok": True}


def test_a_repeated_signature_is_verified_too(auditor, makers):
    """Where x/mod alone is laxer than the specification: it skips the second."""
    key = makers.Key(ORIGIN)
    text = makers.head_text(ORIGIN, 0, makers.Tree([]).root(0))
    good = text + b"\n" + key.line(text)
    bad = key.line(b"another text\n")
    request = {"do": "checkpoint", "vkey": key.vkey}
    assert auditor.ask(**request, note=good + key.line(text)) == {"ok": True}
    assert "invalid signature" in auditor.ask(**request, note=good + bad)["why"]


def test_a_tree_that_tlog_cannot_compute_with_is_refused(auditor, makers):
    """Above 2**62 entries tlog would never answer."""
    key, entry = makers.Key(ORIGIN), b"entry"
    text = makers.head_text(ORIGIN, 2**62 + 1, bytes(32))
    note = text + b"\n" + key.line(text)
    proof = b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + note
    inclusion = {"do": "inclusion", "vkey": key.vkey, "entry": entry}
    assert "too large" in auditor.ask(**inclusion, proof=proof)["why"]
    body = b"old 1\n\n" + note
    consistency = {"do": "consistency", "vkey": key.vkey, "old_root": bytes(32)}
    assert "too large" in auditor.ask(**consistency, request=body)["why"]


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        ({"do": "believe", "vkey": KNOWN_KEY}, "cannot do"),
        ({"do": "note", "key": KNOWN_KEY}, "unknown field"),
        ({"do": "note", "vkey": KNOWN_KEY, "note": "%"}, "illegal base64"),
    ],
)
def test_what_it_does_not_understand_is_no_verdict(auditor, request_, fault):
    with pytest.raises(AssertionError, match=fault):
        auditor.ask(**request_)


def test_bytes_travel_as_they_are(auditor, makers):
    key = makers.Key(ORIGIN)
    entry = bytes(range(256))
    tree = makers.Tree([entry])
    text = makers.head_text(ORIGIN, 1, tree.root(1))
    proof = b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + text + b"\n" + key.line(text)
    request = {"do": "inclusion", "vkey": key.vkey, "proof": proof}
    assert auditor.ask(**request, entry=entry) == {"ok": True}
    assert not auditor.ask(**request, entry=base64.b64encode(entry))["ok"]
