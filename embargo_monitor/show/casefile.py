"""The case file: the case in one paragraph, its tables, the memo, what stays open.

The order is that in which a report is written: what is reported, by whom and how sure;
then each part with who says it; then what we make of it; then how to check it.
"""

from collections.abc import Iterable, Iterator

from embargo_monitor.model.claims import AnyClaim, GoodsAre, PartyIs, TermsAre
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.names import Name
from embargo_monitor.model.origins import origins
from embargo_monitor.model.records import Assessment, Correction, Link, Linked, Record
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stances import Weight
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import (
    Told,
    disputes,
    goods,
    mentions,
    parties,
    stages,
    values,
)
from embargo_monitor.model.vocabulary import Role
from embargo_monitor.show.case import Case
from embargo_monitor.show.casedoubts import dispute_lines, origin_lines
from embargo_monitor.show.casememo import memo_section
from embargo_monitor.show.caseopen import open_lines
from embargo_monitor.show.casetables import (
    figure_lines,
    goods_lines,
    is_of_actor,
    marked,
    other_lines,
    party_lines,
    stage_lines,
    stance_lines,
    voices,
)
from embargo_monitor.show.claims import goods_line, judgement
from embargo_monitor.show.listing import in_short
from embargo_monitor.show.markdown import (
    bullets,
    code,
    escaped,
    heading,
    paragraph,
    table,
    tidied,
)
from embargo_monitor.show.records import reading_line, source_line, source_name
from embargo_monitor.show.summary import count_line, dispute_line, hedged, reached
from embargo_monitor.show.text import isolated, named, number_of, remark


def case_lines(case: Case) -> Iterator[str]:
    """Give the case file in Markdown, line by line.

    The same case gives the same lines for ever, for the same version of this library.
    """
    yield from tidied(case.notes.numbered(_body(case)))


def _body(case: Case) -> Iterator[str]:
    event = case.event
    yield from heading(1, escaped(remark(event.title)))
    ids = ", ".join(map(code, case.events))
    yield from paragraph(
        f"Case file of {ids} ({event.kind.value}). **Everything in it is reported, and"
        " not established**; it is no finding of a breach and no legal advice."
    )
    yield from heading(2, "In short")
    yield from paragraph(" ".join(_sentences(case)))
    yield from _as_of(case)
    for part in (
        party_lines,
        goods_lines,
        figure_lines,
        stage_lines,
        dispute_lines,
        stance_lines,
        other_lines,
        origin_lines,
        _source_lines,
        _document_lines,
        _change_lines,
        memo_section,
        open_lines,
    ):
        yield from part(case)
    yield from _citation(case)


def _sentences(case: Case) -> Iterator[str]:
    """Say what is reported, by whom and how sure: one sentence for each value."""
    if not case.of_event:
        yield "No claim tells of it."
        return
    said = tuple(one for one in case.said if not is_of_actor(one))
    found = stages(said)
    sides = [*parties(said, Role.SUPPLIER), *parties(said, Role.RECIPIENT)]
    if case.gone_of_case and not (found or sides or goods(said)):
        yield "What was told of parties, goods and stages was taken back: see below."
    else:
        yield from _outline(case, said)
    yield from _figures(case, said)
    if mentions(said):
        yield "Other things are only named, and are no goods of it: see below."
    yield from _surety(case, found)


def _outline(case: Case, said: tuple[Told, ...]) -> Iterator[str]:
    moves = case.event.kind is EventKind.TRANSFER
    for role in (Role.SUPPLIER, Role.RECIPIENT):
        yield from _role(case, said, role, moves=moves)
    yield from _things(case, said, moves=moves)
    found = stages(said)
    if found:
        went = escaped("; ".join(map(str, reached(found))))
        yield f"Where it stood, as told: {went}{_marks(case, found)}."
    else:
        yield case.silent("Nobody says where it stood", stages(case.all_told))


def _marks(case: Case, told: Iterable[Told]) -> str:
    return case.notes.marks(one.id for one in told)


def _role(
    case: Case, said: tuple[Told, ...], role: Role, *, moves: bool
) -> Iterator[str]:
    found = parties(said, role)
    if found:
        names = dict.fromkeys(_party(one) for one in found)
        who = escaped(", ".join(names))
        yield f"Named as {role.value}: {who}{_marks(case, found)}."
    elif moves:
        told = parties(case.all_told, role)
        yield case.silent(f"Nobody names a {role.value}", told)


def _party(told: Told) -> str:
    assert isinstance(told.claim, PartyIs)  # noqa: S101 (of parties alone)
    return _with_marks(named(told.actor(told.claim.actor).name), told.claim)


_HANGING = {
    RefKind.WITHIN: "a part of another figure",
    RefKind.CONVERTS: "converted",
    RefKind.DEPARTS_FROM: "otherwise than what it repeats",
}


def _with_marks(text: str, claim: AnyClaim) -> str:
    """Put behind *text* the hedge, and why it does not stand beside the others."""
    kinds = dict.fromkeys(ref.kind for ref in claim.refs)
    marks = [_HANGING[kind] for kind in kinds if kind in _HANGING]
    return hedged(text, claim) + "".join(f" ({mark})" for mark in marks)


def _things(case: Case, said: tuple[Told, ...], *, moves: bool) -> Iterator[str]:
    found = goods(said)
    if found:
        texts = (
            _with_marks(goods_line(one.claim), one.claim)
            for one in found
            if isinstance(one.claim, GoodsAre)
        )
        what = escaped("; ".join(dict.fromkeys(texts)))
        yield f"The goods, as told: {what}{_marks(case, found)}."
    elif moves:
        yield case.silent("Nobody says what the goods are", goods(case.all_told))


def _figures(case: Case, said: tuple[Told, ...]) -> Iterator[str]:
    terms = [one for one in said if isinstance(one.claim, TermsAre)]
    if terms:
        words = dict.fromkeys(
            one.claim.terms.value for one in terms if isinstance(one.claim, TermsAre)
        )
        yield f"The terms, as told: {', '.join(words)}{_marks(case, terms)}."
    found = disputes(case.of_event, beside=case.beside)
    for one in found:
        line = escaped(dispute_line(one))
        yield f"{line[0].upper()}{line[1:]}{_marks(case, one.told)}."
    disputed = {one.id for dispute in found for one in dispute.told}
    for told in values(said):
        if told.id not in disputed:
            label, text = case.printers[told.report.id].content(told.claim)
            figure = escaped(f"{label}: {_with_marks(text, told.claim)}")
            yield f"The {figure}{_marks(case, [told])}."


def _surety(case: Case, found: tuple[Told, ...]) -> Iterator[str]:
    """Say who says that it went as far as it did, and who is against it."""
    if found:
        count = origins(found, case.view.standing.links)
        one = count.at_least == count.at_most == 1
        independent = (
            f"{count_line(count)} independent {'origin' if one else 'origins'}"
        )
        yield (
            f"That it went so far is on the word of {voices(case, found)}:"
            f" {independent} (A > B: A told, B passed it on)."
        )
    against = [
        one for one in case.not_counted if one.claim.stance.weight is Weight.AGAINST
    ]
    if against or case.gone_of_case:
        yield "It is denied or was taken back, in part or as a whole: see below."
    else:
        yield "In the reports of this file nobody denies it or takes it back."


def _as_of(case: Case) -> Iterator[str]:
    """Say both clocks: what was logged by then, and what could be read by then."""
    view = case.view
    entries = number_of(view.size, "entry", "entries")
    last = f"{view.recorded:%Y-%m-%dT%H:%M:%SZ}" if view.recorded else "never"
    day = view.published_until
    until = f"until {day}, or perhaps until then" if day else "on any day"
    text = (
        f"**As of**: what the log {code(view.origin)} said with its first {entries},"
        f" the last of them recorded {last}; of documents published {until}."
    )
    doubtful = [code(id_) for id_ in case.reports if view.known(id_) is Truth.MAYBE]
    if doubtful:
        text += (
            f" Whether it was published by then is not certain: {', '.join(doubtful)}."
        )
    if view.needs_newer:
        text += (
            f" {number_of(view.needs_newer, 'entry was', 'entries were')} not read:"
            " a newer version of embargo_monitor is needed."
        )
    yield from paragraph(text)
    # What is linked may deny all of it: silence here must not look like an answer.
    linked = [
        escaped(in_short(one))
        for one in view.standing.links
        if one.linked is Linked.EVENT
        and len({one.first, one.second} & set(case.events)) == 1
    ]
    if linked:
        told = "; ".join(linked)
        yield from paragraph(f"**Linked to it, and not in this file**: {told}.")


def _source_lines(case: Case) -> Iterator[str]:
    """Give those who say it, with our grades of them."""
    yield from heading(2, "Those who say it")
    have = {
        (one.report.id, speaker.source)
        for one in case.all_told
        for speaker in one.voice.speakers
    }
    rows = []
    for report in case.reports.values():
        for source in report.sources:
            if (report.id, source.id) in have:
                made = source.reliability
                grade = f"{made.grade.value}, {made.grade.label}" if made else "none"
                told = source_line(report, source)
                rows.append((escaped(told), escaped(grade), code(report.id)))
    if not rows:
        yield from paragraph("Nobody tells of it.")
    yield from table(("Who, and what is told of them", "Our grade", "Report"), rows)


def _document_lines(case: Case) -> Iterator[str]:
    """Give the documents that tell of it, and where they stand in the log."""
    yield from heading(2, "Documents")
    head = ("Document", "Published", "Exhibits", "In the log")
    yield from table(head, (_document(case, one) for one in case.reports.values()))


def _document(case: Case, report: Report) -> tuple[str, ...]:
    document, logged = report.document, case.view.logged[report.id]
    titles = [_title(one) for one in document.titles]
    titles += [isolated(str(one)) for one in document.same_as]
    titles += [f"our note: {remark(n)}" for n in (document.note, report.note) if n]
    publisher = next(one for one in report.sources if one.id == document.publisher)
    day = reading_line(document.published) if document.published else "day not known"
    exhibits = "; ".join(
        f"{code(one.id)}, {one.media_type}, {one.size:,} bytes, {one.handling.value},"
        f" {code(one.digest)}"
        for one in document.exhibits
    )
    envelope = logged.entry.envelope
    where = (
        f"entry {logged.index}, report {code(report.id)}, recorded"
        f" {envelope.recorded:%Y-%m-%dT%H:%M:%SZ} by {escaped(remark(envelope.by))};"
        f" leaf {code(logged.leaf.hex())}"
    )
    if report.repeats:
        where += f"; repeats report {code(report.repeats)}"
    published = escaped(f"{source_name(report, publisher)}: {day}")
    return escaped("; ".join(titles)), published, exhibits or "none", where


def _title(name: Name) -> str:
    language = f"{name.language}: " if name.language else ""
    kind = "" if name.kind.value == "own" else f" ({name.kind.value})"
    return f"{language}{remark(name.text)}{kind}"


def _change_lines(case: Case) -> Iterator[str]:
    """Give what was taken back by others, and corrected, judged or linked by us."""
    yield from heading(2, "Taken back, corrected, judged, linked")
    rows = list(_taken_back(case))
    if rows:
        yield from paragraph("Taken back by those who are named; it counts no more:")
        yield from table(("What was said", "Who took it back"), rows)
    ours = list(dict.fromkeys(_ours(case)))
    if ours:
        yield from paragraph("Later records of ours:")
        yield from bullets(ours)
    if not rows and not ours:
        yield from paragraph("Nothing of it was.")


def _taken_back(case: Case) -> Iterator[tuple[str, str]]:
    for one in case.gone_of_case:
        label, text = case.printers[one.report.id].content(one.claim, named)
        said = (
            f"{escaped(f'{label}: {marked(one.claim, text)}')}; {voices(case, [one])}"
        )
        yield said, voices(case, case.gone[one.id])


def _ours(case: Case) -> Iterator[str]:
    view = case.view
    since, gone = view.since(), view.standing.withdrawals
    for one in view.records:
        if isinstance(one, Report | RelevanceRecord) or not _speaks_of(one, case):
            continue
        if isinstance(one, Assessment):
            changed = since.get(one, {}).get(one.claim, "")
            said = f"{one.claim}: {judgement(one, changed)}"
            marks = case.notes.marks([one.claim])
        else:
            by, reason = getattr(one, "by", ""), getattr(one, "reason", "")
            said = f"{in_short(one)} (by {named(by)}: {remark(reason)})"
            marks = case.notes.marks(getattr(one, "because", ()))
        by_ = gone.get((one.kind, one.id))
        mark = f" (withdrawn: {code(by_.id)})" if by_ else ""
        yield f"{one.kind} {code(one.id)}: {escaped(said)}{marks}{mark}"


def _speaks_of(record: Record, case: Case) -> bool:
    if isinstance(record, Correction):
        return record.report in case.reports
    if isinstance(record, Assessment):
        return record.claim in {one.id for one in case.all_told}
    if isinstance(record, Link):
        ends = {record.first, record.second}
        if record.linked is Linked.EVENT:
            return not ends.isdisjoint(case.events)
        return any(end.partition("#")[0] in case.reports for end in ends)
    return False


def _citation(case: Case) -> Iterator[str]:
    yield from heading(2, "Citation")
    yield from paragraph(escaped(isolated(case.citation)))
    index = case.view.logged[next(iter(case.reports))].index
    yield from paragraph(
        "To check it: `embargo-monitor verify --against FILE` hashes the whole log"
        " again and compares it with a checkpoint that somebody else holds;"
        f" `embargo-monitor prove {index} -o FILE` gives an entry with the proof that"
        " the log held it, for `embargo-monitor check-bundle`, which needs no log."
    )
