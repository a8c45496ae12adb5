"""The card for the wallet: one line after the other is chosen for it, and what a finder would learn stands beside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.exchange.own_page_parts import MARKED, CardPaper, card_reveals, card_words
from planner.plan.records import SafetyLine
from planner.plan.safety import SafetyGroup, group_words
from planner.session.own_page import KIND, own_page_name
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import Box, clear, column, columns, flow, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import EmptyPage
from planner.ui.kit.text import Rule, Text
from planner.ui.page import Page
from planner.ui.pages.plan_words import Hand
from planner.ui.pages.print_told import Told
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

ORDER = (SafetyGroup.PERSON, SafetyGroup.PLACE, *(each for each in SafetyGroup if each not in ("person", "place")))
"""Names and numbers first: they are what a card is for."""

SHOWN = frozenset({SafetyLine.kind, KIND, "chosen", "person", "contact"})


class CardPage(Page):
    """Nothing stands on the card before it is ticked; what says more than a name is shut away first."""

    name: ClassVar[str] = "card"
    tab: ClassVar[str] = "safety"

    def __init__(self, desk: Desk) -> None:
        """Build both faces."""
        super().__init__(desk)
        from planner.ui.printing import usual_paper_size

        self.lines: list[SafetyLine] = []
        self._hand = Hand(desk)
        self.ticks: dict[str, TickChoice] = {}
        self._shown: list[tuple[str, ...]] = []
        self._plain, self._marked = Box(True, 0, (0, 0, 0, 0)), Box(True, 0, (0, 0, 0, 0))
        marked = column(
            Text(_("These say more than a name does. Choose one only if a stranger may read it."), "body", "ink_soft"),
            4,
            self._marked,
        )
        self.more = Disclosure(_("Other lines of the page"), _("Hide the other lines"), hold(marked))
        self.paper_size = Picker([("a4", _("A4")), ("us-letter", _("US Letter"))], usual_paper_size())
        self.told = Told(_("What the card tells"))
        self.look_button = Button(_("Look at the card"), "main", icon="show", on=self.look)
        self.back_button = Button(_("Back to the page"), "quiet", icon="back", compact=True, on=self._back)
        main = column(
            flow(self.back_button),
            12,
            Text(_("As big as a bank card. Only what you tick stands on it. It has no title."), "body", "ink_soft"),
            20,
            self._plain,
            16,
            self.more,
            24,
            FieldRow(_("Paper in the printer"), self.paper_size),
            16,
        )
        self._both = columns(main, self.told)
        self._foot = hold(column(Rule(), 16, flow(self.look_button), margins=(40, 0, 40, 20)))
        self.empty_button = Button(_("Write a line"), "main", icon="plus", on=self._back)
        self.empty = EmptyPage(
            "sheet",
            _("Your card will be here"),
            _("First write down a name, a number or a place on your page. Then choose here what the card shows."),
            [self.empty_button],
            _("Nothing leaves this notebook by itself."),
        )
        self.set_body(column((self._both, 1), (self.empty, 1)), foot=self._foot)
        assert self.area is not None
        self.told.follow(self.area.verticalScrollBar())
        self.refresh(None)

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        """In neutral words."""
        return _("Card for my wallet")

    def over_title(self) -> str:
        """The page it is made from."""
        return own_page_name(self.desk.session, self._hand.person) if self._hand.person else ""

    def first_focus(self) -> QWidget | None:
        """The first line, or the way to write one."""
        return next(iter(self.ticks.values()), self.empty_button)

    def refresh(self, changed: Changed | None) -> None:
        """Show the lines as they are stored."""
        person = self._hand.person
        if changed is not None and not changed.concerns(person, SHOWN):
            return
        self.lines = self.desk.session.safety_lines(person) if person else []
        shown: list[tuple[str, ...]] = [
            (each.id, each.group.value, card_words(each), each.phone) for each in self.lines
        ]
        if shown != self._shown:
            self._shown = shown
            self._build()
        for each in self.lines:
            self.ticks[each.id].setChecked(each.on_card)
        there = bool(self.lines)
        for part in (self._both, self._foot):
            part.setVisible(there)
        self.empty.setVisible(not there)
        self.told.say(card_reveals(self.paper()))
        self.head_changed.emit()

    def _build(self) -> None:
        self.ticks = {}
        for box, marked in ((self._plain, False), (self._marked, True)):
            clear(box)
            for group in ORDER:
                inside = [each for each in self.lines if each.group is group and (group in MARKED) is marked]
                if inside:
                    box.put(12, Text(group_words(group), "label", weight=600), 8)
                for each in inside:
                    tick = TickChoice(card_words(each) or _("No words yet"), each.phone, value=each.id)
                    tick.clicked.connect(partial(self._ticked, each.id, tick))
                    self.ticks[each.id] = tick
                    box.put(tick, 8)
        marked_there = any(each.group in MARKED for each in self.lines)
        self.more.setVisible(marked_there)
        if marked_there and any(each.on_card and each.group in MARKED for each in self.lines):
            self.more.set_open(True)

    # ---------------------------------------------------------------- what is done

    def paper(self) -> CardPaper:
        """The card as it would be printed now."""
        person = self._hand.person
        careful = self.desk.session.contacts(person, keep_away=True) if person else []
        return CardPaper(
            lines=tuple(self.lines), careful=tuple(each.name for each in careful), size=self.paper_size.value()
        )

    def _ticked(self, line: str, tick: TickChoice, *_on: bool) -> None:
        checked = tick.isChecked()
        words = _("Put a line on the card") if checked else _("Take a line off the card")
        if not self._hand.write(words, lambda edit: edit.change(line, on_card=checked)):
            tick.setChecked(not checked)
            return
        self.told.say(card_reveals(self.paper()), aloud=True)

    def _back(self) -> None:
        self.desk.go("safety")

    def look(self) -> None:
        """Make the card and show it."""
        from planner.exchange.gate import Leaving, Left, PaperKind
        from planner.exchange.own_page import card_sheet
        from planner.exchange.own_page_parts import on_card
        from planner.ui.printing import preview_and_print

        paper = self.paper()
        if not on_card(paper.lines):
            self.desk.say(_("Nothing is on the card yet. Tick one line after the other."))
            return
        leaving = Leaving(what=Left.PRINTED, paper=PaperKind.CARD, person=self._hand.person)
        preview_and_print(self.desk, _("The card"), lambda: card_sheet(paper), card_reveals(paper), leaving)
