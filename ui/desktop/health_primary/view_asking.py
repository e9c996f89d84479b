"""The small forms over the desk: a note, the reason for another result, the reason to void."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from bmis.kernel.i18n import translate as _
from poe_health.screening.errors import SHORTEST_REASON, ScreeningReasonError
from ui.desktop.health_primary.view_model import PrimaryModel
from ui.desktop.parts import Describe
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.desktop.words import button_words

SECONDARY = "SECONDARY"


def ask_note(parent: QWidget, model: PrimaryModel) -> AskingDialog:
    """Return the form of the note, open. It is kept with the answers, encrypted, and erased with them."""

    def give(dialog: AskingDialog, answers: Answers) -> None:
        dialog.accept()
        model.set_note(answers["note"])

    asked = Asked("note", _("Note"), value=model.traveller.note, required=False, topic="health.note")
    text = _("Kept with the answers and erased with them. No name, no number.")
    return ask_for(parent, _("Note"), text, [asked], ok=button_words()["save"], give=give)


def ask_reason_to_force(parent: QWidget, model: PrimaryModel, describe: Describe) -> AskingDialog:
    """Return the form that asks why somebody goes to secondary whom the rules let pass, open."""

    def give(dialog: AskingDialog, answers: Answers) -> None:
        if len(answers["reason"]) < SHORTEST_REASON:
            dialog.stay(describe(ScreeningReasonError("result")), "reason")
            return
        dialog.accept()
        model.force(SECONDARY, answers["reason"])

    return ask_for(
        parent,
        _("To secondary screening"),
        _("The reason is kept with what the rules proposed."),
        [Asked("reason", _("Why (10 characters or more)"), topic="health.force")],
        ok=_("To secondary screening"),
        give=give,
    )


def ask_reason_to_void(
    parent: QWidget, model: PrimaryModel, screening_id: UUID, number: str, describe: Describe
) -> AskingDialog:
    """Return the form that asks why a record is to be voided, open."""

    def give(dialog: AskingDialog, answers: Answers) -> None:
        model.void(screening_id, answers["reason"], lambda error: dialog.stay(describe(error), "reason"))

    dialog = ask_for(
        parent,
        _("Void record {number}").format(number=number),
        _("It leaves every count and stays on record with your reason. Your own of this shift; others the supervisor."),
        [Asked("reason", _("Why (10 characters or more)"), topic="health.void")],
        ok=_("Void"),
        give=give,
        grave=True,
    )
    model.voided.connect(lambda _view: put_away(dialog))
    return dialog
