"""Taking another copy of a notebook into the open one.

Plans merge as documents do (:mod:`planner.plan.merge`): what either side wrote stays, what either side deleted stays
deleted unless the other went on changing it, and where both set one field, both values wait for a choice. Notes, papers
and fillings come by their ids. Everything is worked out first, while the store is free for others, and then written in
one transaction: all of it, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planner.indexing import index_row
from planner.plan.life import Section
from planner.plan.records import Appointment, GoalPart, Outcome, Record
from planner.session.merging_rows import Rows
from planner.session.types import Changed

if TYPE_CHECKING:
    from planner.plan.documents import DocumentEdit, SectionDocument
    from planner.plan.registers import View
    from planner.session.core import Session
    from planner.store.rows import PersonRow, StoredDocument
    from planner.store.store import Store

Progress = Callable[[int, int], None]
Work = Callable[["Sections"], None]
Placed = dict[str, tuple[str, Record]]
_SECTIONS = {each.value: number for number, each in enumerate(Section)}


@dataclass(frozen=True, slots=True)
class Brought:
    """What a merge changed here.

    ``counts``: how many things of each kind are new, came back or read differently. ``rivals``: records, as person and
    id, of which more than one value now waits for a choice.
    """

    changes: tuple[Changed, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    rivals: tuple[tuple[str, str], ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether everything was here already."""
        return not self.changes


def _no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


class Sections:
    """The documents of one person on both sides while a merge is worked out; nothing here touches the open ones."""

    def __init__(self, mine: Store, other: Store, person: str) -> None:
        self.person = person
        self._mine, self._other = mine, other
        self.base: dict[str, StoredDocument] = {}
        self.documents: dict[str, SectionDocument] = {}
        self._before: dict[str, bytes] = {}
        self._theirs: dict[str, SectionDocument] = {}

    def names(self) -> list[str]:
        """Sections in which anything was written here, of those that this version knows, in their order."""
        there = {*self._mine.sections(self.person), *self.documents} & _SECTIONS.keys()
        return sorted(there, key=_SECTIONS.__getitem__)

    def their_names(self) -> list[str]:
        """Sections in which anything was written there, of those that this version knows."""
        return [name for name in self._other.sections(self.person) if name in _SECTIONS]

    def mine(self, section: str) -> SectionDocument:
        """The document here, to be changed."""
        if section not in self.documents:
            stored = self._mine.document(self.person, section)
            self.base[section] = stored
            self.documents[section] = document = _load(stored)
            self._before[section] = document.state()
        return self.documents[section]

    def theirs(self, section: str) -> SectionDocument:
        """The document there, only to be read."""
        if section not in self._theirs:
            self._theirs[section] = _load(self._other.document(self.person, section))
        return self._theirs[section]

    def changed(self) -> list[str]:
        """The sections whose documents are not as they were."""
        return [name for name, document in self.documents.items() if document.state() != self._before[name]]

    def stale(self) -> bool:
        """Whether somebody wrote here since a document was read."""
        return any(self._mine.document(self.person, name) != stored for name, stored in self.base.items())


def _load(stored: StoredDocument) -> SectionDocument:
    from planner.plan.documents import SectionDocument

    return SectionDocument.load(stored.state, stored.deltas)


class Merging:
    """One merge of another store into an open session. May run in a worker thread.

    ``keep_both``: where a filling was answered on both sides, the older one stays beside the newer, because nobody
    knows that it is an earlier state of it; a backup of this very notebook is that, and needs no second one.
    """

    def __init__(
        self, session: Session, other: Store, progress: Progress = _no_progress, *, keep_both: bool = True
    ) -> None:
        self._session = session
        self._store = session.store
        self._other = other
        self._progress = progress
        self.rows = Rows(session, other, keep_both=keep_both)
        self._steps, self._done = 1, 0

    def everything(self) -> Brought:
        """Take in the whole other copy.

        Raises:
            MachineTrouble, whatever ``progress`` raises: nothing has changed.
        """
        people = [row.id for row in self._other.people() if not self.rows.is_erased(row.id)]
        return self._take(dict.fromkeys(people, self.merge_all), self.rows.everything)

    def some(self, work: dict[str, Work], rows: Callable[[Progress], None]) -> Brought:
        """Do ``work`` on the documents of these people, by id, and ``rows`` in the same transaction."""
        return self._take(work, lambda _people, progress: rows(progress))

    # ------------------------------------------------------------ the two halves

    def _take(self, work: dict[str, Work], rows: Callable[[Collection[str], Progress], None]) -> Brought:
        # As many steps for working it out as for writing it.
        self._steps = 2 * len(work) + 1
        for person in work:
            self._session.since.look(person)  # so that what comes is told as news
        prepared = [self._prepare(person, do) for person, do in work.items()]
        before = self._views(prepared)
        gathered = Gathered()
        store = self._store
        try:
            with store.transaction():
                self.rows.people(work, gathered)
                for sections in prepared:
                    self._step()
                    current = sections
                    if sections.stale():
                        # Somebody wrote here meanwhile: what was worked out is of yesterday, so once more.
                        current = self._prepare(sections.person, work[sections.person])
                        before |= self._views([current])
                    self._write(current, before.get(sections.person, {}), gathered)
                rows(work, self._within_last)
                self.rows.tell(gathered)
                # The last moment to stop: what is saved is not taken back.
                self._progress(self._steps, self._steps)
                # Before anybody else can write: an open document that lacks what was merged must not be folded. Also
                # where no record reads differently: both sides may have written the same, and that is two writes.
                self._forget_open(work)
        except BaseException:
            self._forget_open(work)
            raise
        return gathered.brought()

    def _forget_open(self, people: Iterable[str]) -> None:
        for person in people:
            self._session.editor.documents.forget(person)

    def _step(self) -> None:
        self._done += 1
        self._progress(min(self._done, self._steps), self._steps)

    def _within_last(self, _done: int, _total: int) -> None:
        self._progress(min(self._done, self._steps), self._steps)

    def _prepare(self, person: str, work: Work) -> Sections:
        self._step()
        sections = Sections(self._store, self._other, person)
        work(sections)
        _gather(sections)
        return sections

    def merge_all(self, sections: Sections) -> None:
        """Merge every section of a person."""
        person = sections.person
        key = self.rows.digest_key()
        for name in sections.their_names():
            if self._store.document(person, name) == self._other.document(person, name):
                continue
            purged = {
                record: blob.decode("ascii", "replace").split("\n")
                for record, blob in self._store.purged(person, name).items()
            }
            mine = sections.mine(name)
            before = {each: mine.view(each) for each in mine.held} if self._is_held(person) else {}
            mine.merge(sections.theirs(name).fold(), purged, key, self._within_last)
            _keep_marked(mine, before)

    def _is_held(self, person: str) -> bool:
        """Whether either side says that nothing of this person may be erased."""
        rows = (self._store.person(person), self._other.person(person))
        return any(row is not None and row.held_since for row in rows)

    def _views(self, prepared: Iterable[Sections]) -> dict[str, Placed]:
        """How the records of changed documents read before, by person."""
        return {
            sections.person: _placed((name, _load(stored)) for name, stored in sections.base.items())
            for sections in prepared
            if sections.changed()
        }

    def _write(self, sections: Sections, was: Placed, gathered: Gathered) -> None:
        store, person = self._store, sections.person
        changed = sections.changed()
        if not changed:
            return
        now = _placed(sections.documents.items())
        for name in changed:
            store.fold(person, name, sections.documents[name].fold())
        touched = [each for each in {**was, **now} if not _same(was.get(each), now.get(each))]
        store.drop_rows(person, [each for each in touched if each not in now])
        store.put_rows(index_row(person, Section(now[each][0]), now[each][1]) for each in touched if each in now)
        self._agenda(person, set(touched), was, now)
        for each in touched:
            gathered.record(person, was[each][1] if each in was else None, now[each][1] if each in now else None)

    def _agenda(self, person: str, touched: set[str], was: Placed, now: Placed) -> None:
        either = [places[each][1] for places in (was, now) for each in touched if each in places]
        dates = {each.id for each in either if isinstance(each, Appointment)}
        dates |= {each.appointment for each in either if isinstance(each, Outcome)}
        told: dict[str, list[Outcome]] = {}
        for _name, each in now.values():
            if isinstance(each, Outcome) and not each.removed:
                told.setdefault(each.appointment, []).append(each)
        for _name, each in now.values():
            if isinstance(each, Appointment) and each.id in dates:
                self._session.editor.put_agenda(person, each, told.get(each.id, []))


def _placed(documents: Iterable[tuple[str, SectionDocument]]) -> Placed:
    return {
        record_id: (name, record) for name, document in documents for record_id, record in document.records().items()
    }


def _same(one: tuple[str, Record] | None, other: tuple[str, Record] | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other and one[1].rivals == other[1].rivals


# ---------------------------------------------------------------- one record, one section


def _keep_marked(document: SectionDocument, before: Mapping[str, View | None]) -> None:
    """A hold is on: what was deleted for good on the other side stays here, marked as removed."""
    for each, seen in before.items():
        if seen is None or document.view(each) is not None:
            continue
        with document.edit() as edit:
            edit.put_fields(each, seen.kind, {name: seen.shown(name) for name in seen.values})
            for name, rivals in seen.rivals.items():
                edit.put_values(each, name, [seen.shown(name), *rivals])
            edit.put_values(each, "removed", (True,))


def _gather(sections: Sections) -> None:
    """Bring each record that now stands in two sections into one: it was moved here and changed there.

    Both copies choose alike: the section for her eyes alone before any other, else the first in their order.
    """
    if not sections.changed():
        return
    places: dict[str, list[str]] = {}
    for name in sections.names():
        for record_id in sections.mine(name).held:
            if sections.mine(name).view(record_id) is not None:
                places.setdefault(record_id, []).append(name)
    twice = {record_id: names for record_id, names in places.items() if len(names) > 1}
    homes = {record_id: _home(sections, record_id, names) for record_id, names in twice.items()}
    for record_id, home in homes.items():
        owner = _owner(sections.mine(home).record(record_id))
        _unite(sections, record_id, homes.get(owner, home) if owner else home, twice[record_id])


def _home(sections: Sections, record_id: str, names: list[str]) -> str:
    fitting = []
    for name in names:
        record = sections.mine(name).record(record_id)
        if record is not None and (_owner(record) or record.home().value == name):
            fitting.append(name)
    alone = Section.MINE_ALONE.value
    return alone if alone in fitting else (fitting or names)[0]


def _owner(record: Record | None) -> str:
    if isinstance(record, GoalPart):
        return record.goal
    return record.appointment if isinstance(record, Outcome) else ""


def _unite(sections: Sections, record_id: str, home: str, names: list[str]) -> None:
    if home not in names:
        home = names[0]
    target = sections.mine(home)
    shown = target.view(record_id)
    assert shown is not None
    others = [seen for name in names if name != home and (seen := sections.mine(name).view(record_id)) is not None]
    with target.edit() as edit:
        for name in dict.fromkeys(each for seen in (shown, *others) for each in seen.values):
            # Where it belongs says where it is: a second value would only pull it apart again.
            if name in {"removed", "domain", "mine_alone"}:
                continue
            values = [shown.shown(name), *shown.rivals.get(name, ())]
            for seen in others:
                values += [seen.shown(name), *seen.rivals.get(name, ())] if name in seen.values else []
            side_by_side(edit, record_id, name, values, shown.rivals.get(name, ()))
        if shown.shown("removed") and not all(seen.shown("removed") for seen in others):
            edit.change(record_id, removed=False)
    for name in names:
        if name != home:
            with sections.mine(name).edit() as edit:
                edit.purge(record_id)


def side_by_side(
    edit: DocumentEdit, record_id: str, name: str, values: list[Any], rivals: Collection[Any] = ()
) -> None:
    """Let a field hold these values, each once, the first of them shown; nothing is written where it does already."""
    from planner.plan.registers import canonical

    distinct = {canonical(each): each for each in reversed(values)}
    ordered = [distinct.pop(canonical(each)) for each in values if canonical(each) in distinct]
    if len(ordered) > 1 + len(rivals):
        edit.put_values(record_id, name, ordered)


# ---------------------------------------------------------------- what is told afterwards


class Gathered:
    """Gathers what a merge changed."""

    def __init__(self) -> None:
        self.people: dict[str, tuple[set[str], set[str]]] = {}
        self.counts: dict[str, int] = {}
        self.rivals: dict[tuple[str, str], None] = {}
        self.new_people: set[str] = set()

    def one(self, person: str, kind: str, thing: str) -> None:
        kinds, ids = self.people.setdefault(person, (set(), set()))
        kinds.add(kind)
        if thing not in ids:
            self.counts[kind] = self.counts.get(kind, 0) + 1
        ids.add(thing)

    def person(self, row: PersonRow) -> None:
        self.new_people.add(row.id)
        self.one(row.id, "person", row.id)

    def record(self, person: str, before: Record | None, after: Record | None) -> None:
        either = after or before
        assert either is not None
        self.one(person, either.kind, either.id)
        if after is not None and after.rivals and not after.removed:
            self.rivals[person, after.id] = None

    def brought(self) -> Brought:
        changes = [Changed(person, frozenset(kinds), frozenset(ids)) for person, (kinds, ids) in self.people.items()]
        if any("person" in kinds for kinds, _ids in self.people.values()):
            changes.append(Changed("", frozenset({"person"}), frozenset(self.new_people)))
        return Brought(tuple(changes), dict(self.counts), tuple(self.rivals))
