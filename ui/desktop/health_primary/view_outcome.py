"""What the rules propose while the traveller is asked, and the token of the one before."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.health_primary.parts import LastKept
from ui.desktop.health_primary.view_model import PrimaryModel
from ui.desktop.health_primary.wording import STATUS_OF, outcome_lines, rules_line
from ui.desktop.theme import set_kind
from ui.desktop.widgets.bars import DecisionBar, DecisionButton
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.plain import Card, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusIcon
from ui.words.health import clearance_word, result_word
from ui.words.labels import status_word

SAVE = "SAVE"


class ResultBanner(SpokenFrame):
    """The result as icon and words on its ground, one under the other: there is little room beside the pad."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status, self._with_word = "grey", True
        self._icon, self._word = StatusIcon(32), PlainLabel()
        self._heading, self._reason = PlainLabel(kind="heading", wrap=True), PlainLabel(wrap=True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._icon)
        top.addWidget(self._word)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._heading)
        column.addWidget(self._reason)
        self.show_result("grey", "")

    def text(self) -> str:
        """Return all words shown."""
        words = (self._word.text(), self._heading.text(), self._reason.text())
        return " · ".join(filter(None, words))

    def show_result(self, status: str, heading: str, reason: str = "", *, word: str | None = None) -> None:
        """Show a result; ``word`` stands beside the icon in the place of the status's own."""
        self._status = status
        set_kind(self, f"banner-{status}")
        self._word.set_kind(f"banner-word-{status}")
        self._icon.show_status(status)
        self._word.setText(status_word(status) if word is None else word)
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.setAccessibleName(self.text())


class OutcomePanel(SpokenFrame):
    """``saving``: the button; ``card_typed`` the text of the card field; ``left`` that its work is done."""

    saving = Signal()
    card_typed = Signal(str)
    left = Signal()

    def __init__(self, model: PrimaryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.banner, self.facts, self.bar = ResultBanner(), FactList(), DecisionBar()
        self.facts.setObjectName("health.outcome")
        self.facts.setMinimumHeight(48)  # it scrolls: a notice over the desk must not cut the result
        self.rules = PlainLabel(kind="small", wrap=True)
        self.last = PlainLabel(wrap=True)
        self._last_title = PlainLabel(kind="field-label")
        self.at_once = QCheckBox()
        self.at_once.setObjectName("health.token")
        self.at_once.toggled.connect(self._on_at_once)
        self.card = QLineEdit()
        self.card.setObjectName("health.card")
        self.card.setMaxLength(400)
        self.card.returnPressed.connect(self._on_card)
        self._card_label, self._card_trouble = PlainLabel(kind="field-label"), PlainLabel(kind="small", wrap=True)
        self._card_label.setBuddy(self.card)
        self._card_trouble.hide()
        hand_out = QHBoxLayout()
        hand_out.setSpacing(8)
        hand_out.addWidget(self._card_label)
        hand_out.addWidget(self.card, 1)
        self.bar.chosen.connect(lambda _code: self.saving.emit())
        self.bar.reworded.connect(self.retranslate)
        proposal, token = Card(margin=12, spacing=8), Card(margin=12, spacing=4)
        proposal.column.addWidget(self.banner)
        proposal.column.addWidget(self.facts, 1)
        proposal.column.addWidget(self.rules)
        for widget in (self._last_title, self.last):
            token.column.addWidget(widget)
        token.column.addLayout(hand_out)
        token.column.addWidget(self._card_trouble)
        token.column.addWidget(self.at_once)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(proposal, 1)
        column.addWidget(token)
        column.addWidget(self.bar)
        model.changed.connect(self.retranslate)
        model.kept.connect(lambda _last: self.retranslate())
        self.retranslate()

    def show_card_trouble(self, words: str) -> None:
        """Say at the field why a card is none."""
        self._card_trouble.setText(words)
        self._card_trouble.setVisible(bool(words))

    def retranslate(self) -> None:
        """Word the panel for the traveller in front."""
        self._show_proposal()
        self._show_token()
        why = _("Being kept…") if self._model.is_waiting else ""
        self.bar.show_decisions([DecisionButton(SAVE, _("Keep and next"), _("Enter"), "primary", why)])

    def _show_proposal(self) -> None:
        model = self._model
        said, result = model.outcome, model.result
        if model.day is None:
            self.banner.show_result("grey", _("Lists are being read"))
        elif said is None or result is None:
            self.banner.show_result("grey", _("Next traveller"), _("N: asked, none · three digits · Enter"))
        else:
            open_count = sum(code not in model.traveller.answers for code in model.questions)
            why = _("Chosen by the screener, with a reason") if model.traveller.forced else ""
            if model.traveller.desk_full:
                why = why or _("Desk full: who may go on waits first (F11)")
            if result == "PASS" and open_count:  # nothing was found because not everything was asked
                self.banner.show_result(
                    "grey", _("Nothing found so far"), _("Questions open: {count}").format(count=open_count)
                )
            else:
                self.banner.show_result(STATUS_OF[result], result_word(result), why)
        shown = [] if said is None or model.day is None else outcome_lines(said, model.day, dict(model.letters))
        if said is not None and result == "PASS" and model.traveller.forced is None:
            shown = [line for line in shown if line[0] != _("Ask")]  # who is well is not kept in the queue
        lines = [("", f"{label}: {words}") for label, words in shown]
        if lines != list(self.facts.facts()):
            self.facts.show_facts(lines)
        self.facts.setAccessibleName(_("What the rules propose"))
        self.rules.setText("" if model.day is None else rules_line(model.day))

    def _show_token(self) -> None:
        last = self._model.last
        self._last_title.setText(_("Token of the last traveller"))
        self.last.setText(_("None yet") if last is None else _last_words(last))
        number = self._model.traveller.card
        self._card_label.setText(_("K  Card"))
        self.card.setAccessibleName(_("Card for this traveller: number or scan"))
        self.card.setPlaceholderText(_("number or scan"))
        if not self.card.hasFocus():
            self.card.setText("" if number is None else str(number))
        self.at_once.setText(_("Print each slip by itself"))

    def _on_at_once(self, on: bool) -> None:
        self._model.prints_at_once = on

    def _on_card(self) -> None:
        self.show_card_trouble("")
        text = self.card.text().strip()
        if text:
            self.card_typed.emit(text)
        else:
            self._model.set_card(None)
        self.left.emit()

    def focus_card(self) -> None:
        """Go to the card."""
        self.show_card_trouble("")
        self.card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.card.selectAll()


def _last_words(last: LastKept) -> str:
    words = f"{last.number} · {result_word(last.result)} · {clearance_word(last.clearance)}"
    if last.card is not None:
        return f"{words} · {_('card {number}').format(number=last.card)}"
    return f"{words} · {_('F5 prints the slip')}"
