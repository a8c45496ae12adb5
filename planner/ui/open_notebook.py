"""An open notebook on the screen: the shell with its session, its tabs for who is looking, and its saving."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from planner.errors import MachineTrouble
from planner.plan.records import SafetyLine
from planner.session import Changed, Mode
from planner.session.own_page import KIND, has_tab, own_page_name
from planner.store.errors import DiskFull
from planner.store.reserve import free_reserve
from planner.ui.dialogs.again import open_again
from planner.ui.everyday import CONTENTS, PLAIN_TABS, pages_of
from planner.ui.half_typed import HalfTyped
from planner.ui.keeping import Keeping
from planner.ui.kit.dialogs import trouble
from planner.ui.navigation import FOR_ME, ONE_PERSON, WITH_EVERYONE, WITH_SOMEONE, Tab, exists
from planner.ui.reminders import Reminders
from planner.ui.shell import Shell
from planner.ui.typed_in_fields import Typing, put_back
from planner.ui.with_someone import close_overlays
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.store.local import Local
    from planner.ui.formats import Formats

PERSON_PAGES = frozenset(
    {
        *("plan", "calendar-import", "appointment", "people", "forms", "form", "form-read", "notes"),
        *("papers", "check-ins", "scores", "safety", "card", "print"),
    }
)
"""Pages that belong to one person; without one chosen, the list of people is shown instead."""

WORKER_PAGES = frozenset(
    {"everyone", "notes", "copies", "copy", "forms-bring", "directory-import", "packs", "packs-bring"}
)
"""Pages for the worker alone: out of reach while somebody sits beside them."""

OWN_PAGE = frozenset({KIND, SafetyLine.kind})
"""Changes after which the page under somebody's own name may have another tab, or none."""

PLACED = frozenset({"appointment"})
"""Pages where what is half typed belongs to the very thing that was open, and to no other."""

OPEN_PAGE = "open-page"
"""The draft that tells which page was open at a lock; it belongs to nobody."""

_PLACE = "opened-with"


class OpenNotebook(Shell):
    """The desk of an open notebook.

    ``look_asked`` carries the name of a local setting and its new value.
    """

    look_asked = Signal(str, object)
    erase_asked = Signal()

    def __init__(self, session: Session, formats: Formats, local: Local) -> None:
        super().__init__(session, formats, pages=pages_of(session))
        self.local = local
        self._keeping = Keeping()
        self._keeping.trouble_changed.connect(self._say_trouble)
        self._whose = self._chosen()
        self._asked: set[str] = set()
        self._kept: set[str] = set()
        self._typing: Typing | None = None
        self._take_tabs()
        self._put_switcher()
        self._reminders = Reminders(self, self)
        self._half_typed = HalfTyped(self, self.half_typed, self._keep_half_typed)

    # -- who is looking ----------------------------------------------------------------------------------------------
    def tabs(self) -> tuple[Tab, ...]:
        """The tabs for whoever is at the screen now."""
        if self.session.everyday:
            return PLAIN_TABS
        if self.session.mode is Mode.FOR_ME:
            return self._with_own_page(FOR_ME)
        if self.session.only is not None:
            return self._with_own_page(WITH_SOMEONE)
        return self._with_own_page(ONE_PERSON) if self.session.person is not None else WITH_EVERYONE

    def _with_own_page(self, tabs: tuple[Tab, ...]) -> tuple[Tab, ...]:
        """The page under somebody's own name stands before what leaves, once it is used and not hidden."""
        person = self._chosen()
        if not person or not has_tab(self.session, person):
            return tabs
        own = Tab("safety", own_page_name(self.session, person), "bookmark", own=True)
        at = next((place for place, tab in enumerate(tabs) if tab.name == "print"), len(tabs))
        return (*tabs[:at], own, *tabs[at:])

    def _take_tabs(self) -> None:
        self._tabs_shown = self.tabs()
        self.set_tabs(self._tabs_shown)

    def _put_switcher(self) -> None:
        if self.session.mode is Mode.WITH_OTHERS:
            from planner.ui.switcher import Switcher

            self.navigation.set_switcher(Switcher(self))

    def _changed(self, changed: Changed) -> None:
        if "chosen" in changed.kinds:
            close_overlays(self)
            with suppress(MachineTrouble):
                self._keep_drafts()
            self._where.clear()
            self.header.search.setText("")
            self._other_person()
            return
        super()._changed(changed)
        if CONTENTS in changed.kinds:
            QTimer.singleShot(0, self, self._take_contents)  # the page that asked goes away
        if changed.kinds & OWN_PAGE and self.tabs() != self._tabs_shown:
            self._take_tabs()

    def _take_contents(self) -> None:
        """The notebook has other pages now: all are built anew, and the one where that was chosen is shown."""
        if not self.leave():
            return
        self._history = []
        self._stack_holder.setFocus(Qt.FocusReason.OtherFocusReason)
        self.forget()
        self._pages = pages_of(self.session)
        self.header.put_help(there=exists("help", self._pages))
        self.navigation.moment.setVisible(exists("moment", self._pages))
        self._take_tabs()
        self.go("settings", at=CONTENTS)

    def _other_person(self) -> None:
        """Another person was chosen: nothing of the one before may stay on a page."""
        here = self.current
        self._history = []
        if (focus := QApplication.focusWidget()) is not None and self._stack_holder.isAncestorOf(focus):
            # The page under the keyboard goes away; Qt would hand the keyboard to the foot of the navigation.
            self._stack_holder.setFocus(Qt.FocusReason.OtherFocusReason)
        self.forget()
        self._whose = self._chosen()
        self._take_tabs()
        names = {tab.name for tab in self.navigation.tabs} | {"help", "moment", "settings"}
        self.go(here if here in names else "today")

    def go(self, page: str, **where: str) -> None:
        """Open a page; a page of one person needs somebody chosen, a worker's own page nobody beside them."""
        if page not in self._pages and self.session.everyday:
            super().go("today")
            return
        if page in WORKER_PAGES and self.session.only is not None:
            super().go("today")
            return
        if page in PERSON_PAGES and self.session.person is None:
            super().go("everyone")
            return
        super().go(page, **where)

    # -- saving ------------------------------------------------------------------------------------------------------
    def keep(self, work: Callable[[], object]) -> bool:
        """Save something; where the machine cannot, say so, keep the words, and try again until there is room."""
        return self._keeping.keep(work)

    @property
    def unsaved(self) -> int:
        """How many saves wait for room."""
        return self._keeping.waiting

    def _say_trouble(self, problem: MachineTrouble | None) -> None:
        if problem is None:
            self.say(_("Everything is saved now."))
        else:
            self.say(f"{problem.sentence} {_('Your words are still here. It is tried again every few seconds.')}")

    def trouble(self, problem: MachineTrouble) -> None:
        """Show trouble of the machine calmly, above the page."""
        trouble(self, problem)

    def close_down(self) -> None:
        """Listen to the session no longer, and look at the clock no longer."""
        self._reminders.stop()
        super().close_down()

    # -- what is half typed, over a lock, another person and another look ---------------------------------------------
    def _chosen(self) -> str:
        return self.session.person.id if self.session.person is not None else ""

    def _open(self, name: str, where: dict[str, str]) -> None:
        before = self.current
        if before and before != name:
            # Where the disk is full it is still on its page, and kept with the next try.
            with suppress(MachineTrouble):
                self._keep_draft_of(before)
        super()._open(name, where)
        self._bring_back(name, where)

    def forget(self, *names: str) -> None:
        """Drop built pages; what was half typed on them is brought back when they are built anew."""
        super().forget(*names)
        gone = frozenset(names) or self._asked | self._kept
        self._asked -= gone
        self._kept -= gone

    def _bring_back(self, name: str, where: dict[str, str]) -> None:
        """Put back what was half typed on a page when it is first opened again; never over something else."""
        if name in self._asked:
            return
        kept = self.session.draft(name, self._whose)
        at = _texts(kept.get(_PLACE, {})) if kept is not None else {}
        anywhere = name not in PLACED and (not where or "add" in where)
        if kept is not None and at != where and not anywhere:
            return
        self._asked.add(name)
        page = self.page(name)
        if kept is not None and page.draft() is None:
            page.take_draft(kept)
            self._kept.add(name)

    def _keep_draft_of(self, name: str) -> None:
        draft = self._built[name].draft() if name in self._built else None
        if draft is not None:
            self.session.keep_draft(name, {**draft, _PLACE: self._where.get(name, {})}, self._whose)
            self._kept.add(name)
        elif name in self._kept:
            self.session.keep_draft(name, None, self._whose)
            self._kept.discard(name)

    def _keep_drafts(self) -> None:
        with ExitStack() as every:
            for name in self._built:
                every.callback(self._keep_draft_of, name)

    def commit(self) -> bool:
        """Save all that can be saved; False where the machine would not take all of it."""
        self.leave()
        return self._keeping.try_again()

    def hand_over(self) -> bool:
        """Before another look: what is typed goes into the store, from where the new pages take it up.

        False where the machine would not take it; then everything stays as it is, and that has been said.
        """
        if not self.commit():
            return False
        try:
            self._keep_drafts()
        except MachineTrouble as problem:
            self.trouble(problem)
            return False
        return True

    def put_away(self) -> None:
        """Commit what can be committed and keep what is half typed, before the notebook is closed.

        Where the disk is full, the room that was kept for this is given back to the last words. Each step is taken,
        also when one before it made trouble, which is raised in the end.
        """
        self.notice_typing()
        folder = self.session.store.folder
        with ExitStack() as last:
            last.callback(self.close_down)
            try:
                self._put_words_away()
                again = bool(self.unsaved) and free_reserve(folder)
            except DiskFull:
                if not free_reserve(folder):
                    raise
                again = True
            if again:
                self._put_words_away()

    def half_typed(self) -> object:
        """What is half typed now, and where; None when the notebook is closed."""
        return (self.drafts(), self._place()) if self.session.store.is_open else None

    def notice_typing(self) -> None:
        """See in which fields a hand has typed, while they still have the keyboard; the first look counts."""
        if self._typing is None:
            self._typing = Typing(self)

    def _place(self) -> dict[str, Any]:
        """The open page, what brings back what is on it, and what stands in its fields."""
        page, opened = self.open_page(), self._where.get(self.current, {})
        if page is None:
            return {}
        typing = self._typing or Typing(self)
        return {
            "page": self.current,
            "person": self._whose,
            "where": page.opened_again_with(opened),
            "typing": typing.kept(),
        }

    def _keep_half_typed(self) -> None:
        where = self._place()
        with ExitStack() as steps:  # the last one first
            steps.callback(self.session.keep_draft, OPEN_PAGE, where, "")
            steps.callback(self._keep_drafts)

    def _put_words_away(self) -> None:
        with ExitStack() as steps:  # the last one first
            steps.callback(self._keep_half_typed)
            steps.callback(self._save_for_others)
            steps.callback(self.commit)

    def _save_for_others(self) -> None:
        """What waits for a person out of reach is saved now that nothing can be seen any more."""
        self.session.only = None
        self._keeping.try_again()

    def take_up(self) -> None:
        """Show the page on which something half typed was left, else Today."""
        kept = self.session.take_draft(OPEN_PAGE, "") or {}
        name, person = str(kept.get("page", "")), str(kept.get("person", ""))
        there = not person or any(each.id == person for each in self.session.people())
        typing = kept.get("typing") or {}
        if not name or not there or not (typing or self.session.draft(name, person) is not None):
            self.go("today")
            return
        if person != self._whose:
            self.session.choose(person or None)
        self.go(name, **_texts(kept.get("where", {})))
        put_back(self, typing, partial(open_again, self))

    def here(self) -> tuple[str, dict[str, str]]:
        """The page that is open, and what it was opened with."""
        return self.current, self._where.get(self.current, {})

    def lock(self) -> None:
        """Lock now, with the lock screen in sight."""
        self.lock_asked.emit()

    def erase_notebook(self) -> None:
        """Erase this notebook now, and begin anew outside."""
        self.erase_asked.emit()

    def change_look(self, name: str, value: object) -> None:
        """Ask for another language, text size or theme."""
        self.look_asked.emit(name, value)


def _texts(found: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
