"""The document of one section: the truth of which the tables are only an index.

Writes are kept in one flat map of a CRDT document (see :mod:`planner.plan.registers` for how they read as records).
The document never has an undo manager, because that keeps deleted words in the encoding; and every opening takes a
fresh client id, because a restored copy that kept its old one would diverge without a word.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from pycrdt import Doc, Map, TransactionEvent

from planner.plan.changes import FieldChange, MergeReport, Progress
from planner.plan.check import MAX_BYTES
from planner.plan.editing import DocumentEdit
from planner.plan.records import Record
from planner.plan.registers import Held, View, Write, read_writes, view
from planner.plan.trouble import DocumentDamaged

__all__ = ["DocumentDamaged", "DocumentEdit", "FieldChange", "MergeReport", "SectionDocument", "digests"]

_ROOT = "w"
_CLIENT_BITS = 53


class SectionDocument:
    """One section of a person's plan.

    Not to be used by two threads at the same time; any thread may use it while no other does.
    """

    def __init__(self) -> None:
        self._doc: Doc[Any] = Doc(client_id=secrets.randbits(_CLIENT_BITS))
        self._map: Map[Any] = self._doc.get(_ROOT, type=Map)
        self._held: dict[str, Held] | None = {}
        self._views: dict[str, View | None] = {}
        self._records: dict[str, Record | None] = {}
        self._editing = False

    @classmethod
    def new(cls) -> SectionDocument:
        """An empty document."""
        return cls()

    @classmethod
    def load(cls, state: bytes, deltas: Iterable[bytes] = ()) -> SectionDocument:
        """Read a document from its folded state and the deltas written since, in their order.

        Raises:
            DocumentDamaged: the bytes cannot be read, or are more than 64 MiB.
        """
        document = cls()
        for part in (state, *deltas):
            if part:
                document._apply(part)
        document._held = None
        return document

    def _apply(self, update: bytes) -> None:
        if len(update) > MAX_BYTES:
            raise DocumentDamaged
        try:
            self._doc.apply_update(update)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001 - the engine panics with a BaseException on some broken bytes
            raise DocumentDamaged from None

    # reading -------------------------------------------------------------------------------------------------------
    def entries(self) -> dict[str, Any]:
        """Every write by its key, as the engine holds them."""
        try:
            with self._doc.transaction() as transaction:
                text = self._map.integrated.to_json(transaction._txn)  # noqa: SLF001 - ten times faster than to_py
            return cast("dict[str, Any]", json.loads(text))
        except (ValueError, RecursionError):
            raise DocumentDamaged from None

    def keys(self) -> set[str]:
        """The keys of every write."""
        with self._doc.transaction() as transaction:
            return set(self._map.integrated.keys(transaction._txn))  # noqa: SLF001

    @property
    def held(self) -> dict[str, Held]:
        """The writes of each record, as they stand with the changes of a running edit."""
        if self._held is None:
            self._held = read_writes(self.entries())
        return self._held

    def view(self, record_id: str) -> View | None:
        """One record as it reads, or None where there is none."""
        if record_id not in self._views:
            held = self.held.get(record_id)
            self._views[record_id] = view(held) if held is not None else None
        return self._views[record_id]

    def record(self, record_id: str) -> Record | None:
        """One typed record, also when it is marked as removed; None where there is none."""
        if record_id not in self._records:
            seen = self.view(record_id)
            self._records[record_id] = seen.record(record_id) if seen is not None else None
        return self._records[record_id]

    def records(self) -> dict[str, Record]:
        """Every record by its id, also those marked as removed, with rivals filled in."""
        found = ((record_id, self.record(record_id)) for record_id in self.held)
        return {record_id: record for record_id, record in found if record is not None}

    def forget(self, record_id: str) -> None:
        """Drop what was worked out about a record whose writes have changed."""
        self._views.pop(record_id, None)
        self._records.pop(record_id, None)

    # writing -------------------------------------------------------------------------------------------------------
    @contextmanager
    def edit(self) -> Iterator[DocumentEdit]:
        """One edit, written as one transaction at the end of the block; on an exception nothing has changed.

        Inside the block :meth:`record` and :meth:`records` already show the changes. Afterwards the edit tells its
        ``delta`` (empty when nothing was written) and its ``changes``.
        """
        if self._editing:
            raise RuntimeError("an edit of this document is already running")
        edit = DocumentEdit(self)
        self._editing = True
        try:
            yield edit
            edit.finish()
        except BaseException:
            edit.give_up()
            raise
        finally:
            self._editing = False

    def commit(self, drops: Collection[str], puts: Mapping[str, Write]) -> bytes:
        """Write to the engine what already stands in :attr:`held`; returns the delta of this one transaction."""
        if not drops and not puts:
            return b""
        deltas: list[bytes] = []

        def keep(event: TransactionEvent) -> None:
            deltas.append(event.update)

        # Only while writing: a lasting subscription is a circle through the engine that Python cannot clear away.
        subscription = self._doc.observe(keep)
        try:
            with self._doc.transaction() as transaction:
                inner, writing = self._map.integrated, transaction._txn  # noqa: SLF001 - one call each, not six
                for key in drops:
                    inner.remove(writing, key)
                for key, write in puts.items():
                    inner.insert(writing, key, write)
        finally:
            self._doc.unobserve(subscription)
        (delta,) = deltas
        return delta

    def state(self) -> bytes:
        """The whole document, encoded."""
        return self._doc.get_update()

    def fold(self) -> bytes:
        """The document encoded without any deleted or overwritten word; only random keys of such writes stay."""
        return self.state()

    def merge(
        self,
        other_state: bytes,
        purged: Mapping[str, Collection[str]] | None = None,
        key: bytes = b"",
        progress: Progress | None = None,
    ) -> MergeReport:
        """Take in another copy of this section.

        ``purged`` holds the :func:`digests` of records deleted here for good, made under ``key``; a record that comes
        back with the very words that were deleted stays deleted. ``progress(done, total)`` is called a few dozen
        times and may raise :class:`planner.plan.Cancelled`; then, as after any exception, nothing has changed. The
        merged document is to be stored by :meth:`fold`.

        Raises:
            DocumentDamaged: the other copy cannot be read.
        """
        from planner.plan.merge import merge

        if self._editing:
            raise RuntimeError("an edit of this document is running")
        return merge(self, other_state, purged or {}, key, progress)

    def become(self, other: SectionDocument) -> None:
        """Take over everything of another document, which is not to be used any more."""
        self._doc, self._map = other._doc, other._map
        self._held, self._views, self._records = other._held, other._views, other._records

    def take_in(self, held: dict[str, Held], touched: Iterable[str]) -> None:
        """Adopt writes that the engine already has, read elsewhere; ``touched`` are the records that differ."""
        self._held = held
        for record_id in touched:
            self.forget(record_id)


def digests(document: SectionDocument, record_id: str, key: bytes) -> list[str]:
    """Keyed digests of the fields of a record, to be kept when it is deleted for good (see :meth:`merge`)."""
    from planner.plan.merge import field_digests

    seen = document.view(record_id)
    return field_digests(record_id, seen, key) if seen is not None else []
