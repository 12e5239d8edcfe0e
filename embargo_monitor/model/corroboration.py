"""What independent origins confirm: credibility 1, which is computed and never given.

The Admiralty scale (NATO AJP-2.1) calls a claim confirmed, 1, when other independent
sources say the same. Whether they do follows from voices and links, so no person enters
it: it is counted here, from claims that say the same in equal terms. It is our
inference, and says no more than that several speak alike.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import evolve, field, frozen

from embargo_monitor.model.claims import (
    EmbargoIs,
    GoodsAre,
    PartyIs,
    StageIs,
    TermsAre,
    ValueIs,
)
from embargo_monitor.model.grades import Credibility
from embargo_monitor.model.origins import Origins, origins
from embargo_monitor.model.records import Link
from embargo_monitor.model.stances import Hedge
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told, counted


@frozen
class Corroboration:
    """Claims about one event that say the same, and how many origins say it.

    Attributes:
        told: The claims, in the order given; at least one.
        origins: How many independent origins they have.
        confirmed: YES where two origins at least say it without a hedge; MAYBE where
            there may be two, or some of them hedge; NO where there is one at most.
    """

    told: tuple[Told, ...]
    origins: Origins = field(repr=False)
    confirmed: Truth

    @property
    def credibility(self) -> Credibility | None:
        """1, confirmed, where it certainly is; otherwise nothing follows."""
        return Credibility.CONFIRMED if self.confirmed is Truth.YES else None


def corroborations(
    told: Iterable[Told], links: Sequence[Link] = (), beside: Iterable[Told] = ()
) -> tuple[Corroboration, ...]:
    """Count who says what of one event, for all that is said of it.

    Claims say the same where they give the same actor, by an identifier, the same role;
    tell of the same stage; give equal figures with equal bounds for the same thing;
    name equal goods; take the same position on the same regime. Dates are left out, and
    so is what claims merely name. What is denied or taken back is not said.

    Args:
        told: The claims, of one event or of several that links call the same.
        links: Links between their sources and documents.
        beside: Claims that may take back what these say.
    """
    alike: dict[Any, list[Told]] = {}
    for one in counted(told, beside):
        for key in _said(one):
            alike.setdefault(key, []).append(one)
    return tuple(_counted(tuple(several), links) for several in alike.values())


def _counted(told: tuple[Told, ...], links: Sequence[Link]) -> Corroboration:
    found = origins(told, links)
    plainly = [one for one in told if one.claim.hedge is Hedge.NONE]
    confirmed = Truth.NO
    if found.at_most > 1:
        confirmed = Truth.MAYBE
    if origins(plainly, links).at_least > 1:
        confirmed = Truth.YES
    return Corroboration(told, found, confirmed)


def _said(one: Told) -> Iterable[Any]:
    """Give what a claim says, so that claims which say the same give the same."""
    claim = one.claim
    if isinstance(claim, PartyIs):
        same_as = one.actor(claim.actor).same_as
        # Equal names of two reports prove nothing.
        known = same_as or [f"{one.report.id}#{claim.actor}"]
        return [(claim.kind, claim.role, known[0])]
    if isinstance(claim, StageIs):
        return [(claim.kind, claim.stage)]
    if isinstance(claim, ValueIs):
        amount = evolve(claim.amount, wording="")
        return [(claim.kind, claim.of, claim.at, amount)]
    if isinstance(claim, GoodsAre):
        many = claim.quantity and evolve(claim.quantity, wording="")
        return [(claim.kind, claim.item.name, claim.item.nature, claim.at, many)]
    if isinstance(claim, EmbargoIs):
        return [(claim.kind, claim.regime, claim.position)]
    return [(claim.kind, claim.terms)] if isinstance(claim, TermsAre) else []
