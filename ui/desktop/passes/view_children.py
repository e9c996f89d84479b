"""The children on a pass: faces and names side by side, as the approver and who hands over must see them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from bmis.passes.applicant import Dependant, PassPhoto
from ui.desktop.widgets.pictures import LiveView
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.words import button_words
from ui.words.labels import sex_word


class ChildrenDialog(QDialog):
    """Enter or Esc closes it."""

    def __init__(self, parent: QWidget, children: Sequence[Dependant], photos: Sequence[PassPhoto | None]) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Children on the pass"))
        self.setAccessibleName(_("Children on the pass"))
        self.setFixedWidth(max(420, 220 * len(children)))
        row = QHBoxLayout()
        row.setSpacing(16)
        for child, photo in zip(children, photos, strict=True):
            row.addLayout(_one(child, photo), 1)
        close = Button("primary")
        close.say(button_words()["close"])
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel(_("Children on the pass"), "heading", wrap=True))
        column.addLayout(row)
        column.addWidget(close)
        close.setDefault(True)
        close.setFocus()


def child_line(child: Dependant, photo: PassPhoto | bytes | None) -> str:
    """Return a child in a line: name, date of birth, sex, whether there is a photograph."""
    told = _("with photograph") if photo is not None else _("no photograph")
    return f"{child.given_names} {child.surname}, {child.birth_date.shown()} · {child.sex} · {told}"


def _one(child: Dependant, photo: PassPhoto | None) -> QVBoxLayout:
    face = LiveView((160, 200), "person")
    face.setAccessibleName(_("Photograph"))
    face.show_frame(None if photo is None else QImage.fromData(photo.jpeg))
    column = QVBoxLayout()
    column.addWidget(face, 1)
    column.addWidget(PlainLabel(f"{child.given_names} {child.surname}", "field-label", wrap=True))
    column.addWidget(PlainLabel(f"{child.birth_date.shown()} · {sex_word(child.sex)}", wrap=True))
    if photo is None:
        column.addWidget(PlainLabel(_("no photograph"), "muted", wrap=True))
    return column
