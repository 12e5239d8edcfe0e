"""The gazetteer that comes with the library: its countries, forces and bodies."""

import unicodedata
from collections import Counter

import pytest

from embargo_monitor.gazetteer import EntryKind, Gazetteer, Mark
from embargo_monitor.model.names import Name, NameKind, fold
from embargo_monitor.model.truth import Truth

GAZETTEER = Gazetteer.bundled()
NOW = (EntryKind.STATE, EntryKind.TERRITORY)


def of_kind(*kinds):
    return [entry for entry in GAZETTEER if entry.kind in kinds]


def test_it_is_read_once():
    assert Gazetteer.bundled() is Gazetteer.bundled()


def test_its_countries_are_those_of_iso_3166_and_kosovo():
    pycountry = pytest.importorskip("pycountry")
    standard = {one.alpha_2: one.alpha_3 for one in pycountry.countries}
    ours = {entry.id: entry.alpha3 for entry in of_kind(*NOW)}
    assert len(standard) == 249
    assert ours == standard | {"XK": ""}
    assert all(entry.alpha2 == entry.id for entry in of_kind(*NOW))


def test_its_former_states_are_of_iso_3166_3():
    pycountry = pytest.importorskip("pycountry")
    standard = {
        one.alpha_4: (one.alpha_2, one.alpha_3) for one in pycountry.historic_countries
    }
    for entry in of_kind(EntryKind.FORMER_STATE):
        assert (entry.alpha2, entry.alpha3) == standard[entry.id]
        assert entry.until is not None
        assert entry.successors


def test_former_states_that_embargoes_and_registers_name_are_there():
    ids = {entry.id for entry in of_kind(EntryKind.FORMER_STATE)}
    assert ids >= {"SUHH", "YUCS", "CSXX", "CSHH", "DDDE", "YDYE", "ZRCD", "BUMM"}
    assert ids >= {"RHZW", "VDVN", "TPTL"}


def test_its_states_are_the_members_and_observers_of_the_united_nations():
    states = {entry.id for entry in of_kind(EntryKind.STATE)}
    assert len(states) == 193 + 2
    assert states >= {"LY", "PK", "PS", "VA", "SS", "CH"}
    assert states.isdisjoint({"TW", "XK", "EH", "HK", "GL", "CK"})


def test_kosovo_says_that_its_code_is_not_the_standards():
    assert "assigned by users" in GAZETTEER.get("XK").note


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_its_names_of_countries_are_those_of_cldr(language):
    babel = pytest.importorskip("babel")
    if not babel.__version__.startswith("2.18."):
        pytest.skip("the names are those of the CLDR in Babel 2.18")
    territories = babel.Locale(language).territories
    for entry in of_kind(*NOW):
        name = unicodedata.normalize("NFC", territories[entry.id])
        assert Name(name, language=language) in entry.names


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Ivory Coast", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("Burma", "MM"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("DPRK", "KP"),
        ("North Korea", "KP"),
        ("كوريا الشمالية", "KP"),
        ("South Korea", "KR"),
        ("UAE", "AE"),
        ("U.A.E.", "AE"),
        ("Emirates", "AE"),
        ("الإمارات", "AE"),
        ("الامارات", "AE"),
        ("Russia", "RU"),
        ("Russian Federation", "RU"),
        ("روسيا", "RU"),
        ("United States of America", "US"),
        ("U.S.", "US"),
        ("America", "US"),
        ("أميركا", "US"),
        ("UK", "GB"),
        ("Britain", "GB"),
        ("بريطانيا", "GB"),
        ("Syria", "SY"),
        ("سورية", "SY"),
        ("Iran", "IR"),
        ("Libyan Arab Jamahiriya", "LY"),
        ("ليبيا", "LY"),
        ("Libye", "LY"),
        ("DR Congo", "CD"),
        ("Zaire", "CD"),
        ("Zaire", "ZRCD"),
        ("Bosnia-Herzegovina", "BA"),
        ("فلسطين", "PS"),
        ("السودان", "SD"),
        ("السعودية", "SA"),
        ("باكستان", "PK"),
        ("USSR", "SUHH"),
        ("СССР", "SUHH"),
        ("الاتحاد السوفييتي", "SUHH"),
        ("Yugoslavia", "YUCS"),
        ("Rhodesia", "RHZW"),
        ("LNA", "lna"),
        ("Libyan Arab Armed Forces", "lna"),
        ("القوات المسلحة العربية الليبية", "lna"),
        ("الجيش الوطني الليبي", "lna"),
        ("ANL", "lna"),
        ("ЛНА", "lna"),
        ("الجيش الباكستاني", "pk-army"),
        ("Government of National Unity", "gnu-libya"),
        ("مجلس الأمن", "un-sc"),
        ("الأمم المتحدة", "un"),
        ("Union européenne", "eu"),
        ("Libya Sanctions Committee", "un-1970-committee"),
        ("Panel of Experts on Libya", "panel-libya"),
        ("al-Shabaab", "al-shabaab"),
        ("حركة الشباب", "al-shabaab"),
        ("Hezbollah", "hizbollah"),
        ("Ansar Allah", "houthis"),
        ("الدعم السريع", "rsf"),
        ("قوات الدعم السريع", "rsf"),
        ("Rapid Support Forces", "rsf"),
        ("Forces armées centrafricaines", "faca"),
        ("UNITA", "unita"),
        ("Operation IRINI", "irini"),
        ("Arab League", "las"),
        ("جامعة الدول العربية", "las"),
        ("Federal Government of Somalia", "fgs-somalia"),
        ("Izhmash", "izhmash"),
        ("M23", "m23"),
        ("داعش", "isil"),
        ("Bosnian Serb Army", "vrs"),
        ("Revolutionary Guards", "irgc"),
    ],
)
def test_names_that_reports_use_are_found_but_never_certain(name, id_):
    matches = {match.entry.id: match.certainty for match in GAZETTEER.find(name)}
    assert matches[id_] is Truth.MAYBE


@pytest.mark.parametrize("capital", ["Islamabad", "إسلام آباد", "Tripoli", "Moscow"])
def test_a_capital_is_no_name_of_its_state(capital):
    assert GAZETTEER.find(capital) == ()


@pytest.mark.parametrize(
    ("name", "ids"), [("Congo", {"CD", "CG"}), ("Korea", {"KP", "KR"})]
)
def test_a_name_of_two_countries_finds_both(name, ids):
    assert {match.entry.id for match in GAZETTEER.find(name)} == ids


@pytest.mark.parametrize(
    ("id_", "name"),
    [("LY", "Libyan Arab Jamahiriya"), ("CD", "Zaire"), ("MM", "Burma")],
)
def test_a_name_no_more_in_use_says_so(id_, name):
    assert Name(name, language="en", kind=NameKind.FORMER) in GAZETTEER.get(id_).names


def test_the_lna_is_in_libya_and_acts_for_nobody_but_itself():
    lna = GAZETTEER.get("lna")
    assert (lna.kind, lna.territory, lna.of) == (EntryKind.ARMED_GROUP, "LY", "")
    assert str(lna.since) == "2014"
    assert "HoR (Libya)*" in lna.note


def test_an_army_and_a_government_act_for_their_states():
    acting = {id_: GAZETTEER.get(id_).of for id_ in ("pk-army", "gnu-libya")}
    assert acting == {"pk-army": "PK", "gnu-libya": "LY"}
    assert GAZETTEER.get("indian-armed-forces").of == "IN"


def test_the_army_of_sudan_acts_for_it_and_the_force_that_fights_it_for_nobody():
    acting = {id_: GAZETTEER.get(id_).of for id_ in ("saf-sudan", "rsf", "faca")}
    assert acting == {"saf-sudan": "SD", "rsf": "", "faca": "CF"}
    for id_ in ("houthis", "hizbollah", "al-shabaab", "unita", "m23", "taliban"):
        entry = GAZETTEER.get(id_)
        assert (entry.kind, entry.of) == (EntryKind.ARMED_GROUP, ""), id_
        assert entry.territory


def test_armed_forces_are_in_a_country_or_are_a_bodys_or_of_many():
    nowhere = [one.id for one in of_kind(EntryKind.ARMED_FORCE) if not one.territory]
    assert nowhere == ["coalition-yemen", "ecomog"]


def test_the_embargos_bodies_date_from_their_resolutions():
    committee = GAZETTEER.get("un-1970-committee")
    panel = GAZETTEER.get("panel-libya")
    assert (str(committee.since), str(panel.since)) == ("2011-02-26", "2011-03-17")
    assert (committee.of, panel.of) == ("un-sc", "un-sc")
    assert committee.sources == ("S/RES/1970 (2011) para 24",)
    assert panel.sources == ("S/RES/1973 (2011) para 24",)


def test_every_country_has_a_name_in_english_arabic_and_french():
    for entry in GAZETTEER:
        languages = {name.language for name in entry.names}
        assert languages >= {"en", "ar", "fr"}, entry.id


def test_no_entry_lists_one_spelling_twice():
    for entry in GAZETTEER:
        spelled = Counter((name.language, fold(name.text)) for name in entry.names)
        assert max(spelled.values()) == 1, spelled.most_common(1)


def test_what_is_more_than_recalled_cites_a_source():
    for entry in GAZETTEER:
        assert entry.sources or entry.mark is Mark.RECALLED, entry.id
