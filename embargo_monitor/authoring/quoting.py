"""Finding the place of quoted words: exactly one, or a refusal that helps."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from embargo_monitor.authoring.faults import Follows, QuoteFault
from embargo_monitor.errors import InvalidValueError, escaped, quoted

_CONTEXT = 24
_CANDIDATES = 20


@frozen
class Spot:
    """Where words stand in a text: code points, the end not included."""

    start: int
    end: int


@frozen
class Quotable:
    """The texts in which words are looked up.

    Attributes:
        by_id: The exhibits' texts, by id; None for one that has a fault.
        complete: Whether they are all; not where the document has a fault.
    """

    by_id: Mapping[str, str | None]
    complete: bool = True

    def choose(self, exhibit: str) -> tuple[str, str]:
        """Return the id and the text of an exhibit; of the only one for no id.

        Raises:
            InvalidValueError: No text has that id; or there is none, or several.
            Follows: It has a fault of its own.
        """
        if not self.complete:
            raise Follows
        known = exhibit in self.by_id or (not exhibit and len(self.by_id) == 1)
        if not known:
            wanted = f"one of {', '.join(self.by_id) or 'no exhibits with text'}"
            raise InvalidValueError("exhibit", exhibit, wanted)
        id_ = exhibit or next(iter(self.by_id))
        text = self.by_id[id_]
        if text is None:
            raise Follows
        return id_, text

    def holding(self, words: str) -> list[tuple[str, Spot]]:
        """Return every place where *words* stand, with its exhibit's id.

        Raises:
            InvalidValueError: There are texts, and the words stand in none.
            Follows: They might stand in one that has a fault.
        """
        found = [
            (id_, Spot(at, at + len(words)))
            for id_, text in self.by_id.items()
            for at in _all(text or "", words)
        ]
        if not found and (not self.complete or None in self.by_id.values()):
            raise Follows
        if not found and self.by_id:
            wanted = "words that stand in the exhibit"
            raise InvalidValueError("wording", words, wanted)
        return found


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
    if not 0 <= nth <= len(spots):
        raise QuoteFault(
            f"nth must be from 1 to {len(spots)}, got {nth}{_listed(text, spots)}"
        )
    if nth == 0 and len(spots) > 1:
        raise QuoteFault(
            f"the words stand {len(spots)} times: say which (nth), or quote more"
            + _listed(text, spots)
        )
    return spots[nth - 1]


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
    words = text[spot.start : spot.end]
    # Isolates keep the order of the line whatever script the context is in.
    return f"\u2068{_escaped(before)}⟦{_escaped(words)}⟧{_escaped(after)}\u2069"


def _escaped(text: str) -> str:
    return escaped(text.replace("\n", " "))


def _nowhere(text: str, words: str) -> str:
    """Say which longest run of the words does stand in the text, and where."""
    said = f"the words stand nowhere in the exhibit: {quoted(words)}"
    parts = words.split()
    first, end = _longest_run(text, parts)
    if first == end:
        return said
    run = " ".join(parts[first:end])
    spots = [Spot(at, at + len(run)) for at in _all(text, run)]
    near = f"nearest, {end - first} of {len(parts)} words in a row:"
    return f"{said}\n  {near}{_listed(text, spots)}"


def _longest_run(text: str, parts: list[str]) -> tuple[int, int]:
    """Find the first longest run of *parts*, one space apart, that *text* holds."""
    longest, first = (0, 0), 0
    for end in range(1, len(parts) + 1):
        # What a run holds stands in the text where the run does: no need to go back.
        while first < end and " ".join(parts[first:end]) not in text:
            first += 1
        if end - first > longest[1] - longest[0]:
            longest = (first, end)
    return longest
