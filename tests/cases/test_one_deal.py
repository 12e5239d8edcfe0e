"""The article, C01 and C02 tell of one deal: what they say together, and what not."""

import pytest

import embargo_monitor as em
from embargo_monitor.authoring import read_written
from embargo_monitor.model.records import Link, Linked, LinkRelation
from embargo_monitor.show.clusters import cluster_lines, plain_cluster
from tests.cases.conftest import CASES

SAME = [
    ("deal-1", Linked.EVENT, "seed-article#deal", "c01-a#deal"),
    ("deal-2", Linked.EVENT, "seed-article#deal", "c02-a#deal"),
    ("libyan", Linked.SOURCE, "seed-article#ly-mil", "c02-a#ly-mil"),
    ("pakistani", Linked.SOURCE, "seed-article#pk-src", "c02-a#pk-src"),
]


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    """The log of all three, with the links of the two cases and those between them."""
    path = tmp_path_factory.mktemp("deal") / "monitor.db"
    with em.EventLog.create(path, origin="example.org/log") as log:
        log.append(em.seed_report())
        for name in ("c01", "c02"):
            folder = CASES / name
            for file in [*sorted(folder.glob("*.json")), folder / "links.jsonl"]:
                given = read_written(file.read_bytes(), name=file.name, folder=CASES)
                log.append_all(list(given))
        for id_, linked, first, second in SAME:
            ends = {"linked": linked, "first": first, "second": second}
            why = {"reason": "told in the same words", "by": "desk"}
            log.append(Link(id_, relation=LinkRelation.SAME, **ends, **why))
        yield log.view()


@pytest.fixture(scope="module")
def deal(view):
    return view.cluster("c02-b#deal")


def test_six_pages_tell_of_one_event(deal):
    assert deal.id == "seed-article#deal"
    pages = ["seed-article", "c01-a", "c01-b", "c01-c", "c02-a", "c02-b"]
    assert list(deal.events) == [f"{page}#deal" for page in pages]


def test_each_event_of_the_log_is_in_one_cluster(view, deal):
    found = view.clusters()
    assert deal in found
    assert len([event for one in found for event in one.events]) == 13


def test_what_may_be_the_same_is_not_taken_in(deal):
    assert [one.first for one in deal.unsure] == ["c01-a#pact"]
    assert "c01-a#pact" not in deal.events


def test_it_has_two_to_three_origins_with_the_reason(deal):
    assert str(deal.origins) == "2 to 3"
    assert (
        "nothing excludes that 1 of them is one of the others" in deal.origins.reasons
    )
    named = " ".join(deal.origins.reasons)
    assert "a Libyan military source (unnamed, recipient side)" in named
    for relay in ("CNN", "Reuters", "Veto", "Arab News"):
        assert relay not in named


def test_without_the_links_of_sources_the_interval_is_wider(view, deal):
    events = [one for one in view.standing.links if one.linked is Linked.EVENT]
    assert em.origins(em.stages(deal.told), events).at_most == 5
    assert em.origins(em.stages(deal.told)).at_least == 2


def test_its_value_is_disputed_and_who_says_what(deal):
    [price] = [one for one in deal.disputes if one.slot.startswith("price")]
    assert str(price.certainty) == "YES"
    said = {(one.voice.speakers[0].source, str(one.claim.amount)) for one in price.told}
    assert said == {
        ("ly-mil", "about 3 billion USD"),
        ("pk-src", "more than 4 billion USD"),
        ("two", "more than 4 billion USD"),
        ("other-two", "about 4.6 billion USD"),
    }


def test_its_page_says_so_in_words(view, deal):
    said = " ".join("\n".join(cluster_lines(deal, view.standing)).split())
    assert said.startswith("ONE EVENT, as 6 reports tell it")
    assert "origins 2 to 3 independent: " in said
    assert "DISPUTED, price as agreed: about 3 billion USD (a Libyan" in said
    assert "joined by deal-1: seed-article#deal same c01-a#deal (desk: told" in said
    assert "sources libyan: seed-article#ly-mil same c02-a#ly-mil" in said
    assert "perhaps c01-pact-unsure-deal:" in said


def test_an_event_of_one_page_has_no_such_part(view):
    alone = view.cluster("seed-article#july")
    assert list(cluster_lines(alone, view.standing)) == []


def test_its_page_is_json_as_well(deal):
    plain = plain_cluster(deal)
    assert (plain["origins"]["at_least"], plain["origins"]["at_most"]) == (2, 3)
    assert plain["sources"] == ["libyan", "pakistani"]
    assert [one["slot"] for one in plain["disputes"]] == [
        "date of agreed",
        "price as agreed",
    ]
