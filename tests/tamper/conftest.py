"""A log to attack: closed, signed, and small, so that much can be done to it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve, frozen

from embargo_monitor.authoring import author
from embargo_monitor.errors import LogError, VerificationError
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.checkpoints import (
    Checkpoint,
    Policy,
    cosign,
    open_checkpoint,
)
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.signers import COSIGNATURE, SigningKey, VerifierKey
from embargo_monitor.log.witness import Witness
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import Assessment

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
WITNESS = SigningKey("institute.example/w", COSIGNATURE, seed=bytes(32))
QUOTED = "قال الوزير إن عشر شاحنات سلمت."


def told(id, text=QUOTED, note=""):
    """A report of one claim, with the text that it quotes as an exhibit."""
    form = {
        "report": id,
        "note": note,
        "document": {
            "titles": {"ar": "عشر شاحنات"},
            "publisher": "paper",
            "exhibits": {"text": {"file": "text.txt"}},
        },
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"paper": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Ten trucks"}},
        "claims": [
            {
                "voice": "paper",
                "about": "deal",
                "stage": "delivered",
                "quote": "عشر شاحنات سلمت",
            }
        ],
    }
    return author(form, read={"text.txt": text.encode()}.__getitem__)


def records(count, longest):
    """Four reports with their exhibits, and judgements of them: small entries."""
    reports = [told(f"r-{n}", f"{n} {QUOTED}", note=n * QUOTED) for n in range(4)]
    judged = CredibilityGrade(Credibility.DOUBTFUL, by="ana", on="2026-01-02")
    assessments = [
        Assessment(
            f"a-{n}",
            claim=f"r-{n % 4}#{reports[0].report.claims[0].id}",
            credibility=judged,
            reason=f"{n} {QUOTED} " * (1 + n * 5 % longest) + "so",
        )
        for n in range(count - len(reports))
    ]
    return [*reports, *assessments]


@frozen
class Sample:
    """A log that was closed, and what others have of it.

    Attributes:
        path: The database; exhibits lie beside it.
        custody: Its keys, and what was seen of it.
        old: A checkpoint that somebody else holds, of fewer entries than there are.
        key: The log's verifier key.
    """

    path: Path
    custody: Custody
    old: Checkpoint
    key: VerifierKey

    def copied(self, folder):
        """The same log in another folder, its witness file included."""
        shutil.copytree(self.path.parent, folder / "copy")
        shutil.copytree(self.custody.witness.folder, folder / "seen")
        custody = evolve(self.custody, witness=Witness(folder / "seen"))
        return evolve(self, path=folder / "copy" / "monitor.db", custody=custody)

    def without_witness(self, folder):
        """The same log where nothing was seen of it."""
        return evolve(self, custody=evolve(self.custody, witness=Witness(folder)))

    def problems(self, *against):
        """Verify it; give the kinds of what is wrong, `refused` if it cannot open."""
        try:
            log = EventLog.open(self.path, custody=self.custody)
        except LogError:
            return ["refused"]
        with log:
            try:
                log.verify(against=against)
            except VerificationError as error:
                return [problem.kind for problem in error.problems]
        return []


def made(folder, entries, sizes, covered):
    """Make a log of records, signed and cosigned at some sizes; keep one of these."""
    custody = Custody(KeyRing(folder / "keys"), Witness(folder / "witness"))
    (folder / "log").mkdir()
    path = folder / "log" / "monitor.db"
    signed = {}
    with EventLog.create(path, clock=lambda: NOON, custody=custody) as log:
        for size in sizes:
            log.append_all(entries[log.size : size])
            signed[size] = log.checkpoint()
        key = VerifierKey.parse(log.verifier_key)
        for note in signed.values():
            line = cosign(note.note, WITNESS, int(NOON.timestamp()))
            log.signing.keep_cosignatures(line, [WITNESS.verifier])
    old = open_checkpoint(signed[covered].note, Policy(key))
    return Sample(path, custody, old, key)


@pytest.fixture
def is_full(request):
    """Whether the full figures are asked for."""
    return bool(request.config.getoption("--full", default=False))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A log of 24 entries, signed at four sizes."""
    folder = tmp_path_factory.mktemp("small")
    return made(folder, records(24, 290), (0, 1, 20, 24), covered=20)


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A log of 270 entries, so that its tree has a complete node."""
    folder = tmp_path_factory.mktemp("long")
    return made(folder, records(270, 3), (0, 200, 265, 270), covered=265)
