"""What stands on training documents: zones of every kind, and the words around them. Nobody's data."""

import numpy as np

from bmis.capture.zone_cells import ALPHABET
from bmis.documents.kinds import layouts
from bmis.documents.mrz_layout import Layout, Span

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
_SYLLABLES = (
    "MA", "RI", "LO", "TE", "SA", "NU", "KO", "BE", "JA", "PI", "DU", "ZE", "FA", "GO",
    "HI", "LE", "MU", "NE", "QU", "RA", "SI", "TO", "VA", "WI", "XA", "YU", "CHI", "NHA",
)  # fmt: skip
_LABELS = (
    "Surname", "Given names", "Nationality", "Date of birth", "Sex", "Place of birth", "Date of issue", "Authority",
    "Type", "Code", "Passport No", "PASSPORT", "REPUBLIC", "IDENTITY CARD", "Apelido", "Nomes", "Validade", "Nome",
    "Date of expiry", "Signature of bearer", "Personal No", "Height", "VISA", "Number of entries", "Residence",
    "DEPARTMENT", "This document is the property of the state", "Name of father", "Address", "SPECIMEN",
)  # fmt: skip


def zone(rng: np.random.Generator, kind: str | None = None) -> tuple[str, list[str]]:
    """Return a kind and its lines. Half of them hold anything anywhere, so that no net learns what ought to stand."""
    known = {layout.kind: layout for layout in layouts()}
    chosen = kind or str(
        rng.choice(["TD3", "TD1", "TD2", "MRVA", "MRVB", "FRID"], p=[0.45, 0.28, 0.12, 0.05, 0.05, 0.05])
    )
    layout = known[chosen]
    if rng.random() < 0.45:
        return chosen, [_anything(rng, layout.line_length) for _ in range(layout.line_count)]
    return chosen, _likely(rng, layout)


def words(rng: np.random.Generator) -> str:
    """Return some words as a page bears them."""
    way = rng.random()
    if way < 0.4:
        return str(rng.choice(_LABELS))
    if way < 0.7:
        return " ".join(_name(rng) for _ in range(rng.integers(1, 4)))
    if way < 0.85:
        day, between, month = rng.integers(1, 29), rng.choice([" ", ".", "/"]), rng.integers(1, 13)
        return f"{day:02d}{between}{month:02d} {rng.integers(1930, 2035)}"
    return "".join(rng.choice(list(_LETTERS + _DIGITS), rng.integers(5, 12)))


def sentence(rng: np.random.Generator) -> str:
    """Return a line of running text."""
    text = " ".join(_name(rng).lower() for _ in range(rng.integers(4, 11)))
    return text.capitalize() if rng.random() < 0.5 else text


def _name(rng: np.random.Generator) -> str:
    if rng.random() < 0.35:
        return "".join(rng.choice(list(_LETTERS), rng.integers(2, 10)))
    return "".join(rng.choice(_SYLLABLES, rng.integers(1, 5)))


def _anything(rng: np.random.Generator, length: int) -> str:
    """Return random characters with runs of fillers."""
    out = "".join(rng.choice(list(ALPHABET), length))
    for _ in range(rng.integers(0, 4)):
        start = int(rng.integers(0, length))
        run = int(rng.integers(1, 14))
        out = out[:start] + "<" * min(run, length - start) + out[start + run :]
    return out[:length]


def _likely(rng: np.random.Generator, layout: Layout) -> list[str]:
    """Return lines with letters, digits and fillers where the kind has them; check digits are any digit."""
    lines = [["<"] * layout.line_length for _ in range(layout.line_count)]

    def put(span: Span | None, text: str) -> None:
        if span is not None:
            for at, char in zip(range(span.start, span.end), text, strict=False):
                lines[span.line][at] = char

    state = "".join(rng.choice(list(_LETTERS), 3))
    put(layout.document_code, layout.first_letters[0] + str(rng.choice(["<", "A", "D", "M", "P", "O"])))
    put(layout.issuing_state, state if rng.random() < 0.9 else "D<<")
    put(layout.nationality, state if rng.random() < 0.7 else "".join(rng.choice(list(_LETTERS), 3)))
    surname = "<".join(_name(rng) for _ in range(rng.integers(1, 3)))
    given = "<".join(_name(rng) for _ in range(rng.integers(1, 4)))
    put(layout.name, surname if layout.given_names else f"{surname}<<{given}")
    put(layout.given_names, given)
    alphabet = list(_DIGITS * 3 + _LETTERS)
    put(layout.number, "".join(rng.choice(alphabet, rng.integers(7, len(layout.number) + 1))))
    for span in (layout.number_check, layout.birth_date_check, layout.expiry_date_check, layout.composite_check):
        put(span, str(rng.choice(list(_DIGITS))))
    for span in (layout.birth_date, layout.expiry_date):
        put(span, f"{rng.integers(0, 100):02d}{rng.integers(1, 13):02d}{rng.integers(1, 29):02d}")
    put(layout.sex, str(rng.choice(["F", "M", "<"], p=[0.47, 0.47, 0.06])))
    for span in (layout.optional_data, layout.optional_data_2):
        if span is not None and rng.random() < 0.6:
            put(span, "".join(rng.choice(alphabet, rng.integers(1, len(span) + 1))))
    put(layout.optional_data_check, str(rng.choice([*_DIGITS, "<"])))
    return ["".join(line) for line in lines]
