"""Making the index anew from the documents, which are the truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.indexing import index_row
from planner.plan.life import Section
from planner.plan.records import Appointment, Outcome

if TYPE_CHECKING:
    from planner.session.editing import Editor


def rebuild_index(editor: Editor, progress: Callable[[int, int], None] | None = None) -> None:
    """Drop every index row and make it again, in one transaction: all of it is new, or nothing has changed.

    ``progress(done, total)`` is called once a person and may raise to stop.
    """
    store = editor.store
    people = store.people()
    with store.transaction():
        store.clear_index()
        for done, person in enumerate(people):
            if progress is not None:
                progress(done, len(people))
            for section in store.sections(person.id):
                _rebuild_section(editor, person.id, Section(section))
            editor.documents.forget(person.id)
        store.mark_index_current()


def _rebuild_section(editor: Editor, person: str, section: Section) -> None:
    records = editor.documents.get(person, section).records().values()
    editor.store.put_rows(index_row(person, section, record) for record in records)
    outcomes: dict[str, list[Outcome]] = {}
    for record in records:
        if isinstance(record, Outcome) and not record.removed:
            outcomes.setdefault(record.appointment, []).append(record)
    for record in records:
        if isinstance(record, Appointment):
            editor.put_agenda(person, record, outcomes.get(record.id, []))
