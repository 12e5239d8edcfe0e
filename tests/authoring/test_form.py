"""The authoring form: its shape is strict, and every fault of it has a path."""

import pytest

from embargo_monitor.authoring import author
from embargo_monitor.errors import AuthoringError, NewerVersionError


def test_the_least_that_can_be_written_is_a_report():
    form = {
        "report": "r-1",
        "document": {"titles": {"en": "Trucks"}, "publisher": "paper"},
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {},
        "claims": [],
    }
    made = author(form, read={}.__getitem__)
    assert made.report.id == "r-1"
    assert (made.exhibits, made.filled) == ({}, ())


@pytest.mark.parametrize("field", ["report", "document", "sources", "voices", "claims"])
def test_what_every_form_needs_is_missed_by_name(form, read, field):
    del form[field]
    with pytest.raises(AuthoringError) as refused:
        author(form, read=read)
    assert refused.value.faults == (f"$.{field}: is missing",)


def test_a_form_of_a_newer_version_asks_for_a_newer_library(authored):
    with pytest.raises(NewerVersionError, match="newer version of embargo_monitor"):
        authored(form=2)


@pytest.mark.parametrize(
    ("version", "fault"),
    [
        (0, "$: form must be 1, got 0"),
        ("1", "$.form: the value must be a whole number, got '1'"),
        (True, "$.form: the value must be a whole number, got True"),
    ],
)
def test_a_form_of_no_version_of_ours_is_refused(faults, version, fault):
    assert faults(form=version) == [fault]


@pytest.mark.parametrize("written", ["report", 5, ["report"], True])
def test_what_is_no_object_is_no_form(read, written):
    with pytest.raises(AuthoringError) as refused:
        author(written, read=read)
    assert refused.value.faults == (f"$: the value must be an object, got {written!r}",)


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("actors", [], "an object"),
        ("sources", "paper", "an object"),
        ("document", [], "an object"),
        ("claims", {}, "a list"),
    ],
)
def test_a_table_of_another_shape_is_refused(faults, field, value, wanted):
    told = faults(**{field: value})
    assert f"$.{field}: {field} must be {wanted}, got {value!r}" in told


def test_an_unknown_field_is_refused_with_the_names_near_it(row_faults):
    assert row_faults({"suplier": "PK"}, {"xyzzy": "PK"}) == [
        "$.claims[0]: unknown field 'suplier'; near: supplier",
        "$.claims[1]: unknown field 'xyzzy'",
    ]


def test_a_number_is_no_text_and_a_text_no_list(row_faults):
    row = {
        "quote": {"nth": "1"},
        "when": {"wordng": "x"},
        "from": [],
        "supplier": ["PK", 3],
        "mentions": ["arms: a", {"name": "b"}],
        "goods": 5,
    }
    told = row_faults(row)
    for fault in (
        "$.claims[0].quote.words: is missing",
        "$.claims[0].quote.nth: the value must be a whole number, got '1'",
        "$.claims[0].when: unknown field 'wordng'; near: wording",
        "$.claims[0].from: the value must be a text, got []",
        (
            "$.claims[0].supplier[1]: the value must be a text, got 3;"
            ' write it as text, "3"'
        ),
        "$.claims[0].mentions[1].nature: is missing",
        "$.claims[0].goods: the value must be an object, got 5",
    ):
        assert fault in told
    assert len(told) == 7


def test_a_row_without_an_id_goes_by_its_place(claims):
    made = claims({"stage": "agreed"}, {"id": "x", "stage": "paid"}, {"says": "so"})
    assert list(made) == ["c1.stage", "x.stage", "c3.says"]


def test_two_rows_of_one_id_are_refused(row_faults):
    rows = (
        {"id": "c2", "stage": "agreed"},
        {"stage": "paid"},
        {"id": "c2", "says": "so"},
    )
    assert row_faults(*rows) == [
        "$.claims[1]: id must be the id of one row only, got 'c2'",
        "$.claims[2]: id must be the id of one row only, got 'c2' [row c2]",
    ]


def test_an_editor_may_name_the_schema_and_nothing_comes_of_it(form, authored, faults):
    plain = authored().report
    form["$schema"] = "../schemas/authoring/report.schema.json"
    assert authored().report == plain
    form["$schema"] = 7
    assert any("$schema" in fault for fault in faults())


def test_more_parts_than_any_report_has_are_refused_before_they_are_read(faults):
    assert faults(claims=[{}] * 8_000) == [
        "$: 8,010 rows and members of tables; at most 7,489: split the report"
    ]
