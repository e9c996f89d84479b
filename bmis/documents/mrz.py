"""MRZ lines to what they say: the grammar of ICAO Doc 9303 parts 3 to 7 and of the old French identity card.

What is printed wrong is reported as printed and flagged; nothing is ever repaired here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bmis.documents.century import birth_from, expiry_from
from bmis.documents.check_digit import is_mrz_character
from bmis.documents.dates import PartialDate
from bmis.documents.errors import MrzCharacterError, MrzLengthError, NotAnMrzError
from bmis.documents.kinds import layouts
from bmis.documents.mrz_checks import CheckResult, checks, digit_result, number
from bmis.documents.mrz_layout import FILLER, Layout, Span
from bmis.documents.residues import UnseenChange, residue_notes, unseen_changes

LONGEST_TEXT = 4096  # characters of typed or pasted text that are looked at; no MRZ has more than 90

_TYPED = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", " \t\u00a0\ufeff") | str.maketrans(
    {"«": "<<", "‹": "<", "≪": "<<", "＜": "<"}
)


@dataclass(frozen=True, slots=True)
class MrzFields:
    """The fields as printed, without fillers; None where the MRZ says nothing."""

    document_code: str
    issuing_state: str | None  # as printed: "D", "GBD", "XXB" stay so
    number: str | None
    surname: str | None
    given_names: str | None
    nationality: str | None
    birth_date: PartialDate | None
    sex: str | None  # F, M, X (not specified); None: unreadable
    expiry_date: PartialDate | None
    optional_data: str | None = None
    optional_data_2: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedMrz:
    """An MRZ that was understood. ``notes`` are codes of what an officer should look at, never text to show."""

    kind: str
    lines: tuple[str, ...]
    fields: MrzFields
    checks: Mapping[str, CheckResult]
    century_reason: str | None  # of the birth date: a code of bmis.documents.century
    expiry_century_reason: str | None
    notes: tuple[str, ...]
    name_may_be_truncated: bool
    unseen: tuple[UnseenChange, ...] = ()  # what the check digits do not prove, where a reader read it

    @property
    def all_checks_ok(self) -> bool:
        """Return whether no check digit fails (which proves the reading, never that the document is genuine)."""
        return CheckResult.FAIL not in self.checks.values()


def clean_typed(untrusted_text: str | Iterable[str]) -> tuple[str, ...]:
    """Return MRZ lines from typed or pasted text: upper case, without spaces and empty lines, « as two fillers.

    One line of 72, 88 or 90 characters, which is what a swipe reader sends, is cut into two or three lines.

    Raises:
        MrzLengthError: the text is far longer than any MRZ.
    """
    text = untrusted_text if isinstance(untrusted_text, str) else "\n".join(untrusted_text)
    if len(text) > LONGEST_TEXT:
        raise MrzLengthError(lines=text.count("\n") + 1, longest=len(text))
    lines = [line for line in text.translate(_TYPED).replace("\r", "\n").split("\n") if line]
    if len(lines) == 1:
        for count, length in {layout.shape for layout in layouts()}:
            if len(lines[0]) == count * length:
                return tuple(lines[0][at : at + length] for at in range(0, count * length, length))
    return tuple(lines)


def parse(lines: Sequence[str], *, today: date, unsure: Collection[tuple[int, int]] | None = None) -> ParsedMrz:
    """Return what the lines say. They must be exactly of a kind's length; ``clean_typed`` prepares typed text.

    Args:
        lines: as read or typed.
        today: decides centuries.
        unsure: (line, column) of the cells that a reader only guessed, none if it was sure of all. With it ``unseen``
            and the notes say what the check digits do not prove. None: the text was typed.

    Raises:
        MrzLengthError: no kind has so many lines of these lengths.
        MrzCharacterError: a character outside A-Z, 0-9 and ``<``.
        NotAnMrzError: the right shape, but neither its first letter nor its check digits say MRZ.
    """
    taken = tuple(lines)
    layout = layout_of(taken)
    expiry = expiry_from(layout.expiry_date.of(taken), today) if layout.expiry_date else None
    birth = birth_from(layout.birth_date.of(taken), today, expiry.value if expiry else None)
    read_number = number(layout, taken)
    surname, given_names = _names(layout, taken)
    sex, sex_note = _sex(layout.sex.of(taken))
    truncated = _may_be_truncated(layout, taken)
    notes = [
        "number_continues_in_optional_data" if read_number.overflowed else None,
        f"birth_{birth.wrong}" if birth.wrong else None,
        f"expiry_{expiry.wrong}" if expiry and expiry.wrong else None,
        sex_note,
        "name_may_be_truncated" if truncated else None,
        *_name_notes(layout, taken),
        "digit_in_state" if _digit_in_state(layout, taken) else None,
        None if taken[0][0] in layout.first_letters else "document_code_unexpected",
    ]
    unseen = () if unsure is None else unseen_changes(layout, taken, unsure)
    return ParsedMrz(
        kind=layout.kind,
        lines=taken,
        fields=MrzFields(
            document_code=layout.document_code.of(taken).rstrip(FILLER),
            issuing_state=_printed(layout.issuing_state, taken),
            number=read_number.value,
            surname=surname,
            given_names=given_names,
            nationality=_printed(layout.nationality, taken),
            birth_date=birth.value,
            sex=sex,
            expiry_date=expiry.value if expiry else None,
            optional_data=read_number.optional_data,
            optional_data_2=_printed(layout.optional_data_2, taken),
        ),
        checks=checks(layout, taken),
        century_reason=birth.reason,
        expiry_century_reason=expiry.reason if expiry else None,
        notes=(*(note for note in notes if note), *residue_notes(unseen)),
        name_may_be_truncated=truncated,
        unseen=unseen,
    )


def layout_of(lines: Sequence[str]) -> Layout:
    """Return the kind that the lines are of. Raises as ``parse``."""
    longest = max((len(line) for line in lines), default=0)
    shapes = {layout.shape for layout in layouts()}
    if (len(lines), longest) not in shapes or any(len(line) != longest for line in lines):
        raise MrzLengthError(lines=len(lines), longest=longest)
    for row, line in enumerate(lines):
        for position, char in enumerate(line):
            if not is_mrz_character(char):
                raise MrzCharacterError(position, row)
    for layout in layouts():
        if layout.shape == (len(lines), longest) and layout.claims(lines):
            if _plausible(layout, lines):
                return layout
            break
    raise NotAnMrzError


def _plausible(layout: Layout, lines: Sequence[str]) -> bool:
    dates = layout.birth_date.of(lines) + (layout.expiry_date.of(lines) if layout.expiry_date else "")
    dated = sum(char.isdigit() or char == FILLER for char in dates) * 2 >= len(dates)
    if lines[0][0] in layout.first_letters and dated:
        return True
    pairs = [
        (layout.number, layout.number_check),
        (layout.birth_date, layout.birth_date_check),
        (layout.expiry_date, layout.expiry_date_check),
    ]
    proved = [
        digit_result(covered.of(lines), printed.of(lines)) is CheckResult.OK and covered.of(lines).strip(FILLER) != ""
        for covered, printed in pairs
        if covered and printed
    ]
    return lines[0][0].isalpha() and sum(proved) >= 2


def _printed(span: Span | None, lines: Sequence[str]) -> str | None:
    return (span.of(lines).rstrip(FILLER) or None) if span else None


def _words(cells: str) -> str | None:
    return " ".join(part for part in cells.split(FILLER) if part) or None


def _names(layout: Layout, lines: Sequence[str]) -> tuple[str | None, str | None]:
    cells = layout.name.of(lines)
    if layout.given_names is not None:
        return _words(cells), _words(layout.given_names.of(lines))
    primary, _, secondary = cells.partition(FILLER * 2)
    return _words(primary), _words(secondary)


def _may_be_truncated(layout: Layout, lines: Sequence[str]) -> bool:
    """A letter in the last cell of the name: it must be taken for truncated (Doc 9303-4, 4.2.3)."""
    spans = [layout.name, layout.given_names] if layout.given_names else [layout.name]
    return any(span is not None and span.of(lines)[-1] != FILLER for span in spans)


def _name_notes(layout: Layout, lines: Sequence[str]) -> list[str]:
    cells = layout.name.of(lines)
    given = layout.given_names.of(lines) if layout.given_names else ""
    notes = []
    if any(char.isdigit() for char in cells + given):
        notes.append("digit_in_name")
    inner = cells.rstrip(FILLER)
    if not inner.strip(FILLER):
        notes.append("surname_missing")
    elif not layout.given_names and FILLER * 2 not in inner:
        notes.append("no_given_names")
    elif inner.startswith(FILLER):
        notes.append("name_starts_with_filler")
    return notes


def _digit_in_state(layout: Layout, lines: Sequence[str]) -> bool:
    """No State has a digit in its code (Doc 9303-3, 5): a 0 there is an O that was misread or misprinted."""
    spans = [layout.issuing_state, layout.nationality]
    return any(char.isdigit() for span in spans if span for char in span.of(lines))


def _sex(cell: str) -> tuple[str | None, str | None]:
    if cell in "FM":
        return cell, None
    if cell == FILLER:
        return "X", None
    return ("X", "sex_printed_x") if cell == "X" else (None, "sex_unreadable")
