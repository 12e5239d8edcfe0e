"""Whatever was changed behind the library's back is found, and named by its entry."""

import hashlib
import random
import sqlite3
from contextlib import closing, contextmanager

import pytest

from embargo_monitor.errors import NotALogError
from embargo_monitor.log.audit import verify
from embargo_monitor.log.checkpoints import TreeHead, sign_checkpoint
from embargo_monitor.log.merkle import EMPTY
from embargo_monitor.log.signed import Cosignature
from embargo_monitor.log.signers import SigningKey
from embargo_monitor.log.storage import Storage

ORIGIN, CREATED = "example.org/arms-log", "2025-12-22T10:00:00Z"
PAGE = 16_384


@pytest.fixture
def path(tmp_path):
    """A closed log of five small entries."""
    path = tmp_path / "monitor.db"
    with Storage.create(path, ORIGIN, CREATED) as storage, storage.writing() as writer:
        for number in range(5):
            writer.append(f"k{number}", b"entry %d" % number)
    return path


def leaf(body):
    return hashlib.sha256(b"\0" + body).digest()


def grown(*bodies):
    tree = EMPTY
    for body in bodies:
        tree = tree.appended(leaf(body))
    return tree


@contextmanager
def unguarded(path):
    """Open the database past the library, its guards away for as long as it is."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        guards = driver.execute(query).fetchall()
        for name, _ in guards:
            driver.execute(f"DROP TRIGGER {name}")
        yield driver
        for _, sql in guards:
            driver.execute(sql)


def besides_guards(problems):
    return tuple(one for one in problems if "triggers that guard" not in one.detail)


def alter(path, *statements):
    with unguarded(path) as driver:
        for statement in statements:
            driver.execute(statement)


def found(path):
    with Storage.open(path) as storage:
        return verify(storage)[1]


def places(problems):
    return [(problem.position, problem.kind) for problem in problems]


def test_a_sound_log_has_no_problem_and_gives_its_frontier(path):
    with Storage.open(path) as storage:
        assert verify(storage) == (grown(*[b"entry %d" % n for n in range(5)]), ())


def test_an_empty_log_is_sound(tmp_path):
    with Storage.create(tmp_path / "monitor.db", ORIGIN, CREATED) as storage:
        assert verify(storage) == (EMPTY, ())


def test_a_long_verification_tells_how_far_it_is(tmp_path):
    told = []
    with Storage.create(tmp_path / "monitor.db", ORIGIN, CREATED) as storage:
        with storage.writing() as writer:
            for number in range(1200):
                writer.append(f"k{number}", b"x")
        verify(storage, lambda done, size: told.append((done, size)))
    assert told == sorted(told)
    assert told[-1] == (1200, 1200)
    assert len(told) > 1


def test_writers_need_not_wait_and_are_not_looked_at(path):
    with Storage.open(path) as storage:

        def write(_done, _size):
            with storage.writing() as writer:
                writer.append("late", b"late")

        assert verify(storage, write)[0].size == 5
        assert verify(storage)[0].size == 6


def test_every_flipped_bit_of_every_body_is_found_and_named(path):
    with Storage.open(path) as storage, unguarded(path) as driver:
        for number in range(5):
            body = b"entry %d" % number
            for bit in range(len(body) * 8):
                flipped = bytearray(body)
                flipped[bit // 8] ^= 1 << bit % 8
                change = "UPDATE entry SET body = ? WHERE position = ?"
                driver.execute(change, (bytes(flipped), number))
                wanted = [(number, "body"), (None, "root")]
                assert places(besides_guards(verify(storage)[1])) == wanted
                driver.execute(change, (body, number))
        assert besides_guards(verify(storage)[1]) == ()


def test_every_flipped_bit_of_a_leaf_is_found_and_named(path):
    with Storage.open(path) as storage, unguarded(path) as driver:
        right = leaf(b"entry 3")
        change = "UPDATE entry SET leaf = ? WHERE position = 3"
        for bit in range(256):
            flipped = bytearray(right)
            flipped[bit // 8] ^= 1 << bit % 8
            driver.execute(change, (bytes(flipped),))
            assert places(besides_guards(verify(storage)[1])) == [(3, "body")]
        driver.execute(change, (right,))
        assert besides_guards(verify(storage)[1]) == ()


def test_a_body_changed_together_with_its_leaf_does_not_fit_the_head(path):
    with unguarded(path) as driver:
        driver.execute(
            "UPDATE entry SET body = ?, leaf = ? WHERE position = 2",
            (b"forged", leaf(b"forged")),
        )
    [problem] = found(path)
    assert (problem.position, problem.kind) == (None, "root")
    assert grown(
        b"entry 0", b"entry 1", b"forged", b"entry 3", b"entry 4"
    ).root().hex() in str(problem)


def test_the_whole_log_is_read_and_every_problem_told(path):
    alter(
        path,
        "UPDATE entry SET body = x'00' WHERE position = 0",
        "DELETE FROM entry WHERE position IN (1, 2)",
        "UPDATE entry SET body = x'01' WHERE position = 4",
    )
    problems = found(path)
    assert places(problems) == [
        (0, "body"),
        (1, "order"),
        (4, "body"),
        (None, "root"),
    ]
    assert [str(problem) for problem in problems[:2]] == [
        "entry 0: its bytes are not those that were appended",
        "entry 1: missing, and all up to 2",
    ]
    assert str(problems[3]).startswith("the log: 3 entries give the root ")


@pytest.mark.parametrize(
    ("attack", "wanted"),
    [
        ("DELETE FROM entry WHERE position = 0", [(0, "order"), (None, "root")]),
        ("DELETE FROM entry WHERE position > 2", [(3, "order"), (None, "root")]),
        ("DELETE FROM entry", [(0, "order"), (None, "root")]),
        (
            "UPDATE entry SET position = -7 WHERE position = 0",
            [(-7, "order"), (0, "order")],
        ),
        (
            "UPDATE entry SET position = 9223372036854775807 WHERE position = 4",
            [(4, "order")],
        ),
        (
            "INSERT INTO entry VALUES (-9223372036854775808, 'x', x'', x'')",
            [(-(2**63), "order"), (-(2**63), "body"), (None, "root")],
        ),
        (
            "INSERT INTO entry SELECT 5, 'x', leaf, body FROM entry WHERE position = 0",
            [(None, "root")],
        ),
        ("UPDATE head SET stack = zeroblob(64)", [(None, "root")]),
        ("UPDATE head SET stack = zeroblob(63)", [(None, "root")]),
        ("UPDATE head SET size = 6", [(5, "order"), (None, "root")]),
        ("UPDATE head SET size = 3", [(None, "root")]),
        ("UPDATE head SET size = 4611686018427387905", [(5, "order"), (None, "root")]),
        ("DELETE FROM head", [(None, "root")]),
    ],
)
def test_what_is_missing_added_or_moved_is_named(path, attack, wanted):
    alter(path, attack)
    assert places(found(path)) == wanted


def test_entries_that_changed_places_are_found(path):
    alter(
        path,
        "UPDATE entry SET position = 99 WHERE position = 1",
        "UPDATE entry SET position = 1 WHERE position = 2",
        "UPDATE entry SET position = 2 WHERE position = 99",
    )
    assert places(found(path)) == [(None, "root")]


def test_a_key_that_is_no_text_is_found_and_named(path):
    alter(path, "UPDATE entry SET key = CAST(x'FF' AS TEXT) WHERE position = 3")
    assert places(found(path))[:1] == [(3, "database")]


def test_a_body_that_is_no_bytes_is_found_and_named(path):
    alter(
        path,
        "ALTER TABLE entry RENAME TO old",
        "CREATE TABLE entry (position INTEGER PRIMARY KEY, key, leaf, body)",
        "INSERT INTO entry SELECT position, key, leaf, CAST(body AS TEXT) FROM old",
    )
    assert places(found(path))[:5] == [(number, "body") for number in range(5)]


def large(path):
    """A closed log whose entries fill pages, and some pages each."""
    bodies = [bytes([number]) * 3_000 for number in range(1, 41)]
    bodies += [bytes([number]) * 40_000 for number in range(1, 7)]
    with Storage.create(path, ORIGIN, CREATED) as storage, storage.writing() as writer:
        for number, body in enumerate(bodies):
            writer.append(f"k{number}", body)
    return bodies


def test_no_damaged_page_stops_the_verification_or_goes_unnoticed(tmp_path):
    path = tmp_path / "monitor.db"
    bodies = large(path)
    whole = path.read_bytes()
    refused = noticed = 0
    for start in range(0, len(whole), PAGE):
        for filling in (b"\0", b"\xff"):
            path.write_bytes(whole[:start] + filling * PAGE + whole[start + PAGE :])
            try:
                problems = found(path)
            except NotALogError:
                refused += 1
                continue
            assert problems
            assert all(
                problem.position in {None, *range(len(bodies))} for problem in problems
            )
            noticed += 1
    assert noticed > refused > 0


def test_entries_beside_a_damaged_page_are_still_hashed(tmp_path):
    path = tmp_path / "monitor.db"
    bodies = large(path)
    alter(path, "DELETE FROM entry WHERE position = 7")
    # The page where the fortieth small entry lies, found by its bytes.
    place = path.read_bytes().index(bytes([40]) * 3_000) // PAGE * PAGE
    with path.open("r+b") as file:
        file.seek(place)
        file.write(b"\xff" * PAGE)
    with Storage.open(path) as storage:
        frontier, problems = verify(storage)
    unreadable = {
        problem.position
        for problem in problems
        if problem.kind == "database" and problem.position is not None
    }
    assert 39 in unreadable
    assert (7, "order") in places(problems)
    assert 0 < frontier.size == len(bodies) - len(unreadable) - 1


def test_an_impossible_size_does_not_keep_the_verification_for_ever(tmp_path):
    path = tmp_path / "monitor.db"
    bodies = large(path)
    impossible = sum(1 << bit for bit in range(63 - len(bodies).bit_count(), 63))
    alter(path, f"UPDATE head SET size = {impossible}")
    whole = path.read_bytes()
    # The last page of the table, from which SQLite cannot tell that it is the last.
    place = whole.index(b"k45" + leaf(bodies[45])) // PAGE * PAGE
    path.write_bytes(whole[:place] + b"\xff" * PAGE + whole[place + PAGE :])
    assert (45, "database") in places(found(path))


def test_positions_that_run_backwards_do_not_keep_the_verification_for_ever(path):
    # A cell of a table's leaf page (file format, section 1.6): payload size, rowid,
    # then the record: five bytes of header, "k4", a leaf hash, "entry 4".
    cell = bytes([5 + 2 + 32 + 7, 4, 5, 0, 17, 76, 26]) + b"k4"
    whole = path.read_bytes()
    place = whole.index(cell) + 1
    path.write_bytes(whole[:place] + b"\0" + whole[place + 1 :])
    problems = places(found(path))
    assert (0, "order") in problems
    assert (None, "database") in problems


def content(path):
    """What SQLite itself reads, or that it cannot."""
    with closing(sqlite3.connect(path)) as driver:
        try:
            return [
                driver.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
                for table in ("head", "entry")
            ]
        except (sqlite3.Error, UnicodeDecodeError):
            return None


def test_a_flipped_bit_in_the_file_is_noticed_and_blames_no_sound_entry(tmp_path):
    path = tmp_path / "monitor.db"
    large(path)
    whole, before = path.read_bytes(), content(path)
    chance = random.Random(20251222)
    changed = 0
    for _ in range(150):
        bit = chance.randrange(100 * 8, len(whole) * 8)
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        changes = content(path) != before
        try:
            problems = found(path)
        except NotALogError:
            # The schema, or the row that says whose log it is.
            assert bit < PAGE * 8 * 8
            continue
        if changes:
            assert problems, bit
        else:
            assert {problem.kind for problem in problems} <= {"database"}, bit
        changed += changes
    assert changed > 75


# Nodes, keys, checkpoints, and what others have of the log


KEY = SigningKey(ORIGIN, 1, seed=bytes(32))
WITNESS = SigningKey("institute.example/w", 4, seed=bytes([1] * 32))
OTHER = SigningKey("institute.example/o", 4, seed=bytes([2] * 32))


@pytest.fixture
def signed(tmp_path):
    """A closed log of 300 entries with checkpoints of 0, 2 and 300 of them."""
    path = tmp_path / "signed.db"
    verifier = str(KEY.verifier)
    with Storage.create(path, ORIGIN, CREATED, verifier=verifier) as storage:
        for numbers in (range(0), range(2), range(2, 300)):
            with storage.writing() as writer:
                for number in numbers:
                    writer.append(f"k{number}", b"entry %d" % number)
                head = TreeHead(ORIGIN, writer.size, root=writer.frontier.root())
                writer.kept.add_checkpoint(head.size, sign_checkpoint(head, KEY))
        with storage.writing() as writer:
            line = WITNESS.cosign(head_of(300).text(), 7)
            verifier = str(WITNESS.verifier)
            writer.kept.add_cosignature(
                Cosignature(300, verifier=verifier, line=str(line))
            )
    return path


def head_of(size):
    bodies = [b"entry %d" % number for number in range(size)]
    return TreeHead(ORIGIN, size, root=grown(*bodies).root())


def compared(path, *heads):
    """The problems of a log that is compared with tree heads from elsewhere."""
    with Storage.open(path) as storage:
        return verify(storage, against=[("that of ana", head) for head in heads])[1]


def said(problems):
    return [(problem.kind, problem.detail) for problem in problems]


def test_a_signed_log_fits_its_checkpoints_and_those_of_others(signed):
    heads = [head_of(size) for size in (0, 1, 2, 255, 256, 257, 300)]
    assert compared(signed, *heads) == ()


def test_a_log_that_others_know_otherwise_is_told_whose_word_it_does_not_fit(signed):
    forked, longer = TreeHead(ORIGIN, 9, root=bytes(32)), head_of(301)
    [other, cut] = compared(signed, head_of(9), forked, longer)
    assert (other.position, other.kind) == (None, "checkpoint")
    assert other.detail.startswith("that of ana says that the first 9 entries give")
    assert bytes(32).hex() in other.detail
    assert head_of(9).root.hex() in other.detail
    assert cut.detail == "that of ana is of 301 entries: some were cut off"


@pytest.mark.parametrize(
    ("attack", "wanted"),
    [
        ("DELETE FROM node", ("node", "node 0 of level 1 is missing")),
        ("UPDATE node SET hash = x'00'", ("node", "level 1 is not what its entries")),
        ("UPDATE node SET position = 1", ("node", "node 0 of level 1 is missing")),
        (
            "INSERT INTO node VALUES (2, 0, x'')",
            ("node", "of no entries that are here"),
        ),
        ("UPDATE checkpoint SET size = 3 WHERE size = 2", ("checkpoint", "of size 2")),
        ("UPDATE checkpoint SET note = x'00'", ("signature", "checkpoint of size 300")),
        ("UPDATE signer SET verifier = 'x'", ("signature", "the key since size 0: ")),
        ("UPDATE signer SET since = 1", ("signature", "the checkpoint of size 0: ")),
        ("UPDATE signer SET since = 301", ("signature", "log never had that size")),
        ("UPDATE signer SET since = -1", ("signature", "log never had that size")),
        ("DELETE FROM signer", ("signature", "the checkpoint of size 2: ")),
        ("UPDATE log SET origin = 'b'", ("signature", "and the log is 'b'")),
        ("UPDATE cosignature SET line = 'x'", ("signature", "is no signature")),
        ("UPDATE cosignature SET verifier = 'x'", ("signature", "verifier key: ")),
        (
            f"UPDATE cosignature SET verifier = '{OTHER.verifier}'",
            ("signature", "'institute.example/w': the signature is by another key"),
        ),
        ("UPDATE cosignature SET size = 2", ("signature", "the signature is wrong")),
        (
            "UPDATE cosignature SET size = 7",
            ("signature", "no such checkpoint is kept"),
        ),
    ],
)
def test_what_was_changed_beside_the_entries_is_named(signed, attack, wanted):
    alter(signed, attack)
    kind, words = wanted
    problems = found(signed)
    assert any(one == kind and words in told for one, told in said(problems)), problems
    assert {problem.kind for problem in problems} == {kind}


def test_every_flipped_bit_of_a_cosignature_is_found(signed):
    with closing(sqlite3.connect(signed)) as driver:
        [row] = driver.execute("SELECT verifier, line FROM cosignature").fetchall()
    for column, text in zip(("verifier", "line"), row, strict=True):
        data = text.encode()
        # One bit of every fourth byte: each verification reads the whole log.
        for at in range(0, len(data), 4):
            flipped = bytearray(data)
            flipped[at] ^= 1 << at // 4 % 7
            change = f"UPDATE cosignature SET {column} = CAST(? AS TEXT)"
            with unguarded(signed) as driver:
                driver.execute(change, (bytes(flipped),))
            assert found(signed), (column, at)
            with unguarded(signed) as driver:
                driver.execute(change, (data,))
    assert found(signed) == ()


@pytest.mark.parametrize(
    ("attack", "names"),
    [
        (["DROP TRIGGER guard_3"], "guard_3"),
        (["DROP TRIGGER guard_20", "DROP TRIGGER guard_1"], "guard_1, guard_20"),
        (
            [
                "DROP TRIGGER guard_2",
                (
                    "CREATE TRIGGER guard_2 BEFORE UPDATE ON entry WHEN FALSE"
                    " BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END"
                ),
            ],
            "guard_2",
        ),
        (
            [
                (
                    'CREATE TRIGGER "a\u202eb" AFTER INSERT ON entry'
                    " BEGIN DELETE FROM checkpoint; END"
                )
            ],
            r"a\u202eb",
        ),
    ],
)
def test_guards_that_are_gone_or_others_are_named(signed, attack, names):
    with closing(sqlite3.connect(signed)) as driver:
        for statement in attack:
            driver.execute(statement)
        driver.commit()
    words = f"triggers that guard it are gone, changed or not ours: {names}"
    assert said(found(signed)) == [("database", words)]


def test_guards_that_are_no_text_are_told(signed):
    with closing(sqlite3.connect(signed)) as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = signed.read_bytes()
    signed.write_bytes(whole.replace(b"is never changed", b"is never chang\xffd"))
    [(kind, words)] = said(found(signed))
    assert (kind, words.startswith("the guards: ")) == ("database", True)


def test_a_key_of_another_log_is_named(signed):
    other = SigningKey.draw("example.org/other").verifier
    alter(signed, f"INSERT INTO signer VALUES (300, '{other}')")
    problems = said(found(signed))
    assert (
        "signature",
        f"the key since size 300 is of {other.name!r}, and the log is {ORIGIN!r}",
    ) in problems


@pytest.mark.parametrize(
    ("table", "columns", "changed", "wanted"),
    [
        ("checkpoint", "size, note", "size, CAST(note AS TEXT)", "checkpoint"),
        ("signer", "since, verifier", "since, CAST(verifier AS BLOB)", "signature"),
        ("node", "level, position, hash", "level, position, 7", "node"),
        ("cosignature", "size, verifier, line", "size, verifier, 7", "signature"),
    ],
)
def test_rows_that_hold_something_else_are_named(
    signed, table, columns, changed, wanted
):
    alter(
        signed,
        f"ALTER TABLE {table} RENAME TO old",
        f"CREATE TABLE {table} ({columns})",
        f"INSERT INTO {table} SELECT {changed} FROM old",
    )
    assert wanted in {problem.kind for problem in found(signed)}


@pytest.mark.parametrize("table", ["node", "signer", "checkpoint", "cosignature"])
def test_a_table_that_cannot_be_read_is_named_and_the_rest_is_read(signed, table):
    alter(
        signed,
        "UPDATE entry SET body = x'00' WHERE position = 7",
    )
    with closing(sqlite3.connect(signed)) as driver:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = driver.execute(query, (table,)).fetchone()
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = signed.read_bytes()
    place = (page - 1) * PAGE
    signed.write_bytes(whole[:place] + b"\xff" * PAGE + whole[place + PAGE :])
    problems = found(signed)
    assert (7, "body") in places(problems)
    assert any("database" in kind for kind, _ in said(problems))
