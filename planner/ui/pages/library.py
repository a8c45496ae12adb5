"""The library: a few calm groups, each opened by itself; everything in it is found by typing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.plan.life import DOMAIN_WORDS, LifeDomain
from planner.session.library import Entry, Shelf, entries, matching
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field
from planner.ui.kit.layouts import column, columns, flow
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Text
from planner.ui.page import Page
from planner.ui.pages.library_parts import alone_at_work, page_there, page_words
from planner.words import N_, _, language, n_

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

SHELVES: dict[Shelf, tuple[str, str, str]] = {
    Shelf.KITS: (
        N_("Getting ready for an appointment"),
        N_("What to bring, what to ask, and what you may say no to."),
        "calendar",
    ),
    Shelf.IDEAS: (N_("Ideas for a plan"), N_("Whole goals, with steps and who can help. Take what fits."), "plan"),
    Shelf.READ: (N_("To read"), N_("One screen each. What helps, and what to say."), "library"),
    Shelf.NEAR: (N_("For people who help"), N_("For family and friends, and for workers."), "together"),
    Shelf.WORKERS: (N_("For workers"), N_("Asking, writing and speaking without harm."), "work"),
}
"""The groups: head, what is in it, icon."""

TODAY = (
    ("moment", N_("Slow breathing, or five things around you."), "moment"),
    ("safety", N_("What helps on days that are not calm."), "shield"),
    ("check-ins", N_("A few words on how today is."), "sun"),
)
HELP = (
    ("help", N_("Numbers to call, to text or to chat with."), "phone"),
    ("directory", N_("Places and services, by need, language and cost."), "services"),
    ("clocks", N_("Days by which something has to be done."), "later"),
)


class LibraryPage(Page):
    """Opened with ``group=`` one of the shelves, or with nothing for all groups. Nothing that is read is kept.

    Ideas stand by parts of life, each opened by ``part=``.
    ``appointment=`` is handed on to a kit that is opened from here, which then is put into that one.
    """

    name: ClassVar[str] = "library"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.group: Shelf | None = None
        self.part: LifeDomain | None = None
        self._appointment = ""
        self._entries: tuple[Entry, ...] | None = None
        self.find_field = Field(placeholder=_("sleep, lawyer, school …"), icon="search", name=_("Find in the library"))
        self.find_field.textChanged.connect(lambda _text: self._show())
        self.all_button = Button("", "quiet", icon="back", compact=True, on=self._up)
        self.list = ListView(_("Library"), chevron=True)
        self.list.opened.connect(self.open)
        self.nothing = Text("", "body", "ink_soft").hide_empty()
        note = Note(_("You can read all of this without writing anything. Nobody sees what you have read."))
        self.set_body(
            columns(column(flow(self.all_button), 4, self.find_field, 20, self.list, self.nothing), column(note))
        )

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        if self.part is not None:
            return _(DOMAIN_WORDS[self.part])
        return self._head_of(self.group) if self.group is not None else _("Library")

    def over_title(self) -> str:
        if self.part is not None:
            return self._head_of(Shelf.IDEAS)
        return _("Library") if self.group is not None else ""

    def first_focus(self) -> QWidget | None:
        return self.list

    def show_for(self, **where: str) -> None:
        wanted = where.get("group", "")
        self.group = Shelf(wanted) if wanted in set(Shelf) else None
        part = where.get("part", "")
        self.part = LifeDomain(part) if self.group is Shelf.IDEAS and part in set(LifeDomain) else None
        self._appointment = where.get("appointment", "")
        self.find_field.setText("")
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)

    def refresh(self, changed: Changed | None) -> None:
        if changed is None or changed.kinds & {"chosen", "own-page", "pack"}:
            self._entries = None
            self._show()

    def open(self, line: str) -> None:
        """Open what a line stands for: a page, a group, or one thing to read."""
        kind, _colon, name = line.partition(":")
        if kind == "page":
            self.desk.go(name)
        elif kind == "group":
            self.desk.go("library", group=name)
        elif kind == "part":
            self.desk.go("library", group=Shelf.IDEAS.value, part=name)
        else:
            given = {"goal-idea": "idea"}.get(kind, kind)
            along = {"appointment": self._appointment} if kind == "kit" and self._appointment else {}
            self.desk.go(kind, **{given: name}, **along)

    # ---------------------------------------------------------------- showing

    def _all(self) -> tuple[Entry, ...]:
        if self._entries is None:
            self._entries = entries(self.desk.session.content, language())
        return self._entries

    def _show(self) -> None:
        typed = self.find_field.text().strip()
        if typed:
            lines = self._found(typed)
        elif self.group is not None:
            lines = self._shelf(self.group)
        else:
            lines = self._groups()
        self.all_button.setVisible(self.group is not None)
        self.all_button.set_words(self._head_of(Shelf.IDEAS) if self.part is not None else _("The whole library"))
        self.list.set_lines(lines)
        self.list.setVisible(bool(lines))
        self.nothing.setText(
            _("Nothing like “{text}” is here. Try the beginning of another word.").format(text=typed)
            if not lines and typed
            else _("Nothing stands here yet.")
            if not lines
            else ""
        )

    def _groups(self) -> list[Line]:
        lines = self._with_head(_("For today"), self._pages(TODAY))
        there = {each.shelf for each in self._all()}
        shelves = [Shelf.KITS, Shelf.IDEAS, Shelf.READ]
        if self._worker:
            shelves = (
                [Shelf.WORKERS, Shelf.NEAR, *shelves]
                if self.desk.session.person is None
                else [*shelves, Shelf.WORKERS, Shelf.NEAR]
            )
        else:
            shelves.append(Shelf.NEAR)
            there |= {Shelf.NEAR} if Shelf.WORKERS in there else set()
        shown = [each for each in shelves if each in there]
        lines += self._with_head(_("To read and to take along"), [self._group_line(each) for each in shown])
        return lines + self._with_head(_("Help and time limits"), self._pages(HELP))

    @property
    def _worker(self) -> bool:
        return alone_at_work(self.desk)

    def _head_of(self, shelf: Shelf) -> str:
        if shelf is Shelf.NEAR and self._worker:
            return _("For family and friends")
        return _(SHELVES[shelf][0])

    def _group_line(self, shelf: Shelf) -> Line:
        _head, about, icon = SHELVES[shelf]
        words = _("For people who are close to somebody.") if shelf is Shelf.NEAR and self._worker else _(about)
        return Line(f"group:{shelf.value}", self._head_of(shelf), words, icon=icon)

    def _pages(self, found: Sequence[tuple[str, str, str]]) -> list[Line]:
        return [
            Line(f"page:{name}", page_words(self.desk, name), _(about), icon=icon)
            for name, about, icon in found
            if page_there(self.desk, name)
        ]

    def _with_head(self, head: str, lines: list[Line]) -> list[Line]:
        return [Line(f"head:{head}", head, section=True), *lines] if lines else []

    def _shelf(self, shelf: Shelf) -> list[Line]:
        mine = [each for each in self._all() if each.shelf is shelf]
        if shelf is Shelf.IDEAS:
            return self._by_part(mine)
        if shelf is Shelf.NEAR and not self._worker:
            workers = [each for each in self._all() if each.shelf is Shelf.WORKERS]
            lines = self._with_head(_("For family and friends"), self._lines(mine))
            return lines + self._with_head(_("For workers"), self._lines(workers))
        return self._lines(_in_order(mine) if shelf is Shelf.READ else mine)

    def _up(self) -> None:
        where = {"group": Shelf.IDEAS.value} if self.part is not None else {}
        self.desk.go("library", **where)

    def _by_part(self, ideas: Iterable[Entry]) -> list[Line]:
        """A line for each part of life; or the ideas of the one that is open. What is law stands under one word."""
        parts: dict[str, list[Entry]] = {}
        for each in ideas:
            if each.domain is not None:
                parts.setdefault(DOMAIN_WORDS[each.domain], []).append(each)
        if self.part is not None:
            return self._lines(parts.get(DOMAIN_WORDS[self.part], []))
        return [
            Line(
                f"part:{found[0].domain}",
                _(words),
                n_("{n} idea", "{n} ideas", len(found)).format(n=len(found)),
                icon=found[0].icon,
            )
            for words, found in parts.items()
        ]

    def _found(self, typed: str) -> list[Line]:
        found = matching(self._all(), typed)
        lines: list[Line] = []
        for shelf in Shelf:
            mine = [each for each in found if each.shelf is shelf]
            lines += self._with_head(
                _(SHELVES[shelf][0]) if shelf is not Shelf.NEAR else _("For family and friends"), self._lines(mine)
            )
        return lines

    def _lines(self, found: Iterable[Entry]) -> list[Line]:
        return [
            Line(
                f"{each.page}:{each.id}",
                each.title,
                each.about,
                icon=each.icon,
                trail=_("From {giver}").format(giver=each.giver) if each.giver else "",
            )
            for each in found
        ]


def _in_order(guides: Iterable[Entry]) -> list[Entry]:
    """Those of one part of life together, the part whose first guide comes first before others."""
    found = list(guides)
    first: dict[LifeDomain | None, int] = {}
    for place, each in enumerate(found):
        first.setdefault(each.domain, place)
    return sorted(found, key=lambda each: first[each.domain])
