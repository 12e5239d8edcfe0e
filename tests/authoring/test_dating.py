"""Printed dates become days by wording, rule and anchor, and in no other way."""

import sys

import pytest

from embargo_monitor.model.stances import Known
from embargo_monitor.model.when import AnchorKind


def when(wording="", rule="", **more):
    return {
        name: one for name, one in (("wording", wording), ("rule", rule)) if one
    } | more


@pytest.fixture
def dated(claims):
    """Return the date of the first row with these parts, other rows beside it."""

    def make(date, *others, **parts):
        made = claims({"id": "x", "stage": "held", "when": date, **parts}, *others)
        return made["x.stage"].when

    return make


@pytest.fixture
def date_faults(row_faults):
    """Return the faults of a row with this date, other rows beside it."""

    def find(date, *others, **parts):
        row = {"id": "x", "stage": "held", "when": date, **parts}
        return [one.removesuffix(" [row x]") for one in row_faults(row, *others)]

    return find


@pytest.fixture
def spoken(form):
    """Let the minister speak on the Tuesday before publication."""
    said = when("on Tuesday", "weekday-on-or-before@1 tuesday")
    form["voices"]["minister"][0] = {"source": "minister", "said": said}


# --- as printed


def test_a_date_as_printed_is_plain_text(dated):
    found = dated("2025-12~")
    assert (str(found.date), found.rule, found.wording) == ("2025-12~", None, "")


def test_a_printed_date_may_have_its_wording_clock_and_translation(dated):
    found = dated(
        when("on Tuesday", date="2025-12-23", clock="07:00", translation="mardi")
    )
    assert (str(found.date), found.clock) == ("2025-12-23", "07:00")
    assert (found.translation.text, found.translation.by) == ("mardi", "ana")
    assert found.anchor is None


def test_a_date_without_rule_and_date_is_refused_with_what_it_may_mean(date_faults):
    [fault] = date_faults(when("last week"))
    assert fault == (
        "$.claims[0]: date must be given where no rule gives it; the wording may mean"
        " previous-week-any@1 (the hull of the three weeks, where the writer's week is"
        " not known) or previous-week-mon@1 (where weeks run from Monday to Sunday)"
        " or previous-week-sun@1 (where weeks run from Sunday to Saturday)"
        " or previous-week-sat@1 (where weeks run from Saturday to Friday), got ''"
    )


def test_a_year_that_is_not_printed_is_asked_for_with_a_reason(date_faults):
    offered = 'early@1, anchor {"day": "YYYY-03", "reason": ...} (the first half of it'
    for wording in ("in early March", "في أوائل آذار"):
        [fault] = [one for one in date_faults(when(wording)) if "may mean" in one]
        assert f"the wording may mean {offered}" in fault


def test_where_the_wording_is_not_known_nothing_is_suggested(date_faults):
    for date in (when("ten trucks"), when(known="unclear")):
        assert date_faults(date) == [
            "$.claims[0]: date must be given where no rule gives it, got ''"
        ]


def test_a_text_that_is_no_date_is_refused(date_faults):
    [fault] = date_faults("on the day of the race")
    assert fault == (
        "$.claims[0]: date must be an EDTF date of our profile: there are no spaces in"
        " it, got 'on the day of the race'"
    )


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("20 March 2024", "; write 2024-03-20,"),
        ("٢٠ مارس ٢٠٢٤", "; write 2024-03-20,"),
        ("03/04/2020", "; write 2020-04-03 or 2020-03-04,"),
        ("last month", "; put the words in `wording`, with a `rule`: month-before@1 ("),
    ],
)
def test_words_given_as_a_date_are_refused_with_what_they_may_mean(
    date_faults, form, faults, text, offered
):
    for date in (text, {"date": text}):
        [fault] = date_faults(date)
        assert offered in fault
    form["document"]["published"]["date"] = text
    [fault] = faults()
    assert ("; write " in fault) == ("; write " in offered)


def test_a_reading_of_ours_needs_a_reason_and_keeps_the_wording(dated, date_faults):
    read = when("last week", "reading@1", date="2025-12-16?")
    [fault] = date_faults(read)
    assert fault == "$.claims[0]: reason must be given with an inference, got ''"
    found = dated({**read, "reason": "the paper misprints it"})
    assert (str(found.date), str(found.rule)) == ("2025-12-16?", "reading@1")
    assert found.reason == "the paper misprints it"


def test_how_a_date_is_known_is_kept(dated, date_faults):
    inferred = {"date": "2025-12-20", "known": "inferred", "reason": "from the order"}
    assert dated(inferred).known is Known.INFERRED
    [fault] = date_faults({**inferred, "known": "guessed"})
    assert fault.startswith("$.claims[0]: known must be one of stated, inferred, uncl")


# --- the wording


def test_the_place_of_a_wording_is_found(dated):
    place = dated(when("last week", "previous-week-any@1")).quote
    assert (place.exhibit, place.start, place.end) == ("text", 88, 97)


def test_a_wording_that_stands_nowhere_is_refused(date_faults):
    assert date_faults(when("last month", "month-before@1")) == [
        "$.claims[0]: wording must be words that stand in the exhibit, got 'last month'"
    ]


def test_a_wording_that_stands_twice_has_no_place_and_that_is_told(
    authored, row, dated, files
):
    files["text.txt"] += b"It said so last week."
    date = when("last week", "previous-week-any@1")
    assert dated(date).quote is None
    told = map(str, authored(claims=[row(stage="held", when=date)]).filled)
    assert "claims.c1.when: the wording stands more than once: no place" in told


def test_a_wording_that_stands_in_two_texts_has_no_place(form, dated):
    form["document"]["exhibits"]["copy"] = {"file": "text.txt"}
    assert dated(when("last week", "previous-week-any@1")).quote is None


def test_without_an_exhibit_a_wording_is_kept_as_it_is(form, dated):
    del form["document"]["exhibits"]
    found = dated(when("last month", "month-before@1"))
    assert (found.wording, found.quote) == ("last month", None)


def test_a_wording_may_stand_in_any_of_several_texts(form, files, dated):
    files["b.txt"] = b"le mois dernier"
    form["document"]["exhibits"]["b"] = {"file": "b.txt"}
    assert dated(when("le mois dernier", "month-before@1")).quote.exhibit == "b"


# --- rule and anchor


@pytest.mark.parametrize(
    ("rule", "date"),
    [
        ("weekday-on-or-before@1 tuesday", "2025-12-23"),
        ("previous-week-any@1", "[2025-12-13..2025-12-21]"),
        ("latest-month-before@1 july", "2025-07"),
        ("decade-of-last-century@1 60", "196X"),
        ("before@1", "[..2025-12-24]"),
    ],
)
def test_a_rule_counts_from_the_day_of_publication_unless_told_otherwise(
    dated, rule, date
):
    found = dated(when(rule=rule))
    assert (str(found.date), str(found.rule)) == (date, rule)
    assert found.anchor.of is AnchorKind.PUBLISHED
    assert found == dated(when(rule=rule, anchor="published"))


def test_how_a_date_was_counted_is_told(authored, row):
    rows = [row(stage="held", when=when("last week", "previous-week-mon@1"))]
    assert (
        "claims.c1.when: [2025-12-15..2025-12-21]: previous-week-mon@1 from publication"
        " (2025-12-24)" in map(str, authored(claims=rows).filled)
    )


def test_a_rule_may_count_from_the_day_of_writing(form, dated):
    form["document"]["written"] = {"date": "2025-11-30"}
    found = dated(when(rule="month-before@1", anchor="written"))
    assert (str(found.date), found.anchor.of) == ("2025-10", AnchorKind.WRITTEN)


def test_a_rule_may_count_from_a_day_with_a_reason(dated, date_faults):
    day = {"day": "2025-03-01", "reason": "the dateline"}
    found = dated(when(rule="days-before@1 1", anchor=day))
    assert (str(found.date), found.anchor.reason) == ("2025-02-28", "the dateline")
    [fault] = date_faults(when(rule="days-before@1 1", anchor={"day": "2025-03-01"}))
    assert fault == "$.claims[0]: reason must be given with a day anchor, got ''"


def test_a_rule_may_count_from_what_the_wording_names(dated):
    found = dated(when(rule="early@1", anchor={"printed": "2017"}))
    assert str(found.date) == "[2017-01-01..2017-07-02]"
    assert (found.anchor.of, str(found.anchor.day)) == (AnchorKind.PRINTED, "2017")


UNNAMED = (
    "$.claims[0]: printed must be what the wording itself names; a year that it does"
    " not name is yours: give `day` with a reason, got {!r}"
)


@pytest.mark.parametrize(
    ("wording", "rule", "printed"),
    [
        ("in early March", "early@1", "2024-03"),
        ("في أوائل آذار", "early@1", "2024-03"),
        ("last week", "early@1", "2025-12"),
        ("early 2017", "early@1", "2018"),
        ("مطلع ٢٠١٧", "early@1", "2018"),
        ("in the hot days of 1999", "early@1", "198X"),
        ("between 2017 and 2019", "before@1", "2017/2018"),
    ],
)
def test_a_printed_anchor_that_the_wording_does_not_name_is_refused(
    date_faults, files, wording, rule, printed
):
    files["text.txt"] += f"And {wording}.".encode()
    date = when(wording, rule, anchor={"printed": printed})
    assert UNNAMED.format(printed) in date_faults(date)


@pytest.mark.parametrize(
    ("wording", "printed"),
    [
        ("early 2017", "2017"),
        ("مطلع ٢٠١٧", "2017"),
        ("early in the season of '17", "2017"),
        ("early in the 1960s", "196X"),
        ("early in the 60s", "196X"),
        ("early seventies", "197X"),
        ("early in the 20th century", "19XX"),
        ("early in the 1900s", "19XX"),
        ("early in the reign, 2017-18", "2017?"),
    ],
)
def test_a_printed_anchor_may_be_named_in_short_or_as_we_read_it(
    authored, row, files, wording, printed
):
    files["text.txt"] += f"And {wording}.".encode()
    date = when(wording, "early@1", anchor={"printed": printed})
    made = authored(claims=[row(id="x", stage="held", when=date)])
    [told] = [one.what for one in made.filled if one.where == "claims.x.when"]
    assert "digits" not in told


@pytest.mark.parametrize(
    "wording",
    ["", "early in two thousand and seventeen", "early on the 3rd, that year"],
)
def test_a_year_that_cannot_be_seen_in_the_wording_is_pointed_out(
    authored, row, files, wording
):
    files["text.txt"] += f"And {wording}.".encode()
    date = when(wording, "early@1", anchor={"printed": "2017"})
    made = authored(claims=[row(id="x", stage="held", when=date)])
    told = (
        "claims.x.when: [2017-01-01..2017-07-02]: early@1 from 2017 (2017), though the"
        " wording shows no digits of 2017"
    )
    assert told in map(str, made.filled)


def test_what_bounds_a_date_must_be_named_as_well(date_faults, dated, files):
    files["text.txt"] += b"And between 2017 and 2019."
    ends = {"anchor": {"printed": "2017"}, "until": {"printed": "2019"}}
    found = dated(when("between 2017 and 2019", "after@1", **ends))
    assert str(found.date) == "[2017..2019]"
    ends["until"] = {"printed": "2020"}
    found = date_faults(when("between 2017 and 2019", "after@1", **ends))
    assert found == [UNNAMED.format("2020")]


def test_a_year_of_ours_is_a_day_with_a_reason(dated):
    day = {"day": "2024-03", "reason": "the paper is of May 2024"}
    found = dated(when(rule="early@1", anchor=day))
    assert (str(found.date), found.anchor.of) == (
        "[2024-03-01..2024-03-16]",
        AnchorKind.DAY,
    )


@pytest.mark.parametrize("anchor", [{}, {"day": "2017", "printed": "2017"}])
def test_an_anchor_is_a_day_of_ours_or_a_printed_one(date_faults, anchor):
    assert date_faults(when(rule="early@1", anchor=anchor))[0].startswith(
        "$.claims[0]: anchor must be either a day of yours or a printed one"
    )


# --- other calendars and readings


def test_a_printed_date_of_another_calendar_is_converted_and_told(authored, row):
    rule = "hijri-lunar@1 1447-07-03"
    made = authored(claims=[row(stage="held", when=when("last week", rule))])
    [claim] = made.report.claims
    assert str(claim.when.date) == "[2025-12-22..2025-12-24]"
    assert (str(claim.when.rule), claim.when.anchor) == (rule, None)
    told = "claims.c1.when: [2025-12-22..2025-12-24]: hijri-lunar@1 1447-07-03"
    assert told in map(str, made.filled)


def test_a_date_given_beside_a_calendar_is_refused(date_faults):
    date = when(rule="hijri-lunar@1 1447-07-03", date="2025-12-23")
    [fault] = date_faults(date)
    assert fault.startswith("$.claims[0]: date must be left out: hijri-lunar@1 1447-07")


def test_a_year_that_no_table_has_is_refused(date_faults):
    [fault] = date_faults(when(rule="hijri-lunar@1 1300-07-03"))
    assert fault.startswith("$.claims[0]: argument must be a date in the years 1343")


def test_without_the_extra_a_form_says_what_to_install(date_faults, monkeypatch):
    monkeypatch.setitem(sys.modules, "hijridate", None)
    [fault] = date_faults(when(rule="hijri-lunar@1 1447-07-03"))
    assert fault == (
        "$.claims[0]: hijri-lunar@1 needs the extra calendars: install"
        " embargo-monitor[calendars]"
    )


AGAINST = {"rule": "reading@1", "date": "2025-12-15?", "reason": "their own release"}


def test_a_reading_against_a_rule_keeps_that_rule_and_what_it_counts_from(
    authored, row
):
    against = {"wording": "on Tuesday", **AGAINST, "against": "weekday-before@1 monday"}
    made = authored(claims=[row(stage="held", when=against)])
    [claim] = made.report.claims
    found = claim.when
    assert (str(found.rule), str(found.date)) == ("reading@1", "2025-12-15?")
    assert str(found.against) == "weekday-before@1 monday"
    assert found.anchor.of is AnchorKind.PUBLISHED
    told = (
        "claims.c1.when: 2025-12-15?: read against 2025-12-22: weekday-before@1 monday"
        " from publication (2025-12-24)"
    )
    assert told in map(str, made.filled)


@pytest.mark.usefixtures("spoken")
def test_a_reading_against_what_is_bounded_keeps_the_bound(dated):
    day = {"day": "2025-12-01", "reason": "the order"}
    found = dated({**AGAINST, "against": "after@1", "anchor": day})
    assert (found.anchor.of, found.until.of) == (AnchorKind.DAY, AnchorKind.SAID)


def test_a_reading_against_a_calendar_counts_from_nothing(dated, date_faults):
    """And needs no table, so that what none has can be read."""
    against = {**AGAINST, "against": "hijri-lunar@1 1300-07-03"}
    found = dated(against)
    assert (str(found.against), found.anchor) == ("hijri-lunar@1 1300-07-03", None)
    [fault] = date_faults({**against, "anchor": "said"})
    assert fault.startswith("$.claims[0]: anchor must be left out without a rule")


@pytest.mark.parametrize(
    "date",
    [
        {"date": "2025-12-15", "against": "month-before@1"},
        when(rule="month-before@1", against="month-before@1"),
    ],
)
def test_only_a_reading_goes_against_a_rule(date_faults, date):
    assert date_faults(date) == [
        "$.claims[0]: against must be left out without reading@1, got 'month-before@1'"
    ]


def test_a_reading_goes_against_a_rule_that_is_known_and_can_count(date_faults):
    [fault] = date_faults({**AGAINST, "against": "month-befor@1"})
    assert fault.startswith("$.claims[0]: rule must be one of")
    [fault] = date_faults({**AGAINST, "against": "month-before@1", "anchor": "said"})
    assert fault == "$.claims[0]: anchor must be something with a date, got 'said'"
    [fault] = date_faults({**AGAINST, "against": "reading@1"})
    assert fault.startswith("$.claims[0]: against must be a rule that gives a date")


@pytest.mark.usefixtures("spoken")
def test_a_rule_may_count_from_the_saying_of_the_rows_voice(dated):
    found = dated(when(rule="days-before@1 2", anchor="said"))
    assert (str(found.date), found.anchor.of) == ("2025-12-21", AnchorKind.SAID)


def test_a_rule_may_count_from_the_date_of_another_row(dated):
    week = {"id": "week", "embargo": "x", "position": "began"}
    week["when"] = when("last week", "previous-week-any@1")
    for anchor in ("week", "week.embargo"):
        found = dated(when(rule="month-before@1", anchor=anchor), week)
        assert (str(found.date), found.anchor.claim) == ("2025-11", "week.embargo")


@pytest.mark.usefixtures("spoken")
def test_after_is_bounded_by_the_saying_unless_told_otherwise(dated):
    week = {
        "id": "week",
        "stage": "held",
        "when": when("last week", "previous-week-any@1"),
    }
    after = when(rule="after@1", anchor="week")
    found = dated(after, week)
    assert str(found.date) == "[2025-12-13..2025-12-23]"
    assert (found.anchor.claim, found.until.of) == ("week.stage", AnchorKind.SAID)
    published = dated({**after, "until": "published"}, week)
    assert str(published.date) == "[2025-12-13..2025-12-24]"


def test_a_bounded_date_tells_both_what_it_counts_from_and_its_bound(authored, row):
    after = when(rule="after@1", anchor={"day": "2025-12-01", "reason": "x"})
    rows = [row(stage="held", when={**after, "until": "published"})]
    assert (
        "claims.c1.when: [2025-12-01..2025-12-24]: after@1 from 2025-12-01"
        " (2025-12-01), not after publication (2025-12-24)"
        in map(str, authored(claims=rows).filled)
    )


def test_dates_may_count_from_one_another_in_any_order(dated):
    rows = [
        {"id": "b", "stage": "held", "when": when(rule="month-before@1", anchor="c")},
        {"id": "c", "stage": "paid", "when": when(rule="month-before@1")},
    ]
    found = dated(when(rule="month-before@1", anchor="b"), *rows)
    assert str(found.date) == "2025-09"


def test_many_dates_that_each_count_twice_from_the_one_before_are_read_soon(dated):
    """Counted again for each that asks, they would take 2 to the 40th steps."""
    both = {"rule": "after@1", "anchor": "r0", "until": "r0"}
    first = {"id": "r0", "stage": "held", "when": "2025-12-01"}
    others = [
        {
            "id": f"r{n}",
            "stage": "held",
            "when": {**both, "anchor": f"r{n - 1}", "until": f"r{n - 1}"},
        }
        for n in range(1, 41)
    ]
    last = {**both, "anchor": "r40", "until": "r40"}
    assert str(dated(last, *reversed(others), first).date) == "2025-12-01"


# --- refused


@pytest.mark.parametrize(
    ("date", "fault"),
    [
        (when(rule="last-week"), "rule must be one of weekday-on-or-before@1,"),
        (when(rule="days-before@1 x"), "argument must be a number of days"),
        (
            when(rule="month-before@1", date="2025-11"),
            "date must be left out: month-before@1 gives it, got '2025-11'",
        ),
        (
            {"date": "2025-11", "anchor": "published"},
            "anchor must be left out without a rule that counts from it",
        ),
        (
            when("last week", "reading@1", date="2025", reason="x", anchor="said"),
            "anchor must be left out without a rule that counts from it",
        ),
        (
            when(rule="month-before@1", until="published"),
            "until must be left out without after@1, got 'published'",
        ),
        (
            when(rule="month-before@1", anchor="yesterday"),
            "anchor must be published, written, said, or a row that carries a date",
        ),
        (
            when(rule="after@1", until="paid"),
            "until must be published, written, said, or a row that carries a date",
        ),
        (
            when(rule="month-before@1", anchor="paid"),
            "anchor must be published, written, said, or a row that carries a date",
        ),
        (
            when(rule="month-before@1", anchor="written"),
            "anchor must be something with a date, got 'written'",
        ),
        (
            when(rule="month-before@1", anchor="said"),
            "anchor must be something with a date, got 'said'",
        ),
        (when(rule="after@1"), "until must be something with a date, got 'said'"),
        (
            when(rule="month-before@1", anchor={"day": "today", "reason": "x"}),
            "date must be an EDTF date of our profile",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused_and_nothing_is_guessed(
    date_faults, date, fault
):
    [told] = date_faults(date, {"id": "paid", "stage": "paid"})
    assert told.startswith(f"$.claims[0]: {fault}")


def test_a_document_without_a_day_is_no_anchor(form, date_faults):
    del form["document"]["published"]
    assert date_faults(when(rule="month-before@1")) == [
        "$.claims[0]: anchor must be something with a date, got 'published'"
    ]


def test_dates_that_wait_for_one_another_are_refused_each(date_faults):
    rows = [
        {"id": "y", "stage": "held", "when": when(rule="month-before@1", anchor="z")},
        {"id": "z", "stage": "held", "when": when(rule="month-before@1", anchor="x")},
    ]
    faults = date_faults(when(rule="month-before@1", anchor="y"), *rows)
    assert [fault.split(":")[0] for fault in faults] == [
        "$.claims[0]",
        "$.claims[1]",
        "$.claims[2]",
    ]
    assert all(
        "anchor must be a date that does not wait for this one" in one for one in faults
    )


def test_a_date_that_waits_for_itself_is_refused(date_faults):
    [fault] = date_faults(when(rule="month-before@1", anchor="x"))
    assert fault.startswith("$.claims[0]: anchor must be a date that does not wait")


def test_a_saying_may_count_from_a_row_of_another_voice(form, authored, row):
    held = {"id": "held", "voice": "paper", "stage": "held", "when": "2025-12-20"}
    said = when(rule="days-before@1 1", anchor="held")
    form["voices"]["minister"][0] = {"source": "minister", "said": said}
    made = authored(claims=[row(stage="paid"), {**held, "about": "deal"}])
    first = made.report.voices[0].speakers[0]
    assert str(first.said.date) == "2025-12-19"


def test_a_saying_that_waits_for_a_row_that_waits_for_it_is_refused(form, row_faults):
    said = when(rule="month-before@1", anchor="held")
    form["voices"]["minister"][0] = {"source": "minister", "said": said}
    held = {"id": "held", "stage": "held", "when": when(rule="after@1", anchor="said")}
    faults = row_faults(held)
    assert [fault.split(": ")[0] for fault in faults] == [
        "$.voices.minister",
        "$.claims[0]",
    ]


def test_a_saying_has_no_saying_of_its_own_to_count_from(form, faults):
    said = when(rule="month-before@1", anchor="said")
    form["voices"]["minister"][0] = {"source": "minister", "said": said}
    assert faults() == [
        "$.voices.minister: anchor must be something with a date, got 'said'"
    ]


def test_a_row_of_an_unknown_voice_has_that_fault_alone(date_faults):
    date = when(rule="month-before@1", anchor="said")
    assert date_faults(date, voice="ministr") == [
        "$.claims[0]: unknown voice 'ministr'; near: minister"
    ]


def test_what_counts_from_a_date_with_a_fault_has_none_of_its_own(date_faults):
    wrong = {"id": "wrong", "stage": "held", "when": when(rule="month-befor@1")}
    [fault] = date_faults(when(rule="month-before@1", anchor="wrong"), wrong)
    assert fault.startswith("$.claims[1]: rule must be one of")


def test_a_wrong_wording_keeps_nothing_from_counting_from_the_date(date_faults):
    wrong = {"id": "wrong", "stage": "held", "when": when("nowhere", "month-before@1")}
    [fault] = date_faults(when(rule="month-before@1", anchor="wrong"), wrong)
    assert fault.startswith("$.claims[1]: wording must be words that stand")


def test_a_date_has_all_its_faults_told(date_faults):
    date = when("nowhere", "month-befor@1", known="maybe")
    assert len(date_faults(date)) == 3


def test_a_date_belongs_to_the_step_or_else_to_what_the_row_says(claims):
    date = "2025-12-01"
    rows = [
        {"stage": "held", "value": "3 USD", "when": date},
        {"embargo": "x", "position": "began", "says": "so", "when": date},
        {"about": "rebels", "actor_is": "name", "text": "R", "when": date},
        {"says": "so", "value": "3 USD", "when": date},
        {"value": "3 USD", "goods": "arms: x", "when": date},
        {"goods": "arms: x", "supplier": "PK", "when": date},
    ]
    dated = [id for id, one in claims(*rows).items() if getattr(one, "when", None)]
    assert dated == [
        "c1.stage",
        "c2.embargo",
        "c3.actor_is",
        "c4.says",
        "c5.value",
        "c6.goods",
    ]


def _chain(length):
    """Rows that each count from the next; the last has a date of its own."""
    waiting = [
        when("last week", "days-before@1 1", anchor=f"n{nth + 1}")
        for nth in range(length)
    ]
    dates = [*waiting, "2025-12-23"]
    return [
        {"id": f"n{nth}", "says": "so it was", "when": date}
        for nth, date in enumerate(dates)
    ]


def test_a_hundred_dates_may_wait_for_one_in_a_row(claims):
    made = claims(*_chain(100))
    assert str(made["n0.says"].when.date) == "2025-09-14"


def test_more_dates_in_a_row_are_refused_and_not_by_python(row_faults):
    faults = row_faults(*_chain(1_000))
    assert len(faults) == 900
    assert faults[0] == (
        "$.claims[0]: anchor must be a date for which at most 100 others wait in a row,"
        " got 'claims.n101.when' [row n0]"
    )
