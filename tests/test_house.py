"""How the house is kept: lint, types, import directions, sizes, what starting costs."""

import ast
import os
import re
import statistics
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import embargo_monitor

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "embargo_monitor"
MODULES = sorted(PACKAGE.rglob("*.py"))


def _run(*command, cwd=ROOT):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy", "--no-incremental"),
    ],
    ids=" ".join,
)
def test_the_checkers_find_nothing(command):
    found = _run(sys.executable, "-m", *command)
    assert found.returncode == 0, found.stdout + found.stderr


def test_imports_run_one_way():
    lint = Path(sys.executable).parent / "lint-imports"
    found = _run(str(lint), "--no-cache")
    assert found.returncode == 0, found.stdout


def test_a_forbidden_import_is_found(tmp_path):
    """The control: the same contracts refuse a model that imports the log."""
    copy = tmp_path / "embargo_monitor"
    for module in MODULES:
        target = copy / module.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(module.read_text("utf-8"), "utf-8")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    with (copy / "model" / "events.py").open("a") as module:
        module.write("\nimport embargo_monitor.log.merkle\n")
    lint = Path(sys.executable).parent / "lint-imports"
    found = subprocess.run(
        [str(lint), "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert found.returncode == 1
    assert "embargo_monitor.model.events -> embargo_monitor.log.merkle" in found.stdout


def test_no_module_is_longer_than_400_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for path in MODULES
        if (count := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


def _functions(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body
            documented = ast.get_docstring(node) is not None
            first = body[1] if documented and len(body) > 1 else body[0]
            yield node.name, node.end_lineno - first.lineno + 1


def test_no_function_is_longer_than_40_lines():
    """The lines of its docstring are not counted."""
    long = [
        f"{path.name}: {name}: {lines}"
        for path in MODULES
        for name, lines in _functions(path)
        if lines > 40
    ]
    assert long == []


def test_the_public_names_are_typed_as_they_are_found():
    """What type checkers see and what is imported on demand are the same names."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    [block] = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    typed = {
        alias.name: node.module.removeprefix("embargo_monitor.")
        for node in block.body
        for alias in node.names
    }
    assert typed == embargo_monitor._HOMES


def test_every_public_name_is_there_and_listed():
    for name in embargo_monitor.__all__:
        assert getattr(embargo_monitor, name) is not None
        assert name in dir(embargo_monitor)


def test_a_name_that_is_not_public_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'Merge'"):
        _ = embargo_monitor.Merge


def test_importing_loads_no_database_toolkit():
    code = "import embargo_monitor, sys; print(*sys.modules)"
    loaded = _run(sys.executable, "-c", code).stdout.split()
    assert not {"sqlalchemy", "cattrs", "click", "orjson"} & set(loaded)


def _cpu_seconds(code):
    before = os.times()
    subprocess.run([sys.executable, "-c", code], check=True)
    after = os.times()
    return (
        after.children_user
        + after.children_system
        - before.children_user
        - before.children_system
    )


def test_importing_takes_at_most_five_and_a_half_bare_starts():
    pairs = [
        (_cpu_seconds("pass"), _cpu_seconds("import embargo_monitor")) for _ in range(9)
    ]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"import: {ours / bare:.2f} bare starts (CPU, medians of 9)")
    assert ours <= 5.5 * bare


def test_no_file_names_a_registry_host_or_a_path_of_a_machine():
    listed = _run("git", "ls-files", "--cached", "--others", "--exclude-standard")
    parts = [("pypi", "org"), ("npmjs", "org"), ("debian", "org"), ("crates", "io")]
    hosts = "|".join(map(r"\.".join, parts))
    wanted = re.compile(rf"{hosts}|(?<![\w.])/(?:home|root|work|tmp)/\w")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if name == "tests/test_house.py" or not path.is_file():
            continue
        found = wanted.search(path.read_bytes().decode("utf-8", "replace"))
        assert found is None, f"{name}: {found}"


def test_the_version_is_the_same_everywhere():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "version"
    ]
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
