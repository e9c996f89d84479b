"""Outbreak mode and the dated lists at the health supervisor's desk: the load first, then two signatures."""

from datetime import timedelta
from uuid import uuid4

import pytest
from health_post_robot import DAY, F12, NOW, Doctor
from office_robot import ESCAPE

from poe_health.outbreaks.run_outbreak_mode import APPROVE_LIST


def state(training_home, day=DAY):
    with Doctor(training_home) as doctor:
        return doctor.desk.outbreaks(day)


def screened_last_week(training_home):
    for days in (1, 3):
        with Doctor(training_home, at=NOW - timedelta(days=days)) as doctor:
            doctor.screens(6, at=NOW - timedelta(days=days))
            doctor.screens(2, at=NOW - timedelta(days=days), temperature=38.9)


def test_the_load_is_shown_before_two_people_start_outbreak_mode(post, training_home):
    screened_last_week(training_home)
    person = post().goes("outbreaks")
    assert person.page.banner.text().startswith("NÃO VERIFICADO")  # no list was approved: off is not safe
    assert "Listas em falta" in person.page.banner.text()
    person.presses(F12).answers(disease="C", areas="Sim", rooms="2", reason="Ordem do MISAU por escrito")

    with Doctor(training_home) as doctor:
        load = doctor.desk.expect_load(doctor.by, areas_to_secondary=True, rooms=2)
    said = person.dialog.accessibleDescription()
    assert f"{load.screened} rastreados em {load.days_with_records} dias" in said
    assert "Espera na hora mais cheia: cerca de" in said
    assert "carecem de aprovação do MISAU/INS" in said
    assert state(training_home).mode is None

    # nobody signs for oneself, and a wrong password signs nothing
    person.answers(second="health-supervisor", second_password="treino")
    assert "BMIS-" in person.dialog.trouble.text()
    assert state(training_home).mode is None
    person.answers(second="epidemiologist", second_password="treino")

    mode = state(training_home).mode
    assert (mode.by, mode.second, mode.areas_to_secondary) == ("health-supervisor", "epidemiologist", True)
    assert mode.expected == load
    assert person.page.banner.text().startswith("ATENÇÃO")
    assert "Modo de surto iniciado" in person.reads()

    # the room is full: the supervisor alone eases it, with a reason, and it is on record
    person.does("symptoms").answers(reason="Sala cheia, doze pessoas esperam")
    assert state(training_home).symptoms_only
    assert "Só sintomas" in person.page.banner.text()
    person.does("end").answers(reason="Ordem levantada pelo MISAU", second="epidemiologist", second_password="treino")
    assert state(training_home).mode is None
    with Doctor(training_home) as doctor:
        history = doctor.desk.outbreaks.history()
    assert len(person.page.list.lines()) == len(history) == 3


@pytest.mark.parametrize(("age", "seen"), [(0, "CONFORME"), (40, "NÃO VERIFICADO")])
def test_mode_that_is_off_is_green_only_with_every_list_at_hand_and_none_of_them_old(post, training_home, age, seen):
    with Doctor(training_home, at=NOW - timedelta(days=age)) as doctor:
        approve = doctor.desk.approve_lists
        for lists in (approve.outbreaks, approve.areas, approve.emergencies):
            subject = uuid4()
            signed = doctor.desk.second.immediate(APPROVE_LIST, subject, "epidemiologist", "treino", doctor.by)
            lists(subject, [], DAY - timedelta(days=age), "Boletim lido, sem entradas", doctor.by, signed)

    person = post().goes("outbreaks")

    assert person.page.banner.text().startswith(seen)
    assert ("Listas em falta" in person.page.banner.text()) is (age > 0)


def test_without_records_the_load_is_not_known_and_no_zero(post, training_home):
    person = post().goes("outbreaks").presses(F12)
    person.answers(disease="C", reason="Ordem do MISAU por escrito")
    assert "não se sabem, o que não é zero" in person.dialog.accessibleDescription()
    person.presses(ESCAPE)
    assert state(training_home).mode is None


def test_a_load_that_changed_meanwhile_is_looked_at_again(post, training_home):
    screened_last_week(training_home)
    person = post().goes("outbreaks").presses(F12)
    person.answers(disease="C", reason="Ordem do MISAU por escrito")
    with Doctor(training_home, at=NOW - timedelta(days=2)) as doctor:
        doctor.screens(1, at=NOW - timedelta(days=2))
    person.answers(second="epidemiologist", second_password="treino")
    assert "BMIS-485" in person.dialog.trouble.text()
    assert state(training_home).mode is None


def test_a_list_holds_once_two_approved_it_and_an_empty_one_says_none(post, training_home):
    person = post().goes("outbreaks", 2)
    page = person.page
    assert page.banner.text().startswith("NÃO VERIFICADO")
    person.does("area").answers(disease="C", country="XXX", source="Boletim 44 do INS")
    assert "BMIS-590" in person.dialog.trouble.text()
    assert person.focus() is person.dialog.fields["country"]
    person.answers(country="mwi", admin1="MW-S", since="01112026")
    assert [one.status for one in page.list.lines()] == ["amber"]
    assert page.unsaved()
    assert state(training_home).areas is None

    person.does("approve_areas").answers(reason="Boletim 44 do INS", second="epidemiologist", second_password="treino")
    kept = state(training_home).areas
    assert (kept.second, kept.version, kept.areas[0].area.country, kept.areas[0].area.admin1) == (
        "epidemiologist",
        1,
        "MWI",
        "MW-S",
    )
    assert not page.unsaved()
    person.does("approve_outbreaks").answers(
        reason="Nenhum surto declarado", second="epidemiologist", second_password="treino"
    )
    assert state(training_home).outbreaks.outbreaks == ()
    assert page.banner.text().startswith("CONFORME")

    person.does("take_off")
    assert page.list.lines() == ()
    person.does("undo")
    assert len(page.list.lines()) == 1


def test_a_clinician_has_no_say_over_outbreaks(post, training_home):
    person = post("clinician", desk="health_secondary")
    assert "health_supervisor" not in person.frame._desks
