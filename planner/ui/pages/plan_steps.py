"""The steps of an open goal: ticked, moved, written where they stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from planner.plan.records import Step, new_id
from planner.ui.kit.buttons import Button, Tick
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, flow, hold
from planner.ui.kit.paint import painter, rounded
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.pages.plan_layouts import Lead, Pair
from planner.ui.pages.plan_typing import Cover, Pen
from planner.ui.pages.plan_words import Hand, at_the_end, close_word, one_line, put_between, step_trail
from planner.ui.theme import theme
from planner.words import _, c_


class _Handle(Cover):
    """The ground of a step: a press opens it, a drag moves it."""

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._from: QPoint | None = None
        self._dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        far = self._from is not None and (spot - self._from).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setDown(False)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragging:
            self.dragged.emit(event.globalPosition().toPoint())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
        if self._dragging:
            self._dragging = False
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.dropped.emit(event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)


class _Line(QWidget):
    """Circle, words, and when with whom; the next step is washed green."""

    def __init__(self) -> None:
        super().__init__()
        self.next = False
        self.handle = _Handle(self)
        self.tick = Tick("")
        self.words = Text("", "body")
        self.trail = Text("", "body", "ink_soft").hide_empty()
        lead = Lead(8)
        lead.add(self.tick, self.words, self.trail)
        self.setLayout(column(lead, margins=(4, 3, 12, 3)))
        self.handle.let_through()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.next:
            p = painter(self)
            area, radius = QRectF(self.rect()), theme.radius("control")
            rounded(p, area, radius, theme.colour("accent_wash"), theme.colour("accent_line"))
            p.end()


class StepRow(QWidget):
    """One step, or the fields in which it is changed."""

    move_asked = Signal(str, int)
    remove_asked = Signal(str)

    def __init__(self, hand: Hand, step: Step) -> None:
        """``hand`` writes; :meth:`show_step` fills it."""
        super().__init__()
        self._hand, self.step = hand, step
        self.line = _Line()
        self.line.tick.clicked.connect(self._ticked)
        self.line.handle.clicked.connect(lambda _on=False: self.open())
        self._fields: QWidget | None = None
        self.pen: Pen | None = None
        self._column = column(self.line)
        self.setLayout(self._column)
        for widget in (self.line.tick, self.line.handle):
            widget.installEventFilter(self)

    def _make_fields(self) -> QWidget:
        self.title = Field()
        self.when = Field()
        self.whom = Field()
        self.pen = Pen(self, self._keep)
        self.pen.watch(self.title, self.when, self.whom)
        pair = Pair(16)
        pair.add(
            FieldRow(_("When"), self.when, hint=_("For example: Friday, or 3 to 6 weeks")),
            FieldRow(_("With whom"), self.whom),
        )
        buttons = flow(
            Button(close_word(), on=self.close_fields),
            Button(_("Move up"), "quiet", on=lambda: self.move_asked.emit(self.step.id, -1)),
            Button(_("Move down"), "quiet", on=lambda: self.move_asked.emit(self.step.id, 1)),
            Button(_("Remove this step"), "quiet", on=lambda: self.remove_asked.emit(self.step.id)),
        )
        body = column(FieldRow(_("The step"), self.title), 12, pair, 12, buttons, margins=(16, 16, 16, 16))
        fields = Sheet(body, "line", radius="control")
        for field in (self.title, self.when, self.whom):
            field.installEventFilter(self)
        self._column.put(fields)
        return fields

    def is_open(self) -> bool:
        """Whether its fields are to be seen."""
        return self._fields is not None and not self._fields.isHidden()

    def open(self) -> None:
        """Show the fields."""
        if self._fields is None:
            self._fields = self._make_fields()
        self._fill()
        self.line.hide()
        self._fields.show()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.selectAll()

    def close_fields(self) -> None:
        """Show the line again."""
        if self._fields is None or not self.is_open():
            return
        assert self.pen is not None
        self.pen.flush()
        if self.pen.waiting:
            return
        self._fields.hide()
        self.line.show()
        self.line.handle.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Save what is typed."""
        if self.pen is not None:
            self.pen.flush()

    def _fill(self) -> None:
        if self.pen is None:
            return
        self.pen.fill(self.title, self.step.title)
        self.pen.fill(self.when, self.step.when)
        self.pen.fill(self.whom, self.step.with_whom)

    def _keep(self) -> bool:
        step = self.step
        typed = {
            "title": one_line(self.title.text()) or step.title,
            "when": one_line(self.when.text()),
            "with_whom": one_line(self.whom.text()),
        }
        changed = {name: text for name, text in typed.items() if getattr(step, name) != text}
        if not changed:
            return True
        return self._hand.write(_("Change a step"), lambda edit: edit.change(step.id, **changed))

    def show_step(self, step: Step, state: str) -> None:
        """``state`` is done, next or open."""
        self.step = step
        line = self.line
        line.next = state == "next"
        line.tick.set_state(state)
        spoken = {"done": c_("step", "done"), "next": c_("step", "next"), "open": c_("step", "still open")}[state]
        line.tick.setAccessibleName(step.title or _("No words yet"))
        line.tick.setAccessibleDescription(spoken)
        line.words.setText(step.title or _("No words yet"))
        line.words.set_colour("ink_soft" if state == "done" else "ink")
        line.words.set_bold(*([step.title] if state == "next" and step.title else []))
        trail = step_trail(step, self._hand.desk.formats)
        line.trail.setText(trail)
        line.handle.setAccessibleName(", ".join(part for part in (step.title, trail, spoken) if part))
        line.handle.setAccessibleDescription(_("Press to change it. Alt with arrow up or down moves it."))
        line.update()
        self._fill()

    def _ticked(self) -> None:
        step, done = self.step, not self.step.done_on
        # The circle shows what is stored, not what was asked for.
        self.line.tick.setChecked(bool(step.done_on))
        day = self._hand.desk.session.today().isoformat() if done else ""
        words = _("Finish a step") if done else _("Open a step again")
        said = _("Step done.") if done else _("The step is open again.")
        self._hand.write(words, lambda edit: edit.change(step.id, done_on=day), said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with arrows moves, Delete removes, Enter and Esc close the fields."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, in_field = event.key(), isinstance(watched, Field)
            if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_asked.emit(self.step.id, -1 if key == Qt.Key.Key_Up else 1)
                return True
            if key == Qt.Key.Key_Delete and not in_field:
                self.remove_asked.emit(self.step.id)
                return True
            if in_field and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
                self.close_fields()
                return True
        return super().eventFilter(watched, event)


class _AddStep(QWidget):
    """A quiet button that turns into a field: type, Enter, the next one."""

    def __init__(self, add: Callable[[str], bool]) -> None:
        super().__init__()
        self._add = add
        self.button = Button(_("Add a step"), "quiet", icon="plus", compact=True, on=self.begin)
        self.field = Field(placeholder=_("One small step"), name=_("A new step"))
        self.field.installEventFilter(self)
        self.hint = Text(_("Enter adds it. Then you can write the next one."), "body", "ink_soft")
        self.fields = hold(column(self.field, 4, self.hint, margins=(4, 4, 0, 0)))
        self.setLayout(column(self.button, self.fields))
        self.fields.hide()

    def begin(self) -> None:
        self.button.hide()
        self.fields.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _really_left(self, event: QEvent) -> bool:
        """Another window in front is no reason to put the field away."""
        away = Qt.FocusReason.ActiveWindowFocusReason
        return isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != away

    def put_down(self, focus: bool = False) -> None:
        self.fields.hide()
        self.button.show()
        if focus:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> bool:
        """Add what is typed; False when it could not be kept."""
        text = one_line(self.field.text())
        if text and not self._add(text):
            return False
        self.field.clear()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.field.text().strip():
                    self.take()
                else:
                    self.put_down(focus=True)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.field.clear()
                self.put_down(focus=True)
                return True
        if self._really_left(event) and self.take():
            self.put_down()
        return super().eventFilter(watched, event)


class _Mark(QWidget):
    """Where a dragged step would come down."""

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter(self)
        p.fillRect(self.rect(), theme.colour("accent"))
        p.end()


class Steps(QWidget):
    """All steps of one goal, in their order, and a way to add one."""

    def __init__(self, hand: Hand) -> None:
        """``hand`` writes; :meth:`show_steps` fills it."""
        super().__init__()
        self._hand = hand
        self._goal = ""
        self._steps: tuple[Step, ...] = ()
        self._rows: dict[str, StepRow] = {}
        self._unsaved: Step | None = None
        self._list = column(gap=2)
        self.adding = _AddStep(self._add)
        self.setLayout(column(self._list, 4, self.adding))
        self._mark = _Mark(self)
        self._mark.hide()

    def row(self, step_id: str) -> StepRow:
        """The row of one step."""
        return self._rows[step_id]

    def being_written(self) -> str:
        """The id of the step whose fields are open; "" for none."""
        return next((each for each, row in self._rows.items() if row.is_open()), "")

    def show_steps(self, goal: str, steps: tuple[Step, ...]) -> None:
        """Show these steps; rows that stay keep keyboard and fields."""
        if goal != self._goal:
            self._unsaved = None
            self.adding.field.clear()
            self.adding.put_down()
        self._goal, self._steps = goal, steps
        wanted = [step.id for step in steps]
        if self._unsaved is not None and self._unsaved.id in wanted:
            # There was room again, and the notebook has kept it by itself.
            self._unsaved = None
            self.adding.field.clear()
        for gone in [each for each in self._rows if each not in wanted]:
            row = self._rows.pop(gone)
            if row.pen is not None:
                row.pen.drop()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        coming = next((step.id for step in steps if not step.done_on), "")
        for place, step in enumerate(steps):
            row = self._rows.get(step.id) or self._new_row(step)
            if self._list.indexOf(row) != place:
                self._list.removeWidget(row)
                self._list.insertWidget(place, row)
                row.show()
            row.show_step(step, "done" if step.done_on else "next" if step.id == coming else "open")
        self._order_tabs()

    def _new_row(self, step: Step) -> StepRow:
        row = self._rows[step.id] = StepRow(self._hand, step)
        row.move_asked.connect(self._move)
        row.remove_asked.connect(self._remove)
        row.line.handle.dragged.connect(lambda spot: self._drag(step.id, spot))
        row.line.handle.dropped.connect(lambda spot: self._drop(step.id, spot))
        return row

    def _order_tabs(self) -> None:
        last: QWidget | None = None
        for step in self._steps:
            for widget in (self._rows[step.id].line.tick, self._rows[step.id].line.handle):
                if last is not None:
                    QWidget.setTabOrder(last, widget)
                last = widget
        if last is not None:
            QWidget.setTabOrder(last, self.adding.button)

    def flush(self) -> None:
        """Save what is typed anywhere in the steps."""
        for row in self._rows.values():
            row.flush()
        self.adding.take()

    # ---------------------------------------------------------------- changes

    def _add(self, text: str) -> bool:
        waiting = self._unsaved
        step = Step(
            id=waiting.id if waiting is not None else new_id(),
            goal=self._goal,
            title=text,
            order=at_the_end([step.order for step in self._steps]),
        )
        kept = self._hand.write(_("Add a step"), lambda edit: edit.add(step))
        self._unsaved = None if kept else step
        return kept

    def _remove(self, step_id: str) -> None:
        ids = [step.id for step in self._steps]
        at = ids.index(step_id)
        self._rows[step_id].flush()
        if self._hand.write(_("Remove a step"), lambda edit: edit.remove(step_id), _("The step is removed.")):
            left = [step.id for step in self._steps if step.id in self._rows]
            near = self._rows[left[min(at, len(left) - 1)]].line.handle if left else self.adding.button
            near.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, step_id: str, by: int) -> None:
        ids = [step.id for step in self._steps]
        place = ids.index(step_id) + by
        if 0 <= place < len(ids):
            self._place(step_id, place)

    def _place(self, step_id: str, place: int) -> None:
        ids = [step.id for step in self._steps if step.id != step_id]
        ids.insert(place, step_id)
        if ids == [step.id for step in self._steps]:
            return
        self._rows[step_id].flush()
        orders = {step.id: step.order for step in self._steps}
        if self._hand.write(_("Move a step"), lambda edit: put_between(edit, step_id, ids, orders)):
            announce(self, _("Now at place {n} of {all}").format(n=place + 1, all=len(ids)))

    def _place_at(self, spot: QPoint) -> int:
        """How many rows have their middle above a place on the screen."""
        y = self.mapFromGlobal(spot).y()
        return sum(1 for step in self._steps if self._rows[step.id].geometry().center().y() < y)

    def _drag(self, step_id: str, spot: QPoint) -> None:
        place = self._place_at(spot)
        rows = [self._rows[step.id].geometry() for step in self._steps]
        y = rows[place].top() - 2 if place < len(rows) else rows[-1].bottom() + 1
        self._mark.setGeometry(0, max(0, y), self.width(), 2)
        self._mark.show()
        self._mark.raise_()

    def _drop(self, step_id: str, spot: QPoint) -> None:
        self._mark.hide()
        place = self._place_at(spot)
        here = [step.id for step in self._steps].index(step_id)
        self._place(step_id, place - 1 if place > here else place)
