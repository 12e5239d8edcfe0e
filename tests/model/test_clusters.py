"""Events that links join, and that stay apart all the same."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.errors import UnknownNameError
from embargo_monitor.model.clusters import cluster_of, clusters
from embargo_monitor.model.records import Link, Linked, LinkRelation
from embargo_monitor.model.standing import standing
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.vocabulary import Role
from tests.query.conftest import report_of

PARTLY = [LinkRelation.PART_OF, LinkRelation.REPLACES, LinkRelation.RESELLS]
OTHERS = [*PARTLY, LinkRelation.FOLLOWS, LinkRelation.UNSURE, LinkRelation.DIFFERENT]


def page(id, value="3 million USD", who="officials", **more):
    """A page that has it from one unnamed source."""
    sources = {
        "paper": {"kind": "outlet", "names": {"en": f"The {id} Paper"}},
        who: {"kind": "people", "names": {"en": "officials"}, "unnamed": True},
    }
    row = {"stage": "agreed", "value": value, "recipient": "ruritania"}
    voices = {"told": [who, "paper"]}
    return report_of(id, row, sources=sources, voices=voices, **more).report


def link(relation, first, second, linked=Linked.EVENT, local="deal"):
    ends = {"first": f"{first}#{local}", "second": f"{second}#{local}"}
    id_ = f"{first}-{relation.name}-{second}-{linked.value}".lower()
    why = {"reason": "so it is", "by": "ana"}
    return Link(id_, relation=relation, linked=linked, **ends, **why)


def same(first, second, **more):
    return link(LinkRelation.SAME, first, second, **more)


A, B, C = page("a"), page("b", "5 million USD"), page("c")


def events(records):
    return [one.events for one in clusters(standing(records))]


def test_without_links_each_event_stands_alone():
    assert events([A, B]) == [("a#deal",), ("b#deal",)]


def test_links_join_events_over_others_in_the_order_of_the_log():
    joined = [("a#deal", "b#deal", "c#deal")]
    assert events([A, B, C, same("c", "b"), same("a", "c")]) == joined
    found = cluster_of(standing([A, B, C, same("c", "b"), same("a", "c")]), "c#deal")
    assert found.id == "a#deal"
    assert [one.report.id for one in found.values] == ["a", "b", "c"]
    assert len(found.links) == 2


def test_links_in_a_circle_and_into_nothing_join_no_more():
    circle = [same("a", "b"), same("b", "c"), same("a", "c")]
    nothing = same("a", "b", local="elsewhere")
    assert events([A, B, C, *circle, nothing]) == [("a#deal", "b#deal", "c#deal")]
    assert events([A, B, nothing]) == [("a#deal",), ("b#deal",)]


@pytest.mark.parametrize("relation", OTHERS)
def test_other_relations_join_nothing_and_are_shown(relation):
    stands = standing([A, B, given_ := link(relation, "a", "b")])
    found = cluster_of(stands, "a#deal")
    assert (found.events, found.links) == (("a#deal",), ())
    shown = (*found.neighbours, *found.unsure)
    assert shown == (() if relation is LinkRelation.DIFFERENT else (given_,))


def test_links_that_call_one_event_another_are_told_not_settled():
    contrary = link(LinkRelation.DIFFERENT, "a", "c")
    found = cluster_of(
        standing([A, B, C, same("a", "b"), same("b", "c"), contrary]), "a#deal"
    )
    assert (len(found.events), found.contrary) == (3, (contrary,))


def test_an_event_that_nothing_tells_of_is_refused_and_the_near_ones_named():
    with pytest.raises(UnknownNameError, match="a#deal"):
        cluster_of(standing([A]), "a#dael")


def test_claims_of_joined_events_compete_and_those_of_others_do_not():
    apart, joined = [A, B], [A, B, same("a", "b")]
    assert cluster_of(standing(apart), "a#deal").disputed() is Truth.NO
    found = cluster_of(standing(joined), "a#deal")
    assert (found.disputed(), found.disputed("price")) == (Truth.YES, Truth.YES)
    assert found.disputed("date") is Truth.NO
    [dispute] = found.disputes
    assert [one.report.id for one in dispute.told] == ["a", "b"]


def test_parts_are_never_added_to_the_whole():
    whole = standing([A, B, link(LinkRelation.PART_OF, "b", "a")])
    assert len(cluster_of(whole, "a#deal").values) == 1


def test_all_views_of_an_event_reach_over_its_reports():
    found = cluster_of(standing([A, C, same("a", "c")]), "a#deal")
    assert len(found.stages) == len(found.values) == 2
    assert len(found.parties("recipient")) == len(found.parties(Role.RECIPIENT)) == 2
    assert found.goods == found.mentions == ()


def counts(*more):
    found = cluster_of(standing([A, B, same("a", "b"), *more]), "a#deal").origins
    return str(found)


def test_unnamed_sources_of_two_pages_may_be_one():
    assert counts() == "1 to 2"


def test_a_link_between_sources_makes_them_one_origin_or_surely_two():
    source = {"linked": Linked.SOURCE, "local": "officials"}
    assert counts(same("a", "b", **source)) == "1 to 1"
    assert counts(link(LinkRelation.DIFFERENT, "a", "b", **source)) == "2 to 2"
    assert counts(link(LinkRelation.UNSURE, "a", "b", **source)) == "1 to 2"


WIRE = {
    "paper": {"kind": "outlet", "names": {"en": "A Paper"}},
    "wire": {"kind": "agency", "names": {"en": "Wire"}, "same_as": ["wikidata:Q1"]},
    "officials": {"kind": "people", "names": {"en": "officials"}, "unnamed": True},
}
OVER_WIRE = {"sources": WIRE, "voices": {"told": ["officials", "wire", "paper"]}}


def test_one_document_in_two_pages_has_its_speakers_once():
    row = {"stage": "agreed"}
    pages = [report_of(id, row, **OVER_WIRE).report for id in "de"]
    joined = [*pages, same("d", "e")]
    document = same("d", "e", linked=Linked.DOCUMENT, local="document")
    assert str(cluster_of(standing(joined), "d#deal").origins) == "1 to 2"
    found = cluster_of(standing([*joined, document]), "d#deal")
    assert (str(found.origins), found.sources) == ("1 to 1", (document,))
    repeating = report_of("f", row, repeats="d", **OVER_WIRE).report
    again = same("e", "f", linked=Linked.DOCUMENT, local="document")
    records = [*pages, repeating, same("d", "f"), same("d", "e"), again, document]
    assert str(cluster_of(standing(records), "d#deal").origins) == "1 to 1"


NAMES = [f"p{at}" for at in range(5)]
PAGES = [page(name) for name in NAMES]
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))
relations = st.sampled_from(LinkRelation)


@given(st.lists(st.tuples(relations, pairs), max_size=8))
def test_every_event_is_in_one_cluster_with_all_that_a_walk_over_links_reaches(drawn):
    made = [link(how, *ends) for how, ends in drawn if ends[0] != ends[1]]
    links = {one.id: one for one in made}.values()
    stands = standing([*PAGES, *links])
    found = clusters(stands)
    assert sorted(event for one in found for event in one.events) == [
        f"{name}#deal" for name in NAMES
    ]
    assert [one.id for one in found] == sorted(one.id for one in found)
    for one in found:
        reached, left = {one.id}, True
        while left:
            left = False
            for step in links:
                ends = {step.first, step.second}
                if step.relation is LinkRelation.SAME and len(ends & reached) == 1:
                    reached |= ends
                    left = True
        assert set(one.events) == reached
        assert all(cluster_of(stands, event) == one for event in one.events)


@given(st.permutations([("p0", "p1"), ("p1", "p2"), ("p3", "p4")]))
def test_the_order_of_links_does_not_matter(order):
    assert events([*PAGES, *(same(*ends) for ends in order)]) == [
        ("p0#deal", "p1#deal", "p2#deal"),
        ("p3#deal", "p4#deal"),
    ]


@given(st.lists(st.sampled_from(list(pairwise(NAMES))), unique=True))
def test_joining_events_never_adds_origins_beyond_the_sum(chosen):
    stands = standing([*PAGES, *(same(*ends) for ends in chosen)])
    for one in clusters(stands):
        found = one.origins
        assert 1 <= found.at_least <= found.at_most <= len(one.events)
