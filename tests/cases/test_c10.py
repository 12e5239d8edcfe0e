"""C10: Libya's request of 2015, on hold: nothing agreed, granted or refused."""

import re
from datetime import date

import embargo_monitor as em
from embargo_monitor.model.claims import EmbargoIs
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Stance, Weight
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.vocabulary import Position, Role
from embargo_monitor.model.voices import Known

SIX = {"France", "United States", "United Kingdom", "Chile", "New Zealand", "Lithuania"}
"""Who backs Spain's hold on five pages, and Libya's request on one."""

INVERTED = "AFP (inferred by the logger) > Al-Manar > afran.ir"
"""The one voice in which they back the request."""


def positions(case, *wanted, report=""):
    """Return the claims of these positions on the request."""
    return [
        told
        for told in case.told("request", report)
        if isinstance(told.claim, EmbargoIs) and told.claim.position in wanted
    ]


def states(told):
    """Return the names of those who took a position."""
    return {told.actor(id_).name for id_ in told.claim.by}


def flat(case):
    """Return all that is printed, in one line."""
    return " ".join(case.text.split())


def steps_beyond_the_request(case):
    """Return where the matter is told, or printed, to have gone beyond asking."""
    found = [
        told.id
        for told in em.stages(case.told())
        if told.claim.stage is not Stage.REQUESTED
    ]
    found += [
        told.id for told in em.goods(case.told()) if told.claim.at != Stage.REQUESTED
    ]
    found += [
        str(one)
        for kind, field in (("stage_is", "stage"), ("goods_are", "at"))
        for one in case.objects(kind=kind)
        if one[field] != "requested"
    ]
    found += [
        str(one["stages"])
        for one in case.json
        if any(reached["stage"] != "requested" for reached in one.get("stages", ()))
    ]
    printed = re.findall(r"stages: ([a-z ]+)", flat(case))
    printed += re.findall(r"\n    stage +([a-z ]+)", case.text)
    printed += re.findall(r"\), as ([a-z]+)", flat(case))
    return found + [stage for stage in printed if stage.strip() != "requested"]


def support_without_its_source(case):
    """Return where France supports the request on another word than that page's."""
    found = [
        told.id
        for told in positions(case, Position.SUPPORTED)
        if em.voice_line(told) != INVERTED or not told.refs(RefKind.DEPARTS_FROM)
    ]
    found += [
        str(one)
        for one in case.objects(kind="embargo_is", position="supported")
        if one["voice"] != "afp" or one.get("voice_line", INVERTED) != INVERTED
    ]
    said = re.finditer(
        rf"(?P<above>{re.escape(INVERTED)} \[six-for\] embargo )?"
        r"un-libya-2011: supported, by [^()\[]*France[^()\[]*"
        rf"(?P<behind>\({re.escape(INVERTED)})?",
        flat(case),
    )
    found += [one[0] for one in said if not (one["above"] or one["behind"])]
    return found + re.findall(
        r"(?i)France[^.:]*(?:support|back)(?:s|ed) (?:the|Libya's) request[^.]*",
        flat(case),
    )


def holds_told_as_a_decision(case):
    """Return where what Spain asked for has become a yes or a no."""
    decided = [Position.GRANTED, Position.REFUSED, Position.OPPOSED]
    found = [
        told.id
        for told in positions(case, *decided)
        if "Spain" in states(told) or "c10-a" in told.id
    ]
    found += [
        told.id
        for told in positions(case, Position.REFUSED)
        if not told.refs(RefKind.DEPARTS_FROM)
    ]
    found += [str(one) for one in case.objects(position="granted")]
    return found + re.findall(
        r"un-libya-2011: (?:granted|(?:refused|opposed), by [^()\[]*Spain)[^()\[]*",
        flat(case),
    )


# Nothing but a request


def test_the_matter_never_went_beyond_a_request(case):
    assert steps_beyond_the_request(case("c10")) == []
    told = em.stages(em.counted(case("c10").told("request")))
    assert len(told) == 6


def test_control_an_agreement_is_found_in_claims_json_and_print(spoilt):
    def change(form):
        form["claims"][0]["stage"] = "agreed"

    found = steps_beyond_the_request(spoilt("c10", "b.report.json", change))
    assert found[0] == "c10-b#request.stage"
    assert "agreed" in found


def test_control_goods_told_as_delivered_are_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "tanks"]
        row["at"] = "delivered"

    found = steps_beyond_the_request(spoilt("c10", "c.report.json", change))
    assert found[0] == "c10-c#tanks.goods"
    assert "delivered" in found


def test_the_three_states_are_suppliers_of_a_request_and_of_nothing_else(case):
    for report in ("c10-a", "c10-b", "c10-c", "c10-d"):
        told = case("c10").told("request", report)
        suppliers = {
            one.actor(one.claim.actor).name
            for one in em.parties(em.counted(told), Role.SUPPLIER)
        }
        assert suppliers == {"Ukraine", "Serbia", "Czechia"}
        assert {one.claim.stage for one in em.stages(told)} == {Stage.REQUESTED}


def test_a_fourth_supplier_that_is_only_believed_in_is_shown_and_not_counted(case):
    [told] = [
        one
        for one in em.parties(case("c10").told("request"), Role.SUPPLIER)
        if one.actor(one.claim.actor).name == "Russia"
    ]
    assert told.claim.stance is Stance.SUPPOSES
    assert told.source(told.voice.speakers[0].source).unnamed
    assert "supplier: Russia" in flat(case("c10"))
    assert "suppliers: Ukraine; Serbia; Czechia |" in flat(case("c10"))


def test_no_money_is_told(case):
    assert em.values(case("c10").told()) == ()
    assert case("c10").objects(kind="value_is") == []


# Who stands where


def test_the_inversion_shows_as_a_dispute_over_each_of_the_six_states(case):
    told = case("c10").told("request")
    over = {
        one.slot.removeprefix("position of "): one
        for one in em.disputes(told)
        if one.slot.startswith("position of")
    }
    assert set(over) == SIX
    assert {one.certainty for one in over.values()} == {Truth.YES}
    assert {one.id for one in over["France"].told} == {
        "c10-a#backing.embargo",
        "c10-b#backing.embargo",
        "c10-d#six-for.embargo",
        "c10-f#backing.embargo",
    }


def test_without_the_inverting_page_nobody_stands_on_both_sides(case):
    told = [one for one in case("c10").told("request") if one.report.id != "c10-d"]
    slots = {one.slot for one in em.disputes(told)}
    assert not any(slot.startswith("position of") for slot in slots)


def test_two_pages_add_angola_and_no_page_turns_it_round(case):
    for report, backers in (
        ("c10-a", {*SIX, "Angola"}),
        ("c10-b", {*SIX, "Angola"}),
        ("c10-f", SIX),
    ):
        backing = positions(case("c10"), Position.ON_HOLD, report=report)
        assert set().union(*map(states, backing)) >= backers
    [inverted] = positions(case("c10"), Position.SUPPORTED)
    assert states(inverted) == SIX


def test_support_for_the_request_is_never_told_without_the_page_that_says_so(case):
    assert support_without_its_source(case("c10")) == []
    assert f"Lithuania ({INVERTED}" in flat(case("c10"))


def test_control_support_on_the_diplomats_word_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "six-for"]
        row["voice"] = "diplomats"

    found = support_without_its_source(spoilt("c10", "d.report.json", change))
    assert found[0] == "c10-d#six-for.embargo"
    assert any("supported, by France" in one for one in found[1:])


def test_control_support_told_by_another_page_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "backing"]
        row["position"] = "supported"

    found = support_without_its_source(spoilt("c10", "f.report.json", change))
    assert found[0] == "c10-f#backing.embargo"


def test_control_support_in_a_title_is_found(spoilt):
    def change(form):
        form["events"]["request"]["title"] = "France supports Libya's request"

    assert support_without_its_source(spoilt("c10", "f.report.json", change))


def test_what_the_sentence_leaves_open_is_told_beside_the_inversion(case):
    [told] = positions(case("c10"), Position.SUPPORTED)
    assert "without saying whose" in told.claim.note
    assert told.claim.when.known is Known.INFERRED


def test_a_hold_is_neither_an_approval_nor_a_refusal(case):
    assert holds_told_as_a_decision(case("c10")) == []
    spain = [
        told for told in positions(case("c10"), *Position) if "Spain" in states(told)
    ]
    assert {told.claim.position for told in spain} == {Position.ON_HOLD}
    assert {told.report.id for told in spain} == {"c10-a", "c10-b", "c10-d", "c10-f"}


def test_control_a_hold_told_as_a_refusal_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "hold"]
        row["position"] = "refused"

    found = holds_told_as_a_decision(spoilt("c10", "a.report.json", change))
    assert found[0] == "c10-a#hold.embargo"
    assert any("refused, by Spain" in one for one in found)


def test_control_a_hold_told_as_an_approval_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "hold"]
        row["position"] = "granted"

    found = holds_told_as_a_decision(spoilt("c10", "b.report.json", change))
    assert any("granted, by Spain" in one for one in found)


def test_the_refusal_of_a_later_page_departs_from_the_hold_and_stays_its_own(case):
    [told] = positions(case("c10"), Position.REFUSED)
    assert em.voice_line(told) == "Sputnik Arabic"
    assert told.refs(RefKind.DEPARTS_FROM) == {"c10-a#delayed.embargo"}


def test_counts_of_states_stay_as_each_page_gives_them(case):
    counted = {
        (told.report.id, told.claim.position.value, str(told.actor(id_).count))
        for told in positions(case("c10"), *Position)
        for id_ in told.claim.by
        if told.actor(id_).count
    }
    assert counted == {
        ("c10-a", "on hold", "at least 8 states"),
        ("c10-d", "opposed", "7 states"),
        ("c10-e", "refused", "8 states"),
    }


# The list


def test_figures_that_differ_stand_against_one_another_and_are_not_levelled(case):
    told = case("c10").told("request")
    over = {
        one.slot: [str(told.claim.quantity) for told in one.told]
        for one in em.disputes(told)
        if one.slot.startswith("quantity of")
    }
    assert over == {
        "quantity of combat aircraft as requested": [
            "24 items",
            "14 items",
            "14 items",
            "about 30 items",
            "about 30 items",
        ],
        "quantity of attack helicopters as requested": [
            *("7 items",) * 3,
            *("6 items",) * 2,
        ],
    }


def test_all_pages_that_count_tanks_agree_and_one_does_not_count(case):
    tanks = [
        told
        for told in em.goods(case("c10").told("request"))
        if told.claim.line == "tanks"
    ]
    assert [str(told.claim.quantity) for told in tanks] == [
        *("150 items",) * 3,
        "None",
        *("150 items",) * 2,
    ]


def test_dozens_is_no_number(case):
    told = em.goods(case("c10").told("request", "c10-d"))
    assert {one.claim.quantity for one in told} == {None}
    assert any(one.claim.note.startswith("dozens") for one in told)


def test_thousands_of_rifles_have_no_number_either(case):
    told = [
        one
        for one in em.goods(case("c10").told())
        if one.claim.item.name == "assault rifle"
    ]
    assert {one.report.id for one in told} == {"c10-d", "c10-e", "c10-f"}
    assert {one.claim.quantity for one in told} == {None}
    assert "goods assault rifle (arms), as requested" in flat(case("c10"))


def test_what_was_asked_for_never_looks_like_what_moved(case):
    items = r"(?:tank|fighter jet|helicopter|rifle|mortar|carrier|launcher) \([^)]*\)"
    assert re.findall(rf"{items}(?!, as requested)", flat(case("c10"))) == []


def test_a_worry_of_monitors_is_a_fear_and_no_recipient(case):
    [fear] = [one for one in case("c10").told() if one.claim.stance is Stance.FEARS]
    assert fear.id == "c10-e#worry.end_user"
    assert str(fear.voice.speakers[0].said.date) == "2015-03-06"
    assert em.parties(em.counted(case("c10").told()), Role.END_USER) == ()


def test_carriers_and_launchers_stand_on_two_pages_only(case):
    found = {
        (told.report.id, told.claim.line, str(told.claim.quantity))
        for told in em.goods(case("c10").told())
        if told.claim.line in ("armoured personnel carriers", "grenade launchers")
    }
    assert found == {
        (report, *figure)
        for report in ("c10-b", "c10-c")
        for figure in (
            ("armoured personnel carriers", "150 items"),
            ("grenade launchers", "10,000 items"),
        )
    }


# Days and origins


def test_the_hold_has_its_day_and_the_request_another(case):
    [hold] = [
        told
        for told in positions(case("c10"), Position.ON_HOLD, report="c10-a")
        if states(told) == {"Spain"}
    ]
    assert str(hold.claim.when.date) == "2015-03-09"
    assert hold.claim.when.wording == "on Monday"
    dated = {
        (told.id, told.claim.when.date.earliest)
        for told in positions(case("c10"), Position.REQUESTED)
        if told.claim.when
    }
    assert dated == {("c10-b#asked.embargo", date(2015, 3, 4))}


def test_the_hold_has_the_diplomats_as_its_only_origin(case):
    holds = positions(case("c10"), Position.ON_HOLD)
    wholes = {
        one.source(one.voice.speakers[0].source).part_of or one.voice.speakers[0].source
        for one in holds
    }
    assert wholes == {"diplomats"}
    # Unnamed in four pages: they may be the same people, or not.
    found = em.origins(holds)
    assert (found.at_least, found.at_most) == (1, 4)


def test_the_ambassador_speaks_on_record_and_only_for_the_request(case):
    said = [
        told
        for told in case("c10").told("request")
        if told.voice.speakers[0].source == "dabbashi"
    ]
    assert {told.report.id for told in said} == {"c10-a", "c10-c", "c10-f"}
    taken = {one.claim.position for one in said if isinstance(one.claim, EmbargoIs)}
    assert taken == {Position.REQUESTED}


def test_an_inferred_speaker_comes_with_the_reason(case):
    inferred = {
        (report.id, speaker.source, bool(speaker.reason))
        for report in case("c10").reports.values()
        for voice in report.voices
        for speaker in voice.speakers
        if speaker.known is Known.INFERRED
    }
    assert inferred >= {("c10-b", "diplomats", True), ("c10-a", "paper", True)}
    assert all(reason for _, _, reason in inferred)
    assert "diplomats (inferred by the logger) > Libya Herald" in flat(case("c10"))


def test_no_speaker_calls_the_request_a_breach(case):
    breach = (Position.BREACHES, Position.DOES_NOT_BREACH)
    assert positions(case("c10"), *breach) == []
    weights = {told.claim.stance.weight for told in case("c10").told("request")}
    assert Weight.AGAINST not in weights
