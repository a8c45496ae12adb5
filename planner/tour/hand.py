"""A hand at the window: finds what a person would see, presses it, types into it, and takes a picture.

Everything is found by the words that stand on it or that a screen reader would say, so a control without a name cannot
be used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt, QThreadPool
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from planner.ui.a11y import spoken_name
from planner.ui.kit.floats import Toast
from planner.ui.kit.text import Text

PATIENCE = 20.0
"""Seconds after which something that was expected counts as missing."""

TOLD = 40
"""How many names are told where something is missing."""

Kind = TypeVar("Kind", bound=QWidget)
Key = Qt.Key
NONE, CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class NotThere(AssertionError):
    """What a person would look for is not on the screen."""


def words_on(widget: QWidget) -> set[str]:
    """The words by which a widget can be found: what stands on it, and what a screen reader says."""
    found = {widget.accessibleName()}
    if isinstance(widget, QAbstractButton):
        found.add(widget.text())
    if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit | QAbstractItemView):
        found.add(spoken_name(widget))
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
        self._rounds()
        while pool.activeThreadCount() and monotonic() < until:
            self.app.processEvents()
            QTest.qWait(2)
        self._rounds()

    def _rounds(self) -> None:
        for _ in range(4):
            self.app.processEvents()
        # What was dropped is deleted only in a running event loop, unless it is asked for.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

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
            QTest.qWait(2)

    def wait_to_see(self, words: str) -> None:
        """Wait until these words are on the screen.

        Raises:
            NotThere: they never come.
        """
        self.wait_for(lambda: self.sees(words), f"{words!r} among {self._told(QWidget)}")

    # finding -------------------------------------------------------------------------------------------------------
    def visible(self, kind: type[Kind]) -> list[Kind]:
        """The widgets of a kind that can be seen now."""
        return [each for each in self.window.findChildren(kind) if each.isVisible()]

    def find(self, kind: type[Kind], words: str, place: int = 0) -> Kind:
        """The visible widget of a kind with these words; ``place`` counts where there are several.

        Raises:
            NotThere: there is none.
        """
        self.settle()
        found = [each for each in self.visible(kind) if words in words_on(each)]
        if -len(found) <= place < len(found):
            return found[place]
        raise NotThere(f"{words!r} among {self._told(kind)}")

    def _told(self, kind: type[Kind]) -> list[str]:
        return sorted({word for each in self.visible(kind) for word in words_on(each)})[:TOLD]

    def sees(self, words: str) -> bool:
        """Whether any visible widget has these words."""
        self.settle()
        return any(words in words_on(each) or getattr(each, "text", str)() == words for each in self.visible(QWidget))

    def reads(self) -> str:
        """All sentences that can be read now."""
        self.settle()
        return "\n".join(each.text() for each in self.visible(Text))

    # doing ---------------------------------------------------------------------------------------------------------
    def press(self, words: str, place: int = 0) -> None:
        """Press a button, a choice or a row by its words."""
        self._press(self.find(QAbstractButton, words, place))

    def _press(self, button: QAbstractButton) -> None:
        """With the mouse, once it is in sight."""
        self._bring_into_sight(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
        self.settle()

    def _bring_into_sight(self, widget: QWidget) -> None:
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()

    def press_beginning(self, words: str) -> None:
        """Press the first button that begins with these words."""
        self.settle()
        for each in self.visible(QAbstractButton):
            if any(found.startswith(words) for found in words_on(each)):
                self._press(each)
                return
        raise NotThere(f"{words!r} among {self._told(QAbstractButton)}")

    def choose(self, *values: str) -> None:
        """Press the cards of these answers; the words of a form are its own, so they go by what they stand for.

        Raises:
            NotThere: one of them is not offered.
        """
        for value in values:
            self.settle()
            cards = [each for each in self.visible(QAbstractButton) if getattr(each, "value", None) == value]
            if not cards:
                offered = [getattr(each, "value", "") for each in self.visible(QAbstractButton)]
                raise NotThere(f"an answer {value!r} among {[each for each in offered if isinstance(each, str)]}")
            self._press(cards[0])

    def pick(self, name: str, words: str) -> None:
        """Open a list of short answers and take one."""
        self.press_beginning(name)
        self.press(words)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        self.settle()

    def put_keyboard_on(self, words: str, place: int = 0) -> None:
        """Bring the keyboard to a control by its words."""
        self.find(QAbstractButton, words, place).setFocus(Qt.FocusReason.TabFocusReason)
        self.settle()

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        self._keys(QApplication.focusWidget() or self.window, text)
        self.settle()

    @staticmethod
    def _keys(field: QWidget, text: str) -> None:
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(field, letter)
            else:  # Qt's own hand knows the keys of no other letters
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QCoreApplication.sendEvent(field, QKeyEvent(kind, 0, NONE, letter))

    def type_into(self, words: str, text: str, place: int = 0) -> None:
        """Type into the field of this name, after what is there."""
        field = self.field(words, place)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self._keys(field, text)
        self.settle()

    def type_anew(self, words: str, text: str, place: int = 0) -> None:
        """Type into the field of this name in place of what is there."""
        field = self.field(words, place)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.selectAll()
        self._keys(field, text)
        self.settle()

    def field(self, words: str, place: int = 0) -> QLineEdit | QPlainTextEdit:
        """The field of this name, or whose name begins with it.

        Raises:
            NotThere: there is none.
        """
        self.settle()
        fields: list[QLineEdit | QPlainTextEdit] = [*self.visible(QLineEdit), *self.visible(QPlainTextEdit)]
        found = [each for each in fields if words in words_on(each)]
        found = found or [each for each in fields if any(word.startswith(words) for word in words_on(each))]
        if place < len(found):
            return found[place]
        raise NotThere(f"a field {words!r} among {sorted(word for each in fields for word in words_on(each))}")

    def open_line(self, words: str) -> None:
        """Open the line of a list that begins with these words.

        Raises:
            NotThere: no visible list has such a line.
        """
        view, index = self._line(words)
        view.setFocus(Qt.FocusReason.TabFocusReason)
        view.setCurrentIndex(index)
        QTest.keyClick(view, Key.Key_Return)
        self.settle()

    def lines(self) -> list[str]:
        """The first words of every line of the lists that can be seen."""
        self.settle()
        return [self._words_of(view, row) for view in self._lists() for row in range(view.model().rowCount())]

    def _line(self, words: str) -> tuple[QAbstractItemView, QModelIndex]:
        self.settle()
        for view in self._lists():
            for row in range(view.model().rowCount()):
                if self._words_of(view, row).startswith(words):
                    return view, view.model().index(row, 0)
        raise NotThere(f"a line {words!r} among {self.lines()}")

    def _lists(self) -> Iterable[QAbstractItemView]:
        return reversed(self.visible(QAbstractItemView))

    @staticmethod
    def _words_of(view: QAbstractItemView, row: int) -> str:
        return str(view.model().index(row, 0).data(Qt.ItemDataRole.DisplayRole) or "")

    def scroll(self, share: float) -> None:
        """Read further down: 0 is the top of every page that can be seen, 1 its end."""
        self.settle()
        for each in self.visible(QScrollArea):
            bar = QAbstractScrollArea.verticalScrollBar(each)
            bar.setValue(round(bar.maximum() * share))
        self.settle()

    # looking -------------------------------------------------------------------------------------------------------
    def hush(self) -> None:
        """Wait for what was said in passing to go, so that it does not lie over the next picture."""
        for each in self.visible(Toast):
            each.dismiss()
        self.settle()

    def picture(self, name: str) -> None:
        """Keep a picture of the window under the next number."""
        self.settle()
        self.taken.append(name)
        if self.out is not None:
            self.out.mkdir(parents=True, exist_ok=True)
            self.window.grab().save(str(self.out / f"{len(self.taken):03}-{name}.png"))
