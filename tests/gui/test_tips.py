"""Words beside the mouse stand there as they are: what looks like HTML names no picture that is then read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from planner.ui.kit.tips import set_tip

PLANNER = Path(__file__).resolve().parents[2] / "planner"


@pytest.fixture
def odd_words(tmp_path: Path) -> str:
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    assert picture.save(str(tmp_path / "picture.png"))
    return f'Yes <b>really</b> <img src="{tmp_path / "picture.png"}">'


def shown(owner: QWidget) -> QImage:
    QToolTip.showText(QPoint(10, 10), owner.toolTip(), owner)
    QApplication.processEvents()
    (tip,) = (
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QLabel) and each.inherits("QTipLabel") and each.text() == owner.toolTip()
    )
    return tip.grab().toImage()


def is_red_somewhere(image: QImage) -> bool:
    red = QColor("red")
    return any(image.pixelColor(x, y) == red for x in range(image.width()) for y in range(image.height()))


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_picture_that_is_named_is_not_opened(qtbot: QtBot, odd_words: str) -> None:
    bare, ours = QWidget(), QWidget()
    for each in (bare, ours):
        qtbot.addWidget(each)
        each.show()
    bare.setToolTip(odd_words)
    assert is_red_somewhere(shown(bare))
    set_tip(ours, odd_words)
    assert not is_red_somewhere(shown(ours))
    QToolTip.hideText()


def test_plain_words_stay_as_they_are(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, "Fish & chips")
    assert widget.toolTip() == "Fish & chips"
    set_tip(widget, "")
    assert widget.toolTip() == ""


def sets_tips(text: str) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in {"setToolTip", "setWhatsThis", "ToolTipRole"}
        for node in ast.walk(ast.parse(text))
    )


def test_no_page_sets_its_words_past_this() -> None:
    assert sets_tips("card.setToolTip(label)")
    found = [
        each.relative_to(PLANNER).as_posix() for each in PLANNER.rglob("*.py") if sets_tips(each.read_text("utf-8"))
    ]
    assert found == ["ui/kit/tips.py"]
