"""Actors, places, sources, events, document: as written, or from the gazetteer."""

import pytest

from embargo_monitor.model.actors import ActorKind, PlaceKind
from embargo_monitor.model.documents import Basis
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.grades import Reliability
from embargo_monitor.model.names import NameKind
from embargo_monitor.model.voices import DocumentState, Mandate, Side, SourceKind


@pytest.fixture
def by_id(authored, form):
    """Add one member to a table of the form, and return it as it was read."""

    def make(table, id, **member):
        form[table][id] = member
        rows = getattr(authored().report, table)
        return {row.id: row for row in rows}[id]

    return make


@pytest.fixture
def member_faults(faults, form):
    """Add one member to a table of the form, and return the faults."""

    def find(table, id, **member):
        form[table][id] = member
        return faults()

    return find


def texts(names):
    return [(one.language, one.text) for one in names]


# --- actors


def test_an_empty_actor_is_taken_from_the_gazetteer_and_told(by_id, authored):
    actor = by_id("actors", "lna")
    assert (actor.kind, actor.country) == (ActorKind.ARMED_GROUP, "LY")
    assert texts(actor.names) == [("en", "Libyan National Army")]
    assert list(map(str, actor.same_as)) == ["gazetteer:lna"]
    told = list(map(str, authored().filled))
    assert "actors.lna: Libyan National Army (armed group), from the gazetteer" in told


def test_a_country_is_a_state(by_id):
    actor = by_id("actors", "SUHH")
    assert (actor.kind, actor.country) == (ActorKind.STATE, "SUHH")


def test_an_actor_may_stand_under_another_id_than_in_the_gazetteer(by_id):
    actor = by_id("actors", "pakistan", gazetteer="PK")
    assert (actor.id, actor.names[0].text) == ("pakistan", "Pakistan")
    assert list(map(str, actor.same_as)) == ["gazetteer:PK"]


def test_what_is_written_of_an_actor_goes_before_the_gazetteer(by_id):
    written = {"names": {"ar": "الجيش الوطني الليبي"}, "country": "EG"}
    actor = by_id("actors", "lna", **written, same_as=["wikidata:Q42"])
    assert texts(actor.names) == [("ar", "الجيش الوطني الليبي")]
    assert (actor.kind, actor.country) == (ActorKind.ARMED_GROUP, "EG")
    assert list(map(str, actor.same_as)) == ["wikidata:Q42", "gazetteer:lna"]


def test_a_kind_without_names_takes_the_names_from_the_gazetteer(by_id):
    actor = by_id("actors", "lna", kind="group")
    name = actor.names[0].text
    assert (actor.kind, name) == (ActorKind.GROUP, "Libyan National Army")


def test_an_actor_that_the_form_describes_needs_no_gazetteer(by_id):
    actor = by_id(
        "actors",
        "firms",
        kind="company",
        names={"en": "two companies", "fr": "deux firmes"},
        count="2 items",
        unnamed=True,
        note="of unknown seat",
    )
    assert texts(actor.names) == [("en", "two companies"), ("fr", "deux firmes")]
    assert (str(actor.count), actor.unnamed) == ("2 items", True)
    assert (actor.country, actor.same_as, actor.note) == ("", (), "of unknown seat")


def test_a_list_of_no_names_is_refused_as_no_names(member_faults):
    assert member_faults("actors", "x", kind="body", names={"en": []}) == [
        "$.actors.x: names must be at least one name, got ()"
    ]


def test_an_id_that_the_gazetteer_lacks_is_refused_with_those_near_it(member_faults):
    assert member_faults("actors", "lnaa") == [
        "$.actors.lnaa: unknown gazetteer id 'lnaa'; near: lna"
    ]


def test_a_living_person_needs_a_public_name_or_a_pseudonym(member_faults, by_id):
    person = {"kind": "person", "names": {"en": "Jane Roe"}}
    [fault] = member_faults("actors", "jane", **person)
    assert fault.startswith(
        "$.actors.jane: public must be true for a person whose name is public; else"
        " give a pseudonym (pseudonym: true): nothing in the log can ever be removed"
    )
    assert by_id("actors", "jane", **person, public=True).public
    assert by_id("actors", "jane", **person, pseudonym=True).pseudonym


# --- places


def test_a_place_is_read_as_it_is_written(by_id):
    place = by_id(
        "places",
        "sea",
        kind="sea",
        names={"en": "Derna"},
        country="LY",
        offset="150 km north of",
        same_as=["wikidata:Q42"],
    )
    assert (place.kind, place.country) == (PlaceKind.SEA, "LY")
    assert (place.offset, str(place.same_as[0])) == ("150 km north of", "wikidata:Q42")


@pytest.mark.parametrize("field", ["place", "from", "to"])
def test_a_country_needs_no_entry_to_be_a_place(authored, row, field):
    made = authored(claims=[row(stage="held", **{field: "LY"}), row(stage="paid")])
    [place] = [one for one in made.report.places if one.id != "port"]
    assert (place.id, place.kind, place.country) == ("LY", PlaceKind.COUNTRY, "LY")
    assert texts(place.names) == [("en", "Libya")]
    assert "places.LY: Libya (country), from the gazetteer" in map(str, made.filled)


def test_a_country_named_twice_is_one_place(authored, row):
    rows = [row(stage="held", to="LY"), row(stage="held", place="LY", to="PK")]
    assert [one.id for one in authored(claims=rows).report.places] == [
        "port",
        "LY",
        "PK",
    ]


def test_a_place_that_is_not_known_is_refused_at_its_row_with_those_near(row_faults):
    near, force, wrong = (
        {"stage": "held", "to": "prt"},
        {"stage": "held", "place": "lna"},
        {"stage": "held", "from": "Lybia"},
    )
    faults = row_faults(near, force, wrong)
    assert faults[0].startswith("$.claims[0]: unknown place 'prt'; near: port")
    assert faults[1].startswith("$.claims[1]: place must be a place of the report or")
    assert faults[2] == "$.claims[2]: unknown place 'Lybia'; near: LY"


@pytest.mark.parametrize(
    ("table", "field", "member"),
    [
        ("actors", "country", {"kind": "state", "names": {"en": "X"}}),
        ("places", "country", {"kind": "town", "names": {"en": "X"}}),
        ("sources", "nationality", {"kind": "body", "names": {"en": "X"}}),
    ],
)
def test_a_country_is_one_that_the_gazetteer_knows(
    member_faults, by_id, table, field, member
):
    [fault] = member_faults(table, "x", **member, **{field: "QQ"})
    assert fault.startswith(f"$.{table}.x: unknown gazetteer id 'QQ'")
    [fault] = member_faults(table, "x", **member, **{field: "lna"})
    assert (
        fault == f"$.{table}.x: country must be a country of the gazetteer, got 'lna'"
    )
    assert getattr(by_id(table, "x", **member, **{field: "SUHH"}), field) == "SUHH"


# --- sources


def test_a_source_is_read_as_it_is_written(by_id):
    source = by_id(
        "sources",
        "paper-2",
        kind="document",
        names={"en": "a draft list"},
        unnamed=True,
        side="supplier",
        nationality="PK",
        count="at least 2 items",
        part_of="reuters",
        state="draft",
        mandate="panel",
        same_as=["un-symbol:S/2019/914"],
        reliability="B",
        note="a copy",
    )
    assert (source.kind, source.unnamed) == (SourceKind.DOCUMENT, True)
    assert (source.side, source.nationality) == (Side.SUPPLIER, "PK")
    assert (str(source.count), source.part_of) == ("at least 2 items", "reuters")
    assert (source.state, source.mandate) == (DocumentState.DRAFT, Mandate.PANEL)
    assert str(source.same_as[0]) == "un-symbol:S/2019/914"
    grade = source.reliability
    assert (grade.grade, grade.by, grade.on) == (Reliability.B, "ana", "2026-01-02")
    assert source.note == "a copy"


def test_a_source_whose_actor_is_a_person_is_a_person_and_told(by_id, form, authored):
    form["actors"]["jane"] = {
        "kind": "person",
        "names": {"en": "Jane Roe"},
        "public": True,
    }
    source = by_id("sources", "jane", actor="jane")
    assert (source.kind, source.actor) == (SourceKind.PERSON, "jane")
    told = list(map(str, authored().filled))
    assert "sources.jane.kind: person, as its actor is" in told


def test_a_source_whose_actor_is_none_needs_a_kind(member_faults):
    [fault] = member_faults("sources", "x", actor="rebels")
    assert fault.startswith(
        "$.sources.x: kind is missing; it must be one of person, peop"
    )


def test_a_source_without_kind_and_actor_needs_a_kind(member_faults):
    [fault] = member_faults("sources", "x", names={"en": "somebody"})
    assert fault.startswith(
        "$.sources.x: kind is missing; it must be one of person, peop"
    )


def test_an_unnamed_source_speaks_for_nobody(member_faults):
    names = {"en": "an official"}
    [fault] = member_faults(
        "sources", "x", kind="person", names=names, unnamed=True, actor="PK"
    )
    assert "$.sources.x: actor must be empty for an unnamed source" in fault
    assert "leave out unnamed and names and let the actor itself speak" in fault


@pytest.mark.parametrize(("field", "what"), [("actor", "actor"), ("part_of", "source")])
def test_who_a_source_points_to_must_be_there(member_faults, field, what):
    [fault] = member_faults("sources", "x", **{"kind": "body", field: "rebel"})
    assert fault.startswith(f"$.sources.x: unknown {what} 'rebel'")


def test_a_person_who_tells_needs_a_public_name_or_a_pseudonym(member_faults):
    person = {"kind": "person", "names": {"en": "Jane Roe"}}
    [fault] = member_faults("sources", "jane", **person)
    assert fault.startswith("$.sources.jane: public must be true for a person whose")


# --- events and the document


def test_events_have_a_kind_and_a_title(by_id):
    event = by_id("events", "both", kind="sum", title="All of it")
    assert (event.kind, event.title) == (EventKind.SUM, "All of it")


def test_titles_in_other_languages_are_translations(form, authored):
    form["document"]["titles"] = {"en": "Trucks", "fr": "Des camions"}
    titles = authored().report.document.titles
    assert [(one.text, one.kind) for one in titles] == [
        ("Trucks", NameKind.OWN),
        ("Des camions", NameKind.TRANSLATED),
    ]


def test_a_title_of_a_document_of_no_language_is_its_own(form, authored):
    del form["document"]["language"]
    [title] = authored().report.document.titles
    assert title.kind is NameKind.OWN


def test_a_document_keeps_all_readings_of_its_date(form, authored):
    form["document"].update(
        published={"date": "2025-12-23?", "basis": "inferred", "reason": "relays"},
        written={"date": "2025-12-22", "basis": "written by hand"},
        other_readings=[{"date": "2026-01", "basis": "in the address", "wording": "1"}],
        same_as=["url:https://example.org/a"],
        note="a copy",
    )
    document = authored().report.document
    assert document.published.basis is Basis.INFERRED
    assert str(document.written.date) == "2025-12-22"
    assert [one.wording for one in document.other_readings] == ["1"]
    assert (str(document.same_as[0]), document.note) == (
        "url:https://example.org/a",
        "a copy",
    )


def test_an_inferred_day_needs_a_reason(form, faults):
    form["document"]["published"]["basis"] = "inferred"
    assert faults() == ["$.document: reason must be given with an inference, got ''"]


def test_a_date_said_to_be_printed_must_stand_in_the_exhibit(form, faults, authored):
    published = form["document"]["published"]
    published["wording"] = "24 December"
    wanted = "wording must be words that stand in the exhibit, got '24 December'"
    assert faults() == [f"$.document: {wanted}"]
    published["basis"] = "in the metadata"
    assert authored().report.document.published.wording == "24 December"
    published.update(basis="printed", wording="last week")
    assert authored().report.document.published.wording == "last week"


def test_the_publisher_must_be_a_source(form, faults):
    form["document"]["publisher"] = "papr"
    assert faults() == ["$.document: unknown source 'papr'; near: paper"]


def test_a_document_needs_a_title(form, faults):
    form["document"]["titles"] = {}
    assert faults() == ["$.document: titles must be at least one title, got ()"]


def test_a_thing_has_several_names_in_a_language_each_of_a_kind(form, authored, faults):
    najin = {"text": "Najin", "kind": "transliterated"}
    names = {"en": ["Rajin", najin], "ko": "나진"}
    form["actors"]["rajin"] = {"kind": "body", "names": names}
    actor = next(one for one in authored().report.actors if one.id == "rajin")
    assert [(one.text, one.language, one.kind.value) for one in actor.names] == [
        ("Rajin", "en", "own"),
        ("Najin", "en", "transliterated"),
        ("나진", "ko", "own"),
    ]
    najin["kind"] = "misspelt"
    [fault] = faults()
    assert "actors.rajin: kind must be one of own, transliterated" in fault


def test_a_kind_that_is_not_the_gazetteers_is_told(form, authored):
    form["actors"]["PK"] = {"kind": "government"}
    told = {one.where: one.what for one in authored().filled}
    assert told["actors.PK"].endswith("of another kind there than here, government")
