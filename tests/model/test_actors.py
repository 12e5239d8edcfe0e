"""Actors and places: named, and never at the cost of a life."""

import pytest

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.actors import COUNTED, Actor, ActorKind, Place, PlaceKind
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.names import Name
from embargo_monitor.model.voices import Source, SourceKind

NAMES = (Name("الجيش الوطني الليبي", language="ar"), Name("Libyan National Army"))


def test_only_states_governments_and_armed_forces_act_for_a_state():
    assert {kind for kind in ActorKind if kind.acts_for_a_state} == {
        ActorKind.STATE,
        ActorKind.GOVERNMENT,
        ActorKind.ARMED_FORCE,
    }


def test_an_actor_and_a_place_have_a_name():
    assert Actor("lna", ActorKind.ARMED_GROUP, names=NAMES).names == NAMES
    assert Place("benghazi", PlaceKind.TOWN, names=NAMES[1:]).names == NAMES[1:]
    with pytest.raises(InvalidValueError, match="names must be at least one name"):
        Actor("lna", ActorKind.ARMED_GROUP, names=())
    with pytest.raises(InvalidValueError, match="names must be at least one name"):
        Place("benghazi", PlaceKind.TOWN, names=())


def test_a_living_person_is_named_only_when_public():
    with pytest.raises(
        InvalidValueError, match="nothing in the log can ever be removed"
    ):
        Actor("x", ActorKind.PERSON, names=NAMES)


@pytest.mark.parametrize("reason", ["public", "pseudonym", "unnamed"])
def test_a_person_is_public_or_under_a_pseudonym_or_not_named(reason):
    assert Actor("x", ActorKind.PERSON, names=NAMES, **{reason: True}).names == NAMES


@pytest.mark.parametrize("country", ["", "PK", "SUHH"])
def test_a_country_is_named_by_its_code(country):
    assert Actor("a", ActorKind.STATE, names=NAMES, country=country).country == country


@pytest.mark.parametrize("country", ["pk", "PAK", "P1", "P ", "P\n", "ПК", "Pakistan"])
def test_another_spelling_of_a_country_is_refused(country):
    with pytest.raises(
        InvalidValueError, match="country must be a country's gazetteer"
    ):
        Place("a", PlaceKind.PORT, names=NAMES, country=country)


def several(count):
    return Actor("a", ActorKind.GROUP, names=NAMES, count=Amount.parse(count))


def several_tell(count):
    return Source("a", SourceKind.DOCUMENT, names=NAMES, count=Amount.parse(count))


@pytest.mark.parametrize("made", [several, several_tell])
def test_who_acts_or_tells_is_counted_in_units_of_their_own(made):
    assert COUNTED == ("persons", "items", "companies", "states")
    for unit in COUNTED:
        assert str(made(f"at least 3 {unit}").count) == f"at least 3 {unit}"
    for count in (
        "3 USD",
        "3 tonnes",
        "3 years",
        "3 per year",
        "3 TIV",
        "3 containers",
    ):
        with pytest.raises(InvalidValueError) as caught:
            made(count)
        wanted = "in persons, items, companies, states"
        assert (caught.value.field, caught.value.wanted) == ("count", wanted)
