"""People from a file of cards, and cards that leave, as a person does it on a real notebook."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from planner.exchange.cards_read import read_cards
from planner.plan.records import Reach, Ring, SupportContact
from planner.session import Session
from planner.session.card_files import Keep, What
from planner.ui.a11y import tab_stops, walk
from planner.ui.dialogs.card_export import CardExport, export_card, export_cards
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.floats import Menu
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.activity import ActivityPage
from planner.ui.pages.cards_import import AT_ONCE, CardsImportPage
from planner.ui.pages.cards_parts import SHOWN
from planner.ui.pages.people import PeoplePage
from planner.ui.paper.choose_file import ChooseFile
from planner.ui.paper.place import ChoosePlace
from tests.gui.paper_desk import home_fixture, press, press_words  # noqa: F401 - a fixture

Key = Qt.Key


def vcf(*cards: str) -> bytes:
    return "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\n{each}\r\nEND:VCARD\r\n" for each in cards).encode()


class Desk:
    """An empty notebook with the page in front, and a home folder with files in it."""

    def __init__(self, session: Session, notebook: OpenNotebook, home: Path, qtbot: QtBot) -> None:
        self.session, self.notebook, self.home, self._qtbot = session, notebook, home, qtbot
        page = notebook.page("cards-import")
        assert isinstance(page, CardsImportPage)
        self.page = page

    @property
    def person(self) -> str:
        assert self.session.person is not None
        return self.session.person.id

    def people(self) -> dict[str, SupportContact]:
        return {each.name: each for each in self.session.contacts(self.person)}

    def add(self, **values: Any) -> SupportContact:
        record = SupportContact(**values)
        with self.session.edit(self.person, "Add a person") as edit:
            edit.add(record)
        return record

    def wait(self, what: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(what, timeout=20_000)

    def dialog(self, kind: type[Dialog]) -> Any:
        def found() -> list[Dialog]:
            return [each for each in self.notebook.window().findChildren(kind) if each.isVisible()]

        self.wait(lambda: bool(found()))
        return found()[-1]

    def read(self, *cards: str) -> None:
        """Put a file into the home folder and choose it, as a person does."""
        (self.home / "cards.vcf").write_bytes(vcf(*cards))
        self.notebook.go("cards-import")
        press(self.page.choose_button if self.page.preview is None else self.page.another)
        dialog: ChooseFile = self.dialog(ChooseFile)
        titles = [line.title for line in dialog.list._model.all()]
        assert "cards.vcf" in titles
        name = next(line.id for line in dialog.list._model.all() if line.title == "cards.vcf")
        before = self.page.preview
        dialog.list.opened.emit(name)
        self.wait(lambda: self.page.preview is not before)
        QApplication.processEvents()

    def bring_in(self) -> None:
        press(self.page.bring)
        self.wait(lambda: self.notebook.current == "people")
        QApplication.processEvents()

    def seen(self) -> str:
        QApplication.processEvents()
        texts = [each.text() for each in self.page.findChildren(Text) if each.isVisible()]
        return "\n".join(texts + [line.title for line in self.page.new_list.list._model.all()])


@pytest.fixture(name="desk")
def desk_fixture(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook], home: Path
) -> Desk:
    session = open_session("empty")
    return Desk(session, show_notebook(session, "cards-import"), home, qtbot)


# ---------------------------------------------------------------- bringing in


def test_the_page_begins_with_what_will_happen(desk: Desk) -> None:
    page = desk.page
    assert page.empty.isVisible()
    assert page.first_focus() is page.choose_button
    assert "Nothing changes before you say so" in desk.seen()
    assert walk(desk.notebook.window()) == []


@pytest.mark.apart
def test_new_people_come_in_and_can_be_taken_back(desk: Desk) -> None:
    desk.read("FN:Lin Park\r\nTEL;TYPE=CELL:6155550110\r\nPHOTO:x", "FN:Ben", "FN:Ana", "REV:1")
    page = desk.page
    assert "3 people are new. 1 card was not understood." in desk.seen()
    assert "Pictures are left out." in desk.seen()
    assert "It has no name and no number." in [line.detail for line in page.odd_list._model.all()]
    assert desk.people() == {}, "nothing changes before she says so"
    assert walk(desk.notebook.window()) == []
    page.new_list.list.opened.emit("2")
    assert page.bring.text() == "Bring in 2 cards"
    desk.bring_in()
    assert set(desk.people()) == {"Lin Park", "Ana"}
    assert desk.people()["Lin Park"].ring is Ring.AROUND
    assert desk.notebook.toast.isVisible()
    assert "2 people were brought in." in desk.notebook.toast.findChildren(Text)[0].text()
    shown = desk.notebook.page("people")
    assert isinstance(shown, PeoplePage)
    assert shown.card.isVisible()
    desk.notebook.undo()
    desk.wait(lambda: desk.people() == {})
    assert page.preview is None


def test_how_close_they_are_and_all_or_none(desk: Desk) -> None:
    desk.read("FN:Lin", "FN:Ben", "FN:Ana")
    page = desk.page
    press(page.all_out)
    assert page.bring.text() == "Back to people"
    press(page.all_in)
    assert page.bring.text() == "Bring in 3 cards"
    further = next(each for each in page.ring.findChildren(QAbstractButton) if each.text() == "Further")
    press(further)
    desk.bring_in()
    assert {each.ring for each in desk.people().values()} == {Ring.FURTHER}


def test_by_keyboard_alone(desk: Desk) -> None:
    desk.read("FN:Lin", "FN:Ben")
    page = desk.page
    desk.wait(page.new_list.list.hasFocus)
    QTest.keyClick(page.new_list.list, Key.Key_Down)
    QTest.keyClick(page.new_list.list, Key.Key_Return)
    assert page.new_list.on() == ["1"]
    page.bring.setFocus()
    QTest.keyClick(page.bring, Key.Key_Return)
    desk.wait(lambda: set(desk.people()) == {"Lin"})


def test_somebody_who_is_here_stands_side_by_side(desk: Desk) -> None:
    mine = desk.add(name="Lin Park", phones=({"number": "615 555 0110", "label": ""},), role="My lawyer", call=Reach.NO)
    desk.read("FN:Lin Park\r\nTEL:6155550110\r\nTEL;TYPE=WORK:615 555 0199\r\nTITLE:Attorney\r\nORG:Aid", "FN:Ben")
    page = desk.page
    (card,) = page.alike_cards
    assert card.what is What.MERGE
    assert "The same number and the same name as Lin Park, who is here." in desk.seen()
    assert [(each.pair.name, each.keep()) for each in card.fields] == [
        ("organisation", Keep.THEIRS),
        ("role", Keep.MINE),
        ("phones", Keep.BOTH),
    ]
    role = card.fields[1].cards
    assert (role[Keep.MINE].text(), role[Keep.THEIRS].text()) == ("My lawyer", "Attorney")
    assert role[Keep.MINE].y() == role[Keep.THEIRS].y(), "side by side"
    assert walk(desk.notebook.window()) == []
    reached = tab_stops(desk.notebook.window())
    inside = [reached.index(each) for each in reached if card.isAncestorOf(each)]
    assert reached.index(page.new_list.list) < min(inside), "in the order of the page"
    assert max(inside) + 1 == reached.index(page.bring)
    press(role[Keep.THEIRS])
    desk.bring_in()
    now = desk.people()["Lin Park"]
    assert (now.id, now.role, now.organisation, now.call) == (mine.id, "Attorney", "Aid", Reach.NO)
    assert [each["number"] for each in now.phones] == ["615 555 0110", "(615) 555-0199"]
    assert len(desk.people()) == 2


def test_fields_stand_below_each_other_with_large_text(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook], home: Path
) -> None:
    session = open_session("empty")
    desk = Desk(session, show_notebook(session, "cards-import", scale=2.0), home, qtbot)
    desk.add(name="Lin Park", role="My lawyer")
    desk.read("FN:Lin Park\r\nTITLE:Attorney")
    (card,) = desk.page.alike_cards
    role = card.fields[0].cards
    assert role[Keep.MINE].y() < role[Keep.THEIRS].y()
    assert role[Keep.MINE].x() == role[Keep.THEIRS].x()
    assert walk(desk.notebook.window()) == []


def test_she_may_say_that_it_is_somebody_else(desk: Desk) -> None:
    desk.add(name="Lin Park")
    desk.read("FN:Lin Park\r\nORG:Aid")
    (card,) = desk.page.alike_cards
    card.tray.choose(1)
    card.tray.chosen_changed.emit(1)
    assert not card.fields[0].isVisible()
    assert "Nothing changes for who is here." in desk.seen()
    desk.bring_in()
    assert sorted(each.organisation for each in desk.session.contacts(desk.person)) == ["", "Aid"]


def test_many_that_are_alike_come_some_at_a_time_and_all_count(desk: Desk) -> None:
    with desk.session.edit(desk.person, "Add") as edit:
        for number in range(AT_ONCE + 3):
            edit.add(SupportContact(name=f"Person {number:02}"))
    desk.read(*(f"FN:Person {number:02}\r\nORG:Aid" for number in range(AT_ONCE + 3)))
    page = desk.page
    assert len(page.alike_cards) == AT_ONCE
    assert page.bring.text() == f"Bring in {AT_ONCE + 3} cards"
    assert page.more_button.text() == "Show 3 more"
    press(page.more_button)
    assert len(page.alike_cards) == AT_ONCE + 3
    assert not page.more_button.isVisible()
    desk.bring_in()
    assert {each.organisation for each in desk.people().values()} == {"Aid"}


def test_of_very_many_new_ones_some_are_shown_and_all_come_in(desk: Desk) -> None:
    desk.read(*(f"FN:Person {number:03}" for number in range(SHOWN + 20)), *(["REV:1"] * (SHOWN + 5)))
    page = desk.page
    assert len(page.new_list.list._model.all()) == SHOWN
    assert page.odd_list._model.all()[-1].title == "And 5 more."
    assert page.new_list.more_button.text() == "Show 20 more"
    press(page.all_out)
    assert page.bring.text() == "Back to people"
    press(page.all_in)
    press(page.new_list.more_button)
    assert len(page.new_list.list._model.all()) == SHOWN + 20
    assert page.new_list.list.hasFocus()
    assert page.new_list.list.current_id() == str(SHOWN + 1)
    assert not page.new_list.more_button.isVisible()
    desk.bring_in()
    assert len(desk.people()) == SHOWN + 20


def test_somebody_she_keeps_away_from_is_named_first_and_stays_as_they_are(desk: Desk) -> None:
    away = desk.add(name="Vic", phones=({"number": "615 555 0110", "label": ""},), keep_away=True)
    desk.read("FN:Friendly name\r\nTEL:6155550110\r\nORG:Work", "FN:Ben")
    page = desk.page
    assert "This card is like Vic, one of the people you keep away from." in desk.seen()
    (card,) = page.careful_cards
    assert card.decision().what is What.LEAVE
    assert page.bring.text() == "Bring in 1 card"
    assert page.careful_part.y() < page.new_part.y()
    desk.bring_in()
    assert desk.people() == {"Vic": away, "Ben": desk.people()["Ben"]}


def test_those_with_all_of_it_are_told_and_nothing_is_left_to_do(desk: Desk) -> None:
    desk.add(name="Lin Park")
    desk.read("FN:Lin Park")
    page = desk.page
    assert page.same_part.isVisible()
    assert page.bring.text() == "Back to people"
    before = desk.session.undo_words()
    desk.bring_in()
    assert desk.session.undo_words() == before


def test_a_file_that_is_none_is_said_calmly(desk: Desk) -> None:
    path = desk.home / "letter.vcf"
    path.write_bytes(b"%PDF")
    desk.page.read(path)
    told = desk.dialog(Dialog)
    assert told.title.text() == "There are no cards of people in this file."
    assert str(path) not in told.title.text() + told.words.text()
    assert desk.page.preview is None
    press_words(told, "All right")
    desk.page.read(desk.home / "gone.vcf")
    assert desk.dialog(Dialog).title.text() == "This file cannot be read."


def test_not_now_lets_go_of_the_file(desk: Desk) -> None:
    desk.read("FN:Lin")
    press(desk.page.back)
    assert desk.notebook.current == "people"
    assert desk.page.preview is None
    assert desk.people() == {}


def test_a_page_that_is_left_lets_go_of_the_file(desk: Desk) -> None:
    desk.read("FN:Lin")
    assert desk.page.new_list.on()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert desk.page.new_list.isAncestorOf(focus), "the keyboard is at the first thing to do"
    desk.notebook.go("today")
    assert desk.page.preview is None
    assert not desk.page.new_list.on()
    desk.notebook.go("cards-import")
    assert desk.page.empty.isVisible()


def test_stop_leaves_nothing_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.read(*(f"FN:Person {number}" for number in range(50)))
    files = desk.session.card_files
    real = files.take_in

    def slowly(preview: Any, decisions: Any, progress: Callable[[int, int], None], ring: Ring) -> Any:
        def step(done: int, of: int) -> None:
            time.sleep(0.05)
            progress(done, of)

        return real(preview, decisions, step, ring)

    monkeypatch.setattr(files, "take_in", slowly)
    press(desk.page.bring)
    from planner.ui.kit.dialogs import ProgressCard

    card: ProgressCard = desk.dialog(ProgressCard)
    press_words(card, "Stop")
    desk.wait(lambda: not [each for each in desk.notebook.window().findChildren(ProgressCard) if each.isVisible()])
    assert desk.people() == {}
    assert desk.session.undo_words() is None
    assert desk.page.preview is not None, "she can try again"


def test_pressed_twice_they_come_in_once(desk: Desk) -> None:
    desk.read("FN:Lin", "FN:Ben")
    desk.page.bring_in()
    desk.page.bring_in()
    desk.wait(lambda: desk.notebook.current == "people")
    assert len(desk.session.contacts(desk.person)) == 2
    desk.read("FN:Ana")
    desk.bring_in()
    assert len(desk.people()) == 3


def test_a_preview_belongs_to_one_person(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook], home: Path
) -> None:
    session = open_session("others")
    one, other = session.people()[:2]
    session.choose(one.id)
    desk = Desk(session, show_notebook(session, "cards-import"), home, qtbot)
    desk.add(name="Vic", keep_away=True)
    desk.read("FN:Lin", "FN:Vic")
    assert f"one of the people {one.shown} keeps away from" in desk.seen()
    session.choose(other.id)
    page = desk.notebook.page("cards-import")
    assert isinstance(page, CardsImportPage)
    page.refresh(None)
    assert page.preview is None


def test_the_way_there_from_people(desk: Desk) -> None:
    desk.add(name="Lin")
    desk.notebook.go("people")
    people = desk.notebook.page("people")
    assert isinstance(people, PeoplePage)
    press(people.side.add_button)
    menu = next(each for each in desk.notebook.window().findChildren(Menu) if each.isVisible())
    press_words_in(menu, "People from a file")
    assert desk.notebook.current == "cards-import"


def press_words_in(menu: Menu, words: str) -> None:
    press(
        next(
            each
            for each in menu.findChildren(QAbstractButton)
            if each.accessibleName() == words or each.text() == words
        )
    )


# ---------------------------------------------------------------- going out


def test_a_card_leaves_after_it_was_said_what_it_tells(desk: Desk) -> None:
    lin = desk.add(
        name="Lin Park",
        role="My lawyer",
        organisation="Aid",
        email="lin@example.org",
        phones=({"number": "615 555 0110", "label": "his office"},),
        languages=("es",),
        note="zznote",
        our_word="zzword",
    )
    desk.notebook.go("people")
    people = desk.notebook.page("people")
    assert isinstance(people, PeoplePage)
    people.open(lin.id)
    QApplication.processEvents()
    press(people.card.export_button)
    dialog: CardExport = desk.dialog(CardExport)
    assert dialog.title.text() == "Save a card of Lin Park"
    assert "It shows 1 phone number." in dialog.sentences
    assert "Anyone who finds the file can open it. It has no passphrase." in dialog.sentences
    assert not dialog.ticks["languages"].isVisible(), "the older form cannot say them"
    assert walk(desk.notebook.window()) == []
    press(dialog.ticks["roles"])
    assert not any("who" in each and "words" in each for each in dialog.sentences)
    press(dialog.save)
    place: ChoosePlace = desk.dialog(ChoosePlace)
    assert place.file_name.text() == "Document"
    press(place.save)
    desk.wait(lambda: bool(desk.session.activity()))
    path = desk.home / "Document.vcf"
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    raw = path.read_bytes()
    (card,) = read_cards(raw, lambda _done, _of: None).cards
    assert (card.name, card.organisation, card.role, card.emails) == ("Lin Park", "Aid", "", ("lin@example.org",))
    assert b"zz" not in raw
    assert b"his office" not in raw
    assert "zz" in repr(desk.people()), "or it could not be seen in the file either"
    entry = desk.session.activity()[0]
    assert entry.detail["paper"] == "cards"
    assert "Lin" not in repr(entry)
    desk.notebook.go("activity")
    page = desk.notebook.page("activity")
    assert isinstance(page, ActivityPage)
    said = [page.list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert "Cards of people were saved as a file that anyone can open." in said[1]
    assert "phone numbers, e-mail addresses, places or groups" in said[1]


def test_of_many_she_chooses_and_nobody_goes_along_by_themselves(desk: Desk) -> None:
    desk.add(name="Lin", languages=("es",))
    ben = desk.add(name="Ben")
    away = desk.add(name="Vic", keep_away=True)
    export_cards(desk.notebook)
    dialog: CardExport = desk.dialog(CardExport)
    lines = [line.title for line in dialog.list.list._model.all()]
    assert lines == ["Ben", "Lin"]
    assert dialog.sentences == ["No card is chosen yet."]
    press(dialog.save)
    assert dialog.isVisible()
    dialog.list.list.opened.emit(ben.id)
    assert "It names 1 person." in dialog.sentences
    dialog.version.choose(1)
    dialog.version.chosen_changed.emit(1)
    assert dialog.ticks["languages"].isVisible()
    assert not dialog.ticks["phones"].isVisible(), "nobody has one"
    dialog.list.set_all(True)
    assert "It says which languages 1 of them speaks." in dialog.sentences
    assert walk(desk.notebook.window()) == []
    assert away.name not in [card.name for card in dialog.cards()]


def test_nobody_kept_away_can_be_asked_for(desk: Desk) -> None:
    away = desk.add(name="Vic", keep_away=True)
    export_card(desk.notebook, away.id)
    assert not [each for each in desk.notebook.window().findChildren(CardExport) if each.isVisible()]
    desk.notebook.go("people", contact=away.id)
    people = desk.notebook.page("people")
    assert isinstance(people, PeoplePage)
    assert people.card.isVisible()
    assert not people.card.export_button.isVisible()
    export_cards(desk.notebook)
    dialog = desk.dialog(CardExport)
    assert "nobody yet" in dialog.words.text()


def test_a_disk_that_is_full_is_said_and_another_place_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    lin = desk.add(name="Lin")
    export_card(desk.notebook, lin.id)
    press(desk.dialog(CardExport).save)

    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        press(desk.dialog(ChoosePlace).save)
        desk.wait(
            lambda: any(
                each.isVisible() and each.title.text().startswith("There is no room left there")
                for each in desk.notebook.window().findChildren(Dialog)
            )
        )
    assert not list(desk.home.glob("*.vcf"))
    assert desk.session.activity() == []
    press_words(desk.dialog(Dialog), "All right")
    press(desk.dialog(ChoosePlace).save)
    desk.wait(lambda: bool(desk.session.activity()))
    assert (desk.home / "Document.vcf").exists()
