"""Ways around a suspension, an attester and a last day that people try, and that are closed."""

from datetime import date, timedelta

import pytest

from bmis.passes.applicant import Who
from bmis.passes.at_crossing import Light
from bmis.passes.errors import OnePassOnlyError, PassStateError
from bmis.passes.sealing import sealed_posts
from tests.unit.bmis.passes.pass_office import CHIEF, CLERK, YES, applicant, attested


@pytest.mark.parametrize("what", ["lost", "stolen", "damaged"])
def test_who_loses_a_suspended_pass_gets_no_other_while_the_suspension_runs(office, what):
    one = office.active()
    office.suspend(one.number, "emprestado", CLERK, ground="LENT")
    office.report(one.number, what, "perdido no rio", CLERK)

    with pytest.raises(PassStateError) as refused:
        office.replace(one.number, "perdido no rio", CLERK)
    assert refused.value.facts == {"pass_state": "SUSPENDED"}
    with pytest.raises(OnePassOnlyError):
        office.takes()
    office.wait(hours=72)
    assert office.replace(one.number, "perdido no rio", CLERK).application.earlier_pass_id == one.id


def test_a_pass_that_is_suspended_while_its_replacement_is_made_keeps_that_back_too(office):
    one = office.active()
    again = office.replace(one.number, "gasto", CLERK).application
    office.approve(again.id, CHIEF)
    office.produce(again.id, CLERK)
    office.suspend(one.number, "emprestado", CLERK, ground="LENT")
    office.report(one.number, "lost", "perdido no rio", CLERK)

    with pytest.raises(PassStateError):
        office.hand_over(again.id, YES, CLERK)
    office.wait(hours=72)
    assert office.hand_over(again.id, YES, CLERK).earlier.state.value == "REPLACED"


def test_a_long_suspension_outlives_the_pass(office):
    one = office.active()
    office.wait(days=360)
    office.suspend(one.number, "inquérito", CHIEF, hours=24 * 30)
    office.wait(days=10)
    assert office.state(one) == "EXPIRED"
    with pytest.raises(PassStateError):
        office.renew(one.number, "caducou", CLERK)
    office.wait(days=21)
    assert office.renew(one.number, "caducou", CLERK).application.earlier_pass_id == one.id


def test_a_reinstated_pass_that_is_lost_is_replaced_at_once(office):
    one = office.active()
    office.suspend(one.number, "emprestado", CLERK, ground="LENT")
    office.reinstate(one.number, "esclarecido", CHIEF)
    office.report(one.number, "lost", "perdido no rio", CLERK)
    assert office.replace(one.number, "perdido no rio", CLERK).application.earlier_pass_id == one.id


@pytest.mark.parametrize("name", ["JOAO SILVA", "João  Silva", "Silva, João", "joão silva "])
def test_one_attester_written_in_two_ways_is_one(office, name):
    nobody = applicant(id_number=None)
    found = office.takes(Who(nobody, (), (attested("João Silva"), attested(name))))
    assert found.state.value == "PENDING_ATTESTATION"


def test_nobody_attests_for_themselves(office):
    found = office.takes(Who(applicant(), (), (attested("Ana Specimen CHISSANO"),)))
    assert found.state.value == "PENDING_ATTESTATION"


def test_a_pass_that_expired_stays_expired_when_the_clock_is_set_back(office):
    one = office.active()
    office.wait(days=366)
    office.settle(CLERK)
    office.at -= timedelta(days=100)
    lights = {answer.evidence: answer.light for answer in office.sees(one).answers}
    assert one.validity.last == date(2027, 11, 21)
    assert lights["pass_expired"] is Light.RED


def test_a_suspension_that_time_ended_is_counted_as_active(office):
    one = office.active()
    office.suspend(one.number, "emprestado", CLERK, ground="LENT")
    day = office.at.date()
    assert office.count(day, day, CLERK, public=False).states.parts == {"SUSPENDED": 1}
    office.wait(hours=72)
    assert office.count(day, day, CLERK, public=False).states.parts == {"ACTIVE": 1}


def test_a_scheme_of_more_posts_than_a_seal_holds_still_gives_out_passes():
    six = tuple(f"MZ.T.A{letter}B" for letter in "ABCDEF")
    assert sealed_posts((*reversed(six), six[0])) == six
    assert sealed_posts((*six, "MZ.T.ZOB")) == (), "none means those of the scheme"
