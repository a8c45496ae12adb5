"""People removed and taken back, in two copies, on a full disk, for others, in every look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from planner.errors import MachineTrouble
from planner.indexing import index_row
from planner.plan.documents import SectionDocument
from planner.plan.life import Section
from planner.plan.records import Reach, SupportContact
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button
from planner.ui.pages.people_fields import DependentFields
from planner.words import use_language
from tests.gui.people_desk import Opened, press, type_into

# ---------------------------------------------------------------- removing, two copies, a full disk, others


def test_somebody_is_removed_with_undo(people: Callable[..., Opened]) -> None:
    opened = people()
    form = opened.edit("Maya")
    press(form.gone_button)
    assert "Maya" not in opened.lines()
    assert opened.page.card.isVisible()
    opened.notebook.undo()
    assert "Maya" in opened.lines()
    opened.page.open(opened.dependent("Nico").id)
    opened.page.edit()
    child = opened.page.form
    assert isinstance(child, DependentFields)
    press(child.gone_button)
    assert opened.session.dependents(opened.person) == []
    opened.notebook.undo()
    assert opened.dependent("Nico").relation == "My son"


def two_copies(opened: Opened, **differ: tuple[object, object]) -> None:
    here, there = SectionDocument.new(), SectionDocument.new()
    with here.edit() as edit:
        edit.put(SupportContact(id="c", name="Ann"))
    there.merge(here.state())
    with here.edit() as edit:
        edit.change("c", **{name: values[0] for name, values in differ.items()})
    with there.edit() as edit:
        edit.change("c", **{name: values[1] for name, values in differ.items()})
    here.merge(there.state())
    record = here.record("c")
    assert record is not None
    with opened.session.store.transaction():
        opened.session.store.fold(opened.person, Section.PEOPLE, here.fold())
        opened.session.store.put_rows([index_row(opened.person, Section.PEOPLE, record)])
    opened.session.editor.documents.forget()
    opened.page.refresh(None)


def test_where_two_copies_differ_both_are_shown_and_she_chooses(people: Callable[..., Opened]) -> None:
    opened = people("empty")
    two_copies(opened, call=(Reach.YES, Reach.NO), knows=(("My room",), ("My room", "My school")))
    rivals = opened.page.card.rivals
    assert rivals.isVisible()
    offered = {button.text(): button for button in rivals.findChildren(Button)}
    assert set(offered) == {"Yes", "No", "My room", "My room and My school"}
    press(offered["No"])
    assert opened.contact("Ann").call is Reach.NO
    assert rivals.isVisible(), "the other choice is still open"
    offered = {button.text(): button for button in rivals.findChildren(Button) if button.isVisible()}
    press(offered["My room and My school"])
    assert opened.contact("Ann").rivals == {}
    assert opened.contact("Ann").knows == ("My room", "My school")
    assert not rivals.isVisible()
    opened.notebook.undo()
    assert rivals.isVisible(), "undo brings the choice back"


def test_where_copies_differ_about_being_careful_it_is_careful_until_chosen(people: Callable[..., Opened]) -> None:
    opened = people("empty")
    told_apart = SupportContact(id="c", name="Ann", rivals={"keep_away": (True,)})
    with opened.session.store.transaction():
        opened.session.store.put_rows([index_row(opened.person, Section.PEOPLE, told_apart)])
    opened.page.refresh(None)
    assert opened.page.contacts == []
    assert [each.name for each in opened.page.to_be_careful] == ["Ann"]


def test_when_the_disk_is_full_the_words_stay_and_are_saved_once(
    people: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = people("empty")
    add_delta = opened.session.store.add_delta

    def full(*_args: object) -> None:
        raise MachineTrouble("The disk is full.", "")

    monkeypatch.setattr(opened.session.store, "add_delta", full)
    press(opened.page.first_button)
    form = opened.contact_fields
    type_into(form.name, "Ben")
    form.role.setFocus()
    assert opened.session.contacts(opened.person) == []
    assert form.name.text() == "Ben"
    monkeypatch.setattr(opened.session.store, "add_delta", add_delta)
    opened.notebook._keeping.try_again()
    type_into(form.role, "A neighbour")
    press(form.done_button)
    assert [(each.name, each.role) for each in opened.session.contacts(opened.person)] == [("Ben", "A neighbour")]


def test_beside_a_worker_the_words_are_about_the_other_person(people: Callable[..., Opened]) -> None:
    opened = people("others")
    ana = next(each for each in opened.session.people() if each.name == "Ana")
    opened.session.choose(ana.id)
    opened.notebook.go("people")
    opened = Opened(opened.session, opened.notebook)
    opened.open("Maya")
    assert "A friend. Close to Ana." in opened.seen()
    assert "Children and others Ana looks after" in opened.lines()
    dede = next(each for each in opened.session.people() if each.name == "Dede")
    opened.session.choose(dede.id)
    opened.notebook.go("people")
    opened = Opened(opened.session, opened.notebook)
    assert "Maya" not in opened.seen()


# ---------------------------------------------------------------- room, languages, screen readers


def test_in_a_narrow_window_there_is_one_of_them_with_a_way_back(people: Callable[..., Opened]) -> None:
    opened = people(width=1366, scale=2.0)
    page = opened.page
    assert page.side.isVisible()
    assert not page.sheet_scroll.isVisible()
    opened.open("Maya")
    assert page.sheet_scroll.isVisible()
    assert not page.side.isVisible()
    assert page.back_button.hasFocus()
    press(page.back_button)
    assert page.side.isVisible()
    assert page.list.hasFocus()


@pytest.mark.parametrize(
    "look",
    [
        {},
        {"language": "es", "width": 640, "scale": 2.0},
        {"scale": 1.5, "width": 1000, "look": "dark"},
        {"language": "ar"},
    ],
    ids=["plain", "narrow", "dark", "mirrored"],
)
def test_everything_has_a_name_is_reached_and_fits(people: Callable[..., Opened], look: dict[str, object]) -> None:
    use_language(str(look.get("language", "en")))
    opened = people(**look)
    page, window = opened.page, opened.notebook.window()

    def sound(where: str) -> None:
        QApplication.processEvents()
        assert walk(window) == [], where

    sound("list")
    page.open(page.contacts[0].id)
    press(page.card.numbers.button)
    sound("card")
    page.edit()
    form = opened.contact_fields
    for part in (form.reach_part, form.numbers_part, form.knows_part, form.note_part):
        part.set_open(True)
    sound("fields")
    page.done()
    page.open(page.dependents[0].id)
    sound("a child")
    page.edit()
    sound("fields of a child")
    page.show_list()
    page.show_careful(True)
    sound("careful")
    page.begin("careful")
    sound("a new name")
    use_language("en")


def test_it_is_all_in_spanish(people: Callable[..., Opened]) -> None:
    use_language("es")
    opened = people(language="es")
    opened.open("Maya")
    seen = opened.seen()
    assert "Cómo comunicarse con Maya sin riesgo" in seen
    assert "No: La fecha de la corte" in seen
    assert opened.lines()[0] == "Cerca"
    use_language("en")
