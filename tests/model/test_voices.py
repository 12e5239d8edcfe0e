"""Sources and voices: who told whom, and with whom it may begin."""

import pytest
from hypothesis import given

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.names import Name
from embargo_monitor.model.stances import Known, RelayStance
from embargo_monitor.model.voices import Source, SourceKind, Speaker, Voice
from embargo_monitor.testing import voices

NAMES = (Name("a Libyan military source"),)


def speaker(source, known=Known.STATED, stance=RelayStance.RELAYS):
    reason = "so the passage before it" if known is Known.INFERRED else ""
    return Speaker(source, known=known, stance=stance, reason=reason)


def test_a_source_has_a_name_or_is_an_actor():
    assert Source("cnn", SourceKind.OUTLET, names=NAMES).actor == ""
    assert Source("munir", SourceKind.PERSON, actor="munir").names == ()
    with pytest.raises(InvalidValueError, match="names must be given where no actor"):
        Source("cnn", SourceKind.OUTLET)


def test_an_unnamed_source_speaks_for_nobody():
    unnamed = Source("x", SourceKind.PEOPLE, names=NAMES, unnamed=True)
    assert unnamed.actor == ""
    with pytest.raises(InvalidValueError, match="speaks for nobody: give a side"):
        Source("x", SourceKind.PEOPLE, names=NAMES, unnamed=True, actor="lna")


@pytest.mark.parametrize("reason", ["public", "pseudonym", "unnamed"])
def test_a_person_who_tells_is_public_or_under_a_pseudonym_or_not_named(reason):
    source = Source("x", SourceKind.PERSON, names=NAMES, **{reason: True})
    assert source.names == NAMES
    with pytest.raises(InvalidValueError, match="public must be true for a person"):
        Source("x", SourceKind.PERSON, names=NAMES)


def test_a_nationality_is_a_country():
    with pytest.raises(InvalidValueError, match="nationality must be a country's"):
        Source("x", SourceKind.OUTLET, names=NAMES, nationality="Libyan")


@pytest.mark.parametrize("sources", [(), ("cnn", "cnn"), ("cnn", "page", "cnn")])
def test_a_voice_has_speakers_and_each_speaks_once(sources):
    with pytest.raises(InvalidValueError, match="at least one speaker, each once"):
        Voice("v", tuple(map(speaker, sources)))


@pytest.mark.parametrize("stance", [RelayStance.ENDORSES, RelayStance.DOUBTS])
def test_the_first_speaker_has_nothing_to_pass_on(stance):
    relayed = speaker("cnn", stance=stance)
    assert Voice("v", (speaker("ly-mil"), relayed)).speakers[1].stance is stance
    with pytest.raises(InvalidValueError, match="left out for the first speaker"):
        Voice("v", (relayed, speaker("page")))


def test_an_inference_that_somebody_spoke_has_a_reason_and_nothing_else_has():
    assert Speaker("cnn", known=Known.INFERRED, reason="named above").reason
    with pytest.raises(InvalidValueError, match="reason must be given for an inferr"):
        Speaker("cnn", known=Known.INFERRED)
    with pytest.raises(InvalidValueError, match="reason must be given for an inferr"):
        Speaker("cnn", reason="named above")


def test_somebody_surely_spoke():
    unclear = speaker("cnn", Known.UNCLEAR)
    assert Voice("v", (unclear, speaker("page", Known.INFERRED)))
    with pytest.raises(InvalidValueError, match="settled for the last speaker"):
        Voice("v", (unclear, speaker("page", Known.UNCLEAR)))


@pytest.mark.parametrize(
    ("known", "starts"),
    [
        ("ss", ["a"]),
        ("is", ["a"]),
        ("us", ["a", "b"]),
        ("uis", ["a", "b"]),
        ("uus", ["a", "b", "c"]),
        ("sus", ["a"]),
    ],
)
def test_a_voice_may_begin_with_whoever_may_not_have_spoken_or_was_first(known, starts):
    meaning = {"s": Known.STATED, "i": Known.INFERRED, "u": Known.UNCLEAR}
    told = zip("abc", known, strict=False)
    voice = Voice("v", tuple(speaker(id_, meaning[one]) for id_, one in told))
    assert [start.source for start in voice.starts] == starts


@given(voices())
def test_a_voice_begins_with_its_first_speaker_and_ends_where_all_is_settled(voice):
    assert voice.starts == voice.speakers[: len(voice.starts)]
    assert [one.known for one in voice.starts].count(Known.UNCLEAR) in (
        len(voice.starts) - 1,
        len(voice.starts),
    )
    assert voice.starts[-1].known is not Known.UNCLEAR
