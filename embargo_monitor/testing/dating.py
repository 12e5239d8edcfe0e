"""Quotes and dates: where words stand, and how they became a day."""

from functools import cache

import attrs
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.quotes import Quote, Translation, Translator, Wording
from embargo_monitor.model.rules import Rule, resolve
from embargo_monitor.model.stances import Known
from embargo_monitor.model.when import Anchor, AnchorKind, When
from embargo_monitor.testing.setting import SETTING, Setting
from embargo_monitor.testing.texts import (
    languages,
    lines,
    maybe_line,
    maybe_prose,
    prose,
)
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
        method=st.sampled_from(Translator),
        by=lines(),
    )


@st.composite
def quotes(draw: st.DrawFn, setting: Setting = SETTING) -> Quote:
    """Build places in the exhibits of *setting*, which must have one."""
    start = draw(st.integers(0, 9_999))
    return Quote(
        draw(st.sampled_from(setting.exhibits)),
        start=start,
        end=start + draw(st.integers(1, 999)),
        **draw(_printed_places()),
    )


@cache
def _printed_places() -> st.SearchStrategy[dict[str, str]]:
    printed = ("page", "paragraph", "annex", "time_code")
    return st.fixed_dictionaries({}, optional=dict.fromkeys(printed, lines()))


@st.composite
def whens(draw: st.DrawFn, setting: Setting = SETTING) -> When:
    """Build dates as printed, as read against print, or counted by a rule.

    What they count from is one of the dates of *setting*, or a day.
    """
    when = draw(_bare_whens(setting))
    known = draw(st.sampled_from(Known))
    wording = draw(maybe_line())
    quote = translation = None
    if wording and setting.exhibits:
        quote = draw(st.none() | quotes(setting))
    if wording:
        translation = draw(st.none() | translations())
    reasons = prose() if known is Known.INFERRED else maybe_prose()
    return attrs.evolve(
        when,
        wording=wording,
        quote=quote,
        translation=translation,
        known=known,
        reason=when.reason or draw(reasons),
    )


@st.composite
def _bare_whens(draw: st.DrawFn, setting: Setting) -> When:
    how = draw(st.sampled_from(("printed", "counted", "read")))
    if how == "counted":
        return draw(_counted_whens(setting))
    date = draw(imprecise_dates())
    if how == "read":
        return When(date, rule=Rule("reading@1"), reason=draw(prose()))
    return When(date, clock=draw(st.sampled_from(_CLOCKS)))


@st.composite
def _counted_whens(draw: st.DrawFn, setting: Setting) -> When:
    rule = draw(rules())
    anchor, start = draw(_anchors(setting))
    until = end = None
    if rule.name == "after@1":
        until, end = draw(_anchors(setting))
    try:
        return When(resolve(rule, start, end), rule=rule, anchor=anchor, until=until)
    except InvalidValueError:
        # Not every rule can count from every day; each of them can be printed.
        return When(start)


def _anchors(
    setting: Setting,
) -> st.SearchStrategy[tuple[Anchor, ImpreciseDate]]:
    return st.sampled_from(setting.dates) | _days() if setting.dates else _days()


@cache
def _days() -> st.SearchStrategy[tuple[Anchor, ImpreciseDate]]:
    def counted_from(day: ImpreciseDate, reason: str) -> tuple[Anchor, ImpreciseDate]:
        return Anchor(AnchorKind.DAY, day=day, reason=reason), day

    return st.builds(counted_from, imprecise_dates(), prose())
