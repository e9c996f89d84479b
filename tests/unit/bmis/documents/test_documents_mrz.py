"""The MRZ grammar, tried on published specimens.

Sources: ICAO Doc 9303 (8th ed.) parts 4, 5, 6 appendix B (ERIKSSON); part 7 appendix B (visas); part 11 appendix D.2
(STEVENSON, long numbers); PRADO BEL-BO-03003 and published Belgian specimens; BSI TR-03105 and published German
specimens (MUSTERMANN); the published French specimen (BERTHIER).
"""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.documents.dates import PartialDate
from bmis.documents.errors import MrzCharacterError, MrzLengthError, NotAnMrzError
from bmis.documents.mrz import clean_typed, parse
from bmis.documents.mrz_checks import CheckResult

TODAY = date(2026, 11, 22)
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
MRVA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
MRVB = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
FRID = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
ALL = {"TD3": TD3, "TD2": TD2, "TD1": TD1, "MRVA": MRVA, "MRVB": MRVB, "FRID": FRID}


def read(lines, today=TODAY):
    return parse(lines, today=today)


def results(parsed):
    return {name: result.value for name, result in parsed.checks.items()}


@pytest.mark.parametrize("kind", ALL)
def test_a_published_specimen_is_read_whole_and_no_digit_fails(kind):
    parsed = read(ALL[kind])
    assert parsed.kind == kind
    assert parsed.all_checks_ok
    assert parsed.checks["number"] is CheckResult.OK
    assert parsed.checks["birth_date"] is CheckResult.OK
    assert parsed.notes == ()


@pytest.mark.parametrize("kind", ["TD1", "TD2", "TD3"])
def test_anna_maria_eriksson_is_the_same_person_on_every_size(kind):
    fields = read(ALL[kind]).fields
    assert (fields.surname, fields.given_names, fields.sex) == ("ERIKSSON", "ANNA MARIA", "F")
    assert fields.birth_date == PartialDate(1974, 8, 12)
    assert fields.expiry_date == PartialDate(2012, 4, 15)
    assert (fields.issuing_state, fields.nationality) == ("UTO", "UTO")


def test_a_passport_keeps_its_personal_number_and_a_visa_has_no_composite_digit():
    assert read(TD3).fields.optional_data == "ZE184226B"
    assert read(MRVA).fields.optional_data == "6ZE184226B"
    assert results(read(MRVA))["composite"] == "absent"
    assert results(read(TD2))["optional_data"] == "absent"
    assert set(results(read(TD3)).values()) == {"ok"}


def test_the_old_french_card_follows_its_own_grammar():
    parsed = read(FRID)
    assert parsed.fields.number == "880692310285"
    assert (parsed.fields.surname, parsed.fields.given_names) == ("BERTHIER", "CORINNE")
    assert parsed.fields.birth_date == PartialDate(1965, 12, 6)
    assert parsed.fields.expiry_date is None
    assert parsed.fields.nationality is None
    assert results(parsed)["composite"] == "ok"
    assert results(parsed)["expiry_date"] == "absent"


def test_given_names_of_the_french_card_may_be_parted_by_two_fillers():
    lines = ("IDFRABERTHIER<D<ARDI<DE<LA<POC<<<<<<", "8806923102858CORINNE<<LO<<A6512068F6")
    fields = read(lines).fields
    assert (fields.surname, fields.given_names) == ("BERTHIER D ARDI DE LA POC", "CORINNE LO A")


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (
            ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"),
            "D23145890734",
        ),
        (("I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<", "D23145890<UTO3407127M95071227349<<<8"), "D23145890734"),
        # Belgium computes the digit over the filler too; both are met.
        (
            ("IDBEL000000387<2899<<<<<<<<<<<", "9502286F3001064BEL950228998741", "SPECIMEN<<SPECIMEN<<<<<<<<<<<<"),
            "000000387289",
        ),
        (
            ("IDBEL000590448<3016<<<<<<<<<<<", "8501019F1702035BEL850101002007", "LE<MEUNIER<<JENNIFER<ANNE<<<<<"),
            "000590448301",
        ),
    ],
)
def test_a_long_number_goes_on_in_the_optional_data(lines, number):
    parsed = read(lines)
    assert parsed.fields.number == number
    assert parsed.fields.optional_data is None
    assert parsed.checks["number"] is CheckResult.OK
    assert "number_continues_in_optional_data" in parsed.notes


def test_what_follows_a_long_number_is_optional_data_and_a_wrong_digit_is_seen():
    lines = ("I<UTOD23145890<7349<XYZ<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")
    assert read(lines).fields.optional_data == "XYZ"
    wrong = (lines[0].replace("7349", "7348"), *lines[1:])
    assert read(wrong).checks["number"] is CheckResult.FAIL
    assert read(wrong).fields.number == "D23145890734"


def test_a_filler_where_a_short_number_has_its_digit_fails():
    lines = ("I<UTOD2314589<<<<<<<<<<<<<<<<<", TD1[1], TD1[2])
    assert read(lines).checks["number"] is CheckResult.FAIL


def test_a_german_passport_is_reported_as_printed():
    parsed = read(("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4"))
    assert (parsed.fields.issuing_state, parsed.fields.nationality) == ("D", "D")
    assert results(parsed) == {
        "number": "ok", "birth_date": "ok", "expiry_date": "ok", "optional_data": "absent", "composite": "ok",
    }  # fmt: skip


def test_a_passport_printed_in_the_small_size_is_still_a_passport():
    parsed = read(("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<4"))
    assert parsed.kind == "TD2"
    assert parsed.all_checks_ok


@pytest.mark.parametrize("code", ["GBD", "GBN", "GBO", "GBP", "GBS", "XXA", "XXB", "XXC"])
def test_british_and_refugee_codes_stay_as_printed(code):
    parsed = read((TD3[0], TD3[1].replace("UTO", code)))
    assert parsed.fields.nationality == code
    assert parsed.all_checks_ok  # the nationality is under no digit


def test_a_digit_printed_wrong_is_flagged_and_nothing_is_repaired():
    wrong = (TD3[0], "L898902C37UTO7408122F1204159ZE184226B<<<<<10")
    parsed = read(wrong)
    assert parsed.lines == wrong
    assert parsed.fields.number == "L898902C3"
    assert parsed.checks["number"] is CheckResult.FAIL
    assert parsed.checks["composite"] is CheckResult.FAIL
    assert not parsed.all_checks_ok


def test_personal_number_with_a_filler_for_its_digit_fails():
    assert read((TD3[0], TD3[1][:42] + "<0")).checks["optional_data"] is CheckResult.FAIL


@pytest.mark.parametrize(
    ("cells", "born", "note"),
    [
        ("74<<<<", "1974", None),
        ("7408<<", "1974-08", None),
        ("<<<<<<", None, None),
        ("740000", "1974", "birth_zero_for_unknown"),
        ("741399", None, "birth_date_impossible"),
        ("74O812", None, "birth_date_unreadable"),
        ("<<0812", None, "birth_year_unknown"),
    ],
)
def test_unknown_parts_of_a_birth_date_stay_unknown(cells, born, note):
    parsed = read((TD3[0], TD3[1][:13] + cells + TD3[1][19:]))
    assert (str(parsed.fields.birth_date) if parsed.fields.birth_date else None) == born
    assert [found for found in parsed.notes if found.startswith("birth")] == ([note] if note else [])


@pytest.mark.parametrize(
    ("birth", "expiry", "born", "expires", "reason"),
    [
        ("310105", "320104", "1931-01-05", "2032-01-04", "birth_not_in_future"),
        ("261123", "301231", "1926-11-23", "2030-12-31", "birth_not_in_future"),
        ("261122", "301231", "2026-11-22", "2030-12-31", "younger_of_two"),
        ("200101", "940623", "1920-01-01", "1994-06-23", "birth_before_expiry"),
        ("050101", "301231", "2005-01-01", "2030-12-31", "earlier_is_older_than_anyone"),
        ("100101", "301231", "2010-01-01", "2030-12-31", "younger_of_two"),
        ("740812", "760101", "1974-08-12", "2076-01-01", "birth_not_in_future"),
        ("740812", "770101", "1974-08-12", "1977-01-01", "birth_not_in_future"),
        ("000229", "301231", "2000-02-29", "2030-12-31", "only_one_exists"),
    ],
)
def test_a_century_is_chosen_with_its_reason(birth, expiry, born, expires, reason):
    parsed = read((TD3[0], TD3[1][:13] + birth + TD3[1][19:21] + expiry + TD3[1][27:]))
    assert str(parsed.fields.birth_date) == born
    assert str(parsed.fields.expiry_date) == expires
    assert parsed.century_reason == reason


@pytest.mark.parametrize(
    ("name", "surname", "given", "note"),
    [
        ("ARKFREITH", "ARKFREITH", None, "no_given_names"),
        ("SATRIYA<SUDARPA", "SATRIYA SUDARPA", None, "no_given_names"),
        ("VAN<DER<MUELLEN<<MARTIN", "VAN DER MUELLEN", "MARTIN", None),
        (
            "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI",
            "BENNELONG WOOLOOMOOLOO WARRANDYTE W",
            "DI",
            "name_may_be_truncated",
        ),
        (
            "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR",
            "PAPANDROPOULOUS",
            "JONATHON WARREN TREVOR",
            "name_may_be_truncated",
        ),
        ("ER1KSSON<<ANNA", "ER1KSSON", "ANNA", "digit_in_name"),
        ("", None, None, "surname_missing"),
    ],
)  # the first five: ICAO Doc 9303-4 (8th ed.) 4.2.3
def test_names_are_parted_as_printed(name, surname, given, note):
    parsed = read(("P<UTO" + name.ljust(39, "<"), TD3[1]))
    assert (parsed.fields.surname, parsed.fields.given_names) == (surname, given)
    assert parsed.notes == ((note,) if note else ())
    assert parsed.name_may_be_truncated is (note == "name_may_be_truncated")


@pytest.mark.parametrize(("cell", "sex"), [("F", "F"), ("M", "M"), ("<", "X"), ("X", "X"), ("8", None)])
def test_a_sex_that_is_not_specified_is_x_and_an_unreadable_one_is_unknown(cell, sex):
    assert read((TD3[0], TD3[1][:20] + cell + TD3[1][21:])).fields.sex == sex


def test_a_wrong_character_names_its_line_and_place():
    with pytest.raises(MrzCharacterError) as caught:
        read((TD3[0], TD3[1][:5] + "\x00" + TD3[1][6:]))
    assert (caught.value.line, caught.value.position) == (1, 5)
    for hostile in ("\u202e", "p", " ", "٣", "İ"):
        with pytest.raises(MrzCharacterError):
            read((hostile + TD3[0][1:], TD3[1]))


@pytest.mark.parametrize("lines", [(), ("",), TD3[:1], (TD3[0], TD2[1]), (*TD3, TD3[1]), ("A" * 10_000_000,)])
def test_wrong_lengths_are_told_before_anything_is_read(lines):
    with pytest.raises(MrzLengthError):
        read(lines)


@pytest.mark.parametrize("lines", [("0" * 44, "0" * 44), ("PASSAPORTE" * 4 + "ABCD",) * 2, ("<" * 36, "<" * 36)])
def test_text_of_the_right_shape_is_not_taken_for_an_mrz(lines):
    with pytest.raises(NotAnMrzError):
        read(lines)


@pytest.mark.parametrize("kind", ALL)
def test_typed_text_is_cleaned_and_a_swipe_in_one_line_is_cut(kind):
    lines = ALL[kind]
    assert clean_typed("\n".join(lines).lower()) == lines
    assert clean_typed("".join(lines) + "\r\n") == lines
    assert clean_typed("\r\n \r\n".join(lines).replace("<<", "«")) == lines
    assert clean_typed(list(lines)) == lines


def test_typed_text_far_too_long_is_refused():
    with pytest.raises(MrzLengthError):
        clean_typed("<" * 5000)


@given(
    st.lists(st.text("ABCP<0123456789VI", min_size=30, max_size=44), min_size=1, max_size=4)
    | st.lists(st.text(), max_size=4)
    | st.sampled_from([(30, 3), (36, 2), (44, 2)]).flatmap(
        lambda shape: st.lists(
            st.text("PVICA<0123456789XF", min_size=shape[0], max_size=shape[0]), min_size=shape[1], max_size=shape[1]
        )
    ),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
)
def test_untrusted_text_gives_a_result_or_a_typed_error(lines, today):
    with suppress(MrzCharacterError, MrzLengthError, NotAnMrzError):
        parsed = parse(clean_typed(lines), today=today)
        assert parsed.fields.birth_date is None or not parsed.fields.birth_date.surely_after(today)
        assert all(result in CheckResult for result in parsed.checks.values())
