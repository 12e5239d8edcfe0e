"""A small form that can be logged, for tests to change, and what becomes of it."""

import pytest

from embargo_monitor.authoring import author
from embargo_monitor.errors import AuthoringError

TEXT = """Trucks for the rebels
A minister told Reuters on Tuesday that ten trucks were delivered last week.
A pilot spoke of ten trucks, and of about 2 million dollars.
"""


@pytest.fixture
def files():
    """The files beside the form, by name."""
    return {"text.txt": TEXT.encode(), "salt": bytes(range(32))}


@pytest.fixture
def form():
    """A form that can be logged as it is: one row, one claim."""
    return {
        "report": "r-1",
        "document": {
            "titles": {"en": "Trucks for the rebels"},
            "language": "en",
            "publisher": "paper",
            "published": {"date": "2025-12-24"},
            "exhibits": {"text": {"file": "text.txt"}},
        },
        "actors": {
            "PK": {},
            "rebels": {"kind": "armed group", "names": {"en": "the rebels"}},
        },
        "places": {"port": {"kind": "port", "names": {"en": "Selva"}}},
        "sources": {
            "minister": {"kind": "person", "names": {"en": "M"}, "unnamed": True},
            "reuters": {"kind": "agency", "names": {"en": "Reuters"}},
            "paper": {"kind": "outlet", "names": {"en": "The Paper"}},
        },
        "voices": {"minister": ["minister", "reuters", "paper"], "paper": ["paper"]},
        "events": {
            "deal": {"kind": "transfer", "title": "Ten trucks"},
            "visit": {"kind": "contact", "title": "A visit"},
        },
        "claims": [
            {
                "voice": "minister",
                "about": "deal",
                "stage": "delivered",
                "quote": "ten trucks were delivered",
            }
        ],
        "translations": {"language": "fr", "method": "person", "by": "ana"},
        "graded": {"by": "ana", "on": "2026-01-02"},
    }


@pytest.fixture
def read(files):
    """Read one of the files, as from a folder that holds no others."""

    def one(name):
        if name not in files:
            raise FileNotFoundError(2, "No such file or directory", name)
        return files[name]

    return one


@pytest.fixture
def authored(form, read):
    """Make a report of the form, some of its parts changed."""

    def make(**changes):
        return author({**form, **changes}, read=read)

    return make


@pytest.fixture
def faults(authored):
    """Return the faults for which the form, some of its parts changed, is refused."""

    def find(**changes):
        with pytest.raises(AuthoringError) as refused:
            authored(**changes)
        return list(refused.value.faults)

    return find


@pytest.fixture
def row():
    """A row by the minister about the deal, with the parts given."""

    def make(**parts):
        return {"voice": "minister", "about": "deal", **parts}

    return make


@pytest.fixture
def claims(authored, row):
    """Return the claims that rows with these parts become, by id."""

    def make(*rows, **changes):
        made = authored(claims=[row(**parts) for parts in rows], **changes)
        return {claim.id: claim for claim in made.report.claims}

    return make


@pytest.fixture
def row_faults(faults, row):
    """Return the faults for which rows with these parts are refused."""

    def find(*rows, **changes):
        return faults(claims=[row(**parts) for parts in rows], **changes)

    return find
