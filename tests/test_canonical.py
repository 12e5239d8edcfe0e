"""Canonical bytes: one form for each value, and nothing else is read as one."""

import json
import random
import string
from decimal import Decimal
from enum import IntEnum, StrEnum

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from embargo_monitor.canonical import (
    MAX_BYTES,
    canonical_bytes,
    read_canonical,
    read_json,
)
from embargo_monitor.errors import CanonicalError

LARGEST = 2**53 - 1

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
keys = st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=12)
values = st.recursive(
    st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(keys, inner),
    max_leaves=30,
)


def a_text(chance):
    """Code points of every plane, those that JSON escapes among them."""
    ranges = [(1, 0x7F), (0x80, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)]
    length = chance.randrange(12)
    return "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(length))


def a_value(chance, depth=0):
    kind = chance.randrange(6 if depth < 4 else 4)
    if kind == 0:
        return chance.choice([0, 1, -1, LARGEST, -LARGEST, chance.randint(-999, 999)])
    if kind == 1:
        return chance.random() < 0.5
    if kind in (2, 3):
        return a_text(chance)
    if kind == 4:
        return [a_value(chance, depth + 1) for _ in range(chance.randrange(5))]
    names = ["".join(chance.choices(string.printable, k=3)) for _ in range(5)]
    return {name: a_value(chance, depth + 1) for name in names}


def reordered(value):
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


def refusal(read, data):
    with pytest.raises(CanonicalError) as caught:
        read(data)
    return caught.value


def test_writes_what_rfc_8785_says():
    chance = random.Random(8785)
    for _ in range(20_000):
        value = a_value(chance)
        assert canonical_bytes(value) == rfc8785.dumps(value)


def test_writes_every_character_of_the_basic_plane_as_rfc_8785_says():
    plane = "".join(map(chr, [*range(1, 0xD800), *range(0xE000, 0x10000)]))
    assert canonical_bytes(plane) == rfc8785.dumps(plane)
    assert read_canonical(canonical_bytes(plane)) == plane


@settings(max_examples=500)
@given(values)
def test_any_value_is_written_as_rfc_8785_says_and_read_back(value):
    data = canonical_bytes(value)
    assert data == rfc8785.dumps(value)
    assert read_canonical(data) == value
    assert read_json(data) == value
    assert canonical_bytes(read_canonical(data)) == data


@given(values)
def test_true_and_one_stay_apart(value):
    both = [value, True, 1, False, 0]
    read = read_canonical(canonical_bytes(both))
    assert [type(item) for item in read[1:]] == [bool, int, bool, int]


@given(values, st.integers(0, 4), st.booleans())
def test_order_spacing_and_escapes_of_the_input_do_not_matter(value, indent, escape):
    spaced = json.dumps(reordered(value), indent=indent or None, ensure_ascii=escape)
    read = read_json(b" \r\n\t" + spaced.encode() + b"\n")
    assert canonical_bytes(read) == canonical_bytes(value)


@given(texts, texts.filter(bool), st.data())
def test_one_changed_code_point_changes_the_bytes(before, text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(texts.filter(lambda drawn: drawn[:1] not in ("", text[at])))
    changed = text[:at] + other[0] + text[at + 1 :]
    first = canonical_bytes({"before": before, "text": text})
    assert canonical_bytes({"before": before, "text": changed}) != first


def test_text_is_kept_as_it_came():
    """Composed and decomposed, a ligature, a noncharacter, a bidi override."""
    for text in ("\u00e9", "e\u0301", "\ufdfa", "\ufffe", "\u202e"):
        assert read_canonical(canonical_bytes(text)) == text


NOT_CANONICAL = {
    "a space": (b'{"a": 1}', 5),
    "a line at the end": (b'{"a":1}\n', 7),
    "keys out of order": (b'{"b":1,"a":2}', 2),
    "an escape that is not needed": (b'"\\u0041"', 1),
    "an escaped slash": (b'"\\/"', 1),
    "a capital in an escape": (b'"\\u001F"', 6),
    "a long escape of a newline": (b'"\\u000a"', 2),
    "minus nothing": (b"-0", 0),
}


@pytest.mark.parametrize(("data", "at"), NOT_CANONICAL.values(), ids=NOT_CANONICAL)
def test_other_spellings_are_read_but_are_not_canonical(data, at):
    assert canonical_bytes(read_json(data)) != data
    error = refusal(read_canonical, data)
    assert error.path == "$"
    assert f"byte {at} " in error.reason


HOSTILE = {
    "a float": (b'{"claims":[{},{"low":3.50}]}', "$.claims[1].low", '"3.50"'),
    "a float that is whole": (b'{"n":1.0}', "$.n", '"1.0"'),
    "an exponent": (b'{"n":1e400}', "$.n", '"1e400"'),
    "a long float": (b"[1." + b"0" * 5000 + b"]", "$[0]", "float"),
    "null": (b'{"a":{"b":null}}', "$.a.b", "null"),
    "NaN": (b'{"n":[NaN]}', "$.n[0]", "NaN"),
    "Infinity": (b"Infinity", "$", "Infinity"),
    "minus Infinity": (b"[-Infinity]", "$[0]", "-Infinity"),
    "2^53": (b'{"n":9007199254740992}', "$.n", "2^53"),
    "minus 2^53": (b'{"n":-9007199254740992}', "$.n", "2^53"),
    "2^64": (b"[18446744073709551616]", "$[0]", "2^53"),
    "5,000 digits": (b"[" + b"9" * 5000 + b"]", "$[0]", "2^53"),
    "a key twice": (b'{"x":{"b":1,"a":1,"a":1}}', "$.x.a", "2 times"),
    "a key twice, once escaped": (b'{"a":1,"\\u0061":2}', "$.a", "2 times"),
    "a key that is not ASCII": ('{"é":1}'.encode(), "$['é']", "ASCII"),
    "a bidi override in a key": ('{"\u202e":1}'.encode(), "$['\\u202e']", "ASCII"),
    "NUL in a key": (b'{"a\\u0000":1}', "$['a\\x00']", "NUL"),
    "NUL in a text": (b'{"a":["ab\\u0000"]}', "$.a[0]", "NUL character at character 2"),
    "half a pair": (b'{"a b":"\\ud83d"}', "$['a b']", "half a surrogate pair"),
    "the other half": (b'["x\\ude00"]', "$[0]", "half a surrogate pair"),
    "half a pair as a key": (b'{"\\ud83d":1}', "$['\\ud83d']", "ASCII"),
    "a surrogate in UTF-8": (b'["\xed\xa0\x80"]', "$", "not UTF-8 at byte 2"),
    "no UTF-8": (b'{"a":"\xff"}', "$", "not UTF-8 at byte 6"),
    "UTF-8 cut short": (b'"\xd8', "$", "not UTF-8 at byte 1"),
    "UTF-8 too long": (b'"\xc0\x80"', "$", "not UTF-8 at byte 1"),
    "a mark of UTF-8": (b"\xef\xbb\xbf{}", "$", "mark of UTF-8"),
    "a mark of UTF-16": ("{}".encode("utf-16"), "$", "mark of UTF-16"),
    "a mark of UTF-32": ("{}".encode("utf-32"), "$", "mark of UTF-32"),
    "nothing": (b"", "$", "line 1, column 1"),
    "only space": (b" \n ", "$", "line 2, column 2"),
    "cut in an object": (b'{\n "a":', "$", "line 2, column 6"),
    "cut in an array": (b"[1, 2", "$", "line 1, column 6"),
    "cut in a text": (b'{"a":\n"b', "$", "line 2, column 1"),
    "cut in an escape": (b'["\\', "$", "line 1, column 2"),
    "two values": (b"{}\n{}", "$", "line 2, column 1"),
    "a comma too many": (b"[1,]", "$", "line 1, column"),
    "a comment": (b"{} // so it is", "$", "line 1, column 4"),
    "single quotes": (b"{'a':1}", "$", "line 1, column 2"),
    "a number as key": (b"{1:2}", "$", "line 1, column 2"),
    "a leading nought": (b"[01]", "$", "line 1, column 3"),
    "a bare newline in a text": (b'["a\nb"]', "$", "line 1, column 4"),
    "a bare NUL in a text": (b'["a\0b"]', "$", "line 1, column 4"),
    "65 arrays": (b"[" * 65 + b"]" * 65, "$", "64 deep at line 1, column 65"),
    "a million arrays": (b"[" * 1_000_000, "$", "64 deep at line 1, column 65"),
    "65 objects": (b'{"a":\n' * 65 + b"1" + b"}" * 65, "$", "at line 65, column 1"),
    "too much": (b'"' + b"a" * MAX_BYTES + b'"', "$", "16,777,218 bytes"),
}


@pytest.mark.parametrize("read", [read_json, read_canonical])
@pytest.mark.parametrize(("data", "path", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_with_its_place(read, data, path, reason):
    error = refusal(read, data)
    assert error.path == path
    assert reason in error.reason
    assert len(str(error)) < 400


@settings(max_examples=500)
@given(st.binary() | st.text('{}[]":,0.eE+-\\u dnulNaN').map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    for read in (read_json, read_canonical):
        try:
            value = read(data)
        except CanonicalError:
            continue
        assert read_canonical(canonical_bytes(value)) == value


def test_brackets_and_quotes_in_texts_are_no_nesting():
    texts = ["[" * 100, '"[' * 100, '\\"{' * 100, "\\"]
    assert read_json(json.dumps(texts).encode()) == texts


def test_long_unended_texts_are_refused_in_one_pass():
    """Each quote could begin a text: a reader that tries them all never ends."""
    error = refusal(read_json, b'"' + b'\\"' * 1_000_000)
    assert "line 1, column 1" in error.reason


def test_64_levels_are_read_and_written():
    data = b"[" * 64 + b"]" * 64
    assert canonical_bytes(read_canonical(data)) == data


def test_a_long_key_is_cut_where_it_is_shown():
    error = refusal(read_json, b'{"' + b"k" * 100_000 + b'":null}')
    assert len(error.path) < 200


class Colour(StrEnum):
    RED = "red"


class Number(IntEnum):
    ONE = 1


NO_JSON = {
    "None": ({"a": [None]}, "$.a[0]", "null"),
    "a float": ({"a": 1.5}, "$.a", '"1.5"'),
    "not a number": ([float("nan")], "$[0]", '"nan"'),
    "2^53": ([2**53], "$[0]", "2^53"),
    "a large integer": ({"n": -(10**5000)}, "$.n", "2^53"),
    "a key that is a number": ({1: "a"}, "$[1]", "ASCII"),
    "a key that is a pair": ({("a", 1): "a"}, "$[('a', 1)]", "ASCII"),
    "a key that is not ASCII": ({"ü": "a"}, "$['ü']", "ASCII"),
    "NUL": ({"a": "\0"}, "$.a", "NUL"),
    "half a pair": ("\udfff", "$", "half a surrogate pair"),
    "a tuple": ({"a": (1, 2)}, "$.a", "tuple"),
    "a set": ([{1}], "$[0]", "set"),
    "bytes": (b"a", "$", "bytes"),
    "a Decimal": ({"low": Decimal("1.5")}, "$.low", "Decimal"),
    "an Enum of texts": ([Colour.RED], "$[0]", "Colour"),
    "an Enum of numbers": ([Number.ONE], "$[0]", "Number"),
    "too much": ("a" * MAX_BYTES, "$", "16,777,218 bytes"),
}


@pytest.mark.parametrize(("value", "path", "reason"), NO_JSON.values(), ids=NO_JSON)
def test_what_is_no_json_value_is_not_written(value, path, reason):
    error = refusal(canonical_bytes, value)
    assert error.path == path
    assert reason in error.reason


def test_a_list_that_holds_itself_is_refused():
    endless = []
    endless.append({"again": endless})
    assert "64 deep" in refusal(canonical_bytes, endless).reason


def test_the_first_fault_of_many_is_named():
    data = b'{"a":[1,{"b":null}],"c":1.5}'
    assert refusal(read_json, data).path == "$.a[1].b"
