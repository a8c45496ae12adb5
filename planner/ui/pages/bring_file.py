"""What pages share that bring something in from a file: which one, a look at it beside the window, letting go of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from planner.ui.kit.said import announce
from planner.ui.page import Page

if TYPE_CHECKING:
    from planner.ui.page import Desk
    from planner.ui.work import Progress

Found = TypeVar("Found")

AT_LENGTH = 100
"""What is written before anybody can press anything else, if it is more than so many."""


class BringFilePage(Page):
    """Shows what a file holds before anything is taken from it; nothing of it is kept on a page that is out of sight.

    A subclass asks by :meth:`choose_one`, looks in :meth:`read` by :meth:`look_at`, and overrides :meth:`forget`. What
    takes long to be written is brought in by :meth:`take_in`.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._awaited: object | None = None
        """Stands for the look that is under way; None where nothing of it is wanted any more."""
        self._coming_in = False

    def show_for(self, **where: str) -> None:
        """Begin anew."""
        self.forget()

    def leave(self) -> bool:
        """What was in the file is not kept on a page that is out of sight."""
        self.forget()
        return True

    def forget(self) -> None:
        """Let go of the file and of what was chosen; what is still being read is given up."""
        self._awaited = None

    def read(self, path: Path) -> None:
        """Look at the file that was chosen."""
        raise NotImplementedError

    def choose_one(self, title: str, words: str, suffixes: Sequence[str]) -> None:
        """Ask which file; ``suffixes`` are how the names end that are listed."""
        from planner.ui.paper.choose_file import ChooseFile

        self.desk.ask(ChooseFile(self, self.desk.formats, self.read, title=title, words=words, suffixes=suffixes))

    def look_at(self, words: str, work: Callable[[Progress], Found], show: Callable[[Found], object]) -> None:
        """Do ``work`` beside the window; ``show`` gets what it found, unless the page was left meanwhile.

        Trouble of the machine that ``work`` raises, such as :class:`~planner.ui.paper.choose_file.NotRead`, is said.
        """
        self._awaited = awaited = object()

        def done(found: Found) -> None:
            if self._awaited is awaited:
                show(found)

        self.desk.busy(words, work, done)

    def to_the_top(self, say: str = "") -> None:
        """Something else is shown: read from its beginning, with the keyboard on the first thing to do."""
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)
        if say:
            announce(self, say)
        # At once: what had the keyboard is hidden now, and it must not wander into the head meanwhile.
        target = self.first_focus()
        if target is not None and target.isVisible():
            target.setFocus()

    def take_in(
        self, words: str, work: Callable[[Progress], Found], done: Callable[[Found], object], many: int
    ) -> None:
        """Write ``many`` things beside the window, once, however often it is asked for meanwhile."""
        from planner.ui.work import PATIENCE, Work

        if self._coming_in:
            return
        self._coming_in = True
        # While many are written, nothing else is to be typed or pressed: the card comes at once.
        Work(self, words, work, done, patience=0 if many > AT_LENGTH else PATIENCE).over.connect(self._came_in)

    def _came_in(self) -> None:
        self._coming_in = False
