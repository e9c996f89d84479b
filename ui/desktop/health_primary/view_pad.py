"""The pad: temperature, sex and age, and one key for each question. It has the focus while the queue moves."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bmis.capture.wedge import HOLD_MS, INSIDE_MS
from bmis.kernel.i18n import translate as _
from poe_health.codes import choices
from poe_health.rules.answer import Answer
from ui.desktop.health_primary.letters import (
    CARD_KEY,
    CERTIFICATE_KEY,
    LOOKS_KEY,
    METHOD_KEY,
    NONE_KEY,
    SEX_KEYS,
    SHIFT,
    VOYAGE_KEY,
)
from ui.desktop.health_primary.pace import KeyPace
from ui.desktop.health_primary.traveller import NOT_LOOKED_AT, Traveller
from ui.desktop.health_primary.view_model import PrimaryModel
from ui.desktop.health_primary.view_question import TemperatureRow, Toggle
from ui.desktop.health_primary.wording import asked_word, certificate_word, choice_word
from ui.desktop.theme import set_kind
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame

COLUMNS = 2
_SHOWN_AS = {"VALID": Answer.NO, "INVALID": Answer.YES, "ABSENT": Answer.YES, NOT_LOOKED_AT: Answer.UNKNOWN}
"""As which answer to a question each state of the certificate is drawn: what is to be looked at is a yes."""


class Pad(SpokenFrame):
    """Every key of a screening. ``saving`` is Enter; ``voyage``, ``voyage_cleared``, ``card`` and ``scanned`` (what a
    reader typed) are the desk's to answer."""

    saving = Signal()
    voyage, voyage_cleared, card = Signal(), Signal(), Signal()
    scanned = Signal(str)

    def __init__(
        self, model: PrimaryModel, now_ms: Callable[[], float] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("health.pad")
        self.setProperty("kind", "pad")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.now_ms: Callable[[], float] = now_ms or (lambda: time.monotonic() * 1000)
        self._pace: KeyPace[Traveller] = KeyPace(lambda: self.now_ms())
        self._scan_ends = QTimer(self)
        self._scan_ends.setSingleShot(True)
        self._scan_ends.setInterval(INSIDE_MS + 30)
        self._scan_ends.timeout.connect(self._end_scan)
        self._voyage_soon = QTimer(self)  # a reader's V must not open a form in the middle of its burst
        self._voyage_soon.setSingleShot(True)
        self._voyage_soon.setInterval(HOLD_MS + 5)
        self._voyage_soon.timeout.connect(self.voyage)
        self.temperature = TemperatureRow(model)
        self.temperature.method_pressed.connect(model.turn_method)
        self.temperature.again_pressed.connect(model.take_again)
        self.toggles: dict[str, Toggle] = {}
        self._extra: tuple[str, ...] = ()
        self._sexes: dict[str, Button] = {}
        self._bands: dict[str, Button] = {}
        self.none, self.looks, self.refused = Button(), Button(), Button()
        self.certificate = Toggle("certificate")
        self.certificate.pressed.connect(lambda _code: model.turn_certificate())
        self.certificate.hide()
        self._lay_out()
        model.changed.connect(self.show_traveller)
        self.retranslate()

    def _lay_out(self) -> None:
        people = QHBoxLayout()
        people.setSpacing(4)
        for code in SEX_KEYS:
            self._sexes[code] = self._choice(partial(self._model.set_sex, code))
            people.addWidget(self._sexes[code])
        people.addSpacing(12)
        for code in choices("age_band"):
            self._bands[code] = self._choice(partial(self._model.set_age_band, code))
            people.addWidget(self._bands[code])
        people.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button, act in (
            (self.none, self._model.asked_none),
            (self.looks, self._model.turn_appearance),
            (self.refused, self._model.turn_refused),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            acts.addWidget(button, 1)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setSpacing(4)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.around = QScrollArea()
        self.around.setWidgetResizable(True)
        self.around.setFrameShape(QFrame.Shape.NoFrame)
        self.around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.around.setWidget(self._inside)
        self.trouble = PlainLabel(kind="field-label", wrap=True)
        self.trouble.hide()
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(12, 8, 12, 8)
        column_.setSpacing(6)
        column_.addWidget(self.temperature)
        column_.addLayout(people)
        column_.addLayout(acts)
        column_.addWidget(self.certificate)
        column_.addWidget(self.trouble)
        column_.addWidget(self.around, 1)

    def _choice(self, act: Callable[[], None]) -> Button:
        button = Button()
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setProperty("dense", True)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def show_trouble(self, words: str, where: str) -> None:
        """Say what keeps the screening from being kept, where it is."""
        self.temperature.show_trouble(words if where == "temperature" else "")
        self.trouble.setText("" if where == "temperature" else words)
        self.trouble.setVisible(bool(self.trouble.text()))

    def show_traveller(self) -> None:
        """Show the traveller and the questions of the day."""
        model = self._model
        traveller, letters = model.traveller, model.letters
        codes = model.questions
        if tuple(self.toggles) != codes:
            self._rebuild(codes)
        days = 0 if model.day is None else model.day.card.days
        extra = traveller.extra
        if extra != self._extra:  # what is to be asked beside the card comes into view
            self._extra = extra
            if first := next((code for code in extra if code not in traveller.answers), None):
                QTimer.singleShot(0, self, partial(self._bring_into_view, first))
        for code, toggle in self.toggles.items():
            toggle.say(letters.get(code, ""), asked_word(code, days), traveller.answers.get(code))
        for code, button in self._sexes.items():
            button.setChecked(traveller.sex == code)
        for code, button in self._bands.items():
            button.setChecked(traveller.age_band == code)
        seen = traveller.certificate
        words = _("Yellow-fever certificate (comes from a country of the list)")
        self.certificate.say(CERTIFICATE_KEY, words, _SHOWN_AS.get(seen or ""), certificate_word(seen))
        self.certificate.setVisible(model.asks_certificate)
        looks = choice_word("appearance", traveller.appearance) if traveller.appearance else _("Looks")
        self.looks.say(f"{LOOKS_KEY}  {looks}")
        set_kind(self.looks, "danger" if traveller.appearance else "")
        self.refused.say(_("F9  REFUSED") if traveller.refused else _("F9  Refuses"))
        set_kind(self.refused, "danger" if traveller.refused else "")

    def _bring_into_view(self, code: str) -> None:
        if code in self.toggles:
            self.around.ensureWidgetVisible(self.toggles[code], 0, 0)

    def retranslate(self) -> None:
        """Word the pad."""
        self.setAccessibleName(_("Screening: digits are the temperature, letters the questions, Enter keeps"))
        self.none.say(f"{NONE_KEY}  {_('Asked, none')}")
        for code, button in self._sexes.items():
            words = {"F": _("Woman"), "M": _("Man"), "O": _("Other")}[code]
            button.say(f"{code}  {words}")
        for at, (code, button) in enumerate(self._bands.items(), 1):
            button.say(choice_word("age_band", code))
            button.setAccessibleName(f"{choice_word('age_band', code)} (Ctrl+{at})")
            button.setToolTip(f"Ctrl+{at}")
        self.show_traveller()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means; a key held down does nothing, and a reader's burst is undone."""
        if event.isAutoRepeat():
            return
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            if not self._band(event):
                super().keyPressEvent(event)
            return
        if not event.text() and not is_enter and key not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            super().keyPressEvent(event)
            return
        fast = self._pace.key("" if is_enter else event.text(), self._model.traveller)
        self._voyage_soon.stop()
        if self._pace.in_burst:
            self._take_burst(is_enter)
        elif is_enter:
            if not fast:  # a reader ends its line by Enter
                self.saving.emit()
        elif not self._act(key, event.text(), shift=modifiers == Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are heard."""
        set_kind(self, "pad-focus")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they are not."""
        set_kind(self, "pad")
        super().focusOutEvent(event)

    def _act(self, key: Qt.Key, text: str, *, shift: bool) -> bool:
        model, letter = self._model, key.name.removeprefix("Key_")
        plain: dict[str, Callable[[], object]] = {
            NONE_KEY: model.asked_none,
            LOOKS_KEY: model.turn_appearance,
            METHOD_KEY: model.turn_method,
            CARD_KEY: self.card.emit,
            CERTIFICATE_KEY: model.turn_certificate,
            VOYAGE_KEY: self._voyage_soon.start,
            **{code: partial(model.set_sex, code) for code in SEX_KEYS},
        }
        if text.isascii() and text.isdigit():
            self.show_trouble("", "")
            model.type_digit(text)
        elif key is Qt.Key.Key_Backspace:
            self.show_trouble("", "")
            model.rub_out()
        elif key is Qt.Key.Key_Asterisk:
            model.asked_none()
        elif key is Qt.Key.Key_Delete:
            self.voyage_cleared.emit()
        elif shift and letter == NONE_KEY:
            model.cannot_say()
        elif not shift and letter in plain:
            plain[letter]()
        elif code := self._code_of(f"{SHIFT}{letter}" if shift else letter):
            model.turn(code)
            self._bring_into_view(code)
        else:
            return text in {",", "."}  # 36,5 is typed as it is written
        return True

    def _band(self, event: QKeyEvent) -> bool:
        at = event.key() - Qt.Key.Key_1
        bands = list(self._bands)
        if 0 <= at < len(bands):
            self._model.set_age_band(bands[at])
            return True
        return False

    def _code_of(self, key: str) -> str | None:
        return next((code for code, letter in self._model.letters.items() if letter == key), None)

    def _take_burst(self, is_enter: bool) -> None:
        before = self._pace.before
        if before is not None and before != self._model.traveller:
            self._model.take(before)
        self._scan_ends.start()
        if is_enter:
            self._end_scan()

    def _end_scan(self) -> None:
        self._scan_ends.stop()
        text = self._pace.ended()
        if text:
            self.scanned.emit(text)

    def _rebuild(self, codes: tuple[str, ...]) -> None:
        for toggle in self.toggles.values():
            self._grid.removeWidget(toggle)
            toggle.hide()
            toggle.deleteLater()
        self.toggles = {}
        rows = -(-len(codes) // COLUMNS)
        for at, code in enumerate(codes):
            toggle = Toggle(code)
            toggle.pressed.connect(self._model.turn)
            self._grid.addWidget(toggle, at % rows, at // rows)
            self.toggles[code] = toggle
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(rows, 1)
