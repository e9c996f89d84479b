"""Who sat near: rows that do not exist, aisles, unknown seats, and buses without numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_health.codes import contact_presets
from poe_health.errors import HealthCodeError
from poe_health.rules.answer import Answer
from poe_health.voyages.contacts import Near, Occupant, OnBoard, propose_contacts
from poe_health.voyages.errors import SeatsNotNumberedError, SeatUnknownError, VoyageCodeError, VoyageFieldError
from poe_health.voyages.seats import Seat, SeatPlan
from poe_health.voyages.settings import layouts
from poe_health.voyages.voyage import NoNumberedSeats, Voyage

DAY = date(2026, 11, 22)
PLAN = layouts()["AIR_3_3"].plan


def flight(seating=PLAN, conveyance="AIR"):
    return Voyage(conveyance, "TM 301", DAY, "Joanesburgo", "Maputo", "LAM", seating)


def seats(text):
    return {Seat.parse(one) for one in text.split()}


def test_the_cross_around_a_seat_goes_over_the_aisle_and_over_the_row_that_is_not_there():
    assert PLAN.around(Seat.parse("12C"), rows=1, seats=1) == seats("12C 12B 12D 11C 14C")


def test_two_rows_around_are_whole_rows_counted_as_they_stand():
    near = PLAN.around(Seat.parse("14A"), rows=2, seats=None)

    assert {seat.row for seat in near} == {11, 12, 14, 15, 16}
    assert len(near) == 30


def test_the_first_row_and_the_window_have_no_neighbours_outside():
    assert PLAN.around(Seat.parse("1A"), rows=1, seats=1) == seats("1A 1B 2A")
    assert {seat.row for seat in PLAN.around(Seat.parse("30F"), rows=2, seats=None)} == {28, 29, 30}


@given(st.sampled_from(sorted(PLAN.all())), st.sampled_from(sorted(PLAN.all())), st.integers(0, 4))
def test_near_goes_both_ways(one, other, reach):
    assert (other in PLAN.around(one, rows=reach, seats=None)) == (one in PLAN.around(other, rows=reach, seats=None))
    assert (other in PLAN.around(one, rows=reach, seats=reach)) == (one in PLAN.around(other, rows=reach, seats=reach))
    assert PLAN.around(one, rows=reach, seats=reach) <= PLAN.around(one, rows=reach, seats=None)


@pytest.mark.parametrize(("text", "seat"), [("12c", "12C"), ("012C", "12C"), ("C12", "12C"), (" 1 A ", "1A")])
def test_seats_are_read_as_they_are_written(text, seat):
    assert str(Seat.parse(text)) == seat


@pytest.mark.parametrize("text", ["", "12", "C", "12CC", "-1A", "1234A", "12Ç", "١A"])
def test_what_is_no_seat_is_refused(text):
    with pytest.raises(VoyageFieldError):
        Seat.parse(text)


def test_a_seat_that_the_plan_does_not_have_is_refused_with_what_there_is():
    for text in ("13A", "31A", "12G"):
        with pytest.raises(SeatUnknownError):
            PLAN.around(Seat.parse(text), rows=1, seats=1)


@pytest.mark.parametrize(
    "said", [("ABBA", 1, 9), ("AB CD", 9, 1), ("ab", 1, 9), ("A I", 1, 9), ("AB", 1, 400), ("", 1, 2)]
)
def test_plans_that_no_vehicle_has_are_refused(said):
    with pytest.raises(VoyageFieldError):
        SeatPlan.usual(*said)


def test_every_plan_of_the_list_can_be_used_and_says_its_source():
    for one in layouts().values():
        first = next(one.plan.all())
        assert first in one.plan.around(first, rows=2, seats=None)
        assert one.source
    assert {one.conveyance for one in layouts().values()} == {"AIR", "BUS", "TRAIN"}


def test_the_neighbours_of_an_ebola_case_and_the_crew_that_served():
    people = [
        Occupant("beside", (Seat(12, "B"),)),
        Occupant("diagonal", (Seat(11, "B"),)),
        Occupant("moved", (Seat(28, "A"), Seat(11, "C"))),
        Occupant("unknown"),
        Occupant("misread", (Seat(13, "C"),)),
        Occupant("served", role=OnBoard.CREW, served=Answer.YES),
        Occupant("front crew", role=OnBoard.CREW, served=Answer.NO),
        Occupant("some crew", role=OnBoard.CREW),
        Occupant("cleaner", role=OnBoard.CLEANER, served=Answer.YES),
        Occupant("husband", (Seat(30, "F"),), companion=True),
    ]
    found = propose_contacts(flight(), "ADJACENT_1", [Seat(12, "C")], people)

    assert found.those(Answer.YES) == ("beside", "moved", "served", "cleaner", "husband")
    assert found.those(Answer.UNKNOWN) == ("unknown", "misread", "some crew")
    assert found.those(Answer.NO) == ("diagonal", "front crew")
    assert found.empty_seats == (Seat(12, "D"), Seat(14, "C"))


def test_everybody_on_a_chapa_is_listed():
    chapa = flight(NoNumberedSeats(), "BUS")
    people = [Occupant("a"), Occupant("driver", role=OnBoard.CREW, served=Answer.NO)]

    assert propose_contacts(chapa, "WHOLE_VEHICLE", [], people).those(Answer.YES) == ("a", "driver")
    for preset in ("ADJACENT_1", "ROWS_2"):
        with pytest.raises(SeatsNotNumberedError):
            propose_contacts(chapa, preset, [Seat(1, "A")], people)
    with pytest.raises(SeatsNotNumberedError):
        propose_contacts(flight(), "ROWS_2", [], people)
    with pytest.raises(SeatsNotNumberedError):
        propose_contacts(flight(None), "ROWS_2", [Seat(1, "A")], people)


def test_crew_only_and_chosen_by_hand():
    people = [Occupant("a", (Seat(1, "A"),)), Occupant("pilot", role=OnBoard.CREW)]

    crew = propose_contacts(flight(), "CREW_ONLY", [], people)
    by_hand = propose_contacts(flight(), "CUSTOM", [], people)

    assert (crew.those(Answer.YES), crew.those(Answer.NO)) == (("pilot",), ("a",))
    assert [one.near for one in by_hand.occupants] == [Near.BY_HAND, Near.BY_HAND]
    assert by_hand.those(Answer.UNKNOWN) == ("a", "pilot")


BY_SEAT = [one.code for one in contact_presets().values() if not one.same_source]


@given(st.sampled_from(BY_SEAT), st.sampled_from(list(OnBoard)))
def test_a_seat_nobody_knows_never_means_not_near(preset, role):
    one = Occupant("x", role=role)
    found = propose_contacts(flight(), preset, [Seat(12, "C")], [one]).occupants[0]

    if preset != "CREW_ONLY" or role is not OnBoard.PASSENGER:
        assert found.contact is not Answer.NO


def test_a_preset_of_no_list_is_refused():
    with pytest.raises(VoyageCodeError):
        propose_contacts(flight(), "NEARBY", [Seat(1, "A")], [])


def test_the_same_voyage_typed_otherwise_has_the_same_key():
    one = Voyage("BUS", "ABC-123-MC", DAY, "Blantyre", "Tete", "Expresso São João")
    other = Voyage("BUS", "abc 123 mc", DAY, "BLANTYRE ", "tete", "expresso sao joao")

    assert one.key == other.key
    assert one.key != Voyage("BUS", "ABC-124-MC", DAY, "Blantyre", "Tete", "Expresso São João").key


def test_nobody_said_how_people_sit_is_not_no_numbers_but_a_canoe_needs_no_telling():
    assert flight(None).sits is None
    assert Voyage("CANOE", "sem nome", DAY, "Likoma", "Cóbuè").sits == NoNumberedSeats()


def test_voyages_that_cannot_be_found_again_are_refused():
    with pytest.raises(VoyageFieldError):
        Voyage("BUS", " - ", DAY, "Blantyre", "Tete")
    with pytest.raises(VoyageFieldError):
        Voyage("BUS", "A1", DAY, "", "Tete")
    with pytest.raises(VoyageFieldError):
        Voyage("BUS", "A1", DAY, "Blantyre", "Tete", passenger_count=-1)
    with pytest.raises(VoyageFieldError):
        Voyage("CANOE", "A1", DAY, "Likoma", "Cóbuè", seating=PLAN)
    with pytest.raises(HealthCodeError):
        Voyage("ROCKET", "A1", DAY, "Lua", "Tete")
