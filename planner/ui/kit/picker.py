"""One of several short answers, in a list that opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from planner.ui.kit.field_paint import SIDE, draw_field
from planner.ui.kit.floats import Menu, MenuItem
from planner.ui.kit.paint import Block, across, painter, tinted
from planner.ui.theme import theme

Policy = QSizePolicy.Policy


class Picker(QPushButton):
    """One of several short answers, opened as a list: for long lists where cards would fill the page."""

    changed = Signal()

    def __init__(self, items: Sequence[tuple[str, str]], value: str = "", *, name: str = "") -> None:
        """``items`` are (value, label); without a value the first one is chosen."""
        super().__init__()
        self._name = name
        self._items: list[tuple[str, str]] = []
        self._value = ""
        self._block = Block("")
        self.ring_radius = theme.radius("control")
        self.ring_inset = 0
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.clicked.connect(lambda _on=False: self._open())
        self.set_items(items)
        if value:
            self.choose(value)

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Other answers; the one chosen stays if it is among them."""
        self._items = list(items)
        if self._value not in dict(self._items) and self._items:
            self._value = self._items[0][0]
        self.retheme()

    def value(self) -> str:
        """What is chosen; empty when there is nothing to choose."""
        return self._value

    def choose(self, value: str) -> None:
        """Choose without telling anyone; what is not among the answers is passed over."""
        if value in dict(self._items):
            self._value = value
            self.retheme()

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        self._name = name
        self.retheme()

    def set_described(self, words: str) -> None:
        """What a screen reader says after the name."""
        self.setAccessibleDescription(words)

    def retheme(self) -> None:
        """Set the words anew."""
        label = dict(self._items).get(self._value, "")
        self.setText(label)
        self.setAccessibleName(f"{self._name}: {label}" if self._name and label else self._name or label)
        self._block = Block(label, "label", weight=400, wrap=False)
        self.setFont(self._block.font)
        self.setFixedHeight(theme.size("button"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the longest answer."""
        longest = max((Block(label, "label", weight=400, wrap=False).natural() for _v, label in self._items), default=0)
        return QSize(int(longest) + 2 * theme.sp(SIDE) + theme.size("icon_small") + theme.sp(8), theme.size("button"))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a narrow window."""
        return QSize(theme.px(120), theme.size("button"))

    def _open(self) -> None:
        def take(value: str) -> Callable[[], None]:
            return lambda: self._take(value)

        items = [MenuItem(label, on=take(value), checked=value == self._value) for value, label in self._items]
        Menu(self, items, width=self.width()).open()

    def _take(self, value: str) -> None:
        if value != self._value:
            self.choose(value)
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and Alt+Down open it; Up and Down go from answer to answer."""
        key = event.key()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (alt and key == Qt.Key.Key_Down):
            self._open()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._items:
            values = [value for value, _label in self._items]
            place = values.index(self._value) + (1 if key == Qt.Key.Key_Down else -1)
            self._take(values[max(0, min(len(values) - 1, place))])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field with an arrow down."""
        draw_field(self, self.hasFocus())
        p = painter(self)
        size, side = theme.size("icon_small"), theme.sp(SIDE)
        room = self.width() - 2 * side - size - theme.sp(8)
        line = self._block.line_height
        area = QRectF(across(self, side, room), (self.height() - line) / 2, room, line)
        self._block.paint_cut(p, area, "ink")
        left = across(self, self.width() - side - size, size)
        p.drawPixmap(round(left), round((self.height() - size) / 2), tinted(self, "down", "ink_soft", size))
        p.end()
