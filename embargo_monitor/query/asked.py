"""Filters as they are put to the claims of an event, to one claim, or to a report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from attrs import field, frozen

from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.events import Event
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stances import Hedge, Weight
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told, disputes, taken_back
from embargo_monitor.query.contents import MOVES, contents
from embargo_monitor.query.filters import Beside, Filters
from embargo_monitor.query.inquiry import Answer, Inquiry, Names, names_in
from embargo_monitor.query.tellings import tellings
from embargo_monitor.regimes.relevance import relevance
from embargo_monitor.regimes.reported import questions_of


@frozen
class Because:
    """Why one filter holds, or may.

    Attributes:
        filter: The filter's name.
        certainty: YES or MAYBE; NO is no match.
        claims: The claims that make it so: the certain ones, where there are any.
        text: Why, where no claim is the reason: what nobody says.
    """

    filter: str
    certainty: Truth
    claims: tuple[Told, ...] = field(default=(), repr=False)
    text: str = ""

    def __str__(self) -> str:
        why = ", ".join(one.id for one in self.claims) or self.text
        return f"{self.filter}: {self.certainty} ({why})"


@frozen
class EventOf:
    """An event, and the claims that its report makes of it.

    Attributes:
        event: The event.
        report: Its report.
        told: The claims about it.
        positions: The report's claims about regimes.
    """

    event: Event
    report: Report
    told: tuple[Told, ...]
    positions: tuple[Told, ...]

    @property
    def id(self) -> str:
        """The event's id from outside: `report-id#event-id`."""
        return f"{self.report.id}#{self.event.id}"


@frozen
class Asked:
    """Filters, with their names found, and the claims that they are put to.

    Attributes:
        filters: What is asked.
        beside: What is known beside the claims.
        inquiries: The filters that are put to one claim at a time.
        reports: The reports, in their order.
        told: The claims, by the id of their report.
        gone: Ids of the claims that somebody took back.
    """

    filters: Filters
    beside: Beside
    inquiries: tuple[Inquiry, ...]
    reports: tuple[Report, ...]
    told: Mapping[str, tuple[Told, ...]]
    gone: frozenset[str]

    @classmethod
    def of(
        cls, told: Sequence[Told], filters: Filters, beside: Beside | None
    ) -> "Asked":
        """Find whom the filters name.

        Raises:
            UnknownNameError: A name in a filter is not known.
        """
        around = beside or Beside()
        by_report: dict[str, list[Told]] = {}
        reports = {one.id: one for one in around.reports}
        for one in told:
            by_report.setdefault(one.report.id, []).append(one)
            reports.setdefault(one.report.id, one.report)
        inquiries = inquiries_of(filters, names_in([*reports.values()]), around)
        gone = frozenset(taken_back((*told, *around.taking_back)))
        grouped = {id_: tuple(by_report.get(id_, ())) for id_ in reports}
        several = tuple(reports.values())
        return cls(filters, around, inquiries, several, grouped, gone)

    def events(self) -> Iterator[EventOf]:
        """Give the events, report by report."""
        for report in self.reports:
            yield from self._events_of(report)

    def _events_of(self, report: Report) -> Iterator[EventOf]:
        claims: dict[About, list[Told]] = {}
        for one in self.told[report.id]:
            claims.setdefault(one.claim.about, []).append(one)
        positions = tuple(
            one
            for about, found in claims.items()
            if about.kind is AboutKind.REGIME
            for one in found
        )
        for event in report.events:
            about = About(AboutKind.EVENT, event.id)
            yield EventOf(event, report, tuple(claims.get(about, ())), positions)

    def of_event(self, event: EventOf) -> tuple[Because, ...] | None:
        """Return why an event matches; None where it does not."""
        said = self._said(event.told)
        moves = event.event.kind in MOVES
        return _matched(
            chain(
                (
                    _held(one, said, _silence(one, moves=moves))
                    for one in self.inquiries
                ),
                self._wholes((event,)),
            )
        )

    def of_claim(self, one: Told) -> tuple[Because, ...] | None:
        """Return why a claim matches, asked by itself; None where it does not."""
        answers = (
            Because(inquiry.filter, _by_itself(inquiry, one), (one,))
            for inquiry in self.inquiries
        )
        about = one.claim.about
        events = (
            event
            for event in self._events_of(one.report)
            if about == About(AboutKind.EVENT, event.event.id)
        )
        return _matched(chain(answers, self._wholes(events)))

    def of_report(self, report: Report) -> tuple[Because, ...] | None:
        """Return why a report matches; None where it does not."""
        said = self._said(self.told[report.id])
        answers = (_held(one, said, Truth.NO) for one in self.inquiries)
        return _matched(chain(answers, self._wholes(self._events_of(report))))

    def _said(self, told: Sequence[Told]) -> tuple[Told, ...]:
        return tuple(
            one
            for one in told
            if one.claim.stance.weight is Weight.FOR and one.id not in self.gone
        )

    def _wholes(self, events: Iterable[EventOf]) -> Iterator[Because]:
        """Put the filters on events as a whole; one of several has to match."""
        regime, wanted = self.filters.relevance, self.filters.disputed
        if regime is None and wanted is None:
            return
        asked = tuple(events)
        if wanted is not None:
            yield _best([self._disputed(one, wanted=wanted) for one in asked])
        if regime is not None:
            yield _best([self._relevant(one, regime) for one in asked])

    def _disputed(self, event: EventOf, *, wanted: bool) -> Because:
        found = disputes(event.told, beside=self.beside.taking_back)
        certainty = Truth.any_of(one.certainty for one in found)
        rivals = dict.fromkeys(told for one in found for told in one.told)
        text = "" if rivals else "no claims about it compete"
        answer = certainty if wanted else ~certainty
        return Because("disputed", answer, tuple(rivals), text)

    def _relevant(self, event: EventOf, regime: str) -> Because:
        left = (one for one in event.told if one.id not in self.gone)
        asked = questions_of((*left, *event.positions))
        answers = relevance(asked, self.beside.register, all_regimes=True)
        found = [one for one in answers.relevances if one.regime.id == regime]
        certainty = Truth.any_of(one.relevant for one in found)
        return Because("relevance", certainty, text=f"{regime}: ask `relevance` why")


def inquiries_of(filters: Filters, names: Names, beside: Beside) -> tuple[Inquiry, ...]:
    """Return the filters that are put to one claim at a time, as questions.

    Raises:
        UnknownNameError: A name or a regime in a filter is not known.
    """
    if filters.relevance is not None:
        beside.register.regime(filters.relevance)
    return (*contents(filters, names), *tellings(filters, names, beside))


def _silence(inquiry: Inquiry, *, moves: bool) -> Truth:
    """Return what it means for an event that no claim speaks of what is asked."""
    known = not inquiry.unsaid or (inquiry.moved and not moves)
    return Truth.NO if known else Truth.MAYBE


def _held(inquiry: Inquiry, said: Sequence[Told], silence: Truth) -> Because:
    answers = [(one, _sure(inquiry, one)) for one in said]
    spoken = [(one, answer) for one, answer in answers if answer is not None]
    if not spoken:
        text = f"nobody says {inquiry.unsaid}"
        return Because(inquiry.filter, silence, text=text)
    certainty = Truth.any_of(answer for _, answer in spoken)
    claims = tuple(one for one, answer in spoken if answer is certainty)
    return Because(inquiry.filter, certainty, claims)


def _by_itself(inquiry: Inquiry, one: Told) -> Truth:
    answer = inquiry.ask(one)
    return Truth.NO if answer is None else answer


def _sure(inquiry: Inquiry, one: Told) -> Answer:
    """Return what a claim answers: whoever hedges makes nothing certain."""
    answer = inquiry.ask(one)
    hedged = inquiry.unsaid and one.claim.hedge is not Hedge.NONE
    return Truth.MAYBE if hedged and answer is Truth.YES else answer


def _best(found: Sequence[Because]) -> Because:
    """Return the first of the answers that are most certain."""
    for certainty in (Truth.YES, Truth.MAYBE):
        for one in found:
            if one.certainty is certainty:
                return one
    return Because("", Truth.NO)


def _matched(found: Iterable[Because]) -> tuple[Because, ...] | None:
    """Return the answers where none is NO; the first NO ends the asking."""
    because = []
    for one in found:
        if one.certainty is Truth.NO:
            return None
        because.append(one)
    return tuple(because)
