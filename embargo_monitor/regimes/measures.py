"""What a phase bars: the words of the register, and our coding of them."""

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.goods import Category, Item, Nature, Use
from embargo_monitor.model.names import one_line
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.words import Direction


@frozen(kw_only=True)
class Measure:
    """What is barred in one direction.

    `arms` is the register's wording. All else is *our* coding of it, so that goods
    can be held against it; docs/regimes.md has the table. Where the two disagree, the
    wording is right.

    Attributes:
        direction: To the target, or from it.
        arms: What is barred, in words.
        covers: Natures that are barred whatever their use.
        covers_if_military: Natures that are barred when they are military.
        may_cover: Natures of which some are barred: it hangs on use, or on the act.
        covers_categories: Places on lists of arms that are barred.
        excludes_categories: Places on lists of arms that are not.

    Raises:
        InvalidValueError: A nature or a category stands in two lists, so that it
            would have two answers: leave it in one.
    """

    direction: Direction
    arms: str = field(validator=one_line)
    covers: tuple[Nature, ...] = ()
    covers_if_military: tuple[Nature, ...] = ()
    may_cover: tuple[Nature, ...] = ()
    covers_categories: tuple[Category, ...] = ()
    excludes_categories: tuple[Category, ...] = ()

    def __attrs_post_init__(self) -> None:
        natures = (*self.covers, *self.covers_if_military, *self.may_cover)
        for nature in natures:
            if natures.count(nature) > 1:
                raise InvalidValueError("covers", nature.value, "coded once only")
        categories = (*self.covers_categories, *self.excludes_categories)
        for category in categories:
            if categories.count(category) > 1:
                wanted = "coded once only"
                raise InvalidValueError("covers_categories", str(category), wanted)

    def bars(self, item: Item) -> Truth:
        """Tell whether *item* is of what is barred, by our coding.

        Where it stands on a list of arms decides first, since that says most; then
        its nature, with its use. What is said to be civil is no military vehicle,
        vessel or aircraft: whether that is true is not asked here.
        """
        if any(one in self.covers_categories for one in item.categories):
            return Truth.YES
        coded_out = [one in self.excludes_categories for one in item.categories]
        if coded_out and all(coded_out):
            return Truth.NO
        if item.nature in self.covers:
            return Truth.YES
        if item.nature in self.covers_if_military:
            return _if_military(item)
        may = item.nature in self.may_cover or item.nature is Nature.UNCLEAR
        return Truth.MAYBE if may else Truth.NO


def _if_military(item: Item) -> Truth:
    if item.categories or item.use is Use.MILITARY:
        return Truth.YES
    return Truth.NO if item.use is Use.CIVIL else Truth.MAYBE
