"""More that can be opened in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from planner.ui.kit.buttons import Button
from planner.ui.theme import theme

Policy = QSizePolicy.Policy


class Disclosure(QWidget):
    """More that can be opened, in its place, with a quiet button that says so."""

    opened = Signal(bool)

    def __init__(self, more: str, less: str, body: QWidget, open: bool = False) -> None:  # noqa: A002
        """``more`` and ``less`` are the words of the button when the body is shut and open."""
        super().__init__()
        self._more, self._less, self._body = more, less, body
        self.button = Button(more, "quiet", after="down", compact=True, on=lambda: self.set_open(not self.is_open()))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.sp(8))
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        box.addWidget(body)
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self._open = open
        self._show()

    def is_open(self) -> bool:
        """Whether the body is to be seen."""
        return self._open

    def set_words(self, more: str, less: str) -> None:
        """Other words for the button."""
        self._more, self._less = more, less
        self.button.set_words(less if self._open else more)

    def set_open(self, open: bool) -> None:  # noqa: A002
        """Open or shut it."""
        if open != self._open:
            self._open = open
            self._show()
            self.opened.emit(open)

    def _show(self) -> None:
        self._body.setVisible(self._open)
        self.button.set_words(self._less if self._open else self._more)
        self.button.set_icon(after="close" if self._open else "down")
