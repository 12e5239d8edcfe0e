"""Wordings that count from a day: the rules by which they may."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from embargo_monitor.authoring.wordings import vocabulary as words
from embargo_monitor.authoring.wordings.patterns import any_of, keys_of, words_of
from embargo_monitor.authoring.wordings.periods import PERIODS
from embargo_monitor.authoring.wordings.suggestion import Suggestion
from embargo_monitor.model.counting import MONTHS

_Read = Callable[[re.Match[str]], Iterator[Suggestion]]

_TIMES = {"before": words.BEFORE, "same": words.SAME, "after": words.AFTER}
_TIME_OF = keys_of(_TIMES)
_WEEKDAY_OF = keys_of(words.WEEKDAYS)
_MONTH_OF = keys_of(words.MONTHS)
_PART_OF = keys_of(words.PARTS)
_UNIT_OF = keys_of(words.UNITS)
_ONE_OF = keys_of(words.ONE)
_TWO_OF = keys_of(words.TWO)
_BEFORE_OF = keys_of(words.DAYS_BEFORE)
_AFTER_OF = keys_of(words.DAYS_AFTER)
_COUNT_OF = keys_of(words.NUMBERS)

_TIME = f"(?P<time>{words_of(_TIMES)})"
_WEEKDAY = f"(?P<weekday>{words_of(words.WEEKDAYS)})"
_NAMED = words_of(words.MONTHS)
_MONTH = f"(?P<month>{_NAMED})(?: (?P<again>{_NAMED}))?"
_UNIT = f"(?P<unit>{words_of(words.UNITS)})"
_TWO = f"(?P<two>{words_of(words.TWO)})"
_COUNT = f"(?P<count>[0-9]{{1,4}}|{words_of(words.NUMBERS)})"
_SPAN = f"(?:{_COUNT} {_UNIT}|{_TWO})"
_ONE = f"(?P<one>{words_of(words.ONE)})"
_BARE_SPAN = f"(?:{_COUNT} {_UNIT}|{_TWO}|{_ONE})"
_DAY_BEFORE = f"(?P<days>{words_of(words.DAYS_BEFORE)})"
_DAY_AFTER = f"(?P<days>{words_of(words.DAYS_AFTER)})"

_WEEKS = {
    "any": "the hull of the three weeks, where the writer's week is not known",
    "mon": "where weeks run from Monday to Sunday",
    "sun": "where weeks run from Sunday to Saturday",
    "sat": "where weeks run from Saturday to Friday",
}
_WEEK_RULES = {"before": "previous-week", "same": "same-week", "after": "next-week"}
_MONTH_RULES = {"before": "month-before", "same": "same-month", "after": "month-after"}
_YEAR_RULES = {"before": "year-before", "same": "same-year", "after": "year-after"}


def _weekday(match: re.Match[str]) -> Iterator[Suggestion]:
    name = _WEEKDAY_OF[match["weekday"]]
    time = _TIME_OF.get(match.groupdict().get("time") or "", "")
    on_or_before = Suggestion(
        "the latest such day, which may be the anchor's own",
        rule=f"weekday-on-or-before@1 {name}",
    )
    before = Suggestion(
        "the latest such day before the anchor's", rule=f"weekday-before@1 {name}"
    )
    after = Suggestion(
        "of a plan: the next such day after the anchor's",
        rule=f"weekday-after@1 {name}",
    )
    ways = {"before": (before, on_or_before), "same": (on_or_before, after)}
    if time == "after":
        yield after
        yield Suggestion("on such a day of next week", rule="next-week-any@1")
    else:
        yield from ways.get(time, (on_or_before, before, after))


def _whole(match: re.Match[str]) -> Iterator[Suggestion]:
    """A week, month or year: last, this or next."""
    time, unit = _TIME_OF[match["time"]], _UNIT_OF[match["unit"]]
    if unit == "week":
        for begins, why in _WEEKS.items():
            yield Suggestion(why, rule=f"{_WEEK_RULES[time]}-{begins}@1")
    elif unit != "day":
        rules = _MONTH_RULES if unit == "month" else _YEAR_RULES
        yield Suggestion(f"a day of that whole {unit}", rule=f"{rules[time]}@1")


def _month(match: re.Match[str]) -> Iterator[Suggestion]:
    name = _MONTH_OF[match["month"]]
    if _MONTH_OF.get(match["again"] or "", name) != name:
        return
    time = _TIME_OF.get(match.groupdict().get("time") or "", "")
    before = Suggestion(
        "the latest such month, over when the anchor's began",
        rule=f"latest-month-before@1 {name}",
    )
    of_year = Suggestion(
        "that month of the anchor's year", rule=f"month-of-year@1 {name}"
    )
    after = Suggestion(
        "of a plan: the next such month after the anchor's",
        rule=f"next-month-of-name@1 {name}",
    )
    ways = {"before": (before,), "same": (of_year,), "after": (after,)}
    for one in ways.get(time, (of_year, before, after)):
        if match.groupdict().get("day"):
            why = f"{one.why}: the rule has no day; or give the date with its year"
            yield Suggestion(why, rule=one.rule)
        else:
            yield one


def _part_of_another(match: re.Match[str]) -> Iterator[Suggestion]:
    """A month, a part or a quarter of a week or year that only a rule names."""
    time, unit = _TIME_OF[match["time"]], _UNIT_OF[match["unit"]]
    rules = {"week": "", "month": _MONTH_RULES[time], "year": _YEAR_RULES[time]}
    rules["week"] = f"{_WEEK_RULES[time]}-any"
    if unit in rules:
        why = f"all of that {unit}: no rule takes a part of what another rule gives"
        yield Suggestion(why, rule=f"{rules[unit]}@1")


def _part_of_month(match: re.Match[str]) -> Iterator[Suggestion]:
    name, part = _MONTH_OF[match["month"]], _PART_OF[match["part"]]
    if _MONTH_OF.get(match["again"] or "", name) == name:
        why = f"{PERIODS[part]}: no year is printed, so give it, and a reason"
        day = f"YYYY-{MONTHS.index(name) + 1:02}"
        yield Suggestion(why, rule=f"{part}@1", day=day)
    for one in _month(match):
        yield Suggestion(f"all of it: the year is not printed; {one.why}", one.rule)


def _days_before(match: re.Match[str]) -> Iterator[Suggestion]:
    days = _BEFORE_OF[match["days"]]
    why = ("the anchor's own day", "the day before it", "two days before it")[days]
    yield Suggestion(why, rule=f"days-before@1 {days}")
    if weekday := match.groupdict().get("weekday"):
        yield Suggestion(
            "by its weekday alone",
            rule=f"weekday-on-or-before@1 {_WEEKDAY_OF[weekday]}",
        )


def _days_after(match: re.Match[str]) -> Iterator[Suggestion]:
    days = _AFTER_OF[match["days"]]
    why = {1: "the day after the anchor's", 2: "two days after the anchor's"}[days]
    yield Suggestion(why, rule=f"days-after@1 {days}")


def _last_night(_: re.Match[str]) -> Iterator[Suggestion]:
    yield Suggestion("the evening before the anchor's day", rule="days-before@1 1")
    yield Suggestion("the small hours of the anchor's day", rule="days-before@1 0")


def _span_of(match: re.Match[str]) -> tuple[int, str]:
    if match["two"]:
        return 2, _TWO_OF[match["two"]]
    if one := match.groupdict().get("one"):
        return 1, _ONE_OF[one]
    count = match["count"]
    number = int(count) if count.isdigit() else _COUNT_OF[count]
    return number, _UNIT_OF[match["unit"]]


def _ago(match: re.Match[str]) -> Iterator[Suggestion]:
    count, unit = _span_of(match)
    if unit == "day":
        yield Suggestion("counted in whole days", rule=f"days-before@1 {count}")
    elif 1 <= count <= 999:  # noqa: PLR2004 (what the rules take)
        why = f"give or take less than one {unit}"
        yield Suggestion(why, rule=f"{unit}s-before@1 {count}")


def _later(match: re.Match[str]) -> Iterator[Suggestion]:
    count, unit = _span_of(match)
    days = {"day": count, "week": 7 * count}.get(unit)
    if days:
        yield Suggestion("counted in whole days", rule=f"days-after@1 {days}")


def _hours(_: re.Match[str]) -> Iterator[Suggestion]:
    yield Suggestion("hours before, on the same day", rule="days-before@1 0")
    yield Suggestion("hours before, on the day before", rule="days-before@1 1")


def _vague(_: re.Match[str]) -> Iterator[Suggestion]:
    yield Suggestion("at some time up to the anchor", rule="before@1")


_DAYS = words_of(words.WEEKDAYS)
_PART = f"(?:{words_of(words.PARTS)})"
_ORDINAL_PART = (
    f"(?:{words_of(words.ORDINALS)} )?{any_of((*words.QUARTER, *words.HALF))}"
    f"(?: {words_of(words.ORDINALS)})?"
)
_SOME = f"(?:{_PART}|{_ORDINAL_PART}|{_NAMED}(?: {_NAMED})?|{_DAYS})"
_AGO, _LATER = any_of(words.AGO), any_of(words.LATER)

_PATTERNS: tuple[tuple[str, _Read], ...] = (
    (_WEEKDAY, _weekday),
    (f"{_WEEKDAY} {_TIME}", _weekday),
    (f"{_TIME} {_WEEKDAY}", _weekday),
    (f"{_TIME} {_UNIT}", _whole),
    (f"{_UNIT} {_TIME}", _whole),
    (_MONTH, _month),
    (f"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? {_MONTH}(?: {_TIME})?", _month),
    (f"{_MONTH} (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?", _month),
    (f"{_MONTH} {_TIME}", _month),
    (f"{_TIME} {_MONTH}", _month),
    (f"{_SOME} {_TIME} {_UNIT}", _part_of_another),
    (f"{_SOME} {_UNIT} {_TIME}", _part_of_another),
    (
        f"(?P<part>{words_of(words.PARTS)}) {_MONTH}(?: {_TIME})?",
        _part_of_month,
    ),
    (f"{_DAY_BEFORE}(?: {_WEEKDAY})?", _days_before),
    (f"{_WEEKDAY} {_DAY_BEFORE}", _days_before),
    (_DAY_AFTER, _days_after),
    (any_of(words.LAST_NIGHT), _last_night),
    (f"{_AGO} {_BARE_SPAN}", _ago),
    (f"{_SPAN} {_AGO}", _ago),
    (f"{_LATER} {_BARE_SPAN}", _later),
    (f"{_SPAN} {_LATER}", _later),
    (f"(?:{_AGO} )?(?:{_COUNT} )?{any_of(words.HOURS)}(?: {_AGO})?", _hours),
    (any_of(words.VAGUE), _vague),
)


@cache
def _compiled() -> list[tuple[re.Pattern[str], _Read]]:
    # Not before a wording is asked about: it takes longer than to read a form.
    return [(re.compile(pattern), read) for pattern, read in _PATTERNS]


def relative_dates(text: str) -> Iterator[Suggestion]:
    """Give the rules by which a folded wording may count from its anchor."""
    for pattern, read in _compiled():
        if match := pattern.fullmatch(text):
            yield from read(match)
