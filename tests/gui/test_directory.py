"""Places and services as a person finds, writes and brings them in, on a real notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.packs.services import OwnService, load_services
from planner.session import Session
from planner.session.directory_lists import DirectoryPreview
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button
from planner.ui.kit.disclosure import Disclosure
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.directory import DirectoryPage
from planner.ui.pages.directory_import import DirectoryImportPage, odd_words
from planner.ui.pages.search import SearchPage
from planner.ui.pages.selectable import Selectable
from planner.ui.paper.choose_file import ChooseFile
from tests.gui.paper_desk import home_fixture, press  # noqa: F401 - a fixture

Key = Qt.Key
KITCHEN = OwnService(
    name="Harbor kitchen",
    purpose="A warm meal",
    needs=("food",),
    phones=({"number": "(212) 555-0142", "label": "day"},),
    address="12 Pier St",
    languages=("es",),
    cost="free",
    eases=("no-id",),
    checked="2026-03-01",
)
LIST = (
    "name,phone,notes,address,colour\nHarbor kitchen,212 555 0142,Ring twice,,x\nNight shelter,2125550188,,3 Elm St,y\n"
)


class Hand:
    """The page in front, and hands on it."""

    def __init__(self, session: Session, notebook: OpenNotebook, qtbot: QtBot) -> None:
        self.session, self.notebook, self.qtbot = session, notebook, qtbot
        self.page = self.fresh()

    def fresh(self) -> DirectoryPage:
        self.notebook.go("directory")
        page = self.notebook.page("directory")
        assert isinstance(page, DirectoryPage)
        return page

    def keep(self, entry: OwnService = KITCHEN) -> OwnService:
        return self.session.directory.save(entry)

    def names(self) -> list[str]:
        return [each.title for each in self.page.list.lines() if not each.section]

    def own(self) -> list[str]:
        return [each.name for each in self.session.directory.own()]

    def seen(self, kind: type[QWidget]) -> list[Any]:
        QApplication.processEvents()
        return [each for each in self.page.findChildren(kind) if each.isVisible()]

    def undo(self) -> None:
        QTest.keyClick(self.notebook.window(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()


@pytest.fixture
def hand(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook], qtbot: QtBot
) -> Callable[..., Hand]:
    def start(what: str = "me", **look: Any) -> Hand:
        session = open_session(what)
        return Hand(session, show_notebook(session, "directory", **look), qtbot)

    return start


# ---------------------------------------------------------------- finding


def test_every_line_of_the_country_is_there(hand: Callable[..., Hand]) -> None:
    here = hand()
    assert here.names() == [each.line.name.get("en") for each in load_services()]
    assert walk(here.notebook.window()) == []


def test_a_place_is_found_by_typing_and_by_need(hand: Callable[..., Hand]) -> None:
    here = hand()
    here.keep()
    QTest.keyClicks(here.page.find_field, "hung")
    assert here.names() == ["National Hunger Hotline"]
    here.page.find_field.clear()
    here.page.need.choose("food")
    here.page.need.changed.emit()
    assert here.names() == ["Harbor kitchen", "211, help near you", "National Hunger Hotline"]
    here.page.ease.choose("no-id")
    here.page.ease.changed.emit()
    assert here.names() == ["Harbor kitchen"]
    assert here.page.silent_button.isVisible()
    press(here.page.silent_button)
    assert here.names() == ["Harbor kitchen", "211, help near you", "National Hunger Hotline"]
    assert not here.page.silent_button.isVisible()
    press(here.page.all_button)
    assert len(here.names()) == len(load_services()) + 1
    assert here.page.find_field.text() == ""


def test_of_a_long_list_some_are_shown_at_a_time(hand: Callable[..., Hand]) -> None:
    here = hand()
    table = "name\n" + "".join(f"Place {n:03}\n" for n in range(150))
    directory = here.session.directory
    preview = directory.look(table.encode(), lambda _done, _of: None)
    numbers = {each.number for each in preview.rows}
    taken = directory.take_in(preview, numbers, show_addresses=False, progress=lambda _done, _of: None)
    directory.tell(taken.before)
    assert here.names()[-1] == "Place 099"
    press(here.page.more_button)
    assert set(here.names()) >= {"Place 149", "Emergency"}
    assert not here.page.more_button.isVisible()


def test_a_place_is_found_by_the_search_of_the_head(hand: Callable[..., Hand]) -> None:
    here = hand()
    here.keep()
    here.notebook.go("search", text="harbor")
    page = here.notebook.page("search")
    assert isinstance(page, SearchPage)

    def places() -> list[str]:
        return [each.id for each in page.list.lines() if each.id.startswith("places/")]

    here.qtbot.waitUntil(lambda: bool(places()), timeout=20_000)
    page.open(places()[0])
    assert here.page.title() == "Harbor kitchen"


def test_nothing_that_fits_says_what_to_do(hand: Callable[..., Hand]) -> None:
    here = hand()
    QTest.keyClicks(here.page.find_field, "qqqq")
    assert here.names() == []
    assert "211" in here.page.count.text()


def test_a_place_opens_by_keyboard_and_its_number_can_be_copied(hand: Callable[..., Hand]) -> None:
    here = hand()
    here.page.list.setFocus()
    here.page.list.choose("built-in/crisis-988")
    QTest.keyClick(here.page.list, Key.Key_Return)
    assert here.page.title() == "988, crisis line"
    numbers = here.seen(Selectable)
    assert [each.text() for each in numbers] == ["988", "988", "988lifeline.org"]
    assert numbers[0].hasFocus()
    press(here.page.card.back_button)
    assert here.page.list.isVisible()
    assert here.page.list.hasFocus()


def test_where_a_number_comes_from_is_one_press_away(hand: Callable[..., Hand]) -> None:
    here = hand()
    here.page.open("built-in/wages")
    (more,) = here.seen(Disclosure)
    shown = len(here.seen(Selectable))
    more.set_open(True)
    QApplication.processEvents()
    addresses = [each.text() for each in here.seen(Selectable)]
    assert len(addresses) == shown + 2
    assert any("dol.gov" in each for each in addresses)
    assert not here.page.card.change_button.isVisible(), "what is built in is not changed here"
    assert not here.page.card.remove_button.isVisible()


def test_an_address_to_be_covered_is_not_on_the_screen(hand: Callable[..., Hand]) -> None:
    here = hand()
    kept = here.keep()
    here.page.open(f"own/{kept.id}")

    def shown() -> bool:
        from planner.ui.kit.text import Text

        return any("Pier" in each.text() for each in here.seen(Text))

    assert not shown()
    (cover,) = here.seen(Disclosure)
    cover.set_open(True)
    QApplication.processEvents()
    assert shown()
    here.page.show_list()
    here.page.open(f"own/{kept.id}")
    assert not shown(), "one look is one look"


# ---------------------------------------------------------------- writing


def test_a_new_place_is_kept_as_it_is_typed_and_taken_back(hand: Callable[..., Hand]) -> None:
    here = hand()
    press(here.page.add_button)
    fields = here.page.fields
    assert fields.short["name"].hasFocus()
    QTest.keyClicks(fields.short["email"], "desk@example.org")
    fields.pen.flush()
    assert here.own() == [], "without a name there is nothing to find it by"
    QTest.keyClicks(fields.short["name"], "Night shelter")
    fields.pen.flush()
    press(fields.needs.chips["stay"])
    press(fields.eases.chips["children"])
    number, label = fields.phones.lines[0]
    QTest.keyClicks(number, "212 555 0188")
    QTest.keyClicks(label, "desk")
    press(fields.done_button)
    (kept,) = here.session.directory.own()
    assert (kept.name, kept.email, kept.needs, kept.eases) == (
        "Night shelter",
        "desk@example.org",
        ("stay",),
        ("children",),
    )
    assert kept.phones == ({"number": "212 555 0188", "label": "desk"},)
    assert kept.checked == "2026-03-12"
    assert here.page.title() == "Night shelter"
    here.undo()
    assert here.own() == []
    assert here.page.list.isVisible()


def test_words_without_a_name_ask_for_one(hand: Callable[..., Hand]) -> None:
    here = hand()
    press(here.page.add_button)
    QTest.keyClicks(here.page.fields.short["site"], "example.org")
    press(here.page.fields.done_button)
    assert here.page.fields.isVisible()
    assert here.page.fields.short["name"].hasFocus()
    assert here.own() == []


def test_a_half_written_place_is_there_after_a_lock(hand: Callable[..., Hand]) -> None:
    here = hand()
    press(here.page.add_button)
    QTest.keyClicks(here.page.fields.short["email"], "desk@example.org")
    press(here.page.fields.needs.chips["food"])
    draft = here.page.draft()
    assert draft is not None
    here.page.show_for()
    assert here.page.draft() is None
    here.page.take_draft(draft)
    assert here.page.fields.short["email"].text() == "desk@example.org"
    assert here.page.fields.needs.values() == ("food",)
    assert here.page.draft() == draft, "and again after the next lock"


def test_a_place_is_changed_checked_and_removed(hand: Callable[..., Hand]) -> None:
    here = hand()
    kept = here.keep()
    here.page.open(f"own/{kept.id}")
    press(here.page.card.checked_button)
    assert here.session.directory.own()[0].checked == "2026-03-12"
    press(here.page.card.change_button)
    here.page.fields.short["name"].selectAll()
    QTest.keyClicks(here.page.fields.short["name"], "Harbor table")
    press(here.page.fields.done_button)
    assert here.own() == ["Harbor table"]
    press(here.page.card.remove_button)
    assert here.own() == []
    here.undo()
    assert here.own() == ["Harbor table"]
    assert "Harbor table" in here.names()


def test_a_place_becomes_one_of_the_people(hand: Callable[..., Hand]) -> None:
    here = hand()
    assert here.session.person is not None
    person = here.session.person.id
    before = len(here.session.contacts(person))
    here.page.open("built-in/call-211")
    press(here.page.card.people_button)
    press(here.page.card.people_button)
    added = [each for each in here.session.contacts(person) if each.name == "211, help near you"]
    assert [each.phones for each in added] == [({"number": "211", "label": ""},)]
    here.undo()
    assert len(here.session.contacts(person)) == before


def test_with_somebody_beside_the_worker_nothing_can_be_written(hand: Callable[..., Hand]) -> None:
    here = hand("others")
    kept = here.keep()
    assert here.page.add_button in here.seen(Button)
    here.page.open(f"own/{kept.id}")
    assert not here.page.card.people_button.isVisible(), "nobody is chosen"
    here.session.stay_with(here.session.people()[0].id)
    # Whoever is chosen, every page is made anew.
    here.page = here.fresh()
    QApplication.processEvents()
    assert not here.page.add_button.isVisible()
    here.page.open(f"own/{kept.id}")
    QApplication.processEvents()
    assert not here.page.card.change_button.isVisible()
    assert here.page.card.people_button.isVisible()
    here.notebook.go("directory", add="yes")
    assert here.page.list.isVisible()


# ---------------------------------------------------------------- a list


class Bringing:
    """The page that brings a list in, and a home folder with one in it."""

    def __init__(self, here: Hand, home: Path) -> None:
        self.here, self.home = here, home
        here.notebook.go("directory-import")
        page = here.notebook.page("directory-import")
        assert isinstance(page, DirectoryImportPage)
        self.page = page

    def read(self, content: str) -> None:
        (self.home / "places.csv").write_text(content, "utf-8")
        press(self.page.choose_button if self.page.preview is None else self.page.another)
        window = self.here.notebook.window()

        def found() -> list[ChooseFile]:
            return [each for each in window.findChildren(ChooseFile) if each.isVisible()]

        self.here.qtbot.waitUntil(lambda: bool(found()), timeout=20_000)
        dialog, before = found()[-1], self.page.preview
        name = next(line.id for line in dialog.list._model.all() if line.title == "places.csv")
        dialog.list.opened.emit(name)
        self.here.qtbot.waitUntil(lambda: self.page.preview is not before, timeout=20_000)
        QApplication.processEvents()


@pytest.fixture
def bringing(hand: Callable[..., Hand], home: Path) -> Callable[..., Bringing]:
    return lambda what="me", **look: Bringing(hand(what, **look), home)


def test_a_list_is_looked_at_brought_in_and_taken_back(bringing: Callable[..., Bringing]) -> None:
    bring = bringing()
    bring.here.keep()
    bring.read(LIST)
    page = bring.page
    assert [each.title for each in page.new_list.list.lines()] == ["Night shelter"]
    assert [each.title for each in page.changed_list.list.lines()] == ["Harbor kitchen"]
    assert "Ring twice" in page.changed_list.list.lines()[0].detail
    assert "colour" in odd_words(page.preview or DirectoryPreview(()))
    assert page.bring.text() == "Bring in 2 places"
    assert bring.here.own() == ["Harbor kitchen"], "looking changes nothing"
    assert walk(bring.here.notebook.window()) == []
    page.changed_list.list.opened.emit(page.changed_list.list.lines()[0].id)
    assert page.bring.text() == "Bring in 1 place"
    press(page.bring)
    bring.here.qtbot.waitUntil(lambda: len(bring.here.own()) == 2, timeout=20_000)
    bring.here.qtbot.waitUntil(bring.here.page.isVisible, timeout=20_000)
    added = next(each for each in bring.here.session.directory.own() if each.name == "Night shelter")
    assert not added.show_address, "an address is covered until somebody says otherwise"
    bring.here.undo()
    assert bring.here.own() == ["Harbor kitchen"]


def test_another_number_for_a_built_in_line_stays_out_unless_somebody_says_so(
    bringing: Callable[..., Bringing],
) -> None:
    bring = bringing()
    bring.read("name,phone\nEmergency,2125550000\nNight shelter,2125550188\n")
    assert bring.page.careful_part.isVisible()
    assert bring.page.chosen() == {2}


def test_a_file_that_is_no_list_is_told_and_changes_nothing(bringing: Callable[..., Bringing]) -> None:
    from planner.ui.kit.dialogs import Dialog

    bring = bringing()
    (bring.home / "places.csv").write_bytes(b"colour\nblue\n")
    bring.page.read(bring.home / "places.csv")
    window = bring.here.notebook.window()
    bring.here.qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(Dialog)), timeout=20_000)
    assert bring.page.preview is None
    assert bring.here.own() == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_face_can_be_gone_through_without_seeing_it(
    hand: Callable[..., Hand], open_session: Callable[..., Session], scale: float
) -> None:
    here = hand("me", scale=scale)
    kept = here.keep()
    here.page.open(f"own/{kept.id}")
    QApplication.processEvents()
    assert walk(here.notebook.window()) == []
    here.page.change()
    QApplication.processEvents()
    assert walk(here.notebook.window()) == []
    here.page.open("built-in/mothers")
    here.page.show_list()
    here.page.wishes.set_open(True)
    QApplication.processEvents()
    assert walk(here.notebook.window()) == []
