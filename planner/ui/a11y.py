"""Walks a window as someone does who does not see it: every control has a name, and Tab comes to each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one control. ``what`` is "no name", "not reached", "line without words" or "cut off"."""

    what: str
    control: str


def walk(window: QWidget) -> list[Problem]:
    """Every control that is to be seen in ``window`` and has no accessible name, or that Tab does not come to.

    Of a group of which one is chosen (radio buttons, a tray, days of a month), Tab comes to one and arrow keys to the
    others; so does a list to its lines, each of which has words of its own.
    """
    controls = [widget for widget in window.findChildren(QWidget) if is_control(widget) and widget.isVisibleTo(window)]
    reached = tab_stops(window)
    problems = []
    for control in controls:
        if not spoken_name(control):
            problems.append(Problem("no name", describe(control)))
        if control not in reached and not _has_reached_neighbour(control, reached):
            problems.append(Problem("not reached", describe(control)))
        if isinstance(control, QAbstractItemView):
            problems += _lines_without_words(control)
    return problems + _cut_off(window)


def _cut_off(window: QWidget) -> list[Problem]:
    """What is wider than the area it scrolls in: its end can be reached by nobody."""
    problems = []
    for area in window.findChildren(QScrollArea):
        inner, room = area.widget(), area.viewport().width()
        if inner is None or not area.isVisibleTo(window) or inner.minimumSizeHint().width() <= room:
            continue
        # The smallest widget that asks for more than there is shows best where to look.
        wide = [child for child in inner.findChildren(QWidget) if child.minimumSizeHint().width() > room]
        least = min(wide, key=lambda child: child.minimumSizeHint().width(), default=inner)
        problems.append(Problem("cut off", f"{describe(least)} in {describe(area)}"))
    return problems


def is_control(widget: QWidget) -> bool:
    """Whether a widget is there to be worked with."""
    # The heads of a table are read with its cells, and not worked with where they cannot be pressed.
    if isinstance(widget, QHeaderView) and not widget.sectionsClickable():
        return False
    if isinstance(widget, QScrollBar) or not widget.isEnabled():
        return False
    return isinstance(widget, CONTROLS) or (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    )


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def tab_stops(window: QWidget) -> list[QWidget]:
    """What Tab comes to, in its order, going round the window once."""
    stops = []
    widget = window.nextInFocusChain()
    seen: set[int] = set()
    while widget is not None and widget is not window and id(widget) not in seen:
        seen.add(id(widget))
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if takes and widget.isVisibleTo(window) and widget.isEnabled():
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def _has_reached_neighbour(control: QWidget, reached: list[QWidget]) -> bool:
    """Whether arrow keys lead here from a neighbour of the same kind that Tab comes to."""
    parent = control.parentWidget()
    if not isinstance(control, QAbstractButton) or parent is None:
        return False
    group: QButtonGroup | None = control.group()  # Qt gives None where its stubs promise a group
    if group is not None and any(button in reached for button in group.buttons()):
        return True
    if not (control.autoExclusive() or getattr(control, "by_arrows", False)):
        return False
    return any(type(other) is type(control) and other.parentWidget() is parent for other in reached)


def _lines_without_words(view: QAbstractItemView) -> list[Problem]:
    model: QAbstractItemModel = view.model()
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    return [
        Problem("line without words", f"{describe(view)} line {row}")
        for row in range(model.rowCount())
        if not any(str(model.index(row, 0).data(role) or "").strip() for role in roles)
    ]


def describe(widget: QWidget) -> str:
    """Enough to find a widget in the source."""
    path: list[str] = []
    here: QWidget | None = widget
    while here is not None and len(path) < 4:
        path.append(type(here).__name__)
        here = here.parentWidget()
    return f"{' in '.join(path)} {spoken_name(widget)!r}"
