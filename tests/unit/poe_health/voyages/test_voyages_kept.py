"""Voyages, people on board and contacts are kept: names apart, proved while they are there and after they went."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from voyage_facts import AIR, CHAPA, DAY, DRIVER, FAR, NEIGHBOUR, NOW, SHIP, ill_traveller, sits

from bmis.kernel.actor import Actor, NotAllowedError, Role
from bmis.store.errors import RecordChangedError
from poe_health.codes import contact_presets
from poe_health.exchange.stored import StoredFacts
from poe_health.referrals.people.of_screening import identity_of
from poe_health.rules.answer import Answer
from poe_health.screening.record import Companion
from poe_health.voyages.choose_contacts import CaseOnBoard, Choice, HandOver
from poe_health.voyages.contacts import Near, preset_for
from poe_health.voyages.errors import SeatUnknownError, VoyageFieldError
from poe_health.voyages.locator import Address, FamilyMember, LocatorForm, Phones
from poe_health.voyages.record_errors import (
    LocatorNotAskedError,
    NotAboardError,
    PeopleErasedError,
    VoyageConflictError,
)
from poe_health.voyages.seats import Seat, SeatPlan
from poe_health.voyages.sheet import VoyageSheet, imo_holds
from poe_health.voyages.voyage import NoNumberedSeats, Voyage
from ui.compose import verify_store

NAMES = ("CONDUTORSON", "VIZINHOVA", "LONGEVA", "CASOVA", "MAEZINHA", "+258 84 000 0001")


@pytest.fixture
def clinician(at_work):
    return at_work(Role.CLINICIAN)


@pytest.fixture
def flight(clinician):
    return clinician.desk.record(uuid4(), AIR, DRIVER, clinician.by)


@pytest.fixture
def case(clinician, flight):
    """A measles case in seat 12C, with two listed people: one in the row behind, one far away."""
    kept = clinician.health.record(ill_traveller(flight.sheet.key), clinician.by).view
    people = [sits(NEIGHBOUR, "13A"), sits(FAR, "25F")]
    sheet_rows = [sits(NEIGHBOUR, "14A"), sits(FAR, "25F")]
    with pytest.raises(SeatUnknownError):  # there is no row 13
        clinician.desk.list_people(flight.id, uuid4(), people, clinician.by)
    clinician.desk.list_people(flight.id, uuid4(), sheet_rows, clinician.by)
    return CaseOnBoard("MEASLES", kept.id)


def chosen(clinician, flight, case, **more):
    proposed = clinician.desk.propose(flight.id, case, clinician.by)
    refs = tuple(proposed.people[ref].ref for ref in proposed.proposal.those(Answer.YES))
    choice = Choice(case, proposed.proposal.preset, refs, DAY)
    return clinician.desk.choose(flight.id, uuid4(), choice, clinician.by)


def texts_of(at, *tables):
    with at.session.store.read() as unit:
        return "".join(
            str(unit.connection.exec_driver_sql(f"SELECT group_concat({column}, ' ') FROM {table}").scalar())
            for table, column in tables
        )


def proves(at_work):
    return verify_store(at_work(Role.HEALTH_SUPERVISOR).session)()


def test_the_same_request_is_the_same_voyage_and_another_sheet_under_it_is_refused(clinician):
    request = uuid4()
    one = clinician.desk.record(request, AIR, None, clinician.by)

    again = clinician.desk.record(request, AIR, None, clinician.by)

    assert (one.id, one.number) == (again.id, again.number)
    assert one.number.startswith("VG-")
    with pytest.raises(VoyageConflictError):
        clinician.desk.record(request, CHAPA, None, clinician.by)
    assert clinician.desk.voyages.of_key(AIR.key, clinician.by) == (again,)


def test_a_correction_replaces_the_sheet_and_the_first_one_stays(clinician, flight):
    better = VoyageSheet("AIR", "TM 303", DAY, "Lilongwe", "Maputo", plan=SeatPlan((1, 2), "AB"))

    after = clinician.desk.correct(flight.id, uuid4(), better, "o número foi mal lido", clinician.by)

    assert after.sheet.key != after.recorded.sheet.key
    assert after.recorded.sheet == AIR
    assert clinician.desk.voyages(clinician.by)[0].sheet.number == "TM 303"


def test_two_rows_around_a_measles_case_are_proposed_and_the_case_itself_is_not(clinician, flight, case):
    found = clinician.desk.propose(flight.id, case, clinician.by)

    assert found.proposal.preset == "ROWS_2"
    assert found.case_seats == (Seat(12, "C"),)
    (near,) = found.proposal.those(Answer.YES)
    assert found.people[near].who == NEIGHBOUR
    asked = {one.ref: one.near for one in found.proposal.occupants if one.contact is Answer.UNKNOWN}
    assert FAR in [found.people[ref].who for ref, near in asked.items() if near is Near.AT_RISK_UNKNOWN]
    assert not [one for one in found.people.values() if case.screening_id in one.screening_ids]
    assert Seat(12, "D") in found.proposal.empty_seats


def test_a_plate_that_was_misread_loses_nobody_who_was_screened_under_it(clinician, flight, case):
    right = replace(AIR, number="TM 303")
    clinician.desk.correct(flight.id, uuid4(), right, "o número foi mal lido", clinician.by)

    found = clinician.desk.propose(flight.id, case, clinician.by)

    assert found.case_seats == (Seat(12, "C"),)
    assert case.screening_id in {view.id for view in clinician.desk.show(flight.id, clinician.by).screenings}


def test_who_travels_with_the_case_is_proposed_whatever_the_seat(clinician, flight):
    request = ill_traveller(flight.sheet.key)
    request = replace(request, person=replace(request.person, companions=(Companion("AMIGOVA", "M", 30),)))
    kept = clinician.health.record(request, clinician.by).view

    friend = CaseOnBoard("MEASLES", kept.id)
    found = clinician.desk.propose(flight.id, friend, clinician.by)

    (ref,) = found.proposal.those(Answer.YES)
    assert (found.people[ref].who.surname, found.people[ref].companion) == ("AMIGOVA", True)
    after = clinician.desk.choose(
        flight.id,
        uuid4(),
        Choice(CaseOnBoard("MEASLES", kept.id), "ROWS_2", (found.people[ref].ref,), DAY),
        clinician.by,
    )
    assert after.contacts[0].fact.near is Near.COMPANION


def test_on_a_chapa_everybody_is_a_contact(clinician):
    chapa = clinician.desk.record(uuid4(), CHAPA, DRIVER, clinician.by)
    with pytest.raises(VoyageFieldError):  # a seat where there are none was misread
        clinician.desk.list_people(chapa.id, uuid4(), [sits(FAR, "3A")], clinician.by)
    clinician.desk.list_people(chapa.id, uuid4(), [sits(NEIGHBOUR), sits(FAR)], clinician.by)

    found = clinician.desk.propose(chapa.id, CaseOnBoard("MEASLES"), clinician.by)

    assert found.proposal.preset == "WHOLE_VEHICLE"
    assert len(found.proposal.those(Answer.YES)) == 2


TRAIN = Voyage("TRAIN", "T 1", AIR.day, "Utopia", "Maputo")


@given(st.sampled_from(sorted(contact_presets())), st.sampled_from(["EVD", "MEASLES", "CHOLERA", "PLAGUE"]))
def test_without_numbered_seats_no_preset_by_seat_is_ever_proposed(code, disease):
    by_seat = {one.code for one in contact_presets().values() if one.rows is not None}

    for seating in (None, NoNumberedSeats()):
        assert preset_for(disease, replace(TRAIN, seating=seating)) not in by_seat
    found = preset_for(disease, replace(TRAIN, seating=SeatPlan((1, 2, 3), "ABC")))
    assert found == "CUSTOM" or disease in contact_presets()[found].diseases
    assert code in contact_presets()


def test_a_chosen_contact_goes_to_monitoring_once_and_to_the_exporters(clinician, flight, case):
    (contact,) = chosen(clinician, flight, case).contacts

    one = clinician.desk.follow(flight.id, contact.fact.id, clinician.by, consent=Answer.YES)
    again = clinician.desk.follow(flight.id, contact.fact.id, clinician.by)

    assert one.id == again.id == contact.fact.id
    assert (one.disease, one.day0) == ("MEASLES", DAY)
    listed = clinician.desk.voyages.contacts(clinician.by)
    assert [(each.fact.near, each.monitoring_id) for _, each in listed] == [(Near.SEAT, one.id)]
    (given_on,) = StoredFacts(
        clinician.session.store.read, clinician.session.home.post_code, clinician.session.now
    ).contacts(DAY, DAY)
    assert (given_on.case_id, given_on.person.surname, given_on.why) == (case.screening_id, "VIZINHOVA", "seat")
    assert (given_on.voyage.seat, given_on.last_contact_on, given_on.age_years) == ("14A", DAY, 41)


def test_a_case_of_another_voyage_has_no_contacts_here(clinician, flight, case):
    other = clinician.desk.record(uuid4(), CHAPA, None, clinician.by)

    with pytest.raises(NotAboardError):
        clinician.desk.propose(other.id, case, clinician.by)
    with pytest.raises(NotAboardError):
        clinician.desk.choose(flight.id, uuid4(), Choice(case, "CUSTOM", (uuid4(),), DAY), clinician.by)


def test_a_choice_against_the_preset_holds_and_says_that_it_was_made_by_hand(clinician, flight, case):
    found = clinician.desk.propose(flight.id, case, clinician.by)
    (far,) = [ref for ref, one in found.people.items() if one.who == FAR]

    after = clinician.desk.choose(
        flight.id, uuid4(), Choice(case, "ROWS_2", (found.people[far].ref,), None), clinician.by
    )

    assert [(one.fact.by_hand, one.fact.near) for one in after.contacts] == [(True, Near.AT_RISK_UNKNOWN)]
    monitoring = clinician.desk.follow(flight.id, after.contacts[0].fact.id, clinician.by)
    assert monitoring.reckoned_from == "ARRIVAL"


def test_the_locator_form_is_asked_only_where_disease_is_suspected_and_names_a_family(clinician, flight):
    form = LocatorForm(
        surname="MAEZINHA",
        given_names="Utopia",
        sex="F",
        seat=Seat(11, "C"),
        phones=Phones(mobile="+258 84 000 0002"),
        address_permanent=Address(country="MOZ", city="Tete"),
        family=(FamilyMember("MAEZINHA", "Filho", Seat(11, "B"), 4),),
    )
    with pytest.raises(LocatorNotAskedError):
        clinician.desk.locator(flight.id, uuid4(), form, clinician.by)

    clinician.desk.tell_disease(
        flight.id, uuid4(), "MEASLES", NOW - timedelta(hours=1), "Hospital de Utopia, por telefone", clinician.by
    )
    after = clinician.desk.locator(flight.id, uuid4(), form, clinician.by)

    assert after.events[-1].missing == ("carrier", "voyage_no", "arrival_date", "emergency_contact")
    found = clinician.desk.propose(flight.id, CaseOnBoard("MEASLES", None, (Seat(12, "C"),)), clinician.by)
    assert len(found.proposal.those(Answer.YES)) == 2
    assert {one.who.given_names for one in found.people.values()} == {"Utopia", "Filho"}


def test_handing_the_list_over_is_timed_and_acknowledged(clinician, flight, case, clock_of_test):
    told = HandOver("DISTRICT", "TETE", NOW, "Enf. do distrito de Tete", "PHONE", NOW + timedelta(minutes=5))
    with pytest.raises(VoyageFieldError):  # nobody to hand over yet
        clinician.desk.hand_over(flight.id, uuid4(), told, clinician.by)
    chosen(clinician, flight, case)

    after = clinician.desk.hand_over(flight.id, uuid4(), told, clinician.by)

    assert [(one.place, one.contacts) for one in after.handed_over] == [("TETE", 1)]


def test_names_are_in_no_message_link_or_event_and_in_no_raw_file(clinician, flight, case, training_home, at_work):
    chosen(clinician, flight, case)
    kept = texts_of(clinician, ("outbox", "payload"), ("voyage_event", "payload"), ("voyage", "key"), ("audit", "kind"))
    raw = b"".join(path.read_bytes() for path in training_home.rglob("*") if path.is_file())

    for name in NAMES:
        assert name not in kept, name
        assert name.encode() not in raw, name
    assert str(flight.id) in kept
    assert proves(at_work).records


def decrypted(at, home):
    """Every page of health's file as it would be without encryption, the pages in no table as well."""
    with at.session.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    raw, key = (home / "health.db").read_bytes(), at.session.data_key
    pages = []
    for start in range(0, len(raw), 4096):
        page = raw[start : start + 4096]
        first = 16 if start == 0 else 0  # the salt of the file
        reader = Cipher(algorithms.AES(key), modes.CBC(page[4016:4032])).decryptor()
        pages.append(reader.update(page[first:4016]) + reader.finalize())
    return b"".join(pages)


def test_retention_takes_names_and_answers_and_the_chain_goes_on_proving(
    clinician, flight, case, at_work, clock_of_test, training_home
):
    after = chosen(clinician, flight, case)
    before = decrypted(clinician, training_home)
    assert b"VIZINHOVA" in before
    assert b"CONDUTORSON" in before

    clock_of_test.wait(days=59)
    supervisor = at_work(Role.HEALTH_SUPERVISOR)
    assert "VOYAGE_CONTACTS" not in supervisor.health.retention(supervisor.by).taken
    clock_of_test.wait(days=3)
    run = supervisor.health.retention(supervisor.by)

    assert run.taken["VOYAGE_CONTACTS"] == 1
    plain = decrypted(supervisor, training_home)
    assert b"VIZINHOVA" not in plain
    assert b"CONDUTORSON" not in plain
    shown = supervisor.desk.show(flight.id, supervisor.by, names=True)
    assert (shown.in_charge, shown.contacts) == (None, {})
    assert [one.fact for one in shown.voyage.contacts] == [one.fact for one in after.contacts]
    assert [
        one.person for one in StoredFacts(supervisor.session.store.read, "x", supervisor.session.now).contacts(DAY, DAY)
    ] == [None]
    with pytest.raises(PeopleErasedError):
        supervisor.desk.list_people(flight.id, uuid4(), [sits(FAR)], supervisor.by)
    assert proves(at_work).records


@pytest.mark.parametrize(
    "spoil",
    [
        "DELETE FROM health_part WHERE part = 'person'",
        "UPDATE health_part SET content = replace(content, 'VIZINHOVA', 'OUTRA')",
        "UPDATE voyage SET contacts = 0",
        "UPDATE voyage_event SET by = 'screener'",
        "DELETE FROM voyage_case",
        "DELETE FROM voyage_event WHERE kind = 'voyage.people_listed'",
    ],
)
def test_whatever_is_changed_behind_the_desk_s_back_is_found(clinician, flight, case, at_work, spoil):
    chosen(clinician, flight, case)
    with clinician.session.store.write() as unit:
        unit.connection.exec_driver_sql(spoil)
        unit.commit()

    with pytest.raises(RecordChangedError):
        proves(at_work)


def test_a_screener_writes_voyages_down_and_sees_no_name_and_the_border_nothing(at_work, clinician, flight, case):
    screener = at_work(Role.SCREENER)
    assert screener.desk.show(flight.number, screener.by).people == ()
    for act in (
        lambda: screener.desk.show(flight.id, screener.by, names=True),
        lambda: screener.desk.propose(flight.id, case, screener.by),
        lambda: screener.desk.voyages.contacts(screener.by),
        lambda: screener.desk.papers.contacts(flight.id, screener.by),
    ):
        with pytest.raises(NotAllowedError):
            act()
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR):
        stranger = Actor("x", role)
        for act in (
            lambda: clinician.desk.show(flight.id, stranger),  # noqa: B023 - called at once
            lambda: clinician.desk.voyages(stranger),  # noqa: B023
            lambda: clinician.desk.list_people(flight.id, uuid4(), [sits(FAR)], stranger),  # noqa: B023
            lambda: clinician.desk.record(uuid4(), CHAPA, None, stranger),  # noqa: B023
        ):
            with pytest.raises(NotAllowedError):
                act()


def test_each_look_at_names_is_on_record(clinician, flight, case, at_work):
    clinician.desk.show(flight.id, clinician.by)
    supervisor = at_work(Role.HEALTH_SUPERVISOR)
    assert not [one for one in supervisor.health.access_log(NOW, supervisor.by) if one.record_id == flight.id]

    shown = clinician.desk.show(flight.id, clinician.by, names=True)

    assert {one.who.surname for one in shown.people} == {"VIZINHOVA", "LONGEVA", "CASOVA"}
    assert shown.in_charge == DRIVER
    log = supervisor.health.access_log(NOW, supervisor.by)
    assert [(one.by, one.record_id) for one in log if one.record_id == flight.id] == [("clinician", flight.id)]


def test_the_person_of_a_screening_becomes_a_patient_without_a_guess(clinician, flight):
    kept = clinician.health.record(ill_traveller(flight.sheet.key), clinician.by).view
    shown = clinician.health.show(kept.id, clinician.by)

    found = identity_of(shown.person, shown.clinical)

    assert (found.surname, found.sex, found.age_years, found.birth_date) == ("CASOVA", "F", 34, None)
    assert found.document == "PASSPORT U1"
    assert identity_of(shown.person).age_years is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"waters": "SEA"},
        {"imo": "9999993"},
        {"numbered_seats": Answer.NO},
        {"number": " "},
        {"layout": "BUS_2_2"},
        {"crew_count": -1},
    ],
)
def test_a_sheet_that_cannot_be_is_refused(wrong):
    said = {"conveyance": "AIR", "number": "TM 301", "day": DAY, "origin": "A", "destination": "B", "layout": "AIR_3_3"}
    with pytest.raises(VoyageFieldError):
        VoyageSheet(**said | wrong)


def test_an_imo_number_has_its_check_digit():
    assert imo_holds("IMO 9074729")  # the example of IMO's own circular
    assert imo_holds(SHIP.imo)
    assert not imo_holds("9074728")
    assert not imo_holds("907472")
