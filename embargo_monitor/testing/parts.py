"""The parts of a report but its claims: the document, who speaks, what of, where."""

from collections.abc import Mapping
from functools import cache
from itertools import chain, permutations
from typing import Any

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
from embargo_monitor.testing.choosing import Fields, any_of, one_or_two, some_of
from embargo_monitor.testing.dating import whens
from embargo_monitor.testing.setting import SETTING, Setting
from embargo_monitor.testing.texts import (
    labels,
    languages,
    lines,
    names,
    prose,
)
from embargo_monitor.testing.values import (
    counts,
    identifiers,
    imprecise_dates,
    reliability_grades,
)

_MEDIA_TYPES = ("text/plain", "application/pdf", "image/svg+xml")
_COUNTRIES = ("", "PK", "LY", "SUHH")
_MOST_BYTES = 2**53 - 1


@st.composite
def exhibits(draw: st.DrawFn, id: str = "") -> Exhibit:
    """Build exhibits of any handling, under the digest that it asks for.

    Args:
        draw: Given by hypothesis, not by you.
        id: The exhibit's id; drawn where none is given, as for all other parts.
    """
    handling = draw(any_of(Handling))
    method = "sha256" if handling is Handling.PUBLIC else "hmac-sha256"
    digest = draw(st.binary(min_size=32, max_size=32)).hex()
    return Exhibit(
        id or draw(labels()),
        f"{method}:{digest}",
        media_type=draw(any_of(_MEDIA_TYPES)),
        size=draw(st.integers(0, _MOST_BYTES)),
        handling=handling,
        **some_of(draw, {"language": languages(), "title": lines()}),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Build readings of a document's date."""
    basis = draw(any_of(Basis))
    why = {"reason": draw(prose())} if basis is Basis.INFERRED else {}
    told = some_of(draw, {"wording": lines()})
    return Reading(draw(imprecise_dates()), basis, **why, **told)


@st.composite
def documents(draw: st.DrawFn, setting: Setting = SETTING) -> Document:
    """Build documents with the exhibits of *setting*, by its first source."""
    held: list[Exhibit] = []
    for id in setting.exhibits:
        parent = draw(any_of(("", *(exhibit.id for exhibit in held))))
        held.append(attrs.evolve(draw(exhibits(id)), parent=parent))
    return Document(
        titles=draw(one_or_two(names())),
        publisher=setting.sources[0],
        published=draw(st.none() | readings()),
        exhibits=tuple(held),
        **some_of(draw, _document_fields()),
    )


@cache
def _document_fields() -> Mapping[str, st.SearchStrategy[Any]]:
    return {
        "written": readings(),
        "language": languages(),
        "other_readings": one_or_two(readings()),
        "same_as": one_or_two(identifiers()),
        "note": prose(),
    }


def _shown(draw: st.DrawFn) -> Fields:
    """Draw why a person may be named; needed of persons, allowed of all."""
    return {draw(any_of(("public", "unnamed", "pseudonym"))): True}


@st.composite
def actors(draw: st.DrawFn, id: str = "") -> Actor:
    """Build actors; a person is public, unnamed or under a pseudonym."""
    kind = draw(any_of(ActorKind))
    return Actor(
        id or draw(labels()),
        kind,
        names=draw(one_or_two(names())),
        **(_shown(draw) if kind is ActorKind.PERSON else {}),
        **some_of(draw, _actor_fields()),
    )


@cache
def _actor_fields() -> Mapping[str, st.SearchStrategy[Any]]:
    return {
        "country": any_of(_COUNTRIES),
        "same_as": one_or_two(identifiers()),
        "count": counts(),
        "note": prose(),
    }


@st.composite
def places(draw: st.DrawFn, id: str = "") -> Place:
    """Build places of every kind."""
    return Place(
        id or draw(labels()),
        draw(any_of(PlaceKind)),
        names=draw(one_or_two(names())),
        **some_of(draw, _place_fields()),
    )


@cache
def _place_fields() -> Mapping[str, st.SearchStrategy[Any]]:
    return {
        "country": any_of(_COUNTRIES),
        "offset": lines(),
        "same_as": one_or_two(identifiers()),
    }


@st.composite
def events(draw: st.DrawFn, id: str = "") -> Event:
    """Build events of every kind."""
    kind = draw(any_of(EventKind))
    return Event(id or draw(labels()), kind, title=draw(lines()))


@st.composite
def sources(draw: st.DrawFn, id: str = "", setting: Setting = SETTING) -> Source:
    """Build sources; one may be an actor of *setting* that speaks."""
    kind = draw(any_of(SourceKind))
    who = draw(any_of(("", *setting.actors)))
    named: Fields = {"actor": who} if who else {"names": draw(one_or_two(names()))}
    a_person = kind in (SourceKind.PERSON, SourceKind.PEOPLE)
    shown = _shown(draw) if a_person and not who else {}
    fields = _source_fields(speaks_for_somebody=bool(who or shown))
    return Source(id or draw(labels()), kind, **named, **shown, **some_of(draw, fields))


@cache
def _source_fields(
    *, speaks_for_somebody: bool
) -> Mapping[str, st.SearchStrategy[Any]]:
    unnamed = {} if speaks_for_somebody else {"unnamed": st.just(True)}
    return {
        **unnamed,
        "side": any_of(Side),
        "nationality": any_of(_COUNTRIES),
        "count": counts(),
        "state": any_of(DocumentState),
        "mandate": any_of(Mandate),
        "same_as": one_or_two(identifiers()),
        "reliability": reliability_grades(),
        "note": prose(),
    }


@st.composite
def voices(draw: st.DrawFn, id: str = "", setting: Setting = SETTING) -> Voice:
    """Build voices that end with the first source of *setting*, the publisher."""
    publisher, *others = setting.sources
    lengths = range(len(others) + 1)
    chains = chain.from_iterable(permutations(others, length) for length in lengths)
    told = (*draw(any_of(tuple(chains))), publisher)
    speakers = [draw(_speakers(source, setting)) for source in told]
    speakers[0] = attrs.evolve(speakers[0], stance=RelayStance.RELAYS)
    if all(speaker.known is Known.UNCLEAR for speaker in speakers):
        speakers[-1] = attrs.evolve(speakers[-1], known=Known.STATED)
    return Voice(id or draw(labels()), tuple(speakers))


@st.composite
def _speakers(draw: st.DrawFn, source: str, setting: Setting) -> Speaker:
    fields = {
        "stance": any_of(RelayStance),
        "said": whens(setting),
        "known": any_of(Known),
    }
    told = some_of(draw, fields)
    if told.get("known") is Known.INFERRED:
        told["reason"] = draw(prose())
    return Speaker(source, **told)
