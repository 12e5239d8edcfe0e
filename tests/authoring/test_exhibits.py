"""Exhibits: the bytes that were meant, from the form's own folder, and no others."""

import hashlib
import hmac
import json

import pytest

from embargo_monitor.authoring import author_file
from embargo_monitor.errors import AuthoringError
from embargo_monitor.model.quotes import Handling


@pytest.fixture
def exhibit(form):
    """The form's only exhibit, to be changed."""
    return form["document"]["exhibits"]["text"]


@pytest.fixture
def in_folder(form, files, tmp_path):
    """Read the form from a file in a folder; return what is read, or the faults."""
    folder = tmp_path / "forms"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)

    def read():
        path = folder / "report.json"
        path.write_text(json.dumps(form), "utf-8")
        try:
            return author_file(path)
        except AuthoringError as refused:
            return refused.faults

    read.folder = folder
    return read


def test_an_exhibit_is_bound_by_its_digest_and_size(authored, files):
    made = authored()
    [bound] = made.report.document.exhibits
    digest = "sha256:" + hashlib.sha256(files["text.txt"]).hexdigest()
    assert (bound.id, bound.digest, bound.size) == ("text", digest, 160)
    assert (bound.media_type, bound.language) == ("text/plain", "en")
    assert bound.handling is Handling.PUBLIC
    assert made.exhibits[digest].data == files["text.txt"]
    assert made.exhibits[digest].salt == b""
    told = f"document.exhibits.text: {digest}, 160 bytes"
    assert told in map(str, made.filled)


def test_what_is_said_of_an_exhibit_is_kept(form, authored, files):
    files["a.pdf"] = b"%PDF \xff"
    form["document"]["exhibits"]["scan"] = {
        "file": "a.pdf",
        "media_type": "application/pdf",
        "language": "fr",
        "title": "a scan",
    }
    form["document"]["exhibits"]["text"]["parent"] = "scan"
    text, scan = authored().report.document.exhibits
    assert (text.parent, scan.title) == ("scan", "a scan")
    assert (scan.media_type, scan.language) == ("application/pdf", "fr")


def test_another_file_than_the_one_that_was_meant_is_refused(exhibit, faults, files):
    exhibit["sha256"] = hashlib.sha256(b"another").hexdigest()
    [fault] = faults()
    found = hashlib.sha256(files["text.txt"]).hexdigest()
    assert fault.startswith(
        f"$.document.exhibits.text: sha256 must be that of the file, {found}, got"
    )


def test_the_file_that_was_meant_is_taken(exhibit, authored, files):
    exhibit["sha256"] = hashlib.sha256(files["text.txt"]).hexdigest()
    assert authored().report.id == "r-1"


def test_a_text_that_is_no_utf_8_is_refused_with_the_byte(exhibit, faults, files):
    files["latin.txt"] = "dix chars livrés".encode("latin-1")
    exhibit["file"] = "latin.txt"
    [fault] = faults()
    assert fault == (
        "$.document.exhibits.text: file must be UTF-8 text, which it is not at byte 14,"
        " got b'\\xe9'"
    )


def test_every_fault_of_an_exhibit_is_told(exhibit, faults, files):
    files["text.txt"] = b"\xff"
    exhibit.update(sha256="00", salt="salt", parent="scan")
    told = faults()
    assert len(told) == 4
    assert all(fault.startswith("$.document.exhibits.text: ") for fault in told)


def test_a_parent_must_be_an_exhibit(exhibit, faults):
    exhibit["parent"] = "scan"
    assert faults() == ["$.document.exhibits.text: unknown exhibit 'scan'"]


# --- above public


@pytest.mark.parametrize("handling", ["limited", "confidential", "source at risk"])
def test_above_public_the_digest_is_keyed_with_the_salt(
    exhibit, authored, files, handling
):
    exhibit.update(handling=handling, salt="salt")
    made = authored()
    [bound] = made.report.document.exhibits
    keyed = hmac.new(files["salt"], files["text.txt"], hashlib.sha256).hexdigest()
    assert bound.digest == f"hmac-sha256:{keyed}"
    assert bound.handling.value == handling
    assert made.exhibits[bound.digest].salt == files["salt"]


def test_neither_bytes_nor_salt_show_where_they_are_printed(exhibit, authored):
    exhibit.update(handling="limited", salt="salt")
    [attached] = authored().exhibits.values()
    assert repr(attached) == "Attached()"


def test_above_public_a_salt_is_needed_and_at_public_refused(exhibit, faults):
    exhibit["handling"] = "limited"
    wanted = "salt must be a file of 32 random bytes above public, and only there"
    assert faults() == [f"$.document.exhibits.text: {wanted}, got ''"]
    exhibit.update(handling="public", salt="salt")
    assert faults() == [f"$.document.exhibits.text: {wanted}, got 'salt'"]


@pytest.mark.parametrize("salt", [b"", b"short", bytes(33)], ids=len)
def test_a_salt_of_another_length_is_refused(exhibit, faults, files, salt):
    files["salt"] = salt
    exhibit.update(handling="limited", salt="salt")
    wanted = f"length of the salt must be 32, got {len(salt)}"
    assert faults() == [f"$.document.exhibits.text: {wanted}"]


def test_an_unknown_handling_is_refused_and_no_salt_asked_for(exhibit, faults):
    exhibit["handling"] = "secret"
    [fault] = faults()
    assert fault.startswith("$.document.exhibits.text: handling must be one of public")


# --- files


def test_exhibits_lie_beside_the_form_or_below(in_folder, exhibit):
    assert in_folder().report.id == "r-1"
    (in_folder.folder / "below").mkdir()
    (in_folder.folder / "text.txt").rename(in_folder.folder / "below" / "b.txt")
    exhibit["file"] = "below/b.txt"
    assert in_folder().report.id == "r-1"


def test_a_missing_file_is_a_fault_with_its_path(in_folder, exhibit):
    exhibit["file"] = "missing.txt"
    [fault] = in_folder()
    assert fault == (
        "$.document.exhibits.text: file must be a file that is there, in the authoring"
        " file's folder or below, got 'missing.txt'"
    )
    exhibit.update(file="text.txt", handling="limited", salt="missing.salt")
    [fault] = in_folder()
    assert fault.startswith("$.document.exhibits.text: salt must be a file that is")


def test_a_folder_for_a_file_is_refused_in_words(in_folder, exhibit):
    (in_folder.folder / "below").mkdir()
    exhibit["file"] = "below"
    [fault] = in_folder()
    assert fault == (
        "$.document.exhibits.text: file must be a file that can be read (Is a"
        " directory), got 'below'"
    )


@pytest.mark.parametrize("name", ["../secret.txt", "below/../../secret.txt", "{}"])
@pytest.mark.parametrize("field", ["file", "salt"])
def test_a_file_outside_of_the_folder_is_refused_unread(
    in_folder, exhibit, tmp_path, name, field
):
    (tmp_path / "secret.txt").write_bytes(b"ten trucks were delivered")
    exhibit.update({"handling": "limited", "salt": "salt"})
    exhibit[field] = name.format(tmp_path / "secret.txt")
    [fault] = in_folder()
    assert fault.startswith(
        "$.document.exhibits.text: file must be in the authoring file's folder, got '"
    )


def test_a_link_that_leads_out_of_the_folder_is_refused(in_folder, exhibit, tmp_path):
    (tmp_path / "secret.txt").write_bytes(b"ten trucks were delivered")
    (in_folder.folder / "link.txt").symlink_to("../secret.txt")
    exhibit["file"] = "link.txt"
    [fault] = in_folder()
    assert "file must be in the authoring file's folder, got 'link.txt'" in fault


def test_a_link_within_the_folder_is_followed(in_folder, exhibit):
    (in_folder.folder / "link.txt").symlink_to("text.txt")
    exhibit["file"] = "link.txt"
    assert in_folder().report.id == "r-1"


def test_a_link_to_itself_is_a_fault_and_no_crash(in_folder, exhibit):
    (in_folder.folder / "loop.txt").symlink_to("loop.txt")
    exhibit["file"] = "loop.txt"
    [fault] = in_folder()
    assert fault.startswith("$.document.exhibits.text: ")


def test_a_folder_that_is_itself_a_link_is_its_target(in_folder, form, tmp_path):
    path = tmp_path / "linked"
    path.symlink_to(in_folder.folder)
    in_folder()
    assert author_file(path / "report.json").report.id == form["report"]
