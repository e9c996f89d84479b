"""The form that asks for the flow package: formats, for whom, why, and where."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bmis.flows.export_flows import FlowRequest, Format, formats_of
from bmis.flows.package.resource import Audience, Level
from bmis.kernel.errors import OfficerError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.errors import FolderMissingError
from ui.desktop.papers import suggested_path
from ui.desktop.parts import Describe
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, reason_field
from ui.desktop.workers.asking import Failed

Export = Callable[[FlowRequest, Path, Failed], None]


def ask_flow_package(parent: QWidget, days: tuple[date, date], describe: Describe, export: Export) -> AskingDialog:
    """Return the form, open."""

    def give(dialog: AskingDialog, answers: Answers) -> None:
        folder = Path(answers["folder"]).expanduser()
        try:
            if not folder.is_absolute() or not folder.parent.is_dir():
                raise FolderMissingError
            request = FlowRequest(
                first=days[0],
                last=days[1],
                formats=formats_of(answers["formats"]),
                reason=answers["reason"],
                recipient=answers["recipient"],
                audience=Audience(answers["audience"]),
                level=Level(answers["level"]),
                language=current_language(),
            )
        except OfficerError as error:
            dialog.stay(describe(error), "folder" if isinstance(error, FolderMissingError) else "formats")
            return
        export(request, folder, lambda error: dialog.stay(describe(error)))

    name = f"fmr-{days[0]:%Y%m%d}-{days[1]:%Y%m%d}"
    text = _("Counts only, small numbers hidden. Days {first} to {last}. Reason and recipient are kept in the audit.")
    every = ", ".join(Format)
    topic = "supervisor.package"
    return ask_for(
        parent,
        _("Flow package"),
        text.format(first=f"{days[0]:%d/%m/%Y}", last=f"{days[1]:%d/%m/%Y}"),
        (
            reason_field(),
            Asked("recipient", _("Recipient"), topic=topic),
            Asked(
                "audience",
                _("For"),
                "choice",
                ((Audience.GOVERNMENT.value, _("Government")), (Audience.PUBLIC.value, _("The public"))),
                topic=topic,
            ),
            Asked(
                "level",
                _("Rows of"),
                "choice",
                ((Level.ADM1.value, _("Provinces")), (Level.POST.value, _("Posts"))),
                value=Level.ADM1.value,
                topic=topic,
            ),
            Asked("formats", _("Formats"), value="csv, xlsx", hint=every, topic=topic),
            Asked("folder", _("New folder"), value=suggested_path(name), topic="desk.file"),
        ),
        ok=_("Export"),
        give=give,
        columns=2,
    )
