"""What of an actor or source can tell who it is, as a text that equal ones share.

Whether a name in a filter means somebody hangs on this alone. So it is asked once for
all that are alike, however many reports speak of them.
"""

import json
from collections.abc import Mapping
from typing import Any

from embargo_monitor.model.actors import Actor, ActorKind
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.names import Name
from embargo_monitor.model.reports import Report
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.voices import Source
from embargo_monitor.query.naming import Named, bears, is_actor


def of_actor(actor: Actor) -> str:
    """Write down what tells who an actor is."""
    return _written(_actor(actor))


def of_source(source: Source, report: Report) -> str:
    """Write down what tells who a source is; the actor that speaks counts too."""
    speaks = (_actor(one) for one in report.actors if one.id == source.actor)
    return _written({**_called(source), "actor": next(speaks, None)})


def is_actor_alike(asked: Named, likeness: str) -> Truth:
    """Tell whether the actors of this likeness are the one asked for."""
    return is_actor(asked, _read_actor(json.loads(likeness)))


def is_source_alike(asked: Named, likeness: str) -> Truth:
    """Tell whether the sources of this likeness are the one asked for."""
    told = json.loads(likeness)
    own = bears(asked, _read_names(told), _read_identifiers(told))
    if told["actor"] is None:
        return own
    return own | is_actor(asked, _read_actor(told["actor"]))


def _actor(actor: Actor) -> dict[str, Any]:
    kind = {"kind": actor.kind.value, "country": actor.country}
    return {**_called(actor), **kind}


def _called(one: Actor | Source) -> dict[str, Any]:
    return {
        "names": [name.text for name in one.names],
        "same_as": [str(same) for same in one.same_as],
    }


def _written(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _read_actor(told: Mapping[str, Any]) -> Actor:
    return Actor(
        "one",
        ActorKind(told["kind"]),
        names=_read_names(told),
        country=told["country"],
        same_as=_read_identifiers(told),
        # A person of the log has passed the rule on names; this is none of the log.
        public=True,
    )


def _read_names(told: Mapping[str, Any]) -> tuple[Name, ...]:
    return tuple(map(Name, told["names"]))


def _read_identifiers(told: Mapping[str, Any]) -> tuple[Identifier, ...]:
    return tuple(map(Identifier.parse, told["same_as"]))
