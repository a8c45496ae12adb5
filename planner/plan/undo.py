"""Taking an edit back: an edit of its own that puts the earlier values back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.plan.changes import FieldChange
from planner.plan.registers import REMOVED, canonical

if TYPE_CHECKING:
    from planner.plan.editing import DocumentEdit


def inverse(changes: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
    """The changes that lead back, last first. Rivals that a change settled are in the change itself, not here."""
    return tuple(
        FieldChange(each.record, each.kind, each.field, each.after, each.before) for each in reversed(tuple(changes))
    )


def put_back(edit: DocumentEdit, changes: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
    """Put the values back that stood before ``changes``; returns those that were left alone.

    A field that was changed again since (by a merge, say) keeps its newer value. A record that the changes made is
    deleted; if it was changed since, it is only marked as removed. A record that they deleted is made again, with its
    own id, and with rivals where there were any.
    """
    by_record: dict[str, list[FieldChange]] = {}
    for change in changes:
        by_record.setdefault(change.record, []).append(change)
    left: list[FieldChange] = []
    for record_id, those in by_record.items():
        if all(each.before is None for each in those):
            _unmake(edit, record_id, those)
        elif all(each.after is None for each in those):
            _make_again(edit, record_id, those)
        else:
            left.extend(_turn_fields_back(edit, record_id, those))
    return tuple(left)


def _unmake(edit: DocumentEdit, record_id: str, changes: list[FieldChange]) -> None:
    if all(_still(edit, each) for each in changes):
        edit.purge(record_id)
    elif edit.shows(record_id, REMOVED) is not None:
        edit.change(record_id, removed=True)


def _make_again(edit: DocumentEdit, record_id: str, changes: list[FieldChange]) -> None:
    edit.put_fields(record_id, changes[0].kind, {each.field: each.before for each in changes})
    for each in changes:
        if each.rivals_before and each.field != REMOVED:
            edit.put_values(record_id, each.field, (each.before, *each.rivals_before))


def _turn_fields_back(edit: DocumentEdit, record_id: str, changes: list[FieldChange]) -> list[FieldChange]:
    left: list[FieldChange] = []
    # The mark of removal last: it names every write that stands when it is made.
    for each in sorted(changes, key=lambda change: change.field == REMOVED):
        if _still(edit, each):
            edit.put_values(record_id, each.field, (each.before, *each.rivals_before))
        else:
            left.append(each)
    return left


def _still(edit: DocumentEdit, change: FieldChange) -> bool:
    return canonical(edit.shows(change.record, change.field)) == canonical(change.after)
