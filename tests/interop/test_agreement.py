"""Two verifiers, one verdict, over seeded mutations of what a log publishes.

Mutations come at three depths: before signing (so that the parsers have to refuse,
where the signature is right), among the signatures, and in the finished file.
"""

import base64
import hashlib
import hmac
import re
import sys
import unicodedata
from random import Random

import pytest

from embargo_monitor import publishing
from embargo_monitor.errors import EmbargoMonitorError
from embargo_monitor.log import (
    bundles,
    checkpoints,
    notes,
    proofs,
    prooftexts,
    signers,
    static_audit,
    tiles,
)
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.merkle import EMPTY, hash_leaf, root_at

SHARES = {
    "note": 500,
    "checkpoint": 1400,
    "inclusion": 1100,
    "consistency": 900,
    "bundle": 500,
    "audit": 600,
}
"""How many cases of each kind make 5,000; ten times as many with --full."""

ORIGIN = "example.org/arms-log"
LARGEST = 600
HEADER = b"c2sp.org/tlog-proof@v1\n"
MAX_NOTE = MAX_EXTRA = 64 * 1024

SPACES = "\x85\xa0\u1680\u2000\u2003\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode spaces; the ASCII ones are parted by other rules."""
NO_SPACES = "\u180e\u200b\u200d\u2060\ufeff\x7f\x9f\u0661é"
"""What could be taken for one."""


# --- What our verifier says -----------------------------------------------------------


def _policy(request):
    return checkpoints.Policy(
        signers.VerifierKey.parse(request["vkey"]),
        witnesses=tuple(map(signers.VerifierKey.parse, request["witnesses"])),
        quorum=request["quorum"],
    )


def _note(request):
    keys = map(signers.VerifierKey.parse, (request["vkey"], *request["witnesses"]))
    notes.check_signatures(notes.parse_note(request["note"]), keys)


def _checkpoint(request):
    checkpoints.open_checkpoint(request["note"], _policy(request))


def _inclusion(request):
    read = prooftexts.parse_inclusion(request["proof"])
    head = checkpoints.open_checkpoint(read.note, _policy(request)).head
    leaf = hash_leaf(request["entry"])
    proofs.check_inclusion(leaf, read.index, head.size, read.hashes, head.root)


def _consistency(request):
    read = prooftexts.parse_consistency(request["request"])
    head = checkpoints.open_checkpoint(read.note, _policy(request)).head
    old_root = request["old_root"]
    if read.old == 0:
        # What tlog-witness takes, and RFC 9162 knows no proof of.
        if read.hashes or old_root != EMPTY.root():
            raise proofs.ProofError("consistency", "from nothing, nothing is proved")
        return
    proofs.check_consistency(read.old, old_root, head.size, head.root, read.hashes)


def _audit(request):
    publishing.audit(Folder(request["dir"]), _policy(request))


def _bundle(request):
    read = bundles.parse_bundle(request["bundle"])
    bundles.check_bundle_proof(read, _policy(request))


OURS = {
    "audit": _audit,
    "bundle": _bundle,
    "note": _note,
    "checkpoint": _checkpoint,
    "inclusion": _inclusion,
    "consistency": _consistency,
}


REFUSALS = (EmbargoMonitorError,)
"""Any other error is no verdict: it fails the test."""


def our_verdict(request):
    try:
        OURS[request["do"]](request)
    except REFUSALS as error:
        return {"ok": False, "why": f"{type(error).__name__}: {error}"}
    return {"ok": True}


# --- Mutations of any text ------------------------------------------------------------


def _lines(data):
    return data.splitlines(keepends=True)


def _at(rng, data):
    return rng.randrange(len(data) + 1)


def flip_a_bit(rng, data):
    changed = bytearray(data)
    changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def drop_a_line(rng, data):
    lines = _lines(data)
    del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def double_a_line(rng, data):
    lines = _lines(data)
    place = rng.randrange(len(lines))
    return b"".join([*lines[:place], lines[place], *lines[place:]])


def swap_two_lines(rng, data):
    lines = _lines(data)
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def add_an_empty_line(rng, data):
    lines = _lines(data)
    lines.insert(_at(rng, lines), b"\n")
    return b"".join(lines)


def add_a_line(rng, data):
    lines = _lines(data)
    more = rng.choice([b"more\n", b" \n", "— a AAAAAAA=\n".encode(), b"index 1\n"])
    lines.insert(_at(rng, lines), more)
    return b"".join(lines)


def end_lines_otherwise(rng, data):
    ending = rng.choice([b"\r\n", b"\r", b" \n", b"\t\n", b"\x0b\n", b"\xc2\x85", b""])
    if rng.random() < 0.3:
        return data.replace(b"\n", ending)
    lines = _lines(data)
    place = rng.randrange(len(lines))
    lines[place] = lines[place].replace(b"\n", ending)
    return b"".join(lines)


def begin_a_line_otherwise(rng, data):
    lines = _lines(data)
    place = rng.randrange(len(lines))
    lines[place] = rng.choice([b" ", b"\t", b"\xef\xbb\xbf", b"\0"]) + lines[place]
    return b"".join(lines)


def cut(rng, data):
    return data[: rng.randrange(len(data))]


def go_on(rng, data):
    return data + rng.choice([b"\n", b"\n\n", b"x", b" ", b"\0", b"more\n", data])


def insert_something(rng, data):
    one = rng.choice([*SPACES, *NO_SPACES, *"\0\t\v\x1b\x1f +-—"]).encode()
    more = rng.choice([one, one, b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe2\x80"])
    place = _at(rng, data)
    return data[:place] + more + data[place:]


NUMBER = re.compile(
    rb"(?m)(?:^|(?<=^index )|(?<=^old )|(?<=^entry )|(?<=[0-9a-f]{64} ))[0-9]+$"
)


def write_a_number_otherwise(rng, data):
    """Also as readers take it that trust `int`, and as others take it that wrap."""
    numbers = list(NUMBER.finditer(data))
    if not numbers:
        return flip_a_bit(rng, data)
    found = rng.choice(numbers)
    digits = found.group().decode()
    eastern = "".join(chr(0x660 + int(digit)) for digit in digits)
    wide = "".join(chr(0xFF10 + int(digit)) for digit in digits)
    forms = [
        *(f"0{digits}", f"+{digits}", f"-{digits}", f" {digits}", f"{digits} "),
        *(f"{digits[0]}_{digits[1:]}", f"{digits}.0", f"{digits}e0", "-0", "00", ""),
        *(eastern, wide, f"{digits}\u00b2", f"0x{digits}", f"{digits}\0"),
        *(str(2**62), str(2**63 - 1), str(2**63), str(2**64 + int(digits)), "9" * 19),
        *("0", "1", str(int(digits) + 1), str(max(0, int(digits) - 1)), "1" + "0" * 99),
    ]
    form = rng.choice(forms).encode()
    return data[: found.start()] + form + data[found.end() :]


def write_base64_otherwise(rng, data):
    """Mostly as lax decoders would still take it, and find the same bytes."""
    found = list(re.finditer(rb"[A-Za-z0-9+/]{20,}(={0,2})(?=\n)", data))
    if not found:
        return flip_a_bit(rng, data)
    match = rng.choice(found)
    text, padding = match.group(), match.group(1)
    place = rng.randrange(1, len(text) - 3)
    forms = [
        *(text.rstrip(b"="), text + b"=", text + b"====", text[:-1], b"=" + text),
        *(text.replace(b"+", b"-").replace(b"/", b"_"), text.swapcase()),
        *(text[:place] + more + text[place:] for more in (b" ", b"\n", b"=", b"-")),
        *(b"", b"====", text[4:], b"AAAA" + text),
    ]
    if padding:
        forms += [with_other_padding_bits(text)] * 8
    return data[: match.start()] + rng.choice(forms) + data[match.end() :]


def with_other_padding_bits(text):
    """The last digit has bits that decode to nothing, and should be zero."""
    digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    bare = text.rstrip(b"=")
    last = digits.index(bare[-1]) ^ 1
    return bare[:-1] + digits[last : last + 1] + text[len(bare) :]


ANY_TEXT = (
    *(flip_a_bit, drop_a_line, double_a_line, swap_two_lines, add_an_empty_line),
    *(add_a_line, end_lines_otherwise, begin_a_line_otherwise, cut, go_on),
    *(insert_something, write_a_number_otherwise, write_base64_otherwise),
)
NUMBERS_AND_HASHES = (write_a_number_otherwise, write_base64_otherwise)


def mutated(rng, data, chance):
    """Once, rarely twice, or as it is."""
    while data and rng.random() < chance:
        few = rng.random() < 0.4
        data = rng.choice(NUMBERS_AND_HASHES if few else ANY_TEXT)(rng, data)
        chance /= 4
    return data


# --- Mutations among signatures -------------------------------------------------------


class World:
    """A log, those who watch it, and those who would like to be taken for them."""

    def __init__(self, makers):
        self.makers = makers
        key = makers.Key
        self.tree = makers.Tree([b"entry %d" % n * (n % 9) for n in range(LARGEST)])
        self.log = key(ORIGIN)
        self.witnesses = [
            key(f"witness.example/{n}", 4, f"witness {n}") for n in range(4)
        ]
        # Known, and able to sign notes, but no cosigner.
        self.reader = key("reader.example", 1, "reader")
        self.strangers = [
            key("stranger.example", 1, "stranger"),
            key(ORIGIN, 1, "another of that name"),
            key(ORIGIN, 4, "log"),
            key("witness.example/0", 4, "another of that name"),
        ]

    def signed(self, rng, text, witnesses):
        """The note of a text, sometimes with mutations among its signatures."""
        text = text.removesuffix(b"\n") + b"\n"
        lines = [key.line(text) for key in (self.log, *witnesses)]
        if rng.random() < 0.35:
            for _ in range(rng.choice([1, 1, 2])):
                lines = rng.choice(AMONG_SIGNATURES)(self, rng, text, lines)
        return text + b"\n" + b"".join(lines)

    def line(self, name, id_, signature):
        return self.makers.signature_line(name, id_ + signature)


def _inserted(rng, lines, line):
    place = _at(rng, lines)
    return [*lines[:place], line, *lines[place:]]


def by_a_stranger(world, rng, text, lines):
    return _inserted(rng, lines, rng.choice(world.strangers).line(text))


def by_an_unknown_kind(_world, rng, _text, lines):
    data = rng.randbytes(rng.choice([4, 5, 12, 76, 2432]))
    line = f"— pq.example {base64.b64encode(data).decode()}\n".encode()
    return _inserted(rng, lines, line)


def by_a_strange_name(world, rng, text, lines):
    odd = rng.choice([*SPACES, *NO_SPACES, "+", "\t", "\0", ""])
    name = rng.choice([f"{ORIGIN}{odd}", f"{odd}{ORIGIN}", f"exam{odd}ple.org", odd])
    key = world.log
    return _inserted(rng, lines, world.line(name, key.id, key.signature(text)))


def by_a_known_key_wrongly(world, rng, text, lines):
    key = rng.choice([world.log, world.reader, *world.witnesses])
    of_another = key.signature(text + b"more\n")
    halves = [b"", of_another[:1], of_another[:-1], of_another + b"\0", of_another]
    other = rng.choice([world.log, *world.witnesses]).signature(text)
    return _inserted(
        rng, lines, world.line(key.name, key.id, rng.choice([*halves, other]))
    )


def at_another_time(world, rng, text, lines):
    key = rng.choice(world.witnesses)
    time = rng.choice([0, 1, 1_800_000_000, 2**63 - 1, 2**63, 2**64 - 1])
    return _inserted(rng, lines, key.line(text, time=time))


def by_the_reader(world, rng, text, lines):
    return _inserted(rng, lines, world.reader.line(text))


def in_another_order(_world, rng, _text, lines):
    return rng.sample(lines, len(lines))


def one_less(_world, rng, _text, lines):
    return rng.sample(lines, max(0, len(lines) - 1))


def one_twice(_world, rng, _text, lines):
    return _inserted(rng, lines, rng.choice(lines)) if lines else lines


def many(world, rng, text, lines):
    """Around the most that are read."""
    more = rng.choice([31, 32, 33, 34, 101]) - len(lines)
    stranger = world.strangers[0].line(text)
    return lines + [stranger] * more


def large(world, rng, text, lines):
    """Around the most bytes that are read: one that is filled up exactly."""
    wanted = MAX_NOTE + rng.choice([-1, 0, 1, 2, 1000])
    wanted -= len(text) + 1 + sum(map(len, lines)) + len(world.line("", b"", b""))
    if wanted < 100:
        return lines
    # Base64 comes in fours; the name makes up for the rest.
    name = "s" * ((wanted - 1) % 4 + 1)
    data = bytes((wanted - len(name)) // 4 * 3)
    return [*lines, world.line(name, data[:4], data[4:])]


AMONG_SIGNATURES = (
    *(by_a_stranger, by_an_unknown_kind, by_a_strange_name, by_a_known_key_wrongly),
    *(at_another_time, by_the_reader, in_another_order, one_less, one_twice),
    *(by_a_known_key_wrongly, by_a_strange_name, many, large),
)


# --- Cases ----------------------------------------------------------------------------


def _vkey_otherwise(rng, world):
    """Texts of keys that are nearly the log's, or of a kind that cannot be checked."""
    name, id_, data = world.log.vkey.split("+", 2)
    other = world.makers.Key
    kinds = [other(ORIGIN, kind, "log").vkey for kind in (0, 2, 4, 5, 6, 255)]
    loose = with_other_padding_bits(base64.b64encode(bytes(31))).decode()
    return rng.choice(
        [
            *(f"{name}+{id_.upper()}+{data}", f"{name}+{id_[::-1]}+{data}"),
            *(f"{name}+{id_}+{data}\n", f" {name}+{id_}+{data}", f"{name}+{id_}"),
            *(f"{name}+{id_}+{data}+", f"{name}+{id_}+{data}=", f"{name}++{data}"),
            *(f"{name} +{id_}+{data}", f"+{id_}+{data}", f"{name}+{id_}+", ""),
            *(f"{name}+0x{id_[2:]}+{data}", f"{name}+{id_}+{loose}", world.reader.vkey),
            *kinds,
        ]
    )


def _asked(rng, world):
    """Who is trusted, and who of them cosigns: mostly enough of them."""
    known = rng.sample(world.witnesses, rng.randrange(4))
    signing = known if rng.random() < 0.7 else rng.sample(world.witnesses, 2)
    trusted = [key.vkey for key in known]
    if rng.random() < 0.15:
        trusted.append(world.reader.vkey)
        signing = [*signing, world.reader]
    if rng.random() < 0.05:
        trusted.append(world.makers.Key("pq.example", 6, "pq").vkey)
    if trusted and rng.random() < 0.03:
        trusted.append(rng.choice(trusted))
    vkey = world.log.vkey if rng.random() < 0.96 else _vkey_otherwise(rng, world)
    quorum = rng.choice([0, 0, len(known), max(0, len(known) - 1), len(known) + 1, -1])
    if rng.random() < 0.6:
        quorum = min(max(0, quorum), len(known), len(signing))
    return {"vkey": vkey, "witnesses": trusted, "quorum": quorum}, signing


def _head(rng, world, size):
    """The text of a checkpoint, which the log signs also when it is no sound one."""
    root = world.tree.root(size)
    text = world.makers.head_text(ORIGIN, size, root)
    if rng.random() < 0.08:
        text += rng.choice([b"extension\n", b"a b\nc\n", "\u202e\n".encode(), b" \n"])
    return text


def note_case(rng, world):
    asked, signing = _asked(rng, world)
    texts = [b"text\n", b"\n", b"a\n\nb\n", b"\n\n\n", "é\u202e\x7f\n".encode()]
    text = mutated(rng, rng.choice(texts), 0.3)
    note = mutated(rng, world.signed(rng, text, signing), 0.6)
    return {"do": "note", **asked, "note": note}


def checkpoint_case(rng, world):
    asked, signing = _asked(rng, world)
    size = rng.choice([0, 1, 256, rng.randrange(LARGEST)])
    text = mutated(rng, _head(rng, world, size), 0.4)
    note = mutated(rng, world.signed(rng, text, signing), 0.3)
    return {"do": "checkpoint", **asked, "note": note}


def _hashes(rng, world, hashes):
    """The hashes of a proof, sometimes others or in another order or number."""
    hashes = list(hashes)
    if rng.random() < 0.75:
        return hashes
    other = rng.choice([bytes(32), world.tree.root(rng.randrange(LARGEST))])
    place = _at(rng, hashes)
    return rng.choice(
        [
            *(hashes[:-1], hashes[1:], hashes[::-1], [*hashes[:place], other]),
            *([*hashes[:place], other, *hashes[place:]], hashes * 2, [*hashes, other]),
            *([other] * 62, [other] * 63, [other] * 64, [other] * 65),
        ]
    )


def _proof_file(rng, first, hashes, note):
    """What a file holds; mostly its own part is mutated, which no signature covers."""
    own = first + b"".join(base64.b64encode(one) + b"\n" for one in hashes) + b"\n"
    own = mutated(rng, own, 0.4)
    return own + note if rng.random() < 0.9 else mutated(rng, own + note, 1)


def _signed_head(rng, world, size, signing):
    text = mutated(rng, _head(rng, world, size), 0.1)
    return mutated(rng, world.signed(rng, text, signing), 0.1)


def inclusion_case(rng, world):
    asked, signing = _asked(rng, world)
    size = rng.choice([1, 2, 256, 257, rng.randrange(1, LARGEST)])
    index = rng.choice([0, size - 1, rng.randrange(size)])
    hashes = _hashes(rng, world, world.tree.inclusion(index, 0, size))
    entry = world.tree.entries[index]
    if rng.random() < 0.1:
        entry = flip_a_bit(rng, entry + b"x")
    if rng.random() < 0.08:
        index = rng.choice([size, index + 1, max(0, index - 1), 2**63 - 1])
    if rng.random() < 0.05:
        size = rng.choice([size + 1, max(1, size - 1)])
    extra = rng.choice(
        [b""] * 6 + [b"extra QUI=\n"] * 4 + [b"extra \n", b"extra QUJ=\n"]
    )
    if rng.random() < 0.02:
        most = bytes(MAX_EXTRA + rng.choice([-1, 0, 1]))
        extra = b"extra " + base64.b64encode(most) + b"\n"
    first = HEADER + extra + b"index %d\n" % index
    note = _signed_head(rng, world, size, signing)
    proof = _proof_file(rng, first, hashes, note)
    return {"do": "inclusion", **asked, "proof": proof, "entry": entry}


def consistency_case(rng, world):
    asked, signing = _asked(rng, world)
    size = rng.choice([0, 1, 2, 256, 257, rng.randrange(LARGEST)])
    old = rng.choice([0, size, size, rng.randrange(size + 1), rng.randrange(size + 1)])
    hashes = world.tree.consistency(old, 0, size) if old else []
    hashes = _hashes(rng, world, hashes)
    root = world.tree.root(old)
    if rng.random() < 0.1:
        root = rng.choice([flip_a_bit(rng, root), root[:-1], root + b"\0", b""])
    if rng.random() < 0.08:
        old = rng.choice([size + 1, old + 1, max(0, old - 1), 0])
    note = _signed_head(rng, world, size, signing)
    body = _proof_file(rng, b"old %d\n" % old, hashes, note)
    return {"do": "consistency", **asked, "request": body, "old_root": root}


def _exhibit(rng):
    """What it is bound by, and what stands in the bundle."""
    data = rng.randbytes(rng.choice([0, 1, 56, 57, 58, 114, 300]))
    salt = rng.randbytes(32) if rng.random() < 0.4 else b""
    found = hmac.digest(salt, data, "sha256") if salt else hashlib.sha256(data).digest()
    digest = f"{'hmac-' if salt else ''}sha256:{found.hex()}"
    if rng.random() < 0.03:
        salt = rng.choice([b"", rng.randbytes(32), salt[:31]])
    size = len(data) + (rng.choice([-1, 1]) if rng.random() < 0.03 else 0)
    length = 57 if rng.random() < 0.95 else rng.choice([54, 60, 1000])
    pieces = [data[start : start + length] for start in range(0, len(data), length)]
    salted = f" salt {salt.hex()}" if salt else ""
    encoded = [base64.b64encode(piece) for piece in pieces]
    if encoded and encoded[-1].endswith(b"=") and rng.random() < 0.1:
        encoded[-1] = with_other_padding_bits(encoded[-1])
    lines = [f"exhibit {digest} {size}{salted}".encode(), *encoded]
    return digest, b"".join(line + b"\n" for line in lines)


def _absent(rng):
    digest = f"{rng.choice(['', 'hmac-'])}sha256:{rng.randbytes(32).hex()}"
    absence = rng.choice(["missing", "restricted", "withheld"])
    return digest, f"absent {digest} {absence}\n".encode()


def bundle_case(rng, world):
    asked, signing = _asked(rng, world)
    size = rng.choice([2, 256, 257, rng.randrange(2, LARGEST)])
    index = rng.randrange(size)
    entry = world.tree.entries[index]
    here = sorted(_exhibit(rng) for _ in range(rng.choice([0, 0, 1, 2, 3])))
    absent = sorted(_absent(rng) for _ in range(rng.choice([0, 0, 1, 2])))
    parts = here + absent
    if parts and rng.random() < 0.1:
        parts = rng.choice([rng.sample(parts, len(parts)), [*parts, parts[-1]]])
    own = b"embargo_monitor.bundle@v1\nentry %d\n%s\n" % (len(entry), entry)
    own = mutated(rng, own + b"".join(text for _, text in parts), 0.35)
    extra = b"extra QUI=\n" if rng.random() < 0.03 else b""
    first = HEADER + extra + b"index %d\n" % index
    hashes = world.tree.inclusion(index, 0, size)
    note = _signed_head(rng, world, size, signing)
    proof = _proof_file(rng, first, hashes, note)
    return {"do": "bundle", **asked, "bundle": own + b"\n" + proof}


CASES = {
    "bundle": bundle_case,
    "note": note_case,
    "checkpoint": checkpoint_case,
    "inclusion": inclusion_case,
    "consistency": consistency_case,
}


# --- Folders --------------------------------------------------------------------------


def flip_in_a_file(rng, files, _tree):
    path = rng.choice(sorted(files))
    return {path: flip_a_bit(rng, files[path])}


def cut_a_file(rng, files, _tree):
    path = rng.choice(sorted(files))
    return {path: cut(rng, files[path])}


def lengthen_a_file(rng, files, _tree):
    path = rng.choice(sorted(files))
    return {path: files[path] + rng.choice([b"\0", b"\0\0", bytes(32), files[path]])}


def lose_a_file(rng, files, _tree):
    return {rng.choice(sorted(files)): None}


def copy_a_file(rng, files, _tree):
    one, other = rng.choice(sorted(files)), rng.choice(sorted(files))
    return {one: files[other]}


def swap_two_entries(rng, files, _tree):
    """The bundle stays one, and as long as it was."""
    bundles = [path for path in files if "entries" in path]
    if not bundles:
        return {}
    path = rng.choice(sorted(bundles))
    entries = list(tiles.decode_entries(files[path], _width(path)))
    one, other = rng.randrange(len(entries)), rng.randrange(len(entries))
    entries[one], entries[other] = entries[other], entries[one]
    return {path: tiles.encode_entries(entries)}


def only_full_files(rng, files, tree):
    """Partial files deleted once the full ones are there, these sound or not."""
    full = dict(tree.files(512))
    changes = {}
    for path in files:
        whole, _, partial = path.partition(".p/")
        if partial and whole in full:
            changes[path] = None
            data = full[whole]
            forms = [data, data, data, flip_a_bit(rng, data), data[:-1], data + b"\0"]
            forms.append(data[:-32] + bytes(32))
            changes[whole] = rng.choice(forms)
    return changes


def more_files(rng, files, tree):
    """Of other sizes, or of no log at all, some of them wrong.

    Those of smaller sizes are for readers of older checkpoints; others nobody reads.
    """
    other = dict(tree.files(rng.randrange(1, LARGEST)))
    changes = {path: data for path, data in other.items() if path not in files}
    changes["tile/7/000"] = b""
    for path in rng.sample(sorted(changes), 1):
        changes[path] = rng.randbytes(rng.randrange(40))
    return changes


FOLDERS = (
    *(flip_in_a_file, cut_a_file, lengthen_a_file, lose_a_file, copy_a_file),
    *(swap_two_entries, only_full_files, only_full_files, more_files),
)


def _width(path):
    return int(path.partition(".p/")[2] or 256)


class ChangedFolder:
    """A static log that is changed and restored."""

    def __init__(self, folder, world, size):
        self.folder = folder
        self.world = world
        self.size = size
        self.files = dict(world.tree.files(size))
        self.write(self.files)

    def write(self, files):
        for path, data in files.items():
            target = self.folder / path
            if data is None:
                target.unlink(missing_ok=True)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)

    def changed(self, rng):
        """Change something; return who is asked to believe the checkpoint, and why."""
        changes = {}
        if self.files and rng.random() < 0.85:
            changes = rng.choice(FOLDERS)(rng, self.files, self.world.tree)
        size = self.size
        if rng.random() < 0.1:
            size = rng.randrange(LARGEST)
        asked, signing = _asked(rng, self.world)
        root = self.world.tree.root(size if rng.random() < 0.95 else size // 2)
        text = self.world.makers.head_text(ORIGIN, size, root)
        note = b"".join(
            [text, b"\n", *(one.line(text) for one in (self.world.log, *signing))]
        )
        changes["checkpoint"] = mutated(rng, note, 0.05)
        self.write(changes)
        return {"do": "audit", **asked, "dir": self.folder}, changes

    def restore(self, changes):
        self.write({path: self.files.get(path) for path in changes})


# --- The tests ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(makers):
    return World(makers)


def _verdicts(auditor, world, kind, count, folder):
    """Every case with what both say of it."""
    sizes = (0, 1, 5, 256, 300, 512) if kind == "audit" else ()
    logs = [ChangedFolder(folder / str(size), world, size) for size in sizes]
    for number in range(count):
        rng = Random(f"{kind} {number}")
        if kind == "audit":
            log = rng.choice(logs)
            request, changes = log.changed(rng)
        else:
            request = CASES[kind](rng, world)
        yield number, request, our_verdict(request), auditor.ask(**request)
        if kind == "audit":
            log.restore(changes)


def _compare(auditor, world, kind, count, folder):
    """How many both take and both refuse, and a text for each that they part over."""
    taken, apart = 0, []
    for number, request, ours, theirs in _verdicts(auditor, world, kind, count, folder):
        taken += ours["ok"] and theirs["ok"]
        if ours["ok"] != theirs["ok"]:
            lines = (f"{kind} {number}", request, f"Python {ours}", f"Go {theirs}")
            apart.append("\n".join(map(str, lines)))
    return taken, count - taken - len(apart), apart


@pytest.mark.parametrize("kind", SHARES)
def test_both_verifiers_give_the_same_verdict(auditor, world, full, tmp_path, kind):
    count = SHARES[kind] * (10 if full else 1)
    taken, refused, apart = _compare(auditor, world, kind, count, tmp_path)
    print(f"{kind}: {taken} taken and {refused} refused by both, of {count}")
    assert not apart, f"{len(apart)} of {count}:\n" + "\n\n".join(apart[:5])
    assert count // 12 < taken < refused


def test_what_we_write_is_taken(auditor, world):
    """Proofs between all small sizes, and around a full tile."""
    log = signers.SigningKey(ORIGIN, signers.ED25519, seed=bytes(32))
    watch = signers.SigningKey("watch.example", signers.COSIGNATURE, seed=b"w" * 32)
    asked = {
        "vkey": str(log.verifier),
        "witnesses": [str(watch.verifier)],
        "quorum": 1,
    }

    def hashes(level, first, count):
        span = 256**level
        return [
            world.tree.hash(place * span, (place + 1) * span)
            for place in range(first, first + count)
        ]

    for size in (*range(1, 18), *range(254, 260), 511, 512, 513):
        head = checkpoints.TreeHead(ORIGIN, size, root=root_at(size, hashes))
        note = checkpoints.sign_checkpoint(head, log)
        note = checkpoints.cosign(note, watch, 1_700_000_000 + size)
        for index in {*range(min(size, 18)), size // 2, size - 1}:
            proved = proofs.prove_inclusion(index, size, hashes)
            text = prooftexts.format_inclusion(index, proved, note, b"extra")
            request = {"proof": text, "entry": world.tree.entries[index]}
            answer = auditor.ask(do="inclusion", **asked, **request)
            assert answer == {"ok": True}, (index, size)
            old = index + 1
            proved = proofs.prove_consistency(old, size, hashes)
            text = prooftexts.format_consistency(old, proved, note)
            request = {"request": text, "old_root": world.tree.root(old)}
            answer = auditor.ask(do="consistency", **asked, **request)
            assert answer == {"ok": True}, (old, size)


def test_both_mean_the_same_by_a_space(auditor, world):
    """All characters that Python or Unicode has for spaces, controls or formats."""
    odd = [
        one
        for one in map(chr, range(sys.maxunicode + 1))
        if one.isspace() or unicodedata.category(one) in {"Zs", "Zl", "Zp", "Cc", "Cf"}
    ]
    text = b"text\n"
    known = world.log.line(text)
    taken = 0
    for one in odd:
        line = world.line(f"a{one}b", bytes(4), bytes(64))
        request = {"do": "note", "vkey": world.log.vkey, "witnesses": []}
        request["note"] = text + b"\n" + known + line
        ours, theirs = our_verdict(request), auditor.ask(**request)
        assert ours["ok"] == theirs["ok"], (hex(ord(one)), ours, theirs)
        taken += ours["ok"]
    assert 0 < taken < len(odd)


def _lax_number(written, _what, **_where):
    return int(written)


def _lax_base64(written, _what, **_where):
    return base64.b64decode(written, validate=True)


def _any_name(_name):
    return True


def _any_signature(_key, _text, _signature):
    return None


GUARDED = (
    *(bundles, checkpoints, notes, prooftexts, proofs, signers, signers.VerifierKey),
    static_audit._Audit,
)


@pytest.mark.parametrize(
    "taken_away",
    [
        ("checkpoint", "parse_decimal", _lax_number),
        ("checkpoint", "parse_base64", _lax_base64),
        ("inclusion", "parse_decimal", _lax_number),
        ("inclusion", "check_inclusion", lambda *_: None),
        ("consistency", "parse_decimal", _lax_number),
        ("consistency", "check_consistency", lambda *_: None),
        ("note", "parse_base64", _lax_base64),
        ("note", "MAX_SIGNATURES", 1000),
        ("note", "MAX_NOTE", 10**6),
        ("note", "is_name", _any_name),
        ("note", "check", _any_signature),
        ("bundle", "parse_decimal", _lax_number),
        ("bundle", "_decode", lambda _, lines, __: base64.decodebytes(lines)),
        ("audit", "compare_tile", lambda *_: None),
        ("audit", "compare_partials", lambda *_: None),
        ("audit", "compare_root", lambda *_: None),
    ],
    ids=lambda given: "-".join(given[:2]),
)
def test_a_guard_that_is_taken_away_is_noticed(
    auditor, world, tmp_path, monkeypatch, taken_away
):
    """The control: a laxer verifier of ours would part from the other."""
    kind, guard, lax = taken_away
    for place in GUARDED:
        if hasattr(place, guard):
            monkeypatch.setattr(place, guard, lax)
    monkeypatch.setitem(globals(), "REFUSALS", (EmbargoMonitorError, ValueError))
    cases = _verdicts(auditor, world, kind, SHARES[kind], tmp_path)
    assert any(ours["ok"] != theirs["ok"] for *_, ours, theirs in cases)
