"""The footnote: what was asked of which log, as of when, for others to ask again."""

from importlib.metadata import version

from embargo_monitor.query.view import View
from embargo_monitor.regimes.register import Register


def cite(view: View, question: str = "", register: Register | None = None) -> str:
    """Return the footnote of an answer: the same view gives the same bytes for ever.

    Args:
        view: What was asked.
        question: What was asked of it, in your words or as a command; on one line.
        register: The register that was used; the one that comes with the library
            unless given.
    """
    register = register or Register.bundled()
    entries = "1 entry" if view.size == 1 else f"{view.size} entries"
    parts = [f"{view.origin}, as of {entries}"]
    if view.recorded is not None:
        parts.append(f"recorded until {view.recorded:%Y-%m-%dT%H:%M:%SZ}")
    parts.append(f"root {view.root.hex()}")
    if view.published_until is not None:
        parts.append(f"of what was published until {view.published_until}")
    if view.needs_newer:
        parts.append(f"{view.needs_newer} of them unread: they need a newer version")
    parts.append(f"embargo_monitor {version('embargo_monitor')}")
    parts.append(f"{register.edition.title}, digest {register.digest}")
    if question:
        parts.append(f"asked: {' '.join(question.split())}")
    return "; ".join(parts) + "."
