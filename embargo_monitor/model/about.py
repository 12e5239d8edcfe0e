"""What a claim is about: an event or an actor of its report, or a regime."""

import enum

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.names import label


class AboutKind(enum.Enum):
    """What a claim can be about."""

    EVENT = "event"
    ACTOR = "actor"
    REGIME = "regime"


@frozen
class About:
    """What a claim is about: an event or actor of its report, or a regime.

    >>> print(About.parse("event:deal"))
    event:deal
    """

    kind: AboutKind
    id: str = field(validator=label)

    @classmethod
    def parse(cls, text: str) -> "About":
        """Read the text form, `kind:id`."""
        kind, _, local = text.partition(":")
        if kind not in {one.value for one in AboutKind}:
            wanted = "event:, actor: or regime: and an id"
            raise InvalidValueError("about", text, wanted)
        return cls(AboutKind(kind), local)

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.id}"
