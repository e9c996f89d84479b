"""The next days and the rates: what their pages ask, what they hear."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.kernel.i18n import current_language
from ui.desktop.supervisor.numbers_parts import ForecastNow, NumbersParts, RiskNow
from ui.desktop.workers.aside_model import AsideModel
from ui.desktop.workers.asking import Failed


class ForecastModel(AsideModel):
    """``told`` carries a ForecastNow."""

    told = Signal(object)

    def __init__(self, parts: NumbersParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts

    def refresh(self) -> None:
        """Count what is new, then look ahead."""
        language = current_language()

        def done(now: ForecastNow | None) -> None:
            if now is not None:
                self.told.emit(now)

        self.ask(lambda task: self._parts.forecast(language, task.progress, task.cancelled), done)


class RiskModel(AsideModel):
    """``told`` carries a RiskNow, ``changed`` that a selector was set or ended."""

    told = Signal(object)
    changed = Signal()

    def __init__(self, parts: NumbersParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts = parts
        self._asked = ("", "")

    def look(self, outcome: str, group: str) -> None:
        """Read the rates of an outcome by a group."""
        self._asked = outcome, group
        language = current_language()

        def done(now: RiskNow | None) -> None:
            if now is not None:
                self.told.emit(now)

        self.ask(lambda task: self.parts.risk(outcome, group, language, task.progress, task.cancelled), done)

    def set_selector(
        self, nationality: str, basis: str, expires: date, second: tuple[str, str], failed: Failed
    ) -> None:
        """Set a selector, then read again."""
        self.ask(lambda _task: self.parts.set_selector(nationality, basis, expires, second), self._on_changed, failed)

    def end_selector(self, selector_id: UUID, reason: str, failed: Failed) -> None:
        """End a selector, then read again."""
        self.ask(lambda _task: self.parts.end_selector(selector_id, reason), self._on_changed, failed)

    def _on_changed(self, _kept: object) -> None:
        self.changed.emit()
        self.look(*self._asked)
