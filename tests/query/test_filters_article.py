"""The article, asked with filters as a researcher would ask it."""

import pytest

import embargo_monitor as em
from embargo_monitor.query import matching
from embargo_monitor.query.filters import Filters


@pytest.fixture(scope="module")
def told():
    return em.told_in(em.seed_report().report)


def found(told, **asked):
    return {
        one.event.id: one.certainty.name
        for one in matching.ordered(matching.each_event(told, Filters(**asked)))
    }


@pytest.mark.parametrize(
    "name", ["Libyan National Army", "الجيش الوطني الليبي", "lna", "gazetteer:lna"]
)
def test_the_deal_alone_was_agreed_with_the_lna(told, name):
    [match] = matching.ordered(
        matching.each_event(
            told, Filters(recipient=name, stage_at_least="agreed", published="2025-12")
        )
    )
    assert (match.id, match.certainty) == ("seed-article#deal", em.Truth.YES)


def test_what_is_merely_offered_was_not_agreed(told):
    assert found(told, supplier="PK") == {"deal": "YES", "offer": "YES"}
    assert found(told, supplier="PK", stage_at_least="agreed") == {"deal": "YES"}
    assert found(told, recipient="Libya") == {"offer": "YES"}


def test_the_systems_of_the_adversary_are_goods_of_nothing(told):
    # "Arms, not described" may be aircraft; that the Rafale is named changes nothing.
    assert found(told, nature="aircraft") == {"deal": "MAYBE", "offer": "MAYBE"}
    assert found(told, actor="India") == {"visit": "YES"}


def test_the_two_figures_are_told_apart(told):
    assert found(told, value="more than 4 billion USD", origin="Pakistani sources") == {
        "deal": "YES"
    }
    [claim] = matching.ordered(
        matching.each_claim(told, Filters(value="at most 3.9 billion USD"))
    )
    assert claim.claim.claim.id == "value-cnn.value"
    assert found(told, disputed=True) == {"deal": "YES"}


def test_who_tells_is_not_always_settled(told):
    assert found(told, source="CNN") == {"deal": "YES", "visit": "MAYBE"}
    assert found(told, source="رويترز")["deal"] == "YES"
