"""Cards of people that leave as a file: who, which parts, and in plain words what the file will tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.exchange.cards_gate import CardParts, cards_leaving, cards_out, cards_reveal, never_on_cards
from planner.exchange.cards_write import CardOut, Version, write_cards
from planner.plan.records import SupportContact
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.dialogs import Dialog, trouble
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.layouts import STRETCH, Box, apart, clear, column, columns, fold, hold
from planner.ui.kit.lists import Line
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.pages.cards_parts import InOrOut
from planner.ui.pages.cards_words import about_card
from planner.ui.pages.print_parts import PartTick
from planner.ui.printing import LEFT
from planner.words import N_, _, c_, n_

if TYPE_CHECKING:
    from planner.ui.page import Desk

SUFFIX = ".vcf"
PARTS: tuple[tuple[str, str], ...] = (
    ("phones", N_("Phone numbers")),
    ("emails", N_("E-mail addresses")),
    ("organisations", N_("Places or groups")),
    ("roles", N_("Who they are")),
    ("languages", N_("Languages")),
)
VERSIONS = (Version.THREE, Version.FOUR)


def export_card(desk: Desk, contact_id: str) -> None:
    """Save a card of one person."""
    _export(desk, contact_id)


def export_cards(desk: Desk) -> None:
    """Save cards of the people that she chooses."""
    _export(desk, "")


def _export(desk: Desk, contact_id: str) -> None:
    person = desk.session.person
    if person is None:
        return
    offered = desk.session.card_files.offered(person.id)
    one = [each for each in offered if each.id == contact_id]
    if contact_id and not one:
        return
    desk.ask(CardExport(_widget(desk), desk, one or offered))


class CardExport(Dialog):
    """Nothing leaves before a place is chosen; what leaves is said beside the choices and follows them."""

    def __init__(self, parent: QWidget, desk: Desk, people: list[SupportContact]) -> None:
        """``people`` are those of whom a card can be made: one, or all to choose from."""
        self._desk, self._window_of = desk, parent
        person = desk.session.person
        self._person = person.id if person is not None else ""
        self._ids = [each.id for each in people]
        alone = len(people) == 1
        self.list = InOrOut(_("People"), on_words=_("goes along"), off_words=_("stays here"))
        known = {each.id: each for each in people}
        self.list.set_people(
            self._ids,
            lambda each: Line(each, known[each].name or known[each].organisation, about_card(known[each])),
            () if alone else self._ids,
        )
        self.list.changed.connect(self._say)
        every = Button(c_("people", "All of them"), "quiet", compact=True, on=lambda: self.list.set_all(True))
        none = Button(c_("people", "None of them"), "quiet", compact=True, on=lambda: self.list.set_all(False))
        who = hold(column(apart(Text(_("Whose cards"), "label"), every, none), 4, self.list))
        if alone:  # shown before it has a parent, it would open as a window of its own
            who.hide()
        self.ticks = {name: PartTick(_(words), chosen=True, value=name) for name, words in PARTS}
        for tick in self.ticks.values():
            tick.clicked.connect(lambda _on=False: self._say())
        held = cards_out(people, CardParts())
        self._held = {name for name, _words in PARTS if any(_has(card, name) for card in held)}
        ticks = [tick for name, tick in self.ticks.items() if name != "languages"]
        self.version = Segment((_("For most phones"), _("A newer kind")), 0, _("Kind of file"))
        self.version.chosen_changed.connect(lambda _place: self._turn_form())
        form = column(
            self.version,
            8,
            Text(_("Version 3.0 is read nearly everywhere. Version 4.0 also says languages."), "body", "ink_soft"),
        )
        self._lines = Box(True, 4, (0, 0, 0, 0))
        self.sentences: list[str] = []
        head = _("What this file tells")
        told = Sheet(column(Text(head, "strong"), 4, self._lines, margins=(20, 16, 20, 16)), "sand", name=head)
        choices = column(
            Text(_("On the card, beside the name"), "label"),
            8,
            column(fold(*ticks[:2]), fold(*ticks[2:]), gap=8),
            8,
            self.ticks["languages"],
            12,
            Disclosure(_("Another kind of file"), _("Hide kinds of file"), hold(form)),
        )
        plain = _("Never on a card: your notes, and how close they are.")
        never = Text(plain if desk.session.everyday else never_on_cards(), "body", "ink_soft")
        # What the file tells is in sight before anything is pressed: below one person, beside many.
        if alone:
            body = column(choices, 12, told, 12, never)
        else:
            body = column(columns(column(choices, 24, who), column(told, 12, never), 300, 32), STRETCH)
        if alone:
            title = _("Save a card of {name}").format(name=people[0].name or people[0].organisation)
        else:
            title = _("Save cards of people")
        words = "" if people else _("There is nobody yet of whom a card could be made.")
        super().__init__(parent, title, words, body if people else None, icon="people", width=648 if alone else 980)
        if people:
            self.save = self.add_button(_("Choose a place"), "main", self._ask_place, closes=False, default=True)
        self.add_button(_("Not now"), "quiet")
        self._show_ticks()
        self._say(aloud=False)

    # ---------------------------------------------------------------- what leaves

    def parts(self) -> CardParts:
        """The parts that are ticked."""
        return CardParts(**{name: tick.isChecked() for name, tick in self.ticks.items()})

    def form(self) -> Version:
        """The form of the file."""
        return VERSIONS[self.version.chosen]

    def cards(self) -> list[CardOut]:
        """The cards as they would leave now."""
        return self._desk.session.card_files.cards(self._person, set(self.list.on()), self.parts())

    def _turn_form(self) -> None:
        self._show_ticks()
        self._say()

    def _show_ticks(self) -> None:
        """Only what somebody has can be ticked; languages stand on the newer form alone."""
        for name, tick in self.ticks.items():
            tick.setVisible(name in self._held and (name != "languages" or self.form() is Version.FOUR))

    def _say(self, *, aloud: bool = True) -> None:
        cards = self.cards()
        said = cards_reveal(cards, self.form())
        if cards:
            said.append(_("Anyone who finds the file can open it. It has no passphrase."))
        new = [each for each in said if each not in self.sentences]
        self.sentences = said
        clear(self._lines)
        for each in said:
            self._lines.put(Text(each, "body"))
        if aloud:
            announce(self, " ".join(new))

    # ---------------------------------------------------------------- the way out

    def _ask_place(self) -> None:
        cards = self.cards()
        if not cards:
            self.list.setFocus()
            announce(self, _("No card is chosen yet."))
            return
        version = self.form()
        self.accept()
        ask_place(self._window_of, self._desk, cards, version)


def _has(card: CardOut, part: str) -> bool:
    held = {"phones": card.phones, "emails": card.email, "organisations": card.organisation, "roles": card.role}
    return bool(held.get(part, card.languages))


def ask_place(parent: QWidget, desk: Desk, cards: list[CardOut], version: Version) -> None:
    """Where the file goes; a place that takes nothing is told, and asked for again."""
    from planner.ui.paper.place import ChoosePlace

    ChoosePlace(parent, lambda path: save_cards(parent, desk, path, cards, version), suffix=SUFFIX).open()


def save_cards(parent: QWidget, desk: Desk, path: Path, cards: list[CardOut], version: Version) -> None:
    """Write the file, whole or not at all, and then into the activity log that it left."""
    from planner.ui.work import Work

    person = desk.session.person
    leaving = cards_leaving(person.id if person is not None else "", cards, version)

    def work(_progress: object) -> None:
        from planner.ui.paper.choose_file import save_chosen

        save_chosen(path, write_cards(cards, version))

    def done(_nothing: object) -> None:
        desk.keep(lambda: desk.session.log(LEFT, leaving.person, leaving.detail()))
        count = len(cards)
        desk.say(n_("{n} card is saved.", "{n} cards are saved.", count).format(n=count))

    def failed(what: MachineTrouble) -> None:
        trouble(parent, what).finished.connect(lambda _code: ask_place(parent, desk, cards, version))

    Work(parent, _("Saving the file"), work, done, cancel=False, failed=failed)


def _widget(desk: Desk) -> QWidget:
    assert isinstance(desk, QWidget)  # a desk is a part of the window
    return desk
