"""The table of the look: every pair of colours can be read; a change reaches what is already on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QImage
from PySide6.QtWidgets import QLayout
from pytestqt.qtbot import QtBot

from planner.resources import resource
from planner.ui import icons
from planner.ui.fonts import load_fonts
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, hold, row
from planner.ui.kit.text import Text
from planner.ui.theme import theme, tokens, written_tokens


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    ink = QColor(colour)
    channels = (ink.redF(), ink.greenF(), ink.blueF())
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_known_ratio() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21.0)
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_pair_in_use_can_be_read(name: str) -> None:
    colours = tokens()[name]
    weak = [
        pair for pair in written_tokens()["pair"] if ratio(colours[pair["fg"]], colours[pair["bg"]]) < pair["least"]
    ]
    assert len(written_tokens()["pair"]) > 30
    assert weak == []


def test_nothing_is_smaller_than_fifteen_px() -> None:
    for step in ("title", "question", "card", "section", "lead", "row", "body", "time", "label", "strong"):
        assert theme.font(step).pixelSize() >= 15


def test_both_fonts_of_the_program_are_used() -> None:
    assert {"Source Sans Pro", "Source Serif Pro"} <= set(load_fonts())
    assert QFontInfo(theme.font("body")).family() == "Source Sans Pro"
    assert QFontInfo(theme.font("title")).family() == "Source Serif Pro"


def test_type_grows_with_all_of_the_text_size_and_air_with_a_quarter() -> None:
    theme.apply(scale=2.0)
    assert theme.px(44) == 88
    assert theme.sp(8) == 10
    assert theme.radius("card") == tokens()["radius"]["card"]


def test_a_change_of_text_size_lays_out_what_is_on_the_screen(qtbot: QtBot) -> None:
    button = Button("Start", "main")
    words = Text("A few words that need more than one line when they are large", "body")
    box = column(words, button, gap=8, margins=(40, 0, 0, 0))
    whole = hold(box)
    box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    qtbot.addWidget(whole)
    whole.resize(300, 400)
    whole.show()
    before = (button.height(), words.heightForWidth(260), box.contentsMargins().left())
    theme.apply(scale=2.0)
    qtbot.waitUntil(lambda: button.height() >= 88)
    assert button.height() == 2 * before[0]
    assert words.heightForWidth(260) > before[1]
    assert box.contentsMargins().left() == 50


def test_margins_and_order_are_mirrored(qtbot: QtBot) -> None:
    first, last = Text("one"), Text("two")
    box = row(first, last, margins=(40, 0, 4, 0))
    whole = hold(box)
    box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    qtbot.addWidget(whole)
    whole.resize(400, 60)
    whole.show()
    assert first.x() < last.x()
    theme.apply(language="ar")
    qtbot.waitUntil(lambda: first.x() > last.x())
    assert (box.contentsMargins().left(), box.contentsMargins().right()) == (4, 40)


def test_every_icon_can_be_drawn_in_every_colour(qtbot: QtBot) -> None:
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert len(names) >= 60
    for name in names:
        image = icons.pixmap(name, "ink", 24).toImage()
        inked = any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))
        assert inked, name


def test_only_what_points_somewhere_is_mirrored(qtbot: QtBot) -> None:
    def unlike(one: QImage, other: QImage) -> float:
        pairs = [(x, y) for x in range(24) for y in range(24)]
        return sum(abs(one.pixelColor(x, y).alphaF() - other.pixelColor(x, y).alphaF()) for x, y in pairs)

    arrow, tick = icons.pixmap("next", size=24).toImage(), icons.pixmap("check", size=24).toImage()
    theme.apply(language="ar")
    turned = icons.pixmap("next", size=24).toImage()
    assert unlike(turned, arrow.flipped(Qt.Orientation.Horizontal)) < 1
    assert unlike(turned, arrow) > 10
    assert icons.pixmap("check", size=24).toImage() == tick


def test_no_source_file_of_the_window_names_a_colour_or_a_font() -> None:
    import re
    from pathlib import Path

    import planner.ui

    named = re.compile(r"#[0-9a-fA-F]{6}\b|QColor\(\"|QFont\(\"|Qt\.GlobalColor\.(?!transparent)|setStyleSheet")
    files = list(Path(planner.ui.__file__).parent.rglob("*.py"))
    assert named.search('QColor("#ffffff")')
    assert [path.name for path in files if named.search(path.read_text(encoding="utf-8"))] == []
