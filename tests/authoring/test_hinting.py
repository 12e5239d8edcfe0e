"""What is written otherwise than we read it is refused with our way to write it."""

import pytest

from embargo_monitor.authoring.hinting import read_amount, read_quantity
from embargo_monitor.errors import InvalidValueError


def refused(read, text):
    with pytest.raises(InvalidValueError) as error:
        read(text)
    return str(error.value)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("up to", "at most"),
        ("Over", "more than"),
        ("above", "more than"),
        ("under", "less than"),
        ("below", "less than"),
        ("almost", "less than"),
        ("around", "about"),
        ("approximately", "about"),
        ("some", "about"),
        ("Nearly", "about"),
    ],
)
@pytest.mark.parametrize("read", [read_amount, read_quantity])
def test_another_word_for_a_bound_is_refused_with_ours(read, theirs, ours):
    assert refused(read, f"{theirs} 120 million EUR") == (
        f"amount must be written \"{ours} 120 million EUR\": for '{theirs.lower()}'"
        f" write '{ours}', got '{theirs} 120 million EUR'"
    )
    found = refused(read_amount, f"{theirs} 120 dollars")
    assert found.startswith("amount must be such as ")
    assert f"; for '{theirs.lower()}' write '{ours}', got" in found


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("40 trucks", "40 items"),
        ("at least 1,000 old trucks", "at least 1,000 items"),
        ("10 to 12 boats", "10 to 12 items"),
        ("2 million shells", "2 million items"),
    ],
)
def test_how_many_of_what_is_refused_and_the_thing_sent_to_goods(text, ours):
    assert refused(read_quantity, text) == (
        f'quantity must be written "{ours}", or with another unit of ours: the thing'
        f" goes in goods, got '{text}'"
    )
    assert "the thing goes in goods" not in refused(read_amount, text)


def test_both_are_told_at_once():
    assert refused(read_quantity, "some 40 trucks") == (
        'quantity must be written "about 40 items", or with another unit of ours: the'
        " thing goes in goods; for 'some' write 'about', got 'some 40 trucks'"
    )


@pytest.mark.parametrize("text", ["dozens", "", "some", "5 to 4 boats", "1,00 trucks"])
def test_of_what_is_no_number_nothing_is_guessed(text):
    for read in (read_amount, read_quantity):
        assert "written" not in refused(read, text)


def test_what_is_an_amount_is_read_as_ever():
    assert str(read_quantity("about 40 items")) == "about 40 items"
    assert str(read_amount("3 to 4 billion USD")) == "3 to 4 billion USD"


def test_the_form_is_read_with_the_hints(row_faults, form, faults):
    [fault] = row_faults({"goods": "vehicle: truck", "quantity": "40 trucks"})
    assert 'quantity must be written "40 items"' in fault
    [fault] = row_faults({"value": "up to 120 million EUR"})
    assert 'amount must be written "at most 120 million EUR"' in fault
    form["sources"]["minister"]["count"] = "over 2 persons"
    [fault] = faults()
    assert 'amount must be written "more than 2 persons"' in fault
