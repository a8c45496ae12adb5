"""Beside Today: the days of this week, and what is still open, without any hurry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.kit.layouts import TOP, Box, Item, clear, column, hold, row
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Person as Disc
from planner.ui.kit.text import Section, Text
from planner.ui.pages.appointment_words import along_words, speaks_to_her
from planner.ui.people_words import last_talk, tone_of
from planner.ui.with_someone import turn_to
from planner.words import _

if TYPE_CHECKING:
    from planner.session import AgendaItem, Person
    from planner.ui.page import Desk

QUIET_DAYS = 10
"""Days without a contact note after which a person stands under "Quiet for a while"."""

LOOK_BACK = 14
"""Days for which a past date may be asked about."""

MOST_DAYS = 12
MOST_OPEN = 4


class _Labelled(QWidget):
    """A day at the start, what is on beside it."""

    def __init__(self, day: str, *lines: Item) -> None:
        super().__init__()
        label = Text(day, "body", "ink_soft", wrap=False, tabular=True)
        label.setMinimumWidth(label.sizeHint().width())
        self._label = label
        self.setLayout(row((hold(column(label), width=64), TOP), (column(*lines), 1), gap=12))


class Week(QWidget):
    """What is on in the next days; among several people only initials tell whose it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._box = Box(True, 12, (0, 0, 0, 0))
        self.setLayout(column(Section(_("This week")), 12, self._box))

    def show_days(self, today: date, items: list[AgendaItem], people: dict[str, Person]) -> None:
        """Show the days after ``today`` of these people."""
        clear(self._box)
        tomorrow = today + timedelta(days=1)
        if not any(item.day == tomorrow for item in items):
            self._box.put(_Labelled(self._label(tomorrow), Text(_("A free day"), "body", "ink_soft")))
        for item in items[:MOST_DAYS]:
            words = item.appointment.title
            if item.time is not None:
                words = _("{what}, {time}").format(what=words, time=self._desk.formats.time(item.time))
            if self._desk.session.person is None:
                words = f"{people[item.person].initial}: {words}"
            who = item.appointment.who_comes
            along = Text(
                along_words(who, mine=speaks_to_her(self._desk)) if who else "", "body", "ink_soft"
            ).hide_empty()
            self._box.put(_Labelled(self._label(item.day), Text(words, "body"), along))

    def _label(self, day: date) -> str:
        formats = self._desk.formats
        return f"{formats.sentence(formats.weekday_short(day))} {day.day}"


class StillOpen(Sheet):
    """Forms begun and dates gone by; for somebody who works with several people, whom they last saw long ago."""

    def __init__(self, desk: Desk) -> None:
        self._box = Box(True, 0, (8, 12, 8, 8))
        super().__init__(self._box, "well", name=_("Still open"))
        self._desk = desk

    def refresh(self, person: Person | None) -> None:
        """Show what waits; nothing waiting, nothing shown."""
        clear(self._box)
        rows = self._for_one(person) if person is not None else self._for_everyone()
        self.setVisible(bool(rows))
        if not rows:
            return
        if person is not None:
            head, under = _("Still open"), _("No hurry. These wait until you want them.")
        else:
            head, under = _("Quiet for a while"), ""
        self._box.put(
            column(Text(head, "section"), Text(under, "body", "ink_soft").hide_empty(), margins=(12, 4, 12, 4)),
            4,
            *rows,
        )

    def _for_one(self, person: Person) -> list[QWidget]:
        session, formats = self._desk.session, self._desk.formats
        if session.everyday:
            return []
        titles = session.forms.titles()
        begun: list[QWidget] = [
            _open_row(
                titles.get(each.form, each.form),
                _("You stopped here on {day}").format(day=formats.day(date.fromisoformat(each.updated[:10]))),
                "forms",
                partial(self._desk.go, "form", form=each.form),
            )
            for each in session.forms.unfinished(person.id)[:MOST_OPEN]
        ]
        today = session.today()
        past = session.agenda(today - timedelta(days=LOOK_BACK), LOOK_BACK, person.id)
        gone_by: list[QWidget] = [
            _open_row(
                item.appointment.title,
                _("{day}. What became of it?").format(day=formats.day(item.day)),
                "calendar",
                partial(self._desk.go, "appointment", appointment=item.appointment.id, occurrence=item.original_starts),
            )
            for item in [each for each in past if each.outcome is None][-MOST_OPEN:]
        ]
        return begun + gone_by

    def _for_everyone(self) -> list[QWidget]:
        session = self._desk.session
        limit = session.today() - timedelta(days=QUIET_DAYS)
        quiet = [each for each in session.people() if not each.resting and each.last_talk and each.last_talk < limit]
        quiet.sort(key=lambda each: each.last_talk or date.min)
        return [self._quiet_row(each) for each in quiet[:MOST_OPEN]]

    def _quiet_row(self, person: Person) -> QWidget:
        """Only the initial tells who it is: the screen may be seen by others."""
        words = last_talk(self._desk, person)
        return ListRow(
            hold(column(8, Text(words, "body"))),
            trail=None,
            person=Disc(person.initial, tone_of(person.id)),
            first_step="body",
            spoken=f"{person.initial}, {words}",
            on=lambda: turn_to(self._desk, person.id),
        )


def _open_row(words: str, under: str, icon: str, on: Callable[[], object]) -> ListRow:
    return ListRow(words, under, icon=icon, first_step="label", trail=None, on=on)
