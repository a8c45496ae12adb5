"""The notebook around the pages: tabs, head, keys, one column; and the walk that looks for what cannot be reached."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from planner.errors import MachineTrouble
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column
from planner.ui.kit.text import Text
from planner.ui.navigation import Tab
from planner.ui.page import Page
from planner.ui.shell import Shell
from planner.ui.theme import theme
from planner.ui.window import Window
from planner.ui.work import Progress, Stopped, Work
from tests.gui import gallery
from tests.gui.fakes import FakeDesk, FakeSession


class One(Page):
    name: ClassVar[str] = "one"
    built: ClassVar[int] = 0

    def __init__(self, desk: Any) -> None:
        super().__init__(desk)
        type(self).built += 1
        self.field = Field(name="Words")
        self.seen: list[dict[str, str]] = []
        self.refreshed = 0
        self.stay = False
        self.set_body(column(Text("One", "section"), self.field, Button("Press")))

    def title(self) -> str:
        return "Page one"

    def show_for(self, **where: str) -> None:
        self.seen.append(where)

    def refresh(self, changed: Any) -> None:
        self.refreshed += 1

    def leave(self) -> bool:
        return not self.stay

    def draft(self) -> dict[str, Any] | None:
        return {"words": self.field.text()} if self.field.text() else None


class Two(One):
    name: ClassVar[str] = "two"
    built: ClassVar[int] = 0

    def title(self) -> str:
        return "Page two"


PAGES = {"one": f"{__name__}:One", "two": f"{__name__}:Two", "gone": "planner.ui.pages.nowhere:Nowhere"}
TABS = [Tab("one", "One", "today"), Tab("two", "Two", "plan"), Tab("gone", "Gone", "plan")]


def opened(qtbot: QtBot, width: int = 1366, height: int = 768) -> tuple[Window, Shell, FakeSession]:
    session = FakeSession()
    window = Window()
    qtbot.addWidget(window)
    window.resize(width, height)
    shell = Shell(session, FakeDesk().formats, pages=PAGES)  # type: ignore[arg-type]
    shell.set_tabs(TABS)
    window.show_screen(shell)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    shell.go("one")
    return window, shell, session


def test_pages_are_built_when_first_opened_and_kept(qtbot: QtBot) -> None:
    One.built = Two.built = 0
    window, shell, _session = opened(qtbot)
    assert [tab.name for tab in shell.navigation.tabs] == ["one", "two"]
    assert (One.built, Two.built) == (1, 0)
    shell.go("two", goal="7")
    shell.back()
    shell.go("two")
    assert Two.built == 1
    page = shell.page("two")
    assert isinstance(page, Two)
    assert page.seen == [{"goal": "7"}, {}]
    assert window.windowTitle() == "Planner"


def test_a_tab_is_pressed_and_joined_to_its_page(qtbot: QtBot) -> None:
    _window, shell, _session = opened(qtbot)
    item = shell.navigation.item("two")
    assert item is not None
    QTest.mouseClick(item, Qt.MouseButton.LeftButton)
    assert shell.current == "two"
    assert item.chosen
    assert item.accessibleDescription() == "you are here"
    assert shell.header.title.text() == "Page two"


def test_a_page_that_asks_to_stay_is_not_left(qtbot: QtBot) -> None:
    _window, shell, _session = opened(qtbot)
    page = shell.page("one")
    assert isinstance(page, One)
    page.stay = True
    shell.go("two")
    shell.back()
    assert shell.current == "one"


def test_a_change_is_shown_now_or_when_the_page_opens(qtbot: QtBot) -> None:
    _window, shell, session = opened(qtbot)
    shell.go("two")
    one, two = shell.page("one"), shell.page("two")
    assert isinstance(one, One)
    assert isinstance(two, Two)
    before = (one.refreshed, two.refreshed)
    two.field.setFocus()
    session.change()
    assert (one.refreshed, two.refreshed) == (before[0], before[1] + 1)
    assert two.field.hasFocus()
    shell.go("one")
    assert one.refreshed == before[0] + 1


def test_keys_work_from_every_page(qtbot: QtBot) -> None:
    window, shell, session = opened(qtbot)
    heard: list[str] = []
    shell.lock_asked.connect(lambda: heard.append("lock"))
    shell.hide_asked.connect(lambda: heard.append("hide"))
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    page = shell.page("one")
    assert isinstance(page, One)
    page.field.setFocus()
    QTest.keyClick(window, Qt.Key.Key_2, control)
    assert shell.current == "two"
    assert not window.ring.isVisible()
    QTest.keyClick(window, Qt.Key.Key_L, control)
    QTest.keyClick(window, Qt.Key.Key_H, control | shift)
    session.words = "Step added"
    QTest.keyClick(window, Qt.Key.Key_Z, control)
    assert heard == ["lock", "hide"]
    assert session.undone == ["Step added"]
    assert shell.toast.isVisible()


def test_under_a_dialog_only_leaving_works(qtbot: QtBot) -> None:
    window, shell, _session = opened(qtbot)
    heard: list[str] = []
    shell.hide_asked.connect(lambda: heard.append("hide"))
    dialog = Dialog(shell, "A question")
    dialog.add_button("All right")
    dialog.open()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shell.current == "one"
    hide = shell.header.hide_button
    under = window.childAt(hide.mapTo(window, hide.rect().center()))
    assert under is hide
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=hide.mapTo(window, hide.rect().center()))
    assert heard == ["hide"]


def test_hide_stands_at_the_same_place_on_every_page(qtbot: QtBot) -> None:
    _window, shell, _session = opened(qtbot)
    before = shell.header.hide_button.geometry()
    shell.go("two")
    assert shell.header.hide_button.geometry() == before


@pytest.mark.parametrize(("width", "scale"), [(900, 1.0), (1366, 1.5), (1366, 2.0), (640, 2.0)])
def test_one_column_has_its_tabs_behind_a_button(qtbot: QtBot, width: int, scale: float) -> None:
    theme.apply(scale=scale)
    _window, shell, _session = opened(qtbot, width, 600)
    assert not shell.navigation.isVisible()
    assert shell.header.menu.isVisible()
    assert shell.header.hide_button.isVisible()
    assert shell.header.hide_button.geometry().right() <= shell.width()
    QTest.mouseClick(shell.header.menu, Qt.MouseButton.LeftButton)
    assert shell.navigation.isVisible()
    item = shell.navigation.item("two")
    assert item is not None
    QTest.mouseClick(item, Qt.MouseButton.LeftButton)
    assert shell.current == "two"
    assert not shell.navigation.isVisible()
    theme.apply(scale=1.0)
    _window.resize(1366, 768)
    qtbot.waitUntil(shell.navigation.isVisible)


def test_what_is_half_typed_is_kept_over_a_lock(qtbot: QtBot) -> None:
    _window, shell, _session = opened(qtbot)
    page = shell.page("one")
    assert isinstance(page, One)
    assert shell.drafts() == {}
    page.field.setText("half a wo")
    assert shell.drafts() == {"one": {"words": "half a wo"}}


def test_a_switcher_stands_above_the_tabs(qtbot: QtBot) -> None:
    window, shell, _session = opened(qtbot)

    class Switcher(Button):
        opened = 0

        def open(self) -> None:
            Switcher.opened += 1

    shell.navigation.set_switcher(Switcher("Everyone"))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert Switcher.opened == 1
    shell.navigation.set_switcher(None)
    assert not shell.navigation.open_switcher()


# -------------------------------------------------------------------- the walk


def test_the_walk_notices_what_has_no_name_and_what_is_not_reached(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    nameless, unreached = QPushButton(), QPushButton("Out of reach")
    unreached.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    fine = QLineEdit()
    fine.setAccessibleName("Fine")
    box = column(nameless, unreached, fine)
    window.setLayout(box)
    box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    window.resize(400, 300)
    window.show()
    found = [(problem.what, problem.control.split()[0]) for problem in walk(window)]
    assert found == [("no name", "QPushButton"), ("not reached", "QPushButton")]


def test_the_walk_notices_what_is_wider_than_its_page(qtbot: QtBot) -> None:
    from planner.ui.kit.scroll import Scroll

    window = QWidget()
    qtbot.addWidget(window)
    box = column(Scroll(column(Text("a line that must not break " * 20, wrap=False))))
    window.setLayout(box)
    box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    window.resize(400, 300)
    window.show()
    assert [problem.what for problem in walk(window)] == ["cut off"]


def test_a_field_is_shown_whole_and_not_only_the_line_with_the_cursor(qtbot: QtBot) -> None:
    from planner.ui.kit.scroll import Scroll

    theme.apply("light", 2.0)
    rows = [FieldRow(f"Field {n}", Field()) for n in range(9)]
    area = Scroll(column(*rows))
    qtbot.addWidget(area)
    area.resize(600, 460)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    fields = [row.findChildren(Field)[0] for row in rows]
    for way in (fields, fields[::-1]):
        for field in way:
            field.setFocus()
            assert field.hasFocus()
            top = field.mapTo(area.viewport(), field.rect().topLeft()).y()
            assert 0 <= top <= area.viewport().height() - field.height()
    assert area.verticalScrollBar().maximum() > 0, "they do not fit"


PICTURES = ("parts", "today", "plan", "papers", "form")
WIDE = [(name, 1366, scale, language) for name in PICTURES for scale, language in ((1.0, "en"), (1.5, "ar"))]
NARROW = [(name, 800, 1.0, "en") for name in PICTURES if name != "parts"]  # the sheet of parts has three columns


@pytest.mark.parametrize(("name", "width", "scale", "language"), WIDE + NARROW)
def test_the_whole_kit_is_named_and_reached(qtbot: QtBot, name: str, width: int, scale: float, language: str) -> None:
    theme.apply("light", scale, language)
    window = gallery.show(name, (width, 768))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    assert walk(window) == []


@pytest.mark.parametrize("name", ["today", "plan", "papers", "form"])
def test_pages_fit_the_smallest_window_at_the_largest_text(qtbot: QtBot, name: str) -> None:
    theme.apply("dark", 2.0, "en")
    window = gallery.show(name, (640, 480))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    assert walk(window) == []


# -------------------------------------------------------------------- work beside the window


def test_work_is_done_beside_the_window(qtbot: QtBot) -> None:
    window, _shell, _session = opened(qtbot)
    got: list[int] = []
    with qtbot.waitSignal(Work(window, "Adding", lambda _progress: 41 + 1, got.append).over):
        pass
    assert got == [42]


def test_work_can_be_stopped_and_then_nothing_comes_of_it(qtbot: QtBot) -> None:
    window, _shell, _session = opened(qtbot)
    got: list[object] = []

    def endless(progress: Progress) -> None:
        while True:
            progress.step(1, 3)

    work = Work(window, "Counting", endless, got.append)
    with qtbot.waitSignal(work.over):
        work.progress.stop()
    assert got == []
    with pytest.raises(Stopped):
        work.progress.step(1)


def test_trouble_of_the_machine_is_told_and_a_mistake_of_ours_is_raised(qtbot: QtBot) -> None:
    window, _shell, _session = opened(qtbot)
    told: list[MachineTrouble] = []

    def full(_progress: Progress) -> MachineTrouble:
        raise MachineTrouble("No room.")

    def wrong(_progress: Progress) -> MachineTrouble:
        raise ValueError("ours")

    work = Work(window, "Saving", full, told.append, failed=told.append)
    with qtbot.waitSignal(work.over):
        pass
    assert [trouble.sentence for trouble in told] == ["No room."]
    with qtbot.captureExceptions() as raised:
        work = Work(window, "Saving", wrong, told.append)
        with qtbot.waitSignal(work.over):
            pass
        QApplication.processEvents()
    assert [kind for kind, _value, _trace in raised] == [ValueError]
