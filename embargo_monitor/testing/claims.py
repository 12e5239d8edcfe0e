"""Claims of all nine kinds."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs
from attrs import evolve
from hypothesis import strategies as st

from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.claims import (
    ActorIs,
    AnyClaim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    Says,
    StageIs,
    TermsAre,
    ValueIs,
)
from embargo_monitor.model.goods import Item
from embargo_monitor.model.refs import Ref, RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance
from embargo_monitor.model.vocabulary import (
    UNITS_OF,
    MentionRole,
    Position,
    Relation,
    Role,
    Terms,
    ValueOf,
)
from embargo_monitor.testing.choosing import Fields, any_of, one_or_two, some_of
from embargo_monitor.testing.dating import quotes, translations, whens, wordings
from embargo_monitor.testing.setting import SETTING, Setting
from embargo_monitor.testing.texts import (
    labels,
    languages,
    lines,
    prose,
)
from embargo_monitor.testing.values import amounts, credibility_grades, items

_REGIMES = ("un-libya-2011", "eu-libya-2011")

_Optional = dict[str, st.SearchStrategy[Any]]
_Content = tuple[Fields, _Optional]
"""What a kind must have, drawn, and what it may have."""


@st.composite
def claims(
    draw: st.DrawFn,
    *kinds: type[AnyClaim],
    id: str = "",
    setting: Setting = SETTING,
) -> AnyClaim:
    """Build claims of the given *kinds*, or of all nine when none is given.

    Of the kinds, `PartyIs` and `ActorIs` need an actor in the setting; all but
    `ActorIs`, `EmbargoIs` and `Says` need an event.

    Args:
        draw: Given by hypothesis, not by you.
        *kinds: Classes such as `GoodsAre`.
        id: The claim's id; drawn where none is given.
        setting: What the claim can name.
    """
    kind = draw(any_of(_sayable(kinds or tuple(_CONTENTS), setting)))
    content, optional = _CONTENTS[kind](draw, setting)
    if "when" in optional:
        # Apart from the others, lest too few claims count from one another.
        content["when"] = draw(st.none() | optional.pop("when"))
    shared = some_of(draw, {**_shared_fields(setting), **optional})
    words = shared.pop("words", {})
    about = draw(_abouts(kind, setting))
    if kind is EmbargoIs and about.kind is AboutKind.REGIME:
        content["regime"] = about.id
    claim: AnyClaim = kind(
        id=id or draw(labels()),
        about=about,
        voice=draw(any_of(setting.voices)),
        **content,
        **shared,
        **words,
    )
    return claim


def _sayable(
    kinds: tuple[type[AnyClaim], ...], setting: Setting
) -> tuple[type[AnyClaim], ...]:
    """Return those of the kinds that need nothing that the setting lacks."""
    if not setting.actors:
        kinds = tuple(kind for kind in kinds if kind not in (PartyIs, ActorIs))
    if not setting.events:
        kinds = tuple(
            kind for kind in kinds if len(kind.subjects) > 1 or kind is ActorIs
        )
    return kinds


def _abouts(kind: type[AnyClaim], setting: Setting) -> st.SearchStrategy[About]:
    known = {
        AboutKind.EVENT: setting.events,
        AboutKind.ACTOR: setting.actors,
        AboutKind.REGIME: _REGIMES,
    }
    return any_of(
        tuple(About(what, id) for what in kind.subjects for id in known[what])
    )


def _shared_fields(setting: Setting) -> _Optional:
    fields: _Optional = {
        "stance": any_of(Stance),
        "hedge": any_of(Hedge),
        "words": _words(setting),
        "credibility": credibility_grades(),
        "note": prose(),
    }
    if not setting.claims:
        return fields
    claims = any_of(setting.claims)
    refs = st.builds(Ref, any_of(RefKind), claims)
    return {**fields, "refs": one_or_two(refs)}


@st.composite
def _words(draw: st.DrawFn, setting: Setting) -> Fields:
    """Build where the words stand, or the words, and what they mean."""
    fields = some_of(draw, {"translation": translations()})
    exhibited = draw(st.booleans())
    if setting.exhibits and exhibited:
        return {"quote": draw(quotes(setting)), **fields}
    return {"wording": draw(wordings()), **fields}


def _says(draw: st.DrawFn, setting: Setting) -> _Content:
    content = {"text": draw(prose())}
    return content, {"language": languages(), "when": whens(setting)}


def _terms_are(draw: st.DrawFn, _: Setting) -> _Content:
    return {"terms": draw(any_of(Terms))}, {}


def _party_is(draw: st.DrawFn, setting: Setting) -> _Content:
    actors = any_of(setting.actors)
    content = {"role": draw(any_of(Role)), "actor": draw(actors)}
    return content, {"for_": actors}


def _goods_are(draw: st.DrawFn, setting: Setting) -> _Content:
    return {"item": _item(draw, setting)}, {
        "quantity": amounts().map(_counted),
        "at": any_of(Stage),
        "line": lines(),
        "when": whens(setting),
    }


def _counted(amount: Amount) -> Amount:
    return evolve(amount, unit="items") if amount.is_currency else amount


def _mention_is(draw: st.DrawFn, setting: Setting) -> _Content:
    number = draw(st.integers(1, 2))
    items = tuple(_item(draw, setting) for _ in range(number))
    content = {"items": items, "as_": draw(any_of(MentionRole))}
    return content, _of(actor=setting.actors)


def _value_is(draw: st.DrawFn, setting: Setting) -> _Content:
    of = draw(any_of(ValueOf))
    amount = draw(amounts())
    if of in UNITS_OF:
        amount = evolve(amount, unit=draw(any_of(UNITS_OF[of])))
    elif not amount.is_currency:
        amount = evolve(amount, unit="EUR")
    content = {"amount": amount, "of": of}
    return content, {"at": any_of(Stage), "when": whens(setting)}


def _stage_is(draw: st.DrawFn, setting: Setting) -> _Content:
    ends = _of(place=setting.places, from_=setting.places, to=setting.places)
    content = {"stage": draw(any_of(Stage))}
    return content, {"when": whens(setting), **ends, **_by(setting)}


def _embargo_is(draw: st.DrawFn, setting: Setting) -> _Content:
    regime = draw(any_of(_REGIMES) | lines())
    content = {"regime": regime, "position": draw(any_of(Position))}
    return content, {"when": whens(setting), **_by(setting)}


def _actor_is(draw: st.DrawFn, setting: Setting) -> _Content:
    relation = draw(any_of(Relation))
    actor = draw(any_of(("", *setting.actors)))
    said = {} if actor else {"text": draw(lines())}
    return {"relation": relation, "actor": actor, **said}, {"when": whens(setting)}


def _item(draw: st.DrawFn, setting: Setting) -> Item:
    individual = draw(any_of(("", *setting.actors)))
    return attrs.evolve(draw(items()), individual=individual)


def _of(**ids: tuple[str, ...]) -> _Optional:
    return {name: any_of(known) for name, known in ids.items() if known}


def _by(setting: Setting) -> _Optional:
    actors = setting.actors
    return {"by": one_or_two(any_of(actors))} if actors else {}


_CONTENTS: Mapping[type[AnyClaim], Callable[[st.DrawFn, Setting], _Content]] = {
    Says: _says,
    TermsAre: _terms_are,
    PartyIs: _party_is,
    GoodsAre: _goods_are,
    MentionIs: _mention_is,
    ValueIs: _value_is,
    StageIs: _stage_is,
    EmbargoIs: _embargo_is,
    ActorIs: _actor_is,
}
