"""Questions and news above a page: a card in the window, with what can be done below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from planner.errors import MachineTrouble
from planner.ui.kit.buttons import Button
from planner.ui.kit.floats import Overlay
from planner.ui.kit.layouts import TOP, column, flow, hold, row
from planner.ui.kit.paint import painter, rounded, soft_shadow
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.text import Icon, Text
from planner.ui.theme import theme
from planner.words import _


class Dialog(Overlay):
    """A card above the page. Esc closes it; the keyboard stays inside and goes back after.

    ``reopens`` names one that is open again after a lock with what was half typed in it, and what it is about (opened
    by :mod:`planner.ui.dialogs.again`); None: it is not.
    """

    reopens: tuple[str, str] | None = None

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: str = "",
        body: QLayout | QWidget | None = None,
        *,
        icon: str = "",
        width: int = 520,
    ) -> None:
        """``words`` stand under the title, ``body`` under the words; ``width`` in px at 100 %."""
        super().__init__(parent)
        self._width = width
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.title = Text(title, "card")
        self.words = Text(words, "body", "ink_soft").hide_empty()
        held = hold(body) if isinstance(body, QLayout) else body
        head = row((Icon(icon, "accent", box_height=28), TOP), (self.title, 1), gap=12) if icon else self.title
        inner = column(head, 4, self.words, 16 if held is not None else None, held, margins=(28, 24, 28, 4))
        self._inside = hold(inner)
        self._scroll = Scroll(self._inside)
        self._inside.installEventFilter(self)
        self._buttons = flow(gap=12, gap_y=8)
        foot = column(self._buttons, margins=(28, 16, 28, 24))
        self._card = QWidget(self)
        self._card.setLayout(column((self._scroll, 1), foot))
        self._closing = True

    def add_button(
        self,
        text: str,
        kind: str = "plain",
        on: Callable[[], object] | None = None,
        *,
        icon: str = "",
        closes: bool = True,
        default: bool = False,
    ) -> Button:
        """A button at the foot; ``closes`` shuts the dialog first, ``default`` is also pressed by Enter in a field."""

        def pressed() -> None:
            if closes:
                self.accept()
            if on is not None:
                on()

        button = Button(text, kind, icon=icon, on=pressed)
        self._buttons.add(button)
        button.setDefault(default)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What scrolls inside may have grown: a scroll area keeps that to itself."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._scroll.updateGeometry()
            QTimer.singleShot(0, self, self.arrange)
        return super().eventFilter(watched, event)

    def arrange(self) -> None:
        """In the middle, never larger than the window."""
        edge = theme.space("inside")
        width = min(theme.px(self._width), self.width() - 2 * edge)
        wanted = self._card.heightForWidth(width)
        height = min(wanted, self.height() - 2 * edge)
        left, top = (self.width() - width) // 2, max(edge, (self.height() - height) * 2 // 5)
        for place in self.kept_clear:
            if place.intersects(QRect(left, top, width, height)):
                top = place.bottom() + edge
                height = min(wanted, self.height() - top - edge)
        # A bar that is there takes width, and words in less width are higher: it would never go by itself.
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if height >= wanted else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._scroll.setVerticalScrollBarPolicy(policy)
        self._card.setGeometry(left, top, width, height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page dimmed, the card above it."""
        p = painter(self)
        p.fillRect(self.rect(), theme.colour("shade", 0.5 if theme.name == "dark" else 0.28))
        area = QRectF(self._card.geometry())
        soft_shadow(p, area, theme.radius("big"))
        rounded(p, area, theme.radius("big"), theme.colour("sheet"), theme.colour("line"))
        p.end()


def ask_first(
    parent: QWidget,
    title: str,
    words: str,
    yes: str,
    on_yes: Callable[[], object],
    *,
    kind: str = "main",
    no: str = "",
) -> Dialog:
    """Ask before something is done; the way back has the keyboard when erasing."""
    dialog = Dialog(parent, title, words)
    first = dialog.add_button(yes, kind, on_yes)
    back = dialog.add_button(no or _("Not now"))
    dialog.open()
    (back if kind == "erase" else first).setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog


def trouble(parent: QWidget, what: MachineTrouble) -> Dialog:
    """Say calmly what happened and what can be done next."""
    dialog = Dialog(parent, what.sentence, what.what_next)
    dialog.add_button(_("All right"), "main", default=True)
    dialog.open()
    return dialog


class ProgressCard(Dialog):
    """Something takes a while: words, how far it is, and Stop where it can be stopped."""

    stop = Signal()

    def __init__(self, parent: QWidget, words: str, can_stop: bool = True) -> None:
        """Closed by the one who opened it; Esc stops, where that can be."""
        self.bar = ProgressBar()
        super().__init__(parent, words, body=self.bar, width=420)
        self.bar.setAccessibleName(words)
        self._can_stop = can_stop
        self._button = self.add_button(_("Stop"), "plain", self._stop, closes=False) if can_stop else None

    def set_step(self, done: int, of: int) -> None:
        """How far it is; ``of`` 0 means that nobody knows."""
        self.bar.set_step(done, of)

    def _stop(self) -> None:
        self.title.setText(_("Stopping"))
        self.stop.emit()

    def reject(self) -> None:
        """Esc asks to stop; the card goes when the work has stopped."""
        if self._can_stop:
            self._stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Without a way to stop, keys wait."""
        if self._can_stop:
            super().keyPressEvent(event)


class ProgressBar(QWidget):
    """A thin line that fills; while nobody knows how long, three dots."""

    def __init__(self) -> None:
        """Begins not knowing."""
        super().__init__()
        self._done, self._of = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retheme()

    def set_step(self, done: int, of: int) -> None:
        """``done`` of ``of``."""
        self._done, self._of = done, of
        self.setAccessibleDescription(_("{n} of {all} done").format(n=done, all=of) if of else "")
        self.update()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.setFixedHeight(theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, or the dots."""
        p = painter(self)
        high = theme.px(8)
        top = (self.height() - high) / 2
        if not self._of:
            for dot in range(3):
                left = dot * high * 2
                left = self.width() - left - high if theme.rtl else left
                rounded(p, QRectF(left, top, high, high), high, theme.colour("accent"))
        else:
            part = self.width() * min(1.0, self._done / self._of)
            begin = self.width() - part if theme.rtl else 0.0
            rounded(p, QRectF(0, top, self.width(), high), high, theme.colour("well"), theme.colour("line"))
            if part >= high:
                rounded(p, QRectF(begin, top, part, high), high, theme.colour("accent"))
        p.end()
