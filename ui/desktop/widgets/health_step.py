"""The health step beside the checks, at the lane or the truck: words that a traveller beside the screen may read."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_token import TokenFault
from bmis.kernel.i18n import translate as _
from ui.desktop.clearing import ClearingModel
from ui.desktop.health_shown import HealthView, Stand
from ui.desktop.parts import Describe
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for
from ui.desktop.widgets.plain import PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusChip
from ui.words.facts import fact_words

_STATUS = {
    ClearanceOutcome.H_OK: "green",
    ClearanceOutcome.H_WAIT: "amber",
    ClearanceOutcome.H_WITH_HEALTH: "amber",
    ClearanceOutcome.H_DECISION: "amber",
}


class HealthPanel(SpokenFrame):
    """One chip and one line of what to do; hidden where port health does not work and nothing was shown.

    ``topic``: the help on it. ``for_afar``: it is read from an arm's length.
    """

    def __init__(
        self, clearing: ClearingModel, topic: str, parent: QWidget | None = None, *, for_afar: bool = False
    ) -> None:
        super().__init__(parent)
        self._clearing = clearing
        self.setObjectName(topic)
        self.chip = StatusChip(height=44 if for_afar else 28)
        self.words = PlainLabel(kind="truck-words" if for_afar else "small", wrap=True)
        self.chip.setObjectName(topic)
        row = QHBoxLayout()
        row.addWidget(self.chip)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.words)
        self.refresh()

    def retranslate(self) -> None:
        """Word the panel."""
        self.refresh()

    def text(self) -> str:
        """Return all words shown."""
        return " · ".join(filter(None, (self.chip.text(), self.words.text()))) if not self.isHidden() else ""

    def refresh(self) -> None:
        """Show how the health step stands."""
        view = self._clearing.view
        self.setVisible(view.stand is not Stand.UNUSED)
        status, word, words = _said(view)
        self.chip.show_status(status, words=word)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.setAccessibleName(self.text())

    def clear(self) -> None:
        """Show nothing of the traveller (the screen locks)."""
        self.chip.show_status("grey")
        self.words.setText("")
        self.hide()
        self.setAccessibleName("")


def ask_health_card(
    over: QWidget, clearing: ClearingModel, describe: Describe, topic: str, *, gloves: bool = False
) -> AskingDialog:
    """Return the form, already open, that asks for a card whose QR code cannot be scanned: its number and letters."""

    def give(dialog: AskingDialog, answers: Answers) -> None:
        def taken() -> None:
            if isValid(dialog):
                dialog.accept()

        def refused(error: Exception) -> None:
            if isValid(dialog):
                dialog.stay(describe(error), "card")

        dialog.set_busy(True)
        clearing.take_card(answers["card"], taken, refused)

    return ask_for(
        over,
        _("Health card by its number"),
        _("The number and the six letters beside it, as on the card in the traveller's hand."),
        (Asked("card", _("Number and letters"), topic=topic),),
        ok=_("Take the card"),
        give=give,
        gloves=gloves,
    )


def _said(view: HealthView) -> tuple[str, str, str]:
    """Return status, word and what to do. Neutral: no illness, no reason, nothing that alarms who stands beside."""
    if view.stand is Stand.READING:
        return "grey", _("Health: reading…"), ""
    if view.stand is Stand.SHOWN and view.outcome is not None:
        return _STATUS[view.outcome], *_outcome_words(view.outcome)
    if view.stand is Stand.REFUSED:
        return "grey", _("Health: token does not count"), _refused_words(view.fault)
    if view.stand is Stand.LATER:
        return "green", _("Health: after this desk"), ""
    return "grey", _("No health token"), _("Show its QR code to the camera or a scanner; F11 takes a card by number.")


def _outcome_words(outcome: ClearanceOutcome) -> tuple[str, str]:
    return {
        ClearanceOutcome.H_OK: (_("Health: done"), _("It grants nothing else. To the traveller: “Thank you.”")),
        ClearanceOutcome.H_WAIT: (
            _("Health: wait"),
            _("Port health will call. To the traveller: “One moment, please.”"),
        ),
        ClearanceOutcome.H_WITH_HEALTH: (
            _("Health: accompanied"),
            _("Call port health; do not send on. To the traveller: “One moment, please.”"),
        ),
        ClearanceOutcome.H_DECISION: (
            _("Health: being decided"),
            _("Ask port health before deciding. To the traveller: “One moment, please.”"),
        ),
    }[outcome]


def _refused_words(fault: TokenFault | None) -> str:
    why = str(fact_words("why", fault.value)) if fault is not None else ""
    return _("Why: {why}. Send the traveller to port health.").format(why=why)
