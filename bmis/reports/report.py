"""A report as plain values. Words are in the reader's language already; numbers are numbers until they are rendered."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class Missing(StrEnum):
    """Why there is no number. None of them is nought."""

    NOT_RECORDED = "not_recorded"  # n/d: não registado
    NOT_RECEIVED = "not_received"  # a return of a post that has not come in
    NO_BASE = "no_base"  # growth from zero, or from what is not known
    SUPPRESSED = "suppressed"  # too few to be shown
    NOT_APPLICABLE = "not_applicable"


Value = int | float | str | date | Missing


class Kind(StrEnum):
    """What a column holds, and so how it is written."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"  # 0.25 is 25 %
    CHANGE = "change"  # 0.25 is +25 %
    NUMBER = "number"  # one decimal
    MONEY = "money"  # two decimals
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``name`` for machines, ``title`` for people."""

    name: str
    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as wide as ``columns``. ``total`` is written heavier, below; ``note`` under the table.

    ``absent``: what a row that is not listed would hold after its first cell; None where that is not known.
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    note: str = ""
    absent: tuple[Value, ...] | None = None

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.code}: a row of {len(row)} under {len(self.columns)} columns")


class ChartKind(StrEnum):
    """How numbers are drawn."""

    BARS = "bars"  # across, one a label: tops and shares
    COLUMNS = "columns"  # upright, by day or hour
    LINES = "lines"
    PYRAMID = "pyramid"  # two series, back to back
    HEAT = "heat"  # one series a row, a square a label


@dataclass(frozen=True, slots=True)
class Series:
    """One line, colour or row of a chart; a missing value is a gap."""

    title: str
    values: tuple[int | float | Missing, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """``title`` says in words what is to be seen; the numbers stand in the table named ``table`` too."""

    code: str
    title: str
    kind: ChartKind
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    table: str = ""

    def __post_init__(self) -> None:
        for one in self.series:
            if len(one.values) != len(self.labels):
                raise ValueError(f"chart {self.code}: {len(one.values)} values for {len(self.labels)} labels")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``framed``: what nobody should overlook."""

    text: str
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Text that is compared by machine: printed, and as QR code; its caption says what for."""

    title: str
    text: str
    caption: str = ""


Block = Table | Chart | Text | Code


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``made_at`` is aware, in the wall clock of the post; ``facts`` (label, value) are its head."""

    name: str
    title: str
    first: date
    last: date
    post: str
    made_at: datetime
    made_by: str
    training: bool
    language: str
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()
    service: str = "Serviço Nacional de Migração"
    signers: tuple[tuple[str, str], ...] = ()  # (role, name or ""): lines to sign on, on paper

    def signed(self, signers: tuple[tuple[str, str], ...]) -> "Report":
        """Return the report with lines to sign on."""
        return replace(self, signers=signers)

    def tables(self) -> tuple[Table, ...]:
        """Return every table, in order."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Table))

    def table(self, code: str) -> Table:
        """Return the table of that code.

        Raises:
            KeyError: there is none.
        """
        return {one.code: one for one in self.tables()}[code]


def share(part: int, whole: int) -> float | Missing:
    """Return part of whole; of nothing there is no share."""
    return part / whole if whole else Missing.NOT_APPLICABLE


def change(now: int | Missing, before: int | Missing | None) -> float | Missing:
    """Return the growth since ``before``: 0.5 is half as many again. From zero or from the unknown there is none."""
    if isinstance(now, Missing) or before is None or isinstance(before, Missing) or before == 0:
        return Missing.NO_BASE
    return (now - before) / before
