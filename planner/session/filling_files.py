"""Files given as answers to a guided form: attachments of the notebook that no list of papers shows.

Whose they are is told by the answers alone: a file stays as long as a filling of its person names it, or undo within
the form that is open may bring it back. So one that is taken over into a newer filling, or comes with a merge, is never
there twice and never without its answer; and one that no answer names is marked as removed, and erased as papers are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING

from planner.store.attachments import ANSWER

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.session.filling_desk import FillingDesk
    from planner.session.papers import Paper
    from planner.store.rows import AttachmentRow
    from planner.store.store import Store

Progress = Callable[[int, int], None]
LONGEST_ENDING = 8
_A_NAME = re.compile(r"[A-Za-z0-9_-]{12,}")
"""What :func:`~planner.plan.records.new_id` makes, which has sixteen letters."""


def _no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


def _nothing() -> Iterable[bytes]:
    return ()


class FillingFiles:
    """The files of a filling on the table (:class:`~planner.forms.answer_files.AnswerFiles`).

    ``undoable`` gives the states that undo may bring back; files named there stay.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session, self._person = session, person
        self._fresh: set[str] = set()
        self.undoable: Callable[[], Iterable[bytes]] = _nothing

    def keep(self, name: str, media_type: str, content: bytes, progress: Progress = _no_progress, /) -> str:
        """Keep a file called ``name``; gives the text that is the answer. May be called from any thread.

        Raises:
            ValueError: there is nothing in it, or it is larger than :data:`~planner.session.papers.MOST_BYTES`.
            OutOfReach, MachineTrouble, whatever ``progress`` raises: nothing is kept.
        """
        title = name.strip() or "-"
        paper = self._session.papers.keep(self._person, content, media_type, title, ANSWER, progress)
        self._fresh.add(paper.id)
        ending = PurePath(name.lower()).suffix
        return paper.id + (ending if ending[1:].isalnum() and len(ending) <= LONGEST_ENDING else "")

    def content(self, value: str) -> bytes | None:
        """The content of a file by its answer; None when it is not there. May be called from any thread.

        Raises:
            OutOfReach, MachineTrouble.
        """
        paper = self.paper(value)
        return self._session.papers.content(paper) if paper is not None else None

    def paper(self, value: str) -> Paper | None:
        """The file as one that can be handed out; None when it is not there."""
        row = self._row(value)
        if row is None:
            return None
        from planner.session.papers import paper_of

        return paper_of(row)

    def media_type(self, value: str) -> str:
        """Its media type; empty when it is not there."""
        row = self._row(value)
        return row.media_type if row is not None else ""

    def name(self, value: str) -> str:
        """What it was called when it came in; empty when it is not there."""
        row = self._row(value)
        return row.title if row is not None else ""

    def size(self, value: str) -> int:
        """How many bytes it has; 0 when it is not there."""
        row = self._row(value)
        return row.size if row is not None else 0

    def discard(self, value: str) -> None:
        """Erase a file that was kept just now and is no answer after all; one that an answer names stays."""
        self._fresh.discard(file_id(value))
        sweep(self._session, self._person)

    def needed(self, name: bytes) -> bool:
        """Whether a file, by its id, was kept just now or may be brought back by undo."""
        if any(name in state for state in self.undoable()):
            return True
        return name.decode() in self._fresh

    def seen(self, name: str) -> None:
        """An answer that is saved names this file by now."""
        self._fresh.discard(name)

    def _row(self, value: str) -> AttachmentRow | None:
        self._session.within_reach(self._person)
        row = self._session.store.attachment(file_id(value)) if value else None
        return row if row is not None and (row.person, row.record) == (self._person, ANSWER) else None


def file_id(value: str) -> str:
    """The id of a file by the text of its answer."""
    return value.partition(".")[0]


def sweep(session: Session, person: str | None = None, *, closed: bool = False) -> None:
    """Mark the files that no answer names as removed, and take the mark off those that one names again.

    ``person``: of one person, else of everyone; ``closed``: no form is open, so undo needs none.

    Raises:
        MachineTrouble.
    """
    store = session.store
    for each in _people_with_files(store, person):
        desk = None if closed else _open_desk(session, each)
        # What is merged beside the window is there before, or after.
        with store.transaction():
            unused = {row.id for row in _unused(store, each, desk)}
            for row in store.attachments(each, record=ANSWER, include_removed=True):
                # One whose pieces are still coming in is marked too, and no answer names it.
                if row.removed != (row.id in unused):
                    store.change_attachment(row.id, removed=row.id in unused)


def erase_unused(session: Session, person: str, forms: Collection[str] | None = None) -> None:
    """Erase the files of a person that no answer names any more, at once and for good, within a transaction.

    ``forms`` are those whose answers are erased with them (None: all), so that undo in one of them needs nothing.

    Raises:
        MachineTrouble.
    """
    desk = _open_desk(session, person)
    if desk is not None and (forms is None or desk.info.id in forms):
        desk = None
    coming = session.papers.needed()
    for row in _unused(session.store, person, desk):
        if row.id not in coming:
            session.store.erase_attachment(row.id)


def files_named(store: Store, person: str, state: bytes) -> list[AttachmentRow]:
    """The files of a person in ``store`` that these answers name, removed or not.

    A copy that somebody handed over may call a file anything; a name that stands in any answers would keep it for ever.
    """
    rows = store.attachments(person, record=ANSWER, include_removed=True)
    return [row for row in rows if _A_NAME.fullmatch(row.id) and row.id.encode() in state]


def _unused(store: Store, person: str, desk: FillingDesk | None) -> list[AttachmentRow]:
    states = [row.state for row in store.fillings(person)]
    files = desk.files if desk is not None and isinstance(desk.files, FillingFiles) else None
    unused = []
    for row in store.attachments(person, record=ANSWER, include_removed=True):
        name = row.id.encode()
        if any(name in state for state in states):
            if files is not None:
                files.seen(row.id)
        elif files is None or not (files.needed(name) or (desk is not None and name in desk.filling.state())):
            unused.append(row)
    return unused


def _people_with_files(store: Store, person: str | None) -> list[str]:
    return sorted({row.person for row in store.attachments(person, record=ANSWER, include_removed=True)})


def _open_desk(session: Session, person: str) -> FillingDesk | None:
    desk = session.forms.on_the_table
    return desk if desk is not None and desk.person == person else None
