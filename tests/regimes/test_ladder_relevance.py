"""The parts of the ladder, one by one: parties, places, goods, days, claims."""

from pathlib import Path

import pytest
from attrs import evolve

from embargo_monitor.authoring import author_file
from embargo_monitor.errors import UnknownNameError
from embargo_monitor.model.about import About
from embargo_monitor.model.actors import Actor, ActorKind
from embargo_monitor.model.claims import ActorIs, EmbargoIs, GoodsAre, PartyIs, StageIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Item, Nature, Use
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.names import Name
from embargo_monitor.model.relevances import Exempt
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told, told_in
from embargo_monitor.model.vocabulary import Position, Relation, Role, Terms
from embargo_monitor.model.when import When
from embargo_monitor.regimes import Mark, Register, Service
from embargo_monitor.regimes.covering import Tie
from embargo_monitor.regimes.exempting import exemption_status, stands_on
from embargo_monitor.regimes.parties import (
    Party,
    Side,
    Where,
    Who,
    any_of,
    party_named,
    place_named,
    who_acts,
)
from embargo_monitor.regimes.questions import Ground, question_from
from embargo_monitor.regimes.relevance import relevance
from embargo_monitor.regimes.reported import questions_of, questions_of_event
from embargo_monitor.seeds import seed_report

YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO
CASES = Path(__file__).parents[1] / "data" / "cases"
REGISTER = Register.bundled()


def of(regime, question):
    return relevance(question, all_regimes=True).of(regime)


def step(regime, question, name):
    return next(one for one in of(regime, question).steps if one.name == name)


def asked(**more):
    return question_from(
        **{"supplier": "PK", "recipient": "lna", "when": "2020", **more}
    )


def company(country):
    who = Who(side=Side.OTHER, country=country)
    return (Party(name="a company", who=(who,)),)


@pytest.fixture(scope="module")
def report():
    return seed_report().report


def told_of(report, event):
    return list(told_in(report, About.parse(f"event:{event}")))


# --- who ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "side", "country", "mark"),
    [
        ("LY", Side.STATE, "LY", Mark.TWO_SOURCES),
        ("gnu-libya", Side.STATE, "LY", Mark.RECALLED),
        ("lna", Side.GROUP, "LY", Mark.RECALLED),
        ("tbz-brigade", Side.GROUP, "LY", Mark.RECALLED),
        ("amisom", Side.OTHER, "SO", Mark.RECALLED),
        ("somaliland", Side.OTHER, "SO", Mark.RECALLED),
        ("irini", Side.OTHER, "", Mark.TWO_SOURCES),
    ],
)
def test_the_gazetteer_tells_for_whom_somebody_acts(name, side, country, mark):
    [who] = party_named(name).who
    assert (who.side, who.country, who.mark) == (side, country, mark)


def test_a_name_that_several_bear_stays_open_between_them():
    found = party_named("Congo")
    assert len(found.who) > 1
    assert {found.called(who) for who in found.who} != {"Congo"}
    with pytest.raises(UnknownNameError, match=r"Congo.*near: .*\(CG\)"):
        place_named("Congo")


def test_unknown_names_are_refused_with_near_ones():
    with pytest.raises(UnknownNameError, match="near: Libya"):
        party_named("Lybia")
    with pytest.raises(UnknownNameError, match="country"):
        place_named("lna")


def test_an_actor_of_a_report_is_known_by_identifiers_and_else_by_its_kind():
    def actor(kind, **more):
        return Actor("a", kind, names=(Name("somebody", language="en"),), **more)

    iso = (Identifier.parse("iso-3166:PK"), Identifier.parse("wikidata:Q843"))
    coded = actor(ActorKind.COMPANY, same_as=iso[::-1])
    assert who_acts(coded) == party_named("PK").who[0]
    army = actor(ActorKind.ARMED_FORCE, country="CI")
    assert who_acts(army) == Who(side=Side.STATE, country="CI")
    assert who_acts(actor(ActorKind.GOVERNMENT)) == Who(side=Side.OTHER)
    assert who_acts(actor(ActorKind.ARMED_GROUP)) == Who(side=Side.GROUP)
    assert who_acts(actor(ActorKind.COMPANY, country="AE")).side is Side.OTHER


def test_a_suspected_party_is_maybe_and_another_target_stays_no():
    hedged = tuple(evolve(one, hedged=True) for one in asked().recipients)
    question = evolve(asked(), recipients=hedged)
    found = step("un-libya-2011", question, "covers")
    assert (found.answer, "only suspects" in found.sentence) == (MAYBE, True)
    assert of("un-iran-2006", question).tie is Tie.NONE
    suppliers = tuple(evolve(one, hedged=True) for one in asked().suppliers)
    bound = step("un-libya-2011", evolve(asked(), suppliers=suppliers), "bound")
    assert (bound.answer, "is the supplier" in bound.sentence) == (MAYBE, True)


def test_one_of_two_suppliers_is_open_where_they_differ():
    either = any_of("France or Switzerland", [party_named("FR"), party_named("CH")])
    question = question_from(recipient="IQ", when="1995")
    found = step("un-iraq-1990", evolve(question, suppliers=(either,)), "bound")
    assert found.answer is MAYBE
    assert "It is open which of those it is: France or Switzerland." in found.sentence


# --- where -------------------------------------------------------------------------


def test_a_place_prints_with_its_country():
    assert str(Where(country="LY", place="Benghazi")) == "Benghazi (Libya)"
    assert str(Where(country="LY", place="Libya")) == "Libya"


def test_goods_for_a_force_that_are_bound_elsewhere_are_open():
    for recipient in ("lna", "libya-dawn"):
        question = asked(recipient=recipient, destination="EG")
        found = step("un-libya-2011", question, "covers")
        assert (found.answer, "bound for Egypt" in found.sentence) == (MAYBE, True)
    question = asked(recipient="rsf", destination="TD")
    assert of("un-sudan-darfur-2004", question).relevant is MAYBE


def test_a_company_is_covered_where_every_recipient_is():
    libyan = evolve(asked(), recipients=company("LY"))
    assert step("un-libya-2011", libyan, "covers").answer is YES
    lebanese = evolve(asked(), recipients=company("LB"))
    found = step("un-lebanon-2006", lebanese, "covers")
    assert (found.answer, "for whom it acts" in found.sentence) == (MAYBE, True)
    bound_for = evolve(asked(destination="LB"), recipients=company("CY"))
    found = step("un-lebanon-2006", bound_for, "covers")
    assert (found.answer, "who gets it in the end" in found.sentence) == (MAYBE, True)


def test_a_supplier_of_no_known_country_is_open_and_a_group_binds_nobody():
    unknown = evolve(asked(), suppliers=company(""))
    found = step("un-libya-2011", unknown, "bound")
    assert (found.answer, "Of which state" in found.sentence) == (MAYBE, True)
    group = step("un-libya-2011", asked(supplier="hizbollah"), "bound")
    assert (group.answer, "no state's force" in group.sentence) == (MAYBE, True)
    based = step("un-libya-2011", evolve(asked(), suppliers=company("AE")), "bound")
    assert (based.answer, "its jurisdiction" in based.sentence) == (YES, True)


def test_what_comes_out_of_a_target_is_covered_whoever_supplies_it():
    question = question_from(recipient="TN", origin="LY", when="2020")
    found = of("un-libya-2011", question)
    assert found.lead.steps[1].answer is YES
    assert "It comes from Libya." in found.lead.steps[1].sentence


# --- what and when -----------------------------------------------------------------


def test_a_text_without_its_nature_is_unclear_and_with_it_is_that():
    [one, two] = asked(goods=["fuel: jet fuel", "boxes"]).goods
    assert (one.item.name, one.item.nature) == ("jet fuel", Nature.FUEL)
    assert (two.item.name, two.item.nature) == ("boxes", Nature.UNCLEAR)
    assert of("un-libya-2011", asked(goods=["boxes"])).relevant is MAYBE
    item = Item("rifle", Nature.ARMS)
    assert asked(goods=[item]).goods[0].item is item


def test_services_are_barred_where_the_regime_names_them():
    training = asked(services=[Service.TRAINING])
    assert training.goods == ()
    assert of("un-libya-2011", training).relevant is YES
    licensed = asked(services=[Service.LICENSED_PRODUCTION])
    assert step("un-libya-2011", licensed, "scope").answer is MAYBE
    armed = asked(services=[Service.ARMED_PERSONNEL])
    assert step("un-libya-2011", armed, "scope").answer is YES


def test_suspected_goods_are_open():
    [thing] = asked().goods
    question = evolve(asked(), goods=(evolve(thing, hedged=True),))
    found = step("un-libya-2011", question, "scope")
    assert (found.answer, "suspected" in found.sentence) == (MAYBE, True)


@pytest.mark.parametrize(
    ("when", "not_after", "days"),
    [
        ("2020", None, "2020"),
        (None, "2020-05", "[..2020-05]"),
        ("2020", "2020-05-01", "[2020-01-01..2020-05-01]"),
        ("2020-05/2020-07", "2020-06", "2020-05/2020-07"),
        ("[2020-01-01,2020-09-01]", "2020-06", "[2020-01-01,2020-09-01]"),
        ("2020-02", "2020-06", "2020-02"),
        ("2020-07", "2020-06", "2020-07"),
        ("[2020-02..]", "2020-06-01", "[2020-02-01..2020-06-01]"),
    ],
)
def test_an_act_was_not_after_it_was_told_of(when, not_after, days):
    found = asked(when=when, not_after=not_after).days
    wanted = ImpreciseDate(days)
    assert (found.earliest, found.latest) == (wanted.earliest, wanted.latest)
    assert found.is_span is wanted.is_span


def test_without_a_day_every_phase_is_possible():
    question = asked(when=None, not_after=ImpreciseDate("[2019..]"))
    assert question.days is None
    found = of("un-libya-2011", question)
    assert [one.answer for one in found.steps] == [MAYBE, YES, YES, YES, YES]
    assert found.ask_next[0] == "On which day was it?"
    assert "a day that nobody gives" in str(question)


def test_a_day_after_the_last_renewal_asks_for_a_later_one():
    found = step("un-libya-2011", asked(when="2027-01-01"), "in force")
    assert "is there a later renewal" in found.ask_next
    within = step("un-libya-2011", asked(when="2011-02"), "in force")
    assert "On which of the days 2011-02" in within.ask_next


def test_a_question_and_a_step_print_in_words():
    question = asked(brokers=["AE"], carriers=["PA"], origin="CN", destination="LY")
    told = str(question)
    assert "brokered by United Arab Emirates, carried by Panama" in told
    assert "bound for Libya, out of China" in told
    found = step("un-libya-2011", asked(), "direction")
    assert str(found).startswith("direction: YES. It bars supply to the target. [")
    assert str(Ground(text="a doubt")) == "a doubt"
    assert str(Ground(text="a doubt", claims=("r#c",))) == "a doubt (r#c)"


def test_an_answer_that_is_not_there_is_refused():
    with pytest.raises(UnknownNameError, match=r"un-iran-2006.*near: un-libya-2011"):
        relevance(asked()).of("un-iran-2006")


# --- out of claims -----------------------------------------------------------------


def test_only_parties_make_a_supply_of_no_known_step(report):
    told = [one for one in told_of(report, "deal") if isinstance(one.claim, PartyIs)]
    [question] = questions_of(told)
    assert (question.act, str(question.days)) == (None, "[..2025-12-23]")
    assert len(questions_of(told_of(report, "pact")[:0])) == 0


def test_a_bargain_that_was_cancelled_leaves_nothing_and_is_no_act(report):
    told = told_of(report, "deal")
    stage = next(one for one in told if isinstance(one.claim, StageIs))
    cancelled = Told(evolve(stage.claim, id="x", stage=Stage.CANCELLED), report)
    parties = [one for one in told if isinstance(one.claim, PartyIs)]
    [question] = questions_of([*parties, cancelled])
    assert (question.act, question.finished) == (None, True)
    early = evolve(stage.claim, when=When(ImpreciseDate("2010")))
    found = relevance(questions_of([*parties, Told(early, report), cancelled]))
    assert found.of("un-libya-2011").remains is None


def test_what_was_delivered_before_leaves_nothing(report):
    told = told_of(report, "deal")
    stage = next(one for one in told if isinstance(one.claim, StageIs))
    parties = [one for one in told if isinstance(one.claim, PartyIs)]

    def at(id_, step_, when):
        date = When(ImpreciseDate(when)) if when else None
        return Told(evolve(stage.claim, id=id_, stage=step_, when=date), report)

    signed = at("s", Stage.SIGNED, "2009")
    for when, remains in (("2010", False), ("2012", True), (None, True)):
        delivered = at("d", Stage.DELIVERED, when)
        found = relevance(questions_of([*parties, signed, delivered]))
        assert (found.of("un-libya-2011").remains is not None) is remains


def test_hedges_and_unsettled_voices_are_among_what_it_rests_on():
    cargo = author_file(CASES / "c17" / "a.report.json").report
    found = relevance(questions_of_event(cargo, "cargo")).of("un-libya-2011")
    assert any("the speaker says `likely`" in str(one) for one in found.rests_on)
    visit = author_file(CASES / "c02" / "a.report.json").report
    questions = questions_of_event(visit, "visit")
    told = [str(ground) for one in questions for ground in one.grounds]
    assert any("it is unclear on whose word" in one for one in told)


def test_an_undated_document_bounds_nothing():
    row = author_file(CASES / "c19" / "f.report.json").report
    questions = questions_of_event(row, "row")
    assert {one.not_after for one in questions} == {None}
    assert {str(one.when) for one in questions} == {"2017", "2018"}


def test_a_ship_is_bound_by_its_flag_if_one_is_told():
    cargo = author_file(CASES / "c17" / "b.report.json").report
    [question, *_] = questions_of_event(cargo, "cargo")
    [ship] = question.carriers
    assert [who.country for who in ship.who] == ["MH"]
    assert len(ship.claims) == 2
    found = step("un-libya-2011", question, "bound")
    assert "Marshall Islands was bound" in found.sentence
    words = tuple(
        evolve(claim, actor="", text="a flag")
        if isinstance(claim, ActorIs) and claim.relation is Relation.FLAG
        else claim
        for claim in cargo.claims
    )
    [question, *_] = questions_of_event(evolve(cargo, claims=words), "cargo")
    assert [who.country for who in question.carriers[0].who] == [""]


def test_one_party_named_twice_is_one_and_on_behalf_of_is_another(report):
    told = told_of(report, "deal")
    [recipient] = [one for one in told if one.claim.id == "deal-cnn.recipient"]
    again = evolve(recipient.claim, id="again", for_="LY", hedge=Hedge.POSSIBLE)
    [question] = [
        one
        for one in questions_of([*told, Told(again, report)])
        if len(one.recipients) == 2
    ]
    first = question.recipients[0]
    assert (str(first), first.hedged) == ("Libyan National Army", False)
    assert "seed-article#again" in first.claims


def test_a_pact_without_sides_has_no_parties(report):
    [signing] = told_of(report, "pact")
    alone = Told(evolve(signing.claim, by=("munir",)), report)
    [question] = questions_of([alone])
    assert question.suppliers == question.recipients == ()


def test_a_vaguer_word_for_goods_is_no_contradiction(report):
    told = told_of(report, "deal")
    [goods] = [one for one in told if one.claim.id == "deal-reuters.goods"]
    for item, readings in (
        (Item("boxes", Nature.UNCLEAR), 1),
        (Item("arms", Nature.ARMS, use=Use.MILITARY), 1),
        (Item("fuel", Nature.FUEL), 2),
    ):
        other = Told(evolve(goods.claim, item=item), report)
        kept = [one for one in told if one is not goods]
        assert len(questions_of([*kept, other])) == readings
    twice = Told(evolve(goods.claim, id="twice"), report)
    [question] = questions_of([*told, twice])
    assert "seed-article#twice" in question.goods[0].claims


def test_goods_of_another_stage_stand_in_where_none_are_told_of_this_one(report):
    told = told_of(report, "deal")
    later = [
        Told(evolve(one.claim, at=Stage.DRAFTED), report)
        if isinstance(one.claim, GoodsAre)
        else one
        for one in told
    ]
    [question] = questions_of(later)
    assert [str(one.item) for one in question.goods] == ["arms, not described"]


def test_a_denial_of_a_party_of_goods_and_of_terms_is_told(report):
    told = told_of(report, "deal")
    denied = [
        Told(evolve(one.claim, id=f"no-{one.claim.id}", stance=Stance.DENIES), report)
        for one in told
        if not isinstance(one.claim, EmbargoIs)
    ]
    [question, *_] = questions_of([*told, *denied])
    words = {one.what for one in question.against}
    assert {"agreed", "supplier: Pakistan", "goods: arms, not described"} <= words
    assert {"terms", "value"} <= words
    assert Terms.SALE in Terms


# --- exemptions --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("positions", "status"),
    [
        ((), Exempt.UNKNOWN),
        (("in force",), Exempt.UNKNOWN),
        (("notified",), Exempt.NOTIFIED),
        (("requested", "queried"), Exempt.REQUESTED),
        (("requested", "on hold"), Exempt.ON_HOLD),
        (("requested", "granted"), Exempt.GRANTED),
        (("requested", "refused"), Exempt.REFUSED),
        (("granted", "lapsed"), Exempt.LAPSED),
        (("granted", "refused"), Exempt.DISPUTED),
        (("on hold", "refused"), Exempt.DISPUTED),
    ],
)
def test_an_exemption_stands_as_claims_say(report, positions, status):
    regime = REGISTER.regime("un-libya-2011")
    [position] = [
        one for one in told_of(report, "deal") if isinstance(one.claim, EmbargoIs)
    ]
    told = [
        Told(evolve(position.claim, id=f"p{at}", position=Position(word)), report)
        for at, word in enumerate(positions)
    ]
    found = exemption_status(stands_on(regime, told), possible=True)
    assert found.status is status
    assert str(found) == status.value


def test_roles_that_are_no_part_of_a_supply_bind_nobody(report):
    told = told_of(report, "deal")
    [supplier] = [one for one in told if one.claim.id == "deal-cnn.supplier"]
    maker = evolve(supplier.claim, id="maker", role=Role.MANUFACTURER, actor="IN")
    with_maker = questions_of([*told, Told(maker, report)])
    assert with_maker == questions_of(told)
