"""A screen with one card on the desk: the lock screen and the first start."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from planner.settings import TEXT_SIZES
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import STRETCH, column, flow, row
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.surfaces import Ground, Sheet
from planner.ui.sight import HideButton
from planner.ui.theme import theme
from planner.ui.window import Window
from planner.words import LANGUAGES, _, language

BINDING = 24


class BoundSheet(Sheet):
    """A sheet with the two lines of a notebook's binding on its leading side."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        for offset in (BINDING, BINDING + 4):
            x = self.width() - 1 - offset if theme.rtl else offset
            painter.fillRect(x, 1, 1, self.height() - 2, theme.colour("line"))
        painter.end()


class CardScreen(QWidget):
    """One card in the middle of the desk; language, text size and theme stand at the foot, Hide in the upper corner.

    ``look_changed`` carries the name of a local setting and the value that was chosen for it.
    """

    look_changed = Signal(str, object)

    def __init__(
        self,
        width: int,
        body: QLayout,
        *,
        bound: bool,
        foot_end: QWidget | None = None,
        scrolls: bool = True,
        foot_more: Sequence[Button] = (),
    ) -> None:
        """Show ``body`` on a card ``width`` px wide (at 100 %); ``foot_more`` stands behind the look, at the foot.

        A card that is sure to fit the smallest window does without ``scrolls``: the first scroll area of a process
        makes Qt for Python set up all its classes, a tenth of the whole start.
        """
        super().__init__()
        self._width = width
        self.card = BoundSheet(body, radius="big") if bound else Sheet(body, radius="big")
        middle = row(STRETCH, self.card, STRETCH)
        ground = Ground("desk", column(STRETCH, middle, STRETCH, margins=(16, 24, 16, 24)))
        self._looks = [*self._look_buttons(), *foot_more]
        foot = row((flow(*self._looks), 1), foot_end, gap=16, margins=(20, 4, 28, 12))
        self._whole = column((Scroll(ground) if scrolls else ground, 1), Ground("desk", foot))
        self.setLayout(self._whole)
        self.hide_button = HideButton()
        self.hide_button.clicked.connect(self._hide_all)
        self.hide_button.setParent(self)
        self.retheme()

    def retheme(self) -> None:
        """Take the card's width from the text size, as far as the window allows."""
        room = max(320, (self.width() or 1366) - theme.sp(48))
        self.card.setFixedWidth(min(theme.px(self._width), room))
        # With large text in a small window the words of the foot would take the room of the card. The language keeps
        # its name, so that it is found by whoever reads only that one.
        for button in self._looks[1:]:
            button.set_bare(False)
        words = sum(button.sizeHint().width() + theme.sp(8) for button in self._looks)
        for button in self._looks[1:]:
            button.set_bare(words > room)
        self._place_hide()

    def _place_hide(self) -> None:
        """In the corner where it is on every page: beside the card, as an icon if need be, or else above it."""
        edge, room = theme.sp(12), (self.width() - self.card.width()) // 2
        for bare in (False, True, False):
            self.hide_button.set_bare(bare)
            size = self.hide_button.sizeHint()
            beside = room >= size.width() + 2 * edge
            if beside:
                break
        above = 0 if beside else (size.height() + 2 * edge) * 100 / theme.sp(100)
        self._whole.set_margins((0, above, 0, 0))
        x = edge if theme.rtl else self.width() - size.width() - edge
        self.hide_button.setGeometry(x, edge, size.width(), size.height())
        self.hide_button.raise_()

    def always_reachable(self) -> list[QWidget]:
        """Hide stays free of everything that covers the window."""
        return [self.hide_button]

    def _hide_all(self) -> None:
        window = self.window()
        if isinstance(window, Window):
            window.hide_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.retheme()

    def _look_buttons(self) -> list[Button]:
        other = next(code for code in LANGUAGES if code != language())
        larger = next((size for size in TEXT_SIZES if size > round(theme.scale * 100)), TEXT_SIZES[0])
        to_dark = theme.name == "light"
        return [
            Button(
                LANGUAGES[other],
                "quiet",
                icon="globe",
                name=_("Language: {name}").format(name=LANGUAGES[other]),
                on=lambda: self.look_changed.emit("language", other),
            ),
            Button(_("Text size"), "quiet", icon="textsize", on=lambda: self.look_changed.emit("text_size", larger)),
            Button(
                _("Dark") if to_dark else _("Light"),
                "quiet",
                icon="moon" if to_dark else "sun",
                name=_("Dark colors") if to_dark else _("Light colors"),
                on=lambda: self.look_changed.emit("theme", "dark" if to_dark else "light"),
            ),
        ]
