"""After the decision: what was stored, large; the slip, taking back, the next traveller."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.crossings.crossing import Crossing
from bmis.crossings.decision import STOPS, Decision
from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.lane.view_traveller import Fact
from ui.desktop.lane.wording import DASH, document_name, kind_words
from ui.desktop.widgets.plain import Button, Card, Line, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusIcon
from ui.words.labels import decision_word


class SavedPanel(SpokenFrame):
    """``next_asked``, ``undo_asked``: what the officer wants now."""

    next_asked = Signal()
    undo_asked = Signal()

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._where = ""
        self.icon = StatusIcon(64)
        self.word = PlainLabel(kind="banner-word-green")
        self.decision, self.name = PlainLabel(kind="title", wrap=True), PlainLabel(kind="heading", wrap=True)
        self.kind = PlainLabel(kind="muted", wrap=True)
        self.facts = [Fact() for _at in range(4)]
        self.referral = PlainLabel(wrap=True)
        self.printed = PlainLabel(kind="muted", wrap=True)
        self.then = PlainLabel(kind="field-label", wrap=True)
        self.slip, self.undo, self.next = Button(), Button(), Button("primary")
        self.slip.setObjectName("lane.slip")
        self.undo.setObjectName("lane.undo")
        self.next.setObjectName("lane.next")
        self.slip.clicked.connect(model.deciding.print_slip)
        self.undo.clicked.connect(self.undo_asked)
        self.next.clicked.connect(self.next_asked)
        for button in (self.slip, self.undo):
            button.setMinimumHeight(60)
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addWidget(self.icon)
        words = QVBoxLayout()
        words.setSpacing(4)
        for label in (self.word, self.decision, self.name, self.kind):
            words.addWidget(label)
        head.addLayout(words, 1)
        facts = QHBoxLayout()
        facts.setSpacing(16)
        for fact in self.facts:
            facts.addWidget(fact, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.slip, 1)
        buttons.addWidget(self.undo, 1)
        card = Card(margin=24, spacing=16)
        card.column.addStretch(1)
        card.column.addLayout(head)
        card.column.addWidget(Line())
        card.column.addLayout(facts)
        for widget in (self.referral, self.printed, self.then):
            card.column.addWidget(widget)
        card.column.addStretch(1)
        card.column.addWidget(self.next)
        card.column.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        model.deciding.printed.connect(self._on_printed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the page."""
        self.word.setText(_("SAVED"))
        self.slip.say(_("Slip (F5)"))
        self.undo.say(_("Take back (Ctrl+⌫)"))
        self.next.say(_("Next traveller (Enter)"))
        self.refresh()

    def refresh(self) -> None:
        """Show the stored crossing."""
        saved = self._model.last_saved
        if saved is None:
            return
        crossing = saved.crossing
        self.icon.show_status("green")
        self.decision.setText(decision_word(crossing.decision.value))
        self.name.setText(document_name(crossing.document))
        self.kind.setText(kind_words(crossing.document.kind))
        at = local(crossing.crossed_at, crossing.place.utc_offset_minutes)
        accepted = len(crossing.verdict.acknowledged)
        said = (
            (_("Record number"), str(crossing.seq)),
            (_("Saved at"), f"{at:%H:%M:%S}"),
            (_("Document number"), crossing.document.number or DASH),
            (_("Checks accepted"), str(accepted) if accepted else _("none needed")),
        )
        for fact, words in zip(self.facts, said, strict=True):
            fact.say(*words)
        self.referral.setText(_after_words(crossing))
        self.referral.setVisible(bool(self.referral.text()))
        self.printed.setText(_("Printed: {where}").format(where=self._where) if self._where else "")
        self.printed.setVisible(bool(self._where))
        holding = self._model.reading.holding
        self.then.setText(_("Give the document back and take it off the glass.") if holding else "")
        self.then.setVisible(holding)
        may_undo = self._model.deciding.may_undo() is not None
        self.undo.setEnabled(may_undo)
        self.setAccessibleName(f"{self.word.text()}: {self.decision.text()}, {self.name.text()}")

    def begin(self) -> None:
        """Show a new crossing; the focus stands on the next traveller."""
        self._where = ""
        self.refresh()
        self.next.setFocus()

    def _on_printed(self, where: str) -> None:
        self._where = where
        self.refresh()


def _after_words(crossing: Crossing) -> str:
    if crossing.decision is Decision.REFERRED:
        return _(
            "Nothing was refused. Call the protection officer: the person is referred to INAR and UNHCR, is not"
            " returned, and waits away from the queue. Write down no details here."
        )
    if crossing.decision in STOPS:
        return _(
            "The notice with the reasons and the appeal goes to the person: have it signed. It is no interdiction."
        )
    if crossing.decision is Decision.PENDING_SECONDARY:
        return _("The case stays open until secondary decides.")
    return ""
