"""The publication that a report reads: one document, one report."""

import enum

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.names import (
    Name,
    label,
    language_tag,
    optional_prose,
    source_line,
)
from embargo_monitor.model.quotes import Exhibit


class Basis(enum.Enum):
    """Where a document's date was read."""

    PRINTED = "printed"
    WRITTEN = "written by hand"
    ADDRESS = "in the address"
    METADATA = "in the metadata"
    INFERRED = "inferred"


@frozen
class Reading:
    """One reading of a document's date.

    A document may have several: a republication's date is a wrong anchor.

    Attributes:
        date: Whole civil days as the publisher uses them, both ends included.
        basis: Where it was read.
        wording: The date as printed.
        reason: Why; needed when inferred.

    Raises:
        InvalidValueError: Inferred without a reason.
    """

    date: ImpreciseDate
    basis: Basis
    wording: str = field(default="", kw_only=True, validator=source_line)
    reason: str = field(default="", kw_only=True, validator=optional_prose)

    def __attrs_post_init__(self) -> None:
        if self.basis is Basis.INFERRED and not self.reason:
            raise InvalidValueError("reason", self.reason, "given with an inference")


@frozen
class Document:
    """A publication, as it lay before the logger.

    Attributes:
        titles: As printed, and translations of it.
        language: BCP 47 tag of its text.
        publisher: Local id of the source that published it; an unnamed one when
            nobody knows.
        published: The reading of its publication date that relative dates count
            from; None when there is none.
        written: The same for the day of writing.
        other_readings: Readings of its date that were not used.
        exhibits: Its bytes, and what was extracted from them.
        same_as: Identifiers: address, UN symbol, and so on.
        note: The logger's remark.

    Raises:
        InvalidValueError: No title.
    """

    titles: tuple[Name, ...] = field(kw_only=True)
    language: str = field(default="", kw_only=True, validator=language_tag)
    publisher: str = field(kw_only=True, validator=label)
    published: Reading | None = field(default=None, kw_only=True)
    written: Reading | None = field(default=None, kw_only=True)
    other_readings: tuple[Reading, ...] = field(default=(), kw_only=True)
    exhibits: tuple[Exhibit, ...] = field(default=(), kw_only=True)
    same_as: tuple[Identifier, ...] = field(default=(), kw_only=True)
    note: str = field(default="", kw_only=True, validator=optional_prose)

    def __attrs_post_init__(self) -> None:
        if not self.titles:
            raise InvalidValueError("titles", self.titles, "at least one title")
