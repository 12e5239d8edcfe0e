"""Claims: one thing said, about one thing, in the speaker's words."""

import pytest

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.claims import (
    ActorIs,
    EmbargoIs,
    MentionIs,
    PartyIs,
    Says,
    StageIs,
)
from embargo_monitor.model.quotes import Quote, Translation, Translator, Wording
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance
from embargo_monitor.model.vocabulary import MentionRole, Position, Relation, Role

DEAL = About(AboutKind.EVENT, "deal")
LNA = About(AboutKind.ACTOR, "lna")
SAID = {"id": "c1", "about": DEAL, "voice": "cnn"}
QUOTE = Quote("text", start=0, end=4)
WORDING = Wording("صفقة أسلحة")
TRANSLATION = Translation(
    "an arms deal", language="en", method=Translator.PERSON, by="a"
)


@pytest.mark.parametrize("text", ["event:deal", "actor:lna", "regime:un-libya-2011"])
def test_what_a_claim_is_about_is_written_as_it_is_read(text):
    assert str(About.parse(text)) == text


@pytest.mark.parametrize("text", ["", "deal", "Event:deal", "claim:c1", ":deal"])
def test_a_claim_is_about_an_event_an_actor_or_a_regime(text):
    with pytest.raises(InvalidValueError, match="about must be event:, actor: or reg"):
        About.parse(text)


@pytest.mark.parametrize("text", ["event:", "event:the deal", "event:a:b"])
def test_what_a_claim_is_about_has_an_id(text):
    with pytest.raises(InvalidValueError, match="id must be 1 to 64 of ASCII"):
        About.parse(text)


def test_a_claim_asserts_plainly_unless_it_says_otherwise():
    claim = Says(**SAID, text="the deal is close")
    assert (claim.stance, claim.hedge) == (Stance.ASSERTS, Hedge.NONE)
    assert claim.credibility is None
    assert claim.language == "en"


def test_words_are_given_once():
    assert Says(**SAID, text="a", quote=QUOTE).quote == QUOTE
    assert Says(**SAID, text="a", wording=WORDING).wording == WORDING
    with pytest.raises(InvalidValueError, match="wording must be left out where a qu"):
        Says(**SAID, text="a", quote=QUOTE, wording=WORDING)


@pytest.mark.parametrize("words", [{"quote": QUOTE}, {"wording": WORDING}])
def test_a_translation_is_of_words(words):
    claim = Says(**SAID, text="a", translation=TRANSLATION, **words)
    assert claim.translation == TRANSLATION
    with pytest.raises(InvalidValueError, match="translation must be left out where"):
        Says(**SAID, text="a", translation=TRANSLATION)


def test_a_mention_is_of_something():
    with pytest.raises(InvalidValueError, match="items must be at least one item"):
        MentionIs(**SAID, items=(), as_=MentionRole.ADVERSARYS)


def test_a_party_has_an_actor():
    party = PartyIs(**SAID, role=Role.BUYER, actor="lna", for_="ly")
    assert (party.actor, party.for_) == ("lna", "ly")
    with pytest.raises(InvalidValueError, match="actor must be 1 to 64 of ASCII"):
        PartyIs(**SAID, role=Role.BUYER, actor="")


@pytest.mark.parametrize("by", [("",), ("lna", "the army"), ("\u202elna",)])
def test_who_took_a_step_is_named_by_ids(by):
    with pytest.raises(InvalidValueError, match="by must be 1 to 64 of ASCII"):
        StageIs(**SAID, stage=Stage.SIGNED, by=by)
    with pytest.raises(InvalidValueError, match="by must be 1 to 64 of ASCII"):
        EmbargoIs(**SAID, regime="un-libya-2011", position=Position.GRANTED, by=by)


def test_a_regime_may_be_named_in_printed_words():
    regime = "قرار مجلس الأمن 1970"
    claim = EmbargoIs(**SAID, regime=regime, position=Position.IN_FORCE)
    assert claim.regime == regime


@pytest.mark.parametrize("other", [{"actor": "khalifa"}, {"text": "a flag"}])
def test_what_an_actor_is_stands_to_another_or_to_a_text(other):
    said = {**SAID, "about": LNA}
    assert ActorIs(**said, relation=Relation.LED_BY, **other)
    with pytest.raises(InvalidValueError, match="actor must be given where no text"):
        ActorIs(**said, relation=Relation.LED_BY)
    with pytest.raises(InvalidValueError, match="about must be of kind actor, got"):
        ActorIs(**SAID, relation=Relation.LED_BY, **other)


@pytest.mark.parametrize("about", ["actor:lna", "regime:un-libya-2011"])
def test_a_step_is_one_of_an_event(about):
    said = {**SAID, "about": About.parse(about)}
    with pytest.raises(InvalidValueError, match="about must be of kind event, got"):
        StageIs(**said, stage=Stage.SIGNED)


def test_a_position_is_on_a_transfer_or_on_the_regime_itself():
    regime = {**SAID, "about": About.parse("regime:un-libya-2011")}
    claim = EmbargoIs(**regime, regime="un-libya-2011", position=Position.IN_FORCE)
    assert claim.about.id == "un-libya-2011"
    with pytest.raises(InvalidValueError, match="regime must be un-libya-2011, which"):
        EmbargoIs(**regime, regime="eu-libya-2011", position=Position.IN_FORCE)
    with pytest.raises(InvalidValueError, match="about must be of kind event or regi"):
        EmbargoIs(**{**SAID, "about": LNA}, regime="x", position=Position.IN_FORCE)


def test_what_all_claims_share_holds_for_what_an_actor_is():
    with pytest.raises(InvalidValueError, match="wording must be left out where a qu"):
        ActorIs(
            id="c1",
            about=LNA,
            voice="cnn",
            relation=Relation.FLAG,
            text="Panama",
            quote=QUOTE,
            wording=WORDING,
        )
