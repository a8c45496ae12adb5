"""What an open notebook and a copy of it hold, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from planner.plan.life import Section
from planner.plan.records import RECORD_TYPES
from planner.session.form_versions import title_of
from planner.session.gone import gone_forms, is_gone
from planner.session.merging_packs import may_come, name_of
from planner.store.attachments import ANSWER

if TYPE_CHECKING:
    from planner.plan.documents import SectionDocument
    from planner.plan.registers import View
    from planner.store.rows import AttachmentRow, FillingRow, NoteRow, PersonRow, ServiceRow
    from planner.store.store import Store

Progress = Callable[[int, int], None]
_TITLE_LETTERS = 80


class Fate(StrEnum):
    """What became here of something that is only in the copy."""

    LOST = "lost"
    """Nothing here knows of it."""
    REMOVED = "removed"
    """It was removed here on purpose."""


class Newer(StrEnum):
    """Which side of something different holds the later changes."""

    HERE = "here"
    THERE = "there"
    BOTH = "both"
    """Each has a change that the other has not."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is not the same on both sides.

    ``kind`` is that of a record (``goal``, ``appointment``, …) or ``person``, ``note``, ``filling``, ``paper``; or
    ``form``, for one that was brought in, ``service`` and ``pack``: they are nobody's, so ``person`` is empty.
    ``title`` is the words by which lists show it, from the side that has it, or from here; for a filling the id of its
    form; for a note its first words. ``section`` is empty for what is no record, else where it stands on the side that
    has it, or in the copy.
    """

    person: str
    kind: str
    id: str
    title: str
    section: str = ""
    fate: Fate = Fate.LOST
    newer: Newer = Newer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every difference, in the order of people and then of kinds and titles. ``people`` names everyone by id."""

    made: datetime
    people: dict[str, str]
    only_here: tuple[Item, ...] = ()
    only_there: tuple[Item, ...] = ()
    different: tuple[Item, ...] = ()

    @property
    def same(self) -> bool:
        """Whether both hold the same."""
        return not (self.only_here or self.only_there or self.different)

    @property
    def lost(self) -> tuple[Item, ...]:
        """What is only in the copy, and was not removed here on purpose."""
        return tuple(each for each in self.only_there if each.fate is Fate.LOST)

    @staticmethod
    def counts(items: Iterable[Item]) -> dict[str, int]:
        """How many there are of each kind."""
        found: dict[str, int] = {}
        for each in items:
            found[each.kind] = found.get(each.kind, 0) + 1
        return found


@dataclass(slots=True)
class _Found:
    here: list[Item] = field(default_factory=list)
    there: list[Item] = field(default_factory=list)
    both: list[Item] = field(default_factory=list)


def compare(mine: Store, theirs: Store, made: datetime, progress: Progress) -> Comparison:
    """Compare two stores; only reads. ``progress(done, total)`` is called for every section and may raise to stop."""
    ours, others = {row.id: row for row in mine.people()}, {row.id: row for row in theirs.people()}
    people = {**others, **ours}
    found = _Found()
    steps = len(people) * (len(Section) + 1)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        progress(min(done, steps), steps)

    for person in people:
        before = len(found.there)
        _compare_person(found, ours.get(person), others.get(person))
        _Plans(mine, theirs, person).compare(found, step)
        _compare_rows(found, mine, theirs, person)
        if is_gone(mine, person):
            found.there[before:] = [replace(each, fate=Fate.REMOVED) for each in found.there[before:]]
        step()
    _compare_forms(found, mine, theirs)
    _compare_services(found, mine, theirs)
    _compare_packs(found, mine, theirs)
    progress(1, 1)
    order = {person: number for number, person in enumerate(people)}

    def sort(items: list[Item]) -> tuple[Item, ...]:
        def place(each: Item) -> tuple[int, str, str, str]:
            return order.get(each.person, -1), each.kind, each.title.casefold(), each.id

        return tuple(sorted(items, key=place))

    names = {person: row.name or row.code for person, row in people.items()}
    return Comparison(made, names, sort(found.here), sort(found.there), sort(found.both))


# ---------------------------------------------------------------- people and rows


def _compare_person(found: _Found, mine: PersonRow | None, theirs: PersonRow | None) -> None:
    either = mine or theirs
    assert either is not None
    item = Item(either.id, "person", either.id, either.name or either.code)
    if mine is None:
        found.there.append(item)
    elif theirs is None:
        found.here.append(item)
    elif mine != theirs:
        found.both.append(item)


def _compare_forms(found: _Found, mine: Store, theirs: Store) -> None:
    """Forms that only one side has; of one that both have, the newer version is no loss."""
    ours, others = ({row.form: row for row in store.forms() if row.own} for store in (mine, theirs))
    gone = gone_forms(mine)
    found.here.extend(Item("", "form", row.form, title_of(row)) for row in ours.values() if row.form not in others)
    for row in others.values():
        if row.form not in ours:
            fate = Fate.REMOVED if gone.get(row.digest, "") >= row.added else Fate.LOST
            found.there.append(Item("", "form", row.form, title_of(row), fate=fate))


def _compare_services(found: _Found, mine: Store, theirs: Store) -> None:
    """Places of the notebook's own; one that was taken out here is no loss."""
    ours, others = ({row.id: row for row in store.services(include_removed=True)} for store in (mine, theirs))
    for service, row in ours.items():
        other = others.get(service)
        if not row.removed and (other is None or other.removed):
            found.here.append(_service(row))
    for service, row in others.items():
        here = ours.get(service)
        if row.removed:
            continue
        if here is None or here.removed:
            found.there.append(replace(_service(row), fate=Fate.LOST if here is None else Fate.REMOVED))
        elif here.content != row.content:
            newer = Newer.HERE if here.changed >= row.changed else Newer.THERE
            found.both.append(replace(_service(row), newer=newer))


def _compare_packs(found: _Found, mine: Store, theirs: Store) -> None:
    """Content from others that only one side has; a newer version is no loss. What may not come is not offered."""
    ours, others = ({row.id: row for row in store.packs(taken_out=True)} for store in (mine, theirs))
    for one, other, items in ((ours, others, found.here), (others, ours, found.there)):
        for pack, row in one.items():
            there = other.get(pack)
            if row.taken_out or (one is others and not may_come(mine, theirs, row)):
                continue
            if there is None or there.taken_out:
                fate = Fate.LOST if there is None or one is ours else Fate.REMOVED
                items.append(Item("", "pack", pack, name_of(row)[:_TITLE_LETTERS], fate=fate))


def _service(row: ServiceRow) -> Item:
    name = row.content.get("name", "")
    return Item("", "service", row.id, name[:_TITLE_LETTERS] if isinstance(name, str) else "")


def _compare_rows(found: _Found, mine: Store, theirs: Store, person: str) -> None:
    gone = mine.gone(person)
    _sides(
        found,
        {row.id: (_note(row), row) for row in mine.notes(person)},
        {row.id: (_note(row), row) for row in theirs.notes(person)},
    )
    _sides(
        found,
        {row.id: (_filling(row), replace(row, digest="")) for row in mine.fillings(person)},
        {
            row.id: (
                replace(_filling(row), fate=Fate.REMOVED if row.id in gone else Fate.LOST),
                replace(row, digest=""),
            )
            for row in theirs.fillings(person)
        },
        lambda one, other: Newer.HERE if one.updated >= other.updated else Newer.THERE,
    )
    removed = gone | {row.id for row in mine.attachments(person, include_removed=True) if row.removed}
    # What is in a paper never changes; so each one that is on both sides is the same.
    _sides(
        found,
        {row.id: (Item(person, "paper", row.id, row.title), None) for row in _papers(mine, person)},
        {
            row.id: (
                Item(person, "paper", row.id, row.title, fate=Fate.REMOVED if row.id in removed else Fate.LOST),
                None,
            )
            for row in _papers(theirs, person)
        },
    )


def _papers(store: Store, person: str) -> list[AttachmentRow]:
    """Without what is an answer: that goes with its filling."""
    return [row for row in store.attachments(person) if row.record != ANSWER]


def _sides(
    found: _Found,
    mine: dict[str, tuple[Item, Any]],
    theirs: dict[str, tuple[Item, Any]],
    newer: Callable[[Any, Any], Newer] = lambda _one, _other: Newer.UNKNOWN,
) -> None:
    for each, (item, row) in mine.items():
        if each not in theirs:
            found.here.append(item)
        elif row != theirs[each][1]:
            found.both.append(replace(item, newer=newer(row, theirs[each][1])))
    found.there.extend(item for each, (item, _row) in theirs.items() if each not in mine)


def _note(row: NoteRow) -> Item:
    words = next(iter((row.facts or row.agreed or row.who).splitlines()), "")
    return Item(row.person, "note", row.id, words[:_TITLE_LETTERS])


def _filling(row: FillingRow) -> Item:
    return Item(row.person, "filling", row.id, row.form)


# ---------------------------------------------------------------- plans


class _Plans:
    """The sections of one person on both sides."""

    def __init__(self, mine: Store, theirs: Store, person: str) -> None:
        self._mine, self._theirs, self._person = mine, theirs, person
        self._documents: dict[str, tuple[SectionDocument, SectionDocument]] = {}
        self._united: dict[str, SectionDocument] = {}
        self._gone: set[str] = set()

    def compare(self, found: _Found, step: Callable[[], None]) -> None:
        from planner.plan.documents import SectionDocument

        for section in Section:
            mine = self._mine.document(self._person, section.value)
            theirs = self._theirs.document(self._person, section.value)
            self._gone |= self._mine.purged(self._person, section.value).keys()
            if mine != theirs:
                self._documents[section.value] = (
                    SectionDocument.load(mine.state, mine.deltas),
                    SectionDocument.load(theirs.state, theirs.deltas),
                )
            step()
        ours = self._views(0)
        others = self._views(1)
        found.here.extend(self._item(each, *ours[each]) for each in ours if each not in others)
        for each, (name, seen) in others.items():
            if each not in ours:
                fate = Fate.REMOVED if each in self._gone else Fate.LOST
                found.there.append(replace(self._item(each, name, seen), fate=fate))
            elif not _reads_alike(ours[each][1], seen):
                item = self._item(each, name, ours[each][1])
                found.both.append(replace(item, newer=self._newer(each, ours[each], (name, seen))))

    def _views(self, side: int) -> dict[str, tuple[str, View]]:
        """The records that are there and not removed. Those marked as removed here are remembered as such."""
        out: dict[str, tuple[str, View]] = {}
        for section, documents in self._documents.items():
            document = documents[side]
            for each in document.held:
                seen = document.view(each)
                if seen is None or seen.kind not in RECORD_TYPES:
                    continue
                if not seen.shown("removed"):
                    out[each] = (section, seen)
                elif side == 0:
                    self._gone.add(each)
        return out

    def _item(self, record_id: str, section: str, seen: View) -> Item:
        record = seen.record(record_id)
        title = record.title_text() if record is not None else ""
        return Item(self._person, seen.kind, record_id, title[:_TITLE_LETTERS], section)

    def _newer(self, record_id: str, mine: tuple[str, View], theirs: tuple[str, View]) -> Newer:
        if mine[0] != theirs[0]:
            return Newer.UNKNOWN
        merged = self._merged(mine[0]).view(record_id)
        if merged is not None and _reads_alike(merged, mine[1]):
            return Newer.HERE
        if merged is not None and _reads_alike(merged, theirs[1]):
            return Newer.THERE
        return Newer.BOTH

    def _merged(self, section: str) -> SectionDocument:
        """Both sides of a section, united; what the engine knows of who had seen what says which is newer."""
        from planner.plan.documents import SectionDocument

        if section not in self._united:
            mine, theirs = self._documents[section]
            united = SectionDocument.load(mine.state())
            united.merge(theirs.state())
            self._united[section] = united
        return self._united[section]


def _reads_alike(one: View, other: View) -> bool:
    from planner.plan.registers import canonical

    def shown(seen: View) -> dict[str, tuple[str, ...]]:
        return {
            name: (canonical(seen.shown(name)), *sorted(canonical(each) for each in seen.rivals.get(name, ())))
            for name in names
        }

    names = (one.values.keys() | other.values.keys()) - {"removed"}
    return one.kind == other.kind and shown(one) == shown(other)
