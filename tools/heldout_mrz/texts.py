"""Zones of invented people, with every check digit right, and zones of which one printed character was altered."""

from dataclasses import dataclass
from string import ascii_uppercase, digits

import numpy as np

from bmis.documents.compose import compose
from bmis.documents.dates import PartialDate
from bmis.documents.kinds import layout as layout_named
from bmis.documents.mrz import MrzFields
from bmis.documents.mrz_checks import CheckResult, checks, proved_spans
from bmis.documents.mrz_layout import FILLER, Layout, Span

KINDS = {"TD3": 0.44, "TD1": 0.19, "TD2": 0.11, "MRVA": 0.09, "MRVB": 0.09, "FRID": 0.08}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CHECK_NAMES = {"number": "num", "birth_date": "dob", "expiry_date": "exp", "optional_data": "opt", "composite": "comp"}

# The document is of Utopia (or of a code that names no country); its holder may have any nationality.
_ISSUERS = ("UTO",) * 6 + ("XXA", "XXB", "XOM", "UNO")
_NATIONALITIES = _words(
    "UTO UTO UTO MOZ ZAF ZWE TZA MWI ZMB SWZ PRT BRA IND CHN D FRA GBR USA NGA KEN ETH COD AGO SOM "
    "PAK BGD VNM TUR ITA ESP POL CZE LTU QAT ARE OMN JPN KOR THA PHL IDN MUS COM MDG XXA XXB XXC"
)
_STARTS = _words("B BR CH D DL F G H J K KW L M MB N ND NG P Q R S SH T TS V W X Y Z ZH KH MPH GW OY FL")
_VOWELS = _words("A E I O U A E I O AI AU IE OU EE Y")
_ENDS = ["", "", "", "", *_words("N R S L M NG TH Z K X SH LD RT")]


@dataclass(frozen=True, slots=True)
class Zone:
    """What is printed: the kind, the lines and the short names of the check digits that do not hold."""

    kind: str
    lines: tuple[str, ...]
    failing: tuple[str, ...] = ()


def zone(rng: np.random.Generator, kind: str | None = None, *, small: bool = False) -> Zone:
    """Return a zone of ``kind``, or of a kind drawn by its share.

    A ``small`` one has no letter O in its numbers, as most issuers have none: in a few pixels nobody tells it from a 0.
    """
    chosen = kind or str(rng.choice(list(KINDS), p=np.array(list(KINDS.values())) / sum(KINDS.values())))
    fields = _french(rng) if chosen == "FRID" else _fields(rng, chosen, _letters(small))
    return Zone(chosen, compose(chosen, fields))


def with_wrong_character(rng: np.random.Generator, right: Zone) -> Zone:
    """Return ``right`` with one character of a checked field, or a check digit, altered so that a check fails.

    A letter becomes a letter and a digit a digit, of another residue of the check sum.
    """
    layout = layout_named(right.kind)
    places = [
        (span.line, at)
        for span in (*(one for spans in proved_spans(layout, right.lines).values() for one in spans), *_digits(layout))
        for at in range(span.start, span.end)
        if right.lines[span.line][at] != FILLER
    ]
    while True:
        line, at = places[int(rng.integers(len(places)))]
        old = right.lines[line][at]
        new = str(rng.choice(list(digits if old in digits else ascii_uppercase)))
        text = right.lines[line]
        lines = tuple(
            f"{text[:at]}{new}{text[at + 1 :]}" if row == line else each for row, each in enumerate(right.lines)
        )
        failing = failing_checks(right.kind, lines)
        if failing and (int(old, 36) - int(new, 36)) % 10:
            return Zone(right.kind, lines, failing)


def failing_checks(kind: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the short names of the check digits that do not hold."""
    results = checks(layout_named(kind), lines)
    return tuple(CHECK_NAMES[name] for name, result in results.items() if result is CheckResult.FAIL)


def word(rng: np.random.Generator, least: int = 1, most: int = 3) -> str:
    """Return an invented word of ``least`` to ``most`` syllables."""
    parts = [
        f"{rng.choice(_STARTS)}{rng.choice(_VOWELS)}{rng.choice(_ENDS)}"
        for _ in range(int(rng.integers(least, most + 1)))
    ]
    return "".join(parts)


def _digits(layout: Layout) -> list[Span]:
    found = (
        layout.number_check,
        layout.birth_date_check,
        layout.expiry_date_check,
        layout.optional_data_check,
        layout.composite_check,
    )
    return [span for span in found if span is not None]


def _names(rng: np.random.Generator) -> tuple[str, str]:
    manner = rng.random()
    if manner < 0.12:  # long: fills the field or must be truncated
        return " ".join(word(rng, 2, 4) for _ in range(2)), " ".join(word(rng, 2, 4) for _ in range(3))
    if manner < 0.27:  # four words
        return " ".join(word(rng, 1, 2) for _ in range(2)), " ".join(word(rng, 1, 2) for _ in range(2))
    if manner < 0.31:  # one name only
        return word(rng, 2, 3), ""
    return word(rng), " ".join(word(rng, 1, 3) for _ in range(int(rng.integers(1, 3))))


def _letters(small: bool) -> str:
    return ascii_uppercase.replace("O", "") if small else ascii_uppercase


def _number(rng: np.random.Generator, length: int, alphabet: str = ascii_uppercase) -> str:
    manner = rng.integers(5)
    letters = {0: 0, 1: 1, 2: 2, 3: 3}.get(int(manner), -1)
    if letters < 0:  # letters and digits mixed
        return "".join(rng.choice(list(alphabet + digits), length))
    head = "".join(rng.choice(list(alphabet), letters))
    return head + "".join(rng.choice(list(digits), length - letters))


def _day(rng: np.random.Generator, first: int, last: int) -> PartialDate:
    return PartialDate(int(rng.integers(first, last + 1)), int(rng.integers(1, 13)), int(rng.integers(1, 29)))


def _fields(rng: np.random.Generator, kind: str, alphabet: str) -> MrzFields:
    surname, given = _names(rng)
    first = {"TD3": "P", "TD1": "IAC", "TD2": "IAC"}.get(kind, "V")
    code = str(rng.choice(list(first))) + (str(rng.choice(list("DSEMNOR"))) if rng.random() < 0.2 else "")
    long_number = kind == "TD1" and rng.random() < 0.25
    number = _number(rng, int(rng.integers(10, 14)) if long_number else int(rng.choice([9, 9, 9, 8, 7])), alphabet)
    optional = optional_2 = None
    if rng.random() < 0.5 and not long_number:
        room = len(layout_named(kind).optional_data or ())
        optional = _number(rng, max(1, room - int(rng.integers(0, 5))), alphabet)[:room] or None
    if kind == "TD1" and rng.random() < 0.4:
        optional_2 = _number(rng, int(rng.integers(4, 12)), alphabet)
    return MrzFields(
        document_code=code,
        issuing_state=str(rng.choice(_ISSUERS)),
        number=number,
        surname=surname,
        given_names=given,
        nationality=str(rng.choice(_NATIONALITIES)),
        birth_date=_day(rng, 1932, 2024),
        sex=str(rng.choice(["F", "M", "X"], p=[0.47, 0.47, 0.06])),
        expiry_date=_day(rng, 2012, 2036),
        optional_data=optional,
        optional_data_2=optional_2,
    )


def _french(rng: np.random.Generator) -> MrzFields:
    return MrzFields(
        document_code="ID",
        issuing_state="FRA",
        number="".join(rng.choice(list(digits), 4))
        + "".join(rng.choice(list(digits + "ABDR"), 3))
        + "".join(rng.choice(list(digits), 5)),
        surname=" ".join(word(rng) for _ in range(int(rng.integers(1, 3)))),
        given_names=word(rng, 1, 2) + (" " + word(rng, 1, 2) if rng.random() < 0.5 else ""),
        nationality="FRA",
        birth_date=_day(rng, 1932, 2004),
        sex=str(rng.choice(["F", "M"])),
        expiry_date=None,
        optional_data="".join(rng.choice(list(digits), 6)),
    )
