"""Reported arms transfers, claim by claim, in a log that anybody can check.

A report is one document and the claims it makes; an event is what claims are about;
a claim has a voice, a stance, a quote. Nothing is merged, averaged or overwritten.

>>> import embargo_monitor as em
>>> report = em.seed_report().report
>>> deal = em.told_in(report, em.About.parse("event:deal"))
>>> for told in em.values(deal):
...     print(told.claim.amount, "|", em.voice_line(told))
about 3 billion USD | a Libyan military source > CNN > unknown publisher
more than 4 billion USD | Pakistani sources > Reuters > unknown publisher
>>> print(em.disputed(deal), em.origins(em.stages(deal)))
YES 2 to 2
>>> [told.claim.item.name for told in em.goods(deal)]
['arms, not described', 'arms, not described']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embargo_monitor.authoring import (
        Authored,
        author,
        author_file,
    )
    from embargo_monitor.bundling import CheckedBundle, check_bundle
    from embargo_monitor.encoding import (
        decode,
        encode,
    )
    from embargo_monitor.errors import EmbargoMonitorError
    from embargo_monitor.eventlog import EventLog
    from embargo_monitor.gazetteer import Gazetteer
    from embargo_monitor.log.checkpoints import (
        Checkpoint,
        Policy,
        open_checkpoint,
        read_checkpoint,
    )
    from embargo_monitor.log.custody import Custody
    from embargo_monitor.log.keys import KeyRing
    from embargo_monitor.log.signers import VerifierKey
    from embargo_monitor.log.witness import Witness
    from embargo_monitor.logged import Receipt
    from embargo_monitor.model.about import About
    from embargo_monitor.model.amounts import Amount
    from embargo_monitor.model.dates import ImpreciseDate
    from embargo_monitor.model.origins import (
        Origins,
        origins,
    )
    from embargo_monitor.model.relevances import RelevanceRecord
    from embargo_monitor.model.reports import Report
    from embargo_monitor.model.truth import Truth
    from embargo_monitor.model.views import (
        Told,
        counted,
        disputed,
        disputes,
        goods,
        mentions,
        parties,
        stages,
        told_in,
        values,
        withdrawn,
    )
    from embargo_monitor.regimes import Register
    from embargo_monitor.regimes.questions import question_from
    from embargo_monitor.regimes.relevance import relevance
    from embargo_monitor.regimes.reported import questions_of_event
    from embargo_monitor.seeds import seed_report
    from embargo_monitor.show.claims import voice_line
    from embargo_monitor.verifying import Verified

_HOMES = {
    "About": "model.about",
    "Amount": "model.amounts",
    "Authored": "authoring",
    "CheckedBundle": "bundling",
    "Checkpoint": "log.checkpoints",
    "Custody": "log.custody",
    "EmbargoMonitorError": "errors",
    "EventLog": "eventlog",
    "Gazetteer": "gazetteer",
    "ImpreciseDate": "model.dates",
    "KeyRing": "log.keys",
    "Origins": "model.origins",
    "Policy": "log.checkpoints",
    "Receipt": "logged",
    "Register": "regimes",
    "RelevanceRecord": "model.relevances",
    "Report": "model.reports",
    "Told": "model.views",
    "Truth": "model.truth",
    "Verified": "verifying",
    "VerifierKey": "log.signers",
    "Witness": "log.witness",
    "author": "authoring",
    "author_file": "authoring",
    "check_bundle": "bundling",
    "counted": "model.views",
    "decode": "encoding",
    "disputed": "model.views",
    "disputes": "model.views",
    "encode": "encoding",
    "goods": "model.views",
    "mentions": "model.views",
    "open_checkpoint": "log.checkpoints",
    "origins": "model.origins",
    "parties": "model.views",
    "question_from": "regimes.questions",
    "questions_of_event": "regimes.reported",
    "read_checkpoint": "log.checkpoints",
    "relevance": "regimes.relevance",
    "seed_report": "seeds",
    "stages": "model.views",
    "told_in": "model.views",
    "values": "model.views",
    "voice_line": "show.claims",
    "withdrawn": "model.views",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 (names only)


def __getattr__(name: str) -> Any:
    # PEP 562: a name is imported when it is first asked for, so that importing the
    # package stays quick and loads no database toolkit.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
