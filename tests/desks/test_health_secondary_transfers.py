"""Transfers and monitoring at the secondary health desk: acceptance before departure, alerts, visits, handover."""

from datetime import timedelta
from uuid import uuid4

import pytest
from health_secondary_robot import DAY, FOLLOWED, NOW, TRANSFERS, Clinic, HealthColleague
from office_robot import ENTER, ESCAPE
from PySide6.QtCore import Qt

from poe_health.followup.follow import by_disease
from poe_health.followup.start_monitoring import MonitoringRequest
from poe_health.followup.visit import DayStatus
from poe_health.referrals.note import ReferralNote
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.referral import State
from poe_health.referrals.steps import Answered, Left
from poe_health.rules.answer import Answer

ROSA = PatientIdentity(surname="UTOPIANA", given_names="ROSA SINTETICA", phone="+258840000007")
NOTE = ReferralNote(
    "URGENT",
    "Febre hemorrágica suspeita",
    "VHF",
    "AMBULANCE",
    "Com a irmã",
    suspected=("EVD",),
    no_vitals_why="Recusou",
)
ALT = Qt.KeyboardModifier.AltModifier
F2, F5, F12, SPACE = Qt.Key.Key_F2, Qt.Key.Key_F5, Qt.Key.Key_F12, Qt.Key.Key_Space


@pytest.fixture
def clinic(qtbot, training_home, tray):
    """Signs a clinician in at the desk and goes to a page."""
    at_work = []

    def sign_in(page, **more):
        at_work.append(Clinic(qtbot, training_home, **more))
        return at_work[-1].presses(getattr(Qt.Key, f"Key_{page}"), ALT)

    yield sign_in
    for person in at_work:
        person.ends()


@pytest.fixture
def guia(training_home):
    """Opens a guia, and lets the patient leave when ``left`` hours ago is given."""

    def open_one(left=None):
        at = NOW - timedelta(hours=left or 1)
        with HealthColleague(training_home, "clinician", at) as colleague:
            desk, by = colleague.transfers, colleague.by
            found = desk.open(uuid4(), NOTE, ROSA, by)
            if left is not None:
                unit = desk.directory.facilities(by)[0].code
                desk.step(found.id, Answered(at, unit, "", "", "ACCEPTED", "PHONE", "Dra. Sintética, chefe"), by)
                desk.step(found.id, Left(at, "AMBULANCE", "Enf. Sintético"), by)
        return found

    return open_one


@pytest.fixture
def followed(training_home):
    """Begins to follow somebody exposed so many days ago."""

    def begin(disease="EVD", days=4, who=ROSA, at=NOW - timedelta(days=1)):
        with HealthColleague(training_home, "clinician", at) as colleague:
            asked = MonitoringRequest(uuid4(), disease, DAY - timedelta(days=days), "LAST_EXPOSURE", Answer.YES)
            return colleague.transfers.monitor(asked, who, colleague.by)

    return begin


def stored_referral(training_home, referral_id):
    with HealthColleague(training_home, "clinician") as colleague:
        return colleague.transfers.show(referral_id, colleague.by)


def stored_monitoring(training_home, monitoring_id):
    with HealthColleague(training_home, "clinician") as colleague:
        return colleague.transfers.show_followed(monitoring_id, colleague.by).followed


def test_nobody_leaves_before_a_unit_accepted_then_the_guia_is_printed_in_two_copies(clinic, guia, training_home, tray):
    opened = guia()
    person = clinic(TRANSFERS).presses(ENTER)
    page = person.desk.referrals
    assert "UTOPIANA, ROSA SINTETICA" in page.facts.text()
    assert not page.buttons["departure"].isEnabled()

    # the step that comes next is asked for by one key: first the answer, then the departure
    person.presses(F12).answers_dialog(
        facility="Hospital Prov", answer="Aceita", means="Tel", person="Dra. Sintética, chefe de banco"
    )
    person.presses(F5).prints()
    person.presses(F5).prints()
    assert [title.rsplit("-", 1)[1] for title, _pdf in tray.papers] == ["A", "B"]
    assert all(pdf.startswith(b"%PDF") for _title, pdf in tray.papers)
    person.presses(F12).answers_dialog(transport="Amb", escort="Enf. Sintético", vehicle="ABC123MC")

    shown = stored_referral(training_home, opened.id)
    assert shown.referral.state is State.LEFT
    assert shown.referral.printed == ("A", "B")
    assert shown.referral.facility_name == shown.referral.acceptance.facility_name
    assert shown.referral.facility_name in page.facts.text()
    assert page.banner.text().startswith("CONFORME")


def test_a_guia_that_changes_is_accepted_again_before_the_patient_leaves(clinic, guia, training_home, tray):
    opened = guia()
    person = clinic(TRANSFERS).presses(ENTER)
    page = person.desk.referrals
    accepting = {"facility": "Hospital Prov", "answer": "Aceita", "means": "Tel", "person": "Dra. Sintética, chefe"}
    person.presses(F12).answers_dialog(**accepting)
    person.presses(F5).prints()

    page.buttons["amend"].setFocus()
    person.presses(SPACE).answers_dialog(why="grave", urgency="Emerg", phone="1")
    assert "BMIS-502" in person.dialog.trouble.text()
    person.types(", sangra muito").answers_dialog()

    kept = stored_referral(training_home, opened.id)
    assert (kept.referral.note.urgency, kept.referral.outgrown) == ("EMERGENCY", True)
    assert kept.who.phone == f"{ROSA.phone}1"
    assert page.banner.text().startswith("PARAR")
    assert "grave, sangra muito" in page.facts.text()
    assert not page.buttons["departure"].isEnabled()
    person.presses(F12).answers_dialog(**accepting)
    assert page.buttons["departure"].isEnabled()
    assert page.banner.text().startswith("CONFORME")


def test_silence_about_the_arrival_is_an_alert_and_not_arrived_is_said_by_somebody(clinic, guia, training_home):
    opened = guia(left=6)
    person = clinic(TRANSFERS)
    page = person.desk.referrals
    (line,) = page.list.lines()
    assert (line.status, line.cells[1][:19]) == ("red", "Sem notícia da cheg")
    assert person.desk.pages.tabText(TRANSFERS - 1).endswith("(1)")

    person.presses(ENTER)
    page.buttons["not_arrived"].setFocus()
    person.presses(SPACE).answers_dialog(person="Banco de socorros", means="Tel", done="Chamado o motorista")
    assert stored_referral(training_home, opened.id).referral.state is State.NOT_ARRIVED
    assert "não chegou" in page.banner.text()

    person.presses(F12).answers_dialog(person="Dr. Sintético", means="Tel", when="0930")
    person.presses(F12).answers_dialog(person="Dr. Sintético", classification="Desc", outcome="Alta")
    assert stored_referral(training_home, opened.id).referral.state is State.OUTCOME_RECEIVED
    assert page.list.nothing() == "Não há transferências abertas."


def test_a_time_that_is_none_and_a_short_reason_keep_the_form_open(clinic, guia):
    guia(left=1)
    person = clinic(TRANSFERS).presses(ENTER)

    person.presses(F12).answers_dialog(person="Dr. Sintético", means="Tel", when="2575")
    assert "BMIS-426" in person.dialog.trouble.text()
    person.presses(ESCAPE)

    assert not person.desk.referrals.buttons["cancel"].isEnabled()
    assert person.desk.referrals.buttons["arrival"].isEnabled()


def test_a_well_contact_is_seen_today_and_what_is_missing_is_not_well(clinic, followed, training_home):
    one = followed()
    person = clinic(FOLLOWED)
    assert [line.cells[3] for line in person.desk.monitoring.list.lines()] == ["Dia sem visita"]
    person.presses(ENTER)

    person.presses(F12).answers_dialog(contact="Visto", method="Tel", temp_am="36,6", signs="não")
    assert stored_monitoring(training_home, one.id).days[3].status is DayStatus.UNCLEAR

    person.presses(F12).answers_dialog(contact="Visto", method="Tel", temp_am="366", signs="perg")

    kept = stored_monitoring(training_home, one.id)
    assert kept.days[3].status is DayStatus.WELL
    assert kept.monitoring.visits[-1].visit.temp_am == 36.6
    assert "Visto, sem sintomas" in person.desk.monitoring.facts.text()
    assert person.desk.monitoring.list.lines()[0].cells[2] == "4/21"


def test_an_ill_contact_escalates_and_is_referred_from_the_list(clinic, followed, training_home):
    one = followed()
    person = clinic(FOLLOWED).presses(ENTER)

    person.presses(F12).answers_dialog(contact="Visto", method="Vis", temp_pm="38.4", signs="tem")
    signs = person.desk.monitoring.forms.signs
    signs.answers.go_to("VOMITING")
    person.types("S").presses(ENTER)

    kept = stored_monitoring(training_home, one.id)
    assert kept.days[3].status is DayStatus.ILL
    assert dict(kept.monitoring.visits[-1].visit.symptoms) == {"VOMITING": Answer.YES}
    assert [each.finding for each in kept.escalations] == ["ILL"]
    assert person.desk.monitoring.banner.text().startswith("PARAR")

    person.desk.monitoring.buttons["told"].setFocus()
    person.presses(SPACE).answers_dialog(person="Dr. Sintético, INS", means="Tel", decided="Transferir já")
    assert stored_monitoring(training_home, one.id).escalations == ()

    person.desk.monitoring.buttons["refer"].setFocus()
    person.presses(SPACE).answers_dialog(
        urgency="Urg", reason="Contacto que adoeceu", transport="Amb", belongings="Consigo"
    )
    shown = person.desk.transfers.in_front
    assert shown.who == ROSA
    assert shown.referral.note.vitals[0].temp_c == 38.4
    assert shown.referral.note.suspected == ("EVD",)


def test_the_handover_to_the_destination_is_printed_and_counts_when_it_is_confirmed(
    clinic, followed, training_home, tray
):
    one = followed()
    person = clinic(FOLLOWED).presses(ENTER)
    person.desk.monitoring.buttons["handover"].setFocus()

    person.presses(SPACE).answers_dialog(
        receiver="Autoridade de outro",
        place="mwi",
        authority="Ministry of Health",
        contact="+265 1 000 000",
        means="Tel",
        reason="Segue viagem",
    )
    person.desk.monitoring.buttons["print_handover"].setFocus()
    person.presses(SPACE).prints()
    assert tray.papers[-1][1].startswith(b"%PDF")
    assert stored_monitoring(training_home, one.id).monitoring.is_open

    person.desk.monitoring.buttons["acknowledged"].setFocus()
    person.presses(SPACE).answers_dialog(person="Dr. Utopian", means="Mens", number="MW-7")

    assert not stored_monitoring(training_home, one.id).monitoring.is_open
    assert person.desk.monitoring.list.nothing() == "Ninguém está em seguimento aqui."


def test_the_lists_are_by_disease_and_of_those_to_see_today(clinic, followed, training_home):
    followed()
    followed("CHOLERA", days=2, who=PatientIdentity(surname="UTOPIANO"), at=NOW)
    person = clinic(FOLLOWED)
    page = person.desk.monitoring
    with HealthColleague(training_home, "clinician") as colleague:
        lists = by_disease(colleague.transfers.followed(colleague.by))
    assert set(lists) == {"EVD", "CHOLERA"}
    page.which.setFocus()

    person.types("Doen").presses(F2)

    assert page.which.currentData() in lists
    assert {line.cells[1] for line in page.list.lines()} == {page.which.currentText()}
    assert len(page.list.lines()) == len(lists[page.which.currentData()])


def test_a_companion_of_a_case_is_followed_from_it(clinic, training_home):
    from test_health_secondary import consents

    with HealthColleague(training_home) as colleague:
        colleague.sends_a_contact()
    person = clinic(1).opens().settles()
    consents(person)
    person.goes_to_tab(5)
    person.desk.cases.case.care.join.setFocus()
    person.presses(SPACE).answers_dialog(name="UTOPIANA JULIA", relation="filha")
    person.presses(Qt.Key.Key_S, ALT)
    person.dialog.fields["who"].setFocus()

    person.answers_dialog(who="UTOP", disease="Doen")

    shown = person.desk.followed.in_front
    assert shown.who.surname == "UTOPIANA JULIA"
    assert shown.followed.monitoring.disease in {"EVD", "MARBURG"}
    assert shown.followed.monitoring.day0 == DAY - timedelta(days=5)
    assert shown.followed.monitoring.started.reckoned_from == "LAST_EXPOSURE"
