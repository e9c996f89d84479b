"""The desk of registers: exercises, sites, routes, posts, and the returns that posts owe."""

from PySide6.QtWidgets import QWidget

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe
from ui.desktop.registers.parts import RegisterParts
from ui.desktop.registers.view_exercises import ExercisesSection
from ui.desktop.registers.view_expected import ExpectedSection
from ui.desktop.registers.view_items import ItemsSection
from ui.desktop.registers.view_model import RegisterModel
from ui.desktop.registers.view_posts import StatusSection
from ui.desktop.registers.view_routes import RoutesSection
from ui.desktop.registers.view_sites import SitesSection
from ui.desktop.shell.sections import SectionDesk
from ui.desktop.workers.runner import Runner


class RegistersDesk(SectionDesk):
    """Each has the pages that the role may read; what it may change is asked at each button."""

    def __init__(self, parts: RegisterParts, runner: Runner, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model = RegisterModel(parts, runner, self)
        reads = any(parts.may(one) for one in (Permission.MAP_MOBILITY, Permission.OBSERVE_FLOWS))
        if reads:
            self.add_section("exercises", ExercisesSection(model, describe))
            self.add_section("sites", SitesSection(model, describe))
            self.add_section("routes", RoutesSection(model, describe))
        self.add_section("status", StatusSection(model, describe))
        self.add_section("items", ItemsSection(model, describe))
        if parts.may(Permission.MANAGE_POST):
            self.add_section("expected", ExpectedSection(model, describe))
        model.noticed.connect(self.noticed)

    def title(self) -> str:
        """Return its name."""
        return _("Registers")

    def closing(self) -> None:
        """Deliver no answer after the session."""
        self.model.stop()
