"""Events: an id, a title, a kind, and nothing else of their own.

What is "known" of an event is a view over claims.
"""

import enum

from attrs import field, frozen

from embargo_monitor.model.names import label, one_line


class EventKind(enum.Enum):
    """What sort of event.

    A TRANSFER is arms or services moving or meant to, from intent to find; a PACT
    co-operation without goods; a CONTACT a visit or meeting; a SUM a total or flow
    over a period.
    """

    TRANSFER = "transfer"
    PACT = "pact"
    CONTACT = "contact"
    SUM = "sum"


@frozen
class Event:
    """What claims are about.

    One event is one bargain between one supplier side and one recipient side,
    through its whole life.

    Attributes:
        id: Local id; from outside `report-id#event-id`.
        kind: What sort of event.
        title: The logger's words for it.
    """

    id: str = field(validator=label)
    kind: EventKind
    title: str = field(kw_only=True, validator=one_line)
