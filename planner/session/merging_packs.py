"""Packs and givers of another copy of a notebook.

A safety copy of this very notebook brings back what was in it. From any other copy only packs come whose giver is known
here: that somebody else compared six words says nothing to who opens this one.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.store.rows import GiverRow, PackRow
    from planner.store.store import Store


def merge_packs(session: Session, other: Store, *, keep_both: bool) -> list[str]:
    """Take in the packs of another store, within a transaction of the caller's; the ids of those that changed here.

    Of one that is on both sides, the newer version stays; where it was taken out on one side, what was done last
    counts, and still no older version comes. Everything is checked as if it came from a stranger. The forms of a pack
    come as all forms do.
    """
    if not keep_both:
        _merge_givers(session.store, other)
    changed = []
    for theirs in other.packs(taken_out=True):
        mine = session.store.pack(theirs.id)
        if mine == theirs or not _is_newer(theirs, mine):
            continue
        if theirs.taken_out:
            # Where it never was, it is enough to know the version below which nothing of that name comes in.
            if not keep_both:
                session.store.keep_pack(theirs, {})
                changed.append(theirs.id)
        elif _may_come(session.store, theirs, mine, keep_both=keep_both):
            with suppress(MachineTrouble):
                _bring(session.store, other, theirs)
                changed.append(theirs.id)
    return changed


def _is_newer(theirs: PackRow, mine: PackRow | None) -> bool:
    from planner.packs.manifest import order_of

    try:
        new = order_of(theirs.version)
        old = order_of(mine.version) if mine is not None else ()
    except ValueError:
        return False
    if mine is None:
        return True
    if not theirs.taken_out and not mine.taken_out:
        return new > old
    later = max(theirs.added, theirs.taken_out) > max(mine.added, mine.taken_out)
    return later and (new > old or (new == old and theirs.digest == mine.digest))


def _may_come(store: Store, theirs: PackRow, mine: PackRow | None, *, keep_both: bool) -> bool:
    if not keep_both:
        return True
    known = {each.key for each in store.givers() if each.confirmed > each.forgotten}
    return theirs.giver in known and (mine is None or mine.giver == theirs.giver)


def _bring(store: Store, other: Store, theirs: PackRow) -> None:
    """Raises MachineTrouble where it is damaged, breaks a rule, or is not what its row says."""
    from planner.packs.check import read_kept, signed_by
    from planner.packs.pack import digest_of
    from planner.packs.refused import broken

    files = other.pack_files(theirs.id)
    manifest, _content = read_kept(files, "-")
    said = (manifest.id, manifest.version, digest_of(files).hex(), signed_by(files).hex())
    if said != (theirs.id, theirs.version, theirs.digest, theirs.giver):
        raise broken(theirs.id)
    store.keep_pack(theirs, files)


def _merge_givers(store: Store, other: Store) -> None:
    mine = {each.key: each for each in store.givers()}
    for theirs in other.givers():
        here = mine.get(theirs.key)
        if here is None or _done(theirs) > _done(here):
            store.save_giver(theirs)


def _done(row: GiverRow) -> str:
    return max(row.confirmed, row.forgotten)
