"""Photos and PDFs of papers: kept as they came, called in her own words, removed with a way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from planner.plan.records import new_id
from planner.session.types import Changed
from planner.session.undoing import Act
from planner.store.attachments import ANSWER
from planner.store.rows import AttachmentRow
from planner.words import _

if TYPE_CHECKING:
    from planner.session.core import Session

MOST_BYTES = 25 * 1024 * 1024
"""How large a paper may be."""

KIND = "paper"
_CALM = "calm_picture"
Progress = Callable[[int, int], None]


def _no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper; ``record`` is the id of the appointment or goal that it belongs to, or empty."""

    id: str
    person: str
    title: str
    media_type: str
    size: int
    added: datetime
    record: str = ""
    removed: bool = False

    @property
    def is_pdf(self) -> bool:
        """Whether it has pages; otherwise it is one picture."""
        return self.media_type == "application/pdf"


class Papers:
    """The papers of an open notebook. Undo of what is changed here is the same as that of the plan."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._store = session.store
        self._coming: set[str] = set()

    # ---------------------------------------------------------------- reading

    def of(self, person: str) -> list[Paper]:
        """Somebody's papers, the newest first.

        Raises:
            OutOfReach: another person's pages are the only ones open.
        """
        self._session.within_reach(person)
        return [paper_of(row) for row in self._store.attachments(person) if row.record != ANSWER]

    def of_record(self, person: str, record: str) -> list[Paper]:
        """The papers that belong to one appointment or goal; raises as :meth:`of`."""
        self._session.within_reach(person)
        return [paper_of(row) for row in self._store.attachments(person, record=record)]

    def find(self, person: str, paper: str) -> Paper | None:
        """One paper that is not removed; raises as :meth:`of`."""
        self._session.within_reach(person)
        row = self._store.attachment(paper)
        there = row is not None and row.person == person and not row.removed and row.record != ANSWER
        return paper_of(row) if row is not None and there else None

    def content(self, paper: Paper, progress: Progress = _no_progress) -> bytes:
        """All of it, byte for byte as it came in; may be called from any thread.

        Raises:
            OutOfReach, MachineTrouble; KeyError when it was erased meanwhile.
        """
        self._session.within_reach(paper.person)
        return self._store.attachment_content(paper.id, progress)

    def calm(self, person: str) -> Paper | None:
        """The picture somebody chose to look at in a quiet moment; None when none was, or it is gone. As :meth:`of`."""
        chosen = self._store.get(f"{_CALM}/{person}", "")
        return self.find(person, chosen) if isinstance(chosen, str) and chosen else None

    # ---------------------------------------------------------------- writing

    def choose_calm(self, person: str, paper: Paper | None) -> None:
        """Keep which picture is shown in a quiet moment; None: none.

        Raises:
            OutOfReach, MachineTrouble.
        """
        self._session.within_reach(person)
        self._store.set(f"{_CALM}/{person}", paper.id if paper is not None else "")

    def keep(
        self,
        person: str,
        content: bytes,
        media_type: str,
        title: str,
        record: str = "",
        progress: Progress = _no_progress,
    ) -> Paper:
        """Keep a paper; may be called from any thread. Tell of it afterwards, in the window's own: :meth:`told`.

        Raises:
            ValueError: nothing in it, no title, or larger than :data:`MOST_BYTES`.
            MachineTrouble, whatever ``progress`` raises: nothing is kept.
        """
        if not title.strip() or len(content) > MOST_BYTES:
            raise ValueError("a paper has a title and is not too large")
        self._session.within_reach(person)
        row = AttachmentRow(
            id=new_id(),
            person=person,
            record=record,
            title=title.strip(),
            media_type=media_type,
            size=len(content),
            added=self._session.stamp(),
        )
        self._coming.add(row.id)
        try:
            self._store.add_attachment(row, content, progress)
        finally:
            self._coming.discard(row.id)
        return paper_of(row)

    def told(self, paper: Paper) -> None:
        """Let every page know of a paper that came in or changed."""
        self._session.editor.tell(Changed(paper.person, frozenset({KIND}), frozenset({paper.id})))

    def rename(self, paper: Paper, title: str, *, typing: bool = False) -> None:
        """Call it something else. With ``typing`` the next name is part of the same step of undo.

        Raises ValueError for a title without a word.
        """
        if not title.strip():
            raise ValueError("a paper has a title")
        self._change(paper, _("Change the name of a paper"), title=title.strip(), typing=typing)

    def belongs_to(self, paper: Paper, record: str) -> None:
        """Put it with an appointment or a goal; an empty id takes it away from there."""
        self._change(paper, _("Change what a paper belongs to"), record=record)

    def remove(self, paper: Paper) -> None:
        """Mark it as removed; undo brings it back until the notebook is locked, then it is erased."""
        self._change(paper, _("Remove a paper"), removed=True)

    def erase(self, paper: Paper) -> None:
        """Erase it for good; undo does not know of it any more. May be called from any thread; :meth:`told` afterwards.

        Raises:
            OnHold: nothing of this person may be erased.
            OutOfReach, MachineTrouble.
        """
        self._session.within_reach(paper.person)
        self._session.erasing.refuse_if_held(paper.person)
        self._session.editor.history.forget_records(paper.person, {paper.id})
        self._store.erase_attachment_slowly(paper.id)
        self._session.erasing.done += 1
        self._session.log("erased", paper.person, {"kind": KIND})

    def _change(
        self,
        paper: Paper,
        words: str,
        *,
        title: str | None = None,
        record: str | None = None,
        removed: bool | None = None,
        typing: bool = False,
    ) -> None:
        self._session.within_reach(paper.person)
        before = self._store.attachment(paper.id)
        if before is None:
            raise KeyError(paper.id)
        self._store.change_attachment(paper.id, title=title, record=record, removed=removed)
        act = Act(paper.person, words, KIND, paper.id, self._turning(before), typing)
        self._session.editor.history.add(act)
        self.told(paper)

    def _turning(self, before: AttachmentRow) -> Callable[[], Changed]:
        """What puts a paper back as it was and, called again, as it is now."""
        kept = [before]

        def turn() -> Changed:
            row = kept[0]
            now = self._store.attachment(row.id)
            if now is not None:
                self._store.change_attachment(row.id, title=row.title, record=row.record, removed=row.removed)
                kept[0] = now
            return Changed(row.person, frozenset({KIND}), frozenset({row.id}))

        return turn

    def needed(self) -> set[str]:
        """The papers that are to stay though they are marked: undo or redo may need them, or they are coming in."""
        return self._coming | self._session.editor.history.acted_on(KIND)


def paper_of(row: AttachmentRow) -> Paper:
    """A row of the store as pages and what leaves know it."""
    added = datetime.fromisoformat(row.added)
    return Paper(row.id, row.person, row.title, row.media_type, row.size, added, row.record, row.removed)
