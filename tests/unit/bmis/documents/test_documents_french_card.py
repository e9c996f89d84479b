"""The old French identity card: what says that it is one, also where its State is misprinted."""

from datetime import date

import pytest

from bmis.documents.check_digit import check_digit
from bmis.documents.compose import compose
from bmis.documents.dates import PartialDate
from bmis.documents.kinds import layout
from bmis.documents.mrz import MrzFields, parse
from bmis.documents.mrz_checks import CheckResult

TODAY = date(2026, 11, 22)
CARD = ("IDFRABERTIN<SPECIMEN<<<<<<<<<<975001", "8806923102858CORINNE<<<<<<<6512068F7")


def of_state(state, *, computed=False):
    """The card with another State, its last digit as on the right card or computed over what is printed."""
    first = f"ID{state}{CARD[0][5:]}"
    last = str(check_digit(first + CARD[1][:35])) if computed else CARD[1][35]
    return first, CARD[1][:35] + last


def td2(state):
    fields = MrzFields(
        "ID", state, "D23145890", "MUCAVELE", "TOMAS", state, PartialDate(1970, 11, 30), "M", PartialDate(2030, 1, 15)
    )
    return compose("TD2", fields)


@pytest.mark.parametrize("state", ["FRB", "FPA", "F<A", "PRA", "F8A", "FRO"])
@pytest.mark.parametrize("computed", [True, False])
def test_a_misprinted_state_is_read_as_printed_and_the_card_is_known_by_its_digits(state, computed):
    parsed = parse(of_state(state, computed=computed), today=TODAY)
    assert parsed.kind == "FRID"
    assert parsed.fields.issuing_state == state.rstrip("<")
    assert parsed.fields.number == "880692310285"
    assert parsed.fields.given_names == "CORINNE"


def test_the_digit_over_everything_tells_of_the_misprint():
    parsed = parse(of_state("FRB"), today=TODAY)
    assert parsed.checks["composite"] is CheckResult.FAIL
    assert not parsed.all_checks_ok


def test_a_misprinted_state_and_another_wrong_digit_leave_the_card_known_while_two_digits_hold():
    first, second = of_state("FRB", computed=True)
    wrong = (first, second[:33] + "9" + second[34:35])
    last = str(check_digit("".join(wrong)))
    assert parse((first, wrong[1] + last), today=TODAY).kind == "FRID"


def test_one_digit_alone_does_not_make_a_french_card():
    first, second = of_state("FRB")
    assert not layout("FRID").claims((first, second[:12] + "0" + second[13:]))


@pytest.mark.parametrize("state", ["UTO", "FRA", "D<<", "BEL"])
def test_a_card_of_the_later_kind_stays_one(state):
    assert parse(td2(state), today=TODAY).kind == "TD2"


@pytest.mark.parametrize("cell", range(36))
def test_a_wrong_character_in_the_second_line_of_a_later_card_makes_it_no_french_card(cell):
    first, second = td2("UTO")
    for char in "0A<":
        assert not layout("FRID").claims((first, second[:cell] + char + second[cell + 1 :]))


def test_a_card_that_begins_otherwise_is_none():
    assert not layout("FRID").claims(("I<FRA" + CARD[0][5:], CARD[1]))
