"""Edits: from a page's words to one durable transaction, and back again by undo.

The documents are the truth. An edit changes them in memory, and the delta with the index rows that follow from it goes
to the store in one transaction; when that does not succeed, the documents in memory are forgotten, so that what is
read next is what is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.indexing import agenda_rows, index_row
from planner.plan.life import Section
from planner.plan.records import Appointment, Goal, GoalPart, Outcome, Record, SafetyLine, TimeLimit, TrackedPaper
from planner.session.types import Changed
from planner.session.undoing import Act, Done, History, Undone

if TYPE_CHECKING:
    from planner.plan.changes import FieldChange
    from planner.plan.documents import DocumentEdit, SectionDocument
    from planner.store.store import Store

AGENDA_DAYS_BEFORE = 62
AGENDA_DAYS_AFTER = 400
_STEP = 64
"""Records after which long work tells how far it is."""

Progress = Callable[[int, int], None]


def _no_progress(_done: int, _of: int) -> None:
    """Nobody looks."""


def _nobody_looks(_person: str) -> None:
    """Nobody looks."""


class Documents:
    """The section documents of an open store, loaded when first needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loaded: dict[tuple[str, Section], SectionDocument] = {}

    def get(self, person: str, section: Section) -> SectionDocument:
        """The document of one section; an empty one where nothing has been written yet."""
        found = self._loaded.get((person, section))
        if found is None:
            from planner.plan.documents import SectionDocument

            stored = self._store.document(person, section)
            found = SectionDocument.load(stored.state, stored.deltas) if stored.state or stored.deltas else None
            found = found or SectionDocument.new()
            self._loaded[(person, section)] = found
        return found

    def forget(self, person: str | None = None) -> None:
        """Drop what is loaded, of one person or of all, so that it is read again from the store."""
        for key in [key for key in self._loaded if person is None or key[0] == person]:
            del self._loaded[key]


class Edit:
    """The changes of one edit, made on the documents as they are called."""

    def __init__(self, editor: Editor, person: str, stack: ExitStack) -> None:
        self._editor = editor
        self._stack = stack
        self.person = person
        self.sections: dict[Section, DocumentEdit] = {}
        self.touched: set[str] = set()
        self.changed: Changed | None = None
        """What it changed, once it is durable."""

    def _in(self, section: Section) -> DocumentEdit:
        if section not in self.sections:
            document = self._editor.documents.get(self.person, section)
            self.sections[section] = self._stack.enter_context(document.edit())
        return self.sections[section]

    def _where(self, record_id: str) -> Section:
        row = self._editor.store.row(self.person, record_id)
        if row is not None:
            return Section(row.section)
        for section in Section:
            if self._editor.documents.get(self.person, section).record(record_id) is not None:
                return section
        raise KeyError(record_id)

    def record(self, record_id: str) -> Record:
        """The record as it stands with the changes of this edit.

        Raises:
            KeyError: there is no such record.
        """
        found = self._editor.documents.get(self.person, self._where_now(record_id)).record(record_id)
        if found is None:
            raise KeyError(record_id)
        return found

    def _where_now(self, record_id: str) -> Section:
        for section in self.sections:
            if self._editor.documents.get(self.person, section).record(record_id) is not None:
                return section
        return self._where(record_id)

    def add(self, record: Record) -> str:
        """Put a new record into its section; parts of a goal and outcomes go where what they belong to is."""
        owner = (
            record.goal if isinstance(record, GoalPart) else record.appointment if isinstance(record, Outcome) else ""
        )
        section = self._where_now(owner) if owner else record.home()
        self._in(section).put(record)
        self.touched.add(record.id)
        if isinstance(record, Outcome):
            self.touched.add(record.appointment)
        return record.id

    def change(self, record_id: str, **values: Any) -> None:
        """Set fields of a record; a goal, an appointment or a paper that belongs to another section now moves there."""
        section = self._where_now(record_id)
        self._in(section).change(record_id, **values)
        self.touched.add(record_id)
        now = self.record(record_id)
        if isinstance(now, _KEPT_APART) and now.home() is not section:
            self._move(now, section, now.home())
        if isinstance(now, Outcome):
            self.touched.add(now.appointment)

    def _move(self, record: Record, old: Section, new: Section) -> None:
        source = self._editor.documents.get(self.person, old)
        along = [record] + [each for each in source.records().values() if _belongs(each, record.id)]
        for each in along:
            self._in(old).purge(each.id)
            self._in(new).put(each)
            self.touched.add(each.id)

    def remove(self, record_id: str) -> None:
        """Mark a record, and what belongs to it, as removed; undo brings it back until the notebook is locked."""
        self._mark(record_id, removed=True)

    def restore(self, record_id: str) -> None:
        """Take the mark of removal away again."""
        self._mark(record_id, removed=False)

    def _mark(self, record_id: str, *, removed: bool) -> None:
        section = self._where_now(record_id)
        document = self._editor.documents.get(self.person, section)
        ids = [record_id] + [each.id for each in document.records().values() if _belongs(each, record_id)]
        for each in ids:
            self._in(section).change(each, removed=removed)
            self.touched.add(each)
        marked = self.record(record_id)
        if isinstance(marked, Outcome):
            self.touched.add(marked.appointment)

    def move(self, record_id: str, *, after: str = "", before: str = "") -> None:
        """Place a record between two others of its list; an empty name means the end of the list on that side."""
        from planner.plan.order import between

        low = getattr(self.record(after), "order", "") if after else ""
        high = getattr(self.record(before), "order", "") if before else ""
        self.change(record_id, order=between(low, high))


_KEPT_APART = Goal | Appointment | TrackedPaper | TimeLimit | SafetyLine
"""What may be hers alone, or about another part of life, and is kept accordingly."""


def _belongs(record: Record, owner: str) -> bool:
    if isinstance(record, GoalPart):
        return record.goal == owner
    return isinstance(record, Outcome) and record.appointment == owner


class Editor:
    """Makes edits on one open store, keeps undo and redo, and tells what changed."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self.store = store
        self.documents = Documents(store)
        self.history = History()
        self.before_edit: Callable[[str], object] = _nobody_looks
        """Called with a person's id before anything of theirs is changed."""
        self._today = today
        self._listeners: list[Callable[[Changed], None]] = []

    def on_change(self, callback: Callable[[Changed], None]) -> Callable[[], None]:
        """Call ``callback`` after every change; the function returned stops that."""
        self._listeners.append(callback)

        def stop() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return stop

    def tell(self, changed: Changed) -> None:
        """Tell every listener what changed."""
        for callback in tuple(self._listeners):
            callback(changed)

    @contextmanager
    def edit(self, person: str, words: str, also: Callable[[], None] | None = None) -> Iterator[Edit]:
        """One edit: all of it is durable when the block ends, or nothing of it happened.

        ``also`` writes what belongs to the edit outside the documents, in the same transaction.

        Raises:
            MachineTrouble: the store could not keep it (a full disk, say); nothing changed.
        """
        with self._apply(person, words, self.history.add, also) as edit:
            yield edit
        self.tell_of(edit)

    @contextmanager
    def edit_beside(self, person: str, words: str, progress: Progress) -> Iterator[Edit]:
        """:meth:`edit` for long work in another thread: nobody is told until the window calls :meth:`tell_of`.

        When ``progress`` raises, nothing changed.
        """
        with self._apply(person, words, self.history.add, None, progress) as edit:
            yield edit

    @contextmanager
    def _apply(
        self,
        person: str,
        words: str,
        take: Callable[[Done], object],
        also: Callable[[], None] | None = None,
        progress: Progress = _no_progress,
    ) -> Iterator[Edit]:
        """``take`` gets what was done, once it is durable, where anything was."""
        self.before_edit(person)
        try:
            with ExitStack() as stack:
                edit = Edit(self, person, stack)
                yield edit
            edit.changed = self._save(edit, also, progress)
        except BaseException:
            self.documents.forget(person)
            raise
        changes = tuple((section, done.changes) for section, done in edit.sections.items() if done.changes)
        if changes:
            take(Done(person, words, changes))
        else:
            edit.changed = None

    def tell_of(self, edit: Edit) -> None:
        """Tell every listener what an edit changed, where it changed anything."""
        if edit.changed is not None:
            self.tell(edit.changed)

    def _save(self, edit: Edit, also: Callable[[], None] | None, progress: Progress) -> Changed:
        person = edit.person
        kinds: set[str] = set()
        told: dict[Section, dict[str, list[Outcome]]] = {}
        with self.store.transaction():
            for section, done in edit.sections.items():
                if done.delta:
                    self.store.add_delta(person, section, done.delta)
            for number, record_id in enumerate(sorted(edit.touched)):
                if number % _STEP == 0:
                    progress(len(edit.touched) + number, 2 * len(edit.touched))
                kinds.add(self._index(person, record_id, tuple(edit.sections), told))
            if also is not None:
                also()
        return Changed(person, frozenset(kinds - {""}), frozenset(edit.touched))

    def _index(
        self, person: str, record_id: str, sections: Iterable[Section], told: dict[Section, dict[str, list[Outcome]]]
    ) -> str:
        for section in sections:
            record = self.documents.get(person, section).record(record_id)
            if record is not None:
                self.store.put_rows([index_row(person, section, record)])
                if isinstance(record, Appointment):
                    if section not in told:
                        told[section] = self._outcomes(person, section)
                    self.put_agenda(person, record, told[section].get(record.id, []))
                return record.kind
        was = self.store.row(person, record_id)
        if was is None:
            known = [section for section in Section if section not in sections]
            if any(self.documents.get(person, section).record(record_id) is not None for section in known):
                return ""
        self.store.drop_rows(person, [record_id])
        self.store.set_agenda(person, record_id, [])
        return was.kind if was else ""

    def _outcomes(self, person: str, section: Section) -> dict[str, list[Outcome]]:
        """What became of the times of each appointment of a section; read once for an edit of any size."""
        found: dict[str, list[Outcome]] = {}
        for each in self.documents.get(person, section).records().values():
            if isinstance(each, Outcome) and not each.removed:
                found.setdefault(each.appointment, []).append(each)
        return found

    def put_agenda(self, person: str, appointment: Appointment, outcomes: list[Outcome]) -> None:
        """Work out the dates of one appointment for the time around today and keep them in the index."""
        start = self._today() - timedelta(days=AGENDA_DAYS_BEFORE)
        end = self._today() + timedelta(days=AGENDA_DAYS_AFTER)
        rows = [] if appointment.removed else agenda_rows(person, appointment, outcomes, start, end)
        self.store.set_agenda(person, appointment.id, rows)

    # undo and redo -------------------------------------------------------------------------------------------------
    def undo_words(self) -> str | None:
        """The words of the edit that undo would take back, or None."""
        return self.history.done[-1].words if self.history.done else None

    def redo_words(self) -> str | None:
        """The words of the edit that redo would make again, or None."""
        return self.history.undone[-1].words if self.history.undone else None

    def undo(self) -> bool:
        """Take back the last edit by an edit that puts the earlier values back; False when there is none."""
        return self._tell_undone(self.turn_back())

    def redo(self) -> bool:
        """Make the edit again that undo took back; False when there is none."""
        return self._tell_undone(self.turn_back(again=True))

    def _tell_undone(self, undone: Undone | None) -> bool:
        if undone is not None:
            self.tell(undone.changed)
        return undone is not None

    def turn_back(self, *, again: bool = False, progress: Progress = _no_progress) -> Undone | None:
        """Undo (or, with ``again``, redo) without telling anyone, so that it may be done beside the window.

        Whoever calls it tells the listeners afterwards, by :meth:`tell`. When ``progress`` raises, nothing changed.
        """
        history = self.history
        source, target = (history.undone, history.done) if again else (history.done, history.undone)
        if not source:
            return None
        done = source[-1]
        if isinstance(done, Act):
            told = done.turn()
            target.append(source.pop())
            history.end_step()
            return Undone(done.words, told, done.id, done.kind)
        made: list[Done] = []
        with self._apply(done.person, done.words, made.append, None, progress) as edit:
            for section, changes in done.changes:
                edit.touched.update(self._owners(done.person, section, changes))
                _put_back(edit._in(section), changes, progress)  # noqa: SLF001 - the editor and its edit are one idea
                edit.touched.update(change.record for change in changes)
                edit.touched.update(self._owners(done.person, section, changes))
        source.remove(done)
        target.extend(made)
        history.end_step()
        first = next(done.each())
        changed = edit.changed or Changed(done.person, frozenset({first.kind}), frozenset(edit.touched))
        return Undone(done.words, changed, first.record, first.kind)

    def steps_in_last(self, *, again: bool = False) -> int:
        """How many fields undo would put back (or redo would change), so that somebody can tell whether it is slow."""
        source = self.history.undone if again else self.history.done
        return sum(1 for _change in source[-1].each()) if source else 0

    def _owners(self, person: str, section: Section, changes: tuple[FieldChange, ...]) -> set[str]:
        """The appointments whose dates change because one of their outcomes did."""
        document = self.documents.get(person, section)
        found = (document.record(change.record) for change in changes if change.kind == Outcome.kind)
        return {each.appointment for each in found if isinstance(each, Outcome)}

    def forget_undo(self) -> None:
        """Empty undo and redo."""
        self.history.forget()

    def forget_undo_of_others(self, person: str) -> None:
        """Keep undo and redo of one person alone, so that no key brings back another person's words."""
        self.history.forget_others(person)

    def undoable_ids(self) -> set[str]:
        """The records that undo or redo may still need."""
        return self.history.records()


def _put_back(edit: DocumentEdit, changes: tuple[FieldChange, ...], progress: Progress) -> None:
    """Put the earlier values back, some records at a time."""
    from planner.plan.undo import put_back

    by_record: dict[str, list[FieldChange]] = {}
    for change in changes:
        by_record.setdefault(change.record, []).append(change)
    for number, those in enumerate(by_record.values()):
        if number % _STEP == 0:
            progress(number, 2 * len(by_record))
        put_back(edit, those)
