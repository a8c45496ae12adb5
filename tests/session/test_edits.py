"""Edits: durable or not at all, undone and done again, moved between sections, folded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from planner.errors import MachineTrouble
from planner.plan.life import LifeDomain, Section
from planner.plan.records import Appointment, Goal, GoalState, Outcome, Step, SupportContact, WhatHappened
from planner.session import Changed, Session
from tests.session.conftest import Kept


def add_goal(session: Session, person: str, title: str, domain: LifeDomain = LifeDomain.PAPERS) -> Goal:
    goal = Goal(title=title, domain=domain)
    with session.edit(person, "Add a goal") as edit:
        edit.add(goal)
    return goal


def test_an_edit_is_there_after_a_lock(kept: Kept) -> None:
    goal = add_goal(kept.session, kept.me, "Get my own ID card")
    session = kept.lock_and_open()
    assert session.goals(kept.me) == [goal]


def test_an_edit_that_breaks_changes_nothing(kept: Kept) -> None:
    goal = add_goal(kept.session, kept.me, "Get my own ID card")

    def break_off() -> None:
        with kept.session.edit(kept.me, "Change") as edit:
            edit.change(goal.id, title="Something else")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert kept.session.goals(kept.me) == [goal]
    assert kept.lock_and_open().goals(kept.me) == [goal]


class NoRoom(MachineTrouble):
    """Stands in for a full disk."""


def test_an_edit_that_cannot_be_stored_changes_nothing_and_can_be_made_later(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = add_goal(kept.session, kept.me, "Get my own ID card")
    told: list[Changed] = []
    kept.session.on_change(told.append)

    @contextmanager
    def full() -> Iterator[None]:
        yield
        raise NoRoom("no room")

    with monkeypatch.context() as patch:
        patch.setattr(kept.session.store, "transaction", full)
        patch.setattr(kept.session.store, "add_delta", lambda *_: None)
        patch.setattr(kept.session.store, "put_rows", lambda *_: None)
        with pytest.raises(NoRoom), kept.session.edit(kept.me, "Change") as edit:
            edit.change(goal.id, title="Something else")
    assert told == []
    assert kept.session.goals(kept.me) == [goal]
    with kept.session.edit(kept.me, "Change") as edit:
        edit.change(goal.id, title="Something else")
    assert kept.lock_and_open().goals(kept.me)[0].title == "Something else"


def test_undo_and_redo_with_their_words(kept: Kept) -> None:
    session = kept.session
    goal = add_goal(session, kept.me, "Get my own ID card")
    with session.edit(kept.me, "Rest a goal") as edit:
        edit.change(goal.id, state=GoalState.RESTING)
    assert session.undo_words() == "Rest a goal"
    assert session.undo()
    assert session.goals(kept.me)[0].state is GoalState.OPEN
    assert session.redo_words() == "Rest a goal"
    assert session.redo()
    assert session.goals(kept.me)[0].state is GoalState.RESTING
    assert session.undo()
    assert session.undo()
    assert session.goals(kept.me) == []
    assert not session.undo()
    assert session.redo()
    assert [each.title for each in session.goals(kept.me)] == ["Get my own ID card"]
    add_goal(session, kept.me, "Another")
    assert session.redo_words() is None


def test_removing_a_goal_takes_its_steps_along_and_undo_brings_all_back(kept: Kept) -> None:
    session = kept.session
    goal = add_goal(session, kept.me, "Get my own ID card")
    with session.edit(kept.me, "Add steps") as edit:
        edit.add(Step(goal=goal.id, title="Write the letter", order="a"))
        edit.add(Step(goal=goal.id, title="Sign the letter", order="b"))
    with session.edit(kept.me, "Remove a goal") as edit:
        edit.remove(goal.id)
    assert session.goals(kept.me) == []
    assert session.all_parts(kept.me) == {}
    session.undo()
    assert [step.title for step in session.parts(kept.me, goal.id).steps] == ["Write the letter", "Sign the letter"]


def test_steps_are_moved_between_others(kept: Kept) -> None:
    session = kept.session
    goal = add_goal(session, kept.me, "Get my own ID card")
    names = ["first", "second", "third"]
    ids = {}
    for name, order in zip(names, ["b", "c", "d"], strict=True):
        with session.edit(kept.me, "Add a step") as edit:
            ids[name] = edit.add(Step(goal=goal.id, title=name, order=order))
    with session.edit(kept.me, "Move a step") as edit:
        edit.move(ids["third"], after=ids["first"], before=ids["second"])
    assert [step.title for step in session.parts(kept.me, goal.id).steps] == ["first", "third", "second"]
    with session.edit(kept.me, "Move a step") as edit:
        edit.move(ids["third"], before=ids["first"])
    assert [step.title for step in session.parts(kept.me, goal.id).steps] == ["third", "first", "second"]


def test_a_goal_of_another_part_of_life_moves_to_its_section_with_its_parts(kept: Kept) -> None:
    session = kept.session
    goal = add_goal(session, kept.me, "See somebody", LifeDomain.WORK)
    with session.edit(kept.me, "Add a step") as edit:
        edit.add(Step(goal=goal.id, title="Ask Joan"))
    with session.edit(kept.me, "Change") as edit:
        edit.change(goal.id, domain=LifeDomain.HEALTH)

    def kept_in(section: Section) -> set[str]:
        records = session.editor.documents.get(kept.me, section).records().values()
        return {record.title_text() for record in records}

    assert kept_in(Section.HEALTH) == {"See somebody", "Ask Joan"}
    assert kept_in(Section.EVERYDAY) == set()
    assert [each.title for each in session.parts(kept.me, goal.id).steps] == ["Ask Joan"]
    session.undo()
    assert kept_in(Section.EVERYDAY) == {"See somebody", "Ask Joan"}
    assert session.goals(kept.me)[0].domain is LifeDomain.WORK
    again = kept.lock_and_open()
    assert [each.title for each in again.parts(kept.me, goal.id).steps] == ["Ask Joan"]


def test_mine_alone_moves_a_goal_out_of_its_section(kept: Kept) -> None:
    goal = add_goal(kept.session, kept.me, "Only mine")
    with kept.session.edit(kept.me, "Change") as edit:
        edit.change(goal.id, mine_alone=True)
    rows = kept.session.store.rows(kept.me, ["goal"])
    assert [row.section for row in rows] == ["mine-alone"]


def test_who_changed_what_is_told(kept: Kept) -> None:
    told: list[Changed] = []
    stop = kept.session.on_change(told.append)
    goal = add_goal(kept.session, kept.me, "Get my own ID card")
    assert told == [Changed(kept.me, frozenset({"goal"}), frozenset({goal.id}))]
    stop()
    add_goal(kept.session, kept.me, "Another")
    assert len(told) == 1


def test_the_agenda_follows_edits_outcomes_and_undo(kept: Kept) -> None:
    session = kept.session
    visit = Appointment(title="Talk with Ruth", starts="2026-03-13T10:30", zone="America/New_York", minutes=50)
    with session.edit(kept.me, "Add a date") as edit:
        edit.add(visit)

    def days() -> list[tuple[date, str]]:
        return [(item.day, f"{item.time:%H:%M}") for item in session.agenda(date(2026, 3, 12), 8) if item.time]

    assert days() == [(date(2026, 3, 13), "10:30")]
    with session.edit(kept.me, "It has a new date") as edit:
        edit.add(
            Outcome(
                appointment=visit.id,
                occurrence=visit.starts,
                what=WhatHappened.MOVED,
                new_starts="2026-03-16T09:00",
            )
        )
    assert days() == [(date(2026, 3, 16), "09:00")]
    session.undo()
    assert days() == [(date(2026, 3, 13), "10:30")]
    with session.edit(kept.me, "Every week") as edit:
        edit.change(visit.id, repeat="FREQ=WEEKLY;COUNT=2")
    assert days() == [(date(2026, 3, 13), "10:30")]
    assert [item.day for item in session.agenda(date(2026, 3, 12), 20)] == [date(2026, 3, 13), date(2026, 3, 20)]
    with session.edit(kept.me, "Remove a date") as edit:
        edit.remove(visit.id)
    assert days() == []


def test_a_date_from_another_zone_stands_at_the_viewers_clock(kept: Kept) -> None:
    with kept.session.edit(kept.me, "Add a date") as edit:
        edit.add(Appointment(title="Call", starts="2026-03-13T23:30", zone="America/Los_Angeles"))
    (item,) = kept.session.agenda(date(2026, 3, 14), 1)
    assert item.time is not None
    assert f"{item.time:%H:%M}" == "02:30"
    assert item.zone_note == "America/Los_Angeles"
    assert kept.session.agenda(date(2026, 3, 13), 1) == []


def test_all_day_stands_on_its_day_in_every_zone(kept: Kept) -> None:
    with kept.session.edit(kept.me, "Add a date") as edit:
        edit.add(Appointment(title="Holiday", starts="2026-03-13", zone="Europe/Madrid"))
    (item,) = kept.session.agenda(date(2026, 3, 13), 1)
    assert item.time is None


def test_repeating_dates_are_worked_out_further_when_time_goes_on(kept: Kept) -> None:
    with kept.session.edit(kept.me, "Add a date") as edit:
        edit.add(Appointment(title="Group", starts="2026-03-13T18:00", zone="America/New_York", repeat="FREQ=WEEKLY"))
    far = ("2027-12-01T00:00:00+00:00", "2027-12-08T00:00:00+00:00")
    assert kept.session.store.agenda(*far) == []
    kept.now = kept.now.replace(year=2027, month=11)
    kept.session.settle()
    assert len(kept.session.store.agenda(*far)) == 1
    assert len(kept.session.agenda(date(2027, 12, 1), 7)) == 1


def test_the_index_can_be_dropped_and_comes_back_the_same(kept: Kept) -> None:
    session = kept.session
    goal = add_goal(session, kept.me, "Get my own ID card")
    with session.edit(kept.me, "Add") as edit:
        edit.add(Step(goal=goal.id, title="Write the letter"))
        edit.add(SupportContact(name="Maya", phones=({"number": "555-0101", "label": ""},)))
        edit.add(Appointment(title="Talk", starts="2026-03-13T10:30", zone="America/New_York", repeat="FREQ=DAILY"))
    before = sorted(session.store.rows(None, None), key=lambda row: row.id)
    agenda = session.agenda(date(2026, 3, 12), 9)
    session.settle()
    session.store.clear_index()
    assert session.store.rows(None, None) == []
    again = kept.lock_and_open()
    assert sorted(again.store.rows(None, None), key=lambda row: row.id) == before
    assert again.agenda(date(2026, 3, 12), 9) == agenda


def test_settings_are_typed(kept: Kept) -> None:
    kept.session.set_setting("lock_minutes", 10)
    assert kept.lock_and_open().setting("lock_minutes") == 10
    for wrong in (7, "10", True):
        with pytest.raises(ValueError, match="lock_minutes"):
            kept.session.set_setting("lock_minutes", wrong)
    kept.session.store.set("lock_minutes", "damaged")
    assert kept.session.setting("lock_minutes") == 5
    with pytest.raises(KeyError):
        kept.session.setting("unheard-of")


def test_a_lock_of_what_is_locked_does_nothing(team: Kept) -> None:
    """Also where something is left to be written, as when the disk was full."""
    ana = team.session.add_person("Ana")
    team.session.lock()
    team.session.editor.tell(Changed(ana.id, frozenset({"goal"})))
    team.session.lock()
    assert [each.shown for each in team.open().people()] == ["Ana"]


def test_a_draft_is_there_after_a_lock_and_is_taken_once(kept: Kept) -> None:
    kept.session.keep_draft("plan", {"title": "half a sent"})
    session = kept.lock_and_open()
    assert session.take_draft("plan") == {"title": "half a sent"}
    assert session.take_draft("plan") is None
    session.keep_draft("plan", {"title": "x"})
    session.keep_draft("plan", None)
    assert session.take_draft("plan") is None


def test_a_change_of_nothing_is_no_edit(kept: Kept) -> None:
    goal = add_goal(kept.session, kept.me, "Get my own ID card")
    with kept.session.edit(kept.me, "Change") as edit:
        edit.change(goal.id, title=goal.title)
    assert kept.session.undo_words() == "Add a goal"


def test_restore_takes_a_mark_away(kept: Kept) -> None:
    goal = add_goal(kept.session, kept.me, "Get my own ID card")
    with kept.session.edit(kept.me, "Remove") as edit:
        edit.remove(goal.id)
    assert [each.removed for each in kept.session.goals(kept.me, include_removed=True)] == [True]
    with kept.session.edit(kept.me, "Bring back") as edit:
        edit.restore(goal.id)
    assert kept.session.goals(kept.me) == [replace(goal, removed=False)]


def test_an_unknown_record_is_a_mistake_of_ours(kept: Kept) -> None:
    with pytest.raises(KeyError), kept.session.edit(kept.me, "Change") as edit:
        edit.change("nothing", title="x")
