"""The first window: who works here."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe, HomeFacts
from ui.desktop.shell.choices import LookChoices
from ui.desktop.shell.sign_in_model import PasswordModel
from ui.desktop.widgets.bars import NoticeBar, TrainingStripe
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel, SpokenFrame, centred
from ui.desktop.words import duration_words

if TYPE_CHECKING:
    from ui.desktop.widgets.asking import Answers, AskingDialog


class Brand(SpokenFrame):
    """The quiet side of the first screens: what this is, and where it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home: HomeFacts | None = None
        self.setProperty("kind", "brand")
        self._name = PlainLabel("BMIS", "display")
        self._what = PlainLabel(kind="brand", wrap=True)
        self._post = PlainLabel(kind="brand", wrap=True)
        self._lane = PlainLabel(kind="brand-muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(56, 64, 56, 56)
        column.setSpacing(8)
        for label in (self._name, self._what):
            column.addWidget(label)
        column.addStretch(1)
        for label in (self._post, self._lane):
            column.addWidget(label)
        self.retranslate()

    def show_home(self, home: HomeFacts | None) -> None:
        """Show the post and the lane."""
        self._home = home
        self.retranslate()

    def retranslate(self) -> None:
        """Word it."""
        self._what.setText(_("Border management"))
        if self._home is None:
            self._post.setText("")
            self._lane.setText("")
            return
        self._post.setText(self._home.post_name or self._home.post_code)
        self._lane.setText(_("Lane {lane}").format(lane=self._home.lane))


class SignInView(QWidget):
    """Name, password, language, theme; by keyboard alone."""

    def __init__(self, model: PasswordModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._model, self._busy, self._shut, self._wait_s = model, False, False, 0
        self.setProperty("kind", "page")
        self.stripe = TrainingStripe()
        self.stripe.hide()
        self.brand = Brand()
        self.notice = NoticeBar(describe, narrow=True)
        self.name, self.password = QLineEdit(), QLineEdit()
        self.name.setObjectName("sign_in.name")
        self.name.setMaxLength(40)
        self.password.setObjectName("sign_in.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(200)
        self._name_field, self._password_field = LabelledField(self.name), LabelledField(self.password)
        self.enter = Button("primary")
        self.again = Button()
        self.again.hide()
        self.wait = PlainLabel(kind="heading", wrap=True)
        self.wait.hide()
        self.release = Button()
        self.release.hide()
        self.look = LookChoices()
        self._title, self._keys = PlainLabel(kind="title"), PlainLabel(kind="small", wrap=True)
        self._lay_out()
        self.name.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._submit)
        self.enter.clicked.connect(self._submit)
        model.busy.connect(self._on_busy)
        model.waiting.connect(self._on_waiting)
        model.noticed.connect(self._on_noticed)
        model.emptied.connect(self.password.clear)
        model.released.connect(self._on_released)
        self.release.clicked.connect(self._ask_release)
        self.retranslate()

    def _lay_out(self) -> None:
        form = QFrame()
        form.setFixedWidth(440)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._title)
        column.addSpacing(8)
        for widget in (
            self.notice,
            self._name_field,
            self._password_field,
            self.wait,
            self.release,
            self.enter,
            self.again,
        ):
            column.addWidget(widget)
        column.addSpacing(24)
        column.addWidget(self.look)
        column.addWidget(self._keys)
        side = QVBoxLayout()
        side.addStretch(1)
        side.addLayout(centred(form))
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.brand, 2)
        row.addLayout(side, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.stripe)
        whole.addLayout(row, 1)

    def show_home(self, home: HomeFacts) -> None:
        """Show the home: its post and lane, and the stripe of a training home."""
        self.stripe.setVisible(home.training)
        self.brand.show_home(home)

    def shut(self, error: Exception | None) -> None:
        """Shut the form because the home could not be opened; None opens it."""
        self._shut = error is not None
        self.again.setVisible(self._shut)
        self._allow()
        if error is not None:
            self.notice.show_error(error)
            self.again.setFocus()
        else:
            self.notice.clear()
            self.start()

    def start(self) -> None:
        """Make ready for the next person."""
        self.password.clear()
        (self.password if self.name.text() else self.name).setFocus()

    def retranslate(self) -> None:
        """Word the screen."""
        self._title.setText(_("Sign in"))
        self._name_field.say(_("User name"))
        self._password_field.say(_("Password"))
        self.enter.say(_("Signing in…") if self._busy else _("Go in"))
        self.again.say(_("Try again"))
        self.release.say(_("Last officer of the post: lift the wait"))
        self._keys.setText(_("F1 help · Enter goes on · Tab moves between fields"))
        self._say_wait()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _submit(self) -> None:
        if not self.name.text().strip():
            self.name.setFocus()
        elif not self.password.text():
            self.password.setFocus()
        else:
            self._model.submit(self.name.text(), self.password.text())

    def _on_busy(self, busy: bool) -> None:
        self._busy = busy
        if busy:
            self.notice.clear()
        self._allow()
        self.retranslate()

    def _on_waiting(self, seconds: int) -> None:
        over = self._wait_s and not seconds
        self._wait_s = seconds
        self._allow()
        self._say_wait()
        if over:
            self.notice.clear()
            self.start()

    def _on_noticed(self, error: Exception) -> None:
        self.notice.show_error(error)
        self.password.setFocus()

    def _ask_release(self) -> None:
        from ui.desktop.widgets.asking import ask_for, reason_field  # late: the first window needs neither

        model = self._model

        def give(dialog: "AskingDialog", answers: "Answers") -> None:
            def on_refused(error: Exception) -> None:
                leave()
                dialog.stay(self._describe(error), "reason")

            def on_released() -> None:
                leave()
                dialog.accept()

            def leave() -> None:
                model.release_refused.disconnect(on_refused)
                model.released.disconnect(on_released)

            model.release_refused.connect(on_refused)
            model.released.connect(on_released)
            model.release(answers["reason"])

        ask_for(
            self,
            _("Lift the wait?"),
            _("Only for the last officer of the post, once until the next sign-in. Who asked and why is kept."),
            (reason_field(),),
            ok=_("Lift the wait"),
            give=give,
            grave=True,
        )

    def _on_released(self) -> None:
        self.notice.say(_("The wait was lifted. The reason is kept."), _("Type the password again."))

    def _say_wait(self) -> None:
        self.wait.setVisible(bool(self._wait_s))
        self.release.setVisible(bool(self._wait_s))
        self.wait.setText(_("You may try again in {time}").format(time=duration_words(self._wait_s)))

    def _allow(self) -> None:
        allowed = not (self._busy or self._shut or self._wait_s)
        self.enter.setEnabled(allowed)
        for field in (self.name, self.password):
            field.setEnabled(not (self._shut or self._wait_s))
            field.setReadOnly(self._busy)
