"""C02: the same deal by CNN: a lower sum, one source, a rival agency quoted inside."""

import re
from decimal import Decimal
from itertools import product

import embargo_monitor as em
from embargo_monitor.model.claims import EmbargoIs
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.voices import Side

BILLION = Decimal(1_000_000_000)

LOWER, HIGHER = Decimal(3) * BILLION, Decimal(4) * BILLION
"""What CNN's source says, and what Reuters' sources say that it is more than."""


def sums_of(case):
    """Return who is the witness for which sum: every speaker of its voice."""
    return {
        (speaker.source, str(told.claim.amount))
        for told in em.values(case.told("deal"))
        for speaker in told.voice.speakers
    }


def sums_that_remain(case):
    """Return the sums that are told, logged and printed, each with its bound."""
    told = {str(told.claim.amount) for told in em.values(case.told())}
    stored = {
        (one["amount"]["bound"], one["amount"].get("low"))
        for one in case.objects(kind="value_is")
    }
    text = " ".join(case.text.split())
    printed = {*re.findall(r"price ((?:about|more than) \d billion USD)", text)}
    return told, stored, printed


def joined_sums(case):
    """Return where one source is made to give both sums, or a range of them."""
    found = [
        told.id
        for told in em.values(case.told())
        if told.claim.amount.low == LOWER
        and told.claim.amount.high is not None
        and told.claim.amount.high >= HIGHER
    ]
    found += [
        str(one)
        for one in case.objects(unit="USD")
        if Decimal(one.get("low", 0)) == LOWER and Decimal(one.get("high", 0)) >= HIGHER
    ]
    values = em.values(case.told())
    found += [
        f"{lower.id} {higher.id}"
        for lower, higher in product(values, values)
        if LOWER in (lower.claim.amount.low, lower.claim.amount.high)
        and higher.claim.amount.low == HIGHER
        and lower.report.id == higher.report.id
        and lower.voice.speakers[0].source == higher.voice.speakers[0].source
    ]
    text = " ".join(case.text.split())
    return found + re.findall(r"3(?: billion)?(?: to |-|–)4(?:\.\d)? billion", text)


def cnn_for_four_billion(case):
    """Return where CNN, or its source, is made a witness for four billion."""
    found = [
        told.id
        for told in em.values(case.told())
        if told.claim.amount.low is not None
        and told.claim.amount.low >= HIGHER
        and {one.source for one in told.voice.speakers} & {"cnn", "ly-mil"}
    ]
    found += [
        str(one)
        for one in case.objects(kind="value_is")
        if one["amount"].get("low") == str(HIGHER) and "cnn" in one["voice"]
    ]
    text = " ".join(case.text.split())
    return found + re.findall(r"4 billion USD \([^)]*CNN[^)]*\)", text)


# Two origins, two sums


def test_cnn_and_reuters_are_two_origins_for_the_deal(case):
    told = em.stages(em.counted(case("c02").told("deal")))
    assert {one.claim.stage for one in told} == {Stage.AGREED}
    found = em.origins(told)
    assert (found.at_least, found.at_most) == (2, 2)


def test_unnamed_sources_on_opposite_sides_cannot_be_one(case):
    told = em.stages(em.counted(case("c02").told("deal")))
    sides = {one.source(one.voice.speakers[0].source).side for one in told}
    assert sides == {Side.SUPPLIER, Side.RECIPIENT}
    text = " ".join(case("c02").text.split())
    assert "their stated side or nationality excludes one and the same" in text


def test_without_the_sides_the_two_might_be_one(spoilt):
    def change(form):
        for source in ("ly-mil", "pk-src"):
            form["sources"][source].pop("side")
            form["sources"][source].pop("nationality")

    other = spoilt("c02", "a.report.json", change)
    found = em.origins(em.stages(other.told("deal")))
    assert (found.at_least, found.at_most) == (1, 2)


def test_the_two_origins_disagree_on_the_sum(case):
    [dispute] = em.disputes(case("c02").told("deal"))
    assert (dispute.slot, dispute.certainty) == ("price as agreed", em.Truth.YES)
    assert [one.id for one in dispute.told] == [
        "c02-a#value-cnn.value",
        "c02-a#value-reuters.value",
    ]
    assert (
        "DISPUTED, price as agreed: about 3 billion USD (a Libyan military source >"
        " CNN > Veto) against more than 4 billion USD (Pakistani sources > Reuters >"
        " Veto)" in " ".join(case("c02").text.split())
    )


def test_both_sums_remain_with_their_bounds(case):
    both = {"about 3 billion USD", "more than 4 billion USD"}
    told, stored, printed = sums_that_remain(case("c02"))
    assert told == printed == both
    assert stored == {("about", str(LOWER)), ("more than", str(HIGHER))}


def test_control_a_sum_that_was_dropped_or_lost_its_bound_is_missed(spoilt):
    def drop(form):
        form["claims"] = [one for one in form["claims"] if one["id"] != "value-reuters"]

    def round_off(form):
        [row] = [row for row in form["claims"] if row["id"] == "value-reuters"]
        row["value"] = "4 billion USD"

    told, stored, printed = sums_that_remain(spoilt("c02", "a.report.json", drop))
    assert told == printed == {"about 3 billion USD"}
    assert stored == {("about", str(LOWER))}
    told, stored, printed = sums_that_remain(spoilt("c02", "a.report.json", round_off))
    assert told == {"about 3 billion USD", "4 billion USD"}
    assert stored == {("about", str(LOWER)), ("exact", str(HIGHER))}
    assert printed == {"about 3 billion USD"}


def test_a_rival_agency_quoted_inside_does_not_make_cnn_its_witness(case):
    assert sums_of(case("c02")) == {
        ("ly-mil", "about 3 billion USD"),
        ("cnn", "about 3 billion USD"),
        ("veto", "about 3 billion USD"),
        ("pk-src", "more than 4 billion USD"),
        ("reuters", "more than 4 billion USD"),
        ("veto", "more than 4 billion USD"),
    }
    assert cnn_for_four_billion(case("c02")) == []


def test_control_cnn_as_a_witness_for_four_billion_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "value-reuters"]
        row["voice"] = "cnn"

    wrong = spoilt("c02", "a.report.json", change)
    found = cnn_for_four_billion(wrong)
    assert "c02-a#value-reuters.value" in found
    assert len(found) >= 3


# A second page with the same story


def test_a_second_page_with_the_same_story_adds_no_origin(spoilt):
    other = spoilt("c02", "b.report.json", _told_again)
    told = em.stages(other.told("deal"))
    found = em.origins(told)
    assert {one.report.id for one in told} == {"c02-a", "c02-b"}
    assert (found.at_least, found.at_most) == (2, 2)


def test_control_a_page_that_does_not_say_whom_it_repeats_widens_the_count(spoilt):
    def change(form):
        _told_again(form)
        del form["repeats"]

    wrong = spoilt("c02", "b.report.json", change)
    found = em.origins(em.stages(wrong.told("deal")))
    assert (found.at_least, found.at_most) == (2, 3)


def _told_again(form):
    form["sources"]["ly-mil"] = {
        "kind": "person",
        "names": {"en": "a Libyan military source"},
        "unnamed": True,
        "side": "recipient",
        "nationality": "LY",
    }
    form["sources"]["cnn"] = {
        "kind": "outlet",
        "names": {"en": "CNN"},
        "same_as": ["domain:cnn.com"],
    }
    form["voices"]["cnn"] = ["ly-mil", "cnn", "step"]
    form["claims"].append(
        {"id": "deal", "voice": "cnn", "about": "deal", "stage": "agreed"}
    )


def test_a_title_that_names_the_country_departs_from_the_story(case):
    [told] = case("c02").told(report="c02-b")
    assert told.actor(told.claim.actor).name == "Libya"
    assert told.refs(RefKind.DEPARTS_FROM) == {"c02-a#deal-cnn.recipient"}
    assert em.voice_line(told) == "Step News Agency"


# Dates, the embargo


def test_today_tuesday_is_the_day_on_which_the_source_spoke(case):
    [voice] = [one for one in case("c02").reports["c02-a"].voices if one.id == "cnn"]
    said = voice.speakers[0].said
    assert (str(said.date), str(said.rule)) == (
        "2025-12-23",
        "weekday-on-or-before@1 tuesday",
    )
    assert said.translation.text == "today, Tuesday"


def test_the_visit_keeps_its_week_and_the_day_it_counts_from(case):
    [told] = em.stages(case("c02").told("visit"))
    when = told.claim.when
    assert str(when.date) == "[2025-12-13..2025-12-21]"
    assert (when.translation.text, str(when.anchor)) == ("last week", "publication")
    assert (
        "between 2025-12-13 and 2025-12-21, from “last week”"
        " (\u2068الأسبوع الماضي\u2069), by the rule previous-week-any@1,"
        " counted from publication" in " ".join(case("c02").text.split())
    )


def test_whose_word_the_visit_is_stays_open(case):
    [told] = em.stages(case("c02").told("visit"))
    assert em.voice_line(told) == "a Libyan military source? > CNN? > Veto"
    assert len(told.voice.starts) == 3


def test_that_the_ban_continues_is_the_word_of_the_page(case):
    [told] = [one for one in case("c02").told() if isinstance(one.claim, EmbargoIs)]
    assert told.claim.position.value == "in force"
    assert em.voice_line(told) == "Veto"


# What must not stand anywhere


def test_no_source_is_made_to_give_both_sums(case):
    assert joined_sums(case("c02")) == []


def test_control_a_range_in_the_mouth_of_one_source_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "value-cnn"]
        row["value"] = "3 to 4.6 billion USD"

    found = joined_sums(spoilt("c02", "a.report.json", change))
    assert "c02-a#value-cnn.value" in found
    assert len(found) >= 4


def test_control_both_sums_in_one_mouth_are_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "value-cnn"]
        row["voice"] = "reuters"

    assert joined_sums(spoilt("c02", "a.report.json", change)) == [
        "c02-a#value-cnn.value c02-a#value-reuters.value"
    ]
