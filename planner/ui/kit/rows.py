"""A list row that is pressed as a whole; what can be pressed inside it is its neighbour, not its child."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from planner.ui.kit.buttons import Pressed
from planner.ui.kit.layouts import TOP, column, flow, row
from planner.ui.kit.line_paint import HOUR
from planner.ui.kit.paint import painter, rounded
from planner.ui.kit.text import Chip, Icon, Person, Text
from planner.ui.theme import theme, tokens


class _Press(Pressed):
    """The ground of a row: all of it is pressed."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__("", name)
        self.setParent(parent)
        self.ring_inset = 4
        self.chosen = False

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter(self)
        area, radius = QRectF(self.rect()), theme.radius("control")
        if self.chosen:
            rounded(p, area, radius, theme.colour("accent_wash"), theme.colour("accent_line"))
        elif self.isDown() or self.hovered:
            rounded(p, area, radius, theme.colour("press" if self.isDown() else "well"))
        p.end()


class ListRow(QWidget):
    """Hour, icon or person; first line; soft second line; chips; one thing at the end."""

    pressed_row = Signal()

    def __init__(
        self,
        first: str | QWidget,
        second: str = "",
        *,
        icon: str = "",
        time: str = "",
        person: Person | None = None,
        chips: Sequence[Chip] = (),
        trail: QWidget | str | None = "chevron",
        spoken: str = "",
        chosen: bool = False,
        on: Callable[[], object] | None = None,
        first_step: str = "row",
        tone: str = "ink_soft",
    ) -> None:
        """``trail`` is the name of an icon, soft words (with a space in them), a widget such as a button, or None.

        ``spoken`` is what a screen reader says of the whole row; without it, hour, first and second line.
        """
        super().__init__()
        self.first = Text(first, first_step) if isinstance(first, str) else first
        self.second = Text(second, "body", "ink_soft").hide_empty()
        self._tone = tone
        line = int(tokens()["type"][first_step]["line"])
        words = column(self.first, self.second)
        if chips:
            words.put(8, flow(*chips, gap=8))
        self._hour = Text(time, "time", wrap=False, base=first_step, tabular=True) if time else None
        self._icon = Icon(icon, tone, box=24, box_height=line) if icon else None
        end = (
            Icon(trail, "ink_soft", box=24, box_height=2 * line if second else line)
            if isinstance(trail, str)
            else trail
        )
        lead = (self._hour, TOP) if self._hour is not None else None
        content = row(
            lead,
            (person, TOP) if person is not None else None,
            (self._icon, TOP) if self._icon is not None else None,
            (words, 1),
            (end, TOP) if end is not None else None,
            gap=16 if time else 12,
            margins=(8, 12, 8, 12),
        )
        self.setLayout(content)
        name = spoken or ", ".join(part for part in (time, first if isinstance(first, str) else "", second) if part)
        self.press = _Press(self, name)
        self.press.lower()
        self.press.clicked.connect(lambda _on=False: self.pressed_row.emit())
        self.setFocusProxy(self.press)
        if on is not None:
            call = on
            self.pressed_row.connect(call)
        self._let_through(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.set_chosen(chosen)
        self.retheme()

    def _let_through(self, widget: QWidget) -> None:
        """Words and pictures let the press through to the ground; buttons keep it."""
        for child in widget.children():
            if child is self.press or not isinstance(child, QWidget):
                continue
            if isinstance(child, QAbstractButton) or child.focusPolicy() != Qt.FocusPolicy.NoFocus:
                continue
            if any(isinstance(inner, QAbstractButton) for inner in child.findChildren(QWidget)):
                self._let_through(child)
                continue
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_chosen(self, chosen: bool) -> None:
        """Washed green, its icon green, said so."""
        self.press.chosen = chosen
        if self._icon is not None:
            self._icon.set(self._icon.name, "accent" if chosen else self._tone)
        self.press.update()

    def set_spoken(self, words: str) -> None:
        """What a screen reader says of the whole row."""
        self.press.setAccessibleName(words)

    def retheme(self) -> None:
        """Take sizes from the theme again."""
        if self._hour is not None:
            self._hour.setMinimumWidth(theme.px(HOUR - 8))
        self.setMinimumHeight(theme.px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ground is as large as the row."""
        super().resizeEvent(event)
        self.press.setGeometry(self.rect())
