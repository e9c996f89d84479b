"""Fields that cannot be, numbers read off a card, and what the receipt said."""

import pytest

from bmis.documents.dates import PartialDate
from bmis.kernel.paper_number import check_character
from bmis.passes.applicant import Who
from bmis.passes.errors import ApplicationFieldError, PassUnknownError
from bmis.passes.serials import parse_serial, printed
from tests.unit.bmis.passes.pass_office import CLERK, applicant, attested, child


def born(day, children=()):
    return Who(applicant(birth_date=PartialDate.parse(day)), tuple(children), (attested(),))


@pytest.mark.parametrize("day", ["1800", "1903-11-22", "2026-11-23", "2027"])
def test_a_day_of_birth_that_cannot_be_is_a_field_to_correct(office, day):
    with pytest.raises(ApplicationFieldError) as refused:
        office.takes(born(day))
    assert refused.value.facts == {"field": "person.birth_date"}


@pytest.mark.parametrize("day", ["1850-01-01", "2026-12-01"])
def test_so_is_that_of_a_child(office, day):
    with pytest.raises(ApplicationFieldError) as refused:
        office.takes(born("1990-05-12", [child(born=day)]))
    assert refused.value.facts == {"field": "dependants.birth_date"}


@pytest.mark.parametrize("day", ["1903-11-23", "1904", "2026-11-22", "2026"])
def test_the_oldest_and_the_youngest_are_taken_down(office, day):
    assert office.takes(born(day)).state.value == "PENDING_APPROVAL"


def test_o_and_i_in_the_last_place_of_a_serial_are_taken_for_0_and_1():
    for shown, typed in (("O", "0"), ("0", "O"), ("I", "1"), ("1", "i")):
        serial = next(one for one in range(1, 400) if check_character(f"{one:08}") == shown)
        assert parse_serial(f"{serial:08}{typed}") == parse_serial(printed(serial)) == serial
    wrong = next(one for one in range(1, 400) if check_character(f"{one:08}") not in "O0")
    with pytest.raises(PassUnknownError):
        parse_serial(f"{wrong:08}O")


def test_a_pass_tells_what_was_paid_for_it(office):
    application = office.approved()
    office.produce(application.id, CLERK)
    number = office.application(application.id, CLERK).application.number
    [(made, _state)] = office.show.listed(CLERK)
    assert office.show(made.number, CLERK).paid is None, number
    receipt = office.receipt(office.charge(application), CLERK)
    assert office.show(made.number, CLERK).paid == receipt.paid
