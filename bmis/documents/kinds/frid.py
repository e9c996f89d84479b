"""FRID: the French identity card of 1988 to 2021, two lines of 36 with a grammar of its own, older than Doc 9303-6.

Line 1: ID, FRA, 25 cells of surname, six of the issuing office. Line 2: twelve of number (year and month of issue,
office, serial), its check digit, 14 of given names, birth date, its check digit, sex, one digit over everything.
No expiry and no nationality are printed; only French nationals hold it.
"""

from collections.abc import Sequence

from bmis.documents.check_digit import check_digit, is_mrz_character
from bmis.documents.mrz_layout import Layout, Span


def _proved(lines: Sequence[str], covered: Span, check: Span) -> bool:
    text = covered.of(lines)
    return all(map(is_mrz_character, text)) and check.of(lines) == str(check_digit(text))


_NUMBER, _BIRTH = (Span(1, 0, 12), Span(1, 12, 13)), (Span(1, 27, 33), Span(1, 33, 34))
_TD2 = tuple(
    (Span(1, start, start + length), Span(1, start + length, start + length + 1))
    for start, length in ((0, 9), (13, 6), (21, 6))
)


def _is_french_card(lines: Sequence[str]) -> bool:
    """Whether it begins IDFRA, or ID and only the card's own digits say so: its State is then misprinted or misread.

    A TD2 that begins so would be told by its own check digits: number, birth and expiry.
    """
    if not lines[0].startswith("ID"):
        return False
    as_frid = sum(_proved(lines, *pair) for pair in (_NUMBER, _BIRTH))
    as_td2 = sum(_proved(lines, *pair) for pair in _TD2)
    if lines[0].startswith("IDFRA"):
        return as_frid == 2 or as_td2 < len(_TD2)
    whole = "".join((lines[0], lines[1][:35]))
    as_frid += all(map(is_mrz_character, whole)) and lines[1][35:] == str(check_digit(whole))
    return as_frid >= 2 and as_frid > as_td2


LAYOUT = Layout(
    kind="FRID",
    source="Decree 55-1397 as in force for cards of 1988 to 2021 (published specimen BERTHIER CORINNE)",
    line_count=2,
    line_length=36,
    first_letters="I",
    document_code=Span(0, 0, 2),
    issuing_state=Span(0, 2, 5),
    name=Span(0, 5, 30),
    optional_data=Span(0, 30, 36),
    number=Span(1, 0, 12),
    number_check=Span(1, 12, 13),
    given_names=Span(1, 13, 27),
    nationality_of_all="FRA",
    birth_date=Span(1, 27, 33),
    birth_date_check=Span(1, 33, 34),
    sex=Span(1, 34, 35),
    composite=(Span(0, 0, 36), Span(1, 0, 35)),
    composite_check=Span(1, 35, 36),
    rank=1,
    claims=_is_french_card,
)
