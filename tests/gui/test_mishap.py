"""A mistake of ours is said calmly, and nothing private is written anywhere."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from planner.errors import MachineTrouble
from planner.ui.kit.dialogs import Dialog
from planner.ui.mishap import Mishap
from planner.ui.window import Window

PRIVATE = "her own words"


def break_down(words: str) -> None:
    raise ValueError(words)


def test_only_the_place_of_a_mistake_is_told(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    with pytest.raises(ValueError, match=PRIVATE) as caught:
        break_down(PRIVATE)
    Mishap(window)(caught.type, caught.value, caught.tb)
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "break_down" in said
    assert PRIVATE not in said
    assert [dialog.isVisible() for dialog in window.findChildren(Dialog)] == [True]


def test_trouble_of_the_machine_keeps_its_sentence(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    problem = MachineTrouble("There is no room left.", "Make some room.")
    Mishap(window)(MachineTrouble, problem, None)
    assert capsys.readouterr().err == ""
    said = {str(label.text()) for label in window.findChildren(QLabel) if label.isVisible()}
    assert any("There is no room left." in words for words in said)


def test_an_interrupt_closes_the_window(qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    Mishap(window)(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not window.isVisible()
