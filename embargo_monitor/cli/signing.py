"""Commands about what is signed: checkpoint, key, resume, cosign, keep-cosignatures."""

from pathlib import Path

import click

from embargo_monitor.amending import free_id
from embargo_monitor.cli.options import (
    json_option,
    key_option,
    log_option,
    output_option,
    print_json,
    print_lines,
    read_log,
    require_terminal,
    sign_and_tell,
    verifier_key,
    warn,
    width,
    witness_option,
    write_output,
    yes_option,
)
from embargo_monitor.clock import now
from embargo_monitor.errors import SigningKeyError, UnknownNameError, WitnessError
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.checkpoints import parse_tree_head
from embargo_monitor.log.cosigning import Cosigner, brought, hashes_in, read_request
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.notes import MAX_NOTE, parse_note
from embargo_monitor.log.proofs import prove_consistency
from embargo_monitor.log.prooftexts import parse_consistency
from embargo_monitor.log.signers import COSIGNATURE, SigningKey, VerifierKey
from embargo_monitor.log.witness import Witness
from embargo_monitor.resuming import Accepted
from embargo_monitor.show.signed import sized
from embargo_monitor.show.text import isolated, labelled, wrapped


@click.command()
@log_option
@output_option
@click.option(
    "--since",
    type=click.IntRange(min=0),
    metavar="SIZE",
    help="With the proof that it continues the log of SIZE entries: for a witness.",
)
def checkpoint(log_path: str, output: str, since: int | None) -> None:
    """Sign the log as it stands: a small text to give to somebody else.

    Whoever holds it, and the log's verifier key, can show later what the log held.
    """
    with EventLog.open(log_path) as log:
        signed = log.checkpoint()
        data = signed.note if since is None else log.signing.request(since)
    write_output(data, output)


@click.command("keep-cosignatures")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@witness_option
@log_option
@json_option
def keep_cosignatures(
    file: Path, witnesses: tuple[VerifierKey, ...], log_path: str, as_json: bool
) -> None:
    """Keep what others signed of a checkpoint: FILE is as they gave it back."""
    if not witnesses:
        raise click.UsageError("--witness: whose signatures are to be kept?")
    with EventLog.open(log_path) as log:
        signed = log.signing.keep_cosignatures(_read_note(file), witnesses)
    for one in signed:
        if as_json:
            print_json({"witness": str(one.key), "time": one.time})
        else:
            click.echo(f"Kept the cosignature of {isolated(one.key.name)}")
    if not signed:
        click.echo("None of these keys has cosigned it; nothing was kept.", err=True)


@click.command()
@click.option("--reason", required=True, metavar="TEXT", help="What happened.")
@click.option(
    "--by",
    required=True,
    envvar="EMBARGO_MONITOR_BY",
    show_envvar=True,
    metavar="LABEL",
    help="Who goes on: a label or pseudonym.",
)
@log_option
@yes_option
def resume(reason: str, by: str, log_path: str, yes: bool) -> None:
    """Go on with a log that is not what was seen of it, or whose key is lost.

    Another key signs from then on. That, what was seen last, the reason and the name
    are logged for ever: whoever holds an earlier checkpoint will see it.
    """
    require_terminal(yes=yes)
    with EventLog.open(log_path) as log:
        regression = log.signing.regression()
        if regression is not None and not yes:
            print_lines(wrapped(str(regression), "", width()))
        if not yes and not click.confirm("Go on, and log that?", default=False):
            click.echo("Nothing was added.")
            return
        id_ = free_id(log, "resumption", "log")
        head = log.resume(id=id_, reason=reason, by=by).head
        click.echo(f"Appended entry {head.size - 1}, resumption {id_}")
        _tell_key(log)


@click.group()
def key() -> None:
    """The keys that sign: that of a log, and yours for logs of others."""


@key.command("show")
@log_option
@json_option
def show_key(log_path: str, as_json: bool) -> None:
    """Print the log's verifier key: give it to whoever is to check the log."""
    with read_log(log_path) as log:
        verifier, custody = log.verifier_key, log.signing.custody
        here = bool(verifier and custody.keys.find(VerifierKey.parse(verifier)))
        if as_json:
            print_json({"verifier": verifier, "private": here})
        elif verifier:
            click.echo(isolated(verifier))
            if not here:
                click.echo("Its private half is not on this machine.", err=True)
        else:
            click.echo("The log has no key yet: `embargo-monitor key adopt`", err=True)


@key.command()
@log_option
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A private key of this log, brought from another machine.",
)
def adopt(log_path: str, file: Path | None) -> None:
    """Draw a key for a log that has none, or bring one of its keys here."""
    with EventLog.open(log_path) as log:
        if file is None:
            log.signing.adopt_key()
            sign_and_tell(log, as_json=False)
        else:
            log.signing.adopt_file(_read_note(file).decode(errors="replace"))
        _tell_key(log)


@key.command()
@click.argument("name")
def draw(name: str) -> None:
    """Draw a key of yours, with which you cosign the logs of others.

    NAME says whose it is, such as institute.example/witness: no space and no plus.
    """
    keys = Custody.of_user().keys
    for one in _own_keys(keys, name):
        there = str(one.verifier)
        reason = f"there is a key of yours of that name already: {there}"
        raise SigningKeyError(name, there, reason)
    drawn = keys.draw(name, COSIGNATURE).verifier
    click.echo(isolated(str(drawn)))
    click.echo(f"Its private half lies at {keys.path_of(drawn)}", err=True)


@key.command()
@click.argument("vkey", callback=verifier_key)
@log_option
def accept(vkey: VerifierKey, log_path: str) -> None:
    """Accept that another key signs a log than the one that was seen here.

    VKEY is the log's verifier key now (or @FILE): ask its owner for it, by a way that
    you trust. The log is the one at --log if VKEY is named as that is; else one of
    others that you cosign: what was seen of it stays, and the new key must go on from
    there.
    """
    if Path(log_path).exists():
        with EventLog.open(log_path) as log:
            if log.origin == vkey.name:
                _tell_accepted(log, log.accept_key(vkey))
                return
    seen = Custody.of_user().witness.accept(vkey)
    click.echo(labelled("accepted", isolated(str(vkey)), width=width()))
    click.echo(labelled("before", isolated(str(seen.verifier)), width=width()))
    click.echo(labelled("seen here", sized(seen.head), width=width()))


def _tell_accepted(log: EventLog, accepted: Accepted) -> None:
    if accepted.lost:
        warn(f"the log lost what was seen of it here. {accepted.lost}")
    click.echo(labelled("accepted", isolated(log.verifier_key), width=width()))
    head = sized(accepted.checkpoint.head)
    click.echo(labelled("seen here", head, width=width()))


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@key_option
@click.option("--as", "name", required=True, metavar="NAME", help="Whose key signs.")
@output_option
def cosign(file: Path, key: VerifierKey, name: str, output: str) -> None:
    """Cosign the checkpoint of another's log, if it continues all you saw of that.

    FILE is a checkpoint in the folder of its log (`export-log`), or one that brings its
    proof along (`checkpoint --since SIZE`).
    """
    custody = Custody.of_user()
    signing = _own_key(custody.keys, name)
    _require_seen_key(custody.witness, key)
    data = read_request(file)
    if data.startswith(b"old "):
        request = parse_consistency(data)
        note, proof = request.note, brought(request.old, request.hashes)
    else:
        note = data
        size = parse_tree_head(parse_note(note).text).size
        hashes = hashes_in(file.parent, size)

        def proof(old: int, new: int) -> tuple[bytes, ...]:
            return prove_consistency(old, new, hashes)

    cosigner = Cosigner(signing, custody.witness)
    write_output(cosigner.cosign(note, key, proof, int(now().timestamp())), output)


def _own_key(keys: KeyRing, name: str) -> SigningKey:
    """Return the one key of the user's that has this name, to cosign with.

    Raises:
        UnknownNameError: There is none.
        SigningKeyError: There are several, brought here by hand.
    """
    own = _own_keys(keys, name)
    if not own:
        raise UnknownNameError("key of yours", name)
    if len(own) > 1:
        several = ", ".join(str(one.verifier) for one in own)
        reason = f"several keys of yours have that name: {several}. Move the files of"
        reason = f"{reason} all but one of them out of {keys.folder}"
        raise SigningKeyError(name, str(own[-1].verifier), reason)
    return own[0]


def _own_keys(keys: KeyRing, name: str) -> tuple[SigningKey, ...]:
    """Return the user's keys of that name that cosign."""
    return tuple(one for one in keys.of(name) if one.kind == COSIGNATURE)


def _require_seen_key(witness: Witness, key: VerifierKey) -> None:
    """Refuse to cosign under another key than was seen, with what to do.

    Raises:
        WitnessError: Another key signed what was seen of the log.
    """
    seen = witness.seen(key.name)
    if seen is not None and seen.verifier != key:
        reason = (
            f"what was seen of it was signed by {seen.verifier}. If its owner, asked by"
            f" a way that you trust, says that {key} signs it now: `embargo-monitor key"
            " accept VKEY`, with the key as they give it"
        )
        raise WitnessError(key.name, reason)


def _read_note(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_NOTE + 1)


def _tell_key(log: EventLog) -> None:
    click.echo(labelled("key", isolated(log.verifier_key), width=width()))
