"""Reported figures: how much, how exactly, and in what unit.

A figure keeps the bound with which it was told: "about 3 billion" and "more than 4
billion" are both imprecise, and whether both can be right is a question with a stated
tolerance (`agreement`), never settled by averaging. Nothing is converted here: one
currency into another is a claim that somebody makes.
"""

import enum
import re
from decimal import Context, Decimal
from typing import Any

from attrs import field, frozen
from attrs.converters import optional

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.currencies import CURRENCIES
from embargo_monitor.model.names import source_line
from embargo_monitor.model.truth import Truth

COUNTING_UNITS = (
    "items",
    "containers",
    "vehicle loads",
    "tonnes",
    "kilograms",
    "litres",
    "rounds",
    "persons",
    "states",
    "companies",
    "years",
    "months",
    "days",
    "per year",
    "per month",
    "TIV",
)
"""Units beside currencies. TIV: SIPRI's trend-indicator value, in millions."""

# Products of two numbers of ours have at most 60 digits: nothing is ever rounded.
_EXACT = Context(prec=100)
DIGITS_BEFORE = 24
DIGITS_AFTER = 6
_DECIMALS_SHOWN = 2
_POWERS = {"trillion": 12, "billion": 9, "million": 6, "thousand": 3}
SINGULARS = {
    "company" if unit == "companies" else unit.removesuffix("s"): unit
    for unit in COUNTING_UNITS
}

NUMBER_PATTERN = (
    r"(?:0|[1-9][0-9]{0,29}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,9})(?:\.[0-9]{1,12})?"
)
SCALE_PATTERN = "|".join(_POWERS)
_FORM = re.compile(
    r"(?:(?P<bound>about|at least|at most|more than|less than) )?"
    rf"(?P<first>{NUMBER_PATTERN})(?: (?P<scale>{SCALE_PATTERN}))?"
    rf"(?: to (?P<last>{NUMBER_PATTERN})(?: (?P<last_scale>{SCALE_PATTERN}))?)?"
    r" (?P<unit>[A-Za-z ]+)"
)
_ACCEPTED = (
    'such as "16 items", "about 3 billion USD", "more than 4,000,000 USD", "at least'
    ' 2 persons", "10 to 12 items", "2.5 years", with an ISO 4217 code or one of '
    f"{', '.join(COUNTING_UNITS)} (TIV are in millions already)"
)


class Bound(enum.Enum):
    """How a figure was told.

    A number for EXACT and ABOUT, which stands as both ends; a low end for AT_LEAST
    and MORE_THAN, a high end for AT_MOST and LESS_THAN; both for RANGE. MORE_THAN and
    LESS_THAN exclude their end, all others include theirs.
    """

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    RANGE = "range"


def _check_number(name: str, value: Decimal) -> None:
    fits = (
        type(value) is Decimal
        and value.is_finite()
        and not value.is_signed()
        # Also keeps a giant exponent from being written out as digits.
        and -DIGITS_AFTER <= value.adjusted() < DIGITS_BEFORE
        and _digits_after(value) <= DIGITS_AFTER
    )
    if not fits:
        wanted = (
            f"a Decimal from 0, at most {DIGITS_BEFORE} digits before the point"
            f" and {DIGITS_AFTER} after it"
        )
        raise InvalidValueError(name, value, wanted)


def _digits_after(value: Decimal) -> int:
    return len(f"{value:f}".partition(".")[2])


def _plain(value: Decimal) -> Decimal:
    """Write equal numbers alike, 2.50 as 2.5 and 3E+9 as 3000000000.

    So equal amounts are the same bytes. What is no number of ours is left to the
    validator.
    """
    ours = type(value) is Decimal and value.is_finite()
    if not ours or abs(value.adjusted()) > _EXACT.prec:
        return value
    whole, _, decimals = f"{value:f}".partition(".")
    return Decimal(f"{whole}.{decimals}".rstrip("0").rstrip(".") if decimals else whole)


def _number(_: object, attribute: Any, value: Decimal | None) -> None:
    if value is not None:
        _check_number(attribute.name, value)


def _bound(_: object, attribute: Any, value: Bound) -> None:
    if type(value) is not Bound:
        wanted = f"a Bound: {', '.join(bound.value for bound in Bound)}"
        raise InvalidValueError(attribute.name, value, wanted)


def known_unit(_: object, attribute: Any, value: str) -> None:
    """Validate a unit: a currency or a counting unit.

    Raises:
        InvalidValueError: It is none.
    """
    if value not in CURRENCIES and value not in COUNTING_UNITS:
        wanted = f"an ISO 4217 code or one of {', '.join(COUNTING_UNITS)}"
        raise InvalidValueError(attribute.name, value, wanted)


@frozen
class Amount:
    """A reported figure, as exact as it was told.

    Attributes:
        low: The lower end, in units; None when none was told. From 0, at most 24
            digits before the point and 6 after it.
        high: The upper end, likewise.
        bound: How the figure was told.
        unit: An ISO 4217 code (withdrawn ones too), or one of `COUNTING_UNITS`.
        wording: The source's words for it.

    Raises:
        InvalidValueError: A field is not of its shape, or the ends do not belong to
            the bound. What is no number ("dozens") is no amount: keep its wording.

    >>> print(Amount(Decimal(3000000000), None, bound=Bound.MORE_THAN, unit="USD"))
    more than 3 billion USD
    """

    low: Decimal | None = field(
        default=None, converter=optional(_plain), validator=_number
    )
    high: Decimal | None = field(
        default=None, converter=optional(_plain), validator=_number
    )
    bound: Bound = field(kw_only=True, validator=_bound)
    unit: str = field(kw_only=True, validator=known_unit)
    wording: str = field(default="", kw_only=True, validator=source_line)

    def __attrs_post_init__(self) -> None:
        wanted = _misfit(self.bound, self.low, self.high)
        if wanted:
            raise InvalidValueError("low and high", (self.low, self.high), wanted)

    @classmethod
    def parse(cls, text: str, *, wording: str = "") -> "Amount":
        """Read the short form: bound, number, scale, unit, in English.

        A scale after the second number of a range holds for a first number without
        one: "3 to 4 billion USD". The point is the decimal point; commas only group
        digits in threes.

        Raises:
            InvalidValueError: Anything else; the message shows what is accepted.

        >>> Amount.parse("about 3000000000 USD") == Amount.parse("about 3 billion USD")
        True
        >>> print(Amount.parse("10 to 12 items"))
        10 to 12 items
        """
        form = _FORM.fullmatch(text)
        if form is None or (form["bound"] and form["last"]):
            raise InvalidValueError("amount", text, _ACCEPTED)
        last_scale = form["last_scale"]
        scale = form["scale"] or last_scale
        unit = SINGULARS.get(form["unit"], form["unit"])
        known = unit in CURRENCIES or unit in COUNTING_UNITS
        if not known or (scale and unit == "TIV"):
            raise InvalidValueError("amount", text, _ACCEPTED)
        first = _scaled(form["first"], scale)
        if form["last"]:
            last = _scaled(form["last"], last_scale)
            return cls(first, last, bound=Bound.RANGE, unit=unit, wording=wording)
        bound = Bound(form["bound"] or "exact")
        low = None if bound in (Bound.AT_MOST, Bound.LESS_THAN) else first
        high = None if bound in (Bound.AT_LEAST, Bound.MORE_THAN) else first
        return cls(low, high, bound=bound, unit=unit, wording=wording)

    def __str__(self) -> str:
        """Return the short form that `parse` reads; the wording is not part of it."""
        told = [end for end in (self.low, self.high) if end is not None]
        if self.bound is not Bound.RANGE:
            del told[1:]
        scale = "" if self.unit == "TIV" else _shared_scale(told)
        numbers = [f"{_unscaled(number, scale):,f}" for number in told]
        one = numbers == ["1"] and not scale
        unit = self.unit.removesuffix("s") if one else self.unit
        bare = self.bound in (Bound.EXACT, Bound.RANGE)
        words = ["" if bare else self.bound.value, " to ".join(numbers), scale, unit]
        return " ".join(filter(None, words))

    @property
    def is_currency(self) -> bool:
        """Whether the unit is money.

        >>> Amount.parse("16 items").is_currency, Amount.parse("2 DEM").is_currency
        (False, True)
        """
        return self.unit in CURRENCIES


TOLERANCE = Decimal("0.25")
"""How far `about` reaches, either way, when figures are compared: a quarter."""


def agreement(a: Amount, b: Amount, *, tolerance: Decimal = TOLERANCE) -> Truth:
    """Say whether two figures for the same thing can both be right.

    NO when no number fits both; YES when both are exact and equal; else MAYBE, as
    always when the units differ, since nothing is converted.

    Args:
        a: One figure.
        b: The other; the order does not matter.
        tolerance: How far the number may lie from what is "about" it, as a share of
            it, both ends included. Keep it with the answer.

    Raises:
        InvalidValueError: The tolerance is no number that an amount could have.

    >>> three = Amount.parse("about 3 billion USD")
    >>> four = Amount.parse("more than 4 billion USD")
    >>> print(agreement(three, four))
    NO
    >>> print(agreement(three, four, tolerance=Decimal("0.4")))
    MAYBE
    """
    _check_number("tolerance", tolerance)
    if a.unit != b.unit:
        return Truth.MAYBE
    if _lies_below(a, b, tolerance) or _lies_below(b, a, tolerance):
        return Truth.NO
    both_exact = a.bound is Bound.EXACT and b.bound is Bound.EXACT
    return Truth.YES if both_exact else Truth.MAYBE


def _lies_below(one: Amount, other: Amount, tolerance: Decimal) -> bool:
    """Whether every number of *one* is less than every number of *other*."""
    top = _widened(one, one.high, _EXACT.add(1, tolerance))
    bottom = _widened(other, other.low, _EXACT.subtract(1, tolerance))
    if top is None or bottom is None:
        return False
    if top == bottom:
        return one.bound is Bound.LESS_THAN or other.bound is Bound.MORE_THAN
    return top < bottom


def _widened(amount: Amount, end: Decimal | None, factor: Decimal) -> Decimal | None:
    if end is None or amount.bound is not Bound.ABOUT:
        return end
    return _EXACT.multiply(end, factor)


def _misfit(bound: Bound, low: Decimal | None, high: Decimal | None) -> str:
    """Say what the ends of *bound* must be; empty when they are."""
    if bound in (Bound.EXACT, Bound.ABOUT):
        fits, wanted = low is not None and low == high, "one and the same number"
    elif bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        fits, wanted = low is not None and high is None, "a low end and no high end"
    elif bound is Bound.AT_MOST:
        fits, wanted = low is None and high is not None, "a high end and no low end"
    elif bound is Bound.LESS_THAN:
        # Below 0 there is nothing, and an amount that cannot be is no amount.
        fits, wanted = low is None and bool(high), "a high end above 0, no low end"
    else:
        fits = low is not None and high is not None and low < high
        wanted = "two ends, the low one less"
    return "" if fits else f"{wanted}, for {bound.value!r}"


def _scaled(digits: str, scale: str | None) -> Decimal:
    number = Decimal(digits.replace(",", ""))
    return number.scaleb(_POWERS[scale], _EXACT) if scale else number


def _unscaled(number: Decimal, scale: str) -> Decimal:
    return _plain(number.scaleb(-_POWERS[scale], _EXACT)) if scale else number


def _shared_scale(numbers: list[Decimal]) -> str:
    """Choose the largest scale that shows every number with two decimals at most."""
    for scale in ("trillion", "billion", "million"):
        shown = [_unscaled(number, scale) for number in numbers]
        if all(n >= 1 and _digits_after(n) <= _DECIMALS_SHOWN for n in shown):
            return scale
    return ""
