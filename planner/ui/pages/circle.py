"""The circle: people as close, around and further, moved from ring to ring by drag and by keyboard.

The rings are only ground; the people on them are buttons. A list says the same (:mod:`planner.ui.pages.people_list`).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, pi

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from planner.plan.records import Ring, SupportContact
from planner.ui.kit.own_layouts import discard
from planner.ui.kit.paint import ROUND, Block, painter, rounded
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.text import draw_person
from planner.ui.pages.circle_place import Asked, Placed, Sizes, place, usual_radii
from planner.ui.pages.circle_spot import DISC, PersonSpot, name_width, words_high
from planner.ui.pages.people_words import hers, owner_name, ring_words
from planner.ui.pages.plan_words import Hand
from planner.ui.theme import theme
from planner.words import _

RINGS = tuple(Ring)
MOST_PEOPLE = 12
"""So many stand in the circle; with more, the list serves better."""

RADIUS, MOST_RADIUS, LEAST_RADIUS = 280, 330, 120
ME = 56
LABEL = 26
OUTSIDE = 20
"""So far outside the largest ring somebody can still be dropped on it, px at 100 %."""


class Circle(QWidget):
    """Everybody of one person, those to be careful with never among them.

    ``opened`` is told with somebody's id; ``moved`` with an id and the ring it was put on; ``asked_step`` with an id
    and -1 (closer) or 1 (further); ``menu_asked`` with an id, where a menu was asked for.
    """

    opened = Signal(str)
    moved = Signal(str, str)
    asked_step = Signal(str, int)
    menu_asked = Signal(str)
    beyond_changed = Signal()

    def __init__(self, hand: Hand) -> None:
        """Empty until :meth:`show_people`."""
        super().__init__()
        self._hand = hand
        self._people: list[SupportContact] = []
        self._beyond = 0
        self.spots: dict[str, PersonSpot] = {}
        self.chosen = ""
        self.tab_after: QWidget | None = None
        """What Tab comes from into the circle; None: whatever was made before it."""
        self.placed = Placed(usual_radii(1), {})
        self._worked_out: dict[tuple[object, ...], Placed] = {}
        self._dragged: PersonSpot | None = None
        self._grip = QPoint()
        self.target: Ring | None = None
        self.setAccessibleName(_("Circle of people"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # ---------------------------------------------------------------- who is in it

    def show_people(self, people: Sequence[SupportContact], chosen: str) -> None:
        """Show these: the first dozen, the closest first."""
        kept = [each for each in people if not each.to_be_careful_with]
        kept.sort(key=lambda each: RINGS.index(each.ring))
        self._people, self._beyond = kept[:MOST_PEOPLE], max(0, len(kept) - MOST_PEOPLE)
        here = {each.id for each in self._people}
        for gone in [each for each in self.spots if each not in here]:
            discard(self.spots.pop(gone))
        for each in self._people:
            spot = self.spots.get(each.id)
            if spot is None:
                spot = self.spots[each.id] = self._new_spot(each.id)
            spot.show_contact(each, chosen=each.id == chosen)
        self.cancel_drag()
        self.chosen = chosen
        self.updateGeometry()
        self.arrange()

    def choose(self, chosen: str) -> None:
        """Show somebody as the one whose card is open."""
        self.chosen = chosen
        for each, spot in self.spots.items():
            spot.set_chosen(each == chosen)
        self._one_tab_stop()

    @property
    def left_over(self) -> int:
        """How many people are not in the circle, because it is full."""
        return self._beyond + len(self.placed.left_out)

    def _new_spot(self, person: str) -> PersonSpot:
        spot = PersonSpot(self)
        spot.clicked.connect(lambda _on=False: self.opened.emit(person))
        spot.menu_asked.connect(lambda: self.menu_asked.emit(person))
        spot.drag_begun.connect(lambda grip: self._begin_drag(spot, grip))
        spot.dragged.connect(self._drag)
        spot.dropped.connect(self._drop)
        spot.drag_cancelled.connect(self.cancel_drag)
        return spot

    def order(self) -> list[PersonSpot]:
        """Those in the circle, from the closest ring outwards and clockwise from the top."""

        def key(contact: SupportContact) -> tuple[int, float]:
            x, y = self.placed.spots[contact.id]
            return RINGS.index(contact.ring), atan2(x, -y) % (2 * pi)

        there = [each for each in self._people if each.id in self.placed.spots]
        return [self.spots[each.id] for each in sorted(there, key=key)]

    def _one_tab_stop(self) -> None:
        order = self.order()
        first = self.spots.get(self.chosen)
        stop = first if first in order else (order[0] if order else None)
        before = self.tab_after
        for spot in order:
            spot.setFocusPolicy(Qt.FocusPolicy.StrongFocus if spot is stop else Qt.FocusPolicy.ClickFocus)
            if before is not None:
                QWidget.setTabOrder(before, spot)
            before = spot

    def first_focus(self) -> QWidget | None:
        """The one whose card is open, or the first."""
        order = self.order()
        return next((spot for spot in order if spot is self.spots.get(self.chosen)), order[0] if order else None)

    # ---------------------------------------------------------------- how large it is

    def _margin(self) -> int:
        return theme.px(LABEL) // 2 + theme.sp(4)

    def _radius(self, width: int) -> int:
        """The usual radius in this width: as large as the page shows at once, no smaller than can be read."""
        most = width // 2 - theme.sp(4)
        seen = self._seen()
        wanted = theme.px(RADIUS)
        if seen:
            wanted = max(min(wanted, (seen - 2 * self._margin()) // 2), theme.px(RADIUS) * 4 // 5)
        return max(theme.px(LEAST_RADIUS), min(wanted, most))

    def _area(self) -> Scroll | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, Scroll):
            above = above.parentWidget()
        return above

    def _seen(self) -> int:
        """How much of the area that this scrolls in is seen at once, px; 0 outside any."""
        area = self._area()
        return area.viewport().height() - theme.sp(52) if area is not None else 0

    def _sizes(self) -> Sizes:
        return Sizes(disc=theme.px(DISC), line=words_high(), gap=theme.px(6), me=theme.px(ME), step=float(theme.px(4)))

    def _label(self, ring: Ring) -> Block:
        return Block(ring_words(ring), "body", wrap=False)

    def _place(self, width: int) -> Placed:
        """Where everybody stands in this width; worked out once."""
        radius = self._radius(width)
        most = max(radius, min(theme.px(MOST_RADIUS), width // 2 - theme.sp(4)))
        labels = [(self._label(ring).natural() + theme.sp(20), theme.px(LABEL)) for ring in RINGS]
        asked = [Asked(each.id, RINGS.index(each.ring), name_width(each)) for each in self._people]
        known = (radius, most, tuple(asked), theme.scale)
        found = self._worked_out.get(known)
        if found is None:
            # Layouts ask for the height in more than one width before they have settled.
            self._worked_out = dict([*self._worked_out.items()][-3:])
            found = self._worked_out[known] = place(asked, radius, most, self._sizes(), labels)
        return found

    def _keep_in_view(self) -> None:
        """Whoever has the keyboard may stand somewhere else now."""
        focus = QApplication.focusWidget()
        area = self._area()
        if area is not None and isinstance(focus, PersonSpot) and self.isAncestorOf(focus):
            area.show_whole(focus)

    def showEvent(self, event: QShowEvent) -> None:
        """A circle begins at its top, wherever the layouts that came before it settled had scrolled."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._from_the_top)

    def _from_the_top(self) -> None:
        area = self._area()
        if area is not None:
            area.verticalScrollBar().setValue(0)
            self._keep_in_view()

    def hasHeightForWidth(self) -> bool:
        """As high as wide."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The largest ring, with the word on it."""
        return round(2 * self._place(width).radii[2]) + 2 * self._margin()

    def sizeHint(self) -> QSize:
        """The usual circle."""
        width = max(self.width(), theme.px(240))
        return QSize(2 * theme.px(RADIUS) + theme.sp(8), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A narrow window."""
        return QSize(theme.px(200), theme.px(200))

    def retheme(self) -> None:
        """Other sizes."""
        self.updateGeometry()
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another circle."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
        self.arrange()

    @property
    def middle(self) -> QPointF:
        """The middle of the rings, px."""
        return QPointF(self.width() / 2, self._margin() + self.placed.radii[2])

    def arrange(self) -> None:
        """Put everybody in their place."""
        if self.width() < 10:
            return
        placed = self._place(self.width())
        if placed is not self.placed:
            self.placed = placed
            self.beyond_changed.emit()
            QTimer.singleShot(0, self, self._keep_in_view)
        middle = self.middle
        for each, spot in self.spots.items():
            where = placed.spots.get(each)
            spot.setVisible(where is not None)
            if where is not None and spot is not self._dragged:
                x = -where[0] if theme.rtl else where[0]
                size = spot.sizeHint()
                spot.setGeometry(
                    round(middle.x() + x - size.width() / 2),
                    round(middle.y() + where[1] - size.height() / 2),
                    size.width(),
                    size.height(),
                )
        self._one_tab_stop()
        self.update()
        if self.height() != self.heightForWidth(self.width()):
            # The height that layouts remember was for another width, or for other people.
            self.updateGeometry()

    # ---------------------------------------------------------------- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rings, the words on them, and whose circle it is."""
        p = painter(self)
        middle, radii = self.middle, self.placed.radii
        grounds = (("accent_wash", "accent_line"), ("well", "line"), ("sheet", "line"))
        for ring in (2, 1, 0):
            away = radii[ring]
            area = QRectF(middle.x() - away, middle.y() - away, 2 * away, 2 * away)
            aimed = self.target is RINGS[ring]
            edge, width = ("accent", theme.stroke("chosen") + 1) if aimed else (grounds[ring][1], 1.0)
            rounded(p, area, 99999, theme.colour(grounds[ring][0]), theme.colour(edge), width)
        for ring in range(3):
            self._paint_label(p, RINGS[ring], middle, radii[ring])
        self._paint_me(p, middle)
        p.end()

    def _paint_label(self, p: QPainter, ring: Ring, middle: QPointF, away: float) -> None:
        aimed = self.target is ring
        block = Block(ring_words(ring), "body", wrap=False, weight=600 if aimed else None)
        wide, high = block.natural() + theme.sp(20), theme.px(LABEL)
        area = QRectF(middle.x() - wide / 2, middle.y() - away - high / 2, wide, high)
        rounded(p, area, ROUND, theme.colour("page"), theme.colour("accent" if aimed else "line"))
        block.paint_middle(p, area, "accent_ink" if aimed else "ink_soft", "centre")

    def _paint_me(self, p: QPainter, middle: QPointF) -> None:
        size = theme.px(ME)
        area = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
        desk = self._hand.desk
        words = _("Me") if hers(desk) else owner_name(desk)[:1].upper()
        draw_person(p, area, words if Block(words, "row").natural() < size - 8 else words[:1], 0, me=True)

    # ---------------------------------------------------------------- moved by the mouse

    def ring_at(self, spot: QPointF) -> Ring | None:
        """The ring at a place; None outside the circle."""
        away = spot - self.middle
        far = (away.x() ** 2 + away.y() ** 2) ** 0.5
        if far > self.placed.radii[2] + theme.px(OUTSIDE):
            return None
        return next((ring for ring, radius in zip(RINGS, self.placed.radii, strict=True) if far <= radius), RINGS[2])

    def _begin_drag(self, spot: PersonSpot, grip: QPoint) -> None:
        self._dragged, self._grip = spot, grip
        spot.raise_()

    def _drag(self, place_in_spot: QPoint) -> None:
        """Follow the pointer, as far as the circle's own edges."""
        spot = self._dragged
        if spot is None:
            return
        corner = spot.mapToParent(place_in_spot) - self._grip
        x = max(0, min(corner.x(), self.width() - spot.width()))
        y = max(0, min(corner.y(), self.height() - spot.height()))
        spot.move(x, y)
        target = self.ring_at(QPointF(spot.mapToParent(place_in_spot)))
        if target is not self.target:
            self.target = target
            self.update()

    def _drop(self) -> None:
        spot, target = self._dragged, self.target
        self.cancel_drag()
        if spot is not None and target is not None and target is not spot.ring:
            self.moved.emit(spot.person, target.value)

    def cancel_drag(self) -> None:
        """Back to where it was."""
        if self._dragged is not None:
            self._dragged.let_go()
            self._dragged, self.target = None, None
            self.arrange()

    @property
    def is_dragging(self) -> bool:
        """Whether somebody is held by the mouse now."""
        return self._dragged is not None

    # ---------------------------------------------------------------- moved by the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from one to the next; with Alt, or + and -, somebody comes closer or goes further."""
        focus = QApplication.focusWidget()
        order = self.order()
        key = Qt.Key(event.key())
        if not isinstance(focus, PersonSpot) or focus not in order:
            super().keyPressEvent(event)
            return
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        side = -1 if theme.rtl else 1
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1} if alt else {Qt.Key.Key_Plus: -1, Qt.Key.Key_Minus: 1}
        steps = {Qt.Key.Key_Right: side, Qt.Key.Key_Left: -side, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        at = order.index(focus)
        if key == Qt.Key.Key_Escape and self.is_dragging:
            self.cancel_drag()
        elif key in moves:
            self.asked_step.emit(focus.person, moves[key])
        elif key in steps and not alt:
            order[(at + steps[key]) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            order[0 if key == Qt.Key.Key_Home else -1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
