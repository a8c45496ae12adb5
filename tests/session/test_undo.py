"""Undo: typing in one field is one step, the words of each, large edits in pieces, and what is forgotten."""

from __future__ import annotations

import threading

import pytest

from planner.plan.records import Appointment, Goal, Outcome, Step, SupportContact, WhatHappened
from planner.session import Changed, Session
from tests.session.conftest import Kept


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(kept: Kept) -> Clock:
    found = Clock()
    kept.session.editor.history.clock = found
    return found


def typed(session: Session, person: str, record: str, words: str = "Change a goal", **values: object) -> None:
    with session.edit(person, words) as edit:
        edit.change(record, **values)


def goal_of(kept: Kept, title: str = "Find a room") -> Goal:
    goal = Goal(title=title)
    with kept.session.edit(kept.me, "Add a goal") as edit:
        edit.add(goal)
    kept.session.end_step()
    return goal


def shown(kept: Kept) -> list[str]:
    return [each.title for each in kept.session.goals(kept.me)]


def test_a_sentence_saved_at_every_pause_is_one_step(kept: Kept, clock: Clock) -> None:
    goal = goal_of(kept)
    for words in ("I want", "I want a door", "I want a door that locks"):
        typed(kept.session, kept.me, goal.id, why=words)
        clock.now += 2
    assert kept.session.undo()
    assert kept.session.goals(kept.me)[0].why == ""
    assert kept.session.redo()
    assert kept.session.goals(kept.me)[0].why == "I want a door that locks"
    assert kept.session.undo()
    assert kept.session.undo_words() == "Add a goal"


def test_a_field_that_was_left_a_long_pause_or_another_field_begin_a_new_step(kept: Kept, clock: Clock) -> None:
    goal = goal_of(kept)
    typed(kept.session, kept.me, goal.id, why="one")
    kept.session.end_step()
    typed(kept.session, kept.me, goal.id, why="two")
    clock.now += 61
    typed(kept.session, kept.me, goal.id, why="three")
    typed(kept.session, kept.me, goal.id, title="Another name")
    found = []
    while kept.session.undo_words() == "Change a goal":
        kept.session.undo()
        found.append((kept.session.goals(kept.me)[0].title, kept.session.goals(kept.me)[0].why))
    assert found == [("Find a room", "three"), ("Find a room", "two"), ("Find a room", "one"), ("Find a room", "")]


def test_what_is_typed_and_taken_away_again_leaves_nothing_to_undo(kept: Kept, clock: Clock) -> None:
    goal = goal_of(kept)
    typed(kept.session, kept.me, goal.id, why="no")
    typed(kept.session, kept.me, goal.id, why="")
    assert kept.session.undo_words() == "Add a goal"


def test_the_rest_of_a_new_name_belongs_to_making_it(kept: Kept, clock: Clock) -> None:
    contact = SupportContact(name="Ma")
    with kept.session.edit(kept.me, "Add a person") as edit:
        edit.add(contact)
    typed(kept.session, kept.me, contact.id, "Change what is written about a person", name="Maya")
    assert kept.session.undo_words() == "Add a person"
    assert kept.session.undo()
    assert kept.session.contacts(kept.me) == []
    assert kept.session.redo()
    assert [each.name for each in kept.session.contacts(kept.me)] == ["Maya"]
    typed(kept.session, kept.me, contact.id, "Change what is written about a person", role="Nurse")
    assert kept.session.undo_words() == "Change what is written about a person"


def test_a_choice_is_never_folded(kept: Kept, clock: Clock) -> None:
    goal = goal_of(kept)
    step = Step(goal=goal.id, title="Call")
    with kept.session.edit(kept.me, "Add a step") as edit:
        edit.add(step)
    typed(kept.session, kept.me, step.id, "Finish a step", done_on="2026-03-12")
    typed(kept.session, kept.me, step.id, "Finish a step", done_on="")
    assert kept.session.undo()
    assert kept.session.parts(kept.me, goal.id).steps[0].done_on == "2026-03-12"


def test_another_number_is_a_step_of_its_own_and_typing_one_is_not(kept: Kept, clock: Clock) -> None:
    contact = SupportContact(name="Maya")
    with kept.session.edit(kept.me, "Add a person") as edit:
        edit.add(contact)
    for phones in (("5",), ("555",), ("555", "4"), ("555", "444")):
        listed = tuple({"number": each, "label": ""} for each in phones)
        typed(kept.session, kept.me, contact.id, "Change", phones=listed)
    counts = []
    while kept.session.undo_words() == "Change":
        kept.session.undo()
        counts.append(len(kept.session.contacts(kept.me)[0].phones))
    assert counts == [1, 0]


def many(kept: Kept, count: int) -> list[str]:
    made = [
        Appointment(title=f"Class {number}", starts="2026-03-13T10:30", zone="America/New_York")
        for number in range(count)
    ]
    with kept.session.edit(kept.me, "Bring in a calendar") as edit:
        for each in made:
            edit.add(each)
    return [each.id for each in made]


def test_a_large_edit_tells_how_far_it_is_and_tells_nobody_before_it_is_asked_to(kept: Kept) -> None:
    many(kept, 300)
    told: list[Changed] = []
    kept.session.on_change(told.append)
    steps: list[tuple[int, int]] = []
    found: list[object] = []

    def work() -> None:
        found.append(kept.session.take_back(progress=lambda done, of: steps.append((done, of))))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    undone = found[0]
    assert undone is not None
    assert kept.session.appointments(kept.me) == []
    assert told == []
    assert len(steps) >= 300 // 64 * 2
    assert steps == sorted(steps)
    assert all(of == 600 for _done, of in steps)


class Stop(Exception):
    """The person pressed Stop."""


@pytest.mark.parametrize("at", [0, 2, 6, 9])
def test_an_undo_that_is_stopped_has_not_happened(kept: Kept, at: int) -> None:
    ids = many(kept, 300)
    calls = []

    def progress(_done: int, _of: int) -> None:
        calls.append(1)
        if len(calls) > at:
            raise Stop

    with pytest.raises(Stop):
        kept.session.take_back(progress=progress)
    assert {each.id for each in kept.session.appointments(kept.me)} == set(ids)
    assert kept.session.undo_words() == "Bring in a calendar"
    assert kept.session.undo()
    assert kept.session.appointments(kept.me) == []
    kept.lock_and_open()
    assert kept.session.appointments(kept.me) == []


def test_what_became_of_a_time_keeps_its_appointments_dates_right(kept: Kept) -> None:
    first, second = (
        Appointment(title=title, starts="2026-03-13T10:30", zone="America/New_York") for title in ("One", "Two")
    )
    with kept.session.edit(kept.me, "Add") as edit:
        edit.add(first)
        edit.add(second)
        edit.add(Outcome(appointment=first.id, occurrence=first.starts, what=WhatHappened.WENT))
    start = kept.session.today()
    told = {item.appointment.title: item.outcome for item in kept.session.agenda(start, 5)}
    assert told == {"One": WhatHappened.WENT, "Two": None}


def test_nothing_is_left_to_undo_after_a_lock_and_of_others_beside_somebody(team: Kept) -> None:
    session = team.session
    first, second = session.add_person("Lin"), session.add_person("Mara")
    for person in (first, second):
        with session.edit(person.id, "Add a goal") as edit:
            edit.add(Goal(title=f"For {person.name}"))
    session.choose(first.id)
    session.stay_with(first.id)
    assert session.undo()
    assert not session.undo()
    assert [each.title for each in team.lock_and_open().goals(second.id)] == ["For Mara"]
    assert team.session.undo_words() is None
    assert team.session.redo_words() is None


def test_papers_and_the_plan_are_taken_back_in_the_order_in_which_they_were_changed(kept: Kept) -> None:
    session = kept.session
    paper = session.papers.keep(kept.me, b"abc", "image/png", "Letter")
    goal = goal_of(kept)
    session.papers.remove(paper)
    typed(session, kept.me, goal.id, why="A door that locks")
    session.settle()
    assert session.undo_words() == "Change a goal"
    assert session.undo()
    assert session.undo_words() == "Remove a paper"
    assert session.undo()
    assert [each.title for each in session.papers.of(kept.me)] == ["Letter"]
    assert session.redo()
    assert session.papers.of(kept.me) == []
    assert session.redo()
    assert session.goals(kept.me)[0].why == "A door that locks"
    session.erasing.erase_record(kept.me, goal.id)
    assert session.undo_words() == "Remove a paper"
    session.papers.erase(paper)
    assert session.undo_words() is None
