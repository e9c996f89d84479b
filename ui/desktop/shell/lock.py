"""The lock: nothing of the traveller in view, the draft kept, the same officer's password to go on."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe
from ui.desktop.shell.sign_in_model import PasswordModel
from ui.desktop.widgets.bars import NoticeBar
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel, centred
from ui.desktop.words import duration_words

WARNING_S = 60


class IdleWatch(QObject):
    """Counts from the last sign of a person. ``warned`` a minute before, ``expired`` at the end."""

    warned = Signal()
    expired = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._warning, self._end = QTimer(self), QTimer(self)
        for timer, told in ((self._warning, self._on_warning), (self._end, self._on_end)):
            timer.setSingleShot(True)
            timer.timeout.connect(told)
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Take another length."""
        self.set_ms(minutes * 60_000)

    def set_ms(self, whole_ms: int) -> None:
        """Take another length in milliseconds; the warning comes a minute, or half of it, before the end."""
        self._end.setInterval(whole_ms)
        self._warning.setInterval(max(whole_ms - WARNING_S * 1000, whole_ms // 2))

    def touch(self) -> None:
        """A person is there; only a running watch is wound up again."""
        if self._end.isActive():
            self.start()

    def start(self) -> None:
        """Count from now."""
        self._warning.start()
        self._end.start()

    def stop(self) -> None:
        """Stop counting."""
        self._warning.stop()
        self._end.stop()

    def _on_warning(self) -> None:
        self.warned.emit()

    def _on_end(self) -> None:
        self._warning.stop()
        self.expired.emit()


class LockView(QWidget):
    """Covers the desk. ``left`` asks to end the session, for a colleague to take over."""

    left = Signal()

    def __init__(self, model: PasswordModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._officer, self._wait_s, self._busy = model, "", 0, False
        self.setProperty("kind", "page")
        self._title, self._why = PlainLabel(kind="title"), PlainLabel(kind="muted", wrap=True)
        self.notice = NoticeBar(describe, narrow=True)
        self.password = QLineEdit()
        self.password.setObjectName("lock.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(200)
        self._field = LabelledField(self.password)
        self.wait = PlainLabel(kind="heading", wrap=True)
        self.enter, self.leave = Button("primary"), Button()
        form = QFrame()
        form.setFixedWidth(440)
        column = QVBoxLayout(form)
        column.setSpacing(16)
        for widget in (
            self._title, self._why, self.notice, self._field, self.wait, self.enter, self.leave,
        ):  # fmt: skip
            column.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(centred(form))
        whole.addStretch(1)
        self.password.returnPressed.connect(self._submit)
        self.enter.clicked.connect(self._submit)
        self.leave.clicked.connect(self.left)
        model.busy.connect(self._on_busy)
        model.waiting.connect(self._on_waiting)
        model.noticed.connect(self.notice.show_error)
        model.emptied.connect(self.password.clear)
        self.retranslate()

    def start(self, officer: str) -> None:
        """Lock for this officer."""
        self._officer = officer
        self.password.clear()
        self.notice.clear()
        self.retranslate()
        self.password.setFocus()

    def retranslate(self) -> None:
        """Word the screen."""
        self._title.setText(_("Locked"))
        self._why.setText(
            _("What was typed is kept, encrypted. {name} goes on with the password.").format(name=self._officer)
        )
        self._field.say(_("Password"))
        self.enter.say(_("Unlock"))
        self.leave.say(_("End the session"))
        self.wait.setVisible(bool(self._wait_s))
        self.wait.setText(_("You may try again in {time}").format(time=duration_words(self._wait_s)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _submit(self) -> None:
        self._model.submit(self._officer, self.password.text())

    def _on_busy(self, busy: bool) -> None:
        self._busy = busy
        self._allow()

    def _on_waiting(self, seconds: int) -> None:
        self._wait_s = seconds
        self._allow()
        self.retranslate()

    def _allow(self) -> None:
        self.enter.setEnabled(not (self._busy or self._wait_s))
        self.password.setReadOnly(self._busy)
        self.password.setEnabled(not self._wait_s)
        self.leave.setEnabled(not self._busy)
