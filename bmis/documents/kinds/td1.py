"""TD1: cards of the size of a bank card, three lines of 30 (ICAO Doc 9303-5, 4.2.2)."""

from bmis.documents.mrz_layout import Layout, Span

LAYOUT = Layout(
    kind="TD1",
    source="ICAO Doc 9303-5 (8th ed.) 4.2.2, note j for long numbers",
    line_count=3,
    line_length=30,
    first_letters="ACI",
    document_code=Span(0, 0, 2),
    issuing_state=Span(0, 2, 5),
    number=Span(0, 5, 14),
    number_check=Span(0, 14, 15),
    optional_data=Span(0, 15, 30),
    number_overflow=Span(0, 15, 30),
    birth_date=Span(1, 0, 6),
    birth_date_check=Span(1, 6, 7),
    sex=Span(1, 7, 8),
    expiry_date=Span(1, 8, 14),
    expiry_date_check=Span(1, 14, 15),
    nationality=Span(1, 15, 18),
    optional_data_2=Span(1, 18, 29),
    composite=(Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)),
    composite_check=Span(1, 29, 30),
    name=Span(2, 0, 30),
)
