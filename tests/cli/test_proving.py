"""Commands that prove what a log held: prove, and check-bundle for who has no log."""

import json
import stat

import pytest
from attrs import evolve

from embargo_monitor.authoring import Attached
from embargo_monitor.authoring.given import Authored
from embargo_monitor.encoding import encode
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.bundles import (
    Absence,
    Absent,
    Bundle,
    format_bundle,
    parse_bundle,
)
from embargo_monitor.log.checkpoints import (
    TreeHead,
    cosign,
    sign_checkpoint,
    with_signatures,
)
from embargo_monitor.log.merkle import hash_leaf
from embargo_monitor.log.prooftexts import InclusionProof
from embargo_monitor.log.signers import COSIGNATURE, ED25519, SigningKey
from embargo_monitor.model.quotes import Exhibit, Handling
from embargo_monitor.model.records import Withdrawal
from embargo_monitor.seeds import seed_report

WITNESS = SigningKey("example.net/witness", COSIGNATURE, seed=bytes(range(1, 33)))
FRIEND = SigningKey("example.net/friend", ED25519, seed=bytes(range(2, 34)))
LATE = SigningKey("example.net/late", COSIGNATURE, seed=bytes(range(3, 35)))

SECRET = Attached(b"a secret", bytes(range(32)))
SCAN = Exhibit(
    "scan",
    SECRET.digest,
    media_type="image/png",
    size=8,
    handling=Handling.CONFIDENTIAL,
)


@pytest.fixture
def article(run, tmp_path):
    """A log with the article alone, signed, and the file that holds its key."""
    run.article()
    run("checkpoint")
    (tmp_path / "log.vkey").write_text(run("key", "show").out)
    return run


@pytest.fixture
def secret(run, tmp_path):
    """A log whose report cites the article and a scan that few may see; withdrawn."""
    seed = seed_report()
    document = seed.report.document
    document = evolve(document, exhibits=(*document.exhibits, SCAN))
    report = evolve(seed.report, document=document)
    with EventLog.create(tmp_path / "monitor.db", origin="example.org/log") as log:
        log.append(Authored(report, {**seed.exhibits, SCAN.digest: SECRET}, ()))
        log.append(
            Withdrawal(
                "w-1", entry="seed-article", entry_kind="report", reason="x", by="ana"
            )
        )
        log.checkpoint()
        (tmp_path / "log.vkey").write_text(log.verifier_key + "\n")
    return run


def words(printed):
    return " ".join(printed.split())


# --- prove


def test_prove_says_what_it_put_in_and_how_to_check_it(article, tmp_path):
    ran = article("prove", "0", "-o", "deal.bundle")
    size = (tmp_path / "deal.bundle").stat().st_size
    assert ran.code == 0, ran.err
    assert ran.out.startswith(f"Wrote deal.bundle, {size:,} bytes\n")
    told = words(ran.out)
    assert "entry 0, report seed-article: whole, whatever it names" in told
    assert "exhibit text, text/plain, 4,057 bytes, public: in the bundle" in told
    assert (tmp_path / "log.vkey").read_text().strip() in told
    assert "`embargo-monitor check-bundle FILE --key KEY`" in told


def test_prove_finds_an_entry_by_its_id(article, tmp_path):
    assert article("prove", "seed-article", "-o", "a").code == 0
    assert article("prove", "0", "-o", "b").code == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_prove_says_what_it_left_out_and_what_came_later(secret):
    told = words(secret("prove", "0", "-o", "public.bundle").out)
    left = "exhibit scan, image/png, 8 bytes, confidential: LEFT OUT: --handling does"
    assert left in told
    assert "later entry 1, withdrawal w-1: speaks of it, and is NOT in the" in told
    told = words(
        secret("prove", "0", "-o", "all.bundle", "--handling", "confidential").out
    )
    assert "confidential: in the bundle" in told


def test_prove_says_that_an_exhibit_is_not_here(article, tmp_path):
    [exhibit] = (tmp_path / "monitor.db-exhibits").iterdir()
    exhibit.unlink()
    told = words(article("prove", "0", "-o", "deal.bundle").out)
    assert "public: LEFT OUT: it is not here as it was logged; run `verify`" in told


def test_prove_overwrites_nothing(article, tmp_path):
    (tmp_path / "deal.bundle").write_text("mine")
    ran = article("prove", "0", "-o", "deal.bundle")
    assert ran.code == 1
    assert "none is overwritten, got 'deal.bundle'" in ran.err
    assert (tmp_path / "deal.bundle").read_text() == "mine"
    assert article("prove", "0", "-o", "no/such/folder").code == 1


def test_a_bundle_is_for_its_owners_eyes(secret, tmp_path):
    secret("prove", "0", "-o", "deal.bundle", "--handling", "confidential")
    mode = (tmp_path / "deal.bundle").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_standard_output_gets_the_bundle_alone(article):
    ran = article("prove", "0", "-o", "-")
    assert parse_bundle(ran.out.encode()).proof.index == 0
    assert "in the bundle" in ran.err
    checked = article("check-bundle", "-", "--key", "@log.vkey", stdin=ran.out.encode())
    assert checked.code == 0, checked.err


def test_prove_asks_for_a_checkpoint_first(run, tmp_path):
    with EventLog.create(tmp_path / "monitor.db") as log:
        log.append(seed_report())
    ran = run("prove", "0", "-o", "deal.bundle")
    assert ran.code == 1
    assert "`embargo-monitor checkpoint` signs a new one" in ran.err
    assert not (tmp_path / "deal.bundle").exists()


# --- check-bundle


def test_check_bundle_shows_the_record_as_show_does_and_what_was_proved(
    article, tmp_path
):
    article("prove", "0", "-o", "deal.bundle")
    shown = article("show", "0").out
    origin = (tmp_path / "log.vkey").read_text().split("+")[0]
    (tmp_path / "monitor.db").unlink()
    ran = article("check-bundle", "deal.bundle", "--key", "@log.vkey")
    assert ran.code == 0, ran.err
    assert ran.out.startswith(shown)
    assert "في صفقة تُقدَّر قيمتها بنحو 3 مليارات دولار" in ran.out
    told = words(ran.out.removeprefix(shown))
    assert told.startswith("WHAT THE BUNDLE PROVES")
    assert "public: in the bundle, byte for byte what the entry binds" in told
    assert "cosigned by nobody whom you named" in told
    assert told.endswith(
        "proved these bytes, the entry above, were in the log"
        f" {origin} at position 0, counted from 0, no later than the checkpoint of"
        " size 1 was made not proved that what they say is true, or when the recorder"
        " says it was recorded; nor that no later entry corrects or withdraws it"
    )


def test_the_key_may_be_given_as_text(article, tmp_path):
    article("prove", "0", "-o", "deal.bundle")
    key = (tmp_path / "log.vkey").read_text().strip()
    by_text = article("check-bundle", "deal.bundle", "--key", key)
    by_file = article("check-bundle", "deal.bundle", "--key", "@log.vkey")
    assert (by_text.code, by_text.out) == (0, by_file.out)


def test_check_bundle_says_what_is_not_in_it(secret, tmp_path):
    secret("prove", "0", "-o", "deal.bundle")
    told = words(secret("check-bundle", "deal.bundle", "--key", "@log.vkey").out)
    said = "NOT in the bundle; whoever gave you this says that it is kept back for"
    assert f"confidential: {said}" in told
    # The note in the exhibits' folder of what was left out is no part of it.
    assert bytes(SECRET.salt).hex() not in (tmp_path / "deal.bundle").read_text()
    ran = secret("check-bundle", "deal.bundle", "--key", "@log.vkey", "--json")
    found = json.loads(ran.out)
    assert [one.get("absent") for one in found["exhibits"]] == [None, "withheld"]


def test_check_bundle_as_json(article, tmp_path):
    article("prove", "0", "-o", "deal.bundle")
    ran = article("check-bundle", "deal.bundle", "--key", "@log.vkey", "--json")
    found = json.loads(ran.out)
    assert found["entry"] == json.loads(article("show", "0", "--json").out)
    assert (found["size"], found["cosigned"]) == (1, [])
    assert found["root"] == found["entry"]["leaf"]
    assert found["key"] == (tmp_path / "log.vkey").read_text().strip()
    assert found["exhibits"] == [
        {"id": "text", "digest": found["exhibits"][0]["digest"], "size": 4057}
    ]
    assert "at position 0" in found["proved"]
    assert found["not_proved"].startswith("that what they say is true")


def test_cosignatures_are_told_with_their_own_clock(article, tmp_path):
    article("prove", "0", "-o", "deal.bundle")
    bundle = parse_bundle((tmp_path / "deal.bundle").read_bytes())
    note = cosign(bundle.proof.note, WITNESS, 1_770_000_000)
    note = cosign(note, LATE, 2**63 - 1)
    text = note[: note.index(b"\n\n") + 1]
    note = with_signatures(note, [FRIEND.sign(text)])
    data = format_bundle(evolve(bundle, proof=evolve(bundle.proof, note=note)))
    (tmp_path / "deal.bundle").write_bytes(data)
    (tmp_path / "witness.vkey").write_text(str(WITNESS.verifier))
    asked = ["check-bundle", "deal.bundle", "--key", "@log.vkey"]
    asked += ["--witness", "@witness.vkey", "--witness", str(LATE.verifier)]
    asked += ["--witness", str(FRIEND.verifier), "--quorum", "2"]
    told = words(article(*asked).out)
    by = "by example.net/witness, whose clock said 2026-02-02T02:40:00Z"
    assert f"cosigned {by}" in told
    by = "by example.net/late, whose clock said 9,223,372,036,854,775,807 seconds after"
    assert f"cosigned {by}" in told
    assert "cosigned by example.net/friend, who says no time" in told
    found = json.loads(article(*asked, "--json").out)
    assert [one["time"] for one in found["cosigned"]] == [
        1_770_000_000,
        2**63 - 1,
        None,
    ]


OTHER = SigningKey("example.org/log", ED25519, seed=bytes(range(4, 36)))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda data: data.replace(b"Pakistan", b"Pakistam"), "inclusion is not prov"),
        (lambda data: data.replace(b"\nindex 0\n", b"\nindex 1\n"), "inclusion is not"),
        (
            lambda data: (
                data[:-20] + (b"B" if data[-20:-19] == b"A" else b"A") + data[-19:]
            ),
            "signature is wrong",
        ),
    ],
)
def test_what_does_not_hold_is_not_shown_and_exits_with_3(
    article, tmp_path, harm, said
):
    article("prove", "0", "-o", "deal.bundle")
    data = (tmp_path / "deal.bundle").read_bytes()
    assert harm(data) != data
    (tmp_path / "deal.bundle").write_bytes(harm(data))
    ran = article("check-bundle", "deal.bundle", "--key", "@log.vkey")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("NOT VERIFIED\n")
    assert said in ran.err
    assert "Do not rely on this bundle" in ran.err


def test_under_another_key_or_without_the_quorum_it_exits_with_3(article):
    article("prove", "0", "-o", "deal.bundle")
    asked = ["check-bundle", "deal.bundle", "--key"]
    assert article(*asked, OTHER.verifier).code == 3
    asked += ["@log.vkey", "--witness", WITNESS.verifier]
    assert article(*asked, "--quorum", "1").code == 3
    # Whoever names a witness wants its signature.
    assert article(*asked).code == 3
    ran = article(*asked, "--quorum", "0")
    assert ran.code == 0
    assert "cosigned by nobody whom you named" in words(ran.out)
    ran = article(*asked, "--quorum", "2")
    assert ran.code == 1
    assert "quorum must be from 0 to 1" in ran.err


def test_an_exhibit_that_was_exchanged_exits_with_3(article, tmp_path):
    article("prove", "0", "-o", "deal.bundle")
    bundle = parse_bundle((tmp_path / "deal.bundle").read_bytes())
    [text] = bundle.exhibits
    other = evolve(bundle, exhibits=(evolve(text, data=b"another article"),))
    (tmp_path / "deal.bundle").write_bytes(format_bundle(other))
    ran = article("check-bundle", "deal.bundle", "--key", "@log.vkey")
    assert ran.code == 3
    assert "the bytes in the bundle are not those that were bound" in ran.err


@pytest.mark.parametrize("data", [b"", b"no bundle", bytes(range(256))])
def test_what_is_no_bundle_is_not_verified(article, tmp_path, data):
    (tmp_path / "other.bundle").write_bytes(data)
    ran = article("check-bundle", "other.bundle", "--key", "@log.vkey")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("NOT VERIFIED\nThis file is no bundle as one must be")
    assert "bundle, line 1: " in ran.err
    assert "Do not rely on this bundle" in ran.err


def test_a_bundle_whose_lines_were_changed_by_mail_is_to_be_sent_again(
    article, tmp_path
):
    article("prove", "0", "-o", "deal.bundle")
    data = (tmp_path / "deal.bundle").read_bytes()
    (tmp_path / "deal.bundle").write_bytes(data.replace(b"\n", b"\r\n"))
    ran = article("check-bundle", "deal.bundle", "--key", "@log.vkey")
    assert (ran.code, ran.out) == (3, "")
    assert "changed its line ends. Ask for it as an attachment" in words(ran.err)


@pytest.mark.parametrize("at", [0, 0.2, 0.5, 0.9, 1])
def test_what_is_wrong_is_told_as_json_too(article, tmp_path, at):
    article("prove", "0", "-o", "deal.bundle")
    data = bytearray((tmp_path / "deal.bundle").read_bytes())
    place = int(at * (len(data) - 2))
    data[place] ^= 1
    (tmp_path / "deal.bundle").write_bytes(data)
    ran = article("check-bundle", "deal.bundle", "--key", "@log.vkey", "--json")
    assert ran.code == 3
    [problem] = json.loads(ran.out)["problems"]
    assert "Do not rely on this bundle" in problem["detail"]


def test_what_only_a_newer_version_can_read_is_said_to_be_so(run, tmp_path, clock):
    record = Withdrawal("w-1", entry="r-1", entry_kind="report", reason="x", by="ana")
    entry = encode(record, recorded=clock(), by="ana").replace(b'"kv":1', b'"kv":9')
    head = TreeHead(OTHER.name, 1, root=hash_leaf(entry))
    proof = InclusionProof(0, (), note=sign_checkpoint(head, OTHER))
    (tmp_path / "new.bundle").write_bytes(format_bundle(Bundle(entry, proof)))
    ran = run("check-bundle", "new.bundle", "--key", str(OTHER.verifier))
    assert (ran.code, ran.out) == (3, "")
    assert "That says nothing against the bundle" in ran.err


@pytest.mark.parametrize("absence", ["withheld", "missing", "restricted"])
def test_a_public_exhibit_that_somebody_took_out_is_not_told_as_withheld(
    article, tmp_path, absence
):
    article("prove", "0", "-o", "deal.bundle")
    bundle = parse_bundle((tmp_path / "deal.bundle").read_bytes())
    [text] = bundle.exhibits
    absent = (Absent(text.digest, Absence(absence)),)
    data = format_bundle(evolve(bundle, exhibits=(), absent=absent))
    (tmp_path / "deal.bundle").write_bytes(data)
    ran = article("check-bundle", "deal.bundle", "--key", "@log.vkey")
    if absence == "withheld":
        assert ran.code == 3
        assert "and the entry says that it is public" in ran.err
    else:
        assert ran.code == 0
        assert "NOT in the bundle; whoever gave you this says that" in words(ran.out)


# --- exhibits out of a bundle


def test_exhibits_are_written_as_new_files_once_all_holds(secret, tmp_path):
    secret("prove", "0", "-o", "deal.bundle", "--handling", "confidential")
    asked = ["check-bundle", "deal.bundle", "--key", "@log.vkey", "--exhibits", "out"]
    ran = secret(*asked)
    assert ran.code == 0, ran.err
    assert "Wrote exhibit scan: out/2-scan.png" in ran.err
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert names == {"1-text.txt", "2-scan.png"}
    assert (tmp_path / "out" / "2-scan.png").read_bytes() == SECRET.data
    assert stat.S_IMODE((tmp_path / "out" / "2-scan.png").stat().st_mode) == 0o600
    (tmp_path / "out" / "1-text.txt").unlink()
    again = secret(*asked)
    assert again.code == 1
    assert "none is overwritten" in again.err
    assert not (tmp_path / "out" / "1-text.txt").exists()


def test_no_exhibit_is_written_where_a_link_leads(secret, tmp_path):
    secret("prove", "0", "-o", "deal.bundle")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "1-text.txt").symlink_to(tmp_path / "elsewhere")
    ran = secret("check-bundle", "deal.bundle", "--key", "@log.vkey", "--exhibits=out")
    assert ran.code == 1
    assert not (tmp_path / "elsewhere").exists()


def test_no_exhibit_is_written_out_of_what_does_not_hold(secret, tmp_path):
    secret("prove", "0", "-o", "deal.bundle")
    ran = secret(
        *("check-bundle", "deal.bundle", "--key", OTHER.verifier, "--exhibits=out")
    )
    assert ran.code == 3
    assert not (tmp_path / "out").exists()


def test_without_a_key_or_a_file_it_is_wrong_usage(article):
    article("prove", "0", "-o", "deal.bundle")
    assert article("check-bundle", "deal.bundle").code == 2
    assert article("check-bundle", "deal.bundle", "--key", "no key").code == 2
    assert article("check-bundle", "no.bundle", "--key", "@log.vkey").code == 2


def test_text_from_a_bundle_moves_nothing_on_the_screen(run, tmp_path, clock):
    name = "example.org/\u202elog\u2066"
    key = SigningKey(name, ED25519, seed=bytes(range(32)))
    record = Withdrawal(
        "w-1", entry="r-1", entry_kind="report", reason="twice", by="ana"
    )
    entry = encode(record, recorded=clock(), by="صفقة ana")
    head = TreeHead(name, 1, root=hash_leaf(entry))
    proof = InclusionProof(0, (), note=sign_checkpoint(head, key))
    (tmp_path / "odd.bundle").write_bytes(format_bundle(Bundle(entry, proof)))
    ran = run("check-bundle", "odd.bundle", "--key", str(key.verifier))
    assert ran.code == 0, ran.err
    assert "\u202e" not in ran.out
    assert "\u2066" not in ran.out
    assert r"were in the log example.org/\u202elog\u2066 at" in words(ran.out)
    assert "\u2068صفقة ana\u2069" in ran.out
