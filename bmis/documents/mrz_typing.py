"""Check digits that land one by one while an officer types an MRZ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bmis.documents.check_digit import is_mrz_character
from bmis.documents.kinds import layout as layout_named
from bmis.documents.kinds import layouts
from bmis.documents.mrz_checks import CHECKS, checks
from bmis.documents.mrz_layout import FILLER, Layout, Span


class TypedCheck(StrEnum):
    """A check digit while its line is still being typed."""

    PENDING = "pending"
    OK = "ok"
    FAIL = "fail"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class TypedMrz:
    """How far the typing has come. ``kind`` is a guess until ``complete``, None while several kinds are possible."""

    kind: str | None
    line_count: int | None
    line_length: int | None
    checks: Mapping[str, TypedCheck]
    wrong: tuple[tuple[int, int], ...]  # (line, position) of each character that no MRZ has, from zero
    complete: bool


def check_partial(lines: Sequence[str]) -> TypedMrz:
    """Return the state of each check digit of what has been typed so far (pass it through ``clean_typed`` first)."""
    wrong = tuple(
        (row, position)
        for row, line in enumerate(lines)
        for position, char in enumerate(line)
        if not is_mrz_character(char)
    )
    layout = None if wrong else guess_layout(lines)
    if layout is None:
        pending = dict.fromkeys(CHECKS, TypedCheck.PENDING)
        return TypedMrz(None, None, None, MappingProxyType(pending), wrong, complete=False)
    padded = [line.ljust(layout.line_length, FILLER) for line in lines]
    padded += [FILLER * layout.line_length] * (layout.line_count - len(lines))
    results = checks(layout, padded)
    states = {
        name: TypedCheck(results[name].value) if all(_typed(lines, span) for span in spans) else TypedCheck.PENDING
        for name, spans in _needs(layout, padded).items()
    }
    complete = len(lines) == layout.line_count and all(len(line) == layout.line_length for line in lines)
    return TypedMrz(
        layout.kind, layout.line_count, layout.line_length, MappingProxyType(states), wrong, complete=complete
    )


def guess_layout(lines: Sequence[str]) -> Layout | None:
    """Return the only kind that what is typed can still become, None while it can become several or none."""
    if not lines or not lines[0]:
        return None
    possible = [layout for layout in layouts() if _can_become(layout, lines)]
    for narrower in (_by_first_letter, _by_name_cells):
        if len(possible) > 1:
            possible = narrower(possible, lines[0])
    if {layout.kind for layout in possible} == {"TD2", "FRID"}:
        return layout_named("FRID" if lines[0].startswith("IDFRA") else "TD2")
    return possible[0] if len(possible) == 1 else None


def _can_become(layout: Layout, lines: Sequence[str]) -> bool:
    if len(lines) > layout.line_count or any(len(line) > layout.line_length for line in lines):
        return False
    return all(len(line) == layout.line_length for line in lines[:-1])


def _by_first_letter(possible: list[Layout], first: str) -> list[Layout]:
    named = [layout for layout in possible if first[0] in layout.first_letters]
    return named or possible


def _by_name_cells(possible: list[Layout], first: str) -> list[Layout]:
    """After the State a card of three lines has its number, one of two lines a name: a digit there tells them apart."""
    cells = first[5:14]
    if any(char.isdigit() for char in cells):
        return [layout for layout in possible if layout.name.line != 0]
    if len(cells) == 9 or FILLER * 2 in first[5:].rstrip(FILLER):
        return [layout for layout in possible if layout.name.line == 0]
    return possible


def _needs(layout: Layout, lines: Sequence[str]) -> dict[str, list[Span]]:
    number = [layout.number, layout.number_check]
    if layout.number_overflow and layout.number_check.of(lines) == FILLER:
        number.append(layout.number_overflow)
    pairs: dict[str, list[Span | None]] = {
        "number": [*number],
        "birth_date": [layout.birth_date, layout.birth_date_check],
        "expiry_date": [layout.expiry_date, layout.expiry_date_check],
        "optional_data": [layout.optional_data, layout.optional_data_check],
        "composite": [*layout.composite, layout.composite_check],
    }
    return {name: [] if None in spans else [span for span in spans if span] for name, spans in pairs.items()}


def _typed(lines: Sequence[str], span: Span) -> bool:
    return len(lines) > span.line and len(lines[span.line]) >= span.end
