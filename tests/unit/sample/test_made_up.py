from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from planner.plan.records import (
    Appointment,
    Dependent,
    Goal,
    GoalPart,
    GoalTime,
    Outcome,
    Record,
    Step,
    SupportContact,
)
from planner.sample import many_people, sample_people, sample_plan

TODAY = date(2026, 3, 12)
FICTIONAL = re.compile(r"555-01\d\d")


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


def all_records(language: str) -> list[Record]:
    people = [*sample_people(language, TODAY), *many_people(25, 100, language, TODAY)]
    return [record for person in people for record in person.records]


def test_phones_are_from_the_range_that_is_kept_free(language: str) -> None:
    numbers = [
        phone["number"] for each in all_records(language) if isinstance(each, SupportContact) for phone in each.phones
    ]
    assert len(numbers) > 20
    assert all(FICTIONAL.fullmatch(number) for number in numbers)


def test_nobody_is_called_what_stays_off_the_screen(language: str) -> None:
    never = re.compile(
        r"victim|survivor|traffick|recovery|caseload|subject|failed|non-compliant|víctima|trata de", re.IGNORECASE
    )
    values = [
        text
        for record in all_records(language)
        for name, value in record.to_fields().items()
        if name != "domain"
        for text in texts(value)
    ]
    notes = [note.facts + note.agreed for person in sample_people(language, TODAY) for note in person.notes]
    assert not [text for text in values + notes if never.search(text)]


def test_everything_belongs_to_something_before_it(language: str) -> None:
    plans = [person.records for person in [*sample_people(language, TODAY), *many_people(25, 100, language, TODAY)]]
    for records in plans:
        seen: dict[str, Record] = {}
        for record in records:
            if isinstance(record, GoalPart):
                assert isinstance(seen[record.goal], Goal)
            if isinstance(record, Outcome):
                assert isinstance(seen[record.appointment], Appointment)
            seen[record.id] = record
        assert len(seen) == len(records)


def test_helpers_and_appointments_name_contacts_that_are_there(language: str) -> None:
    records = sample_plan(language, TODAY)
    contacts = {each.id for each in records if isinstance(each, SupportContact)}
    named = [getattr(each, "contact", "") for each in records]
    assert len([each for each in named if each]) > 8
    assert all(each in contacts for each in named if each)


def test_the_plan_is_the_one_of_the_pictures() -> None:
    records = sample_plan("en", TODAY)
    goals = sorted((each for each in records if isinstance(each, Goal)), key=lambda goal: goal.order)
    by_time = {when: [goal.title for goal in goals if goal.time is when and goal.state != "done"] for when in GoalTime}
    assert by_time == {
        GoalTime.NOW: ["Sleep somewhere I can lock", "Get my own ID card"],
        GoalTime.MONTHS: ["Find a doctor I like", "English class twice a week"],
        GoalTime.LATER: ["Work in a bakery", "Write to my sister"],
    }
    card = goals[1]
    steps = sorted((each for each in records if isinstance(each, Step) and each.goal == card.id), key=lambda s: s.order)
    assert [(step.title, step.done_on) for step in steps] == [
        ("Find out what the office asks for", "2026-02-24"),
        ("Write the letter for my birth record", "2026-03-03"),
        ("Sign the letter, Joan posts it", ""),
        ("Wait for the birth record", ""),
        ("Go to the ID office", ""),
    ]
    assert 10 <= len([each for each in records if isinstance(each, SupportContact)]) <= 12
    assert [each for each in records if isinstance(each, Dependent)]


@pytest.mark.parametrize("today", [TODAY, date(2026, 11, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_week_is_that_of_the_day_given(today: date) -> None:
    from planner.indexing import agenda_rows

    records = sample_plan("en", today)
    outcomes = [each for each in records if isinstance(each, Outcome)]
    week = sorted(
        (row.starts[:16], row.title)
        for each in records
        if isinstance(each, Appointment)
        for row in agenda_rows(
            "ana", each, [o for o in outcomes if o.appointment == each.id], today, today + timedelta(7)
        )
    )
    expected = [
        (0, "T10:30", "Talk with Ruth"),
        (0, "T15:00", "Call the clinic back"),
        (2, "T14:00", "Maya comes by"),
        (4, "T09:00", "English class"),
        (6, "T11:00", "Legal aid"),
    ]
    assert week == [((today + timedelta(days)).isoformat() + clock, title) for days, clock, title in expected]


def test_both_languages_tell_the_same_story() -> None:
    english, spanish = sample_plan("en", TODAY), sample_plan("es", TODAY)
    assert Counter(each.kind for each in english) == Counter(each.kind for each in spanish)
    shared = {"Harbor House", "Maya", "Joan", "Leo", "Ruth", "Rey", "Nico"}
    for one, other in zip(english, spanish, strict=True):
        for name in ("title", "why", "how", "what", "way_round", "place", "note"):
            said = getattr(one, name, "")
            if said and said not in shared and isinstance(said, str) and name != "what":
                assert getattr(other, name) != said, said


@pytest.mark.parametrize("each", [0, 1, 7, 100])
def test_a_crowd_has_the_size_asked_for(each: int) -> None:
    crowd = list(many_people(45, each, "en", TODAY))
    assert len(crowd) == 45
    assert {len(person.records) for person in crowd} == {each}
    assert len({person.name for person in crowd}) == 45
    assert len({person.code for person in crowd}) == 45


def test_an_empty_crowd() -> None:
    assert list(many_people(0, 100, "en", TODAY)) == []
