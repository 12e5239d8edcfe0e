"""The gazetteer: entries by id, by code, and by any spelling of a name."""

import difflib
import functools
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.gazetteer.entries import GazetteerEntry
from embargo_monitor.gazetteer.reading import read_entries
from embargo_monitor.model.names import Name, fold
from embargo_monitor.model.truth import Truth

_FILES = ("countries.toml", "former_states.toml", "forces_and_bodies.toml")

# Shares of letters in common, of 1, above which two names are called alike: low enough
# for slips of the hand, high enough to leave most other countries out.
_ALIKE = 0.7
_TOLD = 5
_LONGEST = 1_000  # code points of a name; to compare far more takes far longer


@frozen
class Match:
    """An entry that was found, and how far it is the one that was meant.

    Attributes:
        entry: The entry.
        certainty: YES for its id, or a code that no other entry has; MAYBE for a
            name, since many bear one name, and for a code used twice.
        name: The name of the entry that is spelled so; None when an id or a code
            was given.
    """

    entry: GazetteerEntry
    certainty: Truth
    name: Name | None = field(default=None, kw_only=True)


def _count(entries: tuple[GazetteerEntry, ...]) -> str:
    return f"<{len(entries)} entries>"


@frozen
class Gazetteer:
    """Countries, forces and bodies, to be found by id, code or name.

    The one that comes with the library has all of ISO 3166-1 with Kosovo, the former
    states that matter for arms embargoes, and the forces and bodies that the first
    reports speak of:

    >>> gazetteer = Gazetteer.bundled()
    >>> gazetteer.get("lna").territory
    'LY'
    >>> [match] = gazetteer.find("الامارات")
    >>> print(match.entry, match.certainty)
    United Arab Emirates (AE) MAYBE

    Attributes:
        entries: All entries, in the order of their files.

    Raises:
        InvalidValueError: Two entries have one id, a code is another entry's id, a
            name could never be found, or an entry names another that is not there,
            that is no country where one is needed, or that belongs to it in turn.
            The error's `path` is the entry's id: correct that entry.
    """

    entries: tuple[GazetteerEntry, ...] = field(repr=_count)
    _by_id: Mapping[str, GazetteerEntry] = field(init=False, eq=False, repr=False)
    _by_code: Mapping[str, tuple[GazetteerEntry, ...]] = field(
        init=False, eq=False, repr=False
    )
    _by_key: Mapping[str, tuple[tuple[GazetteerEntry, Name], ...]] = field(
        init=False, eq=False, repr=False
    )

    @_by_id.default
    def _index_ids(self) -> dict[str, GazetteerEntry]:
        return {entry.id: entry for entry in self.entries}

    @_by_code.default
    def _index_codes(self) -> dict[str, tuple[GazetteerEntry, ...]]:
        index: dict[str, tuple[GazetteerEntry, ...]] = {}
        for entry in self.entries:
            for code in {entry.id, entry.alpha2, entry.alpha3} - {""}:
                index[code] = (*index.get(code, ()), entry)
        return index

    @_by_key.default
    def _index_names(self) -> dict[str, tuple[tuple[GazetteerEntry, Name], ...]]:
        index: dict[str, dict[str, tuple[GazetteerEntry, Name]]] = {}
        for entry in self.entries:
            for name in entry.names:
                found = index.setdefault(fold(name.text), {})
                found.setdefault(entry.id, (entry, name))
        return {key: tuple(found.values()) for key, found in index.items()}

    def __attrs_post_init__(self) -> None:
        for entry in self.entries:
            if fault := next(self._faults(entry), None):
                raise InvalidValueError(*fault, path=entry.id)

    def _faults(self, entry: GazetteerEntry) -> Iterator[tuple[str, object, str]]:
        known = self._by_id
        if known[entry.id] is not entry:
            yield "id", entry.id, "the id of one entry only"
        for code in (entry.alpha2, entry.alpha3):
            if known.get(code, entry) is not entry:
                yield "code", code, "no other entry's id"
        if any(entry is nameless for nameless, _ in self._by_key.get("", ())):
            yield "names", entry.names, "names with a letter or a digit each"
        others = [("of", entry.of), ("territory", entry.territory)]
        others += [("successors", successor) for successor in entry.successors]
        for key, other in others:
            if other and other not in known:
                yield key, other, "the id of an entry"
        if entry.territory and not known[entry.territory].kind.is_country:
            yield "territory", entry.territory, "the id of a country"
        if entry.id in self._above(entry):
            yield "of", entry.of, "an entry that does not itself belong to this one"

    def _above(self, entry: GazetteerEntry) -> frozenset[str]:
        above: set[str] = set()
        while entry.of in self._by_id and entry.of not in above:
            above.add(entry.of)
            entry = self._by_id[entry.of]
        return frozenset(above)

    @classmethod
    def bundled(cls) -> "Gazetteer":
        """Return the gazetteer that comes with the library, read once."""
        return _bundled()

    @classmethod
    def parse(cls, files: Mapping[str, str]) -> "Gazetteer":
        """Read a gazetteer from the TOML of its files, by their names.

        Raises:
            InvalidValueError: A file is no TOML, a table no entry, or the entries do
                not fit together; the error's `path` names the file and the table.
        """
        entries = [
            (entry, file)
            for file, text in files.items()
            for entry in read_entries(text, file)
        ]
        try:
            return cls(tuple(entry for entry, _ in entries))
        except InvalidValueError as fault:
            file = {entry.id: file for entry, file in entries}[fault.path]
            path = f"{file}: {fault.path}"
            raise InvalidValueError(
                fault.field, fault.value, fault.wanted, path=path
            ) from fault

    def get(self, id: str) -> GazetteerEntry:
        """Return the entry of that id.

        Raises:
            UnknownNameError: No entry has it; the error names ids that are near, by
                their spelling or by their entries' names.
        """
        if id not in self._by_id:
            raise UnknownNameError("gazetteer id", id, self._near_ids(id))
        return self._by_id[id]

    def find(self, name: str) -> tuple[Match, ...]:
        """Find entries by id, by code (upper case) or by any spelling of a name.

        Spellings are compared by `embargo_monitor.model.names.fold`, and must be
        equal then. Entries of that code come first, then those of that name, each
        entry once; none where nothing fits (ask `near` then).
        """
        coded = self._by_code.get(name, ())
        certainty = Truth.YES if len(coded) == 1 else Truth.MAYBE
        return (
            *(Match(entry, certainty) for entry in coded),
            *(
                Match(entry, Truth.MAYBE, name=found)
                for entry, found in self._by_key.get(fold(name), ())
                if entry not in coded
            ),
        )

    def near(self, name: str, limit: int = _TOLD) -> tuple[str, ...]:
        """Return names spelled much like *name*, nearest first, one of each entry.

        For the message that a name is not known: `find` finds by each of them.

        >>> Gazetteer.bundled().near("Lybia", limit=1)
        ('Libya',)
        """
        names = dict.fromkeys(found.text for _, found in self._near(name))
        return tuple(names)[:limit]

    def _near(self, name: str) -> Iterable[tuple[GazetteerEntry, Name]]:
        nearest: dict[str, tuple[GazetteerEntry, Name]] = {}
        for key in _alike(fold(name), self._by_key):
            for entry, found in self._by_key[key]:
                nearest.setdefault(entry.id, (entry, found))
        return nearest.values()

    def _near_ids(self, id_: str) -> tuple[str, ...]:
        if len(id_) > _LONGEST:
            return ()
        ids = {one.casefold(): one for one in self._by_id}
        found = [match.entry.id for match in self.find(id_)]
        spelled = [ids[one] for one in _alike(id_.casefold(), ids)]
        named = [entry.id for entry, _ in self._near(id_)]
        return tuple(dict.fromkeys([*found, *spelled, *named]))[:_TOLD]

    def __iter__(self) -> Iterator[GazetteerEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def _alike(word: str, words: Iterable[str]) -> list[str]:
    """Return those of *words* that are spelled much like *word*, nearest first."""
    matcher = difflib.SequenceMatcher(b=word)
    alike = []
    for one in words:
        matcher.set_seq1(one)
        # Letters shared in any order count beside letters in order: by the latter
        # alone Liberia is nearer to "Lybia" than Libya is.
        if matcher.real_quick_ratio() > _ALIKE < (loose := matcher.quick_ratio()):
            likeness = (loose + matcher.ratio()) / 2
            if likeness > _ALIKE:
                alike.append((likeness, one))
    return [one for _, one in sorted(alike, reverse=True)]


@functools.cache
def _bundled() -> Gazetteer:
    folder = resources.files("embargo_monitor.gazetteer")
    files = {file: folder.joinpath(file).read_text("utf-8") for file in _FILES}
    return Gazetteer.parse(files)
