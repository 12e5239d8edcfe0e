"""What is given to a log: a record, alone or with the exhibits that it binds."""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from embargo_monitor.authoring.exhibits import Attached
from embargo_monitor.authoring.faults import Filled
from embargo_monitor.model.records import Correction, Record
from embargo_monitor.model.reports import Report

_NONE: Mapping[str, Attached] = MappingProxyType({})


@frozen
class Authored:
    """A report, the exhibits it rests on, and all that was filled in.

    Attributes:
        report: The report.
        exhibits: Their bytes, by digest.
        filled: What the library filled in, in the order of the file.
    """

    report: Report
    exhibits: Mapping[str, Attached]
    filled: tuple[Filled, ...]


@frozen
class Amended:
    """A correction of a report, and the exhibits of its document.

    Attributes:
        correction: The correction.
        exhibits: Their bytes, by digest.
    """

    correction: Correction
    exhibits: Mapping[str, Attached]


Given = Authored | Amended | Record
"""A record that the log can take."""


def taken_apart(given: Given) -> tuple[Record, Mapping[str, Attached]]:
    """Return the record that is given, and the bytes of its exhibits, by digest."""
    if isinstance(given, Authored):
        return given.report, given.exhibits
    if isinstance(given, Amended):
        return given.correction, given.exhibits
    return given, _NONE
