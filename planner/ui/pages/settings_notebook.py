"""Settings inside this notebook: a name, a number for help, when it locks, and reminders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from planner.session import Mode
from planner.settings import LOCK_MINUTES
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.fields import Field, FieldRow, PhoneField
from planner.ui.kit.layouts import column, fold, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Text
from planner.ui.pages.plan_typing import Pen
from planner.ui.pages.settings_values import put_settings
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.ui.page import Desk


class TypedPart(QWidget):
    """Her name, and her own help line; saved as they are typed."""

    def __init__(self, desk: Desk, line_changed: Callable[[], object]) -> None:
        """``line_changed`` is called after another line was kept."""
        super().__init__()
        self._desk, self._line_changed = desk, line_changed
        mine = desk.session.mode is Mode.FOR_ME
        self.name_field = Field()
        self.line_name, self.line_number = Field(), PhoneField()
        self.line_row = FieldRow(_("Phone number"), self.line_number)
        self._name_pen = Pen(self, self._save_name)
        self._line_pen = Pen(self, self._save_line)
        self._name_pen.watch(self.name_field)
        self._line_pen.watch(self.line_name, self.line_number)
        self.line_number.textEdited.connect(lambda _text: self.line_row.ask(""))
        ask = _("What shall we call you here?") if mine else _("Your name or initials, for your notes")
        line = _("A number for help that you trust") if mine else _("Your own help line")
        self.line_part = hold(
            column(
                20,
                Text(line, "strong"),
                Text(_("It stands first under “Help now”."), "body", "ink_soft"),
                8,
                fold(FieldRow(_("Whose number is it?"), self.line_name), self.line_row, gap=16),
            )
        )
        self.setLayout(column(FieldRow(ask, self.name_field, optional=True), self.line_part))

    def refresh(self) -> None:
        """Show what is kept, but not over what is being typed."""
        session = self._desk.session
        self._name_pen.fill(self.name_field, session.setting("my_name"))
        self._line_pen.fill(self.line_name, session.setting("shelter_line_name"))
        self._line_pen.fill(self.line_number, session.setting("shelter_line_number"))

    def flush(self) -> None:
        """Save what is typed."""
        self._name_pen.flush()
        self._line_pen.flush()

    def _save_name(self) -> bool:
        return put_settings(self._desk, my_name=self.name_field.text().strip())

    def _save_line(self) -> bool:
        name, number = self.line_name.text().strip(), self.line_number.text().strip()
        session = self._desk.session
        values = {"shelter_line_name": name, "shelter_line_number": number}
        if session.setting("shelter_line_number") not in ("", number):
            # Told under “Help now”: somebody who found the notebook open may have put another number there.
            values["shelter_line_changed"] = session.today().isoformat()
        kept = put_settings(self._desk, **values)
        if kept:
            self._line_changed()
        return kept


class WaitPart(QWidget):
    """After how many quiet minutes the notebook locks by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        items = [(str(n), n_("After {n} minute", "After {n} minutes", n).format(n=n)) for n in LOCK_MINUTES]
        self.picker = Picker(items, name=_("Lock by itself when nobody is there"))
        self.picker.changed.connect(lambda: put_settings(desk, lock_minutes=int(self.picker.value())))
        row = FieldRow(
            _("Lock by itself when nobody is there"),
            self.picker,
            hint=_("Half a minute before, it says so. What you typed is kept."),
        )
        self.setLayout(column(row))

    def refresh(self) -> None:
        """Show what is kept."""
        self.picker.choose(str(self._desk.session.setting("lock_minutes")))


class ReminderPart(QWidget):
    """Reminders inside this window, in her own words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.tick = TickChoice(
            _("Remind me of my appointments"),
            _("Only while this program is open and unlocked. Never outside this window."),
        )
        self.tick.toggled.connect(self._toggled)
        self.words_field = Field(placeholder=_("Look at your calendar."))
        self.words_row = FieldRow(
            _("What the reminder says"),
            self.words_field,
            hint=_("Choose words that tell nothing to somebody who looks over your shoulder."),
            optional=True,
        )
        self._pen = Pen(self, self._save)
        self._pen.watch(self.words_field)
        self.setLayout(column(self.tick, 12, self.words_row))

    def refresh(self) -> None:
        """Show what is kept, but not over what is being typed."""
        on = self._desk.session.setting("reminders")
        blocker = QSignalBlocker(self.tick)
        self.tick.setChecked(on)
        blocker.unblock()
        self._pen.fill(self.words_field, self._desk.session.setting("reminder_words"))
        self.words_row.setVisible(on)

    def flush(self) -> None:
        """Save what is typed."""
        self._pen.flush()

    def _toggled(self, on: bool) -> None:
        self.words_row.setVisible(on)
        put_settings(self._desk, reminders=on)

    def _save(self) -> bool:
        return put_settings(self._desk, reminder_words=self.words_field.text().strip())
