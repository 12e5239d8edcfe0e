"""An entry of the gazetteer: what it must be to be one."""

import pytest

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.gazetteer import EntryKind, GazetteerEntry, Mark
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.names import Name

LIBYA = Name("Libya", language="en")


def entry(id_="LY", kind=EntryKind.STATE, **fields):
    return GazetteerEntry(
        id_, kind, **{"names": (LIBYA,), "mark": Mark.RECALLED, **fields}
    )


@pytest.mark.parametrize(
    ("id_", "kind"),
    [
        ("LY", EntryKind.STATE),
        ("XK", EntryKind.TERRITORY),
        ("SUHH", EntryKind.FORMER_STATE),
        ("lna", EntryKind.ARMED_GROUP),
        ("gnu-libya", EntryKind.GOVERNMENT),
        ("un-1970-committee", EntryKind.BODY),
    ],
)
def test_countries_have_iso_codes_and_all_others_labels(id_, kind):
    assert entry(id_, kind).id == id_


@pytest.mark.parametrize(
    ("id_", "kind"),
    [
        ("libya", EntryKind.STATE),
        ("SUHH", EntryKind.STATE),
        ("SU", EntryKind.FORMER_STATE),
        ("LNA", EntryKind.ARMED_GROUP),
        ("l na", EntryKind.ARMED_GROUP),
    ],
)
def test_an_id_of_another_kind_is_refused(id_, kind):
    with pytest.raises(InvalidValueError, match="id must be"):
        entry(id_, kind)


@pytest.mark.parametrize(
    "wrong",
    [
        {"alpha2": "ly"},
        {"alpha3": "LIBYA"},
        {"alpha3": 434},
        {"of": "the state"},
        {"territory": "Libya, east"},
        {"successors": ("", "RU")},
        {"sources": ("",)},
        {"note": "a\u202eb"},
        {"names": ()},
        {"names": (Name("ليبيا", language="ar"),)},
        {"since": ImpreciseDate("2011"), "until": ImpreciseDate("2010-12")},
    ],
)
def test_a_field_of_wrong_shape_is_refused(wrong):
    with pytest.raises(InvalidValueError):
        entry(**wrong)


def test_the_first_english_name_is_shown():
    arabic, official = (
        Name("ليبيا", language="ar"),
        Name("State of Libya", language="en"),
    )
    shown = entry(names=(arabic, LIBYA, official))
    assert shown.name == LIBYA
    assert str(shown) == "Libya (LY)"


def test_a_country_is_in_itself_and_a_force_in_its_territory():
    force = entry("lna", EntryKind.ARMED_GROUP, territory="LY")
    body = entry("un", EntryKind.BODY)
    assert (entry().country, force.country, body.country) == ("LY", "LY", "")
