"""One event as several reports tell it, in words and as plain values."""

from collections.abc import Iterator
from typing import Any

from embargo_monitor.judging import event_of
from embargo_monitor.model.claims import StageIs
from embargo_monitor.model.clusters import Cluster
from embargo_monitor.model.origins import Origins, origins
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.standing import Standing
from embargo_monitor.model.views import Told, counted
from embargo_monitor.show.listing import with_reason
from embargo_monitor.show.summary import count_line, dispute_line, origins_line
from embargo_monitor.show.text import (
    WIDTH,
    labelled,
    number_of,
    remark,
    without_isolates,
)


def cluster_lines(
    cluster: Cluster, stands: Standing, width: int = WIDTH
) -> Iterator[str]:
    """Give what reports say together of an event that links of ours join.

    Nothing is given of an event that one report tells of alone. The claims themselves
    stand below, in their reports.

    Args:
        cluster: The event.
        stands: What the log says.
        width: Columns.
    """
    if len(cluster.events) == 1:
        return
    reports = {one.partition("#")[0] for one in cluster.events}
    told_by = number_of(len(reports), "report tells", "reports tell")
    yield f"ONE EVENT, as {told_by} it: our links join it, claims stay apart"
    for id_ in cluster.events:
        title = remark(event_of(stands, id_).title)
        yield labelled("event", f"{id_}  {title}", width=width)
    yield labelled("origins", origins_line(cluster.origins), width=width)
    for stage, found in _by_stage(cluster).items():
        yield labelled(stage.value, f"{count_line(found)} independent", width=width)
    for dispute in cluster.disputes:
        yield labelled("disputes", dispute_line(dispute), width=width)
    for label, links in (
        ("joined by", cluster.links),
        ("sources", cluster.sources),
        ("contrary", cluster.contrary),
        ("perhaps", cluster.unsure),
        ("beside it", cluster.neighbours),
    ):
        for one in links:
            yield labelled(label, f"{one.id}: {with_reason(one)}", width=width)
    yield ""


def _by_stage(cluster: Cluster) -> dict[Stage, Origins]:
    """Count the origins of each stage; of one alone the count above says all."""
    for_: dict[Stage, list[Told]] = {}
    for one in counted(cluster.told, cluster.beside):
        if isinstance(one.claim, StageIs):
            for_.setdefault(one.claim.stage, []).append(one)
    if len(for_) == 1:
        return {}
    return {stage: origins(told, cluster.sources) for stage, told in for_.items()}


def plain_cluster(cluster: Cluster) -> dict[str, Any]:
    """Return what reports say together of an event, as JSON."""
    found = cluster.origins
    return {
        "id": cluster.id,
        "events": list(cluster.events),
        "origins": {
            "at_least": found.at_least,
            "at_most": found.at_most,
            "reasons": list(found.reasons),
        },
        "disputes": [
            {
                "slot": one.slot,
                "certainty": one.certainty.value,
                "claims": [told.id for told in one.told],
                "text": without_isolates(dispute_line(one)),
            }
            for one in cluster.disputes
        ],
        "joined_by": [one.id for one in cluster.links],
        "sources": [one.id for one in cluster.sources],
        "contrary": [one.id for one in cluster.contrary],
        "unsure": [one.id for one in cluster.unsure],
        "neighbours": [one.id for one in cluster.neighbours],
    }
