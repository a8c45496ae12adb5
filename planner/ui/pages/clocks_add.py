"""A new time limit: which one it is, by when, and where that stands. Asks only for a day on a paper."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.packs.time_limits import LimitKind, LimitTemplate
from planner.plan.life import DOMAIN_WORDS
from planner.plan.records import TimeLimit, new_id
from planner.ui.kit.buttons import Button
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import Box, clear, column, columns, flow, fold, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Section, Text
from planner.ui.pages.clocks_words import warn_words
from planner.ui.pages.library_parts import WhereFrom, doors, points, standing_note
from planner.ui.pages.plan_words import Hand
from planner.words import _, language

if TYPE_CHECKING:
    from planner.ui.page import Desk

OTHER = "other"


class ChooseLimit(QWidget):
    """Which time limit it is: those that are known, by part of life, and one of her own."""

    def __init__(self, desk: Desk, back: Callable[[], object], chosen: Callable[[str], object]) -> None:
        """``chosen`` is called with the id of a template, or with "" for one of her own."""
        super().__init__()
        self._desk = desk
        self.find_field = Field(placeholder=_("court, visa, school …"), icon="search", name=_("Find a time limit"))
        self.find_field.textChanged.connect(lambda _text: self.show_all())
        self.list = ListView(_("Time limits to choose from"), chevron=True)
        self.list.opened.connect(lambda line: chosen("" if line == OTHER else line))
        self.back_button = Button(_("All time limits"), "quiet", icon="back", compact=True, on=back)
        note = Note(
            _("You only put in a day from a paper. Nothing asks what happened."), "law", _("Your story stays yours")
        )
        main = column(flow(self.back_button), 8, self.find_field, 16, self.list)
        self.setLayout(column(columns(main, column(note))))

    def show_all(self) -> None:
        """Fill the list; what is typed narrows it."""
        typed = self.find_field.text().strip().casefold()
        lines = [Line(OTHER, _("Something else"), _("Another day by which something has to be done."), icon="plus")]
        by_part: dict[str, list[Line]] = {}
        for each in self._desk.session.content.time_limits():
            title, about = each.title.get(language()), each.about.get(language())
            part = _(DOMAIN_WORDS[each.domain])
            if each.kind is LimitKind.DAY and (not typed or typed in f"{title} {about} {part}".casefold()):
                whose = _("From {giver}").format(giver=each.giver) if each.giver else ""
                by_part.setdefault(part, []).append(Line(each.id, title, about, icon=each.icon, trail=whose))
        for part, found in by_part.items():
            lines += [Line(f"head {part}", part, section=True), *found]
        self.list.set_lines(lines)


class OneTemplate(QWidget):
    """One time limit to take over: its rule, and the day."""

    def __init__(self, desk: Desk, back: Callable[[], object], made: Callable[[str], object]) -> None:
        """``made`` is called with the id of the record that it became."""
        super().__init__()
        self._desk, self._hand, self._made = desk, Hand(desk), made
        self.template: LimitTemplate | None = None
        self.due, self.hour = DateField(desk.formats), TimeField(desk.formats)
        self.start = DateField(desk.formats)
        for field in (self.due, self.hour, self.start):
            field.changed.connect(self._ask)
        self.start.changed.connect(self._reckon)
        self.about = Text("", "lead", "ink_soft")
        self.due_row = FieldRow("", self.due, optional=True)
        self.hour_row = FieldRow(_("Until which hour"), self.hour, optional=True)
        self.start_row = FieldRow("", self.start, optional=True)
        self.reckoned = Text("", "body", "ink_soft").hide_empty()
        start = column(
            20,
            Text(_("Or let it be reckoned from a day on your paper. That day is not kept."), "body"),
            10,
            self.start_row,
            8,
            self.reckoned,
        )
        self.reckoning = hold(start)
        self._rule, self._side = Box(True, 0, (0, 0, 0, 0)), Box(True, 20, (0, 0, 0, 0))
        self.past_lines = Box(True, 0, (0, 0, 0, 0))
        self.past = Disclosure(_("If the day has gone by"), _("If the day has gone by"), hold(self.past_lines))
        self.where_from = WhereFrom(desk)
        self.back_button = Button(_("Choose another time limit"), "quiet", icon="back", compact=True, on=back)
        self.keep_button = Button(_("Put into my time limits"), "main", icon="check", on=self.keep)
        main = column(
            flow(self.back_button),
            4,
            self.about,
            24,
            hold(self._rule),
            28,
            fold(self.due_row, self.hour_row, gap=16),
            6,
            Text(_("You can leave it open and ask."), "body", "ink_soft"),
            self.reckoning,
            24,
            flow(self.keep_button),
            28,
            self.past,
            8,
            self.where_from,
        )
        self.setLayout(column(columns(main, column(self._side))))

    def show_template(self, template: LimitTemplate) -> None:
        """Show one; the days that were typed for another are gone."""
        another = self.template is None or template.id != self.template.id
        self.template = template
        spoken = language()
        if another:
            for field in (self.due, self.hour, self.start):
                field.set_value(None)
            self.reckoned.setText("")
            self._ask()
        self.about.setText(template.about.get(spoken))
        clear(self._rule)
        said = [each.words.get(spoken) for each in template.rule]
        self._rule.put(Section(_("Where this stands")), 12, points(said), 8)
        self._rule.put(Text(_("A lawyer must confirm this day."), "strong"))
        self.due_row.set_label(template.ask.get(spoken) if template.ask is not None else "")
        self.reckoning.setVisible(template.reckon is not None)
        if template.reckon is not None:
            self.start_row.set_label(template.reckon.ask.get(spoken))
        clear(self.past_lines)
        self.past_lines.put(12, points([each.words.get(spoken) for each in template.past]))
        self.past.setVisible(bool(template.past))
        self.past.set_open(False)
        clear(self._side)
        warn = _("You will be told {how_long} on Today and in the calendar.").format(
            how_long=warn_words(template.warn_days).casefold()
        )
        self._side.put(Note(warn, "bell"))
        for beside in (doors(self._desk, template.doors, _("From here")), standing_note(self._desk, template.standing)):
            if beside is not None:
                self._side.put(beside)
        self.where_from.show_sources(template.sources, template.standing)

    def close_template(self) -> None:
        """Show none; nothing of the days stays."""
        self.template = None
        for field in (self.due, self.hour, self.start):
            field.set_value(None)
        self.reckoned.setText("")

    def _ask(self) -> None:
        for row, field in ((self.due_row, self.due), (self.hour_row, self.hour), (self.start_row, self.start)):
            row.ask(field.problem())

    def _reckon(self) -> None:
        start = self.start.value()
        if start is None or self.template is None or self.template.reckon is None:
            self.reckoned.setText("")
            return
        with suppress(OverflowError, ValueError):
            last = self.template.reckon.last_day(start)
            self.due.set_value(last)
            self.reckoned.setText(_("That makes {day}.").format(day=self._desk.formats.day_full(last)))

    def record(self) -> TimeLimit | None:
        """What would be kept; the day on the paper is not among it."""
        template = self.template
        if template is None:
            return None
        day, hour = self.due.value(), self.hour.value()
        due = "" if day is None else f"{day.isoformat()}T{hour:%H:%M}" if hour is not None else day.isoformat()
        return TimeLimit(
            id=new_id(),
            title=template.title.get(language()),
            domain=template.domain,
            due=due,
            zone=self._desk.session.zone,
            rule=template.rule_text(language()),
            template=template.id,
            warn_days=template.warn_days,
        )

    def keep(self) -> None:
        """Make it a record and show it."""
        record = self.record()
        for row, field in ((self.due_row, self.due), (self.hour_row, self.hour)):
            if field.problem():
                row.ask(field.problem())
                field.field.setFocus()
                return
        if record is not None and self._hand.write(_("Put in a time limit"), lambda edit: edit.add(record)):
            self.close_template()
            self._made(record.id)
