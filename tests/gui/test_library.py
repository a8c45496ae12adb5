"""The library on a real notebook: groups, typing, reading, and what goes into a plan or an appointment in one edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.packs import built_in, items
from planner.packs.goal_ideas import load_goal_ideas
from planner.packs.guides import load_guides
from planner.packs.kits import load_kits
from planner.packs.sources import load_sources
from planner.plan.life import LifeDomain
from planner.plan.records import Appointment, WrittenBy
from planner.resources import resource
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.dialogs.which_appointment import NEW, WhichAppointment
from planner.ui.kit.buttons import Button
from planner.ui.kit.text import Chip, Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.appointment import AppointmentPage
from planner.ui.pages.goal_idea import GoalIdeaPage
from planner.ui.pages.guide import GuidePage
from planner.ui.pages.kit import KitPage
from planner.ui.pages.library import LibraryPage
from planner.ui.pages.library_parts import shown_address
from planner.ui.pages.search import SearchPage
from planner.ui.pages.search_library import LibraryFound
from planner.words import use_language
from tests.gui.notebooks import OpenSession, ShowNotebook

STANDING = 'jurisdiction = "any"\nreviewed = {reviewed}\n'
IDEA = """
[[goal]]
id = "a-room"
domain = "home"
time = "months"
title.en = "I want a room with a key"
title.es = "Quiero un cuarto con llave"
why.en = "A door that I close."
why.es = "Una puerta que cierro yo."
step = [{en = "Ask one", es = "Paso uno"}, {en = "Ask two", es = "Paso dos", when.en = "soon", when.es = "pronto"}]
helper = [{en = "A housing worker", es = "Alguien de vivienda", how.en = "Knows the lists", how.es = "Sabe de listas"}]
barrier = [{en = "If it is far", es = "Si queda lejos", way.en = "Ask for a ride", way.es = "Pedir que me lleven"}]
bring = [{en = "ID, if I have one", es = "Identificación, si tengo"}]
appointment = [{en = "A visit to the office", es = "Una visita a la oficina", kit = "benefits"}]
fact = [{en = "It is free.", es = "Es gratis.", sources = ["lib-food-rights"]}]
"""
GUIDE = """
for = "{whom}"
domain = "healing"
icon = "moon"
order = 1
title.en = "{title}"
title.es = "Dormir mejor"
about.en = "Nights."
about.es = "Noches."
part = [{{text.en = "Read me.", text.es = "Léeme.", sources = ["lib-court-move"]}}]
door = [{{kit = "first-doctor"}}, {{guide = "not-there"}}, {{page = "moment"}}, {{form = "first-steps"}}]
"""


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """One idea and three guides that no other hand changes; the kits are the shipped ones."""
    places = {"goals": tmp_path / "goals", "guides": tmp_path / "guides", "kits": resource("kits")}
    for name in ("goals", "guides"):
        places[name].mkdir()
    fresh, old = STANDING.format(reviewed="2026-01-01"), STANDING.format(reviewed="2024-01-01")
    (places["goals"] / "home.toml").write_text(IDEA + fresh, "utf-8")
    for name, whom, title, standing in (
        ("sleep", "self", "Better sleep", old),
        ("friend", "near", "Helping a friend", fresh),
        ("asking", "worker", "Asking gently", fresh),
    ):
        (places["guides"] / f"{name}.toml").write_text(standing + GUIDE.format(whom=whom, title=title), "utf-8")
    built_in.forget()
    monkeypatch.setattr(items, "resource", lambda *parts: places.get(parts[0], resource(*parts)))
    yield
    built_in.forget()


def library(notebook: OpenNotebook) -> LibraryPage:
    page = notebook.page("library")
    assert isinstance(page, LibraryPage)
    return page


def ids(page: LibraryPage) -> list[str]:
    return [line.id for line in page.list.lines() if not line.section]


def heads(page: LibraryPage) -> list[str]:
    return [line.title for line in page.list.lines() if line.section]


def person_of(session: Session) -> str:
    assert session.person is not None
    return session.person.id


def said(page: GuidePage | KitPage | GoalIdeaPage) -> list[str]:
    return [each.text() for each in page.findChildren(Text) if each.isVisible()]


def buttons(page: GuidePage | KitPage) -> list[str]:
    return [each.text() for each in page.findChildren(Button) if each.isVisible()]


# ---------------------------------------------------------------- the groups


def test_today_reads_nothing_of_it(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    readers = (built_in.kits, built_in.guides, built_in.goal_ideas)
    notebook = show_notebook(open_session("me"), "today")
    assert [each.cache_info().currsize for each in readers] == [0, 0, 0]
    notebook.go("library")
    assert [each.cache_info().currsize for each in readers] == [1, 1, 1]


def test_for_me_the_groups_are_few_and_workers_pages_stand_with_those_who_help(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    notebook = show_notebook(open_session("empty"), "library")
    page = library(notebook)
    assert [each for each in ids(page) if each.startswith("group:")] == [
        "group:kits", "group:ideas", "group:read", "group:near",
    ]  # fmt: skip
    page.open("group:near")
    assert heads(page) == ["For family and friends", "For workers"]
    assert ids(page) == ["guide:friend", "guide:asking"]
    QTest.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    assert "group:kits" in ids(page)


def test_a_worker_finds_their_own_pages_first_and_no_page_of_one_person(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "library")
    groups = [each for each in ids(library(notebook)) if each.startswith("group:")]
    assert groups[0] == "group:workers"
    assert "page:check-ins" not in ids(library(notebook))
    session.choose(session.people()[0].id)
    notebook.go("library")
    assert "page:check-ins" in ids(library(notebook))


def test_every_kit_is_found_by_a_word_of_its_title_in_both_languages(
    open_session: OpenSession, show_notebook: ShowNotebook, qtbot: QtBot
) -> None:
    session = open_session("empty")
    page = library(show_notebook(session, "library"))
    page.find_field.setFocus()
    QTest.keyClicks(page.find_field, "thera")
    assert ids(page) == ["kit:first-therapist"]
    page.find_field.setText("Bet sl")
    assert ids(page) == ["guide:sleep"], "each word by its beginning"
    page.find_field.setText("zzz")
    assert page.nothing.isVisible()
    assert not page.list.isVisible()
    use_language("es")
    spanish = library(show_notebook(open_session("empty"), "library", language="es"))
    spanish.find_field.setText("corte")
    assert ids(spanish) == ["kit:court"]


def test_what_is_opened_from_the_library_stays_joined_to_its_tab(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    notebook = show_notebook(open_session("empty"), "library")
    library(notebook).open("guide:sleep")
    assert notebook.current == "guide"
    tab = notebook.navigation.item("library")
    assert tab is not None
    assert tab.chosen
    notebook.go("plan")
    assert not tab.chosen


# ---------------------------------------------------------------- reading


def test_a_guide_has_only_doors_that_open_and_says_when_it_has_to_be_checked(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    notebook = show_notebook(open_session("empty"), "library")
    library(notebook).open("guide:sleep")
    page = notebook.page("guide")
    assert isinstance(page, GuidePage)
    assert {"First visit to a doctor or clinic", "Take a moment", "First steps"} <= set(buttons(page))
    beside = page.beside.parentWidget()
    assert beside is not None
    assert len(beside.findChildren(Button)) == 3, "one door leads nowhere, and is not shown"
    assert any("January 2024" in words and "check" in words for words in said(page))
    page.where_from.more.set_open(True)
    chips = [each for each in page.findChildren(Chip) if each.isVisible()]
    assert len(chips) == 1, "the page it rests on bears a date of ten years ago"
    notebook.go("guide", guide="friend")
    assert not any("check" in words for words in said(page))


def test_pages_that_are_opened_with_nothing_lead_back_to_the_library(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    notebook = show_notebook(open_session("empty"), "library")
    for name, given in (("guide", "guide"), ("kit", "kit"), ("goal-idea", "idea")):
        notebook.go(name, **{given: "gone"})
        page = notebook.page(name)
        assert isinstance(page, GuidePage | KitPage | GoalIdeaPage)
        assert page.empty.isVisible()
        assert not page.both.isVisible()
        assert walk(notebook.window()) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_of_the_library_is_reached_by_keyboard_and_cut_nowhere(
    open_session: OpenSession, show_notebook: ShowNotebook, scale: float, language: str
) -> None:
    use_language(language)
    notebook = show_notebook(open_session("me", language), "library", scale=scale, language=language)
    for line in ("group:ideas", "group:kits", "guide:sleep", "goal-idea:a-room", "kit:court"):
        library(notebook).open(line)
        QApplication.processEvents()
        assert walk(notebook.window()) == [], line


@pytest.mark.parametrize(
    ("address", "hers"),
    [
        ("https://www.womenslaw.org/laws/t-visa-trafficking-victims", "womenslaw.org"),
        ("https://www.crime-victim-lawyers.com/programs/", ""),
    ],
)
def test_an_address_that_tells_is_whole_only_for_a_worker_alone(address: str, hers: str) -> None:
    assert shown_address(address, worker=True) == address
    assert shown_address(address, worker=False) == hers


def test_no_title_and_no_address_of_a_page_tells_to_whoever_looks_at_the_screen() -> None:
    telling = re.compile("victim|surviv|traffick|recovery", re.IGNORECASE)
    used = {each for idea in load_goal_ideas(resource("goals")) for each in idea.sources}
    used |= {each for guide in load_guides(resource("guides")) for each in guide.sources}
    used |= {each for kit in load_kits() for each in kit.sources}
    assert len(used) > 50
    read = load_sources()
    assert any(telling.search(read[each].address) for each in used), "whole addresses do tell"
    shown = {each: f"{read[each].title} {shown_address(read[each].address, worker=False)}" for each in used}
    assert {each: words for each, words in shown.items() if telling.search(words)} == {}


# ---------------------------------------------------------------- an idea into the plan


def test_what_stays_ticked_of_an_idea_goes_into_the_plan_and_out_again_by_one_undo(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("empty")
    notebook = show_notebook(session, "library")
    library(notebook).open("goal-idea:a-room")
    page = notebook.page("goal-idea")
    assert isinstance(page, GoalIdeaPage)
    assert not page.there_note.isVisible()
    page.parts["step", 0].setFocus()
    QTest.keyClick(page.parts["step", 0], Qt.Key.Key_Space)
    QTest.mouseClick(page.put_button, Qt.MouseButton.LeftButton)
    (goal,) = session.goals(person_of(session))
    parts = session.parts(person_of(session), goal.id)
    assert (goal.title, goal.domain, goal.why) == ("I want a room with a key", LifeDomain.HOME, "")
    assert goal.written_by is WrittenBy.ME
    assert [(each.title, each.when) for each in parts.steps] == [("Ask two", "soon")]
    assert [(each.name, each.how) for each in parts.helpers] == [("A housing worker", "Knows the lists")]
    assert [(each.what, each.way_round) for each in parts.barriers] == [("If it is far", "Ask for a ride")]
    assert notebook.current == "plan"
    notebook.go("goal-idea", idea="a-room")
    assert page.there_note.isVisible()
    notebook.undo()
    assert session.goals(person_of(session)) == []
    assert not page.there_note.isVisible()


def test_with_nobody_chosen_an_idea_is_only_read(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "library")
    notebook.go("goal-idea", idea="a-room")
    page = notebook.page("goal-idea")
    assert isinstance(page, GoalIdeaPage)
    assert page.both.isVisible()
    assert not page.put_button.isVisible()
    page.put()
    assert notebook.current == "goal-idea"
    session.choose(session.people()[0].id)
    notebook.go("goal-idea", idea="a-room")
    page = notebook.page("goal-idea")
    assert isinstance(page, GoalIdeaPage)
    assert page.put_button.isVisible()


# ---------------------------------------------------------------- a kit into an appointment


def kit_page(notebook: OpenNotebook, **where: str) -> KitPage:
    notebook.go("kit", **where)
    page = notebook.page("kit")
    assert isinstance(page, KitPage)
    return page


def test_a_kit_becomes_a_new_appointment_that_undo_takes_back(
    open_session: OpenSession, show_notebook: ShowNotebook, qtbot: QtBot
) -> None:
    session = open_session("empty")
    notebook = show_notebook(session, "library")
    page = kit_page(notebook, kit="school")
    QTest.mouseClick(page.put_button, Qt.MouseButton.LeftButton)
    (dialog,) = notebook.window().findChildren(WhichAppointment)
    dialog.list.opened.emit(NEW)
    (made,) = session.appointments(person_of(session))
    assert made.title == "First visit to a school"
    assert page.kit is not None
    assert (len(made.bring), len(made.ask)) == (len(page.kit.bring), len(page.kit.ask))
    assert notebook.current == "appointment"
    notebook.undo()
    assert session.appointments(person_of(session)) == []


def test_only_lines_that_are_not_there_are_added(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("empty")
    notebook = show_notebook(session, "library")
    page = kit_page(notebook, kit="first-doctor")
    assert page.kit is not None
    there = page.kit.bring[0].words.get("en")
    visit = Appointment(title="Clinic", starts="2026-03-20T10:00", zone="UTC", bring=("My scarf", there.upper()))
    with session.edit(person_of(session), "Add") as edit:
        edit.add(visit)
    page = kit_page(notebook, kit="first-doctor", appointment=visit.id)
    assert page.kit is not None
    assert page.put_button.text() == "Put into this appointment"
    QTest.mouseClick(page.put_button, Qt.MouseButton.LeftButton)
    (now,) = session.appointments(person_of(session))
    assert now.bring[:2] == visit.bring
    assert len(now.bring) == 2 + len(page.kit.bring) - 1
    assert len(now.ask) == len(page.kit.ask)
    kit_page(notebook, kit="first-doctor", appointment=visit.id).put()
    assert session.appointments(person_of(session)) == [now], "put in twice it changes nothing"
    notebook.undo()
    assert session.appointments(person_of(session)) == [visit]


@pytest.mark.parametrize(
    ("title", "domain", "kit"),
    [
        ("Clinic", LifeDomain.BASIC_NEEDS, "first-doctor"),
        ("Hearing", LifeDomain.PROTECTIVE_ORDER, "court"),
        ("Ms. Ortiz", LifeDomain.T_STATUS, "first-lawyer"),
        ("Lunch", LifeDomain.BASIC_NEEDS, ""),
    ],
)
def test_an_appointment_offers_the_kit_that_fits(
    open_session: OpenSession, show_notebook: ShowNotebook, title: str, domain: LifeDomain, kit: str
) -> None:
    session = open_session("empty")
    notebook = show_notebook(session, "library")
    visit = Appointment(title=title, domain=domain, starts="2026-03-20T10:00", zone="UTC")
    with session.edit(person_of(session), "Add") as edit:
        edit.add(visit)
    notebook.go("appointment", appointment=visit.id)
    page = notebook.page("appointment")
    assert isinstance(page, AppointmentPage)
    assert page.ready.isVisible()
    assert page.ready.row is not None
    QTest.mouseClick(page.ready.row.press, Qt.MouseButton.LeftButton)
    if not kit:
        assert notebook.current == "library"
        library(notebook).open("kit:school")
    found = notebook.page("kit")
    assert isinstance(found, KitPage)
    assert found.kit is not None
    assert found.kit.id == (kit or "school")
    assert found.put_button.text() == "Put into this appointment"


def test_what_is_over_asks_nobody_to_get_ready(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("empty")
    notebook = show_notebook(session, "library")
    for starts, offered in (("2026-03-12T13:00", True), ("2026-03-11T10:00", False)):
        visit = Appointment(title="Clinic", starts=starts, zone="UTC")
        with session.edit(person_of(session), "Add") as edit:
            edit.add(visit)
        notebook.go("appointment", appointment=visit.id)
        page = notebook.page("appointment")
        assert isinstance(page, AppointmentPage)
        assert page.ready.isVisible() is offered


# ---------------------------------------------------------------- found from everywhere


def test_the_search_in_the_head_finds_what_is_in_the_library(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    notebook = show_notebook(open_session("empty"), "today")
    notebook.go("search", text="thera")
    page = notebook.page("search")
    assert isinstance(page, SearchPage)
    deadline = QDeadlineTimer(5_000)
    while not page.settled and not deadline.hasExpired():
        QTest.qWait(2)
    lines = [line.id for line in page.list.lines() if not line.section]
    assert lines == ["library/kit:first-therapist"]
    page.open(lines[0])
    assert notebook.current == "kit"


def test_what_is_taken_out_of_the_library_is_found_no_longer(
    open_session: OpenSession, show_notebook: ShowNotebook, tmp_path: Path
) -> None:
    session = open_session("empty")
    found = LibraryFound()
    assert [line.title for line in found.lines(session, "better")][1:] == ["Better sleep"]
    (tmp_path / "guides" / "sleep.toml").unlink()
    built_in.forget()
    session.content.forget()
    assert found.lines(session, "better") == []
    assert found.lines(session, "b") == [], "one letter says nothing"
