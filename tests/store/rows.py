"""Made-up rows."""

from __future__ import annotations

from typing import Any

from planner.store.finding import Reach
from planner.store.rows import AgendaRow, FillingRow, IndexRow, NoteRow, PersonRow
from planner.store.store import Store

KEY = bytes(range(32))
ANA = PersonRow(id="ana", name="Ana", created="2026-03-01", under_18=False, is_me=True)
BEA = PersonRow(id="bea", name="Bea", code="B2", created="2026-03-02", under_18=True, told_on="2026-03-02")
DAY = "2026-03-12"


def goal(person: str, name: str, title: str, search: str = "", **more: Any) -> IndexRow:
    return IndexRow(person=person, id=name, section="everyday", kind="goal", title=title, search=search, **more)


def contact(person: str, name: str, title: str, number: str, **more: Any) -> IndexRow:
    fields = {"name": title, "phones": [{"number": number, "label": "mobile"}]}
    return IndexRow(person=person, id=name, section="people", kind="contact", title=title, fields=fields, **more)


def date_row(person: str, appointment: str, starts: str, ends: str = "", **more: Any) -> AgendaRow:
    return AgendaRow(person=person, appointment=appointment, starts_utc=starts, ends_utc=ends, **more)


def found_ids(store: Store, text: str, person: str | None = None, most: int = 50) -> list[str]:
    """What is found, in the order in which it is given."""
    return [each.id for each in store.search(text, Reach(person), most).hits]


def fill(store: Store) -> None:
    with store.transaction():
        store.save_person(ANA)
        store.save_person(BEA)
        store.add_delta("ana", "everyday", b"first delta")
        store.put_rows(
            [
                goal("ana", "g1", "A quiet room", "with sun"),
                goal("bea", "g2", "Habitación tranquila", "con sol"),
                contact("ana", "c1", "Dr. Núñez", "(415) 555-0132"),
            ]
        )
        store.set_agenda("ana", "a1", [date_row("ana", "a1", f"{DAY}T10:00:00+00:00", f"{DAY}T11:00:00+00:00")])
        store.save_filling(FillingRow(id="f1", person="ana", form="first-steps", state=b"<x/>", started=DAY))
        store.add_note(
            NoteRow(id="n1", person="bea", at=f"{DAY}T09:00:00+00:00", when_date=DAY, facts="Met.", minutes=20)
        )
        store.log(f"{DAY}T09:00:00+00:00", "printed", "ana", {"parts": ["goals"]})
        store.set("lock_minutes", 5)
        store.put_draft("contact", "ana", {"name": "half ty"})
