"""``planner form fill``: a form in a window of its own, on nothing but memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.forms import Form
from planner.store.in_memory import MemoryNotebook
from planner.store.notebooks import Notebook
from planner.ui.a11y import walk
from planner.ui.kit.text import Text
from planner.ui.pages.form import FormPage
from planner.ui.try_form import OverPage, TryWindow
from planner.words import _
from tests.gui.notebooks import PASSPHRASE

SHEET = """
| survey |
| | type | name | label |
| | text | wish | What would help? |
| | integer | nights | How many nights? |
| settings |
| | form_title | form_id | version |
| | Arriving | arriving | 1 |
"""


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TryWindow]:
    path = tmp_path / "arriving.md"
    path.write_text(SHEET, encoding="utf-8")
    form = Form.load(path)
    path.unlink()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    window = TryWindow(form)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()


def page(window: TryWindow) -> FormPage:
    found = window.shell.page("form")
    assert isinstance(found, FormPage)
    return found


def answer_all(window: TryWindow, words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)
    for _turn in range(20):
        if page(window).foot.isHidden() or page(window)._at:
            break
        page(window).next()
        QApplication.processEvents()


def test_the_form_is_there_at_once_and_can_be_answered(shown: TryWindow) -> None:
    assert shown.shell.current == "form"
    answer_all(shown, "a lamp")
    (row,) = shown.session.store.fillings(shown.session.people()[0].id)
    assert b"a lamp" in row.state
    assert walk(shown) == []


def test_it_says_that_nothing_is_kept_and_offers_only_what_it_can_do(shown: TryWindow) -> None:
    page = shown.shell.page("form")
    assert isinstance(page, FormPage)
    said = [each.text() for each in page.sections.findChildren(Text)]
    assert _("Stop any time. Nothing is kept.") in said
    assert _("Stop any time. It is all kept.") not in said
    assert not page.languages.offers_all


def test_nothing_of_it_is_on_a_disk(shown: TryWindow, tmp_path: Path) -> None:
    answer_all(shown, "a lamp")
    assert shown.session.store._ask("PRAGMA database_list")[0][2] == "", "SQLite has no file for it"
    shown.close()
    assert not shown.session.store.is_open
    assert list(tmp_path.rglob("*")) == []
    Notebook.create(tmp_path / "data", PASSPHRASE, "").close()
    assert list(tmp_path.rglob("*")) != [], "a notebook on the disk would be seen"


def test_what_leads_out_of_the_form_ends_the_try_and_it_can_begin_anew(shown: TryWindow, qtbot: QtBot) -> None:
    answer_all(shown, "a lamp")
    shown.shell.go("plan")
    over = shown.shell.page(shown.shell.current)
    assert isinstance(over, OverPage)
    assert walk(shown) == []
    before = shown.session
    QTest.keyClick(over.again, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown.session is not before)
    assert not before.store.is_open
    assert shown.shell.current == "form"
    flow = page(shown).flow
    assert flow is not None
    assert flow.filling.value("wish") == ""


def test_a_moment_of_quiet_leads_back_to_the_form(shown: TryWindow) -> None:
    page(shown).take_a_moment()
    assert shown.shell.current == "moment"
    shown.shell.back()
    assert shown.shell.current == "form"
    shown.shell.back()
    assert isinstance(shown.shell.page(shown.shell.current), OverPage)


def test_hide_closes_it(shown: TryWindow) -> None:
    shown.shell.header.hide_button.click()
    assert not shown.isVisible()
    assert not shown.session.store.is_open


def test_a_notebook_in_memory_is_whole() -> None:
    notebook = MemoryNotebook()
    assert notebook.store._check_structure() == notebook.store._check_links() == notebook.store._check_rows() == ""
    assert notebook.store.people() == []
    notebook.close()
