"""Puts made-up people into an open store, the quick way: whole documents and their index at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from planner.indexing import agenda_rows, index_row
from planner.plan.documents import SectionDocument
from planner.plan.life import Section
from planner.plan.records import Appointment, GoalPart, Outcome, Record, new_id
from planner.sample.ana import sample_plan
from planner.sample.made_up import ZONE, MadeUpPerson
from planner.sample.others import sample_people
from planner.session.editing import AGENDA_DAYS_AFTER, AGENDA_DAYS_BEFORE
from planner.store.rows import AgendaRow, IndexRow, NoteRow, PersonRow
from planner.store.store import Store

_PEOPLE_AT_ONCE = 50
_NOON = time(12, tzinfo=UTC)

# What a plan comes to once it is encoded and indexed, without the name of the person it belongs to.
Prepared = tuple[dict[Section, bytes], list[IndexRow], dict[str, list[AgendaRow]]]


def fill_for_me(store: Store, language: str, today: date, zone: str = ZONE) -> str:
    """Make the store Ana's own notebook.

    Returns:
        The id of Ana.
    """
    with store.transaction():
        store.set("mode", "for-me")
        store.set("my_name", "Ana")
    ana = MadeUpPerson("Ana", sample_plan(language, today, zone), under_18=False, language=language)
    (person,) = fill(store, [ana], today, is_me=True)
    _begun_already(store, [person])
    return person


def fill_with_others(store: Store, language: str, today: date, zone: str = ZONE) -> list[str]:
    """Make the store the notebook of Miriam, who works with five people.

    Returns:
        The ids of the five, in the order of :func:`planner.sample.sample_people`.
    """
    with store.transaction():
        store.set("mode", "with-others")
        store.set("my_name", "Miriam")
    people = fill(store, sample_people(language, today, zone), today)
    _begun_already(store, people)
    return people


def _begun_already(store: Store, people: list[str]) -> None:
    """Whoever has a plan is offered a step of it, not the first form of all."""
    with store.transaction():
        for person in people:
            store.set(f"aside/{person}", ["first-steps"])


def fill(
    store: Store,
    people: Iterable[MadeUpPerson],
    today: date,
    *,
    is_me: bool = False,
    progress: Callable[[int], None] | None = None,
) -> list[str]:
    """Add people with their plans and notes, some dozens in one transaction.

    Every plan is encoded once; people who share one list of records share its encoding too. ``progress`` is told how
    many people are in.

    Returns:
        The ids of the people, in their order.

    Raises:
        MachineTrouble: the store could not keep them; whole groups of people may be in it already.
    """
    ids: list[str] = []
    prepared: dict[int, tuple[list[Record], Prepared]] = {}
    group: list[MadeUpPerson] = []

    def put_group() -> None:
        with store.transaction():
            for each in group:
                if id(each.records) not in prepared:
                    prepared[id(each.records)] = (each.records, _prepare(each.records, today))
                ids.append(_put(store, each, prepared[id(each.records)][1], today, is_me))
        group.clear()
        if progress is not None:
            progress(len(ids))

    for person in people:
        group.append(person)
        if len(group) == _PEOPLE_AT_ONCE:
            put_group()
    if group:
        put_group()
    with store.transaction():
        store.set("agenda_from", (today - timedelta(days=AGENDA_DAYS_BEFORE)).isoformat())
        store.set("agenda_until", (today + timedelta(days=AGENDA_DAYS_AFTER)).isoformat())
    store.checkpoint()
    return ids


def _prepare(records: list[Record], today: date) -> Prepared:
    by_section = _homes(records)
    states: dict[Section, bytes] = {}
    rows: list[IndexRow] = []
    agenda: dict[str, list[AgendaRow]] = {}
    outcomes = [each for each in records if isinstance(each, Outcome)]
    start, end = today - timedelta(days=AGENDA_DAYS_BEFORE), today + timedelta(days=AGENDA_DAYS_AFTER)
    for section, members in by_section.items():
        document = SectionDocument.new()
        with document.edit() as edit:
            for record in members:
                edit.put(record)
        states[section] = document.fold()
        rows.extend(index_row("", section, record) for record in members)
        for record in members:
            if isinstance(record, Appointment):
                told = [each for each in outcomes if each.appointment == record.id]
                agenda[record.id] = agenda_rows("", record, told, start, end)
    return states, rows, agenda


def _homes(records: list[Record]) -> dict[Section, list[Record]]:
    """The records by section; parts and outcomes go where what they belong to is, and come after it."""
    homes: dict[str, Section] = {}
    by_section: dict[Section, list[Record]] = {}
    for record in records:
        owner = (
            record.goal if isinstance(record, GoalPart) else record.appointment if isinstance(record, Outcome) else ""
        )
        homes[record.id] = homes[owner] if owner else record.home()
        by_section.setdefault(homes[record.id], []).append(record)
    return by_section


def _put(store: Store, person: MadeUpPerson, prepared: Prepared, today: date, is_me: bool) -> str:
    from dataclasses import replace

    person_id = new_id()
    stamp = datetime.combine(today, _NOON).isoformat(timespec="seconds")
    store.save_person(
        PersonRow(
            id=person_id,
            name=person.name,
            code=person.code,
            under_18=person.under_18,
            told_on=person.told_on,
            language=person.language,
            created=stamp,
            is_me=is_me,
            resting=person.resting,
        )
    )
    states, rows, agenda = prepared
    for section, state in states.items():
        store.fold(person_id, section, state)
    store.put_rows(replace(row, person=person_id) for row in rows)
    for appointment, dates in agenda.items():
        store.set_agenda(person_id, appointment, [replace(row, person=person_id) for row in dates])
    for note in person.notes:
        store.add_note(
            NoteRow(
                id=new_id(),
                person=person_id,
                amends="",
                at=stamp,
                author="Miriam",
                when_date=(today - timedelta(days=note.days_ago)).isoformat(),
                kind=note.kind,
                minutes=note.minutes,
                who=note.who,
                facts=note.facts,
                agreed=note.agreed,
            )
        )
    return person_id
