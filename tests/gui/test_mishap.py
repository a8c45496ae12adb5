"""A mistake of ours is said calmly, and nothing private is written anywhere."""

from __future__ import annotations

import sys
from threading import Event, Thread

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from planner.errors import MachineTrouble
from planner.ui.kit.dialogs import Dialog
from planner.ui.mishap import Mishap, nobody_took
from planner.ui.window import Window
from planner.ui.work import Progress, Work

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


def test_what_python_cannot_raise_is_told_by_its_place_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Left:
        def __del__(self) -> None:
            break_down(PRIVATE)

    monkeypatch.setattr(sys, "unraisablehook", nobody_took)
    left = Left()
    del left
    said = capsys.readouterr().err
    assert "break_down" in said
    assert PRIVATE not in said


def test_a_mistake_beside_the_window_opens_nothing_in_it(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    thread = Thread(target=Mishap(window), args=(ValueError, ValueError(PRIVATE), None))
    thread.start()
    thread.join()
    assert capsys.readouterr().err == "ValueError\n"
    assert window.findChildren(Dialog) == []


def test_work_may_end_after_the_window_is_gone(
    qtbot: QtBot, qapp: QApplication, capfd: pytest.CaptureFixture[str]
) -> None:
    window = Window()
    window.show()
    begun, go_on, ended = Event(), Event(), Event()

    def work(_progress: Progress) -> None:
        begun.set()
        go_on.wait(20)
        ended.set()

    started = Work(window, "Working", work, lambda _result: None)
    assert begun.wait(20)
    Shiboken.delete(started._signals)
    Shiboken.delete(window)
    go_on.set()
    assert ended.wait(20)
    assert QThreadPool.globalInstance().waitForDone(20_000)
    qapp.processEvents()
    assert capfd.readouterr().err == ""


def test_an_interrupt_closes_the_window(qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    Mishap(window)(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not window.isVisible()
