"""Taking the flow map or its matrix out of the house: why and for whom, then a file or the printer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bmis.flows.tell_journeys import HandingOver
from bmis.kernel.errors import OfficerError
from bmis.kernel.i18n import translate as _
from ui.desktop.papers import suggested_path, typed_path
from ui.desktop.parts import Describe
from ui.desktop.supervisor.map_parts import ShownMap
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, reason_field
from ui.desktop.workers.asking import Failed

Save = Callable[[ShownMap, Path, HandingOver, Failed], None]
Print = Callable[[ShownMap, HandingOver, Failed], None]
TOPIC = "supervisor.map_handing"
NOBODY = HandingOver("", "")


def ask_map_file(parent: QWidget, shown: ShownMap, suffix: str, describe: Describe, save: Save) -> AskingDialog:
    """Return the form, open; ``suffix``: .pdf for the map, .xlsx or .csv for the matrix."""

    def give(dialog: AskingDialog, answers: Answers) -> None:
        try:
            path = typed_path(answers["path"], suffix)
        except OfficerError as error:
            dialog.stay(describe(error), "path")
            return
        save(shown, path, _handing(answers), lambda error: dialog.stay(describe(error), "path"))

    kind = "mapa" if suffix == ".pdf" else "matriz"
    name = f"{kind}-{shown.asked.first:%Y%m%d}-{shown.asked.last:%Y%m%d}{suffix}"
    return ask_for(
        parent,
        _("Save the map as PDF") if suffix == ".pdf" else _("Save the matrix"),
        _text(shown),
        (*_why(shown), Asked("path", _("File"), value=suggested_path(name), topic="desk.file")),
        ok=_("Save"),
        give=give,
    )


def ask_map_print(
    parent: QWidget, shown: ShownMap, describe: Describe, print_paper: Print, failed: Failed
) -> AskingDialog | None:
    """Return the form, open; None for the desk itself: that is printed at once."""
    if shown.asked.audience is None:
        print_paper(shown, NOBODY, failed)
        return None

    def give(dialog: AskingDialog, answers: Answers) -> None:
        print_paper(shown, _handing(answers), lambda error: dialog.stay(describe(error)))

    return ask_for(parent, _("Print the map"), _text(shown), _why(shown), ok=_("Print"), give=give)


def _why(shown: ShownMap) -> tuple[Asked, ...]:
    return () if shown.asked.audience is None else (reason_field(), Asked("recipient", _("Recipient"), topic=TOPIC))


def _handing(answers: Answers) -> HandingOver:
    return HandingOver(answers.get("reason", ""), answers.get("recipient", ""))


def _text(shown: ShownMap) -> str:
    if shown.asked.audience is None:
        return _("Internal use: every movement is counted, small numbers too. Not to be handed over.")
    return _("Small numbers are hidden. Reason, recipient and file are kept in the audit.")
