"""People: who is in somebody's life, the card of the one that is open, and those to be careful with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from planner.plan.life import DOMAIN_ICONS
from planner.plan.records import Dependent, Ring, SupportContact
from planner.session.types import Mode
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.layouts import STRETCH, Margins, column, hold, row
from planner.ui.kit.said import announce
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.surfaces import EmptyPage, Sheet
from planner.ui.page import Page
from planner.ui.pages.circle_halves import CircleHalves
from planner.ui.pages.people_card import ContactCard, DependentCard, Link
from planner.ui.pages.people_fields import Actions, CardFields, CarefulFields, ContactFields, DependentFields
from planner.ui.pages.people_list import Asked, PeopleList
from planner.ui.pages.people_words import moved_words, no_further_words, shown_name
from planner.ui.pages.plan_words import Hand
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

SHOWN = frozenset({"contact", "dependent", "goal", "helper", "appointment", "chosen", "person"})
READ, EDIT, NEW = "read", "edit", "new"
CIRCLE, LIST = "circle", "list"
VIEWS = (CIRCLE, LIST)
CONTACT, CAREFUL, DEPENDENT = "contact", "careful", "dependent"
FORMS: dict[str, type[CardFields]] = {CONTACT: ContactFields, CAREFUL: CarefulFields, DEPENDENT: DependentFields}
SHEET: tuple[Margins, Margins] = ((16, 20, 26, 28), (40, 20, 26, 28))
"""Air round the card beside the list, and where it has the page for itself."""


class PeoplePage(Page):
    """The list at the start, the open card at the end; in a narrow window one of them, with a way back."""

    name: ClassVar[str] = "people"

    def __init__(self, desk: Desk) -> None:
        """Build it; fields are built when first needed."""
        super().__init__(desk)
        self.hand = Hand(desk)
        self.contacts: list[SupportContact] = []
        self.to_be_careful: list[SupportContact] = []
        self.dependents: list[Dependent] = []
        self._person = ""
        self.open_id, self.mode, self.kind, self.careful = "", READ, CONTACT, False
        self.forms: dict[str, CardFields] = {}
        self._put_off: dict[str, dict[str, Any]] = {}
        self._actions = Actions(self.done, self.remove, self.move_over)
        asked = Asked(
            self.open,
            lambda: self.begin(CONTACT),
            lambda: self.begin(DEPENDENT),
            lambda: self.begin(CAREFUL),
            self.show_careful,
            self.move_to,
            self.step,
        )
        self.side = PeopleList(self.hand, asked)
        self.list = self.side.list
        self.back_button = Button(_("Back to the list"), "quiet", icon="back", compact=True, on=self.show_list)
        self.view = Segment([_("Circle"), _("List")], VIEWS.index(desk.session.setting("people_view")), _("Show as"))
        self.view.chosen_changed.connect(lambda index: self.show_view(VIEWS[index]))
        self.card = ContactCard(self.hand, self.edit, lambda step: self.step(self.open_id, step))
        self.dependent_card = DependentCard(self.hand, self.edit)
        self._on_sheet = column(self.card, self.dependent_card, margins=(24, 24, 24, 24))
        self.sheet = Sheet(self._on_sheet)
        self._head = hold(row(self.back_button, STRETCH, margins=(0, 0, 0, 8)))
        self._beside = column(self._head, self.sheet, STRETCH, margins=SHEET[0])
        self.sheet_scroll = Scroll(self._beside)
        for area in (self.side.area, self.sheet_scroll):
            # The bar has its own room, whether there is something to scroll or not, so that nothing jumps.
            area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.halves = CircleHalves(self.side, self.sheet_scroll)
        self.halves.installEventFilter(self)
        self.empty = Scroll(column((self._make_empty(), 1)))
        leave_out(desk, self.side.careful_button, self.first_careful, self.card.reach_part, self.card.knows_part)
        self.set_body(column((self.empty, 1), (self.halves, 1)), scroll=False, margins=False)
        self.refresh(None)

    def _make_empty(self) -> EmptyPage:
        mine = self.desk.session.mode is Mode.FOR_ME
        self.first_button = Button(_("Add the first person"), "main", icon="plus", on=lambda: self.begin(CONTACT))
        self.first_careful = Button(
            _("People to be careful with"), "quiet", icon="shield", on=lambda: self.show_careful(True)
        )
        words = _("Who is good to you, who helps you, whom you can call. A name is enough to begin.")
        others = _("Who is good to this person, who helps, who can be called. A name is enough to begin.")
        return EmptyPage(
            "people",
            _("Your people will be here") if mine else _("People will be here"),
            words if mine else others,
            [
                self.first_button,
                Button(_("A child or someone to care for"), on=lambda: self.begin(DEPENDENT)),
                Button(_("People from a file"), icon="folder", on=lambda: self.desk.go("cards-import")),
                self.first_careful,
            ],
            _("Only you and those you choose can see this.")
            if mine
            else _("Only those who can open this notebook can see this."),
        )

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        """All people, or those to be careful with."""
        return _("People to be careful with") if self.careful else _("People")

    def head_extras(self) -> list[QWidget]:
        """Circle or list; those to be careful with stand in a list alone."""
        return [] if self.careful or self.empty.isVisibleTo(self) else [self.view]

    def first_focus(self) -> QWidget | None:
        """A name being typed, or somebody in the circle or the list."""
        if self.mode is not READ:
            return self.form.name
        return self.first_button if self.empty.isVisibleTo(self) else self.side.first_focus()

    def show_for(self, **where: str) -> None:
        """``contact`` or ``dependent`` opens a card; ``writing`` its fields; ``add`` begins somebody new."""
        self.mode, self.careful = READ, bool(where.get("careful"))
        self.side.forget_words()
        self.card.numbers.cover()
        self.refresh(None)
        wanted = where.get("contact") or where.get("dependent") or ""
        if any(each.id == wanted for each in self.to_be_careful):
            self.careful = True
        if where.get("add"):
            self.begin(where["add"] if where["add"] in FORMS else CONTACT)
        elif wanted in self._ids():
            self.open(wanted)
            if where.get("writing"):
                self.edit()

    def leave(self) -> bool:
        """Save what is typed, and cover the numbers."""
        self.flush()
        self.card.numbers.cover()
        return True

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """The card that is open, or somebody new."""
        if self.mode is NEW:
            return {"add": self.kind}
        writing = {"writing": "yes"} if self.mode is EDIT else {}
        return {"contact": self.open_id, **writing} if self.open_id else where

    def draft(self) -> dict[str, Any] | None:
        """Somebody new who has no name yet."""
        found = self.form.draft() if self.mode is NEW else None
        return {"kind": self.kind, "values": found} if found else None

    def take_draft(self, data: dict[str, Any]) -> None:
        """Go on with somebody new."""
        kind, values = data.get("kind"), data.get("values")
        if kind in FORMS and isinstance(values, dict):
            self.begin(str(kind))
            self.form.take_draft(values)

    # ---------------------------------------------------------------- what is shown

    @property
    def form(self) -> CardFields:
        """The fields of the kind that is open, built when first needed."""
        found = self.forms.get(self.kind)
        if found is None:
            found = self.forms[self.kind] = FORMS[self.kind](self.hand, self._actions)
            found.begin()
            self._on_sheet.addWidget(found)
        return found

    def refresh(self, changed: Changed | None) -> None:
        """Show the people as they are stored."""
        person = self.hand.person
        if changed is not None and not changed.concerns(person, SHOWN):
            return
        if person != self._person:
            self._forget_person(person)
        session = self.desk.session
        everybody = session.contacts(person) if person else []
        self.to_be_careful = [each for each in everybody if _careful(each)]
        self.contacts = [each for each in everybody if not _careful(each)]
        self.dependents = session.dependents(person) if person else []
        if self.mode is NEW and self.form.id in self._ids():
            self.mode, self.open_id = EDIT, self.form.id
        elif self.mode is not NEW and self.open_id not in self._ids():
            if self.mode is EDIT:
                self.form.pen.drop()  # what still waits belongs to somebody who is gone
            if self.open_id:
                self.halves.show_second(False)
            self.open_id, self.mode = self._usual(), READ
        self._show()

    def _forget_person(self, person: str) -> None:
        self._person, self.open_id, self.mode, self.careful = person, "", READ, False
        self._put_off = {}
        for form in self.forms.values():
            form.clear()
        self.side.forget_words()
        self.halves.show_second(False)

    def _here(self) -> list[SupportContact | Dependent]:
        """Whoever is in the list that is shown."""
        return [*self.to_be_careful] if self.careful else [*self.contacts, *self.dependents]

    def _ids(self) -> set[str]:
        return {each.id for each in self._here()}

    def _usual(self) -> str:
        """Who is open when nobody was chosen: the first in the list."""
        order = list(Ring)
        first = sorted(self.contacts, key=lambda each: order.index(each.ring)) if not self.careful else []
        return next((each.id for each in (*first, *self._here())), "")

    def _record(self) -> SupportContact | Dependent | None:
        return next((each for each in self._here() if each.id == self.open_id), None)

    def _show(self) -> None:
        here, new = self._here(), self.mode is NEW
        self.empty.setVisible(not here and not new and not self.careful)
        self.halves.setVisible(bool(here) or new or self.careful)
        self.halves.use_alone(None if here else new)
        chosen = "" if new else self.open_id
        in_circle = self.shown == CIRCLE and not self.careful
        self.halves.wide_first = in_circle
        if self.careful:
            self.side.show_people(self.to_be_careful, [], True, chosen)
        else:
            self.side.show_people(self.contacts, self.dependents, False, chosen, in_circle=in_circle)
        self._show_card(self._record())
        self._fit()

    def _show_card(self, record: SupportContact | Dependent | None) -> None:
        reading = self.mode is READ
        contact = isinstance(record, SupportContact)
        self.card.setVisible(reading and contact)
        self.dependent_card.setVisible(reading and record is not None and not contact)
        if not reading:
            form = self.form
            if self.mode is EDIT and record is not None:
                form.show_record(record)
        for kind, each in self.forms.items():
            each.setVisible(not reading and kind == self.kind)
        if isinstance(record, SupportContact):
            self.card.show_contact(record, self.careful, self._links(record.id) if reading else ())
        elif record is not None:
            self.dependent_card.show_dependent(record)
        self.sheet.setAccessibleName(shown_name(record) if record is not None and self.mode is not NEW else "")

    def _links(self, contact: str) -> tuple[Link, ...]:
        """The goals somebody helps with, and the appointments that are with them."""
        session = self.desk.session
        parts = session.all_parts(self._person)
        found = [
            Link("plan", goal.id, goal.title or _("No words yet"), helper.how, DOMAIN_ICONS[goal.domain])
            for goal in session.goals(self._person)
            if goal.id in parts
            for helper in parts[goal.id].helpers
            if helper.contact == contact
        ]
        found += [
            Link("appointment", each.id, each.title or _("No words yet"), "", "calendar")
            for each in session.appointments(self._person)
            if each.contact == contact
        ]
        return tuple(found)

    def _fit(self) -> None:
        """What depends on the room there is."""
        together = self.halves.together
        beside = together and bool(self._here())
        self.side.set_edges(beside)
        self._beside.set_margins(SHEET[0] if beside else SHEET[1])
        self._head.setVisible(not together and (bool(self._here()) or self.careful))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other room for the two halves: they get theirs after the page has its own."""
        if watched is self.halves and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def retheme(self) -> None:
        """So it is with larger text."""
        self._fit()

    # ---------------------------------------------------------------- moving about

    def flush(self) -> None:
        """Save what is typed."""
        if self.mode is not READ:
            self.form.flush()

    def _to_sheet(self, focus: QWidget | None) -> None:
        self.halves.show_second(True)
        self._show()
        self.sheet_scroll.verticalScrollBar().setValue(0)
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, record: str) -> None:
        """Open somebody's card."""
        self._stop_typing()
        self.card.numbers.cover()
        self.open_id, self.mode = record, READ
        self._to_sheet(None)
        if not self.halves.together:
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_typing(self) -> None:
        """Save; somebody who has no name yet is put off, and what was typed stays to go on with."""
        if self.mode is READ:
            return
        self.form.flush()
        found = self.form.draft()
        if self.mode is NEW and found:
            self._put_off[self.kind] = found
        self.mode = READ

    def edit(self, reach: bool = False) -> None:
        """Turn the card into fields; ``reach`` goes to how to reach somebody."""
        record = self._record()
        if record is None:
            return
        self.kind = DEPENDENT if isinstance(record, Dependent) else CAREFUL if self.careful else CONTACT
        self.mode = EDIT
        form = self.form
        form.show_record(record)
        self._open_parts(form, record, reach)
        self._to_sheet(form.call.first_focus() if reach and isinstance(form, ContactFields) else form.name)

    def _open_parts(self, form: CardFields, record: SupportContact | Dependent | None, reach: bool = False) -> None:
        contact = record if isinstance(record, SupportContact) else None
        if isinstance(form, ContactFields):
            form.open_parts(contact, reach)
        elif isinstance(form, CarefulFields):
            form.open_parts(contact)

    def begin(self, kind: str) -> None:
        """Fields for somebody new, with what was typed before and put off."""
        self._stop_typing()
        self.careful = kind == CAREFUL
        self.kind, self.mode = kind, NEW
        form = self.form
        form.clear()
        form.take_draft(self._put_off.pop(kind, {}))
        self._open_parts(form, None)
        self._to_sheet(form.name)
        self.head_changed.emit()

    def done(self) -> None:
        """The fields are a card again; somebody who got no name was never there."""
        was_new = self.mode is NEW
        self._stop_typing()
        if was_new:
            self.open_id = self._usual()
            self.show_list()
            return
        self._to_sheet(None)
        card = self.dependent_card if self.kind == DEPENDENT else self.card
        card.head.pencil.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Back to the list."""
        self._stop_typing()
        self.card.numbers.cover()
        self.halves.show_second(False)
        self._show()
        self._focus_list()

    def _focus_list(self) -> None:
        if self.empty.isVisibleTo(self):
            target: QWidget = self.first_button
        elif self._here():
            target = self.side.first_focus()
        else:
            target = self.side.add_name_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_careful(self, careful: bool) -> None:
        """Show those to be careful with, or everybody else."""
        self._stop_typing()
        self.card.numbers.cover()
        self.careful = careful
        self.open_id = self._usual()
        self.halves.show_second(False)
        self._show()
        self.side.area.verticalScrollBar().setValue(0)
        self.head_changed.emit()
        self._focus_list()

    # ---------------------------------------------------------------- circle and list

    @property
    def shown(self) -> str:
        """How people are shown: "circle" or "list"."""
        return VIEWS[self.view.chosen]

    def show_view(self, view: str) -> None:
        """Show people in a "circle" or in a "list", and remember it."""
        self._stop_typing()
        if view != self.desk.session.setting("people_view"):
            self.desk.keep(lambda: self.desk.session.set_setting("people_view", view))
        self.view.choose(VIEWS.index(view))
        self._show()
        self.side.area.verticalScrollBar().setValue(0)

    def step(self, contact: str, step: int) -> None:
        """Move somebody one ring closer (-1) or further (1)."""
        found = next((each for each in self.contacts if each.id == contact), None)
        if found is None:
            return
        rings = list(Ring)
        place = rings.index(found.ring) + step
        if 0 <= place < len(rings):
            self.move_to(contact, rings[place])
        else:
            announce(self, no_further_words(shown_name(found), step))

    def move_to(self, contact: str, ring: Ring) -> None:
        """Move somebody to a ring, with Undo; the same from the circle, the list and the card."""
        found = next((each for each in self.contacts if each.id == contact), None)
        if found is None or found.ring is ring:
            return
        self.flush()
        said = moved_words(shown_name(found), ring)
        self.hand.write(_("Move somebody"), lambda edit: edit.change(contact, ring=ring), said)

    # ---------------------------------------------------------------- writing

    def remove(self) -> None:
        """Take somebody off the list, with Undo."""
        record = self._record()
        if record is None:
            return
        self.form.pen.drop()
        said = _("{name} is removed.").format(name=shown_name(record))
        if self.hand.write(_("Remove a person"), lambda edit: edit.remove(record.id), said):
            self._focus_list()

    def move_over(self) -> None:
        """From all people to those to be careful with, or back."""
        self.form.flush()
        record = self._record()
        if not isinstance(record, SupportContact):
            return
        away = not self.careful
        words = _("Be careful with a person") if away else _("Put a person back among all people")
        named = (
            _("{name} is now among the people to be careful with.") if away else _("{name} is among all people again.")
        )
        said = named.format(name=shown_name(record))
        if self.hand.write(words, lambda edit: edit.change(record.id, keep_away=away), said):
            self._focus_list()


def _careful(contact: SupportContact) -> bool:
    """Whether to be careful with somebody; where two copies differ about it, yes, until someone has chosen."""
    return contact.to_be_careful_with
