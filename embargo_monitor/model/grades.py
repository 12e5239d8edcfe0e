"""Our grades: how reliable a source is, how credible a claim is.

The two scales of NATO's AJP-2.1 (the Admiralty system), kept apart as it demands: a
reliable source can err, an unreliable one can be right. A grade is somebody's, on a
day. F and 6 say that somebody tried and could not judge; where nobody tried there is
no grade. None of them is a number, so they have no order and no sum.
"""

import enum
from datetime import date
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.names import one_line, optional_prose


class Reliability(enum.Enum):
    """How far a source can be relied on, whatever it says this time.

    >>> print(Reliability("B").label)
    usually reliable
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"

    @property
    def label(self) -> str:
        """The scale's own name for it."""
        return _RELIABILITY[self][0]

    @property
    def meaning(self) -> str:
        """What it means, in one sentence."""
        return _RELIABILITY[self][1]


_RELIABILITY = {
    Reliability.A: (
        "completely reliable",
        "Nobody doubts the source, and so far it has always been right.",
    ),
    Reliability.B: (
        "usually reliable",
        "There is slight doubt, and mostly it has been right.",
    ),
    Reliability.C: (
        "fairly reliable",
        "There is some doubt, though it has been right before.",
    ),
    Reliability.D: (
        "not usually reliable",
        "There is strong doubt, and only at times has it been right.",
    ),
    Reliability.E: (
        "unreliable",
        "The source is known for reports that turned out wrong.",
    ),
    Reliability.F: (
        "cannot be judged",
        "Somebody tried to judge the source and found nothing to go by.",
    ),
}


class Credibility(enum.Enum):
    """How far a claim can be believed, whoever makes it.

    >>> print(Credibility("3").label)
    possibly true
    """

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"

    @property
    def label(self) -> str:
        """The scale's own name for it."""
        return _CREDIBILITY[self][0]

    @property
    def meaning(self) -> str:
        """What it means, in one sentence."""
        return _CREDIBILITY[self][1]


_CREDIBILITY = {
    Credibility.CONFIRMED: (
        "confirmed by other sources",
        "Another origin, which owes nothing to the first, reports it as well.",
    ),
    Credibility.PROBABLY_TRUE: (
        "probably true",
        "It makes sense and fits what else is reported, but has one origin only.",
    ),
    Credibility.POSSIBLY_TRUE: (
        "possibly true",
        "It makes fair sense and fits part of what else is reported.",
    ),
    Credibility.DOUBTFUL: (
        "doubtful",
        "It could be so, but nothing else that is reported bears on it.",
    ),
    Credibility.IMPROBABLE: (
        "improbable",
        "It makes no sense, or what else is reported speaks against it.",
    ),
    Credibility.CANNOT_BE_JUDGED: (
        "cannot be judged",
        "Somebody tried to judge the claim and found nothing to go by.",
    ),
}


def assignable_credibility(_: object, attribute: Any, value: Credibility) -> None:
    """Validate a credibility that a person may give: 2 to 6.

    Raises:
        InvalidValueError: 1, which is counted from origins: give the grade that the
            claim deserves by itself, and let the view count.
    """
    if type(value) is not Credibility:
        raise InvalidValueError(attribute.name, value, "a Credibility, 2 to 6")
    if value is Credibility.CONFIRMED:
        wanted = "2 to 6: 1, confirmed, is never given but counted from independent"
        raise InvalidValueError(attribute.name, value.value, f"{wanted} origins")


def _reliability(_: object, attribute: Any, value: Reliability) -> None:
    if type(value) is not Reliability:
        raise InvalidValueError(attribute.name, value, "a Reliability, A to F")


def iso_day(_: object, attribute: Any, value: str) -> None:
    """Validate a civil day as ISO 8601 writes it, such as 2025-12-23.

    Raises:
        InvalidValueError: It is none.
    """
    try:
        # Python also reads 20251223 and 2025-W52-2, which are other spellings.
        fits = date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise InvalidValueError(attribute.name, value, "an ISO day: 2025-12-23")


@frozen
class ReliabilityGrade:
    """Somebody's judgement of a source.

    Attributes:
        grade: A to F.
        by: Who judged; a label or pseudonym.
        on: The civil day of the judgement, ISO 8601, as *by* uses it.
        reason: Why, or empty.

    Raises:
        InvalidValueError: A field is not of its shape.

    >>> print(ReliabilityGrade(Reliability.B, by="desk", on="2025-12-23"))
    B
    """

    grade: Reliability = field(validator=_reliability)
    by: str = field(kw_only=True, validator=one_line)
    on: str = field(kw_only=True, validator=iso_day)
    reason: str = field(default="", kw_only=True, validator=optional_prose)

    def __str__(self) -> str:
        return self.grade.value


@frozen
class CredibilityGrade:
    """Somebody's judgement of a claim.

    Attributes:
        grade: 2 to 6; 1, confirmed, is counted from origins and never given.
        by: Who judged; a label or pseudonym.
        on: The civil day of the judgement, ISO 8601, as *by* uses it.
        reason: Why, or empty.

    Raises:
        InvalidValueError: A field is not of its shape, or the grade is 1.

    >>> print(CredibilityGrade(Credibility.DOUBTFUL, by="desk", on="2025-12-23"))
    4
    """

    grade: Credibility = field(validator=assignable_credibility)
    by: str = field(kw_only=True, validator=one_line)
    on: str = field(kw_only=True, validator=iso_day)
    reason: str = field(default="", kw_only=True, validator=optional_prose)

    def __str__(self) -> str:
        return self.grade.value
