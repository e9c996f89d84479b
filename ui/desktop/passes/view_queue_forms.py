"""The forms over the queue: each asks, gives the answers to the model, and stays where they are refused."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from bmis.kernel.i18n import translate as _
from bmis.passes.eligibility import BY_NAME, Answer
from bmis.passes.hand_over_pass import Consent, ConsentForm
from bmis.receipts.errors import MoneyError
from ui.desktop.parts import Describe
from ui.desktop.passes.filling import attestation_of
from ui.desktop.passes.models import QueueModel
from ui.desktop.passes.parts import Case
from ui.desktop.passes.view_forgetting import ask_forget
from ui.desktop.passes.wording import attestation_fields, child_consent_fields, child_consent_of, ground_field, said_in
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away, reason_field
from ui.words.figures import money_words
from ui.words.pass_desk import CONSENTS, READ_IN
from ui.words.passes import CHECKS, NOT_RUN, answer_words

TARIFF, OTHER_CURRENCY = "tariff", "other"


class QueueForms:
    """Holds the one form that is open."""

    def __init__(self, over: QWidget, model: QueueModel, describe: Describe) -> None:
        self._over, self._model, self._describe = over, model, describe
        self.dialog: AskingDialog | None = None

    def close(self) -> None:
        """Put away the form that was answered."""
        put_away(self.dialog)
        self.dialog = None

    def approve(self, case: Case) -> None:
        """Ask for the approval; what is not known is taken on with a reason."""
        answers = [one for one in case.shown.application.answers if _is_unknown(one)]
        unknown = list(dict.fromkeys(one["check"] for one in answers))
        number = case.shown.application.number
        text = ""
        if unknown:
            text = _("Not known: {checks}. You take this on; say why.").format(
                checks=", ".join(CHECKS[str(one)]() for one in unknown)
            )
            text = "\n".join([text, *(answer_words(one) for one in answers if one["check"] in BY_NAME)])
        asked = Asked("reason", _("Reason"), required=bool(unknown), topic="desk.reason")
        self._ask(
            _("Approve {number}").format(number=number),
            text,
            [asked],
            _("Approve"),
            lambda dialog, said: self._model.approve(
                number, frozenset(str(one) for one in unknown), said["reason"], self._stay(dialog, "reason")
            ),
        )

    def reject(self, case: Case) -> None:
        """Ask for the ground and the reason of a refusal."""
        number = case.shown.application.number
        self._ask(
            _("Refuse {number}").format(number=number),
            _("The applicant gets a notice with the reason, the last day to object and a number for complaints."),
            [ground_field(), reason_field()],
            _("Refuse"),
            lambda dialog, said: self._model.reject(
                number, said["ground"], said["reason"], self._stay(dialog, "reason")
            ),
            grave=True,
        )

    def withdraw(self, case: Case) -> None:
        """Ask why the applicant takes it back."""
        number = case.shown.application.number
        self._ask(
            _("Taken back: {number}").format(number=number),
            "",
            [Asked("reason", _("Reason"), required=False, topic="desk.reason")],
            _("Note it"),
            lambda dialog, said: self._model.withdraw(number, said["reason"], self._stay(dialog, "reason")),
        )

    def attest(self, case: Case) -> None:
        """Ask what somebody of the community declares."""
        number = case.shown.application.number

        def give(dialog: AskingDialog, said: Answers) -> None:
            try:
                one = attestation_of(said)
            except Exception as error:  # said in the form, known or not
                dialog.stay(self._describe(error))
                return
            self._model.attest(number, one, self._stay(dialog))

        fields = attestation_fields(self._model.parts.local_day())
        self._ask(_("Attestation"), "", fields, _("Add"), give)

    def charge(self, case: Case) -> None:
        """Ask how the fee is paid: the tariff, another currency at the day's rate, or an exemption."""
        number, rules = case.shown.application.number, case.rules
        exemptions = tuple((one.code, said_in(one.label)) for one in rules.exemptions)

        def give(dialog: AskingDialog, said: Answers) -> None:
            way, paid = said["way"], said["paid"]  # what was typed is what was given, whatever stands above it
            if way == OTHER_CURRENCY and not paid:
                dialog.stay(self._describe(MoneyError()), "paid")
                return
            exemption = "" if way in (TARIFF, OTHER_CURRENCY) else way
            self._model.charge(number, paid, exemption, said["reason"], self._stay(dialog, "paid"))

        ways = ((TARIFF, money_words(rules.fee)), (OTHER_CURRENCY, _("another currency")))
        self._ask(
            _("Fee of {number}").format(number=number),
            " ".join(filter(None, (_("No money without this receipt."), rules.fee_reference))),
            [
                Asked("way", _("Paid"), "choice", (*ways, *exemptions), value=TARIFF, topic="passes.fee"),
                Asked("paid", _("Amount given, such as 1351.35 MWK"), required=False, topic="passes.fee"),
                Asked("reason", _("Reason of an exemption"), required=False, topic="passes.fee"),
            ],
            _("Give the receipt"),
            give,
        )
        assert self.dialog is not None  # just opened
        self.dialog.fields["way"].setFocus()

    def spoil(self, serial: str) -> None:
        """Ask why a pass came out wrong."""
        self._ask(
            _("Spoiled: {number}").format(number=serial),
            _("The number is never used again; the application waits for another."),
            [reason_field()],
            _("Note it"),
            lambda dialog, said: self._model.spoil(serial, said["reason"], self._stay(dialog, "reason")),
            grave=True,
        )

    def forget(self, case: Case) -> None:
        """Ask why the person is forgotten, and who signs beside."""
        found = case.shown.application
        self.dialog = ask_forget(self._over, self._model, self._describe, found.person_id, found.number)

    def hand_over(self, case: Case) -> None:
        """Ask for consent, the face, the language of the conditions and the receipt."""
        number = case.shown.application.number
        receipt = case.receipt.number if case.receipt is not None else ""
        zero = _("Zero fee: the receipt is given now.") if not receipt and case.rules.fee.is_zero else ""
        yes = (("yes", _("Yes")), ("no", _("No")))

        def give(dialog: AskingDialog, said: Answers) -> None:
            self._model.hand_over(
                number,
                lambda: Consent(
                    ConsentForm(said["form"]),
                    said["read_in"],
                    said["face"] == "yes",
                    said["agreed"] == "yes",
                    child_consent_of(said),
                ),
                said["receipt"],
                self._stay(dialog),
            )

        self._ask(
            _("Hand over {number}").format(number=number),
            zero,
            [
                Asked("face", _("The face is that of the photograph"), "choice", yes, topic="passes.consent"),
                Asked("read_in", _("Conditions read out in"), "choice", _languages(), topic="passes.consent"),
                Asked("agreed", _("The holder agrees"), "choice", yes, topic="passes.consent"),
                Asked("form", _("Shown by"), "choice", _forms(), topic="passes.consent"),
                Asked("receipt", _("Receipt number"), value=receipt, required=False, topic="passes.fee"),
                *(child_consent_fields() if case.children else ()),
            ],
            _("Hand over"),
            give,
            columns=2 if case.children else 1,
        )

    def _ask(
        self,
        title: str,
        text: str,
        asked: Sequence[Asked],
        ok: str,
        give: Callable[[AskingDialog, Answers], None],
        *,
        grave: bool = False,
        columns: int = 1,
    ) -> None:
        self.dialog = ask_for(self._over, title, text, asked, ok=ok, give=give, grave=grave, columns=columns)

    def _stay(self, dialog: AskingDialog, field: str = "") -> Callable[[Exception], None]:
        return lambda error: dialog.stay(self._describe(error), field)


def _is_unknown(answered: object) -> bool:
    assert hasattr(answered, "get")
    return bool(answered.get("answer") == Answer.UNKNOWN.value and answered.get("why") != NOT_RUN)


def _languages() -> tuple[tuple[str, str], ...]:
    return tuple((code, words()) for code, words in READ_IN.items())


def _forms() -> tuple[tuple[str, str], ...]:
    return tuple((code, words()) for code, words in CONSENTS.items())
