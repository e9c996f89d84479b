"""Text that nobody has vouched for."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bmis.paper.fonts import Face, characters_of
from bmis.paper.text import markup, plain


def test_accents_of_the_visual_zone_are_kept_and_composed():
    assert plain("CONCEIC\u0327A\u0303O") == "CONCEIÇÃO"


def test_hooked_letters_of_african_names_can_be_printed():
    assert plain("Ɓàɗé Ŋgɔ̂ Ɛkoƙa Ọlá") == unicodedata.normalize("NFC", "Ɓàɗé Ŋgɔ̂ Ɛkoƙa Ọlá")


def test_what_turns_text_around_or_hides_it_is_dropped():
    assert plain("AB\u202eCD\u2066E\u200bF\u00adG") == "ABCDEFG"


def test_control_characters_part_words():
    assert plain("AB\x00CD\nEF\tGH") == "AB CD EF GH"


def test_a_letter_that_the_font_lacks_is_seen_to_be_missing():
    assert plain("李 MING") == "□ MING"
    assert plain("Ŋ12", Face.OCRB) == "?12"


def test_markup_is_text():
    assert markup("<b>&") == "&lt;b&gt;&amp;"


@given(st.text(st.characters()), st.sampled_from(Face))
def test_any_text_becomes_what_the_face_can_draw(untrusted_text, face):
    assert {ord(char) for char in plain(untrusted_text, face)} <= characters_of(face) | {0x20}
