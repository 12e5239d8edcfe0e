"""Documents: titles, and the readings of their dates."""

import pytest

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Basis, Document, Reading
from embargo_monitor.model.names import Name

DAY = ImpreciseDate("2025-12-23?")


def test_a_document_has_a_title_and_a_publisher():
    document = Document(titles=(Name("صفقة أسلحة"),), publisher="page")
    assert document.published is document.written is None
    with pytest.raises(InvalidValueError, match="titles must be at least one title"):
        Document(titles=(), publisher="page")
    with pytest.raises(InvalidValueError, match="publisher must be 1 to 64 of ASCII"):
        Document(titles=(Name("a"),), publisher="the page")


def test_a_date_that_is_inferred_says_why():
    assert Reading(DAY, Basis.INFERRED, reason="relays say so").reason
    with pytest.raises(InvalidValueError, match="reason must be given with an infer"):
        Reading(DAY, Basis.INFERRED)


@pytest.mark.parametrize(
    "basis", [Basis.PRINTED, Basis.WRITTEN, Basis.ADDRESS, Basis.METADATA]
)
def test_a_date_that_was_read_needs_no_reason(basis):
    assert Reading(DAY, basis).reason == ""
