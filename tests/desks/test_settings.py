"""The settings of a desk, by keyboard alone: look, lock, camera, keys."""

from dataclasses import replace

import pytest
from clipping import reached_by_tab, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shell_robot import Shift

from bmis.capture.serial_reader import Line
from bmis.kernel.i18n import current_language, set_language
from ui.desktop.parts import HomeFacts
from ui.desktop.settings import SWIPE_LINES, load_settings
from ui.desktop.shell.settings_dialog import SettingsDialog
from ui.desktop.shortcuts import Key
from ui.desktop.theme import current_theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shift(qtbot, tmp_path):
    (tmp_path / "home").mkdir()
    at_work = Shift(qtbot, tmp_path / "home").signs_in()
    settle(at_work.window)
    yield at_work
    at_work.ends()
    set_language("pt")


def opens(shift):
    shift.presses(Qt.Key.Key_K, CTRL)
    palette = QApplication.activeModalWidget()
    QTest.keyClicks(palette.query, "definicoes")
    QTest.keyClick(palette.query, Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    return dialog


def picks(box, code):
    box.setFocus()
    for _line in range(box.count()):
        QTest.keyClick(box, Qt.Key.Key_Up)
    for _line in range(box.findData(code)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == code


def kept(tmp_path):
    return load_settings(tmp_path / "home")[0]


def test_look_lock_and_camera_are_set_and_remembered(shift, tmp_path):
    dialog = opens(shift)
    for box, code in ((dialog.language, "en"), (dialog.theme, "dark"), (dialog.idle, "5"), (dialog.camera, "2")):
        picks(box, code)
    QTest.keyClick(dialog.camera, Qt.Key.Key_Return)

    settings = kept(tmp_path)
    assert (settings.language, settings.theme, settings.idle_minutes, settings.camera) == ("en", "dark", 5, "2")
    assert (current_language(), current_theme().name) == ("en", "dark")
    assert QApplication.activeModalWidget() is None


def test_a_serial_swipe_reader_is_chosen_and_remembered(shift, tmp_path):
    dialog = opens(shift)
    assert not dialog.line.isVisible()
    picks(dialog.port, "usb:0403:6001:A1")
    assert dialog.line.isVisible()
    picks(dialog.line, "19200 7E1")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert (kept(tmp_path).swipe_port, kept(tmp_path).swipe_line) == ("usb:0403:6001:A1", "19200 7E1")


def test_the_thermometer_of_port_health_is_chosen_beside_the_swipe_reader(shift, tmp_path):
    dialog = opens(shift)
    assert not dialog.thermometer_line.isVisible()
    picks(dialog.thermometer, "usb:0403:6001:A1")
    picks(dialog.thermometer_line, "9600 7E1")
    QTest.keyClick(dialog.thermometer_line, Qt.Key.Key_Return)
    settings = kept(tmp_path)
    assert (settings.thermometer_port, settings.thermometer_line) == ("usb:0403:6001:A1", "9600 7E1")
    assert settings.swipe_port == ""


def test_a_reader_that_is_not_plugged_in_stays_chosen(shift, tmp_path):
    shift.desktop.save_settings(replace(shift.desktop.settings, swipe_port="usb:05f9:4204:Z9"))
    dialog = opens(shift)
    assert dialog.port.currentData() == "usb:05f9:4204:Z9"
    QTest.keyClick(dialog.port, Qt.Key.Key_Return)
    assert kept(tmp_path).swipe_port == "usb:05f9:4204:Z9"


def test_every_line_that_can_be_chosen_is_one_that_a_reader_can_have():
    for line in SWIPE_LINES:
        assert f"{Line.told(line).speed} {Line.told(line).framing}" == line


def test_nothing_changes_when_the_settings_are_left(shift, tmp_path):
    dialog = opens(shift)
    picks(dialog.theme, "contrast")
    QTest.keyClick(dialog.theme, Qt.Key.Key_Escape)

    assert current_theme().name == "light"
    assert kept(tmp_path).theme == "light"


def test_a_key_is_remapped_by_pressing_it(shift, tmp_path):
    dialog = opens(shift)
    field = dialog.keys[Key.DECIDE]
    QTest.keyClick(field, Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert field.text() == "Shift+F11"
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert dict(kept(tmp_path).keys) == {"decide": "Shift+F11"}
    shift.presses(Qt.Key.Key_F12).presses(Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert shift.sample.pressed == [Key.DECIDE]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_C, CTRL),
    ],
)
def test_a_key_that_is_taken_or_types_text_is_refused_with_its_code(shift, tmp_path, key, modifier):
    dialog = opens(shift)
    QTest.keyClick(dialog.keys[Key.DECIDE], key, modifier)
    QTest.keyClick(dialog.keys[Key.DECIDE], Qt.Key.Key_Return)

    assert "BMIS-223" in dialog.notice.text()
    assert dict(kept(tmp_path).keys) == {}
    assert dialog.isVisible()
    focused = dialog.focusWidget()
    assert focused in dialog.keys.values()
    for field in dialog.keys.values():
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None


def test_a_folder_that_is_not_there_is_refused_and_one_that_is_stays(shift, tmp_path):
    dialog = opens(shift)
    assert not dialog.place.isVisible()
    picks(dialog.camera, "folder")
    QTest.keyClicks(dialog.place, str(tmp_path / "none"))
    QTest.keyClick(dialog.place, Qt.Key.Key_Return)
    assert "BMIS-144" in dialog.notice.text()
    assert dialog.focusWidget() is dialog.place
    dialog.place.clear()
    QTest.keyClicks(dialog.place, str(tmp_path))
    QTest.keyClick(dialog.place, Qt.Key.Key_Return)
    assert kept(tmp_path).camera == f"folder:{tmp_path}"

    dialog = opens(shift)
    assert (dialog.camera.currentData(), dialog.place.text()) == ("folder", str(tmp_path))


def test_the_training_camera_is_offered_in_training_only(shift):
    assert opens(shift).camera.findData("training") >= 0
    QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    live = HomeFacts(shift.desktop._folder, "MZ.L.RSG", "", "3", training=False)
    shift.desktop._home = live
    assert opens(shift).camera.findData("training") < 0


def test_tab_reaches_every_setting_and_f1_helps(shift):
    dialog = opens(shift)
    wanted = {dialog.language, dialog.theme, dialog.idle, dialog.camera, dialog.port, dialog.save, dialog.cancel}
    assert wanted | set(dialog.keys.values()) <= reached_by_tab(dialog)
    dialog.idle.setFocus()
    QTest.keyClick(dialog.idle, Qt.Key.Key_F1)
    assert dialog.help.text().startswith("Bloqueio")


def test_the_lock_closes_the_settings_unsaved(shift, tmp_path):
    dialog = opens(shift)
    picks(dialog.theme, "dark")
    shift.frame.lock()
    assert QApplication.activeModalWidget() is None
    assert kept(tmp_path).theme == "light"
