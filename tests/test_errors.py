"""Refusals: what they show of foreign input is escaped and cut, never raw."""

import pytest

from embargo_monitor.errors import InvalidValueError, UnknownNameError, quoted
from embargo_monitor.model.quotes import Quote

STEERS = "lna\x1b[2J\u202e"


def test_what_python_cannot_write_out_is_refused_all_the_same():
    """Its own limit of 4,300 digits is a ValueError, and none of ours."""
    with pytest.raises(InvalidValueError, match="thousands of digits"):
        Quote("text", start=0, end=10**5_000)


def test_a_foreign_value_is_cut():
    assert len(quoted("a" * 10_000)) == 120


def test_names_offered_as_near_are_escaped():
    error = UnknownNameError("actor", "lna", (STEERS, "lnb"))
    assert str(error) == r"unknown actor 'lna'; near: lna\x1b[2J\u202e, lnb"
    assert error.near == (STEERS, "lnb")


def test_foreign_ids_in_what_is_wanted_are_escaped():
    error = InvalidValueError("exhibit", "b", f"one of {STEERS}")
    assert str(error) == r"exhibit must be one of lna\x1b[2J\u202e, got 'b'"
