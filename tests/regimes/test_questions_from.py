"""A question from plain arguments: words are taken as words, and one text as one."""

import pytest

import embargo_monitor as em
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes import Service


def asked(**given):
    return em.question_from(recipient="SD", destination="SD", when="2010", **given)


def test_words_are_as_good_as_members():
    by_words = asked(services=["training"], act="delivered", in_part="yes")
    members = {"services": [Service("training")], "act": Stage.DELIVERED}
    assert by_words == asked(**members, in_part=Truth.YES)
    darfur = em.relevance(by_words).of("un-sudan-darfur-2004")
    assert darfur.relevant is not Truth.NO


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("act", "'; DROP TABLE entries; --"),
        ("act", 5),
        ("in_part", "%"),
        ("in_part", True),
        ("services", ["<script>"]),
        ("services", [None]),
    ],
)
def test_what_is_no_such_word_is_refused_by_its_name(name, value):
    with pytest.raises(InvalidValueError, match=rf"^{name} must be one of "):
        asked(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("brokers", "DE"), ("carriers", "MT"), ("goods", "arms: guns")],
)
def test_one_text_is_one_and_not_its_letters(name, value):
    assert asked(**{name: value}) == asked(**{name: [value]})
