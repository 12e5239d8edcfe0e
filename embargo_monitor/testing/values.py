"""Values that stand by themselves: dates, amounts, identifiers, items, grades."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

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
from embargo_monitor.testing.texts import lines, maybe_line, maybe_prose

T = TypeVar("T")

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
    days = st.dates(date(1960, 1, 1), date(2030, 12, 31)) | st.dates(date(100, 1, 1))
    one = st.builds(
        _blurred, days, st.sampled_from(_ONE), st.sampled_from(("", "?", "~", "%"))
    )
    two = st.builds(
        _between,
        days,
        days,
        st.sampled_from(_TWO + _QUALIFIED_TWO),
        st.sampled_from((_DAY, _MONTH, _YEAR)),
    )
    return days.map(ImpreciseDate.day) | one | two


@cache
def instants() -> st.SearchStrategy[datetime]:
    """Build instants as the log knows them: UTC, whole seconds."""
    return st.datetimes().map(lambda at: at.replace(microsecond=0, tzinfo=UTC))


@cache
def rules() -> st.SearchStrategy[Rule]:
    """Build rules that compute a date (`reading@1`, which computes none, is not)."""
    return st.sampled_from(_RULES).map(Rule.parse)


def _number(digits: int, places: int) -> Decimal:
    return Decimal(digits).scaleb(-places)


def _amount(
    bound: Bound, one: Decimal, other: Decimal, unit: str, wording: str
) -> Amount:
    low: Decimal | None = one
    high: Decimal | None = one
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        high = None
    elif bound is Bound.AT_MOST:
        low = None
    elif bound is Bound.LESS_THAN:
        low, high = None, one or Decimal(1)
    elif bound is Bound.RANGE:
        low, high = min(one, other), max(one, other)
        high += low == high
    return Amount(low, high, bound=bound, unit=unit, wording=wording)


@cache
def amounts() -> st.SearchStrategy[Amount]:
    """Build amounts of every bound, in counting units and currencies."""
    free = st.builds(_number, st.integers(0, _MOST_DIGITS), st.integers(0, 6))
    numbers = st.sampled_from(_NUMBERS) | free
    return st.builds(
        _amount,
        st.sampled_from(Bound),
        numbers,
        numbers,
        st.sampled_from(_UNITS),
        maybe_line(),
    )


def _imo(digits: str) -> Identifier:
    total = sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=True))
    return Identifier(Scheme.IMO, f"{digits}{total % 10}")


@cache
def identifiers() -> st.SearchStrategy[Identifier]:
    """Build identifiers of every scheme."""
    ships = st.integers(100_000, 999_999).map(str).map(_imo)
    return st.sampled_from(_IDENTIFIERS).map(Identifier.parse) | ships


@cache
def categories() -> st.SearchStrategy[Category]:
    """Build places on the lists that sort arms."""
    return st.sampled_from(_CATEGORIES).map(Category.parse)


@cache
def items() -> st.SearchStrategy[Item]:
    """Build things and services; none is an individual hull or airframe."""
    return st.builds(
        Item,
        lines(),
        st.sampled_from(Nature),
        categories=few(categories()),
        use=st.sampled_from(Use),
        condition=st.sampled_from(Condition),
        wording=maybe_line(),
    )


def _graded_on() -> st.SearchStrategy[str]:
    return st.dates().map(date.isoformat)


@cache
def reliability_grades() -> st.SearchStrategy[ReliabilityGrade]:
    """Build judgements of sources, A to F."""
    grades = st.sampled_from(Reliability)
    return st.builds(
        ReliabilityGrade, grades, by=lines(), on=_graded_on(), reason=maybe_prose()
    )


@cache
def credibility_grades() -> st.SearchStrategy[CredibilityGrade]:
    """Build judgements of claims, 2 to 6."""
    grades = st.sampled_from([one for one in Credibility if one.value != "1"])
    return st.builds(
        CredibilityGrade, grades, by=lines(), on=_graded_on(), reason=maybe_prose()
    )


def few(member: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """Build none, one or two; none is likelier and the plain case."""
    return st.just(()) | st.lists(member, max_size=2).map(tuple)
