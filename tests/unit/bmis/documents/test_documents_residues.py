"""What right check digits do not prove (ICAO Doc 9303-3, 4.9): equal values modulo 10, swaps, cells under no digit."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.documents.check_digit import invisible_substitutions
from bmis.documents.compose import compose
from bmis.documents.dates import PartialDate
from bmis.documents.grammar import cell_characters
from bmis.documents.kinds import layout
from bmis.documents.mrz import MrzFields, parse
from bmis.documents.mrz_checks import CheckResult, checks, proved_spans
from bmis.documents.mrz_json import mrz_json
from bmis.documents.residues import FIELDS, NOTES, Why, look_alikes, residue_notes, unseen_changes

TODAY = date(2026, 11, 22)
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
MRVA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
CODES = {"TD1": "I", "TD2": "I", "TD3": "P", "MRVA": "V", "MRVB": "V", "FRID": "ID"}
ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
VALUES = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}


def passport(number):
    return compose("TD3", MrzFields("P", "UTO", number, "ERIKSSON", "ANNA", "UTO", PartialDate(1974, 8, 12), "F", None))


def notes(lines, unsure=(), kind="TD3"):
    return residue_notes(unseen_changes(layout(kind), lines, unsure))


@st.composite
def zones(draw):
    kind = draw(st.sampled_from(sorted(CODES)))
    shape = layout(kind)
    french = kind == "FRID"
    longest = len(shape.number) + (4 if shape.number_overflow else 0)
    number = draw(st.text(ALNUM, min_size=1, max_size=longest))
    long = len(number) > len(shape.number)
    fields = MrzFields(
        document_code=CODES[kind],
        issuing_state="FRA" if french else "UTO",
        number=number,
        surname=draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=9)),
        given_names=draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=9)),
        nationality=None if french else "UTO",
        birth_date=PartialDate.of(draw(st.dates(date(1930, 1, 1), date(2005, 12, 31)))),
        sex=draw(st.sampled_from("FMX")),
        expiry_date=None if french else PartialDate.of(draw(st.dates(date(2006, 1, 1), date(2076, 1, 1)))),
        optional_data=None if long else draw(st.text(ALNUM, max_size=6)) or None,
    )
    return shape, compose(kind, fields)


def cells_under_a_digit(shape, lines):
    spans = {span for some in proved_spans(shape, lines).values() for span in some}
    data = {
        (span.line, column)
        for name in FIELDS
        if (span := getattr(shape, name)) is not None
        for column in range(span.start, span.end)
    }
    return sorted({(one.line, at) for one in spans for at in range(one.start, one.end)} & data)


def changed(lines, cell, char):
    line, column = cell
    return [text[:column] + char + text[column + 1 :] if at == line else text for at, text in enumerate(lines)]


@given(zones(), st.data())
def test_a_character_of_another_class_under_a_digit_always_fails(zone, data):
    shape, lines = zone
    cell = data.draw(st.sampled_from(cells_under_a_digit(shape, lines)))
    old = lines[cell[0]][cell[1]]
    new = data.draw(st.sampled_from([char for char in VALUES if (VALUES[char] - VALUES[old]) % 10]))
    assert CheckResult.FAIL in checks(shape, changed(lines, cell, new)).values()


@given(zones(), st.data())
def test_a_character_of_the_same_class_passes_exactly_where_it_is_listed_as_unseen(zone, data):
    shape, lines = zone
    cell = data.draw(st.sampled_from(cells_under_a_digit(shape, lines)))
    old = lines[cell[0]][cell[1]]
    listed = {
        char
        for change in unseen_changes(shape, lines, [cell])
        if (change.line, change.column) == cell
        for char in change.instead
    }
    before = checks(shape, lines)
    allowed = cell_characters(shape)[cell[0]][cell[1]] - ({"<"} if _dated(shape, cell) else set())
    for char in invisible_substitutions(old):
        passes = checks(shape, changed(lines, cell, char)) == before
        assert (char in listed) is (passes and char in allowed)


def _dated(shape, cell):
    spans = [shape.birth_date, shape.expiry_date]
    return any(span and span.line == cell[0] and span.start <= cell[1] < span.end for span in spans)


@given(zones())
def test_swaps_are_listed_exactly_where_the_values_differ_by_five(zone):
    shape, lines = zone
    for change in unseen_changes(shape, lines, swaps=True):
        if change.why is Why.SWAPPED:
            first, second = change.printed
            assert (VALUES[first] - VALUES[second]) % 5 == 0
            swapped = changed(
                changed(lines, (change.line, change.column), second), (change.line, change.column + 1), first
            )
            assert checks(shape, swapped) == checks(shape, lines)


def test_neighbours_that_differ_by_five_can_be_swapped_by_a_typing_hand():
    listed = {
        change.printed for change in unseen_changes(layout("TD3"), passport("A05123416"), swaps=True)
        if change.why is Why.SWAPPED and change.field == "number"
    }  # fmt: skip
    assert listed == {"05", "A0", "16"}  # A counts ten: A and 0 differ by ten, which is no difference at all


def test_which_look_alikes_the_digits_tell_apart_is_arithmetic():
    alike = {frozenset({char, other}) for char, others in look_alikes().items() for other in others}
    told = {pair for pair in alike if len({VALUES[char] % 10 for char in pair}) == 2}
    assert alike - told == {frozenset("6G"), frozenset("1L"), frozenset("<K")}
    assert {frozenset(pair) for pair in ("0O", "1I", "5S", "8B", "2Z", "D0", "Q0")} <= told
    same = {"".join(pair) for pair in combinations(sorted(VALUES), 2) if VALUES[pair[0]] % 10 == VALUES[pair[1]] % 10}
    assert {"1B", "1L", "5F", "8S", "8I", "6G", "0U", "GQ", "MW"} <= {*same, *(pair[::-1] for pair in same)}


NUMBERS = ["P61234567", "612345661", "15AB61116", "15AL00061", "AB1234567", "C01X006T4", "L6G1L6G1K", "A6", "6", "LG"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_passport_that_was_read_surely_has_nothing_to_explain(number):
    assert notes(passport(number)) == ()


@pytest.mark.parametrize("kind", ["TD1", "TD2", "TD3", "MRVA", "MRVB"])
def test_no_kind_of_document_nags_where_every_cell_is_sure(kind):
    birth, expiry = PartialDate(1974, 8, 12), PartialDate(2032, 4, 15)
    fields = MrzFields(CODES[kind], "UTO", "AB1234567", "KLOCK", "CLAUS", "UTO", birth, "F", expiry)
    lines = compose(kind, fields)
    assert notes(lines, kind=kind) == ()
    assert unseen_changes(layout(kind), lines) != ()  # listed all the same, for who asks


def test_what_is_read_surely_where_it_may_not_stand_is_told():
    assert notes((TD3[0].replace("ERIKSSON", "ERIK5SON"), TD3[1])) == ("name_not_proved",)


def test_a_letter_alone_among_the_digits_of_a_number_is_explained_though_it_is_sure():
    assert notes(passport("P1234567G")) == ("number_not_proved",)
    assert notes(passport("1234L6789")) == ("number_not_proved",)
    assert notes(passport("1234N6789")) == ()  # no digit looks like an N


def test_a_doubtful_letter_that_could_be_a_digit_is_explained_wherever_it_stands():
    assert notes(passport("15AB61116"), [(1, 4)]) == ("number_not_proved",)
    assert notes(passport("C01X006T4"), [(1, 6)]) == ("number_not_proved",)


def test_an_unsure_cell_in_the_name_is_never_proved():
    (change,) = (one for one in unseen_changes(layout("TD3"), TD3, [(0, 9)]) if one.unsure)
    assert (change.field, change.why, change.matters) == ("name", Why.NO_DIGIT, True)
    assert notes(TD3, [(0, 9)]) == ("name_not_proved",)


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ((0, 1), "state_not_proved"),
        ((0, 3), "state_not_proved"),
        ((1, 11), "state_not_proved"),
        ((1, 20), "sex_not_proved"),
    ],
)
def test_unsure_cells_under_no_digit_are_told_by_their_field(cell, note):
    assert notes(TD3, [cell]) == (note,)


def test_one_unsure_digit_of_a_number_is_proved_and_two_are_not():
    assert notes(TD3, [(1, 3)]) == ()  # an 8: B and S are of other classes or no look-alikes
    assert notes(TD3, [(1, 1), (1, 3)]) == ("number_not_proved",)
    assert notes(TD3, [(1, 3), (1, 9)]) == (
        "number_not_proved",
    )  # the digit itself is unsure, the composite covers both
    assert notes(TD3, [(1, 3), (1, 14)]) == ()  # each under its own digit


def test_where_a_digit_fails_nothing_is_added_to_the_alarm():
    wrong = (TD3[0], TD3[1].replace("L898902C36", "L898902C37"))
    assert notes(wrong, [(1, 3), (1, 4)]) == ()


def test_optional_data_of_a_visa_is_under_no_digit():
    assert notes(MRVA, [(1, 30)], kind="MRVA") == ("optional_data_not_proved",)
    listed = {change.field for change in unseen_changes(layout("MRVA"), MRVA)}
    assert "optional_data" in listed
    assert parse(MRVA, today=TODAY).notes == ()  # typed text was compared by who typed it
    assert parse(MRVA, today=TODAY, unsure=()).notes == ()
    assert parse(MRVA, today=TODAY, unsure=[(1, 30)]).notes == ("optional_data_not_proved",)


def test_a_filler_read_for_a_k_at_the_end_of_a_number_is_listed():
    lines = passport("AB12345")
    found = [one for one in unseen_changes(layout("TD3"), lines, [(1, 7)]) if one.unsure]
    assert [(one.printed, one.why, "K" in one.instead, one.matters) for one in found] == [
        ("<", Why.SAME_CLASS, True, True)
    ]


def test_what_is_read_says_in_its_notes_what_is_not_proved():
    found = mrz_json(parse(TD3, today=TODAY), unsure=[(0, 9)], confidence=[[1.0] * 44] * 2)
    assert found["notes"] == ["name_not_proved"]
    assert parse(TD3, today=TODAY, unsure=[(0, 9)]).notes == ("name_not_proved",)
    assert parse(TD3, today=TODAY, unsure=[(0, 9)]).unseen != ()
    assert mrz_json(parse(TD3, today=TODAY))["notes"] == []
    assert set(NOTES) == set(FIELDS)
