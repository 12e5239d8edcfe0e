"""The schema of the authoring form.

The form's types hold plain text, which becomes fields of the model: a schema of the
form says of each text what the model's field that it becomes will take. A written
field becomes the field of its name; where the names differ, it is said here.
"""

import typing
from collections.abc import Mapping
from typing import Any

import attrs
from attrs import evolve, field, frozen

from embargo_monitor.authoring.form import (
    FORM_VERSION,
    Graded,
    Made,
    Row,
    WrittenReport,
)
from embargo_monitor.authoring.parts import ROLES
from embargo_monitor.authoring.written import (
    WrittenActor,
    WrittenDay,
    WrittenDocument,
    WrittenEvent,
    WrittenExhibit,
    WrittenItem,
    WrittenName,
    WrittenPlace,
    WrittenQuote,
    WrittenReading,
    WrittenSource,
    WrittenSpeaker,
    WrittenWhen,
)
from embargo_monitor.model.about import About
from embargo_monitor.model.actors import Actor, Place
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.claims import (
    ActorIs,
    AnyClaim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    Says,
    ValueIs,
)
from embargo_monitor.model.documents import Document, Reading
from embargo_monitor.model.events import Event
from embargo_monitor.model.goods import Item
from embargo_monitor.model.grades import ReliabilityGrade
from embargo_monitor.model.names import Name
from embargo_monitor.model.quotes import Exhibit, Quote, Translation
from embargo_monitor.model.refs import Ref, RefKind
from embargo_monitor.model.reports import Report
from embargo_monitor.model.voices import Source, Speaker, Voice
from embargo_monitor.model.when import Anchor, When
from embargo_monitor.schemas.describing import described, of_fields
from embargo_monitor.schemas.form_conditions import (
    FORM_CONDITIONS,
    GIVEN,
    SAYS_SOMETHING,
)
from embargo_monitor.schemas.shaping import (
    AS_TEXT,
    DIALECT,
    Definitions,
    args_of,
    closed,
    is_class,
    is_enum,
    key_of,
    meaning,
    text_for,
)
from embargo_monitor.schemas.texts import (
    ABOUT,
    AMOUNT,
    COUNT,
    DATE,
    ITEM,
    LABEL,
    QUANTITY,
    SHA256,
    SPEAKER,
    TEXTS,
    Schema,
    Text,
)

_BECOME: Mapping[Any, tuple[Any, ...]] = {
    WrittenReport: (Report,),
    WrittenDocument: (Document,),
    WrittenReading: (Reading,),
    WrittenExhibit: (Exhibit,),
    WrittenActor: (Actor,),
    WrittenPlace: (Place,),
    WrittenSource: (Source,),
    WrittenSpeaker: (Speaker,),
    WrittenEvent: (Event,),
    WrittenName: (Name,),
    WrittenWhen: (When,),
    WrittenDay: (Anchor,),
    WrittenQuote: (Quote,),
    WrittenItem: (Item,),
    Made: (Translation,),
    Graded: (ReliabilityGrade,),
    Row: typing.get_args(AnyClaim),
}
"""What the types of the form become."""

_ANY_WORDS = Text("words", {"minLength": 1})


@frozen
class _Part:
    """What a written field becomes: a field of the model.

    Attributes:
        type: Its type.
        validator: Its validator.
        said: What the model says of it.
    """

    type: Any
    validator: Any = None
    said: str = ""

    @property
    def bare(self) -> Any:
        """Its type, or that of its members."""
        [bare] = args_of(self.type)
        return typing.get_args(bare)[0] if typing.get_origin(bare) is tuple else bare

    @property
    def member(self) -> "_Part":
        """What its members become; those of a voice are its speakers."""
        if self.type is Voice:
            return _part_of(Voice, "speakers").member
        inner = getattr(self.validator, "member_validator", self.validator)
        return _Part(self.bare, inner)


def _part_of(type_: Any, name: str) -> _Part:
    one = attrs.fields_dict(type_)[name]
    said = of_fields(type_).get(name) or meaning(one.type) or described(type_)
    return _Part(one.type, one.validator, said)


_ROLE = evolve(
    _part_of(PartyIs, "actor"), said="Id of an actor in that role, or a list of ids."
)

_ELSEWHERE: Mapping[tuple[Any, str], _Part | Text] = {
    (WrittenReport, "report"): _part_of(Report, "id"),
    (WrittenExhibit, "file"): _ANY_WORDS,
    (WrittenExhibit, "salt"): _ANY_WORDS,
    (WrittenExhibit, "sha256"): SHA256,
    (WrittenActor, "gazetteer"): LABEL,
    (WrittenActor, "count"): COUNT,
    (WrittenSource, "count"): COUNT,
    (WrittenQuote, "words"): _ANY_WORDS,
    (WrittenDay, "printed"): DATE,
    (Row, "goods"): _part_of(GoodsAre, "item"),
    (Row, "mentions"): _part_of(MentionIs, "items"),
    (Row, "quantity"): QUANTITY,
    (Row, "value"): _part_of(ValueIs, "amount"),
    (Row, "embargo"): _part_of(EmbargoIs, "regime"),
    (Row, "actor_is"): _part_of(ActorIs, "relation"),
    (Row, "text"): _part_of(ActorIs, "text"),
    (Row, "says"): _part_of(Says, "text"),
    **{(Row, role): _ROLE for role in ROLES},
    **{(Row, kind.value): _part_of(Ref, "claim") for kind in RefKind},
}
"""What a field of the form becomes, where that is no field of its name."""

_AS_TEXT: Mapping[Any, Text] = {
    **AS_TEXT,
    About: ABOUT,
    Amount: AMOUNT,
    Item: ITEM,
    Anchor: Text(
        "anchor", {**LABEL.shape, "examples": ["published", "written", "said"]}
    ),
    Quote: _ANY_WORDS,
    Speaker: SPEAKER,
}
"""The types of the model that the form has as text."""

_NUMBERS: Mapping[tuple[Any, str], Schema] = {
    (WrittenReport, "form"): {"const": FORM_VERSION},
    (WrittenQuote, "nth"): {"minimum": 0},
}

_EMPTY_SAYS_NOTHING = ("goods", "when")
"""Fields of a row whose default is None, and that may be empty all the same."""


@frozen
class _Forms:
    """What draws the types of the form.

    An empty text says "nothing" in a form: it may stand where nothing is the default.
    """

    definitions: Definitions = field(factory=Definitions)

    def of(self, type_: Any) -> Schema:
        name = type_.__name__.removeprefix("Written")
        return self.definitions.refer(name, lambda: self.object(type_))

    def object(self, type_: Any) -> Schema:
        said = of_fields(type_)
        properties, required = {}, []
        for one in attrs.fields(type_):
            becomes = _becomes(type_, one.name)
            own = said.get(one.name) or getattr(becomes, "said", "")
            shape = self._written(one.type, becomes, empty=_may_be_empty(one, becomes))
            shape = {**shape, **_NUMBERS.get((type_, one.name), {})}
            properties[key_of(one)] = {"description": own, **shape, **_default(one)}
            if one.default is attrs.NOTHING:
                required.append(key_of(one))
        return closed(type_, properties, required, FORM_CONDITIONS)

    def _written(self, type_: Any, becomes: _Part | Text, *, empty: bool) -> Schema:
        """Return the schema of what is written of *type_*, and becomes *becomes*."""
        shapes = [self._one(one, becomes, empty=empty) for one in args_of(type_)]
        return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}

    def _one(self, type_: Any, becomes: _Part | Text, *, empty: bool) -> Schema:
        if type_ is str:
            return self._text(becomes, empty=empty)
        if is_class(type_):
            return self.of(type_)
        if type_ in (int, bool):
            return {"type": {int: "integer", bool: "boolean"}[type_]}
        assert isinstance(becomes, _Part)  # noqa: S101 (a list becomes no text)
        if typing.get_origin(type_) is dict:
            return self._table(typing.get_args(type_)[1], becomes.member)
        items = self._written(typing.get_args(type_)[0], becomes.member, empty=False)
        return {"type": "array", "items": items}

    def _table(self, type_: Any, member: _Part) -> Schema:
        """Return an object whose keys are ids; of names, languages."""
        named = member.type is Name
        key = _part_of(member.type, "language" if named else "id")
        return {
            "type": "object",
            "propertyNames": self._text(key, empty=named),
            "additionalProperties": self._written(type_, member, empty=False),
        }

    def _text(self, becomes: _Part | Text, *, empty: bool) -> Schema:
        """Return the text that becomes a field, or the first field of its type."""
        if isinstance(becomes, Text):
            return self.definitions.text(becomes, empty=empty)
        bare = becomes.bare
        if bare in _AS_TEXT:
            return self.definitions.text(_AS_TEXT[bare], empty=empty)
        if is_enum(bare):
            words = self.definitions.words(bare, becomes.validator)
            # No word of the list, or an editor would offer it as one.
            nothing = {"maxLength": 0}
            return {"type": "string", "anyOf": [words, nothing]} if empty else words
        if is_class(bare):
            first = attrs.fields(bare)[0]
            return self._text(_Part(first.type, first.validator), empty=empty)
        text = text_for(becomes.member.validator, str(becomes))
        return self.definitions.text(text, empty=empty)


def _becomes(type_: Any, name: str) -> _Part | Text:
    """Return what a field of the form becomes; a part of nothing for a form's own."""
    if (type_, name) in _ELSEWHERE:
        return _ELSEWHERE[type_, name]
    homes = (home for home in _BECOME[type_] if name in attrs.fields_dict(home))
    return next((_part_of(home, name) for home in homes), _Part(None))


def _may_be_empty(one: Any, becomes: _Part | Text) -> bool:
    if one.default is attrs.NOTHING:
        text = TEXTS.get(becomes.validator) if isinstance(becomes, _Part) else None
        return text is not None and text.empty
    return one.default in ("", ()) or one.name in _EMPTY_SAYS_NOTHING


def _default(one: Any) -> Schema:
    known = isinstance(one.default, str | int) and one.default not in ("", False)
    return {"default": one.default} if known else {}


def form_schema() -> Schema:
    """Draw the schema of an authoring file."""
    forms = _Forms()
    forms.definitions.drawn[GIVEN] = SAYS_SOMETHING
    drawn = forms.object(WrittenReport)
    whole = "The schema that an editor completes by; no part of the report."
    properties = {
        "$schema": {"description": whole, "type": "string"},
        **drawn["properties"],
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:embargo-monitor:schema:authoring:report:{FORM_VERSION}",
        **drawn,
        "title": "A report as an analyst writes it",
        "properties": properties,
        "$defs": dict(sorted(forms.definitions.drawn.items())),
    }
