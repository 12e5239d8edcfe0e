"""The case files of the ten cases: every event's is sound, and C13 on both clocks."""

import re

import pytest
from markdown_it import MarkdownIt

import embargo_monitor as em
from embargo_monitor.show.case import case_of
from embargo_monitor.show.casefile import case_lines

CASES = ("c01", "c02", "c10", "c12", "c13", "c17", "c19", "c24", "c26", "c27")
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SEEN = {
    "text",
    "text_special",
    "code_inline",
    "strong_open",
    "strong_close",
    "hardbreak",
}


def unmarked(cell):
    return re.sub(r"\[\^\d+\]", "", cell)


def files_of(log, view, *events):
    return "\n".join(case_lines(case_of(log, view, *events))) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_every_event_of_a_case_has_a_sound_file(case, name):
    with em.EventLog.open(case(name).path) as log:
        view = log.view()
        for match in view.events():
            text = files_of(log, view, match.id)
            tokens = READER.parse(text)
            kinds = {child.type for one in tokens for child in one.children or ()}
            assert kinds <= SEEN, match.id
            assert not {one.type for one in tokens} & {"html_block", "code_block"}
            body, _, notes = text.partition("\n[^1]: ")
            cited = set(re.findall(r"\[\^\d+\]", body))
            defined = set(re.findall(r"(?m)^\[\^\d+\](?=: )", f"[^1]: {notes}"))
            assert cited == defined, match.id


def test_an_accusation_that_was_taken_back_is_told_as_that(case):
    with em.EventLog.open(case("c13").path) as log:
        text = files_of(log, log.view(), "c13-a#delivery")
    assert "What was told of parties, goods and stages was taken back" in text
    [supplier] = re.findall(r"(?m)^\| supplier: Belarus; (.*) \|$", text)
    first, taking_back = supplier.split(" | ")
    assert first.startswith("whoever gave the tip > experts who monitor the sanctions")
    assert unmarked(taking_back) == "Alain Le Roy > The Moscow Times"
    assert "nobody denies it" not in text


def test_three_reports_of_one_deal_make_one_file(case):
    deals = [f"c01-{page}#deal" for page in "abc"]
    with em.EventLog.open(case("c01").path) as log:
        text = files_of(log, log.view(), *deals)
    for deal in deals:
        assert f"report `{deal.partition('#')[0]}`, recorded" in text
    [aircraft] = re.findall(r"(?m)^\| 16 items of JF-17 .*\| (.*) \|$", text)
    assert [voice.rpartition(" > ")[2] for voice in unmarked(aircraft).split("; ")] == [
        "Arab News Pakistan",
        "Al-Raed",
    ]
    # What a relay made of it is never told as if its source had said so.
    short = unmarked(text.partition("**As of**")[0])
    assert "Libya (otherwise than what it repeats)." in short
    assert "not in this file**: c01-a#pact unsure c01-a#deal." in text
    assert "price: 4 billion USD (otherwise than what it repeats)." in short
