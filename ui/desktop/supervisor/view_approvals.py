"""The inbox of signatures owed: A approves, R rejects, each with a reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe
from ui.desktop.shell.sections import Section
from ui.desktop.supervisor.parts import OwedApproval
from ui.desktop.supervisor.view_model import ApprovalsModel
from ui.desktop.widgets.asking import AskingDialog, ask_for, put_away, reason_field
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button
from ui.desktop.words import moment_words
from ui.words.acts import action_word
from ui.words.crossings import NOT_KNOWN, summary_document, summary_name


class ApprovalsSection(Section):
    """Overdue ones are marked STOP, the others ATTENTION."""

    def __init__(self, model: ApprovalsModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._owed: tuple[OwedApproval, ...] = ()
        self.dialog: AskingDialog | None = None
        self.list = LineList({Qt.Key.Key_A: lambda: self.ask(True), Qt.Key.Key_R: lambda: self.ask(False)})
        self.list.view.setObjectName("supervisor.approvals")
        self.approve, self.reject = Button("primary"), Button("danger")
        self.reject.setMinimumHeight(60)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.approve, 1)
        row.addWidget(self.reject, 1)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(row)
        self.approve.clicked.connect(lambda: self.ask(True))
        self.reject.clicked.connect(lambda: self.ask(False))
        self.list.opened.connect(lambda _key: self.ask(True))
        model.listed.connect(self._on_listed)
        model.settled.connect(self._on_settled)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Approvals")

    def badge(self) -> int:
        """Return how many wait."""
        return len(self._owed)

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list

    def opened(self) -> None:
        """Look again."""
        self._model.refresh()

    def locking(self) -> None:
        """Names leave the screen."""
        self._on_listed(())

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(
            _("Acts done by one officer alone at a post dated “single officer”. Look at each before you sign: rejecting"
              " undoes nothing, it says that it must be put right.")
        )  # fmt: skip
        self.list.say(
            _("Signatures owed"),
            [
                Heading(_("Act"), wide=True),
                Heading(_("Traveller"), wide=True),
                Heading(_("Document")),
                Heading(_("Officer")),
                Heading(_("Due")),
            ],
            _("No signature is owed."),
        )
        self.approve.say(_("Approve  (A)"))
        self.reject.say(_("Reject  (R)"))
        self._show()

    def ask(self, approved: bool) -> None:
        """Ask the reason."""
        chosen = next((one for one in self._owed if one.pending.id == self.list.key()), None)
        if chosen is None:
            return
        title = _("Approve") if approved else _("Reject")
        self.dialog = ask_for(
            self,
            title,
            _("{action}, done by {name}.").format(action=action_word(chosen.pending.action), name=chosen.pending.by),
            [reason_field()],
            ok=title,
            give=lambda dialog, answers: self._model.settle(
                chosen.pending.id,
                approved,
                answers["reason"],
                lambda error: dialog.stay(self._describe(error), "reason"),
            ),
            grave=not approved,
        )

    def _on_settled(self, approved: bool) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.remarked.emit(_("Approved.") if approved else _("Rejected. Tell the officer what must be put right."), "")
        self.list.setFocus()

    def _on_listed(self, owed: tuple[OwedApproval, ...]) -> None:
        self._owed = owed
        self._show()
        self.counted.emit()

    def _show(self) -> None:
        self.list.show_lines([self._line(one) for one in self._owed])
        self.approve.setEnabled(bool(self._owed))
        self.reject.setEnabled(bool(self._owed))

    def _line(self, owed: OwedApproval) -> Line:
        pending, crossing = owed.pending, owed.crossing
        due = moment_words(self._model.parts.local_time(pending.due_at))
        return Line(
            pending.id,
            (
                action_word(pending.action),
                summary_name(crossing) if crossing else NOT_KNOWN,
                summary_document(crossing) if crossing else NOT_KNOWN,
                pending.by,
                " · ".join((due, _("OVERDUE"))) if pending.overdue else due,
            ),
            "red" if pending.overdue else "amber",
        )
