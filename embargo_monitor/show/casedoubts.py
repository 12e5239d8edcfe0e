"""How sure a case is: where claims are at odds, and how many independent origins."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import cast

from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.amounts import Amount, Bound
from embargo_monitor.model.claims import StageIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.origins import origins
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import (
    Dispute,
    Told,
    disputes,
    figures,
    hang_together,
    stages,
    values,
)
from embargo_monitor.show.case import Case
from embargo_monitor.show.markdown import escaped, heading, paragraph, table
from embargo_monitor.show.summary import count_line, dispute_line
from embargo_monitor.show.text import isolated, number_of


def dispute_lines(case: Case) -> Iterator[str]:
    """Give what cannot all hold, and by how much it is apart."""
    yield from heading(2, "Disputes")
    found = disputes(case.of_event, beside=case.beside)
    if not found:
        yield from paragraph("No two claims about it are at odds.")
        return
    rows = [
        (
            escaped(dispute_line(one)) + case.notes.marks(told.id for told in one.told),
            escaped(apart(one)),
        )
        for one in found
    ]
    yield from table(("What is disputed, and who says what", "How far apart"), rows)


def apart(dispute: Dispute) -> str:
    """Say how far claims of a dispute are apart at most, by their nearest ends."""
    rivals = [
        (one, other)
        for one, other in combinations(dispute.told, 2)
        if not hang_together(one, other)
    ]
    held = [
        (figures(one.claim).get(dispute.slot), figures(other.claim).get(dispute.slot))
        for one, other in rivals
    ]
    amounts = [pair for pair in held if all(isinstance(one, Amount) for one in pair)]
    if amounts:
        return _amounts_apart(cast("list[_Amounts]", amounts), dispute)
    dates = [pair for pair in held if all(isinstance(o, ImpreciseDate) for o in pair)]
    if dates:
        return _days_apart(cast("list[_Dates]", dates), dispute)
    return "one is said against the other"


_Amounts = tuple[Amount, Amount]
_Dates = tuple[ImpreciseDate, ImpreciseDate]


def _amounts_apart(pairs: Sequence[_Amounts], dispute: Dispute) -> str:
    if any(one.unit != other.unit for one, other in pairs):
        return "given in different units, and nothing is converted"
    gaps = [
        (high.low - low.high, low.high)
        for pair in pairs
        for low, high in (pair, pair[::-1])
        if low.high is not None and high.low is not None
    ]
    gap, below = max(gaps, default=(Decimal(0), Decimal(0)))
    lead = ""
    if gap > 0:
        told = Amount(gap, gap, bound=Bound.EXACT, unit=pairs[0][0].unit)
        share = f", {gap / below:.0%} of the smaller figure" if below else ""
        lead = f"{told} between their nearest ends as told{share}"
    about = any(one.bound is Bound.ABOUT for pair in pairs for one in pair)
    reach = f"“about” was taken to reach {dispute.tolerance:.0%} either way"
    return "; ".join(filter(None, (lead, _may(dispute), reach if about else "")))


def _days_apart(pairs: Sequence[_Dates], dispute: Dispute) -> str:
    gap = max(
        (
            (later.earliest - before.latest).days
            for pair in pairs
            for before, later in (pair, pair[::-1])
            if before.latest and later.earliest
        ),
        default=0,
    )
    days = number_of(gap, "day", "days")
    lead = f"{days} between their nearest ends as told" if gap > 0 else ""
    return "; ".join(filter(None, (lead, _may(dispute))))


def _may(dispute: Dispute) -> str:
    if dispute.certainty is Truth.YES:
        return "they cannot both hold"
    return "they may both hold"


def origin_lines(case: Case) -> Iterator[str]:
    """Give how many independent origins there are, as intervals with reasons."""
    yield from heading(2, "Independent origins")
    yield from paragraph(
        "Origins are counted, not outlets: whoever passes on what another said adds"
        " none. Where two may be one person, the count is an interval."
    )
    rows = [
        (
            escaped(what),
            escaped(count_line(found)),
            escaped(why or "no claim of it counts"),
        )
        for what, told in _counted(case)
        for found in (origins(told, case.view.standing.links),)
        for why in ("; ".join(map(isolated, found.reasons)),)
    ]
    yield from table(("Of what", "How many", "Which, and why so many"), rows)


def _counted(case: Case) -> Iterator[tuple[str, tuple[Told, ...]]]:
    said = tuple(one for one in case.said if one.claim.about.kind is AboutKind.EVENT)
    reached = stages(said)
    if len({getattr(one.claim, "stage", None) for one in reached}) != 1:
        yield "any stage at all", reached
    groups: dict[str, list[Told]] = {}
    for one in (*reached, *values(said)):
        groups.setdefault(_what(one), []).append(one)
    yield from ((what, tuple(told)) for what, told in groups.items())


def _what(told: Told) -> str:
    claim = told.claim
    if isinstance(claim, StageIs):
        return f"stage: {claim.stage.value}"
    [(slot, amount)] = figures(claim).items()
    return f"{slot}: {amount}"
