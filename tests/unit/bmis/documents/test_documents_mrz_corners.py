"""Corners of the grammar, one test each, with the source that it comes from. All holders are specimens or made up."""

from datetime import date

import pytest

from bmis.documents.compose import compose, name_field
from bmis.documents.dates import PartialDate
from bmis.documents.document_kinds import kind_for_mrz
from bmis.documents.errors import NotAnMrzError
from bmis.documents.kinds import layout
from bmis.documents.mrz import MrzFields, clean_typed, parse
from bmis.documents.mrz_checks import CheckResult
from bmis.documents.names.transliteration import agrees, mrz_form
from bmis.documents.states import iso3, state

TODAY = date(2026, 11, 22)
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
BORN, UNTIL = PartialDate(1974, 8, 12), PartialDate(2032, 4, 15)


def read(*lines, today=TODAY):
    return parse(lines, today=today)


def made(kind, **given):
    fields = {
        "document_code": "I", "issuing_state": "UTO", "number": "D23145890", "surname": "ERIKSSON",
        "given_names": "ANNA MARIA", "nationality": "UTO", "birth_date": BORN, "sex": "F", "expiry_date": UNTIL,
    } | given  # fmt: skip
    return parse(compose(kind, MrzFields(**fields)), today=TODAY)


# Long numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "number"),
    [
        # PRADO BEL-BO-03003 and issue 4 of Arg0s1080/mrz: Belgium computes the digit over the filler as well.
        ("IDBEL000590240<6013<<<<<<<<<<<", "000590240601"),
        # PRADO BEL-BO-11005: a later Belgian card, computed without it.
        ("IDBEL600001795<0152<<<<<<<<<<<", "600001795015"),
        # PRADO PRT-BO-04001: Portugal, where both ways give the same digit.
        ("I<PRT007666667<ZZ00<<<<<<<<<<<", "007666667ZZ0"),
        # ICAO Doc 9303-11 (8th ed.) appendix D: the digit is 9 either way.
        ("I<UTOD23145890<7349<<<<<<<<<<<", "D23145890734"),
    ],
)
def test_the_digit_of_a_long_card_number_holds_with_and_without_the_filler(first, number):
    parsed = read(first, "9502286F3001064BEL<<<<<<<<<<<8", "SPECIMEN<<SPECIMEN<<<<<<<<<<<<")
    assert parsed.fields.number == number
    assert parsed.checks["number"] is CheckResult.OK


def test_a_belgian_card_of_twelve_digits_keeps_the_national_register_number_apart():
    """Published Belgian specimen of 2018 (issue 41 of Arg0s1080/mrz)."""
    parsed = read("IDBEL000590696<1015<<<<<<<<<<<", "9401013F2710017BEL000101123453", "SPECIMEN<<SPECIMEN<<<<<<<<<<<<")
    assert parsed.fields.number == "000590696101"
    assert parsed.fields.optional_data is None
    assert parsed.fields.optional_data_2 == "00010112345"
    assert parsed.all_checks_ok


def test_the_number_of_the_larger_card_goes_on_in_its_seven_optional_cells():
    """ICAO Doc 9303-6 (8th ed.) 4.2.2 note j."""
    parsed = made("TD2", number="D23145890" + "7345")
    assert (parsed.fields.number, parsed.fields.optional_data) == ("D231458907345", None)
    assert parsed.lines[1][9] == "<"
    assert parsed.all_checks_ok


def test_a_cell_after_a_long_number_that_is_no_digit_fails_and_stays_as_printed():
    """Issue 33 of ZsBT/mrz-java: what follows the digit must be a filler or it is taken for part of the number."""
    parsed = read("I<UTOD23145890<7349X<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
    assert parsed.checks["number"] is CheckResult.FAIL
    assert parsed.fields.number == "D231458907349"


# Germany, Switzerland, the United States, France, Mozambique --------------------------------------------------


def test_the_german_card_in_bank_card_size_says_d_and_leaves_the_sex_out():
    """Published German specimen of 2010: the card has no sex, so a filler stands there (9303-3, 4.1.1.1)."""
    parsed = read("IDD<<T220001293<<<<<<<<<<<<<<<", "6408125<2010315D<<<<<<<<<<<<<4", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<")
    assert (parsed.fields.issuing_state, parsed.fields.nationality, parsed.fields.sex) == ("D", "D", "X")
    assert iso3(parsed.fields.nationality) == "DEU"
    assert parsed.all_checks_ok
    kind = kind_for_mrz(parsed)
    assert kind is not None
    assert kind.code == "national_identity_card"


def test_the_older_german_card_of_two_lines_says_d_too():
    """Published German specimen of 1987 to 2010: the number is four digits of office and five of series."""
    parsed = read("IDD<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<", "1220001297D<<6408125<1110078<<<<<<<4")
    assert parsed.kind == "TD2"
    assert (parsed.fields.issuing_state, parsed.fields.nationality) == ("D", "D")
    assert parsed.fields.number == "122000129"
    assert parsed.checks["number"] is CheckResult.OK


def test_a_swiss_card_number_has_a_letter_and_seven_digits_with_a_filler_after():
    """Made-up card in the tests of cheminfo/mrz; format: adi.kousz.ch/artikel/IDCHE.htm (archived 2010)."""
    parsed = read("IDCHEA1234567<6<<<<<<<<<<<<<<<", "7510256M2009018CHE<<<<<<<<<<<8", "SMITH<<JOHN<ALBERT<<<<<<<<<<<<")
    assert parsed.fields.number == "A1234567"
    assert parsed.all_checks_ok


def test_a_swiss_passport_is_coded_pa_or_pm_and_its_number_may_alternate_letters_and_digits():
    """Wikipedia, Swiss passport: PA without a chip, PM with one; X1234567, since 2022 letters among the digits.

    PM is a military passport elsewhere (ICAO Doc 9303-4, 4.4).
    """
    for code, number in (("PA", "C1234567"), ("PM", "S0A00A00")):
        parsed = made("TD3", document_code=code, issuing_state="CHE", nationality="CHE", number=number)
        assert (parsed.fields.document_code, parsed.fields.number) == (code, number)
        assert parsed.all_checks_ok
        kind = kind_for_mrz(parsed)
        assert kind is not None
        assert kind.code == "passport"


@pytest.mark.parametrize("code", ["C1", "C2"])
def test_an_older_us_residence_card_has_a_digit_in_its_code_and_the_case_number_behind(code):
    """liquisearch.com and immihelp.com on reading a green card: alien number, digit, number of the case."""
    parsed = made(
        "TD1", document_code=code, issuing_state="USA", number="000000000", optional_data="SRC0000000001",
        nationality="MEX", given_names="ANNA MARIA J M",
    )  # fmt: skip
    assert parsed.fields.document_code == code
    assert parsed.fields.optional_data == "SRC0000000001"
    assert parsed.fields.given_names == "ANNA MARIA J M"  # the last two: initials of father and mother
    assert parsed.notes == ()
    kind = kind_for_mrz(parsed)
    assert kind is not None
    assert kind.code == "foreign_residence_card"


def test_a_us_passport_card_is_an_identity_card_of_its_nationals():
    """ICAO Doc 9303-5 (8th ed.) 4.2.2.2: IP is a passport card; it crosses land borders of North America only."""
    parsed = made("TD1", document_code="IP", issuing_state="USA", nationality="USA", number="C03005988")
    assert parsed.fields.document_code == "IP"
    assert parsed.all_checks_ok
    kind = kind_for_mrz(parsed)
    assert kind is not None
    assert kind.code == "national_identity_card"


def test_a_us_border_crossing_card_is_a_visa_in_the_size_of_a_bank_card():
    """It is a B1/B2 visa on a card (liquisearch.com, border crossing card): a V in front of three lines of 30."""
    parsed = made("TD1", document_code="VB", issuing_state="USA", nationality="MEX")
    assert parsed.kind == "TD1"
    assert parsed.all_checks_ok
    assert "document_code_unexpected" in parsed.notes
    kind = kind_for_mrz(parsed)
    assert kind is not None
    assert kind.code == "visa"


def test_the_old_french_card_names_its_department_in_the_number_and_its_office_in_the_first_line():
    """Tests of cheminfo/mrz (card of a consulate, GVA); table at liquisearch.com, National Identity Card (France)."""
    parsed = read("IDFRATEST<NAME<<<<<<<<<<<<<<<<0CHE02", "1710GVA123451ROBERTA<<<<<<<9112311F2")
    assert parsed.kind == "FRID"
    assert parsed.fields.number == "1710GVA12345"  # issued in October 2017, by GVA
    assert parsed.fields.optional_data == "0CHE02"
    assert parsed.fields.surname == "TEST NAME"
    assert {name: result.value for name, result in parsed.checks.items()} == {
        "number": "ok", "birth_date": "ok", "expiry_date": "absent", "optional_data": "absent", "composite": "ok",
    }  # fmt: skip


def test_given_names_of_the_old_french_card_are_parted_by_two_fillers_and_cut_at_fourteen():
    """dcode.fr/french-id-card: 14 cells, two fillers between names; a comma of the page is not printed."""
    lines = compose(
        "FRID", MrzFields("ID", "FRA", "880692310285", "BERTHIER", "CORINNE ANNE MARIE", None, BORN, "F", None)
    )
    assert lines[1][13:27] == "CORINNE<<ANNE<"
    parsed = parse(lines, today=TODAY)
    assert (parsed.fields.surname, parsed.fields.given_names) == ("BERTHIER", "CORINNE ANNE")
    assert mrz_form("Corinne, Anne") == "CORINNE ANNE"
    full = parse(
        compose("FRID", MrzFields("ID", "FRA", "880692310285", "A" * 25, "JEANPIERREANDRE", None, BORN, "M", None)),
        today=TODAY,
    )
    assert full.name_may_be_truncated
    assert full.all_checks_ok


def test_a_mozambican_identity_card_has_the_bi_number_behind_the_number_of_the_card():
    """Layout as in public tests of readers: IDMOZ, two letters, seven digits; the BI number has 12 and a letter."""
    parsed = made(
        "TD1", document_code="ID", issuing_state="MOZ", nationality="MOZ", number="AA0000000",
        optional_data="110100000000A", surname="SPECIMEN", given_names="ANA MARIA",
    )  # fmt: skip
    assert parsed.lines[0] == "IDMOZAA00000000110100000000A<<"
    assert parsed.fields.optional_data == "110100000000A"
    assert parsed.all_checks_ok
    kind = kind_for_mrz(parsed)
    assert kind is not None
    assert kind.code == "identity_card_moz"


def test_a_mozambican_passport_has_the_identity_number_in_its_optional_data():
    """Thirteen characters of fourteen: 12 digits and a letter (identity number of Law 6/2022), then its digit."""
    parsed = made(
        "TD3", document_code="P", issuing_state="MOZ", nationality="MOZ", number="AB0000000",
        optional_data="110100000000A", surname="SPECIMEN", given_names="ANA MARIA",
    )  # fmt: skip
    assert parsed.fields.optional_data == "110100000000A"
    assert parsed.lines[1][41] == "<"
    assert parsed.checks["optional_data"] is CheckResult.OK
    wrong = parsed.lines[1].replace("110100000000A", "110100000000B")
    assert read(parsed.lines[0], wrong).checks["optional_data"] is CheckResult.FAIL


def test_a_mozambican_card_for_life_has_no_date_of_expiry():
    """pmaputo.gov.mz, Registo Civil: the card is for life when issued after the age of fifty; fillers mean no date."""
    parsed = made("TD1", document_code="ID", issuing_state="MOZ", nationality="MOZ", expiry_date=None)
    assert parsed.fields.expiry_date is None
    assert parsed.lines[1][8:15] == "<<<<<<0"
    assert parsed.all_checks_ok
    with_filler = (parsed.lines[0], parsed.lines[1].replace("<<<<<<0", "<<<<<<<"), parsed.lines[2])
    assert read(*with_filler).checks["expiry_date"] is CheckResult.ABSENT


@pytest.mark.parametrize(
    ("issuer", "nationality", "kind"),
    [("ZAF", "ZAF", "national_identity_card"), ("MWI", "MWI", "national_identity_card"), ("MOZ", "MWI", "dire")],
)
def test_cards_of_the_neighbours_and_of_residents_are_told_by_issuer_and_nationality(issuer, nationality, kind):
    """ICAO Doc 9303-5 (8th ed.) 4.2.2; the layout is the same, the kind of document follows the two States."""
    found = kind_for_mrz(made("TD1", issuing_state=issuer, nationality=nationality))
    assert found is not None
    assert found.code == kind


# Check digits of what is empty, dates, sex ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digit", "result"), [("0", CheckResult.OK), ("<", CheckResult.ABSENT), ("7", CheckResult.FAIL)]
)
def test_the_digit_of_an_empty_personal_number_is_zero_or_a_filler(digit, result):
    """ICAO Doc 9303-4 (8th ed.) 4.2.2.2: "may be 0 or <"; the zone of issue 34 of Arg0s1080/mrz."""
    line = "980XG47<<9GBR8501019F2612281<<<<<<<<<<<<<<" + digit + "6"
    parsed = read("P<GBRSPECIMEN<<SARAH<<<<<<<<<<<<<<<<<<<<<<<<", line)
    assert parsed.checks["optional_data"] is result
    assert parsed.fields.optional_data is None


@pytest.mark.parametrize(
    ("cells", "born", "note"),
    [
        ("74<<<<", "1974", None),
        ("7408<<", "1974-08", None),
        ("<<<<<<", None, None),
        ("740800", "1974-08", "birth_zero_for_unknown"),
        ("74XXXX", "1974", "birth_xx_for_unknown"),
        ("7408XX", "1974-08", "birth_xx_for_unknown"),
        ("XX0812", None, "birth_year_unknown"),
        ("74<<12", "1974", "birth_day_without_month"),
        ("7408<2", None, "birth_date_unreadable"),
    ],
)
def test_unknown_parts_of_a_birth_date_are_fillers_and_their_forms_of_the_page_are_reported(cells, born, note):
    """ICAO Doc 9303-3 (8th ed.) 4.8: fillers in the zone, XX on the page. 00 and XX in the zone are met."""
    parsed = read(TD3[0], TD3[1][:13] + cells + TD3[1][19:])
    assert (str(parsed.fields.birth_date) if parsed.fields.birth_date else None) == born
    assert [found for found in parsed.notes if found.startswith("birth")] == ([note] if note else [])


@pytest.mark.parametrize(
    ("today", "born", "reason"),
    [
        (date(2026, 11, 22), "1931-05-07", "birth_not_in_future"),
        (date(2031, 5, 6), "1931-05-07", "birth_not_in_future"),
        (date(2031, 5, 7), "2031-05-07", "younger_of_two"),
    ],
)
def test_someone_born_in_31_with_a_passport_until_2032_is_old_until_the_day_a_child_could_be_born(today, born, reason):
    """ICAO Doc 9303-3 (8th ed.) 4.8 leaves the century open: it is chosen by the day of the control."""
    parsed = read(TD3[0], "L898902C36UTO3105077F3204155ZE184226B<<<<<10", today=today)
    assert str(parsed.fields.birth_date) == born
    assert str(parsed.fields.expiry_date) == "2032-04-15"
    assert parsed.century_reason == reason


@pytest.mark.parametrize(
    ("cell", "sex", "note"),
    [("<", "X", None), ("X", "X", "sex_printed_x"), ("H", None, "sex_unreadable"), ("0", None, "sex_unreadable")],
)
def test_a_sex_not_given_is_a_filler_and_other_letters_are_reported(cell, sex, note):
    """ICAO Doc 9303-4 (8th ed.) 4.2.2.2: F, M or a filler in the zone; X stands on the page. H is no sex in a zone."""
    parsed = read(TD3[0], TD3[1][:20] + cell + TD3[1][21:])
    assert parsed.fields.sex == sex
    assert [found for found in parsed.notes if found.startswith("sex")] == ([note] if note else [])
    assert parsed.all_checks_ok  # no digit covers it


# Names ----------------------------------------------------------------------------------------------------------


def test_lines_without_any_filler_are_read_and_a_swipe_in_one_line_is_cut():
    """A name and a personal number that fill their fields; ICAO Doc 9303-4 (8th ed.) 4.2.3."""
    parsed = made(
        "TD3", document_code="PP", surname="A" * 39, given_names=None, number="L898902C3", optional_data="1" * 14
    )
    assert "<" not in "".join(parsed.lines)
    assert parsed.all_checks_ok
    assert parsed.fields.surname == "A" * 39
    assert set(parsed.notes) == {"name_may_be_truncated", "no_given_names"}
    assert clean_typed("".join(parsed.lines)) == parsed.lines


def test_a_person_with_one_name_has_no_two_fillers():
    """ICAO Doc 9303-4 (8th ed.) 4.2.3 (ARKFREITH); issue 1 of Arg0s1080/mrz."""
    parsed = made("TD3", document_code="P", surname="ARKFREITH", given_names=None)
    assert (parsed.fields.surname, parsed.fields.given_names) == ("ARKFREITH", None)
    assert parsed.notes == ("no_given_names",)


def test_a_passport_that_leaves_the_surname_empty_keeps_the_given_names():
    """Issue 9 of cheminfo/mrz and issue 42 of Arg0s1080/mrz: Indian passports of people with given names only."""
    parsed = read("P<IND<<ANITA<KUMARI<<<<<<<<<<<<<<<<<<<<<<<<<", TD3[1])
    assert (parsed.fields.surname, parsed.fields.given_names) == (None, "ANITA KUMARI")
    assert "name_starts_with_filler" in parsed.notes


def test_four_names_stay_on_their_side_of_the_two_fillers():
    """ICAO Doc 9303-3 (8th ed.) 4.6: one filler within an identifier, two between them; usual in Mozambique."""
    parsed = read("P<MOZMACHAVA<DOS<SANTOS<<ANA<MARIA<DA<GRACA<", TD3[1])
    assert parsed.fields.surname == "MACHAVA DOS SANTOS"
    assert parsed.fields.given_names == "ANA MARIA DA GRACA"
    assert not parsed.name_may_be_truncated


@pytest.mark.parametrize(("kind", "room"), [("TD3", 39), ("MRVA", 39), ("TD2", 31), ("MRVB", 31), ("TD1", 30)])
def test_a_name_too_long_is_cut_at_the_end_of_its_field_and_reported(kind, room):
    """ICAO Doc 9303-4 to 9303-7 (8th ed.), truncation of names: a letter in the last cell may mean a cut."""
    assert len(layout(kind).name) == room
    surname, given = "BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO POTOROO"
    parsed = made(kind, document_code="P" if kind == "TD3" else "V" if kind[0] == "M" else "I", surname=surname,
                  given_names=given)  # fmt: skip
    field = layout(kind).name.of(parsed.lines)
    assert field[-1] != "<"
    assert parsed.name_may_be_truncated
    assert "name_may_be_truncated" in parsed.notes
    assert field == name_field(surname, given, room)
    assert agrees(f"{surname}, {given}", field, room)
    exact = "A" * (room - 4)
    whole = made(kind, document_code=parsed.fields.document_code, surname=exact, given_names="B")
    assert not whole.name_may_be_truncated  # one cell is left: nothing was cut


@pytest.mark.parametrize(
    ("page", "zone"),
    [
        ("Müller", "MUELLER"), ("Jürgen", "JUERGEN"), ("Schäfer", "SCHAEFER"), ("Größe", "GROESSE"),
        ("Muñoz", "MUNOZ"), ("Åse", "AASE"), ("Þórr", "THORR"), ("Æbleø", "AEBLEOE"), ("Conceição", "CONCEICAO"),
        ("D'Ávila", "DAVILA"), ("O’Connor", "OCONNOR"), ("Nampula-Beira", "NAMPULA BEIRA"),
        ("dos Santos", "DOS SANTOS"),
    ],
)  # fmt: skip
def test_letters_apostrophes_and_hyphens_are_written_as_the_table_says(page, zone):
    """ICAO Doc 9303-3 (8th ed.) 4.6 and section 6 A."""
    assert mrz_form(page) == zone
    assert agrees(f"{page}, Ana", f"{zone.replace(' ', '<')}<<ANA", 39)


@pytest.mark.parametrize("zone", ["MUNXXOZ", "MUNOZ"])
def test_both_forms_of_an_n_with_tilde_agree_with_the_page(zone):
    """ICAO Doc 9303-3 (8th ed.) section 6 A: Ñ is N or NXX."""
    assert agrees("Muñoz, Ana", f"{zone}<<ANA", 39)


def test_a_digit_in_a_name_is_reported_as_printed():
    """Russian zones write 3 for Ч (Wikipedia, machine-readable passport); more often it is a misread letter."""
    parsed = read("P<RUSPU3KOV<<IVAN<<<<<<<<<<<<<<<<<<<<<<<<<<<", TD3[1])
    assert parsed.fields.surname == "PU3KOV"
    assert "digit_in_name" in parsed.notes


# States -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "statistics"),
    [
        ("GBD", "GBR"), ("GBN", "GBR"), ("GBO", "GBR"), ("GBP", "GBR"), ("GBS", "GBR"), ("RKS", "XKX"), ("D", "DEU"),
        *((code, None) for code in ("UNO", "UNA", "UNK", "EUE", "XOM", "XPO", "XDC")),
        *((code, None) for code in ("XXA", "XXB", "XXC", "XXX", "UTO")),
    ],
)  # fmt: skip
def test_every_code_that_is_no_iso_code_is_kept_as_printed_and_known(code, statistics):
    """ICAO Doc 9303-3 (8th ed.) section 5, parts A to G."""
    parsed = made("TD3", document_code="P", nationality=code)
    assert parsed.fields.nationality == code
    assert iso3(code) == statistics
    assert state(code.ljust(3, "<")) is not None
    assert parsed.notes == ()


@pytest.mark.parametrize(("line", "column", "printed"), [(0, 4, "0"), (1, 12, "0"), (1, 10, "8")])
def test_a_digit_in_the_code_of_a_state_is_reported_and_no_state_is_guessed(line, column, printed):
    """No code of ICAO Doc 9303-3 (8th ed.) section 5 has a digit: 0 for O and 8 for B are misread or misprinted."""
    lines = list(TD3)
    lines[line] = lines[line][:column] + printed + lines[line][column + 1 :]
    parsed = read(*lines)
    assert "digit_in_state" in parsed.notes
    assert parsed.lines == tuple(lines)
    assert iso3(parsed.fields.issuing_state if line == 0 else parsed.fields.nationality) is None


# Typed text -------------------------------------------------------------------------------------------------------


def test_typed_text_is_cleaned_but_an_o_typed_for_a_zero_is_kept_and_fails():
    """Nothing is repaired: the officer sees the failing digit and looks (own rule)."""
    typed = "p<utoeriksson«anna‹maria «««««««««\nL8989O2C36uto 740812 2f1204159ZE184226B<<<<<10"
    lines = clean_typed(typed)
    assert lines[0] == TD3[0][: len(lines[0])]
    assert lines[1] == TD3[1].replace("8902C", "89O2C")
    parsed = read(TD3[0], lines[1])
    assert parsed.fields.number == "L8989O2C3"
    assert parsed.checks["number"] is CheckResult.FAIL


def test_prose_of_the_shape_of_a_zone_is_none():
    """Own rule: shape alone is no proof."""
    with pytest.raises(NotAnMrzError):
        read("REPUBLICADEMOCAMBIQUEPOSTODETRAVESSIADEZOBUE", "REPUBLICADEMOCAMBIQUEPOSTODETRAVESSIADEZOBUE")
