"""What a wording may mean: a rule or a date, offered with the reason, never applied."""

from typing import Any

from attrs import frozen

from embargo_monitor.authoring.calendars import convert
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.rules import Rule, resolve


@frozen
class Suggestion:
    """One thing that a wording may mean. A person chooses; nothing is applied.

    Attributes:
        why: In what sense of the wording.
        rule: The rule, as the form has it; empty where the wording is a date.
        date: The date in EDTF, where the wording prints one; else empty.
        printed: What the rule counts from, where the wording names that; else empty.
        day: The same where the wording names only a part of it, what is missing as
            letters: `YYYY-03`. The rest is the analyst's, with a reason.
    """

    why: str
    rule: str = ""
    date: str = ""
    printed: str = ""
    day: str = ""

    def written(self) -> dict[str, Any]:
        """Return the members that go into a `when` of the authoring form.

        >>> Suggestion("the first half of it", rule="early@1", printed="2017").written()
        {'rule': 'early@1', 'anchor': {'printed': '2017'}}
        """
        if self.date:
            return {"date": self.date}
        if self.day:
            return {"rule": self.rule, "anchor": {"day": self.day, "reason": "..."}}
        anchor = {"anchor": {"printed": self.printed}} if self.printed else {}
        return {"rule": self.rule, **anchor}

    def meaning(self, published: ImpreciseDate) -> ImpreciseDate:
        """Tell which days it would mean in a document published on that day.

        Raises:
            EmbargoMonitorError: The rule cannot count from there, or the table of a
                calendar is not installed or does not go so far; or the year is
                missing.
        """
        if self.date:
            return ImpreciseDate(self.date)
        if self.day:
            wanted = "completed by you: the wording does not name the year"
            raise InvalidValueError("day", self.day, wanted)
        rule = Rule.parse(self.rule)
        if not rule.counts:
            return convert(rule)
        return resolve(rule, ImpreciseDate(self.printed) if self.printed else published)

    @property
    def counts_from(self) -> str:
        """Say what the rule counts from, where it is not the document's own day."""
        if self.day:
            return f'anchor {{"day": "{self.day}", "reason": ...}}'
        return f"anchor printed {self.printed}" if self.printed else ""

    def __str__(self) -> str:
        what = ", ".join(filter(None, (self.date or self.rule, self.counts_from)))
        return f"{what} ({self.why})"
