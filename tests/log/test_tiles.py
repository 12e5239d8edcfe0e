"""Tiles and bundles: which there are, how they are called, what they hold."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.errors import FormatError, InvalidValueError
from embargo_monitor.log.merkle import hash_leaf
from embargo_monitor.log.tiles import (
    EntryBundle,
    Tile,
    bundles_of,
    decode_entries,
    encode_entries,
    entries_path,
    tile_path,
    tiles_of,
)

# Read when collected: no test sees the settings of the machine.
VECTORS = Path(
    os.environ.get("EMBARGO_MONITOR_VECTORS")
    or Path(__file__).parents[2].parent / "shared" / "vectors"
)
LOG = VECTORS / "tessera-log" / "log"
needs_vectors = pytest.mark.skipif(
    not LOG.is_dir(),
    reason=f"no outside vectors in {VECTORS}; EMBARGO_MONITOR_VECTORS names the folder",
)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        # The example of the specification.
        (tile_path(0, 1234067), "tile/0/x001/x234/067"),
        (tile_path(0, 1234067, 17), "tile/0/x001/x234/067.p/17"),
        (tile_path(0, 0), "tile/0/000"),
        (tile_path(63, 999, 255), "tile/63/999.p/255"),
        (tile_path(1, 1000, 1), "tile/1/x001/000.p/1"),
        (tile_path(2, 1_000_000), "tile/2/x001/x000/000"),
        (entries_path(0), "tile/entries/000"),
        (entries_path(1234067, 1), "tile/entries/x001/x234/067.p/1"),
        (Tile(0, 273, width=112).path, "tile/0/273.p/112"),
        (EntryBundle(273, 112).path, "tile/entries/273.p/112"),
    ],
)
def test_paths_are_as_the_specification_writes_them(path, wanted):
    assert path == wanted


@pytest.mark.parametrize(
    "arguments",
    [
        (-1, 0),
        (64, 0),
        ("0", 0),
        (0, -1),
        (0, 1.0),
        (0, 0, 0),
        (0, 0, 257),
        (0, 0, "1"),
    ],
)
def test_a_tile_that_cannot_be_has_no_path(arguments):
    with pytest.raises(InvalidValueError, match=r"level|number|width"):
        tile_path(*arguments)


def test_seventy_thousand_entries_have_the_tiles_of_the_specification():
    tiles = list(tiles_of(70_000))
    assert tiles == [
        *(Tile(0, number, width=256) for number in range(273)),
        Tile(0, 273, width=112),
        Tile(1, 0, width=256),
        Tile(1, 1, width=17),
        Tile(2, 0, width=1),
    ]


def test_256_entries_have_one_full_tile_and_one_of_width_one_above():
    assert list(tiles_of(256)) == [Tile(0, 0, width=256), Tile(1, 0, width=1)]


def test_an_empty_log_has_no_files():
    assert list(tiles_of(0)) == list(bundles_of(0)) == []


@given(st.integers(0, 3_000_000))
def test_each_level_has_all_its_nodes_once(size):
    level_sizes = {}
    for tile in tiles_of(size):
        count = level_sizes.get(tile.level, 0)
        assert tile.number * 256 == count
        assert 1 <= tile.width <= 256
        level_sizes[tile.level] = count + tile.width
    levels = [size // 256**level for level in range(4)]
    assert level_sizes == {level: count for level, count in enumerate(levels) if count}
    assert sum(bundle.width for bundle in bundles_of(size)) == size


@pytest.mark.parametrize("size", [-1, True, 1.5, None])
@pytest.mark.parametrize("files", [tiles_of, bundles_of])
def test_a_size_that_is_none_has_no_files(files, size):
    with pytest.raises(InvalidValueError, match="size must be a whole number from 0"):
        list(files(size))


def test_a_bundle_is_lengths_and_entries():
    assert encode_entries([b"ab", b"", b"c" * 258]) == (
        b"\x00\x02ab\x00\x00\x01\x02" + b"c" * 258
    )


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_is_read_as_it_was_written(bodies):
    assert decode_entries(encode_entries(bodies), len(bodies)) == tuple(bodies)


def test_the_longest_entry_fits_and_a_longer_one_does_not():
    longest = bytes(65_535)
    assert decode_entries(encode_entries([longest]), 1) == (longest,)
    with pytest.raises(InvalidValueError, match="bytes of an entry"):
        encode_entries([bytes(65_536)])


@given(st.binary(max_size=60), st.integers(0, 20))
def test_any_bytes_are_a_bundle_or_refused(data, count):
    try:
        bodies = decode_entries(data, count)
    except FormatError:
        return
    assert len(bodies) == count
    assert encode_entries(bodies) == data


@pytest.mark.parametrize(
    ("data", "count", "words"),
    [
        (b"\x00\x01a", 0, "at byte 0 it does not go on"),
        (b"\x00\x01a", 2, "it has 1 entries, and not 2"),
        (b"\x00\x01a\x00\x01b", 1, "at byte 3 it does not go on"),
        (b"\x00\x02a", 1, "at byte 0 it does not go on"),
        (b"\x00\x01a\x00", 2, "at byte 3 it does not go on"),
        (b"", 1, "it has 0 entries, and not 1"),
    ],
)
def test_a_bundle_with_more_less_or_a_part_of_an_entry_is_refused(data, count, words):
    with pytest.raises(FormatError, match=f"entry bundle: {words}"):
        decode_entries(data, count)


@needs_vectors
def test_the_files_of_an_outside_log_are_where_we_look_for_them():
    for size in range(1, 16):
        [tile], [bundle] = tiles_of(size), bundles_of(size)
        bodies = decode_entries((LOG / bundle.path).read_bytes(), size)
        leaves = b"".join(hash_leaf(body) for body in bodies)
        assert (LOG / tile.path).read_bytes() == leaves
