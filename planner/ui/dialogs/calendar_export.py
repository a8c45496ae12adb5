"""Appointments saved as a calendar file: what it tells stands below and follows the choice; neutral unless she says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.plan.records import Appointment
from planner.ui.kit.choices import ChoiceGroup, TickChoice
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import clear, column, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Text
from planner.ui.pages.appointment_words import shown_title
from planner.words import _

if TYPE_CHECKING:
    from planner.exchange.calendar_gate import Held
    from planner.exchange.calendar_write import Leaves, Told
    from planner.ui.page import Desk

SUFFIX = ".ics"
ONE, ALL = "one", "all"


def export_range(desk: Desk) -> None:
    """Ask which of the next days go into a file, and save it. Somebody's pages must be open."""
    if desk.session.person is not None:
        desk.ask(ExportRange(_widget(desk), desk))


def export_one(desk: Desk, appointment_id: str, occurrence: str = "") -> None:
    """Ask how one appointment goes into a file, and save it; ``occurrence`` names the time that is looked at."""
    person = desk.session.person
    record = desk.session.record(person.id, appointment_id) if person is not None else None
    if person is None or not isinstance(record, Appointment) or record.removed:
        return
    if not record.starts:
        desk.say(_("Give it a day first, and it can be saved."))
        return
    desk.ask(ExportOne(_widget(desk), desk, record, occurrence))


class _Export(Dialog):
    """What both share: titles and places by choice, what the file tells, and where it is saved."""

    def __init__(self, parent: QWidget, desk: Desk, title: str, words: str, above: list[QWidget]) -> None:
        self._desk = desk
        person = desk.session.person
        assert person is not None
        self._person = person.id
        self.titles = TickChoice(_("With what they are about"), _("Otherwise each is called only “Appointment”."))
        self.places = TickChoice(_("With the places"), _("Whoever opens the file then knows where you will be."))
        self.reveals = Text("", "body")
        for each in (self.titles, self.places):
            each.clicked.connect(lambda _on=False: self.say_what_it_tells())
        spaced: list[QWidget | int] = [item for each in above for item in (each, 12)]
        body = column(
            *spaced,
            self.titles,
            8,
            self.places,
            16,
            Text(_("Whoever opens the file learns"), "strong"),
            self.reveals,
            12,
            Text(_("A phone or a calendar program may send it on to those who made it."), "body", "ink_soft"),
        )
        super().__init__(parent, title, words, body, icon="calendar", width=600)
        self.save_button = self.add_button(_("Choose a place"), "main", self._choose_place, closes=False, default=True)
        self.add_button(_("Not now"), "quiet")

    def told(self) -> Told:
        """What the file tells beside days and hours."""
        from planner.exchange.calendar_write import Told

        return Told(self.titles.isChecked(), self.places.isChecked())

    def leaves(self) -> tuple[Leaves, ...]:
        """The times that leave."""
        raise NotImplementedError

    def with_rule(self) -> bool:
        """Whether a whole row of times leaves with its rule."""
        return False

    def content(self) -> bytes:
        """The file as it would be saved now."""
        from planner.exchange.calendar_write import write_times

        return write_times(self.leaves(), self.told(), self._desk.session.today())

    def say_what_it_tells(self) -> None:
        """Say it anew, after another choice."""
        from planner.exchange.calendar_gate import calendar_reveals

        self.reveals.setText("\n".join(calendar_reveals(self.leaves(), self.told(), rule=self.with_rule())))

    def parts(self) -> tuple[str, ...]:
        """What the activity log calls what leaves."""
        from planner.plan.life import Section

        alone = any(each.appointment.home() is Section.MINE_ALONE for each in self.leaves())
        told = self.told()
        wanted = (("titles", told.titles), ("places", told.places), ("mine_alone", alone))
        return tuple(name for name, there in wanted if there)

    def _choose_place(self) -> None:
        if not self.leaves():
            self.say_what_it_tells()
            return
        content, parts = self.content(), self.parts()
        self.accept()
        _ask_place(self._desk, self._person, content, parts)


class ExportRange(_Export):
    """The next days of one person; what is hers alone or names people she keeps away from is chosen one by one."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        self.days = Picker(
            [("14", _("The next two weeks")), ("28", _("The next four weeks")), ("91", _("The next three months"))],
            "28",
        )
        self.held_words = Text(_("These stay out unless you choose them, one by one."), "body", "ink_soft")
        self.held: dict[str, TickChoice] = {}
        self._held = column(gap=8)
        self._held_part = hold(column(self.held_words, 8, self._held))
        super().__init__(
            parent,
            desk,
            _("Save as a calendar file"),
            _("For a phone or another calendar. Each time stands alone in it, with its day and hour."),
            [FieldRow(_("How far ahead"), self.days), self._held_part],
        )
        self.days.changed.connect(self._other_days)
        self._other_days()

    def leaves(self) -> tuple[Leaves, ...]:
        """Coming times that still stand."""
        from planner.session.calendar_leaving import going

        session = self._desk.session
        allowed = {record for record, tick in self.held.items() if tick.isChecked()}
        return going(session, self._person, session.today(), int(self.days.value()), allowed).times

    def _other_days(self) -> None:
        from planner.session.calendar_leaving import going

        session = self._desk.session
        found = going(session, self._person, session.today(), int(self.days.value())).held
        clear(self._held)
        self.held = {}
        for record, why in found:
            tick = TickChoice(shown_title(record), held_words(why), value=record.id)
            tick.clicked.connect(lambda _on=False: self.say_what_it_tells())
            self.held[record.id] = tick
            self._held.put(tick)
        self._held_part.setVisible(bool(found))
        self.say_what_it_tells()


class ExportOne(_Export):
    """One appointment; one that repeats as this time alone or with all of its times."""

    def __init__(self, parent: QWidget, desk: Desk, record: Appointment, occurrence: str) -> None:
        self._record, self._occurrence = record, occurrence
        self.which = ChoiceGroup(
            [(ONE, _("Only this time")), (ALL, _("All of its times"))], chosen=(ONE,), name=_("Which times")
        )
        repeats = bool(record.repeat or record.extra_starts)
        if not occurrence:
            self.which.choose((ALL,))
        self.which.changed.connect(self.say_what_it_tells)
        super().__init__(
            parent,
            desk,
            _("Save as a calendar file"),
            _("For a phone or another calendar."),
            [self.which] if repeats and occurrence else [],
        )
        self._repeats = repeats
        self.say_what_it_tells()

    def with_rule(self) -> bool:
        """Whether all of its times leave."""
        return self._repeats and self.which.values() == (ALL,)

    def leaves(self) -> tuple[Leaves, ...]:
        """Its times, or this one."""
        from planner.session.calendar_leaving import times_of_one

        only = self._occurrence if self._repeats and not self.with_rule() else ""
        return times_of_one(self._desk.session, self._person, self._record, only)

    def content(self) -> bytes:
        """With its rule where all of its times leave."""
        from planner.session.calendar_leaving import file_of

        if self.with_rule():
            return file_of(self._desk.session, self._person, self._record, self.told())
        return super().content()


def held_words(why: Held) -> str:
    """Why an appointment stays out of a file."""
    from planner.exchange.calendar_gate import Held

    if why is Held.MINE_ALONE:
        return _("It is for you alone.")
    return _("It names somebody you keep away from.")


def _ask_place(desk: Desk, person: str, content: bytes, parts: tuple[str, ...]) -> None:
    from planner.ui.paper.place import ChoosePlace

    desk.ask(ChoosePlace(_widget(desk), partial(_save, desk, person, content, parts), suffix=SUFFIX))


def _save(desk: Desk, person: str, content: bytes, parts: tuple[str, ...], path: Path) -> None:
    from planner.errors import MachineTrouble
    from planner.ui.kit.dialogs import trouble
    from planner.ui.paper.choose_file import save_chosen
    from planner.ui.work import Work

    def saved(_none: object) -> None:
        _note_down(desk, person, parts)
        desk.say(_("The calendar file is saved."))

    def could_not(problem: MachineTrouble) -> None:
        again: Callable[[int], None] = lambda _result: _ask_place(desk, person, content, parts)  # noqa: E731
        trouble(_widget(desk), problem).finished.connect(again)

    Work(
        _widget(desk), _("Saving"), lambda _progress: save_chosen(path, content), saved, cancel=False, failed=could_not
    )


def _note_down(desk: Desk, person: str, parts: tuple[str, ...]) -> None:
    from planner.exchange.gate import Leaving, Left, PaperKind
    from planner.ui.printing import LEFT

    gone = Leaving(what=Left.SAVED_OPEN, paper=PaperKind.CALENDAR, parts=parts, person=person)
    desk.keep(lambda: desk.session.log(LEFT, person, gone.detail()))


def _widget(desk: Desk) -> QWidget:
    assert isinstance(desk, QWidget)  # a desk is a part of the window
    return desk
