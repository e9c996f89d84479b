"""The check digits of an MRZ, each ok, fail or absent, and the long numbers that change where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bmis.documents.check_digit import check_digit
from bmis.documents.mrz_layout import FILLER, Layout, Span

CHECKS = ("number", "birth_date", "expiry_date", "optional_data", "composite")


class CheckResult(StrEnum):
    """What a printed check digit says of what it covers."""

    OK = "ok"
    FAIL = "fail"
    ABSENT = "absent"  # the kind has no such digit, or a filler stands there rightly


@dataclass(frozen=True, slots=True)
class Number:
    """The document number as printed, its check, and what is left of the optional data after a long number."""

    value: str | None
    check: CheckResult
    optional_data: str | None
    overflowed: bool


def checks(layout: Layout, lines: Sequence[str]) -> Mapping[str, CheckResult]:
    """Return each check digit's result by name, in the order of ``CHECKS``."""
    return MappingProxyType(
        {
            "number": number(layout, lines).check,
            "birth_date": _check(lines, layout.birth_date, layout.birth_date_check),
            "expiry_date": _check(lines, layout.expiry_date, layout.expiry_date_check),
            "optional_data": _check(lines, layout.optional_data, layout.optional_data_check),
            "composite": _composite(layout, lines),
        }
    )


def number(layout: Layout, lines: Sequence[str]) -> Number:
    """Return the document number. A filler for its check digit means that it goes on in the optional data.

    There its rest is followed by the check digit and a filler (Doc 9303-5 and 9303-6, 4.2.2 note j). States compute
    that digit with or without the filler between the two parts; both are met on real cards, so either proves it.
    """
    head = layout.number.of(lines)
    printed = layout.number_check.of(lines)
    optional = _text(layout.optional_data.of(lines)) if layout.optional_data else None
    if printed != FILLER or layout.number_overflow is None:
        return Number(_text(head), digit_result(head, printed), optional, overflowed=False)
    rest, _, after = layout.number_overflow.of(lines).partition(FILLER)
    if len(rest) < 2 or head.endswith(FILLER):
        return Number(_text(head), digit_result(head, printed), optional, overflowed=False)
    tail, digit = rest[:-1], rest[-1]
    proved = digit in {str(check_digit(head + tail)), str(check_digit(head + FILLER + tail))}
    return Number(head + tail, CheckResult.OK if proved else CheckResult.FAIL, _text(after), overflowed=True)


def proved_spans(layout: Layout, lines: Sequence[str]) -> Mapping[str, tuple[Span, ...]]:
    """Return for each check digit the spans that it is computed over, without the digit itself; () where none is."""

    def of(covered: Span | None, printed: Span | None) -> tuple[Span, ...]:
        return (covered,) if covered is not None and printed is not None else ()

    overflow, spans = layout.number_overflow, [layout.number]
    if overflow is not None and number(layout, lines).overflowed:
        rest = overflow.of(lines).partition(FILLER)[0]
        spans.append(Span(overflow.line, overflow.start, overflow.start + len(rest) - 1))
    return MappingProxyType(
        {
            "number": tuple(spans),
            "birth_date": of(layout.birth_date, layout.birth_date_check),
            "expiry_date": of(layout.expiry_date, layout.expiry_date_check),
            "optional_data": of(layout.optional_data, layout.optional_data_check),
            "composite": layout.composite if layout.composite_check is not None else (),
        }
    )


def digit_result(covered: str, printed: str) -> CheckResult:
    """Return what ``printed`` says of ``covered``; a filler is right only where nothing is covered."""
    if printed == FILLER:
        return CheckResult.FAIL if covered.strip(FILLER) else CheckResult.ABSENT
    return CheckResult.OK if printed == str(check_digit(covered)) else CheckResult.FAIL


def _check(lines: Sequence[str], covered: Span | None, printed: Span | None) -> CheckResult:
    if covered is None or printed is None:
        return CheckResult.ABSENT
    return digit_result(covered.of(lines), printed.of(lines))


def _composite(layout: Layout, lines: Sequence[str]) -> CheckResult:
    if layout.composite_check is None:
        return CheckResult.ABSENT
    return digit_result("".join(span.of(lines) for span in layout.composite), layout.composite_check.of(lines))


def _text(cells: str) -> str | None:
    return cells.rstrip(FILLER) or None
