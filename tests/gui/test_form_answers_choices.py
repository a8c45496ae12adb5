"""Choosing in every appearance, expected as the XLSForm documentation ("Select widgets") says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.forms import Choice
from planner.ui.a11y import tab_stops, walk
from planner.ui.formats import Formats
from planner.ui.kit.buttons import Button
from planner.ui.kit.floats import Popup
from planner.ui.kit.text import Text
from planner.ui.pages.form_answers import Around
from planner.ui.pages.form_answers_choices import CardsAnswer, MinimalAnswer, SearchAnswer
from planner.ui.pages.form_answers_choices_cards import Card, Way
from planner.ui.pages.form_answers_choices_find import SHOWN, Finder, folded
from planner.ui.pages.form_answers_choices_grid import CardGrid
from planner.ui.pages.form_answers_choices_table import Head, HeadAnswer, RowAnswer, column_width
from planner.ui.theme import theme
from tests.gui.answer_desk import ROOM, TODAY, Asked, ask, question
from tests.gui.forms_desk import Key, press, type_keys
from tests.gui.kit_desk import shown

MANY = [Choice(f"l{n}", f"Land {n}") for n in range(100)]


def cards(asked: Asked) -> list[Card]:
    answer = asked.answer
    assert isinstance(answer, CardsAnswer)
    assert isinstance(answer.group, CardGrid | Finder)
    return answer.group.cards


def lines(asked: Asked) -> list[int]:
    """How many cards stand in each line, from above."""
    tops = [card.mapTo(asked.window, card.rect().topLeft()).y() for card in cards(asked)]
    return [tops.count(top) for top in sorted(set(tops))]


def png(width: int = 40, height: int = 30) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs ask for bytes, which PySide refuses
    return bytes(data.data())


# ---------------------------------------------------------------- layouts


@pytest.mark.parametrize(
    ("appearance", "expected"),
    [
        ("", [1, 1, 1, 1]),
        ("sparkly", [1, 1, 1, 1]),  # "anything unknown falls back to the plain widget"
        ("columns-2", [2, 2]),
        ("columns-3", [3, 1]),
        ("compact-2", [2, 2]),
        ("columns-9", [4]),
    ],
)
def test_so_many_columns_as_the_form_asks_for(qtbot: QtBot, appearance: str, expected: list[int]) -> None:
    """ODK, "Select widget with columns-n appearance"."""
    assert lines(ask(qtbot, question("select_one", appearance, choices=ROOM), width=900)) == expected


@pytest.mark.parametrize("appearance", ["columns", "horizontal", "compact"])
def test_columns_depend_on_the_room(qtbot: QtBot, appearance: str) -> None:
    """ODK, "Select widget with columns appearance": 2, 3, 4 or 5 columns depending on the screen size."""
    wide = lines(ask(qtbot, question("select_one", appearance, choices=ROOM), width=1000))
    narrow = lines(ask(qtbot, question("select_one", appearance, choices=ROOM), width=420))
    assert wide == [4]
    assert narrow == [2, 2]


def test_packed_cards_are_as_wide_as_their_words(qtbot: QtBot) -> None:
    """ODK, "Select widget with columns-pack appearance": not in even columns when labels have different lengths."""
    asked = ask(qtbot, question("select_multiple", "columns-pack", choices=ROOM), width=900)
    assert len({card.width() for card in cards(asked)}) > 1
    assert max(lines(asked)) > 1


def test_columns_give_way_rather_than_break_a_word(qtbot: QtBot) -> None:
    long = [Choice(str(n), "Donaudampfschifffahrtsgesellschaft") for n in range(4)]
    assert lines(ask(qtbot, question("select_one", "columns-4", choices=long), width=420)) == [1, 1, 1, 1]


def test_a_scale_lies_in_one_line_and_stacks_where_room_is_short(qtbot: QtBot) -> None:
    """ODK, "Likert widget"."""
    asked = ask(qtbot, question("select_one", "likert", choices=ROOM), width=900)
    assert lines(asked) == [4]
    assert {card.face.way for card in cards(asked)} == {Way.BELOW}
    asked.window.resize(250, 600)
    qtbot.waitUntil(lambda: lines(asked) == [1, 1, 1, 1])
    assert {card.face.way for card in cards(asked)} == {Way.BESIDE}


def test_measuring_a_scale_changes_nothing_that_is_seen(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_one", "likert", choices=ROOM), width=900)
    assert isinstance(asked.answer, CardsAnswer)
    asked.answer.group.heightForWidth(200)
    assert {card.face.way for card in cards(asked)} == {Way.BELOW}


def test_pictures_stand_with_their_words_or_alone(qtbot: QtBot) -> None:
    """ODK, "Select widget with no-buttons appearance": if images are specified for choices, only they are displayed."""
    choices = [Choice("a", "Sun", image="sun.png"), Choice("b", "Rain", image="not-there.png")]
    files = {"sun.png": png()}
    asked = ask(qtbot, question("select_one", "columns-2", choices=choices), files=files)
    sun, rain = cards(asked)
    assert sun.face.picture is not None
    assert rain.face.picture is None
    alone = cards(ask(qtbot, question("select_one", "columns-2 no-buttons", choices=choices), files=files))[0]
    assert alone.accessibleName() == "Sun"
    assert alone.toolTip() == "Sun"
    assert alone.heightForWidth(200) < sun.heightForWidth(200)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
"""Qt would draw it, with whatever other files of this computer it names, and however often it names itself."""


@pytest.mark.parametrize("content", [b"", b"no picture", png()[:40], png(5000, 2), SVG])
def test_what_is_no_picture_leaves_the_words(qtbot: QtBot, content: bytes) -> None:
    choices = [Choice("a", "Sun", image="sun.png"), Choice("b", "Rain")]
    asked = ask(qtbot, question("select_one", choices=choices), files={"sun.png": content})
    assert cards(asked)[0].face.picture is None
    press(cards(asked)[0])
    assert asked.given == [("a",)]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize(
    "appearance", ["", "columns", "columns-2 no-buttons", "columns-pack", "likert", "minimal", "search", "list-nolabel"]
)
def test_each_has_names_and_can_be_reached_and_painted(qtbot: QtBot, appearance: str, scale: float, look: str) -> None:
    theme.apply(look, scale, "en")
    choices = [*ROOM, Choice("sun", "Sun", image="sun.png")]
    asked = ask(
        qtbot, question("select_one", appearance, choices=choices, value="bus"), width=540, files={"sun.png": png()}
    )
    assert walk(asked.window) == []
    assert not asked.window.grab().isNull()


# ---------------------------------------------------------------- choosing


def test_several_are_kept_in_the_order_in_which_they_were_chosen(qtbot: QtBot) -> None:
    """ODK, "Multi select widget": the space-separated choices in the order that they were selected."""
    asked = ask(qtbot, question("select_multiple", "columns", choices=ROOM, value="quiet"))
    by_value = {card.value: card for card in cards(asked)}
    press(by_value["bed"])
    press(by_value["door"])
    press(by_value["bed"])
    press(by_value["bed"])
    assert asked.given[-1] == ("quiet", "door", "bed")


@pytest.mark.parametrize("many", [False, True])
def test_arrows_go_to_the_card_beside_and_below(qtbot: QtBot, many: bool) -> None:
    asked = ask(qtbot, question("select_multiple" if many else "select_one", "columns-2", choices=ROOM, value="bed"))
    places = {card: card.value for card in cards(asked)}

    def after(*keys: Key) -> str:
        type_keys(*keys)
        return next(value for card, value in places.items() if card is QApplication.focusWidget())

    assert after(Key.Key_Right) == "door"
    assert after(Key.Key_Down) == "quiet"
    assert after(Key.Key_Left) == "bus"
    assert after(Key.Key_Up) == "bed"
    assert asked.answer.value() == ("bed",)


def test_quick_goes_on_by_itself_but_not_while_arrows_only_pass(qtbot: QtBot) -> None:
    """ODK, "Select widget with autoadvance"."""
    asked = ask(qtbot, question("select_one", "quick columns-2", choices=ROOM, value="bed"))
    type_keys(Key.Key_Right)
    assert asked.given == [("door",)]
    qtbot.wait(400)
    assert asked.onward == 0
    press(cards(asked)[2])
    assert asked.onward == 0, "it is seen for a moment"
    qtbot.waitUntil(lambda: asked.onward == 1)


def test_quick_goes_on_by_key_too(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_one", "quick", choices=ROOM))
    type_keys(Key.Key_Space)
    assert asked.given == [("bed",)]
    qtbot.waitUntil(lambda: asked.onward == 1)


def test_quick_has_no_meaning_where_several_are_chosen(qtbot: QtBot) -> None:
    """The quick appearance can only be used with single selection."""
    asked = ask(qtbot, question("select_multiple", "quick", choices=ROOM))
    press(cards(asked)[0])
    qtbot.wait(400)
    assert asked.onward == 0


def test_quick_does_not_go_on_from_a_page_that_was_left(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_one", "quick", choices=ROOM))
    press(cards(asked)[1])
    asked.answer.hide()
    qtbot.wait(400)
    assert asked.onward == 0


@pytest.mark.parametrize(
    ("kind", "appearance"),
    [
        ("select_one", ""),
        ("select_multiple", "columns"),
        ("select_one", "likert"),
        ("select_one", "minimal"),
        ("rank", ""),
    ],
)
def test_nothing_to_choose_is_said_and_stops_nobody(qtbot: QtBot, kind: str, appearance: str) -> None:
    """A choice filter may leave nothing (ODK, "Cascading selects")."""
    asked = ask(qtbot, question(kind, appearance))
    assert any("nothing to choose" in each.text() and each.isVisible() for each in asked.answer.findChildren(Text))
    assert asked.answer.value() == ()
    assert not asked.answer.pick(1)
    assert walk(asked.window) == []


# ---------------------------------------------------------------- searching


def field(asked: Asked) -> QWidget:
    assert isinstance(asked.answer, SearchAnswer)
    first = asked.answer.first()
    assert first is not None
    return first


@pytest.mark.parametrize("appearance", ["search", "autocomplete"])
def test_letters_narrow_the_choices_down(qtbot: QtBot, appearance: str) -> None:
    """ODK, "Select widget with search": case-insensitive, any subset of the label; autocomplete is an alias."""
    asked = ask(qtbot, question("select_one", appearance, choices=ROOM))
    assert [card.value for card in cards(asked)] == ["bed", "door", "bus", "quiet"]
    QTest.keyClicks(field(asked), "THAT")
    assert [card.value for card in cards(asked)] == ["door"]
    type_keys(Key.Key_Return)
    assert asked.given == [("door",)]


def test_what_is_chosen_stays_in_sight(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_multiple", "search", choices=MANY, value="l70"))
    assert cards(asked)[0].value == "l70"
    assert len(cards(asked)) == SHOWN + 1
    QTest.keyClicks(field(asked), "land 99")
    assert [card.value for card in cards(asked)] == ["l70", "l99"]
    type_keys(Key.Key_Down, Key.Key_Down, Key.Key_Space)
    assert asked.given == [("l70", "l99")]


def test_tab_comes_to_the_cards_that_a_search_brought(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_multiple", "search", choices=MANY))
    after = Button("After")
    layout = asked.answer.layout()
    assert layout is not None
    layout.addWidget(after)
    after.show()
    QTest.keyClicks(field(asked), "land 9")
    stops = tab_stops(asked.window)
    assert stops[stops.index(field(asked)) + 1] is cards(asked)[0]
    assert stops.index(after) > stops.index(cards(asked)[-1])


def test_one_of_one_replaces_what_is_out_of_sight(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_one", "search", choices=MANY, value="l70"))
    QTest.keyClicks(field(asked), "land 99")
    press(cards(asked)[1])
    assert asked.given == [("l99",)]


def test_a_long_list_is_searched_though_the_form_does_not_ask_for_it(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_one", choices=MANY))
    assert len(cards(asked)) == SHOWN
    short = ask(qtbot, question("select_one", choices=MANY[:60]))
    assert len(cards(short)) == 60


@given(st.data(), st.text("aáeéñüçØ ßZ漢あ-", min_size=1, max_size=12))
def test_any_part_of_a_label_finds_it_in_large_and_small_letters(data: st.DataObject, label: str) -> None:
    begin = data.draw(st.integers(0, len(label) - 1))
    part = label[begin : data.draw(st.integers(begin + 1, len(label)))]
    assert folded(part.upper()) in folded(label)
    assert folded(part + "!") not in folded(label)


def test_marks_on_letters_are_not_needed_to_find_them() -> None:
    assert folded("León, NICARAGUA") == "leon, nicaragua"


# ---------------------------------------------------------------- behind a line


def popup(asked: Asked) -> Popup:
    return next(each for each in asked.window.findChildren(Popup) if each.isVisible())


def test_a_list_opens_by_key_and_closes_when_one_is_taken(qtbot: QtBot) -> None:
    """ODK, "Minimal select widget"."""
    asked = ask(qtbot, question("select_one", "minimal", choices=ROOM, value="door"))
    assert isinstance(asked.answer, MinimalAnswer)
    opener = asked.answer.first()
    assert opener is not None
    assert opener.accessibleName() == "What matters?: A door that locks"
    type_keys(Key.Key_Down)
    assert walk(popup(asked)) == []
    type_keys(Key.Key_Down)
    assert asked.given == [], "an arrow only passes"
    type_keys(Key.Key_Return)
    qtbot.waitUntil(lambda: asked.given == [("bus",)])
    assert QApplication.focusWidget() is opener
    assert opener.accessibleName() == "What matters?: A bus nearby"


def test_escape_leaves_everything_as_it_was(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_one", "minimal", choices=ROOM, value="door"))
    type_keys(Key.Key_Return)
    assert popup(asked).isVisible()
    type_keys(Key.Key_Escape)
    assert asked.given == []
    assert asked.answer.value() == ("door",)


def test_several_behind_a_line(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_multiple", "minimal", choices=ROOM, value="door"))
    type_keys(Key.Key_Space)
    type_keys("4")
    assert asked.given == [("door", "quiet")]
    type_keys(Key.Key_Escape)
    opener = asked.answer.first()
    assert opener is not None
    assert "A door that locks, Quiet at night" in opener.accessibleName()


def test_a_digit_on_the_page_takes_from_the_list(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_one", "minimal", choices=ROOM))
    assert asked.answer.pick(2)
    assert not asked.answer.pick(9)
    assert asked.given == [("door",)]


def test_a_list_behind_a_line_can_be_searched(qtbot: QtBot) -> None:
    """Minimal is often combined with the search appearance."""
    asked = ask(qtbot, question("select_one", "minimal search", choices=ROOM))
    type_keys(Key.Key_Return)
    type_keys("lock", Key.Key_Return)
    qtbot.waitUntil(lambda: asked.given == [("door",)])


def test_an_answer_behind_a_line_can_be_taken_back(qtbot: QtBot) -> None:
    from tests.gui.forms_desk import button

    asked = ask(qtbot, question("select_one", "minimal", choices=ROOM, value="door"))
    type_keys(Key.Key_Return)
    press(button(popup(asked), "Take my answer back"))
    assert asked.given == [()]


# ---------------------------------------------------------------- a table

OFTEN = (Choice("never", "Never"), Choice("some", "Sometimes"), Choice("daily", "Every day"))


def table(qtbot: QtBot, width: int) -> tuple[HeadAnswer, RowAnswer, RowAnswer, QWidget]:
    from planner.ui.pages.form_question import Block

    around = Around(Formats("en", "12", TODAY))
    asked = [
        question("select_one", "label", choices=OFTEN, label="This week", ref="/data/h"),
        question(
            "select_one",
            "list-nolabel",
            choices=OFTEN,
            label="I walked.",
            ref="/data/a",
            value="some",
            group="field-list",
        ),
        question(
            "select_one",
            "list-nolabel",
            choices=OFTEN,
            label="I ate something warm.",
            ref="/data/b",
            group="field-list",
        ),
    ]
    blocks = [Block(each, around, single=False) for each in asked]
    window = shown(qtbot, *blocks, width=width)
    head, first, second = (block.answer for block in blocks)
    assert isinstance(head, HeadAnswer)
    assert isinstance(first, RowAnswer)
    assert isinstance(second, RowAnswer)
    assert [block.air_above for block in blocks] == [28, None, None]
    return head, first, second, window


def test_rows_stand_under_their_head(qtbot: QtBot) -> None:
    """ODK, "Grid of selects on the same screen": label shows the labels, list-nolabel the circles alone."""
    head, first, second, window = table(qtbot, 700)
    assert head.first() is None
    for one, other in zip(first.group.cards, second.group.cards, strict=True):
        assert one.mapTo(window, one.rect().center()).x() == other.mapTo(window, other.rect().center()).x()
    assert [card.accessibleName() for card in second.group.cards] == [
        "I ate something warm. Never",
        "I ate something warm. Sometimes",
        "I ate something warm. Every day",
    ]
    assert walk(window) == []
    each = column_width(OFTEN, head.head.width())
    begin = head.head.mapTo(window, head.head.rect().topLeft()).x() + head.head.width() - 3 * each
    middle = first.group.cards[0].mapTo(window, first.group.cards[0].rect().center()).x()
    assert abs(middle - (begin + each / 2)) <= 2


def test_a_row_is_answered_by_key(qtbot: QtBot) -> None:
    _head, first, _second, _window = table(qtbot, 700)
    given: list[object] = []
    first.given.connect(lambda: given.append(first.value()))
    focus = first.first()
    assert focus is not None
    focus.setFocus()
    type_keys(Key.Key_Right)
    assert given == [("daily",)]


def test_without_room_each_row_is_a_question_with_cards(qtbot: QtBot) -> None:
    head, first, _second, window = table(qtbot, 300)
    faces = [card.face for card in first.group.cards if hasattr(card, "face")]
    assert {getattr(face, "way", None) for face in faces} == {Way.BESIDE}
    assert head.head.heightForWidth(300) < 40
    assert walk(window) == []


def test_alone_on_its_page_a_row_has_cards_with_words(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("select_one", "list-nolabel", choices=OFTEN))
    assert isinstance(asked.answer, RowAnswer)
    assert not asked.answer.says_label
    assert isinstance(asked.answer.group, CardGrid)
    assert {card.face.way for card in asked.answer.group.cards} == {Way.BESIDE}


def test_the_head_is_never_asked() -> None:
    from planner.ui.pages.form_views import asks

    assert not asks(question("select_one", "label", choices=OFTEN))
    assert asks(question("select_one", "list-nolabel", choices=OFTEN))
    assert asks(question("text", "label"))


def test_the_head_paints_its_pictures(qtbot: QtBot) -> None:
    picture = QImage.fromData(png(60, 200))
    head = Head("", [Choice("a", "Sun"), Choice("b", "Rain")], [picture, None])
    plain = Head("", [Choice("a", "Sun"), Choice("b", "Rain")], [None, None])
    qtbot.addWidget(head)
    qtbot.addWidget(plain)
    assert head.heightForWidth(600) > plain.heightForWidth(600)
    head.resize(600, head.heightForWidth(600))
    assert not head.grab().isNull()
