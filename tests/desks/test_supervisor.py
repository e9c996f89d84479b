"""A supervisor's shift: the day in figures, signatures owed, corrections, paper forms, the shift's page, the post."""

import io
from datetime import date, timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from office_robot import CONTROL, ENTER, NOW, Colleague, an_hour_ago
from pypdf import PdfReader
from PySide6.QtCore import Qt

from bmis.crossings.decision import Decision
from bmis.crossings.paperwork.forms import FormState
from bmis.crossings.view import RecordState
from bmis.kernel.actor import Role
from bmis.posts.post_setting import SettingName
from ui import compose
from ui.desktop.supervisor.view_model import query_of

TODAY, APPROVALS, CROSSINGS, FORMS, SHIFT, POST = range(1, 7)
EXPIRED = "2026-01-01"


@pytest.fixture
def supervisor(office, training_home):
    def sign_in(section=TODAY, **more):
        person = office("supervisor", **more)
        person.at("supervisor")
        return person.goes_to(section)

    return sign_in


@pytest.fixture
def single_officer(training_home):
    with Colleague(training_home, "supervisor", an_hour_ago(3000)) as colleague:
        colleague.desk.set_post_setting(
            SettingName.SINGLE_OFFICER, True, valid_from=date(2026, 3, 1), reason="Equipa reduzida", by=colleague.by
        )


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_day_is_counted_in_tiles(supervisor, training_home):
    with Colleague(training_home, "officer", an_hour_ago()) as officer:
        officer.records("U0000001")
        officer.records("U0000002", "COSSA", decision=Decision.PENDING_SECONDARY)

    tiles = supervisor().section("today").tiles

    assert tiles["entries"].figure.text() == "2"
    assert tiles["in_secondary"].text() == "1 pessoa em secundária"
    assert tiles["typed_by_hand"].figure.text() == "2"
    assert tiles["unsent"].figure.text() == "2"


def test_a_signature_owed_is_approved_by_a(supervisor, training_home, single_officer):
    with Colleague(training_home, "officer", an_hour_ago()) as officer:
        officer.records(until=EXPIRED, owed=True)
    person = supervisor(APPROVALS)
    section = person.section("approvals")
    assert [line.cells[1] for line in section.list.lines()] == ["SITOE, ALBERTO"]
    assert person.desk.navigation.item(1).text() == "Aprovações  (1)"

    person.types("a").fills("Vi o documento e a decisão")

    assert "Aprovado." in person.reads()
    assert section.list.lines() == ()
    assert person.desk.navigation.item(1).text() == "Aprovações"


def test_an_overdue_signature_says_stop_and_is_rejected_by_r_with_a_reason(supervisor, training_home, single_officer):
    with Colleague(training_home, "officer", an_hour_ago(60 * 26)) as officer:
        officer.records(until=EXPIRED, owed=True)
    person = supervisor(APPROVALS)
    line = person.section("approvals").list.lines()[0]
    assert line.status == "red"
    assert line.cells[4].endswith("FORA DO PRAZO")

    person.types("r").presses(ENTER)
    assert person.dialog is not None, "a rejection without a reason"
    person.fills("O documento tinha expirado")

    assert "Rejeitado." in person.reads()


def test_nobody_approves_the_own_act(supervisor, training_home, single_officer):
    with Colleague(training_home, "supervisor", an_hour_ago()) as colleague:
        colleague.records(until=EXPIRED, owed=True)
    person = supervisor(APPROVALS)

    person.types("a").fills("Fui eu")

    assert "BMIS-047" in person.dialog.trouble.text()


def test_a_crossing_is_found_by_name_and_shown_whole(supervisor, training_home):
    with Colleague(training_home, "officer", an_hour_ago()) as officer:
        officer.records("U0000001", "SITOE", "ALBERTO")
        officer.records("U0000002", "COSSA", "JOANA")
    person = supervisor(CROSSINGS)
    assert len(person.section("crossings").list.lines()) == 2, "an empty search is today"

    person.types("cossa").presses(ENTER)

    section = person.section("crossings")
    assert [line.cells[1] for line in section.list.lines()] == ["COSSA, JOANA"]
    assert "Número do documento: U0000002" in section.facts.text()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", {"from_day": date(2026, 3, 14), "to_day": date(2026, 3, 14)}),
        ("12051990", {"birth": "1990-05-12"}),
        ("12/05/1990", {"birth": "1990-05-12"}),
        ("U123", {"document": "U123"}),
        ("  de   Sá ", {"name": "de Sá"}),
    ],
)
def test_what_is_typed_says_what_is_looked_for(text, asked):
    query = query_of(text, date(2026, 3, 14))

    assert {name: getattr(query, name) for name in asked} == asked


def test_a_field_is_corrected_with_its_reason_and_the_old_value_stays_in_view(supervisor, training_home):
    with Colleague(training_home, "officer", an_hour_ago()) as officer:
        kept = officer.records()
    person = supervisor(CROSSINGS).presses(ENTER)

    person.takes("Corrigir").fills("Veículo", "MMC-12-34", "Faltava a matrícula")

    assert "A passagem foi corrigida." in person.reads()
    facts = person.section("crossings").facts.text()
    assert "Veículo: — → MMC-12-34" in facts
    assert "Faltava a matrícula" in facts
    with Colleague(training_home, "supervisor") as colleague:
        assert colleague.desk.show(kept.id, colleague.by).crossing.request.journey.vehicle == "MMC-12-34"


def test_a_value_that_is_none_is_refused_and_asked_again(supervisor, training_home):
    with Colleague(training_home, "officer", an_hour_ago()) as officer:
        officer.records()
    person = supervisor(CROSSINGS).presses(ENTER)

    person.takes("Corrigir").fills("Nacionalidade", "ZZ9", "Engano")

    assert "BMIS-258" in person.dialog.trouble.text()


def test_another_officers_crossing_is_annulled_with_a_reason(supervisor, training_home):
    with Colleague(training_home, "officer", an_hour_ago()) as officer:
        kept = officer.records()
    person = supervisor(CROSSINGS).presses(ENTER)

    person.takes("Anular").fills("Registado duas vezes")

    assert "A passagem foi anulada." in person.reads()
    with Colleague(training_home, "supervisor") as colleague:
        assert colleague.desk.show(kept.id, colleague.by).state is RecordState.ANNULLED


def test_annulling_ones_own_crossing_needs_a_second_person(supervisor, training_home):
    with Colleague(training_home, "admin", an_hour_ago(90)) as admin:
        compose.people(admin.session).add("rosa", "Rosa Utopia", Role.SUPERVISOR, "palavra-certa-1")
    with Colleague(training_home, "supervisor", an_hour_ago()) as colleague:
        kept = colleague.records()
    person = supervisor(CROSSINGS).presses(ENTER)

    person.takes("Anular").fills("Registado duas vezes")
    assert "second" in person.dialog.fields, "asked for the second person"
    person.fills("rosa", "errada")
    assert "BMIS-047" in person.dialog.trouble.text()
    assert person.dialog.fields["second_password"].text() == ""
    person.fills("rosa", "palavra-certa-1")

    with Colleague(training_home, "supervisor") as colleague:
        view = colleague.desk.show(kept.id, colleague.by)
        assert (view.state, view.events[-1].second_officer) == (RecordState.ANNULLED, "rosa")


def test_forms_are_given_out_and_their_paper_saved_where_the_person_says(supervisor, tmp_path):
    person = supervisor(FORMS).presses(ENTER)
    file = tmp_path / "formularios.pdf"

    person.fills("3")
    person.fills(str(file))

    assert "Guardado: " in person.reads()
    assert file.stat().st_mode & 0o077 == 0, "a paper is for its owner"
    numbers = [line.key for line in person.section("forms").list.lines()]
    assert len(numbers) == 3
    assert all(number in text_of(file.read_bytes()) for number in numbers)
    assert "3 formulários livres" in person.section("forms").banner.text()


def test_too_many_forms_are_refused(supervisor):
    person = supervisor(FORMS).presses(ENTER)

    person.fills("90000")

    assert "BMIS-277" in person.dialog.trouble.text()


def test_a_spoiled_form_lets_the_earlier_open_one_be_seen_as_missing(supervisor, training_home):
    with Colleague(training_home, "supervisor", an_hour_ago()) as colleague:
        first, second = colleague.desk.allocate_forms(2, colleague.by)
    person = supervisor(FORMS)
    section = person.section("forms")

    person.types("e").fills("Molhado")

    assert f"Formulário {second.number}: inutilizado." in person.reads()
    assert section.banner.text().startswith("PARAR")
    assert first.number in section.banner.text()
    assert person.desk.navigation.item(FORMS - 1).text() == "Formulários de papel  (1)"
    with Colleague(training_home, "supervisor") as colleague:
        states = {form.number: form.state for form in colleague.desk.forms(colleague.by)}
    assert states == {first.number: FormState.ALLOCATED, second.number: FormState.SPOILED}


def test_a_shift_is_opened_closed_and_its_page_signed(supervisor, training_home, single_officer, tray):
    with Colleague(training_home, "officer", NOW - timedelta(minutes=40)) as officer:
        officer.desk.open_shift(officer.by)
        officer.records("U0000001")
        officer.records("U0000002", "COSSA", decision=Decision.PENDING_SECONDARY)
        officer.records("U0000003", "MATOLA", until=EXPIRED, owed=True)
    with Colleague(training_home, "supervisor", NOW - timedelta(minutes=30)) as colleague:
        first, second = colleague.desk.allocate_forms(2, colleague.by)
        colleague.desk.spoil_form(second.number, "Rasgado", colleague.by)
    person = supervisor(SHIFT)
    section = person.section("shift")
    assert "em secundária: 1" in section.banner.text()
    assert "assinaturas em falta: 1" in section.banner.text()
    assert first.number in section.facts.text()

    person.presses(ENTER)
    assert section.question is not None
    assert person.focus() is section.question.no, "Enter alone never closes a shift"
    person.presses(Qt.Key.Key_Backtab).presses(Qt.Key.Key_Space)

    assert section.banner.text().startswith("CONFORME")
    assert "officer (officer)" in section.facts.text()
    assert "BMIS1:" in section.facts.text()
    button = next(one for one in person.dialog.findChildren(type(section.page)) if one.text() == "Imprimir")
    button.setFocus()
    person.presses(Qt.Key.Key_Space)
    title, pdf = tray.papers[0]
    said = text_of(pdf)
    assert title == "Folha para assinar"
    assert "Relatório de turno" in said
    assert first.number in said
    assert "Seguiu apesar de PARAR" in said
    assert "COSSA" not in said, "the page names no traveller"
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


def test_a_shift_that_is_not_open_can_be_opened(supervisor):
    person = supervisor(SHIFT)
    section = person.section("shift")
    assert section.banner.text().startswith("NÃO VERIFICADO")

    person.presses(ENTER)

    assert "O turno está aberto." in person.reads()
    assert "Turno aberto desde 14/03/2026 10:00" in section.banner.text()


def test_an_officer_alone_opens_and_closes_the_shift(office, training_home, tray):
    person = office("officer")
    person.at("shift")
    person.goes_to(1)
    section = person.section("shift")

    person.presses(ENTER)
    assert "Turno aberto" in section.banner.text()
    person.goes_to(1).presses(ENTER)
    person.presses(Qt.Key.Key_Backtab).presses(Qt.Key.Key_Space)

    assert "BMIS1:" in section.facts.text()


def test_the_post_is_dated_single_officer_with_a_reason(supervisor, training_home):
    person = supervisor(POST).presses(ENTER)

    person.fills("sim", "", "", "Férias da equipa")

    section = person.section("settings")
    assert "Agente único: sim" in section.facts.text()
    line = section.list.lines()[0]
    assert line.cells == ("Agente único", "sim", "14/03/2026", "—", "supervisor", "Férias da equipa")


def test_days_the_wrong_way_round_are_refused(supervisor):
    person = supervisor(POST).presses(ENTER)

    person.fills("sim", "20032026", "10032026", "Engano")

    assert "BMIS-202" in person.dialog.trouble.text()


def test_the_lock_takes_names_from_the_screen(supervisor, training_home):
    with Colleague(training_home, "officer", an_hour_ago()) as officer:
        officer.records()
    person = supervisor(CROSSINGS)
    section = person.section("crossings")
    assert section.list.lines()

    person.presses(Qt.Key.Key_L, CONTROL)

    assert section.list.lines() == ()
    assert section.facts.text() == ""


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off(office, training_home, single_officer, language):
    with Colleague(training_home, "officer", an_hour_ago(60 * 26)) as officer:
        officer.records(until=EXPIRED, owed=True)
    with Colleague(training_home, "supervisor", an_hour_ago()) as colleague:
        colleague.records("U0000004", "DE ALBUQUERQUE E MENDONÇA", "CONSTANTINA FRANCISCA DA GLÓRIA")
        colleague.desk.allocate_forms(4, colleague.by)
    person = office("supervisor", language=language)
    person.frame.show_desk("supervisor")
    for section in range(1, 7):
        person.goes_to(section)
        settle(person.window)
        assert clipped(person.window) == [], section
        assert takes_markup(person.window) == []
        assert unnamed(person.window) == []
