"""What the pages of the library share: points, doors, where something was read, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from planner.packs.items import Door, DoorKind
from planner.packs.sources import is_old
from planner.session.types import Mode
from planner.ui.kit.buttons import Button
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.layouts import TOP, Box, clear, column, flow, hold, row
from planner.ui.kit.paint import painter, rounded
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Chip, Icon, Section, Text
from planner.ui.navigation import PAGES, exists
from planner.ui.pages.selectable import Selectable
from planner.ui.theme import theme
from planner.words import N_, _, language

if TYPE_CHECKING:
    from planner.packs.items import Standing
    from planner.packs.sources import Source
    from planner.ui.page import Desk

PAGE_WORDS = {
    "calendar": N_("Calendar"),
    "check-ins": N_("How it has been"),
    "clocks": N_("Time limits"),
    "directory": N_("Where to find help"),
    "forms": N_("Guided forms"),
    "help": N_("Help now"),
    "library": N_("Library"),
    "moment": N_("Take a moment"),
    "papers": N_("Papers"),
    "people": N_("People"),
    "plan": N_("The plan"),
    "print": N_("Print and share"),
    "settings": N_("Settings"),
}
"""Pages to which a door may lead, beside her own page, which has a name of her own."""

PAGE_ICONS = {"clocks": "later", "directory": "services", "help": "phone", "check-ins": "sun", "safety": "shield"}
_TELLING = re.compile("victim|surviv|traffick|recover|crime|abus", re.IGNORECASE)
"""What an address on the screen would tell to whoever looks at it (DESIGN, section 4)."""

OF_ONE_PERSON = frozenset({"check-ins", "clocks", "papers", "people", "plan", "print", "safety", "forms"})


def page_there(desk: Desk, page: str) -> bool:
    """Whether a page can be opened now: it is there, and somebody is chosen where it is one person's."""
    return exists(page, PAGES) and (page not in OF_ONE_PERSON or desk.session.person is not None)


def page_words(desk: Desk, page: str) -> str:
    """What a page is called; "" for one to which nothing here leads."""
    person = desk.session.person
    if page == "safety" and person is not None:
        from planner.session.own_page import own_page_name

        return own_page_name(desk.session, person.id)
    return _(PAGE_WORDS.get(page, ""))


class Dot(QWidget):
    """The mark before a point; a screen reader passes it by."""

    def __init__(self) -> None:
        """As high as a line of words beside it."""
        super().__init__()
        self.retheme()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.setFixedSize(theme.px(12), theme.line("body"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small round of green."""
        p = painter(self)
        size = theme.px(6)
        area = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
        rounded(p, area, size / 2, theme.colour("accent"))
        p.end()


def points(said: Iterable[str], *, icon: str = "", tone: str = "accent") -> Box:
    """Short lines, each behind a dot or an icon."""
    lines = column(gap=10)
    for each in said:
        mark: QWidget = Icon(icon, tone, 16, box=16, box_height=24) if icon else Dot()
        lines.put(row((mark, TOP), (Text(each, "body"), 1), gap=12))
    return lines


def door_rows(desk: Desk, found: Sequence[Door]) -> list[QWidget]:
    """A button for each door that leads somewhere now."""
    buttons: list[QWidget] = []
    for each in found:
        where = _behind(desk, each)
        if where is not None:
            words, icon, page, given = where
            buttons.append(Button(words, "plain", icon=icon, on=partial(desk.go, page, **given)))
    return buttons


def doors(desk: Desk, found: Sequence[Door], head: str) -> QWidget | None:
    """The doors under a head; None where none leads anywhere."""
    buttons = door_rows(desk, found)
    return hold(column(Section(head), 12, flow(*buttons, gap=12))) if buttons else None


def _behind(desk: Desk, door: Door) -> tuple[str, str, str, dict[str, str]] | None:
    """Words, icon, page, and what the page is opened with."""
    content, spoken = desk.session.content, language()
    if door.kind is DoorKind.PAGE:
        words = page_words(desk, door.id)
        icon = PAGE_ICONS.get(door.id, door.id if door.id in ("calendar", "moment", "papers", "people") else "next")
        return (words, icon, door.id, {}) if words and page_there(desk, door.id) else None
    if door.kind is DoorKind.FORM:
        titles = desk.session.forms.titles() if desk.session.person is not None else {}
        return (titles[door.id], "forms", "form", {"form": door.id}) if door.id in titles else None
    if door.kind is DoorKind.GUIDE:
        guide = content.guide(door.id)
        return (guide.title.get(spoken), guide.icon, "guide", {"guide": guide.id}) if guide is not None else None
    if door.kind is DoorKind.KIT:
        kit = content.kit(door.id)
        return (kit.title.get(spoken), kit.icon, "kit", {"kit": kit.id}) if kit is not None else None
    idea = content.goal_idea(door.id)
    return (idea.title.get(spoken), "plan", "goal-idea", {"idea": idea.id}) if idea is not None else None


def standing_note(desk: Desk, standing: Standing) -> QWidget | None:
    """Whose it is, and that it has to be checked; None for what is built in and was looked over this year."""
    said: list[str] = []
    if standing.giver:
        said.append(_("From {giver}, not from this program.").format(giver=standing.giver))
    if standing.please_check(desk.session.today()):
        month = desk.formats.month_year(standing.reviewed)
        said.append(
            _("It was looked over in {month}. Please check what matters before you rely on it.").format(month=month)
        )
    return Note(" ".join(said), "why") if said else None


def alone_at_work(desk: Desk) -> bool:
    """Whether a worker looks, with nobody beside them."""
    return desk.session.mode is Mode.WITH_OTHERS and desk.session.only is None


def shown_address(address: str, *, worker: bool) -> str:
    """Where a page was read: all of it for a worker; for others who publishes it, or "" where even that would tell."""
    if worker:
        return address
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return "" if _TELLING.search(host) else host


class WhereFrom(QWidget):
    """Behind a quiet button: every page that something rests on, with its dates."""

    def __init__(self, desk: Desk, *, law: bool = True) -> None:
        """Begins without pages. ``law``: what is said may be other in another state."""
        super().__init__()
        self._desk, self._law = desk, law
        self._lines = Box(True, 16, (0, 0, 0, 0))
        self._unread: tuple[Sequence[str], Standing] | None = None
        self.more = Disclosure(_("Where this comes from"), _("Hide where this comes from"), hold(self._lines))
        self.more.opened.connect(self._read)
        self.setLayout(column(self.more))

    def show_sources(self, ids: Sequence[str], standing: Standing) -> None:
        """Show these pages; an id without a row is passed by."""
        clear(self._lines)
        self._unread = ids, standing
        self.more.set_open(False)

    def _read(self, opened: bool) -> None:
        """Most people never open it: its lines are made when somebody does."""
        if not opened or self._unread is None:
            return
        (ids, standing), self._unread = self._unread, None
        known = self._desk.session.content.sources()
        found = [known[each] for each in ids if each in known]
        looked = _("Looked over in {month}.").format(month=self._desk.formats.month_year(standing.reviewed))
        law = _("Rules differ from state to state, and they change. A lawyer must confirm what counts for you.")
        first = Text(f"{looked} {law}" if found and self._law else looked, "body", "ink_soft")
        lines = Box(True, 16, (0, 0, 0, 0))
        lines.put(first, *(self._line(each) for each in found))
        # All at once: each line that comes to a page that is seen already places all others anew.
        whole = hold(lines)
        self._lines.put(whole)
        whole.show()

    def _line(self, source: Source) -> QWidget:
        formats, today = self._desk.formats, self._desk.session.today()
        page = (
            _("Page of {month}").format(month=formats.month_year(source.page_date))
            if source.page_date is not None
            else _("The page bears no date")
        )
        read = _("read in {month}").format(month=formats.month_year(source.read_date))
        old = is_old(source.read_date, today) or (source.page_date is not None and is_old(source.page_date, today))
        dates = Text(_("{page}, {read}").format(page=page, read=read), "body", "ink_soft")
        where = shown_address(source.address, worker=alone_at_work(self._desk))
        address = Selectable(where, _("Address of the page"), "body", whole_width=True) if where else None
        chip = flow(Chip(_("Please check"), "why", "sand")) if old else None
        return hold(column(Text(source.title, "body"), address, dates, 4 if old else None, chip))
