"""Shifts of a clinician at the secondary health desk, by keys only, on a real encrypted home."""

from datetime import timedelta

import pytest
from health_secondary_robot import (
    CARE,
    CONSENT,
    DAY,
    EXAM,
    MARIA,
    NOW,
    TRAVEL,
    Clinic,
    HealthColleague,
)
from office_robot import ENTER, ESCAPE
from PySide6.QtCore import Qt

from poe_health.rules.answer import Answer
from poe_health.screening.record import ConsentAnswer
from ui.compose import verify_store

DOWN, SPACE = Qt.Key.Key_Down, Qt.Key.Key_Space
F5, F9, F10, F12 = Qt.Key.Key_F5, Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_F12
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def clinic(qtbot, training_home, tray):
    """Signs a clinician, or another role, in at the desk; whoever was sent to secondary waits already."""
    at_work = []

    def sign_in(role="clinician", **more):
        at_work.append(Clinic(qtbot, training_home, role, **more))
        return at_work[-1]

    yield sign_in
    for person in at_work:
        person.ends()


@pytest.fixture
def sent(training_home):
    """Sends somebody from primary screening."""

    def send(kind="sends", **more):
        with HealthColleague(training_home) as colleague:
            return getattr(colleague, kind)(**more)

    return send


@pytest.fixture
def stored(training_home):
    """Returns the open cases and what is kept of each, as another clinician reads it."""

    def read(case_id):
        with HealthColleague(training_home, "clinician") as colleague:
            return colleague.desk.show(case_id, colleague.by)

    return read


def consents(person, button=ConsentAnswer.GIVEN):
    """Go to the consent tab and press the answer by keys."""
    person.goes_to_tab(CONSENT).types("Nyanja").presses(ENTER).types("Sim").presses(ENTER).types("Sim")
    person.desk.cases.case.consent.buttons[button].setFocus()
    return person.presses(SPACE).settles()


def ends(person, **said):
    person.presses(F12)
    return person.answers_dialog(**said)


def test_the_queue_says_how_long_and_why_and_names_nobody(clinic, sent):
    sent(certificate="ABSENT", minutes=50)
    sent("sends_a_contact", minutes=12, person=MARIA)
    person = clinic()

    lines = person.desk.cases.queue.lines()
    assert [(line.cells[0], line.status) for line in lines] == [("12 min", "red"), ("50 min", "amber")]
    assert lines[0].cells[1].startswith("Doente após contacto com febre hemorrágica")
    assert lines[0].cells[1].endswith("via 1")
    assert "UTOPIANA" not in " ".join(" ".join(line.cells) for line in lines)


def test_a_name_is_shown_only_when_the_case_is_opened_and_that_is_on_record(clinic, sent, training_home):
    primary = sent("sends_a_contact", person=MARIA)
    person = clinic()
    person.presses(DOWN)
    with HealthColleague(training_home, "health-supervisor") as supervisor:
        assert supervisor.desk.access_log(NOW - timedelta(hours=1), supervisor.by) == ()

    person.opens()

    assert person.desk.cases.case.person.fields["surname"].value() == "UTOPIANA"
    with HealthColleague(training_home, "health-supervisor") as supervisor:
        (opened,) = supervisor.desk.access_log(NOW - timedelta(hours=1), supervisor.by)
    assert (opened.record_id, opened.by) == (primary.id, "clinician")
    person.presses(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert person.desk.cases.case.person.fields["surname"].value() == ""


def test_no_examination_begins_before_consent(clinic, sent):
    sent("sends_a_contact")
    person = clinic().opens().settles()

    person.goes_to_tab(EXAM)

    assert "BMIS-575" in person.reads()
    assert person.desk.cases.case.tabs.currentIndex() == CONSENT - 1
    person.model.set_text("pulse", "120")
    assert person.sheet.examined_at is None
    assert person.sheet.text("pulse") == ""

    consents(person).goes_to_tab(EXAM).types("385")
    assert person.sheet.examined_at == NOW
    assert person.focus().objectName() == "health.temperature"


def test_every_text_is_a_draft_so_none_is_given_out_and_oral_consent_is_kept_with_the_interpreter(clinic, sent, stored):
    sent("sends_a_contact")
    person = clinic().opens().settles()
    tab = person.desk.cases.case.consent

    assert "rascunhos" in tab.texts.text()
    assert not tab.card.isEnabled()
    person.presses(F5)
    assert "BMIS-508" in person.reads()

    consents(person)

    said = stored(person.sheet.screening_id).clinical.secondary
    assert (said.consent.answer, said.consent.at, said.consent.notice_version) == (ConsentAnswer.GIVEN, NOW, None)
    assert (said.consent.language, said.consent.read_aloud, said.interpreter) == ("Nyanja", True, True)
    assert person.desk.cases.queue.lines()[0].cells[0] == "20 min"  # since primary, not since the case was opened


def test_an_ebola_contact_refuses_is_ordered_isolated_and_transferred(clinic, sent, stored, tray, training_home):
    sent("sends_a_contact", person=MARIA)
    person = clinic().opens().settles()
    assert "Isolado no posto" in person.desk.cases.outcome.banner.text()
    assert "MISAU/INS" in person.desk.cases.outcome.draft.text()

    # she refuses: one question, and the form is printed
    person.goes_to_tab(CONSENT).types("Nyanja").presses(F9)
    person.dialog.yes.setFocus()
    person.presses(SPACE).settles()
    case = person.sheet.screening_id
    assert stored(case).clinical.secondary.consent.answer is ConsentAnswer.REFUSED
    person.presses(F5)
    person.prints()
    assert tray.papers[-1][1].startswith(b"%PDF")

    # nothing is measured; what is seen is recorded
    person.goes_to_tab(EXAM)
    assert not person.desk.cases.case.exam.exam.fields["temperature"].field.isEnabled()
    person.desk.cases.case.exam.sought.setFocus()
    person.types("Vómitos").presses(ENTER).types("S").settles()
    assert person.sheet.symptoms["VOMITING"] is Answer.YES

    # an epidemiologist's signature orders nothing, the supervisor's does
    person.goes_to_tab(CONSENT)
    person.desk.cases.case.consent.order.setFocus()
    person.presses(SPACE).answers_dialog(
        imminent_risk="Febre depois de um funeral em zona de surto",
        legal_basis="Lei sintética de saúde pública, artigo 9",
        least_intrusive="Só temperatura e observação à distância",
        second="epidemiologist",
        second_password="treino",
    )
    assert "BMIS-173" in person.dialog.trouble.text()
    person.fills("health-supervisor", "treino").settles()
    assert person.dialog is None
    assert "health-supervisor" in person.desk.cases.case.consent.banner.text()
    person.goes_to_tab(EXAM).types("389").presses(ENTER).types("Axila").settles()

    # critical: neither let go without a reason, nor isolated without the care that is owed
    ends(person, disposition="Liberto")
    assert "BMIS-416" in person.dialog.trouble.text()
    person.presses(ESCAPE)
    ends(person, disposition="Isolado")
    assert "BMIS-419" in person.dialog.trouble.text()
    assert "assistência devida" in person.dialog.trouble.text()
    person.presses(ESCAPE).goes_to_tab(CARE).presses(SPACE).presses(DOWN).presses(SPACE)
    ends(person, disposition="Isolado")

    # the desk goes on to the guia
    person.bot.waitUntil(lambda: person.dialog is not None and "urgency" in person.dialog.fields)
    assert person.model.sheet is None
    person.answers_dialog(urgency="Urg", reason="Febre hemorrágica suspeita", transport="Amb", belongings="Com a irmã")
    referral = person.desk.transfers.in_front.referral
    assert referral.note.screening_id == case
    assert referral.note.vitals[0].temp_c == 38.9
    assert not person.desk.referrals.buttons["departure"].isEnabled()

    shown = stored(case)
    assert shown.view.facts.disposition == "ISOLATED"
    assert shown.clinical.secondary.compulsion.legal_basis == "Lei sintética de saúde pública, artigo 9"
    assert len(shown.clinical.secondary.care) == 2
    assert [one.celsius for one in shown.clinical.temperatures] == [38.6, 38.9]
    assert shown.person == MARIA.__class__(**{**{f: getattr(MARIA, f) for f in MARIA.__slots__}, "sex": "F"})
    with HealthColleague(training_home, "health-supervisor") as supervisor:
        assert verify_store(supervisor.session)().records > 0


def test_a_high_case_goes_on_only_with_the_reason_and_the_token_is_printed(clinic, sent, stored, tray):
    sent("sends_a_contact")
    person = clinic().opens().settles()
    consents(person)
    case = person.sheet.screening_id

    ends(person, disposition="Liberto", reason="curto")
    assert "BMIS-416" in person.dialog.trouble.text()
    assert stored(case).view.is_open
    assert person.focus() is person.dialog.fields["reason"]

    person.fills("Malária confirmada no hospital ontem, sem contacto")

    shown = stored(case)
    assert shown.view.facts.disposition == "CLEARED"
    assert {one.of for one in shown.clinical.overrides} >= {"disposition"}
    person.prints()
    assert tray.papers[-1][1].startswith(b"%PDF")
    assert "terminado" in person.reads() or "impressora" in person.reads()


def test_while_too_little_is_known_neither_an_end_nor_a_low_risk_is_proposed(clinic, sent):
    sent(certificate="ABSENT")
    person = consents(clinic().opens().settles())
    assert person.model.outcome.disposition is None
    assert "Risco proposto: —" in person.desk.cases.outcome.facts.text()

    person.presses(F12)

    assert person.dialog.answers()["risk"] == ""
    assert person.focus() is person.dialog.fields["risk"]


def test_the_questions_that_matter_are_answered_by_one_key_each(clinic, sent, stored):
    sent(any_symptom=Answer.YES, symptoms={"COUGH": Answer.YES})
    person = clinic().opens().settles()
    consents(person)
    needs = person.desk.cases.outcome.needs
    before = person.model.outcome.judgement.needs
    assert 0 < len(before) <= 5
    needs.setFocus()

    first = needs.key()
    person.types("N").settles()

    assert person.sheet.answer(first) is Answer.NO
    assert first not in person.model.outcome.judgement.needs
    person.presses(Qt.Key.Key_G, ALT)
    kept = stored(person.sheet.screening_id).clinical.form
    assert kept.symptoms.get(first, None) is Answer.NO or kept.exposures[first].answer is Answer.NO


def test_what_may_not_be_charged_is_refused_and_taken_out(clinic, sent, stored):
    sent("sends_a_contact")
    person = consents(clinic().opens().settles())
    person.goes_to_tab(CARE)
    person.desk.cases.case.care.charge.setFocus()

    person.presses(SPACE).answers_dialog(kind="Isol", amount="500")

    assert "BMIS-422" in person.dialog.trouble.text()
    person.presses(ESCAPE)
    assert person.sheet.charges == ()
    assert stored(person.sheet.screening_id).clinical.secondary.charges == ()

    person.desk.cases.case.care.charge.setFocus()
    person.presses(SPACE).answers_dialog(kind="Isol", amount="0")
    assert person.dialog is None
    assert [one.amount_mzn for one in stored(person.sheet.screening_id).clinical.secondary.charges] == [0]


def test_travel_and_companions_are_kept_as_they_are_shown(clinic, sent, stored):
    sent("sends_a_contact", person=MARIA)
    person = consents(clinic().opens().settles())
    person.goes_to_tab(TRAVEL)
    person.desk.cases.case.travel.add.setFocus()
    person.presses(SPACE).answers_dialog(country="uga", since="01112026", until="10112026")
    person.goes_to_tab(CARE)
    person.desk.cases.case.care.join.setFocus()
    person.presses(SPACE).answers_dialog(name="UTOPIANA ROSA", relation="irma", age="19", ill="N")
    person.presses(Qt.Key.Key_G, ALT)

    shown = stored(person.sheet.screening_id)
    (stay,) = shown.clinical.form.itinerary
    assert (stay.country, stay.since.day, stay.until.day) == ("UGA", 1, 10)
    (companion,) = shown.person.companions
    assert (companion.name, companion.age_years, companion.ill) == ("UTOPIANA ROSA", 19, Answer.NO)
    assert person.desk.cases.case.travel.stays.lines()[0].cells[0] == "UGA"
    assert person.desk.cases.case.care.companions.lines()[0].cells[0] == "UTOPIANA ROSA"


def test_a_rare_temperature_is_confirmed_and_a_slip_is_marked(clinic, sent):
    sent("sends_a_contact")
    person = consents(clinic().opens().settles())
    person.goes_to_tab(EXAM).types("4").types("2").types("5").settles()
    assert person.dialog is not None
    person.dialog.yes.setFocus()
    person.presses(SPACE).settles()
    assert person.model.wrong == {}

    person.goes_to_tab(EXAM).presses(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier).types("99").settles()
    assert "BMIS-400" in person.desk.cases.case.exam.exam.fields["temperature"].remark.text()
    ends(person, disposition="Liberto")
    assert "BMIS-577" in person.dialog.trouble.text()


def test_what_was_half_typed_comes_back_after_a_power_cut(clinic, sent):
    sent("sends_a_contact", person=MARIA)
    person = consents(clinic().opens().settles())
    person.goes_to_tab(EXAM).types("389")
    person.model.autosave.now()
    person.ends()

    again = clinic()
    again.opens().settles().goes_to_tab(EXAM)

    assert again.desk.cases.case.exam.exam.fields["temperature"].value() == "389"
    assert again.model.has_work


def test_a_case_that_somebody_else_ended_is_not_ended_twice(clinic, sent, training_home):
    sent("sends_a_contact")
    person = consents(clinic().opens().settles())
    case = person.sheet.screening_id
    with HealthColleague(training_home, "health-supervisor") as supervisor:
        supervisor.desk.void(case, "Registado duas vezes por engano", supervisor.by)

    person.presses(Qt.Key.Key_G, ALT)

    assert "BMIS-576" in person.reads()


def test_telephones_are_one_key_away_and_the_card_is_printed(clinic, tray):
    person = clinic().presses(F10)
    lines = person.desk.phones.lines
    assert [one[0] for one in lines][:2] == ["Ambulância", "Serviço Distrital de Saúde (SDSMAS)"]
    assert lines[1][1] == "por registar"
    assert lines[0][2].startswith("ANTIGO")

    person.types("P")
    person.prints()
    title, pdf = tray.papers[-1]
    assert (title, pdf[:4]) == ("Cartão de telefones", b"%PDF")
    assert DAY.year == 2026


@pytest.mark.parametrize("role", ["screener", "epidemiologist"])
def test_who_examines_nobody_has_no_such_desk(qtbot, training_home, role):
    from office_robot import Office

    person = Office(qtbot, training_home, role, at=NOW)
    assert "health_secondary" not in person.frame._desks
    person.ends()
