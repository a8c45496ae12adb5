"""One appointment: what, when and where; the rest in sections; what happened; saved as it is typed."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from planner.plan.agenda import Occurrence
from planner.plan.records import Appointment, WhatHappened, new_id
from planner.session.types import Mode
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.layouts import column, columns, flow, hold
from planner.ui.kit.text import Text
from planner.ui.page import Page
from planner.ui.pages import appointment_saving as saving
from planner.ui.pages.appointment_fields import AppointmentFields, Values
from planner.ui.pages.appointment_ready import GetReady
from planner.ui.pages.appointment_summary import AppointmentSummary
from planner.ui.pages.appointment_words import matters_to_the_law, shown_title
from planner.ui.pages.erase_entry import erase_button
from planner.ui.pages.papers_of import PapersOf
from planner.ui.pages.what_happened import WhatHappenedSheet
from planner.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.session import Changed
    from planner.ui.page import Desk

PAUSE = 1000
"""ms without a key after which typing is saved."""

FIELDS = tuple(
    name
    for name in Appointment(id="").to_fields()
    if name not in ("origin", "removed", "except_starts", "extra_starts")
)


class Scope(Enum):
    """What a change is for."""

    WHOLE = "whole"
    ASK = "ask"
    ONLY = "only"
    LATER = "later"


class AppointmentPage(Page):
    """Opened with ``appointment=id`` and perhaps ``occurrence=name``; with neither for a new one (perhaps ``day=``)."""

    name: ClassVar[str] = "appointment"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._id = self._name = self._day = ""
        self._record: Appointment | None = None
        self._time: Occurrence | None = None
        self._scope = Scope.WHOLE
        self._gone = True
        self._writing = False
        self._other = new_id()
        self._shown: Values = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.commit)
        self.fields = AppointmentFields(desk.formats, desk.session.zone)
        self.fields.typed.connect(self._pause.start)
        self.fields.changed.connect(self.commit)
        self.fields.remind.changed.connect(self._reminder_chosen)
        self.fields.reminder_switch.clicked.connect(lambda on=False: self._set("reminders", on))
        self.fields.reminder_words.done.connect(
            lambda: self._set("reminder_words", self.fields.reminder_words.text().strip())
        )
        self.summary = AppointmentSummary(desk, lambda: self._change(Scope.ONLY), lambda: self._change(Scope.LATER))
        self.for_what = Text("", "body", "ink_soft").hide_empty()
        self._above = hold(column(12))
        self.happened = WhatHappenedSheet(desk, self._say, self._new_day, self._note)
        self.papers = PapersOf(desk)
        self.ready = GetReady(desk)
        self.finish = Button(_("Done"), "main", on=desk.back)
        self.remove_button = Button(_("Remove"), "quiet", on=self.remove)
        self.save_button = Button(_("Save as a calendar file"), "quiet", icon="sharing", on=self.save_file)
        self.erase_button = erase_button(desk, lambda: self._record.id if self._record is not None else "")
        self.missing = Text(_("This appointment is not here any more."), "lead")
        self.back_button = Button(_("Calendar"), "plain", icon="back", on=lambda: desk.go("calendar"))
        self._editing = hold(column(self.for_what, self._above, self.fields))
        foot = flow(self.finish, self.remove_button, self.save_button, self.erase_button, gap=12)
        main = column(self.missing, self.back_button, self.summary, self._editing, 24, foot)
        self.set_body(columns(main, column(self.happened, self.papers, self.ready)))
        leave_out(desk, self.happened, self.ready, *self.fields.not_for_every_day)

    # ---------------------------------------------------------------- the head

    def title(self) -> str:
        if self._record is None:
            return _("New appointment") if not self._gone else _("Appointment")
        return shown_title(self._record)

    def over_title(self) -> str:
        if self._time is None:
            return ""
        day, hour = saving.day_and_hour(self._time.starts)
        formats = self.desk.formats
        parts = [formats.day_with_weekday(day) if day else "", formats.time(hour) if hour else _("All day")]
        return formats.sentence(", ".join(filter(None, parts)))

    def first_focus(self) -> QWidget | None:
        if self._gone:
            return self.back_button
        return self.summary.only if self._scope is Scope.ASK else self.fields.title

    # ---------------------------------------------------------------- what is shown

    @property
    def _person(self) -> str:
        person = self.desk.session.person
        return person.id if person is not None else ""

    def show_for(self, **where: str) -> None:
        self._pause.stop()
        self._id, self._name = where.get("appointment", ""), where.get("occurrence", "")
        self._day = where.get("day", "")
        self._record = self._time = None
        self._other = new_id()
        self.happened.forget()
        self._gone = not self._person
        self._scope = Scope.WHOLE
        if self._id and self._person:
            found = self.desk.session.record(self._person, self._id)
            self._gone = not isinstance(found, Appointment) or found.removed
            if isinstance(found, Appointment) and found.repeat and not self._gone:
                self._scope = Scope.ASK
        self._load(whole=True)
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)

    def refresh(self, changed: Changed | None) -> None:
        if self._writing:
            return
        if self._gone or not self._person:
            self._arrange()
            return
        if changed is not None and changed.person not in ("", self._person):
            return
        self._load(whole=False)

    def _load(self, *, whole: bool) -> None:
        session = self.desk.session
        self._time = None
        if not self._gone:
            found = session.record(self._person, self._id) if self._id else None
            if isinstance(found, Appointment) and not found.removed:
                self._record = found
                self._find_time(found)
            elif self._record is not None:
                self._gone = True
        if not self._gone:
            values = self._values_now()
            if whole:
                self.fields.set_people(session.contacts(self._person, keep_away=False))
                self._show_reminder_settings()
            self.fields.show_values(values, whole=whole)
            # What was written and cannot be read back alike is taken as shown, or it would be written for ever.
            self._shown = values
        self._arrange()
        self.head_changed.emit()

    def _find_time(self, record: Appointment) -> None:
        """The time that was asked for; an appointment that is changed as a whole may have another by now."""
        session = self.desk.session
        self._time = saving.find_time(session, self._person, record, self._name)
        if self._scope is Scope.WHOLE:
            self._time = self._time or saving.find_time(session, self._person, record, "")
        elif self._time is not None:
            self._name = self._time.original_starts
        elif self._name:
            self._gone = True
        else:
            self._scope = Scope.WHOLE

    def _values_now(self) -> Values:
        record = self._record or Appointment(id="", zone=self.desk.session.zone, starts=self._day)
        values: Values = {name: getattr(record, name) for name in FIELDS}
        if self._time is not None and not (self._scope is Scope.WHOLE and record.repeat):
            values["starts"] = self._time.starts
        if self._scope is Scope.LATER and self._time is not None:
            values["repeat"] = saving.left_of(record, self._time.original_starts)
        return values

    def _arrange(self) -> None:
        mine = self.desk.session.mode is Mode.FOR_ME or self.desk.session.only is not None
        asking = self._scope is Scope.ASK and self._record is not None and self._time is not None
        self.missing.setVisible(self._gone)
        self.back_button.setVisible(self._gone)
        self.summary.setVisible(asking and not self._gone)
        self._editing.setVisible(not asking and not self._gone)
        self.finish.setVisible(not self._gone)
        self.remove_button.setVisible(self._record is not None and not self._gone)
        self.save_button.setVisible(self._record is not None and not self._gone)
        self.erase_button.setVisible(self._record is not None and not self._gone)
        self.fields.set_for(repeats=self._scope is not Scope.ONLY)
        record, time = self._record, self._time
        tells = record is not None and time is not None and not self._gone
        self.happened.setVisible(tells)
        self.papers.show_papers(self._person, record.id if record is not None and not self._gone else "")
        coming = time is None or not self._is_past(time)
        self.ready.show_for(record if coming and not self._gone else None)
        if record is None or time is None or self._gone:
            self.for_what.setText("")
            self._above.hide()
            return
        if asking:
            self.summary.show_time(record, time, mine=mine)
        day, _hour = saving.day_and_hour(time.starts)
        words = self.desk.formats.day_with_weekday(day) if day else ""
        said = {
            Scope.ONLY: _("You change only this time: {day}.").format(day=words),
            Scope.LATER: _("You change this time and all later ones, from {day} on.").format(day=words),
        }
        self.for_what.setText(said.get(self._scope, ""))
        self._above.setVisible(self._scope in said)
        known = saving.told(self.desk.session, self._person, record.id, time.original_starts)
        self.happened.show_time(record, time, known, past=self._is_past(time), law=matters_to_the_law(record))

    def _is_past(self, time: Occurrence) -> bool:
        session = self.desk.session
        if time.starts_utc is not None:
            return time.starts_utc <= session.clock()
        day, _hour = saving.day_and_hour(time.starts)
        return day is not None and day <= session.today()

    def _change(self, scope: Scope) -> None:
        self._scope = scope
        self._load(whole=True)
        self.fields.title.setFocus()

    # ---------------------------------------------------------------- saving

    def commit(self) -> bool:
        """Save what differs from what is stored; False where the machine could not."""
        self._pause.stop()
        person = self._person
        if self._gone or not person or self._scope is Scope.ASK:
            return True
        values = self.fields.values()
        changed = frozenset(name for name in values if values[name] != self._shown[name])
        if not changed:
            return True
        if not self._id:
            self._id = new_id()
        self._shown = dict(values)
        return self.desk.keep(self._saving(person, values, changed))

    def _saving(self, person: str, values: Values, changed: frozenset[str]) -> Callable[[], None]:
        """The work of one save, with everything it needs at hand: it may be done again later."""
        session, record, time, other = self.desk.session, self._record, self._time, self._other
        if self._scope is Scope.WHOLE or record is None or time is None:
            written = {name: values[name] for name in (changed if record is not None else values)}
            shown = time.starts if time is not None else ""
            return partial(self._save_whole, person, self._id, written, shown)
        save = saving.save_only if self._scope is Scope.ONLY else saving.save_later
        occurrence = time.original_starts

        def work() -> None:
            # The session tells of the change before it is known here under which id the time goes on.
            self._writing = True
            try:
                stands = save(session, person, record, occurrence, values, changed, other)
            finally:
                self._writing = False
            self._stands_at(stands, record.id, occurrence, str(values["starts"]))

        return work

    def _save_whole(self, person: str, appointment: str, written: dict[str, Any], shown: str) -> None:
        saving.save_whole(self.desk.session, person, appointment, written, shown)
        self._load(whole=False)

    def _stands_at(self, stands: str, before: str, occurrence: str, starts: str) -> None:
        """From now on this page shows what stands for the time that was changed."""
        self._id = stands
        if stands == before:
            first = self._record is not None and self._record.starts == occurrence
            self._name = starts if self._scope is Scope.LATER and first else occurrence
        else:
            self._name = starts if self._scope is Scope.LATER else ""
            self._scope = Scope.WHOLE if self._scope is Scope.ONLY else self._scope
        self._other = new_id()
        self._load(whole=False)

    def leave(self) -> bool:
        self.commit()
        if not self._gone and self._record is not None:
            self.happened.flush()
        return True

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """A new one was made of what was typed."""
        return {**where, "appointment": self._id} if self._id and not self._gone else where

    def draft(self) -> dict[str, Any] | None:
        """A day or an hour that could not be read."""
        if self._gone or not (self.fields.day.problem() or self.fields.hour.problem()):
            return None
        return {"day": self.fields.day.field.text(), "hour": self.fields.hour.field.text()}

    def take_draft(self, data: dict[str, Any]) -> None:
        for field, row, name in (
            (self.fields.day, self.fields.day_row, "day"),
            (self.fields.hour, self.fields.hour_row, "hour"),
        ):
            if data.get(name) and str(data[name]) != field.field.text():
                field.field.setText(str(data[name]))
                row.ask(field.problem())

    # ---------------------------------------------------------------- what happened

    def _say(self, what: WhatHappened) -> None:
        self._tell(partial(saving.say_what, what=what))

    def _new_day(self, new_starts: str) -> None:
        self._tell(partial(saving.give_new_day, new_starts=new_starts))

    def _note(self, note: str) -> None:
        self._tell(partial(saving.note_what, note=note))

    def _tell(self, save: Callable[..., None]) -> None:
        self.commit()
        record, time, person = self._record, self._time, self._person
        if record is not None and time is not None and not self._gone:
            self.desk.keep(lambda: save(self.desk.session, person, record.id, time.original_starts))
            self._load(whole=False)

    # ---------------------------------------------------------------- reminders

    def _show_reminder_settings(self) -> None:
        session = self.desk.session
        self.fields.reminder_switch.setChecked(bool(session.setting("reminders")))
        self.fields.reminder_words.setText(str(session.setting("reminder_words")))
        self.fields.show_reminder_choices()

    def _reminder_chosen(self) -> None:
        """Whoever chooses a reminder wants reminders."""
        self.fields.show_reminder_choices()
        if int(self.fields.remind.value()) >= 0 and not self.fields.reminder_switch.isChecked():
            self.fields.reminder_switch.setChecked(True)
            self._set("reminders", True)

    def _set(self, name: str, value: bool | str) -> None:
        self.desk.keep(lambda: self.desk.session.set_setting(name, value))

    # ---------------------------------------------------------------- as a file

    def save_file(self) -> None:
        """Save it for another calendar, after a look at what that tells."""
        from planner.ui.dialogs.calendar_export import export_one

        if self.commit() and self._record is not None and not self._gone:
            export_one(self.desk, self._record.id, self._time.original_starts if self._time is not None else "")

    # ---------------------------------------------------------------- removing

    def remove(self) -> None:
        """Take it out; of several times, ask which."""
        record, time = self._record, self._time
        if record is None:
            return
        if not record.repeat or time is None:
            self._remove(saving.remove_whole, _("Removed."), record.id)
            return
        only = partial(self._remove, saving.remove_only, _("This time was removed."), record, time.original_starts)
        later = partial(self._remove, saving.remove_later, _("Later times were removed."), record, time.original_starts)
        whole = partial(self._remove, saving.remove_whole, _("Removed."), record.id)
        dialog = Dialog(self, _("What do you want to remove?"), _("You can take it back right after."))
        dialog.add_button(_("Only this time"), on=only)
        if time.original_starts != record.starts:
            dialog.add_button(_("This and all later times"), on=later)
        dialog.add_button(_("All of them"), on=whole)
        dialog.add_button(_("Not now"), "quiet")
        self.desk.ask(dialog)

    def _remove(self, work: Callable[..., None], said: str, *which: Any) -> None:
        self._gone = True
        self._pause.stop()
        if self.desk.keep(lambda: work(self.desk.session, self._person, *which)):
            self.desk.say(said, undo=True)
            self.desk.go("calendar")
        else:
            self._gone = False
