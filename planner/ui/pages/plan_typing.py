"""Typing that is saved by itself, and words that become a field where they stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.kit.buttons import Pressed
from planner.ui.kit.fields import Field, TextArea
from planner.ui.kit.layouts import column
from planner.ui.kit.paint import painter, rounded
from planner.ui.kit.text import Text
from planner.ui.pages.plan_words import one_line
from planner.ui.theme import theme
from planner.words import _

PAUSE = 1000
"""ms without a key after which typing is saved."""


class Pen(QObject):
    """Saves what is typed: when a field is left, after a pause, and when it is asked to."""

    def __init__(self, owner: QWidget, save: Callable[[], bool]) -> None:
        """``save`` writes what differs; it returns False when the machine could not keep it."""
        super().__init__(owner)
        self._save = save
        self._filling = False
        self.waiting = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.flush)

    def watch(self, *fields: Field | TextArea) -> None:
        """Save what is typed in these."""
        for field in fields:
            if isinstance(field, Field):
                field.textEdited.connect(self._typed)
            else:
                field.changed.connect(self._typed)
            field.done.connect(self.flush)

    def fill(self, field: Field | TextArea, text: str) -> None:
        """Show what is stored, unless somebody is typing there."""
        if self.waiting:
            return
        self._filling = True
        if isinstance(field, TextArea):
            field.set_text(text)
        elif field.text() != text:
            field.setText(text)
        self._filling = False

    def _typed(self) -> None:
        if not self._filling:
            self.waiting = True
            self._timer.start()

    def flush(self) -> None:
        """Save now what waits."""
        self._timer.stop()
        if self.waiting:
            self.waiting = False
            if not self._save():
                self.waiting = True

    def drop(self) -> None:
        """Forget what waits."""
        self._timer.stop()
        self.waiting = False


class Cover(Pressed):
    """The ground of something that is pressed as a whole; what lies on it lets the press through."""

    def __init__(self, parent: QWidget, name: str = "", radius: str = "control") -> None:
        """It keeps itself as large as ``parent``."""
        super().__init__("", name)
        self.setParent(parent)
        self.ring_inset = 2
        self.ring_radius = theme.radius(radius)
        self.lower()
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())

    def let_through(self) -> None:
        """Call once everything lies on it."""
        parent = self.parentWidget()
        for child in parent.findChildren(QWidget) if parent is not None else []:
            if child is not self and child.focusPolicy() == Qt.FocusPolicy.NoFocus:
                child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as what it covers."""
        if isinstance(event, QResizeEvent) and watched is self.parent():
            self.resize(event.size())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Seen only under the pointer."""
        if not (self.hovered or self.isDown()):
            return
        p = painter(self)
        rounded(p, QRectF(self.rect()), self.ring_radius, theme.colour("press" if self.isDown() else "well"))
        p.end()


class InPlace(QWidget):
    """Words that turn into a field where they stand when they are pressed, and into words again when it is left."""

    written = Signal()
    """What is typed is to be saved."""

    def __init__(
        self,
        name: str,
        step: str,
        colour: str = "ink",
        *,
        invite: str = "",
        shown: Callable[[str], str] = str,
        save: Callable[[str], bool],
        may_be_empty: bool = False,
    ) -> None:
        """``name`` is what the words are; ``invite`` stands in their place while there are none.

        ``shown`` puts them as they are read; ``save`` gets them as they were typed, and returns False when the
        machine could not keep them.
        """
        super().__init__()
        self._name, self._colour, self._invite, self._shown = name, colour, invite, shown
        self._save, self._may_be_empty = save, may_be_empty
        self._stored = self._before = ""
        self.words = Text("", step, colour)
        self._face = QWidget()
        self._face.setLayout(column(self.words, margins=(8, 2, 8, 2)))
        self.cover = Cover(self._face)
        self.cover.let_through()
        self.cover.clicked.connect(lambda _on=False: self.open())
        self.area = TextArea(name=name, lines=1, most=6)
        self.area.paper.installEventFilter(self)
        self.pen = Pen(self, self._keep)
        self.pen.watch(self.area)
        self.setLayout(column(self._face, self.area))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.area.hide()
        self.set("")

    def set(self, text: str) -> None:
        """Show other words, unless they are being typed."""
        self._stored = text
        self.words.setText(self._shown(text) if text else self._invite)
        self.words.set_colour(self._colour if text else "accent_ink")
        self.cover.setAccessibleName(f"{self._name}: {text}" if text else self._invite or self._name)
        self.cover.setAccessibleDescription(_("Press to change it"))
        if not self.is_open():
            self.pen.fill(self.area, text)

    def is_open(self) -> bool:
        """Whether it is a field now."""
        return not self.area.isHidden()

    def open(self) -> None:
        """Be a field."""
        self._before = self._stored
        self.pen.fill(self.area, self._stored)
        self._face.hide()
        self.area.show()
        self.area.paper.selectAll()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_field(self, keep_focus: bool = True) -> None:
        """Be words again."""
        if not self.is_open():
            return
        self.pen.flush()
        if self.pen.waiting:
            return
        self.area.hide()
        self._face.show()
        self.set(self._stored)
        if keep_focus:
            self.cover.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Save what is typed."""
        self.pen.flush()

    def _keep(self) -> bool:
        text = one_line(self.area.text())
        if text == self._stored or (not text and not self._may_be_empty):
            return True
        kept = self._save(text)
        if kept:
            self._stored = text
        return kept

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and leaving finish; Esc puts back what was there."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.close_field()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.area.paper.setPlainText(self._before)
                self.close_field()
                return True
        if isinstance(event, QFocusEvent) and event.lostFocus():
            # Another window in front, or a menu of the field, is no reason to turn back into words.
            stays = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if event.reason() not in stays:
                QTimer.singleShot(0, self, self._left)
        return super().eventFilter(watched, event)

    def _left(self) -> None:
        if self.is_open() and not self.area.paper.hasFocus():
            self.close_field(keep_focus=False)
