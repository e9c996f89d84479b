"""The pass desk."""

from PySide6.QtWidgets import QWidget

from bmis.kernel.clock import Clock
from bmis.kernel.i18n import translate as _
from ui.desktop.papers import SendToPrinter
from ui.desktop.parts import Describe
from ui.desktop.passes.issue_model import IssueModel
from ui.desktop.passes.models import (
    AppealsModel,
    CarriedModel,
    FiguresModel,
    NumbersModel,
    PassesModel,
    PassModel,
    QueueModel,
    TillModel,
)
from ui.desktop.passes.parts import PassParts
from ui.desktop.passes.view_appeals import AppealsSection
from ui.desktop.passes.view_carried import CarriedSection
from ui.desktop.passes.view_figures import FiguresSection
from ui.desktop.passes.view_issue import IssueSection
from ui.desktop.passes.view_numbers import NumbersSection
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
        passes, appeals, figures, numbers, till = (
            PassesModel(parts, runner, self),
            AppealsModel(parts, runner, self),
            FiguresModel(parts, runner, self),
            NumbersModel(parts, runner, self),
            TillModel(parts, runner, self),
        )
        self._models: tuple[PassModel | PaperOffer, ...] = (
            photos,
            queue,
            passes,
            appeals,
            figures,
            numbers,
            till,
            self.paper,
        )
        if parts.can.capture:
            self.add_section("issue", IssueSection(self.issue, photos, describe))
        in_queue, given = QueueSection(queue, self.paper, describe), PassesSection(passes, self.paper, describe)
        self.add_section("queue", in_queue)
        self.add_section("passes", given)
        self._at_appeals = AppealsSection(appeals, self.paper, describe)
        self.add_section("appeals", self._at_appeals)
        self.add_section("figures", FiguresSection(figures))
        self.add_section("numbers", NumbersSection(numbers, describe))
        if parts.can.take_money:
            self.add_section("till", TillSection(till, describe))
        if parts.can.carry:
            carried = CarriedModel(parts, runner, self)
            self._models = (*self._models, carried)
            self.add_section("carried", CarriedSection(carried, describe))
        self._queue, self._appeals = queue, appeals
        in_queue.appealed.connect(self.show_appeal)
        given.appealed.connect(self.show_appeal)
        self.paper.saved.connect(lambda path: self.remarked.emit(_("Saved: {file}").format(file=path), ""))
        self.paper.printed.connect(lambda _where: self.remarked.emit(_("Sent to the printer."), ""))
        queue.listed.connect(lambda _listed: self.name_sections())
        appeals.listed.connect(lambda _listed: self.name_sections())
        self.issue.kept.connect(lambda _applied: queue.refresh())

    def show_appeal(self, number: str) -> None:
        """Bring the decision against a pass or an application to the front of the appeals."""
        self.show_section("appeals")
        self._at_appeals.bring(number)

    def title(self) -> str:
        """Return its name."""
        return _("Border passes")

    def opened(self) -> None:
        """Look at what waits too: its count stands in the list."""
        super().opened()
        self._queue.refresh()
        self._appeals.refresh()

    def has_draft(self) -> bool:
        """Return whether an application is half done."""
        return self.issue.typed.is_begun

    def closing(self) -> None:
        """Keep what is half done; deliver no answer after the session."""
        self.issue.close()
        for model in self._models:
            model.stop()
