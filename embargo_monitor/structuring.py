"""Typed values to plain JSON values and back, strictly, with every fault's path.

The work is cattrs'; what is ours is the strictness (a number is no text, a text no
list, an unknown field an error) and that faults come out with their JSON path.
"""

import contextlib
import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from embargo_monitor.canonical import JsonValue
from embargo_monitor.errors import (
    EmbargoMonitorError,
    EncodingError,
    InvalidValueError,
    quoted,
)
from embargo_monitor.model.about import About
from embargo_monitor.model.claims import (
    AnyClaim,
    Claim,
)
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Category
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.rules import Rule

T = TypeVar("T")

_INSTANT = "%Y-%m-%dT%H:%M:%SZ"

_TEXT_FORMS: dict[type, Callable[[str], Any]] = {
    ImpreciseDate: ImpreciseDate,
    Rule: Rule.parse,
    About: About.parse,
    Identifier: Identifier.parse,
    Category: Category.parse,
}


def unstructure(value: Any) -> dict[str, JsonValue]:
    """Turn an attrs value into a JSON object, leaving out fields at their default."""
    plain: dict[str, JsonValue] = _converter().unstructure(value)
    return plain


def structure(value: JsonValue, type_: type[T], path: str) -> T:
    """Turn a JSON value into a value of *type_*.

    Args:
        value: The JSON value.
        type_: An attrs class.
        path: Where *value* stands, for the faults: `$`, `$.body`.

    Raises:
        EncodingError: It is no such value; every fault with its path.
    """
    try:
        return _converter().structure(value, type_)
    except (BaseValidationError, EmbargoMonitorError) as error:
        raise EncodingError(*_faults(error, path)) from None


@functools.cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, omit_if_default=True)
    for primitive in (str, int, bool):
        converter.register_structure_hook(primitive, _exactly)
    converter.register_structure_hook(date, _day)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(datetime, _instant)
    converter.register_unstructure_hook(datetime, _instant_text)
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_unstructure_hook(Decimal, _plain)
    for type_, parse in _TEXT_FORMS.items():
        converter.register_structure_hook(type_, functools.partial(_text, parse))
        converter.register_unstructure_hook(type_, str)
    converter.register_structure_hook_func(_is_enum, _member)
    converter.register_structure_hook_factory(attrs.has, _object_hook)
    converter.register_unstructure_hook_factory(attrs.has, _plain_hook)
    converter.register_structure_hook_factory(_is_tuple, _list_hook)
    converter.register_structure_hook_factory(_is_choice, _choice_hook)
    converter.register_structure_hook_func(_is_any_claim, _claim)
    return converter


def _is_enum(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, Enum)


def _is_tuple(type_: Any) -> bool:
    return typing.get_origin(type_) is tuple


def _is_any_claim(type_: Any) -> bool:
    return bool(type_ == AnyClaim)


def _is_choice(type_: Any) -> bool:
    """Whether it is a union of text with something else: `str | X`."""
    is_union = typing.get_origin(type_) in (types.UnionType, typing.Union)
    return is_union and str in typing.get_args(type_)


def _refuse(value: Any, wanted: str) -> typing.NoReturn:
    # The fault's path already names the field, so the message need not.
    raise InvalidValueError("the value", value, wanted)


def _exactly(value: Any, type_: type[T]) -> T:
    if type(value) is not type_:
        wanted = {str: "a text", int: "a whole number", bool: "true or false"}
        _refuse(value, wanted[type_])
    return value


def _day(value: Any, _: Any) -> date:
    if type(value) is date:  # TOML has days of its own; JSON writes them as text
        return value
    day = None
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(_exactly(value, str))
    if day is None or day.isoformat() != value:
        _refuse(value, "a day such as 2011-02-26")
    return day


def _instant(value: Any, _: Any) -> datetime:
    try:
        instant = datetime.strptime(_exactly(value, str), _INSTANT).replace(tzinfo=UTC)
    except ValueError:
        instant = None
    if instant is None or _instant_text(instant) != value:
        _refuse(value, "a UTC instant such as 2026-01-02T03:04:05Z")
    return instant


def _instant_text(instant: datetime) -> str:
    # Not strftime: its %Y writes the year 999 with three digits on some systems.
    return instant.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(value: Any, _: Any) -> Decimal:
    text = _exactly(value, str)
    digits = text.replace(".", "", 1)
    number = Decimal(text) if digits.isascii() and digits.isdigit() else None
    if number is None or _plain(number) != text:
        _refuse(value, "a plain decimal number as text, such as 3000000000 or 2.5")
    return number


def _text(parse: Callable[[str], Any], value: Any, _: Any) -> Any:
    return parse(_exactly(value, str))


@functools.cache
def _members(type_: Any) -> Mapping[str, Any]:
    return {member.value: member for member in type_}


def _member(value: Any, type_: Any) -> Any:
    members = _members(type_)
    if type(value) is not str or value not in members:
        _refuse(value, f"one of {', '.join(members)}")
    return members[value]


def _key(name: str) -> str:
    # `for_`, `as_`, `from_`: Python reserves the word, JSON does not.
    return name.rstrip("_")


def _renames(type_: type) -> dict[str, Any]:
    names = (attribute.name for attribute in attrs.fields(type_))
    return {name: override(rename=_key(name)) for name in names if name != _key(name)}


def _object_hook(type_: Any, converter: Converter) -> Any:
    build = make_dict_structure_fn(
        type_, converter, _cattrs_forbid_extra_keys=True, **_renames(type_)
    )

    def hook(value: Any, _: Any) -> Any:
        if type(value) is not dict:
            _refuse(value, "an object")
        return build(value, type_)

    return hook


def _plain_hook(type_: Any, converter: Converter) -> Any:
    plain = make_dict_unstructure_fn(
        type_, converter, _cattrs_omit_if_default=True, **_renames(type_)
    )
    if not issubclass(type_, Claim):
        return plain
    return lambda claim: {"kind": type_.kind, **plain(claim)}


def _list_hook(type_: Any, converter: Converter) -> Any:
    (member, _) = typing.get_args(type_)

    def hook(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            _refuse(value, "a list")
        made, errors = [], []
        for at, one in enumerate(value):
            try:
                made.append(converter.structure(one, member))
            except (BaseValidationError, EmbargoMonitorError) as error:
                error.add_note(IterableValidationNote("", at, member))
                errors.append(error)
        if errors:
            raise IterableValidationError("", errors, type_)
        return tuple(made)

    return hook


def _choice_hook(type_: Any, converter: Converter) -> Any:
    [other] = [arg for arg in typing.get_args(type_) if arg not in (str, type(None))]
    return lambda value, _: (
        value if type(value) is str else converter.structure(value, other)
    )


def _claim(value: Any, _: Any) -> Any:
    if type(value) is not dict:
        _refuse(value, "an object")
    kinds = {kind.kind: kind for kind in typing.get_args(AnyClaim)}
    named = value.get("kind")
    if type(named) is not str or named not in kinds:
        raise InvalidValueError("kind", named, f"one of {', '.join(kinds)}")
    rest = {key: one for key, one in value.items() if key != "kind"}
    return _converter().structure(rest, kinds[named])


def _faults(error: BaseException, path: str) -> list[str]:
    """List every fault below *error*, each with its JSON path."""
    if isinstance(error, BaseValidationError):
        return [
            fault
            for inner in error.exceptions
            for fault in _faults(inner, _step(inner, path))
        ]
    if isinstance(error, ForbiddenExtraKeysError):
        return [_unknown(key, error, path) for key in sorted(error.extra_fields)]
    if isinstance(error, KeyError):
        return [f"{path}: is missing"]
    if isinstance(error, InvalidValueError) and error.path:
        bare = str(error).removeprefix(f"{error.path}: ")
        return [f"{path}{error.path.removeprefix('$')}: {bare}"]
    return [f"{path}: {error}"]


def _step(error: BaseException, path: str) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return f"{path}.{_key(note.name)}"
        if isinstance(note, IterableValidationNote):
            return f"{path}[{note.index}]"
    return path


def _unknown(key: str, error: ForbiddenExtraKeysError, path: str) -> str:
    known = [_key(attribute.name) for attribute in attrs.fields(error.cl)]
    near = get_close_matches(key, known, n=3)
    hint = f"; near: {', '.join(near)}" if near else ""
    return f"{path}: unknown field {quoted(key)}{hint}"
