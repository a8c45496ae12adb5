"""Reminders inside the open notebook: her own words on a card, nothing of the appointment, never outside the window.

They are off until someone chooses them, and work only while the notebook is open and unlocked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.plan.records import MOST_MINUTES, WhatHappened
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import TOP, column, flow, row
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Icon, Text
from planner.ui.theme import theme
from planner.ui.work import under_way
from planner.words import _

if TYPE_CHECKING:
    from planner.session import AgendaItem, Changed, Session
    from planner.ui.page import Desk

REMIND = (0, 15, 60, 120, 1440)
"""How long before, in minutes, as offered."""

LOOK_EVERY = 15_000
"""ms between two looks at the clock."""

LEARN_EVERY = timedelta(minutes=10)
"""After this the coming appointments are read again, also when nothing was edited."""

MORNING = time(9)
"""When a whole day is taken to begin."""


def remind_words(minutes: int) -> str:
    """How long before, in words; a negative number is none."""
    from planner.ui.pages.appointment_words import length_words

    if minutes < 0:
        return _("No reminder")
    if minutes == 0:
        return _("When it begins")
    if minutes % 1440 == 0 and minutes == 1440:
        return _("The day before")
    return _("{length} before").format(length=length_words(minutes))


def card_words(session: Session) -> str:
    """What the card says: her own words, or a sentence that tells nothing."""
    return str(session.setting("reminder_words")).strip() or _("Look at your calendar.")


@dataclass(frozen=True)
class Due:
    """One reminder: from when until when it is shown, in UTC, and what it belongs to."""

    key: tuple[str, str, str]
    since: datetime
    until: datetime


def reminders_of(items: list[AgendaItem], zone: str) -> list[Due]:
    """The reminders of these times; none for what was cancelled or left for another day."""
    here = ZoneInfo(zone)
    found = []
    for item in items:
        before = item.appointment.remind_minutes
        if before < 0 or item.outcome in (WhatHappened.THEY_CANCELLED, WhatHappened.NOT_THIS_TIME, WhatHappened.WENT):
            continue
        starts = datetime.combine(item.day, item.time or MORNING, here).astimezone(UTC)
        # A copy that somebody handed over may hold any number.
        before = min(before, MOST_MINUTES)
        lasts = timedelta(minutes=15) if item.time is not None else timedelta(hours=12)
        name = f"{item.original_starts} {starts.isoformat()}"
        found.append(Due((item.person, item.appointment.id, name), starts - timedelta(minutes=before), starts + lasts))
    return found


class Watcher(QObject):
    """Looks at the clock while the notebook is open. ``due`` carries the words to show, once for each reminder."""

    due = Signal(str)

    def __init__(self, session: Session) -> None:
        """Begins to look at once; :meth:`stop` ends it."""
        super().__init__()
        self._session = session
        self._coming: list[Due] = []
        self._learned: datetime | None = None
        self._shown: set[tuple[str, str, str]] = set()
        self._unsubscribe = session.on_change(self._changed)
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """Look no more; before the notebook closes."""
        self._timer.stop()
        self._unsubscribe()

    def _changed(self, changed: Changed) -> None:
        if not changed.kinds or changed.kinds & {"appointment", "outcome", "chosen", "person"}:
            self._learned = None

    def look(self) -> None:
        """Tell what is due now. Where the machine cannot read, it is tried again at the next look."""
        if under_way():
            return  # long work may hold the store, and a reminder is not worth that the window waits for it
        try:
            if not self._session.setting("reminders"):
                return
            now = self._session.clock().astimezone(UTC)
            self._learn(now)
            words = card_words(self._session)
        except MachineTrouble:
            return
        due = [each for each in self._coming if each.since <= now < each.until and each.key not in self._shown]
        self._shown.update(each.key for each in due)
        if due:
            self.due.emit(words)

    def _learn(self, now: datetime) -> None:
        # A clock set back must not leave us with what was learned in its future.
        if self._learned is not None and self._learned <= now < self._learned + LEARN_EVERY:
            return
        session = self._session
        person = session.only or (session.person.id if session.person is not None else None)
        self._coming = reminders_of(session.agenda(session.today(), 3, person), session.zone)
        self._learned = now


class ReminderCard(Sheet):
    """The words, at the foot of the window, until they are put away. It takes no focus by itself."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """``parent`` is what it lies on."""
        self.words = Text("", "row")
        self.look = Button(_("Open the calendar"), "plain", compact=True, on=self._open)
        self.away = Button(_("All right"), "quiet", compact=True, on=self.hide)
        inner = column(
            row((Icon("bell", "accent"), TOP), (self.words, 1), gap=12),
            8,
            flow(self.look, self.away, gap=8),
            margins=(20, 16, 16, 12),
        )
        super().__init__(inner, "sand", name=_("Reminder"))
        self._desk = desk
        self.setParent(parent)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str) -> None:
        """Show the words; the keyboard stays where it is."""
        self.words.setText(words)
        self.show()
        self.place()
        self.raise_()
        announce(self, words)

    def _open(self) -> None:
        self.hide()
        self._desk.go("calendar")

    def place(self) -> None:
        """At the foot, where reading ends."""
        parent = self.parentWidget()
        if parent is None:
            return
        edge = theme.sp(20)
        width = min(theme.px(360), parent.width() - 2 * edge)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        left = edge if theme.rtl else parent.width() - width - edge
        self.setGeometry(left, parent.height() - height - edge, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window grows."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            QTimer.singleShot(0, self, self.place)
        return super().eventFilter(watched, event)

    def retheme(self) -> None:
        """Other sizes, another place."""
        QTimer.singleShot(0, self, self.place)


class Reminders(QObject):
    """What the open notebook holds: the watcher and its card. ``notebook`` is the desk and the window's screen."""

    def __init__(self, notebook: QWidget, desk: Desk) -> None:
        """Both are the same object in the program; the card is made when it is first needed."""
        super().__init__(notebook)
        self._notebook, self._desk = notebook, desk
        self.card: ReminderCard | None = None
        self.watcher = Watcher(desk.session)
        # Outside the change that made it due, so that a page is never redrawn in the middle of an edit.
        self.watcher.due.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def _show(self, words: str) -> None:
        if self.card is None:
            self.card = ReminderCard(self._notebook, self._desk)
        self.card.say(words)

    def stop(self) -> None:
        """Before the notebook closes."""
        self.watcher.stop()
