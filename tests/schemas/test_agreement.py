"""What the schemas refuse the library refuses, and the other way round.

All but what JSON Schema cannot say: `REASONS`, which docs/schemas.md lists as well. The
test breaks what is right, in one place or two, and asks both.
"""

import json
import random
import re
import typing
from collections import defaultdict
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from embargo_monitor.authoring import author
from embargo_monitor.authoring.exhibits import files_in
from embargo_monitor.canonical import canonical_bytes, read_json
from embargo_monitor.encoding import KIND_VERSIONS, decode, encode
from embargo_monitor.errors import (
    AuthoringError,
    CanonicalError,
    EncodingError,
    EntryTooLargeError,
    NewerVersionError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.model.claims import AnyClaim, Claim
from embargo_monitor.schemas import read_schema
from embargo_monitor.structuring import structure, unstructure
from embargo_monitor.testing import (
    actors,
    amounts,
    claims,
    documents,
    events,
    exhibits,
    items,
    places,
    readings,
    records,
    sources,
    voices,
    whens,
)

ROOT = Path(__file__).parent.parent.parent
GOLDEN = sorted((ROOT / "tests" / "data" / "golden" / "v1").glob("*.json"))
FORMS = [
    *sorted((ROOT / "seeds").glob("*.json")),
    *sorted((ROOT / "docs" / "example").glob("*.json")),
    *sorted((ROOT / "tests" / "data" / "cases").glob("*/*.report.json")),
]
ENTRIES = {
    kind: Draft202012Validator(read_schema("record", kind)) for kind in KIND_VERSIONS
}
FORM = Draft202012Validator(read_schema("authoring"))

INSTANT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def read(path):
    return json.loads(path.read_text("utf-8"))


def faults_of_entry(kind, value):
    """Give what the library has against an entry of that kind."""
    try:
        record = decode(canonical_bytes(value)).record
    except CanonicalError as error:
        return (str(error),)
    except EncodingError as error:
        return error.faults
    return () if record and record.kind == kind else ("$.kind: of another kind",)


def faults_of_form(folder, value):
    """Give what the library has against an authoring file in that folder."""
    try:
        author(read_json(json.dumps(value).encode()), read=files_in(folder))
    except AuthoringError as error:
        return [re.sub(r" \[row .*\]$", "", fault) for fault in error.faults]
    except (CanonicalError, NewerVersionError) as error:
        return (str(error),)
    return ()


# What JSON Schema cannot say, by the words of the page; and how the library says it.
REASONS = {
    "an id that nothing bears": (
        r"must be the id of one of the report's",
        r"unknown (source|actor|voice|place|exhibit|row or claim|event) ",
        r"about must be one event or actor of the report",
        r"(anchor|until) must be published, written, said, or a row that carries",
    ),
    "an id given twice": (
        r"id must be used once",
        r"id must be the id of one row only",
        r"claim must be added, replaced or withdrawn once",
        r"speakers must be at least one speaker, each once, got \['",
    ),
    "a circle": (
        r"id must be free of circles",
        r"anchor must be a date that does not wait for this one",
    ),
    "a voice that does not end with the publisher": (
        r"speakers must be the document's publisher",
    ),
    "what another part says": (
        r"sources.*: kind is missing; it must be one of person, ",
        r"printed must be what the wording itself names",
        r"about must be of kind .*, got '(event|actor):",
        r"(answers|within|converts|departs_from|rests_on) must be one claim of row",
        r"regime must be .*, which the claim is about",
        r"second must be another thing than first",
        r"claim must be the local id, .*, in its own report",
        r"repeats must be another report",
    ),
    "a date that a rule gives": (
        r"date must be .*, as .* counts from",
        r"date must be days that .* can mean by",
        r"(anchor|until) must be something with a date",
        r"anchor must be (early|late) enough that",
        r"anchor must be one (month, )?year.* for ",
        r"date must be bounded at one end at least",
        r"date must be on or after .*, where it begins",
    ),
    "a day that the calendar has": (
        r"is in no calendar",
        r"an interval must not end before it begins",
        r"a range must not end before it begins",
        r"both ends of a range are days, or months, or years",
    ),
    "a number against another": (
        r"low and high must be (one and the same number|two ends, the low one less)",
        r"end must be more than start",
        r"(low|high) must be a Decimal from 0",
    ),
    "NFC": (r"in NFC",),
    "a check digit": (r"imo must be a number whose check digit agrees",),
    "what the exhibits hold": (
        r"the words stand (nowhere|[0-9]+ times)",
        r"nth must be from 1 to",
        r"wording must be words that stand in the exhibit",
        r"exhibit must be one of ",
        r"(file|salt) must be a file that (is there|can be read)",
        r"file must be in the authoring file's folder",
        r"sha256 must be that of the file",
    ),
    "the gazetteer": (
        r"unknown gazetteer id",
        r"country must be a country of the gazetteer",
        r"place must be a place of the report or a country of the gazetteer",
    ),
    "an id that is put together": (
        r"id must be 1 to 64 of .* got '[A-Za-z0-9][A-Za-z0-9._-]*\.[a-z_]+[0-9.]*'$",
    ),
    "the size of the whole": (
        r"[0-9,]+ bytes; at most [0-9,]+$",
        r"row must be such that a log can hold its claims",
        r"rows and members of tables; at most",
        r"anchor must be a date for which at most [0-9]+ others wait",
    ),
    "a whole number written as 1.0": (r"a float; write it as text",),
    "a line feed at the end": (r"got '.*\\n'$",),
}


def unlisted(faults, reasons):
    """Give those of *faults* that have none of these reasons."""
    listed = re.compile("|".join(one for said in reasons for one in said))
    return [fault for fault in faults if not listed.search(fault)]


def require_agreement(validator, value, faults):
    if validator.is_valid(value):
        assert not unlisted(faults, REASONS.values()), "the library alone refuses it"
    else:
        assert faults, f"the schema alone refuses it: {[*validator.iter_errors(value)]}"


# What a value is broken with: what formats, dates and rules could stumble over.
TEXTS = (
    """
| |x|two words|0|1|-1|1.5|1.50|01|0.0000001|16 items|1 item|about 3 billion USD|USD|TIV
2 to 1 items|1 to 1 items|1 to 2 items|less than 0 items|2 million TIV|2 TIV|2 ZZZ|DEM
1,00 USD|1,000 USD|1 company|per year|2 DEM|at most 3 years|2025-02-30|2025-13|2025-21
2025-12-23|2025-12-23?|2025/2024|2025/2026~|[2025]|[2025-12..2025-11]|[2024,2025]|../2025
2025/..|../..|[..]|[2025..]|[..2024,2025-01]|202X|0000|0000-XX|2025-12-23T00:00:00Z|24:00
[2024..2025-01]|[2024..,2025]|[..2024]|2025-XX-XX|2025-XX-01|20XX~|/2025|2025/|/
23:59|reading@1|after@1|before@1|weekday-before@1 monday|weekday-before@1|quarter@1 1
hijri-lunar@1 1444-03-12|hijri-lunar@1 1444-13|month-before@1|julian@1 1917|early@1
event:x|actor:x|regime:x|regime:un-libya-2011|imo:9074729|imo:9074728|domain:a.b|x:y
gazetteer:PK|unroca:IV|unroca:IX|a#b|a#b#c|minister?|PK|XX|arms: x|arms:|arms: |thing: x
text/plain|en|EN|ar-Latn|english|published|said|relays|doubts|person|unclear|inferred
""".strip("\n")
    .replace("\n", "|")
    .split("|")
)
TEXTS += ["a" * 65, "a" * 1001, "a" * 20_001, "sha256:" + "0" * 64, "0" * 64, "1" * 25]
TEXTS += [
    "\u200f",
    "e\u0301",
    "a\tb",
    "a\u202eb",
    "a\nb",
    "\U000e0001",
    "a\n",
    "\ud800",
]
OTHERS = [0, 1, -1, 2**53, True, False, None, 1.0, 1.5, [], {}, [""], ["a"], {"a": "b"}]


def places_in(value, place=()):
    """Give the place of everything in a JSON value, as steps from the outside."""
    if place:
        yield place
    steps = (
        value
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else ()
    )
    for step in steps:
        yield from places_in(value[step], (*place, step))


def at(value, place):
    for step in place:
        value = value[step]
    return value


def name_of(place):
    """Give the name of the field that holds what stands at *place*."""
    return next((step for step in reversed(place) if isinstance(step, str)), "")


def kind_of(place):
    """Give the steps to a place, but for numbers and the ids of tables."""
    names = [step for step in place if isinstance(step, str)]
    return names[:1] if len(place) == 2 else names[-1:]


def words_by_name(schema):
    """Give the words of closed lists by the fields that hold them."""
    found, definitions = defaultdict(list), schema["$defs"].values()
    for part in definitions:
        for name, field in part.get("properties", {}).items():
            for one in (field, *field.get("anyOf", ())):
                told = schema["$defs"].get(one.get("$ref", "").split("/")[-1], one)
                found[name] += told.get("enum", [])
    return found


@frozen
class Breaker:
    """Breaks JSON values, with what stands elsewhere and with what is strange."""

    texts: list
    by_name: dict

    @classmethod
    def of(cls, schema, values):
        texts, by_name = list(TEXTS), words_by_name(schema)
        for value in values:
            for place in places_in(value):
                one = at(value, place)
                by_name[name_of(place)].append(one)
                if isinstance(one, str):
                    texts.append(one)
        return cls(sorted(set(texts)), dict(sorted(by_name.items())))

    def broken(self, value, chance):
        value = deepcopy(value)
        if chance.random() < 1 / 2:
            self._cross(value, chance)
            return value
        for _ in range(chance.choice((1, 1, 1, 2))):
            places = list(places_in(value))
            if places:
                place = chance.choice(places)
                self._break(at(value, place[:-1]), place, chance)
        return value

    def _cross(self, value, chance):
        """Give an object some fields of another one that stands in such a place."""
        objects = [
            place for place in places_in(value) if isinstance(at(value, place), dict)
        ]
        if objects:
            place = chance.choice(objects)
            alike = [one for one in objects if kind_of(one) == kind_of(place)]
            one, other = at(value, place), deepcopy(at(value, chance.choice(alike)))
            for name in sorted({*one, *other}):
                if chance.random() < 1 / 3:
                    one.pop(name, None)
                    one.update({name: other[name]} if name in other else {})
            if chance.random() < 1 / 2:
                name = chance.choice(sorted({*one, *other}) or ["x"])
                one[name] = self._like(name, chance)

    def _break(self, within, place, chance):
        step, other = place[-1], chance.choice(list(self.by_name))
        ways = {
            "leave out": lambda: within.pop(step),
            "text": lambda: self._put(within, step, chance.choice(self.texts)),
            "other": lambda: self._put(within, step, deepcopy(chance.choice(OTHERS))),
            "from elsewhere": lambda: self._put(
                within, step, self._like(name_of(place), chance)
            ),
        }
        if isinstance(within, dict):
            ways["add"] = lambda: self._put(within, other, self._like(other, chance))
            ways["rename"] = lambda: self._put(within, other, within.pop(step))
        else:
            ways["twice"] = lambda: within.append(deepcopy(within[step]))
            ways["turn"] = within.reverse
        ways[chance.choice(list(ways))]()

    def _put(self, within, step, value):
        within[step] = value

    def _like(self, name, chance):
        return deepcopy(chance.choice(self.by_name.get(name) or self.texts))


# The same in every run; and to shrink the seed of a chance leads nowhere.
BROKEN = settings(derandomize=True, phases=[Phase.explicit, Phase.generate])
CHANCES = st.integers(0, 2**32).map(random.Random)
BREAKER_OF_ENTRIES = Breaker.of(read_schema("record"), map(read, GOLDEN))
BREAKER_OF_FORMS = Breaker.of(read_schema("authoring"), map(read, FORMS))


# For each reason, a change to the invented report that only the library refuses.
EXAMPLES = {
    "an id that nothing bears": lambda form: form["claims"][0].update(voice="x"),
    "an id given twice": lambda form: form["voices"]["pilot"].insert(0, "pilot"),
    "a circle": lambda form: form["sources"]["officials"].update(
        part_of="one-official"
    ),
    "a voice that does not end with the publisher": lambda form: form["voices"][
        "pilot"
    ].reverse(),
    "what another part says": lambda form: form["claims"][0].update(about="lutha-navy"),
    "a date that a rule gives": lambda form: form["document"].pop("published"),
    "a day that the calendar has": lambda form: form["document"]["published"].update(
        date="2019-02-30"
    ),
    "a number against another": lambda form: form["claims"][1].update(
        value="3 to 2 million USD"
    ),
    "NFC": lambda form: form["document"].update(note="e\u0301"),
    "a check digit": lambda form: form["document"].update(same_as=["imo:9074728"]),
    "what the exhibits hold": lambda form: form["claims"][0].update(quote="seven"),
    "the gazetteer": lambda form: form["actors"].update(atlantis={}),
    "an id that is put together": lambda form: form["claims"].append(
        {"id": "a" * 64, "voice": "courier", "about": "boats", "stage": "talks"}
    ),
    "a whole number written as 1.0": lambda form: form.update(form=1.0),
    "a line feed at the end": lambda form: form.update(report="courier\n"),
}


def row(**fields):
    return lambda form: form["claims"].append(
        {"voice": "pilot", "about": "boats", **fields}
    )


def dated(**when):
    return row(stage="paid", when=when)


def in_document(**fields):
    return lambda form: form["document"].update(fields)


def source(**fields):
    return lambda form: form["sources"].update(new=fields)


def speaker(**fields):
    first = {"source": "pilot", **fields}
    return lambda form: form["voices"].update(new=[first, "courier"])


def day(**fields):
    return dated(rule="month-before@1", anchor=fields)


NAMES = {"names": {"en": "A. Mate"}}
# One way, or two, to break each condition of the form; and both refuse it.
WRONG = [
    row(),
    row(goods="arms: x", quantity="2 USD"),
    row(stage="paid", quantity="2 items"),
    row(stage="paid", line="a"),
    row(stage="paid", place="selva", of="price"),
    row(terms="sale", at="paid"),
    row(terms="sale", by="ministry"),
    row(terms="sale", when="2019"),
    row(mentions=["arms: x"]),
    row(stage="paid", **{"as": "unclear"}),
    row(stage="paid", actor="ministry"),
    row(stage="paid", text="a"),
    row(stage="paid", position="in force"),
    row(stage="paid", translation="a"),
    row(stage="paid", **{"for": "ministry"}),
    row(embargo="un-libya-2011"),
    row(about="actor:ministry", actor_is="owner"),
    row(about="actor:ministry", stage="paid"),
    row(about="event:boats", actor_is="owner", text="a"),
    row(about="regime:x", value="2 USD"),
    row(value="3 years"),
    row(value="2 USD", of="delivery period"),
    row(value="2 million TIV", of="consignments"),
    row(stage="paid", quote="six", wording="six"),
    row(stage="paid", when=""),
    dated(),
    dated(date="2019", known="inferred"),
    dated(date="2019", translation="a"),
    dated(date="2019", rule="month-before@1"),
    dated(date="2019", rule="reading@1", reason="a"),
    dated(date="2019?", rule="reading@1"),
    dated(date="2019?", rule="reading@1", reason="a", against="reading@1"),
    dated(date="2019", against="month-before@1"),
    dated(date="2019", anchor="published"),
    dated(rule="month-before@1", until="published"),
    day(),
    day(day="2019"),
    day(day="2019", printed="2019", reason="a"),
    day(printed="2019", reason="a"),
    in_document(titles={}),
    in_document(published={"date": "2019-05-14", "basis": "inferred"}),
    in_document(exhibits={"text": {"file": "courier.txt", "handling": "limited"}}),
    in_document(exhibits={"text": {"file": "courier.txt", "salt": "courier.txt"}}),
    source(kind="person", **NAMES),
    source(kind="people", **NAMES),
    source(kind="body"),
    source(**NAMES),
    source(kind="body", actor="ministry", unnamed=True),
    source(kind="body", **NAMES, count="3 USD"),
    lambda form: form["actors"].update(
        new={"kind": "group", **NAMES, "count": "3 years"}
    ),
    speaker(known="inferred"),
    speaker(reason="a"),
    speaker(stance="doubts"),
    lambda form: form["voices"].update(new=[]),
    lambda form: form["voices"].update(new=["courier?"]),
    lambda form: form["actors"].update(new={"kind": "person", **NAMES}),
    lambda form: form["places"]["selva"].update(names={}),
    lambda form: form["places"]["selva"].update(names={"en": []}),
    lambda form: form.pop("graded"),
    lambda form: form["claims"][0].update(translation="a"),
    lambda form: form.update(sources={}),
]


def entry_of(record):
    return json.loads(encode(record, recorded=INSTANT, by="desk"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_entry_is_accepted(path):
    value = read(path)
    assert [*ENTRIES[value["kind"]].iter_errors(value)] == []


@pytest.mark.parametrize(
    "path", FORMS, ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_an_authoring_file_is_accepted(path):
    assert [*FORM.iter_errors(read(path))] == []
    assert faults_of_form(path.parent, read(path)) == ()


@pytest.mark.parametrize("nth", range(len(WRONG)))
def test_a_form_that_breaks_one_condition_is_refused_by_both(nth):
    folder = ROOT / "docs" / "example"
    form = read(folder / "courier.report.json")
    WRONG[nth](form)
    assert not FORM.is_valid(form)
    assert faults_of_form(folder, form)


def test_a_quantity_of_money_is_refused_by_both():
    whole = next(one for one in map(read, GOLDEN) if '"quantity"' in json.dumps(one))
    kind = whole["kind"]
    quantities = [
        at(whole, place) for place in places_in(whole) if place[-1] == "quantity"
    ]
    assert ENTRIES[kind].is_valid(whole)
    quantities[0]["unit"] = "USD"
    assert not ENTRIES[kind].is_valid(whole)
    assert faults_of_entry(kind, whole)


def test_a_second_reason_of_an_assessment_is_refused_by_both():
    [whole] = [one for one in map(read, GOLDEN) if one["kind"] == "assessment"]
    assert ENTRIES["assessment"].is_valid(whole)
    whole["body"]["credibility"]["reason"] = "one more"
    assert not ENTRIES["assessment"].is_valid(whole)
    [fault] = faults_of_entry("assessment", whole)
    assert fault.startswith("$.body.credibility: reason must be left out")


@pytest.mark.parametrize("reason", EXAMPLES)
def test_what_a_schema_cannot_say_the_library_says(reason):
    folder = ROOT / "docs" / "example"
    form = read(folder / "courier.report.json")
    EXAMPLES[reason](form)
    faults = faults_of_form(folder, form)
    assert FORM.is_valid(form)
    assert faults
    assert not unlisted(faults, [REASONS[reason]])


def test_what_is_too_large_the_library_says(tmp_path, clock):
    folder = ROOT / "docs" / "example"
    form = read(folder / "courier.report.json")
    for row in form["claims"]:
        row["note"] = "a" * 20_000
    assert FORM.is_valid(form)
    with (
        EventLog.create(tmp_path / "a.db", clock=clock) as log,
        pytest.raises((AuthoringError, EntryTooLargeError)),
    ):
        log.append(author(form, read=files_in(folder)), by="desk")
    assert set(REASONS) - set(EXAMPLES) == {"the size of the whole"}


def test_the_page_lists_what_a_schema_cannot_say():
    page = (ROOT / "docs" / "schemas.md").read_text("utf-8")
    part = page.split("## What a schema cannot say")[1].split("\n## ")[0]
    assert re.findall(r"^\| \*\*(.+?)\*\* \|", part, re.MULTILINE) == list(REASONS)


@given(records())
def test_every_record_is_accepted(record):
    value = entry_of(record)
    assert [*ENTRIES[record.kind].iter_errors(value)] == []


@settings(BROKEN, max_examples=400)
@given(records(), CHANCES)
def test_of_a_broken_record_schema_and_library_say_the_same(record, chance):
    value = BREAKER_OF_ENTRIES.broken(entry_of(record), chance)
    require_agreement(ENTRIES[record.kind], value, faults_of_entry(record.kind, value))


@settings(BROKEN, max_examples=400)
@given(st.sampled_from(GOLDEN), CHANCES)
def test_of_a_broken_golden_entry_schema_and_library_say_the_same(path, chance):
    whole = read(path)
    value = BREAKER_OF_ENTRIES.broken(whole, chance)
    require_agreement(
        ENTRIES[whole["kind"]], value, faults_of_entry(whole["kind"], value)
    )


def test_an_actor_with_an_empty_list_of_names_is_refused():
    folder = ROOT / "docs" / "example"
    form = read(folder / "courier.report.json")
    form["actors"]["ruritania"]["names"]["en"] = []
    assert faults_of_form(folder, form)


@settings(BROKEN, max_examples=600)
@given(st.sampled_from(FORMS), CHANCES)
def test_of_a_broken_authoring_file_schema_and_library_say_the_same(path, chance):
    value = BREAKER_OF_FORMS.broken(read(path), chance)
    require_agreement(FORM, value, faults_of_form(path.parent, value))


PARTS = {
    "Actor": actors(),
    "Place": places(),
    "Amount": amounts(),
    "Item": items(),
    "Exhibit": exhibits(),
    "Reading": readings(),
    "Document": documents(),
    "Source": sources(),
    "Voice": voices(),
    "When": whens(),
    "Event": events(),
} | {kind.__name__: claims(kind) for kind in typing.get_args(AnyClaim)}


def crossed(one, other, chance):
    """Give an object with fields of two, and within them with parts of two."""
    made = {}
    for name in sorted({*one, *other}):
        first, second = chance.sample([one, other], 2)
        if name in first:
            made[name] = deepcopy(first[name])
            if isinstance(made[name], dict) and isinstance(second.get(name), dict):
                made[name] = crossed(made[name], second[name], chance)
    return made


@pytest.mark.parametrize("name", PARTS)
def test_of_a_part_made_of_two_schema_and_library_say_the_same(name):
    definitions = read_schema("record")["$defs"]
    part = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": definitions})

    @settings(BROKEN, max_examples=150)
    @given(PARTS[name], PARTS[name], CHANCES)
    def agrees(one, other, chance):
        value = crossed(unstructure(one), unstructure(other), chance)
        require_agreement(part, value, faults_of_part(type(one), value))

    agrees()


def faults_of_part(type_, value):
    """Give what the library has against a part; it is written in one way only."""
    kindless = {
        key: one
        for key, one in value.items()
        if key != "kind" or not issubclass(type_, Claim)
    }
    try:
        shortest = unstructure(structure(kindless, type_, "$"))
    except EncodingError as error:
        return error.faults
    return () if shortest == value else ("$: left out when it says nothing",)
