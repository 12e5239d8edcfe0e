"""JSON values and their one canonical form in bytes.

A digest holds only while everybody writes a value as the same bytes. RFC 8785 (JSON
Canonicalization Scheme) says how; we keep to a profile of it that leaves nothing to
number formatting: objects with ASCII keys, arrays, strings, integers within
2^53 - 1, true and false. Decimals are strings, what is unknown is left out, and text
is kept as it came: it is data, and is not normalised.

This module knows JSON, and no type of ours.
"""

import codecs
import json
import re
from collections import Counter
from typing import Any, TypeAlias

import orjson
from attrs import frozen

from embargo_monitor.errors import CanonicalError, quoted

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | bool"
"""What canonical bytes can hold: no null, no float."""

MAX_BYTES = 16 * 1024 * 1024
"""Bytes that are read or written at once; what a log takes is far less."""

MAX_ENTRY = 65_535
"""Bytes that an entry may have: its length is written in 16 bits (C2SP tlog-tiles)."""

MAX_DEPTH = 64
"""Objects and arrays that may stand inside one another; `[[]]` is 2."""

MAX_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps (RFC 7493, section 2.2)."""

_Place: TypeAlias = "tuple[_Place, Any] | None"

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
# Possessive, and the closing quote optional: one pass even over hostile text.
_STRUCTURE = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
    (codecs.BOM_UTF8, "UTF-8"),
)

_TOO_DEEP = f"nested more than {MAX_DEPTH} deep"
_TOO_LARGE = "an integer beyond 2^53 - 1; write it as text"


@frozen
class _Refused:
    """Stands in parsed JSON for what cannot be a value, until its path is known."""

    reason: str


def canonical_bytes(value: JsonValue) -> bytes:
    """Write *value* in its one canonical form (RFC 8785, without floats).

    Raises:
        CanonicalError: The value holds something else than text, integers within
            2^53 - 1, booleans, lists and dictionaries with ASCII keys; or it is
            nested more than 64 deep, or longer than 16 MiB. The error names the
            path: mend the value there.

    >>> canonical_bytes({"unit": "USD", "low": "3.5", "name": "صفقة"}).decode()
    '{"low":"3.5","name":"صفقة","unit":"USD"}'
    """
    _check(value, None, 0)
    # For ASCII keys, order by UTF-8 is RFC 8785's order by UTF-16.
    data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    _check_size(data, MAX_BYTES)
    return data


def read_canonical(data: bytes, *, limit: int = MAX_BYTES) -> JsonValue:
    """Read bytes that `canonical_bytes` could have written, and no others.

    Args:
        data: The bytes.
        limit: How many there may be; parsed, they can take thirty times the memory.

    Raises:
        CanonicalError: The bytes are no strict JSON (see `read_json`), or they are,
            but are not its canonical form: the error names the first byte that
            differs. Such bytes were not written by this library, or were changed.

    >>> read_canonical(b'{"low":"3.5"}')
    {'low': '3.5'}
    >>> read_canonical(b'{"low": "3.5"}')
    Traceback (most recent call last):
    embargo_monitor.errors.CanonicalError: $: not canonical: byte 7 begins
    b' "3.5"}', must begin b'"3.5"}'
    """
    _check_size(data, limit)
    try:
        value: JsonValue = orjson.loads(data)
        if canonical_bytes(value) == data:
            return value
    except (orjson.JSONDecodeError, CanonicalError):
        pass  # the slow reading below says what is wrong, and where
    expected = canonical_bytes(read_json(data))
    at = _first_difference(data, expected)
    found, wanted = quoted(data[at : at + 16]), quoted(expected[at : at + 16])
    reason = f"not canonical: byte {at} begins {found}, must begin {wanted}"
    raise CanonicalError("$", reason)


def read_json(data: bytes, *, limit: int = MAX_BYTES) -> JsonValue:
    """Read JSON that a person or another program wrote, strictly (RFC 8259, 7493).

    Spacing, order of keys and escapes are free. Whatever readers disagree on is
    refused, so that two of them never see different values.

    Args:
        data: The bytes.
        limit: How many there may be; parsed, they can take thirty times the memory.

    Raises:
        CanonicalError: Not UTF-8, or with a byte order mark; not JSON (with line and
            column); a key given twice, null, a float, NaN, an integer beyond
            2^53 - 1, half a surrogate pair, a NUL character, a key that is not
            ASCII (each with its path); nested more than 64 deep; longer than
            *limit*. Mend the text there.

    >>> read_json(b'{"low": 3.50}')
    Traceback (most recent call last):
    embargo_monitor.errors.CanonicalError: $.low: a float; write it as text, "3.50"
    """
    _check_size(data, limit)
    text = _decoded(data)
    _check_depth(text)
    try:
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=_members,
            parse_float=_float,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        reason = f"no JSON {_where(text, error.pos)}: {error.msg}"
        raise CanonicalError("$", reason) from None
    _check(value, None, 0)
    return value


def _check(value: object, place: _Place, depth: int) -> None:
    if type(value) is dict:
        _check_nesting(place, depth)
        for key, member in value.items():
            if type(key) is not str or not key.isascii() or "\0" in key:
                reason = "a key that is not ASCII text without NUL"
                raise CanonicalError(_path((place, key)), reason)
            _check(member, (place, key), depth + 1)
    elif type(value) is list:
        _check_nesting(place, depth)
        for number, member in enumerate(value):
            _check(member, (place, number), depth + 1)
    elif fault := _fault(value):
        raise CanonicalError(_path(place), fault)


def _check_nesting(place: _Place, depth: int) -> None:
    if depth == MAX_DEPTH:
        raise CanonicalError(_path(place), _TOO_DEEP)


def _fault(value: object) -> str:
    """Say why a value that holds no others cannot stand; empty when it can."""
    if type(value) is str:
        return _text_fault(value)
    if type(value) is int:
        return "" if -MAX_INTEGER <= value <= MAX_INTEGER else _TOO_LARGE
    if type(value) is float:
        return _float(repr(value)).reason
    if type(value) is _Refused:
        return value.reason
    if value is None:
        return "null; leave out what is not known"
    return "" if type(value) is bool else f"no JSON value: {type(value).__name__}"


def _text_fault(text: str) -> str:
    if "\0" in text:
        return f"a NUL character at character {text.index(chr(0))}"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"half a surrogate pair at character {error.start}"
    return ""


def _check_size(data: bytes, limit: int) -> None:
    if len(data) > limit:
        raise CanonicalError("$", f"{len(data):,} bytes; at most {limit:,}")


def _check_depth(text: str) -> None:
    # Before parsing: the parser recurses, and its limit is not ours to rely on.
    depth = 0
    for token in _STRUCTURE.finditer(text):
        if token[0] in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                where = _where(text, token.start())
                raise CanonicalError("$", f"{_TOO_DEEP} {where}")
        elif token[0] in ("]", "}"):
            depth -= 1


def _decoded(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            reason = f"begins with a byte order mark of {encoding}; save it as UTF-8"
            raise CanonicalError("$", f"{reason} without one")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start}: {error.reason}"
        raise CanonicalError("$", reason) from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        for key, times in Counter(key for key, _ in pairs).items():
            if times > 1:
                members[key] = _Refused(f"a key that is given {times} times")
    return members


def _float(text: str) -> _Refused:
    shown = quoted(text)[1:-1]
    return _Refused(f'a float; write it as text, "{shown}"')


def _integer(text: str) -> int | _Refused:
    # Before conversion: Python refuses thousands of digits with an error of its own.
    return int(text) if len(text) < 20 else _Refused(_TOO_LARGE)  # noqa: PLR2004


def _constant(text: str) -> _Refused:
    return _Refused(f"{text}, which is no JSON; leave out what is not known")


def _path(place: _Place) -> str:
    steps = []
    while place is not None:
        place, step = place
        if type(step) is int:
            steps.append(f"[{step}]")
        elif type(step) is str and _PLAIN_KEY.fullmatch(step):
            steps.append(f".{step}")
        else:
            steps.append(f"[{quoted(step)}]")
    return "$" + "".join(reversed(steps))


def _where(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return f"at line {line}, column {column}"


def _first_difference(found: bytes, wanted: bytes) -> int:
    pairs = enumerate(zip(found, wanted, strict=False))
    shorter = min(len(found), len(wanted))
    return next((at for at, (one, other) in pairs if one != other), shorter)
