"""What was looked at and what left: whose pages were opened, what was printed, saved or erased; never what it said."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from planner.exchange.gate import leaving_words
from planner.session.looking import VIEWED
from planner.session.types import Mode
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, columns, flow
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.page import Page
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.session.types import LeftEntry
    from planner.ui.page import Desk

MOST = 1000


class ActivityPage(Page):
    """The log: of the person whose pages are open, or, with nobody chosen, of everyone. It can only be read here."""

    name: ClassVar[str] = "activity"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = ListView(_("What was looked at and what left"))
        self.back = Button(_("Back"), "quiet", icon="back", on=desk.back)
        self._there = columns(
            column(self.list),
            column(
                Note(
                    _(
                        "Only when, how, and which parts. What stood there is not kept here, and nothing here can be "
                        "changed."
                    ),
                    icon="lock",
                ),
            ),
        )
        self.empty = EmptyPage(
            "sheet",
            _("Nothing is noted here yet"),
            _("When pages are printed, saved or shared, it is noted here: when, and which parts.")
            if desk.session.mode is Mode.FOR_ME
            else _("When somebody’s pages are opened, and when something is printed, saved or shared, it stands here."),
        )
        self.set_body(column(flow(self.back), 12, (self._there, 1), (self.empty, 1)))
        self.refresh(None)

    def title(self) -> str:
        """The page's name."""
        return _("What was looked at and what left")

    def refresh(self, changed: Changed | None) -> None:
        """Read the log."""
        lines: list[Line] = []
        day = ""
        for number, entry in enumerate(self._entries()):
            at = datetime.fromisoformat(entry.at).astimezone(self.desk.session.now().tzinfo)
            said = self.desk.formats.sentence(self.desk.formats.day_with_weekday(at.date()))
            if said != day:
                day = said
                lines.append(Line(f"day{number}", day, section=True))
            lines.append(self._line(str(number), entry, self.desk.formats.time(at.time())))
        self.list.set_lines(lines)
        self._there.setVisible(bool(lines))
        self.empty.setVisible(not lines)

    def _entries(self) -> list[LeftEntry]:
        session = self.desk.session
        person = session.person
        found = [each for each in session.activity(MOST) if happened_words(each)]
        return [each for each in found if person is None or each.person == person.id]

    def _line(self, number: str, entry: LeftEntry, time: str) -> Line:
        whole = happened_words(entry)
        sentence = leaving_words({**entry.detail, "parts": ()}) or whole
        pages = int(entry.detail.get("pages", 0))
        count = n_("{n} page", "{n} pages", pages).format(n=pages) if pages else ""
        about = [whole.removeprefix(sentence).strip(), count, self._whose(entry.person)]
        return Line(number, sentence, " ".join(_closed(each) for each in about if each), time=time)

    def _whose(self, person_id: str) -> str:
        session = self.desk.session
        if session.mode is Mode.FOR_ME or session.person is not None or not person_id:
            return ""
        row = next((each for each in session.people() if each.id == person_id), None)
        return _("For {who}").format(who=row.code or row.initial) if row is not None else ""


def happened_words(entry: LeftEntry) -> str:
    """A line of the log in words; "" for one that a newer version wrote."""
    kind, by_time = entry.detail.get("kind"), entry.detail.get("by") == "time"
    if entry.what == VIEWED:
        return _("Pages were opened.")
    if entry.what == "removed":
        lines = int(entry.detail.get("lines", 0))
        words = n_("{n} old line of this log was removed.", "{n} old lines of this log were removed.", lines)
        return words.format(n=lines)
    if entry.what == "erased" and kind == "person":
        if by_time:
            return _("Everything about a person was removed, because the time for keeping it was over.")
        return _("Everything about a person was erased for good.")
    said = {
        "erased": _("Something was erased for good."),
        "held": _("“Keep everything” was turned on."),
        "hold lifted": _("“Keep everything” was turned off."),
    }
    return said.get(entry.what, "") or leaving_words(entry.detail)


def _closed(words: str) -> str:
    return words if words.endswith((".", "。")) else f"{words}."
