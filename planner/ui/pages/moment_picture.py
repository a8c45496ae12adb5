"""A picture to rest the eyes on: one of the photos in the notebook, chosen by the person and by nobody else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import CENTRE, STRETCH, Box, clear, column, flow, hold, row
from planner.ui.kit.paint import painter
from planner.ui.kit.rows import ListRow
from planner.ui.kit.said import announce
from planner.ui.kit.text import Rule, Text
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.session.papers import Paper
    from planner.ui.page import Desk
    from planner.ui.pages.papers_bringing import CameIn
    from planner.ui.paper.pictures import Levels

HIGHEST = 340
"""px that a picture may be high, so that the words below it stay in sight; it does not grow with the text."""

PIXELS = 2_000_000
"""Of the picture as it is kept for showing."""


class Shown(QWidget):
    """The picture, all of it, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._levels: Levels | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGHEST)

    def show_levels(self, levels: Levels | None, name: str) -> None:
        """Show a picture, or nothing; ``name`` is what a screen reader says."""
        self._levels = levels
        self.setAccessibleName(name)
        self._fit()

    @property
    def has_picture(self) -> bool:
        """Whether something can be seen."""
        return self._levels is not None

    def _fit(self) -> None:
        high = HIGHEST
        if self._levels is not None:
            size = self._levels.size
            high = min(HIGHEST, max(1, round(size.height() * max(1, self.width()) / size.width())))
        self.setFixedHeight(high)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.px(320), self.height())

    def minimumSizeHint(self) -> QSize:
        """A narrow window."""
        return QSize(theme.px(80), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the middle, with round corners, a little softer in the dark."""
        if self._levels is None:
            return
        p = painter(self)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._levels.size
        part = min(self.width() / size.width(), self.height() / size.height())
        wide, high = size.width() * part, size.height() * part
        area = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        shape = QPainterPath()
        shape.addRoundedRect(area, theme.radius("card"), theme.radius("card"))
        p.setClipPath(shape)
        p.drawImage(area, self._levels.at_least(wide * self.devicePixelRatioF()))
        if theme.name == "dark":
            p.fillPath(shape, theme.colour("shade", 0.16))
        p.end()


class PictureView(QWidget):
    """The chosen picture; or the names of the photos there are, so that nothing comes up that she did not choose."""

    arranged = Signal()

    def __init__(self, desk: Desk, stop: str) -> None:
        """``stop`` is the soft sentence that stands below every exercise."""
        super().__init__()
        from planner.ui.pages.papers_bringing import Bringing
        from planner.ui.paper.pictures import Beside

        self._desk, self._stop = desk, stop
        self._beside = Beside(self)
        self._bringing = Bringing(desk, self._came)
        self.rows: dict[str, ListRow] = {}
        self.shown = Shown()
        self.words = Text("", "question", align=CENTRE)
        self.soft = Text("", "body", "ink_soft", align=CENTRE, balance=True)
        self._list = Box(True, 0, (0, 0, 0, 0))
        listed = hold(self._list)
        listed.setMaximumWidth(theme.px(560))
        self.other = Button(_("Another picture"), "quiet", on=self.choose)
        self.bring = Button(_("Bring in a picture"), icon="plus", on=lambda: self._bringing.choose(self.window()))
        self.setLayout(
            column(
                self.shown,
                20,
                self.words,
                8,
                self.soft,
                20,
                row(STRETCH, (listed, 1000), STRETCH),
                16,
                row(STRETCH, flow(self.other, self.bring, gap=12), STRETCH),
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def _person(self) -> str:
        return self._desk.session.chosen_id or ""

    def begin(self) -> None:
        """The picture that was chosen, or a choice."""
        paper = self._desk.session.papers.calm(self._person)
        if paper is None:
            self.choose()
        else:
            self._look_at(paper)

    def forget(self) -> None:
        """Let go of the picture."""
        self._beside.forget()
        self.shown.show_levels(None, "")

    # ---------------------------------------------------------------- choosing

    def choose(self) -> None:
        """The names of the photos that can be shown."""
        from planner.ui.paper.pictures import can_show

        self.forget()
        found = [each for each in self._desk.session.papers.of(self._person) if not each.is_pdf]
        photos = [each for each in found if can_show(each.media_type)]
        if photos:
            self._say(_("Choose a picture that is calm for you."), _("Only you choose what is shown here."))
        else:
            self._say(
                _("There is no picture here yet."),
                _("It can be a place, an animal, someone you like. It stays locked in this notebook."),
            )
        self._show(photos)

    def _show(self, photos: list[Paper], *, looking: bool = False) -> None:
        focus = QApplication.focusWidget()
        had_keyboard = focus is not None and self.isAncestorOf(focus)
        clear(self._list)
        self.rows = {}
        for each in photos:
            line = ListRow(each.title, icon="show", on=partial(self._take, each))
            self.rows[each.id] = line
            self._list.put(Rule() if len(self.rows) > 1 else None, line)
        self.shown.setVisible(looking)
        self.other.setVisible(looking)
        self.bring.setVisible(not looking)
        if had_keyboard:
            first = next((line.press for line in self.rows.values()), self.bring)
            (self.other if looking else first).setFocus(Qt.FocusReason.OtherFocusReason)
        self.arranged.emit()

    def _say(self, words: str, soft: str) -> None:
        self.words.setText(words)
        self.soft.setText(soft)
        announce(self, f"{words} {soft}")

    def _take(self, paper: Paper) -> None:
        self._desk.keep(partial(self._desk.session.papers.choose_calm, paper.person, paper))
        self._look_at(paper)

    def _came(self, came: CameIn) -> None:
        if came.paper.is_pdf:
            self.choose()
            self._desk.say(_("It is with your papers now. Only a photo can be shown here."))
        else:
            self._take(came.paper)

    # ---------------------------------------------------------------- looking

    def _look_at(self, paper: Paper) -> None:
        from planner.ui.paper.pictures import in_levels, read_picture

        papers = self._desk.session.papers
        self.forget()
        self._show([], looking=True)
        self._say(_("Look at it as long as you like."), self._stop)
        self._beside.do(
            lambda: in_levels(read_picture(papers.content(paper), paper.media_type, PIXELS)),
            lambda levels: self.shown.show_levels(levels, paper.title),
            self._cannot,
        )

    def _cannot(self) -> None:
        self.choose()
        self._say(_("This picture cannot be shown."), _("You can choose another one."))
