"""Identifiers: the shape that each scheme gives out, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.identifiers import Identifier, Scheme
from embargo_monitor.testing import identifiers

# By hand: 9*7 + 0*6 + 7*5 + 4*4 + 7*3 + 2*2 = 139, 111 and 141: last digits 9, 1, 1.
SHIPS = ("9074729", "9241061", "7625811")


@pytest.mark.parametrize(
    "text",
    [
        "iso-3166:PK",
        "iso-3166:SUHH",
        *(f"imo:{number}" for number in SHIPS),
        "mmsi:636012345",
        "tail:9H-VJN",
        "tail:5A-DKN",
        "serial:No. 12/A",
        "serial:7",
        "domain:cnn.com",
        "domain:xn--mgbh0fb.example",
        "url:https://example.org/a?b=c#d",
        "un-symbol:S/RES/1970 (2011)",
        "wikidata:Q1016",
        "gazetteer:lna",
        "sipri:Libya LNA",
    ],
)
def test_an_identifier_is_written_as_it_is_read(text):
    assert str(Identifier.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("iso-3166:pk", "an ISO 3166 code"),
        ("iso-3166:PAK", "an ISO 3166 code"),
        ("imo:907472", "the seven digits"),
        ("imo:٩٠٧٤٧٢٩", "the seven digits"),
        ("mmsi:63601234", "the nine digits"),
        ("tail:9h-vjn", "an aircraft registration"),
        ("serial: 7", "1 to 64 printable"),
        ("serial:", "1 to 64 printable"),
        ("serial:" + "7" * 65, "1 to 64 printable"),
        ("domain:CNN.com", "a domain name in lower case"),
        ("domain:localhost", "a domain name in lower case"),
        ("url:ftp://example.org", "a web address"),
        ("url:https://a b", "a web address"),
        ("un-symbol:S/RES/1970 ", "a UN document symbol"),
        ("wikidata:Q0", "a Wikidata item"),
        ("gazetteer:a b", "an id of our gazetteer"),
        ("sipri:\u202eLNA", "an id or name of SIPRI's"),
        ("wikidata:Q1\n", "a Wikidata item"),
    ],
)
def test_another_shape_is_refused_with_the_wanted_one(text, wanted):
    with pytest.raises(InvalidValueError) as caught:
        Identifier.parse(text)
    assert caught.value.field == text.partition(":")[0]
    assert caught.value.wanted.startswith(wanted)


@pytest.mark.parametrize("text", ["", "PK", "iso:PK", "ISO-3166:PK", ":PK", "imo"])
def test_a_scheme_must_be_known(text):
    with pytest.raises(InvalidValueError, match=r"scheme:value, with a scheme of iso"):
        Identifier.parse(text)


@pytest.mark.parametrize("number", SHIPS)
@given(place=st.integers(0, 6), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_imo_number_is_seen(number, place, digit):
    """Weights 7 to 2 miss what is a multiple of ten apart, so ask only of the rest."""
    wrong = number[:place] + digit + number[place + 1 :]
    weight = (7, 6, 5, 4, 3, 2, -1)[place]
    if (int(digit) - int(number[place])) * weight % 10 == 0:
        return
    with pytest.raises(InvalidValueError, match="check digit agrees"):
        Identifier(Scheme.IMO, wrong)


@given(identifiers(), identifiers())
def test_identifiers_are_equal_when_their_texts_are(one, other):
    assert (one == other) == (str(one) == str(other))
    assert Identifier.parse(str(one)) == one
