"""Edges: days, recipients and goods at which an answer turns, with what turned it."""

from datetime import date, timedelta

import pytest

from embargo_monitor.model.goods import Category, Item, Nature, Use
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes import Register, TargetType
from embargo_monitor.regimes.questions import question_from
from embargo_monitor.regimes.relevance import relevance

YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO
DAY = timedelta(days=1)


def of(regime, **asked):
    return relevance(question_from(**asked), all_regimes=True).of(regime)


def arms(code):
    return [Item("goods", Nature.ARMS, categories=(Category.parse(code),))]


def told(found):
    return " ".join(f"{one.sentence} {'; '.join(one.citations)}" for one in found.steps)


TANKS, RIFLES, JETS = arms("unroca:I"), arms("unroca:VIII"), arms("unroca:IV")
DARFUR = {"destination": "SD", "in_part": YES}
KHARTOUM = {"destination": "SD", "in_part": NO}

# regime, supplier, recipient, day, more; the answer, the step that is not yes, words
EDGES = [
    # Libya 1992 to 2003 against 2011
    ("un-libya-1992", "RU", "LY", "1999-04-04", {}, YES, "", "UNSCR 748 (1992)"),
    ("un-libya-1992", "RU", "LY", "2000", {}, NO, "in force", "5 April 1999"),
    ("un-libya-2011", "RU", "LY", "2011-02-25", {}, NO, "in force", "UNSCR 1970"),
    ("un-libya-2011", "RU", "LY", "2011-02-26", {}, YES, "", "UNSCR 1970 (2011)"),
    ("un-libya-2011", "RU", "gnu-libya", "2022", {}, YES, "", "UNSCR 2174 (2014)"),
    # DR Congo's government after 2008, its rebels, and before
    ("un-drc-2003", "CN", "fardc", "2008-03-30", {}, YES, "", "UNSCR 1596 (2005)"),
    ("un-drc-2003", "CN", "fardc", "2009", {}, YES, "", "UNSCR 1807 (2008)"),
    ("un-drc-2003", "CN", "fardc", "2023", {}, NO, "covers", "UNSCR 2667 (2022)"),
    ("un-drc-2003", "RW", "m23", "2024", {}, YES, "", "UNSCR 2667 (2022)"),
    ("un-drc-2003", "RW", "m23", "2004", {}, MAYBE, "covers", "part of the territory"),
    # Somalia before and after December 2023, and Al-Shabaab
    ("un-somalia-1992", "EG", "fgs-somalia", "2023-11-30", {}, YES, "", "UNSCR 2093"),
    ("un-somalia-1992", "EG", "SO", "2023-12-01", {}, NO, "in force", "UNSCR 2714"),
    ("un-al-shabaab-2023", "EG", "SO", "2023-12-01", {}, NO, "covers", "UNSCR 2713"),
    ("un-al-shabaab-2023", "EG", "al-shabaab", "2024", {}, YES, "", "UNSCR 2713"),
    (
        "eu-somalia-2002",
        "IT",
        "SO",
        "2024-02-01",
        {},
        YES,
        "",
        "possible on conditions",
    ),
    ("eu-somalia-2002", "IT", "SO", "2024-06-01", {}, NO, "covers", "left out"),
    # Darfur, the rest of Sudan, and the EU's whole Sudan
    ("un-sudan-darfur-2004", "CN", "SD", "2010", DARFUR, YES, "", "UNSCR 1591 (2005)"),
    ("un-sudan-darfur-2004", "CN", "SD", "2010", KHARTOUM, NO, "covers", "outside"),
    ("un-sudan-darfur-2004", "CN", "SD", "2010", {}, MAYBE, "covers", "not said"),
    ("un-sudan-darfur-2004", "CN", "SD", "2005-01", DARFUR, NO, "covers", "left out"),
    ("un-sudan-darfur-2004", "AE", "rsf", "2024", {}, MAYBE, "covers", "in Darfur"),
    ("eu-sudan-1994", "BG", "SD", "2010", KHARTOUM, YES, "", "94/165/CFSP"),
    # Yemen: the Houthis against the government
    ("un-yemen-houthi-2015", "IR", "houthis", "2023", {}, YES, "", "UNSCR 2624"),
    ("un-yemen-houthi-2015", "IR", "houthis", "2016", {}, MAYBE, "covers", "list"),
    ("un-yemen-houthi-2015", "SA", "YE", "2023", {}, NO, "covers", "not covered"),
    ("un-yemen-houthi-2015", "SA", "stc-yemen", "2023", {}, MAYBE, "covers", "names"),
    # Iran by category, to October 2020 and since September 2025
    ("un-iran-2006", "RU", "IR", "2015", {"goods": TANKS}, YES, "", "UNSCR 1929"),
    ("un-iran-2006", "RU", "IR", "2015", {"goods": RIFLES}, NO, "scope", "UNSCR 1929"),
    ("un-iran-2006", "RU", "IR", "2020-10-17", {"goods": JETS}, YES, "", "UNSCR 2231"),
    (
        "un-iran-2006",
        "RU",
        "IR",
        "2020-10-18",
        {"goods": TANKS},
        NO,
        "scope",
        "missile",
    ),
    ("un-iran-2006", "RU", "IR", "2024", {"goods": TANKS}, NO, "in force", "expired"),
    (
        "un-iran-2025",
        "RU",
        "IR",
        "2025-09-27",
        {"goods": TANKS},
        NO,
        "in force",
        "2231",
    ),
    ("un-iran-2025", "RU", "IR", "2025-09-28", {"goods": TANKS}, YES, "", "dispute"),
    ("un-iran-2025", "RU", "IR", "2025-12", {}, MAYBE, "scope", "dispute"),
    # North Korea: small arms before and after 2016
    ("un-north-korea-2006", "RU", "KP", "2015", {"goods": RIFLES}, NO, "scope", "1874"),
    ("un-north-korea-2006", "RU", "KP", "2017", {"goods": RIFLES}, YES, "", "2270"),
    ("un-north-korea-2006", "RU", "KP", "2015", {"goods": TANKS}, YES, "", "1874"),
    # Côte d'Ivoire 2014, Eritrea 2018, Rwanda 1995
    ("un-cote-divoire-2004", "FR", "CI", "2014-04-28", {}, YES, "", "UNSCR 1572"),
    ("un-cote-divoire-2004", "FR", "CI", "2014-04-29", {}, YES, "", "UNSCR 2153"),
    ("un-eritrea-2009", "RU", "ER", "2018-11-13", {}, YES, "", "UNSCR 1907 (2009)"),
    ("un-eritrea-2009", "RU", "ER", "2018-11-14", {}, NO, "in force", "UNSCR 2444"),
    ("un-rwanda-1994", "FR", "RW", "1995-08-15", {}, YES, "", "UNSCR 918 (1994)"),
    ("un-rwanda-1994", "FR", "RW", "1996", {}, YES, "", "UNSCR 1011 (1995)"),
    ("un-rwanda-1994", "FR", "RW", "2007-06", {}, NO, "covers", "UNSCR 1749 (2007)"),
    ("un-rwanda-1994", "FR", "ex-far", "1996", {}, MAYBE, "covers", "not said"),
    # bans on supply from a target
    ("un-libya-2011", "LY", "TN", "2012", {}, YES, "", "procurement from"),
    ("un-iran-2006", "IR", "VE", "2008", {}, YES, "", "procurement from"),
    ("un-north-korea-2006", "KP", "RU", "2023", {}, YES, "", "procurement from"),
    ("un-sudan-darfur-2004", "SD", "RU", "2023", {}, NO, "direction", "does not bar"),
    # political declarations and voluntary calls bind nobody
    ("eu-china-1989", "FR", "CN", "2005", {}, NO, "bound", "political declaration"),
    ("unga-myanmar-2021", "RU", "MM", "2022", {}, NO, "bound", "binds nobody"),
    ("un-vol-ethiopia-eritrea-1999", "RU", "ET", "1999-06", {}, NO, "bound", "a call"),
    # suppliers that were no members on the day
    ("un-iraq-1990", "CH", "IQ", "1995", {}, NO, "bound", "no member of the United"),
    ("un-iraq-1990", "CH", "IQ", "2003-03", {}, YES, "", "Switzerland was bound"),
    ("eu-libya-2011", "GB", "lna", "2019", {}, YES, "", "United Kingdom was bound"),
    ("eu-libya-2011", "GB", "lna", "2020-06", {}, MAYBE, "bound", "in the transition"),
    (
        "eu-libya-2011",
        "GB",
        "lna",
        "2021",
        {},
        NO,
        "bound",
        "no member of the European",
    ),
    ("eu-libya-2011", "TR", "lna", "2021", {}, NO, "bound", "seldom aligns"),
    # former states, parts of them, and targets of a time
    ("un-fry-1992", "RU", "RS", "1993", {}, YES, "", "UNSCR 757 (1992)"),
    ("un-fry-1992", "RU", "HR", "1993", {}, NO, "covers", "others than Croatia"),
    ("un-southern-rhodesia-1966", "ZA", "ZW", "1970", {}, YES, "", "253"),
    (
        "un-iraq-1990",
        "FR",
        "KW",
        "1990-10",
        {},
        MAYBE,
        "covers",
        "legitimate Government",
    ),
    ("un-iraq-1990", "FR", "KW", "1995", {}, NO, "covers", "others than Kuwait"),
    ("eu-myanmar-1991", "FR", "BUMM", "1997", {}, YES, "", "state itself"),
    # lists of names
    (
        "un-taliban-2002",
        "RU",
        "taliban",
        "2005",
        {},
        MAYBE,
        "covers",
        "the list decides",
    ),
    ("un-taliban-2002", "RU", "AF", "2020", {}, NO, "covers", "left out"),
    ("un-taliban-2002", "RU", "AF", "2022", {}, MAYBE, "covers", "list of names"),
    ("un-taliban-2002", "RU", "FR", "2022", {}, NO, "covers", "others than France"),
    ("un-afghanistan-taliban-2000", "PK", "taliban", "2001-06", {}, YES, "", "1333"),
    ("un-lebanon-2006", "IR", "hizbollah", "2020", {}, YES, "", "UNSCR 1701 (2006)"),
    ("un-lebanon-2006", "US", "laf-lebanon", "2020", {}, NO, "covers", "left out"),
    ("un-haiti-2022", "US", "viv-ansanm", "2023-01", {}, MAYBE, "covers", "list"),
    ("un-haiti-2022", "US", "viv-ansanm", "2025", {}, YES, "", "UNSCR 2752 (2024)"),
]


@pytest.mark.parametrize(
    "edge", EDGES, ids=lambda edge: "-".join([*edge[:4], *edge[4]])
)
def test_an_answer_turns_at_its_edge(edge):
    regime, supplier, recipient, when, more, answer, step, words = edge
    found = of(regime, supplier=supplier, recipient=recipient, when=when, **more)
    assert found.relevant is answer
    unsettled = [one.name for one in found.steps if one.answer is answer]
    assert answer is YES or unsettled[0] == step
    assert words in told(found)


@pytest.mark.parametrize("regime", Register.bundled().regimes, ids=lambda one: one.id)
def test_nothing_is_relevant_before_the_first_day_or_after_the_last(regime):
    state = next(
        (
            one.gazetteer
            for one in regime.targets
            if one.type is TargetType.COUNTRY and one.gazetteer
        ),
        "taliban",
    )
    days = {regime.first - 32 * DAY: NO, regime.first: None}
    if regime.last:
        days |= {regime.last: None, regime.last + 32 * DAY: NO}
    else:
        days |= {regime.checked + DAY: None}
    for day, answer in days.items():
        found = of(regime.id, supplier="FR", recipient=state, when=day.isoformat())
        [first, *_] = found.steps
        if answer is NO:
            assert (first.answer, found.relevant) == (NO, NO)
        else:
            assert first.answer is not NO
    last = regime.last or date.max
    assert regime.first <= last


def test_fuel_and_civil_use_are_not_arms():
    fuel = [Item("jet fuel", Nature.FUEL)]
    found = of("un-libya-2011", supplier="AE", recipient="lna", when="2020", goods=fuel)
    assert found.relevant is MAYBE
    trucks = [Item("truck", Nature.VEHICLE, use=Use.CIVIL)]
    found = of(
        "un-libya-2011", supplier="AE", recipient="lna", when="2020", goods=trucks
    )
    assert (found.relevant, found.lead.fell_at) == (NO, "scope")
