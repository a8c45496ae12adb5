"""On Today, in quiet words: when the notebook was opened before, and what was kept long enough and is about to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.session import Mode
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import TOP, column, flow, row
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Icon, Text
from planner.words import _, n_

if TYPE_CHECKING:
    from datetime import date, datetime

    from planner.session import Session
    from planner.session.retention import Going
    from planner.ui.formats import Formats
    from planner.ui.page import Desk


def opened_words(before: datetime, now: datetime, formats: Formats) -> str:
    """When it was opened before; a clock that was set differently then is told of."""
    day = formats.day_with_weekday(before.date())
    if before.date().year != now.date().year:
        day = formats.day_full(before.date())
    words = _("Last opened on {day}, {time}").format(day=day, time=formats.time(before.time()))
    if before > now:
        words = f"{words.rstrip('.')}. {_('The clock of this device was set differently then.')}"
    return words


class LastOpened(QWidget):
    """Stays as long as the notebook is open, so that it is there when she looks; never with somebody beside."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.words = Text("", "body", "ink_soft")
        self.setLayout(column(row((Icon("later", "ink_soft"), TOP), (self.words, 1), gap=12), 20))
        self.hide()

    def refresh(self) -> None:
        """Say it, once there is something to say."""
        session = self._desk.session
        before = session.looking.last_opened
        if before is not None:
            self.words.setText(opened_words(before, session.now(), self._desk.formats))
        # A notebook for every day is not to tell how seldom it is used.
        self.setVisible(before is not None and session.only is None and not session.everyday)


def going_words(going: Going, formats: Formats) -> str:
    """What is about to go, how much and from when, in one or two sentences without a name."""
    said = []
    if going.lines and going.before is not None and going.lines_go is not None:
        words = n_(
            "{n} line of the log from before {day} goes for good after {end}.",
            "{n} lines of the log from before {day} go for good after {end}.",
            going.lines,
        )
        said.append(
            words.format(n=going.lines, day=formats.day_full(going.before), end=formats.day_full(going.lines_go))
        )
    if going.people:
        first: date = min(each.goes for each in going.people)
        words = n_(
            "The pages of {n} person who is resting go for good after {end}.",
            "The pages of {n} people who are resting go for good after {end}.",
            len(going.people),
        )
        said.append(words.format(n=len(going.people), end=formats.day_full(first)))
    if going.held and said:
        return _("“Keep everything” is on. While it is on, nothing goes, however old it is.")
    return " ".join(said)


def going_now(session: Session) -> Going | None:
    """What is about to go; None on the pages of one of several people, or where nothing is."""
    one_of_several = session.mode is Mode.WITH_OTHERS and session.person is not None
    if session.only is not None or one_of_several or session.everyday:
        return None
    return session.retention.going() or None


class GoingLine(QWidget):
    """Hidden while nothing is about to go; where she read it, it is hidden until something else is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.words = Text("", "body")
        self.look = Button(_("Look"), "quiet", compact=True, on=self._look)
        self.longer = Button(_("Keep longer"), "quiet", compact=True, on=lambda: desk.go("settings", at="keeping"))
        self.seen = Button(_("All right"), "quiet", compact=True, on=self._seen)
        words = column(self.words, 4, flow(self.look, self.longer, self.seen, gap=4))
        inner = row((Icon("later", "ink_soft"), TOP), (words, 1), gap=12, margins=(20, 12, 12, 8))
        self.setLayout(column(24, Sheet(inner, "sand", name=_("What is about to go"))))
        self.hide()

    def refresh(self) -> None:
        """Say what is about to go; nothing to say, nothing shown."""
        going = going_now(self._desk.session)
        shown = going is not None and self._desk.session.store.get("going_told") != _told(going)
        if going is not None and shown:
            self.words.setText(going_words(going, self._desk.formats))
        self.setVisible(shown)

    def _look(self) -> None:
        from planner.ui.dialogs.going import AboutToGo

        self._desk.ask(AboutToGo(self.window(), self._desk))

    def _seen(self) -> None:
        session = self._desk.session
        going = going_now(session)
        if going is not None:
            self._desk.keep(lambda: session.store.set("going_told", _told(going)))
        self.refresh()


def _told(going: Going) -> list[str]:
    """By what an announcement is known again; the days until then go on by themselves."""
    before = going.before.isoformat() if going.before is not None else ""
    return [before, str(going.held), *sorted(each.id for each in going.people)]
