"""Text from outside in Markdown is text, as a program that is not ours reads it."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from embargo_monitor.show.markdown import (
    bullets,
    code,
    escaped,
    heading,
    points,
    table,
    tidied,
)
from embargo_monitor.show.text import shown

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

SIGNS = "\\`*_[]<>|&~$^{}#:/@!()-+=.;\"'1a \u0639\u200f\n\t\u202e\x00\u00e9\u00a0"
hostile = st.text(st.sampled_from(SIGNS), max_size=40) | st.text(max_size=40)

ATTACKS = (
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![](http://evil.example/pixel.png)",
    "](javascript:alert(1))",
    "a | b | c",
    "a\n| --- |\n| x |",
    "```\nrm -rf\n```",
    "`code`",
    "**bold** _em_ __strong__ ~~gone~~",
    "# heading",
    "heading #",
    "- item",
    "1. item",
    "2) item",
    "> quote",
    "===",
    "---",
    "&lt;b&gt; &#60;",
    "<!-- hidden -->",
    "<http://evil.example>",
    "[^1]",
    "[^1]: forged",
    "[a]: http://evil.example",
    "$\\href{javascript:alert(1)}{x}$",
    "{{ site.secret }}",
    "\\",
    "\\|",
    "ends with \\",
    "    indented",
    "\u202eabc\u2066",
    "nul\x00nul",
)


def texts_in(tokens):
    """Return what a reader sees, and the kinds of what it found within lines."""
    kinds, words = set(), []
    for token in tokens:
        for child in token.children or ():
            kinds.add(child.type)
            words.append(child.content)
    return "".join(words), kinds


def plain(text):
    return " ".join(shown(text).split())


def with_examples(test):
    for attack in ATTACKS:
        test = example(attack)(test)
    return test


@with_examples
@given(hostile)
def test_a_paragraph_is_read_back_as_the_text_it_was(text):
    tokens = READER.parse(f"Title: {escaped(shown(text))}\n")
    words, kinds = texts_in(tokens)
    assert words == f"Title: {plain(text)}".rstrip()
    assert kinds <= {"text", "text_special"}
    assert [one.type for one in tokens] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]


@with_examples
@given(hostile)
def test_a_line_that_begins_with_it_starts_nothing(text):
    tokens = READER.parse(escaped(shown(text)))
    words, kinds = texts_in(tokens)
    assert words == plain(text)
    assert kinds <= {"text", "text_special"}
    assert {one.type for one in tokens} <= {
        "paragraph_open",
        "inline",
        "paragraph_close",
    }


@with_examples
@given(hostile)
def test_a_cell_stays_one_cell(text):
    lines = table(("A", "B"), [(escaped(shown(text)) or "empty", "second")])
    tokens = READER.parse("\n".join(lines))
    cells = [tokens[at + 1] for at, one in enumerate(tokens) if one.type == "td_open"]
    assert len(cells) == 2
    words, kinds = texts_in(cells[:1])
    assert words == (plain(text) or "empty")
    assert kinds <= {"text", "text_special"}
    assert cells[1].content == "second"


@with_examples
@given(hostile)
def test_a_heading_and_a_point_hold_it_whole(text):
    known = escaped(shown(text))
    for lines, kind in (
        (heading(2, f"On {known}"), "heading_open"),
        (bullets([f"On {known}"]), "bullet_list_open"),
    ):
        tokens = READER.parse("\n".join(lines))
        words, kinds = texts_in(tokens)
        assert words == f"On {plain(text)}".rstrip()
        assert kinds <= {"text", "text_special"}
        assert tokens[0].type == kind
        assert sum(one.type == "inline" for one in tokens) == 1


@pytest.mark.parametrize(
    "address",
    ["http://evil.example/", "https://evil.example", "www.evil.example", "a@evil.org"],
)
def test_addresses_are_written_so_that_no_program_makes_links_of_them(address):
    """GitHub links bare addresses; a sign that is escaped ends what it looks for."""
    assert not re.search(r"\w://|www\.|\w@\w", escaped(f"see {address}"))


def test_a_million_signs_are_escaped_at_once():
    begun = time.process_time()
    found = escaped("<|*_[`#@" * 125_000)
    assert time.process_time() - begun < 10
    assert "\n" not in found
    assert len(found) >= 1_000_000


def test_figures_and_names_need_no_escapes():
    line = "2.5 years, seed-article#deal, after@1, a_b, 33%: so (it is) told! 4 > 3"
    assert escaped(line) == line


def test_what_could_end_code_is_no_code():
    assert code("sha256:ab") == "`sha256:ab`"
    assert code("a`b|c") == "a\\`b\\|c"


def test_columns_with_nothing_in_them_are_left_out():
    assert list(table(("A", "B", "C"), [("1", "", "3"), ("4", "", "")])) == [
        "",
        "| A | C |",
        "| --- | --- |",
        "| 1 | 3 |",
        "| 4 |  |",
        "",
    ]


def test_no_points_have_no_title():
    assert list(points("Title", [])) == []
    assert list(points("Title", ["a", "a"])) == ["", "**Title:**", "", "", "- a", ""]


def test_blank_lines_stand_one_by_one():
    assert list(tidied(["", "", "a", "", "", "b", "c", ""])) == ["a", "", "b", "c", ""]
