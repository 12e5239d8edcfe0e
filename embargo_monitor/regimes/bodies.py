"""Who was bound when: membership of the bodies that impose embargoes."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.names import (
    label,
    one_line,
    optional_label,
    optional_line,
    optional_prose,
    prose,
)
from embargo_monitor.model.relevances import Mark
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.citing import source_keys
from embargo_monitor.regimes.spans import (
    Span,
    answer,
    day_after,
    day_before,
    joined,
    require_order,
)
from embargo_monitor.regimes.words import weakest


@frozen(kw_only=True)
class Membership:
    """A state in a body, or outside of it, from one day to another.

    Attributes:
        state: Its id in the gazetteer; empty where the row is of no one state.
        name: What the row is of, where it is of no one state.
        first: Its first day.
        last: Its last day, included; None while it lasts.
        note: What a reader should know.
        mark: How well it is verified.

    Raises:
        InvalidValueError: It ends before it begins, or is of nobody.
    """

    state: str = field(default="", validator=optional_label)
    name: str = field(default="", validator=optional_line)
    first: date
    last: date | None = None
    note: str = field(default="", validator=optional_prose)
    mark: Mark

    def __attrs_post_init__(self) -> None:
        require_order(self.first, self.last)
        if bool(self.state) is bool(self.name):
            raise InvalidValueError("state", self.state, "given, or else `name`")

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.first, self.last)


@frozen(kw_only=True)
class DecisiveDate:
    """A date that decides cases, in words.

    Attributes:
        states: Whom it concerns.
        date: The day or days.
        what: What happened.
        effect: What follows.
        mark: How well it is verified.
    """

    states: str = field(validator=one_line)
    date: str = field(validator=one_line)
    what: str = field(validator=one_line)
    effect: str = field(default="", validator=optional_prose)
    mark: Mark


@frozen(kw_only=True)
class Proviso:
    """Days on which the rows alone would mislead: *our* coding of what notes say.

    Attributes:
        state: The state's id in the gazetteer.
        first: Their first day.
        last: Their last day, included; None: open.
        bound: The answer on these days.
        why: Which note or decisive date says so.
        mark: How well that is verified.
    """

    state: str = field(validator=label)
    first: date
    last: date | None = None
    bound: Truth
    why: str = field(validator=prose)
    mark: Mark

    def __attrs_post_init__(self) -> None:
        require_order(self.first, self.last)

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.first, self.last)


@frozen(kw_only=True)
class Bound:
    """Whether a state was a member on a date, and what decided it.

    Attributes:
        truth: The answer.
        because: Why, as a sentence without its full stop.
        rows: The rows and provisos that decided; none where no row is of the state.
        mark: How well they are verified.
    """

    truth: Truth
    because: str
    rows: tuple[Membership | Proviso, ...]
    mark: Mark


@frozen(kw_only=True)
class Body:
    """A body whose members are bound, or asked, by what it imposes.

    Attributes:
        id: Its id.
        name: Its name.
        group: Who is bound, in words.
        rule: How to read the list, and what it leaves out.
        checked: The day on which the list was last checked.
        members: Its members.
        left_out: Ids of members that the list leaves out: *our* coding.
        not_members: States that are often taken for bound, and are not members.
        not_members_rule: How to read these.
        decisive_dates: Dates that decide cases.
        provisos: Days on which the rows alone would mislead: *our* coding.
    """

    id: str = field(validator=label)
    name: str = field(validator=one_line)
    group: str = field(validator=prose)
    rule: str = field(validator=prose)
    checked: date
    members: tuple[Membership, ...]
    left_out: tuple[str, ...] = field(default=(), validator=source_keys)
    not_members: tuple[Membership, ...] = ()
    not_members_rule: str = field(default="", validator=optional_prose)
    decisive_dates: tuple[DecisiveDate, ...] = ()
    provisos: tuple[Proviso, ...] = ()

    @property
    def states(self) -> frozenset[str]:
        """Ids of all states that a row or a proviso is of."""
        rows: Iterable[Membership | Proviso] = (
            *self.members,
            *self.not_members,
            *self.provisos,
        )
        return frozenset(one.state for one in rows if one.state)

    def binds(self, state: str, on: ImpreciseDate | date) -> Bound:
        """Tell whether *state* was a member on a date.

        MAYBE where that is disputed, where the date may be a day before or after,
        for a member that the list leaves out, and after the list was checked.

        Args:
            state: An id of the gazetteer.
            on: The date.

        Raises:
            InvalidValueError: The date has a clock time: choose the day first.
        """
        if state in self.left_out:
            because = f"a member of {self.name}, but the list does not say since when"
            return Bound(
                truth=Truth.MAYBE, because=because, rows=(), mark=Mark.RECALLED
            )
        certain, possible = list(self._certain(state)), list(self._possible(state))
        truth = answer(on, certain, possible)
        rows = tuple(self._deciding(state, on))
        told = "; ".join(map(_told, rows)) or f"no row of {self.name} is of it"
        mark = weakest([Mark.TWO_SOURCES, *(row.mark for row in rows)])
        if not rows:
            mark = Mark.RECALLED
        return Bound(truth=truth, because=told, rows=rows, mark=mark)

    def _deciding(
        self, state: str, on: ImpreciseDate | date
    ) -> Iterator[Membership | Proviso]:
        rows = [one for one in self.members if one.state == state]
        told: list[Membership | Proviso] = [
            *(one for one in self.provisos if one.state == state),
            *rows,
            *(one for one in self.not_members if one.state == state),
        ]
        found = [
            one for one in told if answer(on, [one.span], [one.span]) is not Truth.NO
        ]
        # Outside of all rows they say themselves from when to when it was a member.
        yield from found or rows

    def _certain(self, state: str) -> Iterator[Span]:
        held = [one.span for one in self.members if one.state == state]
        known = Span(None, self.checked)
        for span in held:
            for part in _without(span, self._doubts(state, {Truth.MAYBE, Truth.NO})):
                if part.meets(known):
                    yield Span(part.first, min(part.last or self.checked, self.checked))
        yield from self._doubts(state, {Truth.YES})

    def _possible(self, state: str) -> Iterator[Span]:
        for one in self.members:
            if one.state == state:
                yield from _without(one.span, self._doubts(state, {Truth.NO}))
        yield from self._doubts(state, {Truth.YES, Truth.MAYBE})

    def _doubts(self, state: str, answers: set[Truth]) -> list[Span]:
        return [
            one.span
            for one in self.provisos
            if one.state == state and one.bound in answers
        ]


def _without(span: Span, cut: Iterable[Span]) -> Iterator[Span]:
    """Give what is left of *span* when *cut* is taken out of it."""
    first = span.first
    for one in joined(one for one in cut if one.meets(span)):
        if one.first and first and first < one.first:
            yield Span(first, day_before(one.first))
        if one.last is None:
            return
        first = day_after(one.last)
    if not (first and span.last and span.last < first):
        yield Span(first, span.last)


def _told(row: Membership | Proviso) -> str:
    days = f"{row.first} to {row.last or 'now'}"
    if isinstance(row, Proviso):
        return f"{days}: {row.why.rstrip('.')}"
    note = f" ({row.note})" if row.note else ""
    return f"{row.state}: {days}{note}"
