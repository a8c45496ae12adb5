"""The plan on the screen, on a real notebook, for the tests of that page; and what a person does with hand and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from planner.plan.records import Goal
from planner.session import GoalParts, Session
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.plan import PlanPage
from planner.ui.pages.plan_list import GoalList

ID_CARD = "Get my own ID card"
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


class Opened:
    """One session with the plan on the screen."""

    def __init__(self, session: Session, notebook: OpenNotebook) -> None:
        self.session, self.notebook = session, notebook
        page = notebook.page("plan")
        assert isinstance(page, PlanPage)
        self.page = page

    @property
    def person(self) -> str:
        person = self.session.person
        assert person is not None
        return person.id

    def goal(self, title: str) -> Goal:
        return next(goal for goal in self.session.goals(self.person) if goal.title == title)

    def parts(self, title: str) -> GoalParts:
        return self.session.parts(self.person, self.goal(title).id)

    def steps(self, title: str) -> list[str]:
        return [step.title for step in self.parts(title).steps]

    def open(self, title: str) -> None:
        self.page.open(self.goal(title).id)
        QApplication.processEvents()

    def row(self, title: str, step: str) -> QWidget:
        found = next(each for each in self.parts(title).steps if each.title == step)
        return self.page.card.steps.row(found.id)

    def lines(self) -> list[str]:
        return [line.title for line in self.page.list._model.all()]

    def under(self, head: str) -> list[str]:
        lines = self.page.list._model.all()
        start = next(place for place, line in enumerate(lines) if line.section and line.title == head)
        rest = lines[start + 1 :]
        end = next((place for place, line in enumerate(rest) if line.section), len(rest))
        return [line.title for line in rest[:end]]


@pytest.fixture
def plan(open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]) -> Callable[..., Opened]:
    def start(what: str = "me", **look: object) -> Opened:
        session = open_session(what, str(look.get("language", "en")))
        return Opened(session, show_notebook(session, "plan", **look))

    return start


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)
    QApplication.processEvents()


def type_into(widget: QWidget, words: str) -> None:
    QTest.keyClicks(widget.focusProxy() or widget, words)


def spot_of(view: GoalList, title: str) -> QPoint:
    lines = view._model.all()
    row = next(place for place, line in enumerate(lines) if line.title == title)
    return view.visualRect(view._model.index(row)).center()


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=start)
    QTest.mouseMove(widget, start + QPoint(0, 12))
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, LEFT, pos=end)
    QApplication.processEvents()
