"""The health supervisor's desk: what it asks of the store, away from the GUI thread."""

from PySide6.QtCore import QObject

from bmis.kernel.actor import Permission
from ui.desktop.health_supervisor.parts import HealthPost
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.runner import Runner


class PostModel(StoreModel):
    """One for all pages of the desk; each page says what it asks and what is done with the answer."""

    def __init__(self, parts: HealthPost, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts = parts

    def may(self, permission: Permission) -> bool:
        """Return whether the person at work may. The use case asks again."""
        return self.parts.by.may(permission)
