"""Landlock (Linux 5.13 and later): a process gives up every file but those below some folders, for good.

The numbers are those of the kernel's own header, ``include/uapi/linux/landlock.h``, the same for every processor.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Sequence
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_SAY_VERSION = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_ACCESS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_NET_SINCE, _SCOPES_SINCE = 4, 6
_BOTH = 0b11
"""Binding and connecting; abstract sockets and signals."""

_PR_SET_NO_NEW_PRIVS = 38


def only_reading_below(folders: Sequence[Path]) -> bool:
    """From now on nothing can be opened but to be read, below ``folders`` (or themselves, where they are files).

    What cannot be found is left out. Nothing at all can be started, as no folder is named for that.

    Returns:
        Whether this holds; False where the kernel does not know it.
    """
    kernel = ctypes.CDLL(None, use_errno=True)
    version = kernel.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_SAY_VERSION))
    if version < 1:
        return False
    access = _ACCESS_BY_VERSION[min(version, max(_ACCESS_BY_VERSION))]
    rules = struct.pack(
        "=QQQ", access, _BOTH if version >= _NET_SINCE else 0, _BOTH if version >= _SCOPES_SINCE else 0
    )[: 8 if version < _NET_SINCE else 16 if version < _SCOPES_SINCE else 24]
    ruleset = kernel.syscall(_CREATE_RULESET, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    try:
        for each in dict.fromkeys(folders):
            _allow(kernel, ruleset, each)
        if kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            return False
        return bool(kernel.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)) == 0)
    finally:
        os.close(ruleset)


def _allow(kernel: ctypes.CDLL, ruleset: int, path: Path) -> None:
    try:
        place = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
        rule = struct.pack("=Qi", rights, place)
        kernel.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, ctypes.c_uint32(0))
    finally:
        os.close(place)
