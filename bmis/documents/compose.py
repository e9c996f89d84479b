"""Fields to MRZ lines, for specimens, tests and documents that the post prints: the inverse of ``mrz.parse``."""

from collections.abc import Sequence

from bmis.documents.check_digit import check_digit, is_mrz_character
from bmis.documents.dates import PartialDate, Precision
from bmis.documents.errors import MrzCharacterError, MrzFieldTooLongError
from bmis.documents.kinds import layout as layout_named
from bmis.documents.mrz import MrzFields
from bmis.documents.mrz_layout import FILLER, Layout, Span


def compose(kind: str, fields: MrzFields) -> tuple[str, ...]:
    """Return the lines of ``kind`` that print ``fields``, with every check digit; a long name is truncated legally.

    Names are given in their MRZ form (``names.transliteration.mrz_form``).

    Raises:
        KeyError: there is no such kind.
        MrzFieldTooLongError: a field other than the name does not fit, or the kind does not have it.
        MrzCharacterError: a field holds a character that no MRZ has.
    """
    layout = layout_named(kind)
    cells = [[FILLER] * layout.line_length for _ in range(layout.line_count)]
    _put(cells, layout.document_code, fields.document_code, "document_code")
    _put(cells, layout.issuing_state, fields.issuing_state, "issuing_state")
    if layout.nationality is not None or fields.nationality != layout.nationality_of_all:
        _put(cells, layout.nationality, fields.nationality, "nationality")
    _put(cells, layout.sex, FILLER if fields.sex == "X" else fields.sex, "sex")
    _put_names(cells, layout, fields)
    _put(cells, layout.birth_date, _date_cells(fields.birth_date), "birth_date")
    _put(cells, layout.expiry_date, _date_cells(fields.expiry_date), "expiry_date")
    _put(cells, layout.optional_data_2, fields.optional_data_2, "optional_data_2")
    _put_number(cells, layout, fields)
    for covered, check in (
        (layout.birth_date, layout.birth_date_check),
        (layout.expiry_date, layout.expiry_date_check),
        (layout.optional_data, layout.optional_data_check),
    ):
        if covered is not None and check is not None:
            _put(cells, check, str(check_digit(covered.of(_lines(cells)))), "check")
    if layout.composite_check is not None:
        covered_text = "".join(span.of(_lines(cells)) for span in layout.composite)
        _put(cells, layout.composite_check, str(check_digit(covered_text)), "check")
    return _lines(cells)


def name_field(surname: str, given_names: str, limit: int) -> str:
    """Return the name field of ``limit`` cells, truncated where it must be so that it ends in a letter.

    Letters are taken from the longest component until everything fits; where even initials do not fit, the last
    given names are left out (ICAO Doc 9303-4, 4.2.2.1, truncation of the name).
    """
    primary, secondary = surname.split(), given_names.split()
    while len(_joined([word[0] for word in primary], [word[0] for word in secondary])) > limit:
        (secondary if len(secondary) > 1 or len(primary) < 2 else primary).pop()
    while len(_joined(primary, secondary)) > limit:
        words = primary if max(map(len, primary)) >= max(map(len, secondary), default=0) else secondary
        longest = max(range(len(words)), key=lambda at: (len(words[at]), at))
        words[longest] = words[longest][:-1]
    return _joined(primary, secondary).ljust(limit, FILLER)


def _joined(primary: Sequence[str], secondary: Sequence[str]) -> str:
    head, tail = FILLER.join(primary), FILLER.join(secondary)
    return f"{head}{FILLER * 2}{tail}" if tail else head


def _put_names(cells: list[list[str]], layout: Layout, fields: MrzFields) -> None:
    surname, given = fields.surname or "", fields.given_names or ""
    if layout.given_names is None:
        _put(cells, layout.name, name_field(surname, given, len(layout.name)), "surname")
        return
    _put(cells, layout.name, FILLER.join(surname.split())[: len(layout.name)], "surname")
    _put(cells, layout.given_names, (FILLER * 2).join(given.split())[: len(layout.given_names)], "given_names")


def _put_number(cells: list[list[str]], layout: Layout, fields: MrzFields) -> None:
    """A long number goes on in the optional data, its check digit after it and a filler after that (note j)."""
    number, optional = fields.number or "", fields.optional_data or ""
    room = len(layout.number)
    if len(number) <= room or layout.number_overflow is None:
        _put(cells, layout.number, number, "number")
        _put(cells, layout.number_check, str(check_digit(layout.number.of(_lines(cells)))), "number")
        _put(cells, layout.optional_data, optional, "optional_data")
        return
    _put(cells, layout.number, number[:room], "number")
    rest = f"{number[room:]}{check_digit(number)}{FILLER}{optional}".rstrip(FILLER)
    _put(cells, layout.number_overflow, rest, "number")


def _put(cells: list[list[str]], span: Span | None, text: str | None, field: str) -> None:
    if not text:
        return
    if span is None or len(text) > len(span):
        raise MrzFieldTooLongError(field)
    for at, char in enumerate(text):
        if not is_mrz_character(char):
            raise MrzCharacterError(at)
        cells[span.line][span.start + at] = char


def _date_cells(day: PartialDate | None) -> str | None:
    if day is None:
        return None
    month = FILLER * 2 if day.precision is Precision.YEAR else f"{day.month:02}"
    return f"{day.year % 100:02}{month}{FILLER * 2 if day.day is None else f'{day.day:02}'}"


def _lines(cells: list[list[str]]) -> tuple[str, ...]:
    return tuple("".join(line) for line in cells)
