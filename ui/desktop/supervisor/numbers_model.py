"""The supervisor's numbers: what the pages ask, what they hear."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bmis.flows.export_flows import FlowRequest, FlowsWritten
from bmis.kernel.i18n import current_language
from bmis.reports.report import Report
from ui.desktop.papers import SendToPrinter
from ui.desktop.supervisor.bulletin_parts import MadeReport
from ui.desktop.supervisor.numbers_parts import NumbersNow, NumbersParts
from ui.desktop.workers.aside_model import AsideModel
from ui.desktop.workers.asking import Failed


class NumbersModel(AsideModel):
    """``counted`` carries a NumbersNow."""

    counted = Signal(object)

    def __init__(self, parts: NumbersParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts

    def refresh(self) -> None:
        """Count what is new, then read."""

        def done(now: NumbersNow | None) -> None:
            if now is not None:
                self.counted.emit(now)

        self.ask(lambda task: self._parts.numbers(task.progress, task.cancelled), done)

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return self._parts.local_time(at)


class ReportsModel(AsideModel):
    """``listed`` carries ListedReports, ``made`` a MadeReport, ``saved`` a path, ``printed`` where it went,
    ``exported`` (FlowsWritten, folder)."""

    listed = Signal(object)
    made = Signal(object)
    saved = Signal(object)
    printed = Signal(str)
    exported = Signal(object, object)

    def __init__(self, parts: NumbersParts, printer: SendToPrinter | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts, self.printer = parts, printer

    def list_reports(self) -> None:
        """Ask which there are."""
        self.ask(lambda _task: self.parts.reports(), self.listed.emit)

    def make(self, name: str, days: tuple[date, date]) -> None:
        """Make a report over these days, in the language in force."""
        language = current_language()

        def done(made: MadeReport | None) -> None:
            if made is not None:
                self.made.emit(made)

        self.ask(lambda task: self.parts.make_report(name, days, language, task.progress, task.cancelled), done)

    def save(self, report: Report, form: str, path: Path, why: Mapping[str, str], failed: Failed) -> None:
        """Write the report to a new file; ``why`` holds reason and recipient where they were asked."""
        told = why.get("reason", ""), why.get("recipient", "")
        self.ask(lambda _task: self.parts.save_report(report, form, path, *told), self.saved.emit, failed)

    def print_paper(self, made: MadeReport) -> None:
        """Send the paper to the printer of this role."""
        printer = self.printer
        if printer is not None:
            self.ask(lambda _task: printer(made.pdf, made.report.title), self.printed.emit)

    def export(self, request: FlowRequest, folder: Path, failed: Failed) -> None:
        """Write the flow package."""

        def done(written: FlowsWritten | None) -> None:
            if written is not None:
                self.exported.emit(written, folder)

        self.ask(
            lambda task: self.parts.export_flows(request, folder, task.progress, task.wrote, task.cancelled),
            done,
            failed,
        )
