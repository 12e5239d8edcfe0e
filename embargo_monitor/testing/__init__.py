"""Hypothesis strategies for whatever the model holds, for your own tests.

They need the extra `testing`. Each strategy builds values that the model takes: a
report from `reports()` agrees in all its parts, and every record from `records()`
can be encoded. Texts come in several scripts, Arabic first among the foreign ones;
sizes are small. What fails shrinks toward the plain case: a text is `a`, a date one
day, whatever may be left out is left out.

>>> from hypothesis import given, settings
>>> from embargo_monitor.model.claims import PartyIs
>>> from embargo_monitor.testing import claims, reports

>>> @settings(max_examples=10)
... @given(reports())
... def test_every_claim_has_a_voice_of_its_report(report):
...     for claim in report.claims:
...         assert report.voice_of(claim) in report.voices
>>> test_every_claim_has_a_voice_of_its_report()

>>> @settings(max_examples=10)
... @given(claims(PartyIs))
... def test_a_party_has_an_actor(claim):
...     assert claim.actor
>>> test_a_party_has_an_actor()

Parts of a report name other parts by their ids. A strategy that builds such parts
takes a `Setting`, which says what they can name; without one they name ids of a
setting of its own, which suits parts that you do not put together.

- Texts: `lines`, `prose`, `labels`, `languages`, `names`.
- Values: `imprecise_dates`, `instants`, `rules`, `amounts`, `identifiers`,
  `categories`, `items`, `reliability_grades`, `credibility_grades`.
- Words and dates: `wordings`, `translations`, `quotes`, `whens`.
- Parts: `exhibits`, `readings`, `documents`, `actors`, `places`, `sources`,
  `voices`, `events`, `claims`.
- Records: `reports`, `corrections`, `withdrawals`, `assessments`, `links`,
  `resumptions`, `relevances`; `records` for all of them; `envelopes`.
"""

from embargo_monitor.testing.claims import claims
from embargo_monitor.testing.dating import quotes, translations, whens, wordings
from embargo_monitor.testing.parts import (
    actors,
    documents,
    events,
    exhibits,
    places,
    readings,
    sources,
    voices,
)
from embargo_monitor.testing.records import (
    assessments,
    corrections,
    envelopes,
    links,
    records,
    reports,
    resumptions,
    withdrawals,
)
from embargo_monitor.testing.relevances import relevances
from embargo_monitor.testing.setting import Setting
from embargo_monitor.testing.texts import labels, languages, lines, names, prose
from embargo_monitor.testing.values import (
    amounts,
    categories,
    credibility_grades,
    identifiers,
    imprecise_dates,
    instants,
    items,
    reliability_grades,
    rules,
)

__all__ = [
    "Setting",
    "actors",
    "amounts",
    "assessments",
    "categories",
    "claims",
    "corrections",
    "credibility_grades",
    "documents",
    "envelopes",
    "events",
    "exhibits",
    "identifiers",
    "imprecise_dates",
    "instants",
    "items",
    "labels",
    "languages",
    "lines",
    "links",
    "names",
    "places",
    "prose",
    "quotes",
    "readings",
    "records",
    "relevances",
    "reliability_grades",
    "reports",
    "resumptions",
    "rules",
    "sources",
    "translations",
    "voices",
    "whens",
    "withdrawals",
    "wordings",
]
