"""The case file of an event: what an investigator puts into a report, in Markdown.

It is made of a view, of the events that are one case, and of the claims about them,
of one report or of several. Nothing in it is said by nobody: each row has footnotes.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import field, frozen

from embargo_monitor.disclosing import Disclosure
from embargo_monitor.eventlog import EventLog
from embargo_monitor.judging import event_of, judge_event, told_of
from embargo_monitor.log.entries import Stored
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.events import Event
from embargo_monitor.model.quotes import Handling
from embargo_monitor.model.reports import Report, actors_in
from embargo_monitor.model.stances import Weight
from embargo_monitor.model.views import Told, taken_back, takings_back, told_in
from embargo_monitor.query.view import View
from embargo_monitor.regimes.answers import Answers
from embargo_monitor.regimes.register import Register
from embargo_monitor.show.claims import ClaimPrinter
from embargo_monitor.show.footnotes import Notes
from embargo_monitor.verifying import exhibits_of


@frozen(kw_only=True)
class Case:
    """Events that are one case, what is told of them, and what a register answers.

    Attributes:
        view: What the log said as of then.
        events: The events, by id from outside; the one that was asked for first.
        told: The claims about them, and those of their reports about regimes.
        register: The register that was asked.
        answers: Which embargoes bear on it.
        handling: The strictest handling of exhibits whose words are shown.
        handlings: How exhibits are to be handled, as all of the log has it, by digest.
    """

    view: View
    events: tuple[str, ...]
    told: tuple[Told, ...]
    register: Register
    answers: Answers
    handling: Handling = Handling.PUBLIC
    handlings: Mapping[str, Handling] = field(factory=dict)

    @property
    def event(self) -> Event:
        """The event that was asked for."""
        return event_of(self.view.standing, self.events[0])

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """The reports that tell of it, by id, in the order of the log."""
        named = {event.partition("#")[0] for event in self.events}
        stands = self.view.standing.reports
        return {id_: one for id_, one in stands.items() if id_ in named}

    @cached_property
    def of_event(self) -> tuple[Told, ...]:
        """The claims about the events themselves."""
        event = AboutKind.EVENT
        return tuple(one for one in self.told if one.claim.about.kind is event)

    @cached_property
    def of_actors(self) -> tuple[Told, ...]:
        """What is told of the actors that have a part in the events."""
        have = {
            (one.report.id, actor)
            for one in self.of_event
            for _, actor in actors_in(one.claim)
        }
        return tuple(
            one
            for report in self.reports.values()
            for one in told_in(report)
            if one.claim.about.kind is AboutKind.ACTOR
            and (report.id, one.claim.about.id) in have
        )

    @cached_property
    def all_told(self) -> tuple[Told, ...]:
        """Whatever is shown of the case: of the events, of regimes, of actors."""
        return (*self.told, *self.of_actors)

    @cached_property
    def beside(self) -> tuple[Told, ...]:
        """What other reports take back."""
        return takings_back(self.view.standing.reports.values())

    @cached_property
    def gone(self) -> Mapping[str, tuple[Told, ...]]:
        """By claim of the case what takes it back."""
        told = (one for report in self.reports.values() for one in told_in(report))
        # What stands in a report of the case and beside it takes back once.
        return taken_back({one.id: one for one in (*told, *self.beside)}.values())

    @cached_property
    def gone_of_case(self) -> tuple[Told, ...]:
        """The claims of the case that somebody took back."""
        return tuple(one for one in self.all_told if one.id in self.gone)

    def silent(self, text: str, told: Iterable[Told]) -> str:
        """Say that nobody says it, and whether *told* of it were taken back."""
        back = any(one.id in self.gone for one in told)
        return (
            f"{text}, but for what was taken back: see below." if back else f"{text}."
        )

    @cached_property
    def said(self) -> tuple[Told, ...]:
        """The claims that count: said, and not taken back."""
        return tuple(
            one
            for one in self.all_told
            if one.claim.stance.weight is Weight.FOR and one.id not in self.gone
        )

    @cached_property
    def not_counted(self) -> tuple[Told, ...]:
        """The claims that deny, expect, fear, withdraw or will not say."""
        return tuple(
            one
            for one in self.all_told
            if one.claim.stance.weight is not Weight.FOR and one.id not in self.gone
        )

    @cached_property
    def printers(self) -> Mapping[str, ClaimPrinter]:
        """What says claims in words, by report."""
        return {
            id_: ClaimPrinter(one, {}, beside=self.beside)
            for id_, one in self.reports.items()
        }

    @cached_property
    def notes(self) -> Notes:
        """The footnotes of all that is told."""
        return Notes(
            self.all_told,
            self.view,
            handling=self.handling,
            handlings=self.handlings,
        )

    @property
    def citation(self) -> str:
        """The footnote of the case file as a whole."""
        asked = f"event {self.events[0]} --markdown"
        return self.view.cite(asked, self.register)


def case_of(
    log: EventLog,
    view: View,
    event: str,
    *linked: str,
    register: Register | None = None,
    handling: Handling = Handling.PUBLIC,
) -> Case:
    """Return the case of an event, as a view has it, and of those that are one with it.

    Args:
        log: The log of the view: all of it says who may see an exhibit.
        view: What the log said as of then.
        event: `report-id#event-id`.
        *linked: Other events of the same case, by id from outside.
        register: The register to ask; the one that comes with the library if not
            given.
        handling: The strictest handling of exhibits whose words are shown.

    Raises:
        UnknownNameError: The view has no such event.
        ReferringError: Its report was withdrawn by then.
    """
    register = register or Register.bundled()
    events = tuple(dict.fromkeys((event, *linked)))
    answers = judge_event(view.standing, event, register, linked=events[1:])
    return Case(
        view=view,
        events=events,
        told=told_of(view.standing, events),
        register=register,
        answers=answers,
        handling=handling,
        handlings=_handlings(log),
    )


def _handlings(log: EventLog) -> Mapping[str, Handling]:
    """Return how exhibits are to be handled, by all entries: also those after a view.

    A later entry can say that an exhibit is more delicate than was thought.
    """
    found = Disclosure()
    for one in log.entries():
        record = one.entry.record
        stored = Stored(one.index, "", leaf=one.leaf, body=one.data)
        found.take(stored, None if record is None else exhibits_of(record))
    found.join(ExhibitStore(f"{log.path}-exhibits"))
    return found.handling
