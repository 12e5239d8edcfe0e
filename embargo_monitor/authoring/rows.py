"""Rows to claims: what one voice says in one breath becomes one claim each."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from embargo_monitor.authoring.dating import Datable, Dating
from embargo_monitor.authoring.faults import Findings
from embargo_monitor.authoring.form import (
    OneOrMore,
    Row,
    WrittenItem,
    WrittenQuote,
    WrittenReport,
)
from embargo_monitor.authoring.quoting import locate, paragraph_of
from embargo_monitor.authoring.tables import (
    Tables,
    choose,
    require_graded,
    translation_of,
)
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.claims import (
    ActorIs,
    AnyClaim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    MentionRole,
    PartyIs,
    Position,
    Ref,
    RefKind,
    Relation,
    Role,
    Says,
    StageIs,
    Terms,
    TermsAre,
    ValueIs,
    ValueOf,
)
from embargo_monitor.model.goods import Category, Condition, Item, Nature, Use
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.quotes import Quote, Wording
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance, Weight
from embargo_monitor.model.when import When

_ROLES = {role.value.replace(" ", "_"): role for role in Role}

# Which part of a row its date belongs to: the step, or else what the row says.
_DATED = ("stage", "embargo", "actor_is", "says", "value", "goods")

# What a modifier says nothing without.
_NEEDS = {
    "quantity": ("goods",),
    "line": ("goods",),
    "at": ("goods", "value"),
    "as_": ("mentions",),
    "of": ("value",),
    "position": ("embargo",),
    "text": ("actor_is",),
    "actor": ("actor_is", "mentions"),
    "by": ("stage", "embargo"),
    "place": ("stage",),
    "from_": ("stage",),
    "to": ("stage",),
    "for_": tuple(_ROLES),
    "when": _DATED,
    "translation": ("quote", "wording"),
}


def several(written: OneOrMore) -> tuple[str, ...]:
    """Return one id or several as several; none where nothing is written."""
    if isinstance(written, str):
        return (written,) if written else ()
    return written


def parts_of(row: Row) -> tuple[str, ...]:
    """Name the parts of a row that become claims, in the order of the claims."""
    names = ("stage", *_ROLES, "goods", "mentions", "value", "terms", "embargo")
    return tuple(name for name in (*names, "actor_is", "says") if getattr(row, name))


def dated_part(row: Row) -> str:
    """Name the part that the row's date belongs to; empty where there is no date."""
    if row.when is None:
        return ""
    return next((name for name in _DATED if getattr(row, name)), "")


def row_ids(written: WrittenReport) -> tuple[str, ...]:
    """Return the id of each row: its own, or `c1`, `c2` ... by its place."""
    return tuple(row.id or f"c{at}" for at, row in enumerate(written.claims, 1))


@frozen
class Rows:
    """What rows are read against.

    Attributes:
        written: The authoring file.
        tables: The tables that its rows speak of.
        texts: The exhibits' texts, by id.
        dating: What dates count from.
        findings: Where faults and what was filled in go.
    """

    written: WrittenReport
    tables: Tables
    texts: Mapping[str, str]
    dating: Dating
    findings: Findings

    def claims(self) -> tuple[AnyClaim, ...]:
        """Make the claims of all rows."""
        made: list[AnyClaim] = []
        for at, (id_, row) in enumerate(
            zip(row_ids(self.written), self.written.claims, strict=True)
        ):
            with self.findings.at(f"$.claims[{at}]"):
                made.extend(self._claims_of(row, id_))
        return tuple(made)

    def _claims_of(self, row: Row, id_: str) -> list[AnyClaim]:
        parts = parts_of(row)
        if not parts:
            wanted = "something: a stage, a party, goods, a value, says ..."
            raise InvalidValueError("row", id_, wanted)
        _require_needs(row)
        common = self._common(row, id_)
        when = self._when(row, id_)
        dated = {dated_part(row): when} if when else {}
        made: list[AnyClaim] = []
        for part in parts:
            made.extend(self._part(part, row, id_, common, dated.get(part)))
        self._tell(id_, made)
        return made

    def _tell(self, id_: str, made: list[AnyClaim]) -> None:
        if len(made) > 1:
            ids = ", ".join(claim.id for claim in made)
            self.findings.fill(f"claims.{id_}", f"{len(made)} claims: {ids}")
        kinds = {ref.kind for ref in made[0].refs}
        against = made[0].stance.weight is Weight.AGAINST
        if against and RefKind.ANSWERS not in kinds:
            what = "none: it disputes nothing that is logged here"
            self.findings.fill(f"claims.{id_}.answers", what)

    def _part(
        self, part: str, row: Row, id_: str, common: dict[str, Any], when: When | None
    ) -> Iterator[AnyClaim]:
        if part in _ROLES:
            yield from self._parties(part, row, id_, common)
            return
        shared = {**common, "id": f"{id_}.{part}", "refs": self._refs(row, part)}
        if part == "stage":
            yield _stage(row, shared, when)
        elif part == "goods":
            yield self._goods(row, id_, shared, when)
        elif part == "mentions":
            yield _mentions(row, shared)
        elif part == "value":
            yield self._value(row, id_, shared, when)
        elif part == "terms":
            yield TermsAre(**shared, terms=choose(Terms, row.terms, "terms"))
        elif part == "embargo":
            yield _embargo(row, shared, when)
        elif part == "actor_is":
            yield _actor_is(row, shared, when)
        else:
            yield Says(**shared, text=row.says, when=when)

    def _parties(
        self, part: str, row: Row, id_: str, common: dict[str, Any]
    ) -> Iterator[PartyIs]:
        actors = several(getattr(row, part))
        for nth, actor in enumerate(actors, 1):
            number = f".{nth}" if len(actors) > 1 else ""
            yield PartyIs(
                **common,
                id=f"{id_}.{part}{number}",
                refs=self._refs(row, part),
                role=_ROLES[part],
                actor=actor,
                for_=row.for_,
            )

    def _goods(
        self, row: Row, id_: str, shared: dict[str, Any], when: When | None
    ) -> GoodsAre:
        return GoodsAre(
            **shared,
            item=_item(row.goods),
            quantity=Amount.parse(row.quantity) if row.quantity else None,
            at=self._at(row, id_),
            line=row.line,
            when=when,
        )

    def _value(
        self, row: Row, id_: str, shared: dict[str, Any], when: When | None
    ) -> ValueIs:
        if not row.of:
            self.findings.fill(f"claims.{id_}.of", "price")
        return ValueIs(
            **shared,
            amount=Amount.parse(row.value),
            of=choose(ValueOf, row.of or "price", "of"),
            at=self._at(row, id_),
            when=when,
        )

    def _at(self, row: Row, id_: str) -> Stage | None:
        if row.at:
            return choose(Stage, row.at, "at")  # type: ignore[no-any-return] # of Stage
        if not row.stage:
            return None
        self.findings.fill(f"claims.{id_}.at", f"{row.stage}, the row's own stage")
        return choose(Stage, row.stage, "stage")  # type: ignore[no-any-return] # of Stage

    def _common(self, row: Row, id_: str) -> dict[str, Any]:
        return {
            "about": self._about(row.about),
            "voice": row.voice,
            "stance": choose(Stance, row.stance, "stance"),
            "hedge": choose(Hedge, row.hedge, "hedge"),
            "quote": self._quote(row, id_),
            "wording": Wording(row.wording, language=self.written.document.language)
            if row.wording
            else None,
            "translation": translation_of(row.translation, self.written.translations),
            "credibility": self._credibility(row),
            "note": row.note,
        }

    def _about(self, about: str) -> About:
        if ":" in about:
            return About.parse(about)
        known = {
            AboutKind.EVENT: self.tables.events,
            AboutKind.ACTOR: self.tables.actors,
        }
        kinds = [kind for kind, table in known.items() if about in table]
        if len(kinds) != 1:
            wanted = (
                "one event or actor of the report (or regime: and an id); write event:"
                " or actor: before an id that both have"
            )
            raise InvalidValueError("about", about, wanted)
        return About(kinds[0], about)

    def _quote(self, row: Row, id_: str) -> Quote | None:
        if row.quote is None:
            return None
        written = row.quote
        if isinstance(written, str):
            written = WrittenQuote(words=written)
        if not written.exhibit and len(self.texts) != 1:
            wanted = f"one of {', '.join(self.texts) or 'no exhibits with text'}"
            raise InvalidValueError("exhibit", written.exhibit, wanted)
        exhibit = written.exhibit or next(iter(self.texts))
        if exhibit not in self.texts:
            wanted = f"one of {', '.join(self.texts)}"
            raise InvalidValueError("exhibit", exhibit, wanted)
        text = self.texts[exhibit]
        spot = locate(text, written.words, written.nth)
        self.findings.fill(
            f"claims.{id_}.quote",
            f"code points {spot.start} to {spot.end} of {exhibit},"
            f" paragraph {paragraph_of(text, spot)}",
        )
        return Quote(
            exhibit,
            start=spot.start,
            end=spot.end,
            page=written.page,
            paragraph=written.paragraph,
            annex=written.annex,
            time_code=written.time_code,
        )

    def _credibility(self, row: Row) -> CredibilityGrade | None:
        if not row.credibility:
            return None
        who = require_graded(self.written.graded)
        grade = choose(Credibility, row.credibility, "credibility")
        return CredibilityGrade(grade, by=who.by, on=who.on)

    def _when(self, row: Row, id_: str) -> When | None:
        if row.when is None:
            return None
        claim = f"{id_}.{dated_part(row)}"
        datable = Datable(f"claims.{id_}.when", row.when, row.voice)
        return self.dating.read(datable, (claim,))

    def _refs(self, row: Row, part: str) -> tuple[Ref, ...]:
        return tuple(
            Ref(kind, self._claim_named(name, part))
            for kind in RefKind
            for name in several(getattr(row, kind.value))
        )

    def _claim_named(self, name: str, part: str) -> str:
        """Return the claim that a row's id stands for: the same part, or the only."""
        rows = dict(zip(row_ids(self.written), self.written.claims, strict=True))
        if name not in rows:
            return name
        parts = parts_of(rows[name])
        if part not in parts and len(parts) != 1:
            wanted = f"one claim of row {name}: {', '.join(parts)}"
            raise InvalidValueError("refs", name, wanted)
        return f"{name}.{part if part in parts else parts[0]}"


def _require_needs(row: Row) -> None:
    for name, needed in _NEEDS.items():
        if getattr(row, name) and not any(getattr(row, one) for one in needed):
            wanted = f"left out without {' or '.join(needed).replace('_', ' ')}"
            raise InvalidValueError(name.rstrip("_"), getattr(row, name), wanted)


def _item(written: str | WrittenItem | None) -> Item:
    if isinstance(written, WrittenItem):
        return Item(
            written.name,
            choose(Nature, written.nature, "nature"),
            categories=tuple(Category.parse(one) for one in written.categories),
            use=choose(Use, written.use, "use"),
            condition=choose(Condition, written.condition, "condition"),
            individual=written.individual,
            wording=written.wording,
        )
    nature, colon, name = (written or "").partition(": ")
    if not colon:
        natures = ", ".join(one.value for one in Nature)
        wanted = f"nature: name, with a nature of {natures}"
        raise InvalidValueError("item", written, wanted)
    return Item(name, choose(Nature, nature, "nature"))


def _mentions(row: Row, shared: dict[str, Any]) -> MentionIs:
    return MentionIs(
        **shared,
        items=tuple(_item(one) for one in row.mentions),
        as_=choose(MentionRole, row.as_, "as"),
        actor=row.actor,
    )


def _stage(row: Row, shared: dict[str, Any], when: When | None) -> StageIs:
    return StageIs(
        **shared,
        stage=choose(Stage, row.stage, "stage"),
        when=when,
        by=several(row.by),
        place=row.place,
        from_=row.from_,
        to=row.to,
    )


def _embargo(row: Row, shared: dict[str, Any], when: When | None) -> EmbargoIs:
    return EmbargoIs(
        **shared,
        regime=row.embargo,
        position=choose(Position, row.position, "position"),
        by=several(row.by),
        when=when,
    )


def _actor_is(row: Row, shared: dict[str, Any], when: When | None) -> ActorIs:
    return ActorIs(
        **shared,
        relation=choose(Relation, row.actor_is, "actor_is"),
        actor=row.actor,
        text=row.text,
        when=when,
    )
