"""The supervisor's numbers: what a page shows is what the crossings say, and the screen never waits for it."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from numbers_robot import goes_to_page, leaves, settles
from office_robot import ENTER, ESCAPE, NOW, Colleague
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from bmis.crossings.decision import Decision
from bmis.crossings.queue_numbers import ReadOverstays, seconds_a_traveller
from bmis.crossings.records import stays
from bmis.flows import roll_up
from bmis.flows.recount import Recount
from bmis.flows.roll_up import RollUp


def sql(home, question, **values):
    with Colleague(home, "supervisor") as colleague, colleague.session.store.read() as unit:
        return unit.connection.exec_driver_sql(question, values).all()


@pytest.fixture
def busy_week(training_home):
    """A colleague's crossings of today and of a week ago."""
    with Colleague(training_home, "officer", NOW - timedelta(days=7, minutes=90)) as officer:
        officer.records("U0000009", "TEMBE")
    with Colleague(training_home, "officer", NOW - timedelta(minutes=150)) as officer:
        officer.records("U0000001")
        officer.records("U0000002", "COSSA")
    with Colleague(training_home, "officer", NOW - timedelta(minutes=70)) as officer:
        officer.records("U0000003", "MATOLA", decision=Decision.PENDING_SECONDARY)
        leaves(officer, "U0000001")


def test_the_tiles_and_the_hours_say_what_the_crossings_say(office, training_home, busy_week):
    person = office("supervisor")
    section = goes_to_page(person, "numbers")

    assert section.tiles["today"].figure.text() == "3"
    assert "há 7 dias: 1 (+200%)" in section.tiles["today"].text()
    assert section.tiles["seconds"].figure.text() == "—", "too few to say, and never nought"
    assert section.tiles["in_secondary"].text() == "1 pessoa em secundária"
    kept = sql(
        training_home,
        "SELECT strftime('%H', crossed_at / 1000000, 'unixepoch', '+2 hours'), direction, count(*) FROM crossing"
        " WHERE decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY') AND state = 'standing'"
        " AND date(crossed_at / 1000000, 'unixepoch', '+2 hours') = '2026-03-14' GROUP BY 1, 2",
    )
    assert kept == [("07", "ENTRY", 2), ("08", "EXIT", 1)]
    assert section.hours.text() == "07 h: 2 entradas, 0 saídas; 08 h: 0 entradas, 1 saídas"
    assert section.heat.text().startswith("sáb: mais às 08 h, 1 em média")


def test_a_key_leads_to_the_approvals(office, busy_week):
    person = office("supervisor")
    goes_to_page(person, "numbers")

    assert person.focus() is person.section("numbers").approvals
    person.presses(ENTER)

    assert person.desk.in_front is person.section("approvals")


def test_stays_past_their_day_are_those_without_a_way_out(office, training_home):
    with Colleague(training_home, "officer", NOW - timedelta(days=60)) as officer:
        for number, name in (("U0000001", "SITOE"), ("U0000002", "COSSA"), ("U0000003", "TEMBE")):
            officer.records(number, name)
    with Colleague(training_home, "officer", NOW - timedelta(days=58)) as officer:
        leaves(officer, "U0000002", "COSSA")
    with Colleague(training_home, "supervisor") as colleague, colleague.session.store.write() as unit:
        unit.connection.exec_driver_sql(
            "UPDATE crossing SET stay_until = '2026-02-12' WHERE document_number <> 'U0000003'"
        )
        unit.commit()
    person = office("supervisor")
    section = goes_to_page(person, "numbers")
    assert section.overstays.text() == "Estadias vencidas: 1"

    person.takes("Estadias vencidas")

    assert [line.cells[:3] for line in section.list.lines()] == [("12/02/2026", "30", "SITOE, ALBERTO")]
    assert "Só estadias registadas" in section.note.text()
    section.locking()
    assert section.list.lines() == (), "no name on a locked screen"


def test_the_screen_goes_on_while_crossings_are_counted_and_counting_can_be_stopped(office, busy_week, monkeypatch):
    person = office("supervisor")
    person.at("supervisor")
    held, entered, ticks = threading.Event(), threading.Event(), []
    real = RollUp.__call__

    def slow(self, progress=None, cancelled=lambda: False):
        if progress is not None:
            progress(2_000, 1_000_000)
            entered.set()
            held.wait(10)
        return real(self, progress, cancelled)

    monkeypatch.setattr(RollUp, "__call__", slow)
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(5)
    person.goes_to(7)
    section = person.section("numbers")
    person.bot.waitUntil(entered.is_set)
    person.bot.waitUntil(lambda: len(ticks) > 20, timeout=5_000)
    person.bot.waitUntil(section.counting.isVisible)
    assert section.counting.bar.format() == "2000 de 1000000 passagens contadas"
    assert section.tiles["today"].figure.text() == "—", "not counted is not nought"

    section.counting.cancel.click()
    QApplication.processEvents()
    held.set()

    settles(person)
    assert not section.counting.isVisible()
    assert "A contagem foi parada" in person.reads()
    timer.stop()


def test_a_first_count_of_a_large_store_is_stopped_by_escape_and_goes_on_later_without_loss(
    office, busy_week, training_home, monkeypatch
):
    monkeypatch.setattr(roll_up, "BATCH", 1)  # each crossing is a batch of its own: a large store, made small
    counted, ticks = threading.Semaphore(0), []
    real = roll_up.RollUp._next_batch

    def slow(self, *asked):
        if threading.current_thread() is not threading.main_thread():
            counted.acquire(timeout=10)
        return real(self, *asked)

    monkeypatch.setattr(roll_up.RollUp, "_next_batch", slow)
    person = office("supervisor")
    person.at("supervisor")
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(5)
    person.goes_to(7)
    section = person.section("numbers")
    counted.release(2)
    person.bot.waitUntil(lambda: section.counting.bar.format() == "2 de 5 passagens contadas", timeout=10_000)
    before = len(ticks)
    person.bot.waitUntil(lambda: len(ticks) > before + 10, timeout=10_000)
    assert section.counting.isVisible()

    person.presses(ESCAPE)

    assert person.desk.in_front is section
    assert not section.counting.isVisible()
    assert "A contagem foi parada" in person.reads()
    counted.release(100)
    settles(person)
    kept = sql(training_home, "SELECT sum(number) FROM flow_mark WHERE cube = 'decisions.1' AND desk_id <> ''")[0][0]
    assert 2 <= kept < 5, "what was counted stays, and the rest waits"

    person.presses(ESCAPE)
    assert person.focus() is person.desk.navigation, "with nothing to stop Esc goes back to the list"
    section.opened()
    settles(person)

    assert section.tiles["today"].figure.text() == "3"
    with Colleague(training_home, "supervisor") as colleague:
        assert Recount(colleague.session.store.read)(date(2026, 3, 1), date(2026, 3, 14)) == []
    timer.stop()


def test_the_pace_leaves_out_empty_queues_and_too_few_travellers():
    at = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
    steady = [at + timedelta(seconds=20 * number) for number in range(12)]

    assert seconds_a_traveller(steady, 300, 10) == 20
    assert seconds_a_traveller([*steady, at + timedelta(hours=2)], 300, 10) == 20
    assert seconds_a_traveller(steady[:5], 300, 10) is None
    assert seconds_a_traveller([], 300, 10) is None


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("page", ["numbers"])
def test_no_word_is_cut_off(office, busy_week, language, page):
    person = office("supervisor", language=language)
    person.frame.show_desk("supervisor")
    person.desk.show_section(page)
    settles(person)
    settle(person.window)
    assert clipped(person.window) == []
    assert takes_markup(person.window) == []
    assert unnamed(person.window) == []


def test_a_stay_is_over_when_the_person_left_on_another_document_said_to_be_the_same_person(training_home):
    with Colleague(training_home, "officer", NOW - timedelta(days=60)) as officer:
        stayed = officer.records("U0000001")
        earlier = officer.records("U0000004", "MATOLA")
        other = officer.records("U0000002", "COSSA")
    with Colleague(training_home, "officer", NOW - timedelta(days=50)) as officer:
        leaves(officer, "U0000002", "COSSA")
    with Colleague(training_home, "supervisor") as colleague:
        with colleague.session.store.write() as unit:
            unit.connection.exec_driver_sql("UPDATE crossing SET stay_until = '2026-02-12' WHERE direction = 'ENTRY'")
            unit.commit()
        read = ReadOverstays(colleague.session.store.read)
        today = NOW.date()
        assert {one.id for one in read(today, colleague.by).listed} == {stayed.id, earlier.id}

        link = colleague.desk.link(stayed.id, other.traveller_id, "Mesmo rosto", colleague.by)
        assert [one.id for one in read(today, colleague.by).listed] == [earlier.id]
        assert read(today, colleague.by).count == 1

        colleague.desk.link.take_back(link.id, "Engano", colleague.by)
        assert {one.id for one in read(today, colleague.by).listed} == {stayed.id, earlier.id}


def test_the_question_of_stays_is_answered_by_indexes(training_home):
    with Colleague(training_home, "supervisor") as colleague, colleague.session.store.read() as unit:
        asked = stays._overstays(NOW.date(), NOW.date(), stays.func.count())
        said = str(asked.compile(dialect=unit.connection.dialect, compile_kwargs={"literal_binds": True}))
        plan = [step[3] for step in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}")]

    assert "USING COVERING INDEX ix_crossing_stay" in plan[0] or "USING INDEX ix_crossing_stay" in plan[0]
    assert not [step for step in plan if step.startswith("SCAN")]
    assert len([step for step in plan if " crossing " in step]) == 1, "each question is of the entry that is meant"
