"""Which embargoes bear on a case, as a part of its file; no legal advice."""

from collections.abc import Iterable, Iterator

from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.answers import Act, Judged, Relevance
from embargo_monitor.regimes.covering import Tie
from embargo_monitor.regimes.exempting import Stand
from embargo_monitor.regimes.ladder import Step
from embargo_monitor.regimes.questions import Ground
from embargo_monitor.show.case import Case
from embargo_monitor.show.markdown import (
    bullets,
    code,
    escaped,
    heading,
    paragraph,
    points,
    table,
)
from embargo_monitor.show.memo import (
    NO_ADVICE,
    NO_BREACH,
    NOTHING,
    TIES,
    exemption_line,
    is_told,
    stand_line,
)
from embargo_monitor.show.text import isolated, named, number_of


def memo_section(case: Case) -> Iterator[str]:
    """Give the question, the answer of each regime, and the reasons."""
    yield from heading(2, "Which arms embargoes bear on it")
    yield from paragraph(f"**{NO_ADVICE}**")
    yield from paragraph("The question, as understood:")
    yield from bullets(map(_plain, case.answers.asked or [NOTHING]))
    yield from _answer(case)
    for one in case.answers:
        if is_told(one):
            yield from _reasons(case, one)
    yield from _kept(case)
    edition = case.register.edition
    yield from paragraph(
        f"Register of {edition.compiled}, newest source {edition.latest_source}, digest"
        f" {code(case.answers.register_digest)}."
    )


def _plain(text: str) -> str:
    """Return a sentence of the register's, with names from outside in it."""
    return escaped(isolated(text))


def _answer(case: Case) -> Iterator[str]:
    aimed = [one for one in case.answers if one.tie is Tie.TARGET]
    if aimed:
        head = ("Regime", "Bears on it", "Exemption", "Findings of a breach")
        yield from table(head, map(_answered, aimed))
    else:
        text = "No regime of the register is aimed at anybody who is told of."
        yield from paragraph(text)
    for tie, words in TIES.items():
        ids = [code(one.regime.id) for one in case.answers if one.tie is tie]
        if ids:
            yield from paragraph(f"{words}: {', '.join(ids)}.")
    yield from paragraph(NO_BREACH)


def _answered(one: Relevance) -> tuple[str, ...]:
    answer = f"**{one.relevant}**"
    if one.against:
        answer += " (of it as told: part of it is denied or was taken back)"
    if one.relevant is Truth.NO:
        why = f"by step {one.lead.fell_step}, {one.lead.fell_at}"
        return _plain(str(one.regime)), f"{answer}, {why}", "", ""
    found = f"{len(one.findings)} reported" if one.findings else "none reported"
    return _plain(str(one.regime)), answer, _plain(str(one.exemption)), found


def _reasons(case: Case, one: Relevance) -> Iterator[str]:
    yield from heading(3, f"{_plain(str(one.regime))}: {one.relevant}")
    for act in one.acts:
        yield from _act(case, act, one)
    if one.remains:
        yield from paragraph("What remained when it began:")
        yield from _steps(case, one.remains)
    if one.relevant is not Truth.NO or one.remains:
        yield from _exemptions(one)
    yield from points("What was claimed", _stands(case, one.positions))
    found = list(_stands(case, one.findings))
    if not found and one.relevant is not Truth.NO:
        found = ["No finding is reported."]
    yield from points("What bodies with a mandate found", found)
    denied = (
        _plain(f"{against.by} {against.stance.value}: {against.what}")
        + case.notes.marks([against.claim])
        for against in one.against
    )
    yield from points("Who denies it, or takes it back", denied)
    yield from points("It rests on", (_ground(case, ground) for ground in one.rests_on))


def _act(case: Case, act: Act, one: Relevance) -> Iterator[str]:
    name = act.stage.value if act.stage else "the supply"
    if act.differs:
        yield from paragraph(f"The act “{name}”: {act.relevant}.")
        yield from paragraph("Claims that cannot all hold answer it differently:")
        yield from bullets(
            f"{reading.relevant}: {_plain(f'as {reading.question}')}"
            + case.notes.marks(act.making_the_difference(reading))
            for reading in act.readings
        )
        lead = _plain(f"as {act.lead.question}")
        most = "The steps of the reading under which it bears on it most"
        yield from paragraph(f"{most}, {lead}:")
    elif len(one.acts) > 1:
        days = act.lead.question.days or "a day that nobody gives"
        on = f"on {escaped(str(days))}"
        yield from paragraph(f"The act “{name}”, {on}: {act.relevant}{_why(act)}.")
    if act.differs or act is one.act:
        yield from _steps(case, act.lead)


def _why(act: Act) -> str:
    """Say at which steps it fell, or is open; nothing where the answer is YES."""
    if act.lead.fell_at:
        return f", by step {act.lead.fell_step}, {act.lead.fell_at}"
    left = [step.name for step in act.lead.steps if step.answer is Truth.MAYBE]
    return f", open at: {', '.join(left)}" if left else ""


def _steps(case: Case, judged: Judged) -> Iterator[str]:
    head = ("Step", "Answer", "Why, and what it cites", "Verified by")
    yield from table(
        head, (_step(case, at, step) for at, step in enumerate(judged.steps, 1))
    )


def _step(case: Case, number: int, step: Step) -> tuple[str, ...]:
    cites = f" Cites: {'; '.join(step.citations)}." if step.citations else ""
    why = _plain(f"{step.sentence}{cites}") + case.notes.marks(step.claims)
    return f"{number} {step.name}", str(step.answer), why, step.mark.value


def _exemptions(one: Relevance) -> Iterator[str]:
    told = "Nobody says that one was notified, asked for, granted or refused."
    if one.exemption.stands:
        told = f"As claimed: {one.exemption}. See what was claimed."
    yield from paragraph(f"**Exemptions:** {told}")
    if not one.possible_exemptions:
        yield from paragraph("The register has none that was open then.")
        return
    yield from paragraph(
        "Those of the register that were open then, if their terms are met:"
    )
    yield from bullets(_plain(exemption_line(each)) for each in one.possible_exemptions)


def _stands(case: Case, stands: Iterable[Stand]) -> Iterator[str]:
    for one in stands:
        # The claim is its footnote; the backticks are the two around its position.
        said = stand_line(one).removesuffix(f" ({one.claim})").replace("`", "", 2)
        yield _plain(said) + case.notes.marks([one.claim])


def _ground(case: Case, ground: Ground) -> str:
    return _plain(ground.text) + case.notes.marks(ground.claims)


def _kept(case: Case) -> Iterator[str]:
    """Name the records of relevance of these events that stand in the log."""
    gone = case.view.standing.withdrawals
    kept = [
        f"{code(one.id)}, by {escaped(named(one.by))}, when the log had"
        f" {number_of(one.log_size, 'entry', 'entries')}; register digest"
        f" {code(one.register_digest)}"
        for one in case.view.records
        if isinstance(one, RelevanceRecord)
        and one.event in case.events
        and (one.kind, one.id) not in gone
    ]
    yield from points(
        "Answers that the log keeps, which may differ from those above", kept
    )
