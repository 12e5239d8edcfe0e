"""Who was asked about an event and said nothing, or was not asked at all."""

from collections.abc import Iterable

from embargo_monitor.model.stances import Stance
from embargo_monitor.model.views import Told, taken_back

SILENT = (
    Stance.DECLINES_TO_COMMENT,
    Stance.DID_NOT_ANSWER,
    Stance.COULD_NOT_BE_REACHED,
    Stance.WAS_NOT_ASKED,
)
"""Stances of those who were, or should have been, asked, and said nothing."""


def unanswered(told: Iterable[Told], beside: Iterable[Told] = ()) -> tuple[Told, ...]:
    """Return the claims by which somebody said nothing, in the order given.

    Nothing follows from a silence: it is neither a denial nor a confirmation.

    Args:
        told: The claims.
        beside: Claims that may take back what these say.
    """
    claims = tuple(told)
    gone = taken_back((*claims, *beside))
    return tuple(
        one for one in claims if one.claim.stance in SILENT and one.id not in gone
    )
