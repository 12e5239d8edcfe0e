"""Commands about a log as plain files: export-log, audit."""

import json
import os
from pathlib import Path

import pytest

from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.checkpoints import (
    TreeHead,
    cosign,
    sign_checkpoint,
    with_signatures,
)
from embargo_monitor.log.notes import parse_note
from embargo_monitor.log.signers import COSIGNATURE, ED25519, SigningKey
from embargo_monitor.log.storage import Storage

ROOT = Path(__file__).parent.parent.parent
VECTORS = Path(
    os.environ.get("EMBARGO_MONITOR_VECTORS", ROOT.parent / "shared" / "vectors")
)
TESSERA = VECTORS / "tessera-log" / "log"
TESSERA_KEY = (
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
)

tessera = pytest.mark.skipif(
    not TESSERA.is_dir(),
    reason=f"no outside vectors in {VECTORS}: name them by EMBARGO_MONITOR_VECTORS",
)


@pytest.fixture
def key(run, tmp_path):
    """The verifier key of a log in the folder, signed with the article in it."""
    run.article("--origin", "example.org/log")
    with EventLog.open(tmp_path / "monitor.db") as log:
        log.checkpoint()
        return log.verifier_key


def append_newer(tmp_path, id="s-1"):
    entry = {
        "v": 1,
        "kind": "sighting",
        "kv": 1,
        "id": id,
        "by": "ana",
        "recorded": "2099-01-01T00:00:00Z",
        "body": {"exhibits": []},
    }
    with Storage.open(tmp_path / "monitor.db") as storage, storage.writing() as writer:
        writer.append(f"sighting/{id}", canonical_bytes(entry))


def folded(text):
    return " ".join(text.split())


def test_what_is_exported_can_be_audited_by_its_files_alone(run, key, tmp_path):
    exported = run("export-log", "out")
    assert exported.code == 0
    assert "EXPORTED monitor.db to out" in exported.out
    assert "3 files of the log, 1 exhibit" in exported.out
    assert key in exported.out
    (tmp_path / "monitor.db").unlink()
    audited = run("audit", "out", "--key", key)
    assert audited.code == 0
    assert audited.out.startswith("VERIFIED out\n  log        example.org/log\n")
    # The key stands alone, to be copied.
    assert f" {key}\n" in audited.out
    assert "cosigned   by nobody whom you named" in audited.out
    assert "1 exhibit hashed, 0 not in the folder" in audited.out
    assert "only a checkpoint that somebody else kept can show" in folded(audited.out)


def test_the_key_may_stand_in_a_file(run, key, tmp_path):
    run("export-log", "out")
    (tmp_path / "log.key").write_text(f"{key}\n")
    assert run("audit", "out", "--key", "@log.key").code == 0


def test_an_export_says_all_that_is_not_in_the_folder(run, key, tmp_path):
    append_newer(tmp_path)
    with EventLog.open(tmp_path / "monitor.db") as log:
        log.checkpoint()
    append_newer(tmp_path, "s-2")
    form = {
        "report": "r-2",
        "document": {
            "titles": {"en": "Trucks"},
            "publisher": "paper",
            "exhibits": {
                "text": {"file": "t.txt", "handling": "limited", "salt": "salt"}
            },
        },
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"paper": ["paper"]},
        "claims": [],
    }
    (tmp_path / "t.txt").write_text("ten trucks")
    (tmp_path / "salt").write_bytes(b"\1" * 32)
    (tmp_path / "r.json").write_text(json.dumps(form))
    assert run("add", "--yes", "r.json").code == 0
    append_newer(tmp_path, "s-3")
    [exhibit] = [
        one for one in Path("monitor.db-exhibits").iterdir() if "hmac" not in one.name
    ]
    exhibit.unlink()
    said = folded(run("export-log", "out").out)
    assert "withheld 1 exhibit, for their handling: see --handling" in said
    assert f"NOT there exhibit {exhibit.name.replace('-', ':')}:" in said
    assert "unread 2 entries need a newer version of this library" in said
    assert "NOT there 1 entry came after this checkpoint" in said
    told = json.loads(run("export-log", "out", "--json").out)
    assert len(told.pop("root")) == 64
    [why] = told.pop("unavailable")
    assert "No such file" in why
    assert told == {
        "origin": "example.org/log",
        "size": 4,
        "key": key,
        "newer": 1,
        "files": 0,
        "exhibits": 0,
        "withheld": 1,
        "unread": 2,
    }
    assert "1 exhibit\n" in run("export-log", "more", "--handling", "limited").out
    said = folded(run("audit", "more", "--key", key).out)
    assert "unread 2 entries: a newer version is needed to read them" in said
    assert "exhibits 1 exhibit hashed, 1 not in the folder" in said


def test_an_export_that_is_refused_says_why(run, key, tmp_path):
    assert key
    (tmp_path / "checkpoint").write_text("mine")
    refused = run("export-log", ".")
    assert refused.code == 1
    assert "what lies there as checkpoint is none" in refused.err


def test_an_audit_names_what_it_did_not_find_and_what_it_did_not_look_at(
    run, key, tmp_path
):
    run("export-log", "out")
    [exhibit] = (tmp_path / "out" / "exhibits").iterdir()
    exhibit.unlink()
    for number in range(21):
        (tmp_path / "out" / "exhibits" / f"more-{number:02}\u202e").touch()
    told = run("audit", "out", "--key", key)
    assert told.code == 0
    said = folded(told.out)
    assert "1 not in the folder" in said
    assert f"not there {exhibit.name.replace('-', ':', 1)}" in said
    assert r"stray exhibits/more-19\u202e" in said
    assert "more-20" not in said
    assert "stray and 1 more: --json names them" in said
    assert "nothing vouches for what is in them" in said
    told = json.loads(run("audit", "out", "--key", key, "--json").out)
    assert (len(told["absent"]), len(told["strays"])) == (1, 21)


def test_a_changed_file_fails_the_audit(run, key, tmp_path):
    run("export-log", "out")
    path = tmp_path / "out" / "tile" / "entries" / "000.p" / "1"
    path.write_bytes(path.read_bytes().replace(b"Libya", b"Libia", 1))
    failed = run("audit", "out", "--key", key)
    assert failed.code == 3
    assert failed.err.startswith("NOT VERIFIED\nentry 0: tile/entries/000.p/1: ")
    as_json = run("audit", "out", "--key", key, "--json")
    assert as_json.code == 3
    [problem] = json.loads(as_json.out)["problems"]
    assert "tile/entries/000.p/1" in str(problem)


def test_another_key_fails_the_audit(run, key):
    assert key
    run("export-log", "out")
    other = SigningKey.draw("example.org/log", ED25519).verifier
    failed = run("audit", "out", "--key", other)
    assert failed.code == 3
    assert "the note has no signature by this key" in failed.err
    assert run("audit", "out").code == 2
    assert run("audit", "out", "--key", "none").code == 2


def test_an_audit_compares_with_checkpoints_kept_elsewhere(run, key, tmp_path):
    (tmp_path / "old").write_bytes(_note(tmp_path))
    run("export-log", "out")
    append_newer(tmp_path)
    (tmp_path / "new").write_bytes(_note(tmp_path))
    run("export-log", "out")
    told = run("audit", "out", "--key", key, "--against", "old", "--against", "new")
    assert told.code == 0
    assert "against a checkpoint of 1 entry, with the root " in folded(told.out)
    assert "go on from the checkpoints that you compared them" in folded(told.out)
    earlier = run("audit", "out", "--key", key, "--checkpoint", "old", "--json")
    assert json.loads(earlier.out)["size"] == 1
    failed = run(
        *("audit", "out", "--key", key, "--checkpoint", "old", "--against", "new")
    )
    assert failed.code == 3
    assert "the folder has 1, so it is older or was cut" in failed.err


def _note(tmp_path):
    with EventLog.open(tmp_path / "monitor.db") as log:
        return log.checkpoint().note


def test_a_checkpoint_to_compare_with_must_be_the_logs(run, key, tmp_path):
    run("export-log", "out")
    other = SigningKey.draw("example.org/log", ED25519)
    head = TreeHead("example.org/log", 1, root=bytes(32))
    (tmp_path / "forged").write_bytes(sign_checkpoint(head, other))
    failed = run("audit", "out", "--key", key, "--against", "forged")
    assert failed.code == 3
    assert "forged: " in failed.err
    (tmp_path / "none").write_bytes(b"none\n")
    assert run("audit", "out", "--key", key, "--against", "none").code == 1
    assert run("audit", "out", "--key", key, "--checkpoint", "none").code == 3
    assert run("audit", "out", "--key", key, "--checkpoint", "missing").code == 2


def test_cosignatures_are_asked_for_and_told(run, key, tmp_path):
    witness = SigningKey.draw("example.org/witness", COSIGNATURE)
    run("export-log", "out")
    command = ("audit", "out", "--key", key, "--witness", witness.verifier)
    assert run(*command, "--quorum", "0").code == 0
    failed = run(*command)
    assert failed.code == 3
    assert "0 known witnesses cosigned, and 1 must have" in failed.err
    path = tmp_path / "out" / "checkpoint"
    both = cosign(path.read_bytes(), witness, 1_700_000_000)
    line = parse_note(both).signatures[-1]
    path.write_bytes(with_signatures(path.read_bytes(), [line]))
    told = run(*command, "--quorum", "1")
    assert told.code == 0
    assert "cosigned   by example.org/witness, whose clock said 2023-11" in told.out
    told = json.loads(run(*command, "--quorum", "1", "--json").out)
    assert told["cosigned"] == [
        {"witness": str(witness.verifier), "time": 1_700_000_000}
    ]


def test_a_log_of_other_things_is_said_to_be_foreign(run, tmp_path):
    with EventLog.create(tmp_path / "monitor.db", origin="example.org/log") as log:
        with Storage.open(log.path) as storage, storage.writing() as writer:
            writer.append("k", b"no record of ours")
        log.checkpoint()
        key = log.verifier_key
    assert run("export-log", "out").code == 0
    told = run("audit", "out", "--key", key)
    assert told.code == 0
    assert "not ours: the entries were hashed, and not read" in folded(told.out)


@tessera
@pytest.mark.parametrize("size", range(16))
def test_a_log_that_others_wrote_is_audited_and_said_to_be_foreign(run, size):
    command = ("audit", TESSERA, "--key", TESSERA_KEY)
    command += ("--checkpoint", TESSERA / f"checkpoint.{size}")
    told = run(*command)
    assert told.code == 0
    assert ("not ours: the entries were hashed, and not read" in told.out) == (size > 0)
    told = json.loads(run(*command, "--json").out)
    assert (told["size"], told["foreign"]) == (size, size > 0)


@tessera
def test_a_log_that_others_wrote_is_audited_as_it_lies_there(run):
    told = json.loads(run("audit", TESSERA, "--key", TESSERA_KEY, "--json").out)
    assert told["size"] == 15
