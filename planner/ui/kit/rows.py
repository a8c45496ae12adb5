"""A list row that is pressed as a whole; what can be pressed inside it is its neighbour, not its child."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QSizePolicy, QWidget

from planner.ui.kit.buttons import Pressed
from planner.ui.kit.layouts import OwnLayout, column, flow, height_of
from planner.ui.kit.line_paint import HOUR
from planner.ui.kit.paint import painter, rounded
from planner.ui.kit.text import Chip, Icon, Text
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


class _RowLayout(OwnLayout):
    """Leads, words, end side by side; where room is short the words stand under the leads, a button under the words."""

    def __init__(self, leads: Sequence[QWidget], words: QLayout, end: QWidget | None, gap: float) -> None:
        super().__init__(gap)
        self._above = 16 if gap > 12 else 12
        self.add(*leads, words)
        self._leads, self._end = len(leads), end
        if end is not None:
            self.add(end)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self.shown()]
        width = sum(size.width() for size in sizes) + theme.sp(self._gap) * (len(sizes) - 1)
        return QSize(width, max(size.height() for size in sizes)).grownBy(self._air())

    def minimumSize(self) -> QSize:
        return super().minimumSize().grownBy(self._air())

    def _air(self) -> QMargins:
        """Kept inside the layout: a margin of a box would need a widget more between the row and its button."""
        return QMargins(theme.sp(8), theme.sp(self._above), theme.sp(8), theme.sp(self._above))

    def arrange(self, rect: QRect, place: bool) -> int:
        air = self._air()
        return self._arrange(rect.marginsRemoved(air), place) + air.top() + air.bottom()

    def _arrange(self, rect: QRect, place: bool) -> int:
        leads, words = self._items[: self._leads], self._items[self._leads]
        end = self._items[self._leads + 1] if self._end is not None else None
        gap = theme.sp(self._gap)
        end_width = end.sizeHint().width() + gap if end is not None else 0
        start = sum(item.sizeHint().width() + gap for item in leads)
        folded = bool(start) and rect.width() - start - end_width < min(theme.px(200), words.sizeHint().width())
        button_below = isinstance(self._end, QAbstractButton) and (
            rect.width() - (0 if folded else start) - end_width < theme.px(200)
        )
        start_words = 0 if folded else start
        room = max(1, rect.width() - start_words - (0 if button_below else end_width))
        high = height_of(words, room)
        lead_high = max((item.sizeHint().height() for item in leads), default=0)
        # One line of words stands level with the middle of a higher button beside it.
        level = 0
        if isinstance(self._end, QAbstractButton) and not button_below and not folded:
            level = max(0, (self._end.sizeHint().height() - max(lead_high, high)) // 2)
        x = 0
        for item in leads:
            size = item.sizeHint()
            if place:
                self.put_at(item, rect, x, level, size.width(), size.height())
            x += size.width() + gap
        top, x = (lead_high + theme.sp(4), 0) if folded else (level, x)
        if place:
            self.put_at(words, rect, x, top, room, high)
        bottom = max(level + lead_high, top + high)
        if end is not None:
            size = end.sizeHint()
            y = bottom + theme.sp(12) if button_below else 0
            if place:
                self.put_at(
                    end, rect, x if button_below else rect.width() - size.width(), y, size.width(), size.height()
                )
            bottom = max(bottom, y + size.height())
        return bottom


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
        person: QWidget | None = None,
        chips: Sequence[Chip] = (),
        trail: QWidget | str | None = "chevron",
        spoken: str = "",
        chosen: bool = False,
        on: Callable[[], object] | None = None,
        first_step: str = "row",
        tone: str = "ink_soft",
    ) -> None:
        """``trail`` is the name of an icon, soft words (with a space in them), a widget such as a button, or None.

        ``person`` is a disc, or a small picture. ``spoken`` is what a screen reader says of the whole row; without it,
        hour, first and second line.
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
        leads = [widget for widget in (self._hour, person, self._icon) if widget is not None]
        self.setLayout(_RowLayout(leads, words, end, 16 if time else 12))
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
            self._hour.setMinimumWidth(theme.px(HOUR - 4))
        self.setMinimumHeight(theme.px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ground is as large as the row."""
        super().resizeEvent(event)
        self.press.setGeometry(self.rect())
