"""Steps 0 to 10 through the widgets, on a real store on disk, with the real form; what is stored is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.keys import SlotKind, WrongPassphrase
from planner.plan.records import GoalState, Reach, WhatHappened
from planner.session import Mode
from planner.store.errors import StoreDamaged
from planner.store.folders import find_stores
from planner.store.notebooks import Notebook
from planner.tour import (
    steps_beginning,
    steps_dates,
    steps_every_kind,
    steps_lock,
    steps_paper,
    steps_people,
    steps_plan,
)
from planner.tour import walk as way
from planner.tour.made_up import FIRST_PASSPHRASE, SAID, SECOND_PASSPHRASE
from planner.tour.stage import Stage
from tests.gui.programs import tree


@pytest.fixture
def stage(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    """An empty folder and a window that is not open yet."""
    made = Stage(qapp, tmp_path / "data")
    yield made
    made.end()


def test_before_a_notebook_is_made_nothing_is_on_the_disk(stage: Stage, tmp_path: Path) -> None:
    stage.start()
    steps_beginning.before_anything(stage)
    steps_beginning.language_and_whose(stage)
    steps_beginning.name_and_number(stage, SAID["en"])
    assert tree(tmp_path) == {}
    stage.end()
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_the_first_start_into_the_plan(stage: Stage, language: str) -> None:
    said = SAID[language]
    stage.start(language=language)
    spare = way.beginning(stage, said)

    session = stage.session
    assert session.mode is Mode.FOR_ME
    assert session.setting("my_name") == said.name
    assert session.setting("shelter_line_number") == said.line_number
    assert {slot.kind for slot in session.notebook.slots()} == {SlotKind.PASSPHRASE, SlotKind.SPARE}
    session.check_secret(spare)
    assert session.goals(stage.me) == []
    assert session.store.activity(10) == [], "Help now is never counted or logged"

    way.first_steps(stage, said)

    goals = {goal.title: goal for goal in session.goals(stage.me)}
    assert said.hope_changed in goals
    assert said.hope not in goals, "it was changed before it went in"
    assert len(goals) == 2, "what was left out is not in the plan"
    assert [each.title for each in session.parts(stage.me, goals[said.hope_changed].id).steps] == [said.hope_step]
    (court,) = session.appointments(stage.me)
    assert (court.starts, court.place) == ("2026-04-01T09:30", said.court_place)
    (friend,) = session.contacts(stage.me)
    assert (friend.name, dict(friend.phones[0])["number"]) == (said.friend, said.friend_phone)
    assert session.forms.unfinished(stage.me) == []
    kept = [row.state for row in session.store.fillings(stage.me)]
    assert kept
    assert all(b"rather-not" not in state and b"not-now" not in state for state in kept), "no trace of a refusal"

    stage.shell.undo()
    assert session.goals(stage.me) == []
    stage.shell.redo()
    assert {goal.title for goal in session.goals(stage.me)} == set(goals)


def test_the_whole_way(stage: Stage, tmp_path: Path) -> None:
    said = SAID["en"]
    stage.start()
    way.beginning(stage, said)
    way.first_steps(stage, said)
    _plan(stage)
    _dates(stage)
    _people(stage)
    _paper(stage, tmp_path)
    _lock(stage)


def _plan(stage: Stage) -> None:
    said, session, me = SAID["en"], stage.session, stage.me
    steps_plan.look(stage)
    steps_plan.add_a_goal(stage, said)
    swim = next(goal for goal in session.goals(me) if goal.title == said.goal)
    assert swim.why == said.why
    assert [step.title for step in session.parts(me, swim.id).steps] == list(said.steps)
    steps_plan.move_and_tick(stage, said)
    moved = session.parts(me, swim.id).steps
    assert [step.title for step in moved] == [said.steps[1], said.steps[0], said.steps[2]]
    assert [step.done_on for step in moved] == ["2026-03-12", "", ""]
    steps_plan.barrier(stage, said)
    steps_plan.undo_and_redo(stage)
    (barrier,) = session.parts(me, swim.id).barriers
    assert (barrier.what, barrier.way_round) == (said.barrier, said.way_round)
    steps_plan.rest_one(stage, said)
    assert next(goal for goal in session.goals(me) if goal.id == swim.id).state is GoalState.RESTING


def _dates(stage: Stage) -> None:
    said, session, me = SAID["en"], stage.session, stage.me
    steps_dates.add_repeating(stage, said)
    visit = next(each for each in session.appointments(me) if each.title == said.visit)
    assert (visit.starts, visit.zone) == ("2026-03-17T18:30", "America/New_York")
    assert visit.repeat.startswith("FREQ=WEEKLY")
    assert (visit.place, visit.way_there, visit.who_comes) == (said.visit_place, said.visit_way, said.friend)
    assert (tuple(visit.bring), tuple(visit.ask)) == ((said.visit_bring,), (said.visit_ask,))
    steps_dates.new_day(stage, said)
    (outcome,) = session.outcomes(me, visit.id)
    assert (outcome.what, outcome.occurrence) == (WhatHappened.MOVED, "2026-03-17T18:30")
    days = [str(each.day) for each in session.agenda(session.today(), 15, me) if each.appointment.id == visit.id]
    assert days == ["2026-03-19", "2026-03-24"]
    steps_dates.slip(stage)
    assert session.store.activity(10) == [], "only looked at: nothing has left"


def _people(stage: Stage) -> None:
    said, session, me = SAID["en"], stage.session, stage.me
    steps_people.add_someone(stage, said)
    joan = next(each for each in session.contacts(me) if each.name == said.contact)
    assert (joan.role, joan.our_word, tuple(joan.knows)) == (
        said.contact_role,
        said.contact_word,
        (said.contact_knows,),
    )
    assert (joan.call, joan.message, joan.text) == (Reach.YES, Reach.NO, Reach.YES)
    steps_people.careful(stage, said)
    assert [each.name for each in session.contacts(me, keep_away=True)] == [said.careful]
    steps_people.today(stage)
    steps_people.search(stage, said)
    steps_people.moment(stage)


def _paper(stage: Stage, folder: Path) -> None:
    steps_paper.choose_parts(stage)
    steps_paper.look_at_it(stage)
    path = steps_paper.save_pdf(stage, folder)
    with pikepdf.open(path) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked), "a screen reader can read it"
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang)
    (row,) = stage.session.store.activity(10)
    assert row.what == "left"
    written = str(row.detail)
    assert row.detail["what"] == "saved-open"
    assert all(words not in written for words in (SAID["en"].hope_changed, SAID["en"].visit, path.name))
    steps_paper.what_has_left(stage)


def _lock(stage: Stage) -> None:
    (before,) = find_stores(stage.folder)
    old_keys = (before.folder / "keys").read_bytes()
    goals = [goal.title for goal in stage.session.goals(stage.me)]
    steps_lock.settings(stage)
    steps_lock.change_passphrase(stage)
    steps_lock.lock(stage)
    assert stage.relaunch.asked == [stage.folder]
    with pytest.raises(WrongPassphrase):
        Notebook.open(before.folder, FIRST_PASSPHRASE)
    new_keys = (before.folder / "keys").read_bytes()
    (before.folder / "keys").write_bytes(old_keys)
    with pytest.raises(StoreDamaged):
        Notebook.open(before.folder, FIRST_PASSPHRASE)
    (before.folder / "keys").write_bytes(new_keys)
    steps_lock.unlock(stage)
    assert [goal.title for goal in stage.session.goals(stage.me)] == goals
    stage.session.check_secret(SECOND_PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        stage.session.check_secret(FIRST_PASSPHRASE)


def test_a_form_of_ones_own_with_every_kind_of_question(stage: Stage) -> None:
    stage.start_with("me", language="es", theme="dark")
    before = {goal.title for goal in stage.session.goals(stage.me)}
    steps_every_kind.every_kind(stage)
    assert {goal.title for goal in stage.session.goals(stage.me)} - before == {"Aprender a nadar"}
    finished = stage.session.forms.finished(stage.me)
    assert "every-kind" in [row.form for row in finished]
    (rosa,) = [each for each in stage.session.contacts(stage.me) if each.name == "Rosa"]
    assert rosa.name == "Rosa", "the difference was only looked at"
    taken = set(stage.hand.taken)
    kinds = {f"kind-{name}" for name in ("name", "calm", "order", "week", "drawing", "park", "summary", "difference")}
    assert kinds | {"form-quiet-moment"} <= taken
