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

    def fold_all(self) -> None:
        """Fold every section that has deltas, then let the store empty its log."""
        store = self._session.store
        waiting = store.unfolded()
        for person, section in waiting:
            self.fold(person, Section(section))
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
        session = self._session
        document = session.editor.documents.get(person, section)
        needed = session.editor.undoable_ids()
        gone = set(erase)
        if not self._is_held(person):
            gone |= {each.id for each in document.records().values() if each.removed and each.id not in needed}
        try:
            with session.store.transaction():
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
        except BaseException:
            # What is read next is what is stored: the document in memory has lost what the store still has.
            session.editor.documents.forget(person)
            raise

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
