"""People, as somebody works with them: read, covered, typed, on a real notebook."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.plan.records import Appointment, Dependent, Reach, Ring, SupportContact
from planner.ui.kit.buttons import Button
from planner.ui.kit.rows import ListRow
from tests.gui.people_desk import Opened, press, type_into

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


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
    rows = {row.press.accessibleName().split(",")[0]: row for row in opened.page.card.links_part.findChildren(ListRow)}
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
    assert any(part.hasFocus() for part in opened.contact_fields.call.choice._parts)


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
