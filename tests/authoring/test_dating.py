"""Printed dates become days by wording, rule and anchor, never by guess."""

import pytest

from embargo_monitor.errors import AuthoringError


def fault_of(authored, form):
    with pytest.raises(AuthoringError) as refused:
        authored(form)
    [fault] = refused.value.faults
    return fault


def when(authored, form):
    return authored(form).report.claims[0].when


def test_a_plain_date_is_a_printed_one(form, row, authored):
    row["when"] = "2025-12-20"
    assert str(when(authored, form).date) == "2025-12-20"


def test_the_anchor_is_the_publication_where_nothing_else_is_said(form, authored):
    made = when(authored, form)
    assert str(made.date) == "[2025-12-15..2025-12-21]"
    assert made.anchor.of.value == "published"


def test_the_place_of_the_wording_is_found(form, row, authored):
    row["when"]["translation"] = "la semaine dernière"
    made = when(authored, form)
    assert (made.quote.start, made.quote.end) == (26, 35)
    assert made.translation.text == "la semaine dernière"


def test_a_wording_that_repeats_has_no_place_and_that_is_told(form, row, authored):
    row["when"]["wording"] = "Ten trucks"
    made = authored(form)
    assert made.report.claims[0].when.quote is None
    assert "claims.sale.when: the wording stands more than once: no place" in map(
        str, made.filled
    )


def test_a_wording_that_stands_in_two_exhibits_has_no_place(form, row, authored):
    form["document"]["exhibits"]["copy"] = {"file": "text.txt"}
    row["quote"] = {"words": row["quote"], "exhibit": "text"}
    assert when(authored, form).quote is None


def test_a_wording_that_stands_nowhere_is_refused(form, row, authored):
    row["when"]["wording"] = "last month"
    assert "wording must be words that stand in the exhibit" in fault_of(authored, form)


def test_a_wording_without_exhibits_is_taken_on_trust(form, row, authored):
    del form["document"]["exhibits"]
    del row["quote"], row["translation"]
    row["when"]["wording"] = "last month"
    assert when(authored, form).wording == "last month"


def test_a_date_can_count_from_the_saying(form, row, authored):
    row["when"] = {"rule": "days-before@1 1", "anchor": "said"}
    assert str(when(authored, form).date) == "2025-12-22"


def test_a_date_can_count_from_the_writing(form, row, authored):
    row["when"] = {"rule": "days-before@1 1", "anchor": "written"}
    assert "anchor must be something with a date" in fault_of(authored, form)
    form["document"]["written"] = {"date": "2025-12-10"}
    assert str(when(authored, form).date) == "2025-12-09"


def test_a_date_can_count_from_a_day_with_a_reason(form, row, authored):
    anchor = {"day": "2025-12-01", "reason": "the day of the speech"}
    row["when"] = {"rule": "days-before@1 1", "anchor": anchor}
    assert str(when(authored, form).date) == "2025-11-30"


def test_a_date_can_count_from_another_rows_date_whatever_their_order(form, authored):
    form["claims"].insert(
        0,
        {
            "voice": "minister",
            "about": "deal",
            "stage": "signed",
            "when": {"rule": "after@1", "anchor": "sale"},
        },
    )
    made = authored(form)
    first = made.report.claims[0].when
    assert str(first.date) == "[2025-12-15..2025-12-23]"
    assert first.anchor.claim == "sale.stage"
    assert first.until.of.value == "said"
    assert (
        "claims.c1.when: [2025-12-15..2025-12-23]: after@1 from the date of claim"
        " sale.stage ([2025-12-15..2025-12-21]), not after the saying (2025-12-23)"
    ) in map(str, made.filled)


def test_what_was_filled_in_is_told_once_for_each_date(form, authored):
    form["claims"].append(
        {
            "voice": "minister",
            "about": "deal",
            "stage": "signed",
            "when": {"rule": "after@1", "anchor": "sale"},
        }
    )
    told = [one.where for one in authored(form).filled if one.where.endswith("when")]
    assert told == ["claims.sale.when", "claims.c2.when"]


def test_dates_that_wait_for_one_another_are_refused(form, row, authored):
    row["when"] = {"rule": "after@1", "anchor": "c2"}
    form["claims"].append(
        {
            "voice": "minister",
            "about": "deal",
            "stage": "signed",
            "when": {"rule": "after@1", "anchor": "sale"},
        }
    )
    with pytest.raises(AuthoringError) as refused:
        authored(form)
    assert all(
        "anchor must be a date that does not wait for this one" in fault
        for fault in refused.value.faults
    )
    assert len(refused.value.faults) == 2


def test_a_row_without_a_date_is_no_anchor(form, row, authored):
    form["claims"].append({"voice": "paper", "about": "deal", "stage": "talks"})
    row["when"]["anchor"] = "c2"
    assert "or a row that carries a date" in fault_of(authored, form)


def test_a_voice_without_a_date_of_its_own_is_no_anchor(form, authored):
    form["claims"].append(
        {
            "voice": "paper",
            "about": "deal",
            "stage": "signed",
            "when": {"rule": "days-before@1 1", "anchor": "said"},
        }
    )
    assert "anchor must be something with a date" in fault_of(authored, form)


def test_a_rule_and_a_date_are_one_too_many(form, row, authored):
    row["when"]["date"] = "2025-12-20"
    assert "date must be left out: previous-week-mon@1 gives it" in fault_of(
        authored, form
    )


def test_a_reading_of_ours_takes_the_date_and_a_reason(form, row, authored):
    row["when"] = {"date": "2024?", "rule": "reading@1", "reason": "2042 is a misprint"}
    made = when(authored, form)
    assert (str(made.date), str(made.rule)) == ("2024?", "reading@1")


def test_an_unknown_rule_names_the_known_ones(form, row, authored):
    row["when"]["rule"] = "last-week@1"
    assert "previous-week-mon@1" in fault_of(authored, form)


def test_a_saying_that_cannot_be_dated_is_told_by_voice(form, authored):
    form["voices"]["minister"][0]["said"]["rule"] = "weekday-on-or-before@1 someday"
    assert fault_of(authored, form).startswith("$.voices.minister: ")
