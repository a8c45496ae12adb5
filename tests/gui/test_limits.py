"""What this can and cannot do, as somebody reads it: on its page, from About, and before there is a notebook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner import __version__
from planner.packs.built_in import limits
from planner.packs.limits import SystemName
from planner.session import Session
from planner.store.folders import find_stores
from planner.system import device_facts
from planner.system.harden import Measure
from planner.ui import limits_view
from planner.ui.a11y import spoken_name, walk
from planner.ui.dialogs.limits import LimitsDialog
from planner.ui.first_start.stops import Before
from planner.ui.formats import Formats
from planner.ui.kit.rows import ListRow
from planner.ui.kit.scroll import Scroll
from planner.ui.limits_view import age_words, in_order, never_run, on_this_device
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.limits import LimitsPage
from planner.ui.pages.selectable import Selectable
from planner.ui.pages.settings import SettingsPage
from planner.words import use_language
from tests.gui.programs import StartProgram, dialog_on, said

Key = Qt.Key
Open = Callable[..., Session]
Show = Callable[..., OpenNotebook]


@pytest.fixture
def page(open_session: Open, show_notebook: Show) -> LimitsPage:
    notebook = show_notebook(open_session("me"), "limits")
    found = notebook.page("limits")
    assert isinstance(found, LimitsPage)
    return found


def tab_to(name: str) -> QWidget:
    for _round in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        if spoken_name(focus).startswith(name):
            return focus
        QTest.keyClick(focus, Key.Key_Tab)
    raise AssertionError(f"Tab never came to {name!r}")


def test_about_leads_there_and_back(open_session: Open, show_notebook: Show) -> None:
    notebook = show_notebook(open_session("me"), "settings")
    settings = notebook.page("settings")
    assert isinstance(settings, SettingsPage)
    rows = settings.findChildren(ListRow)
    next(each for each in rows if each.press.accessibleName().startswith("What this can")).press.click()
    page = notebook.page("limits")
    assert isinstance(page, LimitsPage)
    assert page.isVisible()
    page.back_button.click()
    assert settings.isVisible()


def test_all_of_it_stands_there_shut_and_opens_by_keyboard(page: LimitsPage) -> None:
    words = said(page)
    for each in limits():
        assert each.title.get("en") in words
        assert each.short.get("en") in words
        assert not any(line.get("en") in words for line in each.cannot)
    page.back_button.setFocus()
    line = tab_to("Hide and Lock")
    row = page.list.rows["lock"]
    assert row.line.press.accessibleDescription() == "shut"
    QTest.keyClick(line, Key.Key_Return)
    assert row.is_open()
    assert row.line.press.accessibleDescription() == "open"
    words = said(page)
    assert all(line.get("en") in words for line in (*row.limit.does, *row.limit.cannot, *row.limit.can))
    QTest.keyClick(line, Key.Key_Return)
    assert not row.is_open()
    assert walk(page.window()) == []


def test_a_part_is_opened_from_elsewhere_and_brought_into_sight(page: LimitsPage, qtbot: QtBot) -> None:
    page.desk.go("limits", part="swap")
    row = page.list.rows["swap"]
    qtbot.waitUntil(row.line.press.hasFocus)
    assert [name for name, each in page.list.rows.items() if each.is_open()] == ["swap"]
    assert page.area is not None
    top = row.mapTo(page.area.viewport(), row.rect().topLeft()).y()
    assert 0 <= top < page.area.viewport().height()
    page.desk.go("limits", part="no such part")
    assert not any(each.is_open() for each in page.list.rows.values())


def test_what_is_typed_can_be_copied_and_says_for_which_system(page: LimitsPage) -> None:
    page.desk.go("limits", part="hibernation")
    typed = {each.text(): each.accessibleName() for each in page.list.rows["hibernation"].findChildren(Selectable)}
    assert typed["powercfg /h off"] == "To be typed on Windows"
    assert typed["sudo pmset -a hibernatemode 0"] == "To be typed on macOS"
    assert typed["sudo systemctl mask hibernate.target"] == "To be typed on Linux"
    assert walk(page.window()) == []


@pytest.mark.parametrize("system", SystemName)
def test_this_system_comes_first(system: SystemName, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits_view, "this_system", lambda: system)
    swap = next(each for each in limits() if each.id == "swap")
    assert in_order(swap.steps)[0].system is system
    # The parts that were written and never run are told where they run.
    note = never_run()
    assert (note is None) == (system is SystemName.LINUX)
    if note is not None:
        assert "never tried" in said(note)


def test_it_says_how_old_it_is(page: LimitsPage) -> None:
    words = said(page)
    assert f"This is Planner {__version__}." in words
    assert "What it says was last looked over in November 2026." in words
    assert "The help lines were last checked in November 2026." in words
    assert "more than a year ago" not in words
    later = age_words(Formats("en", "12", date(2028, 1, 1)))
    assert later.endswith(
        "That is more than a year ago. Please check what you rely on. "
        "Ask whoever gave you this program if there is a newer one."
    )


@pytest.mark.parametrize("measures", [frozenset(Measure), frozenset({Measure.NO_CURRENT_FOLDER})])
def test_it_says_how_it_is_on_this_device(
    measures: frozenset[Measure], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert on_this_device(tmp_path) is None, "nothing is claimed where nothing was put in force"
    for module in (limits_view, device_facts):
        monkeypatch.setattr(module, "in_force", lambda: measures)
    sheet = on_this_device(tmp_path)
    assert sheet is not None
    facts = device_facts.device_facts(tmp_path)
    on = {fact.protects for fact in facts[: len(device_facts.MEASURES)]}
    assert on == {len(measures) > 1}
    assert all(fact.sentence in said(sheet) for fact in facts)


def test_where_it_was_read_is_told(page: LimitsPage) -> None:
    page.where_from.more.set_open(True)
    words = said(page.where_from)
    assert "Copiers of offices" not in words
    assert "The privacy problem with photocopiers (Consumer Reports)" in words
    assert "A lawyer must confirm" not in words


def test_it_is_read_before_anything_is_kept(tmp_path: Path, start_program: StartProgram) -> None:
    program = start_program(tmp_path)
    assert program.first_start is not None
    view = program.first_start.view
    assert isinstance(view, Before)
    view.setFocus()
    QTest.keyClick(tab_to("What this can and cannot do"), Key.Key_Return)
    dialog = dialog_on(program.window)
    assert isinstance(dialog, LimitsDialog)
    assert dialog.done_button.hasFocus()
    dialog.list.rows["forced"].line.press.click()
    assert "Do what keeps you safe." in said(dialog)
    assert walk(program.window) == []
    QTest.keyClick(dialog, Key.Key_Escape)
    assert view.limits_button.hasFocus()
    assert not find_stores(tmp_path)
    assert list(tmp_path.rglob("*")) == []


def test_in_large_text_the_first_screen_is_read_from_its_beginning(tmp_path: Path, start_program: StartProgram) -> None:
    program = start_program(tmp_path)
    program.change_look("text_size", 200)
    # Another window in front, and back again: so it is at a real start, too.
    other = QWidget()
    other.show()
    other.activateWindow()
    QApplication.processEvents()
    other.close()
    program.window.activateWindow()
    QApplication.processEvents()
    assert program.first_start is not None
    view = program.first_start.view
    assert isinstance(view, Before)
    assert view.hasFocus()
    (area,) = program.first_start.findChildren(Scroll)
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0, "it does not fit the window"
    inner = area.widget()
    assert inner is not None
    assert bar.value() <= view.mapTo(inner, QPoint(0, 0)).y()


@pytest.mark.parametrize(
    "look",
    [{"look": "dark"}, {"scale": 2.0}, {"scale": 2.0, "width": 640, "height": 480}, {"language": "es", "scale": 1.5}],
)
def test_every_control_is_named_and_reached(open_session: Open, show_notebook: Show, look: dict[str, object]) -> None:
    use_language(str(look.get("language", "en")))
    notebook = show_notebook(open_session("me"), "limits", **look)
    page = notebook.page("limits")
    assert isinstance(page, LimitsPage)
    for each in page.list.rows.values():
        each.set_open(True)
    QApplication.processEvents()
    assert walk(notebook.window()) == []
