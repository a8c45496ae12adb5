"""One time limit: by when, where that stands, and what can still be done once the day has come or gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from planner.packs.items import Door, DoorKind
from planner.plan.life import LifeDomain
from planner.plan.limits import LIMIT_FIELDS, STATES, due_wall, field_name, is_past
from planner.plan.records import LimitState, TimeLimit, new_id
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow, TextArea
from planner.ui.kit.layouts import Box, clear, column, columns, flow, fold, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Section, Text
from planner.ui.pages.clocks_words import warn_items, what_now
from planner.ui.pages.library_parts import WhereFrom, door_rows, page_there, points
from planner.ui.pages.open_record import OneRecord, as_chosen
from planner.ui.pages.plan_details import PartPicker
from planner.ui.pages.plan_words import one_line, part_of
from planner.ui.pages.proposal_words import value_words
from planner.words import N_, _, language

if TYPE_CHECKING:
    from planner.packs.time_limits import LimitTemplate
    from planner.ui.page import Desk


TO_A_LAWYER = Door(DoorKind.KIT, "first-lawyer")


class OneLimit(OneRecord[TimeLimit]):
    """The fields of one time limit, saved as they are typed; a new one is kept from the first word of its title on."""

    main: ClassVar[str] = "title"
    please: ClassVar[str] = N_("A word or two are enough.")

    def __init__(self, desk: Desk, back: Callable[[], object], remove: Callable[[], object]) -> None:
        """``back`` shows all of them; ``remove`` takes this one out."""
        super().__init__(desk, back, remove, LIMIT_FIELDS)
        self._told: tuple[object, ...] = ()
        self.title_field = Field()
        self.rule, self.note = TextArea(lines=2, most=8), TextArea(lines=2, most=6)
        self.due, self.hour = DateField(desk.formats), TimeField(desk.formats)
        self.state = Picker([(state.value, _(words)) for state, words in STATES.items()])
        self.warn = Picker(warn_items(TimeLimit().warn_days))
        self.part = PartPicker(LifeDomain.PAPERS)
        self.alone = TickChoice(_("Mine alone"), _("Never in a print or a copy, unless you choose it."))
        self.pen.watch(self.title_field, self.rule, self.note)
        for chosen in (self.state.changed, self.warn.changed, self.part.changed, self.due.changed, self.hour.changed):
            chosen.connect(self.touched)
        self.alone.clicked.connect(lambda _on=False: self.touched())
        self.now = Box(True, 0, (0, 0, 0, 0))
        self.where_from = WhereFrom(desk)
        self.back_button = Button(_("All time limits"), "quiet", icon="back", compact=True, on=back)
        self._lay()

    def _lay(self) -> None:
        self.title_row = FieldRow(
            field_name("title"), self.title_field, hint=_("Neutral words are enough, such as “Send the form”.")
        )
        self.due_row = FieldRow(field_name("due"), self.due, optional=True)
        self.hour_row = FieldRow(_("Until which hour"), self.hour, optional=True)
        rule = FieldRow(
            field_name("rule"), self.rule, optional=True, hint=_("A letter, an order, a law. A lawyer must confirm it.")
        )
        main = column(
            flow(self.back_button),
            8,
            hold(self.now),
            self.rivals,
            4,
            self.title_row,
            16,
            fold(self.due_row, self.hour_row, gap=16),
            6,
            Text(_("You can leave it open and ask."), "body", "ink_soft"),
            16,
            fold(FieldRow(field_name("state"), self.state), FieldRow(field_name("warn_days"), self.warn), gap=16),
            16,
            rule,
            16,
            FieldRow(
                _("Note"),
                self.note,
                optional=True,
                hint=_("Whom to ask, what to send. Tell the story only to your lawyer."),
            ),
            20,
            flow(self.done_button, self.remove_button, self.erase_button),
            24,
            self.where_from,
        )
        side = column(FieldRow(field_name("domain"), self.part), 12, self.alone)
        self.setLayout(column(columns(main, side)))

    # ---------------------------------------------------------------- showing

    def main_part(self) -> tuple[FieldRow, Field]:
        return self.title_row, self.title_field

    def begin(self) -> None:
        """A new one; what was typed into it before stays."""
        self.show_new(TimeLimit(id=new_id(), zone=self._desk.session.zone))

    def show_fields(self, record: TimeLimit, *, another: bool) -> None:
        self.pen.fill(self.title_field, record.title)
        self.pen.fill(self.rule, record.rule)
        self.pen.fill(self.note, record.note)
        self.state.choose(record.state.value)
        self.warn.set_items(warn_items(record.warn_days))
        self.warn.choose(str(record.warn_days))
        self.part.choose(part_of(record.domain).value)
        self.alone.setChecked(record.mine_alone)
        wall = due_wall(record)
        if another or not (self.due.field.hasFocus() or self.hour.field.hasFocus()):
            self.due.set_value(wall.date() if isinstance(wall, datetime) else wall)
            self.hour.set_value(wall.time() if isinstance(wall, datetime) else None)
            self._ask()
        self._say_now(record)

    def _template(self, limit: TimeLimit) -> LimitTemplate | None:
        return self._desk.session.content.time_limit(limit.template) if limit.template else None

    def _say_now(self, limit: TimeLimit) -> None:
        """What can be done, while the day is close or has gone by; made anew only when it says something else."""
        session = self._desk.session
        now = session.now()
        head, words = what_now(limit, now)
        told = (limit.id, head, words, limit.template, is_past(limit, now), language())
        if told == self._told:
            return
        self._told = told
        template = self._template(limit)
        clear(self.now)
        if template is not None:
            self.where_from.show_sources(template.sources, template.standing)
        self.where_from.setVisible(template is not None)
        if not head:
            return
        self.now.put(Note(words, "bell", head), 16)
        if template is not None and template.past:
            said = points(each.words.get(language()) for each in template.past)
            if is_past(limit, now):
                self.now.put(Section(_("What can still be done")), 12, said, 16)
            else:
                words = _("If the day goes by")
                self.now.put(Disclosure(words, words, hold(column(12, said))), 16)
        next_doors = template.doors if template is not None and template.doors else (TO_A_LAWYER,)
        rows = door_rows(self._desk, next_doors)
        if page_there(self._desk, "directory"):
            words = _("Where to find help")
            rows.append(Button(words, icon="services", on=lambda: self._desk.go("directory")))
        if rows:
            self.now.put(flow(*rows, gap=12), 20)

    def rival_words(self, name: str, value: Any) -> str:
        value = as_chosen(name, value, {"state": LimitState, "domain": LifeDomain})
        return value_words(name, value, self._desk.formats)

    def title(self) -> str:
        """What it is about, for the head of the page."""
        return self.record.title if self.record is not None else _("A time limit")

    # ---------------------------------------------------------------- what is kept

    def _due(self) -> str:
        day, hour = self.due.value(), self.hour.value()
        if day is None:
            return ""
        return f"{day.isoformat()}T{hour:%H:%M}" if hour is not None else day.isoformat()

    def values(self) -> dict[str, Any]:
        return {
            "title": one_line(self.title_field.text()),
            "rule": self.rule.text().strip(),
            "note": self.note.text().strip(),
            "due": self._due(),
            "state": LimitState(self.state.value()),
            "warn_days": int(self.warn.value()),
            "domain": self.part.part(),
            "mine_alone": self.alone.isChecked(),
        }

    def _ask(self) -> None:
        self.due_row.ask(self.due.problem())
        self.hour_row.ask(self.hour.problem())

    def touched(self) -> None:
        self._ask()
        super().touched()

    def add(self, values: dict[str, Any]) -> bool:
        made = TimeLimit(id=self.id, zone=self._desk.session.zone, **values)
        return self._hand.write(_("Write down a time limit"), lambda edit: edit.add(made))

    def change(self, record: str, values: dict[str, Any]) -> bool:
        zone = {"zone": self._desk.session.zone} if "due" in values else {}
        return self._hand.write(_("Change a time limit"), lambda edit: edit.change(record, **values, **zone))

    def take_draft(self, data: dict[str, Any]) -> None:
        """Put back what :meth:`draft` gave."""
        self.begin()
        self.title_field.setText(str(data.get("title", "")))
        self.rule.set_text(str(data.get("rule", "")))
        self.note.set_text(str(data.get("note", "")))
        self.state.choose(str(data.get("state", "")))
        self.warn.choose(str(data.get("warn_days", "")))
        self.part.choose(str(data.get("domain", "")))
        self.alone.setChecked(bool(data.get("mine_alone")))
        day, hour = _day_and_hour(str(data.get("due", "")))
        self.due.set_value(day)
        self.hour.set_value(hour)


def _day_and_hour(text: str) -> tuple[date | None, time | None]:
    wall = due_wall(TimeLimit(due=text))
    if isinstance(wall, datetime):
        return wall.date(), wall.time()
    return wall, None
