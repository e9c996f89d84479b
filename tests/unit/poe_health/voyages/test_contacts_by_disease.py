"""What a disease says of who counts on board: not between people, hours of the journey, people at special risk."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from voyage_facts import CHAPA, DAY, DRIVER, FAR, NEIGHBOUR, NOW, sits

from bmis.kernel.actor import Role
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.screening.form import Age, ExposureAnswer, ScreeningForm, Stage
from poe_health.screening.record import ScreeningRequest, Travel
from poe_health.voyages.choose_contacts import CaseOnBoard
from poe_health.voyages.contacts import Near, Occupant, preset_for, propose_contacts
from poe_health.voyages.seats import Seat, SeatPlan
from poe_health.voyages.sheet import Stop, VoyageSheet
from poe_health.voyages.voyage import NoNumberedSeats, Voyage

PLAN = SeatPlan(tuple(range(1, 21)), "ABCD")
BUS = Voyage("BUS", "MMX 12-34", date(2026, 11, 22), "Blantyre", "Tete", seating=PLAN)
NEAR, AWAY = Occupant("near", (Seat(5, "B"),)), Occupant("away", (Seat(15, "B"),))
CASE = [Seat(5, "A")]


def said(disease, *people, voyage=BUS):
    found = propose_contacts(voyage, preset_for(disease, voyage), CASE, people, disease)
    return {one.ref: (one.contact, one.near) for one in found.occupants}


@pytest.mark.parametrize("disease", ["YELLOW_FEVER", "MALARIA", "RABIES"])
@pytest.mark.parametrize("seating", [PLAN, NoNumberedSeats(), None])
def test_what_does_not_pass_between_people_proposes_nobody_by_seat(disease, seating):
    with_it = Occupant("with", companion=True)
    bitten = Occupant("bitten", same_source=Answer.YES)
    found = said(disease, NEAR, AWAY, with_it, bitten, voyage=replace(BUS, seating=seating))

    assert found == {
        "near": (Answer.NO, Near.NOT_NEAR),
        "away": (Answer.NO, Near.NOT_NEAR),
        "with": (Answer.UNKNOWN, Near.SAME_SOURCE_UNKNOWN),
        "bitten": (Answer.YES, Near.SAME_SOURCE),
    }


@pytest.mark.parametrize(
    ("least", "most", "near"),
    [
        (8.0, 8.0, (Answer.YES, Near.SEAT)),
        (9.0, None, (Answer.YES, Near.SEAT)),
        (3.0, None, (Answer.UNKNOWN, Near.JOURNEY_UNKNOWN)),
        (None, None, (Answer.UNKNOWN, Near.JOURNEY_UNKNOWN)),
    ],
)
def test_neighbours_of_meningitis_count_on_a_journey_of_eight_hours(least, most, near):
    found = said("MENINGITIS", NEAR, AWAY, voyage=replace(BUS, least_hours=least, most_hours=most))
    assert found == {"near": near, "away": (Answer.NO, Near.NOT_NEAR)}


@pytest.mark.parametrize("seating", [PLAN, NoNumberedSeats()])
def test_on_a_shorter_journey_meningitis_proposes_no_seat_and_no_whole_vehicle(seating):
    short = replace(BUS, seating=seating, least_hours=7.9, most_hours=7.9)
    assert preset_for("MENINGITIS", short) == "CUSTOM"
    assert Answer.YES not in {contact for contact, _ in said("MENINGITIS", NEAR, AWAY, voyage=short).values()}
    assert preset_for("EVD", replace(short, seating=PLAN)) == "ADJACENT_1"
    if seating is PLAN:
        chosen = propose_contacts(short, "ADJACENT_1", CASE, [NEAR], "MENINGITIS").occupants[0]
        assert (chosen.contact, chosen.near) == (Answer.NO, Near.SHORT_JOURNEY)


def test_the_hours_come_from_the_sheet_and_only_the_origin_says_them_all():
    begins = datetime(2026, 11, 22, 2, tzinfo=UTC)
    sheet = VoyageSheet("BUS", "MMX 12-34", DAY, "Blantyre", "Tete", arrived_at=begins + timedelta(hours=6))
    hours = [
        replace(sheet, stops=stops).voyage
        for stops in ((Stop("Blantyre", left_at=begins),), (Stop("Zobue", begins, begins + timedelta(hours=1)),), ())
    ]
    assert [(one.least_hours, one.most_hours) for one in hours] == [(6.0, 6.0), (6.0, None), (None, None)]
    assert [one.lasted(8) for one in hours] == [Answer.NO, Answer.UNKNOWN, Answer.UNKNOWN]
    assert [one.lasted(6) for one in hours] == [Answer.YES, Answer.YES, Answer.UNKNOWN]


@pytest.mark.parametrize(
    ("at_risk", "far"),
    [
        (Answer.YES, (Answer.YES, Near.AT_RISK)),
        (Answer.UNKNOWN, (Answer.UNKNOWN, Near.AT_RISK_UNKNOWN)),
        (Answer.NO, (Answer.NO, Near.NOT_NEAR)),
    ],
)
def test_of_measles_people_at_risk_count_on_the_whole_vehicle(at_risk, far):
    found = said("MEASLES", NEAR, replace(AWAY, at_risk=at_risk))
    assert found == {"near": (Answer.YES, Near.SEAT), "away": far}
    assert said("SARI", replace(AWAY, at_risk=at_risk)) == {"away": (Answer.NO, Near.NOT_NEAR)}


@pytest.fixture
def clinician(at_work):
    return at_work(Role.CLINICIAN)


def test_an_infant_far_away_and_who_was_bitten_too_are_found_in_the_records(clinician):
    numbered = replace(CHAPA, numbered_seats=Answer.YES, plan=PLAN)
    bus = clinician.desk.record(uuid4(), numbered, DRIVER, clinician.by)
    infant = PatientIdentity(surname="BEBEVA", age_years=0)
    bitten = ScreeningForm(
        Stage.PRIMARY, DAY, age=Age.of_years(30), exposures={"ANIMAL_BITE": ExposureAnswer(Answer.YES)}
    )
    request = ScreeningRequest(uuid4(), bitten, travel=Travel("BUS", voyage_key=bus.sheet.key))
    screening = clinician.health.record(request, clinician.by).view.id
    people = [sits(NEIGHBOUR, "5B"), sits(infant, "15B"), sits(FAR, "19D", screening_id=screening)]
    clinician.desk.list_people(bus.id, uuid4(), people, clinician.by)

    measles = clinician.desk.propose(bus.id, CaseOnBoard("MEASLES", seats=(Seat(5, "A"),)), clinician.by)
    rabies = clinician.desk.propose(bus.id, CaseOnBoard("RABIES", seats=(Seat(5, "A"),)), clinician.by)

    named = {ref: one.who.surname for ref, one in measles.people.items() if one.who is not None}
    near = {named[one.ref]: one.near for one in measles.proposal.occupants if one.ref in named}
    assert near == {"VIZINHOVA": Near.SEAT, "BEBEVA": Near.AT_RISK, "LONGEVA": Near.AT_RISK_UNKNOWN}
    assert [named[ref] for ref in rabies.proposal.those(Answer.YES)] == ["LONGEVA"]
    assert NOW.date() == DAY
