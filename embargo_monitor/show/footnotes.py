"""The footnotes of a case file: each stands alone, for whoever copies it out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from embargo_monitor.model.quotes import Exhibit, Handling, Quote
from embargo_monitor.model.reports import Report
from embargo_monitor.model.since import Since
from embargo_monitor.model.views import Told
from embargo_monitor.query.view import View
from embargo_monitor.show.claims import judgement, voice_line
from embargo_monitor.show.dates import date_line
from embargo_monitor.show.markdown import code, escaped
from embargo_monitor.show.records import source_name
from embargo_monitor.show.text import cited, named, number_of, remark

_MARK = re.compile(r"\[\^(\d+)\]")
_BREAK = "\\\n    "


@frozen
class Notes:
    """Footnotes of claims; claims of one voice and one quote have one in common.

    Attributes:
        told: The claims that may be cited.
        view: What the log said as of then.
        handling: The strictest handling of exhibits whose words are shown.
        handlings: How exhibits are to be handled, as all of the log has it, by digest.
    """

    told: tuple[Told, ...]
    view: View
    handling: Handling = field(default=Handling.PUBLIC, kw_only=True)
    handlings: Mapping[str, Handling] = field(factory=dict, kw_only=True)

    @cached_property
    def _breaths(self) -> tuple[tuple[Told, ...], ...]:
        found: dict[object, tuple[Told, ...]] = {}
        for one in self.told:
            claim = one.claim
            words = (claim.quote, claim.wording, claim.translation, claim.note)
            key = (one.report.id, claim.voice, *words)
            found[key] = (*found.get(key, ()), one)
        return tuple(found.values())

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {one.id: at for at, told in enumerate(self._breaths) for one in told}

    @cached_property
    def _texts(self) -> Mapping[str, Mapping[str, str]]:
        reports = {one.report.id: one.report for one in self.told}
        return {id_: self.view.texts(report) for id_, report in reports.items()}

    @cached_property
    def _since(self) -> Since:
        return self.view.since()

    def marks(self, claims: Iterable[str]) -> str:
        """Return the marks of claims, by id from outside; of others none.

        They are numbered for good by `numbered`, in the order of the text.
        """
        known = [self._numbers[id_] for id_ in claims if id_ in self._numbers]
        return "".join(f"[^{at}]" for at in dict.fromkeys(known))

    def numbered(self, lines: Iterable[str]) -> Iterator[str]:
        """Give lines with their marks numbered from 1, and then the footnotes."""
        order: dict[int, int] = {}

        def number(mark: re.Match[str]) -> str:
            return f"[^{order.setdefault(int(mark[1]), len(order) + 1)}]"

        for line in lines:
            yield _MARK.sub(number, line)
        for at, given in order.items():
            yield ""
            parts = [*self._parts(self._breaths[at])]
            # One paragraph with hard breaks, so that it reads as well where a program
            # knows no footnotes.
            yield f"[^{given}]: {_BREAK.join(parts)}"

    def _parts(self, together: tuple[Told, ...]) -> Iterator[str]:
        first = together[0]
        yield f"{escaped(_told_when(first))}."
        yield escaped(self._words(first))
        translation = first.claim.translation
        if translation is not None and not self._is_withheld(first):
            made = f"{translation.method.value}: {named(translation.by)}"
            said = f"Translation into {translation.language}, made by {made}:"
            yield escaped(f"{said} {cited(translation.text)}")
        if first.claim.quote is not None:
            yield _place(first.claim.quote, exhibit_of(first.report, first.claim.quote))
        yield self._entry(first.report)
        ids = ", ".join(code(one.claim.id) for one in together)
        yield f"{'Claim' if len(together) == 1 else 'Claims'}: {ids}."
        for one in together:
            yield from (escaped(text) for text in self._grades(one))
        if first.claim.note:
            yield escaped(f"Our note: {remark(first.claim.note)}")

    def _is_withheld(self, told: Told) -> bool:
        quote = told.claim.quote
        return quote is not None and self._asked(told.report, quote).is_stricter_than(
            self.handling
        )

    def _asked(self, report: Report, quote: Quote) -> Handling:
        exhibit = exhibit_of(report, quote)
        return self.handlings.get(exhibit.digest, exhibit.handling)

    def _words(self, told: Told) -> str:
        claim, report = told.claim, told.report
        if claim.wording is not None:
            tag = claim.wording.language or report.document.language
            words = cited(claim.wording.text)
            return f"In its own words{_tagged(tag)}: {words} (no exhibit holds them)."
        if claim.quote is None:
            return "No words are given."
        exhibit = exhibit_of(report, claim.quote)
        if self._is_withheld(told):
            handling = self._asked(report, claim.quote).value
            return f"WITHHELD: the words and their translation, handled as {handling}."
        texts = self._texts[report.id]
        if exhibit.id not in texts:
            return "The words cannot be read: the exhibit is not here as it was logged."
        tag = exhibit.language or report.document.language
        words = cited(claim.quote.words(texts[exhibit.id]))
        return f"In its own words{_tagged(tag)}: {words}"

    def _entry(self, report: Report) -> str:
        view, logged = self.view, self.view.logged[report.id]
        mended = [one.id for one in view.standing.corrections.get(report.id, ())]
        as_ = f", as corrected by {', '.join(map(code, mended))}" if mended else ""
        entries = number_of(view.size, "entry", "entries")
        return (
            f"Entry {logged.index}, report {code(report.id)}{as_}; leaf"
            f" {code(logged.leaf.hex())}; log {code(view.origin)} as of {entries}, root"
            f" {code(view.root.hex())}."
        )

    def _grades(self, told: Told) -> Iterator[str]:
        made = told.claim.credibility
        if made is not None:
            why = f": {remark(made.reason)}" if made.reason else ""
            yield (
                f"Our grade of {told.claim.id}: {made.grade.value}, {made.grade.label}"
                f" (by {named(made.by)} on {made.on}){why}"
            )
        for one in self.view.standing.assessments.get(told.id, ()):
            changed = self._since.get(one, {}).get(told.id, "")
            yield f"Judged later, {told.claim.id}: {judgement(one, changed)}"


def exhibit_of(report: Report, quote: Quote) -> Exhibit:
    """Return the exhibit that a quote of the report is a place in."""
    exhibits = report.document.exhibits
    return next(one for one in exhibits if one.id == quote.exhibit)


def _told_when(told: Told) -> str:
    """Say who told whom, on which day where that is told, and when it came out."""
    parts = [voice_line(told)]
    for one in told.voice.speakers:
        if one.said is not None:
            name = source_name(told.report, told.source(one.source))
            parts.append(f"{name} said so on {date_line(one.said.date)}")
    published = told.report.document.published
    # Why an inferred day was taken stands with the document.
    day = f"{date_line(published.date)}, {published.basis.value}" if published else "?"
    parts.append(f"published {day}")
    return "; ".join(parts)


def _tagged(language: str) -> str:
    return f" ({language})" if language else ""


def _place(quote: Quote, exhibit: Exhibit) -> str:
    printed = (
        ("page", quote.page),
        ("paragraph", quote.paragraph),
        ("annex", quote.annex),
        ("at", quote.time_code),
    )
    where = [f"{word} {named(text)}" for word, text in printed if text]
    where.append(f"characters {quote.start} to {quote.end}, counted from 0")
    place = escaped(", ".join(where))
    return f"Exhibit {code(exhibit.id)}, {code(exhibit.digest)}: {place}."
