"""What is printed of an event that links join."""

from embargo_monitor.model.clusters import cluster_of
from embargo_monitor.model.records import Link, Linked, LinkRelation
from embargo_monitor.model.standing import standing
from embargo_monitor.show.clusters import cluster_lines
from tests.query.conftest import report_of


def link(relation, first, second):
    ends = {"first": f"{first}#deal", "second": f"{second}#deal"}
    why = {"reason": "so it is", "by": "ana"}
    id_ = f"{first}-{second}-{relation.name.lower()}"
    return Link(id_, relation=relation, linked=Linked.EVENT, **ends, **why)


def shown(*records, event="a#deal"):
    stands = standing(records)
    return " ".join("\n".join(cluster_lines(cluster_of(stands, event), stands)).split())


A = report_of("a", {"stage": "agreed"}).report
B = report_of("b", {"stage": "agreed"}, {"stage": "signed"}).report
C = report_of("c", {"value": "3 USD"}).report
SAME = link(LinkRelation.SAME, "a", "b")


def test_each_stage_has_a_count_of_its_own():
    said = shown(A, B, SAME)
    assert "agreed 1 to 2 independent signed 1 independent" in said


def test_one_stage_needs_no_count_beside_that_of_all():
    again = report_of("b", {"stage": "agreed"}).report
    assert "agreed" not in shown(A, again, SAME)


def test_an_event_of_which_no_stage_is_told_has_no_origins():
    bare = report_of("b", {"value": "3 USD"}).report
    said = shown(C, bare, link(LinkRelation.SAME, "c", "b"), event="c#deal")
    assert "origins 0 independent: no claim of a stage counts" in said


def test_links_are_told_by_what_they_do():
    part = link(LinkRelation.PART_OF, "c", "b")
    different = link(LinkRelation.DIFFERENT, "b", "a")
    said = shown(A, B, C, SAME, part, different)
    assert "joined by a-b-same: a#deal same b#deal (ana: so it is)" in said
    assert "contrary b-a-different: b#deal different a#deal (ana: so it is)" in said
    assert "beside it c-b-part_of: c#deal part of b#deal (ana: so it is)" in said
