"""No word is cut off, in either language or one a third longer, on the smallest screen; none escaped translation."""

import gettext
import re

import pytest
from clipping import clipped, said, settle, takes_markup, unnamed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_robot import Shift

from bmis.kernel import i18n
from ui.desktop.shell.help import help_topics
from ui.desktop.shortcuts import Key
from ui.desktop.theme import THEMES

PLAIN = re.compile(
    r"[\W\d_]*|BMIS.*|Ressano Garcia|MZ[.].*|L898902C.*|ana|Português|English|9303|\d+  \(F\d+\)|1990|1991|⌫"
)
"""What is the same in every language: figures, codes, names, keys."""
KEY = re.compile(r"(F\d+|Ctrl\+.|Esc)$")


class Longer(gettext.NullTranslations):
    """A language a third longer than English, whose words can be told from words that nobody marked."""

    def gettext(self, message):
        pad = "~" * max(2, len(re.sub(r"\{.*?\}", "", message)) // 3)
        return f"⟦{message}{pad}⟧"

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


def _sign_in(qtbot, folder, language):
    return Shift(qtbot, folder, language=language)


def _sign_in_after_a_wrong_password(qtbot, folder, language):
    shift = Shift(qtbot, folder, language=language).signs_in(password="nao")
    for _ in range(3):
        shift.types("nao").presses(Qt.Key.Key_Return)
    return shift


def _lifting_a_wait(qtbot, folder, language):
    shift = _sign_in_after_a_wrong_password(qtbot, folder, language)
    shift.desktop.sign_in.release.click()
    return shift


def _frame(qtbot, folder, language):
    return Shift(qtbot, folder, language=language).signs_in()


def _frame_with_help(qtbot, folder, language):
    shift = Shift(qtbot, folder, language=language).signs_in()
    shift.frame.show_help()
    return shift


def _settings(qtbot, folder, language):
    shift = Shift(qtbot, folder, language=language).signs_in()
    shift.frame.settings_asked.emit()
    dialog = QApplication.activeModalWidget()
    dialog.camera.setCurrentIndex(dialog.camera.findData("folder"))
    dialog.keys[Key.DECIDE].set_sequence("F9")
    dialog.save.click()
    return shift


def _lock(qtbot, folder, language):
    shift = Shift(qtbot, folder, language=language).signs_in()
    shift.frame.lock()
    return shift


def _no_desk(qtbot, folder, language):
    return Shift(qtbot, folder, language=language, desks=()).signs_in()


def _first_run(page):
    def at(qtbot, folder, language):
        shift = Shift(qtbot, folder / "new", new=True, language=language)
        view = shift.desktop.first_run
        view.stack.setCurrentIndex(page)
        view.page.show_troubles()
        view.retranslate()
        return shift

    at.__name__ = f"first_run_{page}"
    return at


SCREENS = [
    _sign_in,
    _sign_in_after_a_wrong_password,
    _lifting_a_wait,
    _frame,
    _frame_with_help,
    _settings,
    _lock,
    _no_desk,
]
SCREENS += [_first_run(page) for page in range(6)]


@pytest.fixture(params=SCREENS, ids=lambda screen: screen.__name__.strip("_"))
def screen(request, qtbot, tmp_path):
    shifts = []

    def show(language):
        shifts.append(request.param(qtbot, tmp_path, language))
        settle(shifts[-1].window)
        return shifts[-1]

    yield show
    for shift in shifts:
        shift.ends()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off_on_the_smallest_screen(screen, language):
    shift = screen(language)
    for theme in THEMES if language == "pt" else THEMES[:1]:
        shift.desktop.change_look(theme=theme)
        settle(shift.window)
        assert clipped(shift.window) == [], theme
    assert (shift.window.width(), shift.window.height()) == (1366, 768)


def test_a_language_a_third_longer_fits_and_no_word_escapes_it(screen, monkeypatch):
    longer = Longer()
    monkeypatch.setattr(i18n, "_catalogue", lambda language: longer)
    shift = screen("en")
    assert clipped(shift.window) == []
    # help is written in each language, not translated
    titles = {title for title, _text in help_topics("en").values()}
    words = [word for word in said(shift.window) if "⟦" not in word and word not in titles]
    escaped = [word for word in words if not PLAIN.fullmatch(word) and not KEY.match(word)]
    assert escaped == []


def test_nothing_shown_is_taken_for_markup_and_every_field_has_a_name(screen):
    shift = screen("pt")
    assert takes_markup(shift.window) == []
    assert unnamed(shift.window) == []


def test_a_cut_word_would_be_found(qtbot):
    from PySide6.QtWidgets import QWidget

    from ui.desktop.widgets.plain import Button, PlainLabel

    window = QWidget()
    qtbot.addWidget(window)
    label, button = PlainLabel("Viajante sem documento"), Button()
    button.say("Viajante sem documento")
    for top, widget in ((0, label), (100, button)):
        widget.setParent(window)
        widget.setGeometry(0, top, 40, 60)
    settle(window)
    assert len(clipped(window)) == 2
