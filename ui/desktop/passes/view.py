"""The pass desk."""

from PySide6.QtWidgets import QWidget

from bmis.kernel.clock import Clock
from bmis.kernel.i18n import translate as _
from ui.desktop.papers import SendToPrinter
from ui.desktop.parts import Describe
from ui.desktop.passes.issue_model import IssueModel
from ui.desktop.passes.models import FiguresModel, PassesModel, PassModel, QueueModel, TillModel
from ui.desktop.passes.parts import PassParts
from ui.desktop.passes.view_figures import FiguresSection
from ui.desktop.passes.view_issue import IssueSection
from ui.desktop.passes.view_passes import PassesSection
from ui.desktop.passes.view_queue import QueueSection
from ui.desktop.passes.view_till import TillSection
from ui.desktop.shell.sections import SectionDesk
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.workers.runner import Runner


class PassDesk(SectionDesk):
    """New application, applications, passes, statistics, till: those that fit whoever is at work."""

    def __init__(
        self,
        parts: PassParts,
        runner: Runner,
        describe: Describe,
        clock: Clock,
        printer: SendToPrinter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.paper = PaperOffer(self, runner, describe, printer)
        self.issue = IssueModel(parts, runner, clock, self)
        photos, queue = PassModel(parts, runner, self), QueueModel(parts, runner, self)
        passes, figures, till = (
            PassesModel(parts, runner, self),
            FiguresModel(parts, runner, self),
            TillModel(parts, runner, self),
        )
        self._models = (photos, queue, passes, figures, till, self.paper)
        if parts.can.capture:
            self.add_section("issue", IssueSection(self.issue, photos, describe))
        self.add_section("queue", QueueSection(queue, self.paper, describe))
        self.add_section("passes", PassesSection(passes, self.paper, describe))
        self.add_section("figures", FiguresSection(figures))
        if parts.can.take_money:
            self.add_section("till", TillSection(till, describe))
        self._queue = queue
        self.paper.saved.connect(lambda path: self.remarked.emit(_("Saved: {file}").format(file=path), ""))
        self.paper.printed.connect(lambda _where: self.remarked.emit(_("Sent to the printer."), ""))
        queue.listed.connect(lambda _listed: self.name_sections())
        self.issue.kept.connect(lambda _applied: queue.refresh())

    def title(self) -> str:
        """Return its name."""
        return _("Border passes")

    def opened(self) -> None:
        """Look at what waits too: its count stands in the list."""
        super().opened()
        self._queue.refresh()

    def has_draft(self) -> bool:
        """Return whether an application is half done."""
        return self.issue.typed.is_begun

    def closing(self) -> None:
        """Keep what is half done; deliver no answer after the session."""
        self.issue.close()
        for model in self._models:
            model.stop()
