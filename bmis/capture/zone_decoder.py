"""From what each cell seems to hold to the lines of a zone, under the grammar of its kind.

The grammar is prior knowledge and check digits are a score: both decide between characters that look alike in this
picture, neither changes one that is plainly printed. What is printed wrong stays wrong and is flagged by the parser.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bmis.capture.zone_cells import ALPHABET
from bmis.documents.grammar import cell_characters
from bmis.documents.kinds import layouts
from bmis.documents.mrz_checks import CheckResult, checks
from bmis.documents.mrz_layout import Layout, Span

SURE = 0.88  # posterior below which a person should look
_AGAINST = math.log(40)  # a character that the kind does not have here must look so much likelier
_AGAINST_KIND = math.log(8)  # of its first letter, which is looser
_PLAIN = math.log(0.98)  # a character seen as surely as this stands, whatever the grammar says
_HELD = 1.1  # nats for each check digit that holds
_LEAST_DOUBT = 0.12  # posterior of a character that a check digit may still choose
_MOST_DOUBTS = 8  # cells tried together, the most doubtful first
_TOGETHER = 2  # cells changed at once

Cells = NDArray[np.float64]  # lines, cells, len(ALPHABET): log probability


@dataclass(frozen=True, slots=True)
class Decoded:
    """The best reading of a zone as one kind."""

    layout: Layout
    lines: tuple[str, ...]
    confidence: tuple[tuple[float, ...], ...]
    unsure: tuple[tuple[int, int], ...]
    score: float  # log likelihood a cell, prior and check digits included


def decode(cells: Cells) -> Decoded | None:
    """Return the best reading of ``cells`` over all kinds of their shape, None where no kind has it."""
    candidates = [_decode_as(layout, cells) for layout in layouts() if layout.shape == cells.shape[:2]]
    fitting = [one for one in candidates if one.layout.claims(one.lines)]
    return max(fitting, key=lambda one: (one.score, one.layout.rank), default=None)


def _decode_as(layout: Layout, cells: Cells) -> Decoded:
    prior = np.array([[_prior(chars) for chars in line] for line in cell_characters(layout)])
    prior[0, 0] *= _AGAINST_KIND / _AGAINST
    plain = cells.max(axis=2, keepdims=True) - np.logaddexp.reduce(cells, axis=2, keepdims=True) > _PLAIN
    weighed = cells + np.where(plain, 0.0, prior)
    weighed = weighed - np.logaddexp.reduce(weighed, axis=2, keepdims=True)
    best = weighed.argmax(axis=2)
    gained, changed = _by_check_digits(layout, weighed, best)
    lines = _text(changed)
    rows, columns = np.indices(best.shape)
    posterior = np.exp(weighed[rows, columns, changed])
    # a character that only the grammar or a check digit chose is not a sure one
    seen = np.exp(cells[rows, columns, changed] - np.logaddexp.reduce(cells, axis=2))
    confidence = np.where(seen < 0.5, np.minimum(posterior, np.maximum(seen, 0.5)), posterior)
    confidence = np.where(changed != best, np.minimum(confidence, SURE - 0.01), confidence)
    unsure = tuple((int(row), int(column)) for row, column in np.argwhere(confidence < SURE))
    told = float(np.take_along_axis(cells + prior, changed[..., None], axis=2).sum())
    return Decoded(
        layout,
        lines,
        tuple(tuple(round(float(value), 3) for value in line) for line in confidence),
        unsure,
        (told + gained) / best.size,
    )


def _prior(chars: frozenset[str]) -> list[float]:
    return [0.0 if char in chars else -_AGAINST for char in ALPHABET]


def _by_check_digits(layout: Layout, weighed: Cells, best: NDArray[np.int64]) -> tuple[float, NDArray[np.int64]]:
    """Return the score of the check digits that hold, and the cells with the doubtful ones that make them hold."""
    held, failing = _held(layout, _text(best))
    if not failing:
        return held * _HELD, best
    doubts = _doubts(layout, weighed, best, failing)
    most, chosen = held * _HELD, best
    for together in range(1, _TOGETHER + 1):
        for changes in itertools.combinations(doubts, together):
            if len({(row, column) for row, column, _, _ in changes}) < together:
                continue
            tried = best.copy()
            lost = 0.0
            for row, column, char, cost in changes:
                tried[row, column] = char
                lost += cost
            now, _ = _held(layout, _text(tried))
            if now * _HELD - lost > most:
                most, chosen = now * _HELD - lost, tried
    return _held(layout, _text(chosen))[0] * _HELD, chosen


def _doubts(
    layout: Layout, weighed: Cells, best: NDArray[np.int64], failing: Sequence[str]
) -> list[tuple[int, int, int, float]]:
    """Return line, column, another character and its cost for cells that a failing check digit covers."""
    found = []
    for row, column in _covered(layout, failing):
        order = np.argsort(-weighed[row, column])[:3]
        top = float(weighed[row, column, best[row, column]])
        for char in order:
            value = float(weighed[row, column, char])
            if char != best[row, column] and value > math.log(_LEAST_DOUBT):
                found.append((row, column, int(char), top - value))
    return sorted(found, key=lambda doubt: doubt[3])[:_MOST_DOUBTS]


def _covered(layout: Layout, failing: Sequence[str]) -> set[tuple[int, int]]:
    spans: list[Span | None] = []
    if "number" in failing:
        spans += [layout.number, layout.number_check, layout.number_overflow]
    if "birth_date" in failing:
        spans += [layout.birth_date, layout.birth_date_check]
    if "expiry_date" in failing:
        spans += [layout.expiry_date, layout.expiry_date_check]
    if "optional_data" in failing:
        spans += [layout.optional_data, layout.optional_data_check]
    if "composite" in failing:
        spans += [*layout.composite, layout.composite_check]
    return {(span.line, at) for span in spans if span is not None for at in range(span.start, span.end)}


def _held(layout: Layout, lines: Sequence[str]) -> tuple[int, list[str]]:
    results = checks(layout, lines)
    held = sum(result is CheckResult.OK for result in results.values())
    return held, [name for name, result in results.items() if result is CheckResult.FAIL]


def _text(best: NDArray[np.int64]) -> tuple[str, ...]:
    return tuple("".join(_letters(line)) for line in best)


def _letters(line: NDArray[np.int64]) -> Iterator[str]:
    return (ALPHABET[at] for at in line)
