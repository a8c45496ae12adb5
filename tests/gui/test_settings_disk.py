"""The settings say calmly when the disk is not encrypted, and nothing where all is well or nobody knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from planner.session import Session
from planner.system.disk_encryption import DeviceDisk, Encrypted
from planner.ui.kit.buttons import Button
from planner.ui.kit.surfaces import Note
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages import settings_disk

YES, NO, NOT_TOLD = Encrypted.YES, Encrypted.NO, Encrypted.NOT_TOLD
Open = Callable[..., Session]
Show = Callable[..., OpenNotebook]


def notes(open_session: Open, show_notebook: Show, monkeypatch: pytest.MonkeyPatch, disk: DeviceDisk) -> list[Note]:
    monkeypatch.setattr(settings_disk, "look", lambda _folder: disk)
    page: QWidget = show_notebook(open_session("empty"), "settings").page("settings")
    return [each for each in page.findChildren(Note) if "disk" in each.accessibleName()]


QUIET = [DeviceDisk(YES, YES), DeviceDisk(NOT_TOLD, NOT_TOLD), DeviceDisk(YES, NOT_TOLD), DeviceDisk(YES, YES, True)]


@pytest.mark.parametrize("disk", QUIET)
def test_nothing_is_said_where_nothing_is_known_to_be_wrong(
    disk: DeviceDisk, open_session: Open, show_notebook: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert notes(open_session, show_notebook, monkeypatch, disk) == []


LOUD = [
    (DeviceDisk(NO, NO, hibernates=True), "This disk is not encrypted", False),
    (DeviceDisk(NO, YES), "This disk is not encrypted", False),
    (DeviceDisk(YES, NO), "Some of the memory may stay on the disk", False),
    (DeviceDisk(YES, NO, hibernates=True), "Some of the memory may stay on the disk", True),
]


@pytest.mark.parametrize(("disk", "title", "deep_sleep"), LOUD)
def test_one_quiet_word_where_it_is(
    disk: DeviceDisk,
    title: str,
    deep_sleep: bool,
    open_session: Open,
    show_notebook: Show,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (note,) = notes(open_session, show_notebook, monkeypatch, disk)
    assert note.accessibleName() == title
    said = settings_disk.words(disk)
    assert said is not None
    assert ("deep sleep" in said[1]) is deep_sleep


@pytest.mark.parametrize(("disk", "part"), [(DeviceDisk(NO, NO), "disk"), (DeviceDisk(YES, NO), "swap")])
def test_what_helps_is_one_press_away(
    disk: DeviceDisk, part: str, open_session: Open, show_notebook: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    (note,) = notes(open_session, show_notebook, monkeypatch, disk)
    (button,) = note.findChildren(Button)
    notebook = next(each for each in note.window().findChildren(OpenNotebook) if each.isVisible())
    button.setFocus()
    QTest.keyClick(button, " ")  # type: ignore[call-overload]
    page, where = notebook.here()
    assert (page, where.get("part")) == ("limits", part)
