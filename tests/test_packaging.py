"""The wheel carries all it needs, and runs where the repository is not."""

import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.test_transcripts import still, transcripts

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "-o",
            folder,
            ROOT,
        ],
        check=True,
        capture_output=True,
    )
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_carries_the_seeds_the_gazetteer_and_its_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "seeds").iterdir():
        assert f"embargo_monitor/_bundled/seeds/{path.name}" in names
    assert "embargo_monitor/py.typed" in names
    assert "embargo_monitor/gazetteer/countries.toml" in names
    register = "embargo_monitor/regimes/register/"
    assert len([name for name in names if name.startswith(register)]) == 100
    assert "embargo_monitor/regimes/sources.toml" in names
    assert "embargo_monitor/regimes/bodies/un.toml" in names
    assert not {name for name in names if name.startswith("tests")}


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    """Run commands from the wheel, in a folder where the repository is not."""
    site, folder = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("elsewhere")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-deps", "--target", site, wheel],
        check=True,
        capture_output=True,
    )

    def run(*args, cwd=folder):
        return subprocess.run(
            [sys.executable, "-P", *args],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(site)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    run.site = site
    return run


def test_the_wheel_runs_in_another_folder_without_the_repository(elsewhere):
    run = elsewhere
    where = run("-c", "import embargo_monitor; print(embargo_monitor.__file__)")
    assert where.startswith(str(run.site))
    assert "Appended entry 0" in run("-m", "embargo_monitor", "init")
    assert "Libyan National Army <- Pakistan" in run(
        "-m", "embargo_monitor", "show", "0"
    )
    assert "VERIFIED" in run("-m", "embargo_monitor", "verify")
    form = (ROOT / "schemas" / "authoring" / "report.schema.json").read_text("utf-8")
    assert run("-m", "embargo_monitor", "schema", "authoring") == form


def test_the_tutorial_runs_from_the_wheel(elsewhere, tmp_path):
    (tmp_path / "tests" / "data").mkdir(parents=True)
    cases = ROOT / "tests" / "data" / "cases"
    shutil.copytree(cases, tmp_path / "tests" / "data" / "cases")
    commands = [*transcripts("tutorial.md")]
    assert len(commands) > 10
    for command, shown in commands:
        words = []
        for word in shlex.split(command)[1:]:
            found = sorted(tmp_path.glob(word)) if "*" in word else []
            words += [str(one.relative_to(tmp_path)) for one in found] or [word]
        printed = elsewhere("-m", "embargo_monitor", *words, cwd=tmp_path)
        lines = [still(line) for line in printed.splitlines()]
        for line in shown:
            assert line in ("", "...") or still(line) in lines, command
