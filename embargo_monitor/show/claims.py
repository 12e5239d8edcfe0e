"""Claims in words: what each says, on whose word, and in which exact words."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import Any

from attrs import field, frozen

from embargo_monitor.model.claims import (
    ActorIs,
    AnyClaim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    StageIs,
    TermsAre,
    ValueIs,
)
from embargo_monitor.model.goods import Condition, Item, Use
from embargo_monitor.model.names import LABEL_PATTERN
from embargo_monitor.model.origins import name_of
from embargo_monitor.model.records import Assessment
from embargo_monitor.model.reports import Report
from embargo_monitor.model.since import Since
from embargo_monitor.model.stances import Hedge, Known, RelayStance, Stance
from embargo_monitor.model.views import Told, taken_back, told_in
from embargo_monitor.model.voices import Speaker
from embargo_monitor.show.dates import date_line, when_lines
from embargo_monitor.show.text import (
    WIDTH,
    cited,
    hung,
    labelled,
    named,
    remark,
    words_lines,
)

Texts = Mapping[str, str]
"""The text of each exhibit that can be read, by local id."""


def voice_line(told: Told) -> str:
    """Say who told whom, first known speaker first; `?` after whom nothing settles.

    >>> import embargo_monitor as em
    >>> report = em.seed_report().report
    >>> print(voice_line(em.told_in(report)[0]))
    a Libyan military source > CNN > unknown publisher
    """
    return " > ".join(_speaker(told, one) for one in told.voice.speakers)


def _speaker(told: Told, speaker: Speaker) -> str:
    name = named(name_of(told, told.source(speaker.source)))
    unsure = {Known.UNCLEAR: "?", Known.INFERRED: " (inferred by the logger)"}
    relayed = speaker.stance
    stance = f" ({relayed.value})" if relayed is not RelayStance.RELAYS else ""
    return f"{name}{unsure.get(speaker.known, '')}{stance}"


@frozen
class ClaimPrinter:
    """Prints claims of one report.

    Attributes:
        report: The report.
        texts: Its exhibits' texts, for the quoted words.
        width: Columns.
        assessed: What we judged of claims later, by `report-id#claim-id`.
        since: What changed a claim after it was judged, by the judgement.
        beside: Claims of other reports that may take back what the report tells.
    """

    report: Report
    texts: Texts
    width: int = field(default=WIDTH, kw_only=True)
    assessed: Mapping[str, tuple[Assessment, ...]] = field(factory=dict, kw_only=True)
    since: Since = field(factory=dict, kw_only=True)
    beside: tuple[Told, ...] = field(default=(), kw_only=True)

    @cached_property
    def around(self) -> tuple[Told, ...]:
        """All claims of the report, and those of others that may take them back."""
        return (*told_in(self.report), *self.beside)

    @cached_property
    def _taken_back(self) -> Mapping[str, tuple[Told, ...]]:
        return taken_back(self.around)

    def lines(self, told: tuple[Told, ...]) -> Iterator[str]:
        """Give claims in words; those of one voice and one quote stand together."""
        for _, together in groupby(told, key=_breath):
            yield from self._breath(tuple(together))

    def _breath(self, together: tuple[Told, ...]) -> Iterator[str]:
        first = together[0]
        voice = f"{voice_line(first)}  [{_called(together)}]"
        yield hung(voice, "  ", "      ", self.width)
        for one in together:
            label, text = self.content(one.claim)
            said = f"{taken_line(one.claim)}{text}{_graded(one.claim)}"
            said += hangs_line(one.claim)
            yield labelled(label, said + self.mark(one), "    ", self.width)
            yield from self._date(one.claim)
            for judged in self.assessed.get(one.id, ()):
                changed = self.since.get(judged, {}).get(one.id, "")
                said = judgement(judged, changed)
                yield labelled("assessed", said, "    ", self.width)
        meant = dict.fromkeys(one.claim.translation for one in together)
        for translation in filter(None, meant):
            method = f"{translation.method.value} translation"
            yield from words_lines(
                translation.text, "      ", self.width, cited_as=method
            )
        yield from self._words(first.claim)
        if first.claim.note:
            note = remark(first.claim.note)
            yield labelled("our note", note, "    ", self.width)

    def _date(self, claim: AnyClaim) -> Iterator[str]:
        when = getattr(claim, "when", None)
        if when is not None:
            [date, *rests] = when_lines(self.report, when, claim)
            yield labelled("date", date, "    ", self.width)
            for line in rests:
                yield labelled("", line, "    ", self.width)

    def _words(self, claim: AnyClaim) -> Iterator[str]:
        if claim.quote is not None:
            if claim.quote.exhibit not in self.texts:
                yield "      [its exhibit cannot be read]"
                return
            words = claim.quote.words(self.texts[claim.quote.exhibit])
            yield from words_lines(words, "      ", self.width)
        elif claim.wording is not None:
            yield from words_lines(claim.wording.text, "      ", self.width)
        else:
            yield "      [no words given]"

    def mark(self, told: Told) -> str:
        """Say who took it back, in which other report, and when that was said.

        Empty where nobody took it back, as far as the printer is told.
        """
        back = self._taken_back.get(told.id, ())
        said = dict.fromkeys(_back(one, told.report.id) for one in back)
        return f" [TAKEN BACK {' and '.join(said)}]" if said else ""

    def content(
        self, claim: AnyClaim, prose: Callable[[str], str] = remark
    ) -> tuple[str, str]:
        """Say in a label and a line what a claim says.

        Args:
            claim: The claim.
            prose: How what is said in free words is printed: as what ends a line; as
                a name (`named`) where more follows.
        """
        if isinstance(claim, PartyIs):
            behalf = f", on behalf of {self._actor(claim.for_)}" if claim.for_ else ""
            return claim.role.value, self._actor(claim.actor) + behalf
        if isinstance(claim, GoodsAre):
            return "goods", goods_line(claim)
        if isinstance(claim, MentionIs):
            return "NOT goods", named_line(self.report, claim)
        if isinstance(claim, ValueIs):
            at = f", as {claim.at.value}" if claim.at else ""
            return claim.of.value, f"{claim.amount}{at}"
        if isinstance(claim, TermsAre):
            return "terms", claim.terms.value
        if isinstance(claim, StageIs):
            return "stage", self._stage(claim)
        if isinstance(claim, EmbargoIs):
            by = f", by {self._actors(claim.by)}" if claim.by else ""
            is_id = LABEL_PATTERN.fullmatch(claim.regime)
            regime = claim.regime if is_id else cited(claim.regime)
            return "embargo", f"{regime}: {claim.position.value}{by}"
        if isinstance(claim, ActorIs):
            whom = self._actor(claim.actor) if claim.actor else ""
            said = prose(claim.text) if claim.text else ""
            text = ": ".join(filter(None, (whom, said)))
            return claim.relation.value, text
        return "says", prose(claim.text)

    def _stage(self, claim: StageIs) -> str:
        by = f", by {self._actors(claim.by)}" if claim.by else ""
        places = (("in", claim.place), ("from", claim.from_), ("to", claim.to))
        where = "".join(f", {word} {self._place(id_)}" for word, id_ in places if id_)
        return f"{claim.stage.value}{by}{where}"

    def _actors(self, ids: tuple[str, ...]) -> str:
        return " and ".join(self._actor(id_) for id_ in ids)

    def _actor(self, id: str) -> str:
        return _named(self.report.actors, id)

    def _place(self, id: str) -> str:
        return _named(self.report.places, id)


def _named(rows: tuple[Any, ...], id: str) -> str:
    return next(named(row.names[0].text) for row in rows if row.id == id)


def _called(together: tuple[Told, ...]) -> str:
    """Name claims by the row that they came from, or else one by one."""
    rows = {one.claim.id.partition(".")[0] for one in together}
    return rows.pop() if len(rows) == 1 else ", ".join(one.claim.id for one in together)


def named_line(report: Report, claim: MentionIs) -> str:
    """Say what is only named, as what, and whose it is."""
    items = ", ".join(named(item.name) for item in claim.items)
    whose = f": {_named(report.actors, claim.actor)}" if claim.actor else ""
    return f"only named ({claim.as_.value}{whose}): {items}"


def goods_line(claim: GoodsAre) -> str:
    """Say goods: how many of what, if that is said, and at which stage.

    What was asked for must not look like what has moved.
    """
    at = f", as {claim.at.value}" if claim.at else ""
    many = f"{claim.quantity} of " if claim.quantity is not None else ""
    return f"{many}{_item(claim.item)}{at}"


def _item(item: Item) -> str:
    # The nature says nothing new where the name begins with it.
    says_it = item.name.startswith(item.nature.value)
    more = [
        "" if says_it else item.nature.value,
        f"{item.use.value} use" if item.use is not Use.NOT_SAID else "",
        item.condition.value if item.condition is not Condition.NOT_SAID else "",
        *map(str, item.categories),
        f"individual: {item.individual}" if item.individual else "",
        cited(item.wording) if item.wording else "",
    ]
    told = ", ".join(filter(None, more))
    return f"{named(item.name)} ({told})" if told else named(item.name)


def hangs_line(claim: AnyClaim) -> str:
    """Say on which other claims it hangs, and how."""
    return "".join(
        f" [{ref.kind.value.replace('_', ' ')} {ref.claim}]" for ref in claim.refs
    )


def _back(told: Told, report: str) -> str:
    """Say who takes back, and when; where, if that is another report than *report*."""
    first = told.voice.speakers[0]
    where = "" if told.report.id == report else f"in {told.report.id} "
    day = f", {date_line(first.said.date)}" if first.said else ""
    return f"{where}by {_speaker(told, first)}{day}"


def _breath(told: Told) -> tuple[Any, ...]:
    return told.claim.voice, told.claim.quote, told.claim.wording, told.claim.note


def taken_line(claim: AnyClaim) -> str:
    """Say stance and hedge, where there is anything to say."""
    stance = claim.stance.value.upper() if claim.stance is not Stance.ASSERTS else ""
    hedge = claim.hedge.value if claim.hedge is not Hedge.NONE else ""
    said = ", ".join(filter(None, (stance, hedge)))
    return f"[{said}] " if said else ""


def judgement(assessment: Assessment, changed: str = "") -> str:
    """Say how a claim was judged after it was logged, by whom, when and why.

    Args:
        assessment: The judgement.
        changed: Id of what changed the claim since, if anything did.
    """
    made = assessment.credibility
    of = f" [of the claim as it was before {changed}]" if changed else ""
    return (
        f"{made.grade.value}: {made.grade.label}{of}, by {named(made.by)} on {made.on}:"
        f" {remark(assessment.reason)}"
    )


def _graded(claim: AnyClaim) -> str:
    if claim.credibility is None:
        return ""
    grade = claim.credibility.grade
    return f" [credibility {grade.value}: {grade.label}]"
