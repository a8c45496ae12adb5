"""Packs and givers of another copy of a notebook.

A copy of this very notebook brings back what was in it, and whom somebody confirmed. It is known by a secret that was
made with the first pack; a copy that somebody made up does not hold it. From any other only packs come whose giver is
known here: that somebody else compared six words says nothing to who opens this notebook.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble
from planner.packs.manifest import is_version, order_of
from planner.words import language

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.store.rows import GiverRow, PackRow
    from planner.store.store import Store

_SECRET = "packs_secret"


def mark_copies(store: Store) -> None:
    """From now on copies of this notebook are known as such; belongs into the transaction that brings in a pack."""
    if not store.get(_SECRET, ""):
        store.set(_SECRET, secrets.token_hex(32))


def is_copy(store: Store, other: Store) -> bool:
    """Whether another store is a copy of this very notebook, or this one of that."""
    mine = store.get(_SECRET, "")
    return isinstance(mine, str) and bool(mine) and secrets.compare_digest(mine, str(other.get(_SECRET, "")))


def name_of(row: PackRow) -> str:
    """What a pack is called, in the language in use where it says so."""
    return row.names.get(language()) or row.names.get("en") or row.id


def merge_packs(session: Session, other: Store) -> list[str]:
    """Take in the packs of another store, within a transaction of the caller's; the ids of those that changed here.

    Of one that is on both sides, the newer version stays; where it was taken out on one side, what was done last
    counts, and still no older version comes. Everything is checked as if it came from a stranger, and only the files of
    a pack count: what the other store says of them may be made up.
    """
    store = session.store
    trusted = is_copy(store, other)
    if trusted:
        _merge_givers(store, other)
    changed = []
    for theirs in other.packs(taken_out=True):
        mine = store.pack(theirs.id)
        if mine == theirs or not _is_newer(theirs, mine):
            continue
        if theirs.taken_out:
            # Where it never was, it is enough to know the version below which nothing of that name comes in.
            if trusted:
                store.keep_pack(replace(theirs, names={}, forms=mine.forms if mine is not None else {}), {})
                changed.append(theirs.id)
        elif may_come(store, other, theirs) and _bring(session, other, theirs):
            changed.append(theirs.id)
    return changed


def merge_pack(session: Session, other: Store, pack: str) -> bool:
    """Take in one pack that somebody chose, also when it was taken out here; False where it may not come."""
    store = session.store
    theirs, mine = other.pack(pack), store.pack(pack)
    if theirs is None or theirs.taken_out or not may_come(store, other, theirs):
        return False
    if mine is not None and not (_not_older(theirs, mine) and mine.taken_out):
        return False
    if is_copy(store, other):
        _merge_givers(store, other)
    return _bring(session, other, replace(theirs, added=session.packs.stamp()))


def _not_older(theirs: PackRow, mine: PackRow) -> bool:
    if not is_version(theirs.version) or not is_version(mine.version):
        return False
    new, old = order_of(theirs.version), order_of(mine.version)
    return new > old or (new == old and theirs.digest == mine.digest)


def _is_newer(theirs: PackRow, mine: PackRow | None) -> bool:
    if mine is None:
        return is_version(theirs.version)
    if not _not_older(theirs, mine):
        return False
    if not theirs.taken_out and not mine.taken_out:
        return theirs.digest != mine.digest
    return max(theirs.added, theirs.taken_out) > max(mine.added, mine.taken_out)


def may_come(store: Store, other: Store, theirs: PackRow) -> bool:
    """Whether a pack of another store may come into this one: from a copy of it, or from a giver who is known here."""
    if is_copy(store, other):
        return True
    known = {each.key for each in store.givers() if each.confirmed > each.forgotten}
    mine = store.pack(theirs.id)
    return theirs.giver in known and (mine is None or mine.giver == theirs.giver)


def _bring(session: Session, other: Store, theirs: PackRow) -> bool:
    """Keep a pack of another store with its forms; False where it is damaged, breaks a rule, or is not what is said."""
    from planner.apart.form_files import check_pack

    store, own = session.store, session.forms.own
    try:
        pack = check_pack(other.pack_files(theirs.id), date.max)
    except MachineTrouble:
        return False
    if (pack.id, pack.manifest.version, pack.digest, pack.key.hex()) != (
        theirs.id,
        theirs.version,
        theirs.digest,
        theirs.giver,
    ):
        return False
    forms = {form.id: form.digest for form in pack.forms}
    mine = store.pack(theirs.id)
    before = mine.forms if mine is not None else {}
    for form_id in before.keys() - forms.keys():
        own.let_go(form_id, before[form_id])
    for form in pack.forms:
        own.put(form)
    names = dict(pack.manifest.name.by_language)
    store.keep_pack(replace(theirs, names=names, forms=session.packs.still_there(before) | forms), pack.files)
    return True


def _merge_givers(store: Store, other: Store) -> None:
    mine = {each.key: each for each in store.givers()}
    for theirs in other.givers():
        here = mine.get(theirs.key)
        if here is None or _done(theirs) > _done(here):
            store.save_giver(theirs)


def _done(row: GiverRow) -> str:
    return max(row.confirmed, row.forgotten)
