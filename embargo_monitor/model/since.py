"""What our later records rest on, and what of it was changed since.

A claim that is corrected keeps its id, and so what was said of it stays beside it. It
was said of the words as they were.
"""

from collections.abc import Iterable, Mapping, Sequence

from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    LinkRelation,
    Record,
    Withdrawal,
)
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import standing

Since = Mapping[Assessment | Link, Mapping[str, str]]
"""By record: claims that it rests on and that were changed, with what changed each."""


def changed_since(records: Iterable[Record]) -> Since:
    """Find assessments and links that rest on claims which are not the same any more.

    Args:
        records: All records, in the order of their log.

    Returns:
        By record and claim (`report-id#claim-id`), the id of the correction, or of the
        withdrawal of one, before which the claim was as that record has it.
    """
    taken = tuple(records)
    changed = {one.report for one in taken if isinstance(one, Correction)}
    changed |= {one.entry for one in taken if isinstance(one, Withdrawal)}
    found: dict[Assessment | Link, dict[str, str]] = {}
    for at, one in enumerate(taken):
        if isinstance(one, Assessment | Link):
            claims = (one.claim,) if isinstance(one, Assessment) else one.because
            for id_ in claims:
                by = (
                    _changed(taken, at, id_) if id_.partition("#")[0] in changed else ""
                )
                if by:
                    found.setdefault(one, {})[id_] = by
    return found


def _changed(records: Sequence[Record], at: int, id: str) -> str:
    """Return the id of what made a claim another than it was at *at*, if it is."""
    report = id.partition("#")[0]
    before = [one for one in records[:at] if _is_of(one, report)]
    after = [one for one in records[at:] if _is_of(one, report)]
    then = _claim(before, id)
    left = len(after)
    while left and _claim([*before, *after[:left]], id) != then:
        left -= 1
    return after[left].id if left < len(after) else ""


def _is_of(record: Record, report: str) -> bool:
    if isinstance(record, Correction):
        return record.report == report
    if isinstance(record, Report):
        return record.id == report
    return isinstance(record, Withdrawal)


def _claim(records: Sequence[Record], id: str) -> AnyClaim | None:
    report, _, local = id.partition("#")
    found = standing(records).reports.get(report)
    claims = found.claims if found else ()
    return next((one for one in claims if one.id == local), None)


_ONE_WAY = (
    LinkRelation.PART_OF,
    LinkRelation.REPLACES,
    LinkRelation.RESELLS,
    LinkRelation.FOLLOWS,
)

_OPPOSED = {LinkRelation.SAME, LinkRelation.DIFFERENT}


def contradict(link: Link, other: Link) -> bool:
    """Tell whether two links cannot both hold.

    Two things are not the same and different; neither is part of the other, nor
    replaces, resells or follows it, if the other does so to it.
    """
    if link.linked is not other.linked:
        return False
    turned = (link.first, link.second) == (other.second, other.first)
    if link.relation is other.relation:
        return turned and link.relation in _ONE_WAY
    straight = (link.first, link.second) == (other.first, other.second)
    opposed = {link.relation, other.relation} == _OPPOSED
    return opposed and (turned or straight)
