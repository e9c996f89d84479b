"""Visual zone against MRZ names: ICAO Doc 9303-3 (8th ed.) 4.6 and 6; truncation: 9303-4 and 9303-6, 4.2.3."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.documents.compose import name_field
from bmis.documents.errors import NameNotWritableError
from bmis.documents.names.transliteration import MOST_FORMS, agrees, identifiers_agree, mrz_form, mrz_forms

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÃÇÜÑÖÅÉÍÓÚÂÊÔ"
NAME = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("viz", "mrz"),
    [
        ("João Conceição", "JOAO CONCEICAO"),
        ("D'ARTAGNAN", "DARTAGNAN"),
        ("MARIE-ELISE", "MARIE ELISE"),
        ("ANNA, MARIA", "ANNA MARIA"),
        ("O’Connor", "OCONNOR"),
        ("Machava Jr.", "MACHAVA JR"),
        ("Groß", "GROSS"),
        ("Müller", "MUELLER"),
        ("Þórsson", "THORSSON"),
        ("Țepeș", "TEPES"),  # letters below A-Z marks that the tables do not list
        ("Mu\u0308ller", "MUELLER"),  # the accent as a character of its own
        ("Цой", "TSOI"),
        ("عبّاس", "EBBAS"),  # Doc 9303-3, 6 C, note 3
        ("فضّة", "FXDZDZXAH"),  # the same note, and teh marbuta at the end
    ],
)
def test_a_name_is_written_as_the_standard_says(viz, mrz):
    assert mrz_form(viz) == mrz


@pytest.mark.parametrize(
    ("letter", "forms"),
    [
        ("Ü", {"UE", "UXX", "U"}),
        ("Ñ", {"N", "NXX"}),
        ("Ä", {"AE", "A"}),
        ("Å", {"AA", "A"}),
        ("Ç", {"C"}),
        ("Ã", {"A"}),
    ],
)
def test_several_forms_of_a_letter_are_accepted(letter, forms):
    assert set(mrz_forms(letter)) == forms
    for form in forms:
        assert agrees(f"S{letter}S, ANA", f"S{form}S<<ANA<<<<", 39)


@pytest.mark.parametrize(
    ("viz", "mrz", "limit"),
    [
        ("NILAVADHANANANDA, CHAYAPA DEJTHAMRONG KRASUANG", "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", 39),
        ("NILAVADHANANANDA, ARNPOL PETCH CHARONGUANG", "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU", 39),
        ("NILAVADHANANANDA, ARNPOL PETCH CHARONGUANG", "NILAVADHANANANDA<<ARN<PET<CHARO", 31),
        (
            "BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL, DINGO POTOROO",
            "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI",
            39,
        ),
        ("BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL, DINGO POTOROO", "BENNELONG<WOOLOOMOOLOO<W<W<<D<P", 31),
        ("PAPANDROPOULOUS, JONATHON WARREN TREVOR", "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR", 39),
        ("ARKFREITH", "ARKFREITH<<<<<<<<<<", 39),
    ],
)
def test_legal_truncation_of_the_standards_examples_agrees(viz, mrz, limit):
    assert agrees(viz, mrz, limit)


@pytest.mark.parametrize(
    "mrz",
    [
        "MACHAVA<<ANA<<<<",  # a component left out though there was room
        "MACHAVA<<ANA<MAR",  # truncated though there was room
        "MACHAVA<<MARIA<ANA",
        "MACHAVO<<ANA<MARIA",
        "ANA<MARIA<<MACHAVA",
        "",
    ],
)
def test_another_name_does_not_agree(mrz):
    assert agrees("MACHAVA, ANA MARIA", "MACHAVA<<ANA<MARIA", 39)
    assert not agrees("MACHAVA, ANA MARIA", mrz, 39)


@given(NAME, NAME, st.sampled_from([30, 31, 39]), st.data())
def test_every_form_that_a_state_may_print_agrees_truncated_or_not(surname, given_names, limit, data):
    primary = data.draw(st.sampled_from(mrz_forms(surname)))
    secondary = data.draw(st.sampled_from(mrz_forms(given_names)))
    assert agrees(f"{surname}, {given_names}", name_field(primary, secondary, limit), limit)
    assert identifiers_agree((surname, given_names), (primary, secondary), limit)


@given(st.text(max_size=40))
def test_any_text_is_a_name_in_a_to_z_or_a_typed_error(text):
    with suppress(NameNotWritableError):
        assert set(mrz_form(text)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ")
        assert mrz_forms(text)[0] == mrz_form(text)
        assert len(mrz_forms(text)) <= MOST_FORMS


@pytest.mark.parametrize("text", ["ANA\x00", "AN\u202eA", "R2D2", "安"])
def test_control_characters_digits_and_other_scripts_are_told_with_their_place(text):
    with pytest.raises(NameNotWritableError) as caught:
        mrz_form(text)
    assert caught.value.facts["position"] in range(len(text))
