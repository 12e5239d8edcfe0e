"""The command line, run in this process as a person would run it in a shell."""

import io
import sys
from pathlib import Path

import pytest
from attrs import frozen

from embargo_monitor.cli import main
from embargo_monitor.seeds import seeds_folder

[SEED] = seeds_folder().glob("*.report.json")


@frozen
class Ran:
    """What a command did: its exit code, and what it printed where."""

    code: int
    out: str
    err: str


class Terminal(io.StringIO):
    """A stream that a person sits at."""

    def isatty(self):
        return True


@pytest.fixture
def run(tmp_path, monkeypatch, capfdbinary):
    """Run `embargo-monitor` with these arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*args, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["embargo-monitor", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        out = io.TextIOWrapper(open(1, "wb", closefd=False), encoding="utf-8")  # noqa: SIM115
        err = io.TextIOWrapper(open(2, "wb", closefd=False), encoding="utf-8")  # noqa: SIM115
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        code = 0
        try:
            main()
        except SystemExit as exit_:
            code = exit_.code or 0
        out.flush()
        err.flush()
        printed = capfdbinary.readouterr()
        return Ran(code, printed.out.decode(), printed.err.decode())

    def article(*options):
        """Make a log of the article alone, signed."""
        made = run("init", "--empty", *options)
        assert made.code == 0
        assert run("add", "--yes", "--by", "embargo_monitor", SEED).code == 0
        return made

    run.article = article
    return run


@pytest.fixture
def own_register(tmp_path):
    """Lay a register over ours in which the UN's file on Libya says something else."""
    ours = Path(__file__).parents[2] / "embargo_monitor" / "regimes" / "register"

    def lay(was, becomes):
        folder = tmp_path / "own" / "register"
        folder.mkdir(parents=True)
        text = (ours / "un-libya-2011.toml").read_text("utf-8")
        (folder / "un-libya-2011.toml").write_text(text.replace(was, becomes), "utf-8")
        return folder.parent

    return lay


@pytest.fixture
def run_at_terminal(tmp_path, monkeypatch):
    """Run it with a person at the terminal, who types *typed*."""
    monkeypatch.chdir(tmp_path)

    def run(*args, typed=""):
        out, err = Terminal(), Terminal()
        monkeypatch.setattr(sys, "argv", ["embargo-monitor", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", Terminal(typed))
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        code = 0
        try:
            main()
        except SystemExit as exit_:
            code = exit_.code or 0
        return Ran(code, out.getvalue(), err.getvalue())

    return run
