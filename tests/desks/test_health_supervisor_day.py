"""The day at the health supervisor's desk: what blocks it, submitting under a name, closing, reopening, the week."""

import json
from datetime import UTC, datetime, timedelta

from clipping import clipped, settle, unnamed
from health_post_robot import DAY, F2, F5, F12, Doctor
from office_robot import ENTER, ESCAPE

from poe_health.surveillance.day import DayState
from poe_health.surveillance.week import epi_week


def stored(training_home, day=DAY):
    with Doctor(training_home) as doctor:
        return doctor.day.read(day, doctor.by)


def handed_over(training_home):
    with Doctor(training_home) as doctor, doctor.session.store.read() as unit:
        asked = "SELECT payload FROM outbox WHERE kind = 'health.report_exported' ORDER BY seq"
        kept = [json.loads(text) for text in unit.connection.exec_driver_sql(asked).scalars()]
    return [(one["report"], one["form"], one["recipient"]) for one in kept]


def test_a_day_whose_numbers_contradict_each_other_is_blocked_in_words_then_submitted(post, training_home, tray):
    with Doctor(training_home) as doctor:
        doctor.screens(3)
    person = post().goes("day").line(DAY)
    page = person.page
    assert "Rastreados 3" in page.banner.text()
    person.bot.waitUntil(lambda: "n/d: a migração não entregou" in page.facts.text())

    # immigration counted fewer than were screened: the fault stands in words, and F12 stores nothing
    person.types("2").answers(hours_open="12,5", entered="1", exited="0", conveyances_inspected="2")
    assert "Atravessaram menos (1) do que os rastreados (3): indique o motivo." in page.facts.text()
    assert page.banner.text().startswith("PARAR")
    person.presses(F12)
    assert "BMIS-455" in person.reads()
    assert stored(training_home).day.state is DayState.OPEN

    # with the reason it adds up; submitting asks once and is signed
    person.types("2").answers(fewer="Dois voltaram para tras antes do guiche")
    assert not page.banner.text().startswith("PARAR")
    person.presses(F12)
    assert "health-supervisor" in person.dialog.accessibleDescription()
    person.agrees()
    kept = stored(training_home)
    assert kept.day.state is DayState.SUBMITTED
    assert (kept.day.sent.by, kept.day.sent.tally.counts.screened) == ("health-supervisor", 3)
    assert kept.day.sent.tally.crossed == {"ENTRY": 1, "EXIT": 0}
    assert str(kept.day.sent.tally.hours_open) == "12.5"
    assert kept.day.sent.tally.counts.yf_vaccinated is None
    assert page.banner.text().startswith("CONFORME")

    person.presses(F5).prints()
    assert [(title, pdf[:4]) for title, pdf in tray.papers] == [("Registo diário da saúde nas fronteiras", b"%PDF")]


def test_no_to_the_question_submits_nothing(post, training_home):
    with Doctor(training_home) as doctor:
        doctor.screens(1)
    post().goes("day").line(DAY).presses(F12).presses(ENTER)
    assert stored(training_home).day.state is DayState.OPEN


def test_a_late_record_reopens_the_day_and_both_numbers_are_shown(post, training_home):
    with Doctor(training_home) as doctor:
        doctor.screens(2)
    person = post().goes("day").line(DAY).presses(F12).agrees()
    with Doctor(training_home) as doctor:
        doctor.screens(1)
    person.presses(F2)
    page = person.page
    assert page.list.lines()[0].status == "amber"
    assert "3 (submetido: 2)" in page.facts.text()
    assert stored(training_home).day.state is DayState.REOPENED


def test_a_closed_day_has_no_counts_and_its_reason(post, training_home):
    person = post().goes("day").line(DAY - timedelta(days=1))
    assert person.page.list.lines()[1].status == "red"
    person.does("closed").answers(reason="O posto", note="Ponte cortada pela cheia")
    kept = stored(training_home, DAY - timedelta(days=1))
    assert kept.day.state is DayState.SUBMITTED
    assert not kept.day.sent.tally.has_data
    assert kept.day.sent.tally.none_screened_note == "Ponte cortada pela cheia"
    assert "—" in person.page.list.lines()[1].cells[2]


def test_a_submitted_day_is_reopened_by_hand_with_a_reason(post, training_home):
    with Doctor(training_home) as doctor:
        doctor.screens(1)
    person = post().goes("day").line(DAY).presses(F12).agrees().types("4")
    person.answers(reason="curto")
    assert "BMIS-458" in person.dialog.trouble.text()
    person.answers(reason="Faltava o turno da noite")
    assert stored(training_home).day.state is DayState.REOPENED
    assert "Faltava o turno da noite" in person.page.facts.text()


def test_the_week_says_what_is_missing_and_equals_the_store(post, training_home, tray):
    with Doctor(training_home) as doctor:
        doctor.screens(4)
    person = post().goes("day").line(DAY).presses(F12).agrees()
    person.goes("day", 2)
    with Doctor(training_home) as doctor:
        week = doctor.day.week(epi_week(DAY), doctor.by)
    page = person.page
    assert page.list.lines()[0].cells[2] == str(week.summary.counts.screened) == "4"
    for name, text in page.facts.facts():
        if name == f"{DAY:%d/%m/%Y}":
            assert text == "submetido"
    person.presses(F5).prints()
    assert tray.papers[0][1].startswith(b"%PDF")


def test_days_before_the_post_worked_here_are_not_asked_for_and_a_running_day_stops_nothing(post):
    third_day = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)  # the home was made on the 14th
    person = post(at=third_day).goes("day")
    lines = person.page.list.lines()
    assert [(one.cells[0], one.status) for one in lines] == [
        ("16/03/2026", "grey"),
        ("15/03/2026", "red"),
        ("14/03/2026", "red"),
    ]
    person.goes("day", 2).line("2026W12")
    page = person.page
    assert [one.status for one in page.list.lines()] == ["grey", "red"]  # no week before the post worked here
    assert not page.banner.text().startswith("PARAR")


def test_a_number_that_is_none_keeps_the_form_open_at_its_field(post, training_home):
    person = post().goes("day").line(DAY).types("2")
    person.answers(hours_open="doze", entered="3", exited="2")
    assert "BMIS-590" in person.dialog.trouble.text()
    assert person.focus() is person.dialog.fields["hours_open"]


def test_an_epidemiologist_sees_the_day_and_submits_nothing(post, training_home):
    with Doctor(training_home) as doctor:
        doctor.screens(2)
    person = post("epidemiologist").goes("day").line(DAY)
    assert "Rastreados 2" in person.page.banner.text()
    assert not person.page.buttons["submit"].isEnabled()
    person.presses(F12)
    assert person.dialog is None
    assert stored(training_home).day.state is DayState.OPEN


def test_a_table_of_the_day_or_the_week_asks_why_and_for_whom_and_is_on_the_audit(post, training_home):
    with Doctor(training_home) as doctor:
        doctor.screens(2)
    person = post().goes("day").line(DAY).does("table")
    settle(person.dialog, person.dialog.sizeHint())
    assert clipped(person.dialog) == []
    assert unnamed(person.dialog) == []
    person.answers(reason="Resumo do mes", recipient="DPS Maputo")
    person.bot.waitUntil(lambda: handed_over(training_home) == [("health-tally", "csv", "DPS Maputo")])
    person.presses(ESCAPE).goes("day", 2).does("table").answers(reason="Resumo", recipient="INS")
    person.bot.waitUntil(lambda: handed_over(training_home)[1:] == [("health-weekly", "csv", "INS")])
