"""The register: all regimes, the bodies that impose them, and where it all stands."""

import difflib
import functools
import hashlib
from collections.abc import Container, Iterable, Iterator
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from attrs import field, frozen

from embargo_monitor.canonical import JsonValue, canonical_bytes
from embargo_monitor.errors import RegisterError, UnknownNameError
from embargo_monitor.gazetteer import EntryKind, Gazetteer
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.relevances import Mark
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.asking import InForce, in_force
from embargo_monitor.regimes.bodies import Body, Bound
from embargo_monitor.regimes.citing import Edition, NoEmbargo, Source
from embargo_monitor.regimes.reading import (
    BODIES,
    EDITION,
    NO_EMBARGOES,
    REGIMES,
    Layer,
    read_layer,
)
from embargo_monitor.regimes.regime import Regime
from embargo_monitor.regimes.words import Binding
from embargo_monitor.structuring import unstructure

_TOLD = 5

_Identified = TypeVar("_Identified", Regime, Body, Source)


def _by_id(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(values, key=lambda one: str(one.id)))


def _count(values: tuple[Any, ...]) -> str:
    return f"<{len(values)}>"


@frozen(kw_only=True)
class Register:
    """All regimes that we know, and who was bound by them when.

    >>> register = Register.bundled()
    >>> [one.regime.id for one in register.in_force(date(2013, 1, 1), target="SY")]
    ['eu-syria-2011', 'las-syria-2011']

    Attributes:
        regimes: The regimes, by id.
        bodies: The bodies, by id.
        sources: Where the facts were found, by key.
        no_embargoes: Measures often taken for embargoes on arms.
        edition: When ours was compiled.

    Raises:
        RegisterError: A regime names a source, a body, a regime or an entry of the
            gazetteer that is not there. Correct the file that it names.
    """

    regimes: tuple[Regime, ...] = field(converter=_by_id, repr=_count)
    bodies: tuple[Body, ...] = field(converter=_by_id, repr=_count)
    sources: tuple[Source, ...] = field(converter=_by_id, repr=_count)
    no_embargoes: tuple[NoEmbargo, ...] = field(repr=_count)
    edition: Edition

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise RegisterError(*faults)

    @classmethod
    def bundled(cls) -> "Register":
        """Return the register that comes with the library, read once."""
        return _bundled()

    @classmethod
    def load(cls, folder: Path) -> "Register":
        """Read a folder of one's own regimes, and lay them over ours.

        It is laid out as ours is (`embargo_monitor.regimes.reading`); each file is
        optional. A regime, body or source of an id that we have replaces ours whole;
        others are added.

        Raises:
            RegisterError: A file is broken, does not fit the rest, or has no place in
                a register, or there is none; or the folder cannot be read.
        """
        try:
            files = {name: one.read_bytes() for name, one in _files(folder)}
        except OSError as error:
            raise RegisterError(f"{folder}: {error.strerror}") from error
        if not files:
            wanted = f"no files of a register: put them in {folder / REGIMES}"
            raise RegisterError(f"{folder}: {wanted}")
        return cls.bundled().under(read_layer(files))

    def under(self, layer: Layer) -> "Register":
        """Return this register with *layer* over it.

        Raises:
            RegisterError: What it holds does not fit the rest.
        """
        return Register(
            regimes={**_keyed(self.regimes), **layer.regimes}.values(),
            bodies={**_keyed(self.bodies), **layer.bodies}.values(),
            sources={**_keyed(self.sources), **layer.sources}.values(),
            no_embargoes=(
                self.no_embargoes if layer.no_embargoes is None else layer.no_embargoes
            ),
            edition=layer.edition or self.edition,
        )

    def __iter__(self) -> Iterator[Regime]:
        return iter(self.regimes)

    def __len__(self) -> int:
        return len(self.regimes)

    def regime(self, id: str) -> Regime:
        """Return the regime of that id.

        Raises:
            UnknownNameError: There is none; the error names ids that are near.
        """
        return _found("regime", id, self.regimes)

    def body(self, id: str) -> Body:
        """Return the body of that id.

        Raises:
            UnknownNameError: There is none; the error names ids that are near.
        """
        return _found("body", id, self.bodies)

    def source(self, id: str) -> Source:
        """Return the source of that key.

        Raises:
            UnknownNameError: There is none; the error names keys that are near.
        """
        return _found("source", id, self.sources)

    def in_force(
        self,
        on: ImpreciseDate | date,
        *,
        target: str | None = None,
        issuer: str | None = None,
        binding: Binding | None = None,
    ) -> tuple[InForce, ...]:
        """Return the regimes that were or may have been in force on a date, by id.

        Args:
            on: The date.
            target: Only those aimed at this entry of the gazetteer, under this id or
                a former one.
            issuer: Only those whose issuer's name holds these words, in any case.
            binding: Only those that bound so then, by a phase of that date.

        Raises:
            InvalidValueError: The date has a clock time: choose the day first.
        """
        answers = (
            in_force(regime, on) for regime in self.select(target=target, issuer=issuer)
        )
        return tuple(
            one
            for one in answers
            if one.truth is not Truth.NO
            and (binding is None or binding in one.bindings)
        )

    def select(
        self,
        *,
        target: str | None = None,
        issuer: str | None = None,
        binding: Binding | None = None,
    ) -> tuple[Regime, ...]:
        """Return the regimes of all times that fit, by id.

        Args:
            target: As for `in_force`.
            issuer: As for `in_force`.
            binding: Only those that bind so in some phase.
        """
        return tuple(
            one
            for one in self.regimes
            if _is_aimed_at(one, target)
            and _is_by(one, issuer)
            and (binding is None or binding in one.bindings)
        )

    def members(self, body: str, state: str, on: ImpreciseDate | date) -> Bound:
        """Tell whether a state was a member of a body on a date, and so was bound.

        A former state that was only renamed is asked under its successor's id. For a
        territory without a row of its own the answer is MAYBE: whoever answers for it
        decides.

        Args:
            body: Id of the body (`un`, `eu`, `osce`, ...).
            state: Id of a country in the gazetteer.
            on: The date.

        Raises:
            UnknownNameError: There is no such body, or no such entry.
            InvalidValueError: The date has a clock time: choose the day first.
        """
        asked, entry = self.body(body), Gazetteer.bundled().get(state)
        if state in asked.states or state in asked.left_out:
            return asked.binds(state, on)
        if entry.kind is EntryKind.FORMER_STATE and len(entry.successors) == 1:
            return asked.binds(entry.successors[0], on)
        bound = asked.binds(state, on)
        if entry.kind is EntryKind.TERRITORY:
            because = "a territory: whether whoever answers for it was a member decides"
            return Bound(
                truth=Truth.MAYBE, because=because, rows=(), mark=Mark.RECALLED
            )
        return bound

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, over the canonical bytes of all of it.

        The same for the same content, however it is laid out in files and tables;
        any other fact gives another.
        """
        value: JsonValue = {
            "regimes": [unstructure(one) for one in self.regimes],
            "bodies": [unstructure(one) for one in self.bodies],
            "sources": [unstructure(one) for one in self.sources],
            "no_embargoes": [unstructure(one) for one in self.no_embargoes],
            "edition": unstructure(self.edition),
        }
        return hashlib.sha256(canonical_bytes(_sorted(value))).hexdigest()

    def _faults(self) -> Iterator[str]:
        sources, regimes = _keyed(self.sources), _keyed(self.regimes)
        for regime in self.regimes:
            file = f"{REGIMES}/{regime.id}.toml"
            yield from _unknown(f"{file}: sources", regime.sources, sources, "source")
            yield from _unknown(f"{file}: related", regime.related, regimes, "regime")
            bodies = _keyed(self.bodies)
            yield from _unknown(f"{file}: bound", [regime.bound], bodies, "body")
            for at, target in enumerate(regime.targets):
                ids = [target.gazetteer, *(one.gazetteer for one in target.former)]
                path = f"{file}: targets[{at}].gazetteer"
                yield from _unknown(path, filter(None, ids), _entries(), "entry")
        for body in self.bodies:
            path = f"{BODIES}/{body.id}.toml: state"
            states = sorted({*body.states, *body.left_out})
            yield from _unknown(path, states, _entries(), "entry of the gazetteer")
        for none in self.no_embargoes:
            path = f"{NO_EMBARGOES}: sources"
            yield from _unknown(path, none.sources, sources, "source")


def _unknown(
    path: str, ids: Iterable[str], known: Container[str], what: str
) -> Iterator[str]:
    for id_ in ids:
        if id_ not in known:
            yield f"{path}: there is no {what} {id_}"


@functools.cache
def _entries() -> frozenset[str]:
    return frozenset(entry.id for entry in Gazetteer.bundled().entries)


def _keyed(values: Iterable[_Identified]) -> dict[str, _Identified]:
    return {one.id: one for one in values}


def _found(what: str, id_: str, values: tuple[_Identified, ...]) -> _Identified:
    by_id = _keyed(values)
    if id_ not in by_id:
        near = difflib.get_close_matches(id_, by_id, n=_TOLD)
        near += [one for one in by_id if id_ and id_.casefold() in one]
        raise UnknownNameError(what, id_, tuple(dict.fromkeys(near))[:_TOLD])
    return by_id[id_]


def _is_aimed_at(regime: Regime, target: str | None) -> bool:
    return target is None or any(
        target in (one.gazetteer, *(former.gazetteer for former in one.former))
        for one in regime.targets
    )


def _is_by(regime: Regime, issuer: str | None) -> bool:
    return issuer is None or issuer.casefold() in regime.issuer.casefold()


def _sorted(value: JsonValue) -> JsonValue:
    """Sort every list, since none of them is one whose order says something."""
    if isinstance(value, dict):
        return {key: _sorted(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda one: canonical_bytes([one]))
    return value


def _files(folder: Path | Traversable) -> Iterator[tuple[str, Path | Traversable]]:
    for one in _within(folder):
        if one.is_dir():
            yield from ((f"{one.name}/{inner.name}", inner) for inner in _within(one))
        else:
            yield one.name, one


def _within(folder: Path | Traversable) -> Iterator[Path | Traversable]:
    for one in folder.iterdir():
        if not one.name.startswith(".") and one.name != "README.md":
            yield one


@functools.cache
def _bundled() -> Register:
    found = _files(resources.files("embargo_monitor.regimes"))
    # Beside the data lies the code that reads it.
    files = {name: one.read_bytes() for name, one in found if name.endswith(".toml")}
    layer = read_layer(files)
    if layer.edition is None:
        raise RegisterError(f"{EDITION}: missing; install the library again")
    return Register(
        regimes=layer.regimes.values(),
        bodies=layer.bodies.values(),
        sources=layer.sources.values(),
        no_embargoes=layer.no_embargoes or (),
        edition=layer.edition,
    )
