"""Out of sight: one key and one button, and the taking away itself, before anything slow begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from planner.store.local import LEAVE_KEYS
from planner.system.display import hand_over
from planner.ui.kit.buttons import Button
from planner.ui.kit.tips import set_tip
from planner.words import _, c_

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget

_OF_QT = (Qt.Key.Key_F12, Qt.Key.Key_F9, Qt.Key.Key_F8, Qt.Key.Key_Pause, Qt.Key.Key_Insert)
KEYS = dict(zip(LEAVE_KEYS, _OF_QT, strict=True))
"""The keys to choose from, by the name that stands in ``local.json``: none of them types anything."""


def key_words(name: str) -> str:
    """What is written on a key."""
    return {"pause": c_("key", "Pause"), "insert": c_("key", "Insert")}.get(name, name.upper())


class Sight(QObject):
    """Waits for the one key; ``asked`` tells that it was pressed.

    It stands before the window that has the keyboard, so that no field, dialog, menu or card sees the key first.
    """

    asked = Signal()

    def __init__(self, parent: QObject, key: str = LEAVE_KEYS[0]) -> None:
        """``key`` as in :data:`KEYS`; an unknown one is the usual one."""
        super().__init__(parent)
        self.use_key(key)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._follow)
        self._follow(application.focusWindow())

    def use_key(self, name: str) -> None:
        """Another key, from now on."""
        self.key = name if name in KEYS else LEAVE_KEYS[0]
        _in_use[0] = self.key

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key, also with Shift or another key held down in a hurry."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == KEYS[self.key]
            and not event.isAutoRepeat()
        ):
            self.asked.emit()
            return True
        return False


_in_use = [LEAVE_KEYS[0]]


def key_in_use() -> str:
    """What is written on the key that takes everything away now."""
    return key_words(_in_use[0])


class HideButton(Button):
    """The same on every screen; it says its key."""

    def __init__(self) -> None:
        super().__init__(_("Hide"), icon="hide")
        self.translate()

    def translate(self) -> None:
        """Take the words of the language, and the key, in use."""
        self.set_words(_("Hide"), _("Hide everything now ({key})").format(key=key_in_use()))
        set_tip(self, self.accessibleName())

    def set_bare(self, bare: bool) -> None:
        """With and without its words, it says its key."""
        super().set_bare(bare)
        set_tip(self, self.accessibleName())


class _HeldBack(QObject):
    """Keeps the leaving of a field, and what an input method still had of a word, until the windows are gone.

    Qt tells both before a window is taken away, and pages save to the disk when they hear it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[tuple[QObject, QEvent]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.FocusOut, QEvent.Type.InputMethod):
            return False
        self._kept.append((watched, event.clone()))
        return True

    def let_go(self, field: QWidget | None) -> None:
        """Tell them now. ``field`` had the keyboard: a word that an input method did not finish there is kept."""
        typed = [each for each in self._kept if each[1].type() is QEvent.Type.InputMethod]
        left = [each for each in self._kept if each not in typed]
        for receiver, event in typed:
            QCoreApplication.sendEvent(receiver, event)
        if field is not None and (half := getattr(field, "half_a_word", "")):
            whole = QInputMethodEvent()
            whole.setCommitString(half)
            QCoreApplication.sendEvent(field, whole)
        for receiver, event in left:
            QCoreApplication.sendEvent(receiver, event)


def out_of_sight() -> None:
    """Take every window, menu, tool tip and dragged picture from the screen, before this returns.

    Nothing is saved until they are gone: what is half typed is told to its page only then.
    """
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    field = QApplication.focusWidget()
    held = _HeldBack()
    application.installEventFilter(held)
    try:
        # What floats goes first: the main window tells all that lies on it that it is hidden, which takes a while.
        for window in sorted(application.topLevelWindows(), key=lambda each: each.type() is Qt.WindowType.Window):
            if isValid(window):  # a tool tip goes with what it belongs to
                window.hide()
        hand_over(application)
    finally:
        application.removeEventFilter(held)
    application.inputMethod().commit()
    held.let_go(field)
