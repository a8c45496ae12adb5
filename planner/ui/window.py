"""The one window: its title says nothing, its ring follows the keyboard, its screens take turns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QStackedLayout, QWidget

from planner.ui.called import called
from planner.ui.kit.own_layouts import discard
from planner.ui.kit.scroll import FocusRing
from planner.ui.kit.text import Mark
from planner.ui.theme import theme, tokens


class Window(QWidget):
    """Shows one screen at a time: the lock, the first start, the notebook."""

    closing = Signal()
    hide_asked = Signal()

    def __init__(self) -> None:
        """Fonts and theme are in use already. ``may_close`` is asked before the window closes."""
        super().__init__()
        self.may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle(called.name)
        called.changed.connect(self._called_anew)
        self._screens = QStackedLayout(self)
        self.ring = FocusRing(self)
        self.setMinimumSize(QSize(*tokens()["size"]["window_min"]))
        self.resize(1366, 768)

    def _called_anew(self) -> None:
        self.setWindowTitle(called.name)
        self.setWindowIcon(mark_icon())

    @property
    def screen_shown(self) -> QWidget | None:
        """The screen that is to be seen."""
        return self._screens.currentWidget()

    def show_screen(self, screen: QWidget) -> None:
        """Show a screen and forget the one before, with everything on it."""
        before = self._screens.currentWidget()
        self._screens.addWidget(screen)
        self._screens.setCurrentWidget(screen)
        if before is not None and before is not screen:
            self._screens.removeWidget(before)
            discard(before)
        self.ring.raise_()

    def always_reachable(self) -> list[QWidget]:
        """What stays within reach while a dialog is open: Hide, on the screens that have it."""
        screen = self.screen_shown
        reachable: Callable[[], list[QWidget]] = getattr(screen, "always_reachable", list)
        return [widget for widget in reachable() if widget.isVisible()]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The desk under everything."""
        p = QPainter(self)
        p.fillRect(event.rect(), theme.colour("desk"))
        p.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell, so that what is half typed can be kept; stay where that cannot be done yet."""
        if self.isVisible() and not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)


def mark_icon() -> QIcon:
    """The mark for the task bar."""
    return QIcon(mark_picture(64))


def mark_picture(size: int, picture: str = "") -> QPixmap:
    """The mark, ``size`` px wide at 100 %; ``picture`` as for :class:`Mark`."""
    mark = Mark(size, picture)
    image = QPixmap(mark.size())
    image.fill(Qt.GlobalColor.transparent)
    mark.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image
