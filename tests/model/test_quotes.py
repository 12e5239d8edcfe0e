"""Quotes and exhibits: where words stand, and what binds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.digests import digest_of, salted_digest_of
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.quotes import (
    Exhibit,
    Handling,
    Quote,
    Translation,
    Translator,
    Wording,
)

PLAIN = digest_of(b"an article")
SALTED = salted_digest_of(b"an article", b"s" * 32)


def exhibit(id_="text", digest=PLAIN, **fields):
    return Exhibit(id_, digest, **{"media_type": "text/plain", "size": 10, **fields})


def test_a_public_exhibit_is_bound_by_its_plain_digest():
    assert exhibit().handling is Handling.PUBLIC
    with pytest.raises(InvalidValueError, match="sha256 for a public exhibit"):
        exhibit(digest=SALTED)


@pytest.mark.parametrize(
    "handling", [Handling.LIMITED, Handling.CONFIDENTIAL, Handling.SOURCE_AT_RISK]
)
def test_above_public_the_digest_is_salted_lest_a_guess_be_confirmed(handling):
    assert exhibit(digest=SALTED, handling=handling).digest == SALTED
    with pytest.raises(InvalidValueError, match="hmac-sha256 above public"):
        exhibit(handling=handling)


@pytest.mark.parametrize(
    "digest",
    ["", PLAIN[7:], PLAIN[:-1], PLAIN.upper(), "md5:" + "0" * 32, PLAIN + "\n"],
)
def test_a_digest_is_64_hex_digits_and_names_its_method(digest):
    with pytest.raises(
        InvalidValueError, match="digest must be sha256: or hmac-sha256"
    ):
        exhibit(digest=digest)


@pytest.mark.parametrize(
    "media_type", ["application/pdf", "image/svg+xml", "text/plain"]
)
def test_a_media_type_is_written_as_registered(media_type):
    assert exhibit(media_type=media_type).media_type == media_type


@pytest.mark.parametrize("media_type", ["", "pdf", "Text/Plain", "text/plain; a=b"])
def test_what_is_no_media_type_is_refused(media_type):
    with pytest.raises(InvalidValueError, match="media_type must be a media type"):
        exhibit(media_type=media_type)


@pytest.mark.parametrize("size", [-1, 2**53, 1.0, True, "1"])
def test_a_size_is_a_count_of_bytes(size):
    assert exhibit(size=2**53 - 1).size == 2**53 - 1
    with pytest.raises(InvalidValueError, match="size must be an integer from 0"):
        exhibit(size=size)


@given(st.text(min_size=1), st.data())
def test_a_quote_gives_its_words_by_code_points(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = Quote("text", start=start, end=end).words(text)
    assert text[:start] + words + text[end:] == text
    assert len(words) == end - start


def test_a_character_beyond_the_first_plane_is_one_code_point():
    assert Quote("text", start=1, end=3).words("a𐎱ص") == "𐎱ص"


def test_a_quote_beyond_the_text_was_made_from_another():
    quote = Quote("text", start=0, end=5)
    assert quote.words("صفقةً") == "صفقةً"
    with pytest.raises(InvalidValueError, match="end must be at most 4, got 5"):
        quote.words("صفقة")


@pytest.mark.parametrize(("start", "end"), [(3, 3), (3, 2), (0, 0)])
def test_a_place_is_not_empty_and_runs_forward(start, end):
    with pytest.raises(
        InvalidValueError, match=f"end must be more than start, {start}"
    ):
        Quote("text", start=start, end=end)


def test_a_place_is_counted_from_0():
    with pytest.raises(InvalidValueError, match="start must be an integer from 0"):
        Quote("text", start=-1, end=2)


def test_words_and_translations_are_text():
    assert Wording("صفقة\nأسلحة", language="ar").text == "صفقة\nأسلحة"
    with pytest.raises(InvalidValueError, match="text must be text"):
        Wording("")
    with pytest.raises(InvalidValueError, match="by must be one line"):
        Translation("a deal", language="en", method=Translator.PERSON, by="")
