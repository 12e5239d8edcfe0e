"""The tables of a case file: one row for what is said, and all who say it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.actors import Actor
from embargo_monitor.model.amounts import Amount, Bound
from embargo_monitor.model.claims import (
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
from embargo_monitor.model.views import (
    Told,
    figures,
    goods,
    mentions,
    parties,
    stages,
    values,
)
from embargo_monitor.model.vocabulary import Role
from embargo_monitor.model.when import When
from embargo_monitor.show.case import Case
from embargo_monitor.show.claims import (
    goods_line,
    hangs_line,
    named_line,
    taken_line,
    voice_line,
)
from embargo_monitor.show.dates import date_line, when_lines
from embargo_monitor.show.markdown import escaped, heading, paragraph, table
from embargo_monitor.show.records import source_name
from embargo_monitor.show.text import named, remark

Cells = tuple[str, ...]
"""The cells of a row, as lines of `show.text`, before those who say it."""

_VOICE = "On whose word"


def voices(case: Case, told: Iterable[Told]) -> str:
    """Say on whose word claims are, each voice once, with its footnotes."""
    found: dict[str, list[str]] = {}
    for one in told:
        found.setdefault(voice_line(one), []).append(one.id)
    return "; ".join(
        escaped(voice) + case.notes.marks(ids) for voice, ids in found.items()
    )


def _rows(
    case: Case,
    told: Iterable[Told],
    cells: Callable[[Told], Cells],
    same: Callable[[Told], object] = lambda _: None,
) -> list[Sequence[str]]:
    """Give a row for all claims that say the same words of what is certainly one."""
    found: dict[object, list[Told]] = {}
    for one in told:
        found.setdefault((cells(one), same(one)), []).append(one)
    return [
        (*map(escaped, cells(several[0])), voices(case, several))
        for several in found.values()
    ]


def _content(case: Case, told: Told) -> str:
    """Say what a claim says, with its stance and hedge, and what it hangs on."""
    _, text = case.printers[told.report.id].content(told.claim)
    return marked(told.claim, text)


def marked(claim: AnyClaim, text: str) -> str:
    """Put a claim's stance and hedge before *text*, and what it hangs on after it."""
    return f"{taken_line(claim)}{text}{hangs_line(claim)}"


def party_lines(case: Case) -> Iterator[str]:
    """Give who has which role, and what is told of them."""
    found = [one for role in Role for one in parties(case.said, role)]
    yield from heading(2, "Parties")
    if not found:
        told = [one for one in case.all_told if isinstance(one.claim, PartyIs)]
        yield from paragraph(case.silent("Nobody is named in any role", told))
    else:
        head = ("Role", "Who", "Also written", "What it is", _VOICE)
        rows = _rows(case, found, lambda one: _party(case, one), _identity)
        yield from table(head, rows)
    about = [one for one in case.said if is_of_actor(one)]
    if about:
        yield from paragraph("What is told of those who have a part in it:")
        rows = _rows(case, about, lambda one: _about(case, one))
        yield from table(("Who", "What is told", _VOICE), rows)


def is_of_actor(told: Told) -> bool:
    """Tell whether a claim is about an actor, apart from any event."""
    return told.claim.about.kind is AboutKind.ACTOR


def _party(case: Case, told: Told) -> Cells:
    claim = told.claim
    assert isinstance(claim, PartyIs)  # noqa: S101 (of parties alone)
    actor = told.actor(claim.actor)
    _, who = case.printers[told.report.id].content(claim)
    others = [named(name.text) for name in actor.names[1:]]
    return claim.role.value, marked(claim, who), "; ".join(others), _kind(actor)


def _kind(actor: Actor) -> str:
    based = f"based in {actor.country}" if actor.country else ""
    unnamed = "unnamed" if actor.unnamed else ""
    known = (str(one) for one in actor.same_as)
    return "; ".join(filter(None, (actor.kind.value, unnamed, based, *known)))


def _identity(told: Told) -> object:
    """Return what is one in all reports: an identifier, or a name in its own."""
    claim = told.claim
    assert isinstance(claim, PartyIs)  # noqa: S101 (of parties alone)
    return told.actor(claim.actor).same_as or (told.report.id, claim.actor)


def _about(case: Case, told: Told) -> Cells:
    who = named(told.actor(told.claim.about.id).name)
    label, _ = case.printers[told.report.id].content(told.claim)
    return who, f"{label}: {_content(case, told)}{_day(told)}"


def _day(told: Told) -> str:
    when: When | None = getattr(told.claim, "when", None)
    return f" ({date_line(when.date)})" if when else ""


def goods_lines(case: Case) -> Iterator[str]:
    """Give the goods, and, apart, what is only named and is none."""
    yield from heading(2, "Goods")
    found = goods(case.said)
    if found:
        rows = _rows(case, found, lambda one: (_goods(one),))
        yield from table(("Goods, as told", _VOICE), rows)
    else:
        told = goods(case.all_told)
        yield from paragraph(case.silent("Nobody tells of goods", told))
    only_named = mentions(case.said)
    if only_named:
        yield from paragraph("**Only named, and no goods of this event:**")
        rows = _rows(case, only_named, lambda one: (_named(one),))
        yield from table(("Named, and as what", _VOICE), rows)


def _goods(told: Told) -> str:
    assert isinstance(told.claim, GoodsAre)  # noqa: S101 (of goods alone)
    return marked(told.claim, goods_line(told.claim)) + _day(told)


def _named(told: Told) -> str:
    assert isinstance(told.claim, MentionIs)  # noqa: S101 (of mentions alone)
    return marked(told.claim, named_line(told.report, told.claim))


def figure_lines(case: Case) -> Iterator[str]:
    """Give the terms, and the figures with their bounds."""
    yield from heading(2, "Terms and figures")
    found = values(case.said)
    terms = [one for one in case.said if isinstance(one.claim, TermsAre)]
    if not found:
        told = values(case.all_told)
        yield from paragraph(case.silent("Nobody gives a figure", told))
    if terms:
        rows = _rows(case, terms, lambda one: (_content(case, one),))
        yield from table(("Terms", _VOICE), rows)
    if found:
        head = ("Figure", "As told", "From", "To", "Our grade", _VOICE)
        yield from table(head, _rows(case, found, _figure))


def _figure(told: Told) -> Cells:
    claim = told.claim
    assert isinstance(claim, ValueIs)  # noqa: S101 (of figures alone)
    [slot] = figures(claim)
    made = claim.credibility
    grade = f"{made.grade.value}, {made.grade.label}" if made else "none"
    return (
        f"{slot}{_day(told)}",
        marked(claim, str(claim.amount)),
        *_ends(claim.amount),
        grade,
    )


def _ends(amount: Amount) -> tuple[str, str]:
    """Say both ends of a figure; one that nobody gives is open."""
    loose = (Bound.ABOUT, Bound.MORE_THAN, Bound.LESS_THAN)
    word = f"{amount.bound.value} " if amount.bound in loose else ""
    low, high = (
        "open" if end is None else f"{word}{end:,f} {amount.unit}"
        for end in (amount.low, amount.high)
    )
    return low, high


def stage_lines(case: Case) -> Iterator[str]:
    """Give the steps with their days, and on which days somebody spoke."""
    yield from heading(2, "Stages and days")
    found = stages(case.said)
    if found:
        head = ("Stage", "Day", "How the day was read", "It rests on", _VOICE)
        yield from table(head, _rows(case, found, lambda one: _stage(case, one)))
    else:
        told = stages(case.all_told)
        yield from paragraph(case.silent("Nobody says where it stood", told))
    spoken = list(dict.fromkeys(_spoken(case)))
    if spoken:
        yield from paragraph("Days on which somebody is told to have spoken:")
        columns = ("Who", "Day", "How the day was read", "It rests on")
        yield from table(columns, [tuple(map(escaped, cells)) for cells in spoken])


def _stage(case: Case, told: Told) -> Cells:
    claim = told.claim
    assert isinstance(claim, StageIs)  # noqa: S101 (of stages alone)
    return _content(case, told), *_read(told, claim.when, claim)


def _read(told: Told, when: When | None, claim: AnyClaim | None) -> Cells:
    """Say a date in three cells: the days, how they were read, what they rest on."""
    if when is None:
        return "not told", "", ""
    [line, *rests] = when_lines(told.report, when, claim)
    day = date_line(when.date)
    how = line.removeprefix(day).removeprefix(", ")
    return day, how, "; ".join(one.removeprefix("rests on: ") for one in rests)


def _spoken(case: Case) -> Iterator[Cells]:
    for one in case.of_event:
        for speaker in one.voice.speakers:
            if speaker.said is not None:
                name = source_name(one.report, one.source(speaker.source))
                yield name, *_read(one, speaker.said, None)


def stance_lines(case: Case) -> Iterator[str]:
    """Give who denies, expects, fears, or did not say: none of it counts as said."""
    yield from heading(2, "Denied, expected, not said")
    if not case.not_counted:
        yield from paragraph(
            "Nobody is told to deny it, to take it back, to expect or fear a step, or"
            " to decline to comment."
        )
        return
    head = ("Stance", "Of what", _VOICE)
    yield from table(
        head, _rows(case, case.not_counted, lambda one: _stance(case, one))
    )


def _stance(case: Case, told: Told) -> Cells:
    claim = told.claim
    label, text = case.printers[told.report.id].content(claim)
    hedge = f" ({claim.hedge.value})" if claim.hedge.value != "none" else ""
    what = f"{label}: {text}{hangs_line(claim)}{_day(told)}"
    return f"{claim.stance.value}{hedge}", what


def other_lines(case: Case) -> Iterator[str]:
    """Give what is said of embargoes, and what no other table holds."""
    of_embargoes = [one for one in case.said if isinstance(one.claim, EmbargoIs)]
    if of_embargoes:
        yield from heading(2, "What is said of embargoes")
        yield from paragraph("By those who are named, and not by us:")
        rows = _rows(case, of_embargoes, lambda one: (_content(case, one) + _day(one),))
        yield from table(("Position", _VOICE), rows)
    else_ = [
        one for one in case.said if isinstance(one.claim, Says) and not is_of_actor(one)
    ]
    if else_:
        yield from heading(2, "What else is said")
        rows = _rows(case, else_, lambda one: (_says(one),))
        yield from table(("In our words", _VOICE), rows)


def _says(told: Told) -> str:
    assert isinstance(told.claim, Says)  # noqa: S101 (of sayings alone)
    return marked(told.claim, remark(told.claim.text)) + _day(told)
