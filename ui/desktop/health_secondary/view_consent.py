"""Consent: what may be read out, what the person said, the supervisor's order, the papers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from bmis.kernel.i18n import translate as _
from poe_health.screening.record import ConsentAnswer
from ui.desktop.health_secondary.case_sheet import ASKED_FIELDS, CaseSheet
from ui.desktop.health_secondary.view_fields import FieldGrid
from ui.desktop.health_secondary.view_model import CaseModel
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import Banner
from ui.desktop.words import moment_words
from ui.words.health_secondary import consent_word

_STATUS = {
    ConsentAnswer.GIVEN: "green",
    ConsentAnswer.GIVEN_BY_GUARDIAN: "green",
    ConsentAnswer.NOT_ABLE: "amber",
    ConsentAnswer.REFUSED: "red",
}


class ConsentTab(SpokenFrame):
    """``said`` carries a ConsentAnswer; ``ordering`` and ``printing`` (consent, refusal) what was pressed."""

    said = Signal(object)
    ordering = Signal()
    printing = Signal(str)

    def __init__(self, model: CaseModel) -> None:
        super().__init__()
        self._model = model
        self.banner, self.texts = Banner(), PlainLabel(wrap=True)
        self.fields = FieldGrid(ASKED_FIELDS, 3)
        self.buttons = {answer: Button() for answer in ConsentAnswer}
        self.order, self.card, self.form = Button("danger"), Button(), Button()
        answers = QGridLayout()
        answers.setSpacing(8)
        for at, button in enumerate(self.buttons.values()):
            answers.addWidget(button, at // 2, at % 2)
        papers = QHBoxLayout()
        papers.setSpacing(8)
        for button in (self.order, self.card, self.form):
            papers.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addWidget(self.texts)
        column.addWidget(self.fields)
        column.addLayout(answers)
        column.addLayout(papers)
        column.addStretch(1)
        for answer, button in self.buttons.items():
            button.setObjectName("health.consent")
            button.clicked.connect(lambda _checked=False, answer=answer: self.said.emit(answer))
        self.order.setObjectName("health.order")
        self.order.clicked.connect(self.ordering)
        self.card.setObjectName("health.consent_card")
        self.card.clicked.connect(lambda: self.printing.emit("consent"))
        self.form.setObjectName("health.refusal_form")
        self.form.clicked.connect(lambda: self.printing.emit("refusal"))
        self.fields.typed.connect(model.set_text)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the buttons."""
        for answer, button in self.buttons.items():
            words = consent_word(answer.value)
            button.say(f"{words}  (F9)" if answer is ConsentAnswer.REFUSED else words)
        self.order.say(_("Supervisor's order…"))
        self.card.say(_("Consent card…"))
        self.form.say(_("Refusal form…"))
        self.refresh()

    def refresh(self) -> None:
        """Show what stands."""
        sheet = self._model.sheet
        self.texts.setText(self._offer_words())
        for button in (*self.buttons.values(), self.form):
            button.setEnabled(sheet is not None)
        self.order.setEnabled(sheet is not None and sheet.is_refused)
        offer = self._model.offer
        self.card.setEnabled(offer is not None and bool(offer.approved))
        status, heading, reason = self._state(sheet)
        self.banner.show_verdict(status, heading, reason)

    def _state(self, sheet: CaseSheet | None) -> tuple[str, str, str]:
        if sheet is None:
            return "grey", _("Nobody is in front"), ""
        if sheet.consent is None:
            return "grey", _("Not asked yet"), _("Nobody is examined before the answer is on record.")
        said, at = sheet.consent, moment_words(self._model.parts.local_time(sheet.consent.at))
        heading = f"{consent_word(said.answer.value)} · {at}"
        if sheet.compulsion is not None:
            names = ", ".join(self._model.signed_by)
            ordered = _("A supervisor ordered a measure ({names}): the least intrusive first.").format(names=names)
            return (
                "amber",
                heading,
                ordered if names else _("A supervisor ordered a measure: the least intrusive first."),
            )
        if said.answer is ConsentAnswer.REFUSED:
            return (
                "red",
                heading,
                _("No examination. Only what is seen, and what the person wants to say, is recorded."),
            )
        if said.answer is ConsentAnswer.NOT_ABLE:
            return "amber", heading, said.reason or ""
        return "green", heading, _("The answer may be taken back at any time.")

    def _offer_words(self) -> str:
        offer = self._model.offer
        if offer is None:
            return ""
        if offer.approved:
            names = ", ".join(text.language_name for text in offer.approved)
            return _("Approved texts: {names}. Read the card out, or give it.").format(names=names)
        names = ", ".join(text.language_name for text, _offered in offer.texts)
        return _(
            "No text is approved yet: those of the program ({names}) are drafts and are not given out. Explain in "
            "words the person understands, with an interpreter where needed, and record what was said."
        ).format(names=names)
