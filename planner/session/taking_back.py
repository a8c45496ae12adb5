"""Undo and redo of an open notebook, as the screens ask for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.session.types import Changed

if TYPE_CHECKING:
    from planner.session.editing import Editor
    from planner.session.undoing import Undone


class TakingBack:
    """What a session knows of taking back; its :class:`planner.session.editing.Editor` does it."""

    editor: Editor

    def undo_words(self) -> str | None:
        """What undo would take back, or None."""
        return self.editor.undo_words()

    def redo_words(self) -> str | None:
        """What redo would make again, or None."""
        return self.editor.redo_words()

    def undo(self) -> bool:
        """Take back the last edit; False when there is none."""
        return self.editor.undo()

    def redo(self) -> bool:
        """Make the last undone edit again; False when there is none."""
        return self.editor.redo()

    def take_back(self, *, again: bool = False, progress: Callable[[int, int], None] | None = None) -> Undone | None:
        """Undo, or with ``again`` redo, and tell nobody yet: for a large edit, beside the window; then :meth:`tell`.

        None where there is nothing. When ``progress(done, total)`` raises, nothing has changed.
        """
        return self.editor.turn_back(again=again, **({} if progress is None else {"progress": progress}))

    def steps_in_last(self, *, again: bool = False) -> int:
        """How many fields undo would put back (``again``: redo would change); thousands take a while."""
        return self.editor.steps_in_last(again=again)

    def end_step(self) -> None:
        """A field was left: what is typed from now on is a step of its own for undo."""
        self.editor.history.end_step()

    def tell(self, changed: Changed) -> None:
        """Tell every listener what was changed beside the window. To be called in the window's thread."""
        self.editor.tell(changed)
