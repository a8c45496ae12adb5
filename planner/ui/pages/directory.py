"""Where to find help: places and services, found by what is needed; one that is open; one that is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from planner.packs.services import OwnService
from planner.session.directory import Answer, Listing, Wanted
from planner.ui.kit.buttons import Button
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, columns, flow, fold, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Text
from planner.ui.page import Page
from planner.ui.pages.cards_words import more_words
from planner.ui.pages.directory_card import PlaceCard
from planner.ui.pages.directory_fields import PlaceFields
from planner.ui.pages.directory_words import COSTS, EASES, NEEDS, came_in_words, line_of, spoken
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.session.directory_lists import TakenIn
    from planner.ui.page import Desk

LIST, CARD, FIELDS = "list", "card", "fields"
SHOWN = 100
"""Places of the list that are shown before more are asked for: each is measured when it is shown."""


class DirectoryPage(Page):
    """``place`` opens one by its id, ``need`` shows those for one need, ``add`` begins a new one."""

    name: ClassVar[str] = "directory"
    searchable: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.mode = LIST
        self.open_id = ""
        self._silent_shown = False
        self._most = SHOWN
        self._answer = Answer((), ())
        self._back: tuple[str, Callable[[], str]] | None = None
        self._make_list()
        self.card = PlaceCard(
            desk,
            back=self.show_list,
            into_people=self.into_people,
            change=self.change,
            remove=self.remove,
            checked=self.check_today,
        )
        self.fields = PlaceFields(desk, self._written, self._saved)
        self.set_body(column(self._listed, self.card, self.fields))
        self.refresh(None)

    def _make_list(self) -> None:
        self.find_field = Field(placeholder=_("lawyer, food, a name …"), icon="search", name=_("Find a place"))
        self.find_field.textChanged.connect(lambda _text: self._find())
        self.need = Picker([("", _("Anything")), *((each.value, _(words)) for each, (words, _i) in NEEDS.items())])
        self.language = Picker([("", _("Any language"))])
        self.cost = Picker(
            [("", _("Any cost")), *((each.value, _(words)) for each, words in COSTS.items() if each.value != "costs")]
        )
        self.ease = Picker([("", _("Nothing more")), *((each.value, _(words)) for each, words in EASES.items())])
        for picker in (self.need, self.language, self.cost, self.ease):
            picker.changed.connect(self._find)
        more = fold(FieldRow(_("In this language"), self.language), FieldRow(_("Cost"), self.cost), gap=16)
        self.wishes = Disclosure(
            _("More: language, cost, what has to be easy"),
            _("Less"),
            hold(column(more, 12, FieldRow(_("What has to be easy"), self.ease))),
        )
        self.count = Text("", "body", "ink_soft")
        self.all_button = Button(_("Show all places"), "quiet", icon="close", compact=True, on=self.forget_wishes)
        self._clear = hold(flow(self.all_button))
        self.list = ListView(_("Places"), chevron=True)
        self.list.opened.connect(self.open)
        self.silent_button = Button("", "quiet", icon="down", compact=True, on=self._show_silent)
        self.more_button = Button("", "quiet", icon="down", compact=True, on=self._show_more)
        self._more = hold(column(8, flow(self.more_button, self.silent_button)))
        self.add_button = Button(_("Add a place"), "main", icon="plus", on=self.add)
        self.list_button = Button(_("Bring in a list"), icon="folder", on=lambda: self.desk.go("directory-import"))
        self._own_tools = hold(column(flow(self.add_button, self.list_button, gap=12), 16))
        main = column(
            self.find_field,
            16,
            FieldRow(_("I look for"), self.need),
            8,
            self.wishes,
            8,
            self.count,
            self._clear,
            8,
            self.list,
            self._more,
        )
        side = column(
            self._own_tools,
            Note(_("Nothing is dialed or opened for you, and nobody sees what you look for."), "lock"),
            16,
            Note(_("Before you go: call, and ask what they write down and whom they tell."), "speak"),
        )
        self._listed = columns(main, side)

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        if self.mode == FIELDS:
            return self.fields.entry.name if self.fields.entry is not None else _("A new place")
        return self.card.listing.name if self.mode == CARD and self.card.listing else _("Where to find help")

    def over_title(self) -> str:
        return _("Where to find help") if self.mode != LIST else ""

    def first_focus(self) -> QWidget | None:
        if self.mode == FIELDS:
            return self.fields.first_focus()
        return self.card.first_focus() if self.mode == CARD else self.find_field

    def show_for(self, **where: str) -> None:
        self._forget_back()
        self.forget_wishes()
        if where.get("need"):
            self.need.choose(where["need"])
            self._find()
        if where.get("add") and self._mine():
            self._begin()
        elif where.get("place"):
            self.open(where["place"])
        else:
            self._turn(LIST)

    def refresh(self, changed: Changed | None) -> None:
        if changed is not None and not changed.kinds & {"service", "chosen", "pack"}:
            return
        self._own_tools.setVisible(self._mine())
        spoken_here = self.desk.session.directory.languages()
        self.language.set_items(
            [("", _("Any language")), *sorted(((each, spoken(each)) for each in spoken_here), key=_second)]
        )
        self._find()
        if self.mode == CARD:
            self._show_card()
        elif self.mode == FIELDS and not self._mine():
            self._turn(LIST)

    def leave(self) -> bool:
        if self.mode == FIELDS:
            self.fields.flush()
        self._forget_back()
        return True

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """The place that is being written, or a new one."""
        if self.mode != FIELDS:
            return where
        entry = self.fields.entry
        return {"place": f"own/{entry.id}"} if entry is not None else {"add": "yes"}

    def draft(self) -> dict[str, Any] | None:
        found = self.fields.draft() if self.mode == FIELDS else None
        return {"values": found} if found else None

    def take_draft(self, data: dict[str, Any]) -> None:
        values = data.get("values")
        if isinstance(values, dict) and self._mine():
            self._begin()
            self.fields.take_draft(values)

    # ---------------------------------------------------------------- taking back

    def own_undo_words(self) -> str | None:
        return self._back[0] if self._back is not None else None

    def undo_here(self) -> str | None:
        if self._back is None:
            return None
        _words, act = self._back
        self._back = None
        return act()

    def _can_take_back(self, words: str, act: Callable[[], str]) -> None:
        self._back = (words, act)

    def _forget_back(self) -> None:
        self._back = None

    def came_in(self, taken: TakenIn) -> None:
        """A list was brought in: say so, and let it be taken back from here."""

        def act() -> str:
            self.desk.session.directory.take_back(taken)
            return _("The list is out again.")

        self._can_take_back(_("Bring in a list"), act)
        self.desk.say(came_in_words(taken.new, taken.changed), undo=bool(taken.before))

    # ---------------------------------------------------------------- the list

    def _mine(self) -> bool:
        """Whether places may be written: not while somebody sits beside the worker."""
        return self.desk.session.only is None

    def wanted(self) -> Wanted:
        """What is looked for."""
        return Wanted(
            self.find_field.text(), self.need.value(), self.language.value(), self.cost.value(), self.ease.value()
        )

    def forget_wishes(self) -> None:
        """Show every place again."""
        for picker in (self.need, self.language, self.cost, self.ease):
            picker.choose("")
        self.wishes.set_open(False)
        self.find_field.setText("")
        self._find()

    def _find(self) -> None:
        wanted = self.wanted()
        self._answer = self.desk.session.directory.find(wanted)
        self._silent_shown, self._most = False, SHOWN
        found = len(self._answer.found)
        words = n_("{n} place", "{n} places", found).format(n=found)
        nothing = _("No place here fits all of that. Take one wish away, or call 211 and ask.")
        self.count.setText(words if found else nothing)
        self._clear.setVisible(wanted != Wanted())
        self._show_lines()

    def _show_lines(self) -> None:
        lines = self._lines(self._answer.found[: self._most])
        if self._silent_shown:
            lines.append(Line("head-silent", _("They do not say. Ask them."), section=True))
            lines += [line_of(each, self.desk.session.today()) for each in self._answer.silent[: self._most]]
        self.list.set_lines(lines)
        left = len(self._answer.silent)
        further = max(0, len(self._answer.found) - self._most)
        further = max(further, left - self._most) if self._silent_shown else further
        self.more_button.setVisible(further > 0)
        self.more_button.set_words(more_words(further))
        silent = bool(left) and not self._silent_shown and not further
        self.silent_button.setVisible(silent)
        self._more.setVisible(silent or further > 0)
        self.silent_button.set_words(
            n_("{n} more place does not say. Show it", "{n} more places do not say. Show them", left).format(n=left)
        )

    def _lines(self, found: tuple[Listing, ...]) -> list[Line]:
        today = self.desk.session.today()
        groups = [
            (_("Written into this notebook"), [each for each in found if each.own is not None]),
            (_("In the whole country"), [each for each in found if each.own is None and not each.giver]),
            (_("From others"), [each for each in found if each.giver]),
        ]
        lines: list[Line] = []
        for number, (head, places) in enumerate(groups):
            if places:
                lines.append(Line(f"head-{number}", head, section=True))
                lines += [line_of(each, today) for each in places]
        return lines

    def _show_more(self) -> None:
        self._most += SHOWN
        self._show_lines()
        self.list.setFocus()

    def _show_silent(self) -> None:
        self._silent_shown = True
        first = self._answer.silent[0].id
        self._show_lines()
        self.list.choose(first)
        self.list.setFocus()

    # ---------------------------------------------------------------- one place

    def _turn(self, mode: str) -> None:
        self.mode = mode
        self._listed.setVisible(mode == LIST)
        self.card.setVisible(mode == CARD)
        self.fields.setVisible(mode == FIELDS)
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)
        self.head_changed.emit()

    def open(self, place: str) -> None:
        """Open one place."""
        self.open_id = place
        self._turn(CARD)
        self._show_card()
        self.card.first_focus().setFocus()

    def _show_card(self) -> None:
        found = {each.id: each for each in self.desk.session.directory.all()}
        listing = found.get(self.open_id)
        self.card.show_place(listing)
        self.head_changed.emit()
        if listing is None:
            self.show_list()

    def show_list(self) -> None:
        """All places again, at the one that was open."""
        self._turn(LIST)
        self.list.choose(self.open_id)
        self.list.setFocus()

    def into_people(self) -> None:
        """Make somebody to call of the place that is open."""
        session, listing = self.desk.session, self.card.listing
        if session.person is None or listing is None:
            return
        person, made = session.person.id, [False]

        def work() -> None:
            _contact, made[0] = session.directory.into_people(listing, person)

        self._forget_back()
        if self.desk.keep(work):
            words = _("“{place}” is among the people now.") if made[0] else _("“{place}” is among the people already.")
            self.desk.say(words.format(place=listing.name), undo=made[0])

    def check_today(self) -> None:
        """Say that somebody looked today."""
        listing = self.card.listing
        if listing is None or listing.own is None:
            return
        from dataclasses import replace

        before = listing.own
        entry = replace(before, checked=self.desk.session.today().isoformat())
        if self.desk.keep(lambda: self._keep(entry, before)):
            self.desk.say(_("Checked today."), undo=True)

    def _keep(self, entry: OwnService, before: OwnService) -> None:
        self.desk.session.directory.save(entry)
        self._saved(before)

    def remove(self) -> None:
        """Take the place that is open out; it can be put back."""
        listing = self.card.listing
        if listing is None or listing.own is None:
            return
        entry = listing.own
        self.show_list()
        if not self.desk.keep(lambda: self.desk.session.directory.remove(entry.id)):
            return
        words = _("“{place}” is taken out.").format(place=entry.name)

        def act() -> str:
            self.desk.session.directory.save(entry)
            return _("“{place}” is back.").format(place=entry.name)

        self._can_take_back(_("Take out a place"), act)
        self.desk.say(words, undo=True)

    # ---------------------------------------------------------------- writing

    def add(self) -> None:
        """Begin a new place."""
        self._begin()
        self.fields.first_focus().setFocus()

    def _begin(self) -> None:
        self.fields.show_entry(None)
        self._turn(FIELDS)

    def change(self) -> None:
        """Change the place that is open."""
        listing = self.card.listing
        if listing is not None and listing.own is not None:
            self.fields.show_entry(listing.own)
            self._turn(FIELDS)
            self.fields.first_focus().setFocus()

    def _written(self) -> None:
        """The fields are done with: show the place, or the list."""
        if not self.fields.flush():
            self.fields.first_focus().setFocus()
            return
        entry = self.fields.entry
        if entry is not None:
            self.open(f"own/{entry.id}")
        else:
            self.show_list()

    def _saved(self, before: OwnService | None) -> None:
        """Something was kept; the state before the first change of this visit can come back."""
        entry = self.fields.entry
        if self._back is not None and before is not None and self.mode == FIELDS:
            return
        name = before.name if before is not None else (entry.name if entry is not None else "")

        def act() -> str:
            if before is not None:
                self.desk.session.directory.save(before)
            elif self.fields.entry is not None:
                self.desk.session.directory.remove(self.fields.entry.id)
                name_now = self.fields.entry.name
                self._turn(LIST)
                return _("“{place}” is taken out.").format(place=name_now)
            if self.mode == FIELDS:
                self._turn(LIST)
            self.refresh(None)
            return _("“{place}” is as it was before.").format(place=name)

        self._can_take_back(_("Change a place"), act)
        self.head_changed.emit()


def _second(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
