"""Lists: the log's entries, the events, the gazetteer; one line each."""

from collections.abc import Iterator

from embargo_monitor.eventlog import Logged
from embargo_monitor.gazetteer import GazetteerEntry
from embargo_monitor.model.claims import About, AboutKind, Role, StageIs
from embargo_monitor.model.events import Event
from embargo_monitor.model.origins import origins
from embargo_monitor.model.reports import Report
from embargo_monitor.model.views import counted, disputed, parties, stages, told_in
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


def event_summary(report: Report, event: Event) -> dict[str, object]:
    """Say what claims make of an event, as plain values for `events --json`.

    Nothing in it is ours but the counting: `stages` are those that are counted, in
    the order of the report, and say no more than the speakers do.
    """
    told = told_in(report, About(AboutKind.EVENT, event.id))
    found = origins(counted(stages(told)))
    reached = (
        one.claim.stage.value
        for one in counted(stages(told))
        if isinstance(one.claim, StageIs)
    )
    return {
        "event": f"{report.id}#{event.id}",
        "kind": event.kind.value,
        "title": event.title,
        "suppliers": _names(report, parties(counted(told), Role.SUPPLIER)),
        "recipients": _names(report, parties(counted(told), Role.RECIPIENT)),
        "stages": list(dict.fromkeys(reached)),
        "origins": {"at_least": found.at_least, "at_most": found.at_most},
        "disputed": disputed(told).value,
        "claims": len(told),
    }


def _names(report: Report, told: tuple[object, ...]) -> list[str]:
    names = {actor.id: actor.names[0].text for actor in report.actors}
    return list(dict.fromkeys(names[one.claim.actor] for one in told))  # type: ignore[attr-defined] # parties


def event_line(summary: dict[str, object], width: int = WIDTH) -> Iterator[str]:
    """Say an event in two lines: what it is, and what claims make of it."""
    yield f"{summary['event']}  ({summary['kind']}) {isolated(str(summary['title']))}"
    yield labelled("", _summed(summary), "", width)


def _summed(summary: dict[str, object]) -> str:
    parts = []
    for label in ("suppliers", "recipients", "stages"):
        values = summary[label]
        if isinstance(values, list) and values:
            parts.append(f"{label}: {', '.join(map(isolated, values))}")
    count = summary["origins"]
    if isinstance(count, dict):
        parts.append(f"origins: {count['at_least']} to {count['at_most']}")
    parts.append(f"disputed: {summary['disputed']}")
    return " | ".join(parts)


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
