"""Turning printed dates into days: by wording, rule and anchor, never by guess."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from embargo_monitor.authoring.faults import Findings
from embargo_monitor.authoring.form import Made, WrittenDay, WrittenWhen
from embargo_monitor.authoring.quoting import locate
from embargo_monitor.authoring.tables import choose, translation_of
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Document, Reading
from embargo_monitor.model.quotes import Quote
from embargo_monitor.model.rules import Rule, resolve
from embargo_monitor.model.stances import Known
from embargo_monitor.model.when import Anchor, AnchorKind, When

_READING = "reading@1"
_BOUNDED = "after@1"


@frozen
class Datable:
    """A part of the authoring file that carries a date.

    Attributes:
        where: For what is filled in: `claims.c1.when`.
        written: The date as the analyst wrote it.
        voice: The voice whose saying `said` means; empty where there is none.
    """

    where: str
    written: str | WrittenWhen
    voice: str = ""


@frozen
class Dating:
    """What dates count from: the document's own dates, the sayings, other claims.

    Attributes:
        document: The document.
        texts: The exhibits' texts, in which every wording must stand.
        said: Date of the saying, by voice id.
        claims: What carries a date, by the id of its claim.
        rows: Id of the dated claim, by the id of its row.
        made: Who made the translations.
        findings: Where faults and what was filled in go.
    """

    document: Document
    texts: Mapping[str, str]
    said: Mapping[str, When]
    claims: Mapping[str, Datable]
    rows: Mapping[str, str]
    made: Made | None
    findings: Findings

    def read(self, datable: Datable, within: tuple[str, ...] = ()) -> When:
        """Read a date; *within* are the claims whose dates wait for it.

        Raises:
            InvalidValueError: The wording stands nowhere, the rule or the anchor
                is not known or has no date, or dates wait for one another.
        """
        written = datable.written
        if isinstance(written, str):
            return When(ImpreciseDate(written))
        words = self._words(datable.where, written)
        if not written.rule or written.rule == _READING:
            return When(
                ImpreciseDate(written.date),
                rule=Rule.parse(written.rule) if written.rule else None,
                **words,
            )
        if written.date:
            wanted = f"left out: {written.rule} gives it"
            raise InvalidValueError("date", written.date, wanted)
        return self._by_rule(datable, written, words, within)

    def _by_rule(
        self,
        datable: Datable,
        written: WrittenWhen,
        words: dict[str, Any],
        within: tuple[str, ...],
    ) -> When:
        rule = Rule.parse(written.rule)
        anchor = self._anchor(written.anchor or "published")
        until = self._anchor(written.until or "said") if rule.name == _BOUNDED else None
        start = self._date_of(anchor, datable, within)
        end = self._date_of(until, datable, within) if until else None
        date = resolve(rule, start, end)
        bound = f", not after {until} ({end})" if until else ""
        self.findings.fill(
            datable.where, f"{date}: {rule} from {anchor} ({start}){bound}"
        )
        return When(date, rule=rule, anchor=anchor, until=until, **words)

    def _words(self, where: str, written: WrittenWhen) -> dict[str, Any]:
        """Return what is said of the date besides the date itself."""
        return {
            "wording": written.wording,
            "quote": self._place(where, written.wording),
            "translation": translation_of(written.translation, self.made),
            "known": choose(Known, written.known, "known"),
            "reason": written.reason,
            "clock": written.clock,
        }

    def _place(self, where: str, wording: str) -> Quote | None:
        """Find where the wording stands; None without exhibits, or if it repeats."""
        if not wording or not self.texts:
            return None
        places = [(id_, text) for id_, text in self.texts.items() if wording in text]
        if not places:
            wanted = "words that stand in the exhibit"
            raise InvalidValueError("wording", wording, wanted)
        [(id_, text), *others] = places
        if others or text.count(wording) > 1:
            self.findings.fill(where, "the wording stands more than once: no place")
            return None
        spot = locate(text, wording)
        return Quote(id_, start=spot.start, end=spot.end)

    def _anchor(self, written: str | WrittenDay) -> Anchor:
        if isinstance(written, WrittenDay):
            day = ImpreciseDate(written.day)
            return Anchor(AnchorKind.DAY, day=day, reason=written.reason)
        if written in ("published", "written", "said"):
            return Anchor(AnchorKind(written))
        claim = self.rows.get(written, written)
        if claim not in self.claims:
            wanted = "published, written, said, or a row that carries a date"
            raise InvalidValueError("anchor", written, wanted)
        return Anchor(AnchorKind.CLAIM, claim=claim)

    def _date_of(
        self, anchor: Anchor, datable: Datable, within: tuple[str, ...]
    ) -> ImpreciseDate:
        if anchor.day is not None:
            return anchor.day
        if anchor.of is AnchorKind.CLAIM:
            if anchor.claim in within:
                wanted = "a date that does not wait for this one"
                raise InvalidValueError("anchor", anchor.claim, wanted)
            other = self.claims[anchor.claim]
            # What the other row filled in is told when that row is read itself.
            quiet = evolve(self, findings=Findings())
            return quiet.read(other, (*within, anchor.claim)).date
        dated: When | Reading | None
        if anchor.of is AnchorKind.SAID:
            dated = self.said.get(datable.voice)
        elif anchor.of is AnchorKind.PUBLISHED:
            dated = self.document.published
        else:
            dated = self.document.written
        if dated is None:
            raise InvalidValueError("anchor", anchor.of.value, "something with a date")
        return dated.date
