"""Turning printed dates into days: by wording, rule and anchor, never by guess."""

from attrs import evolve, field, frozen

from embargo_monitor.authoring.calendars import convert
from embargo_monitor.authoring.choosing import choose
from embargo_monitor.authoring.faults import Findings, Follows, member
from embargo_monitor.authoring.hinting import read_date, read_day
from embargo_monitor.authoring.members import Form, Line
from embargo_monitor.authoring.naming import unseen_years
from embargo_monitor.authoring.parts import dated_part
from embargo_monitor.authoring.quoting import Quotable
from embargo_monitor.authoring.tables import translation_of
from embargo_monitor.authoring.wordings import suggest
from embargo_monitor.authoring.written import WrittenDay, WrittenSpeaker, WrittenWhen
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Document
from embargo_monitor.model.quotes import Quote
from embargo_monitor.model.rules import BOUNDED, READING, Rule, resolve
from embargo_monitor.model.stances import Known
from embargo_monitor.model.when import Anchor, AnchorKind, When

# Each waits in some calls of its own, and Python's are counted.
_WAITING = 100


class _CircleError(InvalidValueError):
    """Dates wait for one another, or too many for one."""


@frozen
class Datable:
    """A part of the authoring file that carries a date.

    Attributes:
        path: Where its faults are told: `$.claims[0]`.
        where: Where what is filled in is told: `claims.c1.when`.
        written: The date as the analyst wrote it.
        voice: The voice whose saying `said` means; empty where there is none.
    """

    path: str
    where: str
    written: str | WrittenWhen
    voice: str = ""


@frozen
class _Counted:
    """A date, what it counts from, and how it was counted, in words."""

    date: ImpreciseDate
    rule: Rule | None = None
    against: Rule | None = None
    anchor: Anchor | None = None
    until: Anchor | None = None
    how: str = ""


@frozen
class Dating:
    """What dates count from: the document's own dates, the sayings, other rows.

    Attributes:
        form: The authoring file.
        document: The document; None when it has a fault.
        texts: The texts in which every wording must stand.
        findings: Where faults and what was filled in go.
    """

    form: Form
    document: Document | None
    texts: Quotable
    findings: Findings
    _known: dict[str, _Counted] = field(factory=dict, init=False)
    _anchors: dict[str, tuple[str, Datable | None]] = field(init=False)
    """The claims with dates to count from, by a row's id and by the claim's; with None
    for the date of a row that has a fault."""

    @_anchors.default
    def _dated_rows(self) -> dict[str, tuple[str, Datable | None]]:
        found: dict[str, tuple[str, Datable | None]] = {}
        for line in self.form.lines:
            dated = self.of_line(line)
            if dated or line.row is None:
                claim = f"{line.id}.{dated_part(line.row) if line.row else ''}"
                found.setdefault(line.id, (claim, dated))
                found.setdefault(claim, (claim, dated))
        return found

    def read(self, datable: Datable) -> When:
        """Read a date, and tell how it was counted.

        Raises:
            Follows: It has faults, which are told; or it counts from a date that has.
        """
        written = datable.written
        if isinstance(written, str):
            written = WrittenWhen(date=written)
        made, findings = self.form.outer.translations, self.findings
        read = findings.gather(
            datable.path,
            quote=lambda: self._place(datable.where, written.wording),
            translation=lambda: translation_of(written.translation, made, findings),
            known=lambda: choose(Known, written.known, "known"),
            counted=lambda: self._counted(datable, ()),
        )
        counted: _Counted = read.pop("counted")
        if counted.how:
            findings.fill(datable.where, f"{counted.date}: {counted.how}")
        return When(
            counted.date,
            wording=written.wording,
            rule=counted.rule,
            against=counted.against,
            anchor=counted.anchor,
            until=counted.until,
            reason=written.reason,
            clock=written.clock,
            **read,
        )

    def of_line(self, line: Line) -> Datable | None:
        """Return what carries a row's date; None where it has none, or a fault."""
        if line.row is None or line.row.when is None or not dated_part(line.row):
            return None
        where = f"claims.{line.id}.when"
        return Datable(line.path, where, line.row.when, line.row.voice)

    def _of_saying(self, voice: str) -> Datable | None:
        if not voice:
            return None
        speakers = self.form.voices.get(voice)
        if not speakers:
            raise Follows
        return said_by(voice, speakers[0])

    def _place(self, where: str, wording: str) -> Quote | None:
        """Find where the wording stands; None without exhibits, or if it repeats."""
        places = self.texts.holding(wording) if wording else []
        if len(places) > 1:
            self.findings.fill(where, "the wording stands more than once: no place")
        if len(places) != 1:
            return None
        [(exhibit, spot)] = places
        return Quote(exhibit, start=spot.start, end=spot.end)

    def _counted(self, datable: Datable, waiting: tuple[str, ...]) -> _Counted:
        """Count a date out, once; *waiting* are those that wait for it."""
        if datable.where in waiting:
            wanted = "a date that does not wait for this one"
            raise _CircleError("anchor", datable.where, wanted)
        if len(waiting) > _WAITING:
            wanted = f"a date for which at most {_WAITING} others wait in a row"
            raise _CircleError("anchor", datable.where, wanted)
        if datable.where not in self._known:
            counted = self._count(datable, (*waiting, datable.where))
            self._known[datable.where] = counted
        return self._known[datable.where]

    def _count(self, datable: Datable, waiting: tuple[str, ...]) -> _Counted:
        written = datable.written
        if isinstance(written, str):
            return _Counted(read_day(written))
        rule = Rule.parse(written.rule) if written.rule else None
        against = Rule.parse(written.against) if written.against else None
        _require_fitting(written, rule, against)
        if rule is None:
            return _Counted(read_day(written.date))
        if rule.name != READING:
            return self._by_rule(datable, written, rule, waiting)
        read = _Counted(read_date(written.date), rule, against)
        if against is None:
            return read
        if not against.counts:
            # What no table has can be read all the same.
            return evolve(read, how=f"read against {against}")
        by_rule = self._by_rule(datable, written, against, waiting)
        how = f"read against {by_rule.date}: {by_rule.how}"
        return evolve(read, anchor=by_rule.anchor, until=by_rule.until, how=how)

    def _by_rule(
        self,
        datable: Datable,
        written: WrittenWhen,
        rule: Rule,
        waiting: tuple[str, ...],
    ) -> _Counted:
        if not rule.counts:
            return _Counted(convert(rule), rule, how=str(rule))
        anchor = self._anchor("anchor", written.anchor or "published")
        start = self._date_of("anchor", anchor, datable, waiting)
        how = f"{rule} from {anchor} ({start}){_unseen(anchor, written.wording)}"
        if rule.name != BOUNDED:
            return _Counted(resolve(rule, start), rule, anchor=anchor, how=how)
        until = self._anchor("until", written.until or "said")
        end = self._date_of("until", until, datable, waiting)
        unseen = _unseen(until, written.wording)
        how = f"{how}, not after {until} ({end}){unseen}"
        date = resolve(rule, start, end)
        return _Counted(date, rule, anchor=anchor, until=until, how=how)

    def _anchor(self, name: str, written: str | WrittenDay) -> Anchor:
        if isinstance(written, WrittenDay):
            return _day_of(name, written)
        if written in ("published", "written", "said"):
            return Anchor(AnchorKind(written))
        if written in self._anchors:
            claim, dated = self._anchors[written]
            if dated is None:
                raise Follows
            return Anchor(AnchorKind.CLAIM, claim=claim)
        wanted = "published, written, said, or a row that carries a date"
        raise InvalidValueError(name, written, wanted)

    def _date_of(
        self, name: str, anchor: Anchor, datable: Datable, waiting: tuple[str, ...]
    ) -> ImpreciseDate:
        if anchor.day is not None:
            return anchor.day
        if anchor.of is AnchorKind.CLAIM:
            other = self._anchors[anchor.claim][1]
        elif anchor.of is AnchorKind.SAID:
            other = self._of_saying(datable.voice)
        else:
            return self._date_of_document(name, anchor)
        if other is None:
            raise _undated(name, anchor)
        try:
            return self._counted(other, waiting).date
        except _CircleError:
            raise
        except InvalidValueError:
            raise Follows from None

    def _date_of_document(self, name: str, anchor: Anchor) -> ImpreciseDate:
        if self.document is None:
            raise Follows
        published = anchor.of is AnchorKind.PUBLISHED
        reading = self.document.published if published else self.document.written
        if reading is None:
            raise _undated(name, anchor)
        return reading.date


def said_by(voice: str, speaker: str | WrittenSpeaker) -> Datable | None:
    """Return what carries the date of a saying; None where it has none."""
    if isinstance(speaker, str) or speaker.said is None:
        return None
    where = f"voices.{voice}.{speaker.source}.said"
    return Datable(member("$.voices", voice), where, speaker.said)


def _undated(name: str, anchor: Anchor) -> InvalidValueError:
    return InvalidValueError(name, anchor.of.value, "something with a date")


def _day_of(name: str, written: WrittenDay) -> Anchor:
    if bool(written.day) == bool(written.printed):
        wanted = "either a day of yours or a printed one"
        raise InvalidValueError(name, written.day, wanted)
    if written.day:
        day = read_date(written.day)
        return Anchor(AnchorKind.DAY, day=day, reason=written.reason)
    day = read_date(written.printed)
    return Anchor(AnchorKind.PRINTED, day=day, reason=written.reason)


def _unseen(anchor: Anchor, wording: str) -> str:
    """Say what of a printed anchor cannot be seen in the wording, behind a comma."""
    if anchor.of is not AnchorKind.PRINTED or anchor.day is None:
        return ""
    unseen = unseen_years(anchor.day, wording)
    return f", though {unseen}" if unseen else ""


def _require_fitting(
    written: WrittenWhen, rule: Rule | None, against: Rule | None
) -> None:
    """Refuse what a date of that rule would not use, and what it lacks."""
    computes = rule is not None and rule.name != READING
    if computes and written.date:
        wanted = f"left out: {rule} gives it"
        raise InvalidValueError("date", written.date, wanted)
    if not computes and not written.date:
        raise InvalidValueError("date", "", _wanted(written.wording))
    if against is not None and (rule is None or computes):
        raise InvalidValueError("against", str(against), f"left out without {READING}")
    if against is not None and against.name == READING:
        wanted = "a rule that gives a date of its own"
        raise InvalidValueError("against", str(against), wanted)
    counted = against or rule
    if written.anchor and (counted is None or not counted.counts):
        wanted = "left out without a rule that counts from it"
        raise InvalidValueError("anchor", written.anchor, wanted)
    if written.until and (counted is None or counted.name != BOUNDED):
        wanted = f"left out without {BOUNDED}"
        raise InvalidValueError("until", written.until, wanted)


def _wanted(wording: str) -> str:
    """Ask for a date, and offer what the wording may mean for somebody to choose."""
    wanted = "given where no rule gives it"
    offered = suggest(wording)
    if not offered:
        return wanted
    return f"{wanted}; the wording may mean {' or '.join(map(str, offered))}"
