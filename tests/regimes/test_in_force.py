"""What was in force when: for every regime and day, by a naive reading of the YAML."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes import (
    Binding,
    Coverage,
    Mark,
    Register,
    TargetKind,
    confirmed_until,
    exemptions_on,
    in_force,
    phases_on,
)

REGISTER = Register.bundled()
DAY = timedelta(days=1)
YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO


def truth(id_, day):
    when = ImpreciseDate(day) if isinstance(day, str) else day
    return in_force(REGISTER.regime(id_), when).truth


def because(id_, day):
    return in_force(REGISTER.regime(id_), ImpreciseDate(day)).because


def phase(id_, day):
    [found] = phases_on(REGISTER.regime(id_), ImpreciseDate(day))
    assert found.truth is YES
    return found.phase


# --- a second, naive implementation ------------------------------------------------


def naive(regime, day):
    text = day.isoformat()
    recalled = {
        act["date"]
        for act in [regime["start"], *regime["amendments"], regime["end"] or {}]
        if act.get("day_recalled")
    }
    barred = [
        one
        for one in regime["phases"]
        if one["from"] <= text and (one["to"] is None or text < one["to"])
    ]
    edges = {one["from"] for one in regime["phases"]} ^ {
        one["to"] for one in regime["phases"]
    }
    if any(edge in recalled and edge[:7] == text[:7] for edge in edges - {None}):
        return MAYBE
    if not barred:
        return NO
    evidence = regime.get("in_force")
    if evidence:
        confirmed = "2026-11-23"
        if "sunset" in evidence:
            confirmed = min(confirmed, evidence["sunset"]["until"])
        elif regime["status"] != "in_force":
            confirmed = min(confirmed, evidence["evidence_latest"])
        if text > confirmed:
            return MAYBE
    return YES


def edges(regime):
    days = set()
    for one in regime["phases"]:
        days |= {one["from"], one["to"]}
    for act in (regime["start"], regime["end"] or {}):
        days.add(act.get("date"))
    evidence = regime.get("in_force", {})
    days |= {evidence.get("evidence_latest"), evidence.get("sunset", {}).get("until")}
    return [date.fromisoformat(one) for one in days - {None}]


def test_around_every_edge_of_every_regime_the_answer_is_the_naive_one(compiled):
    for regime in compiled["regimes"]:
        for edge in edges(regime):
            for day in (edge + step * DAY for step in (-32, -1, 0, 1, 32)):
                found = truth(regime["id"], day)
                assert found is naive(regime, day), (regime["id"], day)


def test_every_two_months_since_1945_the_answer_is_the_naive_one(compiled):
    days = [date(1945, 1, 1) + step * DAY for step in range(0, 30_500, 61)]
    for regime in compiled["regimes"]:
        ours = REGISTER.regime(regime["id"])
        for day in days:
            assert in_force(ours, day).truth is naive(regime, day), (ours.id, day)


@pytest.mark.parametrize("regime", REGISTER.regimes, ids=lambda one: one.id)
def test_first_day_last_day_and_the_days_beside_them(regime):
    certain = not any(act.day_recalled for act in regime.acts_on(regime.first))
    assert in_force(regime, regime.first).truth is (YES if certain else MAYBE)
    assert in_force(regime, regime.first - DAY).truth is not YES
    if regime.last:
        after = regime.last + DAY
        certain = not any(act.day_recalled for act in regime.acts_on(after))
        assert in_force(regime, regime.last).truth is (YES if certain else MAYBE)
        assert in_force(regime, after).truth is (NO if certain else MAYBE)
        assert in_force(regime, after + 32 * DAY).truth is NO
    else:
        confirmed = confirmed_until(regime)
        assert in_force(regime, confirmed).truth is (
            MAYBE if confirmed == regime.first and not certain else YES
        )
        assert in_force(regime, confirmed + DAY).truth is MAYBE


@given(st.sampled_from(REGISTER.regimes), st.dates(), st.dates(), st.integers(0, 60))
def test_a_narrower_date_is_answered_alike_or_the_wider_was_maybe(
    regime, day, other, step
):
    low, high = sorted((day, other))
    wider = in_force(regime, ImpreciseDate.between(low, high)).truth
    inner = min(high, low + step * DAY) if low < date.max - 60 * DAY else low
    narrower = in_force(regime, inner).truth
    assert wider in (narrower, MAYBE)


# --- single cases, each with its instrument ----------------------------------------


def test_libya_was_not_under_embargo_between_the_two_regimes():
    assert truth("un-libya-1992", "1999-04-04") is YES
    assert truth("un-libya-1992", "2000") is NO
    assert truth("un-libya-2011", "2011-02-25") is NO
    assert truth("un-libya-2011", "2011-02-26") is YES
    assert "Suspended on 5 April 1999" in because("un-libya-1992", "2001-01-01")
    assert "UNSCR 1506 (2003)" in because("un-libya-1992", "2003-09-12")
    assert "begins on 2011-02-26" in because("un-libya-2011", "2010")


def test_a_gap_before_the_first_day_says_that_it_was_not_yet_in_effect():
    assert truth("un-libya-1992", "1992-04-14") is NO
    assert "in effect on 15 April 1992" in because("un-libya-1992", "1992-04-01")
    assert truth("un-haiti-1993", "1993-09-01") is NO
    assert "Suspended by 861" in because("un-haiti-1993", "1993-09-01")


def test_days_on_both_sides_of_a_regime_have_two_reasons():
    days = "[2000-01-01,2020-01-01]"
    found = in_force(REGISTER.regime("un-eritrea-2009"), ImpreciseDate(days))
    assert found.truth is NO
    assert "begins on 2009-12-23" in found.because
    assert "its last day is 2018-11-13" in found.because


def test_an_assumed_end_says_so_and_bears_its_own_mark():
    found = in_force(REGISTER.regime("un-vol-yemen-1994"), date(1995, 1, 1))
    assert found.truth is NO
    assert "assumed" in found.because
    assert found.mark is REGISTER.regime("un-vol-yemen-1994").end.mark


def test_a_renewal_that_ran_out_leaves_maybe_and_names_it():
    assert truth("un-south-sudan-2018", "2026-05-31") is YES
    assert truth("un-south-sudan-2018", "2026-06-01") is MAYBE
    told = because("un-south-sudan-2018", "2026-06-01")
    assert "UNSCR 2781 (2025)" in told
    assert "not found" in told


def test_a_renewal_without_word_of_a_later_one_is_named_alone():
    assert because("eu-belarus-2011", "2027-03-01").endswith(
        "when the register was last checked"
    )


def test_a_dormant_regime_is_maybe_after_its_newest_evidence():
    assert truth("las-syria-2011", "2022-12-31") is YES
    assert truth("las-syria-2011", "2023-01-01") is MAYBE
    assert "dormant or disputed" in because("las-syria-2011", "2024")


def test_nothing_is_certain_after_the_register_was_checked():
    assert truth("un-libya-2011", "2026-11-23") is YES
    assert truth("un-libya-2011", "2026-11-24") is MAYBE


def test_a_recalled_day_leaves_its_month_open():
    recalled = [one for one in REGISTER if one.start.day_recalled and one.end]
    assert len(recalled) == 2
    for regime in recalled:
        assert in_force(regime, regime.first.replace(day=1)).truth is MAYBE
        assert "is recalled" in in_force(regime, regime.first).because
        assert in_force(regime, regime.first.replace(day=1) - DAY).truth is NO
        assert in_force(regime, regime.first + 32 * DAY).truth is YES


def test_a_recalled_end_leaves_its_month_open():
    [regime] = [one for one in REGISTER if one.end and one.end.day_recalled]
    found = in_force(regime, regime.last)
    assert found.truth is MAYBE
    assert f"its last day, {regime.last}, is recalled" in found.because


def test_a_vague_date_that_straddles_an_edge_is_maybe_and_says_why():
    assert truth("un-libya-2011", "2011-02") is MAYBE
    assert "a day within or without" in because("un-libya-2011", "2011-02")
    assert truth("un-libya-2011", "2011-03") is YES
    assert truth("un-libya-2011", "2011-01") is NO
    assert truth("un-libya-2011", "2011-02/2011-03") is MAYBE


def test_a_recalled_boundary_makes_both_phases_possible():
    korea = REGISTER.regime("un-north-korea-2006")
    found = phases_on(korea, date(2016, 3, 15))
    assert [one.truth for one in found] == [MAYBE, MAYBE]
    assert in_force(korea, date(2016, 3, 15)).truth is YES


def test_a_clock_time_is_no_day():
    for ask in (in_force, phases_on, exemptions_on):
        with pytest.raises(InvalidValueError, match="clock time"):
            ask(REGISTER.regime("un-libya-2011"), datetime(2020, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("id_", "day", "kind", "state_forces"),
    [
        ("un-drc-2003", "2008-03-30", TargetKind.CONDITIONAL, Coverage.CONDITIONAL),
        ("un-drc-2003", "2009", TargetKind.NON_STATE, Coverage.NOTIFY),
        ("un-drc-2003", "2024", TargetKind.NON_STATE, Coverage.NO),
        ("un-somalia-1992", "2000", TargetKind.ALL_RECIPIENTS, Coverage.YES),
        ("un-al-shabaab-2023", "2024", TargetKind.NON_STATE, Coverage.NO),
        ("un-sudan-darfur-2004", "2004-12", TargetKind.NON_STATE, Coverage.NO),
        ("un-sudan-darfur-2004", "2020", TargetKind.PART, Coverage.YES),
        ("eu-sudan-1994", "2020", TargetKind.ALL_RECIPIENTS, Coverage.YES),
        ("un-yemen-houthi-2015", "2020", TargetKind.LISTED, Coverage.NO),
        ("un-yemen-houthi-2015", "2023", TargetKind.NON_STATE, Coverage.NO),
        (
            "un-cote-divoire-2004",
            "2014-03",
            TargetKind.CONDITIONAL,
            Coverage.CONDITIONAL,
        ),
        ("un-cote-divoire-2004", "2014-05", TargetKind.CONDITIONAL, Coverage.NOTIFY),
        ("un-rwanda-1994", "1995-08-15", TargetKind.ALL_RECIPIENTS, Coverage.YES),
        ("un-rwanda-1994", "1995-08-16", TargetKind.NON_STATE, Coverage.NOTIFY),
        ("un-taliban-2002", "2022", TargetKind.LISTED, Coverage.UNCLEAR),
    ],
)
def test_who_was_covered_when(id_, day, kind, state_forces):
    found = phase(id_, day)
    assert (found.target_kind, found.state_forces) == (kind, state_forces)


def test_eritrea_ended_in_november_2018_by_2444():
    assert truth("un-eritrea-2009", "2018-11-13") is YES
    assert truth("un-eritrea-2009", "2018-11-14") is NO
    assert "UNSCR 2444 (2018)" in because("un-eritrea-2009", "2019")


def test_iran_had_none_between_the_expiry_and_the_snapback():
    assert truth("un-iran-2006", "2023-10-17") is YES
    assert truth("un-iran-2006", "2023-10-18") is NO
    assert truth("un-iran-2025", "2025-09-27") is NO
    assert truth("un-iran-2025", "2025-09-28") is YES
    assert "dispute" in REGISTER.regime("un-iran-2025").note


def test_exemptions_are_those_of_the_day():
    libya = REGISTER.regime("un-libya-2011")

    def refs(day):
        return {one.exemption.ref for one in exemptions_on(libya, day)}

    assert "UNSCR 2769 (2025)" not in refs(date(2025, 1, 15))
    assert "UNSCR 2769 (2025)" in refs(date(2025, 1, 16))
    assert "UNSCR 2009 (2011) para 13(a)" in refs(date(2014, 8, 26))
    assert "UNSCR 2009 (2011) para 13(a)" not in refs(date(2014, 8, 27))
    january = exemptions_on(libya, ImpreciseDate("2025-01"))
    truths = {one.exemption.ref: one.truth for one in january}
    assert truths["UNSCR 2769 (2025)"] is MAYBE
    assert truths["UNSCR 1970 (2011) para 9(c)"] is YES
    assert exemptions_on(libya, date(2010, 1, 1)) == ()


def test_a_regime_is_found_by_target_issuer_and_binding():
    def ids(**asked):
        return [one.regime.id for one in REGISTER.in_force(date(2025, 12, 20), **asked)]

    assert ids(target="LY") == ["eu-libya-2011", "un-libya-2011"]
    assert ids(target="lna") == ["un-libya-2011"]
    assert ids(target="PK") == []
    assert ids(target="CN", issuer="european") == ["eu-china-1989"]
    assert ids(target="CN", binding=Binding.MANDATORY) == []
    assert ids(target="CN", binding=Binding.POLITICAL) == ["eu-china-1989"]
    assert "unga-myanmar-2021" in ids(binding=Binding.VOLUNTARY)
    assert len(ids()) == len(REGISTER.in_force(date(2025, 12, 20)))


def test_how_a_regime_bound_is_that_of_the_phase():
    early = REGISTER.in_force(date(1990, 1, 1), target="LY", binding=Binding.POLITICAL)
    assert [one.regime.id for one in early] == ["eu-libya-1986"]
    late = REGISTER.in_force(date(2001, 1, 1), target="LY", binding=Binding.POLITICAL)
    assert late == ()


def test_a_former_code_of_a_target_finds_it_too():
    found = REGISTER.in_force(date(1995, 1, 1), target="ZRCD")
    assert [one.regime.id for one in found] == ["eu-drc-1993"]


def test_marks_go_with_the_answer():
    assert in_force(REGISTER.regime("un-libya-2011"), date(2020, 1, 1)).mark is (
        Mark.TWO_SOURCES
    )
    iran = REGISTER.regime("un-iran-2006")
    [found] = phases_on(iran, date(2018, 1, 1))
    assert found.mark is Mark.RECALLED  # implementation day, 16 January 2016


def test_unknown_ids_are_refused_with_near_ones():
    with pytest.raises(UnknownNameError, match="un-libya-2011"):
        REGISTER.regime("un-lybia-2011")
    with pytest.raises(UnknownNameError, match="eu-libya-1986"):
        REGISTER.regime("libya")
    with pytest.raises(UnknownNameError, match="unknown body"):
        REGISTER.body("")
    assert REGISTER.source("un-2806").publisher
    with pytest.raises(UnknownNameError, match="unknown source"):
        REGISTER.source("x")


def test_an_act_prints_with_its_doubts():
    regime = REGISTER.regime("un-libya-2011")
    assert str(regime) == "UN arms embargo on Libya (un-libya-2011)"
    acts = {str(one) for one in regime.amendments}
    assert "UNSCR 2144 (2014), 2014-03-14 (two sources; day recalled)" in acts
    told = in_force(REGISTER.regime("eu-cote-divoire-2004"), date(2004, 12, 1)).because
    assert told.endswith("2004-12-13 (one source; another source: 2004-11-15))")
    assert repr(REGISTER).startswith("Register(regimes=<100>, bodies=<9>")


def test_what_expired_is_an_act_of_the_day_after_its_last():
    regime = REGISTER.regime("un-ethiopia-eritrea-2000")
    assert regime.last == regime.end.date
    assert regime.end in regime.acts_on(regime.last + DAY)
    assert regime.end in regime.acts_on(regime.last)
