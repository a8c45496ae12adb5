"""A short list that is written line by line: what to bring, what to ask."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field
from planner.ui.kit.layouts import MIDDLE, Box, clear, row
from planner.ui.kit.text import Text
from planner.words import _


class ShortLines(QWidget):
    """One field a line, and an empty one at the end. Enter goes on to the next line; a line is removed beside it."""

    changed = Signal()
    """A line was left, added or removed."""
    typed = Signal()
    """A key was pressed in a line."""

    def __init__(self, name: str, placeholder: str) -> None:
        """``name`` stands above; ``placeholder`` stands in the empty line."""
        super().__init__()
        self._name, self._placeholder = name, placeholder
        self.fields: list[Field] = []
        self._away: Button | None = None
        self._lines = Box(True, 8, (0, 0, 0, 0))
        whole = Box(True, 0, (0, 0, 0, 0))
        whole.put(Text(name, "label", weight=600), 6, self._lines)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._build(())

    def values(self) -> tuple[str, ...]:
        """The lines that are not empty, without air around them."""
        return tuple(text for field in self.fields if (text := " ".join(field.text().split())))

    def set_values(self, values: Sequence[str]) -> None:
        """Show these lines; what is shown already stays untouched, with the keyboard in it."""
        if tuple(values) != self.values():
            self._build(values)

    def _build(self, values: Sequence[str]) -> None:
        clear(self._lines)
        self.fields = []
        self._away = None
        for text in (*values, ""):
            self._add_line(text)

    def _add_line(self, text: str) -> Field:
        number = len(self.fields) + 1
        field = Field(text, placeholder=self._placeholder, name=_("{list}, line {n}").format(list=self._name, n=number))
        away = Button("", "quiet", icon="close", compact=True, name=_("Remove line {n}").format(n=number))
        away.clicked.connect(lambda _on=False: self._remove(field))
        if self._away is not None:
            self._away.show()
        # The empty line at the end cannot be removed.
        away.hide()
        self._away = away
        self._lines.put(row((field, 1), (away, MIDDLE), gap=4))
        self.fields.append(field)
        field.textEdited.connect(lambda _text: self._typed(field))
        field.done.connect(self.changed)
        field.returnPressed.connect(lambda: self._next(field))
        return field

    def _typed(self, field: Field) -> None:
        if field is self.fields[-1] and field.text().strip():
            self._add_line("")
        self.typed.emit()

    def _next(self, field: Field) -> None:
        place = self.fields.index(field)
        if place + 1 < len(self.fields):
            self.fields[place + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, field: Field) -> None:
        place = self.fields.index(field)
        left = [each.text() for each in self.fields if each is not field and each.text().strip()]
        self._build(left)
        self.fields[min(place, len(self.fields) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
