"""The form by which a holder is forgotten: why, and who signs beside, for there is no way back."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe
from ui.desktop.passes.models import PassModel
from ui.desktop.widgets.asking import Answers, AskingDialog, ask_for, reason_field, second_person_fields


def ask_forget(over: QWidget, model: PassModel, describe: Describe, person: UUID, number: str) -> AskingDialog:
    """Return the form, open."""

    def give(dialog: AskingDialog, said: Answers) -> None:
        second = (said["second"], said["second_password"])
        model.forget(person, said["reason"], second, lambda error: dialog.stay(describe(error), "reason"))

    return ask_for(
        over,
        _("Forget the person · {number}").format(number=number),
        _("Name, document, photographs, seal and reasons are erased for ever; only what is counted stays."),
        [reason_field(), *second_person_fields()],
        ok=_("Erase for ever"),
        give=give,
        grave=True,
    )
