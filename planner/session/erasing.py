"""Erasing for good: one record, one person, the notebook. A hold on a person stops all of it.

What is erased leaves the documents, the index, the search, undo, drafts and what changed lately at once, in one
transaction; SQLite overwrites the pages and the log is emptied. Keyed digests stay, so that a merge with an older copy
does not bring it back without a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble
from planner.plan.life import Section
from planner.plan.records import Appointment, GoalPart, Helper, Outcome, Record
from planner.session.filling_files import erase_unused
from planner.session.gone import remember_person
from planner.session.types import Changed, Mode, OutOfReach
from planner.words import _

if TYPE_CHECKING:
    from planner.plan.documents import DocumentEdit
    from planner.session.core import Session
    from planner.store.backups import Backup

Progress = Callable[[int, int], None]


def _no_progress(_done: int, _of: int) -> None:
    """Nobody looks."""


class OnHold(MachineTrouble):
    """Somebody said that nothing of this person may be erased."""

    def __init__(self) -> None:
        super().__init__(
            _("If papers from a court or a lawyer have come, do not delete. Call your lawyer."),
            _("“Keep everything” is on. While it is on, nothing is erased, and what is removed stays in the notebook."),
        )


@dataclass(frozen=True, slots=True)
class Account:
    """What erasing would do, in plain sentences: what goes, what stays, and which safety copies in reach still hold it.

    ``forms`` are the titles of the guided forms whose answers hold it too; they go only when asked. While somebody else
    is on hold the copies are not offered: they stay, and that is said.
    """

    title: str
    goes: tuple[str, ...]
    stays: tuple[str, ...]
    backups: tuple[Backup, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Belonging:
    """Everything that goes with one record: ids by section, and those that only lose a mention of it."""

    record: Record
    parts: tuple[Record, ...]
    ids: dict[Section, tuple[str, ...]]
    mentions: dict[Section, tuple[str, ...]]
    papers: tuple[str, ...]
    fillings: tuple[str, ...]
    forms: tuple[str, ...]

    @property
    def every(self) -> set[str]:
        """All ids that go, papers included."""
        return {each for ids in self.ids.values() for each in ids} | set(self.papers)


class Erasing:
    """Erasing in an open notebook."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._allowed = False
        self.done = 0
        """How often something was erased in this session, so that a copy that is being made learns of it."""

    # -- the hold ----------------------------------------------------------------------------------------------------
    def is_held(self, person: str) -> bool:
        """Whether nothing of this person may be erased."""
        row = self._session.store.person(person)
        return row is not None and bool(row.held_since)

    def anyone_held(self) -> bool:
        """Whether nothing of somebody in this notebook may be erased, so that the notebook may not be either."""
        return bool(self._session.store.held_people())

    def hold(self, person: str) -> None:
        """From now on nothing of this person is erased, not even what is removed, until :meth:`lift`."""
        self._closed_with_someone()
        if self.is_held(person):
            return
        with self._session.store.transaction():
            self._session.change_person(person, held_since=self._session.stamp())
            self._session.log("held", person, {})

    def lift(self, person: str) -> None:
        """Take the hold off; what was removed meanwhile is deleted for good, but for what undo may need."""
        self._closed_with_someone()
        if not self.is_held(person):
            return
        with self._session.store.transaction():
            self._session.change_person(person, held_since="")
            self._session.log("hold lifted", person, {})
            self._session.folding.sweep(person)
        self._session.store.checkpoint()

    def refuse_if_held(self, person: str) -> None:
        """Raise :class:`OnHold` where nothing of this person may be erased."""
        if self.is_held(person):
            raise OnHold

    # -- what erasing would do ---------------------------------------------------------------------------------------
    def holding(self, person: str, record_id: str | None, progress: Progress = _no_progress) -> tuple[Backup, ...]:
        """The safety copies in reach that still hold a record, or anything of a person (None). Opens each: slow."""
        self._session.within_reach(person)
        return tuple(self._session.backups.holding(person, record_id, progress))

    def look_at_record(self, person: str, record_id: str, backups: Collection[Backup] = ()) -> Account:
        """What erasing one record would do; ``backups`` as :meth:`holding` gave them.

        Raises:
            KeyError: there is no such record.
            OutOfReach, MachineTrouble.
        """
        from planner.session.erasing_words import record_account

        return record_account(self._session, person, self._belonging(person, record_id), tuple(backups))

    def look_at_person(self, person: str, backups: Collection[Backup] = ()) -> Account:
        """What erasing one person would do; ``backups`` as :meth:`holding` gave them."""
        from planner.session.erasing_words import person_account

        self._closed_with_someone()
        return person_account(self._session, person, tuple(backups))

    def look_at_notebook(self) -> Account:
        """What erasing the notebook would do."""
        from planner.session.erasing_words import notebook_account

        self._closed_with_someone()
        return notebook_account(self._session, tuple(self._session.backups.list()))

    # -- erasing -----------------------------------------------------------------------------------------------------
    def erase_record(self, person: str, record_id: str, *, answers: bool = False) -> None:
        """Erase one record and what belongs to it, at once and for good; undo does not know of it any more.

        ``answers`` also erases the answers of the guided form that it came from. Tells the listeners at the end.

        Raises:
            OnHold: nothing was erased.
            KeyError: there is no such record.
            OutOfReach, MachineTrouble: nothing was erased.
        """
        session = self._session
        self.refuse_if_held(person)
        found = self._belonging(person, record_id)
        kinds = {found.record.kind, *(each.kind for each in found.parts)}
        try:
            with session.store.transaction():
                for section, ids in found.ids.items():
                    session.folding.fold(person, section, ids)
                for section, ids in found.mentions.items():
                    session.folding.fold(person, section, (), _without_contact(ids))
                    self._index_again(person, section, ids)
                for paper in found.papers:
                    session.store.erase_attachment(paper)
                if answers:
                    self._erase_answers(person, found)
                self._drop_drafts(person, found.every)
                session.since.forget(person, found.every)
                session.calendar_files.forget(person, found.every)
                session.log("erased", person, {"kind": found.record.kind})
        except BaseException:
            session.editor.documents.forget(person)
            raise
        self.done += 1
        session.editor.history.forget_records(person, found.every)
        session.editor.documents.forget(person)  # their words are in what is loaded
        if answers and found.fillings:
            session.forms.forget_open(person, found.forms)
            kinds.add("filling")
        if found.papers:
            kinds.add("paper")
        touched = found.every | {each for ids in found.mentions.values() for each in ids}
        session.store.checkpoint()
        session.editor.tell(Changed(person, frozenset(kinds), frozenset(touched)))

    def erase_person(self, person: str, *, tell: bool = True, by_time: bool = False) -> Changed:
        """Erase everything of one person, at once and for good. Their pages must not be the ones that are open.

        Without ``tell`` it may run beside the window; then the window tells the listeners what is returned.
        ``by_time``: nobody asked for it now, the time for which such pages are kept is over.

        Raises:
            OnHold: nothing was erased.
            ValueError: the notebook is this person's own, or their pages are open.
            OutOfReach, MachineTrouble: nothing was erased.
        """
        session = self._session
        self._closed_with_someone()
        self.refuse_if_held(person)
        if session.mode is Mode.FOR_ME or (session.person is not None and session.person.id == person):
            raise ValueError("the pages of this person are open")
        with session.store.transaction():
            session.store.remove_person(person)
            remember_person(session, person)
            session.log("erased", "", {"kind": "person", **({"by": "time"} if by_time else {})})
        self.done += 1
        session.editor.history.forget_records(person, None)
        session.editor.documents.forget(person)
        session.since.forget(person)
        session.forms.forget_open(person, None)
        session.looking.forget(person)
        session.forget_people()
        session.store.checkpoint()
        changed = Changed("", frozenset({"person"}), frozenset({person}))
        if tell:
            session.editor.tell(changed)
        return changed

    def allow_notebook(self, secret: str) -> None:
        """Ask for the passphrase once more, before :meth:`erase_notebook`. Takes as long as opening.

        Raises:
            OnHold: somebody in it is on hold.
            WrongPassphrase: this does not open the notebook.
            FolderReadOnly: it could not be erased.
        """
        from planner.store.erasing import refuse_if_read_only

        self._closed_with_someone()
        if self.anyone_held():
            raise OnHold
        self._session.check_secret(secret)
        refuse_if_read_only(self._session.notebook.folder)
        self._allowed = True

    def erase_notebook(self) -> None:
        """Close this notebook and erase it from the disk, with the safety copies in its folder. The session is over.

        Raises:
            ValueError: the passphrase was not asked for.
            OnHold, FolderReadOnly, DiskTrouble: it is closed, and still there.
        """
        from planner.store.erasing import erase_store

        if not self._allowed:
            raise ValueError("the passphrase is asked for first")
        if self.anyone_held():
            raise OnHold
        self._allowed = False
        self._session.editor.forget_undo()
        folder = self._session.notebook.folder
        self._session.notebook.close()
        erase_store(folder)

    def clear_copies(self, backups: Collection[Backup], progress: Progress = _no_progress) -> None:
        """After erasing: make one fresh safety copy, and only then delete those that still hold it.

        Raises:
            OnHold: somebody is on hold, and the copies hold more than what was erased.
            MachineTrouble: the fresh copy could not be made (then all older ones are still there), or not all deleted.
        """
        if backups and self.anyone_held():
            raise OnHold
        if backups:
            self._session.backups.make(progress)
            self._session.backups.clear(list(backups))

    # -- inside ------------------------------------------------------------------------------------------------------
    def _closed_with_someone(self) -> None:
        if self._session.only is not None:
            raise OutOfReach

    def _belonging(self, person: str, record_id: str) -> Belonging:
        """Read from the documents, where what is removed and not yet deleted stands too."""
        session = self._session
        session.within_reach(person)
        record: Record | None = None
        parts: list[Record] = []
        ids: dict[Section, tuple[str, ...]] = {}
        mentions: dict[Section, tuple[str, ...]] = {}
        for name in session.store.sections(person):
            section = Section(name)
            records = session.editor.documents.get(person, section).records()
            record = records.get(record_id, record)
            with_it = [each for each in records.values() if _goes_with(each, record_id)]
            parts.extend(each for each in with_it if each.id != record_id)
            if with_it:
                ids[section] = tuple(each.id for each in with_it)
            named = [
                each.id for each in records.values() if isinstance(each, Appointment) and each.contact == record_id
            ]
            if named:
                mentions[section] = tuple(named)
        if record is None:
            raise KeyError(record_id)
        every = {each for found in ids.values() for each in found}
        papers = [each.id for each in session.store.attachments(person, include_removed=True) if each.record in every]
        origins = [each.origin for each in (record, *parts) if each.origin]
        # The id of a form may hold strokes of its own.
        fillings = [
            each
            for each in session.store.fillings(person)
            if any(origin.startswith(f"{each.form}/") for origin in origins)
        ]
        return Belonging(
            record,
            tuple(parts),
            ids,
            mentions,
            tuple(papers),
            tuple(each.id for each in fillings),
            tuple(dict.fromkeys(each.form for each in fillings)),
        )

    def _index_again(self, person: str, section: Section, ids: tuple[str, ...]) -> None:
        from planner.indexing import index_row

        document = self._session.editor.documents.get(person, section)
        found = (document.record(each) for each in ids)
        self._session.store.put_rows(index_row(person, section, each) for each in found if each is not None)

    def _erase_answers(self, person: str, found: Belonging) -> None:
        store = self._session.store
        for filling in found.fillings:
            store.remove_filling(filling)
        erase_unused(self._session, person, found.forms)
        for form in found.forms:
            store.set(f"dropped/{person}/{form}", [])
        for draft in store.drafts():
            if draft.person == person and draft.page == "form":
                store.put_draft(draft.page, person, None)

    def _drop_drafts(self, person: str, ids: set[str]) -> None:
        """What is half typed about something that goes."""
        for draft in self._session.store.drafts():
            text = json.dumps(draft.value)
            if draft.person == person and any(each in text for each in ids):
                self._session.store.put_draft(draft.page, draft.person, None)


def _goes_with(each: Record, record_id: str) -> bool:
    if each.id == record_id:
        return True
    if isinstance(each, GoalPart) and each.goal == record_id:
        return True
    if isinstance(each, Helper) and each.contact == record_id:
        return True  # it holds the name
    return isinstance(each, Outcome) and each.appointment == record_id


def _without_contact(ids: tuple[str, ...]) -> Callable[[DocumentEdit], None]:
    def change(edit: DocumentEdit) -> None:
        for each in ids:
            edit.change(each, contact="")

    return change
