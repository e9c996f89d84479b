"""The counter of a gate, by keys alone: one key a person, one key to take back, and nothing made up about time."""

from uuid import uuid4

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from observation_robot import BACKSPACE, F12
from office_robot import CONTROL, ENTER
from PySide6.QtCore import Qt

from bmis.kernel.actor import Actor, Role
from bmis.store.errors import StoreClosedError
from ui.desktop.desks import desks_for
from ui.desktop.theme import THEMES


def slots(person):
    day = person.watch.at.date()
    return [one.noun for one in person.counter.parts.observed(day, day).slots]


def test_one_key_counts_and_one_takes_back_and_both_are_in_the_record(desk):
    person = desk(1)
    person.presses(ENTER).types("1126").presses(BACKSPACE).types("38").passes(2)
    person.presses(BACKSPACE, CONTROL).presses(F12)

    (slot,) = slots(person)
    assert (slot.start, slot.end, slot.fmp, slot.is_counter) == (600, 602, "MZ.L.RSG", True)
    assert dict(slot.counts) == {"entry": 4, "exit": 0}
    assert {name: n for name, n in slot.classes.items() if n} == {"entry.men": 2, "entry.women": 1, "entry.children": 1}
    assert dict(slot.taken_back) == {"exit.men": 1, "exit.children": 1}
    assert person.counter.tally is None
    assert person.counter.parts.kept_drafts() == ()
    assert "entrada 4, saída 0" in person.reads()
    assert "2 min observados" in person.section("counter").today.text()


def test_the_screen_says_what_runs_and_that_it_is_apart_from_crossings(desk):
    person = desk(1)
    page = person.section("counter")
    assert "nunca se soma" in page.hint.text()
    assert page.state.heading.text() == "Não se está a contar"
    assert page.pad.keys["1"].text().endswith("–"), "nobody was counted: no nought"

    person.presses(ENTER).types("119")
    assert page.pad.totals["entry"].text() == "2"
    assert page.pad.keys["9"].accessibleName() == "9: Saída, Não se viu: 1"
    assert "entrada 2, saída 1" in page.state.reason.text()


def test_a_key_held_down_counts_once_and_what_a_reader_types_counts_nobody(desk, qtbot):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    person = desk(1)
    person.presses(ENTER).types("1")
    pad = person.section("counter").pad
    assert QApplication.focusWidget() is pad
    none = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, none, "1", True)
    QApplication.sendEvent(pad, held)
    for at, text in enumerate("P<UTO12399"):
        swiped = QKeyEvent(QEvent.Type.KeyPress, ord(text), none, text)
        swiped.setTimestamp(1_000_000 + 5 * at)
        QApplication.sendEvent(pad, swiped)
    assert person.counter.tally.marks == "1"


def test_the_keypad_counts_with_and_without_numlock(desk):
    person = desk(1)
    person.presses(ENTER)
    pad = Qt.KeyboardModifier.KeypadModifier
    person.presses(Qt.Key.Key_End, pad).presses(Qt.Key.Key_Home, pad).presses(Qt.Key.Key_1, pad)
    assert person.counter.tally.marks == "171"


def test_esc_and_tab_do_not_leave_the_keys_while_somebody_is_counted(desk):
    person = desk(1)
    pad = person.section("counter").pad
    person.presses(ENTER).presses(Qt.Key.Key_Escape).presses(Qt.Key.Key_Tab).types("12")
    assert person.counter.tally.marks == "12"
    assert person.focus() is pad
    person.passes(1).presses(F12).presses(Qt.Key.Key_Escape)
    assert person.focus() is person.desk.navigation


def test_minutes_without_anybody_there_end_the_interval_and_no_press_is_lost_in_silence(desk):
    person = desk(1)
    person.presses(ENTER).types("1").passes(3)
    person.watch.goes_on(20)
    person.types("2")
    assert "BMIS-801" in person.reads()
    assert "10:00–10:03" in person.section("counter").state.heading.text()

    person.presses(F12)
    assert [(one.start, one.end, dict(one.counts)) for one in slots(person)] == [(600, 603, {"entry": 1, "exit": 0})]
    person.presses(ENTER).types("2").passes(1).presses(F12)
    (_first, second) = slots(person)
    assert (second.start, second.end) == (623, 624), "the minutes between are in no slot: nobody knows who passed"


def test_a_locked_screen_and_another_page_count_as_not_watching(desk):
    person = desk(1)
    person.presses(ENTER).types("1").passes(1)
    assert person.section("counter")._beat.isActive()
    person.page(2)
    assert not person.section("counter")._beat.isActive()
    person.watch.goes_on(5)
    person.page(1)
    assert person.section("counter")._beat.isActive()
    assert (person.counter.runs, person.counter.tally.end) == (False, 601)

    person.presses(F12).presses(ENTER)
    person.desk.locking()
    assert not person.section("counter")._beat.isActive()


def test_only_the_direction_that_is_watched_is_counted(desk):
    person = desk(1)
    person.types("d").presses(ENTER).types("1").types("6")
    assert "BMIS-802" in person.reads()
    person.types("1")
    assert "BMIS-802" not in person.reads(), "what went well takes the trouble away"
    person.types("d").passes(1).presses(F12)
    (slot,) = slots(person)
    assert (slot.directions, dict(slot.counts)) == (("entry",), {"entry": 2})


def test_an_interval_of_no_minute_stays_and_goes_on(desk):
    person = desk(1)
    person.presses(ENTER).types("1").presses(F12)
    assert "BMIS-800" in person.reads()
    assert person.counter.runs
    person.types("2").passes(1).presses(F12)
    assert [dict(one.counts)["entry"] for one in slots(person)] == [2]


def test_what_cannot_be_kept_stays_on_the_screen_and_on_the_disk(desk):
    person = desk(1)
    person.presses(ENTER).types("11").passes(2)
    slot = person.counter.tally.closed(person.counter.parts.local_now()).slot()
    person.counter.parts.keep_slot(slot, uuid4())
    person.presses(F12)
    assert "BMIS-782" in person.reads()
    assert person.counter.tally.totals == {"entry": 2, "exit": 0}
    assert len(person.counter.parts.kept_drafts()) == 1

    person.presses(Qt.Key.Key_Delete)
    person.presses(ENTER)  # no has the focus
    assert person.counter.tally is not None
    person.presses(Qt.Key.Key_Delete)
    person.dialog.yes.setFocus()
    person.presses(Qt.Key.Key_Space)
    assert person.counter.tally is None
    assert person.counter.parts.kept_drafts() == ()


def test_a_disk_that_does_not_take_the_presses_is_told(desk, monkeypatch):
    person = desk(1)
    person.presses(ENTER).types("1")

    def no_disk(_self, _entry):
        raise StoreClosedError

    monkeypatch.setattr(type(person.counter.parts), "save_draft", no_disk)
    person.types("2")
    assert "disco" in person.section("counter").state.reason.text()
    assert "BMIS-" in person.reads()
    monkeypatch.undo()
    person.types("3")
    assert person.counter.is_safe
    (draft,) = person.counter.parts.kept_drafts()
    assert draft.content["work"]["marks"] == "123"


def test_a_session_that_ends_leaves_the_interval_for_the_next(desk):
    person = desk(1)
    person.presses(ENTER).types("1179").passes(1)
    person.ends()
    again = desk(1, at=person.watch.at)
    assert again.counter.tally.marks == "1179"
    assert "está de volta" in again.reads()
    again.types("1").presses(F12)
    assert [dict(one.counts) for one in slots(again)] == [{"entry": 3, "exit": 2}]


@pytest.mark.parametrize("role", Role)
def test_only_who_observes_has_the_desk(role):
    codes = [entry.code for entry in desks_for(Actor("ana", role))]
    assert ("observation" in codes) is (role in (Role.OFFICER, Role.SUPERVISOR))


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_of_the_desk_is_cut_off_on_the_smallest_screen(desk, language):
    person = desk(1, language=language)
    for theme in THEMES if language == "pt" else THEMES[:1]:
        person.desktop.change_look(theme=theme)
        for number, keys in ((1, ""), (1, "d"), (2, ""), (3, ""), (3, "a"), (4, "")):
            person.page(number).types(keys)
            settle(person.window)
            assert clipped(person.window) == [], (theme, number, keys)
            assert unnamed(person.window) == []
            assert takes_markup(person.window) == []
        person.desk.survey.refuse("refused")
    person.page(1).presses(ENTER).types("1").passes(1)
    person.watch.goes_on(9)
    person.types("1")
    settle(person.window)
    assert clipped(person.window) == [], "with a notice over it"
