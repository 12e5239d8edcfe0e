"""The register as it was compiled, in YAML: what ours is held against."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

DATA = Path(__file__).parent.parent / "data" / "register"


@pytest.fixture(scope="session")
def compiled():
    return yaml.safe_load((DATA / "embargoes.yaml").read_text("utf-8"))


@pytest.fixture(scope="session")
def memberships():
    return yaml.safe_load((DATA / "membership.yaml").read_text("utf-8"))


def day_before(text):
    """The YAML's ends are excluded, ours are included."""
    return date.fromisoformat(text) - timedelta(days=1)
