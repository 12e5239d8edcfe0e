"""What a type asks of several of its fields at once, as JSON Schema can say it.

The types check it in Python when a value is made, so no generator can read it there:
it is said here a second time, and tests hold the two together by changing values that
are right. What cannot be said here is listed in `docs/schemas.md`.
"""

from collections.abc import Mapping
from typing import Any

from embargo_monitor.model.actors import COUNTED, Actor, ActorKind, Place
from embargo_monitor.model.amounts import COUNTING_UNITS, Amount, Bound
from embargo_monitor.model.calendars import CALENDARS
from embargo_monitor.model.claims import ActorIs, Claim, GoodsAre, ValueIs
from embargo_monitor.model.documents import Basis, Document, Reading
from embargo_monitor.model.quotes import Exhibit
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
)
from embargo_monitor.model.reports import Report
from embargo_monitor.model.rules import BOUNDED, READING, RULES
from embargo_monitor.model.stances import Known
from embargo_monitor.model.vocabulary import UNITS_OF
from embargo_monitor.model.voices import Source, SourceKind, Speaker, Voice
from embargo_monitor.model.when import Anchor, AnchorKind, When
from embargo_monitor.schemas.texts import Schema, either, spelled


def has(*names: str) -> Schema:
    """Say that all of these fields are there."""
    return {"required": [*names]}


def has_one_of(*names: str) -> Schema:
    """Say that at least one of these fields is there."""
    return {"anyOf": [has(name) for name in names]}


def lacks(*names: str) -> Schema:
    """Say that none of these fields is there."""
    left_out = {"not": {}, "errorMessage": "must be left out here"}
    return {"properties": dict.fromkeys(names, left_out)}


def is_(name: str, *values: str) -> Schema:
    """Say that a field is there and holds one of *values*."""
    one = {"const": values[0]} if len(values) == 1 else {"enum": [*values]}
    return {"required": [name], "properties": {name: one}}


def matches(name: str, pattern: str) -> Schema:
    """Say that a field is there and fits a pattern."""
    return {"required": [name], "properties": {name: {"pattern": pattern}}}


def when(condition: Schema, then: Schema, otherwise: Schema | None = None) -> Schema:
    """Say that *then* holds where *condition* does, and *otherwise* elsewhere."""
    said = {"if": condition, "then": then}
    return said if otherwise is None else {**said, "else": otherwise}


def just(condition: Schema, name: str) -> Schema:
    """Say that a field is there where *condition* holds, and only there."""
    return when(condition, has(name), lacks(name))


def some(name: str) -> Schema:
    """Say that a list is not empty."""
    return {"properties": {name: {"minItems": 1}}}


def all_of(*said: Schema) -> Schema:
    """Say several things at once."""
    return {"allOf": [*said]}


_UNCOUNTED = (READING, *CALENDARS)
COUNTS = f"^(?:{either(name for name in RULES if name not in _UNCOUNTED)})(?: |$)"
"""The rules that count from an anchor."""

READS = f"^{READING}$"
BOUNDS = f"^{BOUNDED}$"
UNREAD = spelled(f"^(?!{READING})", "a rule that gives a date of its own")
MARKED = spelled(r"^\[|[?%]", "marked ? or %, as a reading of yours")


def _counted(rule: str) -> Schema:
    """Say what a date needs that was counted by the rule in that field."""
    return all_of(
        just(matches(rule, COUNTS), "anchor"), just(matches(rule, BOUNDS), "until")
    )


def _ends(bounds: tuple[Bound, ...], then: Schema) -> Schema:
    return when(is_("bound", *(bound.value for bound in bounds)), then)


def _named_person(kinds: tuple[str, ...]) -> Schema:
    return when(is_("kind", *kinds), has_one_of("public", "pseudonym", "unnamed"))


def _value_units() -> Schema:
    units = {of.value: [*known] for of, known in UNITS_OF.items()}
    in_units = [
        when(is_("of", of), {"properties": {"amount": _in_unit(known)}})
        for of, known in units.items()
    ]
    no_money = is_("of", *units)
    money = {"not": _in_unit([*COUNTING_UNITS])}
    return all_of(*in_units, when({"not": no_money}, {"properties": {"amount": money}}))


def _in_unit(units: list[str]) -> Schema:
    return {"properties": {"unit": {"enum": units}}}


_COUNT: Schema = {"properties": {"count": _in_unit([*COUNTED])}}
_PERSON = ActorKind.PERSON.value
_PEOPLE = (SourceKind.PERSON.value, SourceKind.PEOPLE.value)
_ANYTHING = (LinkRelation.SAME, LinkRelation.DIFFERENT, LinkRelation.UNSURE)
_DATED = (AnchorKind.DAY.value, AnchorKind.PRINTED.value)
_INFERRED = is_("known", Known.INFERRED.value)
_SETTLED = {"not": is_("known", Known.UNCLEAR.value)}
_TABLES = ("document", "actors", "places", "sources", "voices", "events")

CONDITIONS: Mapping[Any, tuple[Schema, ...]] = {
    Actor: (some("names"), _named_person((_PERSON,)), _COUNT),
    Place: (some("names"),),
    Amount: (
        _ends((Bound.EXACT, Bound.ABOUT, Bound.RANGE), has("low", "high")),
        _ends((Bound.AT_LEAST, Bound.MORE_THAN), all_of(has("low"), lacks("high"))),
        _ends((Bound.AT_MOST, Bound.LESS_THAN), all_of(has("high"), lacks("low"))),
        _ends((Bound.LESS_THAN,), {"properties": {"high": {"not": {"const": "0"}}}}),
    ),
    Source: (
        has_one_of("names", "actor"),
        when(has("unnamed"), lacks("actor")),
        when(has("names"), _named_person(_PEOPLE)),
        _COUNT,
    ),
    Speaker: (just(_INFERRED, "reason"),),
    Voice: (
        some("speakers"),
        {
            "properties": {
                "speakers": {"prefixItems": [lacks("stance")], "contains": _SETTLED}
            }
        },
    ),
    Anchor: (
        just(is_("of", AnchorKind.CLAIM.value), "claim"),
        just(is_("of", *_DATED), "day"),
        just(is_("of", AnchorKind.DAY.value), "reason"),
    ),
    When: (
        {"dependentRequired": {"quote": ["wording"], "translation": ["wording"]}},
        when(_INFERRED, has("reason")),
        when(
            matches("rule", READS),
            all_of(
                has("reason"), {"properties": {"date": MARKED}}, _counted("against")
            ),
            all_of(lacks("against"), _counted("rule")),
        ),
        {"properties": {"against": UNREAD}},
    ),
    Claim: (
        when(has("quote"), lacks("wording")),
        when(has("translation"), has_one_of("quote", "wording")),
    ),
    GoodsAre: ({"properties": {"quantity": _in_unit([*COUNTING_UNITS])}},),
    ValueIs: (_value_units(),),
    ActorIs: (has_one_of("actor", "text"),),
    Exhibit: (
        when(
            has("handling"), matches("digest", "^hmac-"), matches("digest", "^sha256:")
        ),
    ),
    Reading: (when(is_("basis", Basis.INFERRED.value), has("reason")),),
    Document: (some("titles"),),
    Correction: (has_one_of(*_TABLES, "adds", "replaces", "withdraws"),),
    Assessment: ({"properties": {"credibility": lacks("reason")}},),
    Link: (
        when(
            {"not": is_("linked", Linked.EVENT.value)},
            is_("relation", *(relation.value for relation in _ANYTHING)),
        ),
    ),
    Report: (some("sources"),),
}
"""The conditions of each type, and of those that are made of it."""
