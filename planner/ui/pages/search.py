"""Find: what has words that begin like those typed in the head, by kind, with what matched."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from planner.plan.records import GoalPart, SupportContact
from planner.session import Found, Mode
from planner.ui.kit.layouts import column, columns
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Text
from planner.ui.page import Page
from planner.ui.pages.search_words import matched_piece, matched_words
from planner.ui.people_words import tone_of
from planner.words import N_, _, n_

if TYPE_CHECKING:
    from planner.session import Changed, Person
    from planner.ui.page import Desk

MOST = 40
"""Results shown; with more, better words find sooner."""

MOST_PEOPLE = 6

CAREFUL = "careful"
"""Somebody she keeps away from: never found among her people, as if they were one of them."""

KINDS: dict[str, tuple[str, str]] = {
    "goal": (N_("Goals"), "plan"),
    "step": (N_("Steps"), "step"),
    "appointment": (N_("Appointments"), "calendar"),
    "contact": (N_("People"), "people"),
    CAREFUL: (N_("People to be careful with"), "shield"),
    "dependent": (N_("People looked after"), "family"),
    "helper": (N_("Who helps"), "together"),
    "barrier": (N_("In the way"), "stone"),
    "outcome": (N_("What became of an appointment"), "calendar"),
}
"""What is found, in the order in which it is shown: its head and its icon."""


class SearchPage(Page):
    """Answers each key; with several people only initials tell whose a thing is."""

    name: ClassVar[str] = "search"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.text = ""
        self._found: dict[str, Found] = {}
        self.list = ListView(_("What was found"), chevron=True)
        self.list.opened.connect(self.open)
        self.more = Text("", "body", "ink_soft").hide_empty()
        self.note = Note(_("One letter is enough to begin. Part of a phone number works too."), "search")
        self.results = columns(column(self.list, 12, self.more), column(self.note))
        self.empty = EmptyPage("search", "", "")
        self.set_body(column(self.results, (self.empty, 1)))
        self.refresh(None)

    def title(self) -> str:
        return _("Find")

    def show_for(self, **where: str) -> None:
        """``text`` is what to look for."""
        self.text = where.get("text", "").strip()

    def refresh(self, changed: Changed | None) -> None:
        session = self.desk.session
        found = session.search(self.text, MOST) if self.text else []
        people = self._people() if self.text else []
        self._found = {f"{each.person}/{each.id}": each for each in found}
        self.list.set_lines(self._person_lines(people) + self._lines(found))
        count = len(found) + len(people)
        self.results.setVisible(bool(count))
        self.empty.setVisible(not count)
        self.more.setText(
            _("These are the first {n}. Another word finds more closely.").format(n=MOST) if len(found) >= MOST else ""
        )
        if not count:
            self._say_nothing()
        elif changed is None:
            announce(self, n_("{n} found", "{n} found", count).format(n=count))

    def _say_nothing(self) -> None:
        if not self.text:
            self.empty.title.setText(_("What are you looking for?"))
            self.empty.words.setText(
                _("Type a word, a name or part of a phone number in the search field. One letter is enough to begin.")
            )
            return
        self.empty.title.setText(_("Nothing like “{text}” is here").format(text=self.text))
        self.empty.words.setText(
            _("Try the beginning of the word, or another one. What was removed is not looked through.")
        )
        announce(self, self.empty.title.text())

    # ---------------------------------------------------------------- what is shown

    def _people(self) -> list[Person]:
        """Those whose own name or code is like the words, where several people have pages here."""
        session = self.desk.session
        if session.mode is Mode.FOR_ME or session.person is not None or session.only is not None:
            return []
        return session.people(self.text)[:MOST_PEOPLE]

    def _person_lines(self, people: list[Person]) -> list[Line]:
        if not people:
            return []
        lines = [Line("head-person", _("People I work with"), section=True)]
        lines += [
            Line(
                f"person/{each.id}",
                each.shown,
                each.code if each.name else "",
                icon="people",
                bold=matched_words(each.shown, self.text),
            )
            for each in people
        ]
        return lines

    def _lines(self, found: list[Found]) -> list[Line]:
        session = self.desk.session
        several = session.person is None and session.only is None
        initials = {}
        if several:
            initials = {each: session.find_person(each).initial for each in {one.person for one in found}}
        lines = []
        for kind, (head, icon) in KINDS.items():
            group = [each for each in found if self._kind(each) == kind]
            if group:
                lines.append(Line(f"head-{kind}", _(head), section=True))
            for each in group:
                detail = matched_piece(each.matched, each.title, self.text)
                lines.append(
                    Line(
                        f"{each.person}/{each.id}",
                        each.title or _("Without a name"),
                        detail,
                        icon="" if several else icon,
                        letter=initials.get(each.person, ""),
                        tone=tone_of(each.person),
                        bold=matched_words(each.title, self.text) + matched_words(detail, self.text) or (" ",),
                    )
                )
        return lines

    def _kind(self, found: Found) -> str:
        if found.kind != SupportContact.kind:
            return found.kind
        record = self.desk.session.record(found.person, found.id)
        careful = isinstance(record, SupportContact) and record.to_be_careful_with
        return CAREFUL if careful else found.kind

    # ---------------------------------------------------------------- where it leads

    def open(self, line: str) -> None:
        """Open what was found, with its person's pages around it."""
        session, desk = self.desk.session, self.desk
        owner, _slash, record_id = line.partition("/")
        if owner == "person":
            session.choose(record_id)
            desk.go("today")
            return
        found = self._found.get(line)
        if found is None:
            return
        page, where = self._where(found)
        if session.person is None:
            session.choose(found.person)
        desk.go(page, **where)

    def _where(self, found: Found) -> tuple[str, dict[str, str]]:
        if found.kind == "appointment":
            return "appointment", {"appointment": found.id}
        if found.kind in ("contact", "dependent"):
            return "people", {found.kind: found.id}
        if found.kind == "goal":
            return "plan", {"goal": found.id}
        record = self.desk.session.record(found.person, found.id)
        if isinstance(record, GoalPart):
            return "plan", {"goal": record.goal}
        return "appointment", {"appointment": getattr(record, "appointment", "")}
