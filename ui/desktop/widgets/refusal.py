"""Refusing entry or preventing exit: reasons by their codes, the protection question without a default."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bmis.crossings.decision import Decision
from bmis.crossings.reasons import reasons_for
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.refusing import RefusalAnswers
from ui.desktop.theme import set_kind
from ui.desktop.widgets.plain import Button, Card, LabelledField, PlainLabel
from ui.desktop.words import button_words
from ui.words.acts import decision_act_word

_COLUMNS = 2


class RefusalDialog(QDialog):
    """Asks what a refusal needs. ``give`` gets the answers; a yes to the protection question refers instead."""

    def __init__(
        self,
        parent: QWidget,
        decision: Decision,
        name: str,
        today: date,
        give: Callable[[RefusalAnswers], None],
    ) -> None:
        super().__init__(parent)
        self._decision, self._give = decision, give
        self._claim: bool | None = None
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(decision_act_word(decision.value))
        self.setObjectName("refusal.codes")
        self.resize(1120, 700)
        self.reasons = {one.code: one for one in reasons_for(decision, today)}
        self.boxes: dict[str, QCheckBox] = {}
        self.codes, self.text = QLineEdit(), QLineEdit()
        self.codes.setObjectName("refusal.codes")
        self.codes.setMaxLength(80)
        self.text.setObjectName("refusal.text")
        self.text.setMaxLength(400)
        self.codes.textEdited.connect(self._on_codes)
        self.text.textEdited.connect(lambda _text: self._refresh())
        self.yes, self.no = Button(), Button()
        self.consulate, self.carrier = QCheckBox(), QCheckBox()
        self.consulate.setText(_("The consulate was told"))
        self.carrier.setText(_("The carrier was told"))
        self.referral, self.said = PlainLabel(wrap=True), PlainLabel(kind="field-label", wrap=True)
        self.trouble = PlainLabel(kind="field-label", wrap=True)
        self.ok, self.cancel = Button("danger"), Button()
        self._lay_out(name)
        self._refresh()
        self.codes.setFocus()

    @property
    def claim(self) -> bool | None:
        """The answer to the protection question; None: there is none yet."""
        return self._claim

    def chosen(self) -> tuple[str, ...]:
        """Return the codes chosen, in the order of the list."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def answers(self) -> RefusalAnswers:
        """Return what was answered."""
        return RefusalAnswers(
            reasons=self.chosen(),
            text=self.text.text().strip(),
            protection_claim=self._claim,
            consulate_informed=True if self.consulate.isChecked() else None,
            carrier_informed=True if self.carrier.isChecked() else None,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes from the codes to what is missing next; nothing is decided by a key held down."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._on_enter()
            return
        super().keyPressEvent(event)

    def _lay_out(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(f"{decision_act_word(self._decision.value)} — {name}", "heading", wrap=True))
        if self._decision is Decision.REFUSED_ENTRY:
            column.addWidget(self._protection())
        codes = LabelledField(self.codes)
        codes.say(_("Reasons, by their codes (E1 G1)"))
        text = LabelledField(self.text)
        text.say(_("In words (needed for “other”)"))
        typed = QHBoxLayout()
        typed.setSpacing(16)
        typed.addWidget(codes, 1)
        typed.addWidget(text, 1)
        column.addLayout(typed)
        column.addWidget(self.said)
        column.addWidget(self._reason_list(), 1)
        told = QHBoxLayout()
        told.addWidget(self.consulate)
        told.addWidget(self.carrier)
        told.addStretch(1)
        column.addLayout(told)
        column.addWidget(self.trouble)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        self.cancel.say(button_words()["cancel"])
        for button, pressed in ((self.ok, self._try), (self.cancel, self.reject)):
            button.setAutoDefault(False)
            button.setMinimumHeight(60)
            button.clicked.connect(pressed)
            buttons.addWidget(button, 1)
        column.addLayout(buttons)

    def _protection(self) -> QWidget:
        card = Card("card-plain", margin=12, spacing=8)
        question = PlainLabel(
            _("Did the person express fear of returning, or ask for protection?"), "field-label", wrap=True
        )
        card.column.addWidget(question)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button, answer, words in ((self.yes, True, button_words()["yes"]), (self.no, False, button_words()["no"])):
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setMinimumWidth(140)
            button.setObjectName("refusal.protection")
            button.say(words)
            button.setAccessibleName(f"{question.text()} {words}")
            button.clicked.connect(lambda _checked=False, answer=answer: self._on_claim(answer))
            row.addWidget(button)
        row.addWidget(self.referral, 1)
        card.column.addLayout(row)
        return card

    def _reason_list(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        language = current_language()
        rows = -(-len(self.reasons) // _COLUMNS)
        for at, (code, reason) in enumerate(self.reasons.items()):
            box = QCheckBox(f"{code}   {reason.label(language)}".replace("&", "&&"))
            box.setAccessibleName(f"{code} {reason.label(language)}")
            box.setObjectName("refusal.reason")
            box.setStyleSheet("min-height: 36px;")  # 24 reasons: the codes above are the quick way
            box.toggled.connect(lambda _on: self._on_boxes())
            grid.addWidget(box, at % rows, at // rows)
            self.boxes[code] = box
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._around = scroll
        return scroll

    def _on_codes(self, text: str) -> None:
        typed = {part.strip().upper() for part in text.replace(",", " ").split()}
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(code in typed)
            box.blockSignals(False)
        if chosen := self.chosen():
            self._around.ensureWidgetVisible(self.boxes[chosen[-1]], 0, 8)
            self._around.horizontalScrollBar().setValue(0)
        self._refresh()

    def _on_boxes(self) -> None:
        self.codes.setText(" ".join(self.chosen()))
        self._refresh()

    def _on_claim(self, answer: bool) -> None:
        self._claim = answer
        self.yes.setChecked(answer)
        self.no.setChecked(not answer)  # no button group: Tab stops at both, and arrows answer nothing
        self._refresh()
        if answer:
            self.ok.setFocus()

    def _missing(self) -> str:
        if self._decision is Decision.REFUSED_ENTRY and self._claim is None:
            return _("The question on protection must be answered.")
        if self._claim:
            return ""
        unknown = [part for part in self.codes.text().upper().replace(",", " ").split() if part not in self.reasons]
        if unknown:
            return _("No such reason: {codes}").format(codes=", ".join(unknown))
        if not self.chosen():
            return _("At least one reason is needed.")
        if any(self.reasons[code].text_required for code in self.chosen()) and not self.text.text().strip():
            return _("“Other” needs words.")
        return ""

    def _refresh(self) -> None:
        claimed = self._claim is True
        self.referral.setText(
            _("Nothing is refused: the person is referred to protection (INAR, UNHCR). No reason, no details are kept.")
            if claimed
            else ""
        )
        for widget in (self.codes, self.text, self.consulate, self.carrier, *self.boxes.values()):
            widget.setEnabled(not claimed)
        set_kind(self.ok, "primary" if claimed else "danger")
        self.ok.say(decision_act_word((Decision.REFERRED if claimed else self._decision).value))
        language = current_language()
        self.said.setText(" · ".join(f"{code} {self.reasons[code].label(language)}" for code in self.chosen()))
        self.said.setVisible(bool(self.chosen()) and not claimed)
        missing = self._missing()
        self.ok.setEnabled(not missing)
        self.trouble.setText(missing)
        self.trouble.setVisible(bool(missing))

    def _on_enter(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, Button):
            focused.click()
        elif isinstance(focused, QCheckBox):
            focused.toggle()
        elif self._decision is Decision.REFUSED_ENTRY and self._claim is None:
            self.no.setFocus() if self.yes.hasFocus() else self.yes.setFocus()
        elif self.ok.isEnabled():
            self.ok.setFocus()
        elif self.chosen():
            self.text.setFocus()
        else:
            self.codes.setFocus()

    def _try(self) -> None:
        if self._missing():
            return
        answers = self.answers()
        self.accept()
        self._give(answers)
