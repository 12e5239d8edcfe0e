"""C27: the DPRK and Russia, 2023: containers, a part and a total, copies, denials."""

import re
from decimal import Decimal

import embargo_monitor as em
from embargo_monitor.model.actors import PlaceKind
from embargo_monitor.model.claims import ActorIs, EmbargoIs
from embargo_monitor.model.goods import Nature
from embargo_monitor.model.names import NameKind
from embargo_monitor.model.records import Link, Linked, LinkRelation
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Stance
from embargo_monitor.model.vocabulary import Position, Relation, Role
from embargo_monitor.model.voices import DocumentState, Mandate, SourceKind

COPIES = ("c27-d", "c27-e", "c27-f", "c27-g")
"""Four sites with the text of a fifth."""

SUPPLIERS = "un-north-korea-2006"
"""The embargo on the supplier."""

PORTS = [{"Dunay"}, {"Najin", "Rajin"}]
"""The ports from and at which things moved, each with all of its names."""


def flow(case):
    """Return the claims of the containers: their total and its parts."""
    return [*case.told("total"), *case.told("voyages"), *case.told("lot")]


def sums_of_containers(case):
    """Return where the part was added to the total."""
    found = [
        one.id
        for one in em.goods(case.told())
        if one.claim.quantity is not None
        and Decimal(1300) in (one.claim.quantity.low, one.claim.quantity.high)
    ]
    found += [
        str(one)
        for one in case.objects(unit="containers")
        if "1300" in (one.get("low"), one.get("high"))
    ]
    return found + re.findall(r"[^\n]*1,?300[^\n]*", case.text)


def containers_told_as_shells(case):
    """Return where what is counted in containers has become ammunition, or items."""
    found = [
        one.id
        for one in em.goods(flow(case))
        if one.claim.quantity is None
        or one.claim.quantity.unit != "containers"
        or one.claim.item.nature is Nature.AMMUNITION
        or "shell" in one.claim.item.name
    ]
    found += [
        str(one)
        for one in case.objects(kind="goods_are")
        if "quantity" in one and one["quantity"]["unit"] != "containers"
    ]
    text = " ".join(case.text.split())
    return found + re.findall(r"\d (?:items|rounds|(?:[a-z]+ )?shells)\b[^.;]*", text)


def confirmations_by_copies(case):
    """Return where outlets are counted for the flow, or are said to confirm it."""
    counts = em.origins(em.stages(em.counted(flow(case))))
    found = [str(counts)] if counts.at_most > 1 else []
    found += [
        one.id
        for one in case.told()
        if one.report.id in COPIES or one.claim.stance is Stance.CONFIRMS
    ]
    found += [
        str(one)
        for one in case.json
        if one.get("event", "").endswith(("#total", "#voyages", "#lot"))
        and one["origins"]["at_most"] > 1
    ]
    return found + re.findall(
        r"(?i)[^\n]*(?:\[confirms\]|confirmed by|five (?:outlets|sites|sources))[^\n]*",
        case.text,
    )


def breaches_laid(case):
    """Return who is said to breach which regime, and by whom it is said."""
    return {
        (em.voice_line(one).split(" > ")[0], one.claim.regime, one.claim.by)
        for one in case.told()
        if isinstance(one.claim, EmbargoIs) and one.claim.position is Position.BREACHES
    }


def ports_named(case):
    """Return the ports from or at which anything moved, each with all its names."""
    named = {
        (one.report.id, place.id): {name.text for name in place.names}
        for one in em.stages(flow(case))
        for place in one.report.places
        if place.id in (one.claim.place, one.claim.from_)
        and place.kind is PlaceKind.PORT
    }
    return sorted(named.values(), key=sorted)


def deniers(case):
    """Return the actors that deny the transfer of weapons."""
    return {
        one.source(one.voice.speakers[0].source).actor
        for one in case.told("weapons")
        if one.claim.stance is Stance.DENIES
    }


# Containers


def test_the_total_counts_containers_and_keeps_its_bound(case):
    [told] = em.goods(case("c27").told("total"))
    assert str(told.claim.quantity) == "more than 1,000 containers"
    assert told.claim.item.name == "military equipment and munitions"
    assert told.claim.at is Stage.DELIVERED


def test_containers_are_no_shells(case):
    assert containers_told_as_shells(case("c27")) == []
    [shells] = {
        one.claim.item.name
        for one in em.goods(case("c27").told("shells"))
        if one.claim.at is Stage.SHIPPED
    }
    assert shells == "artillery shells"


def test_shells_that_nobody_counted_have_no_quantity_and_no_step_is_made_up(case):
    told = em.goods(case("c27").told("shells"))
    assert {one.claim.quantity for one in told} == {None}
    assert {one.id: one.claim.at for one in told} == {
        "c27-c#shipping.goods": Stage.SHIPPED,
        "c27-c#buying.goods": None,
    }


def test_control_containers_turned_into_shells_are_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "total"]
        row |= {"goods": "ammunition: artillery shells", "quantity": "1000 items"}

    found = containers_told_as_shells(spoilt("c27", "a.report.json", change))
    assert "c27-a#total.goods" in found
    assert len(found) >= 4


# The part and the total


def test_the_part_is_within_the_total_and_not_added_to_it(case):
    [told] = em.goods(case("c27").told("lot"))
    assert str(told.claim.quantity) == "about 300 containers"
    assert told.refs(RefKind.WITHIN) == {"c27-a#total.goods"}


def test_the_part_does_not_dispute_the_total(case):
    told = [*case("c27").told("total"), *case("c27").told("lot")]
    slots = {one.slot for one in em.disputes(told)}
    assert slots <= {"said and denied"}


def test_links_say_what_is_part_of_the_flow(case):
    links = {
        (one.first, one.relation.value, one.second)
        for one in case("c27").records
        if one.kind == "link" and one.linked.value == "event"
    }
    assert links == {
        ("c27-a#lot", "part of", "c27-a#total"),
        ("c27-a#voyages", "part of", "c27-a#total"),
        ("c27-a#lot", "unsure", "c27-a#voyages"),
        ("c27-a#total", "part of", "c27-b#weapons"),
        ("c27-c#shells", "different", "c27-a#total"),
    }


def test_no_count_of_containers_is_a_sum_of_others(case):
    assert sums_of_containers(case("c27")) == []


def test_control_the_part_added_to_the_total_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "total"]
        row["quantity"] = "more than 1,300 containers"

    found = sums_of_containers(spoilt("c27", "a.report.json", change))
    assert "c27-a#total.goods" in found
    assert len(found) >= 4


# Who speaks


def test_the_official_and_the_images_of_his_house_are_one_origin(case):
    told = em.stages(em.counted(flow(case("c27"))))
    assert {one.voice.speakers[0].source for one in told} == {"kirby", "imagery"}
    found = em.origins(told)
    assert (found.at_least, found.at_most) == (1, 1)


def test_images_show_containers_and_not_what_is_in_them(case):
    [told] = em.goods(case("c27").told("lot"))
    assert told.source("imagery").kind is SourceKind.IMAGE
    assert told.claim.item.name == "contents not described"
    assert told.claim.item.nature is Nature.UNCLEAR


def test_identical_copies_repeat_the_first_and_say_nothing_of_their_own(case):
    reports = case("c27").reports
    assert {reports[id_].repeats for id_ in COPIES} == {"c27-a"}
    assert [one for id_ in COPIES for one in reports[id_].claims] == []
    titles = {reports[id_].document.titles for id_ in ("c27-a", *COPIES)}
    assert len(titles) == 1
    same = {
        one.first
        for one in case("c27").records
        if one.kind == "link" and one.linked.value == "document"
    }
    assert same == {f"{id_}#document" for id_ in COPIES}


def test_a_copy_that_was_logged_in_full_would_still_be_one_origin(spoilt):
    def change(form):
        form["sources"]["white-house"] = {
            "kind": "body",
            "names": {"en": "White House"},
            "same_as": ["domain:whitehouse.gov"],
        }
        form["voices"]["house"] = ["white-house", "copy-site"]
        form["events"] = {"total": {"kind": "sum", "title": "the same flow"}}
        form["claims"] = [
            {"id": "t", "voice": "house", "about": "total", "stage": "delivered"}
        ]

    other = spoilt("c27", "d.report.json", change)
    told = em.stages(em.counted(flow(other)))
    found = em.origins(told)
    assert {one.report.id for one in told} == {"c27-a", "c27-d"}
    assert (found.at_least, found.at_most) == (1, 1)


def test_no_copy_is_counted_or_said_to_confirm(case):
    assert confirmations_by_copies(case("c27")) == []


def test_control_a_copy_taken_for_a_witness_is_found(spoilt):
    def change(form):
        form["events"] = {"total": {"kind": "sum", "title": "the same flow"}}
        form["claims"] = [
            {
                "id": "total",
                "voice": "copy-site",
                "about": "total",
                "stage": "delivered",
                "stance": "confirms",
                "answers": "c27-a#total.stage",
            }
        ]

    found = confirmations_by_copies(spoilt("c27", "d.report.json", change))
    assert found[:2] == ["2 to 2", "c27-d#total.stage"]
    assert len(found) >= 4


def test_friday_counts_from_the_day_of_the_agencys_own_page(case):
    [voice] = [one for one in case("c27").reports["c27-a"].voices if one.id == "kirby"]
    said = voice.speakers[0].said
    assert (str(said.date), said.wording) == ("2023-10-13", "Friday")
    assert str(said.anchor.day) == "2023-10-14"
    assert voice.speakers[1].reason.startswith("the headline and the text are those")
    text = " ".join(case("c27").text.split())
    assert "John Kirby > Yonhap (inferred by the logger) > a copy at" in text


# Denials


def test_both_states_deny_and_each_on_its_own_word(case):
    told = case("c27").told("weapons")
    assert deniers(case("c27")) == {"RU", "KP"}
    sides = {
        one.claim.actor
        for role in (Role.SUPPLIER, Role.RECIPIENT)
        for one in em.parties(told, role)
    }
    assert sides == {"RU", "KP"}


def test_what_both_deny_is_disputed_with_the_accuser_and_for_the_flow(case):
    [moscow, pyongyang] = em.disputes(case("c27").told("weapons"))
    assert (moscow.slot, moscow.certainty) == ("said and denied", em.Truth.YES)
    assert [one.id for one in pyongyang.told] == [
        "c27-b#accused.stage",
        "c27-b#denied-pyongyang.stage",
    ]
    both = [*case("c27").told("total"), *case("c27").told("weapons")]
    denied = [one.told[0].id for one in em.disputes(both)]
    assert denied.count("c27-a#total.stage") == 2


def test_denials_take_nothing_away_and_are_printed_with_who_denies(case):
    told = em.counted(case("c27").told("total"))
    assert "c27-a#total.stage" in {one.id for one in told}
    text = " ".join(case("c27").text.split())
    assert "DENIES (Russia > Reuters > Lincoln Daily News): stage: shipped" in text
    assert "DENIES (North Korea > Reuters > Lincoln Daily News): stage: shipped" in text


def test_control_a_denial_that_was_dropped_or_laid_to_another_is_found(spoilt):
    def drop(form):
        form["claims"] = [one for one in form["claims"] if one["id"] != "denied-moscow"]

    def turn(form):
        [row] = [row for row in form["claims"] if row["id"] == "denied-moscow"]
        row["voice"] = "us"

    assert deniers(spoilt("c27", "b.report.json", drop)) == {"KP"}
    assert deniers(spoilt("c27", "b.report.json", turn)) == {"KP", "US"}


def test_control_a_denial_that_answers_nothing_disputes_nothing(spoilt):
    def change(form):
        for row in form["claims"]:
            if row.get("stance") == "denies":
                row["answers"] = ["accused"]

    wrong = spoilt("c27", "b.report.json", change)
    both = [*wrong.told("total"), *wrong.told("weapons")]
    denied = [one.told[0].id for one in em.disputes(both)]
    assert "c27-a#total.stage" not in denied


# Places, the ship, dates


def test_two_spellings_are_one_port_and_a_link_leads_to_the_city_round_it(case):
    [port] = [one for one in case("c27").reports["c27-a"].places if one.id == "najin"]
    assert {(name.text, name.kind) for name in port.names} == {
        ("Najin", NameKind.TRANSLITERATED),
        ("Rajin", NameKind.TRANSLITERATED),
    }
    assert port.country == "KP"
    used = {one.claim.place or one.claim.from_ for one in em.stages(flow(case("c27")))}
    assert "najin" in used
    assert ports_named(case("c27")) == PORTS
    texts = {one["text"] for one in case("c27").objects(kind="transliterated")}
    assert texts == {"Najin", "Rajin", "Rason"}
    [link] = [
        one
        for one in case("c27").records
        if isinstance(one, Link) and one.linked is Linked.PLACE
    ]
    assert link.relation is LinkRelation.UNSURE
    places = {
        f"c27-a#{one.id}": {name.text for name in one.names}
        for one in case("c27").reports["c27-a"].places
    }
    assert places[link.first] == {"Najin", "Rajin"}
    assert places[link.second] == {"Rason"}
    assert "c27-a#najin unsure c27-a#rason (places)" in " ".join(
        case("c27").text.split()
    )


def test_control_a_spelling_that_has_become_a_port_of_its_own_is_found(spoilt):
    def change(form):
        names = form["places"]["najin"]["names"]["en"]
        other = {**form["places"]["najin"], "names": {"en": names[1:]}}
        form["places"]["najin"]["names"] = {"en": names[:1]}
        form["places"]["rajin"] = other
        [row] = [row for row in form["claims"] if row["id"] == "lot"]
        row["place"] = "rajin"

    found = ports_named(spoilt("c27", "a.report.json", change))
    assert found == [{"Dunay"}, {"Najin"}, {"Rajin"}]


def test_the_flag_of_the_ship_is_said_of_the_ship_and_is_no_party(case):
    [told] = [one for one in case("c27").told() if isinstance(one.claim, ActorIs)]
    assert (told.claim.about.id, told.claim.relation) == ("angara", Relation.FLAG)
    assert told.actor(told.claim.actor).name == "Russia"
    carriers = em.parties(case("c27").told("voyages"), Role.CARRIER)
    assert [one.claim.actor for one in carriers] == ["angara"]


def test_the_voyages_and_the_photo_keep_their_own_spans(case):
    dates = {
        one.id: str(one.claim.when.date)
        for one in em.stages(flow(case("c27")))
        if one.claim.when
    }
    assert dates == {
        "c27-a#total.stage": "[..2023-10-13]",
        "c27-a#voyages.stage": "2023-09-07/2023-10-01",
        "c27-a#lot.stage": "2023-09-07/2023-09-08",
    }


# The embargo, the monitors


def test_the_embargo_that_pages_name_is_the_suppliers(case):
    told = [one for one in case("c27").told() if isinstance(one.claim, EmbargoIs)]
    assert {one.claim.regime for one in told} == {SUPPLIERS}
    assert breaches_laid(case("c27")) == {
        ("Robert Wood", SUPPLIERS, ("RU",)),
        ("Himalaya Australia", SUPPLIERS, ("KP",)),
    }
    parties = flow(case("c27"))
    assert {one.claim.actor for one in em.parties(parties, Role.SUPPLIER)} == {"KP"}
    assert {one.claim.actor for one in em.parties(parties, Role.RECIPIENT)} == {"RU"}


def test_control_an_embargo_on_the_recipient_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "breach"]
        row["embargo"] = "eu-russia-2014"

    found = breaches_laid(spoilt("c27", "b.report.json", change))
    assert ("Robert Wood", "eu-russia-2014", ("RU",)) in found


def test_no_breach_is_a_finding_by_a_body_with_a_mandate(case):
    mandates = {
        one.source(one.voice.speakers[0].source).mandate
        for one in case("c27").told()
        if isinstance(one.claim, EmbargoIs)
    }
    assert mandates == {Mandate.NONE}


def test_monitors_speak_of_one_missile_and_of_no_containers(case):
    told = em.stages(case("c27").told("missile"))
    assert {one.claim.stage for one in told} == {Stage.FOUND, Stage.IN_USE}
    source = told[0].source("monitors-report")
    assert (source.state, source.mandate) == (DocumentState.SEEN, Mandate.PANEL)
    assert {str(one.claim.when.date) for one in told if one.claim.when} == {
        "2024-01-02"
    }
    [maker] = em.parties(case("c27").told("missile"), Role.MANUFACTURER)
    assert maker.claim.actor == "KP"
    assert em.parties(case("c27").told("missile"), Role.SUPPLIER) == ()
