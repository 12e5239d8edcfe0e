"""Whoever owns the file changes it: what is found, and what would not find it."""

import hashlib
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve

from embargo_monitor.digests import digest_of
from embargo_monitor.encoding import decode, encode
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.checkpoints import TreeHead, sign_checkpoint
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.signers import SigningKey
from embargo_monitor.log.witness import Witness

FLIPS, IN_FULL, PARTS = 2_000, 10_000, 10
TABLES = ("head", "entry", "node", "signer", "checkpoint", "cosignature")

FINE = [(("text", b"ok"),)]
# The words of its own errors can be damaged too.
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)


def connected(path):
    """Open a database past the library: values as they are, no lock, no WAL."""
    driver = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    # What it holds as text must not pass for the same bytes.
    driver.text_factory = lambda data: ("text", data)
    # Else it reads past some of the damage, now and then.
    driver.execute("PRAGMA cell_size_check = ON")
    return closing(driver)


def rows(path):
    """All that a log says, as plain SQLite reads it; `unreadable` if it does not.

    But for `created`, which nothing binds: docs/entry-format.md, section 10.
    """
    queries = ["SELECT id, origin FROM log"]
    queries += [f"SELECT * FROM {table} ORDER BY 1, 2" for table in TABLES]
    try:
        with connected(path) as driver:
            return [driver.execute(query).fetchall() for query in queries]
    except UNREADABLE:
        return "unreadable"


def asked(path, query):
    """What plain SQLite answers, in rows or in words."""
    try:
        with connected(path) as driver:
            return driver.execute(query).fetchall()
    except UNREADABLE as error:
        return str(error)


def shape(path):
    """What is about the file rather than in it: its header, schema and pages."""
    schema = asked(path, "SELECT * FROM sqlite_master ORDER BY name")
    return path.read_bytes()[:100], schema, asked(path, "PRAGMA integrity_check")


def root_of(leaves):
    """The root, as RFC 6962 defines it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def stack_of(leaves):
    """The head's stack: roots of the perfect trees, the largest first."""
    done, stack = 0, b""
    for power in reversed(range(len(leaves).bit_length())):
        if len(leaves) >> power & 1:
            stack += root_of(leaves[done : done + (1 << power)])
            done += 1 << power
    return stack


def chain_holds(content):
    """The control: whether the hashes that are stored fit one another."""
    _, [(_, size, stack)], entries, *_ = content
    leaves = [leaf for _, _, leaf, _ in entries]
    if not all(type(leaf) is bytes for leaf in leaves):
        return False
    return (size, stack) == (len(leaves), stack_of(leaves))


# Bits that flip, by themselves or by somebody's hand.


class Tally:
    """How many flips changed what the log says, and what would have missed them."""

    changed = missed_by_sqlite = missed_by_chain = alike = 0

    def count(self, path, after):
        if after is None:
            self.alike += 1
            return
        self.changed += 1
        if after != "unreadable":
            self.missed_by_sqlite += asked(path, "PRAGMA integrity_check") == FINE
            self.missed_by_chain += chain_holds(after)


def flipped(whole, bit):
    data = bytearray(whole)
    data[bit // 8] ^= 1 << bit % 8
    return bytes(data)


def flip_many(sample, bits):
    """Flip one bit after another in the file; hold what is found against its rows."""
    path, tally = sample.path, Tally()
    whole, before, sound = path.read_bytes(), rows(path), shape(path)
    for bit in bits:
        path.write_bytes(flipped(whole, bit))
        after = rows(path)
        if after != before:
            tally.count(path, after)
            assert sample.problems(sample.old), f"bit {bit} was not found"
        else:
            tally.count(path, None)
            found = set(sample.problems(sample.old))
            if found:
                # SQLite's own structures are damaged, and nothing else is said.
                assert found <= {"database", "refused"}, f"bit {bit}: {found}"
                path.write_bytes(flipped(whole, bit))
                assert shape(path) != sound, f"bit {bit}: {found}"
    path.write_bytes(whole)
    assert sample.problems(sample.old) == []
    return tally


@pytest.mark.parametrize("part", range(PARTS))
def test_every_change_of_content_is_found_and_none_is_reported_that_is_none(
    small, tmp_path, is_full, part
):
    sample, chance = small.copied(tmp_path), random.Random(part)
    count = (IN_FULL if is_full else FLIPS) // PARTS * 19 // 20
    size = sample.path.stat().st_size
    bits = [chance.randrange(size * 8) for _ in range(count)]
    tally = flip_many(sample, bits)
    assert tally.changed > count // 4
    assert tally.alike > count // 20
    # The controls: SQLite's own check, and a comparison of stored hashes.
    assert tally.missed_by_sqlite > tally.changed // 2
    assert tally.missed_by_chain > tally.changed // 2


@pytest.mark.parametrize("part", range(2))
def test_so_it_is_in_a_log_whose_tree_has_nodes(long, tmp_path, is_full, part):
    sample, chance = long.copied(tmp_path), random.Random(1_000 + part)
    count = (IN_FULL if is_full else FLIPS) // 40
    size = sample.path.stat().st_size
    tally = flip_many(sample, [chance.randrange(size * 8) for _ in range(count)])
    assert tally.changed > count // 8


def test_every_bit_of_node_key_checkpoint_and_cosignature_counts(
    long, tmp_path, is_full
):
    """Small tables that few of the flips above have met."""
    sample = long.copied(tmp_path)
    whole = sample.path.read_bytes()
    with connected(sample.path) as driver:
        [(node,)] = driver.execute("SELECT hash FROM node").fetchall()
        notes = [note for (note,) in driver.execute("SELECT note FROM checkpoint")]
        query = "SELECT CAST(verifier || line AS BLOB) FROM cosignature"
        cosigned = [both for (both,) in driver.execute(query)]
    assert len(cosigned) == len(notes) == 4
    step = 5 if is_full else 97
    for value in (node, str(sample.key).encode(), *notes, *cosigned):
        place = whole.index(value)
        for bit in range(place * 8, (place + len(value)) * 8, step):
            sample.path.write_bytes(flipped(whole, bit))
            assert sample.problems(sample.old), bit


# Twelve attacks, by somebody who owns the file, and knows how it is made.


class Attacker:
    """One who has the log's files and no key of it.

    Attributes:
        path: The database.
        folder: Where there is room.
        driver: The database, its guards taken away.
    """

    def __init__(self, path, folder):
        self.path, self.folder = path, folder
        self.open()

    def open(self):
        self.driver = sqlite3.connect(self.path, isolation_level=None)
        self.driver.execute("PRAGMA synchronous = OFF")
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        self.guards = self.driver.execute(query).fetchall()
        for name, _ in self.guards:
            self.driver.execute(f"DROP TRIGGER {name}")

    def close(self):
        """Put the guards back, and leave."""
        for _, sql in self.guards:
            self.driver.execute(sql)
        self.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.driver.close()

    def body(self, position):
        query = "SELECT body FROM entry WHERE position = ?"
        return self.driver.execute(query, (position,)).fetchone()[0]

    def other(self, position, **changes):
        """The bytes of an entry that says something else, as it should be written."""
        entry = decode(self.body(position))
        record = evolve(entry.record, **changes)
        return encode(record, recorded=entry.envelope.recorded, by=entry.envelope.by)

    def rewrite(self):
        """Make all that is kept of the tree fit the entries, under a key of one's own.

        What follows from the entries is what it would be had they always been so.
        """
        run = self.driver.execute
        entries = run("SELECT key, body FROM entry ORDER BY position").fetchall()
        leaves = [hashlib.sha256(b"\0" + body).digest() for _, body in entries]
        [(origin,)] = run("SELECT origin FROM log").fetchall()
        sizes = [size for (size,) in run("SELECT size FROM checkpoint").fetchall()]
        run("BEGIN")
        for table in TABLES:
            run(f"DELETE FROM {table}")
        for at, (key, body) in enumerate(entries):
            run("INSERT INTO entry VALUES (?, ?, ?, ?)", (at, key, leaves[at], body))
        run("INSERT INTO head VALUES (0, ?, ?)", (len(leaves), stack_of(leaves)))
        for at in range(len(leaves) // 256):
            node = root_of(leaves[at * 256 : at * 256 + 256])
            run("INSERT INTO node VALUES (1, ?, ?)", (at, node))
        key = SigningKey.draw(origin)
        run("INSERT INTO signer VALUES (0, ?)", (str(key.verifier),))
        for size in filter(lambda size: size <= len(leaves), sizes):
            head = TreeHead(origin, size, root=root_of(leaves[:size]))
            note = sign_checkpoint(head, key)
            run("INSERT INTO checkpoint VALUES (?, ?)", (size, note))
        run("COMMIT")

    # Each leaves the log as it says, and nothing besides.

    def edit(self):
        change = "UPDATE entry SET body = ? WHERE position = 20"
        self.driver.execute(change, (self.other(20, reason="otherwise"),))

    def edit_and_hash_again(self):
        self.edit()
        leaf = hashlib.sha256(b"\0" + self.body(20)).digest()
        self.driver.execute("UPDATE entry SET leaf = ? WHERE position = 20", (leaf,))
        leaves = [
            row[0]
            for row in self.driver.execute("SELECT leaf FROM entry ORDER BY position")
        ]
        change = "UPDATE head SET stack = ?"
        self.driver.execute(change, (stack_of(leaves),))
        node = root_of(leaves[:256])
        self.driver.execute("UPDATE node SET hash = ?", (node,))

    def delete(self):
        self.driver.execute("DELETE FROM entry WHERE position = 20")

    def swap(self):
        for old, new in ((20, -1), (21, 20), (-1, 21)):
            change = "UPDATE entry SET position = ? WHERE position = ?"
            self.driver.execute(change, (new, old))

    def insert(self):
        body = self.other(20, id="a-new")
        leaf = hashlib.sha256(b"\0" + body).digest()
        for step in (1_000, -999):
            change = "UPDATE entry SET position = position + ? WHERE position > 20"
            self.driver.execute(change, (step,))
        row = (21, "assessment/a-new", leaf, body)
        self.driver.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", row)

    def cut_tail(self):
        self.driver.execute("DELETE FROM entry WHERE position >= 25")

    def restore_an_old_copy(self):
        """Cut off all that came after a day, as a copy of that day would be."""
        run = self.driver.execute
        leaves = [row[0] for row in run("SELECT leaf FROM entry ORDER BY position")][
            :25
        ]
        run("DELETE FROM entry WHERE position >= 25")
        run("UPDATE head SET size = 25, stack = ?", (stack_of(leaves),))
        run("DELETE FROM node")
        run("DELETE FROM checkpoint WHERE size > 25")

    def fork(self):
        """Put an old copy back, and go on with it as the library does."""
        self.restore_an_old_copy()
        record = decode(self.body(20)).record
        self.close()
        nobody = Custody(KeyRing(self.folder / "a"), Witness(self.folder / "b"))
        with EventLog.open(self.path, custody=nobody) as log:
            log.append_all([evolve(record, id=f"f-{n}") for n in range(300)])
        self.open()

    def drop_a_trigger_and_edit(self):
        """Change who recorded it, and put the trigger back."""
        entry = decode(self.body(3))
        recorded = entry.envelope.recorded
        body = encode(entry.record, recorded=recorded, by="somebody else")
        self.driver.execute("UPDATE entry SET body = ? WHERE position = 3", (body,))

    def replace(self):
        query = "SELECT key, leaf FROM entry WHERE position = 20"
        key, leaf = self.driver.execute(query).fetchone()
        row = (20, key, leaf, self.other(20, reason="replaced"))
        self.driver.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", row)

    def edit_the_head(self):
        """Set it to fewer entries than there are, and hide the rest."""
        query = "SELECT leaf FROM entry ORDER BY position LIMIT 25"
        leaves = [row[0] for row in self.driver.execute(query)]
        change = "UPDATE head SET size = 25, stack = ?"
        self.driver.execute(change, (stack_of(leaves),))

    def swap_an_exhibit(self):
        store = Path(f"{self.path}-exhibits")
        digest = decode(self.body(3)).record.document.exhibits[0].digest
        file = store / digest.replace(":", "-")
        file.chmod(0o600)
        file.write_bytes(file.read_bytes().replace("عشر".encode(), "مئة".encode()))

    # What else must be changed, so that all of it fits again.

    def and_hide_the_rest(self):
        self.driver.execute("DELETE FROM entry WHERE position >= 25")

    def and_name_it_anew(self):
        record = decode(self.body(3)).record
        [old] = record.document.exhibits
        file = Path(f"{self.path}-exhibits", old.digest.replace(":", "-"))
        new = evolve(old, digest=digest_of(file.read_bytes()))
        file.rename(file.with_name(new.digest.replace(":", "-")))
        body = self.other(3, document=evolve(record.document, exhibits=(new,)))
        self.driver.execute("UPDATE entry SET body = ? WHERE position = 3", (body,))


ATTACKS = {
    Attacker.edit: (),
    Attacker.edit_and_hash_again: (),
    Attacker.delete: (),
    Attacker.swap: (),
    Attacker.insert: (),
    Attacker.cut_tail: (),
    Attacker.restore_an_old_copy: (),
    Attacker.fork: (),
    Attacker.drop_a_trigger_and_edit: (),
    Attacker.replace: (),
    Attacker.edit_the_head: (Attacker.and_hide_the_rest,),
    Attacker.swap_an_exhibit: (Attacker.and_name_it_anew,),
}
OF_BODIES = (Attacker.edit, Attacker.drop_a_trigger_and_edit, Attacker.replace)
each = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)


def attacked(sample, folder, *steps):
    attacker = Attacker(sample.path, folder)
    try:
        for step in steps:
            step(attacker)
    finally:
        attacker.close()


@each
def test_each_attack_is_found_with_a_checkpoint_that_is_kept_elsewhere(
    long, tmp_path, attack
):
    sample = long.copied(tmp_path)
    blind = sample.without_witness(tmp_path / "nothing-seen")
    attacked(sample, tmp_path, attack)
    assert blind.problems(sample.old)
    assert sample.problems(sample.old)


@each
def test_each_is_found_with_it_when_all_else_was_rewritten_to_fit(
    long, tmp_path, attack
):
    sample = long.copied(tmp_path)
    blind = sample.without_witness(tmp_path / "nothing-seen")
    attacked(sample, tmp_path, attack, *ATTACKS[attack], Attacker.rewrite)
    assert set(blind.problems(sample.old)) == {"checkpoint"}
    # What was seen of it on this machine finds it too, while that lies here.
    assert sample.problems()
    # The control: without the one and the other the log agrees with itself.
    assert blind.problems() == []


@pytest.mark.parametrize("attack", OF_BODIES, ids=lambda attack: attack.__name__)
def test_hashes_that_are_stored_would_not_show_that_a_body_was_changed(
    long, tmp_path, attack
):
    """The control: the leaf hashes are compared with the head, and no body is read."""
    sample = long.copied(tmp_path)
    attacked(sample, tmp_path, attack)
    assert chain_holds(rows(sample.path))
    assert "body" in sample.problems()


def test_guards_that_are_taken_away_are_found(long, tmp_path):
    sample = long.copied(tmp_path)
    attacker = Attacker(sample.path, tmp_path)
    attacker.driver.close()
    assert sample.problems() == ["database"]


def test_a_checkpoint_that_was_seen_and_taken_out_is_found(long, tmp_path):
    def take_out(attacker):
        for table in ("checkpoint", "cosignature"):
            attacker.driver.execute(f"DELETE FROM {table} WHERE size = 270")

    sample = long.copied(tmp_path)
    attacked(sample, tmp_path, take_out)
    assert sample.problems() == ["checkpoint"]


def test_the_attacks_are_twelve_and_the_log_is_sound_without_them(long, tmp_path):
    assert len(ATTACKS) == 12
    sample = long.copied(tmp_path)
    attacked(sample, tmp_path)
    assert sample.problems(sample.old) == []


def test_rewriting_what_was_not_attacked_changes_the_key_alone(long, tmp_path):
    sample = long.copied(tmp_path)
    attacked(sample, tmp_path, Attacker.rewrite)
    blind = sample.without_witness(tmp_path / "nothing-seen")
    assert blind.problems(sample.old) == []
    assert sample.problems(sample.old) == ["signature"]
