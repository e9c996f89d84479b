"""Seat plans: rows in order, seats in a row from wall to wall."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

from poe_health.voyages.errors import SeatUnknownError, VoyageFieldError

_SEAT = re.compile(r"([0-9]{1,3})\s*([A-Z])|([A-Z])\s*([0-9]{1,3})", re.ASCII)
_LETTERS = re.compile(r"[A-HJ-Z]+( [A-HJ-Z]+)*", re.ASCII)
MOST_ROWS = 100
_Place = TypeVar("_Place")


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """A seat as 12C."""

    row: int
    letter: str

    @classmethod
    def parse(cls, untrusted_text: str) -> Self:
        """Return the seat written 12C, 012c or C12.

        Raises:
            VoyageFieldError: it is written otherwise.
        """
        match = _SEAT.fullmatch(untrusted_text.strip().upper())
        if match is None:
            raise VoyageFieldError("seat")
        return cls(int(match[1] or match[4]), match[2] or match[3])

    def __str__(self) -> str:
        return f"{self.row}{self.letter}"


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """Rows that exist, in order from the front; letters from the left wall to the right, aisles left out."""

    rows: tuple[int, ...]
    letters: str

    def __post_init__(self) -> None:
        """Refuse a plan that no vehicle has.

        Raises:
            VoyageFieldError: no row, too many, a row or a letter twice.
        """
        if not 0 < len(self.rows) <= MOST_ROWS or len(set(self.rows)) != len(self.rows):
            raise VoyageFieldError("seat_map")
        if not self.letters or len(set(self.letters)) != len(self.letters):
            raise VoyageFieldError("seat_map")

    @classmethod
    def usual(cls, seats: str, first_row: int, last_row: int, skipped: Iterable[int] = ()) -> Self:
        """Return the plan of ``seats`` as ``ABC DEF`` over rows; ``skipped`` rows do not exist.

        Raises:
            VoyageFieldError: letters or rows that cannot be.
        """
        if not _LETTERS.fullmatch(seats) or last_row - first_row >= MOST_ROWS:
            raise VoyageFieldError("seat_map")
        left_out = set(skipped)
        return cls(tuple(n for n in range(first_row, last_row + 1) if n not in left_out), seats.replace(" ", ""))

    def __contains__(self, seat: Seat) -> bool:
        return seat.row in self.rows and seat.letter in self.letters

    def around(self, seat: Seat, *, rows: int, seats: int | None) -> frozenset[Seat]:
        """Return the seats near ``seat``, itself included: a crossing aisle does not part neighbours.

        ``seats`` None: every seat of the rows within ``rows`` in front and behind. Otherwise a cross: so many seats
        to each side in the same row, and the same letter in the rows within ``rows``. Rows that do not exist are not
        counted: row 14 is behind row 12 where there is no 13.

        Raises:
            SeatUnknownError: the plan has no such seat.
        """
        if seat not in self:
            raise SeatUnknownError(f"{self.rows[0]}–{self.rows[-1]}", self.letters)
        near = _near(self.rows, self.rows.index(seat.row), rows)
        if seats is None:
            return frozenset(Seat(row, letter) for row in near for letter in self.letters)
        beside = _near(self.letters, self.letters.index(seat.letter), seats)
        return frozenset([*(Seat(seat.row, letter) for letter in beside), *(Seat(row, seat.letter) for row in near)])

    def all(self) -> Iterator[Seat]:
        """Return every seat, from the front."""
        return (Seat(row, letter) for row in self.rows for letter in self.letters)


def _near(places: Sequence[_Place], at: int, reach: int) -> Sequence[_Place]:
    return places[max(0, at - reach) : at + reach + 1]
