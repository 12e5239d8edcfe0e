"""The tables of the index, column by column.

All but `entries`, `later` and `likenesses` hold what the log says *as it stands*, and
as it stood at any earlier size: a row stands from `entry` on, until `superseded_at`. So
what it said as of n entries is
`entry < n AND (superseded_at IS NULL OR superseded_at >= n)`.
"""

from embargo_monitor.query.columns import Column, Table


def _text(name: str, text: str, example: str = "") -> Column:
    return Column(name, "TEXT", text, example)


def _whole(name: str, text: str, example: str = "") -> Column:
    return Column(name, "INTEGER", text, example)


def _real(name: str, text: str, example: str = "") -> Column:
    return Column(name, "REAL", text, example)


def _days(name: str, text: str, example: str) -> tuple[Column, ...]:
    """A date as EDTF, with its first and last day."""
    return (
        _text(name, f"{text}: EDTF; NULL where nobody says", example),
        _text(
            f"{name}_low", "the first day that it may mean; NULL: open", "2025-12-15"
        ),
        _text(
            f"{name}_high", "the last day that it may mean; NULL: open", "2025-12-21"
        ),
    )


_STANDS = (
    _whole("entry", "position of the entry from which the row stands, from 0", "0"),
    _whole(
        "superseded_at", "position of the entry that ended it; NULL: it stands", "7"
    ),
)

_LIKENESS = _whole("likeness", "what tells who it is: `likenesses.id`", "12")

ENTRIES = Table(
    "entries",
    "an entry of the log",
    (
        _whole("entry", "its position, from 0", "0"),
        _text("kind", "kind of its record", "report"),
        _text("id", "id of its record", "article-2025-12-23"),
        _text("recorded", "when the log took it, UTC", "2026-01-05T09:30:00Z"),
        _text("recorder", "who recorded it", "ana"),
        _text("leaf", "its leaf hash in the log's tree, hex (RFC 6962)"),
        _whole("is_read", "0 where only a newer version can read it", "1"),
    ),
)

LATER = Table(
    "later",
    "what a later record refers to: a row for each record that it names",
    (
        _text("kind", "correction, withdrawal, assessment, link or relevance"),
        _text("id", "id of that record", "correction-1"),
        _text("of_kind", "kind of the record that it refers to", "report"),
        _text("of_id", "id of the record that it refers to", "article-2025-12-23"),
        _text("reason", "why; NULL for records of relevance", "the figure was misread"),
        _text("said_by", "who says so, as named in the record", "ana"),
        _whole("entry", "its position in the log, from 0", "3"),
    ),
)

REPORTS = Table(
    "reports",
    "a report, and the document that it reads",
    (
        _text("id", "the report's id", "article-2025-12-23"),
        _text("title", "the first title", "Pakistan sells arms"),
        _text("language", "BCP 47 tag of the document; empty: not said", "ar"),
        _text("publisher", "the source that published it: `sources.id`", "r#paper"),
        _text("publisher_name", "its name", "The Paper"),
        *_days("published", "when it was published", "2025-12-23"),
        _text("recorded", "when the log took the report, UTC", "2026-01-05T09:30:00Z"),
        _text("repeats", "id of a report whose document this one repeats, or empty"),
        *_STANDS,
    ),
)

EVENTS = Table(
    "events",
    "an event, as one report tells of it; `links` say which are one",
    (
        _text("id", "`report-id#event-id`", "article-2025-12-23#deal"),
        _text("report", "its report: `reports.id`", "article-2025-12-23"),
        _text("kind", "what sort of event", "transfer"),
        _text("title", "what the logger calls it", "Arms for the LNA"),
        *_STANDS,
    ),
)

ACTORS = Table(
    "actors",
    "somebody or something that a report speaks of",
    (
        _text("id", "`report-id#actor-id`", "article-2025-12-23#lna"),
        _text("report", "its report: `reports.id`", "article-2025-12-23"),
        _text("kind", "what it is", "armed force"),
        _text("name", "the name that is shown", "Libyan National Army"),
        _text("country", "where it is based, by gazetteer id; empty: not said", "LY"),
        _whole("unnamed", "1 where the source does not name it", "0"),
        _LIKENESS,
        *_STANDS,
    ),
)

SOURCES = Table(
    "sources",
    "somebody who tells, or something that shows",
    (
        _text("id", "`report-id#source-id`", "article-2025-12-23#cnn"),
        _text("report", "its report: `reports.id`", "article-2025-12-23"),
        _text("kind", "what it is", "outlet"),
        _text("name", "the name that is shown", "CNN"),
        _whole("unnamed", "1 where the document does not name it", "0"),
        _text("actor", "the actor that speaks: `actors.id`; or empty", "r#ministry"),
        _text("reliability", "our grade, A to F; NULL: nobody judged", "C"),
        _text("graded_by", "who judged; NULL likewise", "ana"),
        _LIKENESS,
        *_STANDS,
    ),
)

NAMES = Table(
    "names",
    "a name of an actor or source, or an identifier of it",
    (
        _text("whose", "whose: `actors.id` or `sources.id`", "article-2025-12-23#lna"),
        _text("what", "`actor` or `source`", "actor"),
        _text("scheme", "empty for a name; else the identifier's scheme", "gazetteer"),
        _text("name", "the name, or the identifier's value", "lna"),
        _text("folded", "by which names are compared; empty for identifiers", "lna"),
        _text("language", "BCP 47 tag of the name; empty: not said", "en"),
        *_STANDS,
    ),
)

CLAIMS = Table(
    "claims",
    "one thing that somebody says; `named`, `items` and `refs` hold what comes in"
    " numbers",
    (
        _text("id", "`report-id#claim-id`", "article-2025-12-23#value-cnn"),
        _text("report", "its report: `reports.id`", "article-2025-12-23"),
        _text("event", "the event that it is about: `events.id`; NULL for others"),
        _text("about", "what it is about: kind and id", "event:deal"),
        _text("kind", "one of the nine kinds of claims", "value_is"),
        _text("stance", "how the first speaker takes it", "asserts"),
        _text("hedge", "how sure the first speaker sounds", "none"),
        _text("role", "of `party_is`: the role; of `mention_is`: as what", "supplier"),
        _text("actor", "of whom or to whom: `actors.id`; NULL: nobody", "r#pakistan"),
        _text("actor_name", "that actor's name", "Pakistan"),
        _whole("actor_likeness", "its `likenesses.id`; NULL: nobody", "12"),
        _whole("for_likeness", "the same of whom it acts for; NULL: nobody", "13"),
        _text("item", "the first item's name; all are in `items`", "JF-17"),
        _text("nature", "the first item's nature", "aircraft"),
        _text("categories", "where lists of arms place it, separated by `; `"),
        _text("value_of", "of `value_is`: of what it is the value", "price"),
        _text(
            "amount",
            "the figure as told: exact, with bound and unit",
            "about 3 billion USD",
        ),
        _real("low", "low end, rounded down; NULL: none is told", "3000000000.0"),
        _real("high", "high end, rounded up; NULL: none is told", "3000000000.0"),
        _text("bound", "how the figure was told; ends alone say less", "about"),
        _text("unit", "ISO 4217 code or counting unit", "USD"),
        _text("stage", "of `stage_is`; of figures: to which they belong", "agreed"),
        _text("place", "of `stage_is`: where, by name", "Benghazi"),
        _text("bound_for", "of `stage_is`: where it was bound for, by name", "Libya"),
        _text("country", "where goods may go by it: gazetteer id; empty: no country"),
        _text("regime", "of `embargo_is`: the regime", "un-libya-2011"),
        _text("position", "of `embargo_is`: what is said of it", "in force"),
        _text("text", "what else it says, in the logger's words", "it was tested"),
        *_days("happened", "when that was", "2025-12-15/2025-12-21"),
        _text(
            "happened_by", "`source`: as printed; else our rule or inference", "source"
        ),
        *_days("said", "when the first speaker said so", "2025-12-22"),
        *_days("published", "when the document was published", "2025-12-23"),
        _text("recorded", "when the log took the report, UTC", "2026-01-05T09:30:00Z"),
        _text("languages", "BCP 47 tags of document and words, between blanks", " ar "),
        _text("voice", "on whose word: `speakers.voice`", "r#cnn"),
        _text("origin", "with whom the voice begins: `sources.id`", "r#reuters"),
        _text("origin_name", "its name", "Reuters"),
        _whole("is_settled", "0 where the voice may begin with a later speaker", "1"),
        _text("chain", "who told whom, first speaker first", "CNN > The Paper"),
        _text("reliability", "our grade of that origin; NULL: nobody judged", "C"),
        _text("credibility", "grade logged with it, 2 to 6; NULL: nobody judged", "6"),
        _text("credibility_by", "who judged; NULL likewise", "ana"),
        _text("exhibit", "digest of the exhibit that holds the words, or NULL"),
        _whole(
            "quote_start", "where they start, in code points from 0; or NULL", "311"
        ),
        _whole("quote_end", "where they end, itself not included; or NULL", "340"),
        _text("wording", "the words, where no exhibit holds them; or NULL"),
        *_STANDS,
    ),
)

NAMED = Table(
    "named",
    "an actor that a claim names, and where in it",
    (
        _text("claim", "`claims.id`", "article-2025-12-23#supplier"),
        _text("part", "where: actor, for, by, item, about", "actor"),
        _text("actor", "`actors.id`", "article-2025-12-23#pakistan"),
        *_STANDS,
    ),
)

ITEMS = Table(
    "items",
    "an item of a claim: goods of `goods_are`, and *not* goods of `mention_is`",
    (
        _text("claim", "`claims.id`", "article-2025-12-23#goods"),
        _whole("nth", "its place among the claim's items, from 0", "0"),
        _text("name", "what it is, in the logger's language", "JF-17"),
        _text("nature", "what sort of thing", "aircraft"),
        _text("categories", "where lists of arms place it, separated by `; `"),
        _text("wording", "the source's word for it; empty: none given"),
        *_STANDS,
    ),
)

REFS = Table(
    "refs",
    "how a claim hangs on another: a `withdraws` that answers it takes it back",
    (
        _text("claim", "`claims.id`", "page-2#withdrawal"),
        _text("how", "answers, within, converts, departs_from or rests_on", "answers"),
        _text("other", "the other claim: `claims.id`", "page-1#delivered"),
        *_STANDS,
    ),
)

SPEAKERS = Table(
    "speakers",
    "somebody who speaks in a voice of a report",
    (
        _text("voice", "`report-id#voice-id`", "article-2025-12-23#cnn"),
        _whole("nth", "the place in the voice, from 0", "0"),
        _text("source", "who: `sources.id`", "article-2025-12-23#ly-mil"),
        _whole("is_start", "1 where the voice may begin with it", "1"),
        _whole("is_settled", "0 where it is unclear that it spoke", "1"),
        _text("reliability", "our grade of it, A to F; NULL: nobody judged", "C"),
        _LIKENESS,
        *_STANDS,
    ),
)

LIKENESSES = Table(
    "likenesses",
    "what tells who an actor or source is; those that are alike share one",
    (
        _whole("id", "its number, in the order of first use", "12"),
        _text("likeness", "names, identifiers, kind and country, as JSON"),
    ),
)

LINKS = Table(
    "links",
    "a link of ours between things of two reports that both stand",
    (
        _text("id", "the link's id", "link-1"),
        _text("linked", "what is joined", "event"),
        _text("relation", "how the first stands to the second", "same"),
        _text("first", "`report-id#local-id`", "page-1#deal"),
        _text("second", "`report-id#local-id`", "page-2#deal"),
        _text("reason", "why", "same ship, same week"),
        _text("said_by", "who says so", "ana"),
        *_STANDS,
    ),
)

ASSESSMENTS = Table(
    "assessments",
    "an analyst's judgement of a claim, beside the grade logged with it",
    (
        _text("id", "the assessment's id", "assessment-1"),
        _text("claim", "`claims.id`", "article-2025-12-23#value-cnn"),
        _text("credibility", "the grade, 2 to 6", "3"),
        _text("judged_by", "the analyst", "ana"),
        _text("judged_on", "the day of judgement", "2026-01-05"),
        _text("reason", "why", "nobody else has it"),
        *_STANDS,
    ),
)

RELEVANCE = Table(
    "relevance",
    "what the newest record of relevance answers of one regime; no finding",
    (
        _text("record", "id of the record", "relevance-1"),
        _text("event", "`events.id`", "article-2025-12-23#deal"),
        _text("regime", "the regime's id", "un-libya-2011"),
        _text("relevant", "YES, MAYBE or NO", "YES"),
        _text("exemption", "where an exemption stood; NULL: not asked", "unknown"),
        _text("open", "`who`: nobody says who or where; `list`: by a list alone"),
        _text("register_digest", "SHA-256 of the register that was asked, hex"),
        _text("asked_by", "who asked", "ana"),
        *_STANDS,
    ),
)

TABLES = (
    ENTRIES,
    LATER,
    REPORTS,
    EVENTS,
    CLAIMS,
    NAMED,
    ITEMS,
    REFS,
    SPEAKERS,
    ACTORS,
    SOURCES,
    NAMES,
    LIKENESSES,
    LINKS,
    ASSESSMENTS,
    RELEVANCE,
)
"""All tables, the log's own two first."""
