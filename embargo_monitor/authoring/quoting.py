"""Finding the place of quoted words: exactly one, or a refusal that helps."""

from collections.abc import Iterator

from attrs import frozen

from embargo_monitor.errors import quoted

_CONTEXT = 24
_CANDIDATES = 5


class QuoteFault(Exception):  # noqa: N818 (a fault becomes part of an AuthoringError)
    """The words do not stand in the text just once; says where they might."""


@frozen
class Spot:
    """Where words stand in a text: code points, the end not included."""

    start: int
    end: int


def locate(text: str, words: str, nth: int = 0) -> Spot:
    """Find where *words* stand in *text*.

    Args:
        text: The exhibit's text.
        words: The words, letter by letter.
        nth: Which occurrence, counted from 1; 0 when there should be only one.

    Raises:
        QuoteFault: They stand nowhere, several times, or not *nth* times.

    >>> locate("arms for arms", "arms", nth=2)
    Spot(start=9, end=13)
    """
    if not words:
        raise QuoteFault("the words must not be empty")
    spots = [Spot(at, at + len(words)) for at in _all(text, words)]
    if not spots:
        raise QuoteFault(_nowhere(text, words))
    if nth:
        if nth > len(spots):
            raise QuoteFault(
                f"nth must be at most {len(spots)}, got {nth}{_listed(text, spots)}"
            )
        return spots[nth - 1]
    if len(spots) > 1:
        raise QuoteFault(
            f"the words stand {len(spots)} times: say which (nth), or quote more"
            + _listed(text, spots)
        )
    return spots[0]


def paragraph_of(text: str, spot: Spot) -> int:
    """Count the paragraph, from 1, in which *spot* begins; one line is one."""
    return text.count("\n", 0, spot.start) + 1


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _listed(text: str, spots: list[Spot]) -> str:
    lines = [
        f"\n    {nth}. at {spot.start}, paragraph {paragraph_of(text, spot)}:"
        f" {_context(text, spot)}"
        for nth, spot in enumerate(spots[:_CANDIDATES], 1)
    ]
    more = len(spots) - _CANDIDATES
    return "".join(lines) + (f"\n    and {more} more" if more > 0 else "")


def _context(text: str, spot: Spot) -> str:
    before = text[max(0, spot.start - _CONTEXT) : spot.start]
    after = text[spot.end : spot.end + _CONTEXT]
    # Isolates keep the order of the line whatever script the context is in.
    shown = f"{before}⟦{text[spot.start : spot.end]}⟧{after}".replace("\n", " ")
    return f"\u2068{shown}\u2069"


def _nowhere(text: str, words: str) -> str:
    """Say which longest run of the words does stand in the text, and where."""
    said = f"the words stand nowhere in the exhibit: {quoted(words)}"
    parts = words.split()
    for length in range(len(parts) - 1, 0, -1):
        for first in range(len(parts) - length + 1):
            run = " ".join(parts[first : first + length])
            spots = [Spot(at, at + len(run)) for at in _all(text, run)]
            if spots:
                return (
                    f"{said}\n  nearest, {length} of {len(parts)} words in a row:"
                    + (_listed(text, spots))
                )
    return said
