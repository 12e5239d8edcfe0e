"""Credibility 1 is counted from independent origins, and never given."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.model.corroboration import corroborations
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.grades import Credibility
from embargo_monitor.model.refs import Ref, RefKind
from embargo_monitor.model.stances import Hedge, Stance
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.unanswered import unanswered
from embargo_monitor.model.voices import Speaker, Voice
from embargo_monitor.model.when import When

ORDER = [Truth.NO, Truth.MAYBE, Truth.YES]


def confirmed(told, **more):
    return [one.confirmed.name for one in corroborations(told, **more)]


def test_two_independent_origins_confirm_what_they_say_alike(tell):
    told = tell.told(tell.stage("agreed", "a"), tell.stage("agreed", "b", voice="wire"))
    [found] = corroborations(told)
    assert (found.confirmed, found.credibility) == (Truth.YES, Credibility.CONFIRMED)
    assert [one.claim.id for one in found.told] == ["a", "b"]


def test_one_origin_confirms_nothing_however_often_it_is_told(tell):
    told = tell.told(tell.stage("agreed", "a"), tell.stage("agreed", "b"))
    [found] = corroborations(told)
    assert (found.confirmed, found.credibility) == (Truth.NO, None)


def test_a_hedge_makes_nothing_certain(tell):
    told = tell.told(
        tell.stage("agreed", "a"),
        tell.stage("agreed", "b", voice="wire", hedge=Hedge.POSSIBLE),
    )
    assert confirmed(told) == ["MAYBE"]


def test_what_is_denied_or_taken_back_is_not_said(tell):
    denied = tell.stage("agreed", "b", voice="wire", stance=Stance.DENIES)
    assert confirmed(tell.told(tell.stage("agreed", "a"), denied)) == ["NO"]
    back = evolve(
        tell.stage("agreed", "w", voice="wire", stance=Stance.WITHDRAWS),
        refs=(Ref(RefKind.ANSWERS, "b"),),
    )
    said = (tell.stage("agreed", "a"), tell.stage("agreed", "b", voice="wire"), back)
    assert confirmed(tell.told(*said)) == ["NO"]
    told = tell.told(*said)
    assert confirmed(told[:2], beside=told[2:]) == ["NO"]


def test_figures_say_the_same_in_equal_terms_alone(tell):
    about, more = "about 3 billion USD", "more than 3 billion USD"
    two = (tell.value(about, "a"), tell.value(more, "b", voice="wire"))
    assert confirmed(tell.told(*two)) == ["NO", "NO"]
    same = (tell.value(about, "a"), tell.value(about, "b", voice="wire"))
    assert confirmed(tell.told(*same)) == ["YES"]
    goods = (tell.goods("arms", "a"), tell.goods("arms", "b", voice="wire"))
    assert confirmed(tell.told(*goods)) == ["YES"]


def test_equal_parts_of_a_total_are_two_and_confirm_nothing(tell):
    within = (Ref(RefKind.WITHIN, "t"),)
    told = tell.told(
        tell.value("20 million USD", "t"),
        tell.value("10 million USD", "a", refs=within),
        tell.value("10 million USD", "b", voice="wire", refs=within),
    )
    assert confirmed(told) == ["NO", "NO", "NO"]


def test_steps_on_days_that_exclude_one_another_are_perhaps_two(tell):
    early, late = (When(ImpreciseDate(day)) for day in ("2011", "2019"))
    other = (
        tell.stage("delivered", "a", when=early),
        tell.stage("delivered", "b", voice="wire", when=late),
    )
    assert confirmed(tell.told(*other)) == ["MAYBE"]
    same = (
        tell.stage("delivered", "a", when=early),
        tell.stage("delivered", "b", voice="wire", when=When(ImpreciseDate("2011-05"))),
        tell.stage("delivered", "c"),
    )
    assert confirmed(tell.told(*same)) == ["YES"]


def test_a_party_is_known_by_an_identifier(tell):
    two = (
        tell.party("supplier", "pk", "a"),
        tell.party("supplier", "pk", "b", voice="wire"),
        tell.party("recipient", "pk", "c", voice="wire"),
    )
    assert confirmed(tell.told(*two)) == ["YES", "NO"]
    other = (
        tell.party("supplier", "pk", "a"),
        tell.party("supplier", "army", "b", voice="wire"),
    )
    assert confirmed(tell.told(*other)) == ["NO", "NO"]
    bare = (
        tell.party("supplier", "bare-lna", "a"),
        tell.party("supplier", "lna", "b", voice="wire"),
    )
    assert confirmed(tell.told(*bare)) == ["NO", "NO"]


def test_who_was_asked_and_said_nothing_is_listed_unless_that_was_taken_back(tell):
    silent = [
        tell.stage("agreed", f"s{nth}", stance=stance)
        for nth, stance in enumerate(
            (
                Stance.DECLINES_TO_COMMENT,
                Stance.DID_NOT_ANSWER,
                Stance.COULD_NOT_BE_REACHED,
                Stance.WAS_NOT_ASKED,
            )
        )
    ]
    back = evolve(
        tell.stage("agreed", "w", stance=Stance.WITHDRAWS),
        refs=(Ref(RefKind.ANSWERS, "s1"),),
    )
    told = tell.told(tell.stage("agreed", "a"), *silent, back)
    assert [one.claim.id for one in unanswered(told)] == ["s0", "s2", "s3"]
    assert [one.claim.id for one in unanswered(told[:3])] == ["s0", "s1"]


SAID = st.tuples(
    st.sampled_from(["paper", "wire"]),
    st.sampled_from([Stance.ASSERTS, Stance.DENIES, Stance.EXPECTS]),
    st.sampled_from([Hedge.NONE, Hedge.POSSIBLE]),
)


def answer(tell, rows, extra=()):
    claims = [
        tell.stage("agreed", f"c{nth}", voice=voice, stance=stance, hedge=hedge)
        for nth, (voice, stance, hedge) in enumerate(rows)
    ]
    found = corroborations(tell.told(*claims, *extra))
    return found[0].confirmed if found else Truth.NO


@given(st.lists(SAID, max_size=4))
def test_another_who_says_the_same_never_makes_it_less_certain(tell, rows):
    more = [*rows, ("wire", Stance.ASSERTS, Hedge.NONE)]
    assert ORDER.index(answer(tell, more)) >= ORDER.index(answer(tell, rows))


@given(st.lists(SAID, min_size=1, max_size=4), st.integers(0, 3))
def test_taking_back_never_makes_it_more_certain(tell, rows, which):
    back = evolve(
        tell.stage("agreed", "w", stance=Stance.WITHDRAWS),
        refs=(Ref(RefKind.ANSWERS, f"c{which % len(rows)}"),),
    )
    assert ORDER.index(answer(tell, rows, [back])) <= ORDER.index(answer(tell, rows))


@given(st.lists(SAID, max_size=4))
def test_a_relay_adds_nothing(tell, rows):
    relayed = Voice("relayed", (Speaker("wire"), Speaker("paper")))
    voices = (*tell.base.voices, relayed)
    once = tell.told(tell.stage("agreed", "a", voice="wire"), voices=voices)
    passed_on = [
        tell.stage("agreed", f"c{nth}", voice="relayed") for nth, _ in enumerate(rows)
    ]
    more = tell.told(tell.stage("agreed", "a", voice="wire"), *passed_on, voices=voices)
    assert confirmed(more)[:1] == confirmed(once)
