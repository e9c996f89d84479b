"""A supervisor signs what a clinician does not decide alone; the order then stands for the rest of the case."""

from dataclasses import replace

import pytest
from health_shift import EXAMINED, GIVEN, ebola, harmless

from bmis.kernel.actor import Role
from bmis.staff.errors import ApprovalMismatchError, SecondPersonError
from poe_health.screening.errors import CompulsionError, NotClosableError, OrderSignatureError
from poe_health.screening.ordering import ORDER_MEASURE
from poe_health.screening.record import Compulsion, ConsentAnswer, Secondary
from ui.compose import verify_store

REFUSED = replace(GIVEN, answer=ConsentAnswer.REFUSED)
ORDER = Compulsion("Synthetic public health law, article 9", "Ill after a burial in an affected area", "Only a look")
FORCED = Secondary(consent=REFUSED, examination=EXAMINED, compulsion=ORDER)


@pytest.fixture
def clinic(at_health):
    return at_health(Role.CLINICIAN)


def signed(desk, subject, second="health-supervisor"):
    return desk.second.immediate(ORDER_MEASURE, subject, second, "treino", desk.session.actor)


def test_a_clinician_examines_against_a_refusal_when_the_supervisor_signs(clinic, at_health):
    request, by = ebola(secondary=FORCED), clinic.session.actor
    with pytest.raises(CompulsionError):
        clinic.record(request, by)

    kept = clinic.record(request, by, signed(clinic, request.request_id))

    assert clinic.show(kept.view.id, by).clinical.secondary.compulsion == ORDER
    assert verify_store(at_health(Role.HEALTH_SUPERVISOR).session)().records >= 1


def test_the_signature_of_an_epidemiologist_orders_nothing(clinic):
    request = ebola(secondary=FORCED)
    with pytest.raises(OrderSignatureError):
        clinic.record(request, clinic.session.actor, signed(clinic, request.request_id, "epidemiologist"))
    with pytest.raises(SecondPersonError):
        signed(clinic, request.request_id, "screener")


def test_a_signature_for_somebody_else_orders_nothing(clinic):
    request, other = ebola(secondary=FORCED), ebola()
    with pytest.raises(ApprovalMismatchError):
        clinic.record(request, clinic.session.actor, signed(clinic, other.request_id))
    assert clinic.screenings.waiting(clinic.session.actor) == ()


def test_an_order_stands_while_the_case_goes_on_and_another_one_is_signed_anew(clinic):
    request, by = ebola(secondary=FORCED), clinic.session.actor
    case = clinic.record(request, by, signed(clinic, request.request_id)).view.id

    more = replace(FORCED, examination=replace(EXAMINED, pulse=120))
    clinic.amend(case, replace(request, secondary=more), "", by)
    assert clinic.show(case, by).clinical.secondary.examination.pulse == 120

    wider = replace(FORCED, compulsion=replace(ORDER, least_intrusive="A blood sample as well"))
    with pytest.raises(CompulsionError):
        clinic.amend(case, replace(request, secondary=wider), "", by)
    clinic.amend(case, replace(request, secondary=wider), "", by, signed(clinic, case))
    assert clinic.show(case, by).clinical.secondary.compulsion == wider.compulsion


def test_an_end_that_is_the_supervisor_s_is_signed_by_one(clinic):
    said = Secondary(consent=REFUSED, risk_level="LOW", disposition="ENTRY_REFUSED_LEGAL")
    request, by = harmless(secondary=said, reason="Refused everything, explained twice"), clinic.session.actor
    with pytest.raises(NotClosableError):
        clinic.record(request, by)

    kept = clinic.record(request, by, signed(clinic, request.request_id))

    assert kept.view.facts.disposition == "ENTRY_REFUSED_LEGAL"
