"""A log as plain files: which there are, how they are called, what is in them.

Hashes lie side by side in tiles, entries in bundles, 256 to a file (C2SP tlog-tiles).
A full file never changes; the last of each row may be partial, and has its width in its
name.
"""

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from embargo_monitor.errors import FormatError, InvalidValueError
from embargo_monitor.log.merkle import TILE_HEIGHT, TILE_WIDTH, require_size

_LEVELS = 64
_GROUP = 1000
_LENGTH_BYTES = 2
_LONGEST = 256**_LENGTH_BYTES - 1


def tile_path(level: int, number: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a tile of hashes, below the folder or address of the log.

    Args:
        level: 0 for leaf hashes, up to 63.
        number: Which tile of its level, from 0.
        width: How many hashes are in it, from 1 to 256.

    Raises:
        InvalidValueError: There is no such tile.

    >>> tile_path(0, 1234067, 17)
    'tile/0/x001/x234/067.p/17'
    """
    if type(level) is not int or level not in range(_LEVELS):
        raise InvalidValueError("level", level, f"from 0 to {_LEVELS - 1}")
    return f"tile/{level}/{_numbered(number, width)}"


def entries_path(number: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a bundle of entries.

    Args:
        number: Which bundle, from 0: that of the entries from 256 times this on.
        width: How many entries are in it, from 1 to 256.

    Raises:
        InvalidValueError: There is no such bundle.

    >>> entries_path(5)
    'tile/entries/005'
    """
    return f"tile/entries/{_numbered(number, width)}"


def _numbered(number: int, width: int) -> str:
    require_size("number", number)
    if type(width) is not int or width not in range(1, TILE_WIDTH + 1):
        raise InvalidValueError("width", width, f"from 1 to {TILE_WIDTH}")
    higher, last = divmod(number, _GROUP)
    path = f"{last:03}"
    while higher:
        higher, group = divmod(higher, _GROUP)
        path = f"x{group:03}/{path}"
    return path if width == TILE_WIDTH else f"{path}.p/{width}"


@frozen
class Tile:
    """A tile of a log of some size.

    Attributes:
        level: 0 for leaf hashes, 1 for roots of 256 leaves, and so on.
        number: Which of its level, from 0.
        width: How many hashes are in it, from 1 to 256.
    """

    level: int
    number: int
    width: int = field(kw_only=True)

    @property
    def path(self) -> str:
        """Its path, as `tile_path`."""
        return tile_path(self.level, self.number, self.width)


@frozen
class EntryBundle:
    """A bundle of entries of a log of some size.

    Attributes:
        number: Which, from 0.
        width: How many entries are in it, from 1 to 256.
    """

    number: int
    width: int

    @property
    def path(self) -> str:
        """Its path, as `entries_path`."""
        return entries_path(self.number, self.width)


def tiles_of(size: int) -> Iterator[Tile]:
    """Give every tile of a log of that size, level by level, none of them empty.

    >>> [tile.path for tile in tiles_of(257)]
    ['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']
    """
    require_size("size", size)
    level = 0
    while nodes := size >> TILE_HEIGHT * level:
        for number, width in _row(nodes):
            yield Tile(level, number, width=width)
        level += 1


def bundles_of(size: int) -> Iterator[EntryBundle]:
    """Give every bundle of entries of a log of that size, in order.

    >>> [bundle.path for bundle in bundles_of(257)]
    ['tile/entries/000', 'tile/entries/001.p/1']
    """
    require_size("size", size)
    for number, width in _row(size):
        yield EntryBundle(number, width)


def _row(count: int) -> Iterator[tuple[int, int]]:
    full, rest = divmod(count, TILE_WIDTH)
    for number in range(full):
        yield number, TILE_WIDTH
    if rest:
        yield full, rest


def encode_entries(bodies: Iterable[bytes]) -> bytes:
    """Return a bundle of entries: of each its length in two bytes, then itself.

    Raises:
        InvalidValueError: An entry is longer than 65,535 bytes.
    """
    parts: list[bytes] = []
    for body in bodies:
        if len(body) > _LONGEST:
            raise InvalidValueError("bytes of an entry", len(body), f"up to {_LONGEST}")
        parts += (len(body).to_bytes(_LENGTH_BYTES), body)
    return b"".join(parts)


def decode_entries(data: bytes, count: int) -> tuple[bytes, ...]:
    """Read a bundle of entries.

    Args:
        data: The bundle.
        count: How many entries are in it.

    Raises:
        FormatError: It has more or fewer, or is cut off: get the file again.
    """
    bodies: list[bytes] = []
    start = 0
    while start < len(data):
        body = start + _LENGTH_BYTES
        end = body + int.from_bytes(data[start:body])
        if end > len(data) or len(bodies) == count:
            reason = f"at byte {start} it does not go on as an entry"
            raise FormatError("entry bundle", reason)
        bodies.append(data[body:end])
        start = end
    if len(bodies) != count:
        reason = f"it has {len(bodies)} entries, and not {count}"
        raise FormatError("entry bundle", reason)
    return tuple(bodies)
