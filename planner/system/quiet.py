"""Keeps Qt from leaving words of ours with the system.

:func:`before_application` comes before the application object exists, :class:`ClipboardKeeper` after. What cannot be
stopped from here: on Windows and macOS Qt keeps the last folder of its own file dialog in the registry or the defaults,
whatever path is set; a clipboard manager that does not listen to hints may have copied a text before it is cleared; a
screen reader is told what is on the screen.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

NEUTRAL_NAME = "Planner"
CLIPBOARD_SECONDS = 20

_NO_NAME_OF_A_FILE = re.compile(r"[^a-z0-9]+")

_KNOW_WHOSE = frozenset({"xcb", "wayland", "windows"})
"""Platforms of Qt that can say whether what lies on the clipboard was put there by this process."""

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'


def leave_out(platform: str = sys.platform) -> dict[str, bytes]:
    """What is put beside a text so that the clipboard history of the system, its cloud and managers leave it out.

    Windows: "Cloud Clipboard and Clipboard History Formats" of Microsoft, a DWORD of 0 each, under the names by which
    Qt hands formats on as they are. Linux: the hint of KDE's manager, which others follow. macOS has a convention too
    (nspasteboard.org); Qt for Python cannot set such a type.
    """
    if platform == "win32":
        formats = (
            "ExcludeClipboardContentFromMonitorProcessing",
            "CanIncludeInClipboardHistory",
            "CanUploadToCloudClipboard",
        )
        return {_WINDOWS.format(name): bytes(4) for name in formats}
    return {"x-kde-passwordManagerHint": b"secret"}


def before_application(name: str = NEUTRAL_NAME) -> None:
    """Names without meaning, settings that go nowhere, no session that restores windows, no dialogs of the system.

    A dialog of the system remembers folders and recent files where this program cannot reach them.
    """
    call_it(name)
    QCoreApplication.setOrganizationName(NEUTRAL_NAME)
    QCoreApplication.setOrganizationDomain("")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DisableSessionManager)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for settings_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            # A folder below the null device cannot be made, so nothing is written and nothing is read.
            QSettings.setPath(settings_format, scope, str(Path(os.devnull, "nowhere")))


def file_name(name: str) -> str:
    """A name as the system's files have it: small letters of English, digits and lines."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NO_NAME_OF_A_FILE.sub("-", plain).strip("-") or "notebook"


def call_it(name: str) -> None:
    """What the system calls the program: the class of its windows on X11, which is fixed by the first of them."""
    QCoreApplication.setApplicationName(name)
    QGuiApplication.setDesktopFileName(file_name(name))


class Board(Protocol):
    """The part of the system's clipboard that is used here."""

    def supported(self, mode: QClipboard.Mode) -> bool:
        """Whether the system has this clipboard at all."""

    def knows_whose(self) -> bool:
        """Whether :meth:`is_ours` can be true at all."""

    def is_ours(self, mode: QClipboard.Mode) -> bool:
        """Whether the system says that this process put there what is there."""

    def text(self, mode: QClipboard.Mode) -> str:
        """What is there, as text."""

    def is_left_out(self) -> bool:
        """Whether histories are told already to leave out what is on the clipboard."""

    def put(self, text: str) -> None:
        """Put a text on the clipboard, which histories are told to leave out."""

    def clear(self, mode: QClipboard.Mode) -> None:
        """Take away what is there."""


class QtBoard:
    """The clipboard of Qt."""

    def __init__(self, clipboard: QClipboard) -> None:
        self._clipboard = clipboard

    def supported(self, mode: QClipboard.Mode) -> bool:
        """As the platform says."""
        return mode is QClipboard.Mode.Clipboard or self._clipboard.supportsSelection()

    def knows_whose(self) -> bool:
        """As the platform is; macOS and the one without a display never know."""
        return QGuiApplication.platformName() in _KNOW_WHOSE

    def is_ours(self, mode: QClipboard.Mode) -> bool:
        """As the platform says."""
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()

    def text(self, mode: QClipboard.Mode) -> str:
        """What is there, as text."""
        return self._clipboard.text(mode)

    def is_left_out(self) -> bool:
        """Whether the hints are there."""
        there = self._clipboard.mimeData()
        return all(there.hasFormat(name) for name in leave_out())

    def put(self, text: str) -> None:
        """Put a text there with the hints beside it."""
        data = QMimeData()
        data.setText(text)
        for name, value in leave_out().items():
            data.setData(name, value)
        self._clipboard.setMimeData(data)

    def clear(self, mode: QClipboard.Mode) -> None:
        """Take away what is there."""
        self._clipboard.clear(mode)


def marked_text() -> str:
    """What is marked in the field that has the keyboard, as its copy command puts it on the clipboard."""
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit):
        return field.selectedText() if field.echoMode() is QLineEdit.EchoMode.Normal else ""
    return field.textCursor().selection().toPlainText() if isinstance(field, QPlainTextEdit) else ""


class ClipboardKeeper(QObject):
    """Clears the clipboard some seconds after something of ours came there, and the mouse selection at once.

    It sees both what pages put there (:meth:`copy`) and what a field's own copy command or a marked word puts there;
    a field's text is put there again with the hints for histories before anybody can have read it. What somebody else
    put there since is left alone. Of a copied text it keeps only a keyed digest.
    """

    def __init__(self, board: Board | None = None, seconds: int = CLIPBOARD_SECONDS) -> None:
        super().__init__()
        self._key = os.urandom(32)
        self._ours: bytes | None = None
        self._putting = False
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
        self._putting = True
        try:
            self._board.put(text)
        finally:
            self._putting = False
        # Where the platform knows whose text it is, it is asked later; reading another program's text may take seconds.
        knows = self._board.is_ours(QClipboard.Mode.Clipboard)
        self._ours = None if knows else self._digest(text)
        self._timer.start()

    def noticed(self, mode: QClipboard.Mode) -> None:
        """Something changed there: see to it if it was one of our own fields."""
        if self._putting or not self._board.supported(mode):
            return
        if mode is QClipboard.Mode.Selection:
            # Marking a word is not copying it: nobody outside is offered what is marked in here.
            if self._board.is_ours(mode):
                self._board.clear(mode)
        elif mode is QClipboard.Mode.Clipboard:
            text = self._of_a_field()
            if text and not self._board.is_left_out():
                self.copy(text)
            elif text or self._board.is_ours(mode):
                self._timer.start()

    def _of_a_field(self) -> str:
        """The text on the clipboard, where a field of ours put it there."""
        mode = QClipboard.Mode.Clipboard
        if self._board.knows_whose():
            return self._board.text(mode) if self._board.is_ours(mode) else ""
        marked = marked_text()
        return marked if marked and marked == self._board.text(mode) else ""

    def clear(self) -> None:
        """Take away what is still ours. Also called on lock and on quitting."""
        self._timer.stop()
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
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
