"""The two small choices that every screen before the desks offers: language and theme."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from bmis.kernel.i18n import LANGUAGES, current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.theme import THEMES, current_theme
from ui.desktop.widgets.plain import LabelledField, SpokenFrame
from ui.desktop.words import language_names, theme_names


class LookChoices(SpokenFrame):
    """Language and theme, changed at once. ``language_chosen`` and ``theme_chosen`` carry the code."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language, self.theme = QComboBox(), QComboBox()
        self.language.setObjectName("look.language")
        self.theme.setObjectName("look.theme")
        for code in LANGUAGES:
            self.language.addItem(language_names()[code], code)
        for code in THEMES:
            self.theme.addItem("", code)
        self._fields = (LabelledField(self.language), LabelledField(self.theme))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for field in self._fields:
            row.addWidget(field, 1)
        self.language.activated.connect(lambda _at: self.language_chosen.emit(self.language.currentData()))
        self.theme.activated.connect(lambda _at: self.theme_chosen.emit(self.theme.currentData()))
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_fields"):
            self.theme.setCurrentIndex(self.theme.findData(current_theme().name))
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Word the choices and show those in force."""
        self._fields[0].say(_("Language"))
        self._fields[1].say(_("Screen"))
        words = theme_names()
        for at, code in enumerate(THEMES):
            self.theme.setItemText(at, words[code])
        self.language.setCurrentIndex(self.language.findData(current_language()))
        self.theme.setCurrentIndex(self.theme.findData(current_theme().name))
