"""Who was bound when: the dates that decide cases."""

from datetime import date

import pytest

from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes import Body, Mark, Membership, Proviso, Register

REGISTER = Register.bundled()
YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO


@pytest.mark.parametrize(
    ("body", "state", "on", "answer"),
    [
        ("un", "PK", "2025-12", YES),
        ("un", "PK", "1947-09-29", NO),
        ("un", "PK", "1947-09-30", YES),
        ("un", "PK", "1947-09", MAYBE),
        ("un", "PK", "1947", MAYBE),
        ("un", "SUHH", "1991-12-23", YES),
        ("un", "SUHH", "1991-12-24", NO),
        ("un", "RU", "1991-12-23", NO),
        ("un", "RU", "1991-12-24", YES),
        ("un", "TW", "1971-10-24", YES),
        ("un", "TW", "1971-10-25", NO),
        ("un", "CN", "1971-10-24", NO),
        ("un", "CN", "1971-10-25", YES),
        ("un", "DE", "1973-09-17", NO),
        ("un", "DDDE", "1973-09-18", YES),
        ("un", "DDDE", "1990-10-03", NO),
        ("un", "CH", "2002-09-09", NO),
        ("un", "CH", "2002-09-10", YES),
        ("un", "KR", "1991-09-16", NO),
        ("un", "YUCS", "1992-04-26", YES),
        ("un", "YUCS", "1995", MAYBE),
        ("un", "YUCS", "2000-11-01", YES),
        ("un", "CSXX", "2005", YES),
        ("un", "RS", "2006-06-03", YES),
        ("un", "ME", "2006-06-10", NO),
        ("un", "ID", "1965-01-19", YES),
        ("un", "ID", "1966-01-01", MAYBE),
        ("un", "ID", "1966-09-28", YES),
        ("un", "SY", "1960", MAYBE),
        ("un", "SY", "1962", YES),
        ("un", "VA", "2020", NO),
        ("un", "PS", "2020", NO),
        ("un", "XK", "2020", NO),
        ("un", "CK", "2020", NO),
        ("un", "BUMM", "1980", YES),
        ("un", "ZRCD", "1990", YES),
        ("un", "HK", "2020", MAYBE),
        ("un", "PK", "2027", MAYBE),
        ("eu", "PK", "2025", NO),
        ("eu", "GB", "2020-01-31", YES),
        ("eu", "GB", "2020-02-01", MAYBE),
        ("eu", "GB", "2020-12-31", MAYBE),
        ("eu", "GB", "2021-01-01", NO),
        ("eu", "HR", "2013-06-30", NO),
        ("eu", "HR", "2013-07-01", YES),
        ("eu", "NO", "2020", NO),
        ("eu", "TR", "2020", NO),
        ("ecowas", "ML", "2025-01-28", YES),
        ("ecowas", "ML", "2025-01-29", NO),
        ("au", "MA", "2005", NO),
        ("las", "SY", "2015", NO),
        ("las", "SY", "2024", YES),
        ("las", "EG", "1985", NO),
        ("las", "EG", "1979", MAYBE),
        ("las", "LB", "2012", MAYBE),
        ("osce", "YUCS", "1995", NO),
        ("commonwealth", "PK", "1980", NO),
        ("commonwealth", "PG", "2000", MAYBE),
        ("commonwealth", "DE", "2000", NO),
        ("oas", "CU", "1961", YES),
        ("oas", "CU", "1970", MAYBE),
        ("regional-burundi-1996", "TZ", "1997", YES),
        ("regional-burundi-1996", "AO", "1997", NO),
    ],
)
def test_who_was_a_member_when(body, state, on, answer):
    assert REGISTER.members(body, state, ImpreciseDate(on)).truth is answer


def test_on_the_edges_of_every_row_it_was_a_member():
    provisos = {
        (body.id, one.state) for body in REGISTER.bodies for one in body.provisos
    }
    for body in REGISTER.bodies:
        for one in body.members:
            if not one.state or (body.id, one.state) in provisos:
                continue
            assert REGISTER.members(body.id, one.state, one.first).truth is YES
            if one.last:
                assert REGISTER.members(body.id, one.state, one.last).truth is YES


def test_it_names_the_rows_that_decided_and_their_mark():
    found = REGISTER.members("un", "YUCS", date(1995, 1, 1))
    assert [type(one) for one in found.rows] == [Proviso, Membership]
    assert "UNSCR 777" in found.because
    assert found.mark is Mark.RECALLED


def test_before_a_membership_the_row_says_since_when():
    found = REGISTER.members("un", "PK", date(1940, 1, 1))
    assert (found.truth, found.because) == (NO, "PK: 1947-09-30 to now")


def test_a_state_without_a_row_is_no_member():
    found = REGISTER.members("oas", "PK", date(2000, 1, 1))
    assert found.truth is NO
    assert found.rows == ()
    assert "no row of Organization of American States" in found.because
    assert found.mark is Mark.RECALLED


def test_what_the_list_leaves_out_is_said():
    assert "since when" in REGISTER.members("oas", "BS", date(2000, 1, 1)).because
    assert "a territory" in REGISTER.members("un", "HK", date(2000, 1, 1)).because


def test_unknown_bodies_and_states_are_refused():
    with pytest.raises(UnknownNameError, match="body"):
        REGISTER.members("nato", "PK", date(2000, 1, 1))
    with pytest.raises(UnknownNameError, match="gazetteer"):
        REGISTER.members("un", "QQ", date(2000, 1, 1))


def test_a_row_is_of_a_state_or_of_something_named_and_ends_after_it_begins():
    row = {"first": date(2000, 1, 1), "mark": Mark.RECALLED}
    for wrong in ({}, {"state": "PK", "name": "Pakistan"}):
        with pytest.raises(InvalidValueError, match="state"):
            Membership(**row, **wrong)
    with pytest.raises(InvalidValueError, match="last"):
        Membership(**row, state="PK", last=date(1999, 1, 1))


def body(*provisos, last=None):
    row = Membership(
        state="PK", first=date(2000, 1, 1), last=last, mark=Mark.ONE_SOURCE
    )
    return Body(
        id="b",
        name="B",
        group="g",
        rule="r",
        checked=date(2020, 1, 1),
        members=(row,),
        provisos=tuple(
            Proviso(
                state="PK", first=first, last=end, bound=bound, why="w", mark=row.mark
            )
            for first, end, bound in provisos
        ),
    )


def test_provisos_cut_a_membership_anywhere():
    days = {year: date(year, 6, 1) for year in (1999, 2000, 2005, 2010, 2015)}

    def answers(one):
        return [one.binds("PK", day).truth for day in days.values()]

    whole = (date(1999, 1, 1), None)
    assert answers(body((*whole, NO))) == [NO] * 5
    assert answers(body((*whole, MAYBE))) == [MAYBE] * 5
    assert answers(body((*whole, YES))) == [YES] * 5
    head = (date(2000, 1, 1), date(2006, 1, 1), NO)
    assert answers(body(head)) == [NO, NO, NO, YES, YES]
    tail = (date(2008, 1, 1), date(2012, 12, 31), NO)
    ended = date(2012, 12, 31)
    assert answers(body(tail, last=ended)) == [NO, YES, YES, NO, NO]
    assert answers(body(head, tail, last=ended)) == [NO, NO, NO, NO, NO]


def test_what_begins_after_the_list_was_checked_is_not_certain():
    one = Body(
        id="b",
        name="B",
        group="g",
        rule="r",
        checked=date(1999, 1, 1),
        members=body().members,
    )
    assert one.binds("PK", date(2001, 1, 1)).truth is MAYBE
