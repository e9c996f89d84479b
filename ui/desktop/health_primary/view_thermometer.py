"""The thermometer beside the pad: its readings fill the field, its state stands under it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject

from bmis.kernel.i18n import translate as _
from ui.desktop.health_primary.hearing import MakeThermometer, Thermometer
from ui.desktop.health_primary.view_model import PrimaryModel
from ui.desktop.health_primary.view_pad import Pad

DEVICE = "serial"  # as a reading names what measured it


class PadThermometer(QObject):
    """Nothing is kept by a reading, and none is taken while the pad is not in front."""

    def __init__(
        self,
        make: MakeThermometer | None,
        pad: Pad,
        *,
        model: PrimaryModel,
        words: Callable[[Exception], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pad, self._model, self._words = pad, model, words
        self._heard = False
        self._error: Exception | None = None
        self.line = Thermometer(make, self)
        self.line.measured.connect(self._on_measured)
        self.line.misread.connect(self._on_misread)
        self.line.stood.connect(self._on_stood)
        pad.installEventFilter(self)
        self.retranslate()

    def start(self) -> None:
        """Listen, where a thermometer was chosen."""
        self.line.start()

    def stop(self) -> None:
        """Let go of the port."""
        self.line.stop()
        self._heard = False
        self.retranslate()

    def retranslate(self) -> None:
        """Say how the thermometer stands."""
        if not self.line.is_chosen:
            words = ""
        elif not self._heard:
            words = _("Thermometer: not heard yet")
        elif self._error is None:
            words = _("Thermometer connected; Enter keeps, never the thermometer")
        else:
            words = self._words(self._error)
        self._pad.temperature.show_device(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the language with the pad."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return False

    def _on_measured(self, celsius: float) -> None:
        if self._pad.isVisible():
            self._pad.show_trouble("", "")
            self._model.reading(celsius, DEVICE)

    def _on_misread(self, error: Exception) -> None:
        if self._pad.isVisible():
            self._pad.show_trouble(self._words(error), "temperature")

    def _on_stood(self, error: Exception | None) -> None:
        self._heard, self._error = True, error
        self.retranslate()
