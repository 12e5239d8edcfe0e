"""What of an event is confirmed, on one word, denied, taken back or unanswered."""

from collections.abc import Iterator, Sequence
from typing import Any

from embargo_monitor.model.claims import EmbargoIs, GoodsAre, PartyIs, StageIs
from embargo_monitor.model.clusters import Cluster
from embargo_monitor.model.corroboration import Corroboration
from embargo_monitor.model.stances import Stance
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told, withdrawn
from embargo_monitor.query.view import View
from embargo_monitor.show.claims import ClaimPrinter, taken_line, voice_line
from embargo_monitor.show.dates import date_line
from embargo_monitor.show.summary import count_line
from embargo_monitor.show.text import WIDTH, hung, labelled, named, without_isolates

_TITLES = {
    Truth.YES: "CONFIRMED by independent origins: credibility 1, inferred by counting",
    Truth.MAYBE: "PERHAPS CONFIRMED: two origins may say it, or some of them hedge",
    Truth.NO: "SAID BY ONE ORIGIN ONLY",
}


def corroboration_lines(cluster: Cluster, width: int = WIDTH) -> Iterator[str]:
    """Give what claims of an event come to together, one part after the other."""
    found = cluster.corroborations
    for answer, title in _TITLES.items():
        several = [one for one in found if one.confirmed is answer]
        if several:
            yield hung(title, "", "  ", width)
            yield from (_confirmed(one, width) for one in several)
            yield ""
    for title, told in (
        ("DENIED", _denied(cluster)),
        ("TAKEN BACK", withdrawn(cluster.told, cluster.beside)),
        ("ASKED, NOT ANSWERED: nothing follows from it", cluster.unanswered),
    ):
        yield from _told_lines(title, told, cluster, width)


def known_lines(cluster: Cluster, view: View, width: int = WIDTH) -> Iterator[str]:
    """Say since when each report of an event is known: to the world, and to the log."""
    yield "KNOWN SINCE"
    for published, recorded, id_ in _known(cluster, view):
        said = date_line(published) if published else "no day is known"
        yield labelled("published", f"{said}: {id_}, logged {recorded}", width=width)


def _known(cluster: Cluster, view: View) -> list[tuple[Any, str, str]]:
    reports = dict.fromkeys(event.partition("#")[0] for event in cluster.events)
    logged = view.logged
    found = []
    for id_ in reports:
        reading = view.standing.reports[id_].document.published
        recorded = logged[id_].entry.envelope.recorded
        spelled = f"{recorded:%Y-%m-%dT%H:%M:%SZ}"
        found.append((reading.date if reading else None, spelled, id_))
    return found


def _confirmed(one: Corroboration, width: int) -> str:
    label, text = _shared(one.told[0])
    many = (
        "1 origin" if one.origins.at_most == 1 else f"{count_line(one.origins)} origins"
    )
    ids = ", ".join(told.id for told in one.told)
    return labelled(label, f"{text}: {many} [{ids}]", width=width)


def _shared(told: Told) -> tuple[str, str]:
    """Say in a label and a line what claims share that say the same, and no more."""
    claim = told.claim
    if isinstance(claim, PartyIs):
        return claim.role.value, named(told.actor(claim.actor).name)
    if isinstance(claim, StageIs):
        return "stage", claim.stage.value
    if isinstance(claim, GoodsAre):
        many = f"{claim.quantity} of " if claim.quantity else ""
        at = f", as {claim.at.value}" if claim.at else ""
        name = named(claim.item.name)
        return "goods", f"{many}{name} ({claim.item.nature.value}){at}"
    if isinstance(claim, EmbargoIs):
        return "embargo", f"{named(claim.regime)}: {claim.position.value}"
    return ClaimPrinter(told.report, {}).content(claim)


def _content(told: Told) -> tuple[str, str]:
    return ClaimPrinter(told.report, {}).content(told.claim)


def _denied(cluster: Cluster) -> tuple[Told, ...]:
    gone = {one.id for one in withdrawn(cluster.told, cluster.beside)}
    return tuple(
        one
        for one in cluster.told
        if one.claim.stance is Stance.DENIES and one.id not in gone
    )


def _told_lines(
    title: str, told: Sequence[Told], cluster: Cluster, width: int
) -> Iterator[str]:
    if not told:
        return
    yield title
    for one in told:
        label, text = _content(one)
        printer = ClaimPrinter(one.report, {}, beside=cluster.beside)
        said = f"{taken_line(one.claim)}{text}{printer.mark(one)}: {voice_line(one)}"
        said += f" [{one.id}]"
        yield labelled(label, said, width=width)
    yield ""


def plain_corroboration(cluster: Cluster, view: View) -> dict[str, Any]:
    """Return the same as JSON."""
    return {
        "corroboration": [
            {
                "label": _shared(one.told[0])[0],
                "content": without_isolates(_shared(one.told[0])[1]),
                "confirmed": one.confirmed.value,
                "credibility": one.credibility.value if one.credibility else None,
                "origins": [one.origins.at_least, one.origins.at_most],
                "claims": [told.id for told in one.told],
            }
            for one in cluster.corroborations
        ],
        "denied": [one.id for one in _denied(cluster)],
        "taken_back": [one.id for one in withdrawn(cluster.told, cluster.beside)],
        "unanswered": [
            {"claim": one.id, "stance": one.claim.stance.value}
            for one in cluster.unanswered
        ],
        "known": [
            {
                "report": id_,
                "published": str(published) if published else None,
                "recorded": recorded,
            }
            for published, recorded, id_ in _known(cluster, view)
        ],
    }
