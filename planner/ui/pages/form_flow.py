"""Where she is in a form: the pages as her answers make them, on and back, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import shorten
from typing import TYPE_CHECKING

from planner.session.filling_desk import page_key
from planner.ui.pages.form_words import shown
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import Filling, FormPage
    from planner.session.filling_desk import FillingDesk
    from planner.ui.formats import Formats

UNDO_DEPTH = 60
SHORT = 40
"""Letters of a question that stand for a section without a title."""
PROPOSALS = "proposals"
"""What ``filling.page`` says when she is choosing what goes into the plan."""


class Flow:
    """The way through one filling. Nothing here is saved; the page does that after each change."""

    def __init__(self, table: FillingDesk) -> None:
        self.table = table
        self.pages: list[FormPage] = []
        self.here = 0
        self._undo: list[tuple[bytes, str]] = []
        self._redo: list[bytes] = []
        self._known: set[str] | None = None
        table.files.undoable = self._states
        self.look()

    def _states(self) -> list[bytes]:
        """What undo and redo may bring back."""
        return [*(state for state, _typed in self._undo), *self._redo]

    @property
    def filling(self) -> Filling:
        """The answers."""
        return self.table.filling

    @property
    def page(self) -> FormPage:
        """The page that is open."""
        return self.pages[self.here]

    def look(self) -> None:
        """Read the pages anew, as the answers stand, and stay where she is."""
        self.pages = self.filling.pages()
        keys = [page_key(page) for page in self.pages]
        wanted = self.filling.page
        self.here = keys.index(wanted) if wanted in keys else min(self.here, len(keys) - 1)
        if wanted != PROPOSALS:
            self.filling.page = keys[self.here]

    # ---------------------------------------------------------------- on and back

    def open(self, page: FormPage) -> None:
        """Go to a page."""
        self.filling.page = page_key(page)
        self.look()

    def open_summary(self) -> None:
        """Go to the page on which everything can be read over."""
        self._known = None
        self.open(self.pages[-1])

    def look_at(self, page: FormPage) -> None:
        """Open a page from the summary: Next then leads back there, by way of what is asked only now."""
        self._known = {page_key(each) for each in self.pages}
        self.open(page)

    @property
    def on_a_visit(self) -> bool:
        """Whether Next leads back to the summary."""
        return self._known is not None

    def next(self) -> bool:
        """Go on; False when there is no page after this one."""
        after = self.pages[self.here + 1 :]
        if not after:
            return False
        known = self._known
        if known is None:
            self.open(after[0])
            return True
        fresh = next((page for page in after if page_key(page) not in known), None)
        if fresh is None:
            self.open_summary()
        else:
            self.open(fresh)
        return True

    def back(self) -> bool:
        """Go back; False on the first page."""
        if self._known is not None:
            self.open_summary()
            return True
        if not self.here:
            return False
        self.open(self.pages[self.here - 1])
        return True

    def first_of(self, section: str) -> FormPage | None:
        """The first page of a section, by its ref, or by its number where it has none."""
        inside = (page for page in self.pages if page.kind != "summary")
        return next((page for page in inside if section in {page.section, str(page.part)}), None)

    def named(self, part: int, title: str) -> str:
        """What a section is called: its title; else the form's, or its first question's where several have none."""
        inside = [page for page in self.pages if page.kind != "summary"]
        first = next((page for page in inside if page.part == part), None)
        if first is None or first.section_title:
            return first.section_title if first is not None else title
        untitled = {page.part for page in inside if not page.section_title}
        said = [first.title, *(item.label for item in first.items)] if len(untitled) > 1 else []
        words = next((each for each in said if each.strip()), title).strip()
        return shorten(words.splitlines()[0] if words else title, SHORT, placeholder="…")

    def _inside(self, ref: str) -> list[FormPage]:
        return [page for page in self.pages if page.ref == ref or page.ref.startswith(f"{ref}/")]

    def open_one(self, ref: str) -> bool:
        """Go to the first page of one of several; False when it has none."""
        inside = self._inside(ref)
        if inside:
            self.open(inside[0])
        return bool(inside)

    def called(self, ref: str, formats: Formats) -> str:
        """By what one of several is known: the first two things said of it."""
        said = [shown(item, formats) for page in self._inside(ref) for item in page.items]
        return ", ".join([each for each in said if each][:2]) or _("Nothing written yet")

    def called_here(self, title: str) -> str:
        """The section she is in, else the form's ``title``; where it is asked several times, with which one this is."""
        page = self.page
        name = page.section_title or title
        start = f"{page.section}["
        if not page.section or not page.ref.startswith(start):
            return name
        several = {each.ref[len(start) :].partition("]")[0] for each in self.pages if each.ref.startswith(start)}
        return f"{name} {page.ref[len(start) :].partition(']')[0]}" if len(several) > 1 else name

    def place(self) -> tuple[int, int]:
        """Which question of how many in its section this is; (0, 0) when the page asks nothing."""
        here = [page for page in self.pages if page.part == self.page.part and page.kind in _ASKING]
        # Several notes on one page ask nothing either.
        asking = [page for page in here if not page.items or any(item.kind != "note" for item in page.items)]
        number = next((i for i, page in enumerate(asking, 1) if page is self.page), 0)
        return (number, len(asking)) if number else (0, 0)

    # ---------------------------------------------------------------- changes

    def change(self, work: Callable[[Filling], object], typed: str = "") -> bool:
        """Change answers so that it can be taken back; ``typed`` names a question whose typing is one change.

        Returns whether anything is different now.
        """
        before = self.filling.state()
        work(self.filling)
        if self.filling.state() == before:
            return False
        if not (typed and self._undo and self._undo[-1][1] == typed):
            self._undo.append((before, typed))
            del self._undo[:-UNDO_DEPTH]
        self._redo.clear()
        self.look()
        return True

    def undo(self) -> bool:
        """Take the last change back, and go where it was made; False when there is none."""
        if not self._undo:
            return False
        self._redo.append(self.filling.state())
        self._put_back(self._undo.pop()[0])
        return True

    def redo(self) -> bool:
        """Make the change again that was taken back; False when there is none."""
        if not self._redo:
            return False
        self._undo.append((self.filling.state(), ""))
        self._put_back(self._redo.pop())
        return True

    def _put_back(self, state: bytes) -> None:
        spoken = self.filling.language
        self.table.put_back(state)
        self.filling.language = spoken
        self.look()


_ASKING = frozenset({"question", "field-list"})
