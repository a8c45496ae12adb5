"""People I work with: found as one types, opened, added, called by another name, or left to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field
from planner.ui.kit.layouts import MIDDLE, STRETCH, Box, apart, beside, clear, column, flow, hold, row
from planner.ui.kit.lists import Line
from planner.ui.kit.surfaces import EmptyPage, Sheet
from planner.ui.kit.text import Chip, Text
from planner.ui.kit.text import Person as Disc
from planner.ui.page import Page
from planner.ui.people_list import PeopleList, nobody_line
from planner.ui.people_words import last_talk, talked, tone_of
from planner.ui.with_someone import stay_with, turn_to
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed, Person
    from planner.ui.page import Desk


class EveryonePage(Page):
    """A list to search in, and the one who is chosen beside it."""

    name: ClassVar[str] = "everyone"
    searchable: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.field = Field(placeholder=_("Find by name or code"), icon="search")
        self.field.textChanged.connect(lambda _text: self._fill())
        self.field.returnPressed.connect(self._open_first)
        self.field.installEventFilter(self)
        self.list = PeopleList(_("People I work with"))
        self.list.chosen_changed.connect(self._choose)
        self.card = PersonCard(desk)
        self.count = Text("", "body", "ink_soft")
        add = Button(_("Add a person"), icon="plus", on=self.add)
        self._some = beside(column(self.field, 12, self.list), column(self.card, STRETCH))
        self._some_with_head = hold(column(apart(self.count, add), 16, self._some))
        self._none = EmptyPage(
            "people",
            _("The people you work with will be here"),
            _("A chosen name or a code is enough to begin. Each person has their own plan, appointments and people."),
            [Button(_("Add the first person"), "main", icon="plus", on=self.add)],
            _("Only you can see this. With someone beside you, show only their pages."),
        )
        self.set_body(column(self._some_with_head, self._none))
        self.refresh(None)

    def title(self) -> str:
        return _("People I work with")

    def first_focus(self) -> QWidget | None:
        return self.field if self._some_with_head.isVisibleTo(self) else None

    # ---------------------------------------------------------------- what is shown

    def refresh(self, changed: Changed | None) -> None:
        if changed is None or changed.kinds & {"person", "note"}:
            self._fill()

    def _fill(self) -> None:
        session = self.desk.session
        text = self.field.text().strip()
        people = session.people(text)
        everyone = session.people() if text else people
        self._some_with_head.setVisible(bool(everyone))
        self._none.setVisible(not everyone)
        count = len(people)
        self.count.setText(n_("{n} person", "{n} people", count).format(n=self.desk.formats.number(count)))
        active = [each for each in people if not each.resting]
        resting = [each for each in people if each.resting]
        lines = [self._line(each) for each in active]
        if resting:
            lines.append(Line("", _("Resting for now"), section=True))
            lines += [self._line(each) for each in resting]
        if text and not people:
            lines = [nobody_line(text)]
        self.list.set_lines(lines)
        shown = {each.id for each in people}
        if self.list.chosen not in shown:
            self.list.choose(people[0].id if people else "")
        self._fit_list()
        self._show_card()

    def _line(self, person: Person) -> Line:
        told = [person.code if person.name else "", talked(self.desk, person)]
        detail = ". ".join(part for part in told if part)
        return Line(
            person.id, person.shown, detail, letter=person.initial, tone=tone_of(person.id), soft=person.resting
        )

    def _show_card(self) -> None:
        person = next((each for each in self.desk.session.people() if each.id == self.list.chosen), None)
        self.card.show_person(person)

    def _fit_list(self) -> None:
        """As high as the window has room for, so that a thousand people scroll in their own place."""
        from planner.ui.theme import theme

        room = max(theme.px(280), self.window().height() - theme.px(300))
        self.list.setFixedHeight(self.list.full_height(max(theme.px(200), self.list.width()), room))

    def resizeEvent(self, event: object) -> None:
        """Another height, other room for the list."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit_list()

    # ---------------------------------------------------------------- what is done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search field into the list."""
        down = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if watched is self.field and down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _choose(self, person_id: str) -> None:
        if person_id == self.list.chosen:
            turn_to(self.desk, person_id)
            return
        self.list.choose(person_id)
        self._show_card()

    def _open_first(self) -> None:
        if self.list.chosen:
            turn_to(self.desk, self.list.chosen)

    def add(self) -> None:
        """Ask for a new person."""
        from planner.ui.dialogs.person import AddPerson

        people = self.desk.session.people(self.field.text().strip())
        text = self.field.text().strip() if not people else ""
        self.desk.ask(AddPerson(self, self.desk, text, self._added))

    def _added(self, person: Person) -> None:
        self.field.setText("")
        self.list.choose(person.id)
        self._show_card()
        self.desk.say(_("{name} is here now.").format(name=person.shown))


class PersonCard(Sheet):
    """The one who is chosen: what is known here, and what can be done."""

    def __init__(self, desk: Desk) -> None:
        self._box = Box(True, 0, (24, 24, 24, 24))
        super().__init__(self._box)
        self._desk = desk
        self._shown: Person | None = None

    def show_person(self, person: Person | None) -> None:
        """Show somebody; None shows nothing."""
        self.setVisible(person is not None)
        told = (person, talked(self._desk, person) if person is not None else "")
        if person is None or told == getattr(self, "_told", None):
            return
        self._told = told
        self._shown = person
        self.setAccessibleName(person.shown)
        clear(self._box)
        self._box.put(
            row(
                (Disc(person.initial, tone_of(person.id), "person_big"), MIDDLE),
                (
                    column(
                        Text(person.shown, "question"),
                        Text(person.code if person.name else "", "body", "ink_soft").hide_empty(),
                    ),
                    1,
                    MIDDLE,
                ),
                gap=16,
            ),
            16,
            Text(last_talk(self._desk, person), "body", "ink_soft"),
            *self._chips(person),
            20,
            flow(
                Button(_("Open these pages"), "main", after="next", on=self._open),
                Button(_("Show only {name}").format(name=person.shown), icon="together", on=self._only),
                gap=12,
            ),
            8,
            flow(
                Button(_("Change name or code"), "quiet", icon="edit", on=self.change),
                Button(
                    _("Take up again") if person.resting else _("Let it rest for now"),
                    "quiet",
                    icon="today" if person.resting else "pause",
                    on=self.rest,
                ),
                Button(_("Keep or erase"), "quiet", icon="lock", on=self.keep_or_erase),
                gap=4,
            ),
        )

    def _chips(self, person: Person) -> list[QWidget | int]:
        chips: list[QWidget] = []
        if person.under_18:
            chips.append(Chip(_("Under 18"), "shield"))
        if person.resting:
            chips.append(Chip(_("Resting for now"), "pause"))
        if person.held_since:
            chips.append(Chip(_("Nothing may be erased"), "lock"))
        return [12, hold(flow(*chips, gap=8))] if chips else []

    def _open(self) -> None:
        if self._shown is not None:
            turn_to(self._desk, self._shown.id)

    def _only(self) -> None:
        if self._shown is not None:
            stay_with(self._desk, self._shown)

    def change(self) -> None:
        """Ask for another name or code."""
        from planner.ui.dialogs.person import ChangePerson

        if self._shown is not None:
            self._desk.ask(ChangePerson(self, self._desk, self._shown))

    def keep_or_erase(self) -> None:
        """A hold on somebody, or erasing them for good."""
        from planner.ui.dialogs.hold import KeepOrErase

        if self._shown is not None:
            self._desk.ask(KeepOrErase(self.window(), self._desk, self._shown))

    def rest(self) -> None:
        """Let the work with this person rest, or take it up again."""
        person, session = self._shown, self._desk.session
        if person is None:
            return
        resting = not person.resting
        if self._desk.keep(lambda: session.change_person(person.id, resting=resting)):
            words = _("{name} rests for now. Everything stays kept.") if resting else _("{name} is taken up again.")
            self._desk.say(words.format(name=person.shown))
