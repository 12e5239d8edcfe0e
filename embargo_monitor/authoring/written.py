"""What an analyst writes of a document, an actor, a source, a date: types of the form.

They are the members of the form (`form.WrittenReport`); amounts and dates in them are
short text. A `note` is the analyst's remark, wherever it stands.
"""

from attrs import field, frozen

Texts = dict[str, str]
"""Text by language: `{"en": "Libyan National Army", "ar": "..."}`."""


@frozen(kw_only=True)
class WrittenName:
    """A name that is not the thing's own; bare text is enough for one that is.

    Attributes:
        text: The name.
        kind: own, transliterated, translated, former.
    """

    text: str
    kind: str = "own"


Names = dict[str, str | tuple[str | WrittenName, ...]]
"""Names by language, one or a list: `{"en": ["Rajin", {"text": "Najin", ...}]}`."""


@frozen(kw_only=True)
class WrittenExhibit:
    """A file that the report rests on.

    Attributes:
        file: Its path, from the folder of the authoring file.
        sha256: Its digest in hex, if it must be just that file.
        media_type: Such as `text/plain`, which is the default.
        language: BCP 47 tag; the document's by default.
        handling: public, limited, confidential, source at risk.
        salt: A file of 32 random bytes, above public.
        parent: Id of the exhibit whose extracted text this is.
        title: What it is.
    """

    file: str
    sha256: str = ""
    media_type: str = "text/plain"
    language: str = ""
    handling: str = "public"
    salt: str = ""
    parent: str = ""
    title: str = ""


@frozen(kw_only=True)
class WrittenReading:
    """One reading of a document's date.

    Attributes:
        date: EDTF.
        basis: printed, written by hand, in the address, in the metadata, inferred.
        wording: The date as printed.
        reason: Why; needed when inferred.
    """

    date: str
    basis: str = "printed"
    wording: str = ""
    reason: str = ""


@frozen(kw_only=True)
class WrittenDocument:
    """The publication.

    Attributes:
        titles: By language; the document's own language and translations.
        language: BCP 47 tag of its text.
        publisher: Id of the source that published it.
        published: When, as relative dates count from it.
        written: When it was written.
        other_readings: Readings of its date that were not used.
        exhibits: Its bytes, by id.
        same_as: Identifiers, `scheme:value`.
    """

    titles: Texts
    publisher: str
    language: str = ""
    published: WrittenReading | None = None
    written: WrittenReading | None = None
    other_readings: tuple[WrittenReading, ...] = ()
    exhibits: dict[str, WrittenExhibit] = field(factory=dict)
    same_as: tuple[str, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class WrittenActor:
    """Who is spoken of. `{}` takes all from the gazetteer, by the id it stands under.

    Attributes:
        gazetteer: Id in the gazetteer, if it is not the local id.
        kind: What it is; needed if the gazetteer does not know it.
        names: By language, one or a list; the first is the one shown.
        country: Where it is based, by gazetteer id.
        same_as: Identifiers, `scheme:value`.
        count: How many, as short text.
        unnamed: The source does not name it.
        public: A person whose name is public.
        pseudonym: The name is one that we gave.
    """

    gazetteer: str = ""
    kind: str = ""
    names: Names = field(factory=dict)
    country: str = ""
    same_as: tuple[str, ...] = ()
    count: str = ""
    unnamed: bool = False
    public: bool = False
    pseudonym: bool = False
    note: str = ""


@frozen(kw_only=True)
class WrittenPlace:
    """Where. A country needs no entry: its gazetteer id is enough."""

    kind: str
    names: Names
    country: str = ""
    offset: str = ""
    same_as: tuple[str, ...] = ()


@frozen(kw_only=True)
class WrittenSource:
    """Who tells.

    Attributes:
        kind: What it is; `person` by default where the actor is one.
        names: By language; a description when unnamed; none where an actor speaks.
        actor: Id of the actor that speaks.
        unnamed: The document does not name it.
        side: supplier, recipient, third party; for unnamed ones.
        nationality: By gazetteer id, as stated.
        count: How many, as short text: `at least 2 persons`.
        part_of: Id of the source that it is part of.
        state: In what state a document served.
        mandate: panel, committee or court, if it may find a breach.
        same_as: Identifiers, `scheme:value`.
        reliability: A to F.
        public: A person whose name is public.
        pseudonym: The name is one that we gave.
    """

    kind: str = ""
    names: Names = field(factory=dict)
    actor: str = ""
    unnamed: bool = False
    side: str = "not said"
    nationality: str = ""
    count: str = ""
    part_of: str = ""
    state: str = "not a document"
    mandate: str = "none"
    same_as: tuple[str, ...] = ()
    reliability: str = ""
    public: bool = False
    pseudonym: bool = False
    note: str = ""


@frozen(kw_only=True)
class WrittenDay:
    """A day or period that a date counts from: one of the two, and no row's.

    Attributes:
        day: EDTF, a day of yours, and then a reason.
        printed: EDTF, a day or period that the wording itself names: the `2017` of
            "early 2017".
        reason: Why that day.
    """

    day: str = ""
    printed: str = ""
    reason: str = ""


@frozen(kw_only=True)
class WrittenWhen:
    """A date, by wording, rule and anchor; or as printed.

    Attributes:
        wording: The source's words for it.
        translation: What they mean.
        date: EDTF, where the source prints the date or `reading@1` gives one.
        rule: How the words become a date: `weekday-on-or-before@1 tuesday`.
        against: The rule that `reading@1` goes against.
        anchor: What the rule counts from, or the one gone against: published (the
            default), written, said, a row's id, a day with a reason, or what the
            wording names.
        until: What bounds `after@1` above: `said` by default.
        known: stated, inferred, unclear.
        reason: Why; needed when inferred, and with `reading@1`.
        clock: The time of day as printed, HH:MM.
    """

    wording: str = ""
    translation: str = ""
    date: str = ""
    rule: str = ""
    against: str = ""
    anchor: str | WrittenDay = ""
    until: str | WrittenDay = ""
    known: str = "stated"
    reason: str = ""
    clock: str = ""


@frozen(kw_only=True)
class WrittenSpeaker:
    """One place in a voice; a bare source id is enough where nothing else is said.

    A `?` after a bare id marks it as unclear.

    Attributes:
        source: Id of the source that spoke.
        stance: relays, endorses, doubts; nothing for the first speaker.
        said: When it said so, if that has a date of its own.
        known: stated, inferred, unclear.
        reason: Why it is taken to have spoken; needed when inferred.
    """

    source: str
    stance: str = "relays"
    said: str | WrittenWhen | None = None
    known: str = "stated"
    reason: str = ""


@frozen(kw_only=True)
class WrittenEvent:
    """What claims are about: transfer, pact, contact or sum, and a title."""

    kind: str
    title: str


@frozen(kw_only=True)
class WrittenQuote:
    """The exact words, and what tells their place apart if they stand twice.

    Attributes:
        words: The words, letter by letter.
        nth: Which occurrence, counted from 1.
        exhibit: Id of the exhibit; the only one by default.
        page: As printed; so are paragraph, annex and time_code.
    """

    words: str
    nth: int = 0
    exhibit: str = ""
    page: str = ""
    paragraph: str = ""
    annex: str = ""
    time_code: str = ""


@frozen(kw_only=True)
class WrittenItem:
    """A thing or service; short text `nature: name` is enough where that is all."""

    name: str
    nature: str
    categories: tuple[str, ...] = ()
    use: str = "not said"
    condition: str = "not said"
    individual: str = ""
    wording: str = ""
