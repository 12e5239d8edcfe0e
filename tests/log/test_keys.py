"""Keys in files: kept durably, for nobody else, and never shown."""

import base64
import os
import stat
import traceback
from pathlib import Path

import pytest

from embargo_monitor.errors import InvalidValueError, KeyFileError, NotStoredError
from embargo_monitor.log import keys
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.signers import COSIGNATURE, SigningKey

NAME = "example.com/log"


@pytest.fixture
def ring(tmp_path):
    return KeyRing(tmp_path / "config" / "keys")


def test_a_key_that_is_drawn_is_found_again(ring):
    key = ring.draw(NAME)
    assert key.name == NAME
    assert ring.find(key.verifier) == key
    assert KeyRing(ring.folder).find(key.verifier) == key


def test_keys_are_drawn_anew(ring):
    assert ring.draw(NAME) != ring.draw(NAME)


def test_a_key_is_for_its_owner_alone(ring):
    key = ring.draw(NAME)
    path = ring.path_of(key.verifier)
    assert path.name == f"example.com_log+{key.verifier.id.hex()}.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring.folder.stat().st_mode) == 0o700
    assert path.read_text("utf-8") == f"{key.text()}\n"
    assert list(ring.folder.iterdir()) == [path]


def test_a_key_that_is_not_here_is_not_found(ring):
    assert ring.find(SigningKey.draw(NAME).verifier) is None
    assert ring.of(NAME) == ()


def test_all_keys_of_a_name_are_found_and_no_others(ring):
    drawn = [ring.draw(NAME), ring.draw(NAME, COSIGNATURE), ring.draw(NAME)]
    ring.draw("example.com/log2")
    # The same file name up to the id.
    ring.draw("example.com_log")
    found = ring.of(NAME)
    assert sorted(found, key=SigningKey.text) == sorted(drawn, key=SigningKey.text)
    assert [key.verifier.id for key in found] == sorted(
        key.verifier.id for key in drawn
    )


def test_a_name_of_any_script_and_length_has_a_file(ring):
    for name in ("سجل/١", "a" * 255, "../../up", "[a-z]*?"):
        key = ring.draw(name)
        assert ring.path_of(key.verifier).parent == ring.folder
        assert ring.find(key.verifier) == key
        assert ring.of(name) == (key,)


def test_keeping_the_same_key_again_changes_nothing(ring):
    key = SigningKey.draw(NAME)
    path = ring.keep(key)
    before = path.stat().st_ino
    assert ring.keep(key) == path
    assert path.stat().st_ino == before


def test_another_key_in_its_place_is_left_alone(ring):
    key, other = SigningKey.draw(NAME), SigningKey.draw(NAME)
    path = ring.keep(key)
    path.write_text(other.text(), "utf-8")
    with pytest.raises(KeyFileError, match="another key lies there; move it away"):
        ring.keep(key)
    with pytest.raises(KeyFileError, match="another key than its name says"):
        ring.find(key.verifier)
    assert path.read_text("utf-8") == other.text()


@pytest.mark.skipif(os.name != "posix", reason="modes mean something on POSIX alone")
@pytest.mark.parametrize("mode", [0o604, 0o620, 0o640, 0o601, 0o644, 0o777])
def test_a_key_that_others_may_use_is_refused(ring, mode):
    key = ring.draw(NAME)
    path = ring.path_of(key.verifier)
    path.chmod(mode)
    with pytest.raises(KeyFileError) as refused:
        ring.find(key.verifier)
    assert f"`chmod 600 {path}`" in str(refused.value)
    assert f"mode {mode:03o}" in str(refused.value)
    path.chmod(0o400)
    assert ring.find(key.verifier) == key


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda text: text[:0],
        lambda text: text[:-5],
        lambda text: text.replace("PRIVATE+KEY+", ""),
        lambda text: text.replace("log+", "log2+"),
        lambda text: text + "\n",
        lambda text: text[:-6] + "!" + text[-5:],
        lambda text: text.replace("log+", "log+x"),
        lambda text: text + "x" * 9000,
    ],
)
def test_a_damaged_key_file_is_refused_without_showing_it(ring, spoiled):
    key = ring.draw(NAME)
    path = ring.path_of(key.verifier)
    path.write_text(spoiled(f"{key.text()}\n"), "utf-8")
    with pytest.raises(KeyFileError, match="take the file from a backup") as refused:
        ring.find(key.verifier)
    shown = "".join(traceback.format_exception(refused.value))
    assert base64.b64encode(b"\1" + key.seed).decode()[:20] not in shown


def test_a_key_file_that_is_no_text_is_refused(ring):
    key = ring.draw(NAME)
    ring.path_of(key.verifier).write_bytes(b"PRIVATE+KEY+\xff\xfe")
    with pytest.raises(KeyFileError, match="take the file from a backup"):
        ring.find(key.verifier)


def test_a_key_file_that_cannot_be_read_is_told(ring):
    key = SigningKey.draw(NAME)
    ring.path_of(key.verifier).mkdir(parents=True)
    with pytest.raises(KeyFileError, match="Is a directory"):
        ring.find(key.verifier)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotStoredError, match="nothing was added"):
        KeyRing(tmp_path / "file" / "keys").draw(NAME)


@pytest.mark.parametrize(("name", "kind"), [("a b", 1), ("", 1), (NAME, 2), (NAME, 6)])
def test_a_key_that_cannot_be_is_not_drawn(ring, name, kind):
    with pytest.raises(InvalidValueError, match=r"name|kind"):
        ring.draw(name, kind)
    assert not ring.folder.exists()


def test_the_user_may_say_where_keys_lie(tmp_path, monkeypatch):
    monkeypatch.setenv("EMBARGO_MONITOR_CONFIG", str(tmp_path))
    assert KeyRing.of_user().folder == Path(os.path.realpath(tmp_path)) / "keys"


def test_else_they_lie_in_the_users_configuration(tmp_path, monkeypatch):
    monkeypatch.delenv("EMBARGO_MONITOR_CONFIG", raising=False)
    monkeypatch.setattr(keys, "user_config_path", lambda name: tmp_path / name)
    expected = Path(os.path.realpath(tmp_path)) / "embargo_monitor" / "keys"
    assert KeyRing.of_user().folder == expected
