"""Claims in words: what each says, on whose word, and in which exact words."""

from collections.abc import Iterator, Mapping
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
from embargo_monitor.model.origins import name_of
from embargo_monitor.model.records import Assessment
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stances import Hedge, Known, RelayStance, Stance
from embargo_monitor.model.views import Told, taken_back, told_in
from embargo_monitor.model.voices import Speaker
from embargo_monitor.show.dates import date_line, when_lines
from embargo_monitor.show.text import WIDTH, hung, isolated, labelled, shown, wrapped

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
    name = isolated(name_of(told, told.source(speaker.source)))
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
    """

    report: Report
    texts: Texts
    width: int = field(default=WIDTH, kw_only=True)
    assessed: Mapping[str, tuple[Assessment, ...]] = field(factory=dict, kw_only=True)

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
            said = f"{_taken(one.claim)}{text}{_graded(one.claim)}{_hangs(one.claim)}"
            yield labelled(label, said + self.mark(one), "    ", self.width)
            yield from self._date(one.claim)
            for judged in self.assessed.get(one.id, ()):
                yield labelled("assessed", judgement(judged), "    ", self.width)
        yield from self._words(first.claim)
        if first.claim.note:
            note = isolated(first.claim.note)
            yield labelled("our note", note, "    ", self.width)

    def _date(self, claim: AnyClaim) -> Iterator[str]:
        when = getattr(claim, "when", None)
        if when is not None:
            [date, *rests] = when_lines(self.report, when, claim)
            yield labelled("date", date, "    ", self.width)
            for line in rests:
                yield labelled("", line, "    ", self.width)

    def _words(self, claim: AnyClaim) -> Iterator[str]:
        if claim.translation is not None:
            made = claim.translation
            text = f"“{shown(made.text)}” [{made.method.value} translation]"
            yield from wrapped(text, "      ", self.width)
        if claim.quote is not None:
            words = "[its exhibit cannot be read]"
            if claim.quote.exhibit in self.texts:
                words = claim.quote.words(self.texts[claim.quote.exhibit])
            yield from wrapped(words, "      ", self.width)
        elif claim.wording is not None:
            yield from wrapped(claim.wording.text, "      ", self.width)
        else:
            yield "      [no words given]"

    def mark(self, told: Told) -> str:
        """Say by which claims of the report it was taken back, and when that was said.

        Empty where nobody took it back in this report.
        """
        back = taken_back(told_in(self.report)).get(told.id, ())
        return f" [TAKEN BACK by {' and by '.join(map(_back, back))}]" if back else ""

    def content(self, claim: AnyClaim) -> tuple[str, str]:
        """Say in a label and a line what a claim says."""
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
            regime = isolated(claim.regime)
            return "embargo", f"{regime}: {claim.position.value}{by}"
        if isinstance(claim, ActorIs):
            whom = self._actor(claim.actor) if claim.actor else ""
            text = ": ".join(filter(None, (whom, isolated(claim.text))))
            return claim.relation.value, text
        return "says", isolated(claim.text)

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
    return next(isolated(row.names[0].text) for row in rows if row.id == id)


def _called(together: tuple[Told, ...]) -> str:
    """Name claims by the row that they came from, or else one by one."""
    rows = {one.claim.id.partition(".")[0] for one in together}
    return rows.pop() if len(rows) == 1 else ", ".join(one.claim.id for one in together)


def named_line(report: Report, claim: MentionIs) -> str:
    """Say what is only named, as what, and whose it is."""
    items = ", ".join(isolated(item.name) for item in claim.items)
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
    named = item.name.startswith(item.nature.value)
    more = [
        "" if named else item.nature.value,
        f"{item.use.value} use" if item.use is not Use.NOT_SAID else "",
        item.condition.value if item.condition is not Condition.NOT_SAID else "",
        *map(str, item.categories),
        f"individual: {item.individual}" if item.individual else "",
        f"“{isolated(item.wording)}”" if item.wording else "",
    ]
    told = ", ".join(filter(None, more))
    return f"{isolated(item.name)} ({told})" if told else isolated(item.name)


def _hangs(claim: AnyClaim) -> str:
    """Say on which other claims it hangs, and how."""
    return "".join(
        f" [{ref.kind.value.replace('_', ' ')} {ref.claim}]" for ref in claim.refs
    )


def _back(told: Told) -> str:
    said = told.voice.speakers[0].said
    return f"{told.claim.id}, {date_line(said.date)}" if said else told.claim.id


def _breath(told: Told) -> tuple[Any, ...]:
    return told.claim.voice, told.claim.quote, told.claim.wording, told.claim.note


def _taken(claim: AnyClaim) -> str:
    """Say stance and hedge, where there is anything to say."""
    stance = claim.stance.value.upper() if claim.stance is not Stance.ASSERTS else ""
    hedge = claim.hedge.value if claim.hedge is not Hedge.NONE else ""
    said = ", ".join(filter(None, (stance, hedge)))
    return f"[{said}] " if said else ""


def judgement(assessment: Assessment) -> str:
    """Say how a claim was judged after it was logged, by whom, when and why."""
    made = assessment.credibility
    return (
        f"{made.grade.value}: {made.grade.label}, by {isolated(made.by)} on {made.on}:"
        f" {isolated(assessment.reason)}"
    )


def _graded(claim: AnyClaim) -> str:
    if claim.credibility is None:
        return ""
    grade = claim.credibility.grade
    return f" [credibility {grade.value}: {grade.label}]"
