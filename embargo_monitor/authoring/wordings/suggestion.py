"""What a wording may mean: a rule or a date, offered with the reason, never applied."""

from typing import Any

from attrs import frozen

from embargo_monitor.authoring.calendars import convert
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
    """

    why: str
    rule: str = ""
    date: str = ""
    printed: str = ""

    def written(self) -> dict[str, Any]:
        """Return the members that go into a `when` of the authoring form.

        >>> Suggestion("the first half of it", rule="early@1", printed="2017").written()
        {'rule': 'early@1', 'anchor': {'printed': '2017'}}
        """
        if self.date:
            return {"date": self.date}
        anchor = {"anchor": {"printed": self.printed}} if self.printed else {}
        return {"rule": self.rule, **anchor}

    def meaning(self, published: ImpreciseDate) -> ImpreciseDate:
        """Tell which days it would mean in a document published on that day.

        Raises:
            EmbargoMonitorError: The rule cannot count from there, or the table of a
                calendar is not installed or does not go so far.
        """
        if self.date:
            return ImpreciseDate(self.date)
        rule = Rule.parse(self.rule)
        if not rule.counts:
            return convert(rule)
        return resolve(rule, ImpreciseDate(self.printed) if self.printed else published)

    def __str__(self) -> str:
        anchor = f", anchor printed {self.printed}" if self.printed else ""
        return f"{self.date or self.rule}{anchor} ({self.why})"
