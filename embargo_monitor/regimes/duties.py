"""Step 5: whether anybody who had a part in the supply was bound."""

from collections.abc import Iterable

from attrs import frozen

from embargo_monitor.gazetteer import Gazetteer
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.relevances import Mark
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.bodies import Body
from embargo_monitor.regimes.ladder import Standing, Step
from embargo_monitor.regimes.parties import Party, Side, Who
from embargo_monitor.regimes.questions import Question
from embargo_monitor.regimes.register import Register
from embargo_monitor.regimes.words import Binding, Direction, weakest

_FREE = {
    Binding.VOLUNTARY: "It is a call: it asks states to hold back, and binds nobody.",
    Binding.POLITICAL: (
        "It is a political declaration without a legal act: it binds nobody in law;"
        " what a state's own licensing makes of it is not in the register."
    ),
}


_NO_ROW = "the register's list of members has no row of it"


@frozen(kw_only=True)
class _Duty:
    answer: Truth
    why: str
    mark: Mark
    claims: tuple[str, ...] = ()


def step_bound(
    question: Question, stands: Standing, way: Direction, register: Register
) -> Step:
    """Tell whether supplier, broker or carrier was bound, or who takes what leaves."""
    bindings = {stands.regime.binding_in(one.phase) for one in stands.phases}
    body = register.body(stands.regime.bound)
    if Binding.MANDATORY not in bindings:
        told = " ".join(_FREE[one] for one in Binding if one in bindings)
        return Step(
            name="bound",
            answer=Truth.NO,
            sentence=stands.told(told),
            citations=stands.citations,
            mark=stands.mark,
        )
    duties = list(_duties(question, stands.days, way, body, register))
    answer = Truth.any_of(one.answer for one in duties)
    deciding = [one for one in duties if one.answer is answer]
    free = [_FREE[one] for one in Binding if one in bindings and one in _FREE]
    told = " ".join([*(one.why for one in deciding), *free])
    if free:
        answer &= Truth.MAYBE
    if answer is Truth.NO:
        told += f" {_otherwise(question, body)}"
    return Step(
        name="bound",
        answer=answer,
        sentence=stands.told(told),
        citations=(_cited(body),),
        mark=weakest([one.mark for one in deciding]),
        claims=tuple(dict.fromkeys(c for one in deciding for c in one.claims)),
        ask_next=_ask(question, body, way) if answer is Truth.MAYBE else "",
    )


def _cited(body: Body) -> str:
    who, *_ = " ".join(body.group.split()).split(". ")
    return f"{who.rstrip('.')}; list checked {body.checked}"


def the(body: Body) -> str:
    """Return a body's name, as it stands in a sentence."""
    plain = body.name.isupper() or "'s " in body.name
    return body.name if plain and "/" not in body.name else f"the {body.name}"


def _ask(question: Question, body: Body, way: Direction) -> str:
    if way is Direction.TO and not question.suppliers:
        return f"Who supplies it, and were they bound as members of {the(body)}?"
    return f"Was somebody who had a part in it bound as a member of {the(body)}?"


def _otherwise(question: Question, body: Body) -> str:
    """Say in which case it would bear on a supply by somebody who is not bound."""
    told = "" if question.brokers or question.carriers else "; nobody says so"
    return (
        f"So it does not bear on this supply as told. It would where a member of"
        f" {the(body)} had a part in it: a broker or carrier of theirs, a national,"
        f" their territory or a ship under their flag, or a component that was exported"
        f" from there{told}. (Such acts usually read so; the act itself decides.)"
    )


def _duties(
    question: Question,
    days: tuple[ImpreciseDate, ...],
    way: Direction,
    body: Body,
    register: Register,
) -> Iterable[_Duty]:
    parties = {
        "supplier": question.suppliers,
        "broker": question.brokers,
        "carrier": question.carriers,
    }
    if way is Direction.FROM:
        parties["recipient"] = question.recipients
    for role, told in parties.items():
        for party in told:
            yield _duty(role, party, days, body, register)
    main = ["supplier", "recipient"] if way is Direction.FROM else ["supplier"]
    for role in main:
        if not parties[role]:
            why = f"The {role} is not known."
            yield _Duty(answer=Truth.MAYBE, why=why, mark=Mark.TWO_SOURCES)


def _duty(
    role: str,
    party: Party,
    days: tuple[ImpreciseDate, ...],
    body: Body,
    register: Register,
) -> _Duty:
    found = [_of(party.called(one), one, days, body, register) for one in party.who]
    answers = {one.answer for one in found}
    answer, why = found[0].answer, " ".join(dict.fromkeys(one.why for one in found))
    if len(answers) > 1:
        answer = Truth.MAYBE
        why += f" It is open which of those it is: {party.name}."
    if party.hedged and answer is Truth.YES:
        answer = Truth.MAYBE
        why += f" Yet the speaker only suspects that {party.name} is the {role}."
    mark = weakest(one.mark for one in found)
    return _Duty(answer=answer, why=why, mark=mark, claims=party.claims)


def _of(
    name: str,
    who: Who,
    days: tuple[ImpreciseDate, ...],
    body: Body,
    register: Register,
) -> _Duty:
    if not who.country:
        why = f"Of which state {name} is, nobody says."
        return _Duty(answer=Truth.MAYBE, why=why, mark=who.mark)
    state = Gazetteer.bundled().get(who.country).name.text
    told = [register.members(body.id, who.country, one) for one in days]
    answers = {one.truth for one in told}
    answer = answers.pop() if len(answers) == 1 else Truth.MAYBE
    because = "; ".join(
        dict.fromkeys(one.because if one.rows else _NO_ROW for one in told)
    )
    is_state = who.side is Side.STATE
    words = {
        Truth.YES: f"{state} was bound as a member of {the(body)}",
        Truth.MAYBE: f"Whether {state} was bound as a member of {the(body)} is open",
        Truth.NO: f"{state} was not bound: it was no member of {the(body)}",
    }[answer]
    mark = weakest([who.mark, *(one.mark for one in told)])
    if who.side is Side.GROUP:
        why = f"{name} is no state's force; {words} ({because})."
        return _Duty(answer=answer & Truth.MAYBE, why=why, mark=mark)
    why = f"{words} ({because})."
    if not is_state and answer is not Truth.NO:
        why += f" {name} is under its jurisdiction, as far as is told."
    return _Duty(answer=answer, why=why, mark=mark)
