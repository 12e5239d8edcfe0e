"""Bundles of our records: made from a log, and checked without one.

The log's half of a bundle knows bytes and digests. Which exhibits a record cites, who
may see them, and whether the quoted words stand in them, is said here.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from attrs import field, frozen

from embargo_monitor.disclosing import disclosure_among
from embargo_monitor.encoding import decode
from embargo_monitor.errors import (
    ExhibitError,
    InvalidValueError,
    NewerVersionError,
)
from embargo_monitor.log.bundles import (
    Absence,
    Absent,
    Bundle,
    BundledExhibit,
    check_bundle_proof,
    format_bundle,
    parse_bundle,
)
from embargo_monitor.log.checkpoints import Checkpoint, Policy
from embargo_monitor.log.entries import Reader, Stored
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.log.merkle import hash_leaf
from embargo_monitor.log.proofs import prove_inclusion
from embargo_monitor.log.prooftexts import InclusionProof
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.log.signing import kept_checkpoint
from embargo_monitor.logged import Logged
from embargo_monitor.model.quotes import Exhibit, Handling
from embargo_monitor.model.records import Record
from embargo_monitor.verifying import exhibit_problems, exhibits_of


@frozen
class CheckedBundle:
    """What a bundle brings, all of it checked.

    Attributes:
        logged: The entry, and where the log held it.
        checkpoint: The checkpoint that it is proved by, and who of the known keys
            signed that.
        exhibits: The bytes of the exhibits that are in the bundle, by local id.
        absent: Why the others are not, by local id, as whoever gave it says: anybody
            can take an exhibit out and write so.
        texts: The texts among the exhibits, by local id.
    """

    logged: Logged
    checkpoint: Checkpoint
    exhibits: Mapping[str, bytes] = field(kw_only=True, repr=False)
    absent: Mapping[str, Absence] = field(kw_only=True)
    texts: Mapping[str, str] = field(kw_only=True, repr=False)


def make_bundle(
    reader: Reader, exhibits: ExhibitStore, index: int, handling: Handling
) -> bytes:
    """Make a bundle of an entry, by the last checkpoint of the log.

    What comes of it was checked as who receives it will check it.

    Args:
        reader: The log.
        exhibits: Its exhibits.
        index: Where the entry stands, from 0.
        handling: The strictest handling of exhibits that go along, as all of the log
            has it: also entries that came later, signed or not. The entry itself goes
            whole, whatever it names.

    Raises:
        InvalidValueError: There is no such entry; or no checkpoint covers it yet, or
            the bundle is too long: the text says what to do.
        NewerVersionError: A newer version of this library must make it, for only that
            knows what the entry cites.
        EncodingError: The entry is damaged: verify the log. So for the next three.
        VerificationError: The tree or the checkpoint is damaged.
        SignatureError: The checkpoint is not signed by the log's key.
        ProofError: The log does not hold what was signed.
        ExhibitError: An exhibit is not what the entry says of it: verify the log.
    """
    stored = reader.entry(index)
    record = _record_of(stored)
    checkpoint = _last_checkpoint(reader, index)
    hashes = prove_inclusion(index, checkpoint.head.size, reader.hashes)
    proof = InclusionProof(index, hashes, note=checkpoint.note)
    here: list[BundledExhibit] = []
    away: list[Absent] = []
    for digest, absence in _withheld(reader, exhibits, record, handling):
        if absence is not None:
            away.append(Absent(digest, absence))
            continue
        try:
            data, salt = exhibits.read(digest), exhibits.salt_of(digest)
        except ExhibitError:
            # Lost or changed: what was bound is not here, and cannot be given.
            away.append(Absent(digest, Absence.MISSING))
        else:
            here.append(BundledExhibit(digest, data, salt=salt))
    bundle = Bundle(stored.body, proof, exhibits=tuple(here), absent=tuple(away))
    data = format_bundle(bundle)
    [signer] = [one.key for one in checkpoint.signed]
    check_bundle(data, key=signer)
    return data


def check_bundle(
    data: bytes,
    *,
    key: str | VerifierKey,
    witnesses: Iterable[str | VerifierKey] = (),
    quorum: int | None = None,
) -> CheckedBundle:
    """Check a bundle, and read what is in it. No log is needed.

    It proves that these bytes were in the log, at that place, no later than the
    checkpoint was made. It does not prove that what they say is true, that it was
    recorded when the recorder says, or that no later entry takes it back.

    Args:
        data: The bundle.
        key: The log's verifier key, got from its owner by another way than the bundle.
        witnesses: Verifier keys of those whose cosignatures count.
        quorum: How many of them must have cosigned the checkpoint; None for all.

    Raises:
        FormatError: It is no bundle, or a key is none.
        InvalidValueError: These keys are no keys of a log and of witnesses, or fewer
            than the quorum.
        SignatureError: The checkpoint is not signed as asked: believe nothing of it.
        ProofError: The log did not hold these bytes at that place.
        ExhibitError: An exhibit is not what was bound, is not cited, is cited and
            neither there nor said to be absent, is public and said to be withheld, or
            a quote lies outside of it.
        NewerVersionError: A newer version of this library is needed to read it.
        EncodingError: The log held these bytes, but they are no record of ours.
    """
    named = tuple(map(VerifierKey.of, witnesses))
    demanded = len(named) if quorum is None else quorum
    policy = Policy(VerifierKey.of(key), witnesses=named, quorum=demanded)
    bundle = parse_bundle(data)
    checkpoint = check_bundle_proof(bundle, policy)
    stored = Stored(
        bundle.proof.index, "", leaf=hash_leaf(bundle.entry), body=bundle.entry
    )
    record = _record_of(stored)
    given = {one.digest: one.data for one in bundle.exhibits}
    absent = {one.digest: one.absence for one in bundle.absent}
    _require_accounted({one.digest for one in exhibits_of(record)}, {*given, *absent})
    for problem in exhibit_problems(_Given(given), record):
        if problem.digest not in absent:
            raise problem
    cited = exhibits_of(record)
    _require_secret(cited, absent)
    here = {one.id: given[one.digest] for one in cited if one.digest in given}
    return CheckedBundle(
        Logged.of(stored),
        checkpoint,
        exhibits=here,
        absent={one.id: absent[one.digest] for one in cited if one.digest in absent},
        texts=_texts(cited, here),
    )


@frozen
class _Given:
    """The exhibits of a bundle by digest, each checked already."""

    data: Mapping[str, bytes]

    def read(self, digest: str) -> bytes:
        """Return an exhibit."""
        if digest not in self.data:
            raise ExhibitError(digest, "it is not in the bundle")
        return self.data[digest]


def _record_of(stored: Stored) -> Record:
    entry = decode(stored.body)
    if entry.record is None:
        # What it cites cannot be known, so neither can it be said what is left out.
        raise NewerVersionError(entry.envelope.kind, entry.envelope.kv)
    return entry.record


def _last_checkpoint(reader: Reader, index: int) -> Checkpoint:
    last = reader.kept.latest()
    size = last.size if last else 0
    if index >= size:
        wanted = (
            f"below {size}, the size of the last checkpoint"
            " (`embargo-monitor checkpoint` signs a new one)"
        )
        raise InvalidValueError("index", index, wanted)
    return kept_checkpoint(reader, size)


def _withheld(
    reader: Reader, exhibits: ExhibitStore, record: Record, handling: Handling
) -> Iterator[tuple[str, Absence | None]]:
    """Give what a record cites, by digest, and why it is kept back; None if it goes."""
    cited = exhibits_of(record)
    own = [one.digest for one in cited if one.handling.is_stricter_than(handling)]
    strictest = disclosure_among(reader, exhibits, cited).handling if cited else {}
    for digest in sorted({one.digest for one in cited}):
        if digest in own:
            yield digest, Absence.WITHHELD
        elif strictest[digest].is_stricter_than(handling):
            yield digest, Absence.RESTRICTED
        else:
            yield digest, None


def _require_accounted(cited: set[str], told: set[str]) -> None:
    for digest in sorted(cited - told):
        reason = "the entry cites it; it is neither in the bundle nor said to be absent"
        raise ExhibitError(digest, reason)
    for digest in sorted(told - cited):
        raise ExhibitError(digest, "the bundle tells of it, and the entry does not")


def _require_secret(cited: Iterable[Exhibit], absent: Mapping[str, Absence]) -> None:
    for one in cited:
        withheld = absent.get(one.digest) is Absence.WITHHELD
        if withheld and one.handling is Handling.PUBLIC:
            reason = "the bundle has it withheld, and the entry says that it is public"
            raise ExhibitError(one.digest, reason)


def _texts(cited: Iterable[Exhibit], here: Mapping[str, bytes]) -> dict[str, str]:
    found = {}
    for one in cited:
        if one.id in here and one.media_type.startswith("text/"):
            # A report's texts were decoded already; a correction's may be anything.
            with suppress(UnicodeDecodeError):
                found[one.id] = here[one.id].decode()
    return found
