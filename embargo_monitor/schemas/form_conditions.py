"""What a type of the authoring form asks of several of its fields at once.

An empty text, an empty list and `false` say nothing in a form, so a field is *given*
where it holds something else. Tests hold these to what the library refuses.
"""

from collections.abc import Mapping
from typing import Any

from embargo_monitor.authoring.form import Row, WrittenReport
from embargo_monitor.authoring.parts import _DATED, _NEEDS, _PARTS
from embargo_monitor.authoring.written import (
    WrittenActor,
    WrittenDay,
    WrittenDocument,
    WrittenExhibit,
    WrittenPlace,
    WrittenReading,
    WrittenSource,
    WrittenSpeaker,
    WrittenWhen,
)
from embargo_monitor.model.actors import ActorKind
from embargo_monitor.model.documents import Basis
from embargo_monitor.model.quotes import Handling
from embargo_monitor.model.stances import Known, RelayStance
from embargo_monitor.model.vocabulary import UNITS_OF
from embargo_monitor.model.voices import SourceKind
from embargo_monitor.schemas.conditions import (
    BOUNDS,
    COUNTS,
    MARKED,
    READS,
    UNREAD,
    all_of,
    is_,
    matches,
    when,
)
from embargo_monitor.schemas.texts import MONEY, Schema, amount_in

GIVEN = "given"
"""The name in the `$defs` of what is given."""

SAYS_SOMETHING: Schema = {
    "description": "Neither an empty text, list or object, nor false.",
    "not": {"enum": ["", [], {}, False]},
}

_GIVEN: Schema = {"$ref": f"#/$defs/{GIVEN}"}


def _with(name: str, holds: Schema) -> Schema:
    return {"required": [name], "properties": {name: holds}}


def _given(name: str) -> Schema:
    return _with(name, _GIVEN)


def _not_given(*names: str) -> Schema:
    return {"properties": {name: {"not": _GIVEN} for name in names}}


def _one_given(*names: str) -> Schema:
    said = [_given(name) for name in names]
    return said[0] if len(said) == 1 else {"anyOf": said}


def _just(condition: Schema, name: str) -> Schema:
    return when(condition, _given(name), _not_given(name))


_NAMED = _with("names", {"not": {"additionalProperties": {"const": []}}})
_INFERRED = is_("known", Known.INFERRED.value)
_KNOWN_PERSON = _one_given("public", "pseudonym", "unnamed")
_PEOPLE = (SourceKind.PERSON.value, SourceKind.PEOPLE.value)
_READS = matches("rule", READS)
_ABOVE_PUBLIC = (one.value for one in Handling if one is not Handling.PUBLIC)


def _either_rule(pattern: str) -> Schema:
    """Say that the rule, or the one that a reading goes against, is such a one."""
    return {"anyOf": [matches("against", pattern), matches("rule", pattern)]}


def _row() -> tuple[Schema, ...]:
    needs = {name.rstrip("_"): of for name, of in _NEEDS.items()}
    unit_of = {of.value: amount_in(units) for of, units in UNITS_OF.items()}
    return (
        _one_given(*_PARTS),
        *(when(_given(name), _one_given(*of)) for name, of in needs.items()),
        when({"required": ["quote"]}, _not_given("wording")),
        when(_given("mentions"), _given("as")),
        when(_given("embargo"), _given("position")),
        when(_given("actor_is"), _one_given("actor", "text")),
        when(_one_given(*_DATED), {"properties": {"when": {"minLength": 1}}}),
        *(
            when(is_("of", of), {"properties": {"value": text.shape}})
            for of, text in unit_of.items()
        ),
        when(
            all_of(_given("value"), {"not": is_("of", *unit_of)}),
            {"properties": {"value": {"pattern": MONEY.shape["pattern"]}}},
        ),
    )


_UNSETTLED = {
    "anyOf": [
        {"type": "string", "pattern": r"\?$"},
        {"type": "object", **is_("known", Known.UNCLEAR.value)},
    ]
}
_VOICE: Schema = {
    "minItems": 1,
    "prefixItems": [{"properties": {"stance": {"const": RelayStance.RELAYS.value}}}],
    "contains": {"not": _UNSETTLED},
}


def _some(table: str, member: Schema) -> Schema:
    """Say that some member of a table is so."""
    return _with(table, {"not": {"additionalProperties": {"not": member}}})


def _some_row(*rows: Schema) -> Schema:
    return _with("claims", {"contains": {"anyOf": [*rows]}})


_TRANSLATED = {"type": "object", **_given("translation")}
_TRANSLATION = {
    "anyOf": [
        _some_row(_TRANSLATED, _with("when", _TRANSLATED)),
        _some("voices", {"contains": {"type": "object", **_with("said", _TRANSLATED)}}),
    ]
}
_GRADE = {
    "anyOf": [
        _some_row(_given("credibility")),
        _some("sources", _given("reliability")),
    ]
}

FORM_CONDITIONS: Mapping[Any, tuple[Schema, ...]] = {
    WrittenReport: (
        {"properties": {"sources": {"minProperties": 1}}},
        {"properties": {"voices": {"additionalProperties": _VOICE}}},
        when(_TRANSLATION, {"required": ["translations"]}),
        when(_GRADE, {"required": ["graded"]}),
    ),
    WrittenDocument: ({"properties": {"titles": {"minProperties": 1}}},),
    WrittenReading: (when(is_("basis", Basis.INFERRED.value), _given("reason")),),
    WrittenExhibit: (_just(is_("handling", *_ABOVE_PUBLIC), "salt"),),
    WrittenActor: (when(is_("kind", ActorKind.PERSON.value), _KNOWN_PERSON),),
    WrittenPlace: (_NAMED,),
    WrittenSource: (
        _one_given("kind", "actor"),
        {"anyOf": [_NAMED, _given("actor")]},
        when(_given("unnamed"), _not_given("actor")),
        when(all_of(_NAMED, is_("kind", *_PEOPLE)), _KNOWN_PERSON),
    ),
    WrittenSpeaker: (_just(_INFERRED, "reason"),),
    WrittenDay: (
        _one_given("day", "printed"),
        when(_given("day"), _not_given("printed")),
        _just(_given("day"), "reason"),
    ),
    WrittenWhen: (
        when(_given("translation"), _given("wording")),
        when({"anyOf": [_INFERRED, _READS]}, _given("reason")),
        when(
            _given("against"),
            all_of(_READS, {"properties": {"against": {"pattern": UNREAD}}}),
        ),
        when(_READS, matches("date", MARKED)),
        when(
            all_of(_given("rule"), {"not": _READS}), _not_given("date"), _given("date")
        ),
        when(_given("anchor"), _either_rule(COUNTS)),
        when(_given("until"), _either_rule(BOUNDS)),
    ),
    Row: _row(),
}
"""The conditions of each type of the form."""
