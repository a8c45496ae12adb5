"""A paper in the window: all of it or part of it, larger, smaller, turned; by keyboard and by mouse."""

from __future__ import annotations

import threading
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from planner.ui.kit.paint import painter
from planner.ui.paper.pdf_pages import PdfPages
from planner.ui.paper.pictures import Beside, Levels, in_levels, page_picture
from planner.ui.theme import theme
from planner.words import _

ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
HEIGHT = 500
"""px; a picture is no text and does not grow with it."""

MOVE = 0.15
"""Of what is seen, with one press of an arrow."""

_RENDERED = (1000, 2000, 4000)
"""px of width in which pages of a PDF are made."""


class Viewer(QLabel):
    """One photo, or one page of a PDF at a time. A label, so that a screen reader says what it is.

    ``shown_changed`` is emitted when another page, size or side is shown, ``cannot_show`` when a page will not be.
    """

    shown_changed = Signal()
    cannot_show = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._levels: Levels | None = None
        self._pages: PdfPages | None = None
        self._name = ""
        self.number, self.turned, self.zoom = 0, 0, 1.0
        self._middle = QPointF(0.5, 0.5)
        self._grip: QPointF | None = None
        self._made = 0
        self._beside = Beside(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ring_radius = 4
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(False)

    # ---------------------------------------------------------------- what is shown

    def show_photo(self, levels: Levels, name: str) -> None:
        """Show a photo, all of it. ``name`` is what a screen reader says."""
        self._begin(name)
        self._levels = levels
        self._tell()

    def show_pages(self, pages: PdfPages, name: str) -> None:
        """Show the first page of a PDF; the pages are closed when they are let go of."""
        self._begin(name)
        self._pages = pages
        self._make()
        self._tell()

    def _begin(self, name: str) -> None:
        self.forget()
        self._name = name

    def rename(self, name: str) -> None:
        """A screen reader says something else."""
        self._name = name
        self.setAccessibleName(self._spoken())

    def forget(self) -> None:
        """Let go of every picture and of the pages."""
        self._beside.forget()
        if self._pages is not None:
            # Not here: it waits for a page that is just being made.
            threading.Thread(target=self._pages.close, daemon=True).start()
        self._levels, self._pages, self._made = None, None, 0
        self.number, self.turned, self.zoom = 0, 0, 1.0
        self._middle = QPointF(0.5, 0.5)
        self.setAccessibleName("")
        self.update()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._pages.count if self._pages is not None else 1

    @property
    def has_picture(self) -> bool:
        """Whether something can be seen now."""
        return self._levels is not None

    def _spoken(self) -> str:
        if self._pages is None:
            return self._name
        page = _("Page {n} of {all}").format(n=self.number + 1, all=self.count)
        return f"{self._name}. {page}. {self._pages.texts[self.number]}"

    def _tell(self) -> None:
        self.setAccessibleName(self._spoken())
        self._show_grip()
        self.update()
        self.shown_changed.emit()

    # ---------------------------------------------------------------- pages

    def go_to(self, number: int) -> None:
        """Show another page, if there is one."""
        if self._pages is not None and 0 <= number < self.count and number != self.number:
            self.number, self._levels, self._made = number, None, 0
            self._middle = QPointF(0.5, 0.0 if self.zoom > 1 else 0.5)
            self._beside.forget()
            self._make()
            self._tell()

    def _make(self) -> None:
        """Make the picture of the page as large as it is needed, unless there is one."""
        pages = self._pages
        if pages is None or self._beside.busy:
            return
        needed = self._drawn().width() * self.devicePixelRatioF()
        width = next((each for each in _RENDERED if each >= needed), _RENDERED[-1])
        if width <= self._made:
            return
        self._beside.do(
            lambda number=self.number: in_levels(page_picture(pages, number, width)),  # type: ignore[misc]
            partial(self._have, width),
            self._have_not,
        )

    def _have(self, width: int, levels: Levels) -> None:
        self._levels, self._made = levels, width
        self.update()
        self.shown_changed.emit()
        self._make()

    def _have_not(self) -> None:
        if self._levels is None:
            self.cannot_show.emit()

    # ---------------------------------------------------------------- size and place

    def _shape(self) -> QSizeF:
        """Width and height of what is shown, before it is turned, in any measure."""
        if self._pages is not None:
            return self._pages.sizes[self.number]
        return QSizeF(self._levels.size) if self._levels is not None else QSizeF(1, 1)

    def _room(self) -> QSizeF:
        return QSizeF(max(1, self.width() - 2), max(1, self.height() - 2))

    def _drawn(self) -> QSizeF:
        """How large the picture is drawn, turned: all of it in the room, times the zoom."""
        shape = self._shape()
        if self.turned % 180:
            shape.transpose()
        room = self._room()
        fit = min(room.width() / shape.width(), room.height() / shape.height())
        return shape * (fit * self.zoom)

    def _over(self) -> QSizeF:
        """How much of it does not fit."""
        drawn, room = self._drawn(), self._room()
        return QSizeF(max(0.0, drawn.width() - room.width()), max(0.0, drawn.height() - room.height()))

    def paper(self) -> QRectF:
        """Where the picture lies, in the coordinates of this widget."""
        drawn, room, over = self._drawn(), self._room(), self._over()
        left = -over.width() * self._middle.x() if over.width() else (room.width() - drawn.width()) / 2
        top = -over.height() * self._middle.y() if over.height() else (room.height() - drawn.height()) / 2
        return QRectF(QPointF(left + 1, top + 1), drawn)

    def step_zoom(self, steps: int) -> None:
        """Larger (1), smaller (-1), or all of it (0)."""
        place = ZOOMS.index(self.zoom)
        zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, place + steps))] if steps else ZOOMS[0]
        if zoom != self.zoom:
            self.zoom = zoom
            self._make()
            self._tell()

    def turn(self) -> None:
        """A quarter to the right; only what is seen, not what is kept."""
        self.turned = (self.turned + 90) % 360
        self._make()
        self._tell()

    def move_by(self, right: float, down: float) -> bool:
        """Show another part, in parts of what is seen; False when there is nothing more that way."""
        over, room = self._over(), self._room()
        before = QPointF(self._middle)
        if over.width():
            self._middle.setX(_between(before.x() + right * room.width() / over.width()))
        if over.height():
            self._middle.setY(_between(before.y() + down * room.height() / over.height()))
        self.update()
        return self._middle != before

    # ---------------------------------------------------------------- events

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.px(560), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A narrow window."""
        return QSize(theme.px(120), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture on a well, with a hairline round it."""
        p = painter(self)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        p.fillRect(whole, theme.colour("well"))
        if self._levels is not None:
            self._draw(p, self._levels)
        p.setPen(theme.colour("line"))
        p.drawRect(whole)
        p.end()

    def _draw(self, p: QPainter, levels: Levels) -> None:
        area = self.paper()
        p.save()
        p.setClipRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = area.size() if not self.turned % 180 else area.size().transposed()
        image = levels.at_least(size.width() * self.devicePixelRatioF())
        p.setTransform(QTransform().translate(area.center().x(), area.center().y()).rotate(self.turned), combine=True)
        p.drawImage(QRectF(-size.width() / 2, -size.height() / 2, size.width(), size.height()), image)
        p.restore()
        if theme.name == "dark":
            p.fillRect(area.intersected(QRectF(self.rect())), theme.colour("shade", 0.16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and 0; arrows move what is larger than its room; page keys turn pages."""
        key = Qt.Key(event.key())
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        ways = {
            Qt.Key.Key_Left: (-MOVE, 0.0),
            Qt.Key.Key_Right: (MOVE, 0.0),
            Qt.Key.Key_Up: (0.0, -MOVE),
            Qt.Key.Key_Down: (0.0, MOVE),
        }
        pages = {Qt.Key.Key_PageUp: self.number - 1, Qt.Key.Key_PageDown: self.number + 1}
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        elif key in zooms:
            self.step_zoom(zooms[key])
        elif key in pages and self._pages is not None and self.count > 1:
            self.go_to(pages[key])
        elif key not in ways or not self.move_by(*ways[key]):
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl larger and smaller; otherwise it moves what is larger than its room, then the page."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if turned.y() > 0 else -1)
        elif not self.move_by(-turned.x() / 120 * MOVE, -turned.y() / 120 * MOVE):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        over = self._over()
        self._grip = event.position() if over.width() or over.height() else None
        self._show_grip()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._grip is not None:
            moved, room = event.position() - self._grip, self._room()
            self._grip = event.position()
            self.move_by(-moved.x() / room.width(), -moved.y() / room.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None
        self._show_grip()

    def _show_grip(self) -> None:
        over = self._over()
        if self._grip is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif over.width() or over.height():
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Larger, or all of it again."""
        self.step_zoom(2 if self.zoom == ZOOMS[0] else 0)


def _between(value: float) -> float:
    return max(0.0, min(1.0, value))
