"""The article: which embargoes bear on its deal, offer, pact and visits, and why."""

import random

import pytest

from embargo_monitor.model.about import About
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.relevances import Exempt
from embargo_monitor.model.stances import Weight
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import mentions, told_in
from embargo_monitor.model.vocabulary import Position
from embargo_monitor.regimes import Mark, Procedure, Register
from embargo_monitor.regimes.covering import Tie
from embargo_monitor.regimes.relevance import relevance
from embargo_monitor.regimes.reported import questions_of, questions_of_event
from embargo_monitor.seeds import seed_report

ABOUT_AN_EXEMPTION = "Was an exemption notified, asked for, granted or refused?"
YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO


@pytest.fixture(scope="module")
def article():
    return seed_report().report


def answers(article, event, **options):
    return relevance(questions_of_event(article, event), **options)


def by_name(found):
    return {step.name: step for step in found.steps}


def test_the_un_embargo_on_libya_bears_on_the_deal_in_every_step(article):
    found = answers(article, "deal").of("un-libya-2011")
    assert found.relevant is YES
    assert [step.answer for step in found.steps] == [YES] * 5
    steps = by_name(found)
    assert "[2025-12-13..2025-12-23]" in steps["in force"].sentence
    assert "every possible day" in steps["in force"].sentence
    assert "UNSCR 1970 (2011)" in steps["in force"].citations[0]
    covers = steps["covers"].sentence
    assert "Libyan National Army" in covers
    assert "because the ban is territorial; not named" in covers
    assert "Pakistan was bound" in steps["bound"].sentence
    assert "Charter Articles 25 and 48" in steps["bound"].citations[0]
    assert steps["covers"].claims == (
        "seed-article#deal-cnn.recipient",
        "seed-article#deal-reuters.recipient",
    )
    assert found.ask_next == (ABOUT_AN_EXEMPTION,)


def test_the_exemption_is_unknown_and_the_procedures_are_told(article):
    found = answers(article, "deal").of("un-libya-2011")
    assert found.exemption.status is Exempt.UNKNOWN
    assert found.exemption.stands == ()
    procedures = {
        one.exemption.ref: one.exemption.procedure for one in found.possible_exemptions
    }
    assert procedures["UNSCR 1970 (2011) para 9(c)"] is Procedure.COMMITTEE_APPROVAL
    old = "UNSCR 2009 (2011) para 13(a)"
    assert old not in procedures
    assert (
        procedures[f"{old}, as changed by UNSCR 2174 (2014) para 8"]
        is Procedure.COMMITTEE_APPROVAL
    )


def test_one_position_is_claimed_by_whom_is_unclear_and_nobody_found_a_breach(article):
    found = answers(article, "deal").of("un-libya-2011")
    [position] = found.positions
    assert position.position is Position.IN_FORCE
    assert position.by == "Reuters or unknown publisher (it is unclear who)"
    assert position.counts
    assert found.findings == ()
    assert found.against == ()


def test_it_rests_on_the_inferred_date_and_on_a_recalled_membership(article):
    found = answers(article, "deal").of("un-libya-2011")
    told = [str(one) for one in found.rests_on]
    assert any(
        "the day of publication, 2025-12-23?, is inferred" in one for one in told
    )
    assert any("the day of the act is inferred" in one for one in told)
    assert by_name(found)["bound"].mark is Mark.RECALLED
    assert told[-1].endswith("as recalled, unverified what it says in: bound")


def test_the_eu_embargo_does_not_bear_on_it_since_pakistan_is_not_bound(article):
    found = answers(article, "deal").of("eu-libya-2011")
    assert found.relevant is NO
    assert found.lead.fell_at == "bound"
    assert [step.answer for step in found.steps] == [YES, YES, YES, YES, NO]
    sentence = by_name(found)["bound"].sentence
    for part in ("broker", "carrier", "component", "national", "territory"):
        assert part in sentence
    assert "nobody says so" in sentence


def test_what_else_is_answered_is_over_or_hangs_on_a_list_of_names(article):
    found = answers(article, "deal")
    told = {one.regime.id: (one.relevant, one.lead.fell_at, one.tie) for one in found}
    assert told == {
        "un-libya-2011": (YES, "", Tie.TARGET),
        "eu-libya-2011": (NO, "bound", Tie.TARGET),
        "un-libya-1992": (NO, "in force", Tie.TARGET),
        "eu-libya-1986": (NO, "in force", Tie.TARGET),
        "un-isil-al-qaida-2002": (MAYBE, "", Tie.LIST),
        "un-taliban-2002": (MAYBE, "", Tie.LIST),
    }
    assert found.register_digest == Register.bundled().digest
    [asked] = found.asked
    assert asked.startswith("arms, not described, from Pakistan, to Libyan National")
    assert asked.endswith("agreed: [2025-12-13..2025-12-23]")


def test_the_others_are_there_on_request_with_the_step_at_which_they_fell_out(article):
    found = answers(article, "deal", all_regimes=True)
    assert len(found) == len(Register.bundled())
    iran = found.of("un-iran-2025")
    assert (iran.relevant, iran.tie, iran.lead.fell_at) == (NO, Tie.NONE, "covers")


def test_the_offer_is_maybe_no_day_and_no_goods(article):
    found = answers(article, "offer").of("un-libya-2011")
    assert found.relevant is MAYBE
    steps = by_name(found)
    assert {n: one.answer for n, one in steps.items() if one.answer is not YES} == {
        "in force": MAYBE,
        "scope": MAYBE,
    }
    assert "Libya is the state itself" in steps["covers"].sentence
    assert found.ask_next == (
        "Was it on or after 2011-02-26, when UN arms embargo on Libya began?",
        "What is supplied: arms, and of what kind, or something else?",
        ABOUT_AN_EXEMPTION,
    )


def test_the_pact_is_maybe_nobody_says_who_gives_what(article):
    found = answers(article, "pact").of("un-libya-2011")
    assert found.relevant is MAYBE
    steps = by_name(found)
    assert steps["in force"].answer is YES
    for name in ("covers", "scope", "bound"):
        assert steps[name].answer is MAYBE
    assert "open which of those" in steps["covers"].sentence


def test_a_visit_moves_nothing(article):
    found = answers(article, "visit").of("un-libya-2011")
    assert found.relevant is NO
    assert found.lead.fell_at == "scope"
    assert "moves neither goods nor services" in by_name(found)["scope"].sentence
    assert len(found.acts) == 2  # held, and talks
    assert len(answers(article, "july")) == 0


def test_no_system_of_the_adversary_is_ever_goods(article):
    for event in article.events:
        for question in questions_of_event(article, event.id):
            items = {str(thing.item) for thing in question.goods}
            assert items <= {"arms, not described"}
            assert question.kind in EventKind


def test_mentions_and_what_nobody_is_for_change_nothing(article):
    about = About.parse("event:deal")
    deal, others = told_in(article, about), told_in(article)
    mentioned = mentions(others)
    assert mentioned
    with_mentions = questions_of((*deal, *mentioned))
    assert {one.goods for one in with_mentions} == {
        one.goods for one in questions_of(deal)
    }


def test_the_order_of_claims_does_not_matter(article):
    for event in article.events:
        told = list(told_in(article, About.parse(f"event:{event.id}")))
        expected = questions_of(told)
        random.Random(7).shuffle(told)
        assert questions_of(told) == expected
        assert all(one.claim.stance.weight is Weight.FOR for one in told)
