"""Lists: the log's entries, the events, the gazetteer; one line each."""

from collections.abc import Iterator

from embargo_monitor.gazetteer import GazetteerEntry
from embargo_monitor.logged import Logged
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    Resumption,
    Withdrawal,
)
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import Standing
from embargo_monitor.model.truth import Truth
from embargo_monitor.show.summary import Summary, count_line
from embargo_monitor.show.text import (
    WIDTH,
    in_brackets,
    isolated,
    labelled,
    named,
    number_of,
    remark,
)

Later = Correction | Withdrawal | Assessment | Link | RelevanceRecord
"""Records that refer to others."""

_TABLES = ("document", "actors", "places", "sources", "voices", "events")


def log_line(logged: Logged) -> str:
    """Say an entry in one line: where, when, what, about what."""
    envelope = logged.entry.envelope
    line = (
        f"{logged.index:>5}  {envelope.recorded:%Y-%m-%dT%H:%M:%SZ}"
        f"  {envelope.kind:<10} {envelope.id}"
    )
    record = logged.entry.record
    if record is None:
        return f"{line}  (needs a newer version of embargo_monitor)"
    if isinstance(record, Report):
        titles = record.document.titles
        title = next((one for one in titles if one.language == "en"), titles[0])
        return f"{line}  {remark(title.text)}"
    return f"{line}  {in_short(record)}"


def in_short(record: Later | Resumption) -> str:
    """Say in one line what a later record says of what it refers to."""
    if isinstance(record, Correction):
        counts = {
            "adds": len(record.adds),
            "replaces": len(record.replaces),
            "withdraws": len(record.withdraws),
        }
        claims = [f"{verb} {count}" for verb, count in counts.items() if count]
        parts = [name for name in _TABLES if getattr(record, name)]
        said = ", ".join([*claims, *(f"mends {name}" for name in parts)])
        return f"corrects report {record.report}: {said}"
    if isinstance(record, Withdrawal):
        return f"withdraws {record.entry_kind} {record.entry}"
    if isinstance(record, Assessment):
        grade = record.credibility.grade
        return f"{record.claim}: credibility {grade.value}, {grade.label}"
    if isinstance(record, Resumption):
        seen = number_of(record.seen_size, "entry", "entries")
        return f"the log goes on under another key; last seen with {seen}"
    if isinstance(record, RelevanceRecord):
        return f"{record.event}: {_outcomes_in_short(record)}"
    what = "" if record.linked is Linked.EVENT else f" ({record.linked.value}s)"
    return f"{record.first} {record.relation.value} {record.second}{what}"


def with_reason(record: Correction | Link) -> str:
    """Say a record in short, with who says so and why."""
    return f"{in_short(record)} ({named(record.by)}: {in_brackets(record.reason)})"


def _outcomes_in_short(record: RelevanceRecord) -> str:
    """Name the regimes that bear on an event, and count those that may, or do not."""
    by_answer = {
        answer: [one.regime for one in record.outcomes if one.relevant is answer]
        for answer in Truth
    }
    bear = ", ".join(by_answer[Truth.YES]) or "no regime"
    counts = {
        "MAYBE for": len(by_answer[Truth.MAYBE]),
        "NO for": len(by_answer[Truth.NO]),
        "open for want of who or where:": len(record.left_open),
        "by lists of names:": len(record.by_list),
    }
    others = [f"{words} {count}" for words, count in counts.items() if count]
    return "; ".join([f"relevant: {bear}", *others])


def summary_line(summary: Summary, width: int = WIDTH) -> Iterator[str]:
    """Say an event in short: what it is, and what claims make of it."""
    yield f"{summary.event}  ({summary.kind}) {remark(summary.title)}"
    said = (
        ("suppliers", summary.suppliers),
        ("recipients", summary.recipients),
        ("goods", summary.goods),
        ("stages", summary.stages),
        ("not counted", summary.not_counted),
    )
    parts = [f"{label}: {'; '.join(map(str, texts))}" for label, texts in said if texts]
    parts.append(f"origins: {count_line(summary.origins)}")
    parts.append(f"disputed: {summary.disputed.value}")
    yield labelled("", " | ".join(parts), "", width)


def no_events_line(stands: Standing) -> str:
    """Say why a log gives no event: withdrawn reports give none, nor do mere copies."""
    gone = sum(kind == Report.kind for kind, _ in stands.withdrawals)
    if not gone:
        return "no events: no report of this log speaks of any"
    were = number_of(gone, "report was", "reports were")
    return f"no events: {were} withdrawn, and no report that stands speaks of any"


def gazetteer_lines(entry: GazetteerEntry, width: int = WIDTH) -> Iterator[str]:
    """Give one entry of the gazetteer in full."""
    yield f"{entry.id}  ({entry.kind.value})"
    for name in entry.names:
        kind = f" [{name.kind.value}]" if name.kind.value != "own" else ""
        text = f"{name.language}: {named(name.text)}{kind}"
        yield labelled("name", text, width=width)
    rows = (
        ("of", entry.of),
        ("territory", entry.territory),
        ("since", str(entry.since or "")),
        ("until", str(entry.until or "")),
        ("successors", ", ".join(entry.successors)),
        ("note", entry.note),
        ("sources", "; ".join(entry.sources)),
        ("mark", entry.mark.value),
    )
    for label, text in rows:
        if text:
            yield labelled(label, isolated(text), width=width)
