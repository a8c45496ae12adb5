"""The start side of the people's page: the list, what narrows it, and what can be begun below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from planner.plan.records import Dependent, SupportContact
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field
from planner.ui.kit.floats import Menu, MenuItem
from planner.ui.kit.layouts import STRETCH, column, flow, hold
from planner.ui.kit.lists import ListView
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Rule, Text
from planner.ui.pages.people_words import contact_line, found_contacts, found_dependents, people_lines
from planner.ui.pages.plan_words import Hand
from planner.words import _

NARROW_FROM = 13
"""With so many people or more, words can be typed to narrow the list."""


@dataclass(frozen=True)
class Asked:
    """What the list asks its page for."""

    open: Callable[[str], object]
    add_contact: Callable[[], object]
    add_dependent: Callable[[], object]
    add_careful: Callable[[], object]
    careful: Callable[[bool], object]


class PeopleList(QWidget):
    """Everybody, or those to be careful with; never both."""

    def __init__(self, hand: Hand, asked: Asked) -> None:
        """Begins empty."""
        super().__init__()
        self._hand, self._asked = hand, asked
        self._contacts: list[SupportContact] = []
        self._dependents: list[Dependent] = []
        self._careful = False
        self.back_button = Button(
            _("Back to all people"), "quiet", icon="back", compact=True, on=lambda: asked.careful(False)
        )
        self.told = Note(
            _(
                "These names are never in a print or a copy, unless you choose them one by one. "
                "A name is enough here: a court could ask to read what you write."
            ),
            "shield",
        )
        self.filter = Field(placeholder=_("Find by name"), icon="search", name=_("Find by name"))
        self.filter.textChanged.connect(lambda _text: self._fill())
        self.list = ListView(_("People"))
        self.list.opened.connect(asked.open)
        self.none = Text("", "body", "ink_soft").hide_empty()
        self._listed = column(self.back_button, self.told, self.filter, self.list, self.none, STRETCH, gap=12)
        self.area = Scroll(self._listed)
        self.add_button = Button(_("Add a person"), icon="plus", on=self._add)
        self.careful_button = Button(
            _("People to be careful with"), "quiet", icon="shield", centred=False, on=lambda: asked.careful(True)
        )
        self.add_name_button = Button(_("Add a name"), icon="plus", on=asked.add_careful)
        buttons = flow(self.add_button, self.careful_button, self.add_name_button)
        self._foot = column(Rule(), 12, buttons)
        self._held = hold(self._foot)
        self._whole = column((self.area, 1), self._held)
        self.setLayout(self._whole)
        self.set_edges(True)

    def set_edges(self, beside: bool) -> None:
        """Beside a card the buttons stay in sight below the list; alone, where room is short, they follow it."""
        self._listed.set_margins((40, 20, 2 if beside else 26, 16))
        self._foot.set_margins((40, 0, 16, 16) if beside else (0, 0, 0, 0))
        box = self._whole if beside else self._listed
        if box.indexOf(self._held) < 0:
            # Before the stretch at the end of the list.
            box.insertWidget(1 if beside else box.count() - 1, self._held)

    def show_people(
        self, contacts: list[SupportContact], dependents: list[Dependent], careful: bool, chosen: str
    ) -> None:
        """Show these; with ``careful`` they are those to be careful with."""
        if careful is not self._careful:
            self.forget_words()
        self._contacts, self._dependents, self._careful = contacts, dependents, careful
        self.back_button.setVisible(careful)
        self.told.setVisible(careful)
        self.add_button.setVisible(not careful)
        self.careful_button.setVisible(not careful)
        self.add_name_button.setVisible(careful)
        many = len(contacts) + len(dependents) >= NARROW_FROM
        self.filter.setVisible(many or bool(self.filter.text()))
        self.list.setAccessibleName(_("People to be careful with") if careful else _("People"))
        self._fill()
        self.list.choose(chosen)

    def forget_words(self) -> None:
        """Show everybody again."""
        self.filter.setText("")

    def _fill(self) -> None:
        search = self.filter.text()
        contacts = found_contacts(self._contacts, search)
        dependents = found_dependents(self._dependents, search)
        if self._careful:
            self.list.set_lines([contact_line(each) for each in contacts])
        else:
            self.list.set_lines(people_lines(contacts, dependents, self._hand.desk))
        found = bool(contacts or dependents)
        self.list.setVisible(found)
        if found:
            self.none.setText("")
        elif search.strip():
            self.none.setText(_("Nobody with these words."))
        else:
            self.none.setText(_("No names here."))

    def _add(self) -> None:
        items = [
            MenuItem(_("A friend, a helper, anyone"), icon="people", on=self._asked.add_contact),
            MenuItem(_("A child or someone to care for"), icon="family", on=self._asked.add_dependent),
            MenuItem(_("People from a file"), icon="folder", on=lambda: self._hand.desk.go("cards-import")),
        ]
        Menu(self.add_button, items).open()
