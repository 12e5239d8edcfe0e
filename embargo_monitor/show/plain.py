"""Records and events as plain JSON values, for `--json`."""

from collections.abc import Iterable
from typing import Any

from attrs import asdict

from embargo_monitor.encoding import body_of
from embargo_monitor.gazetteer import GazetteerEntry
from embargo_monitor.logged import Logged
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.events import Event
from embargo_monitor.model.records import Link, Record
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import Standing
from embargo_monitor.model.views import taken_back, told_in
from embargo_monitor.show.claims import Texts, voice_line
from embargo_monitor.show.summary import Summary, summarise
from embargo_monitor.structuring import unstructure


def plain_entry(logged: Logged) -> dict[str, Any]:
    """Return an entry as JSON: its envelope and body as stored, with its place.

    What it prints can be read again by `add`.
    """
    return {
        "index": logged.index,
        "leaf": logged.leaf.hex(),
        **unstructure(logged.entry.envelope),
        "body": logged.entry.body,
    }


def plain_event(
    report: Report, event: Event, texts: Texts, stands: Standing
) -> dict[str, Any]:
    """Return one event of one report as JSON: the summary, and its claims as stored.

    To each claim come its voice in words, its quoted words, if they can be read, the
    claims of the report that take it back, and our assessments of it; to the event our
    links and corrections.

    Args:
        report: The report, as it stands.
        event: One of its events.
        texts: The texts of its exhibits.
        stands: What the log says of the report.
    """
    stored = body_of(report)["claims"]
    assert isinstance(stored, list)  # noqa: S101 (a report's claims)
    by_id = {one["id"]: one for one in stored if isinstance(one, dict)}
    back = taken_back(told_in(report))
    claims = []
    for told in told_in(report, About(AboutKind.EVENT, event.id)):
        plain: dict[str, Any] = {**by_id[told.claim.id], "voice_line": voice_line(told)}
        quote = told.claim.quote
        if quote is not None and quote.exhibit in texts:
            plain["words"] = quote.words(texts[quote.exhibit])
        if told.id in back:
            plain["taken_back_by"] = [one.claim.id for one in back[told.id]]
        judged = stands.assessments.get(told.id, ())
        if judged:
            plain["assessments"] = [_plain_record(one) for one in judged]
        claims.append(plain)
    summary = summarise(report, event)
    corrections = stands.corrections.get(report.id, ())
    return {
        **plain_summary(summary),
        "claims": claims,
        "links": plain_links(stands.links_of(summary.event)),
        "corrections": [_plain_record(one) for one in corrections],
    }


def plain_links(links: Iterable[Link]) -> list[dict[str, Any]]:
    """Return links as JSON."""
    return [_plain_record(one) for one in links]


def _plain_record(record: Record) -> dict[str, Any]:
    return {"id": record.id, **body_of(record)}


def plain_summary(summary: Summary) -> dict[str, Any]:
    """Return what claims make of an event as JSON."""
    found = summary.origins
    return {
        **asdict(summary, filter=lambda field, _: field.name != "origins"),
        "origins": {"at_least": found.at_least, "at_most": found.at_most},
        "disputed": summary.disputed.value,
    }


def plain_gazetteer_entry(entry: GazetteerEntry) -> dict[str, Any]:
    """Return an entry of the gazetteer as JSON."""
    return unstructure(entry)
