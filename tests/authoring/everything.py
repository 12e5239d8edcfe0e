"""A form in which every text field of every type of the authoring form is given."""

import typing

import attrs

from embargo_monitor.authoring.form import Graded, Made, Row, WrittenReport
from embargo_monitor.authoring.written import (
    WrittenActor,
    WrittenDay,
    WrittenDocument,
    WrittenEvent,
    WrittenExhibit,
    WrittenItem,
    WrittenName,
    WrittenPlace,
    WrittenQuote,
    WrittenReading,
    WrittenSource,
    WrittenSpeaker,
    WrittenWhen,
)

FILES = {
    "page.txt": b"Ships sail on Tuesday, later. Ships a while ago, early 2011.",
    "salt.bin": bytes(range(32)),
}
"""The files that its exhibits name."""

ITEM = {
    "name": "patrol boat",
    "nature": "vessel",
    "categories": ["unroca:VI"],
    "use": "military",
    "condition": "new",
    "individual": "hulk",
    "wording": "boats",
}

ROLES = (
    *("supplier", "buyer", "end_user", "broker", "manufacturer", "financier"),
    *("carrier", "transit", "owner", "holder", "instigator"),
)

FORM = {
    "report": "page",
    "form": 1,
    "repeats": "",
    "note": "a remark",
    "translations": {"language": "en", "method": "person", "by": "a desk"},
    "graded": {"by": "desk", "on": "2026-01-01"},
    "document": {
        "titles": {"en": "A page", "ar": "صفحة"},
        "language": "en",
        "publisher": "paper",
        "published": {
            "date": "2011-03-03",
            "basis": "inferred",
            "wording": "March 3",
            "reason": "as others have it",
        },
        "written": {"date": "2011-03-02"},
        "other_readings": [{"date": "2011-03-04"}],
        "exhibits": {
            "text": {
                "file": "page.txt",
                "sha256": "",
                "media_type": "text/plain",
                "language": "en",
                "handling": "limited",
                "salt": "salt.bin",
                "parent": "scan",
                "title": "the page",
            },
            "scan": {"file": "page.txt", "media_type": "application/pdf"},
        },
        "same_as": ["url:https://example.org/page"],
        "note": "a remark",
    },
    "actors": {
        "ruritania": {
            "kind": "state",
            "names": {"en": "Ruritania"},
            "country": "LY",
            "same_as": ["wikidata:Q1"],
            "note": "a remark",
        },
        "army": {"gazetteer": "lna", "note": "a remark"},
        "firms": {"kind": "company", "names": {"en": "firms"}, "count": "2 companies"},
        "hulk": {"kind": "vessel", "names": {"en": "The Hulk"}},
        "person": {
            "kind": "person",
            "names": {"en": [{"text": "N", "kind": "translated"}]},
            "pseudonym": True,
        },
    },
    "places": {
        "port": {
            "kind": "port",
            "names": {"en": "A port"},
            "country": "LY",
            "offset": "2 km off",
            "same_as": ["wikidata:Q2"],
        },
    },
    "sources": {
        "paper": {
            "kind": "outlet",
            "names": {"en": "The Paper"},
            "same_as": ["domain:example.org"],
            "reliability": "B",
            "note": "a remark",
        },
        "army": {"kind": "body", "actor": "army"},
        "officers": {
            "kind": "people",
            "names": {"en": "officers"},
            "unnamed": True,
            "side": "recipient",
            "nationality": "LY",
            "count": "2 persons",
            "part_of": "army",
        },
        "letter": {
            "kind": "document",
            "names": {"en": "a letter"},
            "state": "leaked",
            "mandate": "panel",
        },
    },
    "voices": {
        "told": ["paper"],
        "officers": [
            {"source": "officers", "said": "2011-03-01"},
            {
                "source": "letter",
                "stance": "relays",
                "known": "inferred",
                "reason": "as the page has it",
            },
            "paper",
        ],
    },
    "events": {"deal": {"kind": "transfer", "title": "Boats for Ruritania"}},
    "claims": [
        {
            "id": "first",
            "voice": "told",
            "about": "deal",
            "stance": "asserts",
            "hedge": "likely",
            "quote": {
                "words": "Ships",
                "nth": 2,
                "exhibit": "text",
                "page": "1",
                "paragraph": "2",
                "annex": "3",
                "time_code": "00:01",
            },
            "translation": "ships",
            "when": {
                "wording": "on Tuesday",
                "translation": "on Tuesday",
                "rule": "weekday-on-or-before@1 tuesday",
                "anchor": {"day": "2011-03-02", "reason": "as others have it"},
                "known": "inferred",
                "reason": "as others have it",
                "clock": "12:00",
            },
            "credibility": "3",
            "note": "a remark",
            "stage": "delivered",
            "by": "army",
            "place": "port",
            "from": "port",
            "to": "port",
            **dict.fromkeys(ROLES, "ruritania"),
            "recipient": ["army", "firms"],
            "for": "person",
            "goods": ITEM,
            "quantity": "2 items",
            "line": "boats",
            "at": "delivered",
            "terms": "sale",
        },
        {
            "id": "sum",
            "voice": "officers",
            "about": "deal",
            "stance": "confirms",
            "wording": "some boats",
            "value": "about 3 million USD",
            "of": "price",
            "answers": "other-sum",
            "rests_on": "other-sum",
            "within": "other-sum",
            "converts": "other-sum",
            "departs_from": "other-sum",
        },
        {
            "id": "other-sum",
            "voice": "told",
            "about": "deal",
            "value": "5 million USD",
            "when": {
                "wording": "later",
                "rule": "after@1",
                "anchor": "published",
                "until": "published",
            },
        },
        {
            "id": "named",
            "voice": "told",
            "about": "deal",
            "mentions": ["vessel: a hulk", ITEM],
            "as": "adversary's",
            "actor": "ruritania",
        },
        {
            "id": "ban",
            "voice": "told",
            "about": "deal",
            "embargo": "un-libya-2011",
            "position": "in force",
        },
        {
            "id": "office",
            "voice": "told",
            "about": "actor:person",
            "actor_is": "office in",
            "actor": "army",
            "text": "a general",
        },
        {"id": "word", "voice": "told", "about": "deal", "says": "that it is so"},
        {
            "id": "dated",
            "voice": "told",
            "about": "deal",
            "stage": "agreed",
            "when": {
                "wording": "a while ago",
                "rule": "reading@1",
                "date": "2011-02?",
                "against": "before@1",
                "reason": "as others have it",
            },
        },
        {
            "id": "early",
            "voice": "told",
            "about": "deal",
            "stage": "talks",
            "when": {
                "wording": "early 2011",
                "rule": "early@1",
                "anchor": {"printed": "2011"},
            },
        },
    ],
}


def types_of(annotation):
    """Return the types that an annotation names, those within others too."""
    parts = typing.get_args(annotation)
    if not parts:
        return {annotation}
    return {one for part in parts for one in types_of(part)}


def text_fields():
    """Return every text field of the form, as (type, name), from the types alone."""
    found, waiting, seen = [], [WrittenReport], set()
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        hints = typing.get_type_hints(kind)
        for field in attrs.fields(kind):
            named = types_of(hints[field.name])
            waiting += [one for one in named if attrs.has(one)]
            if str in named:
                found.append((kind, field.name))
    return found


STANDS = {
    WrittenReport: [()],
    WrittenDocument: [("document",)],
    WrittenReading: [("document", "published")],
    WrittenExhibit: [("document", "exhibits", "text")],
    WrittenActor: [("actors", one) for one in FORM["actors"]],
    WrittenName: [("actors", "person", "names", "en", 0)],
    WrittenPlace: [("places", "port")],
    WrittenSource: [("sources", one) for one in FORM["sources"]],
    WrittenSpeaker: [("voices", "officers", 0), ("voices", "officers", 1)],
    WrittenEvent: [("events", "deal")],
    Row: [("claims", at) for at in range(len(FORM["claims"]))],
    WrittenQuote: [("claims", 0, "quote")],
    WrittenWhen: [("claims", at, "when") for at in (0, 2, 7)],
    WrittenDay: [("claims", at, "when", "anchor") for at in (0, 8)],
    WrittenItem: [("claims", 0, "goods")],
    Made: [("translations",)],
    Graded: [("graded",)],
}
"""Where values of each type stand in `FORM`."""


def at(form, path):
    """Return what stands at a path of the form."""
    for key in path:
        form = form[key]
    return form


def spot(kind, name):
    """Return where a field of a type is given in `FORM`, as a path."""
    key = name.removesuffix("_")
    return next((*path, key) for path in STANDS[kind] if key in at(FORM, path))
