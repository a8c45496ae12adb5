"""The fields of one place of the notebook's own, saved as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from planner.packs.services import OwnService, own_service
from planner.session.directory import Directory, row_of
from planner.ui.kit.buttons import Button, PressChip
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dates import DateField
from planner.ui.kit.fields import Field, FieldRow, TextArea
from planner.ui.kit.layouts import column, columns, flow, fold
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Section, Text
from planner.ui.pages.directory_words import COSTS, EASES, NEEDS, field_words, spoken
from planner.ui.pages.people_parts import ChipsField, PhonesField
from planner.ui.pages.people_words import language_kept
from planner.ui.pages.plan_typing import Pen
from planner.ui.pages.plan_words import one_line
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk

SHORT = ("name", "email", "site", "cost_note")
LONG = {"purpose": 1, "hours": 1, "address": 2, "note": 2}
"""Fields of several lines, and how many are shown at first."""


class Chips(QWidget):
    """Several of several short answers, as chips to press."""

    def __init__(self, name: str, words: Iterable[tuple[str, str, str]], changed: Callable[[], object]) -> None:
        """``words`` are (value, label, icon); ``changed`` is called after every press."""
        super().__init__()
        self.setAccessibleName(name)
        self.chips: dict[str, PressChip] = {}
        for value, label, icon in words:
            chip = PressChip(label, icon, checkable=True)
            chip.clicked.connect(lambda _on=False: changed())
            self.chips[value] = chip
        self.setLayout(column(Text(name, "label", weight=600), 8, flow(*self.chips.values(), gap=8)))

    def values(self) -> tuple[str, ...]:
        """What is pressed, in the order shown."""
        return tuple(value for value, chip in self.chips.items() if chip.isChecked())

    def choose(self, values: Iterable[str]) -> None:
        """Press these."""
        wanted = set(values)
        for value, chip in self.chips.items():
            chip.setChecked(value in wanted)


class PlaceFields(QWidget):
    """One entry; a new one is kept from the first word of its name on."""

    def __init__(self, desk: Desk, done: Callable[[], object], saved: Callable[[OwnService | None], object]) -> None:
        """``saved`` is told what stood there before each time something was kept."""
        super().__init__()
        self._desk, self._saved = desk, saved
        self.entry: OwnService | None = None
        """As it is stored; None for a new one that has no name yet."""
        self._shown = OwnService()
        self.pen = Pen(self, self._keep)
        self.short = {name: Field() for name in SHORT}
        self.long = {name: TextArea(lines=lines, most=8) for name, lines in LONG.items()}
        self.pen.watch(*self.short.values(), *self.long.values())
        self.phones = PhonesField(self.pen.watch)
        self.languages = ChipsField(shown=spoken, kept=language_kept)
        self.cost = Picker([("", _("Not known")), *((each.value, _(words)) for each, words in COSTS.items())])
        needs = ((each.value, _(words), icon) for each, (words, icon) in NEEDS.items())
        self.needs = Chips(field_words("needs"), needs, self._touched)
        self.eases = Chips(
            field_words("eases"), ((each.value, _(words), "") for each, words in EASES.items()), self._touched
        )
        self.show_address = TickChoice(
            field_words("show_address"), _("Leave it off where an address must stay unknown.")
        )
        self.checked = DateField(desk.formats)
        self.phones.changed.connect(self._touched)
        self.languages.changed.connect(self._touched)
        self.cost.changed.connect(self._touched)
        self.checked.changed.connect(self._touched)
        self.show_address.clicked.connect(lambda _on=False: self._touched())
        self.back_button = Button(_("Back to all places"), "quiet", icon="back", compact=True, on=done)
        self.done_button = Button(_("That is right"), "main", icon="check", on=done)
        self._lay()

    def _lay(self) -> None:
        rows = {name: FieldRow(field_words(name), field, optional=True) for name, field in self.short.items()}
        rows["name"] = self.name_row = FieldRow(field_words("name"), self.short["name"])
        areas = {name: FieldRow(field_words(name), field, optional=True) for name, field in self.long.items()}
        areas["purpose"].set_hint(_("In a few words, as you would say it to somebody."))
        areas["note"].set_hint(_("Whom to ask for, which bus. Nothing about the people who go there."))
        self.checked_row = FieldRow(field_words("checked"), self.checked, optional=True)
        main = column(
            flow(self.back_button),
            12,
            self.name_row,
            16,
            areas["purpose"],
            20,
            Text(field_words("phones"), "label", weight=600),
            8,
            self.phones,
            20,
            fold(rows["site"], rows["email"], gap=16),
            20,
            areas["hours"],
            20,
            fold(FieldRow(field_words("cost"), self.cost), rows["cost_note"], gap=16),
            20,
            FieldRow(field_words("languages"), self.languages, optional=True),
            24,
            self.needs,
            24,
            self.eases,
            24,
            Section(field_words("address")),
            8,
            areas["address"],
            12,
            self.show_address,
            20,
            areas["note"],
            20,
            self.checked_row,
            24,
            flow(self.done_button),
        )
        note = Note(_("Everybody who opens this notebook sees these places. They belong to no one person."), "people")
        check = Note(_("Call the number once before you write it down. Say when you did: numbers grow old."), "phone")
        self.setLayout(column(columns(main, column(note, 16, check))))
        self.setAccessibleName(_("A place"))

    # ---------------------------------------------------------------- showing

    def show_entry(self, entry: OwnService | None) -> None:
        """Show what is stored, or a new one for ``None``."""
        self.pen.drop()
        self.entry = entry
        self._fill(entry or OwnService(checked=self._desk.session.today().isoformat()))
        self.name_row.ask("")

    def _fill(self, found: OwnService) -> None:
        self._shown = found
        for name, field in self.short.items():
            self.pen.fill(field, getattr(found, name))
        for name, area in self.long.items():
            self.pen.fill(area, getattr(found, name))
        self.phones.set_values(tuple({key: str(each[key]) for key in each} for each in found.phones))
        self.languages.set_values(found.languages)
        self.languages.empty_field()
        self.cost.choose(found.cost)
        self.needs.choose(found.needs)
        self.eases.choose(found.eases)
        self.show_address.setChecked(found.show_address)
        self.checked.set_value(_day(found.checked))

    def first_focus(self) -> QWidget:
        """The name."""
        return self.short["name"]

    # ---------------------------------------------------------------- what is typed

    def typed(self) -> OwnService:
        """The entry as it stands in the fields."""
        values: dict[str, Any] = {name: one_line(field.text()) for name, field in self.short.items()}
        values |= {name: area.text().strip() for name, area in self.long.items()}
        day = self.checked.value()
        return replace(
            self._shown,
            **values,
            phones=tuple(dict(each) for each in self.phones.values()),
            languages=self.languages.values(),
            cost=self.cost.value(),
            needs=self.needs.values(),
            eases=self.eases.values(),
            show_address=self.show_address.isChecked(),
            checked=day.isoformat() if day is not None else ("" if not self.checked.problem() else self._shown.checked),
        )

    def draft(self) -> dict[str, Any] | None:
        """What is typed of a new place that has no name yet."""
        typed = self.typed()
        return row_of(typed).content if self.entry is None and typed != self._shown else None

    def take_draft(self, values: Mapping[str, Any]) -> None:
        """Put it back into the fields of a new place."""
        shown = self._shown
        self._fill(own_service(values))
        self._shown = shown

    def _touched(self) -> None:
        self.pen.waiting = True
        self.pen.flush()

    def flush(self) -> bool:
        """Keep what waits; False where a new place has words and no name."""
        self.pen.flush()
        typed = self.typed()
        return bool(typed.name) or typed == self._shown

    def _keep(self) -> bool:
        typed = self.typed()
        self.checked_row.ask(self.checked.problem())
        if typed == self._shown:
            return True
        if not typed.name:
            # A new place waits for its name; one that is there keeps the name that it had.
            self.name_row.ask(_("A name is needed, so that it can be found."))
            return self.entry is None
        self.name_row.ask("")
        return self._desk.keep(lambda: self._save(typed))

    def _save(self, typed: OwnService) -> None:
        directory: Directory = self._desk.session.directory
        before = self.entry
        self.entry = self._shown = directory.save(typed)
        self._saved(before)


def _day(kept: str) -> Any:
    from datetime import date

    return date.fromisoformat(kept) if kept else None
