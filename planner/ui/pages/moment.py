"""Take a moment: slow breath, the five senses one at a time, a picture or words of her own. Nothing is counted."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QElapsedTimer, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from planner.packs.moment import Exercise, Moment, load_moment
from planner.system.appearance import Appearance
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.layouts import CENTRE, STRETCH, Box, column, flow, hold, row
from planner.ui.kit.paint import painter
from planner.ui.kit.said import announce
from planner.ui.kit.tab_order import in_reading_order
from planner.ui.kit.text import Text
from planner.ui.page import Page
from planner.ui.theme import theme
from planner.words import _, language

if TYPE_CHECKING:
    from planner.ui.page import Desk
    from planner.ui.pages.moment_picture import PictureView
    from planner.ui.pages.moment_words import WordsView

FRAME = 33
"""ms between two pictures of the circle."""

SMALL, LARGE = 0.45, 1.0
"""The circle breathed out and breathed in, as parts of its room."""

MOST = 240
"""The circle is never wider than this, in px, so that the words stay in sight with large text."""

BREATH = "breath"


@lru_cache(maxsize=1)
def exercises() -> Moment:
    """The shipped exercises, read once."""
    return load_moment()


class Circle(QWidget):
    """A calm circle that grows and shrinks."""

    def __init__(self) -> None:
        super().__init__()
        self._size = self._from = self._to = SMALL
        self._over = 0
        self._since = QElapsedTimer()
        self._frames = QTimer(self, interval=FRAME)
        self._frames.timeout.connect(self._step)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retheme()

    @property
    def moving(self) -> bool:
        """Whether it grows or shrinks now."""
        return self._frames.isActive()

    @property
    def target(self) -> float:
        """The size it moves to."""
        return self._to

    def move_to(self, size: float, ms: int) -> None:
        """Grow or shrink to ``size`` within ``ms``."""
        self._from, self._to, self._over = self._size, size, ms
        self._since.start()
        self._frames.start()

    def rest(self, size: float | None = None) -> None:
        """Stand still; with ``size``, there."""
        self._frames.stop()
        if size is not None:
            self._size = self._to = size
        self.update()

    def _step(self) -> None:
        part = min(1.0, self._since.elapsed() / max(1, self._over))
        # Slow at both ends, as breath is.
        self._size = self._from + (self._to - self._from) * (1 - cos(pi * part)) / 2
        if part >= 1.0:
            self._frames.stop()
        self.update()

    def retheme(self) -> None:
        side = min(theme.px(208), MOST)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter(self)
        middle = QPointF(self.width() / 2, self.height() / 2)
        room = self.width() / 2 - 2
        p.setPen(QPen(theme.colour("accent_line"), 1.5, Qt.PenStyle.DotLine))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawEllipse(middle, room, room)
        p.setPen(QPen(theme.colour("accent"), 2))
        p.setBrush(theme.colour("accent_wash"))
        p.drawEllipse(middle, room * self._size, room * self._size)
        p.end()


class MomentPage(Page):
    """One exercise at a time; the page before waits as it was."""

    name: ClassVar[str] = "moment"
    searchable: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._appearance = Appearance(app)
        self._appearance.setParent(self)
        self._all = exercises().exercises
        self._place = -1
        self.still = False
        titles = [each.title.get(language()) for each in self._all]
        self.picture: PictureView | None = None
        self.own_words: WordsView | None = None
        if desk.session.person is not None:
            titles += [_("A picture"), _("My words")]
        self.choice = Segment(titles, 0, _("Choose one"), wraps=True)
        self.choice.chosen_changed.connect(lambda _place: self.begin())
        self.circle = Circle()
        self.words = Text("", "question", align=CENTRE)
        self.soft = Text("", "body", "ink_soft", align=CENTRE, balance=True)
        self.go_on = Button(_("Start"), "main", on=self._go_on)
        self.stop_button = Button(_("Stop here"), on=self.begin)
        self.still_button = Button("", "quiet", on=self._switch_motion)
        self.back_button = Button(_("Back to where I was"), icon="back", on=desk.back)
        self._pace = QTimer(self, singleShot=True)
        self._pace.timeout.connect(self._next)
        spoken = hold(column(self.words, 8, self.soft))
        spoken.setMaximumWidth(theme.px(560))
        controls = flow(self.go_on, self.stop_button, self.still_button, gap=12)
        self._led = hold(
            column(
                (self.circle, CENTRE),
                24,
                row(STRETCH, (spoken, 1000), STRETCH),
                24,
                row(STRETCH, controls, STRETCH),
            )
        )
        self._place_of_picture = Box(True, 0, (0, 0, 0, 0))
        inner = column(
            row(STRETCH, (self.choice, 1000), STRETCH),
            16,
            STRETCH,
            self._led,
            self._place_of_picture,
            STRETCH,
            24,
            row(STRETCH, self.back_button, STRETCH),
        )
        self.set_body(inner)
        away = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        away.activated.connect(desk.back)

    def title(self) -> str:
        return _("Take a moment")

    def first_focus(self) -> QWidget | None:
        return self.go_on

    def show_for(self, **where: str) -> None:
        """Begin anew: nothing is remembered of the last time."""
        self.still = False
        self.choice.choose(0)
        self.begin()

    def leave(self) -> bool:
        self._quiet()
        return True

    def draft(self) -> dict[str, Any] | None:
        """Words that are half written."""
        typed = self.own_words.field.text() if self.own_words is not None else ""
        return {"words": typed} if typed.strip() else None

    def take_draft(self, data: dict[str, Any]) -> None:
        """Go on with words that were half written."""
        if isinstance(data.get("words"), str) and self.desk.session.person is not None:
            self.choice.choose(len(self._all) + 1)
            self.begin()
            assert self.own_words is not None
            self.own_words.go_on_with(data["words"])

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing moves where nobody looks."""
        super().hideEvent(event)
        self._quiet()

    # ---------------------------------------------------------------- the exercise

    @property
    def exercise(self) -> Exercise:
        """The exercise that is chosen; where a picture is shown, the first."""
        return self._all[self.choice.chosen % len(self._all)]

    @property
    def words_only(self) -> bool:
        """Whether nothing may move."""
        return self.still or theme.motion("calm") == 0 or self._appearance.less_motion()

    def begin(self) -> None:
        """Stand at the beginning of the exercise."""
        self._quiet()
        self._place = -1
        picture, own_words = (self.choice.chosen == len(self._all) + place for place in (0, 1))
        self._led.setVisible(not (picture or own_words))
        for view, shown in ((self.picture, picture), (self.own_words, own_words)):
            if view is not None:
                view.setVisible(shown)
        if picture:
            self._begin_picture()
            return
        if own_words:
            self._begin_words()
            return
        code = language()
        self.words.setText(self.exercise.about.get(code))
        self.soft.setText(exercises().stop.get(code))
        self._show_controls(_("Start"))

    def _begin_picture(self) -> None:
        if self.picture is None:
            from planner.ui.pages.moment_picture import PictureView

            self.picture = PictureView(self.desk, exercises().stop.get(language()))
            self._place_of_picture.put(self.picture)
            self.picture.arranged.connect(lambda: in_reading_order(self))
        self.picture.begin()

    def _begin_words(self) -> None:
        if self.own_words is None:
            from planner.ui.pages.moment_words import WordsView

            self.own_words = WordsView(self.desk, exercises().stop.get(language()))
            self._place_of_picture.put(self.own_words)
            self.own_words.arranged.connect(lambda: in_reading_order(self))
        self.own_words.begin()

    def _quiet(self) -> None:
        self._pace.stop()
        self.circle.rest(SMALL)
        for view in (self.picture, self.own_words):
            if view is not None:
                view.forget()

    def _go_on(self) -> None:
        if self._place >= len(self.exercise.in_order()):
            self.begin()
        self._next()

    def _next(self) -> None:
        """The next thing, or what is said at the end."""
        pages = self.exercise.in_order()
        self._place += 1
        if self._place >= len(pages):
            self._end()
            return
        page = pages[self._place]
        self._say(page.words.get(language()))
        self.soft.setText(exercises().stop.get(language()))
        if self.exercise.id == BREATH:
            self._breathe(page.seconds, once=page.once)
        # The five senses go at her own pace: a button, never a clock.
        self._show_controls("" if self.exercise.id == BREATH else _("Next"))

    def _breathe(self, seconds: int, *, once: bool) -> None:
        ms = seconds * 1000
        self._pace.start(ms)
        if once or self.words_only:
            self.circle.rest(SMALL)
            return
        first = sum(1 for each in self.exercise.pages if each.once)
        breathing_in = (self._place - first) % 2 == 0
        self.circle.move_to(LARGE if breathing_in else SMALL, ms)

    def _end(self) -> None:
        self._quiet()
        self._place = len(self.exercise.in_order())
        after = " ".join(each.get(language()) for each in self.exercise.after)
        self._say(after)
        self.soft.setText("")
        self._show_controls(_("Once more"))

    def _say(self, words: str) -> None:
        self.words.setText(words)
        announce(self, words)

    # ---------------------------------------------------------------- what can be pressed

    def _show_controls(self, go_on: str) -> None:
        under_way = 0 <= self._place < len(self.exercise.in_order())
        had_keyboard = self.go_on.hasFocus() or self.stop_button.hasFocus()
        self.go_on.set_words(go_on or _("Start"))
        self.go_on.setVisible(bool(go_on))
        self.stop_button.setVisible(under_way)
        breath = self.exercise.id == BREATH
        may_move = theme.motion("calm") > 0 and not self._appearance.less_motion()
        self.circle.setVisible(breath and not self.words_only)
        self.still_button.setVisible(breath and may_move)
        self.still_button.set_words(_("Let the circle move") if self.still else _("Words only"))
        if had_keyboard:
            (self.go_on if go_on else self.stop_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _switch_motion(self) -> None:
        """Words alone, or the circle with them; the pace goes on."""
        self.still = not self.still
        if self.still:
            self.circle.rest(SMALL)
        self._show_controls("" if self._pace.isActive() else self.go_on.text())
