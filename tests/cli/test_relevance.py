"""Which embargoes bear on an event or a supply, on the command line."""

import json
from pathlib import Path

from embargo_monitor.regimes import Register

CASES = Path(__file__).parents[1] / "data" / "cases"


def test_a_supply_is_asked_without_a_log(run):
    ran = run(
        *("relevance", "--supplier", "PK"),
        *("--recipient", "Libyan National Army", "--when", "2025-12"),
    )
    assert ran.code == 0
    assert "YES    UN arms embargo on Libya (un-libya-2011)" in ran.out
    assert (
        "NO     EU arms embargo on Libya (eu-libya-2011), by step 5, bound" in ran.out
    )
    assert "This is no legal advice." in ran.out
    assert Register.bundled().digest[:16] in ran.out


def test_all_parts_of_a_supply_can_be_given(run):
    ran = run(
        *("relevance", "--supplier", "CN", "--recipient", "SD", "--destination", "SD"),
        *(
            "--origin",
            "CN",
            "--broker",
            "DE",
            "--carrier",
            "MT",
            "--goods",
            "arms: guns",
        ),
        *("--service", "training", "--when", "2010", "--not-after", "2011"),
        *("--act", "delivered", "--in-part", "yes", "--json"),
    )
    [line] = ran.out.splitlines()
    found = {one["regime"]: one["relevant"] for one in json.loads(line)["regimes"]}
    assert found["un-sudan-darfur-2004"] == "yes"
    assert found["eu-sudan-1994"] == "yes"  # the broker is of a member state


def test_an_event_of_the_log_is_asked_by_its_claims(run):
    run("init")
    ran = run("relevance", "seed-article#deal")
    assert ran.code == 0
    assert "Pakistan to the LNA: an arms deal (seed-article#deal)" in ran.out
    assert "`in force`: Reuters or unknown publisher (it is unclear who)" in ran.out


def test_linked_events_are_taken_along_when_asked_for(run):
    run("init", "--log", "cases.db")
    files = [*sorted((CASES / "c27").glob("*.json")), CASES / "c27" / "links.jsonl"]
    added = run("add", "--yes", *files, "--log", "cases.db")
    assert added.code == 0, added.err
    alone = run("relevance", "c27-a#total", "--log", "cases.db")
    assert "MAYBE  UN arms embargo on North Korea" in alone.out
    linked = run("relevance", "c27-a#total", "--linked", "--log", "cases.db")
    assert "YES    UN arms embargo on North Korea" in linked.out
    assert "and 2 linked" in linked.out


def test_wrong_use_and_unknown_names_are_refused_in_words(run):
    assert run("relevance").code == 2
    assert "is needed" in run("relevance").err
    both = run("relevance", "seed-article#deal", "--supplier", "PK")
    assert (both.code, "not both" in both.err) == (2, True)
    near = run("relevance", "--recipient", "Lybia")
    assert (near.code, near.err) == (
        1,
        "embargo-monitor: unknown name 'Lybia'; near: Libya\n",
    )
    run("init")
    event = run("relevance", "seed-article#bargain")
    assert event.code == 1
    assert "seed-article#deal" in event.err


def test_a_register_of_ones_own_is_laid_over_ours(run, tmp_path):
    ours = Path(__file__).parents[2] / "embargo_monitor" / "regimes" / "register"
    folder = tmp_path / "own" / "register"
    folder.mkdir(parents=True)
    text = (ours / "un-libya-2011.toml").read_text("utf-8")
    named = text.replace("UN arms embargo on Libya", "Our reading of it")
    (folder / "un-libya-2011.toml").write_text(named, "utf-8")
    ran = run(
        *("relevance", "--recipient", "lna", "--supplier", "PK", "--when", "2020"),
        *("--register", folder.parent, "--all"),
    )
    assert "YES    Our reading of it (un-libya-2011)" in ran.out
    assert "Aimed at others" in ran.out
