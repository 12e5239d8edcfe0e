"""C12: Russia and Libya, 2010: a price in euro, contents unknown, no embargo yet."""

import re
from datetime import date

import embargo_monitor as em
from embargo_monitor.model.claims import ValueIs
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Stance
from embargo_monitor.model.vocabulary import Role

EMBARGO_BEGAN = date(2011, 2, 26)
"""The first day of the UN measure on Libya; no page of the case speaks of it."""

LISTED = re.compile(r"fighter|S-300|T-72|air defence")
"""What the anonymous source lists, in all its spellings."""


def dollars_told_as_stated(case):
    """Return the figures in other money than euro that start with the supplier."""
    return [
        told.id
        for told in em.values(case.told())
        if told.claim.amount.unit != "EUR"
        and (
            not told.refs(RefKind.CONVERTS, RefKind.DEPARTS_FROM)
            or told.voice.speakers[0].source == "putin"
        )
    ]


def listed_as_goods_of_the_contract(case):
    """Return where something of the wish list is goods of the contract."""
    found = [
        told.id
        for told in em.goods(case.told("contract"))
        if LISTED.search(told.claim.item.name)
    ]
    found += [
        str(one)
        for one in case.objects(kind="goods_are", about="event:contract")
        if LISTED.search(one["item"]["name"])
    ]
    # In short, a contract's first lines stand above what is only named.
    heads = re.findall(r"(?ms)^  contract   (.*?)independent origins", case.text)
    listed = re.findall(r"(?ms)^c12-.#contract .*?\n(.*?)origins:", case.text)
    return found + [text for text in (*heads, *listed) if LISTED.search(text)]


def dollar_billions_of_the_euro_figure(case):
    """Return where 1.3 billion is printed or logged as US dollars."""
    found = [
        str(one)
        for one in case.objects(unit="USD")
        if {one.get("low"), one.get("high")} & {"1300000000"}
    ]
    text = " ".join(case.text.split())
    found += re.findall(r"1\.3 ?(?:billion|bn) (?:USD|dollars)", text)
    return found + re.findall(r"(?:USD|US\$|\$) ?1\.3", text)


def delivered_by_anybody(case):
    """Return the claims that count for a delivery of the contract."""
    told = em.stages(em.counted(case.told("contract")))
    return [one.id for one in told if one.claim.stage is Stage.DELIVERED]


# The euro figure


def test_the_supplier_states_the_price_in_euro_and_in_nothing_else(case):
    stated = {
        str(told.claim.amount)
        for told in em.values(case("c12").told("contract"))
        if told.voice.speakers[0].source == "putin"
    }
    assert stated == {"1.3 billion EUR"}


def test_every_other_currency_starts_with_an_outlet_and_hangs_on_the_euro(case):
    others = [
        told
        for told in em.values(case("c12").told("contract"))
        if told.claim.amount.unit != "EUR"
    ]
    assert {told.claim.amount.unit for told in others} == {"USD", "GBP"}
    assert dollars_told_as_stated(case("c12")) == []


def test_a_conversion_is_printed_with_the_figure_that_it_converts(case):
    text = " ".join(case("c12").text.split())
    assert "about 1.8 billion USD, as signed [converts price.value]" in text
    assert "about 1.1 billion GBP, as signed [converts price.value]" in text
    assert "about 1.8 billion USD, as signed [converts c12-a#price.value]" in text


def test_a_figure_put_into_somebodys_mouth_departs_from_what_he_said(case):
    [told] = em.values(case("c12").told("contract", "c12-f"))
    assert str(told.claim.amount) == "1.8 billion USD"
    assert em.voice_line(told) == "atax.us"
    assert told.refs(RefKind.DEPARTS_FROM) == {"c12-a#price.value"}
    assert "departs from c12-a#price.value" in " ".join(case("c12").text.split())


def test_control_dollars_in_the_suppliers_own_voice_are_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "price-dollars"]
        row["voice"] = "putin"

    found = dollars_told_as_stated(spoilt("c12", "f.report.json", change))
    assert found == ["c12-f#price-dollars.value"]


def test_control_a_conversion_that_is_not_marked_is_found(spoilt):
    def change(form):
        for row in form["claims"]:
            row.pop("converts", None)

    found = dollars_told_as_stated(spoilt("c12", "a.report.json", change))
    assert found == ["c12-a#price-dollars.value", "c12-a#price-pounds.value"]


def test_five_pages_that_give_the_euro_figure_have_one_origin(case):
    euro = [
        told
        for told in em.values(case("c12").told("contract"))
        if told.claim.amount.unit == "EUR"
    ]
    found = em.origins(euro)
    assert len(euro) == 5
    assert (found.at_least, found.at_most) == (1, 1)


def test_a_figure_without_a_unit_stays_in_the_wording(case):
    [told] = em.values(case("c12").told("contract", "c12-e"))
    assert told.claim.wording.text == "US$1.8bn (1.3bn)"
    assert str(told.claim.amount) == "about 1.8 billion USD"


# Signed, and before any embargo


def test_the_day_of_signing_is_counted_from_the_day_of_the_saying(case):
    dates = {
        (one.id, str(one.claim.when.date))
        for one in em.stages(case("c12").told("contract"))
        if one.claim.stage is Stage.SIGNED and one.claim.when
    }
    assert dates == {
        ("c12-a#signed.stage", "2010-01-29"),
        ("c12-b#signed.stage", "2010-01-29"),
        ("c12-d#signed.stage", "2010-01-29"),
    }


def test_only_the_suppliers_side_speaks_of_the_contract(case):
    told = em.stages(em.counted(case("c12").told("contract")))
    assert {one.voice.speakers[0].source for one in told} == {"putin"}
    assert {one.actor("putin").country for one in told} == {"RU"}
    found = em.origins(told)
    assert (found.at_least, found.at_most) == (1, 1)


def test_the_contract_is_signed_and_told_undelivered_when_the_embargo_begins(case):
    told = em.stages(em.counted(case("c12").told("contract")))
    assert {one.claim.stage for one in told} == {Stage.SIGNED, Stage.ANNOUNCED}
    latest = max(one.claim.when.date.latest for one in told if one.claim.when)
    assert latest < EMBARGO_BEGAN
    assert delivered_by_anybody(case("c12")) == []


def test_a_later_word_that_nothing_was_delivered_by_a_day_can_be_logged(spoilt):
    def change(form):
        form["claims"].append(
            {
                "id": "undelivered",
                "voice": "moscow-times",
                "about": "contract",
                "stage": "delivered",
                "stance": "sees no sign",
                "when": "[..2011-02-26]",
            }
        )

    later = spoilt("c12", "b.report.json", change)
    [told] = [
        one
        for one in em.stages(later.told("contract"))
        if one.claim.stage is Stage.DELIVERED
    ]
    assert told.claim.stance is Stance.SEES_NO_SIGN
    assert told.claim.when.date.latest == EMBARGO_BEGAN
    assert delivered_by_anybody(later) == []
    assert "SEES NO SIGN (The Moscow Times): stage: delivered" in later.text


def test_control_a_delivery_would_be_seen(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "signed"]
        row["stage"] = "delivered"

    assert delivered_by_anybody(spoilt("c12", "g.report.json", change)) == [
        "c12-g#signed.stage"
    ]


# What the contract holds


def test_what_is_speculated_is_no_goods_of_the_contract(case):
    goods = {told.claim.item.name for told in em.goods(case("c12").told("contract"))}
    assert goods == {"small arms and other weapons"}
    assert listed_as_goods_of_the_contract(case("c12")) == []


def test_what_is_speculated_is_named_beside_the_contract(case):
    [told] = em.mentions(case("c12").told("contract"))
    assert [str(item) for item in told.claim.items] == [
        "fighter aircraft",
        "tanks",
        "air defence system",
    ]
    assert told.voice.speakers[0].source == "mil-dipl"
    assert (
        "NOT goods only named (unclear): fighter aircraft, tanks, air defence system"
        in " ".join(case("c12").text.split())
    )


def test_the_wish_list_has_its_figures_at_intent_and_nowhere_else(case):
    wishes = em.goods(case("c12").told("wishes"))
    assert {
        (told.report.id, str(told.claim.item), str(told.claim.quantity))
        for told in wishes
    } == {
        ("c12-b", "fighter aircraft", "about 20 items"),
        ("c12-b", "S-300PMU2", "None"),
        ("c12-b", "modernisation of T-72 tanks", "more than 140 items"),
        ("c12-b", "T-90S tank", "None"),
        ("c12-c", "fighter aircraft", "20 items"),
        ("c12-c", "S-300", "at least 2 items"),
        ("c12-c", "T-90S tank", "None"),
        ("c12-d", "fighter aircraft", "about 20 items"),
        ("c12-d", "T-90S tank", "None"),
        ("c12-d", "S-300PMU2", "at least 2 items"),
        ("c12-d", "T-72 tank", "more than 140 items"),
    }
    assert {told.claim.at for told in wishes} == {Stage.INTENT}
    stages = em.stages(case("c12").told("wishes"))
    assert {told.claim.stage for told in stages} == {Stage.INTENT}


def test_a_link_leaves_open_whether_the_wish_list_is_in_the_contract(case):
    [link] = [
        one for one in case("c12").records if one.id == "c12-wishes-unsure-contract"
    ]
    assert link.relation.value == "unsure"
    assert (link.first, link.second) == ("c12-b#wishes", "c12-b#contract")


def test_what_a_page_made_of_the_list_starts_at_that_page(case):
    told = em.goods(case("c12").told("wishes", "c12-d"))
    assert {em.voice_line(one) for one in told} == {"Sky TG24"}
    [tanks] = [one for one in told if "T-72" in one.claim.item.name]
    assert tanks.refs(RefKind.DEPARTS_FROM) == {"c12-b#wish-tanks.goods"}
    assert all(one.refs(RefKind.DEPARTS_FROM) for one in told)
    assert tanks.claim.item.nature.value == "arms"


def test_what_departs_from_a_figure_does_not_dispute_it(case):
    told = case("c12").told("wishes")
    assert em.disputed([one for one in told if one.report.id != "c12-c"]) is em.Truth.NO
    # Twenty, where the others have about twenty.
    [perhaps] = em.disputes(told)
    assert perhaps.slot == "quantity of fighter aircraft as intent"
    assert perhaps.certainty is em.Truth.MAYBE


def test_links_of_the_list_name_only_what_both_pages_have(case):
    by_id = {told.id: told.claim for told in case("c12").told("wishes")}
    for name in ("c12-wishes-c-same-b", "c12-wishes-d-same-b"):
        [link] = [one for one in case("c12").records if one.id == name]
        mine, theirs = (
            {id_.partition("#")[2] for id_ in link.because if id_.startswith(report)}
            for report in (link.first.partition("#")[0], "c12-b")
        )
        assert mine == theirs
        assert {id_ for id_ in link.because if id_ in by_id} == {*link.because}


def test_control_the_mention_turned_into_goods_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "speculated"]
        del row["mentions"], row["as"]
        row["goods"] = "aircraft: fighter aircraft"

    found = listed_as_goods_of_the_contract(spoilt("c12", "a.report.json", change))
    assert "c12-a#speculated.goods" in found
    assert len(found) >= 4


def test_the_maker_is_named_by_itself_and_is_not_the_supplier(case):
    told = case("c12").told("contract", "c12-b")
    [maker] = em.parties(told, Role.MANUFACTURER)
    assert maker.actor(maker.claim.actor).name == "Izhmash"
    assert maker.voice.speakers[0].source == "izhmash"
    suppliers = em.parties(case("c12").told("contract"), Role.SUPPLIER)
    assert {one.claim.actor for one in suppliers} == {"RU"}


# What must not stand anywhere


def test_the_euro_figure_appears_nowhere_as_dollars(case):
    assert dollar_billions_of_the_euro_figure(case("c12")) == []


def test_control_the_euro_figure_read_as_dollars_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "price-dollars"]
        row["value"] = "1.3 billion USD"

    wrong = spoilt("c12", "e.report.json", change)
    assert any(
        isinstance(told.claim, ValueIs) and str(told.claim.amount) == "1.3 billion USD"
        for told in wrong.told("contract")
    )
    # As an object in each of show and event, in the log's text, the list, the event.
    assert len(dollar_billions_of_the_euro_figure(wrong)) >= 4
