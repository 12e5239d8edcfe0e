"""One filter, as a question that is put to one claim."""

from collections.abc import Callable

from attrs import frozen

from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told

Answer = Truth | None
"""What a claim answers; None where it says nothing of what is asked."""


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
