"""Her own page and its card, as a person uses them: lines written, moved, chosen, printed; the tab named and hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.plan.order import spread
from planner.plan.records import SafetyLine, SupportContact
from planner.plan.safety import SafetyGroup
from planner.session import Session
from planner.session.own_page import rename
from planner.ui.a11y import walk
from planner.ui.dialogs.safety_print import ONLY_IF_CHOSEN, PrintOwnPage
from planner.ui.kit.buttons import Button
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.safety import SafetyPage
from planner.ui.pages.safety_card import CardPage
from planner.ui.pages.search import where_of
from planner.ui.where import place_of
from tests.gui.forms_desk import press

LINES = (
    (SafetyGroup.CALM, "Cold water", ""),
    (SafetyGroup.CALM, "My song", ""),
    (SafetyGroup.PERSON, "Rosa", "555 0142"),
    (SafetyGroup.WAY_OUT, "Bus heron-12", ""),
)
MADE = tuple(
    SafetyLine(id=f"line{at}", group=group, line=words, phone=phone, order=order)
    for at, ((group, words, phone), order) in enumerate(zip(LINES, spread(len(LINES)), strict=True))
)


class Own:
    """One session with the page on the screen."""

    def __init__(self, session: Session, notebook: OpenNotebook) -> None:
        self.session, self.notebook = session, notebook

    @property
    def person(self) -> str:
        assert self.session.person is not None
        return self.session.person.id

    @property
    def page(self) -> SafetyPage:
        page = self.notebook.page("safety")
        assert isinstance(page, SafetyPage)
        return page

    @property
    def card(self) -> CardPage:
        page = self.notebook.page("card")
        assert isinstance(page, CardPage)
        return page

    def stored(self) -> list[SafetyLine]:
        return self.session.safety_lines(self.person)

    def add(self, *records: SafetyLine | SupportContact) -> None:
        with self.session.edit(self.person, "Add") as edit:
            for each in records:
                edit.add(each)

    def tabs(self) -> dict[str, str]:
        return {tab.name: tab.text for tab in self.notebook.navigation.tabs}


@pytest.fixture(name="own")
def own_fixture(open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]) -> Callable[..., Own]:
    def start(*lines: SafetyLine, what: str = "empty", page: str = "safety", **look: object) -> Own:
        session = open_session(what, str(look.get("language", "en")))
        if what == "others":
            session.choose(session.people()[0].id)
        screen = Own(session, show_notebook(session, "today", **look))
        if lines:
            screen.add(*lines)
        screen.notebook.go(page)
        return screen

    return start


Open = Callable[..., Own]


def test_a_line_is_kept_from_its_first_word_on(own: Open) -> None:
    screen = own()
    assert screen.page.empty.isVisible()
    press(screen.page.first_line)
    assert screen.stored() == []
    QTest.keyClicks(screen.page.one.words, "Cold water")
    press(screen.page.one.done_button)
    (line,) = screen.stored()
    assert (line.line, line.group, line.mine_alone, line.on_card) == ("Cold water", SafetyGroup.CALM, True, False)
    assert [each.title for each in screen.page.list.lines() if not each.section] == ["Cold water"]


def test_to_look_and_leave_keeps_nothing(own: Open) -> None:
    screen = own()
    press(screen.page.first_line)
    screen.notebook.go("today")
    assert screen.stored() == []


def test_each_part_has_its_own_way_to_write(own: Open) -> None:
    screen = own(*MADE)
    for group in SafetyGroup:
        press(screen.page.chips[group])
        assert screen.page.one.group.value() == group.value
        assert screen.page.one.words.hasFocus()
        QTest.keyClicks(screen.page.one.words, f"for {group.value}")
        press(screen.page.one.back_button)
    assert {each.group for each in screen.stored() if each.line.startswith("for ")} == set(SafetyGroup)
    calm = [each.line for each in screen.stored() if each.group is SafetyGroup.CALM]
    assert calm == ["Cold water", "My song", "for calm"], "a new one stands at the end"


def test_somebody_of_her_people_comes_with_name_and_number_only(own: Open) -> None:
    screen = own()
    screen.add(
        SupportContact(id="maya", name="Maya", phones=({"number": "555 0199", "label": ""},), our_word="plover"),
        SupportContact(id="ray", name="Heron-Ray", keep_away=True),
    )
    screen.page.write(SafetyGroup.PERSON)
    picker = screen.page.one.contact
    assert picker.isVisible()
    picker.choose("ray")
    assert picker.value() != "ray", "nobody to keep away from is offered"
    picker.choose("maya")
    picker.changed.emit()
    (line,) = screen.stored()
    assert (line.line, line.phone, line.card_words) == ("Maya", "555 0199", "")


def test_what_is_half_typed_comes_back_and_the_number_alone_is_no_line(own: Open) -> None:
    screen = own()
    screen.page.write(SafetyGroup.PLACE)
    QTest.keyClicks(screen.page.one.phone, "555")
    press(screen.page.one.done_button)
    assert screen.page.one.is_open, "it asks for a word first"
    assert screen.stored() == []
    draft = screen.page.draft()
    assert draft is not None
    screen.notebook.forget("safety")
    screen.notebook.go("safety")
    screen.page.take_draft(draft)
    assert (screen.page.one.phone.text(), screen.page.one.group.value()) == ("555", "place")


def test_changed_removed_and_back(own: Open) -> None:
    screen = own(*MADE)
    screen.page.list.opened.emit("line2")
    one = screen.page.one
    assert screen.page.title() == "People"
    one.words.clear()
    QTest.keyClicks(one.words, "Rosa M.")
    one.group.choose("place")
    one.group.changed.emit()
    press(one.alone)
    press(one.done_button)
    (line,) = [each for each in screen.stored() if each.id == "line2"]
    assert (line.line, line.group, line.mine_alone) == ("Rosa M.", SafetyGroup.PLACE, False)
    screen.page.list.opened.emit("line2")
    press(screen.page.one.remove_button)
    assert "line2" not in {each.id for each in screen.stored()}
    assert screen.session.undo()
    assert "line2" in {each.id for each in screen.stored()}


def test_an_emptied_line_keeps_its_words(own: Open) -> None:
    screen = own(*MADE)
    screen.page.list.opened.emit("line2")
    screen.page.one.words.clear()
    QTest.keyClicks(screen.page.one.phone, "9")
    press(screen.page.one.back_button)
    assert next(each.line for each in screen.stored() if each.id == "line2") == "Rosa"


def test_lines_are_put_in_order_by_the_keyboard(own: Open) -> None:
    screen = own(*MADE)
    screen.page.list.choose("line1")
    screen.page.list.setFocus()
    QTest.keyClick(screen.page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    calm = [each.line for each in screen.stored() if each.group is SafetyGroup.CALM]
    assert calm == ["My song", "Cold water"]


def test_lines_without_places_of_their_own_can_be_put_in_order(own: Open) -> None:
    bare = [SafetyLine(id=f"b{n}", line=f"b{n}", group=SafetyGroup.SIGN) for n in range(3)]
    screen = own(*bare)
    screen.page.list.moved.emit("b2", "b0")
    assert [each.id for each in screen.stored()] == ["b2", "b0", "b1"]


# ---------------------------------------------------------------- the name and the tab


def test_the_tab_comes_with_the_first_line_and_carries_her_name(own: Open) -> None:
    screen = own()
    assert "safety" not in screen.tabs()
    screen.add(*MADE)
    assert screen.tabs()["safety"] == "My page"
    QTest.keyClicks(screen.page.page_name, "Law")
    screen.page.pen.flush()
    assert screen.tabs()["safety"] == "Law"
    assert screen.page.title() == "Law"


def test_her_name_is_never_translated(own: Open) -> None:
    screen = own(*MADE, language="es")
    rename(screen.session, screen.person, "People")
    item = screen.notebook.navigation.item("safety")
    assert item is not None
    assert item.text() == "People"


def test_the_tab_can_be_taken_away_and_the_page_stays_reachable(own: Open) -> None:
    screen = own(*MADE)
    press(screen.page.tab_tick)
    assert "safety" not in screen.tabs()
    screen.notebook.go("today")
    screen.notebook.go("safety")
    assert len(screen.page.list.lines()) > len(MADE)
    press(screen.page.tab_tick)
    assert "safety" in screen.tabs()


def test_the_tab_is_of_one_person_and_not_of_another(own: Open) -> None:
    screen = own(*MADE, what="others")
    assert "safety" in screen.tabs()
    other = next(each.id for each in screen.session.people() if each.id != screen.person)
    screen.session.choose(other)
    assert "safety" not in screen.tabs()
    screen.session.choose(None)
    assert "safety" not in screen.tabs()
    screen.notebook.go("safety")
    assert screen.notebook.current == "everyone"


# ---------------------------------------------------------------- the card and the paper


def test_the_card_is_empty_until_a_line_is_ticked(own: Open) -> None:
    screen = own(*MADE, page="card")
    assert not any(tick.isChecked() for tick in screen.card.ticks.values())
    assert screen.card.told.sentences == ["Nothing is on the card yet. Tick one line after the other."]
    screen.card.look()
    press(screen.card.ticks["line2"])
    assert [each.id for each in screen.stored() if each.on_card] == ["line2"]
    assert "It shows 1 phone number." in screen.card.told.sentences
    press(screen.card.ticks["line2"])
    assert not any(each.on_card for each in screen.stored())
    assert screen.session.undo()
    assert screen.card.ticks["line2"].isChecked()


def test_a_way_out_is_shut_away_first_and_never_ticked_along(own: Open) -> None:
    screen = own(*MADE, page="card")
    for line in ("line0", "line1", "line2"):
        press(screen.card.ticks[line])
    assert not screen.card.ticks["line3"].isVisible()
    assert [each.id for each in screen.stored() if each.on_card] == ["line0", "line1", "line2"]
    screen.card.more.set_open(True)
    press(screen.card.ticks["line3"])
    assert "It tells 1 of your ways out." in screen.card.told.sentences


def test_the_card_says_something_else_where_she_wants(own: Open) -> None:
    screen = own(*MADE)
    screen.page.list.opened.emit("line2")
    one = screen.page.one
    assert not one.card_row.isVisible()
    press(one.on_card)
    assert one.card_row.isVisible()
    QTest.keyClicks(one.card_words, "Aunt")
    press(one.done_button)
    screen.notebook.go("card")
    assert screen.card.ticks["line2"].text() == "Aunt"


def test_what_goes_onto_paper_is_chosen_part_by_part(own: Open) -> None:
    screen = own(*MADE)
    dialog = PrintOwnPage(screen.notebook, screen.notebook)
    assert set(dialog.ticks) == {SafetyGroup.CALM, SafetyGroup.PERSON, SafetyGroup.WAY_OUT}
    assert {group for group, tick in dialog.ticks.items() if not tick.isChecked()} == {SafetyGroup.WAY_OUT}
    assert SafetyGroup.WAY_OUT in ONLY_IF_CHOSEN
    assert dialog.paper().title == ""
    assert "ways out" not in dialog.reveals.text()
    dialog.ticks[SafetyGroup.WAY_OUT].click()
    assert "It tells 1 of your ways out." in dialog.reveals.text()
    dialog.titled.click()
    assert "“My page”" in dialog.reveals.text()


def test_nothing_of_it_stands_in_the_printed_plan(own: Open) -> None:
    from planner.exchange.paper import plan_data
    from planner.ui.formats import Formats
    from planner.ui.pages.print import PrintPage

    screen = own(*(SafetyLine(line="heron-12", group=group, mine_alone=False) for group in SafetyGroup), what="me")
    screen.notebook.go("print")
    page = screen.notebook.page("print")
    assert isinstance(page, PrintPage)
    for tick in page.parts_ticks.ticks.values():
        tick.setChecked(True)
    said = str(plan_data(page.paper(), Formats("en")))
    assert "goals" in said
    assert "heron" not in said


# ---------------------------------------------------------------- being found, and for everybody


def test_a_line_is_found_and_leads_to_itself(own: Open) -> None:
    screen = own(*MADE)
    answer = screen.session.finding.find("heron")
    (found,) = [each for each in answer.found if each.kind == "safety-line"]
    assert where_of(found) == ("safety", {"line": "line3"})
    assert place_of(screen.session, screen.person, "safety-line", "line3") == ("safety", {"line": "line3"})
    screen.notebook.go("safety", line="line3")
    assert screen.page.one.record is not None
    assert screen.page.one.record.id == "line3"


@pytest.mark.parametrize("where", [{}, {"line": "line2"}, {"add": "person"}])
@pytest.mark.parametrize("look", [{}, {"scale": 2.0, "language": "es", "look": "dark"}])
def test_it_is_usable_by_everybody(own: Open, where: dict[str, str], look: dict[str, object]) -> None:
    screen = own(*MADE, **look)
    screen.notebook.go("safety", **where)
    assert walk(screen.notebook.window()) == []
    screen.notebook.go("card")
    assert walk(screen.notebook.window()) == []


def test_after_the_form_the_page_is_one_press_away(own: Open) -> None:
    from planner.ui.pages.proposals import EndView

    screen = own(*MADE)

    def ways(kept: list[str]) -> list[str]:
        view = EndView(screen.notebook, kept)
        return [each.text() for each in view.findChildren(Button)]

    assert "Go to “My page”" in ways(["Cold water"])
    assert "Go to “My page”" not in ways(["A goal"])
