"""The pages of the safety copies on the screen, for their tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.session import Session
from planner.ui.dialogs.copy_secret import CopySecret
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.copies import CopiesPage
from planner.ui.pages.copies_compare import CopyPage
from planner.ui.work import under_way

Open = Callable[..., Session]
Show = Callable[..., OpenNotebook]
LONG = 20_000


def page_of(notebook: OpenNotebook) -> CopiesPage:
    page = notebook.page("copies")
    assert isinstance(page, CopiesPage)
    return page


def copy_page_of(notebook: OpenNotebook) -> CopyPage:
    page = notebook.page("copy")
    assert isinstance(page, CopyPage)
    return page


def idle(qtbot: QtBot) -> None:
    """Wait until nothing runs beside the window, and the window knows it."""
    qtbot.waitUntil(lambda: not under_way(), timeout=LONG)
    for _ in range(3):
        QApplication.processEvents()


def titles_in(view: Any) -> list[str]:
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


def looked_at(qtbot: QtBot, notebook: OpenNotebook, folder: Path) -> CopyPage:
    notebook.go("copy", folder=str(folder))
    page = copy_page_of(notebook)
    qtbot.waitUntil(lambda: page.comparison is not None or asks(notebook), timeout=LONG)
    return page


def asks(notebook: OpenNotebook) -> bool:
    return any(each.isVisible() for each in notebook.window().findChildren(CopySecret))


def asked(notebook: OpenNotebook) -> CopySecret:
    return next(each for each in notebook.window().findChildren(CopySecret) if each.isVisible())
