"""Authoring forms as a whole: tables, exhibits, files, and every fault at once."""

import hashlib
import hmac
import json

import pytest

from embargo_monitor.authoring import author_file, read_written
from embargo_monitor.authoring.compiling import files_in
from embargo_monitor.errors import AuthoringError, InvalidValueError, NewerVersionError
from embargo_monitor.model.actors import ActorKind
from embargo_monitor.model.names import NameKind

TEXT = (
    b"Ten trucks were delivered last week, a minister said on Tuesday.\n"
    b"The price was 3 million euros. Ten trucks are many."
)


def faults(authored, form, **files):
    with pytest.raises(AuthoringError) as refused:
        authored(form, **files)
    return refused.value.faults


def test_what_the_gazetteer_knows_is_taken_from_it_and_told(form, authored):
    made = authored(form)
    pakistan = made.report.actors[0]
    assert (pakistan.kind, pakistan.names[0].text, pakistan.country) == (
        ActorKind.STATE,
        "Pakistan",
        "PK",
    )
    assert [str(one) for one in pakistan.same_as] == ["gazetteer:PK"]
    assert "actors.PK: Pakistan (state), from the gazetteer" in map(str, made.filled)


def test_a_local_id_can_stand_for_a_gazetteer_entry(form, authored):
    form["actors"]["army"] = {"gazetteer": "lna", "names": {"ar": "الجيش"}}
    army = authored(form).report.actors[-1]
    assert (army.kind, army.names[0].text, army.country) == (
        ActorKind.ARMED_GROUP,
        "الجيش",
        "LY",
    )


def test_an_actor_that_nobody_knows_is_refused_with_near_ids(form, authored):
    form["actors"]["lnna"] = {}
    [fault] = faults(authored, form)
    assert fault.startswith("$.actors.lnna: unknown gazetteer id 'lnna'; near: lna")


def test_a_country_can_be_a_place(form, row, authored):
    row["to"] = "LY"
    [place] = authored(form).report.places
    assert (place.id, place.country, place.names[0].text) == ("LY", "LY", "Libya")


@pytest.mark.parametrize("place", ["lna", "nowhere"])
def test_a_place_that_is_neither_named_nor_a_country_is_refused(
    form, row, authored, place
):
    row["place"] = place
    [fault] = faults(authored, form)
    assert fault.startswith(f"$.places.{place}: ")


def test_places_of_ones_own(form, row, authored):
    form["places"] = {
        "port": {
            "kind": "port",
            "names": {"en": "the port"},
            "country": "LY",
            "offset": "10 km north of",
            "same_as": ["wikidata:Q3579"],
        }
    }
    row["place"] = "port"
    [place] = authored(form).report.places
    assert (place.offset, str(place.same_as[0])) == ("10 km north of", "wikidata:Q3579")


def test_titles_in_other_languages_are_translations(form, authored):
    titles = authored(form).report.document.titles
    assert [(one.text, one.kind) for one in titles] == [
        ("Ten trucks", NameKind.OWN),
        ("Dix camions", NameKind.TRANSLATED),
    ]


def test_a_person_who_speaks_needs_no_kind(form, authored):
    made = authored(form)
    assert made.report.sources[1].kind.value == "person"
    assert "sources.colonel.kind: person, as its actor is" in map(str, made.filled)


def test_a_person_who_is_not_public_is_refused(form, authored):
    form["actors"]["mate"] = {"kind": "person", "names": {"en": "A. Mate"}}
    [fault] = faults(authored, form)
    assert fault.startswith(
        "$.actors.mate: public must be true for a person whose name"
    )


def test_sources_and_readings_say_all_that_they_can(form, authored):
    form["sources"]["panel"] = {
        "kind": "body",
        "names": {"en": "the panel"},
        "mandate": "panel",
        "count": "at least 2 persons",
        "state": "leaked",
        "same_as": ["un-symbol:S/2019/914"],
    }
    form["document"]["written"] = {"date": "2025-12-22"}
    form["document"]["other_readings"] = [
        {"date": "2025-11", "basis": "in the metadata", "wording": "2025-11"}
    ]
    form["document"]["same_as"] = ["url:https://paper.example/ten-trucks"]
    made = authored(form).report
    panel = made.sources[-1]
    assert (panel.mandate.value, str(panel.count)) == ("panel", "at least 2 persons")
    assert made.document.other_readings[0].basis.value == "in the metadata"
    assert str(made.document.same_as[0]) == "url:https://paper.example/ten-trucks"


def test_an_exhibit_is_bound_by_its_digest_and_that_is_told(form, authored):
    made = authored(form)
    digest = "sha256:" + hashlib.sha256(TEXT).hexdigest()
    [exhibit] = made.report.document.exhibits
    assert (exhibit.digest, exhibit.size, exhibit.language) == (digest, len(TEXT), "en")
    assert made.exhibits[digest].data == TEXT
    assert str(made.filled[0]) == (
        f"document.exhibits.text: {digest}, {len(TEXT):,} bytes"
    )


def test_an_exhibit_that_is_another_file_is_refused(form, authored):
    form["document"]["exhibits"]["text"]["sha256"] = "00" * 32
    fault = faults(authored, form)[0]
    assert fault.startswith("$.document.exhibits.text: sha256 must be that of the file")


def test_above_public_the_digest_is_keyed_with_a_salt(form, authored):
    form["document"]["exhibits"]["text"].update(handling="limited", salt="salt")
    made = authored(form)
    keyed = hmac.new(bytes(range(32)), TEXT, "sha256").hexdigest()
    [exhibit] = made.report.document.exhibits
    assert exhibit.digest == f"hmac-sha256:{keyed}"
    assert made.exhibits[exhibit.digest].salt == bytes(range(32))


@pytest.mark.parametrize(
    "changes",
    [
        {"handling": "limited"},
        {"salt": "salt"},
        {"handling": "limited", "salt": "short"},
    ],
    ids=str,
)
def test_a_salt_is_32_bytes_above_public_and_only_there(form, authored, changes):
    form["document"]["exhibits"]["text"].update(changes)
    fault = faults(authored, form)[0]
    assert "salt" in fault
    assert "32" in fault


def test_a_text_that_is_not_utf8_is_refused_at_its_byte(form, authored):
    fault = faults(authored, form, **{"text.txt": b"abc\xff"})[0]
    assert fault.startswith("$.document.exhibits.text: file must be UTF-8 text")
    assert "at byte 3" in fault


def test_another_medium_is_bound_and_not_read(form, authored):
    form["document"]["exhibits"]["scan"] = {
        "file": "scan.png",
        "media_type": "image/png",
        "title": "the page",
    }
    form["document"]["exhibits"]["text"]["parent"] = "scan"
    made = authored(form, **{"scan.png": b"\x89PNG\xff"})
    assert [one.id for one in made.report.document.exhibits] == ["text", "scan"]


def test_faults_of_every_table_are_told_at_once(form, authored):
    form["actors"]["x"] = {"kind": "army", "names": {"en": "X"}}
    form["places"] = {"y": {"kind": "hill", "names": {"en": "Y"}}}
    form["sources"]["z"] = {"kind": "rumour", "names": {"en": "Z"}}
    form["events"]["deal"]["kind"] = "sale"
    form["document"]["published"]["basis"] = "guessed"
    assert [fault.partition(":")[0] for fault in faults(authored, form)] == [
        "$.actors.x",
        "$.places.y",
        "$.sources.z",
        "$.events.deal",
        "$.document",
    ]


def test_an_unknown_field_names_the_near_ones(form, row, authored):
    row["suplier"] = "PK"
    [fault] = faults(authored, form)
    assert fault.startswith("$.claims[0]: unknown field 'suplier'; near: supplier")


def test_a_missing_field_is_named(form, authored):
    del form["document"]["publisher"]
    assert faults(authored, form) == ("$.document.publisher: is missing",)


def test_what_hangs_together_wrongly_is_told_in_the_words_of_the_form(
    form, row, authored
):
    row["supplier"] = "nobody"
    [fault] = faults(authored, form)
    assert fault.startswith(
        "$.claims.sale.supplier.actor: actors must be the id of one"
    )
    row["supplier"] = "PK"
    form["voices"]["minister"].reverse()
    [fault] = faults(authored, form)
    assert fault.startswith(
        "$.voices.minister.speakers: speakers must be the document's"
    )
    form["document"]["publisher"] = "nobody"
    [fault] = faults(authored, form)
    assert fault.startswith("$.document.publisher: sources must be the id of one")


@pytest.mark.parametrize(
    ("table", "entry"),
    [
        ("actors", {"kind": "state", "names": {"en": "X"}, "country": "QQ"}),
        ("places", {"kind": "town", "names": {"en": "X"}, "country": "lna"}),
        ("sources", {"kind": "body", "names": {"en": "X"}, "nationality": "QQ"}),
    ],
)
def test_a_country_is_one_that_the_gazetteer_knows(form, authored, table, entry):
    form.setdefault(table, {})["x"] = entry
    [fault] = faults(authored, form)
    assert fault.startswith(f"$.{table}.x: ")


def test_a_date_said_to_be_printed_must_stand_in_the_exhibit(form, authored):
    form["document"]["published"]["wording"] = "23 December"
    [fault] = faults(authored, form)
    assert fault.startswith("$.document: wording must be words that stand in")
    form["document"]["published"]["basis"] = "in the metadata"
    assert authored(form).report.document.published.wording == "23 December"


def test_a_form_of_a_newer_version_asks_for_a_newer_library(form, authored):
    form["form"] = 2
    form["unheard"] = "of"
    with pytest.raises(NewerVersionError, match="needs a newer version"):
        authored(form)


def test_what_is_no_object_is_no_form(authored):
    assert faults(authored, []) == ("$: the value must be an object, got []",)


def test_files_outside_the_folder_are_never_read(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (inside / "link").symlink_to(tmp_path / "secret")
    (inside / "mine").write_bytes(b"mine")
    read = files_in(inside)
    assert read("mine") == b"mine"
    for name in ("../secret", str(tmp_path / "secret"), "link"):
        with pytest.raises(InvalidValueError, match="in the authoring file's folder"):
            read(name)


def test_a_missing_exhibit_is_a_fault_of_the_form(form, tmp_path):
    path = tmp_path / "r.json"
    path.write_text(json.dumps(form))
    with pytest.raises(AuthoringError) as refused:
        author_file(path)
    assert f"{path}: $.document.exhibits.text: " in str(refused.value)
    assert "text.txt" in str(refused.value)


def test_a_file_becomes_a_report(form, tmp_path):
    (tmp_path / "text.txt").write_bytes(TEXT)
    path = tmp_path / "r.json"
    path.write_text(json.dumps(form))
    assert author_file(path).report.id == "r-1"
    form["form"] = 2
    path.write_text(json.dumps(form))
    with pytest.raises(NewerVersionError):
        author_file(path)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "text.txt").write_bytes(TEXT)
    return tmp_path


def read(data, folder):
    return list(read_written(data, name="a file", folder=folder))


def test_one_object_or_one_on_every_line(form, folder):
    [one] = read(json.dumps(form, indent=2).encode(), folder)
    assert one.report.id == "r-1"
    lines = "\n\n".join(json.dumps({**form, "report": f"r-{n}"}) for n in (1, 2))
    assert [two.report.id for two in read(lines.encode(), folder)] == ["r-1", "r-2"]


WITHDRAWAL = {
    "index": 4,
    "leaf": "00",
    "v": 1,
    "recorded": "2026-01-02T03:04:05Z",
    "by": "ana",
    "kind": "withdrawal",
    "kv": 1,
    "id": "w-1",
    "body": {"entry": "r-1", "entry_kind": "report", "reason": "twice", "by": "ana"},
}


def test_a_record_as_show_prints_it_can_be_read_again(folder):
    [record] = read(json.dumps(WITHDRAWAL).encode(), folder)
    assert (record.id, record.reason) == ("w-1", "twice")


@pytest.mark.parametrize("key", ["kind", "kv", "id", "body"])
def test_a_record_needs_kind_version_id_and_body(folder, key):
    broken = json.dumps({**WITHDRAWAL, key: []}).encode()
    with pytest.raises(AuthoringError, match=r"a file: \$\." + key):
        read(broken, folder)


def test_a_newer_record_asks_for_a_newer_library(folder):
    with pytest.raises(NewerVersionError):
        read(json.dumps({**WITHDRAWAL, "kv": 2}).encode(), folder)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "a file: $: "),
        (b"\xef\xbb\xbf{}", "a file: $: "),
        (b'{"report": "r-1", "report": "r-2"}', "a file: $.report: "),
        (b'{"report": 1.5}', "a file: $.report: "),
        (b'{\n  "report": "r-1",\n  "docu', "line 3"),
        (b'{"report": "r-1"', "column"),
        (json.dumps(WITHDRAWAL).encode() + b'\n{"b": ', "a file, line 2: "),
    ],
    ids=str,
)
def test_what_is_no_json_is_refused_with_its_place(folder, data, words):
    with pytest.raises(AuthoringError) as refused:
        read(data, folder)
    assert words in str(refused.value) or words in str(refused.value.file)
