"""A claim as rows: its own, and those of the items, actors and claims that it names."""

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.claims import (
    ActorIs,
    AnyClaim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    Says,
    StageIs,
    TermsAre,
    ValueIs,
)
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Item
from embargo_monitor.model.reports import Report, actors_in
from embargo_monitor.model.views import Told
from embargo_monitor.model.voices import Source
from embargo_monitor.query.contents import country_bound_for
from embargo_monitor.query.likeness import of_actor
from embargo_monitor.query.tellings import languages_of, published_of, said_of
from embargo_monitor.regimes.grounds import bound_of

Cells = Mapping[str, Any]
"""The cells of a row, by column; what is left out is NULL."""

Rows = Iterator[tuple[str, Cells]]
"""Rows, each with the name of its table."""


def rows_of_claim(one: Told, recorded: str) -> Rows:
    """Give the rows of a claim as it stands.

    Args:
        one: The claim.
        recorded: When the log took its report, as it is written there.
    """
    about = one.claim.about
    of_event = about.kind is AboutKind.EVENT
    yield (
        "claims",
        {
            "id": one.id,
            "report": one.report.id,
            "event": f"{one.report.id}#{about.id}" if of_event else None,
            "about": str(about),
            "kind": one.claim.kind,
            "stance": one.claim.stance.value,
            "hedge": one.claim.hedge.value,
            **_content(one),
            **_happened(one),
            **days("said", said_of(one)),
            **days("published", published_of(one)),
            "recorded": recorded,
            "languages": " ".join(("", *filter(None, languages_of(one)), "")),
            **_told(one),
            **_words(one),
        },
    )
    yield from _named(one)
    for nth, item in enumerate(_items(one.claim)):
        yield "items", {"claim": one.id, "nth": nth, **_item(item)}
    for ref in one.claim.refs:
        other = ref.claim if "#" in ref.claim else f"{one.report.id}#{ref.claim}"
        yield "refs", {"claim": one.id, "how": ref.kind.value, "other": other}


def days(name: str, date: ImpreciseDate | None) -> Cells:
    """Return the three cells of a date: EDTF, first day and last day."""
    if date is None:
        return {}
    low, high = date.earliest, date.latest
    return {
        name: str(date),
        f"{name}_low": low.isoformat() if low else None,
        f"{name}_high": high.isoformat() if high else None,
    }


def spoken_name(report: Report, source: Source) -> str:
    """Return the name of a source, or of the actor that speaks."""
    if source.names:
        return source.names[0].text
    return next(one.name for one in report.actors if one.id == source.actor)


def _content(one: Told) -> Cells:
    claim = one.claim
    items = _items(claim)
    cells: dict[str, Any] = {
        "item": items[0].name if items else None,
        "nature": items[0].nature.value if items else None,
        "categories": _categories(items[0]) if items else None,
        "country": country_bound_for(one),
        **_actor(one, getattr(claim, "actor", "")),
    }
    if isinstance(claim, PartyIs):
        cells["role"] = claim.role.value
        if claim.for_:
            cells["for_likeness"] = of_actor(one.actor(claim.for_))
    if isinstance(claim, MentionIs):
        cells["role"] = claim.as_.value
    if isinstance(claim, GoodsAre):
        cells |= _figure(claim.quantity, claim.at)
    if isinstance(claim, ValueIs):
        cells |= {"value_of": claim.of.value, **_figure(claim.amount, claim.at)}
    if isinstance(claim, StageIs):
        cells |= {
            "stage": claim.stage.value,
            "place": _place(one.report, claim.place),
            "bound_for": _place(one.report, claim.to),
        }
    if isinstance(claim, EmbargoIs):
        cells |= {"regime": claim.regime, "position": claim.position.value}
    return {**cells, "text": _text(claim)}


def _text(claim: AnyClaim) -> str | None:
    if isinstance(claim, Says):
        return claim.text
    if isinstance(claim, TermsAre):
        return claim.terms.value
    if isinstance(claim, ActorIs):
        return (
            f"{claim.relation.value}: {claim.text}"
            if claim.text
            else (claim.relation.value)
        )
    return None


def _actor(one: Told, id_: str) -> Cells:
    if not id_:
        return {}
    return {
        "actor": f"{one.report.id}#{id_}",
        "actor_name": one.actor(id_).name,
        "actor_likeness": of_actor(one.actor(id_)),
    }


def _place(report: Report, id_: str) -> str | None:
    return next((row.names[0].text for row in report.places if row.id == id_), None)


def _figure(amount: Amount | None, at: Any) -> Cells:
    stage = {"stage": at.value if at else None}
    if amount is None:
        return stage
    return {
        **stage,
        "amount": str(amount),
        "low": _rounded(amount.low, -math.inf),
        "high": _rounded(amount.high, math.inf),
        "bound": amount.bound.value,
        "unit": amount.unit,
    }


def _rounded(number: Decimal | None, towards: float) -> float | None:
    """Return the nearest double on that side: no figure falls out of its range."""
    if number is None:
        return None
    near = float(number)
    inwards = Decimal(near) > number if towards < 0 else Decimal(near) < number
    return math.nextafter(near, towards) if inwards else near


def _happened(one: Told) -> Cells:
    when = getattr(one.claim, "when", None)
    if when is not None:
        by = str(when.rule) if when.rule else "source"
        return {**days("happened", when.date), "happened_by": by}
    bound = bound_of((one,)) if isinstance(one.claim, StageIs) else None
    if bound is None or bound.day.latest is None:
        return {}
    # What is told as past was not later than it was told.
    latest = bound.day.latest.isoformat()
    return {"happened_high": latest, "happened_by": "told as past"}


def _told(one: Told) -> Cells:
    speakers = [one.source(speaker.source) for speaker in one.voice.speakers]
    names = [spoken_name(one.report, source) for source in speakers]
    grade, credibility = speakers[0].reliability, one.claim.credibility
    return {
        "voice": f"{one.report.id}#{one.voice.id}",
        "origin": f"{one.report.id}#{speakers[0].id}",
        "origin_name": names[0],
        "is_settled": int(len(one.voice.starts) == 1),
        "chain": " > ".join(names),
        "reliability": grade.grade.value if grade else None,
        "credibility": credibility.grade.value if credibility else None,
        "credibility_by": credibility.by if credibility else None,
    }


def _words(one: Told) -> Cells:
    quote, wording = one.claim.quote, one.claim.wording
    if quote is None:
        return {"wording": wording.text if wording else None}
    exhibits = one.report.document.exhibits
    digest = next(row.digest for row in exhibits if row.id == quote.exhibit)
    return {"exhibit": digest, "quote_start": quote.start, "quote_end": quote.end}


def _named(one: Told) -> Rows:
    """Give the actors that a claim names, or is about."""
    named = [
        ("item" if "individual" in part else part.partition("[")[0], id_)
        for part, id_ in actors_in(one.claim)
        if id_
    ]
    if one.claim.about.kind is AboutKind.ACTOR:
        named.append(("about", one.claim.about.id))
    for part, id_ in named:
        actor = f"{one.report.id}#{id_}"
        yield "named", {"claim": one.id, "part": part, "actor": actor}


def _items(claim: AnyClaim) -> tuple[Item, ...]:
    if isinstance(claim, GoodsAre):
        return (claim.item,)
    return claim.items if isinstance(claim, MentionIs) else ()


def _item(item: Item) -> Cells:
    return {
        "name": item.name,
        "nature": item.nature.value,
        "categories": _categories(item),
        "wording": item.wording,
    }


def _categories(item: Item) -> str:
    return "; ".join(map(str, item.categories))
