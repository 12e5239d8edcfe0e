"""Before it is added: what was filled in, and what can never be removed."""

from collections.abc import Iterator

from embargo_monitor.authoring import Authored
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.encoding import body_of
from embargo_monitor.model.actors import ActorKind
from embargo_monitor.model.reports import Report
from embargo_monitor.show.text import WIDTH, isolated, labelled


def filled_lines(authored: Authored, width: int = WIDTH) -> Iterator[str]:
    """Give what the library filled in, for a person to read and confirm."""
    yield f"FILLED IN by the library, to be read and confirmed ({len(authored.filled)})"
    for one in authored.filled:
        yield labelled(one.where, isolated(one.what), width=width)


def permanent_lines(report: Report, by: str, width: int = WIDTH) -> Iterator[str]:
    """Give what can never be removed once the report is added."""
    size = len(canonical_bytes(body_of(report)))
    persons = [
        actor.names[0].text
        for actor in report.actors
        if actor.kind is ActorKind.PERSON and not actor.unnamed
    ]
    translated = sum(claim.translation is not None for claim in report.claims)
    noted = sum(bool(claim.note) for claim in report.claims)
    yield "ONCE ADDED, NOTHING OF THIS CAN EVER BE REMOVED OR CHANGED"
    yield labelled("entry", f"{size:,} bytes and the envelope", width=width)
    yield labelled("recorder", isolated(by), width=width)
    if persons:
        yield labelled("persons", ", ".join(map(isolated, persons)), width=width)
    yield labelled(
        "claims",
        f"{len(report.claims)}, with {translated} translations and {noted} notes",
        width=width,
    )
    for exhibit in report.document.exhibits:
        bound = f"{exhibit.id} is bound by its digest; its bytes lie beside the log"
        yield labelled("exhibit", bound, width=width)
