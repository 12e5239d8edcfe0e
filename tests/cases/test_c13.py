"""C13: Belarus accused over Côte d'Ivoire in 2011, and the accusation taken back."""

import json
import re
from datetime import date

import embargo_monitor as em
from embargo_monitor.model.claims import EmbargoIs, PartyIs, Says, StageIs
from embargo_monitor.model.records import Link, LinkRelation
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Stance, Weight
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.vocabulary import Position, Role
from embargo_monitor.model.voices import RelayStance

FIRST_TOLD = {
    "c13-a": {"accused.stage", "landing.stage", "breach.embargo"},
    "c13-b": {"accused.stage", "landing.stage", "breach.embargo"},
    "c13-c": {"accused.stage", "landing.stage", "breach.embargo"},
    "c13-d": {"landing.stage", "breach.embargo"},
    "c13-e": {"landing.stage", "breach.embargo"},
}
"""What each page tells of the accusation, by report."""

TAKEN_BACK = {
    **dict.fromkeys(FIRST_TOLD, "2011-03-02"),
    "c13-d": "not after 2011-03-03",
}
"""When it was taken back, as each page dates it."""


def flat(case):
    """Return all that is printed, in one line."""
    return " ".join(case.text.split())


def voiced(told):
    """Return who speaks first."""
    return told.voice.speakers[0].source


def missing_originals(case):
    """Return the claims of the accusation that cannot be read any more."""
    found = []
    shown = {
        report: " ".join(
            " ".join(text.split())
            for text in re.findall(
                rf"(?ms)^EVENT {report}#delivery.*?(?=^EVENT|^SOURCES|\Z)", case.text
            )
        )
        for report in FIRST_TOLD
    }
    # A mark may stand before the content, but none of another stance.
    mark = r"(?:\[(?!WITHDRAWS|DENIES|EXPECTS)[^\]]*\] )?"
    printed = {
        "stage": rf"stage {mark}(?:delivered|in transit)",
        "embargo": rf"embargo {mark}un-cote-divoire-2004: breaches, by",
    }
    for report, ids in FIRST_TOLD.items():
        told = {one.claim.id: one for one in case.told("delivery", report)}
        for id_ in ids:
            stored = case.objects(id=id_, about="event:delivery")
            kind = id_.partition(".")[2]
            if (
                id_ not in told
                or told[id_].claim.stance is not Stance.ASSERTS
                or not stored
                or not re.search(printed[kind], shown[report])
            ):
                found.append(f"{report}#{id_}")
    kinds = {type(record) for record in case.records}
    return found + sorted(str(kind) for kind in kinds - {Report, Link})


def unmarked_originals(case):
    """Return what was taken back, and does not say so where it stands."""
    content = {
        "stage": r"stage (?:delivered|in transit)",
        "embargo": r"embargo un-cote-divoire-2004: breaches, by Belarus",
    }
    found = []
    for report, ids in FIRST_TOLD.items():
        event = rf"(?ms)^EVENT {report}#delivery.*?(?=^EVENT|^SOURCES|^ENTRY|\Z)"
        parts = [" ".join(part.split()) for part in re.findall(event, case.text)]
        [plain] = [
            one
            for one in case.json
            if one.get("event") == f"{report}#delivery"
            and isinstance(one["claims"], list)
        ]
        by_id = {one["id"]: one for one in plain["claims"]}
        for id_ in ids:
            row, kind = id_.split(".")
            by = f"{row}-taken-back.{kind}"
            # `event` knows of the other reports too: UPI has the apology alone.
            said = re.escape(f"[TAKEN BACK by Alain Le Roy, {TAKEN_BACK[report]}")
            mark = rf"{said}(?: and in c13-f by Alain Le Roy, 2011-03-02)?\]"
            marked = [
                re.search(rf"{content[kind]}[^\[]*{mark}", part) for part in parts
            ]
            # In `show`, and in `event` of each of those that links join.
            if len(marked) < 2 or not all(marked):
                found.append(f"{report}#{id_}")
            back = by_id[id_].get("taken_back_by", [])
            if [one for one in back if not one.startswith("c13-f#")] != [by]:
                found.append(f"{report}#{id_} as JSON")
    return found


def deliveries_told_as_so(case):
    """Return where Belarus is said to have sent or delivered, as if it were so."""
    sent = (Stage.SHIPPED, Stage.IN_TRANSIT, Stage.DELIVERED, Stage.FOUND)
    found = [
        told.id
        for told in em.counted(case.told())
        if (isinstance(told.claim, StageIs) and told.claim.stage in sent)
        or (isinstance(told.claim, PartyIs) and told.claim.role is Role.SUPPLIER)
        or (
            isinstance(told.claim, EmbargoIs)
            and told.claim.position is Position.BREACHES
        )
    ]
    found += [
        str(one)
        for one in case.json
        if one.get("suppliers")
        or any(reached["stage"] != "talks" for reached in one.get("stages", ()))
    ]
    heads = re.findall(
        r"[^\n]*(?:<- Belarus|suppliers: |stages: (?!talks))[^\n]*", case.text
    )
    stated = re.findall(
        r"(?i)Belarus (?:has |had )?(?:delivered|sent|shipped|supplied)[^\n]*"
        r"|embargo un-cote-divoire-2004: breaches, by Belarus \([^)]*asserts",
        flat(case),
    )
    return found + heads + stated


def taken_back_by(case):
    """Return the claims that take the accusation back."""
    return [
        told for told in case.told("delivery") if told.claim.stance is Stance.WITHDRAWS
    ]


def withdrawals(case):
    """Return who takes it back on which day, and whether for a reason, by report."""
    by_id = {told.id: told for told in case.told("delivery")}
    found = {}
    for told in taken_back_by(case):
        who = told.actor(told.source(voiced(told)).actor).name
        on = str(told.voice.speakers[0].said.date)
        reasons = [by_id[id_] for id_ in told.refs(RefKind.RESTS_ON)]
        own = any(voiced(one) == voiced(told) for one in reasons)
        before = found.get(told.report.id, (who, on, False))
        found[told.report.id] = (who, on, own or before[2])
    return found


def open_tips(case):
    """Return the claims of the deal that go on counting, with their stages."""
    told = em.stages(em.counted(case.told("deal")))
    return {one.id: one.claim.stage for one in told}


def open_accusations(case):
    """Return the claims against Belarus that go on counting."""
    return [
        told.id
        for told in em.counted(case.told("delivery"))
        if not isinstance(told.claim, Says)
    ]


# Still readable, and shown as taken back


def test_the_accusation_is_readable_after_it_was_taken_back(case):
    assert missing_originals(case("c13")) == []


def test_control_an_accusation_that_is_left_out_is_found(spoilt):
    def change(form):
        gone = {"landing", "landing-taken-back"}
        form["claims"] = [row for row in form["claims"] if row["id"] not in gone]

    found = missing_originals(spoilt("c13", "e.report.json", change))
    assert found == ["c13-e#landing.stage"]


def test_control_an_accusation_overwritten_by_its_withdrawal_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "breach"]
        row["stance"] = "withdraws"

    found = missing_originals(spoilt("c13", "a.report.json", change))
    assert found == ["c13-a#breach.embargo"]


def test_every_part_of_the_accusation_is_shown_as_taken_back(case):
    gone = {told.id for told in em.withdrawn(case("c13").told("delivery"))}
    assert gone >= {
        f"{report}#{id_}" for report, ids in FIRST_TOLD.items() for id_ in ids
    }
    named = {
        told.id
        for told in case("c13").told("delivery")
        if isinstance(told.claim, PartyIs) and told.claim.stance.weight is Weight.FOR
    }
    assert named
    assert named <= gone


def test_the_accusation_is_marked_as_taken_back_where_it_stands(case):
    assert unmarked_originals(case("c13")) == []


def test_control_an_accusation_that_nobody_takes_back_bears_no_mark(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "landing-taken-back"]
        row["stance"] = "denies"

    found = unmarked_originals(spoilt("c13", "d.report.json", change))
    assert found == ["c13-d#landing.stage", "c13-d#landing.stage as JSON"]


def test_control_a_withdrawal_that_answers_nothing_marks_nothing(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "breach-taken-back"]
        del row["answers"]

    found = unmarked_originals(spoilt("c13", "e.report.json", change))
    assert found == ["c13-e#breach.embargo", "c13-e#breach.embargo as JSON"]


def test_the_tip_that_stays_open_bears_no_mark(case):
    told = re.findall(r"(?s)EVENT c13-c#deal.*?(?=EVENT|SOURCES)", case("c13").text)
    assert told
    assert not any("TAKEN BACK" in part for part in told)


def apart(form):
    """Split a report: the accusation stays, the apology goes into one of its own."""
    rows = form["claims"]
    back = [row for row in rows if row.get("stance") == "withdraws"]
    form["claims"] = [row for row in rows if row not in back]
    apology = json.loads(json.dumps(form))
    apology["report"] = "c13-z"
    # A row of another report is answered claim by claim.
    parts = {
        "landing": ("stage", "supplier", "recipient", "goods"),
        "breach": ("embargo",),
    }
    for row in back:
        answered = row["answers"]
        row["answers"] = [f"c13-e#{answered}.{part}" for part in parts[answered]]
        row["rests_on"] = "c13-e#mistake.says"
    apology["claims"] = back
    return apology


def test_an_apology_in_a_report_of_its_own_takes_the_accusation_back(spoilt):
    left = spoilt("c13", "e.report.json", apart)
    assert not any("c13-e" in id_ for id_ in open_accusations(left))
    [plain] = [
        one
        for one in left.json
        if one.get("event") == "c13-e#delivery" and isinstance(one["claims"], list)
    ]
    assert plain["origins"] == {"at_least": 0, "at_most": 0}
    assert plain["stages"] == plain["suppliers"] == plain["goods"] == []
    [landing] = [one for one in plain["claims"] if one["id"] == "landing.stage"]
    assert "c13-z#landing-taken-back.stage" in landing["taken_back_by"]
    mark = "stage delivered [TAKEN BACK in c13-z by Alain Le Roy, 2011-03-02]"
    assert mark in flat(left)
    assert re.search(r"c13-e#delivery +\(transfer\)[^|]*not counted: ", left.text)


def test_what_came_with_the_helicopters_is_taken_back_with_them(case):
    assert (
        "goods related materiel (unclear), as in transit"
        " [TAKEN BACK by Alain Le Roy, 2011-03-02]" in flat(case("c13"))
    )


def test_the_withdrawal_is_printed_with_its_speaker_and_what_it_answers(case):
    text = flat(case("c13"))
    assert "WITHDRAWS (Alain Le Roy > The Moscow Times): stage: delivered" in text
    assert "[WITHDRAWS] delivered, in Yamoussoukro [answers landing.stage]" in text


def test_nothing_against_belarus_counts_as_open_any_more(case):
    assert open_accusations(case("c13")) == []
    for report in FIRST_TOLD:
        told = case("c13").told("delivery", report)
        assert em.stages(em.counted(told)) == ()
        assert em.disputed(told) is Truth.NO
        found = em.origins(em.stages(told))
        assert (found.at_least, found.at_most) == (0, 0)


def test_control_an_accusation_that_nobody_takes_back_stays_open(spoilt):
    def change(form):
        form["claims"] = [
            row for row in form["claims"] if row["id"] != "breach-taken-back"
        ]

    left = spoilt("c13", "d.report.json", change)
    assert open_accusations(left) == ["c13-d#breach.embargo"]
    assert "c13-d#breach.embargo" in deliveries_told_as_so(left)


def test_control_a_denial_alone_leaves_an_accusation_open_and_disputed(spoilt):
    def change(form):
        form["claims"] = [
            row for row in form["claims"] if not row["id"].endswith("-taken-back")
        ]

    left = spoilt("c13", "d.report.json", change)
    assert "c13-d#landing.stage" in open_accusations(left)
    assert em.disputed(left.told("delivery", "c13-d")) is Truth.YES


def test_that_belarus_delivered_is_nowhere_told_as_so(case):
    assert deliveries_told_as_so(case("c13")) == []


def test_control_a_delivery_told_as_so_is_found_in_claims_json_and_print(spoilt):
    def change(form):
        form["claims"] = [
            row for row in form["claims"] if row["id"] != "landing-taken-back"
        ]

    found = deliveries_told_as_so(spoilt("c13", "e.report.json", change))
    assert {"c13-e#landing.stage", "c13-e#landing.supplier"} <= set(found)
    assert any("<- Belarus" in one for one in found)
    assert any("suppliers: Belarus" in one for one in found)


def test_control_a_title_that_states_the_delivery_is_found(spoilt):
    def change(form):
        form["events"]["delivery"]["title"] = "Belarus delivered helicopters"

    assert deliveries_told_as_so(spoilt("c13", "f.report.json", change))


# The withdrawal: who, when, why


def test_the_withdrawal_has_an_author_a_date_and_a_reason_of_its_own(case):
    assert withdrawals(case("c13")) == {
        **dict.fromkeys(FIRST_TOLD, ("Alain Le Roy", "2011-03-02", True)),
        "c13-d": ("Alain Le Roy", "[..2011-03-03]", True),
        "c13-f": ("Alain Le Roy", "2011-03-02", True),
    }
    by_id = {told.id: told for told in case("c13").told("delivery")}
    reasons = {
        by_id[id_]
        for told in taken_back_by(case("c13"))
        for id_ in told.refs(RefKind.RESTS_ON)
    }
    assert sum("no plane landed" in told.claim.text for told in reasons) == 4


def test_control_a_withdrawal_by_another_on_another_day_is_found(spoilt):
    def change(form):
        form["voices"]["leroy"][0] = {"source": "leroy", "said": "2011-03-05"}
        form["actors"]["leroy"]["names"] = {"en": "Somebody Else"}

    said = withdrawals(spoilt("c13", "a.report.json", change))
    assert said["c13-a"] == ("Somebody Else", "2011-03-05", True)


def test_control_a_withdrawal_without_its_reason_is_found(spoilt):
    def change(form):
        for row in form["claims"]:
            row.pop("rests_on", None)

    said = withdrawals(spoilt("c13", "e.report.json", change))
    assert said["c13-e"] == ("Alain Le Roy", "2011-03-02", False)


def test_each_withdrawal_answers_what_it_takes_back(case):
    back = taken_back_by(case("c13"))
    assert len(back) > len(FIRST_TOLD)
    assert all(told.refs(RefKind.ANSWERS) for told in back)


def test_the_tip_of_a_deal_was_not_taken_back_and_stays_open(case):
    [tip] = em.stages(case("c13").told("deal"))
    assert open_tips(case("c13")) == {"c13-c#afoot.stage": Stage.TALKS}
    assert em.withdrawn(case("c13").told("deal")) == ()
    answered = {
        id_
        for told in case("c13").told()
        if told.claim.stance is Stance.WITHDRAWS
        for id_ in told.refs(RefKind.ANSWERS)
    }
    assert tip.id not in answered


def test_control_a_tip_that_is_taken_back_with_the_rest_is_missed(spoilt):
    def change(form):
        [tip] = [row for row in form["claims"] if row["id"] == "afoot"]
        back = {"id": "afoot-taken-back", "stance": "withdraws", "answers": "afoot"}
        form["claims"].append(
            {"voice": "leroy", "about": "deal", "stage": tip["stage"], **back}
        )

    wrong = spoilt("c13", "c.report.json", change)
    assert open_tips(wrong) == {}
    gone = em.withdrawn(wrong.told("deal"))
    assert "c13-c#afoot.stage" in {told.id for told in gone}


def test_who_passes_the_tip_on_may_doubt_it_without_withdrawing_it(case):
    [tip] = em.stages(case("c13").told("deal"))
    chain = [(one.source, one.stance) for one in tip.voice.speakers]
    assert chain == [
        ("tip", RelayStance.RELAYS),
        ("experts", RelayStance.RELAYS),
        ("unoci", RelayStance.RELAYS),
        ("leroy", RelayStance.DOUBTS),
        ("voa", RelayStance.RELAYS),
        ("blog", RelayStance.RELAYS),
    ]
    assert "Alain Le Roy (doubts) > Voice of America" in flat(case("c13"))


def test_the_tip_names_no_supplier(case):
    told = em.parties(em.counted(case("c13").told("deal")), Role.SUPPLIER)
    assert told == ()


# Who told whom


def test_an_official_accusation_is_told_with_the_whole_chain_behind_it(case):
    [told] = [
        one
        for one in em.stages(case("c13").told("delivery", "c13-a"))
        if one.claim.id == "accused.stage"
    ]
    assert [one.source for one in told.voice.speakers] == [
        "tip",
        "experts",
        "unoci",
        "hq",
        "statement",
        "moscow-times",
    ]
    assert told.source("tip").unnamed
    assert told.source("experts").mandate.value == "panel"


def test_the_landing_starts_with_the_mission_and_not_with_headquarters(case):
    starts = {
        told.report.id: voiced(told)
        for told in em.stages(case("c13").told("delivery"))
        if told.claim.id == "landing.stage"
    }
    assert starts == {
        "c13-a": "unoci",
        "c13-b": "unoci",
        "c13-c": "unoci",
        "c13-d": "unoci",
        # This page tells of the Secretary-General alone.
        "c13-e": "statement",
    }


def test_where_the_tip_came_from_is_the_word_of_diplomats(case):
    [told] = [
        one
        for one in case("c13").told("deal")
        if isinstance(one.claim, Says) and "United States" in one.claim.text
    ]
    assert em.voice_line(told).startswith("several diplomats on the Security Council")


def test_whose_mistake_it_was_is_told_in_two_ways_in_one_mans_mouth(case):
    told = {
        one.report.id: one
        for one in case("c13").told("delivery")
        if isinstance(one.claim, Says)
        and one.claim.id in ("mistake.says", "whose.says")
    }
    assert {voiced(one) for one in told.values()} == {"leroy"}
    assert all("mission" in told[id_].claim.text for id_ in FIRST_TOLD)
    assert "given to the panel" in told["c13-f"].claim.text
    assert told["c13-f"].refs(RefKind.DEPARTS_FROM) == {"c13-a#mistake.says"}


# Days and places


def test_the_landing_is_dated_by_the_day_of_the_statement(case):
    dates = {
        told.id: str(told.claim.when.date)
        for told in em.stages(case("c13").told("delivery"))
        if told.claim.when and told.claim.stance is Stance.ASSERTS
    }
    assert dates == dict.fromkeys(
        ("c13-a#landing.stage", "c13-b#landing.stage", "c13-d#landing.stage"),
        "2011-02-27",
    )


def test_pages_differ_on_the_day_of_the_statement_and_both_days_are_kept(case):
    said = {
        (report.id, speaker.said.date.earliest)
        for report in case("c13").reports.values()
        for voice in report.voices
        for speaker in voice.speakers
        if speaker.source == "statement" and speaker.said
    }
    assert said == {
        ("c13-a", date(2011, 2, 27)),
        ("c13-b", date(2011, 2, 27)),
        ("c13-c", date(2011, 2, 28)),
        ("c13-d", date(2011, 2, 28)),
    }


def test_the_denial_has_its_own_day_and_answers_the_accusation(case):
    denials = [
        told
        for told in case("c13").told("delivery", "c13-d")
        if told.claim.stance is Stance.DENIES
    ]
    assert {voiced(told) for told in denials} == {"belarus"}
    assert {str(told.voice.speakers[0].said.date) for told in denials} == {"2011-02-28"}
    assert set().union(*(told.refs(RefKind.ANSWERS) for told in denials)) == {
        "c13-d#breach.embargo",
        "c13-d#landing.stage",
    }


def test_the_airport_is_another_on_one_page_and_a_link_says_so(case):
    airports = {
        told.report.id: next(
            place.names[0].text
            for place in told.report.places
            if place.id == told.claim.place
        )
        for told in em.stages(case("c13").told("delivery"))
        if told.claim.id == "landing.stage" and told.claim.place
    }
    assert airports == {
        "c13-a": "Abidjan",
        "c13-b": "Yamoussoukro",
        "c13-c": "Yamoussoukro",
        "c13-d": "Yamoussoukro",
    }
    [link] = [
        record
        for record in case("c13").records
        if isinstance(record, Link) and record.relation is LinkRelation.DIFFERENT
    ]
    assert (link.first, link.second) == ("c13-a#abidjan", "c13-b#yamoussoukro")


def test_the_regime_is_untouched_by_the_withdrawal(case):
    told = [
        one
        for one in em.counted(case("c13").told())
        if isinstance(one.claim, EmbargoIs)
    ]
    assert {one.claim.position for one in told} == {Position.BEGAN}
    assert {str(one.claim.when.date) for one in told} == {"2004"}
