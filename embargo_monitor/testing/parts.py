"""The parts of a report but its claims: the document, who speaks, what of, where."""

from typing import TypedDict

import attrs
from hypothesis import strategies as st

from embargo_monitor.model.actors import Actor, ActorKind, Place, PlaceKind
from embargo_monitor.model.documents import Basis, Document, Reading
from embargo_monitor.model.events import Event, EventKind
from embargo_monitor.model.quotes import Exhibit, Handling
from embargo_monitor.model.stances import Known, RelayStance
from embargo_monitor.model.voices import (
    DocumentState,
    Mandate,
    Side,
    Source,
    SourceKind,
    Speaker,
    Voice,
)
from embargo_monitor.testing.dating import whens
from embargo_monitor.testing.setting import SETTING, Setting
from embargo_monitor.testing.texts import (
    labels,
    languages,
    lines,
    maybe_line,
    maybe_prose,
    names,
    prose,
)
from embargo_monitor.testing.values import (
    amounts,
    few,
    identifiers,
    imprecise_dates,
    reliability_grades,
)

_MEDIA_TYPES = ("text/plain", "application/pdf", "image/svg+xml")
_COUNTRIES = ("", "PK", "LY", "SUHH")
_MOST_BYTES = 2**53 - 1




@st.composite
def exhibits(draw: st.DrawFn) -> Exhibit:
    """Build exhibits of any handling, under the digest that it asks for."""
    handling = draw(st.sampled_from(Handling))
    method = "sha256" if handling is Handling.PUBLIC else "hmac-sha256"
    digest = draw(st.binary(min_size=32, max_size=32)).hex()
    return Exhibit(
        draw(labels()),
        f"{method}:{digest}",
        media_type=draw(st.sampled_from(_MEDIA_TYPES)),
        size=draw(st.integers(0, _MOST_BYTES)),
        language=draw(languages()),
        handling=handling,
        title=draw(maybe_line()),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Build readings of a document's date."""
    basis = draw(st.sampled_from(Basis))
    reasons = prose() if basis is Basis.INFERRED else maybe_prose()
    date, wording = draw(imprecise_dates()), draw(maybe_line())
    return Reading(date, basis, wording=wording, reason=draw(reasons))


@st.composite
def documents(draw: st.DrawFn, setting: Setting = SETTING) -> Document:
    """Build documents with the exhibits of *setting*, by its first source."""
    held: list[Exhibit] = []
    for id in setting.exhibits:
        parents = ("", *(exhibit.id for exhibit in held))
        parent = draw(st.sampled_from(parents))
        held.append(attrs.evolve(draw(exhibits()), id=id, parent=parent))
    return Document(
        titles=tuple(draw(st.lists(names(), min_size=1, max_size=2))),
        language=draw(languages()),
        publisher=setting.sources[0],
        published=draw(st.none() | readings()),
        written=draw(st.none() | readings()),
        other_readings=draw(few(readings())),
        exhibits=tuple(held),
        same_as=draw(few(identifiers())),
        note=draw(maybe_prose()),
    )


class _Shown(TypedDict):
    """Whether and how the name of somebody is shown."""

    unnamed: bool
    public: bool
    pseudonym: bool


_SHOWN = (
    _Shown(unnamed=False, public=True, pseudonym=False),
    _Shown(unnamed=True, public=False, pseudonym=False),
    _Shown(unnamed=False, public=False, pseudonym=True),
)
_PLAINLY = _Shown(unnamed=False, public=False, pseudonym=False)


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """Build actors; a person is public, unnamed or under a pseudonym."""
    kind = draw(st.sampled_from(ActorKind))
    shown = _SHOWN if kind is ActorKind.PERSON else (_PLAINLY, *_SHOWN)
    return Actor(
        draw(labels()),
        kind,
        names=tuple(draw(st.lists(names(), min_size=1, max_size=2))),
        country=draw(st.sampled_from(_COUNTRIES)),
        same_as=draw(few(identifiers())),
        count=draw(st.none() | amounts()),
        note=draw(maybe_prose()),
        **draw(st.sampled_from(shown)),
    )


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Build places."""
    return Place(
        draw(labels()),
        draw(st.sampled_from(PlaceKind)),
        names=tuple(draw(st.lists(names(), min_size=1, max_size=2))),
        country=draw(st.sampled_from(_COUNTRIES)),
        offset=draw(maybe_line()),
        same_as=draw(few(identifiers())),
    )


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Build events of every kind."""
    title = draw(lines())
    return Event(draw(labels()), draw(st.sampled_from(EventKind)), title=title)


@st.composite
def sources(draw: st.DrawFn, setting: Setting = SETTING) -> Source:
    """Build sources; a named one may be an actor of *setting* that speaks."""
    kind = draw(st.sampled_from(SourceKind))
    shown = draw(st.sampled_from((_PLAINLY, *_SHOWN)))
    speakers = () if shown["unnamed"] else setting.actors
    actor = draw(st.sampled_from(("", *speakers)))
    if kind is SourceKind.PERSON and not actor:
        shown = draw(st.sampled_from(_SHOWN))
    return Source(
        draw(labels()),
        kind,
        names=tuple(draw(st.lists(names(), min_size=not actor, max_size=2))),
        side=draw(st.sampled_from(Side)),
        nationality=draw(st.sampled_from(_COUNTRIES)),
        count=draw(st.none() | amounts()),
        actor=actor,
        state=draw(st.sampled_from(DocumentState)),
        mandate=draw(st.sampled_from(Mandate)),
        same_as=draw(few(identifiers())),
        reliability=draw(st.none() | reliability_grades()),
        note=draw(maybe_prose()),
        **shown,
    )


@st.composite
def voices(draw: st.DrawFn, setting: Setting = SETTING) -> Voice:
    """Build voices that end with the first source of *setting*, the publisher."""
    publisher, *others = setting.sources
    told = draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    speakers = [draw(_speakers(source, setting)) for source in (*told, publisher)]
    speakers[0] = attrs.evolve(speakers[0], stance=RelayStance.RELAYS)
    if all(speaker.known is Known.UNCLEAR for speaker in speakers):
        speakers[-1] = attrs.evolve(speakers[-1], known=Known.STATED)
    return Voice(draw(labels()), tuple(speakers))


@st.composite
def _speakers(draw: st.DrawFn, source: str, setting: Setting) -> Speaker:
    return Speaker(
        source,
        stance=draw(st.sampled_from(RelayStance)),
        said=draw(st.none() | whens(setting)),
        known=draw(st.sampled_from(Known)),
    )
