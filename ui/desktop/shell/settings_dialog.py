"""What a person may set at this desk: look, time to the lock, camera, swipe reader, keys. By keyboard alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.capture.errors import FrameSourceMissingError
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import LANGUAGES
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.parts import CameraChoice, Describe, PortChoice
from ui.desktop.settings import SWIPE_LINES, DesktopSettings
from ui.desktop.shell.help import help_for
from ui.desktop.shortcuts import KEYS, Key, KeyTable, ShortcutClashError, checked_remap, key_words
from ui.desktop.theme import THEMES
from ui.desktop.widgets.bars import NoticeBar
from ui.desktop.widgets.key_field import KeyField
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel
from ui.desktop.words import button_words, language_names, theme_names

FOLDER, FILM, TRAINING = "folder", "film", "training"
TRUCK, GPSD = "truck", "gpsd"
_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30, 60)
_KEY_COLUMNS = 4


class SettingsDialog(QDialog):
    """Asks; nothing changes before it is saved. ``save`` takes the whole of the new settings."""

    def __init__(
        self,
        parent: QWidget,
        settings: DesktopSettings,
        cameras: Sequence[CameraChoice],
        ports: Sequence[PortChoice] = (),
        *,
        training: bool,
        describe: Describe,
        save: Callable[[DesktopSettings], None],
    ) -> None:
        super().__init__(parent)
        self._settings, self._save = settings, save
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("settings")
        self.setWindowTitle(_("Settings"))
        self.setFixedWidth(1300)
        self.notice = NoticeBar(describe)
        self.help = PlainLabel(kind="muted", wrap=True)
        self.help.hide()
        self.language = _box("language", [(code, language_names()[code]) for code in LANGUAGES], settings.language)
        self.theme = _box("theme", [(code, theme_names()[code]) for code in THEMES], settings.theme)
        minutes = sorted({*_MINUTES, settings.idle_minutes})
        self.idle = _box("idle", [(str(one), _minutes(one)) for one in minutes], str(settings.idle_minutes))
        kind, _colon, place = settings.camera.partition(":")
        self.camera = _box("camera", _camera_choices(cameras, kind, training=training), kind)
        self.place = QLineEdit(place)
        self.place.setObjectName("settings.place")
        self.place.setMaxLength(190)
        self.port = _box("port", _port_choices(ports, settings.swipe_port), settings.swipe_port)
        self.line = _box("line", [(line, line) for line in SWIPE_LINES], settings.swipe_line)
        self.thermometer = _box(
            "thermometer", _port_choices(ports, settings.thermometer_port), settings.thermometer_port
        )
        self.thermometer_line = _box("line", [(line, line) for line in SWIPE_LINES], settings.thermometer_line)
        self.truck = _box("truck", [("", _("A fixed lane")), (TRUCK, _("A truck"))], TRUCK if settings.truck else "")
        self.gps = _box("gps", _gps_choices(ports, settings.gps), settings.gps)
        self.gps_line = _box("line", [(line, line) for line in SWIPE_LINES], settings.gps_line)
        table = KeyTable(settings.keys)
        self.keys = {one.key: KeyField(table.sequence(one.key), one.sequence) for one in KEYS}
        self.save, self.cancel = Button("primary"), Button()
        self._place_field = LabelledField(self.place)
        self._line_field = LabelledField(self.line)
        self._thermometer_field = LabelledField(self.thermometer_line)
        self._gps_field, self._gps_line_field = LabelledField(self.gps), LabelledField(self.gps_line)
        self._lay_out()
        self.truck.currentIndexChanged.connect(lambda _at: self._show_place())
        self.gps.currentIndexChanged.connect(lambda _at: self._show_place())
        self.camera.currentIndexChanged.connect(lambda _at: self._show_place())
        for box in (self.port, self.thermometer):
            box.currentIndexChanged.connect(lambda _at: self._show_place())
        self.save.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self._show_place()
        self.language.setFocus()

    def wanted(self) -> DesktopSettings:
        """Return the settings as they stand in the fields.

        Raises:
            ShortcutClashError: a key cannot be used. FrameSourceMissingError: the folder or film is not there.
        """
        remap = {key.value: field.sequence for key, field in self.keys.items() if not field.is_usual}
        checked_remap(remap)
        return replace(
            self._settings,
            language=str(self.language.currentData()),
            theme=str(self.theme.currentData()),
            idle_minutes=int(self.idle.currentData()),
            camera=self._source(),
            swipe_port=str(self.port.currentData()),
            swipe_line=str(self.line.currentData()),
            thermometer_port=str(self.thermometer.currentData()),
            thermometer_line=str(self.thermometer_line.currentData()),
            truck=self.truck.currentData() == TRUCK,
            gps=str(self.gps.currentData()),
            gps_line=str(self.gps_line.currentData()),
            keys=MappingProxyType(remap),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 helps; Enter saves from any field."""
        if event.key() == Qt.Key.Key_F1:
            focused = self.focusWidget()
            title, text = help_for(focused.objectName() if focused is not None else None)
            self.help.setText(f"{title}\n{text}")
            self.help.setVisible(self.help.isHidden())
            self.adjustSize()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.reject() if self.cancel.hasFocus() else self._try()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay in the middle of the window while a notice or help makes it higher."""
        super().resizeEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            place = self.rect()
            place.moveCenter(parent.window().geometry().center())
            self.move(place.topLeft())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        for box, words in (
            (self.language, _("Language")),
            (self.theme, _("Screen")),
            (self.idle, _("Lock when nobody is at the desk")),
            (self.truck, _("This desk is")),
        ):
            labelled = LabelledField(box)
            labelled.say(words)
            top.addWidget(labelled, 1)
        self._gps_field.say(_("GPS receiver"))
        self._gps_line_field.say(_("Its speed and framing"))
        for labelled in (self._gps_field, self._gps_line_field):
            top.addWidget(labelled, 1)
        camera = LabelledField(self.camera)
        camera.say(_("Camera"))
        source = QHBoxLayout()
        source.setSpacing(16)
        source.addWidget(camera, 1)
        source.addWidget(self._place_field, 2)
        port = LabelledField(self.port)
        port.say(_("Swipe reader on a serial port"))
        self._line_field.say(_("Speed and framing"))
        thermometer = LabelledField(self.thermometer)
        thermometer.say(_("Thermometer of port health on a serial port"))
        self._thermometer_field.say(_("Its speed and framing"))
        reader = QHBoxLayout()
        reader.setSpacing(16)
        for labelled, wide in (
            (port, 3),
            (self._line_field, 2),
            (thermometer, 3),
            (self._thermometer_field, 2),
        ):
            reader.addWidget(labelled, wide)
        keys = QGridLayout()
        keys.setHorizontalSpacing(16)
        keys.setVerticalSpacing(4)
        for at, (key, field) in enumerate(self.keys.items()):
            row, column = at // _KEY_COLUMNS, 2 * (at % _KEY_COLUMNS)
            label = PlainLabel(key_words(key), wrap=True)
            label.setBuddy(field)
            field.setObjectName("settings.key")
            field.setAccessibleName(key_words(key))
            field.setFixedWidth(132)
            keys.addWidget(label, row, column)
            keys.addWidget(field, row, column + 1)
            keys.setColumnStretch(column, 1)
        self.save.say(button_words()["save"])
        self.cancel.say(button_words()["cancel"])
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button in (self.save, self.cancel):
            button.setAutoDefault(False)
            button.setMinimumHeight(60)
            buttons.addWidget(button, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(24, 16, 24, 16)
        column_.setSpacing(12)
        column_.addWidget(PlainLabel(_("Settings"), "heading"))
        column_.addWidget(self.notice)
        column_.addLayout(top)
        column_.addLayout(source)
        column_.addLayout(reader)
        column_.addWidget(
            PlainLabel(
                _("Keys: go to one and press the new key; Backspace gives the usual one back"), "field-label", wrap=True
            )
        )
        column_.addLayout(keys)
        column_.addWidget(
            PlainLabel(
                _("Camera and serial devices change at the next sign-in. Each key keeps its second one with Ctrl."),
                "small",
                wrap=True,
            )
        )
        column_.addWidget(self.help)
        column_.addLayout(buttons)

    def _show_place(self) -> None:
        kind = self.camera.currentData()
        self._place_field.setVisible(kind in (FOLDER, FILM))
        self._place_field.say(_("Folder") if kind == FOLDER else _("File"))
        self._line_field.setVisible(self.port.currentData() != "")
        self._thermometer_field.setVisible(self.thermometer.currentData() != "")
        on_truck = self.truck.currentData() == TRUCK
        self._gps_field.setVisible(on_truck)
        self._gps_line_field.setVisible(on_truck and self.gps.currentData() not in ("", GPSD))

    def _source(self) -> str:
        kind = str(self.camera.currentData())
        if kind not in (FOLDER, FILM):
            return kind
        place = Path(self.place.text().strip()).expanduser()
        there = place.is_dir() if kind == FOLDER else place.is_file()
        if not self.place.text().strip() or not there:
            raise FrameSourceMissingError(kind=kind)
        return f"{kind}:{place}"

    def _try(self) -> None:
        self.notice.clear()
        try:
            wanted = self.wanted()
        except BmisError as error:
            self._refuse(error)
            return
        self.accept()
        self._save(wanted)

    def _refuse(self, error: BmisError) -> None:
        field: QWidget = self.place
        if isinstance(error, ShortcutClashError):
            code = str(error.facts.get("action"))
            key = Key(code) if code in set(Key) else Key.DECIDE
            field, error = self.keys[key], ShortcutClashError(action=key_words(key))
        self.notice.show_error(error)
        field.setFocus()


def _box(name: str, choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(f"settings.{name}")
    for code, words in choices:
        box.addItem(words, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _minutes(count: int) -> str:
    return _n("after {count} minute", "after {count} minutes", count).format(count=count)


def _camera_choices(cameras: Sequence[CameraChoice], chosen: str, *, training: bool) -> list[tuple[str, str]]:
    choices = [("", _("The first camera found")), *((one.name, one.title) for one in cameras)]
    if chosen.isdigit() and chosen not in dict(choices):
        choices.append((chosen, _("Camera {number} (not found)").format(number=chosen)))
    choices += [(FOLDER, _("A folder of pictures")), (FILM, _("A film"))]
    return [*choices, (TRAINING, _("Training camera"))] if training else choices


def _port_choices(ports: Sequence[PortChoice], chosen: str) -> list[tuple[str, str]]:
    choices = [("", _("None, or it works as a keyboard"))]
    choices += [(one.name, one.title) for one in ports]
    if chosen not in dict(choices):
        choices.append((chosen, _("{port} (not found)").format(port=chosen)))
    return choices


def _gps_choices(ports: Sequence[PortChoice], chosen: str) -> list[tuple[str, str]]:
    choices = [("", _("None")), (GPSD, _("gpsd on this machine")), *((one.name, one.title) for one in ports)]
    if chosen not in dict(choices):
        choices.append((chosen, _("{port} (not found)").format(port=chosen)))
    return choices
