"""What the parts of a report can refer to, so that they agree once put together."""

from attrs import frozen

from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.when import Anchor


@frozen(kw_only=True)
class Setting:
    """Local ids that a part of a report may name, and dates it may count from.

    A strategy that takes a setting names nothing else, and says nothing for which
    the setting has no id. The default one suits parts that stand by themselves.

    Attributes:
        exhibits: Ids of exhibits, for quotes.
        actors: Ids of actors.
        places: Ids of places.
        sources: Ids of sources; the first is the document's publisher.
        voices: Ids of voices.
        events: Ids of events.
        claims: Ids of claims that another may hang on.
        dates: Anchors, and the dates that they stand for.
    """

    exhibits: tuple[str, ...] = ("text",)
    actors: tuple[str, ...] = ("pk", "lna")
    places: tuple[str, ...] = ("benghazi",)
    sources: tuple[str, ...] = ("article", "cnn", "ly-mil")
    voices: tuple[str, ...] = ("cnn", "article")
    events: tuple[str, ...] = ("deal",)
    claims: tuple[str, ...] = ("c1",)
    dates: tuple[tuple[Anchor, ImpreciseDate], ...] = ()


SETTING = Setting()
"""The setting of a part that stands by itself."""
