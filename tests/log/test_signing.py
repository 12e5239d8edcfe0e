"""A key signs one history: read back, compared with what was seen, then signed."""

import base64
import hashlib
import shutil
import signal
import sqlite3
from contextlib import closing

import pytest

from embargo_monitor.errors import (
    FormatError,
    InvalidValueError,
    KeyChangedError,
    RolledBackError,
    SignatureError,
    SigningKeyError,
    VerificationError,
)
from embargo_monitor.log.checkpoints import (
    Policy,
    TreeHead,
    cosign,
    open_checkpoint,
    sign_checkpoint,
)
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.proofs import check_consistency
from embargo_monitor.log.prooftexts import parse_consistency
from embargo_monitor.log.signers import COSIGNATURE, SigningKey, VerifierKey
from embargo_monitor.log.signing import Signing, latest_checkpoint
from embargo_monitor.log.storage import Storage
from embargo_monitor.log.witness import Seen, Witness
from embargo_monitor.resuming import succeed

ORIGIN, CREATED = "example.org/arms-log", "2025-12-22T10:00:00Z"
FORGED = hashlib.sha256(b"\0forged").hexdigest()


@pytest.fixture
def custody(tmp_path):
    keys = KeyRing(tmp_path / "config" / "keys")
    return Custody(keys, Witness(tmp_path / "state" / "witness"))


@pytest.fixture
def path(tmp_path):
    """Where the log lies: in a folder of its own."""
    folder = tmp_path / "log"
    folder.mkdir()
    return folder / "monitor.db"


@pytest.fixture
def signing(path, custody):
    key = custody.draw(ORIGIN)
    made = Storage.create(path, ORIGIN, CREATED, verifier=str(key.verifier))
    with made as storage:
        yield Signing(storage, custody)


@pytest.fixture
def keyless(tmp_path, custody):
    with Storage.create(tmp_path / "old.db", ORIGIN, CREATED) as storage:
        yield Signing(storage, custody)


def append(signing, *bodies):
    with signing.storage.writing() as writer:
        for body in bodies:
            writer.append(f"k{writer.size}", body)


def kept(signing):
    """The sizes of the checkpoints that are kept."""
    with signing.storage.reading() as reader:
        return [one.size for one in reader.kept.checkpoints()]


def alter(signing, *statements):
    """Change the database behind the library's back, without its guards."""
    with closing(sqlite3.connect(signing.storage.path)) as driver:
        names = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            driver.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            driver.execute(statement)
        driver.commit()


def without_types(table, columns, changed):
    """Statements after which a table takes any value, and holds *changed*."""
    return (
        f"ALTER TABLE {table} RENAME TO old",
        f"CREATE TABLE {table} ({columns})",
        f"INSERT INTO {table} SELECT {changed} FROM old",
    )


def another_history(signing, path, custody, *bodies):
    """The same log, as somebody else went on with it from its beginning."""
    made = Storage.create(path, ORIGIN, CREATED, verifier=signing.verifier_key)
    with made as storage:
        append(Signing(storage, custody), *bodies)


# Keys


def test_a_log_names_the_key_that_checks_it(signing, keyless, custody):
    [key] = custody.keys.of(ORIGIN)
    assert signing.verifier_key == str(key.verifier)
    assert keyless.verifier_key == ""


def custody_in(keys, witness):
    return Custody(KeyRing(keys), Witness(witness))


@pytest.mark.parametrize("place", ["keys", ".", "elsewhere/../keys"])
def test_a_key_beside_its_log_is_warned_of(tmp_path, place):
    away = tmp_path / "away"
    (tmp_path / "keys").mkdir()
    custody = custody_in(tmp_path / "keys", away)
    if place == ".":
        custody = custody_in(tmp_path / "deep" / ".er" / "keys", tmp_path.parent / "w")
    with pytest.warns(UserWarning, match=r"the key lies beside the log, in .*keys: w"):
        custody.warn_beside(tmp_path / place / "monitor.db")


@pytest.mark.parametrize("place", ["witness", ".hidden/a/b", "."])
def test_a_witness_file_beside_its_log_is_warned_of(tmp_path, place):
    log = tmp_path / "log"
    log.mkdir()
    custody = custody_in(tmp_path / "keys", log / place)
    words = "what was seen of the log lies beside it, in .*: whoever puts back"
    with pytest.warns(UserWarning, match=words) as found:
        custody.warn_beside(log / "monitor.db")
    assert len(found) == 1


def test_what_lies_beside_by_a_link_is_warned_of(tmp_path):
    log = tmp_path / "log"
    log.mkdir()
    (tmp_path / "keys").symlink_to(log / "inside", target_is_directory=True)
    custody = custody_in(tmp_path / "keys", tmp_path / "witness")
    with pytest.warns(UserWarning, match="the key lies beside"):
        custody.warn_beside(log / "monitor.db")


def test_the_usual_places_below_a_log_in_the_home_folder_are_not(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("CONFIG", "STATE"):
        monkeypatch.delenv(f"EMBARGO_MONITOR_{name}")
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name))
    custody = Custody.of_user()
    assert custody.keys.folder.is_relative_to(home)
    for folder in (home, tmp_path, home / "logs"):
        custody.warn_beside(folder / "monitor.db")
    # The log lies where the user's programs keep their settings, or the user said so.
    with pytest.warns(UserWarning, match="the key lies beside"):
        custody.warn_beside(home / "CONFIG" / "monitor.db")
    with pytest.warns(UserWarning, match="the key lies beside"):
        custody_in(home / "keys", tmp_path / "w").warn_beside(home / "monitor.db")


def test_a_key_in_a_folder_of_its_own_is_not(custody, path):
    custody.warn_beside(path)
    assert custody.draw(ORIGIN).name == ORIGIN


def test_the_custody_of_the_user_lies_in_the_users_folders(monkeypatch, tmp_path):
    monkeypatch.setenv("EMBARGO_MONITOR_CONFIG", str(tmp_path / "c"))
    monkeypatch.setenv("EMBARGO_MONITOR_STATE", str(tmp_path / "s"))
    custody = Custody.of_user()
    assert custody.keys.folder == tmp_path / "c" / "keys"
    assert custody.witness.folder == tmp_path / "s" / "witness"


def test_a_log_without_a_key_signs_nothing_and_says_what_to_do(keyless):
    with pytest.raises(
        SigningKeyError, match=r"no key to sign with: .* key adopt"
    ) as no:
        keyless.checkpoint()
    assert (no.value.origin, no.value.verifier) == (ORIGIN, "")


def test_a_log_without_a_key_adopts_one_and_signs_with_it(keyless, custody):
    append(keyless, b"one", b"two")
    verifier = keyless.adopt_key()
    assert keyless.verifier_key == verifier
    [key] = custody.keys.of(ORIGIN)
    assert str(key.verifier) == verifier
    assert keyless.checkpoint().head.size == 2


def test_a_key_is_adopted_once(keyless, custody):
    verifier = keyless.adopt_key()
    with pytest.raises(SigningKeyError, match=r"has a key, .*: none is drawn") as twice:
        keyless.adopt_key()
    assert twice.value.verifier == verifier
    assert len(custody.keys.of(ORIGIN)) == 1


def test_a_log_that_was_put_back_to_before_its_key_adopts_none(keyless, tmp_path):
    append(keyless, b"one")
    keyless.storage.close()
    shutil.copy(tmp_path / "old.db", tmp_path / "copy.db")
    with Storage.open(tmp_path / "old.db") as storage:
        Signing(storage, keyless.custody).adopt_key()
        Signing(storage, keyless.custody).checkpoint()
    with Storage.open(tmp_path / "copy.db") as storage:
        with pytest.raises(RolledBackError, match="does not know the key that signed"):
            Signing(storage, keyless.custody).adopt_key()
        with storage.writing() as writer:
            last, key = succeed(Signing(storage, keyless.custody), writer)
    assert last.head.size == 1
    assert last.verifier != key.verifier


def test_a_key_that_is_not_here_signs_nothing_and_can_be_brought(signing, custody):
    append(signing, b"one")
    [key] = custody.keys.of(ORIGIN)
    custody.keys.path_of(key.verifier).unlink()
    with pytest.raises(
        SigningKeyError, match=r"private half of its key .* is not here"
    ):
        signing.checkpoint()
    assert custody.witness.seen(ORIGIN) is None
    assert signing.adopt_file(f"{key.text()}\n") == str(key.verifier)
    assert signing.checkpoint().head.size == 1


def test_the_key_of_another_log_is_not_taken(signing, custody):
    other = SigningKey.draw(ORIGIN)
    with pytest.raises(SigningKeyError, match="is none of this log"):
        signing.adopt_file(other.text())
    assert other not in custody.keys.of(ORIGIN)
    with pytest.raises(FormatError):
        signing.adopt_file("no key")


# Checkpoints


def test_a_checkpoint_states_name_size_and_root_and_is_signed(signing):
    append(signing, b"one")
    signed = signing.checkpoint()
    root = hashlib.sha256(b"\0one").digest()
    written = f"{ORIGIN}\n1\n{base64.b64encode(root).decode()}\n\n— {ORIGIN} "
    assert signed.note.decode().startswith(written)
    key = VerifierKey.parse(signing.verifier_key)
    assert open_checkpoint(signed.note, Policy(key)).head == signed.head
    assert signed.head == TreeHead(ORIGIN, 1, root=root)


def test_a_log_of_nothing_can_be_signed(signing):
    assert signing.checkpoint().head.root == hashlib.sha256(b"").digest()


def test_each_size_is_signed_once(signing):
    append(signing, b"one")
    first = signing.checkpoint()
    assert signing.checkpoint() == first
    append(signing, b"two")
    second = signing.checkpoint()
    assert signing.checkpoints() == [first, second]
    with signing.storage.reading() as reader:
        assert latest_checkpoint(reader) == second


def test_what_is_signed_was_noted_in_the_witness_file(signing):
    append(signing, b"one", b"two")
    head = signing.checkpoint().head
    key = VerifierKey.parse(signing.verifier_key)
    assert signing.seen() == Seen(key, head)


@pytest.mark.parametrize(
    ("attack", "words"),
    [
        ("UPDATE entry SET body = x'00' WHERE position = 3", "entry 3: its bytes are"),
        ("UPDATE entry SET leaf = zeroblob(32) WHERE position = 4", "entry 4: its byt"),
        ("UPDATE head SET size = 4", "the head is damaged"),
        ("UPDATE head SET stack = zeroblob(64)", "the head does not fit the entries"),
        ("DELETE FROM entry WHERE position = 3", "entries 2 to 4: not all are there"),
    ],
)
def test_what_was_changed_before_it_is_signed_is_never_signed(signing, attack, words):
    append(signing, b"one", b"two")
    before = signing.checkpoint().head
    append(signing, b"three", b"four", b"five")
    alter(signing, attack)
    with pytest.raises(VerificationError, match=words):
        signing.checkpoint()
    assert signing.seen().head == before
    with closing(sqlite3.connect(signing.storage.path)) as driver:
        assert driver.execute("SELECT size FROM checkpoint").fetchall() == [(2,)]


def test_what_was_signed_once_is_never_signed_as_something_else(
    signing, custody, tmp_path
):
    append(signing, b"one", b"two")
    signing.checkpoint()
    append(signing, b"three")
    change = f"body = CAST('forged' AS BLOB), leaf = x'{FORGED}'"
    alter(signing, f"UPDATE entry SET {change} WHERE position = 1")
    with pytest.raises(RolledBackError, match="its history was rewritten"):
        signing.checkpoint()
    blind = Custody(custody.keys, Witness(tmp_path / "nothing-seen"))
    with pytest.raises(VerificationError, match="first 2 entries do not give the root"):
        Signing(signing.storage, blind).checkpoint()


DIE_BEFORE_IT_IS_SIGNED = """
import os, signal, sys
from pathlib import Path
from embargo_monitor.log import signing
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.storage import Storage
from embargo_monitor.log.witness import Witness
signing.sign_checkpoint = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
path, keys, witness = sys.argv[1:]
custody = signing.Custody(KeyRing(keys), Witness(witness))
with Storage.open(path) as storage:
    signing.Signing(storage, custody).checkpoint()
"""

APPEND_AND_SIGN = """
import sys
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.signing import Custody, Signing
from embargo_monitor.log.storage import Storage
from embargo_monitor.log.witness import Witness
path, keys, witness, name = sys.argv[1:]
custody = Custody(KeyRing(keys), Witness(witness))
with Storage.open(path) as storage:
    for turn in range(8):
        with storage.writing() as writer:
            writer.append(f"{name}-{turn}", name.encode())
        Signing(storage, custody).checkpoint()
"""


def test_who_dies_between_noting_and_signing_leaves_what_the_next_can_sign(
    signing, custody, path, start
):
    append(signing, b"one")
    places = (path, custody.keys.folder, custody.witness.folder)
    killed = start(DIE_BEFORE_IT_IS_SIGNED, *places)
    assert killed.wait() == -signal.SIGKILL
    assert signing.seen().head.size == 1
    assert kept(signing) == []
    append(signing, b"two")
    assert signing.checkpoint().head.size == 2
    assert signing.regression() is None


def test_two_who_sign_at_once_sign_one_history(signing, custody, path, start):
    places = (path, custody.keys.folder, custody.witness.folder)
    both = [start(APPEND_AND_SIGN, *places, name) for name in ("a", "b")]
    assert [one.wait() for one in both] == [0, 0]
    last = signing.checkpoint()
    assert last.head.size == 16
    assert signing.seen().head == last.head
    assert kept(signing)[-1] == 16
    with signing.storage.reading() as reader:
        for size in kept(signing):
            request = parse_consistency(signing.request(size))
            head = next(
                one.head for one in signing.checkpoints() if one.head.size == size
            )
            check_consistency(
                size, head.root, 16, reader.frontier.root(), request.hashes
            )


# What was seen


def test_a_log_that_was_never_seen_goes_on_from_nothing(signing):
    append(signing, b"one")
    assert signing.seen() is None
    assert signing.regression() is None


def test_a_shorter_log_is_not_what_was_seen(signing, custody, path):
    append(signing, b"one")
    signing.storage.close()
    shutil.copy(path, path.with_name("copy.db"))
    with Storage.open(path) as storage:
        again = Signing(storage, custody)
        append(again, b"two")
        seen = again.checkpoint().head
        assert again.regression() is None
    with Storage.open(path.with_name("copy.db")) as storage:
        found = Signing(storage, custody).regression()
        with pytest.raises(RolledBackError):
            Signing(storage, custody).checkpoint()
    assert (found.seen_size, found.seen_root, found.size) == (2, seen.root, 1)
    assert "seen of it: 2 entries with the root " in str(found)
    assert "It has 1 now: an older copy was put back, or its end was cut" in str(found)


def test_a_longer_log_of_another_history_is_not_what_was_seen(signing, custody, path):
    append(signing, b"one")
    signing.checkpoint()
    fork = path.with_name("fork.db")
    another_history(signing, fork, custody, b"eins", b"zwei")
    with Storage.open(fork) as storage:
        found = Signing(storage, custody).regression()
    assert "its first 1 give another root: its history was rewritten" in str(found)


def test_a_log_whose_key_was_exchanged_is_not_what_was_seen(signing):
    append(signing, b"one")
    signing.checkpoint()
    other = SigningKey.draw(ORIGIN).verifier
    alter(signing, f"UPDATE signer SET verifier = '{other}'")
    assert "does not know the key that signed it then" in str(signing.regression())


def test_a_log_that_is_damaged_besides_is_not_gone_on_with(signing, path, custody):
    append(signing, b"one")
    signing.storage.close()
    shutil.copy(path, path.with_name("copy.db"))
    with Storage.open(path) as storage:
        append(Signing(storage, custody), b"two")
        Signing(storage, custody).checkpoint()
    with Storage.open(path.with_name("copy.db")) as storage:
        again = Signing(storage, custody)
        alter(again, "UPDATE entry SET body = x'00'")
        with (
            pytest.raises(VerificationError, match="entry 0"),
            storage.writing() as log,
        ):
            succeed(again, log)


def test_where_nothing_is_lost_there_is_nothing_to_go_on_from(signing):
    append(signing, b"one")
    signing.checkpoint()
    with (
        pytest.raises(SigningKeyError, match="its key is here: nothing is lost"),
        signing.storage.writing() as writer,
    ):
        succeed(signing, writer)


@pytest.mark.parametrize("signed", [True, False])
def test_where_the_key_alone_is_lost_the_log_says_what_was_signed_last(
    signing, tmp_path, signed
):
    append(signing, b"one")
    head = signing.checkpoint().head if signed else None
    elsewhere = Custody(KeyRing(tmp_path / "new"), Witness(tmp_path / "nothing-seen"))
    moved = Signing(signing.storage, elsewhere)
    with signing.storage.writing() as writer:
        last, key = succeed(moved, writer)
    assert str(last.verifier) == signing.verifier_key
    assert last.head == (head or TreeHead(ORIGIN, 0, root=hashlib.sha256().digest()))
    assert elsewhere.keys.find(key.verifier) == key


# Checkpoints that come back


def test_a_checkpoint_from_elsewhere_is_opened_with_the_logs_key(signing):
    append(signing, b"one")
    signed = signing.checkpoint()
    key = VerifierKey.parse(signing.verifier_key)
    assert signing.opened(signed.note).head == signed.head
    assert signing.opened(signed.note, key).head == signed.head


def test_a_checkpoint_that_another_key_signed_is_not_opened(signing):
    append(signing, b"one")
    head = signing.checkpoint().head
    forged = sign_checkpoint(head, SigningKey.draw(ORIGIN))
    with pytest.raises(SignatureError):
        signing.opened(forged)
    with pytest.raises(SignatureError):
        signing.opened(forged, VerifierKey.parse(signing.verifier_key))


def test_the_checkpoint_of_another_log_is_not_compared_with_this(signing):
    other = SigningKey.draw("example.org/other")
    note = sign_checkpoint(
        TreeHead("example.org/other", 0, root=hashlib.sha256().digest()), other
    )
    with pytest.raises(
        SignatureError, match=r"the key of another log than example.org/a"
    ):
        signing.opened(note, other.verifier)
    with pytest.raises(SignatureError):
        signing.opened(note)


def test_a_log_without_a_key_opens_no_checkpoint_on_its_own_word(signing, keyless):
    append(signing, b"one")
    with pytest.raises(SigningKeyError, match="no key"):
        keyless.opened(signing.checkpoint().note)


def test_a_request_proves_that_the_log_continues_an_earlier_one(signing):
    append(signing, b"one", b"two", b"three")
    old = signing.checkpoint().head
    append(signing, *[b"%d" % number for number in range(300)])
    new = signing.checkpoint()
    request = parse_consistency(signing.request(3))
    assert (request.old, request.note) == (3, new.note)
    check_consistency(3, old.root, 303, new.head.root, request.hashes)
    first = parse_consistency(signing.request(0))
    assert (first.old, first.hashes) == (0, ())


def test_what_cannot_be_proved_is_not_asked_for(signing):
    with pytest.raises(VerificationError, match="no checkpoint was signed yet"):
        signing.request(0)
    append(signing, b"one")
    signing.checkpoint()
    with pytest.raises(InvalidValueError):
        signing.request(2)


@pytest.mark.parametrize(
    ("table", "columns", "changed", "words"),
    [
        (
            "checkpoint",
            "size, note",
            "size, CAST(note AS TEXT)",
            "checkpoint of size 1",
        ),
        ("signer", "since, verifier", "since, CAST(verifier AS BLOB)", "key since 0"),
        (
            "cosignature",
            "size, verifier, line",
            "size, verifier, CAST(line AS BLOB)",
            "a cosignature of the checkpoint of size 1: its row is damaged",
        ),
    ],
)
def test_rows_that_hold_something_else_are_told(
    signing, table, columns, changed, words
):
    append(signing, b"one")
    signed = signing.checkpoint()
    witness = SigningKey.draw("example.org/witness", COSIGNATURE)
    signing.keep_cosignatures(cosign(signed.note, witness, 7), [witness.verifier])
    alter(signing, *without_types(table, columns, changed))
    with pytest.raises(VerificationError, match=words):
        signing.checkpoints()


# Cosignatures


@pytest.fixture
def witnesses():
    names = ("institute.example/a", "institute.example/b")
    return [SigningKey.draw(name, COSIGNATURE) for name in names]


def test_cosignatures_are_kept_with_their_checkpoint(signing, witnesses):
    append(signing, b"one")
    note = signing.checkpoint().note
    for time, witness in enumerate(witnesses):
        note = cosign(note, witness, time)
    keys = [one.verifier for one in witnesses]
    found = signing.keep_cosignatures(note, keys)
    assert [(one.key, one.time) for one in found] == [(keys[0], 0), (keys[1], 1)]
    assert signing.keep_cosignatures(note, keys) == found
    [again] = signing.checkpoints()
    policy = Policy(
        VerifierKey.parse(signing.verifier_key), witnesses=tuple(keys), quorum=2
    )
    assert open_checkpoint(again.note, policy).head == again.head
    assert again.note.count(b"institute.example") == 2


def test_only_who_is_known_is_kept(signing, witnesses):
    append(signing, b"one")
    note = cosign(signing.checkpoint().note, witnesses[0], 1)
    assert signing.keep_cosignatures(note, [witnesses[1].verifier]) == ()
    [again] = signing.checkpoints()
    assert b"institute" not in again.note


def test_a_cosignature_of_what_was_not_signed_here_is_not_kept(signing, witnesses):
    append(signing, b"one")
    head = signing.checkpoint().head
    keys = [witnesses[0].verifier]
    [key] = signing.custody.keys.of(ORIGIN)
    for size, words in ((1, "another checkpoint of size 1 was"), (2, "of size 2 is")):
        other = TreeHead(ORIGIN, size, root=head.root[::-1])
        note = cosign(sign_checkpoint(other, key), witnesses[0], 1)
        with pytest.raises(VerificationError, match=words):
            signing.keep_cosignatures(note, keys)
    stranger = cosign(sign_checkpoint(head, SigningKey.draw(ORIGIN)), witnesses[0], 1)
    with pytest.raises(SignatureError):
        signing.keep_cosignatures(stranger, keys)
    [again] = signing.checkpoints()
    assert again.note.count("—".encode()) == 1


def test_of_each_witness_the_first_cosignature_is_kept(signing, witnesses):
    """It says the earliest time, and no witness takes the room of another."""
    append(signing, b"one")
    note, keys = signing.checkpoint().note, [one.verifier for one in witnesses]
    for time in range(40):
        [found] = signing.keep_cosignatures(cosign(note, witnesses[0], time), keys)
        assert found.time == time
    twice = cosign(cosign(note, witnesses[1], 9), witnesses[1], 8)
    assert len(signing.keep_cosignatures(twice, keys)) == 2
    known = Policy(VerifierKey.parse(signing.verifier_key), witnesses=tuple(keys))
    [again] = signing.checkpoints()
    times = [one.time for one in open_checkpoint(again.note, known).signed]
    assert times in ([None, 0, 9], [None, 9, 0])


@pytest.mark.parametrize(
    ("length", "most"), [(10, 31), (2_500, 25)], ids=["signatures", "bytes"]
)
def test_no_more_cosignatures_are_kept_than_a_note_may_have(signing, length, most):
    append(signing, b"one")
    note, kept = signing.checkpoint().note, 0
    many = [
        SigningKey.draw(f"w{n}".ljust(length, "x"), COSIGNATURE)
        for n in range(most + 1)
    ]
    with pytest.raises(InvalidValueError, match=r"number of signatures|bytes of the"):  # noqa: PT012
        for one in many:
            signing.keep_cosignatures(cosign(note, one, 7), [one.verifier])
            kept += 1
    assert kept == most
    # What is kept can be read, and the log goes on.
    [full] = signing.checkpoints()
    keys = tuple(one.verifier for one in many[:most])
    policy = Policy(
        VerifierKey.parse(signing.verifier_key), witnesses=keys, quorum=most
    )
    assert open_checkpoint(full.note, policy).head.size == 1
    append(signing, b"two")
    assert signing.checkpoint().head.size == 2


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE cosignature SET line = 'junk'",
        "UPDATE cosignature SET verifier = 'junk'",
        "UPDATE cosignature SET size = 1",
        "INSERT INTO cosignature SELECT 2, 'a', line FROM cosignature",
    ],
)
def test_a_cosignature_that_was_changed_is_told_and_keeps_nobody_from_signing(
    signing, witnesses, attack
):
    append(signing, b"one")
    signing.checkpoint()
    append(signing, b"two")
    note = cosign(signing.checkpoint().note, witnesses[0], 7)
    signing.keep_cosignatures(note, [witnesses[0].verifier])
    alter(signing, attack)
    with pytest.raises(VerificationError, match="cosignatures of the checkpoint of si"):
        signing.checkpoints()
    append(signing, b"three")
    assert signing.checkpoint().head.size == 3


def test_keys_may_be_given_as_text(signing, witnesses):
    append(signing, b"one")
    signed, key = signing.checkpoint(), f" {signing.verifier_key}\n"
    assert signing.opened(signed.note, key).head == signed.head
    note = cosign(signed.note, witnesses[0], 7)
    [found] = signing.keep_cosignatures(note, [f"{witnesses[0].verifier}\n"])
    assert found.key == witnesses[0].verifier


# Another key than was seen


def announce(signing, key):
    """Let a key sign from now on, as whoever can write to the file can."""
    append(signing, b"a resumption")
    with signing.storage.writing() as writer:
        writer.kept.add_signer(writer.size, str(key))


def test_a_key_that_nobody_accepted_signs_nothing(signing, custody):
    append(signing, b"one")
    signing.checkpoint()
    thief = SigningKey.draw(ORIGIN)
    announce(signing, thief.verifier)
    found = signing.regression()
    assert isinstance(found, KeyChangedError)
    old = str(custody.keys.of(ORIGIN)[0].verifier)
    assert (found.origin, found.since) == (ORIGIN, 2)
    assert (found.seen, found.current) == (old, str(thief.verifier))
    for word in (found.seen, found.current, "key accept VKEY", "since size 2"):
        assert word in str(found)
    with pytest.raises(KeyChangedError):
        signing.checkpoint()


def test_a_key_that_was_drawn_or_brought_here_needs_no_further_word(signing, custody):
    append(signing, b"one")
    signing.checkpoint()
    key = custody.draw(ORIGIN)
    announce(signing, key.verifier)
    assert signing.regression() is None
    custody.keys.path_of(key.verifier).chmod(0o644)
    assert isinstance(signing.regression(), KeyChangedError)
    custody.keys.path_of(key.verifier).chmod(0o600)
    assert signing.checkpoint().head.size == 2
    assert signing.seen().verifier == key.verifier


def test_a_key_of_ours_that_was_given_up_signs_no_more(signing, custody):
    append(signing, b"one")
    [old] = custody.keys.of(ORIGIN)
    announce(signing, custody.draw(ORIGIN).verifier)
    signing.checkpoint()
    announce(signing, old.verifier)
    assert isinstance(signing.regression(), KeyChangedError)


def test_a_key_that_is_no_key_is_none_of_ours(signing):
    append(signing, b"one")
    signing.checkpoint()
    append(signing, b"two")
    alter(signing, "INSERT INTO signer VALUES (2, 'no key')")
    assert isinstance(signing.regression(), KeyChangedError)


def test_a_log_that_has_no_key_for_its_size_does_not_know_the_one_that_was_seen(
    signing,
):
    append(signing, b"one")
    signing.checkpoint()
    alter(signing, "UPDATE signer SET since = 7")
    assert "does not know the key" in str(signing.regression())


@pytest.mark.parametrize("damage", ["nothing", ""])
def test_a_damaged_witness_file_is_told_and_nothing_is_signed(signing, custody, damage):
    append(signing, b"one")
    signing.checkpoint()
    custody.witness.path_of(ORIGIN).write_text(damage)
    assert isinstance(signing.regression(), FormatError)
    with pytest.raises(FormatError):
        signing.checkpoint()
