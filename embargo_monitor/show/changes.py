"""How one view of a log differs from another, in words and as plain values."""

from collections.abc import Iterator
from typing import Any

from embargo_monitor.encoding import body_of
from embargo_monitor.model.views import Told
from embargo_monitor.query.diffing import Came, Changes, RelevanceChanged
from embargo_monitor.query.view import View
from embargo_monitor.show.claims import ClaimPrinter
from embargo_monitor.show.later import why
from embargo_monitor.show.listing import in_short
from embargo_monitor.show.relevances import plain_difference
from embargo_monitor.show.text import WIDTH, hung, number_of, remark
from embargo_monitor.structuring import unstructure


def changes_of_views(changes: Changes, width: int = WIDTH) -> Iterator[str]:
    """Give what a second view says that a first does not, and the other way about."""
    yield hung(f"from  {_when(changes.before)}", "", "      ", width)
    yield hung(f"to    {_when(changes.after)}", "", "      ", width)
    if not changes:
        yield "nothing differs"
        return
    yield from _reports(changes, width)
    yield from _parts("event", changes.events, changes.reports, width)
    yield from _parts("claim", changes.claims, changes.reports, width)
    yield from _ids("taken back in the world:", changes.taken_back, width)
    for one in changes.changed:
        by = f" by {', '.join(one.by)}" if one.by else ""
        yield hung(f"~ claim {one.id}: another{by}", "", "    ", width)
        yield from _claim(changes.before, one.id, "was", width)
        yield from _claim(changes.after, one.id, "is", width)
    for came in _records(changes):
        yield from _logged(came, width)
    for relevance in changes.relevances:
        yield from _relevance(relevance, width)


def _when(view: View) -> str:
    said = number_of(view.size, "entry", "entries")
    if view.recorded is not None:
        said += f", recorded until {view.recorded:%Y-%m-%dT%H:%M:%SZ}"
    if view.published_until is not None:
        said += f", published until {view.published_until}"
    return f"{said}, root {view.root.hex()}"


def _reports(changes: Changes, width: int) -> Iterator[str]:
    """Give whole reports in a line each; their parts are counted there."""
    for mark, ids, view in (
        ("+", changes.reports.came, changes.after),
        ("-", changes.reports.went, changes.before),
    ):
        for id_ in ids:
            one = view.standing.reports[id_]
            events = number_of(len(one.events), "event", "events")
            claims = number_of(len(one.claims), "claim", "claims")
            title = remark(one.document.titles[0].text)
            said = f"{mark} report {id_}: {title}; {events}, {claims}"
            yield hung(said, "", "    ", width)


def _parts(label: str, came: Came, reports: Came, width: int) -> Iterator[str]:
    """Give the parts that came to reports which both views have, or went from them."""
    whole = {*reports.came, *reports.went}
    apart = Came(
        tuple(one for one in came.came if one.partition("#")[0] not in whole),
        tuple(one for one in came.went if one.partition("#")[0] not in whole),
    )
    yield from _ids(label, apart, width)


def _ids(label: str, came: Came, width: int) -> Iterator[str]:
    for mark, ids in (("+", came.came), ("-", came.went)):
        for id_ in ids:
            yield hung(f"{mark} {label} {id_}", "", "    ", width)


def _claim(view: View, id: str, label: str, width: int) -> Iterator[str]:
    """Give a claim as a view has it, with its voice."""
    name, _, local = id.partition("#")
    report = view.standing.reports[name]
    claim = next(one for one in report.claims if one.id == local)
    yield f"    {label}"
    printer = ClaimPrinter(report, {}, width=width - 4)
    for line in printer.lines((Told(claim, report),)):
        yield f"    {line}"


def _records(changes: Changes) -> tuple[Came, ...]:
    return (
        changes.corrections,
        changes.withdrawals,
        changes.assessments,
        changes.links,
    )


def _logged(came: Came, width: int) -> Iterator[str]:
    """Give records of ours in one line each, with who says so and why."""
    for mark, records in (("+", came.came), ("-", came.went)):
        for one in records:
            said = f"{mark} {one.kind} {one.id}: {in_short(one)}"
            yield hung(said, "", "    ", width)
            yield hung(why(one), "    ", "    ", width)


def _relevance(one: RelevanceChanged, width: int) -> Iterator[str]:
    was, is_ = one.was, one.is_
    known = f"{was.id if was else 'none'} -> {is_.id if is_ else 'none'}"
    yield hung(f"~ relevance of {one.event}: {known}", "", "    ", width)
    for found in one.what:
        for text in found.what:
            yield hung(f"{found.regime}: {remark(text)}", "    ", "      ", width)


def plain_changes(changes: Changes) -> Iterator[dict[str, Any]]:
    """Give the changes as plain values, one for each, for JSON lines."""
    for what in ("reports", "events", "claims", "taken_back"):
        came: Came = getattr(changes, what)
        for change, ids in (("came", came.came), ("went", came.went)):
            yield from ({"what": what, "change": change, "id": id_} for id_ in ids)
    for one in changes.changed:
        was, is_ = unstructure(one.was), unstructure(one.is_)
        yield {
            "what": "claims",
            "change": "changed",
            "id": one.id,
            "was": was,
            "is": is_,
            "by": list(one.by),
        }
    for came in _records(changes):
        for change, records in (("came", came.came), ("went", came.went)):
            for record in records:
                kind, body = record.kind, body_of(record)
                yield {"what": kind, "change": change, "id": record.id, "body": body}
    for found in changes.relevances:
        yield {
            "what": "relevance",
            "change": "changed",
            "id": found.event,
            "was": found.was.id if found.was else None,
            "is": found.is_.id if found.is_ else None,
            "regimes": [plain_difference(one) for one in found.what],
        }
