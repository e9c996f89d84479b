"""The health supervisor's desk: what it asks of the store, away from the GUI thread."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from bmis.kernel.actor import Permission
from ui.desktop.health_supervisor.parts import HealthPost
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.runner import Runner

if TYPE_CHECKING:
    from ui.health_voyages import VoyageDesk


class PostModel(StoreModel):
    """One for all pages of the desk; each page says what it asks and what is done with the answer."""

    def __init__(self, parts: HealthPost, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self.runner = parts, runner

    def may(self, permission: Permission) -> bool:
        """Return whether the person at work may. The use case asks again."""
        return self.parts.by.may(permission)

    @property
    def voyages(self) -> "VoyageDesk":
        """Return the use cases of voyages; pages of them are made only for who screens."""
        found = self.parts.voyages
        if found is None:
            raise TypeError("no voyages for this role")
        return found


class FrontVoyage:
    """The voyage that several pages are about: it is chosen on the first of them."""

    def __init__(self) -> None:
        self.id: UUID | None = None
