"""The screening desk: what is corrected, handed out, counted and held back while the store works."""

from datetime import date

import pytest
from health_robot import DAY
from office_robot import ALT, CONTROL, ENTER, ESCAPE
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.errors import BmisError
from poe_health.clearance import second_look
from poe_health.rules.answer import Answer
from poe_health.screening.record import Kind, State

SHIFT = Qt.KeyboardModifier.ShiftModifier


def kept(room):
    """What the store holds, the oldest first."""
    return [room.shows(view) for view in reversed(room.of_day())]


def test_keys_of_another_page_leave_the_traveller_behind_it_alone(screener, room):
    room.lists()
    person = screener()
    person.well()
    person.types("386")
    begun = person.model.traveller
    for page in (Qt.Key.Key_2, Qt.Key.Key_3):
        person.presses(page, ALT).presses(Qt.Key.Key_F9).presses(Qt.Key.Key_F2).presses(Qt.Key.Key_Backspace, CONTROL)
        assert person.dialog is None
    person.presses(Qt.Key.Key_1, ALT)
    assert (person.model.traveller.refused, person.model.traveller.readings) == (False, ())
    assert person.model.traveller.digits == begun.digits == "386"


def test_a_record_is_voided_with_a_reason_and_never_deleted(screener, room):
    room.lists()
    person = screener()
    person.well()
    person.presses(Qt.Key.Key_Backspace, CONTROL).fills("engano")
    assert "BMIS-416" in person.dialog.trouble.text()
    person.fills("escrevi a temperatura de outra pessoa")
    assert person.dialog is None

    (view,) = room.of_day()
    assert view.state is State.VOIDED
    assert view.events[-1].reason == "escrevi a temperatura de outra pessoa"
    assert person.desk.queue.figures["screened"].text() == "0"


def test_anothers_record_is_not_a_screeners_to_void(screener, room):
    room.lists()
    from health_robot import uuid4

    from poe_health.screening.form import ScreeningForm, Stage
    from poe_health.screening.record import ScreeningRequest

    room.desk.record(ScreeningRequest(uuid4(), ScreeningForm(Stage.PRIMARY, DAY)), room.by)
    person = screener()
    person.desk.queue.records.setFocus()
    person.presses(ENTER).fills("nao era este viajante")
    assert "BMIS-010" in person.dialog.trouble.text()
    person.presses(ESCAPE)
    assert room.of_day()[0].state is State.STANDING


def test_a_refusal_goes_to_the_supervisor_and_needs_no_answers(screener, room):
    room.lists()
    person = screener()
    person.presses(Qt.Key.Key_F9).presses(Qt.Key.Key_F12)
    (one,) = kept(room)
    assert (one.view.facts.result, one.view.facts.clearance) == ("REFUSED", ClearanceOutcome.H_DECISION)


def test_the_screener_sends_to_secondary_with_a_reason_and_writes_a_note(screener, room):
    room.lists()
    person = screener()
    person.types("n365").presses(Qt.Key.Key_F6).fills("curto")
    assert "BMIS-416" in person.dialog.trouble.text()
    person.fills("treme e agarra-se ao balcao").presses(Qt.Key.Key_F12)
    (one,) = kept(room)
    assert one.view.facts.result == "SECONDARY"
    (override,) = one.clinical.overrides
    assert (override.proposed, override.chosen) == ("PASS", "SECONDARY")

    person.types("n365").presses(Qt.Key.Key_F8).fills("viaja com duas criancas").presses(ENTER)
    assert kept(room)[-1].clinical.reason == "viaja com duas criancas"


def test_a_card_is_handed_out_by_its_number_or_by_a_scan_which_is_no_answer(screener, room):
    room.lists()
    first, second = room.desk.sign_cards(ClearanceOutcome.H_OK, 2, room.by)
    person = screener()
    person.types("n365").types("k").fills(str(first.clearance.card)).presses(ENTER)
    assert kept(room)[-1].token == first.text

    person.types("n365")
    before = person.model.traveller
    person.at_a_readers_pace()
    for char in second.text:
        QApplication.sendEvent(
            person.desk.pad, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char)
        )
    person.presses(ENTER)
    person.at_a_persons_pace()
    assert person.model.traveller.answers == before.answers
    assert person.model.traveller.digits == before.digits
    assert person.model.traveller.card == second.clearance.card
    person.presses(ENTER)
    assert kept(room)[-1].token == second.text
    assert len(room.of_day()) == 2


def test_a_card_of_another_outcome_or_none_is_told_and_nothing_is_kept(screener, room):
    room.lists()
    (card,) = room.desk.sign_cards(ClearanceOutcome.H_WAIT, 1, room.by)
    person = screener()
    person.types("n365").types("k").fills(str(card.clearance.card)).presses(ENTER)
    assert "BMIS-487" in person.reads()
    assert room.of_day() == ()
    assert person.model.traveller.digits == "365"
    person.types("k").fills("abc")
    assert "BMIS-568" in person.reads()


def test_a_key_held_down_is_pressed_once_and_a_readers_burst_answers_nothing(screener, room):
    room.lists()
    person = screener()
    pad = person.desk.pad
    for _repeat in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "n", True)
        QApplication.sendEvent(pad, held)
    assert person.answers() == {}
    person.types("n365")
    person.at_a_readers_pace()
    for char in "P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA":
        person.types(char) if char.isascii() else None
    person.presses(ENTER)
    person.at_a_persons_pace()
    assert person.model.traveller.digits == "365"
    assert set(person.answers().values()) == {Answer.NO}
    assert person.dialog is None
    assert room.of_day() == ()


def test_escape_asks_before_what_was_begun_is_forgotten(screener, room):
    room.lists()
    person = screener()
    person.types("n38").presses(ESCAPE)
    assert person.dialog is not None
    person.presses(ENTER)  # the answer that has the focus is no
    assert person.model.traveller.digits == "38"
    person.presses(ESCAPE)
    person.dialog.yes.click()
    assert not person.model.traveller.is_begun


def test_a_slip_is_printed_by_itself_when_wanted(screener, room, tray):
    room.lists()
    person = screener()
    person.presses(Qt.Key.Key_F5)
    assert "BMIS-572" in person.reads()
    person.desk.outcome.at_once.setChecked(True)
    person.well()
    assert len(tray.papers) == 1


def test_a_crowd_is_counted_by_one_key_a_person_in_both_directions(screener, room):
    room.lists()
    person = screener()
    person.goes_to(2).types("d").types("44449 ").presses(Qt.Key.Key_Backspace).types("d9").presses(ENTER)

    counted = {
        (view.facts.cell.direction, view.facts.cell.sex, view.facts.cell.age_band): view.facts.persons
        for view in room.of_day()
    }
    assert counted == {("ENTRY", "F", "A25_59"): 4, ("ENTRY", "M", "A25_59"): 1, ("EXIT", "M", "A25_59"): 1}
    assert {view.record.kind for view in room.of_day()} == {Kind.COUNT}
    assert person.desk.crowd.crowd.total == 0
    person.presses(ENTER)
    assert "BMIS-569" in person.desk.crowd_page.trouble.text()
    assert person.desk.queue.figures["screened"].text() == "6"


def test_the_desk_is_the_first_of_a_screener_and_the_account_comes_after_it(screener):
    person = screener()
    assert list(person.frame._desks) == ["health_primary", "health_post", "account_health", "health_records"]


class SlowStore:
    """A store thread that answers when it is told to, as a busy disk does."""

    def __init__(self) -> None:
        self.jobs = []

    def run(self, job, done, failed):
        self.jobs.append((job, done, failed))

    def answers(self):
        while self.jobs:
            job, done, failed = self.jobs.pop(0)
            try:
                result = job()
            except BmisError as error:
                failed(error)
            else:
                done(result)


def test_what_is_typed_while_the_store_works_belongs_to_the_next_traveller(screener, room):
    room.lists()
    person = screener()
    store = SlowStore()
    person.types("n365")
    person.model._runner = store
    person.presses(ENTER)
    person.types("nf379").presses(ENTER)  # a fast hand; the second Enter comes too early and keeps nobody
    assert person.model.traveller.digits == "365"
    store.answers()

    (first,) = kept(room)
    assert (first.clinical.form.temperature.celsius, first.clinical.form.sex) == (36.5, None)
    assert set(first.clinical.form.symptoms.values()) == {Answer.NO}
    assert (person.model.traveller.digits, person.model.traveller.sex) == ("379", "F")
    assert set(person.answers().values()) == {Answer.NO}
    person.presses(ENTER)
    store.answers()
    person.presses(Qt.Key.Key_F12)
    store.answers()
    assert [one.clinical.form.temperature.celsius for one in kept(room)] == [36.5, 37.9]


def test_when_the_store_refuses_the_traveller_stays_and_nothing_is_mixed_into_him(screener, room):
    room.lists()
    (card,) = room.desk.sign_cards(ClearanceOutcome.H_WAIT, 1, room.by)
    person = screener()
    store = SlowStore()
    person.types("n365k").fills(str(card.clearance.card))
    person.model._runner = store
    person.presses(ENTER).types("f999")
    store.answers()
    assert "BMIS-487" in person.reads()
    assert (person.model.traveller.digits, person.model.traveller.sex) == ("365", None)
    assert room.of_day() == ()


@pytest.fixture
def everybody_is_drawn(monkeypatch):
    monkeypatch.setattr(second_look, "shares", lambda: (second_look.Share(date(2020, 1, 1), 1000),))


def test_who_is_drawn_waits_and_goes_on_by_one_key(everybody_is_drawn, screener, room):
    room.lists()
    person = screener()

    assert person.well() <= 6
    assert "aguardar" in person.shows()
    assert "espera: F7" in person.desk.queue.records.item(0).text()
    assert person.desk.queue.figures["waiting"].text() == "0"
    person.presses(Qt.Key.Key_F7)

    (one,) = room.of_day()
    assert (one.facts.result, one.facts.clearance, one.facts.drawn) == ("PASS", ClearanceOutcome.H_OK, True)
    assert person.model.last.token == room.shows(one).token
    assert not person.model.last.waits
    person.presses(Qt.Key.Key_F7)
    assert len(room.of_day()[0].events) == 1


def test_where_two_wait_the_list_asks_who_goes_on(everybody_is_drawn, screener, room):
    room.lists()
    person = screener()
    person.well()
    person.well()

    person.presses(Qt.Key.Key_F7)
    assert {view.facts.clearance for view in room.of_day()} == {ClearanceOutcome.H_WAIT}
    assert person.desk.queue.records.hasFocus()
    person.presses(Qt.Key.Key_Down).presses(Qt.Key.Key_F7)

    later, first = room.of_day()
    assert (later.facts.clearance, first.facts.clearance) == (ClearanceOutcome.H_OK, ClearanceOutcome.H_WAIT)


def test_who_is_chosen_stays_chosen_while_others_come_and_go_and_a_key_lets_nobody_else_go_on(
    everybody_is_drawn, screener, room, qtbot
):
    room.lists()
    person = screener()
    for _one in range(3):
        person.well()
    last, middle, first = room.of_day()
    person.presses(Qt.Key.Key_F7).presses(Qt.Key.Key_Down)

    room.desk.second_look(first.id, room.by)  # another desk lets the first go on: the list moves up
    person.model.refresh()
    qtbot.waitUntil(lambda: person.desk.queue.records.currentRow() == 0)
    person.presses(Qt.Key.Key_F7)
    waiting = {view.id for view in room.of_day() if view.facts.waits_for_second_look}
    assert waiting == {last.id}
    assert middle.id not in waiting

    records = person.desk.queue.records
    records.setFocus()
    records.setCurrentRow(records.count() - 1)  # one who goes on already
    person.presses(Qt.Key.Key_F7)  # the list shows who waits; it lets nobody else go on
    assert {view.id for view in room.of_day() if view.facts.waits_for_second_look} == {last.id}
    assert records.currentRow() == 0


def test_at_a_full_desk_who_is_well_waits_and_gets_a_card_that_was_typed_alone(screener, room):
    room.lists()
    (card,) = room.desk.sign_cards(ClearanceOutcome.H_OK, 1, room.by)
    person = screener()
    person.types("n365").presses(Qt.Key.Key_F11)
    assert "Balcão cheio" in person.shows()
    person.presses(ENTER)
    assert room.of_day()[0].facts.desk_full

    person.types("k").fills(str(card.clearance.card)).presses(Qt.Key.Key_F7)

    assert room.shows(room.of_day()[0]).token == card.text
    assert person.model.traveller.card is None


def test_a_card_that_says_done_is_not_for_who_is_drawn(everybody_is_drawn, screener, room):
    room.lists()
    (card,) = room.desk.sign_cards(ClearanceOutcome.H_OK, 1, room.by)
    person = screener()
    person.types("n365").types("k").fills(str(card.clearance.card)).presses(ENTER)

    assert room.of_day() == ()
    assert "BMIS-580" in person.reads()
