"""Windows and macOS: what their systems send, as their makers describe it, handed to the parts that listen there."""

from __future__ import annotations

import ctypes
import uuid
from ctypes import wintypes

import pytest
from PySide6.QtWidgets import QApplication

from planner.system.away import AwayWatch, Gone
from planner.system.away_macos import OF_EVERYBODY, OF_WORKSPACE, MacAway
from planner.system.away_windows import LID_SWITCH, PowerSetting, WindowsAway

POWER, SESSION, QUERY_END, END = 0x0218, 0x02B1, 0x0011, 0x0016
SETTING = 0x8013


def started(watch: AwayWatch) -> list[Gone]:
    heard: list[Gone] = []
    watch.gone.connect(heard.append)
    watch.start()
    return heard


def handed(watch: WindowsAway, message: int, word: int, long: int = 0) -> None:
    """A message as it lies in memory, by the way it comes."""
    recorded = wintypes.MSG()
    recorded.message, recorded.wParam, recorded.lParam = message, word, long
    given = watch.filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(recorded))
    assert given == (False, 0), "the message goes on to the window"


def lid(watch: WindowsAway, value: int, kind: bytes = LID_SWITCH) -> None:
    setting = PowerSetting((ctypes.c_ubyte * 16)(*kind), 4, value)
    handed(watch, POWER, SETTING, ctypes.addressof(setting))


RECORDED = [
    (POWER, 0x4, Gone.SLEEP),
    (SESSION, 0x7, Gone.SCREEN_LOCKED),
    (SESSION, 0x2, Gone.OTHER_USER),
    (SESSION, 0x4, Gone.OTHER_USER),
    (SESSION, 0x6, Gone.ENDING),
    (QUERY_END, 0, Gone.ENDING),
    (END, 1, Gone.ENDING),
]


@pytest.mark.parametrize(("message", "word", "reason"), RECORDED)
def test_windows_is_heard_once(qapp: QApplication, message: int, word: int, reason: Gone) -> None:
    watch = WindowsAway()
    heard = started(watch)
    handed(watch, message, word)
    handed(watch, message, word)
    watch.close()
    assert heard == [reason]


# Resumed, power line changed, unlocked, connected, an end that was called off, a key pressed.
OTHERS = [(POWER, 0x7), (POWER, 0xA), (POWER, 0x12), (SESSION, 0x8), (SESSION, 0x1), (END, 0), (0x0100, 0x4)]


@pytest.mark.parametrize(("message", "word"), OTHERS)
def test_other_messages_of_windows_are_left_alone(qapp: QApplication, message: int, word: int) -> None:
    watch = WindowsAway()
    heard = started(watch)
    handed(watch, message, word)
    assert heard == []
    handed(watch, POWER, 0x4)
    assert heard == [Gone.SLEEP]
    watch.close()


def test_the_lid_of_windows_counts_when_it_moves(qapp: QApplication) -> None:
    assert uuid.UUID("BA3E0F4D-B817-4094-A2D1-D56379E6A0F3").bytes_le == LID_SWITCH
    watch = WindowsAway()
    heard = started(watch)
    lid(watch, 0)  # how it is: closed, with a screen beside it
    lid(watch, 1)
    lid(watch, 0, bytes(16))  # another setting
    handed(watch, POWER, SETTING)  # none at all
    assert heard == []
    lid(watch, 0)
    watch.close()
    assert heard == [Gone.LID]


def test_messages_of_another_system_are_not_read(qapp: QApplication) -> None:
    watch = WindowsAway()
    heard = started(watch)
    assert watch.filter.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    watch.close()
    assert heard == []


@pytest.mark.parametrize(("name", "reason"), [*OF_WORKSPACE.items(), *OF_EVERYBODY.items()])
def test_macos_is_heard_once(qapp: QApplication, name: str, reason: Gone) -> None:
    watch = MacAway()
    heard = started(watch)
    watch.heard("NSWorkspaceDidWakeNotification")
    watch.heard("com.apple.screenIsUnlocked")
    assert heard == []
    watch.heard(name)
    watch.heard(name)
    watch.close()
    assert heard == [reason]


def test_every_system_tells_of_everything(qapp: QApplication) -> None:
    told = set(Gone) - {Gone.STICK}  # that one is looked for, not told
    assert {*OF_WORKSPACE.values(), *OF_EVERYBODY.values()} == told
    assert {reason for _message, _word, reason in RECORDED} | {Gone.LID} == told


def test_who_stopped_listening_tells_nothing(qapp: QApplication) -> None:
    watch = MacAway()
    heard = started(watch)
    watch.stop()
    watch.heard("com.apple.screenIsLocked")
    watch.close()
    assert heard == []
