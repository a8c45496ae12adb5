"""The fields of an appointment: what, when and where first, the rest in sections that open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from planner.plan.life import LifeDomain
from planner.ui.kit.buttons import PressChip
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow, TextArea
from planner.ui.kit.layouts import STRETCH, column, flow, fold, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Rule
from planner.ui.pages.appointment_saving import day_and_hour
from planner.ui.pages.appointment_words import LENGTHS, ZONES, length_words, zone_words
from planner.ui.pages.plan_words import part_of, parts_of_life
from planner.ui.pages.repeat_fields import RepeatFields
from planner.ui.pages.short_lines import ShortLines
from planner.ui.reminders import REMIND, remind_words
from planner.words import _

if TYPE_CHECKING:
    from planner.plan.records import SupportContact
    from planner.ui.formats import Formats

Values = dict[str, Any]
PEOPLE_OFFERED = 6
NO_REMINDER = -1


@dataclass(frozen=True)
class _Bound:
    """One field of the record and where it stands on the page."""

    name: str
    widget: QWidget
    get: Callable[[], Any]
    put: Callable[[Any], None]


class AppointmentFields(QWidget):
    """``typed`` is told at every key, ``changed`` when a field was left or a choice made."""

    typed = Signal()
    changed = Signal()

    def __init__(self, formats: Formats, here: str) -> None:
        """``here`` is the viewer's time zone."""
        super().__init__()
        self._formats, self._here = formats, here
        self._shown: Values = {}
        self._filling = False
        self._known_contacts: set[str] = set()
        self._contact_items: list[tuple[str, str]] = []
        self.title = Field(big=True)
        self.day = DateField(formats)
        self.hour = TimeField(formats)
        self.length = Picker([("0", _("Not known"))])
        self._put_length(0)
        self.part = Picker([(domain.value, words) for domain, words, _icon in parts_of_life()])
        self.place = Field()
        self.repeat = RepeatFields(formats)
        self.zone = Picker([(here, zone_words(here))])
        self.way_there = Field()
        self.who_comes = Field()
        self.child_care = Field()
        self.interpreter = Field()
        self.contact = Picker([("", _("Not said"))])
        self.bring = ShortLines(_("Papers and things to bring"), _("For example: the letter from March"))
        self.ask = ShortLines(_("What to ask"), _("For example: how long does it take?"))
        self.note = TextArea(lines=2, most=6)
        self.remind = Picker([(str(minutes), remind_words(minutes)) for minutes in (NO_REMINDER, *REMIND)])
        self.mine_alone = TickChoice(
            _("Mine alone"), _("It stays out of prints and copies unless you choose this very one.")
        )
        self._bound = self._bind()
        self._lay_out()
        self._connect()

    # ---------------------------------------------------------------- building

    def _bind(self) -> list[_Bound]:
        def words(name: str, field: Field) -> _Bound:
            return _Bound(name, field, lambda: " ".join(field.text().split()), field.setText)

        return [
            words("title", self.title),
            _Bound("domain", self.part, self._domain, lambda value: self.part.choose(part_of(value).value)),
            _Bound("minutes", self.length, lambda: int(self.length.value() or 0), self._put_length),
            words("place", self.place),
            _Bound("zone", self.zone, self._zone, self._put_zone),
            words("way_there", self.way_there),
            words("who_comes", self.who_comes),
            words("child_care", self.child_care),
            words("interpreter", self.interpreter),
            _Bound("contact", self.contact, self.contact.value, self._put_contact),
            _Bound("bring", self.bring, self.bring.values, self.bring.set_values),
            _Bound("ask", self.ask, self.ask.values, self.ask.set_values),
            _Bound("note", self.note, lambda: self.note.text().strip(), self.note.set_text),
            _Bound("remind_minutes", self.remind, lambda: int(self.remind.value()), self._put_remind),
            _Bound("mine_alone", self.mine_alone, self.mine_alone.isChecked, self.mine_alone.setChecked),
        ]

    def _lay_out(self) -> None:
        self.title_row = FieldRow(_("What is it?"), self.title)
        self.day_row = FieldRow(_("Day"), self.day)
        self.hour_row = FieldRow(_("Time"), self.hour, hint=_("Leave it empty for the whole day."))
        self.zone_row = FieldRow(_("By the clock of"), self.zone, hint=_("For a call with somebody far away."))
        self._names = flow(gap=8)
        self._offered = hold(column(self._names, margins=(0, 8, 0, 0)))
        self.reminder_switch = TickChoice(_("Show reminders in this notebook"))
        self.reminder_words = Field(placeholder=_("Look at your calendar."))
        words_row = FieldRow(
            _("What a reminder says"), self.reminder_words, hint=_("Your own words, the same for every reminder.")
        )
        self._reminder_choices = hold(column(self.reminder_switch, 12, words_row))
        part_row = FieldRow(_("Part of life"), self.part)
        interpreter_row = FieldRow(_("Interpreter"), self.interpreter)
        self.not_for_every_day: tuple[QWidget, ...] = (part_row, interpreter_row, self.mine_alone)
        coming = column(
            FieldRow(_("Who"), self.who_comes),
            self._offered,
            12,
            fold(FieldRow(_("Child care"), self.child_care), interpreter_row, gap=16),
            12,
            FieldRow(_("Who it is with"), self.contact, hint=_("Somebody from your people.")),
        )
        self.sections = {
            "repeat": _section(_("Does it come again?"), self.repeat),
            "way": _section(
                _("Getting there"),
                hold(column(FieldRow(_("The way there"), self.way_there), 12, self.zone_row)),
            ),
            "people": _section(_("Who comes along"), hold(coming)),
            "bring": _section(_("Bring and ask"), hold(column(self.bring, 16, self.ask))),
            "note": _section(
                _("A note, and whose it is"),
                hold(
                    column(
                        FieldRow(_("Note"), self.note, hint=_("Keep it short: what helps on the day.")),
                        12,
                        self.mine_alone,
                    )
                ),
            ),
            "remind": _section(
                _("Reminder"),
                hold(
                    column(
                        FieldRow(
                            _("Remind me"),
                            self.remind,
                            hint=_("It works only while this program is open and unlocked."),
                        ),
                        12,
                        self._reminder_choices,
                    )
                ),
            ),
        }
        main = column(
            self.title_row,
            16,
            fold(_top(self.day_row), _top(self.hour_row), gap=16),
            16,
            FieldRow(_("Where"), self.place),
            16,
            fold(_top(FieldRow(_("How long"), self.length)), _top(part_row), gap=16),
            20,
        )
        for each in self.sections.values():
            main.put(Rule(below=4), each, 4)
        main.put(Rule())
        self.setLayout(main)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _connect(self) -> None:
        for field in (self.title, self.place, self.way_there, self.who_comes, self.child_care, self.interpreter):
            field.textEdited.connect(lambda _text: self._key())
            field.done.connect(self._choice)
        for lines in (self.bring, self.ask):
            lines.typed.connect(self._key)
            lines.changed.connect(self._choice)
        self.note.changed.connect(self._key)
        self.note.done.connect(self._choice)
        for picker in (self.length, self.part, self.zone, self.contact, self.remind):
            picker.changed.connect(self._choice)
        self.repeat.changed.connect(self._choice)
        self.mine_alone.clicked.connect(lambda _on=False: self._choice())
        self.day.changed.connect(self._day_or_hour)
        self.hour.changed.connect(self._day_or_hour)

    def _key(self) -> None:
        if not self._filling:
            self.typed.emit()

    def _choice(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _day_or_hour(self) -> None:
        self.day_row.ask(self.day.problem())
        self.hour_row.ask(self.hour.problem())
        self.repeat.set_starts(self.starts())
        self._choice()

    # ---------------------------------------------------------------- what is written

    def starts(self) -> str:
        """Day and hour in the form of a record; "" without a day."""
        day, hour = self.day.value(), self.hour.value()
        if day is None:
            return ""
        return f"{day.isoformat()}T{hour:%H:%M}" if hour is not None else day.isoformat()

    def values(self) -> Values:
        """Every field as a record has it; what cannot be read is as it was before."""
        found = {each.name: each.get() for each in self._bound}
        readable = not self.day.problem() and not self.hour.problem()
        found["starts"] = self.starts() if readable else self._shown.get("starts", "")
        rule = self.repeat.rule()
        found["repeat"] = rule if rule is not None else self._shown.get("repeat", "")
        return found

    def show_values(self, values: Mapping[str, Any], *, whole: bool) -> None:
        """Show what is stored. A field in which somebody types is left alone, unless ``whole``: another appointment."""
        before, self._shown = self._shown, dict(values)
        self._filling = True
        focus = QApplication.focusWidget()
        for each in self._bound:
            inside = focus is not None and (focus is each.widget or each.widget.isAncestorOf(focus))
            typing = inside and values[each.name] == before.get(each.name)
            if each.get() != values[each.name] and (whole or not typing):
                each.put(values[each.name])
        if whole or values["starts"] != before.get("starts") or values["repeat"] != before.get("repeat"):
            self._put_starts(str(values["starts"]))
            self.repeat.show_rule(str(values["repeat"]), str(values["starts"]))
        self._filling = False
        if whole:
            self._open_sections(values)

    def _put_starts(self, starts: str) -> None:
        day, hour = day_and_hour(starts)
        self.day.set_value(day)
        self.hour.set_value(hour)
        self.day_row.ask("")
        self.hour_row.ask("")

    def _open_sections(self, values: Mapping[str, Any]) -> None:
        filled = {
            "repeat": bool(values["repeat"]),
            "way": bool(values["way_there"]) or self._other_clock(values),
            "people": any(values[name] for name in ("who_comes", "child_care", "interpreter", "contact")),
            "bring": bool(values["bring"] or values["ask"]),
            "note": bool(values["note"] or values["mine_alone"]),
            "remind": values["remind_minutes"] != NO_REMINDER,
        }
        for name, section in self.sections.items():
            section.set_open(filled[name])

    def _other_clock(self, values: Mapping[str, Any]) -> bool:
        return bool(values["zone"]) and values["zone"] != self._here

    # ---------------------------------------------------------------- single fields

    def _domain(self) -> LifeDomain:
        """The law keeps the part it had: which law it is is not chosen here."""
        before = self._shown.get("domain")
        chosen = LifeDomain(self.part.value())
        return before if isinstance(before, LifeDomain) and part_of(before) is chosen else chosen

    def _zone(self) -> str:
        if not self._shown.get("zone") and self.hour.value() is None and self.zone.value() == self._here:
            return str(self._shown.get("zone", ""))
        return self.zone.value()

    def _put_zone(self, zone: str) -> None:
        known = dict.fromkeys((self._here, zone or self._here, *ZONES))
        self.zone.set_items([(name, zone_words(name)) for name in known])
        self.zone.choose(zone or self._here)

    def _put_length(self, minutes: int) -> None:
        known = sorted({*LENGTHS, minutes} - {0})
        self.length.set_items([("0", _("Not known")), *((str(each), length_words(each)) for each in known)])
        self.length.choose(str(minutes))

    def _put_remind(self, minutes: int) -> None:
        known = sorted({*REMIND, minutes} - {NO_REMINDER})
        self.remind.set_items([(str(each), remind_words(each)) for each in (NO_REMINDER, *known)])
        self.remind.choose(str(minutes))
        self.show_reminder_choices()

    def show_reminder_choices(self) -> None:
        """What a reminder says is asked once there is one."""
        self._reminder_choices.setVisible(self.remind.value() != str(NO_REMINDER))

    def _put_contact(self, contact: str) -> None:
        if contact and contact not in self._known_contacts:
            self.contact.set_items([*self._contact_items, (contact, contact)])
        self.contact.choose(contact)

    def set_people(self, contacts: list[SupportContact]) -> None:
        """The people who can be chosen, without those to keep away from."""
        self._known_contacts = {each.id for each in contacts}
        self._contact_items = [("", _("Not said")), *((each.id, each.name) for each in contacts)]
        self.contact.set_items(self._contact_items)
        self._names.clear()
        for each in contacts[:PEOPLE_OFFERED]:
            self._names.add(
                PressChip(
                    each.name,
                    "plus",
                    name=_("{name} comes along").format(name=each.name),
                    on=partial(self._add_name, each.name),
                )
            )
        self._offered.setVisible(bool(contacts))

    def _add_name(self, name: str) -> None:
        there = " ".join(self.who_comes.text().split())
        if name in there:
            return
        self.who_comes.setText(f"{there}, {name}" if there else name)
        self._choice()

    def set_for(self, *, repeats: bool) -> None:
        """Whether the rhythm can be chosen; not for one time of several."""
        self.sections["repeat"].setVisible(repeats)


def _section(head: str, body: QWidget) -> Disclosure:
    return Disclosure(head, head, hold(column(body, margins=(0, 4, 0, 16))))


def _top(field: QWidget) -> QWidget:
    """Beside a neighbour with more words below it, a field stays up."""
    return hold(column(field, STRETCH))
