"""Lists as models: lines with sections, drawn by one delegate; opened, chosen and put in order by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from planner.ui.kit.line_paint import LinePainter
from planner.ui.kit.said import announce
from planner.ui.kit.scroll import PaperScrollBar
from planner.ui.kit.text import dots_spoken
from planner.ui.theme import theme
from planner.words import _

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Line:
    """One line of a list. With ``section`` set it is a head and cannot be opened; ``bold`` are words found in it."""

    id: str
    title: str
    detail: str = ""
    icon: str = ""
    time: str = ""
    letter: str = ""
    tone: int = 0
    chips: tuple[tuple[str, str], ...] = ()
    trail: str = ""
    dots: tuple[int, int] | None = None
    section: bool = False
    soft: bool = False
    spoken: str = ""
    movable: bool = False
    title_more: str = ""
    group: str = ""
    bold: tuple[str, ...] = ()

    def aloud(self) -> str:
        """What a screen reader says of the line."""
        if self.spoken:
            return self.spoken
        parts = [self.time, f"{self.title} {self.title_more}".strip(), self.detail, self.trail]
        parts += [words for _icon, words in self.chips]
        if self.dots:
            parts.append(dots_spoken(*self.dots))
        return ", ".join(part for part in parts if part)


class Lines(QAbstractListModel):
    """The lines of one list."""

    def __init__(self, parent: QWidget) -> None:
        """Begins empty."""
        super().__init__(parent)
        self._lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; where only words changed, nothing moves."""
        same_places = [line.id for line in lines] == [line.id for line in self._lines]
        if not same_places:
            self.beginResetModel()
        self._lines = list(lines)
        if same_places:
            if self._lines:
                self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))
        else:
            self.endResetModel()

    def line(self, row: int) -> Line:
        """The line at a place."""
        return self._lines[row]

    def all(self) -> list[Line]:
        """Every line, heads too."""
        return self._lines

    def place(self, line_id: str) -> int:
        """Where a line stands; -1 when it is not there."""
        return next((row for row, line in enumerate(self._lines) if line.id == line_id and not line.section), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a line, and what is said of it."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.aloud()
        return line if role == LINE_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A head is only read."""
        if not index.isValid() or self._lines[index.row()].section:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class LineDelegate(QStyledItemDelegate):
    """Draws a line in the look; knows its height for the width of the list."""

    def __init__(self, view: ListView) -> None:
        """``view`` tells width, what is chosen and what the pointer is on."""
        super().__init__(view)
        self._view = view

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        rect: QRect = option.rect
        self._view.painter_of(index.row()).paint(
            p,
            rect,
            self._view.devicePixelRatioF(),
            chosen=self._view.is_chosen(index.row()),
            over=self._view.hovered_row == index.row(),
            held=self._view.held_row == index.row(),
            ring=self._view.ring_row() == index.row(),
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need."""
        width = self._view.viewport().width()
        return QSize(width, self._view.painter_of(index.row()).height(width))


class ListView(QListView):
    """A list of lines.

    ``opened`` is told with a line's id when it is pressed, or Enter or Space is; ``moved`` with the ids of a line and
    of the one it now stands before ("" at the end of its group).
    """

    opened = Signal(str)
    chosen_changed = Signal(str)
    moved = Signal(str, str)

    def __init__(self, name: str, *, grow: bool = True, movable: bool = False, chevron: bool = False) -> None:
        """``grow`` makes it as high as its lines, to lie in a page that scrolls; else it scrolls by itself."""
        super().__init__()
        self.setAccessibleName(name)
        self._model = Lines(self)
        self._grow, self._movable, self._chevron = grow, movable, chevron
        self._painters: dict[int, LinePainter] = {}
        self._chosen = ""
        self.hovered_row = self.held_row = -1
        self._drag_from, self._drop_before = -1, -1
        self._press_at = QPoint()
        self.ring_radius, self.ring_inset = theme.radius("control"), 0
        self.setModel(self._model)
        self.setItemDelegate(LineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(PaperScrollBar(Qt.Orientation.Vertical))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        if grow:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    # ---------------------------------------------------------------- what is in it

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; what is chosen, has the keyboard and is in view stays."""
        current = self.current_id()
        scrolled = self.verticalScrollBar().value()
        self._painters.clear()
        self._model.set_lines(lines)
        if current:
            self._set_current(self._model.place(current))
        self.scheduleDelayedItemsLayout()
        self.verticalScrollBar().setValue(scrolled)
        self.updateGeometry()
        self.viewport().update()

    def lines(self) -> Sequence[Line]:
        """Every line, heads too."""
        return self._model.all()

    @property
    def chosen(self) -> str:
        """The id of the line that is shown as chosen; "" for none."""
        return self._chosen

    def choose(self, line_id: str) -> None:
        """Show a line as chosen, without telling anyone."""
        self._chosen = line_id
        place = self._model.place(line_id)
        if place >= 0:
            self._set_current(place)
        self.viewport().update()

    def current_id(self) -> str:
        """The line the keyboard is on."""
        index = self.currentIndex()
        return self._model.line(index.row()).id if index.isValid() and index.row() < self._model.rowCount() else ""

    def _set_current(self, place: int) -> None:
        if place >= 0:
            self.selectionModel().setCurrentIndex(
                self._model.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def painter_of(self, row: int) -> LinePainter:
        """How the line at a place is set, kept until its words or the look change."""
        found = self._painters.get(row)
        if found is None:
            lines = self._model.all()
            last = row + 1 >= len(lines) or lines[row + 1].section
            found = self._painters[row] = LinePainter(lines[row], first=row == 0, last=last, chevron=self._chevron)
        return found

    def is_chosen(self, row: int) -> bool:
        """Whether the line at a place is the chosen one."""
        return bool(self._chosen) and self._model.line(row).id == self._chosen

    def retheme(self) -> None:
        """Set every line anew."""
        self._painters.clear()
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    # ---------------------------------------------------------------- how high it is

    def hasHeightForWidth(self) -> bool:
        """A list that grows does."""
        return self._grow

    def heightForWidth(self, width: int) -> int:
        """All lines together."""
        return sum(self.painter_of(row).height(width) for row in range(self._model.rowCount()))

    def sizeHint(self) -> QSize:
        """As high as its lines when it grows."""
        width = max(self.width(), theme.px(240))
        return QSize(theme.px(344), self.heightForWidth(width) if self._grow else theme.px(400))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a narrow window."""
        return QSize(theme.px(160), 0 if self._grow else theme.px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other heights."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            if self._grow:
                # The height that layouts remember was for the old width, and would cut the last lines off.
                self.updateGeometry()

    # ---------------------------------------------------------------- keyboard

    def ring_row(self) -> int:
        """The line with the ring: the one the keyboard is on, while the keyboard is used."""
        ring = getattr(self.window(), "ring", None)
        if not self.hasFocus() or ring is None or not ring.by_keyboard:
            return -1
        return self.currentIndex().row()

    @property
    def ring_target(self) -> QWidget:
        """The ring is drawn by the line itself, inside; round the whole list only when it has no lines."""
        return self.viewport() if self._model.rowCount() == 0 else _no_ring(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open; Alt with arrow up or down moves a line; arrows skip heads."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex().row())
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_by_key(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(key)
        else:
            super().keyPressEvent(event)

    def _step(self, key: int) -> None:
        rows = [row for row, line in enumerate(self._model.all()) if not line.section]
        if not rows:
            return
        here = self.currentIndex().row()
        place = rows.index(here) if here in rows else -1
        goals = {
            int(Qt.Key.Key_Home): 0,
            int(Qt.Key.Key_End): len(rows) - 1,
            int(Qt.Key.Key_Up): max(0, place - 1),
            int(Qt.Key.Key_Down): min(len(rows) - 1, place + 1),
        }
        self._set_current(rows[goals[int(key)]])
        self.show_current()
        self.viewport().update()

    def show_current(self) -> None:
        """Bring the line the keyboard is on into view, in whatever scrolls."""
        from planner.ui.kit.scroll import Scroll

        index = self.currentIndex()
        self.scrollTo(index)
        if not self._grow:
            return
        rect = self.visualRect(index)
        above: QWidget | None = self.parentWidget()
        while above is not None:
            outer = above.parentWidget()
            inner = outer.widget() if isinstance(outer, Scroll) else None
            if isinstance(outer, Scroll) and inner is not None:
                spot = self.viewport().mapTo(inner, rect.center())
                outer.ensureVisible(spot.x(), spot.y(), 0, rect.height() // 2 + theme.sp(16))
            above = outer

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes in on the chosen line, else on the first."""
        super().focusInEvent(event)
        current = self.currentIndex()
        if not current.isValid() or self._model.line(current.row()).section:
            place = self._model.place(self._chosen)
            rows = [row for row, line in enumerate(self._model.all()) if not line.section]
            self._set_current(place if place >= 0 else rows[0] if rows else -1)
        self.viewport().update()

    def _open(self, row: int) -> None:
        if 0 <= row < self._model.rowCount() and not self._model.line(row).section:
            line_id = self._model.line(row).id
            self.chosen_changed.emit(line_id)
            self.opened.emit(line_id)

    # ---------------------------------------------------------------- putting in order

    def _group_rows(self, row: int) -> list[int]:
        """The places a line may move among."""
        group = self._model.line(row).group
        return [place for place, line in enumerate(self._model.all()) if line.movable and line.group == group]

    def _move_by_key(self, step: int) -> None:
        row = self.currentIndex().row()
        if not self._movable or row < 0 or not self._model.line(row).movable:
            return
        rows = self._group_rows(row)
        place = rows.index(row) + step
        if not 0 <= place < len(rows):
            return
        line_id = self._model.line(row).id
        order = [self._model.line(at).id for at in rows if at != row]
        before = order[place] if place < len(order) else ""
        self.moved.emit(line_id, before)
        self._set_current(self._model.place(line_id))
        announce(self, _("Now at place {n} of {all}").format(n=place + 1, all=len(rows)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where it began: a press, or a drag."""
        index = self.indexAt(event.position().toPoint())
        if (
            event.button() == Qt.MouseButton.LeftButton
            and index.isValid()
            and not self._model.line(index.row()).section
        ):
            self.held_row = index.row()
            self._press_at = event.position().toPoint()
            self._set_current(index.row())
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a line, or only pass over."""
        spot = event.position().toPoint()
        far = (spot - self._press_at).manhattanLength() >= QApplication.startDragDistance()
        if self.held_row >= 0 and self._movable and far and self._model.line(self.held_row).movable:
            self._drag_from = self.held_row
        if self._drag_from >= 0:
            self._drop_before = self._place_under(spot)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()
            return
        index = self.indexAt(spot)
        row = index.row() if index.isValid() and not self._model.line(index.row()).section else -1
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _place_under(self, spot: QPoint) -> int:
        """The place before which a dragged line would come down; one past the last for the end of its group."""
        rows = self._group_rows(self._drag_from)
        for row in rows:
            if spot.y() < self.visualRect(self._model.index(row)).center().y():
                return row
        return rows[-1] + 1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was pressed, or put down what was dragged."""
        held, dragged, drop = self.held_row, self._drag_from, self._drop_before
        self.held_row = self._drag_from = self._drop_before = -1
        self.unsetCursor()
        self.viewport().update()
        if dragged >= 0:
            if drop not in (dragged, dragged + 1):
                rows = self._group_rows(dragged)
                before = self._model.line(drop).id if drop in rows else ""
                self.moved.emit(self._model.line(dragged).id, before)
        elif held >= 0 and self.indexAt(event.position().toPoint()).row() == held:
            self._open(held)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self.hovered_row = -1
        self.viewport().update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and where a dragged one would come down."""
        super().paintEvent(event)
        if self._drag_from < 0 or self._drop_before < 0:
            return
        last = self._drop_before >= self._model.rowCount()
        rect = self.visualRect(self._model.index(self._drop_before - (1 if last else 0)))
        p = QPainter(self.viewport())
        p.fillRect(rect.left(), (rect.bottom() if last else rect.top()) - 1, rect.width(), 2, theme.colour("accent"))
        p.end()


def _no_ring(view: ListView) -> QWidget:
    """A widget that is never seen, so that the window's ring stays away from a list with lines."""
    found = view.findChild(QWidget, "no-ring", Qt.FindChildOption.FindDirectChildrenOnly)
    if found is None:
        found = QWidget(view)
        found.setObjectName("no-ring")
        found.hide()
    return found
