"""Making the index anew from the documents, which are the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from planner.indexing import index_row
from planner.plan.life import Section
from planner.plan.records import Appointment, Outcome, Record

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.session.editing import Editor

Progress = Callable[[int, int], None]

_PIECE = 64
"""Records between two questions whether to go on."""


def rebuild_index(
    editor: Editor, progress: Progress | None = None, answers: Callable[[str], None] = lambda _person: None
) -> None:
    """Drop every index row and make it again, in one transaction: all of it is new, or nothing has changed.

    ``answers`` puts in those of a person to guided forms, for which the forms are needed.
    ``progress(done, total)`` counts sections of plans; it is called several times in a long one and may raise to stop.
    """
    store = editor.store
    asked = progress or (lambda _done, _total: None)
    with store.transaction():
        store.clear_index()
        people = [(person.id, store.sections(person.id)) for person in store.people()]
        total = sum(len(sections) for _person, sections in people)
        done = 0
        for person, sections in people:
            for section in sections:
                asked(done, total)
                _rebuild_section(editor, person, Section(section), partial(asked, done, total))
                done += 1
            editor.documents.forget(person)
            store.index_notes(person)
            store.index_papers(person)
            if store.fillings(person):
                asked(done, total)
                answers(person)
        asked(total, total)
        store.mark_index_current()


def build_again(session: Session, progress: Progress | None = None) -> None:
    """Build the index of an open notebook again, after a check found that it does not fit. As :func:`rebuild_index`."""
    rebuild_index(session.editor, progress, session.forms.index_again)


def _rebuild_section(editor: Editor, person: str, section: Section, asked: Callable[[], None]) -> None:
    records = editor.documents.get(person, section).records().values()
    editor.store.put_rows(index_row(person, section, record) for record in _asking(records, asked))
    outcomes: dict[str, list[Outcome]] = {}
    for record in records:
        if isinstance(record, Outcome) and not record.removed:
            outcomes.setdefault(record.appointment, []).append(record)
    for record in _asking(records, asked):
        if isinstance(record, Appointment):
            editor.put_agenda(person, record, outcomes.get(record.id, []))


def _asking(records: Iterable[Record], asked: Callable[[], None]) -> Iterator[Record]:
    for number, record in enumerate(records):
        if number % _PIECE == 0:
            asked()
        yield record
