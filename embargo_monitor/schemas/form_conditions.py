"""What a type of the authoring form asks of several of its fields at once.

An empty text, an empty list and `false` say nothing in a form, so a field is *given*
where it holds something else. Tests hold these to what the library refuses.
"""

from collections.abc import Mapping
from typing import Any

from embargo_monitor.authoring.form import Row, WrittenReport
from embargo_monitor.authoring.parts import DATED, NEEDS, PARTS
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
from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.actors import ActorKind
from embargo_monitor.model.claims import ActorIs, Claim, EmbargoIs, Says
from embargo_monitor.model.documents import Basis
from embargo_monitor.model.quotes import Handling
from embargo_monitor.model.rules import BOUNDED, READING
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
from embargo_monitor.schemas.texts import MONEY, Schema, amount_in, spelled

GIVEN = "given"
"""The name in the `$defs` of what is given."""

SAYS_SOMETHING: Schema = {
    # No description, which editors would show in place of the field's own.
    "not": {"enum": ["", [], {}, False]},
    "errorMessage": "must say something here",
}

_GIVEN: Schema = {"$ref": f"#/$defs/{GIVEN}"}


def _with(name: str, holds: Schema) -> Schema:
    return {"required": [name], "properties": {name: holds}}


def _given(name: str) -> Schema:
    return _with(name, _GIVEN)


def _not_given(*names: str, why: str) -> Schema:
    left_out = {"not": _GIVEN, "errorMessage": f"must be left out {why}"}
    return {"properties": dict.fromkeys(names, left_out)}


def _one_given(*names: str) -> Schema:
    said = [_given(name) for name in names]
    if len(said) == 1:
        return said[0]
    return {"anyOf": said, "errorMessage": f"must have one of {', '.join(names)}"}


def _just(condition: Schema, name: str, why: str) -> Schema:
    return when(condition, _given(name), _not_given(name, why=why))


_NAMED = _with(
    "names",
    {
        "not": {"additionalProperties": {"const": []}},
        "errorMessage": "must have one name at least",
    },
)
_INFERRED = is_("known", Known.INFERRED.value)
_KNOWN_PERSON = _one_given("public", "pseudonym", "unnamed")
_PEOPLE = (SourceKind.PERSON.value, SourceKind.PEOPLE.value)
_READS = matches("rule", READS)
_READING = spelled(READS, f"{READING}, which alone goes against a rule")
_ABOVE_PUBLIC = (one.value for one in Handling if one is not Handling.PUBLIC)


def _either_rule(pattern: str, wanted: str) -> Schema:
    """Say that the rule, or the one that a reading goes against, is such a one."""
    either = [matches("against", pattern), matches("rule", pattern)]
    return {"anyOf": either, "errorMessage": f"must have {wanted}"}


_SUBJECTS = {
    "embargo": EmbargoIs.subjects,
    "actor_is": ActorIs.subjects,
    "says": Says.subjects,
}


def _of_its_kind(kind: AboutKind) -> Schema:
    """Refuse the parts of a row that cannot be about such a thing."""
    unfit = (one for one in PARTS if kind not in _SUBJECTS.get(one, Claim.subjects))
    return when(
        matches("about", f"^{kind.value}:"),
        _not_given(*unfit, why=f"in a row about {kind.value}:"),
    )


def _row() -> tuple[Schema, ...]:
    needs = {name.rstrip("_"): of for name, of in NEEDS.items()}
    units_of = {of.value: units for of, units in UNITS_OF.items()}
    return (
        _one_given(*PARTS),
        *(when(_given(name), _one_given(*of)) for name, of in needs.items()),
        *(_of_its_kind(kind) for kind in AboutKind),
        when({"required": ["quote"]}, _not_given("wording", why="beside a quote")),
        when(_given("mentions"), _given("as")),
        when(_given("embargo"), _given("position")),
        when(_given("actor_is"), _one_given("actor", "text")),
        when(_one_given(*DATED), {"properties": {"when": {"minLength": 1}}}),
        *(
            when(is_("of", of), {"properties": {"value": amount_in(units)}})
            for of, units in units_of.items()
        ),
        when(
            all_of(_given("value"), {"not": is_("of", *units_of)}),
            {"properties": {"value": MONEY}},
        ),
    )


_UNSETTLED = {
    "anyOf": [
        {"type": "string", "pattern": r"\?$"},
        {"type": "object", **is_("known", Known.UNCLEAR.value)},
    ]
}
_FIRST: Schema = {
    "const": RelayStance.RELAYS.value,
    "errorMessage": "must be left out for the first speaker",
}
_VOICE: Schema = {
    "minItems": 1,
    "prefixItems": [{"properties": {"stance": _FIRST}}],
    "contains": {"not": _UNSETTLED},
    "errorMessage": "must have a speaker, and one that is not unclear",
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
    WrittenExhibit: (_just(is_("handling", *_ABOVE_PUBLIC), "salt", "at public"),),
    WrittenActor: (when(is_("kind", ActorKind.PERSON.value), _KNOWN_PERSON),),
    WrittenPlace: (_NAMED,),
    WrittenSource: (
        _one_given("kind", "actor"),
        {"anyOf": [_NAMED, _given("actor")]},
        when(
            _given("unnamed"),
            _not_given("actor", why="of an unnamed source: give a side"),
        ),
        when(all_of(_NAMED, is_("kind", *_PEOPLE)), _KNOWN_PERSON),
    ),
    WrittenSpeaker: (_just(_INFERRED, "reason", "unless it is inferred"),),
    WrittenDay: (
        _one_given("day", "printed"),
        when(_given("day"), _not_given("printed", why="beside a day of yours")),
        _just(_given("day"), "reason", "without a day of yours"),
    ),
    WrittenWhen: (
        when(_given("translation"), _given("wording")),
        when({"anyOf": [_INFERRED, _READS]}, _given("reason")),
        when(
            _given("against"),
            all_of(_with("rule", _READING), {"properties": {"against": UNREAD}}),
        ),
        when(_READS, _with("date", MARKED)),
        when(
            all_of(_given("rule"), {"not": _READS}),
            _not_given("date", why="where a rule gives it"),
            _given("date"),
        ),
        when(
            _given("anchor"), _either_rule(COUNTS, "a rule that counts from its anchor")
        ),
        when(_given("until"), _either_rule(BOUNDS, f"{BOUNDED}, which takes until")),
    ),
    Row: _row(),
}
"""The conditions of each type of the form."""
