"""Certificate numbers: a series of printed booklets, each used once, spoiled ones accounted for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from poe_health.certificates.errors import NumberSeriesError

_PREFIX = re.compile(r"[A-Z0-9-]{0,12}", re.ASCII)
MOST_NUMBERS = 100_000


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """Numbers ``first`` to ``last`` behind a prefix, written with ``digits`` digits.

    Raises:
        NumberSeriesError: no such series (format).
    """

    prefix: str
    first: int
    last: int
    digits: int
    used: frozenset[int] = field(default_factory=frozenset)
    spoiled: frozenset[int] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        fits = 1 <= self.digits <= 9 and 0 <= self.first <= self.last < 10**self.digits
        within = all(self.first <= number <= self.last for number in self.used | self.spoiled)
        if not fits or not within or not _PREFIX.fullmatch(self.prefix) or self.used & self.spoiled:
            raise NumberSeriesError("format")
        if self.last - self.first >= MOST_NUMBERS:
            raise NumberSeriesError("format")

    @property
    def remaining(self) -> int:
        """Return how many numbers can still be given."""
        return self.last - self.first + 1 - len(self.used) - len(self.spoiled)

    def gaps(self) -> Iterator[str]:
        """Yield the numbers below the highest one used that are neither used nor spoiled: booklets to look for."""
        for number in range(self.first, max(self.used, default=self.first)):
            if number not in self.used and number not in self.spoiled:
                yield self.written(number)

    def written(self, number: int) -> str:
        """Return the number as it stands on the booklet."""
        return f"{self.prefix}{number:0{self.digits}}"

    def next_number(self) -> str:
        """Return the lowest number that is free. Raises NumberSeriesError: exhausted."""
        taken = self.used | self.spoiled
        free = next((number for number in range(self.first, self.last + 1) if number not in taken), None)
        if free is None:
            raise NumberSeriesError("exhausted")
        return self.written(free)

    def use(self, untrusted_number: str) -> "NumberSeries":
        """Return the series with the number used. Raises NumberSeriesError: format, outside, used, spoiled."""
        return replace(self, used=self.used | {self._free(untrusted_number)})

    def spoil(self, untrusted_number: str) -> "NumberSeries":
        """Return the series with a number that was torn or miswritten. Raises as ``use``."""
        return replace(self, spoiled=self.spoiled | {self._free(untrusted_number)})

    def _free(self, untrusted_number: str) -> int:
        text = untrusted_number.strip().upper()
        digits = text.removeprefix(self.prefix)
        if not text.startswith(self.prefix) or not re.fullmatch(f"[0-9]{{{self.digits}}}", digits, re.ASCII):
            raise NumberSeriesError("format")
        number = int(digits)
        if not self.first <= number <= self.last:
            raise NumberSeriesError("outside")
        if number in self.used:
            raise NumberSeriesError("used")
        if number in self.spoiled:
            raise NumberSeriesError("spoiled")
        return number
