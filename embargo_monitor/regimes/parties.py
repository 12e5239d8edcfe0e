"""Who stands in a question: what the gazetteer or a report says that they are."""

import enum
from collections.abc import Iterable

from attrs import field, frozen

from embargo_monitor.errors import UnknownNameError
from embargo_monitor.gazetteer import EntryKind, Gazetteer, GazetteerEntry
from embargo_monitor.gazetteer import Mark as EntryMark
from embargo_monitor.model.actors import Actor, ActorKind
from embargo_monitor.model.identifiers import Scheme
from embargo_monitor.model.names import label, one_line
from embargo_monitor.model.relevances import Mark
from embargo_monitor.model.truth import Truth

_MARKS = {
    EntryMark.STANDARD: Mark.TWO_SOURCES,
    EntryMark.TWO_SOURCES: Mark.TWO_SOURCES,
    EntryMark.SINGLE_SOURCE: Mark.ONE_SOURCE,
    EntryMark.RECALLED: Mark.RECALLED,
}


class Side(enum.Enum):
    """For whom somebody acts, as embargoes tell it apart.

    STATE: a state, its government or its forces. GROUP: an armed group. OTHER: a
    company, person, body or ship, or an authority that is not the state's.
    """

    STATE = "state"
    GROUP = "armed group"
    OTHER = "other"


@frozen(kw_only=True)
class Who:
    """Somebody as far as embargoes ask: which side, and of which country.

    Attributes:
        entry: Id in the gazetteer; empty where it has none.
        side: For whom they act.
        country: Id of the country that they act for, or are based in; empty where
            nobody says.
        above: Ids of the entries that they belong to.
        mark: How well side and country are verified; a report's own word counts as
            two sources here, since its voice is told.
    """

    entry: str = ""
    side: Side
    country: str = ""
    above: tuple[str, ...] = ()
    mark: Mark = Mark.TWO_SOURCES


@frozen(kw_only=True)
class Party:
    """Somebody in a role, with every reading of who that is.

    Attributes:
        name: As it is shown.
        who: Whom it may be: one, or several where the name does not settle it.
        hedged: The speaker suspects only that they have the role.
        claims: The claims that say so, by id from outside.
    """

    name: str = field(validator=one_line)
    who: tuple[Who, ...]
    hedged: bool = False
    claims: tuple[str, ...] = ()

    def called(self, who: Who) -> str:
        """Return the name of one whom it may be."""
        if len(self.who) == 1 or not who.entry:
            return self.name
        return Gazetteer.bundled().get(who.entry).name.text

    def __str__(self) -> str:
        return self.name


@frozen(kw_only=True)
class Where:
    """A place that goods are bound for, or come from.

    Attributes:
        country: Id of the country.
        place: The place's own name, if one is given.
        in_part: Whether it lies in the part of the country that a regime covers,
            for regimes that cover a part only.
        claims: The claims that say so, by id from outside.
    """

    country: str = field(validator=label)
    place: str = ""
    in_part: Truth = Truth.MAYBE
    claims: tuple[str, ...] = ()

    def __str__(self) -> str:
        country = Gazetteer.bundled().get(self.country).name.text
        if self.place in ("", country):
            return country
        return f"{self.place} ({country})"


def who_is(entry: GazetteerEntry) -> Who:
    """Tell what an entry of the gazetteer is, as embargoes ask."""
    above = _above(entry)
    states = [one.id for one in above if one.kind.is_country]
    if entry.kind.is_country:
        side = Side.STATE
    elif entry.kind is EntryKind.ARMED_GROUP:
        side = Side.GROUP
    else:
        side = Side.STATE if states and _acts(entry) else Side.OTHER
    return Who(
        entry=entry.id,
        side=side,
        country=states[0] if side is Side.STATE and states else entry.country,
        above=tuple(one.id for one in above),
        mark=Mark.TWO_SOURCES if entry.kind.is_country else _MARKS[entry.mark],
    )


def _acts(entry: GazetteerEntry) -> bool:
    return entry.kind in (EntryKind.GOVERNMENT, EntryKind.ARMED_FORCE)


def _above(entry: GazetteerEntry) -> list[GazetteerEntry]:
    known, found = Gazetteer.bundled(), []
    while entry.of:
        entry = known.get(entry.of)
        found.append(entry)
    return found


def who_acts(actor: Actor) -> Who:
    """Tell what an actor of a report is: by its identifiers, else by its kind.

    A name alone identifies nobody.
    """
    known = {entry.id: entry for entry in Gazetteer.bundled()}
    for one in actor.same_as:
        coded = one.scheme in (Scheme.GAZETTEER, Scheme.ISO_3166)
        if coded and one.value in known:
            return who_is(known[one.value])
    side = Side.OTHER
    if actor.kind.acts_for_a_state and actor.country:
        side = Side.STATE
    elif actor.kind is ActorKind.ARMED_GROUP:
        side = Side.GROUP
    return Who(side=side, country=actor.country)


def party_named(name: str) -> Party:
    """Find somebody by id, code or name in the gazetteer.

    A name that several entries bear stays open between them.

    Raises:
        UnknownNameError: Nobody is called so; the error names who is nearly.
    """
    found = entries_named(name)
    who = tuple(who_is(one) for one in found)
    shown = found[0].name.text if len(found) == 1 else name
    return Party(name=shown, who=who)


def place_named(name: str, in_part: Truth = Truth.MAYBE) -> Where:
    """Find a country by id, code or name in the gazetteer.

    Raises:
        UnknownNameError: No country is called so, or several are; the error names
            who is nearly.
    """
    found = [one for one in entries_named(name) if one.kind.is_country]
    if len(found) != 1:
        near = [f"{one.name} ({one.id})" for one in found]
        raise UnknownNameError("country", name, near)
    return Where(country=found[0].id, in_part=in_part)


def entries_named(name: str) -> tuple[GazetteerEntry, ...]:
    """Return the entry with that id or code; else all of that name.

    Raises:
        UnknownNameError: There is none; the error names who is nearly called so.
    """
    known = Gazetteer.bundled()
    found = known.find(name)
    if not found:
        raise UnknownNameError("name", name, known.near(name))
    certain = tuple(one.entry for one in found if one.certainty is Truth.YES)
    return certain or tuple(one.entry for one in found)


def any_of(name: str, parties: Iterable[Party]) -> Party:
    """Return one of *parties*, without saying which."""
    told = tuple(parties)
    return Party(
        name=name,
        who=tuple(dict.fromkeys(who for one in told for who in one.who)),
        claims=tuple(dict.fromkeys(claim for one in told for claim in one.claims)),
    )
