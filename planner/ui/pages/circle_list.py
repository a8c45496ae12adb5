"""The list of people in the same three groups as the circle, moved between them in the same ways."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QListView

from planner.plan.records import Ring
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.paint import painter, rounded
from planner.ui.pages.people_words import HEAD
from planner.ui.theme import theme

KEYS = {Qt.Key.Key_Plus: -1, Qt.Key.Key_Minus: 1}


class RingList(ListView):
    """``dropped`` is told with an id and the ring it was put on; ``asked_step`` with an id and -1 closer, 1 further."""

    dropped = Signal(str, str)
    asked_step = Signal(str, int)
    menu_asked = Signal(str)

    def __init__(self, name: str) -> None:
        """Begins empty."""
        super().__init__(name, movable=True)
        self.target: Ring | None = None

    def _lines(self) -> list[Line]:
        return self._model.all()

    # ---------------------------------------------------------------- keyboard

    def keep_on(self, line_id: str) -> None:
        """Leave the keyboard on a line, wherever it stands now and whoever's card is open."""
        self._set_current(self._model.place(line_id) if line_id else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus as in the circle; Esc takes a drag back."""
        if event.key() == Qt.Key.Key_Escape and self._drag_from >= 0:
            self.cancel_drag()
        elif Qt.Key(event.key()) in KEYS and self._movable_here(self.currentIndex().row()):
            self.asked_step.emit(self.current_id(), KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _movable_here(self, row: int) -> bool:
        return 0 <= row < len(self._lines()) and self._lines()[row].movable

    def _move_by_key(self, step: int) -> None:
        if self._movable_here(self.currentIndex().row()):
            self.asked_step.emit(self.current_id(), step)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with somebody, by the menu key or the other mouse button."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if self._movable_here(index.row()):
            self._set_current(index.row())
            self.menu_asked.emit(self._lines()[index.row()].id)
            event.accept()

    # ---------------------------------------------------------------- drag

    def _groups(self) -> dict[Ring, tuple[int, int]]:
        """The first and the last line of each group, its head counted."""
        found: dict[Ring, tuple[int, int]] = {}
        here: Ring | None = None
        for row, line in enumerate(self._lines()):
            if line.section:
                name = line.id.removeprefix(HEAD)
                here = Ring(name) if name in list(Ring) else None
            if here is not None:
                found[here] = (found.get(here, (row, row))[0], row)
        return found

    def group_rect(self, ring: Ring) -> QRectF:
        """Where a group lies, px in the list."""
        first, last = self._groups()[ring]
        top = self.visualRect(self._model.index(first)).top()
        bottom = self.visualRect(self._model.index(last)).bottom()
        return QRectF(0, top, self.viewport().width(), bottom - top)

    def _place_under(self, spot: QPoint) -> int:
        """Drawn as a group, not as a line between two: within a group people stand by their names."""
        self.target = next((ring for ring in self._groups() if self.group_rect(ring).contains(0, spot.y())), None)
        return -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put down on a group, or pressed."""
        dragged, target = self._drag_from, self.target
        if dragged < 0:
            super().mouseReleaseEvent(event)
            return
        person = self._lines()[dragged].id
        first, last = self._groups().get(target, (0, -1)) if target is not None else (0, -1)
        self.cancel_drag()
        if target is not None and not first <= dragged <= last:
            self.dropped.emit(person, target.value)

    def cancel_drag(self) -> None:
        """Back to where it was."""
        self.held_row = self._drag_from = self._drop_before = -1
        self.target = None
        self.unsetCursor()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and round the group on which somebody would come down an edge."""
        QListView.paintEvent(self, event)
        if self._drag_from >= 0 and self.target is not None:
            p = painter(self.viewport())
            area = self.group_rect(self.target).adjusted(1, 1, -1, -1)
            rounded(p, area, theme.radius("control"), None, theme.colour("accent"), theme.stroke("chosen") + 1)
            p.end()
