"""Saying what we logged wrongly: corrections made from a mended authoring file."""

from itertools import count

from embargo_monitor.authoring import Amended, Authored
from embargo_monitor.errors import (
    InvalidValueError,
    ReferringError,
    UnknownNameError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.model.records import Correction
from embargo_monitor.model.standing import correction_to

_STEM = 44


def amend(
    log: EventLog, authored: Authored, *, id: str, reason: str, by: str
) -> Amended:
    """Make the correction by which a report says what *authored* says; append nothing.

    Args:
        log: The log that has the report.
        authored: The report as it should have been, under its old id.
        id: The correction's id.
        reason: Why it is corrected.
        by: Who corrects it.

    Raises:
        UnknownNameError: The log has no such report.
        ReferringError: It was withdrawn; or nothing differs from it.
        InvalidValueError: Something differs that a correction cannot mend: withdraw the
            report, and log it under another id.
    """
    before, again = log.report(authored.report.id), authored.report
    try:
        correction = correction_to(before, again, id=id, reason=reason, by=by)
    except InvalidValueError as error:
        if error.field != "adds":
            raise
        why = f"nothing differs from report {again.id} as it stands"
        raise ReferringError(Correction.kind, id, why) from None
    return Amended(correction, authored.exhibits)


def free_id(log: EventLog, kind: str, stem: str) -> str:
    """Return an id that no record of that kind has: *stem*, the kind, a number."""
    numbered = (f"{stem[:_STEM]}.{kind}-{number}" for number in count(1))
    return next(one for one in numbered if _is_free(log, kind, one))


def _is_free(log: EventLog, kind: str, id: str) -> bool:
    try:
        log.find(kind, id)
    except UnknownNameError:
        return True
    return False
