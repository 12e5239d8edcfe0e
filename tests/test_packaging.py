"""The wheel carries all it needs, and runs where the repository is not."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

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


def test_the_wheel_runs_in_another_folder_without_the_repository(wheel, tmp_path):
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-deps", "--target", site, wheel],
        check=True,
        capture_output=True,
    )

    def run(*args):
        return subprocess.run(
            [sys.executable, "-P", *args],
            cwd=elsewhere,
            env={**os.environ, "PYTHONPATH": str(site)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    where = run("-c", "import embargo_monitor; print(embargo_monitor.__file__)")
    assert where.startswith(str(site))
    assert "Appended entry 0" in run("-m", "embargo_monitor", "init")
    assert "Libyan National Army <- Pakistan" in run(
        "-m", "embargo_monitor", "show", "0"
    )
    assert "VERIFIED" in run("-m", "embargo_monitor", "verify")
    form = (ROOT / "schemas" / "authoring" / "report.schema.json").read_text("utf-8")
    assert run("-m", "embargo_monitor", "schema", "authoring") == form
