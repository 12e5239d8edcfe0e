"""A log that is not what was seen takes nothing, until somebody answers for it."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve

from embargo_monitor.errors import (
    FormatError,
    KeyChangedError,
    RolledBackError,
    SignatureError,
    SigningKeyError,
    VerificationError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.checkpoints import (
    Policy,
    TreeHead,
    open_checkpoint,
    sign_checkpoint,
)
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.signers import SigningKey, VerifierKey
from embargo_monitor.log.signing import Signing
from embargo_monitor.log.witness import Witness
from embargo_monitor.model.records import Resumption

WHY = {"id": "log.resumption-1", "reason": "the disk failed", "by": "ana"}


@pytest.fixture
def path(tmp_path, clock):
    """A closed log of three small records, signed."""
    folder = tmp_path / "log"
    folder.mkdir()
    with EventLog.create(folder / "monitor.db", clock=clock) as log:
        for number in range(3):
            log.append(told(number))
            log.checkpoint()
    return folder / "monitor.db"


KEYS = [str(SigningKey("a", 1, seed=bytes([n] * 32)).verifier) for n in range(2)]


def told(number, reason="told"):
    """A small record that refers to no other."""
    return Resumption(
        f"r-{number}",
        seen_size=0,
        seen_root="0" * 64,
        old_key=KEYS[0],
        new_key=KEYS[1],
        reason=reason,
        by="ana",
    )


def alter(path, *statements):
    """Change the database behind the library's back, and put its guards back."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    with closing(sqlite3.connect(path)) as driver:
        guards = driver.execute(query).fetchall()
        for name, _ in guards:
            driver.execute(f"DROP TRIGGER {name}")
        for statement, *values in statements:
            driver.execute(statement, values)
        for _, sql in guards:
            driver.execute(sql)
        driver.commit()


def opened(path, clock):
    return EventLog.open(path, clock=clock)


@pytest.fixture
def rolled_back(path, clock):
    """The log with a copy of yesterday in its place; and its last checkpoint."""
    yesterday = path.read_bytes()
    with opened(path, clock) as log:
        log.append_all([told(3), told(4)])
        last = log.checkpoint()
    path.write_bytes(yesterday)
    return last


@pytest.fixture
def forked(path, clock):
    """The log as another went on with the copy of yesterday, longer than it was."""
    yesterday = path.read_bytes()
    with opened(path, clock) as log:
        log.append(told(3))
        last = log.checkpoint()
    path.write_bytes(yesterday)
    blind = Custody.of_user()
    blind = evolve(blind, witness=type(blind.witness)(path.parent.parent / "w"))
    with EventLog.open(path, clock=clock, custody=blind) as log:
        log.append_all([told(number, "otherwise") for number in (3, 4, 5)])
        log.checkpoint()
    return last


def lose_key(path, clock):
    with opened(path, clock) as log:
        key = VerifierKey.parse(log.verifier_key)
        log.signing.custody.keys.path_of(key).unlink()


def resumed(log):
    """The resumption that a log ends with."""
    record = log.entry(log.size - 1).entry.record
    assert isinstance(record, Resumption)
    return record


def goes_on(path, clock):
    """Append, sign and verify, as in any log."""
    with opened(path, clock) as log:
        before = log.size
        log.append(told(99))
        assert log.checkpoint().head.size == before + 1
        assert log.verify().seen.size == before + 1


def test_a_copy_of_yesterday_takes_nothing_and_can_be_read(path, clock, rolled_back):
    with opened(path, clock) as log:
        for refused in (lambda: log.append(told(3)), log.checkpoint):
            with pytest.raises(RolledBackError, match="5 entries with the root"):
                refused()
        assert log.size == 3
        assert log.entry(2).entry.record == told(2)
        assert log.signing.regression().seen_root == rolled_back.head.root


def test_after_a_rollback_the_log_goes_on_under_another_key(path, clock, rolled_back):
    with opened(path, clock) as log:
        old = log.verifier_key
        signed = log.resume(**WHY)
        new = log.verifier_key
        assert resumed(log) == Resumption(
            **WHY,
            seen_size=5,
            seen_root=rolled_back.head.root.hex(),
            old_key=old,
            new_key=new,
        )
        assert signed.head == TreeHead(log.origin, 4, root=log.root)
        key = VerifierKey.parse(new)
        assert open_checkpoint(signed.note, Policy(key)).head == signed.head
        with pytest.raises(SignatureError):
            open_checkpoint(signed.note, Policy(VerifierKey.parse(old)))
        seen = log.signing.seen()
        assert (seen.verifier, seen.head) == (key, signed.head)
        [kept] = log.signing.custody.witness.folder.glob("*.1")
        assert old in kept.read_text()
    goes_on(path, clock)


def test_who_holds_a_checkpoint_of_what_was_lost_finds_out(path, clock, rolled_back):
    with opened(path, clock) as log:
        log.resume(**WHY)
        log.append_all([told(number) for number in (3, 4, 5)])
        log.checkpoint()
        log.verify()
        against = log.signing.opened(rolled_back.note)
        with pytest.raises(
            VerificationError, match="the first 5 entries give the root"
        ):
            log.verify(against=[against])


def test_after_a_fork_the_log_goes_on_under_another_key(path, clock, forked):
    with opened(path, clock) as log:
        with pytest.raises(RolledBackError, match="its history was rewritten"):
            log.append(told(7))
        log.resume(**WHY)
        assert resumed(log).seen_size == 4
        with pytest.raises(VerificationError, match="the first 4 entries"):
            log.verify(against=[log.signing.opened(forked.note)])
    goes_on(path, clock)


def test_a_log_whose_key_is_lost_goes_on_and_is_what_it_was(path, clock):
    with opened(path, clock) as log:
        last = log.checkpoint()
    lose_key(path, clock)
    with opened(path, clock) as log:
        log.append(told(3))
        with pytest.raises(SigningKeyError, match="`embargo-monitor resume`"):
            log.checkpoint()
        log.resume(**WHY)
        assert resumed(log).seen_size == 3
        found = log.verify(against=[log.signing.opened(last.note)])
        assert (found.size, found.against) == (5, (last.head,))
    goes_on(path, clock)


def test_where_nothing_is_lost_nothing_is_resumed(path, clock):
    with opened(path, clock) as log:
        with pytest.raises(SigningKeyError, match="nothing is lost"):
            log.resume(**WHY)
        assert log.size == 3
        assert len(log.signing.custody.keys.of(log.origin)) == 1


def stop(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize("loss", ["rolled back", "key"])
def test_who_was_stopped_in_the_midst_of_it_can_go_on(
    path, clock, monkeypatch, request, loss
):
    if loss == "key":
        lose_key(path, clock)
    else:
        request.getfixturevalue("rolled_back")
    with monkeypatch.context() as patched, opened(path, clock) as log:
        # Between the entry and the signature: two files cannot change at once.
        patched.setattr(Signing, "go_on", stop)
        with pytest.raises(KeyboardInterrupt):
            log.resume(**WHY)
    with opened(path, clock) as log:
        assert resumed(log).id == "log.resumption-1"
        if loss == "rolled back":
            log.resume(**{**WHY, "id": "log.resumption-2"})
            assert resumed(log).seen_size == 5
        else:
            assert log.checkpoint().head.size == 4
        assert log.verify().seen.size == log.size
    goes_on(path, clock)


def test_a_log_that_is_damaged_besides_is_not_resumed(path, clock, rolled_back):
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("DROP TRIGGER guard_2")
        driver.execute("UPDATE entry SET leaf = zeroblob(32)")
        driver.commit()
    with opened(path, clock) as log:
        with pytest.raises(VerificationError):
            log.resume(**WHY)
        assert log.size == 3
    assert rolled_back.head.size == 5


def test_a_log_put_back_to_before_it_had_a_key_is_resumed(path, clock):
    alter(path, ["DELETE FROM signer"], ["DELETE FROM checkpoint"])
    with opened(path, clock) as log:
        assert log.verifier_key == ""
        with pytest.raises(RolledBackError):
            log.signing.adopt_key()
        log.resume(**WHY)
        assert log.verifier_key == resumed(log).new_key
    goes_on(path, clock)


# A key that nobody announced


def test_a_key_that_no_resumption_announces_is_found(path, clock):
    """Whoever owns the file signs with a key of their own."""
    with opened(path, clock) as log:
        thief = SigningKey.draw(log.origin)
        head = TreeHead(log.origin, 3, root=log.root)
    note = sign_checkpoint(head, thief)
    alter(
        path,
        ["INSERT INTO signer VALUES (3, ?)", str(thief.verifier)],
        ["UPDATE checkpoint SET note = ? WHERE size = 3", note],
    )
    with opened(path, clock) as log, pytest.raises(VerificationError) as found:
        log.verify()
    announced, changed = found.value.problems
    assert (announced.position, announced.kind) == (None, "signature")
    assert announced.detail == "the key since size 3: no resumption announces it"
    assert "another key signs it since size 3" in changed.detail


def test_a_log_that_lacks_the_key_that_was_seen_is_found(path, clock):
    with opened(path, clock) as log:
        thief, origin = SigningKey.draw(log.origin), log.origin
        heads = [one.head for one in log.signing.checkpoints()]
    change = "UPDATE checkpoint SET note = ? WHERE size = ?"
    notes = [[change, sign_checkpoint(head, thief), head.size] for head in heads]
    alter(path, ["UPDATE signer SET verifier = ?", str(thief.verifier)], *notes)
    with opened(path, clock) as log, pytest.raises(VerificationError) as found:
        log.verify()
    [problem] = found.value.problems
    assert problem.kind == "signature"
    assert "does not know the key that signed what was seen" in problem.detail
    assert origin == thief.name


def test_a_log_that_cannot_tell_its_keys_is_told_once(path, clock):
    alter(path, ["DELETE FROM head"])
    with opened(path, clock) as log, pytest.raises(VerificationError) as found:
        log.verify()
    assert {problem.kind for problem in found.value.problems} == {"root"}


# A key that was announced by somebody else


def taken_over(path, clock, *, announces=True):
    """Somebody who can write to the file goes on with it under a key of their own."""
    nowhere = path.parent.parent / "thief"
    theirs = Custody(KeyRing(nowhere / "keys"), Witness(nowhere / "witness"))
    with EventLog.open(path, clock=clock, custody=theirs) as log:
        if announces:
            log.resume(id="log.resumption-9", reason="none", by="thief")
        else:
            thief = SigningKey.draw(log.origin)
            log.append(told(7))
            with log.signing.storage.writing() as writer:
                writer.kept.add_signer(writer.size, str(thief.verifier))
        return log.verifier_key


def test_who_can_write_to_the_file_cannot_take_the_log_over(path, clock):
    thief = taken_over(path, clock)
    with opened(path, clock) as log:
        seen = log.signing.seen()
        for refused in (lambda: log.append(told(3)), log.checkpoint):
            with pytest.raises(KeyChangedError) as found:
                refused()
            assert found.value.current == thief
        with pytest.raises(VerificationError) as told_:
            log.verify()
        [problem] = told_.value.problems
        assert (problem.position, problem.kind) == (None, "signature")
        assert problem.detail.startswith(f"another key signs it since size 4, {thief};")
        assert log.signing.seen() == seen
        assert log.size == 4


def test_the_owner_goes_on_from_a_log_that_was_taken_over(path, clock):
    """The thief's resumption stays, for everybody to see, and signs nothing more."""
    with opened(path, clock) as log:
        last = log.checkpoint()
        ours = log.verifier_key
    taken_over(path, clock)
    with opened(path, clock) as log:
        log.resume(**WHY)
        assert resumed(log).old_key == ours
        assert log.verify(against=last).size == 5
    goes_on(path, clock)


def test_a_key_that_is_accepted_is_what_was_seen_from_then_on(path, clock):
    new = taken_over(path, clock)
    with opened(path, clock) as log:
        accepted = log.accept_key(f" {new}\n")
        assert (accepted.lost, accepted.checkpoint.head.size) == ("", 4)
        assert log.signing.regression() is None
        assert log.verify().seen.size == 4
        assert (str(log.signing.seen().verifier), log.size) == (new, 4)
        [kept] = log.signing.custody.witness.folder.glob("*.1")
        assert new not in kept.read_text()
        log.append(told(3))
        with pytest.raises(SigningKeyError, match="private half"):
            log.checkpoint()


def test_another_machine_accepts_what_was_lost_and_is_told(path, clock, rolled_back):
    """It saw five entries; where the log lies, it was gone on with after three."""
    new = taken_over(path, clock)
    with opened(path, clock) as log:
        with pytest.raises(RolledBackError):
            log.append(told(9))
        lost = log.accept_key(new).lost
        assert lost.startswith("It has 4 now: an older copy was put back")
        assert log.verify().seen.size == 4
    assert rolled_back.head.size == 5


def test_what_is_not_the_key_or_not_announced_is_not_accepted(path, clock):
    with opened(path, clock) as log:
        ours, name = log.verifier_key, log.origin
    new = taken_over(path, clock)
    with opened(path, clock) as log:
        for wrong in (ours, str(SigningKey.draw(name).verifier)):
            with pytest.raises(SigningKeyError, match="not the one that signs it now"):
                log.accept_key(wrong)
        with pytest.raises(FormatError):
            log.accept_key("no key")
        assert str(log.signing.seen().verifier) == ours
        assert log.verifier_key == new


@pytest.mark.parametrize("body", [None, b"not ours"])
def test_a_key_that_no_entry_announces_is_not_accepted(path, clock, body):
    new = taken_over(path, clock, announces=False)
    if body is not None:
        leaf = hashlib.sha256(b"\0" + body).digest()
        change = "UPDATE entry SET body = ?, leaf = ? WHERE position = 3"
        alter(path, [change, body, leaf])
    with opened(path, clock) as log, pytest.raises(SigningKeyError) as found:
        log.accept_key(new)
    assert "no entry announces its key" in str(found.value)


def test_a_key_that_signed_nothing_yet_is_not_accepted(path, clock, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(Signing, "go_on", stop)
        with pytest.raises(KeyboardInterrupt):
            taken_over(path, clock)
    with (
        opened(path, clock) as log,
        pytest.raises(SigningKeyError, match="has signed nothing yet"),
    ):
        log.accept_key(log.verifier_key)


def test_a_log_without_a_key_has_none_to_accept(path, clock):
    alter(path, ["DELETE FROM signer"], ["DELETE FROM checkpoint"])
    with opened(path, clock) as log:
        key = SigningKey.draw(log.origin).verifier
        with pytest.raises(SigningKeyError, match="that signs it now: none"):
            log.accept_key(key)


def test_where_nothing_was_seen_a_key_is_accepted_as_the_first(path, clock, tmp_path):
    elsewhere = evolve(Custody.of_user(), witness=Witness(tmp_path / "new"))
    with EventLog.open(path, clock=clock, custody=elsewhere) as log:
        assert log.accept_key(log.verifier_key).lost == ""
        assert log.signing.seen().head.size == 3


def test_a_key_that_was_given_up_is_found_when_it_signs_again(path, clock):
    with opened(path, clock) as log:
        old = log.verifier_key
    lose_key(path, clock)
    with opened(path, clock) as log:
        log.resume(**WHY)
        again = Resumption(
            "again",
            seen_size=4,
            seen_root=log.root.hex(),
            old_key=log.verifier_key,
            new_key=old,
            reason="so be it",
            by="thief",
        )
        log.append(again)
        with log.signing.storage.writing() as writer:
            writer.kept.add_signer(writer.size, old)
        with pytest.raises(VerificationError) as found:
            log.verify()
    words = [problem.detail for problem in found.value.problems]
    assert "the key since size 5 signed before, and was given up" in words


# What was seen, damaged or not kept in the log


def damage(path, clock):
    with opened(path, clock) as log:
        log.signing.custody.witness.path_of(log.origin).write_text("nothing")


def test_a_damaged_witness_file_is_one_problem_among_others(path, clock):
    with opened(path, clock) as log:
        last = log.checkpoint()
    damage(path, clock)
    alter(path, ["UPDATE entry SET body = x'00' WHERE position = 1"])
    with opened(path, clock) as log, pytest.raises(VerificationError) as found:
        log.verify(against=last)
    kinds = [(one.position, one.kind) for one in found.value.problems]
    assert (1, "body") in kinds
    assert (None, "witness") in kinds
    assert (None, "checkpoint") in kinds


def test_a_damaged_witness_file_is_set_aside_when_somebody_goes_on(path, clock):
    damage(path, clock)
    with opened(path, clock) as log:
        log.resume(**WHY)
        assert resumed(log).seen_size == 3
        [kept] = log.signing.custody.witness.folder.glob("*.1")
        assert kept.read_text() == "nothing"
    goes_on(path, clock)


def test_a_checkpoint_that_was_seen_and_is_gone_is_named(path, clock):
    alter(path, ["DELETE FROM checkpoint WHERE size = 3"])
    with opened(path, clock) as log:
        with pytest.raises(VerificationError) as found:
            log.verify()
        [problem] = found.value.problems
        assert (problem.position, problem.kind) == (None, "checkpoint")
        assert problem.detail.startswith("the checkpoint of size 3 is gone")
        # Whoever was stopped between the two files mends it like this.
        log.checkpoint()
        log.verify()


# The key that the log is asked for


def test_a_log_is_verified_for_a_key_that_must_be_one_of_its_own(path, clock):
    with opened(path, clock) as log:
        key = VerifierKey.parse(log.verifier_key)
        assert log.verify(key=f"{key}\n").key == key
        assert log.verify().key is None
        other = SigningKey.draw(log.origin).verifier
        with pytest.raises(VerificationError) as found:
            log.verify(key=other)
    [problem] = found.value.problems
    assert problem.kind == "signature"
    assert problem.detail == f"the key that was given, {other}, is none of it"


def test_one_checkpoint_to_compare_with_or_several(path, clock):
    with opened(path, clock) as log:
        one, two, *_ = log.signing.checkpoints()
        assert log.verify(against=one).against == (one.head,)
        assert log.verify(against=iter([one, two])).against == (one.head, two.head)


def test_a_key_or_witness_file_beside_the_log_is_warned_of(
    tmp_path, monkeypatch, path, clock
):
    beside = evolve(Custody.of_user(), witness=Witness(path.parent / "seen"))
    with pytest.warns(UserWarning, match="what was seen of the log lies beside it"):
        EventLog.open(path, clock=clock, custody=beside).close()
    monkeypatch.setenv("EMBARGO_MONITOR_CONFIG", str(tmp_path / "a" / "b"))
    with pytest.warns(UserWarning, match="the key lies beside the log") as found:
        EventLog.create(tmp_path / "monitor.db").close()
    assert len(found) == 1
    assert Path(tmp_path, "a", "b", "keys").is_dir()
