"""What an analyst writes: the authoring form, as types.

The form is for people: voices are named once, a row says several things of one
event in one breath, amounts and dates are short text. `compiling` makes a report of it
and tells what it filled in. A `note` is the analyst's remark, wherever it stands.
"""

from attrs import field, frozen

from embargo_monitor.authoring.written import (
    WrittenActor,
    WrittenDocument,
    WrittenEvent,
    WrittenItem,
    WrittenPlace,
    WrittenQuote,
    WrittenSource,
    WrittenSpeaker,
    WrittenWhen,
)
from embargo_monitor.canonical import MAX_ENTRY

FORM_VERSION = 1

MAX_FORM = 1024 * 1024
"""Bytes that a form, or a record given as JSON, may have: sixteen times an entry."""

MAX_REPORT = 4 * MAX_ENTRY
"""Bytes of a report as it stands: those of its entry, and what corrections add."""

OneOrMore = str | tuple[str, ...]
"""An id, or a list of ids."""


@frozen(kw_only=True)
class Row:
    """What one voice says of one thing in one breath: one claim for each part.

    Attributes:
        voice: Id of the voice.
        about: Id of an event, actor or regime; `event:`, `actor:`, `regime:` before
            it where two share an id.
        id: The row's own id; `c1`, `c2` ... by default. Its claims are `id.stage`,
            `id.supplier` and so on.
        stance: How the first speaker takes it.
        hedge: How sure the first speaker sounds.
        quote: The exact words.
        wording: The words, where no exhibit holds them.
        translation: What the words mean.
        when: The date of the step, or of what the row says.
        credibility: 2 to 6.
        answers: Rows or claims that it confirms, denies, withdraws, comments on.
        within: It is part of that figure.
        converts: It is that figure in another unit.
        departs_from: It is what a relay made of that.
        rests_on: It is inferred from that.
        stage: Where the matter stood.
        by: Who took the step, or the embargo position.
        place: Where; so are from_, and to: bound for where.
        supplier: Id of the actor, or several; so are all roles, up to instigator.
        for_: On whose behalf the parties of the row act.
        goods: What is moved.
        quantity: How many, as short text: `16 items`.
        line: Which figures compete.
        at: The stage that goods and value belong to; the row's own by default.
        mentions: What is named that is not goods.
        as_: As what it is named.
        actor: Whose the mentions are, or whom `actor_is` relates to.
        value: A figure, as short text: `about 3 billion USD`.
        of: What it is the value of; `price` by default.
        terms: sale, gift, loan or lease, barter, aid, own forces, captured.
        embargo: Id of a regime, or the words printed.
        position: What is said of it.
        actor_is: How the actor stands: led by, office in, flag, owner ...
        text: To what, in your words.
        says: What nothing else can say, in your words.
        note: Your remark.
    """

    voice: str
    about: str
    id: str = ""
    stance: str = "asserts"
    hedge: str = "none"
    quote: str | WrittenQuote | None = None
    wording: str = ""
    translation: str = ""
    when: str | WrittenWhen | None = None
    credibility: str = ""
    note: str = ""
    answers: OneOrMore = ()
    within: OneOrMore = ()
    converts: OneOrMore = ()
    departs_from: OneOrMore = ()
    rests_on: OneOrMore = ()
    stage: str = ""
    by: OneOrMore = ()
    place: str = ""
    from_: str = ""
    to: str = ""
    supplier: OneOrMore = ()
    buyer: OneOrMore = ()
    recipient: OneOrMore = ()
    end_user: OneOrMore = ()
    broker: OneOrMore = ()
    manufacturer: OneOrMore = ()
    financier: OneOrMore = ()
    carrier: OneOrMore = ()
    transit: OneOrMore = ()
    owner: OneOrMore = ()
    holder: OneOrMore = ()
    instigator: OneOrMore = ()
    for_: str = ""
    goods: str | WrittenItem | None = None
    quantity: str = ""
    line: str = ""
    at: str = ""
    mentions: tuple[str | WrittenItem, ...] = ()
    as_: str = ""
    actor: str = ""
    value: str = ""
    of: str = ""
    terms: str = ""
    embargo: str = ""
    position: str = ""
    actor_is: str = ""
    text: str = ""
    says: str = ""


@frozen(kw_only=True)
class Made:
    """Who translated, and whether that was a person or a machine."""

    language: str
    method: str
    by: str


@frozen(kw_only=True)
class Graded:
    """Who graded sources and claims, and on which day."""

    by: str
    on: str


@frozen(kw_only=True)
class WrittenReport:
    """One document and what it says, as an analyst writes it.

    Attributes:
        report: The report's id.
        form: Version of this form.
        document: The publication.
        actors: Who is spoken of, by local id.
        places: Where, by local id.
        sources: Who tells, by local id.
        voices: Who told whom, by local id: source ids, first known speaker first.
        events: What is spoken of, by local id.
        claims: The rows.
        translations: Who made the translations; needed where there are any.
        graded: Who graded; needed where there are grades.
        repeats: Id of the report whose document this one repeats.
        note: Your remark.
    """

    report: str
    document: WrittenDocument
    sources: dict[str, WrittenSource]
    voices: dict[str, tuple[str | WrittenSpeaker, ...]]
    claims: tuple[Row, ...]
    form: int = FORM_VERSION
    actors: dict[str, WrittenActor] = field(factory=dict)
    places: dict[str, WrittenPlace] = field(factory=dict)
    events: dict[str, WrittenEvent] = field(factory=dict)
    translations: Made | None = None
    graded: Graded | None = None
    repeats: str = ""
    note: str = ""
