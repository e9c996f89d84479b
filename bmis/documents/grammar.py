"""What may stand in each cell of a kind of MRZ: prior knowledge for a recogniser, never a reason to repair.

Documents break these rules (a digit in a name, an O in a date), so a decoder should prefer, not forbid.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from string import ascii_uppercase, digits

from bmis.documents.mrz_layout import FILLER, Layout, Span


class CellClass(StrEnum):
    """What a cell is for; ``characters`` says what should stand there."""

    CODE = "code"  # the first letter of the document code
    LETTER = "letter"  # A to Z or a filler: names and States
    DIGIT = "digit"  # a date: digits, fillers where a part is unknown (ICAO Doc 9303-3, 4.8)
    CHECK_DIGIT = "check_digit"  # a digit, or a filler: long number, empty optional data
    SEX = "sex"  # F, M or a filler; some States print X
    ANY = "any"  # numbers and optional data


_CHARACTERS = {
    CellClass.CODE: frozenset("ACIPV"),
    CellClass.LETTER: frozenset(ascii_uppercase + FILLER),
    CellClass.DIGIT: frozenset(digits + FILLER),
    CellClass.CHECK_DIGIT: frozenset(digits + FILLER),
    CellClass.SEX: frozenset("FM" + FILLER + "X"),
    CellClass.ANY: frozenset(ascii_uppercase + digits + FILLER),
}


def characters(cell_class: CellClass) -> frozenset[str]:
    """Return what should stand in a cell of this class, over all kinds of MRZ."""
    return _CHARACTERS[cell_class]


@cache
def cell_classes(layout: Layout) -> tuple[tuple[CellClass, ...], ...]:
    """Return the class of each cell, a tuple a line."""
    classes = [[CellClass.ANY] * layout.line_length for _ in range(layout.line_count)]
    for span, cell_class in _classed(layout):
        if span is not None:
            classes[span.line][span.start : span.end] = [cell_class] * len(span)
    return tuple(tuple(line) for line in classes)


@cache
def cell_characters(layout: Layout) -> tuple[tuple[frozenset[str], ...], ...]:
    """Return what should stand in each cell, a tuple a line: as ``cell_classes``, narrowed to this kind.

    The first cell holds the kind's own letters. A filler is no check digit over everything, nor of a number that
    cannot go on elsewhere; of dates that are not known and of empty optional data it may be one.
    """
    sets = [[characters(one) for one in line] for line in cell_classes(layout)]
    sets[layout.document_code.line][layout.document_code.start] = frozenset(layout.first_letters)
    for span in (layout.composite_check, layout.number_check if layout.number_overflow is None else None):
        if span is not None:
            sets[span.line][span.start] = frozenset(digits)
    return tuple(tuple(line) for line in sets)


def _classed(layout: Layout) -> Iterator[tuple[Span | None, CellClass]]:
    code = layout.document_code
    # On cards the second character may be a digit (C1USA, C2USA); passports and visas have a letter or a filler.
    second = CellClass.ANY if "C" in layout.first_letters else CellClass.LETTER
    yield Span(code.line, code.start, code.start + 1), CellClass.CODE
    yield Span(code.line, code.start + 1, code.end), second
    for span in (layout.issuing_state, layout.nationality, layout.name, layout.given_names):
        yield span, CellClass.LETTER
    for span in (layout.birth_date, layout.expiry_date):
        yield span, CellClass.DIGIT
    yield layout.sex, CellClass.SEX
    for span in (
        layout.number_check,
        layout.birth_date_check,
        layout.expiry_date_check,
        layout.optional_data_check,
        layout.composite_check,
    ):
        yield span, CellClass.CHECK_DIGIT
