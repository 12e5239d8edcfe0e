"""Filters on what is said of an event: who, what, how far, when, for how much."""

from collections.abc import Iterator
from decimal import Decimal

from embargo_monitor.gazetteer import Gazetteer
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.amounts import TOLERANCE, Amount, Bound
from embargo_monitor.model.claims import GoodsAre, PartyIs, StageIs, ValueIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.goods import Category, Nature
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told
from embargo_monitor.model.vocabulary import Role
from embargo_monitor.query.filters import Filters
from embargo_monitor.query.inquiry import Answer, Inquiry, Names
from embargo_monitor.query.naming import Named, is_actor
from embargo_monitor.query.stepping import has_reached
from embargo_monitor.regimes.grounds import bound_of
from embargo_monitor.regimes.parties import place_named

PARTIES = {
    "supplier": ((Role.SUPPLIER,), "who supplies"),
    "recipient": ((Role.RECIPIENT,), "who receives"),
    "party": (tuple(Role), "who takes part"),
}
"""The filters on who takes part: in which roles, and what nobody says otherwise."""

MOVES = (EventKind.TRANSFER, EventKind.SUM)
"""The kinds of event that move goods."""


def contents(filters: Filters, known: Names) -> Iterator[Inquiry]:
    """Give the questions on what is said of an event.

    Raises:
        UnknownNameError: A name is known neither to the gazetteer nor to a report.
    """
    for name, (roles, unsaid) in PARTIES.items():
        if (given := getattr(filters, name)) is not None:
            yield _party(name, known.find(given), roles, unsaid)
    if filters.destination is not None:
        yield _destination(filters.destination)
    yield from _goods(filters)
    yield from _stages(filters)
    if (value := filters.value) is not None:
        yield Inquiry(
            "value", lambda one: _value(one, value), "for how much", moved=True
        )


def _party(name: str, asked: Named, roles: tuple[Role, ...], unsaid: str) -> Inquiry:
    def ask(one: Told) -> Answer:
        if not isinstance(one.claim, PartyIs) or one.claim.role not in roles:
            return None
        who = filter(None, (one.claim.actor, one.claim.for_))
        return Truth.any_of(is_actor(asked, one.actor(id_)) for id_ in who)

    return Inquiry(name, ask, unsaid, moved=True)


def _destination(given: str) -> Inquiry:
    asked = place_named(given).country

    def ask(one: Told) -> Answer:
        country = country_bound_for(one)
        if country is None:
            return None
        if isinstance(one.claim, PartyIs):
            # Goods may be bound for where somebody is based; nobody says that they are.
            return Truth.MAYBE if country in ("", asked) else Truth.NO
        return Truth.of(country == asked) if country else Truth.MAYBE

    return Inquiry("destination", ask, "where it is bound for", moved=True)


def country_bound_for(one: Told) -> str | None:
    """Return where goods go by a claim: a country, or where their recipient is based.

    By gazetteer id; empty where it is in no country that anybody names, and None where
    the claim does not speak of where goods go.
    """
    claim = one.claim
    if not _moves_goods(one):
        return None
    if isinstance(claim, PartyIs) and claim.role is Role.RECIPIENT:
        return _based(one, claim.actor)
    if not isinstance(claim, StageIs):
        return None
    arrived = claim.place if claim.stage is Stage.DELIVERED else ""
    return _country(one, claim.to or arrived)


def _moves_goods(one: Told) -> bool:
    """Whether a claim is about what moves goods: a visit moves none."""
    return any(
        event.kind in MOVES
        for event in one.report.events
        if one.claim.about == About(AboutKind.EVENT, event.id)
    )


def _based(one: Told, id_: str) -> str:
    actor = one.actor(id_)
    known = {entry.id: entry for entry in Gazetteer.bundled()}
    coded = (known[same.value] for same in actor.same_as if same.value in known)
    return next((entry.country for entry in coded if entry.country), actor.country)


def _country(one: Told, place: str) -> str | None:
    return next((row.country for row in one.report.places if row.id == place), None)


def _goods(filters: Filters) -> Iterator[Inquiry]:
    if (nature := filters.nature) is not None:
        yield Inquiry(
            "nature", lambda one: _nature(one, nature), "what goods", moved=True
        )
    if (category := filters.category) is not None:
        yield Inquiry(
            "category", lambda one: _category(one, category), "what goods", moved=True
        )


_ARMED = (
    Nature.AMMUNITION,
    Nature.PARTS,
    Nature.VEHICLE,
    Nature.VESSEL,
    Nature.AIRCRAFT,
)
"""What "arms" can stand for, and what can be arms."""


def _nature(one: Told, asked: Nature) -> Answer:
    if not isinstance(one.claim, GoodsAre):
        return None
    return is_nature(one.claim.item.nature, asked)


def is_nature(told: Nature, asked: Nature) -> Truth:
    """Tell whether goods told to be of one nature are of the one asked for."""
    if told is asked:
        return Truth.YES
    vague = {told, asked} & {Nature.UNCLEAR} or (
        Nature.ARMS in (told, asked) and {told, asked} & set(_ARMED)
    )
    return Truth.MAYBE if vague else Truth.NO


def _category(one: Told, asked: Category) -> Answer:
    if not isinstance(one.claim, GoodsAre):
        return None
    placed = one.claim.item.categories
    if asked in placed:
        return Truth.YES
    elsewhere = any(category.list is asked.list for category in placed)
    return Truth.NO if elsewhere else Truth.MAYBE


def _stages(filters: Filters) -> Iterator[Inquiry]:
    unsaid = "how far it got"
    if (stage := filters.stage) is not None:
        yield Inquiry("stage", lambda one: _stage(one, stage), unsaid)
    if (least := filters.stage_at_least) is not None:
        yield Inquiry("stage_at_least", lambda one: _reached(one, least), unsaid)
    if (days := filters.happened) is not None:
        yield Inquiry("happened", lambda one: _happened(one, days), "when it happened")


def _stage(one: Told, asked: Stage) -> Answer:
    return (
        Truth.of(one.claim.stage is asked) if isinstance(one.claim, StageIs) else None
    )


def _reached(one: Told, least: Stage) -> Answer:
    return (
        has_reached(one.claim.stage, least) if isinstance(one.claim, StageIs) else None
    )


def _happened(one: Told, days: ImpreciseDate) -> Answer:
    if not isinstance(one.claim, StageIs):
        return None
    if one.claim.when is not None:
        return within(one.claim.when.date, days)
    bound = bound_of((one,))
    # What is told as past was not later than it was told.
    latest = bound.day.latest if bound else None
    return within(ImpreciseDate.between(None, latest) if latest else None, days)


def within(date: ImpreciseDate | None, days: ImpreciseDate) -> Truth:
    """Tell whether a date lies within *days*; MAYBE for one that nobody gives."""
    if date is None:
        return Truth.MAYBE
    return date.falls_within(days.earliest, days.latest)


def _value(one: Told, asked: Amount) -> Answer:
    if not isinstance(one.claim, ValueIs):
        return None
    return is_worth(one.claim.amount, asked)


def is_worth(told: Amount, asked: Amount) -> Answer:
    """Tell whether a figure lies within the one asked for; None in other units."""
    if told.unit != asked.unit:
        # A sum in another currency cannot be compared, and may be as much all the same.
        return Truth.MAYBE if told.is_currency and asked.is_currency else None
    return lies_within(told, asked)


def lies_within(told: Amount, asked: Amount) -> Truth:
    """Tell whether a figure lies within another one of the same unit.

    YES when every number does that it may stand for, NO when none does. `about`
    reaches a quarter either way (`embargo_monitor.model.amounts.TOLERANCE`).

    >>> told, asked = Amount.parse("10 to 12 items"), Amount.parse("at least 11 items")
    >>> print(lies_within(told, asked))
    MAYBE
    """
    (low, high), (least, most) = _ends(told), _ends(asked)
    if low >= least and high <= most:
        return Truth.YES
    meets = max(low, least) <= min(high, most)
    return Truth.MAYBE if meets else Truth.NO


_End = tuple[Decimal, int]
"""A number, and whether what is meant lies at it (0), just above (1) or below (-1)."""


def _ends(amount: Amount) -> tuple[_End, _End]:
    reach = TOLERANCE if amount.bound is Bound.ABOUT else Decimal(0)
    low = amount.low if amount.low is not None else Decimal(0)
    high = amount.high if amount.high is not None else Decimal("Infinity")
    return (
        (low * (1 - reach), 1 if amount.bound is Bound.MORE_THAN else 0),
        (high * (1 + reach), -1 if amount.bound is Bound.LESS_THAN else 0),
    )
