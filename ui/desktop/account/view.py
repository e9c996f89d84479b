"""A person's own page: who is signed in, the password, the way out."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.actor import Actor, Service, service_of
from bmis.kernel.i18n import translate as _
from ui.desktop.account.view_model import AccountModel
from ui.desktop.errors import PasswordsDifferError
from ui.desktop.parts import Describe, HomeFacts
from ui.desktop.shell.desk import Desk, PaletteAction
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, put_away
from ui.desktop.widgets.plain import Button, Card, PlainLabel
from ui.desktop.words import button_words
from ui.words.labels import role_word


class AccountDesk(Desk):
    """Fits everybody; for a role without a desk it is the only page."""

    def __init__(
        self,
        model: AccountModel,
        home: HomeFacts,
        actor: Actor,
        describe: Describe,
        *,
        only_page: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._home, self._actor, self._describe = model, home, actor, describe
        self._only_page = only_page
        self.dialog: AskingDialog | None = None
        self.name, self.role = PlainLabel(actor.name, "title"), PlainLabel(kind="heading")
        self.words = PlainLabel(wrap=True)
        self.password = Button("primary")
        self.password.setObjectName("account.password")
        self.way_out = PlainLabel(kind="muted", wrap=True)
        card = Card()
        card.setMaximumWidth(720)
        buttons = QHBoxLayout()
        buttons.addWidget(self.password)
        buttons.addStretch(1)
        for widget in (self.name, self.role, self.words):
            card.column.addWidget(widget)
        card.column.addLayout(buttons)
        card.column.addWidget(self.way_out)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 8)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        self.password.clicked.connect(self.ask_password)
        model.changed.connect(self._on_changed)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("My account")

    def first_field(self) -> QWidget | None:
        """Return the button."""
        return self.password

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer the change of password."""
        return [PaletteAction(_("Change my password"), self.ask_password)]

    def retranslate(self) -> None:
        """Word the page."""
        post = self._home.post_name or self._home.post_code
        role = role_word(self._actor.role.value)
        self.role.setText(_("{role} · {post}").format(role=role, post=post))
        self.words.setText(self._explained())
        self.password.say(_("Change my password"))
        self.way_out.setText(_("To sign out: Ctrl+K, “End the session”. To leave the desk for a moment: Ctrl+L."))

    def ask_password(self) -> None:
        """Ask for the old and the new one."""
        asked = (
            Asked("old", _("Present password"), "password", topic="account.password"),
            Asked("new", _("New password"), "password", topic="account.password"),
            Asked("again", _("New password, once more"), "password", topic="account.password"),
        )
        self.dialog = AskingDialog(self, _("Change my password"), "", asked, button_words()["save"], self._on_answers)
        self.dialog.open()

    def closing(self) -> None:
        """Deliver no answer after the session."""
        self._model.stop()

    def _explained(self) -> str:
        none = _("This installation has no desk for your role. What you may do is listed under Ctrl+K.")
        if service_of(self._actor.role) is Service.HEALTH:
            words = _(
                "You are signed in for port health. Its records lie in a store of their own, under its own key:"
                " no border desk can open it."
            )
            return f"{words} {none}" if self._only_page else words
        if self._only_page:
            return none
        return _("Only you know your password: nobody can read it, and each person signs with their own.")

    def _on_answers(self, dialog: AskingDialog, answers: Answers) -> None:
        if answers["new"] != answers["again"]:
            dialog.stay(self._describe(PasswordsDifferError()), "new")
            return
        self._model.change_password(
            answers["old"], answers["new"], lambda error: dialog.stay(self._describe(error), "old")
        )

    def _on_changed(self) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.remarked.emit(_("Your password was changed."), _("Use it from now on, also to unlock."))
