"""Claims of all nine kinds."""

import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st

from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.claims import (
    ActorIs,
    AnyClaim,
    Claim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    MentionRole,
    PartyIs,
    Position,
    Ref,
    RefKind,
    Relation,
    Role,
    Says,
    StageIs,
    Terms,
    TermsAre,
    ValueIs,
    ValueOf,
)
from embargo_monitor.model.goods import Item
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance
from embargo_monitor.testing.dating import quotes, translations, whens, wordings
from embargo_monitor.testing.setting import SETTING, Setting
from embargo_monitor.testing.texts import (
    labels,
    languages,
    lines,
    maybe_line,
    maybe_prose,
    prose,
)
from embargo_monitor.testing.values import amounts, credibility_grades, few, items

_REGIMES = ("un-libya-2011", "eu-libya-2011")
