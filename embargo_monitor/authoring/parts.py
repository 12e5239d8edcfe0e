"""The parts of a row: which it has, what they need, what their claims are called."""

from collections.abc import Iterator, Mapping

from embargo_monitor.authoring.form import OneOrMore, Row
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.vocabulary import Role

ROLES: Mapping[str, Role] = {role.value.replace(" ", "_"): role for role in Role}
"""The fields of a row that give actors a role."""

PARTS = (
    "stage",
    *ROLES,
    "goods",
    "mentions",
    "value",
    "terms",
    "embargo",
    "actor_is",
    "says",
)

# Which part of a row its date belongs to: the step, or else what the row says.
DATED = ("stage", "embargo", "actor_is", "says", "value", "goods")

# What a modifier says nothing without.
NEEDS = {
    "quantity": ("goods",),
    "line": ("goods",),
    "at": ("goods", "value"),
    "as_": ("mentions",),
    "of": ("value",),
    "position": ("embargo",),
    "text": ("actor_is",),
    "actor": ("actor_is", "mentions"),
    "by": ("stage", "embargo"),
    "place": ("stage",),
    "from_": ("stage",),
    "to": ("stage",),
    "for_": tuple(ROLES),
    "when": DATED,
    "translation": ("quote", "wording"),
}


def several(written: OneOrMore) -> tuple[str, ...]:
    """Return one id or several as several; none where nothing is written."""
    if isinstance(written, str):
        return (written,) if written else ()
    return written


def parts_of(row: Row) -> tuple[str, ...]:
    """Name the parts of a row that become claims, in the order of the claims."""
    return tuple(name for name in PARTS if getattr(row, name))


def dated_part(row: Row) -> str:
    """Name the part that the row's date belongs to; empty where there is no date."""
    if row.when is None:
        return ""
    return next((name for name in DATED if getattr(row, name)), "")


def claim_ids(id: str, row: Row) -> dict[str, str]:
    """Return the part that each claim of a row comes from, by the claim's id.

    >>> row = Row(voice="v", about="e", stage="agreed", supplier=("PK", "CN"))
    >>> claim_ids("c1", row)
    {'c1.stage': 'stage', 'c1.supplier.1': 'supplier', 'c1.supplier.2': 'supplier'}
    """
    found = {}
    for part in parts_of(row):
        actors = len(several(getattr(row, part))) if part in ROLES else 1
        numbers = [f".{nth}" for nth in range(1, actors + 1)] if actors > 1 else [""]
        found.update({f"{id}.{part}{number}": part for number in numbers})
    return found


def missing_parts(id: str, row: Row) -> Iterator[InvalidValueError]:
    """Find what a row says in vain, because the part that it belongs to is missing."""
    if not parts_of(row):
        wanted = "something: a stage, a party, goods, a value, says ..."
        yield InvalidValueError("row", id, wanted)
    for name, needed in NEEDS.items():
        if getattr(row, name) and not any(getattr(row, one) for one in needed):
            wanted = f"left out without {' or '.join(needed).replace('_', ' ')}"
            yield InvalidValueError(name.rstrip("_"), getattr(row, name), wanted)
