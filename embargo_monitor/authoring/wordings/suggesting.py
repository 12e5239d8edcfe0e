"""All that a wording may mean."""

from embargo_monitor.authoring.wordings.dated import numbers, printed_dates
from embargo_monitor.authoring.wordings.patterns import readings_of
from embargo_monitor.authoring.wordings.periods import periods
from embargo_monitor.authoring.wordings.relative import relative_dates
from embargo_monitor.authoring.wordings.suggestion import Suggestion

_LONGEST = 1_000  # code points of a line; to try far more takes far longer


def suggest(wording: str) -> tuple[Suggestion, ...]:
    """Suggest rules or dates that a printed wording may mean; nothing is applied.

    The whole wording must be understood: of "Su-24", "Resolution 1591" or "on the
    second Tuesday of May" nothing is guessed.

    >>> for one in suggest("الثلاثاء الماضي"):
    ...     print(one)
    weekday-before@1 tuesday (the latest such day before the anchor's)
    weekday-on-or-before@1 tuesday (the latest such day, which may be the anchor's own)

    Returns:
        The widest reading or the likeliest first; none where it is not understood.
    """
    if len(wording) > _LONGEST:
        return ()
    found = tuple(dict.fromkeys(numbers(wording)))
    if found:
        return found
    for text in readings_of(wording):
        found = tuple(
            dict.fromkeys((*printed_dates(text), *relative_dates(text), *periods(text)))
        )
        if found:
            return found
    return ()
