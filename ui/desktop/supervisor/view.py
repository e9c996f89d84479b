"""The supervisor's desk."""

from PySide6.QtWidgets import QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.papers import SendToPrinter
from ui.desktop.parts import Describe
from ui.desktop.shell.sections import SectionDesk
from ui.desktop.supervisor.map_model import MapModel
from ui.desktop.supervisor.map_parts import MapParts
from ui.desktop.supervisor.numbers_pages import NumbersPages
from ui.desktop.supervisor.numbers_parts import NumbersParts
from ui.desktop.supervisor.parts import SupervisorParts
from ui.desktop.supervisor.view_approvals import ApprovalsSection
from ui.desktop.supervisor.view_crossings import CrossingsSection
from ui.desktop.supervisor.view_flow_map import MapSection
from ui.desktop.supervisor.view_forms import FormsSection
from ui.desktop.supervisor.view_model import (
    ApprovalsModel,
    CrossingsModel,
    FormsModel,
    SettingsModel,
    ShiftModel,
    TodayModel,
)
from ui.desktop.supervisor.view_settings import SettingsSection
from ui.desktop.supervisor.view_shift import ShiftSection
from ui.desktop.supervisor.view_today import TodaySection
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.workers.runner import Runner


class SupervisorDesk(SectionDesk):
    """Today, approvals, crossings, paper forms, shift, post; then the pages of numbers."""

    def __init__(
        self,
        parts: SupervisorParts,
        runner: Runner,
        describe: Describe,
        printer: SendToPrinter | None = None,
        parent: QWidget | None = None,
        *,
        numbers: NumbersParts,
        flow_map: MapParts,
    ) -> None:
        super().__init__(parent)
        self.paper = PaperOffer(self, runner, describe, printer)
        today, approvals = TodayModel(parts, runner, self), ApprovalsModel(parts, runner, self)
        crossings, forms = CrossingsModel(parts, runner, self), FormsModel(parts, runner, self)
        shift, settings = ShiftModel(parts, runner, self), SettingsModel(parts, runner, self)
        self._models = (today, approvals, crossings, forms, shift, settings, self.paper)
        self.add_section("today", TodaySection(today))
        self.add_section("approvals", ApprovalsSection(approvals, describe))
        self.add_section("crossings", CrossingsSection(crossings, describe))
        self.add_section("forms", FormsSection(forms, self.paper, describe))
        self.add_section("shift", ShiftSection(shift, self.paper))
        self.add_section("settings", SettingsSection(settings, describe))
        self.numbers = NumbersPages(self, numbers, describe, printer)
        self.map_model = MapModel(flow_map, printer, self)
        self.add_section("flow_map", MapSection(self.map_model, describe))
        self.paper.saved.connect(lambda path: self.remarked.emit(_("Saved: {file}").format(file=path), ""))
        self.paper.printed.connect(lambda _where: self.remarked.emit(_("Sent to the printer."), ""))
        for model in (approvals, forms):
            model.listed.connect(lambda _answer: self.name_sections())

    def title(self) -> str:
        """Return its name."""
        return _("Supervision")

    def opened(self) -> None:
        """Look at what waits in the inboxes too: their counts stand in the list."""
        super().opened()
        for model in self._models[1], self._models[3]:
            model.refresh()

    def closing(self) -> None:
        """Deliver no answer after the session."""
        for model in self._models:
            model.stop()
        self.numbers.stop()
        self.map_model.stop()
