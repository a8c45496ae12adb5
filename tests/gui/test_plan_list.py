"""The goals of a plan as a list: by time, by part of life, moved by drag and keyboard; narrow windows; ears."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from planner.plan.records import Goal, GoalState, GoalTime
from planner.ui.a11y import walk
from planner.words import use_language
from tests.gui.plan_desk import ALT, ID_CARD, LEFT, Key, Opened, drag, press, spot_of

# ---------------------------------------------------------------- the list


def test_goals_stand_under_their_time_and_what_is_put_down_comes_together_at_the_end(
    plan: Callable[..., Opened],
) -> None:
    opened = plan()
    assert opened.under("Now") == ["Sleep somewhere I can lock", ID_CARD]
    assert "Work in a bakery" in opened.under("Later on")
    down = opened.under("Done and put down")
    states = {opened.goal(title).state for title in down}
    assert GoalState.OPEN not in states
    assert {GoalState.DONE, GoalState.RESTING} <= states
    trails = {line.title: line.trail for line in opened.page.list._model.all()}
    assert trails["Write to my sister"] == "Resting for now"


def test_the_tray_arranges_by_part_of_life_and_is_remembered(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.page.by.setFocus()
    press(opened.page.by._parts[1])
    assert opened.under("Papers") == [ID_CARD]
    assert "Now" not in opened.lines()
    assert opened.session.setting("plan_by") == "part"


def test_a_press_opens_a_goal_on_the_sheet(plan: Callable[..., Opened]) -> None:
    opened = plan()
    view = opened.page.list
    QTest.mouseClick(view.viewport(), LEFT, pos=spot_of(view, "Find a doctor I like"))
    assert opened.page.card.title.words.text() == "Find a doctor I like"
    assert view.chosen == opened.goal("Find a doctor I like").id


def test_enter_opens_the_goal_that_the_arrows_went_to(plan: Callable[..., Opened]) -> None:
    opened = plan()
    view = opened.page.list
    view.setFocus()
    QTest.keyClick(view, Key.Key_Home)
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_Return)
    assert opened.page.card.title.words.text() == ID_CARD


def test_alt_and_arrows_move_a_goal_through_its_time_into_the_next_one(plan: Callable[..., Opened]) -> None:
    opened = plan()
    view = opened.page.list
    view.choose(opened.goal("Sleep somewhere I can lock").id)
    view.setFocus()
    QTest.keyClick(view, Key.Key_Down, ALT)
    assert opened.under("Now") == [ID_CARD, "Sleep somewhere I can lock"]
    QTest.keyClick(view, Key.Key_Down, ALT)
    assert opened.under("Now") == [ID_CARD]
    assert opened.under("In the next months")[0] == "Sleep somewhere I can lock"
    assert opened.goal("Sleep somewhere I can lock").time is GoalTime.MONTHS
    QTest.keyClick(view, Key.Key_Up, ALT)
    assert opened.under("Now") == [ID_CARD, "Sleep somewhere I can lock"]
    assert opened.goal("Sleep somewhere I can lock").time is GoalTime.NOW
    assert opened.session.undo_words() == "Move a goal"


def test_a_goal_cannot_be_moved_out_of_the_ends_of_the_list(plan: Callable[..., Opened]) -> None:
    opened = plan()
    view = opened.page.list
    view.choose(opened.goal("Sleep somewhere I can lock").id)
    view.setFocus()
    before = opened.lines()
    QTest.keyClick(view, Key.Key_Up, ALT)
    assert opened.lines() == before
    assert opened.session.undo_words() is None


def test_a_goal_is_dragged_to_the_end_of_another_time_even_when_nothing_is_there(plan: Callable[..., Opened]) -> None:
    opened = plan()
    view = opened.page.list
    with opened.session.edit(opened.person, "x") as edit:
        edit.change(opened.goal("Work in a bakery").id, time=GoalTime.NOW)
    assert opened.under("Later on") == []
    bottom = spot_of(view, "Done and put down")
    drag(view.viewport(), spot_of(view, ID_CARD), bottom)
    assert opened.under("Later on") == [ID_CARD]
    assert opened.goal(ID_CARD).time is GoalTime.LATER


def test_a_goal_dragged_above_a_head_comes_last_before_it(plan: Callable[..., Opened]) -> None:
    opened = plan()
    view = opened.page.list
    head = spot_of(view, "In the next months")
    drag(view.viewport(), spot_of(view, "Work in a bakery"), head - QPoint(0, 14))
    assert opened.under("Now")[-1] == "Work in a bakery"
    assert opened.goal("Work in a bakery").time is GoalTime.NOW


def test_goals_without_places_get_them_when_one_is_moved(plan: Callable[..., Opened]) -> None:
    opened = plan("empty")
    with opened.session.edit(opened.person, "x") as edit:
        for each in "abc":
            edit.add(Goal(id=each, title=each))
    view = opened.page.list
    view.choose("c")
    view.setFocus()
    QTest.keyClick(view, Key.Key_Up, ALT)
    assert opened.under("Now") == ["a", "c", "b"]
    assert [goal.title for goal in opened.session.goals(opened.person)] == ["a", "c", "b"]


# ---------------------------------------------------------------- room, languages, ears


def test_in_a_narrow_window_the_goal_takes_the_place_of_the_list_and_back_leads_back(
    plan: Callable[..., Opened],
) -> None:
    opened = plan(width=800, height=700)
    page = opened.page
    assert page.list.isVisible()
    assert not page.card.isVisible()
    QTest.mouseClick(page.list.viewport(), LEFT, pos=spot_of(page.list, ID_CARD))
    assert page.card.isVisible()
    assert not page.list.isVisible()
    assert page.head_extras() == []
    press(page.back_button)
    assert page.list.isVisible()
    assert page.list.hasFocus()


@pytest.mark.parametrize(("language", "scale", "width"), [("en", 1.0, 1366), ("es", 2.0, 1366), ("en", 1.0, 800)])
def test_everything_has_a_name_and_is_reached(
    plan: Callable[..., Opened], language: str, scale: float, width: int
) -> None:
    use_language(language)
    opened = plan(language=language, scale=scale, width=width)
    page, window = opened.page, opened.notebook.window()
    assert walk(window) == []
    goal = next(goal for goal in page.goals if opened.session.parts(opened.person, goal.id).barriers)
    page.open(goal.id)
    card = page.card
    card.toggle_details()
    card.title.open()
    card.steps.row(opened.session.parts(opened.person, goal.id).steps[0].id).open()
    card.helpers.rows()[0].open()
    card.barriers.cards()[0].open()
    assert walk(window) == []
    page.begin()
    assert walk(window) == []


def test_no_words_are_cut_at_twice_the_size(plan: Callable[..., Opened]) -> None:
    use_language("es")
    opened = plan(language="es", scale=2.0, width=1366)
    page = opened.page
    page.open(page.goals[1].id)
    page.card.toggle_details()
    QApplication.processEvents()
    sheet = page.card
    for child in sheet.findChildren(QWidget):
        if child.isVisibleTo(sheet):
            right = child.mapTo(sheet, QPoint(child.width(), 0)).x()
            assert right <= sheet.width(), type(child).__name__
