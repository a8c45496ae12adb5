"""Bringing single things back from a copy, as they were there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from planner.plan.records import GoalPart, Outcome, Record
from planner.session.merging import Brought, Merging, Sections, Work, side_by_side
from planner.session.merging_rows import Rows

if TYPE_CHECKING:
    from planner.plan.documents import DocumentEdit, SectionDocument
    from planner.plan.registers import View
    from planner.session.comparing import Item
    from planner.session.core import Session
    from planner.store.store import Store

Progress = Callable[[int, int], None]
_ROWS = frozenset({"person", "note", "filling", "paper", "form", "service", "pack"})
_REMOVED = "removed"


def bring_some(session: Session, other: Store, chosen: Collection[Item], progress: Progress) -> Brought:
    """Bring back these items, with what belongs to them: the steps of a goal, the notes of a whole person, ….

    What was removed here comes back; where both sides say something, both values stay side by side.

    Raises:
        MachineTrouble, whatever ``progress`` raises: nothing has changed.
    """
    merging = Merging(session, other, progress, keep_both=False)
    whole = {each.person for each in chosen if each.kind == "person"}
    records: dict[str, set[str]] = {}
    for each in chosen:
        if each.kind not in _ROWS and each.person not in whole:
            records.setdefault(each.person, set()).add(each.id)
    work: dict[str, Work] = dict.fromkeys(whole, merging.merge_all)
    # Somebody of whom one record is wanted has to be here too.
    some = [each for each in chosen if each.person and each.person not in whole]
    work |= {each.person: _nothing for each in some if each.kind in _ROWS}
    work |= {person: _Chosen(ids).bring for person, ids in records.items()}

    def rows(progress: Progress) -> None:
        taken = merging.rows
        for person in whole:
            taken.all_of(person, progress)
        _rows(taken, other, [each for each in chosen if each.person not in whole], progress)

    return merging.some(work, rows)


def _nothing(_sections: Sections) -> None:
    """Only rows come."""


def _rows(taken: Rows, other: Store, chosen: Collection[Item], progress: Progress) -> None:
    for each in chosen:
        if each.kind == "form":
            taken.form(each.id)
        elif each.kind == "service":
            taken.service(each.id)
        elif each.kind == "pack":
            taken.pack(each.id)
        elif each.kind == "filling":
            filling = other.filling(each.id)
            if filling is not None:
                taken.filling(filling, always=True)
        elif each.kind == "paper":
            taken.paper(each.id, progress, always=True)
        elif each.kind == "note":
            # An amendment means nothing without its first note.
            notes = other.notes(each.person)
            first = next((note.amends or note.id for note in notes if note.id == each.id), "")
            taken.notes([note for note in notes if first in {note.id, note.amends}])


class _Chosen:
    """Brings records of one person back into the documents."""

    def __init__(self, ids: set[str]) -> None:
        self._ids = ids

    def bring(self, sections: Sections) -> None:
        """Add the chosen records, and what belongs to them, to the documents here."""
        there = self._there(sections)
        for record_id in sorted(self._with_owners(there)):
            section, theirs = there[record_id]
            # What moved since is found where it is now.
            section = self._where(sections, record_id) or self._place(sections, theirs.record(record_id)) or section
            with sections.mine(section).edit() as edit:
                _bring(edit, sections.mine(section), record_id, theirs.view(record_id))

    @staticmethod
    def _there(sections: Sections) -> dict[str, tuple[str, SectionDocument]]:
        return {
            record_id: (name, sections.theirs(name))
            for name in sections.their_names()
            for record_id, record in sections.theirs(name).records().items()
            if not record.removed
        }

    def _with_owners(self, there: dict[str, tuple[str, SectionDocument]]) -> set[str]:
        """The chosen, what they belong to, and what belongs to them."""
        records = {each: document.record(each) for each, (_name, document) in there.items()}
        wanted = {each for each in self._ids if each in records}
        owners = {_owner(records[each]) for each in wanted} & records.keys()
        parts = {each for each, record in records.items() if _owner(record) in wanted}
        return wanted | owners | parts

    @staticmethod
    def _where(sections: Sections, record_id: str) -> str:
        for name in sections.names():
            if sections.mine(name).view(record_id) is not None:
                return name
        return ""

    def _place(self, sections: Sections, record: Record | None) -> str:
        """Where a part has to be: in the section of what it belongs to."""
        owner = _owner(record)
        return self._where(sections, owner) if owner else ""


def _owner(record: Record | None) -> str:
    if isinstance(record, GoalPart):
        return record.goal
    return record.appointment if isinstance(record, Outcome) else ""


def _bring(edit: DocumentEdit, mine: SectionDocument, record_id: str, theirs: View | None) -> None:
    assert theirs is not None
    here = mine.view(record_id)
    gone = here is None or bool(here.shown(_REMOVED))
    if here is None:
        edit.put_fields(record_id, theirs.kind, {name: theirs.shown(name) for name in theirs.values})
        here = mine.view(record_id)
        assert here is not None
    for name in theirs.values:
        if name != _REMOVED:
            values: list[Any] = [here.shown(name), *here.rivals.get(name, ())]
            values += [theirs.shown(name), *theirs.rivals.get(name, ())]
            side_by_side(edit, record_id, name, values, here.rivals.get(name, ()))
    if gone:
        # Said aloud, so that no other copy which still knows of the removal takes it away again.
        edit.put_values(record_id, _REMOVED, (False,))
