"""From the types of the model to schemas: what every field of a record may hold."""

import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from types import SimpleNamespace
from typing import Any

import attrs
from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.about import About
from embargo_monitor.model.claims import AnyClaim, Claim, some_items
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Category
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.quotes import counting
from embargo_monitor.model.rules import Rule
from embargo_monitor.schemas.conditions import CONDITIONS
from embargo_monitor.schemas.describing import described, of_fields
from embargo_monitor.schemas.texts import (
    CATEGORY,
    DATE,
    IDENTIFIER,
    INSTANT,
    NUMBER,
    RULE,
    TEXTS,
    Schema,
    Text,
    about,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The version of JSON Schema that the schemas are written in."""

AS_TEXT: Mapping[Any, Text] = {
    ImpreciseDate: DATE,
    Rule: RULE,
    Identifier: IDENTIFIER,
    Category: CATEGORY,
    Decimal: NUMBER,
    datetime: INSTANT,
}
"""The types that are written as text."""

NARROWER: Mapping[Callable[..., Any], Schema] = {
    counting: {"minimum": 0, "maximum": 2**53 - 1},
    some_items: {"minItems": 1},
}
"""What validators ask of values that are no texts."""


def key_of(attribute: Any) -> str:
    """Return a field's name in JSON: `for`, which Python has to call `for_`."""
    name: str = attribute.name
    return name.rstrip("_")


def is_class(type_: Any) -> bool:
    """Whether a type is one of ours that is written as an object."""
    return isinstance(type_, type) and attrs.has(type_) and type_ not in AS_TEXT


def is_enum(type_: Any) -> bool:
    """Whether a type is a closed list."""
    return isinstance(type_, type) and issubclass(type_, Enum)


def args_of(type_: Any) -> tuple[Any, ...]:
    """Return the members of a union without None; of all else, the type itself."""
    if typing.get_origin(type_) not in (types.UnionType, typing.Union):
        return (type_,)
    return tuple(one for one in typing.get_args(type_) if one is not type(None))


def text_for(validator: Any, where: str) -> Text:
    """Return the text that a validator takes.

    Raises:
        TypeError: It is none that `texts.TEXTS` knows: add it there.
    """
    if validator not in TEXTS:
        raise TypeError(f"{where}: {validator} is no text of embargo_monitor.schemas")
    return TEXTS[validator]


@frozen
class Definitions:
    """The `$defs` of one schema, drawn as they are first referred to."""

    drawn: dict[str, Schema] = field(factory=dict)

    def refer(self, name: str, draw: Callable[[], Schema]) -> Schema:
        """Return a reference to a definition, which is drawn if it is new."""
        if name not in self.drawn:
            self.drawn[name] = {}
            self.drawn[name] = draw()
        return {"$ref": f"#/$defs/{name}"}

    def text(self, text: Text, *, empty: bool) -> Schema:
        """Return a reference to a text; with *empty*, the empty text may stand."""
        name = f"{text.name}OrEmpty" if empty else text.name
        return self.refer(name, lambda: text.schema(empty=empty))

    def words(self, enum: Any, validator: Any) -> Schema:
        """Return a reference to a closed list, or what a field takes of it."""
        taken = [one.value for one in enum if _takes(validator, one)]
        if len(taken) < len(enum):
            return {"type": "string", "enum": taken}
        said = {"title": enum.__name__, "description": described(enum)}
        return self.refer(
            enum.__name__, lambda: {**said, "type": "string", "enum": taken}
        )


def _takes(validator: Any, member: Enum) -> bool:
    """Whether a field's validator takes that member of a closed list."""
    try:
        if validator is not None:
            validator(None, SimpleNamespace(name="word"), member)
    except InvalidValueError:
        return False
    return True


@frozen
class Records:
    """What draws the types of records, as entries hold them.

    A field at its default is left out of an entry, so no field may hold it.
    """

    definitions: Definitions = field(factory=Definitions)

    def of(self, type_: Any, *, without: str = "") -> Schema:
        """Return a reference to the object that a type is written as."""
        return self.definitions.refer(
            type_.__name__, lambda: self._object(type_, without)
        )

    def _object(self, type_: Any, without: str) -> Schema:
        fields = [one for one in attrs.fields(type_) if one.name != without]
        said = of_fields(type_)
        properties: Schema = {}
        if issubclass(type_, Claim):
            properties["kind"] = {"const": type_.kind, "description": described(type_)}
        for one in fields:
            shape = self._field(type_, one)
            what = said.get(one.name) or meaning(one.type) or described(type_)
            if "not" in _without(one.default):
                what += f" Left out: `{plain(one.default)}`."
            properties[key_of(one)] = {"description": what, **shape}
        required = [key_of(one) for one in fields if one.default is attrs.NOTHING]
        if issubclass(type_, Claim):
            required.insert(0, "kind")
        return closed(type_, properties, required, CONDITIONS)

    def _field(self, type_: Any, one: Any) -> Schema:
        if one.type is About:
            return about(type_.subjects)
        [bare] = [one.type] if one.type == AnyClaim else args_of(one.type)
        if bare is str:
            text = text_for(one.validator, f"{type_.__name__}.{one.name}")
            empty = text.empty and one.default != ""
            shape = self.definitions.text(text, empty=empty)
        else:
            shape = {
                **self.value(bare, one.validator, type_.__name__),
                **NARROWER.get(one.validator, {}),
            }
        return {**shape, **_without(one.default)}

    def value(self, type_: Any, validator: Any, where: str) -> Schema:
        """Return the schema of a value of *type_*."""
        if type_ == AnyClaim:
            return self._claim()
        if type_ in AS_TEXT:
            return self.definitions.text(AS_TEXT[type_], empty=False)
        if typing.get_origin(type_) is tuple:
            member = typing.get_args(type_)[0]
            inner = getattr(validator, "member_validator", None)
            return {"type": "array", "items": self.value(member, inner, where)}
        if type_ is str:
            return self.definitions.text(text_for(validator, where), empty=False)
        if is_enum(type_):
            return self.definitions.words(type_, validator)
        if is_class(type_):
            return self.of(type_)
        return {"type": {int: "integer", bool: "boolean"}[type_]}

    def _claim(self) -> Schema:
        kinds = typing.get_args(AnyClaim)
        words = [kind.kind for kind in kinds]
        return self.definitions.refer(
            "AnyClaim",
            lambda: {
                "title": "Claim",
                "description": "One thing that somebody says, of one of nine kinds.",
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"enum": words}},
                # Not oneOf: so a complaint is about the kind that was meant.
                "allOf": [
                    {
                        "if": {
                            "required": ["kind"],
                            "properties": {"kind": {"const": kind.kind}},
                        },
                        "then": self.of(kind),
                    }
                    for kind in kinds
                ],
            },
        )


def meaning(type_: Any) -> str:
    """Return what a field holds, in the words of its type; empty for a plain one."""
    [bare, *others] = args_of(type_)
    return described(bare) if not others and (is_enum(bare) or is_class(bare)) else ""


def closed(
    type_: Any,
    properties: Schema,
    required: list[str],
    conditions: Mapping[Any, tuple[Schema, ...]],
) -> Schema:
    """Return the schema of an object that has these fields and no others."""
    drawn: Schema = {
        "title": type_.__name__.removeprefix("Written"),
        "description": described(type_),
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }
    said = [one for base in type_.__mro__ for one in conditions.get(base, ())]
    return {**drawn, "allOf": said} if said else drawn


def _without(default: Any) -> Schema:
    """Return what keeps a field from holding its default."""
    if default in ((), None, "", attrs.NOTHING):
        return {"minItems": 1} if default == () else {}
    if default is False:
        return {"const": True}
    return {"not": {"const": plain(default)}}


def plain(default: Any) -> Any:
    """Return a default as JSON has it."""
    return default.value if isinstance(default, Enum) else default
