"""Words can be read in every theme, told by computing, and every token has its place."""

import re
from string import Template

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QVBoxLayout, QWidget

from bmis.kernel.resources import resource
from ui.desktop.settings import THEME_NAMES
from ui.desktop.theme import (
    EDGE_PAIRS,
    STATUS_PAIRS,
    TEXT_PAIRS,
    THEMES,
    apply_theme,
    contrast,
    load_fonts,
    load_theme,
    mrz_font,
    stylesheet,
    text_font,
)
from ui.desktop.widgets.icons import STATUS_ICONS, pixmap


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 7), (STATUS_PAIRS, 4.5), (EDGE_PAIRS, 3)])
def test_every_pair_can_be_told_apart(name, pairs, least):
    colours = load_theme(name).colours
    too_faint = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in pairs
        if contrast(colours[pair[0]], colours[pair[1]]) < least
    }
    assert too_faint == {}


def test_every_colour_of_a_word_in_the_sheet_stands_in_a_proved_pair():
    sheet = resource("theme.qss").read_text(encoding="utf-8")
    words = set(re.findall(r"(?<![-\w])color: \$\{(\w+)\}", sheet))
    assert words <= {word for word, _ in (*TEXT_PAIRS, *STATUS_PAIRS)}


def test_every_theme_has_the_same_tokens_and_fills_the_sheet():
    tokens = {name: set(load_theme(name).colours) for name in THEMES}
    assert tokens["light"] == tokens["dark"] == tokens["contrast"]
    for name in THEMES:
        assert "${" not in stylesheet(load_theme(name))
        assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in load_theme(name).colours.values())
    asked = set(Template(resource("theme.qss").read_text(encoding="utf-8")).get_identifiers())
    assert {"text", "focus", "chevron", "field_height"} <= asked
    assert THEME_NAMES == THEMES


@pytest.mark.usefixtures("qapp")
def test_fonts_are_the_bundled_ones():
    families = load_fonts()
    assert "Inter" in families
    assert QFontInfo(text_font()).family() == "Inter"
    assert "OCR" in QFontInfo(mrz_font()).family().upper()


def test_a_choice_keeps_its_arrow_and_sizes_keep_to_the_grid(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    combo, button = QComboBox(), QPushButton("Decidir")
    combo.addItem("Moçambique")
    button.setProperty("kind", "primary")
    column = QVBoxLayout(window)
    column.addWidget(combo)
    column.addWidget(button)
    for name in THEMES:
        apply_theme(QApplication.instance(), name)
        window.resize(400, 300)
        window.show()
        QApplication.processEvents()
        assert 36 <= combo.height() <= 40 + 4
        assert 60 <= button.height() <= 64
        picture = combo.grab().toImage()
        scale = picture.devicePixelRatio()
        ground = load_theme(name).colour("field").rgb()
        arrow = [
            picture.pixel(round(x * scale), round(y * scale))
            for x in range(combo.width() - 30, combo.width() - 6)
            for y in range(10, combo.height() - 10)
        ]
        assert sum(pixel != ground for pixel in arrow) > 15, name
    apply_theme(QApplication.instance(), "light")


@pytest.mark.usefixtures("qapp")
def test_every_icon_draws_something_and_each_status_has_its_own():
    pictures = {}
    names = [path.stem for path in resource("icons").glob("*.svg") if "-" not in path.stem]
    assert len(names) > 8
    for name in names:
        image = pixmap(name, "text", 24).toImage()
        pictures[name] = bytes(image.constBits())
        assert any(pictures[name])
    assert len({pictures[STATUS_ICONS[status]] for status in STATUS_ICONS}) == 4
