"""What Windows says to a window: power, the locked screen, another user, the lid, the end. Written, never run there.

Read in Microsoft's pages on WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, WM_QUERYENDSESSION and power setting GUIDs. Sleep
and the end wait for the answer to these messages, a few seconds at most, so all is put away before it is given.
"""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication
from PySide6.QtGui import QGuiApplication

from planner.system.away import AwayWatch, Gone

WM_QUERYENDSESSION, WM_ENDSESSION, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0011, 0x0016, 0x0218, 0x02B1
PBT_APMSUSPEND, PBT_POWERSETTINGCHANGE = 0x0004, 0x8013
SESSION_CHANGES = {
    0x2: Gone.OTHER_USER,  # WTS_CONSOLE_DISCONNECT
    0x4: Gone.OTHER_USER,  # WTS_REMOTE_DISCONNECT
    0x6: Gone.ENDING,  # WTS_SESSION_LOGOFF
    0x7: Gone.SCREEN_LOCKED,  # WTS_SESSION_LOCK
}
LID_SWITCH = bytes.fromhex("4d0f3eba17b89440a2d1d56379e6a0f3")
"""GUID_LIDSWITCH_STATE_CHANGE, {BA3E0F4D-B817-4094-A2D1-D56379E6A0F3}, as it lies in memory."""


class PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING with a value of four bytes."""

    _fields_ = (("kind", ctypes.c_ubyte * 16), ("length", ctypes.c_uint32), ("value", ctypes.c_uint32))


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, watch: WindowsAway) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, kind: Any, message: int) -> object:
        """Look at a message and keep it from nobody."""
        if bytes(kind) in (b"windows_generic_MSG", b"windows_dispatcher_MSG"):
            found = wintypes.MSG.from_address(int(message))
            self._watch.heard(found.message, found.wParam, found.lParam)
        return False, 0


class WindowsAway(AwayWatch):
    """Listens through the messages of the program's own window."""

    def __init__(self) -> None:
        super().__init__()
        self.filter = _Filter(self)
        self._lid_open: bool | None = None

    def heard(self, message: int, word: int, long: int) -> None:
        """One message, its ``wParam`` and its ``lParam``."""
        if message == WM_POWERBROADCAST:
            if word == PBT_APMSUSPEND:
                self.tell(Gone.SLEEP)
            elif word == PBT_POWERSETTINGCHANGE and long:
                self._setting(PowerSetting.from_address(long))
        elif message == WM_WTSSESSION_CHANGE and word in SESSION_CHANGES:
            self.tell(SESSION_CHANGES[word])
        elif message == WM_QUERYENDSESSION or (message == WM_ENDSESSION and word):
            self.tell(Gone.ENDING)

    def _setting(self, setting: PowerSetting) -> None:
        """The lid: the first message says how it is, each later one that it moved. 0 is closed."""
        if bytes(setting.kind) != LID_SWITCH:
            return
        was, self._lid_open = self._lid_open, bool(setting.value)
        if was and not self._lid_open:
            self.tell(Gone.LID)

    def _listen(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self.filter)
        windows: Any = getattr(ctypes, "windll", None)
        if windows is None:
            return  # not on Windows: a test hands in what was recorded
        kind = (ctypes.c_ubyte * 16)(*LID_SWITCH)
        for window in QGuiApplication.topLevelWindows():
            handle = wintypes.HWND(int(window.winId()))
            windows.wtsapi32.WTSRegisterSessionNotification(handle, wintypes.DWORD(0))
            windows.user32.RegisterPowerSettingNotification.restype = wintypes.HANDLE
            windows.user32.RegisterPowerSettingNotification(handle, ctypes.byref(kind), wintypes.DWORD(0))
            return  # one window hears for all

    def close(self) -> None:
        """Hear no more messages; the system forgets the window with the process."""
        super().close()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self.filter)
