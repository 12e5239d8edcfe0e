"""Whole records, as the log takes them: reports, and what comes after them."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache

import attrs
from hypothesis import strategies as st

from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Document
from embargo_monitor.model.grades import CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Envelope,
    Link,
    Linked,
    LinkRelation,
    Record,
    Resumption,
    Withdrawal,
)
from embargo_monitor.model.reports import Report
from embargo_monitor.model.voices import Source, Voice
from embargo_monitor.model.when import Anchor, AnchorKind
from embargo_monitor.testing.choosing import any_of, few, some_of
from embargo_monitor.testing.claims import claims
from embargo_monitor.testing.parts import (
    actors,
    documents,
    events,
    places,
    sources,
    voices,
)
from embargo_monitor.testing.relevances import relevances
from embargo_monitor.testing.setting import Setting
from embargo_monitor.testing.texts import labels, lines, prose
from embargo_monitor.testing.values import credibility_grades, instants

_IDS = (("a", "b", "c", "d"), ("deal", "c1.stage", "X" * 64, "9H-VJN"))

_CORRECTED = (
    ((), ("a",), ("a", "X" * 64)),
    ((), ("c1",), ("c1.stage", "c2")),
    ((), ("c3",), ("c3", "9H-VJN")),
)

_Dates = tuple[tuple[Anchor, ImpreciseDate], ...]


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Build reports whose parts agree: up to three claims, a few of all else.

    Claims hang on one another and take their dates from one another, from sayings
    and from the document, in no particular order and never in a circle.
    """
    setting = draw(_settings())
    document = draw(documents(setting))
    setting = attrs.evolve(setting, dates=_dates_of(document))
    told = {id: draw(voices(id, setting)) for id in setting.voices}
    said = _claims(draw, setting, told)
    id = draw(labels())
    return Report(
        id,
        document=document,
        actors=tuple(draw(actors(id)) for id in setting.actors),
        places=tuple(draw(places(id)) for id in setting.places),
        sources=_sources(draw, setting),
        voices=tuple(told.values()),
        events=tuple(draw(events(id)) for id in setting.events),
        claims=said[::-1] if draw(st.booleans()) else said,
        **some_of(draw, {"repeats": st.just(f"a.{id[:62]}"), "note": prose()}),
    )


@cache
def _settings() -> st.SearchStrategy[Setting]:
    def ids(least: int, most: int) -> st.SearchStrategy[tuple[str, ...]]:
        sizes = range(least, most + 1)
        return st.sampled_from([some[:size] for size in sizes for some in _IDS])

    return st.builds(
        Setting,
        exhibits=ids(0, 2),
        actors=ids(0, 2),
        places=ids(0, 1),
        sources=ids(1, 3),
        voices=ids(1, 2),
        events=ids(0, 2),
        claims=ids(0, 3),
    )


def _dates_of(document: Document) -> _Dates:
    read = (
        (Anchor(AnchorKind.PUBLISHED), document.published),
        (Anchor(AnchorKind.WRITTEN), document.written),
    )
    return tuple((anchor, reading.date) for anchor, reading in read if reading)


def _sources(draw: st.DrawFn, setting: Setting) -> tuple[Source, ...]:
    told: list[Source] = []
    for id in setting.sources:
        whole = draw(any_of(("", *(source.id for source in told))))
        source = draw(sources(id, setting))
        told.append(attrs.evolve(source, part_of=whole))
    return tuple(told)


def _claims(
    draw: st.DrawFn, setting: Setting, told: Mapping[str, Voice]
) -> tuple[AnyClaim, ...]:
    said: list[AnyClaim] = []
    counted: _Dates = ()
    for id in setting.claims:
        voice = draw(any_of(setting.voices))
        saying = told[voice].speakers[0].said
        nearer = counted
        if saying is not None:
            nearer += ((Anchor(AnchorKind.SAID), saying.date),)
        its_setting = attrs.evolve(
            setting,
            voices=(voice,),
            claims=tuple(claim.id for claim in said),
            # Few claims have a date to count from before them, so it is taken oftener.
            dates=setting.dates + 3 * nearer,
        )
        said.append(draw(claims(id=id, setting=its_setting)))
        when = getattr(said[-1], "when", None)
        if when is not None:
            counted += ((Anchor(AnchorKind.CLAIM, claim=id), when.date),)
    return tuple(said)


@st.composite
def corrections(draw: st.DrawFn) -> Correction:
    """Build corrections; what they correct is in no report."""
    tables = {
        "document": documents(),
        "actors": few(actors()),
        "places": few(places()),
        "sources": few(sources()),
        "voices": few(voices()),
        "events": few(events()),
    }
    added, replaced, withdrawn = (draw(any_of(ids)) for ids in _CORRECTED)
    adds = tuple(draw(claims(id=id)) for id in added)
    replaces = tuple(draw(claims(id=id)) for id in replaced)
    return Correction(
        draw(labels()),
        report=draw(labels()),
        reason=draw(prose()),
        by=draw(lines()),
        adds=adds,
        replaces=replaces,
        withdraws=withdrawn if adds or replaces else ("c3",),
        **some_of(draw, tables),
    )


@cache
def withdrawals() -> st.SearchStrategy[Withdrawal]:
    """Build withdrawals of entries of any kind."""
    kinds = ("report", "correction", "withdrawal", "assessment", "link")
    return st.builds(
        Withdrawal,
        labels(),
        entry=labels(),
        entry_kind=any_of((*kinds, "resumption", "relevance")),
        reason=prose(),
        by=lines(),
    )


@cache
def _outside() -> st.SearchStrategy[str]:
    return st.builds("{}#{}".format, labels(), labels())


def _without_reason(grade: CredibilityGrade) -> CredibilityGrade:
    return attrs.evolve(grade, reason="")


@cache
def assessments() -> st.SearchStrategy[Assessment]:
    """Build assessments of claims."""
    return st.builds(
        Assessment,
        labels(),
        claim=_outside(),
        credibility=credibility_grades().map(_without_reason),
        reason=prose(),
    )


@st.composite
def links(draw: st.DrawFn) -> Link:
    """Build links between events, actors, sources, documents and places."""
    linked = draw(any_of(Linked))
    anything = (LinkRelation.SAME, LinkRelation.DIFFERENT, LinkRelation.UNSURE)
    relations = tuple(LinkRelation) if linked is Linked.EVENT else anything
    first = draw(_outside())
    second = draw(_outside().filter(lambda id: id != first))
    return Link(
        draw(labels()),
        relation=draw(any_of(relations)),
        linked=linked,
        first=first,
        second=second,
        because=draw(few(_outside())),
        reason=draw(prose()),
        by=draw(lines()),
    )


def _verifier_key(drawn: bytes) -> str:
    id_, key = drawn[:4].hex(), b64encode(b"\1" + drawn[4:]).decode()
    return f"example.org/log+{id_}+{key}"


def _verifier_keys() -> st.SearchStrategy[str]:
    return st.binary(min_size=36, max_size=36).map(_verifier_key)


@cache
def resumptions() -> st.SearchStrategy[Resumption]:
    """Build resumptions of logs that went another way."""
    keys = st.lists(_verifier_keys(), min_size=2, max_size=2, unique=True)
    return st.builds(
        lambda id, keys, **told: Resumption(
            id, old_key=keys[0], new_key=keys[1], **told
        ),
        labels(),
        keys,
        seen_size=st.integers(0, 2**53 - 1),
        seen_root=st.binary(min_size=32, max_size=32).map(bytes.hex),
        reason=prose(),
        by=lines(),
    )


def records() -> st.SearchStrategy[Record]:
    """Build records of every kind."""
    after = assessments() | links() | corrections() | relevances()
    return withdrawals() | resumptions() | after | reports()


@cache
def envelopes() -> st.SearchStrategy[Envelope]:
    """Build envelopes as this version writes them, for kinds of any name."""
    return st.builds(
        Envelope,
        v=st.just(1),
        kind=labels(),
        kv=st.integers(1, 3),
        id=labels(),
        recorded=instants(),
        by=lines(),
    )
