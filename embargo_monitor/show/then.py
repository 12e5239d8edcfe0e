"""As of when an answer was given: the footnote, and what may have come later."""

from collections.abc import Iterable, Iterator
from typing import Any

from embargo_monitor.model.truth import Truth
from embargo_monitor.query.view import View
from embargo_monitor.regimes.register import Register
from embargo_monitor.show.text import WIDTH, hung, isolated


def perhaps_later(view: View, events: Iterable[str]) -> tuple[str, ...]:
    """Return the reports of events of which nobody knows that they were out by then.

    Args:
        view: What the log said as of then.
        events: Events that it has, as `report-id#event-id`.
    """
    reports = dict.fromkeys(event.partition("#")[0] for event in events)
    return tuple(one for one in reports if view.known(one) is not Truth.YES)


def then_lines(
    view: View, events: Iterable[str], register: Register, width: int = WIDTH
) -> Iterator[str]:
    """Give the citation of an answer on events as of then, after what is not known."""
    yield ""
    yield "AS OF THEN"
    for report in perhaps_later(view, events):
        text = f"nobody says that {report} was published by {view.published_until}"
        yield hung(text, "  - ", "    ", width)
    yield hung(isolated(view.cite(register=register)), "  - ", "    ", width)


def plain_then(view: View, events: Iterable[str]) -> dict[str, Any]:
    """Return as of when an answer on events was given, as JSON."""
    until = view.published_until
    return {
        "size": view.size,
        "root": view.root.hex(),
        "published_until": until.isoformat() if until else None,
        "perhaps_later": list(perhaps_later(view, events)),
    }
