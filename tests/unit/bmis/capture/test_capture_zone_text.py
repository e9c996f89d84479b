"""Recognised lines become a zone only where they have its shape and its digits prove it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bmis.capture.mrz_shape import formats, mend, plausible, proofs, proved, shape_of
from bmis.capture.tesseract import parse_hocr
from bmis.capture.zone_text import OcrLine, ZoneText, voted, zones
from bmis.documents.check_digit import invisible_substitutions

TD3 = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
TD1 = ("I<UTOC030059887<<<<<<<<<<<<<<<", "9507236F3302288UTO<<<<<<<<<<<2", "NHANTUMBO<SPECIMEN<<GRACA<<<<<")


def ocr(*lines, sure=0.99):
    return [
        OcrLine(text, (sure,) * len(text), (0, 40 * row, 20 * len(text), 40 * row + 30))
        for row, text in enumerate(lines)
    ]


def only(found):
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("lines", [TD3, TD1])
def test_a_clean_zone_is_itself(lines):
    zone = only(zones(ocr(*lines)))
    assert zone.lines == lines
    assert zone.settled
    assert proved(lines)
    assert plausible(lines) == 1


def test_print_above_and_below_does_not_hide_it():
    assert only(zones(ocr("MINISTRYOFTHEINTERIOR", *TD3, "SPECIMENSPECIMENSPECIMEN"))).lines == TD3


def test_two_zones_one_under_the_other_are_two():
    other = ("P<UTOSITOE<SPECIMEN<<JOSE<CARLOS<<<<<<<<<<<<", "UT76543213UTO7901014M3106305<<<<<<<<<<<<<<<8")
    assert {zone.lines for zone in zones(ocr(*TD3, *other))} == {TD3, other}


def test_a_filler_too_few_at_the_end_of_the_names_is_fitted_and_marked():
    zone = only(zones(ocr(TD3[0][:-2], TD3[1])))
    assert zone.lines == TD3
    assert zone.unsure != ()
    assert not zone.settled


def test_strays_at_the_edges_of_a_line_are_cut_when_the_digits_prove_the_rest():
    assert only(zones(ocr(TD3[0], "1" + TD3[1]))).lines == TD3
    assert only(zones(ocr(TD3[0] + "K", TD3[1] + "7"))).lines == TD3


def test_a_line_of_another_length_is_not_a_zone():
    assert zones(ocr(TD3[0][:30], TD3[1])) == []
    assert zones(ocr(TD3[1])) == []
    assert zones([]) == []


def test_a_fitted_line_whose_digits_do_not_all_hold_is_not_a_reading():
    misprinted = TD3[1][:9] + "2" + TD3[1][10:]
    assert zones(ocr(TD3[0][:-1], misprinted)) == []


def test_a_zone_that_lost_its_first_letter_is_not_a_reading():
    assert zones(ocr(TD3[0][1:] + "<", TD3[1][:9] + "2" + TD3[1][10:])) == []


def test_other_print_of_the_right_length_is_not_a_zone():
    assert zones(ocr("P" + "ABCDEFGHIJK" * 3 + "ABCDEFGHIJ", "LOREMIPSUM" * 4 + "DOLO")) == []


def test_a_letter_in_a_date_is_mended_and_marked_unless_it_was_read_surely():
    misread = (TD3[0], TD3[1].replace("8804123", "88O4123"))
    zone = only(zones(ocr(*misread, sure=0.9)))
    assert zone.lines == TD3
    assert (1, 15) in zone.unsure
    assert only(zones(ocr(*misread, sure=0.99))).lines == misread  # what is printed may break the rule


def test_a_wrong_check_digit_on_the_document_is_reported_as_printed():
    printed = (TD3[0], TD3[1][:9] + "2" + TD3[1][10:])
    zone = only(zones(ocr(*printed)))
    assert zone.lines == printed
    assert not proved(zone.lines)
    assert proofs(zone.lines) == (3, 5)


def test_several_readings_vote_a_misread_letter_of_a_name_away():
    good = only(zones(ocr(*TD3, sure=0.9)))
    bad = only(zones(ocr(TD3[0].replace("MACHAVA", "NACHAVA"), TD3[1], sure=0.95)))
    vote = voted([bad, good, good])
    assert vote is not None
    assert vote.lines == TD3
    assert voted([]) is None


@given(st.lists(st.text("ABCXYZ0123456789<KO", max_size=50), max_size=8), st.floats(0, 1))
def test_whatever_is_recognised_a_zone_has_exact_lengths_and_letters(texts, sure):
    for zone in zones(ocr(*texts, sure=sure)):
        assert (len(zone.lines), len(zone.lines[0])) in formats()
        assert shape_of(zone.lines) is not None
        assert [len(line) for line in zone.lines] == [len(values) for values in zone.confidence]


@given(st.integers(0, 43), st.sampled_from("0123456789ABCXYZ<"))
def test_one_wrong_character_under_a_check_digit_is_never_called_proved(at, wrong):
    assume(at not in (10, 11, 12, 20))  # the nationality and the sex are under no check digit
    assume(wrong != TD3[1][at] and wrong not in invisible_substitutions(TD3[1][at]))
    assert not proved((TD3[0], TD3[1][:at] + wrong + TD3[1][at + 1 :]))


def test_mending_leaves_what_is_no_zone_alone():
    assert mend(("ABC",), ((0.1,) * 3,), 0.9) == (("ABC",), ())


def test_the_recognisers_answer_gives_each_character_its_confidence():
    answer = (
        "<span class='ocr_line' id='line_1_1'><span class='ocrx_word'>"
        "<span class='ocrx_cinfo' title='x_bboxes 27 15 40 35; x_conf 99.0'>P</span>"
        "<span class='ocrx_cinfo' title='x_bboxes 46 15 60 33; x_conf 42.5'>&lt;</span></span></span>"
    )
    assert parse_hocr(answer) == [OcrLine("P<", (0.99, 0.425), (27, 15, 60, 35))]


@given(st.text())
def test_any_answer_of_the_recogniser_is_lines_or_nothing(untrusted):
    assert isinstance(parse_hocr(untrusted), list)


def test_rank_prefers_proof_over_confidence():
    proven = ZoneText(TD3, ((0.7,) * 44,) * 2, (0, 0, 1, 1))
    confident = ZoneText((TD3[0], TD3[1][:9] + "2" + TD3[1][10:]), ((1.0,) * 44,) * 2, (0, 0, 1, 1))
    assert proven.rank > confident.rank
