"""What all tests share: how hypothesis runs, and a clock that stands still."""

import os
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings

# Two busy cores make single examples slow now and then; that is no fault.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_addoption(parser):
    parser.addoption(
        "--full",
        action="store_true",
        help="the long figures of fault and attack runs, for some minutes",
    )


@pytest.fixture(scope="session")
def full(request):
    """Whether the long figures are asked for."""
    return request.config.getoption("--full")


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch, tmp_path_factory):
    """Let keys and what was seen of logs lie in folders of the test alone."""
    for name in [name for name in os.environ if name.startswith("EMBARGO_MONITOR_")]:
        monkeypatch.delenv(name)
    for name in ("CONFIG", "STATE"):
        folder = tmp_path_factory.mktemp(name.lower())
        monkeypatch.setenv(f"EMBARGO_MONITOR_{name}", str(folder))


@pytest.fixture
def clock():
    """Always 2 January 2026, 03:04:05 UTC."""
    return lambda: datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
