"""Both ends of a count of origins are reached by some reading: by brute force.

A reading settles every unsettled voice, and says of all speakers who is whom. The rules
of what must be one, and of what cannot be, are written down here once more, from their
description and in another form; every reading that they allow is gone through.
"""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import embargo_monitor as em
from embargo_monitor.model.origins import origins
from embargo_monitor.model.records import Link, Linked, LinkRelation

PEOPLE = {
    "officials": {"side": "supplier", "nationality": "PK"},
    "officer": {"side": "recipient"},
    "libyan": {"nationality": "LY"},
    "someone": {},
}
OUTLETS = {
    "cnn": {"names": ["CNN"]},
    "wire": {"names": ["The Wire", "Wire"], "same_as": ["domain:wire.example"]},
    "wires": {"names": ["Wires", "Wire"], "same_as": ["domain:wire.example"]},
    "other": {"names": ["Wires", "Other"]},
    "third": {"names": ["Other", "The Wire"]},
}


def source(id_):
    if id_ in PEOPLE:
        described = {"names": {"en": id_}, "unnamed": True, **PEOPLE[id_]}
        return {"kind": "person", **described}
    names = dict(zip(("en", "fr"), OUTLETS[id_]["names"], strict=False))
    return {"kind": "outlet", **OUTLETS[id_], "names": names}


def report(id_, rows, repeats=""):
    voices = {f"v{at}": [*speakers, "paper"] for at, (speakers, _) in enumerate(rows)}
    sources = {one: source(one) for one in (*PEOPLE, *OUTLETS)}
    sources["paper"] = {"kind": "outlet", "names": {"en": f"The Paper of {id_}"}}
    claims = [{"id": "first", "voice": "p", "about": "deal", "says": "hello"}]
    for at, (_, departs) in enumerate(rows):
        row = {"id": f"c{at}", "voice": f"v{at}", "about": "deal", "stage": "agreed"}
        claims.append({**row, **({"departs_from": "first"} if departs else {})})
    form = {
        "report": id_,
        "repeats": repeats,
        "document": {"titles": {"en": "A page"}, "publisher": "paper"},
        "sources": sources,
        "voices": {**voices, "p": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "A deal"}},
        "claims": claims,
    }
    return em.author(form, read={}.__getitem__).report


def link(relation, first, second):
    return Link(
        f"l-{relation.name}-{first}-{second}".replace("#", "."),
        relation=relation,
        linked=Linked.SOURCE,
        first=first,
        second=second,
        reason="so",
        by="ana",
    )


def counted(reports, links=()):
    told = [one for each in reports for one in em.stages(em.told_in(each))]
    return origins(told, links)


# A start is (report, source, listener, departs).


def must_be_one(one, other, copies, links):
    (r, a, heard, _), (q, b, other_heard, _) = one, other
    if (r, a) == (q, b):
        return True
    said = {kind for kind, *ends in links if set(ends) == {(r, a), (q, b)}}
    if said:
        return said == {"same"}
    if a in PEOPLE or b in PEOPLE:
        both = a in PEOPLE and b in PEOPLE
        if r == q:
            return both and heard == other_heard
        wires = {"wire", "wires"}
        one_wire = heard in wires and other_heard in wires
        one_wire = one_wire and heard != "paper"
        return both and one_wire and (r, q) in copies
    shared = {"wire", "wires"}
    return a in shared and b in shared


def cannot_be_one(one, other, links):
    (r, a, _, departs), (q, b, _, also) = one, other
    if departs or also:
        return False
    said = {kind for kind, *ends in links if set(ends) == {(r, a), (q, b)}}
    if said:
        return said == {"different"}
    if a not in PEOPLE and b not in PEOPLE:
        mine = OUTLETS[a]["names"] if a in OUTLETS else [f"paper {r}"]
        theirs = OUTLETS[b]["names"] if b in OUTLETS else [f"paper {q}"]
        return not set(mine) & set(theirs)
    stated = PEOPLE.get(a, {}), PEOPLE.get(b, {})
    return any(
        key in stated[0] and key in stated[1] and stated[0][key] != stated[1][key]
        for key in ("side", "nationality")
    )


def partitions(items):
    if not items:
        yield []
        return
    first, *rest = items
    for parts in partitions(rest):
        yield [[first], *parts]
        for at, part in enumerate(parts):
            yield [*parts[:at], [first, *part], *parts[at + 1 :]]


def starts(rows_by_report):
    """By voice, the starts that it may have."""
    for r, rows in enumerate(rows_by_report):
        for speakers, departs in rows:
            found, whole = [], (*speakers, "paper")
            for at, one in enumerate(whole):
                id_ = one.removesuffix("?")
                after = whole[at + 1].removesuffix("?") if at + 1 < len(whole) else ""
                found.append((r, id_, after if id_ in PEOPLE else "", departs))
                if not one.endswith("?"):
                    break
            yield tuple(found)


def counts(rows_by_report, copies=(), links=()):
    """Every number of origins that some reading gives."""
    voices = list(starts(rows_by_report))
    doubts = {tuple((r, a) for r, a, *_ in v): v for v in voices if len(v) > 1}
    settled = [v[0] for v in voices if len(v) == 1]
    found = set()
    for chosen in product(*doubts.values()):
        groups = []
        for start in dict.fromkeys([*settled, *chosen]):
            near = [
                g
                for g in groups
                if any(must_be_one(start, one, copies, links) for one in g)
            ]
            groups = [g for g in groups if g not in near]
            groups.append([start, *(one for g in near for one in g)])
        own = [[one for one in g if not one[3]] or g for g in groups]
        for parts in partitions(list(range(len(own)))):
            bad = any(
                all(cannot_be_one(x, y, links) for x in own[a] for y in own[b])
                for part in parts
                for a in part
                for b in part
                if a < b
            )
            if not bad:
                found.add(len(parts))
    return found


ROWS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                ("officials", "wire"),
                ("officials", "cnn"),
                ("officer", "cnn"),
                ("officer", "wires"),
                ("libyan", "wire"),
                ("someone", "cnn"),
                ("someone", "wire"),
                ("someone",),
                ("cnn",),
                ("wire",),
                ("wires",),
                ("other",),
                ("third",),
                (),
                ("someone?", "cnn"),
                ("officer?", "wire?"),
                ("officer?", "other"),
            ]
        ),
        st.booleans(),
    ),
    max_size=3,
)
LINKS = st.lists(
    st.tuples(
        st.sampled_from(["same", "different"]),
        st.sampled_from([(0, one) for one in (*PEOPLE, *OUTLETS)]),
        st.sampled_from([(1, one) for one in (*PEOPLE, *OUTLETS)]),
    ),
    max_size=1,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=2), st.booleans(), LINKS)
def test_both_ends_are_reached_by_some_reading_and_none_lies_beyond(
    rows, repeats, links
):
    reports = [
        report(f"r{at}", one, "r0" if at and repeats else "")
        for at, one in enumerate(rows)
    ]
    known = [] if len(rows) == 1 else links
    joined = [
        link(LinkRelation(kind), f"r{a}#{one}", f"r{b}#{other}")
        for kind, (a, one), (b, other) in known
    ]
    copies = {(0, 1), (1, 0)} if repeats else set()
    found = counted(reports, joined)
    readings = counts(rows, copies, known)
    assert (found.at_least, found.at_most) == (min(readings), max(readings))


def test_outlets_whose_names_overlap_in_a_ring_are_as_few_as_can_be():
    """Five names in a ring: of no three are all two one, and two will not do."""
    ring = {
        f"s{at}": {
            "kind": "outlet",
            "names": {"en": f"n{at}", "fr": f"n{(at + 1) % 5}"},
        }
        for at in range(5)
    }
    form = {
        "report": "r",
        "document": {"titles": {"en": "A page"}, "publisher": "paper"},
        "sources": {**ring, "paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {one: [one, "paper"] for one in ring},
        "events": {"deal": {"kind": "transfer", "title": "A deal"}},
        "claims": [{"voice": one, "about": "deal", "stage": "agreed"} for one in ring],
    }
    told = em.told_in(em.author(form, read={}.__getitem__).report)
    assert str(em.origins(told)) == "3 to 5"


@pytest.mark.parametrize(
    ("rows", "interval"),
    [
        ([(("cnn",), False), (("other",), True)], "1 to 2"),
        ([(("cnn",), False), (("cnn",), True)], "1 to 1"),
        ([(("other",), True)], "1 to 1"),
        ([(("cnn",), True), (("other",), True)], "1 to 2"),
        ([(("cnn",), False), (("officer", "other"), True)], "1 to 2"),
    ],
    ids=str,
)
def test_who_makes_something_else_of_it_adds_perhaps_no_origin(rows, interval):
    assert str(counted([report("r", rows)])) == interval


def test_why_a_relay_adds_perhaps_none_is_said():
    found = counted([report("r", [(("cnn",), False), (("other",), True)])])
    assert found.reasons == (
        "CNN (named)",
        "Wires (named)",
        "nothing excludes that 1 of them is one of the others",
        "Wires makes something else of what it passes on, and adds perhaps none",
    )
