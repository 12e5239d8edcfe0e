"""Lists: the log's entries, the events, the gazetteer; one line each."""

from collections.abc import Iterator

from embargo_monitor.eventlog import Logged
from embargo_monitor.gazetteer import GazetteerEntry
from embargo_monitor.model.reports import Report
from embargo_monitor.show.summary import Summary, count_line
from embargo_monitor.show.text import WIDTH, isolated, labelled


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
        return f"{line}  {isolated(title.text)}"
    return line


def summary_line(summary: Summary, width: int = WIDTH) -> Iterator[str]:
    """Say an event in short: what it is, and what claims make of it."""
    yield f"{summary.event}  ({summary.kind}) {isolated(summary.title)}"
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


def gazetteer_lines(entry: GazetteerEntry, width: int = WIDTH) -> Iterator[str]:
    """Give one entry of the gazetteer in full."""
    yield f"{entry.id}  ({entry.kind.value})"
    for name in entry.names:
        kind = f" [{name.kind.value}]" if name.kind.value != "own" else ""
        text = f"{name.language}: {isolated(name.text)}{kind}"
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
