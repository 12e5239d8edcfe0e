"""A small authoring form that can be logged, to be changed by each test."""

import copy

import pytest

from embargo_monitor.authoring import author

TEXT = (
    "Ten trucks were delivered last week, a minister said on Tuesday.\n"
    "The price was 3 million euros. Ten trucks are many."
)

FORM = {
    "report": "r-1",
    "translations": {"language": "fr", "method": "person", "by": "ana"},
    "graded": {"by": "ana", "on": "2026-01-02"},
    "document": {
        "titles": {"en": "Ten trucks", "fr": "Dix camions"},
        "language": "en",
        "publisher": "paper",
        "published": {"date": "2025-12-23"},
        "exhibits": {"text": {"file": "text.txt"}},
    },
    "actors": {
        "PK": {},
        "ruritania": {"kind": "state", "names": {"en": "Ruritania"}},
        "colonel": {
            "kind": "person",
            "names": {"en": "Colonel X"},
            "pseudonym": True,
        },
    },
    "sources": {
        "minister": {
            "kind": "person",
            "names": {"en": "a minister"},
            "unnamed": True,
        },
        "colonel": {"actor": "colonel"},
        "paper": {"kind": "outlet", "names": {"en": "The Paper"}, "reliability": "C"},
    },
    "voices": {
        "minister": [
            {
                "source": "minister",
                "said": {
                    "wording": "on Tuesday",
                    "rule": "weekday-on-or-before@1 tuesday",
                },
            },
            "paper",
        ],
        "paper": ["paper"],
    },
    "events": {"deal": {"kind": "transfer", "title": "Ten trucks"}},
    "claims": [
        {
            "id": "sale",
            "voice": "minister",
            "about": "deal",
            "stage": "delivered",
            "supplier": "PK",
            "recipient": "ruritania",
            "goods": "vehicle: truck",
            "quantity": "10 items",
            "when": {"wording": "last week", "rule": "previous-week-mon@1"},
            "quote": "Ten trucks were delivered",
            "translation": "Dix camions ont été livrés",
        }
    ],
}

FILES = {"text.txt": TEXT.encode(), "salt": bytes(range(32)), "short": b"x"}


@pytest.fixture
def form():
    """Return a form of one's own."""
    return copy.deepcopy(FORM)


@pytest.fixture
def row(form):
    """Return the form's only row."""
    [only] = form["claims"]
    return only


@pytest.fixture
def authored():
    """Author a form whose exhibits lie in memory."""

    def authored(form, **files):
        return author(form, read={**FILES, **files}.__getitem__)

    return authored
