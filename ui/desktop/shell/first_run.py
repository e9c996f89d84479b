"""The first run: five questions and the home that they make."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe, FirstRunResult
from ui.desktop.shell.first_run_model import FirstRunModel
from ui.desktop.shell.first_run_pages import (
    AdministratorPage,
    DevicesPage,
    DonePage,
    KindPage,
    LookPage,
    Page,
    PostPage,
)
from ui.desktop.shell.sign_in import Brand
from ui.desktop.widgets.bars import NoticeBar
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.words import button_words


class FirstRunView(QWidget):
    """Enter goes on, Esc goes back. ``finished`` carries the FirstRunResult when the last page is left."""

    finished = Signal(object)

    def __init__(self, model: FirstRunModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._busy = model, False
        self._result: FirstRunResult | None = None
        self.setProperty("kind", "page")
        self.look, self.post, self.kind = LookPage(model), PostPage(model), KindPage(model)
        self.administrator, self.devices, self.done = AdministratorPage(model), DevicesPage(model), DonePage(model)
        self._pages: tuple[Page, ...] = (
            self.look, self.post, self.kind, self.administrator, self.devices, self.done,
        )  # fmt: skip
        self.stack = QStackedWidget()
        for page in self._pages:
            self.stack.addWidget(page)
        self.notice, self.step = NoticeBar(describe), PlainLabel(kind="small")
        self.back, self.go_on = Button(), Button("primary")
        self.back.setProperty("tall", True)
        self.back.clicked.connect(self.go_back)
        self.go_on.clicked.connect(self._on)
        self._lay_out()
        model.busy.connect(self._on_busy)
        model.noticed.connect(self.notice.show_error)
        model.created.connect(self._on_created)
        self.retranslate()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.back, 1)
        buttons.addWidget(self.go_on, 2)
        form = QFrame()
        form.setFixedWidth(640)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 48, 0, 40)
        column.setSpacing(16)
        column.addWidget(self.step)
        column.addWidget(self.stack, 1)
        column.addWidget(self.notice)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Brand(), 2)
        side = QHBoxLayout()
        side.addStretch(1)
        side.addWidget(form)
        side.addStretch(1)
        row.addLayout(side, 4)

    def start(self) -> None:
        """Ask for the posts and put the focus on the first question."""
        self._model.load()
        self.page.first_field().setFocus()

    @property
    def camera(self) -> str:
        """The name of the camera chosen, "" for none."""
        return self._model.answers.camera

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._pages[self.stack.currentIndex()]

    def retranslate(self) -> None:
        """Word the frame of the pages."""
        at = self.stack.currentIndex()
        last = len(self._pages) - 2
        self.step.setText(_("Step {at} of {count}").format(at=at + 1, count=last + 1) if at <= last else "")
        self.back.say(button_words()["back"])
        if self._busy:
            self.go_on.say(_("Making the desk…"))
        elif at < last:
            self.go_on.say(button_words()["continue"])
        elif at == last:
            self.go_on.say(_("Make the desk"))
        else:
            self.go_on.say(_("I have written them down") if self._result and self._result.recovery else _("Sign in"))
        self.back.setVisible(0 < at <= last)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from any field, Esc back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _show(self, at: int) -> None:
        self.administrator.retranslate()
        self.stack.setCurrentIndex(at)
        self.retranslate()
        field = self.page.first_field()
        (self.go_on if field is self.page else field).setFocus()

    def go_back(self) -> None:
        """Go to the question before."""
        at = self.stack.currentIndex()
        if not self._busy and 0 < at < len(self._pages) - 1:
            self.notice.clear()
            self._show(at - 1)

    def _on(self) -> None:
        at = self.stack.currentIndex()
        if self._busy or self.page.show_troubles():
            return
        if self._result is not None:
            result, self._result = self._result, None
            self.done.show_result(None)
            self.finished.emit(result)
        elif at == len(self._pages) - 2:
            self.notice.clear()
            self._model.create()
        elif at < len(self._pages) - 2:
            self._show(at + 1)

    def _on_busy(self, busy: bool) -> None:
        self._busy = busy
        for button in (self.back, self.go_on):
            button.setEnabled(not busy)
        self.retranslate()

    def _on_created(self, result: FirstRunResult) -> None:
        self._result = result
        self.done.show_result(result)
        self._show(len(self._pages) - 1)
        self.go_on.setFocus()
