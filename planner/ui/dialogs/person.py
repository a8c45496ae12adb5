"""Adding a person somebody works with, and changing the name or code later. One of the two is enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.ui.kit.choices import ChoiceGroup
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column
from planner.ui.kit.text import Text
from planner.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.session import Person
    from planner.ui.page import Desk

ADD_PERSON, CHANGE_PERSON = "add a person", "change a person"
"""The names under which they are open again after a lock; see :mod:`planner.ui.dialogs.again`."""

UNDER_18: dict[str, bool | None] = {"unsaid": None, "no": False, "yes": True}


class _PersonDialog(Dialog):
    """Name, code, and whether somebody is under 18, which may stay unsaid."""

    def __init__(self, parent: QWidget, desk: Desk, title: str, words: str, person: Person | None, text: str) -> None:
        self.desk = desk
        self._person = person
        self._warned_of = ""
        self.name = Field(person.name if person is not None else text)
        self.code = Field(person.code if person is not None else "")
        self.name_row = FieldRow(
            _("Chosen name"), self.name, hint=_("The name this person wants to be called by here.")
        )
        code_row = FieldRow(_("Code"), self.code, hint=_("In place of the name or beside it."), optional=True)
        self.under_18 = ChoiceGroup(
            [("unsaid", _("Not said")), ("no", _("No")), ("yes", _("Yes"))],
            chosen=[_under_18_value(person.under_18 if person is not None else None)],
            name="",
        )
        self.question = Text("", "label", weight=600)
        super().__init__(
            parent, title, words, column(self.name_row, 20, code_row, 20, self.question, 8, self.under_18), width=480
        )
        self.name.textChanged.connect(lambda _text: self._ask_age())
        self._ask_age()

    def _ask_age(self) -> None:
        name = self.name.text().strip()
        words = _("Is {name} under 18?").format(name=name) if name else _("Is this person under 18?")
        self.question.setText(words)
        self.under_18.setAccessibleName(words)

    def first_focus(self) -> QWidget | None:
        """The name."""
        return self.name

    def said(self) -> tuple[str, str, bool | None] | None:
        """Name, code and age group; None when something is to be asked first, which is then said."""
        name, code = self.name.text().strip(), self.code.text().strip()
        if not name and not code:
            self.name_row.ask(_("A name or a code is needed. One of the two is enough."))
            self.name.setFocus()
            return None
        shown = name or code
        if shown.casefold() != self._warned_of and self._taken(name, code):
            self._warned_of = shown.casefold()
            self.name_row.ask(
                _("{name} is here already. Another name or a code tells the two apart.").format(name=shown)
            )
            self.name.setFocus()
            return None
        return name, code, UNDER_18[next(iter(self.under_18.values()), "unsaid")]

    def _taken(self, name: str, code: str) -> bool:
        mine = self._person.id if self._person is not None else ""
        alike = [(each.name.casefold(), each.code.casefold()) for each in self.desk.session.people() if each.id != mine]
        return (name.casefold(), code.casefold()) in alike


def _under_18_value(under_18: bool | None) -> str:
    return next(value for value, meant in UNDER_18.items() if meant is under_18)


class AddPerson(_PersonDialog):
    """Asks for a new person; ``added`` is told who it is."""

    def __init__(self, parent: QWidget, desk: Desk, text: str, added: Callable[[Person], object]) -> None:
        super().__init__(
            parent,
            desk,
            _("Add a person"),
            _("One of the two is enough. No family name is needed."),
            None,
            text,
        )
        self._added = added
        self.reopens = (ADD_PERSON, "")
        self.yes = self.add_button(_("Add"), "main", self._add, closes=False, default=True)
        self.add_button(_("Not now"))

    def _add(self) -> None:
        said = self.said()
        if said is None:
            return
        name, code, under_18 = said
        new: list[Person] = []
        session = self.desk.session
        self.accept()
        if self.desk.keep(lambda: new.append(session.add_person(name, code=code, under_18=under_18))):
            self._added(new[0])


class ChangePerson(_PersonDialog):
    """Another name, code or age group for somebody."""

    def __init__(self, parent: QWidget, desk: Desk, person: Person) -> None:
        super().__init__(parent, desk, _("Change name or code"), "", person, "")
        self.reopens = (CHANGE_PERSON, person.id)
        self.yes = self.add_button(_("Save"), "main", self._save, closes=False, default=True)
        self.add_button(_("Not now"))

    def _save(self) -> None:
        said = self.said()
        person, session = self._person, self.desk.session
        if said is None or person is None:
            return
        name, code, under_18 = said
        self.accept()
        if (name, code, under_18) != (person.name, person.code, person.under_18):
            kept = self.desk.keep(lambda: session.change_person(person.id, name=name, code=code, under_18=under_18))
            if kept:
                self.desk.say(_("Saved."))
