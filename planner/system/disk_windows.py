"""What Windows tells of its disk: the shell's property ``System.Volume.BitLockerProtection``. Written, never run there.

Unlike the other ways, it needs no rights. Read in Microsoft's pages on ``SHGetPropertyStoreFromParsingName``,
``IPropertyStore`` and ``PSGetPropertyKeyFromName``. No page lists the numbers; those used here are the ones on which
all programs agree that ask so.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

from planner.system.disk_encryption import DeviceDisk, Encrypted

_PROPERTY = "System.Volume.BitLockerProtection"
_STORE = bytes.fromhex("eb8e6d888cf24644 8d02cdba1dbdcf99".replace(" ", ""))
"""IID_IPropertyStore, {886D8EEB-8CF2-4446-8D02-CDBA1DBDCF99}, as it lies in memory."""
_RELEASE, _GET_VALUE = 2, 5
"""Places in the table of functions of an IPropertyStore."""
_NUMBER = 3
"""VT_I4."""
_ON, _OFF = frozenset({1, 6}), frozenset({2})
"""On, and on but locked; off. On its way in either direction, or put aside with the key on the disk: not told."""


def look(folder: Path, ask: Callable[[str], int | None] | None = None) -> DeviceDisk:
    """Ask about the drive that a folder lies on, and about the one with Windows on it, where memory is moved to."""
    from planner.system.relaunch import safe_folder

    ask = ask or _property
    return DeviceDisk(_answer(ask(folder.drive + "\\")), _answer(ask(Path(safe_folder()).drive + "\\")))


def _answer(number: int | None) -> Encrypted:
    if number in _ON:
        return Encrypted.YES
    return Encrypted.NO if number in _OFF else Encrypted.NOT_TOLD


def _property(drive: str) -> int | None:
    """The property of a drive, named with its colon and a backslash; None where there is no answer."""
    windows: Any = ctypes
    shell, properties, base = windows.windll.shell32, windows.windll.propsys, windows.windll.ole32
    key, value = ctypes.create_string_buffer(20), ctypes.create_string_buffer(24)
    store = ctypes.c_void_p()
    base.CoInitialize(None)
    if properties.PSGetPropertyKeyFromName(ctypes.c_wchar_p(_PROPERTY), key) != 0:
        return None
    if shell.SHGetPropertyStoreFromParsingName(ctypes.c_wchar_p(drive), None, 0, _STORE, ctypes.byref(store)) != 0:
        return None
    functions = ctypes.cast(ctypes.cast(store, ctypes.POINTER(ctypes.c_void_p))[0], ctypes.POINTER(ctypes.c_void_p))
    number = windows.WINFUNCTYPE(ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    found = number(functions[_GET_VALUE])(store, ctypes.addressof(key), ctypes.addressof(value))
    windows.WINFUNCTYPE(ctypes.c_ulong, ctypes.c_void_p)(functions[_RELEASE])(store)
    if found != 0 or int.from_bytes(value.raw[:2], "little") != _NUMBER:
        return None
    return int.from_bytes(value.raw[8:12], "little")
