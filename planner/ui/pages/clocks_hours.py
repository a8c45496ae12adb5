"""Care that helps only in the first days: what still helps, and until when. Nothing here is asked, and nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.packs.time_limits import LimitKind, LimitTemplate
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.layouts import Box, clear, column, columns, flow, hold
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Chip, Rule, Text
from planner.ui.pages.library_parts import WhereFrom, door_rows, page_there, points, standing_note
from planner.words import N_, _, language, n_

if TYPE_CHECKING:
    from planner.ui.page import Desk

DAY = 24
AGO: tuple[tuple[str, int], ...] = (
    (N_("All of it"), 0),
    (N_("Under 1 day"), 1),
    (N_("1 to 3 days"), 2 * DAY),
    (N_("3 to 5 days"), 4 * DAY),
    (N_("Longer"), 31 * DAY),
)
"""How long ago, as it can be looked at: words, and hours that stand for it. It lives as long as the page is open."""


def hours_words(hours: int) -> str:
    """Until when something helps."""
    if hours % DAY == 0:
        return n_("Within {n} day", "Within {n} days", hours // DAY).format(n=hours // DAY)
    return n_("Within {n} hour", "Within {n} hours", hours).format(n=hours)


class FirstDays(QWidget):
    """Each kind of care with its hours."""

    def __init__(self, desk: Desk, back: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self.ago = Segment([_(words) for words, _hours in AGO], name=_("How long ago"), wraps=True)
        self.ago.chosen_changed.connect(lambda _index: self.show_all())
        self.cards = Box(True, 0, (0, 0, 0, 0))
        self.where_from: list[WhereFrom] = []
        self.back_button = Button(_("All time limits"), "quiet", icon="back", compact=True, on=back)
        self.help_button = Button(_("Numbers to call now"), "main", icon="phone", on=lambda: desk.go("help"))
        words = _("You may ask for each of these. You do not have to tell what happened, or who it was.")
        side = column(
            Note(words, "health"),
            16,
            Note(_("What you look at here is not kept. When you leave this page, it is gone."), "lock"),
        )
        main = column(
            flow(self.back_button),
            4,
            Text(_("Some care helps most in the first days. Later there is still care."), "lead", "ink_soft"),
            16,
            flow(self.help_button),
            24,
            Text(_("Look at what still helps"), "label", weight=600),
            8,
            self.ago,
            16,
            hold(self.cards),
        )
        self.setLayout(column(columns(main, side)))

    def forget(self) -> None:
        """Nothing of what was looked at stays."""
        self.ago.choose(0)

    def show_all(self) -> None:
        """Show each kind of care, by what was chosen."""
        clear(self.cards)
        ago = AGO[self.ago.chosen][1]
        known = [each for each in self._desk.session.content.time_limits() if each.kind is LimitKind.HOURS]
        for number, each in enumerate(sorted(known, key=lambda one: (one.hours < ago, one.hours))):
            self.cards.put(Rule() if number else None, self._card(each, helps=each.hours >= ago))

    def _card(self, each: LimitTemplate, *, helps: bool) -> QWidget:
        spoken = language()
        chips = [Chip(hours_words(each.hours), "later", "wash" if helps else "well")]
        if each.best and helps:
            chips.append(Chip(_("The first day is best") if each.best == DAY else hours_words(each.best), "sun"))
        said = each.rule if helps else (*each.rule, *each.past)
        rows = door_rows(self._desk, each.doors) if page_there(self._desk, "kit") else []
        where = WhereFrom(self._desk)
        where.show_sources(each.sources, each.standing)
        card = column(
            Text(each.title.get(spoken), "card"),
            8,
            flow(*chips),
            10,
            Text(each.about.get(spoken), "body"),
            10,
            points([line.words.get(spoken) for line in said]),
            margins=(0, 20, 0, 20),
        )
        if rows:
            card.put(12, flow(*rows, gap=12))
        note = standing_note(self._desk, each.standing)
        if note is not None:
            card.put(8, note)
        card.put(4, where)
        return hold(card)
