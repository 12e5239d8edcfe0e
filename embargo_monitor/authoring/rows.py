"""Rows to claims: what one voice says in one breath becomes one claim each."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from attrs import field, frozen

from embargo_monitor.authoring.choosing import choose, require_known
from embargo_monitor.authoring.dating import Dating
from embargo_monitor.authoring.faults import Findings, Follows
from embargo_monitor.authoring.form import MAX_REPORT, OneOrMore, Row
from embargo_monitor.authoring.hinting import read_amount, read_quantity
from embargo_monitor.authoring.members import Form, Line
from embargo_monitor.authoring.parts import (
    ROLES,
    claim_ids,
    dated_part,
    missing_parts,
    parts_of,
    several,
)
from embargo_monitor.authoring.quoting import Quotable, locate, paragraph_of
from embargo_monitor.authoring.tables import graded_by, translation_of
from embargo_monitor.authoring.written import WrittenItem, WrittenQuote
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.claims import (
    ActorIs,
    AnyClaim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    Says,
    StageIs,
    TermsAre,
    ValueIs,
)
from embargo_monitor.model.goods import Category, Condition, Item, Nature, Use
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.quotes import Quote, Wording
from embargo_monitor.model.refs import Ref, RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance, Weight
from embargo_monitor.model.vocabulary import (
    MentionRole,
    Position,
    Relation,
    Terms,
    ValueOf,
)
from embargo_monitor.model.when import When

_KINDS: Mapping[str, Any] = {
    "stage": StageIs,
    "goods": GoodsAre,
    "mentions": MentionIs,
    "value": ValueIs,
    "terms": TermsAre,
    "embargo": EmbargoIs,
    "actor_is": ActorIs,
    "says": Says,
}

_PLACES = ("place", "from_", "to")

# Bytes in an entry of the shortest claim, and of the shortest reference in one.
_CLAIM, _REF = 64, 30

_Fields = dict[str, Callable[[], Any]]
"""How each field of a claim is read, by its name in the claim."""


@frozen
class Rows:
    """What rows are read against.

    Attributes:
        form: The authoring file.
        texts: The texts in which words are looked up.
        dating: What dates count from.
        findings: Where faults and what was filled in go.
    """

    form: Form
    texts: Quotable
    dating: Dating
    findings: Findings
    _ids: Mapping[str, Mapping[str, str]] = field(init=False)
    """By a row's id, the part that each of its claims comes from."""

    @_ids.default
    def _ids_of_rows(self) -> dict[str, dict[str, str]]:
        lines = self.form.lines
        return {one.id: claim_ids(one.id, one.row) if one.row else {} for one in lines}

    def claims(self) -> list[tuple[Line, AnyClaim]]:
        """Make the claims of all rows, each with the line that it stands on."""
        made: list[tuple[Line, AnyClaim]] = []
        if not self._are_loggable():
            return made
        for line in self.form.lines:
            if line.row is not None:
                with self.findings.at(line.path):
                    claims = self._claims_of(line, line.row)
                    made.extend((line, claim) for claim in claims)
        return made

    def _are_loggable(self) -> bool:
        """Tell of the first row that goes beyond what any report holds.

        Each actor of a row becomes a claim, each with all that the row refers to and
        remarks: what is short in a form need not be short in a log.
        """
        least = 0
        for line in self.form.lines:
            least += len(self._ids[line.id]) * _least(line.row)
            if least > MAX_REPORT:
                with self.findings.at(line.path):
                    wanted = "such that a log can hold its claims; split the report"
                    raise InvalidValueError("row", line.id, wanted)
                return False
        return True

    def _claims_of(self, line: Line, row: Row) -> list[AnyClaim]:
        missing = list(missing_parts(line.id, row))
        for fault in missing:
            with self.findings.at(line.path):
                raise fault
        parts = parts_of(row)
        read = self.findings.gather(
            line.path,
            common=lambda: self._common(line, row),
            **{part: partial(self._own, part, line, row) for part in parts},
        )
        if missing:
            raise Follows
        made: list[AnyClaim] = []
        ids = claim_ids(line.id, row)
        for part in parts:
            own = [id_ for id_, of in ids.items() if of == part]
            made.extend(_claims(part, own, {**read["common"], **read[part]}))
        self._tell(line, made)
        return made

    def _tell(self, line: Line, made: list[AnyClaim]) -> None:
        if len(made) > 1:
            ids = ", ".join(claim.id for claim in made)
            self.findings.fill(f"claims.{line.id}", f"{len(made)} claims: {ids}")
        row = line.row
        if row and row.when and row.stage and row.embargo:
            what = "the step's; the embargo position bears no date"
            self.findings.fill(f"claims.{line.id}.when", what)
        kinds = {ref.kind for ref in made[0].refs}
        against = made[0].stance.weight is Weight.AGAINST
        if against and RefKind.ANSWERS not in kinds:
            what = (
                "none: it disputes nothing that is logged here; name in `answers` the"
                " row that it is against, if there is one"
            )
            self.findings.fill(f"claims.{line.id}.answers", what)

    def _common(self, line: Line, row: Row) -> dict[str, Any]:
        """Read what all claims of a row share."""
        made = self.form.outer.translations
        read = self.findings.gather(
            line.path,
            about=lambda: self._about(row.about),
            voice=lambda: require_known("voice", row.voice, self.form.voices),
            stance=lambda: choose(Stance, row.stance, "stance"),
            hedge=lambda: choose(Hedge, row.hedge, "hedge"),
            quote=lambda: self._quote(line, row.quote),
            wording=lambda: self._wording(row.wording),
            translation=lambda: translation_of(row.translation, made, self.findings),
            credibility=lambda: self._credibility(row.credibility),
        )
        return {**read, "note": row.note}

    def _own(self, part: str, line: Line, row: Row) -> dict[str, Any]:
        """Read what only the claims of one part have."""
        fields = self._fields(part, line, row)
        fields["refs"] = lambda: self._refs(row, part)
        if part == dated_part(row):
            fields["when"] = lambda: self._when(line)
        return self.findings.gather(line.path, **fields)

    def _fields(self, part: str, line: Line, row: Row) -> _Fields:
        if part in ROLES:
            return {
                "actors": lambda: self._actors(getattr(row, part)),
                "for_": lambda: self._actor(row.for_),
            }
        if part == "stage":
            return {
                "stage": lambda: choose(Stage, row.stage, "stage"),
                "by": lambda: self._actors(row.by),
                **{name: partial(getattr, row, name) for name in _PLACES},
            }
        if part in ("goods", "value"):
            return self._figure(part, line, row)
        if part == "mentions":
            return {
                "items": lambda: tuple(self._item(one) for one in row.mentions),
                "as_": lambda: choose(MentionRole, row.as_, "as"),
                "actor": lambda: self._actor(row.actor),
            }
        if part == "terms":
            return {"terms": lambda: choose(Terms, row.terms, "terms")}
        if part == "embargo":
            return {
                "regime": lambda: row.embargo,
                "position": lambda: choose(Position, row.position, "position"),
                "by": lambda: self._actors(row.by),
            }
        if part == "actor_is":
            return {
                "relation": lambda: choose(Relation, row.actor_is, "actor_is"),
                "actor": lambda: self._actor(row.actor),
                "text": lambda: row.text,
            }
        return {"text": lambda: row.says}

    def _figure(self, part: str, line: Line, row: Row) -> _Fields:
        at: _Fields = {"at": lambda: self._at(line, row)}
        if part == "goods":
            return {
                "item": lambda: self._item(row.goods or ""),
                "quantity": lambda: (
                    read_quantity(row.quantity) if row.quantity else None
                ),
                "line": lambda: row.line,
                **at,
            }
        return {
            "amount": lambda: read_amount(row.value),
            "of": lambda: self._of(line, row),
            **at,
        }

    def _of(self, line: Line, row: Row) -> Any:
        if not row.of:
            self.findings.fill(f"claims.{line.id}.of", "price")
        return choose(ValueOf, row.of or "price", "of")

    def _at(self, line: Line, row: Row) -> Any:
        if row.stage and not row.at:
            what = f"{row.stage}, the row's own stage"
            self.findings.fill(f"claims.{line.id}.at", what)
        at = row.at or row.stage
        return choose(Stage, at, "at" if row.at else "stage") if at else None

    def _actor(self, id: str) -> str:
        return require_known("actor", id, self.form.actors) if id else ""

    def _actors(self, ids: OneOrMore) -> tuple[str, ...]:
        return tuple(self._actor(id_) for id_ in several(ids))

    def _about(self, about: str) -> About:
        known: dict[AboutKind, Any] = {
            AboutKind.EVENT: self.form.events,
            AboutKind.ACTOR: self.form.actors,
        }
        if ":" in about:
            parsed = About.parse(about)
            if parsed.kind in known:
                require_known(parsed.kind.value, parsed.id, known[parsed.kind])
            return parsed
        kinds = [kind for kind, table in known.items() if about in table]
        if len(kinds) != 1:
            wanted = (
                "one event or actor of the report (or regime: and an id); write event:"
                " or actor: before an id that both have"
            )
            raise InvalidValueError("about", about, wanted)
        return About(kinds[0], about)

    def _quote(self, line: Line, written: str | WrittenQuote | None) -> Quote | None:
        if written is None:
            return None
        if isinstance(written, str):
            written = WrittenQuote(words=written)
        exhibit, text = self.texts.choose(written.exhibit)
        spot = locate(text, written.words, written.nth)
        self.findings.fill(
            f"claims.{line.id}.quote",
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

    def _wording(self, text: str) -> Wording | None:
        if not text:
            return None
        if self.form.document is None:
            raise Follows
        return Wording(text, language=self.form.document.language)

    def _credibility(self, grade: str) -> CredibilityGrade | None:
        if not grade:
            return None
        judged = choose(Credibility, grade, "credibility")
        who = graded_by(self.form.outer.graded, self.findings)
        return CredibilityGrade(judged, by=who.by, on=who.on)

    def _when(self, line: Line) -> When | None:
        datable = self.dating.of_line(line)
        return self.dating.read(datable) if datable else None

    def _refs(self, row: Row, part: str) -> tuple[Ref, ...]:
        return tuple(
            Ref(kind, self._claim_named(kind.value, name, part))
            for kind in RefKind
            for name in several(getattr(row, kind.value))
        )

    def _claim_named(self, field: str, name: str, part: str) -> str:
        """Return the claim that a row's id stands for: the same part, or the only."""
        if "#" in name:
            return name
        # A claim's id is its row's and one point or two: `c1.stage`, `c1.supplier.2`.
        rows = (name.rsplit(".", points)[0] for points in (1, 2))
        if any(name in self._ids.get(row, ()) for row in rows):
            return name
        require_known("row or claim", name, self._ids)
        ids = self._ids[name]
        if not ids:
            raise Follows
        fitting = [id_ for id_, of in ids.items() if of == part] or list(ids)
        if len(fitting) != 1:
            wanted = f"one claim of row {name}: {', '.join(ids)}"
            raise InvalidValueError(field, name, wanted)
        return fitting[0]

    def _item(self, written: str | WrittenItem) -> Item:
        if isinstance(written, WrittenItem):
            return Item(
                written.name,
                choose(Nature, written.nature, "nature"),
                categories=tuple(Category.parse(one) for one in written.categories),
                use=choose(Use, written.use, "use"),
                condition=choose(Condition, written.condition, "condition"),
                individual=self._actor(written.individual),
                wording=written.wording,
            )
        nature, colon, name = written.partition(": ")
        if not colon:
            natures = ", ".join(one.value for one in Nature)
            wanted = f"nature: name, with a nature of {natures}"
            raise InvalidValueError("item", written, wanted)
        return Item(name, choose(Nature, nature, "nature"))


def _least(row: Row | None) -> int:
    """Return how many bytes each claim of a row has at least."""
    if row is None:
        return 0
    refs = sum(len(several(getattr(row, kind.value))) for kind in RefKind)
    texts = len(row.note) + len(row.wording) + len(row.translation)
    return _CLAIM + _REF * refs + texts


def _claims(part: str, ids: list[str], fields: dict[str, Any]) -> list[AnyClaim]:
    """Make the claims of one part: of a role one for each actor, else one."""
    if part not in ROLES:
        return [_KINDS[part](id=id_, **fields) for id_ in ids]
    actors = fields.pop("actors")
    return [
        PartyIs(id=id_, role=ROLES[part], actor=actor, **fields)
        for id_, actor in zip(ids, actors, strict=True)
    ]
