"""A log as plain files that any web server can hand out (C2SP tlog-tiles).

Tiles and bundles of entries first, the checkpoint last: whatever checkpoint lies there,
all that it speaks of lies there too, also when the writing was stopped.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from attrs import frozen

from embargo_monitor.errors import ExportError, FormatError, VerificationError, quoted
from embargo_monitor.log.checkpoints import Checkpoint, TreeHead, parse_tree_head
from embargo_monitor.log.entries import Reader
from embargo_monitor.log.folders import FolderWriter
from embargo_monitor.log.merkle import (
    TILE_HEIGHT,
    TILE_WIDTH,
    hash_leaf,
    perfect_root,
    root_at,
)
from embargo_monitor.log.notes import MAX_NOTE, parse_note
from embargo_monitor.log.tiles import (
    EntryBundle,
    Tile,
    bundles_of,
    encode_entries,
    tiles_of,
)

CHECKPOINT = "checkpoint"
"""The name of the only file that changes."""


@frozen
class Export:
    """A log on its way into a folder that may hold an earlier state of it.

    Attributes:
        reader: The log, which may have grown since the checkpoint.
        checkpoint: What is published.
        writer: The folder.
        published: How many entries the checkpoint that lies there speaks of.
    """

    reader: Reader
    checkpoint: Checkpoint
    writer: FolderWriter
    published: int

    @classmethod
    def begin(
        cls, reader: Reader, checkpoint: Checkpoint, writer: FolderWriter
    ) -> "Export":
        """Look whether the log goes on from what lies in the folder; write nothing.

        Raises:
            ExportError: It does not: another log lies there, a newer state of this one,
                or one that was not so.
            VerificationError: The log does not hold what was signed: verify it.
        """
        head = checkpoint.head
        if root_at(head.size, reader.hashes) != head.root:
            words = (
                f"the first {head.size} entries do not give the root that was signed"
            )
            raise VerificationError((words,))
        before = _published(writer)
        if before is not None:
            reason = _obstacle(before, head, reader)
            if reason:
                raise ExportError(str(writer.folder.path), reason)
        return cls(reader, checkpoint, writer, before.size if before else 0)

    def write(self, progress: Callable[[int, int], None]) -> int:
        """Write what is not there yet, the checkpoint last.

        Args:
            progress: Told how many entries are done, and of how many.

        Returns:
            How many files were written.

        Raises:
            ExportError: Other files lie in the way.
            VerificationError: The log is damaged: verify it. The checkpoint that lies
                there was not touched.
            FormatError: Something else than files lies in the way.
            OSError: The disk refused.
        """
        size, written = self.checkpoint.head.size, 0
        for bundle in bundles_of(size):
            if not self._is_there(0, bundle):
                written += self.writer.put(bundle.path, self._entries(bundle))
            progress(bundle.number * TILE_WIDTH + bundle.width, size)
        for tile in tiles_of(size):
            if not self._is_there(tile.level, tile):
                written += self.writer.put(tile.path, self._hashes(tile))
        self.writer.settle()
        for name in self._completed():
            self.writer.drop_partials(name)
        note = self.checkpoint.note
        if self.writer.folder.read(CHECKPOINT, MAX_NOTE) != note:
            self.writer.replace(CHECKPOINT, note)
            written += 1
        self.writer.settle()
        return written

    def _is_there(self, level: int, piece: EntryBundle | Tile) -> bool:
        """Tell whether a full file was published; then it was looked at long ago."""
        return self._is_covered(level, piece) and self.writer.folder.holds(piece.path)

    def _is_covered(self, level: int, piece: EntryBundle | Tile) -> bool:
        return piece.number < self.published >> TILE_HEIGHT * (level + 1)

    def _completed(self) -> Iterator[str]:
        """Give the full files that are new: nobody needs their partial ones now."""
        size = self.checkpoint.head.size
        for bundle in bundles_of(size):
            if bundle.width == TILE_WIDTH and not self._is_covered(0, bundle):
                yield bundle.path
        for tile in tiles_of(size):
            if tile.width == TILE_WIDTH and not self._is_covered(tile.level, tile):
                yield tile.path

    def _entries(self, bundle: EntryBundle) -> bytes:
        first, bodies = bundle.number * TILE_WIDTH, []
        for stored in islice(self.reader.entries(first), bundle.width):
            if hash_leaf(stored.body) != stored.leaf:
                words = f"entry {stored.position}: its bytes are not those appended"
                raise VerificationError((words,))
            bodies.append(stored.body)
        return encode_entries(bodies)

    def _hashes(self, tile: Tile) -> bytes:
        first = tile.number * TILE_WIDTH
        hashes = self.reader.hashes(tile.level, first, tile.width)
        if tile.level > 0:
            # A damaged node would be the log's fault, and look like the publisher's.
            for at, node in enumerate(hashes, first):
                below = self.reader.hashes(tile.level - 1, at * TILE_WIDTH, TILE_WIDTH)
                if perfect_root(below) != node:
                    words = f"node {at} of level {tile.level} is not of its entries"
                    raise VerificationError((words,))
        return b"".join(hashes)


def _published(writer: FolderWriter) -> TreeHead | None:
    note = writer.folder.read(CHECKPOINT, MAX_NOTE)
    if note is None:
        return None
    try:
        return parse_tree_head(parse_note(note).text)
    except FormatError as error:
        reason = f"what lies there as {CHECKPOINT} is none; choose another folder"
        raise ExportError(str(writer.folder.path), reason) from error


def _obstacle(before: TreeHead, head: TreeHead, reader: Reader) -> str:
    """Return why a log must not be published over what was before; empty if it may."""
    if before.origin != head.origin:
        return f"it holds another log, {quoted(before.origin)}; choose another folder"
    if before.size > head.size:
        return (
            f"it holds {before.size:,} entries, and the last checkpoint here is of"
            f" {head.size:,}; sign a newer one, or take the newer copy of the log"
        )
    if root_at(before.size, reader.hashes) != before.root:
        return (
            f"the first {before.size:,} entries of this log are not those published"
            " there: one of the two was rewritten; verify the log, and ask who holds"
            " older checkpoints of it"
        )
    return ""
