"""Returns of the posts at the supervisor's desk: by form, by message, corrected, who is missing; by keyboard only."""

from datetime import UTC, date, datetime

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from numbers_robot import goes_to_page, settles
from office_robot import CONTROL, ENTER, ESCAPE, Colleague
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bmis.reports.returns.message import encode
from bmis.reports.returns.post_return import post_return

SENT = datetime(2026, 3, 14, 6, 30, tzinfo=UTC)
POST, FRIDAY = "MZ.L.RSG", date(2026, 3, 13)


def message(**figures):
    (text,) = encode(
        [
            post_return(
                untrusted_post=POST,
                day=FRIDAY,
                untrusted_kind="inspection",
                untrusted_figures=figures,
                untrusted_sender="J-MACHAVA",
                sent_at=SENT,
            )
        ]
    )
    return text


def kept(home):
    with Colleague(home, "supervisor") as colleague, colleague.session.store.read() as unit:
        return unit.connection.exec_driver_sql(
            "SELECT count(*) FROM report_event WHERE kind = 'report.return_received'"
        ).scalar()


@pytest.fixture
def person(office):
    someone = office("supervisor")
    goes_to_page(someone, "returns")
    return someone


def line(person, kind):
    section = person.section("returns")
    section.list.go_to((FRIDAY, POST, kind))
    return next(one for one in section.list.lines() if one.key == (FRIDAY, POST, kind))


def test_what_has_not_come_is_not_received_and_never_nought(person):
    section = person.section("returns")

    assert {one.cells[3] for one in section.list.lines()} == {"não recebido"}
    assert "0 recebidas, 35 não recebidas" in section.counts.text()
    assert "não recebido" in section.whole.text()


def test_a_missing_return_is_typed_then_corrected_and_the_correction_names_it(person, training_home):
    line(person, "inspection")
    person.presses(ENTER).fills("j-machava", "", "06:30", "12", "340", "330", "1o", "", "")
    settles(person)
    assert "BMIS-533" in person.dialog.trouble.text()
    assert "Em situação irregular" in person.dialog.trouble.text()
    assert kept(training_home) == 0

    person.dialog.fields["figure.irregular"].setFocus()
    person.presses(Qt.Key.Key_A, CONTROL).types("10")
    person.presses(ENTER, times=3)  # the fines were not counted: they stay empty
    settles(person)

    assert person.dialog is None
    assert f"{POST}/2026-03-13/inspection/1" in person.reads()
    shown = line(person, "inspection")
    assert "Acções de fiscalização 12; Estrangeiros fiscalizados 340" in shown.cells[3]
    assert "Multas" not in shown.cells[3]
    assert shown.cells[4] == "J-MACHAVA"

    person.presses(ENTER)
    assert f"{POST}/2026-03-13/inspection/1" in person.dialog.accessibleDescription()
    person.dialog.fields["figure.fines"].setFocus()
    person.types("4").presses(ENTER, times=2)
    settles(person)
    assert "Multas aplicadas 4" in line(person, "inspection").cells[3]
    assert f"corrige {POST}/2026-03-13/inspection/1" in person.section("returns").whole.text()
    assert kept(training_home) == 2


def test_a_pasted_message_is_proved_and_shown_before_it_is_kept(person, training_home):
    text = message(inspections=12, foreigners_checked=340)
    wrong = text.replace("A12", "A21")
    person.types("m").fills(wrong)
    settles(person)
    assert "BMIS-812" in person.dialog.trouble.text()
    assert "Acções de fiscalização (caracteres 43 a 45)" in person.dialog.trouble.text()
    assert kept(training_home) == 0

    person.fills(text.replace("260313", "261313"))
    settles(person)
    assert "BMIS-811" in person.dialog.trouble.text()
    assert "o dia (caracteres 12 a 17)" in person.dialog.trouble.text()
    assert kept(training_home) == 0

    QApplication.clipboard().setText(f" {text.lower()} ")
    person.presses(Qt.Key.Key_A, CONTROL).presses(Qt.Key.Key_V, CONTROL).presses(ENTER)
    settles(person)
    assert "Acções de fiscalização 12" in person.dialog.accessibleDescription()
    assert kept(training_home) == 0, "it is only shown"

    person.presses(ENTER)
    settles(person)
    assert kept(training_home) == 1
    assert line(person, "inspection").status == "green"

    person.types("m").fills(message(inspections=13))
    settles(person)
    person.presses(ENTER)
    settles(person)
    assert "BMIS-723" in person.dialog.trouble.text(), "other figures are a correction, and say so"
    person.presses(ESCAPE)
    assert kept(training_home) == 1


def test_what_the_post_reported_is_written_as_the_message_that_the_hub_reads(person):
    sent = message(inspections=12, foreigners_checked=340)
    person.types("m").fills(sent)
    settles(person)
    person.presses(ENTER)
    settles(person)
    line(person, "inspection")
    person.types("w")
    settles(person)
    assert sent in person.dialog.accessibleDescription()
    settle(person.dialog, person.dialog.sizeHint())
    assert clipped(person.dialog) == []

    person.presses(ENTER)
    assert person.dialog is None
    assert QApplication.clipboard().text() == sent
    assert "Copiado" in person.reads()


def test_no_message_is_written_of_what_has_not_come(person):
    line(person, "inspection")
    person.types("w")
    assert person.dialog is None
    assert not person.section("returns").send.isEnabled()


def test_who_is_missing_is_a_list_of_its_own(person):
    person.types("m").fills(message(inspections=12))
    settles(person)
    person.presses(ENTER)
    settles(person)
    section = person.section("returns")
    section.shown.setFocus()
    person.presses(Qt.Key.Key_Down)

    assert len(section.list.lines()) == 34
    assert {one.status for one in section.list.lines()} == {"amber"}


def test_a_return_of_another_post_and_day_is_typed_from_the_start(person, training_home):
    person.types("r")
    person.types("Namaacha").presses(ENTER)
    person.types("Passaportes").presses(ENTER)
    person.fills("12032026")
    person.fills("A-SITOE", "", "07:15", "2")
    person.presses(ENTER)
    settles(person)

    assert person.dialog is None
    found = person.section("returns").list.lines()
    (typed,) = [one for one in found if one.status == "green"]
    assert typed.cells[:4] == (
        "12/03/2026",
        "Namaacha",
        "Passaportes extraviados",
        "Passaportes dados como extraviados 2",
    )


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off(office, language):
    person = office("supervisor", language=language)
    person.frame.show_desk("supervisor")
    person.desk.show_section("returns")
    settles(person)
    settle(person.window)
    section = person.section("returns")
    assert clipped(person.window) == []
    assert takes_markup(person.window) == []
    assert unnamed(person.window) == []
    for ask in (section.ask_message, section.ask_return):
        ask()
        settle(person.dialog, person.dialog.sizeHint())
        assert clipped(person.dialog) == []
        person.dialog.reject()
    section.list.go_to((FRIDAY, POST, "deportees"))
    section._enter()
    settle(person.dialog, person.dialog.sizeHint())
    assert clipped(person.dialog) == []
    assert person.dialog.height() <= 768
