"""Declarations, certificates, measures and free pratique are kept, with who ordered, on what, and who signed."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from voyage_facts import AIR, CHAPA, DAY, NOW, SHIP, WHOLE

from bmis.kernel.actor import NotAllowedError, Role
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.errors import ApprovalMismatchError
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.voyages.conveyance_measures import Passage
from poe_health.voyages.declarations import AircraftDeclaration, IllInFlight, IllOnBoard, Reading
from poe_health.voyages.errors import (
    ExtensionRefusedError,
    MeasureNotAllowedError,
    PratiqueStepError,
    RadioPratiqueError,
    VoyageCodeError,
    VoyageFieldError,
)
from poe_health.voyages.events import AreaSeen
from poe_health.voyages.free_pratique import PratiqueState, Step
from poe_health.voyages.order_measures import FREE_PRATIQUE, ORDER_MEASURE, Order
from poe_health.voyages.people import DeclaredPeople
from poe_health.voyages.record_errors import (
    MeasureSignatureError,
    MeasuresOpenError,
    MeasureUnknownError,
    PratiqueNotHereError,
    PratiqueSecondError,
    VoyageMomentError,
    VoyageReasonError,
)
from poe_health.voyages.sanitation import SanitationCertificate, SanitationKind, SanitationState, months_later
from ui.compose import verify_store

SSC = SanitationCertificate(SanitationKind.EXEMPTION, "UTO-77", date(2026, 6, 30), "Durban")
RATS = Order("DERAT", "ART_27", "sinais de ratos no porão dois", NOW)


@pytest.fixture
def clinician(at_work):
    return at_work(Role.CLINICIAN)


@pytest.fixture
def supervisor(at_work):
    return at_work(Role.HEALTH_SUPERVISOR)


@pytest.fixture
def ship(clinician):
    return clinician.desk.record(uuid4(), SHIP, None, clinician.by)


def pratique(at, ship, step, **more):
    return at.desk.pratique(ship.id, uuid4(), step, NOW, at.by, **more)


def declared(at, ship, paper=WHOLE, people=None):
    return at.desk.declare(ship.id, uuid4(), paper, people or DeclaredPeople("COMANDANTOVA"), at.by)


def signed(at, action, ship, second="health-supervisor"):
    return at.desk.signed(action, ship.id, second, TRAINING_WORD, at.by)


def affected(at, ship):
    return at.desk.inspect.judge(ship.id, uuid4(), Answer.YES, Answer.UNKNOWN, "ratos vistos no porão", at.by)


def sent(at):
    with at.session.store.read() as unit:
        return unit.connection.exec_driver_sql("SELECT group_concat(payload, ' ') FROM outbox").scalar()


def test_whole_papers_that_report_nothing_allow_pratique_by_radio(clinician, ship):
    pratique(clinician, ship, Step.ASK)
    with pytest.raises(RadioPratiqueError):
        pratique(clinician, ship, Step.GRANT_BY_RADIO)
    declared(clinician, ship)

    after = pratique(clinician, ship, Step.GRANT_BY_RADIO)

    assert after.pratique is PratiqueState.GRANTED_BY_RADIO
    assert after.declared.reading is Reading.NOTHING_REPORTED


def test_a_certificate_that_is_over_is_a_gap_in_the_papers(clinician, ship):
    declared(clinician, ship)
    old = clinician.desk.sanitation.seen(ship.id, uuid4(), replace(SSC, issued_on=date(2026, 5, 21)), clinician.by)
    pratique(clinician, ship, Step.ASK)

    assert (old.sanitation.state, old.sanitation.valid_until) == (SanitationState.EXPIRED, date(2026, 11, 21))
    with pytest.raises(RadioPratiqueError):
        pratique(clinician, ship, Step.GRANT_BY_RADIO)
    with pytest.raises(PratiqueSecondError):
        pratique(clinician, ship, Step.GRANT)


def test_something_reported_takes_two_people_of_whom_one_is_a_supervisor(clinician, supervisor, ship):
    ill = replace(
        WHOLE,
        answers=dict(WHOLE.answers) | {"q4_ill_now": Answer.YES},
        schedule=(IllOnBoard("a", "febre", DAY),),
    )
    people = DeclaredPeople("COMANDANTOVA", None, {"a": PatientIdentity(surname="DOENTEVA")})
    after = declared(clinician, ship, ill, people)
    pratique(clinician, ship, Step.ASK)

    assert after.declared.reading is Reading.REPORTED
    with pytest.raises(PratiqueSecondError):
        pratique(clinician, ship, Step.GRANT)
    with pytest.raises(PratiqueSecondError):  # one person alone, supervisor or not
        pratique(supervisor, ship, Step.GRANT)
    with pytest.raises(PratiqueSecondError):  # two people, no supervisor
        pratique(clinician, ship, Step.GRANT, approval=signed(clinician, FREE_PRATIQUE, ship, "epidemiologist"))
    with pytest.raises(ApprovalMismatchError):
        pratique(clinician, ship, Step.GRANT, approval=signed(clinician, ORDER_MEASURE, ship))

    granted = pratique(clinician, ship, Step.GRANT, approval=signed(clinician, FREE_PRATIQUE, ship))

    assert (granted.pratique, granted.events[-1].second) == (PratiqueState.GRANTED, "health-supervisor")
    for word in ("DOENTEVA", "COMANDANTOVA", "q4_ill_now", "febre"):
        assert word not in sent(clinician)
    shown = clinician.desk.show(ship.id, clinician.by, names=True)
    assert shown.declaration.people.ill["a"].surname == "DOENTEVA"
    assert shown.papers.reported == ("q4_ill_now",)
    assert verify_store(supervisor.session)().records


def test_pratique_with_measures_waits_until_they_are_done(clinician, supervisor, ship, clock_of_test):
    pratique(clinician, ship, Step.ASK)
    with pytest.raises(MeasuresOpenError):  # conditions without a measure are none
        pratique(clinician, ship, Step.ORDER_MEASURES, reason="desratização primeiro")
    affected(clinician, ship)
    with pytest.raises(MeasureSignatureError):
        clinician.desk.measures(ship.id, uuid4(), RATS, clinician.by)
    after = clinician.desk.measures(ship.id, uuid4(), RATS, clinician.by, signed(clinician, ORDER_MEASURE, ship))
    order = after.measures[0].order
    assert (order.by, order.second, order.basis) == ("clinician", "health-supervisor", "ART_27")
    assert pratique(clinician, ship, Step.ORDER_MEASURES, reason="desratização primeiro").pratique.value == (
        "WITH_MEASURES"
    )
    with pytest.raises(MeasuresOpenError):
        pratique(clinician, ship, Step.FINISH_MEASURES, approval=signed(clinician, FREE_PRATIQUE, ship))
    with pytest.raises(VoyageMomentError):  # done before it was ordered
        clinician.desk.measures.done(ship.id, uuid4(), order.id, NOW - timedelta(hours=1), clinician.by)
    clock_of_test.wait(hours=3)
    clinician.desk.measures.done(ship.id, uuid4(), order.id, NOW + timedelta(hours=2), clinician.by, "Utopia Pest")
    with pytest.raises(MeasureUnknownError):
        clinician.desk.measures.done(ship.id, uuid4(), order.id, NOW + timedelta(hours=2), clinician.by)

    done = clinician.desk.pratique(
        ship.id,
        uuid4(),
        Step.FINISH_MEASURES,
        NOW + timedelta(hours=3),
        clinician.by,
        approval=signed(clinician, FREE_PRATIQUE, ship),
    )

    assert done.pratique is PratiqueState.GRANTED
    assert done.duties().evidence_owed == ("DERAT",)
    given_out = clinician.desk.measures.evidence_given(ship.id, uuid4(), [order.id], clinician.by)
    assert given_out.duties().evidence_owed == ()
    assert "porão" not in sent(clinician)


def test_the_same_step_asked_twice_is_taken_once(clinician, ship):
    request = uuid4()
    for _ in range(2):
        after = clinician.desk.pratique(ship.id, request, Step.ASK, NOW, clinician.by)

    assert len(after.pratique_events) == 1
    with pytest.raises(PratiqueStepError):
        pratique(clinician, ship, Step.ASK)


def test_no_measure_on_a_coach_in_transit_from_a_clean_area_and_an_untreated_one_is_passed_on(clinician, supervisor):
    transit = replace(CHAPA, passage=Passage.ROAD_TRANSIT)
    coach = clinician.desk.record(uuid4(), transit, None, clinician.by)
    rats = replace(RATS, reason="ratos na bagagem do autocarro")
    with pytest.raises(MeasureNotAllowedError):  # nobody has asked where it comes from
        supervisor.desk.measures(coach.id, uuid4(), rats, supervisor.by)
    clinician.desk.inspect.judge(coach.id, uuid4(), Answer.NO, Answer.NO, "vem de zona sem doença", clinician.by)
    with pytest.raises(MeasureNotAllowedError):
        supervisor.desk.measures(coach.id, uuid4(), rats, supervisor.by)

    affected(clinician, coach)
    after = supervisor.desk.measures(coach.id, uuid4(), rats, supervisor.by)

    assert after.duties().tell_next_post is Answer.YES
    told = supervisor.desk.measures.next_post_told(
        coach.id, uuid4(), "ZOBUE", "Sr. Teste, do posto seguinte", NOW, supervisor.by
    )
    assert told.duties().tell_next_post is Answer.NO


def test_an_inspection_names_areas_and_its_remarks_stay_at_the_post(clinician, ship):
    seen = (AreaSeen("GALLEY", Answer.YES, measure="DISINSECT", reinspect_on=DAY), AreaSeen("OTHER"))
    after = clinician.desk.inspect(ship.id, uuid4(), seen, NOW, clinician.by, {"GALLEY": "baratas"})

    assert after.events[-1].areas == seen
    assert "baratas" not in sent(clinician)
    with pytest.raises(VoyageCodeError):
        clinician.desk.inspect(ship.id, uuid4(), (AreaSeen("BRIDGE"),), NOW, clinician.by)
    with pytest.raises(VoyageFieldError):
        clinician.desk.inspect(ship.id, uuid4(), (seen[0], seen[0]), NOW, clinician.by)


def test_an_aircraft_declares_and_a_waived_paper_says_nothing(clinician):
    flight = clinician.desk.record(uuid4(), AIR, None, clinician.by)
    ill = IllInFlight("a", 38.4, {"RASH": Answer.YES})
    paper = AircraftDeclaration("TM 301", Answer.UNKNOWN, (ill,), Answer.NO, (), Answer.NO, signed=True)

    assert declared(clinician, flight, paper).declared.reading is Reading.REPORTED
    assert "38.4" not in sent(clinician)
    assert declared(clinician, flight, AircraftDeclaration("TM 301", waived=True)).declared.waived
    with pytest.raises(VoyageFieldError):  # a ship's paper of an aircraft
        declared(clinician, flight)
    pratique(clinician, flight, Step.ASK)
    with pytest.raises(PratiqueSecondError):
        pratique(clinician, flight, Step.GRANT)
    clinician.desk.inspect.judge(flight.id, uuid4(), Answer.NO, Answer.NO, "vistoriado, sem sinais", clinician.by)
    assert pratique(clinician, flight, Step.GRANT).pratique is PratiqueState.GRANTED


def test_a_bus_has_no_free_pratique_and_a_screener_decides_nothing(clinician, at_work, ship):
    bus = clinician.desk.record(uuid4(), CHAPA, None, clinician.by)
    with pytest.raises(PratiqueNotHereError):
        pratique(clinician, bus, Step.ASK)
    screener = at_work(Role.SCREENER)
    for act in (
        lambda: pratique(screener, ship, Step.ASK),
        lambda: screener.desk.measures(ship.id, uuid4(), RATS, screener.by),
        lambda: declared(screener, ship),
        lambda: screener.desk.sanitation.seen(ship.id, uuid4(), SSC, screener.by),
    ):
        with pytest.raises(NotAllowedError):
            act()


@pytest.mark.parametrize(
    ("order", "trouble"),
    [
        (replace(RATS, measure="BURN"), VoyageCodeError),
        (replace(RATS, basis="ART_99"), VoyageCodeError),
        (replace(RATS, basis="NATIONAL_LAW"), VoyageFieldError),
        (replace(RATS, reason="ratos"), VoyageReasonError),
        (replace(RATS, at=NOW + timedelta(hours=1)), VoyageMomentError),
    ],
)
def test_an_order_that_lacks_its_ground_is_refused(supervisor, ship, order, trouble):
    with pytest.raises(trouble):
        supervisor.desk.measures(ship.id, uuid4(), order, supervisor.by)


def test_a_certificate_is_extended_once_by_a_month_and_never_an_affected_ship(clinician, ship):
    july = replace(SSC, issued_on=date(2026, 6, 1))
    with pytest.raises(VoyageFieldError):  # nobody has seen one
        extended(clinician, ship)
    clinician.desk.sanitation.seen(ship.id, uuid4(), july, clinician.by)
    with pytest.raises(ExtensionRefusedError):
        extended(clinician, ship, evidence=Answer.UNKNOWN)

    after = extended(clinician, ship)

    assert (after.sanitation.valid_until, after.sanitation.extended_here) == (date(2027, 1, 1), True)
    with pytest.raises(ExtensionRefusedError):
        extended(clinician, ship)
    affected(clinician, ship)
    with pytest.raises(ExtensionRefusedError):
        extended(clinician, ship)


def extended(at, ship, evidence=Answer.NO):
    return at.desk.sanitation.extended(
        ship.id,
        uuid4(),
        "o porto não pode inspeccionar hoje",
        at.by,
        port_cannot_inspect=True,
        port_authorised=True,
        evidence=evidence,
    )


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 1))
def test_a_certificate_is_valid_to_its_last_day_and_not_one_longer(issued, extensions):
    kept = replace(SSC, issued_on=issued, extended_on=(issued,) * extensions)
    last = months_later(months_later(issued, 6), 1) if extensions else months_later(issued, 6)

    assert kept.valid_until == last
    assert kept.state_on(last) is SanitationState.VALID
    assert kept.state_on(last + timedelta(days=1)) is SanitationState.EXPIRED
    assert kept.state_on(issued - timedelta(days=1)) is SanitationState.NOT_YET
