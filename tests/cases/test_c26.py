"""C26: Egypt to Somalia, 2024: after the ban, a fear, an ordinal, a misplaced town."""

import re

import embargo_monitor as em
from embargo_monitor.model.actors import ActorKind
from embargo_monitor.model.claims import EmbargoIs, Says, StageIs
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Stance, Weight
from embargo_monitor.model.vocabulary import Position, Role

FEARED = "al-Shabaab"


def first_of(told):
    """Return the name of who speaks first."""
    return em.voice_line(told).split(" > ")[0]


def grounds(case):
    """Return what a verdict on the shipment rests on, as it is reported.

    The kinds of its recipients, and whether it came after the end of the embargo.
    """
    told = em.counted(case.told("shipment"))
    kinds = {
        one.actor(one.claim.actor).kind for one in em.parties(told, Role.RECIPIENT)
    }
    return kinds, is_after_the_end(told)


def is_after_the_end(told):
    """Whether every delivery is later than the day on which the embargo had ended.

    None where nobody says that it had, or no delivery has a day.
    """
    deliveries = [
        one.claim.when.date
        for one in em.stages(told)
        if one.claim.stage is Stage.DELIVERED and one.claim.when
    ]
    ends = [
        one.claim.when.date
        for one in told
        if isinstance(one.claim, EmbargoIs) and one.claim.position is Position.ENDED
    ]
    if not ends or not deliveries:
        return None
    return all(end.latest < day.earliest for end in ends for day in deliveries)


def feared_told_as_received(case):
    """Return where the armed group is told to have got anything."""
    found = [
        one.id
        for role in (Role.RECIPIENT, Role.END_USER, Role.HOLDER, Role.BUYER)
        for one in em.parties(em.counted(case.told()), role)
        if one.actor(one.claim.actor).name == FEARED
    ]
    found += [
        str(one)
        for one in case.objects(kind="party_is", actor="shabaab")
        if one.get("stance") != "fears"
    ]
    found += [
        str(one)
        for one in case.json
        if any(FEARED in name for name in one.get("recipients", ()))
    ]
    lines = " ".join(case.text.split())
    return found + re.findall(
        rf"{FEARED} <-|(?:recipient|end user|holder)(?! \[FEARS\]):? {FEARED}",
        lines.replace(f"): end user: {FEARED}", ""),
    )


def breaches_told(case):
    """Return where anybody, or we, speak of a breach of the embargo."""
    found = [
        one.id
        for one in case.told()
        if isinstance(one.claim, EmbargoIs) and one.claim.position is Position.BREACHES
    ]
    found += [
        str(one) for one in case.objects(kind="embargo_is") if _breach(one["position"])
    ]
    return found + re.findall(r"(?i)[^\n]*(?:breach|violat|illegal)[^\n]*", case.text)


def _breach(position):
    return position in ("breaches", "does not breach")


def counts_of_shipments(case):
    """Return where an ordinal or a superlative has become a figure."""
    found = [one.id for one in em.values(case.told())]
    found += [one.id for one in em.goods(case.told()) if one.claim.quantity is not None]
    found += [str(one) for one in case.objects(kind="value_is")]
    return found + re.findall(r"consignments +[^\n]*|2 items of[^\n]*", case.text)


# After the end of the ban


def test_the_recipient_is_a_government_and_every_delivery_is_after_the_end(case):
    assert grounds(case("c26")) == ({ActorKind.GOVERNMENT}, True)


def test_another_recipient_would_change_what_a_verdict_rests_on(spoilt):
    def change(form):
        form["actors"]["fgs"] = {"kind": "armed group", "names": {"en": FEARED}}

    kinds, later = grounds(spoilt("c26", "a.report.json", change))
    assert kinds == {ActorKind.GOVERNMENT, ActorKind.ARMED_GROUP}
    assert later is True


def test_without_an_end_or_a_day_of_delivery_nothing_is_after_the_end(case):
    told = em.counted(case("c26").told("shipment"))
    for kind in (EmbargoIs, StageIs):
        left = [one for one in told if not isinstance(one.claim, kind)]
        assert len(left) < len(told)
        assert is_after_the_end(left) is None


def test_an_earlier_date_would_change_what_a_verdict_rests_on(spoilt):
    def change(form):
        form["document"]["published"]["date"] = "2023-09-24"

    kinds, later = grounds(spoilt("c26", "c.report.json", change))
    assert kinds == {ActorKind.GOVERNMENT}
    assert later is False


def test_that_the_embargo_ended_is_told_by_pages_and_is_no_reading_of_ours(case):
    told = [
        one for one in case("c26").told("shipment") if isinstance(one.claim, EmbargoIs)
    ]
    assert {
        (one.claim.position.value, one.claim.regime, str(one.claim.when.date))
        for one in told
    } == {("ended", "un-somalia-1992", "2023-12")}
    assert {em.voice_line(one) for one in told} == {
        "media reports > allAfrica",
        "Umva",
    }


def test_the_unloading_lasts_from_sunday_to_monday(case):
    dates = {
        (one.id, str(one.claim.when.date))
        for one in em.stages(case("c26").told("shipment"))
        if one.claim.when
    }
    assert dates == {
        ("c26-a#convoys.stage", "2024-09-22/2024-09-23"),
        ("c26-a#unloading.stage", "2024-09-22"),
        ("c26-b#delivery.stage", "2024-09-22"),
        ("c26-c#arrival.stage", "2024-09-22"),
        ("c26-c#convoys.stage", "2024-09-22/2024-09-23"),
    }
    assert em.disputed(case("c26").told("shipment")) is em.Truth.NO
    assert "delivered, from 2024-09-22 to 2024-09-23" in " ".join(
        case("c26").text.split()
    )


# A fear is no transfer


def test_a_fear_of_diversion_is_shown_and_makes_no_transfer(case):
    [told] = [one for one in case("c26").told() if one.claim.stance is Stance.FEARS]
    assert told.claim.stance.weight is Weight.NEITHER
    assert told.claim.role is Role.END_USER
    assert told.actor(told.claim.actor).name == FEARED
    assert first_of(told) == "foreign ministry of Somaliland (inferred by the logger)"
    events = [
        event
        for report in case("c26").reports.values()
        for event in report.events
        if event.kind is EventKind.TRANSFER
    ]
    assert {event.id for event in events} == {"shipment", "planes"}
    assert feared_told_as_received(case("c26")) == []


def test_the_fear_is_printed_with_whose_fear_it_is(case):
    assert (
        "FEARS (foreign ministry of Somaliland (inferred by the logger) > Reuters"
        " (inferred by the logger) > NewsX): end user: al-Shabaab"
        in " ".join(case("c26").text.split())
    )


def test_control_a_fear_that_lost_its_stance_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "diversion"]
        del row["stance"]

    found = feared_told_as_received(spoilt("c26", "b.report.json", change))
    assert "c26-b#diversion.end_user" in found
    assert len(found) >= 3


# Ordinals, variants, a slip


def test_second_and_largest_are_remarks_and_no_figures(case):
    said = {
        (one.report.id, one.claim.text)
        for one in case("c26").told("shipment")
        if isinstance(one.claim, Says)
    }
    largest = (
        "it is the largest shipment of military aid since the UN lifted its embargo"
        " in December 2023"
    )
    assert said == {
        ("c26-a", largest),
        ("c26-a", "the delivery is part of the pact of August 2024"),
        ("c26-b", "it is the second major shipment"),
        ("c26-c", largest),
    }
    assert counts_of_shipments(case("c26")) == []


def test_control_an_ordinal_read_as_a_figure_is_found(spoilt):
    def change(form):
        figure = {"id": "two", "value": "2 items", "of": "consignments"}
        form["claims"].append({"voice": "officials", "about": "shipment"} | figure)

    found = counts_of_shipments(spoilt("c26", "b.report.json", change))
    assert "c26-b#two.value" in found
    assert len(found) >= 3


def test_each_origin_keeps_its_own_goods(case):
    goods = {
        (first_of(one), one.claim.item.name)
        for one in em.goods(case("c26").told("shipment"))
        if not one.refs(RefKind.DEPARTS_FROM)
    }
    assert goods == {
        ("Garowe Online", "heavy artillery"),
        ("Garowe Online", "anti-tank weapons"),
        ("Garowe Online", "armoured vehicles"),
        ("port and military officials", "anti-aircraft guns"),
        ("port and military officials", "artillery"),
    }


def test_goods_that_a_page_puts_down_to_somebody_else_depart_from_the_first(case):
    told = em.goods(case("c26").told("shipment", "c26-c"))
    assert {first_of(one) for one in told} == {"reports on social media"}
    assert [sorted(one.refs(RefKind.DEPARTS_FROM)) for one in told] == [
        ["c26-a#artillery.goods"],
        ["c26-a#anti-tank.goods"],
        ["c26-a#armoured.goods"],
    ]


def test_the_suppliers_ministry_confirms_what_others_said(case):
    [told] = [
        one
        for one in em.stages(case("c26").told("shipment"))
        if one.claim.stance is Stance.CONFIRMS
    ]
    assert first_of(told) == "Egyptian foreign ministry (inferred by the logger)"
    assert told.refs(RefKind.ANSWERS) == {"c26-a#unloading.stage"}


def test_a_slip_about_a_place_stays_the_word_of_the_page(case):
    [told] = case("c26").told("garowe-online")
    assert told.claim.text == "it is in breakaway Somaliland"
    assert em.voice_line(told) == "Umva"
    assert "the town of Garowe is in Puntland" in told.claim.note
    places = {
        (place.names[0].text, place.country)
        for report in case("c26").reports.values()
        for place in report.places
    }
    assert places == {("Mogadishu", "SO")}


def test_one_outlet_is_one_source_wherever_a_page_places_it(case):
    told = [
        one
        for one in em.stages(case("c26").told("shipment"))
        if first_of(one) == "Garowe Online"
    ]
    found = em.origins(told)
    assert {one.report.id for one in told} == {"c26-a", "c26-c"}
    assert (found.at_least, found.at_most) == (1, 1)


def test_the_planes_of_august_are_another_transfer(case):
    [told] = em.stages(case("c26").told("planes"))
    assert str(told.claim.when.date) == "2024-08"
    assert {
        str(one.claim.quantity) for one in em.goods(case("c26").told("planes"))
    } == {"None"}
    [link] = [
        one for one in case("c26").records if one.id == "c26-shipment-follows-planes"
    ]
    assert link.relation.value == "follows"


def test_the_pact_is_of_august_and_moves_nothing(case):
    told = case("c26").told("pact")
    assert {str(one.claim.when.date) for one in em.stages(told)} == {"2024-08"}
    assert em.goods(told) == ()


# What must not stand anywhere


def test_nobody_speaks_of_a_breach_of_the_embargo(case):
    assert breaches_told(case("c26")) == []


def test_control_a_breach_read_into_the_story_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "lifted"]
        row["position"] = "breaches"
        del row["when"], row["by"]

    found = breaches_told(spoilt("c26", "a.report.json", change))
    assert "c26-a#lifted.embargo" in found
    assert len(found) >= 4
