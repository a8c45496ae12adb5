"""Papers: which are there and which are asked for, photos and PDFs of them, and the one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from planner.plan.records import TrackedPaper
from planner.session.papers import KIND, Paper
from planner.session.types import Mode
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, columns, flow
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Section, Text
from planner.ui.page import Page
from planner.ui.pages.papers_bringing import COPY, MEGABYTES, Bringing, CameIn
from planner.ui.pages.papers_leaving import Going
from planner.ui.pages.papers_list import PapersList
from planner.ui.pages.papers_open import OpenPaper
from planner.ui.pages.papers_tracked import TrackedList
from planner.ui.pages.papers_tracked_open import OneTracked
from planner.ui.pages.plan_words import Hand
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

PAUSE = 1000
"""ms without a key after which a name is saved."""

MOST_CHOICES = 60
"""Appointments and goals to choose from, each."""


SHOWN = frozenset({KIND, TrackedPaper.kind, "appointment", "goal", "person"})


class PapersPage(Page):
    """The lists; or one thing of them, with a way back.

    ``paper`` opens a photo or a PDF, ``tracked`` what is written about a paper, ``add`` a new one of those.
    """

    name: ClassVar[str] = "papers"

    def __init__(self, desk: Desk) -> None:
        """Build both faces."""
        super().__init__(desk)
        assert isinstance(desk, QWidget)
        self._window_of: QWidget = desk
        self._person = ""
        self.papers: list[Paper] = []
        self.came: CameIn | None = None
        self._open_id = self._tracked_id = ""
        self._adding = False
        self.bringing = Bringing(desk, self._came_in)
        self.going = Going(desk, self._window_of)
        self.list = PapersList(desk, self.open)
        self.add_button = Button(_("Bring in a paper"), "main", icon="plus", on=self.choose_file)
        self.paste_button = Button(_("Paste a picture"), on=self.paste)
        limit = _("A photo or a PDF, up to {n} MB. You can also drop it here.").format(n=MEGABYTES)
        side = column(
            Note(
                _("They lie locked inside this notebook, not as files on this computer. They open only here."), "lock"
            ),
            16,
            Note(
                _("When one is printed or saved, the place and the time that a camera wrote into it are taken out."),
                "sharing",
            ),
        )
        tools = flow(self.add_button, self.paste_button)
        self.tracked = TrackedList(desk, lambda paper: desk.go("papers", tracked=paper), self.write_down)
        head = Section(_("Photos and PDFs"))
        main = column(self.tracked, 32, head, 12, tools, 8, Text(limit, "body", "ink_soft"), 12, self.list)
        self._some = columns(main, side)
        self.empty = self._make_empty(limit)
        self.one = OpenPaper(self)
        self.one_tracked = OneTracked(desk, self.show_list, self.remove_tracked)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self.save_name(typing=True))
        self.one.name.textEdited.connect(lambda _text: self._pause.start())
        self.set_body(column(self._some, self.empty, self.one, self.one_tracked))
        leave_out(desk, self.tracked, self.first_written)
        self.setAcceptDrops(True)
        self.refresh(None)

    def _make_empty(self, limit: str) -> QWidget:
        mine = self.desk.session.mode is Mode.FOR_ME
        self.first_button = Button(_("Bring in a paper"), "main", icon="plus", on=self.choose_file)
        self.first_paste = Button(_("Paste a picture"), on=self.paste)
        self.first_written = Button(_("Write down a paper"), on=self.write_down)
        return EmptyPage(
            "folder",
            _("Your papers will be here") if mine else _("Papers will be here"),
            " ".join([_("Photos or PDFs of papers that matter, safe if the paper itself is lost."), limit]),
            [self.first_button, self.first_paste, self.first_written],
            _("Only you and those you choose can see this.")
            if mine
            else _("Only those who can open this notebook can see this."),
        )

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        """The paper that is open, or all of them."""
        if self.one.paper is not None:
            return self.one.paper.title
        if self.one_tracked.is_open:
            return self.one_tracked.title()
        return _("My papers") if self.desk.session.mode is Mode.FOR_ME else _("Papers")

    def first_focus(self) -> QWidget | None:
        """The paper, or what brings one in."""
        if self.one.paper is not None:
            return self.one.viewer
        if self.one_tracked.is_open:
            return self.one_tracked.fields["title"]
        return self.first_button if self.empty.isVisibleTo(self) else self.add_button

    def show_for(self, **where: str) -> None:
        """``paper`` opens one by id, ``tracked`` what is written about one, ``add`` a new one of those."""
        self._open_id, self._tracked_id = where.get("paper", ""), where.get("tracked", "")
        self._adding = bool(where.get("add"))
        if self.came is not None and self.came.paper.id != self._open_id:
            self.came = None
        self.refresh(None)

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """What was being added is written down by now."""
        return (
            {"tracked": self._tracked_id} if self._tracked_id else {**where, **({"add": "yes"} if self._adding else {})}
        )

    def leave(self) -> bool:
        """Save the name, and let go of every picture."""
        self.save_name()
        self.one_tracked.pen.flush()
        self.one.forget()
        self.list.forget()
        return True

    def draft(self) -> dict[str, Any] | None:
        """What is typed of a paper that has no title yet."""
        return self.one_tracked.draft()

    def take_draft(self, data: dict[str, Any]) -> None:
        """Put it back."""
        self._adding = True
        self.one_tracked.take_draft(data)
        self.refresh(None)

    # ---------------------------------------------------------------- what is shown

    def refresh(self, changed: Changed | None) -> None:
        """Show the papers as they are stored."""
        person = self.desk.session.person
        person_id = person.id if person is not None else ""
        if changed is not None and not changed.concerns(person_id, SHOWN):
            return
        self._person = person_id
        self.papers = self.desk.session.papers.of(person_id) if person_id else []
        paper = next((each for each in self.papers if each.id == self._open_id), None)
        if paper is None:
            self._open_id = ""
            self.one.forget()
        else:
            self.one.show_paper(paper, self._choices(paper), self.came)
        written = self.desk.session.tracked_papers(person_id) if person_id else []
        open_one = paper is not None or self._show_tracked(written)
        self.one.setVisible(paper is not None)
        self.one_tracked.setVisible(open_one and paper is None)
        self._some.setVisible(not open_one and bool(self.papers or written))
        self.empty.setVisible(not open_one and not (self.papers or written))
        if not open_one:
            self.tracked.show_papers(written)
            self.list.show_papers(self.papers, self._belongs_words)
        self.head_changed.emit()

    def _show_tracked(self, written: list[TrackedPaper]) -> bool:
        """Show what is written about the paper that is wanted, or a new one; False where none is."""
        if self._adding and any(each.id == self.one_tracked.id for each in written):
            # A new one that has its title by now is one of those that are written down.
            self._adding, self._tracked_id = False, self.one_tracked.id
        found = next((each for each in written if each.id == self._tracked_id), None)
        if found is not None:
            self.one_tracked.show_record(found)
        elif self._adding:
            self.one_tracked.begin()
        else:
            self._tracked_id = ""
            self.one_tracked.show_none(there=any(each.id == self.one_tracked.id for each in written))
        return found is not None or self._adding

    def _belongs_words(self, paper: Paper) -> str:
        record = self.desk.session.record(paper.person, paper.record) if paper.record else None
        return str(getattr(record, "title", "")) if record is not None and not record.removed else ""

    def _choices(self, paper: Paper) -> list[tuple[str, str]]:
        """What it may belong to: what it does, appointments from today on, goals that are open."""
        session, formats = self.desk.session, self.desk.formats
        found = {"": _("Nothing")}
        if own := self._belongs_words(paper):
            found[paper.record] = own
        for item in session.agenda(session.today(), 366, paper.person, MOST_CHOICES):
            found.setdefault(item.appointment.id, f"{item.appointment.title}, {formats.day(item.day)}")
        for each in session.tracked_papers(paper.person)[:MOST_CHOICES]:
            found.setdefault(each.id, each.title)
        for goal in session.goals(paper.person)[:MOST_CHOICES]:
            found.setdefault(goal.id, goal.title)
        return list(found.items())

    def open(self, paper_id: str) -> None:
        """Open one paper."""
        self.desk.go("papers", paper=paper_id)

    def show_list(self) -> None:
        """Back to all of them."""
        self.desk.go("papers")

    # ---------------------------------------------------------------- what is written about papers

    def write_down(self) -> None:
        """A new one to keep track of."""
        self.desk.go("papers", add="yes")
        self.one_tracked.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_tracked(self) -> None:
        """Take out what is written about a paper, with a way back; photos of it stay."""
        paper = self.one_tracked.record
        if paper is None:
            return
        self.one_tracked.pen.flush()
        if Hand(self.desk).write(_("Remove what is written about a paper"), lambda edit: edit.remove(paper.id)):
            self.desk.go("papers")
            self.desk.say(_("What was written about the paper is removed."), undo=True)

    # ---------------------------------------------------------------- bringing in

    def choose_file(self) -> None:
        """Ask for a file."""
        self.bringing.choose(self._window_of)

    def paste(self) -> None:
        """Take the picture that was copied."""
        self.bringing.paste(self._window_of)

    def _came_in(self, came: CameIn) -> None:
        self.came = came
        self.open(came.paper.id)
        self.one.name.setFocus()
        self.one.name.selectAll()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file or a picture may be dropped."""
        if self.bringing.is_there(event.mimeData()):
            event.setDropAction(COPY)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring it in."""
        if self.bringing.take(event.mimeData()):
            event.setDropAction(COPY)
            event.accept()

    # ---------------------------------------------------------------- the paper that is open

    def save_name(self, *, typing: bool = False) -> None:
        """Keep what it is called; without a word it keeps its name. ``typing``: more may come."""
        paper, typed = self.one.paper, self.one.name.text().strip()
        self._pause.stop()
        papers = self.desk.session.papers
        if paper is not None and typed and typed != paper.title:
            self.desk.keep(lambda: papers.rename(paper, typed, typing=typing))
        elif not typing:
            self.desk.session.end_step()
            if paper is not None and not typed:
                self.one.name.setText(paper.title)

    def save_belongs(self) -> None:
        """Keep what it belongs to."""
        paper, record = self.one.paper, self.one.belongs.value()
        if paper is not None and record != paper.record:
            self.desk.keep(lambda: self.desk.session.papers.belongs_to(paper, record))

    def remove(self) -> None:
        """Take it out, with a way back, and show the others."""
        paper = self.one.paper
        if paper is None:
            return
        self.save_name()
        if self.desk.keep(lambda: self.desk.session.papers.remove(paper)):
            self.desk.go("papers")
            self.desk.say(_("The paper is removed."), undo=True)

    def erase(self) -> None:
        """At once and for good, after a look at what that means."""
        from planner.ui.dialogs.erase_paper import ask_to_erase_paper

        if self.one.paper is not None:
            self.save_name()
            ask_to_erase_paper(self.desk, self._window_of, self.one.paper)

    def look_and_print(self) -> None:
        """The pages as they would leave."""
        if self.one.paper is not None:
            self.save_name()
            self.going.look_and_print(self.one.paper)

    def save_copy(self) -> None:
        """A file of its own kind."""
        if self.one.paper is not None:
            self.save_name()
            self.going.save_copy(self.one.paper)
