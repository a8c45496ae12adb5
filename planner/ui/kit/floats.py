"""What floats above a page and lies in its window: menus, free popups, and what was just done, with Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath, QPaintEvent, QRegion, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QLayout, QSizePolicy, QWidget

from planner.ui.kit.buttons import Button, Pressed
from planner.ui.kit.layouts import MIDDLE, Box, row
from planner.ui.kit.own_layouts import discard
from planner.ui.kit.paint import Block, across, painter, rounded, soft_shadow, tinted
from planner.ui.kit.said import announce
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Icon, Rule, Text
from planner.ui.theme import theme
from planner.words import _

SHADOW = 28
"""How far a shadow reaches, px."""


class Overlay(QDialog):
    """Covers its window; keeps the keyboard inside and gives it back; Esc closes.

    It is a QDialog, so that a screen reader knows what opened, but no window of its own: what must stay within reach
    on every page (Hide) is left out of it, and it can neither get lost behind the window nor outlive a lock.
    """

    def __init__(self, parent: QWidget) -> None:
        """``parent`` is any widget of the window to cover."""
        super().__init__(parent.window())
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._before: QWidget | None = None
        self.kept_clear: list[QRect] = []
        self._window = parent.window()
        self._window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Come up, and take the keyboard."""
        self._before = QApplication.focusWidget()
        self._cover()
        self.show()
        self.raise_()
        self.arrange()
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        """What takes the keyboard when it opens."""
        return next(iter(self.stops()), None)

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if self.isAncestorOf(widget) and reached_by_tab(widget):
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside."""
        stops = self.stops()
        if not stops:
            return True
        focus = QApplication.focusWidget()
        here = stops.index(focus) if focus in stops else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(here + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def done(self, result: int) -> None:
        """Go away and give the keyboard back."""
        before, self._before = self._before, None
        super().done(result)
        self._window.removeEventFilter(self)
        if before is not None and _alive(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        discard(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
            self.arrange()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """What is inside may have grown."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            QTimer.singleShot(0, self, self.arrange)
        return super().event(event)

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.kept_clear = []
        region = QRegion(self.rect())
        reachable: Callable[[], list[QWidget]] = getattr(self._window, "always_reachable", list)
        for widget in reachable():
            place = QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(place), theme.radius("control"), theme.radius("control"))
            region -= QRegion(shape.toFillPolygon().toPolygon())
            self.kept_clear.append(place)
        self.setMask(region)

    def retheme(self) -> None:
        """Arrange again in the new sizes."""
        if self.isVisible():
            QTimer.singleShot(0, self, self.arrange)

    def arrange(self) -> None:
        """Place what is inside; a subclass says how."""


def reached_by_tab(widget: QWidget) -> bool:
    """Whether Tab stops at a widget now."""
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return bool(isValid(widget))


def overlay_open(window: QWidget) -> bool:
    """Whether something covers the window now."""
    return any(child.isVisible() for child in window.findChildren(Overlay))


class Popup(Overlay):
    """A sheet beside the thing that opened it; a press anywhere else closes it."""

    def __init__(self, anchor: QWidget, layout: QLayout, width: int = 0, name: str = "") -> None:
        """``width`` in px as shown; 0 is as wide as the content wants and at least as wide as the anchor."""
        super().__init__(anchor)
        self._anchor, self._wanted = anchor, width
        self.setAccessibleName(name or anchor.accessibleName())
        self.area = Scroll(layout)
        self.area.setParent(self)
        self.area.arrows_scroll = False

    def arrange(self) -> None:
        """Under the anchor, or above it where there is more room."""
        edge = theme.space("tight")
        width = self._wanted or max(self.area.sizeHint().width(), self._anchor.width())
        width = min(width, self.width() - 2 * edge)
        wanted = self.area.heightForWidth(width)
        place = QRect(self._anchor.mapTo(self._window, QPoint(0, 0)), self._anchor.size())
        left = place.right() + 1 - width if theme.rtl else place.left()
        left = max(edge, min(left, self.width() - width - edge))
        # What stays within reach (Hide) is never covered by what opens upwards.
        over = [each for each in self.kept_clear if each.right() >= left and each.left() <= left + width]
        highest = max((each.bottom() for each in over if each.bottom() < place.top()), default=0)
        below = self.height() - place.bottom() - 2 * edge
        above = place.top() - highest - 2 * edge
        gap = theme.space("hair")
        if wanted <= below or below >= above:
            height = min(wanted, below)
            top = place.bottom() + 1 + gap
        else:
            height = min(wanted, above)
            top = place.top() - gap - height
        self.area.setGeometry(left, top, width, height)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Outside: close."""
        if not self.area.geometry().contains(event.position().toPoint()):
            self.reject()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sheet with a soft shadow."""
        p = painter(self)
        area = QRectF(self.area.geometry())
        soft_shadow(p, area, theme.radius("card"))
        rounded(p, area, theme.radius("card"), theme.colour("sheet"), theme.colour("line"))
        p.end()


@dataclass(frozen=True)
class MenuItem:
    """One thing to do. ``checked`` None: it cannot be chosen; True and False: it is, or is not, the chosen one."""

    text: str
    icon: str = ""
    on: Callable[[], object] | None = None
    erase: bool = False
    checked: bool | None = None
    rule_above: bool = False


class _MenuRow(Pressed):
    def __init__(self, item: MenuItem, with_icons: bool) -> None:
        name = item.text if not item.checked else _("{item}, chosen").format(item=item.text)
        super().__init__(item.text, name)
        self._item, self._with_icons = item, with_icons
        self._block = Block("")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.ring_inset = 4
        self.retheme()

    def retheme(self) -> None:
        self._block = Block(self._item.text, "label", weight=600 if self._item.checked else None)

    def _beside(self) -> int:
        icon = theme.size("icon_small")
        lead = icon + theme.sp(12) if self._with_icons else 0
        end = icon + theme.sp(12) if self._item.checked is not None else 0
        return 2 * theme.sp(12) + lead + end

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(theme.size("target"), self._block.height(width - self._beside() + 1) + theme.px(16))

    def sizeHint(self) -> QSize:
        return QSize(int(self._block.natural() + 1) + self._beside(), theme.size("target"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.size("target"))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter(self)
        area = QRectF(self.rect())
        if self._item.checked:
            rounded(p, area, theme.radius("control"), theme.colour("accent_wash"), theme.colour("accent_line"))
        elif self.isDown() or self.hovered:
            rounded(p, area, theme.radius("control"), theme.colour("press" if self.isDown() else "well"))
        ink = "erase" if self._item.erase else "ink"
        icon, start = theme.size("icon_small"), theme.sp(12)
        if self._item.icon:
            left = round(across(self, start, icon))
            p.drawPixmap(left, round((self.height() - icon) / 2), tinted(self, self._item.icon, ink, icon))
        if self._with_icons:
            start += icon + theme.sp(12)
        room = self.width() - self._beside() + 1
        self._block.paint_middle(p, QRectF(across(self, start, room), 0, room, self.height()), ink)
        if self._item.checked:
            left = round(across(self, self.width() - theme.sp(12) - icon, icon))
            p.drawPixmap(left, round((self.height() - icon) / 2), tinted(self, "check", "accent", icon))
        p.end()


class Menu(Popup):
    """A short list of things to do, or of which one is chosen."""

    def __init__(self, anchor: QWidget, items: Sequence[MenuItem], width: int = 0) -> None:
        """Opened with :meth:`open`; arrow keys, Home, End and Esc as in every menu."""
        with_icons = any(item.icon for item in items)
        self._rows = [_MenuRow(item, with_icons) for item in items]
        box = Box(True, 2, (6, 6, 6, 6))
        for item, line in zip(items, self._rows, strict=True):
            box.put(Rule(above=2, below=2) if item.rule_above else None, line)
            line.clicked.connect(lambda _on=False, i=item: self._take(i))
        super().__init__(anchor, box, width)
        self._items = list(items)

    def first_focus(self) -> QWidget | None:
        """The chosen one, else the first."""
        chosen = (line for line, item in zip(self._rows, self._items, strict=True) if item.checked)
        return next(chosen, self._rows[0] if self._rows else None)

    def _take(self, item: MenuItem) -> None:
        self.accept()
        if item.on is not None:
            item.on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from line to line."""
        focus = QApplication.focusWidget()
        here = next((place for place, line in enumerate(self._rows) if line is focus), 0)
        last = len(self._rows) - 1
        goals = {
            Qt.Key.Key_Down: (here + 1) % max(1, last + 1),
            Qt.Key.Key_Up: (here - 1) % max(1, last + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        goal = goals.get(Qt.Key(event.key()))
        if goal is not None and self._rows:
            self._rows[goal].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)


class Toast(Sheet):
    """What was just done, for a while, with Undo. It takes no focus by itself; Tab reaches it last."""

    undo = Signal()
    STAYS = 9000
    """ms; it stays on while the pointer or the keyboard is on it."""

    def __init__(self, parent: QWidget) -> None:
        """``parent`` is what it lies on; the parent places it."""
        self._words = Text("", "body")
        self._undo = Button(_("Undo"), "quiet", compact=True, on=self._undone)
        self._show = Button(_("Show it"), "quiet", compact=True, on=self._shown)
        self._shows: Callable[[], object] | None = None
        line = row(
            (Icon("check", "accent", size=20), MIDDLE),
            (self._words, 1, MIDDLE),
            (self._show, MIDDLE),
            (self._undo, MIDDLE),
            gap=12,
            margins=(16, 4, 8, 4),
        )
        super().__init__(line)
        self.setParent(parent)
        self._timer = QTimer(self, singleShot=True, interval=self.STAYS)
        self._timer.timeout.connect(self._time_over)
        self.hide()

    def say(self, words: str, undo: bool = False, show: Callable[[], object] | None = None) -> None:
        """Show the words; the keyboard stays where it is. ``show`` leads to where it can be seen."""
        self._words.setText(words)
        self._undo.setVisible(undo)
        self._shows = show
        self._show.setVisible(show is not None)
        self.setMinimumHeight(theme.px(48))
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, f"{words} {_('Undo with Ctrl+Z.')}" if undo else words)

    def dismiss(self) -> None:
        """Go away now."""
        self._timer.stop()
        self.hide()

    def _undone(self) -> None:
        self.dismiss()
        self.undo.emit()

    def _shown(self) -> None:
        show, self._shows = self._shows, None
        self.dismiss()
        if show is not None:
            show()

    def _time_over(self) -> None:
        if self.underMouse() or self._undo.hasFocus() or self._show.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Words of the language in use."""
        super().showEvent(event)
        self._undo.set_words(_("Undo"))
        self._show.set_words(_("Show it"))
