"""Somebody in the circle: a disc with a letter, the name below; pressed, dragged, and spoken with their ring."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from planner.plan.records import Ring, SupportContact
from planner.ui.kit.buttons import Pressed
from planner.ui.kit.paint import ROUND, Block, painter, rounded
from planner.ui.kit.text import draw_person
from planner.ui.kit.tips import set_tip
from planner.ui.pages.people_words import ring_words, shown_name
from planner.ui.people_words import tone_of
from planner.ui.theme import theme
from planner.words import _

DISC, NAME = 44, 96
"""Width of the disc, and the most that a name takes below it, px at 100 %; the card and the list have it whole."""


def name_width(contact: SupportContact) -> float:
    """The width of somebody's name as it stands in the circle, px."""
    return min(Block(shown_name(contact), "label", weight=600, wrap=False).natural() + 2, theme.px(NAME))


def words_high() -> int:
    """The height of the name below the disc, px."""
    return theme.line("label") + theme.px(4)


class PersonSpot(Pressed):
    """A press opens the card; held and pulled, the spot follows the pointer until it is let go."""

    menu_asked = Signal()
    drag_begun = Signal(QPoint)
    dragged = Signal(QPoint)
    dropped = Signal()
    drag_cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Shows nobody yet."""
        super().__init__()
        self.setParent(parent)
        self.by_arrows = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.person = ""
        self.ring = Ring.AROUND
        self._chosen = False
        self._letter, self._tone, self._wide = "", 0, 0.0
        self._name = Block("")
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self.ring_radius, self.ring_inset = theme.radius("control"), -2

    def show_contact(self, contact: SupportContact, *, chosen: bool) -> None:
        """Show somebody."""
        self.person, self.ring, self._chosen = contact.id, contact.ring, chosen
        self._letter, self._tone = contact.name[:1].upper() or "?", tone_of(contact.id)
        name = shown_name(contact)
        self.setText(name)
        said = [name, ring_words(contact.ring), contact.role.strip().rstrip(".")]
        self.setAccessibleName(". ".join(part for part in said if part))
        self.setAccessibleDescription(_("Alt and arrow up: closer. Alt and arrow down: further."))
        whole = Block(name, "label", weight=600, wrap=False).natural() + 2
        set_tip(self, name if whole > theme.px(NAME) else "")
        self._wide = min(whole, theme.px(NAME))
        self.retheme()

    def set_chosen(self, chosen: bool) -> None:
        """Whether the card of this one is open."""
        self._chosen = chosen
        self.retheme()

    def retheme(self) -> None:
        """Set the name anew."""
        self._name = Block(self.text(), "label", weight=600 if self._chosen else 400, wrap=False)
        if self.person:
            whole = Block(self.text(), "label", weight=600, wrap=False).natural() + 2
            self._wide = min(whole, theme.px(NAME))
        self.update()

    def sizeHint(self) -> QSize:
        """Disc and name."""
        return QSize(round(max(theme.px(DISC), self._wide)), theme.px(DISC) + words_high())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc, letter, name; the chosen one stands in a green ring, and its name is heavier."""
        p = painter(self)
        size = theme.px(DISC)
        disc = QRectF((self.width() - size) / 2, 0, size, size)
        if self._chosen:
            rounded(p, disc, ROUND, theme.colour("sheet"), theme.colour("accent"), theme.stroke("chosen"))
            disc = disc.adjusted(4, 4, -4, -4)
        elif self.isDown() or self.hovered:
            rounded(p, disc, ROUND, theme.colour("press"), theme.colour("line_strong"))
            disc = disc.adjusted(3, 3, -3, -3)
        draw_person(p, disc, self._letter, self._tone, edge="line_strong")
        area = QRectF(0, size + theme.px(2), self.width(), theme.line("label"))
        self._name.paint_cut(p, area, "ink", "centre")
        p.end()

    # ---------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where it was taken."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pulled far enough, it is a drag."""
        spot = event.position().toPoint()
        if self._pressed_at is None:
            super().mouseMoveEvent(event)
            return
        far = (spot - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setDown(False)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.drag_begun.emit(self._pressed_at)
        if self._dragging:
            self.dragged.emit(spot)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put down where it is, or pressed."""
        self._pressed_at = None
        if self._dragging:
            self.dropped.emit()
        else:
            super().mouseReleaseEvent(event)

    def let_go(self) -> None:
        """The drag is over, or was taken back: the next release presses nothing."""
        self._dragging, self._pressed_at = False, None
        self.setDown(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes a drag back."""
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self.drag_cancelled.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with somebody, by the menu key or the other mouse button."""
        self.menu_asked.emit()
        event.accept()
