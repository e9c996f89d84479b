"""Finding words that are cut off, fields that nobody named and labels that would take markup, on any screen."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

SMALLEST = QSize(1366, 768)


def settle(window: QWidget, size: QSize = SMALLEST) -> None:
    """Give the window its size and let every layout come to rest."""
    window.resize(size)
    window.show()
    for _ in range(4):
        QApplication.processEvents()


def visible(window: QWidget, kind: type) -> list:
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


def clipped(window: QWidget) -> list[str]:
    """Return one line for each label or button of the window whose words have no room, or that leaves the window."""
    found = []
    for label in visible(window, QLabel):
        if label.text() and _label_is_cut(label):
            found.append(f"label {label.text()!r} in {label.size().toTuple()}")
    for button in visible(window, QAbstractButton):
        if button.text() and (
            button.sizeHint().width() > button.width() or button.sizeHint().height() > button.height()
        ):
            found.append(f"button {button.text()!r}: {button.sizeHint().toTuple()} in {button.size().toTuple()}")
    for combo in visible(window, QComboBox):
        if combo.fontMetrics().horizontalAdvance(combo.currentText()) > combo.width() - 52:
            found.append(f"choice {combo.currentText()!r} in {combo.width()}")
    for widget in [*visible(window, QLabel), *visible(window, QAbstractButton), *visible(window, QLineEdit)]:
        if not _inside(widget, window):
            found.append(f"outside: {type(widget).__name__} {getattr(widget, 'text', str)()!r}")
    return found


def _label_is_cut(label: QLabel) -> bool:
    room = label.contentsRect()
    flags = int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
    needed = label.fontMetrics().boundingRect(0, 0, room.width() if flags else 100_000, 100_000, flags, label.text())
    return needed.width() > room.width() + 1 or needed.height() > room.height() + 1


def _inside(widget: QWidget, window: QWidget) -> bool:
    """Whether the widget is within every widget around it; a scroll area may hide what can be scrolled to."""
    around = widget.parentWidget()
    while around is not None and widget is not window:
        if around.objectName() == "qt_scrollarea_viewport":
            return True
        corner = widget.mapTo(around, widget.rect().topLeft())
        if not around.rect().contains(corner) or corner.x() + widget.width() > around.width() + 1:
            return False
        if corner.y() + widget.height() > around.height() + 1:
            return False
        if around is window:
            return True
        around = around.parentWidget()
    return True


def takes_markup(window: QWidget) -> list[str]:
    """Return the labels whose text could be read as markup."""
    return [label.text() for label in window.findChildren(QLabel) if label.textFormat() is not Qt.TextFormat.PlainText]


def unnamed(window: QWidget) -> list[str]:
    """Return what can take the focus and says nothing to who cannot see it."""
    kinds = (QLineEdit, QPushButton, QComboBox)
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in kinds
        for widget in visible(window, kind)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]


def said(window: QWidget) -> list[str]:
    """Return every word that can be seen: labels, buttons, choices, placeholders."""
    words = [label.text() for label in visible(window, QLabel)]
    words += [button.text() for button in visible(window, QAbstractButton)]
    words += [combo.currentText() for combo in visible(window, QComboBox)]
    words += [line.placeholderText() for line in visible(window, QLineEdit)]
    return [word for word in words if word.strip()]


def reached_by_tab(window: QWidget) -> set[QWidget]:
    """Return every widget that Tab comes to, from the first."""
    reached: set[QWidget] = set()
    start = window.focusWidget() or window
    current = start
    for _ in range(500):
        current = current.nextInFocusChain()
        if current.isVisible() and current.isEnabled() and current.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(current)
        if current is start:
            break
    return reached
