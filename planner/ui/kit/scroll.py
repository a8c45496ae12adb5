"""What scrolls, and the one ring round what has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWindow
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QScrollBar, QSizePolicy, QWidget
from shiboken6 import isValid

from planner.ui.kit.layouts import Box
from planner.ui.kit.paint import painter, rounded
from planner.ui.theme import theme

BAR = 14
"""Width of a scroll bar in px; it does not grow."""


class PaperScrollBar(QScrollBar):
    """A quiet scroll bar: a round handle, no arrows."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        """Vertical, but for a table that is wider than its room."""
        super().__init__(orientation)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(BAR, BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the handle."""
        span = self.maximum() - self.minimum()
        if span <= 0:
            return
        p = painter(self)
        upright = self.orientation() == Qt.Orientation.Vertical
        whole = (self.height() if upright else self.width()) - 8
        handle = max(48, round(whole * self.pageStep() / (span + self.pageStep())))
        gone = self.value() - self.minimum()
        if not upright and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            gone = span - gone
        start = 4 + round((whole - handle) * gone / span)
        place = QRectF(3, start, BAR - 6, handle) if upright else QRectF(start, 3, handle, BAR - 6)
        over = self.underMouse() or self.isSliderDown()
        rounded(p, place, 4, theme.colour("ink_soft" if over else "line_strong"))
        p.end()


class Scroll(QScrollArea):
    """Scrolls up and down only; what has the keyboard is always brought into view."""

    _edge: Box | None = None
    arrows_scroll = True
    """Whether arrow keys that nothing inside wanted scroll; a menu or a calendar wants them itself."""

    def __init__(self, inner: QWidget | QLayout) -> None:
        """``inner`` is as wide as the area."""
        super().__init__()
        if isinstance(inner, QLayout):
            held = QWidget()
            held.setLayout(inner)
            inner = held
        self.setVerticalScrollBar(PaperScrollBar(Qt.Orientation.Vertical))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by keyboard, or leave the key to what this stands in."""
        if self.arrows_scroll:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keep_end_edge(self, box: Box) -> None:
        """Let the scroll bar stand in the margin at the end of ``box``, so that it moves nothing."""
        self._edge = box
        self.verticalScrollBar().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The bar comes or goes."""
        if self._edge is not None and watched is self.verticalScrollBar():
            if event.type() == QEvent.Type.Show:
                self._edge.give_way(BAR)
            elif event.type() == QEvent.Type.Hide:
                self._edge.give_way(0)
        return super().eventFilter(watched, event)

    def hasHeightForWidth(self) -> bool:
        """As high as what it holds, where there is room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of what it holds."""
        inner = self.widget()
        if inner is None:
            return 0
        return inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()

    def sizeHint(self) -> QSize:
        """The size of what it holds."""
        inner = self.widget()
        return inner.sizeHint() if inner is not None else QSize()

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(theme.px(120), theme.px(80))

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        inner = self.widget()
        if new is not None and inner is not None and self.isVisible() and inner.isAncestorOf(new):
            self.show_whole(new)

    def show_whole(self, widget: QWidget) -> None:
        """Scroll as little as it takes to see all of ``widget``, with its ring.

        Of what is higher than the area Qt shows the middle; of one that says ``read_from_top``, its beginning is shown.
        """
        inner, air = self.widget(), theme.sp(24)
        if inner is None:
            return
        room, high = self.viewport().height(), widget.height()
        top, bar = widget.mapTo(inner, QPoint(0, 0)).y(), self.verticalScrollBar()
        if high + 2 * air > room:
            if getattr(widget, "read_from_top", False) and high > room:
                bar.setValue(top - air)
            else:
                self.ensureWidgetVisible(widget, 0, air)
        # Of a field Qt shows no more than the line with the cursor.
        elif top < bar.value():
            bar.setValue(top - air)
        elif top + high > bar.value() + room:
            bar.setValue(top + high + air - room)


class FocusRing(QWidget):
    """One ring for a whole window, on top of everything, so that it is the same everywhere and moves no layout.

    It shows itself when the keyboard was used last, and is cut where the thing it surrounds is scrolled away. A widget
    can set ``ring_radius``, ``ring_inset`` (px inside its own edge) and ``ring_target`` (another widget to surround).
    """

    def __init__(self, window: QWidget) -> None:
        """``window`` is a top-level widget; its window handle is watched once it is shown."""
        super().__init__(window)
        self._window = window
        self._by_keyboard = False
        self._watched: list[QWidget] = []
        self._handle: QWindow | None = None
        self._target: QWidget | None = None
        self._offset = QPoint()
        self._ring = QSize()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        theme.changed.connect(self.follow)

    def pin(self, widget: QWidget) -> None:
        """Show the ring round a widget as if the keyboard had brought it there."""
        self._by_keyboard = True
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self._focus_moved(None, widget)

    @property
    def by_keyboard(self) -> bool:
        """Whether the keyboard was used last."""
        return self._by_keyboard

    def _watch_handle(self) -> None:
        handle: QWindow | None = self._window.windowHandle()  # None before the window is first shown
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None
        # A page takes the keyboard when it opens, so that Tab goes on from its top; it is no control and has no ring.
        taken = new is not None and new.focusPolicy() != Qt.FocusPolicy.NoFocus
        if taken and new is not None and new.window() is self._window and new is not self._window:
            target = getattr(new, "ring_target", new)
            self._target = target
            above: QWidget | None = new
            while above is not None and above is not self._window:
                above.installEventFilter(self)
                self._watched.append(above)
                above = above.parentWidget()
        self.follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Learn whether keyboard or pointer was used last; follow what moves."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._used(True)
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            self._used(False)
        elif kind == QEvent.Type.Show and watched is self._window:
            self._watch_handle()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self.follow()
        return False

    def _used(self, keyboard: bool) -> None:
        if keyboard != self._by_keyboard:
            self._by_keyboard = keyboard
            self.follow()

    def follow(self) -> None:
        """Lie round what has the keyboard, or go away."""
        target = self._target
        if target is not None and not isValid(target):
            # It was deleted while it had the keyboard, as when a page of a form turns.
            target = self._target = None
        if target is None or not self._by_keyboard or not target.isVisible():
            self.hide()
            return
        gap = round(theme.stroke("focus_gap") + theme.stroke("focus"))
        inset = int(getattr(target, "ring_inset", 0))
        place = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        ring = place.adjusted(inset - gap, inset - gap, gap - inset, gap - inset)
        seen = ring.intersected(self._seen_part(target))
        if seen.isEmpty():
            self.hide()
            return
        self._offset, self._ring = ring.topLeft() - seen.topLeft(), ring.size()
        self.setGeometry(seen)
        self.raise_()
        self.show()
        self.update()

    def _seen_part(self, target: QWidget) -> QRect:
        """What is left of the window after every scroll area round the target has cut it."""
        seen = self._window.rect()
        parent = target.parentWidget()
        while parent is not None and parent is not self._window:
            above = parent.parentWidget()
            if isinstance(above, QScrollArea) and above.viewport() is parent:
                seen = seen.intersected(QRect(parent.mapTo(self._window, QPoint(0, 0)), parent.size()))
            parent = above
        return seen

    def paintEvent(self, event: QPaintEvent) -> None:
        """One ring."""
        if self._target is None or not isValid(self._target):
            return
        radius = float(getattr(self._target, "ring_radius", theme.radius("control")))
        gap, stroke = theme.stroke("focus_gap"), theme.stroke("focus")
        p = painter(self)
        rounded(p, QRectF(QRect(self._offset, self._ring)), radius + gap + stroke, None, theme.colour("focus"), stroke)
        p.end()


class SelfSizing(QWidget):
    """Tells what it holds when it was resized; for areas that lay themselves out by hand."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange again."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Place what is inside; a subclass says how."""
