"""A regime: one embargo by one issuer, from its first act to its last."""

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.names import label, one_line, optional_prose
from embargo_monitor.model.relevances import Mark
from embargo_monitor.regimes.citing import (
    Amendment,
    Cited,
    Ending,
    proses,
    source_keys,
)
from embargo_monitor.regimes.parts import (
    DatedPart,
    Evidence,
    Exemption,
    Gap,
    Phase,
    Target,
    WorkedQuestion,
)
from embargo_monitor.regimes.spans import day_after, day_before
from embargo_monitor.regimes.words import (
    Binding,
    EndKind,
    Service,
    Status,
    TargetKind,
    weakest,
)


def _phases_in_order(phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    return tuple(sorted(phases, key=lambda one: one.first))


def _gaps_in_order(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    return tuple(sorted(gaps, key=lambda one: one.first))


def _acts_in_order(acts: tuple[Amendment, ...]) -> tuple[Amendment, ...]:
    return tuple(sorted(acts, key=lambda one: one.date))


@frozen(kw_only=True)
class Regime:
    """One embargo by one issuer.

    Attributes:
        id: Its id, `issuer-target-year`; it never changes.
        title: What it is called.
        issuer: Who imposed it.
        targets: At whom it is aimed.
        binding: How it binds; a phase may say otherwise.
        bound: Id of the body whose members are bound, or asked.
        status: Where it stood when it was last checked.
        checked: The day on which this record was last checked; of a regime that had
            not ended, no later day is certain.
        arms: What is barred, for the whole of it; the phases say it by date.
        services: Services that it names beside arms.
        start: The act that began it; its measures may begin later (a gap).
        end: The act that ended it; None while it lasts.
        evidence: What shows that it lasts; None when it has ended.
        phases: Who and what was covered, and when; in order.
        gaps: Days between start and end that no phase covers; in order.
        amendments: Later acts; in order.
        exemptions: Ways in which a supply can be lawful.
        related: Ids of parent or parallel regimes.
        note: What a reader should know.
        disagreements: Where sources differ.
        corrections: What a review changed in the record, and why.
        dated_parts: Parts that run out by themselves.
        questions: Questions answered by hand.
        sources_of_notes: Keys of sources of notes and disagreements alone.

    Raises:
        InvalidValueError: Phases and gaps overlap, leave out a day between start and
            end, or do not fit the end; or the status does not. The error's `path`
            says where: correct the file.
    """

    id: str = field(validator=label)
    title: str = field(validator=one_line)
    issuer: str = field(validator=one_line)
    targets: tuple[Target, ...]
    binding: Binding
    bound: str = field(validator=label)
    status: Status
    checked: date
    arms: str = field(validator=one_line)
    services: tuple[Service, ...] = ()
    start: Cited
    end: Ending | None = None
    evidence: Evidence | None = None
    phases: tuple[Phase, ...] = field(converter=_phases_in_order)
    gaps: tuple[Gap, ...] = field(default=(), converter=_gaps_in_order)
    amendments: tuple[Amendment, ...] = field(default=(), converter=_acts_in_order)
    exemptions: tuple[Exemption, ...] = ()
    related: tuple[str, ...] = field(default=(), validator=source_keys)
    note: str = field(default="", validator=optional_prose)
    disagreements: tuple[str, ...] = field(default=(), validator=proses)
    corrections: tuple[str, ...] = field(default=(), validator=proses)
    dated_parts: tuple[DatedPart, ...] = ()
    questions: tuple[WorkedQuestion, ...] = ()
    sources_of_notes: tuple[str, ...] = field(default=(), validator=source_keys)

    def __attrs_post_init__(self) -> None:
        if not self.phases:
            raise InvalidValueError("phases", 0, "one at least")
        ended = self.status is Status.ENDED
        if (self.end is not None) is not ended or (self.evidence is None) is not ended:
            wanted = "`ended` with an `end`, else another with `evidence`"
            raise InvalidValueError("status", self.status.value, wanted)
        self._require_every_day()

    def _require_every_day(self) -> None:
        """Refuse phases and gaps that overlap, leave a day out, or miss the end."""
        parts: list[Phase | Gap] = [*self.phases, *self.gaps]
        parts.sort(key=lambda one: one.first)
        expected: date | None = self.start.date
        for part in parts:
            if part.first != expected:
                at = expected.isoformat() if expected else "no day: it is open"
                wanted = f"the day after what stands before it ({at})"
                raise InvalidValueError("first", part.first.isoformat(), wanted)
            expected = day_after(part.last) if part.last else None
        last, ends = parts[-1].last, self._last_days()
        if (last not in ends) if ends else last:
            wanted = " or ".join(day.isoformat() for day in ends) or "open: it lasts"
            raise InvalidValueError("last", str(last), wanted)

    def _last_days(self) -> tuple[date, ...]:
        """Return the last day that fits the end; two for one that expired.

        A day of expiry is printed as the last day in force, or as the day after.
        """
        if self.end is None:
            return ()
        expired = (self.end.date,) if self.end.kind is EndKind.EXPIRED else ()
        return (day_before(self.end.date), *expired)

    @property
    def mark(self) -> Mark:
        """How well start and end are verified: the weaker of the two."""
        return weakest([self.start.mark, *([self.end.mark] if self.end else [])])

    @property
    def first(self) -> date:
        """The first day on which something was barred."""
        return self.phases[0].first

    @property
    def last(self) -> date | None:
        """The last day on which something was barred; None while it lasts."""
        return self.phases[-1].last

    @property
    def target_kind(self) -> TargetKind:
        """Whom the current or last phase covers."""
        return self.phases[-1].target_kind

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of all sources of all its facts, each once, in order."""
        return tuple(dict.fromkeys(key for one in self._sourced() for key in one))

    def _sourced(self) -> Iterator[tuple[str, ...]]:
        yield self.start.sources
        if self.end:
            yield self.end.sources
        if self.evidence:
            yield self.evidence.sources
            if self.evidence.sunset:
                yield self.evidence.sunset.sources
        for amendment in self.amendments:
            yield amendment.sources
        for exemption in self.exemptions:
            yield exemption.sources
        for part in self.dated_parts:
            yield part.sources
        for question in self.questions:
            yield question.sources
        yield self.sources_of_notes

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """How it bound, phase by phase: each once, in order."""
        return tuple(dict.fromkeys(map(self.binding_in, self.phases)))

    def binding_in(self, phase: Phase) -> Binding:
        """Tell how it binds in a phase of it."""
        return phase.binding or self.binding

    def acts_on(self, day: date) -> tuple[Cited, ...]:
        """Return the acts of that day: start, amendments, end.

        The day after the last is also that of what expired on it.
        """
        acts: list[Cited] = [self.start, *self.amendments]
        found = [act for act in acts if act.date == day]
        if self.end and (self.end.date == day or self._expired_before(day)):
            found.append(self.end)
        return tuple(found)

    def _expired_before(self, day: date) -> bool:
        last = self.last if self.end and self.end.kind is EndKind.EXPIRED else None
        return last is not None and day_after(last) == day

    def mark_of(self, phase: Phase) -> Mark:
        """Tell how well a phase of it is verified.

        As the amendments of its first day, the weakest of them, since its boundary
        rests on these; where there is none, as the regime.
        """
        acts = [one.mark for one in self.amendments if one.date == phase.first]
        return weakest(acts or [self.mark])

    def __str__(self) -> str:
        return f"{self.title} ({self.id})"
