"""The readings of claims about one event: with whom, what, and where.

What one voice says stands together. Of what several voices say, only what is no part
of what another one says is a reading of its own.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from attrs import evolve

from embargo_monitor.gazetteer import Gazetteer
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.actors import ActorKind
from embargo_monitor.model.claims import ActorIs, GoodsAre, PartyIs, StageIs
from embargo_monitor.model.goods import Category, Nature, Use
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Weight
from embargo_monitor.model.views import Told
from embargo_monitor.model.vocabulary import Relation, Role
from embargo_monitor.regimes.parties import Party, Where, any_of, who_acts
from embargo_monitor.regimes.questions import Thing

_Voice = tuple[str, str]

_ARRIVED = (Stage.DELIVERED, Stage.HELD, Stage.TALKS)
"""Stages of which the place is where it went, or where they met."""


def party_variants(said: Iterable[Told]) -> dict[Role, Sequence[tuple[Party, ...]]]:
    """Return, for each role that somebody has, the readings of who has it."""
    found: dict[Role, dict[_Voice, dict[Hashable, Party]]] = {}
    for one in said:
        if isinstance(one.claim, PartyIs):
            voices = found.setdefault(one.claim.role, {})
            parties = voices.setdefault(_voice(one), {})
            for actor in filter(None, (one.claim.actor, one.claim.for_)):
                party = party_of(one, actor)
                before = parties.get(party.who)
                parties[party.who] = _joined(before, party) if before else party
    return {role: _variants(voices) for role, voices in found.items()}


def party_of(one: Told, actor: str) -> Party:
    """Return an actor of a claim as a party."""
    told = one.actor(actor)
    who, claims = who_acts(told), [one.id]
    if told.kind is ActorKind.VESSEL and not who.country:
        flags = dict(_flags(one, actor))
        if len(set(flags.values())) == 1:
            who = evolve(who, country=next(iter(flags.values())))
            claims += flags
    name = told.name
    if who.entry:
        name = Gazetteer.bundled().get(who.entry).name.text
    hedged = one.claim.hedge is not Hedge.NONE
    return Party(name=name, who=(who,), hedged=hedged, claims=tuple(claims))


def _flags(one: Told, actor: str) -> Iterator[tuple[str, str]]:
    """Give the countries whose flag a ship is told to fly, by the claims' ids."""
    for claim in one.report.claims:
        flag = isinstance(claim, ActorIs) and claim.relation is Relation.FLAG
        ship = claim.about == About(AboutKind.ACTOR, actor)
        if flag and ship and claim.stance.weight is Weight.FOR:
            told = Told(claim, one.report)
            state = getattr(claim, "actor", "")
            country = told.actor(state).country if state else ""
            if country:
                yield told.id, country


def pact_parties(said: Iterable[Told]) -> tuple[Party, ...]:
    """Return the sides of a pact as one party: which of them gives is not said."""
    sides = {
        party.who: party
        for one in said
        if isinstance(one.claim, StageIs)
        for actor in one.claim.by
        if one.actor(actor).kind is not ActorKind.PERSON
        for party in [party_of(one, actor)]
    }
    parties = sorted(sides.values(), key=lambda one: one.name)
    if not parties:
        return ()
    return (any_of(" or ".join(one.name for one in parties), parties),)


def goods_variants(
    said: Iterable[Told], stage: Stage | None
) -> Sequence[tuple[Thing, ...]]:
    """Return the readings of what is supplied, at a stage if somebody says so there."""
    told = [(one, one.claim) for one in said if isinstance(one.claim, GoodsAre)]
    here = [(one, claim) for one, claim in told if claim.at in (None, stage)]
    voices: dict[_Voice, list[Thing]] = {}
    for one, claim in here or told:
        hedged = claim.hedge is not Hedge.NONE
        thing = Thing(item=claim.item, hedged=hedged, claims=(one.id,))
        voices.setdefault(_voice(one), []).append(thing)
    sorts: dict[frozenset[_Sort], dict[str, Thing]] = {}
    for things in voices.values():
        named = sorts.setdefault(frozenset(map(_sort, things)), {})
        for thing in things:
            key = repr((thing.item, thing.hedged))
            named[key] = _alike(named[key], thing) if key in named else thing
    whole = [one for one in sorts if not any(_says_less(one, two) for two in sorts)]
    return [tuple(sorts[one].values()) for one in whole] or [()]


_Sort = tuple[Nature, Use, tuple[Category, ...], bool]


def _sort(thing: Thing) -> _Sort:
    """Return what decides whether goods are barred."""
    item = thing.item
    return item.nature, item.use, item.categories, thing.hedged


def _says_less(one: frozenset[_Sort], other: frozenset[_Sort]) -> bool:
    """Whether another voice says the same and more: contradicts nothing of it."""
    vaguer = all(any(_is_vaguer(mine, theirs) for theirs in other) for mine in one)
    equal = all(any(_is_vaguer(mine, theirs) for theirs in one) for mine in other)
    return vaguer and not equal


def _is_vaguer(one: _Sort, other: _Sort) -> bool:
    """Whether *other* may be the same goods, said no less exactly."""
    nature, use, categories, hedged = one
    return (
        nature in (Nature.UNCLEAR, other[0])
        and use in (Use.NOT_SAID, other[1])
        and set(categories) <= set(other[2])
        and (hedged or not other[3])
    )


def place_variants(
    said: Iterable[Told],
) -> Sequence[tuple[Where | None, Where | None]]:
    """Return the readings of where it is bound for and comes from."""
    to: dict[str, Where] = {}
    out_of: dict[str, Where] = {}
    for one in said:
        if isinstance(one.claim, StageIs):
            arrived = one.claim.stage in _ARRIVED and not one.claim.to
            _add_place(to, one, one.claim.place if arrived else one.claim.to)
            _add_place(out_of, one, one.claim.from_)
    bound: list[Where | None] = [*to.values()]
    origins: list[Where | None] = [*out_of.values()]
    return list(product(bound or [None], origins or [None]))


def _add_place(found: dict[str, Where], one: Told, place: str) -> None:
    told = next((at for at in one.report.places if at.id == place), None)
    if told is None or not told.country:
        return
    before = found.get(told.country)
    found[told.country] = (
        evolve(before, claims=(*before.claims, one.id))
        if before
        else Where(country=told.country, place=told.names[0].text, claims=(one.id,))
    )


def _voice(one: Told) -> _Voice:
    return one.report.id, one.claim.voice


def _joined(one: Party, other: Party) -> Party:
    claims = tuple(dict.fromkeys((*one.claims, *other.claims)))
    return evolve(one, hedged=one.hedged and other.hedged, claims=claims)


def _alike(one: Thing, other: Thing) -> Thing:
    return evolve(one, claims=tuple(dict.fromkeys((*one.claims, *other.claims))))


def _variants(
    voices: Mapping[_Voice, Mapping[Hashable, Party]],
) -> list[tuple[Party, ...]]:
    """Return what voices say, without what is part of what another one says."""
    sets: dict[frozenset[Hashable], dict[Hashable, Party]] = {}
    for values in voices.values():
        kept = sets.setdefault(frozenset(values), {})
        for key, value in values.items():
            kept[key] = _joined(kept[key], value) if key in kept else value
    whole = [one for one in sets if not any(one < other for other in sets)]
    return [tuple(sets[one].values()) for one in whole]
