"""How a printed wording became a date: named, versioned, pure rules.

"Tuesday", "last week", "last July" mean days only beside an anchor: the day they
were printed or said, or another claim's date; "early 2017" narrows a period that the
wording names; a Hijri date is one of another calendar. A record keeps the rule and the
anchor, so that anybody can do the step again. A rule never changes; a better one is
another version.
"""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from attrs import field, frozen
from dateutil.relativedelta import MO, SA, SU, relativedelta

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model import counting
from embargo_monitor.model.calendars import CALENDARS
from embargo_monitor.model.counting import DECADES, MONTHS, WEEKDAYS
from embargo_monitor.model.dates import ImpreciseDate

READING = "reading@1"
"""The rule that computes nothing: what is read against print, or against a rule."""

BOUNDED = "after@1"
"""The rule that has a bound besides its anchor."""


@frozen
class _Shape:
    """What may follow a rule's name, or what period a rule may narrow."""

    wanted: str
    pattern: str


_NONE = _Shape("left out", "")
_WEEKDAY = _Shape(f"one of {', '.join(WEEKDAYS)}", "|".join(WEEKDAYS))
_MONTH = _Shape(f"one of {', '.join(MONTHS)}", "|".join(MONTHS))
_DECADE = _Shape(f"one of {', '.join(DECADES)}", "|".join(DECADES))
_DAYS = _Shape("a number of days, 0 to 99999", "0|[1-9][0-9]{0,4}")
_DAYS_ON = _Shape("a number of days, 1 to 99999", "[1-9][0-9]{0,4}")
_COUNT = _Shape("a number, 1 to 999", "[1-9][0-9]{0,2}")
_QUARTER = _Shape("1, 2, 3 or 4", "[1-4]")
_HALF = _Shape("1 or 2", "[12]")
_PRINTED = _Shape(
    "a date of that calendar, such as 1444-03-12, 1444-03 or 1444",
    "[0-9]{4}(-[0-9]{2}){0,2}",
)

_PERIOD = _Shape(
    "one month, year, decade or century",
    "[0-9]{4}|[0-9]{4}-[0-9]{2}|[0-9]{3}X|[0-9]{2}XX",
)
_YEAR = _Shape("one year", "[0-9]{4}")


@frozen
class _Definition:
    """What a rule does.

    Attributes:
        meaning: One line for the reader of a record.
        argument: What follows its name.
        days: What an anchor of one day gives; of several days, the hull.
        period: What an anchor gives that is such a period. With neither, the rule
            works on the anchor as a whole, or not at all.
        narrows: What period that is.
    """

    meaning: str
    argument: _Shape = _NONE
    days: counting.FromDay | None = field(default=None, kw_only=True)
    period: counting.FromPeriod | None = field(default=None, kw_only=True)
    narrows: _Shape = field(default=_PERIOD, kw_only=True)


def _weeks(name: str, whole: str, hull: str, weeks: int) -> dict[str, _Definition]:
    """Define a week by each day on which weeks begin, and the hull of the three."""
    each = (
        ("mon", "Monday to Sunday", MO),
        ("sun", "Sunday to Saturday", SU),
        ("sat", "Saturday to Friday", SA),
    )
    of_each = {
        f"{name}-{day}@1": _Definition(
            f"{whole}, {runs}", days=counting.week(begins_on, weeks)
        )
        for day, runs, begins_on in each
    }
    hull = f"the hull of {hull}, when the week in use is not known"
    return of_each | {f"{name}-any@1": _Definition(hull, days=counting.week_any(weeks))}


_BACK = {
    "weekday-on-or-before@1": _Definition(
        "the latest such weekday that is not after the anchor; it may be the anchor",
        _WEEKDAY,
        days=counting.weekday_on_or_before,
    ),
    "weekday-before@1": _Definition(
        "the latest such weekday before the anchor; never the anchor itself",
        _WEEKDAY,
        days=counting.weekday_before,
    ),
    **_weeks(
        "previous-week",
        "the whole week before the anchor's",
        "the three weeks before",
        weeks=-1,
    ),
    "days-before@1": _Definition(
        "so many days before the anchor; 0 is the anchor itself",
        _DAYS,
        days=counting.days_before,
    ),
    "month-before@1": _Definition(
        "the whole month before the anchor's", days=counting.month(-1)
    ),
    "year-before@1": _Definition(
        "the whole year before the anchor's", days=counting.year(-1)
    ),
    "latest-month-before@1": _Definition(
        "the latest month of that name that began before the anchor's month",
        _MONTH,
        days=counting.latest_month_before,
    ),
    "decade-of-last-century@1": _Definition(
        "ten years (60: the years ..60 to ..69) of the hundred (1900 to 1999) before"
        " the anchor's",
        _DECADE,
        days=counting.decade_of_last_century,
    ),
    "weeks-before@1": _Definition(
        "so many weeks before the anchor, give or take less than one week",
        _COUNT,
        days=counting.ago(relativedelta(weeks=1)),
    ),
    "months-before@1": _Definition(
        "so many months before the anchor, give or take less than one month",
        _COUNT,
        days=counting.ago(relativedelta(months=1)),
    ),
    "years-before@1": _Definition(
        "so many years before the anchor, give or take less than one year",
        _COUNT,
        days=counting.ago(relativedelta(years=1)),
    ),
}

_AROUND = {
    "month-of-year@1": _Definition(
        "the month of that name in the anchor's year",
        _MONTH,
        days=counting.month_of_year,
    ),
    **_weeks(
        "same-week",
        "the anchor's whole week",
        "the three weeks that the anchor is in",
        weeks=0,
    ),
    "same-month@1": _Definition("the anchor's whole month", days=counting.month(0)),
    "same-year@1": _Definition("the anchor's whole year", days=counting.year(0)),
}

_AHEAD = {
    "weekday-after@1": _Definition(
        "the earliest such weekday after the anchor; never the anchor itself",
        _WEEKDAY,
        days=counting.weekday_after,
    ),
    **_weeks(
        "next-week",
        "the whole week after the anchor's",
        "the three weeks after",
        weeks=1,
    ),
    "days-after@1": _Definition(
        "so many days after the anchor", _DAYS_ON, days=counting.days_after
    ),
    "month-after@1": _Definition(
        "the whole month after the anchor's", days=counting.month(1)
    ),
    "year-after@1": _Definition(
        "the whole year after the anchor's", days=counting.year(1)
    ),
    "next-month-of-name@1": _Definition(
        "the earliest month of that name that begins after the anchor's month",
        _MONTH,
        days=counting.next_month_of_name,
    ),
}

_WITHIN = {
    "early@1": _Definition(
        "the first half of the anchor's month, year, decade or century",
        period=counting.early,
    ),
    "mid@1": _Definition(
        "the middle half of the anchor's month, year, decade or century",
        period=counting.mid,
    ),
    "late@1": _Definition(
        "the second half of the anchor's month, year, decade or century",
        period=counting.late,
    ),
    "quarter@1": _Definition(
        "three months of the anchor's year, 1 from January, 4 to December",
        _QUARTER,
        period=counting.part_of_year(4),
        narrows=_YEAR,
    ),
    "half@1": _Definition(
        "six months of the anchor's year, 1 from January, 2 to December",
        _HALF,
        period=counting.part_of_year(2),
        narrows=_YEAR,
    ),
}

DEFINITIONS = {
    **_BACK,
    **_AROUND,
    **_AHEAD,
    **_WITHIN,
    BOUNDED: _Definition(
        "from the anchor's earliest day to the latest day of a bound, both included"
    ),
    "before@1": _Definition("up to the anchor's latest day, included; begin unknown"),
    "hijri-lunar@1": _Definition(
        "a date of the lunar Hijri calendar, a day either way for the sighting of the"
        " moon",
        _PRINTED,
    ),
    "hijri-solar@1": _Definition(
        "a date of the solar Hijri calendar of Iran and Afghanistan", _PRINTED
    ),
    "julian@1": _Definition("a date of the Julian calendar", _PRINTED),
    READING: _Definition(
        "our reading of a misprint, or against a rule; computes nothing"
    ),
}
_MIDDLE = 5000  # of the years: what leaves them leaves them at the nearer end

RULES: Mapping[str, str] = MappingProxyType(
    {name: definition.meaning for name, definition in DEFINITIONS.items()}
)
"""What each rule does, in one line, by its name with version."""


@frozen
class Rule:
    """A rule as a record names it: `weekday-on-or-before@1 tuesday`.

    Attributes:
        name: Name and version, one of `RULES`.
        argument: A weekday or month (English, lower case), a decade of a century
            (`60`), a number, or a date of another calendar, where the rule takes one;
            else empty.

    Raises:
        InvalidValueError: No such rule, or an argument that it does not take. The
            error lists those that are known.
    """

    name: str
    argument: str = ""

    def __attrs_post_init__(self) -> None:
        if self.name not in DEFINITIONS:
            raise InvalidValueError("rule", self.name, f"one of {', '.join(RULES)}")
        argument = DEFINITIONS[self.name].argument
        calendar = CALENDARS.get(self.name)
        if not re.fullmatch(argument.pattern, self.argument) or (
            calendar is not None and calendar.days(self.argument) is None
        ):
            wanted = f"{argument.wanted} ({self.name})"
            raise InvalidValueError("argument", self.argument, wanted)

    @property
    def counts(self) -> bool:
        """Whether it counts from an anchor; if not, its date is given, and kept."""
        return self.name != READING and self.name not in CALENDARS

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
    end stays open; but what narrows a period takes one that the calendar names. The
    result is one day somewhere. It bears no qualifier: the doubt about the anchor is
    the anchor's, and is inherited through it.

    >>> print(resolve(Rule("previous-week-any@1"), ImpreciseDate("2025-12-23?")))
    [2025-12-13..2025-12-21]
    >>> print(resolve(Rule("quarter@1", "3"), ImpreciseDate("2017")))
    [2017-07..2017-09]

    Args:
        rule: The rule; not one whose date is given and not computed: `reading@1` and
            the calendars.
        anchor: What the wording counts from, or the period that it narrows.
        bound: What bounds `after@1` above, as the saying does; for no other rule.

    Raises:
        InvalidValueError: The rule computes nothing, a bound is missing or does not
            belong, the bound ends before the anchor begins, the anchor is no such
            period as the rule narrows, the result would be open at both ends or would
            leave the years 0001 to 9999. Choose another rule, anchor or bound.
    """
    if not rule.counts:
        raise InvalidValueError("rule", str(rule), "one that computes a date")
    if (bound is not None) != (rule.name == BOUNDED):
        raise InvalidValueError("bound", bound, f"given with {BOUNDED}, and only there")
    if bound is not None:
        return ImpreciseDate.between(anchor.earliest, bound.latest)
    definition = DEFINITIONS[rule.name]
    if definition.period is not None:
        first, last = _period(rule, definition.narrows, anchor)
        return ImpreciseDate.between(*definition.period(first, last, rule.argument))
    if definition.days is None:
        return ImpreciseDate.between(None, anchor.latest)
    return _hull(rule, definition.days, anchor)


def _hull(rule: Rule, days: counting.FromDay, anchor: ImpreciseDate) -> ImpreciseDate:
    def counted(day: date) -> counting.Days:
        try:
            return days(day, rule.argument)
        except (ValueError, OverflowError):
            side = "late" if day.year < _MIDDLE else "early"
            wanted = f"{side} enough that {rule} stays within the years 0001 to 9999"
            raise InvalidValueError("anchor", str(anchor), wanted) from None

    first, last = anchor.earliest, anchor.latest
    return ImpreciseDate.between(first and counted(first)[0], last and counted(last)[1])


def _period(rule: Rule, narrows: _Shape, anchor: ImpreciseDate) -> counting.Days:
    """Return the ends of the one month, year, decade or century that an anchor is.

    Any other stretch may be the hull of what somebody did not know, a week or two
    months: half of it is not where all halves lie.
    """
    first, last = anchor.earliest, anchor.latest
    if first is not None and last is not None:
        plain = str(ImpreciseDate.between(first, last))
        whole = len(anchor.ranges) == 1 and not anchor.is_span
        if whole and re.fullmatch(narrows.pattern, plain):
            return first, last
    wanted = f"{narrows.wanted} for {rule}"
    raise InvalidValueError("anchor", str(anchor), wanted)
