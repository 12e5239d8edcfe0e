"""The present instant, as the log takes it: UTC, whole seconds."""

from collections.abc import Callable
from datetime import UTC, datetime

from embargo_monitor.errors import InvalidValueError

Clock = Callable[[], datetime]
"""Gives the present instant."""


def now() -> datetime:
    """Return the present instant: UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def require_utc(instant: datetime) -> datetime:
    """Return an instant of the clock.

    Raises:
        InvalidValueError: It is not UTC in whole seconds: mend the clock.
    """
    if instant.tzinfo is not UTC or instant.microsecond:
        raise InvalidValueError("clock", instant, "UTC in whole seconds")
    return instant
