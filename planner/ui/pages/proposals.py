"""This is what could go into the plan: each thing kept, changed or left out; and the kind page after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.session.own_page import own_page_name
from planner.session.types import Choice, Decision, Proposal
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import TOP, column, columns, flow, hold, row
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Icon, Rule, Section, Text
from planner.ui.pages.form_views import View
from planner.ui.pages.proposal_card import ProposalCard
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.ui.formats import Formats
    from planner.ui.page import Desk

_GROUPS: tuple[tuple[str, str], ...] = (
    ("goal", N_("Goals")),
    ("step", N_("Steps")),
    ("appointment", N_("Appointments")),
    ("clock", N_("Time limits")),
    ("paper", N_("Papers")),
    ("check-in", N_("Check-ins")),
    ("safety-line", N_("My own page")),
    ("contact", N_("People")),
    ("dependent", N_("Those you look after")),
)


MANY = 4
"""From so many things of a kind on, all of them can be left out, or kept, at once."""


class ProposalsView(View):
    """Nothing goes into the plan before she says so."""

    changed = Signal()

    def __init__(self, proposals: Sequence[Proposal], formats: Formats, decided: dict[str, Any]) -> None:
        super().__init__()
        self.proposals = list(proposals)
        self.cards: list[ProposalCard] = []
        main = column(Text(self.heading(), "question"), 8, Text(self._words(), "body", "ink_soft"))
        for kind, title in _GROUPS:
            here: list[ProposalCard] = []
            for each in self.proposals:
                if each.kind == kind:
                    before = decided.get(each.origin)
                    here.append(ProposalCard(each, formats, before if isinstance(before, dict) else {}))
            if here:
                main.put(28, Section(_(title), action=AllAtOnce(_(title), here) if len(here) >= MANY else None))
            for number, card in enumerate(here):
                card.changed.connect(self.changed)
                main.put(Rule(start=8) if number else None, card)
            self.cards += here
        aside = Note(_("It is your plan. You can change or take out each thing later, too."))
        self.setLayout(column(columns(main, column(aside), "why_width")))

    def _words(self) -> str:
        if self.proposals:
            return _("Keep, change or leave out each thing. Your answers stay as they are.")
        return _("There is nothing new for your plan. That is fine. Your answers are kept.")

    def heading(self) -> str:
        """The title."""
        return _("This is what could go into your plan")

    def next_words(self) -> tuple[str, str]:
        """Putting it in, or being done."""
        return (_("Put into my plan") if self.proposals else _("Done for now")), "check"

    def first(self) -> QWidget | None:
        """The first choice."""
        return self.cards[0].tray.findChildren(QWidget)[0] if self.cards else None

    def commit(self) -> None:
        """Take over what is half typed."""
        for card in self.cards:
            card.commit()

    def decisions(self) -> list[Decision]:
        """What she decided about each."""
        return [card.decision() for card in self.cards]

    def saying(self) -> dict[str, Any]:
        """What she said to each that is not as it was offered; JSON values."""
        return {card.proposal.origin: said for card in self.cards if (said := card.saying())}


class AllAtOnce(Button):
    """Leaves all of a kind out, or keeps them once all are left out; each can still be decided by itself."""

    def __init__(self, title: str, cards: Sequence[ProposalCard]) -> None:
        super().__init__("", "quiet", compact=True, on=self._pressed_once)
        self._about, self._cards = title, cards
        for card in cards:
            card.changed.connect(self._say)
        self._say()

    def _keeps(self) -> bool:
        return not any(card.is_kept for card in self._cards)

    def _say(self) -> None:
        words = _("Keep all of these") if self._keeps() else _("Leave out all of these")
        self.set_words(words, f"{self._about}: {words}")

    def _pressed_once(self) -> None:
        choice = Choice.KEEP if self._keeps() else Choice.DROP
        for card in self._cards:
            card.choose(choice)


class EndView(View):
    """What is in the plan now, and where to go from here."""

    def __init__(self, desk: Desk, kept: Sequence[str]) -> None:
        super().__init__()
        self._title = _("It is in your plan now") if kept else _("Your answers are kept")
        self.plan = Button(_("Go to my plan"), "main", after="next", big=True, on=lambda: desk.go("plan"))
        today = Button(_("Go to Today"), big=True, on=lambda: desk.go("today"))
        forms = Button(_("All guided forms"), "quiet", big=True, on=lambda: desk.go("forms"))
        page = _own_page(desk, kept)
        if kept:
            words = _("One step at a time is enough. You can change each thing, and take out what does not fit.")
        else:
            words = _("Nothing new went into your plan. You can come back to your answers at any time.")
        main = column(Text(self._title, "question"), 8, Text(words, "body", "ink_soft"), 20)
        for number, title in enumerate(kept):
            line = row((Icon("check", "accent", box=24, box_height=24), TOP), (Text(title, "row"), 1), gap=12)
            main.put(Rule(start=8) if number else None, hold(_padded(line)))
        main.put(28, flow(self.plan, *page, today, forms, gap=12))
        self.setLayout(column(columns(main, column(), "why_width")))

    def heading(self) -> str:
        """The title."""
        return self._title

    def first(self) -> QWidget | None:
        """The way to the plan."""
        return self.plan


def _own_page(desk: Desk, kept: Sequence[str]) -> list[Button]:
    """The way to her own page, where a line of it was kept."""
    session = desk.session
    person = session.person
    if person is None or not {each.line for each in session.safety_lines(person.id)} & set(kept):
        return []
    words = _("Go to “{words}”").format(words=own_page_name(session, person.id))
    return [Button(words, icon="bookmark", big=True, on=lambda: desk.go("safety"))]


def _padded(line: Any) -> Any:
    line.set_margins((8, 12, 8, 12))
    return line
