"""A row becomes one claim for each of its parts, with ids that say which."""

from decimal import Decimal

import pytest

from embargo_monitor.model.about import About
from embargo_monitor.model.claims import (
    ActorIs,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    Says,
    StageIs,
    TermsAre,
    ValueIs,
)
from embargo_monitor.model.goods import Condition, Nature, Use
from embargo_monitor.model.grades import Credibility
from embargo_monitor.model.refs import Ref, RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance
from embargo_monitor.model.vocabulary import (
    MentionRole,
    Position,
    Relation,
    Role,
    Terms,
    ValueOf,
)

EVERY_ROLE = [role.value.replace(" ", "_") for role in Role]


def test_one_breath_becomes_one_claim_for_each_part_in_this_order(claims):
    made = claims(
        {
            "says": "so it was",
            "embargo": "un-libya-2011",
            "position": "breaches",
            "terms": "gift",
            "value": "3 USD",
            "mentions": ["arms: x"],
            "as": "unclear",
            "goods": "arms: y",
            "recipient": "rebels",
            "supplier": "PK",
            "stage": "delivered",
        }
    )
    assert {id: type(claim) for id, claim in made.items()} == {
        "c1.stage": StageIs,
        "c1.supplier": PartyIs,
        "c1.recipient": PartyIs,
        "c1.goods": GoodsAre,
        "c1.mentions": MentionIs,
        "c1.value": ValueIs,
        "c1.terms": TermsAre,
        "c1.embargo": EmbargoIs,
        "c1.says": Says,
    }
    assert next(iter(made)) == "c1.stage"


def test_the_claims_of_a_row_are_told(authored, row):
    made = authored(claims=[row(id="x", stage="agreed", supplier="PK")])
    assert "claims.x: 2 claims: x.stage, x.supplier" in map(str, made.filled)


def test_what_a_row_says_of_itself_holds_for_all_its_claims(claims):
    made = claims(
        {
            "stage": "agreed",
            "supplier": "PK",
            "stance": "denies",
            "hedge": "likely",
            "wording": "dix camions",
            "translation": "ten trucks",
            "credibility": "3",
            "note": "read aloud",
        }
    )
    for claim in made.values():
        assert (claim.voice, claim.about) == ("minister", About.parse("event:deal"))
        assert (claim.stance, claim.hedge) == (Stance.DENIES, Hedge.LIKELY)
        assert (claim.wording.text, claim.wording.language) == ("dix camions", "en")
        assert (claim.translation.text, claim.translation.language) == (
            "ten trucks",
            "fr",
        )
        grade = claim.credibility
        assert (grade.grade, grade.by) == (Credibility.POSSIBLY_TRUE, "ana")
        assert claim.note == "read aloud"


def test_a_step_has_who_took_it_and_where(claims):
    [step] = claims(
        {
            "stage": "in transit",
            "by": ["PK", "rebels"],
            "place": "port",
            "from": "PK",
            "to": "LY",
        }
    ).values()
    assert step.stage is Stage.IN_TRANSIT
    assert (step.by, step.place) == (("PK", "rebels"), "port")
    assert (step.from_, step.to) == ("PK", "LY")


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_every_role_is_a_field_of_the_row(claims, role):
    [party] = claims({role: "PK", "for": "rebels"}).values()
    assert (party.id, party.role.value) == (f"c1.{role}", role.replace("_", " "))
    assert (party.actor, party.for_) == ("PK", "rebels")


def test_several_in_one_role_are_a_claim_each_by_number(claims):
    made = claims({"broker": ["PK", "rebels"]})
    assert {id: claim.actor for id, claim in made.items()} == {
        "c1.broker.1": "PK",
        "c1.broker.2": "rebels",
    }


def test_goods_are_an_item_as_short_text_with_quantity_line_and_stage(claims):
    [goods] = claims(
        {
            "goods": "vehicle: truck: six wheels",
            "quantity": "about 10 items",
            "line": "trucks",
            "at": "agreed",
        }
    ).values()
    assert (goods.item.name, goods.item.nature) == ("truck: six wheels", Nature.VEHICLE)
    assert (str(goods.quantity), goods.line) == ("about 10 items", "trucks")
    assert goods.at is Stage.AGREED


def test_an_item_may_be_told_in_full(claims):
    item = {
        "name": "patrol boat",
        "nature": "vessel",
        "categories": ["unroca:VI"],
        "use": "military",
        "condition": "disarmed",
        "individual": "rebels",
        "wording": "vedette",
    }
    [goods] = claims({"goods": item}).values()
    assert (goods.item.name, goods.item.nature) == ("patrol boat", Nature.VESSEL)
    assert (goods.item.use, goods.item.condition) == (Use.MILITARY, Condition.DISARMED)
    assert [str(one) for one in goods.item.categories] == ["unroca:VI"]
    assert (goods.item.individual, goods.item.wording) == ("rebels", "vedette")
    assert goods.quantity is None


def test_what_is_named_and_not_goods_is_a_mention(claims):
    [named] = claims(
        {
            "mentions": ["aircraft: Rafale", {"name": "S-400", "nature": "arms"}],
            "as": "adversary's",
            "actor": "PK",
        }
    ).values()
    assert isinstance(named, MentionIs)
    assert [item.name for item in named.items] == ["Rafale", "S-400"]
    assert (named.as_, named.actor) == (MentionRole.ADVERSARYS, "PK")


def test_a_value_is_a_price_unless_told_otherwise_and_that_is_told(authored, row):
    made = authored(claims=[row(value="about 2 million USD")])
    [value] = made.report.claims
    assert (value.amount.low, value.of) == (Decimal(2_000_000), ValueOf.PRICE)
    assert "claims.c1.of: price" in map(str, made.filled)
    made = authored(claims=[row(value="3 years", of="delivery period")])
    assert made.report.claims[0].of is ValueOf.DELIVERY_PERIOD
    assert "claims.c1.of" not in [one.where for one in made.filled]


def test_goods_and_value_stand_at_the_rows_own_stage_and_that_is_told(authored, row):
    made = authored(claims=[row(stage="paid", goods="arms: x", value="3 USD")])
    assert [claim.at for claim in made.report.claims[1:]] == [Stage.PAID, Stage.PAID]
    assert "claims.c1.at: paid, the row's own stage" in map(str, made.filled)
    made = authored(claims=[row(stage="paid", goods="arms: x", at="agreed")])
    assert made.report.claims[1].at is Stage.AGREED
    assert "claims.c1.at" not in [one.where for one in made.filled]


def test_without_any_stage_goods_and_value_stand_at_none(claims):
    assert claims({"goods": "arms: x"})["c1.goods"].at is None


def test_terms_are_no_price(claims):
    assert claims({"terms": "gift"})["c1.terms"].terms is Terms.GIFT


def test_an_embargo_has_a_position_and_who_took_it(claims):
    made = claims({"embargo": "the ban", "position": "on hold", "by": "PK"})
    [claim] = made.values()
    assert (claim.regime, claim.position) == ("the ban", Position.ON_HOLD)
    assert claim.by == ("PK",)


def test_an_actor_stands_to_another_or_to_a_text(claims):
    made = claims(
        {"about": "rebels", "actor_is": "led by", "actor": "PK", "text": "in name"}
    )
    [claim] = made.values()
    assert isinstance(claim, ActorIs)
    assert (claim.relation, claim.actor) == (Relation.LED_BY, "PK")
    assert claim.text == "in name"


def test_the_last_resort_is_a_text_of_the_loggers(claims):
    [claim] = claims({"says": "so it was"}).values()
    assert (claim.text, claim.language) == ("so it was", "en")


# --- about


@pytest.mark.parametrize(
    ("about", "meant"),
    [
        ("deal", "event:deal"),
        ("rebels", "actor:rebels"),
        ("regime:un-libya-2011", "regime:un-libya-2011"),
        ("event:deal", "event:deal"),
        ("actor:rebels", "actor:rebels"),
    ],
)
def test_a_row_is_about_an_event_an_actor_or_a_regime(claims, about, meant):
    [claim] = claims({"about": about, "says": "so"}).values()
    assert str(claim.about) == meant


def test_an_id_of_an_event_and_an_actor_must_be_told_apart(form, claims, row_faults):
    form["events"]["rebels"] = {"kind": "contact", "title": "With the rebels"}
    [fault] = row_faults({"about": "rebels", "says": "so"})
    assert fault.startswith("$.claims[0]: about must be one event or actor of the rep")
    assert "write event: or actor: before an id that both have" in fault
    made = claims({"about": "actor:rebels", "says": "so"})
    assert str(made["c1.says"].about) == "actor:rebels"


@pytest.mark.parametrize(
    ("about", "fault"),
    [
        ("dael", "about must be one event or actor"),
        ("event:dael", "unknown event 'dael'; near: deal"),
        ("actor:rebel", "unknown actor 'rebel'; near: rebels"),
        ("place:port", "about must be event:, actor: or regime: and an id"),
        ("regime:", "id must be 1 to 64 of ASCII letters"),
    ],
)
def test_what_a_row_is_about_must_be_there(row_faults, about, fault):
    [told] = row_faults({"about": about, "says": "so"})
    assert told.startswith(f"$.claims[0]: {fault}")


# --- what belongs to a part is refused without it


@pytest.mark.parametrize(
    ("field", "value", "parts"),
    [
        ("quantity", "10 items", "goods"),
        ("line", "trucks", "goods"),
        ("at", "agreed", "goods or value"),
        ("as", "unclear", "mentions"),
        ("of", "price", "value"),
        ("position", "began", "embargo"),
        ("text", "so", "actor is"),
        ("actor", "PK", "actor is or mentions"),
        ("by", "PK", "stage or embargo"),
        ("place", "port", "stage"),
        ("from", "LY", "stage"),
        ("to", "LY", "stage"),
        (
            "for",
            "PK",
            " or ".join(role.replace("_", " ") for role in EVERY_ROLE),
        ),
        (
            "when",
            "2025",
            "stage or embargo or actor is or says or value or goods",
        ),
        ("translation", "so", "quote or wording"),
    ],
)
def test_a_modifier_is_refused_without_its_part(row_faults, field, value, parts):
    [fault] = row_faults({"terms": "sale", field: value})
    assert fault == (
        f"$.claims[0]: {field} must be left out without {parts}, got {value!r}"
    )


def test_a_row_that_says_nothing_is_refused(row_faults):
    [fault] = row_faults({"quote": "ten trucks were delivered"})
    assert fault.startswith("$.claims[0]: row must be something: a stage, a party, ")


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"stage": "arrived"}, "stage must be one of intent, requested, offered,"),
        ({"stage": "paid", "stance": "says"}, "stance must be one of asserts,"),
        ({"stage": "paid", "hedge": "maybe"}, "hedge must be one of none, likely,"),
        ({"goods": "trucks"}, "item must be nature: name, with a nature of arms,"),
        ({"goods": "truck: six"}, "nature must be one of arms, ammunition,"),
        ({"goods": "arms: x", "at": "arrived"}, "at must be one of intent,"),
        ({"goods": "arms: x", "quantity": "dozens"}, "amount must be such as"),
        ({"goods": {"name": "x", "nature": "y"}}, "nature must be one of arms,"),
        (
            {"goods": {"name": "x", "nature": "arms", "individual": "y"}},
            "unknown actor 'y'",
        ),
        ({"mentions": ["arms: x"]}, "as is missing; it must be one of adversary's, a"),
        ({"value": "3"}, "amount must be such as"),
        ({"value": "3 USD", "of": "cost"}, "of must be one of price, asking price,"),
        ({"terms": "sold"}, "terms must be one of sale, gift,"),
        ({"embargo": "x"}, "position is missing; it must be one of in force,"),
        ({"about": "rebels", "actor_is": "x"}, "actor_is must be one of name, flag,"),
        ({"about": "rebels", "actor_is": "name"}, "actor must be given where no text"),
        ({"actor_is": "name", "text": "x"}, "about must be of kind actor"),
        ({"supplier": "pk"}, "unknown actor 'pk'"),
        ({"supplier": ["PK", "rebel"]}, "unknown actor 'rebel'; near: rebels"),
        ({"supplier": "PK", "for": "x"}, "unknown actor 'x'"),
        ({"stage": "paid", "by": ["x"]}, "unknown actor 'x'"),
        (
            {"mentions": ["arms: x"], "as": "unclear", "actor": "x"},
            "unknown actor 'x'",
        ),
        ({"stage": "paid", "voice": "minster"}, "unknown voice 'minster'; near: min"),
        ({"stage": "paid", "credibility": "1"}, "grade must be 2 to 6: 1, confirmed,"),
        (
            {"stage": "paid", "quote": "on Tuesday", "wording": "on Tuesday"},
            "wording must be left out where a quote says where the words stand",
        ),
    ],
)
def test_a_part_that_is_not_what_it_must_be_is_refused(row_faults, parts, fault):
    [told] = row_faults(parts)
    assert told.startswith(f"$.claims[0]: {fault}")


# --- how rows hang together


def refs(claim):
    return [(ref.kind.value, ref.claim) for ref in claim.refs]


@pytest.mark.parametrize("kind", list(RefKind))
def test_a_row_may_hang_on_others_in_every_way(claims, kind):
    made = claims({"stage": "agreed"}, {"stage": "paid", kind.value: "c1"})
    assert made["c2.stage"].refs == (Ref(kind, "c1.stage"),)


def test_a_rows_id_means_its_claim_of_the_same_part_or_its_only_one(claims):
    made = claims(
        {"id": "all", "stage": "agreed", "supplier": "PK"},
        {"id": "one", "stage": "paid"},
        {"stage": "agreed", "supplier": "PK", "answers": ["all", "one"]},
        {"value": "3 USD", "answers": "one", "rests_on": "all.supplier"},
    )
    assert refs(made["c3.stage"]) == [
        ("answers", "all.stage"),
        ("answers", "one.stage"),
    ]
    assert refs(made["c3.supplier"]) == [
        ("answers", "all.supplier"),
        ("answers", "one.stage"),
    ]
    assert refs(made["c4.value"]) == [
        ("answers", "one.stage"),
        ("rests_on", "all.supplier"),
    ]


def test_a_row_may_hang_on_a_later_one(claims):
    made = claims({"stage": "paid", "answers": "c2"}, {"stage": "agreed"})
    assert refs(made["c1.stage"]) == [("answers", "c2.stage")]


def test_where_a_row_has_several_claims_that_could_be_meant_one_must_be_named(
    claims, row_faults
):
    both = {"id": "both", "stage": "agreed", "supplier": ["PK", "rebels"]}
    faults = row_faults(
        both,
        {"value": "3 USD", "answers": "both"},
        {"supplier": "PK", "answers": "both"},
    )
    wanted = "one claim of row both: both.stage, both.supplier.1, both.supplier.2"
    assert faults == [
        f"$.claims[1]: answers must be {wanted}, got 'both'",
        f"$.claims[2]: answers must be {wanted}, got 'both'",
    ]
    made = claims(both, {"supplier": "PK", "answers": "both.supplier.1"})
    assert refs(made["c2.supplier"]) == [("answers", "both.supplier.1")]


def test_a_denial_that_answers_nothing_is_pointed_out(authored, row):
    def told(**parts):
        made = authored(claims=[row(stage="agreed"), row(stage="agreed", **parts)])
        return [str(one) for one in made.filled if one.where == "claims.c2.answers"]

    nothing = [
        (
            "claims.c2.answers: none: it disputes nothing that is logged here; name in"
            " `answers` the row that it is against, if there is one"
        )
    ]
    assert told(stance="denies") == nothing
    assert told(stance="withdraws", rests_on="c1") == nothing
    assert told(stance="denies", answers="c1") == []
    assert told(stance="fears") == []


def test_a_claim_of_another_report_can_be_answered(claims):
    made = claims({"says": "untrue", "stance": "denies", "answers": "r-0#c1.stage"})
    assert refs(made["c1.says"]) == [("answers", "r-0#c1.stage")]


def test_a_date_that_the_step_alone_bears_is_pointed_out(authored, row):
    parts = {"stage": "licensed", "embargo": "un-libya-2011", "position": "granted"}
    made = authored(claims=[row(id="x", when="2025", **parts)])
    told = "claims.x.when: the step's; the embargo position bears no date"
    assert told in map(str, made.filled)


def test_what_a_row_hangs_on_must_be_there(row_faults):
    faults = row_faults(
        {"id": "one", "stage": "agreed"},
        {"stage": "paid", "answers": "onee"},
        {"stage": "paid", "within": "one.value"},
    )
    assert faults[0] == "$.claims[1]: unknown row or claim 'onee'; near: one"
    assert faults[1].startswith("$.claims[2]: unknown row or claim 'one.value'")


def test_rows_that_hang_on_one_another_in_a_circle_are_refused_at_a_row(row_faults):
    [fault] = row_faults(
        {"stage": "agreed", "supplier": "PK", "terms": "sale"},
        {"stage": "held", "answers": "c3"},
        {"stage": "agreed", "rests_on": "c2"},
    )
    assert fault == "$.claims[1].refs: id must be free of circles, got 'c2.stage'"


@pytest.mark.parametrize("shared", [{"rests_on": ["b"] * 200}, {"note": "a" * 9_000}])
def test_few_rows_that_become_more_than_any_report_holds_are_refused(
    row_faults, shared
):
    """Each party becomes a claim, which bears all that the row shares."""
    wanted = "such that a log can hold its claims; split the report"
    row = {"id": "a", "supplier": ["PK"] * 50, **shared}
    assert row_faults({"id": "b", "says": "so"}, row) == [
        f"$.claims[1]: row must be {wanted}, got 'a' [row a]"
    ]


def test_a_row_whose_id_is_all_points_is_no_work(row_faults):
    [fault] = row_faults({"id": "a", "says": "so", "rests_on": "." * 500_000})
    assert fault.startswith("$.claims[0]: unknown row or claim '....")
