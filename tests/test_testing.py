"""Strategies for users' own tests: what they build, and how small."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument, NoSuchExample

import embargo_monitor
from embargo_monitor import testing
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.encoding import body_of
from embargo_monitor.model.amounts import Bound
from embargo_monitor.model.claims import (
    ActorIs,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    Says,
    StageIs,
    TermsAre,
    ValueIs,
)
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.names import one_line
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Resumption,
    Withdrawal,
)
from embargo_monitor.model.reports import Report
from embargo_monitor.model.rules import resolve
from embargo_monitor.model.when import Anchor, AnchorKind
from embargo_monitor.structuring import unstructure
from embargo_monitor.testing import Setting

KINDS = (
    *(PartyIs, GoodsAre, MentionIs, ValueIs, TermsAre, StageIs, EmbargoIs),
    *(ActorIs, Says),
)
# The same examples each time: what is searched for here is there, or is not.
searching = settings(max_examples=5_000, database=None, derandomize=True)
same_examples = settings(max_examples=200, derandomize=True)
bare = Setting(
    exhibits=(),
    actors=(),
    places=(),
    sources=("page",),
    voices=("page",),
    events=(),
    claims=(),
)


def plainest(strategy):
    return find(strategy, lambda _: True, settings=searching)


def some(strategy, condition):
    """Find what fits, as it comes: to shrink it would take longer."""
    unshrunk = settings(searching, phases=[Phase.generate])
    return find(strategy, condition, settings=unshrunk)


def test_the_package_does_without_hypothesis():
    script = (
        "import sys, embargo_monitor.encoding, embargo_monitor.authoring\n"
        "sys.exit('hypothesis' in sys.modules)"
    )
    root = Path(embargo_monitor.__file__).parents[1]
    command = [sys.executable, "-c", script]
    assert subprocess.run(command, cwd=root, check=False).returncode == 0


def test_the_plainest_report_leaves_out_what_it_can():
    assert body_of(plainest(testing.reports())) == {
        "document": {"titles": [{"text": "a"}], "publisher": "a"},
        "sources": [
            {"id": "a", "kind": "person", "names": [{"text": "a"}], "public": True}
        ],
        "voices": [{"id": "a", "speakers": [{"source": "a"}]}],
        "claims": [],
    }


def test_what_fails_shrinks_to_a_plain_claim():
    claim = find(
        testing.claims(), lambda claim: type(claim) is GoodsAre, settings=searching
    )
    assert unstructure(claim) == {
        "kind": "goods_are",
        "id": "a",
        "about": "event:deal",
        "voice": "cnn",
        "item": {"name": "a", "nature": "arms"},
    }


@pytest.fixture(scope="module")
def reports():
    collected = []

    @settings(same_examples, max_examples=400)
    @given(testing.reports())
    def collect(report):
        collected.append(report)

    collect()
    return collected


def test_reports_are_small(reports):
    assert len(reports) >= 400
    assert max(len(canonical_bytes(body_of(report))) for report in reports) < 16_384


def test_reports_make_claims_of_every_kind(reports):
    assert {type(claim) for report in reports for claim in report.claims} == set(KINDS)


@pytest.mark.parametrize("earlier", [True, False])
def test_claims_hang_on_earlier_and_on_later_ones(earlier):
    def hangs_so(report):
        places = {claim.id: place for place, claim in enumerate(report.claims)}
        return any(
            (places[ref.claim] < places[claim.id]) is earlier
            for claim in report.claims
            for ref in claim.refs
        )

    assert some(testing.reports(), hangs_so)


@pytest.mark.parametrize(
    "type_", [Report, Correction, Withdrawal, Assessment, Link, Resumption]
)
def test_records_are_of_every_kind(type_):
    assert some(testing.records(), lambda record: type(record) is type_)


@pytest.mark.parametrize("kind", KINDS)
def test_claims_are_of_every_kind_or_of_those_asked_for(kind):
    assert some(testing.claims(), lambda claim: type(claim) is kind)
    assert some(testing.claims(Says, kind), lambda claim: type(claim) is kind)
    with pytest.raises(NoSuchExample):
        find(
            testing.claims(kind),
            lambda claim: type(claim) is not kind,
            settings=settings(searching, max_examples=30),
        )


@same_examples
@given(testing.claims(setting=bare))
def test_a_claim_names_nothing_that_its_setting_lacks(claim):
    assert not isinstance(claim, PartyIs | ActorIs)
    assert claim.voice == "page"
    assert claim.quote is None
    assert claim.refs == ()
    assert not getattr(claim, "by", ())
    assert not getattr(claim, "actor", "")
    assert claim.about.kind.value == "regime"


@given(
    testing.documents(bare), testing.sources(setting=bare), testing.voices("v", bare)
)
def test_parts_without_company_agree(document, source, voice):
    assert document.publisher == "page"
    assert document.exhibits == ()
    assert source.actor == ""
    assert voice.id == "v"
    assert [speaker.source for speaker in voice.speakers] == ["page"]


@pytest.mark.parametrize("script", ["ARABIC", "HEBREW", "CYRILLIC", "THAI", "CJK"])
def test_text_comes_in_many_scripts(script):
    line = some(
        testing.lines(),
        lambda line: any(unicodedata.name(one, "").startswith(script) for one in line),
    )
    assert line


@pytest.mark.parametrize("condition", [lambda one: one > "\uffff", str.isdigit])
def test_text_has_characters_that_few_expect(condition):
    assert some(testing.lines(), lambda line: any(map(condition, line)))


@given(testing.lines())
def test_every_line_is_one(line):
    one_line(None, Withdrawal.__attrs_attrs__[0], line)


def test_prose_has_lines():
    assert "\n" in some(testing.prose(), lambda text: len(text.splitlines()) > 1)


@pytest.mark.parametrize("bound", Bound)
def test_amounts_are_of_every_bound(bound):
    assert some(testing.amounts(), lambda amount: amount.bound is bound)


@pytest.mark.parametrize(
    "condition",
    [
        lambda date: date.is_span,
        lambda date: date.earliest is None,
        lambda date: date.latest is None,
        lambda date: len(date.ranges) > 1,
        lambda date: date.qualifiers == {"%"},
        lambda date: "X" in date.edtf,
        lambda date: date.edtf < "1000",
    ],
)
def test_dates_are_of_every_form(condition):
    assert some(testing.imprecise_dates(), condition)


def test_the_plainest_date_is_a_day():
    assert plainest(testing.imprecise_dates()) == ImpreciseDate("2000-01-01")


@pytest.mark.parametrize(
    "rule", ["", "reading@1", "after@1", "before@1", "hijri-lunar@1", "julian@1"]
)
def test_dates_come_about_in_every_way(rule):
    def fits(when):
        return (when.rule.name if when.rule else "") == rule

    assert some(testing.whens(), fits)


@pytest.mark.parametrize(
    "anchor",
    [
        Anchor(AnchorKind.PUBLISHED),
        Anchor(AnchorKind.SAID),
        Anchor(AnchorKind.CLAIM, claim="c1"),
    ],
)
def test_dates_count_from_those_of_the_setting(anchor):
    setting = Setting(dates=((anchor, ImpreciseDate("2025-12-23")),))
    dated = testing.claims(StageIs, setting=setting)
    assert some(testing.whens(setting), lambda when: when.anchor == anchor)
    assert some(dated, lambda claim: claim.when and claim.when.anchor == anchor)


@same_examples
@given(testing.whens())
def test_a_date_is_what_its_rule_gives(when):
    if when.anchor is None:
        return
    until = when.until.day if when.until else None
    assert when.anchor.of in (AnchorKind.DAY, AnchorKind.PRINTED)
    assert resolve(when.rule, when.anchor.day, until) == when.date


def test_a_kind_that_the_setting_cannot_say_is_refused():
    with pytest.raises(InvalidArgument):
        plainest(testing.claims(PartyIs, setting=bare))


@given(st.data())
def test_ids_are_those_asked_for(data):
    for strategy in (testing.actors, testing.places, testing.events, testing.exhibits):
        assert data.draw(strategy("mine")).id == "mine"
    assert data.draw(testing.claims(id="mine")).id == "mine"
