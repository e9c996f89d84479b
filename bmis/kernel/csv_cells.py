"""CSV that no spreadsheet takes for a formula, and reading it back as it was."""

import csv
import io
from collections.abc import Iterable, Sequence

_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_MARK = "'"
BOM = "\ufeff"
Cell = str | int | float | None
"""What a table holds. A number is written as it is, with a point; None is an empty cell."""


def inert(cell: str) -> str:
    """Return the cell so that a spreadsheet shows it and does not run it: marked with an apostrophe where it must be.

    A cell that begins with the mark itself is marked too: reading back stays unambiguous.
    """
    return _MARK + cell if cell[:1] in _STARTS or cell[:1] == _MARK else cell


def written(cell: Cell) -> str:
    """Return the text of a cell."""
    if cell is None:
        return ""
    return inert(cell) if isinstance(cell, str) else repr(cell)


def restored(untrusted_cell: str) -> str:
    """Return the cell as it was before ``inert``."""
    return untrusted_cell[1:] if untrusted_cell[:1] == _MARK else untrusted_cell


def table_bytes(
    head: Sequence[Cell], rows: Iterable[Sequence[Cell]], *, bom: bool = False, separator: str = ","
) -> bytes:
    """Return a CSV file in UTF-8, every text inert, lines ended as RFC 4180 says; ``bom``: for Excel."""
    out = io.BytesIO()  # a text in memory would take four bytes a character
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    text.write(BOM if bom else "")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow([written(cell) for cell in head])
    writer.writerows([written(cell) for cell in row] for row in rows)
    text.flush()
    return out.getvalue()


def rows_in(untrusted: bytes, *, separator: str = ",") -> list[list[str]]:
    """Return the rows of such a file as they were written, the head first.

    Raises:
        UnicodeDecodeError: it is not UTF-8. csv.Error: it is no CSV.
    """
    text = untrusted.decode("utf-8-sig")
    found = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return [[restored(cell) for cell in row] for row in found]
