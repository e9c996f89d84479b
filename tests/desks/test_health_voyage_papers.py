"""Papers of a voyage typed part by part by keys: the whole sheet, an inspection of many areas, a locator form."""

from uuid import uuid4

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from health_post_robot import DAY, F12, Doctor
from office_robot import CONTROL, ENTER, ESCAPE
from PySide6.QtCore import Qt

from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.voyages.events import ConveyanceInspected, LocatorEntered
from poe_health.voyages.people import PersonAboard
from poe_health.voyages.seats import Seat, SeatPlan
from poe_health.voyages.sheet import VoyageSheet, Waters

SHEET, INSPECTION, LOCATOR = 1, 2, 3


@pytest.fixture
def ship(training_home):
    """A ship on record."""
    with Doctor(training_home) as doctor:
        return doctor.voyages.record(
            uuid4(), VoyageSheet("SHIP", "MV UTOPIA", DAY, "DURBAN", "MAPUTO"), None, doctor.by
        )


@pytest.fixture
def sick_coach(training_home):
    """A coach with numbered seats on which disease was told of."""
    with Doctor(training_home) as doctor:
        sheet = VoyageSheet("BUS", "MMM123MC", DAY, "LILONGWE", "TETE", carrier="UTOPIA LINHAS", layout="BUS_2_2")
        kept = doctor.voyages.record(uuid4(), sheet, None, doctor.by)
        told = (kept.id, uuid4(), "MEASLES", doctor.session.now(), "Hospital sintetico de Tete", doctor.by)
        return doctor.voyages.tell_disease(*told)


def stored(home, voyage_id, names=False):
    with Doctor(home) as doctor:
        return doctor.voyages.show(voyage_id, doctor.by, names=names)


def drafts(home):
    with Doctor(home) as doctor:
        return doctor.desk.drafts.of("health_post", doctor.by)


def in_front(person, page):
    """The first voyage of the list is in front of every page."""
    return person.goes("voyages").goes("sheets", page)


def test_the_sheet_takes_carrier_imo_hours_stops_and_an_own_plan_and_loses_none(post, training_home, ship):
    person = in_front(post(), SHEET)
    person.line("vehicle").presses(ENTER).answers(carrier="Utopia Mar", imo="9074729", waters="mar")
    person.line("places").presses(ENTER).answers(direction="Ent", arrived_at="0630")
    for place, left in (("Richards Bay", "20112026 1800"), ("Ponta do Ouro", "")):
        person.does("stop").answers(place=place, arrived_at="20112026 0800" if left else "", left_at=left)
    person.line("seats").presses(ENTER).answers(seating="plan", letters="AB", first_row="1",
                                                last_row="4", skipped="3", crew_count="20")  # fmt: skip
    assert person.page.unsaved()
    person.presses(F12).answers(reason="Folha completada a bordo")

    sheet = stored(training_home, ship.id).voyage.sheet
    assert (sheet.carrier, sheet.imo, sheet.waters) == ("Utopia Mar", "9074729", Waters.SEA)
    assert [stop.place for stop in sheet.stops] == ["Richards Bay", "Ponta do Ouro"]
    assert f"{sheet.stops[0].left_at:%d %H:%M}" == "20 16:00"  # two hours behind the post's clock
    assert sheet.stops[1].left_at is None
    assert f"{sheet.arrived_at:%d %H:%M}" == "23 04:30"
    assert sheet.plan == SeatPlan((1, 2, 4), "AB")
    assert (sheet.crew_count, sheet.passenger_count, sheet.origin) == (20, None, "DURBAN")
    assert not person.page.unsaved()
    assert drafts(training_home) == ()

    person.line(1).does("off").presses(F12).answers(reason="A segunda paragem foi engano")
    assert [stop.place for stop in stored(training_home, ship.id).voyage.sheet.stops] == ["Richards Bay"]


def test_an_imo_number_that_does_not_hold_is_refused_and_what_was_typed_stays(post, training_home, ship):
    person = in_front(post(), SHEET)
    person.line("vehicle").presses(ENTER).answers(carrier="Utopia Mar", imo="9074728")

    person.presses(F12)

    assert "BMIS-470" in person.reads()
    assert person.page.half.text("carrier") == "Utopia Mar"
    assert stored(training_home, ship.id).voyage.sheet.imo is None


def test_a_new_voyage_half_typed_is_there_again_after_the_screen_was_locked(post, training_home):
    person = post("screener", desk="health_post").goes("sheets", SHEET)
    person.line("vehicle").presses(ENTER).answers(conveyance="Autoc", number="MMM 9", carrier="Utopia Linhas")
    person.presses(Qt.Key.Key_L, CONTROL)
    assert "MMM 9" not in str([line.cells for line in person.page.list.lines()])
    person.types("treino").presses(ENTER)

    person.goes("sheets", SHEET)
    assert person.page.half.text("number") == "MMM 9"
    person.line("places").presses(ENTER).answers(origin="Blantyre", destination="Tete")
    person.line("seats").presses(ENTER).answers(seating="sem", passenger_count="40").presses(F12)

    with Doctor(training_home) as doctor:
        (kept,) = doctor.voyages.voyages(doctor.by)
    assert (kept.sheet.carrier, kept.sheet.numbered_seats, kept.sheet.passenger_count) == (
        "Utopia Linhas",
        Answer.NO,
        40,
    )


def test_a_quick_form_that_was_left_stands_there_again_and_is_forgotten_once_it_is_kept(post, training_home):
    person = post().goes("voyages").presses(F12)
    person.types("Autoc").presses(ENTER).types("MMM 9").presses(ESCAPE)
    assert person.dialog is None
    person.bot.waitUntil(lambda: len(drafts(training_home)) == 1, timeout=20_000)

    person.presses(F12)
    assert person.dialog.fields["number"].text() == "MMM 9"
    person.answers(origin="Blantyre", destination="Tete")

    with Doctor(training_home) as doctor:
        (kept,) = doctor.voyages.voyages(doctor.by)
    assert (kept.sheet.conveyance, kept.sheet.number) == ("BUS", "MMM 9")
    assert drafts(training_home) == ()


def test_several_areas_are_kept_in_one_inspection(post, training_home, ship):
    person = in_front(post("clinician", desk="health_post"), INSPECTION)
    person.line("GALLEY").types("1").types("2")  # evidence in the galley, none in the pantry
    person.line("POTABLE_WATER").presses(ENTER)
    person.answers(sample="Sim", measure="D", remark="Tampa do tanque partida")
    person.line("ENGINE_ROOM").types("2").line("ENGINE_ROOM").types("3")
    assert person.page.unsaved()

    person.presses(F12).answers(at="0900")

    (kept,) = stored(training_home, ship.id).voyage.of(ConveyanceInspected)
    found = {one.area: one for one in kept.areas}
    assert set(found) == {"GALLEY", "PANTRY", "POTABLE_WATER"}
    assert (found["GALLEY"].evidence, found["PANTRY"].evidence) == (Answer.YES, Answer.NO)
    assert (found["POTABLE_WATER"].evidence, found["POTABLE_WATER"].sample) == (Answer.UNKNOWN, Answer.YES)
    assert found["POTABLE_WATER"].measure is not None
    assert not person.page.unsaved()


def test_an_inspection_half_typed_waits_as_a_draft(post, training_home, ship):
    person = in_front(post("clinician", desk="health_post"), INSPECTION)
    person.line("SEWAGE").types("1")
    person.ends()
    person = in_front(post("clinician", desk="health_post"), INSPECTION)

    assert person.page.areas["SEWAGE"].evidence is Answer.YES
    assert person.page.unsaved()
    person.presses(F12).answers()
    assert len(list(stored(training_home, ship.id).voyage.of(ConveyanceInspected))) == 1


def test_a_locator_form_is_typed_whole_and_its_people_are_on_board(post, training_home, sick_coach):
    person = in_front(post("clinician", desk="health_post"), LOCATOR)
    person.line("head").presses(ENTER).answers(seat="5A")
    person.line("who").presses(ENTER).answers(surname="UTOPIANA", given_names="Berta", middle_initial="C", sex="F")
    person.line("phones").presses(ENTER).answers(mobile="+258840000002", email="berta@example.org")
    person.line("address_permanent").presses(ENTER).answers(
        country="UTO", city="Utopia", street="Rua 1", postcode="1000"
    )
    person.line("address_temporary").presses(ENTER).answers(country="MOZ", city="Tete", hotel="Hotel Sintetico")
    person.line("emergency_contact").presses(ENTER).answers(surname="UTOPIANO", phone="+258840000003", country="UTO")
    person.does("family").answers(surname="UTOPIANA", given_names="Filha", seat="5B", age="7")
    person.does("along").answers(surname="UTOPIANO", given_names="Colega", group="Equipa")
    assert "—" in dict(person.page.facts.facts())["Falta aqui"]
    person.presses(F12)

    shown = stored(training_home, sick_coach.id, names=True)
    (kept,) = shown.voyage.of(LocatorEntered)
    assert (kept.missing, kept.members) == ((), 3)
    seats = {one.who.given_names: one.seats for one in shown.people}
    assert seats["Berta"] == (Seat(5, "A"),)
    assert seats["Filha"] == (Seat(5, "B"),)
    assert person.page.paper.surname is None  # the next form begins


def test_the_form_of_somebody_listed_before_is_kept_with_that_person(post, training_home, sick_coach):
    with Doctor(training_home) as doctor:
        listed = PersonAboard(PatientIdentity(surname="UTOPIANA", given_names="Berta"), (Seat(5, "A"),))
        doctor.voyages.list_people(sick_coach.id, uuid4(), [listed], doctor.by)
    person = in_front(post("clinician", desk="health_post"), LOCATOR)
    person.does("who").answers(person="UTOPIANA")
    assert (person.page.paper.surname, person.page.paper.given_names) == ("UTOPIANA", "Berta")
    assert dict(person.page.facts.facts())["Já na lista"].startswith("sim")
    person.line("phones").presses(ENTER).answers(mobile="+258840000002")
    person.presses(F12)

    (one,) = stored(training_home, sick_coach.id, names=True).people
    assert (one.source, one.seats, one.who.phone) == ("listed", (Seat(5, "A"),), "+258840000002")
    assert person.page.ref is None  # the next form is somebody else's


def test_a_form_that_is_refused_stays_with_everything_on_it(post, training_home, ship, sick_coach):
    person = post("clinician", desk="health_post").goes("voyages").line(ship.id).goes("sheets", LOCATOR)
    person.line("who").presses(ENTER).answers(surname="UTOPIANA", given_names="Berta")
    person.presses(F12)
    assert "BMIS-5" in person.reads()  # nobody told of disease on board of this ship
    assert person.page.paper.surname == "UTOPIANA"

    person.goes("voyages").line(sick_coach.id).goes("sheets", LOCATOR)
    assert person.page.paper.surname is None
    person.line("phones").presses(ENTER).answers(mobile="8" * 40)
    person.presses(F12)
    assert "BMIS-595" in person.reads()
    assert person.page.paper.phones.mobile == "8" * 40
    person.line("address_permanent").presses(ENTER).answers(country="QQQ")
    assert "BMIS-590" in person.dialog.trouble.text()
    person.dialog.close()
    person.goes("voyages").line(ship.id).goes("sheets", LOCATOR)
    assert person.page.paper.surname == "UTOPIANA"


def test_contacts_are_proposed_by_the_preset_that_was_chosen(post, training_home, sick_coach):
    from poe_health.referrals.people.identity import PatientIdentity

    with Doctor(training_home) as doctor:
        people = [PersonAboard(PatientIdentity(surname=f"UTOPIANO {at}"), (Seat(at, "A"),)) for at in (5, 6, 12)]
        doctor.voyages.list_people(sick_coach.id, uuid4(), people, doctor.by)
    person = post().goes("voyages", 4).does("propose").answers(seats="5A", preset="Todos")

    assert person.page.proposed.proposal.preset == "WHOLE_VEHICLE"
    assert len(person.page.picked) == 3


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_of_these_pages_is_cut_off(post, ship, language):
    person, cut = post(language=language).goes("voyages"), {}
    for page in (SHEET, INSPECTION, LOCATOR):
        person.goes("sheets", page)
        settle(person.window)
        cut[page] = clipped(person.window) + unnamed(person.window) + takes_markup(person.window)
        for key in [line.key for line in person.page.list.lines()][:7]:
            person.page.list.go_to(key)
            person.page.open_line(key)
            front = person.dialog
            settle(front, front.size())
            cut[page, key] = clipped(front) + unnamed(front) + ([str(front.height())] if front.height() > 768 else [])
            front.close()
    assert {name: found for name, found in cut.items() if found} == {}
