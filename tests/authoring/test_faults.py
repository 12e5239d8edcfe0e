"""Every fault of a file is told at once, each once, with its path, and nothing else."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embargo_monitor.authoring import author
from embargo_monitor.authoring.faults import (
    Filled,
    Findings,
    Follows,
    member,
    told_of,
)
from embargo_monitor.authoring.quoting import locate
from embargo_monitor.errors import (
    AuthoringError,
    CanonicalError,
    InvalidValueError,
    NewerVersionError,
)

ROW = {"voice": "minister", "about": "deal"}

# Rows that can be logged, each to be spoiled in a way of its own.
ROWS = [
    {**ROW, "stage": "delivered", "quote": "ten trucks were delivered"},
    {**ROW, "id": "week", "stage": "held", "when": {"wording": "last week"}},
    {**ROW, "goods": "vehicle: truck", "quantity": "10 items"},
    {**ROW, "supplier": "PK", "translation": "ten", "wording": "dix"},
    {**ROW, "value": "about 2 million USD", "credibility": "3", "answers": "week"},
]
ROWS[1]["when"].update(rule="previous-week-any@1", anchor="published")


def put(*keys, to):
    """Return what sets the part of a form that *keys* lead to."""

    def spoil(form):
        for key in keys[:-1]:
            form = form[key]
        form[keys[-1]] = to

    return spoil


FAULTS = {
    "unknown field": (put("claims", 0, "qoute", to=1), "$.claims[0]: unknown field"),
    "number as text": (put("claims", 1, "note", to=5), "$.claims[1].note: the value"),
    "unknown word": (put("claims", 2, "stance", to="says"), "$.claims[2]: stance must"),
    "second of a row": (put("claims", 2, "hedge", to="eh"), "$.claims[2]: hedge must"),
    "third of a row": (
        put("claims", 2, "quantity", to="x"),
        "$.claims[2]: amount must",
    ),
    "fourth of a row": (put("claims", 2, "goods", to="x"), "$.claims[2]: item must"),
    "needs": (put("claims", 2, "of", to="price"), "$.claims[2]: of must be left out"),
    "unknown actor": (put("claims", 3, "broker", to="P"), "$.claims[3]: unknown actor"),
    "unknown voice": (put("claims", 3, "voice", to="v"), "$.claims[3]: unknown voice"),
    "unknown event": (put("claims", 3, "about", to="de"), "$.claims[3]: about must be"),
    "grade": (
        put("claims", 4, "credibility", to="7"),
        "$.claims[4]: credibility must be",
    ),
    "unknown row": (put("claims", 4, "answers", to="x"), "$.claims[4]: unknown row or"),
    "twice": (put("claims", 4, "id", to="c1"), "$.claims[4]: id must be the id of one"),
    "gazetteer": (put("actors", "PX", to={}), "$.actors.PX: unknown gazetteer id"),
    "actor": (put("actors", "y", to={"kin": "s"}), "$.actors.y: unknown field 'kin'"),
    "place": (put("places", "port", "kind", to="x"), "$.places.port: kind must be one"),
    "source": (
        put("sources", "paper", "side", to="x"),
        "$.sources.paper: side must be",
    ),
    "part": (
        put("sources", "reuters", "part_of", to="x"),
        "$.sources.reuters: unknown",
    ),
    "voice": (
        put("voices", "v2", to=["x", "paper"]),
        "$.voices.v2: unknown source 'x'",
    ),
    "no voice": (
        put("voices", "v3", to="paper"),
        "$.voices.v3: the value must be a li",
    ),
    "event": (
        put("events", "visit", "kind", to="x"),
        "$.events.visit: kind must be one",
    ),
    "document": (
        put("document", "same_as", to=["x"]),
        "$.document: identifier must be",
    ),
    "graded": (put("graded", "on", to="today"), "$.graded: on must be an ISO day"),
}


@given(st.sets(st.sampled_from(sorted(FAULTS)), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_fault_of_a_file_is_told_once_and_no_other(form, read, chosen):
    spoiled = copy.deepcopy({**form, "claims": ROWS})
    for name in chosen:
        FAULTS[name][0](spoiled)
    with pytest.raises(AuthoringError) as refused:
        author(spoiled, read=read)
    told = list(refused.value.faults)
    for name in chosen:
        [fault] = [one for one in told if one.startswith(FAULTS[name][1])]
        told.remove(fault)
    assert told == []


def test_a_form_with_a_fault_outside_of_its_members_is_read_for_its_shape_alone(faults):
    rows = [{"voice": "minister", "about": "nothing", "stge": "agreed"}]
    assert faults(repeat="x", claims=rows, actors={"x": 5}, form=-1) == [
        "$: unknown field 'repeat'; near: repeats, report",
        "$.actors.x: the value must be an object, got 5",
        "$.claims[0]: unknown field 'stge'; near: stage, stance",
    ]


def test_what_hangs_on_a_faulty_part_is_no_fault_of_its_own(form, faults):
    """Only what is to be mended is told: one fault for each thing below."""
    form["actors"]["rebels"] = {"kind": "armed group", "nmes": {}}
    form["sources"]["minister"] = {"actor": "rebels"}
    form["voices"]["other"] = [{"source": "reuters", "sid": "2025"}, "paper"]
    form["document"]["published"]["date"] = "24 December"
    month = {"rule": "month-before@1"}
    rows = [
        {**ROW, "recipient": "rebels", "when": month, "stage": "agreed"},
        {**ROW, "id": "bad", "stge": "agreed"},
        {**ROW, "voice": "other", "stage": "agreed", "answers": "bad"},
        {**ROW, "stage": "agreed", "when": {**month, "anchor": "bad"}},
        {**ROW, "stage": "agreed", "when": {**month, "anchor": "said"}},
        {**ROW, "voice": "other", "stage": "paid", "when": {**month, "anchor": "said"}},
        {**ROW, "about": "rebels", "says": "so"},
    ]
    assert [fault.split(": ")[0] for fault in faults(claims=rows)] == [
        "$.actors.rebels",
        "$.voices.other[0]",
        "$.claims[1]",
        "$.document",
        "$.claims[4]",
    ]


def test_a_document_of_no_known_shape_is_the_only_fault_of_all_that_rests_on_it(faults):
    when = {"wording": "last week", "rule": "month-before@1"}
    rows = [
        {**ROW, "stage": "agreed", "quote": "ten trucks were delivered"},
        {**ROW, "stage": "agreed", "wording": "dix"},
        {**ROW, "stage": "agreed", "when": when},
    ]
    assert faults(claims=rows, document={"title": "x"}) == [
        "$.document.titles: is missing",
        "$.document.publisher: is missing",
        "$.document: unknown field 'title'; near: titles",
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"translations": None}, "$.translations: translations must be given where"),
        (
            {"translations": {"language": "en", "method": "robot", "by": "x"}},
            "$.translations: method must be one of person, machine",
        ),
        ({"graded": None}, "$.graded: graded must be given where anything is graded"),
        ({"graded": {"by": "x", "on": "2026"}}, "$.graded: on must be an ISO day"),
    ],
)
def test_who_translated_or_graded_is_asked_for_once(form, faults, changes, fault):
    rows = [
        {**ROW, "stage": "agreed", "wording": "dix", "translation": "ten"},
        {**ROW, "stage": "paid", "wording": "deux", "translation": "two"},
        {**ROW, "stage": "held", "credibility": "2"},
        {**ROW, "stage": "offered", "credibility": "3"},
    ]
    for name, value in changes.items():
        form[name] = value
        if value is None:
            del form[name]
    [told] = faults(claims=rows)
    assert told.startswith(fault)


def test_a_key_that_hides_something_is_escaped_in_the_path(form, faults):
    form["actors"]["a\x1b[31mb"] = {"kind": 5}
    assert faults() == [
        (
            "$.actors['a\\x1b[31mb'].kind: the value must be a text, got 5;"
            ' write it as text, "5"'
        )
    ]
    assert member("$.actors", "lna") == "$.actors.lna"
    assert member("$.actors", "a b") == "$.actors['a b']"


def test_what_is_filled_in_says_where_and_what():
    assert str(Filled("claims.c1.of", "price")) == "claims.c1.of: price"


# --- collecting


def test_a_block_with_a_fault_is_left_and_the_next_is_read():
    findings = Findings()
    for error in (InvalidValueError("x", 1, "2"), OSError("no disk"), Follows()):
        with findings.at("$.a"):
            raise error
    assert findings.faults == ["$.a: x must be 2, got 1", "$.a: no disk"]
    with pytest.raises(AuthoringError) as refused:
        findings.require_none()
    assert refused.value.faults == tuple(findings.faults)


def test_a_fault_of_a_row_names_the_row_by_its_own_id(faults):
    rows = [
        {**ROW, "id": "trucks", "says": "so", "quote": "ten trucks"},
        {**ROW, "id": "two words", "stage": "sent"},
        {**ROW, "stage": "sent"},
        {**ROW, "id": "late", "stage": 40, "by": 7},
    ]
    found = faults(claims=rows)
    first, *places = next(one for one in found if "[0]" in one).split("\n")
    assert first.endswith("say which (nth), or quote more [row trucks]")
    assert len(places) == 2
    assert not places[-1].endswith("]")
    assert [one for one in found if "[1]" in one or "[2]" in one] == [
        one for one in found if one.endswith("got 'sent'")
    ]
    wanted = (
        '.stage: the value must be a text, got 40; write it as text, "40" [row late]'
    )
    assert f"$.claims[3]{wanted}" in found


def test_a_fault_of_the_whole_names_the_row_as_well(faults):
    row = {**ROW, "id": "held", "stage": "held", "answers": "held"}
    [fault] = faults(claims=[row])
    assert fault.endswith("free of circles, got 'held.stage' [row held]")


def test_an_error_of_ours_that_is_no_fault_is_not_hidden():
    with pytest.raises(ZeroDivisionError), Findings().at("$"):
        raise ZeroDivisionError


def test_parts_are_gathered_when_all_can_be_read():
    findings = Findings()
    assert findings.gather("$", a=lambda: 1, b=lambda: None) == {"a": 1, "b": None}
    with pytest.raises(Follows):
        findings.gather("$", a=lambda: 1, b=lambda: locate("text", "words"))
    assert len(findings.faults) == 1


def test_faults_are_told_of_their_file():
    with pytest.raises(AuthoringError) as refused, told_of("a.json"):
        raise CanonicalError("$.x", "a float")
    assert (refused.value.file, refused.value.faults) == ("a.json", ("$.x: a float",))
    assert str(refused.value) == "a.json: $.x: a float"


def test_a_newer_version_is_told_of_the_file_and_is_no_fault_of_it():
    with pytest.raises(NewerVersionError, match=r"^a\.json: "), told_of("a.json"):
        raise NewerVersionError("report", 9)
