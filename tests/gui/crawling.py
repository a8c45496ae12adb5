"""Every page of an open notebook and every button on it, pressed as somebody would, with all that can be read there."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

from planner.ui.kit.floats import Overlay
from planner.ui.navigation import NavItem
from planner.ui.open_notebook import OpenNotebook
from tests.gui.worker_desk import settle

_SAID = ("text", "accessibleName", "accessibleDescription", "toolTip", "placeholderText", "windowTitle")
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def can_be_read(window: QWidget) -> set[str]:
    """Everything that stands there or that a screen reader would say."""
    found: set[str] = set()
    for each in (window, *window.findChildren(QWidget)):
        if not each.isVisible():
            continue
        for name in _SAID:
            said = getattr(each, name, None)
            words = said() if callable(said) else ""
            found.add(words if isinstance(words, str) else "")
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            lines = [each.model().index(number, 0) for number in range(each.model().rowCount())]
            found |= {str(line.data(role) or "") for line in lines for role in _ROLES}
    return {each for each in found if each.strip()}


def close_overlays(window: QWidget) -> None:
    for _each in range(4):
        opened = [each for each in window.findChildren(Overlay) if each.isVisible()]
        if not opened:
            return
        opened[-1].reject()
        settle()


def crawl(notebook: OpenNotebook, pages: list[tuple[str, dict[str, str]]], leave: set[str]) -> Iterator[set[str]]:
    """What can be read on each page, and after each of its buttons was pressed; those in ``leave`` are not."""
    window = notebook.window()
    for page, where in pages:
        _open(notebook, page, where)
        yield can_be_read(window)
        for number in range(len(_buttons(notebook, leave))):
            _open(notebook, page, where)
            there = _buttons(notebook, leave)
            if number < len(there):
                QTest.mouseClick(there[number], Qt.MouseButton.LeftButton, pos=there[number].rect().center())
                settle()
                yield can_be_read(window)


def _open(notebook: OpenNotebook, page: str, where: dict[str, str]) -> None:
    close_overlays(notebook.window())
    notebook.forget()
    notebook.go(page, **where)
    settle()


def _buttons(notebook: OpenNotebook, leave: set[str]) -> list[QAbstractButton]:
    there = notebook.window().findChildren(QAbstractButton)
    return [
        each
        for each in there
        if each.isVisible()
        and each.isEnabled()
        and not isinstance(each, NavItem)
        and not leave & {each.text(), each.accessibleName()}
    ]
