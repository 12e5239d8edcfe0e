"""Commands that write: init, check, add."""

import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
FORM = SEEDS / "000_72d35ca66b1e567a.report.json"

TEXT = "The minister said on Tuesday that ten trucks were delivered."


def form(report="r-1", **changes):
    written = {
        "report": report,
        "document": {
            "titles": {"en": "Ten trucks"},
            "language": "en",
            "publisher": "paper",
            "published": {"date": "2025-12-23"},
            "exhibits": {"text": {"file": "text.txt"}},
        },
        "actors": {"ruritania": {"kind": "state", "names": {"en": "Ruritania"}}},
        "sources": {
            "minister": {
                "kind": "person",
                "names": {"en": "a minister"},
                "unnamed": True,
            },
            "paper": {"kind": "outlet", "names": {"en": "The Paper"}},
        },
        "voices": {"minister": ["minister", "paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Ten trucks"}},
        "claims": [
            {
                "voice": "minister",
                "about": "deal",
                "stage": "delivered",
                "supplier": "ruritania",
                "goods": "vehicle: truck",
                "quantity": "10 items",
                "quote": "ten trucks were delivered",
            }
        ],
    }
    return {**written, **changes}


@pytest.fixture
def written(tmp_path):
    """Write a form, and the text that it quotes, into the folder; return its name."""
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")

    def write(value, name="report.json"):
        (tmp_path / name).write_text(json.dumps(value), "utf-8")
        return name

    return write


def size(run):
    return json.loads(run("verify", "--json").out)["size"]


def unsigned(ran):
    """What a command printed before its last line, which tells of a checkpoint."""
    *lines, last = ran.out.splitlines()
    assert re.fullmatch("Signed a checkpoint of .*, root [0-9a-f]{64}", last)
    return lines


def test_init_twice_says_so_and_adds_nothing(run):
    first, second = run("init"), run("init")
    assert (first.code, second.code) == (0, 0)
    for state, ran in (("Appended", first), ("The log has it already:", second)):
        assert f"{state} entry 0, report seed-article\n" in ran.out
        assert f"{state} entry 1, relevance seed-article.deal.relevance-1\n" in ran.out
    assert size(run) == 2


def test_init_empty_makes_a_log_without_entries_and_init_then_fills_it(run):
    assert run("init", "--empty").code == 0
    assert size(run) == 0
    assert "Appended entry 0" in run("init").out


def test_init_takes_an_origin(run):
    assert "named example.org/log" in run("init", "--origin", "example.org/log").out


def test_init_leaves_a_file_that_is_no_log_alone(run, tmp_path):
    (tmp_path / "monitor.db").write_text("precious")
    ran = run("init")
    assert ran.code == 1
    assert "no log that this version can open" in ran.err
    assert (tmp_path / "monitor.db").read_text() == "precious"


def test_the_log_is_named_by_option_or_environment(run, monkeypatch, tmp_path):
    run("init", "--log", "a.db")
    monkeypatch.setenv("EMBARGO_MONITOR_LOG", "b.db")
    run("init")
    assert {path.name for path in tmp_path.glob("*.db")} == {"a.db", "b.db"}


def test_a_database_url_is_refused_and_not_taken_for_a_path(run):
    ran = run("init", "--log", "postgresql://host/db")
    assert ran.code == 2
    assert "must be a path: no database server is spoken to yet" in ran.err


def test_check_shows_what_would_be_added_and_adds_nothing(run, written, tmp_path):
    ran = run("check", written(form()))
    assert ran.code == 0
    assert "CHECKED report.json: report r-1" in ran.out
    assert "FILLED IN by the library" in ran.out
    assert "code points 34 to 59 of text, paragraph 1" in ran.out
    assert "ONCE ADDED, NOTHING OF THIS CAN EVER BE REMOVED OR CHANGED" in ran.out
    assert {path.name for path in tmp_path.iterdir()} == {"report.json", "text.txt"}


def test_check_names_the_persons_that_can_never_be_removed(run):
    printed = " ".join(run("check", FORM, "--by", "ana").out.split())
    told = printed.partition("ONCE ADDED")[2]
    assert "persons Khalifa Haftar, \u2068خليفة حفتر\u2069, Saddam Khalifa" in told
    assert "Asim Munir, \u2068عاصم منير\u2069 claims" in told
    assert "recorder ana" in printed


def test_check_names_what_no_claim_leads_to(run, written):
    idle = form()
    mate = {"kind": "person", "names": {"en": "A. Mate", "ar": "ميت"}, "public": True}
    idle["actors"]["mate"] = mate
    idle["voices"] |= {"paper": ["paper"], "twice": ["paper"]}
    printed = " ".join(run("check", written(idle)).out.split())
    shown, _, told = printed.partition("ONCE ADDED")
    assert "NAMED BY NO CLAIM, and in the log all the same actor mate: person" in shown
    assert (
        "persons A. Mate, \u2068ميت\u2069 unused actors mate; voices paper, twice: no"
        " claim leads to them, and they would stay in the log for ever claims 3"
    ) in told
    assert "unused" not in run("check", written(form())).out
    assert "ONCE ADDED" in run("check", written(form())).out


def test_check_tells_every_fault_with_file_and_path(run, written):
    wrong = form()
    wrong["claims"][0]["quote"] = "eleven trucks"
    wrong["claims"][0]["stage"] = "arrived"
    wrong["events"]["deal"]["kind"] = "sale"
    ran = run("check", written(wrong))
    assert ran.code == 1
    assert "report.json: $.events.deal: kind must be one of transfer" in ran.err


def test_check_of_a_record_names_it(run, written):
    run("init")
    record = json.loads(run("show", "0", "--json").out)
    printed = run("check", written(record)).out
    assert "CHECKED report.json: report seed-article" in printed
    assert "Libyan National Army <- Pakistan" in printed
    assert "ONCE ADDED, NOTHING OF THIS CAN EVER BE REMOVED" in printed


def test_check_shows_records_of_every_kind(run, written):
    record = {
        "kind": "withdrawal",
        "kv": 1,
        "id": "w-1",
        "body": {
            "entry": "r-1",
            "entry_kind": "report",
            "reason": "twice",
            "by": "ana",
        },
    }
    printed = run("check", written(record)).out
    assert "  reason       twice" in printed
    assert "ONCE ADDED, NOTHING OF THIS CAN EVER BE REMOVED" in printed


def test_add_needs_yes_where_it_cannot_ask(run, written):
    run("init", "--empty")
    ran = run("add", written(form()))
    assert ran.code == 2
    assert "--yes is needed" in ran.err
    assert size(run) == 0


def test_add_twice_adds_once(run, written):
    run.article()
    name = written(form())
    assert unsigned(run("add", "--yes", name)) == ["Appended entry 1, report r-1"]
    again = run("add", "--yes", name)
    assert again.code == 0
    assert unsigned(again) == ["The log has it already: entry 1, report r-1"]
    assert size(run) == 2


def test_add_prints_json_and_records_by_whom(run, written):
    run("init", "--empty")
    ran = run("add", "--yes", "--json", "--by", "ana", written(form()))
    assert json.loads(ran.out) == {
        "index": 0,
        "new": True,
        "kind": "report",
        "id": "r-1",
    }
    assert json.loads(run("show", "0", "--json").out)["by"] == "ana"


def test_a_changed_report_under_the_same_id_is_refused_and_named(run, written):
    run("init", "--empty")
    run("add", "--yes", written(form()))
    ran = run("add", "--yes", written(form(note="changed")))
    assert ran.code == 1
    assert "report 'r-1' is entry 0 already, with other content" in ran.err
    assert "log a correction of it" in ran.err
    assert size(run) == 1


def test_a_form_of_a_newer_version_says_so(run, written):
    run("init", "--empty")
    ran = run("add", "--yes", written(form(form=2)))
    assert ran.code == 1
    assert "needs a newer version of embargo_monitor" in ran.err


def test_a_record_of_a_newer_version_says_so(run, written):
    run("init")
    record = json.loads(run("show", "0", "--json").out)
    ran = run("add", "--yes", written({**record, "kv": 9}))
    assert ran.code == 1
    assert "kind 'report' in version 9 needs a newer version" in ran.err


def test_a_truncated_file_is_refused_with_its_place_and_no_other_is_added(
    run, written, tmp_path
):
    run("init", "--empty")
    whole = written(form())
    cut = tmp_path / "cut.json"
    cut.write_text(json.dumps(form("r-2"))[:-40])
    ran = run("add", "--yes", whole, "cut.json")
    assert ran.code == 1
    assert "cut.json: $: " in ran.err
    assert size(run) == 0


def test_a_file_that_is_missing_is_named(run):
    run("init", "--empty")
    ran = run("add", "--yes", "nowhere.json")
    assert (ran.code, "nowhere.json" in ran.err) == (1, True)


def test_add_reads_standard_input_one_form_on_every_line(run, written):
    run("init", "--empty")
    written(form())
    lines = "\n".join(json.dumps(form(f"r-{n}")) for n in range(3))
    ran = run("add", "--yes", "-", stdin=lines.encode())
    assert unsigned(ran) == [f"Appended entry {n}, report r-{n}" for n in range(3)]


def test_a_fault_on_one_line_names_the_line(run, written):
    run("init", "--empty")
    written(form())
    lines = json.dumps(form()) + "\n" + json.dumps({**form("r-2"), "x": 1})
    ran = run("add", "--yes", "-", stdin=lines.encode())
    assert "standard input, line 2: $: unknown field 'x'" in ran.err
    assert size(run) == 0


def test_what_show_prints_can_be_added_again(run):
    run("init")
    record = run("show", "0", "--json").out
    ran = run("add", "--yes", "-", stdin=record.encode())
    assert unsigned(ran) == ["The log has it already: entry 0, report seed-article"]


def test_a_record_whose_exhibit_is_not_here_is_refused(run):
    run("init")
    record = run("show", "0", "--json").out
    run("init", "--empty", "--log", "other.db")
    ran = run("add", "--yes", "--log", "other.db", "-", stdin=record.encode())
    assert ran.code == 1
    assert "exhibit sha256:5dcc4d85" in ran.err


def test_add_to_no_log_says_how_to_make_one(run, written):
    ran = run("add", "--yes", written(form()))
    assert ran.code == 1
    assert "there is no log at " in ran.err
    assert "`embargo-monitor init` makes one" in ran.err


def test_what_comes_before_a_refused_report_is_added(run, written):
    run("init", "--empty")
    first, changed = written(form(), "a.json"), written(form(note="x"), "b.json")
    last = written(form("r-2"), "c.json")
    ran = run("add", "--yes", first, changed, last)
    assert ran.code == 1
    assert unsigned(ran) == ["Appended entry 0, report r-1"]
    assert "2 were not added:" in ran.err
    assert size(run) == 1


def test_at_a_terminal_add_shows_all_and_asks(run_at_terminal, written):
    run_at_terminal("init", "--empty")
    name = written(form())
    refused = run_at_terminal("add", name, typed="n\n")
    assert "ten trucks were delivered" in refused.out
    assert "ONCE ADDED, NOTHING OF THIS CAN EVER BE REMOVED" in refused.out
    assert "Add it? [y/N]" in refused.out
    assert refused.out.endswith("Nothing was added.\n")
    assert (
        "Appended entry 0, report r-1" in run_at_terminal("add", name, typed="y\n").out
    )


def test_at_a_terminal_long_work_shows_a_bar(run_at_terminal, written):
    run_at_terminal("init", "--empty")
    assert "adding" in run_at_terminal("add", "--yes", written(form())).err


def test_a_full_disk_adds_nothing_loses_nothing_and_says_so(run, written, tmp_path):
    run.article()
    name = written(form())

    def fill():
        # Room for SQLite's index of the WAL, and not for the pages of an entry.
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    full = subprocess.run(
        [sys.executable, "-m", "embargo_monitor", "add", "--yes", name],
        cwd=tmp_path,
        preexec_fn=fill,
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 1
    assert "nothing was added" in full.stderr
    assert size(run) == 1
    assert unsigned(run("add", "--yes", name)) == ["Appended entry 1, report r-1"]
