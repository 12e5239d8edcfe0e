"""How far a transfer got: the partial order of its stages.

```
intent, requested, offered < talks < drafted < agreed < signed
signed < licensed, paid, in production < shipped < in transit < delivered
```

The first three are side by side, and so are licensed, paid and in production: none of
them comes before another. All other stages are off the line. What was suspended,
intercepted, returned, refused or cancelled got nowhere by that, and what was resumed,
announced or held says nothing of how far the matter is.
"""

from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth

LINE = (
    frozenset((Stage.INTENT, Stage.REQUESTED, Stage.OFFERED)),
    frozenset((Stage.TALKS,)),
    frozenset((Stage.DRAFTED,)),
    frozenset((Stage.AGREED,)),
    frozenset((Stage.SIGNED,)),
    frozenset((Stage.LICENSED, Stage.PAID, Stage.IN_PRODUCTION)),
    frozenset((Stage.SHIPPED,)),
    frozenset((Stage.IN_TRANSIT,)),
    frozenset((Stage.DELIVERED,)),
)
"""The stages on the line, side by side where none comes before another."""

_ARRIVED = (Stage.IN_USE, Stage.FOUND)

_RANK = {stage: rank for rank, stages in enumerate(LINE) for stage in stages}


def has_reached(stage: Stage, least: Stage) -> Truth:
    """Tell whether a matter told to be at *stage* got at least as far as *least*.

    YES for the same stage and those that come after it; MAYBE between stages that are
    side by side, since one tells nothing of the other, and for what is found or in
    use, which came from somewhere, whoever sent it; else NO.

    >>> print(has_reached(Stage.SIGNED, Stage.AGREED))
    YES
    >>> print(has_reached(Stage.PAID, Stage.LICENSED))
    MAYBE
    >>> print(has_reached(Stage.INTERCEPTED, Stage.SHIPPED))
    NO
    """
    if stage in _ARRIVED:
        return Truth.MAYBE
    if stage is least:
        return Truth.YES
    if stage not in _RANK or _RANK[stage] < _RANK[least]:
        return Truth.NO
    return Truth.YES if _RANK[stage] > _RANK[least] else Truth.MAYBE
