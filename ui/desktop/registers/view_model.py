"""The desk of registers: what it asks of the store, away from the GUI thread."""

from PySide6.QtCore import QObject

from ui.desktop.registers.parts import RegisterParts
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.runner import Runner


class RegisterModel(StoreModel):
    """One for all pages; each says what it asks and what is done with the answer."""

    def __init__(self, parts: RegisterParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts = parts
