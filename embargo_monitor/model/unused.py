"""What a report holds that no claim of it leads to: logged for ever, and of no use."""

from collections.abc import Iterable

from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.reports import Report, actors_in, places_in


def unused(report: Report) -> dict[str, tuple[str, ...]]:
    """Return the ids that no claim leads to, by table; tables without any are left out.

    A claim leads to what it is about, to the actors and places that it names, to its
    voice, and over the voice to those who speak. The document leads to its publisher.
    Exhibits are what the document is, quoted or not.

    >>> import embargo_monitor as em
    >>> unused(em.seed_report().report)
    {}
    """
    claims = report.claims
    voices = {claim.voice for claim in claims}
    sources = _sources(report, voices)
    speaking = (one.actor for one in report.sources if one.id in sources)
    led_to = {
        "actors": {*speaking, *_actors(claims)},
        "places": {id_ for claim in claims for _, id_ in places_in(claim)},
        "sources": sources,
        "voices": voices,
        "events": _about(claims, AboutKind.EVENT),
    }
    left = {
        table: tuple(row.id for row in getattr(report, table) if row.id not in ids)
        for table, ids in led_to.items()
    }
    return {table: ids for table, ids in left.items() if ids}


def _sources(report: Report, voices: set[str]) -> set[str]:
    """Return those who speak in these voices, who published, and what they are of."""
    wholes = {source.id: source.part_of for source in report.sources}
    waiting = [report.document.publisher]
    for voice in report.voices:
        if voice.id in voices:
            waiting += [speaker.source for speaker in voice.speakers]
    found: set[str] = set()
    while waiting:
        id_ = waiting.pop()
        if id_ and id_ not in found:
            found.add(id_)
            waiting.append(wholes[id_])
    return found


def _actors(claims: Iterable[AnyClaim]) -> set[str]:
    named = {id_ for claim in claims for _, id_ in actors_in(claim)}
    return named | _about(claims, AboutKind.ACTOR)


def _about(claims: Iterable[AnyClaim], kind: AboutKind) -> set[str]:
    return {claim.about.id for claim in claims if claim.about.kind is kind}
