"""Text for text: what a text's schema refuses the library refuses, and the reverse."""

import random
import re
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Category
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.rules import Rule
from embargo_monitor.schemas.texts import (
    AMOUNT,
    CATEGORY,
    DATE,
    IDENTIFIER,
    RULE,
    TEXTS,
    Text,
)

# Of these docs/schemas.md tells, in its list of what a schema cannot say.
BEYOND = re.compile(
    r"is in no calendar|must not end before it begins"
    r"|both ends of a range are|a set has two members at least|bounds nothing"
    r"|low and high must be|(low|high) must be a Decimal from 0"
    r"|check digit agrees|in NFC|got '.*\\n'$"
    r"|argument must be a date .*got '[0-9]{4}(-[0-9]{2}){0,2}'$"
)
SAMPLES = {
    DATE.name: "2025-12-23|2025-12|2025|2025-12-23?|2025-12%|2025~|2025-12-XX|2025-XX"
    "|2025-XX-XX|202X|20XX|202X?|2025-01/2025-06|2025/..|../2025|2025/|/2025"
    "|2025-01-02?/2025~|[2025-12-13..2025-12-21]|[..2025]|[2025-01..]|[2024,2025-02]"
    "|[..2024,2026..]|[2024-01..2024-03,2025]|000X|00XX|0000|2025-00|2025-13|2025-12-32",
    AMOUNT.name: "16 items|1 item|about 3 billion USD|more than 4,000,000 USD|2.5 years"
    "|10 to 12 items|3 to 4.5 billion USD|less than 1 DEM|30 TIV|at most 2 per year"
    "|1 company|3 million to 2 billion EUR|0 tonnes|999999999999999999999999 rounds",
    RULE.name: "weekday-on-or-before@1 monday|days-before@1 0|weeks-before@1 999"
    "|previous-week-any@1|quarter@1 4|hijri-lunar@1 1444-03-12|reading@1|julian@1 1917"
    "|decade-of-last-century@1 60|month-of-year@1 july",
    IDENTIFIER.name: "iso-3166:PK|imo:9074729|mmsi:123456789|tail:9H-VJN|sipri:a b"
    "|domain:a.example.org|url:https://example.org/a?b|un-symbol:S/RES/1970 (2011)"
    "|wikidata:Q1016|gazetteer:lna|serial:A 1",
    CATEGORY.name: "unroca:IV|sipri:air-defence systems|eu-ml:ML22",
    "verifierKey": f"example.org/log+6ab9d61e+AbuC6rP6{'O' * 40}"
    "|a+00000000+AQ==|~!*,-.+ffffffff+/w=",
}
"""What is right or almost, for those that have a form of their own."""

OTHERS = (
    "a|c1.stage|a#b|en|zh-Hant-TW|sl-rozaj-1994|PK|SUHH|23:59|DEM|per year|text/plain"
    f"|sha256:{'0' * 64}|hmac-sha256:{'f' * 64}|{'0' * 64}|image/svg+xml|2025-12-23"
    f"|0001-01-01|صفقة|a b|a\nb|e\u0301|\u200f|\u200fa|{'a' * 1000}|{'a' * 64}"
)
STRANGE = "0129-/.[],X?~%@:# aZTé\u0301\n\t\u202e\u200f\u2028\x7f\U000e0001\ud800"


def takers():
    """Give each text with what takes it in the library."""
    parsers = (
        ImpreciseDate,
        Amount.parse,
        Rule.parse,
        Identifier.parse,
        Category.parse,
    )
    texts = (DATE, AMOUNT, RULE, IDENTIFIER, CATEGORY)
    yield from zip(texts, parsers, strict=True)
    for validator, text in TEXTS.items():
        field = SimpleNamespace(name="text")
        yield text, lambda value, check=validator, of=field: check(None, of, value)


def samples_of(text):
    return SAMPLES.get(text.name, OTHERS).split("|")


def fault_of(take, value):
    try:
        take(value)
    except InvalidValueError as error:
        return str(error)
    return ""


def broken(text, chance):
    """Change a text in up to two places."""
    for _ in range(chance.randrange(3)):
        at = chance.randrange(len(text) + 1)
        put = chance.choice(["", chance.choice(STRANGE), text[at : at + 2]])
        text = text[:at] + put + text[at + chance.randrange(2) :]
    return text


@pytest.mark.parametrize(
    ("text", "take"),
    [
        pytest.param(*pair, id=f"{nth}-{pair[0].name}")
        for nth, pair in enumerate(takers())
    ],
)
def test_of_a_text_schema_and_library_say_the_same(text, take):
    chance = random.Random(2026)
    validator = Draft202012Validator(text.schema(empty=False))
    told = {True: 0, False: 0}
    for _ in range(1500):
        value = broken(chance.choice(samples_of(text)), chance)
        if not value:
            continue  # it says "nothing" where that may be said
        fault, right = fault_of(take, value), validator.is_valid(value)
        if right:
            assert not fault or BEYOND.search(fault), value
        else:
            assert fault, value
        told[right] += 1
    assert min(told.values()) > 20


def test_the_empty_text_says_nothing_where_it_may_stand():
    for text, _ in takers():
        may, must = (
            Draft202012Validator(text.schema(empty=empty)) for empty in (True, False)
        )
        assert may.is_valid("")
        assert not must.is_valid("")
        for right in filter(must.is_valid, samples_of(text)):
            assert may.is_valid(right)


def test_words_of_which_nothing_is_asked_but_to_be_there():
    words = Text("words", {"minLength": 1})
    assert words.schema(empty=False) == {"type": "string", "minLength": 1}
    assert words.schema(empty=True) == {"type": "string"}
