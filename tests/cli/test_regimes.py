"""What the register answers on the command line, and that doubt is always said."""

import json
import re

import pytest

from embargo_monitor.regimes import Register
from embargo_monitor.show.regimes import history_lines, regime_lines

REGISTER = Register.bundled()


def test_without_a_date_all_regimes_are_listed(run):
    ran = run("regimes")
    assert ran.code == 0
    ids = re.findall(r"^([a-z][a-z0-9-]+) +\d{4}-", ran.out, re.MULTILINE)
    assert ids == [one.id for one in REGISTER]
    assert "100 regimes. Both days are included" in ran.out


def test_a_target_on_a_date_is_answered_with_days_binding_and_mark(run):
    ran = run("regimes", "--on", "2025-12", "--target", "LY")
    assert ran.out.splitlines() == [
        f"{'eu-libya-2011':29} 2011-02-28 on            mandatory   two sources",
        "    EU arms embargo on Libya",
        f"{'un-libya-2011':29} 2011-02-26 on            mandatory   two sources",
        "    UN arms embargo on Libya",
        "2 regimes. Both days are included, the first and the last.",
        "Register of 2026-11-23, newest source 2026-08-22, digest "
        + REGISTER.digest[:16],
    ]


def test_maybe_is_said_with_its_reason_and_counted(run):
    ran = run("regimes", "--on", "2026-07-15", "--target", "SS")
    assert "    MAYBE confirmed to 2026-05-31 by UNSCR 2781 (2025)" in ran.out
    assert "2 regimes, 1 of them MAYBE." in ran.out


def test_how_a_regime_bound_is_told_as_it_was_then(run):
    then = run("regimes", "--on", "1990", "--target", "LY").out
    assert "political   two sources" in then
    assert "political, mandatory" in run("regimes", "--target", "LY").out
    chosen = run("regimes", "--on", "1990", "--target", "LY", "--binding", "mandatory")
    assert chosen.out.startswith("0 regimes.")
    voluntary = run("regimes", "--binding", "voluntary", "--issuer", "general assembly")
    assert "4 regimes." in voluntary.out


def test_the_list_as_json_is_a_value_on_a_line(run):
    ran = run("regimes", "--on", "2026-07-15", "--target", "SS", "--json")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [(one["id"], one["in_force"]) for one in lines] == [
        ("eu-south-sudan-2011", "yes"),
        ("un-south-sudan-2018", "maybe"),
    ]
    assert "UNSCR 2781" in lines[1]["because"]
    [ended, *_] = map(json.loads, run("regimes", "--json").out.splitlines())
    assert (ended["id"], ended["last"]) == ("au-togo-2005", "2005-05-27")
    assert "in_force" not in ended


def test_a_history_tells_acts_phases_exemptions_and_sources_with_marks(run):
    out = run("regimes", "show", "un-libya-2011").out
    for told in (
        "UN arms embargo on Libya (un-libya-2011)",
        "[lna] (armed",
        "  2011-02-26  begins: UNSCR 1970 (2011) paras 9-10 (two sources)",
        "  2014-03-14  monitoring: UNSCR 2144 (2014) (two sources; day recalled)",
        "  2014-08-27  phase on: territory, government on conditions; government on",
        "  UNSCR 1970 (2011) para 9(c) (procedure: committee approval; 2011-02-26 on;",
        "what it did: one source (low quality)",
        "Parts that run out by themselves",
        "Where sources differ",
        "Answered by hand",
        "In brackets: our coding of the words.",
        "Nothing here is legal advice.",
    ):
        assert told in out
    days = re.findall(r"^  (\d{4}-\d\d-\d\d)  ", out, re.MULTILINE)
    assert days == sorted(days)


def test_a_history_tells_gaps_ends_other_dates_and_former_codes(run):
    haiti = run("regimes", "show", "un-haiti-1993").out
    assert "  1993-08-27  not in force to 1993-10-17: Suspended by 861." in haiti
    assert "another date: 1994-10-15" in haiti
    congo = " ".join(run("regimes", "show", "eu-drc-1993").out.split())
    assert "ZRCD until 1997-05-17" in congo
    taliban = run("regimes", "show", "un-afghanistan-taliban-2000").out
    assert "superseded: " in taliban
    burma = run("regimes", "show", "eu-myanmar-1991").out
    assert re.search(r"territory whole;\s+political", burma)
    sudan = run("regimes", "show", "un-sudan-darfur-2004").out
    assert "number recalled" in sudan
    korea = " ".join(run("regimes", "show", "un-north-korea-2006").out.split())
    assert "unroca:VII; not unroca:VIII]" in korea
    assert "Indirect: the EU implementation" in korea


def test_a_dispute_stands_in_the_history(run):
    out = " ".join(run("regimes", "show", "un-iran-2025").out.split())
    assert "China, Russia and Iran dispute that the re-application is valid" in out


def test_a_history_as_json_has_all_of_it_and_its_sources(run):
    whole = json.loads(run("regimes", "show", "un-libya-2011", "--json").out)
    assert whole["regime"]["start"]["date"] == "2011-02-26"
    assert whole["regime"]["phases"][0]["last"] == "2011-09-15"
    assert set(whole["sources"]) == set(REGISTER.regime("un-libya-2011").sources)


@pytest.mark.parametrize("regime", REGISTER.regimes, ids=lambda one: one.id)
def test_every_fact_of_every_history_is_printed_with_its_mark(regime):
    text = " ".join(" ".join(history_lines(regime, REGISTER)).split())
    acts = [regime.start, *regime.amendments, *([regime.end] if regime.end else [])]
    for act in acts:
        assert f"{act.instrument} ({act.mark.value}" in text
    for one in regime.exemptions:
        assert one.text in text
        assert one.ref in text
    for words in (*regime.disagreements, *regime.corrections, regime.note):
        assert words in text
    for phase in regime.phases:
        assert phase.first.isoformat() in text
        assert phase.note in text
    for key in regime.sources:
        assert REGISTER.source(key).url in text


def test_no_line_but_of_an_address_is_wider_than_it_may_be():
    lines = [*regime_lines(REGISTER, REGISTER)]
    for regime in REGISTER:
        lines += [*history_lines(regime, REGISTER)]
    wide = [
        line
        for text in lines
        for line in text.splitlines()
        if len(line) > 88 and "://" not in line
    ]
    assert [line for line in wide if "political, mandatory" not in line] == []


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("regimes", "show", "un-lybia-2011"), "near: un-libya-2011"),
        (("regimes", "--target", "Libya"), "near: LY"),
        (("regimes", "--on", "last week"), "date must be an EDTF date"),
        (("regimes", "--register", "nowhere"), "No such file"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_is_near(run, args, told):
    ran = run(*args)
    assert ran.code == 1
    assert told in ran.err


def test_regimes_of_ones_own_are_laid_over_ours(run, tmp_path):
    (tmp_path / "mine" / "register").mkdir(parents=True)
    china = REGISTER.regime("eu-china-1989")
    text = f"""
id = "zz-china-2030"
title = "Ours \u200fحظر"
issuer = "Us"
binding = "voluntary"
bound = "{china.bound}"
status = "ended"
checked = 2031-01-01
arms = "all"
start = {{date = 2030-01-01, instrument = "Act", sources = [], mark = "one source"}}
end = {{date = 2030-02-01, instrument = "Act", sources = [], mark = "one source"}}
targets = [{{type = "country", gazetteer = "CN", name = "China"}}]

[[phases]]
first = 2030-01-01
last = 2030-01-31
target_kind = "state"
state_forces = "yes"
non_state_forces = "yes"
territory = "whole"
measures = [{{direction = "to", arms = "all"}}]
"""
    file = tmp_path / "mine" / "register" / "zz-china-2030.toml"
    file.write_text(text, "utf-8")
    listed = run("regimes", "--register", "mine", "--on", "2030-01-15")
    assert "zz-china-2030" in listed.out
    assert "\u2068Ours" in listed.out
    shown = run("regimes", "--register", "mine", "show", "zz-china-2030").out
    assert "to it: all []" in shown
    assert "ends: Act (one source)" in shown
    file.write_text(text.replace("voluntary", "binding"), "utf-8")
    broken = run("regimes", "--register", "mine")
    assert broken.code == 1
    assert "register/zz-china-2030.toml: binding: " in broken.err
