"""Values that stand by themselves: dates, amounts, identifiers, items, grades."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from embargo_monitor.model.actors import COUNTED
from embargo_monitor.model.amounts import COUNTING_UNITS, Amount, Bound
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Category, Condition, Item, Nature, Use
from embargo_monitor.model.grades import (
    Credibility,
    CredibilityGrade,
    Reliability,
    ReliabilityGrade,
)
from embargo_monitor.model.identifiers import Identifier, Scheme
from embargo_monitor.model.rules import Rule
from embargo_monitor.testing.choosing import Fields, any_of, one_or_two, some_of
from embargo_monitor.testing.texts import lines, prose

_YEAR, _MONTH, _DAY = len("YYYY"), len("YYYY-MM"), len("YYYY-MM-DD")

# What one day, as text, can be blurred to.
_ONE: tuple[Callable[[str], str], ...] = (
    lambda day: day,
    lambda day: day[:_MONTH],
    lambda day: day[:_YEAR],
    lambda day: day[:_MONTH] + "-XX",
    lambda day: day[:_YEAR] + "-XX",
    lambda day: day[:_YEAR] + "-XX-XX",
    lambda day: day[: _YEAR - 1] + "X",
    lambda day: day[: _YEAR - 2] + "XX",
)
_TWO = (
    "{0}/{1}",
    "{0}/..",
    "../{1}",
    "{0}/",
    "/{1}",
    "[{0}..{1}]",
    "[{0},{1}]",
    "[..{1}]",
    "[{0}..]",
)
_QUALIFIED_TWO = ("{0}?/{1}", "{0}~/{1}%", "{0}/{1}?")

_NUMBERS = (Decimal(1), Decimal(0), Decimal(3000000000), Decimal("0.000001"))
_MOST_DIGITS = 10**15
_UNITS = (*COUNTING_UNITS, "USD", "LYD", "PKR", "SUR", "DEM")

_IDENTIFIERS = (
    "iso-3166:PK",
    "iso-3166:SUHH",
    "mmsi:636012345",
    "tail:9H-VJN",
    "serial:No. 12/A",
    "domain:cnn.com",
    "url:https://example.org/%D8%B5?q=1#top",
    "un-symbol:S/RES/1970 (2011)",
    "wikidata:Q1016",
    "gazetteer:lna",
    "sipri:Libya LNA",
)
_CATEGORIES = (
    *(f"unroca:{roman}" for roman in ("I", "IV", "VIII")),
    *(f"sipri:{name}" for name in ("aircraft", "air-defence systems", "other")),
    *(f"eu-ml:ML{number}" for number in (1, 10, 22)),
)

_RULES = (
    *(f"weekday-on-or-before@1 {name}" for name in ("tuesday", "friday")),
    "weekday-before@1 sunday",
    "previous-week-mon@1",
    "previous-week-sun@1",
    "previous-week-sat@1",
    "previous-week-any@1",
    "days-before@1 0",
    "days-before@1 3",
    "month-before@1",
    "year-before@1",
    "latest-month-before@1 july",
    "decade-of-last-century@1 60",
    "month-of-year@1 december",
    "after@1",
    "before@1",
)


def _days(first: date, last: date) -> st.SearchStrategy[date]:
    # One draw, where `st.dates` takes three; it shrinks to the same day.
    plain = date(2000, 1, 1)
    counts = st.integers((first - plain).days, (last - plain).days)
    return counts.map(lambda count: plain + timedelta(days=count))


def _blurred(day: date, blur: Callable[[str], str], mark: str) -> ImpreciseDate:
    return ImpreciseDate(blur(day.isoformat()) + mark)


def _between(one: date, other: date, form: str, length: int) -> ImpreciseDate:
    first, last = (day.isoformat()[:length] for day in sorted((one, other)))
    return ImpreciseDate(form.format(first, last))


@cache
def imprecise_dates() -> st.SearchStrategy[ImpreciseDate]:
    """Build dates in every form of our EDTF profile, from a plain day on.

    The years run from 0100 to 9999, most often from 1960 to 2030.
    """
    days = _days(date(1960, 1, 1), date(2030, 12, 31))
    days_far_off = _days(date(100, 1, 1), date.max)
    marks = any_of(("", "?", "~", "%"))
    forms = any_of(_TWO + _QUALIFIED_TWO)
    lengths = any_of((_DAY, _MONTH, _YEAR))
    return (
        days.map(ImpreciseDate.day)
        | st.builds(_blurred, days, any_of(_ONE), marks)
        | st.builds(_between, days, days, forms, lengths)
        | days_far_off.map(ImpreciseDate.day)
        | st.builds(_between, days_far_off, days_far_off, forms, lengths)
    )


@cache
def instants() -> st.SearchStrategy[datetime]:
    """Build instants as the log knows them: UTC, whole seconds."""
    return st.datetimes().map(lambda at: at.replace(microsecond=0, tzinfo=UTC))


@cache
def rules() -> st.SearchStrategy[Rule]:
    """Build rules that compute a date (`reading@1`, which computes none, is not)."""
    return any_of(_RULES).map(Rule.parse)


def _number(digits: int, places: int) -> Decimal:
    return Decimal(digits).scaleb(-places)


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    """Build amounts of every bound, in counting units and currencies."""
    bound = draw(any_of(Bound))
    number = draw(_numbers())
    low: Decimal | None = number
    high: Decimal | None = number
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        high = None
    elif bound is Bound.AT_MOST:
        low = None
    elif bound is Bound.LESS_THAN:
        low, high = None, number or Decimal(1)
    elif bound is Bound.RANGE:
        high = number + draw(st.integers(1, _MOST_DIGITS))
    unit = draw(any_of(_UNITS))
    told = some_of(draw, {"wording": lines()})
    return Amount(low, high, bound=bound, unit=unit, **told)


@cache
def counts() -> st.SearchStrategy[Amount]:
    """Build how many actors or sources there are."""
    return st.builds(_in_unit, amounts(), any_of(COUNTED))


def _in_unit(amount: Amount, unit: str) -> Amount:
    return evolve(amount, unit=unit)


@cache
def _numbers() -> st.SearchStrategy[Decimal]:
    free = st.builds(_number, st.integers(0, _MOST_DIGITS), st.integers(0, 6))
    return any_of(_NUMBERS) | free


def _imo(digits: str) -> Identifier:
    total = sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=True))
    return Identifier(Scheme.IMO, f"{digits}{total % 10}")


@cache
def identifiers() -> st.SearchStrategy[Identifier]:
    """Build identifiers of every scheme."""
    ships = st.integers(100_000, 999_999).map(str).map(_imo)
    return any_of(_IDENTIFIERS).map(Identifier.parse) | ships


@cache
def categories() -> st.SearchStrategy[Category]:
    """Build places on the lists that sort arms."""
    return any_of(_CATEGORIES).map(Category.parse)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Build things and services; none is an individual hull or airframe."""
    return Item(draw(lines()), draw(any_of(Nature)), **some_of(draw, _item_fields()))


@cache
def _item_fields() -> Mapping[str, st.SearchStrategy[Any]]:
    return {
        "categories": one_or_two(categories()),
        "use": any_of(Use),
        "condition": any_of(Condition),
        "wording": lines(),
    }


@cache
def _graded() -> st.SearchStrategy[Fields]:
    on = _days(date(1960, 1, 1), date(2030, 12, 31)).map(date.isoformat)
    required: Mapping[str, st.SearchStrategy[str]] = {"by": lines(), "on": on}
    return st.fixed_dictionaries(required, optional={"reason": prose()})


@st.composite
def reliability_grades(draw: st.DrawFn) -> ReliabilityGrade:
    """Build judgements of sources, A to F."""
    return ReliabilityGrade(draw(any_of(Reliability)), **draw(_graded()))


@st.composite
def credibility_grades(draw: st.DrawFn) -> CredibilityGrade:
    """Build judgements of claims, 2 to 6."""
    given = (grade for grade in Credibility if grade is not Credibility.CONFIRMED)
    return CredibilityGrade(draw(any_of(tuple(given))), **draw(_graded()))
