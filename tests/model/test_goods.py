"""Items and the lists that sort arms."""

import pytest

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.goods import (
    Category,
    CategoryList,
    Condition,
    Item,
    Nature,
    Use,
)


@pytest.mark.parametrize(
    "text", ["unroca:I", "unroca:VIII", "sipri:air-defence systems", "eu-ml:ML22"]
)
def test_a_category_is_written_as_it_is_read(text):
    assert str(Category.parse(text)) == text


@pytest.mark.parametrize(
    ("list_", "count"),
    [(CategoryList.UNROCA, 8), (CategoryList.SIPRI, 12), (CategoryList.EU_ML, 22)],
)
def test_a_list_has_as_many_categories_as_its_makers_gave_it(list_, count):
    with pytest.raises(InvalidValueError) as caught:
        Category(list_, "none of them")
    codes = caught.value.wanted.removeprefix("one of ").split(", ")
    assert len(codes) == count
    assert [Category(list_, code).code for code in codes] == codes


@pytest.mark.parametrize("text", ["", "IV", "unroca:", "eu:ML1", "eu-ml", "UNROCA:I"])
def test_a_category_without_a_known_list_is_refused(text):
    with pytest.raises(InvalidValueError, match="unroca:, sipri: or eu-ml: and a code"):
        Category.parse(text)


@pytest.mark.parametrize("text", ["unroca:IX", "unroca:1", "eu-ml:ML23", "sipri:Ships"])
def test_a_code_that_its_list_lacks_is_refused(text):
    with pytest.raises(InvalidValueError, match="category must be one of"):
        Category.parse(text)


def test_an_item_says_only_what_was_said():
    item = Item("arms, not described", Nature.ARMS)
    assert (item.use, item.condition) == (Use.NOT_SAID, Condition.NOT_SAID)
    assert item.categories == ()
    assert str(item) == "arms, not described"


@pytest.mark.parametrize("name", ["", "JF-\u202e17", "two\nlines"])
def test_the_name_of_an_item_is_one_line(name):
    with pytest.raises(InvalidValueError, match="name must be one line"):
        Item(name, Nature.AIRCRAFT)
