"""Probabilities in, lines out: doubt is settled by the grammar and the check digits, print never is."""

import math
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bmis.capture.mrz_shape import shape_of
from bmis.capture.zone_cells import ALPHABET
from bmis.capture.zone_decoder import SURE, decode
from bmis.documents.check_digit import check_digit
from bmis.documents.grammar import cell_characters
from bmis.documents.kinds import layout as layout_named
from bmis.documents.kinds import layouts
from bmis.documents.mrz_checks import CheckResult, checks, proved_spans

KINDS = ("TD1", "TD2", "TD3", "MRVA", "MRVB", "FRID")
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
VALUES = {char: value for value, char in enumerate(DIGITS + LETTERS)} | {"<": 0}
MACHAVA = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
PLAIN = 0.95  # so sure is a reader of a character that is plainly printed
PLAIN_AGAINST_THE_KIND = 0.985  # and of one that does not belong there: a letter in a date
FLOOR = 1e-6  # of a character that was not seen at all


def seen(lines, doubts=(), sure=0.9995):
    """Return log probabilities of ``lines``, at the doubted cells those given: {cell: {character: probability}}."""
    cells = np.full((len(lines), len(lines[0]), len(ALPHABET)), FLOOR)
    for row, line in enumerate(lines):
        for column, char in enumerate(line):
            cells[row, column, ALPHABET.index(char)] = sure
    for (row, column), chars in dict(doubts).items():
        cells[row, column] = FLOOR
        for char, probability in chars.items():
            cells[row, column, ALPHABET.index(char)] = probability
    return np.log(cells)


def altered(lines, cell, char):
    """Return ``lines`` with ``char`` printed in that cell."""
    row, column = cell
    changed = list(lines)
    changed[row] = changed[row][:column] + char + changed[row][column + 1 :]
    return tuple(changed)


def fails(lines):
    """Return whether a check digit of the kind that claims the lines fails, or whether no kind claims them."""
    layout = shape_of(lines)
    return layout is None or CheckResult.FAIL in checks(layout, lines).values()


def put(cells, span, text):
    if span is not None:
        for at, char in zip(range(span.start, span.end), text, strict=False):
            cells[span.line][at] = char


def close_digits(layout, cells):
    """Print every check digit of the kind."""
    for covered, check in (
        (layout.number, layout.number_check),
        (layout.birth_date, layout.birth_date_check),
        (layout.expiry_date, layout.expiry_date_check),
        (layout.optional_data, layout.optional_data_check),
    ):
        if covered is not None and check is not None:
            put(cells, check, str(check_digit(covered.of(["".join(line) for line in cells]))))
    if layout.composite_check is not None:
        lines = ["".join(line) for line in cells]
        put(cells, layout.composite_check, str(check_digit("".join(span.of(lines) for span in layout.composite))))


@st.composite
def zones(draw, kinds=KINDS):
    """Return a kind and lines of it whose check digits all hold."""
    layout = layout_named(draw(st.sampled_from(kinds)))
    cells = [["<"] * layout.line_length for _ in range(layout.line_count)]
    words = st.text(LETTERS, min_size=1, max_size=9)
    dates = st.dates().map(lambda day: day.strftime("%y%m%d"))
    state = draw(st.text(LETTERS, min_size=3, max_size=3))
    put(cells, layout.document_code, layout.first_letters[0] + draw(st.sampled_from("<ABDMOS")))
    put(cells, layout.issuing_state, state)
    put(cells, layout.nationality, state)
    name = "<".join(draw(st.lists(words, min_size=1, max_size=2)))
    given_names = "<".join(draw(st.lists(words, min_size=1, max_size=2)))
    put(cells, layout.name, name if layout.given_names else f"{name}<<{given_names}")
    put(cells, layout.given_names, given_names)
    put(cells, layout.number, draw(st.text(LETTERS + DIGITS, min_size=6, max_size=len(layout.number))))
    put(cells, layout.birth_date, draw(dates))
    put(cells, layout.expiry_date, draw(dates))
    put(cells, layout.sex, draw(st.sampled_from("FM<")))
    if layout.kind == "FRID":
        put(cells, layout.document_code, "ID")
        put(cells, layout.issuing_state, "FRA")
    for span in (layout.optional_data, layout.optional_data_2):
        if span is not None:
            put(cells, span, draw(st.text(LETTERS + DIGITS, max_size=len(span))))
    close_digits(layout, cells)
    lines = tuple("".join(line) for line in cells)
    assume(shape_of(lines) is layout)
    return layout, lines


def under_a_digit(layout, lines):
    """Return the cells that a check digit proves, and those of the digits themselves."""
    spans = [span for covered in proved_spans(layout, lines).values() for span in covered]
    results = checks(layout, lines)
    for name, check in (
        ("number", layout.number_check),
        ("birth_date", layout.birth_date_check),
        ("expiry_date", layout.expiry_date_check),
        ("optional_data", layout.optional_data_check),
        ("composite", layout.composite_check),
    ):
        if check is not None and results[name] is not CheckResult.ABSENT:
            spans.append(check)
    return sorted({(span.line, at) for span in spans for at in range(span.start, span.end)})


@st.composite
def wrong_prints(draw):
    """Return a zone, one proved cell of it, and a character of another residue class that is printed there."""
    layout, lines = draw(zones())
    row, column = draw(st.sampled_from(under_a_digit(layout, lines)))
    char = draw(st.sampled_from(ALPHABET))
    assume(VALUES[char] % 10 != VALUES[lines[row][column]] % 10)
    wrong = altered(lines, (row, column), char)
    assume(fails(wrong))  # of a filler for the digit of a number TD1 and TD2 have a meaning
    return layout, lines, (row, column), char


@settings(max_examples=120, deadline=None)
@given(wrong_prints(), st.floats(0, 1))
def test_one_plainly_printed_wrong_character_stays_as_printed_and_a_check_fails(case, surer):
    layout, lines, (row, column), char = case
    belongs = char in cell_characters(layout)[row][column]
    least = PLAIN if belongs else PLAIN_AGAINST_THE_KIND
    probability = least + (0.9999 - least) * surer
    # all that is left speaks for the right character: the worst case
    doubts = {(row, column): {char: probability, lines[row][column]: 1 - probability}}
    read = decode(seen(lines, doubts))
    assert read.lines == altered(lines, (row, column), char)
    assert fails(read.lines)


@settings(max_examples=40, deadline=None)
@given(wrong_prints(), st.data())
def test_a_wrong_digit_is_not_made_up_for_by_another_cell_that_is_plain_too(case, data):
    layout, lines, cell, char = case
    assume(char in cell_characters(layout)[cell[0]][cell[1]])
    wrong = altered(lines, cell, char)
    others = data.draw(st.lists(st.sampled_from(under_a_digit(layout, lines)), max_size=6, unique=True))
    doubts = {}
    for row, column in others:
        other = data.draw(st.sampled_from(sorted(cell_characters(layout)[row][column] - {wrong[row][column]}) or ["<"]))
        if wrong[row][column] in cell_characters(layout)[row][column]:
            doubts[row, column] = {wrong[row][column]: PLAIN, other: 1 - PLAIN}
    assert decode(seen(wrong, doubts)).lines == wrong


@settings(max_examples=60, deadline=None)
@given(zones())
def test_what_is_plainly_seen_is_what_is_told_for_every_kind(case):
    layout, lines = case
    read = decode(seen(lines))
    assert read.lines == lines
    assert read.layout is layout
    assert read.unsure == ()


@settings(max_examples=60, deadline=None)
@given(zones(), st.integers(0, 2**32 - 1), st.floats(0.05, 3.0))
def test_confidence_is_a_part_of_one_for_each_cell_and_doubtful_cells_are_listed(case, seed, mist):
    layout, lines = case
    noise = np.random.default_rng(seed).normal(0, 2, (layout.line_count, layout.line_length, len(ALPHABET)))
    cells = seen(lines) * math.exp(-mist) + noise
    read = decode(cells - np.logaddexp.reduce(cells, axis=2, keepdims=True))
    assert [len(line) for line in read.lines] == [len(line) for line in read.confidence]
    assert (len(read.lines), len(read.lines[0])) == layout.shape
    assert set("".join(read.lines)) <= set(ALPHABET)
    assert all(0 <= value <= 1 for line in read.confidence for value in line)
    doubtful = {(row, at) for row, line in enumerate(read.confidence) for at, value in enumerate(line) if value < SURE}
    assert {cell for cell in doubtful if read.confidence[cell[0]][cell[1]] < SURE - 0.001} <= set(read.unsure)
    assert set(read.unsure) <= {(r, c) for r, c in np.ndindex(layout.shape) if read.confidence[r][c] <= SURE}
    assert math.isfinite(read.score)


@pytest.mark.parametrize(
    ("cell", "looks"),
    [
        ((1, 13), {"B": 0.55, "8": 0.45}),  # birth date
        ((1, 21), {"Z": 0.6, "2": 0.1, "3": 0.3}),  # expiry date
        ((0, 4), {"0": 0.7, "O": 0.3}),  # issuing State
        ((0, 7), {"6": 0.52, "G": 0.1, "C": 0.38}),  # name
        ((0, 0), {"F": 0.5, "P": 0.5}),
    ],
)
def test_look_alikes_in_doubt_are_told_apart_by_where_they_stand(cell, looks):
    assert decode(seen(MACHAVA, {cell: looks})).lines == MACHAVA


def test_a_letter_that_is_plainly_printed_in_a_date_is_told_and_the_check_fails():
    wrong = altered(MACHAVA, (1, 13), "B")
    read = decode(seen(MACHAVA, {(1, 13): {"B": 0.999, "8": 0.001}}))
    assert read.lines == wrong
    assert fails(read.lines)


def test_a_digit_that_is_plainly_printed_in_a_name_is_told():
    read = decode(seen(MACHAVA, {(0, 8): {"0": 0.999, "O": 0.001}}))
    assert read.lines == altered(MACHAVA, (0, 8), "0")


@pytest.mark.parametrize("of_what_was_seen", [0.6, 0.8])
def test_what_only_the_place_speaks_for_is_shown_to_the_officer(of_what_was_seen):
    read = decode(seen(MACHAVA, {(1, 14): {"B": of_what_was_seen, "8": 1 - of_what_was_seen}}))
    assert read.lines[1][14] == "8"
    assert (1, 14) in read.unsure
    assert read.confidence[1][14] <= 0.5


def test_a_cell_in_doubt_is_chosen_by_the_check_digits_and_shown_to_the_officer():
    read = decode(seen(MACHAVA, {(1, 3): {"7": 0.6, "2": 0.4}}))
    assert read.lines == MACHAVA
    assert read.unsure == ((1, 3),)
    assert read.confidence[1][3] < SURE


def test_two_cells_in_doubt_are_chosen_together():
    read = decode(seen(MACHAVA, {(1, 3): {"7": 0.6, "2": 0.4}, (1, 17): {"7": 0.55, "1": 0.45}}))
    assert read.lines == MACHAVA
    assert read.unsure == ((1, 3), (1, 17))


@pytest.mark.parametrize("cell", [(1, 3), (1, 9), (1, 15), (1, 30), (1, 43)])
def test_a_digit_that_the_reader_is_sure_of_stays_though_two_check_digits_speak_against_it(cell):
    printed = MACHAVA[cell[0]][cell[1]]
    wrong = altered(MACHAVA, cell, str((int(printed) + 3) % 10))
    read = decode(seen(wrong, {cell: {wrong[cell[0]][cell[1]]: SURE + 0.01, printed: 1 - SURE - 0.01}}))
    assert read.lines == wrong


def test_one_check_digit_alone_does_not_outweigh_a_clear_look():
    right = KINDS_OF_ONE_SHAPE["MRVA"]
    wrong = altered(right, (1, 4), "9")
    assert decode(seen(wrong, {(1, 4): {"9": 0.8, right[1][4]: 0.2}})).lines == wrong
    assert decode(seen(wrong, {(1, 4): {"9": 0.6, right[1][4]: 0.4}})).lines == right


def test_a_doubt_whose_digits_hold_already_is_left_as_it_looks():
    read = decode(seen(MACHAVA, {(1, 3): {"2": 0.6, "7": 0.4}}))
    assert read.lines == MACHAVA
    assert read.unsure == ((1, 3),)


def test_a_doubt_that_no_choice_settles_is_told_as_it_looks():
    wrong = altered(MACHAVA, (1, 1), "D")
    read = decode(seen(wrong, {(1, 3): {"2": 0.7, "5": 0.3}}))
    assert read.lines == wrong
    assert (1, 3) in read.unsure
    assert fails(read.lines)


def test_a_doubt_no_digit_proves_stays_one():
    read = decode(seen(MACHAVA, {(0, 6): {"A": 0.6, "H": 0.4}}))
    assert read.lines == MACHAVA
    assert read.unsure == ((0, 6),)


KINDS_OF_ONE_SHAPE = {
    "TD3": MACHAVA,
    "MRVA": ("V<UTOCHISSICO<SPECIMEN<<LURDES<MARIA<<<<<<<<", "V8801245<7UTO8402091F2709307<<<<<<<<<<<<<<<<"),
    "TD2": ("I<UTOMUCAVELE<SPECIMEN<<TOMAS<<<<<<<", "D231458907UTO7011306M3001156<<<<<<<0"),
    "MRVB": ("V<UTOGOVE<SPECIMEN<<ABILIO<<<<<<<<<<", "L4402177<0UTO6605175M2804017<<<<<<<<"),
    "FRID": ("IDFRABERTIN<SPECIMEN<<<<<<<<<<975001", "8806923102858CORINNE<<<<<<<6512068F7"),
    "TD1": ("I<UTOC030059887<<<<<<<<<<<<<<<", "9507236F3302288UTO<<<<<<<<<<<2", "NHANTUMBO<SPECIMEN<<GRACA<<<<<"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_one_shape_are_told_apart(kind):
    lines = KINDS_OF_ONE_SHAPE[kind]
    read = decode(seen(lines))
    assert read.layout.kind == kind
    assert read.lines == lines


@pytest.mark.parametrize(("one", "other"), [("TD3", "MRVA"), ("TD2", "MRVB"), ("TD2", "FRID"), ("MRVB", "FRID")])
def test_a_faint_first_letter_does_not_make_it_another_kind(one, other):
    for kind in (one, other):
        lines = KINDS_OF_ONE_SHAPE[kind]
        stranger = KINDS_OF_ONE_SHAPE[other if kind == one else one][0][0]
        if stranger == lines[0][0]:
            continue
        read = decode(seen(lines, {(0, 0): {lines[0][0]: 0.55, stranger: 0.45}}))
        assert read.lines == lines
        assert read.layout.kind == kind


def test_a_french_card_whose_first_letters_are_smeared_is_still_one():
    lines = KINDS_OF_ONE_SHAPE["FRID"]
    read = decode(seen(lines, {(0, 2): {"F": 0.7, "P": 0.3}, (0, 4): {"A": 0.7, "R": 0.3}}))
    assert read.layout.kind == "FRID"
    assert read.lines == lines


@pytest.mark.parametrize("shape", [(2, 30), (3, 44), (1, 44), (2, 43), (4, 30)])
def test_a_shape_that_no_kind_has_gives_nothing(shape):
    assert decode(np.full((*shape, len(ALPHABET)), math.log(1 / len(ALPHABET)))) is None


def test_surer_print_scores_higher_and_failing_digits_lower():
    clear, faint = decode(seen(MACHAVA)), decode(seen(MACHAVA, sure=0.4))
    wrong = decode(seen(altered(MACHAVA, (1, 43), "3")))
    assert clear.score > faint.score
    assert clear.score > wrong.score


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sure", [0.0, 0.3])
def test_a_zone_of_doubts_is_answered_in_bounded_time(kind, sure):
    lines = KINDS_OF_ONE_SHAPE[kind]
    mist = np.random.default_rng(7).normal(0, 0.3, seen(lines).shape)
    print_ = np.exp(seen(lines)) * sure
    cells = np.log(print_ + np.exp(mist) / len(ALPHABET))
    begun = time.process_time()
    read = decode(cells - np.logaddexp.reduce(cells, axis=2, keepdims=True))
    assert time.process_time() - begun < 1.0
    assert len(read.unsure) > 30


@pytest.mark.parametrize("kind", KINDS)
def test_three_characters_possible_in_every_cell_are_answered_in_bounded_time(kind):
    lines = KINDS_OF_ONE_SHAPE[kind]
    doubts = {
        cell: {"1": 0.333, "7": 0.333, "4": 0.334} for cell in np.ndindex(layout_named(kind).shape) if cell != (0, 0)
    }
    begun = time.process_time()
    read = decode(seen(lines, doubts))
    assert time.process_time() - begun < 1.0
    assert len(read.unsure) > 30


def test_every_kind_there_is_is_tried_here():
    assert set(KINDS) == {layout.kind for layout in layouts()}
    assert all(not fails(lines) for lines in KINDS_OF_ONE_SHAPE.values())
    assert all(shape_of(lines).kind == kind for kind, lines in KINDS_OF_ONE_SHAPE.items())


def test_the_same_doubts_give_the_same_answer_twice():
    doubts = {(1, at): {"8": 0.5, "3": 0.5} for at in range(0, 44, 5)}
    one, two = decode(seen(MACHAVA, doubts)), decode(seen(MACHAVA, doubts))
    assert one == two


def test_more_of_the_right_character_never_makes_it_less_likely_to_be_told():
    told = [
        decode(seen(MACHAVA, {(1, 13): {"8": part, "B": 1 - part}})).lines[1][13] == "8"
        for part in (0.001, 0.01, 0.05, 0.3, 0.6, 0.95)
    ]
    assert all(later >= earlier for earlier, later in pairwise(told))
    assert told[-1]
    assert not told[0]
