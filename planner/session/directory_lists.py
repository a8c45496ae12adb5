"""A list of places that somebody brings: row by row what is new, what would be different, what is here already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.exchange.cards_phone import USUAL_REGION, same_as
from planner.exchange.services_read import LeftOut
from planner.exchange.services_words import folded
from planner.packs.services import WRITTEN, OwnService
from planner.plan.records import new_id
from planner.session.directory import row_of

if TYPE_CHECKING:
    from planner.session.directory import Directory
    from planner.store.store import Store

Progress = Callable[[int, int], None]


class State(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``entry`` is what would stand here after it, ``before`` what stands here now, ``fields`` what differs.

    ``like`` is the name of a built-in line that is called the same and has another number: both will be shown.
    """

    number: int
    state: State
    entry: OwnService
    before: OwnService | None = None
    fields: tuple[str, ...] = ()
    like: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryPreview:
    """Every row of a list; nothing has changed."""

    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...] = ()
    formulas: int = 0
    columns: tuple[str, ...] = ()

    def of(self, state: State) -> tuple[Row, ...]:
        """The rows that would do this."""
        return tuple(each for each in self.rows if each.state is state)

    @property
    def addresses(self) -> int:
        """How many rows would bring an address."""
        return sum(bool(each.entry.address) for each in self.rows if each.state is not State.SAME)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was brought in: ``before`` has each entry as it was, ``None`` where there was none."""

    new: int = 0
    changed: int = 0
    before: dict[str, OwnService | None] = field(default_factory=dict)


def look(directory: Directory, data: bytes, progress: Progress, region: str = "") -> DirectoryPreview:
    """Compare a list with what is here; see :meth:`Directory.look`."""
    from planner.apart.data_files import read_services

    usual = region or USUAL_REGION
    read = read_services(data, progress, usual)
    here = _Here(directory.own(), usual)
    lines = {
        folded(each.line.name.get(code)): {same_as(number.value, usual) for number in each.line.numbers}
        for each in directory.national()
        for code in each.line.name.by_language
    }
    rows = []
    for each in read.found:
        before = here.match(each.entry)
        numbers = {same_as(phone["number"], usual) for phone in each.entry.phones}
        official = lines.get(folded(each.entry.name))
        like = each.entry.name if official is not None and numbers - official else ""
        rows.append(_row(each.number, each.entry, before, like))
    return DirectoryPreview(tuple(rows), read.left_out, read.formulas, read.columns)


class _Here:
    """What is in the notebook, to be found by where it came from or by name and number."""

    def __init__(self, entries: Collection[OwnService], region: str) -> None:
        self._region = region
        self._by_origin = {each.origin: each for each in entries if each.origin}
        self._by_name: dict[str, list[OwnService]] = {}
        for each in entries:
            self._by_name.setdefault(folded(each.name), []).append(each)
        self._taken: set[str] = set()

    def match(self, entry: OwnService) -> OwnService | None:
        """The entry that a row speaks of; each is given once."""
        found = self._by_origin.get(entry.origin) if entry.origin else None
        if found is None:
            found = next((each for each in self._by_name.get(folded(entry.name), ()) if self._like(each, entry)), None)
        if found is None or found.id in self._taken:
            return None
        self._taken.add(found.id)
        return found

    def _like(self, one: OwnService, other: OwnService) -> bool:
        if one.origin and other.origin and one.origin != other.origin:
            return False
        mine, theirs = ({same_as(each["number"], self._region) for each in entry.phones} for entry in (one, other))
        return not mine or not theirs or bool(mine & theirs)


def _row(number: int, entry: OwnService, before: OwnService | None, like: str) -> Row:
    if before is None:
        return Row(number, State.NEW, entry, like=like)
    after = updated(before, entry)
    fields = tuple(name for name in WRITTEN if getattr(after, name) != getattr(before, name))
    return Row(number, State.CHANGED if fields else State.SAME, after, before, fields, like)


def updated(before: OwnService, entry: OwnService) -> OwnService:
    """What a list says takes the place of what was here; where it says nothing, what was here stays."""
    said = {name: getattr(entry, name) for name in WRITTEN if getattr(entry, name)}
    if before.checked > str(said.get("checked", "")):
        said.pop("checked", None)
    # A number that is here keeps the words that somebody wrote beside it.
    labels = {each["number"]: each for each in before.phones}
    if "phones" in said:
        said["phones"] = tuple(labels.get(each["number"], each) for each in entry.phones)
    return replace(before, origin=entry.origin or before.origin, **said)


def take_in(
    directory: Directory,
    store: Store,
    preview: DirectoryPreview,
    chosen: Collection[int],
    *,
    show_addresses: bool,
    progress: Progress,
) -> TakenIn:
    """Write the chosen rows in one transaction; see :meth:`Directory.take_in`."""
    rows = [each for each in preview.rows if each.number in chosen and each.state is not State.SAME]
    before: dict[str, OwnService | None] = {}
    new = 0
    with store.transaction():
        for done, row in enumerate(rows):
            progress(done, len(rows))
            # Somebody may have changed it since the list was looked at; where it is gone, it comes anew.
            here = directory.entry(row.before.id) if row.before is not None else None
            entry = updated(here, row.entry) if here is not None else row.entry
            service = here.id if here is not None else _id_of(entry)
            if here is None:
                # A list that is brought in twice before it is looked at again makes no second entry.
                here = directory.entry(service)
            shown = (here is not None and here.show_address) or (show_addresses and bool(entry.address))
            entry = replace(entry, id=service, changed=directory.moment_after(service), show_address=shown)
            store.save_service(row_of(entry))
            before[service] = here
            new += here is None
        progress(len(rows), len(rows))
    return TakenIn(new, len(rows) - new, before)


def _id_of(entry: OwnService) -> str:
    """The same entry of the same list has one id in every notebook, so that copies come together."""
    if not entry.origin:
        return new_id()
    return hashlib.blake2b(entry.origin.encode(), digest_size=12, person=b"place").hexdigest()
