"""What a report holds that no claim leads to."""

from copy import deepcopy

import pytest

from embargo_monitor.authoring import author
from embargo_monitor.model.unused import unused

FORM = {
    "report": "r-1",
    "document": {"titles": {"en": "Trucks"}, "publisher": "paper"},
    "actors": {
        name: {"kind": "company", "names": {"en": name}}
        for name in ("about", "by", "for", "gives", "holds", "owns", "ship", "speaks")
    },
    "places": {
        name: {"kind": "port", "names": {"en": name}} for name in ("in", "out", "at")
    },
    "sources": {
        "all": {"kind": "people", "names": {"en": "four men"}, "unnamed": True},
        "two": {
            "kind": "people",
            "names": {"en": "two of them"},
            "unnamed": True,
            "part_of": "all",
        },
        "firm": {"kind": "body", "actor": "speaks"},
        "paper": {"kind": "outlet", "names": {"en": "The Paper"}},
    },
    "voices": {"two": ["two", "paper"], "firm": ["firm", "paper"]},
    "events": {"deal": {"kind": "transfer", "title": "Trucks"}},
    "claims": [
        {
            "voice": "two",
            "about": "deal",
            "stage": "shipped",
            "by": "by",
            "place": "at",
            "from": "out",
            "to": "in",
            "supplier": "gives",
            "for": "for",
            "goods": {"name": "ship", "nature": "vessel", "individual": "ship"},
            "mentions": ["arms: x"],
            "as": "somebody else's",
            "actor": "owns",
        },
        {
            "voice": "firm",
            "about": "about",
            "actor_is": "owner",
            "actor": "holds",
        },
    ],
}


def left(**changes):
    written = deepcopy(FORM)
    for table, rows in changes.items():
        written[table] = {**written[table], **rows} if isinstance(rows, dict) else rows
    return unused(author(written, read={}.__getitem__).report)


def test_a_claim_leads_to_all_that_it_names_and_to_those_who_tell():
    assert left() == {}


def test_without_claims_the_document_leads_to_its_publisher_alone():
    assert left(claims=[]) == {
        "actors": ("about", "by", "for", "gives", "holds", "owns", "ship", "speaks"),
        "places": ("in", "out", "at"),
        "sources": ("all", "two", "firm"),
        "voices": ("two", "firm"),
        "events": ("deal",),
    }


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("actors", {"x": {"kind": "person", "names": {"en": "X"}, "public": True}}),
        ("places", {"x": {"kind": "town", "names": {"en": "X"}}}),
        ("sources", {"x": {"kind": "outlet", "names": {"en": "X"}}}),
        ("voices", {"x": ["paper"]}),
        ("events", {"x": {"kind": "pact", "title": "X"}}),
    ],
)
def test_what_no_claim_leads_to_is_found_in_every_table(table, rows):
    assert left(**{table: rows}) == {table: ("x",)}


def test_whom_only_an_idle_voice_leads_to_is_idle_as_well():
    voice = left(claims=FORM["claims"][:1])
    assert voice == {
        "actors": ("about", "holds", "speaks"),
        "sources": ("firm",),
        "voices": ("firm",),
    }


def test_an_exhibit_without_quotes_is_no_fault():
    document = {"exhibits": {"text": {"file": "a"}}}
    written = {**FORM, "document": {**FORM["document"], **document}}
    assert unused(author(written, read={"a": b"x"}.__getitem__).report) == {}
