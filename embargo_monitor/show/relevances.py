"""Records of relevance, as a person reads them, and what is answered otherwise now."""

from collections.abc import Iterator, Sequence
from typing import Any

from embargo_monitor.judging import Rejudged
from embargo_monitor.model.relevances import Outcome, RelevanceRecord, StepTaken
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.outcomes import Difference
from embargo_monitor.show.text import WIDTH, hung, labelled, number_of, remark, wrapped

_COLUMN = 13


def relevance_lines(record: RelevanceRecord, width: int = WIDTH) -> Iterator[str]:
    """Give a record of relevance: what was asked of which register, and the answers."""
    entries = number_of(record.log_size, "entry", "entries")
    linked = ", ".join(record.linked) or "none were"
    rows = (
        ("relevance", record.id),
        ("event", record.event),
        ("linked", linked if record.follows_links else ""),
        ("read", f"the first {entries} of the log"),
        ("register", f"{record.register_edition}, digest {record.register_digest}"),
        ("library", record.library),
        ("by", record.by),
    )
    for name, text in rows:
        if text:
            yield labelled(name, remark(text), width=width, column=_COLUMN)
    if not record.outcomes:
        yield "No regime was aimed at anybody in it, or nothing was told as done."
    for one in record.outcomes:
        yield ""
        yield from _outcome_lines(one, width)
    for words, ids in (
        ("Open only because nobody says who or where it is", record.left_open),
        (
            "Open by a list of names alone, which the register does not carry",
            record.by_list,
        ),
    ):
        if ids:
            yield ""
            yield hung(f"{words}: {', '.join(ids)}.", "", "  ", width)
    yield ""
    yield "Relevance is no finding of a breach and no legal advice."


def _outcome_lines(one: Outcome, width: int) -> Iterator[str]:
    yield f"{one.relevant}  {one.regime}"
    acts = [
        f"{act.stage.value if act.stage else 'the supply as such'} {act.relevant}"
        for act in one.acts
    ]
    if one.remains is not None:
        acts.append(f"what remained when it began {one.remains}")
    yield labelled("acts", "; ".join(acts), width=width, column=_COLUMN)
    for step in one.steps:
        yield from _step_lines(step, width)
    yield labelled("exemption", one.exemption.value, width=width, column=_COLUMN)
    rows = (
        ("may be open", one.possible_exemptions),
        ("claimed", one.positions),
        ("found", one.findings),
        ("rests on", one.rests_on),
        ("ask next", one.ask_next),
    )
    for name, texts in rows:
        for text in texts:
            yield labelled(name, remark(text), width=width, column=_COLUMN)


def _step_lines(step: StepTaken, width: int) -> Iterator[str]:
    answer = f"{step.answer} ({step.mark.value})"
    yield labelled(step.rung.value, answer, width=width, column=_COLUMN)
    # Lines of their own: whatever stands in a sentence, it cannot look like an answer.
    indent = " " * (_COLUMN + 4)
    yield from wrapped(step.sentence, indent, width)
    for one in step.citations:
        yield from wrapped(f"cites {one}", indent, width)
    if step.claims:
        yield hung(f"claims {', '.join(step.claims)}", indent, indent, width)


def changes_lines(
    found: Sequence[Rejudged], unjudged: Sequence[str], width: int = WIDTH
) -> Iterator[str]:
    """Give what is answered otherwise than the newest record of each event has it.

    Args:
        found: The events of which a record of relevance stands.
        unjudged: The events of which none does.
        width: Columns.
    """
    for one in found:
        yield from _rejudged_lines(one, width)
    same = sum(not one.differs for one in found)
    yield f"{len(found)} asked again, {same} answered as before"
    if unjudged:
        names = ", ".join(unjudged)
        yield from _wrapped(f"no record of relevance stands of: {names}", width)


def _wrapped(text: str, width: int) -> Iterator[str]:
    yield hung(text, "", "  ", width)


def _rejudged_lines(one: Rejudged, width: int) -> Iterator[str]:
    record, again = one.record, one.again
    if again is None:
        yield f"{record.event}  (its report does not stand any more; see {record.id})"
        return
    if not one.differs:
        yield f"{record.event}  as {record.id} has it"
        return
    yield f"{record.event}  otherwise than {record.id} has it"
    claims = f"by what was logged since entry {record.log_size}"
    yield from _differences(one.by_claims, claims, width)
    if record.register_digest == again.register_digest:
        why = f"by the library: {record.library} then, {again.library} now"
    else:
        why = (
            f"by the register: {record.register_digest[:12]} then,"
            f" {again.register_digest[:12]} now"
        )
    yield from _differences(one.by_register, remark(why), width)


def _differences(found: Sequence[Difference], why: str, width: int) -> Iterator[str]:
    if found:
        yield f"  {why}"
    for one in found:
        answers = f"{_said(one.was)} -> {_said(one.is_)}"
        yield hung(f"{one.regime}  {answers}", "    ", " " * 6, width)
        for text in one.what:
            yield hung(f"- {remark(text)}", "      ", " " * 8, width)


def _said(answer: Truth | None) -> str:
    return "not among the answers" if answer is None else str(answer)


def plain_rejudged(one: Rejudged) -> dict[str, Any]:
    """Return what is answered otherwise as plain values, for JSON."""
    return {
        "event": one.record.event,
        "record": one.record.id,
        "differs": one.differs,
        "stands": one.again is not None,
        "register_then": one.record.register_digest,
        "register_now": one.again.register_digest if one.again else None,
        "library_then": one.record.library,
        "library_now": one.again.library if one.again else None,
        "by_claims": [plain_difference(found) for found in one.by_claims],
        "by_register": [plain_difference(found) for found in one.by_register],
    }


def plain_difference(one: Difference) -> dict[str, Any]:
    """Return what of one regime is answered otherwise as plain values, for JSON."""
    return {
        "regime": one.regime,
        "was": None if one.was is None else one.was.value,
        "is": None if one.is_ is None else one.is_.value,
        "what": list(one.what),
    }
