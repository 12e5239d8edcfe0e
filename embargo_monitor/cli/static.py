"""Commands about a log as plain files: export-log, and audit for who has only those."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from embargo_monitor import publishing
from embargo_monitor.cli.checking import policy_of, problems_as_json, quorum_option
from embargo_monitor.cli.options import (
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
from embargo_monitor.cli.progress import progress_bar
from embargo_monitor.errors import SignatureError, VerificationError
from embargo_monitor.log.checkpoints import Policy, TreeHead, open_checkpoint
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.notes import MAX_NOTE
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.model.quotes import Handling
from embargo_monitor.publishing import Audited, Published
from embargo_monitor.show.signed import plain_head, plain_signed, signed_lines, sized
from embargo_monitor.show.text import isolated, labelled, number_of

_AGAINST = (
    "the files give the root that the log's key has signed, and go on from the"
    " checkpoints that you compared them with."
)
_ALONE = (
    "the files give the root that the log's key has signed. Whether others are shown"
    " the same log, only a checkpoint that somebody else kept can show: --against."
)
_NOT_OURS = "these are none of the log's files: nothing vouches for what is in them"
_MOST_NAMED = 20
_FOREIGN = "not ours: the entries were hashed, and not read"


@click.command("export-log")
@click.argument("folder", metavar="DIR")
@handling_option
@log_option
@json_option
def export_log(folder: str, handling: Handling, log_path: str, as_json: bool) -> None:
    """Write the log as plain files into DIR, for any web server to hand out.

    The entries go whole, whatever they name; of the exhibits those up to --handling.
    Run again, it writes what is new. Others check it with `audit`.
    """
    with read_log(log_path) as log, progress_bar("exporting") as progress:
        found = log.export(folder, handling=handling, progress=progress)
        key = log.verifier_key
    if as_json:
        print_json(_plain_published(found, key))
        return
    click.echo(f"EXPORTED {log_path} to {folder}")
    print_lines(_published_lines(found, key))


def _published_lines(found: Published, key: str) -> Iterator[str]:
    head = found.checkpoint.head
    yield labelled("log", isolated(head.origin), width=width())
    yield labelled("checkpoint", sized(head), width=width())
    files = number_of(found.files, "file", "files")
    exhibits = number_of(found.exhibits, "exhibit", "exhibits")
    yield labelled("written", f"{files} of the log, {exhibits}", width=width())
    if found.withheld:
        kept = number_of(found.withheld, "exhibit", "exhibits")
        words = f"{kept}, for their handling: see --handling"
        yield labelled("withheld", words, width=width())
    for error in found.unavailable:
        yield labelled("NOT there", str(error), width=width())
    if found.unread:
        words = (
            f"{number_of(found.unread, 'entry', 'entries')} need a newer version of"
            " this library: the exhibits they cite are NOT there"
        )
        yield labelled("unread", words, width=width())
    if found.newer:
        words = (
            f"{number_of(found.newer, 'entry', 'entries')} came after this checkpoint:"
            " `embargo-monitor checkpoint`, then export again"
        )
        yield labelled("NOT there", words, width=width())
    yield labelled("key", isolated(key), width=width())
    told = "with `embargo-monitor audit DIR --key KEY`; give the key by another way"
    yield labelled("check it", told, width=width())


def _plain_published(found: Published, key: str) -> dict[str, Any]:
    return {
        **plain_head(found.checkpoint.head),
        "key": key,
        "newer": found.newer,
        "files": found.files,
        "exhibits": found.exhibits,
        "withheld": found.withheld,
        "unavailable": [str(error) for error in found.unavailable],
        "unread": found.unread,
    }


def _note(_: click.Context, __: click.Parameter, file: Path | None) -> bytes | None:
    return None if file is None else _read(file)


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_NOTE + 1)


def _head(file: Path, key: VerifierKey) -> TreeHead:
    try:
        return open_checkpoint(_read(file), Policy(key)).head
    except SignatureError as error:
        raise VerificationError((f"{file}: {error}",)) from error


_FILE: click.Path = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR")
@key_option
@witness_option
@quorum_option
@click.option(
    "--checkpoint",
    "note",
    type=_FILE,
    callback=_note,
    metavar="FILE",
    help="A checkpoint from elsewhere, instead of the one in DIR.",
)
@click.option(
    "--against",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="A checkpoint of the log that was kept elsewhere; also several times.",
)
@json_option
def audit(folder: str, key: VerifierKey, as_json: bool, **given: Any) -> None:
    """Verify the plain files of a log in DIR, whoever wrote them; needs no log.

    Every entry and exhibit is hashed again, and every file of the log is compared with
    that; other files in DIR are named. The key is the log's verifier key: get it by
    another way than the files.
    """
    policy = policy_of(key, given["witnesses"], given["quorum"])
    with problems_as_json(as_json=as_json), progress_bar("auditing") as progress:
        found = publishing.audit(
            Folder(folder),
            policy,
            note=given["note"],
            against=[_head(file, key) for file in given["against"]],
            progress=progress,
        )
    if as_json:
        print_json(_plain_audited(found, key))
        return
    click.echo(f"VERIFIED {folder}")
    print_lines(_audited_lines(found, key))


def _audited_lines(found: Audited, key: VerifierKey) -> Iterator[str]:
    yield from signed_lines(found.checkpoint, key, width())
    if found.foreign:
        yield labelled("records", _FOREIGN, width=width())
    else:
        hashed = number_of(found.exhibits, "exhibit", "exhibits")
        words = f"{hashed} hashed, {len(found.absent):,} not in the folder"
        yield labelled("exhibits", words, width=width())
        yield from _named("not there", found.absent)
    yield from _named("stray", found.strays)
    if found.strays:
        yield labelled("", _NOT_OURS, width=width())
    if found.needs_newer:
        words = f"{found.needs_newer:,} entries: a newer version is needed to read them"
        yield labelled("unread", words, width=width())
    for head in found.against:
        yield labelled("against", f"a checkpoint {sized(head)}", width=width())
    yield labelled("means", _AGAINST if found.against else _ALONE, width=width())


def _named(label: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in names[:_MOST_NAMED]:
        yield labelled(label, isolated(name), width=width())
    if len(names) > _MOST_NAMED:
        more = f"and {len(names) - _MOST_NAMED:,} more: --json names them"
        yield labelled(label, more, width=width())


def _plain_audited(found: Audited, key: VerifierKey) -> dict[str, Any]:
    return {
        **plain_signed(found.checkpoint, key),
        "foreign": found.foreign,
        "exhibits": found.exhibits,
        "absent": list(found.absent),
        "strays": list(found.strays),
        "needs_newer": found.needs_newer,
        "against": [plain_head(head) for head in found.against],
    }
