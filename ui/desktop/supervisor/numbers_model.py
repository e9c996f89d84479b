"""The supervisor's numbers: what the pages ask, what they hear."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from ui.desktop.supervisor.numbers_parts import NumbersNow, NumbersParts
from ui.desktop.workers.aside_model import AsideModel


class NumbersModel(AsideModel):
    """``counted`` carries a NumbersNow."""

    counted = Signal(object)

    def __init__(self, parts: NumbersParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts

    def refresh(self) -> None:
        """Count what is new, then read."""

        def done(now: NumbersNow | None) -> None:
            if now is not None:
                self.counted.emit(now)

        self.ask(lambda task: self._parts.numbers(task.progress, task.cancelled), done)

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return self._parts.local_time(at)
