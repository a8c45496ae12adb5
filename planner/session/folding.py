"""Folding: from the deltas of many edits to one clean document, and the real deletion of what was removed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from planner.plan.life import Section

if TYPE_CHECKING:
    from planner.plan.documents import DocumentEdit
    from planner.session.core import Session


class Folding:
    """Folds the documents of an open session.

    A removed record is only marked while undo may still bring it back; the first folding after that deletes it, and
    keeps keyed digests of its fields so that a later merge can tell an edit made elsewhere from an old copy. While a
    person is on hold, what was removed of theirs stays marked.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        # Sections in which something marked as removed was left, because undo needed it.
        self._marked: set[tuple[str, Section]] = set()

    def fold_all(self) -> None:
        """Fold every section that has deltas, then let the store empty its log."""
        store = self._session.store
        waiting = {(person, Section(section)) for person, section in store.unfolded()}
        waiting |= {each for each in self._marked if self._gone(*each)}
        for person, section in sorted(waiting):
            self.fold(person, section)
        if waiting:
            store.checkpoint()

    def sweep(self, person: str) -> None:
        """Delete for good what was removed of a person's and is not needed for undo, in every section: a hold ended."""
        for section in self._session.store.sections(person):
            self.fold(person, Section(section))

    def fold(
        self,
        person: str,
        section: Section,
        erase: Collection[str] = (),
        change: Callable[[DocumentEdit], object] | None = None,
    ) -> None:
        """Fold one section; all of it in one transaction, or nothing.

        ``erase`` are records to be deleted now, whatever undo may need; ``change`` makes further changes, whose index
        rows are the caller's.
        """
        try:
            # Read within the transaction too: what is merged beside the window must not be folded away.
            with self._session.store.transaction():
                self._fold_now(person, section, erase, change)
        except BaseException:
            # What is read next is what is stored: the document in memory has lost what the store still has.
            self._session.editor.documents.forget(person)
            raise

    def _fold_now(
        self,
        person: str,
        section: Section,
        erase: Collection[str],
        change: Callable[[DocumentEdit], object] | None,
    ) -> None:
        session = self._session
        document = session.editor.documents.get(person, section)
        gone = set(erase) | self._gone(person, section)
        if gone or change is not None:
            from planner.plan.documents import digests

            key = digest_key(session)
            kept = {record_id: "\n".join(digests(document, record_id, key)).encode() for record_id in gone}
            with document.edit() as edit:
                for record_id in gone:
                    edit.purge(record_id)
                if change is not None:
                    change(edit)
            session.store.add_purged(person, section, kept)
            session.store.drop_rows(person, gone)
            session.since.leave_out(person, gone - set(erase))
        session.store.fold(person, section, document.fold())
        if any(each.removed for each in document.records().values()):
            self._marked.add((person, section))
        else:
            self._marked.discard((person, section))

    def _gone(self, person: str, section: Section) -> set[str]:
        """The records to be deleted for good: marked, not needed by undo, and of nobody who is on hold."""
        if self._is_held(person):
            return set()
        needed = self._session.editor.undoable_ids()
        document = self._session.editor.documents.get(person, section)
        return {each.id for each in document.records().values() if each.removed and each.id not in needed}

    def _is_held(self, person: str) -> bool:
        row = self._session.store.person(person)
        return row is not None and bool(row.held_since)


def digest_key(session: Session) -> bytes:
    """The key under which digests of fields are kept in this notebook; made when it is first asked for."""
    store = session.store
    kept = store.get("digest_key", "")
    if not kept:
        kept = secrets.token_hex(32)
        store.set("digest_key", kept)
    return bytes.fromhex(kept)
