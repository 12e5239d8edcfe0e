"""Claims in the order of time: nothing is moved to a day that nobody gives."""

from datetime import date

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor import testing
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.stances import Stance
from embargo_monitor.model.views import told_in
from embargo_monitor.model.when import When
from embargo_monitor.query.timeline import happened, published


def dated(tell, id_, day, **more):
    when = When(ImpreciseDate(day)) if day else None
    return tell.stage("agreed", id_, when=when, **more)


def ids(points):
    return [one.told.claim.id for one in points]


def test_dates_stand_by_their_first_day_and_then_by_their_last(tell):
    days = {
        "day": "2025-12-13",
        "week": "[2025-12-13..2025-12-21]",
        "open": "[2025-12-13..]",
        "earlier": "2025-12-12",
        "year": "2025",
        "past": "[..2025-12-01]",
        "none": "",
    }
    told = tell.told(*(dated(tell, id_, day) for id_, day in days.items()))
    order = ["past", "year", "earlier", "day", "week", "open", "none"]
    assert ids(happened(told)) == order


def test_steps_stand_on_it_and_of_the_rest_what_is_dated(tell):
    when = When(ImpreciseDate("2024"))
    told = tell.told(
        tell.value("1 USD", "undated"),
        tell.value("2 USD", "dated", when=when),
        dated(tell, "step", ""),
        tell.party("supplier", "pk", "party"),
    )
    assert ids(happened(told)) == ["dated", "step"]
    assert ids(published(told)) == ["dated", "step"]


def test_what_is_told_as_past_was_not_after_it_was_told(tell):
    told = tell.told(
        dated(tell, "said", ""), dated(tell, "denied", "", stance=Stance.DENIES)
    )
    said, denied = happened(told)
    assert (said.date, said.told_by) == (None, date(2025, 12, 23))
    assert (denied.date, denied.told_by) == (None, None)


def test_without_any_day_no_day_is_inferred(tell):
    document = evolve(tell.base.document, published=None)
    [point] = happened(tell.told(dated(tell, "c", ""), document=document))
    assert (point.date, point.told_by) == (None, None)
    [point] = published(tell.told(dated(tell, "c", "2025"), document=document))
    assert (point.date, point.told_by) == (None, None)


def test_by_publication_the_day_is_that_of_the_document(tell):
    [point] = published(tell.told(dated(tell, "c", "2020")))
    assert str(point.date) == "2025-12-23"


def place(point):
    if point.date is None:
        return (1, point.told_by or date.max)
    return (0, point.date.earliest or date.min, point.date.latest or date.max)


@given(st.lists(testing.reports(), max_size=3))
def test_every_step_and_every_dated_claim_stands_on_it_once_and_in_order(reports):
    told = [one for report in reports for one in told_in(report)]
    points = happened(told)
    expected = [
        one
        for one in told
        if one.claim.kind == "stage_is" or getattr(one.claim, "when", None)
    ]
    assert len(points) == len(expected)
    assert all(one in expected for one in (point.told for point in points))
    assert [*map(place, points)] == sorted(map(place, points))
    for point in points:
        when = getattr(point.told.claim, "when", None)
        assert point.date == (when.date if when else None)
        assert point.date is None or point.told_by is None


@given(st.lists(testing.reports(), max_size=3), st.randoms())
def test_the_order_of_what_is_given_matters_among_equals_alone(reports, random):
    told = [one for report in reports for one in told_in(report)]
    mixed = [*told]
    random.shuffle(mixed)
    for order in (happened, published):
        assert [*map(place, order(mixed))] == [*map(place, order(told))]
