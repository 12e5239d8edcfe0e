"""Independent origins: relays add none, and the count is an interval."""

from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.authoring import author
from embargo_monitor.model.origins import name_of, origins
from embargo_monitor.model.stances import Stance
from embargo_monitor.model.views import told_in

SOURCES = {
    "officials": {
        "kind": "people",
        "names": {"en": "four officials"},
        "unnamed": True,
        "count": "4 persons",
        "side": "supplier",
    },
    "two": {
        "kind": "people",
        "names": {"en": "two of them"},
        "unnamed": True,
        "part_of": "officials",
    },
    "buyer": {
        "kind": "person",
        "names": {"en": "a buyer's officer"},
        "unnamed": True,
        "side": "recipient",
    },
    "libyan": {
        "kind": "person",
        "names": {"en": "a Libyan"},
        "unnamed": True,
        "nationality": "LY",
    },
    "someone": {"kind": "person", "names": {"en": "someone"}, "unnamed": True},
    "anyone": {"kind": "person", "names": {"en": "anyone"}, "unnamed": True},
    "minister": {"kind": "body", "actor": "pk-army"},
    "ministry": {"kind": "body", "names": {"en": "the ministry"}},
    "bot": {"kind": "automated text", "names": {"en": "a bot"}},
    "reuters": {
        "kind": "agency",
        "names": {"en": "Reuters"},
        "same_as": ["domain:reuters.com"],
    },
    "cnn": {"kind": "outlet", "names": {"en": "CNN"}},
    "relay": {"kind": "outlet", "names": {"en": "a relay"}},
    "paper": {"kind": "outlet", "names": {"en": "The Paper"}},
}


def told(*voices, report="r-1", repeats="", **sources):
    """Return claims that one thing happened, one on each voice."""
    form = {
        "report": report,
        "repeats": repeats,
        "document": {"titles": {"en": "A page"}, "publisher": "paper"},
        "actors": {"pk-army": {}},
        "sources": {**SOURCES, **sources},
        "voices": {f"v{at}": [*voice, "paper"] for at, voice in enumerate(voices)},
        "events": {"deal": {"kind": "transfer", "title": "A deal"}},
        "claims": [
            {"voice": f"v{at}", "about": "deal", "stage": "agreed"}
            for at in range(len(voices))
        ],
    }
    return told_in(author(form, read={}.__getitem__).report)


def count(*claims):
    return str(origins([one for some in claims for one in some]))


@pytest.mark.parametrize(
    ("voices", "interval"),
    [
        ([], "0 to 0"),
        ([["officials", "reuters"]], "1 to 1"),
        ([["officials", "reuters"], ["two", "reuters"]], "1 to 1"),
        ([["officials", "reuters"], ["someone", "reuters"]], "1 to 1"),
        ([["officials", "reuters"], ["officials", "reuters", "relay"]], "1 to 1"),
        ([["officials", "reuters"], ["buyer", "cnn"]], "2 to 2"),
        ([["someone", "reuters"], ["anyone", "cnn"]], "1 to 2"),
        ([["libyan", "reuters"], ["someone", "cnn"]], "1 to 2"),
        ([["ministry"], ["someone", "reuters"]], "1 to 2"),
        ([["minister"], ["libyan", "reuters"]], "2 to 2"),
        ([["ministry"], ["minister"]], "2 to 2"),
        ([["ministry"], ["cnn"], ["reuters"]], "3 to 3"),
        ([["bot"]], "0 to 0"),
        ([["bot"], ["ministry"]], "1 to 1"),
        ([["someone?", "cnn"]], "1 to 1"),
        ([["someone?", "cnn"], ["ministry"]], "1 to 2"),
        ([["ministry?", "cnn"], ["ministry"]], "1 to 2"),
        ([["someone?", "cnn"], ["anyone?", "reuters"]], "1 to 2"),
        ([["someone?", "cnn"], ["someone?", "reuters"]], "1 to 2"),
        ([["ministry?", "cnn"], ["reuters"]], "2 to 2"),
    ],
    ids=str,
)
def test_the_interval_is_what_the_voices_allow(voices, interval):
    assert count(told(*voices)) == interval


def test_four_officials_are_one_origin_and_the_reason_names_them():
    found = origins(told(["officials", "reuters"], ["someone", "reuters"]))
    assert found.reasons == (
        "four officials and someone (unnamed, supplier side, one reporting)",
    )


def test_why_two_unnamed_sources_are_two_is_said():
    found = origins(told(["officials", "reuters"], ["buyer", "cnn"]))
    assert found.reasons == (
        "four officials (unnamed, supplier side)",
        "a buyer's officer (unnamed, recipient side)",
        "their stated side or nationality excludes one and the same",
    )


def test_what_is_not_settled_is_said():
    found = origins(told(["someone?", "cnn"], ["ministry"]))
    assert found.reasons == (
        "the ministry (named)",
        "someone or CNN: the text does not settle who says it",
    )


def test_what_nothing_excludes_is_said():
    found = origins(told(["someone", "reuters"], ["anyone", "cnn"]))
    assert found.reasons[-1] == "nothing excludes that 1 of them is one of the others"


def test_five_copies_of_one_wire_are_one_origin():
    copies = [told(["reuters"], report=f"copy-{number}") for number in range(5)]
    assert count(*copies) == "1 to 1"


def test_who_repeats_a_report_of_a_wire_has_no_speakers_of_its_own():
    wired = told(["someone", "reuters"])
    copied = told(["anyone", "reuters"], report="r-2", repeats="r-1")
    again = told(["officials", "reuters"], report="r-3", repeats="r-2")
    assert count(wired, copied, again) == "1 to 1"
    assert count(again, copied, wired) == "1 to 1"


@pytest.mark.parametrize(
    ("voice", "repeats"),
    [
        (["anyone", "reuters"], ""),
        (["anyone", "reuters"], "r-9"),
        (["anyone", "cnn"], "r-1"),
        (["anyone"], "r-1"),
    ],
)
def test_nothing_else_makes_unnamed_speakers_of_two_reports_one(voice, repeats):
    wired = told(["someone", "reuters"])
    assert count(wired, told(voice, report="r-2", repeats=repeats)) == "1 to 2"


def test_reports_that_repeat_one_another_in_a_circle_are_counted_all_the_same():
    one = told(["someone", "reuters"], repeats="r-2")
    other = told(["anyone", "reuters"], report="r-2", repeats="r-1")
    assert count(one, other) == "1 to 2"


def test_equal_spelling_in_two_reports_is_perhaps_the_same():
    assert count(told(["cnn"], report="a"), told(["cnn"], report="b")) == "1 to 2"


def test_different_names_in_two_reports_are_two():
    assert count(told(["cnn"], report="a"), told(["ministry"], report="b")) == "2 to 2"


def test_one_shared_identifier_of_several_is_enough():
    first = {"kind": "agency", "names": {"en": "Reuters"}}
    a = told(
        ["wire"],
        report="a",
        wire={**first, "same_as": ["wikidata:Q130879", "domain:reuters.com"]},
    )
    b = told(
        ["wire"],
        report="b",
        wire={**first, "names": {"en": "R."}, "same_as": ["wikidata:Q130879"]},
    )
    assert count(a, b) == "1 to 1"


def test_a_chain_of_identifiers_joins_all_that_it_links():
    def wire(report, name, *same_as):
        source = {"kind": "agency", "names": {"en": name}, "same_as": list(same_as)}
        return told(["wire"], report=report, wire=source)

    a = wire("a", "one", "domain:a.example")
    b = wire("b", "two", "domain:b.example")
    both = wire("c", "three", "domain:a.example", "domain:b.example")
    assert count(a, b) == "2 to 2"
    assert count(a, b, both) == "1 to 1"


def test_who_speaks_twice_does_not_bear_out_himself():
    office = {"kind": "party media", "names": {"en": "its office"}, "actor": "pk-army"}
    assert count(told(["minister"], ["office"], office=office)) == "1 to 1"
    twin = {"kind": "agency", "names": {"en": "REUTERS"}}
    assert count(told(["reuters"], ["twin"], twin=twin)) == "1 to 2"


def test_a_denial_is_no_origin_of_what_it_denies():
    claims = told(["ministry"], ["cnn"])
    denied = evolve(claims[1], claim=evolve(claims[1].claim, stance=Stance.DENIES))
    assert count([claims[0], denied]) == "1 to 1"


def test_the_order_of_reports_does_not_matter_where_names_are_shared():
    def wire(report, **names):
        source = {"kind": "agency", "names": names}
        return told(["wire"], report=report, wire=source)

    reports = [wire("a", en="X", fr="Y"), wire("b", en="X"), wire("c", en="Y")]
    assert {count(*order) for order in permutations(reports)} == {"2 to 3"}


def test_many_origins_and_many_doubts_are_counted_in_no_time():
    """The interval may be wider than it need be; it is never wrong, nor slow."""
    sources = {
        f"s{n}": {"kind": "person", "names": {"en": f"s{n}"}, "unnamed": True}
        for n in range(40)
    }
    relays = {f"o{n}": {"kind": "outlet", "names": {"en": f"o{n}"}} for n in range(40)}
    open_ = [[f"s{n}?", f"o{n}"] for n in range(40)]
    assert count(told(*open_, **sources, **relays)) == "1 to 80"
    unnamed = [[f"s{n}", f"o{n}"] for n in range(40)]
    assert count(told(*unnamed, **sources, **relays)) == "1 to 40"
    named = [[f"o{n}"] for n in range(40)]
    assert count(told(*named, **sources, **relays)) == "40 to 40"


def test_unnamed_sources_of_two_reports_may_be_one():
    assert (
        count(
            told(["someone", "cnn"], report="a"), told(["someone", "cnn"], report="b")
        )
        == "1 to 2"
    )


def test_a_source_is_called_by_its_name_or_its_actors():
    [one, other] = told(["minister"], ["cnn"])
    assert name_of(one, one.source("minister")) == "Pakistan Army"
    assert name_of(other, other.source("cnn")) == "CNN"


VOICES = st.lists(
    st.sampled_from(
        [
            ("officials", "reuters"),
            ("two", "reuters"),
            ("buyer", "cnn"),
            ("someone", "cnn"),
            ("anyone", "relay"),
            ("libyan", "reuters"),
            ("ministry",),
            ("minister",),
            ("bot",),
            ("cnn",),
            ("someone?", "cnn"),
            ("ministry?", "relay"),
        ]
    ),
    max_size=6,
)


@given(VOICES, st.randoms())
def test_order_does_not_matter(voices, random):
    shuffled = list(voices)
    random.shuffle(shuffled)
    assert count(told(*voices)) == count(told(*shuffled))


@given(VOICES)
def test_at_least_is_at_most_the_most(voices):
    found = origins(told(*voices))
    assert 0 <= found.at_least <= found.at_most <= len(voices)


@given(VOICES)
def test_another_relay_of_the_same_words_adds_no_origin(voices):
    relayed = [[*voice, "relay"] for voice in voices if "relay" not in voice]
    assert origins(told(*voices)).at_most >= origins(told(*voices, *relayed)).at_most
