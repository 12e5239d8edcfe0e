"""How a speaker takes what is said, and how sure the speaker sounds.

Stance and hedge are the *first* speaker's own. How far we believe it is a grade
(`grades`), and stands apart.
"""

import enum


class Weight(enum.Enum):
    """What a stance does to the content of its claim.

    Views count FOR and AGAINST. NEITHER is shown and never counted.
    """

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


class Stance(enum.Enum):
    """What the first speaker does with the content: says it, denies it, fears it."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    WITHDRAWS = "withdraws"
    EXPECTS = "expects"
    FEARS = "fears"
    SUPPOSES = "supposes"
    SEES_NO_SIGN = "sees no sign"
    DOES_NOT_KNOW = "does not know"
    DECLINES_TO_COMMENT = "declines to comment"
    DID_NOT_ANSWER = "did not answer"
    COULD_NOT_BE_REACHED = "could not be reached"
    WAS_NOT_ASKED = "was not asked"

    @property
    def weight(self) -> Weight:
        """Whether the stance counts for, against, or not at all.

        >>> Stance.DENIES.weight, Stance.FEARS.weight
        (<Weight.AGAINST: 'against'>, <Weight.NEITHER: 'neither'>)
        """
        if self in (Stance.ASSERTS, Stance.CONFIRMS):
            return Weight.FOR
        if self in (Stance.DENIES, Stance.WITHDRAWS):
            return Weight.AGAINST
        return Weight.NEITHER


class Hedge(enum.Enum):
    """The speaker's own word of doubt, never levelled.

    "Allegedly" and "reportedly" are no hedge: they say that an earlier speaker is
    missing from the voice.
    """

    NONE = "none"
    LIKELY = "likely"
    SUSPECTED = "suspected"
    POSSIBLE = "possible"


class RelayStance(enum.Enum):
    """How a later speaker of a voice passes on what was said before."""

    RELAYS = "relays"
    ENDORSES = "endorses"
    DOUBTS = "doubts"


class Known(enum.Enum):
    """How we know a part of a record.

    STATED by the document; INFERRED by us, with a reason; UNCLEAR where the
    sentence does not settle it.
    """

    STATED = "stated"
    INFERRED = "inferred"
    UNCLEAR = "unclear"
