"""Commands about what is signed: checkpoint, key, resume, cosign, keep-cosignatures."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from embargo_monitor.log.checkpoints import (
    Policy,
    TreeHead,
    open_checkpoint,
    sign_checkpoint,
)
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.signers import COSIGNATURE, SigningKey, VerifierKey
from embargo_monitor.log.tiles import tile_path

WHO = ("--reason", "the disk failed", "--by", "ana")
WITHDRAWAL = {
    "kind": "withdrawal",
    "kv": 1,
    "id": "w-1",
    "body": {
        "entry": "seed-article",
        "entry_kind": "report",
        "reason": "twice",
        "by": "ana",
    },
}


def plain(text):
    return " ".join(text.split())


@pytest.fixture
def logged(run):
    """Run commands beside a log of the article."""
    run.article()
    return run


def add(run):
    """Append an entry, and sign."""
    return run("add", "--yes", "-", stdin=json.dumps(WITHDRAWAL).encode())


@pytest.fixture
def rolled_back(logged, tmp_path):
    """Run commands beside a log with yesterday's copy in its place."""
    shutil.copy(tmp_path / "monitor.db", tmp_path / "yesterday.db")
    assert add(logged).code == 0
    assert logged("checkpoint", "-o", "last.checkpoint").code == 0
    shutil.move(tmp_path / "yesterday.db", tmp_path / "monitor.db")
    return logged


def key_of(run):
    return json.loads(run("key", "show", "--json").out)["verifier"]


def private_file(run):
    return Custody.of_user().keys.path_of(VerifierKey.parse(key_of(run)))


# Checkpoint


def test_a_checkpoint_is_printed_as_others_read_it(logged):
    ran = logged("checkpoint")
    assert ran.code == 0
    key = VerifierKey.parse(key_of(logged))
    head = open_checkpoint(ran.out.encode(), Policy(key)).head
    assert head.size == 1
    assert head.root.hex() in logged("verify").out
    assert logged("checkpoint").out == ran.out


def test_a_checkpoint_is_written_to_a_new_file_alone(logged, tmp_path):
    ran = logged("checkpoint", "-o", "a.checkpoint")
    assert (ran.code, ran.out) == (0, "Wrote a.checkpoint\n")
    written = (tmp_path / "a.checkpoint").read_bytes()
    assert written.decode() == logged("checkpoint").out
    again = logged("checkpoint", "--output", "a.checkpoint")
    assert again.code == 1
    assert "a file that is not there yet: none is overwritten" in again.err
    assert (tmp_path / "a.checkpoint").read_bytes() == written
    assert {file.name for file in tmp_path.glob("*[!k]") if file.is_file()} == {
        "a.checkpoint",
        "monitor.db",
    }


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("nowhere/a", "a file in a folder that is there"),
        ("monitor.db/a", "a file in a folder that is there"),
        ("x" * 300, "xxx: File name too long"),
    ],
    ids=["nowhere", "no folder", "too long"],
)
def test_where_a_checkpoint_cannot_be_written_that_is_said(logged, output, words):
    ran = logged("checkpoint", "-o", output)
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err


def test_a_file_that_is_written_has_the_mode_of_the_users_files(logged, tmp_path):
    (tmp_path / "mine").touch()
    logged("checkpoint", "-o", "a")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "mine").stat().st_mode


def test_a_checkpoint_brings_its_proof_along_when_asked(logged):
    old, *_ = logged("checkpoint", "--since", "0").out.split("\n")
    assert old == "old 0"
    assert logged("checkpoint", "--since", "2").code == 1


def test_add_signs_and_says_what(logged):
    ran = add(logged)
    [line] = [one for one in ran.out.splitlines() if one.startswith("Signed")]
    assert re.fullmatch("Signed a checkpoint of 2 entries, root [0-9a-f]{64}", line)
    assert line[-64:] in logged("verify").out


def test_add_as_json_prints_receipts_alone(logged):
    record = json.dumps(WITHDRAWAL).encode()
    ran = logged("add", "--yes", "--json", "-", stdin=record)
    assert json.loads(ran.out)["index"] == 1
    assert logged("verify").code == 0


# Keys


def test_the_verifier_key_is_printed_bare_to_be_given_away(logged, tmp_path):
    ran = logged("key", "show")
    assert (ran.code, ran.err) == (0, "")
    key = VerifierKey.parse(ran.out.removesuffix("\n"))
    assert f"named {key.name}" in logged("init", "--empty").out
    told = json.loads(logged("key", "show", "--json").out)
    assert told == {"verifier": str(key), "private": True}
    assert not list(tmp_path.rglob("*.key"))


def test_without_its_private_key_a_log_takes_entries_and_says_what_is_missing(logged):
    file = private_file(logged)
    moved = file.rename(file.with_suffix(".away"))
    ran = add(logged)
    assert (ran.code, ran.out) == (0, "Appended entry 1, withdrawal w-1\n")
    assert "nothing was signed: the private half of its key" in plain(ran.err)
    assert "WARNING" in ran.err
    shown = logged("key", "show")
    assert shown.err == "Its private half is not on this machine.\n"
    assert json.loads(logged("key", "show", "--json").out)["private"] is False
    assert logged("checkpoint").code == 1
    adopted = logged("key", "adopt", "--file", moved)
    assert (adopted.code, key_of(logged) in adopted.out) == (0, True)
    assert logged("checkpoint").code == 0


def test_a_private_key_that_others_may_read_signs_nothing_and_loses_nothing(logged):
    private_file(logged).chmod(0o644)
    ran = add(logged)
    assert (ran.code, ran.out) == (0, "Appended entry 1, withdrawal w-1\n")
    assert "chmod 600" in plain(ran.err)


def test_the_private_key_of_another_log_is_not_adopted(logged, tmp_path):
    other = SigningKey.draw(VerifierKey.parse(key_of(logged)).name)
    (tmp_path / "other.key").write_text(other.text())
    ran = logged("key", "adopt", "--file", "other.key")
    assert ran.code == 1
    assert "is none of this log" in ran.err
    assert other.text() not in ran.err + ran.out


@pytest.fixture
def keyless(logged, tmp_path, monkeypatch):
    """Run commands beside a log without a key, of which nothing was seen."""
    driver = sqlite3.connect(tmp_path / "monitor.db")
    names = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in names.fetchall():
        driver.execute(f"DROP TRIGGER {name}")
    for table in ("node", "signer", "checkpoint", "cosignature"):
        driver.execute(f"DROP TABLE {table}")
    driver.execute("PRAGMA user_version = 1")
    driver.commit()
    driver.close()
    state = tmp_path.with_name(f"{tmp_path.name}-state")
    monkeypatch.setenv("EMBARGO_MONITOR_STATE", str(state))
    return logged


def test_a_log_without_a_key_takes_entries_and_says_how_to_adopt_one(keyless):
    shown = keyless("key", "show")
    assert (shown.code, shown.out) == (0, "")
    assert "`embargo-monitor key adopt`" in shown.err
    told = json.loads(keyless("key", "show", "--json").out)
    assert told == {"verifier": "", "private": False}
    ran = add(keyless)
    assert ran.code == 0
    assert "WARNING" in ran.err
    assert "it has no key to sign with: `embargo-monitor key adopt`" in plain(ran.err)
    adopted = keyless("key", "adopt")
    assert adopted.code == 0
    assert "Signed a checkpoint of 2 entries" in adopted.out
    assert key_of(keyless) in adopted.out
    again = keyless("key", "adopt")
    assert (again.code, "it has a key" in again.err) == (1, True)
    assert keyless("verify").code == 0


def test_a_key_beside_the_log_is_warned_of_in_words(run, monkeypatch, tmp_path):
    monkeypatch.setenv("EMBARGO_MONITOR_CONFIG", str(tmp_path))
    ran = run("init")
    assert ran.code == 0
    assert plain(ran.err).startswith("WARNING the key lies beside the log, in ")
    assert "UserWarning" not in ran.err


def test_a_key_of_ones_own_is_drawn_to_cosign_with(run):
    ran = run("key", "draw", "institute.example/w")
    key = VerifierKey.parse(ran.out.removesuffix("\n"))
    assert (key.name, key.kind) == ("institute.example/w", COSIGNATURE)
    assert Path(ran.err.split(" lies at ")[1].strip()).is_file()
    assert run("key", "draw", "two words").code == 1


def test_a_name_has_one_key_to_cosign_with(run):
    key = run("key", "draw", "institute.example/w").out.strip()
    again = run("key", "draw", "institute.example/w")
    assert (again.code, again.out) == (1, "")
    assert f"there is a key of yours of that name already: {key}" in again.err


# A key of somebody else


@pytest.fixture
def taken_over(logged, monkeypatch, tmp_path):
    """Run commands beside a log that somebody went on with under a key of theirs."""
    with monkeypatch.context() as patched:
        for name in ("CONFIG", "STATE"):
            place = str(tmp_path.with_name(f"{tmp_path.name}-thief") / name)
            patched.setenv(f"EMBARGO_MONITOR_{name}", place)
        private = "--reason", "none", "--by", "thief", "--yes"
        assert logged("resume", *private).code == 0
    return logged


@pytest.mark.parametrize(
    "asked",
    [["log"], ["key", "show"], ["prove", "0", "-o", "deal.bundle"]],
    ids=lambda asked: " ".join(asked[:2]),
)
def test_what_reads_a_log_that_another_key_signs_warns(taken_over, asked):
    ran = taken_over(*asked)
    assert ran.code == 0
    assert ran.err.startswith("WARNING ")
    assert "another key signs it since size 2" in plain(ran.err)
    assert "key accept VKEY" in plain(ran.err)


def test_what_another_key_signs_takes_nothing_until_it_is_accepted(taken_over):
    new = json.loads(taken_over("key", "show", "--json").out)["verifier"]
    for refused in (add(taken_over), taken_over("checkpoint")):
        assert refused.code == 1
        assert "another key signs it since size 2" in plain(refused.err)
    ran = taken_over("verify")
    assert ran.code == 3
    assert "another key signs it since size 2" in ran.err
    ran = taken_over("key", "accept", new)
    assert (ran.code, ran.err) == (0, "")
    assert new in ran.out
    assert "of 2 entries, with the root " in plain(ran.out)
    assert taken_over("verify").code == 0
    shown = taken_over("key", "show")
    assert shown.err == "Its private half is not on this machine.\n"
    assert taken_over("key", "accept", "nonsense").code == 2


def test_what_was_lost_is_told_when_a_key_is_accepted(logged, tmp_path, monkeypatch):
    shutil.copy(tmp_path / "monitor.db", tmp_path / "yesterday.db")
    add(logged)
    shutil.move(tmp_path / "yesterday.db", tmp_path / "monitor.db")
    with monkeypatch.context() as patched:
        place = str(tmp_path.with_name(f"{tmp_path.name}-other"))
        patched.setenv("EMBARGO_MONITOR_CONFIG", place)
        patched.setenv("EMBARGO_MONITOR_STATE", place)
        logged("resume", *WHO, "--yes")
        add(logged)
        new = key_of(logged)
    ran = logged("key", "accept", new)
    assert ran.code == 0
    told = plain(ran.err)
    assert "the log lost what was seen of it here. It has 3 now, but its first" in told
    assert logged("verify").code == 0


def test_names_that_could_steer_a_terminal_are_escaped(logged, tmp_path):
    """Whoever can write to the file chooses its name and its keys."""
    odd = "a\u202eb\x9bc\u0639"
    key = str(SigningKey.draw(odd).verifier)
    with closing(sqlite3.connect(tmp_path / "monitor.db")) as driver:
        names = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            driver.execute(f"DROP TRIGGER {name}")
        driver.execute("UPDATE log SET origin = ?", (odd,))
        driver.execute("UPDATE signer SET verifier = ?", (key,))
        driver.execute("DELETE FROM checkpoint")
        driver.commit()
    asked = (
        ["key", "show"],
        ["init"],
        ["checkpoint"],
        ["key", "adopt"],
        ["verify"],
        ["verify", "--key", key],
        ["resume", *WHO, "--yes"],
        ["key", "accept", key],
    )
    for one in asked:
        ran = logged(*one)
        printed = ran.out + ran.err
        assert printed
        for char in ("\u202e", "\x9b"):
            assert char not in printed, one
        if one[0] == "resume":
            continue  # refused as a field of the record, which is shown as any is
        # What runs from right to left stands in an isolate.
        assert "\u0639" not in re.sub("\u2068[^\u2069]*\u2069", "", printed), one


# A log that is not what was seen of it


@pytest.mark.parametrize(
    "asked", [["log"], ["show", "0"], ["events"], ["event", "seed-article#deal"]]
)
def test_what_reads_a_log_warns_and_reads_it(rolled_back, asked):
    ran = rolled_back(*asked)
    assert ran.code == 0
    assert ran.out
    assert ran.err.startswith("WARNING ")
    assert "is not what was seen of it: 2 entries with the root" in plain(ran.err)
    assert max(map(len, ran.err.splitlines())) <= 88


@pytest.mark.parametrize("asked", [["checkpoint"], ["init"], ["key", "adopt"]])
def test_what_writes_to_it_is_refused_with_what_to_do(rolled_back, asked):
    for ran in (rolled_back(*asked), add(rolled_back)):
        assert ran.code == 1
        assert "an older copy was put back, or its end was cut off" in ran.err
        assert "Put the newer log back" in ran.err
        assert "`embargo-monitor resume`" in ran.err
    assert len(rolled_back("log").out.splitlines()) == 1


def test_verify_finds_it_with_exit_3(rolled_back):
    ran = rolled_back("verify")
    assert ran.code == 3
    assert "what was seen of the log here is of 2 entries: some were cut" in ran.err


def test_a_witness_file_that_is_damaged_is_warned_of_and_stops_no_reader(logged):
    [file] = [
        one for one in Custody.of_user().witness.folder.iterdir() if not one.suffix
    ]
    file.write_text("nothing")
    ran = logged("log")
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)
    assert "take the file from a backup of this folder" in plain(ran.err)
    logged("checkpoint", "-o", "unused")
    for refused in (add(logged), logged("checkpoint")):
        assert refused.code == 1
        assert "take the file from a backup of this folder" in refused.err


def test_a_witness_file_that_is_damaged_is_one_problem_to_verify(logged):
    logged("checkpoint", "-o", "kept")
    custody = Custody.of_user()
    name = VerifierKey.parse(key_of(logged)).name
    custody.witness.path_of(name).write_text("nothing")
    for asked in ([], ["--against", "kept"]):
        ran = logged("verify", *asked, "--json")
        assert ran.code == 3
        [problem] = json.loads(ran.out)["problems"]
        assert problem["kind"] == "witness"
        assert "take the file from a backup" in problem["detail"]
    ran = logged("resume", *WHO, "--yes")
    assert ran.code == 0
    assert logged("verify").code == 0
    assert custody.witness.path_of(name).with_suffix(".1").read_text() == "nothing"


def test_a_log_that_is_damaged_is_read_without_a_word_of_what_was_seen(
    logged, tmp_path
):
    driver = sqlite3.connect(tmp_path / "monitor.db")
    driver.execute("DROP TRIGGER guard_2")
    driver.execute("UPDATE entry SET leaf = x'00'")
    driver.commit()
    driver.close()
    ran = logged("show", "0")
    assert (ran.code, ran.err) == (0, "")
    assert logged("verify").code == 3


def test_resume_goes_on_logs_why_and_names_the_new_key(rolled_back):
    old = key_of(rolled_back)
    ran = rolled_back("resume", *WHO, "--yes")
    assert ran.code == 0
    assert ran.out.startswith("Appended entry 1, resumption log.resumption-1\n")
    new = key_of(rolled_back)
    assert new in ran.out
    assert new != old
    printed = plain(rolled_back("show", "1").out)
    for said in ("reason the disk failed", f"old key {old}", f"new key {new}"):
        assert said in printed
    listed = rolled_back("log").out.splitlines()[1]
    assert "the log goes on under another key; last seen with 2 entries" in listed
    assert rolled_back("verify").code == 0
    assert add(rolled_back).code == 0


def test_resume_shows_what_happened_and_asks(rolled_back, run_at_terminal):
    for typed in ("n\n", "\n"):
        ran = run_at_terminal("resume", *WHO, typed=typed)
        assert "older copy was put back" in plain(ran.out)
        assert ran.out.endswith("Go on, and log that? [y/N]: Nothing was added.\n")
    assert len(rolled_back("log").out.splitlines()) == 1
    ran = run_at_terminal("resume", *WHO, typed="y\n")
    assert "Appended entry 1, resumption log.resumption-1" in ran.out


def test_resume_at_a_terminal_for_a_lost_key_has_nothing_to_show(
    logged, run_at_terminal
):
    private_file(logged).unlink()
    ran = run_at_terminal("resume", *WHO, typed="y\n")
    assert ran.out.startswith("Go on, and log that? [y/N]: Appended entry 1")


def test_resume_needs_yes_where_it_cannot_ask_and_a_loss(logged):
    assert logged("resume", *WHO).code == 2
    assert logged("resume", *WHO[:2], "--yes").code == 2
    ran = logged("resume", *WHO, "--yes")
    assert (ran.code, "nothing is lost" in ran.err) == (1, True)


# Verify against checkpoints that were kept elsewhere


def test_verify_against_an_older_checkpoint_says_what_that_means(logged):
    logged("checkpoint", "-o", "old.checkpoint")
    add(logged)
    for key in ([], ["--key", key_of(logged)]):
        ran = logged("verify", "--against", "old.checkpoint", *key)
        assert ran.code == 0
        printed = plain(ran.out)
        assert "checkpoint of 1 entry, " in printed
        assert "since it was signed none of them was changed or removed" in printed
        assert "does not mean that what they say is true" in printed
    told = json.loads(logged("verify", "--against", "old.checkpoint", "--json").out)
    assert [head["size"] for head in told["against"]] == [1]
    assert (told["size"], told["seen"]["size"]) == (2, 2)


def test_verify_takes_a_key_from_a_file_and_refuses_what_is_none(logged, tmp_path):
    logged("checkpoint", "-o", "old.checkpoint")
    (tmp_path / "key.txt").write_text(f"{key_of(logged)}\n")
    asked = ("verify", "--against", "old.checkpoint", "--key")
    assert logged(*asked, "@key.txt").code == 0
    (tmp_path / "latin").write_bytes(b"\xff")
    for wrong in ("nonsense", "key.txt", "@old.checkpoint", "x" * 5000):
        ran = logged(*asked, wrong)
        assert ran.code == 2
        assert "verifier key" in ran.err
    for wrong, words in (("@no", "No such file"), ("@latin", "decode"), ("@.", "dir")):
        ran = logged(*asked, wrong)
        assert (ran.code, words in ran.err) == (2, True), ran.err


@pytest.mark.parametrize("spaced", ["{}", " {}\n"])
def test_a_file_that_is_named_like_the_key_does_not_take_its_place(
    logged, tmp_path, spaced
):
    """Whoever can put a file here could sign with a key of their own."""
    key = VerifierKey.parse(key_of(logged))
    thief = SigningKey.draw(key.name)
    forged = sign_checkpoint(TreeHead(key.name, 1, root=bytes(32)), thief)
    (tmp_path / "forged").write_bytes(forged)
    planted = tmp_path / str(key)
    planted.parent.mkdir(parents=True)
    planted.write_text(str(thief.verifier))
    ran = logged("verify", "--against", "forged", "--key", spaced.format(key), "--json")
    assert ran.code == 3
    [problem] = json.loads(ran.out)["problems"]
    assert "has no signature by this key" in problem["detail"]
    ran = logged("verify", "--key", spaced.format(key))
    assert ran.code == 0


def test_verify_for_a_key_that_is_none_of_the_logs_fails_with_exit_3(logged):
    key = key_of(logged)
    ran = logged("verify", "--key", key)
    assert ran.code == 0
    assert f"{key}, one of its keys, as you gave it" in plain(ran.out)
    assert json.loads(logged("verify", "--key", key, "--json").out)["key"] == key
    assert json.loads(logged("verify", "--json").out)["key"] is None
    other = str(SigningKey.draw(VerifierKey.parse(key).name).verifier)
    ran = logged("verify", "--key", other)
    assert ran.code == 3
    assert f"the key that was given, {other}, is none of it" in ran.err
    ran = logged("verify", "--key", other, "--json")
    assert ran.code == 3
    assert [one["kind"] for one in json.loads(ran.out)["problems"]] == ["signature"]


def test_verify_against_a_forked_or_lost_history_fails_with_exit_3(rolled_back):
    rolled_back("resume", *WHO, "--yes")
    ran = rolled_back("verify", "--against", "last.checkpoint")
    assert ran.code == 3
    assert "the first 2 entries give the root" in plain(ran.err)
    assert rolled_back("verify").code == 0
    ran = rolled_back("verify", "--against", "last.checkpoint", "--json")
    assert ran.code == 3
    [problem] = json.loads(ran.out)["problems"]
    assert (problem["position"], problem["kind"]) == (None, "checkpoint")
    assert "they were changed since it was signed" in problem["detail"]


def test_verify_against_what_another_key_signed_fails_with_exit_3(logged, tmp_path):
    origin = VerifierKey.parse(key_of(logged)).name
    head = TreeHead(origin, 1, root=bytes(32))
    stranger, other = SigningKey.draw(origin), SigningKey.draw("example.org/other")
    (tmp_path / "forged").write_bytes(sign_checkpoint(head, stranger))
    logged("checkpoint", "-o", "good")
    for asked in (["forged"], ["good", "--key", str(other.verifier)]):
        ran = logged("verify", "--against", *asked)
        assert ran.code == 3
        assert ran.err.startswith("NOT VERIFIED\n")
        assert asked[0] in ran.err
    told = json.loads(logged("verify", "--against", "forged", "--json").out)
    assert [one["kind"] for one in told["problems"]] == ["signature"]


def test_verify_against_what_is_no_checkpoint_is_refused(logged, tmp_path):
    (tmp_path / "text").write_text("no checkpoint\n")
    assert logged("verify", "--against", "text").code == 1
    assert logged("verify", "--against", "nowhere").code == 2


def test_a_problem_that_stops_the_comparison_is_told_in_json_too(logged, tmp_path):
    logged("checkpoint", "-o", "good")
    with closing(sqlite3.connect(tmp_path / "monitor.db")) as driver:
        driver.executescript(
            "ALTER TABLE signer RENAME TO old;"
            "CREATE TABLE signer (since, verifier);"
            "INSERT INTO signer SELECT since, CAST(verifier AS BLOB) FROM old"
        )
    ran = logged("verify", "--against", "good", "--json")
    assert ran.code == 3
    [problem] = json.loads(ran.out)["problems"]
    assert problem["detail"] == "the key since 0: its row is damaged"


def test_problems_are_told_in_json_with_place_and_kind(logged, tmp_path):
    [exhibit] = (tmp_path / "monitor.db-exhibits").iterdir()
    exhibit.chmod(0o600)
    exhibit.write_bytes(b"another")
    ran = logged("verify", "--json")
    assert ran.code == 3
    [problem] = json.loads(ran.out)["problems"]
    assert (problem["position"], problem["kind"]) == (0, "exhibit")


# Cosigning, by files


@pytest.fixture
def watched(logged, monkeypatch, tmp_path):
    """A log, and a function that runs commands as an institute that watches it."""

    def as_institute(*args):
        with monkeypatch.context() as patched:
            for name in ("CONFIG", "STATE"):
                place = str(tmp_path / "institute" / name)
                patched.setenv(f"EMBARGO_MONITOR_{name}", place)
            return logged(*args)

    drawn = as_institute("key", "draw", "institute.example/w")
    return as_institute, drawn.out.strip()


def cosigned_by(path, log, witness):
    policy = Policy(
        VerifierKey.parse(log), witnesses=(VerifierKey.parse(witness),), quorum=1
    )
    return open_checkpoint(path.read_bytes(), policy).head.size


def test_an_institute_cosigns_what_continues_what_it_saw(logged, watched, tmp_path):
    as_institute, witness = watched
    key = key_of(logged)
    sign = ("--key", key, "--as", "institute.example/w")
    logged("checkpoint", "-o", "first")
    assert as_institute("cosign", "first", *sign, "-o", "first.cosigned").code == 0
    assert cosigned_by(tmp_path / "first.cosigned", key, witness) == 1
    add(logged)
    logged("checkpoint", "--since", "1", "-o", "second")
    assert as_institute("cosign", "second", *sign, "-o", "second.cosigned").code == 0
    assert cosigned_by(tmp_path / "second.cosigned", key, witness) == 2
    kept = logged("keep-cosignatures", "second.cosigned", "--witness", witness)
    assert (kept.code, kept.out) == (
        0,
        "Kept the cosignature of institute.example/w\n",
    )
    logged("checkpoint", "-o", "third")
    assert cosigned_by(tmp_path / "third", key, witness) == 2


def test_an_institute_reads_the_proof_from_the_folder_of_a_static_log(
    logged, watched, tmp_path
):
    as_institute, _ = watched
    sign = ("--key", key_of(logged), "--as", "institute.example/w")
    leaf = bytes.fromhex(json.loads(logged("show", "0", "--json").out)["leaf"])
    logged("checkpoint", "-o", "first")
    assert as_institute("cosign", "first", *sign).code == 0
    add(logged)
    leaf += bytes.fromhex(json.loads(logged("show", "1", "--json").out)["leaf"])
    tile = tmp_path / "static" / tile_path(0, 0, 2)
    tile.parent.mkdir(parents=True)
    logged("checkpoint", "-o", "static/checkpoint")
    ran = as_institute("cosign", "static/checkpoint", *sign)
    assert ran.code == 3
    tile.write_bytes(leaf[::-1])
    assert as_institute("cosign", "static/checkpoint", *sign).code == 1
    tile.write_bytes(leaf)
    ran = as_institute("cosign", "static/checkpoint", *sign)
    assert (ran.code, ran.out.count("—")) == (0, 2)


def test_an_institute_refuses_an_older_log_and_a_proof_from_elsewhere(logged, watched):
    as_institute, _ = watched
    sign = ("--key", key_of(logged), "--as", "institute.example/w")
    logged("checkpoint", "-o", "first")
    add(logged)
    logged("checkpoint", "--since", "1", "-o", "second")
    logged("checkpoint", "--since", "2", "-o", "second-again")
    assert as_institute("cosign", "second", *sign).code == 0
    for file, words in (
        ("first", "seen with 2 entries, and this is of 1"),
        ("second", "it begins at size 1, and 2 entries were seen here"),
    ):
        ran = as_institute("cosign", file, *sign)
        assert (ran.code, ran.out) == (1, "")
        assert words in ran.err
    assert as_institute("cosign", "second-again", *sign).code == 0


def test_an_institute_accepts_the_next_key_of_the_log(logged, watched, tmp_path):
    as_institute, witness = watched
    old = key_of(logged)
    sign = ("--as", "institute.example/w")
    logged("checkpoint", "-o", "first")
    assert as_institute("cosign", "first", "--key", old, *sign).code == 0
    private_file(logged).unlink()
    assert logged("resume", *WHO, "--yes").code == 0
    new = key_of(logged)
    logged("checkpoint", "--since", "1", "-o", "second")
    asked = ("cosign", "second", "--key", new, *sign, "-o", "second.cosigned")
    refused = as_institute(*asked)
    assert refused.code == 1
    assert f"what was seen of it was signed by {old}" in refused.err
    assert "`embargo-monitor key accept VKEY`" in refused.err
    accepted = as_institute("key", "accept", new, "--log", "not-here.db")
    assert accepted.code == 0
    for said in (new, old, "of 1 entry, with the root "):
        assert said in plain(accepted.out)
    assert as_institute(*asked).code == 0
    assert cosigned_by(tmp_path / "second.cosigned", new, witness) == 2


def test_a_key_of_a_log_that_was_never_seen_is_not_accepted(logged):
    key = str(SigningKey.draw("example.org/other").verifier)
    for place in ("monitor.db", "not-here.db"):
        ran = logged("key", "accept", key, "--log", place)
        assert (ran.code, "nothing was seen of it here" in ran.err) == (1, True)


def test_which_of_several_keys_cosigns_is_never_guessed(logged, watched, tmp_path):
    as_institute, witness = watched
    logged("checkpoint", "-o", "a")
    other = SigningKey.draw("institute.example/w", COSIGNATURE)
    KeyRing(tmp_path / "institute" / "CONFIG" / "keys").keep(other)
    sign = ("--key", key_of(logged), "--as", "institute.example/w")
    ran = as_institute("cosign", "a", *sign)
    assert (ran.code, ran.out) == (1, "")
    for one in (witness, str(other.verifier)):
        assert one in ran.err


def test_an_institute_without_a_key_is_told(logged):
    logged("checkpoint", "-o", "a")
    ran = logged("cosign", "a", "--key", key_of(logged), "--as", "institute.example/w")
    assert ran.code == 1
    assert "unknown key of yours 'institute.example/w'" in ran.err


def test_what_nobody_known_cosigned_is_not_kept(logged, watched):
    as_institute, witness = watched
    logged("checkpoint", "-o", "a")
    ran = logged("keep-cosignatures", "a", "--witness", witness)
    assert (ran.code, ran.out) == (0, "")
    assert "nothing was kept" in ran.err
    assert logged("keep-cosignatures", "a").code == 2
    sign = ("--key", key_of(logged), "--as", "institute.example/w")
    as_institute("cosign", "a", *sign, "-o", "b")
    ran = logged("keep-cosignatures", "b", "--witness", witness, "--json")
    told = json.loads(ran.out)
    assert told["witness"] == witness
    assert told["time"] > 1_600_000_000
