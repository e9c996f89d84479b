"""What ships and aircraft declare: an open question is not a no, a waived paper says nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_health.events.settings import signal_types
from poe_health.rules.answer import Answer
from poe_health.voyages.declarations import (
    AircraftDeclaration,
    Disinsection,
    IllInFlight,
    IllOnBoard,
    PortCall,
    Reading,
    ShipDeclaration,
    is_reported,
    read_aircraft,
    read_ship,
    schedule_asked,
)
from poe_health.voyages.errors import ExtensionRefusedError, VoyageCodeError, VoyageFieldError
from poe_health.voyages.locator import Address, EmergencyContact, LocatorForm, Phones, form_is_asked
from poe_health.voyages.referring import ReferralNote, referred
from poe_health.voyages.sanitation import (
    SanitationCertificate,
    SanitationKind,
    SanitationState,
    extend,
    months_later,
)
from poe_health.voyages.seats import Seat
from poe_health.voyages.settings import aircraft_rule, inspection_areas, referrals, services, ship_questions

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

SHIP = ShipDeclaration(
    port="Beira",
    day=DAY,
    ship_name="Utopia Star",
    registration="9999993",
    flag="UTO",
    arriving_from="Durban",
    sailing_to="Dar es Salaam",
    crew_count=18,
    passenger_count=0,
    answers=dict.fromkeys(ship_questions(), NO),
    ports=(PortCall("Durban", date(2026, 11, 18)), PortCall("Utopia", date(2026, 10, 20))),
    sanitation_certificate=YES,
    affected_area_visited=NO,
    master_signed=True,
    surgeon_on_board=NO,
)


def test_a_whole_declaration_with_nine_noes_reports_nothing():
    assert len(ship_questions()) == 9
    assert read_ship(SHIP).reading is Reading.NOTHING_REPORTED


@pytest.mark.parametrize("code", list(ship_questions()))
def test_one_yes_is_a_report_and_one_open_question_is_incomplete(code):
    said = read_ship(replace(SHIP, answers=dict(SHIP.answers) | {code: YES}))
    unanswered = read_ship(replace(SHIP, answers={key: one for key, one in SHIP.answers.items() if key != code}))

    assert (said.reading, said.reported) == (Reading.REPORTED, (code,))
    assert (unanswered.reading, unanswered.open_questions) == (Reading.INCOMPLETE, (code,))


def test_only_questions_of_illness_ask_for_the_schedule():
    ill = replace(SHIP, answers=dict(SHIP.answers) | {"q4_ill_now": YES})

    assert schedule_asked(ill) is YES
    assert "schedule" in read_ship(ill).lacking
    listed = replace(ill, schedule=(IllOnBoard("1", "febre"),))
    assert "schedule" not in read_ship(listed).lacking
    assert schedule_asked(replace(SHIP, answers=dict(SHIP.answers) | {"q9_animal": YES})) is NO
    assert schedule_asked(replace(SHIP, answers={"q9_animal": NO})) is UNKNOWN


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"master_signed": False}, "master_signed"),
        ({"surgeon_on_board": YES}, "surgeon_signed"),
        ({"surgeon_on_board": UNKNOWN}, "surgeon_signed"),
        ({"sanitation_certificate": UNKNOWN}, "sanitation_certificate"),
        ({"ports": ()}, "ports"),
        ({"ports": (PortCall("Durban", date(2026, 11, 18)),)}, "ports"),
        ({"ship_name": " "}, "ship_name"),
    ],
)
def test_what_a_declaration_lacks_makes_it_incomplete(change, lacks):
    found = read_ship(replace(SHIP, **change))

    assert found.lacking == (lacks,)
    assert found.reading is Reading.INCOMPLETE


def test_a_short_voyage_needs_the_ports_since_it_began_only():
    short = replace(SHIP, ports=(PortCall("Durban", date(2026, 11, 18)),), voyage_began_on=date(2026, 11, 18))

    assert read_ship(short).reading is Reading.NOTHING_REPORTED


@given(st.dictionaries(st.sampled_from(list(ship_questions())), st.sampled_from(list(Answer))))
def test_nothing_reported_means_nine_answered_noes(answers):
    found = read_ship(replace(SHIP, answers=answers))

    every_no = all(answers.get(code) is NO for code in ship_questions())
    assert (found.reading is Reading.NOTHING_REPORTED) == every_no


def test_a_question_of_no_list_and_a_crew_below_zero_are_refused():
    with pytest.raises(VoyageCodeError):
        replace(SHIP, answers={"q10_pirates": YES})
    with pytest.raises(VoyageFieldError):
        replace(SHIP, crew_count=-1)


@pytest.mark.parametrize(
    ("celsius", "signs", "reported"),
    [
        (38.0, {"RASH": YES}, YES),
        (37.9, {"RASH": YES}, NO),
        (None, {"RASH": YES}, UNKNOWN),
        (39.0, {}, UNKNOWN),
        (39.0, {"RASH": NO}, UNKNOWN),
        (37.0, {}, NO),
    ],
)
def test_fever_and_a_sign_are_reported_and_what_nobody_measured_is_unknown(celsius, signs, reported):
    assert is_reported(IllInFlight("1", celsius, signs)) is reported


def test_fever_without_any_sign_is_not_reported():
    assert is_reported(IllInFlight("1", 39.0, dict.fromkeys(aircraft_rule().signs, NO))) is NO
    assert len(aircraft_rule().signs) == 8
    with pytest.raises(VoyageCodeError):
        IllInFlight("1", 39.0, {"HUNGER": YES})


FLIGHT = AircraftDeclaration("TM 301", NO, (), NO, (), NO, signed=True)


def test_an_aircraft_that_reports_nothing_says_all_of_it():
    assert read_aircraft(FLIGHT).reading is Reading.NOTHING_REPORTED
    assert read_aircraft(replace(FLIGHT, anybody_ill=UNKNOWN)).reading is Reading.INCOMPLETE
    assert read_aircraft(replace(FLIGHT, anybody_left_ill=YES)).reading is Reading.REPORTED
    assert read_aircraft(replace(FLIGHT, disinsection_done=YES)).lacking == ("disinsections",)
    done = replace(FLIGHT, disinsection_done=YES, disinsections=(Disinsection("Joanesburgo", DAY, "residual"),))
    assert read_aircraft(done).reading is Reading.NOTHING_REPORTED
    ill = replace(FLIGHT, ill=(IllInFlight("1", 38.4, {"RECENT_CONFUSION": YES}),))
    assert read_aircraft(ill).reported == ("anybody_ill",)


def test_a_waived_declaration_is_not_an_aircraft_without_illness():
    assert read_aircraft(replace(FLIGHT, waived=True)).reading is Reading.INCOMPLETE


CERTIFICATE = SanitationCertificate(SanitationKind.EXEMPTION, "UTO-1", date(2026, 5, 31), "Utopia")
MAY = {"port_cannot_inspect": True, "port_authorised": True, "evidence": NO}


def test_six_months_to_the_day_and_one_more_once():
    assert CERTIFICATE.valid_until == date(2026, 11, 30)
    assert CERTIFICATE.state_on(date(2026, 11, 30)) is SanitationState.VALID
    assert CERTIFICATE.state_on(date(2026, 12, 1)) is SanitationState.EXPIRED
    assert CERTIFICATE.state_on(date(2026, 5, 30)) is SanitationState.NOT_YET

    longer = extend(CERTIFICATE, DAY, **MAY)
    assert longer.valid_until == date(2026, 12, 30)
    with pytest.raises(ExtensionRefusedError) as twice:
        extend(longer, DAY, **MAY)
    assert twice.value.facts["why"] == "extension_twice"


def test_a_second_extension_that_was_written_all_the_same_does_not_count():
    forged = replace(CERTIFICATE, extended_on=(DAY, DAY, DAY))

    assert forged.valid_until == date(2026, 12, 30)


def test_an_extension_that_was_written_after_the_end_does_not_count():
    ended = CERTIFICATE.valid_until
    late, on_the_last_day = (replace(CERTIFICATE, extended_on=(day,)) for day in (ended + timedelta(days=1), ended))

    assert late.state_on(ended + timedelta(days=1)) is SanitationState.EXPIRED
    assert on_the_last_day.state_on(ended + timedelta(days=30)) is SanitationState.VALID


@pytest.mark.parametrize(
    ("on", "change", "why"),
    [
        (date(2026, 12, 1), {}, "expired"),
        (date(2026, 5, 1), {}, "early"),
        (DAY, {"evidence": UNKNOWN}, "evidence"),
        (DAY, {"evidence": YES}, "evidence"),
        (DAY, {"port_cannot_inspect": False}, "port"),
        (DAY, {"port_authorised": False}, "port"),
    ],
)
def test_an_extension_is_refused(on, change, why):
    with pytest.raises(ExtensionRefusedError) as refused:
        extend(CERTIFICATE, on, **(MAY | change))
    assert refused.value.facts["why"] == f"extension_{why}"


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 30))
def test_months_later_is_that_month_and_never_a_later_day(day, months):
    found = months_later(day, months)

    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
    assert found.day == day.day or (found.day >= 28 and (found.replace(day=28).month == found.month))


def test_the_end_of_august_and_a_leap_year():
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert len(inspection_areas()) == 16


FORM = LocatorForm(
    carrier="LAM",
    voyage_no="TM301",
    seat=Seat(12, "C"),
    arrival_date=DAY,
    surname="UTOPIANO",
    given_names="TESTE",
    sex="F",
    phones=Phones(mobile="+258840000000"),
    address_permanent=Address(country="MOZ", landmark="junto ao mercado"),
    emergency_contact=EmergencyContact(surname="UTOPIANO", phone="+258850000000"),
)


def test_a_resident_with_a_landmark_has_a_whole_form():
    assert FORM.missing() == ()


def test_a_visitor_is_asked_where_they_stay_and_a_chapa_has_no_seat():
    visitor = replace(FORM, address_permanent=Address(country="ZAF", city="Polokwane"))

    assert visitor.missing() == ("address_temporary",)
    assert replace(FORM, seat=None).missing() == ("seat",)
    assert replace(FORM, seat=None).missing(numbered_seats=False) == ()
    assert "phones" in replace(FORM, phones=Phones(home="  ")).missing()
    assert "emergency_contact" in replace(FORM, emergency_contact=EmergencyContact(surname="X")).missing()
    assert len(LocatorForm().missing()) == 11


def test_the_form_is_collected_only_when_disease_on_board_is_suspected():
    assert [form_is_asked(one) for one in (YES, NO, UNKNOWN)] == [True, False, False]


def note(what, **more):
    return ReferralNote(what, AT, "ana", "Milange", **more)


@pytest.mark.parametrize(
    ("what", "to"),
    [
        ("DEATH_AT_POST", "CIVIL_REGISTRY"),
        ("BIRTH_AT_POST", "CIVIL_REGISTRY"),
        ("STILLBIRTH_AT_POST", "CIVIL_REGISTRY"),
        ("MORTAL_REMAINS", "HEALTH_AUTHORITY"),
        ("LIVE_ANIMALS", "VETERINARY_SERVICE"),
        ("MEAT", "VETERINARY_SERVICE"),
        ("SICK_ANIMAL", "VETERINARY_SERVICE"),
    ],
)
def test_each_matter_goes_to_the_service_that_decides(what, to):
    assert referred(note(what)).to == to
    assert to in services()


def test_every_referral_names_services_and_signals_that_exist():
    for one in referrals(DAY).values():
        assert {one.to, *one.also} <= set(services())
        assert one.signal is None or one.signal in signal_types()


def test_a_death_is_a_signal_unless_its_cause_is_known():
    assert referred(note("DEATH_AT_POST")).signal == "DEATH_UNEXPLAINED"
    assert referred(note("DEATH_AT_POST", cause_known=NO)).signal == "DEATH_UNEXPLAINED"
    assert referred(note("DEATH_AT_POST", cause_known=YES)).signal is None
    assert referred(note("SICK_ANIMAL", cause_known=YES)).signal == "ANIMAL_DIE_OFF"


def test_a_note_without_its_code_place_or_number_is_refused():
    with pytest.raises(VoyageCodeError):
        note("WEDDING")
    with pytest.raises(VoyageFieldError):
        note("MEAT", number=0)
    with pytest.raises(VoyageFieldError):
        replace(note("MEAT"), where=" ")
