"""Text from outside on a line of ours."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.show.text import (
    cited,
    hung,
    in_brackets,
    isolated,
    labelled,
    named,
    remark,
    shown,
    without_isolates,
    words_lines,
    wrapped,
)

ARABIC = "صفقة أسلحة"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain", "plain"),
        ("two\nlines", "two lines"),
        ("a\u202eb", r"a\u202eb"),
        ("a\u2066b", r"a\u2066b"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("bell\x07", r"bell\x07"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("zero\u200cwidth", "zero\u200cwidth"),
    ],
)
def test_what_cannot_be_seen_is_shown_escaped(text, printed):
    assert shown(text) == printed


def test_text_that_runs_from_right_to_left_is_isolated():
    assert isolated(ARABIC) == f"\u2068{ARABIC}\u2069"
    assert isolated("Tripoli") == "Tripoli"


@given(st.text())
def test_no_text_can_reach_out_of_its_place(text):
    printed = isolated(text)
    inner = printed.removeprefix("\u2068").removesuffix("\u2069")
    moving = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067"}
    assert not moving & set(inner)
    assert "\u2068" not in inner
    assert "\u2069" not in inner
    assert not any(unicodedata.category(char) == "Cc" for char in printed)


@given(st.text(), st.integers(20, 60))
def test_every_wrapped_line_is_isolated_by_itself(text, width):
    for line in wrapped(text, "  ", width):
        assert line.startswith("  ")
        assert line.count("\u2068") == line.count("\u2069")
        assert "\n" not in line


def test_wrapping_loses_no_word():
    text = "one two three four five six seven eight nine ten eleven twelve"
    lines = list(wrapped(text, "    ", 30))
    assert len(lines) > 1
    assert " ".join(line.strip() for line in lines) == text


def test_nothing_is_still_a_line():
    assert list(wrapped("", "  ")) == ["  "]
    assert labelled("label", "") == "  label      "


@given(st.text(alphabet="aצ >", max_size=80), st.integers(30, 60))
def test_hung_lines_break_no_isolate_and_lose_no_word(text, width):
    part = isolated(text)
    lines = hung(f"by {part} and more", "- ", "    ", width).split("\n")
    assert lines[0].startswith("- by")
    assert all(line.startswith("    ") for line in lines[1:])
    assert all(line.count("\u2068") == line.count("\u2069") for line in lines)
    words = " ".join(lines).removeprefix("- ").split()
    assert words == f"by {part} and more".split()


def test_a_label_too_wide_for_its_column_stands_on_a_line_of_its_own():
    lines = labelled("document.exhibits.text", "bound", column=12).split("\n")
    assert lines == ["  document.exhibits.text", " " * 14 + "bound"]


def test_a_label_stands_once_and_an_isolate_is_never_broken():
    text = f"told by {isolated(ARABIC * 4)} and by {isolated(ARABIC * 3)} again"
    lines = labelled("voice", text, width=40).split("\n")
    assert lines[0].startswith("  voice      told by")
    assert all(line.startswith(" " * 13) for line in lines[1:])
    for line in lines:
        assert line.count("\u2068") == line.count("\u2069")
    assert re.sub(r"\s+", " ", " ".join(lines)).replace("voice ", "").strip() == text


def test_names_and_words_are_isolated_and_quoted_at_once():
    assert named(f"{ARABIC} | x") == f"\u2068“{ARABIC} | x”\u2069"
    assert remark(f"{ARABIC}; x") == f"\u2068{ARABIC}; x\u2069"
    assert in_brackets("a) b") == "“a) b”"
    assert cited("the “new” one") == "“the “new” one”"
    assert cited("the ”, [x]") == r"“the \u201d, [x]”"
    assert without_isolates(f"a {named(ARABIC)} b") == f"a {ARABIC} b"


def test_each_line_of_a_quotation_with_our_marks_begins_with_one():
    name = named("Acme | recipients: Iran | stages: delivered | origins: 3")
    lines = hung(f"suppliers: {name} | origins: 1", "  ", "    ", 32).split("\n")
    assert lines == [
        "  suppliers: “Acme |",
        "    “recipients: Iran |",
        "    “stages: delivered |",
        "    “origins: 3” | origins: 1",
    ]


def test_words_with_our_marks_are_quoted_on_each_line():
    words = "granted" + " " * 90 + "stage delivered [credibility 2]"
    lines = list(words_lines(words, "  ", 24))
    assert lines == [
        "  “granted ␣ stage",
        "  “delivered",
        "  “[credibility 2]”",
    ]
    [line] = words_lines("a [b]", "  ", cited_as="human translation")
    assert line == "  “a [b]” [human translation]"


def test_other_words_stand_as_they_are_and_translations_quoted():
    assert list(words_lines("delivered: ten (10)", "  ")) == ["  delivered: ten (10)"]
    [line] = words_lines("a “b”", "  ", cited_as="human translation")
    assert line == "  “a “b”” [human translation]"
    assert list(words_lines(" ", "  ")) == ["  "]


@given(st.text(), st.integers(20, 60))
def test_no_line_of_words_holds_our_marks_unquoted(text, width):
    for line in words_lines(text, "  ", width):
        said = without_isolates(line.removeprefix("  "))
        assert said.startswith("“") or not set("[]|") & set(said)
        assert line.count("\u2068") == line.count("\u2069")
        assert "\x00" not in line
