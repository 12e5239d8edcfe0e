"""How a printed wording became a date: named, versioned, pure rules.

"Tuesday", "last week", "last July" mean days only beside an anchor: the day they
were printed or said, or another claim's date. A record keeps the rule and the anchor,
so that anybody can do the step again. A rule never changes; a better one is another
version.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType

from attrs import field, frozen
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta, weekday

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate

_Days = tuple[date, date]
_WEEKDAYS = {
    "monday": MO,
    "tuesday": TU,
    "wednesday": WE,
    "thursday": TH,
    "friday": FR,
    "saturday": SA,
    "sunday": SU,
}
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DECADES = tuple(f"{decade}0" for decade in range(10))


def _weekday_on_or_before(day: date, name: str) -> _Days:
    found = day + relativedelta(weekday=_WEEKDAYS[name](-1))
    return found, found


def _weekday_before(day: date, name: str) -> _Days:
    return _weekday_on_or_before(day - timedelta(days=1), name)


def _previous_week(begins_on: weekday, day: date, _: str = "") -> _Days:
    first = day + relativedelta(weeks=-1, weekday=begins_on(-1))
    return first, first + timedelta(days=6)


def _previous_week_any(day: date, _: str) -> _Days:
    weeks = [_previous_week(begins_on, day) for begins_on in (SA, SU, MO)]
    return min(first for first, _ in weeks), max(last for _, last in weeks)


def _days_before(day: date, count: str) -> _Days:
    found = day - timedelta(days=int(count))
    return found, found


def _month_before(day: date, _: str) -> _Days:
    return _month_from(day + relativedelta(months=-1, day=1))


def _year_before(day: date, _: str) -> _Days:
    first = day + relativedelta(years=-1, month=1, day=1)
    return first, first + relativedelta(month=12, day=31)


def _latest_month_before(day: date, name: str) -> _Days:
    first, last = _month_of_year(day, name)
    if first < day.replace(day=1):
        return first, last
    return _month_from(first - relativedelta(years=1))


def _month_of_year(day: date, name: str) -> _Days:
    return _month_from(day.replace(month=_MONTHS.index(name) + 1, day=1))


def _month_from(first: date) -> _Days:
    return first, first + relativedelta(day=31)


def _decade_of_last_century(day: date, decade: str) -> _Days:
    year = (day.year // 100 - 1) * 100 + int(decade)
    return date(year, 1, 1), date(year + 9, 12, 31)


@frozen
class _Argument:
    """What may follow a rule's name."""

    wanted: str
    pattern: str


_NONE = _Argument("left out", "")
_WEEKDAY = _Argument(f"one of {', '.join(_WEEKDAYS)}", "|".join(_WEEKDAYS))
_MONTH = _Argument(f"one of {', '.join(_MONTHS)}", "|".join(_MONTHS))
_DECADE = _Argument(f"one of {', '.join(_DECADES)}", "|".join(_DECADES))
_COUNT = _Argument("a number of days, 0 to 99999", "0|[1-9][0-9]{0,4}")


@frozen
class _Definition:
    """What a rule does.

    Attributes:
        meaning: One line for the reader of a record.
        argument: What follows its name.
        days: First and last day for an anchor of one day. Neither may fall as the
            anchor rises: only so do both ends of an imprecise anchor give the hull.
            None: the rule works on the anchor as a whole, or not at all.
    """

    meaning: str
    argument: _Argument = _NONE
    days: Callable[[date, str], _Days] | None = field(default=None, kw_only=True)


_DEFINITIONS = {
    "weekday-on-or-before@1": _Definition(
        "the latest such weekday that is not after the anchor; it may be the anchor",
        _WEEKDAY,
        days=_weekday_on_or_before,
    ),
    "weekday-before@1": _Definition(
        "the latest such weekday before the anchor; never the anchor itself",
        _WEEKDAY,
        days=_weekday_before,
    ),
    "previous-week-mon@1": _Definition(
        "the whole week before the anchor's, Monday to Sunday",
        days=partial(_previous_week, MO),
    ),
    "previous-week-sun@1": _Definition(
        "the whole week before the anchor's, Sunday to Saturday",
        days=partial(_previous_week, SU),
    ),
    "previous-week-sat@1": _Definition(
        "the whole week before the anchor's, Saturday to Friday",
        days=partial(_previous_week, SA),
    ),
    "previous-week-any@1": _Definition(
        "the hull of the three weeks before, when the week in use is not known",
        days=_previous_week_any,
    ),
    "days-before@1": _Definition(
        "so many days before the anchor; 0 is the anchor itself",
        _COUNT,
        days=_days_before,
    ),
    "month-before@1": _Definition(
        "the whole month before the anchor's", days=_month_before
    ),
    "year-before@1": _Definition(
        "the whole year before the anchor's", days=_year_before
    ),
    "latest-month-before@1": _Definition(
        "the latest month of that name that began before the anchor's month",
        _MONTH,
        days=_latest_month_before,
    ),
    "decade-of-last-century@1": _Definition(
        "ten years (60: the years ..60 to ..69) of the hundred (1900 to 1999) before"
        " the anchor's",
        _DECADE,
        days=_decade_of_last_century,
    ),
    "month-of-year@1": _Definition(
        "the month of that name in the anchor's year", _MONTH, days=_month_of_year
    ),
    "after@1": _Definition(
        "from the anchor's earliest day to the latest day of a bound, both included"
    ),
    "before@1": _Definition("up to the anchor's latest day, included; begin unknown"),
    "reading@1": _Definition(
        "our reading of a misprint, or against a rule; computes nothing"
    ),
}

RULES: Mapping[str, str] = MappingProxyType(
    {name: definition.meaning for name, definition in _DEFINITIONS.items()}
)
"""What each rule does, in one line, by its name with version."""


@frozen
class Rule:
    """A rule as a record names it: `weekday-on-or-before@1 tuesday`.

    Attributes:
        name: Name and version, one of `RULES`.
        argument: A weekday or month (English, lower case), a decade of a century
            (`60`) or a count of days, where the rule takes one; else empty.

    Raises:
        InvalidValueError: No such rule, or an argument that it does not take. The
            error lists those that are known.
    """

    name: str
    argument: str = ""

    def __attrs_post_init__(self) -> None:
        if self.name not in _DEFINITIONS:
            raise InvalidValueError("rule", self.name, f"one of {', '.join(RULES)}")
        argument = _DEFINITIONS[self.name].argument
        if not re.fullmatch(argument.pattern, self.argument):
            wanted = f"{argument.wanted} ({self.name})"
            raise InvalidValueError("argument", self.argument, wanted)

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """Read a rule as it is written: its name, and its argument after one space.

        >>> Rule.parse("weekday-on-or-before@1 tuesday")
        Rule(name='weekday-on-or-before@1', argument='tuesday')

        Raises:
            InvalidValueError: As for `Rule`; or a space at the end.
        """
        name, space, argument = text.partition(" ")
        if space and not argument:
            raise InvalidValueError("rule", text, "written without a space at its end")
        return cls(name, argument)

    def __str__(self) -> str:
        return f"{self.name} {self.argument}".rstrip()


def resolve(
    rule: Rule, anchor: ImpreciseDate, bound: ImpreciseDate | None = None
) -> ImpreciseDate:
    """Tell which days a wording means, by *rule*, counted from *anchor*.

    An imprecise anchor gives the hull of the results over all its days, and an open
    end stays open. The result is one day somewhere. It bears no qualifier: the doubt
    about the anchor is the anchor's, and is inherited through it.

    >>> print(resolve(Rule("previous-week-any@1"), ImpreciseDate("2025-12-23?")))
    [2025-12-13..2025-12-21]

    Args:
        rule: The rule; not `reading@1`, whose date is given and not computed.
        anchor: What the wording counts from.
        bound: What bounds `after@1` above, as the saying does; for no other rule.

    Raises:
        InvalidValueError: The rule computes nothing, a bound is missing or does not
            belong, the bound ends before the anchor begins, the result would be open
            at both ends or would leave the years 0001 to 9999. Choose another rule,
            anchor or bound.
    """
    if rule.name == "reading@1":
        raise InvalidValueError("rule", str(rule), "one that computes a date")
    if (bound is not None) != (rule.name == "after@1"):
        raise InvalidValueError("bound", bound, "given with after@1, and only there")
    if bound is not None:
        return ImpreciseDate.between(anchor.earliest, bound.latest)
    days = _DEFINITIONS[rule.name].days
    if days is None:
        return ImpreciseDate.between(None, anchor.latest)
    first = last = None
    try:
        if anchor.earliest is not None:
            first, _ = days(anchor.earliest, rule.argument)
        if anchor.latest is not None:
            _, last = days(anchor.latest, rule.argument)
    except (ValueError, OverflowError):
        wanted = f"late enough that {rule} stays within the years 0001 to 9999"
        raise InvalidValueError("anchor", str(anchor), wanted) from None
    return ImpreciseDate.between(first, last)
