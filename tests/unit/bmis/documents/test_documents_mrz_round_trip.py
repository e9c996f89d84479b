"""Whatever fields a document has, its lines say them back; and check digits land while they are typed."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bmis.documents.compose import compose, name_field
from bmis.documents.dates import PartialDate
from bmis.documents.errors import MrzCharacterError, MrzFieldTooLongError
from bmis.documents.kinds import layout, layouts
from bmis.documents.mrz import MrzFields, parse
from bmis.documents.mrz_checks import CheckResult
from bmis.documents.mrz_typing import check_partial

TODAY = date(2026, 11, 22)
CODES = {"TD1": "I", "TD2": "I", "TD3": "P", "MRVA": "V", "MRVB": "V", "FRID": "ID"}
WORD = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=6)
NAME = st.lists(WORD, min_size=1, max_size=2).map(" ".join)
ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def partial(day, parts):
    return PartialDate(day.year, day.month if parts > 0 else None, day.day if parts > 1 else None)


@st.composite
def documents(draw):
    kind = draw(st.sampled_from(sorted(CODES)))
    shape = layout(kind)
    french = kind == "FRID"
    longest = len(shape.number) + (4 if shape.number_overflow else 0)
    number = draw(st.text(ALNUM, min_size=1, max_size=longest))
    overflow = len(number) - len(shape.number)
    room = len(shape.optional_data) - (overflow + 2 if overflow > 0 else 0)
    given = draw(st.lists(WORD, min_size=1, max_size=1 if french else 2).map(" ".join))
    return kind, MrzFields(
        document_code=CODES[kind],
        issuing_state="FRA" if french else draw(st.sampled_from(["UTO", "D", "GBR", "MOZ"])),
        number=number,
        surname=draw(NAME),
        given_names=given,
        nationality=None if french else draw(st.sampled_from(["UTO", "D", "GBD", "XXB"])),
        birth_date=partial(draw(st.dates(date(1927, 1, 1), date(2005, 12, 31))), draw(st.integers(0, 2))),
        sex=draw(st.sampled_from("FMX")),
        expiry_date=None if french else PartialDate.of(draw(st.dates(date(2006, 1, 1), date(2076, 1, 1)))),
        optional_data=draw(st.text(ALNUM, max_size=room)) or None,
        optional_data_2=(draw(st.text(ALNUM, max_size=11)) or None) if shape.optional_data_2 else None,
    )


@given(documents())
def test_what_is_composed_is_read_back_and_every_digit_holds(document):
    kind, fields = document
    lines = compose(kind, fields)
    parsed = parse(lines, today=TODAY)
    assert parsed.kind == kind
    assert parsed.fields == fields
    assert parsed.all_checks_ok
    assert parsed.checks["number"] is CheckResult.OK


@given(documents(), st.data())
def test_one_misread_digit_of_a_number_or_date_never_passes(document, data):
    kind, fields = document
    lines = compose(kind, fields)
    shape = layout(kind)
    span = data.draw(st.sampled_from([span for span in (shape.number, shape.birth_date, shape.expiry_date) if span]))
    at = data.draw(st.integers(span.start, span.end - 1))
    old = lines[span.line][at]
    assume(old.isdigit())
    new = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != old))
    spoiled = list(lines)
    spoiled[span.line] = spoiled[span.line][:at] + new + spoiled[span.line][at + 1 :]
    assert not parse(spoiled, today=TODAY).all_checks_ok


@given(documents())
def test_while_typing_no_digit_fails_and_at_the_end_all_have_landed(document):
    kind, fields = document
    lines = compose(kind, fields)
    text = "\n".join(lines)
    for end in range(1, len(text) + 1):
        state = check_partial(text[:end].split("\n"))
        assert state.wrong == ()
        if state.kind == kind:
            assert "fail" not in {check.value for check in state.checks.values()}
    assert state.complete
    assert state.kind == kind
    assert {name: check.value for name, check in state.checks.items()} == {
        name: result.value for name, result in parse(lines, today=TODAY).checks.items()
    }


def test_a_wrong_digit_fails_the_moment_it_is_typed():
    first = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    assert check_partial([first]).kind == "TD3"
    assert check_partial([first, "L898902C3"]).checks["number"] == "pending"
    assert check_partial([first, "L898902C36"]).checks["number"] == "ok"
    assert check_partial([first, "L898902C35"]).checks["number"] == "fail"
    assert check_partial([first, "L898902C3 "]).wrong == ((1, 9),)
    assert check_partial([]).kind is None


@given(NAME, st.lists(WORD, min_size=0, max_size=30).map(" ".join), st.sampled_from([30, 31, 39]))
def test_a_name_too_long_fills_its_field_and_ends_in_a_letter(surname, given_names, limit):
    field = name_field(surname, given_names, limit)
    assert len(field) == limit
    whole = "<".join(surname.split()) + ("<<" + "<".join(given_names.split()) if given_names else "")
    if len(whole) <= limit:
        assert field.rstrip("<") == whole
    else:
        assert field.startswith(surname[0])
        assert "<<" in field


def test_what_does_not_fit_or_is_no_mrz_character_is_refused():
    fields = MrzFields("P", "UTO", "A" * 10, "A", "B", "UTO", None, "X", None)
    with pytest.raises(MrzFieldTooLongError):
        compose("TD3", fields)
    with pytest.raises(MrzCharacterError):
        compose("TD3", MrzFields("P", "UTO", "A-1", "A", "B", "UTO", None, "X", None))


def test_every_kind_is_found_by_its_file_and_stays_inside_its_lines():
    assert {one.kind for one in layouts()} == set(CODES)
    for one in layouts():
        spans = [getattr(one, name) for name in one.__slots__ if type(getattr(one, name)).__name__ == "Span"]
        cells = [(span.line, at) for span in spans for at in range(span.start, span.end)]
        overlap = len(one.number_overflow) if one.number_overflow else 0
        assert len(cells) - overlap == len(set(cells)) == one.line_count * one.line_length
