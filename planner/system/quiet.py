"""Keeps Qt from leaving words of ours with the system.

:func:`before_application` comes before the application object exists, :class:`ClipboardKeeper` after. What cannot be
stopped from here: on Windows and macOS Qt keeps the last folder of its own file dialog in the registry or the defaults,
whatever path is set; a clipboard manager may have copied a text before it is cleared; a screen reader is told what is
on the screen.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

NEUTRAL_NAME = "Planner"
CLIPBOARD_SECONDS = 20

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


def before_application() -> None:
    """Names without meaning, settings that go nowhere, no session that restores windows, no dialogs of the system.

    A dialog of the system remembers folders and recent files where this program cannot reach them.
    """
    QCoreApplication.setApplicationName(NEUTRAL_NAME)
    QCoreApplication.setOrganizationName(NEUTRAL_NAME)
    QCoreApplication.setOrganizationDomain("")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DisableSessionManager)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for settings_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            # A folder below the null device cannot be made, so nothing is written and nothing is read.
            QSettings.setPath(settings_format, scope, str(Path(os.devnull, "nowhere")))


class Board(Protocol):
    """The part of the system's clipboard that is used here."""

    def supported(self, mode: QClipboard.Mode) -> bool:
        """Whether the system has this clipboard at all."""

    def is_ours(self, mode: QClipboard.Mode) -> bool:
        """Whether the system says that this process put there what is there."""

    def text(self, mode: QClipboard.Mode) -> str:
        """What is there, as text."""

    def put(self, text: str) -> None:
        """Put a text on the clipboard."""

    def clear(self, mode: QClipboard.Mode) -> None:
        """Take away what is there."""


class QtBoard:
    """The clipboard of Qt."""

    def __init__(self, clipboard: QClipboard) -> None:
        self._clipboard = clipboard

    def supported(self, mode: QClipboard.Mode) -> bool:
        """As the platform says."""
        return mode is QClipboard.Mode.Clipboard or self._clipboard.supportsSelection()

    def is_ours(self, mode: QClipboard.Mode) -> bool:
        """As the platform says; some (the one without a display) never know."""
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()

    def text(self, mode: QClipboard.Mode) -> str:
        """What is there, as text."""
        return self._clipboard.text(mode)

    def put(self, text: str) -> None:
        """Put a text there, and ask clipboard histories that listen to leave it out."""
        data = QMimeData()
        data.setText(text)
        data.setData("x-kde-passwordManagerHint", b"secret")
        self._clipboard.setMimeData(data)

    def clear(self, mode: QClipboard.Mode) -> None:
        """Take away what is there."""
        self._clipboard.clear(mode)


class ClipboardKeeper(QObject):
    """Clears the clipboard and the mouse selection some seconds after something of ours came there.

    It sees both what pages put there (:meth:`copy`) and what a field's own copy command or a marked word puts there.
    What somebody else put there since is left alone. Of a copied text it keeps only a keyed digest.
    """

    def __init__(self, board: Board | None = None, seconds: int = CLIPBOARD_SECONDS) -> None:
        super().__init__()
        self._key = os.urandom(32)
        self._ours: bytes | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(seconds * 1000)
        self._timer.timeout.connect(self.clear)
        if board is None:
            clipboard = QGuiApplication.clipboard()
            clipboard.changed.connect(self.noticed)
            board = QtBoard(clipboard)
        self._board: Board = board

    @property
    def waiting(self) -> bool:
        """Whether something of ours may be there and will be cleared."""
        return self._timer.isActive()

    def copy(self, text: str) -> None:
        """Put a text of ours on the clipboard."""
        self._board.put(text)
        # Where the platform knows whose text it is, it is asked later; reading another program's text may take seconds.
        knows = self._board.is_ours(QClipboard.Mode.Clipboard)
        self._ours = None if knows else self._digest(text)
        self._timer.start()

    def noticed(self, mode: QClipboard.Mode) -> None:
        """Something changed there: begin to count if it was one of our own fields."""
        if mode in _MODES and self._board.supported(mode) and self._board.is_ours(mode):
            self._timer.start()

    def clear(self) -> None:
        """Take away what is still ours. Also called on lock and on quitting."""
        self._timer.stop()
        for mode in _MODES:
            if self._board.supported(mode) and self._still_ours(mode):
                self._board.clear(mode)
        self._ours = None

    def _still_ours(self, mode: QClipboard.Mode) -> bool:
        if self._board.is_ours(mode):
            return True
        return (
            mode is QClipboard.Mode.Clipboard
            and self._ours is not None
            and self._ours == self._digest(self._board.text(mode))
        )

    def _digest(self, text: str) -> bytes:
        import hashlib

        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).digest()
