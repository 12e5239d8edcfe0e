"""How a claim hangs on another one."""

import enum
import re
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError


def claim_id(_: object, attribute: Any, value: str) -> None:
    """Validate a claim's id, its report's before it where that is another one.

    Raises:
        InvalidValueError: It is none.
    """
    part = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
    if re.fullmatch(f"({part}#)?{part}", value) is None:
        wanted = "a claim's id, or report-id#claim-id in another report"
        raise InvalidValueError(attribute.name, value, wanted)


class RefKind(enum.Enum):
    """How a claim hangs on another one."""

    ANSWERS = "answers"
    WITHIN = "within"
    CONVERTS = "converts"
    DEPARTS_FROM = "departs_from"
    RESTS_ON = "rests_on"


@frozen
class Ref:
    """A claim hangs on another claim: of its report, or `report-id#claim-id`.

    ANSWERS confirms, denies, withdraws or comments on it; WITHIN is a part of that
    figure and never added to it; CONVERTS is that figure in another unit;
    DEPARTS_FROM is what a relay made of it; RESTS_ON is inferred from it.
    """

    kind: RefKind
    claim: str = field(validator=claim_id)
