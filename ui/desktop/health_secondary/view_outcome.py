"""The outcome: what the rules propose and why, what to ask next, who approves."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from bmis.kernel.i18n import translate as _
from poe_health.codes import exposures, symptoms
from poe_health.rules.definitions import rule_set
from poe_health.rules.evaluate import AGE, TEMPERATURE
from poe_health.screening.outcome import Outcome
from poe_health.screening.secondary_rules import proposed_risk, secondary_policy
from ui.desktop.health_secondary.view_answers import AnswerList
from ui.desktop.health_secondary.view_model import CaseModel
from ui.desktop.theme import set_kind
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.plain import Card, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusChip
from ui.words.health import action_word, disease_word, draft_words, list_word, question_word, red_flag_word, result_word
from ui.words.health_secondary import choice_words

_RED = frozenset({"ISOLATED"})
_AMBER = frozenset({"REFERRED", "FOLLOW_UP", "QUARANTINE", "TRAVEL_DEFERRED", "ENTRY_REFUSED_LEGAL"})


class Verdict(QFrame):
    """The proposal on the ground of its status: icon and word above, what is proposed under them, over the width."""

    def __init__(self) -> None:
        super().__init__()
        self._chip, self._heading, self._reason = (
            StatusChip(),
            PlainLabel(kind="heading", wrap=True),
            PlainLabel(wrap=True),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._heading)
        column.addWidget(self._reason)

    def text(self) -> str:
        """Return all words shown."""
        return " · ".join(filter(None, (self._chip.text(), self._heading.text(), self._reason.text())))

    def show_verdict(self, status: str, heading: str, reason: str = "") -> None:
        """Show the verdict; the words come already in the language in force."""
        set_kind(self, f"banner-{status}")
        self._chip.show_status(status)
        self._heading.setText(heading)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.setAccessibleName(self.text())


class OutcomePanel(SpokenFrame):
    """``asked`` carries a question that has a field of its own: temperature, age, itinerary."""

    asked = Signal(str)

    def __init__(self, model: CaseModel) -> None:
        super().__init__()
        self._model = model
        self.banner, self.facts = Verdict(), FactList()
        self.next_title = PlainLabel(kind="field-label")
        self.flags, self.draft = PlainLabel(kind="field-label", wrap=True), PlainLabel(kind="small", wrap=True)
        self.needs = AnswerList(headings=False)
        self.needs.stays = True  # answered questions leave the list
        self.needs.view.setObjectName("health.needs")
        self.needs.setMinimumHeight(44 + 4)  # it scrolls: a notice over the desk takes its room here
        self.facts.setMinimumHeight(48)
        self.needs.setMaximumHeight(5 * 44 + 4)
        card = Card(margin=12, spacing=8)
        card.column.addWidget(self.banner)
        card.column.addWidget(self.flags)
        card.column.addWidget(self.draft)
        card.column.addWidget(self.facts, 3)
        card.column.addWidget(self.next_title)
        card.column.addWidget(self.needs, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        self.needs.answered.connect(model.answer)
        self.needs.opened.connect(self._on_opened)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the panel."""
        self.next_title.setText(_("Ask next: S yes, N no"))
        self.draft.setText(draft_words())
        self.needs.word(_("Questions to ask next"), _("Nothing more to ask."))
        self.refresh()

    def refresh(self) -> None:
        """Show what the rules say now."""
        outcome, sheet = self._model.outcome, self._model.sheet
        self._show_flags(outcome)
        if outcome is None or sheet is None:
            self.banner.show_verdict("grey", _("Nobody is in front") if sheet is None else _("Not judged yet"))
            self.facts.show_facts(())
            self.needs.show_answers((), {})
            return
        self._show_proposal(outcome)
        self.facts.show_facts(self._facts(outcome))
        needs = outcome.judgement.needs
        self.needs.show_answers(needs, {code: sheet.answer(code) for code in needs})

    def _show_flags(self, outcome: Outcome | None) -> None:
        """A red flag stands in words right under the proposal, before anything else."""
        codes = outcome.judgement.red_flags if outcome else ()
        names = "; ".join(red_flag_word(code, self._model.today) for code in codes)
        self.flags.setText(_("RED FLAG: {name}").format(name=names) if names else "")
        self.flags.setVisible(bool(names))

    def _show_proposal(self, outcome: Outcome) -> None:
        flags = outcome.judgement.red_flags
        if flags:
            heading = result_word(outcome.disposition) if outcome.disposition else _("RED FLAG")
            self.banner.show_verdict("red", heading)
        elif outcome.disposition is None:
            self.banner.show_verdict("grey", _("Too little is known to propose an end"))
        else:
            status = "red" if outcome.disposition in _RED else "amber" if outcome.disposition in _AMBER else "green"
            waits = _("Something stricter cannot be excluded yet.") if outcome.clearance.value == "H_WAIT" else ""
            if waits and status == "green":
                status = "amber"
            self.banner.show_verdict(status, result_word(outcome.disposition), waits)

    def _facts(self, outcome: Outcome) -> list[tuple[str, str]]:
        day, judgement = self._model.today, outcome.judgement
        known = outcome.disposition is not None  # as long as nothing can be proposed, no risk is low
        risk = dict(choice_words("risk_level"))[proposed_risk(outcome, rule_set(day))] if known else "—"
        facts = [(_("To do"), "\n".join(action_word(code) for code in outcome.actions))] if outcome.actions else []
        facts += [(_("Risk, proposed"), risk), (_("Approves"), self._approval(outcome))]
        facts += [
            (disease_word(code, day), "; ".join(_ground(one, day) for one in judgement.because.get(code, ())))
            for code in judgement.suspected
        ]
        facts += [
            (red_flag_word(code, day), "; ".join(_ground(one, day) for one in judgement.because.get(code, ())))
            for code in judgement.red_flags
        ]
        if outcome.areas:
            facts.append((_("Affected area"), "; ".join(disease_word(code, day) for code in outcome.areas)))
        open_rules = [disease_word(code, day) for code in judgement.undecided[:4]]
        if open_rules:
            more = len(judgement.undecided) - len(open_rules)
            facts.append((_("Cannot be excluded"), "; ".join(open_rules) + (f" +{more}" if more else "")))
        if outcome.retake_temperature:
            facts.append((_("Temperature"), _("rest ten minutes in the shade, then a contact thermometer")))
        if outcome.lists_missing:
            facts.append((_("Lists not at hand"), "; ".join(map(list_word, outcome.lists_missing))))
        return facts

    def _approval(self, outcome: Outcome) -> str:
        if self._model.signed_by:
            return _("signed by {names}").format(names=", ".join(self._model.signed_by))
        if outcome.disposition in secondary_policy().supervisor_only:
            return _("the health supervisor, as the second person")
        return _("the clinician")

    def _on_opened(self, code: object) -> None:
        if isinstance(code, str) and code not in symptoms() and code not in exposures():
            self.asked.emit(code)


def _ground(code: str, day: date) -> str:
    """Return an answer behind a finding in words."""
    kind, dot, what = code.partition(".")
    if dot and kind == "AFFECTED":
        return _("affected area of {disease}").format(disease=disease_word(what, day))
    if dot and kind == "outbreak":
        return _("outbreak of {disease}").format(disease=disease_word(what, day))
    if code == TEMPERATURE:
        return _("Temperature")
    return _("Age") if code == AGE else question_word(code)
