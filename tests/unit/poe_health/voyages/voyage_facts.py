"""Voyages, people and papers of Utopia for the tests."""

from datetime import UTC, date, datetime
from uuid import uuid4

from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.screening.form import Age, ScreeningForm, Stage, Temperature
from poe_health.screening.record import Person, ScreeningRequest, Travel
from poe_health.voyages.declarations import PortCall, ShipDeclaration
from poe_health.voyages.people import PersonAboard
from poe_health.voyages.seats import Seat
from poe_health.voyages.settings import ship_questions
from poe_health.voyages.sheet import VoyageSheet

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
DAY = date(2026, 11, 22)
AIR = VoyageSheet(
    "AIR", "TM 301", DAY, "Lilongwe", "Maputo", "Utopia Air", direction="ENTRY", layout="AIR_3_3", crew_count=6
)
CHAPA = VoyageSheet("BUS", "MMX 12-34", DAY, "Blantyre", "Tete", "Chapas Utopia", numbered_seats=Answer.NO)
SHIP = VoyageSheet("SHIP", "Utopia Star", DAY, "Durban", "Beira", "Utopia Lines", imo="9999993")
DRIVER = PatientIdentity(surname="CONDUTORSON", given_names="Motorista", phone="+258 84 000 0009")
NEIGHBOUR = PatientIdentity(surname="VIZINHOVA", given_names="Utopia", sex="F", age_years=41, phone="+258 84 000 0001")
FAR = PatientIdentity(surname="LONGEVA", given_names="Distancia", sex="M", age_years=20)
WHOLE = ShipDeclaration(
    port="Beira",
    day=DAY,
    ship_name="Utopia Star",
    registration="9999993",
    flag="UTO",
    arriving_from="Durban",
    sailing_to="Dar es Salaam",
    crew_count=18,
    passenger_count=0,
    answers=dict.fromkeys(ship_questions(), Answer.NO),
    ports=(PortCall("Durban", date(2026, 11, 18)), PortCall("Utopia", date(2026, 10, 20))),
    sanitation_certificate=Answer.YES,
    affected_area_visited=Answer.NO,
    master_signed=True,
    surgeon_on_board=Answer.NO,
)


def sits(who, *seats, **more):
    return PersonAboard(who, tuple(Seat.parse(seat) for seat in seats), **more)


def ill_traveller(key, seat="12C", **more):
    """A secondary screening with measles on the voyage of that key."""
    form = ScreeningForm(
        Stage.SECONDARY,
        DAY,
        temperature=Temperature(38.6, "AXILLA"),
        age=Age.of_years(34),
        sex="F",
        direction="ENTRY",
        symptoms={"RASH_MACULOPAPULAR": Answer.YES},
    )
    person = Person(surname="CASOVA", given_names="Ilha", document_kind="PASSPORT", document_number="U1", seat=seat)
    return ScreeningRequest(uuid4(), form, Travel("AIR", "TM 301", key, "MWI"), person=person, **more)
