"""An open notebook on the screen: the shell with its session, its tabs for who is looking, and its saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from planner.errors import MachineTrouble
from planner.session import Changed, Mode
from planner.ui.keeping import Keeping
from planner.ui.kit.dialogs import trouble
from planner.ui.navigation import FOR_ME, ONE_PERSON, WITH_EVERYONE, WITH_SOMEONE, Tab
from planner.ui.shell import Shell
from planner.ui.with_someone import close_overlays
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.store.local import Local
    from planner.ui.formats import Formats

PERSON_PAGES = frozenset({"plan", "people", "forms", "form", "notes", "print"})
"""Pages that belong to one person; without one chosen, the list of people is shown instead."""

WORKER_PAGES = frozenset({"everyone", "notes"})
"""Pages for the worker alone: out of reach while somebody sits beside them."""


class OpenNotebook(Shell):
    """The desk of an open notebook.

    ``look_asked`` carries the name of a local setting and its new value.
    """

    look_asked = Signal(str, object)
    lock_minutes_changed = Signal(int)

    def __init__(self, session: Session, formats: Formats, local: Local) -> None:
        super().__init__(session, formats)
        self.local = local
        self._keeping = Keeping()
        self._keeping.trouble_changed.connect(self._say_trouble)
        self._take_tabs()
        self._put_switcher()

    # -- who is looking ----------------------------------------------------------------------------------------------
    def tabs(self) -> tuple[Tab, ...]:
        """The tabs for whoever is at the screen now."""
        if self.session.mode is Mode.FOR_ME:
            return FOR_ME
        if self.session.only is not None:
            return WITH_SOMEONE
        return ONE_PERSON if self.session.person is not None else WITH_EVERYONE

    def _take_tabs(self) -> None:
        self.set_tabs(self.tabs())

    def _put_switcher(self) -> None:
        if self.session.mode is Mode.WITH_OTHERS:
            from planner.ui.switcher import Switcher

            self.navigation.set_switcher(Switcher(self))

    def _changed(self, changed: Changed) -> None:
        if "chosen" in changed.kinds:
            close_overlays(self)
            self._where.clear()
            self.header.search.setText("")
            self._other_person()
            return
        super()._changed(changed)

    def _other_person(self) -> None:
        """Another person was chosen: nothing of the one before may stay on a page."""
        here = self.current
        self._history = []
        self.forget()
        self._take_tabs()
        names = {tab.name for tab in self.navigation.tabs} | {"help", "moment", "settings"}
        self.go(here if here in names else "today")

    def go(self, page: str, **where: str) -> None:
        """Open a page; a page of one person needs somebody chosen, a worker's own page nobody beside them."""
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

    # -- over a lock -------------------------------------------------------------------------------------------------
    def put_away(self) -> None:
        """Commit what can be committed and keep what is half typed, before the notebook is closed."""
        self.leave()
        self._keeping.try_again()
        for page, draft in self.drafts().items():
            self.session.keep_draft(page, draft)
        self.session.keep_draft("open-page", {"page": self.current, "where": self._where.get(self.current, {})})
        self.close_down()

    def take_up(self) -> None:
        """Show the page on which something half typed was left, else Today."""
        kept = self.session.take_draft("open-page") or {}
        name = str(kept.get("page", ""))
        draft = self.session.take_draft(name) if name else None
        if draft is None:
            self.go("today")
            return
        self.go(name, **_texts(kept.get("where", {})))
        self.page(self.current).take_draft(draft)

    def here(self) -> tuple[str, dict[str, str]]:
        """The page that is open, and what it was opened with."""
        return self.current, self._where.get(self.current, {})

    def lock(self) -> None:
        """Lock now, with the lock screen in sight."""
        self.lock_asked.emit()

    def change_look(self, name: str, value: object) -> None:
        """Ask for another language, text size or theme."""
        self.look_asked.emit(name, value)


def _texts(found: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
