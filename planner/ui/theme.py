"""The one table of the look at run time: colours, sizes and fonts, for one theme, one text size and one language.

Every painted widget asks :data:`theme` while it paints, so a change of theme, text size or language needs no restart.
Values come from ``resources/theme/tokens.toml``; nothing else in the program names a colour, a size or a font.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Protocol, cast, runtime_checkable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from planner.resources import resource

ONE_COLUMN_BELOW = 1000
"""Window width in px under which there is one column at any text size (the look, section Grid)."""

WRITTEN_FROM_THE_RIGHT = frozenset({"ar", "fa", "ps", "prs", "ur", "he"})


@runtime_checkable
class Themed(Protocol):
    """A widget or layout that keeps sizes of its own and takes them anew when the look changes."""

    def retheme(self) -> None:
        """Take sizes, fonts and margins from the theme again."""


@cache
def tokens() -> dict[str, Any]:
    """The whole table, read once: compiled where the project has been built, else as it is written."""
    compiled = resource("compiled", "theme", "tokens.json")
    if compiled.is_file():
        return cast("dict[str, Any]", json.loads(compiled.read_bytes()))
    return written_tokens()


def written_tokens() -> dict[str, Any]:
    """The table as it is written, with the pairs of colours in use."""
    import tomllib

    with resource("theme", "tokens.toml").open("rb") as stream:
        return tomllib.load(stream)


class Theme(QObject):
    """What widgets ask: a colour, a length, a font."""

    changed = Signal()

    def __init__(self) -> None:
        """Begin light, at 100 %, in English."""
        super().__init__()
        self.name = "light"
        self.scale = 1.0
        self.language = "en"
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int, bool], QFont] = {}

    @property
    def rtl(self) -> bool:
        """Whether the language is written from the right."""
        return self.language in WRITTEN_FROM_THE_RIGHT

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """A colour of the theme in use, by its token name."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(tokens()[self.name][name])
        if alpha >= 1:
            return found
        thin = QColor(found)
        thin.setAlphaF(alpha)
        return thin

    def px(self, length: float) -> int:
        """A length of type, icons and controls, in px: it grows with the whole text size."""
        return round(length * (1 + (self.scale - 1) * float(tokens()["scale"]["type"])))

    def sp(self, length: float) -> int:
        """A length of air, in px: it grows with a quarter of the text size."""
        return round(length * (1 + (self.scale - 1) * float(tokens()["scale"]["space"])))

    def size(self, name: str) -> int:
        """A size of the table, scaled as type."""
        return self.px(tokens()["size"][name])

    def space(self, name: str) -> int:
        """A space of the table, scaled as air."""
        return self.sp(tokens()["space"][name])

    def radius(self, name: str) -> int:
        """A radius of the table; radii do not grow."""
        return int(tokens()["radius"][name])

    def stroke(self, name: str) -> float:
        """A stroke of the table; strokes do not grow."""
        return float(tokens()["stroke"][name])

    def motion(self, name: str) -> int:
        """How long something may move, in ms."""
        return int(tokens()["motion"][name])

    def font(self, step: str, weight: int | None = None, tabular: bool = False) -> QFont:
        """The font of a type step; ``weight`` as in CSS (400, 500, 600)."""
        entry = tokens()["type"][step]
        key = (step, weight or int(entry["weight"]), tabular)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = self._make_font(entry, key[1], tabular)
        return found

    def _make_font(self, entry: dict[str, Any], weight: int, tabular: bool) -> QFont:
        families = list(tokens()["type"]["family"][entry["family"]])
        own = self._language_entry()
        if own:
            families.insert(0, own[entry["family"]])
        font = QFont()
        font.setFamilies(families)
        # A language with fonts of its own has no measure to match.
        measure = 1.0 if own else float(tokens()["type"]["family"]["measure"][entry["family"]])
        font.setPixelSize(self.px(entry["px"] * measure + own.get("px", 0)))
        font.setWeight(QFont.Weight(shipped_weight(entry["family"], weight)))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if tabular:
            font.setFeature(QFont.Tag(tokens()["type"]["family"]["tabular"]), 1)
        return font

    def _language_entry(self) -> dict[str, Any]:
        return cast("dict[str, Any]", tokens()["type"]["language"].get(self.language, {}))

    def line(self, step: str) -> int:
        """The height of a line of a type step, in px."""
        return round(self.px(tokens()["type"][step]["line"]) * float(self._language_entry().get("line", 1.0)))

    def baseline(self, step: str) -> float:
        """How far under the top of its line the letters of a step stand, in px."""
        metrics = QFontMetricsF(self.font(step))
        return (self.line(step) - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()

    def narrow(self, width: int) -> bool:
        """Whether a window this wide has one column and its navigation behind a button."""
        return self.scale >= float(tokens()["scale"]["one_column_from"]) or width < ONE_COLUMN_BELOW

    def steps(self) -> list[float]:
        """The text sizes a person can choose from."""
        return [float(step) for step in tokens()["scale"]["steps"]]

    def apply(self, name: str | None = None, scale: float | None = None, language: str | None = None) -> None:
        """Change what is given and lay everything on the screen out anew.

        ``name`` is "light", "dark" or "system" (as the desktop has it).
        """
        if name is not None:
            self.name = system_theme() if name == "system" else name
        if scale is not None:
            self.scale = scale
        if language is not None:
            self.language = language
        self._colours.clear()
        self._fonts.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._dress(app)
        self.changed.emit()

    def _dress(self, app: QApplication) -> None:
        direction = Qt.LayoutDirection.RightToLeft if self.rtl else Qt.LayoutDirection.LeftToRight
        if app.layoutDirection() != direction:
            app.setLayoutDirection(direction)
        app.setFont(self.font("body"))
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        app.setPalette(palette)
        for widget in app.allWidgets():
            dress_again(widget)


_ROLES = {
    QPalette.ColorRole.Window: "page",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "sheet",
    QPalette.ColorRole.AlternateBase: "well",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "sheet",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.ToolTipBase: "sheet",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.PlaceholderText: "ink_soft",
}


def shipped_weight(family: str, weight: int) -> int:
    """The nearest weight that travels with the program: Regular and Semibold sans, Semibold serif.

    Asking for a weight that is not there would make Qt thicken letters by itself.
    """
    if family == "serif":
        return 600
    return 600 if weight >= 500 else 400


def system_theme() -> str:
    """The theme: "dark" when the desktop asks for it, else "light"."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def dress_again(widget: QWidget) -> None:
    """Let one widget, with its layouts, take its sizes from the theme again.

    One that waits to be deleted may have lost its attributes already; it is passed over.
    """
    if isinstance(widget, Themed) and vars(widget):
        widget.retheme()
    layout = widget.layout()
    if layout is not None:
        _dress_layout(layout)
    widget.updateGeometry()
    widget.update()


def _dress_layout(layout: QLayout) -> None:
    if isinstance(layout, Themed) and vars(layout):
        layout.retheme()
    for index in range(layout.count()):
        item = layout.itemAt(index)
        inner = item.layout() if item is not None else None
        if inner is not None:
            _dress_layout(inner)
    layout.invalidate()


theme = Theme()
