"""The people of the installation."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bmis.kernel.actor import Role
from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.staff.disable_staff import Disabled
from bmis.staff.staff_member import StaffMember
from ui.desktop.admin.view_model import PeopleModel
from ui.desktop.errors import PasswordsDifferError
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away, reason_field
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button
from ui.desktop.words import moment_words
from ui.words.labels import role_word


class PeopleSection(Section):
    """Enter on a person offers what can be done; F8 adds one."""

    def __init__(self, model: PeopleModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._people: tuple[StaffMember, ...] = ()
        self.dialog: AskingDialog | None = None
        self.list = LineList()
        self.list.view.setObjectName("admin.people")
        self.add, self.reset, self.disable = Button("primary"), Button(), Button("danger")
        for button in (self.reset, self.disable):
            button.setMinimumHeight(60)
        row = QHBoxLayout()
        row.setSpacing(16)
        for button in (self.add, self.reset, self.disable):
            row.addWidget(button, 1)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(row)
        self.add.clicked.connect(self.ask_add)
        self.reset.clicked.connect(self.ask_reset)
        self.disable.clicked.connect(self.ask_disable)
        self.list.opened.connect(lambda _key: self.ask_reset())
        self.list.moved.connect(self._on_moved)
        model.listed.connect(self._on_listed)
        model.added.connect(self._on_added)
        model.disabled.connect(self._on_disabled)
        model.reset.connect(self._on_reset)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("People")

    def first_field(self) -> QWidget | None:
        """Return the list, or the way to add the first."""
        return self.list if self._people else self.add

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F8 adds."""
        return {}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer the three acts."""
        return [
            PaletteAction(_("Add a person"), self.ask_add),
            PaletteAction(_("Give another password"), self.ask_reset),
            PaletteAction(_("End access"), self.ask_disable),
        ]

    def opened(self) -> None:
        """Look again."""
        self._model.refresh()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(_("A name is never given to another person: the records speak of it."))
        self.list.say(
            _("People"),
            [
                Heading(_("User name"), wide=True),
                Heading(_("Name"), wide=True),
                Heading(_("Role"), wide=True),
                Heading(_("Access")),
                Heading(_("Added")),
            ],
            _("Nobody yet."),
        )
        self.add.say(_("Add a person"))
        self.reset.say(_("Give another password"))
        self.disable.say(_("End access"))
        self._show()

    def chosen(self) -> StaffMember | None:
        """Return the person where one is."""
        key = self.list.key()
        return next((member for member in self._people if member.name == key), None)

    def ask_add(self) -> None:
        """Ask who the new person is."""
        asked = (
            Asked("name", _("User name"), hint=_("Small letters, digits, full stop, hyphen"), topic="admin.name"),
            Asked("full_name", _("Full name"), topic="admin.name"),
            Asked(
                "role",
                _("Role"),
                "choice",
                tuple((role.value, role_word(role.value)) for role in self._model.roles),
                topic="admin.role",
            ),
            Asked("password", _("Password"), "password", topic="account.password"),
            Asked("again", _("Password, once more"), "password", topic="account.password"),
        )
        self.dialog = ask_for(self, _("Add a person"), "", asked, ok=_("Add"), give=self._give_add)

    def ask_reset(self) -> None:
        """Ask for another password for the person where one is."""
        member = self.chosen()
        if member is None or not member.enabled:
            return
        asked = (
            Asked("password", _("New password"), "password", topic="account.password"),
            Asked("again", _("New password, once more"), "password", topic="account.password"),
        )
        text = _("For {name}. The old password opens nothing any more.").format(name=member.name)
        self.dialog = ask_for(
            self,
            _("Give another password"),
            text,
            asked,
            ok=_("Give another password"),
            give=lambda dialog, answers: self._give_reset(member, dialog, answers),
        )

    def ask_disable(self) -> None:
        """Ask why a person's access ends."""
        member = self.chosen()
        if member is None or not member.enabled:
            return
        text = _("{name} can no longer sign in, from now on. The records stay.").format(name=member.name)
        self.dialog = ask_for(
            self,
            _("End access"),
            text,
            [reason_field()],
            ok=_("End access"),
            give=lambda dialog, answers: self._model.disable(
                member.name, answers["reason"], lambda error: dialog.stay(self._describe(error), "reason")
            ),
            grave=True,
        )

    def _give_add(self, dialog: AskingDialog, answers: Answers) -> None:
        if answers["password"] != answers["again"]:
            dialog.stay(self._describe(PasswordsDifferError()), "password")
            return
        self._model.add(
            answers["name"],
            answers["full_name"],
            Role(answers["role"]),
            answers["password"],
            lambda error: dialog.stay(self._describe(error), "name"),
        )

    def _give_reset(self, member: StaffMember, dialog: AskingDialog, answers: Answers) -> None:
        if answers["password"] != answers["again"]:
            dialog.stay(self._describe(PasswordsDifferError()), "password")
            return
        self._model.reset_password(
            member.name, answers["password"], lambda error: dialog.stay(self._describe(error), "password")
        )

    def _close_dialog(self) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.list.setFocus()

    def _on_added(self, member: StaffMember) -> None:
        self._close_dialog()
        words = _("{name} was added as: {role}.").format(name=member.name, role=role_word(member.role.value))
        self.remarked.emit(words, _("Tell the password in person; it is to be changed at the first sign-in."))

    def _on_disabled(self, disabled: Disabled) -> None:
        self._close_dialog()
        rest = ""
        if disabled.owed is not None:
            rest = _("Others are at work: the store gets its new key when an administrator next signs in alone.")
        self.remarked.emit(_("The access of {name} has ended.").format(name=disabled.name), rest)

    def _on_reset(self, member: StaffMember) -> None:
        self._close_dialog()
        self.remarked.emit(_("{name} has another password.").format(name=member.name), "")

    def _on_listed(self, people: tuple[StaffMember, ...]) -> None:
        self._people = people
        self._show()

    def _on_moved(self, _key: object) -> None:
        member = self.chosen()
        can = member is not None and member.enabled
        self.reset.setEnabled(can)
        self.disable.setEnabled(can)

    def _show(self) -> None:
        self.list.show_lines(
            [
                Line(
                    member.name,
                    (
                        member.name,
                        member.full_name,
                        role_word(member.role.value),
                        _("active") if member.enabled else _("ended"),
                        moment_words(local(member.added_at)),
                    ),
                    "" if member.enabled else "grey",
                )
                for member in self._people
            ]
        )
        self._on_moved(None)
