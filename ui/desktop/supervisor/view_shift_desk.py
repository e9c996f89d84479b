"""The shift, for who opens and closes it without being a supervisor: at many posts one officer is alone at night."""

from PySide6.QtWidgets import QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.papers import SendToPrinter
from ui.desktop.parts import Describe
from ui.desktop.shell.sections import SectionDesk
from ui.desktop.supervisor.parts import SupervisorParts
from ui.desktop.supervisor.view_model import ShiftModel
from ui.desktop.supervisor.view_shift import ShiftSection
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.workers.runner import Runner


class ShiftDesk(SectionDesk):
    """The supervisor's section of the shift, alone."""

    def __init__(
        self,
        parts: SupervisorParts,
        runner: Runner,
        describe: Describe,
        printer: SendToPrinter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.paper = PaperOffer(self, runner, describe, printer)
        shift = ShiftModel(parts, runner, self)
        self._models = (shift, self.paper)
        self.add_section("shift", ShiftSection(shift, self.paper))
        self.paper.saved.connect(lambda path: self.remarked.emit(_("Saved: {file}").format(file=path), ""))
        self.paper.printed.connect(lambda _where: self.remarked.emit(_("Sent to the printer."), ""))

    def title(self) -> str:
        """Return its name."""
        return _("Shift")

    def closing(self) -> None:
        """Deliver no answer after the session."""
        for model in self._models:
            model.stop()
