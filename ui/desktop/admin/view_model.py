"""People, backup and devices, as the administrator sees them."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bmis.kernel.actor import Role
from bmis.staff.staff_member import StaffMember
from ui.desktop.admin.parts import AdminParts
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.runner import Runner


class PeopleModel(StoreModel):
    """``listed`` carries everybody, ``added`` and ``reset`` a StaffMember, ``disabled`` a Disabled."""

    listed = Signal(object)
    added = Signal(object)
    disabled = Signal(object)
    reset = Signal(object)

    def __init__(self, parts: AdminParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self._parts = parts

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that may be given."""
        return tuple(self._parts.roles)

    def refresh(self) -> None:
        """Ask for everybody."""
        self.ask(self._parts.people, self.listed.emit)

    def add(self, name: str, full_name: str, role: Role, password: str, failed: Failed) -> None:
        """Add a person."""
        self.ask(lambda: self._parts.add(name, full_name, role, password), self._on_added, failed)

    def disable(self, name: str, reason: str, failed: Failed) -> None:
        """End a person's access."""

        def done(what: object) -> None:
            self.disabled.emit(what)
            self.refresh()

        self.ask(lambda: self._parts.disable(name, reason), done, failed)

    def reset_password(self, name: str, password: str, failed: Failed) -> None:
        """Give a person another password."""
        self.ask(lambda: self._parts.reset_password(name, password), self.reset.emit, failed)

    def _on_added(self, member: StaffMember) -> None:
        self.added.emit(member)
        self.refresh()


class BackupModel(StoreModel):
    """``made`` carries (Manifest, the file's path)."""

    made = Signal(object, object)

    def __init__(self, parts: AdminParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self._parts = parts

    def back_up(self, file: Path, failed: Failed) -> None:
        """Write a backup to a new file."""
        self.ask(lambda: self._parts.back_up(file), lambda manifest: self.made.emit(manifest, file), failed)


class DevicesModel(StoreModel):
    """``listed`` carries the cameras, ``tried`` a CameraTried, ``failed`` the error of a try."""

    listed = Signal(object)
    tried = Signal(object)
    failed = Signal(object)

    def __init__(self, parts: AdminParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self._parts = parts

    def refresh(self) -> None:
        """Look for cameras."""
        self.ask(self._parts.cameras, self.listed.emit)

    def try_camera(self, number: int) -> None:
        """Try one."""
        self.ask(lambda: self._parts.try_camera(number), self.tried.emit, self.failed.emit)
