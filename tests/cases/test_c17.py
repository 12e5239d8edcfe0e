"""C17: jet fuel on the Royal Diamond 7: suspected, likely, and nobody's weapons."""

import re

import embargo_monitor as em
from embargo_monitor.model.claims import ActorIs, EmbargoIs
from embargo_monitor.model.goods import Nature, Use
from embargo_monitor.model.names import NameKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Weight
from embargo_monitor.model.vocabulary import Position, Role

ARMS = {"arms", "ammunition", "parts"}

FIVE_STATES = {
    "flag": "MH",
    "owner": "NO",
    "manager": "SG",
    "charterer": "AE",
    "bound for": "LY",
}
"""Where each state stands to the ship, by what it is told as."""

TRANSLATED = ("الماسة الملكية 7", "ar", NameKind.TRANSLATED)
"""The ship's name in the Arabic page."""


def weapons_told_as_seized(case):
    """Return where weapons are goods of the boarded cargo, or are printed as such."""
    found = [
        told.id
        for told in em.goods(case.told("cargo"))
        if told.claim.item.nature.value in ARMS
    ]
    found += [
        str(one)
        for one in case.objects(kind="goods_are")
        if one["item"]["nature"] in ARMS
    ]
    return found + re.findall(
        r"(?i)[^\n]*(?:weapon|\barms\b(?![ -]embargo))[^\n]*", case.text
    )


def recipients_told_as_proven(case):
    """Return where anybody is plainly called recipient or end user of the fuel."""
    found = [
        told.id
        for role in (Role.RECIPIENT, Role.END_USER, Role.BUYER)
        for told in em.parties(case.told("cargo"), role)
        if told.claim.stance.weight is Weight.FOR and told.claim.hedge is Hedge.NONE
    ]
    found += [
        str(one)
        for role in ("recipient", "end user", "buyer")
        for one in case.objects(kind="party_is", role=role)
        if "stance" not in one and "hedge" not in one
    ]
    found += [str(one["recipients"]) for one in case.json if one.get("recipients")]
    return found + re.findall(
        r"[^\n]*(?:Libyan National Army|LNA|Haftar)[^\n]*", case.text
    )


def uses_told_as_sure(case):
    """Return the claims of military use that have lost the speaker's doubt."""
    found = [
        told.id
        for told in em.goods(case.told("cargo"))
        if told.claim.item.use is Use.MILITARY and told.claim.hedge is Hedge.NONE
    ]
    found += [
        str(one)
        for one in case.objects(kind="goods_are")
        if one["item"].get("use") == "military" and "hedge" not in one
    ]
    text = " ".join(case.text.split())
    return found + re.findall(
        r"(?<!\[likely\] )(?<!\[possible\] )jet fuel \(fuel, military use\)"
        r"(?!(?:, as [a-z ]+)? \()",
        text,
    )


def states_of(case):
    """Return where each state stands in the page that names them all."""
    told = case.told(report="c17-b")
    found = {
        one.claim.relation.value: one.actor(one.claim.actor).country
        or one.actor(one.claim.actor).id
        for one in told
        if isinstance(one.claim, ActorIs)
    }
    [boarding] = em.stages(told)
    places = {one.id: one.country for one in boarding.report.places}
    parties = [one for role in Role for one in em.parties(told, role)]
    return {
        **found,
        "bound for": places[boarding.claim.to],
        **{
            f"party, {one.claim.role.value}": one.claim.actor
            for one in parties
            if one.claim.role is not Role.CARRIER
        },
    }


def names_of(case, report):
    """Return a ship's names, each with its language and how it came to be."""
    found = ship_of(case, report).names
    return [(name.text, name.language, name.kind) for name in found]


def ship_of(case, report):
    """Return the ship of a report."""
    return next(one for one in case.reports[report].actors if one.id == "ship")


# The cargo


def test_the_goods_are_fuel_and_the_doubt_lies_in_the_use(case):
    told = em.goods(case("c17").told("cargo"))
    assert {one.claim.item.nature for one in told} == {Nature.FUEL}
    said = {
        (one.report.id, one.claim.item.use.value, one.claim.hedge.value) for one in told
    }
    assert said == {
        ("c17-a", "not said", "none"),
        ("c17-a", "military", "likely"),
        ("c17-b", "not said", "none"),
        ("c17-b", "military", "possible"),
        ("c17-c", "not said", "none"),
        ("c17-c", "military", "likely"),
        ("c17-d", "not said", "none"),
        ("c17-d", "military", "likely"),
    }


def test_goods_can_be_dual_use_and_their_use_unclear(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "use"]
        row["goods"] = {"name": "jet fuel", "nature": "dual-use", "use": "unclear"}

    other = spoilt("c17", "a.report.json", change)
    told = em.goods(other.told("cargo", "c17-a"))[-1]
    assert (told.claim.item.nature, told.claim.item.use) == (
        Nature.DUAL_USE,
        Use.UNCLEAR,
    )
    assert "[likely] jet fuel (dual-use, unclear use)" in other.text


def test_the_quantity_is_unknown_and_no_number_stands_for_it(case):
    told = em.goods(case("c17").told("cargo"))
    assert {one.claim.quantity for one in told} == {None}


def test_likely_stays_beside_the_use_in_claims_and_in_print(case):
    assert uses_told_as_sure(case("c17")) == []
    text = " ".join(case("c17").text.split())
    assert "jet fuel (fuel, military use), as intercepted (likely)" in text
    assert "goods [likely] jet fuel (fuel, military use)" in text


def test_control_a_use_whose_doubt_was_dropped_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "use"]
        del row["hedge"]

    found = uses_told_as_sure(spoilt("c17", "a.report.json", change))
    assert "c17-a#use.goods" in found
    assert len(found) >= 4


def test_hedges_of_several_pages_are_not_levelled(case):
    told = [
        one
        for one in case("c17").told("cargo")
        if isinstance(one.claim, EmbargoIs) and one.claim.position is Position.BREACHES
    ]
    assert {(one.report.id, one.claim.hedge.value) for one in told} == {
        ("c17-a", "suspected"),
        ("c17-b", "suspected"),
        ("c17-d", "possible"),
    }


def test_what_the_fuel_counts_as_is_told_on_the_operations_word(case):
    told = [
        one
        for one in case("c17").told("cargo")
        if isinstance(one.claim, EmbargoIs) and one.claim.position is Position.COVERS
    ]
    assert len(told) == 3
    for one in told:
        assert one.voice.speakers[0].source == "irini"
        assert one.claim.by == ("un",)


# Who, where, when


def test_five_states_stand_in_five_places_and_none_supplies(case):
    assert states_of(case("c17")) == FIVE_STATES
    assert em.parties(case("c17").told("cargo"), Role.SUPPLIER) == ()
    assert case("c17").objects(kind="party_is", role="supplier") == []


def test_control_a_state_that_has_become_a_supplier_is_found(spoilt):
    def change(form):
        form["actors"]["AE"] = {}
        form["claims"].append({"voice": "irini", "about": "cargo", "supplier": "AE"})
        form["claims"][-1]["id"] = "supplier"

    found = states_of(spoilt("c17", "b.report.json", change))
    assert found == {**FIVE_STATES, "party, supplier": "AE"}


def test_control_the_flag_taken_for_the_owner_is_found(spoilt):
    def change(form):
        for row in form["claims"]:
            if row.get("actor_is") == "owner":
                row["actor"] = "MH"

    assert states_of(spoilt("c17", "b.report.json", change)) != FIVE_STATES


def test_a_company_in_a_country_does_not_act_for_its_state(case):
    actors = {one.id: one for one in case("c17").reports["c17-b"].actors}
    for id_ in ("owner", "manager", "charterer"):
        assert actors[id_].unnamed
        assert not actors[id_].kind.acts_for_a_state


def test_ports_of_loading_and_of_call_are_places_and_no_parties(case):
    for told in em.stages(case("c17").told("cargo")):
        assert told.claim.stage is Stage.INTERCEPTED
        assert (told.claim.from_, told.claim.to) == ("sharjah", "benghazi")
    roles = {one["role"] for one in case("c17").objects(kind="party_is")}
    assert roles == {"carrier"}


def test_the_boarding_is_dated_to_the_hour_and_placed_off_the_coast(case):
    told = em.stages(case("c17").told("cargo"))
    assert {str(one.claim.when.date) for one in told} == {"2020-09-10"}
    assert {one.claim.when.clock for one in told} == {"07:00", ""}
    places = {
        (place.names[0].text, place.offset)
        for one in told
        for place in one.report.places
        if place.id == one.claim.place
    }
    assert places == {("Derna", "150 km north of")}


def test_a_day_that_a_page_only_implies_is_told_as_inferred(case):
    text = " ".join(case("c17").text.split())
    [date] = {
        line
        for line in re.findall(r"date (2020-09-10.*?) carrier", text)
        if "counted from the saying" in line
    }
    assert date.endswith("rests on: the saying is inferred")


def test_this_morning_is_the_day_of_the_page_and_keeps_its_hour(case):
    [told] = em.stages(case("c17").told("cargo", "c17-c"))
    assert told.claim.when.translation.text == "this morning at 07:00"
    assert str(told.claim.when.rule) == "days-before@1 0"
    assert (str(told.claim.when.date), told.claim.when.clock) == (
        "2020-09-10",
        "07:00",
    )


def test_a_date_in_the_metadata_is_kept_and_not_counted_from(case):
    document = case("c17").reports["c17-c"].document
    assert str(document.published.date) == "2020-09-10"
    assert [(str(one.date), one.basis.value) for one in document.other_readings] == [
        ("2020-11", "in the metadata")
    ]


def test_four_pages_that_pass_on_one_statement_are_one_origin(case):
    told = em.stages(em.counted(case("c17").told("cargo")))
    found = em.origins(told)
    assert (len(told), found.at_least, found.at_most) == (4, 1, 1)
    assert em.disputed(case("c17").told("cargo")) is em.Truth.NO


# One ship, two scripts


def test_a_translated_ship_name_is_marked_as_a_translation(case):
    assert names_of(case("c17"), "c17-c") == [TRANSLATED]


def test_control_a_translated_name_told_as_the_ships_own_is_found(spoilt):
    def change(form):
        form["actors"]["ship"]["names"] = {"ar": TRANSLATED[0]}

    found = names_of(spoilt("c17", "c.report.json", change), "c17-c")
    assert found == [(*TRANSLATED[:2], NameKind.OWN)]


def test_a_link_leads_from_the_translated_name_to_the_latin_one(case):
    [link] = [one for one in case("c17").records if one.id == "c17-ship-c-same-a"]
    assert (link.first, link.second) == ("c17-c#ship", "c17-a#ship")
    assert (link.relation.value, link.linked.value) == ("same", "actor")
    assert ship_of(case("c17"), "c17-a").names[0].text == "Royal Diamond 7"
    assert "c17-c#ship same c17-a#ship" in " ".join(case("c17").text.split())


def test_the_ship_carries_the_cargo_and_is_not_its_goods(case):
    carriers = em.parties(case("c17").told("cargo"), Role.CARRIER)
    assert {one.claim.actor for one in carriers} == {"ship"}
    goods = em.goods(case("c17").told("cargo"))
    assert {one.claim.item.individual for one in goods} == {""}


# What must not stand anywhere


def test_no_weapons_are_told_as_seized(case):
    assert weapons_told_as_seized(case("c17")) == []


def test_control_fuel_turned_into_weapons_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "boarding"]
        row["goods"] = "arms: weapons"

    found = weapons_told_as_seized(spoilt("c17", "a.report.json", change))
    assert "c17-a#boarding.goods" in found
    assert len(found) >= 4


def test_nobody_is_told_as_the_proven_recipient(case):
    assert recipients_told_as_proven(case("c17")) == []


def test_control_a_recipient_read_into_the_port_of_call_is_found(spoilt):
    def change(form):
        form["actors"]["lna"] = {}
        [row] = [row for row in form["claims"] if row["id"] == "boarding"]
        row["recipient"] = "lna"

    found = recipients_told_as_proven(spoilt("c17", "d.report.json", change))
    assert "c17-d#boarding.recipient" in found
    assert len(found) >= 4
