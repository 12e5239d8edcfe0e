"""Filters over events, claims and reports: what is asked, all of it optional."""

import enum
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import field, fields, frozen
from attrs.validators import optional

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Category, Nature
from embargo_monitor.model.grades import Credibility, Reliability
from embargo_monitor.model.names import fold, language_tag, one_line
from embargo_monitor.model.records import Assessment
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.views import Told
from embargo_monitor.model.words import member
from embargo_monitor.query.stepping import LINE
from embargo_monitor.regimes import Register

_T = TypeVar("_T", bound=enum.Enum)


def _stage(value: Stage | str | None) -> Stage | None:
    return None if value is None else member(Stage, "stage", value)


def _least(value: Stage | str | None) -> Stage | None:
    return None if value is None else member(Stage, "stage_at_least", value)


def _nature(value: Nature | str | None) -> Nature | None:
    return None if value is None else member(Nature, "nature", value)


def _category(value: Category | str | None) -> Category | None:
    found = Category.parse(value) if isinstance(value, str) else value
    if found is not None and not isinstance(found, Category):
        raise InvalidValueError("category", value, "a Category, or one as text")
    return found


def _amount(value: Amount | str | None) -> Amount | None:
    found = Amount.parse(value) if isinstance(value, str) else value
    if found is not None and not isinstance(found, Amount):
        raise InvalidValueError("value", value, "an Amount, or one as text")
    return found


def _date(value: ImpreciseDate | str | None) -> ImpreciseDate | None:
    return ImpreciseDate(value) if isinstance(value, str) else value


def _grades(
    kind: type[_T], name: str, value: Iterable[_T | str] | _T | str
) -> frozenset[_T]:
    given = (value,) if isinstance(value, kind | str) else value
    if not isinstance(given, Iterable):
        raise InvalidValueError(name, value, "a grade, or several")
    return frozenset(member(kind, name, one) for one in given)


def _reliabilities(
    value: Iterable[Reliability | str] | Reliability,
) -> frozenset[Reliability]:
    return _grades(Reliability, "reliability", value)


def _credibilities(
    value: Iterable[Credibility | str] | Credibility,
) -> frozenset[Credibility]:
    return _grades(Credibility, "credibility", value)


def _on_the_line(_: object, attribute: Any, value: Stage | None) -> None:
    if value is not None and not any(value in stages for stages in LINE):
        known = [one.value for one in Stage if any(one in stages for stages in LINE)]
        wanted = f"a stage on the line: {', '.join(known)}"
        raise InvalidValueError(attribute.name, value.value, wanted)


def _window(_: object, attribute: Any, value: object) -> None:
    date = value if isinstance(value, ImpreciseDate) else None
    vague = date is None or len(date.ranges) > 1 or date.qualifiers
    if value is not None and vague:
        wanted = "one stretch of days without a mark of doubt: 2025-12, 2025-12-01/.."
        raise InvalidValueError(attribute.name, str(value), wanted)


def _yes_or_no(_: object, attribute: Any, value: object) -> None:
    if value is not None and type(value) is not bool:
        raise InvalidValueError(attribute.name, value, "True, False or None")


def _searchable(_: object, attribute: Any, value: str | None) -> None:
    if value is not None:
        one_line(_, attribute, value)
        if not fold(value):
            raise InvalidValueError(
                attribute.name, value, "text with a letter or digit"
            )


def _optional_name() -> Any:
    return field(default=None, validator=optional(one_line))


@frozen(kw_only=True)
class Filters:
    """What is asked. All that is given must hold; what is left out is not asked.

    Names are names in any script, ids or codes of the gazetteer, or identifiers such
    as `imo:9074729`. Dates are EDTF, one stretch of whole days, both ends included.

    >>> asked = Filters(recipient="lna", stage_at_least="agreed", published="2025-12")
    >>> asked.given
    ('recipient', 'stage_at_least', 'published')

    Attributes:
        supplier: Who supplies.
        recipient: Who receives.
        party: Who has any role at all.
        actor: Whom a claim names in any way, a mention among them.
        destination: The country that goods are bound for.
        nature: What sort of goods.
        category: Where a list that sorts arms places the goods.
        stage: A stage that was told, exactly.
        stage_at_least: How far it got, along the line of
            `embargo_monitor.query.stepping`.
        happened: When a stage was reached.
        said: When the first speaker said so.
        published: When the document was published.
        recorded: When the report was recorded, in days of UTC.
        value: A sum of money or another figure of the event: "at least 1 billion USD".
        source: Who tells, anywhere in the voice.
        origin: With whom the voice begins.
        reliability: Grades, of which the first speaker has one.
        credibility: Grades, of which the claim was given one.
        regime: The embargo that a claim names.
        relevance: The embargo that bears on the event, or may.
        disputed: Whether claims about the event cannot all hold.
        language: BCP 47 tag of the document or of the words; `ar` takes in `ar-LY`.
        text: Letters that stand in words, names or titles, compared as names are.
        not_assessed_by: The analyst who has not judged the claim.

    Raises:
        InvalidValueError: A value is not of its shape; the error says what is.
    """

    supplier: str | None = _optional_name()
    recipient: str | None = _optional_name()
    party: str | None = _optional_name()
    actor: str | None = _optional_name()
    destination: str | None = _optional_name()
    nature: Nature | None = field(default=None, converter=_nature)
    category: Category | None = field(default=None, converter=_category)
    stage: Stage | None = field(default=None, converter=_stage)
    stage_at_least: Stage | None = field(
        default=None, converter=_least, validator=_on_the_line
    )
    happened: ImpreciseDate | None = field(
        default=None, converter=_date, validator=_window
    )
    said: ImpreciseDate | None = field(default=None, converter=_date, validator=_window)
    published: ImpreciseDate | None = field(
        default=None, converter=_date, validator=_window
    )
    recorded: ImpreciseDate | None = field(
        default=None, converter=_date, validator=_window
    )
    value: Amount | None = field(default=None, converter=_amount)
    source: str | None = _optional_name()
    origin: str | None = _optional_name()
    reliability: frozenset[Reliability] = field(
        default=frozenset(), converter=_reliabilities
    )
    credibility: frozenset[Credibility] = field(
        default=frozenset(), converter=_credibilities
    )
    regime: str | None = _optional_name()
    relevance: str | None = _optional_name()
    disputed: bool | None = field(default=None, validator=_yes_or_no)
    language: str | None = field(default=None, validator=optional(language_tag))
    text: str | None = field(default=None, validator=_searchable)
    not_assessed_by: str | None = _optional_name()

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the filters that are given, in their order."""
        return tuple(
            one.name
            for one in fields(Filters)
            if getattr(self, one.name) != one.default
        )


@frozen(kw_only=True)
class Beside:
    """What is known beside the claims, and what some filters need.

    Attributes:
        reports: The reports, those among them that make no claim; those of the claims
            unless given.
        taking_back: Claims of other reports that may take back what these tell.
        assessments: Assessments in force, by claim, as `Standing` has them.
        recorded: When each report was recorded, by its id.
        texts: The texts of exhibits, by report and local id.
        register: The register of embargoes; the one that comes with the library unless
            given.
    """

    reports: tuple[Report, ...] = ()
    taking_back: tuple[Told, ...] = ()
    assessments: Mapping[str, tuple[Assessment, ...]] = MappingProxyType({})
    recorded: Mapping[str, datetime] = MappingProxyType({})
    texts: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    register: Register = field(factory=Register.bundled, repr=False)
