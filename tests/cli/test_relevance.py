"""Which embargoes bear on an event or a supply, on the command line."""

import json
import re
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


def test_a_register_of_ones_own_is_laid_over_ours(run, own_register):
    folder = own_register("UN arms embargo on Libya", "Our reading of it")
    ran = run(
        *("relevance", "--recipient", "lna", "--supplier", "PK", "--when", "2020"),
        *("--register", folder, "--all"),
    )
    assert "YES    Our reading of it (un-libya-2011)" in ran.out
    assert "Aimed at others" in ran.out


def test_every_event_of_a_report_is_asked(run):
    run.article()
    told = run("relevance", "seed-article").out
    assert told.count("Which arms embargoes bear on: ") == len(EVENTS)
    assert re.findall(r"\(seed-article#(\w+)\)\n", told) == EVENTS
    lines = run("relevance", "seed-article", "--json").out.splitlines()
    events = [json.loads(line)["event"] for line in lines]
    assert events == [f"seed-article#{one}" for one in EVENTS]


EVENTS = ["deal", "offer", "pact", "visit", "july"]


def test_an_answer_is_appended_with_its_reasons(run):
    run.article()
    ran = run("relevance", "seed-article#deal", "--record", "--yes", "--by", "ana")
    assert ran.out.startswith(
        "Appended entry 1, relevance seed-article.deal.relevance-1"
    )
    shown = run("show", "1").out
    assert "\nYES  un-libya-2011\n" in shown
    assert "Pakistan was bound as a member" in shown
    again = run(
        *("relevance", "seed-article#deal", "--record", "--yes", "--json"),
        *("--id", "mine", "--linked"),
    )
    [receipt] = map(json.loads, again.out.splitlines())
    assert (receipt["index"], receipt["kind"], receipt["id"]) == (
        2,
        "relevance",
        "mine",
    )
    assert "linked       none were" in run("show", "mine").out


def test_an_answer_is_shown_and_asked_about_before_it_is_appended(run, run_at_terminal):
    run.article()
    asked = ("relevance", "seed-article#deal", "--record")
    refused = run_at_terminal(*asked, typed="n\n")
    assert "YES  un-libya-2011" in refused.out
    assert "ONCE ADDED, NOTHING OF THIS CAN EVER BE REMOVED" in refused.out
    assert "Nothing was added." in refused.out
    assert "Appended entry 1" in run_at_terminal(*asked, typed="y\n").out
    assert run(*asked).code == 2


def test_what_is_answered_otherwise_now_is_told_with_its_cause(run, own_register):
    run("init")
    same = run("relevance", "--changes").out
    assert "seed-article#deal  as seed-article.deal.relevance-1 has it" in same
    assert "1 asked again, 1 answered as before" in same
    assert "no record of relevance stands of: seed-article#offer" in same
    folder = own_register('binding = "mandatory"', 'binding = "voluntary"')
    other = run("relevance", "--changes", "--register", folder).out
    assert "by the register: " in other
    assert "un-libya-2011  YES -> NO" in other
    assert "by what was logged since" not in other
    [line] = run(
        "relevance", "--changes", "--register", folder, "--json"
    ).out.splitlines()
    found = json.loads(line)
    assert (found["differs"], found["by_claims"]) == (True, [])
    libya = next(
        one for one in found["by_register"] if one["regime"] == "un-libya-2011"
    )
    assert (libya["was"], libya["is"]) == ("yes", "no")


def test_what_was_logged_since_is_told_as_the_cause(run):
    run("init")
    forged = run("show", "seed-article", "--json").out
    claims = [one["id"] for one in json.loads(forged)["body"]["claims"]]
    correction = {
        "kind": "correction",
        "kv": 1,
        "id": "c-1",
        "body": {
            "report": "seed-article",
            "reason": "not said",
            "by": "ana",
            "withdraws": [one for one in claims if one == "deal-cnn.stage"],
        },
    }
    added = run("add", "--yes", "-", stdin=json.dumps(correction).encode())
    assert added.code == 0, added.err
    told = run("relevance", "--changes").out
    assert "otherwise than seed-article.deal.relevance-1 has it" in told
    assert "by what was logged since entry 1" in told
    run("withdraw", "seed-article", "--reason", "twice", "--by", "ana", "--yes")
    assert "does not stand any more" in run("relevance", "--changes").out


def test_options_that_do_not_go_together_are_refused(run):
    run.article()
    for asked in (
        ("seed-article#deal", "--changes"),
        ("--changes", "--record"),
        ("--changes", "--supplier", "PK"),
        ("--supplier", "PK", "--record"),
    ):
        ran = run("relevance", *asked)
        assert (ran.code, ran.out) == (2, ""), asked
