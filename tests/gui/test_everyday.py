"""A notebook for every day: a few plain pages, ordinary words on all of them, and nothing of all the others."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from planner.plan.records import Appointment, Goal, SupportContact
from planner.session import Session
from planner.session.everyday import WEEKS, fill_everyday
from planner.settings import EVERYDAY
from planner.ui.a11y import walk
from planner.ui.everyday import PLAIN_PAGES
from planner.ui.navigation import PAGES
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.search import SearchPage
from planner.ui.pages.settings import SettingsPage
from planner.words import use_language
from tests.gui.crawling import can_be_read, crawl
from tests.gui.notebooks import NOON, PASSPHRASE, TODAY, OpenSession, ShowNotebook
from tests.gui.programs import give_passphrase
from tests.gui.worker_desk import settle
from tests.telling import TELLING, that_begin

MORE = (
    *("lawyer", "court", "police", "help now", "help line", "careful", "keep away", "people you trust", "guided form"),
    *("time limit", "check-in", "first step", "take a moment", "interpreter", "what they know", "safely", "danger"),
    *("goal idea", "content from others", "in the library", "where to find help", "numbers that help", "next to me"),
    *("abogad", "corte", "tribunal", "policía", "ayuda ahora", "cuidado con", "plazos", "formularios guiados"),
    *("name of this program", "key that hides", "shortcut", "nombre de este programa", "tecla que oculta"),
    *("tomar un momento", "intérprete", "personas en quienes confías", "peligro", "primeros pasos", "ideas de"),
)
"""What is an ordinary word elsewhere, and would tell here what the other pages are about."""

TELLS = that_begin((*TELLING, *MORE))

LEFT_ALONE = {
    *("Lock", "Bloquear", "Lock now", "Bloquear ahora", "Hide", "Ocultar", "More pages", "Más páginas"),
    *("Hide everything now", "Ocultar todo ahora", "Language: English", "Language: Español", "Idioma: Español"),
    *("Erase this notebook", "Borrar este cuaderno"),
}

WALK: list[tuple[str, dict[str, str]]] = [
    ("today", {}),
    ("plan", {}),
    ("plan", {"add": "yes"}),
    ("calendar", {}),
    ("appointment", {}),
    ("people", {}),
    ("people", {"add": "contact"}),
    ("papers", {}),
    ("settings", {}),
    ("copies", {}),
    ("search", {"text": "sa"}),
    ("calendar-import", {}),
    ("cards-import", {}),
]


def everyday(open_session: OpenSession, language: str = "en", *, filled: bool = True) -> Session:
    session = open_session("empty", language)
    session.set_setting("contents", EVERYDAY)
    if filled:
        use_language(language)
        fill_everyday(session)
    return session


def telling_in(words: set[str]) -> dict[str, str]:
    return {each: found.group() for each in sorted(words) if (found := TELLS.search(each))}


def pages_read(notebook: OpenNotebook) -> set[str]:
    read: set[str] = set()
    for page, where in WALK:
        notebook.go(page, **where)
        settle()
        read |= can_be_read(notebook.window())
    return read


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_says_what_the_program_is_for(
    open_session: OpenSession, show_notebook: ShowNotebook, language: str
) -> None:
    whole = show_notebook(open_session("me", language), language=language)
    seen = telling_in(pages_read(whole))
    assert len(seen) > 15, f"the same look at a whole notebook sees it: {seen}"
    for filled in (True, False):
        plain = show_notebook(everyday(open_session, language, filled=filled), language=language)
        found = telling_in(pages_read(plain))
        assert found == {}, found


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_button_leads_to_anything_that_says_it(
    open_session: OpenSession, show_notebook: ShowNotebook, language: str
) -> None:
    whole = show_notebook(open_session("me", language), language=language)
    assert telling_in(set().union(*crawl(whole, WALK[:2], LEFT_ALONE))), "the same walk through a whole one sees it"
    plain = show_notebook(everyday(open_session, language), language=language)
    read: set[str] = set()
    for words in crawl(plain, WALK, LEFT_ALONE):
        read |= words
    assert len(read) > 200
    assert telling_in(read) == {}, telling_in(read)


def test_only_the_plain_pages_can_be_opened(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    notebook = show_notebook(everyday(open_session))
    assert [tab.name for tab in notebook.navigation.tabs] == ["today", "plan", "calendar", "people", "papers"]
    for page in PAGES:
        notebook.go(page)
        assert notebook.current == (page if page in PLAIN_PAGES else "today")
    assert not notebook.header.help.isVisible()
    assert not notebook.navigation.moment.isVisible()


@pytest.mark.parametrize("width", [1366, 620])
def test_the_head_has_no_hole_where_help_stands_elsewhere(
    open_session: OpenSession, show_notebook: ShowNotebook, width: int
) -> None:
    notebook = show_notebook(everyday(open_session), width=width)
    settle()
    assert notebook.header.hide_button.isVisible(), "out of sight works here as everywhere"
    assert not notebook.header.help.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_has_a_name_and_tab_comes_to_each(
    open_session: OpenSession, show_notebook: ShowNotebook, scale: float
) -> None:
    notebook = show_notebook(everyday(open_session), scale=scale)
    for page, where in WALK:
        notebook.go(page, **where)
        settle()
        assert [(page, each) for each in walk(notebook.window())] == []


def test_search_finds_her_entries_and_nothing_else(
    open_session: OpenSession, show_notebook: ShowNotebook, qtbot: QtBot
) -> None:
    def found(session: Session, text: str) -> list[str]:
        notebook = show_notebook(session, "today")
        notebook.go("search", text=text)
        page = notebook.page("search")
        assert isinstance(page, SearchPage)
        qtbot.waitUntil(lambda: page.settled)
        return [line.title for line in page.list.lines() if not line.section]

    whole, plain = open_session("empty"), everyday(open_session, filled=False)
    for session in (whole, plain):
        assert session.person is not None
        with session.edit(session.person.id, "Add") as edit:
            edit.add(Goal(title="Sleep under the stars"))
    assert len(found(whole, "sleep")) > 1, "elsewhere the library is looked through too"
    assert found(plain, "sleep") == ["Sleep under the stars"]


def test_more_pages_are_switched_on_and_off_in_settings(
    open_session: OpenSession, show_notebook: ShowNotebook, qtbot: QtBot
) -> None:
    session = everyday(open_session)
    notebook = show_notebook(session, "settings")

    def press() -> None:
        page = notebook.page("settings")
        assert isinstance(page, SettingsPage)
        plain = session.everyday
        page.contents.tick.click()
        if plain:
            assert "forms" not in [tab.name for tab in notebook.navigation.tabs]
            give_passphrase(notebook.window(), PASSPHRASE)
        qtbot.waitUntil(lambda: notebook.page("settings") is not page)
        settle()

    press()
    assert "forms" in [tab.name for tab in notebook.navigation.tabs]
    assert notebook.header.help.isVisible()
    assert notebook.navigation.moment.isVisible()
    assert notebook.current == "settings"
    assert telling_in(can_be_read(notebook.window()))
    press()
    assert "forms" not in [tab.name for tab in notebook.navigation.tabs]
    assert not notebook.header.help.isVisible()
    assert telling_in(can_be_read(notebook.window())) == {}


def test_nothing_in_it_calls_it_another_one_or_hidden(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    never = re.compile("decoy|hidden|secret|second notebook|other notebook|señuelo|ocult[oa]|secreto", re.IGNORECASE)
    read = pages_read(show_notebook(everyday(open_session)))
    assert len(read) > 100
    assert [each for each in read if never.search(each)] == []


# ---------------------------------------------------------------- what it may begin with


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_may_begin_with_ordinary_things_around_today(open_session: OpenSession, language: str) -> None:
    session = everyday(open_session, language)
    assert session.person is not None
    me = session.person.id
    goals, dates, people = session.goals(me), session.appointments(me), session.contacts(me)
    assert len(goals) == 4
    assert all(session.all_parts(me)[goal.id].steps for goal in goals)
    once = [each for each in dates if not each.repeat]
    assert len(once) == 10
    days = sorted(each.starts[:10] for each in once)
    assert len(set(days)) == 10, "on different days"
    first, last = (TODAY + timedelta(weeks=sign * WEEKS) for sign in (-1, 1))
    assert first.isoformat() <= days[0] <= days[-1] <= last.isoformat()
    assert days[0] < TODAY.isoformat() < days[-1]
    assert len([each for each in dates if each.repeat]) == 1
    assert len(people) == 6
    words = {each.title for each in goals} | {each.title for each in dates} | {each.name for each in people}
    assert not [each for each in words if "{" in each]
    assert telling_in(words) == {}


def test_chance_makes_each_of_them_another(open_session: OpenSession) -> None:
    made = []
    for _number in range(3):
        session = everyday(open_session)
        assert session.person is not None
        me = session.person.id
        made.append({(each.title, each.starts) for each in session.appointments(me)})
    assert made[0] != made[1] != made[2] != made[0]


def test_all_of_it_can_be_changed_and_removed(open_session: OpenSession) -> None:
    session = everyday(open_session)
    assert session.person is not None
    me = session.person.id
    with session.edit(me, "Change") as edit:
        for each in (*session.goals(me), *session.appointments(me), *session.contacts(me)):
            assert isinstance(each, Goal | Appointment | SupportContact)
            edit.remove(each.id)
    assert not [*session.goals(me), *session.appointments(me), *session.contacts(me)]
    assert session.now() == NOON


def test_nobody_in_it_has_her_own_name(open_session: OpenSession) -> None:
    for _number in range(8):
        session = everyday(open_session)
        assert session.person is not None
        assert session.person.name == "Ana"
        assert "Ana" not in {each.name for each in session.contacts(session.person.id)}
