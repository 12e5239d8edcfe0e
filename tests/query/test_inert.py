"""Whatever is asked by a filter is refused in words, or is a text and nothing more."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

from embargo_monitor.errors import EmbargoMonitorError, InvalidValueError
from embargo_monitor.query.filters import Filters
from tests.attacks import ALL, TAKEN
from tests.query.conftest import report_of

NAMES = [one.name for one in attrs.fields(Filters)]
BY_LETTERS = {"text", "not_assessed_by"}
"""Filters that any text may be asked with: there is no list of what is known."""

QUESTIONS = ("events", "claims", "reports")
NO_TEXTS = (5, 1.5, b"PK", object(), [["PK"]], {"PK": 1}, date(2025, 1, 1), Decimal(1))


@pytest.fixture
def asked(log):
    """Ask the log a question; what it holds is what it held."""
    log.append(report_of("r", {"supplier": "ruritania", "stage": "agreed"}))
    before = (log.root, Path(log.path).read_bytes())
    yield log.view()
    assert (log.root, Path(log.path).read_bytes()) == before
    log.verify()


def refusal(ask, **given):
    """Return the error that a question is refused with; None where it is answered."""
    try:
        ask(**given)
    except EmbargoMonitorError as error:
        return error
    return None


@pytest.mark.parametrize("name", NAMES)
def test_no_filter_takes_an_attack_for_anything_but_a_text(asked, name):
    for question in QUESTIONS:
        ask = getattr(asked, question)
        for attack, text in ALL.items():
            error = refusal(ask, **{name: text})
            if name in BY_LETTERS and attack in TAKEN and error is None:
                whole = ask() if name == "not_assessed_by" else ()
                assert [one.id for one in ask(**{name: text})] == [
                    one.id for one in whole
                ], (question, attack)
                continue
            assert error is not None, (question, attack)
            assert str(error).isprintable()
            assert len(str(error)) < 1_000


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", NO_TEXTS, ids=lambda one: type(one).__name__)
def test_a_value_of_another_type_is_refused_by_the_name_of_its_filter(name, value):
    with pytest.raises(InvalidValueError, match=f"^{name} must be "):
        Filters(**{name: value})


@pytest.mark.parametrize("limit", ["5", 1.5, True, "%"])
def test_a_limit_that_is_no_number_is_refused(asked, limit):
    with pytest.raises(InvalidValueError, match=r"^limit must be a whole number"):
        asked.events(limit=limit)


def test_grades_are_given_alone_or_several_and_never_letter_by_letter():
    assert Filters(reliability="B") == Filters(reliability=["B"])
    assert Filters(reliability=("B", "C")).given == ("reliability",)
    for given in ("BC", ""):
        with pytest.raises(InvalidValueError, match=r"^reliability must be one of A,"):
            Filters(reliability=given)


TITLES = ("100% paid", "100 boats", "a_b", "axb", "a\\b", "a*b", "[ab]", "anything")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("100%", ["100 boats", "100% paid"]),  # signs are as blanks, in names as here
        ("a_b", ["a*b", "a\\b", "a_b"]),
        ("a%b", ["a*b", "a\\b", "a_b"]),
        ("a.b", ["[ab]"]),  # as in U.A.E.
        ("a?b", ["a*b", "a\\b", "a_b"]),
        ("axb", ["axb"]),
        ("[ab]", ["[ab]"]),
        ("%anything", ["anything"]),
        ("an%g", []),
        ("an*", ["anything"]),
    ],
)
def test_no_sign_stands_for_letters(log, text, found):
    for nth, title in enumerate(TITLES):
        events = {"deal": {"kind": "transfer", "title": title}}
        log.append(report_of(f"r{nth}", {"stage": "agreed"}, events=events))
    matches = log.view().events(text=text)
    assert sorted(one.event.title for one in matches) == found


def test_a_name_without_letters_is_not_the_regime_of_another_such_name(log):
    log.append(report_of("r", {"embargo": "*", "position": "in force"}))
    with pytest.raises(EmbargoMonitorError, match="unknown regime '%'"):
        log.view().claims(regime="%")
    [found] = log.view().claims(regime="*")
    assert found.id == "r#c0.embargo"
