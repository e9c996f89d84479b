"""Light, dark, high contrast and night: colour tokens from resources/theme, one stylesheet, the bundled fonts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import ClassVar

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from bmis.kernel.errors import SiteError
from bmis.kernel.resources import resource

THEMES = ("light", "dark", "contrast", "night")
DEFAULT_THEME = "light"
GRID = 8  # px: every margin and gap is a multiple of it
FIELD_HEIGHT, PRIMARY_HEIGHT, HIT_TARGET = 40, 60, 44

TEXT_FONT, MRZ_FONT = "Inter", "OCRB"
_FONT_FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf", "OCRB.ttf")

TEXT_PAIRS = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "surface_alt"),
    ("text", "field"),
    ("text", "button"),
    ("text", "button_hover"),
    ("text_muted", "window"),
    ("text_muted", "surface"),
    ("text_muted", "surface_alt"),
    ("header_text", "header"),
    ("header_muted", "header"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_selection", "selection"),
    ("stripe_text", "stripe"),
    ("stage_text", "stage"),
    *(("text", f"{status}_bg") for status in ("green", "amber", "red", "grey")),
)
"""Words on their grounds: at least 7:1 (WCAG 2.2, 1.4.6)."""

STATUS_PAIRS = (
    *(
        (status, ground)
        for status in ("green", "amber", "red", "grey")
        for ground in (f"{status}_bg", "surface", "surface_alt", "window")
    ),
    ("text_off", "field_off"),
)
"""Status words on their chips and on the page: at least 4.5:1 (WCAG 2.2, 1.4.3)."""

EDGE_PAIRS = (("field_border", "field"), ("field_border", "surface"), ("focus", "surface"), ("focus", "window"))
"""Edges that tell where a field is: at least 3:1 (WCAG 2.2, 1.4.11)."""


class FontsMissingError(SiteError):
    """A bundled font cannot be loaded: the installation is damaged."""

    code: ClassVar[str] = "BMIS-221"


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours. Ask for a colour by its token."""

    name: str
    dark: bool
    colours: Mapping[str, str]

    def colour(self, token: str) -> QColor:
        """Return the colour of a token."""
        return QColor(self.colours[token])


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def load_theme(name: str) -> Theme:
    """Return the tokens of a theme.

    Raises:
        ValueError: there is no theme of that name.
    """
    if name not in THEMES:
        raise ValueError(name)
    said = tomllib.loads(resource("theme", f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(name, bool(said["dark"]), dict(said["colours"]))


_in_force: Theme | None = None


def current_theme() -> Theme:
    """Return the theme in force; the default before any was applied."""
    return _in_force or load_theme(DEFAULT_THEME)


def apply_theme(app: QApplication, name: str) -> None:
    """Put the theme in force; painted widgets follow by their style-change event."""
    global _in_force
    theme = load_theme(name)
    _in_force = theme
    if app.style().objectName().lower() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    load_fonts()
    app.setFont(text_font())
    app.setPalette(_palette(theme))
    app.setStyleSheet(stylesheet(theme))


def stylesheet(theme: Theme) -> str:
    """Return resources/theme.qss with the tokens filled in.

    Raises:
        KeyError: the template names a token that the theme lacks.
    """
    template = Template(resource("theme.qss").read_text(encoding="utf-8"))
    kind = theme.name if theme.name == "contrast" else "dark" if theme.dark else "light"
    return template.substitute(
        theme.colours,
        chevron=resource("icons", f"chevron-{kind}.svg").as_posix(),
        tick=resource("icons", f"tick-{kind}.svg").as_posix(),
        edge="2px" if theme.name == "contrast" else "1px",
        field_height=FIELD_HEIGHT - 2 * (2 if theme.name == "contrast" else 1),
        primary_height=PRIMARY_HEIGHT,
        hit_target=HIT_TARGET,
    )


@cache
def load_fonts() -> tuple[str, ...]:
    """Return the families of the bundled fonts, loaded once.

    Raises:
        FontsMissingError: a font file is missing or damaged.
    """
    families: list[str] = []
    for name in _FONT_FILES:
        number = QFontDatabase.addApplicationFont(str(resource("fonts", name)))
        if number < 0:
            raise FontsMissingError(file=name)
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))


def text_font() -> QFont:
    """Return the font of the screens, sized in pixels so that it is the same on every screen and in tests."""
    font = QFont(TEXT_FONT)
    font.setPixelSize(15)
    return font


def mrz_font(pixels: int = 20) -> QFont:
    """Return OCR-B for machine-readable lines."""
    families = [family for family in load_fonts() if "ocr" in family.lower()]
    font = QFont(families[0] if families else MRZ_FONT)
    font.setPixelSize(pixels)
    return font


def set_kind(widget: QWidget, kind: str) -> None:
    """Give the widget the look of that name in theme.qss, now."""
    widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for of, token in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "field"),
        (role.AlternateBase, "surface_alt"),
        (role.Text, "text"),
        (role.Button, "button"),
        (role.ButtonText, "text"),
        (role.BrightText, "text"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "text_muted"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "on_selection"),
        (role.Accent, "accent"),
        (role.Link, "focus"),
    ):
        palette.setColor(of, theme.colour(token))
    for of in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, of, theme.colour("text_off"))
    return palette
