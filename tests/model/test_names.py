"""Names and text from outside: what is allowed in, and which spellings compare."""

import unicodedata

import pytest
from attrs import field, frozen
from hypothesis import example, given
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.goods import Item, Nature
from embargo_monitor.model.names import (
    Name,
    NameKind,
    fold,
    label,
    language_tag,
    one_line,
    optional_line,
    optional_prose,
    prose,
)
from embargo_monitor.model.quotes import Wording


@frozen
class Line:
    text: str = field(validator=one_line)


@frozen
class OptionalLine:
    text: str = field(validator=optional_line)


@frozen
class Prose:
    text: str = field(validator=prose)


@frozen
class OptionalProse:
    text: str = field(validator=optional_prose)


@frozen
class Label:
    text: str = field(validator=label)


@frozen
class Tag:
    text: str = field(validator=language_tag)


TEXTS = (Line, OptionalLine, Prose, OptionalProse)

EMBEDDINGS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def is_dangerous(character):
    """Tell by the Unicode character database, which the validators do not ask."""
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in EMBEDDINGS
        or 0xE0000 <= ord(character) <= 0xE007F
    )


every_character = st.characters(exclude_categories=())
some_dangerous = st.sampled_from(
    [chr(code) for code in range(0x110000) if is_dangerous(chr(code))]
)


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize(
    "text",
    [
        "Libyan National Army",
        "الجيش الوطني الليبي",
        "می\u200cخواهد",
        "क्\u200dष",
        "عقد \u200f(3)\u200e \u061c١",
        "“S400” 👍🏽",
        " led by ",
    ],
)
def test_text_of_any_script_is_kept_as_it_is(kind, text):
    assert kind(text).text == text


@pytest.mark.parametrize("kind", TEXTS)
@given(st.text(every_character, max_size=5), some_dangerous, st.text(max_size=5))
def test_text_that_steers_or_hides_its_neighbours_is_refused(
    kind, before, dangerous, after
):
    if dangerous == "\n" and kind in (Prose, OptionalProse):
        dangerous = "\r"
    with pytest.raises(InvalidValueError):
        kind(f"a{before}{dangerous}{after}")


@given(st.text(every_character, max_size=20))
def test_one_line_takes_all_else_that_is_composed(text):
    text = unicodedata.normalize("NFC", f"a{text}")
    if not any(map(is_dangerous, text)):
        assert Line(text).text == text


def test_the_refusal_names_the_character_and_its_place():
    with pytest.raises(InvalidValueError, match=r"text must be .* U\+202E .*point 3"):
        Line("abc\u202edef")


def test_prose_has_lines_and_one_line_has_not():
    assert Prose("two\nlines").text == "two\nlines"
    with pytest.raises(InvalidValueError, match="U\\+000A"):
        Line("two\nlines")


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("text", [" ", "\u200f", "\ufeff\u00a0", "\u200b\u200d"])
def test_text_in_which_nothing_can_be_seen_is_refused(kind, text):
    with pytest.raises(InvalidValueError, match="not empty"):
        kind(text)


def test_only_optional_text_may_be_empty():
    assert OptionalLine("").text == ""
    assert OptionalProse("").text == ""
    for kind in (Line, Prose):
        with pytest.raises(InvalidValueError, match="not empty"):
            kind("")


@pytest.mark.parametrize(
    ("kind", "most"),
    [(Line, 1000), (OptionalLine, 1000), (Prose, 20_000), (OptionalProse, 20_000)],
)
def test_length_is_counted_in_code_points(kind, most):
    assert kind("👍" * most)
    with pytest.raises(InvalidValueError, match=f"at most {most:,} code points"):
        kind("👍" * (most + 1))


@pytest.mark.parametrize("kind", TEXTS)
def test_decomposed_text_is_refused(kind):
    with pytest.raises(InvalidValueError, match="NFC"):
        kind("Zai\u0308re")


@pytest.mark.parametrize("kind", [*TEXTS, Label, Tag])
@pytest.mark.parametrize("value", [None, 7, b"abc", ["abc"]])
def test_what_is_no_text_is_refused(kind, value):
    with pytest.raises(InvalidValueError):
        kind(value)


@pytest.mark.parametrize("text", ["lna", "PK", "c1.stage", "9H-VJN", "a_b", "x" * 64])
def test_ids_are_of_what_can_be_typed(text):
    assert Label(text).text == text


@pytest.mark.parametrize(
    "text", ["", "x" * 65, ".a", "-a", "_a", "a b", "a#b", "ليبيا", "١", "a\n", "é"]
)
def test_ids_of_anything_else_are_refused(text):
    with pytest.raises(InvalidValueError, match="1 to 64 of ASCII letters"):
        Label(text)


@pytest.mark.parametrize(
    "tag", ["", "ar", "en", "fr", "arz", "ar-LY", "ar-Latn", "zh-Hant-TW", "es-419"]
)
def test_language_tags_are_those_of_bcp_47(tag):
    assert Tag(tag).text == tag


@pytest.mark.parametrize("tag", ["de-1996", "sl-rozaj-biske", "ca-valencia"])
def test_language_tags_may_have_variants(tag):
    assert Tag(tag).text == tag


@pytest.mark.parametrize(
    "tag", ["Arabic", "AR", "ar_LY", "ar-latn", "ar-ly", "a", "ar-", "ar\n", "x-mine"]
)
def test_language_tags_in_another_spelling_are_refused(tag):
    with pytest.raises(InvalidValueError, match="BCP 47"):
        Tag(tag)


def test_a_name_is_its_own_and_of_no_known_language_unless_told():
    name = Name("الجيش الوطني الليبي")
    assert (name.language, name.kind) == ("", NameKind.OWN)
    assert str(name) == "الجيش الوطني الليبي"


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"language": "Arabic"}, {"kind": "own"}]
)
def test_a_name_of_wrong_shape_is_refused(wrong):
    with pytest.raises(InvalidValueError):
        Name(**{"text": "Libya", **wrong})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد إبراهيم آل ٱلأمير", "احمد ابراهيم ال الامير"),
        ("مصطفى", "مصطفي"),
        ("طائرة", "طايره"),
        ("مسؤول", "مسوول"),
        ("تُقدَّر", "تقدر"),
        ("هٰذا", "هذا"),
        ("العـــراق", "العراق"),
        ("پاکستانی", "پاكستاني"),
        ("٣٠ و۳۰", "30 و30"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("می\u200cخواهد", "میخواهد"),
        ("Côte d’Ivoire", "COTE D'IVOIRE"),
        ("Türkiye", "Turkiye"),
        ("Guinea-Bissau", "guinea  bissau"),
        ("Straße", "STRASSE"),
        ("HoR (Libya)*", "HoR Libya"),
        ("U.A.E.", "UAE"),
        ("U.S. Army", "US Army"),
        ("D.R. Congo", "DR Congo"),
        ("Объединённых", "ОБЪЕДИНЕННЫХ"),
        ("ΛΙΒΎΗΣ", "λιβυης"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الجزائر", "جزائر"),
        ("ليبيا", "لبنان"),
        ("مطار", "مطر"),
        ("दिल्ली", "दलल"),
        ("กิน", "กน"),
        ("ガ", "カ"),
        ("Niger", "Nigeria"),
        ("Mr. Smith", "MrSmith"),
        ("Su-30", "Su-35"),
    ],
)
def test_names_that_differ_keep_their_keys_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", "***", "—", "🇱🇾", "\u200f\ufeff", "\u064b"])
def test_a_text_without_letters_and_digits_has_an_empty_key(text):
    assert fold(text) == ""


@given(st.text(every_character))
@example("a\u0e38\u200d\u3099")
@example("\u0390\u03b0ŉẞİ")
def test_a_key_is_its_own_key(text):
    key = fold(text)
    assert fold(key) == key


@given(st.text(every_character))
def test_a_key_has_single_spaces_and_no_upper_case(text):
    key = fold(text)
    assert key == " ".join(key.split(" ")).strip()
    assert "  " not in key
    assert key == key.casefold()


@given(
    st.lists(st.sampled_from("القوات المسلحة العربية الليبية"), min_size=1), st.data()
)
def test_vowel_signs_and_stretching_never_change_a_key(letters, data):
    signs = st.text("\u064b\u064e\u064f\u0650\u0651\u0652\u0670\u0640", max_size=3)
    written = "".join(letter + data.draw(signs) for letter in letters)
    assert fold(written) == fold("".join(letters))


def test_a_sources_own_words_are_not_respelled():
    decomposed = "Co\u0302te d'Ivoire"
    assert Wording(decomposed).text == decomposed
    assert Item("arms", Nature.ARMS, wording=decomposed).wording == decomposed
    with pytest.raises(InvalidValueError, match="name must be one line of text in NFC"):
        Item(decomposed, Nature.ARMS)
    with pytest.raises(InvalidValueError, match=r"without U\+202E \(code point 1\)"):
        Item("arms", Nature.ARMS, wording="a\u202eb")
