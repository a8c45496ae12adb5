"""People, as somebody works with them: read, typed, covered, moved and taken back, on a real notebook."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.errors import MachineTrouble
from planner.indexing import index_row
from planner.plan.documents import SectionDocument
from planner.plan.life import Section
from planner.plan.records import Appointment, Dependent, Reach, Ring, SupportContact
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button
from planner.ui.kit.floats import Menu
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Chip, Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.people import PeoplePage
from planner.ui.pages.people_fields import CarefulFields, ContactFields, DependentFields
from planner.words import use_language

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


class Opened:
    """One session with the people on the screen."""

    def __init__(self, session: Session, notebook: OpenNotebook) -> None:
        self.session, self.notebook = session, notebook
        page = notebook.page("people")
        assert isinstance(page, PeoplePage)
        self.page = page

    @property
    def person(self) -> str:
        person = self.session.person
        assert person is not None
        return person.id

    def contact(self, name: str) -> SupportContact:
        return next(each for each in self.session.contacts(self.person) if each.name == name)

    def dependent(self, name: str) -> Dependent:
        return next(each for each in self.session.dependents(self.person) if each.name == name)

    def open(self, name: str) -> None:
        self.page.open(self.contact(name).id)
        QApplication.processEvents()

    def edit(self, name: str) -> ContactFields:
        self.open(name)
        press(self.page.card.head.pencil)
        return self.contact_fields

    @property
    def contact_fields(self) -> ContactFields:
        form = self.page.form
        assert isinstance(form, ContactFields)
        return form

    def lines(self) -> list[str]:
        return [line.title for line in self.page.list._model.all()]

    def seen(self) -> str:
        """Every word that can be read on the page now."""
        QApplication.processEvents()
        labels = [each for each in self.page.findChildren(Text) if each.isVisible()]
        chips = [each for each in self.page.findChildren(Chip) if each.isVisible()]
        return "\n".join([each.text() for each in labels] + [each.text() for each in chips])


@pytest.fixture
def people(open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]) -> Callable[..., Opened]:
    def start(what: str = "me", **look: object) -> Opened:
        session = open_session(what, str(look.get("language", "en")))
        return Opened(session, show_notebook(session, "people", **look))

    return start


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)
    QApplication.processEvents()


def type_into(widget: QWidget, words: str) -> None:
    (widget.focusProxy() or widget).setFocus()
    QTest.keyClicks(widget.focusProxy() or widget, words)


# ---------------------------------------------------------------- the list


def test_people_stand_by_how_close_they_are_and_those_to_be_careful_with_are_not_among_them(
    people: Callable[..., Opened],
) -> None:
    opened = people()
    lines = opened.lines()
    assert lines[:4] == ["Close", "Joan", "Leo", "Maya"]
    assert lines[-2:] == ["Children and others I look after", "Nico"]
    assert "Rey" not in lines
    assert "Rey" not in opened.seen()


def test_a_press_opens_a_card(people: Callable[..., Opened]) -> None:
    opened = people()
    view = opened.page.list
    row = opened.lines().index("Maya")
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view._model.index(row)).center())
    seen = opened.seen()
    for words in ("A friend. Close to me.", "Call: yes", "From 6 to 8 in the evening", "Leave a message: no"):
        assert words in seen
    assert "Not: The court date" in seen
    assert "Spanish, English" in seen


def test_the_list_can_be_narrowed_by_typing_only_when_it_is_long(people: Callable[..., Opened]) -> None:
    opened = people("empty")
    with opened.session.edit(opened.person, "x") as edit:
        for number in range(12):
            edit.add(SupportContact(name=f"Friend {number}", role="Panadería" if number == 7 else ""))
    assert opened.page.side.filter.isHidden()
    with opened.session.edit(opened.person, "x") as edit:
        edit.add(Dependent(name="Nico"))
    assert opened.page.side.filter.isVisible()
    type_into(opened.page.side.filter, "panaderia")
    assert opened.lines() == ["Around", "Friend 7"]
    type_into(opened.page.side.filter, "x")
    assert opened.page.side.none.isVisible()
    assert opened.page.list.isHidden()
    opened.notebook.go("people")
    assert len([line for line in opened.lines() if line.startswith("Friend")]) == 12


# ---------------------------------------------------------------- the card


def test_a_number_is_covered_until_asked_for_and_covers_itself_again(
    people: Callable[..., Opened], qtbot: QtBot
) -> None:
    opened = people()
    opened.open("Maya")
    numbers = opened.page.card.numbers
    assert "555-0118" not in opened.seen()
    press(numbers.button)
    assert "555-0118" in opened.seen()
    assert numbers._timer.remainingTime() > 10_000
    numbers._timer.start(1)
    qtbot.waitUntil(lambda: numbers.covered)
    assert "555-0118" not in opened.seen()
    assert numbers.button.text() == "Show number"


def test_a_number_is_covered_when_the_page_or_the_person_is_left(people: Callable[..., Opened]) -> None:
    opened = people()
    opened.open("Maya")
    numbers = opened.page.card.numbers
    press(numbers.button)
    opened.notebook.go("today")
    assert numbers.covered
    opened.notebook.go("people")
    opened.open("Maya")
    press(numbers.button)
    opened.open("Leo")
    assert numbers.covered
    assert "555" not in opened.seen()
    opened.open("Maya")
    press(opened.page.card.head.pencil)
    assert opened.contact_fields.numbers_part.is_open() is False


def test_an_address_alone_is_covered_too(people: Callable[..., Opened]) -> None:
    opened = people("empty")
    with opened.session.edit(opened.person, "x") as edit:
        edit.add(SupportContact(name="Ann", email="ann@example.org"))
    button = opened.page.card.numbers.button
    assert button.text() == "Show e-mail"
    assert "ann@example.org" not in opened.seen()
    press(button)
    assert "ann@example.org" in opened.seen()


def test_what_somebody_helps_with_leads_there(people: Callable[..., Opened]) -> None:
    opened = people()
    opened.open("Maya")
    rows = {row.first.text(): row for row in opened.page.card.links_part.findChildren(ListRow)}
    assert set(rows) == {"Get my own ID card", "Maya comes by"}
    rows["Get my own ID card"].pressed_row.emit()
    assert opened.notebook.current == "plan"
    goal = next(each for each in opened.session.goals(opened.person) if each.title == "Get my own ID card")
    assert opened.notebook.here()[1] == {"goal": goal.id}


def test_an_appointment_that_is_removed_is_no_link_any_more(people: Callable[..., Opened]) -> None:
    opened = people("empty")
    with opened.session.edit(opened.person, "x") as edit:
        edit.add(SupportContact(id="c", name="Ann"))
        edit.add(Appointment(id="a", title="Tea", starts="2026-03-14T10:00", zone="UTC", contact="c"))
    assert "Tea" in opened.seen()
    with opened.session.edit(opened.person, "x") as edit:
        edit.remove("a")
    assert opened.page.card.links_part.isHidden()


# ---------------------------------------------------------------- writing


def test_the_pencil_turns_the_card_into_fields_and_done_turns_it_back(people: Callable[..., Opened]) -> None:
    opened = people()
    form = opened.edit("Maya")
    assert form.name.hasFocus()
    assert opened.page.card.isHidden()
    press(form.top_button)
    assert opened.page.card.isVisible()
    assert opened.page.card.head.pencil.hasFocus()
    assert opened.session.undo_words() is None, "looking changes nothing"


def test_what_is_typed_is_saved_after_a_pause_and_the_keyboard_stays(
    people: Callable[..., Opened], qtbot: QtBot
) -> None:
    opened = people()
    form = opened.edit("Maya")
    form.role.setText("")
    type_into(form.role, "My best friend ")
    qtbot.waitUntil(lambda: opened.contact("Maya").role == "My best friend", timeout=3000)
    assert form.role.hasFocus()
    assert form.role.text() == "My best friend ", "a space typed last stays"
    type_into(form.role, "of all")
    press(form.done_button)
    assert opened.contact("Maya").role == "My best friend of all"
    assert "My best friend of all. Close to me." in opened.seen()
    assert opened.session.undo_words() == "Change what is written about a person"
    opened.notebook.undo()
    opened.notebook.undo()
    assert opened.contact("Maya").role == "A friend"


def test_how_to_reach_somebody_is_chosen_and_kept_at_once(people: Callable[..., Opened]) -> None:
    opened = people()
    form = opened.edit("Maya")
    press(form.message.choice._parts[0])
    assert opened.contact("Maya").message is Reach.YES
    type_into(form.our_word, " Please")
    form.name.setFocus()
    assert opened.contact("Maya").our_word.endswith(" Please")
    form.ring.choose(Ring.FURTHER.value)
    form.ring.changed.emit()
    assert opened.contact("Maya").ring is Ring.FURTHER
    assert opened.lines().index("Maya") > opened.lines().index("Further")


def test_somebody_of_whom_nothing_is_said_yet_invites_to_say_it(people: Callable[..., Opened]) -> None:
    opened = people()
    opened.open("My sister")
    assert "Call" not in opened.seen()
    press(opened.page.card.say_button)
    assert opened.contact_fields.reach_part.is_open()
    assert opened.contact_fields.call.choice.isAncestorOf(QApplication.focusWidget())


def test_chips_are_added_and_taken_away(people: Callable[..., Opened]) -> None:
    opened = people()
    form = opened.edit("Maya")
    assert opened.contact("Maya").knows == ("My room", "My new name")
    type_into(form.knows, "Where I work")
    QTest.keyClick(form.knows.field, Key.Key_Return)
    assert opened.contact("Maya").knows == ("My room", "My new name", "Where I work")
    assert form.knows.field.text() == ""
    press(form.knows._chips[0])
    assert opened.contact("Maya").knows == ("My new name", "Where I work")
    type_into(form.knows_not, "My school")
    press(form.done_button)
    assert opened.contact("Maya").knows_not == ("The court date", "My school"), "what is half typed counts"
    opened.notebook.undo()
    assert opened.contact("Maya").knows_not == ("The court date",)


def test_a_language_is_kept_by_its_code_and_others_as_typed(people: Callable[..., Opened]) -> None:
    opened = people()
    form = opened.edit("My sister")
    form.numbers_part.set_open(True)
    for words in ("english", "Quechua"):
        type_into(form.languages, words)
        QTest.keyClick(form.languages.field, Key.Key_Return)
    assert opened.contact("My sister").languages == ("es", "en", "Quechua")
    assert [chip.text() for chip in form.languages._chips] == ["Spanish", "English", "Quechua"]


def test_numbers_are_added_and_taken_away(people: Callable[..., Opened]) -> None:
    opened = people()
    form = opened.edit("Maya")
    form.numbers_part.set_open(True)
    press(form.phones.more)
    number, label = form.phones.lines[-1]
    assert number.hasFocus()
    type_into(number, "555-0999")
    type_into(label, "work")
    form.name.setFocus()
    assert [dict(each) for each in opened.contact("Maya").phones] == [
        {"number": "555-0118", "label": "mobile"},
        {"number": "555-0999", "label": "work"},
    ]
    away = next(each for each in form.phones.findChildren(Button) if each.accessibleName() == "Take number 1 away")
    press(away)
    assert [each["number"] for each in opened.contact("Maya").phones] == ["555-0999"]


def test_a_name_is_never_emptied(people: Callable[..., Opened]) -> None:
    opened = people()
    form = opened.edit("Maya")
    form.name.selectAll()
    QTest.keyClick(form.name, Key.Key_Backspace)
    press(form.done_button)
    assert form.name_row.asking()
    assert opened.contact("Maya").role == "A friend"
    type_into(form.name, "Maya B.")
    press(form.done_button)
    assert opened.contact("Maya B.").role == "A friend"


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
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    QApplication.processEvents()
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
    assert opened.page.careful
    assert opened.page.card.head.name.text() == "Rey"
    opened.notebook.go("people", contact=opened.contact("Maya").id)
    assert not opened.page.careful
    assert opened.page.card.head.name.text() == "Maya"
    opened.notebook.go("people", dependent=opened.dependent("Nico").id)
    assert opened.page.dependent_card.head.name.text() == "Nico"


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
    assert "No: La fecha del juzgado" in seen
    assert opened.lines()[0] == "Cerca"
    use_language("en")
