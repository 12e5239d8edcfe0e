"""C24: Russian arms for the Central African Republic under an exemption, 2017."""

import re
from datetime import date
from decimal import Decimal

import embargo_monitor as em
from embargo_monitor.model.claims import EmbargoIs, GoodsAre, TermsAre
from embargo_monitor.model.records import Link, LinkRelation
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Stance
from embargo_monitor.model.vocabulary import Position, Role, Terms

LIST = {
    "Makarov pistol": 900,
    "AKM assault rifle": 5200,
    "precision weapon": 140,
    "machine gun": 840,
    "RPG launcher": 270,
    "anti-aircraft weapon": 20,
}
"""What Russia listed; 7,370 if anybody added it up."""

DELIVERED = 1700
"""What one page says was delivered a year later."""

PARTS = ("first", "second", "third")


def flat(case):
    """Return all that is printed, in one line."""
    return " ".join(case.text.split())


def positions(case, *wanted, report=""):
    """Return the claims of these positions."""
    return [
        told
        for told in case.told(report=report)
        if isinstance(told.claim, EmbargoIs) and told.claim.position in wanted
    ]


def endings_of_the_embargo(case):
    """Return where the embargo is told to have ended, or to be lifted as such."""
    gone = (Position.ENDED, Position.NOT_IN_FORCE)
    found = [told.id for told in positions(case, *gone)]
    # Eased, it may be called: by an outlet, of the regime, and by no act of a body.
    found += [
        told.id
        for told in positions(case, Position.EASED)
        if told.claim.by
        or told.source(told.voice.speakers[0].source).kind.value != "outlet"
        or told.claim.about.kind.value != "regime"
    ]
    found += [
        str(one)
        for position in ("ended", "not in force")
        for one in case.objects(kind="embargo_is", position=position)
    ]
    found += re.findall(r"un-car-2013: (?:ended|not in force)", flat(case))
    said = [
        title["text"]
        for one in case.json
        for title in one.get("body", {}).get("document", {}).get("titles", ())
    ]
    said += [one["title"] for one in case.json if "event" in one]
    said += [one["text"] for one in case.objects(kind="says")]
    wholly = r"(?i)embargo.*\b(?:lifted|levé)\b|\b(?:lifted|levée|end)\b.*embargo"
    return found + [text for text in said if re.search(wholly, text)]


def deliveries_of_the_list(case):
    """Return where the list, or its sum, has become what was delivered."""
    total = sum(LIST.values())
    found = [
        told.id
        for told in em.goods(case.told())
        if told.claim.quantity is not None
        and (
            total in (told.claim.quantity.low, told.claim.quantity.high)
            or (told.claim.at is not Stage.REQUESTED)
            != (told.claim.quantity.low == DELIVERED)
        )
    ]
    found += [
        told.id
        for told in em.stages(em.counted(case.told()))
        if told.claim.stage is Stage.DELIVERED and told.report.id != "c24-d"
    ]
    found += [str(one) for one in case.objects(low=str(total))]
    found += [str(one) for one in case.objects(high=str(total))]
    found += [
        str(one)
        for one in case.objects(kind="goods_are", at="delivered")
        if one.get("quantity", {}).get("low") != str(DELIVERED)
    ]
    text = flat(case)
    found += re.findall(r"7[,. ]?370[^.;]*", text)
    return found + [
        one
        for one in re.findall(r"([\d,]+) items? of [^;:|]*?, as delivered", text)
        if one != f"{DELIVERED:,}"
    ]


def terms_of(case):
    """Return on what terms the arms are told, and by whom."""
    return {
        (told.id, told.claim.terms, told.source(told.voice.speakers[0].source).unnamed)
        for told in em.counted(case.told("arms"))
        if isinstance(told.claim, TermsAre)
    }


def planned(case, report):
    """Return what a report plans, by part."""
    return {
        told.claim.about.id: told
        for told in em.stages(case.told(report=report))
        if told.claim.stance is Stance.EXPECTS
    }


# The list, and what was delivered


def test_the_list_is_what_was_asked_for_figure_by_figure(case):
    for report in ("c24-a", "c24-b"):
        told = em.goods(case("c24").told("arms", report))
        assert {one.claim.at for one in told} == {Stage.REQUESTED}
        figures = {one.claim.item.name: one.claim.quantity for one in told}
        # "Notably", and ammunition besides: no figure, and not none.
        assert figures.pop("ammunition") is None
        assert {name: int(figure.low) for name, figure in figures.items()} == LIST
        assert {figure.bound.value for figure in figures.values()} == {"exact"}


def test_what_was_delivered_is_a_figure_of_its_own_by_one_page(case):
    [told] = [
        one for one in em.goods(case("c24").told()) if one.claim.at is Stage.DELIVERED
    ]
    assert told.id == "c24-d#delivered.goods"
    assert told.claim.quantity.low == Decimal(DELIVERED)
    assert em.voice_line(told) == "PressAfrik"
    [event] = told.report.events
    assert event.kind.value == "sum"


def test_listed_and_delivered_do_not_compete_and_are_not_joined(case):
    told = [*case("c24").told("arms"), *case("c24").told("so-far")]
    assert em.disputes(told) == ()
    [link] = [
        record
        for record in case("c24").records
        if isinstance(record, Link) and record.first == "c24-d#so-far"
    ]
    assert (link.relation, link.second) == (LinkRelation.UNSURE, "c24-a#arms")


def test_the_list_is_never_added_up_nor_told_as_delivered(case):
    assert deliveries_of_the_list(case("c24")) == []
    assert "1,700 items of weapons (arms), as delivered" in flat(case("c24"))


def test_control_a_sum_of_the_list_is_found_in_claims_json_and_print(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "delivered"]
        row["quantity"] = "7370 items"

    found = deliveries_of_the_list(spoilt("c24", "d.report.json", change))
    assert found[0] == "c24-d#delivered.goods"
    assert any(one.startswith("7,370 items") for one in found)
    assert any("'7370'" in one for one in found)


def test_control_a_list_told_as_delivered_is_found(spoilt):
    def change(form):
        for row in form["claims"]:
            if row.get("at"):
                row["at"] = "delivered"

    found = deliveries_of_the_list(spoilt("c24", "b.report.json", change))
    assert "c24-b#pistols.goods" in found
    assert "900" in found


def test_control_a_plan_told_as_done_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "plan-first"]
        del row["stance"]

    found = deliveries_of_the_list(spoilt("c24", "b.report.json", change))
    assert found == ["c24-b#plan-first.stage"]


def test_the_list_has_one_origin_though_two_pages_print_it(case):
    told = [
        one
        for one in case("c24").told("arms")
        if isinstance(one.claim, GoodsAre) and one.claim.at is Stage.REQUESTED
    ]
    found = em.origins(told)
    assert (found.at_least, found.at_most) == (1, 1)


# A gift


def test_there_is_no_price_and_none_of_nought(case):
    assert em.values(case("c24").told()) == ()
    assert case("c24").objects(kind="value_is") == []
    assert not re.search(r"(?:USD|EUR|XAF|RUB)", flat(case("c24")))


def test_that_it_is_a_gift_is_told_by_unnamed_sources(case):
    assert terms_of(case("c24")) == {
        ("c24-b#ceded.terms", Terms.GIFT, True),
        ("c24-c#free.terms", Terms.GIFT, True),
    }
    assert "terms gift" in flat(case("c24"))


def test_control_a_gift_told_as_a_sale_or_in_russias_name_is_found(spoilt):
    def sold(form):
        [row] = [row for row in form["claims"] if row["id"] == "ceded"]
        row["terms"] = "sale"

    def by_russia(form):
        [row] = [row for row in form["claims"] if row["id"] == "ceded"]
        row["voice"] = "russia"

    told = terms_of(spoilt("c24", "b.report.json", sold))
    assert ("c24-b#ceded.terms", Terms.SALE, True) in told
    told = terms_of(spoilt("c24", "b.report.json", by_russia))
    assert ("c24-b#ceded.terms", Terms.GIFT, False) in told


def test_that_it_is_no_sale_is_a_denial_that_answers_nobody(case):
    [told] = [
        one
        for one in case("c24").told("arms")
        if isinstance(one.claim, TermsAre) and one.claim.stance is Stance.DENIES
    ]
    assert told.claim.terms is Terms.SALE
    assert told.refs(RefKind.ANSWERS) == frozenset()
    assert "terms [DENIES] sale" in flat(case("c24"))


def test_two_unnamed_sources_of_the_gift_are_one_or_two(case):
    told = [
        one
        for one in em.counted(case("c24").told("arms"))
        if isinstance(one.claim, TermsAre)
    ]
    found = em.origins(told)
    assert (found.at_least, found.at_most) == (1, 2)


# The embargo stays


def test_lifted_in_the_press_ends_no_regime(case):
    assert endings_of_the_embargo(case("c24")) == []
    eased = positions(case("c24"), Position.EASED)
    assert [told.report.id for told in eased] == ["c24-b", "c24-c", "c24-d"]
    later = positions(case("c24"), Position.IN_FORCE, Position.EXTENDED)
    assert [told.id for told in later] == [
        "c24-c#still.embargo",
        "c24-d#extended.embargo",
    ]


def test_one_page_may_call_the_embargo_eased_and_in_force(case):
    told = positions(case("c24"), *Position, report="c24-c")
    assert {one.claim.position for one in told} == {
        Position.EASED,
        Position.IN_FORCE,
        Position.GRANTED,
    }
    assert {em.voice_line(one) for one in told} == {"RFI > ABangui"}


def test_the_regime_begins_once_and_has_no_end(case):
    [began] = positions(case("c24"), Position.BEGAN)
    assert str(began.claim.when.date) == "2013"
    assert positions(case("c24"), Position.ENDED, Position.LAPSED) == []


def test_control_an_embargo_told_as_ended_is_found_in_claims_json_and_print(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "lifted"]
        row["position"] = "ended"

    found = endings_of_the_embargo(spoilt("c24", "b.report.json", change))
    assert found[0] == "c24-b#lifted.embargo"
    assert "un-car-2013: ended" in found
    assert any("'position': 'ended'" in one for one in found)


def test_control_an_easing_told_as_an_act_of_the_council_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "lifted"]
        row["by"] = "un"

    found = endings_of_the_embargo(spoilt("c24", "d.report.json", change))
    assert found == ["c24-d#lifted.embargo"]


def test_control_a_lifting_in_a_title_or_remark_is_found(spoilt):
    def change(form):
        form["events"]["arms"]["title"] = "Arms after the embargo was lifted"
        [row] = [row for row in form["claims"] if row["id"] == "silence"]
        row["says"] = "the UN lifted the embargo in 2017"

    found = endings_of_the_embargo(spoilt("c24", "a.report.json", change))
    assert {
        "Arms after the embargo was lifted",
        "the UN lifted the embargo in 2017",
    } <= {*found}


# Asked, queried, let pass


def test_the_request_comes_before_the_leave_and_each_page_stands_where_it_stood(case):
    stages = {
        report: {
            told.claim.stage
            for told in em.stages(em.counted(case("c24").told("arms", report)))
        }
        for report in ("c24-a", "c24-b", "c24-c")
    }
    assert stages == {
        "c24-a": {Stage.REQUESTED},
        "c24-b": {Stage.LICENSED},
        "c24-c": {Stage.LICENSED},
    }


def test_the_page_of_the_same_day_still_has_the_decision_pending(case):
    assert positions(case("c24"), Position.GRANTED, report="c24-a") == []
    assert case("c24").reports["c24-a"].document.published.date.earliest == date(
        2017, 12, 13
    )
    [decision] = positions(case("c24"), Position.GRANTED, report="c24-b")
    assert str(decision.claim.when.date) == "2017-12-13"
    assert "under a silence procedure" in flat(case("c24"))


def test_a_leave_read_out_of_a_partial_lifting_says_that_it_is_an_inference(case):
    [granted] = positions(case("c24"), Position.GRANTED, report="c24-b")
    assert granted.refs(RefKind.RESTS_ON) == {"c24-b#lifted.embargo"}
    assert granted.claim.note.startswith("an inference")
    assert "granted [rests on lifted.embargo]" in flat(case("c24"))


def test_france_asked_questions_and_is_told_to_have_done_nothing_else(case):
    of_france = [
        told
        for told in positions(case("c24"), *Position)
        if "FR" in told.claim.by and told.claim.stance is not Stance.EXPECTS
    ]
    assert {told.claim.position for told in of_france} == {Position.QUERIED}
    [told] = of_france
    assert told.source(told.voice.speakers[0].source).unnamed


def test_what_france_wishes_for_itself_is_another_bargain_and_not_asked_for_yet(case):
    told = case("c24").told("french")
    assert {one.report.id for one in told} == {"c24-b"}
    assert {one.claim.stage for one in em.stages(told)} == {Stage.INTENT}
    [leave] = [one for one in told if isinstance(one.claim, EmbargoIs)]
    assert leave.claim.stance is Stance.EXPECTS
    assert leave not in em.counted(told)


def test_training_is_offered_and_is_no_part_of_the_list(case):
    told = case("c24").told("training")
    assert {one.report.id for one in told} == {"c24-a", "c24-b"}
    assert {one.claim.stage for one in em.stages(told)} == {Stage.OFFERED}
    assert {one.claim.item.nature.value for one in em.goods(told)} == {"service"}


def test_battalions_trained_by_others_are_end_users_of_what_the_army_receives(case):
    told = em.parties(case("c24").told("arms"), Role.END_USER)
    assert {one.report.id for one in told} == {"c24-b", "c24-c"}
    assert {one.actor(one.claim.actor).unnamed for one in told} == {True}
    receivers = em.parties(case("c24").told("arms"), Role.RECIPIENT)
    assert {one.claim.actor for one in receivers} == {"faca"}


# Planned


def days_planned(case, report):
    """Return the days of what a report plans, by part."""
    return {
        part: str(told.claim.when.date) for part, told in planned(case, report).items()
    }


def test_control_three_days_told_as_one_delivery_or_as_done_are_found(spoilt):
    def joined(form):
        for row in form["claims"]:
            if row["id"].startswith("plan-"):
                row["about"] = "first"

    def done(form):
        [row] = [row for row in form["claims"] if row["id"] == "plan-second"]
        del row["stance"]

    found = days_planned(spoilt("c24", "b.report.json", joined), "c24-b")
    assert set(found) == {"first"}
    found = days_planned(spoilt("c24", "b.report.json", done), "c24-b")
    assert found == {"first": "2017-12-18", "third": "2018-04-01"}


def test_three_planned_days_are_three_parts_of_one_bargain(case):
    days = dict(zip(PARTS, ("2017-12-18", "2018-02-01", "2018-04-01"), strict=True))
    assert days_planned(case("c24"), "c24-a") == days
    assert days_planned(case("c24"), "c24-b") == days
    parts = {
        record.first
        for record in case("c24").records
        if isinstance(record, Link) and record.relation is LinkRelation.PART_OF
    }
    assert parts == {f"c24-a#{part}" for part in PARTS}


def test_a_plan_of_months_holds_the_days_of_other_pages_and_disputes_none(case):
    months = planned(case("c24"), "c24-c")
    assert [str(told.claim.when.date) for told in months.values()] == [
        "2017-12",
        "2018-02",
        "2018-04",
    ]
    for part in PARTS:
        told = case("c24").told(part)
        assert len(em.stages(told)) == 3
        assert em.disputes(told) == ()


def test_what_is_planned_counts_for_nothing(case):
    for part in PARTS:
        assert em.counted(case("c24").told(part)) == ()
        found = em.origins(case("c24").told(part))
        assert (found.at_least, found.at_most) == (0, 0)
    assert "EXPECTS (Russia > allAfrica): stage: delivered" in flat(case("c24"))
