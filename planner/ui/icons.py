"""Icons: the drawings of ``resources/icons`` in a colour of the theme, drawn once for each size and screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from planner.resources import resource
from planner.ui.theme import theme

# What points somewhere turns with the direction of writing; ticks, pencils and clocks do not.
MIRRORED = frozenset(
    ["back", "next", "chevron", "sharing", "message", "wayround", "forms", "step", "plan", "speak", "notes", "papers"]
)

_drawn: dict[tuple[str, str, int, float, bool], QPixmap] = {}


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: str = "ink", size: int | None = None, ratio: float = 1.0) -> QPixmap:
    """The icon ``name`` in the token ``colour``, ``size`` px wide (already scaled), for a screen of that ratio.

    Raises FileNotFoundError when there is no such icon.
    """
    width = size or theme.size("icon")
    shade = theme.colour(colour).name()
    mirrored = theme.rtl and name in MIRRORED
    key = (name, shade, width, ratio, mirrored)
    found = _drawn.get(key)
    if found is None:
        found = _drawn[key] = _draw(name, shade, width, ratio, mirrored)
    return found


def _draw(name: str, shade: str, width: int, ratio: float, mirrored: bool) -> QPixmap:
    image = QPixmap(round(width * ratio), round(width * ratio))
    image.fill(Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mirrored:
        painter.translate(width, 0)
        painter.scale(-1, 1)
    drawing = _drawing(name).replace("currentColor", shade).encode()
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, width, width))
    painter.end()
    return image


def icon(name: str, colour: str = "ink") -> QIcon:
    """The same as a QIcon, for the few places where Qt wants one."""
    return QIcon(pixmap(name, colour, theme.size("icon"), 2.0))
