"""The bulletin published at the supervisor's desk: seen first, signed by two, frozen, revised cell by cell."""

from datetime import UTC, date, datetime, timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from numbers_robot import goes_to_page, settles
from office_robot import CONTROL, ENTER, ESCAPE, NOW, Colleague, an_hour_ago
from PySide6.QtCore import Qt

from bmis.kernel.actor import Role
from bmis.reports.returns.post_return import post_return
from ui import compose

WEEK = (date(2026, 3, 7), date(2026, 3, 13))
SECOND = ("rosa", "palavra-certa-1")


@pytest.fixture
def rosa(training_home):
    with Colleague(training_home, "admin", an_hour_ago(90)) as admin:
        compose.people(admin.session).add("rosa", "Rosa Utopia", Role.SUPERVISOR, SECOND[1])


@pytest.fixture
def travelled(training_home, rosa):
    with Colleague(training_home, "officer", NOW - timedelta(days=3)) as officer:
        for number in range(3):
            officer.records(f"U000000{number}", state="UTO" if number else "D")


@pytest.fixture
def person(office, travelled):
    someone = office("supervisor")
    goes_to_page(someone, "reports")
    return someone


def reports(home, **figures):
    given = post_return(
        untrusted_post="MZ.L.RSG",
        day=WEEK[1],
        untrusted_kind="inspection",
        untrusted_figures=figures,
        untrusted_sender="J-MACHAVA",
        sent_at=datetime(2026, 3, 14, 6, tzinfo=UTC),
    )
    with Colleague(home, "supervisor") as colleague:
        compose.report_desk(colleague.session).take([given], colleague.by)


def annuls_the_only_german(home):
    with Colleague(home, "supervisor") as colleague:
        with colleague.session.store.read() as unit:
            found = unit.connection.exec_driver_sql("SELECT id FROM crossing WHERE nationality = 'D'").scalar()
        from uuid import UUID

        colleague.desk.annul(UUID(bytes=found) if isinstance(found, bytes) else UUID(found), "engano", colleague.by)


def looks_at_the_last_week(person):
    person.takes("Edições publicadas")
    settles(person)
    person.presses(ENTER)  # nothing is published yet: one is at the way to publish
    assert "07/03/2026 a 13/03/2026" in person.dialog.accessibleDescription()
    person.presses(ENTER)
    settles(person)
    return person.section("reports").editions


def signs(person, second=SECOND):
    person.presses(ENTER).fills(*second)
    return settles(person)


def test_a_week_is_seen_then_signed_by_another_person_then_frozen(person, training_home):
    panel = looks_at_the_last_week(person)
    section = person.section("reports")
    assert "Edição nova, 07/03/2026 – 13/03/2026" in panel.draft_head.text()
    assert "14/03/2026 10:00" in panel.draft_facts.text()
    assert section.pages.pages() > 0, "it is seen before it is published"

    signs(person, ("supervisor", "treino"))
    assert "BMIS-047" in person.dialog.trouble.text(), "nobody is the second person for oneself"
    person.dialog.fields["second"].setFocus()
    person.fills(*SECOND)
    settles(person)

    assert person.dialog is None
    assert "A edição 1/2026 está publicada" in person.reads()
    (line,) = panel.list.lines()
    assert line.cells == ("1/2026", "07/03/2026 – 13/03/2026", "rosa")
    assert "assinada por rosa" in panel.whole.text()
    assert ("Assinado por", "rosa") in section.made.report.facts

    reports(training_home, inspections=7)
    panel.list.setFocus()
    person.presses(ENTER)
    settles(person)
    frozen = section.made.report.table("returns_inspection").rows[0]
    assert str(frozen[1]) == "not_received", "what came later is not in it"


def test_a_revision_shows_every_changed_cell_before_it_is_published(person, training_home):
    panel = looks_at_the_last_week(person)
    signs(person)
    panel.revise.setFocus()
    person.presses(ENTER)
    settles(person)
    assert "BMIS-732" in person.reads(), "nothing changed"

    reports(training_home, inspections=7)
    annuls_the_only_german(training_home)
    panel.revise.setFocus()
    person.presses(ENTER)
    settles(person)
    cells = {line.cells for line in panel.changes.lines()}
    assert panel.draft_head.text() == f"Revisão de 1/2026: {len(cells)} células"
    assert ("Fiscalização · Acções de fiscalização · Esta semana", "não recebido", "7") in cells
    assert any(cell[0].endswith("Alemanha · Esta semana") and cell[1:] == ("1", "0") for cell in cells)
    with Colleague(training_home, "supervisor") as colleague:
        assert len(compose.report_desk(colleague.session).editions("weekly-bulletin", colleague.by)) == 1

    panel.sign.setFocus()
    signs(person)
    assert [line.key for line in panel.list.lines()] == ["1/2026-R1", "1/2026"]


def test_numbers_that_change_between_looking_and_signing_are_not_published(person, training_home):
    panel = looks_at_the_last_week(person)
    reports(training_home, inspections=7)

    signs(person)

    assert "BMIS-531" in person.dialog.trouble.text()
    person.presses(ESCAPE)
    panel.drop.setFocus()
    person.presses(ENTER)
    assert panel.list.lines() == ()


def test_a_published_week_is_not_published_again(person):
    panel = looks_at_the_last_week(person)
    signs(person)
    panel.publish.setFocus()
    person.presses(ENTER).presses(ENTER)
    settles(person)
    assert "BMIS-730" in person.dialog.trouble.text()
    person.presses(ESCAPE)

    person.presses(ESCAPE)  # from the editions to the reports, and only then to the list of sections
    assert person.section("reports").list.view.hasFocus()


def test_past_bulletins_are_imported_and_every_faulty_line_is_told(person, tmp_path):
    file = tmp_path / "past.csv"
    good = "2025-03-08,2025-03-14,total,,118277,Boletim n.º 11/2025\n"
    bad = "2025-03-01,2025-03-07,weather,,1,fonte\n" + good.replace("118277", "1.5") + good
    file.write_text(f"first,last,measure,key,value,source\n{bad}", "utf-8")
    person.takes("Edições publicadas")
    settles(person)
    panel = person.section("reports").editions
    panel.baseline.setFocus()
    person.presses(ENTER).fills(str(file))
    settles(person)
    assert "BMIS-532" in person.dialog.trouble.text()
    assert "2 (measure), 3 (value)" in person.dialog.trouble.text()

    file.write_text(f"first,last,measure,key,value,source\n{good}", "utf-8")
    person.presses(ENTER)
    settles(person)
    assert person.dialog is None
    assert "1 números de 1 períodos" in person.reads()

    person.presses(ENTER).presses(Qt.Key.Key_A, CONTROL).fills(str(tmp_path / "none.csv"))
    settles(person)
    assert "BMIS-579" in person.dialog.trouble.text()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off(office, travelled, training_home, language):
    person = office("supervisor", language=language)
    person.frame.show_desk("supervisor")
    person.desk.show_section("reports")
    settles(person)
    section = person.section("reports")
    section.show_editions()
    settles(person)
    section.editions.ask_publish()
    settle(person.dialog, person.dialog.sizeHint())
    assert clipped(person.dialog) == []
    person.presses(ENTER)
    settles(person)
    settle(person.window)
    assert clipped(person.window) == []
    signs(person)
    settle(person.window)
    assert clipped(person.window) == []
    reports(training_home, inspections=7)
    section.editions.look_revision()
    settles(person)
    settle(person.window)
    assert clipped(person.window) == []
    assert takes_markup(person.window) == []
    assert unnamed(person.window) == []
    section.editions.ask_sign()
    settle(person.dialog, person.dialog.sizeHint())
    assert clipped(person.dialog) == []
    person.dialog.reject()
    section.editions.ask_baseline()
    settle(person.dialog, person.dialog.sizeHint())
    assert clipped(person.dialog) == []
