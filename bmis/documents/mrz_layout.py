"""What a kind of MRZ looks like: where its fields and check digits stand. One ``Layout`` a file in ``kinds/``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

FILLER = "<"


@dataclass(frozen=True, slots=True)
class Span:
    """Cells ``start`` (included) to ``end`` (excluded) of a line, all from zero."""

    line: int
    start: int
    end: int

    def of(self, lines: Sequence[str]) -> str:
        """Return what stands there."""
        return lines[self.line][self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start


def always(lines: Sequence[str]) -> bool:
    """Return True: no other kind has this shape."""
    return len(lines) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One kind of MRZ. A field that the kind does not have is None."""

    kind: str  # TD1, TD2, TD3, MRVA, MRVB, FRID
    source: str
    line_count: int
    line_length: int
    first_letters: str  # what position 1 should hold; another letter needs proof by check digits
    document_code: Span
    issuing_state: Span
    name: Span  # surname << given names, or the surname alone where ``given_names`` has its own cells
    number: Span
    number_check: Span
    birth_date: Span
    birth_date_check: Span
    sex: Span
    given_names: Span | None = None
    nationality: Span | None = None
    nationality_of_all: str | None = None  # where it is not printed because all holders have it
    expiry_date: Span | None = None
    expiry_date_check: Span | None = None
    optional_data: Span | None = None
    optional_data_check: Span | None = None
    optional_data_2: Span | None = None
    number_overflow: Span | None = None  # where the rest of a long number stands, then its check digit
    composite: tuple[Span, ...] = ()
    composite_check: Span | None = None
    rank: int = 0  # of the kinds of one shape that claim the lines, the highest is taken
    claims: Callable[[Sequence[str]], bool] = field(default=always)

    @property
    def shape(self) -> tuple[int, int]:
        """Return the number of lines and their length."""
        return self.line_count, self.line_length
