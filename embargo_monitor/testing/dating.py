"""Quotes and dates: where words stand, and how they became a day."""

from datetime import date, timedelta
from functools import cache

import attrs
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.calendars import CALENDARS
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.quotes import Quote, Translation, Translator, Wording
from embargo_monitor.model.rules import BOUNDED, READING, Rule, resolve
from embargo_monitor.model.stances import Known
from embargo_monitor.model.when import Anchor, AnchorKind, When
from embargo_monitor.testing.choosing import Fields, any_of, some_of
from embargo_monitor.testing.setting import SETTING, Setting
from embargo_monitor.testing.texts import languages, lines, prose
from embargo_monitor.testing.values import imprecise_dates, rules

_CLOCKS = ("", "", "00:00", "23:59")


@cache
def wordings() -> st.SearchStrategy[Wording]:
    """Build words that no exhibit holds."""
    return st.builds(Wording, prose(), language=languages())


@cache
def translations() -> st.SearchStrategy[Translation]:
    """Build translations by a person or a machine."""
    return st.builds(
        Translation,
        prose(),
        language=languages(),
        method=any_of(Translator),
        by=lines(),
    )


@st.composite
def quotes(draw: st.DrawFn, setting: Setting = SETTING) -> Quote:
    """Build places in the exhibits of *setting*, which must have one."""
    start = draw(st.integers(0, 9_999))
    return Quote(
        draw(any_of(setting.exhibits)),
        start=start,
        end=start + draw(st.integers(1, 999)),
        **some_of(draw, _PRINTED, most=1),
    )


_PRINTED = dict.fromkeys(("page", "paragraph", "annex", "time_code"), lines())


@st.composite
def whens(draw: st.DrawFn, setting: Setting = SETTING) -> When:
    """Build dates as printed, as read against print, or counted by a rule.

    What they count from is one of the dates of *setting*, a day, or a date that the
    wording names.
    """
    when = draw(_bare_whens(setting))
    known = draw(any_of(Known))
    reason = when.reason
    if known is Known.INFERRED and not reason:
        reason = draw(prose())
    words: Fields = {}
    if draw(st.booleans()):
        held = {"quote": quotes(setting)} if setting.exhibits else {}
        words = some_of(draw, {"translation": translations(), **held})
        words["wording"] = draw(lines())
    return attrs.evolve(when, known=known, reason=reason, **words)


@st.composite
def _bare_whens(draw: st.DrawFn, setting: Setting) -> When:
    how = draw(any_of(("printed", "counted", "counted", "converted", "read")))
    if how == "counted":
        return draw(_counted_whens(setting))
    if how == "converted":
        return draw(_converted_whens())
    if how == "read":
        return draw(_readings())
    return When(draw(imprecise_dates()), clock=draw(any_of(_CLOCKS)))


@st.composite
def _counted_whens(draw: st.DrawFn, setting: Setting) -> When:
    rule = draw(rules())
    anchor, start = draw(_anchors(setting))
    until = end = None
    if rule.name == BOUNDED:
        until, end = draw(_anchors(setting))
    try:
        return When(resolve(rule, start, end), rule=rule, anchor=anchor, until=until)
    except InvalidValueError:
        # Not every rule can count from every day; each of them can be printed.
        return When(start)


@st.composite
def _converted_whens(draw: st.DrawFn) -> When:
    rule = Rule.parse(draw(any_of(_CONVERTED)))
    calendar = CALENDARS[rule.name]
    reckoned = calendar.days(rule.argument)
    assert reckoned is not None  # noqa: S101 (they are written out below)
    off = timedelta(days=draw(st.integers(0, calendar.slack)))
    first, last = map(date.fromordinal, reckoned)
    return When(ImpreciseDate.between(first - off, last + off), rule=rule)


_CONVERTED = (
    *("hijri-lunar@1 1447-07-03", "hijri-lunar@1 1444-03", "hijri-lunar@1 1440"),
    *("hijri-solar@1 1396-10-30", "hijri-solar@1 1400-12", "hijri-solar@1 1357"),
    *("julian@1 1917-10-25", "julian@1 1900-02", "julian@1 1917"),
)


@st.composite
def _readings(draw: st.DrawFn) -> When:
    read = draw(imprecise_dates())
    if not read.qualifiers & {"?", "%"} and not read.edtf.startswith("["):
        read = ImpreciseDate(f"{read.earliest or read.latest}{draw(any_of('?%'))}")
    against = draw(st.none() | _converted_whens().map(lambda when: when.rule))
    return When(read, rule=Rule(READING), against=against, reason=draw(prose()))


def _anchors(
    setting: Setting,
) -> st.SearchStrategy[tuple[Anchor, ImpreciseDate]]:
    if not setting.dates:
        return _days()
    dates = any_of(setting.dates)
    return dates | dates | _days()


@cache
def _days() -> st.SearchStrategy[tuple[Anchor, ImpreciseDate]]:
    def counted_from(day: ImpreciseDate, reason: str) -> tuple[Anchor, ImpreciseDate]:
        return Anchor(AnchorKind.DAY, day=day, reason=reason), day

    def named(day: ImpreciseDate) -> tuple[Anchor, ImpreciseDate]:
        return Anchor(AnchorKind.PRINTED, day=day), day

    dates = imprecise_dates()
    return st.builds(counted_from, dates, prose()) | dates.map(named)
