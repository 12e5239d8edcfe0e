"""What tests of the model share."""

import pytest

from tests.query.conftest import Telling


@pytest.fixture(scope="session")
def tell():
    """Make small reports."""
    return Telling()
