"""How a speaker takes what is said, and what a view may count."""

from embargo_monitor.model.stances import Stance, Weight


def test_saying_so_counts_for_and_denying_or_withdrawing_against():
    counted = {
        stance: stance.weight
        for stance in Stance
        if stance.weight is not Weight.NEITHER
    }
    assert counted == {
        Stance.ASSERTS: Weight.FOR,
        Stance.CONFIRMS: Weight.FOR,
        Stance.DENIES: Weight.AGAINST,
        Stance.WITHDRAWS: Weight.AGAINST,
    }


def test_silence_and_expectation_count_for_nothing():
    for stance in (Stance.EXPECTS, Stance.FEARS, Stance.DECLINES_TO_COMMENT):
        assert stance.weight is Weight.NEITHER
