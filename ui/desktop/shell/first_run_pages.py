"""The pages of the first run: each lays out one question and writes the answers into the model."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QListWidget, QListWidgetItem, QRadioButton, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.parts import CameraChoice, FirstRunResult
from ui.desktop.shell.choices import LookChoices
from ui.desktop.shell.first_run_model import FirstRunModel, Trouble
from ui.desktop.widgets.plain import Button, Card, LabelledField, PlainLabel

CODE_ROLE = 0x0100  # Qt.UserRole


def trouble_words(trouble: Trouble, shortest_password: int) -> str:
    """Return what to say of a trouble."""
    return {
        Trouble.POST_MISSING: _("Choose a post from the list."),
        Trouble.LANE_MISSING: _("Give the lane its number or name."),
        Trouble.KIND_MISSING: _("Choose one of the two."),
        Trouble.NAME_MISSING: _("Give the administrator's user name."),
        Trouble.PASSWORD_SHORT: _("The password needs at least {count} characters.").format(count=shortest_password),
        Trouble.PASSWORDS_DIFFER: _("The two passwords are not the same."),
    }[trouble]


class Page(QWidget):
    """One question. ``code`` names it to the model."""

    code = ""

    def __init__(self, model: FirstRunModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.title, self.hint = PlainLabel(kind="title", wrap=True), PlainLabel(kind="muted", wrap=True)
        self.trouble = PlainLabel(kind="field-label", wrap=True)
        self.trouble.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        self.column.addWidget(self.title)
        self.column.addWidget(self.hint)

    def first_field(self) -> QWidget:
        """Return what takes the focus."""
        return self

    def retranslate(self) -> None:
        """Word the page."""

    def show_troubles(self) -> bool:
        """Say what is wrong; return whether something is."""
        troubles = self.model.troubles(self.code)
        self.trouble.setText("\n".join(trouble_words(one, self.model.shortest_password) for one in troubles))
        self.trouble.setVisible(bool(troubles))
        return bool(troubles)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            if not self.trouble.isHidden():
                self.show_troubles()
        super().changeEvent(event)


class LookPage(Page):
    """Language and theme."""

    code = "look"

    def __init__(self, model: FirstRunModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.look = LookChoices()
        self.column.addWidget(self.look)
        self.column.addStretch(1)
        self.look.language_chosen.connect(lambda code: model.answer(language=code))
        self.retranslate()

    def first_field(self) -> QWidget:
        """Return the language."""
        return self.look.language

    def retranslate(self) -> None:
        """Word the page."""
        self.title.setText(_("Welcome"))
        self.hint.setText(_("This machine has no desk yet. Five short questions make one."))


class PostPage(Page):
    """Post and lane."""

    code = "post"

    def __init__(self, model: FirstRunModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.query, self.list, self.lane = QLineEdit(), QListWidget(), QLineEdit("1")
        self.query.setObjectName("first_run.post")
        self.list.setObjectName("first_run.post_list")
        self.lane.setObjectName("first_run.lane")
        self.lane.setMaxLength(12)
        self.list.setMinimumHeight(180)
        self._query_field, self._lane_field = LabelledField(self.query), LabelledField(self.lane)
        for widget in (self._query_field, self.list, self._lane_field, self.trouble):
            self.column.addWidget(widget)
        self.column.setStretchFactor(self.list, 1)
        self.query.textChanged.connect(self._narrow)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.lane.textChanged.connect(lambda text: model.answer(lane=text))
        model.posts_found.connect(lambda _posts: self._narrow(self.query.text()))
        self.retranslate()

    def first_field(self) -> QWidget:
        """Return the search."""
        return self.query

    def retranslate(self) -> None:
        """Word the page."""
        self.title.setText(_("Post and lane"))
        self.hint.setText(_("Where this machine stands. A place marked with ~ is on the map only by a guess."))
        self._query_field.say(_("Find a post"))
        self.query.setPlaceholderText(_("Name, province or code"))
        self.list.setAccessibleName(_("Posts"))
        self._lane_field.say(_("Lane"))
        self._narrow(self.query.text())

    def _narrow(self, query: str) -> None:
        chosen = self.model.answers.post_code
        self.list.blockSignals(True)
        self.list.clear()
        kinds = _kind_words()
        for post in self.model.matching_posts(query):
            mark = "" if post.certain else "~ "
            kind = kinds.get(post.kind, post.kind)
            item = QListWidgetItem(f"{mark}{post.name}  ·  {kind}  ·  {post.province}  ·  {post.code}")
            item.setData(CODE_ROLE, post.code)
            self.list.addItem(item)
            if post.code == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if self.list.count() == 1:
            self.list.setCurrentRow(0)
        self._on_chosen(self.list.currentItem())

    def _on_chosen(self, item: QListWidgetItem | None, _before: object = None) -> None:
        if item is not None:
            self.model.answer(post_code=item.data(CODE_ROLE))
        elif self.list.count():
            self.model.answer(post_code="")


class KindPage(Page):
    """Training or live; neither is a default."""

    code = "kind"

    def __init__(self, model: FirstRunModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.training, self.live = QRadioButton(), QRadioButton()
        self.training.setObjectName("first_run.training")
        self.live.setObjectName("first_run.live")
        self._words = (PlainLabel(kind="muted", wrap=True), PlainLabel(kind="muted", wrap=True))
        group = QButtonGroup(self)
        for button, words in zip((self.training, self.live), self._words, strict=True):
            group.addButton(button)
            card = Card(margin=16, spacing=4)
            card.column.addWidget(button)
            card.column.addWidget(words)
            self.column.addWidget(card)
        self.column.addWidget(self.trouble)
        self.column.addStretch(1)
        self.training.clicked.connect(lambda: model.answer(training=True))
        self.live.clicked.connect(lambda: model.answer(training=False))
        self.retranslate()

    def first_field(self) -> QWidget:
        """Return the choice made, or the first."""
        return self.live if self.live.isChecked() else self.training

    def retranslate(self) -> None:
        """Word the page."""
        self.title.setText(_("Training or live"))
        self.hint.setText(_("This cannot be changed later: the two never share a record."))
        self.training.setText(_("Training"))
        self.live.setText(_("Live"))
        self._words[0].setText(_("Invented travellers. A stripe is always in view and on every print."))
        self._words[1].setText(_("Real travellers. Everything is kept, encrypted, under the audit chain."))


class AdministratorPage(Page):
    """The first administrator."""

    code = "administrator"

    def __init__(self, model: FirstRunModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.name, self.password, self.repeated = QLineEdit(), QLineEdit(), QLineEdit()
        self._fields: list[LabelledField] = []
        for field, code in ((self.name, "administrator"), (self.password, "password"), (self.repeated, "repeated")):
            field.setObjectName(f"first_run.{code}")
            field.setMaxLength(40 if field is self.name else 200)
            if field is not self.name:
                field.setEchoMode(QLineEdit.EchoMode.Password)
            field.textChanged.connect(lambda text, code=code: model.answer(**{code: text}))
            self._fields.append(LabelledField(field))
            self.column.addWidget(self._fields[-1])
        self.column.addWidget(self.trouble)
        self.column.addStretch(1)
        model.created.connect(self._forget_passwords)
        self.retranslate()

    def _forget_passwords(self) -> None:
        self.password.clear()
        self.repeated.clear()

    def first_field(self) -> QWidget:
        """Return the name; in a training home nothing is asked."""
        return self if self.model.answers.training else self.name

    def retranslate(self) -> None:
        """Word the page."""
        self.title.setText(_("First administrator"))
        self.hint.setText(
            _("Adds the other people and gives them their roles. The password cannot be read by anybody.")
        )
        for field, words in zip(self._fields, (_("User name"), _("Password"), _("Password, once more")), strict=True):
            field.say(words)
        self.show_kind()

    def show_kind(self) -> None:
        """Ask for nobody in a training home: it has one user for each role."""
        training = bool(self.model.answers.training)
        for field in self._fields:
            field.setVisible(not training)
        if training:
            self.title.setText(_("People"))
            self.hint.setText(_("Training home: one user for each role, named after the role, password “treino”."))


class DevicesPage(Page):
    """Cameras found; choosing none is allowed, for a document can be typed."""

    code = "devices"

    def __init__(self, model: FirstRunModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._cameras: tuple[CameraChoice, ...] = ()
        self.list, self.again = QListWidget(), Button()
        self.list.setObjectName("first_run.cameras")
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.again)
        self.list.currentRowChanged.connect(self._on_row)
        self.again.clicked.connect(model.look_for_cameras)
        model.cameras_found.connect(self._on_cameras)
        self.retranslate()

    def first_field(self) -> QWidget:
        """Return the list."""
        return self.list

    def retranslate(self) -> None:
        """Word the page."""
        self.title.setText(_("Devices"))
        self.hint.setText(_("The camera over the document. Without one, documents are typed; it can be chosen later."))
        self.again.say(_("Look again"))
        self.list.setAccessibleName(_("Cameras"))
        self._show()

    def _on_cameras(self, cameras: tuple[CameraChoice, ...]) -> None:
        self._cameras = cameras
        self._show()

    def _show(self) -> None:
        chosen = self.model.answers.camera
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItem(_("No camera"))
        for at, camera in enumerate(self._cameras, 1):
            state = {True: _("answers"), False: _("gives no picture"), None: ""}[camera.working]
            self.list.addItem("  ·  ".join(filter(None, (camera.title, state))))
            if camera.name == chosen:
                self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.model.answer(camera=self._cameras[row - 1].name if row else "")


class DonePage(Page):
    """The home is made; the recovery words, shown once."""

    code = "done"

    def __init__(self, model: FirstRunModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._result: FirstRunResult | None = None
        self.words = PlainLabel(kind="heading", wrap=True)
        self._card = Card()
        self._card.column.addWidget(self.words)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self.retranslate()

    def show_result(self, result: FirstRunResult | None) -> None:
        """Show the recovery words; None forgets them."""
        self._result = result
        self.retranslate()

    def retranslate(self) -> None:
        """Word the page."""
        self.title.setText(_("The desk is ready"))
        recovery = self._result.recovery if self._result else ()
        self._card.setVisible(bool(recovery))
        if not recovery:
            self.hint.setText(
                _("Sign in as any of the roles, password “treino”.")
                if self.model.answers.training
                else _("Sign in as the administrator and add the officers.")
            )
            self.words.setText("")
            return
        self.hint.setText(
            _("Write these down on two papers, for two people to keep apart. They are not shown again; without them"
              " nobody can open the records when every password is lost.")
        )  # fmt: skip
        services = {"border": _("Border"), "health": _("Health")}
        self.words.setText(
            "\n\n".join(
                f"{services.get(one.service, one.service)}\n1:  {one.first}\n2:  {one.second}" for one in recovery
            )
        )


def _kind_words() -> dict[str, str]:
    return {
        "land": _("road"),
        "rail": _("rail"),
        "river": _("river"),
        "lake": _("lake"),
        "sea": _("sea"),
        "air": _("air"),
    }
