"""The foot of a form's page: Back, when it was saved, Pause here, Next; in one column a quiet moment, too."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import MIDDLE, STRETCH, column, hold, row
from planner.ui.kit.surfaces import Ground
from planner.ui.kit.text import Icon, Rule, Text
from planner.ui.theme import theme
from planner.words import _


class Foot(Ground):
    """Stays below while the page scrolls. What does not fit is left away: first the words about saving, then words."""

    undo = Signal()

    def __init__(self) -> None:
        super().__init__("page")
        self.back = Button(_("Back"), icon="back", big=True)
        self.moment = Button("", "note", icon="moment", name=_("Take a moment"), big=True)
        self.moment.setAccessibleDescription(_("Also with Esc"))
        self.pause = Button(_("Pause here"), icon="pause", big=True)
        self.next = Button(_("Next"), "main", after="next", big=True)
        self.next.setAccessibleDescription(_("Also with Ctrl and Enter"))
        self._mark = Icon("check", "accent", size=20, box=20, box_height=24)
        self._words = Text("", "body", "ink_soft", wrap=False)
        self.take_back = Button(_("Undo"), "quiet", on=self.undo.emit)
        self._middle: QWidget = hold(row((self._mark, MIDDLE), (self._words, MIDDLE), (self.take_back, MIDDLE), gap=8))
        line = row(
            self.back, self.moment, STRETCH, self._middle, self.pause, self.next, gap=12, margins=(40, 16, 40, 16)
        )
        self.setLayout(column(hold(column(Rule(), margins=(40, 0, 40, 0))), line))
        self.say("")

    def say(self, words: str, *, undo: bool = False, saved: bool = True) -> None:
        """Say when it was saved, or what was just done, with a way to take it back."""
        self._words.setText(words)
        self._mark.setVisible(bool(words) and saved)
        self.take_back.setVisible(undo)
        self._has_words = bool(words)
        self.fit()

    @property
    def says(self) -> bool:
        """Whether its words can be seen."""
        return not self._middle.isHidden()

    def fit(self) -> None:
        """Leave away what has no room."""
        room = self.width() - 2 * theme.sp(40) if self.width() > theme.px(120) else 1 << 16
        for button in (self.back, self.pause):
            button.set_bare(False)
        buttons = [self.back, self.pause, self.next]
        gaps = theme.sp(12) * 4
        # With two columns it stands below the sections.
        narrow = self.isVisible() and theme.narrow(self.window().width())
        moment = self.moment.sizeHint().width() + theme.sp(12) if narrow else 0

        def whole() -> int:
            return sum(button.sizeHint().width() for button in buttons if not button.isHidden()) + gaps

        self._middle.setVisible(self._has_words and whole() + moment + self._middle.sizeHint().width() <= room)
        if whole() + moment > room:
            for button in (self.back, self.pause):
                button.set_bare(True)
        self.moment.setVisible(narrow and whole() + moment <= room)

    def retheme(self) -> None:
        """In another size other things fit."""
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it is known how wide the window is."""
        super().showEvent(event)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width other things fit."""
        super().resizeEvent(event)
        self.fit()
