"""Filters on how something is told: by whom, when, in what words, how well judged."""

from collections.abc import Iterator
from functools import partial

from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.claims import EmbargoIs, GoodsAre, MentionIs, Says
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.grades import Credibility, Reliability
from embargo_monitor.model.names import fold
from embargo_monitor.model.reports import actors_in
from embargo_monitor.model.stances import Known
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told
from embargo_monitor.query.contents import within
from embargo_monitor.query.filters import Beside, Filters
from embargo_monitor.query.inquiry import Answer, Inquiry, Names
from embargo_monitor.query.naming import Named, is_actor, is_source


def tellings(filters: Filters, known: Names, beside: Beside) -> Iterator[Inquiry]:
    """Give the questions on how something is told.

    Raises:
        UnknownNameError: A name or a regime is not known.
    """
    if filters.actor is not None:
        yield Inquiry("actor", partial(_actor, asked=known.find(filters.actor)))
    if filters.source is not None:
        yield Inquiry("source", partial(_source, asked=known.find(filters.source)))
    if filters.origin is not None:
        yield Inquiry("origin", partial(_origin, asked=known.find(filters.origin)))
    if filters.regime is not None:
        regime = known_regime(filters.regime, known, beside)
        yield Inquiry("regime", partial(_regime, asked=regime))
    if filters.reliability:
        yield Inquiry("reliability", partial(_reliable, asked=filters.reliability))
    yield from _judged(filters, beside)
    yield from _dated(filters, beside)
    if filters.language is not None:
        yield Inquiry("language", partial(_language, asked=filters.language))
    if filters.text is not None:
        text = fold(filters.text)
        yield Inquiry("text", partial(_text, asked=text, beside=beside))


def _actor(one: Told, *, asked: Named) -> Answer:
    ids = {id_ for _, id_ in actors_in(one.claim) if id_}
    if one.claim.about.kind is AboutKind.ACTOR:
        ids.add(one.claim.about.id)
    return Truth.any_of(is_actor(asked, one.actor(id_)) for id_ in ids)


def _source(one: Told, *, asked: Named) -> Answer:
    return Truth.any_of(
        is_source(asked, one.source(speaker.source), one.report)
        & (Truth.MAYBE if speaker.known is Known.UNCLEAR else Truth.YES)
        for speaker in one.voice.speakers
    )


def _origin(one: Told, *, asked: Named) -> Answer:
    starts = [one.source(speaker.source) for speaker in one.voice.starts]
    answers = [is_source(asked, source, one.report) for source in starts]
    # With whom an unsettled voice begins, nobody can tell: it is one of them.
    return Truth.all_of(answers) | (Truth.any_of(answers) & Truth.MAYBE)


def known_regime(given: str, known: Names, beside: Beside) -> str:
    """Return a regime that the register knows, or that a claim names.

    Raises:
        UnknownNameError: Neither does; the error names the nearest.
    """
    told = known.regimes()
    if given not in told:
        try:
            beside.register.regime(given)
        except UnknownNameError:
            key = fold(given)
            # Two names without a letter are not alike for that.
            if not key or key not in map(fold, told):
                raise
    return given


def _regime(one: Told, *, asked: str) -> Answer:
    if not isinstance(one.claim, EmbargoIs):
        return None
    return is_regime(one.claim.regime, asked)


def is_regime(told: str, asked: str) -> Truth:
    """Tell whether a claim that names a regime names the one asked for."""
    if told == asked:
        return Truth.YES
    key = fold(asked)
    return Truth.MAYBE if key and fold(told) == key else Truth.NO


def _reliable(one: Told, *, asked: frozenset[Reliability]) -> Answer:
    answers = [
        Truth.of(source.reliability is not None and source.reliability.grade in asked)
        for source in (one.source(speaker.source) for speaker in one.voice.starts)
    ]
    return Truth.all_of(answers) | (Truth.any_of(answers) & Truth.MAYBE)


def _judged(filters: Filters, beside: Beside) -> Iterator[Inquiry]:
    if filters.credibility:
        asked = filters.credibility
        yield Inquiry(
            "credibility",
            lambda one: Truth.of(not asked.isdisjoint(_grades(one, beside).values())),
        )
    if (analyst := filters.not_assessed_by) is not None:
        yield Inquiry(
            "not_assessed_by",
            lambda one: Truth.of(analyst not in _grades(one, beside)),
        )


def _grades(one: Told, beside: Beside) -> dict[str, Credibility]:
    """Return the last grade that each analyst gave a claim."""
    logged = [one.claim.credibility] if one.claim.credibility else []
    later = [each.credibility for each in beside.assessments.get(one.id, ())]
    return {each.by: each.grade for each in (*logged, *later)}


def _dated(filters: Filters, beside: Beside) -> Iterator[Inquiry]:
    if (said := filters.said) is not None:
        yield Inquiry("said", lambda one: within(said_of(one), said))
    if (published := filters.published) is not None:
        yield Inquiry("published", lambda one: within(published_of(one), published))
    if (days := filters.recorded) is not None:
        yield Inquiry("recorded", lambda one: within(_recorded(one, beside), days))


def published_of(one: Told) -> ImpreciseDate | None:
    """Return when the document was published, as far as anybody knows."""
    reading = one.report.document.published
    return reading.date if reading else None


def said_of(one: Told) -> ImpreciseDate | None:
    """Return when the first speaker spoke: a relay's word is no earlier than theirs."""
    first, *others = one.voice.speakers
    if first.said is not None:
        return first.said.date
    published = published_of(one)
    if not others:
        return published
    latest = published.latest if published else None
    return ImpreciseDate.between(None, latest) if latest else None


def _recorded(one: Told, beside: Beside) -> ImpreciseDate | None:
    moment = beside.recorded.get(one.report.id)
    return ImpreciseDate.day(moment.date()) if moment else None


def languages_of(one: Told) -> tuple[str, ...]:
    """Return the languages of a claim's document and words; empty where not said."""
    told = [one.report.document.language]
    if one.claim.wording is not None:
        told.append(one.claim.wording.language)
    if one.claim.quote is not None:
        exhibits = one.report.document.exhibits
        told += [row.language for row in exhibits if row.id == one.claim.quote.exhibit]
    return tuple(told)


def _language(one: Told, *, asked: str) -> Answer:
    told = languages_of(one)
    if any(f"{tag}-".startswith(f"{asked}-") for tag in told):
        return Truth.YES
    return Truth.NO if any(told) else Truth.MAYBE


def _text(one: Told, *, asked: str, beside: Beside) -> Answer:
    words, unread = _quoted(one, beside)
    if any(asked in fold(text) for text in (*_told(one), *words)):
        return Truth.YES
    return Truth.MAYBE if unread else Truth.NO


def _quoted(one: Told, beside: Beside) -> tuple[list[str], bool]:
    """Return the quoted words, and whether there are some that could not be read."""
    quote = one.claim.quote
    if quote is None:
        return [], False
    text = beside.texts.get(one.report.id, {}).get(quote.exhibit)
    if text is None:
        return [], True
    try:
        return [quote.words(text)], False
    except InvalidValueError:
        return [], True


def _told(one: Told) -> Iterator[str]:
    """Give what else stands in a claim, and the titles that it stands under."""
    claim = one.claim
    yield from (title.text for title in one.report.document.titles)
    about = claim.about
    if about.kind is AboutKind.EVENT:
        yield from (row.title for row in one.report.events if row.id == about.id)
    yield from (said.text for said in (claim.wording, claim.translation) if said)
    if isinstance(claim, Says):
        yield claim.text
    items = claim.items if isinstance(claim, MentionIs) else ()
    if isinstance(claim, GoodsAre):
        items = (claim.item,)
    for item in items:
        yield from (item.name, item.wording)
    for _, id_ in actors_in(claim):
        if id_:
            yield from (name.text for name in one.actor(id_).names)
