"""Is a folder the log that its checkpoint says? Told from its files alone.

Every entry is hashed again, and all that is stored of the tree is compared with that.
The folder may be anybody's: nothing in it is believed but what a known key has signed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import Factory, define, evolve, field, frozen

from embargo_monitor.canonical import MAX_ENTRY
from embargo_monitor.errors import FormatError, SignatureError, VerificationError
from embargo_monitor.log.audit import Kind, Problem
from embargo_monitor.log.checkpoints import (
    Checkpoint,
    Policy,
    TreeHead,
    open_checkpoint,
)
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.merkle import (
    HASH_BYTES,
    TILE_WIDTH,
    frontier_at,
    hash_leaf,
    perfect_root,
)
from embargo_monitor.log.notes import MAX_NOTE
from embargo_monitor.log.static import CHECKPOINT
from embargo_monitor.log.tiles import (
    EntryBundle,
    Tile,
    bundles_of,
    decode_entries,
    encode_entries,
)

_UNKNOWN = b""
"""In place of a hash that can be had from no file."""

_MOST_MISSING = 100
_LENGTH_BYTES = 2


def _unread(_position: int, _body: bytes) -> None:
    """Nobody asked to read the entries."""


def _unheeded(_done: int, _size: int) -> None:
    """Nobody asked to be told."""


def open_published(
    folder: Folder, policy: Policy, note: bytes | None = None
) -> Checkpoint:
    """Open the checkpoint that lies in a folder.

    Args:
        folder: The folder.
        policy: Whose signatures it must have.
        note: The checkpoint, where another than that in the folder is meant.

    Raises:
        VerificationError: There is none, or it is not signed so: do not believe
            anything in the folder.
    """
    try:
        return open_checkpoint(_note_in(folder) if note is None else note, policy)
    except FormatError as error:
        told = FormatError(CHECKPOINT, error.reason, line=error.line)
        problem = Problem(None, "checkpoint", detail=str(told))
        raise VerificationError((problem,)) from error
    except SignatureError as error:
        problem = Problem(None, "signature", detail=f"{CHECKPOINT}: {error}")
        raise VerificationError((problem,)) from error


def _note_in(folder: Folder) -> bytes:
    note = folder.read(CHECKPOINT, MAX_NOTE)
    if note is None:
        raise FormatError(CHECKPOINT, "it is missing")
    return note


def audit_folder(
    folder: Folder,
    head: TreeHead,
    *,
    against: Iterable[TreeHead] = (),
    read: Callable[[int, bytes], None] = _unread,
    progress: Callable[[int, int], None] = _unheeded,
) -> tuple[Problem, ...]:
    """Hash every entry in a folder again, and compare with all else that is in it.

    After a hundred missing files the rest is not looked at: whoever signs can sign any
    size.

    Args:
        folder: The folder (C2SP tlog-tiles).
        head: What a checkpoint says of it that you believe.
        against: What the log was at other times: tree heads that were kept elsewhere.
        read: Given position and bytes of every entry that fits its tile, in order.
        progress: Told how many entries were hashed, and of how many.

    Returns:
        Every problem found, each with the name of its file.
    """
    heads = tuple(against)
    audit = _Audit(folder, read, sizes={one.size for one in (*heads, head)})
    if audit.hash_all(head.size, progress):
        audit.compare_root(head)
        audit.compare_heads(head.size, heads)
    return tuple(audit.problems)


@frozen
class _Found:
    """What was read of a tile or bundle.

    Attributes:
        name: The file: the full one where the partial one was removed.
        data: What is in it.
        width: How many hashes or entries should be.
    """

    name: str
    data: bytes
    width: int


@frozen
class _Doubt:
    """An entry that does not fit its tile; which of the two is wrong is seen later."""

    position: int
    bundle: str
    tile: str


@define
class _Row:
    """The tile of a level that still grows, by the entries and by the tiles below.

    The two differ only where entries and tiles do.
    """

    number: int = 0
    given: list[bytes] = Factory(list)
    stored: list[bytes] = Factory(list)

    def root(self) -> tuple[bytes, bytes]:
        given = _root(self.given)
        return given, given if self.given == self.stored else _root(self.stored)


def _root(hashes: Sequence[bytes]) -> bytes:
    return perfect_root(hashes) if all(hashes) else _UNKNOWN


@define
class _Audit:
    folder: Folder
    read: Callable[[int, bytes], None]
    sizes: set[int] = field(kw_only=True)
    problems: list[Problem] = Factory(list)
    doubts: list[_Doubt] = Factory(list)
    rows: list[_Row] = Factory(lambda: [_Row()])
    roots: dict[int, tuple[bytes, bytes]] = Factory(dict)
    missing: int = 0

    def blame(self, position: int | None, kind: Kind, detail: str) -> None:
        self.problems.append(Problem(position, kind, detail=detail))

    def hash_all(self, size: int, progress: Callable[[int, int], None]) -> bool:
        """Hash all entries; tell whether it came to their end."""
        for bundle in bundles_of(size):
            if self.missing >= _MOST_MISSING:
                words = f"{self.missing} files are missing; none was looked for after"
                self.blame(None, "order", f"{words} {bundle.path}")
                return False
            self.hash_bundle(bundle)
            progress(bundle.number * TILE_WIDTH + bundle.width, size)
        for level, row in enumerate(self.rows):
            if level > 0 and row.given:
                self.compare_tile(level)
        self.keep_roots({size})
        return True

    def hash_bundle(self, bundle: EntryBundle) -> None:
        first = bundle.number * TILE_WIDTH
        tile, stored = self.hashes(Tile(0, bundle.number, width=bundle.width))
        name, bodies = self.bodies(bundle)
        given = list(map(hash_leaf, bodies)) or stored
        for at, body in enumerate(bodies):
            if stored[at] in (given[at], _UNKNOWN):
                self.read(first + at, body)
            else:
                self.doubts.append(_Doubt(first + at, name, tile))
        row = self.rows[0]
        row.given += given
        row.stored += (one or other for one, other in zip(stored, given, strict=True))
        # Sizes inside of this tile, while all rows still are as they were at them.
        self.keep_roots(self.sizes.intersection(range(first, first + bundle.width)))
        if bundle.width == TILE_WIDTH:
            self.fold(0)

    def fold(self, level: int) -> None:
        """Hand the root of a tile that is full to the level above."""
        row = self.rows[level]
        given, stored = row.root()
        self.rows[level] = _Row(row.number + 1)
        if level + 1 == len(self.rows):
            self.rows.append(_Row())
        above = self.rows[level + 1]
        above.given.append(given)
        above.stored.append(stored)
        if len(above.given) == TILE_WIDTH:
            self.compare_tile(level + 1)
            self.fold(level + 1)

    def compare_tile(self, level: int) -> None:
        """Compare a tile with the tiles below; it stands in for what they lack."""
        row = self.rows[level]
        name, hashes = self.hashes(Tile(level, row.number, width=len(row.given)))
        wrong = []
        for at, node in enumerate(hashes):
            known = {row.given[at], row.stored[at]} - {_UNKNOWN}
            if node and known and node not in known:
                wrong.append(str(at))
            row.given[at] = row.given[at] or node
            row.stored[at] = row.stored[at] or node
        if wrong:
            words = f"not what the entries give, at {', '.join(wrong)}"
            self.blame(None, "node", f"{name}: {words}")

    def bodies(self, bundle: EntryBundle) -> tuple[str, tuple[bytes, ...]]:
        """Return the file of a bundle, and its entries; none where it is damaged."""
        position = bundle.number * TILE_WIDTH
        found = self.fetch(bundle, "body", position, _LENGTH_BYTES + MAX_ENTRY)
        if found is None:
            return bundle.path, ()
        try:
            bodies = decode_entries(found.data, found.width)
        except FormatError as error:
            self.blame(position, "body", f"{found.name}: {error.reason}")
            return found.name, ()

        def beginning(width: int) -> bytes:
            return encode_entries(bodies[:width])

        self.compare_partials(bundle, "body", found.name, beginning)
        return found.name, bodies[: bundle.width]

    def hashes(self, tile: Tile) -> tuple[str, list[bytes]]:
        """Return the file of a tile, and its hashes; unknown where it is damaged."""
        unknown = [_UNKNOWN] * tile.width
        found = self.fetch(tile, "node", None, HASH_BYTES)
        if found is None:
            return tile.path, unknown
        data, wanted = found.data, found.width * HASH_BYTES
        if len(data) != wanted:
            words = f"it has {len(data)} bytes, and not {wanted}"
            self.blame(None, "node", f"{found.name}: {words}")
            return found.name, unknown

        def beginning(width: int) -> bytes:
            return data[: width * HASH_BYTES]

        self.compare_partials(tile, "node", found.name, beginning)
        starts = range(0, tile.width * HASH_BYTES, HASH_BYTES)
        return found.name, [data[start : start + HASH_BYTES] for start in starts]

    def fetch(
        self, piece: Tile | EntryBundle, kind: Kind, position: int | None, each: int
    ) -> _Found | None:
        """Read a tile or bundle, from the full file where a partial one is gone.

        A log may remove partial files when it has the full one (C2SP tlog-tiles).
        """
        for width in sorted({piece.width, TILE_WIDTH}):
            name = evolve(piece, width=width).path
            try:
                data = self.folder.read(name, width * each)
            except FormatError as error:
                self.blame(position, kind, str(error))
                return None
            if data is not None:
                return _Found(name, data, width)
        self.missing += 1
        missing: Kind = "order" if kind == "body" else kind
        self.blame(position, missing, f"{piece.path}: it is missing")
        return None

    def compare_partials(
        self,
        piece: Tile | EntryBundle,
        kind: Kind,
        name: str,
        beginning: Callable[[int], bytes],
    ) -> None:
        """Compare the files for readers of older checkpoints with a file."""
        for partial in self.partials(piece):
            wanted = beginning(partial.width)
            try:
                data = self.folder.read(partial.path, len(wanted))
            except FormatError as error:
                self.blame(None, kind, str(error))
            else:
                if data not in (wanted, None):
                    words = f"it is not how {name} begins"
                    self.blame(None, kind, f"{partial.path}: {words}")

    def partials(self, piece: Tile | EntryBundle) -> Iterator[Tile | EntryBundle]:
        for width in self.folder.widths(evolve(piece, width=TILE_WIDTH).path):
            if width < piece.width:
                yield evolve(piece, width=width)

    def keep_roots(self, sizes: Iterable[int]) -> None:
        for size in sizes:
            self.roots[size] = (
                self.root_at(size, [row.given for row in self.rows]),
                self.root_at(size, [row.stored for row in self.rows]),
            )

    def root_at(self, size: int, rows: Sequence[Sequence[bytes]]) -> bytes:
        def hashes(level: int, _first: int, count: int) -> Sequence[bytes]:
            return rows[level][:count]

        try:
            return frontier_at(size, hashes).root()
        except VerificationError:
            return _UNKNOWN

    def compare_root(self, head: TreeHead) -> None:
        """See whether the entries are those that were signed, or the tiles are."""
        given, stored = self.roots[head.size]
        for one in self.doubts:
            if given == head.root:
                words = f"{one.tile}: the hash of entry {one.position} is another"
                self.blame(one.position, "node", words)
            elif stored == head.root:
                words = f"{one.bundle}: its bytes are not those that were signed"
                self.blame(one.position, "body", words)
            else:
                words = f"{one.bundle} and {one.tile} do not fit each other"
                self.blame(one.position, "body", words)
        if given and head.root not in (given, stored):
            words = (
                f"the entries give the root {given.hex()}, and {CHECKPOINT} says"
                f" {head.root.hex()}"
            )
            self.blame(None, "root", words)

    def compare_heads(self, size: int, heads: Iterable[TreeHead]) -> None:
        for head in heads:
            name = f"the checkpoint of {head.size:,} entries to compare with"
            if head.size > size:
                words = f"{name}: the folder has {size:,}, so it is older or was cut"
                self.blame(None, "checkpoint", words)
            elif head.root not in self.roots[head.size]:
                given = self.roots[head.size][0].hex() or "none that can be told"
                words = f"they give {given}, and it says {head.root.hex()}"
                self.blame(None, "checkpoint", f"{name}: {words}: another history")
