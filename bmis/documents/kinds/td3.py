"""TD3: passport books, two lines of 44 (ICAO Doc 9303-4, 4.2.2)."""

from bmis.documents.mrz_layout import Layout, Span

LAYOUT = Layout(
    kind="TD3",
    source="ICAO Doc 9303-4 (8th ed.) 4.2.2",
    line_count=2,
    line_length=44,
    first_letters="P",
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
    optional_data=Span(1, 28, 42),
    optional_data_check=Span(1, 42, 43),
    composite=(Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 43)),
    composite_check=Span(1, 43, 44),
)
