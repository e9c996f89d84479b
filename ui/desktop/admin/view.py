"""The administrator's desk."""

from PySide6.QtWidgets import QWidget

from bmis.kernel.actor import Actor, Permission
from bmis.kernel.clock import Clock
from bmis.kernel.i18n import translate as _
from ui.desktop.admin.parts import AdminParts
from ui.desktop.admin.view_backup import BackupSection
from ui.desktop.admin.view_devices import DevicesSection
from ui.desktop.admin.view_model import BackupModel, DevicesModel, PeopleModel
from ui.desktop.admin.view_people import PeopleSection
from ui.desktop.parts import Describe, HomeFacts
from ui.desktop.shell.sections import SectionDesk
from ui.desktop.workers.runner import Runner


class AdminDesk(SectionDesk):
    """People, backup, devices: those that the role allows."""

    def __init__(
        self,
        parts: AdminParts,
        home: HomeFacts,
        actor: Actor,
        runner: Runner,
        describe: Describe,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._people = PeopleModel(parts, runner, self)
        self._backup = BackupModel(parts, runner, self)
        self._devices = DevicesModel(parts, runner, self)
        self.add_section("people", PeopleSection(self._people, describe))
        if actor.may(Permission.BACKUP_STORE):
            self.add_section("backup", BackupSection(self._backup, home, clock, describe))
            self.add_section("devices", DevicesSection(self._devices, describe))

    def title(self) -> str:
        """Return its name."""
        return _("Administration")

    def closing(self) -> None:
        """Deliver no answer after the session."""
        for model in (self._people, self._backup, self._devices):
            model.stop()
