"""What is pressed: buttons, chips that are pressed, the tray, and a step's circle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QSizePolicy, QWidget

from planner.ui.kit.layouts import flow, row
from planner.ui.kit.paint import ROUND, Block, across, painter, rounded, tinted
from planner.ui.kit.tips import set_tip
from planner.ui.theme import theme

Policy = QSizePolicy.Policy


ARROWS: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


class Pressed(QAbstractButton):
    """Anything that is pressed: focus by Tab, pressed by Space or Enter, a hand over it, a ring round it."""

    def __init__(self, text: str = "", name: str = "") -> None:
        """``name`` is said by a screen reader when it is more than ``text``."""
        super().__init__()
        self.setText(text)
        self.ring_radius = theme.radius("control")
        self.ring_inset = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name or text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does; arrow keys are left to what this stands in, a tray, a menu, a calendar."""
        if event.key() in ARROWS:
            event.ignore()
        elif not press_by_enter(self, event):
            super().keyPressEvent(event)

    @property
    def hovered(self) -> bool:
        """Whether the pointer is over it."""
        return self.underMouse() and self.isEnabled()


def press_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button with Enter; True when the key was used."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
        button.click()
        return True
    return False


INK: Final = {"main": "on_accent", "plain": "ink", "quiet": "accent_ink", "erase": "on_erase", "note": "ink"}
SIDES: Final = {"main": 22, "plain": 18, "quiet": 12, "erase": 22, "note": 14}
GAP: Final = 8


class Button(QPushButton):
    """main: filled, one a page. plain: edged. quiet: green words. note: on sand. erase: the one red, in its dialog."""

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        *,
        icon: str = "",
        after: str = "",
        big: bool = False,
        compact: bool = False,
        name: str = "",
        fill: bool = False,
        centred: bool = True,
        on: Callable[[], object] | None = None,
    ) -> None:
        """``icon`` stands before the words, ``after`` behind them; ``fill`` takes the whole width.

        ``on`` is called when pressed. Without ``text`` it needs a ``name``, shown when the pointer rests on it.
        """
        super().__init__(text)
        self.kind, self._icon, self._after = kind, icon, after
        self._height = "button_big" if big else "target" if compact else "button"
        self._fill, self._centred = fill, centred
        self._block = Block("")
        self._bare = False
        self.ring_radius = theme.radius("control")
        self.ring_inset = 0
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        policy = QSizePolicy(Policy.MinimumExpanding if fill else Policy.Maximum, Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name = name
        self.set_words(text, name)
        if on is not None:
            call = on
            self.clicked.connect(lambda _checked=False: call())

    def set_words(self, text: str, name: str = "") -> None:
        """Other words, and another name for a screen reader when it is more than the words."""
        self.setText(text)
        self._name = name
        self.setAccessibleName(name or text)
        set_tip(self, name if not text else "")
        self.retheme()

    def set_icon(self, icon: str = "", after: str = "") -> None:
        """Other icons."""
        self._icon, self._after = icon, after
        self.updateGeometry()
        self.update()

    def set_bare(self, bare: bool) -> None:
        """Show only the icon, where room is short; the words become its name."""
        if bare != self._bare:
            self._bare = bare
            set_tip(self, self.accessibleName() if bare or not self.text() else "")
            self.updateGeometry()
            self.update()

    @property
    def has_icon(self) -> bool:
        """Whether it can be shown without its words."""
        return bool(self._icon)

    def bare_width(self) -> int:
        """How wide it is with the icon alone."""
        was, self._bare = self._bare, self._bare or self.has_icon
        try:
            return self.sizeHint().width()
        finally:
            self._bare = was

    def retheme(self) -> None:
        """Set the words anew."""
        self._block = Block(self.text(), "label")
        self.setFont(self._block.font)
        self.updateGeometry()
        self.update()

    @property
    def _worded(self) -> bool:
        return bool(self.text()) and not self._bare

    def _beside(self) -> int:
        """What stands beside the words: sides, icons, gaps."""
        icons = sum(theme.size("icon_small") + theme.sp(GAP) for icon in (self._icon, self._after) if icon)
        return 2 * theme.sp(SIDES[self.kind]) + icons

    def hasHeightForWidth(self) -> bool:
        """Words that do not fit go on in a second line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in ``width`` px."""
        least = theme.size(self._height)
        if not self._worded:
            return least
        lines = self._block.count(width - self._beside() + 1)
        return max(least, (lines - 1) * self._block.line_height + least)

    def sizeHint(self) -> QSize:
        """All words in one line."""
        least = theme.size(self._height)
        if not self._worded:
            return QSize(least, least)
        return QSize(max(least, int(self._block.natural() + 0.99) + self._beside()), least)

    def minimumSizeHint(self) -> QSize:
        """The longest word, and no less than what reads well."""
        hint = self.sizeHint()
        if not self._worded:
            return hint
        least = max(self._block.longest_word() + 2, theme.px(160)) + self._beside()
        return QSize(min(hint.width(), int(least)), hint.height())

    def _grounds(self, p: QPainter, area: QRectF) -> None:
        over = self.underMouse() and self.isEnabled()
        held = self.isDown() or self.isChecked()
        radius = theme.radius("control")
        if self.kind == "main":
            rounded(p, area, radius, theme.colour("accent_press" if held else "accent_hover" if over else "accent"))
        elif self.kind == "plain":
            rounded(
                p,
                area,
                radius,
                theme.colour("press" if held else "well" if over else "sheet"),
                theme.colour("line_strong"),
            )
        elif self.kind == "note":
            rounded(
                p,
                area,
                radius,
                theme.colour("press" if held else "sand"),
                theme.colour("line_strong" if over else "sand_line"),
            )
        elif self.kind == "erase":
            rounded(p, area, radius, theme.colour("erase"))
            if over or held:
                rounded(p, area, radius, theme.colour("ink", 0.22 if held else 0.12))
        elif over or held:
            rounded(p, area, radius, theme.colour("press" if held else "well"))

    def _paint_icon(self, p: QPainter, icon: str, start: float) -> int:
        size = theme.size("icon_small")
        left = across(self, start, size)
        p.drawPixmap(round(left), round((self.height() - size) / 2), tinted(self, icon, INK[self.kind], size))
        return size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, words, icon."""
        p = painter(self)
        self._grounds(p, QRectF(self.rect()))
        gap = theme.sp(GAP)
        room = self.width() - self._beside() + 1
        words = min(self._block.even_width(room), self._block.natural() + 1) if self._worded else 0.0
        icons = [icon for icon in (self._icon, self._after) if icon]
        total = words + len(icons) * theme.size("icon_small") + gap * (len(icons) - (0 if self._worded else 1))
        start = (self.width() - total) / 2 if self._centred or not self._worded else theme.sp(SIDES[self.kind])
        if self._icon:
            start += self._paint_icon(p, self._icon, start) + gap
        if self._worded:
            area = QRectF(across(self, start, words), 0, words, self.height())
            self._block.paint_middle(p, area, INK[self.kind])
            start += words + gap
        if self._after:
            self._paint_icon(p, self._after, start)
        p.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)


class PressChip(Pressed):
    """A chip that is pressed: 40 high, edged; chosen ones are washed green and carry a tick."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        *,
        checkable: bool = False,
        name: str = "",
        on: Callable[[], object] | None = None,
    ) -> None:
        """``checkable`` makes it stay chosen."""
        super().__init__(text, name)
        self._icon = icon
        self._block = Block("")
        self.setCheckable(checkable)
        policy = QSizePolicy(Policy.Maximum, Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(lambda _on: self.updateGeometry())
        self.retheme()
        if on is not None:
            call = on
            self.clicked.connect(lambda _checked=False: call())

    def retheme(self) -> None:
        """Set the words anew."""
        self._block = Block(self.text(), "label")
        self.ring_radius = theme.size("target") // 2
        self.updateGeometry()

    def _shown_icon(self) -> str:
        return "check" if self.isChecked() else self._icon

    def _lead(self) -> int:
        # A chip that can be chosen keeps the room of its tick, so that choosing moves nothing.
        if self._icon or self.isCheckable():
            return theme.sp(12) + theme.size("icon_small") + theme.sp(6)
        return theme.sp(16)

    def hasHeightForWidth(self) -> bool:
        """A long one takes a second line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in ``width`` px."""
        inside = width - self._lead() - theme.sp(16) + 1
        return max(theme.size("target"), self._block.height(inside) + theme.px(20))

    def sizeHint(self) -> QSize:
        """In one line."""
        return QSize(int(self._block.natural() + 0.99) + self._lead() + theme.sp(16), theme.size("target"))

    def minimumSizeHint(self) -> QSize:
        """No more than a narrow window can hold."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(180)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, words."""
        p = painter(self)
        chosen = self.isChecked()
        ground = "press" if self.isDown() else "accent_wash" if chosen else "well" if self.hovered else "sheet"
        edge, width = ("accent", theme.stroke("chosen")) if chosen else ("line_strong", theme.stroke("hair"))
        rounded(p, QRectF(self.rect()), theme.size("target") / 2, theme.colour(ground), theme.colour(edge), width)
        icon = self._shown_icon()
        if icon:
            size = theme.size("icon_small")
            left = across(self, theme.sp(12), size)
            tint = "accent_ink" if chosen else "ink_soft"
            p.drawPixmap(round(left), round((self.height() - size) / 2), tinted(self, icon, tint, size))
        lead = self._lead() if icon else theme.sp(16)
        room = self.width() - lead - theme.sp(16) + 1
        if not icon and self.isCheckable():
            lead, room = theme.sp(8), self.width() - 2 * theme.sp(8)
        area = QRectF(across(self, lead, room), 0, room, self.height())
        centred = not icon and self.isCheckable()
        self._block.paint_middle(p, area, "accent_ink" if chosen else "ink", "centre" if centred else "start")
        p.end()


class _Part(Pressed):
    """One view of the tray."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.ring_radius = theme.radius("control") - 2
        self._heavy = self._plain = Block("")
        self.setSizePolicy(Policy.Maximum, Policy.Fixed)
        self.retheme()

    def retheme(self) -> None:
        self._heavy = Block(self.text(), "label", weight=600, wrap=False)
        self._plain = Block(self.text(), "label", weight=400, wrap=False)

    def sizeHint(self) -> QSize:
        return QSize(int(self._heavy.natural() + 0.99) + 2 * theme.sp(16), theme.size("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter(self)
        area = QRectF(self.rect())
        chosen = self.isChecked()
        if chosen:
            rounded(p, area, self.ring_radius, theme.colour("sheet"), theme.colour("line_strong"))
        elif self.hovered or self.isDown():
            rounded(p, area, self.ring_radius, theme.colour("press"))
        block = self._heavy if chosen else self._plain
        block.paint_middle(p, area, "ink" if chosen else "ink_soft", "centre")
        p.end()


class Segment(QWidget):
    """The tray: two or three views of one thing; the chosen one lies on top like a card."""

    chosen_changed = Signal(int)

    def __init__(self, items: Sequence[str], chosen: int = 0, name: str = "", *, wraps: bool = False) -> None:
        """``name`` says what is switched, for example "Arrange by"; ``wraps``: what has no room goes below."""
        super().__init__()
        self.setAccessibleName(name)
        self._parts = [_Part(text) for text in items]
        if wraps:
            self.setLayout(flow(*self._parts, gap=0, centred=True))
            self.setContentsMargins(2, 2, 2, 2)
            self.setSizePolicy(Policy.Maximum, Policy.Minimum)
        else:
            self.setLayout(row(*self._parts, margins=(2, 2, 2, 2)))
            self.setSizePolicy(Policy.Maximum, Policy.Fixed)
        for index, part in enumerate(self._parts):
            part.clicked.connect(lambda _on=False, i=index: self._pressed(i))
        self._chosen = chosen
        self._parts[chosen].setChecked(True)
        self._one_tab_stop()

    @property
    def chosen(self) -> int:
        """The index of the view that is shown."""
        return self._chosen

    def choose(self, index: int) -> None:
        """Show another view, without telling anyone."""
        self._chosen = index
        self._parts[index].setChecked(True)
        self._one_tab_stop()

    def _one_tab_stop(self) -> None:
        for index, part in enumerate(self._parts):
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if index == self._chosen else Qt.FocusPolicy.ClickFocus)

    def _pressed(self, index: int) -> None:
        if index != self._chosen:
            self.choose(index)
            self.chosen_changed.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from view to view."""
        step = arrow_step(event)
        if not step:
            super().keyPressEvent(event)
            return
        index = (self._chosen + step) % len(self._parts)
        self._pressed(index)
        self._parts[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tray itself."""
        p = painter(self)
        rounded(p, QRectF(self.rect()), theme.radius("control") + 2, theme.colour("well"), theme.colour("line"))
        p.end()


def arrow_step(event: QKeyEvent) -> int:
    """+1 for an arrow key that goes on in reading order, -1 for one that goes back, 0 for any other key."""
    forward = Qt.Key.Key_Left if theme.rtl else Qt.Key.Key_Right
    back = Qt.Key.Key_Right if theme.rtl else Qt.Key.Key_Left
    if event.key() in (Qt.Key.Key_Down, forward):
        return 1
    return -1 if event.key() in (Qt.Key.Key_Up, back) else 0


class Tick(QCheckBox):
    """A step's circle: filled with a tick, thick edge for the next one, thin edge. It is pressed on 40 px."""

    def __init__(self, name: str, state: str = "open") -> None:
        """``name`` is the step's own words; ``state`` is open, next or done."""
        super().__init__()
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.ring_radius = ROUND
        self.ring_inset = 0
        self._state = state
        self.setChecked(state == "done")
        self.retheme()

    def set_state(self, state: str) -> None:
        """open, next or done."""
        self._state = state
        self.setChecked(state == "done")
        self.update()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.setFixedSize(theme.size("target"), theme.size("target"))
        self.ring_inset = theme.px(5)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole target is pressed."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The circle in the middle of its target."""
        p = painter(self)
        size = theme.size("tick")
        area = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
        state = "done" if self.isChecked() else "next" if self._state == "next" else "open"
        if self.underMouse():
            rounded(p, area.adjusted(-4, -4, 4, 4), ROUND, theme.colour("press" if self.isDown() else "well"))
        draw_tick(p, self, area, state)
        p.end()


def draw_tick(p: QPainter, widget: QWidget, area: QRectF, state: str) -> None:
    """A step's circle filling ``area``; ``state`` is open, later (open, see-through), next, here or done."""
    if state == "done":
        rounded(p, area, ROUND, theme.colour("accent"))
        inset = area.width() / 6
        image = tinted(widget, "check", "on_accent", round(area.width() - 2 * inset))
        p.drawPixmap(round(area.left() + inset), round(area.top() + inset), image)
    elif state in ("next", "here"):
        rounded(p, area, ROUND, theme.colour("sheet"), theme.colour("accent"), theme.stroke("chosen"))
        if state == "here":
            inset = area.width() * 0.29
            rounded(p, area.adjusted(inset, inset, -inset, -inset), ROUND, theme.colour("accent"))
    else:
        ground = None if state == "later" else theme.colour("sheet")
        rounded(p, area, ROUND, ground, theme.colour("line_strong"), theme.stroke("control"))
