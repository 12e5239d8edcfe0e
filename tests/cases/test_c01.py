"""C01: Pakistan and the LNA: four unnamed officials, two sums, a list in a draft."""

import re

import embargo_monitor as em
from embargo_monitor.model.claims import EmbargoIs, PartyIs
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance, Weight
from embargo_monitor.model.vocabulary import Position, Role, ValueOf
from embargo_monitor.model.voices import DocumentState, Mandate, Side, SourceKind

LEAVE = {"granted", "refused", "consent given", "consent withheld"}
"""What a committee would say to a request."""


def speaker(told):
    """Return the source that speaks first."""
    return told.source(told.voice.speakers[0].source)


def prices(case):
    """Return the claims of price in all reports."""
    told = em.values(case.told("deal"))
    return [one for one in told if one.claim.of is ValueOf.PRICE]


def sums_that_nobody_gave(case):
    """Return the prices that are a range, or that join the sums of the officials."""
    found = [one.id for one in prices(case) if one.claim.amount.bound.value == "range"]
    found += [
        str(one)
        for one in case.objects(unit="USD")
        if one.get("low") and one.get("high") and one["low"] != one["high"]
    ]
    text = " ".join(case.text.split())
    return found + re.findall(r"4(?:\.0)? to 4\.6 billion|4\.3 billion", text)


def list_told_as_the_deal(case):
    """Return where figures of the list stand elsewhere than in the draft."""
    found = [
        one.id
        for one in em.goods(case.told("deal"))
        if one.claim.quantity is not None and one.claim.at is not Stage.DRAFTED
    ]
    found += [
        str(one)
        for one in case.objects(kind="goods_are")
        if "quantity" in one and one.get("at") != "drafted"
    ]
    text = " ".join(case.text.split())
    return found + re.findall(r"1[26] items of [^()]*\([^()]*\)(?!, as drafted)", text)


def deliveries(case):
    """Return where anything is told as delivered."""
    found = [
        one.id
        for one in em.counted(case.told())
        if Stage.DELIVERED
        in (getattr(one.claim, "stage", None), getattr(one.claim, "at", None))
    ]
    found += [str(one) for one in case.objects(stage="delivered")]
    found += [str(one) for one in case.objects(at="delivered")]
    return found + re.findall(r"[^\n]*delivered[^\n]*", case.text)


def china_as_supplier(case):
    """Return where China is called a supplier."""
    found = [
        one.id
        for one in em.parties(case.told(), Role.SUPPLIER)
        if one.actor(one.claim.actor).name == "China"
    ]
    found += [
        str(one) for one in case.objects(kind="party_is", role="supplier", actor="CN")
    ]
    found += [
        str(one["suppliers"])
        for one in case.json
        if "China" in one.get("suppliers", ())
    ]
    return found + re.findall(
        r"[^\n]*(?:<- [^:]*China|supplier +China)[^\n]*", case.text
    )


def khalifa_haftar_anywhere(case):
    """Return where the father is named, or meets anybody; the son bears his name."""
    found = [
        one.id
        for one in em.stages(case.told())
        if "Khalifa Haftar" in {one.actor(actor).name for actor in one.claim.by}
    ]
    found += [str(one) for one in case.objects(text="Khalifa Haftar")]
    return found + re.findall(r"(?<!Saddam )Khalifa Haftar[^\n]*", case.text)


def leave_told_as_given_or_refused(case):
    """Return where somebody is said to have decided on an exemption."""
    found = [
        one.id
        for one in em.counted(case.told())
        if isinstance(one.claim, EmbargoIs) and one.claim.position.value in LEAVE
    ]
    found += [
        str(one)
        for one in case.objects(kind="embargo_is")
        if one["position"] in LEAVE and "stance" not in one
    ]
    text = " ".join(case.text.split())
    return found + re.findall(r"un-libya-2011: (?:granted|refused|consent \w+)", text)


def requests_told_as_made(case):
    """Return where an exemption is said to have been asked for."""
    found = [
        one.id
        for one in em.counted(case.told())
        if isinstance(one.claim, EmbargoIs) and one.claim.position is Position.REQUESTED
    ]
    text = " ".join(case.text.split())
    return found + re.findall(
        r"(?<!DOES NOT KNOW\] )(?<!: embargo: )un-libya-2011: requested", text
    )


# Four officials


def test_four_unnamed_officials_are_one_origin_and_not_none(case):
    told = em.stages(em.counted(case("c01").told("deal")))
    assert {speaker(one).id for one in told} == {"officials"}
    assert str(speaker(told[0]).count) == "4 persons"
    found = em.origins(told)
    assert (found.at_least, found.at_most) == (1, 1)


def test_all_that_the_officials_say_apart_and_the_copy_shows_has_one_origin(case):
    told = [
        one
        for one in case("c01").told("deal")
        if speaker(one).unnamed and one.claim.stance.weight is Weight.FOR
    ]
    assert {speaker(one).id for one in told} == {
        "officials",
        "two",
        "other-two",
        "three",
        "first",
        "second",
        "third",
        "copy",
    }
    found = em.origins(told)
    assert (found.at_least, found.at_most) == (1, 1)


def test_the_count_of_origins_is_printed_beside_the_deal(case):
    text = " ".join(case("c01").text.split())
    assert (
        "origins 1 independent: four Pakistani officials involved in defence matters"
        " (unnamed, supplier side)" in text
    )


def test_control_a_relay_that_speaks_for_itself_might_be_a_second_origin(spoilt):
    def change(form):
        form["claims"].append(
            {
                "id": "deal",
                "voice": "financial-express",
                "about": "deal",
                "stage": "agreed",
            }
        )

    wrong = spoilt("c01", "b.report.json", change)
    found = em.origins(em.stages(em.counted(wrong.told("deal"))))
    assert (found.at_least, found.at_most) == (1, 2)


# The sums


def test_the_two_sums_stand_apart_each_with_its_count_of_speakers(case):
    said = [
        (str(one.claim.amount), str(speaker(one).count), speaker(one).part_of)
        for one in prices(case("c01"))
        if one.report.id == "c01-a"
    ]
    assert said == [
        ("more than 4 billion USD", "2 persons", "officials"),
        ("about 4.6 billion USD", "2 persons", "officials"),
    ]
    assert sums_that_nobody_gave(case("c01")) == []


def test_it_stays_open_whether_the_two_sums_disagree(case):
    told = case("c01").told("deal", "c01-a")
    [dispute] = em.disputes(told)
    assert (dispute.slot, dispute.certainty) == ("price as agreed", em.Truth.MAYBE)
    assert [one.id for one in dispute.told] == [
        "c01-a#value-two.value",
        "c01-a#value-other-two.value",
    ]


def test_a_round_sum_in_an_address_departs_from_the_officials_sum(case):
    [told] = em.values(case("c01").told("deal", "c01-b"))
    assert str(told.claim.amount) == "4 billion USD"
    assert em.voice_line(told) == "Financial Express"
    text = " ".join(case("c01").text.split())
    assert "price 4 billion USD [departs from c01-a#value-two.value]" in text


def test_control_a_range_made_of_both_sums_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "value-two"]
        row["value"] = "4 to 4.6 billion USD"

    found = sums_that_nobody_gave(spoilt("c01", "a.report.json", change))
    assert "c01-a#value-two.value" in found
    assert len(found) >= 4


def test_over_two_and_a_half_years_is_a_length_and_no_lower_bound(case):
    [told] = [
        one
        for one in em.values(case("c01").told("deal"))
        if one.claim.of is ValueOf.DELIVERY_PERIOD
    ]
    assert str(told.claim.amount) == "2.5 years"
    assert told.claim.wording.text == "over two and a half years"
    assert told.claim.when is None


# The list


def test_the_list_is_told_by_a_copy_from_before_the_deal_was_final(case):
    told = [
        one
        for one in em.goods(case("c01").told("deal"))
        if speaker(one).kind is SourceKind.DOCUMENT
    ]
    assert {speaker(one).state for one in told} == {DocumentState.DRAFT}
    assert {(one.claim.item.name, str(one.claim.quantity)) for one in told} == {
        ("JF-17 combat aircraft", "16 items"),
        ("Super Mushshak trainer", "12 items"),
    }
    assert {one.report.id for one in told} == {"c01-a", "c01-c"}


def test_the_list_stands_lower_than_the_deal(case):
    assert list_told_as_the_deal(case("c01")) == []
    stages = em.stages(em.counted(case("c01").told("deal")))
    assert {one.claim.stage for one in stages} == {Stage.AGREED}


def test_three_officials_speak_of_the_list_in_three_ways(case):
    said = {
        (
            speaker(one).id,
            one.claim.stance,
            one.claim.hedge,
            one.claim.at,
            str(one.claim.quantity),
        )
        for one in em.goods(case("c01").told("deal"))
        if one.claim.line == "JF-17" and speaker(one).kind is SourceKind.PERSON
    }
    assert said == {
        ("first", Stance.CONFIRMS, Hedge.NONE, Stage.DRAFTED, "16 items"),
        ("second", Stance.ASSERTS, Hedge.NONE, Stage.AGREED, "None"),
        ("third", Stance.ASSERTS, Hedge.POSSIBLE, Stage.AGREED, "None"),
    }


def test_a_speaker_that_a_relay_drops_is_put_back_as_inferred(case):
    text = " ".join(case("c01").text.split())
    assert (
        "copy of the deal from before it was final (inferred by the logger)"
        " > Reuters > Al-Raed" in text
    )


def test_the_contents_that_are_agreed_have_no_figure(case):
    [told] = [
        one
        for one in em.goods(case("c01").told("deal"))
        if one.claim.item.name == "equipment for land, sea and air"
    ]
    assert (told.claim.quantity, told.claim.at) == (None, Stage.AGREED)


def test_control_figures_of_the_list_told_as_agreed_are_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "list-jf17"]
        row["at"] = "agreed"

    found = list_told_as_the_deal(spoilt("c01", "a.report.json", change))
    assert "c01-a#list-jf17.goods" in found
    assert len(found) >= 4


# The meeting, the pact


def test_the_date_of_the_meeting_keeps_its_week_and_what_it_counts_from(case):
    [told] = em.stages(case("c01").told("meeting"))
    when = told.claim.when
    assert str(when.date) == "[2025-12-13..2025-12-21]"
    assert (when.wording, str(when.rule)) == ("last week", "previous-week-any@1")
    assert str(when.anchor) == "publication"
    assert str(told.report.document.published.date) == "2025-12-22"
    assert (
        "between 2025-12-13 and 2025-12-21, from “last week”, by the rule"
        " previous-week-any@1, counted from publication"
        in " ".join(case("c01").text.split())
    )


def test_the_deal_is_dated_after_the_meeting_and_told_as_inferred(case):
    [told] = em.stages(em.counted(case("c01").told("deal")))
    assert str(told.claim.when.date) == "[2025-12-13..2025-12-22]"
    text = " ".join(case("c01").text.split())
    assert "agreed, between 2025-12-13 and 2025-12-22 (inferred)" in text


def test_what_other_relays_have_is_told_of_this_page_as_an_inference(case):
    [told] = [one for one in case("c01").told("pact") if one.claim.id.endswith("says")]
    assert em.voice_line(told) == (
        "Saddam Khalifa Haftar (inferred by the logger) >"
        " Al-Hadath (inferred by the logger) > Reuters > Arab News Pakistan"
    )


def test_the_party_channel_speaks_on_its_own_day_of_a_pact_of_its_own(case):
    [told] = em.stages(case("c01").told("pact"))
    assert str(told.claim.when.date) == "2025-12-21"
    assert speaker(told).kind is SourceKind.PARTY_MEDIA
    [link] = [one for one in case("c01").records if one.id == "c01-pact-unsure-deal"]
    assert link.relation.value == "unsure"


# Law and silence


def test_that_the_deal_is_lawful_is_the_claim_of_a_party(case):
    [told] = [
        one
        for one in case("c01").told("deal")
        if isinstance(one.claim, EmbargoIs)
        and one.claim.position is Position.DOES_NOT_BREACH
    ]
    said = speaker(told)
    assert (said.side, said.mandate, str(said.count)) == (
        Side.SUPPLIER,
        Mandate.NONE,
        "3 persons",
    )
    assert (
        "embargo un-libya-2011: does not breach (three of the officials > Reuters"
        in " ".join(case("c01").text.split())
    )


def test_three_bodies_that_did_not_answer_neither_deny_nor_confirm(case):
    told = case("c01").told("deal")
    silent = [one for one in told if one.claim.stance is Stance.DID_NOT_ANSWER]
    assert {one.actor(speaker(one).actor).name for one in silent} == {
        "Foreign ministry of Pakistan",
        "Defence ministry of Pakistan",
        "Pakistan Army",
    }
    assert {one.claim.stance.weight for one in silent} == {Weight.NEITHER}
    assert not set(silent) & set(em.counted(told))
    assert all(one.slot != "said and denied" for one in em.disputes(told))
    assert case("c01").text.count("DID NOT ANSWER (") >= 3


# What must not stand anywhere


def test_nothing_is_told_as_delivered(case):
    assert deliveries(case("c01")) == []


def test_control_a_delivery_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "deal"]
        row["stage"] = "delivered"

    found = deliveries(spoilt("c01", "a.report.json", change))
    assert "c01-a#deal.stage" in found
    assert len(found) >= 4


def test_china_developed_an_aircraft_and_supplies_nothing(case):
    roles = {
        one.claim.role
        for one in case("c01").told()
        if isinstance(one.claim, PartyIs) and one.claim.actor == "CN"
    }
    assert roles == {Role.MANUFACTURER}
    assert china_as_supplier(case("c01")) == []


def test_control_china_turned_into_a_supplier_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "co-developer"]
        row["supplier"] = row.pop("manufacturer")

    found = china_as_supplier(spoilt("c01", "a.report.json", change))
    assert "c01-a#co-developer.supplier.1" in found
    assert len(found) >= 4


def test_the_son_met_and_the_father_is_nowhere(case):
    [told] = em.stages(case("c01").told("meeting"))
    assert told.claim.by == ("munir", "saddam")
    assert told.actor("saddam").name == "Saddam Khalifa Haftar"
    assert khalifa_haftar_anywhere(case("c01")) == []


def test_control_the_father_in_the_place_of_the_son_is_found(spoilt):
    def change(form):
        form["actors"]["saddam"]["names"]["en"] = "Khalifa Haftar"

    found = khalifa_haftar_anywhere(spoilt("c01", "a.report.json", change))
    assert "c01-a#meeting.stage" in found
    assert len(found) >= 4


def test_no_exemption_is_told_as_given_or_refused(case):
    assert leave_told_as_given_or_refused(case("c01")) == []


def test_control_an_exemption_told_as_given_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "exemption"]
        del row["stance"]
        row["position"] = "granted"

    found = leave_told_as_given_or_refused(spoilt("c01", "a.report.json", change))
    assert "c01-a#exemption.embargo" in found
    assert len(found) >= 4


def test_whether_an_exemption_was_asked_for_is_known_to_nobody(case):
    [told] = [
        one
        for one in case("c01").told()
        if isinstance(one.claim, EmbargoIs) and one.claim.position is Position.REQUESTED
    ]
    assert told.claim.stance is Stance.DOES_NOT_KNOW
    assert requests_told_as_made(case("c01")) == []


def test_control_a_request_whose_doubt_was_dropped_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "exemption"]
        del row["stance"]

    found = requests_told_as_made(spoilt("c01", "a.report.json", change))
    assert "c01-a#exemption.embargo" in found
    assert len(found) >= 3
