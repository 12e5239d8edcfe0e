"""What one view says that another does not: of two sizes, or of two days."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.judging import newest
from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.standing import Standing
from embargo_monitor.model.views import taken_back
from embargo_monitor.query.view import View
from embargo_monitor.regimes.outcomes import Difference, differences

T = TypeVar("T")


@frozen
class Came:
    """What the later view has and the earlier has not, and the other way about.

    Attributes:
        came: In the second view alone.
        went: In the first view alone.
    """

    came: tuple[Any, ...]
    went: tuple[Any, ...]

    def __bool__(self) -> bool:
        return bool(self.came or self.went)


@frozen
class ClaimChanged:
    """A claim that both views have, under one id, and that is not the same.

    Attributes:
        id: `report-id#claim-id`.
        was: The claim in the first view.
        is_: The claim in the second.
        by: Ids of the corrections, and withdrawals of such, that only the second has.
    """

    id: str
    was: AnyClaim
    is_: AnyClaim
    by: tuple[str, ...]


@frozen
class RelevanceChanged:
    """An event of which the newest record of relevance is another one.

    Attributes:
        event: `report-id#event-id`.
        was: The newest record in the first view; None where there was none.
        is_: The newest in the second; None where there is none any more.
        what: What the second answers otherwise, regime by regime.
    """

    event: str
    was: RelevanceRecord | None
    is_: RelevanceRecord | None
    what: tuple[Difference, ...]


@frozen(kw_only=True)
class Changes:
    """How a second view of a log differs from a first.

    Attributes:
        before: The first view.
        after: The second.
        reports: Ids of reports that count in one alone.
        events: Ids of events, as `report-id#event-id`.
        claims: Ids of claims that stand in one alone.
        changed: Claims that are another under the same id.
        taken_back: Ids of claims that somebody in the world has taken back.
        assessments: Assessments that are in force in one alone.
        links: Links that are in force in one alone.
        corrections: Corrections that are in force in one alone.
        withdrawals: Withdrawals of ours that are in force in one alone.
        relevances: Events whose newest record of relevance is another.
    """

    before: View = field(repr=False)
    after: View = field(repr=False)
    reports: Came
    events: Came
    claims: Came
    changed: tuple[ClaimChanged, ...]
    taken_back: Came
    assessments: Came
    links: Came
    corrections: Came
    withdrawals: Came
    relevances: tuple[RelevanceChanged, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(
            self.reports
            or self.events
            or self.claims
            or self.changed
            or self.taken_back
            or self.assessments
            or self.links
            or self.corrections
            or self.withdrawals
            or self.relevances
        )


def diff(before: View, after: View) -> Changes:
    """Tell how a second view of a log differs from a first.

    Either may be the earlier one, on either clock: what the first alone has is told as
    gone.

    Raises:
        InvalidValueError: They are views of two logs.
    """
    if before.origin != after.origin:
        raise InvalidValueError("after", after.origin, f"a view of {before.origin}")
    one, other = before.standing, after.standing
    return Changes(
        before=before,
        after=after,
        reports=_came(one.reports, other.reports),
        events=_came(one.events, other.events),
        claims=_came(_claims(one), _claims(other)),
        changed=_changed(one, other),
        taken_back=_came(_taken_back(before), _taken_back(after)),
        assessments=_came(_each(one.assessments), _each(other.assessments)),
        links=_came(one.links, other.links),
        corrections=_came(_each(one.corrections), _each(other.corrections)),
        withdrawals=_came(one.withdrawals.values(), other.withdrawals.values()),
        relevances=_relevances(before, after),
    )


def _came(one: Iterable[Any], other: Iterable[Any]) -> Came:
    # Records are frozen values: each is found among thousands by its hash.
    first, second = dict.fromkeys(one), dict.fromkeys(other)
    return Came(
        tuple(this for this in second if this not in first),
        tuple(this for this in first if this not in second),
    )


def _each(several: Mapping[str, tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(one for found in several.values() for one in found)


def _claims(stands: Standing) -> dict[str, AnyClaim]:
    return {
        f"{id_}#{claim.id}": claim
        for id_, report in stands.reports.items()
        for claim in report.claims
    }


def _changed(one: Standing, other: Standing) -> tuple[ClaimChanged, ...]:
    before, after = _claims(one), _claims(other)
    return tuple(
        ClaimChanged(id_, was, after[id_], _corrected_by(one, other, id_))
        for id_, was in before.items()
        if id_ in after and after[id_] != was
    )


def _corrected_by(one: Standing, other: Standing, claim: str) -> tuple[str, ...]:
    """Name what made a claim another: corrections that are in force in one alone."""
    report = claim.partition("#")[0]
    found = _came(one.corrections.get(report, ()), other.corrections.get(report, ()))
    return tuple(this.id for this in (*found.came, *found.went))


def _taken_back(view: View) -> tuple[str, ...]:
    """Return the claims that stand and that somebody in the world took back."""
    told = view.told()
    gone = taken_back(told)
    return tuple(one.id for one in told if one.id in gone)


def _relevances(before: View, after: View) -> tuple[RelevanceChanged, ...]:
    one, other = _newest(before), _newest(after)
    found = []
    for event in dict.fromkeys((*one, *other)):
        was, is_ = one.get(event), other.get(event)
        if was != is_:
            what = differences(was, is_) if was and is_ else ()
            found.append(RelevanceChanged(event, was, is_, what))
    return tuple(found)


def _newest(view: View) -> dict[str, RelevanceRecord]:
    return {
        event: one
        for event, one in newest(view.records, view.standing).items()
        if event.partition("#")[0] in view.standing.reports
    }
