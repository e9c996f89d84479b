"""Cameras, each with a live test."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.admin.parts import CameraFound, CameraTried
from ui.desktop.admin.view_model import DevicesModel
from ui.desktop.parts import Describe
from ui.desktop.shell.sections import Section
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.pictures import LiveView
from ui.desktop.widgets.plain import Button
from ui.desktop.widgets.status import Banner

SLOW_BELOW = 10.0  # frames a second: under it the officer's hand and the picture part company


class DevicesSection(Section):
    """Enter on a camera tries it for a second."""

    def __init__(self, model: DevicesModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._cameras: tuple[CameraFound, ...] = ()
        self._tried: CameraTried | None = None
        self._error: Exception | None = None
        self.list, self.banner, self.view = LineList(), Banner(), LiveView((480, 270))
        self.list.view.setObjectName("admin.cameras")
        self.again = Button()
        self.again.setMinimumHeight(44)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.list, 1)
        left.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(self.view, 1)
        self.column.addLayout(row, 1)
        self.column.addWidget(self.banner)
        self.again.clicked.connect(model.refresh)
        self.list.opened.connect(lambda key: model.try_camera(int(str(key))))
        model.listed.connect(self._on_listed)
        model.tried.connect(self._on_tried)
        model.failed.connect(self._on_failed)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Devices")

    def first_field(self) -> QWidget | None:
        """Return the list, or the way to look again."""
        return self.list if self._cameras else self.again

    def opened(self) -> None:
        """Look for cameras."""
        self._model.refresh()

    def locking(self) -> None:
        """What lay under the camera is not shown."""
        self._tried = self._error = None
        self._show()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(_("Enter tries a camera for a second. A desk without a camera works: documents are typed."))
        self.list.say(
            _("Cameras"), [Heading(_("Camera"), wide=True), Heading(_("Number"))], _("No camera is connected.")
        )
        self.again.say(_("Look again"))
        self._show_cameras()
        self._show()

    def _on_listed(self, cameras: tuple[CameraFound, ...]) -> None:
        self._cameras = cameras
        self._show_cameras()

    def _on_tried(self, tried: CameraTried) -> None:
        self._tried, self._error = tried, None
        self._show()

    def _on_failed(self, error: Exception) -> None:
        self._tried, self._error = None, error
        self._show()

    def _show_cameras(self) -> None:
        self.list.show_lines([Line(one.number, (one.name, str(one.number))) for one in self._cameras])

    def _show(self) -> None:
        tried = self._tried
        if tried is None:
            self.view.show_frame(None)
        if self._error is not None:
            notice = self._describe(self._error)
            self.banner.show_verdict("red", f"{notice.code}  {notice.what}", notice.do)
        elif tried is None:
            self.banner.show_verdict("grey", _("No camera was tried"))
        else:
            image = QImage(tried.pixels, tried.width, tried.height, tried.stride, QImage.Format.Format_RGB888)
            self.view.show_frame(image.copy())
            rate = tried.frames / max(tried.seconds, 0.001)
            facts = _("{width} × {height}, {rate} pictures a second").format(
                width=tried.size[0], height=tried.size[1], rate=round(rate)
            )
            if rate < SLOW_BELOW:
                self.banner.show_verdict("amber", _("The camera answers slowly"), facts)
            else:
                self.banner.show_verdict("green", _("The camera works"), facts)
