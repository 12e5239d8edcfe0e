"""What docstrings say of types and their fields, as a schema's descriptions."""

import inspect
import re
from typing import Any

_SECTION = re.compile(r"^(?:Attributes|Raises|Args|Returns):$|^>>> ", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^Attributes:\n((?:[ ]+.*\n?|\n)+)", re.MULTILINE)
_FIELD = re.compile(r"^    (\w+): ((?:.+\n?)(?:^ {5,}.+\n?)*)", re.MULTILINE)


def described(type_: Any) -> str:
    """Return what a type's docstring says before its sections and examples.

    >>> from embargo_monitor.model.stages import Stage
    >>> described(Stage).partition(".")[0]
    'Where a matter stood when it was spoken of: as said, never rounded up'
    """
    text = inspect.getdoc(type_) or ""
    found = _SECTION.search(text)
    paragraphs = text[: found.start() if found else None].strip().split("\n\n")
    return "\n\n".join(" ".join(one.split()) for one in paragraphs)


def of_fields(type_: Any) -> dict[str, str]:
    """Return what the docstrings of a type and its bases say of each field.

    >>> from embargo_monitor.model.events import Event
    >>> of_fields(Event)["title"]
    "The logger's words for it."
    """
    found: dict[str, str] = {}
    for base in reversed(type_.__mro__):
        section = _ATTRIBUTES.search(inspect.cleandoc(base.__doc__ or "") + "\n")
        for name, said in _FIELD.findall(section[1] if section else ""):
            found[name] = " ".join(said.split())
    return found
