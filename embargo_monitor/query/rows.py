"""What records say, as rows of the tables of the index.

Rows without the columns `entry` and `superseded_at`: from when and until when they
stand is the index's to say.
"""

from embargo_monitor.model.actors import Actor
from embargo_monitor.model.names import fold
from embargo_monitor.model.records import Assessment, Link
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stances import Known
from embargo_monitor.model.views import told_in
from embargo_monitor.model.voices import Source
from embargo_monitor.query.claimrows import (
    Cells,
    Rows,
    days,
    rows_of_claim,
    spoken_name,
)
from embargo_monitor.query.likeness import of_actor, of_source


def rows_of_report(report: Report, recorded: str) -> Rows:
    """Give the rows of a report as it stands.

    Args:
        report: The report.
        recorded: When the log took it, as it is written there.
    """
    yield "reports", _report(report, recorded)
    for event in report.events:
        yield (
            "events",
            {
                "id": f"{report.id}#{event.id}",
                "report": report.id,
                "kind": event.kind.value,
                "title": event.title,
            },
        )
    yield from _people(report)
    yield from _speakers(report)
    for one in told_in(report):
        yield from rows_of_claim(one, recorded)


def row_of_link(link: Link) -> Rows:
    """Give the row of a link."""
    yield (
        "links",
        {
            "id": link.id,
            "linked": link.linked.value,
            "relation": link.relation.value,
            "first": link.first,
            "second": link.second,
            "reason": link.reason,
            "said_by": link.by,
        },
    )


def row_of_assessment(one: Assessment) -> Rows:
    """Give the row of an assessment."""
    yield (
        "assessments",
        {
            "id": one.id,
            "claim": one.claim,
            "credibility": one.credibility.grade.value,
            "judged_by": one.credibility.by,
            "judged_on": one.credibility.on,
            "reason": one.reason,
        },
    )


def rows_of_relevance(record: RelevanceRecord) -> Rows:
    """Give the rows of a record of relevance, one for each regime."""
    shared = {
        "record": record.id,
        "event": record.event,
        "register_digest": record.register_digest,
        "asked_by": record.by,
    }
    for one in record.outcomes:
        answer = {"relevant": str(one.relevant), "exemption": one.exemption.value}
        yield "relevance", {**shared, "regime": one.regime, **answer, "open": ""}
    for why, regimes in (("who", record.left_open), ("list", record.by_list)):
        for regime in regimes:
            left = {"regime": regime, "relevant": "MAYBE", "open": why}
            yield "relevance", {**shared, **left}


def _report(report: Report, recorded: str) -> Cells:
    document = report.document
    publisher = next(one for one in report.sources if one.id == document.publisher)
    reading = document.published
    return {
        "id": report.id,
        "title": document.titles[0].text,
        "language": document.language,
        "publisher": f"{report.id}#{publisher.id}",
        "publisher_name": spoken_name(report, publisher),
        **days("published", reading.date if reading else None),
        "recorded": recorded,
        "repeats": report.repeats,
    }


def _people(report: Report) -> Rows:
    for actor in report.actors:
        id_ = f"{report.id}#{actor.id}"
        yield (
            "actors",
            {
                "id": id_,
                "report": report.id,
                "kind": actor.kind.value,
                "name": actor.name,
                "country": actor.country,
                "unnamed": int(actor.unnamed),
                "likeness": of_actor(actor),
            },
        )
        yield from _names(id_, "actor", actor)
    for source in report.sources:
        id_ = f"{report.id}#{source.id}"
        grade = source.reliability
        yield (
            "sources",
            {
                "id": id_,
                "report": report.id,
                "kind": source.kind.value,
                "name": spoken_name(report, source),
                "unnamed": int(source.unnamed),
                "actor": f"{report.id}#{source.actor}" if source.actor else "",
                "reliability": grade.grade.value if grade else None,
                "graded_by": grade.by if grade else None,
                "likeness": of_source(source, report),
            },
        )
        yield from _names(id_, "source", source)


def _speakers(report: Report) -> Rows:
    sources = {one.id: one for one in report.sources}
    for voice in report.voices:
        for nth, speaker in enumerate(voice.speakers):
            source = sources[speaker.source]
            grade = source.reliability
            yield (
                "speakers",
                {
                    "voice": f"{report.id}#{voice.id}",
                    "nth": nth,
                    "source": f"{report.id}#{source.id}",
                    "is_start": int(speaker in voice.starts),
                    "is_settled": int(speaker.known is not Known.UNCLEAR),
                    "reliability": grade.grade.value if grade else None,
                    "likeness": of_source(source, report),
                },
            )


def _names(id: str, what: str, whose: Actor | Source) -> Rows:
    shared = {"whose": id, "what": what}
    for name in whose.names:
        yield (
            "names",
            {
                **shared,
                "scheme": "",
                "name": name.text,
                "folded": fold(name.text),
                "language": name.language,
            },
        )
    for one in whose.same_as:
        coded = {"scheme": one.scheme.value, "name": one.value}
        yield "names", {**shared, **coded, "folded": "", "language": ""}
