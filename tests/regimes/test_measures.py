"""Our coding of what is barred: complete, and held against goods."""

import pytest

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Category, Item, Nature, Use
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes import Direction, Measure, Register
from embargo_monitor.regimes.asking import phases_on

REGISTER = Register.bundled()
YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO


def bars(id_, on, way, item):
    [found] = phases_on(REGISTER.regime(id_), ImpreciseDate(on))
    [measure] = [one for one in found.phase.measures if one.direction is way]
    return measure.bars(item)


def item(nature, *categories, use=Use.NOT_SAID):
    codes = tuple(map(Category.parse, categories))
    return Item("x", nature, categories=codes, use=use)


AIRCRAFT = item(Nature.AIRCRAFT, "unroca:IV")
SMALL_ARMS = item(Nature.ARMS, "unroca:VIII")


def test_equal_words_are_coded_alike_but_where_all_trade_was_barred():
    coded = {}
    for regime in REGISTER:
        for phase in regime.phases:
            for one in phase.measures:
                natures = {*one.covers, *one.covers_if_military, *one.may_cover}
                goods = frozenset(natures - {Nature.SERVICE, Nature.PERSONNEL})
                sure = goods & {*one.covers}
                if len(sure) == 10:  # all natures of goods: all trade
                    continue
                coded.setdefault(one.arms, set()).add((sure, goods))
    assert {words for words, codings in coded.items() if len(codings) > 1} == set()


def test_all_trade_was_barred_in_five_phases():
    found = {
        (regime.id, phase.first.isoformat())
        for regime in REGISTER
        for phase in regime.phases
        for one in phase.measures
        if Nature.FUEL in one.covers
    }
    assert found == {
        ("un-southern-rhodesia-1966", "1968-05-29"),
        ("un-iraq-1990", "1990-08-06"),
        ("un-fry-1992", "1992-05-30"),
        ("un-haiti-1993", "1994-05-21"),
        ("oas-cuba-1962", "1964-07-26"),
    }


@pytest.mark.parametrize(
    ("id_", "on", "way", "goods", "answer"),
    [
        ("un-libya-2011", "2025-12", Direction.TO, AIRCRAFT, YES),
        ("un-libya-2011", "2025-12", Direction.TO, item(Nature.AIRCRAFT), MAYBE),
        ("un-libya-2011", "2025-12", Direction.TO, item(Nature.SERVICE), YES),
        ("un-libya-2011", "2025-12", Direction.FROM, item(Nature.ARMS), YES),
        ("un-libya-2011", "2025-12", Direction.TO, item(Nature.DUAL_USE), MAYBE),
        ("un-libya-2011", "2025-12", Direction.TO, item(Nature.UNCLEAR), MAYBE),
        ("un-north-korea-2006", "2008", Direction.TO, SMALL_ARMS, NO),
        ("un-north-korea-2006", "2008", Direction.TO, item(Nature.ARMS), MAYBE),
        ("un-north-korea-2006", "2012", Direction.TO, SMALL_ARMS, NO),
        ("un-north-korea-2006", "2012", Direction.FROM, SMALL_ARMS, YES),
        ("un-north-korea-2006", "2018", Direction.TO, SMALL_ARMS, YES),
        ("un-iran-2006", "2009", Direction.TO, item(Nature.VEHICLE, "unroca:I"), NO),
        ("un-iran-2006", "2009", Direction.FROM, SMALL_ARMS, YES),
        ("un-iran-2006", "2012", Direction.TO, AIRCRAFT, YES),
        ("un-iran-2006", "2022", Direction.FROM, AIRCRAFT, MAYBE),  # a drone may be
        ("un-iran-2006", "2022", Direction.FROM, item(Nature.AMMUNITION), MAYBE),
        ("un-iran-2006", "2022", Direction.FROM, SMALL_ARMS, NO),
        ("un-haiti-2022", "2024-01", Direction.TO, SMALL_ARMS, YES),
        ("un-haiti-2022", "2024-01", Direction.TO, AIRCRAFT, NO),
        ("un-haiti-2022", "2024-01", Direction.TO, item(Nature.FUEL), NO),
        ("eu-egypt-2013", "2013-12", Direction.TO, item(Nature.ARMS), MAYBE),
        ("un-iraq-1990", "1991", Direction.TO, item(Nature.FUEL), YES),
        ("un-somalia-1992", "1995", Direction.TO, item(Nature.SERVICE), MAYBE),
        ("un-somalia-1992", "2010", Direction.TO, item(Nature.SERVICE), YES),
    ],
)
def test_what_is_barred(id_, on, way, goods, answer):
    assert bars(id_, on, way, goods) is answer


@pytest.mark.parametrize(
    ("use", "answer"),
    [
        (Use.MILITARY, YES),
        (Use.CIVIL, NO),
        (Use.NOT_SAID, MAYBE),
        (Use.UNCLEAR, MAYBE),
    ],
)
def test_a_vehicle_is_barred_as_far_as_it_is_military(use, answer):
    vehicle = item(Nature.VEHICLE, use=use)
    assert bars("un-libya-2011", "2020", Direction.TO, vehicle) is answer


def test_goods_on_two_lines_of_which_one_is_out_are_judged_by_their_nature():
    mixed = item(Nature.ARMS, "unroca:VIII", "sipri:other")
    assert bars("un-north-korea-2006", "2008", Direction.TO, mixed) is MAYBE


def test_a_nature_or_category_is_coded_once():
    with pytest.raises(InvalidValueError, match="coded once only"):
        Measure(
            direction=Direction.TO,
            arms="all",
            covers=(Nature.ARMS,),
            may_cover=(Nature.ARMS,),
        )
    code = (Category.parse("unroca:I"),)
    with pytest.raises(InvalidValueError, match="coded once only"):
        Measure(
            direction=Direction.TO,
            arms="all",
            covers_categories=code,
            excludes_categories=code,
        )
