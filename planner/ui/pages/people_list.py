"""The start side of the people's page: the list or the circle, and what can be begun below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.plan.records import Dependent, Ring, SupportContact
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field
from planner.ui.kit.floats import Menu, MenuItem
from planner.ui.kit.layouts import CENTRE, STRETCH, column, flow, hold
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Rule, Text
from planner.ui.pages.circle_list import RingList
from planner.ui.pages.people_words import contact_line, found_contacts, found_dependents, people_lines
from planner.ui.pages.plan_words import Hand
from planner.words import _, c_, n_

if TYPE_CHECKING:
    from planner.ui.pages.circle import Circle

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
    move: Callable[[str, Ring], object]
    step: Callable[[str, int], object]


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
        self.list = RingList(_("People"))
        self.list.opened.connect(asked.open)
        self.list.dropped.connect(lambda person, ring: asked.move(person, Ring(ring)))
        self.list.asked_step.connect(asked.step)
        self.list.menu_asked.connect(lambda person: self._menu(self.list, person))
        self._circle: Circle | None = None
        self.in_circle = False
        self._chosen = ""
        self.none = Text("", "body", "ink_soft").hide_empty()
        self.beyond = Text("", "body", "ink_soft", align=CENTRE).hide_empty()
        parts = (self.back_button, self.told, self.filter, self.list, self.none, self.beyond)
        self._listed = column(*parts, STRETCH, gap=12)
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

    @property
    def circle(self) -> Circle:
        """The circle, built when first asked for."""
        if self._circle is None:
            from planner.ui.pages.circle import Circle

            circle = self._circle = Circle(self._hand)
            circle.opened.connect(self._asked.open)
            circle.moved.connect(lambda person, ring: self._asked.move(person, Ring(ring)))
            circle.asked_step.connect(self._asked.step)
            circle.menu_asked.connect(lambda person: self._menu(circle.spots[person], person))
            circle.beyond_changed.connect(self._say_beyond)
            self._listed.insertWidget(self._listed.indexOf(self.list), circle)
            circle.tab_after = self.list
        return self._circle

    def show_people(
        self,
        contacts: list[SupportContact],
        dependents: list[Dependent],
        careful: bool,
        chosen: str,
        *,
        in_circle: bool = False,
    ) -> None:
        """Show these; with ``careful`` they are those to be careful with, who never stand in the circle."""
        in_circle = in_circle and not careful
        if careful is not self._careful or in_circle is not self.in_circle:
            self.forget_words()
        self._contacts, self._dependents, self._careful = contacts, dependents, careful
        self.in_circle, self._chosen = in_circle, chosen
        self.back_button.setVisible(careful)
        self.told.setVisible(careful)
        self.add_button.setVisible(not careful)
        self.careful_button.setVisible(not careful)
        self.add_name_button.setVisible(careful)
        many = len(contacts) + len(dependents) >= NARROW_FROM and not in_circle
        self.filter.setVisible(many or bool(self.filter.text()))
        self.list.setAccessibleName(_("People to be careful with") if careful else _("People"))
        current = self.list.current_id() if self.list.hasFocus() else ""
        self._fill()
        self.list.choose(chosen)
        self.list.keep_on(current)
        if self._circle is not None:
            self._circle.setVisible(in_circle)
        if in_circle:
            self.circle.show_people(contacts, chosen)
            self.circle.setVisible(True)
        self._say_beyond()

    def choose(self, chosen: str) -> None:
        """Show somebody as the one whose card is open."""
        self._chosen = chosen
        self.list.choose(chosen)
        if self.in_circle:
            self.circle.choose(chosen)

    def first_focus(self) -> QWidget:
        """Where the keyboard begins: in the circle, or in the list."""
        return (self.circle.first_focus() if self.in_circle else None) or (
            self.add_button if self.in_circle else self.list
        )

    def _say_beyond(self) -> None:
        """That the list has more than the circle, where it has."""
        circle = self._circle
        left = circle.left_over if circle is not None and self.in_circle else 0
        words = n_(
            "The circle is full. {n} more person is in the list, which serves better for so many.",
            "The circle is full. {n} more people are in the list, which serves better for so many.",
            left,
        )
        if circle is not None and left and not circle.placed.spots:
            words = _("There is not enough room for the circle here. The list has everybody.")
        self.beyond.setText(words.format(n=left) if left else "")

    def _menu(self, anchor: QWidget, person: str) -> None:
        """What can be done with somebody without dragging."""
        contact = next((each for each in self._contacts if each.id == person), None)
        if contact is None or self._careful:
            return
        items = [MenuItem(_("Open the card"), "show", lambda: self._asked.open(person))]
        items += move_items(contact.ring, lambda step: self._asked.step(person, step))
        Menu(anchor, items).open()

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
            narrowed = bool(search.strip())
            self.list.set_lines(people_lines(contacts, dependents, self._hand.desk, narrowed=narrowed))
        found = bool(contacts or dependents) or self.in_circle
        self.list.setVisible(found and not self.in_circle)
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


def move_items(ring: Ring, on: Callable[[int], object]) -> list[MenuItem]:
    """Closer and further, as far as there is another ring."""
    rings = list(Ring)
    items = []
    if ring is not rings[0]:
        items.append(MenuItem(c_("move somebody", "Closer"), "together", lambda: on(-1)))
    if ring is not rings[-1]:
        items.append(MenuItem(c_("move somebody", "Further"), "sharing", lambda: on(1)))
    return items
