"""What right check digits do not prove: changes that no digit of an MRZ sees, and cells that are under none.

A digit is a weighted sum modulo 10 (ICAO Doc 9303-3, 4.9). The weights 7, 3 and 1 have no factor in common with 10, so
one changed character is seen unless both values are equal modulo 10 (6 and G; the filler and K). Two neighbours that
change places are not seen where their values differ by 5. Two changes at once pass one time in ten.
"""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from bmis.documents.check_digit import invisible_substitutions, is_mrz_character
from bmis.documents.errors import CodeTableError
from bmis.documents.grammar import CellClass, cell_characters, cell_classes
from bmis.documents.mrz_checks import CheckResult, checks, proved_spans
from bmis.documents.mrz_layout import FILLER, Layout, Span
from bmis.kernel.resources import resource

Cell = tuple[int, int]
"""Line and column, from zero."""

FIELDS = (
    "document_code", "issuing_state", "name", "given_names", "number", "nationality",
    "birth_date", "sex", "expiry_date", "optional_data", "optional_data_2",
)  # fmt: skip

NAME_NOT_PROVED = "name_not_proved"
NOTES: Mapping[str, str] = MappingProxyType(
    {
        "name": NAME_NOT_PROVED,
        "given_names": NAME_NOT_PROVED,
        "number": "number_not_proved",
        "birth_date": "date_not_proved",
        "expiry_date": "date_not_proved",
        "optional_data": "optional_data_not_proved",
        "optional_data_2": "optional_data_not_proved",
        "issuing_state": "state_not_proved",
        "nationality": "state_not_proved",
        "document_code": "state_not_proved",
        "sex": "sex_not_proved",
    }
)


class Why(StrEnum):
    """Why no check digit sees a change."""

    SAME_CLASS = "same_class"  # the values are equal modulo 10
    NO_DIGIT = "no_digit"  # the cell is under no check digit
    SEVERAL_UNSURE = "several_unsure"  # another unsure cell under the same digit may make up for it
    SWAPPED = "swapped"  # two neighbours whose values differ by 5


@dataclass(frozen=True, slots=True)
class UnseenChange:
    """A cell whose character could be another, and no check digit would fail.

    ``instead`` holds what could stand there: for an unsure cell all that the digits let pass, otherwise look-alikes. It
    is empty where anything could. ``matters`` says that an officer should look at it.
    """

    line: int
    column: int
    field: str  # one of FIELDS
    printed: str
    instead: tuple[str, ...]
    why: Why
    unsure: bool
    matters: bool


def unseen_changes(
    layout: Layout, lines: Sequence[str], unsure: Collection[Cell] = (), *, swaps: bool = False
) -> tuple[UnseenChange, ...]:
    """Return what the check digits do not prove, in the order of the cells. Under a digit that fails there is nothing.

    Args:
        layout: the kind of MRZ.
        lines: as read, of exactly its shape.
        unsure: the cells that hold only a best guess.
        swaps: also the neighbours that a typing hand could have swapped unseen.
    """
    zone = _Zone(layout, tuple(lines), frozenset(unsure))
    found = [change for cell, field in zone.fields.items() for change in zone.of_cell(cell, field)]
    if swaps:
        found += zone.swapped()
    return tuple(sorted(found, key=lambda change: (change.line, change.column, change.why)))


def residue_notes(changes: Sequence[UnseenChange]) -> tuple[str, ...]:
    """Return the note codes of the changes that matter, each once (words: ``ui.words.mrz_notes``)."""
    return tuple(dict.fromkeys(NOTES[change.field] for change in changes if change.matters))


@cache
def look_alikes() -> Mapping[str, frozenset[str]]:
    """Return for each character those that a reader takes for it.

    Raises:
        CodeTableError: the bundled table cannot be read.
    """
    found: dict[str, set[str]] = defaultdict(set)
    try:
        with resource("codes", "look_alikes.toml").open("rb") as file:
            for one, other in tomllib.load(file)["pairs"]:
                found[one].add(other)
                found[other].add(one)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CodeTableError("look_alikes") from error
    if not all(map(is_mrz_character, found)):
        raise CodeTableError("look_alikes")
    return MappingProxyType({char: frozenset(others) for char, others in found.items()})


class _Zone:
    """One MRZ with its unsure cells; everything below asks it."""

    def __init__(self, layout: Layout, lines: tuple[str, ...], unsure: frozenset[Cell]) -> None:
        self._layout, self._lines, self._unsure = layout, lines, unsure
        self._results = checks(layout, lines)
        self._spans = {
            name: frozenset(cell for span in spans for cell in _cells(span))
            for name, spans in proved_spans(layout, lines).items()
        }
        self.fields = dict(sorted(_fields(layout, lines).items()))

    def of_cell(self, cell: Cell, field: str) -> Iterator[UnseenChange]:
        """Yield the change of a cell that no digit sees, at most one."""
        covering = [name for name, cells in self._spans.items() if cell in cells]
        if any(self._results[name] is CheckResult.FAIL for name in covering):
            return
        proving = [name for name in covering if self._results[name] is CheckResult.OK]
        alike = [char for char in sorted(look_alikes().get(self._at(cell), ())) if char in self._allowed(cell)]
        unsure = cell in self._unsure
        if not proving:
            misplaced = bool(alike) and self._at(cell) not in self._allowed(cell)
            if unsure or misplaced or (alike and self._free(cell)):
                yield self._change(cell, field, alike, Why.NO_DIGIT, matters=unsure or misplaced)
        elif unsure and not any(self._alone(cell, name) for name in proving):
            yield self._change(cell, field, alike, Why.SEVERAL_UNSURE, matters=True)
        else:
            same = [char for char in invisible_substitutions(self._at(cell)) if self._unseen(cell, char)]
            looking = [char for char in same if char in alike]
            shown = same if unsure else looking
            if shown:
                matters = bool(looking) and (unsure or any(self._plausible(cell, field, char) for char in looking))
                yield self._change(cell, field, shown, Why.SAME_CLASS, matters=matters)

    def swapped(self) -> Iterator[UnseenChange]:
        """Yield the neighbours of one field that can change places unseen."""
        for (line, column), field in self.fields.items():
            other = (line, column + 1)
            covered = any((line, column) in cells for cells in self._spans.values())
            if not covered or self.fields.get(other) != field:
                continue
            pair = self._at((line, column)) + self._at(other)
            if pair[0] != pair[1] and FILLER not in pair and self._same_results((line, column), pair[::-1]):
                yield UnseenChange(line, column, field, pair, (pair[::-1],), Why.SWAPPED, unsure=False, matters=False)

    def _change(self, cell: Cell, field: str, instead: Sequence[str], why: Why, *, matters: bool) -> UnseenChange:
        return UnseenChange(
            *cell, field, self._at(cell), tuple(instead), why, unsure=cell in self._unsure, matters=matters
        )

    def _at(self, cell: Cell) -> str:
        return self._lines[cell[0]][cell[1]]

    def _allowed(self, cell: Cell) -> frozenset[str]:
        """A single filler in a date is left out: it makes the date unreadable, which is told elsewhere."""
        line, column = cell
        allowed = cell_characters(self._layout)[line][column]
        return allowed - {FILLER} if cell_classes(self._layout)[line][column] is CellClass.DIGIT else allowed

    def _free(self, cell: Cell) -> bool:
        return cell_classes(self._layout)[cell[0]][cell[1]] is CellClass.ANY

    def _alone(self, cell: Cell, name: str) -> bool:
        """Whether no other cell under the digit, nor the digit itself, is unsure."""
        digit = getattr(self._layout, f"{name}_check")
        cells = {*self._spans[name], *_cells(digit)}
        return not (cells & self._unsure) - {cell}

    def _unseen(self, cell: Cell, char: str) -> bool:
        return char in self._allowed(cell) and self._same_results(cell, char)

    def _same_results(self, cell: Cell, text: str) -> bool:
        line, column = cell
        changed = list(self._lines)
        changed[line] = changed[line][:column] + text + changed[line][column + len(text) :]
        return checks(self._layout, changed) == self._results

    def _plausible(self, cell: Cell, field: str, char: str) -> bool:
        """Whether a sure cell of the document number could as well hold ``char``.

        Only a letter alone among digits, which would be a digit like the rest. Every other cell that a reader is sure
        of is believed: else each 6 would be doubted for a G, and a warning on every passport warns of nothing.
        """
        if field != "number" or not (char.isdigit() and self._at(cell).isalpha()):
            return False
        text = [(at, self._at(at)) for at, of in self.fields.items() if of == field]
        first_digit = next((at for at, printed in text if printed.isdigit()), cell)
        return cell > first_digit and [at for at, printed in text if printed.isalpha() and at > first_digit] == [cell]


def _fields(layout: Layout, lines: Sequence[str]) -> dict[Cell, str]:
    found: dict[Cell, str] = {}
    for field in FIELDS:
        span: Span | None = getattr(layout, field)
        if span is not None:
            found |= dict.fromkeys(_cells(span), field)
    for span in proved_spans(layout, lines)["number"][1:]:  # the rest of a long number
        found |= dict.fromkeys(_cells(span), "number")
    return found


def _cells(span: Span | None) -> Iterator[Cell]:
    if span is not None:
        yield from ((span.line, column) for column in range(span.start, span.end))
