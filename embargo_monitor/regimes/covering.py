"""Whom a regime covers: a party and a place, held against the phases of a day.

Who stands in a regime's territory is *our* coding where the register and the gazetteer
leave it to words: `_LATER`, `_WIDER` and `_UNTIL` below.
"""

import enum
import functools
from collections.abc import Callable, Iterable
from datetime import date

from attrs import evolve, frozen

from embargo_monitor.gazetteer import EntryKind, Gazetteer
from embargo_monitor.model.names import fold
from embargo_monitor.model.relevances import Mark
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.parties import Party, Side, Where, Who
from embargo_monitor.regimes.parts import Phase, Target
from embargo_monitor.regimes.regime import Regime
from embargo_monitor.regimes.words import (
    Coverage,
    Direction,
    Extent,
    TargetKind,
    TargetType,
    weakest,
)

_LATER = {"YUCS": ("CSXX", "RS", "ME", "XK"), "RHZW": ("ZW",)}
"""Countries of today on the territory of a former one that a regime is aimed at."""

_WIDER = {"csce-yugoslavia-1991": ("SI", "HR", "BA", "MK")}
"""Countries that a target's words name and its code does not."""

_UNTIL = {("un-iraq-1990", "KW"): date(1991, 3, 2)}
"""The last day of a target that was one for a time only (its note: about that day)."""

_BARRED = (Coverage.YES, Coverage.CONDITIONAL, Coverage.NOTIFY)
_NAME = 4  # letters of a name, below which it is no name to look for in a text


class Tie(enum.Enum):
    """What ties a question to the target of a regime.

    TARGET: somebody or a place in it is of the target. OPEN: nothing does, yet who or
    where is not known. LIST: nothing but a list of names that the register does not
    carry. NONE: they are others.
    """

    TARGET = "the target"
    OPEN = "not known"
    LIST = "a list of names"
    NONE = "none"


@frozen(kw_only=True)
class Covering:
    """Whether somebody, or a place, is covered.

    Attributes:
        answer: The answer.
        why: Why, as a sentence.
        tie: What ties them to the target.
        mark: How well it is verified who they are.
        claims: Claims that it rests on.
    """

    answer: Truth
    why: str
    tie: Tie = Tie.TARGET
    mark: Mark = Mark.TWO_SOURCES
    claims: tuple[str, ...] = ()


@frozen(kw_only=True)
class Aim:
    """At whom a regime is aimed on some days.

    Attributes:
        regime: The regime.
        countries: Ids of the countries, under all codes that they may be told by.
        groups: Its groups that are entries of the gazetteer.
        listed_groups: Groups that the words for its lists name.
    """

    regime: Regime
    countries: frozenset[str]
    groups: dict[str, Target]
    listed_groups: frozenset[str]

    @property
    def place(self) -> str:
        """The countries in words."""
        found = [
            one.name for one in self.regime.targets if one.type is TargetType.COUNTRY
        ]
        return "; ".join(found)

    def is_group(self, who: Who) -> Target | None:
        """Return the target that they are, or belong to."""
        ids = (who.entry, *who.above)
        return next((self.groups[one] for one in ids if one in self.groups), None)


def aim_of(regime: Regime, earliest: date | None) -> Aim:
    """Tell at whom a regime is aimed from a day on; None: at any time."""
    countries: set[str] = set(_WIDER.get(regime.id, ()))
    groups: dict[str, Target] = {}
    listed: set[str] = set()
    for target in regime.targets:
        until = _UNTIL.get((regime.id, target.gazetteer))
        if until and earliest and earliest > until:
            continue
        if target.type is TargetType.COUNTRY:
            countries.update(_codes(target))
        elif target.type is TargetType.LISTED:
            listed.update(_named_in(target.name))
        elif target.gazetteer:
            groups[target.gazetteer] = target
    return Aim(
        regime=regime,
        countries=frozenset(countries),
        groups=groups,
        listed_groups=frozenset(listed),
    )


def _codes(target: Target) -> Iterable[str]:
    yield target.gazetteer
    yield from (one.gazetteer for one in target.former)
    yield from _LATER.get(target.gazetteer, ())
    yield from _renamed(target.gazetteer)


@functools.cache
def _renamed(id_: str) -> tuple[str, ...]:
    """Return the ids under which a country was known before it was renamed."""
    return tuple(
        entry.id
        for entry in Gazetteer.bundled()
        if entry.kind is EntryKind.FORMER_STATE and entry.successors == (id_,)
    )


@functools.cache
def _named_in(text: str) -> tuple[str, ...]:
    """Return the groups of the gazetteer that the words for a list name."""
    words = f" {fold(text)} "
    return tuple(
        entry.id
        for entry in Gazetteer.bundled()
        if entry.kind is EntryKind.ARMED_GROUP
        and any(
            len(key) >= _NAME and f" {key} " in words
            for key in (fold(one.text) for one in entry.names)
        )
    )


_Judge = Callable[[Aim, Phase, Who | None, str, Where | None], Covering]


def covering(
    aim: Aim,
    phase: Phase,
    way: Direction,
    parties: Iterable[Party],
    where: Where | None,
) -> Covering:
    """Tell whether a phase covers what goes to *parties* or *where*, or comes from.

    It is enough that one of several is covered; what nobody says is MAYBE.
    """
    judge = _covered if way is Direction.TO else _procured
    found = [_one(aim, phase, party, where, judge) for party in parties]
    if not found:
        found = [judge(aim, phase, None, "", where)]
        if where:
            [only] = found
            found = [evolve(only, claims=where.claims)]
    return max(found, key=lambda one: (_RANK[one.answer], -_TIES.index(one.tie)))


_TIES = tuple(Tie)
_RANK = {Truth.NO: 0, Truth.MAYBE: 1, Truth.YES: 2}


def _one(
    aim: Aim, phase: Phase, party: Party, where: Where | None, judge: _Judge
) -> Covering:
    readings = [judge(aim, phase, one, party.called(one), where) for one in party.who]
    claims = (*party.claims, *(where.claims if where else ()))
    first = min(readings, key=lambda one: (_TIES.index(one.tie), -_RANK[one.answer]))
    answer, why = first.answer, first.why
    if len({one.answer for one in readings}) > 1:
        answer = Truth.MAYBE
        why += f" Yet it is open which of those it is: {party.name}."
    if party.hedged and answer is Truth.YES:
        answer = Truth.MAYBE
        why += f" Yet the speaker only suspects that it is {party.name}."
    mark = weakest(one.mark for one in readings)
    return evolve(first, answer=answer, why=why, mark=mark, claims=claims)


def _covered(
    aim: Aim, phase: Phase, who: Who | None, name: str, where: Where | None
) -> Covering:
    """Tell whether supplies to somebody, somewhere, are covered."""
    target = aim.is_group(who) if who else None
    if phase.target_kind is TargetKind.LISTED:
        return _listed(aim, phase, who, name, where)
    if who and target:
        return _aimed_at(aim, phase, target, name, where)
    if who and who.country in aim.countries:
        if who.side is Side.STATE:
            return _state(aim, phase, who, name, where)
        return _within(aim, phase, who, name, where)
    if _is_there(aim, where):
        return _whoever(aim, phase, name, where)
    if where or (who and who.country):
        return _another(aim, name, where)
    told = f"Where {name} acts" if name else "Who gets it, and where it is bound for,"
    return Covering(answer=Truth.MAYBE, why=f"{told} is not said.", tie=Tie.OPEN)


def _procured(
    aim: Aim, _: Phase, who: Who | None, name: str, where: Where | None
) -> Covering:
    """Tell whether somebody, or a place, is one that a ban on procurement is about."""
    if who and (aim.is_group(who) or who.country in aim.countries):
        why = f"{name} is, or belongs to, the target: {aim.place}."
        return Covering(answer=Truth.YES, why=why, mark=who.mark)
    if _is_there(aim, where):
        return Covering(answer=Truth.YES, why=f"It comes from {where}.")
    if where or (who and who.country):
        return _another(aim, name, where)
    told = f"Where {name} acts" if name else "Who supplies it, and from where,"
    return Covering(answer=Truth.MAYBE, why=f"{told} is not said.", tie=Tie.OPEN)


def _is_there(aim: Aim, where: Where | None) -> bool:
    return where is not None and where.country in aim.countries


def _another(aim: Aim, name: str, where: Where | None) -> Covering:
    told = name or str(where)
    names = "; ".join(one.name for one in aim.regime.targets)
    why = f"It is aimed at others than {told}: {names}."
    return Covering(answer=Truth.NO, why=why, tie=Tie.NONE)


def _aimed_at(
    aim: Aim, phase: Phase, target: Target, name: str, where: Where | None
) -> Covering:
    answer = _barred(phase.non_state_forces)
    why = f"The register has {name} among those at which it is aimed"
    why += f": {target.note}." if target.note else "."
    # A proviso ties the group to the territory; else it is covered wherever it is.
    if target.note:
        answer, why = _in_part(aim, phase, where, answer, why)
        if where and not _is_there(aim, where):
            answer &= Truth.MAYBE
            why += f" Yet the goods are bound for {where}."
    return Covering(answer=answer, why=why)


def _state(
    aim: Aim, phase: Phase, who: Who, name: str, where: Where | None
) -> Covering:
    coverage = phase.state_forces
    words = _STATE_WORDS[coverage]
    side = "is the state itself" if who.entry == who.country else "acts for the state"
    why = f"{name} {side}, and supplies to its government and forces {words}."
    answer = _barred(coverage)
    note = next(
        (one.note for one in aim.regime.targets if one.gazetteer == who.country), ""
    )
    if (aim.regime.id, who.country) in _UNTIL:
        answer &= Truth.MAYBE
        why += f" Of this target the register notes: {note}."
    answer, why = _in_part(aim, phase, where, answer, why)
    return Covering(answer=answer, why=why, mark=who.mark)


_STATE_WORDS = {
    Coverage.YES: "are covered",
    Coverage.CONDITIONAL: "are covered, and possible on conditions only",
    Coverage.NOTIFY: "are covered, and possible after notice only",
    Coverage.NO: "are left out",
    Coverage.UNCLEAR: "may be covered: a list of names decides",
}


def _within(
    aim: Aim, phase: Phase, who: Who, name: str, where: Where | None
) -> Covering:
    """Judge an armed group, a company or somebody else of the territory."""
    group = who.side is Side.GROUP
    what = "an armed group" if group else "neither of the state nor an armed group"
    country = Gazetteer.bundled().get(who.country).name.text
    why = f"{name} is in {country}, and is {what}."
    if phase.territory is Extent.NONE:
        answer = _barred(phase.non_state_forces) & Truth.MAYBE
        why += " It covers forces that it names, and those that act for them."
    elif group:
        answer = _barred(phase.non_state_forces)
        why += " Supplies to armed groups there are "
        why += "left out." if answer is Truth.NO else "covered."
    elif _covers_all(phase):
        answer = Truth.YES
        why += " It covers every recipient in the territory."
    else:
        answer = Truth.MAYBE
        why += " Whether it is covered hangs on for whom it acts."
    if where and not _is_there(aim, where):
        answer &= Truth.MAYBE
        why += f" Yet the goods are bound for {where}."
    answer, why = _in_part(aim, phase, where, answer, why)
    return Covering(answer=answer, why=why, mark=who.mark)


def _whoever(aim: Aim, phase: Phase, name: str, where: Where | None) -> Covering:
    """Judge whoever gets it in the territory: somebody from elsewhere, or unknown."""
    why = f"It is bound for {where}"
    why += f", for {name}." if name else "; who gets it there is not said."
    if _covers_all(phase):
        answer = Truth.YES
        why += " It covers every recipient in the territory."
    else:
        answer = Truth.MAYBE
        why += " Whether it is covered hangs on who gets it in the end."
    answer, why = _in_part(aim, phase, where, answer, why)
    return Covering(answer=answer, why=why)


def _listed(
    aim: Aim, phase: Phase, who: Who | None, name: str, where: Where | None
) -> Covering:
    """Judge under a phase that covers the names on a list, which we do not carry."""
    named = who is not None and (
        bool({who.entry, *who.above} & aim.listed_groups) or bool(aim.is_group(who))
    )
    if named:
        why = f"Its words name {name}; whether it is on the list, the list decides."
        return Covering(answer=Truth.MAYBE, why=why)
    if who and who.side is Side.STATE:
        if who.country in aim.countries | _places(aim.listed_groups):
            return _state(aim, phase, who, name, where)
        return _another(aim, name, where)
    places = aim.countries | _places(aim.groups)
    country = where.country if where else who.country if who else ""
    there = bool({country, who.country if who else ""} & places)
    if places and country and not there:
        return _another(aim, name, where)
    told = name or "whoever gets it"
    why = f"It covers names on a list, and {told} may be one; the list decides."
    tie = Tie.TARGET if there else Tie.LIST
    return Covering(answer=Truth.MAYBE, why=why, tie=tie)


def _places(groups: Iterable[str]) -> frozenset[str]:
    """Return the countries that groups are in."""
    known = Gazetteer.bundled()
    return frozenset(known.get(one).country for one in groups) - {""}


def _covers_all(phase: Phase) -> bool:
    everybody = phase.non_state_forces is Coverage.YES
    territorial = phase.territory is not Extent.NONE
    return territorial and everybody and phase.state_forces in _BARRED


def _barred(coverage: Coverage) -> Truth:
    if coverage in _BARRED:
        return Truth.YES
    return Truth.NO if coverage is Coverage.NO else Truth.MAYBE


def _in_part(
    aim: Aim, phase: Phase, where: Where | None, answer: Truth, why: str
) -> tuple[Truth, str]:
    """Add whether the place lies in the part that a phase covers, if only a part."""
    if phase.territory is not Extent.PART or answer is Truth.NO:
        return answer, why
    inside = where.in_part if where and _is_there(aim, where) else Truth.MAYBE
    told = {
        Truth.YES: "the place lies in it.",
        Truth.MAYBE: "whether the place lies in it is not said.",
        Truth.NO: "the place lies outside of it.",
    }[inside]
    return answer & inside, f"{why} It covers a part of the territory only, and {told}"
