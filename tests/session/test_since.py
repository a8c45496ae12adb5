"""What changed since last time: told once a day of use, in careful sentences, and kept without a word."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest

from planner.plan.records import (
    Appointment,
    Dependent,
    Goal,
    GoalState,
    Helper,
    Outcome,
    Reach,
    Step,
    SupportContact,
    WhatHappened,
)
from planner.session import OutOfReach, Session
from planner.words import use_language
from tests.session.conftest import Kept


def add(session: Session, person: str, *records: object) -> None:
    with session.edit(person, "Add") as edit:
        for each in records:
            edit.add(each)  # type: ignore[arg-type]


def next_day(kept: Kept, days: int = 1) -> Session:
    kept.session.lock()
    kept.now += timedelta(days=days)
    return kept.open()


def told(session: Session, person: str) -> list[str]:
    return [line.words for line in session.since.news(person).lines]


GOAL = Goal(title="Find a room", order="a")
STEPS = tuple(Step(goal=GOAL.id, title=title, order=title) for title in ("Ask Joan", "Look", "Move in"))
MAYA = SupportContact(name="Maya", phones=({"number": "555 0142", "label": ""},), call=Reach.YES)
RAY = SupportContact(name="Heron-Ray", keep_away=True)
VISIT = Appointment(title="Talk with Ruth", starts="2026-03-20T10:30", zone="UTC")


@pytest.fixture
def seen(kept: Kept) -> Kept:
    """A plan that was looked at on March 12; now it is March 13, and it has been looked at again."""
    add(kept.session, kept.me, GOAL, *STEPS, MAYA, RAY, VISIT)
    next_day(kept)
    kept.session.since.look(kept.me)
    return kept


def test_the_first_time_there_is_nothing_to_tell(kept: Kept) -> None:
    news = kept.session.since.news(kept.me)
    assert (news.day, news.lines, news.more) == (None, (), 0)


def test_what_she_did_on_the_day_before_is_told_on_the_next_and_not_at_once(kept: Kept) -> None:
    session = kept.session
    session.since.look(kept.me)
    add(session, kept.me, GOAL, *STEPS)
    assert told(session, kept.me) == []
    session = kept.lock_and_open()
    assert told(session, kept.me) == []  # the same day still
    session = next_day(kept, 5)
    news = session.since.news(kept.me)
    assert news.day == date(2026, 3, 12)
    assert [line.words for line in news.lines] == ["A new goal: Find a room"]
    assert (news.lines[0].kind, news.lines[0].id) == ("goal", GOAL.id)
    session = next_day(kept)
    assert session.since.news(kept.me).day == date(2026, 3, 17)
    assert told(session, kept.me) == []


def test_every_kind_of_change_has_its_sentence(seen: Kept) -> None:
    session, me = seen.session, seen.me
    other = Goal(title="See my sister")
    with session.edit(me, "Much") as edit:
        edit.change(STEPS[0].id, done_on="2026-03-13")
        edit.change(VISIT.id, starts="2026-03-21T09:00")
        edit.change(MAYA.id, phones=({"number": "555 0177", "label": ""},))
        edit.change(RAY.id, note="He has a new car")
        edit.add(other)
        edit.add(Step(goal=other.id, title="Write to her"))
        edit.add(Step(goal=GOAL.id, title="Buy sheets"))
        edit.add(Helper(goal=GOAL.id, name="Joan"))
        edit.add(SupportContact(name="Lin"))
        edit.add(Dependent(name="Nico"))
    session = next_day(seen)
    assert told(session, me) == [
        "A new goal: See my sister",
        "Step done: Ask Joan",
        "A new step: Buy sheets",
        "Who helps, or what is in the way, was written down: Find a room",
        "Another time: Talk with Ruth",
        "Somebody new among the people: Lin",
        "Another safe way to reach Maya",
        "Something changed among the people to be careful with.",
    ]
    assert session.since.news(me).more == 1


def test_no_number_and_no_name_to_keep_away_from_is_ever_told(seen: Kept) -> None:
    with seen.session.edit(seen.me, "Change") as edit:
        edit.change(RAY.id, phones=({"number": "555 0666", "label": ""},), if_near="I call Ruth")
        edit.change(MAYA.id, phones=({"number": "555 0177", "label": ""},))
        edit.add(SupportContact(name="Heron-Two", keep_away=True))
    words = "\n".join(told(next_day(seen), seen.me))
    assert "careful" in words
    assert "Maya" in words
    assert "555" not in words
    assert "Heron" not in words


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (GoalState.DONE, "A goal is done: Find a room"),
        (GoalState.RESTING, "Resting for now: Find a room"),
        (GoalState.LET_GO, "Let go: Find a room"),
    ],
)
def test_what_became_of_a_goal(seen: Kept, state: GoalState, words: str) -> None:
    with seen.session.edit(seen.me, "Change") as edit:
        edit.change(GOAL.id, state=state)
    session = next_day(seen)
    assert told(session, seen.me) == [words]
    with session.edit(seen.me, "Change") as edit:
        edit.change(GOAL.id, state=GoalState.OPEN)
    assert told(next_day(seen), seen.me) == ["Open again: Find a room"]


def test_what_became_of_an_appointment_and_a_new_day_for_it(seen: Kept) -> None:
    add(
        seen.session,
        seen.me,
        Outcome(appointment=VISIT.id, occurrence=VISIT.starts, what=WhatHappened.MOVED, new_starts="2026-03-22T10:00"),
    )
    session = next_day(seen)
    assert told(session, seen.me) == ["Another time: Talk with Ruth"]
    add(session, seen.me, Outcome(appointment=VISIT.id, occurrence=VISIT.starts, what=WhatHappened.WENT))
    assert told(next_day(seen), seen.me) == ["It is written down how it went: Talk with Ruth"]


def test_many_of_a_kind_are_told_by_their_number(seen: Kept) -> None:
    made = [Appointment(title=f"Class {n}", starts="2026-03-20T10:30", zone="UTC") for n in range(40)]
    add(seen.session, seen.me, *made, *(SupportContact(name=f"P{n}") for n in range(5)))
    with seen.session.edit(seen.me, "Finish") as edit:
        for each in STEPS:
            edit.change(each.id, done_on="2026-03-13")
        edit.add(Step(goal=GOAL.id, title="One more", done_on="2026-03-13"))
    assert told(next_day(seen), seen.me) == [
        "4 steps done in Find a room",
        "40 new appointments",
        "5 new people",
    ]


def test_what_was_taken_out_is_counted_and_what_goes_with_it_is_not(seen: Kept) -> None:
    with seen.session.edit(seen.me, "Remove a goal") as edit:
        edit.remove(GOAL.id)
    assert told(next_day(seen), seen.me) == ["One thing was taken out."]
    with seen.session.edit(seen.me, "Remove more") as edit:
        edit.remove(MAYA.id)
        edit.remove(VISIT.id)
    assert told(next_day(seen), seen.me) == ["2 things were taken out."]


def test_what_came_back_or_went_in_this_session_is_not_told(seen: Kept) -> None:
    add(seen.session, seen.me, Goal(title="For a day", id="for-a-day"))
    session = next_day(seen)
    assert told(session, seen.me) == ["A new goal: For a day"]
    with session.edit(seen.me, "Remove") as edit:
        edit.remove("for-a-day")
    assert told(session, seen.me) == []
    session.undo()
    assert told(session, seen.me) == ["A new goal: For a day"]


def test_where_two_copies_differ_is_told(seen: Kept) -> None:
    section = GOAL.home()
    document = seen.session.editor.documents.get(seen.me, section)
    other = type(document).load(document.state())
    with other.edit() as edit:
        edit.change(GOAL.id, title="Find a flat")
    with seen.session.edit(seen.me, "Change") as mine:
        mine.change(GOAL.id, title="Find a house")
    document.merge(other.state())
    seen.session.store.fold(seen.me, section.value, document.fold())
    seen.session.store.clear_index()
    words = told(next_day(seen), seen.me)
    assert any(each.startswith("Two copies say different things: Find a") for each in words)


# ---------------------------------------------------------------- what is kept


def test_no_word_of_the_plan_is_kept(seen: Kept) -> None:
    seen.session.settle()
    (kept,) = seen.session.store._ask("SELECT value FROM setting WHERE name = ?", (f"since/{seen.me}",))
    for word in ("Find", "room", "Maya", "555", "Heron", "Ruth", "2026-03-20"):
        assert word not in kept[0]
    assert GOAL.id in kept[0]


def test_what_is_deleted_for_good_leaves_its_digests(seen: Kept) -> None:
    seen.session.settle()
    with seen.session.edit(seen.me, "Remove") as edit:
        edit.remove(MAYA.id)
    session = seen.lock_and_open()
    found = session.store.get(f"since/{seen.me}")
    assert [day["records"].get(MAYA.id) for day in found["days"]] == [None, "contact"]


def test_what_is_erased_leaves_no_trace_and_is_never_told(seen: Kept) -> None:
    seen.session.settle()
    seen.session.erasing.erase_record(seen.me, GOAL.id)
    session = next_day(seen)
    assert told(session, seen.me) == []
    kept = session.store.get(f"since/{seen.me}")
    assert all(GOAL.id not in day["records"] and STEPS[0].id not in day["records"] for day in kept["days"])


def test_erased_on_the_very_day_before_anything_was_kept(kept: Kept) -> None:
    kept.session.since.look(kept.me)
    add(kept.session, kept.me, GOAL)
    session = next_day(kept)
    session.since.look(kept.me)
    session.erasing.erase_record(kept.me, GOAL.id)
    assert told(session, kept.me) == []
    assert told(next_day(kept), kept.me) == []


def test_a_damaged_or_foreign_record_of_it_tells_nothing_and_is_replaced(kept: Kept) -> None:
    add(kept.session, kept.me, GOAL)
    for broken in ("nonsense", 7, {"version": 99}, {"version": 1, "days": [{"day": 3}]}, {"version": 1, "days": 4}):
        session = next_day(kept)
        session.store.set(f"since/{kept.me}", broken)
        assert told(session, kept.me) == []
    assert next_day(kept).since.news(kept.me).day is not None


def test_a_worker_hears_what_changed_since_this_person_was_last_looked_at(team: Kept) -> None:
    session = team.session
    lin, mara = session.add_person("Lin"), session.add_person("Mara")
    session.since.look(lin.id)
    add(session, lin.id, GOAL)
    session = next_day(team, 3)
    session.since.look(mara.id)
    add(session, mara.id, Goal(title="Not of Lin"))
    session = next_day(team, 30)
    assert told(session, lin.id) == ["A new goal: Find a room"]
    assert session.since.news(lin.id).day == date(2026, 3, 12)
    session.choose(lin.id)
    session.stay_with(lin.id)
    with pytest.raises(OutOfReach):
        session.since.news(mara.id)


def test_it_is_read_from_the_index_without_the_engine_of_documents(kept: Kept) -> None:
    me = kept.me
    add(kept.session, me, GOAL)
    next_day(kept)
    kept.session.lock()
    script = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from planner.session import Session; from planner.store.notebooks import Notebook\n"
        "from tests.session.conftest import PASSPHRASE\n"
        f"s = Session(Notebook.open(Path({str(kept.folder)!r}), PASSPHRASE), zone='UTC',"
        " clock=lambda: datetime(2026, 3, 20, 12, tzinfo=UTC))\n"
        f"n = s.since.news({me!r}); print(len(n.lines), 'pycrdt' in sys.modules); s.notebook.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]


def test_it_reads_well_in_spanish(seen: Kept) -> None:
    add(seen.session, seen.me, Goal(title="Ver a mi hermana"))
    use_language("es")
    try:
        assert told(next_day(seen), seen.me) == ["Una meta nueva: Ver a mi hermana"]
    finally:
        use_language("en")
