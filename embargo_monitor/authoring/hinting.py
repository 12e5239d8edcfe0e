"""Short text of the form, read with a hint for whoever wrote it otherwise."""

import re

from embargo_monitor.authoring.wordings import suggest
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.amounts import NUMBER_PATTERN, SCALE_PATTERN, Amount
from embargo_monitor.model.dates import ImpreciseDate

_BOUNDS = {
    "up to": "at most",
    "over": "more than",
    "above": "more than",
    "under": "less than",
    "below": "less than",
    "almost": "less than",
    "around": "about",
    "approximately": "about",
    "some": "about",
    "nearly": "about",
}
_BOUNDED = re.compile(f"({'|'.join(_BOUNDS)}) (.+)", re.IGNORECASE | re.DOTALL)
_NUMBER = f"{NUMBER_PATTERN}(?: (?:{SCALE_PATTERN}))?"
_COUNTED = re.compile(
    f"((?:(?:about|at least|at most|more than|less than) )?{_NUMBER}(?: to {_NUMBER})?)"
    " .+",
    re.DOTALL,
)


def read_amount(text: str) -> Amount:
    """Read an amount.

    Raises:
        InvalidValueError: It is none; where another word for a bound is why, the
            message has ours.
    """
    try:
        return Amount.parse(text)
    except InvalidValueError as error:
        ours, hint = _bound(text)
        if not hint:
            raise
        fits = _is_amount(ours)
        wanted = f'written "{ours}": {hint}' if fits else f"{error.wanted}; {hint}"
        raise InvalidValueError(error.field, text, wanted) from None


def read_quantity(text: str) -> Amount:
    """Read how many goods.

    Raises:
        InvalidValueError: It is no amount; where it says of what, the message says
            where that goes.
    """
    try:
        return read_amount(text)
    except InvalidValueError:
        bounded, hint = _bound(text)
        counted = _COUNTED.fullmatch(bounded)
        ours = f"{counted[1]} items" if counted else ""
        if _is_amount(bounded) or not _is_amount(ours):
            raise
        told = "; ".join(filter(None, ("the thing goes in goods", hint)))
        wanted = f'written "{ours}", or with another unit of ours: {told}'
        raise InvalidValueError("quantity", text, wanted) from None


def _bound(text: str) -> tuple[str, str]:
    """Write another word for a bound as ours, and say so; empty where there is none."""
    match = _BOUNDED.fullmatch(text)
    if match is None:
        return text, ""
    ours = _BOUNDS[match[1].lower()]
    return f"{ours} {match[2]}", f"for '{match[1].lower()}' write '{ours}'"


def _is_amount(text: str) -> bool:
    try:
        return bool(Amount.parse(text))
    except InvalidValueError:
        return False


def read_date(text: str) -> ImpreciseDate:
    """Read a date.

    Raises:
        InvalidValueError: It is none; the message offers what it may mean as words.
    """
    try:
        return ImpreciseDate(text)
    except InvalidValueError as error:
        dates = [one.date for one in suggest(text) if one.date]
        if not dates:
            raise
        wanted = f"{error.wanted}; write {' or '.join(dates)}"
        raise InvalidValueError(error.field, text, wanted) from None


def read_day(text: str) -> ImpreciseDate:
    """Read the date of a `when`, which may have been written as words.

    Raises:
        InvalidValueError: It is none; the message offers rules for words.
    """
    try:
        return read_date(text)
    except InvalidValueError as error:
        rules = [str(one) for one in suggest(text) if one.rule]
        if not rules:
            raise
        hint = f"put the words in `wording`, with a `rule`: {' or '.join(rules)}"
        raise InvalidValueError(error.field, text, f"{error.wanted}; {hint}") from None
