"""Finding entries by id, code and name; and files that are no gazetteer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.gazetteer import EntryKind, Gazetteer, Mark
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.names import Name, NameKind
from embargo_monitor.model.truth import Truth

COUNTRIES = """
sources = ["ISO 3166-1"]
mark = "standard"
kind = "state"

[LY]
alpha3 = "LBY"
names.en = ["Libya"]
names.ar = ["ليبيا"]
former.en = ["Libyan Arab Jamahiriya"]

[XK]
kind = "territory"
names.en = ["Kosovo"]

[CSHH]
kind = "former state"
alpha2 = "CS"
names.en = ["Czechoslovakia"]
since = "1918-10-28"
until = "1992-12-31"

[CSXX]
kind = "former state"
alpha2 = "CS"
names.en = ["Serbia and Montenegro"]
successors = ["XK"]
mark = "recalled"
"""

FORCES = """
[lna]
kind = "armed group"
territory = "LY"
translated.en = ["Libyan National Army", "LNA"]
names.ar = ["الجيش الوطني الليبي"]
transliterated.ar-Latn = ["al-Jaysh al-Watani al-Libi"]
mark = "recalled"
note = "Not a force of the recognised government."

[navy]
kind = "armed force"
of = "lna"
territory = "LY"
names.en = ["Navy"]
mark = "single source"
"""


@pytest.fixture
def gazetteer():
    return Gazetteer.parse({"countries.toml": COUNTRIES, "forces.toml": FORCES})


def found(gazetteer, name):
    return {match.entry.id: match.certainty for match in gazetteer.find(name)}


def test_entries_are_read_as_they_are_written(gazetteer):
    libya, force, former = map(gazetteer.get, ("LY", "lna", "CSHH"))
    assert libya.kind is EntryKind.STATE
    assert (libya.alpha2, libya.alpha3) == ("LY", "LBY")
    assert libya.names == (
        Name("Libya", language="en"),
        Name("ليبيا", language="ar"),
        Name("Libyan Arab Jamahiriya", language="en", kind=NameKind.FORMER),
    )
    assert force.names == (
        Name("Libyan National Army", language="en", kind=NameKind.TRANSLATED),
        Name("LNA", language="en", kind=NameKind.TRANSLATED),
        Name("الجيش الوطني الليبي", language="ar"),
        Name(
            "al-Jaysh al-Watani al-Libi",
            language="ar-Latn",
            kind=NameKind.TRANSLITERATED,
        ),
    )
    assert (force.of, force.territory) == ("", "LY")
    assert force.note == "Not a force of the recognised government."
    assert former.since == ImpreciseDate("1918-10-28")
    assert former.until == ImpreciseDate("1992-12-31")


def test_what_stands_at_the_top_holds_for_entries_without_their_own(gazetteer):
    assert gazetteer.get("XK").sources == ("ISO 3166-1",)
    assert gazetteer.get("XK").mark is Mark.STANDARD
    assert gazetteer.get("CSXX").mark is Mark.RECALLED
    assert gazetteer.get("lna").sources == ()


def test_it_is_a_row_of_entries_in_the_order_of_the_files(gazetteer):
    ids = [entry.id for entry in gazetteer]
    assert ids == ["LY", "XK", "CSHH", "CSXX", "lna", "navy"]
    assert len(gazetteer) == 6
    assert repr(gazetteer) == "Gazetteer(entries=<6 entries>)"


@pytest.mark.parametrize("name", ["LY", "LBY", "lna"])
def test_an_id_or_a_code_is_certain(gazetteer, name):
    assert list(found(gazetteer, name).values()) == [Truth.YES]


def test_a_code_that_was_used_twice_is_not_certain(gazetteer):
    assert found(gazetteer, "CS") == {"CSHH": Truth.MAYBE, "CSXX": Truth.MAYBE}


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("libya", "LY"),
        ("ليبيــا", "LY"),
        ("LIBYAN ARAB JAMAHIRIYA", "LY"),
        ("L.N.A.", "lna"),
        ("الجيشُ الوطنيّ الليبى", "lna"),
    ],
)
def test_equal_spelling_is_never_certain(gazetteer, name, id_):
    assert found(gazetteer, name) == {id_: Truth.MAYBE}


def test_a_match_tells_the_name_that_was_spelled_so(gazetteer):
    [by_name], [by_code] = gazetteer.find("ليبيا"), gazetteer.find("LBY")
    assert by_name.name == Name("ليبيا", language="ar")
    assert by_code.name is None


def test_an_entry_is_found_once_though_code_and_name_both_fit():
    text = COUNTRIES.replace('["Libya"]', '["Libya", "LY", "L.Y."]')
    gazetteer = Gazetteer.parse({"countries.toml": text})
    assert found(gazetteer, "LY") == {"LY": Truth.YES}
    [match] = gazetteer.find("ly")
    assert match.name == Name("LY", language="en")


def test_one_name_may_be_that_of_several():
    text = COUNTRIES.replace('["Kosovo"]', '["Kosovo", "Libya"]')
    gazetteer = Gazetteer.parse({"countries.toml": text})
    assert found(gazetteer, "Libya") == {"LY": Truth.MAYBE, "XK": Truth.MAYBE}


@pytest.mark.parametrize("name", ["", "***", "Liby", "Libyan", "ly", "Benghazi"])
def test_nothing_is_found_by_half_a_name_or_none(gazetteer, name):
    assert gazetteer.find(name) == ()


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_looked_for(name):
    gazetteer = Gazetteer.bundled()
    assert isinstance(gazetteer.find(name), tuple)
    assert isinstance(gazetteer.near(name), tuple)


@pytest.mark.parametrize(
    ("slip", "name"),
    [
        ("Lybia", "Libya"),
        ("Lybian National Army", "Libyan National Army"),
        ("Kosova", "Kosovo"),
        ("الجيش الليبي الوطني", "الجيش الوطني الليبي"),
    ],
)
def test_the_nearest_name_is_told_for_a_slip(gazetteer, slip, name):
    assert gazetteer.near(slip)[0] == name


def test_no_more_names_are_told_than_asked_for():
    assert len(Gazetteer.bundled().near("Virgin Island")) > 1
    assert len(Gazetteer.bundled().near("Virgin Island", limit=1)) == 1


def test_a_name_that_several_bear_is_told_once():
    assert Gazetteer.bundled().near("Koria") == ("Korea",)


def test_names_far_from_all_are_near_none(gazetteer):
    assert gazetteer.near("Ruritania") == ()


@pytest.mark.parametrize(
    ("id_", "near"),
    [
        ("ly", "LY"),
        ("LBY", "LY"),
        ("Libya", "LY"),
        ("LNA", "lna"),
        ("lnaa", "lna"),
        ("Libyan Nat. Army", "lna"),
    ],
)
def test_an_unknown_id_is_an_error_that_names_ids_near_it(gazetteer, id_, near):
    with pytest.raises(UnknownNameError, match=f"near: {near}") as caught:
        gazetteer.get(id_)
    assert caught.value.near[0] == near


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('territory = "LY"', 'territory = "YL"', "lna: territory .* id of an entry"),
        ('territory = "LY"', 'territory = "navy"', "lna: territory .* a country"),
        ('of = "lna"', 'of = "lan"', "navy: of must be the id of an entry"),
        ('of = "lna"', 'of = "navy"', "navy: of must be .* not itself belong"),
        ("[navy]", "[LY]", "LY: id must be"),
        ("[lna]", '[lna]\nof = "navy"', "lna: of must be .* not itself belong"),
        ("[lna]", '[lna]\nsuccessors = ["x"]', "lna: successors must be"),
        ("[lna]", '[lna]\nalpha2 = "XK"', "lna: code must be no other entry's id"),
        ('["Navy"]', '["Navy", "…"]', "navy: names must be"),
        ('["Navy"]', '["Navy", ""]', "navy: text must be"),
        ('["Navy"]', '"Navy"', "navy: names.en must be a list"),
        ('["Navy"]', "[]", "navy: names.en must be a list, not empty"),
        ('names.en = ["Navy"]', 'names = "Navy"', "navy: names must be a table"),
        ('names.en = ["Navy"]', "", "navy: names must be names, one in English"),
        ('mark = "single source"', 'mark = "sure"', "navy: mark must be one of"),
        ('mark = "single source"', "", "navy: mark must be one of"),
        ('kind = "armed force"', 'kind = ["army"]', "navy: kind must be one of"),
        ("[navy]", "[navy]\nsize = 7", "navy: key must be a field of an entry"),
        ("[navy]", '[navy]\nsince = "long ago"', "navy: date must be"),
        ("[navy]", "[navy]\nsince = 2014-01-01", "navy: date must be"),
        ("[navy]", "[navy]\nnote = 7", "navy: note must be"),
        ("[navy]", "[navy]\nnote = ", "forces.toml: file must be TOML"),
    ],
)
def test_a_broken_file_is_an_error_that_names_file_and_table(old, new, fault):
    assert old in FORCES
    files = {"countries.toml": COUNTRIES, "forces.toml": FORCES.replace(old, new, 1)}
    with pytest.raises(InvalidValueError, match=fault) as caught:
        Gazetteer.parse(files)
    assert caught.value.path.startswith("forces.toml")


def test_an_id_in_two_files_is_refused():
    twice = '[lna]\nkind = "body"\nmark = "recalled"\nnames.en = ["Other"]'
    files = {"countries.toml": COUNTRIES, "forces.toml": FORCES, "more.toml": twice}
    with pytest.raises(InvalidValueError, match=r"more\.toml: lna: id must be"):
        Gazetteer.parse(files)


def test_parents_in_a_ring_above_an_entry_end_the_climb():
    ring = FORCES.replace("[lna]", '[lna]\nof = "navy"') + (
        '[crew]\nkind = "armed force"\nof = "navy"\nmark = "recalled"\n'
        'names.en = ["Crew"]\n'
    )
    files = {"crew.toml": COUNTRIES, "forces.toml": ring}
    with pytest.raises(InvalidValueError, match="not itself belong"):
        Gazetteer.parse(files)


def test_an_id_longer_than_any_name_is_compared_with_none(gazetteer):
    """Marks out of order are sorted one by one: half a million take minutes."""
    with pytest.raises(UnknownNameError) as error:
        gazetteer.get("\u0301\u0316" * 250_000)
    assert error.value.near == ()
