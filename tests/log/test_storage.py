"""A log file: made once, never overwritten; appended to in turn, read as it stood."""

import hashlib
import os
import sqlite3
import struct
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import ResourceClosedError

from embargo_monitor.errors import (
    EntryTooLargeError,
    InvalidValueError,
    LogError,
    LogExistsError,
    LogMissingError,
    NotALogError,
    NotStoredError,
    VerificationError,
)
from embargo_monitor.log.engine import PATIENCE
from embargo_monitor.log.merkle import EMPTY
from embargo_monitor.log.storage import Storage

ORIGIN, CREATED = "example.org/arms-log", "2025-12-22T10:00:00Z"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "monitor.db"


@pytest.fixture
def storage(path):
    with Storage.create(path, ORIGIN, CREATED) as storage:
        yield storage


def append(storage, *bodies):
    with storage.writing() as writer:
        return [writer.append(f"k{writer.size}", body) for body in bodies]


def bodies(storage):
    with storage.reading() as reader:
        return [entry.body for entry in reader.entries()]


def alter(path, *statements):
    """Change the database behind the library's back, without its guards."""
    with closing(sqlite3.connect(path)) as driver:
        names = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            driver.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            driver.execute(statement)
        driver.commit()


# Creating


def test_a_new_log_is_empty_and_knows_whose_it_is(storage, path):
    assert (storage.origin, storage.created) == (ORIGIN, CREATED)
    assert storage.path == path
    with storage.reading() as reader:
        assert (reader.size, reader.frontier) == (0, EMPTY)
        assert list(reader.entries()) == []


def test_the_file_says_in_its_header_what_it_is(storage, path):
    storage.close()
    header = path.read_bytes()[:100]
    # The database file format, section 1.3.
    assert header[:16] == b"SQLite format 3\0"
    assert struct.unpack_from(">H", header, 16) == (16384,)
    assert header[18:20] == b"\2\2"
    assert header[68:72] == b"EMLG"
    assert struct.unpack_from(">I", header, 60) == (2,)


def test_every_connection_is_set_to_be_durable(storage):
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "wal_autocheckpoint": 0,
        "mmap_size": 0,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "page_size": 16384,
    }
    with storage.snapshot() as one, storage.snapshot() as other:
        for connection in (one, other):
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in wanted
            }
            assert found == wanted


def test_the_files_are_for_their_owner_alone(storage, path):
    append(storage, b"one")
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_but_the_log_is_left_when_it_is_closed(storage, path):
    append(storage, b"one")
    storage.close()
    assert {file.name for file in path.parent.iterdir()} == {
        "monitor.db",
        "monitor.db-lock",
    }


@pytest.mark.parametrize(
    "taken", ["monitor.db", "monitor.db-wal", "monitor.db-journal"]
)
def test_create_never_overwrites_nor_joins_what_is_left_of_a_log(path, taken):
    path.with_name(taken).write_bytes(b"evidence")
    with pytest.raises(LogExistsError, match=f"{taken} exists already"):
        Storage.create(path, ORIGIN, CREATED)
    assert [file.read_bytes() for file in path.parent.iterdir()] == [b"evidence"]


def test_a_link_to_a_free_name_is_followed(path):
    path.symlink_to("target.db")
    with Storage.create(path, ORIGIN, CREATED) as storage:
        assert storage.path == path.with_name("target.db")
    assert path.is_symlink()


def no_links(*_names, **_options):
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.parametrize("link", [os.link, no_links])
def test_what_appears_under_the_name_meanwhile_is_not_overwritten(
    path, monkeypatch, link
):
    def too_late(*names, **options):
        path.write_bytes(b"evidence")
        link(*names, **options)

    monkeypatch.setattr(os, "link", too_late)
    with pytest.raises(LogExistsError):
        Storage.create(path, ORIGIN, CREATED)
    assert [file.read_bytes() for file in path.parent.iterdir()] == [b"evidence"]


def test_a_log_can_lie_where_there_are_no_hard_links(path, monkeypatch):
    monkeypatch.setattr(os, "link", no_links)
    with Storage.create(path, ORIGIN, CREATED) as storage:
        append(storage, b"one")
    with pytest.raises(LogExistsError):
        Storage.create(path, ORIGIN, CREATED)
    assert [file.name for file in path.parent.iterdir() if "." in file.stem] == []


def test_of_many_who_create_one_log_only_one_does(path):
    barrier = threading.Barrier(4)

    def create(number):
        barrier.wait()
        try:
            Storage.create(path, f"origin {number}", CREATED).close()
        except LogExistsError:
            return None
        return f"origin {number}"

    with ThreadPoolExecutor(4) as pool:
        made = [origin for origin in pool.map(create, range(4)) if origin]
    with Storage.open(path) as storage:
        assert made == [storage.origin]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("missing/monitor.db", "No such file"),
        ("a-file/monitor.db", "Not a directory"),
        ("x" * 300, "too long"),
    ],
)
def test_where_no_log_can_be_made_the_refusal_says_why(tmp_path, place, words):
    (tmp_path / "a-file").touch()
    with pytest.raises(NotStoredError, match=words):
        Storage.create(tmp_path / place, ORIGIN, CREATED)
    assert [file.name for file in tmp_path.iterdir()] == ["a-file"]


def test_a_folder_closed_to_us_is_named(tmp_path):
    tmp_path.chmod(0o500)
    user = os.geteuid()
    try:
        if user == 0:  # whom no mode keeps out
            os.seteuid(65534)
        with pytest.raises(NotStoredError, match="Permission denied"):
            Storage.create(tmp_path / "monitor.db", ORIGIN, CREATED)
    finally:
        os.seteuid(user)
        tmp_path.chmod(0o700)


def test_odd_file_names_are_only_names(tmp_path):
    path = tmp_path / "ليبيا 100%?mode=memory#1 &;'.db"
    with Storage.create(path, ORIGIN, CREATED) as storage:
        append(storage, b"one")
    with Storage.open(path) as storage:
        assert bodies(storage) == [b"one"]


# Opening


def test_what_was_appended_is_there_when_the_log_is_opened_again(storage, path):
    appended = append(storage, b"one", b"two")
    storage.close()
    with Storage.open(str(path)) as again, again.reading() as reader:
        assert list(reader.entries()) == appended
        assert (again.origin, again.created) == (ORIGIN, CREATED)


def test_open_never_creates(path):
    with pytest.raises(LogMissingError, match="no log at"):
        Storage.open(path)
    assert list(path.parent.iterdir()) == []


def foreign(*statements):
    def make(path):
        with closing(sqlite3.connect(path)) as driver:
            for statement in statements:
                driver.execute(statement)
            driver.commit()

    return make


def altered(*statements):
    def make(path):
        Storage.create(path, ORIGIN, CREATED).close()
        alter(path, *statements)

    return make


def cut(path):
    Storage.create(path, ORIGIN, CREATED).close()
    with path.open("r+b") as file:
        file.truncate(20_000)


def misspelt(path):
    Storage.create(path, ORIGIN, CREATED).close()
    whole = path.read_bytes()
    path.write_bytes(
        whole.replace(b"tableentryentry", b"table\xf5ntryentry").replace(
            b"CREATE TABLE entry", b"CREATE\xf5TABLE entry"
        )
    )


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (Path.mkdir, "it is no file"),
        (Path.touch, "it is empty"),
        (lambda path: path.write_bytes(b"\0"), "application id"),
        (lambda path: path.write_bytes(b"log " * 9000), "it is no SQLite database"),
        (foreign("CREATE TABLE entry (id)"), "application id"),
        (foreign("PRAGMA application_id = 7", "CREATE TABLE a (b)"), "application id"),
        (altered("PRAGMA user_version = 3"), "its tables are of version 3, not 2"),
        (altered("PRAGMA user_version = 0"), "its tables are of version 0, not 2"),
        (altered("DROP TABLE head", "DROP TABLE entry"), "no table entry, head"),
        (altered("ALTER TABLE log RENAME created TO made"), "no such column"),
        (altered("DELETE FROM log"), "does not say whose it is"),
        (cut, "the database file is damaged"),
        (misspelt, "the database file is damaged"),
    ],
)
def test_what_is_no_log_is_refused_with_the_reason(path, make, words):
    make(path)
    with pytest.raises(NotALogError, match=words) as caught:
        Storage.open(path)
    assert caught.value.path == str(path)


def test_a_foreign_database_is_not_touched(path):
    foreign("CREATE TABLE a (b)")(path)
    before = path.read_bytes()
    with pytest.raises(NotALogError):
        Storage.open(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_log_that_another_program_keeps_to_itself_cannot_be_opened(storage, path):
    append(storage, b"one")
    storage.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        driver.execute("PRAGMA locking_mode = EXCLUSIVE")
        driver.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LogError, match="cannot be opened: another program"):
            Storage.open(path, patience=0)
    with Storage.open(path, patience=0) as again:
        assert bodies(again) == [b"one"]


def test_a_copy_that_sqlite_made_is_a_log_that_works_as_ours(storage, path):
    append(storage, b"one")
    copy = path.with_name("copy.db")
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("VACUUM INTO ?", (str(copy),))
    with Storage.open(copy) as again:
        append(again, b"two")
        assert bodies(again) == [b"one", b"two"]
        with again.snapshot() as connection:
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    assert mode == "wal"


def test_an_sqlite_without_strict_tables_is_refused(storage, path, monkeypatch):
    storage.close()
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(LogError, match=r"SQLite must be 3\.37 or later"):
        Storage.open(path)


# Writing


def test_an_entry_takes_the_next_position_and_its_leaf_hash(storage):
    first, second = append(storage, b"one", b"two")
    assert (first.position, first.key, first.body) == (0, "k0", b"one")
    assert first.leaf == hashlib.sha256(b"\0one").digest()
    assert (second.position, second.key) == (1, "k1")
    assert append(storage, b"three")[0].position == 2


def test_an_entry_shows_its_hash_and_not_its_content(storage):
    [entry] = append(storage, b"a name")
    leaf = hashlib.sha256(b"\0a name").hexdigest()
    assert repr(entry) == f"Stored(position=0, key='k0', leaf={leaf})"


def test_a_writer_sees_at_once_what_it_appended(storage):
    with storage.writing() as writer:
        assert (writer.size, writer.last(), writer.find("a")) == (0, None, None)
        one = writer.append("a", b"one")
        assert (writer.size, writer.last(), writer.find("a")) == (1, one, one)
        assert writer.frontier == EMPTY.appended(one.leaf)
        two = writer.append("b", b"two")
        assert (writer.last(), writer.find("a"), writer.find("b")) == (two, one, two)


def test_an_exception_undoes_the_whole_block(storage):
    append(storage, b"one")

    def fail():
        with storage.writing() as writer:
            writer.append("k1", b"two")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert bodies(storage) == [b"one"]
    append(storage, b"three")
    assert bodies(storage) == [b"one", b"three"]


def test_a_block_that_appends_nothing_changes_nothing(storage):
    append(storage, b"one")
    with storage.writing() as writer:
        assert writer.find("k0").body == b"one"
    with storage.reading() as reader:
        assert reader.size == 1


def test_a_key_is_taken_once(storage):
    append(storage, b"one")
    with (
        pytest.raises(NotStoredError, match="this key has an entry"),
        storage.writing() as writer,
    ):
        writer.append("k0", b"two")
    assert bodies(storage) == [b"one"]


def test_what_an_entry_says_never_shows_in_an_error(storage):
    append(storage, b"one")
    with pytest.raises(NotStoredError) as caught, storage.writing() as writer:
        writer.append("k0", b"two")
    assert "k0" not in f"{caught.value} {caught.value.__cause__}"


def test_a_refusal_that_is_passed_over_leaves_the_log_whole(storage):
    with storage.writing() as writer:
        writer.append("a", b"one")
        with pytest.raises(Exception, match="this key has an entry"):
            writer.append("a", b"again")
        writer.append("b", b"two")
    with storage.reading() as reader:
        assert [entry.key for entry in reader.entries()] == ["a", "b"]


def test_an_entry_has_at_most_65535_bytes(storage):
    append(storage, b"x" * 65_535)
    with (
        pytest.raises(EntryTooLargeError, match="65,536") as caught,
        storage.writing() as writer,
    ):
        writer.append("k1", b"x" * 65_536)
    assert (caught.value.size, caught.value.limit) == (65_536, 65_535)
    assert caught.value.parts == (("entry", 65_536),)
    assert len(bodies(storage)) == 1


def test_a_thread_cannot_wait_for_itself(storage):
    with (
        storage.writing() as writer,
        pytest.raises(LogError, match="writing to the log already"),
        storage.writing(),
    ):
        raise AssertionError
    assert writer.size == 0
    append(storage, b"one")


def test_a_database_locked_by_another_program_is_told_and_can_be_read(storage, path):
    append(storage, b"one")
    with (
        Storage.open(path, patience=0) as hasty,
        closing(sqlite3.connect(path, isolation_level=None)) as driver,
    ):
        driver.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotStoredError, match="another program keeps"):
            append(hasty, b"two")
        assert bodies(hasty) == [b"one"]
        driver.execute("ROLLBACK")
        append(hasty, b"two")
        assert bodies(hasty) == [b"one", b"two"]


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_was_moved_away_takes_nothing_more(storage, path, replaced):
    append(storage, b"one")
    path.rename(path.with_name("moved.db"))
    if replaced:
        path.write_bytes(b"another")
    with pytest.raises(NotStoredError, match="was moved or replaced"):
        append(storage, b"two")


def test_where_the_queue_cannot_be_joined_the_refusal_says_why(storage, path):
    path.with_name("monitor.db-lock").symlink_to("missing/lock")
    with pytest.raises(NotStoredError, match="-lock cannot be opened: No such file"):
        append(storage, b"one")


def test_two_names_of_one_log_share_its_queue(storage, path):
    link = path.with_name("link.db")
    link.symlink_to(path)
    with Storage.open(link) as same:
        append(same, b"one")
        assert same.path == storage.path
    assert not path.with_name("link.db-lock").exists()


def test_a_writer_is_of_no_use_after_its_block(storage):
    with storage.writing() as writer:
        writer.append("a", b"one")
    with pytest.raises(ResourceClosedError):
        writer.append("b", b"two")
    assert bodies(storage) == [b"one"]


# Reading


def test_a_reader_sees_the_log_as_it_stood(storage):
    append(storage, b"one")
    with storage.reading() as reader:
        append(storage, b"two")
        assert reader.size == 1
        assert reader.find("k1") is None
        assert [entry.body for entry in reader.entries()] == [b"one"]
    assert bodies(storage) == [b"one", b"two"]


def test_entries_come_in_order_from_any_position(storage):
    appended = append(storage, *[str(number).encode() for number in range(250)])
    with storage.reading() as reader:
        for start in (0, 1, 99, 100, 101, 249, 250, 999):
            assert list(reader.entries(start)) == appended[start:]
        assert reader.entry(101) == appended[101]
        assert reader.find("k249") == appended[249]


def test_entries_are_not_all_held_in_memory(storage):
    append(storage, *[b"%d" % number for number in range(1000)])
    with storage.reading() as reader:
        entries = reader.entries()
        next(entries)
        statements = []
        reader._connection.connection.set_trace_callback(statements.append)
        next(entries)
        assert statements == []
        for _ in range(99):
            next(entries)
        assert len(statements) == 1
        reader._connection.connection.set_trace_callback(None)


@pytest.mark.parametrize("position", [-1, 2, 2**70])
def test_a_position_outside_the_log_is_refused(storage, position):
    append(storage, b"one", b"two")
    with (
        storage.reading() as reader,
        pytest.raises(
            InvalidValueError, match="index must be that of an entry; the log has 2"
        ),
    ):
        reader.entry(position)


def test_a_missing_entry_is_never_passed_over(storage, path):
    append(storage, b"one", b"two", b"three")
    alter(path, "DELETE FROM entry WHERE position = 1")
    with storage.reading() as reader:
        with pytest.raises(VerificationError, match="entry 1: missing"):
            reader.entry(1)
        with pytest.raises(VerificationError, match="entries 0 to 2: not all"):
            list(reader.entries())


def test_a_log_without_its_tail_takes_nothing_more(storage, path):
    append(storage, b"one", b"two", b"three")
    storage.close()
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("DROP TRIGGER guard_3")
        driver.execute("DELETE FROM entry WHERE position = 2")
        driver.commit()
    with Storage.open(path) as cut_log:
        with (
            pytest.raises(NotStoredError, match="takes the next position"),
            cut_log.writing() as writer,
        ):
            writer.append("new", b"new")
        with (
            pytest.raises(VerificationError, match="entry 2: missing"),
            cut_log.writing() as writer,
        ):
            writer.last()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM head", "the head is missing"),
        ("UPDATE head SET size = 3", "the head is damaged"),
        ("UPDATE head SET size = -1", "the head is damaged"),
        ("UPDATE head SET stack = zeroblob(31)", "the head is damaged"),
        ("UPDATE head SET stack = zeroblob(64)", "the head is damaged"),
    ],
)
def test_with_a_damaged_head_nothing_is_read_or_appended(
    storage, path, statement, words
):
    append(storage, b"one")
    alter(path, statement)
    with pytest.raises(VerificationError, match=words):
        bodies(storage)
    with pytest.raises(VerificationError, match=words):
        append(storage, b"two")


def test_a_head_of_another_type_is_damaged(storage, path):
    append(storage, b"one")
    alter(path, "DROP TABLE head", "CREATE TABLE head (id, size, stack)")
    alter(path, "INSERT INTO head VALUES (0, 1, 7)")
    with pytest.raises(VerificationError, match="the head is damaged"):
        bodies(storage)


def test_a_row_of_another_type_is_damaged(storage, path):
    append(storage, b"one")
    alter(
        path,
        "ALTER TABLE entry RENAME TO old",
        "CREATE TABLE entry (position INTEGER PRIMARY KEY, key, leaf, body)",
        "INSERT INTO entry SELECT position, key, leaf, CAST(body AS TEXT) FROM old",
    )
    with pytest.raises(VerificationError, match="entry 0: its row is damaged"):
        bodies(storage)


def test_a_page_that_cannot_be_read_is_told_in_words(storage, path):
    append(storage, *[b"x" * 9000] * 40)
    storage.close()
    page = 16_384
    with path.open("r+b") as file:
        for number in range(6, path.stat().st_size // page):
            file.seek(number * page)
            file.write(b"\xff" * page)
    with (
        Storage.open(path) as damaged,
        pytest.raises(LogError, match="cannot be read: the database file is damaged"),
    ):
        bodies(damaged)


# Closing


def test_a_closed_log_says_so(storage):
    storage.close()
    storage.close()
    with pytest.raises(LogError, match="is closed; open it again"):
        append(storage, b"one")
    with pytest.raises(LogError, match="is closed"):
        bodies(storage)


def test_a_reader_leaves_no_trace(storage, path):
    storage.close()
    before = path.read_bytes()
    with Storage.open(path) as again:
        bodies(again)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_many_can_read_at_once(storage):
    append(storage, b"one")
    barrier = threading.Barrier(20, timeout=20)

    def read(_):
        with storage.reading() as reader:
            barrier.wait()
            return reader.size

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(read, range(20))) == [1] * 20


# The write-ahead log


def test_the_write_ahead_log_stays_short(storage, path):
    wal = path.with_name("monitor.db-wal")
    for _ in range(4):
        append(storage, *[b"x" * 60_000] * 40)
        assert wal.stat().st_size < 7_000_000
    assert path.stat().st_size > 6_000_000


def test_a_reader_delays_no_writer_and_keeps_its_snapshot(storage, path):
    wal = path.with_name("monitor.db-wal")
    append(storage, b"one")
    with storage.reading() as reader:
        start = time.monotonic()
        append(storage, *[b"x" * 60_000] * 80)
        append(storage, b"more")
        assert time.monotonic() - start < PATIENCE / 2
        assert wal.stat().st_size > 4_000_000
        assert [entry.body for entry in reader.entries()] == [b"one"]
    append(storage, *[b"x" * 60_000] * 80)
    append(storage, b"most")
    assert wal.stat().st_size < 4_000_000
    assert len(bodies(storage)) == 163


def test_closing_moves_everything_into_the_database(storage, path):
    append(storage, b"one")
    with Storage.open(path) as other:
        bodies(other)
        storage.close()
        assert path.with_name("monitor.db-wal").stat().st_size == 0


# Any use


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.binary(max_size=30), max_size=5), st.booleans()),
        max_size=6,
    )
)
def test_the_log_holds_what_blocks_appended_that_ended_well(blocks):
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "monitor.db")
        with Storage.create(path, ORIGIN, CREATED) as storage:
            for block, ends_well in blocks:
                try:
                    append(storage, *block) if ends_well else fail_after(storage, block)
                except ZeroDivisionError:
                    continue
                kept += block
        with Storage.open(path) as storage, storage.reading() as reader:
            assert [entry.body for entry in reader.entries()] == kept
            tree = EMPTY
            for body in kept:
                tree = tree.appended(hashlib.sha256(b"\0" + body).digest())
            assert reader.frontier == tree


def fail_after(storage, block):
    with storage.writing() as writer:
        for body in block:
            writer.append(f"k{writer.size}", body)
        raise ZeroDivisionError
