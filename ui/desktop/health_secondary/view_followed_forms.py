"""The small forms of a monitoring: its beginning, a visit, who was told, the handover, its end."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.identifiers import new_id
from poe_health.codes import contact_presets, symptoms
from poe_health.followup.settings import monitoring_choices
from poe_health.followup.start_monitoring import MonitoringRequest
from poe_health.followup.steps import (
    CONTACT,
    SEEN,
    Ended,
    HandoverAcknowledged,
    HandoverDeclined,
    HandoverSent,
    Step,
    Told,
    Visited,
)
from poe_health.referrals.settings import referral_choices
from poe_health.rules.answer import Answer
from poe_health.screening.errors import ScreeningFieldRefusedError
from ui.desktop.health_secondary.case_request import celsius
from ui.desktop.health_secondary.handing_on import (
    Finished,
    companion_identity,
    followed_diseases,
    identity_of,
    last_exposure,
)
from ui.desktop.health_secondary.monitoring_model import MonitoringModel
from ui.desktop.health_secondary.view_answers import AnswerList
from ui.desktop.parts import Describe
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.words import button_words
from ui.words.health import disease_word
from ui.words.health_secondary import answer_word, contact_word, worded

TOPIC = "health.monitoring"
NONE, SOME, UNASKED = "none", "some", "unasked"


class SymptomDialog(QDialog):
    """Which signs the person has: S yes, N no. Enter or Save gives the answers."""

    def __init__(self, parent: QWidget, give: Callable[[Mapping[str, Answer]], None]) -> None:
        super().__init__(parent)
        self._give, self._said = give, dict[str, Answer]()
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Signs of today"))
        self.setFixedSize(640, 560)
        self.answers = AnswerList()
        self.answers.view.setObjectName("health.answers")
        self.answers.word(_("Signs of today: S yes, N no"), "")
        self.answers.show_answers(tuple(symptoms()), {})
        self.ok, self.cancel = Button("primary"), Button()
        self.ok.say(button_words()["save"])
        self.cancel.say(button_words()["cancel"])
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.ok, 1)
        buttons.addWidget(self.cancel, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel(_("Signs of today: S yes, N no"), "heading"))
        column.addWidget(self.answers, 1)
        column.addLayout(buttons)
        self.setAccessibleName(self.windowTitle())
        self.answers.answered.connect(self._on_answered)
        self.answers.opened.connect(lambda _key: self._on_ok())
        self.answers.setFocus()

    def _on_answered(self, code: str, answer: Answer) -> None:
        self._said[code] = answer
        at = self.answers.key()
        self.answers.show_answers(tuple(symptoms()), self._said)
        self.answers.go_to(at)

    def _on_ok(self) -> None:
        said = {code: answer for code, answer in self._said.items() if answer is not Answer.UNKNOWN}
        self.accept()
        self._give(MappingProxyType(said))


class MonitoringForms:
    """Asks over ``over``; every answer goes to the model."""

    def __init__(self, over: QWidget, model: MonitoringModel, describe: Describe) -> None:
        self._over, self._model, self._describe = over, model, describe
        self.dialog: AskingDialog | None = None
        self.signs: SymptomDialog | None = None

    def done(self) -> None:
        """Close the form that was answered."""
        put_away(self.dialog)
        self.dialog = None

    def ask_start(self, finished: Finished, same_voyage: int | None) -> None:
        """Ask whom to follow for what: the traveller of the case, or a companion."""
        sheet, today = finished.sheet, self._model.parts.local_day()
        diseases = followed_diseases(finished, today)
        people = [("0", _("The traveller"))] + [(str(at), one.name) for at, one in enumerate(sheet.companions, start=1)]
        last = last_exposure(sheet)
        fields = (
            Asked("who", _("Who is followed"), "choice", tuple(people), "0" if len(people) == 1 else "", topic=TOPIC),
            Asked(
                "disease",
                _("Disease"),
                "choice",
                tuple((code, disease_word(code, today)) for code in diseases),
                topic=TOPIC,
            ),
            Asked("day0", _("Day 0"), "date", value=(last or today).strftime("%d/%m/%Y"), topic=TOPIC),
            Asked(
                "from",
                _("Day 0 is"),
                "choice",
                worded(monitoring_choices("reckoned_from")),
                "LAST_EXPOSURE" if last else "ARRIVAL",
                topic=TOPIC,
            ),
            Asked("consent", _("Agrees to be contacted"), "choice", _answers(), required=False, topic=TOPIC),
            Asked("exposure", _("Exposure in words"), required=False, topic=TOPIC),
            Asked("going_to", _("Goes to"), value=sheet.text("address_next"), required=False, topic=TOPIC),
        )

        def give(dialog: AskingDialog, said: Answers) -> None:
            who = int(said["who"])
            person = identity_of(sheet) if who == 0 else companion_identity(sheet.companions[who - 1], sheet)
            request = MonitoringRequest(
                new_id(self._model.clock()),
                said["disease"],
                date.fromisoformat(said["day0"]),
                said["from"],
                Answer(said["consent"] or Answer.UNKNOWN.value),
                said["exposure"],
                said["going_to"],
                sheet.screening_id,
            )
            self._model.start(request, person, lambda error: self._stay(dialog, error))

        self._show(_("Follow a person"), _contacts_words(diseases[:3], same_voyage), fields, give, columns=2)

    def ask_visit(self) -> None:
        """Ask what the visit found; "has signs" goes on to which."""
        kinds = ((NONE, _("all asked: none")), (SOME, _("has signs…")), (UNASKED, _("not everything asked")))
        fields = (
            Asked(
                "contact", _("Reached"), "choice", tuple((c, contact_word(c)) for c in _in_order(CONTACT)), topic=TOPIC
            ),
            Asked("method", _("How"), "choice", worded(monitoring_choices("method")), topic=TOPIC),
            Asked("temp_am", _("Temperature, morning"), required=False, topic=TOPIC),
            Asked("temp_pm", _("Temperature, afternoon"), required=False, topic=TOPIC),
            Asked("signs", _("Signs"), "choice", kinds, required=False, topic=TOPIC),
            Asked("where", _("Where the person is now"), required=False, topic=TOPIC),
            Asked("moved_to", _("Left for another country: its three letters"), required=False, topic=TOPIC),
            Asked("remark", _("Remark"), required=False, topic=TOPIC),
            _when(),
        )

        def give(dialog: AskingDialog, said: Answers) -> None:
            if said["signs"] == SOME and said["contact"] == SEEN:
                dialog.set_busy(False)
                self.signs = SymptomDialog(dialog, lambda found: self._take_visit(dialog, said, found))
                self.signs.open()
            else:
                self._take_visit(dialog, said, MappingProxyType({}))

        shown = self._model.in_front
        number = shown.followed.monitoring.number if shown else ""
        self._show(_("Visit"), number, fields, give, columns=2)

    def _take_visit(self, dialog: AskingDialog, said: Answers, signs: Mapping[str, Answer]) -> None:
        name = "temp_am"
        try:
            morning = celsius(said["temp_am"]) if said["temp_am"] else None
            name = "temp_pm"
            afternoon = celsius(said["temp_pm"]) if said["temp_pm"] else None
            name = "when"
            step = Visited(
                at=self._model.at(said["when"]),
                method=said["method"],
                contact=said["contact"],
                asked_none=said["signs"] == NONE,
                symptoms=signs,
                temp_am=morning,
                temp_pm=afternoon,
                where_now=said["where"],
                moved_to=said["moved_to"].upper(),
                remark=said["remark"],
            )
        except ValueError:
            dialog.stay(self._describe(ScreeningFieldRefusedError(field=name)), name)
            return
        self._model.take(step, lambda error: self._stay(dialog, error))

    def ask_told(self) -> None:
        """Ask who was told of what stands."""
        shown = self._model.in_front
        standing = [one.finding for one in shown.followed.escalations] if shown else []
        findings = tuple((code, dict(worded(monitoring_choices("finding")))[code]) for code in standing)
        first = standing[0] if len(standing) == 1 else ""
        fields = (
            Asked("finding", _("What was found"), "choice", findings, first, topic=TOPIC),
            Asked("person", _("Who was told, with the function"), topic=TOPIC),
            _means(),
            Asked("decided", _("What was decided"), topic=TOPIC),
        )
        self._step(
            _("Told"),
            fields,
            lambda said: Told(self._model.clock(), said["finding"], said["person"], said["means"], said["decided"]),
        )

    def ask_handover(self) -> None:
        """Ask to whom the person is handed over (IHR art. 30)."""
        fields = (
            Asked("receiver", _("To whom"), "choice", worded(monitoring_choices("receiver")), topic=TOPIC),
            Asked("place", _("Code of the country, district or post"), topic=TOPIC),
            Asked("authority", _("Authority"), topic=TOPIC),
            Asked("contact", _("Its telephone or address"), topic=TOPIC),
            _means(),
            Asked("reason", _("Why"), topic=TOPIC),
        )
        self._step(
            _("Handover to the destination"),
            fields,
            lambda said: HandoverSent(
                self._model.clock(),
                said["receiver"],
                said["place"].upper() if said["receiver"] != "POST" else said["place"],
                said["authority"],
                said["contact"],
                said["means"],
                said["reason"],
            ),
        )

    def ask_acknowledged(self) -> None:
        """Ask who took the person over."""
        fields = (
            Asked("person", _("Who confirmed"), topic=TOPIC),
            _means(),
            Asked("number", _("Their number of the case"), required=False, topic=TOPIC),
        )
        self._step(
            _("Handover confirmed"),
            fields,
            lambda said: HandoverAcknowledged(self._model.clock(), said["person"], said["means"], said["number"]),
        )

    def ask_declined(self) -> None:
        """Ask who does not take the person, and why."""
        fields = (Asked("person", _("Who says so"), topic=TOPIC), _means(), Asked("reason", _("Why"), topic=TOPIC))
        self._step(
            _("Handover not accepted"),
            fields,
            lambda said: HandoverDeclined(self._model.clock(), said["person"], said["means"], said["reason"]),
        )

    def ask_end(self) -> None:
        """Ask how it ends here."""
        fields = (
            Asked("ending", _("How it ends"), "choice", worded(monitoring_choices("ending")), topic=TOPIC),
            Asked("reason", _("Reason, unless it was completed"), required=False, topic=TOPIC),
        )
        self._step(
            _("End of the monitoring"),
            fields,
            lambda said: Ended(self._model.clock(), said["ending"], said["reason"]),
            grave=True,
        )

    # --- inside

    def _step(
        self, title: str, fields: tuple[Asked, ...], step: Callable[[Answers], Step], *, grave: bool = False
    ) -> None:
        def give(dialog: AskingDialog, said: Answers) -> None:
            self._model.take(step(said), lambda error: self._stay(dialog, error))

        shown = self._model.in_front
        number = shown.followed.monitoring.number if shown else ""
        self._show(title, number, fields, give, grave=grave, columns=2 if len(fields) > 4 else 1)

    def _show(
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

    def _stay(self, dialog: AskingDialog, error: Exception) -> None:
        where = str(getattr(error, "facts", {}).get("where", ""))
        dialog.stay(self._describe(error), where)


def _contacts_words(diseases: Sequence[str], same_voyage: int | None) -> str:
    """Return whom else to look for: the contacts that the list names for the diseases, and how many travelled along."""
    language = current_language()
    scopes = [one.label(language) for one in contact_presets().values() if set(one.diseases) & set(diseases)]
    words = [_("Contacts to look for: {names}.").format(names="; ".join(scopes))] if scopes else []
    if same_voyage:
        words.append(_("Screened on the same voyage: {count}.").format(count=same_voyage))
    return " ".join(words)


def _answers() -> tuple[tuple[str, str], ...]:
    return tuple((one.value, answer_word(one)) for one in (Answer.YES, Answer.NO))


def _in_order(codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (code != SEEN, code)))


def _means() -> Asked:
    return Asked("means", _("How"), "choice", worded(referral_choices("means")), topic=TOPIC)


def _when() -> Asked:
    return Asked("when", _("Time (hhmm), if it was not just now"), required=False, topic=TOPIC)
