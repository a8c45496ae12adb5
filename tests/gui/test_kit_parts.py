"""The parts of the kit: named, worked by keyboard as by mouse, never cut off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from planner.ui.formats import Formats
from planner.ui.kit.buttons import Button, PressChip, Segment, Tick
from planner.ui.kit.choices import Choice, ChoiceGroup, TickChoice
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.dialogs import Dialog, ask_first
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow, PassphraseField, TextArea
from planner.ui.kit.floats import Menu, MenuItem, Toast, overlay_open
from planner.ui.kit.layouts import column, flow, fold, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.picker import Picker
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Chip, Text
from planner.ui.theme import theme
from planner.ui.window import Window

FORMATS = Formats("en", "12", date(2026, 3, 12))


_KEPT: list[Window] = []


@pytest.fixture(autouse=True)
def windows_are_kept() -> Iterator[None]:
    """Qtbot knows its widgets weakly, so a window that nobody holds would be gone in the middle of a test."""
    yield
    _KEPT.clear()


def shown(qtbot: QtBot, *widgets: QWidget, width: int = 600, height: int = 600) -> Window:
    """The widgets in a window, under one another."""
    window = Window()
    _KEPT.append(window)
    window.setMinimumSize(10, 10)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show_screen(hold(column(*widgets, gap=8)))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)


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


def test_a_field_tells_when_it_is_left_with_other_words(qtbot: QtBot) -> None:
    field, other = Field("a"), Field()
    row = FieldRow("Name", field, hint="Any name")
    heard: list[str] = []
    field.done.connect(lambda: heard.append(field.text()))
    shown(qtbot, row, other)
    assert field.accessibleName() == "Name"
    assert field.accessibleDescription() == "Any name"
    field.setFocus()
    other.setFocus()
    assert heard == []
    field.setFocus()
    QTest.keyClicks(field, "b")
    other.setFocus()
    assert heard == ["ab"]
    row.ask("Please look again")
    assert row.asking()
    assert field.accessibleDescription() == "Please look again"
    row.ask("")
    assert field.accessibleDescription() == "Any name"


def test_a_text_area_grows_and_lets_tab_through(qtbot: QtBot) -> None:
    area, after = TextArea("", name="Words", lines=2, most=6), Field(name="After")
    shown(qtbot, area, after)
    small = area.height()
    area.set_text("one\ntwo\nthree\nfour")
    qtbot.waitUntil(lambda: area.height() > small)
    tall = area.height()
    area.set_text("\n" * 40)
    qtbot.waitUntil(lambda: area.height() > tall)
    assert area.height() < 10 * theme.line("body")
    area.setFocus()
    assert QApplication.focusWidget() is area.paper
    press(area.paper, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_a_passphrase_is_covered_until_asked_and_caps_lock_is_told(qtbot: QtBot) -> None:
    field = PassphraseField()
    shown(qtbot, field)
    assert field.field.echoMode() == QLineEdit.EchoMode.Password
    QTest.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    assert field.field.echoMode() == QLineEdit.EchoMode.Normal
    assert "Cover" in field.eye.accessibleName()
    field.field.setFocus()
    QTest.sendKeyEvent(QTest.KeyAction.Click, field.field, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier)
    assert field._caps.isVisible()
    QTest.sendKeyEvent(QTest.KeyAction.Click, field.field, Qt.Key.Key_A, "a", Qt.KeyboardModifier.NoModifier)
    assert not field._caps.isVisible()
    field.clear()
    assert (field.text(), field.field.echoMode()) == ("", QLineEdit.EchoMode.Password)


def test_a_picker_is_worked_by_keyboard_and_menu(qtbot: QtBot) -> None:
    picker = Picker([("en", "English"), ("es", "Español")], name="Language")
    heard: list[str] = []
    picker.changed.connect(lambda: heard.append(picker.value()))
    window = shown(qtbot, picker)
    press(picker, Qt.Key.Key_Down)
    assert heard == ["es"]
    assert picker.accessibleName() == "Language: Español"
    picker.setFocus()
    press(picker, Qt.Key.Key_Return)
    assert overlay_open(window)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert "Español" in focus.accessibleName()
    press(focus, Qt.Key.Key_Up)
    focus = QApplication.focusWidget()
    assert focus is not None
    press(focus, Qt.Key.Key_Return)
    assert heard == ["es", "en"]
    assert not overlay_open(window)
    assert picker.hasFocus()


def test_a_day_is_typed_picked_or_left_empty(qtbot: QtBot) -> None:
    field, other = DateField(FORMATS, name="Day"), Field()
    heard: list[object] = []
    field.changed.connect(lambda: heard.append(field.value()))
    shown(qtbot, field, other)
    field.setFocus()
    QTest.keyClicks(field.field, "12.13")
    other.setFocus()
    assert heard == [date(2026, 12, 13)]
    assert field.field.text() == "December 13, 2026"
    field.setFocus()
    field.field.selectAll()
    QTest.keyClicks(field.field, "no day at all")
    other.setFocus()
    assert field.value() is None
    assert "12/31/2026" in field.problem()
    field.set_value(None)
    assert field.problem() == ""
    press(field.field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Thursday, March 12"
    press(focus, Qt.Key.Key_Down)
    press(QApplication.focusWidget() or field, Qt.Key.Key_Right)
    press(QApplication.focusWidget() or field, Qt.Key.Key_PageDown)
    press(QApplication.focusWidget() or field, Qt.Key.Key_Return)
    assert field.value() == date(2026, 4, 20)


def test_a_time_is_typed_as_people_type_it(qtbot: QtBot) -> None:
    field = TimeField(FORMATS)
    qtbot.addWidget(field)
    field.field.setText("")
    for typed, wanted in (("3", time(15)), ("10.30", time(10, 30)), ("3 am", time(3)), ("1545", time(15, 45))):
        field.field.clear()
        QTest.keyClicks(field.field, typed)
        press(field.field, Qt.Key.Key_Return)
        assert field.value() == wanted, typed


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
    QTest.mouseClick(toast.findChildren(Button)[0], Qt.MouseButton.LeftButton)
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
