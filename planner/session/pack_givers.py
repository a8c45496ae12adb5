"""Whose a pack is, from the rows of the store alone: lists of forms ask for it, and Today shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.words import _

if TYPE_CHECKING:
    from planner.store.rows import PackRow
    from planner.store.store import Store


def giver_of(store: Store, row: PackRow) -> str:
    """The name under which the giver of a pack was confirmed; empty where it is not signed."""
    return next((each.name for each in store.givers() if each.key == row.giver), "")


def shown_giver(store: Store, row: PackRow) -> str:
    """Whose a pack is, as it stands beside everything in it; never empty, because that would mean ours."""
    return giver_of(store, row) or _("a pack without a giver")


def form_givers(store: Store) -> dict[str, str]:
    """Whose each form of a pack is, by the form's digest; also of one that went and stays only to be read."""
    rows = store.packs(taken_out=True)
    return {digest: shown_giver(store, row) for row in rows for digest in row.forms.values()}
