"""Before the first question, with a worker: what may have to be reported, and who else may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.session import Mode
from planner.ui.kit.choices import ChoiceGroup
from planner.ui.kit.layouts import column, columns, hold
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Rule, Text
from planner.ui.pages.form_views import View
from planner.words import _

if TYPE_CHECKING:
    from datetime import date

    from planner.session import Session
    from planner.session.types import Person
    from planner.ui.page import Desk


def must_ask(session: Session, person: Person) -> bool:
    """Whether it is not known if somebody is under 18, and was not gone over before."""
    return session.mode is Mode.WITH_OTHERS and person.under_18 is None and not person.told_on


def must_tell(session: Session, person: Person) -> bool:
    """Whether the page about a worker's duty to report has to be shown: under 18, and not shown yet."""
    return session.mode is Mode.WITH_OTHERS and bool(person.under_18) and not person.told_on


class AgeView(View):
    """Asks once, gently, whether somebody is under 18."""

    chosen = Signal()

    def __init__(self, person: Person) -> None:
        super().__init__()
        words = _("Is {name} under 18?").format(name=person.shown)
        self.group = ChoiceGroup([("yes", _("Yes")), ("no", _("No")), ("unknown", _("We do not know"))], name=words)
        self.group.changed.connect(self.chosen)
        self._words = words
        main = column(
            Text(words, "question"),
            8,
            Text(
                _("No day of birth is needed. Under 18, there are things to say before the first question."),
                "body",
                "ink_soft",
            ),
            20,
            self.group,
        )
        self.setLayout(column(columns(main, column(), "why_width")))

    def heading(self) -> str:
        """The question."""
        return self._words

    def first(self) -> QWidget | None:
        """The first answer."""
        return self.group.cards[0]

    @property
    def answer(self) -> str:
        """yes, no, unknown, or empty."""
        return next(iter(self.group.values()), "")

    def hold_on(self) -> bool:
        """Nothing holds her on; without an answer it counts as not known."""
        return False


class TellView(View):
    """What may have to be reported, who else may read, and that nobody is assumed to be safe."""

    def __init__(self, desk: Desk, person: Person, *, for_worker: bool = True) -> None:
        """``for_worker``: what is said to the worker alone stands beside it."""
        super().__init__()
        worker = str(desk.session.setting("my_name")).strip() or _("the person who works with you")
        self._title = _("Before the first question")
        main = column(Text(self._title, "question"), 8)
        main.put(Text(_("To read together. Ask about anything that is not clear."), "body", "ink_soft"), 20)
        for number, (head, words) in enumerate(_said(worker)):
            main.put(Rule(above=16, below=16) if number else None, Text(head, "strong"), 4, Text(words, "lead"))
        aside = Note(
            _("Say it in your own words. Leave time for questions. If {name} wants to stop here, that is fine.").format(
                name=person.shown
            ),
            icon="together",
            title=_("For {worker}").format(worker=worker),
        )
        self._for_worker = hold(column(aside))
        if not for_worker:
            self._for_worker.hide()
        self.setLayout(column(columns(main, column(self._for_worker), "why_width")))

    def next_words(self) -> tuple[str, str]:
        """That it was said."""
        return _("We talked about it"), "next"

    def show_worker(self, on: bool) -> None:
        """What is said to the worker alone comes or goes."""
        self._for_worker.setVisible(on)

    def heading(self) -> str:
        """The title."""
        return self._title


def before_values(view: AgeView | TellView, today: date) -> dict[str, Any]:
    """What is kept of a person after one of these pages; nothing where it is not known."""
    if isinstance(view, TellView):
        return {"told_on": today.isoformat()}
    return {"under_18": view.answer == "yes"} if view.answer in {"yes", "no"} else {}


def _said(worker: str) -> tuple[tuple[str, str], ...]:
    return (
        (
            _("What may have to be reported"),
            _(
                "If {worker} learns that someone under 18 is hurt, or may be hurt soon, {worker} may have to report "
                "it, even when you do not want it. Ask first: “What would you have to report, and to whom?”"
            ).format(worker=worker),
        ),
        (
            _("Who else may read this"),
            _(
                "Whoever can open this notebook can read it. A court could ask to see it. In some places a parent or a "
                "guardian may ask for it too."
            ),
        ),
        (
            _("Nobody is taken to be safe for you"),
            _("Not a parent, not a guardian, not a partner. You say who is safe, and who must not know."),
        ),
        (
            _("You choose what you say"),
            _("You can leave each question open, and stop at any time. This notebook sends nothing to anyone."),
        ),
    )
