"""The question that is asked of an embargo: one act, as it was told or is given."""

from collections.abc import Iterable
from typing import TypeVar

from attrs import field, frozen

from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.goods import Item, Nature
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Stance
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told
from embargo_monitor.model.words import member
from embargo_monitor.regimes.parties import Party, Where, party_named, place_named
from embargo_monitor.regimes.words import Service

_T = TypeVar("_T")

ARMS = "arms, not described"
"""The goods of a question in which none are given."""


@frozen(kw_only=True)
class Thing:
    """Goods as somebody tells of them.

    Attributes:
        item: The thing or service.
        hedged: The speaker only suspects it.
        claims: The claims that say so, by id from outside.
    """

    item: Item
    hedged: bool = False
    claims: tuple[str, ...] = ()


@frozen(kw_only=True)
class Ground:
    """Something that an answer rests on, and that may be otherwise.

    Attributes:
        text: What is doubtful, in words.
        claims: The claims that it concerns, by id from outside.
    """

    text: str
    claims: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} ({', '.join(self.claims)})" if self.claims else self.text


@frozen(kw_only=True)
class Against:
    """A claim that the act, or a part of it, did not happen.

    Attributes:
        stance: Denied, or taken back.
        what: What it denies, in words.
        by: Who says so.
        claim: The claim, by id from outside.
    """

    stance: Stance
    what: str
    by: str
    claim: str


@frozen(kw_only=True)
class Question:
    """Whether embargoes bear on one act: who, to whom, what, where, when.

    What is left out was not said, and nobody knows it: unknown is not no.

    Attributes:
        suppliers: Who supplies.
        recipients: Who gets it: recipients, buyers, end users.
        brokers: Who brokers or finances it.
        carriers: Who carries it.
        destination: Where it is bound for.
        origin: Where it comes from.
        goods: What is supplied.
        services: Services that are supplied, by the register's words for them.
        act: Which step is meant; None: the supply as such.
        kind: What sort of event it belongs to; a meeting moves nothing.
        when: The day of the act, or the days it lasted.
        when_claims: The claims that say so.
        not_after: A day by which it was told, so that it was not later.
        grounds: What the parts of the question rest on.
        against: Who denies it or takes it back.
        positions: Claims on embargoes about the same event.
        delivered: When it is told to have been delivered, whatever the act.
        finished: It is told to be cancelled, so that nothing remains.
    """

    suppliers: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    brokers: tuple[Party, ...] = ()
    carriers: tuple[Party, ...] = ()
    destination: Where | None = None
    origin: Where | None = None
    goods: tuple[Thing, ...] = ()
    services: tuple[Service, ...] = ()
    act: Stage | None = None
    kind: EventKind = EventKind.TRANSFER
    when: ImpreciseDate | None = None
    when_claims: tuple[str, ...] = ()
    not_after: ImpreciseDate | None = None
    grounds: tuple[Ground, ...] = ()
    against: tuple[Against, ...] = ()
    positions: tuple[Told, ...] = field(default=(), repr=False)
    delivered: tuple[ImpreciseDate | None, ...] = ()
    finished: bool = False

    @property
    def days(self) -> ImpreciseDate | None:
        """The days on which the act may have been: not after it was told of."""
        bound = self.not_after.latest if self.not_after else None
        if self.when is None:
            return ImpreciseDate.between(None, bound) if bound else None
        if bound is None or self.when.is_span or len(self.when.ranges) > 1:
            return self.when
        first, last = self.when.earliest, self.when.latest
        if (first and first > bound) or (last and last <= bound):
            return self.when
        return ImpreciseDate.between(first, bound)

    def __str__(self) -> str:
        goods = [str(one.item) for one in self.goods]
        goods += [one.value for one in self.services]
        parts = [_and(goods) or "goods that nobody names"]
        parts += [f"from {_and(map(str, self.suppliers)) or 'a supplier not named'}"]
        parts += [f"to {_and(map(str, self.recipients)) or 'a recipient not named'}"]
        parts += [f"bound for {self.destination}"] if self.destination else []
        parts += [f"out of {self.origin}"] if self.origin else []
        parts += [f"brokered by {_and(map(str, self.brokers))}"] * bool(self.brokers)
        parts += [f"carried by {_and(map(str, self.carriers))}"] * bool(self.carriers)
        act = self.act.value if self.act else "the supply"
        days = self.days
        parts += [f"{act}: {days or 'on a day that nobody gives'}"]
        return ", ".join(parts)


def _and(words: Iterable[str]) -> str:
    return " and ".join(dict.fromkeys(words))


def question_from(  # noqa: PLR0913 (each is a part of the question)
    *,
    supplier: str | None = None,
    recipient: str | None = None,
    destination: str | None = None,
    origin: str | None = None,
    brokers: Iterable[str] = (),
    carriers: Iterable[str] = (),
    goods: Iterable[Item | str] = (),
    services: Iterable[Service | str] = (),
    when: ImpreciseDate | str | None = None,
    not_after: ImpreciseDate | str | None = None,
    act: Stage | str | None = None,
    in_part: Truth | str = Truth.MAYBE,
) -> Question:
    """Build a question from names, ids or codes of the gazetteer.

    Args:
        supplier: Who supplies; None: not known.
        recipient: Who gets it.
        destination: The country that it is bound for.
        origin: The country that it comes from.
        brokers: Who brokers it, one or several.
        carriers: Who carries it.
        goods: Items, or texts such as `fuel: jet fuel`; without its nature before it,
            a text is of unclear nature. None given, and no services: arms, not
            described.
        services: Services beside goods.
        when: The day of the act, or several, in EDTF.
        not_after: A day by which it was told.
        act: Which step is meant.
        in_part: Whether the destination lies in the part that a regime covers, for
            regimes that cover a part of a country only.

    Raises:
        UnknownNameError: A name is not in the gazetteer; the error names near ones.
        InvalidValueError: A date is none, or a word none of its kind.
    """
    asked = tuple(member(Service, "services", one) for one in _several(services))
    part = member(Truth, "in_part", in_part)
    items = [one if isinstance(one, Item) else _item(one) for one in _several(goods)]
    if not items and not asked:
        items = [Item(ARMS, Nature.ARMS)]
    return Question(
        suppliers=_parties(supplier),
        recipients=_parties(recipient),
        brokers=_parties(*_several(brokers)),
        carriers=_parties(*_several(carriers)),
        destination=place_named(destination, part) if destination else None,
        origin=place_named(origin) if origin else None,
        goods=tuple(Thing(item=one) for one in items),
        services=asked,
        when=_date(when),
        not_after=_date(not_after),
        act=None if act is None else member(Stage, "act", act),
    )


def _several(given: Iterable[_T] | str) -> Iterable[_T | str]:
    """Take one text for one: its letters are no names."""
    return (given,) if isinstance(given, str) else given


def _parties(*names: str | None) -> tuple[Party, ...]:
    return tuple(party_named(name) for name in names if name)


def _item(text: str) -> Item:
    nature, colon, name = text.partition(":")
    if colon and nature.strip() in {one.value for one in Nature}:
        return Item(name.strip(), Nature(nature.strip()))
    return Item(text, Nature.UNCLEAR)


def _date(given: ImpreciseDate | str | None) -> ImpreciseDate | None:
    return ImpreciseDate(given) if isinstance(given, str) else given
