"""TD2: larger cards, two lines of 36 (ICAO Doc 9303-6, 4.2.2). Some States also print small passports so."""

from bmis.documents.mrz_layout import Layout, Span

LAYOUT = Layout(
    kind="TD2",
    source="ICAO Doc 9303-6 (8th ed.) 4.2.2, note j for long numbers",
    line_count=2,
    line_length=36,
    first_letters="ACIP",
    document_code=Span(0, 0, 2),
    issuing_state=Span(0, 2, 5),
    name=Span(0, 5, 36),
    number=Span(1, 0, 9),
    number_check=Span(1, 9, 10),
    nationality=Span(1, 10, 13),
    birth_date=Span(1, 13, 19),
    birth_date_check=Span(1, 19, 20),
    sex=Span(1, 20, 21),
    expiry_date=Span(1, 21, 27),
    expiry_date_check=Span(1, 27, 28),
    optional_data=Span(1, 28, 35),
    number_overflow=Span(1, 28, 35),
    composite=(Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 35)),
    composite_check=Span(1, 35, 36),
)
