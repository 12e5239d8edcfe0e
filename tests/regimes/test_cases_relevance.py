"""The ten cases: what each says of an embargo, out of the case's own reports.

The table maps a case's `embargo` entry, which speaks of UN measures only, to what the
library keeps apart: whether a regime bears on it, where an exemption stands, what
bodies found, and the steps that are not YES.
"""

import json
from pathlib import Path

import pytest

from embargo_monitor.authoring import author_file
from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.relevances import Exempt
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import told_in
from embargo_monitor.regimes.relevance import relevance
from embargo_monitor.regimes.reported import questions_of

CASES = Path(__file__).parents[1] / "data" / "cases"
YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO


def event(first):
    """Ids of an event, of those that are the same, and of its parts."""
    folder = CASES / first[:3]
    lines = (folder / "links.jsonl").read_text("utf-8").splitlines()
    links = [json.loads(line)["body"] for line in lines]
    joined = {"same", "part of"}
    found, waiting = set(), [first]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            for link in links:
                if link["linked"] == "event" and link["relation"] in joined:
                    if link["second"] == here:
                        waiting.append(link["first"])
                    if link["first"] == here and link["relation"] == "same":
                        waiting.append(link["second"])
    return found


def told(first):
    found = []
    for one in sorted(event(first)):
        name, _, local = one.partition("#")
        report = author_file(CASES / name[:3] / f"{name[4:]}.report.json").report
        for claim in told_in(report):
            about = claim.claim.about
            if about.kind is AboutKind.REGIME or str(about) == f"event:{local}":
                found.append(claim)
    return found


def asked(first, regime):
    return relevance(questions_of(told(first))).of(regime)


# case, its verdict, an event of it, the regime: what bears, exemption, open or failed
TABLE = [
    ("C01", "in_scope", "c01-a#deal", "un-libya-2011", YES, Exempt.UNKNOWN, {}),
    ("C02", "in_scope", "c02-a#deal", "un-libya-2011", YES, Exempt.UNKNOWN, {}),
    (
        *("C10", "exemption_requested", "c10-a#request", "un-libya-2011"),
        *(YES, Exempt.ON_HOLD, {}),
    ),
    (
        *("C12", "before_start", "c12-a#contract", "un-libya-2011"),
        *(NO, Exempt.NONE_KNOWN, {"in force": NO}),
    ),
    (
        *("C13", "in_scope", "c13-a#delivery", "un-cote-divoire-2004"),
        *(YES, Exempt.UNKNOWN, {}),
    ),
    (
        *("C17", "unclear", "c17-a#cargo", "un-libya-2011"),
        *(MAYBE, Exempt.UNKNOWN, {"scope": MAYBE, "bound": MAYBE}),
    ),
    (
        *("C19", "in_scope", "c19-a#third", "un-libya-2011"),
        *(MAYBE, Exempt.UNKNOWN, {"scope": MAYBE}),
    ),
    ("C24", "exempted", "c24-a#arms", "un-car-2013", YES, Exempt.GRANTED, {}),
    (
        *("C26", "after_end", "c26-a#shipment", "un-al-shabaab-2023"),
        *(NO, Exempt.UNKNOWN, {"covers": NO}),
    ),
    (
        *("C26", "after_end", "c26-a#shipment", "un-somalia-1992"),
        *(NO, Exempt.NONE_KNOWN, {"in force": NO}),
    ),
    (
        *("C27", "in_scope", "c27-a#total", "un-north-korea-2006"),
        *(YES, Exempt.NONE_KNOWN, {}),
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]}-{row[1]}-{row[3]}")
def test_each_entry_comes_out_of_the_reports(row):
    _, _, first, regime, relevant, exemption, unsettled = row
    found = asked(first, regime)
    assert found.relevant is relevant
    assert found.exemption.status is exemption
    assert unsettled in [
        {one.name: one.answer for one in reading.steps if one.answer is not YES}
        for act in found.acts
        for reading in act.readings
    ]


def test_of_several_recipients_that_are_told_each_is_a_reading():
    found = asked("c01-a#deal", "un-libya-2011")
    [act] = found.acts
    recipients = {tuple(map(str, one.question.recipients)) for one in act.readings}
    assert recipients == {("Libyan National Army",), ("Libya",)}
    assert not act.differs
    assert {one.position.value for one in found.positions if one.counts} == {
        "does not breach",
        "in force",
        "began",
    }


def test_a_refusal_that_a_page_made_of_a_hold_does_not_compete_with_it():
    found = asked("c10-a#request", "un-libya-2011")
    positions = {one.position.value for one in found.positions}
    assert {"requested", "on hold", "refused", "opposed", "supported"} <= positions
    assert all(one.position.value != "refused" for one in found.exemption.stands)
    days = {str(one.question.when) for act in found.acts for one in act.readings}
    assert days == {"2015-03-04"}


def test_what_remained_of_a_contract_of_2010_is_a_question_of_its_own():
    found = asked("c12-a#contract", "un-libya-2011")
    assert {act.stage for act in found.acts} == {Stage.SIGNED, Stage.ANNOUNCED}
    assert found.remains.relevant is MAYBE
    first, *others = found.remains.steps
    assert "nobody says that it was delivered by then" in first.sentence
    assert first.answer is MAYBE
    assert all(one.answer is YES for one in others)
    assert found.remains.ask_next == (
        "Was anything of it still undelivered on 2011-02-26?",
    )


def test_what_was_taken_back_is_asked_as_told_and_says_so():
    found = asked("c13-a#delivery", "un-cote-divoire-2004")
    assert {one.stance.value for one in found.against} == {"denies", "withdraws"}
    breach = [one for one in found.positions if one.position.value == "breaches"]
    assert any(one.taken_back for one in breach)
    assert found.findings == ()


def test_jet_fuel_is_open_by_its_use():
    found = asked("c17-a#cargo", "un-libya-2011")
    assert "What exactly is it, for what use" in found.ask_next[0]
    covers = [one for one in found.positions if one.position.value == "covers"]
    assert covers
    assert found.findings == ()


def test_the_panels_word_on_the_ship_is_a_finding_and_ireland_has_none():
    found = asked("c19-a#third", "un-libya-2011")
    assert {one.by for one in found.findings} == {"Panel of Experts on Libya"}
    assert all(one.actors for one in found.findings)
    first = relevance(questions_of(told("c19-a#first")), all_regimes=True)
    assert first.of("un-libya-2011").relevant is NO
    assert first.of("un-libya-2011").findings == ()


def test_what_is_planned_feeds_nothing():
    plans = [
        one for one in told("c24-a#first") if one.claim.about.kind is AboutKind.EVENT
    ]
    assert plans
    assert questions_of(plans) == ()
    assert len(relevance(questions_of(plans))) == 0


def test_feared_diversion_makes_nobody_a_recipient():
    for question in questions_of(told("c26-a#shipment")):
        assert "shabaab" not in " ".join(map(str, question.recipients)).casefold()


def test_the_covered_party_of_shells_out_of_north_korea_is_the_supplier():
    found = asked("c27-a#total", "un-north-korea-2006")
    steps = {one.name: one for one in found.steps}
    assert "procurement from" in steps["direction"].sentence
    assert "North Korea is, or belongs to, the target" in steps["covers"].sentence
    assert found.act.stage is Stage.SHIPPED
    whole = next(one for one in found.acts if one.stage is Stage.DELIVERED)
    assert whole.relevant is MAYBE  # told as past on 13 October 2023; its start is open
