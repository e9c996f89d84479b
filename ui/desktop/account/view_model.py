"""Changing one's own password."""

from PySide6.QtCore import QObject, Signal

from ui.desktop.account.parts import AccountParts
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.runner import Runner


class AccountModel(StoreModel):
    """``changed``: the new password holds."""

    changed = Signal()

    def __init__(self, parts: AccountParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self._parts = parts

    def change_password(self, old: str, new: str, failed: Failed) -> None:
        """Ask for the change; trouble goes to ``failed``."""
        self.ask(lambda: self._parts.change_password(old, new), lambda _none: self.changed.emit(), failed)
