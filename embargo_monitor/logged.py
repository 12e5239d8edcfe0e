"""What the log gives: a receipt for what was appended, an entry as it stands."""

from collections.abc import Callable

from attrs import frozen

from embargo_monitor.encoding import Entry, decode
from embargo_monitor.log.entries import Stored

Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are."""


def silent(done: int, total: int) -> None:
    """Tell nobody."""


@frozen
class Receipt:
    """What `append` gives for what is durable.

    Attributes:
        index: Where the entry stands, counted from 0.
        new: False when the same record was in the log already.
    """

    index: int
    new: bool


@frozen
class Logged:
    """An entry, where it stands, and its leaf hash.

    Attributes:
        index: Where it stands, counted from 0.
        entry: The entry.
        leaf: SHA-256 of 0x00 and its bytes (RFC 6962, section 2.1).
        data: The bytes themselves.
    """

    index: int
    entry: Entry
    leaf: bytes
    data: bytes

    @classmethod
    def of(cls, stored: Stored) -> "Logged":
        """Read an entry as it is stored.

        Raises:
            EncodingError: It is damaged.
        """
        return cls(stored.position, decode(stored.body), stored.leaf, stored.body)
