"""Filters spelled in SQL: each as what a claim answers, over a row of the index.

An answer is 2 for YES, 1 for MAYBE, 0 for NO, and NULL where the claim says nothing of
what is asked. The spelled filter answers as the filter itself does when it is put to
the claim; `asked` has the latter, and tests hold the two together.
"""

import enum
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, get_args

from attrs import field, frozen

from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Category, Nature
from embargo_monitor.model.grades import Credibility, Reliability
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.vocabulary import Role
from embargo_monitor.query.contents import PARTIES, is_nature, is_worth, within
from embargo_monitor.query.filters import Filters
from embargo_monitor.query.inquiry import Answer, Names
from embargo_monitor.query.likeness import is_actor_alike, is_source_alike
from embargo_monitor.query.naming import Named
from embargo_monitor.query.stepping import has_reached
from embargo_monitor.query.tellings import is_regime
from embargo_monitor.regimes.parties import place_named

RANKS = {Truth.NO: 0, Truth.MAYBE: 1, Truth.YES: 2}
"""The answers as numbers: the smallest of several is what all of them give."""

_KINDS = frozenset(kind.kind for kind in get_args(AnyClaim))

_OF_KINDS = {
    **dict.fromkeys(PARTIES, frozenset({"party_is"})),
    "destination": frozenset({"party_is", "stage_is"}),
    **dict.fromkeys(("nature", "category"), frozenset({"goods_are"})),
    **dict.fromkeys(("stage", "stage_at_least", "happened"), frozenset({"stage_is"})),
    "value": frozenset({"value_is"}),
    "regime": frozenset({"embargo_is"}),
}
"""The kinds of claims that speak of what a filter asks; every kind of all others."""

OF_REPORTS = ("published", "recorded")
"""The filters that all claims of a report answer alike."""

Ask = Callable[[Any], Answer]


def stands(row: str) -> str:
    """Spell that a row stood as of the size `:at`."""
    return (
        f"{row}.entry < :at AND ({row}.superseded_at IS NULL"
        f" OR {row}.superseded_at >= :at)"
    )


@frozen
class Spelled:
    """Filters in SQL.

    Attributes:
        answers: An expression for each filter that could be spelled, over a claim `c`.
        values: What is bound in them.
        functions: What they call, by name; each takes one value.
    """

    answers: dict[str, str] = field(factory=dict)
    values: dict[str, Any] = field(factory=dict)
    functions: dict[str, Ask] = field(factory=dict)

    def bind(self, value: Any) -> str:
        """Return the place where a value is bound."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def call(self, ask: Ask) -> str:
        """Return the name of a function that answers of a value, each value once."""
        name = f"asked_{len(self.functions)}"
        self.functions[name] = lru_cache(maxsize=100_000)(ask)
        return name


def speaks_of_some(filters: Iterable[str]) -> str:
    """Spell that a claim `c` is of a kind that speaks of what some filter asks."""
    return _of_kinds(frozenset().union(*map(_speaking, filters)))


def speaks_of_all(filters: Iterable[str]) -> str:
    """Spell that a claim `c` is of a kind that speaks of what every filter asks."""
    return _of_kinds(_KINDS.intersection(*map(_speaking, filters)))


def _speaking(name: str) -> frozenset[str]:
    return _OF_KINDS.get(name, _KINDS)


def _of_kinds(kinds: frozenset[str]) -> str:
    if kinds == _KINDS:
        return "1"
    return f"c.kind IN ({', '.join(repr(one) for one in sorted(kinds))})"


def spelled(
    filters: Filters, names: Names, likeness: Callable[[int], str], until: date | None
) -> Spelled:
    """Spell filters, but for those that ask of an event as a whole, or read words.

    Args:
        filters: What is asked.
        names: Finds whom a name means.
        likeness: Gives the likeness of a number.
        until: The last day on which judgements count; None for all days.

    Raises:
        UnknownNameError: A name is not known.
    """
    found = Spelled()
    _spell_who(filters, names, likeness, found)
    _spell_what(filters, found)
    _spell_when(filters, found)
    _spell_telling(filters, found)
    _spell_judged(filters, until, found)
    return found


def _spell_who(
    filters: Filters, names: Names, likeness: Callable[[int], str], found: Spelled
) -> None:
    for name, (roles, _) in PARTIES.items():
        if (given := getattr(filters, name)) is not None:
            asked = names.find(given)
            found.answers[name] = _party(found.call(_actor(asked, likeness)), roles)
    if filters.actor is not None:
        is_asked = found.call(_actor(names.find(filters.actor), likeness))
        found.answers["actor"] = (
            f"coalesce((SELECT max({is_asked}(a.likeness)) FROM named AS n"
            f" JOIN actors AS a ON a.id = n.actor AND {stands('a')}"
            f" WHERE n.claim = c.id AND {stands('n')}), 0)"
        )
    for name in ("source", "origin"):
        if (given := getattr(filters, name)) is not None:
            is_asked = found.call(_source(names.find(given), likeness))
            found.answers[name] = _SPEAKING[name](f"{is_asked}(s.likeness)")


def _actor(asked: Named, likeness: Callable[[int], str]) -> Ask:
    return lambda number: is_actor_alike(asked, likeness(number))


def _source(asked: Named, likeness: Callable[[int], str]) -> Ask:
    return lambda number: is_source_alike(asked, likeness(number))


def _party(is_asked: str, roles: Iterable[Role]) -> str:
    held = ", ".join(f"'{role.value}'" for role in roles)
    acts_for = (
        f"CASE WHEN c.for_likeness IS NULL THEN 0 ELSE {is_asked}(c.for_likeness) END"
    )
    return (
        f"CASE WHEN c.kind = 'party_is' AND c.role IN ({held})"
        f" THEN max({is_asked}(c.actor_likeness), {acts_for}) END"
    )


def _speaker(answer: str) -> str:
    """Spell that somebody in the voice is asked for; unclear speakers may not be."""
    return (
        f"(SELECT max(min({answer}, s.is_settled + 1)) FROM speakers AS s"
        f" WHERE s.voice = c.voice AND {stands('s')})"
    )


def _start(answer: str) -> str:
    """Spell that the voice begins with one asked for: with which, nobody can tell."""
    return (
        f"(SELECT max(min({answer}), min(max({answer}), 1)) FROM speakers AS s"
        f" WHERE s.voice = c.voice AND s.is_start AND {stands('s')})"
    )


_SPEAKING = {"source": _speaker, "origin": _start}


def _spell_what(filters: Filters, found: Spelled) -> None:
    if filters.destination is not None:
        country = found.bind(place_named(filters.destination).country)
        found.answers["destination"] = (
            "CASE WHEN c.country IS NULL THEN NULL"
            f" WHEN c.kind = 'party_is' THEN c.country IN ('', {country})"
            f" WHEN c.country = '' THEN 1 ELSE 2 * (c.country = {country}) END"
        )
    if (nature := filters.nature) is not None:
        answer = _cases("c.nature", Nature, lambda one: is_nature(one, nature))
        found.answers["nature"] = f"CASE WHEN c.kind = 'goods_are' THEN {answer} END"
    if filters.category is not None:
        answer = _category(filters.category, found)
        found.answers["category"] = f"CASE WHEN c.kind = 'goods_are' THEN {answer} END"
    if (stage := filters.stage) is not None:
        answer = _cases("c.stage", Stage, lambda one: Truth.of(one is stage))
        found.answers["stage"] = f"CASE WHEN c.kind = 'stage_is' THEN {answer} END"
    if (least := filters.stage_at_least) is not None:
        answer = _cases("c.stage", Stage, lambda one: has_reached(one, least))
        found.answers["stage_at_least"] = (
            f"CASE WHEN c.kind = 'stage_is' THEN {answer} END"
        )
    if (value := filters.value) is not None:
        is_asked = found.call(lambda told: is_worth(Amount.parse(told), value))
        found.answers["value"] = (
            f"CASE WHEN c.kind = 'value_is' THEN {is_asked}(c.amount) END"
        )


_T = TypeVar("_T", bound=enum.Enum)


def _cases(column: str, words: type[_T], ask: Callable[[_T], Truth]) -> str:
    """Spell the answer for each word that a column can hold."""
    ranks = (f"WHEN '{one.value}' THEN {RANKS[ask(one)]}" for one in words)
    return f"CASE {column} {' '.join(ranks)} END"


def _category(asked: Category, found: Spelled) -> str:
    placed = "'; ' || c.categories || '; '"
    here, anywhere = found.bind(f"; {asked}; "), found.bind(f"; {asked.list.value}:")
    return (
        f"CASE WHEN instr({placed}, {here}) THEN 2"
        f" WHEN instr({placed}, {anywhere}) THEN 0 ELSE 1 END"
    )


def _spell_when(filters: Filters, found: Spelled) -> None:
    if (days := filters.happened) is not None:
        lies = _lies(days, "c.happened", found)
        # What is told as past has a last day and no text of its own.
        found.answers["happened"] = (
            "CASE WHEN c.kind <> 'stage_is' THEN NULL WHEN c.happened IS NULL"
            f" AND c.happened_high IS NULL THEN 1 ELSE {lies} END"
        )
    for name in ("said", "published"):
        if (days := getattr(filters, name)) is not None:
            lies = _lies(days, f"c.{name}", found)
            told = f"CASE WHEN c.{name} IS NULL THEN 1 ELSE {lies} END"
            found.answers[name] = told
    if (days := filters.recorded) is not None:
        found.answers["recorded"] = _within(days, *["substr(c.recorded, 1, 10)"] * 2)


def _lies(days: ImpreciseDate, column: str, found: Spelled) -> str:
    """Spell whether a date lies within days, by its ends, or all that it may mean.

    Only a date that names several days can have a gap in which all days lie.
    """
    lies = found.call(lambda told: within(ImpreciseDate(told), days))
    ends = _within(days, f"{column}_low", f"{column}_high")
    return f"CASE WHEN instr({column}, ',') THEN {lies}({column}) ELSE {ends} END"


def _within(days: ImpreciseDate, low: str, high: str) -> str:
    inside, outside = ["1"], ["0"]
    if days.earliest is not None:
        inside.append(f"{low} >= '{days.earliest.isoformat()}'")
        outside.append(f"{high} < '{days.earliest.isoformat()}'")
    if days.latest is not None:
        inside.append(f"{high} <= '{days.latest.isoformat()}'")
        outside.append(f"{low} > '{days.latest.isoformat()}'")
    return (
        f"CASE WHEN {' AND '.join(inside)} THEN 2"
        f" WHEN {' OR '.join(outside)} THEN 0 ELSE 1 END"
    )


def _spell_telling(filters: Filters, found: Spelled) -> None:
    if (regime := filters.regime) is not None:
        is_asked = found.call(lambda told: is_regime(told, regime))
        found.answers["regime"] = (
            f"CASE WHEN c.kind = 'embargo_is' THEN {is_asked}(c.regime) END"
        )
    if filters.reliability:
        grades = _listed(filters.reliability)
        found.answers["reliability"] = _start(
            f"2 * (coalesce(s.reliability, '') IN ({grades}))"
        )
    if filters.language is not None:
        whole = found.bind(f" {filters.language} ")
        longer = found.bind(f" {filters.language}-")
        found.answers["language"] = (
            f"CASE WHEN instr(c.languages, {whole}) OR instr(c.languages, {longer})"
            " THEN 2 WHEN trim(c.languages) <> '' THEN 0 ELSE 1 END"
        )


def _listed(grades: Iterable[Reliability | Credibility]) -> str:
    return ", ".join(f"'{one.value}'" for one in grades)


def _spell_judged(filters: Filters, until: date | None, found: Spelled) -> None:
    judged = f"FROM assessments AS j WHERE j.claim = c.id AND {stands('j')}"
    if until is not None:
        judged += f" AND j.judged_on <= {found.bind(until.isoformat())}"
    if filters.credibility:
        grades = _listed(filters.credibility)
        after = judged.replace("j.", "k.").replace("AS j", "AS k")
        found.answers["credibility"] = (
            f"2 * (coalesce(c.credibility, '') IN ({grades}) AND NOT EXISTS"
            f" (SELECT 1 {judged} AND j.judged_by = c.credibility_by)"
            f" OR EXISTS (SELECT 1 {judged} AND j.credibility IN ({grades})"
            f" AND NOT EXISTS (SELECT 1 {after} AND k.judged_by = j.judged_by"
            " AND k.entry > j.entry)))"
        )
    if filters.not_assessed_by is not None:
        analyst = found.bind(filters.not_assessed_by)
        found.answers["not_assessed_by"] = (
            f"2 * (coalesce(c.credibility_by, '') <> {analyst} AND NOT EXISTS"
            f" (SELECT 1 {judged} AND j.judged_by = {analyst}))"
        )


def ranked(functions: Mapping[str, Ask]) -> Mapping[str, Callable[[Any], int | None]]:
    """Return functions that give answers as numbers, for the database to call."""
    return {name: _ranking(ask) for name, ask in functions.items()}


def _ranking(ask: Ask) -> Callable[[Any], int | None]:
    def rank(value: Any) -> int | None:
        answer = ask(value)
        return None if answer is None else RANKS[answer]

    return rank
