"""Amounts: figures that keep the bound with which they were told."""

from decimal import Context, Decimal, Inexact, localcontext

import pycountry
import pytest
from babel import Locale
from hypothesis import assume, example, given
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.amounts import COUNTING_UNITS, Amount, Bound, agreement
from embargo_monitor.model.currencies import CURRENCIES
from embargo_monitor.model.truth import Truth

ENDS = {
    Bound.EXACT: lambda first, _: (first, first),
    Bound.ABOUT: lambda first, _: (first, first),
    Bound.AT_LEAST: lambda first, _: (first, None),
    Bound.MORE_THAN: lambda first, _: (first, None),
    Bound.AT_MOST: lambda first, _: (None, first),
    Bound.LESS_THAN: lambda first, _: (None, first),
    Bound.RANGE: lambda first, second: (min(first, second), max(first, second)),
}

numbers = st.decimals(0, 10**24 - 1, places=6) | st.builds(
    lambda digits, power: Decimal(digits) * 10**power,
    st.integers(0, 9999),
    st.integers(0, 15),
)
units = st.sampled_from([*COUNTING_UNITS, "USD", "LYD", "DEM", "SUR"])


@st.composite
def amounts(draw, unit=units, number=numbers):
    bound = draw(st.sampled_from(Bound))
    first, second = draw(number), draw(number)
    assume(bound is not Bound.RANGE or first != second)
    assume(bound is not Bound.LESS_THAN or first > 0)
    low, high = ENDS[bound](first, second)
    return Amount(low, high, bound=bound, unit=draw(unit))


dollars = amounts(unit=st.just("USD"), number=st.integers(0, 20).map(Decimal))
tolerances = st.decimals(0, 2, places=3)


def fits(number, amount, tolerance):
    """Whether *number* can be right when *amount* is, straight from the words."""
    low, high = amount.low, amount.high
    if amount.bound is Bound.ABOUT:
        return abs(number - low) <= tolerance * low
    above = low is None or number > low or (number == low)
    below = high is None or number < high or (number == high)
    if amount.bound is Bound.MORE_THAN:
        above = number > low
    if amount.bound is Bound.LESS_THAN:
        below = number < high
    return above and below


ACCEPTED = {
    "16 items": ("16", "16", Bound.EXACT, "items"),
    "1 item": ("1", "1", Bound.EXACT, "items"),
    "0 items": ("0", "0", Bound.EXACT, "items"),
    "about 3000000000 USD": ("3000000000", "3000000000", Bound.ABOUT, "USD"),
    "about 3 billion USD": ("3000000000", "3000000000", Bound.ABOUT, "USD"),
    "more than 4 billion USD": ("4000000000", None, Bound.MORE_THAN, "USD"),
    "at least 2 persons": ("2", None, Bound.AT_LEAST, "persons"),
    "at most 4.6 billion USD": (None, "4600000000", Bound.AT_MOST, "USD"),
    "less than 1,500 tonnes": (None, "1500", Bound.LESS_THAN, "tonnes"),
    "10 to 12 items": ("10", "12", Bound.RANGE, "items"),
    "4 to 4.6 billion USD": ("4000000000", "4600000000", Bound.RANGE, "USD"),
    "900 million to 1 billion EUR": ("900000000", "1000000000", Bound.RANGE, "EUR"),
    "1,234,567.89 SUR": ("1234567.89", "1234567.89", Bound.EXACT, "SUR"),
    "1.5 trillion IRR": ("1500000000000", "1500000000000", Bound.EXACT, "IRR"),
    "2 thousand litres": ("2000", "2000", Bound.EXACT, "litres"),
    "2.5 years": ("2.5", "2.5", Bound.EXACT, "years"),
    "3 vehicle loads": ("3", "3", Bound.EXACT, "vehicle loads"),
    "about 2 per month": ("2", "2", Bound.ABOUT, "per month"),
    "12.75 TIV": ("12.75", "12.75", Bound.EXACT, "TIV"),
}


@pytest.mark.parametrize(("text", "told"), ACCEPTED.items(), ids=ACCEPTED)
def test_the_short_form_is_read(text, told):
    low, high, bound, unit = told
    low, high = (end if end is None else Decimal(end) for end in (low, high))
    assert Amount.parse(text) == Amount(low, high, bound=bound, unit=unit)


REFUSED = [
    "",
    "dozens of items",
    "items",
    "16",
    " 16 items",
    "16  items",
    "16 items ",
    "16 items\n",
    "16\u00a0items",
    "16 Items",
    "16 bananas",
    "16 usd",
    "USD 16",
    "$16",
    "$3bn",
    "3 bn USD",
    "3 Billion USD",
    "3 billion",
    "3 billion billion USD",
    "three items",
    "٣ items",
    "３ items",
    "-3 items",
    "−3 items",
    "3e9 USD",
    "NaN USD",
    "Infinity USD",
    "0x10 items",
    "1_000 items",
    "007 items",
    ".5 years",
    "5. years",
    "2,5 years",
    "1,00 items",
    "10,00,000 INR",
    "1000,000 items",
    "0,500 items",
    "1.000.000 USD",
    "around 3 items",
    "over 3 items",
    "About 3 items",
    "exact 3 items",
    "range 3 items",
    "about 10 to 12 items",
    "10-12 items",
    "10 to items",
    "to 12 items",
    "10 to 12 to 14 items",
    "10 items to 12 items",
    "12 to 10 items",
    "10 to 10 items",
    "10 billion to 12 USD",
    "500 to 2 thousand rounds",
    "less than 0 items",
    "3 million TIV",
    "3 XXX",
    "3 XTS",
    "3 CLF",
    "1000000000000000000000000 USD",
    "1000000000000 trillion USD",
    "0.0000001 USD",
    "1.0000000000001 USD",
    "9" * 5000 + " USD",
    "1" + ",000" * 5000 + " USD",
]


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused(text):
    with pytest.raises(InvalidValueError):
        Amount.parse(text)


def test_a_refusal_shows_what_came_and_what_is_accepted():
    with pytest.raises(InvalidValueError) as caught:
        Amount.parse("around 3 \u202e items")
    message = str(caught.value)
    assert "'around 3 \\u202e items'" in message
    for shown in ("about 3 billion USD", "10 to 12 items", "ISO 4217", *COUNTING_UNITS):
        assert shown in message


SHOWN = {
    "about 3000000000 USD": "about 3 billion USD",
    "more than 4600000000 USD": "more than 4.6 billion USD",
    "4000000000 to 4600000000 USD": "4 to 4.6 billion USD",
    "900000000 to 1100000000 EUR": "900 to 1,100 million EUR",
    "500000 to 1000000 EUR": "500,000 to 1,000,000 EUR",
    "0 to 3 billion USD": "0 to 3,000,000,000 USD",
    "10 to 12000000000 USD": "10 to 12,000,000,000 USD",
    "685 thousand USD": "685,000 USD",
    "1234567.5 USD": "1,234,567.5 USD",
    "1234.5 trillion IRR": "1,234.5 trillion IRR",
    "1 items": "1 item",
    "more than 1 persons": "more than 1 person",
    "1 million rounds": "1 million rounds",
    "0.5 to 1 years": "0.5 to 1 years",
    "1 per year": "1 per year",
    "1 vehicle loads": "1 vehicle load",
    "4200000 TIV": "4,200,000 TIV",
    "2.50 years": "2.5 years",
}


@pytest.mark.parametrize(("text", "shown"), SHOWN.items(), ids=SHOWN)
def test_an_amount_reads_as_english(text, shown):
    assert str(Amount.parse(text)) == shown


@given(amounts())
def test_what_is_shown_is_read_back(amount):
    assert Amount.parse(str(amount)) == amount


def test_the_wording_is_kept_beside_the_figure():
    wording = "نحو 3 مليارات دولار"
    amount = Amount.parse("about 3 billion USD", wording=wording)
    assert amount.wording == wording
    assert str(amount) == "about 3 billion USD"


@given(numbers, st.integers(0, 6))
def test_equal_numbers_are_kept_alike_however_they_were_written(number, zeros):
    padded = Decimal(
        f"{number:f}" + ("" if "." in f"{number:f}" else ".") + "0" * zeros
    )
    one = Amount(number, None, bound=Bound.AT_LEAST, unit="USD")
    other = Amount(padded, None, bound=Bound.AT_LEAST, unit="USD")
    short = Amount(
        number.normalize(Context(prec=40)), None, bound=one.bound, unit="USD"
    )
    assert str(one.low) == str(other.low) == str(short.low)
    assert one.low == number
    assert "E" not in str(one.low)


@given(amounts(unit=st.just("USD")), amounts(unit=st.just("USD")))
def test_nothing_is_rounded_whatever_the_decimal_context(one, other):
    with localcontext(Context(prec=1, traps=[Inexact])):
        assert Amount.parse(str(one)) == one
        narrow = agreement(one, other)
    assert narrow is agreement(one, other)


UNFIT_NUMBERS = {
    "a float": 3.0,
    "an int": 3,
    "text": "3",
    "True": True,
    "negative": Decimal(-1),
    "minus nothing": Decimal("-0"),
    "NaN": Decimal("NaN"),
    "signalling NaN": Decimal("sNaN"),
    "Infinity": Decimal("Infinity"),
    "25 digits": Decimal(10**24),
    "7 decimals": Decimal("0.0000001"),
    "7 decimals of more": Decimal("12.0000001"),
    "a giant exponent": Decimal("1E+999999"),
    "a tiny exponent": Decimal("1E-999999"),
    "a giant nothing": Decimal("0E+999999"),
    "a subclass": type("Money", (Decimal,), {})(3),
}


@pytest.mark.parametrize("number", UNFIT_NUMBERS.values(), ids=UNFIT_NUMBERS)
def test_a_number_must_be_a_plain_decimal_of_bounded_size(number):
    with pytest.raises(InvalidValueError, match="low must be a Decimal"):
        Amount(number, None, bound=Bound.AT_LEAST, unit="USD")
    with pytest.raises(InvalidValueError, match="high must be a Decimal"):
        Amount(None, number, bound=Bound.AT_MOST, unit="USD")
    with pytest.raises(InvalidValueError, match="tolerance must be a Decimal"):
        agreement(Amount.parse("1 USD"), Amount.parse("1 USD"), tolerance=number)


def test_the_largest_and_the_smallest_number_fit():
    largest = Decimal("9" * 24 + "." + "9" * 6)
    amount = Amount(Decimal("0.000001"), largest, bound=Bound.RANGE, unit="USD")
    assert Amount.parse(str(amount)) == amount


@pytest.mark.parametrize("bound", Bound)
@pytest.mark.parametrize("low", [None, Decimal(0), Decimal(1), Decimal(2)])
@pytest.mark.parametrize("high", [None, Decimal(0), Decimal(1), Decimal(2)])
def test_the_ends_must_belong_to_the_bound(bound, low, high):
    belong = {
        "exact": low is not None and low == high,
        "about": low is not None and low == high,
        "at least": low is not None and high is None,
        "more than": low is not None and high is None,
        "at most": low is None and high is not None,
        "less than": low is None and high not in (None, 0),
        "range": None not in (low, high) and low < high,
    }
    if belong[bound.value]:
        amount = Amount(low, high, bound=bound, unit="items")
        assert (amount.low, amount.high) == (low, high)
    else:
        with pytest.raises(InvalidValueError, match=f"for '{bound.value}'"):
            Amount(low, high, bound=bound, unit="items")


@pytest.mark.parametrize("bound", ["about", None, Truth.YES])
def test_a_bound_is_no_text(bound):
    with pytest.raises(InvalidValueError, match="bound must be a Bound"):
        Amount(Decimal(1), Decimal(1), bound=bound, unit="items")


@pytest.mark.parametrize("unit", ["", "item", "dollars", "XXX", "XTS", "XBA", "CLF"])
def test_a_unit_is_one_of_the_closed_list(unit):
    with pytest.raises(InvalidValueError, match="unit must be an ISO 4217 code or"):
        Amount(Decimal(1), Decimal(1), bound=Bound.EXACT, unit=unit)


@pytest.mark.parametrize("wording", ["a\u202eb", "a\0b", "a\nb"])
def test_a_wording_is_one_line_of_plain_text(wording):
    with pytest.raises(InvalidValueError):
        Amount.parse("3 items", wording=wording)


def test_every_currency_is_known_to_iso_or_cldr():
    today = {currency.alpha_3 for currency in pycountry.currencies}
    assert today | set(Locale("en").currencies) >= CURRENCIES


def test_every_currency_of_today_is_accepted_but_those_in_which_nobody_pays():
    today = {currency.alpha_3 for currency in pycountry.currencies}
    funds = {"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"}
    bonds = {"XBA", "XBB", "XBC", "XBD"}
    assert today - CURRENCIES == funds | bonds | {"XTS", "XXX"}


@pytest.mark.parametrize("code", ["DEM", "FRF", "SUR", "YUD", "ITL", "ZRZ", "YDD"])
def test_a_currency_of_the_past_is_money(code):
    assert Amount.parse(f"3 million {code}").is_currency


@pytest.mark.parametrize("unit", COUNTING_UNITS)
def test_what_is_counted_is_no_money(unit):
    assert not Amount.parse(f"3 {unit}").is_currency


@pytest.mark.parametrize(
    ("a", "b", "tolerance", "answer"),
    [
        ("about 3 billion USD", "more than 4 billion USD", "0.25", "NO"),
        ("about 3 billion USD", "more than 4 billion USD", "0.4", "MAYBE"),
        ("16 items", "16 items", "0.25", "YES"),
        ("16 items", "16.0 items", "0", "YES"),
        ("16 items", "17 items", "0.25", "NO"),
        ("about 16 items", "16 items", "0", "MAYBE"),
        ("about 4 items", "5 items", "0.25", "MAYBE"),
        ("about 4 items", "5 items", "0.2", "NO"),
        ("about 4 items", "more than 5 items", "0.25", "NO"),
        ("about 4 items", "less than 3 items", "0.25", "NO"),
        ("about 4 items", "at most 3 items", "0.25", "MAYBE"),
        ("at least 5 items", "at most 5 items", "0.25", "MAYBE"),
        ("more than 5 items", "at most 5 items", "0.25", "NO"),
        ("at least 5 items", "less than 5 items", "0.25", "NO"),
        ("more than 5 items", "at least 9 items", "0.25", "MAYBE"),
        ("less than 5 items", "0 items", "0.25", "MAYBE"),
        ("10 to 12 items", "12 items", "0.25", "MAYBE"),
        ("10 to 12 items", "13 items", "0.25", "NO"),
        ("3 USD", "4 EUR", "0.25", "MAYBE"),
        ("1 year", "12 months", "0.25", "MAYBE"),
    ],
)
def test_two_figures_agree_disagree_or_may_agree(a, b, tolerance, answer):
    told = agreement(Amount.parse(a), Amount.parse(b), tolerance=Decimal(tolerance))
    assert told is Truth[answer]


def test_what_is_about_a_figure_lies_within_a_quarter_of_it():
    told = [Amount.parse(f"{number} items") for number in ("75", "125", "74", "126")]
    about = Amount.parse("about 100 items")
    answers = [agreement(about, amount) for amount in told]
    assert answers == [Truth.MAYBE, Truth.MAYBE, Truth.NO, Truth.NO]


@given(amounts(), amounts(), tolerances)
def test_the_order_of_two_figures_does_not_matter(a, b, tolerance):
    assert agreement(a, b, tolerance=tolerance) is agreement(b, a, tolerance=tolerance)


@given(amounts(), tolerances)
def test_a_figure_never_contradicts_itself(amount, tolerance):
    answer = agreement(amount, amount, tolerance=tolerance)
    exact = amount.bound is Bound.EXACT
    assert answer is (Truth.YES if exact else Truth.MAYBE)


@given(dollars, dollars, tolerances, tolerances)
def test_a_wider_tolerance_never_parts_two_figures(a, b, one, other):
    narrow, wide = sorted([one, other])
    if agreement(a, b, tolerance=narrow) is Truth.MAYBE:
        assert agreement(a, b, tolerance=wide) is Truth.MAYBE


@given(dollars, dollars, tolerances)
@example(Amount.parse("less than 1 USD"), Amount.parse("0 USD"), Decimal(0))
def test_figures_disagree_when_no_number_fits_both(a, b, tolerance):
    """Ends lie on a grid; a number that fits both lies on an end or between two."""
    ends = {Decimal(0), Decimal(100)}
    for end in filter(None, (a.low, a.high, b.low, b.high)):
        ends |= {end, end * (1 + tolerance), max(end * (1 - tolerance), Decimal(0))}
    between = {(one + other) / 2 for one in ends for other in ends}
    both = any(fits(n, a, tolerance) and fits(n, b, tolerance) for n in between)
    assert (agreement(a, b, tolerance=tolerance) is Truth.NO) is not both
