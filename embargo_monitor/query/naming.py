"""Who is meant by a name in a filter: by the gazetteer, and the names in reports."""

import difflib
from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.gazetteer import Gazetteer, GazetteerEntry
from embargo_monitor.model.actors import Actor, ActorKind
from embargo_monitor.model.identifiers import Identifier, Scheme
from embargo_monitor.model.names import Name, fold
from embargo_monitor.model.reports import Report
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.voices import Source
from embargo_monitor.regimes.parties import Side, who_acts

_CODED = (Scheme.GAZETTEER, Scheme.ISO_3166)
_NEAR = 5

Bearer = tuple[Sequence[Name], Sequence[Identifier]]
"""The names and identifiers of an actor or a source."""


@frozen
class Named:
    """Whom a name in a filter may mean.

    Attributes:
        text: The name, id, code or identifier as it was given.
        entries: Ids of the entries of the gazetteer that it may mean.
        identifier: The identifier that it is, if it is one.
        keys: Match keys of the names of whom it means.
        elsewhere: Identifiers of those in the log who are called so, where the
            gazetteer knows nobody of that name.
    """

    text: str
    entries: frozenset[str]
    identifier: Identifier | None
    keys: frozenset[str]
    elsewhere: frozenset[Identifier] = field(default=frozenset())


def named(text: str, bearers: Iterable[Bearer]) -> Named:
    """Find whom a name in a filter means.

    Args:
        text: A name in any script, an id or code of the gazetteer, or an identifier
            such as `imo:9074729`.
        bearers: Who is known beside the gazetteer.

    Raises:
        UnknownNameError: Neither the gazetteer nor a bearer has it; the error names
            who is nearly called so.
    """
    identifier = identifier_in(text)
    entries = _entries(text, identifier)
    key = fold(text)
    known = list(bearers)
    called = [ids for names, ids in known if key and key in _keys(names)]
    borne = [ids for _, ids in known if identifier in ids]
    if not (entries or called or borne):
        raise UnknownNameError("name", text, _near(text, known))
    return Named(
        text,
        frozenset(one.id for one in entries),
        identifier,
        frozenset({key} | {key for one in entries for key in _keys(one.names)}) - {""},
        frozenset() if entries else frozenset(one for ids in called for one in ids),
    )


def identifier_in(text: str) -> Identifier | None:
    """Return the identifier that a text is; None where it is none."""
    try:
        return Identifier.parse(text)
    except InvalidValueError:
        return None


def _entries(text: str, identifier: Identifier | None) -> Sequence[GazetteerEntry]:
    coded = identifier is not None and identifier.scheme in _CODED
    found = Gazetteer.bundled().find(identifier.value if identifier and coded else text)
    certain = [one.entry for one in found if one.certainty is Truth.YES]
    return certain or [one.entry for one in found]


def bearers_in(reports: Iterable[Report]) -> Iterator[Bearer]:
    """Give the actors and sources of reports, by their names and identifiers."""
    for report in reports:
        yield from ((one.names, one.same_as) for one in report.actors)
        yield from ((one.names, one.same_as) for one in report.sources)


def _keys(names: Iterable[Name]) -> set[str]:
    return {fold(name.text) for name in names}


def _near(text: str, known: Iterable[Bearer]) -> Sequence[str]:
    spelled: dict[str, str] = {}
    for names, _ in known:
        for name in names:
            spelled.setdefault(fold(name.text), name.text)
    alike = difflib.get_close_matches(fold(text), sorted(spelled), n=_NEAR)
    near = [*Gazetteer.bundled().near(text), *(spelled[one] for one in alike)]
    return list(dict.fromkeys(near))[:_NEAR]


def is_actor(asked: Named, actor: Actor) -> Truth:
    """Tell whether an actor of a report is the one asked for.

    YES by an identifier, or by exactly that name where the gazetteer knows nobody of
    it; MAYBE by another spelling, by a name alone where the gazetteer knows an entry,
    and for one that belongs to it or acts for it: Pakistan's navy, asked for Pakistan.
    """
    coded = {one.value for one in actor.same_as if one.scheme in _CODED}
    if coded & asked.entries:
        return Truth.YES if len(asked.entries) == 1 else Truth.MAYBE
    who = who_acts(actor)
    acts = {who.country} if who.side is Side.STATE else set()
    if asked.entries & (acts | set(who.above)):
        is_state = actor.kind is ActorKind.STATE and len(asked.entries) == 1
        return Truth.YES if is_state and not coded else Truth.MAYBE
    if coded and asked.entries:
        return Truth.NO
    return bears(asked, actor.names, actor.same_as)


def is_source(asked: Named, source: Source, report: Report) -> Truth:
    """Tell whether a source of a report is the one asked for; its actor counts too."""
    spoken = (is_actor(asked, one) for one in report.actors if one.id == source.actor)
    return Truth.any_of((bears(asked, source.names, source.same_as), *spoken))


def bears(asked: Named, names: Sequence[Name], same_as: Sequence[Identifier]) -> Truth:
    """Tell whether one of these names or identifiers is that of the one asked for."""
    if asked.identifier in same_as:
        return Truth.YES
    exactly = any(name.text == asked.text for name in names)
    if exactly and not asked.entries:
        return Truth.YES
    alike = asked.keys & _keys(names) or asked.elsewhere.intersection(same_as)
    return Truth.MAYBE if alike else Truth.NO
