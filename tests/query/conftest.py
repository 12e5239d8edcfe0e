"""Small reports, made of the claims that a test is about, and short logs of them."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

import embargo_monitor as em
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.actors import Actor, ActorKind, Place, PlaceKind
from embargo_monitor.model.claims import GoodsAre, PartyIs, StageIs, ValueIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Basis, Document, Reading
from embargo_monitor.model.events import Event, EventKind
from embargo_monitor.model.goods import Item, Nature
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.names import Name
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.vocabulary import Role, ValueOf
from embargo_monitor.model.voices import Source, SourceKind, Speaker, Voice


def actor(id_, kind, name, *same_as, country=""):
    return Actor(
        id_,
        ActorKind(kind),
        names=(Name(name, language="en"),),
        same_as=tuple(map(Identifier.parse, same_as)),
        country=country,
    )


ACTORS = (
    actor("pk", "state", "Pakistan", "gazetteer:PK", country="PK"),
    actor("tr", "state", "Turkey", "gazetteer:TR", country="TR"),
    actor("lna", "armed group", "LNA forces", "gazetteer:lna", country="LY"),
    actor("army", "armed force", "Pakistan Army", "gazetteer:pk-army", country="PK"),
    actor("bare-lna", "armed group", "Libyan National Army", country="LY"),
    actor("acme", "company", "Acme Trading", "imo:9074729"),
    actor("accent", "company", "Acmé Träding"),
    actor("nameless-state", "state", "the state next door", country="PK"),
)
PLACES = tuple(
    Place(id_, PlaceKind.PORT, names=(Name(name, language="en"),), country=country)
    for id_, name, country in (
        ("benghazi", "Benghazi", "LY"),
        ("izmir", "Izmir", "TR"),
        ("somewhere", "a port", ""),
    )
)


def source(id_, name, **more):
    return Source(id_, SourceKind.OUTLET, names=(Name(name, language="en"),), **more)


BASE = Report(
    "r",
    document=Document(
        titles=(Name("A title", language="en"),),
        language="en",
        publisher="paper",
        published=Reading(ImpreciseDate("2025-12-23"), Basis.PRINTED),
    ),
    actors=ACTORS,
    places=PLACES,
    sources=(source("paper", "The Paper"), source("wire", "The Wire")),
    voices=(
        Voice("paper", (Speaker("paper"),)),
        Voice("wire", (Speaker("wire"), Speaker("paper"))),
    ),
    events=(Event("e", EventKind.TRANSFER, title="An event"),),
    claims=(),
)


class Telling:
    """Makes claims of one event, and a report of them."""

    base = BASE
    source = staticmethod(source)

    @staticmethod
    def claim(kind, id_="c", voice="paper", **fields):
        about = About(AboutKind.EVENT, "e")
        return kind(id=id_, **{"about": about, "voice": voice, **fields})

    def party(self, role, who, id_="c", **fields):
        return self.claim(PartyIs, id_, role=Role(role), actor=who, **fields)

    def stage(self, stage, id_="c", **fields):
        return self.claim(StageIs, id_, stage=Stage(stage), **fields)

    def value(self, amount, id_="c", of="price", **fields):
        parsed = em.Amount.parse(amount)
        of = ValueOf(of)
        return self.claim(ValueIs, id_, amount=parsed, of=of, **fields)

    def goods(self, nature, id_="c", categories=(), **fields):
        item = Item("things", Nature(nature), categories=categories)
        return self.claim(GoodsAre, id_, item=item, **fields)

    @staticmethod
    def told(*claims, kind="transfer", **changes):
        events = (Event("e", EventKind(kind), title="An event"),)
        return em.told_in(evolve(BASE, events=events, claims=claims, **changes))


@pytest.fixture(scope="session")
def tell():
    """Make small reports."""
    return Telling()


def report_of(id, *claims, published="2011-03-01", **more):
    """Make a report by a paper about one event, of rows as an analyst writes them."""
    document = {
        "titles": {"en": f"Page {id}"},
        "language": "en",
        "publisher": "paper",
    }
    if published:
        document["published"] = {"date": published}
    rows = [
        {"id": f"c{at}", "voice": "told", "about": "deal", **one}
        for at, one in enumerate(claims)
    ]
    form = {
        "report": id,
        "form": 1,
        "document": document,
        "actors": {"ruritania": {"kind": "state", "names": {"en": "Ruritania"}}},
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"told": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Boats for Ruritania"}},
        "claims": rows,
        **more,
    }
    return em.author(form, read={}.__getitem__)


@pytest.fixture
def log(tmp_path):
    """A log whose clock goes a minute on with every append."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    minutes = iter(range(100_000))
    with em.EventLog.create(
        tmp_path / "monitor.db",
        origin="example.org/log",
        clock=lambda: start + timedelta(minutes=next(minutes)),
    ) as log:
        yield log
