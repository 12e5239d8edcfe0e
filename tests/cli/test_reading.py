"""Commands that read: log, show, event, events, verify, gazetteer."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

import embargo_monitor.__main__ as program
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.cli import main
from embargo_monitor.log.storage import Storage


def plain(text):
    return " ".join(text.split())


@pytest.fixture
def newer(run, tmp_path):
    """A log with the article, and an entry that only a newer version can read."""
    run.article()
    entry = {
        "v": 1,
        "kind": "sighting",
        "kv": 1,
        "id": "s-1",
        "by": "ana",
        "recorded": "2099-01-01T00:00:00Z",
        "body": {"of": "a ship"},
    }
    with Storage.open(tmp_path / "monitor.db") as storage, storage.writing() as writer:
        writer.append("sighting/s-1", canonical_bytes(entry))
    return run


def test_log_lists_an_entry_on_a_line(run):
    run.article()
    [line] = run("log").out.splitlines()
    assert line.split()[0] == "0"
    assert line.endswith(
        "report     seed-article  A multi-billion-dollar arms deal between Libya and"
        " Pakistan"
    )


def test_log_as_json_holds_the_entries_as_stored(run):
    run.article()
    [line] = run("log", "--json").out.splitlines()
    entry = json.loads(line)
    assert (entry["index"], entry["kind"], entry["id"]) == (0, "report", "seed-article")
    assert len(entry["body"]["claims"]) == 31


def test_show_finds_a_report_by_its_id(run):
    run("init")
    assert run("show", "seed-article").out == run("show", "0").out


def test_show_finds_records_of_every_kind_by_id(run):
    run.article()
    withdrawal = {
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
    assert run("add", "--yes", "-", stdin=json.dumps(withdrawal).encode()).code == 0
    assert run("show", "w-1").out == run("show", "1").out


@pytest.fixture
def numbered(run, tmp_path):
    """A log of reports with the ids 00001, 1 and 7, and one of another kind."""
    run("init", "--empty")
    for id_ in ("00001", "1", "7"):
        report = {
            "report": id_,
            "document": {"titles": {"en": f"Page {id_}"}, "publisher": "paper"},
            "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
            "voices": {"paper": ["paper"]},
            "events": {"deal": {"kind": "transfer", "title": "A deal"}},
            "claims": [{"voice": "paper", "about": "deal", "stage": "talks"}],
        }
        (tmp_path / "r.json").write_text(json.dumps(report), "utf-8")
        assert run("add", "--yes", "r.json").code == 0
    who = ("--reason", "a slip", "--by", "ana", "--yes")
    assert run("withdraw", "report/7", *who, "--id", "00001").code == 0
    return run


@pytest.mark.parametrize(
    ("which", "index"),
    [
        ("0", 0),
        ("2", 2),
        ("3", 3),
        ("7", 2),
        ("report/00001", 0),
        ("report/1", 1),
        ("withdrawal/00001", 3),
    ],
)
def test_an_entry_is_found_by_its_index_its_id_or_both_names(numbered, which, index):
    assert json.loads(numbered("show", which, "--json").out)["index"] == index


@pytest.mark.parametrize(
    ("which", "words"),
    [
        (
            "00001",
            "one of them: report/00001 (index 0) or withdrawal/00001 (index 3), got",
        ),
        ("002", "unknown record '002'"),
        ("9", "the log has 4, got 9"),
        ("report/9", "unknown report '9'"),
        ("\u0661", "unknown record"),
    ],
)
def test_what_could_be_several_entries_is_refused_and_named(numbered, which, words):
    for command in ("show",), ("withdraw", "--reason", "a", "--by", "b", "--yes"):
        ran = numbered(*command, which)
        assert ran.code == 1
        assert words in ran.err
    assert len(numbered("log").out.splitlines()) == 4


def test_an_index_that_is_also_an_id_is_refused(numbered, tmp_path):
    text = (tmp_path / "r.json").read_text("utf-8").replace('"7"', '"0"')
    (tmp_path / "r.json").write_text(text, "utf-8")
    assert numbered("add", "--yes", "r.json").code == 0
    ran = numbered("show", "0")
    assert ran.code == 1
    assert "one of them: report/00001 (index 0) or report/0 (index 4)" in ran.err


def test_the_bytes_shown_hash_to_the_leaf(run):
    run("init")
    data = run("show", "0", "--bytes").out.encode()
    leaf = json.loads(run("show", "0", "--json").out)["leaf"]
    assert hashlib.sha256(b"\0" + data).hexdigest() == leaf
    assert leaf in run("show", "0").out


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["show", "7"], "the log has 1, got 7"),
        (["show", "nothing"], "unknown record 'nothing'"),
        (["event", "seed-article#dael"], "near: seed-article#deal"),
        (["event", "nothing#deal"], "unknown report 'nothing'"),
        (["gazetteer", "Lybia"], "near: Libya"),
    ],
)
def test_what_is_not_there_is_refused_in_words(run, asked, words):
    run.article()
    ran = run(*asked)
    assert ran.code == 1
    assert words in ran.err


def test_an_event_shows_its_claims_side_by_side(run):
    run("init")
    printed = " ".join(run("event", "seed-article#deal").out.split())
    assert "disputes DISPUTED, price as agreed" in printed
    assert printed.count("supplier Pakistan") == 3
    assert "supplier Pakistan: 2 origins" in printed


def test_an_event_as_json_has_words_and_voices(run):
    run("init")
    event = json.loads(run("event", "seed-article#offer", "--json").out)
    stage = event["claims"][0]
    assert stage["stage"] == "offered"
    assert stage["voice_line"] == "Asim Munir > unknown publisher"
    assert "“متاحة لإخواننا في ليبيا”" in stage["words"]


def test_an_event_without_its_report_is_refused_with_what_it_may_be(run):
    run("init")
    assert run("event", "deal").err == (
        "embargo-monitor: unknown event 'deal'; near: seed-article#deal\n"
    )
    assert "near: seed-article#deal, seed-article#" in run("event", "seed-article").err
    assert run("event", "arms").err == "embargo-monitor: unknown report 'arms'\n"


def test_events_say_what_claims_make_of_them(run):
    run("init")
    found = [json.loads(line) for line in run("events", "--json").out.splitlines()]
    deal = found[0]
    assert [one["kind"] for one in found] == [
        "transfer",
        "transfer",
        "pact",
        "contact",
        "contact",
    ]
    assert deal["suppliers"] == ["Pakistan"]
    assert deal["recipients"] == ["Libyan National Army"]
    assert deal["goods"] == ["arms, not described, as agreed"]
    [agreed] = deal["stages"]
    assert (agreed["stage"], agreed["date"]) == ("agreed", "[2025-12-13..2025-12-23]")
    assert agreed["rests_on"][0].startswith("this date is inferred: told as following")
    assert agreed["rests_on"][1].startswith("the day of publication, 2025-12-23?, is")
    assert found[4]["stages"][0]["rests_on"] == agreed["rests_on"][1:]
    assert deal["origins"] == {"at_least": 2, "at_most": 2}
    assert deal["disputed"] == "yes"
    assert "seed-article#deal" in run("events").out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "no events: 1 report was withdrawn, and no report that stands speaks of"),
        (["--json"], ""),
    ],
)
def test_that_there_are_no_events_is_said_and_why(run, asked, said):
    run("init")
    run("withdraw", "seed-article", "--reason", "twice", "--by", "ana", "--yes")
    ran = run("events", *asked)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith(said)
    assert bool(ran.err) is bool(said)


def test_a_log_without_a_report_has_no_events(run):
    run("init", "--empty")
    assert run("events").err == "no events: no report of this log speaks of any\n"


def test_what_another_report_takes_back_is_no_event_that_counts(run, tmp_path):
    said = {"id": "said", "voice": "ministry", "about": "deal", "stage": "delivered"}
    report = {
        "document": {"titles": {"en": "Tanks"}, "publisher": "paper"},
        "sources": {
            "ministry": {"kind": "body", "names": {"ar": "وزارة"}},
            "paper": {"kind": "outlet", "names": {"en": "The Paper"}},
        },
        "voices": {"ministry": ["ministry", "paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Tanks (withdrawn: x)"}},
    }
    back = {**said, "stance": "withdraws", "answers": "r1#said.stage"}
    run("init", "--empty")
    for id_, row in (("r1", said), ("r2", back)):
        written = json.dumps({**report, "report": id_, "claims": [row]})
        (tmp_path / "r.json").write_text(written, "utf-8")
        assert run("add", "--yes", "r.json").code == 0
    first, _ = map(json.loads, run("events", "--json").out.splitlines())
    assert first["stages"] == []
    assert first["origins"] == {"at_least": 0, "at_most": 0}
    event = run("event", "r1#deal").out
    assert "stage      delivered [TAKEN BACK in r2 by \u2068وزارة\u2069]" in event
    assert "origins    0 independent" in event
    assert "(transfer) “Tanks (withdrawn: x)”" in event
    told = json.loads(run("event", "r1#deal", "--json").out)
    [claim] = told["claims"]
    assert claim["taken_back_by"] == ["r2#said.stage"]
    assert claim["voice_line"] == "وزارة > The Paper"
    # What was logged is shown as it was logged, and our withdrawal ends it.
    assert "TAKEN BACK" not in run("show", "r1").out
    run("withdraw", "r2", "--reason", "a slip", "--by", "ana", "--yes")
    assert "TAKEN BACK" not in run("event", "r1#deal").out


def test_verify_says_what_it_means(run):
    run.article()
    ran = run("verify")
    assert ran.code == 0
    assert "1 entry, 1 exhibit" in ran.out
    assert "goes on from what was seen of it on this machine" in plain(ran.out)


def test_verify_of_a_log_that_was_never_seen_says_that_it_proves_little(
    run, monkeypatch, tmp_path
):
    run("init")
    monkeypatch.setenv("EMBARGO_MONITOR_STATE", str(tmp_path / "elsewhere"))
    ran = run("verify")
    assert ran.code == 0
    assert "self-consistent only" in ran.out
    assert "seen here" not in ran.out


def test_verify_shows_a_bar_to_a_person(run_at_terminal):
    run_at_terminal("init")
    assert "verifying" in run_at_terminal("verify").err


def test_a_changed_exhibit_fails_verification_with_exit_3(run, tmp_path):
    run("init")
    [exhibit] = [
        path for path in (tmp_path / "monitor.db-exhibits").rglob("*") if path.is_file()
    ]
    exhibit.chmod(0o600)
    exhibit.write_bytes(exhibit.read_bytes().replace(b"3", b"4", 1))
    ran = run("verify")
    assert ran.code == 3
    assert "NOT VERIFIED" in ran.err
    assert "entry 0" in ran.err
    shown = run("show", "0")
    assert shown.code == 0
    assert "its exhibit cannot be read" in shown.out


def test_an_entry_for_a_newer_version_is_kept_shown_and_verified(newer):
    assert "needs a newer version of embargo_monitor" in newer("log").out
    assert "needs a newer version of" in newer("show", "1").out
    assert json.loads(newer("show", "1", "--json").out)["body"] == {"of": "a ship"}
    assert "1 of them: a newer version is needed to read them" in newer("verify").out
    assert newer("events").code == 0
    assert "The log has it already: entry 0" in newer("init").out


def test_the_gazetteer_lists_and_finds_by_any_name(run):
    assert "Libyan National Army" in run("gazetteer").out
    found = run("gazetteer", "الجيش الوطني الليبي").out
    assert found.startswith("lna  (armed group)")
    assert json.loads(run("gazetteer", "LNA", "--json").out)["id"] == "lna"
    listed = run("gazetteer", "--json").out.splitlines()
    assert {"PK", "lna"} <= {json.loads(line)["id"] for line in listed}


def test_a_terminal_narrower_than_a_page_gets_narrow_lines(
    run_at_terminal, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "60")
    run_at_terminal("init")
    lines = run_at_terminal("show", "0").out.splitlines()
    origins = [line for line in lines if line.startswith("  origins")]
    assert max(map(len, origins)) <= 60


def test_a_terminal_that_knows_no_arabic_gets_escapes(run, tmp_path):
    run("init")
    shown = subprocess.run(
        [sys.executable, "-m", "embargo_monitor", "show", "0"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert shown.returncode == 0
    assert rb"\u0635\u0641\u0642\u0629" in shown.stdout


def test_the_package_is_a_program_too(run):
    assert main is program.main
    assert run("--version").code == 0


def test_version_and_help_are_answered(run):
    assert "0.1.0" in run("--version").out
    assert "check" in run("-h").out
