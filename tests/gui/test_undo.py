"""Undo and redo from every page: the menu in the head, the keys inside and outside a field, and where it shows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.plan.records import Appointment, Goal
from planner.session import Session
from planner.ui import taking_back
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button, Pressed
from planner.ui.kit.dialogs import ProgressCard
from planner.ui.kit.fields import Field
from planner.ui.kit.floats import Menu
from planner.ui.open_notebook import OpenNotebook
from planner.words import use_language
from tests.gui.plan_desk import ID_CARD, Opened, press

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def menu_of(notebook: OpenNotebook) -> Menu:
    press(notebook.header.undo_button)
    return notebook.window().findChildren(Menu)[-1]


def lines(notebook: OpenNotebook) -> list[str]:
    menu = menu_of(notebook)
    found = [line.text() for line in menu.findChildren(Pressed)]
    menu.reject()
    return found


def choose(notebook: OpenNotebook, text: str) -> None:
    menu = menu_of(notebook)
    press(next(line for line in menu.findChildren(Pressed) if line.text() == text))


def said(notebook: OpenNotebook) -> str:
    return notebook.toast._words.text()


def move_a_step(opened: Opened) -> list[str]:
    steps = opened.parts(ID_CARD).steps
    with opened.session.edit(opened.person, "Move a step") as edit:
        edit.move(steps[-1].id, before=steps[0].id)
    return [step.title for step in steps]


def test_the_menu_in_the_head_tells_what_undo_and_redo_would_do(plan: Callable[..., Opened]) -> None:
    opened = plan()
    notebook = opened.notebook
    assert lines(notebook) == ["There is nothing to take back."]
    before = move_a_step(opened)
    assert lines(notebook) == ["Undo: move a step"]
    choose(notebook, "Undo: move a step")
    assert opened.steps(ID_CARD) == before
    assert lines(notebook) == ["Redo: move a step"]
    choose(notebook, "Redo: move a step")
    assert opened.steps(ID_CARD) != before
    assert lines(notebook) == ["Undo: move a step"]


def test_the_menu_works_by_keyboard_alone(plan: Callable[..., Opened]) -> None:
    opened = plan()
    before = move_a_step(opened)
    button = opened.notebook.header.undo_button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Key.Key_Space)
    line = QApplication.focusWidget()
    assert isinstance(line, Pressed)
    assert line.text() == "Undo: move a step"
    QTest.keyClick(line, Key.Key_Space)
    assert opened.steps(ID_CARD) == before


@pytest.mark.parametrize("page", ["today", "calendar", "people", "settings", "help", "search"])
def test_undo_from_another_page_says_where_it_was_and_leads_there(plan: Callable[..., Opened], page: str) -> None:
    opened = plan()
    before = move_a_step(opened)
    opened.notebook.go(page)
    QTest.keyClick(opened.notebook.window(), Key.Key_Z, CTRL)
    assert opened.steps(ID_CARD) == before
    assert opened.notebook.current == page
    assert said(opened.notebook) == "Taken back: move a step, in the plan"
    show = next(each for each in opened.notebook.toast.findChildren(Button) if each.text() == "Show it")
    press(show)
    assert opened.notebook.current == "plan"
    assert opened.page.open_goal == opened.goal(ID_CARD).id


def test_on_the_same_page_the_goal_it_was_in_is_opened(plan: Callable[..., Opened]) -> None:
    opened = plan()
    move_a_step(opened)
    opened.open("Write to my sister")
    opened.notebook.undo()
    assert opened.page.open_goal == opened.goal(ID_CARD).id
    assert said(opened.notebook) == "Taken back: move a step"


def test_a_step_done_on_today_is_taken_back_and_done_again_from_there(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "today")
    person = session.person
    assert person is not None
    goal = next(each for each in session.goals(person.id) if each.title == ID_CARD)
    step = session.parts(person.id, goal.id).next_step
    assert step is not None
    with session.edit(person.id, "Finish a step") as edit:
        edit.change(step.id, done_on="2026-03-12")
    QTest.keyClick(notebook.window(), Key.Key_Z, CTRL)
    assert session.parts(person.id, goal.id).next_step == step
    QTest.keyClick(notebook.window(), Key.Key_Z, CTRL | SHIFT)
    assert session.parts(person.id, goal.id).next_step != step
    assert said(notebook) == "Done again: finish a step, in the plan"


def test_a_paper_removed_is_taken_back_from_anywhere_and_shown(plan: Callable[..., Opened]) -> None:
    opened = plan()
    session, notebook = opened.session, opened.notebook
    paper = session.papers.keep(opened.person, b"abc", "image/png", "Letter")
    session.papers.remove(paper)
    notebook.undo()
    assert said(notebook) == "Taken back: remove a paper, among the papers"
    show = next(each for each in notebook.toast.findChildren(Button) if each.text() == "Show it")
    press(show)
    assert notebook.current == "papers"
    notebook.redo()
    assert session.papers.of(opened.person) == []
    assert said(notebook) == "Done again: remove a paper"


# ---------------------------------------------------------------- inside a field


def typing(opened: Opened) -> QWidget:
    opened.open("Write to my sister")
    card = opened.page.card
    press(card.why.cover)
    card.why.area.paper.selectAll()
    return card.why.area.paper


def test_typing_with_pauses_is_one_step_and_the_field_has_its_own_undo_first(plan: Callable[..., Opened]) -> None:
    opened = plan()
    before = opened.goal("Write to my sister").why
    paper = typing(opened)
    for words in ("So that", " she knows", " I am well"):
        QTest.keyClicks(paper, words)
        opened.page.card.why.pen.flush()
    assert opened.goal("Write to my sister").why == "So that she knows I am well"
    QTest.keyClick(paper, Key.Key_Z, CTRL)
    opened.page.card.why.pen.flush()
    assert opened.goal("Write to my sister").why != "So that she knows I am well"
    QTest.keyClick(paper, Key.Key_Z, CTRL | SHIFT)
    opened.page.card.why.pen.flush()
    assert opened.goal("Write to my sister").why == "So that she knows I am well"
    QTest.keyClick(paper, Key.Key_Return)
    assert lines(opened.notebook)[0] == "Undo: change a goal"
    opened.notebook.undo()
    assert opened.goal("Write to my sister").why == before
    assert opened.session.undo_words() is None


def test_another_visit_of_the_same_field_is_another_step(plan: Callable[..., Opened]) -> None:
    opened = plan()
    for words in ("First words", "Second words"):
        QTest.keyClicks(typing(opened), words)
        QTest.keyClick(opened.page.card.why.area.paper, Key.Key_Return)
        QApplication.processEvents()
    assert opened.goal("Write to my sister").why == "Second words"
    opened.notebook.undo()
    assert opened.goal("Write to my sister").why == "First words"


def test_a_field_with_nothing_typed_hands_the_key_to_the_notebook(plan: Callable[..., Opened]) -> None:
    opened = plan()
    before = move_a_step(opened)
    field = opened.notebook.header.search
    field.setFocus()
    assert isinstance(field, Field)
    assert not field.isUndoAvailable()
    QTest.keyClick(field, Key.Key_Z, CTRL)
    assert opened.steps(ID_CARD) == before
    again = move_a_step(opened)
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Key.Key_Z, CTRL)
    assert field.text() == ""
    assert opened.steps(ID_CARD) != again


# ---------------------------------------------------------------- people, and what takes a while


def test_with_others_it_says_whose_it_was_and_beside_somebody_only_theirs(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "everyone")
    first, second = session.people()[:2]
    for person in (first, second):
        with session.edit(person.id, "Add a goal") as edit:
            edit.add(Goal(title=f"For {person.name}"))
    notebook.undo()
    assert said(notebook) == f"Taken back: add a goal, for {second.shown}"
    show = next(each for each in notebook.toast.findChildren(Button) if each.text() == "Show it")
    press(show)
    assert session.person is not None
    assert session.person.id == second.id
    assert notebook.current == "plan"
    session.choose(second.id)
    session.stay_with(second.id)
    notebook.undo()
    assert any(goal.title == f"For {first.name}" for goal in _goals(session, first.id))


def _goals(session: Session, person: str) -> list[Goal]:
    session.reached_everyone()
    return session.goals(person)


def test_thousands_of_fields_are_taken_back_beside_the_window_which_is_covered_meanwhile(
    plan: Callable[..., Opened], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_back, "SLOW", 100)
    opened = plan()
    notebook = opened.notebook
    before = len(opened.session.appointments(opened.person))
    with opened.session.edit(opened.person, "Bring in a calendar") as edit:
        for number in range(200):
            edit.add(Appointment(title=f"Class {number}", starts="2026-03-13T10:30", zone="UTC"))
    notebook.undo()
    notebook.undo()  # pressed twice: it is under way
    qtbot.waitUntil(lambda: bool(notebook.window().findChildren(ProgressCard)), timeout=5000)
    qtbot.waitUntil(lambda: len(opened.session.appointments(opened.person)) == before, timeout=20000)
    qtbot.waitUntil(lambda: said(notebook).startswith("Taken back"), timeout=5000)
    assert said(notebook) == "Taken back: bring in a calendar, in the calendar"
    assert opened.session.undo_words() is None
    assert opened.session.redo_words() == "Bring in a calendar"


def test_what_is_changed_beside_the_window_is_shown_by_the_window(plan: Callable[..., Opened], qtbot: QtBot) -> None:
    opened = plan()

    def work() -> None:
        with opened.session.edit(opened.person, "Add a goal") as edit:
            edit.add(Goal(title="From beside"))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "From beside" in opened.lines())


@pytest.mark.parametrize("width", [1366, 1000, 560])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_head_holds_it_at_every_width(plan: Callable[..., Opened], width: int, scale: float) -> None:
    opened = plan(width=width, scale=scale)
    header = opened.notebook.header
    shown = [each for each in (header.menu, header.undo_button, header.help, header.hide_button) if each.isVisible()]
    ends = sorted((each.geometry().left(), each.geometry().right()) for each in shown)
    assert all(right < left for (_l, right), (left, _r) in pairwise(ends))
    assert ends[-1][1] <= header.width()
    if not (width == 560 and scale == 2.0):
        assert header.undo_button in shown
    assert walk(opened.notebook.window()) == []


def test_it_reads_well_in_spanish(plan: Callable[..., Opened]) -> None:
    use_language("es")
    try:
        opened = plan(language="es")
        opened.page.remove(opened.page.goals[0].id)
        assert lines(opened.notebook) == ["Deshacer: quitar una meta"]
        opened.notebook.go("today")
        opened.notebook.undo()
        assert said(opened.notebook) == "Deshecho: quitar una meta, en el plan"
    finally:
        use_language("en")
