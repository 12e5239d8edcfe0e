"""One filter, as a question that is put to one claim."""

from collections.abc import Callable, Sequence

from attrs import frozen

from embargo_monitor.model.claims import EmbargoIs
from embargo_monitor.model.reports import Report
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told
from embargo_monitor.query.naming import Named, bearers_in, named

Answer = Truth | None
"""What a claim answers; None where it says nothing of what is asked."""


@frozen
class Names:
    """What the claims that are asked know by name.

    Attributes:
        find: Finds whom a name means, or raises `UnknownNameError`.
        regimes: Gives the regimes that claims name.
    """

    find: Callable[[str], Named]
    regimes: Callable[[], frozenset[str]]


def names_in(reports: Sequence[Report]) -> Names:
    """Return what reports know by name."""
    return Names(
        lambda text: named(text, bearers_in(reports)),
        lambda: frozenset(
            claim.regime
            for report in reports
            for claim in report.claims
            if isinstance(claim, EmbargoIs)
        ),
    )


@frozen
class Inquiry:
    """One filter, as a question that is put to one claim.

    Attributes:
        filter: The filter's name.
        ask: Puts it to a claim.
        unsaid: What nobody says where no claim speaks of it. It is empty for filters
            on how something was told, which is known: silence is NO there.
        moved: Whether only what moves goods has it: a visit has no supplier.
    """

    filter: str
    ask: Callable[[Told], Answer]
    unsaid: str = ""
    moved: bool = False
