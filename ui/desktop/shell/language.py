"""Changing the language while the program runs."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from bmis.kernel.i18n import set_language


def speak(language: str) -> None:
    """Put the language in force and tell every widget, which words itself again.

    Raises:
        ValueError: there is no such language.
    """
    set_language(language)
    for window in QApplication.topLevelWidgets():
        QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
