"""Somebody new, somebody to care for, and those to be careful with, on a real notebook."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.plan.records import Dependent, Ring
from planner.ui.a11y import walk
from planner.ui.kit.floats import Menu
from planner.ui.pages.people import PeoplePage
from planner.ui.pages.people_fields import CarefulFields, ContactFields, DependentFields
from tests.gui.people_desk import Opened, press, type_into

Key = Qt.Key


# ---------------------------------------------------------------- somebody new


def test_an_empty_page_says_kindly_what_will_be_here(people: Callable[..., Opened]) -> None:
    opened = people("empty")
    assert opened.page.empty.isVisible()
    assert opened.page.first_focus() is opened.page.first_button
    assert walk(opened.notebook.window()) == []


def test_a_new_person_is_there_at_the_first_word_of_a_name_and_not_before(
    people: Callable[..., Opened], qtbot: QtBot
) -> None:
    opened = people("empty")
    press(opened.page.first_button)
    form = opened.contact_fields
    assert form.name.hasFocus()
    type_into(form.role, "A neighbour")
    form.name.setFocus()
    assert opened.session.contacts(opened.person) == []
    type_into(form.name, "Ben")
    qtbot.waitUntil(lambda: bool(opened.session.contacts(opened.person)), timeout=3000)
    assert form.name.hasFocus()
    assert (opened.contact("Ben").role, opened.contact("Ben").ring) == ("A neighbour", Ring.AROUND)
    type_into(form.name, " Ortiz")
    press(form.done_button)
    assert [each.name for each in opened.session.contacts(opened.person)] == ["Ben Ortiz"]
    assert opened.page.card.isVisible()
    opened.notebook.undo()
    opened.notebook.undo()
    assert opened.session.contacts(opened.person) == []
    assert opened.page.empty.isVisible()


def test_done_without_a_word_leaves_nobody_behind(people: Callable[..., Opened]) -> None:
    opened = people("empty")
    press(opened.page.first_button)
    press(opened.contact_fields.done_button)
    assert opened.page.empty.isVisible()
    assert opened.session.undo_words() is None


def test_add_a_person_offers_somebody_to_care_for(people: Callable[..., Opened]) -> None:
    opened = people()
    press(opened.page.side.add_button)
    menu = opened.notebook.window().findChild(Menu)
    assert menu is not None
    press(menu.stops()[1])
    form = opened.page.form
    assert isinstance(form, DependentFields)
    type_into(form.name, "Lia")
    type_into(form.relation, "My daughter")
    type_into(form.born, "5/3/2021")
    type_into(form.may_collect, "Joan")
    QTest.keyClick(form.may_collect.field, Key.Key_Return)
    type_into(form.needs, "A small lamp at night")
    press(form.done_button)
    lia = opened.dependent("Lia")
    assert (lia.relation, lia.born, lia.may_collect, lia.needs) == (
        "My daughter",
        "2021-05-03",
        ("Joan",),
        "A small lamp at night",
    )
    assert "May 3, 2021, 4 years old" in opened.seen()


def test_a_birthday_that_is_not_a_day_stays_as_it_was_written(people: Callable[..., Opened]) -> None:
    opened = people("empty")
    with opened.session.edit(opened.person, "x") as edit:
        edit.add(Dependent(id="d", name="Nico", born="spring 2020"))
    opened.page.open("d")
    assert "spring 2020" in opened.seen()
    opened.page.edit()
    form = opened.page.form
    assert isinstance(form, DependentFields)
    type_into(form.day_place, "School")
    press(form.done_button)
    assert opened.dependent("Nico").born == "spring 2020"
    assert opened.dependent("Nico").day_place == "School"


def test_somebody_half_typed_without_a_name_outlives_a_lock(people: Callable[..., Opened]) -> None:
    opened = people()
    opened.page.begin("contact")
    type_into(opened.contact_fields.role, "From the bakery")
    opened.notebook.put_away()
    opened.notebook.forget()
    opened.notebook.take_up()
    page = opened.notebook.page("people")
    assert isinstance(page, PeoplePage)
    assert page.mode == "new"
    form = page.form
    assert isinstance(form, ContactFields)
    assert form.role.text() == "From the bakery"


def test_somebody_half_typed_is_put_off_and_gone_on_with(people: Callable[..., Opened]) -> None:
    opened = people()
    opened.page.begin("contact")
    type_into(opened.contact_fields.role, "From the bakery")
    opened.open("Maya")
    press(opened.page.card.head.pencil)
    assert opened.contact_fields.role.text() == "A friend"
    opened.page.begin("contact")
    assert opened.contact_fields.role.text() == "From the bakery"
    type_into(opened.contact_fields.name, "Sol")
    press(opened.contact_fields.done_button)
    assert opened.contact("Sol").role == "From the bakery"
    assert opened.contact("Maya").role == "A friend"


# ---------------------------------------------------------------- to be careful with


def test_those_to_be_careful_with_have_a_page_of_their_own_that_says_what_it_is(people: Callable[..., Opened]) -> None:
    opened = people()
    press(opened.page.side.careful_button)
    assert opened.lines() == ["Rey"]
    assert opened.page.title() == "People to be careful with"
    seen = opened.seen()
    assert "never in a print or a copy, unless you choose them one by one" in seen
    assert "a court could ask to read" in seen
    assert "I go into the bakery and call Joan." in seen
    opened.notebook.go("today")
    opened.notebook.go("people")
    assert "Rey" not in opened.seen(), "whoever comes back sees the others"


def test_a_name_is_enough_for_somebody_to_be_careful_with(people: Callable[..., Opened]) -> None:
    opened = people("empty")
    opened.page.show_careful(True)
    assert "No names here." in opened.seen()
    press(opened.page.side.add_name_button)
    form = opened.page.form
    assert isinstance(form, CarefulFields)
    type_into(form.name, "T.")
    press(form.done_button)
    stored = opened.contact("T.")
    assert stored.keep_away
    assert opened.page.title() == "People to be careful with"
    assert opened.lines() == ["T."]
    press(opened.page.side.back_button)
    assert opened.page.empty.isVisible()
    assert "T." not in opened.seen()


def test_somebody_is_moved_there_and_back_with_undo(people: Callable[..., Opened]) -> None:
    opened = people()
    form = opened.edit("Leo")
    press(form.away_button)
    assert opened.contact("Leo").keep_away
    assert "Leo" not in opened.lines()
    opened.notebook.undo()
    assert "Leo" in opened.lines()
    form = opened.edit("Leo")
    press(form.away_button)
    press(opened.page.side.careful_button)
    opened.page.open(opened.contact("Leo").id)
    opened.page.edit()
    careful = opened.page.form
    assert isinstance(careful, CarefulFields)
    press(careful.back_button)
    leo = opened.contact("Leo")
    assert not leo.keep_away
    assert (leo.ring, leo.role) == (Ring.CLOSE, "My cousin"), "nothing that was written is lost"
    assert opened.lines() == ["Rey"]


def test_a_link_to_somebody_to_be_careful_with_opens_their_own_page(people: Callable[..., Opened]) -> None:
    opened = people()
    opened.notebook.go("people", contact=opened.contact("Rey").id)
    assert opened.lines() == ["Rey"]
    assert opened.page.card.head.name.text() == "Rey"
    opened.notebook.go("people", contact=opened.contact("Maya").id)
    assert "Maya" in opened.lines()
    assert opened.page.card.head.name.text() == "Maya"
    opened.notebook.go("people", dependent=opened.dependent("Nico").id)
    assert opened.page.dependent_card.head.name.text() == "Nico"


def test_taking_back_somebody_who_is_being_written_forgets_what_was_typed_since(
    people: Callable[..., Opened], qtbot: QtBot
) -> None:
    opened = people("empty")
    opened.page.begin("contact")
    form = opened.contact_fields
    type_into(form.name, "Ben")
    form.flush()
    type_into(form.role, "A neighbour")
    opened.notebook.undo()
    assert opened.page.empty.isVisible()
    qtbot.wait(1200)
    assert opened.session.contacts(opened.person) == []
