"""Folding: from the deltas of many edits to one clean document, and the real deletion of what was removed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from planner.plan.life import Section

if TYPE_CHECKING:
    from planner.session.core import Session


class Folding:
    """Folds the documents of an open session.

    A removed record is only marked while undo may still bring it back; the first folding after that deletes it, and
    keeps keyed digests of its fields so that a later merge can tell an edit made elsewhere from an old copy.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def fold_all(self) -> None:
        """Fold every section that has deltas, then let the store empty its log."""
        store = self._session.store
        waiting = store.unfolded()
        for person, section in waiting:
            self._fold(person, Section(section))
        if waiting:
            store.checkpoint()

    def _fold(self, person: str, section: Section) -> None:
        session = self._session
        document = session.editor.documents.get(person, section)
        needed = session.editor.undoable_ids()
        gone = [each.id for each in document.records().values() if each.removed and each.id not in needed]
        with session.store.transaction():
            if gone:
                from planner.plan.documents import digests

                key = self._digest_key()
                kept = {record_id: "\n".join(digests(document, record_id, key)).encode() for record_id in gone}
                with document.edit() as edit:
                    for record_id in gone:
                        edit.purge(record_id)
                session.store.add_purged(person, section, kept)
                session.store.drop_rows(person, gone)
            session.store.fold(person, section, document.fold())

    def _digest_key(self) -> bytes:
        store = self._session.store
        kept = store.get("digest_key", "")
        if not kept:
            kept = secrets.token_hex(32)
            store.set("digest_key", kept)
        return bytes.fromhex(kept)
