"""How often an appointment comes again: chosen in plain words, kept as a rule of RFC 5545."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.plan.clock import day_of, read_wall
from planner.plan.repeat import Every, Repeat, read_repeat
from planner.plan.repeat_words import DAY_NAMES, describe_repeat, repeat_rule
from planner.plan.trouble import InvalidRepeat
from planner.ui.kit.buttons import PressChip
from planner.ui.kit.dates import DateField
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, flow, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Text
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.formats import Formats

NEVER, DAY, WEEK, TWO_WEEKS, MONTH, NTH, YEAR, OWN = "", "day", "week", "two-weeks", "month", "nth", "year", "own"
NO_END, UNTIL, TIMES = "", "until", "times"
MOST_TIMES_CHOSEN = 999

_EVERY = {
    DAY: (Every.DAY, 1),
    WEEK: (Every.WEEK, 1),
    TWO_WEEKS: (Every.WEEK, 2),
    MONTH: (Every.MONTH, 1),
    NTH: (Every.MONTH, 1),
    YEAR: (Every.YEAR, 1),
}


def kind_of(repeat: str, starts: str) -> str:
    """Which of the choices a rule is; :data:`OWN` for a rule that no choice makes."""
    if not repeat:
        return NEVER
    try:
        rule, first = read_repeat(repeat), day_of(read_wall(starts))
    except InvalidRepeat:
        return OWN
    if rule.bymonth or rule.byyearday or rule.byweekno or rule.bysetpos:
        return OWN
    plain = not rule.byday and not rule.bymonthday
    if rule.every is Every.WEEK and rule.interval in (1, 2):
        return WEEK if rule.interval == 1 else TWO_WEEKS
    if rule.interval != 1:
        return OWN
    if rule.every is Every.MONTH and (plain or (rule.bymonthday == (first.day,) and not rule.byday)):
        return MONTH
    if rule.every is Every.MONTH and not rule.bymonthday and rule.byday == _nth(starts).byday:
        return NTH
    if plain and rule.every in (Every.DAY, Every.YEAR):
        return DAY if rule.every is Every.DAY else YEAR
    return OWN


def _nth(starts: str) -> Repeat:
    return read_repeat(repeat_rule(Every.MONTH, starts, nth_weekday=True))


class RepeatFields(QWidget):
    """The choices, and the rule in words below them. ``changed`` is told when a choice was made."""

    changed = Signal()

    def __init__(self, formats: Formats) -> None:
        """Begins with an appointment that comes once."""
        super().__init__()
        self._formats = formats
        self._starts, self._own = "", ""
        self.kind = Picker([(NEVER, _("Only once"))])
        self.days = [PressChip(formats.weekday_short(_some(day)), checkable=True) for day in range(7)]
        for day, chip in enumerate(self.days):
            chip.setAccessibleName(_(DAY_NAMES[day]))
            chip.toggled.connect(lambda _on: self._chosen())
        first = formats.first_weekday()
        in_order = [self.days[(first + place) % 7] for place in range(7)]
        self.on_days = hold(column(Text(_("On these days"), "label", weight=600), 6, flow(*in_order, gap=8)))
        self.ends = Picker([(NO_END, _("No end")), (UNTIL, _("Until a day")), (TIMES, _("A number of times"))])
        self.until = DateField(formats, empty=False)
        self.times = Field()
        self.kind_row = FieldRow(_("How often"), self.kind)
        self.ends_row = FieldRow(_("Until when"), self.ends)
        self.until_row = FieldRow(_("Last day"), self.until)
        self.times_row = FieldRow(_("How many times"), self.times, hint=_("The first time counts too."))
        self.words = Text("", "body", "ink_soft").hide_empty()
        self.setLayout(
            column(self.kind_row, self.on_days, self.ends_row, self.until_row, self.times_row, self.words, gap=12)
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.kind.changed.connect(self._chosen)
        self.ends.changed.connect(self._chosen)
        self.until.changed.connect(self._chosen)
        self.times.done.connect(self._chosen)
        self._filling = False
        self.show_rule("", "")

    # ---------------------------------------------------------------- what is chosen

    def show_rule(self, repeat: str, starts: str) -> None:
        """Show a rule, without telling anyone."""
        self._filling = True
        self._starts = starts
        kind = kind_of(repeat, starts)
        self._own = repeat if kind == OWN else ""
        self._name_choices()
        self.kind.choose(kind)
        rule = _read(repeat)
        chosen = {day for _number, day in rule.byday} if rule is not None and kind in (WEEK, TWO_WEEKS) else set()
        if not chosen and starts:
            chosen = {day_of(read_wall(starts)).weekday()}
        for day, chip in enumerate(self.days):
            chip.setChecked(day in chosen)
        until = rule.until if rule is not None else None
        self.until.set_value(day_of(until) if until is not None else None)
        self.times.setText(str(rule.count) if rule is not None and rule.count else "")
        self.ends.choose(UNTIL if until is not None else TIMES if rule is not None and rule.count else NO_END)
        self._filling = False
        self._show()

    def set_starts(self, starts: str) -> None:
        """Another first day: the choices are named after it, and a week begins on its day."""
        if starts == self._starts:
            return
        before = day_of(read_wall(self._starts)).weekday() if self._starts else None
        chosen = {day for day, chip in enumerate(self.days) if chip.isChecked()}
        self._starts = starts
        self._filling = True
        if starts and chosen <= {before}:
            weekday = day_of(read_wall(starts)).weekday()
            for day, chip in enumerate(self.days):
                chip.setChecked(day == weekday)
        self._name_choices()
        self._filling = False
        self._show()

    def rule(self) -> str | None:
        """The rule that is chosen; "" for once; None while the choices make none."""
        kind = self.kind.value()
        if kind == NEVER:
            return ""
        if kind == OWN:
            return self._own
        if not self._starts:
            return None
        every, interval = _EVERY[kind]
        ends = self.ends.value()
        until = self.until.value() if ends == UNTIL else None
        count = self._count() if ends == TIMES else 0
        if (ends == UNTIL and until is None) or (ends == TIMES and not count):
            return None
        weekdays = [day for day, chip in enumerate(self.days) if chip.isChecked()] if every is Every.WEEK else []
        try:
            return repeat_rule(
                every,
                self._starts,
                interval=interval,
                weekdays=weekdays,
                nth_weekday=kind == NTH,
                count=count,
                until=until,
            )
        except InvalidRepeat:
            return None

    def _count(self) -> int:
        text = self.times.text().strip()
        return int(text) if text.isdecimal() and 0 < int(text[:6]) <= MOST_TIMES_CHOSEN else 0

    # ---------------------------------------------------------------- how it looks

    def _name_choices(self) -> None:
        items = [(NEVER, _("Only once")), (DAY, _("Every day")), (WEEK, _("Every week"))]
        items.append((TWO_WEEKS, _("Every two weeks")))
        if self._starts:
            month = describe_repeat(repeat_rule(Every.MONTH, self._starts), self._starts)
            nth = describe_repeat(repeat_rule(Every.MONTH, self._starts, nth_weekday=True), self._starts)
            items += [(MONTH, month), (NTH, nth), (YEAR, _("Every year"))]
        else:
            items += [(MONTH, _("Every month")), (YEAR, _("Every year"))]
        if self._own:
            items.append((OWN, describe_repeat(self._own, self._starts, self._formats.day)))
        self.kind.set_items(items)

    def _chosen(self) -> None:
        if self._filling:
            return
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        kind, ends = self.kind.value(), self.ends.value()
        self.on_days.setVisible(kind in (WEEK, TWO_WEEKS))
        self.ends_row.setVisible(kind not in (NEVER, OWN))
        self.until_row.setVisible(self.ends_row.isVisibleTo(self) and ends == UNTIL)
        self.times_row.setVisible(self.ends_row.isVisibleTo(self) and ends == TIMES)
        rule = self.rule()
        if rule is None:
            self.words.setText(self._missing())
        else:
            self.words.setText(describe_repeat(rule, self._starts, self._formats.day))

    def _missing(self) -> str:
        """What is still to be said, gently."""
        if not self._starts:
            return _("Choose the first day above.")
        if self.ends.value() == UNTIL:
            until = self.until.value()
            if until is not None and until < day_of(read_wall(self._starts)):
                return _("The last day lies before the first one.")
            return self.until.problem() if self.until.field.text().strip() else _("Choose the last day.")
        return _("Write how many times, as a number up to {n}.").format(n=MOST_TIMES_CHOSEN)


def _read(repeat: str) -> Repeat | None:
    try:
        return read_repeat(repeat) if repeat else None
    except InvalidRepeat:
        return None


def _some(weekday: int) -> date:
    """Any day that falls on this weekday; Monday is 0."""
    return date(2024, 1, 1) + timedelta(days=weekday)
