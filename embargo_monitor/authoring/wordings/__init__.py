"""What a printed wording may mean, in English and Arabic: suggested, never applied."""

from embargo_monitor.authoring.wordings.suggesting import suggest
from embargo_monitor.authoring.wordings.suggestion import Suggestion

__all__ = ["Suggestion", "suggest"]
