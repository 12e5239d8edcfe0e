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
        help="the long figures of tests/robustness, for some minutes",
    )


@pytest.fixture(scope="session")
def full(request):
    """Whether the long figures are asked for."""
    return request.config.getoption("--full")


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch):
    for name in [name for name in os.environ if name.startswith("EMBARGO_MONITOR_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def clock():
    """Always 2 January 2026, 03:04:05 UTC."""
    return lambda: datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
