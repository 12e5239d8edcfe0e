from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.model.truth import Truth

YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO
ALL = tuple(Truth)
answers = st.lists(st.sampled_from(ALL))

# What each answer leaves open. Kleene's connectives are those of two-valued logic
# applied to everything that is left open.
LEAVES_OPEN = {YES: {True}, MAYBE: {True, False}, NO: {False}}


def _answer_that_leaves_open(values):
    [answer] = [one for one, open_ in LEAVES_OPEN.items() if open_ == values]
    return answer


@pytest.mark.parametrize(("one", "other"), list(product(ALL, repeat=2)))
def test_and_and_or_leave_open_just_what_their_parts_leave_open(one, other):
    cases = list(product(LEAVES_OPEN[one], LEAVES_OPEN[other]))
    assert (one & other) is _answer_that_leaves_open({a and b for a, b in cases})
    assert (one | other) is _answer_that_leaves_open({a or b for a, b in cases})


@pytest.mark.parametrize("one", ALL)
def test_not_leaves_open_just_what_its_part_leaves_open(one):
    assert ~one is _answer_that_leaves_open({not a for a in LEAVES_OPEN[one]})
    assert ~~one is one


@pytest.mark.parametrize(("a", "b", "c"), list(product(ALL, repeat=3)))
def test_the_laws_of_kleenes_logic_hold(a, b, c):
    assert (a & b) is (b & a)
    assert (a | b) is (b | a)
    assert (a & b & c) is (a & (b & c))
    assert (a | b | c) is (a | (b | c))
    assert (a & (b | c)) is ((a & b) | (a & c))
    assert (a | (b & c)) is ((a | b) & (a | c))
    assert (a & (a | b)) is a
    assert (a | (a & b)) is a
    assert ~(a & b) is (~a | ~b)


def test_what_may_be_may_also_not_be():
    """The excluded middle is what Kleene's logic gives up."""
    assert (MAYBE | ~MAYBE) is MAYBE
    assert (MAYBE & ~MAYBE) is MAYBE


@given(answers)
def test_all_of_is_the_weakest_answer_and_any_of_the_strongest(several):
    by_strength = [NO, MAYBE, YES]
    strengths = [by_strength.index(one) for one in several]
    assert Truth.all_of(several) is by_strength[min(strengths, default=2)]
    assert Truth.any_of(several) is by_strength[max(strengths, default=0)]


@given(answers)
def test_all_and_any_take_any_iterable_once(several):
    assert Truth.all_of(iter(several)) is Truth.all_of(several)
    assert Truth.any_of(iter(several)) is Truth.any_of(several)


def test_a_bool_becomes_an_answer_only_when_asked():
    assert Truth.of(True) is YES
    assert Truth.of(False) is NO
    for combine in (lambda: YES & True, lambda: NO | False, lambda: True & YES):
        with pytest.raises(TypeError):
            combine()
    with pytest.raises(TypeError):
        Truth.all_of([True, YES])


@pytest.mark.parametrize("one", ALL)
def test_an_answer_is_no_bool_and_says_what_to_ask(one):
    with pytest.raises(TypeError, match=r"ask `is Truth\.YES`"):
        bool(one)
    with pytest.raises(TypeError):
        _ = one and one


def test_an_answer_reads_as_its_name_and_is_kept_as_a_word():
    assert [str(one) for one in ALL] == ["YES", "MAYBE", "NO"]
    assert [one.value for one in ALL] == ["yes", "maybe", "no"]
    assert Truth("maybe") is MAYBE
