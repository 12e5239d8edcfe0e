"""What must agree, as section 7 of docs/entry-format.md tells it, told a second time.

The functions here are written from the page and know entries as JSON alone; of our
code they use the date rules, which the page's own tables hold. What they find must be
what the library finds, of golden entries and of those that hypothesis makes.
"""

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from embargo_monitor import testing
from embargo_monitor.encoding import body_of, decode, record_of
from embargo_monitor.errors import EncodingError, InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.rules import Rule, resolve
from embargo_monitor.model.standing import standing

GOLDEN = Path(__file__).parent / "data" / "golden" / "v1"
TABLES = ("actors", "places", "sources", "voices", "events", "claims")


# In a report.


class DisagreeError(Exception):
    """The parts of a report do not agree."""


def require(holds):
    if not holds:
        raise DisagreeError


def objects_in(value):
    """Give every object in a JSON value."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from objects_in(one)


def by_id(rows):
    require(len({row["id"] for row in rows}) == len(rows))
    return {row["id"]: row for row in rows}


def require_no_circle(ids, after):
    """Take away what hangs on nothing that is left, until nothing is."""
    left = {id_: {one for one in after(id_) if one in ids} for id_ in ids}
    while left:
        free = {id_ for id_, waits in left.items() if not waits & set(left)}
        require(free)
        left = {id_: waits for id_, waits in left.items() if id_ not in free}


def require_agreement(id_, body):
    """Section 7, "In a report", sentence by sentence."""
    document = body["document"]
    exhibits = by_id(document.get("exhibits", []))
    parts = {table: by_id(body.get(table, [])) for table in TABLES}
    actors, places, sources, voices, events, claims = parts.values()
    require(document["publisher"] in sources)
    for exhibit in exhibits.values():
        require("parent" not in exhibit or exhibit["parent"] in exhibits)
    for source in sources.values():
        require("actor" not in source or source["actor"] in actors)
        require("part_of" not in source or source["part_of"] in sources)
    for voice in voices.values():
        told = [speaker["source"] for speaker in voice["speakers"]]
        require(set(told) <= set(sources))
        require(told[-1] == document["publisher"])
    quotes = [one["quote"] for one in objects_in(body) if "quote" in one]
    require(all(quote["exhibit"] in exhibits for quote in quotes))
    for claim in claims.values():
        require(claim["voice"] in voices)
        kind, _, about = claim["about"].partition(":")
        require(about in {"event": events, "actor": actors}.get(kind, {about}))
        items = [*claim.get("items", ()), claim.get("item", {})]
        who = [claim.get("actor"), claim.get("for"), *claim.get("by", ())]
        who += [item.get("individual") for item in items]
        require({one for one in who if one} <= set(actors))
        where = {claim.get("place"), claim.get("from"), claim.get("to")}
        require({one for one in where if one} <= set(places))
        require({ref for ref in refs_of(claim) if "#" not in ref} <= set(claims))
        require(not any(ref.startswith(f"{id_}#") for ref in refs_of(claim)))
    require_no_circle(exhibits, lambda id_: [exhibits[id_].get("parent")])
    require_no_circle(sources, lambda id_: [sources[id_].get("part_of")])
    require_no_circle(claims, lambda id_: refs_of(claims[id_]))
    require_no_circle(claims, lambda id_: dates_before(claims[id_], voices))
    for claim in claims.values():
        first = voices[claim["voice"]]["speakers"][0]
        require_date(claim.get("when"), document, claims, first.get("said"))
    for voice in voices.values():
        for speaker in voice["speakers"]:
            require_date(speaker.get("said"), document, claims, None)
    require(body.get("repeats") != id_)


def refs_of(claim):
    return [ref["claim"] for ref in claim.get("refs", ())]


def anchors_of(when):
    return [when[name] for name in ("anchor", "until") if when and name in when]


def dates_before(claim, voices):
    anchors = anchors_of(claim.get("when"))
    if any(anchor["of"] == "said" for anchor in anchors):
        anchors += anchors_of(voices[claim["voice"]]["speakers"][0].get("said"))
    return [anchor.get("claim") for anchor in anchors]


def require_date(when, document, claims, said):
    if not anchors_of(when):
        return
    dates = []
    for anchor in anchors_of(when):
        dated = {
            "published": document.get("published"),
            "written": document.get("written"),
            "said": said,
            "claim": claims.get(anchor.get("claim"), {}).get("when"),
        }.get(anchor["of"], {"date": anchor.get("day")})
        require(dated)
        dates.append(ImpreciseDate(dated["date"]))
    rule = Rule.parse(when.get("against") or when["rule"])
    try:
        gives = resolve(rule, dates[0], *dates[1:])
    except InvalidValueError:
        raise DisagreeError from None
    require("against" in when or when["date"] == str(gives))


def agrees(id_, body):
    try:
        require_agreement(id_, body)
    except DisagreeError:
        return False
    return True


NAMING = {
    *("publisher", "parent", "part_of", "source", "voice", "exhibit", "claim", "actor"),
    *("for", "individual", "place", "from", "to", "id", "repeats"),
}
"""Fields that hold an id."""


def changes_of(id_, body):
    """Give every change of one id or date in a report, as a function of its own."""
    ids = sorted({one["id"] for one in objects_in(body) if "id" in one} | {id_})
    dates = sorted({one["date"] for one in objects_in(body) if "date" in one})
    for one in objects_in(body):
        for name in one:
            if name in NAMING and isinstance(one[name], str):
                values = [*ids, f"{id_}#{ids[0]}"] if name == "claim" else ids
                yield from ((one, name, value) for value in values)
            elif name == "about" and not one[name].startswith("regime:"):
                kind = one[name].partition(":")[0]
                yield from ((one, name, f"{kind}:{value}") for value in ids)
            elif name == "date" and "rule" in one:
                yield from ((one, name, value) for value in dates)
            elif name in ("published", "written"):
                yield (one, name, None)


@settings(max_examples=300)
@given(testing.reports(), st.data())
def test_a_report_agrees_where_the_page_says_so(report, data):
    body = deepcopy(body_of(report))
    assert agrees(report.id, body)
    for _ in range(data.draw(st.integers(1, 2))):
        found = list(changes_of(report.id, body))
        one, name, value = data.draw(st.sampled_from(found))
        one.pop(name) if value is None else one.update({name: value})
    if not agrees(report.id, body):
        assert faults_of(report.id, body)
    else:
        # What a type asks of its own fields stands in section 5.
        own = [fault for fault in faults_of(report.id, body) if not OWN.search(fault)]
        assert own == []


OWN = re.compile("each once|days that .* can mean by|date must be marked")


def faults_of(id_, body):
    """Give what the library has against a report."""
    try:
        record_of("report", 1, id_, body)
    except EncodingError as error:
        return error.faults
    return ()


REMARK = {"kind": "says", "about": "regime:x", "voice": "paper", "text": "a"}


@pytest.mark.parametrize(
    ("refs", "right"),
    [
        (("y", ""), True),
        (("y", "x"), False),
        (("r#y", ""), False),
        (("r#nothing.here", ""), False),
        (("r#y", "r#x"), False),
        (("q#y", "q#x"), True),
        (("R#y", "r.1#x"), True),
    ],
)
def test_a_claim_of_the_report_itself_is_named_by_its_local_id(refs, right):
    claims = [
        {
            "id": id_,
            **REMARK,
            "refs": [{"kind": "answers", "claim": ref}] if ref else [],
        }
        for id_, ref in zip("xy", refs, strict=True)
    ]
    for claim in claims:
        if not claim["refs"]:
            del claim["refs"]
    body = {
        "document": {"titles": [{"text": "a"}], "publisher": "paper"},
        "sources": [{"id": "paper", "kind": "outlet", "names": [{"text": "a"}]}],
        "voices": [{"id": "paper", "speakers": [{"source": "paper"}]}],
        "claims": claims,
    }
    assert agrees("r", body) is right
    assert (not faults_of("r", body)) is right


# Between records.


def stands_as_told(entries):
    """Section 7, "Between records": what stands, in the form of `as_we_tell_it`."""
    taken = {}
    for entry in reversed(entries):
        if entry["kind"] == "withdrawal" and ("withdrawal", entry["id"]) not in taken:
            what = (entry["body"]["entry_kind"], entry["body"]["entry"])
            taken.setdefault(what, entry["id"])
    left = [one for one in entries if (one["kind"], one["id"]) not in taken]
    of = {
        kind: {one["id"]: one["body"] for one in left if one["kind"] == kind}
        for kind in ("report", "correction", "link", "assessment")
    }
    reports, applied, misfits = of["report"], {}, set()
    for id_, body in of["correction"].items():
        if body["report"] in reports:
            try:
                reports[body["report"]] = mended(reports[body["report"]], body)
                applied.setdefault(body["report"], []).append(id_)
            except DisagreeError:
                misfits.add(id_)
    links = [
        id_
        for id_, body in of["link"].items()
        if {body[end].partition("#")[0] for end in ("first", "second")} <= set(reports)
    ]
    judged = {}
    for id_, body in of["assessment"].items():
        judged.setdefault(body["claim"], []).append(id_)
    return [reports, applied, misfits, taken, links, judged]


def mended(report, correction):
    """Give a report as corrected."""
    known = {claim["id"] for claim in report["claims"]}
    added, replaced = (correction.get(name, []) for name in ("adds", "replaces"))
    gone = set(correction.get("withdraws", ()))
    require(not known & {claim["id"] for claim in added})
    require(gone | {claim["id"] for claim in replaced} <= known)
    given = {**correction, "claims": [*replaced, *added]}
    body = {**report, "document": correction.get("document", report["document"])}
    for table in TABLES:
        rows = [*report.get(table, ()), *given.get(table, ())]
        body[table] = list({row["id"]: row for row in rows}.values())
    body["claims"] = [one for one in body["claims"] if one["id"] not in gone]
    needed = {one["voice"] for one in body["claims"]}
    needed |= {voice["id"] for voice in correction.get("voices", ())}
    asked = [voice for voice in body["voices"] if voice["id"] in needed]
    require_agreement(correction["report"], {**body, "voices": asked})
    body["voices"] = [
        voice
        for voice in body["voices"]
        if voice in asked
        or agrees(correction["report"], {**body, "voices": [*asked, voice]})
    ]
    may_lack = ("actors", "places", "events")
    return {key: one for key, one in body.items() if one or key not in may_lack}


def as_we_tell_it(records):
    stands = standing(records)

    def ids(found):
        return {key: [one.id for one in made] for key, made in found.items()}

    return [
        {id_: body_of(report) for id_, report in stands.reports.items()},
        ids(stands.corrections),
        set(stands.misfits),
        {what: one.id for what, one in stands.withdrawals.items()},
        [link.id for link in stands.links],
        ids(stands.assessments),
    ]


def entry_of(record):
    return {"kind": record.kind, "id": record.id, "body": body_of(record)}


def test_a_stranger_finds_that_of_the_golden_entries_stands_what_we_find():
    names = (GOLDEN / "leaves.txt").read_text("utf-8").split()[1:-2:2]
    data = [(GOLDEN / name).read_bytes() for name in names]
    told = stands_as_told([json.loads(one) for one in data])
    assert told == as_we_tell_it([decode(one).record for one in data])
    reports, applied, misfits, taken, links, judged = told
    assert (len(reports), len(applied), misfits, len(taken)) == (5, 2, set(), 2)
    assert (len(links), len(judged)) == (8, 1)


REPORTS = ("r-1", "r-2")
ENDS = st.builds("{}#{}".format, st.sampled_from((*REPORTS, "r-9")), testing.labels())


@st.composite
def corrections(draw, versions):
    """A correction by pieces of the reports, which fits or not."""
    report = draw(st.sampled_from(versions))
    other = draw(st.sampled_from(versions))
    parts = {
        table: tuple(draw(st.lists(st.sampled_from(rows), max_size=1)))
        for table in TABLES
        if (rows := getattr(other, table))
    }
    said = parts.pop("claims", ())
    known = {claim.id for claim in report.claims}
    what = "replaces" if {one.id for one in said} & known else "adds"
    gone = known - {one.id for one in said} if draw(st.booleans()) else set()
    found = {**parts, what: said, "withdraws": tuple(sorted(gone))}
    if not any(found.values()):
        found["withdraws"] = ("nowhere",)
    if draw(st.booleans()):
        publisher = draw(st.sampled_from(other.sources)).id
        found["document"] = evolve(other.document, publisher=publisher)
    drawn = draw(testing.corrections())
    return evolve(
        drawn, report=report.id, **{"adds": (), "replaces": (), **EMPTY, **found}
    )


EMPTY = {**dict.fromkeys(TABLES[:-1], ()), "document": None}


@st.composite
def histories(draw):
    """What a log can hold that was written without our checks, in any order."""
    versions = [
        evolve(draw(testing.reports()), id=REPORTS[nth % 2], repeats="")
        for nth in range(3)
    ]
    records = versions[: draw(st.integers(1, 2))]
    for _ in range(draw(st.integers(0, 5))):
        records.append(draw(corrections(versions)))
    records += [
        evolve(one, first=draw(ENDS), second=f"{draw(st.sampled_from(REPORTS))}#x-1")
        for one in draw(st.lists(testing.links(), max_size=2))
    ]
    records += [
        evolve(one, claim=draw(ENDS))
        for one in draw(st.lists(testing.assessments(), max_size=2))
    ]
    for one in draw(st.lists(testing.withdrawals(), max_size=4)):
        target = draw(st.sampled_from(records))
        records.append(evolve(one, entry=target.id, entry_kind=target.kind))
    by_key = {(one.kind, one.id): one for one in records}
    return draw(st.permutations(list(by_key.values())))


@settings(max_examples=150)
@given(histories())
def test_a_stranger_finds_that_what_stands_is_what_we_find(records):
    assert stands_as_told([entry_of(one) for one in records]) == as_we_tell_it(records)
