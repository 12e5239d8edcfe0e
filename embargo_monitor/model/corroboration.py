"""What independent origins confirm: credibility 1, which is computed and never given.

The Admiralty scale (NATO AJP-2.1) calls a claim confirmed, 1, when other independent
sources say the same. Whether they do follows from voices and links, so no person enters
it: it is counted here, from claims that say the same in equal terms. It is our
inference, and says no more than that several speak alike.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
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
from embargo_monitor.model.identifiers import Identifier, Scheme
from embargo_monitor.model.origins import Origins, origins
from embargo_monitor.model.records import Link
from embargo_monitor.model.refs import RefKind
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
    name equal goods; take the same position on the same regime. A part of a total, a
    conversion and what a relay made of a figure are said by those alone who say it:
    two equal parts are two. Stages on days that exclude one another are perhaps two,
    and otherwise days are left out; so is what claims merely name. What is denied or
    taken back is not said.

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
    if origins(plainly, links).at_least > 1 and not _on_other_days(plainly):
        confirmed = Truth.YES
    return Corroboration(told, found, confirmed)


def _on_other_days(told: Sequence[Told]) -> bool:
    """Whether two steps are told to have been on days that exclude one another."""
    whens = [one.claim.when for one in told if isinstance(one.claim, StageIs)]
    dates = [when.date for when in whens if when is not None]
    return any(a.overlaps(b) is Truth.NO for a, b in combinations(dates, 2))


_APART = (RefKind.WITHIN, RefKind.CONVERTS, RefKind.DEPARTS_FROM)


def _said(one: Told) -> Iterable[Any]:
    """Give what a claim says, so that claims which say the same give the same."""
    claim = one.claim
    if one.refs(*_APART):
        return [one.id]
    if isinstance(claim, PartyIs):
        same_as = sorted(one.actor(claim.actor).same_as, key=_rank)
        # Equal names of two reports prove nothing.
        who = str(same_as[0]) if same_as else f"{one.report.id}#{claim.actor}"
        return [(claim.kind, claim.role, who)]
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


def _rank(identifier: Identifier) -> tuple[bool, str]:
    """Put the gazetteer's own identifiers first: reports give others in any order."""
    return identifier.scheme is not Scheme.GAZETTEER, str(identifier)
