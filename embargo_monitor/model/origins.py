"""How many independent origins claims have: at least, and at most.

Corroboration counts origins, not outlets. Relays add none, unnamed speakers of one
reporting are one origin whatever their number, and two unnamed ones of different
reportings may be one person unless their stated side or nationality excludes it. So
the count is an interval, and it comes with its reasons.
"""

from collections.abc import Iterable, Sequence

from attrs import frozen

from embargo_monitor.model.views import Told
from embargo_monitor.model.voices import Side, Source, SourceKind, Voice


@frozen
class Origins:
    """How many independent origins, as an interval with its reasons.

    Attributes:
        at_least: The least number that the voices allow; never more than is true.
        at_most: The greatest.
        reasons: Why, in sentences.
    """

    at_least: int
    at_most: int
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.at_least} to {self.at_most}"


@frozen
class _Origin:
    """Where a voice may begin: one named source, or the unnamed of one reporting."""

    key: tuple[str, str]
    name: str
    named: bool
    side: Side
    nationality: str


def origins(told: Iterable[Told]) -> Origins:
    """Count the independent origins of claims.

    Args:
        told: The claims, say those that assert a stage of one event.

    Returns:
        The interval; 0 to 0 where no voice has an origin (automated text is none).
    """
    settled: dict[tuple[str, str], _Origin] = {}
    unsettled: dict[tuple[str, str], list[_Origin]] = {}
    for one in told:
        starts = _starts(one)
        if len(starts) == 1:
            settled[starts[0].key] = starts[0]
        elif starts:
            unsettled[starts[0].key] = starts
    open_ = [
        starts
        for starts in unsettled.values()
        if all(start.key not in settled for start in starts[:1])
    ]
    apart = _surely_apart(tuple(settled.values()))
    at_least = len(apart) or min(1, len(unsettled))
    at_most = len(settled) + len(open_)
    reasons = (*_kinds(settled.values()), *_doubts(settled.values(), len(apart)))
    return Origins(at_least, at_most, (*reasons, *map(_unsettled, open_)))


def _starts(told: Told) -> list[_Origin]:
    voice = told.voice
    return [
        _origin(told, voice, at)
        for at, speaker in enumerate(voice.starts)
        if told.source(speaker.source).kind is not SourceKind.AUTOMATED_TEXT
    ]


def _origin(told: Told, voice: Voice, at: int) -> _Origin:
    source = _whole(told, told.source(voice.speakers[at].source))
    named = not source.unnamed
    listener = voice.speakers[at + 1] if at + 1 < len(voice.speakers) else None
    if named or listener is None:
        key = (told.report.id, source.id)
    else:
        key = (told.report.id, f"told to {listener.source}")
    if source.same_as and named:
        key = ("same as", str(min(map(str, source.same_as))))
    return _Origin(
        key, name_of(told, source), named, source.side, _nationality(told, source)
    )


def _whole(told: Told, source: Source) -> Source:
    """Return the source that *source* is part of: two of the four are the four."""
    while source.part_of:
        source = told.source(source.part_of)
    return source


def name_of(told: Told, source: Source) -> str:
    """Return the name of a source, or of the actor that speaks."""
    if source.names:
        return source.names[0].text
    return next(
        actor.names[0].text for actor in told.report.actors if actor.id == source.actor
    )


def _nationality(told: Told, source: Source) -> str:
    if source.actor:
        actors = {actor.id: actor for actor in told.report.actors}
        return actors[source.actor].country
    return source.nationality


def _excluded(one: _Origin, other: _Origin) -> bool:
    """Whether the two cannot be one and the same."""
    if one.named and other.named:
        return True
    sides = {one.side, other.side} - {Side.NOT_SAID}
    nationalities = {one.nationality, other.nationality} - {""}
    return len(sides) > 1 or len(nationalities) > 1


def _surely_apart(found: Sequence[_Origin]) -> list[_Origin]:
    """Pick origins of which no two can be the same, those with most stated first."""
    apart: list[_Origin] = []
    for one in sorted(found, key=_stated, reverse=True):
        if all(_excluded(one, other) for other in apart):
            apart.append(one)
    return apart


def _stated(one: _Origin) -> tuple[bool, int]:
    return one.named, (one.side is not Side.NOT_SAID) + bool(one.nationality)


def _kinds(found: Iterable[_Origin]) -> list[str]:
    return [
        f"{one.name} ({'named' if one.named else 'unnamed'})"
        + (f", {one.side.value} side" if one.side is not Side.NOT_SAID else "")
        for one in found
    ]


def _doubts(found: Iterable[_Origin], apart: int) -> list[str]:
    doubtful = len(list(found)) - apart
    if not doubtful:
        return []
    return [f"{doubtful} of them might be the same as another: nothing excludes it"]


def _unsettled(starts: Sequence[_Origin]) -> str:
    names = " or ".join(start.name for start in starts)
    return f"{names}: the sentence does not settle who says it"
