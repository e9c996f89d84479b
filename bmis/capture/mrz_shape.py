"""What a machine-readable zone looks like from outside: enough to tell it from other print and the better reading.

The layouts are those of bmis.documents.kinds; what the fields mean is for bmis.documents.mrz.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from string import ascii_uppercase, digits

from bmis.documents.errors import MrzCharacterError, MrzLengthError, NotAnMrzError
from bmis.documents.kinds import layouts
from bmis.documents.mrz import layout_of
from bmis.documents.mrz_checks import CheckResult, checks
from bmis.documents.mrz_layout import FILLER, Layout, Span

_TO_DIGIT = str.maketrans("OQDILZSGBT", "0001125687")
_TO_LETTER = str.maketrans("0125687", "OIZSGBT")


@cache
def formats() -> tuple[tuple[int, int], ...]:
    """Return each count and length of lines that a zone can have, the longest lines first."""
    return tuple(sorted({layout.shape for layout in layouts()}, key=lambda shape: (-shape[1], shape[0])))


def shape_of(lines: Sequence[str]) -> Layout | None:
    """Return the layout that ``lines`` have, or nothing: wrong count, length or character, or no zone's print."""
    try:
        return layout_of(lines)
    except (MrzLengthError, MrzCharacterError, NotAnMrzError):
        return None


def proofs(lines: Sequence[str]) -> tuple[int, int]:
    """Return how many check digits hold and how many are printed; (0, 0) where there is no layout."""
    layout = shape_of(lines)
    if layout is None:
        return 0, 0
    results = list(checks(layout, lines).values())
    return results.count(CheckResult.OK), len(results) - results.count(CheckResult.ABSENT)


def proved(lines: Sequence[str]) -> bool:
    """Return whether the zone has check digits and every one of them holds."""
    held, printed = proofs(lines)
    return printed > 0 and held == printed


def plausible(lines: Sequence[str]) -> float:
    """Return 0 to 1: the part of the positions that must be digits or letters and are."""
    layout = shape_of(lines)
    if layout is None:
        return 0.0
    right = total = 0
    for spans, wanted in ((_digit_spans(layout), digits + FILLER), (_letter_spans(layout), ascii_uppercase + FILLER)):
        for span in spans:
            cells = span.of(lines)
            total += len(cells)
            right += sum(char in wanted for char in cells)
    return right / total


def mend(
    lines: Sequence[str], confidence: Sequence[Sequence[float]], sure: float
) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Return ``lines`` with look-alikes put right where only a digit or only a letter can stand, and those positions.

    A character that was recognised with ``sure`` confidence or more stays: what is printed may break the rule.
    """
    layout = shape_of(lines)
    if layout is None:
        return tuple(lines), ()
    mended = [list(line) for line in lines]
    changed: list[tuple[int, int]] = []
    for spans, table in ((_digit_spans(layout), _TO_DIGIT), (_letter_spans(layout), _TO_LETTER)):
        for span in spans:
            for at in range(span.start, span.end):
                better = mended[span.line][at].translate(table)
                if better != mended[span.line][at] and confidence[span.line][at] < sure:
                    mended[span.line][at] = better
                    changed.append((span.line, at))
    return tuple("".join(line) for line in mended), tuple(sorted(changed))


def _digit_spans(layout: Layout) -> Iterator[Span]:
    for span in (
        layout.number_check,
        layout.birth_date,
        layout.birth_date_check,
        layout.expiry_date,
        layout.expiry_date_check,
        layout.optional_data_check,
        layout.composite_check,
    ):
        if span is not None:
            yield span


def _letter_spans(layout: Layout) -> Iterator[Span]:
    for span in (layout.issuing_state, layout.nationality, layout.name, layout.given_names, layout.sex):
        if span is not None:
            yield span
