"""The small forms over a case: its end, an order, a supervisor's signature, a charge, a companion, a stay, a test."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from bmis.documents.states import iso3
from bmis.kernel.i18n import translate as _
from poe_health.codes import exposures
from poe_health.errors import CountryCodeError, FutureDateError
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set
from poe_health.screening.errors import (
    CompulsionError,
    NotClosableError,
    OrderSignatureError,
    ScreeningFieldRefusedError,
    ScreeningReasonError,
)
from poe_health.screening.journey import Stay
from poe_health.screening.outcome import Outcome
from poe_health.screening.record import Charge, Companion, Compulsion, ConsentAnswer, RapidTest
from poe_health.screening.secondary_rules import charge_kinds, proposed_risk
from ui.desktop.health_secondary.case_request import Ending
from ui.desktop.health_secondary.case_sheet import CaseSheet
from ui.desktop.health_secondary.parts import Signing
from ui.desktop.health_secondary.view_model import CaseModel
from ui.desktop.parts import Describe
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away, second_person_fields
from ui.desktop.words import button_words
from ui.words.health import disease_word, question_word, result_word
from ui.words.health_secondary import answer_word, choice_words, worded

TOPIC = "health.field"


class CaseForms:
    """Asks over ``over``; every answer goes to the model. ``dialog`` is the form in front."""

    def __init__(self, over: QWidget, model: CaseModel, describe: Describe) -> None:
        self._over, self._model, self._describe = over, model, describe
        self.dialog: AskingDialog | None = None

    def done(self) -> None:
        """Close the form that was answered."""
        put_away(self.dialog)
        self.dialog = None

    # --- consent

    def ask_not_able(self) -> None:
        """Ask why the person cannot answer, and keep it."""
        self._ask(
            _("The person cannot answer"),
            _("Unconscious, or too ill: care comes first. Say what was seen."),
            (Asked("reason", _("Why the person cannot answer"), topic=TOPIC),),
            lambda dialog, said: self._model.consent(
                ConsentAnswer.NOT_ABLE, said["reason"], lambda error: self._stay(dialog, error)
            ),
        )

    def ask_order(self) -> None:
        """Ask for the order against a refusal; a clinician's needs the supervisor's signature."""
        may = self._model.parts.may_order()
        fields = (
            Asked("imminent_risk", _("Imminent risk"), topic="health.order"),
            Asked("legal_basis", _("Legal basis"), topic="health.order"),
            Asked("least_intrusive", _("Why less is not enough"), topic="health.order"),
            *(() if may else second_person_fields()),
        )

        def give(dialog: AskingDialog, said: Answers) -> None:
            order = Compulsion(said["legal_basis"], said["imminent_risk"], said["least_intrusive"])
            signing = None if may else Signing(said["second"], said["second_password"])
            self._model.order(order, signing, lambda error: self._stay(dialog, error))

        text = _(
            "Only the health supervisor orders a measure against a refusal: at imminent risk, under national law, the "
            "least intrusive first (IHR arts 31, 32)."
        )
        self._ask(_("Order of a measure"), text, fields, give, grave=True)

    # --- the end

    def ask_end(self, outcome: Outcome | None) -> None:
        """Ask how the case ends. What is proposed stands first; the clinician chooses."""
        sheet, today = self._model.sheet, self._model.today
        if sheet is None:
            return
        rules = rule_set(today)
        proposed = outcome.disposition if outcome else None
        suspected = outcome.judgement.suspected if outcome else ()
        dispositions = sorted(choice_words("disposition"), key=lambda one: one[0] != proposed)
        diseases = [*suspected, *(code for code in rules.diseases if code not in suspected)]
        fields = (
            Asked(
                "risk",
                _("Level of risk"),
                "choice",
                choice_words("risk_level"),
                proposed_risk(outcome, rules) if outcome and proposed else "",
                topic="health.end",
            ),
            Asked("disposition", _("How the case ends"), "choice", tuple(dispositions), topic="health.end"),
            Asked(
                "diagnosis",
                _("Suspected disease"),
                "choice",
                tuple((code, disease_word(code, today)) for code in diseases),
                suspected[0] if suspected else "",
                required=False,
                topic="health.end",
            ),
            Asked("card", _("Number of the health card, if one is given"), required=False, topic="health.end"),
            Asked(
                "reason",
                _("Reason, if it differs or a high risk goes on"),
                required=False,
                topic="health.end",
            ),
        )
        words = result_word(proposed) if proposed else _("none yet; too little is known")
        text = _("Proposal of the rules: {proposal}. The rules are a draft; the clinician decides.")
        self._ask(_("End of the case"), text.format(proposal=words), fields, self._give_end, columns=2)

    def _give_end(self, dialog: AskingDialog, said: Answers) -> None:
        card = said["card"]
        if card and not (card.isascii() and card.isdigit()):
            self._stay(dialog, ScreeningFieldRefusedError(field="card"), "card")
            return
        ending = Ending(
            said["risk"],
            said["disposition"],
            said["diagnosis"] or None,
            said["reason"] or None,
            int(card) if card else None,
        )
        self._model.end(ending, failed=lambda error: self._end_refused(dialog, ending, error))

    def _end_refused(self, dialog: AskingDialog, ending: Ending, error: Exception) -> None:
        if isinstance(error, NotClosableError) and error.facts.get("why") == "supervisor":
            dialog.set_busy(False)
            self._ask_signature(dialog, ending)
            return
        field = "reason" if isinstance(error, ScreeningReasonError) else "disposition"
        self._stay(dialog, error, field)

    def _ask_signature(self, over: AskingDialog, ending: Ending) -> None:
        def give(dialog: AskingDialog, said: Answers) -> None:
            signing = Signing(said["second"], said["second_password"])

            def failed(error: Exception) -> None:
                self._stay(dialog, error)

            self._model.end(ending, signing, failed)

        def ended(_kept: object) -> None:
            put_away(self._second)

        self._second = ask_for(
            over,
            _("The supervisor decides"),
            _("A case ends like this only by the health supervisor, who signs here."),
            second_person_fields(),
            ok=_("Sign and keep"),
            give=give,
        )
        self._model.ended.connect(ended)

    # --- lists

    def ask_charge(self) -> None:
        """Ask for a charge; one that the IHR or the tariff forbids is refused when the case is kept."""

        def give(dialog: AskingDialog, said: Answers) -> None:
            sheet, amount = self._model.sheet, said["amount"]
            if sheet is None:
                return
            if not (amount.isascii() and amount.isdigit()):
                self._stay(dialog, ScreeningFieldRefusedError(field="amount"), "amount")
                return
            published = date.fromisoformat(said["published"]) if said["published"] else None
            self._try(dialog, sheet, charges=(*sheet.charges, Charge(said["kind"], int(amount), published)))

        fields = (
            Asked("kind", _("What is charged for"), "choice", worded(charge_kinds()[0]), topic="health.charge"),
            Asked("amount", _("Amount in meticais"), topic="health.charge"),
            Asked(
                "published",
                _("For a vaccine: day on which it became required"),
                "date",
                required=False,
                topic="health.charge",
            ),
        )
        text = _("Examination, isolation, quarantine and certificates of measures are free of charge (IHR art. 40).")
        self._ask(_("Charge"), text, fields, give)

    def ask_companion(self) -> None:
        """Ask for somebody who travels along."""

        def give(dialog: AskingDialog, said: Answers) -> None:
            sheet, age = self._model.sheet, said["age"]
            if sheet is None:
                return
            if age and not (age.isascii() and age.isdigit()):
                self._stay(dialog, ScreeningFieldRefusedError(field="age_years"), "age")
                return
            one = Companion(
                said["name"],
                said["sex"] or None,
                int(age) if age else None,
                said["relation"] or None,
                Answer(said["ill"] or Answer.UNKNOWN.value),
            )
            self._model.change(companions=(*sheet.companions, one))
            self.done()

        answers = tuple((one.value, answer_word(one)) for one in (Answer.YES, Answer.NO))
        fields = (
            Asked("name", _("Name"), topic="health.companion"),
            Asked("relation", _("Relation"), required=False, topic="health.companion"),
            Asked("age", _("Age in years"), required=False, topic="health.companion"),
            Asked("sex", _("Sex"), "choice", choice_words("sex"), required=False, topic="health.companion"),
            Asked("ill", _("Ill"), "choice", answers, required=False, topic="health.companion"),
        )
        self._ask(_("Companion"), "", fields, give)

    def ask_stay(self) -> None:
        """Ask for a stay of the journey."""

        def give(dialog: AskingDialog, said: Answers) -> None:
            sheet, country = self._model.sheet, iso3(said["country"].upper())
            if sheet is None:
                return
            if country is None:
                self._stay(dialog, CountryCodeError("itinerary"), "country")
                return
            days = [date.fromisoformat(said[name]) if said[name] else None for name in ("since", "until")]
            self._model.change(stays=(*(sheet.stays or ()), Stay(country, said["area"] or None, days[0], days[1])))
            self.done()

        fields = (
            Asked("country", _("Country, three letters"), topic="health.stay"),
            Asked("area", _("Province or region"), required=False, topic="health.stay"),
            Asked("since", _("First day"), "date", required=False, topic="health.stay"),
            Asked("until", _("Last day"), "date", required=False, topic="health.stay"),
        )
        self._ask(_("Stay"), _("Unknown days stay empty: nothing is guessed."), fields, give)

    def ask_test(self) -> None:
        """Ask for a rapid test. A finger prick is invasive: it needs the consent on record."""

        def give(dialog: AskingDialog, said: Answers) -> None:
            sheet = self._model.sheet
            if sheet is not None:
                self._model.change(tests=(*sheet.tests, RapidTest(said["test"], said["result"], said["lot"] or None)))
                self.done()

        fields = (
            Asked("test", _("Test"), topic="health.test"),
            Asked("result", _("Result"), topic="health.test"),
            Asked("lot", _("Lot"), required=False, topic="health.test"),
        )
        text = _(
            "A finger prick is invasive: it needs consent. A positive malaria test does not exclude anything else."
        )
        self._ask(_("Rapid test"), text, fields, give)

    def ask_last_day(self, code: str) -> None:
        """Ask for the last day of an exposure; left empty it is yes, on a day that nobody knows."""

        def give(dialog: AskingDialog, said: Answers) -> None:
            day = date.fromisoformat(said["day"]) if said["day"] else None
            if day is not None and day > self._model.today:
                self._stay(dialog, FutureDateError("last_on"), "day")
                return
            self._model.expose(code, day)
            self.done()

        days = exposures()[code].lookback_days
        text = _("Asked of the last {days} days.").format(days=days)
        self._ask(question_word(code), text, (Asked("day", _("Last day"), "date", required=False, topic=TOPIC),), give)

    # --- inside

    def _try(self, dialog: AskingDialog, sheet: CaseSheet, **lists: object) -> None:
        """Take the change and keep the case; what is refused is taken back."""
        before = {name: getattr(sheet, name) for name in lists}
        self._model.change(**lists)

        def refused(error: Exception) -> None:
            self._model.change(**before)
            self._stay(dialog, error)

        self._model.keep(refused)

    def _stay(self, dialog: AskingDialog, error: Exception, field: str = "") -> None:
        if isinstance(error, CompulsionError):
            field = str(error.facts.get("field", ""))
        elif isinstance(error, OrderSignatureError):
            field = "second"
        dialog.stay(self._describe(error), field)

    def _ask(
        self,
        title: str,
        text: str,
        fields: tuple[Asked, ...],
        give: Callable[[AskingDialog, Answers], None],
        *,
        grave: bool = False,
        columns: int = 1,
    ) -> None:
        self.dialog = ask_for(
            self._over, title, text, fields, ok=button_words()["save"], give=give, grave=grave, columns=columns
        )
