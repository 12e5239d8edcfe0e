"""Records and events as plain JSON values, for `--json`."""

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any

from attrs import asdict

from embargo_monitor.encoding import body_of
from embargo_monitor.gazetteer import GazetteerEntry
from embargo_monitor.logged import Logged
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.events import Event
from embargo_monitor.model.records import Assessment, Link, Record
from embargo_monitor.model.reports import Report
from embargo_monitor.model.since import Since, contradict
from embargo_monitor.model.standing import Standing
from embargo_monitor.model.views import Told, taken_back, takings_back, told_in
from embargo_monitor.show.claims import Texts, voice_line
from embargo_monitor.show.summary import Summary, summarise
from embargo_monitor.show.text import without_isolates
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
    report: Report,
    event: Event,
    texts: Texts,
    stands: Standing,
    since: Since = MappingProxyType({}),
) -> dict[str, Any]:
    """Return one event of one report as JSON: the summary, and its claims as stored.

    To each claim come its voice in words, its quoted words, if they can be read, the
    claims that take it back, in other reports by their id from outside, and our
    assessments of it; to the event our links and corrections.

    Args:
        report: The report, as it stands.
        event: One of its events.
        texts: The texts of its exhibits.
        stands: What the log says, also in other reports.
        since: What changed claims after we judged them.
    """
    stored = body_of(report)["claims"]
    assert isinstance(stored, list)  # noqa: S101 (a report's claims)
    by_id = {one["id"]: one for one in stored if isinstance(one, dict)}
    beside = takings_back(stands.reports.values())
    back = taken_back((*told_in(report), *beside))
    claims = []
    for told in told_in(report, About(AboutKind.EVENT, event.id)):
        plain = {
            **by_id[told.claim.id],
            **_plain_claim(told, texts, back.get(told.id, ())),
        }
        judged = stands.assessments.get(told.id, ())
        if judged:
            plain["assessments"] = [_plain_assessment(one, since) for one in judged]
        claims.append(plain)
    summary = summarise(report, event, beside)
    corrections = stands.corrections.get(report.id, ())
    return {
        **plain_summary(summary),
        "claims": claims,
        "links": plain_links(stands.links_of(summary.event), since),
        "corrections": [_plain_record(one) for one in corrections],
    }


def _plain_claim(
    told: Told, texts: Texts, taken_back_by: Iterable[Told]
) -> dict[str, Any]:
    """Return what comes to a claim as it is stored."""
    plain: dict[str, Any] = {"voice_line": _voice(told)}
    quote = told.claim.quote
    if quote is not None and quote.exhibit in texts:
        plain["words"] = quote.words(texts[quote.exhibit])
    takers = [
        one.claim.id if one.report.id == told.report.id else one.id
        for one in taken_back_by
    ]
    if takers:
        plain["taken_back_by"] = takers
    return plain


def _voice(told: Told) -> str:
    return without_isolates(voice_line(told))


def _plain_assessment(record: Assessment, since: Since) -> dict[str, Any]:
    plain = _plain_record(record)
    changed = since.get(record, {}).get(record.claim)
    return {**plain, "of_claim_before": changed} if changed else plain


def plain_links(
    links: Sequence[Link], since: Since = MappingProxyType({})
) -> list[dict[str, Any]]:
    """Return links as JSON, with those of them that contradict one another.

    Args:
        links: Links of one thing.
        since: What changed claims after links were rested on them.
    """
    plain = [_plain_record(one) for one in links]
    for one, link in zip(plain, links, strict=True):
        others = [other.id for other in links if contradict(link, other)]
        if others:
            one["disagrees_with"] = others
        if link in since:
            one["because_before"] = dict(since[link])
    return plain


def _plain_record(record: Record) -> dict[str, Any]:
    return {"id": record.id, **body_of(record)}


def plain_summary(summary: Summary) -> dict[str, Any]:
    """Return what claims make of an event as JSON."""
    found = summary.origins
    texts = asdict(summary, filter=lambda field, _: field.name != "origins")
    return {
        **{name: _without_isolates(value) for name, value in texts.items()},
        "origins": {"at_least": found.at_least, "at_most": found.at_most},
        "disputed": summary.disputed.value,
    }


def _without_isolates(value: Any) -> Any:
    """Take out what is for printing alone: no text from outside has any of it."""
    if isinstance(value, dict):
        return {name: _without_isolates(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_without_isolates, value))
    return without_isolates(value) if isinstance(value, str) else value


def plain_gazetteer_entry(entry: GazetteerEntry) -> dict[str, Any]:
    """Return an entry of the gazetteer as JSON."""
    return unstructure(entry)
