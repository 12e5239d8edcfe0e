"""Claims side by side: values, parties, stages, and where they cannot all hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.authoring import author
from embargo_monitor.errors import AuthoringError, InvalidValueError
from embargo_monitor.model.about import About
from embargo_monitor.model.refs import Ref, RefKind
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import (
    counted,
    disputed,
    disputes,
    goods,
    mentions,
    parties,
    stages,
    takings_back,
    told_in,
    values,
    withdrawn,
)
from embargo_monitor.model.vocabulary import Role


def row(**parts):
    return {"voice": "v", "about": "deal", **parts}


def told(*rows, actors=None, id="r-1"):
    form = {
        "report": id,
        "document": {"titles": {"en": "A page"}, "publisher": "paper"},
        "actors": {"PK": {}, "LY": {}, "lna": {}, **(actors or {})},
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"v": ["paper"]},
        "events": {
            "deal": {"kind": "transfer", "title": "A deal"},
            "other": {"kind": "transfer", "title": "Another"},
        },
        "claims": list(rows),
    }
    return told_in(author(form, read={}.__getitem__).report)


def names(claims):
    return [one.claim.id for one in claims]


def test_a_view_takes_its_own_kind_and_leaves_nothing_out():
    all_ = told(
        row(stage="agreed", supplier="PK", recipient="lna", goods="arms: rifles"),
        row(mentions=["aircraft: Rafale"], **{"as": "adversary's"}),
        row(value="2 million EUR", stance="denies"),
    )
    assert names(stages(all_)) == ["c1.stage"]
    assert names(parties(all_, Role.SUPPLIER)) == ["c1.supplier"]
    assert names(parties(all_, Role.BROKER)) == []
    assert names(goods(all_)) == ["c1.goods"]
    assert names(mentions(all_)) == ["c2.mentions"]
    assert names(values(all_)) == ["c3.value"]
    assert names(counted(all_)) == names(all_)[:-1]
    assert all_[0].id == "r-1#c1.stage"


def test_claims_are_found_by_what_they_are_about():
    all_ = told(row(stage="agreed"), {"voice": "v", "about": "other", "stage": "talks"})
    report = all_[0].report
    assert names(told_in(report, About.parse("event:other"))) == ["c2.stage"]


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ({"value": "about 3 billion USD"}, {"value": "more than 4 billion USD"}, "yes"),
        (
            {"value": "more than 4 billion USD"},
            {"value": "about 4.6 billion USD"},
            "maybe",
        ),
        ({"value": "about 3 billion USD"}, {"value": "about 3 billion USD"}, "no"),
        ({"value": "3 EUR"}, {"value": "3 EUR"}, "no"),
        ({"value": "3 EUR"}, {"value": "4 EUR"}, "yes"),
        ({"value": "3 EUR"}, {"value": "4 USD"}, "maybe"),
        ({"value": "3 EUR"}, {"value": "4 EUR", "of": "payment"}, "no"),
        ({"value": "3 EUR", "at": "offered"}, {"value": "4 EUR", "at": "paid"}, "no"),
        ({"value": "3 EUR"}, {"value": "4 EUR", "stance": "denies"}, "no"),
        ({"value": "3 EUR"}, {"value": "4 EUR", "stance": "fears"}, "no"),
        ({"value": "3 EUR"}, {"value": "1 EUR", "within": "c1"}, "no"),
        ({"value": "3 EUR"}, {"value": "4 EUR", "converts": "c1"}, "no"),
        ({"value": "3 EUR"}, {"value": "4 EUR", "departs_from": "c1"}, "no"),
        ({"value": "3 EUR"}, {"value": "4 EUR", "rests_on": "c1"}, "yes"),
        (
            {"goods": "vehicle: truck", "quantity": "10 items"},
            {"goods": "vehicle: truck", "quantity": "12 items"},
            "yes",
        ),
        (
            {"goods": "vehicle: truck", "quantity": "10 items", "line": "trucks"},
            {"goods": "vehicle: lorry", "quantity": "12 items", "line": "trucks"},
            "yes",
        ),
        (
            {"goods": "vehicle: truck", "quantity": "10 items"},
            {"goods": "vehicle: lorry", "quantity": "12 items"},
            "no",
        ),
        (
            {"stage": "signed", "when": "2025-12-20"},
            {"stage": "signed", "when": "2025-12-21"},
            "yes",
        ),
        (
            {"stage": "signed", "when": "2025-12"},
            {"stage": "signed", "when": "2025-12-21"},
            "maybe",
        ),
        (
            {"stage": "signed", "when": "2025"},
            {"stage": "signed", "when": "2025"},
            "no",
        ),
        (
            {"stage": "agreed", "when": "2025-12-20"},
            {"stage": "signed", "when": "2025-12-21"},
            "no",
        ),
        ({"stage": "signed"}, {"stage": "signed", "when": "2025-12-21"}, "no"),
        (
            {"stage": "shipped", "when": "2023-09-07/2023-10-01"},
            {"stage": "shipped", "when": "2023-09-08"},
            "no",
        ),
        (
            {"stage": "shipped", "when": "2023-09-07/2023-10-01"},
            {"stage": "shipped", "when": "2023-11-08"},
            "yes",
        ),
        (
            {"stage": "signed", "stance": "fears"},
            {"stage": "signed", "stance": "denies", "answers": "c1"},
            "no",
        ),
        (
            {"stage": "signed"},
            {"says": "untrue", "stance": "denies", "answers": "c1"},
            "no",
        ),
        ({"supplier": "PK"}, {"supplier": "LY"}, "no"),
        ({"stage": "signed"}, {"stage": "signed", "stance": "denies"}, "no"),
        (
            {"stage": "signed"},
            {"stage": "signed", "stance": "denies", "answers": "c1"},
            "yes",
        ),
        (
            {"stage": "signed"},
            {"stage": "signed", "stance": "withdraws", "answers": "c1"},
            "no",
        ),
        (
            {"stage": "signed"},
            {"stage": "signed", "stance": "declines to comment", "answers": "c1"},
            "no",
        ),
    ],
    ids=str,
)
def test_only_slots_that_hold_one_value_are_disputed(first, second, answer):
    assert disputed(told(row(**first), row(**second))).value == answer


def test_what_was_taken_back_counts_no_more_and_stays_readable():
    said, back = told(
        row(stage="delivered"), row(stage="delivered", stance="withdraws", answers="c1")
    )
    assert counted([said, back]) == ()
    assert withdrawn([said, back]) == (said,)
    assert disputed([said, back]) is Truth.NO
    assert counted([said]) == (said,)


def back(id, answers, **parts):
    parts = {"stage": "delivered", "stance": "withdraws", **parts}
    return row(id=id, answers=answers, **parts)


@pytest.mark.parametrize("hedge", ["likely", "suspected", "possible"])
def test_a_hedged_withdrawal_takes_nothing_back(hedge):
    said, perhaps = told(row(stage="delivered"), back("w", "c1", hedge=hedge))
    assert counted([said, perhaps]) == (said,)
    assert withdrawn([said, perhaps]) == ()


def test_a_withdrawal_that_was_taken_back_itself_takes_nothing_back():
    rows = [row(id="said", stage="delivered"), back("w", "said"), back("v", "w")]
    assert names(counted(told(*rows))) == ["said.stage"]
    assert names(withdrawn(told(*rows))) == ["w.stage"]
    again = told(*rows, back("u", "v"))
    assert names(counted(again)) == []
    assert names(withdrawn(again)) == ["said.stage", "v.stage"]


def test_withdrawals_that_take_one_another_back_take_nothing_back():
    said, one = told(
        row(id="said", stage="delivered"), back("w", ["said", "r-2#x.stage"])
    )
    [other] = told(back("x", "r-1#w.stage"), id="r-2")
    assert counted([said, one]) == ()
    assert counted([said, one, other]) == (said,)
    assert withdrawn([said, one, other]) == ()


def test_a_long_chain_of_withdrawals_is_followed_to_its_end():
    chain = [row(id="a0", stage="delivered")]
    chain += [back(f"a{n}", f"a{n - 1}") for n in range(1, 60)]
    assert names(counted(told(*chain))) == []
    assert names(counted(told(*chain[:-1]))) == ["a0.stage"]


def test_a_denial_that_was_taken_back_disputes_nothing():
    rows = [row(id="said", stage="signed"), back("no", "said", stance="denies")]
    assert disputed(told(*rows)) is Truth.YES
    assert disputed(told(*rows, back("w", "no"))) is Truth.NO


def test_what_another_report_takes_back_counts_no_more_for_who_is_told_of_it():
    [said, price, other] = told(
        row(stage="delivered"), row(value="2 EUR", id="a"), row(value="3 EUR", id="b")
    )
    report = told(back("w", ["r-1#c1.stage", "r-1#b.value"]), id="r-2")[0].report
    own = told(row(stage="agreed"), back("w", "c1"), id="r-3")[0].report
    beside = takings_back([said.report, report, own])
    assert [one.id for one in beside] == ["r-2#w.stage", "r-3#w.stage"]
    assert counted([said, price, other], beside) == (price,)
    assert withdrawn([said, price], beside) == (said,)
    assert disputed([price, other]) is Truth.YES
    assert disputed([price, other], beside=beside) is Truth.NO


def test_a_denial_in_another_report_answers_the_claim_there():
    [said] = told(row(stage="signed"))
    answer = row(stage="signed", stance="denies", answers="r-1#c1.stage")
    [other] = told(answer, id="r-2")
    [dispute] = disputes([said, other])
    assert dispute.told == (said, other)


@pytest.mark.parametrize("claim", ["", "a b", "a#b#c", "#c1", "r-1#", "a\u202eb"])
def test_a_claim_hangs_on_a_claims_id_or_on_one_of_another_report(claim):
    assert Ref(RefKind.ANSWERS, "r-1#c1.stage").claim == "r-1#c1.stage"
    with pytest.raises(InvalidValueError, match="a claim's id, or report-id#claim-id"):
        Ref(RefKind.ANSWERS, claim)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"value": "16 items"}, "amount must be in money: price"),
        ({"value": "16 items", "of": "payment"}, "amount must be in money: payment"),
        ({"value": "2 USD", "of": "delivery period"}, "in years or months or days"),
        ({"value": "2 years", "of": "frequency"}, "in per year or per month"),
        ({"value": "9 rounds", "of": "consignments"}, "containers or vehicle loads"),
        ({"goods": "arms: a", "quantity": "3 USD"}, "quantity must be no money"),
    ],
)
def test_money_is_paid_and_goods_are_counted(parts, words):
    with pytest.raises(AuthoringError, match=words):
        told(row(**parts))
    [period] = told(row(value="2.5 years", of="delivery period"))
    assert period.claim.amount.unit == "years"


def test_parts_of_one_total_do_not_compete_with_each_other():
    rows = (
        row(id="all", goods="arms: rifle", quantity="1000 items"),
        row(id="a", goods="arms: rifle", quantity="300 items", within="all"),
        row(id="b", goods="arms: rifle", quantity="500 items", within="all"),
    )
    assert disputes(told(*rows)) == ()
    apart = (rows[0], rows[1], {**rows[2], "within": ""})
    assert [str(one.certainty) for one in disputes(told(*apart))] == ["YES"]


def position(said, when="2015-03-09", by=("LY",)):
    return row(embargo="un-libya-2011", position=said, by=[*by], when=when)


@pytest.mark.parametrize(
    ("other", "certainty"),
    [
        (position("opposed"), "YES"),
        (position("on hold"), "YES"),
        (position("opposed", when="2015-03"), "MAYBE"),
        (row(embargo="un-libya-2011", position="refused", by=["LY"]), "MAYBE"),
        (position("opposed", when="2015-04-01"), None),
        (position("opposed", by=("PK",)), None),
        (position("granted"), None),
        (position("queried"), None),
    ],
)
def test_an_actor_is_for_a_request_or_against_it_unless_it_changed(other, certainty):
    found = disputes(told(position("supported"), other))
    assert [str(one.certainty) for one in found] == [certainty] * bool(certainty)
    assert [one.slot for one in found] == ["position of Libya"] * bool(certainty)


def test_two_reports_speak_of_one_actor_where_an_identifier_says_so():
    rebels = {"kind": "group", "names": {"en": "The Rebels"}}
    known = {**rebels, "same_as": ["wikidata:Q1"]}
    for actor, slots in ((known, ["position of The Rebels"]), (rebels, [])):
        said = told(position("supported", by=("r",)), actors={"r": actor})
        denied = told(position("opposed", by=("s",)), id="r-2", actors={"s": actor})
        assert [one.slot for one in disputes((*said, *denied))] == slots


def test_a_doubtful_month_and_a_sure_one_say_the_same():
    rows = (row(stage="agreed", when="2025-12"), row(stage="agreed", when="2025-12~"))
    assert disputes(told(*rows)) == ()


def test_a_denial_of_what_is_not_among_the_claims_disputes_nothing():
    said, denied = told(
        row(stage="signed"), row(stage="signed", stance="denies", answers="c1")
    )
    assert disputes([denied]) == ()
    [dispute] = disputes([said, denied])
    assert dispute.slot == "said and denied"
    assert dispute.told == (said, denied)
    assert dispute.tolerance == Decimal("0.25")


def test_a_wider_tolerance_can_settle_what_about_leaves_open():
    claims = told(
        row(value="about 3 billion USD"), row(value="more than 4 billion USD")
    )
    assert disputed(claims, tolerance=Decimal("0.4")) is Truth.MAYBE


ROWS = st.lists(
    st.sampled_from(
        [
            {"value": "3 EUR"},
            {"value": "about 3 EUR"},
            {"value": "more than 4 EUR"},
            {"value": "4 EUR", "stance": "denies"},
            {"supplier": "PK"},
            {"stage": "signed", "when": "2025-12"},
            {"stage": "signed", "when": "2025-12-21"},
            {"goods": "vehicle: truck", "quantity": "10 items"},
            {"goods": "vehicle: truck", "quantity": "at least 12 items"},
        ]
    ),
    max_size=5,
)


@given(ROWS, st.randoms())
def test_the_order_of_claims_does_not_matter(rows, random):
    claims = list(told(*(row(**parts) for parts in rows)))
    before = disputed(claims)
    random.shuffle(claims)
    assert disputed(claims) is before


@given(ROWS, ROWS)
def test_another_claim_never_settles_a_dispute(rows, more):
    before = disputed(told(*(row(**parts) for parts in rows)))
    after = disputed(told(*(row(**parts) for parts in [*rows, *more])))
    assert before is not Truth.YES or after is Truth.YES
    assert before is not Truth.MAYBE or after is not Truth.NO
