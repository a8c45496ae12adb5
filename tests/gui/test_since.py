"""What changed since last time, on the plan and on a worker's Today: quiet, shut at first, each line a way there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from planner.plan.records import Appointment, Goal, SupportContact
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.kit.rows import ListRow
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.plan import PlanPage
from planner.ui.pages.since_last import SinceLast
from planner.ui.pages.today import TodayPage
from planner.words import use_language
from tests.gui.notebooks import NOON
from tests.gui.plan_desk import press

ShowNotebook = Callable[..., OpenNotebook]


def later(session: Session, person: str, *records: object) -> None:
    """What is written now is news in three days."""
    session.since.look(person)
    with session.edit(person, "Add") as edit:
        for each in records:
            edit.add(each)  # type: ignore[arg-type]
    session.since.write()
    session.__dict__.pop("since")
    session.clock = lambda: NOON + timedelta(days=3)


def rows(since: SinceLast) -> list[ListRow]:
    return [each for each in since.findChildren(ListRow) if not each.isHidden()]


def on_plan(notebook: OpenNotebook) -> SinceLast:
    page = notebook.page("plan")
    assert isinstance(page, PlanPage)
    return page.since


def test_nothing_is_said_where_nothing_is_known(
    open_session: Callable[..., Session], show_notebook: ShowNotebook
) -> None:
    notebook = show_notebook(open_session("me"), "plan")
    assert not on_plan(notebook).isVisible()


def test_it_is_shut_until_it_is_asked_for_and_leads_to_each_thing(
    open_session: Callable[..., Session], show_notebook: ShowNotebook
) -> None:
    session = open_session("me")
    assert session.person is not None
    goal = Goal(title="Learn to swim", order="zz")
    visit = Appointment(title="Swimming", starts="2026-03-20T10:00", zone="UTC")
    later(session, session.person.id, goal, visit, SupportContact(name="Lin"))
    notebook = show_notebook(session, "plan")
    since = on_plan(notebook)
    assert since.isVisible()
    assert since.list.button.text() == "What changed since March 12"
    assert not any(each.isVisible() for each in rows(since))
    press(since.list.button)
    found = rows(since)
    assert all(each.isVisible() for each in found)
    assert len(found) == 3
    found[0].pressed_row.emit()
    page = notebook.page("plan")
    assert isinstance(page, PlanPage)
    assert page.open_goal == goal.id
    found[1].pressed_row.emit()
    assert notebook.current == "appointment"
    notebook.go("plan")
    rows(since)[2].pressed_row.emit()
    assert notebook.current == "people"


def test_what_is_undone_or_removed_meanwhile_is_told_no_more(
    open_session: Callable[..., Session], show_notebook: ShowNotebook
) -> None:
    session = open_session("me")
    assert session.person is not None
    goal = Goal(title="Learn to swim", order="zz")
    later(session, session.person.id, goal)
    notebook = show_notebook(session, "plan")
    with session.edit(session.person.id, "Remove a goal") as edit:
        edit.remove(goal.id)
    assert not on_plan(notebook).isVisible()
    notebook.undo()
    assert on_plan(notebook).isVisible()


def test_a_worker_sees_it_on_the_persons_today(
    open_session: Callable[..., Session], show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    person = session.people()[0]
    later(session, person.id, Goal(title="Learn to swim"))
    session.choose(person.id)
    notebook = show_notebook(session, "today")
    page = notebook.page("today")
    assert isinstance(page, TodayPage)
    assert page.since.isVisible()
    press(page.since.list.button)
    rows(page.since)[0].pressed_row.emit()
    assert notebook.current == "plan"
    session.choose(None)
    everyone = notebook.page("today")
    assert isinstance(everyone, TodayPage)
    assert not everyone.since.isVisible()


def test_it_can_be_walked_and_read_large_and_in_spanish(
    open_session: Callable[..., Session], show_notebook: ShowNotebook
) -> None:
    session = open_session("me", "es")
    assert session.person is not None
    later(session, session.person.id, *(Goal(title=f"Meta {n}", order=f"z{n}") for n in range(12)))
    use_language("es")
    try:
        notebook = show_notebook(session, "plan", scale=2.0, width=560, language="es")
        since = on_plan(notebook)
        assert since.list.button.text() == "Qué cambió desde el 12 de marzo"
        press(since.list.button)
        assert len(rows(since)) == 8
        assert walk(notebook.window()) == []
    finally:
        use_language("en")
