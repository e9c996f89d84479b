"""Crossings: find, look, correct, annul."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from bmis.crossings.errors import SecondPersonNeededError
from bmis.crossings.view import CrossingSummary, CrossingView, RecordState
from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.supervisor.view_model import CrossingsModel
from ui.desktop.widgets.asking import (
    Answers,
    Asked,
    AskingDialog,
    ask_for,
    put_away,
    reason_field,
    second_person_fields,
)
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, Card, LabelledField
from ui.words.acts import record_state_word, request_field_word
from ui.words.crossings import (
    decision_lines,
    event_line,
    journey_lines,
    person_lines,
    summary_document,
    summary_name,
)
from ui.words.labels import decision_word

INTEGER_FIELDS = frozenset({"journey.intended_days"})


class CrossingsSection(Section):
    """F3 goes to the search; the crossing where one is stands at the right."""

    def __init__(self, model: CrossingsModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._found: tuple[CrossingSummary, ...] = ()
        self._view: CrossingView | None = None
        self.dialog: AskingDialog | None = None
        self.query = QLineEdit()
        self.query.setObjectName("supervisor.search")
        self.query.setMaxLength(120)
        self._query_field = LabelledField(self.query)
        self.list, self.facts = LineList(), FactList()
        self.list.view.setObjectName("supervisor.crossings")
        self.amend, self.annul = Button(), Button("danger")
        for button in (self.amend, self.annul):
            button.setMinimumHeight(44)
        self._lay_out()
        self.query.returnPressed.connect(lambda: self._search())
        self.amend.clicked.connect(self.ask_amend)
        self.annul.clicked.connect(self.ask_annul)
        self.list.moved.connect(self._on_moved)
        model.found.connect(self._on_found)
        model.shown.connect(self._on_shown)
        model.corrected.connect(self._on_corrected)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def _lay_out(self) -> None:
        card = Card(margin=16, spacing=12)
        card.column.addWidget(self.facts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.amend, 1)
        buttons.addWidget(self.annul, 1)
        card.column.addLayout(buttons)
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 8, 0)
        left_column.addWidget(self.list)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(card)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([660, 380])
        split.setChildrenCollapsible(False)
        self.column.addWidget(self._query_field)
        self.column.addWidget(split, 1)

    def title(self) -> str:
        """Return its name."""
        return _("Crossings")

    def first_field(self) -> QWidget | None:
        """Return the search."""
        return self.query

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F3 finds."""
        return {Key.FIND: self._go_to_search}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer the two corrections."""
        return [PaletteAction(_("Correct"), self.ask_amend), PaletteAction(_("Annul"), self.ask_annul)]

    def opened(self) -> None:
        """Look again."""
        self._search(go=False)

    def locking(self) -> None:
        """Names leave the screen."""
        self._on_found(())

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.hide()
        self._query_field.say(_("Find by document number, name, or date of birth (ddmmyyyy); empty: today"))
        self.list.say(
            _("Crossings"),
            [
                Heading(_("Time")),
                Heading(_("Name"), wide=True),
                Heading(_("Document")),
                Heading(_("Decision")),
            ],
            _("No crossing was found."),
        )
        self.amend.say(_("Correct…"))
        self.annul.say(_("Annul…"))
        self._show_lines()
        self._show_view()

    def view_shown(self) -> CrossingView | None:
        """Return the crossing at the right."""
        return self._view

    def ask_amend(self) -> None:
        """Ask which field, its right value and why."""
        view = self._view
        if view is None or view.state is not RecordState.STANDING:
            return
        fields = sorted(self._model.parts.amendable(), key=request_field_word)
        asked = (
            Asked(
                "field",
                _("Field"),
                "choice",
                tuple((name, request_field_word(name)) for name in fields),
                topic="supervisor.amend",
            ),
            Asked(
                "value",
                _("Right value"),
                required=False,
                hint=_("Dates YYYY-MM-DD. Empty: not known."),
                topic="supervisor.amend",
            ),
            reason_field(),
        )
        self.dialog = ask_for(
            self,
            _("Correct a crossing"),
            _("What stood there stays on record beside the correction."),
            asked,
            ok=_("Correct"),
            give=lambda dialog, answers: self._give_amend(view, dialog, answers),
        )

    def ask_annul(self) -> None:
        """Ask why the crossing must not count."""
        view = self._view
        if view is None or view.state is not RecordState.STANDING:
            return
        self._open_annul(view.crossing.id, "", second=False)

    def _open_annul(self, crossing_id: UUID, reason: str, *, second: bool) -> None:
        text = _("The record stays in view and counts nowhere. Another person who passed is not touched.")
        if second:
            text = _("It is your own record: a second person must sign here.")
        reason_asked = Asked("reason", _("Reason"), value=reason, topic="desk.reason")
        self.dialog = ask_for(
            self,
            _("Annul a crossing"),
            text,
            (reason_asked, *second_person_fields()) if second else (reason_asked,),
            ok=_("Annul"),
            give=lambda dialog, answers: self._give_annul(crossing_id, dialog, answers),
            grave=True,
        )

    def _give_amend(self, view: CrossingView, dialog: AskingDialog, answers: Answers) -> None:
        name, text = answers["field"], answers["value"]
        value: str | int | None = text or None
        if name in INTEGER_FIELDS and text.isascii() and text.isdigit():
            value = int(text)
        self._model.amend(
            view.crossing.id,
            {name: value},
            answers["reason"],
            lambda error: dialog.stay(self._describe(error), "value"),
        )

    def _give_annul(self, crossing_id: UUID, dialog: AskingDialog, answers: Answers) -> None:
        second = (answers["second"], answers["second_password"]) if "second" in answers else None

        def failed(error: Exception) -> None:
            if isinstance(error, SecondPersonNeededError) and second is None:
                dialog.accept()
                self._open_annul(crossing_id, answers["reason"], second=True)
            else:
                dialog.stay(self._describe(error), "second" if second else "reason")

        self._model.annul(crossing_id, answers["reason"], second, failed)

    def _on_corrected(self, view: CrossingView) -> None:
        put_away(self.dialog)
        self.dialog = None
        self._view = view
        annulled = view.state is RecordState.ANNULLED
        self.remarked.emit(_("The crossing was annulled.") if annulled else _("The crossing was corrected."), "")
        self.counted.emit()
        self.list.setFocus()

    def _search(self, *, go: bool = True) -> None:
        self._model.search(self.query.text())
        if go and self._found:
            self.list.setFocus()

    def _go_to_search(self) -> None:
        self.query.setFocus()
        self.query.selectAll()

    def _on_found(self, found: tuple[CrossingSummary, ...]) -> None:
        self._found = found
        if not found:
            self._view = None
        self._show_lines()
        self._show_view()

    def _on_moved(self, key: object) -> None:
        if isinstance(key, UUID):
            self._model.show(key)
        else:
            self._view = None
            self._show_view()

    def _on_shown(self, view: CrossingView) -> None:
        if view.crossing.id == self.list.key():
            self._view = view
            self._show_view()

    def _show_lines(self) -> None:
        self.list.show_lines([self._line(one) for one in self._found])

    def _line(self, one: CrossingSummary) -> Line:
        decision = decision_word(one.decision.value)
        if one.state is not RecordState.STANDING:
            decision = f"{decision} · {record_state_word(one.state.value)}"
        return Line(
            one.id,
            (
                f"{self._model.parts.local_time(one.crossed_at):%d/%m %H:%M}",
                summary_name(one),
                summary_document(one),
                decision,
            ),
            "grey" if one.state is not RecordState.STANDING else "",
        )

    def _show_view(self) -> None:
        view = self._view
        standing = view is not None and view.state is RecordState.STANDING
        self.amend.setEnabled(standing)
        self.annul.setEnabled(standing)
        if view is None:
            self.facts.show_facts(())
            return
        local_time = self._model.parts.local_time
        facts = [*decision_lines(view, local_time), (_("Person and document"), ""), *person_lines(view)]
        facts += [(_("Journey"), ""), *journey_lines(view)]
        if view.events:
            facts += [(_("What happened since"), "")]
            facts += [("", event_line(event, local_time)) for event in view.events]
        self.facts.show_facts(facts)
