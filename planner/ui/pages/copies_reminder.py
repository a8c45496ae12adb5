"""A reminder, off until it is chosen, that the safety copy on another device is getting old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from planner.settings import SECOND_COPY_DAYS
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, hold
from planner.ui.kit.picker import Picker
from planner.ui.pages.plan_typing import Pen
from planner.ui.pages.settings_values import put_settings
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class SecondCopyReminder(QWidget):
    """On the page of the copies: whether to be reminded, how often, and in which words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.tick = TickChoice(
            _("Remind me to copy to another device"),
            _("A quiet line on Today, only while this notebook is open."),
        )
        self.tick.toggled.connect(self._toggled)
        often = {14: _("Every 2 weeks"), 30: _("Every month")}
        self.picker = Picker([(str(days), often[days]) for days in SECOND_COPY_DAYS if days], name=_("How often"))
        self.picker.changed.connect(lambda: put_settings(desk, second_copy_days=int(self.picker.value())))
        self.words_field = Field(placeholder=_("Make a safety copy on another device."))
        self._pen = Pen(self, self._save)
        self._pen.watch(self.words_field)
        self._more = hold(
            column(
                FieldRow(_("How often"), self.picker),
                12,
                FieldRow(
                    _("What the reminder says"),
                    self.words_field,
                    hint=_("Choose words that tell nothing to somebody who looks over your shoulder."),
                    optional=True,
                ),
                margins=(0, 12, 0, 0),
            )
        )
        self.setLayout(column(self.tick, self._more))

    def refresh(self) -> None:
        """Show what is kept, but not over what is being typed."""
        days = self._desk.session.setting("second_copy_days")
        blocker = QSignalBlocker(self.tick)
        self.tick.setChecked(bool(days))
        blocker.unblock()
        self.picker.choose(str(days or SECOND_COPY_DAYS[1]))
        self._pen.fill(self.words_field, self._desk.session.setting("second_copy_words"))
        self._more.setVisible(bool(days))

    def flush(self) -> None:
        """Save what is typed."""
        self._pen.flush()

    def _toggled(self, on: bool) -> None:
        self._more.setVisible(on)
        days = int(self.picker.value()) if on else 0
        put_settings(self._desk, second_copy_days=days, second_copy_since=self._desk.session.today().isoformat())

    def _save(self) -> bool:
        return put_settings(self._desk, second_copy_words=self.words_field.text().strip())
