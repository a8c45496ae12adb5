"""A hand at the window: finds what a person would see, presses it, types into it, and takes a picture.

Everything is found by the words that stand on it or that a screen reader would say, so a control without a name cannot
be used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

PATIENCE = 20.0
"""Seconds after which something that was expected counts as missing."""

Kind = TypeVar("Kind", bound=QWidget)


class NotThere(AssertionError):
    """What a person would look for is not on the screen."""


def words_on(widget: QWidget) -> set[str]:
    """The words by which a widget can be found."""
    found = {widget.accessibleName()}
    if isinstance(widget, QAbstractButton):
        found.add(widget.text())
    return {words for words in found if words}


class Hand:
    """Uses a window as a person does."""

    def __init__(self, app: QApplication, window: QWidget, out: Path | None = None) -> None:
        """Pictures go into ``out``, numbered; None takes none."""
        self.app = app
        self.window = window
        self.out = out
        self.taken: list[str] = []

    # waiting -------------------------------------------------------------------------------------------------------
    def settle(self) -> None:
        """Let the window do everything it has to do, also what runs beside it."""
        pool = QThreadPool.globalInstance()
        until = monotonic() + PATIENCE
        for _ in range(4):
            self.app.processEvents()
        while pool.activeThreadCount() and monotonic() < until:
            self.app.processEvents()
            QTest.qWait(5)
        for _ in range(4):
            self.app.processEvents()

    def wait_for(self, there: Callable[[], bool], what: str) -> None:
        """Wait until something is so.

        Raises:
            NotThere: it is not so after a while.
        """
        until = monotonic() + PATIENCE
        while not there():
            if monotonic() > until:
                raise NotThere(what)
            self.settle()
            QTest.qWait(5)

    # finding -------------------------------------------------------------------------------------------------------
    def visible(self, kind: type[Kind]) -> list[Kind]:
        """The widgets of a kind that can be seen now."""
        return [each for each in self.window.findChildren(kind) if each.isVisibleTo(self.window) and each.isVisible()]

    def find(self, kind: type[Kind], words: str) -> Kind:
        """The first visible widget of a kind with these words.

        Raises:
            NotThere: there is none.
        """
        self.settle()
        for each in self.visible(kind):
            if words in words_on(each):
                return each
        told = sorted({word for each in self.visible(kind) for word in words_on(each)})
        raise NotThere(f"{words!r} among {told}")

    def sees(self, words: str) -> bool:
        """Whether any visible widget has these words."""
        self.settle()
        return any(words in words_on(each) or getattr(each, "text", str)() == words for each in self.visible(QWidget))

    # doing ---------------------------------------------------------------------------------------------------------
    def press(self, words: str) -> None:
        """Press a button, a choice or a row by its words."""
        self.find(QAbstractButton, words).click()
        self.settle()

    def press_key(self, key: Qt.Key, *, with_control: bool = False, with_shift: bool = False) -> None:
        """Press a key where the keyboard is."""
        held = Qt.KeyboardModifier.NoModifier
        if with_control:
            held |= Qt.KeyboardModifier.ControlModifier
        if with_shift:
            held |= Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        self.settle()

    def type_into(self, words: str, text: str) -> None:
        """Type into the field of this name, after what is there."""
        field = self._field(words)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(field, text)
        self.settle()

    def type_anew(self, words: str, text: str) -> None:
        """Type into the field of this name in place of what is there."""
        field = self._field(words)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.selectAll()
        QTest.keyClicks(field, text)
        self.settle()

    def _field(self, words: str) -> QLineEdit | QPlainTextEdit:
        self.settle()
        fields: Iterable[QLineEdit | QPlainTextEdit] = [*self.visible(QLineEdit), *self.visible(QPlainTextEdit)]
        for each in fields:
            if words in words_on(each):
                return each
        raise NotThere(f"a field {words!r} among {sorted(word for each in fields for word in words_on(each))}")

    def open_line(self, words: str) -> None:
        """Open the line of a list that begins with these words.

        Raises:
            NotThere: no visible list has such a line.
        """
        self.settle()
        for view in self.visible(QAbstractItemView):
            model = view.model()
            for line in range(model.rowCount(QModelIndex())):
                index = model.index(line, 0, QModelIndex())
                if str(model.data(index, Qt.ItemDataRole.DisplayRole)).startswith(words):
                    view.setFocus(Qt.FocusReason.TabFocusReason)
                    view.setCurrentIndex(index)
                    QTest.keyClick(view, Qt.Key.Key_Return)
                    self.settle()
                    return
        raise NotThere(f"a line {words!r}")

    # looking -------------------------------------------------------------------------------------------------------
    def picture(self, name: str) -> None:
        """Keep a picture of the window under the next number."""
        self.settle()
        self.taken.append(name)
        if self.out is not None:
            self.out.mkdir(parents=True, exist_ok=True)
            self.window.grab().save(str(self.out / f"{len(self.taken):02}-{name}.png"))
