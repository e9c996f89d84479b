"""The form that asks before found rows leave the program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bmis.crossings.explore_crossings import Exploration
from bmis.kernel.errors import OfficerError
from bmis.kernel.i18n import translate as _
from bmis.reports.export_crossings import ExportRequest
from ui.desktop.papers import suggested_path, typed_path
from ui.desktop.parts import Describe
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, reason_field
from ui.desktop.workers.asking import Failed

Export = Callable[[ExportRequest, Path, Failed], None]
TOPIC = "supervisor.export"


def ask_export(
    parent: QWidget, wanted: Exploration, count: int | None, describe: Describe, export: Export
) -> AskingDialog:
    """Return the form, open; ``count`` None: not counted yet."""

    def give(dialog: AskingDialog, answers: Answers) -> None:
        form = answers["form"]
        try:
            path = typed_path(answers["path"], f".{form}")
        except OfficerError as error:
            dialog.stay(describe(error), "path")
            return
        request = ExportRequest(wanted, form, answers["reason"], answers["recipient"], answers["names"] == "with")
        export(request, path, lambda error: dialog.stay(describe(error), "path"))

    name = f"movimentos-{wanted.first:%Y%m%d}-{wanted.last:%Y%m%d}"
    text = _(
        "Each row is one crossing. Names, dates of birth and numbers of documents are personal data: take them only"
        " where the recipient needs them. Reason and recipient are kept in the audit."
    )
    if count is not None:
        text = _("{count} rows.").format(count=count) + " " + text
    return ask_for(
        parent,
        _("Export the rows"),
        text,
        (
            reason_field(),
            Asked("recipient", _("Recipient"), topic=TOPIC),
            Asked(
                "names",
                _("Who the travellers are"),
                "choice",
                (("without", _("Without names and documents")), ("with", _("With names and documents"))),
                value="without",
                topic=TOPIC,
            ),
            Asked("form", _("Format"), "choice", (("csv", "CSV"), ("xlsx", "XLSX")), value="csv", topic=TOPIC),
            Asked("path", _("File"), value=suggested_path(name), topic="desk.file"),
        ),
        ok=_("Export"),
        give=give,
        columns=2,
    )
