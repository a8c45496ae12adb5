"""Her own page on its way to paper: which parts, and what somebody who reads it would learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.exchange.own_page_parts import OwnPagePaper
from planner.plan.safety import SafetyGroup, group_words
from planner.session.own_page import own_page_name
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import column
from planner.ui.kit.picker import Picker
from planner.ui.kit.said import announce
from planner.ui.kit.text import Text
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk

ONLY_IF_CHOSEN = frozenset({SafetyGroup.WAY_OUT, SafetyGroup.CONTACTED})
"""Parts that stand on paper only once somebody ticks them."""


class PrintOwnPage(Dialog):
    """The parts that hold something, each to tick; what the pages tell follows."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """The person whose pages are open."""
        from planner.ui.printing import usual_paper_size

        self._desk = desk
        session = desk.session
        self._person = session.person.id if session.person is not None else ""
        self._lines = tuple(session.safety_lines(self._person)) if self._person else ()
        self._careful = tuple(
            each.name for each in (session.contacts(self._person, keep_away=True) if self._person else ())
        )
        there = {each.group for each in self._lines}
        self.ticks = {
            group: TickChoice(group_words(group), chosen=group not in ONLY_IF_CHOSEN, value=group.value)
            for group in SafetyGroup
            if group in there
        }
        name = own_page_name(session, self._person) if self._person else ""
        self._name = name
        self.titled = TickChoice(_("“{words}” at the top").format(words=name), chosen=False)
        self.paper_size = Picker([("a4", _("A4")), ("us-letter", _("US Letter"))], usual_paper_size())
        self.reveals = Text("", "body")
        parts: list[QWidget | int] = [each for tick in self.ticks.values() for each in (tick, 8)]
        body = column(
            *parts,
            4,
            self.titled,
            16,
            FieldRow(_("Size"), self.paper_size),
            16,
            Text(_("What these pages tell"), "strong"),
            self.reveals,
        )
        super().__init__(
            parent,
            _("Put the page on paper"),
            _("Paper can be found. Leave out what only you should know."),
            body,
            icon="print",
        )
        self.add_button(_("Look at the pages"), "main", self._look, default=True)
        self.add_button(_("Not now"), "quiet")
        for tick in (*self.ticks.values(), self.titled):
            tick.clicked.connect(lambda _on=False: self._say(aloud=True))
        self._say()

    def paper(self) -> OwnPagePaper:
        """The page as it would be printed now."""
        return OwnPagePaper(
            lines=self._lines,
            groups=frozenset(group for group, tick in self.ticks.items() if tick.isChecked()),
            title=self._name if self.titled.isChecked() else "",
            careful=self._careful,
            size=self.paper_size.value(),
        )

    def _say(self, *, aloud: bool = False) -> None:
        from planner.exchange.own_page_parts import page_reveals

        words = "\n".join(page_reveals(self.paper()))
        if words != self.reveals.text():
            self.reveals.setText(words)
            if aloud:
                announce(self, words)

    def _look(self) -> None:
        from planner.exchange.gate import Leaving, Left, PaperKind
        from planner.exchange.own_page import page_sheet
        from planner.exchange.own_page_parts import page_reveals
        from planner.ui.printing import preview_and_print

        paper = self.paper()
        leaving = Leaving(what=Left.PRINTED, paper=PaperKind.OWN_PAGE, person=self._person)
        preview_and_print(self._desk, _("The pages"), lambda: page_sheet(paper), page_reveals(paper), leaving)
