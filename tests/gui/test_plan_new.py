"""A new goal in her words or from an idea; what two copies say differently; a full disk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.errors import MachineTrouble
from planner.indexing import index_row
from planner.plan.documents import SectionDocument
from planner.plan.life import LifeDomain, Section
from planner.plan.records import Goal, GoalTime, WrittenBy
from planner.session import Session
from planner.ui.kit.buttons import Button
from planner.ui.pages.goal_idea import GoalIdeaPage
from planner.ui.pages.plan import PlanPage
from planner.words import use_language
from tests.gui.fakes import FakeDesk
from tests.gui.plan_desk import ID_CARD, Key, Opened, press, type_into

# ---------------------------------------------------------------- a new goal


def test_an_empty_plan_says_kindly_what_will_be_here(plan: Callable[..., Opened]) -> None:
    opened = plan("empty")
    assert opened.page.empty.isVisible()
    assert not opened.page.halves.isVisible()
    assert opened.page.head_extras() == []
    assert opened.page.first_focus() is opened.page.first_button


def test_the_first_goal_begins_with_her_words(plan: Callable[..., Opened]) -> None:
    opened = plan("empty")
    press(opened.page.first_button)
    new = opened.page.new
    assert new.words.paper.hasFocus()
    QTest.keyClick(new.words.paper, Key.Key_Return)
    assert opened.session.goals(opened.person) == []
    assert new.words_row.asking()
    type_into(new.words, "Learn to swim")
    new.time.setFocus()
    QTest.keyClick(new.time, Key.Key_Down)
    new.part.choose(LifeDomain.HEALTH.value)
    press(new.add_button)
    goal = opened.goal("Learn to swim")
    assert (goal.domain, goal.time, goal.written_by) == (LifeDomain.HEALTH, GoalTime.MONTHS, WrittenBy.ME)
    assert opened.page.card.title.words.text() == "Learn to swim"
    assert opened.page.card.steps.adding.field.hasFocus(), "steps can be typed at once"
    assert opened.under("In the next months") == ["Learn to swim"]


def test_an_idea_is_read_over_taken_with_its_steps_and_undone_in_one(plan: Callable[..., Opened]) -> None:
    opened = plan("empty")
    press(opened.page.ideas_button)
    ideas = opened.page.new.ideas
    assert ideas.hasFocus()
    heads = [line.title for line in ideas._model.all() if line.section]
    assert heads.count("Law") == 1
    assert len(heads) == len(set(heads))
    QTest.keyClick(ideas, Key.Key_Home)
    QTest.keyClick(ideas, Key.Key_Return)
    page = opened.notebook.open_page()
    assert isinstance(page, GoalIdeaPage)
    assert page.idea is not None
    assert opened.session.goals(opened.person) == [], "nothing is in the plan before it was read"
    press(page.put_button)
    (goal,) = opened.session.goals(opened.person)
    parts = opened.session.parts(opened.person, goal.id)
    assert goal.title == page.idea.title.get("en")
    assert len(parts.steps) == len(page.idea.steps)
    assert parts.barriers[0].way_round
    assert opened.page.card.isVisible()
    opened.notebook.undo()
    assert opened.session.goals(opened.person) == []
    assert opened.page.empty.isVisible()


def test_ideas_are_in_her_language(plan: Callable[..., Opened]) -> None:
    use_language("es")
    opened = plan("empty", language="es")
    opened.page.begin(ideas=True)
    shown = {line.id: line.title for line in opened.page.new.ideas._model.all() if not line.section}
    assert shown == {each.id: each.title.get("es") for each in opened.session.content.goal_ideas()}


def test_a_goal_half_typed_outlives_a_lock(plan: Callable[..., Opened]) -> None:
    opened = plan()
    press(opened.page.add_button)
    type_into(opened.page.new.words, "Something I want")
    draft = opened.page.draft()
    assert draft is not None
    opened.notebook.put_away()
    opened.notebook.forget()
    opened.notebook.take_up()
    page = opened.notebook.page("plan")
    assert isinstance(page, PlanPage)
    assert page.adding
    assert page.new.words.text() == "Something I want"
    assert all(goal.title != "Something I want" for goal in opened.session.goals(opened.person))


def test_not_now_puts_the_words_off_and_keeps_them(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.page.begin()
    type_into(opened.page.new.words, "Maybe")
    press(next(each for each in opened.page.new.findChildren(Button) if each.text() == "Not now"))
    assert opened.page.card.isVisible()
    opened.page.begin()
    assert opened.page.new.words.text() == "Maybe"


def test_with_a_worker_the_words_are_the_workers_until_said_otherwise(
    open_session: Callable[..., Session], qtbot: QtBot
) -> None:
    session = open_session("others")
    someone = session.people()[0]
    session.choose(someone.id)
    page = PlanPage(FakeDesk(session))  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.refresh(None)
    assert page.title() == "The plan"
    page.new.words.set_text("Visit the school together")
    page.new.add()
    made = next(goal for goal in session.goals(someone.id) if goal.title == "Visit the school together")
    assert made.written_by is WrittenBy.WORKER
    session.stay_with(someone.id)
    page.new.words.set_text("Ask about the bus")
    page.new.add()
    made = next(goal for goal in session.goals(someone.id) if goal.title == "Ask about the bus")
    assert made.written_by is WrittenBy.TOGETHER


# ---------------------------------------------------------------- two copies, a full disk


def test_where_two_copies_differ_both_are_shown_and_she_chooses(plan: Callable[..., Opened]) -> None:
    opened = plan("empty")
    here, there = SectionDocument.new(), SectionDocument.new()
    with here.edit() as edit:
        edit.put(Goal(id="g", title="My room", domain=LifeDomain.HOME))
    there.merge(here.state())
    with here.edit() as edit:
        edit.change("g", title="My own room")
    with there.edit() as edit:
        edit.change("g", title="A room with a key")
    here.merge(there.state())
    record = here.record("g")
    assert record is not None
    with opened.session.store.transaction():
        opened.session.store.fold(opened.person, Section.EVERYDAY, here.fold())
        opened.session.store.put_rows([index_row(opened.person, Section.EVERYDAY, record)])
    opened.session.editor.documents.forget()
    opened.page.refresh(None)
    rivals = opened.page.card.rivals
    assert rivals.isVisible()
    offered = {button.text(): button for button in rivals.findChildren(Button)}
    assert set(offered) == {"My own room", "A room with a key"}
    press(offered["A room with a key"])
    assert opened.goal("A room with a key").rivals == {}
    assert not rivals.isVisible()
    assert opened.page.card.title.words.text() == "A room with a key"
    opened.notebook.undo()
    assert rivals.isVisible(), "undo brings the choice back"


def test_when_the_disk_is_full_the_words_stay_and_are_saved_once(
    plan: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = plan()
    opened.open(ID_CARD)
    add_delta = opened.session.store.add_delta

    def full(*_args: object) -> None:
        raise MachineTrouble("The disk is full.", "")

    monkeypatch.setattr(opened.session.store, "add_delta", full)
    steps = opened.page.card.steps
    steps.adding.begin()
    type_into(steps.adding.field, "Ask twice")
    QTest.keyClick(steps.adding.field, Key.Key_Return)
    assert steps.adding.field.text() == "Ask twice"
    QTest.keyClick(steps.adding.field, Key.Key_Return)
    press(opened.page.card.barriers.add_button)
    barrier = opened.page.card.barriers.cards()[-1]
    type_into(barrier.what, "No room")
    barrier.close_fields()
    assert barrier.is_open()
    assert barrier.what.text() == "No room"
    monkeypatch.setattr(opened.session.store, "add_delta", add_delta)
    opened.notebook._keeping.try_again()
    assert opened.steps(ID_CARD).count("Ask twice") == 1
    assert [each.what for each in opened.parts(ID_CARD).barriers].count("No room") == 1
    assert len(opened.page.card.barriers.cards()) == 2
    assert steps.adding.field.text() == ""
