"""The parts of the kit: named, worked by keyboard as by mouse, never cut off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.ui.kit.buttons import Button, PressChip, Segment, Tick
from planner.ui.kit.choices import Choice, ChoiceGroup, TickChoice
from planner.ui.kit.dialogs import Dialog, ask_first
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.floats import Menu, MenuItem, Toast, overlay_open
from planner.ui.kit.layouts import column, flow, fold, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Chip, Text
from planner.ui.theme import theme
from tests.gui.kit_desk import press, shown


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


LONG = "A long sentence that does not fit into one line of a narrow window, whatever the size of the text may be."


def height(widget: QWidget, width: int) -> int:
    """How high a widget wants to be in a width."""
    layout = widget.layout()
    return widget.heightForWidth(width) if layout is None else layout.heightForWidth(width)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(
    "make",
    [
        lambda: Text(LONG),
        lambda: Text(LONG, "title"),
        lambda: Button(LONG, "main"),
        lambda: Button(LONG, icon="plus"),
        lambda: Choice(LONG, LONG),
        lambda: TickChoice(LONG),
        lambda: Chip(LONG, "bus"),
        lambda: PressChip(LONG),
        lambda: ListRow(LONG, LONG, icon="home"),
        lambda: FieldRow(LONG, Field(), hint=LONG),
    ],
)
def test_nothing_is_cut_off_in_a_narrow_window(qtbot: QtBot, make: object, scale: float) -> None:
    theme.apply(scale=scale)
    widget: QWidget = make()  # type: ignore[operator]
    qtbot.addWidget(widget)
    width = 480
    assert widget.minimumSizeHint().width() <= width
    assert height(widget, width) > height(widget, 6000)


def test_a_line_is_as_high_as_the_table_says(qtbot: QtBot) -> None:
    for step in ("title", "question", "lead", "body", "label"):
        words = Text("Words", step)
        qtbot.addWidget(words)
        assert words.heightForWidth(400) == theme.line(step)


def test_a_heading_has_no_lonely_last_word(qtbot: QtBot) -> None:
    from planner.ui.kit.paint import Block

    block = Block("Do you have a place to sleep this week where you feel safe?", "question")
    assert block.count(600) == 2
    even = block.even_width(600)
    assert block.count(even) == 2
    assert even < 480
    assert block.count(even - 2) > 2


def test_empty_words_take_no_room_and_come_back(qtbot: QtBot) -> None:
    words = Text("").hide_empty()
    window = shown(qtbot, words)
    assert not words.isVisible()
    words.setText("Here")
    assert words.isVisible()
    words.setText("")
    assert not words.isVisible()
    window.close()


@pytest.mark.parametrize("at_first", ["", "when Ruth is in"])
def test_words_put_into_a_page_that_is_seen_have_their_room(qtbot: QtBot, at_first: str) -> None:
    box = column(Text("before"))
    window = shown(qtbot, hold(box))
    words = Text(at_first).hide_empty()
    words.setText("when Ruth is in")
    box.addWidget(words)
    after = Text("after")
    box.addWidget(after)
    qtbot.waitUntil(lambda: after.isVisible() and after.y() > 0)
    window.repaint()
    assert words.isVisible()
    assert not words.isHidden()
    assert after.y() >= words.y() + words.height()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_what_is_pressed_is_pressed_by_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    heard: list[str] = []
    row = ListRow("Row", on=lambda: heard.append("row"))
    button, chip = (
        Button("Start", on=lambda: heard.append("button")),
        PressChip("Chip", on=lambda: heard.append("chip")),
    )
    tick = Tick("A step")
    tick.clicked.connect(lambda: heard.append("tick"))
    shown(qtbot, button, chip, tick, row)
    for widget in (button, chip, tick, row.press):
        press(widget, key)
    assert heard == ["button", "chip", "tick", "row"]
    assert tick.isChecked()


def test_roles_are_those_a_screen_reader_knows(qtbot: QtBot) -> None:
    roles = QAccessible.Role
    group = ChoiceGroup([("a", "A")])
    window, row = shown(qtbot, group), ListRow("r")
    qtbot.addWidget(row)
    expected = {
        Button("b"): roles.Button, Tick("t"): roles.CheckBox, Choice("c"): roles.RadioButton,
        TickChoice("c"): roles.CheckBox, Field(): roles.EditableText, Text("t"): roles.StaticText,
        ListView("l"): roles.List, Dialog(window, "d"): roles.Dialog, row.press: roles.Button,
    }  # fmt: skip
    for widget, wanted in expected.items():
        if widget.parentWidget() is None:
            qtbot.addWidget(widget)
        assert role(widget) == wanted, widget


def test_a_button_of_an_icon_has_a_name_and_shows_it(qtbot: QtBot) -> None:
    button = Button("", icon="edit", name="Change this goal")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Change this goal", "Change this goal")
    assert button.sizeHint().width() == button.sizeHint().height() == 44


def test_one_answer_and_several_answers(qtbot: QtBot) -> None:
    one = ChoiceGroup([("a", "A"), ("b", "B", "hint")], name="One")
    many = ChoiceGroup([("a", "A"), ("b", "B")], many=True, chosen=("b",))
    heard: list[str] = []
    one.changed.connect(lambda: heard.append("one"))
    many.changed.connect(lambda: heard.append("many"))
    shown(qtbot, one, many)
    QTest.mouseClick(one.cards[0], Qt.MouseButton.LeftButton, pos=QPoint(one.cards[0].width() - 5, 5))
    QTest.mouseClick(one.cards[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(many.cards[0], Qt.MouseButton.LeftButton)
    assert one.values() == ("b",)
    assert many.values() == ("a", "b")
    assert heard == ["one", "one", "many"]
    one.choose(())
    assert one.values() == ()
    one.cards[0].setFocus()
    press(one.cards[0], Qt.Key.Key_Return)
    press(one.cards[0], Qt.Key.Key_Down)
    assert one.values() == ("b",)


def test_choosing_moves_nothing(qtbot: QtBot) -> None:
    card = Choice("Some nights, and then again others, but not all of the nights there are in a week")
    qtbot.addWidget(card)
    heights = [card.heightForWidth(width) for width in range(200, 700, 7)]
    card.setChecked(True)
    assert [card.heightForWidth(width) for width in range(200, 700, 7)] == heights


def test_the_tray_switches_by_mouse_and_arrows(qtbot: QtBot) -> None:
    tray = Segment(("By time", "By part of life"), 0, "Arrange by")
    heard: list[int] = []
    tray.chosen_changed.connect(heard.append)
    shown(qtbot, tray)
    parts = [child for child in tray.findChildren(QWidget) if child.accessibleName() in ("By time", "By part of life")]
    QTest.mouseClick(parts[1], Qt.MouseButton.LeftButton)
    press(parts[1], Qt.Key.Key_Right)
    assert heard == [1, 0]
    assert tray.chosen == 0


def lines() -> list[Line]:
    return [
        Line("s", "Now", section=True),
        *[Line(str(place), f"Goal {place}", "Home", movable=True, group="now") for place in range(3)],
        Line("t", "Later", section=True),
        Line("9", "Other", dots=(1, 3), movable=True, group="later"),
    ]


def test_a_list_is_read_opened_and_put_in_order_by_keyboard(qtbot: QtBot) -> None:
    view = ListView("Goals", movable=True)
    view.set_lines(lines())
    opened: list[str] = []
    moved: list[tuple[str, str]] = []
    view.opened.connect(opened.append)
    view.moved.connect(lambda line, before: moved.append((line, before)))
    shown(qtbot, view)
    view.setFocus()
    assert view.current_id() == "0"
    press(view, Qt.Key.Key_Return)
    press(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_Space)
    press(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert opened == ["0", "9"]
    assert moved == [("0", "2")]
    spoken = QAccessible.queryAccessibleInterface(view).child(5).text(QAccessible.Text.Name)
    assert spoken == "Other, 1 of 3 steps done"


def test_a_line_is_dragged_within_its_group(qtbot: QtBot) -> None:
    view = ListView("Goals", movable=True)
    view.set_lines(lines())
    moved: list[tuple[str, str]] = []
    view.moved.connect(lambda line, before: moved.append((line, before)))
    shown(qtbot, view)
    model = view.model()

    def middle(row: int) -> QPoint:
        return view.visualRect(model.index(row, 0)).center()

    far_below = middle(5) + QPoint(0, 60)
    for start, end in ((1, middle(3) - QPoint(0, 8)), (3, middle(1) - QPoint(0, 8)), (1, far_below)):
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(start))
        QTest.mouseMove(view.viewport(), middle(start) + QPoint(0, 20))
        QTest.mouseMove(view.viewport(), end)
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert moved == [("0", "2"), ("2", "0"), ("0", "")]


def test_a_list_keeps_its_place_when_its_lines_change(qtbot: QtBot) -> None:
    view = ListView("People", grow=False)
    view.set_lines([Line(str(number), f"Person {number}") for number in range(300)])
    shown(qtbot, view, height=300)
    view.setFocus()
    view.choose("200")
    view.show_current()
    place = view.verticalScrollBar().value()
    assert place > 0
    view.set_lines([Line(str(number), f"Somebody {number}") for number in range(300)])
    qtbot.wait(1)
    assert view.verticalScrollBar().value() == place
    assert view.current_id() == view.chosen == "200"


def test_a_button_in_a_row_is_pressed_by_itself(qtbot: QtBot) -> None:
    heard: list[str] = []
    ready = Button("Get ready", on=lambda: heard.append("ready"))
    row = ListRow(
        "Talk", "Room 2", time="10:30 am", chips=[Chip("Bus", "bus")], trail=ready, on=lambda: heard.append("row")
    )
    shown(qtbot, row)
    assert row.press.accessibleName() == "10:30 am, Talk, Room 2"
    assert ready.parentWidget() is row
    assert row.childAt(ready.geometry().center()) is ready
    assert row.childAt(row.first.mapTo(row, QPoint(3, 3))) is row.press
    QTest.mouseClick(ready, Qt.MouseButton.LeftButton)
    QTest.mouseClick(row.press, Qt.MouseButton.LeftButton)
    assert heard == ["ready", "row"]


def test_a_dialog_keeps_the_keyboard_and_gives_it_back(qtbot: QtBot) -> None:
    heard: list[str] = []
    begin, outside = Button("Begin"), Field(name="Outside")
    window = shown(qtbot, begin, outside)
    begin.setFocus()
    dialog = ask_first(
        window, "Erase this?", "It cannot be taken back.", "Erase", lambda: heard.append("yes"), kind="erase"
    )
    names = []
    for _round in range(5):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert dialog.isAncestorOf(focus)
        names.append(focus.accessibleName())
        press(focus, Qt.Key.Key_Tab)
    assert names[:3] == ["Not now", "Erase", "Not now"]
    press(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert not overlay_open(window)
    assert begin.hasFocus()
    assert heard == []
    dialog = ask_first(window, "Erase this?", "", "Erase", lambda: heard.append("yes"))
    press(QApplication.focusWidget() or dialog, Qt.Key.Key_Return)
    assert heard == ["yes"]


def test_a_menu_closes_by_a_press_elsewhere(qtbot: QtBot) -> None:
    begin = Button("More")
    window = shown(qtbot, begin)
    menu = Menu(begin, [MenuItem("One"), MenuItem("Two", erase=True, rule_above=True)])
    menu.open()
    assert overlay_open(window)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=QPoint(menu.width() - 5, menu.height() - 5))
    assert not overlay_open(window)


def test_what_was_done_is_said_without_taking_the_keyboard(qtbot: QtBot) -> None:
    field = Field(name="Words")
    window = shown(qtbot, field)
    field.setFocus()
    toast = Toast(window)
    heard: list[str] = []
    toast.undo.connect(lambda: heard.append("undo"))
    toast.say("Step done.", undo=True)
    assert toast.isVisible()
    assert field.hasFocus()
    undo = next(each for each in toast.findChildren(Button) if each.text() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert heard == ["undo"]
    assert not toast.isVisible()


def test_more_opens_and_shuts(qtbot: QtBot) -> None:
    body = Text("Hidden")
    more = Disclosure("Show more", "Show less", body)
    shown(qtbot, more)
    assert not body.isVisible()
    press(more.button, Qt.Key.Key_Return)
    assert body.isVisible()
    assert more.button.text() == "Show less"


def test_shares_fold_when_they_do_not_fit(qtbot: QtBot) -> None:
    buttons = [Button(words, fill=True) for words in ("Not now", "I’d rather not say", "Ask me with someone there")]
    held = hold(fold(*buttons))
    window = shown(qtbot, held, width=1200)
    assert len({button.y() for button in buttons}) == 1
    window.resize(400, 600)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 3)
    assert {button.width() for button in buttons} == {held.width()}


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    buttons = [Button(f"Button {number}") for number in range(6)]
    window = shown(qtbot, hold(flow(*buttons)), width=400)
    assert len({button.y() for button in buttons}) > 1
    assert all(button.geometry().right() <= window.width() for button in buttons)


def test_the_ring_follows_the_keyboard_only(qtbot: QtBot) -> None:
    one, two = Button("One"), Button("Two")
    window = shown(qtbot, one, two)
    handle = window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=one.mapTo(window, one.rect().center()))
    assert one.hasFocus()
    assert not window.ring.isVisible()
    QTest.keyClick(handle, Qt.Key.Key_Tab)
    assert two.hasFocus()
    assert window.ring.isVisible()
    # Two px off, two px wide, and cut where the window ends.
    assert window.ring.geometry() == two.geometry().adjusted(-4, -4, 4, 4).intersected(window.rect())
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=one.mapTo(window, one.rect().center()))
    assert not window.ring.isVisible()
