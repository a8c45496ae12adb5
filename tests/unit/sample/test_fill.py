from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.indexing import index_row
from planner.plan.documents import SectionDocument
from planner.plan.life import Section
from planner.plan.records import Goal, GoalPart, Record, from_fields
from planner.sample import fill, fill_for_me, fill_with_others, many_people, sample_people, sample_plan
from planner.store.store import Store

TODAY = date(2026, 3, 12)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path, secrets.token_bytes(32))
    yield made
    assert made.verify() == []
    made.close()


def stored(store: Store, person: str) -> dict[str, tuple[Section, Record]]:
    """Every record in the documents of a person; the index must say the same."""
    found: dict[str, tuple[Section, Record]] = {}
    for section in Section:
        document = store.document(person, section)
        if document.state:
            assert document.deltas == ()
            records = SectionDocument.load(document.state).records()
            found |= {record_id: (section, record) for record_id, record in records.items()}
    rows = {row.id: row for row in store.rows(person)}
    assert rows == {name: replace(index_row(person, *kept), search="") for name, kept in found.items()}
    return found


def test_anas_own_notebook(store: Store) -> None:
    ana = fill_for_me(store, "en", TODAY)
    (row,) = store.people()
    assert (row.id, row.name, row.is_me) == (ana, "Ana", True)
    assert (store.get("mode"), store.get("my_name")) == ("for-me", "Ana")
    found = stored(store, ana)
    expected = sample_plan("en", TODAY)
    assert sorted(each.title_text() for _section, each in found.values()) == sorted(r.title_text() for r in expected)
    for section, record in found.values():
        if isinstance(record, GoalPart):
            assert found[record.goal][0] is section
            assert isinstance(found[record.goal][1], Goal)


def test_the_day_of_the_sample_is_in_the_calendar(store: Store) -> None:
    fill_for_me(store, "es", TODAY, "Europe/Madrid")
    day = store.agenda("2026-03-12T00:00:00+00:00", "2026-03-13T00:00:00+00:00")
    assert [(row.starts, row.title) for row in day] == [
        ("2026-03-12T10:30", "Hablar con Ruth"),
        ("2026-03-12T15:00", "Devolver la llamada a la clínica"),
    ]
    assert day[0].starts_utc == "2026-03-12T09:30:00+00:00"


def test_the_worker_has_five_people_with_notes(store: Store) -> None:
    ids = fill_with_others(store, "en", TODAY)
    people = {row.id: row for row in store.people()}
    assert store.get("mode") == "with-others"
    assert [people[each].name or people[each].code for each in ids] == ["Ana", "Dede", "Heron", "Lin", "Tam"]
    assert [people[each].under_18 for each in ids].count(True) == 1
    for person, made in zip(ids, sample_people("en", TODAY), strict=True):
        assert len(stored(store, person)) == len(made.records)
        assert sorted(note.facts for note in store.notes(person)) == sorted(note.facts for note in made.notes)


def test_a_crowd_is_stored_as_whole_as_anybody(store: Store) -> None:
    told: list[int] = []
    ids = fill(store, many_people(120, 30, "en", TODAY), TODAY, progress=told.append)
    assert len(set(ids)) == 120
    assert told == [50, 100, 120]
    for person in (ids[0], ids[19], ids[20], ids[119]):
        found = stored(store, person)
        assert len(found) == 30
        assert all(from_fields(each.kind, each.id, each.to_fields()) == each for _section, each in found.values())
    assert len(store.rows()) == 3600


def test_what_is_made_up_can_be_found(store: Store) -> None:
    fill_for_me(store, "en", TODAY)
    assert {row.title for row in store.search("maya").hits} >= {"Maya", "Maya comes by"}
    assert "Maya" in {row.title for row in store.search("0118").hits}


def test_a_session_goes_on_from_there(store: Store) -> None:
    from types import SimpleNamespace
    from typing import Any, cast

    from planner.session.core import Session

    ana = fill_for_me(store, "en", TODAY, "UTC")
    session = Session(cast(Any, SimpleNamespace(store=store)), zone="UTC")
    goals = session.goals(ana)
    assert [goal.title for goal in goals[:2]] == ["Sleep somewhere I can lock", "Get my own ID card"]
    card = goals[1]
    with session.edit(ana, "Change a goal") as edit:
        edit.change(card.id, title="Get my ID card")
    assert session.parts(ana, card.id).done == 2
    assert session.goals(ana)[1].title == "Get my ID card"
    assert session.undo()
    assert [step.title for step in session.parts(ana, card.id).steps][2] == "Sign the letter, Joan posts it"
    assert session.goals(ana)[1].title == "Get my own ID card"
