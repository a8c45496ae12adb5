"""Pages of paper on the screen: one under the other, larger and smaller, each with its words for a screen reader."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from planner.errors import MachineTrouble
from planner.ui.kit.layouts import column
from planner.ui.kit.paint import painter
from planner.ui.paper.pdf_pages import PdfPages
from planner.ui.theme import theme
from planner.words import _

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
WIDTH = 760
"""A page as it is first shown, px at 100 % text size; less where there is less room."""

KEPT_PICTURES = 4


class PageSheet(QLabel):
    """One page. A label, so that a screen reader reads its words; what is wider than the room is moved by arrows."""

    reached = Signal()
    """The keyboard came here."""

    def __init__(self, sheets: Sheets, number: int) -> None:
        super().__init__()
        self._sheets, self._number = sheets, number
        self._grip: QPointF | None = None
        pages = sheets.pages
        name = _("Page {n} of {all}").format(n=number + 1, all=pages.count)
        self.setAccessibleName(f"{name}. {pages.texts[number]}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ring_radius = 2
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def page_width(self, room: int) -> int:
        """How wide the page is drawn where there are ``room`` px."""
        return round(min(room, theme.px(WIDTH)) * self._sheets.zoom)

    def hasHeightForWidth(self) -> bool:
        """A page keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the page is drawn."""
        size = self._sheets.pages.sizes[self._number]
        return round(self.page_width(width) * size.height() / size.width())

    def sizeHint(self) -> QSize:
        """As first shown."""
        width = theme.px(WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A narrow window."""
        return QSize(theme.px(120), theme.px(120))

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.updateGeometry()

    def room_beside(self) -> int:
        """How much of the page does not fit in its width, px."""
        return max(0, self.page_width(self.width()) - self.width())

    def paper(self) -> QRectF:
        """Where the paper lies, in the coordinates of this widget."""
        width = self.page_width(self.width())
        over = self.room_beside()
        left = -self._sheets.aside * over if over else (self.width() - width if theme.rtl else 0)
        return QRectF(left, 0, width, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page as it will be printed, with a hairline round it."""
        if self._sheets.closed:
            return
        area = self.paper()
        p = painter(self)
        p.drawImage(area, self._sheets.picture(self._number, round(area.width() * self.devicePixelRatioF())))
        if theme.name == "dark":
            p.fillRect(area, theme.colour("shade", 0.16))
        p.setPen(theme.colour("line"))
        p.drawRect(area.adjusted(0, 0, -1, -1))
        p.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell, so that the top of the page can be shown."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move a page that is wider than its room."""
        ways = {Qt.Key.Key_Left: -0.2, Qt.Key.Key_Right: 0.2}
        way = ways.get(Qt.Key(event.key()))
        if way is not None and self.room_beside():
            self._sheets.move_aside(self._sheets.aside + way)
            return
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a page that is wider than its room."""
        self._grip = event.position() if self.room_beside() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._grip is not None:
            moved = event.position().x() - self._grip.x()
            self._grip = event.position()
            self._sheets.move_aside(self._sheets.aside - moved / max(1, self.room_beside()))


class Sheets(QWidget):
    """All pages, one under the other; pictures are made when they come into sight, and few are kept."""

    zoomed = Signal()

    def __init__(self, pages: PdfPages) -> None:
        super().__init__()
        self.pages = pages
        self.zoom = 1.0
        self.aside = 0.0
        self.closed = False
        self._pictures: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self.sheets = [PageSheet(self, number) for number in range(pages.count)]
        self.setLayout(column(*self.sheets, gap=20))

    def picture(self, number: int, width: int) -> QImage:
        """One page, ``width`` px wide; nothing where it cannot be made."""
        key = (number, width)
        found = self._pictures.pop(key, None)
        if found is None:
            try:
                found = self.pages.image(number, width)
            except MachineTrouble:
                found = QImage()
        self._pictures[key] = found
        while len(self._pictures) > KEPT_PICTURES:
            self._pictures.popitem(last=False)
        return found

    def forget(self) -> None:
        """Let go of every picture and of the pages."""
        if not self.closed:
            self.closed = True
            self._pictures.clear()
            self.pages.close()

    def step_zoom(self, steps: int) -> None:
        """Larger (1), smaller (-1), or as at first (0)."""
        place = ZOOMS.index(self.zoom)
        zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, place + steps))] if steps else 1.0
        if zoom == self.zoom:
            return
        self.zoom = zoom
        for sheet in self.sheets:
            sheet.updateGeometry()
            sheet.update()
        self.zoomed.emit()

    def move_aside(self, part: float) -> None:
        """Show another part of pages that are too wide: 0 the left edge, 1 the right edge."""
        self.aside = max(0.0, min(1.0, part))
        for sheet in self.sheets:
            sheet.update()
