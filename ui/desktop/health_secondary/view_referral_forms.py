"""The small forms of a transfer: the guia, an answer of a unit, the departure, the arrival, the return slip."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from poe_health.followup.monitoring import Monitoring
from poe_health.referrals.note import ReferralNote, Vitals
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.settings import protection_needed, referral_choices
from poe_health.referrals.steps import (
    Answered,
    Arrived,
    Cancelled,
    Closed,
    DiedOnWay,
    Left,
    LeftInEmergency,
    NotArrived,
    ReturnSlip,
    Step,
)
from poe_health.rules.definitions import rule_set
from poe_health.screening.errors import ScreeningFieldRefusedError
from ui.desktop.health_secondary.handing_on import (
    Finished,
    care_words,
    companions_words,
    identity_of,
    vitals_of,
)
from ui.desktop.health_secondary.referral_model import ReferralModel
from ui.desktop.parts import Describe
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.desktop.words import button_words
from ui.words.health import disease_word
from ui.words.health_secondary import worded

TOPIC = "health.referral"


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the patient before the guia is asked for."""

    who: PatientIdentity
    suspected: tuple[str, ...]
    vitals: tuple[Vitals, ...]
    care: str
    companions: str
    screening_id: UUID | None


class ReferralForms:
    """Asks over ``over``; every answer goes to the model."""

    def __init__(self, over: QWidget, model: ReferralModel, describe: Describe) -> None:
        self._over, self._model, self._describe = over, model, describe
        self.dialog: AskingDialog | None = None

    def done(self) -> None:
        """Close the form that was answered."""
        put_away(self.dialog)
        self.dialog = None

    def ask_guia(self, finished: Finished, today: date) -> None:
        """Ask for the guia of a case; what the case says already stands in the fields."""
        sheet = finished.sheet
        self._ask_note(
            _Known(
                identity_of(sheet),
                finished.suspected,
                vitals_of(sheet, today, self._model.clock()),
                care_words(sheet),
                companions_words(sheet),
                sheet.screening_id,
            ),
            today,
        )

    def ask_guia_of(self, who: PatientIdentity, monitoring: Monitoring, today: date) -> None:
        """Ask for the guia of somebody who was followed and became ill."""
        temps = [one for seen in monitoring.visits[-1:] for one in (seen.visit.temp_am, seen.visit.temp_pm) if one]
        vitals = (Vitals(monitoring.visits[-1].visit.at, temp_c=temps[-1]),) if temps else ()
        self._ask_note(_Known(who, (monitoring.disease,), vitals, "", "", monitoring.started.screening_id), today)

    def ask_amendment(self, today: date) -> None:
        """Ask what the guia in front says now, and why it changed; its words stand in the fields."""
        shown = self._model.in_front
        if shown is None:
            return
        note, who = shown.referral.note, shown.who or PatientIdentity()
        diseases = tuple((code, disease_word(code, today)) for code in rule_set(today).diseases)
        first = [code for code in diseases if code[0] in note.suspected]  # chosen ones are seen without scrolling
        fields = (
            Asked("why", _("Why the guia changes"), topic=TOPIC),
            Asked(
                "suspected",
                _("Suspected"),
                "several",
                (*first, *(one for one in diseases if one not in first)),
                ",".join(note.suspected),
                required=False,
                topic=TOPIC,
            ),
            *_note_fields(note),
            *(
                Asked(name, label, value=getattr(who, name) or "", required=False, topic=TOPIC)
                for name, label in _who_fields()
            ),
        )

        def give(dialog: AskingDialog, said: Answers) -> None:
            made = _note_of(said, note, tuple(filter(None, said["suspected"].split(","))))
            known = {name: value for name, value in who.plain().items() if name not in said}
            try:
                now = PatientIdentity.of(
                    known | {name: said[name].strip() for name, _label in _who_fields() if said[name].strip()}
                )
            except BmisError as error:
                self._stay(dialog, error)
                return
            self._model.amend(made, said["why"], None if now == who else now, lambda error: self._stay(dialog, error))

        text = _("A unit that accepted another urgency, protection or suspicion is asked again before the departure.")
        self._show(_("Change the guia {number}").format(number=shown.referral.number), text, fields, give, columns=3)

    def _ask_note(self, known: "_Known", today: date) -> None:
        names = "; ".join(disease_word(code, today) for code in known.suspected) or _("nothing yet")
        first = ReferralNote(
            urgency="",
            reason="",
            protection=protection_needed(known.suspected, today),
            transport="",
            belongings="",
            vitals=known.vitals,
            given_care=known.care,
            companions=known.companions,
            screening_id=known.screening_id,
        )
        fields = _note_fields(first)

        def give(dialog: AskingDialog, said: Answers) -> None:
            made = _note_of(said, first, known.suspected)
            self._model.open(made, known.who, lambda error: self._stay(dialog, error))

        text = _("Suspected: {names}. The unit is called, and accepts, before the departure.").format(names=names)
        self._show(_("Transfer to a health unit"), text, fields, give, columns=2)

    def ask_answer(self) -> None:
        """Ask what a health unit said."""
        units = tuple(
            (one.code, " · ".join(filter(None, (one.name, one.district, one.phone)))) for one in self._model.facilities
        )
        fields = (
            Asked("facility", _("Health unit"), "choice", units, topic=TOPIC),
            _choice("answer", _("What it says")),
            _choice("means", _("How it was asked")),
            Asked("person", _("Who spoke, and the function"), required=False, topic=TOPIC),
            _choice("refusal", _("Why it refuses"), required=False),
            Asked("remark", _("Remark"), required=False, topic=TOPIC),
            _when(),
        )
        self._step(
            _("Answer of a health unit"),
            fields,
            lambda said: Answered(
                self._model.at(said["when"]),
                said["facility"],
                "",
                "",
                said["answer"],
                said["means"],
                said["person"],
                said["refusal"],
                said["remark"],
            ),
        )

    def ask_departure(self) -> None:
        """Ask for the departure; nobody leaves without an acceptance."""
        fields = (*_journey(), _when())
        self._step(
            _("Departure"),
            fields,
            lambda said: Left(self._model.at(said["when"]), said["transport"], said["escort"], said["vehicle"]),
        )

    def ask_emergency(self) -> None:
        """Ask for a departure before any unit accepted, with the reason."""
        units = tuple((one.code, one.name) for one in self._model.facilities)
        fields = (
            Asked("facility", _("Towards which unit"), "choice", units, topic=TOPIC),
            Asked("reason", _("Why no answer could be waited for"), topic=TOPIC),
            *_journey(),
            _when(),
        )
        self._step(
            _("Departure in an emergency"),
            fields,
            lambda said: LeftInEmergency(
                self._model.at(said["when"]),
                said["transport"],
                said["escort"],
                said["facility"],
                "",
                "",
                said["reason"],
                said["vehicle"],
            ),
            grave=True,
        )

    def ask_arrival(self) -> None:
        """Ask who received the patient."""
        fields = (Asked("person", _("Who received the patient"), topic=TOPIC), _means(), _when())
        self._step(
            _("Arrival"), fields, lambda said: Arrived(self._model.at(said["when"]), said["person"], said["means"])
        )

    def ask_not_arrived(self) -> None:
        """Ask who said that the patient is not there, and what is done."""
        fields = (
            Asked("person", _("Who says so"), topic=TOPIC),
            _means(),
            Asked("done", _("What is done about it"), topic=TOPIC),
            _when(),
        )
        self._step(
            _("Did not arrive"),
            fields,
            lambda said: NotArrived(self._model.at(said["when"]), said["person"], said["means"], said["done"]),
            grave=True,
        )

    def ask_death(self) -> None:
        """Ask who told of a death on the way."""
        fields = (Asked("person", _("Who says so"), topic=TOPIC), _means(), _when())
        self._step(
            _("Died on the way"),
            fields,
            lambda said: DiedOnWay(self._model.at(said["when"]), said["person"], said["means"]),
            grave=True,
        )

    def ask_slip(self, today: date) -> None:
        """Ask what the return slip says."""
        diseases = tuple((code, disease_word(code, today)) for code in rule_set(today).diseases)
        fields = (
            Asked("person", _("Who signed the slip"), topic=TOPIC),
            _choice("classification", _("Classification")),
            _choice("outcome", _("Outcome")),
            Asked("disease", _("Disease"), "choice", diseases, required=False, topic=TOPIC),
            Asked("diagnosis", _("Diagnosis in words"), required=False, topic=TOPIC),
        )
        self._step(
            _("Return slip"),
            fields,
            lambda said: ReturnSlip(
                self._model.clock(),
                said["person"],
                said["classification"],
                said["outcome"],
                said["diagnosis"],
                said["disease"],
            ),
        )

    def ask_end(self, *, cancels: bool) -> None:
        """Ask why the transfer will not happen, or why nothing more is expected."""
        field = (Asked("reason", _("Reason"), topic=TOPIC),)
        title = _("Cancel the transfer") if cancels else _("Close the transfer")
        kind = Cancelled if cancels else Closed
        self._step(title, field, lambda said: kind(self._model.clock(), said["reason"]), grave=True)

    # --- inside

    def _step(
        self, title: str, fields: tuple[Asked, ...], step: Callable[[Answers], Step], *, grave: bool = False
    ) -> None:
        def give(dialog: AskingDialog, said: Answers) -> None:
            try:
                made = step(said)
            except ValueError:
                dialog.stay(self._describe(ScreeningFieldRefusedError(field="when")), "when")
                return
            self._model.take(made, lambda error: self._stay(dialog, error))

        shown = self._model.in_front
        number = shown.referral.number if shown else ""
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


def _choice(name: str, label: str, value: str = "", *, required: bool = True) -> Asked:
    return Asked(name, label, "choice", worded(referral_choices(name)), value, required, topic=TOPIC)


def _note_fields(note: ReferralNote) -> tuple[Asked, ...]:
    """Return the fields of a guia with what it says already."""
    none = Asked("no_vitals_why", _("Why no vital signs were taken"), value=note.no_vitals_why, topic=TOPIC)
    return (
        _choice("urgency", _("Urgency"), note.urgency),
        Asked("reason", _("Reason for the transfer"), value=note.reason, topic=TOPIC),
        Asked(
            "protection",
            _("Protection"),
            "choice",
            tuple((code, words.partition(":")[0]) for code, words in worded(referral_choices("protection"))),
            note.protection,
            topic=TOPIC,
        ),
        _choice("transport", _("Transport"), note.transport),
        Asked("belongings", _("Documents and belongings: with whom"), value=note.belongings, topic=TOPIC),
        Asked("given_care", _("Care given"), value=note.given_care, required=False, topic=TOPIC),
        Asked("companions", _("Companions"), value=note.companions, required=False, topic=TOPIC),
        *(() if note.vitals else (none,)),
    )


def _note_of(said: Answers, before: ReferralNote, suspected: tuple[str, ...]) -> ReferralNote:
    """Return the guia as the fields say it; what they do not ask stays."""
    return replace(
        before,
        urgency=said["urgency"],
        reason=said["reason"],
        protection=said["protection"],
        transport=said["transport"],
        belongings=said["belongings"],
        suspected=suspected,
        no_vitals_why=said.get("no_vitals_why", before.no_vitals_why),
        given_care=said["given_care"],
        companions=said["companions"],
    )


def _who_fields() -> tuple[tuple[str, str], ...]:
    return ("surname", _("Surname")), ("given_names", _("Given names")), ("phone", _("Telephone"))


def _means() -> Asked:
    return _choice("means", _("How the post knows"))


def _when() -> Asked:
    return Asked("when", _("Time (hhmm), if it was not just now"), required=False, topic=TOPIC)


def _journey() -> tuple[Asked, ...]:
    return (
        _choice("transport", _("Transport")),
        Asked("escort", _("Who goes along"), topic=TOPIC),
        Asked("vehicle", _("Vehicle"), required=False, topic=TOPIC),
    )
