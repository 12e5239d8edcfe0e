"""A file of the tables of version 1, before keys, is brought up when it is opened."""

import hashlib
import sqlite3
from contextlib import closing

import pytest

from embargo_monitor.errors import NotALogError, SigningKeyError, VerificationError
from embargo_monitor.log.audit import verify
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.proofs import check_inclusion, prove_inclusion
from embargo_monitor.log.signing import Custody, Signing
from embargo_monitor.log.storage import Storage
from embargo_monitor.log.witness import Witness

ORIGIN, CREATED = "example.org/arms-log", "2025-12-22T10:00:00Z"
NEXT = "(SELECT coalesce(max(position), -1) + 1 FROM entry)"
TABLES = """
CREATE TABLE log (
    id INTEGER NOT NULL CHECK (id = 0), origin TEXT NOT NULL, created TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE TABLE head (
    id INTEGER NOT NULL CHECK (id = 0), size INTEGER NOT NULL, stack BLOB NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE TABLE entry (
    position INTEGER NOT NULL, "key" TEXT NOT NULL, leaf BLOB NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (position), UNIQUE ("key")
) STRICT;
"""
GUARDS = (
    ("entry", "INSERT", f"NEW.position IS NOT {NEXT}"),
    ("entry", "INSERT", "EXISTS (SELECT 1 FROM entry WHERE key = NEW.key)"),
    ("entry", "UPDATE", "TRUE"),
    ("entry", "DELETE", "TRUE"),
    ("log", "INSERT", "EXISTS (SELECT 1 FROM log)"),
    ("log", "UPDATE", "TRUE"),
    ("log", "DELETE", "TRUE"),
    ("head", "INSERT", "EXISTS (SELECT 1 FROM head)"),
    ("head", "UPDATE", f"NEW.size <= OLD.size OR NEW.size IS NOT {NEXT}"),
    ("head", "DELETE", "TRUE"),
)


def leaf_of(number):
    return hashlib.sha256(b"\0entry %d" % number).digest()


def root_of(leaves):
    """The root, as RFC 6962 defines it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def perfect_roots(leaves):
    """The stack of the head: roots of the perfect trees, the largest first."""
    done = 0
    for power in reversed(range(len(leaves).bit_length())):
        if len(leaves) >> power & 1:
            yield root_of(leaves[done : done + (1 << power)])
            done += 1 << power


def lay_out(path, size):
    """Make a log as version 1 made it, with so many entries."""
    leaves = [leaf_of(number) for number in range(size)]
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        driver.execute("PRAGMA page_size = 16384")
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA application_id = 0x454D4C47")
        driver.execute("PRAGMA user_version = 1")
        driver.executescript(TABLES)
        driver.execute("BEGIN")
        driver.execute("INSERT INTO log VALUES (0, ?, ?)", (ORIGIN, CREATED))
        stack = b"".join(perfect_roots(leaves))
        driver.execute("INSERT INTO head VALUES (0, ?, ?)", (size, stack))
        driver.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?)",
            [(at, f"k{at}", leaf, b"entry %d" % at) for at, leaf in enumerate(leaves)],
        )
        for number, (table, event, when) in enumerate(GUARDS):
            driver.execute(
                f"CREATE TRIGGER guard_{number} BEFORE {event} ON {table} WHEN {when}"
                " BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        driver.execute("COMMIT")
    return leaves


@pytest.fixture
def path(tmp_path):
    return tmp_path / "monitor.db"


def rows(path, table):
    with closing(sqlite3.connect(path)) as driver:
        return driver.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


@pytest.mark.parametrize("size", [0, 1, 255, 256, 600])
def test_no_row_is_changed_and_the_nodes_that_are_complete_are_filled_in(path, size):
    leaves = lay_out(path, size)
    tables = ("log", "head", "entry")
    before = [rows(path, table) for table in tables]
    with Storage.open(path) as storage:
        frontier, problems = verify(storage)
    assert (frontier.size, frontier.root(), problems) == (size, root_of(leaves), ())
    assert [rows(path, table) for table in tables] == before
    assert rows(path, "node") == [
        (1, at, root_of(leaves[at * 256 : at * 256 + 256])) for at in range(size // 256)
    ]
    assert rows(path, "signer") == []
    with closing(sqlite3.connect(path)) as driver:
        assert driver.execute("PRAGMA user_version").fetchone() == (2,)


def test_it_is_brought_up_once_and_goes_on(path):
    leaves = lay_out(path, 257)
    for number in range(257, 520):
        leaves.append(leaf_of(number))
    with Storage.open(path) as one, Storage.open(path) as other:
        for storage, numbers in ((one, range(257, 300)), (other, range(300, 520))):
            with storage.writing() as writer:
                for number in numbers:
                    writer.append(f"k{number}", b"entry %d" % number)
        assert verify(one)[0].root() == root_of(leaves)
        assert verify(one)[1] == ()
        with other.reading() as reader:
            proof = prove_inclusion(3, 520, reader.hashes)
    check_inclusion(leaves[3], 3, 520, proof, root_of(leaves))


def test_it_has_the_guards_of_the_new_tables_and_keeps_its_own(path):
    lay_out(path, 256)
    Storage.open(path).close()
    with closing(sqlite3.connect(path)) as driver:
        for attack in ("DELETE FROM node", "UPDATE node SET position = 7"):
            with pytest.raises(sqlite3.IntegrityError, match="a node is never"):
                driver.execute(attack)
        with pytest.raises(sqlite3.IntegrityError, match="no"):
            driver.execute("DELETE FROM entry")


def test_it_has_no_key_until_it_adopts_one(path, tmp_path):
    leaves = lay_out(path, 3)
    custody = Custody(KeyRing(tmp_path / "c" / "keys"), Witness(tmp_path / "witness"))
    with Storage.open(path) as storage:
        signing = Signing(storage, custody)
        with pytest.raises(SigningKeyError, match="no key"):
            signing.checkpoint()
        signing.adopt_key()
        assert signing.checkpoint().head.root == root_of(leaves)
        with storage.reading() as reader:
            assert reader.kept.signer_of(2) is None
            assert reader.kept.signer_of(3).verifier == signing.verifier_key


def test_who_opens_it_at_once_brings_it_up_together(path, start):
    lay_out(path, 300)
    script = (
        "import sys; from embargo_monitor.log.storage import Storage;"
        " Storage.open(sys.argv[1]).close()"
    )
    assert [one.wait() for one in [start(script, path) for _ in range(4)]] == [0] * 4
    assert len(rows(path, "node")) == 1


def test_who_comes_after_another_brings_nothing_up_again(path):
    lay_out(path, 300)
    with Storage.open(path) as storage:
        storage._bring_up()  # as one does who waited for the other
        assert verify(storage)[1] == ()


def damage(path, statement):
    with closing(sqlite3.connect(path)) as driver:
        for number in (2, 3, 8, 9):
            driver.execute(f"DROP TRIGGER guard_{number}")
        driver.execute(statement)
        driver.commit()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE entry SET leaf = x'00' WHERE position = 7", "nodes 0 to 99 of level"),
        ("DELETE FROM entry WHERE position = 270", "nodes 200 to 299 of level 0"),
        ("DELETE FROM head", "the head is missing"),
    ],
)
def test_one_that_is_damaged_is_refused_and_not_changed(path, statement, words):
    lay_out(path, 300)
    damage(path, statement)
    with pytest.raises(VerificationError, match=words):
        Storage.open(path)
    with closing(sqlite3.connect(path)) as driver:
        assert driver.execute("PRAGMA user_version").fetchone() == (1,)


def test_one_that_lacks_a_table_is_no_log(path):
    lay_out(path, 0)
    damage(path, "DROP TABLE head")
    with pytest.raises(NotALogError, match="no table head"):
        Storage.open(path)
