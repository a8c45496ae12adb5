"""What tests of a notebook for several people share: finding parts of the window, and every word it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import Shiboken

from planner.session import Session
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.lists import LINE_ROLE
from planner.ui.kit.paint import Block
from planner.ui.open_notebook import OpenNotebook
from planner.ui.page import Page
from planner.ui.switcher import Switcher, SwitcherPopup

OnePage = TypeVar("OnePage", bound=Page)
OneDialog = TypeVar("OneDialog", bound=Dialog)


def switcher_of(notebook: OpenNotebook) -> Switcher:
    found = notebook.findChild(Switcher)
    assert found is not None
    return found


def popup_of(notebook: OpenNotebook) -> SwitcherPopup:
    (found,) = [each for each in notebook.window().findChildren(SwitcherPopup) if each.isVisible()]
    return found


def id_of(session: Session, name: str) -> str:
    return next(each.id for each in session.people() if each.shown == name)


def page_of(notebook: OpenNotebook, kind: type[OnePage]) -> OnePage:
    page = notebook.page(kind.name)
    assert isinstance(page, kind)
    return page


def dialog_of(notebook: OpenNotebook, kind: type[OneDialog]) -> OneDialog:
    (found,) = [each for each in notebook.window().findChildren(kind) if each.isVisible()]
    return found


def settle() -> None:
    """Let what was dropped be deleted, as it is when the event loop goes round."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def every_word(window: QWidget) -> Iterator[str]:
    """All that a window holds in words: seen or hidden, typed or painted, spoken, or waiting in a model."""
    for widget in [window, *window.findChildren(QWidget)]:
        yield from (widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis())
        yield from (widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QLineEdit):
            yield widget.text()
        if isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        text = getattr(widget, "text", None)
        if callable(text):
            yield str(text())
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is not None:
            yield from (spoken.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Description))
        # Painted words lie in attributes of the widget; a list's in the lines of its model.
        yield from (_plain(value) for value in vars(widget).values())
    for model in window.findChildren(QAbstractItemModel):
        for row in range(model.rowCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, LINE_ROLE):
                yield str(model.index(row, 0).data(role) or "")


def _plain(value: object) -> str:
    """What a value that a widget keeps would show: words, set words, rows of data; not other objects of Qt."""
    if isinstance(value, Block):
        return value.text
    if isinstance(value, dict):
        return _plain([*value.keys(), *value.values()])
    if isinstance(value, list | tuple | set):
        return "\n".join(_plain(each) for each in value)
    return "" if isinstance(value, Shiboken.Object) else str(value)


def held(window: QWidget, words: list[str]) -> set[str]:
    """Which of some words a window holds anywhere."""
    everything = "\n".join(every_word(window))
    return {word for word in words if word in everything}


def words_of_others(session: Session, but: str) -> list[str]:
    """The names of all people but one, and the titles in their plans that nobody else's plan has."""
    others = [each for each in session.people() if each.shown != but]
    mine = {row.title for row in session.store.rows(id_of(session, but), None)}
    titles = {row.title for each in others for row in session.store.rows(each.id, None) if len(row.title) > 6}
    return [each.shown for each in others] + sorted(titles - mine)
