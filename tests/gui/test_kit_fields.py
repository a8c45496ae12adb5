"""The fields of the kit: typed, picked or left empty, by keyboard as by mouse."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from planner.ui.formats import Formats
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.fields import Field, FieldRow, PassphraseField, TextArea
from planner.ui.kit.floats import overlay_open
from planner.ui.kit.picker import Picker
from planner.ui.theme import theme
from tests.gui.kit_desk import press, shown

FORMATS = Formats("en", "12", date(2026, 3, 12))


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
