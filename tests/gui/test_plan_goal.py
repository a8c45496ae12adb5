"""The open goal: its steps, its words, who helps, what is in the way, each changed where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.plan.life import LifeDomain, Section
from planner.plan.records import Goal, GoalState, GoalTime, WrittenBy
from planner.ui.kit.buttons import Button
from planner.ui.kit.floats import Menu
from tests.gui.plan_desk import ALT, ID_CARD, Key, Opened, drag, press, type_into

# ---------------------------------------------------------------- steps


def test_a_circle_is_ticked_by_mouse_and_by_space_and_the_next_step_shows_itself(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    first = opened.parts(ID_CARD).steps[2]
    row = opened.page.card.steps.row(first.id)

    def is_next(place: int) -> bool:
        return opened.page.card.steps.row(opened.parts(ID_CARD).steps[place].id).line.next

    assert [is_next(place) for place in range(5)] == [False, False, True, False, False]
    press(row.line.tick)
    assert opened.parts(ID_CARD).steps[2].done_on == "2026-03-12"
    assert row.line.tick.isChecked()
    assert [is_next(place) for place in range(5)] == [False, False, False, True, False]
    assert opened.page.card._count.text() == "3 of 5 done"
    row.line.tick.setFocus()
    QTest.keyClick(row.line.tick, Key.Key_Space)
    assert opened.parts(ID_CARD).steps[2].done_on == ""
    assert not row.line.tick.isChecked()


def test_steps_are_added_one_after_the_other_with_enter(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open("Write to my sister")
    adding = opened.page.card.steps.adding
    press(adding.button)
    for words in ("Find her address", "Buy a card"):
        type_into(adding.field, words)
        QTest.keyClick(adding.field, Key.Key_Return)
        assert adding.field.text() == ""
        assert adding.field.hasFocus()
    assert opened.steps("Write to my sister")[-2:] == ["Find her address", "Buy a card"]
    QTest.keyClick(adding.field, Key.Key_Return)
    assert adding.button.isVisible()
    assert adding.button.hasFocus()


def test_a_step_half_typed_is_kept_when_the_page_is_left(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open("Write to my sister")
    adding = opened.page.card.steps.adding
    press(adding.button)
    type_into(adding.field, "  Find her   address ")
    opened.notebook.leave()
    assert opened.steps("Write to my sister")[-1] == "Find her address"


def test_a_step_is_changed_where_it_stands_and_saved_without_a_button(
    plan: Callable[..., Opened], qtbot: QtBot
) -> None:
    opened = plan()
    opened.open(ID_CARD)
    step = opened.parts(ID_CARD).steps[3]
    row = opened.page.card.steps.row(step.id)
    press(row.line.handle)
    assert row.title.hasFocus()
    type_into(row.title, "Wait for the paper")
    QTest.keyClick(row.title, Key.Key_Tab)
    assert opened.parts(ID_CARD).steps[3].title == "Wait for the paper"
    assert row.when.hasFocus()
    row.when.clear()
    type_into(row.when, "in April")
    qtbot.waitUntil(lambda: opened.parts(ID_CARD).steps[3].when == "in April", timeout=4000)
    row.whom.setFocus()
    type_into(row.whom, "with Maya")
    QTest.keyClick(row.whom, Key.Key_Return)
    assert opened.parts(ID_CARD).steps[3].with_whom == "with Maya"
    assert row.line.isVisible()
    assert row.line.trail.text() == "in April, with Maya"
    assert row.line.handle.hasFocus()


def test_an_emptied_title_of_a_step_keeps_its_words(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    step = opened.parts(ID_CARD).steps[3]
    row = opened.page.card.steps.row(step.id)
    row.open()
    row.title.selectAll()
    QTest.keyClick(row.title, Key.Key_Backspace)
    QTest.keyClick(row.title, Key.Key_Return)
    assert opened.parts(ID_CARD).steps[3].title == step.title


def test_alt_and_arrows_move_a_step_and_keep_the_keyboard_on_it(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    steps = opened.parts(ID_CARD).steps
    handle = opened.page.card.steps.row(steps[4].id).line.handle
    handle.setFocus()
    QTest.keyClick(handle, Key.Key_Up, ALT)
    assert opened.steps(ID_CARD)[3] == steps[4].title
    assert handle.hasFocus()
    tick = opened.page.card.steps.row(steps[4].id).line.tick
    tick.setFocus()
    QTest.keyClick(tick, Key.Key_Down, ALT)
    QTest.keyClick(tick, Key.Key_Down, ALT)
    assert opened.steps(ID_CARD) == [step.title for step in steps]


def test_a_step_is_dragged_to_another_place(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    steps = opened.parts(ID_CARD).steps
    rows = [opened.page.card.steps.row(step.id) for step in steps]
    handle = rows[4].line.handle
    start = QPoint(handle.width() // 2, handle.height() // 2)
    end = handle.mapFrom(opened.page, rows[0].mapTo(opened.page, QPoint(start.x(), 2)))
    drag(handle, start, end)
    assert opened.steps(ID_CARD)[0] == steps[4].title
    assert not rows[4].is_open()


def test_a_removed_step_comes_back_with_undo(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    before = opened.steps(ID_CARD)
    handle = opened.page.card.steps.row(opened.parts(ID_CARD).steps[1].id).line.handle
    handle.setFocus()
    QTest.keyClick(handle, Key.Key_Delete)
    assert opened.steps(ID_CARD) == before[:1] + before[2:]
    assert opened.notebook.toast.isVisible()
    opened.notebook.undo()
    assert opened.steps(ID_CARD) == before
    assert len(opened.page.card.steps._rows) == len(before)


# ---------------------------------------------------------------- the words of a goal


def test_title_and_why_are_changed_where_they_stand(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open("Write to my sister")
    card = opened.page.card
    goal = opened.goal("Write to my sister")
    assert card.why.words.text() == "Why do you want this? So that …" or goal.why
    press(card.title.cover)
    type_into(card.title.area, "Call my sister")
    QTest.keyClick(card.title.area.paper, Key.Key_Return)
    assert opened.session.record(opened.person, goal.id).title_text() == "Call my sister"  # type: ignore[union-attr]
    assert card.title.words.text() == "Call my sister"
    press(card.why.cover)
    card.why.area.paper.selectAll()
    type_into(card.why.area, "So that she knows I am well.")
    opened.notebook.leave()
    assert opened.goal("Call my sister").why == "So that she knows I am well."
    QTest.keyClick(card.why.area.paper, Key.Key_Escape)
    assert opened.goal("Call my sister").why == goal.why


def test_an_empty_title_is_not_taken(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    card = opened.page.card
    card.title.open()
    QTest.keyClick(card.title.area.paper, Key.Key_Backspace)
    QTest.keyClick(card.title.area.paper, Key.Key_Return)
    assert card.title.words.text() == ID_CARD
    assert opened.goal(ID_CARD).title == ID_CARD


def test_what_changes_elsewhere_does_not_overwrite_what_is_being_typed(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    card = opened.page.card
    card.title.open()
    type_into(card.title.area, "My own words")
    with opened.session.edit(opened.person, "x") as edit:
        edit.change(opened.goal(ID_CARD).id, why="So that it is mine.")
    assert card.title.area.text() == "My own words"
    assert card.why.words.text() == "“So that it is mine.”"
    assert card.title.area.paper.hasFocus()


def test_part_of_life_and_time_are_changed_behind_the_pencil(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    card = opened.page.card
    press(card.pencil)
    assert card.details.time.hasFocus()
    QTest.keyClick(card.details.time, Key.Key_Down)
    assert opened.goal(ID_CARD).time is GoalTime.MONTHS
    press(card.details.part)
    menu = opened.notebook.window().findChild(Menu)
    assert menu is not None
    words = [row.text() for row in menu._rows]
    assert words.count("Law") == 1
    press(menu._rows[words.index("Health")])
    assert opened.goal(ID_CARD).domain is LifeDomain.HEALTH
    assert card._about.text() == "Health, in the next months"
    assert opened.steps(ID_CARD)
    card.details.by.choose(WrittenBy.TOGETHER.value)
    card.details.by.changed.emit()
    assert card._by.text() == "Written together"


def test_choosing_law_again_keeps_the_law_a_goal_is_about(plan: Callable[..., Opened]) -> None:
    opened = plan("empty")
    with opened.session.edit(opened.person, "x") as edit:
        edit.add(Goal(id="g", title="Talk to a lawyer", domain=LifeDomain.PROTECTIVE_ORDER))
    details = opened.page.card.details
    assert details.part.text() == "Law"
    details.part.changed.emit()
    assert opened.goal("Talk to a lawyer").domain is LifeDomain.PROTECTIVE_ORDER


def test_mine_alone_moves_a_goal_with_all_its_parts_out_of_what_is_shared(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    card = opened.page.card
    goal = opened.goal(ID_CARD)
    before = opened.parts(ID_CARD)
    press(card.pencil)
    press(card.details.alone)
    assert opened.goal(ID_CARD).mine_alone
    rows = opened.session.store.rows(opened.person, ["goal", "step", "helper", "barrier"])
    mine = [row for row in rows if row.id == goal.id or row.fields.get("goal") == goal.id]
    assert {row.section for row in mine} == {Section.MINE_ALONE.value}
    assert [step.title for step in opened.parts(ID_CARD).steps] == [step.title for step in before.steps]
    assert opened.page.list._model.line(opened.page.list._model.place(goal.id)).detail == "Papers, mine alone"
    opened.notebook.undo()
    assert not opened.goal(ID_CARD).mine_alone
    assert len(opened.parts(ID_CARD).steps) == len(before.steps)


@pytest.mark.parametrize("state", [GoalState.DONE, GoalState.RESTING, GoalState.LET_GO])
def test_done_resting_and_let_go_are_one_press_and_so_is_the_way_back(
    plan: Callable[..., Opened], state: GoalState
) -> None:
    opened = plan()
    opened.open(ID_CARD)
    buttons = opened.page.card.standing.buttons
    assert not buttons[GoalState.OPEN].isVisible()
    assert len({buttons[each].kind for each in buttons}) == 1
    buttons[state].click()
    assert opened.goal(ID_CARD).state is state
    assert ID_CARD in opened.under("Done and put down")
    assert opened.page.open_goal == opened.goal(ID_CARD).id
    buttons[GoalState.OPEN].click()
    assert opened.goal(ID_CARD).state is GoalState.OPEN
    assert ID_CARD in opened.under("Now")


def test_a_removed_goal_comes_back_with_undo(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    steps = opened.steps(ID_CARD)
    opened.page.card.toggle_details()
    remove = next(each for each in opened.page.card.details.findChildren(Button) if each.text() == "Remove this goal")
    press(remove)
    assert ID_CARD not in opened.lines()
    opened.notebook.undo()
    assert opened.steps(ID_CARD) == steps
    assert ID_CARD in opened.under("Now")


# ---------------------------------------------------------------- who helps, what is in the way


def test_someone_who_helps_is_chosen_from_her_people_or_typed(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open("Write to my sister")
    helpers = opened.page.card.helpers
    before = len(helpers.rows())
    press(helpers.add_button)
    row = helpers.rows()[-1]
    assert row.who.hasFocus()
    names = [label for _value, label in row.who._items]
    assert "Maya" in names
    assert "Rey" not in names, "somebody to keep away from is not offered as help"
    maya = next(each for each in opened.session.contacts(opened.person) if each.name == "Maya")
    row.who.choose(maya.id)
    row.who.changed.emit()
    type_into(row.does, "reads it first")
    row.close_fields()
    stored = opened.parts("Write to my sister").helpers
    assert [(each.contact, each.name, each.how) for each in stored][-1] == (maya.id, "Maya", "reads it first")
    press(helpers.add_button)
    typed = helpers.rows()[-1]
    typed.typed.setFocus()
    type_into(typed.typed, "My neighbor")
    opened.notebook.leave()
    stored = opened.parts("Write to my sister").helpers
    assert stored[-1].name == "My neighbor"
    assert stored[-1].contact == ""
    assert len(stored) == before + 2
    assert len(helpers.rows()) == before + 2


def test_fields_for_someone_that_stay_empty_leave_nothing_behind(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    helpers, barriers = opened.page.card.helpers, opened.page.card.barriers
    helpers.add()
    helpers.rows()[-1].close_fields()
    barriers.add()
    barriers.cards()[-1].close_fields()
    assert len(helpers.rows()) == 2
    assert len(barriers.cards()) == 1
    assert opened.session.undo_words() is None


def test_a_helper_bears_the_name_their_card_has_now(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    joan = next(each for each in opened.session.contacts(opened.person) if each.name == "Joan")
    with opened.session.edit(opened.person, "x") as edit:
        edit.change(joan.id, name="Joanna")
    assert opened.page.card.helpers.rows()[0].name.text() == "Joanna"


def test_a_helper_and_a_barrier_are_taken_away_with_undo(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open(ID_CARD)
    card = opened.page.card
    card.helpers.remove(card.helpers.rows()[0])
    assert [each.name for each in opened.parts(ID_CARD).helpers] == ["Maya"]
    opened.notebook.undo()
    assert [each.name for each in opened.parts(ID_CARD).helpers] == ["Joan", "Maya"]
    card.barriers.remove(card.barriers.cards()[0])
    assert opened.parts(ID_CARD).barriers == ()
    opened.notebook.undo()
    assert len(opened.parts(ID_CARD).barriers) == 1


def test_what_is_in_the_way_is_written_and_changed(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.open("Write to my sister")
    barriers = opened.page.card.barriers
    press(barriers.add_button)
    card = barriers.cards()[-1]
    assert card.what.paper.hasFocus()
    type_into(card.what, "I do not know what to say.")
    QTest.keyClick(card.what.paper, Key.Key_Tab)
    assert opened.parts("Write to my sister").barriers[-1].what == "I do not know what to say."
    assert card.way.paper.hasFocus(), "saving does not take the keyboard away"
    type_into(card.way, "One line is enough.")
    QTest.keyClick(card.way.paper, Key.Key_Escape)
    stored = opened.parts("Write to my sister").barriers[-1]
    assert stored.way_round == "One line is enough."
    assert card.face.isVisible()
    assert len(barriers.cards()) == len(opened.parts("Write to my sister").barriers)
