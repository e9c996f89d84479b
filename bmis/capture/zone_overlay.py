"""A second reading laid over the first, cell by cell: one character that a reader left out shifts only itself.

Tesseract leaves out what it cannot see and the rest of its line moves up; compared place by place, one smeared letter
would then make every letter after it differ, and the officer would be led nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

UNSEEN = " "  # stands where the second reading has no character for a cell of the first
_PLAIN = 3  # so many cells may differ in place: nothing is shifted
_SAVES = 3  # a shift is believed where it explains so many more cells
_FILLER = "<"


@dataclass(frozen=True, slots=True)
class Overlay:
    """``lines``: the second reading in the cells of the first, ``UNSEEN`` where it has nothing.

    ``differs_at``: line and column, from 0, of each cell in which they are not the same, or before which the second
    reading has a character more.
    """

    lines: tuple[str, ...]
    differs_at: tuple[tuple[int, int], ...]


def laid_over(lines: Sequence[str], others: Sequence[str]) -> Overlay:
    """Return ``others`` laid over ``lines``; of lines that only one of the two has, every cell differs."""
    return _laid_over(tuple(lines), tuple(others))


@lru_cache(maxsize=16)  # the screen asks for the same again and again
def _laid_over(lines: tuple[str, ...], others: tuple[str, ...]) -> Overlay:
    laid: list[str] = []
    cells: list[tuple[int, int]] = []
    for row, (line, other) in enumerate(zip_longest(lines, others, fillvalue="")):
        text, columns = _line(line, other)
        laid.append(text)
        cells += [(row, column) for column in columns]
    return Overlay(tuple(laid), tuple(cells))


def _line(line: str, other: str) -> tuple[str, list[int]]:
    in_place = [at for at, (char, seen) in enumerate(zip_longest(line, other)) if char != seen]
    if not line or not other or (len(line) == len(other) and len(in_place) <= _PLAIN):
        return other, in_place
    shifted, columns = _aligned(line, other)
    if len(line) == len(other) and len(columns) > len(in_place) - _SAVES:
        return other, in_place
    return shifted, columns


def _aligned(line: str, other: str) -> tuple[str, list[int]]:
    """Return ``other`` in the cells of ``line`` by the fewest changes; more fillers at the end of it are no change."""
    ends_open = line.endswith(_FILLER)
    body, seen = (line.rstrip(_FILLER), other.rstrip(_FILLER)) if ends_open else (line, other)
    cost = _costs(body, seen)
    cells, differs = list(body), set[int]()
    row, column = len(body), len(seen)
    while row or column:
        here = cost[row][column]
        if row and column and here == cost[row - 1][column - 1] + (body[row - 1] != seen[column - 1]):
            row, column = row - 1, column - 1
            cells[row] = seen[column]
            if seen[column] != body[row]:
                differs.add(row)
        elif row and here == cost[row - 1][column] + 1:
            row -= 1
            cells[row] = UNSEEN
            differs.add(row)
        else:  # the second reader has one more before this cell, or after the last
            column -= 1
            differs.add(min(row, len(line) - 1))
    fillers = len(line) - len(body)
    lost = min(fillers, max(0, len(line) - len(other) - max(0, len(body) - len(seen))))
    differs.update(range(len(line) - lost, len(line)))
    return "".join(cells) + _FILLER * (fillers - lost) + UNSEEN * lost, sorted(differs)


def _costs(body: str, seen: str) -> list[list[int]]:
    """Return the least number of changes between the beginnings of the two, for each pair of lengths."""
    cost = [list(range(len(seen) + 1))]
    for row, char in enumerate(body, 1):
        above, here = cost[-1], [row]
        for column, found in enumerate(seen, 1):
            here.append(min(above[column - 1] + (char != found), above[column] + 1, here[-1] + 1))
        cost.append(here)
    return cost
