"""A shift from the first window to the last, by keyboard alone."""

import json

import pytest
from clipping import reached_by_tab, said, settle
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shell_robot import NOW

from bmis.kernel.actor import Actor, Role
from bmis.kernel.i18n import current_language
from ui.desktop.parts import DeskState, ListAge
from ui.desktop.settings import load_settings
from ui.desktop.shell.lock import IdleWatch
from ui.desktop.shell.palette import Palette
from ui.desktop.shortcuts import Key
from ui.desktop.theme import current_theme
from ui.desktop.widgets.question import Question

CTRL = Qt.KeyboardModifier.ControlModifier


def test_every_word_changes_with_the_language_while_the_program_runs(at_work):
    same = {"Ressano Garcia", "3", "4", "ana", "22/11/2026 10:15", "9303", "1", "2", "1990", "1991", "L898902C3"}
    same |= {"12  (F12)", "9  (F9)", "Ctrl+⌫", "Esc", "Ctrl+K", "Ctrl+L", *(f"F{n}" for n in range(1, 13))}
    before = [word for word in said(at_work.window) if word not in same]
    at_work.desktop.change_look(language="en")
    settle(at_work.window)
    after = [word for word in said(at_work.window) if word not in same]
    assert current_language() == "en"
    assert len(before) > 15
    assert set(before) & set(after) == set()


def test_the_language_is_changed_on_the_first_screen_by_keyboard(shift):
    look = shift.desktop.sign_in.look
    look.language.setFocus()
    shift.presses(Qt.Key.Key_Down)
    look.language.activated.emit(look.language.currentIndex())
    assert shift.desktop.sign_in.enter.text() == "Go in"


def test_language_and_theme_are_remembered_by_the_home(shift, tmp_path):
    shift.desktop.change_look(language="en", theme="contrast")
    settings, problem = load_settings(tmp_path / "home")
    assert (settings.language, settings.theme, problem) == ("en", "contrast", None)
    assert current_theme().name == "contrast"


def test_tab_reaches_every_field_of_the_first_screen(shift):
    view = shift.desktop.sign_in
    wanted = {view.name, view.password, view.enter, view.look.language, view.look.theme}
    assert wanted <= reached_by_tab(shift.window)


def test_tab_reaches_every_field_of_a_desk(at_work):
    sample = at_work.sample
    wanted = {sample.birth, sample.country, sample.mrz, sample.bar.button("ADMITTED"), sample.bar.button("R")}
    wanted |= {sample.findings.row(check) for check in ("check_digits", "document_dates", "watchlist")}
    assert wanted <= reached_by_tab(at_work.window)


@pytest.mark.parametrize(
    ("key", "modifier", "meaning"),
    [
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier, Key.DECIDE),
        (Qt.Key.Key_D, CTRL, Key.DECIDE),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, Key.REFUSE),
        (Qt.Key.Key_E, CTRL, Key.REFUSE),
        (Qt.Key.Key_Backspace, CTRL, Key.UNDO),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, Key.RESCAN),
    ],
)
def test_a_key_and_its_twin_reach_the_desk_from_within_a_field(at_work, key, modifier, meaning):
    at_work.types("1203").presses(key, modifier)
    assert at_work.sample.pressed == [meaning]
    assert at_work.sample.birth.text() == "1203"


def test_text_undo_stays_with_the_text(at_work):
    at_work.types("1203").presses(Qt.Key.Key_Z, CTRL)
    assert at_work.sample.pressed == []
    assert at_work.sample.birth.text() != "1203"


def test_a_key_held_down_decides_once(at_work):
    at_work.presses(Qt.Key.Key_F12)
    for _ in range(5):
        repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier, "", True)
        QApplication.sendEvent(at_work.focus(), repeat)
    assert at_work.sample.pressed == [Key.DECIDE]


def test_what_a_reader_types_decides_nothing(at_work):
    at_work.pace_ms = 5.0
    at_work.types("P<UTO")
    at_work.presses(Qt.Key.Key_D, CTRL)
    assert at_work.sample.pressed == []
    at_work.pace_ms = 200.0
    at_work.presses(Qt.Key.Key_D, CTRL)
    assert at_work.sample.pressed == [Key.DECIDE]


def test_a_remapped_key_decides_and_the_old_one_no_more(shifts, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "desktop.json").write_text(json.dumps({"keys": {"decide": "Shift+F11"}}))
    shift = shifts().signs_in()
    shift.presses(Qt.Key.Key_F12)
    assert shift.sample.pressed == []
    shift.presses(Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert shift.sample.pressed == [Key.DECIDE]
    assert "Shift+F11" in said(shift.window)


def test_a_damaged_settings_file_gives_defaults_and_says_so(shifts, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "desktop.json").write_text('{"theme": "pink", "idle_minutes": 5')
    shift = shifts(language=None)
    assert shift.desktop.sign_in.notice.text() != ""
    assert shift.desktop.settings.theme == "light"


def test_locking_keeps_the_desk_and_asks_the_same_officer(at_work):
    at_work.types("12031990").presses(Qt.Key.Key_L, CTRL)
    frame = at_work.frame
    assert frame.is_locked
    assert at_work.sample.events == ["opened", "locking"]
    assert not at_work.sample.isVisible()
    at_work.presses(Qt.Key.Key_F12)
    assert at_work.sample.pressed == []
    at_work.types("errada").presses(Qt.Key.Key_Return)
    assert frame.is_locked
    assert "BMIS-024" in frame.lock_view.notice.text()
    at_work.types("a palavra certa").presses(Qt.Key.Key_Return)
    assert not frame.is_locked
    assert at_work.sample.events[-1] == "unlocked"
    assert at_work.sample.birth.text() == "12/03/1990"


def test_a_colleague_ends_the_locked_session_and_signs_in(at_work):
    at_work.frame.lock()
    at_work.frame.lock_view.leave.click()
    assert at_work.frame is None
    assert at_work.sample.events[-1] == "closing"
    assert at_work.rooms.memory.calls == ["sign_in", "sign_out"]
    assert at_work.focus() is at_work.desktop.sign_in.password


def test_an_idle_desk_warns_and_then_locks(qtbot, at_work):
    at_work.frame.idle.set_ms(400)
    at_work.frame.idle.start()
    qtbot.waitUntil(lambda: "60" in at_work.frame.notice.text())
    qtbot.waitUntil(lambda: at_work.frame.is_locked)


def test_a_key_winds_up_the_idle_watch(qtbot):
    watch = IdleWatch(1)
    watch.set_ms(300)
    watch.start()
    expired = []
    watch.expired.connect(lambda: expired.append(1))
    for _ in range(5):
        qtbot.wait(100)
        watch.touch()
    assert not expired
    qtbot.waitUntil(lambda: bool(expired))
    watch.touch()
    assert not watch._end.isActive()


def test_the_palette_finds_an_action_without_accents_and_runs_it(at_work):
    at_work.presses(Qt.Key.Key_K, CTRL)
    palette = QApplication.activeModalWidget()
    assert isinstance(palette, Palette)
    QTest.keyClicks(palette.query, "accao amos")
    assert palette.lines() == ["Acção de amostra"]
    QTest.keyClick(palette.query, Qt.Key.Key_Return)
    assert at_work.sample.events[-1] == "sample"
    assert QApplication.activeModalWidget() is None


def test_the_palette_offers_every_key_of_the_desk_with_its_words(at_work):
    words = [action.words for action in at_work.frame.palette_actions()]
    assert "Decidir" in words
    assert "Bloquear" in words
    assert "Língua: English" in words


def test_help_is_that_of_the_focused_field_and_gives_the_focus_back(shift):
    shift.presses(Qt.Key.Key_Tab)
    assert shift.focus() is shift.desktop.sign_in.password
    shift.presses(Qt.Key.Key_F1)
    assert shift.window._help.text().startswith("Palavra-passe\n")
    shift.presses(Qt.Key.Key_Escape)
    assert shift.focus() is shift.desktop.sign_in.password


def test_every_field_of_the_shell_has_its_help_in_both_languages(shift, shifts):
    from ui.desktop.shell.help import help_topics

    shift.frame or shift.signs_in()
    wizard = shifts(new=True)
    names = {
        widget.objectName()
        for root in (shift.window, wizard.window)
        for widget in root.findChildren(QLineEdit)
        if widget.objectName() and not widget.objectName().startswith(("qt_", "sample."))
    }
    assert {"sign_in.name", "lock.password", "first_run.lane"} <= names
    for language in ("pt", "en"):
        assert names | {"keys"} <= set(help_topics(language))
    assert set(help_topics("pt")) == set(help_topics("en"))


def test_leaving_with_an_open_traveller_asks_once_and_enter_stays(at_work):
    at_work.sample.draft = True
    at_work.window.close()
    question = QApplication.activeModalWidget()
    assert isinstance(question, Question)
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert at_work.frame is not None
    assert at_work.window.isVisible()


def test_lists_that_are_old_or_missing_never_look_safe(at_work):
    header = at_work.frame.header
    assert header.lists_chip.status == "green"
    old = ListAge("watchlist", NOW.replace(day=20), 24)
    header.show_state(DeskState(None, (old,)))
    assert header.lists_chip.text() == "ATENÇÃO · 2 dias"
    header.show_state(DeskState(None, (old, ListAge("rules", None, 24))))
    assert header.lists_chip.status == "grey"
    header.show_state(DeskState())
    assert header.lists_chip.status == "grey"
    assert header.lists_chip.text() == "sem listas"
    assert header.lists_chip.accessibleName() == "NÃO VERIFICADO · sem listas"
    assert "nada é comparado" in header.lists_chip.toolTip()
    assert header.lists_chip.accessibleDescription() == header.lists_chip.toolTip()
    header.show_state(DeskState(None, (old,)))
    assert header.lists_chip.toolTip() == "watchlist: 2 dias"


def test_port_health_is_shown_no_age_of_watchlists(at_work):
    header = at_work.frame.header
    assert not header.lists_chip.isHidden()
    header.show_actor(Actor("enf", Role.SCREENER))
    assert header.lists_chip.isHidden()
    header.show_actor(Actor("ana", Role.OFFICER))
    assert not header.lists_chip.isHidden()


def test_the_direction_of_the_lane_is_remembered_by_the_home(at_work, tmp_path):
    at_work.sample.directed.emit("EXIT")
    assert at_work.frame.header._way.value.text() == "SAÍDA"
    assert load_settings(tmp_path / "home")[0].direction == "EXIT"
    at_work.desktop._on_left()
    at_work.types("a palavra certa").presses(Qt.Key.Key_Return)
    assert at_work.contexts[-1].home.direction == "EXIT"
    assert at_work.frame.header._way.value.text() == "SAÍDA"


def test_a_direction_that_is_none_is_asked_again(shifts, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "desktop.json").write_text('{"direction": "UP"}')
    shift = shifts(language=None)
    assert "BMIS-220" in shift.desktop.sign_in.notice.text()
    assert shift.desktop.settings.direction == ""


def test_an_unknown_unsent_count_is_a_dash_and_no_zero(at_work):
    header = at_work.frame.header
    header.show_state(DeskState(unsent=None))
    assert header._unsent.value.text() == "—"
    header.show_state(DeskState(unsent=0))
    assert header._unsent.value.text() == "0"


def test_no_part_of_a_screen_is_ever_a_window_of_its_own(qtbot, at_work):
    shown = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    at_work.desktop._end_session()
    at_work.desktop._show_sign_in(at_work.desktop._home)
    at_work.types("a palavra certa").presses(Qt.Key.Key_Return)
    QApplication.instance().removeEventFilter(watch)
    assert at_work.frame is not None
    assert shown == []
