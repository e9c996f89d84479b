"""Secondary: who waits, what is known, the second decision that closes the case."""

import io
from dataclasses import replace
from uuid import uuid4

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from office_robot import CONTROL, ENTER, NOW, Colleague, an_hour_ago
from pypdf import PdfReader
from PySide6.QtCore import Qt

from bmis.crossings.crossing import EventKind, PhotoAnswer, Verdict
from bmis.crossings.decision import Decision
from bmis.kernel.actor import Role
from bmis.posts.post_setting import SettingName
from ui import compose

EXPIRED = "2026-01-01"


@pytest.fixture
def sent(training_home):
    """Somebody whom the lane sent here, by what was said."""

    def send(minutes=40, **more):
        with Colleague(training_home, "officer", an_hour_ago(minutes)) as officer:
            return officer.records(decision=Decision.PENDING_SECONDARY, **more)

    return send


@pytest.fixture
def second_line(office):
    def sign_in(**more):
        person = office("supervisor", **more)
        assert person.frame._code == "secondary"
        return person

    return sign_in


def accepts_checks(person):
    """Space accepts each check that is not clear."""
    outcome = person.desk.outcome
    while row := outcome.findings.first_unaccepted():
        row.setFocus()
        person.presses(Qt.Key.Key_Space)
    return person


def answers(person, **fields):
    for name, text in fields.items():
        person.desk.outcome.fields[name].field.setFocus()
        person.types(text)
    return person


def decided(training_home, pending):
    """Return the pending crossing as it stands and the one that closed it."""
    with Colleague(training_home, "supervisor") as colleague:
        view = colleague.desk.show(pending.id, colleague.by)
        closing = colleague.desk.show(view.closed_by, colleague.by).crossing if view.closed_by else None
        return view, closing


def test_the_queue_says_since_when_and_why_the_longest_wait_first(second_line, sent):
    sent(5, number="U0000002", surname="COSSA", given="JOANA")
    sent(50, number="U0000001", surname="SITOE", given="ALBERTO", note="Menor sozinho, sem autorização")
    person = second_line()

    assert [line.cells for line in person.desk.queue.lines()] == [
        ("50 min", "SITOE, ALBERTO", "1"),
        ("5 min", "COSSA, JOANA", "1"),
    ]
    assert [line.status for line in person.desk.queue.lines()] == ["amber", ""]
    assert "Porquê: Menor sozinho, sem autorização" in person.desk.case.person.text()

    person.presses(Qt.Key.Key_Down)
    assert "COSSA, JOANA" in person.desk.case.person.text()


def test_an_empty_queue_says_so(second_line):
    assert second_line().desk.queue.nothing() == "Ninguém espera."


def test_somebody_is_admitted_by_a_second_crossing_that_closes_the_first(second_line, sent, training_home):
    pending = sent(asked=False)
    person = accepts_checks(second_line())
    assert not person.desk.outcome.bar.button("ADMITTED").isEnabled()
    assert "Por responder: " in person.desk.outcome.bar.why_shut()

    answers(
        person, travel_mode="Rod", coming_from="ZAF", purpose="Tur", intended_days="7", accommodation="Hotel Utopia"
    )
    person.presses(Qt.Key.Key_F8).types("Autorização dos pais vista").presses(Qt.Key.Key_F12)

    assert person.reads().startswith("Admitido: guardado como ")
    assert person.desk.queue.lines() == ()
    view, closing = decided(training_home, pending)
    assert not view.is_open
    assert view.events[-1].kind is EventKind.CLOSED
    assert (closing.closes, closing.decision, closing.by) == (pending.id, Decision.ADMITTED, "supervisor")
    assert closing.request.journey.intended_days == 7
    assert closing.request.note == "Autorização dos pais vista"


def test_deciding_leads_to_the_check_that_was_not_accepted(second_line, sent):
    sent()
    person = second_line()

    person.presses(Qt.Key.Key_F12)

    assert person.focus() is person.desk.outcome.findings.first_unaccepted()
    assert len(person.desk.queue.lines()) == 1


def test_a_refusal_asks_for_protection_reasons_and_gives_the_notice(second_line, sent, training_home, tray):
    pending = sent()
    person = accepts_checks(second_line()).presses(Qt.Key.Key_F9)
    refusal = person.dialog
    assert not refusal.ok.isEnabled()

    person.types("A2")
    assert not refusal.ok.isEnabled(), "the question on protection has no default"
    refusal.no.setFocus()
    person.presses(Qt.Key.Key_Space)
    refusal.ok.setFocus()
    person.presses(Qt.Key.Key_Space)

    _view, closing = decided(training_home, pending)
    assert (closing.decision, closing.verdict.reasons) == (Decision.REFUSED_ENTRY, ("A2",))
    assert closing.verdict.refusal.protection_claim is False
    button = next(one for one in person.dialog.findChildren(type(refusal.ok)) if one.text() == "Imprimir")
    button.setFocus()
    person.presses(Qt.Key.Key_Space)
    title, pdf = tray.papers[0]
    assert title == "Notificação de recusa"
    assert "SITOE" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    with Colleague(training_home, "supervisor") as colleague:
        events = colleague.desk.show(closing.id, colleague.by).events
        assert [event.kind for event in events] == [EventKind.PRINTED]


def test_who_fears_to_return_is_referred_and_nothing_else_is_kept(second_line, sent, training_home, tray):
    pending = sent(note="Diz que não pode voltar")
    person = accepts_checks(second_line()).presses(Qt.Key.Key_F9)
    refusal = person.dialog

    refusal.yes.setFocus()
    person.presses(Qt.Key.Key_Space)
    assert refusal.ok.text() == "Encaminhar para protecção"
    person.presses(Qt.Key.Key_Space)

    _view, closing = decided(training_home, pending)
    assert closing.decision is Decision.REFERRED
    assert closing.verdict.reasons == ()
    assert closing.verdict.refusal.protection_claim is None
    assert closing.request.note is None
    assert tray.papers == []


def test_a_national_is_never_refused_entry(second_line, sent):
    sent(state="MOZ", number="AB1234567")
    person = accepts_checks(second_line())

    assert "REFUSED_ENTRY" not in person.desk.outcome.bar._buttons
    person.presses(Qt.Key.Key_F9)
    assert person.dialog is None


def test_letting_on_against_stop_needs_a_second_person(second_line, sent, training_home):
    pending = sent(until=EXPIRED)
    with Colleague(training_home, "admin", an_hour_ago(90)) as admin:
        compose.people(admin.session).add("rosa", "Rosa Utopia", Role.SUPERVISOR, "palavra-certa-1")
    person = accepts_checks(second_line()).presses(Qt.Key.Key_F12)

    person.fills("supervisor", "treino")
    assert "BMIS-047" in person.dialog.trouble.text(), "not oneself"
    person.fills("rosa", "palavra-certa-1")

    assert person.dialog is None
    assert decided(training_home, pending)[1].second_officer == "rosa"


def test_letting_on_somebody_with_another_face_needs_a_second_person(second_line, sent, training_home):
    pending = sent(face=PhotoAnswer.NOT_SAME)
    with Colleague(training_home, "admin", an_hour_ago(90)) as admin:
        compose.people(admin.session).add("rosa", "Rosa Utopia", Role.SUPERVISOR, "palavra-certa-1")
    person = accepts_checks(second_line())
    person.desk.decide(Decision.ADMITTED)

    person.fills("rosa", "palavra-certa-1")

    assert decided(training_home, pending)[1].second_officer == "rosa"


def test_the_second_signature_may_be_owed_where_one_officer_works_alone(second_line, sent, training_home):
    with Colleague(training_home, "supervisor", an_hour_ago(100)) as colleague:
        colleague.desk.set_post_setting(
            SettingName.SINGLE_OFFICER, True, valid_from=NOW.date(), reason="Equipa reduzida", by=colleague.by
        )
    pending = sent(until=EXPIRED)
    person = accepts_checks(second_line()).presses(Qt.Key.Key_F12)

    person.presses(ENTER).presses(ENTER)

    crossing = decided(training_home, pending)[1]
    assert (crossing.decision, crossing.second_officer) == (Decision.ADMITTED, None)
    person.at("supervisor")
    assert person.desk.navigation.item(1).text() == "Aprovações  (1)"


def test_history_tells_the_document_from_people_of_the_same_name(second_line, sent, training_home):
    with Colleague(training_home, "officer", an_hour_ago(600)) as officer:
        officer.records(number="U1234567")
        officer.records(number="U9999999")
    sent(number="U1234567")
    history = second_line().desk.case.history.text()

    on_document, _heading, others = history.partition("Mesmo nome e data de nascimento, outros documentos")
    assert on_document.count("Admitido") == 1
    assert "Podem ser outras pessoas" in others
    assert "U9999999" in others


def test_withdrawing_asks_once(second_line, sent, training_home):
    pending = sent()
    person = accepts_checks(second_line()).takes("Desistência do viajante")
    assert person.focus() is person.dialog.no

    person.presses(Qt.Key.Key_Backtab).presses(Qt.Key.Key_Space)

    assert decided(training_home, pending)[1].decision is Decision.WITHDRAWN


def test_a_case_that_another_desk_decided_leaves_the_queue(second_line, sent, training_home):
    pending = sent()
    person = accepts_checks(second_line())
    with Colleague(training_home, "supervisor") as colleague:
        request = replace(pending.request, request_id=uuid4())
        verdict = Verdict(Decision.WITHDRAWN, acknowledged=frozenset({"*"}))
        colleague.desk.record(request, verdict, colleague.by, closes=pending.id)

    person.presses(Qt.Key.Key_F12)
    assert "BMIS-256" in person.reads() or "BMIS-240" in person.reads()
    person.presses(Qt.Key.Key_F2)
    assert person.desk.queue.lines() == ()
    assert person.desk.case.person.text() == ""


def test_the_lock_takes_the_person_from_the_screen_and_keeps_the_work(second_line, sent):
    sent(5, number="U0000002", surname="COSSA")
    sent(50, number="U0000001")
    person = second_line().presses(Qt.Key.Key_Down)
    accepts_checks(person)
    answers(person, vehicle="MMC-12-34")

    person.presses(Qt.Key.Key_L, CONTROL)
    assert person.desk.queue.lines() == ()
    assert person.desk.case.person.text() == ""

    person.types("treino").presses(ENTER)
    assert "COSSA" in person.desk.case.person.text()
    assert person.desk.model.values["vehicle"] == "MMC-12-34"
    assert person.desk.outcome.bar.button("ADMITTED").isEnabled()


def test_an_officer_has_no_secondary_desk(office):
    assert "secondary" not in office("officer").frame._desks


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off(second_line, sent, language):
    sent(50, number="U0000001", note="Menor sozinho, sem autorização")
    sent(9, number="U0000002", surname="DE ALBUQUERQUE E MENDONÇA", given="CONSTANTINA", until=EXPIRED)
    person = second_line(language=language).presses(Qt.Key.Key_Down)
    for tab in range(4):
        person.desk.case.tabs.setCurrentIndex(tab)
        settle(person.window)
        assert clipped(person.window) == [], tab
        assert takes_markup(person.window) == []
        assert unnamed(person.window) == []
