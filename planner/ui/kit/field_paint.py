"""Ground, edge and colours of everything that is typed in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from planner.ui.kit.paint import painter, rounded
from planner.ui.theme import theme

SIDE: Final = 14
"""Air between the edge of a field and what is typed, px at 100 %."""


def draw_field(widget: QWidget, focused: bool) -> None:
    """The ground and edge of a field."""
    p = painter(widget)
    over = widget.underMouse()
    edge = "accent" if focused else "ink_soft" if over else "line_strong"
    width = theme.stroke("chosen") if focused else theme.stroke("hair")
    rounded(p, QRectF(widget.rect()), theme.radius("control"), theme.colour("sheet"), theme.colour(edge), width)
    p.end()


def clear_ground(widget: QWidget) -> None:
    """Let Qt paint no ground of its own: the field has painted one."""
    palette = QPalette(widget.palette())
    palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
    for role, token in (
        (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.PlaceholderText, "ink_soft"),
        (QPalette.ColorRole.Highlight, "accent"),
        (QPalette.ColorRole.HighlightedText, "on_accent"),
    ):
        palette.setColor(role, theme.colour(token))
    widget.setPalette(palette)
