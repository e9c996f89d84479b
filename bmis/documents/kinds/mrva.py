"""MRV-A: full-page visas, two lines of 44 (ICAO Doc 9303-7, 4.2.2). They have no composite check digit."""

from collections.abc import Sequence

from bmis.documents.mrz_layout import Layout, Span


def _is_visa(lines: Sequence[str]) -> bool:
    return lines[0].startswith("V")


LAYOUT = Layout(
    kind="MRVA",
    source="ICAO Doc 9303-7 (8th ed.) 4.2.2; of a long number only the nine principal characters are printed (note j)",
    line_count=2,
    line_length=44,
    first_letters="V",
    document_code=Span(0, 0, 2),
    issuing_state=Span(0, 2, 5),
    name=Span(0, 5, 44),
    number=Span(1, 0, 9),
    number_check=Span(1, 9, 10),
    nationality=Span(1, 10, 13),
    birth_date=Span(1, 13, 19),
    birth_date_check=Span(1, 19, 20),
    sex=Span(1, 20, 21),
    expiry_date=Span(1, 21, 27),
    expiry_date_check=Span(1, 27, 28),
    optional_data=Span(1, 28, 44),
    rank=1,
    claims=_is_visa,
)
