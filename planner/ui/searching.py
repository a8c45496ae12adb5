"""The search field in the head: what is typed there, and its keys, on whatever page it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from planner.ui.shell import Shell

PAGE = "search"
_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape})


class Searching(QObject):
    """Every letter is looked for at once; Escape leads back to where she was, keyboard and all.

    Letters that came while the window was busy are looked for together, so that the key that hides never waits behind
    each of them.
    """

    def __init__(self, shell: Shell) -> None:
        """Listens to the field as long as the shell is there."""
        super().__init__(shell)
        self._shell = shell
        self._field = shell.header.search
        self._before: QWidget | None = None
        self._asked = QTimer(self, singleShot=True, interval=0)
        self._asked.timeout.connect(self.ask)
        self._field.textEdited.connect(self._asked.start)
        self._field.installEventFilter(self)
        shell.installEventFilter(self)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._moved)

    def ask(self) -> None:
        """Look for what is typed; an empty field opens no page, but stays on that of Find."""
        self._asked.stop()
        text = self._field.text()
        if text.strip() or self._shell.current == PAGE:
            self._shell.go(PAGE, text=text.strip())

    def leave(self) -> None:
        """Go back to the page before, and to where the keyboard was on it."""
        from shiboken6 import isValid

        shell, before = self._shell, self._before
        self._before = None
        self._asked.stop()
        if shell.current == PAGE:
            # The field must not keep the keyboard, or its words.
            shell.page(PAGE).setFocus(Qt.FocusReason.OtherFocusReason)
            shell.back()
        page = shell.page(shell.current)
        if before is not None and isValid(before) and before.isVisible() and page.isAncestorOf(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._field.hasFocus():
            (page.first_focus() or page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is self._field and before is not None and self._shell.current != PAGE:
            self._before = before

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that mean something else in this field than in others, and Escape anywhere on the page of Find."""
        if event.type() != QEvent.Type.KeyPress:
            return False
        key = cast(QKeyEvent, event).key()
        if watched is self._field and key in _KEYS:
            return self._pressed(Qt.Key(key))
        if key == Qt.Key.Key_Escape and self._shell.current == PAGE:
            self.leave()
            return True
        return False

    def _pressed(self, key: Qt.Key) -> bool:
        if self._asked.isActive():
            self.ask()
        if key == Qt.Key.Key_Escape:
            self.leave()
            return True
        if self._shell.current != PAGE:
            if key == Qt.Key.Key_Down:
                return False
            self.ask()
            return True
        # Also what was put into the field in one piece, by an input method or a paste, is asked before it is opened.
        page = cast(Any, self._shell.page(PAGE))
        return bool(page.search_key(key))
