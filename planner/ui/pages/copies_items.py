"""What differs between the notebook and a safety copy, as lines to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from planner.session.comparing import Comparison, Fate, Item, Newer
from planner.ui.kit.lists import Line
from planner.ui.pages.papers_words import check_in_title
from planner.words import N_, _, c_, language

if TYPE_CHECKING:
    from planner.session import Session

MOST = 300
"""Lines of one list: more is nothing that somebody reads through."""

_KINDS = {
    "person": N_("Everything of one person"),
    "step": N_("Step"),
    "helper": N_("Who helps"),
    "barrier": N_("What is in the way"),
    "appointment": N_("Appointment"),
    "outcome": N_("What became of an appointment"),
    "contact": N_("Person in the circle"),
    "dependent": N_("Somebody to look after"),
    "note": N_("Note"),
    "filling": N_("Answers in a guided form"),
    "form": N_("Guided form"),
    "paper": N_("Paper"),
    "tracked-paper": N_("What is written about a paper"),
    "check-in": N_("Check-in"),
    "clock": N_("Time limit"),
    "score": N_("Number from a doctor or therapist"),
    "safety-line": N_("Line of the own page"),
    "service": N_("Place or service"),
    "pack": N_("Content from others"),
}
_ICONS = {
    "person": "people",
    "goal": "plan",
    "step": "step",
    "helper": "together",
    "barrier": "stone",
    "appointment": "calendar",
    "outcome": "calendar",
    "contact": "people",
    "dependent": "family",
    "note": "notes",
    "filling": "forms",
    "form": "forms",
    "paper": "papers",
    "tracked-paper": "papers",
    "check-in": "sun",
    "clock": "later",
    "score": "health",
    "safety-line": "shield",
    "service": "services",
    "pack": "library",
}


def missing(comparison: Comparison) -> tuple[Item, ...]:
    """What was lost here and can come back; what was removed here on purpose is not among it."""
    return tuple(each for each in comparison.only_there if each.fate is Fate.LOST)


class Lines:
    """Turns items into lines; each can be found again by the id of its line."""

    def __init__(self, session: Session, comparison: Comparison) -> None:
        """``comparison`` is what was found."""
        self._session, self._comparison = session, comparison
        self._several = len(comparison.people) > 1
        self._items: dict[str, Item] = {}

    def item(self, line: str) -> Item | None:
        """What a line stands for."""
        return self._items.get(line)

    def title(self, item: Item) -> str:
        """What it is called; a thing without a name is called by its kind."""
        if item.kind == "filling":
            return self._forms().get(item.id, "") or self._forms().get(item.title, "") or kind_words(item.kind)
        if item.kind == "check-in":
            from planner.ui.formats import Formats

            return check_in_title(item.title, Formats(language()))
        return " ".join(item.title.split()) or kind_words(item.kind)

    def of(self, items: Sequence[Item], about: Callable[[Item], str]) -> list[Line]:
        """A line for each, up to :data:`MOST`; ``about`` says more of it."""
        return [self._line(each, about(each)) for each in items[:MOST]]

    def _line(self, item: Item, about: str) -> Line:
        key = f"{item.person}/{item.kind}/{item.id}"
        self._items[key] = item
        who = self._comparison.people.get(item.person, "") if self._several and item.kind != "person" else ""
        detail = ". ".join(part for part in (kind_words(item.kind), who, about) if part)
        return Line(key, self.title(item), detail, icon=_ICONS.get(item.kind, "plan"))

    def _forms(self) -> dict[str, str]:
        return self._session.forms.titles()


def kind_words(kind: str) -> str:
    """What sort of thing it is."""
    if kind == "goal":
        return c_("proposal", "Goal")
    return _(_KINDS[kind]) if kind in _KINDS else ""


def fate_words(item: Item) -> str:
    """What became of it here."""
    return _("You removed it here") if item.fate is Fate.REMOVED else ""


def newer_words(item: Item) -> str:
    """Which side has the newer words."""
    if item.newer is Newer.HERE:
        return _("Newer in the notebook")
    if item.newer is Newer.THERE:
        return _("Newer in the copy")
    return _("Changed on both sides") if item.newer is Newer.BOTH else ""
