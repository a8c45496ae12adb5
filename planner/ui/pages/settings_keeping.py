"""How long the activity log is kept, and the pages of people with whom the work rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.session import Mode
from planner.settings import KEEP_LOG_DAYS, KEEP_RESTING_YEARS
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import column
from planner.ui.kit.picker import Picker
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule, Text
from planner.ui.pages.settings_values import put_settings
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.ui.page import Desk


def log_words(days: int) -> str:
    """For how long the log is kept, in words."""
    years = days // 365
    if not years:
        return n_("{n} month", "{n} months", days // 30).format(n=days // 30)
    return n_("{n} year", "{n} years", years).format(n=years)


def resting_words(years: int) -> str:
    """For how long pages are kept, in words."""
    if not years:
        return _("As long as I want")
    return n_("{n} year after the last change", "{n} years after the last change", years).format(n=years)


class KeepingPart(QWidget):
    """Both times, and the way to the log. What is about to go is told of thirty days before."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.log = Picker([(str(each), log_words(each)) for each in KEEP_LOG_DAYS], name=_("Keep the log for"))
        self.log.changed.connect(lambda: put_settings(desk, keep_log_days=int(self.log.value())))
        self.resting = Picker(
            [(str(each), resting_words(each)) for each in KEEP_RESTING_YEARS],
            name=_("Keep pages of people who are resting"),
        )
        self.resting.changed.connect(lambda: put_settings(desk, keep_resting_years=int(self.resting.value())))
        self.log_row = ListRow(
            _("What was looked at and what left"),
            _("Days and hours, without a word of what stood there."),
            icon="later",
            on=lambda: desk.go("activity"),
        )
        resting = FieldRow(
            _("Keep pages of people who are resting"),
            self.resting,
            hint=_("Then all of it goes for good. While “Keep everything” is on for anybody, nothing goes."),
        )
        self.setLayout(
            column(
                Text(_("How long things are kept"), "strong"),
                4,
                self.log_row,
                Rule(start=8),
                16,
                FieldRow(
                    _("Keep the log for"),
                    self.log,
                    hint=_("What is older goes for good. Thirty days before, Today tells you."),
                ),
                16,
                resting,
            )
        )
        resting.setVisible(desk.session.mode is Mode.WITH_OTHERS)

    def refresh(self) -> None:
        """Show what is kept."""
        self.log.choose(str(self._desk.session.setting("keep_log_days")))
        self.resting.choose(str(self._desk.session.setting("keep_resting_years")))
