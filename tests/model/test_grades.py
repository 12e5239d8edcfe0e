"""Grades: two scales, kept apart, given by somebody on a day."""

import operator

import pytest

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.grades import (
    Credibility,
    CredibilityGrade,
    Reliability,
    ReliabilityGrade,
)

GRADES = {
    "reliability": (ReliabilityGrade, Reliability.B),
    "credibility": (CredibilityGrade, Credibility.DOUBTFUL),
}


@pytest.fixture(params=GRADES.values(), ids=GRADES)
def give(request):
    kind, grade = request.param
    return lambda **changed: kind(grade, **{"by": "desk", "on": "2025-12-23"} | changed)


def test_the_scales_are_those_of_ajp_2_1():
    reliability = {grade.value: grade.label for grade in Reliability}
    credibility = {grade.value: grade.label for grade in Credibility}
    assert reliability == {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "cannot be judged",
    }
    assert credibility == {
        "1": "confirmed by other sources",
        "2": "probably true",
        "3": "possibly true",
        "4": "doubtful",
        "5": "improbable",
        "6": "cannot be judged",
    }


@pytest.mark.parametrize("grade", [*Reliability, *Credibility])
def test_every_grade_says_in_a_sentence_what_it_means(grade):
    assert grade.meaning[0].isupper()
    assert grade.meaning.endswith(".")
    assert grade.meaning.count(".") == 1


def test_a_grade_says_who_gave_it_when_and_why():
    grade = ReliabilityGrade(
        Reliability.B, by="desk", on="2025-12-23", reason="Right in ten of twelve cases"
    )
    assert (grade.by, grade.on) == ("desk", "2025-12-23")
    assert grade.reason == "Right in ten of twelve cases"
    assert str(grade) == "B"


@pytest.mark.parametrize("grade", list(Credibility)[1:])
def test_credibility_2_to_6_can_be_given(grade):
    assert str(CredibilityGrade(grade, by="desk", on="2025-12-23")) == grade.value


def test_credibility_1_is_counted_and_never_given():
    with pytest.raises(InvalidValueError, match="counted from independent origins"):
        CredibilityGrade(Credibility.CONFIRMED, by="desk", on="2025-12-23")


@pytest.mark.parametrize("grade", ["A", "2", None, Credibility.DOUBTFUL])
def test_a_reliability_grade_takes_nothing_else(grade):
    with pytest.raises(InvalidValueError, match="A to F"):
        ReliabilityGrade(grade, by="desk", on="2025-12-23")


@pytest.mark.parametrize("grade", ["A", "2", 2, None, Reliability.B])
def test_a_credibility_grade_takes_nothing_else(grade):
    with pytest.raises(InvalidValueError, match="2 to 6"):
        CredibilityGrade(grade, by="desk", on="2025-12-23")


@pytest.mark.parametrize(
    "day",
    [
        "",
        "2025",
        "2025-12",
        "20251223",
        "2025-W52-2",
        "2025-02-30",
        "2025-12-23T00:00",
        "23.12.2025",
        "2025-12-23 ",
        "٢٠٢٥-١٢-٢٣",
        None,
    ],
)
def test_the_day_of_a_grade_is_an_iso_day(give, day):
    with pytest.raises(InvalidValueError, match="on must be an ISO day"):
        give(on=day)


@pytest.mark.parametrize("by", ["", "a\nb", "a\u202eb"])
def test_somebody_gives_a_grade(give, by):
    with pytest.raises(InvalidValueError, match="by must be"):
        give(by=by)


def test_a_reason_is_plain_text(give):
    with pytest.raises(InvalidValueError, match="reason must be"):
        give(reason="a\u202eb")


@pytest.mark.parametrize(
    "grade",
    [
        *Reliability,
        *Credibility,
        ReliabilityGrade(Reliability.F, by="desk", on="2025-12-23"),
        CredibilityGrade(Credibility("6"), by="desk", on="2025-12-23"),
    ],
)
@pytest.mark.parametrize("operate", [operator.lt, operator.ge, operator.add])
def test_a_grade_is_no_number_and_has_no_order(grade, operate):
    """F and 6 lie on no scale: an order that held them would make them the worst."""
    with pytest.raises(TypeError):
        operate(grade, grade)
    with pytest.raises(TypeError):
        int(grade)
