"""Commands that prove what a log held: prove, and check-bundle for who has no log."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from embargo_monitor import bundling
from embargo_monitor.bundling import CheckedBundle
from embargo_monitor.cli.checking import policy_of, problems_as_json, quorum_option
from embargo_monitor.cli.options import (
    find_entry,
    handling_option,
    json_option,
    key_option,
    log_option,
    print_json,
    print_lines,
    read_log,
    width,
    witness_option,
)
from embargo_monitor.errors import (
    EmbargoMonitorError,
    FormatError,
    InvalidValueError,
    NewerVersionError,
    VerificationError,
)
from embargo_monitor.log import files
from embargo_monitor.log.bundles import MAX_BUNDLE, Absence, Bundle, parse_bundle
from embargo_monitor.log.checkpoints import Policy
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.logged import Logged
from embargo_monitor.model.quotes import Exhibit, Handling
from embargo_monitor.model.records import Record
from embargo_monitor.show.plain import plain_entry
from embargo_monitor.show.records import entry_lines
from embargo_monitor.show.signed import plain_signed, signed_lines
from embargo_monitor.show.text import isolated, labelled
from embargo_monitor.verifying import exhibits_of

_LEFT_OUT: Mapping[Absence | None, str] = {
    None: "in the bundle",
    Absence.RESTRICTED: "LEFT OUT: a later entry is stricter than --handling",
    Absence.WITHHELD: "LEFT OUT: --handling does not go so far",
    Absence.MISSING: "LEFT OUT: it is not here as it was logged; run `verify`",
}
_SAYS = "NOT in the bundle; whoever gave you this says that"
_FOUND: Mapping[Absence | None, str] = {
    None: "in the bundle, byte for byte what the entry binds",
    Absence.RESTRICTED: f"{_SAYS} a later entry lets fewer people see it",
    Absence.WITHHELD: f"{_SAYS} it is kept back for its handling",
    Absence.MISSING: f"{_SAYS} it is lost",
}
_NOT_PROVED = (
    "that what they say is true, or when the recorder says it was recorded; nor that"
    " no later entry corrects or withdraws it"
)
_ADVICE = (
    "Do not rely on this bundle: it was changed or damaged, or is not of the log whose"
    " key you gave. Ask for bundle and key again, by two ways."
)
_NEWER = (
    "That says nothing against the bundle: check it with a newer version of this"
    " program. What is in it cannot be shown by this one."
)
_NO_BUNDLE = "This file is no bundle as one must be written, or no longer is:"
_MAILED = (
    "Its lines end as no bundle's do: a mail program or an editor changed its line"
    " ends. Ask for it as an attachment, and do not open it before you check it."
)
_PASSIVE = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "text/plain": ".txt",
}
"""Endings that open in nothing that runs what is in them; all others get `.bin`."""


@click.command()
@click.argument("which", metavar="INDEX|ID")
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="A new file; `-` prints it."
)
@handling_option
@log_option
def prove(which: str, output: str, handling: Handling, log_path: str) -> None:
    """Write a bundle: an entry, its exhibits, and the proof that the log held it.

    Whoever has the log's verifier key can check it with `check-bundle`, and needs no
    log. The entry goes whole, whatever it names; its exhibits up to --handling.
    """
    with read_log(log_path) as log:
        logged = find_entry(log, which)
        data = log.prove(logged.index, handling=handling)
        envelope, key = logged.entry.envelope, log.verifier_key
        later = log.later(envelope.kind, envelope.id)
    _write(data, output)
    to_error = output == "-"
    if not to_error:
        click.echo(f"Wrote {output}, {len(data):,} bytes")
    for line in _made_lines(parse_bundle(data), logged, later, key):
        click.echo(line, err=to_error)


def _write(data: bytes, output: str) -> None:
    """Write a bundle whole or not at all, for its owner's eyes: it can hold secrets."""
    if output == "-":
        click.echo(data, nl=False)
        return
    _write_new(Path(output), data)


def _write_new(path: Path, data: bytes) -> None:
    _require_free(path)
    with files.appearing(path) as unnamed:
        unnamed.write_bytes(data)


def _require_free(path: Path) -> None:
    if os.path.lexists(path):
        wanted = "a file that is not there yet: none is overwritten"
        raise InvalidValueError("output", str(path), wanted)


def _made_lines(
    bundle: Bundle, logged: Logged, later: Sequence[Logged], key: str
) -> Iterator[str]:
    envelope, record = logged.entry.envelope, logged.entry.record
    told = f"{logged.index}, {envelope.kind} {envelope.id}: whole, whatever it names"
    yield labelled("entry", told, width=width())
    why = {one.digest: one.absence for one in bundle.absent}
    cited = _exhibits(record)
    absent = {one.id: why[one.digest] for one in cited if one.digest in why}
    yield from _exhibit_lines(cited, absent, _LEFT_OUT)
    for one in later:
        said = one.entry.envelope
        told = f"entry {one.index}, {said.kind} {said.id}: speaks of it, and is NOT"
        yield labelled("later", f"{told} in the bundle", width=width())
    yield labelled("key", isolated(key), width=width())
    told = (
        "with `embargo-monitor check-bundle FILE --key KEY`; give the key by another"
        " way than the bundle"
    )
    yield labelled("check it", told, width=width())


@click.command("check-bundle")
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@key_option
@witness_option
@quorum_option
@click.option(
    "--exhibits",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the exhibits into DIR, if all holds: as new files, none overwritten.",
)
@json_option
def check_bundle(
    file: Path, key: VerifierKey, folder: Path | None, as_json: bool, **given: Any
) -> None:
    """Check a bundle that somebody gave you, and show what is in it; needs no log.

    The key is the log's verifier key. Get it by another way than the bundle: whoever
    can change both can make you believe anything.
    """
    policy = policy_of(key, given["witnesses"], given["quorum"])
    with problems_as_json(as_json=as_json):
        found = _checked(_read(file), policy)
    written = {} if folder is None else _write_exhibits(found, folder)
    if as_json:
        print_json(_plain(found, key))
        return
    print_lines(entry_lines(found.logged, found.texts, width()))
    click.echo("\nWHAT THE BUNDLE PROVES")
    print_lines(_proved_lines(found, key))
    for one, path in written.items():
        click.echo(f"Wrote exhibit {one}: {path}", err=True)


def _checked(data: bytes, policy: Policy) -> CheckedBundle:
    """Check a bundle; whatever is wrong with it, it is not verified.

    Raises:
        VerificationError: In words for somebody who has no program at hand but this.
    """
    try:
        return bundling.check_bundle(
            data, key=policy.log, witnesses=policy.witnesses, quorum=policy.quorum
        )
    except NewerVersionError as error:
        told = f"{error}\n{_NEWER}"
        raise VerificationError((told,)) from error
    except FormatError as error:
        advice = _MAILED if b"\r\n" in data else _ADVICE
        raise VerificationError((f"{_NO_BUNDLE}\n{error}\n{advice}",)) from error
    except EmbargoMonitorError as error:
        raise VerificationError((f"{error}\n{_ADVICE}",)) from error


def _write_exhibits(found: CheckedBundle, folder: Path) -> dict[str, Path]:
    """Write what is in a bundle as new files, under names of ours; return them.

    A local id cannot lead out of a folder; the number before it keeps it from being a
    name that a system reserves, or that differs from another in its capitals alone.
    """
    given = {}
    for number, one in enumerate(_exhibits(found.logged.entry.record), start=1):
        if one.id in found.exhibits:
            ending = _PASSIVE.get(one.media_type, ".bin")
            given[one.id] = folder / f"{number}-{one.id}{ending}"
    for path in given.values():
        _require_free(path)  # all of them, before the first is written
    folder.mkdir(exist_ok=True)
    for id_, path in given.items():
        _write_new(path, found.exhibits[id_])
    return given


def _read(file: Path) -> bytes:
    # No more than it takes to see that it is too much.
    if str(file) == "-":
        return sys.stdin.buffer.read(MAX_BUNDLE + 1)
    with file.open("rb") as opened:
        return opened.read(MAX_BUNDLE + 1)


def _proved_lines(found: CheckedBundle, key: VerifierKey) -> Iterator[str]:
    head = found.checkpoint.head
    yield from signed_lines(found.checkpoint, key, width())
    cited = _exhibits(found.logged.entry.record)
    yield from _exhibit_lines(cited, found.absent, _FOUND)
    yield ""
    yield labelled("proved", _proved(found, isolated(head.origin)), width=width())
    yield labelled("not proved", _NOT_PROVED, width=width())


def _proved(found: CheckedBundle, origin: str) -> str:
    size = found.checkpoint.head.size
    return (
        f"these bytes, the entry above, were in the log {origin} at position"
        f" {found.logged.index}, counted from 0, no later than the checkpoint of size"
        f" {size} was made"
    )


def _exhibit_lines(
    cited: Iterable[Exhibit],
    absent: Mapping[str, Absence],
    words: Mapping[Absence | None, str],
) -> Iterator[str]:
    for one in cited:
        told = f"{one.id}, {one.media_type}, {one.size:,} bytes, {one.handling.value}"
        told = f"{told}: {words[absent.get(one.id)]}"
        yield labelled("exhibit", told, width=width())


def _exhibits(record: Record | None) -> tuple[Exhibit, ...]:
    assert record is not None  # noqa: S101 (what cannot be read makes no bundle)
    return exhibits_of(record)


def _plain(found: CheckedBundle, key: VerifierKey) -> dict[str, Any]:
    exhibits = [
        {"id": one.id, "digest": one.digest, "size": one.size}
        | ({"absent": found.absent[one.id].value} if one.id in found.absent else {})
        for one in _exhibits(found.logged.entry.record)
    ]
    return {
        "entry": plain_entry(found.logged),
        "exhibits": exhibits,
        **plain_signed(found.checkpoint, key),
        "proved": _proved(found, found.checkpoint.head.origin),
        "not_proved": _NOT_PROVED,
    }
