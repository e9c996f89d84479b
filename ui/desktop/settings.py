"""What a desk remembers: theme, language, keys, camera, serial devices, direction of the lane, idle minutes.

No secret, no person.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from bmis.kernel.errors import OfficerError, SiteError
from bmis.kernel.i18n import DEFAULT_LANGUAGE, LANGUAGES
from ui.desktop.shortcuts import ShortcutClashError, checked_remap

THEME_NAMES = ("light", "dark", "contrast", "night")
SHORTEST_IDLE_MINUTES, LONGEST_IDLE_MINUTES = 1, 60
FILE_NAME = "desktop.json"
SWIPE_LINES = tuple(  # of serial readers: bits a second; data bits, parity, stop bits
    f"{speed} {framing}"
    for framing in ("8N1", "7E1", "7O1", "8E1")
    for speed in (9600, 19200, 38400, 57600, 115200, 4800, 2400, 1200)
)


class SettingsDamagedError(SiteError):
    """The settings file, or a part of it, could not be used; the defaults stand in. ``fields`` names the parts."""

    code: ClassVar[str] = "BMIS-220"


class SettingsNotSavedError(OfficerError):
    """The settings could not be written; they hold until the program closes."""

    code: ClassVar[str] = "BMIS-222"


@dataclass(frozen=True, slots=True)
class DesktopSettings:
    """The settings of one home. ``keys`` maps the name of a key action to the key that replaces its own."""

    theme: str = "light"
    language: str = DEFAULT_LANGUAGE
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    camera: str = ""  # the source's name, empty: the first that answers
    swipe_port: str = ""  # of a serial swipe reader, as bmis.capture.serial_reader names it; empty: none
    swipe_line: str = SWIPE_LINES[0]
    thermometer_port: str = ""  # of a serial thermometer of port health, named as the swipe reader's; empty: none
    thermometer_line: str = SWIPE_LINES[0]
    truck: bool = False  # this desk travels in a truck: its screen comes first
    gps: str = ""  # its receiver: "gpsd", "gpsd:HOST:PORT", a serial port as above; empty: none
    gps_line: str = SWIPE_LINES[0]
    direction: str = ""  # of the lane: ENTRY, EXIT; empty: nobody has said
    idle_minutes: int = 10  # under MOSIP's 15 (border.md): a lane is a public place


def load_settings(folder: Path | None) -> tuple[DesktopSettings, SettingsDamagedError | None]:
    """Return the settings of the home, and what was wrong with the file (None: nothing, or no file yet)."""
    if folder is None:
        return DesktopSettings(), None
    try:
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return DesktopSettings(), None
    except (OSError, UnicodeDecodeError):
        return DesktopSettings(), SettingsDamagedError(fields="*")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return DesktopSettings(), SettingsDamagedError(fields="*")
    if not isinstance(said, dict):
        return DesktopSettings(), SettingsDamagedError(fields="*")
    return _checked(said)


def save_settings(folder: Path | None, settings: DesktopSettings) -> None:
    """Write the settings whole; without a home they live as long as the program.

    Raises:
        SettingsNotSavedError: the folder cannot be written.
    """
    if folder is None:
        return
    from bmis.store.errors import StoreReadOnlyError  # late: the first window needs no store
    from bmis.store.home import write_private

    said = {one.name: getattr(settings, one.name) for one in fields(settings)}
    said["keys"] = dict(settings.keys)
    try:
        write_private(folder / FILE_NAME, json.dumps(said, indent=1, ensure_ascii=False))
    except StoreReadOnlyError as error:
        raise SettingsNotSavedError from error


def _checked(said: dict[str, Any]) -> tuple[DesktopSettings, SettingsDamagedError | None]:
    good: dict[str, Any] = {}
    bad: list[str] = []
    for name, fits in _FITS.items():
        if name not in said:
            continue
        if fits(said[name]):
            good[name] = said[name]
        else:
            bad.append(name)
    if "keys" in good:
        good["keys"] = MappingProxyType(dict(good["keys"]))
    return DesktopSettings(**good), SettingsDamagedError(fields=", ".join(bad)) if bad else None


def _keys_fit(value: object) -> bool:
    if not isinstance(value, dict) or not all(isinstance(part, str) for pair in value.items() for part in pair):
        return False
    try:
        checked_remap(value)
    except ShortcutClashError:
        return False
    return True


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "theme": lambda value: value in THEME_NAMES,
    "language": lambda value: value in LANGUAGES,
    "keys": _keys_fit,
    "camera": lambda value: isinstance(value, str) and len(value) <= 200,
    "swipe_port": lambda value: isinstance(value, str) and len(value) <= 200 and value.isprintable(),
    "swipe_line": lambda value: value in SWIPE_LINES,
    "thermometer_port": lambda value: isinstance(value, str) and len(value) <= 200 and value.isprintable(),
    "thermometer_line": lambda value: value in SWIPE_LINES,
    "truck": lambda value: type(value) is bool,
    "gps": lambda value: isinstance(value, str) and len(value) <= 200 and value.isprintable(),
    "gps_line": lambda value: value in SWIPE_LINES,
    "direction": lambda value: value in ("", "ENTRY", "EXIT"),
    "idle_minutes": lambda value: type(value) is int and SHORTEST_IDLE_MINUTES <= value <= LONGEST_IDLE_MINUTES,
}
