"""What a recogniser may expect in each cell: derived from the layouts, true of published specimens."""

import pytest

from bmis.documents.grammar import CellClass, cell_characters, cell_classes, characters
from bmis.documents.kinds import layout, layouts

# ICAO Doc 9303 (8th ed.) parts 4 to 7 appendices (ERIKSSON, STEVENSON), BSI TR-03105 (MUSTERMANN), the published French
# (BERTHIER) and Belgian specimens, the published United States specimen card of 2004 (C1USA).
SPECIMENS = [
    ("TD3", ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")),
    ("TD3", ("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4")),
    ("TD2", ("I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<", "D23145890<UTO3407127M95071227349<<<8")),
    ("TD1", ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")),
    ("TD1", ("IDBEL000590448<3016<<<<<<<<<<<", "8501019F1702035BEL850101002007", "LE<MEUNIER<<JENNIFER<ANNE<<<<<")),
    ("TD1", ("C1USA0000000000SRC9876543210<<", "8501019F1702035UTO<<<<<<<<<<<6", "SPECIMEN<<TEST<VOID<<<<<<<<<<<")),
    ("MRVA", ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")),
    ("MRVB", ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")),
    ("FRID", ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")),
]


@pytest.mark.parametrize(("kind", "lines"), SPECIMENS)
def test_every_cell_of_a_specimen_holds_what_its_class_expects(kind, lines):
    shape = layout(kind)
    for line, classes, narrowed in zip(lines, cell_classes(shape), cell_characters(shape), strict=True):
        assert len(line) == len(classes) == len(narrowed)
        for char, cell_class, expected in zip(line, classes, narrowed, strict=True):
            assert char in expected
            assert expected <= characters(cell_class)


def test_the_cells_of_a_passport_are_classed_by_their_field():
    first, second = cell_classes(layout("TD3"))
    assert first == (CellClass.CODE, *[CellClass.LETTER] * 43)
    assert second == (
        *[CellClass.ANY] * 9, CellClass.CHECK_DIGIT,
        *[CellClass.LETTER] * 3,
        *[CellClass.DIGIT] * 6, CellClass.CHECK_DIGIT,
        CellClass.SEX,
        *[CellClass.DIGIT] * 6, CellClass.CHECK_DIGIT,
        *[CellClass.ANY] * 14, CellClass.CHECK_DIGIT, CellClass.CHECK_DIGIT,
    )  # fmt: skip


def test_the_french_card_has_given_names_where_others_have_dates_and_no_expiry():
    first, second = cell_classes(layout("FRID"))
    assert first == (CellClass.CODE, *[CellClass.LETTER] * 29, *[CellClass.ANY] * 6)
    assert second[13:27] == (CellClass.LETTER,) * 14
    assert second[27:] == (*[CellClass.DIGIT] * 6, CellClass.CHECK_DIGIT, CellClass.SEX, CellClass.CHECK_DIGIT)


def test_only_the_kinds_own_letters_are_expected_first_and_a_card_may_have_a_digit_second():
    for shape in layouts():
        assert cell_characters(shape)[0][0] == frozenset(shape.first_letters) <= characters(CellClass.CODE)
    assert "1" in cell_characters(layout("TD1"))[0][1]
    assert "1" not in cell_characters(layout("TD3"))[0][1]


def test_a_filler_for_a_check_digit_is_expected_only_where_it_may_stand():
    assert "<" in cell_characters(layout("TD1"))[0][14]  # a long number
    assert "<" in cell_characters(layout("TD3"))[1][42]  # empty personal number
    assert "<" not in cell_characters(layout("TD3"))[1][9]
    for shape in layouts():
        if shape.composite_check is not None:
            assert "<" not in cell_characters(shape)[shape.composite_check.line][shape.composite_check.start]
