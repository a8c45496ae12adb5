"""A day and a time: typed as people type them, or picked from a small calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from planner.ui.kit.buttons import Button, Pressed
from planner.ui.kit.fields import Field
from planner.ui.kit.floats import Menu, MenuItem, Popup
from planner.ui.kit.layouts import CENTRE, MIDDLE, column, row
from planner.ui.kit.own_layouts import discard
from planner.ui.kit.paint import ROUND, Block, painter, rounded
from planner.ui.kit.text import Text
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.formats import Formats


class _Typed(QWidget):
    """A field with a small button at its end."""

    changed = Signal()

    def __init__(self, icon: str, words: str, name: str) -> None:
        super().__init__()
        self.field = Field(name=name)
        self.field.begins_filled = True
        self.field.keep_end(44)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        self.button = Button("", "quiet", icon=icon, compact=True, name=words, on=self.open_choices)
        self.button.setParent(self.field)
        self.setLayout(column(self.field))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.done.connect(self._read)

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        self.field.setAccessibleName(name)

    def set_described(self, words: str) -> None:
        """What a screen reader says after the name."""
        self.field.setAccessibleDescription(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the button; Alt+Down opens it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            size = self.button.sizeHint()
            gap = (self.field.height() - size.height()) // 2
            self.button.resize(size)
            self.button.move(gap if theme.rtl else self.field.width() - size.width() - gap, gap)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if alt and event.key() == Qt.Key.Key_Down:
                self.open_choices()
                return True
        return super().eventFilter(watched, event)

    def open_choices(self) -> None:
        """Open what can be picked; a subclass says what."""

    def _read(self) -> None:
        raise NotImplementedError


class DateField(_Typed):
    """A day. What is typed is read in the order of the language and shown again in words."""

    def __init__(self, formats: Formats, value: date | None = None, *, name: str = "", empty: bool = True) -> None:
        """``empty`` False asks for a day when there is none; nothing is ever refused."""
        super().__init__("calendar", _("Pick a day"), name)
        self._formats, self._empty = formats, empty
        self._value: date | None = None
        self.set_value(value)

    def value(self) -> date | None:
        """The day, or None when there is none or it could not be read."""
        return self._value

    def set_value(self, value: date | None) -> None:
        """Show a day, without telling anyone."""
        self._value = value
        self.field.setText(self._formats.day_full(value) if value else "")

    def problem(self) -> str:
        """What to ask, gently; "" when all is well."""
        if self._value is not None or (self._empty and not self.field.text().strip()):
            return ""
        example = self._formats.day_example()
        if self._empty:
            return _("A day looks like {example}. You can also leave it empty.").format(example=example)
        return _("A day looks like {example}.").format(example=example)

    def _read(self) -> None:
        typed = self.field.text()
        value = self._formats.read_day(typed)
        if value is not None:
            self.set_value(value)
        else:
            self._value = None
        self.changed.emit()

    def open_choices(self) -> None:
        """The small calendar."""
        _Calendar(self.field, self._formats, self._value, self._picked).open()

    def _picked(self, day: date) -> None:
        self.set_value(day)
        self.changed.emit()


class TimeField(_Typed):
    """A time. "3", "3 pm", "15:30" and "1530" are all read."""

    def __init__(self, formats: Formats, value: time | None = None, *, name: str = "") -> None:
        """Empty is allowed."""
        super().__init__("later", _("Pick a time"), name)
        self._formats = formats
        self._value: time | None = None
        self.set_value(value)

    def value(self) -> time | None:
        """The time, or None when there is none or it could not be read."""
        return self._value

    def set_value(self, value: time | None) -> None:
        """Show a time, without telling anyone."""
        self._value = value
        self.field.setText(self._formats.time(value) if value else "")

    def problem(self) -> str:
        """What to ask, gently; "" when all is well."""
        if self._value is not None or not self.field.text().strip():
            return ""
        return _("A time looks like {example}. You can also leave it empty.").format(
            example=self._formats.time_example()
        )

    def _read(self) -> None:
        value = self._formats.read_time(self.field.text())
        if value is not None:
            self.set_value(value)
        else:
            self._value = None
        self.changed.emit()

    def open_choices(self) -> None:
        """Half hours from early to late."""
        halves = [time(half // 2, 30 * (half % 2)) for half in range(12, 44)]
        items = [
            MenuItem(self._formats.time(at), on=partial(self._picked, at), checked=at == self._value) for at in halves
        ]
        Menu(self.field, items, width=self.field.width()).open()

    def _picked(self, value: time) -> None:
        self.set_value(value)
        self.changed.emit()


class _Day(Pressed):
    """One day of the small calendar."""

    def __init__(self, day: date, formats: Formats, *, chosen: bool, today: bool, inside: bool) -> None:
        super().__init__(str(day.day), formats.day_with_weekday(day))
        self.by_arrows = True
        self.day, self._chosen, self._today, self._inside = day, chosen, today, inside
        self.ring_radius, self.ring_inset = ROUND, 4
        self._block = Block(str(day.day), "label", weight=600 if chosen or today else 400, wrap=False, tabular=True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.size("target"), theme.size("target"))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter(self)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        ink = "ink" if self._inside else "ink_soft"
        if self._chosen:
            rounded(p, area, ROUND, theme.colour("accent"))
            ink = "on_accent"
        elif self.isDown() or self.hovered:
            rounded(p, area, ROUND, theme.colour("press" if self.isDown() else "well"))
        if self._today and not self._chosen:
            rounded(p, area, ROUND, None, theme.colour("accent"), theme.stroke("control"))
        self._block.paint_middle(p, QRectF(self.rect()), ink, "centre")
        p.end()


class _Calendar(Popup):
    """A month to pick a day from. Arrow keys go by days and weeks, Page Up and Down by months."""

    def __init__(self, anchor: QWidget, formats: Formats, value: date | None, picked: Callable[[date], None]) -> None:
        self._formats, self._value, self._picked = formats, value, picked
        self._day = value or formats.today()
        self._month = self._day.replace(day=1)
        self._title = Text("", "strong", align=CENTRE, wrap=False)
        back = Button("", "quiet", icon="back", compact=True, name=_("Month before"), on=lambda: self._turn(-1))
        on = Button("", "quiet", icon="next", compact=True, name=_("Month after"), on=lambda: self._turn(1))
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._days: list[_Day] = []
        held = QWidget()
        held.setLayout(self._grid)
        head = row(back, (self._title, 1, MIDDLE), on, gap=4)
        super().__init__(anchor, column(head, 4, (held, CENTRE), margins=(12, 12, 12, 12)), name=_("Pick a day"))
        self._fill()

    def arrange(self) -> None:
        """As wide as seven days."""
        self._wanted = 7 * theme.size("target") + 2 * theme.sp(12) + 2
        super().arrange()

    def _fill(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                discard(widget)
        self._title.setText(self._formats.sentence(self._formats.month_year(self._month)))
        start = self._month - timedelta(days=(self._month.weekday() - self._formats.first_weekday()) % 7)
        for place in range(7):
            name = Text(
                self._formats.weekday_short(start + timedelta(days=place))[:2],
                "body",
                "ink_soft",
                wrap=False,
                align=CENTRE,
            )
            self._grid.addWidget(name, 0, place)
        self._days = []
        for place in range(42):
            day = start + timedelta(days=place)
            button = _Day(
                day,
                self._formats,
                chosen=day == self._value,
                today=day == self._formats.today(),
                inside=day.month == self._month.month,
            )
            here = day == self._day
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _on=False, d=day: self._take(d))
            self._grid.addWidget(button, 1 + place // 7, place % 7)
            button.show()  # at once, not when Qt comes to it: it may have to take the keyboard now
            self._days.append(button)

    def first_focus(self) -> QWidget | None:
        """The chosen day, or today."""
        return next((button for button in self._days if button.day == self._day), None)

    def _take(self, day: date) -> None:
        self.accept()
        self._picked(day)

    def _turn(self, months: int) -> None:
        self._go(_months_on(self._day, months), keep_focus=True)

    def _go(self, day: date, keep_focus: bool = False) -> None:
        self._day = day
        self._month = day.replace(day=1)
        self._fill()
        self.arrange()
        here = self.first_focus()
        if here is not None and not keep_focus:
            here.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Days, weeks, months."""
        side = -1 if theme.rtl else 1
        key = Qt.Key(event.key())
        days = {Qt.Key.Key_Right: side, Qt.Key.Key_Left: -side, Qt.Key.Key_Down: 7, Qt.Key.Key_Up: -7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in days:
            self._go(self._day + timedelta(days=days[key]))
        elif key in months:
            self._go(_months_on(self._day, months[key]))
        else:
            super().keyPressEvent(event)


def _months_on(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    first = (day.replace(day=1) + timedelta(days=32 * months if months > 0 else -1)).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), after - timedelta(days=1))
