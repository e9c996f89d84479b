"""Voyages at the desk: contacts proposed and chosen, a declaration, measures, free pratique by two, events."""

from uuid import uuid4

import pytest
from health_post_robot import DAY, F5, F12, Doctor
from office_robot import ENTER

from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.voyages.free_pratique import PratiqueState, Step
from poe_health.voyages.people import PersonAboard
from poe_health.voyages.seats import Seat
from poe_health.voyages.settings import layouts
from poe_health.voyages.sheet import VoyageSheet


@pytest.fixture
def coach(training_home):
    """A coach with numbered seats and three people on board."""
    with Doctor(training_home) as doctor:
        sheet = VoyageSheet("BUS", "MMM123MC", DAY, "LILONGWE", "TETE", layout=coach_layout())
        kept = doctor.voyages.record(uuid4(), sheet, None, doctor.by)
        people = [
            PersonAboard(PatientIdentity(surname=f"UTOPIANO {name}"), (Seat.parse(seat),))
            for name, seat in (("UM", "5A"), ("DOIS", "5B"), ("LONGE", "12D"))
        ]
        return doctor.voyages.list_people(kept.id, uuid4(), people, doctor.by)


@pytest.fixture
def ship(training_home):
    """A ship for which free pratique was asked."""
    with Doctor(training_home) as doctor:
        kept = doctor.voyages.record(
            uuid4(), VoyageSheet("SHIP", "MV UTOPIA", DAY, "DURBAN", "MAPUTO", imo="9074729"), None, doctor.by
        )
        return doctor.voyages.pratique(kept.id, uuid4(), Step.ASK, doctor.session.now(), doctor.by)


def coach_layout():
    return next(code for code, one in layouts().items() if one.conveyance == "BUS")


def stored(training_home, voyage_id, names=False):
    with Doctor(training_home) as doctor:
        return doctor.voyages.show(voyage_id, doctor.by, names=names)


def test_a_voyage_is_written_down_and_stands_in_the_list_as_in_the_store(post, training_home):
    person = post().goes("voyages").presses(F12)
    person.answers(conveyance="Autoc", number="MMM 9", origin="Blantyre", destination="Tete", seating="sem",
                   passenger_count="40", in_charge="Motorista Sintetico")  # fmt: skip
    with Doctor(training_home) as doctor:
        (kept,) = doctor.voyages.voyages(doctor.by)
    assert (kept.sheet.numbered_seats, kept.sheet.passenger_count, kept.sheet.crew_count) == (Answer.NO, 40, None)
    (line,) = person.page.list.lines()
    assert (line.key, line.cells[2]) == (kept.id, "Blantyre → Tete")
    assert kept.number in person.page.facts.text()
    assert ("Tripulação", "—") in person.page.facts.facts()
    assert "Motorista" not in person.page.facts.text()

    person.does("correct").answers(destination="Chimoio", reason="Destino mal lido na lista")
    assert stored(training_home, kept.id).voyage.sheet.destination == "Chimoio"


def test_contacts_are_proposed_by_seat_chosen_by_a_person_and_followed(post, training_home, coach, tray):
    person = post().goes("voyages").does("told").answers(disease="Sar", told_by="Hospital de Tete, Dr. Sintetico")
    person.goes("voyages", 4)
    page = person.page
    assert [line.cells[0] for line in page.list.lines()] == ["UTOPIANO UM", "UTOPIANO DOIS", "UTOPIANO LONGE"]
    person.does("propose").answers(seats="5A")
    marked = {line.cells[0] for line in page.list.lines() if line.cells[0].startswith("☑")}
    with Doctor(training_home) as doctor:
        proposed = doctor.voyages.propose(coach.id, page.case, doctor.by)
    assert len(marked) == len(proposed.proposal.those(Answer.YES))
    assert page.unsaved()

    # a person takes one more, whom the preset did not propose
    far = next(line for line in page.list.lines() if "LONGE" in line.cells[0])
    if far.cells[0].startswith("☐"):
        person.line(far.key).presses(ENTER)
    person.does("keep").answers(last=f"{DAY:%d%m%Y}")
    kept = stored(training_home, coach.id).voyage
    assert {str(one.fact.ref) for one in kept.contacts} >= {far.key}
    assert any(one.fact.by_hand for one in kept.contacts)
    assert not page.unsaved()

    person.line(far.key).does("follow").answers(consent="Sim", going_to="Casa do tio, Tete")
    followed = [one for one in stored(training_home, coach.id).voyage.contacts if one.monitoring_id]
    assert [str(one.fact.ref) for one in followed] == [far.key]
    person.does("hand_over").answers(receiver="S", place="Tete", person="Ponto focal sintetico")
    assert len(stored(training_home, coach.id).voyage.handed_over) == 1
    person.goes("voyages").presses(F5).answers(paper="Cont").prints()
    assert tray.papers[0][1].startswith(b"%PDF")


def test_free_pratique_in_doubt_needs_two_and_one_person_cannot_give_it(post, training_home, ship):
    person = post("clinician", desk="health_post").goes("voyages", 2).presses(F12)
    person.answers(step="Conced")
    assert "BMIS-556" in person.dialog.trouble.text()
    assert stored(training_home, ship.id).voyage.pratique is PratiqueState.ASKED
    person.answers(second="health-supervisor", second_password="treino")
    kept = stored(training_home, ship.id).voyage
    assert kept.pratique is PratiqueState.GRANTED
    assert "health-supervisor" in person.page.facts.text()
    assert "LIVRE PRÁTICA" in person.page.banner.text()


def test_a_measure_is_ordered_done_and_its_evidence_given(post, training_home, ship):
    person = post().goes("voyages", 2)
    page = person.page
    person.does("judge").answers(affected="Sim", reason="Roedores mortos no porão")
    person.does("measure").answers(measure="D", basis="", reason="Roedores mortos no porao")
    assert person.dialog is not None  # the basis has no default
    person.answers(basis="M", basis_words="Parecer sintetico 1")
    assert person.dialog is None
    (ordered,) = stored(training_home, ship.id).voyage.measures
    assert page.list.lines()[0].status == "amber"
    person.line(ordered.order.id).does("done").answers(how="Equipa sintetica")
    person.does("evidence")
    (after,) = stored(training_home, ship.id).voyage.measures
    assert after.measure.done_at is not None
    assert after.measure.evidence_given


def test_a_declaration_with_open_questions_is_incomplete_and_kept_as_such(post, training_home, ship):
    person = post().goes("voyages", 3).does("head")
    person.answers(flag="UTO", sailing_to="Beira", crew_count="20", passenger_count="0", master="Comandante Sintetico")
    page = person.page
    assert page.banner.text().startswith("NÃO VERIFICADO")
    person.presses(F12)
    declared = stored(training_home, ship.id).voyage.declared
    assert declared.reading.value == "incomplete"
    first = page.list.lines()[0].key
    person.line(first).types("1")
    assert page.banner.text().startswith("PARAR")
    person.presses(F12)
    declared = stored(training_home, ship.id).voyage.declared
    assert declared.reading.value == "reported"


def test_a_death_at_the_post_says_who_must_be_told_and_is_printed_for_them(post, training_home, tray):
    person = post("clinician", desk="health_post").goes("voyages", 5).presses(F12)
    person.answers(what="Óbito", where="Sala de espera", cause="", subject="UTOPIANO SINTETICO")
    with Doctor(training_home) as doctor:
        (kept,) = doctor.voyages.events.listed(doctor.by)
    assert kept.facts.cause_known is Answer.UNKNOWN
    assert person.page.list.lines()[0].cells[2] == f"0/{len(kept.services)}"
    assert "SINTETICO" not in person.page.facts.text()
    person.does("tell").answers(person="Escrivao sintetico", taken="Sim")
    with Doctor(training_home) as doctor:
        (told,) = doctor.voyages.events.listed(doctor.by)
    assert told.told[told.facts.to].taken is Answer.YES
    person.presses(F5).answers().prints()
    assert tray.papers[0][1].startswith(b"%PDF")


def test_a_screener_has_the_post_s_pages_and_none_of_the_supervisor_s(post, training_home, coach):
    person = post("screener", desk="health_post")
    assert "health_supervisor" not in person.frame._desks
    assert not {"day", "outbreaks", "signals"} & set(person.desk._sections)
    person.goes("voyages", 4)
    assert all("UTOPIANO" not in cell for line in person.page.list.lines() for cell in line.cells)
    assert len(person.page.list.lines()) == 3
    assert "A sua função não vê nomes aqui." in person.page.facts.text()
    person.goes("voyages", 2)
    assert not any(button.isEnabled() for button in person.page.buttons.values())
