"""Our own marks in text from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.model.marks import (
    apart,
    apart_at_end,
    apart_in_brackets,
    one_spaced,
)

SPOOFS = (
    "Acme | recipients: Iran | stages: delivered",
    "CNN > Reuters (inferred by the logger)",
    "tank [TAKEN BACK by x]",
    "CNN) against 5 USD (Reuters",
    "un-libya-2011: breaches, by Pakistan. un-libya-2011",
    "Ruritania (suspected)",
    "Ruritania (suspected), Lutha",
    "arms, as delivered",
    "10 items of truck",
    "Benghazi, to Libya",
    "x; DENIES (CNN)",
    "Iran <- Acme",
    "Acme  ",
    "CNN?",
    "“Acme",
    "CNN\u00a0>\u00a0Reuters",
)
PLAIN = (
    "Libyan National Army",
    "arms, not described",
    "HoR (Libya)*",
    "the “Libyan National Army”",
    "S-400",
    "10th Brigade of the army",
    "<b>ten</b>",
    "U.S.A.",
    "الجيش الوطني",
)


@pytest.mark.parametrize("text", SPOOFS)
def test_text_with_marks_of_ours_is_quoted(text):
    said = apart(text)
    assert (said[0], said[-1]) == ("“", "”")
    assert "“" not in said[1:-1]
    assert "”" not in said[1:-1]


@pytest.mark.parametrize("text", PLAIN)
def test_names_of_the_usual_sort_are_left_as_they_are(text):
    assert apart(text) == apart_at_end(text) == apart_in_brackets(text) == text


def test_runs_of_spaces_are_shown_and_line_breaks_are_not():
    assert one_spaced("a" + " " * 90 + "b\n\n  c") == "a ␣ b c"
    assert one_spaced("a \u200b\u200f\u2003b") == "a \u200b\u200f\u2003b"
    assert one_spaced("a \u200f\u2003b") == "a ␣ b"


def test_what_ends_a_line_may_hold_what_parts_it_further_up():
    title = "Libya: arms; a list (page 3)"
    assert apart_at_end(title) == title
    assert apart_at_end("Arms (withdrawn: x)") == "“Arms (withdrawn: x)”"
    assert apart_in_brackets("a slip) (ben: b") == "“a slip) (ben: b”"


@given(st.text(alphabet="ab >|[]();:?“”", max_size=12))
def test_no_mark_stands_outside_of_a_quotation(text):
    said = apart(text)
    if not said.startswith("“") or said != f"“{said.strip('“”')}”":
        assert " > " not in said
        assert not set("|[];") & set(said)
        assert ": " not in said
        assert not said.endswith((")", "?", ":"))
        assert said.count("“") == said.count("”")
