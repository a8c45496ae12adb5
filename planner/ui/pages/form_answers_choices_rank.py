"""Putting choices in order: by dragging, by their arrows, or by keys. Nothing is in order until somebody says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from planner.ui.kit.buttons import Button, Pressed
from planner.ui.kit.layouts import Box, column, flow
from planner.ui.kit.paint import ROUND, Block, across, painter, rounded, tinted
from planner.ui.kit.said import announce
from planner.ui.kit.text import Text
from planner.ui.pages.form_answers import Answer, Around
from planner.ui.pages.form_answers_choices import say_when_empty
from planner.ui.pages.form_answers_choices_cards import picture_of
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import Choice, Question

PICTURE = 56


class Ranked(Pressed):
    """One choice in its place. ``place`` counts from 1; 0 while nothing is in order yet."""

    stepped = Signal(int)
    """An arrow was pressed: -1 or +1."""
    dragged = Signal(int)
    """It is pulled; how far down the pointer is, px in the list."""
    let_go = Signal()

    def __init__(self, choice: Choice, picture: QImage | None) -> None:
        super().__init__(choice.label)
        self.value = choice.value
        self.by_arrows = True
        self.place, self.count, self.held = 0, 1, False
        self._picture = picture
        self._block = Block("")
        self._pulled = False
        self._press = QPoint()
        self._zone = 0
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleDescription(_("Alt with arrow up or down moves it. A digit sends it to that place."))
        self.retheme()

    def stand(self, place: int, count: int, *, ordered: bool) -> None:
        """Its place among ``count``; ``ordered`` False while nobody has put them in order."""
        self.place, self.count = (place if ordered else 0), count
        self._first, self._last = place == 1, place == count
        name = _("Place {n}: {what}").format(n=place, what=self.text()) if ordered else self.text()
        self.setAccessibleName(name)
        self.update()

    def retheme(self) -> None:
        """Set the words anew."""
        self._block = Block(self.text(), "lead")
        self.updateGeometry()
        self.update()

    # ---------------------------------------------------------------- measure

    def _arrow(self) -> int:
        return theme.size("target")

    def _lead(self) -> int:
        picture = self._picture_size().width() + theme.sp(12) if self._picture is not None else 0
        return theme.sp(12) + theme.px(28) + theme.sp(12) + picture

    def _room(self, width: int) -> int:
        return max(1, width - self._lead() - 2 * self._arrow() - theme.sp(8))

    def _picture_size(self) -> QSize:
        if self._picture is None:
            return QSize(0, 0)
        room = QSize(theme.px(96), theme.px(PICTURE))
        return self._picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    def hasHeightForWidth(self) -> bool:
        """Long words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in ``width`` px."""
        words = self._block.height(self._room(width)) + 2 * theme.px(12)
        return max(theme.size("choice"), words, self._picture_size().height() + 2 * theme.sp(8))

    def sizeHint(self) -> QSize:
        """In one line."""
        width = int(self._block.natural()) + 2 + self._lead() + 2 * self._arrow() + theme.sp(8)
        return QSize(width, theme.size("choice"))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a narrow window."""
        return QSize(theme.px(220), theme.size("choice"))

    def _arrow_area(self, step: int) -> QRectF:
        """Where the arrow up (-1) or down (+1) is pressed."""
        size = self._arrow()
        begin = self.width() - theme.sp(4) - (2 * size if step < 0 else size)
        return QRectF(across(self, begin, size), (self.height() - size) / 2, size, size)

    def _zone_at(self, spot: QPoint) -> int:
        for step, shut in ((-1, self._first), (1, self._last)):
            if not shut and self._arrow_area(step).contains(spot):
                return step
        return 0

    # ---------------------------------------------------------------- hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """An arrow, or the beginning of a pull."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._press = event.position().toPoint()
        step = self._zone_at(self._press)
        if step:
            self.stepped.emit(step)
        else:
            self._pulled = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pulled along, or only passed over."""
        spot = event.position().toPoint()
        if self._pulled and event.buttons() & Qt.MouseButton.LeftButton:
            far = self.held or (spot - self._press).manhattanLength() >= QApplication.startDragDistance()
            if far:
                self.held = True
                self.dragged.emit(self.mapToParent(spot).y())
            return
        zone = self._zone_at(spot)
        if zone != self._zone:
            self._zone = zone
            self.setCursor(Qt.CursorShape.PointingHandCursor if zone else Qt.CursorShape.OpenHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put down."""
        was_held, self._pulled, self.held = self.held and self._pulled, False, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()
        if was_held:
            self.let_go.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key is the list's."""
        event.ignore()

    # ---------------------------------------------------------------- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Its place, its words, its two arrows."""
        p = painter(self)
        area = QRectF(self.rect())
        ground = "accent_wash" if self.held else "well" if self.hovered else "sheet"
        edge, stroke = ("accent", "chosen") if self.held else ("line_strong", "hair")
        rounded(p, area, theme.radius("control"), theme.colour(ground), theme.colour(edge), theme.stroke(stroke))
        self._paint_place(p)
        begin = theme.sp(12) + theme.px(28) + theme.sp(12)
        if self._picture is not None:
            size = self._picture_size()
            left = across(self, begin, size.width())
            p.drawImage(QRectF(left, (self.height() - size.height()) / 2, size.width(), size.height()), self._picture)
        room = self._room(self.width())
        self._block.paint_middle(p, QRectF(across(self, self._lead(), room), 0, room, self.height()), "ink")
        for step, shut in ((-1, self._first), (1, self._last)):
            if shut:
                continue
            spot = self._arrow_area(step)
            if self.hovered and self._zone == step:
                rounded(p, spot.adjusted(2, 2, -2, -2), theme.radius("control"), theme.colour("press"))
            self._paint_arrow(p, spot, up=step < 0)
        p.end()

    def _paint_place(self, p: QPainter) -> None:
        size = theme.px(28)
        spot = QRectF(across(self, theme.sp(12), size), (self.height() - size) / 2, size, size)
        if not self.place:
            rounded(p, spot, ROUND, None, theme.colour("line_strong"), theme.stroke("control"))
            return
        rounded(p, spot, ROUND, theme.colour("accent"))
        Block(str(self.place), "label", weight=600, wrap=False, tabular=True).paint_middle(
            p, spot, "on_accent", "centre"
        )

    def _paint_arrow(self, p: QPainter, spot: QRectF, *, up: bool) -> None:
        size = theme.size("icon_small")
        p.save()
        p.translate(spot.center())
        if up:
            p.scale(1, -1)
        p.drawPixmap(round(-size / 2), round(-size / 2), tinted(self, "down", "ink_soft", size))
        p.restore()


class RankList(QWidget):
    """The choices under one another, in an order that hand and keys change."""

    changed = Signal()
    onward = Signal()

    def __init__(
        self, choices: Sequence[Choice], order: Sequence[str], *, name: str, files: Mapping[str, bytes] | None = None
    ) -> None:
        """``order`` are the values in the order kept; empty while there is none."""
        super().__init__()
        self.setAccessibleName(name)
        rows = {each.value: Ranked(each, picture_of(each, files or {})) for each in choices}
        kept = [each for each in dict.fromkeys(order) if each in rows]
        self.ordered = bool(kept)
        # What is offered newly stands at the end: a ranking always holds every choice (specification, "Body Elements").
        self._rows = [rows[each] for each in (*kept, *(each for each in rows if each not in kept))]
        self._carried = False
        self._place = Box(True, 8, (0, 0, 0, 0))
        for row in self._rows:
            self._place.put(row)
            row.stepped.connect(lambda step, r=row: self.move_row(r, self._rows.index(r) + step))
            row.dragged.connect(lambda y, r=row: self._drag(r, y))
            row.let_go.connect(self._settled)
        self.setLayout(self._place)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._number()

    def values(self) -> tuple[str, ...]:
        """Every choice in its order; nothing while none was given."""
        return tuple(row.value for row in self._rows) if self.ordered else ()

    @property
    def rows(self) -> Sequence[Ranked]:
        """The rows as they stand."""
        return self._rows

    def set_ordered(self, ordered: bool) -> None:
        """As it stands, it is the order; or there is none again. Tells it."""
        if ordered != self.ordered:
            self.ordered = ordered
            self._number()
            self.changed.emit()

    def first(self) -> QWidget | None:
        """The row that Tab comes to."""
        return next((row for row in self._rows if row.focusPolicy() == Qt.FocusPolicy.StrongFocus), None)

    def _number(self) -> None:
        focus = QApplication.focusWidget()
        stop = focus if focus in self._rows else self._rows[0] if self._rows else None
        for place, row in enumerate(self._rows, 1):
            row.stand(place, len(self._rows), ordered=self.ordered)
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)

    def move_row(self, row: Ranked, to: int, *, settle: bool = True) -> None:
        """Put a row at a place counted from 0; past an end is that end."""
        here, there = self._rows.index(row), max(0, min(len(self._rows) - 1, to))
        if here != there:
            self._rows.insert(there, self._rows.pop(here))
            self._place.removeWidget(row)
            self._place.insertWidget(there, row)
        if settle:
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self._settled()
            announce(self, _("Now at place {n} of {all}").format(n=there + 1, all=len(self._rows)))
        else:
            self._number()

    def _settled(self) -> None:
        self.ordered = True
        self._number()
        self.changed.emit()

    def _drag(self, row: Ranked, y: int) -> None:
        here = self._rows.index(row)
        if here + 1 < len(self._rows) and y > self._rows[here + 1].geometry().center().y():
            self.move_row(row, here + 1, settle=False)
        elif here and y < self._rows[here - 1].geometry().center().y():
            self.move_row(row, here - 1, settle=False)
        else:
            return
        self._place.activate()

    def focused(self) -> Ranked | None:
        """The row that has the keyboard."""
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, Ranked) and focus in self._rows else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from row to row; with Alt, or after Space, they move the row; Enter goes on."""
        row, key = self.focused(), Qt.Key(event.key())
        if row is None:
            super().keyPressEvent(event)
            return
        here = self._rows.index(row)
        steps = {Qt.Key.Key_Up: here - 1, Qt.Key.Key_Down: here + 1, Qt.Key.Key_Home: 0}
        steps[Qt.Key.Key_End] = len(self._rows) - 1
        moving = bool(event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier))
        if key in steps and (moving or row.held):
            self.move_row(row, steps[key])
        elif key in steps:
            goal = self._rows[max(0, min(len(self._rows) - 1, steps[key]))]
            goal.setFocus(Qt.FocusReason.TabFocusReason)
            self._number()
        elif key == Qt.Key.Key_Space:
            self._carry(row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not moving:
            if row.held:
                self._carry(row)
            else:
                self.onward.emit()
        elif key == Qt.Key.Key_Escape and row.held:
            self._carry(row)
        else:
            super().keyPressEvent(event)

    def _carry(self, row: Ranked) -> None:
        """Take a row up, or put it down."""
        held = not row.held
        for each in self._rows:
            each.held = False
        row.held = held
        row.update()
        announce(self, _("Taken up. Arrows move it, Space puts it down.") if held else _("Put down."))


class RankAnswer(Answer):
    """Choices in her own order."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.list = RankList(question.choices, question.value.split(), name=question.label, files=around.form_files)
        self.list.changed.connect(self._changed)
        self.list.onward.connect(self.onward)
        self.hint = Text(_("Drag a line, or press its arrows, until the order is right."), "body", "ink_soft")
        self.keep = Button(_("This order is right"), icon="check", on=lambda: self.list.set_ordered(True))
        self.again = Button(_("Take the order back"), "quiet", compact=True, on=self._take_back)
        self.setLayout(column(self.hint, 8, self.list, 12, flow(self.keep, self.again)))
        self._fit()
        say_when_empty(self)

    def _changed(self) -> None:
        self._fit()
        self.given.emit()

    def _take_back(self) -> None:
        first = self.list.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.set_ordered(False)

    def _fit(self) -> None:
        if self.keep.hasFocus():
            first = self.list.first()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.keep.setVisible(not self.list.ordered and len(self.list.rows) > 0)
        self.hint.setVisible(len(self.list.rows) > 0)
        self.again.setVisible(self.list.ordered)

    def value(self) -> object:
        return self.list.values()

    def first(self) -> QWidget | None:
        return self.list.first()

    def pick(self, number: int) -> bool:
        """A digit sends the row that has the keyboard to that place."""
        row = self.list.focused()
        if row is None or not 1 <= number <= len(self.list.rows):
            return False
        self.list.move_row(row, number - 1)
        return True
